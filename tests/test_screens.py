"""Every command shows what it showed when it was looked at, on a narrow terminal and on a wide one."""

import re

import pytest

from tests.docs.commands import every
from tests.screens.files import FILES, HERE, File, Places, drawn
from tests.screens.shown import HELPS, OF_COMMANDS, SCREENS, UNSHOWN

WORD_ALONE = re.compile(r" *\S+")
MANY = re.compile(r"(?<![\d.,])1 (children|(award|case|claim|decision|field|file|finding|line|row|time)s)\b")
HELPFUL = [file for file in FILES if file.name in HELPS]


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(lambda: tmp_path_factory.mktemp("screen"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.stem)
def test_a_screen_is_as_it_was_looked_at(file: File, places: Places) -> None:
    assert drawn(file, places) == file.path.read_text(encoding="utf-8")


def test_every_screen_has_its_files_and_no_file_is_left_over() -> None:
    assert {path.name for path in HERE.glob("*.txt")} == {file.path.name for file in FILES}


def test_every_command_has_a_screen_or_a_reason_for_having_none() -> None:
    lacking = {
        command
        for command in filter(None, every())
        if not any(f"{screen.command} ".startswith(f"{command} ") for screen in OF_COMMANDS.values())
    }
    assert lacking == UNSHOWN.keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.stem)
def test_no_line_is_wider_than_its_screen_unless_it_is_one_word(file: File) -> None:
    lines = file.path.read_text(encoding="utf-8").splitlines()[1:]
    assert [line for line in lines if len(line) > file.width and not WORD_ALONE.fullmatch(line)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.stem)
def test_one_is_never_said_of_many(file: File) -> None:
    assert MANY.search(file.path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("file", HELPFUL, ids=lambda file: file.path.stem)
def test_no_help_is_cut_short(file: File) -> None:
    assert "…" not in file.path.read_text(encoding="utf-8")


def test_what_is_typed_is_typed_once() -> None:
    typed = [(screen.command, screen.before) for screen in SCREENS.values()]
    assert len(typed) == len(set(typed))
