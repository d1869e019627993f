"""How figures, dates and names of a card are put into words: exactly, and never rounded."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

from wlz_calc.money import pence, sterling
from wlz_calc.ratecard.base import EVER, exact, steps

T = TypeVar("T")

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_COUNTS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NAMES: Final = {"sign_up": "Sign-up", "sdq": "SDQ"}
"""Names that are spelt otherwise than their code."""
INFORMANTS: Final = {"parent": "the parent", "teacher": "the teacher", "self": "the child"}


def title(name: str) -> str:
    """`continued_engagement` as `Continued engagement`."""
    return NAMES.get(name) or phrase(name).capitalize()


def phrase(name: str) -> str:
    """`parental_engagement` as `parental engagement`."""
    return name.replace("_", " ")


def phase(name: str) -> str:
    """A phase as a sentence says it."""
    return "post-16" if name == "post_16" else phrase(name)


def together(items: Sequence[str], conjunction: str = "and") -> str:
    """`one, two and three`."""
    *others, last = items
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def apart(clauses: Sequence[str], conjunction: str) -> str:
    """Clauses that may hold commas of their own, so joined that none is taken for part of another."""
    *others, last = clauses
    if len(clauses) < 3:  # noqa: PLR2004 - two need no semicolons
        return f"{', '.join(others)}, {conjunction} {last}" if others else last
    return f"{'; '.join(others)}; {conjunction} {last}"


def count(number: int) -> str:
    """Small numbers in words."""
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def day(value: date) -> str:
    """`1 September 2016`, whatever the language of the machine."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def amount(value: Decimal) -> str:
    """`£450.00`."""
    return sterling(pence(value))


def number(value: Decimal | int) -> str:
    """`0.5`, without zeros that say nothing."""
    return exact(Fraction(value))


def percent(value: Decimal | int) -> str:
    """`97.5%`."""
    return f"{exact(Fraction(value) * 100)}%"


def points(value: Decimal | int) -> str:
    """A difference between two percentages."""
    return plural(exact(Fraction(value) * 100), "percentage point")


def plural(figure: str, noun: str) -> str:
    """`1 point`, `3 points`."""
    return f"{figure} {noun}{'' if figure == '1' else 's'}"


def dated(values: Mapping[date, T], words: Callable[[T], str]) -> str:
    """A value, or each with the day from which it is in force."""
    said = [words(value) + ("" if start == EVER else f" from {day(start)}") for start, value in steps(values)]
    return together(said)
