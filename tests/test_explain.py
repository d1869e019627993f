"""`explain`: one engine, so that what is told of a child is what is decided, claimed and sealed."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.closing import close
from tests.meaning import Programme
from tests.sound_folder import wlz_calc
from wlz_calc import explaining, pipeline
from wlz_calc.cli.ending import Exit
from wlz_calc.decision import USED
from wlz_calc.explanation import Explained
from wlz_calc.period import Quarter
from wlz_calc.rules.decisions import AWARD
from wlz_calc.write.explained import as_data, as_json

EXAMPLES = Path(__file__).parent.parent / "examples"
FOLDER = EXAMPLES / "hammersmith-fulham"
QUARTER = Quarter.parse("2017-Q3")
LINE = ("child_id", "payment", "outcome", "number", "commissioner", "kind", "due_on", "amount")


@cache
def everybody() -> tuple[Explained, ...]:
    ids = pl.read_csv(FOLDER / "extracts" / "children.csv").get_column("child_id").to_list()
    told, found = explaining.explain(FOLDER, QUARTER, ids)
    assert told is not None, found
    return told.explained


# ---------------------------------------------------------------- the one engine


def test_what_is_told_of_every_child_is_what_is_decided() -> None:
    decided, found = pipeline.decisions(FOLDER, QUARTER)
    assert decided is not None, found
    told = [
        (child.child["child_id"], *one.payable[1:3], *one[1:7]) for child in everybody() for one in child.told
    ]
    columns = ["child_id", "payment", "outcome", "status", "reason", "due_on", "number", "price", "cut"]
    rows = decided.decisions.with_columns(cut=pl.when(AWARD).then("cut")).select(columns).rows()
    assert sorted(told, key=repr) == sorted(rows, key=repr)


def test_the_lines_that_are_told_are_those_of_the_claim_and_of_its_opening_balance() -> None:
    claim, found = pipeline.claim(FOLDER, QUARTER)
    assert claim is not None, found
    lines = pl.concat([claim.opening, claim.lines]).select(LINE).rows()
    told = [
        (child.child["child_id"], *one.payable[1:3], *(getattr(line, name) for name in LINE[3:]))
        for child in everybody()
        for one in child.told
        for line in one.lines
    ]
    assert sorted(told, key=repr) == sorted(lines, key=repr)


def test_the_rows_that_count_are_those_that_the_decision_rests_on() -> None:
    tests = [tested for child in everybody() for one in child.told for tested in one.tests if tested.uses]
    assert tests
    for tested in tests:
        assert sorted(row for row, use in tested.uses.items() if use in USED) == sorted(
            tested.evidence["rows"]
        )


def test_the_parts_add_up_to_what_the_limits_leave_of_an_award() -> None:
    awards = [one for child in everybody() for one in child.told if one.is_award]
    assert awards
    assert [sum(part.part for part in one.parts) for one in awards] == [one.left for one in awards]


# ---------------------------------------------------------------- limits, commitments, the book

SHARED = """
limits: {child: 250.00, financial_year: 320.00, contract: 360.00}
commissioners:
  council: {name: The council, share: 0.75}
  fund: {name: The fund, share: 0.25, commitment: 70.00}
payments:
  sign_up: {price: 200.00, when: {measure: consent, test: happened}}
  links: {window: {months: [0, 12]}, when: {measure: link_worker_sessions, test: reaches, at_least: 1}}
