"""The oracle agrees with the worked programme, and random programmes give it enough to do."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.oracle import calculate

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
