"""Workbook: how long a large one takes to be read and typed, beside Polars' own reading of it.

Both run in this process, in turn.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl
from openpyxl import Workbook

from tests.benchmarks.measured import table
from wlz_calc.finding import Where
from wlz_calc.read.cells import Typed, typed
from wlz_calc.read.collected import Sent
from wlz_calc.read.files import opened
from wlz_calc.read.headings import headed
from wlz_calc.read.parts import Part
from wlz_calc.tables import ENGAGEMENT

ROWS: Final = 200_000
RUNS: Final = 5


def results() -> Iterator[str]:
    """A table of two rows."""
    with TemporaryDirectory() as place:
        book = Path(place) / "sessions.xlsx"
        write_workbook(book)
        mine = partial(read, book)
        theirs = partial(pl.read_excel, book, engine="calamine")
        mine()
        pairs = [(seconds(mine), seconds(theirs)) for _ in range(RUNS)]
    ours, floor = (median(side) for side in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    yield f"A workbook of {ROWS:,} rows, medians of {RUNS}."
    yield ""
    rows = [["polars.read_excel", f"{floor:.3f} s", ""], ["read and typed", f"{ours:.3f} s", f"{ratio:.2f}"]]
    yield from table(["in this process", "time", "ratio"], rows)


def seconds(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def write_workbook(path: Path) -> None:
    """Sessions as a partner would send them: ids as text, dates and times in cells of their own kinds."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sessions")
    sheet.append([column.name for column in ENGAGEMENT.columns])
    for row in sessions():
        sheet.append(row)
    book.save(path)


def sessions() -> Iterator[tuple[str | date, ...]]:
    first, sent = date(2016, 9, 1), datetime(2018, 1, 1, 9)  # noqa: DTZ001 - a cell has no time zone
    for n in range(ROWS):
        day, moment = first + timedelta(n % 700), sent + timedelta(minutes=n)
        yield f"{n % 1000:05}", day, "partner", f"Club {n % 20}", f"{n % 3}", "attended", "true", moment


def read(path: Path) -> Typed:
    """Every cell of the workbook in its type, or why not: stages 1 to 3 of `check`."""
    file, _ = opened(path, ENGAGEMENT.name, path.name)
    assert file is not None
    sheet, _ = headed(file, ENGAGEMENT)
    assert sheet is not None
    [whole], found = typed([Sent(sheet, as_it_is(path))], {})
    assert (whole.frame.height, found) == (ROWS, [])
    return whole


def as_it_is(path: Path) -> Part:
    return Part(ENGAGEMENT.name, path, path.name, None, None, {}, {}, {}, {}, None, None, Where("wlz.yaml"))
