"""Markdown: what the makers give, as a page shows it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
Words = TypeVar("Words")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under their headings."""
    every = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in every)


def block(text: str, language: str) -> str:
    """Text to the letter, as a block of code."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def quoted(names: Iterable[str]) -> str:
    """Names of the program, as a sentence lists them."""
    return ", ".join(f"`{name}`" for name in names)


def told(words: Mapping[Thing, Words], things: Iterable[Thing], of: str) -> list[tuple[Thing, Words]]:
    """Each thing of the program with what the page says of it, in the program's order.

    Raises:
        ValueError: the page says nothing of one, or something of one that is not there.
    """
    there = list(things)
    if unsaid := [thing for thing in there if thing not in words]:
        raise ValueError(f"{of}: nothing is said of {unsaid}")
    if gone := [thing for thing in words if thing not in there]:
        raise ValueError(f"{of}: there is no {gone}")
    return [(thing, words[thing]) for thing in there]


def described(names: Iterable[str], words: Mapping[str, str], of: str) -> str:
    """A table of columns, where they are of a csv, or of keys, with what is said of each."""
    rows = [(f"`{name}`", meaning) for name, meaning in told(words, names, of)]
    return table(["column" if of.endswith("csv") else "key", "it says"], rows)
