"""Money is whole pence, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wlz_calc.money import pence, pounds, sterling

ANY_AMOUNT = st.integers(min_value=-(10**14), max_value=10**14)


@pytest.mark.parametrize(
    ("in_pounds", "in_pence"),
    [("0", 0), ("0.01", 1), ("1", 100), ("450.00", 45_000), ("-12.34", -1_234), ("3800000.00", 380_000_000)],
)
def test_pounds_are_whole_pence(in_pounds: str, in_pence: int) -> None:
    assert pence(Decimal(in_pounds)) == in_pence


@pytest.mark.parametrize("in_pounds", ["0.001", "0.999", "-1.005"])
def test_a_fraction_of_a_penny_is_refused(in_pounds: str) -> None:
    with pytest.raises(ValueError, match="has a fraction of a penny"):
        pence(Decimal(in_pounds))


@pytest.mark.parametrize(
    ("in_pence", "as_data", "for_people"),
    [
        (0, "0.00", "£0.00"),
        (5, "0.05", "£0.05"),
        (-5, "-0.05", "-£0.05"),
        (99, "0.99", "£0.99"),
        (100, "1.00", "£1.00"),
        (-101, "-1.01", "-£1.01"),
        (123_450, "1234.50", "£1,234.50"),
        (-1_624_000_000, "-16240000.00", "-£16,240,000.00"),
    ],
)
def test_an_amount_has_two_decimals_and_for_people_separators(
    in_pence: int, as_data: str, for_people: str
) -> None:
    assert pounds(in_pence) == as_data
    assert sterling(in_pence) == for_people


@given(ANY_AMOUNT)
def test_an_amount_that_is_written_can_be_read_again(amount: int) -> None:
    assert pence(Decimal(pounds(amount))) == amount


@given(ANY_AMOUNT)
def test_both_ways_of_writing_say_the_same(amount: int) -> None:
    assert sterling(amount).replace("£", "").replace(",", "") == pounds(amount)
