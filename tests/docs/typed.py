"""Typed: the commands that a page tells people to type, and how they are run, as at a shell.

A block of code is typed where it is marked `sh`; in any other, what follows a `$`. A comment may say how a
command ends (`# ends with 3`); otherwise it ends with 0.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import chdir
from pathlib import Path
from typing import Final, NamedTuple

from tests.docs.made import ROOT
from tests.sound_folder import wlz_calc
from wlz_calc.cli.ending import Exit

NOT_RUN: Final = {
    "make": "makes an environment of its own, or runs these tests",
    "pip": "installs from the network",
    "python3": "makes an environment of its own",
    ".": "is the shell's own, and enters that environment",
}
"""What no test types, and why."""
ELSEWHERE: Final = {
    "examples/broken/README.md": "test_broken_examples.py runs the command of every folder",
}
"""Pages whose commands are run by other tests."""
_BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT: Final = "$ "
_ENDS: Final = re.compile(r"#.*\bends with (\d+)")
SHELL: Final = set("|<>;&*?`")
"""What a shell would read otherwise than as a word."""


class Line(NamedTuple):
    """A command as it is typed, its words, and how it ends."""

    typed: str
    words: tuple[str, ...]
    ends: int

    @property
    def is_run(self) -> bool:
        """Whether a test types it."""
        return self.words[0] not in NOT_RUN


def lines(page: str) -> list[Line]:
    """All that a page says to type, in order."""
    return [line for typed in _typed(page) if (line := read(typed)).words]


def _typed(page: str) -> Iterator[str]:
    for language, block in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        every = block.splitlines()
        asked = [line.removeprefix(_PROMPT) for line in every if line.startswith(_PROMPT)]
        yield from every if language == "sh" else asked


def read(typed: str) -> Line:
    """A line as a shell takes it apart."""
    said = _ENDS.search(typed)
    return Line(typed, tuple(shlex.split(typed, comments=True)), int(said[1]) if said else Exit.FINE)


def ran(typed: Iterable[Line], place: Path) -> None:
    """Commands, one after the other from a folder, each ending as it is said to."""
    with chdir(place):
        for line in typed:
            if line.is_run:
                _run(line)


def _run(line: Line) -> None:
    tool, *arguments = line.words
    assert not SHELL & set("".join(arguments)), f"{line.typed}: nothing here reads it as a shell does"
    if tool == "cd":
        os.chdir(*arguments)
        return
    code, why = _tool(arguments) if tool == "wlz-calc" else _other(line.words)
    assert code == line.ends, f"{line.typed}: ended with {code}\n{why}"


def _tool(arguments: list[str]) -> tuple[int, str]:
    said = wlz_calc(*arguments)
    return said.code, said.err


def _other(words: tuple[str, ...]) -> tuple[int, str]:
    ended = subprocess.run(words, check=False, capture_output=True, text=True)
    return ended.returncode, ended.stderr
