"""What `wlz.yaml` may say: the provider, the rate cards, and where each extract is and in whose headings."""

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from wlz_calc.finding import Finding
from wlz_calc.ratecard.base import Day, Problem, Terms, Text, Whole, invalid, refusal
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


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


Stated = dict[ExtractName, Annotated[tuple[StatedPart, ...], BeforeValidator(_listed), Field(min_length=1)]]


def _sound(extracts: Stated) -> Stated:
    """Every part fits its table."""
    if problems := list(_problems(extracts)):
        raise refusal("extracts", problems)
    return extracts


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
    extracts: Annotated[Stated, AfterValidator(_sound)] = {}
    resubmission: Literal["rows", "sessions"] = "rows"
    claims: Text = "claims"

    def parts(self, table: str) -> tuple[StatedPart, ...]:
        """What it says of one extract: its parts, or one of which it says nothing."""
        return {str(name): parts for name, parts in self.extracts.items()}.get(table, (StatedPart(),))


def stated(document: Document) -> tuple[Config | None, list[Finding]]:
    """What a wlz.yaml says, or everything in it that cannot be meant."""
    try:
        return Config.model_validate(document.data), []
    except ValidationError as error:
        return None, refusals.findings(error, document, "folder")
