"""Disclosure control: nothing that is suppressed can be worked out from what is shown."""

from collections.abc import Hashable, Iterator, Mapping
from itertools import product
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlz_calc.rules.disclosure import Count, Network

LEAST = 5
LARGEST = 7
ROWS, COLUMNS = 2, 3


Name = TypeVar("Name", bound=Hashable)


def suppressed(counts: list[Count[Name]], least: int = LEAST) -> set[Name]:
    network = Network(counts, least)
    assert not network.protect()
    network.give_back()
    return set(network.hidden)


def of_three(*parts: int) -> list[Count[str]]:
    """Parts a, b and c with their shown total."""
    own = [Count(name, count, "sum", "end") for name, count in zip("abc", parts, strict=True)]
    return [*own, Count("all", sum(parts), "end", "sum")]


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        pytest.param((5, 6, 7), "", id="at the threshold nothing is small"),
        pytest.param((4, 6, 7), "a b", id="below it the next smallest goes too"),
        pytest.param((0, 6, 7), "", id="a zero is shown"),
        pytest.param((0, 4, 7), "b c", id="and hides nothing"),
        pytest.param((2, 3, 7), "a b", id="two that are small hide each other"),
        pytest.param((1, 1, 7), "a b c", id="unless nobody can be missing from either"),
        pytest.param((2, 1, 0), "a all b", id="a small total is suppressed too"),
        pytest.param((0, 0, 3), "all c", id="and is as good as the only part of it"),
    ],
)
def test_what_is_suppressed_of_three_parts_and_their_total(parts: tuple[int, ...], hidden: str) -> None:
    assert sorted(suppressed(of_three(*parts))) == hidden.split()


def test_what_stands_in_no_table_hides_what_does() -> None:
    seen = [Count("a", 3, "sum", "end"), Count("b", 20, "sum", "end")]
    assert suppressed([*seen, Count("all", 23, "end", "sum", unseen=True)]) == {"a"}
    assert suppressed([*seen, Count("all", 23, "end", "sum")]) == {"a", "b"}


def test_what_is_unseen_may_be_nothing_but_not_less() -> None:
    counts = [Count("met", 3, "group", "met"), Count("unmet", 0, "group", "unmet", unseen=True)]
    other = [Count("of all", 3, "met", "group"), Count("of all unmet", 0, "unmet", "group", unseen=True)]
    assert suppressed([*counts, *other]) == {"met", "of all"}


def test_what_is_unseen_and_small_is_hidden_by_what_is_seen() -> None:
    counts = [Count("met", 41, "group", "met"), Count("unmet", 1, "group", "unmet", unseen=True)]
    rest = [Count("of all", 80, "met", "all"), Count("of all unmet", 9, "unmet", "all", unseen=True)]
    assert suppressed([*counts, *rest]) == {"met", "of all"}


def test_what_would_tell_a_small_count_is_hidden_as_if_it_were_one() -> None:
    parts = [
        Count(name, count, "sum", "end", telling=count == 9)
        for name, count in zip("abc", (9, 6, 7), strict=True)
    ]
    assert suppressed([*parts, Count("all", 22, "end", "sum")]) == {"a", "b"}


def test_of_what_has_no_round_trip_it_is_said() -> None:
    network = Network([Count(name, 1, "sum", "end") for name in "ab"], LEAST)
    assert sorted(network.protect()) == ["a", "b"]
    assert network.protect([("end", "sum")]) == []
    assert set(network.hidden) == {"a", "b"}


def test_what_turns_out_not_to_be_needed_is_given_back() -> None:
    counts = [
        Count("small", 4, "a", "b"),
        Count("first", 5, "a", "b"),
        Count("second", 4, "b", "c"),
        Count("third", 6, "a", "c"),
    ]
    network = Network(counts, LEAST)
    network.protect()
    before = set(network.hidden)
    network.give_back()
    assert before == set(network.hidden) | {"first"}
    assert set(network.hidden) == {"small", "second", "third"}


# ---------------------------------------------------------------- an attacker

Table = dict[tuple[int, int], int]
"""Counts by row and column; row or column -1 has the totals."""


def with_totals(cells: list[int]) -> Table:
    table = dict(zip(product(range(ROWS), range(COLUMNS)), cells, strict=True))
    table |= {(r, -1): sum(table[r, c] for c in range(COLUMNS)) for r in range(ROWS)}
    return table | {(-1, c): sum(table[r, c] for r in range(ROWS)) for c in range(-1, COLUMNS)}


def as_network(table: Table) -> list[Count[tuple[int, int]]]:
    """From the start by rows and columns to the end, and back from there all together."""
    places = {
        (r, c): (("row", r) if r >= 0 else ("column", c), ("column", c) if r >= 0 else ("end", 0))
        for r, c in table
    }
    places |= {(r, -1): (("start", 0), ("row", r)) for r in range(ROWS)} | {
        (-1, -1): (("end", 0), ("start", 0))
    }
    return [Count(place, count, *places[place]) for place, count in table.items()]


def tables_like(shown: Mapping[tuple[int, int], int]) -> Iterator[Table]:
    """Every table that gives what is shown: what is not shown is no zero, and no more than can be."""
    rows = [list(rows_like(shown, r)) for r in range(ROWS)]
    for chosen in product(*rows):
        table = with_totals([cell for row in chosen for cell in row])
        if all(table[place] == count for place, count in shown.items()):
            yield table


def rows_like(shown: Mapping[tuple[int, int], int], r: int) -> Iterator[tuple[int, ...]]:
    usual = range(1, LARGEST + 2)
    cells = [[shown[r, c]] if (r, c) in shown else usual for c in range(COLUMNS)]
    return (row for row in product(*cells) if shown.get((r, -1), sum(row)) == sum(row))


def possible(
    shown: Mapping[tuple[int, int], int], hidden: set[tuple[int, int]]
) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = {place: set() for place in hidden}
    for like in tables_like(shown):
        for place in hidden:
            found[place].add(like[place])
        if all(len(values) > 1 for values in found.values()):
            break  # whatever else is possible, none of them is certain
    return found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cells=st.lists(st.integers(0, LARGEST), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS))
def test_an_attacker_who_tries_every_table_recovers_nothing(cells: list[int]) -> None:
    table = with_totals(cells)
    hidden = suppressed(as_network(table))
    shown = {place: count for place, count in table.items() if place not in hidden}
    assert all(count == 0 or count >= LEAST for count in shown.values())
    assert all(len(values) > 1 for values in possible(shown, hidden).values())


@settings(max_examples=30, deadline=None, derandomize=True)
@given(cells=st.lists(st.integers(0, LARGEST), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS))
def test_any_more_that_were_shown_would_tell_a_small_count(cells: list[int]) -> None:
    table = with_totals(cells)
    hidden = suppressed(as_network(table))
    for spare in [place for place in hidden if table[place] >= LEAST]:
        fewer = hidden - {spare}
        shown = {place: count for place, count in table.items() if place not in fewer}
        told = {place for place, values in possible(shown, fewer).items() if len(values) == 1}
        assert any(table[place] < LEAST for place in told)


def test_the_attacker_recovers_what_is_suppressed_alone() -> None:
    table = with_totals([3, 6, 7, 6, 7, 7])
    shown = {place: count for place, count in table.items() if place != (0, 0)}
    assert {like[0, 0] for like in tables_like(shown)} == {3}
