"""Days, windows, quarters, and the numbers of a card: what is in force on a day, and pence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

Tree = dict[str, Any]


@dataclass(frozen=True)
class Window:
    """A closed range of days."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end_of_month = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)
    return end_of_month.replace(day=min(day.day, end_of_month.day))


def first_of_year(day: dt.date, month: int) -> dt.date:
    """The first day of the year (academic from September, financial from April) that holds a day."""
    return dt.date(day.year - (day.month < month), month, 1)


def window_of(spec: Tree, joined_on: dt.date) -> Window:
    """A card's `window`, `baseline` or `endpoint` for a child who joined on a day."""
    if "months" in spec:
        start, end = (add_months(joined_on, int(months)) for months in spec["months"])
        return Window(start, end - dt.timedelta(days=1))
    year = first_of_year(joined_on, 9).year + int(spec["academic_year"]) - 1
    return Window(dt.date(year, 9, 1), dt.date(year + 1, 8, 31))


def quarter_window(quarter: str) -> Window:
    """The days of `2018-Q4`, or of the same quarter typed as `2018/19-Q3`."""
    year, number = int(quarter[:4]), int(quarter[-1])
    start = dt.date(year, 1, 1) if "/" not in quarter else dt.date(year, 4, 1)
    first = add_months(start, 3 * (number - 1))
    return Window(first, add_months(first, 3) - dt.timedelta(days=1))


def quarter_name(quarter: str) -> str:
    """How outputs name a quarter: always by calendar year."""
    first = quarter_window(quarter).first
    return f"{first.year}-Q{(first.month + 2) // 3}"


def day_or_none(text: str | None) -> dt.date | None:
    """An optional date cell."""
    return dt.date.fromisoformat(text) if text else None


def instant(text: str) -> dt.datetime:
    """When a row was submitted: a date is its midnight, no offset means UK local time."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo("Europe/London"))
    return moment.astimezone(dt.UTC)


def in_force(value: str | dict[str, str], on: dt.date) -> Fraction:
    """A number of the card on a day, whether it is dated or not."""
    if isinstance(value, dict):
        begun = [day for day in value if dt.date.fromisoformat(day) <= on]
        assert begun, f"nothing is in force on {on}"
        value = value[max(begun)]
    return Fraction(value)


def pence(amount: str | Fraction) -> int:
    """Money of the card in pence."""
    whole = Fraction(amount) * 100
    assert whole.denominator == 1
    return int(whole)
