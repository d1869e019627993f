"""The option `--split`: one workbook for each commissioner, all of them in a new folder or none."""

import os.path
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from wlz_calc.claim import Claim
from wlz_calc.cli import results
from wlz_calc.cli.ending import misused
from wlz_calc.cli.options import Format
from wlz_calc.places import is_folder
from wlz_calc.steps import step
from wlz_calc.write import files, output, words


def place(folder: Path | None, other: Path | None, printed: Format) -> Path | None:
    """A folder that can be filled, so that this is known before the work and not after it."""
    if folder is None:
        return None
    if other is not None or printed is not Format.TABLE:
        misused("--split writes workbooks: leave out --output and --format")
    if os.path.lexists(folder) and not _is_empty(folder):
        _unwritable(folder, "something is there already")
    if not is_folder(folder.absolute().parent):
        _unwritable(folder, "no such folder to make it in")
    return folder


def _is_empty(folder: Path) -> bool:
    return is_folder(folder) and not any(folder.iterdir())


def _unwritable(folder: Path, why: str) -> None:
    results.unwritable(folder, why, "a folder that is empty, or to be made")


def give(claims: Sequence[Claim], folder: Path, commissioner: str | None = None) -> None:
    """The claims, a workbook for each commissioner or for one."""
    from wlz_calc.splitting import split

    written = split(claims, folder, commissioner)
    for claim in claims:
        if why := files.refusal(claim, folder.with_suffix(output.Format.XLSX)):
            misused(why)
    try:
        with step("writing"), _made(folder):
            output.write_together(written)
    except OSError as error:
        _unwritable(folder, (error.strerror or type(error).__name__).lower())
    for claim in claims:
        results.say_beside(claim)
    sys.stderr.write(f"written: {words.counted(len(written), 'workbook')} in {folder.as_posix()}\n")


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder, made if it is not there; and taken away again if nothing comes into it."""
    new = not folder.exists()
    folder.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            if new:
                folder.rmdir()
        raise
