"""Answers: what the program really prints and seals, asked of it on a small programme."""

import json
import shlex
from collections.abc import Collection, Mapping
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from tests.sound_folder import wlz_calc
from wlz_calc import tables
from wlz_calc.cli.ending import Exit

STEPS: Final = (
    "sample demo --card hammersmith-fulham --children 60",
    'close --quarter 2018-Q4 --by "A. Analyst" demo',
    'claims approve 2018-Q4 --by "B. Director" demo',
)
PRINTED: Final = {
    "claim": "pay --quarter 2019-Q1 demo --format json",
    "decisions": "decisions --quarter 2019-Q1 demo --format json",
    "explanation": "explain c00001 --quarter 2019-Q1 demo --format json",
    "results": "results --as-of 2019-03-31 demo --format json",
    "positions": "claims demo --format json",
    "reconciled": "claims reconcile --as-of 2019-03-31 demo --format json",
    "bridge": "bridge --from 2018-Q4 --to 2019-Q1 demo --format json",
}


PRINTING: Final = (Exit.FINE, Exit.FINDINGS)
"""How a command ends that prints its result: with the second where something is not as it should be."""


class Made(NamedTuple):
    """What was printed as JSON, and what the book holds: each file by its name, and what a statement says."""

    printed: Mapping[str, Any]
    book: Mapping[str, Any]


@cache
def made() -> Made:
    """All of it, of a small programme whose first quarter is closed and approved."""
    with TemporaryDirectory() as place, chdir(place):
        for step in STEPS:
            _ran(step)
        Path("demo/payments.csv").write_text(",".join(tables.PAYMENTS.required) + "\n", encoding="utf-8")
        printed = {name: json.loads(_ran(command, PRINTING)) for name, command in PRINTED.items()}
        folder = next(Path("demo/claims").glob("*/*"))
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return Made(printed, {path.relative_to(folder).as_posix(): _stated(path) for path in files})


def _stated(path: Path) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(path.read_bytes()) if path.suffix == ".json" else None


def _ran(command: str, ends: Collection[int] = (Exit.FINE,)) -> str:
    said = wlz_calc(*shlex.split(command))
    if said.code not in ends:
        raise ValueError(f"{command}: {said.err}")
    return said.out
