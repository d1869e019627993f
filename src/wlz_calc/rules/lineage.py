"""Lineage: what became of every row of a child's extracts in each test, and why it was passed over.

Which rows a test rests on the decision says itself (`evidence`); of the others the first reason is told that
holds, in the order in which a row is looked at.
Source: rate-cards, Measures and Readings; Meaning, As of.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from wlz_calc import pages
from wlz_calc.decision import Use
from wlz_calc.frames import CHILD_KEY, FRAMES
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import Change, Happened, Single, tests
from wlz_calc.ratecard.measures import family, member, table
from wlz_calc.rules import engagement, readings
from wlz_calc.rules.windows import bounds

USE: Final = pl.Enum(Use)
USES: Final = pl.Schema(
    {"child": CHILD_KEY(), "order": pl.UInt16(), "test": pl.UInt16(), "row": pl.UInt32(), "use": USE}
)
"""One row per row of an extract that a test looked at, or could have: `order` is the payable's, `test` counts
the tests of it from 0."""
WINDOWS: Final = ("window", "baseline", "endpoint")
DAYS: Final = {"assessed_on": "date", "completed_on": "date"}
"""The days of readings, as their typed frames name them."""


class Extracts(NamedTuple):
    """The rows of some children, known or not: the typed frames, and what did not come into them.

    `passed_over`: see `programme.Extracts`.
    """

    frames: Mapping[str, pl.DataFrame]
    passed_over: Mapping[str, pl.DataFrame]

    def of(self, children: pl.Series) -> "Extracts":
        """The same of some of the children only."""
        own = pl.col("child").is_in(children.implode())
        return Extracts(
            {name: frame.filter(own) for name, frame in self.frames.items()},
            {name: frame.filter(own) for name, frame in self.passed_over.items()},
        )

    def over(self, name: str) -> pl.DataFrame:
        """What did not come into a table."""
        nothing = pl.DataFrame(schema={**FRAMES[name], "code": pl.String})
        return self.passed_over.get(name, nothing).rename(DAYS, strict=False)

    def whole(self, name: str) -> pl.DataFrame:
        """All rows of a table; those that came into its frame `stand`."""
        standing, over = (
            self.frames[name].with_columns(stands=True),
            self.over(name).with_columns(stands=False),
        )
        if name == "marks":
            standing = standing.with_columns(**_of_mark())
        return pl.concat([standing, over], how="diagonal_relaxed")


def _of_mark() -> dict[str, pl.Expr]:
    """What the bits of a single mark say."""
    afternoon = pages.half(pl.col("possible")) == 1
    return {
        "date": pages.day(pl.col("page"), pl.col("possible")),
        "session": pl.when(afternoon).then(pl.lit("PM")).otherwise(pl.lit("AM")),
        "possible": pl.lit(1, dtype=pl.Int16),
        "attended": (pl.col("attended") != 0).cast(pl.Int16),
    }


class Rule(NamedTuple):
    """Where it holds, a row is of this use."""

    holds: pl.Expr
    use: Use


def uses(
    card: Card, kids: pl.DataFrame, extracts: Extracts, as_of: date, decided: pl.DataFrame
) -> pl.DataFrame:
    """What became of each row in the tests that children on a card were put to, in the columns of USES.

    `kids`: see `Known.children_on`; `decided`: as `decide` gives them, with evidence.
    """
    found = [
        _ruled(_children(payable, number, kids, decided), _looked_at(test, extracts, as_of)).with_columns(
            order=pl.lit(payable.order, dtype=pl.UInt16), test=pl.lit(number, dtype=pl.UInt16)
        )
        for payable in card.payables
        for number, test in enumerate(tests(payable.when))
        if not isinstance(test, Happened)
    ]
    whole = pl.concat([pl.LazyFrame(schema=USES), *(one.select(USES.names()) for one in found)])
    return whole.sort("child", "order", "test", "row").collect()


def _children(payable: Payable, number: int, kids: pl.DataFrame, decided: pl.DataFrame) -> pl.LazyFrame:
    """Children with the bounds of a payable's windows, and the rows and days that a test of it rests on."""
    return (
        kids.lazy().with_columns(_bounds(payable)).join(_chosen(decided, payable.order, number), on="child")
    )


def _ruled(children: pl.LazyFrame, looked_at: "Looked") -> pl.LazyFrame:
    """Each row with its use by the first rule that holds."""
    return pl.concat(
        rows.join(children, on="child").select("child", "row", use=_first(rules)) for rows, rules in looked_at
    )


def _bounds(payable: Payable) -> Iterator[pl.Expr]:
    """The first and the last day of each of its windows."""
    for name in WINDOWS:
        window = getattr(payable, name)
        if window is not None:
            first, last = bounds(window, pl.col("joined_on"))
            yield first.alias(f"{name}, opens")
            yield last.alias(f"{name}, closes")


def _chosen(decided: pl.DataFrame, order: int, number: int) -> pl.LazyFrame:
    """By child the rows that a test rests on (`taken`), and the days of its baseline and of its endpoint."""
    evidence = pl.col("evidence").list.get(number).struct.field
    return (
        decided.lazy()
        .filter(pl.col("order") == order)
        .select("child", evidence("rows").alias("taken"), evidence("baseline_on"), evidence("endpoint_on"))
    )


Looked = Iterator[tuple[pl.LazyFrame, Sequence[Rule]]]
"""Rows that a test could look at, and the rules by which it does."""


