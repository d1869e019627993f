"""Fund: 200,000 children over two years, beside DuckDB, pandas and the floor, which only reads and counts.

The peers are written by hand for one card, check nothing, and give the same lines, byte for byte; that is
looked at before anything is timed.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.benchmarks.measured import TOOL, Command, compared, in_turn, run, table

CARD: Final = Path(__file__).with_name("fund.yaml")
CHILDREN: Final = int(os.environ.get("CHILDREN", "200000"))
RUNS: Final = 3


def results() -> Iterator[str]:
    """A table for csv, and one for Parquet."""
    with TemporaryDirectory() as place:
        folder, parquet = Path(place, "csv"), Path(place, "parquet")
        made = run([TOOL, "sample", folder, "--card", CARD, "--children", str(CHILDREN), "--seed", "7"])
        run([sys.executable, "-m", "tests.benchmarks.typed", folder, parquet])
        yield f"Fund, {CHILDREN:,} children, medians of {RUNS}; the ratio is ours to each."
        yield f"`sample` made the folder in {made.seconds:.0f} s and {made.memory / 2**30:.2f} GiB."
        for name, here in (("csv", folder), ("parquet", parquet)):
            yield ""
            yield from _compared(here, Path(place), name)


def _compared(folder: Path, place: Path, name: str) -> Iterator[str]:
    written = {who: place / f"{who}.csv" for who in ("ours", "duckdb", "pandas", "tuned_pandas")}
    commands: dict[str, Command] = {
        "wlz-calc pay, with all checks": _pay(folder, written["ours"]),
        "DuckDB": _peer("duckdb", folder, written["duckdb"], name),
        "pandas, idiomatic": _peer("pandas", folder, written["pandas"], name),
        "pandas, tuned: pyarrow reads, whole numbers for keys": _peer(
            "tuned_pandas", folder, written["tuned_pandas"], name
        ),
        "floor: Polars reads, and counts by child": [sys.executable, "-m", "tests.benchmarks.floor", folder],
    }
    for command in commands.values():
        run(command)
    lines = {who: path.read_bytes() for who, path in written.items()}
    assert len(set(lines.values())) == 1, "the peers differ"
    runs = in_turn(list(commands.values()), RUNS)
    rows = [
        [*compared(who, own, own)[:3], compared(who, runs[0], own)[3]]
        for who, own in zip(commands, runs, strict=True)
    ]
    rows_of_lines = lines["ours"].count(b"\n") - 1
    yield from table([f"{name}, {rows_of_lines:,} lines", "time", "memory", "ours to it"], rows)


def _pay(folder: Path, output: Path) -> Command:
    return [TOOL, "pay", "--quarter", "2020-Q4", "--from-start", folder, "--output", output]


def _peer(name: str, folder: Path, output: Path, kind: str) -> Command:
    flags = ["--parquet"] if kind == "parquet" else []
    return [sys.executable, "-m", f"tests.benchmarks.{name}_peer", folder, output, *flags]
