"""Stage 3: every cell of every part in its type, or why it has none."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.programme import InputFile, Origin
from wlz_calc.read import marks
from wlz_calc.read.collected import GAP, SUSPECT, Sent, collected, with_values
from wlz_calc.read.delimited import AS_SPLIT
from wlz_calc.read.faults import findings
from wlz_calc.read.foot import below, foot
from wlz_calc.read.gaps import Gaps
from wlz_calc.read.headings import cells, looked_closer
from wlz_calc.read.mapping import expected_date, mapped
from wlz_calc.read.received import UNCOLLECTED
from wlz_calc.read.swapped import half_swapped
from wlz_calc.read.values import Lists, Scales
from wlz_calc.read.wrong import Wanted, faults

FOOT: Final = "foot"


class Typed(NamedTuple):
    """The rows of a part in the types of its table's columns, with `row`; what was not sent is null.

    An id is its number in the list of all, where those of the register come first, in order. Scores are in
    ten-thousandths of a point, a moment is as it was stated (see `moments.utc`); register marks may be
    gathered (see `marks`). `gaps`: the rows without a mark or a score, of which one was due. `rows`: how many
    were sent. `last_row`: the last of them, as the spreadsheet numbers it.
    """

    sent: Sent
    frame: pl.DataFrame
    gaps: Gaps
    rows: int
    last_row: int

    @property
    def table(self) -> str:
        """The name of its table."""
        return self.sent.part.table

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


def typed(
    sent: Sequence[Sent], scales: Scales, *, each_mark: bool = False
) -> tuple[list[Typed], list[Finding]]:
    """Every cell of the parts in its type, in one pass over each; `scales`: those of attainment.

    `each_mark`: register marks are not to be gathered, as somebody asks for their rows.
    The text of a cell is kept no longer than it takes to type it: where one is wrong, its part is read again.
    """
    try:
        frames, lists = collected(sent, scales, each_mark=each_mark)
    except UNCOLLECTED:
        sheets, found = looked_closer([each.sheet for each in sent])
        if found:
            return [], found
        sent = [each._replace(sheet=sheet) for each, sheet in zip(sent, sheets, strict=True)]
        frames, lists = collected(sent, scales, each_mark=each_mark)
    results = [_checked(each, frame, lists) for each, frame in zip(sent, frames, strict=True)]
    return [part for part, _ in results], [finding for _, found in results for finding in found]


def _checked(sent: Sent, frame: pl.DataFrame, lists: Lists) -> tuple[Typed, list[Finding]]:
    """A part without what stands below its table, and what is wrong with its cells."""
    if marks.are_gathered(frame):
        return _gathered(sent, frame), []
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
    return with_values(mapping, sent, lists).filter(SUSPECT).collect(optimizations=AS_SPLIT)


def _part(sent: Sent, frame: pl.DataFrame) -> Typed:
    rows = frame.get_column("row")
    gaps = rows.filter(frame.drop_in_place(GAP))
    frame.drop_in_place(SUSPECT)
    return Typed(sent, frame, Gaps(gaps.len(), _row(gaps.min())), frame.height, _row(rows.max()))


def _gathered(sent: Sent, pages: pl.DataFrame) -> Typed:
    rows, missing, first, last = pages.select(
        pl.col("marks", "missing").sum(), pl.col("first_missing").min(), pl.col("last_row").max()
    ).row(0)
    return Typed(sent, pages, Gaps(missing, _row(first)), rows, _row(last))


def _row(number: object) -> int:
    """A row of a table; there is none in one without rows."""
    return number if isinstance(number, int) else 0


def _swapped(sent: Sent, origin: Origin) -> Iterator[Finding]:
    return half_swapped(cells(sent.sheet), sent.part, sent.sheet.table, origin)


def _rowless(sent: Sent, frame: pl.DataFrame) -> Iterator[Finding]:
    """A register without children cannot be right; any other extract may be empty."""
    if sent.part.table == "children" and frame.is_empty():
        expected = "a row for each child on the programme"
        yield Finding("file-empty", sent.sheet.where(), "headings only", expected)
