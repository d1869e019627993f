"""An archive without the times at which it was made, so that the same content is the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file knows: the same in every workbook."""


def repacked(draft: io.BytesIO, changed: Mapping[str, bytes]) -> bytes:
    """The same archive with some files changed, and every one dated the same."""
    final = io.BytesIO()
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, changed.get(name) or old.read(name))
    return final.getvalue()
