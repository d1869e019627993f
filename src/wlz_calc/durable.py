"""Durable: files that are on the disk, and not only on their way there, once they have been written."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

Writer = Callable[[BinaryIO], None]
"""What writes itself into a file, piece by piece."""
Content = bytes | Writer


def write_new(path: Path, content: Content) -> None:
    """Write a file that is not there yet, to the disk.

    Raises:
        OSError: it cannot be written, or is there.
    """
    with path.open("xb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make new names in it last too, where the system can do that (Windows cannot)."""
    with suppress(OSError):
        handle = _open_folder(folder)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _open_folder(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY)
