"""Looks: what the cells of a column say, if it is taken for one of ours.

Only different cells are looked at, each with how often it is there.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.read import hints
from wlz_calc.read.drafting.dates import dated, is_dated
from wlz_calc.read.ids import is_personal
from wlz_calc.read.spelling import plain
from wlz_calc.read.values import TRUE_OR_FALSE, Lists, beside, value
from wlz_calc.standards.assessment import SCALES, STATUS_CODES, Scale
from wlz_calc.standards.attendance import CODES, MISSING_MARKS
from wlz_calc.tables import Column, Type

MISSING: Final = frozenset(
    {"-", "\u2013", "\u2014", ".", "..", "?", "na", "n_a", "nil", "none", "null", "blank", "missing"}
)
"""What people write where there is nothing to say, as a plain word or as it stands. Source: measures, E."""
NOT_STATED: Final = frozenset(
    {"7", "8", "9", "77", "88", "99", "777", "888", "999", "-1", "-9", "-99", "-999"}
)
"""Numbers that no answer can be, and that databases write for one that was not given (see maps/sdq_pmhc)."""
FEW_CODES: Final = 12
"""A column with more different cells that mean nothing holds no codes."""
MANY: Final = 200
"""A column with more different cells is not even looked at for words that might be codes."""
MEASURE: Final = "measure"
"""The column of a survey that says what was asked; cards name that as `school_engagement`."""
_NEGATED: Final = frozenset({"not", "no", "un", "never", "didn", "non", "without"})
_JUDGED: Final[Mapping[str, str]] = {
    "working_towards": "towards", "wt": "towards", "expected": "at", "at_expected": "at",
    "greater_depth": "above", "gd": "above", "exceeding": "above", "emerging": "below",
    "absent": "A", "disapplied": "D", "left": "L",
}  # fmt: skip
"""Judgements, and reasons why there is none, in words. Source: measures, C."""


class Cells(NamedTuple):
    """The different cells of a column, sorted, and how often each is there; empty ones are left out."""

    texts: pl.Series
    times: pl.Series

    @property
    def filled(self) -> int:
        """How many cells are not empty."""
        return int(self.times.sum())

    def count(self, which: pl.Series) -> int:
        """How many cells are among some of the different ones."""
        return int(self.times.filter(which).sum())

    def mostly(self, which: pl.Series) -> bool:
        """Whether nine cells of ten are among some of the different ones."""
        return self.filled > 0 and self.count(which) * 10 >= self.filled * 9

    def only(self, which: pl.Series) -> "Cells":
        """Some of the different cells."""
        return Cells(self.texts.filter(which), self.times.filter(which))


class Look(NamedTuple):
    """How many of the cells that say something fit a column, and what must be said of them.

    `values`: theirs to ours; `missing`: those that say nothing; `unknown`: those that look like codes and
    mean nothing here, with how often each is there; `unlisted`: how many more do not fit; `are_codes`: all
    that do not fit are a few different ones.
    """

    fits: int
    of: int
    values: Mapping[str, str] = {}
    missing: tuple[str, ...] = ()
    unknown: Mapping[str, int] = {}
    unlisted: int = 0
    are_codes: bool = False

    @property
    def is_likely(self) -> bool:
        """Whether the column may well be this one: most cells fit, none is there, or they are codes."""
        return self.fits * 2 >= self.of or self.are_codes

    @property
    def is_certain(self) -> bool:
        """Whether the cells alone say so: nine of ten fit."""
        return self.of > 0 and self.fits * 10 >= self.of * 9


def counted(column: pl.Series) -> Cells:
    """The cells of a column of text."""
    counts = column.rename("cell").drop_nulls().value_counts().sort("cell")
    return Cells(counts.get_column("cell"), counts.get_column("count"))


def look(column: Column, cells: Cells, scale: str | None = None) -> Look:
    """The cells as those of a column; `scale`: that of a score, as far as it can be told."""
    missing = [] if column.required else [text for text in cells.texts if _is_missing(text, column)]
    said = cells.only(~cells.texts.is_in(missing))
    if column.name == MEASURE:
        return _measured(said)
    seen = _coded(column, said, SCALES.get(scale or "")) if _is_coded(column, scale) else _typed(column, said)
    return seen._replace(missing=tuple(missing))


def _is_missing(text: str, column: Column) -> bool:
    if column.type is Type.MARK and text in MISSING_MARKS:
        return False
    return (plain(text) or text) in MISSING or (column.type is Type.WHOLE and text in _not_stated(column))


def _not_stated(column: Column) -> list[str]:
    return [text for text in NOT_STATED if not column.low <= int(text) <= column.high]


# ---------------------------------------------------------------- cells of a type


def _typed(column: Column, cells: Cells) -> Look:
    if column.type in {Type.DATE, Type.MOMENT}:
        patterns = dated(cells.texts, column.type)
        fits = is_dated(cells.texts, patterns[0] if patterns else None, column.type)
    else:
        frame = pl.DataFrame(
            {column.name: cells.texts, "scale": ""}, {column.name: pl.String, "scale": pl.String}
        )
        values = frame.select(value([_free(column)], Lists(SCALES)))
        fits = values.get_column(beside(column.name)).is_not_null()
    count = cells.count(fits)
    return Look(count, cells.filled, unlisted=cells.filled - count)


def _free(column: Column) -> Column:
    """A score whose scale is not known may be any text."""
    return column._replace(type=Type.TEXT) if column.type is Type.SCORE else column


def _measured(cells: Cells) -> Look:
    """What was asked, as a card would name it, where a few things were asked again and again."""
    repeated = cells.times.gt(1).all() and cells.texts.len() <= FEW_CODES
    values = (
        {text: name for text in cells.texts if (name := plain(text)) and name != text} if repeated else {}
    )
    return Look(cells.filled, cells.filled, values)


# ---------------------------------------------------------------- cells that are codes


def _is_coded(column: Column, scale: str | None) -> bool:
    ordered = scale in SCALES and SCALES[scale].range is None if scale else False
    return (
        bool(column.choices)
        or column.type in {Type.FLAG, Type.MARK}
        or (column.type is Type.SCORE and ordered)
    )


def _coded(column: Column, cells: Cells, scale: Scale | None) -> Look:
    ours = _ours(column, scale)
    values = _translated(column, cells.texts.filter(~cells.texts.is_in(ours)), scale)
    unknown = cells.only(~cells.texts.is_in([*ours, *values]))
    are_codes = unknown.texts.len() <= FEW_CODES
    shown = _shown(unknown) if are_codes else {}
    fits, more = cells.filled - unknown.filled, unknown.filled - sum(shown.values())
    return Look(fits, cells.filled, values, unknown=shown, unlisted=more, are_codes=are_codes)


def _shown(unknown: Cells) -> dict[str, int]:
    """Codes that may be shown: what is there but once may be somebody's remark, and no name ever is."""
    said = unknown.texts.to_frame("cell").select(~is_personal(pl.col("cell"))).to_series()
    codes = unknown.only(said & (unknown.times > 1))
    return dict(zip(codes.texts, codes.times, strict=True))


