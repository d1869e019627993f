"""Steps: told to whoever watches, on a terminal while they last, and in a table where that is asked for."""

import io
import time
from pathlib import Path

import pytest

from tests.sound_folder import Folder
from wlz_calc.cli import watch
from wlz_calc.steps import Step, step, watched


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "programme")


class Listener:
    def __init__(self) -> None:
        self.heard: list[tuple[str, str, int | None]] = []

    def begun(self, here: Step) -> None:
        self.heard.append(("begun", here.name, here.rows))

    def ended(self, here: Step) -> None:
        assert here.seconds > 0
        self.heard.append(("ended", here.name, here.rows))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_watcher_hears_of_each_step_and_of_its_rows() -> None:
    listener = Listener()
    with watched(listener), step("cells") as here:
        here.rows = 7
    with step("rows"):
        pass
    assert listener.heard == [("begun", "cells", None), ("ended", "cells", 7)]


def test_a_step_that_fails_is_over_too() -> None:
    listener = Listener()
    with pytest.raises(ZeroDivisionError), watched(listener), step("cells"):
        raise ZeroDivisionError
    assert [what for what, _, _ in listener.heard] == ["begun", "ended"]


@pytest.mark.parametrize(
    ("command", "steps"),
    [
        ("check", ["files", "cells", "rows", "tables", "sense", "all"]),
        ("pay", ["files", "cells", "rows", "tables", "sense", "decisions", "funding", "lines", "all"]),
        ("decisions", ["files", "cells", "rows", "tables", "sense", "decisions", "funding", "all"]),
    ],
)
def test_timings_are_listed_beside_the_result(folder: Folder, command: str, steps: list[str]) -> None:
    run = getattr(folder, command)
    plain, timed = run(), run("--timings")
    assert timed.out == plain.out
    assert timed.err.startswith(plain.err)
    assert named(timed.err.removeprefix(plain.err)) == steps


def test_a_run_that_stops_lists_the_steps_that_it_took(folder: Folder) -> None:
    folder.add("extracts/survey.csv", "001,soon,confidence,40")
    plain, timed = folder.pay(), folder.pay("--timings")
    assert timed.code == plain.code == 1
    assert named(timed.err.removeprefix(plain.err)) == ["files", "cells", "all"]


def named(listed: str) -> list[str]:
    """The steps of a table of timings."""
    heading, *rows = [line.split() for line in listed.splitlines()]
    assert heading == ["Step", "Rows", "Seconds"]
    return [words[0] for words in rows if words[0].isalpha()]


def test_a_long_step_is_named_on_a_terminal_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(watch, "PATIENCE", 0)
    with watch.watching(timings=False):
        with step("cells") as here:
            here.rows = 1_200
        with step("tables"):
            _wait_for("tables (1,200 rows)", terminal)
        length = len(terminal.getvalue())
        time.sleep(0.01)
        assert len(terminal.getvalue()) == length


def _wait_for(text: str, terminal: Terminal) -> None:
    until = time.monotonic() + 10
    while text not in terminal.getvalue():
        assert time.monotonic() < until, terminal.getvalue()
        time.sleep(0.001)


def test_nothing_is_shown_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0)
    with watch.watching(timings=False), step("cells"):
        time.sleep(0.01)
    assert capsys.readouterr() == ("", "")