def _looked_at(test: Single, extracts: Extracts, as_of: date) -> Looked:
    match table(test.measure):
        case "engagement":
            yield from _sessions(test, extracts, as_of)
        case "attendance":
            yield from _attendance(test, extracts, as_of)
        case _:
            yield from _readings(test, extracts, as_of)


def _first(rules: Sequence[Rule]) -> pl.Expr:
    """The use by the first rule that holds; the last always does."""
    use = pl.lit(rules[-1].use, dtype=USE)
    for rule in reversed(rules[:-1]):
        use = pl.when(rule.holds).then(pl.lit(rule.use, dtype=USE)).otherwise(use)
    return use


TAKEN: Final = pl.col("taken").list.contains(pl.col("row"))
ALWAYS: Final = pl.lit(value=True)


def _inside(window: str) -> pl.Expr:
    return pl.col("date").is_between(pl.col(f"{window}, opens"), pl.col(f"{window}, closes"))


def _sessions(test: Single, extracts: Extracts, as_of: date) -> Looked:
    of_it = engagement.is_of(test.measure)
    yield (
        extracts.frames["engagement"].lazy().filter(of_it),
        [
            Rule(pl.col("date") > as_of, Use.NOT_KNOWN_YET),
            Rule(TAKEN & engagement.counts(test.measure), Use.COUNTED),
            Rule(TAKEN, Use.COUNTED_AGAINST),
            Rule(~_inside("window"), Use.OUTSIDE_WINDOW),
            Rule(pl.col("date") > pl.col("left_on"), Use.AFTER_LEAVING),
            Rule(pl.col("status") == "cancelled", Use.CANCELLED),
            Rule(pl.col("status") == "absent", Use.ABSENT),
            Rule(ALWAYS, Use.NOT_RATED),
        ],
    )
    yield extracts.over("engagement").lazy().filter(of_it), [Rule(ALWAYS, Use.SUPERSEDED)]


def _attendance(test: Single, extracts: Extracts, as_of: date) -> Looked:
    windows = {"baseline": Use.BASELINE, "endpoint": Use.ENDPOINT}
    if not isinstance(test, Change):
        windows = {"window": Use.COUNTED}
    starts, ends = pl.col("start"), pl.col("end")
    for rows in (extracts.frames["attendance"].lazy(), _days(extracts.frames["marks"])):
        opens, closes = (
            {name: pl.col(f"{name}, {side}") for name in windows} for side in ("opens", "closes")
        )
        inside = {name: (starts >= opens[name]) & (ends <= closes[name]) for name in windows}
        touching = {name: (starts <= closes[name]) & (ends >= opens[name]) for name in windows}
        yield (
            rows,
            [
                Rule(ends > as_of, Use.NOT_KNOWN_YET),
                *(Rule(TAKEN & inside[name], use) for name, use in windows.items()),
                Rule(pl.any_horizontal(inside.values()), Use.TOO_FEW_POSSIBLE),
                Rule(pl.any_horizontal(touching.values()), Use.PARTLY_OUTSIDE),
                Rule(ALWAYS, Use.OUTSIDE_WINDOW),
            ],
        )
    yield extracts.over("marks").lazy(), [Rule(ALWAYS, Use.NOT_POSSIBLE)]


def _days(marks: pl.DataFrame) -> pl.LazyFrame:
    """Marks, each read by itself, as periods of a day."""
    day = pages.day(pl.col("page"), pl.col("possible"))
    return marks.lazy().select("child", "row", start=day, end=day)


def _readings(test: Single, extracts: Extracts, as_of: date) -> Looked:
    name = table(test.measure)
    frames = {name: extracts.frames[name].lazy()}
    there = pl.col("baseline_on").is_not_null()
    yield (
        readings.every(test.measure, frames).rename({"informant": "by"}),
        [
            Rule(pl.col("date") > as_of, Use.NOT_KNOWN_YET),
            Rule(pl.col("by") != pl.col("informant"), Use.OTHER_INFORMANT),
            Rule(pl.col("score").is_null(), Use.NO_SCORE),
            Rule(TAKEN & (pl.col("date") == pl.col("baseline_on")), Use.BASELINE),
            Rule(TAKEN, Use.ENDPOINT),
            Rule(_inside("baseline"), Use.ANOTHER_NEARER),
            Rule(~_inside("endpoint"), Use.OUTSIDE_WINDOW),
            Rule(~there, Use.NO_BASELINE),
            Rule(pl.col("scale").ne_missing(_scale_of_baseline()), Use.OTHER_SCALE),
            Rule(ALWAYS, Use.LATER_TAKEN),
        ],
    )
    yield (
        _of_measure(extracts.over(name), test.measure),
        [
            Rule(pl.col("score").is_null(), Use.NO_SCORE),
            Rule(ALWAYS, Use.REPEATED),
        ],
    )


def _scale_of_baseline() -> pl.Expr:
    """That of the reading at the baseline; null where readings have none."""
    baseline = TAKEN & (pl.col("date") == pl.col("baseline_on"))
    return pl.col("scale").filter(baseline).first().over("child")


def _of_measure(over: pl.DataFrame, measure: str) -> pl.LazyFrame:
    """Of the rows that did not come into a table of readings those that are of a measure, and the score."""
    match family(measure):
        case "attainment":
            return over.lazy().filter(pl.col("subject") == member(measure))
        case "survey":
            return over.lazy().filter(pl.col("measure") == member(measure))
        case _:
            return over.lazy().with_columns(score=pl.lit(0))
