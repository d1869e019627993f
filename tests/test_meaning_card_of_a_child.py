"""Meaning, *Card of a child*: the one of its contract whose `joined` holds the day of joining."""

from pathlib import Path

from tests.meaning import Programme

VERSION_1 = """
joined: {from: 2016-09-01, to: 2017-08-31}
payments: {sign_up: {price: 100.00, when: {measure: consent, test: happened}}}
"""
VERSION_2 = """
joined: {from: 2017-09-01, to: 2019-08-31}
payments: {sign_up: {price: 200.00, when: {measure: consent, test: happened}}}
"""


def test_a_child_is_on_the_card_of_its_contract_that_holds_its_day_of_joining(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        VERSION_1,
        VERSION_2,
        "contract: beta",
        children="""
        | child                 | contract | joined_on  | consent_on |
        | on the first day of 1 | alpha    | 2016-09-01 | 2017-09-01 |
        | on the last day of 1  | alpha    | 2017-08-31 | 2017-09-01 |
        | on the first day of 2 | alpha    | 2017-09-01 | 2017-09-01 |
        | on the last day of 2  | alpha    | 2019-08-31 | 2017-09-01 |
        | on the other contract | beta     | 2017-08-31 | 2017-09-01 |
        """,
    ).decides(
        "2019-Q4",
        """
        | child                 | contract | card_version | price  |
        | on the first day of 1 | alpha    | 1            | 100.00 |
        | on the last day of 1  | alpha    | 1            | 100.00 |
        | on the first day of 2 | alpha    | 2            | 200.00 |
        | on the last day of 2  | alpha    | 2            | 200.00 |
        | on the other contract | beta     | 3            | 100.00 |
        """,
    )


def test_no_card_for_a_child_is_an_error_that_names_the_nearest_and_its_dates(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        VERSION_1,
        VERSION_2,
        children="""
        | child           | contract | joined_on  |
        | a day too early | alpha    | 2016-08-31 |
        | a day too late  | alpha    | 2019-09-01 |
        """,
    )
    programme.refuses("| code | row |\n| card-none | 2 |\n| card-none | 3 |")
    expected = [one.expected for one in programme.found() if one.is_error]
    assert "alpha version 1 (2016-09-01 to 2017-08-31)" in expected[0]
    assert "alpha version 2 (2017-09-01 to 2019-08-31)" in expected[1]


def test_a_contract_without_any_card_is_an_error(tmp_path: Path) -> None:
    Programme(tmp_path, children="| child | contract |\n| Ada | alpha |\n| Ben | gamma |").refuses(
        "| code | row |\n| card-none | 3 |"
    )


def test_two_cards_for_a_child_are_an_error(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        VERSION_1.replace("2017-08-31", "2017-09-01"),
        VERSION_2,
        children="""
        | child   | joined_on  |
        | on both | 2017-09-01 |
        | on one  | 2017-09-02 |
        """,
    ).refuses("| code | row |\n| card-two | 2 |")
