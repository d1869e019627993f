"""How a command ends: its exit code, and what is said on stderr."""

import sys
import traceback
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import NoReturn

import typer

from wlz_calc import __version__
from wlz_calc.finding import Finding, Stage, errors


class Exit(IntEnum):
    """What the exit codes say."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    CARD = 3
    CLAIMS = 4
    BUG = 70


_BY_CODE = dict.fromkeys(("output-exists", "output-unwritable", "contract-unclear"), Exit.USAGE)
OF_THE_BOOK = "book-"
"""How the codes of what is wrong with sealed claims begin."""


def code_of(found: Sequence[Finding]) -> Exit:
    """The exit code that findings call for."""
    stopped = errors(found)
    if not stopped:
        return Exit.FINE
    if stopped[0].code in _BY_CODE:
        return _BY_CODE[stopped[0].code]
    if stopped[0].code.startswith(OF_THE_BOOK):
        return Exit.CLAIMS
    return Exit.CARD if stopped[0].meaning.stage is Stage.CARDS else Exit.FINDINGS


def known(what: str, wanted: str | None, there: Iterable[str]) -> None:
    """Refuse the name of what is not there, with what is near it and all that there is."""
    if wanted is not None and wanted not in (each := dict.fromkeys(there)):
        from wlz_calc.cli.near import did_you_mean

        misused(f"no {what} {wanted!r}{did_you_mean(wanted, each)}; there are {', '.join(each)}")


def told(found: Sequence[Finding]) -> None:
    """Findings on stderr, in words."""
    if found:
        from wlz_calc.write.findings import write_text

        write_text(sys.stderr, found)


def refused(found: Sequence[Finding]) -> NoReturn:
    """Findings that stop the run: said, and nothing written."""
    told(found)
    raise typer.Exit(code_of(found))


def misused(message: str) -> NoReturn:
    """Wrong usage that only the data can tell."""
    raise typer.BadParameter(message)


def crashed(error: BaseException) -> None:
    """Where a bug struck: files, lines and functions.

    Neither locals nor the error's own text, which may quote a child's data.
    """
    package = Path(__file__).parents[1]
    sys.stderr.write(f"wlz-calc {__version__} has a bug, and stopped. Nothing was written.\n")
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        inside = path.relative_to(package.parent) if path.is_relative_to(package) else Path(path.name)
        sys.stderr.write(f"  {inside.as_posix()}:{frame.lineno} in {frame.name}\n")
    sys.stderr.write(f"  {type(error).__name__}\n")
    sys.stderr.write("Please send these lines, which hold no data of children, to the developers.\n")
