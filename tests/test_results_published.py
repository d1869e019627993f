"""Published results against an attacker who sets every table beside every other, and tries all there can be.

The tables are small: two groups with children of two phases, a measure of one phase, another of both, and a
payment. What ties them together is how many children a group has, which is the same in all. Another measure
has a threshold, and stands alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from wlz_calc.claim import Provenance
from wlz_calc.monitored import AT_RISK, FUNNEL, MEASURED, SIZES, By, Cell, Results
from wlz_calc.ratecard.card import Card
from wlz_calc.rules.published import published

LEAST = 3
MOST = 3
"""Of a phase in a group."""
DEEP, DEEP_LEAST = 7, 4
"""Of a group where the sums have sums in them; there what is left of one may be two that differ."""
GROUPS = ("ark", "phoenix")
PHASES = ("primary", "secondary")
COUNTED = {
    "reading": (("primary",), ("open", "both_readings", "improved", "not_improved")),
    "english": (PHASES, ("open", "both_readings", "improved", "not_improved")),
    "sign_up": (PHASES, ("met",)),
    "conduct": (("primary",), ("open", "both_readings", "not_at_risk", "at_risk", *AT_RISK)),
}
"""By table its phases and the figures of a row beside the children."""
TIED = ("reading", "english", "sign_up")
"""The tables that are set beside each other."""
INSIDE = {
    "children": ("open", "both_readings", "not_at_risk", "at_risk", *AT_RISK, "met"),
    "both_readings": ("not_at_risk", "at_risk", *AT_RISK),
    "at_risk": AT_RISK,
}
"""By sum the figures that are in it."""
Place = tuple[str, str | None, str]
"""A figure, or what is left of one, by its table and group."""
Counts = tuple[int, ...]
Sizes = tuple[Counts, ...]
"""By group, how many of each phase."""


@cache
def rows(table: str, children: int) -> list[Counts]:
    """Every row of a table with so many children; they come first."""
    if table == "sign_up":
        return [(children, met) for met in range(children + 1)]
    if table == "conduct":
        states = (each for each in product(range(children + 1), repeat=5) if sum(each) == children)
        return [
            (children, still, children - still, safe, sum(at_risk), *at_risk)
            for still, safe, *at_risk in states
        ]
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
        for name in drawn
        if name != "sign_up"
        for row in table(name)
    ]
    paid = table("sign_up") if "sign_up" in drawn else ()
    funnel = [{"payment": "sign_up", "value": 0} | row for row in paid]
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


def any_sizes() -> Iterator[Sizes]:
    """Of groups with both phases."""
    for flat in product(range(MOST + 3), repeat=len(GROUPS) * len(PHASES)):
        yield flat[: len(PHASES)], flat[len(PHASES) :]


def deep_sizes(seen: Shown) -> Iterator[Sizes]:
    """Of groups with one phase alone: as many as are shown, or about so many."""
    shown = [seen["conduct", group]["children"] for group in GROUPS]
    for own in product(*(range(DEEP - 1, DEEP + 2) if n is None else [n] for n in shown)):
        yield tuple((n, 0) for n in own)


def possible(seen: Shown, by: By, every: Iterable[Sizes]) -> dict[Place, set[int]]:
    """Every value that each figure can have, and what is left of each sum without each."""
    found: dict[Place, set[int]] = {}
    names = dict.fromkeys(name for name, _ in seen)
    for sizes in every:
        here = [(name, list(_tables(name, sizes, seen, by))) for name in names]
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
    found: dict[Place, set[int]],
    name: str,
    tables: list[tuple[Counts, ...]],
    by: By,
) -> None:
    groups = [None, *GROUPS] if by.adds_up else list(GROUPS)
    for every in tables:
        for group, counts in zip(groups, every, strict=True):
            row = dict(zip(("children", *COUNTED[name][1]), counts, strict=True))
            for figure, n in (*row.items(), *left(row).items()):
                found.setdefault((name, group, figure), set()).add(n)


def left(row: Mapping[str, int]) -> dict[str, int]:
    """What is left of each sum of a row without each figure that is in it."""
    return {
        f"{whole} less {part}": row[whole] - row[part]
        for whole, parts in INSIDE.items()
        for part in parts
        if {whole, part} <= row.keys()
    }


@pytest.mark.parametrize("by", [By.SCHOOL, By.PARTNER])
@settings(max_examples=15, deadline=None, derandomize=True)
@given(data=st.data())
def test_who_tries_all_that_there_can_be_is_certain_of_no_small_count(by: By, data: st.DataObject) -> None:
    one = st.tuples(*[st.integers(0, MOST)] * len(PHASES))
    sizes = data.draw(st.tuples(one, one))
    assume(all(map(sum, sizes)))
    drawn = {
        name: tuple(data.draw(st.sampled_from(rows(name, n))) for n in children(name, sizes)) for name in TIED
    }
    whole = results(sizes, drawn, by)
    seen = shown(published(whole, LEAST))
    open_figures = [n for own in seen.values() for n in own.values() if n is not None]
    assert all(n == 0 or n >= LEAST for n in open_figures)
    values = possible(seen, by, any_sizes())
    hidden = [(*row, figure) for row, own in seen.items() for figure, n in own.items() if n is None]
    assert certain([*hidden, *few_left(whole, LEAST)], values) == []


def certain(places: Iterable[Place], values: Mapping[Place, set[int]]) -> list[Place]:
    return [place for place in places if len(values[place]) == 1]


def few_left(results: Results, least: int) -> list[Place]:
    """What is small of what two figures leave that are not, before anything is suppressed."""
    full = shown(results._replace(suppressed=frozenset()))
    return [
        (*row, rest)
        for row, own in full.items()
        for rest, n in left({figure: int(n or 0) for figure, n in own.items()}).items()
        if 0 < n < least <= (own[rest.split(" less ")[1]] or 0)
    ]


@pytest.mark.parametrize("by", [By.SCHOOL, By.PARTNER])
@settings(max_examples=30, deadline=None, derandomize=True)
@given(ark=st.sampled_from(rows("conduct", DEEP)), phoenix=st.sampled_from(rows("conduct", DEEP)))
@example(ark=(7, 2, 5, 1, 4, 4, 0, 0), phoenix=(7, 1, 6, 2, 4, 4, 0, 0))
@example(ark=(7, 0, 7, 0, 7, 4, 2, 1), phoenix=(7, 0, 7, 0, 7, 4, 1, 2))
def test_who_subtracts_at_any_depth_is_certain_of_no_small_count(
    by: By, ark: Counts, phoenix: Counts
) -> None:
    whole = results(((DEEP, 0), (DEEP, 0)), {"conduct": (ark, phoenix)}, by)
    seen = shown(published(whole, DEEP_LEAST))
    values = possible(seen, by, deep_sizes(seen))
    assert certain(few_left(whole, DEEP_LEAST), values) == []


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
    weak = possible(shown(made._replace(suppressed=frozenset(alone))), By.SCHOOL, any_sizes())
    strong = possible(shown(published(made, LEAST)), By.SCHOOL, any_sizes())
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


def test_those_for_whom_a_payment_is_not_met_are_a_count_too() -> None:
    made = results(((3, 3), (3, 3)), {"sign_up": ((6, 5), (6, 3))}, By.SCHOOL)
    told = possible(shown(made), By.SCHOOL, any_sizes())
    seen = shown(published(made, LEAST))
    untold = possible(seen, By.SCHOOL, any_sizes())
    assert told["sign_up", "ark", "children less met"] == {1}
    assert len(untold["sign_up", "ark", "children less met"]) > 1
    assert seen["sign_up", "ark"] == {"children": 6, "met": None}


def test_of_whom_none_are_not_met_all_may_be_shown() -> None:
    made = results(((3, 3), (3, 3)), {"sign_up": ((6, 6), (6, 3))}, By.SCHOOL)
    assert shown(published(made, LEAST)) == shown(made)


def test_what_is_left_of_two_small_groups_together_is_small_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "GROUPS", ("ark", "phoenix", "robin"))
    made = results(((1, 0), (9, 9), (1, 0)), {"sign_up": ((1, 0), (18, 18), (1, 0))}, By.SCHOOL)
    seen = shown(published(made, LEAST))
    assert shown(made)["sign_up", None] == {"children": 20, "met": 18}
    assert None in seen["sign_up", None].values()
