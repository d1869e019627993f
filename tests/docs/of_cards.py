"""Rate cards: every key that may stand on one, the measures, the tests, and the cards that are shipped."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, repeat
from typing import Final

from pydantic.fields import FieldInfo

from tests.docs.keys import ASKED, AT_RISK, CARD, CONDITION, OF_ATTENDANCE, PARTS, PAYMENT, SEVERAL, Part
from tests.docs.markdown import quoted, table, told
from wlz_calc.ratecard.base import Terms
from wlz_calc.ratecard.card import Outcome, Payment
from wlz_calc.ratecard.conditions import Single
from wlz_calc.ratecard.measures import ATTENDANCE, KINDS, SURVEY, Kind, family, kind, member
from wlz_calc.ratecard.measures import table as extract
from wlz_calc.read.cards import read_card, shipped
from wlz_calc.standards import sdq

_CALLED: Final[Mapping[type[Terms], str]] = {
    Payment: "on a payment",
    Outcome: "on an outcome",
    **{model: f"for `{name}`" for model, name in ASKED.items()},
}


def card() -> str:
    """The keys of the card itself."""
    return _keys([CARD])


def parts() -> str:
    """The keys of what a card names, part by part."""
    return _keys(PARTS)


def payment() -> str:
    """The keys of a payment and of an outcome."""
    return _keys([PAYMENT])


def conditions() -> str:
    """The keys of a condition, and of what it may hold."""
    return _keys([CONDITION, SEVERAL, AT_RISK])


def _keys(of: Iterable[Part]) -> str:
    parts = list(of)
    headings = ["key", "needed", "value", "meaning"]
    if len(parts) == 1:
        return table(headings, _rows(parts[0]))
    return table(["of", *headings], (row for part in parts for row in _named(part)))


def _named(part: Part) -> Iterator[list[str]]:
    """Its rows, the first with its name."""
    for name, row in zip(chain([part.name], repeat("")), _rows(part), strict=False):
        yield [name, *row]


def _rows(part: Part) -> Iterator[list[str]]:
    fields = list(fields_of(part))
    for key, (value, meaning) in told(part.keys, dict.fromkeys(key for key, _, _ in fields), part.name):
        own = {model: field for name, model, field in fields if name == key}
        yield [f"`{key}`", _needed(part, own), value, f"{meaning}{_usual(own)}"]


def fields_of(part: Part) -> Iterator[tuple[str, type[Terms], FieldInfo]]:
    """Every field of a part, by its key and its model."""
    for model in part.models:
        for name, field in model.model_fields.items():
            yield field.alias or name, model, field


def _needed(part: Part, fields: Mapping[type[Terms], FieldInfo]) -> str:
    """Whether a key must be there, or on what of the things that may have it."""
    on = [model for model, field in fields.items() if field.is_required()]
    if len(on) == len(part.models):
        return "yes"
    return ", ".join(_CALLED.get(model, "one of them") for model in on)


def _usual(fields: Mapping[type[Terms], FieldInfo]) -> str:
    """What holds where the key is not there, if that is a value."""
    usual = {field.default for field in fields.values() if isinstance(field.default, str | bool)}
    return "".join(
        f" (unless stated: `{str(value).lower() if value is False else value}`)" for value in usual
    )


# ---------------------------------------------------------------- tests and measures


def tests() -> str:
    """What each test is for, and what it asks for."""
    rows = [[f"`{name}`", _said(model), _asks(model)] for model, name in ASKED.items()]
    return table(["`test`", "of", "further keys"], rows)


def _said(model: type[Single]) -> str:
    named = (_one_of_a_family(measure) for measure in (*KINDS, f"{SURVEY}.NAME") if model._judges(measure))
    return quoted(dict.fromkeys(named))


def _one_of_a_family(measure: str) -> str:
    return f"{family(measure)}.*" if member(measure) and family(measure) != SURVEY else measure


def _asks(model: type[Single]) -> str:
    keys = {name: field for name, field in model.model_fields.items() if name not in {"measure", "test"}}
    may = ", ".join(
        f"`{name}`{'' if field.is_required() else ' (optional)'}"
        for name, field in sorted(keys.items(), key=lambda key: not key[1].is_required())
        if name != OF_ATTENDANCE or model._judges(ATTENDANCE)
    )
    return may.replace(f"`{OF_ATTENDANCE}` (", f"`{OF_ATTENDANCE}` (of `{ATTENDANCE}`; ")


MEASURES: Final[Mapping[str, str]] = {
    "consent": "the later of consent and joining",
    "link_worker_sessions": "sessions attended; 0 if none",
    "partner_sessions": "sessions attended; 0 if none",
    "partner_attendance_rate": "partner sessions attended, of those attended or absent; missing if none",
    "partner_engaged_rate": "those engaged, of attended partner sessions that say so; missing if none",
    ATTENDANCE: "attended of possible school sessions, over the periods that lie wholly in the window, or "
    "over marks; missing if fewer were possible than `possible_at_least` (1 unless stated). Totals need a "
    "window by academic year; windows by months need marks",
    "attainment": "the score; on a scale of ordered values, the place",
    "sdq": "from the informant of the child's phase; a questionnaire without that score is no reading of it",
    SURVEY: "the score",
}
_WHERE: Final = {
    Kind.DATE: "date",
    Kind.COUNT: "count in a window",
    Kind.RATE: "rate in a window",
    Kind.READINGS: "readings",
}


def measures() -> str:
    """Every measure: its kind, its extract, which way is better, and its value; like beside like."""
    every = (*KINDS, f"{SURVEY}.NAME")
    values = dict(told(MEASURES, dict.fromkeys(map(family, every)), "measures"))
    alike: dict[tuple[str, ...], list[str]] = {}
    for measure in every:
        said = (_WHERE[kind(measure)], f"`{extract(measure)}`", _better(measure), values[family(measure)])
        alike.setdefault(said, []).append(measure)
    rows = [[quoted(names), *said] for said, names in alike.items()]
    return table(["measure", "kind", "extract", "better", "value"], rows)


def _better(measure: str) -> str:
    if family(measure) == SURVEY:
        return "as the card says"
    if family(measure) == "sdq":
        return "higher" if sdq.higher_is_better(member(measure)) else "lower"
    return "higher" if measure == ATTENDANCE or kind(measure) is Kind.READINGS else ""


# ---------------------------------------------------------------- the cards


def library() -> str:
    """The cards that are shipped: whom they are for, and what they pay."""
    rows = [_shipped(name) for name in shipped()]
    return table(["name", "contract", "for children who joined", "payments", "source"], rows)


def _shipped(name: str) -> list[str]:
    read, found = read_card(shipped()[name], name)
    if read is None:
        raise ValueError(found)
    terms = read.card
    numbers = {number for payable in terms.payables for number in payable.numbers}
    return [
        f"`{name}`",
        f"{terms.title}, version {terms.version}",
        f"{terms.joined.start} to {terms.joined.end}",
        f"{len(numbers)}",
        f"{terms.source.document}, {terms.source.clause}",
    ]
