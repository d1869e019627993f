"""Matching: which heading stands for which column of ours, and what makes it likely.

Names go before cells. A heading that is personal is never looked at, one that stands twice is never taken.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.read import maps
from wlz_calc.read.delimited import AS_SPLIT
from wlz_calc.read.drafting.children import Ids, ids
from wlz_calc.read.drafting.looks import Cells, Look, counted, look
from wlz_calc.read.drafting.names import is_private, near, published, words
from wlz_calc.read.drafting.scales import scales
from wlz_calc.read.headings import GAPPED
from wlz_calc.read.received import UNCOLLECTED, Opened
from wlz_calc.read.spelling import plain, spaced
from wlz_calc.standards import sdq
from wlz_calc.standards.attendance import CODES
from wlz_calc.tables import ATTENDANCE_MARKS, CHILD, EXTRACTS, SDQ, Column, Table, Type


class By(Enum):
    """What a heading was matched by."""

    ITSELF = "it is ours as it stands"
    SPELLING = "it is ours in another spelling"
    MAP = "a shipped map has it"
    NAME = "it is another name of ours, or near to one"
    CELLS = "the cells below it fit no other column"


class Match(NamedTuple):
    """A column of ours, the heading that stands for it, and how its cells look."""

    column: Column
    heading: str
    by: By
    look: Look

    @property
    def is_guessed(self) -> bool:
        """Whether somebody has to confirm it."""
        return self.by in {By.NAME, By.CELLS}


class Matching(NamedTuple):
    """A file beside a shape of its table.

    `matches`: by column; `cells`: by heading, of those that may be read; `ids`: which may be the child's id;
    `private` and `twice`: headings not looked at; `prefix`: that of the publisher's names in it; `scales`:
    those that its scores may be on, the likeliest first.
    """

    table: Table
    matches: Mapping[str, Match]
    cells: Mapping[str, Cells]
    ids: Ids
    private: tuple[str, ...]
    twice: tuple[str, ...]
    prefix: str
    scales: tuple[str, ...]

    @property
    def unused(self) -> list[str]:
        """The headings that stand for nothing."""
        used = {match.heading for match in self.matches.values()}
        return [heading for heading in self.cells if heading not in used]

    @property
    def wanted(self) -> list[Column]:
        """The columns that must be said and that no heading stands for."""
        return [self.table.column(name) for name in _needed(self) if name not in self.matches]


def shapes(table: str) -> tuple[Table, ...]:
    """The shapes in which a table may come."""
    return tuple(shape for shape in (*EXTRACTS, ATTENDANCE_MARKS) if shape.name == table)


def matched(file: Opened, tables: Sequence[Table]) -> tuple[Matching | None, list[Finding]]:
    """The headings of a file matched to the shape of the table that they fit best, by name and by cells."""
    text, found = _collected(file)
    if text is None:
        return None, found
    fits = [_matched(file.headings, text, table) for table in tables]
    return max(fits, key=lambda each: len(each.matches)), []


def _collected(file: Opened) -> tuple[pl.DataFrame | None, list[Finding]]:
    """The cells of a file as stripped text, empty ones as null."""
    stripped = pl.exclude("row").str.strip_chars().replace("", None)
    try:
        return file.text.with_columns(stripped).collect(optimizations=AS_SPLIT), []
    except UNCOLLECTED:
        text, found = file.closer()
        return (None, found) if text is None else (text.with_columns(stripped).collect(), [])


def _matched(headings: Sequence[str], text: pl.DataFrame, table: Table) -> Matching:
    times = Counter(map(spaced, headings))
    private = [heading for heading in times if heading and is_private(heading, table)]
    twice = [heading for heading, count in times.items() if heading and count > 1 and heading not in private]
    passed_over = {"", *private, *twice}
    cells = {
        name: counted(text.get_column(str(place)))
        for place, heading in enumerate(headings)
        if (name := spaced(heading)) not in passed_over
    }
    draft = _Draft(table, cells, _prefix(cells) if table is SDQ else "")
    for step in _STEPS:
        draft = draft.with_matches(step(draft))
    ours = {each.name: draft.matches[each.name] for each in table.columns if each.name in draft.matches}
    unclear = CHILD in table.columns and CHILD.name not in draft.matches
    return Matching(
        *(table, ours, cells, ids(table, draft.headings, cells) if unclear else Ids()),
        *(tuple(private), tuple(twice), draft.prefix, draft.scales),
    )


class _Draft(NamedTuple):
    """What is matched so far."""

    table: Table
    cells: Mapping[str, Cells]
    prefix: str
    matches: Mapping[str, Match] = {}
    scales: tuple[str, ...] = ()

    @property
    def columns(self) -> list[Column]:
        """Our columns that no heading stands for yet, but for the id of the child."""
        return [each for each in self.table.columns if each.name not in {*self.matches, CHILD.name}]

    @property
    def headings(self) -> list[str]:
        """The headings that stand for nothing yet."""
        used = {match.heading for match in self.matches.values()}
        return [heading for heading in self.cells if heading not in used]

    def look(self, column: Column, heading: str) -> Look:
        """The cells under a heading as those of a column."""
        scale = self.scales[0] if self.scales and "scale" not in self.matches else None
        return look(column, self.cells[heading], scale)

    def match(self, column: Column, heading: str, by: By) -> Match:
        """A match, with how the cells look."""
        return Match(column, heading, by, self.draft_scales(column, heading).look(column, heading))

    def draft_scales(self, column: Column, heading: str) -> "_Draft":
        """With the scales that scores under that heading may be on."""
        if column.type is not Type.SCORE or self.scales or "scale" in self.matches:
            return self
        return self._replace(scales=tuple(scales(heading, self.cells[heading])))

    def with_matches(self, found: Iterator[Match]) -> "_Draft":
        """With more matches, each for a column and a heading that are still without one."""
        draft = self
        for match in found:
            if match.column.name not in draft.matches and match.heading in draft.headings:
                scaled = draft.draft_scales(match.column, match.heading)
                draft = scaled._replace(matches={**draft.matches, match.column.name: match})
        return draft


# ---------------------------------------------------------------- by name


def _itself(draft: _Draft) -> Iterator[Match]:
    for column in draft.table.columns:
        if column.name in draft.cells:
            yield draft.match(column, column.name, By.ITSELF)


def _spelt(draft: _Draft) -> Iterator[Match]:
    for column in (CHILD, *draft.columns):
        for heading in draft.headings:
            if plain(heading) == column.name:
                yield draft.match(column, heading, By.SPELLING)


def _mapped(draft: _Draft) -> Iterator[Match]:
    """By a shipped map, if all of its headings are there: it can be named, and its values come with it."""
    if (shipped := whole_map(draft.table, draft.cells)) is not None:
        said = maps.shipped_map(shipped).columns
        for column in draft.columns:
            for heading in draft.headings:
                if said.get(heading) == column.name:
                    yield draft.match(column, heading, By.MAP)


def whole_map(table: Table, headings: Mapping[str, object]) -> str | None:
    """The shipped map whose headings are all there, if there is one."""
    whole = (name for name in maps.shipped() if _is_whole(maps.shipped_map(name), table, headings))
    return next(whole, None)


def _is_whole(shipped: maps.Map, table: Table, headings: Mapping[str, object]) -> bool:
    ours = {column.name for column in table.columns}
    is_for = shipped.table == table.name and ours.issuperset(shipped.columns.values())
    return is_for and all(heading in headings for heading in shipped.columns)


def _published(draft: _Draft) -> Iterator[Match]:
    """By the names and numbers that the publisher of the SDQ gives, of one informant."""
    if draft.table is not SDQ:
        return
    for heading in draft.headings:
        said = published(heading)
        if said is not None and said[1] in {"", draft.prefix}:
            yield draft.match(draft.table.column(said[0]), heading, By.SPELLING)


def _prefix(headings: Mapping[str, object]) -> str:
    """The prefix that most of the publisher's names have, if any has one."""
    said = [found for heading in headings if (found := published(heading)) is not None]
    letters = Counter(letter for _, letter in said if letter)
    return max(letters, key=lambda letter: letters[letter], default="")


