"""Ten quarters closed one after the other while everything changes: what is claimed is always what is due."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from tests.oracle import Result, calculate
from tests.oracle.claims import AwardKey, Sealed, key_of, line_order
from tests.oracle.dates import quarter_window
from tests.oracle.folder import Row, read_yaml
from tests.simulation import small
from tests.simulation.changing import CLOSED, Changing
from tests.simulation.promises import (
    Closed,
    charged_below_nought,
    claims_that_miss_what_is_due,
    displaced,
    undisturbed,
)
from tests.simulation.small import child, hold, session
from wlz_calc import sealing
from wlz_calc.finding import errors
from wlz_calc.period import Quarter

ALONE = range(30, 40)
"""The programmes whose claims the oracle seals by itself, in memory."""
TOGETHER = [4, 5, 9, 17, 23, 27, 28, 50]
"""Those that the product seals: together they come across everything."""
Closing = Callable[[Path, str, Result, bool], list[Row]]


def by_oracle(folder: Path, quarter: str, found: Result, from_start: bool) -> list[Row]:
    return found.sealed


def by_product(folder: Path, quarter: str, found: Result, from_start: bool) -> list[Row]:
    """Every contract by itself, its own returns agreed to: the rows of the sealed files, without reasons."""
    rows: list[Row] = []
    for contract in contracts_of(folder):
        sealed, problems = sealing.close(
            folder,
            Quarter.parse(quarter),
            by="A. Closer",
            on=quarter_window(quarter).last + dt.timedelta(days=20),
            contract=contract,
            from_start=from_start,
            accept_register_changes=True,
            accept_reversals=going_back(found.sealed, contract),
        )
        assert errors(problems) == []
        [claim] = sealed
        rows += rows_of(claim.folder / "lines.csv")
    return sorted(rows, key=line_order)


def contracts_of(folder: Path) -> list[str]:
    cards = [read_yaml(folder / path) for path in read_yaml(folder / "wlz.yaml")["rate_cards"]]
    return sorted({card["contract"] for card in cards})


def going_back(lines: list[Row], contract: str) -> Decimal:
    """What a claim gives back of its awards, in pounds, whoever gets it."""
    awards: dict[AwardKey, Decimal] = defaultdict(Decimal)
    for line in (line for line in lines if line["contract"] == contract):
        awards[key_of(line)[:4]] += Decimal(line["amount"])
    return sum((-amount for amount in awards.values() if amount < 0), Decimal(0))


def rows_of(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            {name: cell for name, cell in row.items() if name != "reason"} for row in csv.DictReader(lines)
        ]


def closed_quarters(seed: int, folder: Path, close: Closing) -> Iterator[Closed]:
    """The quarters of a changing programme, each as it is when it has just been closed."""
    programme, from_start = Changing(seed), seed % 3 == 0
    sealed: Sealed = ()
    for quarter in programme.quarters:
        if sealed:
            programme.change(quarter)
        programme.write(folder)
        found = calculate(folder, quarter, from_start=from_start, sealed=sealed)
        sealed = [*sealed, close(folder, quarter, found, from_start)]
        yield Closed(found, sealed)


def keeps_its_promises(quarters: list[Closed]) -> bool:
    """Whether all that must hold after every close does; what does not is shown."""
    for closed in quarters:
        assert claims_that_miss_what_is_due(closed) == {}
        assert charged_below_nought(closed) == []
    for before, now in pairwise(quarters):
        assert displaced(before, now) == []
    return len(quarters) == CLOSED


@pytest.mark.parametrize("seed", ALONE)
def test_all_claims_of_the_oracle_together_are_what_is_due(seed: int, tmp_path: Path) -> None:
    assert keeps_its_promises(list(closed_quarters(seed, tmp_path, by_oracle)))


@pytest.mark.parametrize("seed", TOGETHER)
def test_every_claim_that_is_sealed_is_the_oracles_and_all_together_are_what_is_due(
    seed: int, tmp_path: Path
) -> None:
    quarters: list[Closed] = []
    for closed in closed_quarters(seed, tmp_path, by_product):
        assert closed.sealed[-1] == closed.result.sealed
        quarters.append(closed)
    assert keeps_its_promises(quarters)


WHAT_HAPPENS = [
    *("opening", "new", "correction up", "correction down", "reversal", "held", "cut", "beyond_limit"),
    *("undisturbed", "undisturbed and cut"),
]


def test_the_programmes_that_the_product_seals_come_across_everything(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for seed in TOGETHER:
        quarters = list(closed_quarters(seed, tmp_path / str(seed), by_oracle))
        for before, now in pairwise(quarters):
            seen.update(what_happened(before, now))
        seen.update(line["kind"] for line in quarters[0].sealed[0])
    assert [what for what in WHAT_HAPPENS if seen[what] < 5] == []


def what_happened(before: Closed, now: Closed) -> Iterator[str]:
    """What there is to see in a quarter, in the words of WHAT_HAPPENS."""
    for line in now.sealed[-1]:
        way = " down" if line["amount"].startswith("-") else " up"
        yield line["kind"] + (way if line["kind"] == "correction" else "")
    for decision in now.result.decisions:
        yield decision["status"]
        if decision["cut"] not in ("", "0.00"):
            yield "cut"
    for contract in undisturbed(before, now):
        yield "undisturbed"
        own = [d for d in now.result.decisions if d["contract"] == contract]
        if any(d["cut"] not in ("", "0.00") for d in own):
            yield "undisturbed and cut"


# ---------------------------------------------------------------- a limit that bites

Close = Callable[..., list[tuple[str, ...]]]


@pytest.fixture(params=[by_oracle, by_product])
def close(request: pytest.FixtureRequest, tmp_path: Path) -> Close:
    """Closes one quarter after the other of a small programme, each with what is known by then."""
    sealed: list[list[Row]] = []

    def closed(quarter: str, *known: Row, price: str = "100.00") -> list[tuple[str, ...]]:
        folder = small.write(tmp_path, *known, price=price)
        lines = request.param(folder, quarter, calculate(folder, quarter, sealed=sealed), False)
        sealed.append(lines)
        return [tuple(line[name] for name in ("child_id", "school", "kind", "amount")) for line in lines]

    return closed


def test_what_was_claimed_is_not_displaced_when_another_child_is_found_to_be_due_earlier(
    close: Close, tmp_path: Path
) -> None:
    first = child("first", "2018-11-05")
    assert close("2018-Q4", first, child("second")) == [("first", "S1", "new", "100.00")]

    second = child("second", "2018-10-01")
    unclaimed = calculate(small.write(tmp_path, first, second), "2019-Q1").due
    assert sorted(unclaimed.values()) == [50_00, 100_00]
    assert unclaimed["alpha", "second", "sign_up", 1, "school:S1"] == 100_00
    assert close("2019-Q1", first, second) == [("second", "S1", "new", "50.00")]
    assert close("2019-Q2", first, second) == []


def test_what_was_claimed_is_not_displaced_by_a_date_that_is_corrected_within_its_claim(close: Close) -> None:
    first, second = child("first", "2018-10-05"), child("second", "2018-11-05")
    assert close("2018-Q4", first, second) == [
        ("first", "S1", "new", "100.00"),
        ("second", "S1", "new", "50.00"),
    ]
    assert close("2019-Q1", first, child("second", "2018-10-01")) == []


def test_what_is_held_takes_the_room_of_what_was_claimed(close: Close) -> None:
    first, on_hold = child("first", "2018-10-05"), hold("first", "2019-01-01", "2019-03-31")
    assert close("2018-Q4", first) == [("first", "S1", "new", "100.00")]
    second, third = child("second", "2019-01-05"), child("third", "2019-01-06")
    assert close("2019-Q1", first, second, third, on_hold, price="40.00") == [
        ("second", "S1", "new", "40.00"),
        ("third", "S1", "new", "10.00"),
    ]
    assert close("2019-Q2", first, second, third, price="40.00") == [
        ("first", "S1", "correction", "-60.00"),
        ("third", "S1", "correction", "30.00"),
    ]


def test_a_child_who_changes_school_keeps_its_place_before_what_was_claimed_later(close: Close) -> None:
    first, second = child("first", "2018-11-05"), child("second", "2019-01-10")
    assert close("2018-Q4", first) == [("first", "S1", "new", "100.00")]
    assert close("2019-Q1", first, second) == [("second", "S1", "new", "50.00")]

    moved = child("first", "2018-11-05", school="S2")
    assert close("2019-Q2", moved, second) == [
        ("first", "S1", "correction", "-100.00"),
        ("first", "S2", "new", "100.00"),
    ]
    assert close("2019-Q3", moved, second) == []


# ---------------------------------------------------------------- kinds of line, numbers and holds


def test_what_went_back_is_claimed_anew_when_it_is_due_again(close: Close) -> None:
    consented, not_so = child("first", "2018-11-05"), child("first")
    assert close("2018-Q4", consented) == [("first", "S1", "new", "100.00")]
    assert close("2019-Q1", not_so) == [("first", "S1", "reversal", "-100.00")]
    assert close("2019-Q2", consented) == [("first", "S1", "new", "100.00")]


def test_a_claimed_outcome_keeps_its_number_from_one_that_was_met_earlier(close: Close) -> None:
    first, late = child("first"), session("first", "2018-10-01", "link_worker")
    claimed = session("first", "2018-11-05", "partner")
    assert close("2018-Q4", first, claimed) == [("first", "S1", "new", "40.00")]
    assert close("2019-Q1", first, claimed, late) == []


def test_an_outcome_that_takes_over_a_claimed_number_at_the_same_price_makes_no_line(close: Close) -> None:
    first = child("first")
    assert len(close("2018-Q4", first, session("first", "2018-11-05", "partner"))) == 1
    assert close("2019-Q1", first, session("first", "2018-10-01", "link_worker")) == []


def test_a_hold_keeps_what_was_claimed_and_adds_nothing_until_it_ends(close: Close) -> None:
    first, supported = child("first", "2018-11-05"), session("first", "2019-01-10", "partner")
    on_hold = hold("first", "2019-01-01", "2019-04-30")
    assert close("2018-Q4", first) == [("first", "S1", "new", "100.00")]
    assert close("2019-Q1", first, supported, on_hold) == []
    assert close("2019-Q2", first, supported, on_hold) == [("first", "S1", "new", "40.00")]


def test_what_is_no_award_any_more_goes_back_whatever_is_on_hold(close: Close) -> None:
    on_hold = hold("first", "2019-01-01", "")
    assert len(close("2018-Q4", child("first", "2018-11-05"))) == 1
    assert close("2019-Q1", child("first"), on_hold) == [("first", "S1", "reversal", "-100.00")]
