"""What a shell completes: the script that a shell asks with, and what it is answered.

The values of a parameter follow from its name, whichever command it belongs to. Nothing of this is imported
unless a shell asks.
"""

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.completion import get_completion_inspect_parameters
from typer.core import TyperGroup
from typer.main import get_command

TOOL: Final = "wlz-calc"
ASKED: Final = "_WLZ_CALC_COMPLETE"
"""The variable in the environment by which a shell asks."""
BASH: Final = "COMP_WORDS"
LINE: Final = "COMP_LINE"
OTHERS: Final = "_TYPER_COMPLETE_ARGS"
"""The variables in which bash hands over its words and we keep the whole line, and that of other shells."""
CONFIG: Final = "wlz.yaml"
EXAMPLE: Final = "Example:\n\nwlz-calc completion bash"
MOST: Final = 100
"""So many are shown; of more, how they go on."""

Context = Any
"""What has been typed so far, as Typer's click understands it."""


class Shell(StrEnum):
    """The shells that can ask."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(shell: Annotated[Shell, typer.Argument(help="bash, zsh or fish.", metavar="SHELL")]) -> None:
    """Print what makes a shell complete commands, quarters, cards and children.

    In ~/.bashrc: eval "$(wlz-calc completion bash)"

    In ~/.zshrc, after compinit: eval "$(wlz-calc completion zsh)"

    In ~/.config/fish/config.fish: wlz-calc completion fish | source

    Quarters, cards and children are those of this folder, or of one that the line names already.
    """
    from typer._completion_shared import get_completion_script

    script = get_completion_script(prog_name=TOOL, complete_var=ASKED, shell=shell.value)
    sys.stdout.write(f"{script}\n")


def complete(app: typer.Typer) -> None:
    """Answer the shell, and end."""
    get_completion_inspect_parameters()  # makes the shells known, which Typer does with options of its own
    command = get_command(app)
    _taught(command)
    _put_together()
    command(prog_name=TOOL)


def _taught(command: Any) -> None:  # noqa: ANN401 - Typer's click has no public name
    """Each parameter of a command, and of those below it, told where its values come from."""
    for parameter in command.params:
        if source := _SOURCES.get(parameter.name):
            _teach(parameter, source)
    if isinstance(command, TyperGroup):
        for below in command.commands.values():
            _taught(below)


def _teach(parameter: Any, source: "Source") -> None:  # noqa: ANN401 - as above
    def answered(context: Context, _parameter: object, incomplete: str) -> list[str]:
        with suppress(Exception):  # a key was pressed: whatever is wrong will be said when the command runs
            return [_less_begun(value, incomplete) for value in _shown(source(context), incomplete)]
        return []

    parameter._custom_shell_complete = answered  # noqa: SLF001 - what its `autocompletion` would set


def _shown(values: Iterable[str], incomplete: str) -> Iterable[str]:
    """Those that begin like that. Of too many, the longest beginnings that are few: they hide none."""
    own = [value for value in dict.fromkeys(values) if value.startswith(incomplete)]
    shown = own
    if len(own) > MOST:
        for length in range(len(incomplete) + 1, max(map(len, own)) + 1):
            begun = list(dict.fromkeys(value[:length] for value in own))
            if len(begun) > MOST:
                break
            shown = begun
    return shown if len(shown) <= MOST else ()


# ---------------------------------------------------------------- what bash takes apart


def _put_together() -> None:
    """The words of bash as they were typed, up to the one at the cursor: it takes `school:ark` for three.

    Typer would lose count at an empty word that others follow. The folder may be among those.
    """
    if BASH not in os.environ:
        return
    words, typed = os.environ[BASH].split("\n"), int(os.environ["COMP_CWORD"])
    begun = _joined(words[: typed + 1])
    os.environ.update({LINE: os.environ[BASH], BASH: "\n".join(begun), "COMP_CWORD": str(len(begun) - 1)})


def _joined(words: Iterable[str]) -> list[str]:
    """Words with those in one that a colon joins."""
    whole: list[str] = []
    for word in words:
        if whole and (word.startswith(":") or whole[-1].endswith(":")):
            whole[-1] += word
        else:
            whole.append(word)
    return whole


def _less_begun(value: str, incomplete: str) -> str:
    """A value as bash will have it: without what stands before the last colon that was typed."""
    return value.removeprefix(incomplete[: incomplete.rfind(":") + 1]) if BASH in os.environ else value


# ---------------------------------------------------------------- where values come from

Source = Callable[[Context], Iterable[str]]


def _folder() -> Path:
    """The programme folder that is named anywhere in the line, or else this one.

    The line is looked at itself, as an option that still lacks its value keeps Typer from parsing the rest.
    """
    from wlz_calc.places import is_file

    named = (Path(word).expanduser() for word in _words())
    return next((place for place in named if is_file(place / CONFIG)), Path())


def _words() -> list[str]:
    line = next(filter(None, map(os.environ.get, (LINE, OTHERS))), "")
    try:
        return shlex.split(line)
    except ValueError:  # a quotation mark is still to come
        return line.split()


def _quarters(context: Context) -> Iterator[str]:
    """Those in the terms of the programme's cards; for a command on what is sealed, those that are."""
    from wlz_calc.read import glance

    folder = _folder()
    if context.parent.info_name in {"claims", "export"}:
        yield from glance.sealed(folder)
        return
    for card in glance.cards(folder):
        yield from map(str, glance.quarters(card))


def _contracts(_context: Context) -> Iterator[str]:
    from wlz_calc.read import glance

    return (card.contract for card in glance.cards(_folder()))


def _payments(_context: Context) -> Iterator[str]:
    from wlz_calc.read import glance

    return (payment for card in glance.cards(_folder()) for payment in card.payments)


def _commissioners(_context: Context) -> Iterator[str]:
    """Each school and each authority by its code in the register."""
    from wlz_calc.read import glance

    folder = _folder()
    for card in glance.cards(folder):
        for name, commissioner in card.commissioners.items():
            if commissioner.each is None:
                yield name
            else:
                yield from (f"{name}:{code}" for code in glance.register(folder, commissioner.each))


def _children(_context: Context) -> Iterable[str]:
    from wlz_calc.read import glance

    return glance.register(_folder(), "child_id").to_list()


def _cards(_context: Context) -> Iterable[str]:
    from wlz_calc.read.cards import shipped

    return shipped()


def _codes(_context: Context) -> Iterable[str]:
    from wlz_calc.catalogue import CODES

    return sorted(CODES)


_SOURCES: Final[Mapping[str, Source]] = {
    **dict.fromkeys(("quarter", "start", "end"), _quarters),
    **dict.fromkeys(("card", "name", "names", "before", "after"), _cards),
    "contract": _contracts,
    "payment": _payments,
    "commissioner": _commissioners,
    "child": _children,
    "code": _codes,
}
"""Where the values of a parameter come from, by its name."""
