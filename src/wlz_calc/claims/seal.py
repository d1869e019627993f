"""Sealing: a folder is written aside, to the disk, and put in its place by one renaming.

Whatever happens before, the book is as it was; of two who close at once one wins.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from wlz_calc.claims import blocks
from wlz_calc.claims.sealed import BLOCKS, CLAIM, LINES, SUMS, digest, sums_of
from wlz_calc.durable import Content, sync_folder, write_new

ASIDE: Final = "."
"""How names begin of what is not in the book, such as a claim that was not sealed to its end."""

Stated = Mapping[str, Any]


def seal(place: Path, stated: Stated, files: Mapping[str, Content], *, lines: int) -> None:
    """Put a claim in its place: its data files, and its statement with the digest of each.

    `lines`: how many `lines.csv` has.

    Raises:
        FileExistsError: somebody else has sealed it.
        OSError: it cannot be written; nothing is left of it.
    """

    def write(aside: Path) -> dict[str, Content]:
        for file, content in files.items():
            write_new(aside / file, content)
        write_new(aside / BLOCKS, blocks.written(blocks.blocks(aside / LINES, lines)))
        digests = {file: digest(aside / file) for file in sorted([*files, BLOCKS])}
        return {CLAIM: as_json({**stated, "sha256": digests})}

    place.parent.mkdir(parents=True, exist_ok=True)
    put(place, write)
    for folder in place.parents[1:3]:  # of the contract and of the book, which may be new themselves
        sync_folder(folder)


def record(place: Path, name: str, stated: Stated) -> None:
    """Put a statement on record, in a folder of its own.

    Raises:
        FileExistsError: somebody else has.
        OSError: it cannot be written; nothing is left of it.
    """
    put(place, lambda _: {name: as_json(stated)})


def put(place: Path, write: Callable[[Path], Mapping[str, Content]]) -> None:
    """A new folder in its place, with the sums of all that is in it.

    `write`: puts the first files into the folder aside, and gives those that are to be written last.
    """
    aside = _aside(place)
    aside.mkdir()
    try:
        for name, content in write(aside).items():
            write_new(aside / name, content)
        whole = {path.name: digest(path) for path in aside.iterdir()}
        write_new(aside / SUMS, sums_of(whole).encode())
        sync_folder(aside)
        move(aside, place)
    except BaseException:
        _remove(aside)
        raise


def take_back(place: Path) -> None:
    """A folder that was put in its place is taken out of it, whole, and removed."""
    aside = _aside(place)
    place.rename(aside)
    sync_folder(place.parent)
    _remove(aside)


def _aside(place: Path) -> Path:
    return place.with_name(f"{ASIDE}{place.name}-{secrets.token_hex(8)}")


def move(folder: Path, place: Path) -> None:
    """A folder that has files is never replaced by renaming another to its name.

    Raises:
        FileExistsError: there is one.
        OSError: it cannot be renamed.
    """
    try:
        folder.rename(place)
    except OSError as error:
        if place.exists():
            raise FileExistsError(error.errno, error.strerror, str(place)) from error
        raise
    for parent in {folder.parent, place.parent}:
        sync_folder(parent)


def as_json(stated: object) -> bytes:
    """A statement as text that people can read."""
    return f"{json.dumps(stated, ensure_ascii=False, indent=1)}\n".encode()


def _remove(aside: Path) -> None:
    with suppress(OSError):
        for path in aside.iterdir():
            path.unlink()
        aside.rmdir()
