"""YAML, strictly: every scalar is text, every place is known, and nothing is said twice.

YAML's own guesses (`NO` is false, `12:30` is 750, `007` is 7, the last of two equal keys wins) never happen
here; whoever asked for the document types its texts. Tags, merge keys and further documents are refused:
they make a file mean more than it shows. Lines and columns are counted from 1.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Protocol

import yaml

from wlz_calc.finding import Finding, Where, quote

Prefix = Literal["card", "folder"]
"""What kind of file it is: the first word of the codes of its findings."""

Loc = tuple[str | int, ...]
KEY: Final = "[key]"
"""Pydantic's mark, at the end of a location, for the key itself."""

DEEPEST: Final = 40
LARGEST: Final = 100_000
"""More values than any card has; aliases within aliases can be many more than fit in memory."""
MERGE: Final = "<<"


_FAST: Final[type[yaml.BaseLoader]] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The same loader in C, where PyYAML was built with it: ten times as fast."""


class _Mark(Protocol):
    """A place as PyYAML keeps it, counted from 0."""

    line: int
    column: int


class _Spot(NamedTuple):
    """A value in the file, and the key it stands under (none in a list)."""

    key: yaml.Node | None
    value: yaml.Node

    @property
    def mark(self) -> _Mark:
        """Where a reader looks for it: the value, or its key where the value only begins on a later line."""
        below = self.key is not None and self.key.start_mark.line != self.value.start_mark.line
        return self.key.start_mark if self.key is not None and below else self.value.start_mark


class _Reached(NamedTuple):
    """How far a location could be followed; the better of two is the greater."""

    to_the_end: bool
    parts: int


class Document(NamedTuple):
    """A file that was read: its values, all of them text, lists and mappings, and where each one stands."""

    file: str
    data: dict[str, Any]
    root: yaml.Node

    def where(self, loc: Loc, *, at_key: bool = False, tags: Collection[str] = ()) -> Where:
        """The place of a Pydantic location; what is not in the file is looked for at its parent.

        `tags`: names that Pydantic may have put into the location for a member of a union, and that may be
        keys as well.
        """
        at_key = at_key or loc[-1:] == (KEY,)
        _, spot = _follow(_Spot(None, self.root), loc[:-1] if loc[-1:] == (KEY,) else loc, tags)
        mark = spot.key.start_mark if at_key and spot.key is not None else spot.mark
        return Where(self.file, row=mark.line + 1, column=str(mark.column + 1))


def _follow(spot: _Spot, loc: Loc, tags: Collection[str]) -> tuple[_Reached, _Spot]:
    if not loc:
        return _Reached(to_the_end=False, parts=0), spot
    first, rest = loc[0], loc[1:]
    inner = _child(spot.value, first)
    if inner is None:
        return _follow(spot, rest, tags)
    (to_the_end, parts), found = _follow(inner, rest, tags)
    met = _Reached(to_the_end or not rest, parts + 1), found
    if first not in tags:
        return met
    return max(met, _follow(spot, rest, tags), key=lambda reached: reached[0])


def _child(node: yaml.Node, part: str | int) -> _Spot | None:
    if isinstance(node, yaml.SequenceNode):
        inside = isinstance(part, int) and part < len(node.value)
        return _Spot(None, node.value[part]) if inside else None
    if isinstance(node, yaml.MappingNode):
        return next((_Spot(key, value) for key, value in node.value if key.value == part), None)
    return None


# ---------------------------------------------------------------- what may be wrong with a file


class _Fault(NamedTuple):
    kind: Literal["unreadable", "encoding", "empty", "syntax", "plain", "duplicate-key"]
    found: str
    expected: str
    line: int | None = None
    column: int | None = None

    def finding(self, file: str, prefix: Prefix) -> Finding:
        where = Where(file, row=self.line, column=None if self.column is None else str(self.column))
        return Finding(f"{prefix}-{self.kind}", where, self.found, self.expected)


def _at(
    mark: _Mark | None, kind: Literal["syntax", "plain", "duplicate-key"], found: str, expected: str
) -> _Fault:
    if mark is None:
        return _Fault(kind, found, expected)
    return _Fault(kind, found, expected, mark.line + 1, mark.column + 1)


def load(path: Path, file: str, prefix: Prefix) -> tuple[bytes | None, list[Finding]]:
    """The bytes of a file. `file`: its name as messages show it."""
    try:
        return path.read_bytes(), []
    except OSError as error:
        reason = "a folder" if path.is_dir() else (error.strerror or "an error").lower()
        return None, [_Fault("unreadable", reason, "a file that can be read").finding(file, prefix)]


def parse(raw: bytes, file: str, prefix: Prefix) -> tuple[Document | None, list[Finding]]:
    """The document in these bytes, or everything that stands in its way."""
    root, faults = _root(raw)
    if root is None or faults:
        return None, [fault.finding(file, prefix) for fault in faults]
    return Document(file, _plain(root), root), []


def _root(raw: bytes) -> tuple[yaml.Node | None, list[_Fault]]:
    text, faults = _decoded(raw)
    if not faults:
        faults = _events(text)
    if faults:
        return None, faults
    try:
        root = yaml.compose(text, Loader=_FAST)
    except yaml.MarkedYAMLError as error:
        # an alias of nothing, an anchor twice, or a text that only one of the loaders takes
        return None, [_syntax(error, text)]
    if root is None or root.value == "":
        return None, [_Fault("empty", "an empty file", "keys and values")]
    if _size(root, {}) > LARGEST:
        return None, [_at(root.start_mark, "plain", "aliases within aliases", "values written out")]
    return root, _not_a_mapping(root) or sorted(_in_keys(root), key=lambda fault: (fault.line, fault.column))


def _decoded(raw: bytes) -> tuple[str, list[_Fault]]:
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        found = f"the byte {raw[error.start]:02X}"
        return "", [_Fault("encoding", found, "a file saved as UTF-8", *_end_of(before))]


def _end_of(text: str) -> tuple[int, int]:
    """The line and column just after a text."""
    return text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1


# ---------------------------------------------------------------- syntax, and what plain YAML does without


def _events(text: str) -> list[_Fault]:
    """Syntax errors, and what is more than plain YAML; after this the text can be composed safely."""
    try:
        return list(_all_beyond_plain(text, _FAST))
    except yaml.YAMLError:
        return _explained(text)


def _explained(text: str) -> list[_Fault]:
    """What is wrong with a text that is not YAML, in the words of the loader that explains itself."""
    faults: list[_Fault] = []
    try:
        for fault in _all_beyond_plain(text, yaml.BaseLoader):
            faults.append(fault)  # noqa: PERF402 - those found before the error count too
    except yaml.reader.ReaderError as error:
        faults.append(_unprintable(error, text))
    except yaml.MarkedYAMLError as error:
        faults.append(_syntax(error, text))
    return faults


def _all_beyond_plain(text: str, loader: type[yaml.BaseLoader]) -> Iterator[_Fault]:
    documents = depth = 0
    for event in yaml.parse(text, Loader=loader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        yield from _beyond_plain(event, documents, depth)
        if depth > DEEPEST:
            return


def _beyond_plain(event: yaml.Event, documents: int, depth: int) -> Iterator[_Fault]:
    fault = partial(_at, event.start_mark, "plain")
    if isinstance(event, yaml.DocumentStartEvent) and documents > 1:
        yield fault("`---`", "one document in a file")
    if tag := getattr(event, "tag", None):
        yield fault(quote(str(tag)), "no tag; how a value is read is known from its key")
    if depth > DEEPEST:
        yield fault("brackets or lists within each other", f"at most {DEEPEST} of them")


def _unprintable(error: yaml.reader.ReaderError, text: str) -> _Fault:
    line, column = _end_of(text[: error.position])
    found = f"the character U+{ord(text[error.position]):04X}"
    return _Fault("syntax", found, "characters that can be seen", line, column)


_SYNTAX: Final = (
    ("'\\t' that cannot start", "spaces to indent with, not a tab"),
    ("cannot start any token", "quotes around a text that begins with a special character"),
    (
        "mapping values are not allowed",
        "one `key: value` to a line, and quotes around a text that holds `: `",
    ),
    ("could not find expected ':'", "`key: value`, with a space after the colon"),
    ("expected <block end>", "the keys of one block below each other"),
    ("expected ',' or", "a comma, or the closing bracket"),
    ("unexpected end of stream", "the closing quote"),
    ("undefined alias", "quotes around a text that begins with `*`, or its anchor above it"),
    ("expected alphabetic or numeric", "quotes around a text that begins with `*` or `&`"),
    ("second occurrence", "a name of its own for each anchor"),
)
"""What PyYAML says, and what is meant."""


def _syntax(error: yaml.MarkedYAMLError, text: str) -> _Fault:
    problem = error.problem or ""
    expected = next((words for part, words in _SYNTAX if part in problem), "valid YAML")
    mark = error.problem_mark
    lines = text.splitlines()
    line = lines[mark.line].strip() if mark is not None and mark.line < len(lines) else ""
    return _at(mark, "syntax", quote(line) if line else "the end of the file", expected)


def _size(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values a node holds with its aliases written out; beyond LARGEST where it holds itself."""
    if id(node) not in known:
        known[id(node)] = LARGEST + 1
        parts = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else []
        parts = node.value if isinstance(node, yaml.SequenceNode) else parts
        known[id(node)] = 1 + sum(_size(part, known) for part in parts)
    return known[id(node)]


