"""The status of everything on the card, in the seven steps of the rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.oracle.dates import Tree, Window, day_or_none, in_force, pence
from tests.oracle.folder import Case, Item, items_of
from tests.oracle.measures import (
    Reading,
    attended_sessions,
    is_age_relative,
    lower_is_better,
    rate,
    readings,
)
from tests.oracle.published import begins_at

Numbers = dict[tuple[str, str, str, str], int]
"""The numbers of outcomes that are claimed, by contract, child, payment and outcome."""


@dataclass(frozen=True)
class Verdict:
    """A status, and the day it fell due where that is known."""

    status: str
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Decision:
    """What was decided for one child and one item."""

    case: Case
    item: Item
    status: str
    due_on: dt.date | None = None
    number: int = 0

    @property
    def due(self) -> dt.date:
        """The due date of something met."""
        assert self.due_on is not None
        return self.due_on

    @property
    def price(self) -> int:
        """The price in pence, in force on the due date."""
        return pence(in_force(self.item.terms["price"], self.due))


def judge(test: Tree, item: Item, case: Case) -> Verdict:
    """The verdict of a test, or of all or any of several."""
    if "all" in test:
        return all_of([judge(part, item, case) for part in test["all"]])
    if "any" in test:
        return any_of([judge(part, item, case) for part in test["any"]])
    if test["test"] == "happened":
        return happened(item, case)
    if test["test"] == "reaches":
        return reaches(test, item, case)
    return changes(test, item, case)


def first_status(verdicts: list[Verdict], statuses: list[str]) -> Verdict | None:
    """The first of some statuses that any verdict has."""
    present = {verdict.status for verdict in verdicts}
    assert present <= {"met", "not_met", "not_yet", "not_assessable"}
    return next((Verdict(status) for status in statuses if status in present), None)


def all_of(verdicts: list[Verdict]) -> Verdict:
    """Met on the latest date of the parts, if every one is met."""
    failed = first_status(verdicts, ["not_met", "not_yet", "not_assessable"])
    return failed or Verdict("met", max(v.due_on for v in verdicts if v.due_on))


def any_of(verdicts: list[Verdict]) -> Verdict:
    """Met on the earliest date of a part that is met."""
    met = [verdict.due_on for verdict in verdicts if verdict.status == "met" and verdict.due_on]
    if met:
        return Verdict("met", min(met))
    return first_status(verdicts, ["not_yet", "not_assessable", "not_met"]) or Verdict("not_met")


def happened(item: Item, case: Case) -> Verdict:
    """Consent: the later of its date and of joining, in the window if there is one."""
    window = case.window(item.terms["window"]) if "window" in item.terms else None
    if case.consent_on is None:
        over = window is not None and window.last <= case.as_of
        return Verdict("not_met" if over else "not_yet")
    day = max(case.consent_on, case.joined_on)
    return Verdict("met", day) if window is None or day in window else Verdict("not_met")


def reaches(test: Tree, item: Item, case: Case) -> Verdict:
    """A count is met on the day it gets there, a rate on the last day of its window."""
    window = case.window(item.terms["window"])
    at_least = in_force(test["at_least"], window.last)
    if test["measure"] in ("link_worker_sessions", "partner_sessions"):
        kind = test["measure"].removesuffix("_sessions")
        attended = attended_sessions(case, kind, window)
        if len(attended) >= at_least:
            return Verdict("met", dt.date.fromisoformat(attended[int(at_least) - 1]["date"]))
        return Verdict("not_yet" if window.last > case.as_of else "not_met")
    if window.last > case.as_of:
        return Verdict("not_yet")
    possible_at_least = in_force(test.get("possible_at_least", "1"), window.last)
    value = rate(case, test["measure"], window, possible_at_least)
    if value is None:
        return Verdict("not_assessable")
    return Verdict("met", window.last) if value >= at_least else Verdict("not_met")


def changes(test: Tree, item: Item, case: Case) -> Verdict:
    """Improves, progresses and crosses: two readings (or rates) against each other."""
    last_day = case.window(item.terms["endpoint"]).last
    if last_day > case.as_of:
        return Verdict("not_yet")
    pair = before_and_after(test, item, case)
    if pair is None:
        return Verdict("not_assessable")
    before, after = pair
    if "at_risk" in test and not is_at_risk(test, before.value, case, last_day):
        return Verdict("not_eligible")
    if test["test"] == "crosses":
        met = not is_at_risk(test, after.value, case, last_day)
        return Verdict("met", last_day) if met else Verdict("not_met")
    gained = gain(test, before, after, case)
    if gained is None:
        return Verdict("not_assessable")
    by = in_force(test["by"], last_day)
    met = gained > by if test.get("strictly") == "true" else gained >= by
    return Verdict("met", last_day) if met else Verdict("not_met")


def gain(test: Tree, before: Reading, after: Reading, case: Case) -> Fraction | None:
    """The change for the better; for progress less the expected change, None if that is unknown."""
    change = after.value - before.value
    if test["test"] == "improves":
        return -change if lower_is_better(case, test["measure"]) else change
    if before.expected is not None and after.expected is not None:
        return change - (after.expected - before.expected)
    return change if is_age_relative(case.card, before.scale) else None


def before_and_after(test: Tree, item: Item, case: Case) -> tuple[Reading, Reading] | None:
    """The baseline and the endpoint of a measure, or None if either is missing."""
    first, second = case.window(item.terms["baseline"]), case.window(item.terms["endpoint"])
    if test["measure"] == "attendance_rate":
        needed = in_force(test.get("possible_at_least", "1"), second.last)
        rates = [rate(case, "attendance_rate", window, needed) for window in (first, second)]
        if rates[0] is None or rates[1] is None:
            return None
        return Reading(first.last, rates[0]), Reading(second.last, rates[1])
    found = readings(case, test["measure"])
    in_first = [reading for reading in found if reading.on in first]
    if not in_first:
        return None
    until_joining = [reading for reading in in_first if reading.on <= case.joined_on]
    before = until_joining[-1] if until_joining else in_first[0]
    later = [
        reading
        for reading in found
        if reading.on in second and reading.on > before.on and reading.scale == before.scale
    ]
    return (before, later[-1]) if later else None


def is_at_risk(test: Tree, value: Fraction, case: Case, on: dt.date) -> bool:
    """Whether a value is at risk, by the card's number or by the published bands."""
    at_risk = test["at_risk"]
    if "band" in at_risk:
        scale, informant = test["measure"].split(".")[1], case.card["informants"][case.phase]
        begins = begins_at(at_risk["scheme"], informant, scale, at_risk["band"])
        return value <= begins if scale == "prosocial" else value >= begins
    [(side, threshold)] = at_risk.items()
    limit = in_force(threshold, on)
    return {
        "below": value < limit,
        "at_most": value <= limit,
        "above": value > limit,
        "at_least": value >= limit,
    }[side]


