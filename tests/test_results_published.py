"""Published results against an attacker who sets every table beside every other, and tries all there can be.

The tables are small: two groups with children of two phases, a measure of one phase, another of both, and a
payment. What ties them together is how many children a group has, which is the same in all.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wlz_calc.claim import Provenance
from wlz_calc.monitored import FUNNEL, MEASURED, SIZES, By, Cell, Results
from wlz_calc.ratecard.card import Card
from wlz_calc.rules.published import published

LEAST = 3
MOST = 3
"""Of a phase in a group."""
GROUPS = ("ark", "phoenix")
PHASES = ("primary", "secondary")
COUNTED = {
    "reading": (("primary",), ("open", "both_readings", "improved", "not_improved")),
    "english": (PHASES, ("open", "both_readings", "improved", "not_improved")),
    "sign_up": (PHASES, ("met",)),
}
"""By table its phases and the figures of a row beside the children."""
Counts = tuple[int, ...]
Sizes = tuple[Counts, ...]
"""By group, how many of each phase."""


@cache
def rows(table: str, children: int) -> list[Counts]:
    """Every row of a table with so many children; they come first."""
    if table == "sign_up":
        return [(children, met) for met in range(children + 1)]
    return [
        (children, children - both, both, improved, both - improved)
        for both in range(children + 1)
        for improved in range(both + 1)
    ]


def children(table: str, sizes: Sizes) -> list[int]:
    phases, _ = COUNTED[table]
    return [sum(own[PHASES.index(phase)] for phase in phases) for own in sizes]


def together(each: tuple[Counts, ...]) -> tuple[Counts, ...]:
    """The rows of the groups after that of all of them; of groups without children there is none."""
    whole = tuple(map(sum, zip(*each, strict=True)))
    return (whole, *each)


def results(sizes: Sizes, drawn: Mapping[str, tuple[Counts, ...]], by: By) -> Results:
    names = [None, *GROUPS] if by.adds_up else list(GROUPS)

    def frame(schema: pl.Schema, made: list[dict[str, Any]]) -> pl.DataFrame:
        base = dict.fromkeys(schema) | {"contract": "pilot", "card_version": 1}
        return pl.DataFrame([base | row for row in made], schema)

    def table(name: str) -> Iterator[dict[str, Any]]:
        every = together(drawn[name]) if by.adds_up else drawn[name]
        for group, counts in zip(names, every, strict=True):
            if counts[0]:
                yield {"group": group} | dict(zip(("children", *COUNTED[name][1]), counts, strict=True))

    nothing = dict.fromkeys(("no_window", "no_baseline", "no_endpoint", "other_scale", "no_expected"), 0)
    measures = [
        nothing | {"area": name, "measure": name, "phases": list(COUNTED[name][0])} | row
        for name in ("reading", "english")
        for row in table(name)
    ]
    funnel = [{"payment": "sign_up", "value": 0} | row for row in table("sign_up")]
    whole = together(sizes) if by.adds_up else sizes
    counted = [
        {"group": group, "phase": phase, "children": n}
        for group, own in zip(names, whole, strict=True)
        for phase, n in zip(PHASES, own, strict=True)
        if n
    ]
    return Results(
        provider="",
        as_of=date(2019, 1, 1),
        by=by,
        cards=(cast("Card", SimpleNamespace(contract="pilot", version=1)),),
        measures=frame(MEASURED, measures),
        funnel=frame(FUNNEL, funnel),
        sizes=frame(SIZES, counted),
        schools={},
        provenance=Provenance("", date(2019, 1, 1), ()),
    )


Shown = dict[tuple[str, str | None], dict[str, int | None]]
"""By table and group the figures, none where one is suppressed."""


def shown(results: Results) -> Shown:
    found: Shown = {}
    for name, key in (("measures", "measure"), ("funnel", "payment")):
        for n, row in enumerate(getattr(results, name).iter_rows(named=True)):
            figures = ("children", *COUNTED[row[key]][1])
            hidden: dict[str, Cell] = {figure: (name, n, figure) for figure in figures}
            found[row[key], row["group"]] = {
                figure: None if hidden[figure] in results.suppressed else row[figure] for figure in figures
            }
    return found


def fits(counts: Counts, seen: Mapping[str, int | None] | None) -> bool:
    """Whether a row can be what is shown; one that is not there is of nobody, what is hidden is no zero."""
    if seen is None:
        return counts[0] == 0
    return all(n == own if own is not None else n for n, own in zip(counts, seen.values(), strict=True))


def possible(seen: Shown, by: By) -> dict[tuple[str, str | None, str], set[int]]:
    """Every value that each figure can have."""
    found: dict[tuple[str, str | None, str], set[int]] = {}
    for flat in product(range(MOST + 3), repeat=len(GROUPS) * len(PHASES)):
        sizes = (flat[: len(PHASES)], flat[len(PHASES) :])
        here = [(name, list(_tables(name, sizes, seen, by))) for name in COUNTED]
        if all(tables for _, tables in here):
            for name, tables in here:
                _note(found, name, tables, by)
    return found


def _tables(name: str, sizes: Sizes, seen: Shown, by: By) -> Iterator[tuple[Counts, ...]]:
    own = [
        [row for row in rows(name, n) if fits(row, seen.get((name, group)))]
        for group, n in zip(GROUPS, children(name, sizes), strict=True)
    ]
    for each in product(*own):
        every = together(each)
        if not by.adds_up or fits(every[0], seen.get((name, None))):
            yield every if by.adds_up else each


def _note(
    found: dict[tuple[str, str | None, str], set[int]],
    name: str,
    tables: list[tuple[Counts, ...]],
    by: By,
) -> None:
    groups = [None, *GROUPS] if by.adds_up else list(GROUPS)
    for every in tables:
        for group, counts in zip(groups, every, strict=True):
            for figure, n in zip(("children", *COUNTED[name][1]), counts, strict=True):
                found.setdefault((name, group, figure), set()).add(n)


@pytest.mark.parametrize("by", [By.SCHOOL, By.PARTNER])
@settings(max_examples=15, deadline=None, derandomize=True)
@given(data=st.data())
def test_who_tries_all_that_there_can_be_is_certain_of_no_small_count(by: By, data: st.DataObject) -> None:
    one = st.tuples(*[st.integers(0, MOST)] * len(PHASES))
    sizes = data.draw(st.tuples(one, one))
    assume(all(map(sum, sizes)))
    drawn = {
        name: tuple(data.draw(st.sampled_from(rows(name, n))) for n in children(name, sizes))
        for name in COUNTED
    }
    made = published(results(sizes, drawn, by), LEAST)
    seen = shown(made)
    open_figures = [n for own in seen.values() for n in own.values() if n is not None]
    assert all(n == 0 or n >= LEAST for n in open_figures)
    values = possible(seen, by)
    hidden = [(*row, figure) for row, own in seen.items() for figure, n in own.items() if n is None]
    assert all(len(values[place]) > 1 for place in hidden), [p for p in hidden if len(values[p]) == 1]


def test_the_attacker_is_certain_where_only_small_counts_are_hidden() -> None:
    drawn = {
        "reading": ((3, 0, 3, 3, 0), (3, 0, 3, 3, 0)),
        "english": ((5, 1, 4, 4, 0), (6, 0, 6, 3, 3)),
        "sign_up": ((5, 5), (6, 6)),
    }
    made = results(((3, 2), (3, 3)), drawn, By.SCHOOL)
    alone = {
        ("measures", n, figure)
        for n, row in enumerate(made.measures.iter_rows(named=True))
        for figure in ("children", *COUNTED["english"][1])
        if 0 < row[figure] < LEAST
    }
    weak = possible(shown(made._replace(suppressed=frozenset(alone))), By.SCHOOL)
    strong = possible(shown(published(made, LEAST)), By.SCHOOL)
    assert weak["english", "ark", "open"] == {1}
    assert len(strong["english", "ark", "open"]) > 1


def test_every_card_is_protected_by_itself() -> None:
    drawn = {
        "reading": ((3, 0, 3, 3, 0), (3, 0, 3, 0, 3)),
        "english": ((6, 1, 5, 5, 0), (6, 0, 6, 3, 3)),
        "sign_up": ((6, 6), (6, 6)),
    }
    one = results(((3, 3), (3, 3)), drawn, By.SCHOOL)

    def twice(frame: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([frame, frame.with_columns(card_version=pl.lit(2, dtype=pl.Int32))])

    both = one._replace(
        cards=(*one.cards, cast("Card", SimpleNamespace(contract="pilot", version=2))),
        measures=twice(one.measures),
        funnel=twice(one.funnel),
        sizes=twice(one.sizes),
    )
    alone, together = (published(each, LEAST).suppressed for each in (one, both))
    height = {"measures": one.measures.height, "funnel": one.funnel.height}
    assert alone
    assert together == alone | {(name, n + height[name], figure) for name, n, figure in alone}
