"""Stage 6, sense: what is sound in form and odd all the same. Warnings, which travel with the money."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from wlz_calc.finding import Finding, Rows, Where, quote
from wlz_calc.frames import worded
from wlz_calc.pages import sessions
from wlz_calc.period import ACADEMIC_YEAR_STARTS
from wlz_calc.programme import Extracts, Origin
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.conditions import Change, tests
from wlz_calc.ratecard.measures import ATTENDANCE, table
from wlz_calc.rules.known import children_on
from wlz_calc.rules.readings import of_kids, readings
from wlz_calc.rules.windows import bounds, within, year_begun


def sense(extracts: Extracts, cards: Sequence[Card]) -> list[Finding]:
    """Everything odd about a programme's extracts, given its cards; each thing once."""
    return [finding for check in CHECKS for finding in check(extracts, cards)]


def _each(frame: pl.DataFrame, code: str, origin: Origin, column: str, expected: str) -> Iterator[Finding]:
    """For each file a finding of all rows of a frame that has row and found, in their order, each once."""
    found = frame.lazy().select("row", pl.col("found").cast(pl.String))
    shown = found.unique().sort("row", "found").collect()
    for part, rows in origin.by_part(shown):
        numbers, cells = rows.get_columns()
        where = origin.where(part.after + numbers[0], column)
        yield Finding(code, where, quote(cells[0]), expected, Rows(numbers, cells))


def _consent_long_before(extracts: Extracts, _cards: Sequence[Card]) -> Iterator[Finding]:
    early = pl.col("consent_on") < pl.col("joined_on").dt.offset_by("-1y")
    odd = extracts.frames["children"].filter(early).with_columns(found="consent_on")
    yield from _each(
        odd, "consent-early", extracts.origin("children"), "consent_on", "consent within a year of joining"
    )


def _outside_term(extracts: Extracts, cards: Sequence[Card]) -> Iterator[Finding]:
    """Sessions of a child outside the term of its contract."""
    engagement, children = extracts.frames["engagement"], extracts.frames["children"]
    for contract in dict.fromkeys(card.contract for card in cards):
        terms = [card.term.period for card in cards if card.contract == contract]
        first, last = min(term.start for term in terms), max(term.end for term in terms)
        here = children.filter(pl.col("contract") == contract).select("child")
        odd = engagement.filter(~pl.col("date").is_between(first, last)).join(here, on="child", how="semi")
        if not odd.is_empty():
            expected = f"{first} to {last}, the term of {contract}"
            shown = odd.with_columns(found="date")
            yield from _each(shown, "outside-term", extracts.origin("engagement"), "date", expected)


def _after_leaving(extracts: Extracts, _cards: Sequence[Card]) -> Iterator[Finding]:
    left = extracts.frames["children"].filter(pl.col("left_on").is_not_null()).select("child", "left_on")
    late = pl.col("date") > pl.col("left_on")
    odd = extracts.frames["engagement"].lazy().join(left.lazy(), on="child").filter(late)
    expected = "sessions up to left_on; later ones do not count"
    shown = odd.select("row", found="date").collect()
    yield from _each(shown, "session-after-leaving", extracts.origin("engagement"), "date", expected)


def _straddling(extracts: Extracts, cards: Sequence[Card]) -> Iterator[Finding]:
    """Attendance periods that lie in two academic years count in neither."""
    if not any(test.measure == ATTENDANCE for card in cards for p in card.payables for test in tests(p.when)):
        return
    first, last = (year_begun(pl.col(day), ACADEMIC_YEAR_STARTS) for day in ("start", "end"))
    odd = extracts.frames["attendance"].filter(first != last)
    if not odd.is_empty():
        shown = odd.with_columns(found=worded("{} to {}", "start", "end"))
        expected = "a period within one academic year; this one counts in neither"
        yield from _each(shown, "period-straddles", extracts.origin("attendance"), "period_end", expected)


