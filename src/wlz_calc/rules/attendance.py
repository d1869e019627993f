"""School attendance: the sum of sessions attended over the sum of sessions possible, never a mean of rates.

A register mark is a period of one day.
Source: rate-cards, Measures; DfE, pupil absence statistics methodology.
"""

import polars as pl


def rate(
    attendance: pl.LazyFrame, kids: pl.LazyFrame, opens: str, closes: str, least: pl.Expr
) -> pl.LazyFrame:
    """The rate over the periods that lie wholly inside each child's window.

    `least` is the number of possible sessions below which there is no rate.
    Returns: child, value (attended), of (possible), rows.
    """
    inside = (pl.col("start") >= pl.col(opens)) & (pl.col("end") <= pl.col(closes))
    return (
        attendance.join(kids, on="child")
        .filter(inside)
        .with_columns(least=least)
        .group_by("child")
        .agg(
            value=pl.col("attended").cast(pl.Int64).sum(),
            of=pl.col("possible").cast(pl.Int64).sum(),
            least=pl.col("least").first(),
            rows=pl.col("row"),
        )
        .filter(pl.col("of") >= pl.max_horizontal(pl.col("least"), 1))
        .drop("least")
    )
