"""A draft: the part of wlz.yaml for one file, and what would be read with it."""

import os.path
from pathlib import Path
from typing import NamedTuple

from wlz_calc.finding import Finding
from wlz_calc.read.drafting.matching import matched, shapes
from wlz_calc.read.drafting.notation import written
from wlz_calc.read.drafting.preview import Preview, previewed
from wlz_calc.read.drafting.proposal import proposed, remarks
from wlz_calc.read.drafting.start import start
from wlz_calc.read.files import opened


class Draft(NamedTuple):
    """What to put under `extracts:`, and the first rows as they would be read with it."""

    text: str
    preview: Preview


def draft(
    path: Path, table: str, folder: Path, *, sheet: str | None = None
) -> tuple[Draft | None, list[Finding]]:
    """A part for a file that nobody has seen before, or why it cannot be read at all.

    `folder`: that of the programme, from which wlz.yaml names its files; `sheet`: that of a workbook that is
    meant, if not the one with most of our headings.
    """
    file, tables = path.as_posix(), shapes(table)
    begins, found = start(path, file, tables, sheet)
    if begins is None:
        return None, found
    header_row = None if begins.row == 1 else begins.row
    whole, found = opened(path, table, file, sheet=begins.sheet, header_row=header_row)
    if whole is None:
        return None, found
    matching, found = matched(whole, tables)
    if matching is None:
        return None, found
    named = Path(os.path.relpath(path, folder)).as_posix()
    text = written(table, proposed(named, begins, matching), list(remarks(begins, matching)))
    return Draft(text, previewed(text, path, file, matching)), []
