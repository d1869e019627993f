"""Csv, json and parquet: exact bytes, exact pence, and what every file must carry."""

import io
import json
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sound_folder import written
from tests.test_write_claim import QUARTER, decisions, example, nothing
from wlz_calc.money import pence, pounds
from wlz_calc.write import csvw, data

LINES = """\
quarter,contract,card_version,commissioner,child_id,school,payment,outcome,number,kind,due_on,amount,corrects,reason
2018-Q4,alpha,1,council,"@x,1",ark,outcomes,sessions,4,reversal,2018-06-30,-1234.56,2018-Q2,short
2018-Q4,alpha,1,council,=007,ark,sign_up,,1,new,2018-10-03,180.00,,happened
2018-Q4,alpha,1,council,+44,ark,sign_up,,1,new,2018-11-05,180.00,,happened
2018-Q4,alpha,1,council,007,ark,outcomes,reading,4,new,2018-12-31,420.00,,improved
2018-Q4,alpha,1,council,007,ark,outcomes,sessions,5,new,2018-12-31,420.01,,reached
2018-Q4,alpha,1,donor,=007,ark,sign_up,,1,new,2018-10-03,60.00,,happened
2018-Q4,alpha,1,donor,+44,ark,sign_up,,1,new,2018-11-05,0.05,,happened
2018-Q4,alpha,1,school:ark,=007,ark,sign_up,,1,new,2018-10-03,60.00,,happened
"""
DECISIONS = """\
quarter,contract,card_version,child_id,school,phase,payment,outcome,number,status,due_on,price,cut,reason
2018-Q4,alpha,1,007,ark,primary,sign_up,,1,met,2018-10-03,300.00,0.00,happened
2018-Q4,alpha,1,007,ark,primary,outcomes,sessions,4,held,2018-12-31,700.00,0.04,on_hold
2018-Q4,alpha,1,007,ark,primary,outcomes,reading,,not_met,,,,not_improved
2018-Q4,alpha,1,008,ark,primary,outcomes,reading,,not_assessable,,,,no_baseline
"""


def test_the_lines_as_csv_are_these_bytes() -> None:
    assert written(data.lines_csv(example().lines)) == LINES.encode()


def test_the_decisions_as_csv_are_these_bytes() -> None:
    assert written(data.decisions_csv(decisions(), QUARTER)) == DECISIONS.encode()


def test_no_lines_are_a_heading() -> None:
    assert written(data.lines_csv(nothing().lines)).decode() == LINES.splitlines(keepends=True)[0]


def test_an_empty_text_is_an_empty_cell() -> None:
    lines = example().lines.with_columns(pl.col("outcome", "corrects").fill_null(""))
    assert written(data.lines_csv(lines)) == LINES.encode()


@given(st.lists(st.integers(-(10**15), 10**15)))
def test_pence_become_pounds_and_back_exactly(amounts: list[int]) -> None:
    frame = pl.DataFrame({"amount": amounts}, schema={"amount": pl.Int64})
    texts = frame.select(data.in_pounds("amount").cast(pl.String))["amount"].to_list()
    assert texts == [pounds(amount) for amount in amounts]
    assert [pence(Decimal(text)) for text in texts] == amounts


def test_the_claim_as_json_has_these_keys_in_this_order() -> None:
    assert list(json.loads(written(data.claim_json(example())))) == [
        "quarter",
        "as_of",
        "provisional",
        "sealed",
        "follows",
        "illustrative",
        "schedules",
        "opening_balance",
        "cut",
        "unfunded",
        "held",
        "set_aside",
        "causes",
        "register_changes",
        "not_yet",
        "invoices",
        "findings",
        "provenance",
    ]


def test_the_claim_as_json_adds_up_to_the_same_pence() -> None:
    claim = example()
    stated = json.loads(written(data.claim_json(claim)))
    sums = [sum(pence(Decimal(line["amount"])) for line in part["lines"]) for part in stated["schedules"]]
    assert [pounds(total) for total in sums] == [part["total"] for part in stated["schedules"]]
    assert sum(sums) == claim.lines["amount"].sum()


