"""Stage 1: a file that is there and can be read, by the ending of its name.

Every cell becomes the text that the spreadsheet holds: a child id `007` is `007`. One data set gives the same
text in any format.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from wlz_calc.finding import Finding, Where, quote
from wlz_calc.places import is_folder
from wlz_calc.ratecard.base import listed
from wlz_calc.read.received import Opened, Received

Reader = Callable[[Received], tuple[Opened | None, list[Finding]]]

LARGE: Final = 32 * 2**20
"""A file of more bytes is not held in memory, if its format allows that."""


def opened(
    path: Path, role: str, file: str, *, sheet: str | None = None, header_row: int | None = None
) -> tuple[Opened | None, list[Finding]]:
    """A file with its headings and its text. `file`: its name as messages show it.

    `sheet` of a workbook, if it has several; `header_row`: where the headings stand, counted from 1, if not
    in the first row.
    """
    reader = _READERS.get(path.suffix.lower())
    held, findings = _held(path, role, file, whole=reader is _workbook)
    if findings:
        return None, findings
    if reader is None:
        found = f"a name that ends in {quote(path.suffix)}" if path.suffix else "a name without an ending"
        return None, [Finding("file-format", Where(file), found, f"one that ends in {listed(_READERS)}")]
    received = Received(role, file, path, held, sheet, header_row)
    if sheet is not None and reader is not _workbook:
        found, expected = f"a file that ends in {path.suffix}", f"a workbook with a sheet {quote(sheet)}"
        return None, [received._replace(sheet=None).finding("file-no-sheets", found, expected)]
    return reader(received)


def _held(path: Path, role: str, file: str, *, whole: bool) -> tuple[bytes | None, list[Finding]]:
    """The bytes of a file; none of a large one, unless they are wanted as a `whole`."""
    try:
        if whole or path.stat().st_size <= LARGE:
            return path.read_bytes(), []
        path.open("rb").close()
    except FileNotFoundError:
        return None, [Finding("file-missing", Where(file), "", f"a file with the {role} extract")]
    except (OSError, ValueError) as error:
        why = "a folder" if is_folder(path) else getattr(error, "strerror", None) or str(error)
        return None, [Finding("file-unreadable", Where(file), why.lower(), "a file that can be read")]
    return None, []


# Each format is imported where a file has it: a start costs less.


def _delimited(received: Received) -> tuple[Opened | None, list[Finding]]:
    from wlz_calc.read import delimited

    return delimited.read(received)


def _workbook(received: Received) -> tuple[Opened | None, list[Finding]]:
    from wlz_calc.read import workbooks

    return workbooks.read(received)


def _columnar(received: Received) -> tuple[Opened | None, list[Finding]]:
    from wlz_calc.read import columnar

    return columnar.read(received)


_READERS: Final[dict[str, Reader]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), _delimited),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), _workbook),
    ".parquet": _columnar,
}
