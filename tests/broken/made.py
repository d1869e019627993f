"""How an example is made, and what the tool says of it: a folder as it is committed, and its transcript."""

import datetime as dt
import shlex
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

from tests.broken.inputs import Case
from tests.sound_folder import Said, wlz_calc
from wlz_calc.cli import book as door

BROKEN: Final = Path(__file__).parents[2] / "examples" / "broken"
TRANSCRIPT: Final = "transcript.txt"
TODAY: Final = dt.date(2017, 8, 1)
ASKING: Final = ("close", "claims import", "claims approve", "claims withdraw")
"""The commands that ask what day it is."""


@contextmanager
def today(day: dt.date = TODAY) -> Iterator[None]:
    """The door is told a fixed day."""

    class Clock(dt.date):
        @classmethod
        def today(cls) -> "Clock":
            return cls(day.year, day.month, day.day)

    with patch.object(door, "date", Clock):
        yield


def make(case: Case, folder: Path) -> None:
    """The files of a case, and its book as its steps leave it."""
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with chdir(folder), today():
        for step in case.steps:
            step(folder)


def transcript(command: str, folder: Path) -> str:
    """A command, run in the folder of an example, and exactly what it said."""
    with chdir(folder), today():
        said = wlz_calc(*shlex.split(command))
    return "".join(_told(command, said))


def _told(command: str, said: Said) -> Iterator[str]:
    if command.startswith(ASKING):
        yield f"# The day is {TODAY}.\n"
    yield f"$ wlz-calc {command}\n"
    for name, text in (("stdout", said.out), ("stderr", said.err)):
        if text:
            yield f"--- {name}\n{text}"
    yield f"--- exit code {said.code}\n"
