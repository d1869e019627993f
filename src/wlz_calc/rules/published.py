"""Results as they are published: which of their figures are sums of which, and so what is suppressed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from wlz_calc.monitored import AT_RISK, UNREAD, By, Cell, Results, State
from wlz_calc.rules.disclosure import Sum, suppressed

Row = Mapping[str, Any]
Rows = list[tuple[int, Row]]
"""Rows with their numbers."""
CARD: Final = ("contract", "card_version")
MEASURE: Final = (*CARD, "domain", "area", "measure", "phases")
COUNTS: Final = {
    "measures": ("children", "both_readings", "at_risk", *map(str, State)),
    "funnel": ("children", "met"),
    "sizes": ("children",),
}
WHOLES: Final = {"measures": MEASURE, "funnel": (*CARD, "payment"), "sizes": (*CARD, "phase")}
"""What the rows of groups that add up have in common."""


def published(results: Results, least: int) -> Results:
    """The same with the figures suppressed that would tell a count below `least`.

    Money is shown of all groups together only, as that of one would tell how many there are; how many rows a
    file has is not shown.
    """
    rows = {name: list(enumerate(getattr(results, name).iter_rows(named=True))) for name in COUNTS}
    counts = {
        (name, n, column): row[column]
        for name, columns in COUNTS.items()
        for n, row in rows[name]
        for column in columns
        if row[column] is not None
    }
    unseen = [cell for cell in counts if cell[0] == "sizes"]
    spared = [cell for cell in counts if cell[2] == "children"]  # they are the same in many rows
    hidden = suppressed(counts, _sums(results.by, rows, counts), least, unseen, spared)
    money = {
        ("funnel", n, "value")
        for n, row in rows["funnel"]
        if row["met"] and (row["group"] is not None or ("funnel", n, "met") in hidden)
    }
    files = tuple(file._replace(rows=None, after=0) for file in results.provenance.files)
    made = results.provenance._replace(files=files)
    return results._replace(least=least, suppressed=hidden | money, provenance=made)


def _sums(by: By, rows: Mapping[str, Rows], counts: Mapping[Cell, int]) -> Iterator[Sum[Cell]]:
    for n, row in rows["measures"]:
        yield from _across(n, row)
    yield from _of_phases(rows)
    if by.adds_up:
        yield from _down(rows, counts)


def _across(n: int, row: Row) -> Iterator[Sum[Cell]]:
    """The sums within a row of measures."""
    threshold = row["at_risk"] is not None
    ends = [state for state in AT_RISK if row[state] is not None]
    yield _sum(n, "children", [*UNREAD, "both_readings"])
    yield _sum(n, "both_readings", ["at_risk", State.NOT_AT_RISK] if threshold else ends)
    if threshold:
        yield _sum(n, "at_risk", ends)


def _sum(n: int, whole: str, parts: Iterable[str]) -> Sum[Cell]:
    return Sum(("measures", n, whole), [("measures", n, str(part)) for part in parts])


def _of_phases(rows: Mapping[str, Rows]) -> Iterator[Sum[Cell]]:
    """The children of every row are those of its phases, whatever is measured."""
    sizes: dict[tuple[object, ...], dict[str, Cell]] = defaultdict(dict)
    for n, row in rows["sizes"]:
        sizes[_key(row, (*CARD, "group"))][row["phase"]] = ("sizes", n, "children")
    for name in ("measures", "funnel"):
        for n, row in rows[name]:
            own = sizes[_key(row, (*CARD, "group"))]
            phases = row.get("phases", own)
            yield Sum((name, n, "children"), [own[phase] for phase in phases if phase in own])


def _down(rows: Mapping[str, Rows], counts: Mapping[Cell, int]) -> Iterator[Sum[Cell]]:
    """The sums of groups, where all of them together are shown."""
    for name, common in WHOLES.items():
        together: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for n, row in sorted(rows[name], key=lambda numbered: numbered[1]["group"] is not None):
            together[_key(row, common)].append(n)
        for whole, *parts in together.values():
            for column in COUNTS[name]:
                if parts and (name, whole, column) in counts:
                    yield Sum((name, whole, column), [(name, n, column) for n in parts])


def _key(row: Row, columns: Iterable[str]) -> tuple[object, ...]:
    return tuple(str(row[column]) for column in columns)
