"""Disclosure control: which counts of a table are not shown, so that no small one can be worked out.

Counts that are small (and not zero) are suppressed, and of the others as few as are needed: a suppressed
count is safe where the sums that are shown allow it to be another. For that a way of changing suppressed
counts by one is looked for that leaves every sum as it is and none of them without a child; whoever sees
the table cannot tell the counts before the change from those after it.

Nothing is known here of children or measures: counts have names, and some are the sums of others.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Generic, NamedTuple, TypeVar

Name = TypeVar("Name", bound=Hashable)
Change = dict[Name, Fraction]
"""By how much each count is changed."""


class Sum(NamedTuple, Generic[Name]):
    """A count that is the sum of others."""

    whole: Name
    parts: Sequence[Name]


def suppressed(
    counts: Mapping[Name, int],
    sums: Iterable[Sum[Name]],
    least: int,
    unseen: Collection[Name] = (),
    spared: Collection[Name] = (),
) -> frozenset[Name]:
    """The counts that are not to be shown: those below `least` that are not zero, and what would tell them.

    `unseen`: counts that stand in no table, but in sums; they need no protection, and give none away.
    `spared`: those that are only suppressed for others where no others are left.
    """
    small = {name for name, count in counts.items() if 0 < count < least}
    hidden = small | {name for name in unseen if counts[name]}
    every = [_terms(each, counts) for each in sums]
    spared = frozenset(spared)
    while told := _told(hidden, every, counts) - set(unseen):
        more = _next_smallest([name for name in counts if name in told], hidden, every, counts, spared)
        if not more:
            break
        hidden |= more
    return frozenset(hidden - set(unseen))


def _terms(sum_: Sum[Name], counts: Mapping[Name, int]) -> Change[Name]:
    """A sum as what comes to nothing: its parts less the whole. A zero is shown, and plays no part."""
    terms = dict.fromkeys(sum_.parts, Fraction(1)) | {sum_.whole: Fraction(-1)}
    return {name: sign for name, sign in terms.items() if counts[name]}


def _told(hidden: set[Name], sums: Sequence[Change[Name]], counts: Mapping[Name, int]) -> set[Name]:
    """The hidden counts of which no change was found that could not be told."""
    safe: set[Name] = set()
    for change in _changes(hidden, sums, counts):
        if any(all(counts[name] + sign * by >= 1 for name, by in change.items()) for sign in (1, -1)):
            safe.update(change)
    return hidden - safe


def _changes(
    hidden: set[Name], sums: Sequence[Change[Name]], counts: Mapping[Name, int]
) -> Iterator[Change[Name]]:
    """Changes of the hidden counts that leave every sum as it is, and of which all others are made."""
    solved = _solved(hidden, sums, counts)
    free: dict[Name, Change[Name]] = {
        name: {name: Fraction(1)} for name in counts if name in hidden and name not in solved
    }
    for name, row in solved.items():
        for other, by in row.items():
            free[other][name] = -by
    for change in free.values():
        whole = lcm(*(by.denominator for by in change.values()))
        yield {name: by * whole for name, by in change.items()}


def _solved(
    hidden: set[Name], sums: Sequence[Change[Name]], counts: Mapping[Name, int]
) -> dict[Name, Change[Name]]:
    """The sums solved for one hidden count each, the largest of its sum, by those that are left.

    A count stands with what is added to it: `a: {b: 1}` is a + b = what is shown.
    """
    solved: dict[Name, Change[Name]] = {}
    for terms in sums:
        row = {name: by for name, by in terms.items() if name in hidden}
        for name in [name for name in row if name in solved]:
            _add(row, solved[name], -row.pop(name))
        if not row:
            continue
        pivot = max(row, key=lambda name: counts[name])
        by = row.pop(pivot)
        row = {name: own / by for name, own in row.items()}
        for other in solved.values():
            if pivot in other:
                _add(other, row, -other.pop(pivot))
        solved[pivot] = row
    return solved


def _add(row: Change[Name], other: Change[Name], times: Fraction) -> None:
    for name, by in other.items():
        row[name] = row.get(name, Fraction(0)) + times * by
        if not row[name]:
            del row[name]


def _next_smallest(
    told: Iterable[Name],
    hidden: set[Name],
    sums: Sequence[Change[Name]],
    counts: Mapping[Name, int],
    spared: frozenset[Name],
) -> set[Name]:
    """For counts that could be told the smallest that is still shown beside each, as far as there is one.

    One at a time in what hangs together: it may be enough for others too.
    """
    more: set[Name] = set()
    for name in told:
        near = _near(name, hidden, sums, spared)
        if not near & more and (shown := near - hidden):
            in_order = (other for other in counts if other in shown)
            more.add(min(in_order, key=lambda other: (other in spared, counts[other])))
    return more


def _near(name: Name, hidden: set[Name], sums: Sequence[Change[Name]], spared: frozenset[Name]) -> set[Name]:
    """What stands in sums with a hidden count; if all of it is hidden, also what stands with that."""
    near, before = {name}, set[Name]()
    while near != before and not near - hidden - spared:
        before = near
        near = near.union(*(terms for terms in sums if near & hidden & terms.keys()))
    return near
