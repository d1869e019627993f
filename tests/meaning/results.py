"""What comes out of the pipeline, as rows of text."""

from collections.abc import Iterable
from pathlib import Path

from wlz_calc.finding import Finding
from wlz_calc.trial import Row, rows

__all__ = ["findings", "rows"]


def findings(found: Iterable[Finding]) -> list[Row]:
    """Findings by code, place and what was found; their words are the catalogue's affair."""
    return [
        {
            "code": one.code,
            "file": Path(one.where.file).stem,
            "row": str(one.where.row or ""),
            "found": one.found.replace("`", ""),
        }
        for one in found
    ]
