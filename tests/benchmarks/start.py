"""Start: how long a small command takes, beside the import of Polars alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.benchmarks.measured import FLOOR, TOOL, Command, compared, in_turn, run, table

RUNS: Final = 21
EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "kensington-chelsea"
PAY: Final[Command] = [TOOL, "pay", "--quarter", "2018-Q4", EXAMPLE]
COMMANDS: Final[dict[str, Command]] = {
    "import polars": FLOOR,
    "pay, 905 children, table": PAY,
    "pay, 905 children, csv": [*PAY, "--format", "csv"],
    "check, 905 children": [TOOL, "check", EXAMPLE],
    "cards show": [TOOL, "cards", "show", "kensington-chelsea"],
    "--help": [TOOL, "--help"],
    "--version": [TOOL, "--version"],
}


def results() -> Iterator[str]:
    """A table of the commands."""
    for command in COMMANDS.values():
        run(command)
    floor, *ours = zip(COMMANDS, in_turn(list(COMMANDS.values()), RUNS), strict=True)
    rows = [compared(name, runs, floor[1]) for name, runs in (floor, *ours)]
    yield f"Start, medians of {RUNS}; the ratio is to `import polars`."
    yield ""
    yield from table(["whole process", "time", "memory", "ratio"], rows)
