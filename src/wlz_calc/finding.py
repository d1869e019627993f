"""Findings: what is wrong, where exactly, what was expected, and how to mend it.

A fallible step returns `(value, findings)`; an exception means a bug. The words of every code stand in
one table, `wlz_calc.catalogue`. Nothing personal is ever put in a finding.
"""

from collections.abc import Collection, Iterable, Iterator
from enum import IntEnum, StrEnum
from itertools import chain
from typing import NamedTuple

LONGEST_QUOTE = 60


class Severity(StrEnum):
    """An error stops a payment run; a warning travels with the money."""

    ERROR = "error"
    WARNING = "warning"


class Stage(IntEnum):
    """Where in the reading a finding is made; a stage runs only if those before found no error."""

    FOLDER = -1
    CARDS = 0
    FILES = 1
    HEADINGS = 2
    CELLS = 3
    ROWS = 4
    TABLES = 5
    SENSE = 6


class Meaning(NamedTuple):
    """What a code means to a reader: its title, why it matters, and how to mend it."""

    stage: Stage
    severity: Severity
    title: str
    why: str
    fix: str


class Where(NamedTuple):
    """A place in a file: the row as a spreadsheet numbers it, or the line and column of a YAML file."""

    file: str
    row: int | None = None
    column: str | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"{'line' if is_yaml(self.file) else 'row'} {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


def is_yaml(file: str) -> bool:
    """Whether places in this file are lines rather than spreadsheet rows."""
    return file.endswith((".yaml", ".yml"))


class Rows(NamedTuple):
    """The rows in which one thing was found: their numbers in the file, and the text of the cell in each.

    Without cells they are only counted.
    """

    numbers: Collection[int]
    cells: Collection[str]


class Finding(NamedTuple):
    """One thing found in one place. `found` quotes the input, cut to a readable length.

    `rows`: where it was found in very many, all of them; the finding itself then stands at the first.
    """

    code: str
    where: Where
    found: str
    expected: str
    rows: Rows | None = None

    @property
    def times(self) -> int:
        """In how many places it was found."""
        return 1 if self.rows is None else len(self.rows.numbers)

    @property
    def numbers(self) -> Iterable[int]:
        """The rows in which it was found, if it was in any."""
        if self.rows is not None:
            return self.rows.numbers
        return () if self.where.row is None else (self.where.row,)

    @property
    def quoted(self) -> Iterable[str]:
        """What was found in each of them, if there is something to quote."""
        if self.rows is not None:
            return map(quote, self.rows.cells)
        return (self.found,) if self.found else ()

    def each(self) -> Iterator["Finding"]:
        """One finding for each place."""
        if self.rows is None or len(self.rows.cells) == 0:
            yield self
            return
        for number, cell in zip(self.rows.numbers, self.rows.cells, strict=True):
            yield self._replace(where=self.where._replace(row=number), found=quote(cell), rows=None)

    @property
    def meaning(self) -> Meaning:
        """The code's entry in the catalogue."""
        from wlz_calc.catalogue import CODES  # noqa: PLC0415 - the table is needed only to show one

        return CODES[self.code]

    @property
    def is_error(self) -> bool:
        """Whether it stops a payment run."""
        return self.meaning.severity is Severity.ERROR


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop a payment run."""
    return [finding for finding in findings if finding.is_error]


def every(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each place in which something was found."""
    return chain.from_iterable(finding.each() for finding in findings)


def quote(text: str) -> str:
    """A piece of input as a message shows it: in quotes, on one line, and not too long."""
    line = " ".join(text.split())
    return f"`{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + '…'}`"


class Group(NamedTuple):
    """The findings of one cause: same code, file, column and expectation, in the order of their rows."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that speaks for the group."""
        return self.findings[0]

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the file in which it was found."""
        return tuple(chain.from_iterable(f.numbers for f in self.findings))

    @property
    def found(self) -> tuple[str, ...]:
        """What was found, each different thing once."""
        return tuple(dict.fromkeys(chain.from_iterable(f.quoted for f in self.findings)))


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Findings by cause, errors before warnings, in the order in which each cause was first met."""
    causes: dict[tuple[object, ...], list[Finding]] = {}
    for f in findings:
        key = (f.code, f.where.file, f.where.sheet, f.where.column, f.expected)
        causes.setdefault(key, []).append(f)
    groups = [Group(tuple(members)) for members in causes.values()]
    return sorted(groups, key=lambda group: not group.first.is_error)
