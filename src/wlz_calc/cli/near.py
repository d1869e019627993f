"""Near: what somebody may have meant who named what is not there."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Final

from wlz_calc.period import Quarter

if TYPE_CHECKING:
    import polars as pl

MOST: Final = 3
"""More are no help."""
_YEAR: Final = re.compile(r"(?P<first>[0-9]{4})(?:\s*[/-]\s*(?:[0-9]{2})?(?P<next>[0-9]{2})(?![0-9]))?")
_SIGNS: Final = f"{ascii_lowercase}{ascii_lowercase.upper()}{digits}-_"
"""What ids are usually made of."""


def did_you_mean(wanted: str, there: Iterable[str]) -> str:
    """What is put behind the name of what is not there: a question, if anything that is there is near."""
    return _asked(get_close_matches(wanted, list(dict.fromkeys(there)), n=MOST))


def did_you_mean_quarter(text: str) -> str:
    """The same for a quarter that cannot be read, such as `2018Q4`, `Q4 2018` or `2018/19 Q3`."""
    found = _YEAR.search(text)
    if found is None:
        return ""
    match re.findall(r"[0-9]+", text[: found.start()] + text[found.end() :]):
        case [number]:
            year = found["first"] + (f"/{found['next']}" if found["next"] else "")
            return _asked(_read(f"{year}-Q{number}"))
    return ""


def did_you_mean_child(wanted: str, ids: "pl.Series") -> str:
    """The same for an id, among very many: those that are written otherwise, or a slip of a key away."""
    return _asked(_alike(wanted, ids) or _a_slip_away(wanted, ids))


def _asked(near: list[str]) -> str:
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def _read(text: str) -> list[str]:
    try:
        return [str(Quarter.parse(text))]
    except ValueError:
        return []


def _alike(wanted: str, ids: "pl.Series") -> list[str]:
    """Ids that differ in capitals, in what stands between letters and figures, and in leading noughts."""
    import polars as pl

    def bare(text: pl.Expr) -> pl.Expr:
        signs = text.str.to_lowercase().str.replace_all("[^a-z0-9]", "")
        return signs.str.replace_all("(^|[a-z])0+([0-9])", "${1}${2}")

    frame = ids.unique().sort().to_frame("id")
    return frame.filter(bare(pl.col("id")) == bare(pl.lit(wanted))).get_column("id").to_list()[:MOST]


def _a_slip_away(wanted: str, ids: "pl.Series") -> list[str]:
    return ids.filter(ids.is_in(list(_slips(wanted)))).unique().sort().to_list()[:MOST]


def _slips(text: str) -> Iterator[str]:
    """Every text that differs by a sign: another, one too many, one too few, or two that changed places."""
    for place in range(len(text) + 1):
        before, after = text[:place], text[place:]
        yield from (before + sign + after for sign in _SIGNS)
        yield from (before + sign + after[1:] for sign in _SIGNS)
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
