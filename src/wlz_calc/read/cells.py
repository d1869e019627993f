"""Stage 3: every cell of every part in its type, or why it has none."""

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.programme import InputFile, Origin
from wlz_calc.read.delimited import AS_SPLIT
from wlz_calc.read.faults import findings
from wlz_calc.read.foot import below, foot, is_total
from wlz_calc.read.gaps import gap
from wlz_calc.read.headings import Sheet, cells, looked_closer, unstripped
from wlz_calc.read.ids import wrong_ids
from wlz_calc.read.mapping import expected_date, mapped
from wlz_calc.read.parts import Part
from wlz_calc.read.received import UNCOLLECTED
from wlz_calc.read.swapped import half_swapped
from wlz_calc.read.values import Lists, Scales, alike, beside, nothing, suspect, value
from wlz_calc.read.wrong import Wanted, faults
from wlz_calc.tables import CHILD, CHILDREN, Column

SUSPECT: Final = "suspect"
GAP: Final = "gap"
FOOT: Final = "foot"


class Sent(NamedTuple):
    """A part of a table as it was sent, and what wlz.yaml says of it."""

    sheet: Sheet
    part: Part

    @property
    def text(self) -> pl.LazyFrame:
        """`row` and the text of our columns, all in our codes and headings."""
        return mapped(cells(self.sheet), self.part, self.sheet.table)

    @property
    def unstripped(self) -> pl.LazyFrame:
        """The same with the spaces around cells, where no rule of the part could be about such a cell."""
        text = unstripped(self.sheet)
        return text if mapped(text, self.part, self.sheet.table) is text else self.text

    @property
    def columns(self) -> list[Column]:
        """Our columns of which the file or wlz.yaml says something."""
        said = {*self.sheet.sent, *self.part.constants}
        return [column for column in self.sheet.table.columns if column.name in said]


class Typed(NamedTuple):
    """The rows of a part in the types of its table's columns, with `row`; what was not sent is null.

    An id is its number in the list of all, where those of the register come first, in order. Scores are in
    ten-thousandths of a point; a moment is still text, checked, as only sessions that compete are ever ranked
    (see `moments.utc`). `gaps`: the rows without a mark or a score, of which one was due. `rows`: how many
    were sent.
    """

    sent: Sent
    frame: pl.DataFrame
    gaps: pl.Series
    rows: int

    @property
    def table(self) -> str:
        """The name of its table."""
        return self.sent.part.table

    @property
    def last_row(self) -> int:
        """The last of its rows, as the spreadsheet numbers them."""
        last = self.frame.get_column("row").max()
        return last if isinstance(last, int) else 0

    @property
    def source(self) -> InputFile:
        """The file it was read from, as provenance has it."""
        file, vouched = self.sent.sheet.opened, self.sent.part.validated
        theirs = {ours: file.headings[place] for ours, place in self.sent.sheet.places.items()}
        by = str(vouched) if vouched else None
        return InputFile(
            *(file.role, file.file, str(file.checksum), self.rows, by, file.sheet),
            headings={ours: heading for ours, heading in theirs.items() if heading != ours},
        )

    @property
    def origin(self) -> Origin:
        """Where its rows are, numbered as in its own file."""
        return Origin((self.source,))


def typed(sent: Sequence[Sent], scales: Scales) -> tuple[list[Typed], list[Finding]]:
    """Every cell of the parts in its type, in one pass over each; `scales`: those of attainment.

    The text of a cell is kept no longer than it takes to type it: where one is wrong, its part is read again.
    """
    try:
        frames, lists = _collected(sent, scales)
    except UNCOLLECTED:
        sheets, found = looked_closer([each.sheet for each in sent])
        if found:
            return [], found
        sent = [each._replace(sheet=sheet) for each, sheet in zip(sent, sheets, strict=True)]
        frames, lists = _collected(sent, scales)
    results = [_checked(each, frame, lists) for each, frame in zip(sent, frames, strict=True)]
    return [part for part, _ in results], [finding for _, found in results for finding in found]