def _same_for_a_school(extracts: Extracts, _cards: Sequence[Card]) -> Iterator[Finding]:
    """An attendance of exactly nought or a hundred per cent across a school."""
    schools = extracts.frames["children"].lazy().select("child", "school")
    marks = extracts.frames["marks"].lazy()
    counted = marks.with_columns(sessions(pl.col("possible", "attended")).cast(pl.Int16))
    sums = (
        pl.concat([extracts.frames["attendance"].lazy(), counted], how="diagonal")
        .join(schools, on="child")
        .group_by("school")
        .agg(pl.col("attended", "possible").sum(), pl.col("row").min())
        .filter(
            pl.col("possible") > 0, pl.col("attended").is_in([0]) | (pl.col("attended") == pl.col("possible"))
        )
        .sort("school")
        .collect()
    )
    for school, attended, possible, row in sums.iter_rows():
        found = f"{attended} of {possible} sessions attended at {quote(school)}"
        where = extracts.origin("attendance").where(row)
        yield Finding("rate-extreme", where, found, "some absence and some attendance at every school")


def _no_baseline(extracts: Extracts, cards: Sequence[Card]) -> Iterator[Finding]:
    """Children without any reading to start from, for the outcomes that they could be paid for."""
    lazy = {name: frame.lazy() for name, frame in extracts.frames.items()}
    sent = {source.role for source in extracts.files}
    wanted = [
        (f"a baseline of {measure} ({card.contract})", _without(measure, kids, lazy))
        for card in cards
        for measure, kids in _baselines_wanted(card, extracts.frames["children"])
        if table(measure) in sent
    ]
    without = pl.collect_all(found for _, found in wanted)
    found: dict[str, list[pl.DataFrame]] = {}
    for (expected, _), shown in zip(wanted, without, strict=True):
        found.setdefault(expected, []).append(shown)
    for expected, parts in found.items():
        yield from _each(pl.concat(parts), "no-baseline", extracts.origin("children"), "child_id", expected)


def _without(measure: str, kids: pl.LazyFrame, extracts: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    """The children without a reading of the measure in the window for baselines."""
    found = of_kids(readings(measure, extracts), kids).filter(within(pl.col("date"), "opens", "closes"))
    return kids.join(found, on="child", how="anti").select("row", found="child_id")


def _baselines_wanted(card: Card, children: pl.DataFrame) -> Iterator[tuple[str, pl.LazyFrame]]:
    """Measures with a baseline of readings, each with the children of the phases it is judged in."""
    here = children_on(card, children).lazy()
    for payable in card.payables:
        for test in tests(payable.when):
            if not isinstance(test, Change) or test.measure == ATTENDANCE or payable.baseline is None:
                continue
            opens, closes = bounds(payable.baseline, pl.col("joined_on"))
            kids = here.filter(pl.col("phase").is_in(list(card.phases_judged(payable))))
            who = kids.select("row", "child", "child_id", "informant", opens=opens, closes=closes)
            yield test.measure, who


def _surveys_unknown(extracts: Extracts, cards: Sequence[Card]) -> Iterator[Finding]:
    known = [name for card in cards for name in card.surveys]
    survey = extracts.frames["survey"]
    odd = survey.filter(~pl.col("measure").is_in(known)).unique("measure", keep="first", maintain_order=True)
    for row, measure in odd.select("row", "measure").iter_rows():
        where = extracts.origin("survey").where(row, "measure")
        yield Finding(
            "survey-unknown", where, quote(measure), "a survey that a card describes; this one is not used"
        )


def _not_validated(extracts: Extracts, _cards: Sequence[Card]) -> Iterator[Finding]:
    sent = [source.file for source in extracts.files if source.role != "holds" and source.validated is None]
    if sent:
        yield Finding(
            "not-validated",
            Where("wlz.yaml"),
            ", ".join(sent),
            "validated: {by: NAME, on: DATE} for each extract",
        )


CHECKS = (
    _consent_long_before,
    _outside_term,
    _after_leaving,
    _straddling,
    _same_for_a_school,
    _no_baseline,
    _surveys_unknown,
    _not_validated,
)
