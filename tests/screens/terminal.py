"""A terminal of so many columns, on which a command is typed in a folder."""

import datetime as dt
import re
import shlex
import sys
from contextlib import chdir
from io import TextIOWrapper
from pathlib import Path
from typing import Final
from unittest.mock import patch

from tests import sound_folder
from tests.broken.made import today
from tests.sound_folder import Said, wlz_calc
from wlz_calc import __version__
from wlz_calc.cli import watch
from wlz_calc.cli.ending import Exit

TODAY: Final = dt.date(2020, 1, 20)
"""The day on which everything is done."""
NEVER: Final = 3600.0
"""Seconds after which a terminal is shown what a run is at."""

COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
"""A workflow on GitHub gets some."""
DIGEST: Final = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{12})\b")
"""Whole, in the two lines of a narrow table, and as a folder bears it in its name."""
UNSEEN: Final = re.compile(" +$", re.MULTILINE)
"""Spaces at the end of a line, which the help of a command has."""


class Terminal(TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def typed(command: str, folder: Path, width: int) -> Said:
    """What a command says on a terminal so wide, steadied."""
    with (
        chdir(folder),
        today(TODAY),
        patch.object(sound_folder, "TextIOWrapper", Terminal),
        patch.object(watch, "PATIENCE", NEVER),
        patch.object(sys.modules["__main__"], "__package__", None),  # else it is named after what runs this
    ):
        said = wlz_calc(*shlex.split(command), COLUMNS=str(width), TERM="xterm-256color")
    assert said.code != Exit.BUG, said.err
    assert str(folder) not in said.out + said.err, f"{command} shows where it was run"
    return Said(said.code, steadied(said.out), steadied(said.err))


def steadied(text: str) -> str:
    """Without what is not the screen's: colours, the version, and digests, which stay as long as they are."""
    plain = UNSEEN.sub("", COLOUR.sub("", text)).replace(f"wlz-calc {__version__}", "wlz-calc VERSION")
    return DIGEST.sub(lambda found: "digest".ljust(len(found[0]), "."), plain)
