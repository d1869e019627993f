"""Made parts: a page as it would be if everything between cog's marks were made anew."""

import re
from pathlib import Path
from typing import Final

from cogapp import Cog  # type: ignore[import-untyped] # it has none

ROOT: Final = Path(__file__).parents[2]
PLACES: Final = ("README.md", "rate_cards/README.md", "examples/README.md", "examples/*/README.md")
OPENS: Final = "<!-- [[[cog "
_MARKED: Final = re.compile(r"<!-- \[\[\[cog .*? \]\]\] -->\n.*?<!-- \[\[\[end\]\]\] -->\n", re.DOTALL)
MAKERS: Final = (
    *("commands", "shown", "of_book", "of_cards", "of_examples"),
    *("of_explanations", "of_extracts", "of_outputs"),
)
"""What a page may call."""


def pages() -> list[str]:
    """The pages with made parts, by their paths."""
    return [page for page in every() if OPENS in (ROOT / page).read_text(encoding="utf-8")]


def every() -> list[str]:
    """All pages beside the program."""
    return [path.relative_to(ROOT).as_posix() for place in PLACES for path in sorted(ROOT.glob(place))]


def made(page: str) -> str:
    """All of a page, with its made parts as the program is now."""
    cog = Cog()
    cog.options.prologue = f"from tests.docs import {', '.join(MAKERS)}"
    return str(cog.process_string((ROOT / page).read_text(encoding="utf-8"), page))


def by_hand(page: str) -> str:
    """What of a page is written by hand."""
    return _MARKED.sub("", (ROOT / page).read_text(encoding="utf-8"))
