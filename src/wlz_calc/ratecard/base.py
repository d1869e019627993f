"""What every part of a card is made of: frozen models that refuse unknown keys, and scalars typed from text.

YAML is read with every scalar as text, so that nothing is guessed; these types decide what a text means.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

Path = tuple[str | int, ...]
"""Where in a card: the keys and positions that lead to it."""

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?")
_WHOLE = re.compile(r"-?\d{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a card may not say: where, under which code, what it says and what was expected."""

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

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, validate_default=False)

    @model_validator(mode="wrap")
    @classmethod
    def _name_unknown_keys(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401
        if not isinstance(value, Mapping):
            return handler(value)
        allowed = [field.alias or name for name, field in cls.model_fields.items()]
        unknown = [
            Problem((str(key),), "card-unknown-key", str(key), one_of(str(key), allowed))
            for key in value
            if key not in allowed
        ]
        if not unknown:
            return handler(value)
        others: list[InitErrorDetails] = []
        try:
            handler({key: item for key, item in value.items() if key in allowed})
        except ValidationError as error:
            others = list(_again(error))
        raise ValidationError.from_exception_data(cls.__name__, [*(p.error() for p in unknown), *others])


def _again(error: ValidationError) -> Iterator[InitErrorDetails]:
    """The errors of a failed validation, to be raised once more beside others."""
    for found in error.errors():
        kind: str | PydanticCustomError = found["type"]
        if kind == "problem":
            kind = PydanticCustomError("problem", "{expected}", found["ctx"])
        yield {"type": kind, "loc": found["loc"], "input": found["input"], "ctx": found.get("ctx", {})}


def _scalar(pattern: re.Pattern[str], expected: str) -> Any:  # noqa: ANN401
    def check(value: object) -> object:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise invalid("card-value", expected)
        if isinstance(value, (Mapping, list)) or value is None:
            raise invalid("card-value", expected)
        return value

    return BeforeValidator(check)


def _true_or_false(value: object) -> object:
    if value not in {"true", "false", True, False}:
        raise invalid("card-value", "true or false")
    return value in {"true", True}


Number = Annotated[
    Decimal, _scalar(_NUMBER, "a number such as 0.95"), WithJsonSchema({"type": ["number", "string"]})
]
Whole = Annotated[int, _scalar(_WHOLE, "a whole number"), WithJsonSchema({"type": ["integer", "string"]})]
Day = Annotated[
    date, _scalar(_DAY, "a date such as 2016-09-01"), WithJsonSchema({"type": "string", "format": "date"})
]
Flag = Annotated[
    bool, BeforeValidator(_true_or_false), WithJsonSchema({"enum": [True, False, "true", "false"]})
]
Text = Annotated[str, _scalar(re.compile(r"(?s).*\S.*"), "a text")]
Name = Annotated[
    str,
    _scalar(_NAME, "a name in lower case, such as sign_up"),
    WithJsonSchema({"type": "string", "pattern": f"^{_NAME.pattern}$"}),
]
Id = Annotated[
    str,
    _scalar(_ID, "an id in lower case with hyphens, such as kensington-chelsea"),
    WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"}),
]
Phase = Literal["early_years", "primary", "secondary", "post_16"]


def _money(value: Decimal) -> Decimal:
    if value < 0 or value != round(value, 2):
        raise invalid("card-value", "an amount in pounds, not negative, with at most two decimals")
    return value


Money = Annotated[Number, AfterValidator(_money)]

T = TypeVar("T")
EVER: Final = date.min
"""The date of a value that is not dated: it has always been in force."""


def _dated(value: object) -> object:
    if isinstance(value, Mapping):
        if not value:
            raise invalid("card-value", "a value, or values by the date from which they are in force")
        return value
    return {EVER: value}


Dated = Annotated[Mapping[Day, T], BeforeValidator(_dated)]
"""A value, or values by the first day on which each is in force."""


def steps(dated: Mapping[date, T]) -> list[tuple[date, T]]:
    """The values in the order in which they come into force."""
    return sorted(dated.items(), key=lambda step: step[0])


def in_force(dated: Mapping[date, T], day: date) -> T:
    """The value in force on a day.

    Raises:
        KeyError: the day is before the first value's date (a card that allows it is refused).
    """
    return dated[max(start for start in dated if start <= day)]
