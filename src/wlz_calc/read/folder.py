"""A programme folder: `wlz.yaml`, the cards it names, its extracts and holds.

Promises a programme whose every file was found, read whole and checked, or everything that stands in the way.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, ValidationError

from wlz_calc.finding import Finding, Where
from wlz_calc.programme import InputFile, Programme
from wlz_calc.ratecard.base import Day, Terms, Text, invalid
from wlz_calc.read import refusals, strictyaml
from wlz_calc.read.cards import CONFIG, ReadCard, find_card, read_cards, shown
from wlz_calc.read.extracts import Reading, read_extracts
from wlz_calc.read.places import is_file, is_folder
from wlz_calc.read.strictyaml import Document
from wlz_calc.tables import EXTRACTS

HOLDS: Final = "holds"
TABLES: Final = tuple(table.name for table in EXTRACTS)
ExtractName = Literal["children", "schools", "engagement", "attendance", "attainment", "sdq", "survey"]
LATER: Final = ("sheet", "header_row", "columns", "constants", "values", "missing", "date_format")
"""What the data dictionary describes of other people's files, and this version does not read yet."""


class Validated(Terms):
    """Who vouches for an extract."""

    by: Text
    on: Day

    def __str__(self) -> str:
        return f"{self.by}, {self.on}"


def _one_part(value: object) -> object:
    """A table in several parts is for a later version."""
    parts = value if isinstance(value, list) else [value]
    if len(parts) != 1:
        raise invalid("folder-later", "one file for each extract; tables in parts are not read yet")
    part = parts[0]
    if isinstance(part, Mapping) and (later := [key for key in LATER if key in part]):
        raise invalid("folder-later", f"a csv file in our own headings; {', '.join(later)} is not read yet")
    return part


class Part(Terms):
    """Where an extract is, if not at extracts/TABLE.csv, and who validated it."""

    path: Text | None = None
    validated: Validated | None = None


class Config(Terms):
    """What wlz.yaml says."""

    provider: Text = "The provider"
    rate_cards: tuple[Text, ...]
    extracts: dict[ExtractName, Annotated[Part, BeforeValidator(_one_part)]] = {}
    resubmission: Literal["rows", "sessions"] = "rows"
    claims: Text = "claims"

    def part(self, table: str) -> Part:
        """What it says of one extract."""
        return {str(name): part for name, part in self.extracts.items()}.get(table, Part())


def read_programme(folder: Path) -> tuple[Programme | None, list[Finding]]:
    """Everything that a calculation starts from, or all the findings of the stage that stopped it."""
    document, raw, found = _document(folder)
    if document is None:
        return None, found
    config, found = _config(document)
    if config is None:
        return None, found
    if found := _sealed(folder / config.claims):
        return None, found
    cards, found = _cards(folder, config, document)
    if cards is None:
        return None, found
    reading = Reading([card.card for card in cards], whole_sessions=config.resubmission == "sessions")
    validated = {table: str(config.part(table).validated or "") for table in TABLES}
    extracts, problems = read_extracts(dict(_paths(folder, config)), folder, reading, validated)
    found += problems
    if extracts is None:
        return None, found
    files = (
        InputFile("config", CONFIG, sha256(raw).hexdigest(), None),
        *(InputFile("card", card.file, card.sha256, None) for card in cards),
        *extracts.files,
    )
    return Programme(config.provider, tuple(card.card for card in cards), extracts, files), found


def _document(folder: Path) -> tuple[Document | None, bytes, list[Finding]]:
    if not is_folder(folder):
        where = Where(folder.as_posix())
        return None, b"", [Finding("folder-missing", where, "no such folder", "a programme folder")]
    if not is_file(folder / CONFIG):
        where = Where((folder / CONFIG).as_posix())
        return None, b"", [Finding("folder-no-config", where, "no such file", f"a {CONFIG} in the folder")]
    raw, found = strictyaml.load(folder / CONFIG, CONFIG, "folder")
    if raw is None:
        return None, b"", found
    document, found = strictyaml.parse(raw, CONFIG, "folder")
    return document, raw, found


def _config(document: Document) -> tuple[Config | None, list[Finding]]:
    try:
        return Config.model_validate(document.data), []
    except ValidationError as error:
        return None, refusals.findings(error, document, "folder")


def _sealed(claims: Path) -> list[Finding]:
    """A version that cannot read sealed claims must not claim beside them."""
    if not is_folder(claims) or not any(claims.iterdir()):
        return []
    return [Finding("book-unreadable", Where(claims.name), "sealed quarters", "a folder without any")]


def _cards(folder: Path, config: Config, document: Document) -> tuple[list[ReadCard] | None, list[Finding]]:
    entries: list[tuple[Path, str]] = []
    found: list[Finding] = []
    for place, name in enumerate(config.rate_cards):
        path, missing = find_card(name, folder, document.where(("rate_cards", place)))
        found += missing
        entries += [(path, shown(name, path))] if path else []
    if not config.rate_cards:
        expected = "the name of at least one rate card"
        found.append(Finding("folder-value", document.where(("rate_cards",)), "none", expected))
    if found:
        return None, found
    return read_cards(entries)


def _paths(folder: Path, config: Config) -> Iterator[tuple[str, Path]]:
    """The file of each extract there is; the register is always wanted."""
    for table in TABLES:
        stated = config.part(table).path
        path = folder / (stated or f"extracts/{table}.csv")
        if stated or table == "children" or path.exists():
            yield table, path
    if (folder / f"{HOLDS}.csv").exists():
        yield HOLDS, folder / f"{HOLDS}.csv"
