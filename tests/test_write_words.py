"""Words: every code has some, and figures are never rounded up."""

from datetime import date

import pytest

from wlz_calc.decision import Reason, Status
from wlz_calc.write import words

WINDOW = {"opens": date(2016, 9, 5), "closes": date(2017, 9, 4)}


def test_every_status_and_every_reason_has_words() -> None:
    assert set(words.STATUSES) == set(Status)
    assert set(words.REASONS) == set(Reason)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("continued_engagement", "Continued engagement"),
        ("sign_up", "Sign-up"),
        ("x\x1b[2J", "X�[2J"),
        ("", ""),
    ],
)
def test_a_code_becomes_a_name(code: str, name: str) -> None:
    assert words.title(code) == name


def test_dates_are_written_in_english() -> None:
    assert words.day(date(2018, 10, 1)) == "1 October 2018"
    assert words.days(date(2018, 10, 1), date(2018, 12, 31)) == "1 October to 31 December 2018"
    assert words.days(date(2018, 10, 1), date(2019, 1, 31)) == "1 October 2018 to 31 January 2019"


@pytest.mark.parametrize(
    ("numbers", "text"), [((1,), "1"), ((4, 5, 6), "4-6"), ((4, 6), "4, 6"), ((2, 3), "2-3"), ((), "")]
)
def test_numbers_of_a_payment(numbers: tuple[int, ...], text: str) -> None:
    assert words.numbered(numbers) == text


@pytest.mark.parametrize(
    ("value", "of", "text"),
    [
        (1200, None, "1,200"),
        (12, 1, "12"),
        (1_042_500, 10_000, "104.25"),
        (-15_000, 10_000, "-1.5"),
        (0, 10_000, "0"),
        (949_99, 1000_00, "94.9% (94,999 of 100,000)"),
        (95, 100, "95.0% (95 of 100)"),
        (0, 0, "0 of 0"),
    ],
)
def test_a_figure_is_shown_as_what_it_is(value: int, of: int | None, text: str) -> None:
    assert words.figure(value, of) == text


@pytest.mark.parametrize(
    ("code", "corrects", "text"),
    [
        ("new", None, "new"),
        ("reversal", "2018-Q2", "reversal of 2018-Q2"),
        ("correction", None, "correction of an earlier claim"),
        ("opening", None, "opening balance"),
        ("odd_one", None, "odd one"),
    ],
)
def test_the_kind_of_a_line(code: str, corrects: str | None, text: str) -> None:
    assert words.kind(code, corrects) == text


def test_a_reason_without_figures_stands_alone() -> None:
    assert words.why("not_at_risk") == "Not at risk at the baseline"
    assert words.why("not_at_risk", [{}]) == "Not at risk at the baseline"
    assert words.why(None) == ""


def test_a_reason_with_figures_names_measures_and_windows() -> None:
    figures = [WINDOW | {"value": 12, "of": 1}, WINDOW | {"value": 3, "of": 4}]
    assert words.why("short", figures, ["link_worker_sessions", "partner_attendance_rate"]) == (
        "Fell short of what is required: one-to-one Link Worker sessions attended 12 "
        "(5 September 2016 to 4 September 2017); "
        "attendance at delivery-partner sessions 75.0% (3 of 4) (5 September 2016 to 4 September 2017)"
    )


def test_a_date_is_named_though_it_has_no_figure() -> None:
    assert words.why("happened", [{}], ["consent"]) == "It happened: consent"
    assert words.why("not_at_risk", [{}], ["sdq.emotional"]) == "Not at risk at the baseline"


def test_two_readings_are_told_in_their_order() -> None:
    change = {
        "baseline": 3,
        "baseline_of": 1,
        "baseline_on": date(2016, 10, 3),
        "endpoint": 9,
        "endpoint_of": 10,
        "endpoint_on": None,
    }
    assert words.why("improved", [change | WINDOW]).endswith(
        "(endpoint 5 September 2016 to 4 September 2017)"
    )
    assert words.why("improved", [change]) == (
        "Improved by what is required: 3 on 3 October 2016, then 90.0% (9 of 10)"
    )


def test_names_are_listed_and_counted() -> None:
    assert words.listed(["one", "two", "three"]) == "one, two and three"
    assert words.listed(["one"]) == "one"
    assert words.listed([]) == ""
    assert (words.children(1), words.children(1200)) == ("1 child", "1,200 children")
    assert words.payable("outcomes", "reading") == "Outcomes: Reading"
    assert words.status("beyond_limit") == "beyond the limit"
