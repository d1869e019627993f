"""Cells collected: the values of every part in as few passes as can be, each child as a number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.read import marks, quick, values
from wlz_calc.read.delimited import AS_SPLIT
from wlz_calc.read.foot import is_total
from wlz_calc.read.gaps import gap
from wlz_calc.read.headings import Sheet, cells, typed, unstripped
from wlz_calc.read.ids import wrong_ids
from wlz_calc.read.mapping import mapped
from wlz_calc.read.parts import Part
from wlz_calc.read.values import TEXTS, Lists, Scales, alike, beside, nothing, suspect
from wlz_calc.tables import ATTENDANCE_MARKS, ATTENDANCE_TOTALS, CHILD, CHILDREN, Column

SUSPECT: Final = "suspect"
GAP: Final = "gap"


class Sent(NamedTuple):
    """A part of a table as it was sent, and what wlz.yaml says of it."""

    sheet: Sheet
    part: Part

    @property
    def text(self) -> pl.LazyFrame:
        """`row` and the text of our columns, all in our codes and headings."""
        return mapped(cells(self.sheet), self.part, self.sheet.table)

    @property
    def as_sent(self) -> tuple[pl.LazyFrame, Mapping[str, pl.DataType]]:
        """The same with the spaces left around cells, as no rule of the part is about such a cell.

        Types are left too, where nothing is said that would change a cell; they are given by column.
        """
        sheet, part = self
        text = unstripped(sheet)
        ours = mapped(text, part, sheet.table)
        if ours is not text or (sent := typed(sheet)) is None:
            return ours, TEXTS
        from wlz_calc.read import native  # few formats have types

        return native.cells(sent, sheet.table)

    @property
    def columns(self) -> list[Column]:
        """Our columns of which the file or wlz.yaml says something."""
        said = {*self.sheet.sent, *self.part.constants}
        return [column for column in self.sheet.table.columns if column.name in said]


def collected(
    sent: Sequence[Sent], scales: Scales, *, each_mark: bool = False
) -> tuple[list[pl.DataFrame], Lists]:
    """The values of every part, with `row`, SUSPECT and GAP, and the lists by which they are values.

    The register's are collected first: it has the ids by which the others name a child. Without a register an
    id stays the text that it is. Register marks are gathered on pages (see `marks`), unless `each_mark` is
    asked for or has to be looked at.
    """
    lists = Lists(scales, many=any(each.sheet.opened.large for each in sent))
    registers = [each for each in sent if each.sheet.table is CHILDREN]
    others = [each for each in sent if each.sheet.table is not CHILDREN]
    if not registers:
        return _values_of(others, lists), lists
    register = _values_of(registers, lists)
    ids = _ids(register)
    lists = lists._replace(child=_number(ids))
    rest = _values_of(others, lists, gather=not each_mark)
    if not (strangers := _strangers(others, rest, ids)).is_empty():
        lists = lists._replace(child=_number(ids.append(strangers)))
        rest = _values_of(others, lists)
    elif not _pages_will_do(others, rest):
        gathered = [marks.are_gathered(frame) for frame in rest]
        rest = _anew(others, rest, gathered, lambda parts: _values_of(parts, lists))
    numbered = (frame.with_columns(lists.child) for frame in register)
    done = {True: numbered, False: iter(rest)}
    return [next(done[each.sheet.table is CHILDREN]) for each in sent], lists


def _number(ids: pl.Series) -> pl.Expr:
    return pl.col(CHILD.name).cast(pl.Enum(ids), strict=False)


def with_values(text: pl.LazyFrame, sent: Sent, lists: Lists) -> pl.LazyFrame:
    """Values beside the text they come from, whether a row is SUSPECT, and whether it is a GAP."""
    return _judged(text.with_columns(values.value(kind, lists) for kind in alike(sent.columns)), sent)


def _judged(valued: pl.LazyFrame, sent: Sent) -> pl.LazyFrame:
    columns = sent.columns
    suspects = [suspect(column) for column in columns]
    if sent.sheet.table is CHILDREN:
        suspects.append(wrong_ids(pl.col(CHILD.name)))
    if sent.part.constants:  # they fill in what a total lacks elsewhere
        suspects.append(is_total(sent.sheet))
    return valued.with_columns(
        pl.any_horizontal(suspects).alias(SUSPECT),
        gap(sent.sheet).alias(GAP),
    )


def _values_of(sent: Sequence[Sent], lists: Lists, *, gather: bool = False) -> list[pl.DataFrame]:
    """The values of parts: quick ones, and of a part for which these will not do, all anew and with care.

    `gather`: register marks are gathered; whether that will do cannot be told of one part.
    """
    gathers = {ATTENDANCE_MARKS: _gathered} if gather else {}
    first = _all([gathers.get(each.sheet.table, _by_row)(each, lists) for each in sent])
    wanting = [not _will_do(each, frame) for each, frame in zip(sent, first, strict=True)]
    return _anew(sent, first, wanting, lambda parts: _all([_with_care(each, lists) for each in parts]))


def _anew(
    sent: Sequence[Sent],
    frames: Sequence[pl.DataFrame],
    wanting: Sequence[bool],
    values: Callable[[list[Sent]], list[pl.DataFrame]],
) -> list[pl.DataFrame]:
    """The frames, but those of the parts that are wanting taken anew."""
    again = iter(values([*compress(sent, wanting)]))
    return [next(again) if wants else frame for wants, frame in zip(wanting, frames, strict=True)]


def _will_do(sent: Sent, frame: pl.DataFrame) -> bool:
    if marks.are_gathered(frame):
        return True
    shared = [column for column in sent.columns if column.shared]
    return quick.are_plain(frame, shared) and not frame.get_column(SUSPECT).any()


def _by_row(sent: Sent, lists: Lists) -> pl.LazyFrame:
    return _alone(_judged(_quickly(sent, sent.columns, lists), sent), sent)


def _with_care(sent: Sent, lists: Lists) -> pl.LazyFrame:
    return _alone(with_values(sent.text, sent, lists), sent)


def _quickly(sent: Sent, columns: Iterable[Column], lists: Lists) -> pl.LazyFrame:
    frame, dtypes = sent.as_sent
    kinds = alike(columns, dtypes)
    return frame.with_columns(quick.value(kind, lists, dtypes) for kind in kinds)


def _gathered(sent: Sent, lists: Lists) -> pl.LazyFrame:
    """Pages of register marks; a child's text becomes its number once for all of a page."""
    valued = _quickly(sent, map(ATTENDANCE_MARKS.column, ("date", "session")), lists)
    day, half = (pl.col(beside(name)).alias(name) for name in ("date", "session"))
    return marks.gathered(valued.select("row", CHILD.name, "code", day, half)).with_columns(lists.child)


