"""The screen: one way of making a console and of drawing a table, for everything that people read.

Promises that an amount is never cut or wrapped (a screen is never taken to be narrower than 80 columns),
that a pipe and NO_COLOR get plain text without trailing spaces, and that text from an extract is drawn as
it is, never as markup.
"""

import io
import os
import re
from collections.abc import Sequence
from typing import Final, TextIO, cast

from rich.box import Box
from rich.console import Console
from rich.padding import Padding
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
    said = Text(visible(text), style)
    if mark:
        said.append(f"  {mark}", MARK)
    console.print(Padding(said, (0, 0, 0, indent)) if indent else said)


def gap(console: Console) -> None:
    """An empty line."""
    console.print()


def table(words: Sequence[str], figures: Sequence[str], *, widths: Sequence[int] = ()) -> Table:
    """A table of columns of words, which may wrap, then of figures, which may not."""
    apart = GAP if len(words) == 1 and widths and all(widths) else 0  # takes less than half the time
    drawn = Table(
        box=RULES,
        show_edge=False,
        pad_edge=False,
        expand=True,
        header_style=QUIET,
        padding=(0, 0) if apart else (0, 1),
    )
    for name in words:
        drawn.add_column(Text(name), overflow="fold", ratio=1, min_width=8)
    for name, width in zip(figures, widths or [0] * len(figures), strict=True):
        wide = width + apart or None
        drawn.add_column(Text(name), justify="right", no_wrap=True, overflow="fold", min_width=wide)
    return drawn


def draw(console: Console, drawn: Table, widest: int = WIDEST) -> None:
    """Draw a table as wide as the screen, within reason."""
    drawn.width = min(console.width, widest)
    console.print(drawn)


def row(drawn: Table, first: str, *cells: str, style: str = "", indent: int = 0) -> None:
    """A row of plain text; the first cell may be set in."""
    text = Text(visible(first))
    name = Padding(text, (0, 0, 0, indent)) if indent else text
    drawn.add_row(name, *(_cell(cell) for cell in cells), style=style)


def _cell(text: str) -> Text:
    """The lines of a cell, each made visible."""
    return Text("\n".join(visible(line) for line in text.split("\n")))
