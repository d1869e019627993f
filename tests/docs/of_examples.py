"""Examples: the programme folders that come with the program."""

from collections.abc import Iterator
from typing import Final

from tests.docs.made import ROOT
from tests.docs.markdown import quoted, table, told
from wlz_calc import pipeline
from wlz_calc.programme import Programme

EXAMPLES: Final = ROOT / "examples"
CONFIG: Final = "wlz.yaml"
WORDS: Final = {
    "broken": "for every message the smallest folder that provokes it, and exactly what is then said",
    "hammersmith-fulham": "three outcome measures; each table one clean file",
    "kensington-chelsea": "the six payments; each table one clean file",
    "life-chances-fund": "four boroughs, each paying for its own children",
    "messy-schools": "the programme of `hammersmith-fulham` again, as schools and partners would send it",
    "pilot-figures": "a made-up pilot whose results have the form of the figures that were published",
}


def examples() -> str:
    """The folders there are."""
    return table(["folder", "it is", "children", "rate cards"], _rows())


def _rows() -> Iterator[list[str]]:
    folders = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())
    for name, words in told(WORDS, folders, "examples"):
        whole = (EXAMPLES / name / CONFIG).exists()
        yield [f"[`{name}`]({name}/)", words, *(_programme(name) if whole else ["", ""])]


def _programme(name: str) -> list[str]:
    programme, found = pipeline.check(EXAMPLES / name)
    if programme is None:
        raise ValueError(found)
    return [f"{_children(programme):,}", quoted(programme.contracts)]


def _children(programme: Programme) -> int:
    return programme.extracts.frames["children"].height
