"""What every part of a card is made of: frozen models that refuse unknown keys, and scalars typed from text.

YAML is read with every scalar as text, so that nothing is guessed; these types decide what a text means.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, NamedTuple, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from wlz_calc.finding import quote

Path = tuple[str | int, ...]
"""Where in a card: the keys and positions that lead to it."""

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NAME = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SOME = re.compile(r"(?s).*\S.*")


class Problem(NamedTuple):
    """Something a card may not say: where, under which code, what it says and what was expected.

    `found` is shown as it is: what repeats the card's own text is quoted by whoever finds it.
    """

    at: Path
    code: str
    found: str
    expected: str

    def error(self) -> InitErrorDetails:
        """As Pydantic reports it, so that problems of all kinds come out together."""
        kind = PydanticCustomError(
            "problem", "{expected}", {"code": self.code, "found": self.found, "expected": self.expected}
        )
        return {"type": kind, "loc": self.at, "input": self.found}


def refusal(title: str, problems: Iterable[Problem]) -> ValidationError:
    """One error that holds them all; raised inside a validator it takes its place in the whole."""
    return ValidationError.from_exception_data(title, [problem.error() for problem in problems])


def invalid(code: str, expected: str) -> PydanticCustomError:
    """The refusal of one value; what was found is the value itself."""
    return PydanticCustomError("problem", "{expected}", {"code": code, "expected": expected})


def listed(names: Iterable[str]) -> str:
    """Names as a message lists them: `one, two or three`."""
    *others, last = [str(name) for name in names]
    return f"{', '.join(others)} or {last}" if others else last


def one_of(found: str, names: Iterable[str]) -> str:
    """What was expected in place of `found`: all that is allowed, the nearest first where one is near."""
    allowed = tuple(names)
    near = get_close_matches(found, allowed, n=1)
    return f"{listed(allowed)}{f' (did you mean {near[0]}?)' if near else ''}"


class Terms(BaseModel):
    """A part of a card: frozen, and strict about its keys."""

    model_config = ConfigDict(
        defer_build=True, frozen=True, extra="forbid", populate_by_name=True, validate_default=False
    )

    @model_validator(mode="wrap")
    @classmethod
    def _name_unknown_keys(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401
        if not isinstance(value, Mapping):
            return handler(value)
        allowed = [field.alias or name for name, field in cls.model_fields.items()]
        unknown = [
            Problem((str(key),), "card-unknown-key", quote(str(key)), one_of(str(key), allowed))
            for key in value
            if key not in allowed
        ]
        if not unknown:
            return handler(value)
        others: list[InitErrorDetails] = []
        try:
            handler({key: item for key, item in value.items() if key in allowed})
        except ValidationError as error:
            others = list(again(error))
        raise ValidationError.from_exception_data(cls.__name__, [*(p.error() for p in unknown), *others])


def again(error: ValidationError) -> Iterator[InitErrorDetails]:
    """The errors of a failed validation, to be raised once more beside others."""
    for found in error.errors():
        kind: str | PydanticCustomError = found["type"]
        if kind == "problem":
            kind = PydanticCustomError("problem", "{expected}", found["ctx"])
        yield {"type": kind, "loc": found["loc"], "input": found["input"], "ctx": found.get("ctx", {})}


class _Scalar:
    """What a scalar must look like, what it then is, and how it looks in the schema.

    Not a `BeforeValidator`: for each field Pydantic would look up anew what its function takes, which was a
    third of the time that it takes to learn what a card is.
    """

    def __init__(
        self,
        pattern: re.Pattern[str],
        expected: str,
        then: Callable[[object], object] | None = None,
        /,
        **schema: object,
    ) -> None:
        self.pattern = pattern
        self.expected = expected
        self.then = then
        self.schema = {"pattern": f"^{pattern.pattern}$", **schema}

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, _core: CoreSchema, _handler: object) -> dict[str, Any]:
        return dict(self.schema)

    def _check(self, value: object) -> object:
        if isinstance(value, str) and not self.pattern.fullmatch(value):
            raise invalid("card-value", self.expected)
        if isinstance(value, (Mapping, list)) or value is None:
            raise invalid("card-value", self.expected)
        return self.then(value) if self.then else value


def _true_or_false(value: object) -> object:
    if not isinstance(value, str | bool) or value not in {"true", "false", True, False}:
        raise invalid("card-value", "true or false")
    return value in {"true", True}


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise invalid("card-value", "a day of the calendar, such as 2016-09-01") from None
    if isinstance(value, date) and value != EVER and not EARLIEST <= value <= LATEST:
        raise invalid("card-value", f"a date from {EARLIEST} to {LATEST}")
    return value


EVER: Final = date.min
"""The date of a value that is not dated: it has always been in force."""
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2199, 12, 31)
"""Dates far outside any contract are slips of the keyboard, and months from them leave the calendar."""

# In the schema a scalar is as an editor reads it from YAML: `7` is a number there, `2016-09-01` a text.
Number = Annotated[Decimal, _Scalar(_NUMBER, "a number such as 0.95", type=["number", "string"])]
Whole = Annotated[int, _Scalar(_WHOLE, "a whole number", type=["integer", "string"])]
Day = Annotated[date, _Scalar(_DAY, "a date such as 2016-09-01", _day, type="string", format="date")]
Flag = Annotated[
    bool, BeforeValidator(_true_or_false), WithJsonSchema({"enum": [True, False, "true", "false"]})
]
Text = Annotated[str, _Scalar(_SOME, "a text", type=["string", "number", "boolean"], pattern=r"\S")]
Name = Annotated[str, _Scalar(NAME, "a name in lower case, such as sign_up", type="string")]
Id = Annotated[
    str,
    _Scalar(_ID, "an id in lower case with hyphens, such as kensington-chelsea", type="string"),
]
Phase = Literal["early_years", "primary", "secondary", "post_16"]


def _money(value: Decimal) -> Decimal:
    if value < 0 or value != round(value, 2):
        raise invalid("card-value", "an amount in pounds, not negative, with at most two decimals")
    return value


_Pounds = Annotated[Decimal, _Scalar(_NUMBER, "an amount such as 450.00", type=["number", "string"])]
Money = Annotated[_Pounds, AfterValidator(_money)]

T = TypeVar("T")


def _dated(value: object) -> object:
    if isinstance(value, Mapping):
        if not value:
            raise invalid("card-value", "a value, or values by the date from which they are in force")
        return value
    return {EVER: value}


class _ValueOrDated:
    """The schema of a dated value: the value itself, or values by date."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        by_date = handler(core)
        (value,) = by_date["patternProperties"].values()
        return {"anyOf": [value, {**by_date, "minProperties": 1}]}


Dated = Annotated[Mapping[Day, T], BeforeValidator(_dated), _ValueOrDated()]
"""A value, or values by the first day on which each is in force."""


def dated_at(day: date) -> Path:
    """Where below its key the value of a date stands: under the date, or, not dated, right there."""
    return () if day == EVER else (day.isoformat(),)


def exact(value: Fraction) -> str:
    """A fraction as people write it, and never rounded: `0.25`, or `1/3` where decimals would not end."""
    digits = next((n for n in range(LONGEST_DECIMAL) if value * 10**n == int(value * 10**n)), None)
    if digits is None:
        return str(value)
    whole = f"{abs(int(value * 10**digits)):0{digits + 1}d}"
    sign = "-" if value < 0 else ""
    return sign + (f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole)


LONGEST_DECIMAL: Final = 13


def steps(dated: Mapping[date, T]) -> list[tuple[date, T]]:
    """The values in the order in which they come into force."""
    return sorted(dated.items(), key=lambda step: step[0])


def in_force(dated: Mapping[date, T], day: date) -> T:
    """The value in force on a day.

    Raises:
        KeyError: the day is before the first value's date (a card that allows it is refused).
    """
    return dated[max(start for start in dated if start <= day)]
