"""What a sheet is, and the lines that say at its top what it is a sheet of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write import beside, words
from wlz_calc.write.schedule import Contract
from wlz_calc.write.setting import Stated


class Kind(Enum):
    """What the cells of a column are. `SUM` and `VERDICT` are formulas of ours, for money and for a word."""

    TEXT = auto()
    DATE = auto()
    WHOLE = auto()
    MONEY = auto()
    SUM = auto()
    VERDICT = auto()


class Column(NamedTuple):
    """A column: its heading, the column of the frame that fills it, and what its cells are.

    `widest`: where its text begins to wrap, if that is not left to the layout; a column to be filled in is
    as wide.
    """

    title: str
    name: str
    kind: Kind = Kind.TEXT
    widest: int = 0


class Style(Enum):
    """How a line of text is set."""

    TITLE = auto()
    MARK = auto()
    STRONG = auto()
    PLAIN = auto()


Line = tuple[str, Style]


class Signed(NamedTuple):
    """A line to be signed on: as what, and by whom and when, as far as that is on record."""

    role: str
    name: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet: lines of text, a table of typed cells with its totals, and lines below it. Money is in pence.

    `mark` is printed at the top of every page; a total gives the cells of some columns by name. A `form` is
    to be filled in by hand: each of its cells is a box, and it is printed on narrow margins. `table`: the
    name of its rows, by which formulas know them, and which gives them a filter; without one they are plain
    cells. `signed` stands below all text, and `charts` on pages of their own after it.
    """

    name: str
    heading: tuple[Line, ...]
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    totals: tuple[dict[str, str | int], ...] = ()
    notes: tuple[Line, ...] = ()
    mark: str = ""
    form: bool = False
    table: str = ""
    signed: tuple[Signed, ...] = ()
    charts: tuple["Chart", ...] = ()


class Chart(NamedTuple):
    """Bars for the first rows of a sheet: one for each of some columns, named by the column `labels`.

    `start`, `end`: which of its rows, counted from 0, without the last; `high`: how many rows of a sheet it
    takes; `whole`: counts, and not money.
    """

    title: str
    sheet: Sheet
    labels: str
    bars: tuple[str, ...]
    start: int
    end: int
    high: int
    whole: bool = False


def mark(stated: Stated, contract: str | None = None) -> str:
    """The marks on every page of a sheet: of one contract, or of the whole."""
    illustrative = stated.illustrative if contract is None else contract in stated.illustrative
    marks = [words.ILLUSTRATIVE if illustrative else "", words.PROVISIONAL if stated.provisional else ""]
    return ", ".join(text for text in marks if text)


def title(stated: Stated) -> tuple[Line, ...]:
    """Which claim it is, and whether it may still change."""
    provisional = when(stated.provisional, beside.PROVISIONAL_LINE, Style.MARK)
    return ((beside.headline(stated), Style.STRONG), *provisional)


def claimed(claim: Claim) -> tuple[Line, ...]:
    """Which claim it is, and whether it is sealed and approved, or what it comes after."""
    style = Style.MARK if claim.provisional else Style.PLAIN
    return ((beside.headline(claim), Style.STRONG), *((line, style) for line in beside.standing(claim)))


def terms(stated: Sequence[Contract]) -> Iterator[Line]:
    """The contracts and their cards, each marked where its terms are illustrative."""
    for contract in stated:
        yield beside.terms(contract), Style.PLAIN
        yield from when(contract.illustrative, words.banner(contract.illustrative), Style.MARK)


def marks(stated: Stated) -> Iterator[Line]:
    """The mark of every contract whose terms are illustrative."""
    for contract, illustrative in stated.illustrative.items():
        yield f"{words.banner(illustrative)} ({contract})", Style.MARK


def when(said: object, text: str, style: Style = Style.PLAIN) -> tuple[Line, ...]:
    """A line that is said only where there is something to say."""
    return ((text, style),) if said else ()


def schema(columns: Sequence[Column]) -> dict[str, type[pl.DataType]]:
    """The columns of a frame that is made for a sheet."""
    texts = {Kind.TEXT, Kind.SUM, Kind.VERDICT}
    return {column.name: pl.String if column.kind in texts else pl.Int64 for column in columns}
