"""Quarters that are closed for a test, and the book that comes of it."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.simulation import small
from tests.simulation.small import child, session
from wlz_calc import sealing
from wlz_calc.claims.book import Book
from wlz_calc.claims.reading import read
from wlz_calc.claims.sealed import SUMS, Sealed, digest, sums_of
from wlz_calc.finding import Finding, errors
from wlz_calc.period import Quarter

CLOSER, SECOND = "A. Closer", "B. Second"
CLAIMS = "claims"
"""The folder of the book, in that of a programme without another name for it."""


# ---------------------------------------------------------------- done to a programme


def closed_on(quarter: Quarter) -> date:
    """A day on which the quarter is over."""
    return quarter.end + timedelta(days=20)


def close(folder: Path, name: str, *, back: str | None = None, changes: bool = False) -> Sealed:
    """The claim of a quarter, closed; `back`: so many pounds are meant to go back."""
    quarter = Quarter.parse(name)
    sealed, found = sealing.close(
        folder,
        quarter,
        by=CLOSER,
        on=closed_on(quarter),
        accept_reversals=None if back is None else Decimal(back),
        accept_register_changes=changes,
    )
    assert errors(found) == []
    [claim] = sealed
    return claim


def approve(folder: Path, name: str) -> Sealed:
    """The claim of a quarter, approved."""
    quarter = Quarter.parse(name)
    [claim], found = sealing.approve(folder, quarter, by=SECOND, on=closed_on(quarter))
    assert found == []
    return claim


def withdraw(folder: Path, name: str) -> Sealed:
    """The claim of a quarter as it was, withdrawn."""
    quarter = Quarter.parse(name)
    [claim], found = sealing.withdraw(folder, quarter, by=CLOSER, on=closed_on(quarter))
    assert found == []
    return claim


def three_quarters(folder: Path) -> Path:
    """A programme with a book: an approved claim, one that was withdrawn and closed again, and a third."""
    known = [child("c001", "2018-11-05"), child("c002", "2018-11-06")]
    close(small.write(folder, *known), "2018-Q4")
    approve(folder, "2018-Q4")
    close(folder, "2019-Q1")
    withdraw(folder, "2019-Q1")
    close(
        small.write(folder, *known, session("c001", "2019-01-10", "partner"), price="60.00"),
        "2019-Q1",
        back="40.00",
    )
    close(folder, "2019-Q2")
    return folder


# ---------------------------------------------------------------- the book that comes of it


def book_of(folder: Path) -> Book:
    """The book of a programme, which has to be as it was sealed."""
    book, found = read(folder / CLAIMS)
    assert book is not None, found
    assert found == []
    return book


def found_in(folder: Path) -> list[Finding]:
    """What is wrong with the book of a programme."""
    book, found = read(folder / CLAIMS)
    assert (book is None) == bool(found)
    return found


def quarters(folder: Path) -> list[str]:
    """The quarters that are sealed."""
    return [str(claim.quarter) for claim in book_of(folder).claims]


def files_in(folder: Path) -> list[str]:
    """All files of a folder, hidden ones too, by their paths in it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def resum(folder: Path) -> None:
    """Write the sums of a sealed folder anew, as whoever changes it by hand can."""
    files = [path for path in folder.iterdir() if path.is_file() and path.name != SUMS]
    (folder / SUMS).write_text(sums_of({path.name: digest(path) for path in files}), encoding="ascii")
