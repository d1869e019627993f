"""Previews: the first rows of a file as they would be read with its draft, by the readers of any part.

A child is shown by the first character of its id, and what people wrote not at all: a screen is seen by many.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where, errors
from wlz_calc.read import rows, strictyaml
from wlz_calc.read.cards import CONFIG
from wlz_calc.read.cells import Typed, typed
from wlz_calc.read.collected import Sent
from wlz_calc.read.config import StatedPart, stated
from wlz_calc.read.delimited import AS_SPLIT
from wlz_calc.read.drafting.matching import Matching, shapes
from wlz_calc.read.files import opened
from wlz_calc.read.headings import headed
from wlz_calc.read.parts import Part
from wlz_calc.standards.assessment import SCALES
from wlz_calc.tables import CHILD, LONGEST_WORDS, SDQ, Column, Type

SHOWN: Final = 3
"""So many rows fit beside each other on a screen of 80 columns."""
MASK: Final = "…"
WRONG: Final = " (!)"
CODED: Final = frozenset({"score", "expected", "code"})
"""Columns in which a code may say why there is no value."""
BEFORE: Final = "rate_cards: [none]\nextracts:\n"
"""What stands in a wlz.yaml before its parts, at the least."""
STAND_INS: Final = {
    Type.DATE: "2000-01-01", Type.MOMENT: "2000-01-01", Type.WHOLE: "0", Type.NUMBER: "0", Type.FLAG: "false",
    Type.SCORE: "A", Type.SCALE: "standardised_age_score", Type.MARK: "/", Type.TEXT: "?",
}  # fmt: skip
"""What stands for a column that nobody has said yet, so that the others can be read; it is never shown."""


class Line(NamedTuple):
    """A column of ours, where it comes from, and what it says in each of the rows shown."""

    column: str
    source: str
    cells: tuple[str, ...]


class Preview(NamedTuple):
    """What would be read: how many rows, the first of them by number, and all that would be found in them.

    `wanted`: the columns that have yet to be said.
    """

    file: str
    height: int
    rows: tuple[int, ...]
    lines: tuple[Line, ...]
    wanted: tuple[str, ...]
    findings: tuple[Finding, ...]


def previewed(draft: str, path: Path, file: str, matching: Matching) -> Preview:
    """The file as it would be read with what a draft says of it."""
    said = _said(draft, matching.table.name)
    wanted = [column for column in matching.wanted if not _is_said(column, said)]
    names = tuple(column.name for column in wanted)
    if not _says_anything(matching):
        return Preview(file, 0, (), (), names, ())
    read, found = _read(_part(said, path, file, matching.table.name, wanted))
    if read is None:
        return Preview(file, 0, (), (), names, tuple(found))
    first = read.frame.head(SHOWN)
    numbers = tuple(first.get_column("row").to_list())
    return Preview(file, read.frame.height, numbers, tuple(_lines(read, first, names)), names, tuple(found))


def _says_anything(matching: Matching) -> bool:
    """Whether there is something to read: a column that is required; of a questionnaire, an answer too."""
    columns = [match.column for match in matching.matches.values()]
    answered = matching.table is not SDQ or any(column.type is Type.WHOLE for column in columns)
    return answered and any(column.required for column in columns)


def _said(draft: str, table: str) -> StatedPart:
    """A draft as wlz.yaml would say it.

    Raises:
        ValueError: a draft that wlz.yaml may not say is our bug.
    """
    document, found = strictyaml.parse(f"{BEFORE}{draft}".encode(), CONFIG, "folder")
    config, problems = stated(document) if document else (None, found)
    if config is None:
        raise ValueError(*{finding.code for finding in problems})
    return config.parts(table)[0]


def _is_said(column: Column, said: StatedPart) -> bool:
    return column.name in {*said.columns.values(), *said.constants}


def _part(said: StatedPart, path: Path, file: str, table: str, wanted: Sequence[Column]) -> Part:
    ours = said.translation()
    stand_ins = {column.name: _stand_in(column) for column in wanted}
    return Part(
        *(table, path, file, said.sheet, said.header_row),
        columns=ours.columns,
        constants={**ours.constants, **stand_ins},
        values=ours.values,
        missing=ours.missing,
        date_format=ours.date_format,
        validated=None,
        where=Where(CONFIG),
    )


def _stand_in(column: Column) -> str:
    return column.choices[0] if column.choices else STAND_INS[column.type]


def _read(part: Part) -> tuple[Typed | None, list[Finding]]:
    """Stages 1 to 4, each if the one before found no error; the next two need the whole programme."""
    file, found = opened(part.path, part.table, part.file, sheet=part.sheet, header_row=part.header_row)
    if file is None:
        return None, found
    sheet, problems = headed(file, shapes(part.table)[0], columns=part.columns, constants=part.constants)
    found += problems
    if sheet is None:
        return None, found
    parts, problems = typed([Sent(sheet, part)], SCALES)
    found += problems
    if not parts or errors(problems):
        return (parts[0] if parts else None), found
    [read] = parts
    return read, found + rows.checked(read.frame, read.table, read.origin)


# ---------------------------------------------------------------- what is shown


def _lines(read: Typed, first: pl.DataFrame, wanted: Sequence[str]) -> Iterator[Line]:
    """A line for each column of which the part says something."""
    shown = pl.col("row").is_in(first.get_column("row").implode())
    text = read.sent.text.filter(shown).collect(optimizations=AS_SPLIT)
    sheet = read.sent.sheet
    for column in sheet.table.columns:
        if column.name in text.columns and column.name not in wanted:
            place = sheet.places.get(column.name)
            source = "said once" if place is None else sheet.opened.headings[place]
            yield Line(column.name, source, _cells(column, text, first))


def _cells(column: Column, text: pl.DataFrame, typed: pl.DataFrame) -> tuple[str, ...]:
    """What some rows say, in our codes; a cell that is no value of its column is marked."""
    said, value = text.get_column(column.name), typed.get_column(column.name)
    if column == CHILD:
        said = said.str.slice(0, 1) + MASK
    elif column.longest == LONGEST_WORDS:
        said = said.str.replace_all("(?s)^.+$", MASK)
    wrong = value.is_null() & said.is_not_null()
    marked = (said + WRONG).zip_with(wrong, said) if column.name not in CODED else said
    return tuple(marked.fill_null("").to_list())
