"""Writes every screen anew, and takes away what is of none; look at what it changed before it is kept."""

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.screens.files import FILES, HERE, Places, drawn


def write_anew(aside: Path) -> None:
    """All files of screens, made in folders aside."""
    numbers = count()

    def another() -> Path:
        (folder := aside / str(next(numbers))).mkdir()
        return folder

    places = Places(another)
    shown = {file.path: drawn(file, places) for file in FILES}
    for path in set(HERE.glob("*.txt")) - shown.keys():
        path.unlink()
    for path, text in shown.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        write_anew(Path(place))
