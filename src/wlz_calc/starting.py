"""A new programme folder: the page of where to begin.

As on the page of the pipeline, a step gives its value and its findings, and no value if it finds an error.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from wlz_calc.finding import Finding, Where
from wlz_calc.period import Quarter
from wlz_calc.read.cards import ReadCard, named_card, shipped
from wlz_calc.sample import starter
from wlz_calc.write.output import write_together


class Started(NamedTuple):
    """What was made: the files by their names from the folder, and the first quarter that can be paid."""

    files: tuple[str, ...]
    quarter: Quarter


def start(folder: Path, card: str) -> tuple[Started | None, list[Finding]]:
    """Make a programme folder on a card, whole or not at all.

    `card`: the name of one that is shipped, or the path of one's own, which is copied into the folder, so
    that it holds all that it rests on.
    """
    read, found = named_card(card)
    if read is None:
        return None, found
    name, own = _placed(card, read)
    files = own | {file: text.encode() for file, text in starter.files(read.card, name).items()}
    if found := _made(folder, files):
        return None, found
    return Started(tuple(files), starter.first_quarter(read.card)), []


def _placed(card: str, read: ReadCard) -> tuple[str, dict[str, bytes]]:
    """The card as the folder names it, and its file if it is not one that is shipped."""
    if card in shipped():
        return card, {}
    name = f"cards/{read.card.contract}-{read.card.version}.yaml"
    return name, {name: read.text}


def _made(folder: Path, files: Mapping[str, bytes]) -> list[Finding]:
    """Nothing, once everything is written."""
    try:
        if _is_taken(folder):
            return [Finding("output-exists", Where(folder.as_posix()), "files", "a new or an empty folder")]
        _write({folder / name: content for name, content in files.items()})
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        expected = "a folder that can be written to"
        return [Finding("output-unwritable", Where(folder.as_posix()), why, expected)]
    return []


def _write(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there, and their folders; what was made is taken away again if one fails."""
    made: list[Path] = []
    try:
        for place in _folders(files):
            place.mkdir()
            made.append(place)
        write_together(files)
    except BaseException:
        _take_back(made, files)
        raise


def _is_taken(folder: Path) -> bool:
    return folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))


def _folders(files: Iterable[Path]) -> list[Path]:
    """The folders of files that are not there yet, each after the one that it is in."""
    needed = {place for file in files for place in file.parents}
    return sorted((place for place in needed if not place.exists()), key=lambda place: len(place.parts))


def _take_back(folders: list[Path], files: Iterable[Path]) -> None:
    with suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)
        for folder in reversed(folders):
            folder.rmdir()
