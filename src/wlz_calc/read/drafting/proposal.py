"""Proposals: from what a file looks like to what wlz.yaml would say of it.

What is certain is said; what is likely is said with a note; what only a person can know is left open.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from wlz_calc.ratecard.base import listed
from wlz_calc.read import maps
from wlz_calc.read.drafting.dates import dated, is_dated
from wlz_calc.read.drafting.looks import MEASURE, Cells
from wlz_calc.read.drafting.matching import By, Match, Matching, whole_map
from wlz_calc.read.drafting.names import PREFIXES
from wlz_calc.read.drafting.notation import Said
from wlz_calc.read.drafting.start import Start
from wlz_calc.read.translation import Translation
from wlz_calc.read.values import TRUE_OR_FALSE
from wlz_calc.standards import sdq
from wlz_calc.standards.assessment import SCALES
from wlz_calc.tables import CHILD, Column, Type

MOST: Final = 4
"""So many headings are named where one of them is looked for."""
OPEN: Final = "?"
"""What stands in the place of a value that only a person knows; no column takes it."""
SETTING: Final = frozenset(
    {"contract", "school", "kind", "provider", "period_start", "period_end", "subject", "scale", "informant"}
    | {MEASURE, "assessed_on", "completed_on"}
)
"""Columns that may say the same in every row of a file, so that it can be said once."""
DATED: Final = (Type.DATE, Type.MOMENT)


def proposed(path: str, start: Start, matching: Matching) -> list[Said]:
    """What is to be said of the part, in the order of the data dictionary, as far as there is anything."""
    shipped = whole_map(matching.table, matching.cells)
    said = maps.shipped_map(shipped) if shipped else None
    return [
        Said("path", path),
        *_place(start),
        *([Said("map", shipped)] if shipped else []),
        *_branch("columns", _columns(matching, said)),
        *_branch("constants", _constants(matching)),
        *_branch("values", _values(matching, said)),
        *_branch("missing", _missing(matching, said)),
        *_date_format(matching),
    ]


def remarks(start: Start, matching: Matching) -> Iterator[str]:
    """Who vouches for it, which no file says; and what is not read, and why."""
    yield "validated: {by: NAME, on: DATE}"
    if start.others:
        yield f"sheets that are not read: {', '.join(start.others)}"
    if matching.private:
        yield f"personal, never read: {', '.join(matching.private)}"
    if matching.ids.refused:
        yield f"names or UPNs are in it, so never an id: {', '.join(matching.ids.refused)}"
    if matching.twice:
        yield f"not read, as it stands there twice: {', '.join(matching.twice)}"
    ids = {*matching.ids.headings, *matching.ids.refused}
    if unread := [heading for heading in matching.unused if heading not in ids]:
        yield f"not read: {', '.join(unread)}"
    if lost := [column.name for column in matching.wanted if _is_answer(column)]:
        yield f"required, and not found: {', '.join(lost)}"


def _is_answer(column: Column) -> bool:
    """Whether it is an item or a score of a questionnaire; they are missing together."""
    return column.type is Type.WHOLE and column.name in (*sdq.ITEMS, *sdq.SUBSCALES)


def _branch(key: str, inner: Iterator[Said]) -> list[Said]:
    said = tuple(inner)
    return [Said(key, said)] if said else []


def _fit(fits: int, of: int, what: str = "cells") -> str:
    return f"guessed: {fits:,} of {of:,} {what} fit" if of else "guessed: no cell says anything"


# ---------------------------------------------------------------- where it is


def _place(start: Start) -> Iterator[Said]:
    why = (
        f"guessed: {start.known} of its headings are known"
        if start.known
        else "guessed: it looks like headings"
    )
    if start.sheet is not None:
        yield Said("sheet", start.sheet, why if start.others else "")
    if start.row > 1:
        yield Said("header_row", str(start.row), why)


# ---------------------------------------------------------------- headings


def _columns(matching: Matching, shipped: Translation | None) -> Iterator[Said]:
    yield from _child(matching)
    for match in matching.matches.values():
        if not (match.by is By.ITSELF or (match.by is By.MAP and shipped)):
            note = _guess(match) if match.is_guessed else ""
            yield Said(match.heading, match.column.name, note)
    for column in matching.wanted:
        if not (column.name in SETTING or column == CHILD or _is_answer(column)):
            yield Said(OPEN, column.name, f"required: {_one_of(matching.unused)}", is_open=True)


def _child(matching: Matching) -> Iterator[Said]:
    """The id is named where one heading is called so; a person has to say that the register has the same."""
    match matching.ids.headings:
        case [heading] if matching.ids.are_called_so:
            yield Said(heading, CHILD.name, "guessed: is it the pseudonymous id that the register has?")
        case _ if any(column == CHILD for column in matching.wanted):
            there = _one_of(matching.ids.headings or matching.unused)
            yield Said(OPEN, CHILD.name, f"which column is the pseudonymous id? {there}", is_open=True)
        case _:
            return


def _guess(match: Match) -> str:
    if match.column.type is Type.TEXT and not match.column.choices:
        return "guessed from the heading"
    return _fit(match.look.fits, match.look.of)


def _one_of(headings: Sequence[str]) -> str:
    if not headings:
        return "no column is left"
    more = f", or another of {len(headings) - MOST}" if len(headings) > MOST else ""
    return listed(headings[:MOST]) + more


# ---------------------------------------------------------------- what the file does not say


def _constants(matching: Matching) -> Iterator[Said]:
    for column in matching.wanted:
        if column.name in SETTING:
            guess, why = _constant(column, matching)
            yield Said(column.name, guess or OPEN, why, is_open=not guess)


def _constant(column: Column, matching: Matching) -> tuple[str, str]:
    """A guess, if there is one, and what to say of it."""
    if column.name == "scale" and len(matching.scales) == 1:
        score = matching.matches["score"].look
        return matching.scales[0], _fit(score.fits, score.of, "scores")
    if column.name == "informant" and matching.prefix:
        return PREFIXES[matching.prefix], f"guessed: headings begin with {matching.prefix}"
    if column.name == "kind" and "provider" in matching.matches:
        return "partner", "guessed: there is a provider"
    if column.name == "provider":
        return "", "required of a partner, and not in the file"
    return "", f"required, and not in the file{_wanted(column, matching)}"


def _wanted(column: Column, matching: Matching) -> str:
    if column.type is Type.SCALE:
        return f": {listed(matching.scales or SCALES)}"
    if column.type is Type.DATE:
        return ": a date such as 2016-09-01"
    return f": {listed(column.choices)}" if column.choices else ""


# ---------------------------------------------------------------- cells


def _values(matching: Matching, shipped: Translation | None) -> Iterator[Said]:
    for name, match in matching.matches.items():
        if shipped and name in shipped.values:
            continue
        look = match.look
        inner = [Said(theirs, ours) for theirs, ours in look.values.items()]
        inner += [
            Said(theirs, OPEN, f"{times:,} cells: {_choices(match.column, matching)}", is_open=True)
            for theirs, times in look.unknown.items()
        ]
        if inner:
            yield Said(name, tuple(inner), _valued(match))


def _valued(match: Match) -> str:
    if match.column.name == MEASURE:
        return "guessed: a card would name them so"
    rest = f", {match.look.unlisted:,} do not" if match.look.unlisted else ""
    return f"{_fit(match.look.fits, match.look.of)}{rest}"


def _choices(column: Column, matching: Matching) -> str:
    if column.type is Type.SCORE:
        return f"a value of {matching.scales[0]}, or a status code"
    if column.type is Type.FLAG:
        return listed(TRUE_OR_FALSE)
    return listed(column.choices) if column.choices else "which code?"


def _missing(matching: Matching, shipped: Translation | None) -> Iterator[Said]:
    for name, match in matching.matches.items():
        if match.look.missing and not (shipped and name in shipped.missing):
            yield Said(name, match.look.missing, "guessed: they say nothing")


# ---------------------------------------------------------------- dates


def _date_format(matching: Matching) -> Iterator[Said]:
    """One format for all of the part: the one that most cells which are no dates of ours are in."""
    days = [_day(match, matching) for match in matching.matches.values() if match.column.type in DATED]
    patterns = [(cells.filled, found) for kind, cells in days if (found := dated(cells.texts, kind))]
    if not patterns:
        return
    pattern, *others = max(patterns, key=lambda each: each[0])[1]
    fits = sum(cells.count(is_dated(cells.texts, pattern, kind)) for kind, cells in days)
    also = f"; {listed(others)} would fit too" if others else ""
    yield Said("date_format", pattern, _fit(fits, sum(cells.filled for _, cells in days), "dates") + also)


def _day(match: Match, matching: Matching) -> tuple[Type, Cells]:
    """The cells of a column of dates that say something."""
    cells = matching.cells[match.heading]
    return match.column.type, cells.only(~cells.texts.is_in(match.look.missing))
