"""The files of a programme folder to start from: settings, blank tables, and what keeps a repository safe.

The texts that are the same for every card are files in `starter/`, with the names of what differs in them.
"""

from pathlib import Path
from string import Template
from typing import Final

import wlz_calc
from wlz_calc.period import MONTHS_IN_A_QUARTER, Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.sample.blank import CHILD, Blank, blanks, joined_on, ledgers
from wlz_calc.sample.explained import explained

NOBODY: Final = "nobody yet: example rows of wlz-calc init"


def files(card: Card, name: str) -> dict[str, str]:
    """Every file by its name from the folder; `name`: the card as the folder names it."""
    tables = blanks(card)
    quarter = first_quarter(card)
    return {
        ".gitignore": _text("gitignore"),
        ".github/workflows/check.yml": _text(
            "check.yml", card=name, quarter=str(quarter), version=wlz_calc.__version__
        ),
        "extracts/README.md": _text("extracts.md", child=CHILD) + explained(tables) + "\n",
        **{f"extracts/{blank.table.name}.csv": blank.text for blank in tables},
        **{f"{blank.table.name}.csv": blank.text for blank in ledgers()},
        "wlz.yaml": _text(
            "wlz.yaml",
            card=name,
            validated=_validated(tables, quarter),
            contract=card.contract,
            payer=next(iter(card.commissioners)),
        ),
    }


def first_quarter(card: Card) -> Quarter:
    """The quarter in which the example's child joins."""
    day = joined_on(card)
    return Quarter(day.year, (day.month - 1) // MONTHS_IN_A_QUARTER + 1)


def _validated(tables: list[Blank], quarter: Quarter) -> str:
    """By nobody, until the last day of the example: later rows are warned of until somebody is named."""
    last = max([quarter.end, *(day for blank in tables for day in blank.days)])
    said = f'{{validated: {{by: "{NOBODY}", on: {last}}}}}'
    return "\n".join(f"  {blank.table.name}: {said}" for blank in tables)


def _text(file: str, **differs: str) -> str:
    template = (Path(__file__).parents[1] / "starter" / file).read_text(encoding="utf-8")
    return Template(template).substitute(differs)