def _ours(column: Column, scale: Scale | None) -> list[str]:
    if scale is not None:
        return [*scale.values, *STATUS_CODES]
    if column.type is Type.FLAG:
        return list(TRUE_OR_FALSE)
    return [*CODES, *MISSING_MARKS] if column.type is Type.MARK else list(column.choices)


def _translated(column: Column, theirs: pl.Series, scale: Scale | None) -> dict[str, str]:
    """Ours for cells of theirs: by the words of the hints or of judgements, or as the only one named."""
    if theirs.len() > MANY:
        return {}
    values = hints.words(column, theirs) if scale is None else _judged(theirs, scale)
    choices = column.choices if scale is None else scale.values
    named = {text: _named(text, choices) for text in theirs if text not in values}
    meant = values | {text: ours for text, ours in named.items() if ours is not None}
    return dict(sorted(meant.items()))


def _judged(theirs: pl.Series, scale: Scale) -> dict[str, str]:
    ours = {plain(value): value for value in scale.values}
    ours |= {word: value for word, value in _JUDGED.items() if value in (*scale.values, *STATUS_CODES)}
    return {text: ours[word] for text in theirs if (word := plain(text)) in ours}


def _named(text: str, choices: tuple[str, ...]) -> str | None:
    """`cancelled` for `Session cancelled`, but nothing for `Not attended`."""
    words = set(plain(text).split("_"))
    named = [ours for ours in choices if len(ours) > 1 and plain(ours) in words]
    return named[0] if len(named) == 1 and words.isdisjoint(_NEGATED) else None