def _named(draft: _Draft) -> Iterator[Match]:
    """By another name, the likeliest first, if the cells do not speak against it."""
    for column in draft.columns:
        called = words(column, draft.table)
        there = sorted(
            (called.index(plain(heading)), heading) for heading in draft.headings if plain(heading) in called
        )
        yield from _likely(draft, column, [heading for _, heading in there])


def _near(draft: _Draft) -> Iterator[Match]:
    for column in draft.columns:
        yield from _likely(
            draft, column, [each for each in draft.headings if near(plain(each), column, draft.table)]
        )


def _likely(draft: _Draft, column: Column, headings: Sequence[str]) -> Iterator[Match]:
    matches = (draft.match(column, heading, By.NAME) for heading in headings)
    yield from (match for match in matches if match.look.is_likely)


# ---------------------------------------------------------------- by cells


def _by_cells(draft: _Draft) -> Iterator[Match]:
    """Where as many headings are left whose cells fit as there are columns of a kind, in their order."""
    for columns in _of_a_kind(draft):
        there = [heading for heading in draft.headings if _fits(draft, columns[0], heading)]
        if len(there) == len(columns):
            for column, heading in zip(columns, there, strict=True):
                yield draft.match(column, heading, By.CELLS)


def _of_a_kind(draft: _Draft) -> list[list[Column]]:
    """The columns that can be told by their cells, those of one kind together."""
    kinds: dict[Column, list[Column]] = {}
    for column in draft.columns:
        if _is_telling(column, draft.table):
            kinds.setdefault(column._replace(name="", required=False), []).append(column)
    return list(kinds.values())


def _is_telling(column: Column, table: Table) -> bool:
    """A date in the register may be one of birth, and is not guessed by its cells."""
    if column.type is Type.DATE:
        return column.required and table.name != "children"
    return column.type is Type.MARK or column.name in sdq.ITEMS or (column.required and bool(column.choices))


def _fits(draft: _Draft, column: Column, heading: str) -> bool:
    cells = draft.cells[heading]
    if (
        column.type is Type.MARK
        and not cells.texts.is_in([code for code in CODES if not code.isalnum()]).any()
    ):
        return False  # Y and N are codes as well: a register has marks that are no letters
    return look(column, cells).is_certain


_STEPS: Final[tuple[Callable[[_Draft], Iterator[Match]], ...]] = (
    _itself,
    _mapped,
    _spelt,
    _published,
    _named,
    _near,
    _by_cells,
)


# ---------------------------------------------------------------- what is still wanted


def _needed(matching: Matching) -> Iterator[str]:
    """The columns that must be there: a questionnaire comes by item or by scale."""
    table, there = matching.table, matching.matches
    yield from table.required
    yield from (column.name for column in table.columns if column.name in GAPPED)
    if table is SDQ:
        yield from sdq.ITEMS if any(item in there for item in sdq.ITEMS) else sdq.SUBSCALES
    if table.name == "engagement" and "provider" not in there:
        yield "provider"
