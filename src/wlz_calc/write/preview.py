"""What a file would say if it were read as a draft has it: its first rows, turned on their side, and counts.

A column of ours is a line, so that the thirty-five of a questionnaire fit a narrow screen as well as four.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from rich.console import Console

from wlz_calc.catalogue import CODES
from wlz_calc.finding import Finding
from wlz_calc.write.screen import Grid, draw, gap, say
from wlz_calc.write.words import counted

NAME: Final = 5
CELL: Final = 3
"""How the room is shared: the longest name of a column fits in a screen of 80."""


class Previewed(Protocol):
    """What would be read of a file, and what would be found in it."""

    @property
    def file(self) -> str:
        """Its name."""

    @property
    def height(self) -> int:
        """How many rows would be read."""

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that are shown, as the spreadsheet numbers them."""

    @property
    def lines(self) -> Sequence[tuple[str, str, tuple[str, ...]]]:
        """By column of ours: its name, where it comes from, and what it says in each of these rows."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns that nobody has said yet."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What would be found."""


def show_preview(console: Console, preview: Previewed) -> None:
    """The rows, how many there are, and how much would be found in them, by code: no cell is quoted."""
    if preview.rows:
        say(console, f"{preview.file}, as it would be read")
        shown = [f"row {number:,}" for number in preview.rows]
        grid = Grid(["column", "from", *shown], ratios=[NAME, NAME, *[CELL] * len(shown)])
        for column, source, cells in preview.lines:
            grid.row(column, source, *cells)
        draw(console, grid)
        gap(console)
    for line in _said(preview):
        say(console, line)


def _said(preview: Previewed) -> Iterator[str]:
    yield f"{counted(preview.height, 'row')} read, {counted(len(preview.findings), 'finding')}"
    times = Counter(finding.code for finding in preview.findings)
    for code, count in times.items():
        meaning = CODES[code]
        yield f"  {meaning.severity} {code}: {meaning.title} ({count:,})"
    if preview.wanted:
        yield f"Still to be said in wlz.yaml: {', '.join(preview.wanted)}"
