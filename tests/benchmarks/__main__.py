"""All benchmarks, or those that are named: `python -m tests.benchmarks start fund nation workbook`.

This process stays small: what a process that it starts is said to hold is never less than what it holds.
"""

import os
import platform
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).with_name("results.md")
BENCHMARKS: Final = ("start", "fund", "nation", "workbook")
LIBRARIES: Final = ("polars", "duckdb", "pandas", "pyarrow")


def machine() -> Iterator[str]:
    """What it was measured on, and with."""
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    there = [f"{name} {found}" for name in LIBRARIES if (found := _version(name))]
    yield "# What the benchmarks gave"
    yield ""
    yield f"{date.today()}, {os.cpu_count()} cores, {size:.0f} GiB, {platform.system()}."  # noqa: DTZ011
    yield f"Python {platform.python_version()}, {', '.join(there)}. `make bench` measures anew."


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _results(name: str) -> Iterator[str]:
    yield ""
    yield from import_module(f"tests.benchmarks.{name}").results()


def main(names: list[str]) -> None:
    """Print the tables as they are measured; all of them together are kept in the file of results."""
    kept = []
    for line in chain(machine(), *(_results(name) for name in names or BENCHMARKS)):
        print(line, flush=True)
        kept.append(line)
    if not names:
        RESULTS.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
