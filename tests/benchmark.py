"""How long a claim takes as a whole process, beside the import of Polars alone, in turn and in one run.

Seconds differ from machine to machine and from hour to hour; the ratio does much less. Run: `make bench`.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

Command = list[str | Path]

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


def seconds(command: Command) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    print(f"{'median of ' + str(RUNS):28}{'seconds':>9}{'import polars':>15}{'ratio':>7}")
    for name, command in COMMANDS.items():
        seconds(command)  # warms the disk cache
        pairs = [(seconds(command), seconds(FLOOR)) for _ in range(RUNS)]
        ours, floor = (median(side) for side in zip(*pairs, strict=True))
        ratio = median(mine / theirs for mine, theirs in pairs)
        print(f"{name:28}{ours:9.3f}{floor:15.3f}{ratio:7.2f}")


if __name__ == "__main__":
    main()
