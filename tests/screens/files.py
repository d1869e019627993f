"""The files that screens are kept in, and what stands in them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tests.screens.programmes import Maker
from tests.screens.shown import SCREENS, Screen
from tests.screens.terminal import typed

HERE: Final = Path(__file__).parent


class File(NamedTuple):
    """A screen on a terminal of so many columns."""

    name: str
    width: int

    @property
    def path(self) -> Path:
        return HERE / f"{self.name}, {self.width}.txt"

    @property
    def screen(self) -> Screen:
        return SCREENS[self.name]


FILES: Final = [File(name, width) for name, screen in SCREENS.items() for width in screen.widths]


class Places:
    """Folders to type a command in: what is there before is made once, and each command gets a copy."""

    def __init__(self, another: Callable[[], Path]) -> None:
        self._another, self._made = another, dict[Maker, Path]()

    def place(self, before: Maker) -> Path:
        """A folder of its own, with what is there before."""
        if before not in self._made:
            self._made[before] = self._another()
            before(self._made[before])
        return shutil.copytree(self._made[before], self._another(), dirs_exist_ok=True)


def drawn(file: File, places: Places) -> str:
    """What stands in the file of a screen."""
    return "".join(_drawn(file.screen.command, places.place(file.screen.before), file.width))


def _drawn(command: str, folder: Path, width: int) -> Iterator[str]:
    said = typed(command, folder, width)
    yield f"$ wlz-calc {command}\n{said.out}"
    if said.err:
        yield f"--- stderr\n{said.err}"
    yield f"--- exit code {said.code}\n"
