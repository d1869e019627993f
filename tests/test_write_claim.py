"""A small claim made by hand, that every renderer is tested on: two contracts' worth of trouble in one."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from wlz_calc.claim import Claim, InputFile, Provenance
from wlz_calc.finding import Finding, Meaning, Severity, Stage, Where
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.tables import DECISIONS, LINES, conform, empty
from wlz_calc.write import schedule

QUARTER = Quarter(2018, 4)
CARD = {
    "contract": "alpha",
    "version": "1",
    "title": "Alpha outcomes contract",
    "joined": {"from": "2016-09-01", "to": "2019-03-31"},
    "term": {"from": "2016-09-01", "to": "2021-03-31"},
    "currency": "GBP",
    "source": {"document": "A document", "clause": "1", "dated": "2016-09-01"},
    "illustrative": ["prices", "thresholds"],
    "commissioners": {
        "council": {"name": "Council of the Borough", "share": "0.60"},
        "donor": {"name": "A donor", "share": "0.20", "detail": "totals"},
        "school": {"name": "The child's school", "share": "0.20", "each": "school"},
    },
    "payments": {
        "sign_up": {
            "number": "1",
            "price": "300.00",
            "clause": "Payment 1",
            "when": {"measure": "consent", "test": "happened"},
        },
        "outcomes": {
            "numbers": ["4", "5", "6"],
            "price": "700.00",
            "clause": "Payments 4, 5 and 6",
            "endpoint": {"months": ["18", "24"]},
            "outcomes": {
                "sessions": {
                    "window": {"months": ["0", "12"]},
                    "when": {"measure": "partner_sessions", "test": "reaches", "at_least": "10"},
                },
                "reading": {
                    "baseline": {"months": ["-6", "3"]},
                    "when": {"measure": "attainment.reading", "test": "improves", "by": "1"},
                },
            },
        },
    },
}
PARTIES = [
    ("alpha", "council", "Council of the Borough", "children"),
    ("alpha", "donor", "A donor", "totals"),
    ("alpha", "school:ark", "Ark: Swift [Primary] Academy of the West London Zone", "children"),
    ("alpha", "school:quiet", "A school without lines", "children"),
]
LINE_ROWS = [
    ("council", "=007", "ark", "sign_up", None, 1, "new", date(2018, 10, 3), 18000, None, "happened"),
    ("council", "+44", "ark", "sign_up", None, 1, "new", date(2018, 11, 5), 18000, None, "happened"),
    ("council", "007", "ark", "outcomes", "reading", 4, "new", date(2018, 12, 31), 42000, None, "improved"),
    ("council", "007", "ark", "outcomes", "sessions", 5, "new", date(2018, 12, 31), 42001, None, "reached"),
    (
        "council",
        "@x,1",
        "ark",
        "outcomes",
        "sessions",
        4,
        "reversal",
        date(2018, 6, 30),
        -123456,
        "2018-Q2",
        "short",
    ),
    ("donor", "=007", "ark", "sign_up", None, 1, "new", date(2018, 10, 3), 6000, None, "happened"),
    ("donor", "+44", "ark", "sign_up", None, 1, "new", date(2018, 11, 5), 5, None, "happened"),
    ("school:ark", "=007", "ark", "sign_up", None, 1, "new", date(2018, 10, 3), 6000, None, "happened"),
]


def lines(rows: list[tuple[object, ...]]) -> pl.DataFrame:
    names = [name for name in LINES if name not in {"quarter", "contract", "card_version"}]
    frame = pl.DataFrame(rows, schema={name: LINES[name] for name in names}, orient="row")
    fixed = {"quarter": str(QUARTER), "contract": "alpha", "card_version": 1}
    return conform(frame.with_columns(pl.lit(value).alias(name) for name, value in fixed.items()), LINES)


def frame(columns: str, *rows: tuple[object, ...]) -> pl.DataFrame:
    money = {"price", "cut", "amount"}
    types = {"number": pl.UInt16, "due_on": pl.Date, "children": pl.UInt32} | dict.fromkeys(money, pl.Int64)
    schema = {name: types.get(name, pl.String) for name in columns.split()}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


CUT = "contract child_id school payment outcome number due_on price cut"
UNFUNDED = "contract commissioner child_id school payment outcome number due_on amount"
HELD = "contract child_id school payment outcome number due_on price reason raised_by"
NOT_YET = "contract payment outcome children"
DAY = date(2018, 12, 31)


def example() -> Claim:
    return Claim(
        provider="West London Zone",
        quarter=QUARTER,
        provisional=True,
        cards=(Card.model_validate(CARD),),
        parties=pl.DataFrame(PARTIES, schema=["contract", "commissioner", "name", "detail"], orient="row"),
        lines=lines(list(reversed(LINE_ROWS))),
        opening=lines(
            [
                ("council", "007", "ark", "sign_up", None, 1, "opening", DAY, 18000, None, "happened"),
                ("donor", "007", "ark", "sign_up", None, 1, "opening", DAY, 6000, None, "happened"),
            ]
        ),
        cut=frame(CUT, ("alpha", "007", "ark", "outcomes", "sessions", 5, DAY, 70000, 4)),
        unfunded=frame(UNFUNDED, ("alpha", "donor", "+44", "ark", "sign_up", None, 1, DAY, 5995)),
        held=frame(HELD, ("alpha", "=1+1", "ark", "sign_up", None, 1, DAY, 30000, "disputed", "council")),
        not_yet=frame(NOT_YET, ("alpha", "outcomes", "reading", 1200)),
        findings=(),
        provenance=Provenance(
            "0.1.0",
            DAY,
            (
                InputFile("children", "extracts/children.csv", "ab" * 32, 1204),
                InputFile("card", "alpha.yaml", "cd" * 32, None),
            ),
        ),
    )


def nothing() -> Claim:
    claim = example()
    return replace(
        claim, lines=claim.lines.clear(), opening=claim.opening.clear(), cut=claim.cut.clear(),
        unfunded=claim.unfunded.clear(), held=claim.held.clear(), not_yet=claim.not_yet.clear(),
        provisional=False, cards=(Card.model_validate(CARD | {"illustrative": []}),),
    )  # fmt: skip
