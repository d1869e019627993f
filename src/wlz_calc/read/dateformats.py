"""How a sender writes dates: the patterns that wlz.yaml may give, and what a date of each looks like.

A pattern is made of strptime's directives. It must settle the day, the month and the year, and no date of it
may look like ours, so that `2016-11-03` is one date wherever it stands.
"""

import re
from datetime import datetime
from typing import Final

_DIGITS: Final = "[0-9]{1,2}"
_WORD: Final = "[A-Za-z]{3,9}"
_SHAPES: Final = {
    "%d": _DIGITS,
    "%m": _DIGITS,
    "%b": _WORD,
    "%B": _WORD,
    "%Y": "[0-9]{4}",
    "%y": "[0-9]{2}",
    "%a": _WORD,
    "%A": _WORD,
    "%H": _DIGITS,
    "%M": "[0-9]{2}",
    "%S": "[0-9]{2}",
}
_NEEDED: Final = (("%d",), ("%m", "%b", "%B"), ("%Y", "%y"))
_TIME: Final = ("%H", "%M")
_EXAMPLE: Final = datetime(2016, 11, 3, 14, 30)  # noqa: DTZ001 - a date on paper has no time zone
OURS: Final = "%Y-%m-%d"
EXPECTED: Final = "a day (%d), a month (%m, %b or %B) and a year (%Y or %y), such as %d/%m/%Y"


def fault(pattern: str) -> str | None:
    """What was expected instead of this pattern, if it will not do."""
    said = _directives(pattern)
    if not all(sum(said.count(name) for name in names) == 1 for names in _NEEDED):
        return EXPECTED
    if unknown := [name for name in said if name not in _SHAPES]:
        return f"{EXPECTED}; {unknown[0]} is not known"
    if any(name in said for name in ("%H", "%M", "%S")) and not all(name in said for name in _TIME):
        return f"{EXPECTED}, and a time with both its hour (%H) and its minute (%M), or none"
    if pattern != OURS and re.fullmatch(shape(pattern), _EXAMPLE.strftime(OURS)):
        return f"{EXPECTED}; a date of this one would look like {_EXAMPLE:%Y-%m-%d} and be another"
    return None


def is_timed(pattern: str) -> bool:
    """Whether a date of this pattern has a time of day."""
    return "%H" in _directives(pattern)


def is_numeric(pattern: str) -> bool:
    """Whether a date of this pattern has its month in figures, as its day."""
    return "%m" in _directives(pattern)


def shape(pattern: str) -> str:
    """A regular expression for what a date of this pattern looks like, without anchors.

    Polars takes `16` for the year 16, and dates with a sign; no such cell has this shape. With nothing
    between two directives (`%d%m%Y`), a day has two digits, or the month would begin anywhere.
    """
    expression = "".join(_SHAPES.get(piece) or re.escape(piece) for piece in re.split("(%.)", pattern))
    return expression.replace("{1,2}", "{2}") if re.search("%[A-Za-z]%", pattern) else expression


def example(pattern: str) -> str:
    """The same day for every pattern, written as it says."""
    return _EXAMPLE.strftime(pattern)


def _directives(pattern: str) -> list[str]:
    return re.findall("%.?", pattern)
