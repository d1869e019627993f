"""The parts that the tables of a programme come in: every file, which sheet of it, and in whose headings.

Promises files that are there, each once, in an order that depends on their names alone.
"""

import glob
import os.path
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from wlz_calc.finding import Finding, Where, quote
from wlz_calc.places import is_file, is_folder
from wlz_calc.read.config import TABLES, UNSAID, Config, StatedPart, Validated
from wlz_calc.read.strictyaml import Document

HOLDS: Final = "holds"
SUFFIXES: Final = (".csv", ".xlsx", ".ods", ".parquet")
"""What an extract may be that wlz.yaml does not name."""
LOCKS: Final = "~$"
"""How the name begins of what a spreadsheet program leaves beside a workbook while it is open."""


class Part(NamedTuple):
    """One file, or sheet of a file, of a table, and what wlz.yaml says of it with its map taken in.

    `file`: its name as findings show it. `columns`: their heading to ours; `constants`, `values` and
    `missing`: by column of ours. `where`: its place in wlz.yaml.
    """

    table: str
    path: Path
    file: str
    sheet: str | None
    header_row: int | None
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    missing: Mapping[str, tuple[str, ...]]
    date_format: str | None
    validated: Validated | None
    where: Where


class _Entry(NamedTuple):
    """What wlz.yaml says of a part, which may be several files."""

    table: str
    said: StatedPart
    where: Where


def parts(folder: Path, config: Config, document: Document) -> tuple[list[Part] | None, list[Finding]]:
    """Every part of every table of a programme folder, holds included, or all that is wrong with them.

    Tables without a file have no part; only the register is always wanted, and is looked for by stage 1.
    """
    there: list[Part] = []
    found: list[Finding] = []
    for entry in _entries(config, document):
        paths, missing = _files(folder, entry)
        found += missing
        there += [_part(entry, path, folder) for path in paths]
    found += _twice(there)
    return (None, found) if found else (there, [])


def _entries(config: Config, document: Document) -> Iterator[_Entry]:
    for table in TABLES:
        for place, said in enumerate(config.parts(table)):
            yield _Entry(table, said, document.where(("extracts", table, place)))
    yield _Entry(HOLDS, UNSAID, document.where(()))


def _part(entry: _Entry, path: Path, folder: Path) -> Part:
    said, ours = entry.said, entry.said.translation()
    return Part(
        table=entry.table,
        path=path,
        file=_shown(path, folder),
        sheet=said.sheet,
        header_row=said.header_row,
        columns=ours.columns,
        constants=ours.constants,
        values=ours.values,
        missing=ours.missing,
        date_format=ours.date_format,
        validated=said.validated,
        where=entry.where,
    )


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


# ---------------------------------------------------------------- which files


def _files(folder: Path, entry: _Entry) -> tuple[list[Path], list[Finding]]:
    if entry.said.path is None:
        return _usual(folder, entry.table)
    return _named(folder, entry.said.path, entry)


def _usual(folder: Path, table: str) -> tuple[list[Path], list[Finding]]:
    """The file of a table that is where it is looked for by itself, in one of the formats that are read."""
    stem = HOLDS if table == HOLDS else f"extracts/{table}"
    paths = [path for suffix in SUFFIXES if _is_any(path := folder / f"{stem}{suffix}")]
    if len(paths) > 1:
        found = ", ".join(quote(_shown(path, folder)) for path in paths[1:])
        expected = "one file, or its parts listed under `extracts` in wlz.yaml"
        return [], [Finding("folder-two-files", Where(_shown(paths[0], folder)), f"{found} too", expected)]
    if not paths and table == "children":
        return [folder / f"{stem}{SUFFIXES[0]}"], []
    return paths, []


def _named(folder: Path, path: str, entry: _Entry) -> tuple[list[Path], list[Finding]]:
    """The file of that path, or those of that pattern; brackets may as well be part of a name."""
    if _is_there(folder / path):
        return [folder / path], []
    names = glob.glob(path, root_dir=folder, recursive=True)  # noqa: PTH207 - a path may be absolute
    files = [folder / name for name in sorted(names) if is_file(folder / name)]
    if files := [file for file in files if not file.name.startswith(LOCKS)]:
        return files, []
    return [], [Finding("file-missing", entry.where, quote(path), f"a file with the {entry.table} extract")]


def _is_any(path: Path) -> bool:
    return is_file(path) or is_folder(path)


def _is_there(path: Path) -> bool:
    """Whether there is something of that name, be it only something that stage 1 will refuse."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


# ---------------------------------------------------------------- each once


def _twice(there: list[Part]) -> list[Finding]:
    seen: dict[tuple[str, str], list[Part]] = {}
    found: list[Finding] = []
    for this in there:
        others = seen.setdefault((this.table, _real(this.path)), [])
        if first := next((other for other in others if _reads_again(other, this)), None):
            expected = f"each file once; line {first.where.row} names it already"
            found.append(Finding("folder-file-twice", this.where, quote(this.file), expected))
        others.append(this)
    return found


def _real(path: Path) -> str:
    """The place that a path leads to; what can be no name leads nowhere."""
    try:
        return os.path.realpath(path)
    except ValueError:
        return path.as_posix()


def _reads_again(first: Part, this: Part) -> bool:
    """Whether a part has the rows that another of its file has; a sheet that is not named may be any.

    A sheet with a column for each subject is read once for each, each time with another constant.
    """
    if this.sheet != first.sheet and this.sheet and first.sheet:
        return False
    return first.columns == this.columns or first.constants == this.constants
