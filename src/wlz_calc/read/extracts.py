"""The extracts of a programme: read, checked stage by stage, and turned into typed frames.

A stage reports everything that it finds, and the next runs only if it found no error, or none that cannot be
set aside where that is asked for.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import polars as pl

from wlz_calc.finding import Finding, errors
from wlz_calc.programme import Aside, Extracts, InputFile
from wlz_calc.read import aside, marks, rows
from wlz_calc.read.astray import Rows, astray, reach, sent_again
from wlz_calc.read.cells import Typed, typed
from wlz_calc.read.collected import Sent
from wlz_calc.read.files import opened
from wlz_calc.read.gaps import gaps
from wlz_calc.read.headings import headed
from wlz_calc.read.parts import Part
from wlz_calc.read.received import Opened
from wlz_calc.read.related import Reading, Tables, related
from wlz_calc.read.settled import MARKS
from wlz_calc.steps import step
from wlz_calc.tables import (
    ATTAINMENT,
    ATTENDANCE_MARKS,
    ATTENDANCE_TOTALS,
    ENGAGEMENT,
    EXTRACTS,
    HOLDS,
    SDQ,
    SURVEY,
    Table,
)

WHEN: Final = {
    ENGAGEMENT: "date",
    ATTENDANCE_TOTALS: "period_start",
    ATTENDANCE_MARKS: "date",
    ATTAINMENT: "assessed_on",
    SDQ: "completed_on",
    SURVEY: "completed_on",
}
"""The column by which a part of a table shows which term it is of."""


def read_extracts(parts: Sequence[Part], reading: Reading) -> tuple[Extracts | None, list[Finding]]:
    """Every part of every extract through stages 1 to 5; the register must be among them."""
    with step("files"):
        files, found = _each(_opened, parts)
    if errors(found):
        return None, found
    sent, problems = _each(_headed, list(zip(files, parts, strict=True)))
    found += problems
    if errors(found):
        return None, found
    with step("cells") as cells:
        read, problems = typed(sent, reading.scales, each_mark=reading.each_mark)
        cells.rows = sum(part.rows for part in read)
    found += problems
    if aside.stops(problems, set_aside=reading.set_aside):
        return None, found
    read, put_by = _without(read, problems, reading)
    with step("rows"):
        problems = [finding for part in read for finding in rows.checked(part.frame, part.table, part.origin)]
    found += problems
    if aside.stops(problems, set_aside=reading.set_aside):
        return None, found
    read, more = _without(read, problems, reading)
    with step("tables"):
        found += _astray(read, reading)
        missing = [finding for part in read for finding in gaps(part.sent.sheet, part.gaps, part.origin)]
        tables = _together(read, (*put_by, *more))
        del read  # whoever holds the typed parts holds half of what memory is needed
        extracts, problems = related(tables, reading)
    found += problems + missing
    return (None if aside.stops(problems, set_aside=reading.set_aside) else extracts), found


Item = TypeVar("Item")
Value = TypeVar("Value")


def _each(
    step: Callable[[Item], tuple[Value | None, list[Finding]]], items: Sequence[Item]
) -> tuple[list[Value], list[Finding]]:
    """One step for every file: what came of it, and all that was found."""
    results = [step(item) for item in items]
    values = [value for value, _ in results if value is not None]
    return values, [finding for _, found in results for finding in found]


def _opened(part: Part) -> tuple[Opened | None, list[Finding]]:
    return opened(part.path, part.table, part.file, sheet=part.sheet, header_row=part.header_row)


def _headed(both: tuple[Opened, Part]) -> tuple[Sent | None, list[Finding]]:
    file, part = both
    sheet, found = headed(file, _table(part.table), columns=part.columns, constants=part.constants)
    return (Sent(sheet, part) if sheet else None), found


def _table(name: str) -> Table:
    return next(table for table in (*EXTRACTS, HOLDS) if table.name == name)


def _without(read: list[Typed], problems: list[Finding], reading: Reading) -> tuple[list[Typed], list[Aside]]:
    """The parts without the rows that errors are about, if they are to be set aside."""
    if not reading.set_aside:
        return read, []
    put_by: list[Aside] = []
    kept: list[Typed] = []
    for part in read:
        frame, out = aside.without(part.frame, part.origin, problems)
        kept.append(part._replace(frame=frame))
        put_by += out
    return kept, put_by


def _astray(read: Sequence[Typed], reading: Reading) -> list[Finding]:
    """Parts that may not be what they were sent as."""
    parts = [_dated(part, WHEN[part.sent.sheet.table]) for part in read if part.sent.sheet.table in WHEN]
    totals = [part for part in parts if part.column == WHEN[ATTENDANCE_TOTALS]]
    found = astray(parts, reach(reading.cards))
    if len(totals) > 1:
        found += sent_again(totals, ("child_id", "period_start", "period_end"))
    return found


def _dated(part: Typed, column: str) -> Rows:
    vouched = part.sent.part.validated
    frame = marks.days(part.frame) if marks.are_gathered(part.frame) else part.frame
    return Rows(frame, part.origin, column, vouched.on if vouched else None)


def _together(read: Sequence[Typed], put_by: tuple[Aside, ...]) -> Tables:
    """The parts of each table one after the other, their rows numbered through."""
    frames: dict[str, list[pl.DataFrame]] = {}
    files: list[InputFile] = []
    after: Counter[str] = Counter()
    for part in read:
        source = part.source._replace(after=after[part.table])
        name = MARKS if part.sent.sheet.table is ATTENDANCE_MARKS else part.table
        numbered = part.frame.with_columns(pl.col("row") + source.after) if source.after else part.frame
        frames.setdefault(name, []).append(numbered)
        after[part.table] += max(part.sent.sheet.opened.heading_row, part.last_row)
        files.append(source)
    whole = {name: own[0] if len(own) == 1 else pl.concat(own) for name, own in frames.items()}
    return Tables(whole, tuple(files), put_by)
