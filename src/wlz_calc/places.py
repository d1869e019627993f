"""Places: whether there is a file or a folder of a name.

What can be no name, as it is too long or holds what none may, names nothing; `pathlib` raises an error there.
"""

import os.path
from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether there is such a file."""
    return os.path.isfile(path)  # noqa: PTH113 - see above


def is_folder(path: Path) -> bool:
    """Whether there is such a folder."""
    return os.path.isdir(path)  # noqa: PTH112 - see above
