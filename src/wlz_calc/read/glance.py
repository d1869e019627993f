"""A glance at a programme folder: only what is to be completed while somebody types.

Nothing is checked, and nothing is said: what cannot be read is not there.
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from wlz_calc.period import MONTHS_IN_A_QUARTER, Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.read import strictyaml
from wlz_calc.read.cards import CONFIG, find_card, read_card
from wlz_calc.read.config import Config, stated
from wlz_calc.read.files import opened
from wlz_calc.read.headings import headed
from wlz_calc.read.parts import Part, parts
from wlz_calc.read.strictyaml import Document
from wlz_calc.tables import CHILDREN


def cards(folder: Path) -> list[Card]:
    """The rate cards that a programme names, as far as they can be used."""
    return [card for config, _ in _said(folder) for name in config.rate_cards for card in _card(name, folder)]


def quarters(card: Card) -> Iterator[Quarter]:
    """The quarters that a card's term reaches into."""
    first = card.term.start
    quarter = Quarter(first.year, (first.month - 1) // MONTHS_IN_A_QUARTER + 1)
    while quarter.start <= card.term.end:
        yield quarter
        quarter = quarter.next


def sealed(folder: Path) -> list[str]:
    """The quarters that are sealed, by the names of their folders."""
    there = (
        place for config, _ in _said(folder) for place in (folder / config.claims).glob("*/[0-9]*-Q[1-4]")
    )
    return sorted({place.name for place in there})


def register(folder: Path, column: str) -> pl.Series:
    """What stands in a column of the register, each once and in order; no other column is kept."""
    there = [part for config, document in _said(folder) for part in _parts(folder, config, document)]
    cells = [cell for part in there for cell in _column(part, column)]
    return pl.concat([pl.Series(dtype=pl.String), *cells]).unique().sort()


def _said(folder: Path) -> Iterator[tuple[Config, Document]]:
    raw, _ = strictyaml.load(folder / CONFIG, CONFIG, "folder")
    document = strictyaml.parse(raw, CONFIG, "folder")[0] if raw else None
    config = stated(document)[0] if document else None
    if config and document:
        yield config, document


def _card(name: str, folder: Path) -> Iterator[Card]:
    path, _ = find_card(name, folder)
    read = read_card(path, name)[0] if path else None
    if read:
        yield read.card


def _parts(folder: Path, config: Config, document: Document) -> Iterator[Part]:
    there, _ = parts(folder, config, document)
    yield from (part for part in there or () if part.table == CHILDREN.name)


def _column(part: Part, column: str) -> Iterator[pl.Series]:
    file, _ = opened(part.path, part.table, part.file, sheet=part.sheet, header_row=part.header_row)
    sheet = headed(file, CHILDREN, columns=part.columns, constants=part.constants)[0] if file else None
    if file and sheet and column in sheet.places:
        cell = pl.col(str(sheet.places[column])).cast(pl.String).str.strip_chars()
        yield file.text.select(cell.alias(column)).filter(pl.col(column) != "").collect().to_series()
