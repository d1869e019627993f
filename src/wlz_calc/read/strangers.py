"""Ids that the register lacks, each beside the one of its ids that may be meant, by the cause that is likely.

Nothing is mended here: what looks like an id of the register stays an error until its sender says so.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import polars as pl

MOST_COMPARED: Final = 200
"""So many ids are compared for slips; with more of them the file is another, and not its typing."""
SHORTEST_COMPARED: Final = 5
"""With fewer characters, one of them is too much of an id: `101` is no slip for `001`."""
ZEROS: Final = "were leading zeros lost or added?"
SLIP: Final = "is it a slip of the keyboard?"


class Cause(NamedTuple):
    """Something that happens to ids: a question about it, and what is left of an id when it is undone."""

    question: str
    undone: Callable[[pl.Expr], pl.Expr]


def _zeros(text: pl.Expr) -> pl.Expr:
    return text.str.strip_chars_start("0")


def _decimals(text: pl.Expr) -> pl.Expr:
    return _zeros(text.str.replace(r"\.0+$", ""))


def _case(text: pl.Expr) -> pl.Expr:
    return text.str.to_lowercase()


def _gaps(text: pl.Expr) -> pl.Expr:
    return _case(text).str.replace_all(r"[\s\p{Pd}]", "")


def _letters(text: pl.Expr) -> pl.Expr:
    return _case(text).str.replace_all("o", "0").str.replace_all("[li]", "1")


CAUSES: Final = (
    Cause(ZEROS, _zeros),
    Cause("did a spreadsheet put decimals behind it?", _decimals),
    Cause("are its capitals others?", _case),
    Cause("were spaces or hyphens put in or left out?", _gaps),
    Cause("is there a letter in the place of a digit?", _letters),
)


def meant(strangers: pl.Series, register: pl.Series) -> pl.DataFrame:
    """For ids that may be meant for one of the register, and no other: `child_id`, `meant` and `question`."""
    unknown, known = (pl.DataFrame({"child_id": ids.drop_nulls().unique()}) for ids in (strangers, register))
    found = [_undone(unknown, known, cause) for cause in CAUSES]
    found.append(_slips(unknown, known))
    return pl.concat(found).unique("child_id", keep="first", maintain_order=True)


def _undone(unknown: pl.DataFrame, known: pl.DataFrame, cause: Cause) -> pl.DataFrame:
    """The ids that are one of the register when a cause is undone, on both sides."""
    bare = cause.undone(pl.col("child_id"))
    alike = known.select(bare=bare, meant="child_id").unique("bare", keep="none")
    matched = unknown.with_columns(bare=bare).join(alike, on="bare")
    return matched.select("child_id", "meant", question=pl.lit(cause.question))


def _slips(unknown: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The ids that are one slip away from just one of the register."""
    letters = _letters_of(known.get_column("child_id"))
    slips = {text: sorted(_one_slip_away(text, letters)) for text in _compared(unknown)}
    near = pl.DataFrame(
        {"child_id": list(slips), "meant": list(slips.values())},
        schema={"child_id": pl.String, "meant": pl.List(pl.String)},
    ).explode("meant")
    there = near.join(known, left_on="meant", right_on="child_id", how="semi")
    return there.unique("child_id", keep="none").with_columns(question=pl.lit(SLIP))


def _compared(unknown: pl.DataFrame) -> list[str]:
    """The ids whose slips are worth a search, if they are few."""
    long = unknown.filter(pl.col("child_id").str.len_chars() >= SHORTEST_COMPARED)
    return long.to_series().to_list() if long.height <= MOST_COMPARED else []


def _letters_of(ids: pl.Series) -> list[str]:
    """The characters that ids are made of, of those that every keyboard has."""
    return ids.str.extract_all("[!-~]").list.explode().drop_nulls().unique().sort().to_list()


def _one_slip_away(text: str, letters: Iterable[str]) -> set[str]:
    """A character too few, too many or another, or two that changed places."""
    split = [(text[:place], text[place:]) for place in range(len(text) + 1)]
    fewer = {before + after[1:] for before, after in split if after}
    turned = {before + after[1] + after[0] + after[2:] for before, after in split if len(after) > 1}
    more = {before + letter + after for before, after in split for letter in letters}
    other = {before + letter + after[1:] for before, after in split if after for letter in letters}
    return (fewer | turned | more | other) - {text}
