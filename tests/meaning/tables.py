"""Pipe-tables: read, written, and held against each other."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Row = dict[str, str]
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What a table is headed by, and its cells. An empty cell is an empty text."""

    headings: Cells
    cells: tuple[Cells, ...]

    @classmethod
    def of(cls, text: str) -> "Table":
        lines = [line.strip().removeprefix("|").removesuffix("|") for line in text.strip().splitlines()]
        headings, *cells = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
        wrong = [row for row in cells if len(row) != len(headings)]
        assert not wrong, f"rows that do not fit their headings: {wrong}"
        return cls(headings, tuple(cells))

    @property
    def rows(self) -> list[Row]:
        return [dict(zip(self.headings, row, strict=True)) for row in self.cells]


def table(headings: str, rows: Iterable[Iterable[object]]) -> str:
    """A pipe-table whose rows are worked out; `headings` as in `child | status`."""
    cells = [" | ".join(str(cell) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in (headings, *cells))


def compare(title: str, expected: str, found: Iterable[Row]) -> None:
    """Every row of the expected table was found, in the columns that it has, and no other row."""
    __tracebackhide__ = True
    wanted = Table.of(expected)
    there = [tuple(row[heading] for heading in wanted.headings) for row in found]
    if Counter(there) != Counter(wanted.cells):
        drawn = _drawn([(" ", wanted.headings), *_marked(wanted.cells, there)])
        raise AssertionError(f"{title} (- expected, + found)\n{drawn}")


def _marked(wanted: Iterable[Cells], there: Iterable[Cells]) -> Iterator[tuple[str, Cells]]:
    """The rows of both tables; what was found beside what was expected of the same child."""
    wanted, there = list(wanted), list(there)
    missing, surplus = Counter(wanted) - Counter(there), Counter(there) - Counter(wanted)
    for row in wanted:
        yield "-" if missing[row] else " ", row
        if missing[row]:
            missing[row] -= 1
            beside = [other for other in surplus.elements() if other[0] == row[0]]
            surplus.subtract(beside)
            yield from (("+", other) for other in beside)
    yield from (("+", other) for other in surplus.elements())


def _drawn(marked: list[tuple[str, Cells]]) -> str:
    widths = [max(len(row[n]) for _, row in marked) for n, _ in enumerate(marked[0][1])]
    return "\n".join(
        f"{mark} | {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for mark, row in marked
    )
