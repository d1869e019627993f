"""A nation's data: a sample made thin and repeated with new ids; attendance by term, or as register marks.

It is written as typed Parquet, copy after copy: no more is held than the thin sample.
Run: `python -m tests.benchmarks.nation_data SAMPLE TARGET COPIES DAYS`, the sample as `typed` writes it.
With DAYS every child has two marks on each of so many school days, and no totals; with 0 it has totals.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
import yaml

from tests.benchmarks.fund import CARD as FUND
from wlz_calc.period import Period
from wlz_calc.sample.school_year import school_days

CARD: Final = "card.yaml"
SETTINGS: Final = f"provider: A nation\nrate_cards: [{CARD}]\n"
LESS: Final = {
    "at_least: 20}": "at_least: 2}",
    "at_least: 10}": "at_least: 1}",
    "possible_at_least: 150}": "possible_at_least: 100}",
}
OUTCOMES: Final = ("maths", "emotional_wellbeing", "attendance")

KEPT: Final = {"children": 1, "engagement": 8, "attendance": 3, "attainment": 2, "sdq": 1}
"""How many rows of a child are kept, by extract."""
EACH: Final = {"attainment": pl.col("subject") == "maths", "sdq": pl.col("informant") != "parent"}
"""Of which rows: the ones that the card asks for."""
DIGITS: Final = 7
ID: Final = pl.col("child_id")

YEARS: Final = Period(date(2015, 9, 1), date(2024, 7, 31))
"""From the year before the first children joined to the last of the old codes."""
ABSENT: Final = pl.lit("IMNO")


def folder(sample: Path, target: Path, copies: int, days: int) -> None:
    """Write a programme of so many times the children of the sample."""
    (target / "extracts").mkdir(parents=True)
    (target / CARD).write_text(yaml.safe_dump(card()), encoding="utf-8")
    (target / "wlz.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, rows in extracts(sample / "extracts", copies, days):
        rows.sink_parquet(target / "extracts" / f"{name}.parquet", engine="streaming")


def card() -> object:
    """The card of the fund, asking for what children of whom so little is known can be paid for."""
    text = FUND.read_text(encoding="utf-8")
    for much, little in LESS.items():
        text = text.replace(much, little)
    terms = yaml.safe_load(text)
    judged = terms["payments"]["outcomes"]
    judged["outcomes"] = {name: judged["outcomes"][name] for name in OUTCOMES}
    return terms


def extracts(sample: Path, copies: int, days: int) -> Iterator[tuple[str, pl.LazyFrame]]:
    """Every extract with its name."""
    thin = {name: kept(pl.scan_parquet(sample / f"{name}.parquet"), name).collect() for name in KEPT}
    each = {name: repeated(rows, copies, thin["children"].height) for name, rows in thin.items()}
    instead = {"attendance": marks(each["children"], days)} if days else {}
    yield "schools", pl.scan_parquet(sample / "schools.parquet")
    yield from (each | instead).items()


def kept(rows: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """So many rows of each child as are kept, evenly from its first to its last."""
    place, size = pl.int_range(pl.len()), pl.len()
    wanted = (place * KEPT[name] % size < KEPT[name]).over(ID)
    return rows.filter(EACH.get(name, pl.lit(value=True))).filter(wanted)


def repeated(rows: pl.DataFrame, copies: int, size: int) -> pl.LazyFrame:
    """The same rows once for each copy, of children numbered on from those of the copy before."""
    number = ID.str.strip_prefix("c").cast(pl.Int64)
    ids = ["c" + (number + copy * size).cast(pl.String).str.zfill(DIGITS) for copy in range(copies)]
    return pl.concat(rows.lazy().with_columns(child_id=each) for each in ids)


def marks(children: pl.LazyFrame, days: int) -> pl.LazyFrame:
    """A mark of every child for each half of the days; a child misses 1 to 15 sessions in a hundred."""
    open_days = school_days(YEARS)
    assert days <= len(open_days), "the codes changed after that many days"
    dates = pl.LazyFrame({"date": open_days[:days]})
    halves = pl.LazyFrame({"session": ["AM", "PM"], "present": ["/", "\\"]})
    sessions = dates.join(halves, how="cross").with_row_index("place")
    every = children.select(ID).with_row_index("child").join(sessions, how="cross", maintain_order="left")
    chance = pl.struct("child", "place").hash() % 100
    absent = ABSENT.str.slice(chance % 4, 1)
    late = pl.when(chance < 3).then(pl.lit("L"))
    code = late.when(chance < 85 + pl.col("child") % 15).then("present").otherwise(absent)
    return every.select(ID, "date", "session", code=code)


if __name__ == "__main__":
    folder(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
