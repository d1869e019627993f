"""Native cells: columns of Parquet in the types that they have there, where these say what a column means."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl
from polars.datatypes import IntegerType

from wlz_calc.read.moments import stated
from wlz_calc.read.texts import as_text
from wlz_calc.read.values import FAR_OFF
from wlz_calc.tables import Column, Table, Type


def cells(typed: pl.LazyFrame, table: Table) -> tuple[pl.LazyFrame, Mapping[str, pl.DataType]]:
    """Typed cells, the others as text; and the types of those whose type says what their column means."""
    schema = typed.collect_schema()
    kept = {
        column.name: schema[column.name]
        for column in table.columns
        if column.name in schema and _says(schema[column.name], column)
    }
    others = [as_text(pl.col(name), dtype) for name, dtype in schema.items() if name not in {"row", *kept}]
    return typed.with_columns(others), kept


def _says(dtype: pl.DataType, column: Column) -> bool:
    """Whether a type says what a column means; a date-time with a zone is better read as text."""
    zoned = isinstance(dtype, pl.Datetime) and dtype.time_zone is not None
    return isinstance(dtype, _SAYING.get(column.type, ())) and not zoned


def value(column: Column, cell: pl.Expr) -> pl.Expr:
    """The values of typed cells, null where a cell is none; see `values.value`."""
    return _VALUES[column.type](column, cell)


def _day(_column: Column, cell: pl.Expr) -> pl.Expr:
    """A date, or a date-time that is midnight."""
    day = cell.cast(pl.Date)
    return pl.when(day.is_between(*FAR_OFF) & (day.cast(pl.Datetime("us")) == cell)).then(day)


def _moment(_column: Column, cell: pl.Expr) -> pl.Expr:
    return stated(pl.when(cell.cast(pl.Date).is_between(*FAR_OFF)).then(cell.cast(pl.Datetime("us"))))


def _whole(column: Column, cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.is_between(column.low, column.high)).then(cell).cast(column.number)


_SAYING: Final[Mapping[Type, type[pl.DataType] | tuple[type[pl.DataType], ...]]] = {
    Type.DATE: (pl.Date, pl.Datetime),
    Type.MOMENT: (pl.Date, pl.Datetime),
    Type.WHOLE: IntegerType,
    Type.FLAG: pl.Boolean,
}
_VALUES: Final[Mapping[Type, Callable[[Column, pl.Expr], pl.Expr]]] = {
    Type.DATE: _day,
    Type.MOMENT: _moment,
    Type.WHOLE: _whole,
    Type.FLAG: lambda _column, cell: cell,
}
