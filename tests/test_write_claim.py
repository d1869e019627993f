"""A small claim made by hand, on which every renderer is tested, and the schedules that describe it."""

from datetime import date

import polars as pl

from wlz_calc.claim import Claim, Provenance
from wlz_calc.frames import DECISIONS, EVIDENCE, LINE_ORDER, LINES, conform
from wlz_calc.period import Quarter
from wlz_calc.programme import InputFile
from wlz_calc.ratecard.card import Card
from wlz_calc.write import beside, grouping, schedule

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
    whole = conform(frame.with_columns(pl.lit(value).alias(name) for name, value in fixed.items()), LINES)
    return whole.sort(LINE_ORDER, maintain_order=True)


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
                InputFile("children", "extracts/children.csv", "ab" * 32, 1204, "the school, 2019-01-04"),
                InputFile("card", "alpha.yaml", "cd" * 32, None),
            ),
        ),
    )


def nothing() -> Claim:
    claim = example()
    return claim._replace(
        lines=claim.lines.clear(), opening=claim.opening.clear(), cut=claim.cut.clear(),
        unfunded=claim.unfunded.clear(), held=claim.held.clear(), not_yet=claim.not_yet.clear(),
        provisional=False, cards=(Card.model_validate(CARD | {"illustrative": []}),),
    )  # fmt: skip


def decisions() -> pl.DataFrame:
    """One of each kind, with the evidence it rests on."""
    window: dict[str, object] = {"opens": date(2016, 9, 5), "closes": date(2017, 9, 4)}
    change: dict[str, object] = {
        "baseline": 1_050_000,
        "baseline_of": 10_000,
        "baseline_on": date(2016, 10, 3),
        "endpoint": 1_042_500,
        "endpoint_of": 10_000,
        "endpoint_on": date(2018, 7, 4),
    }
    held = window | {"value": 12, "of": 1}
    rows: list[tuple[object, ...]] = [
        (1, "008", 2, "outcomes", "reading", None, "not_assessable", None, None, None, "no_baseline"),
        (0, "007", 2, "outcomes", "reading", None, "not_met", None, None, None, "not_improved"),
        (0, "007", 1, "outcomes", "sessions", 4, "held", DAY, 70000, 4, "on_hold"),
        (0, "007", 0, "sign_up", None, 1, "met", date(2018, 10, 3), 30000, 0, "happened"),
    ]
    figures: list[dict[str, object]] = [window, change, held, {}]
    names = (
        *("child", "child_id", "order", "payment", "outcome", "number", "status"),
        *("due_on", "price", "cut", "reason", "evidence"),
    )
    types = dict(DECISIONS) | {"evidence": pl.List(EVIDENCE)}
    every = [
        (*row, [{name: known.get(name) for name in EVIDENCE.to_schema()}])
        for row, known in zip(rows, figures, strict=True)
    ]
    frame = pl.DataFrame(every, schema={name: types[name] for name in names}, orient="row")
    fixed = {"contract": "alpha", "card_version": 1, "school": "ark", "phase": "primary"}
    added = frame.with_columns(pl.lit(value).alias(name) for name, value in fixed.items())
    return conform(added, pl.Schema(types))


def test_a_schedule_groups_its_lines_by_payment_outcome_and_unit_amount() -> None:
    council = grouping.contracts(example())[0].schedules[0]
    assert [
        (group.numbers, group.payment, group.children, group.lines, group.amount) for group in council.groups
    ] == [((1,), "sign_up", 2, 2, 36000), ((4, 5, 6), "outcomes", 2, 3, -39455)]
    assert council.groups[1].rows == (
        schedule.Row("sessions", "new", None, 42001, 1),
        schedule.Row("sessions", "reversal", "2018-Q2", -123456, 1),
        schedule.Row("reading", "new", None, 42000, 1),
    )


def test_schedules_add_up_to_the_contract_and_the_claim() -> None:
    (contract,) = grouping.contracts(example())
    assert [part.amount for part in contract.schedules] == [-3455, 6005, 6000]
    assert sum(part.amount for part in contract.schedules) == contract.amount == grouping.amount(example())


def test_a_party_without_a_line_has_no_schedule_unless_nobody_has_one() -> None:
    named = [part.commissioner for part in grouping.contracts(example())[0].schedules]
    everybody = [part.commissioner for part in grouping.contracts(nothing())[0].schedules]
    assert named == ["council", "donor", "school:ark"]
    assert everybody == ["council", "donor", "school:ark", "school:quiet"]


def test_a_line_of_somebody_whom_the_parties_do_not_name_is_not_lost() -> None:
    claim = example()._replace(parties=example().parties.filter(pl.col("commissioner") != "council"))
    (contract,) = grouping.contracts(claim)
    assert [(part.name, part.amount) for part in contract.schedules][-1] == ("council", -3455)
    assert contract.amount == grouping.amount(claim)


def test_a_contract_that_only_has_lines_is_not_lost() -> None:
    claim = example()._replace(cards=())
    assert [(part.contract, part.title, part.amount) for part in grouping.contracts(claim)] == [
        ("alpha", "alpha", 8550)
    ]
    assert beside.terms(grouping.contracts(claim)[0]) == "alpha"


def test_the_order_of_the_lines_changes_nothing() -> None:
    claim = example()
    assert grouping.contracts(claim) == grouping.contracts(claim._replace(lines=claim.lines.reverse()))


def test_the_opening_balance_counts_awards_and_not_lines() -> None:
    assert beside.opening(example()) == (
        "Opening balance: £240.00 for 1 award that fell due before 1 October 2018; not in this claim. "
        "The first `close` seals it; --from-start claims it instead."
    )
    assert [(part.name, part.amount) for part in grouping.balances(example())] == [
        ("Council of the Borough", 18000),
        ("A donor", 6000),
    ]
    assert beside.opening(nothing()) == "Opening balance: none."
