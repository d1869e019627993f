"""Hints: what a cell that cannot be read may mean, so that a message mends all of its kind at once.

Nothing is read by a hint: the cell stays an error until wlz.yaml or its sender says what it means.
"""

import re
from collections.abc import Mapping
from typing import Final

import polars as pl

from wlz_calc.frames import worded
from wlz_calc.read import dateformats
from wlz_calc.read.faults import Fault
from wlz_calc.read.moments import DAY
from wlz_calc.read.spelling import plain
from wlz_calc.standards.attendance import CODES
from wlz_calc.standards.year_groups import YEAR_GROUPS
from wlz_calc.tables import Column, Type

# ---------------------------------------------------------------- dates

DATE_FORMATS: Final = (
    "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%Y", "%d.%m.%Y", "%d.%m.%y",
    "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y",
)  # fmt: skip
"""How senders write dates; a four-digit year goes before its last two digits."""


def swapped(cell: pl.Expr) -> pl.Expr:
    """The day that a cell such as `2016-13-01` would be with day and month swapped; null if it is none."""
    turned = cell.str.replace("^([0-9]{4})-([0-9]{2})-([0-9]{2}).*$", "${1}-${3}-${2}")
    return turned.str.to_date(DAY, strict=False)


def impossible_days(column: str, holds: pl.Expr) -> list[Fault]:
    """Days that no calendar has; `holds`: where the column has one. Some are days when turned round."""
    day = swapped(pl.col(column))
    there = "a day that the calendar has"
    asked = f"{there}: are day and month swapped?"
    said = worded("`{}` ({}?)", column, day)
    return [
        Fault("cell-impossible-date", column, holds & day.is_not_null(), asked, said),
        Fault("cell-impossible-date", column, holds & day.is_null(), there),
    ]


def date_formats(texts: pl.Series) -> list[str]:
    """The ways of writing dates in which most of some texts are; several, where nothing tells which."""
    said = texts.drop_nulls()
    fits = {pattern: _written_so(said, pattern) for pattern in DATE_FORMATS}
    most = max(fits.values())
    return [pattern for pattern, fit in fits.items() if fit == most] if most * 2 > said.len() else []


def _written_so(texts: pl.Series, pattern: str) -> int:
    """How many texts are dates of a pattern."""
    shaped = texts.filter(texts.str.contains(f"^{dateformats.shape(pattern)}$"))
    return shaped.str.to_date(pattern, strict=False).drop_nulls().len()


def wanted_date(expected: str, texts: pl.Series) -> str:
    """What was expected of texts that are no dates, and what wlz.yaml would have to say for them."""
    patterns = date_formats(texts)
    said = " or ".join(f'`date_format: "{pattern}"`' for pattern in patterns)
    return f"{expected}; or {said} in wlz.yaml, under the extract" if said else expected


# ---------------------------------------------------------------- codes of another system

LONGEST_WORD: Final = 40
LONGEST_LINE: Final = 100_000
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {
        "attended": "y yes p present attend here 1 true",
        "absent": "n no a absence 0 false missed dna did_not_attend",
        "cancelled": "c canceled cancel",
    },
    "engaged": {"true": "y yes 1 t true engaged", "false": "n no 0 f false not_engaged"},
    "kind": {"link_worker": "lw link", "partner": "p delivery_partner dp"},
    "session": {"AM": "morning a_m", "PM": "afternoon p_m"},
    "informant": {"parent": "p carer mother father", "teacher": "t", "self": "s child pupil young_person"},
    "subject": {"maths": "math mathematics", "reading": "read"},
    "year_group": {
        "R": "reception rec year_r yr_r",
        **{
            year: f"year_{year} yr_{year} y{year} y_{year} year{year}"
            for year in YEAR_GROUPS
            if year.isdigit()
        },
    },
    "code": {
        "/": "present 1",
        "N": "absent a 0",
        "L": "late",
        "I": "illness ill sick",
        "M": "medical dentist",
        "E": "excluded suspended",
        "#": "closed school_closed",
    },
}
_AMBIGUOUS: Final = frozenset({"y", "n"})
"""Codes of the register, and the words of somebody who ticks yes and no."""


def words(column: Column, texts: pl.Series) -> dict[str, str]:
    """Of texts that are no codes of a column, those that may be meant for one, and for which."""
    said = texts.drop_nulls().unique().sort()
    near = {text: _meant(column, text) for text in said if len(text) <= LONGEST_WORD}
    return {text: ours for text, ours in near.items() if ours is not None}


def _meant(column: Column, text: str) -> str | None:
    if column.type is Type.MARK and (mark := _mark(text)):
        return mark
    return _spellings(column).get(plain(text))


def _spellings(column: Column) -> dict[str, str]:
    """Our values by all that they are called; a column that is free text has none."""
    if not column.choices and column.type not in {Type.FLAG, Type.MARK}:
        return {}
    called = {word: ours for ours, said in _WORDS.get(column.name, {}).items() for word in said.split()}
    return called | {plain(ours): ours for ours in column.choices}


def _mark(text: str) -> str | None:
    """The attendance code of `i`, of `C 1`, and of `I - Illness`."""
    if plain(text) in _AMBIGUOUS:
        return None
    code = "".join(re.split(r"\s[-\u2013]\s|[(:=]", text)[0].split()).upper()
    return code if code in CODES else None


def other_codes(code: str, column: Column, holds: pl.Expr, expected: str, texts: pl.Series) -> list[Fault]:
    """Cells that are none of a column's codes, those that wlz.yaml could translate apart from the others.

    `holds`: where a cell is none; `texts`: such cells, or all of the rows that are looked at more closely.
    """
    cell, theirs = pl.col(column.name), words(column, texts)
    if not theirs:
        return [Fault(code, column.name, holds, expected)]
    near = cell.is_in(list(theirs))
    ours = cell.replace_strict(theirs, default=None, return_dtype=pl.String)
    mend = f"{expected}; or `{_value_map(column, theirs)}` in wlz.yaml, under the extract"
    return [
        Fault(code, column.name, holds & near, mend, worded("`{}` ({}?)", cell, ours)),
        Fault(code, column.name, holds & ~near, expected),
    ]


def _value_map(column: Column, theirs: Mapping[str, str]) -> str:
    """What wlz.yaml would have to say: `values: {status: {Y: attended}}`."""
    import yaml  # only here: a sound programme needs no hints

    said = yaml.safe_dump(
        {"values": {column.name: dict(theirs)}},
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=LONGEST_LINE,
    )
    return str(said).strip().removeprefix("{").removesuffix("}")