def decide(case: Case, kept: Numbers) -> list[Decision]:
    """Every decision for one child, in the order of the card; `kept`: the numbers of claimed outcomes."""
    decisions: list[Decision] = []
    for item in items_of(case.card):
        verdict = judge_eligible(item, case)
        verdict = after_leaving(verdict, item, case)
        verdict = after_gate(verdict, item, decisions)
        verdict = within_term(verdict, case.card)
        number = int(item.terms.get("number", 0)) if verdict.status == "met" else 0
        decisions.append(Decision(case, item, verdict.status, verdict.due_on, number))
    return [held(decision) for decision in numbered(decisions, kept)]


def judge_eligible(item: Item, case: Case) -> Verdict:
    """Steps 1 and 2: the test, for a child of a phase that the item is for."""
    if case.phase not in item.terms.get("phases", [case.phase]):
        return Verdict("not_eligible")
    return judge(item.terms["when"], item, case)


def after_leaving(verdict: Verdict, item: Item, case: Case) -> Verdict:
    """Step 3: what a leaver had not met, and could not have met, before leaving."""
    if case.card.get("leavers") != "not_eligible" or case.left_on is None:
        return verdict
    if verdict.status == "met" and verdict.due_on and verdict.due_on <= case.left_on:
        return verdict
    spec = item.terms.get("window") or item.terms.get("endpoint")
    if spec is None or case.window(spec).last > case.left_on:
        return Verdict("not_eligible")
    return verdict


def after_gate(verdict: Verdict, item: Item, earlier: list[Decision]) -> Verdict:
    """Step 4: what is met waits for the payments that it requires, and falls due no earlier."""
    if verdict.status != "met" or "requires" not in item.terms:
        return verdict
    assert verdict.due_on is not None
    [(how, names)] = item.terms["requires"].items()
    required = [d for d in earlier if d.item.payment in names and not d.item.outcome]
    assert len(required) == len(names)
    dates = [d.due for d in required if d.status == "met"]
    if len(dates) < (len(names) if how == "all" else 1):
        return Verdict("gated")
    opened = max(dates) if how == "all" else min(dates)
    return Verdict("met", max(verdict.due_on, opened))


def within_term(verdict: Verdict, card: Tree) -> Verdict:
    """Step 5: nothing that falls due outside the term is payable."""
    if verdict.status != "met":
        return verdict
    assert verdict.due_on is not None
    term = Window(*(dt.date.fromisoformat(card["term"][end]) for end in ("from", "to")))
    return verdict if verdict.due_on in term else Verdict("not_eligible")


def numbered(decisions: list[Decision], kept: Numbers) -> list[Decision]:
    """Step 6: claimed outcomes keep their number; others take the free ones, if any."""
    result = list(decisions)
    for payment in {d.item.payment for d in decisions if d.item.outcome}:
        met = [d for d in decisions if d.item.payment == payment and d.status == "met"]
        own = {d.item.order: number for d in met if (number := kept_number(d, kept))}
        others = [d for d in met if d.item.order not in own]
        others.sort(key=lambda d: (d.due, -d.price, d.item.order))
        free = [n for d in met[:1] for n in map(int, d.item.terms["numbers"]) if n not in own.values()]
        taken = own | dict(zip([d.item.order for d in others], free, strict=False))
        for decision in met:
            result[decision.item.order] = with_number(decision, taken.get(decision.item.order))
    return result


def kept_number(decision: Decision, kept: Numbers) -> int | None:
    """The number that an outcome is claimed under, if the card still has it."""
    contract, child = decision.case.card["contract"], decision.case.child["child_id"]
    number = kept.get((contract, child, decision.item.payment, decision.item.outcome))
    return number if str(number) in decision.item.terms["numbers"] else None


def with_number(decision: Decision, number: int | None) -> Decision:
    """An outcome that is met with its number, or beyond the limit where none is left."""
    if number is None:
        return replace(decision, status="beyond_limit", due_on=None)
    return replace(decision, number=number)


def held(decision: Decision) -> Decision:
    """Step 7: what is met is held while a hold is in force."""
    if decision.status != "met":
        return decision
    for hold in decision.case.holds:
        until = day_or_none(hold["to"]) or dt.date.max
        if (
            hold["payment"] in ("", decision.item.payment)
            and hold["outcome"] in ("", decision.item.outcome)
            and decision.case.as_of in Window(dt.date.fromisoformat(hold["from"]), until)
        ):
            return replace(decision, status="held")
    return decision