def _pages_will_do(sent: Sequence[Sent], frames: Sequence[pl.DataFrame]) -> bool:
    parts = [
        marks.Gathered(frame, each.part.validated.on if each.part.validated else None)
        for each, frame in zip(sent, frames, strict=True)
        if marks.are_gathered(frame)
    ]
    totals = (
        frame for each, frame in zip(sent, frames, strict=True) if each.sheet.table is ATTENDANCE_TOTALS
    )
    return not parts or marks.will_do(parts, totals)


def _alone(valued: pl.LazyFrame, sent: Sent) -> pl.LazyFrame:
    """The values, and whether a row is suspect or a gap."""
    said = sent.columns
    typed = (
        (pl.col(beside(column.name)) if column in said else nothing(column)).alias(column.name)
        for column in sent.sheet.table.columns
    )
    return valued.select("row", *typed, SUSPECT, GAP)


def _all(frames: list[pl.LazyFrame]) -> list[pl.DataFrame]:
    return pl.collect_all(frames, optimizations=AS_SPLIT)


def _ids(register: Sequence[pl.DataFrame]) -> pl.Series:
    """Every id of the register once, in order."""
    return pl.concat(frame.get_column(CHILD.name) for frame in register).drop_nulls().unique().sort()


def _strangers(others: Sequence[Sent], rest: Sequence[pl.DataFrame], ids: pl.Series) -> pl.Series:
    """Every id that other parts have and the register lacks, in order; there should be none."""
    lacking = [
        each.text.select(CHILD.name)
        for each, frame in zip(others, rest, strict=True)
        if CHILD.name in frame.columns and frame.get_column(CHILD.name).has_nulls()
    ]
    if not lacking:
        return ids.clear()
    fit = pl.col(CHILD.name).str.len_chars() <= CHILD.longest
    unknown = pl.concat(lacking).filter(fit, ~pl.col(CHILD.name).is_in(ids.implode())).unique()
    return unknown.collect(optimizations=AS_SPLIT).to_series().sort()
