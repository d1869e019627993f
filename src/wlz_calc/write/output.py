"""Output: a result is written whole or not at all, in the format that its name asks for.

Files that belong together are first all written under other names, to the disk, and only then put in their
places.
"""

import errno
import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from wlz_calc.durable import Content, sync_folder, write_new


class Format(StrEnum):
    """The formats of a file, by the end of its name."""

    CSV = ".csv"
    JSON = ".json"
    PARQUET = ".parquet"
    XLSX = ".xlsx"


def format_of(path: Path) -> Format | None:
    """The format that a file's name asks for; None where it asks for none of ours."""
    suffix = path.suffix.lower()
    return Format(suffix) if suffix in set(Format) else None


def write_atomically(path: Path, content: Content) -> None:
    """Write a file, or leave what was there as it was.

    Raises:
        OSError: it cannot be written.
    """
    write_together({path: content})


def write_together(files: Mapping[Path, Content]) -> None:
    """Write several files; if any cannot be written, none is put in its place.

    Raises:
        OSError: one of them cannot be written.
    """
    import secrets  # a claim that is only shown needs neither
    import shutil

    staged: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            target = path.resolve()
            _refuse_unwritable(target)
            staged[target] = target.with_name(f".{secrets.token_hex(8)}.tmp")
            write_new(staged[target], content)
            if target.exists():
                shutil.copymode(target, staged[target])
        for target, temporary in staged.items():
            temporary.replace(target)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    for folder in {target.parent for target in staged}:
        sync_folder(folder)


def _refuse_unwritable(target: Path) -> None:
    """A folder, and a file that its owner made read-only, are not replaced, though a system may allow it."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
