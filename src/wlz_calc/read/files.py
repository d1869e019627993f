"""Stages 1 and 2: files and their headings, into frames of text that keep the spreadsheet's row numbers.

Every cell stays the text that was sent: a child id `007` is `007`. A column that the data dictionary does not
know is dropped as soon as the rows are split, so that nothing personal goes further than this door.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where, quote
from wlz_calc.read.places import is_folder
from wlz_calc.standards import sdq
from wlz_calc.tables import ATTENDANCE_MARKS, ATTENDANCE_TOTALS, SDQ, Table

FIRST_ROW: Final = 2
"""A spreadsheet numbers its heading row 1."""
BOM: Final = b"\xef\xbb\xbf"
PERSONAL: Final = frozenset(
    {"name", "firstname", "surname", "lastname", "forename", "forenames", "dob", "birth", "birthday", "upn"}
    | {"address", "postcode", "email", "phone", "telephone", "mobile"}
)
GAPPED: Final = frozenset({"score", "code"})
"""Columns that must be there, although a cell of theirs may be empty: a score or a mark can be missing."""
NO_TEXT: Final = {
    codecs.BOM_UTF16_LE: "UTF-16 (Unicode text)",
    codecs.BOM_UTF16_BE: "UTF-16 (Unicode text)",
    b"PK\x03\x04": "a workbook, under a name that ends as csv does",
}
"""How files begin that are often sent in the place of a csv file."""
CSV: Final = "UTF-8 text"
AS_SPLIT: Final = pl.QueryOptFlags(projection_pushdown=False)
"""How cells are collected: without it, Polars does not see a row that is too long."""


class Opened(NamedTuple):
    """A file that can be read: its bytes as UTF-8, and its headings."""

    role: str
    file: str
    sha256: str
    content: bytes
    headings: tuple[str, ...]


class Sheet(NamedTuple):
    """An extract as it was sent, in the shape its headings have."""

    table: Table
    opened: Opened

    @property
    def file(self) -> str:
        """The file as findings name it."""
        return self.opened.file

    @property
    def sent(self) -> tuple[str, ...]:
        """The columns of its table that are there."""
        return tuple(column.name for column in self.table.columns if column.name in self.opened.headings)


def opened(path: Path, role: str, file: str) -> tuple[Opened | None, list[Finding]]:
    """Stage 1: a csv file that is there, readable, not empty, and text."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [Finding("file-missing", Where(file), "", f"a file with the {role} extract")]
    except (OSError, ValueError) as error:
        why = "a folder" if is_folder(path) else getattr(error, "strerror", None) or str(error)
        return None, [Finding("file-unreadable", Where(file), why.lower(), "a file that can be read")]
    if (text := raw.removeprefix(BOM)).isspace() or not text:
        return None, [Finding("file-empty", Where(file), "nothing", "a row of headings, and rows below it")]
    content, findings = _as_utf8(text, file)
    if content is None:
        return None, findings
    content = content if b"\n" in content else content.replace(b"\r", b"\n")  # csv of an old Macintosh
    headings = next(_records(content), None)
    if headings is None:
        return None, [_open_quote(file, 1)]
    stripped = tuple(heading.strip() for heading in headings)
    return Opened(role, file, sha256(raw).hexdigest(), content, stripped), findings


def _as_utf8(raw: bytes, file: str) -> tuple[bytes | None, list[Finding]]:
    for begins, found in NO_TEXT.items():
        if raw.startswith(begins):
            return None, [Finding("file-encoding", Where(file), found, CSV)]
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _from_cp1252(raw, Where(file, line))
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        return None, [Finding("file-encoding", Where(file, line), "the character NUL", CSV)]
    return raw, []


