"""Where a result goes: printed, or written to a file, in the format asked for."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn, TypeVar

import typer

from wlz_calc.claim import Claim, Decided
from wlz_calc.cli.ending import Exit, misused, told
from wlz_calc.cli.options import Format
from wlz_calc.durable import Content, Writer
from wlz_calc.finding import Finding, Where
from wlz_calc.places import is_folder
from wlz_calc.ratecard.base import listed
from wlz_calc.steps import step
from wlz_calc.write import output, words

T = TypeVar("T", Claim, Decided)


OF_CLAIMS: Final = tuple(output.Format)
OF_DECISIONS: Final = tuple(form for form in output.Format if form is not output.Format.XLSX)
"""Decisions are too many for a sheet."""


def target(path: Path | None, formats: Sequence[output.Format] = OF_CLAIMS) -> Path | None:
    """A file that could be written, so that this is known before the work and not after it."""
    if path is None:
        return None
    if output.format_of(path) not in formats:
        misused(f"cannot write {path.name!r}: expected a name that ends in {listed(formats)}")
    if is_folder(path) or not is_folder(path.parent):
        unwritable(path, "a folder" if is_folder(path) else "no such folder")
    return path


def is_workbook(path: Path | None) -> bool:
    """Whether a workbook is asked for, which lists what is not paid too."""
    return path is not None and output.format_of(path) is output.Format.XLSX


def unwritable(path: Path, why: str, expected: str = "a file in a folder that can be written to") -> NoReturn:
    """What cannot be written, said; the command ends."""
    told([Finding("output-unwritable", Where(path.as_posix()), why, expected)])
    raise typer.Exit(Exit.USAGE)


def give_claim(claim: Claim, printed: Format, path: Path | None) -> None:
    """The claim, printed or written."""
    if path is not None:
        from wlz_calc.write import files

        if why := files.refusal(claim, path):
            misused(why)
        _write(path, files.claim_files(claim, path), claim)
        _set_aside(claim)
    elif printed is Format.TABLE:
        from wlz_calc.write.console import show_claim
        from wlz_calc.write.screen import screen

        show_claim(screen(sys.stdout), claim)
    else:
        from wlz_calc.write import data

        csv = printed is Format.CSV
        _print(data.lines_csv(claim.lines) if csv else data.claim_json(claim), claim)
        _set_aside(claim)


def give_decisions(decided: Decided, printed: Format, path: Path | None) -> None:
    """The decisions, printed or written."""
    if path is not None:
        from wlz_calc.write import files

        _write(path, files.decision_files(decided, path), decided)
    elif printed is Format.TABLE:
        from wlz_calc.write.decided import show_decisions
        from wlz_calc.write.screen import screen

        show_decisions(screen(sys.stdout), decided.decisions, decided, decided.schools)
    else:
        from wlz_calc.write import data

        csv = printed is Format.CSV
        _print(
            data.decisions_csv(decided.decisions, decided.quarter)
            if csv
            else data.decisions_json(decided.decisions, decided),
            decided,
        )


def _set_aside(claim: Claim) -> None:
    """How much is not in the lines that were printed or written."""
    if claim.aside.is_empty():
        return
    rows, children = claim.aside.height, claim.aside["child_id"].drop_nulls().n_unique()
    whose = f"{words.counted(rows, 'row')} of {words.children(children)}"
    sys.stderr.write(f"set aside: {whose}; --format json names them\n")


def _print(write: Writer, stated: T) -> None:
    """Data and nothing else on stdout; what must be said beside it, on stderr."""
    write(sys.stdout.buffer)
    say_beside(stated)


def put(path: Path, written: dict[Path, Content]) -> None:
    """A file and those that belong to it, all of them or none."""
    try:
        with step("writing"):
            output.write_together(written)
    except OSError as error:
        unwritable(path, (error.strerror or type(error).__name__).lower())


def _write(path: Path, written: dict[Path, Content], stated: T) -> None:
    put(path, written)
    say_beside(stated)
    sys.stderr.write(f"written: {', '.join(file.as_posix() for file in written)}\n")


def say_beside(stated: T) -> None:
    """What must be said beside a result that is not shown: warnings, and illustrative terms."""
    from wlz_calc.write.findings import folded

    told(stated.findings)
    for contract, terms in stated.illustrative.items():
        sys.stderr.write(folded(f"{words.banner(terms)} ({contract})\n", sys.stderr))
