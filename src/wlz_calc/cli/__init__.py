"""The door: arguments in, exit code out. A command is a few lines; what it does is elsewhere.

What a command does not need is not imported: help, cards and findings come up without Polars.
"""

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Final, NoReturn

from wlz_calc.cli import completion
from wlz_calc.cli.app import app
from wlz_calc.cli.ending import Exit, crashed

KEEPING: Final = "dirty_decay_ms:3000,percpu_arena:percpu"
"""For Polars' allocator: what is freed is soon wanted again, and on the same processor."""


def main() -> None:
    """Run the command line; anything unforeseen is our bug, reported without a child's data."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # what a pipe's encoding has no sign for is a question mark
    try:
        if completion.ASKED in os.environ:
            completion.complete(app)
        app()
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001 - the last door, for a panic of Polars too: no data may pass it
        crashed(error)
        sys.exit(Exit.BUG)


def run() -> NoReturn:
    """The command as it is installed: `main`, and then an end at once.

    Nothing is left to tidy up, and taking down frames and threads one by one took a tenth of a run.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is to change what a card may say
    os.environ.setdefault("_RJEM_MALLOC_CONF", KEEPING)
    gc.disable()  # a run is short and makes no cycles; looking for them took a twentieth of its time
    code: int | str | None = Exit.FINE
    try:
        main()
    except SystemExit as end:
        code = end.code
    with suppress(OSError):  # whoever was listening has gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else Exit.FINE)
