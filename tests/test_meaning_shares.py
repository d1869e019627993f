"""Meaning, *Award, price, share, line*: who pays what part of an award, to the penny."""

from pathlib import Path

import pytest

from tests.meaning import Programme, table

ONE_CHILD = "| child | consent_on |\n| Ada | 2018-11-01 |"


def card(price: str, *shares: str) -> str:
    commissioners = ", ".join(
        f"{name}: {{name: {name}, share: {share}}}" for name, share in zip("abcd", shares, strict=False)
    )
    sign_up = f"{{price: {price}, when: {{measure: consent, test: happened}}}}"
    return f"commissioners: {{{commissioners}}}\npayments: {{sign_up: {sign_up}}}"


@pytest.mark.parametrize(
    ("price", "shares", "parts"),
    [
        ("100.00", "0.5 0.3 0.2", "50.00 30.00 20.00"),
        ("0.99", "0.5 0.3 0.2", "0.49 0.30 0.20"),
        ("100.00", "0.333333333 0.333333333 0.333333334", "33.33 33.33 33.34"),
        ("100.00", "0.333333334 0.333333333 0.333333333", "33.34 33.33 33.33"),
        ("0.05", "0.5 0.5", "0.03 0.02"),
        ("0.02", "0.25 0.25 0.25 0.25", "0.01 0.01"),
        ("0.03", "0.25 0.25 0.25 0.25", "0.01 0.01 0.01"),
        ("0.01", "0.5 0.5", "0.01"),
        ("0.01", "0.4 0.6", "- 0.01"),
        ("100.00", "0 1", "- 100.00"),
        ("0.00", "0.5 0.5", ""),
        ("9999999999.99", "0.123456789 0.876543211", "1234567890.00 8765432109.99"),
    ],
)
def test_an_award_is_split_by_largest_remainder_ties_go_by_the_card_and_no_line_is_of_zero(
    tmp_path: Path, price: str, shares: str, parts: str
) -> None:
    programme = Programme(tmp_path, card(price, *shares.split()), children=ONE_CHILD)
    paid = [(name, part) for name, part in zip("abcd", parts.split(), strict=False) if part != "-"]
    programme.claims("2018-Q4", lines=table("commissioner | amount", paid))
    programme.decides("2018-Q4", f"| child | status | price |\n| Ada | met | {price} |")


def test_what_a_limit_leaves_of_the_price_is_what_is_split(tmp_path: Path) -> None:
    Programme(
        tmp_path, "limits: {contract: 0.05}\n" + card("100.00", "0.5", "0.5"), children=ONE_CHILD
    ).claims(
        "2018-Q4",
        lines="| commissioner | amount |\n| a | 0.03 |\n| b | 0.02 |",
        cut="| child | cut |\n| Ada | 99.95 |",
    )


@pytest.mark.parametrize(("share", "total"), [("0.299999999", "0.999999999"), ("0.300000001", "1.000000001")])
def test_shares_add_up_to_exactly_1_or_the_card_is_refused(tmp_path: Path, share: str, total: str) -> None:
    Programme(tmp_path, card("100.00", "0.70", share), children=ONE_CHILD).refuses(
        f"| code | found |\n| card-shares | {total} |"
    )


def test_each_school_or_each_authority_pays_for_its_own_children(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        """
        commissioners:
          borough: {name: The borough, share: 0.50, each: authority}
          donor:   {name: A donor, share: 0.30}
          school:  {name: The school, share: 0.20, each: school, detail: totals}
        """,
        children="""
        | child | school | authority | consent_on |
        | Ada   | ark    | hf        | 2018-11-01 |
        | Ben   | elm    | hf        | 2018-11-01 |
        | Cay   | elm    | wcc       | 2018-11-01 |
        | Dan   | oak    | rbkc      |            |
        """,
        schools="""
        | school | name        |
        | ark    | Ark Primary |
        | elm    | Elm Academy |
        | oak    | Oak School  |
        """,
    )
    programme.claims(
        "2018-Q4",
        lines="""
        | child | commissioner | amount |
        | Ada   | borough:hf   | 50.00  |
        | Ada   | donor        | 30.00  |
        | Ada   | school:ark   | 20.00  |
        | Ben   | borough:hf   | 50.00  |
        | Ben   | donor        | 30.00  |
        | Ben   | school:elm   | 20.00  |
        | Cay   | borough:wcc  | 50.00  |
        | Cay   | donor        | 30.00  |
        | Cay   | school:elm   | 20.00  |
        """,
        parties="""
        | commissioner | name              | detail   |
        | borough:hf   | The borough: hf   | children |
        | borough:rbkc | The borough: rbkc | children |
        | borough:wcc  | The borough: wcc  | children |
        | donor        | A donor           | totals   |
        | school:ark   | Ark Primary       | totals   |
        | school:elm   | Elm Academy       | totals   |
        | school:oak   | Oak School        | totals   |
        """,
    )


def test_a_child_needs_an_authority_where_each_authority_pays_for_its_own(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        "commissioners: {borough: {name: The borough, share: 1, each: authority}}",
        "contract: beta",
        children="""
        | child        | contract | authority |
        | on this card | alpha    |           |
        | has one      | alpha    | hf        |
        | on another   | beta     |           |
        """,
    ).refuses("| code | file | row |\n| authority-missing | children | 2 |")


def test_a_share_above_what_matching_allows_is_refused(tmp_path: Path) -> None:
    terms = "matching: {commissioner: b, times: 3}\n"
    Programme(tmp_path / "a quarter", terms + card("100.00", "0.75", "0.25"), children=ONE_CHILD).claims(
        "2018-Q4", lines="| commissioner | amount |\n| a | 75.00 |\n| b | 25.00 |"
    )
    Programme(tmp_path / "more", terms + card("100.00", "0.74", "0.26"), children=ONE_CHILD).refuses(
        "| code | found |\n| card-matching | 0.26 |"
    )


