"""Commands: what they are called, what they ask for and what they say of themselves; and how they end."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from typer.main import get_command

from tests.docs.markdown import quoted, table, told
from wlz_calc.cli.app import app
from wlz_calc.cli.ending import Exit

EVERYWHERE: Final = {"--help"}
ENDS: Final = {
    Exit.FINE: "fine",
    Exit.FINDINGS: "findings with errors, a worked case that fails, or payments that differ from claims",
    Exit.USAGE: "wrong usage, or an output that cannot be written",
    Exit.CARD: "a rate card that cannot be used",
    Exit.CLAIMS: "sealed claims that do not verify, or that cannot be added to",
    Exit.BUG: "a bug of ours",
}


@cache
def every() -> dict[str, Any]:
    """Every command and group of commands by its name, as a user types it; the door itself has none.

    In the order in which the help lists them.
    """
    door = get_command(app)
    return {"": door, **dict(_inside(door, ""))}


def _inside(group: Any, before: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - Typer's own types are private
    for name in group.list_commands(None):
        command = group.commands[name]
        yield f"{before}{name}", command
        if hasattr(command, "commands"):
            yield from _inside(command, f"{before}{name} ")


def commands() -> str:
    """The table of all that can be typed."""
    rows = [
        (f"`{' '.join([name, *_asks(each)])}`", _says(each), quoted(_may(each)))
        for name, each in every().items()
        if not hasattr(each, "commands")
    ]
    return table(["command", "what it does", "further options"], rows)


def _asks(command: Any) -> Iterator[str]:  # noqa: ANN401
    for option in command.params:
        if option.param_type_name == "option" and option.required:
            yield f"{option.opts[0]} {option.metavar or option.name.upper()}"
    for argument in command.params:
        if argument.param_type_name == "argument":
            name = f"{argument.metavar or argument.name.upper()}{'...' if argument.nargs < 0 else ''}"
            yield name if argument.required else f"[{name}]"


def _says(command: Any) -> str:  # noqa: ANN401
    """The first paragraph of its help."""
    first, _, _ = command.help.partition("\n\n")
    return re.sub(r"\s+", " ", first)


def _may(command: Any) -> list[str]:  # noqa: ANN401
    return [
        option.opts[0]
        for option in command.params
        if option.param_type_name == "option" and not option.required and option.opts[0] not in EVERYWHERE
    ]


def exits() -> str:
    """The table of exit codes."""
    rows = [(f"{code.value}", words) for code, words in told(ENDS, Exit, "exit codes")]
    return table(["exit code", "it says"], rows)
