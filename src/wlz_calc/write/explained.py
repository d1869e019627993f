"""Explained: why a child was paid for or not, as one JSON object that holds enough to work it out again.

Terms stand beside the rows of the child's extracts and what became of each, so that a decision, its money and
its lines can be calculated from the object alone. Amounts are pounds and scores points, as text; shares and
thresholds are as the card states them.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from wlz_calc.explanation import Explained, Explanation, Facts, Line, Part, Room, Tested
from wlz_calc.money import pounds
from wlz_calc.programme import Origin
from wlz_calc.ratecard.base import EVER, steps
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.conditions import (
    AllOf,
    AnyOf,
    AtRisk,
    Change,
    Gain,
    Happened,
    Reaches,
    Single,
    Threshold,
)
from wlz_calc.ratecard.measures import Kind, kind, member, table
from wlz_calc.ratecard.windows import Months, Window
from wlz_calc.standards import sdq
from wlz_calc.standards.assessment import POINT
from wlz_calc.write.data import stamp
from wlz_calc.write.evidence import origins
from wlz_calc.write.missing import missing
from wlz_calc.write.words import score

Said = dict[str, Any]
"""An object of JSON."""

CHILD: Final = (
    "child_id", "contract", "school", "authority", "year_group", "phase", "informant",
    "joined_on", "consent_on", "left_on",
)  # fmt: skip
FACTS: Final = {
    "engagement": ("date", "kind", "provider", "status", "engaged"),
    "attendance": ("start", "end", "possible", "attended"),
    "marks": ("date", "session", "possible", "attended", "code"),
    "attainment": ("date", "subject", "scale", "score", "expected", "age_relative"),
    "sdq": ("date", "informant", *sdq.SCALES),
    "survey": ("date", "measure", "score"),
}
"""What is told of a row, by extract."""
SCORES: Final = ("score", "expected")
WINDOWS: Final = ("window", "baseline", "endpoint")


def as_json(explained: Explained) -> bytes:
    """Why a child was paid for or not, as one JSON object."""
    return (json.dumps(as_data(explained), ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def as_data(explained: Explained) -> Said:
    """The same before it is text."""
    card, come_from = explained.card, origins(explained.provenance.files)
    about = stamp(explained)
    provenance = about.pop("provenance")
    return {
        **about,
        "closed": explained.closed,
        "child": {
            **{name: explained.child[name] for name in CHILD},
            **_place(explained.child["row"], come_from.get("children")),
        },
        "card": _card(card),
        "opens_book": explained.opens,
        "payments": [_payment(explained, one) for one in _wanted(explained)],
        "off_card": {
            "claimed": [_elsewhere(line) for line in explained.off_card if line.sealed],
            "due": [_elsewhere(line) for line in explained.off_card if not line.sealed],
        },
        "rows": {
            name: [_row(facts, FACTS[name], come_from.get(_role(name)), card) for facts in own.values()]
            for name, own in explained.rows.items()
            if name in FACTS
        },
        "provenance": provenance,
    }


def _wanted(explained: Explained) -> list[Explanation]:
    """What is asked about, and the payments that it requires."""
    own = explained.shown
    required = {name for one in own if one.payable.requires for name in one.payable.requires.payments}
    return [one for one in explained.told if one in own or one.payable.payment in required]


def _plain(value: object) -> str:
    """What JSON has no form of."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


def _role(extract: str) -> str:
    return "attendance" if extract == "marks" else extract


def _place(row: int, origin: Origin | None) -> Said:
    """A row by its number in the whole table, and where it stands in its own file."""
    where = origin.where(row) if origin else None
    return {"row": row} | ({"file": where.file, "sheet": where.sheet, "file_row": where.row} if where else {})


