"""Trying a card: the page that runs its worked cases, and holds two cards against the history of a programme.

As on the page of the pipeline, a step gives its value and its findings, and no value if it finds an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc import calculation, pipeline
from wlz_calc.finding import Finding, Where, errors, quote
from wlz_calc.frames import conform, worded
from wlz_calc.period import MONTHS_IN_A_QUARTER, Quarter
from wlz_calc.programme import Programme
from wlz_calc.ratecard.base import exact
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.edges import edges
from wlz_calc.ratecard.thresholds import Side, Threshold
from wlz_calc.ratecard.wording import together
from wlz_calc.read.cards import find_card, read_card, shown
from wlz_calc.read.cases import beside, read_cases
from wlz_calc.rules.decisions import AWARD, decide
from wlz_calc.rules.funding import fund
from wlz_calc.rules.known import DATED, known
from wlz_calc.rules.naming import named
from wlz_calc.sample import worked
from wlz_calc.trial import (
    DIFFERING,
    PAYERS,
    QUARTERS,
    Case,
    Row,
    Table,
    Trial,
    Tried,
    WhatIf,
    astray,
    difference,
    rows,
)

TYPED: Final = Where("the command line")

# ---------------------------------------------------------------- worked cases


def trial(name: str) -> tuple[Trial | None, list[Finding]]:
    """The cases beside a card, by the name of one that is shipped or by its path, and what came of each."""
    path, found = find_card(name, Path(), TYPED)
    if path is None:
        return None, found
    read, found = read_card(path, shown(name, path))
    if read is None:
        return None, found
    cases, found = read_cases(beside(path), read.card)
    if cases is None:
        return None, found
    each = [_Tried(read.card, path, case) for case in cases]
    came_of = tuple(Tried(one.case, tuple(one.faults())) for one in each)
    return Trial(name, came_of, tuple(_unproven(read.card, cases))), []


def _unproven(card: Card, cases: Sequence[Case]) -> Iterator[str]:
    """The edges of a card that lack a case, and on which sides of them.

    That a child called `below` is below is the case's affair: it fails if it is not.
    """
    for edge in edges(card):
        lacking = [side for side in Side if not any(case.proves(edge, side) for case in cases)]
        if lacking:
            clause = f" ({edge.clause})" if edge.clause else ""
            yield f"{edge.name}{clause}: no case {together(lacking, 'or')} it"


class _Tried:
    """A case run through the pipeline in a folder of its own, which is gone again when it has been."""

    def __init__(self, card: Card, file: Path, case: Case) -> None:
        self.card, self.file, self.case = card, file, case
        self.about = next((edge for edge in edges(card) if edge.name == case.about), None)

    def faults(self) -> list[str]:
        """In what it comes out otherwise; or else, what keeps it from showing what it is about."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            worked.write(folder, self.card, self.file, self.case.extracts)
            found = list(dict.fromkeys([*self.of_decisions(folder), *self.of_lines(folder)]))
        return found if found or not self.about else list(astray(self.case, self.about, self.card))

    def of_decisions(self, folder: Path) -> Iterator[str]:
        if self.case.decisions is None:
            return
        decided, found = pipeline.decisions(folder, self.case.quarter)
        if decided is None:
            yield from map(_said, errors(found))
            return
        frame, test = decided.decisions, 0
        if isinstance(self.about, Threshold):
            frame, test = frame.filter(pl.col("order") == self.about.payable.order), self.about.test
            yield from self.beside_the_threshold(folder, frame, self.about)
        yield from _differs("decisions", self.case.decisions, rows(frame, test))

    def of_lines(self, folder: Path) -> Iterator[str]:
        if self.case.lines is None:
            return
        claim, found = pipeline.claim(folder, self.case.quarter)
        if claim is None:
            yield from map(_said, errors(found))
            return
        yield from _differs("lines", self.case.lines, rows(claim.lines))

    def beside_the_threshold(self, folder: Path, decided: pl.DataFrame, about: Threshold) -> Iterator[str]:
        """Children called below, at and above who are not just there."""
        for row in decided.filter(pl.col("child_id").is_in(list(Side))).iter_rows(named=True):
            child, figures = row["child_id"], row["evidence"][about.test]
            figure = _figure(about, figures, self.card)
            if about.key == "possible_at_least":
                figure = _possible(folder, child, about)
            if figure is None or about.side(figure) != child:
                there = "has no figure" if figure is None else f"has {exact(figure)}"
                yield f"child {child} {there}, which is not just {child} {exact(about.edge)} ({about.name})"
            if not about.in_force(figures["closes"]):
                judged = f"is judged on {figures['closes']}, when this is not in force"
                yield f"child {child} {judged} ({about.name})"
            if about.informant not in {"", self.card.informants.get(row["phase"])}:
                yield f"child {child} is in a phase in which {about.informant} is not who is asked"


def _possible(folder: Path, child: str, about: Threshold) -> Fraction | None:
    """How many sessions were possible in a window: where they are too few, a decision rests on none."""
    programme, _ = pipeline.check(folder)
    window = getattr(about.payable, about.reading or "window")
    if programme is None or window is None:
        return None
    frames = programme.extracts.frames
    (own,) = frames["children"].filter(pl.col("child_id") == child).select("child", "joined_on").rows()
    days = window.of(own[1])
    inside = (pl.col("child") == own[0], pl.col("start") >= days.start, pl.col("end") <= days.end)
    return Fraction(frames["attendance"].filter(*inside).get_column("possible").sum())


