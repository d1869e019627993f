"""Sample: a made-up programme folder for a card, realistic in shape, for examples, tests and benchmarks.

Promises: the same card, number of children, seed and versions give the same bytes; every stage of checking
finds no error; nothing in it is about anyone. The tables are the ones the card needs; how often there are
sessions, how long a child stays and when readings are taken follow from the card. All children are at primary
and secondary schools. Refuses to write where there is something already.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from wlz_calc.finding import Finding, Where
from wlz_calc.ratecard.card import Card
from wlz_calc.sample.attainment import attainment
from wlz_calc.sample.attendance import attendance
from wlz_calc.sample.dice import Dice
from wlz_calc.sample.holds import holds
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.questionnaires import sdq
from wlz_calc.sample.register import extract, register, schools
from wlz_calc.sample.sessions import engagement
from wlz_calc.sample.surveys import survey

Content = pl.DataFrame | str

_TABLES: Final[Mapping[str, Callable[[pl.DataFrame, Needs, Dice], pl.DataFrame]]] = {
    "engagement": engagement,
    "attendance": attendance,
    "attainment": attainment,
    "sdq": sdq,
    "survey": survey,
}
_SETTINGS: Final = """\
# A made-up programme: every child, school and partner in it is invented.
provider: West London Zone
rate_cards: [{card_name}]
extracts: # who vouches for each; here, for their shape
"""
_VOUCHED: Final = "  {name}: {{validated: {{by: wlz-calc sample, on: {day}}}}}\n"
_MOMENT: Final = "%Y-%m-%dT%H:%M:%S"


def programme(card: Card, children: int, seed: int, *, card_name: str) -> dict[str, Content]:
    """The files of a programme folder with so many children (one or more), by their names from the folder."""
    needs, dice, at = Needs(card), Dice(seed), schools(card, children)
    joined = register(needs, at, children, dice)
    tables = {name: make(joined, needs, dice) for name, make in _TABLES.items() if name in needs.tables}
    vouched = [_VOUCHED.format(name=name, day=card.term.end) for name in ("children", "schools", *tables)]
    return {
        "wlz.yaml": _SETTINGS.format(card_name=card_name) + "".join(vouched),
        "holds.csv": holds(joined, card),
        "extracts/children.csv": extract(joined),
        "extracts/schools.csv": at.select("school", "name"),
        **{f"extracts/{name}.csv": _named(table, joined["child_id"]) for name, table in tables.items()},
    }


def write(folder: Path, card: Card, children: int, seed: int, *, card_name: str) -> list[Finding]:
    """Make a programme folder; one that already holds something is left as it is, and that is the finding."""
    try:
        if _is_taken(folder):
            return [Finding("output-exists", Where(str(folder)), "files", "a new or an empty folder")]
        (folder / "extracts").mkdir(parents=True)
        for name, content in programme(card, children, seed, card_name=card_name).items():
            _write(folder / name, content)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        return [Finding("output-unwritable", Where(str(folder)), why, "a folder that can be written to")]
    return []


def _is_taken(folder: Path) -> bool:
    return folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))


def _named(table: pl.DataFrame, child_ids: pl.Series) -> pl.DataFrame:
    named = table.with_columns(child_id=pl.lit(child_ids).gather("child"))
    return named.select("child_id", *(name for name in table.columns if name != "child"))


def _write(path: Path, content: Content) -> None:
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="\n")
    else:
        content.write_csv(path, datetime_format=_MOMENT)
