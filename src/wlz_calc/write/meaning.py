"""What a finding means, as a page."""

from textwrap import fill

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


def page(code: str, meaning: Meaning) -> str:
    """Title, why it matters, and how to mend it."""
    said = {"why it matters": meaning.why, "how to mend it": meaning.fix}
    parts = [f"{code}: {meaning.title}", f"{meaning.severity}, found in {STAGES[meaning.stage]}"]
    parts += [fill(text, WIDTH, initial_indent=f"{name}: ") for name, text in said.items()]
    return "\n\n".join(parts) + "\n"
