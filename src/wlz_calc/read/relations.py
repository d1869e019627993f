"""Stage 5, between tables: children in the register and on one card, keys unique, nothing overlapping."""

from collections.abc import Sequence

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.frames import DAYS, child_and_day, worded
from wlz_calc.programme import Origin
from wlz_calc.ratecard.base import listed
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.conditions import Reaches, tests
from wlz_calc.ratecard.measures import ATTENDANCE, table
from wlz_calc.ratecard.windows import Months
from wlz_calc.read.faults import Fault, beside_first, findings, named_row, points
from wlz_calc.read.ids import is_personal, personal_ids
from wlz_calc.read.shared import sharing
from wlz_calc.read.strangers import meant
from wlz_calc.standards.assessment import POINT


def each_child_once(register: pl.DataFrame, origin: Origin) -> list[Finding]:
    """Rows of a child after its first."""
    fault = _after_first("child-twice", "child_id", "each child once", origin)
    return findings(_repeated(register, ("child_id",), "child_id"), origin, [fault])


def one_mark_a_session(marks: pl.DataFrame, origin: Origin) -> list[Finding]:
    """Marks of a child's session after its first."""
    fault = _after_first("mark-twice", "code", "one mark for a session", origin)
    return findings(_repeated(marks, ("child", "date", "session"), "code"), origin, [fault])


def _repeated(frame: pl.DataFrame, key: Sequence[str], column: str) -> pl.DataFrame:
    """The rows that share their key, with the number of the first and what it has in the column."""
    again = sharing(frame, key).sort("row")
    return again.with_columns(
        first_row=pl.col("row").first().over(key), first=pl.col(column).first().over(key)
    )


def _after_first(code: str, column: str, expected: str, origin: Origin) -> Fault:
    later = pl.col("row") != pl.col("first_row")
    return Fault(code, column, later, expected, beside_first(column, "first", "first_row", origin))


def registered(frame: pl.DataFrame, register: pl.DataFrame, origin: Origin) -> list[Finding]:
    """Rows of children who are not in the register (`child` is null), with the id that may be meant.

    An id that is personal is no message's business.
    """
    if not frame.get_column("child").has_nulls():
        return []
    child_id = pl.col("child_id").cast(pl.String)
    strangers = frame.filter(pl.col("child").is_null()).with_columns(child_id, personal=is_personal(child_id))
    unknown = strangers.filter(~pl.col("personal")).get_column("child_id")
    near = meant(unknown, register.get_column("child_id").cast(pl.String))
    shown = strangers.join(near, on="child_id", how="left", maintain_order="left")
    return findings(shown, origin, [*personal_ids("child_id"), *_unknown()])


def _unknown() -> list[Fault]:
    """Ids that the register lacks; those of one likely cause are told together."""
    near = ~pl.col("personal") & pl.col("meant").is_not_null()
    far = ~pl.col("personal") & pl.col("meant").is_null()
    asked = worded("a child in the register: {}", "question")
    beside = worded("`{}` (it has `{}`)", "child_id", "meant")
    return [
        Fault("child-unknown", "child_id", near, asked, beside),
        Fault("child-unknown", "child_id", far, "a child in the register"),
    ]


def known_schools(register: pl.DataFrame, schools: pl.DataFrame | None, origin: Origin) -> list[Finding]:
    """Children at a school that the list of schools, where there is one, does not have."""
    if schools is None:
        return []
    codes = schools.get_column("school")
    unknown = ~pl.col("school").is_in(codes.implode())
    return findings(
        register, origin, [Fault("school-unknown", "school", unknown, "a school of the schools extract")]
    )


def on_one_card(register: pl.DataFrame, cards: Sequence[Card], origin: Origin) -> list[Finding]:
    """Children for whose contract and joining date there is no card, or there are two."""
    governing = pl.sum_horizontal(_governs(card).cast(pl.Int32) for card in cards)
    contracts = list(dict.fromkeys(card.contract for card in cards))
    known = pl.col("contract").is_in(contracts)
    nearest = pl.lit("")
    for contract in contracts:
        own = [card for card in cards if card.contract == contract]
        nearest = pl.when(pl.col("contract") == contract).then(_nearest(own)).otherwise(nearest)
    said = worded("`{}` (contract {})", "joined_on", "contract")
    return findings(
        register,
        origin,
        [
            Fault("card-none", "contract", ~known, f"a contract with a card: {listed(contracts)}"),
            Fault("card-none", "joined_on", known & (governing == 0), nearest, said),
            Fault("card-two", "joined_on", governing > 1, _both(cards), said),
        ],
    )


def _governs(card: Card) -> pl.Expr:
    joined = pl.col("joined_on").is_between(card.joined.start, card.joined.end)
    return (pl.col("contract") == card.contract) & joined


def _name(card: Card) -> str:
    return f"{card.contract} version {card.version} ({card.joined.period})"


def _nearest(cards: list[Card]) -> pl.Expr:
    """The card nearest to a joining date that none of them holds."""
    away = [
        pl.max_horizontal(
            (pl.lit(card.joined.start) - pl.col("joined_on")).dt.total_days(),
            (pl.col("joined_on") - pl.lit(card.joined.end)).dt.total_days(),
        )
        for card in cards
    ]
    least = pl.min_horizontal(away)
    result = pl.lit("")
    for card, days in reversed(list(zip(cards, away, strict=True))):
        near = pl.lit(f"a card for that date; the nearest is {_name(card)}")
        result = pl.when(days == least).then(near).otherwise(result)
    return result


def _both(cards: Sequence[Card]) -> pl.Expr:
    names = [pl.when(_governs(card)).then(pl.lit(_name(card))) for card in cards]
    return pl.lit("one card for that date, not ") + pl.concat_str(names, separator=" and ", ignore_nulls=True)


