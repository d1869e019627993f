"""What `wlz.yaml` may say: the provider, the rate cards, the extracts and their headings, and invoices."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import InitErrorDetails

from wlz_calc.finding import Finding
from wlz_calc.ratecard.base import Day, Id, Problem, Terms, Text, Whole, again, invalid
from wlz_calc.ratecard.invoicing import Accounts, Invoicing, Supplier
from wlz_calc.read import maps, refusals, translation
from wlz_calc.read.strictyaml import Document
from wlz_calc.read.translation import Translation
from wlz_calc.tables import EXTRACTS

TABLES: Final = tuple(table.name for table in EXTRACTS)
ExtractName = Literal["children", "schools", "engagement", "attendance", "attainment", "sdq", "survey"]


class Validated(Terms):
    """Who vouches for an extract."""

    by: Text
    on: Day

    def __str__(self) -> str:
        return f"{self.by}, {self.on}"


def _from_one(row: int) -> int:
    if row < 1:
        raise invalid("folder-value", "the number of a row, from 1")
    return row


class StatedPart(Translation):
    """What is said of one part of an extract; without a path, of the file at extracts/TABLE."""

    path: Text | None = None
    sheet: Text | None = None
    header_row: Annotated[Whole, AfterValidator(_from_one)] | None = None
    map: Text | None = None
    validated: Validated | None = None

    def translation(self) -> Translation:
        """How its cells become ours: as the map says, but for what is said here."""
        return self.over(maps.shipped_map(self.map)) if self.map else self


UNSAID: Final = StatedPart.model_construct()
"""A part of which nothing is said."""


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


Stated = dict[ExtractName, Annotated[tuple[StatedPart, ...], BeforeValidator(_listed), Field(min_length=1)]]


def _sound(value: Any, handler: ValidatorFunctionWrapHandler) -> Stated:  # noqa: ANN401 - what YAML holds
    """Every part fits its table; what cannot be meant in one place does not hide what is wrong in others."""
    wrong: list[InitErrorDetails] = []
    try:
        extracts: Stated = handler(value)
    except ValidationError as error:
        wrong = list(again(error))
        try:
            extracts = handler(_without(value, [details.get("loc", ()) for details in wrong]))
        except ValidationError:
            raise error from None
    wrong += [problem.error() for problem in _problems(extracts)]
    if wrong:
        raise ValidationError.from_exception_data("extracts", wrong)
    return extracts


def _without(value: object, places: Iterable[tuple[str | int, ...]]) -> object:
    """What is stated, less what is wrong with it; a part that cannot be meant says nothing."""
    if not isinstance(value, Mapping):
        return value
    parts = {table: [*_listed(said)] for table, said in value.items()}
    for table, *rest in places:
        match rest:
            case [int(place), str(key), *_] if isinstance(parts[table][place], Mapping):
                parts[table][place] = {
                    name: said for name, said in parts[table][place].items() if name != key
                }
            case [int(place), *_]:
                parts[table][place] = {}
            case _:
                parts.pop(table, None)
    return parts


def _problems(extracts: Stated) -> Iterator[Problem]:
    for table, parts in extracts.items():
        for place, part in enumerate(parts):
            for problem in _of_part(part, table):
                yield problem._replace(at=(table, place, *problem.at))


def _of_part(part: StatedPart, table: str) -> Iterator[Problem]:
    yield from translation.problems(part, table)
    if part.map and (fault := maps.fault(part.map, table)):
        yield fault


class Config(Terms):
    """What wlz.yaml says."""

    provider: Text = "The provider"
    rate_cards: tuple[Text, ...]
    extracts: Annotated[Stated, WrapValidator(_sound)] = {}
    resubmission: Literal["rows", "sessions"] = "rows"
    claims: Text = "claims"
    supplier: Supplier | None = None
    invoicing: dict[Id, dict[Text, Invoicing]] = {}

    def parts(self, table: str) -> tuple[StatedPart, ...]:
        """What it says of one extract: its parts, or one of which it says nothing."""
        return {str(name): parts for name, parts in self.extracts.items()}.get(table, (UNSAID,))

    @property
    def accounts(self) -> Accounts:
        """What it says of invoices."""
        return Accounts(self.supplier, self.invoicing)


def stated(document: Document) -> tuple[Config | None, list[Finding]]:
    """What a wlz.yaml says, or everything in it that cannot be meant."""
    try:
        return Config.model_validate(document.data), []
    except ValidationError as error:
        return None, refusals.findings(error, document, "folder")
