"""Large files are read from their place, not held: what is read and said of them is the same."""

from pathlib import Path

import polars as pl
import pytest

from wlz_calc.finding import Finding
from wlz_calc.read import files
from wlz_calc.read.files import opened
from wlz_calc.read.headings import cells, headed, looked_closer
from wlz_calc.read.received import Checksum
from wlz_calc.tables import SCHOOLS

Read = tuple[str | None, list[tuple[object, ...]], list[Finding]]
CONTENTS = {
    "plain": b'school,name\nark,Ark\nelm,"Elm, the"\n',
    "no last line end": b"school,name\nark,Ark",
    "line ends of Windows": b"school,name\r\nark,Ark\r\nelm,Elm\r\n",
    "a mark at the start": b"\xef\xbb\xbfschool;name\nark;Ark\n",
    "letters": "school,name\nark,École\n".encode(),
    "blank lines": b"school,name\n\nark,Ark\n\n\nelm,Elm\n",
    "cp1252": "school,name\nark,École\n".encode("cp1252"),
    "NUL": b"school,name\nark,\0\n",
    "an old Macintosh": b"school,name\rark,Ark\r",
    "a row too long": b"school,name\nark,Ark\nelm,Elm,7\n",
    "a row too long, with nothing in it": b"school,name\nark,Ark\nelm,Elm,,\n",
    "a quotation mark left open": b'school,name\nark,"Ark\nelm,Elm\n',
    "nothing": b"",
    "white space": b" \n\n",
    "headings only": b"school,name\n",
    "no text": b"PK\x03\x04school,name\n",
    "broken UTF-8": b"school,name\nark,\xc3",
}
TITLED = {
    "a title": b"Schools\nschool,name\nark,Ark\nelm,Elm\n",
    "a title of two lines": b'"Schools\nof 2017",\nschool,name\nark,Ark\n',
    "a title behind a mark": b"\xef\xbb\xbfSchools,\nschool,name\nark,Ark\n",
    "a title and a row too long": b"Schools\nschool,name\nark,Ark,7\n",
    "too few rows": b"Schools\n",
}


def read(path: Path, header_row: int) -> Read:
    """The checksum, the rows and the findings of a file."""
    file, found = opened(path, "schools", path.name, header_row=header_row)
    if file is None:
        return None, [], found
    sheet, more = headed(file, SCHOOLS)
    if sheet is None:
        return str(file.checksum), [], found + more
    sheets, closer = looked_closer([sheet])
    rows = [row for sheet in sheets if not closer for row in cells(sheet).collect().rows()]
    return str(file.checksum), rows, found + more + closer


@pytest.mark.parametrize(
    ("content", "header_row"),
    [
        *(pytest.param(content, 1, id=name) for name, content in CONTENTS.items()),
        *(pytest.param(content, 2, id=name) for name, content in TITLED.items()),
    ],
)
def test_a_large_csv_file_reads_as_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, header_row: int
) -> None:
    path = tmp_path / "schools.csv"
    path.write_bytes(content)
    held = read(path, header_row)
    monkeypatch.setattr(files, "LARGE", 0)
    assert read(path, header_row) == held


@pytest.mark.parametrize("damage", [slice(None), slice(0, 40), slice(40, None), slice(0, 0)])
def test_a_large_parquet_file_reads_as_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: slice
) -> None:
    path = tmp_path / "schools.parquet"
    pl.DataFrame({"school": ["ark", "elm"], "name": ["Ark", "Elm"]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[damage])
    held = read(path, 1)
    monkeypatch.setattr(files, "LARGE", 0)
    assert read(path, 1) == held


def test_a_file_that_has_gone_while_it_was_read_has_no_checksum(tmp_path: Path) -> None:
    checksum = Checksum(tmp_path / "gone.csv", None)
    with pytest.raises(FileNotFoundError):
        str(checksum)


def test_headings_far_below_the_top_of_a_large_file_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "schools.csv"
    path.write_bytes(b"a note,\n" * 200_000 + b"school,name\nark,Ark\n")
    monkeypatch.setattr(files, "LARGE", 2**20)
    assert read(path, 200_001)[1:] == ([(200_002, "ark", "Ark")], [])