def _collected(sent: Sequence[Sent], scales: Scales) -> tuple[list[pl.DataFrame], Lists]:
    """The values of every part, the register's first: it has the ids by which the others name a child.

    Without a register an id stays the text that it is.
    """
    registers = [each for each in sent if each.sheet.table is CHILDREN]
    others = [each for each in sent if each.sheet.table is not CHILDREN]
    if not registers:
        return _values_of(others, Lists(scales)), Lists(scales)
    register = _values_of(registers, Lists(scales))
    ids = _ids(register)
    children = pl.Enum(ids)
    rest = _values_of(others, Lists(scales, children))
    if not (strangers := _strangers(others, rest, ids)).is_empty():
        children = pl.Enum(ids.append(strangers))
        rest = _values_of(others, Lists(scales, children))
    numbered = (frame.with_columns(pl.col(CHILD.name).cast(children)) for frame in register)
    done = {True: numbered, False: iter(rest)}
    return [next(done[each.sheet.table is CHILDREN]) for each in sent], Lists(scales, children)


def _values_of(sent: Sequence[Sent], lists: Lists) -> list[pl.DataFrame]:
    """The values of parts, and whether a row is suspect or a gap.

    A cell with spaces around it has no value at first: a part with such a one is read again, stripped.
    """
    first = _all([_values_alone(each.unstripped, each, lists) for each in sent])
    wanting = [frame.get_column(SUSPECT).any() for frame in first]
    again = _all([_values_alone(each.text, each, lists) for each in compress(sent, wanting)])
    read = iter(again)
    return [next(read) if wants else frame for wants, frame in zip(wanting, first, strict=True)]


def _all(values: list[pl.LazyFrame]) -> list[pl.DataFrame]:
    return pl.collect_all(values, optimizations=AS_SPLIT)


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


def _values_alone(text: pl.LazyFrame, sent: Sent, lists: Lists) -> pl.LazyFrame:
    """The values, and whether a row is suspect or a gap."""
    said = sent.columns
    values = (
        (pl.col(beside(column.name)) if column in said else nothing(column)).alias(column.name)
        for column in sent.sheet.table.columns
    )
    return _with_values(text, sent, lists).select("row", *values, SUSPECT, GAP)


def _with_values(text: pl.LazyFrame, sent: Sent, lists: Lists) -> pl.LazyFrame:
    """Values beside the text they come from."""
    columns = sent.columns
    suspects = [suspect(column) for column in columns]
    if sent.sheet.table is CHILDREN:
        suspects.append(wrong_ids(pl.col(CHILD.name)))
    if sent.part.constants:  # they fill in what a total lacks elsewhere
        suspects.append(is_total(sent.sheet))
    return text.with_columns(value(kind, lists) for kind in alike(columns)).with_columns(
        pl.any_horizontal(suspects).alias(SUSPECT),
        gap(sent.sheet).alias(GAP),
    )


def _checked(sent: Sent, frame: pl.DataFrame, lists: Lists) -> tuple[Typed, list[Finding]]:
    """A part without what stands below its table, and what is wrong with its cells."""
    suspects = _suspects(sent, lists) if frame.get_column(SUSPECT).any() else None
    if suspects is None:
        part = _part(sent, frame)
        return part, [*_rowless(sent, frame), *_swapped(sent, part.origin)]
    left_out = suspects.filter(FOOT).get_column("row")
    part = _part(sent, frame.filter(~pl.col("row").is_in(left_out.implode())))
    ours = suspects.filter(~pl.col(FOOT))
    wrong = faults(sent.columns, ours, Wanted(lists.scales, expected_date(sent.part)))
    return part, [
        *_rowless(sent, part.frame),
        *below(sent.sheet, left_out),
        *findings(ours, part.origin, wrong),
        *_swapped(sent, part.origin),
    ]


def _suspects(sent: Sent, lists: Lists) -> pl.DataFrame:
    """The rows that need a closer look, values beside text, and whether they stand below the table."""
    text = cells(sent.sheet).with_columns(foot(sent.sheet).alias(FOOT))
    mapping = mapped(text, sent.part, sent.sheet.table)
    return _with_values(mapping, sent, lists).filter(SUSPECT).collect(optimizations=AS_SPLIT)


def _part(sent: Sent, frame: pl.DataFrame) -> Typed:
    gaps = frame.get_column("row").filter(frame.drop_in_place(GAP))
    frame.drop_in_place(SUSPECT)
    return Typed(sent, frame, gaps, frame.height)


def _swapped(sent: Sent, origin: Origin) -> Iterator[Finding]:
    return half_swapped(cells(sent.sheet), sent.part, sent.sheet.table, origin)


def _rowless(sent: Sent, frame: pl.DataFrame) -> Iterator[Finding]:
    """A register without children cannot be right; any other extract may be empty."""
    if sent.part.table == "children" and frame.is_empty():
        expected = "a row for each child on the programme"
        yield Finding("file-empty", sent.sheet.where(), "headings only", expected)