def _row(facts: Facts, names: tuple[str, ...], origin: Origin | None, card: Card) -> Said:
    there = {name: facts[name] for name in names if name in facts}
    if "scale" in there:
        values = card.all_scales[there["scale"]].values
        there["value"] = values[there["score"] // POINT] if values and there["score"] is not None else None
    return {
        **_place(facts["row"], origin),
        "stands": facts["stands"],
        **{name: _points(value) if name in SCORES else value for name, value in there.items()},
    }


def _points(value: int | None) -> str | None:
    return None if value is None else score(value)


def _card(card: Card) -> Said:
    return {
        "contract": card.contract,
        "version": card.version,
        "title": card.title,
        "term": {"from": card.term.start, "to": card.term.end},
        "leavers": card.leavers,
        "limits": {name: limit for name, limit in card.limits if limit is not None},
        "commissioners": {
            name: {
                "name": one.name,
                "share": _dated(one.share),
                "commitment": one.commitment,
                "each": one.each,
            }
            for name, one in card.commissioners.items()
        },
    }


def _payment(explained: Explained, one: Explanation) -> Said:
    payable, child = one.payable, explained.child
    numbers = iter(range(len(one.tests)))
    return {
        "payment": payable.payment,
        "outcome": payable.outcome,
        "clause": payable.clause,
        "phases": payable.phases,
        "numbers": payable.numbers,
        "prices": _dated(payable.price or {}),
        "requires": payable.requires and payable.requires.model_dump(exclude_none=True),
        **{name: _window(getattr(payable, name), child["joined_on"]) for name in WINDOWS},
        "when": _condition(payable.when, numbers) if one.tests else None,
        "tests": [_test(explained, tested) for tested in one.tests],
        "holds": [_hold(hold, explained) for hold in one.holds],
        "claimed_as_number": one.kept,
        "decision": {
            "status": one.status,
            "reason": one.reason,
            "due_on": one.due_on,
            "number": one.number,
            "price": _money(one.price),
            "cut": _money(one.cut),
        },
        "asked_of_limits": _money(one.asks),
        "limits": [_room(room) for room in one.rooms],
        "left_by_limits": _money(one.left),
        "shares": [_part(part) for part in one.parts],
        "claimed": [_line(line) for line in one.lines if line.sealed],
        "due": [_line(line) for line in one.lines if not line.sealed],
        "missing": missing(explained, one),
        "until": one.until,
    }


def _money(amount: int | None) -> str | None:
    return None if amount is None else pounds(amount)


def _dated(values: Threshold | Mapping[date, Decimal]) -> list[Said]:
    """Values with the days from which they are in force; null: ever."""
    return [{"from": None if day == EVER else day, "value": str(value)} for day, value in steps(dict(values))]


def _window(window: Window | None, joined_on: date) -> Said | None:
    if window is None:
        return None
    own = window.of(joined_on)
    stated = (
        {"months": window.months} if isinstance(window, Months) else {"academic_year": window.academic_year}
    )
    return {**stated, "opens": own.start, "closes": own.end}


def _condition(condition: AllOf | AnyOf | Single, numbers: Iterator[int]) -> int | Said:
    """How tests are put together, each by its place among them."""
    if isinstance(condition, Single):
        return next(numbers)
    several = "all" if isinstance(condition, AllOf) else "any"
    return {several: [_condition(part, numbers) for part in condition.parts]}


def _test(explained: Explained, tested: Tested) -> Said:
    test = tested.test
    return {
        "measure": test.measure,
        "extract": table(test.measure),
        "test": type(test).__name__.lower(),
        **_terms(explained, test),
        "figures": _figures(tested.evidence, test),
        "says": {"status": tested.status, "reason": tested.reason, "due_on": tested.due_on},
        "uses": {str(row): use for row, use in tested.uses.items()},
    }


def _terms(explained: Explained, test: Single) -> Said:
    """What a test compares with, and which way is better."""
    stated: Said = {}
    if isinstance(test, Reaches):
        stated["at_least"] = _dated(test.at_least)
    if isinstance(test, Change):
        stated["better"] = "higher" if explained.card.higher_is_better(test.measure) else "lower"
        informant = explained.child["informant"]
        stated["at_risk"] = test.at_risk and _at_risk(test.at_risk, test.measure, informant)
    if isinstance(test, Gain):
        stated |= {"by": _dated(test.by), "strictly": test.strictly}
    if isinstance(test, Reaches | Change) and test.possible_at_least:
        stated["possible_at_least"] = _dated(test.possible_at_least)
    return stated


def _at_risk(risk: AtRisk, measure: str, informant: str) -> Said:
    """A comparison; of a band, with the score at which it begins for whoever completes the questionnaire."""
    if risk.band is None or risk.scheme is None:
        return {str(risk.comparison): _dated(risk.threshold or {})}
    start = sdq.band_start(member(measure), informant, risk.scheme, risk.band)
    comparison = "at_most" if sdq.higher_is_better(member(measure)) else "at_least"
    return {comparison: _dated({EVER: Decimal(start)}), "band": risk.band, "scheme": risk.scheme}


def _figures(evidence: Facts, test: Single) -> Said:
    """A value, or a baseline and an endpoint: scores in points, rates as what they are a rate of."""
    names = ("value",) if isinstance(test, Reaches) else ("baseline", "endpoint")
    said: Said = {}
    for name in names if not isinstance(test, Happened) else ():
        value, of = evidence[name], evidence[f"{name}_of" if name != "value" else "of"]
        if kind(test.measure) is Kind.READINGS:
            said |= {name: _points(value), f"{name}_on": evidence[f"{name}_on"]}
        else:
            said |= {name: value, f"{name}_of" if name != "value" else "of": of}
    return said


def _hold(hold: Facts, explained: Explained) -> Said:
    place = _place(hold["row"], origins(explained.provenance.files).get("holds"))
    stated = ("payment", "outcome", "from", "to", "reason", "raised_by")
    return {**place, **{name: hold[name] for name in stated}}


def _room(room: Room) -> Said:
    return {"limit": room.name, "most": pounds(room.limit), "left": pounds(room.left)}


def _part(part: Part) -> Said:
    return {
        "commissioner": part.commissioner,
        "name": part.name,
        "share": str(part.share),
        "part": pounds(part.part),
        "left_of_commitment": _money(part.room),
        "amount": pounds(part.amount),
    }


def _elsewhere(line: Line) -> Said:
    """A line of what is not on the card of the child."""
    return {name: getattr(line, name) for name in ("contract", "payment", "outcome")} | _line(line)


def _line(line: Line) -> Said:
    stated = ("quarter", "commissioner", "number", "kind", "due_on", "corrects", "reason")
    return {**{name: getattr(line, name) for name in stated}, "amount": pounds(line.amount)}
