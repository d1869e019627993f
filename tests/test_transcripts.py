"""Transcripts: for every code of wlz.yaml, files, headings and ids, a folder with that fault, and the answer.

Each file of `transcripts` is named by its code, and by what is meant where a code has several. It says what
it is about, then how its folder differs from the sound one, then what `wlz-calc check` says, to the letter:

    ==> NAME <==                 a text file; also `NAME, cp1252`
    ==> NAME, sheet TITLE <==    a sheet of a workbook, its cells as csv
    ==> NAME.parquet <==         its rows as a list of JSON
    ==> NAME is not there <==    also `is a folder`, `may not be read`, `is of before 2007`
    ==> wlz-calc check: exit 1 <==

`python -m tests.test_transcripts` writes down anew what is said; read what it changed before it is kept.
"""

import csv
import re
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple
from unittest.mock import patch

import pytest

from tests.sound_folder import Folder, Said, wlz_calc
from wlz_calc.catalogue import CODES

HERE: Final = Path(__file__).parent
TRANSCRIPTS: Final = sorted((HERE / "transcripts").glob("*.txt"))
HEADER: Final = re.compile(r"^==> (.+) <==\n", re.MULTILINE)
COMMAND: Final = re.compile(r"wlz-calc (.+): exit ([0-9])")
TOLD: Final = ("folder-", "file-", "heading-", "rows-below-", "id-", "part-", "days-")
"""How the codes begin that have a transcript."""
HINTED: Final = {
    "child-unknown",
    "cell-not-a-date",
    "cell-impossible-date",
    "cell-not-in-list",
    "attendance-code-unknown",
}
"""Others that have one, as what they say may hold a hint."""


class Transcript(NamedTuple):
    """What a transcript says. `places`: what differs, with its content; `kept`: all but the command."""

    about: str
    places: tuple[tuple[str, str], ...]
    arguments: tuple[str, ...]
    code: int
    said: str
    kept: str


def read(path: Path) -> Transcript:
    text = path.read_text(encoding="utf-8")
    about, *pieces = HEADER.split(text)
    *places, (command, said) = zip(pieces[::2], pieces[1::2], strict=True)
    ran = COMMAND.fullmatch(command)
    assert ran is not None, f"{path.name} ends with no command"
    arguments, code = ran.groups()
    places = [(place, content.removesuffix("\n")) for place, content in places]
    kept = text.removesuffix(said).removesuffix(f"==> {command} <==\n")
    return Transcript(about.strip(), tuple(places), tuple(arguments.split()), int(code), said, kept)


# ---------------------------------------------------------------- the folder


def put(folder: Folder, place: str, content: str) -> None:
    """One difference from the sound folder."""
    for how, do in DIFFERENCES.items():
        if match := re.fullmatch(how, place):
            name, *more = match.groups()
            (folder.path / name).parent.mkdir(parents=True, exist_ok=True)
            do(folder, name, content, *more)
            return
    raise ValueError(place)


def text_file(folder: Folder, name: str, content: str, encoding: str | None) -> None:
    folder.write(name, content.encode(encoding or "utf-8"))


def sheet(folder: Folder, name: str, content: str, title: str) -> None:
    from openpyxl import Workbook, load_workbook

    path = folder.path / name
    book = load_workbook(path) if path.exists() else Workbook()
    if not path.exists():
        book.remove(book.worksheets[0])
    cells = book.create_sheet(title)
    for row in csv.reader(StringIO(content)):
        cells.append(row)
    book.save(path)


def parquet(folder: Folder, name: str, content: str) -> None:
    import polars as pl

    pl.read_json(BytesIO(content.encode())).write_parquet(folder.path / name)


def old_workbook(folder: Folder, name: str, _content: str) -> None:
    folder.write(name, (HERE / "data" / "schools.xls").read_bytes())


def not_there(folder: Folder, name: str, _content: str) -> None:
    folder.remove(name)


def a_folder(folder: Folder, name: str, _content: str) -> None:
    (folder.path / name).unlink(missing_ok=True)
    (folder.path / name).mkdir()


DIFFERENCES: Final[dict[str, Callable[..., None]]] = {
    "(.+) is not there": not_there,
    "(.+) is a folder": a_folder,
    "(.+) is of before 2007": old_workbook,
    "(.+), sheet (.+)": sheet,
    r"(.+\.parquet)": parquet,
    "(.+?)(?:, (cp1252|utf-16))?": text_file,
}
"""The first that fits."""
UNREADABLE: Final = " may not be read"


def check(transcript: Transcript, place: Path) -> Said:
    """What the tool says of the folder; it changes nothing in it."""
    folder = Folder(place / "programme")
    closed = set()
    for name, content in transcript.places:
        if name.endswith(UNREADABLE):
            closed.add(folder.path / name.removesuffix(UNREADABLE))
        else:
            put(folder, name, content)
    before = folder.files()
    command, *names = transcript.arguments
    with denied(closed):
        said = wlz_calc(command, str(folder.path.joinpath(*names)))
    assert folder.files() == before
    return Said(said.code, said.out.replace(folder.path.as_posix(), "HERE"), said.err)


def denied(closed: Collection[Path]) -> AbstractContextManager[object]:
    """As if these files were others'; whoever runs the tests may be allowed to read every file."""
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path in closed:
            raise PermissionError(13, "Permission denied")
        return real(path)

    return patch.object(Path, "read_bytes", read_bytes)


# ---------------------------------------------------------------- the tests


def code_of(path: Path) -> str:
    return path.stem.partition(",")[0]


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_what_is_said_is_what_is_written(path: Path, tmp_path: Path) -> None:
    transcript = read(path)
    assert transcript.about
    assert f" {code_of(path)}: " in transcript.said
    assert check(transcript, tmp_path) == Said(transcript.code, transcript.said)


def test_every_code_of_these_stages_has_a_transcript() -> None:
    wanted = {code for code in CODES if code.startswith(TOLD)} | HINTED
    assert {code_of(path) for path in TRANSCRIPTS} == wanted


def write_anew(path: Path) -> None:
    """The transcript with what is said now."""
    transcript = read(path)
    with TemporaryDirectory() as place:
        said = check(transcript, Path(place))
    command = f"==> wlz-calc {' '.join(transcript.arguments)}: exit {said.code} <==\n"
    path.write_text(transcript.kept + command + said.out, encoding="utf-8")


if __name__ == "__main__":
    for each in TRANSCRIPTS:
        write_anew(each)
