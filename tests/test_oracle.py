"""The oracle agrees with the worked programme, and random programmes give it enough to do."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracle import calculate
from tests.oracle.dates import quarter_window
from tests.oracle.money import split
from tests.programmes import (
    Programme,
    leaves,
    programmes,
    quarters,
    quarters_of_interest,
    seeded_programme,
)

WORKED = Path(__file__).parents[2] / "shared" / "data" / "worked_programme"
QUARTERS = ["2017-Q3", "2018-Q3", "2018-Q4", "2019-Q1"]


def expected(quarter: str, kind: str) -> list[dict[str, str]]:
    path = WORKED / "expected" / f"{quarter}.{kind}.csv"
    if not path.exists():
        pytest.skip("the worked programme is not beside this repository")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_decisions_of_the_worked_programme_are_reproduced(quarter: str) -> None:
    rows = expected(quarter, "decisions")
    columns = list(rows[0])
    found = [{column: row[column] for column in columns} for row in calculate(WORKED, quarter).decisions]
    assert sorted(found, key=lambda row: (row["child_id"], row["payment"], row["outcome"])) == rows


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_lines_of_the_worked_programme_are_reproduced_in_order(quarter: str) -> None:
    assert calculate(WORKED, quarter).lines == expected(quarter, "lines")


def test_a_quarter_typed_by_financial_year_is_the_same_quarter() -> None:
    assert quarter_window("2018/19-Q3") == quarter_window("2018-Q4")
    assert quarter_window("2018/19-Q4") == quarter_window("2019-Q1")


def test_largest_remainder_gives_ties_to_the_first_on_the_card() -> None:
    thirds = [(name, Fraction(1, 3)) for name in "abc"]
    assert split(200, thirds) == [("a", 67), ("b", 67), ("c", 66)]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), programme=programmes())
def test_any_random_programme_can_be_calculated_and_no_line_is_lost_from_start(
    data: st.DataObject, programme: Programme, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = programme.write(tmp_path_factory.mktemp("programme"))
    quarter = data.draw(quarters(programme))
    result = calculate(folder, quarter)
    from_start = calculate(folder, quarter, from_start=True)
    assert from_start.opening == []
    assert len(from_start.lines) == len(result.lines) + len(result.opening)
    assert from_start.decisions == result.decisions


SEEDS = range(60)
STATUSES = [
    *("met", "not_met", "not_yet", "not_assessable", "not_eligible"),
    *("gated", "beyond_limit", "held"),
]
TESTS = ["happened", "reaches", "improves", "progresses", "crosses", "all", "any", "nested"]
EDGES = ["below", "at_most", "above", "at_least", "band", "strictly", "no_window", "window"]


def test_random_programmes_reach_every_status_and_every_kind_of_test(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        programme = seeded_programme(seed)
        folder = programme.write(tmp_path / str(seed))
        interesting = quarters_of_interest(programme)
        for quarter in interesting[len(interesting) // 3 :: 4]:
            result = calculate(folder, quarter)
            seen.update(row["status"] for row in result.decisions)
            seen["cut"] += sum(row["cut"] not in ("", "0.00") for row in result.decisions)
            seen["lines"] += len(result.lines)
        seen.update(kinds_of_test(programme))
    assert [name for name in [*STATUSES, *TESTS, *EDGES, "cut", "lines"] if seen[name] < 5] == []


def kinds_of_test(programme: Programme) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for card in programme.cards.values():
        for payment in card["payments"].values():
            for terms in payment.get("outcomes", {"": payment}).values():
                test = terms["when"]
                kinds.update(how for how in ("all", "any") if how in test)
                kinds["nested"] += sum("test" not in p for h in ("all", "any") for p in test.get(h, []))
                for leaf in leaves(test):
                    kinds[leaf["test"]] += 1
                    kinds["strictly"] += leaf.get("strictly") == "true"
                    kinds.update(set(leaf.get("at_risk", {})) - {"scheme"})
                    if leaf["test"] == "happened":
                        kinds["window" if "window" in terms else "no_window"] += 1
    return kinds


KEYS = {
    "children": ["child_id"],
    "attainment": ["child_id", "subject", "assessed_on"],
    "sdq": ["child_id", "completed_on", "informant"],
    "survey": ["child_id", "completed_on", "measure"],
}


def test_random_programmes_have_one_reading_a_day_and_no_overlapping_periods() -> None:
    for seed in SEEDS:
        tables = seeded_programme(seed).tables
        for table, columns in KEYS.items():
            rows = [tuple(row[column] for column in columns) for row in tables.get(table, [])]
            assert len(rows) == len(set(rows))
        marks = [row for row in tables.get("attendance", []) if "code" in row]
        assert len({(r["child_id"], r["date"], r["session"]) for r in marks}) == len(marks)
        totals = [row for row in tables.get("attendance", []) if "code" not in row]
        spans = sorted((row["child_id"], row["period_start"], row["period_end"]) for row in totals)
        assert all(start <= end for _, start, end in spans)
        for one, other in pairwise(spans):
            assert one[0] != other[0] or one[2] < other[1]


def test_random_programmes_know_every_child_that_a_row_names() -> None:
    for seed in SEEDS:
        programme = seeded_programme(seed)
        register = {row["child_id"] for row in programme.tables["children"]}
        tables = [rows for name, rows in programme.tables.items() if name != "schools"]
        rows = [row for table in tables for row in table]
        assert {row["child_id"] for row in [*rows, *programme.holds]} <= register


def test_random_programmes_state_the_same_limits_on_every_card_of_a_contract() -> None:
    for seed in SEEDS:
        limits: dict[str, object] = {}
        for card in seeded_programme(seed).cards.values():
            stated = card.get("limits", {})
            assert limits.setdefault(card["contract"], stated) == stated
