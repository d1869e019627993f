"""Cells in error, such as #N/A: the reader of workbooks gives them as empty, which a cell may well be.

So the few workbooks that have any are handed to it with these cells marked as text, in what they show.
"""

import re
from io import BytesIO
from typing import Final, NamedTuple
from zipfile import ZIP_STORED, ZipFile

CHUNK: Final = 1 << 20


class Marking(NamedTuple):
    """Cells that the reader passes over: the part of a workbook they are in, their sign, and the mending."""

    part: re.Pattern[str]
    sign: bytes
    cell: re.Pattern[bytes]
    text: bytes


MARKINGS: Final = (
    Marking(
        re.compile(r"xl/worksheets/[^/]+\.xml"),
        b't="e"',
        re.compile(rb'(<(?:\w+:)?c\s[^<>]*?)t="e"'),
        rb'\1t="str"',
    ),
    Marking(
        re.compile(r"content\.xml"),
        b'calcext:value-type="error"',
        re.compile(rb'office:string-value="[^"]*" (calcext:value-type="error")'),
        rb"\1",
    ),
    Marking(
        re.compile(r"content\.xml"),
        b'office:value-type="time"',
        re.compile(rb'office:value-type="time" office:time-value="[^"]*"'),
        b'office:value-type="string"',
    ),
)
"""Of xlsx, and twice of ods, whose times without a date would be lost as well."""


def with_errors_as_text(raw: bytes) -> bytes:
    """A workbook as it is, or with its cells in error as text."""
    from zipfile import is_zipfile

    if not is_zipfile(BytesIO(raw)):
        return raw
    with ZipFile(BytesIO(raw)) as book:
        found = [marking for marking in MARKINGS if _holds(book, marking)]
        return _marked(book, found) if found else raw


def _holds(book: ZipFile, marking: Marking) -> bool:
    return any(_occurs(book, name, marking.sign) for name in book.namelist() if marking.part.fullmatch(name))


def _occurs(book: ZipFile, name: str, sign: bytes) -> bool:
    """Whether a sign stands anywhere in a part, which may be long."""
    with book.open(name) as part:
        end = b""
        while chunk := part.read(CHUNK):
            if sign in end + chunk:
                return True
            end = chunk[-len(sign) :]
    return False


def _marked(book: ZipFile, found: list[Marking]) -> bytes:
    mended = BytesIO()
    with ZipFile(mended, "w", ZIP_STORED) as copy:
        for name in book.namelist():
            content = book.read(name)
            for marking in found:
                if marking.part.fullmatch(name):
                    content = marking.cell.sub(marking.text, content)
            copy.writestr(name, content)
    return mended.getvalue()