def commissioned(register: pl.DataFrame, cards: Sequence[Card], origin: Origin) -> list[Finding]:
    """Children without the authority by which a commissioner of their card is told."""
    needing = [card for card in cards if any(c.each == "authority" for c in card.commissioners.values())]
    if not needing:
        return []
    missing = pl.any_horizontal(_governs(card) for card in needing) & pl.col("authority").is_null()
    return findings(
        register, origin, [Fault("authority-missing", "authority", missing, "the commissioning authority")]
    )


def not_overlapping(periods: pl.DataFrame, origin: Origin) -> list[Finding]:
    """Attendance periods of one child that share a day."""
    if not _adjacent(periods):
        return []
    ordered = periods.sort("child_id", "period_start", "row")
    longest = pl.col("period_end").cum_max()
    longest_row = pl.when(pl.col("period_end") == longest).then("row").forward_fill()
    before = (longest.alias("last"), longest_row.alias("last_row"))
    shown = ordered.with_columns(value.shift(1).over("child_id") for value in before)
    found = worded("`{}` ({} lasts until {})", "period_start", named_row("last_row", origin), "last")
    expected = "a day after the child's other periods"
    overlaps = pl.col("period_start") <= pl.col("last")
    return findings(shown, origin, [Fault("period-overlaps", "period_start", overlaps, expected, found)])


def _adjacent(periods: pl.DataFrame) -> bool:
    """Whether a period begins before the one before it has ended; where any two overlap, two such do."""
    start, end = pl.col("period_start"), pl.col("period_end")
    key = child_and_day(pl.col("child_id").to_physical(), start)
    ordered = periods.lazy().select(start, end, key=key)
    if not ordered.select("key").collect().to_series().is_sorted():  # as it is in most extracts
        ordered = ordered.sort("key")
    same = pl.col("key") // DAYS == pl.col("key").shift(1) // DAYS
    return bool(ordered.select((same & (start <= end.shift(1))).any()).collect().item())


def marked_twice(marks: pl.DataFrame, totals: pl.DataFrame, origin: Origin) -> list[Finding]:
    """Marks of a day that totals of the child count already: one school sends marks, another totals."""
    periods = totals.select("child_id", "period_start", "period_end")
    counted = pl.col("date").is_between("period_start", "period_end")
    twice = marks.join(periods, on="child_id").filter(counted).unique("row", keep="first").sort("row")
    found = worded("`{}` (totals of {} to {})", "date", "period_start", "period_end")
    every = pl.lit(value=True)
    return findings(
        twice, origin, [Fault("period-overlaps", "date", every, "a day outside the child's totals", found)]
    )


def held_payables(
    holds: pl.DataFrame, register: pl.DataFrame, cards: Sequence[Card], origin: Origin
) -> list[Finding]:
    """Holds on a payment or an outcome that no card of the child's contract has, or not together."""
    with_contract = holds.join(register.select("child_id", "contract"), on="child_id", how="left")
    faults = []
    for contract in dict.fromkeys(card.contract for card in cards):
        payables = [p for card in cards if card.contract == contract for p in card.payables]
        payments = dict.fromkeys(p.payment for p in payables)
        outcomes = dict.fromkeys(p.outcome for p in payables if p.outcome)
        here = pl.col("contract") == contract
        faults.append(_no_such("payment", here, list(payments), ""))
        faults.append(_no_such("outcome", here & pl.col("payment").is_null(), list(outcomes), ""))
        for payment in payments:
            own = list(dict.fromkeys(p.outcome for p in payables if p.payment == payment and p.outcome))
            faults.append(_no_such("outcome", here & (pl.col("payment") == payment), own, f" ({payment})"))
    return findings(with_contract, origin, faults)


def _no_such(column: str, here: pl.Expr, names: list[str], whose: str) -> Fault:
    expected = f"empty, or {listed(names)}{whose}" if names else f"empty; no {column} is on the card{whose}"
    return Fault("hold-unknown", column, here & ~pl.col(column).is_in(names), expected)


def survey_scores(
    scores: pl.DataFrame, register: pl.DataFrame, cards: Sequence[Card], origin: Origin
) -> list[Finding]:
    """Scores outside the range that the child's card gives the survey."""
    shown = scores.join(register.select("child_id", "contract", "joined_on"), on="child_id", how="left")
    faults = []
    for card in cards:
        for name, survey in card.surveys.items():
            low, high = (int(end * POINT) for end in survey.range)
            outside = _governs(card) & (pl.col("measure") == name) & ~pl.col("score").is_between(low, high)
            found = worded("`{}`", points("score"))
            expected = f"{survey.range[0]} to {survey.range[1]}, the range of {name}"
            faults.append(Fault("score-out-of-range", "score", outside, expected, found))
    return findings(shown, origin, faults)


def needed_tables(cards: Sequence[Card]) -> dict[str, str]:
    """The extracts that the cards' payments need, each with the first payment that needs it."""
    needed: dict[str, str] = {}
    for card in cards:
        for payable in card.payables:
            for test in tests(payable.when):
                what = f"{payable.outcome or payable.payment} of {card.contract}"
                needed.setdefault(table(test.measure), f"{what} ({test.measure})")
    return needed


def months_of_attendance(cards: Sequence[Card]) -> str | None:
    """The first payable that judges attendance over months, for which totals by period will not do."""
    for card in cards:
        for payable in card.payables:
            for test in tests(payable.when):
                if test.measure != ATTENDANCE:
                    continue
                windows = (
                    (payable.window,) if isinstance(test, Reaches) else (payable.baseline, payable.endpoint)
                )
                if any(isinstance(window, Months) for window in windows):
                    return f"{payable.outcome or payable.payment} of {card.contract}"
    return None