# ---------------------------------------------------------------- keys


def _not_a_mapping(root: yaml.Node) -> list[_Fault]:
    if isinstance(root, yaml.MappingNode):
        return []
    return [_at(root.start_mark, "syntax", described(_plain(root)), "keys and values: `key: value`")]


def _in_keys(node: yaml.Node) -> Iterator[_Fault]:
    """Everything that is wrong with the keys of a mapping and of those within it."""
    if isinstance(node, yaml.MappingNode):
        yield from _in_own_keys(node)
        for _, value in node.value:
            yield from _in_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _in_keys(item)


def _in_own_keys(node: yaml.MappingNode) -> Iterator[_Fault]:
    first: dict[str, _Mark] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            yield _at(key.start_mark, "syntax", described(_plain(key)), "a key that is a text")
        elif key.value == MERGE:
            yield _at(key.start_mark, "plain", "`<<`", "the keys themselves, written out")
        elif key.value in first:
            mark = first[key.value]
            expected = f"each key once; it is already on line {mark.line + 1}, column {mark.column + 1}"
            yield _at(key.start_mark, "duplicate-key", quote(key.value), expected)
        else:
            first[key.value] = key.start_mark


# ---------------------------------------------------------------- values


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401 - text, lists and mappings, however deep
    if isinstance(node, yaml.MappingNode):
        return {
            _plain(key) if isinstance(key, yaml.ScalarNode) else "…": _plain(value)
            for key, value in node.value
        }
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


_SHOWN: Final[dict[type, Callable[[Any], str]]] = {
    dict: lambda value: quote("{" + ", ".join(f"{key}: …" for key in value) + "}"),
    list: lambda value: quote("[" + ", ".join("…" if isinstance(i, dict | list) else i for i in value) + "]"),
}


def described(value: object) -> str:
    """A value as a message shows what was found: quoted, and a collection by its outline."""
    if value in ("", None):
        return "nothing"
    show = _SHOWN.get(type(value))
    return show(value) if show else quote(str(value))