def test_the_claim_as_json_says_what_stands_beside_the_lines() -> None:
    stated = json.loads(written(data.claim_json(example())))
    assert stated["illustrative"] == {"alpha": ["prices", "thresholds"]}
    assert (stated["quarter"], stated["as_of"], stated["provisional"]) == ("2018-Q4", "2018-12-31", True)
    assert stated["opening_balance"][0] == {
        "contract": "alpha",
        "commissioner": "council",
        "name": "Council of the Borough",
        "awards": 1,
        "total": "180.00",
    }
    assert stated["cut"][0]["cut"] == "0.04"
    assert stated["unfunded"][0]["amount"] == "59.95"
    assert stated["held"][0]["child_id"] == "=1+1"
    assert stated["not_yet"] == [
        {"contract": "alpha", "payment": "outcomes", "outcome": "reading", "children": 1200}
    ]
    assert stated["provenance"] == {
        "tool": "wlz-calc",
        "version": "0.1.0",
        "as_of": "2018-12-31",
        "files": [
            {
                "role": "children",
                "file": "extracts/children.csv",
                "sheet": None,
                "sha256": "ab" * 32,
                "rows": 1204,
                "after": 0,
                "validated": "the school, 2019-01-04",
            },
            {
                "role": "card",
                "file": "alpha.yaml",
                "sheet": None,
                "sha256": "cd" * 32,
                "rows": None,
                "after": 0,
                "validated": None,
            },
        ],
    }


def test_a_claim_of_nothing_is_json_too() -> None:
    stated = json.loads(written(data.claim_json(nothing())))
    assert [part["total"] for part in stated["schedules"]] == ["0.00"] * 4
    assert stated["illustrative"] == {}
    assert stated["held"] == []


def test_awkward_text_comes_through_json_unchanged() -> None:
    text = 'a "quote", a \\ backslash,\na line, £ and \u2028'
    lines = example().lines.with_columns(child_id=pl.lit(text))
    stated = json.loads(written(data.claim_json(example()._replace(lines=lines))))
    assert {line["child_id"] for part in stated["schedules"] for line in part["lines"]} == {text}


def test_decisions_as_json_bring_their_evidence() -> None:
    stated = json.loads(written(data.decisions_json(decisions(), example())))
    held = stated["decisions"][1]
    assert (held["status"], held["price"], held["cut"]) == ("held", "700.00", "0.04")
    assert held["evidence"][0]["value"] == 12
    assert held["evidence"][0]["opens"] == "2016-09-05"
    assert (
        "evidence"
        not in json.loads(written(data.decisions_json(decisions().drop("evidence"), example())))["decisions"][
            0
        ]
    )


@pytest.mark.parametrize("name", ["lines", "decisions"])
def test_parquet_holds_exact_decimals_and_its_provenance(name: str) -> None:
    claim = example()
    made = (
        written(data.lines_parquet(claim))
        if name == "lines"
        else written(data.decisions_parquet(decisions(), claim))
    )
    frame = pl.read_parquet(io.BytesIO(made))
    column = "amount" if name == "lines" else "price"
    assert frame.schema[column] == pl.Decimal(18, 2)
    assert frame[column].sum() == Decimal("85.50" if name == "lines" else "1000.00")
    stamp = json.loads(pl.read_parquet_metadata(io.BytesIO(made))[data.METADATA_KEY])
    assert stamp["illustrative"] == {"alpha": ["prices", "thresholds"]}
    assert stamp["provenance"]["files"][0]["sha256"] == "ab" * 32


def test_parquet_is_the_same_bytes_twice() -> None:
    assert written(data.lines_parquet(example())) == written(data.lines_parquet(example()))


def test_the_companion_of_a_csv_describes_each_of_its_columns_and_carries_the_marks() -> None:
    described = json.loads(csvw.lines_metadata(example(), "claim.csv"))
    columns = described["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == LINES.splitlines()[0].split(",")
    assert described["url"] == "claim.csv"
    assert described["dc:description"] == (
        "ILLUSTRATIVE TERMS: prices, thresholds (alpha); PROVISIONAL: not sealed"
    )
    assert described["notes"][0]["provenance"]["version"] == "0.1.0"
    assert {c["name"]: c["datatype"] for c in columns}["amount"] == {"base": "decimal", "format": "0.00"}


def test_the_companion_of_decisions_describes_theirs() -> None:
    described = json.loads(csvw.decisions_metadata(nothing(), "d.csv"))
    assert [c["name"] for c in described["tableSchema"]["columns"]] == DECISIONS.splitlines()[0].split(",")
    assert described["dc:description"] == "Of West London Zone"
