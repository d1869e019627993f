"""Findings as they go back to the sender of one file: nothing of another file is in them.

Other files may be other schools'. Where a row is at odds with one of another file, only that is said: neither
the name of that file, nor what it says of the child.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Final

from wlz_calc.finding import Finding, Stage

_BESIDE: Final = re.compile(r"\((as in )?row [0-9]+ of (.*)\)$", re.DOTALL)
"""How a finding names another row of a table in parts; see `read.faults.named_row`."""


def named(name: str, files: Iterable[str]) -> list[str]:
    """The files that a name may stand for: a path, a file's name or its stem, or some letters of the path."""
    there = list(dict.fromkeys(files))
    likely: tuple[Callable[[str], bool], ...] = (
        lambda file: file == name,
        lambda file: PurePosixPath(file).name == name,
        lambda file: PurePosixPath(file).stem == name,
        lambda file: name.casefold() in file.casefold(),
    )
    fits = ([file for file in there if fit(file)] for fit in likely)
    return next(filter(None, fits), [])


def returned(findings: Iterable[Finding], file: str) -> list[Finding]:
    """What was found in a file, without what others say beside it."""
    return [_alone(finding) for finding in findings if finding.where.file == file and _is_its_own(finding)]


def _is_its_own(finding: Finding) -> bool:
    """What makes no sense of a whole table stands at its first file, and may be about any."""
    return finding.where.row is not None or finding.meaning.stage is not Stage.SENSE


def _alone(finding: Finding) -> Finding:
    beside = _BESIDE.search(finding.found)
    if beside is None or _is_in(finding.where.file, beside[2]):
        return finding
    said = "(as in another file)" if beside[1] else "(another file says otherwise)"
    return finding._replace(found=finding.found[: beside.start()] + said)


def _is_in(file: str, place: str) -> bool:
    return place == file or place.startswith((f"{file} has `", f"{file} lasts until "))
