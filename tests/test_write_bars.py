"""Bars on a screen: what was claimed to date against limits, and the funnel of payments."""

import io
import re
from datetime import date

import polars as pl
import pytest
from rich.console import Console

from tests.test_write_claim import CARD, DAY, example, lines, nothing
from wlz_calc.claim import Claim
from wlz_calc.ratecard.card import Card
from wlz_calc.write.bars import bar, show_progress
from wlz_calc.write.screen import screen

PAYERS = {
    "council": {"name": "Council of the Borough", "share": "0.60", "commitment": "1000.00"},
    "donor": {"name": "A donor", "share": "0.20"},
    "school": {"name": "The child's school", "share": "0.20", "each": "school"},
}
SHOWN = """
To date  ILLUSTRATIVE TERMS
What was claimed so far, the opening balance and this claim included, and for
how many children.
Limit or commissioner                             Claimed             Of    Used
────────────────────────────────────────────────────────────────────────────────
The contract                  █░░░░░░░░░░░      £1,500.00     £20,000.00    7.5%
Council of the Borough        ██████████░░        £900.00      £1,000.00   90.0%
A donor                                           £300.00
School 1                                          £300.00

Payment                                                                 Children
────────────────────────────────────────────────────────────────────────────────
Sign-up                                              ████████████              1
Outcomes                                             ░░░░░░░░░░░░              0
"""


def claimed(*rows: tuple[str, int], limit: str = "20000.00") -> Claim:
    card = CARD | {"commissioners": PAYERS, "limits": {"contract": limit}}
    parts = [
        (who, "007", "ark", "sign_up", None, 1, "new", DAY, amount, None, "happened") for who, amount in rows
    ]
    names = [("alpha", f"school:{n}", f"School {n}", "children") for n in range(40)]
    parties = example().parties
    return example()._replace(
        cards=(Card.model_validate(card),),
        lines=lines(list(parts)),
        opening=example().opening.clear(),
        parties=pl.concat([parties, pl.DataFrame(names, schema=parties.schema, orient="row")]),
    )


def shown(claim: Claim, width: int = 80) -> str:
    stream = io.StringIO()
    show_progress(screen(stream, width=width), claim, "ILLUSTRATIVE TERMS")
    return stream.getvalue()


def console(encoding: str = "utf-8", width: int = 80) -> Console:
    return screen(io.TextIOWrapper(io.BytesIO(), encoding), width=width)


def test_money_against_limits_and_the_funnel() -> None:
    claim = claimed(("council", 90000), ("donor", 30000), ("school:1", 30000))
    assert shown(claim) == SHOWN


def test_where_nothing_was_claimed_there_are_no_bars() -> None:
    assert shown(nothing()) == ""


def test_without_a_limit_there_is_nothing_to_measure_by() -> None:
    text = shown(example())
    assert "Used" not in text
    assert re.search(r"Council of the Borough +£145.45\n", text)


def test_many_are_added_up() -> None:
    text = shown(claimed(("council", 100), *((f"school:{n}", 100 + n) for n in range(40))))
    assert re.search(r"\n29 others +£33\.06\n", text)
    assert "Council of the Borough" in text
    assert "School 39" in text


def test_contracts_have_bars_of_their_own() -> None:
    other = Card.model_validate(CARD | {"contract": "beta"})
    claim = claimed(("council", 100))
    assert "\nTo date under alpha" in shown(claim._replace(cards=(*claim.cards, other)))


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    text = shown(claimed(("council", 100000), ("donor", 123456789)), width)
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("value", "of", "drawn"),
    [
        (0, 100, "............"),
        (-5, 100, "............"),
        (0, 0, "............"),
        (1, 100000, "#..........."),
        (50, 100, "######......"),
        (99999, 100000, "###########."),
        (100, 100, "############"),
        (200, 100, "############"),
    ],
)
def test_a_bar_is_full_only_at_its_limit(value: int, of: int, drawn: str) -> None:
    assert bar(value, of, console("ascii")) == drawn
    assert bar(value, of, console()) == drawn.translate({ord("#"): "█", ord("."): "░"})


def test_a_bar_is_longer_where_there_is_room() -> None:
    assert [len(bar(1, 2, console(width=width))) for width in (80, 90, 100, 200)] == [12, 18, 24, 24]


def test_a_claim_of_one_commissioner_says_nothing_of_the_limits_of_all() -> None:
    text = shown(claimed(("council", 90000), ("donor", 30000)).only(None, "council"))
    assert "The contract" not in text
    assert "£1,000.00" in text


def test_years_and_days() -> None:
    card = CARD | {"limits": {"financial_year": "3000.00"}}
    claim = example()._replace(cards=(Card.model_validate(card),))
    assert "Financial year 2018/19" in shown(claim)
    assert claim.lines["due_on"].min() == date(2018, 6, 30)