def _from_cp1252(raw: bytes, where: Where) -> tuple[bytes | None, list[Finding]]:
    """What Windows spreadsheets save as plain csv; anything else cannot be told from noise."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return None, [Finding("file-encoding", where, "bytes that are not text", CSV)]
    return text.encode(), [Finding("file-cp1252", where, "Windows characters (cp1252)", CSV)]


def headed(file: Opened, table: Table) -> tuple[Sheet | None, list[Finding]]:
    """Stage 2: every heading required is there, none twice. Gives the table in the shape sent."""
    findings = _repeated(file, table)
    if table is ATTENDANCE_TOTALS:
        table = _attendance_shape(file.headings)
    findings += _missing(file, table) + _ignored(file, table)
    return (None if any(f.is_error for f in findings) else Sheet(table, file)), findings


def _attendance_shape(headings: tuple[str, ...]) -> Table:
    """The shape of the attendance extract that its headings fit better."""
    own = [{c.name for c in shape.columns} for shape in (ATTENDANCE_TOTALS, ATTENDANCE_MARKS)]
    fits = [len(names.intersection(headings)) for names in own]
    return ATTENDANCE_MARKS if fits[1] > fits[0] else ATTENDANCE_TOTALS


def _repeated(file: Opened, table: Table) -> list[Finding]:
    names = [column.name for column in table.columns]
    twice = [name for name in names if file.headings.count(name) > 1]
    return [
        Finding("heading-twice", Where(file.file, 1, name), quote(name), "each heading once")
        for name in twice
    ]


def _missing(file: Opened, table: Table) -> list[Finding]:
    missing = [name for name in _needed(file, table) if name not in file.headings]
    return [
        Finding("heading-missing", Where(file.file, 1, name), _instead(name, file, table), f"a column {name}")
        for name in missing
    ]


def _needed(file: Opened, table: Table) -> tuple[str, ...]:
    """The headings required; a questionnaire comes by item or by scale."""
    if table is not SDQ:
        return (*table.required, *(column.name for column in table.columns if column.name in GAPPED))
    by_item = len(set(file.headings).intersection(sdq.ITEMS)) > 0
    return (*table.required, *(sdq.ITEMS if by_item else sdq.SUBSCALES))


def _instead(name: str, file: Opened, table: Table) -> str:
    """What is there instead: the heading that may be meant, if one is alike or is part of the name."""
    own = {column.name for column in table.columns}
    if not own.intersection(file.headings):
        return "no heading of this extract"
    alike = {_plain(heading): heading for heading in file.headings if heading not in own}
    part = [plain for plain in alike if {*plain.split("_")} < {*name.split("_")}]
    near = get_close_matches(_plain(name), alike, n=1, cutoff=0.75) or part
    return f"{quote(alike[near[0]])}, which may be meant" if near else ""


def _plain(heading: str) -> str:
    """`child_id` for `Child ID` and for `childId`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", heading)
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def _ignored(file: Opened, table: Table) -> list[Finding]:
    """Columns passed over; a first row without any heading of ours may be a child's, and is not shown."""
    known = {column.name for column in table.columns}
    if not known.intersection(file.headings):
        return []
    extra = [heading for heading in file.headings if heading and heading not in known]
    personal = [heading for heading in extra if PERSONAL.intersection(_plain(heading).split("_"))]
    others = [heading for heading in extra if heading not in personal]
    named = (
        ("heading-personal", personal, "no personal data"),
        ("heading-extra", others, f"only columns of the {file.role} extract"),
    )
    return [
        Finding(code, Where(file.file, 1), ", ".join(quote(heading) for heading in headings), expected)
        for code, headings, expected in named
        if headings
    ]


def cells(sheet: Sheet) -> pl.LazyFrame:
    """The rows as `row` and text, stripped: the columns sent, empty cells as null, blank rows left out.

    To be collected without pushing projections down: every column is split, as a row may be too long for its
    headings, and only those of the table go on.
    """
    headings = sheet.opened.headings
    names = [name if name in sheet.sent else f"column {place}" for place, name in enumerate(headings)]
    text = pl.exclude("row")
    return (
        pl.scan_csv(
            sheet.opened.content,
            infer_schema=False,
            new_columns=names,
            raise_if_empty=False,
            row_index_name="row",
            row_index_offset=FIRST_ROW,
        )
        .select("row", *sheet.sent)
        .with_columns(text.str.strip_chars().replace("", None))
        .filter(~pl.all_horizontal(text.is_null()))
    )


def misshapen(sheet: Sheet) -> list[Finding]:
    """Why a file cannot be split into cells, if it cannot."""
    try:
        cells(sheet).collect(optimizations=AS_SPLIT)
    except pl.exceptions.PolarsError:
        return _misshapen(sheet.opened)
    return []


def _misshapen(file: Opened) -> list[Finding]:
    """Why a file could not be split into cells: rows longer than the headings, or a quote left open."""
    width = len(file.headings)
    long: list[Finding] = []
    row = marked = 0
    for row, record in enumerate(_records(file.content), start=1):
        if len(record) > width:
            found, expected = f"{len(record)} cells", f"{width}, one for each heading"
            long.append(Finding("file-ragged", Where(file.file, row), found, expected))
        if not marked and any('"' in cell for cell in record):
            marked = row
    return long or [_open_quote(file.file, marked or row + 1)]


def _records(content: bytes) -> Iterator[list[str]]:
    """The rows as lists of cells, up to one with a quotation mark that is not closed, or text behind it."""
    with suppress(csv.Error):
        yield from csv.reader(io.TextIOWrapper(io.BytesIO(content), "utf-8", newline=""), strict=True)


def _open_quote(file: str, row: int) -> Finding:
    found = "a quotation mark that is left open, or inside a cell"
    return Finding("file-quotes", Where(file, row), found, "quotation marks around whole cells")
