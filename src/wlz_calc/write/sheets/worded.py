"""Codes in a frame, as the words of a sheet."""

from collections.abc import Callable

import polars as pl

from wlz_calc.frames import SHARED
from wlz_calc.write import words


def worded(frame: pl.DataFrame, **spoken: Callable[[str], str]) -> pl.DataFrame:
    """Codes replaced by their words, all as text; each different code is put into words once."""
    frame = frame.with_columns(pl.col(SHARED).cast(pl.String))
    said = {"payment": words.title, "outcome": words.title, **spoken}
    return frame.with_columns(
        pl.col(name).replace({code: say(code) for code in frame[name].unique().drop_nulls()})
        for name, say in said.items()
        if name in frame.columns
    )


def in_words(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines as text, the kind of each in words with what it corrects."""
    kinds = lines.select("kind", "corrects").unique().rows()
    kind = pl.lit(None, dtype=pl.String)
    for code, corrects in kinds:
        own = (pl.col("kind") == code) & pl.col("corrects").eq_missing(pl.lit(corrects, dtype=pl.String))
        kind = pl.when(own).then(pl.lit(words.kind(code, corrects))).otherwise(kind)
    return lines.with_columns(kind=kind).with_columns(pl.col(SHARED).cast(pl.String))
