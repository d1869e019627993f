"""The door: arguments in, exit code out. A command is a few lines; what it does is elsewhere.

What a command does not need is not imported: help, cards and findings come up without Polars.
"""

import sys

from wlz_calc.cli.app import app
from wlz_calc.cli.ending import Exit, crashed


def main() -> None:
    """Run the command line; anything unforeseen is our bug, reported without a child's data."""
    try:
        app()
    except Exception as error:  # noqa: BLE001 - the last door: nothing may print its data on the way out
        crashed(error)
        sys.exit(Exit.BUG)
