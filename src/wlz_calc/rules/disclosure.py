"""Disclosure control: which counts of a table are not shown, so that no small one can be worked out.

A table is a network. Each count is so many who go from one place to another, and as many come to a place as
leave it: that is all that its sums say. A count that is not shown can be another, by one, if there is a round
trip of such counts through it: all that lie on it change together, none of them comes to nothing, and
whoever sees the table cannot tell the counts before from those after.

Counts that are small (and not zero) are hidden, and so are those that would tell a small one by subtraction.
For each of them of which there is no round trip the cheapest one is hidden: that with the fewest children on
it. What none of them needs in the end is given back.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import Final, Generic, NamedTuple, TypeVar

Name = TypeVar("Name", bound=Hashable)
Place = Hashable
Jump = tuple[Place, Place]
"""From a place to another at no cost, over other tables."""


class Count(NamedTuple, Generic[Name]):
    """So many who go from `tail` to `head`.

    `unseen`: it stands in no table, and may be zero. `telling`: taken from a sum, it leaves a small count.
    """

    name: Name
    children: int
    tail: Place
    head: Place
    unseen: bool = False
    telling: bool = False

    @property
    def can_be_less(self) -> bool:
        """Whether it can be one less, and not be shown as a zero."""
        return self.children > 1 or (self.unseen and self.children > 0)


class Way(NamedTuple):
    """From a place to another: how many children that were shown lie on it, and over which counts it goes."""

    cost: int
    over: tuple[int, ...]


class _Step(NamedTuple):
    """To the next place: over a count by its number (one more of it, or one less), or by a JUMP."""

    to: Place
    over: int


_Steps = dict[Place, list[_Step]]
JUMP: Final = -1
"""The number of what is no count of this table."""


class Network(Generic[Name]):
    """The counts of a table, and which of them are hidden."""

    def __init__(self, counts: Iterable[Count[Name]], least: int) -> None:
        self._counts = tuple(counts)
        numbered = list(enumerate(self._counts))
        self._unseen = frozenset(n for n, each in numbered if each.unseen)
        self._small = frozenset(n for n, each in numbered if 0 < each.children < least or each.telling)
        self._hidden = set(self._small | self._unseen)
        self._certain: set[int] = set()
        self._steps = _steps({n: each for n, each in numbered if each.children or each.unseen})
        self._against = _against(self._steps)

    @property
    def hidden(self) -> Iterator[Name]:
        """The names of the counts that are not to be shown."""
        return (self._counts[n].name for n in self._hidden - self._unseen)

    def protect(self, jumps: Collection[Jump] = ()) -> list[Name]:
        """Hide a round trip for every small count that can be told; those that there is none for.

        `jumps`: a round trip may use one of them. A few at first, as what is hidden for them serves others.
        """
        lost, many = list[int](), 1
        while told := [n for n in self._told() if n not in lost]:
            part, covered = _parts(self._safe()), set[int]()
            for n in told[:many]:
                if n not in covered:
                    over = self._round_trip(n, part, jumps)
                    covered.update(over)
                    lost += [] if over else [n]
            many *= 2
        return [self._counts[n].name for n in lost]

    def way(self, start: Place, goal: Place) -> Way | None:
        """The cheapest way from a place to another, which need not be one that is hidden."""
        return self._way(self._steps, start, lambda place: place == goal)

    def _way(self, steps: _Steps, start: Place, there: Callable[[Place], bool], but: int = -1) -> Way | None:
        """The cheapest way from a place to one that will do, which does not go over one count."""
        waiting: list[tuple[int, int, Place, tuple[int, ...]]] = [(0, 0, start, ())]
        seen, turn = set[Place](), 0
        while waiting:
            cost, _, place, over = heappop(waiting)
            if there(place):
                return Way(cost, tuple(n for n in over if n != JUMP))
            if place not in seen:
                seen.add(place)
                for step in steps.get(place, ()):
                    if step.over != but and step.to not in seen:
                        turn -= 1
                        heappush(waiting, (cost + self._cost(step.over), turn, step.to, (*over, step.over)))
        return None

    def hide(self, over: Collection[int]) -> None:
        """Hide counts for good, as it is certain that they can be others."""
        self._hidden.update(over)
        self._certain.update(over)

    def give_back(self) -> None:
        """Show what no small count needs, the largest first."""
        spare = self._hidden - self._small - self._unseen - self._certain
        beside = self._beside()
        for n in sorted(spare, key=self._largest):
            if not self._needed(n, beside):
                self._hidden.remove(n)
                if self._told():
                    self._hidden.add(n)
                else:
                    beside = self._beside()

    def _beside(self) -> dict[Place, set[int]]:
        """The hidden counts at each place."""
        beside: dict[Place, set[int]] = defaultdict(set)
        for n in self._hidden:
            beside[self._counts[n].tail].add(n)
            beside[self._counts[n].head].add(n)
        return beside

    def _needed(self, n: int, beside: Mapping[Place, set[int]]) -> bool:
        """Whether it is seen at once: without it, and what is then alone at a place, a small count is alone.

        Most are, and to work out all that can be told for each would take too long.
        """
        gone, waiting = {n}, [self._counts[n].tail, self._counts[n].head]
        while waiting:
            left = beside[waiting.pop()] - gone
            if len(left) == 1:
                [alone] = left
                if alone in self._small and alone not in self._certain:
                    return True
                gone.add(alone)
                waiting += [self._counts[alone].tail, self._counts[alone].head]
        return False

    def _told(self) -> list[int]:
        """The small counts that no round trip is hidden of, the largest first."""
        return sorted(self._small - self._certain - self._safe().keys(), key=self._largest)

    def _safe(self) -> dict[int, Count[Name]]:
        """The hidden counts on a round trip of hidden counts."""
        return _on_round_trips({n: self._counts[n] for n in self._hidden})

    def _largest(self, n: int) -> tuple[int, int]:
        return -self._counts[n].children, n

    def _round_trip(self, n: int, part: Mapping[Place, Place], jumps: Collection[Jump]) -> tuple[int, ...]:
        """Hide the cheapest round trip over a count; nothing, where there is none.

        One with a jump is kept whole, as this table alone cannot tell that it is one.
        """
        if way := self._back(n, part):
            self._hidden.update(way.over)
            return (*way.over, n)
        ways = [found for jump in jumps if (found := self._back_by(n, jump))]
        if not ways:
            return ()
        over = (*min(ways).over, n)
        self.hide(over)
        return over

    def _back(self, n: int, part: Mapping[Place, Place]) -> Way | None:
        """From where a count goes to where it comes from, or the other way if it can be one less.

        `part`: which hang together by round trips already. It is looked for from the end with fewer steps.
        """
        ways = []
        for start, goal in self._ends(n):
            if len(self._steps[start]) <= len(self._against[goal]):
                ways.append(self._way(self._steps, start, _in_part(goal, part), n))
            else:
                ways.append(self._way(self._against, goal, _in_part(start, part), n))
        return min((way for way in ways if way), default=None)

    def _back_by(self, n: int, jump: Jump) -> Way | None:
        """The same with a jump."""
        first, then = jump
        steps = {**self._steps, first: [*self._steps[first], _Step(then, JUMP)]}
        ways = [self._way(steps, start, _in_part(goal, {}), n) for start, goal in self._ends(n)]
        return min((way for way in ways if way), default=None)

    def _ends(self, n: int) -> list[tuple[Place, Place]]:
        """What a way must join to be a round trip with a count: for one more of it, and for one less."""
        each = self._counts[n]
        more, less = (each.head, each.tail), (each.tail, each.head)
        return [more, less] if each.can_be_less else [more]

    def _cost(self, n: int) -> int:
        return 0 if n in self._hidden or n == JUMP else self._counts[n].children


def _in_part(goal: Place, part: Mapping[Place, Place]) -> Callable[[Place], bool]:
    """Whether a place is the goal, or hangs together with it."""
    own = part.get(goal)
    return lambda place: place == goal or (own is not None and part.get(place) == own)


def _steps(counts: Mapping[int, Count[Name]]) -> _Steps:
    """The steps from each place, over counts of which a zero is not shown."""
    steps: _Steps = defaultdict(list)
    for n, each in counts.items():
        steps[each.tail].append(_Step(each.head, n))
        if each.can_be_less:
            steps[each.head].append(_Step(each.tail, n))
    return steps


def _against(steps: _Steps) -> _Steps:
    """The same steps, each from its end to its beginning."""
    against: _Steps = defaultdict(list)
    for place, own in steps.items():
        for step in own:
            against[step.to].append(_Step(place, step.over))
    return against


# ---------------------------------------------------------------- round trips


def _on_round_trips(counts: Mapping[int, Count[Name]]) -> dict[int, Count[Name]]:
    """The counts on a round trip over these.

    Both its places are in one part in which each place can be reached from each. If it can be one less too,
    some other way must lead there and back: it is no bridge (Boesch and Tindell, 1980).
    """
    part = _parts(counts)
    inside = {n: each for n, each in counts.items() if part[each.tail] == part[each.head]}
    bridges = _bridges(inside)
    return {n: each for n, each in inside.items() if n not in bridges}


def _parts(counts: Mapping[int, Count[Name]]) -> dict[Place, Place]:
    """For each place one that stands for all places that lead to it and that it leads to."""
    steps = _steps(counts)
    against = _against(steps)
    part: dict[Place, Place] = {}
    for first in reversed(_in_order_of_leaving(steps)):
        waiting = [first]
        while waiting:
            place = waiting.pop()
            if place not in part:
                part[place] = first
                waiting += [step.to for step in against[place]]
    return part


def _in_order_of_leaving(steps: _Steps) -> list[Place]:
    """Every place, each after all that were first come to from it (Kosaraju)."""
    seen, left = set[Place](), list[Place]()
    for first in list(steps):
        trail = [(first, iter(steps[first]))] if first not in seen else []
        seen.add(first)
        while trail:
            _, ahead = trail[-1]
            step = next((step for step in ahead if step.to not in seen), None)
            if step is None:
                left.append(trail.pop()[0])
            else:
                seen.add(step.to)
                trail.append((step.to, iter(steps.get(step.to, ()))))
    return left


def _bridges(counts: Mapping[int, Count[Name]]) -> set[int]:
    """The counts without which two places would not hang together (Tarjan)."""
    beside: _Steps = defaultdict(list)
    for n, each in counts.items():
        beside[each.tail].append(_Step(each.head, n))
        beside[each.head].append(_Step(each.tail, n))
    number: dict[Place, int] = {}
    return {n for first in list(beside) if first not in number for n in _bridges_from(first, beside, number)}


def _bridges_from(first: Place, beside: _Steps, number: dict[Place, int]) -> Iterator[int]:
    """Those among all that hangs together with a place; `number`: places in the order they are come to.

    A count is a bridge if from beyond it nothing leads back to before it.
    """
    number[first] = len(number)
    low = {first: number[first]}
    trail = [(_Step(first, JUMP), iter(beside[first]))]
    while trail:
        (place, over), ahead = trail[-1]
        step = next(ahead, None)
        if step is None:
            trail.pop()
            if trail:
                before = trail[-1][0].to
                low[before] = min(low[before], low[place])
                if low[place] > number[before]:
                    yield over
        elif step.to not in number:
            number[step.to] = low[step.to] = len(number)
            trail.append((step, iter(beside[step.to])))
        elif step.over != over:
            low[place] = min(low[place], number[step.to])
