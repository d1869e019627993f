"""Pipe-tables as worked cases have them: made, and held against each other."""

from collections.abc import Iterable

from wlz_calc.trial import Row, Table, difference

__all__ = ["Row", "Table", "compare", "table"]


def table(headings: str, rows: Iterable[Iterable[object]]) -> str:
    """A pipe-table whose rows are worked out; `headings` as in `child | status`."""
    cells = [" | ".join(str(cell) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in (headings, *cells))


def compare(title: str, expected: str, found: Iterable[Row]) -> None:
    """Every row of the expected table was found, in the columns that it has, and no other row."""
    __tracebackhide__ = True
    if told := difference(Table.of(expected), found):
        raise AssertionError(f"{title} (- expected, + found)\n{told}")
