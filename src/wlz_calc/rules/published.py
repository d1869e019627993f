"""Results as they are published: which of their figures are sums of which, and so what is suppressed.

Every measure and every payment is a table for itself (see `disclosure`): the children of a group go through
its sums to their states, and from there through those of all groups together to an end. What ties the tables
to each other is how many children a group has: that is the same in all of them, so it is taken to be known,
and where it is small, one child more in a group and one less in another must be possible in every table at
once.

What is left of one number of a row when another is taken from it is a count too: those for whom a payment is
not met, or who have no two readings. Where it is small, it is protected like one that is shown: that which
stands in no table as a count that nobody sees, and what is several figures together by hiding what would be
taken away.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final, NamedTuple

from wlz_calc.monitored import AT_RISK, UNREAD, Cell, Results, State
from wlz_calc.rules.disclosure import Count, Jump, Network, Place, Way

Row = Mapping[str, Any]
Group = str | None
"""A group, or all of them together."""
Sizes = Mapping[Group, Mapping[str, int]]
"""How many children a group has of each phase."""
Sums = Mapping[str, list[str]]
"""Figures of a row that are sums, and what each is made of."""
CARD: Final = ("contract", "card_version")
TABLES: Final = {"measures": (*CARD, "domain", "area", "measure", "phases"), "funnel": (*CARD, "payment")}
"""What the rows of one table have in common."""
CHILDREN: Final = "children"
UNMET: Final = "unmet"
END: Final = "end"
"""Where everybody goes in the end; no sum of these is shown."""
NEAR: Final = 5
"""So many of the smallest groups are tried as the other one of an exchange."""


def published(results: Results, least: int) -> Results:
    """The same with the figures suppressed that would tell a count below `least`.

    Money is shown of all groups together only, as that of one would tell how many there are; how many rows a
    file has is not shown.
    """
    hidden = set(chain.from_iterable(card.suppressed() for card in _cards(results, least)))
    money = {
        ("funnel", n, "value")
        for n, row in enumerate(results.funnel.iter_rows(named=True))
        if row["met"] and (row["group"] is not None or ("funnel", n, "met") in hidden)
    }
    files = tuple(file._replace(rows=None, after=0) for file in results.provenance.files)
    made = results.provenance._replace(files=files)
    return results._replace(least=least, suppressed=frozenset(hidden | money), provenance=made)


class _Table(NamedTuple):
    """A measure or a payment: its rows by their groups, the phases it is of, and what it hides.

    `jumps`: the exchanges of children between groups that are possible in all tables.
    """

    name: str
    phases: frozenset[str]
    rows: dict[Group, tuple[int, Row]]
    network: Network[Cell]
    jumps: list[Jump]


class _Exchange(NamedTuple):
    """One child of a phase more in a group, and one less in another, if there is one: the way in each table.

    Where the way goes to all groups together, they have one more too.
    """

    groups: frozenset[Group]
    phase: str
    start: Place
    goal: Place
    ways: list[tuple[_Table, Way]]


class _Card(NamedTuple):
    """The tables of a card, how many children its groups have, and which of these numbers are hidden."""

    tables: list[_Table]
    sizes: Sizes
    adds_up: bool
    least: int
    hidden: set[Cell]

    def suppressed(self) -> Iterator[Cell]:
        """The figures that are not to be shown."""
        self._hide_small_groups()
        while lost := [(each, cell) for each in self.tables for cell in each.network.protect(each.jumps)]:
            for table, cell in lost:
                self._hide(self._with_all(table, cell))
        for each in self.tables:
            each.network.give_back()
            yield from each.network.hidden
        yield from self.hidden

    def _hide_small_groups(self) -> None:
        """Hide an exchange for every number of children that is small, of all groups together the last."""
        done: set[tuple[Group, str]] = set()
        for group, phases in sorted(self._small_groups(), key=lambda each: each[0] is None):
            if not any((group, phase) in done for phase in phases):
                possible = [each for phase in phases for each in self._exchanges(group, phase)]
                best = min(possible, key=self._cost)
                self._hide(best)
                done.update((each, best.phase) for each in best.groups)

    def _small_groups(self) -> Iterator[tuple[Group, list[str]]]:
        for table in self.tables:
            for group, (_, row) in table.rows.items():
                if 0 < row[CHILDREN] < self.least:
                    yield group, self._phases(table, group)

    def _phases(self, table: _Table, group: Group) -> list[str]:
        return [phase for phase in self.sizes[group] if phase in table.phases]

    def _exchanges(self, group: Group, phase: str) -> Iterator[_Exchange]:
        """Those that are possible in every table; one more here and in all groups together always is."""
        for other in self._others(group, phase) if self.adds_up else [None]:
            groups = frozenset({group, other} if self.adds_up else {group})
            here, there = _root(group), _root(other) if self.adds_up else END
            for start, goal in ((here, there), (there, here)):
                ways = self._ways(phase, start, goal)
                if ways and self._can_lose(phase, start, goal):
                    yield _Exchange(groups, phase, start, goal, ways)

    def _others(self, group: Group, phase: str) -> list[Group]:
        """All groups together and the smallest others, with children of a phase."""
        there = [each for each, own in self.sizes.items() if phase in own and each not in {group, None}]
        near = sorted(there, key=lambda each: self.sizes[each][phase])[:NEAR]
        return [*near, *([] if group is None else [None])]

    def _can_lose(self, phase: str, start: Place, goal: Place) -> bool:
        """Whether whoever has a child less still has one: the goal, or all together if it starts there."""
        last = _root(None) if self.adds_up else END
        less = {start} & {last} | {goal} - {last}
        return all(self.sizes[group][phase] > 1 for group in self.sizes if _root(group) in less)

    def _ways(self, phase: str, start: Place, goal: Place) -> list[tuple[_Table, Way]]:
        """The way in every table of a phase; nothing, if there is none in one."""
        tables = [each for each in self.tables if phase in each.phases]
        ways = [(each, each.network.way(start, goal)) for each in tables]
        found = [(each, way) for each, way in ways if way]
        return found if len(found) == len(ways) else []

    def _cost(self, exchange: _Exchange) -> int:
        """How many children an exchange hides."""
        sizes = (
            int(table.rows[group][1][CHILDREN])
            for table, _ in exchange.ways
            for group in exchange.groups
            if _children(table, group) not in self.hidden
        )
        return sum(way.cost for _, way in exchange.ways) + sum(sizes)

    def _hide(self, exchange: _Exchange) -> None:
        for table, way in exchange.ways:
            table.network.hide(way.over)
            table.jumps.append((exchange.goal, exchange.start))
            self.hidden.update(_children(table, group) for group in exchange.groups)

    def _with_all(self, table: _Table, cell: Cell) -> _Exchange:
        """One with all groups together, or an end: after it a count that had no round trip has one."""
        _, number, column = cell
        group = next(
            group
            for group, (n, row) in table.rows.items()
            if (group is not None or not self.adds_up)
            and _number(row, column)
            and (n == number or table.rows.get(None, (None,))[0] == number)
        )
        phase = self._phases(table, group)[0]
        goal, groups = (_root(None), {group, None}) if self.adds_up else (END, {group})
        ways = self._ways(phase, _root(group), goal)
        return _Exchange(frozenset(groups), phase, _root(group), goal, ways)


def _root(group: Group) -> Place:
    """Where the children of a group come in."""
    return group, CHILDREN


def _children(table: _Table, group: Group) -> Cell:
    return table.name, table.rows[group][0], CHILDREN


# ---------------------------------------------------------------- the tables


def _cards(results: Results, least: int) -> Iterator[_Card]:
    for card in results.cards:
        key = (card.contract, card.version)
        sizes = _sizes(results, key)
        adds_up = results.by.adds_up and len(sizes) > 1
        tables = list(_tables(results, key, sizes, least, adds_up=adds_up))
        yield _Card(tables, sizes, adds_up, least, set())


def _sizes(results: Results, card: tuple[str, int]) -> Sizes:
    sizes: dict[Group, dict[str, int]] = defaultdict(dict)
    for _, row in _of(results, "sizes", card):
        sizes[row["group"]][row["phase"]] = row[CHILDREN]
    return dict(sizes)


def _of(results: Results, table: str, card: tuple[str, int]) -> Iterator[tuple[int, Row]]:
    for n, row in enumerate(getattr(results, table).iter_rows(named=True)):
        if (row["contract"], row["card_version"]) == card:
            yield n, row


def _tables(
    results: Results, card: tuple[str, int], sizes: Sizes, least: int, *, adds_up: bool
) -> Iterator[_Table]:
    whole = {phase for own in sizes.values() for phase in own}
    for name, common in TABLES.items():
        together: dict[tuple[str, ...], dict[Group, tuple[int, Row]]] = defaultdict(dict)
        for n, row in _of(results, name, card):
            together[tuple(str(row[column]) for column in common)][row["group"]] = (n, row)
        for rows in together.values():
            phases = next(iter(rows.values()))[1].get("phases", whole)
            counts = chain.from_iterable(
                _counts(name, each, least, all_of_them=adds_up and group is None, adds_up=adds_up)
                for group, each in rows.items()
            )
            yield _Table(name, frozenset(phases), rows, Network(counts, least), [])


def _counts(
    name: str, numbered: tuple[int, Row], least: int, *, all_of_them: bool, adds_up: bool
) -> Iterator[Count[Cell]]:
    """A row as counts that lead from place to place; in that of all groups together, they lead back."""
    n, row = numbered
    sums = _sums(row)
    telling = set(_telling(row, sums, least))
    for whole, parts in sums.items():
        for part in parts:
            out = part if adds_up else END
            ends = (row["group"], whole), (row["group"], part) if part in sums else out
            tail, head = reversed(ends) if all_of_them else ends
            yield Count((name, n, part), _number(row, part), tail, head, part == UNMET, part in telling)


def _telling(row: Row, sums: Sums, least: int) -> Iterator[str]:
    """The figures, not small themselves, that leave a small count of a sum of their row.

    Only where that is more than one figure: a single one is small, and protected itself.
    """
    for whole in sums:
        for part, beside in _below(whole, sums):
            left = [number for each in beside if (number := _number(row, each))]
            if len(left) > 1 and sum(left) < least <= _number(row, part):
                yield part


def _below(whole: str, sums: Sums) -> Iterator[tuple[str, list[str]]]:
    """The parts of a sum and their parts in turn, each with the figures that are the rest of the sum."""
    for part in sums.get(whole, ()):
        beside = [each for each in sums[whole] if each != part]
        yield part, beside
        yield from ((deeper, [*beside, *more]) for deeper, more in _below(part, sums))


def _number(row: Row, figure: str) -> int:
    """How many children a figure of a row is, also one that stands in no table."""
    return int(row[CHILDREN] - row["met"] if figure == UNMET else row[figure])


def _sums(row: Row) -> Sums:
    """The sums of a row: what each is made of."""
    if "payment" in row:
        return {CHILDREN: ["met", UNMET]}
    ends = [str(state) for state in AT_RISK if row[state] is not None]
    both = {"both_readings": ["at_risk", str(State.NOT_AT_RISK)], "at_risk": ends}
    read = both if row["at_risk"] is not None else {"both_readings": ends}
    return {CHILDREN: [*map(str, UNREAD), "both_readings"], **read}
