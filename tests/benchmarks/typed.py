"""Typed: the csv files of a programme folder as parquet files of dates, whole numbers, and true and false.

Run: `python -m tests.benchmarks.typed FOLDER TARGET`.
"""

import shutil
import sys
from pathlib import Path
from typing import Final

import polars as pl

from wlz_calc.tables import EXTRACTS, Column, Type

TYPES: Final[dict[Type, pl.DataType]] = {
    Type.DATE: pl.Date(),
    Type.MOMENT: pl.Datetime("us"),
    Type.WHOLE: pl.Int64(),
    Type.FLAG: pl.Boolean(),
}


def typed(folder: Path, target: Path) -> None:
    """Write the folder anew, every extract as Parquet."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("extracts"))
    (target / "extracts").mkdir()
    for table in EXTRACTS:
        source = folder / "extracts" / f"{table.name}.csv"
        schema = {column.name: _type(column) for column in table.columns}
        there = pl.scan_csv(source, infer_schema=False).collect_schema().names()
        rows = pl.scan_csv(source, schema_overrides={name: schema[name] for name in there})
        rows.sink_parquet((target / "extracts" / table.name).with_suffix(".parquet"))


def _type(column: Column) -> pl.DataType:
    return TYPES.get(column.type, pl.String())


if __name__ == "__main__":
    typed(*map(Path, sys.argv[1:]))
