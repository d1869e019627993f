"""Asked: the tests of a card that compare figures, and the shape in which those are given.

The figures of a test are a struct column of its name; a figure that a child does not have is null.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import Change, Happened, Reaches, tests
from wlz_calc.ratecard.windows import Window

Fields = Mapping[str, pl.Expr]

ROWS: Final = "rows"
"""The rows of the extract that figures rest on: wanted as evidence only."""


class Asked(NamedTuple):
    """A test that compares figures, the payable it is a test of, and the column its figures stand in."""

    name: str
    test: Reaches | Change
    payable: Payable

    @property
    def window(self) -> Window:
        """The window of a test of one value."""
        return _stated(self.payable.window)

    @property
    def baseline(self) -> Window:
        """The window of the first of two values."""
        return _stated(self.payable.baseline)

    @property
    def endpoint(self) -> Window:
        """The window of the second of two values."""
        return _stated(self.payable.endpoint)


def _stated(window: Window | None) -> Window:
    assert window is not None  # noqa: S101 - a card without a window that a test needs is refused
    return window


def named(payable: Payable, number: int) -> str:
    """The column for the figures of a payable's test of that number."""
    return f"figures {payable.order}.{number}"


def asked(card: Card) -> Iterator[Asked]:
    """The tests of a card that compare figures; a date needs none."""
    for payable in card.payables:
        for number, test in enumerate(tests(payable.when)):
            if not isinstance(test, Happened):
                assert isinstance(test, Reaches | Change)  # noqa: S101 - there are no other tests
                yield Asked(named(payable, number), test, payable)


def by_child(rows: pl.LazyFrame, figures: Mapping[str, Fields], *, evidence: bool) -> pl.LazyFrame:
    """One row per child: `child`, and the figures of each test, aggregated from all its rows at once."""
    wanted = {
        name: {field: expr for field, expr in fields.items() if evidence or field != ROWS}
        for name, fields in figures.items()
    }
    flat = {f"{name} {field}": expr for name, fields in wanted.items() for field, expr in fields.items()}
    structs = {
        name: pl.struct(pl.col(f"{name} {field}").alias(field) for field in fields)
        for name, fields in wanted.items()
    }
    return rows.group_by("child").agg(**flat).select("child", **structs)
