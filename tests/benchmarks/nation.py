"""Nation: the children of a whole country, paid for at once; and the marks of all their registers.

Of each child there are three terms of attendance, two assessments, a questionnaire and eight sessions; a few
lack some of them, as the sample has it. The card is the fund's, asking for as much as that can show.

What is compared for the marks, 280 million as a nation has in a year: all of `pay`, on a folder of which they
are the most part by far, and Polars' own sums by child over the same file. What else `pay` does for these
children is what it takes for totals. Each command runs once, on files that were just written.

Run: `python -m tests.benchmarks.nation FILE` sums the marks of a file as Polars alone does it.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory
from typing import Final

from tests.benchmarks.fund import CARD
from tests.benchmarks.measured import TOOL, Command, Run, compared, run, table

CHILDREN: Final = int(os.environ.get("NATION", "7400000"))
MARKS: Final = int(os.environ.get("MARKS", "280000000"))
COPIES: Final = (5, 10, 20, 40)
"""How often the sample is repeated: for an eighth of the children, a quarter, a half and all."""
SAMPLE: Final = CHILDREN // COPIES[-1]
DAYS: Final = MARKS // (2 * SAMPLE)
"""On so many school days, in both halves of each, the children of one sample have as many marks."""


def results() -> Iterator[str]:
    """A table of nations, each twice the one before, and a table of marks."""
    with TemporaryDirectory() as place:
        made, sample = Path(place, "made"), Path(place, "sample")
        run([TOOL, "sample", made, "--card", CARD, "--children", str(SAMPLE), "--seed", "7"])
        run([sys.executable, "-m", "tests.benchmarks.typed", made, sample])
        yield from _nation(sample)
        yield ""
        yield from _marks(sample)


def _nation(sample: Path) -> Iterator[str]:
    runs = [_paid(_folder(sample, copies)) for copies in COPIES]
    sizes = [SAMPLE * copies for copies in COPIES]
    rows = [compared(f"{size:,}", [own], [own])[:3] for size, own in zip(sizes, runs, strict=True)]
    yield f"Nation, Parquet; time grows as children to the power of {_exponent(sizes, runs):.2f}."
    yield ""
    yield from table(["children", "time", "memory"], rows)


def _exponent(sizes: Sequence[int], runs: Sequence[Run]) -> float:
    """The power of the size that the time grows with: the slope of the line through their logarithms."""
    return linear_regression([log(size) for size in sizes], [log(own.seconds) for own in runs]).slope


def _marks(sample: Path) -> Iterator[str]:
    few, many = (_folder(sample, 1, days) for days in (DAYS // 4, DAYS))
    polars = run(_counted(many))
    runs = {
        "pay, totals by term": _paid(_folder(sample, 1)),
        "pay, a quarter of the marks": _paid(few),
        "pay, all marks": _paid(many),
        "Polars alone, a quarter of the marks": run(_counted(few)),
        "Polars alone, all marks": polars,
    }
    yield f"{2 * SAMPLE * DAYS:,} marks of {SAMPLE:,} children, Parquet; the ratio is to Polars, all marks."
    yield ""
    rows = [compared(name, [own], [polars]) for name, own in runs.items()]
    yield from table(["whole process", "time", "memory", "ratio"], rows)


def _folder(sample: Path, copies: int, days: int = 0) -> Path:
    """A programme of so many times the sample, which another process makes: this one stays small."""
    target = sample.with_name(f"copies-{copies}-days-{days}")
    made = [sys.executable, "-m", "tests.benchmarks.nation_data", str(sample), str(target)]
    run([*made, str(copies), str(days)])
    return target


def _paid(folder: Path) -> Run:
    output = folder.with_suffix(".parquet")
    return run([TOOL, "pay", "--quarter", "2020-Q4", "--from-start", folder, "--output", output])


def _counted(folder: Path) -> Command:
    return [sys.executable, "-m", "tests.benchmarks.nation", folder / "extracts" / "attendance.parquet"]


def count(path: Path) -> None:
    """The sessions attended and possible of each child, by the codes, as Polars does it."""
    import polars as pl  # the process that starts the others has no need of it

    from wlz_calc.standards.attendance import CODES

    sides = {
        "attended": [code for code, meaning in CODES.items() if meaning.attended],
        "possible": [code for code, meaning in CODES.items() if meaning.possible],
    }
    sums = [pl.col("code").is_in(codes).sum().alias(side) for side, codes in sides.items()]
    print(pl.scan_parquet(path).group_by("child_id").agg(sums).collect(engine="streaming").height)


if __name__ == "__main__":
    count(Path(sys.argv[1]))
