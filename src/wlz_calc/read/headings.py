"""Stage 2: headings, theirs and ours, and the text of the columns that are ours.

A column that the data dictionary does not know goes no further than this, so that nothing personal does.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where, quote
from wlz_calc.read.delimited import AS_SPLIT
from wlz_calc.read.personal import is_personal
from wlz_calc.read.received import UNCOLLECTED, Opened
from wlz_calc.read.spelling import plain, spaced
from wlz_calc.standards import sdq
from wlz_calc.tables import ATTENDANCE_MARKS, ATTENDANCE_TOTALS, SDQ, Table

GAPPED: Final = frozenset({"score", "code"})
"""Columns that must be there, although a cell of theirs may be empty: a score or a mark can be missing."""
FEW: Final = 2
"""A row with as many of our headings, and more than twice those of the row that was read, may be meant."""
NONE: Final[Mapping[str, str]] = {}


class Sheet(NamedTuple):
    """An extract as it was sent, in the shape of its headings; `places`: where each column of ours stands."""

    table: Table
    opened: Opened
    places: Mapping[str, int]

    @property
    def file(self) -> str:
        """The file as findings name it."""
        return self.opened.file

    @property
    def name(self) -> str | None:
        """The name of the sheet, in a workbook."""
        return self.opened.sheet

    def where(self, row: int | None = None) -> Where:
        """The whole of it, or a row as the spreadsheet numbers it."""
        return Where(self.file, row, sheet=self.name)

    @property
    def sent(self) -> tuple[str, ...]:
        """The columns of its table that are there."""
        return tuple(column.name for column in self.table.columns if column.name in self.places)


def headed(
    file: Opened, table: Table, *, columns: Mapping[str, str] = NONE, constants: Collection[str] = ()
) -> tuple[Sheet | None, list[Finding]]:
    """The columns of a table found by their headings: every one required is there, none twice.

    `columns` maps their headings to ours; one of ours as it stands counts too, where none is mapped to it.
    `constants`: columns that need no heading, as what they hold is said elsewhere.
    """
    theirs = {spaced(heading): ours for heading, ours in columns.items()}
    if table is ATTENDANCE_TOTALS:
        table = _attendance_shape({*_meant(file, theirs), *constants})
    match = _Match(file, table, theirs, frozenset(constants), _places(file, table, theirs))
    if elsewhere := _elsewhere(match):
        return None, [elsewhere]
    findings = [finding for check in _CHECKS for finding in check(match)]
    if any(finding.is_error for finding in findings):
        return None, findings
    return Sheet(table, file, {name: places[0] for name, places in match.places.items()}), findings


class _Match(NamedTuple):
    """The headings of a file beside the columns of a table; `places`: wherever each column of ours stands."""

    file: Opened
    table: Table
    theirs: Mapping[str, str]
    constants: frozenset[str]
    places: Mapping[str, tuple[int, ...]]

    @property
    def own(self) -> frozenset[str]:
        """All columns of the table."""
        return frozenset(column.name for column in self.table.columns)

    @property
    def unused(self) -> list[str]:
        """The headings that stand for none of them."""
        used = {place for places in self.places.values() for place in places}
        return [heading for place, heading in enumerate(self.file.headings) if heading and place not in used]

    @property
    def lost(self) -> dict[str, str]:
        """The headings that were mapped and are not there, with what they were mapped to."""
        there = {spaced(heading) for heading in self.file.headings}
        return {heading: ours for heading, ours in self.theirs.items() if heading not in there}

    def finding(self, code: str, column: str | None, found: str, expected: str) -> Finding:
        """Something about the row of headings."""
        where = Where(self.file.file, self.file.heading_row, column, self.file.sheet)
        return Finding(code, where, found, expected)


def _meant(file: Opened, theirs: Mapping[str, str]) -> list[str]:
    """What each heading stands for, if it is mapped; else what it says."""
    return [theirs.get(spaced(heading), heading) for heading in file.headings]


def _places(file: Opened, table: Table, theirs: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """Where each column of a table stands; a heading that is mapped to it goes first."""
    meant = list(enumerate(_meant(file, theirs)))
    places: dict[str, tuple[int, ...]] = {}
    for column in table.columns:
        at = [place for place, ours in meant if ours == column.name]
        mapped = [place for place in at if spaced(file.headings[place]) in theirs]
        if at:
            places[column.name] = tuple(mapped or at)
    return places


def _attendance_shape(headings: Collection[str]) -> Table:
    """The shape of the attendance extract that its headings fit better."""
    own = [{c.name for c in shape.columns} for shape in (ATTENDANCE_TOTALS, ATTENDANCE_MARKS)]
    fits = [len(names.intersection(headings)) for names in own]
    return ATTENDANCE_MARKS if fits[1] > fits[0] else ATTENDANCE_TOTALS


# ---------------------------------------------------------------- what is wrong with them


def _elsewhere(match: _Match) -> Finding | None:
    """Another row that looks like the headings, where hardly any heading fits."""
    here = len(_like_ours(match.file.headings, match))
    if max(len(cells) for cells in match.file.top) <= FEW * here:
        return None
    rows = {row: _like_ours(cells, match) for row, cells in enumerate(match.file.top, start=1)}
    row = max(rows, key=lambda row: len(rows[row]), default=0)
    if not rows or len(rows[row]) < FEW or len(rows[row]) <= FEW * here:
        return None
    found = ", ".join(quote(cell) for cell in rows[row])
    where = Where(match.file.file, row, sheet=match.file.sheet)
    return Finding(
        "heading-row", where, found, f"the headings in row {match.file.heading_row}; or header_row: {row}"
    )


def _like_ours(cells: Sequence[str], match: _Match) -> list[str]:
    """Those of some cells that may be headings of the extract."""
    ours = {*match.own, *match.theirs}
    if match.table.name == ATTENDANCE_MARKS.name:
        ours |= {column.name for shape in (ATTENDANCE_MARKS, ATTENDANCE_TOTALS) for column in shape.columns}
    return [cell for cell in dict.fromkeys(cells) if plain(cell) in ours or spaced(cell) in ours]


def _twice(match: _Match) -> Iterator[Finding]:
    """No column is stated by two headings."""
    for name, places in match.places.items():
        headings = dict.fromkeys(match.file.headings[place] for place in places)
        if len(places) > 1:
            expected = "each heading once" if len(headings) == 1 else "one heading mapped to a column"
            yield match.finding("heading-twice", name, _quoted(headings), expected)


def _constant_too(match: _Match) -> Iterator[Finding]:
    """What is said once for the whole file is not said again in each row."""
    for name, places in match.places.items():
        if name in match.constants:
            found = quote(match.file.headings[places[0]])
            yield match.finding("heading-constant", name, found, "a column or a constant, not both")


def _unmapped(match: _Match) -> Iterator[Finding]:
    """A heading that is mapped is there."""
    for heading, ours in match.lost.items():
        near = _nearest(heading, match.unused)
        found = f"{quote(near)}, which may be meant" if near else ""
        yield match.finding("heading-unmapped", ours, found, f"a heading {quote(heading)}")


def _missing(match: _Match) -> Iterator[Finding]:
    """Every column required has a heading, or is a constant."""
    there = {*match.places, *match.constants, *match.lost.values()}
    for name in _needed(match):
        if name not in there:
            yield match.finding("heading-missing", name, _instead(name, match), f"a column {name}")


def _needed(match: _Match) -> tuple[str, ...]:
    """The headings required; a questionnaire comes by item or by scale."""
    table = match.table
    if table is not SDQ:
        return (*table.required, *(column.name for column in table.columns if column.name in GAPPED))
    by_item = any(item in match.places for item in sdq.ITEMS)
    return (*table.required, *(sdq.ITEMS if by_item else sdq.SUBSCALES))


def _instead(name: str, match: _Match) -> str:
    """What is there instead: the heading that may be meant, if one is alike or is part of the name."""
    if not match.places:
        return "no heading of this extract"
    near = _nearest(name, match.unused)
    return f"{quote(near)}, which may be meant" if near else ""


def _nearest(name: str, headings: Iterable[str]) -> str | None:
    alike = {plain(heading): heading for heading in headings}
    part = [other for other in alike if {*other.split("_")} < {*plain(name).split("_")}]
    near = get_close_matches(plain(name), alike, n=1, cutoff=0.75) or part
    return alike[near[0]] if near else None


def _ignored(match: _Match) -> Iterator[Finding]:
    """Columns passed over; a first row without any heading of ours may be a child's, and is not shown."""
    if not match.places:
        return
    personal = [heading for heading in match.unused if is_personal(heading)]
    others = [heading for heading in match.unused if not is_personal(heading)]
    if personal:
        yield match.finding("heading-personal", None, _quoted(personal), "no personal data")
    if others:
        expected = f"only columns of the {match.file.role} extract"
        yield match.finding("heading-extra", None, _quoted(others), expected)