# ---------------------------------------------------------------- commitments

COMMITTED = """
commissioners:
  council: {name: The council, share: 0.60, commitment: 150.00}
  donor:   {name: A donor, share: 0.40}
"""


def test_a_part_above_what_is_left_of_a_commitment_is_unfunded_and_moves_to_nobody(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        COMMITTED,
        children="""
        | child | consent_on |
        | Ada   | 2018-11-04 |
        | Ben   | 2018-11-01 |
        | Cay   | 2018-11-02 |
        | Dan   | 2018-11-03 |
        """,
    ).claims(
        "2018-Q4",
        lines="""
        | child | commissioner | amount |
        | Ben   | council      | 60.00  |
        | Ben   | donor        | 40.00  |
        | Cay   | council      | 60.00  |
        | Cay   | donor        | 40.00  |
        | Dan   | council      | 30.00  |
        | Dan   | donor        | 40.00  |
        | Ada   | donor        | 40.00  |
        """,
        unfunded="""
        | child | commissioner | due_on     | amount |
        | Dan   | council      | 2018-11-03 | 30.00  |
        | Ada   | council      | 2018-11-04 | 60.00  |
        """,
        cut="| child |",
    )


def test_a_commitment_that_is_just_reached_leaves_nothing_unfunded(tmp_path: Path) -> None:
    children = "| child | consent_on |\n| Ada | 2018-11-01 |\n| Ben | 2018-11-02 |"
    enough, short = COMMITTED.replace("150.00", "120.00"), COMMITTED.replace("150.00", "119.99")
    Programme(tmp_path / "enough", enough, children=children).claims("2018-Q4", unfunded="| child |")
    Programme(tmp_path / "short", short, children=children).claims(
        "2018-Q4", unfunded="| child | commissioner | amount |\n| Ben | council | 0.01 |"
    )


def test_each_school_has_a_commitment_of_its_own(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        commissioners:
          council: {name: The council, share: 0.50}
          school:  {name: The school, share: 0.50, each: school, commitment: 80.00}
        """,
        children="""
        | child | school | consent_on |
        | Ada   | ark    | 2018-11-01 |
        | Ben   | ark    | 2018-11-02 |
        | Cay   | ark    | 2018-11-03 |
        | Dan   | elm    | 2018-11-04 |
        """,
    ).claims(
        "2018-Q4",
        lines="""
        | child | commissioner | amount |
        | Ada   | council      | 50.00  |
        | Ada   | school:ark   | 50.00  |
        | Ben   | council      | 50.00  |
        | Ben   | school:ark   | 30.00  |
        | Cay   | council      | 50.00  |
        | Dan   | council      | 50.00  |
        | Dan   | school:elm   | 50.00  |
        """,
        unfunded="""
        | child | commissioner | amount |
        | Ben   | school:ark   | 20.00  |
        | Cay   | school:ark   | 50.00  |
        """,
    )


def test_what_is_unfunded_gives_no_room_back_in_the_limits(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        limits: {contract: 250.00}
        commissioners: {council: {name: The council, share: 1, commitment: 120.00}}
        """,
        children="""
        | child | consent_on |
        | Ada   | 2018-11-01 |
        | Ben   | 2018-11-02 |
        | Cay   | 2018-11-03 |
        """,
    ).claims(
        "2018-Q4",
        lines="| child | amount |\n| Ada | 100.00 |\n| Ben | 20.00 |",
        unfunded="| child | amount |\n| Ben | 80.00 |\n| Cay | 50.00 |",
        cut="| child | cut |\n| Cay | 50.00 |",
    )


def test_what_is_held_keeps_its_place_in_the_commitments(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        COMMITTED,
        children="""
        | child | consent_on |
        | Ada   | 2018-11-01 |
        | Ben   | 2018-11-02 |
        | Cay   | 2018-11-03 |
        | Dan   | 2018-11-04 |
        """,
        holds="| child | from |\n| Ada | 2018-12-01 |\n| Dan | 2018-12-01 |",
    ).claims(
        "2018-Q4",
        lines="""
        | child | commissioner | amount |
        | Ben   | council      | 60.00  |
        | Ben   | donor        | 40.00  |
        | Cay   | council      | 30.00  |
        | Cay   | donor        | 40.00  |
        """,
        unfunded="| child | commissioner | amount |\n| Cay | council | 30.00 |",
        held="| child | price |\n| Ada | 100.00 |\n| Dan | 100.00 |",
    )


def test_a_commitment_is_to_the_contract_whichever_of_its_cards_an_award_is_on(tmp_path: Path) -> None:
    first, second = "joined: {from: 2016-09-01, to: 2017-08-31}", "joined: {from: 2017-09-01, to: 2019-08-31}"
    children = """
    | child | joined_on  | consent_on |
    | Ada   | 2018-01-10 | 2018-11-01 |
    | Ben   | 2017-01-10 | 2018-11-02 |
    | Cay   | 2018-01-10 | 2018-11-03 |
    """
    Programme(tmp_path / "same", first + COMMITTED, second + COMMITTED, children=children).claims(
        "2018-Q4", unfunded="| child | commissioner | amount |\n| Cay | council | 30.00 |"
    )
    other = second + COMMITTED.replace("150.00", "150.01")
    Programme(tmp_path / "differ", first + COMMITTED, other, children=children).refuses(
        "| code | found |\n| card-limits-differ | 150.01 |"
    )
