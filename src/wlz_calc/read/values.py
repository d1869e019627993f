"""Values: from the text of a cell to its type, and whether it has one.

Nothing is guessed: a date is `2016-11-03`, a number has no separators, a code is one of its list.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.frames import SHARED
from wlz_calc.money import PENCE_IN_A_POUND
from wlz_calc.period import Quarter
from wlz_calc.read import moments
from wlz_calc.read.moments import DAY, DAY_LENGTH
from wlz_calc.standards.assessment import DECIMALS, POINT, STATUS_CODES, Scale
from wlz_calc.standards.attendance import CODES
from wlz_calc.tables import CHILD, Column, Type

DAY_SHAPE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
FAR_OFF: Final = (date(1990, 1, 1), date(2099, 12, 31))
FIRST_DIGIT: Final = "0"
WHOLE_SHAPE: Final = r"^[0-9]+$"
NUMBER_SHAPE: Final = r"^-?[0-9]{1,12}(\.[0-9]{1,4})?$"
MONEY_SHAPE: Final = r"^-?[0-9]{1,12}(\.[0-9]{1,2})?$"
PENNIES: Final = 2
"""The decimals of a pound."""
TYPED: Final = ", typed"
TRUE_OR_FALSE: Final = ("true", "false")
SCORE: Final = Column("score", Type.NUMBER)

TEXTS: Final[Mapping[str, pl.DataType]] = MappingProxyType({})

Scales = Mapping[str, Scale]


class Lists(NamedTuple):
    """Lists of codes that are a programme's own: scales of attainment, and children once they are known.

    `child`: a child's number in the list of all, by the id; made once, as Polars goes through all ids to make
    it. `many`: there are so many rows that it pays to list all days too.
    """

    scales: Scales
    child: pl.Expr | None = None
    many: bool = False


def alike(columns: Iterable[Column], dtypes: Mapping[str, pl.DataType] = TEXTS) -> list[list[Column]]:
    """Columns that differ in nothing but their names, together: twenty-five items take one expression.

    `dtypes`: the types of their cells, where these are no texts.
    """
    kinds: dict[tuple[Column, pl.DataType | None], list[Column]] = {}
    for column in columns:
        name = column.name if column == CHILD else ""
        kind = column._replace(name=name, required=False)
        kinds.setdefault((kind, dtypes.get(column.name)), []).append(column)
    return list(kinds.values())


def beside(name: str) -> str:
    """The column beside that of the text in which its value stands."""
    return f"{name}{TYPED}"


def wrong(column: Column) -> pl.Expr:
    """Whether a cell says something that is no value of its column."""
    return pl.col(column.name).is_not_null() & _is_none(column)


def _is_none(column: Column) -> pl.Expr:
    value = pl.col(beside(column.name))
    return moments.is_none(value) if column.type is Type.MOMENT else value.is_null()


def suspect(column: Column) -> pl.Expr:
    """Whether a cell needs a closer look; few do, so that the closer look costs nothing."""
    if column.required:
        return _is_none(column)
    if column.type is Type.SCORE:
        return wrong(column) & ~pl.col(column.name).is_in(codes(column))
    return wrong(column)


def codes(column: Column) -> list[str]:
    """A status code says why there is no result, and is no reading; `expected` has none."""
    return list(STATUS_CODES) if column.name == "score" else []


def value(columns: list[Column], lists: Lists) -> pl.Expr:
    """The values of columns that are alike, null where a cell is none, in columns beside theirs."""
    kind, cells = columns[0], pl.col([column.name for column in columns])
    match kind.type:
        case Type.SCALE:
            values: pl.Expr = pl.when(cells.is_in(list(lists.scales))).then(cells).cast(SHARED)
        case Type.SCORE:
            values = _score(cells, lists.scales)
        case Type.TEXT if kind == CHILD and lists.child is not None:
            values = lists.child
        case _:
            values = _VALUES[kind.type](kind, cells)
    return values.name.suffix(TYPED)


def nothing(column: Column) -> pl.Expr:
    """The value of a column of which nothing is said."""
    if column.choices:
        return pl.lit(None, dtype=pl.Enum(column.choices))
    if column.type is Type.WHOLE:
        return pl.lit(None, dtype=column.number)
    return pl.lit(None, dtype=SHARED if column.shared else _DTYPES[column.type])


def _text(column: Column, cell: pl.Expr) -> pl.Expr:
    """A text; a number stands for it where it is one of a list, or of few.

    Any other type has no value with spaces around it, and its part is then read stripped; a text would.
    """
    if column.choices:
        return cell.cast(pl.Enum(column.choices), strict=False)
    text = cell.str.strip_chars()
    fits = pl.when(text.str.len_chars().is_between(1, column.longest)).then(text)
    return fits.cast(SHARED) if column.shared else fits


def _date(_column: Column, cell: pl.Expr) -> pl.Expr:
    day = cell.str.to_date(DAY, strict=False)
    return pl.when(cell.str.contains(DAY_SHAPE) & day.is_between(*FAR_OFF)).then(day)


def day_of(cell: pl.Expr) -> pl.Expr:
    """The day that a text begins with, null where it begins with none."""
    return cell.str.slice(0, DAY_LENGTH).str.to_date(DAY, strict=False)


def _moment(_column: Column, cell: pl.Expr) -> pl.Expr:
    return moments.read(pl.when(day_of(cell).is_between(*FAR_OFF)).then(cell))


def _whole(column: Column, cell: pl.Expr) -> pl.Expr:
    """A whole number in nothing but digits; a cast takes no other text but a sign, which is less than one."""
    number = cell.cast(column.number, strict=False)
    return pl.when((cell >= FIRST_DIGIT) & number.is_between(column.low, column.high)).then(number)


def _number(_column: Column, cell: pl.Expr) -> pl.Expr:
    """A number of points in ten-thousandths, exactly."""
    number = pl.when(cell.str.contains(NUMBER_SHAPE)).then(cell).str.to_decimal(scale=DECIMALS)
    return (number * POINT).cast(pl.Int64)


def _money(_column: Column, cell: pl.Expr) -> pl.Expr:
    """Pounds in pence, exactly."""
    pounds = pl.when(cell.str.contains(MONEY_SHAPE)).then(cell).str.to_decimal(scale=PENNIES)
    return (pounds * PENCE_IN_A_POUND).cast(pl.Int64)


def _quarter(_column: Column, cell: pl.Expr) -> pl.Expr:
    """A quarter as `2018-Q4`, by whichever year it is counted."""
    return cell.replace_strict(_quarters(), default=None, return_dtype=pl.String)


@cache
def _quarters() -> dict[str, str]:
    """Every text that is a quarter, and the quarter it is."""
    first, last = FAR_OFF
    years = range(first.year, last.year + 1)
    financial = [f"{year}/{(year + 1) % 100:02}" for year in years]
    texts = [f"{year}-{q}{number}" for year, q, number in product([*years, *financial], "Qq", range(1, 5))]
    return {text: str(Quarter.parse(text)) for text in texts}


def _flag(_column: Column, cell: pl.Expr) -> pl.Expr:
    true, false = (cell == word for word in TRUE_OR_FALSE)
    return pl.when(true | false).then(true)


def _mark(_column: Column, code: pl.Expr) -> pl.Expr:
    """Whether a mark may stand on its day; where none was made, there is nothing to count."""
    day = day_of(pl.col("date").cast(pl.String))  # where the format has types, it may be a date
    first, last = span(code)
    in_force = (first.is_null() | (day >= first)) & (last.is_null() | (day <= last))
    return pl.when(code.is_in(list(CODES)) & in_force).then(code)


_VALUES: Final[dict[Type, Callable[[Column, pl.Expr], pl.Expr]]] = {
    Type.TEXT: _text,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.WHOLE: _whole,
    Type.NUMBER: _number,
    Type.FLAG: _flag,
    Type.MARK: _mark,
    Type.MONEY: _money,
    Type.QUARTER: _quarter,
}
_DTYPES: Final[dict[Type, pl.DataType]] = {
    **dict.fromkeys((Type.TEXT, Type.MARK, Type.QUARTER), pl.String()),
    **dict.fromkeys((Type.NUMBER, Type.SCORE, Type.MONEY), pl.Int64()),
    Type.DATE: pl.Date(),
    Type.MOMENT: moments.STATED,
    Type.FLAG: pl.Boolean(),
    Type.SCALE: SHARED,
}


def _score(cell: pl.Expr, scales: Scales) -> pl.Expr:
    """A score on the scale its row names: its place on a scale of ordered values, else its number."""
    value = pl.lit(None, dtype=pl.Int64)
    for name, scale in scales.items():
        value = pl.when(pl.col("scale") == name).then(_on(scale, cell)).otherwise(value)
    return value


def _on(scale: Scale, cell: pl.Expr) -> pl.Expr:
    if scale.range is None:
        places = {value: place * POINT for place, value in enumerate(scale.values)}
        return cell.replace_strict(places, default=None, return_dtype=pl.Int64)
    points = _number(SCORE, cell)
    low, high = (int(end * POINT) for end in scale.range)
    return pl.when(points.is_between(low, high)).then(points)


def span(code: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The first and the last day of a code, where it has one. Source: measures, B1."""
    starts, ends = ({name: getattr(mark, end) for name, mark in CODES.items()} for end in ("start", "end"))
    first, last = (code.replace_strict(days, default=None, return_dtype=pl.Date) for days in (starts, ends))
    return first, last
