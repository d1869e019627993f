"""What a finding means, as a page."""

from pathlib import Path
from textwrap import fill
from typing import Final

from wlz_calc.finding import Meaning, Stage

WIDTH = 80

STAGES = {
    Stage.FOLDER: "the programme folder",
    Stage.CARDS: "the rate cards",
    Stage.FILES: "stage 1, files",
    Stage.HEADINGS: "stage 2, headings",
    Stage.CELLS: "stage 3, cells",
    Stage.ROWS: "stage 4, rows",
    Stage.TABLES: "stage 5, tables",
    Stage.SENSE: "stage 6, sense",
}
BOOK: Final = "the sealed claims"
EXAMPLES: Final = "examples/broken"


def page(code: str, meaning: Meaning) -> str:
    """Title, why it matters, how to mend it and, in a checkout, the folder of the smallest example."""
    said = {"why it matters": meaning.why, "how to mend it": meaning.fix}
    if _has_example(code):
        said["the smallest example"] = f"{EXAMPLES}/{code}"
    parts = [f"{code}: {meaning.title}", f"{meaning.severity}, found in {place(code, meaning)}"]
    parts += [fill(text, WIDTH, initial_indent=f"{name}: ") for name, text in said.items()]
    return "\n\n".join(parts) + "\n"


def place(code: str, meaning: Meaning) -> str:
    """Where something is found: in a stage of reading, or in the book."""
    return BOOK if code.startswith("book-") else STAGES[meaning.stage]


def _has_example(code: str) -> bool:
    """Whether the examples stand beside the program, which they do in a checkout only."""
    return (Path(__file__).parents[3] / EXAMPLES / code).is_dir()