"""
CONSENTED = """
| child | consent_on |
| Ada   | 2017-01-10 |
| Bea   | 2017-01-11 |
"""
ONE_SESSION = """
| child | date       |
| Ada   | 2017-02-01 |
| Bea   | 2017-04-07 |
"""


def test_it_is_told_what_each_limit_and_each_commitment_had_left(tmp_path: Path) -> None:
    programme = Programme(tmp_path, SHARED, children=CONSENTED, engagement=ONE_SESSION)
    told = [one for child in programme.explained("2017-Q2") for one in child.told]
    assert [[(room.name, room.left) for room in one.rooms] for one in told] == [
        [("child", 25000), ("financial_year", 32000), ("contract", 36000)],
        [("child", 5000), ("financial_year", 0), ("contract", 4000)],
        [("child", 25000), ("financial_year", 12000), ("contract", 16000)],
        [("child", 13000), ("financial_year", 32000), ("contract", 4000)],
    ]
    assert [(one.asks, one.left, one.cut) for one in told] == [
        (20000, 20000, 0),
        (10000, 0, 10000),
        (20000, 12000, 8000),
        (10000, 4000, 6000),
    ]
    assert [
        [(part.commissioner, part.part, part.room, part.amount) for part in one.parts] for one in told
    ] == [
        [("council", 15000, None, 15000), ("fund", 5000, 7000, 5000)],
        [],
        [("council", 9000, None, 9000), ("fund", 3000, 2000, 2000)],
        [("council", 3000, None, 3000), ("fund", 1000, 0, 0)],
    ]


def closed(folder: Path) -> Programme:
    programme = Programme(folder, SHARED, children=CONSENTED, engagement=ONE_SESSION)
    close(folder, "2017-Q1")
    return programme


def test_a_closed_quarter_is_explained_with_what_was_claimed_beside_what_would_be(tmp_path: Path) -> None:
    ada, _ = closed(tmp_path).explained("2017-Q1")
    assert ada.closed
    assert not ada.provisional
    lines = ada.told[0].lines
    assert [(line.commissioner, line.kind, line.amount, line.sealed) for line in lines] == [
        ("council", "new", 15000, True),
        ("fund", "new", 5000, True),
        ("council", "new", 15000, False),
        ("fund", "new", 5000, False),
    ]
    said = wlz_calc("explain", "Ada", "-q", "2017-Q1", str(tmp_path)).out
    assert "2017-Q1 is closed: this is what would be claimed for it today." in said


def test_after_a_closed_quarter_it_is_told_what_was_claimed_and_what_goes_back(tmp_path: Path) -> None:
    programme = closed(tmp_path)
    programme.changes(children=CONSENTED.replace("2017-01-10", "          "))
    ada, _ = programme.explained("2017-Q2")
    lines = ada.told[0].lines
    assert [(line.quarter, line.kind, line.amount, line.corrects, line.sealed) for line in lines] == [
        ("2017-Q1", "new", 15000, None, True),
        ("2017-Q1", "new", 5000, None, True),
        ("2017-Q2", "reversal", -15000, "2017-Q1", False),
        ("2017-Q2", "reversal", -5000, "2017-Q1", False),
    ]
    said = wlz_calc("explain", "Ada", "-q", "2017-Q2", str(tmp_path)).out
    assert "Reversal of 2017-Q1 (the register has changed): -£200.00" in " ".join(
        said.replace("│", "").split()
    )


def test_what_was_claimed_of_what_is_on_the_card_no_more_is_told_too(tmp_path: Path) -> None:
    programme = closed(tmp_path)
    programme.changes(SHARED.replace("sign_up:", "joining:"), children=CONSENTED)
    ada, _ = programme.explained("2017-Q2")
    assert {(line.payment, line.kind, line.sealed) for line in ada.off_card} == {
        ("sign_up", "new", True),
        ("sign_up", "reversal", False),
    }
    said = wlz_calc("explain", "Ada", "-q", "2017-Q2", str(tmp_path)).out
    assert "What is not on the child's card\n└── Sign-up (alpha)" in said
    assert (
        "What is not"
        not in wlz_calc("explain", "Ada", "-q", "2017-Q2", "--payment", "links", str(tmp_path)).out
    )


def test_a_quarter_behind_a_gap_is_refused_as_by_pay(tmp_path: Path) -> None:
    closed(tmp_path)
    said = wlz_calc("explain", "Ada", "-q", "2018-Q1", str(tmp_path))
    assert (said.code, "book-gap" in said.err) == (Exit.CLAIMS, True)


# ---------------------------------------------------------------- the command


def explained(*words: str, folder: Path = FOLDER) -> dict[str, Any]:
    said = wlz_calc("explain", *words, "--quarter", str(QUARTER), "--format", "json", str(folder))
    assert (said.code, said.err) == (Exit.FINE, "")
    data: dict[str, Any] = json.loads(said.out)
    return data


def test_json_is_one_object_in_which_every_row_says_where_it_stands() -> None:
    data = explained("c00001")
    assert data["child"] | {"file": "extracts/children.csv", "file_row": 2} == data["child"]
    assert data["rows"]["engagement"][0].keys() >= {"row", "file", "file_row", "stands", "date", "status"}
    told = {str(row["row"]) for row in data["rows"]["engagement"]}
    uses = [
        test["uses"] for one in data["payments"] for test in one["tests"] if test["extract"] == "engagement"
    ]
    assert all(row in told for use in uses for row in use)


def test_of_one_payment_the_object_has_those_that_it_requires_too() -> None:
    folder = EXAMPLES / "kensington-chelsea"
    there = {
        one["payment"] for one in explained("c00001", "--payment", "outcomes", folder=folder)["payments"]
    }
    assert there == {"outcomes", "engagement", "continued_engagement"}


def test_the_same_child_is_told_in_the_same_bytes() -> None:
    one = everybody()[3]
    assert as_json(one) == as_json(one._replace(rows=dict(one.rows)))
    assert json.loads(as_json(one)) == json.loads(json.dumps(as_data(one), default=str))


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["c1", "-q", "2017-Q3"], Exit.USAGE, "no child 'c1' (did you mean c00001?)"),
        (["c00001", "-q", "2015-Q3"], Exit.USAGE, "child 'c00001' joined on 2016-"),
        (
            ["c00001", "-q", "2017-Q3", "--payment", "sign-up"],
            Exit.USAGE,
            "no payment 'sign-up' (did you mean sign_up?)",
        ),
        (["c00001", "-q", "2017Q3"], Exit.USAGE, "(did you mean 2017-Q3?)"),
    ],
)
def test_what_is_not_there_is_refused_with_what_may_be_meant(words: list[str], code: Exit, told: str) -> None:
    said = wlz_calc("explain", *words, str(FOLDER))
    assert (said.code, said.out) == (code, "")
    assert told in " ".join(said.err.replace("│", "").split())


def test_a_folder_with_errors_is_refused_as_by_pay(tmp_path: Path) -> None:
    said = wlz_calc("explain", "c1", "-q", "2017-Q3", str(tmp_path / "none"))
    assert (said.code, "folder-missing" in said.err) == (Exit.FINDINGS, True)
