"""How long a claim takes as a whole process, beside the import of Polars alone, in turn and in one run.

And how long a large workbook takes to be read and typed, beside Polars' own reading of it, in this process.
Seconds differ from machine to machine and from hour to hour; the ratio does much less. Run: `make bench`.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import polars as pl
from openpyxl import Workbook

from wlz_calc.finding import Where
from wlz_calc.read.cells import Sent, Typed, typed
from wlz_calc.read.files import opened
from wlz_calc.read.headings import headed
from wlz_calc.read.parts import Part
from wlz_calc.tables import ENGAGEMENT

Command = list[str | Path]
Timed = Callable[[], object]

ROOT = Path(__file__).parents[1]
RUNS = 9
TOOL = Path(sys.executable).with_name("wlz-calc")
FLOOR: Command = [sys.executable, "-c", "import polars"]
COMMANDS: dict[str, Command] = {
    "pay, 905 children, table": [TOOL, "pay", "--quarter", "2018-Q4", ROOT / "examples/kensington-chelsea"],
    "pay, 905 children, csv": [
        *(TOOL, "pay", "--quarter", "2018-Q4"),
        *(ROOT / "examples/kensington-chelsea", "--format", "csv"),
    ],
    "check, 905 children": [TOOL, "check", ROOT / "examples/kensington-chelsea"],
    "cards show": [TOOL, "cards", "show", "kensington-chelsea"],
    "--help": [TOOL, "--help"],
    "--version": [TOOL, "--version"],
}
ROWS = 200_000
RUNS_OF_READING = 5


def run(command: Command) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def seconds(task: Timed) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def compared(name: str, ours: Timed, floor: Timed, runs: int) -> None:
    """One line: the medians of both, and of their ratio in each pair of runs."""
    ours()  # warms the disk cache
    pairs = [(seconds(ours), seconds(floor)) for _ in range(runs)]
    mine, theirs = (median(side) for side in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    print(f"{name:28}{mine:9.3f}{theirs:18.3f}{ratio:7.2f}")


def heading(runs: int, floor: str) -> None:
    print(f"{'median of ' + str(runs):28}{'seconds':>9}{floor:>18}{'ratio':>7}")


# ---------------------------------------------------------------- a large workbook


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


def main() -> None:
    heading(RUNS, "import polars")
    for name, command in COMMANDS.items():
        compared(name, partial(run, command), partial(run, FLOOR), RUNS)
    heading(RUNS_OF_READING, "polars.read_excel")
    with TemporaryDirectory() as place:
        book = Path(place) / "sessions.xlsx"
        write_workbook(book)
        theirs = partial(pl.read_excel, book, engine="calamine")
        compared(f"read xlsx, {ROWS:,} rows", partial(read, book), theirs, RUNS_OF_READING)


if __name__ == "__main__":
    main()
