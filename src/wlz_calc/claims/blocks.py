"""Blocks: digests of runs of lines, so that it can be told which line of a sealed file was changed.

A claim of up to a thousand lines has one for each of them, a longer one a thousand in all. Anybody can check
one: `sed -n '2,2p' lines.csv | sha256sum`.
"""

from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

MOST: Final = 1000
HEADING: Final = "first_line,last_line,sha256"


class Block(NamedTuple):
    """A run of lines, counted from 1, and the digest of their bytes."""

    first: int
    last: int
    sha256: str


def blocks(file: Path, lines: int) -> Iterator[Block]:
    """The blocks of a file that has so many lines."""
    size = max(1, -(-lines // MOST))
    first = 1
    with file.open("rb") as content:
        while block := list(islice(content, size)):
            yield Block(first, first + len(block) - 1, sha256(b"".join(block)).hexdigest())
            first += len(block)


def written(found: Iterator[Block]) -> bytes:
    """Blocks as a csv file."""
    rows = (f"{block.first},{block.last},{block.sha256}" for block in found)
    return "".join(f"{row}\n" for row in (HEADING, *rows)).encode()


def changed(file: Path, sealed: Path) -> Block | None:
    """The first block of a file that is not as its sealed blocks say."""
    rows = sealed.read_text(encoding="ascii").splitlines()[1:]
    stated = [
        Block(int(first), int(last), digest) for first, last, digest in (row.split(",") for row in rows)
    ]
    size = stated[0].last if stated else 1
    there = list(blocks(file, size * MOST))
    for own, was in zip(there, stated, strict=False):
        if own != was:
            return was
    if len(there) == len(stated):
        return None
    more = max(there, stated, key=len)
    return more[min(len(there), len(stated))]