def _quoted(headings: Iterable[str]) -> str:
    return ", ".join(quote(heading) for heading in headings)


_CHECKS: Final[tuple[Callable[[_Match], Iterator[Finding]], ...]] = (
    _twice,
    _constant_too,
    _unmapped,
    _missing,
    _ignored,
)


# ---------------------------------------------------------------- the text below them


def cells(sheet: Sheet) -> pl.LazyFrame:
    """The rows as `row` and text, stripped: the columns sent, empty cells as null, blank rows left out.

    To be collected with AS_SPLIT: every column is split, as a row may be too long for its headings, and only
    those of the table go on.
    """
    text = pl.exclude("row")
    stripped = _sent(sheet).with_columns(text.str.strip_chars())
    return _not_blank(stripped.with_columns(pl.when(text.str.len_bytes() > 0).then(text)))


def unstripped(sheet: Sheet) -> pl.LazyFrame:
    """The same, but that spaces around a cell are left; it takes half the time."""
    return _not_blank(_sent(sheet))


def typed(sheet: Sheet) -> pl.LazyFrame | None:
    """The same in the types that the columns have in the file, where its format has types."""
    frame = sheet.opened.typed
    return None if frame is None else _not_blank(frame.select("row", *_ours(sheet)))


def _sent(sheet: Sheet) -> pl.LazyFrame:
    return sheet.opened.text.select("row", *_ours(sheet))


def _ours(sheet: Sheet) -> list[pl.Expr]:
    return [pl.col(str(sheet.places[name])).alias(name) for name in sheet.sent]


def _not_blank(text: pl.LazyFrame) -> pl.LazyFrame:
    return text.filter(~pl.all_horizontal(pl.exclude("row").is_null()))


def looked_closer(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Finding]]:
    """Sheets whose cells could not be collected: mended where that changes nothing, or why they cannot be."""
    looked = [_looked_closer(sheet) for sheet in sheets]
    return [sheet for sheet, _ in looked], [finding for _, found in looked for finding in found]


def _looked_closer(sheet: Sheet) -> tuple[Sheet, list[Finding]]:
    try:
        cells(sheet).collect(optimizations=AS_SPLIT)
    except UNCOLLECTED:
        text, found = sheet.opened.closer()
        if text is not None:
            sheet = sheet._replace(opened=sheet.opened._replace(text=text, typed=None))
        return sheet, found
    return sheet, []
