"""The screen: one way of making a console and of drawing a table, for everything that people read.

Promises that an amount is never cut or wrapped (a screen is never taken to be narrower than 80 columns),
that a pipe and NO_COLOR get plain text without trailing spaces, and that text from an extract is drawn as
it is, never as markup.
"""

import io
import os
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple, TextIO, cast

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from wlz_calc.write.words import visible

NARROWEST: Final = 80
PIPED: Final = 100
"""The width where there is no terminal to ask: the same text every time."""
WIDEST: Final = 100
"""How far a table of figures is drawn apart: the eye has to find the way from a name to its amount."""
MONEY_WIDTH: Final = 13
"""Room for £9,999,999.99, so that the amounts of one schedule stand below those of another."""

GAP: Final = 2
"""Between the figures of a table."""

STRONG: Final = "bold"
QUIET: Final = "dim"
MARK: Final = "bold yellow"

RULES: Final = Box("    \n    \n ── \n    \n ── \n ── \n    \n    \n")
"""A line below the headings and one above a total; nothing else."""


class _Trimmed(io.TextIOBase):
    """A stream without spaces at the ends of lines, where they mean nothing: no colour runs to the margin."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The stream's: what it cannot show, Rich does not draw."""
        return self._stream.encoding or "utf-8"

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r" +(?=\n)", "", text))

    def flush(self) -> None:
        self._stream.flush()


def screen(stream: TextIO, *, width: int | None = None) -> Console:
    """A console on that stream: plain and of a fixed width in a pipe, without colours under NO_COLOR."""
    terminal = stream.isatty()
    plain = not terminal or bool(os.environ.get("NO_COLOR"))
    console = Console(
        file=cast("TextIO", _Trimmed(stream)) if plain else stream,
        width=width or (_terminal_width(stream) if terminal else PIPED),
        color_system=None if plain else "auto",
        force_terminal=terminal and not plain,
        no_color=plain,
        markup=False,
        highlight=False,
        emoji=False,
    )
    console.width = max(console.width, NARROWEST)
    return console


def _terminal_width(stream: TextIO) -> int:
    return Console(file=stream).width


def say(console: Console, text: str, style: str = "", *, indent: int = 0, mark: str = "") -> None:
    """A paragraph, wrapped to the screen, in which nothing is markup; `mark` stands out behind it."""
    shown = visible(text)
    if not mark and "\n" not in shown and indent + cell_len(shown) <= console.width:
        console.out(" " * indent + shown, style=style or None, highlight=False)  # spares Rich the wrapping
        return
    said = Text(shown, style)
    if mark:
        said.append(f"  {mark}", MARK)
    console.print(Padding(said, (0, 0, 0, indent)) if indent else said)


def gap(console: Console) -> None:
    """An empty line."""
    console.print()


class _Row(NamedTuple):
    words: tuple[str, ...]
    figures: tuple[str, ...]
    style: str = ""
    indent: int = 0
    ends_section: bool = False


class Grid:
    """A table to be filled: columns of words, which may wrap, and behind them figures, which may not.

    The figures of a row are set as one text, each to the right of its column, as laying out a cell is most
    of the work of drawing it. `widths`: the least of each column of figures; `ratios`: of the words' room.
    """

    def __init__(
        self,
        words: Sequence[str],
        figures: Sequence[str] = (),
        *,
        widths: Sequence[int] = (),
        ratios: Sequence[int] = (),
    ) -> None:
        self._heading = _Row(tuple(words), tuple(figures))
        self._widths = widths or [0] * len(figures)
        self._ratios = ratios or [1] * len(words)
        self._rows: list[_Row] = []

    def row(self, *cells: str, style: str = "", indent: int = 0) -> None:
        """A row of plain text; the first cell may be set in."""
        words = len(self._heading.words)
        self._rows.append(_Row(cells[:words], cells[words:], style, indent))

    def section(self) -> None:
        """A line below what is there, above a total."""
        if self._rows:
            self._rows[-1] = self._rows[-1]._replace(ends_section=True)

    def drawn(self, width: int) -> Table:
        """The table that Rich draws, so wide; padding would be one thing more to draw around each cell."""
        several = len(self._heading.words) > 1
        table = Table(
            box=RULES,
            show_edge=False,
            pad_edge=False,
            header_style=QUIET,
            width=width,
            padding=(0, 1 if several else 0),
        )
        widths = self._figure_widths()
        figures = sum(widths) + GAP * len(widths)
        for name, ratio in zip(self._heading.words, self._ratios, strict=True):
            wide = None if several else width - figures - 1  # the box has one between columns
            table.add_column(Text(name), overflow="fold", ratio=ratio, min_width=8, width=wide)
        if widths:
            heading = Text(_set(self._heading.figures, widths))
            table.add_column(heading, no_wrap=True, overflow="fold", width=figures)
        for row in self._rows:
            behind = [_Cell(_set(row.figures, widths))] if widths else []
            table.add_row(*_words(row), *behind, style=row.style, end_section=row.ends_section)
        return table

    def _figure_widths(self) -> list[int]:
        columns = zip(*(row.figures for row in (self._heading, *self._rows)), strict=True)
        return [
            max(least, *(len(line) for cell in cells for line in cell.split("\n")))
            for least, cells in zip(self._widths, columns, strict=True)
        ]


class _Cell(NamedTuple):
    """Text of a table, set in: as it is where it fits, which spares Rich most of its work, else wrapped."""

    text: str
    indent: int = 0

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        lines = [" " * self.indent + line for line in self.text.split("\n")]
        if any(cell_len(line) > options.max_width for line in lines):
            yield self._wrapped()
            return
        for line in lines:
            yield Segment(line)
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._wrapped())

    def _wrapped(self) -> Text | Padding:
        return Padding(Text(self.text), (0, 0, 0, self.indent)) if self.indent else Text(self.text)


def _words(row: _Row) -> Iterator[_Cell]:
    first, *others = (visible(cell) for cell in row.words)
    yield _Cell(first, row.indent)
    yield from (_Cell(cell) for cell in others)


def _set(figures: Sequence[str], widths: Sequence[int]) -> str:
    """Figures behind a gap, each to the right of its width; one of several lines makes several."""
    lines = zip_longest(*(figure.split("\n") for figure in figures), fillvalue="")
    return "\n".join(
        "".join(f"{visible(cell):>{GAP + width}}" for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def draw(console: Console, grid: Grid, widest: int = WIDEST) -> None:
    """Draw a table as wide as the screen, within reason."""
    console.print(grid.drawn(min(console.width, widest)))
