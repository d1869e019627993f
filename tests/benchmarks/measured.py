"""Measured: how long a process takes and how much memory, beside another that runs in turn with it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

Command = Sequence[str | Path]

TOOL: Final = Path(sys.executable).with_name("wlz-calc")
FLOOR: Final[Command] = [sys.executable, "-c", "import polars"]
KILOBYTE: Final = 1024


class Run(NamedTuple):
    """One run of a process: seconds on the clock, and the most memory that it had, in bytes."""

    seconds: float
    memory: int


def run(command: Command) -> Run:
    """Run a command to its end, its output thrown away.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(part) for part in command])
    return Run(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else KILOBYTE))


def in_turn(commands: Sequence[Command], runs: int) -> list[list[Run]]:
    """The runs of each command; they take turns, so that a slow hour is slow for all.

    To be called after each has run once, which warms the disk cache.
    """
    rounds = [[run(command) for command in commands] for _ in range(runs)]
    return [list(own) for own in zip(*rounds, strict=True)]


def compared(name: str, ours: Sequence[Run], theirs: Sequence[Run]) -> list[str]:
    """A row of a table: what it is, our medians, and the median of the ratio in each round."""
    ratio = median(one.seconds / other.seconds for one, other in zip(ours, theirs, strict=True))
    return [name, f"{median(one.seconds for one in ours):.3f} s", _size(ours), f"{ratio:.2f}"]


def _size(runs: Sequence[Run]) -> str:
    return f"{median(one.memory for one in runs) / 2**30:.2f} GiB"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table as Markdown has it, its columns in line."""
    widths = [max(len(cell) for cell in column) for column in zip(headings, *rows, strict=True)]
    first, *others = widths
    yield _line(headings, widths)
    yield f"|{'-' * (first + 2)}|{'|'.join('-' * (width + 1) + ':' for width in others)}|"
    yield from (_line(row, widths) for row in rows)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    (name, first), *figures = zip(cells, widths, strict=True)
    return f"| {' | '.join([f'{name:{first}}', *(f'{cell:>{width}}' for cell, width in figures)])} |"
