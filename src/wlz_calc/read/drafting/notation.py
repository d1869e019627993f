"""Notation: what a draft says, written as YAML with a comment at each guess.

What a person has yet to say is a comment itself, so that the draft can be read as it is; without the `# ` in
front it is a line like any other.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final, NamedTuple

INDENT: Final = "  "
COMMENT: Final = "# "
ABOVE: Final = "# A draft: confirm what is guessed, and say what stands as a question mark."
WIDTH: Final = 100
UNLIMITED: Final = 1_000_000


class Said(NamedTuple):
    """A key and its value: a text, texts, or further keys. `is_open`: somebody has yet to say it."""

    key: str
    value: "str | tuple[str, ...] | tuple[Said, ...]"
    note: str = ""
    is_open: bool = False


def written(table: str, part: Sequence[Said], remarks: Sequence[str]) -> str:
    """A part of a table, to be put under `extracts:`; the remarks stand below it."""
    first, *others = part
    inside = INDENT * 3
    lines = [f"{INDENT}{ABOVE}", f"{INDENT}{table}:", *_lines(first, f"{INDENT * 2}- ")]
    lines += [line for said in others for line in _lines(said, inside)]
    lines += [line for remark in remarks for line in _remark(remark, inside)]
    return "".join(f"{line}\n" for line in lines)


def _lines(said: Said, before: str) -> Iterator[str]:
    """`before`: what the lines of its level begin with; inside a comment, nothing begins another."""
    begin = before + COMMENT if _is_open(said) and COMMENT not in before else before
    note = f" {COMMENT}{said.note}" if said.note else ""
    inner = _inner(said)
    value = "" if inner else f" {_value(said.value)}"
    yield f"{begin}{scalar(said.key)}:{value}{note}"
    below = begin.replace("-", " ") + INDENT
    yield from (line for each in inner for line in _lines(each, below))


def _inner(said: Said) -> list[Said]:
    return [each for each in said.value if isinstance(each, Said)] if isinstance(said.value, tuple) else []


def _value(value: str | tuple[object, ...]) -> str:
    return scalar(value) if isinstance(value, str) else f"[{', '.join(scalar(str(text)) for text in value)}]"


def _is_open(said: Said) -> bool:
    """What holds only what is yet to be said, is itself."""
    inner = _inner(said)
    return said.is_open or (bool(inner) and all(map(_is_open, inner)))


def _remark(text: str, before: str) -> Iterator[str]:
    for line in wrap(text, WIDTH - len(before), break_long_words=False, break_on_hyphens=False):
        yield f"{before}{COMMENT}{line}"


def scalar(text: str) -> str:
    """A text as YAML: plain where that cannot mean anything else, in quotes where it can."""
    import yaml

    if text.isdecimal():
        return text  # every scalar is read as text, and `header_row: 4` is what people write
    plain = (
        str(yaml.safe_dump(text, allow_unicode=True, width=UNLIMITED))
        .removesuffix("\n")
        .removesuffix("\n...")
    )
    if plain == text and not any(mark in text for mark in ",[]{}"):
        return plain
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=UNLIMITED)).strip()