def _said(finding: Finding) -> str:
    return f"{finding.where}: {finding.meaning.title}: {finding.found}, expected {finding.expected}"


def _differs(what: str, expected: Table, found: list[Row]) -> Iterator[str]:
    """What came out, as far as the table is about it: it may name payments, and then is about them alone."""
    wanted = {row["what"] for row in expected.rows} if "what" in expected.headings else None
    own = [row for row in found if wanted is None or row["what"] in wanted]
    if told := difference(expected, own):
        yield f"{what} (- expected, + found)\n{told}"


def _figure(about: Threshold, figures: Mapping[str, Any], card: Card) -> Fraction | None:
    """The figure that is held against a threshold."""
    if about.key == "by":
        before, after = (_ratio(figures, name) for name in ("baseline", "endpoint"))
        if before is None or after is None:
            return None
        return after - before if card.higher_is_better(about.of.measure) else before - after
    return _ratio(figures, about.reading or "value")


def _ratio(figures: Mapping[str, Any], name: str) -> Fraction | None:
    of = figures["of" if name == "value" else f"{name}_of"]
    return None if figures[name] is None else Fraction(figures[name], of)


# ---------------------------------------------------------------- what if


def what_if(folder: Path, before: Card, after: Card) -> tuple[WhatIf | None, list[Finding]]:
    """What a programme would have claimed under each of two cards, had it had no other.

    It goes by the newest data, quarter by quarter in which things fall due, and from the start: what is
    sealed does not matter. A child whom only one of the cards is for is claimed for under that one alone.
    """
    programme, found = pipeline.check(folder)
    if programme is None:
        return None, found
    if strangers := [card.contract for card in (before, after) if card.contract not in programme.contracts]:
        expected = f"a card of {', '.join(programme.contracts)}"
        return None, [Finding("contract-unclear", Where("wlz.yaml"), quote(strangers[0]), expected)]
    as_of = _newest(programme, max(before.term.end, after.term.end)).end
    first, second = (_due(programme, card, as_of) for card in (before, after))
    differing = _differing(first.of_children, second.of_children)
    quarters = _quarters(first.of_children, second.of_children, differing)
    payers = _sums("commissioner", first.of_payers, second.of_payers)
    return WhatIf(before, after, as_of, quarters, conform(payers, PAYERS), differing), found


def _newest(programme: Programme, last: date) -> Quarter:
    """The quarter of the newest row; not after the term."""
    frames = programme.extracts.frames
    dated = {"children": "joined_on", "marks": "page", **DATED}
    newest = [frames[name].get_column(column).max() for name, column in dated.items()]
    day = min([last, max((day for day in newest if isinstance(day, date)), default=last)])
    return Quarter(day.year, (day.month - 1) // MONTHS_IN_A_QUARTER + 1)


class _Due(NamedTuple):
    """What falls due to date: quarter, child_id, payment, outcome, amount; and commissioner, amount."""

    of_children: pl.DataFrame
    of_payers: pl.DataFrame


def _due(programme: Programme, card: Card, as_of: date) -> _Due:
    frames = programme.extracts.frames
    on_the_day = known(frames["children"], frames, frames["holds"], as_of)
    parts = on_the_day.in_parts(calculation.AT_ONCE)
    awards = pl.concat(decide(card, part).filter(AWARD) for part in parts)
    placed = awards.with_columns(card=pl.lit(0, dtype=pl.UInt16))
    lines = fund(placed, [card], on_the_day).lines
    told = named(lines, [card], on_the_day.children)
    payer = pl.col("commissioner").cast(pl.String).str.extract("^[^:]+", 0)
    texts = pl.col("payment", "outcome").cast(pl.String)
    due = told.with_columns(texts, quarter=_quarter(pl.col("due_on")), commissioner=payer)
    by = ("quarter", "child_id", "payment", "outcome")
    amount = pl.col("amount").sum()
    return _Due(*pl.collect_all(due.group_by(each).agg(amount) for each in (by, "commissioner")))


def _quarter(day: pl.Expr) -> pl.Expr:
    return worded("{}-Q{}", day.dt.year(), day.dt.quarter())


def _differing(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    by = ["quarter", "child_id", "payment", "outcome"]
    both = before.rename({"amount": "before"}).join(
        after.rename({"amount": "after"}), on=by, how="full", coalesce=True, nulls_equal=True
    )
    filled = both.with_columns(pl.col("before", "after").fill_null(0))
    return conform(filled.filter(pl.col("before") != pl.col("after")).sort(by), DIFFERING)


def _quarters(before: pl.DataFrame, after: pl.DataFrame, differing: pl.DataFrame) -> pl.DataFrame:
    children = differing.group_by("quarter").agg(children=pl.col("child_id").n_unique())
    counted = _sums("quarter", before, after).join(children, on="quarter", how="left")
    return conform(counted.fill_null(0).sort("quarter"), QUARTERS)


def _sums(by: str, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """What is due under each card of whatever either has, in its order."""
    sums = [
        due.group_by(by, maintain_order=True).agg(pl.col("amount").sum().alias(name))
        for name, due in (("before", before), ("after", after))
    ]
    return sums[0].join(sums[1], on=by, how="full", coalesce=True).fill_null(0).sort(by)
