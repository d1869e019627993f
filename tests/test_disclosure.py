"""Disclosure control: nothing that is suppressed can be worked out from what is shown."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlz_calc.rules.disclosure import Sum, suppressed

LEAST = 5
LARGEST = 7
ROWS, COLUMNS = 2, 3


def of_three(*parts: int) -> tuple[dict[str, int], list[Sum[str]]]:
    """Parts a, b and c with their shown total."""
    names = "abc"[: len(parts)]
    return {**dict(zip(names, parts, strict=True)), "all": sum(parts)}, [Sum("all", list(names))]


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
    counts, sums = of_three(*parts)
    assert sorted(suppressed(counts, sums, LEAST)) == hidden.split()


def test_what_stands_in_no_table_hides_what_does() -> None:
    counts = {"a": 3, "b": 20, "unseen": 23}
    sums = [Sum("unseen", ["a", "b"])]
    assert suppressed(counts, sums, LEAST, ["unseen"]) == {"a"}
    assert suppressed(counts, sums, LEAST) == {"a", "b"}


def test_it_ends_where_nothing_is_left_to_suppress() -> None:
    counts = {"p": 1, "q": 1, "x": 1, "y": 1, "all": 2}
    assert suppressed(counts, [Sum("all", ["x", "y"]), Sum("all", ["p", "q"])], LEAST) == set(counts)


# ---------------------------------------------------------------- an attacker

Table = dict[tuple[int, int], int]
"""Counts by row and column; row or column -1 has the totals."""


def with_totals(cells: list[int]) -> tuple[Table, list[Sum[tuple[int, int]]]]:
    table = dict(zip(product(range(ROWS), range(COLUMNS)), cells, strict=True))
    rows = [Sum((r, -1), [(r, c) for c in range(COLUMNS)]) for r in range(ROWS)]
    columns = [Sum((-1, c), [(r, c) for r in range(ROWS)]) for c in range(COLUMNS)]
    sums = [*rows, *columns, Sum((-1, -1), [(r, -1) for r in range(ROWS)])]
    for each in sums:
        table[each.whole] = sum(table[part] for part in each.parts)
    return table, sums


def tables_like(shown: Mapping[tuple[int, int], int]) -> Iterator[Table]:
    """Every table that gives what is shown: what is not shown is no zero, and no more than can be."""
    rows = [list(rows_like(shown, r)) for r in range(ROWS)]
    for chosen in product(*rows):
        table, _ = with_totals([cell for row in chosen for cell in row])
        if all(table[place] == count for place, count in shown.items()):
            yield table


def rows_like(shown: Mapping[tuple[int, int], int], r: int) -> Iterator[tuple[int, ...]]:
    usual = range(1, LARGEST + 2)
    cells = [[shown[r, c]] if (r, c) in shown else usual for c in range(COLUMNS)]
    return (row for row in product(*cells) if shown.get((r, -1), sum(row)) == sum(row))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cells=st.lists(st.integers(0, LARGEST), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS))
def test_an_attacker_who_tries_every_table_recovers_nothing(cells: list[int]) -> None:
    table, sums = with_totals(cells)
    hidden = suppressed(table, sums, LEAST)
    shown = {place: count for place, count in table.items() if place not in hidden}
    assert all(count == 0 or count >= LEAST for count in shown.values())
    possible: dict[tuple[int, int], set[int]] = {place: set() for place in hidden}
    for like in tables_like(shown):
        for place in hidden:
            possible[place].add(like[place])
        if all(len(values) > 1 for values in possible.values()):
            break  # whatever else is possible, none of them is certain
    assert all(len(values) > 1 for values in possible.values()), (table, possible)


def test_the_attacker_recovers_what_is_suppressed_alone() -> None:
    table, _ = with_totals([3, 6, 7, 6, 7, 7])
    shown = {place: count for place, count in table.items() if place != (0, 0)}
    assert {like[0, 0] for like in tables_like(shown)} == {3}
