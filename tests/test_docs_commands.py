"""Every command that a page or a help tells people to type is typed, in order, and ends as it is said to."""

import shlex
import shutil
from pathlib import Path

import pytest

from tests.docs import made
from tests.docs.commands import every
from tests.docs.made import ROOT
from tests.docs.typed import ELSEWHERE, NOT_RUN, Line, lines, ran, read
from tests.test_cli import COMMANDS, examples

COPIED = ("examples", "rate_cards")
OTHERS = [command for command in every() if command not in COMMANDS]
"""The commands whose examples test_cli.py does not run."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What of the project people type commands in, for a page to write in."""
    place = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        shutil.copytree(ROOT / name, place / name)
    return place


@pytest.mark.parametrize("page", [page for page in made.every() if page not in ELSEWHERE])
def test_what_a_page_says_to_type_ends_as_it_says(page: str, checkout: Path, tmp_path: Path) -> None:
    place = tmp_path / "project"
    shutil.copytree(checkout, place, copy_function=shutil.copy)
    ran(lines(page), place)


class Begun:
    """Folders in which examples were begun, by what was typed in each: several helps begin alike."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._made: dict[tuple[Line, ...], Path] = {(): folders.mktemp("nothing")}

    def folder(self, typed: tuple[Line, ...]) -> Path:
        """The folder as it then is; not to be written in."""
        if typed not in self._made:
            *before, last = typed
            place = self._folders.mktemp("begun")
            shutil.copytree(self.folder(tuple(before)), place, dirs_exist_ok=True)
            ran([last], place)
            self._made[typed] = place
        return self._made[typed]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    return Begun(tmp_path_factory)


@pytest.mark.parametrize("command", OTHERS)
def test_the_example_of_a_help_ends_well(command: str, begun: Begun, tmp_path: Path) -> None:
    *first, last = map(read, examples(command))
    assert last.typed.startswith(f"wlz-calc {command}".removesuffix(" list"))
    place = tmp_path / "here"
    shutil.copytree(begun.folder(tuple(first)), place)
    ran([last], place)


def test_no_example_is_of_a_command_that_is_gone() -> None:
    assert set(COMMANDS) <= every().keys()


def test_what_is_not_run_is_still_typed_somewhere() -> None:
    typed = {line.words[0] for page in made.every() for line in lines(page)}
    assert typed >= NOT_RUN.keys()
    assert ELSEWHERE.keys() <= set(made.every())


@pytest.mark.parametrize(
    ("typed", "words", "ends"),
    [
        ("wlz-calc check demo", "wlz-calc check demo", 0),
        ("wlz-calc check   # ends with 3", "wlz-calc check", 3),
        ('wlz-calc close --by "A. Analyst" # it seals', "wlz-calc close --by 'A. Analyst'", 0),
        ("# nothing to type", "", 0),
    ],
)
def test_a_line_is_read_as_a_shell_reads_it(typed: str, words: str, ends: int) -> None:
    assert read(typed) == Line(typed, tuple(shlex.split(words)), ends)


def test_a_command_that_ends_otherwise_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="finding none: ended with 2"):
        ran([read("wlz-calc finding none")], tmp_path)
    with pytest.raises(AssertionError, match="nothing here reads it as a shell does"):
        ran([read("wlz-calc cards schema > schema.json")], tmp_path)
