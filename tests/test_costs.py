"""Costs that must not grow unseen: what a command imports, how often it reads a file and makes frames.

They are counted, not timed, so that a slow day changes nothing.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest

from tests.sound_folder import wlz_calc
from wlz_calc.cli.ending import Exit
from wlz_calc.read import collected

EXAMPLE = Path(__file__).parents[1] / "examples" / "hammersmith-fulham"
COUNTED = """
import sys
from wlz_calc.cli import main
sys.argv = ["wlz-calc", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
ours = [name for name in sys.modules if name.partition(".")[0] == "wlz_calc"]
heavy = {"polars", "pydantic", "rich", "yaml", "openpyxl", "fastexcel", "numpy", "pyarrow"}
theirs = heavy & sys.modules.keys()
sys.stderr.write(f"\\n{len(ours)} {' '.join(sorted(theirs))}")
"""
HELD = """
import resource, sys
from wlz_calc.cli import main
sys.argv = ["wlz-calc", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code
sys.stderr.write(f"\\n{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
"""
MOST_COLLECTED = 64
MOST_HELD = 1_000_000
"""In KiB, for 6,000 children: far from the 350,000 that it takes (a machine's allocator may add to them) and
from the 2,040,000 of a list of rows that was made of all rows, once for each child."""


@pytest.mark.parametrize(
    ("command", "ours", "theirs"),
    [
        pytest.param("--version", 25, "", id="version"),
        pytest.param("--help", 25, "rich", id="help"),
        pytest.param("finding no-baseline", 31, "pydantic", id="finding"),
        pytest.param("cards show life-chances-fund", 52, "pydantic rich yaml", id="cards show"),
        pytest.param(f"check {EXAMPLE}", 137, "polars pydantic yaml", id="check"),
        pytest.param(f"pay --quarter 2018-Q4 {EXAMPLE}", 143, "polars pydantic rich yaml", id="pay"),
        pytest.param(
            f"pay --quarter 2018-Q4 --format csv {EXAMPLE}", 137, "polars pydantic yaml", id="pay, csv"
        ),
    ],
)
def test_a_command_imports_what_it_needs(command: str, ours: int, theirs: str) -> None:
    process = [sys.executable, "-c", COUNTED, *command.split()]
    said = subprocess.run(process, check=True, capture_output=True).stderr.decode().splitlines()[-1]
    count, _, libraries = said.partition(" ")
    assert libraries == theirs
    assert int(count) <= ours


@contextmanager
def counted(owner: object, name: str) -> Iterator[list[int]]:
    """The calls of a function: for each, how many frames it was given."""
    calls: list[int] = []
    original: Callable[..., object] = getattr(owner, name)

    def function(frames: object, *arguments: object, **options: object) -> object:
        calls.append(len(frames) if isinstance(frames, list) else 1)
        return original(frames, *arguments, **options)

    with patch.object(owner, name, function):
        yield calls


def made(folder: Path, children: int) -> Path:
    """A programme of so many children, in the cells that most systems write."""
    asked = ("--card", "life-chances-fund", "--children", str(children), "--seed", "1")
    assert wlz_calc("sample", str(folder), *asked).code == Exit.FINE
    return folder


def passes(folder: Path) -> int:
    """How often the parts of a programme are gone through, all in all."""
    with counted(collected, "_all") as passes:
        assert wlz_calc("check", str(folder)).code == Exit.FINE
    return sum(passes)


def test_a_file_is_gone_through_once(tmp_path: Path) -> None:
    folder = made(tmp_path / "sample", 20)
    assert passes(folder) == len([folder / "holds.csv", *(folder / "extracts").iterdir()])


def test_only_a_part_with_an_odd_cell_is_gone_through_again(tmp_path: Path) -> None:
    folder = made(tmp_path / "sample", 20)
    before = passes(folder)
    extract = folder / "extracts" / "attainment.csv"
    extract.write_text(extract.read_text().replace(",20", ", 20", 1))
    assert passes(folder) == before + 1


def collects(folder: Path) -> int:
    """How many times `pay` has frames collected."""
    with counted(pl.LazyFrame, "collect") as alone, counted(pl, "collect_all") as together:
        assert wlz_calc("pay", "--quarter", "2018-Q4", "--format", "csv", str(folder)).code == Exit.FINE
    return len(alone) + len(together)


def test_more_children_take_no_more_frames(tmp_path: Path) -> None:
    few, many = (collects(made(tmp_path / str(children), children)) for children in (20, 200))
    assert few == many <= MOST_COLLECTED


def test_evidence_takes_no_more_room_than_its_rows(tmp_path: Path) -> None:
    folder = made(tmp_path / "sample", 6000)
    asked = ("decisions", "--quarter", "2020-Q4", str(folder), "--output", str(tmp_path / "decisions.csv"))
    said = subprocess.run([sys.executable, "-c", HELD, *asked], check=True, capture_output=True).stderr
    assert int(said.split()[-1]) < MOST_HELD
