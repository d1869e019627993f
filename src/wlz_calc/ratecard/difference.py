"""What two cards say otherwise, field by field, in the words of the cards and day by day.

A term that has not changed is not mentioned, nor is how it is written: a price that is dated from the first
day on which anybody can join, and one that is not dated, are the same price.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from wlz_calc.period import ONE_DAY
from wlz_calc.ratecard.base import EVER, LATEST, Terms, in_force
from wlz_calc.ratecard.card import Card, Range
from wlz_calc.ratecard.conditions import Single
from wlz_calc.ratecard.windows import AcademicYear, Months
from wlz_calc.ratecard.wording import number

Dated = Mapping[date, str]
Fields = dict[tuple[str, ...], Dated]

NO_TERMS: Final = frozenset(
    {"contract", "version", "title", "source", "illustrative", "invoicing", "framework"}
)
"""What a card says of itself and of invoices, and what is only monitored: nothing is paid by it."""


class Difference(NamedTuple):
    """A field that two cards state otherwise; what one does not state is nothing there.

    `clause`: of the payment in which it stands. `since` and `until`: the days for which they differ, where
    they do so only for some. `rewrites`: a later version changes it for days before those of its document;
    two contracts do not rewrite each other.
    """

    path: str
    before: str
    after: str
    clause: str
    since: date | None
    until: date | None
    rewrites: bool


def differences(before: Card, after: Card) -> list[Difference]:
    """Every field that the two cards state otherwise, in the order of the cards."""
    first, second = _fields(before), _fields(after)
    return [
        _difference(before, after, path, run)
        for path in dict.fromkeys([*second, *first])
        for run in _runs(first.get(path, {}), second.get(path, {}))
    ]


class _Run(NamedTuple):
    """Days for which two values differ in the same way."""

    since: date
    until: date
    before: str
    after: str


def _difference(before: Card, after: Card, path: tuple[str, ...], run: _Run) -> Difference:
    begins = max(run.since, after.joined.start)
    is_term = path[0] not in NO_TERMS and before.contract == after.contract
    return Difference(
        path=".".join(path),
        before=run.before,
        after=run.after,
        clause=_clause(after, path) or _clause(before, path),
        since=None if run.since == EVER else run.since,
        until=None if run.until == LATEST else run.until,
        rewrites=is_term and begins < min(after.source.dated, run.until),
    )


def _clause(card: Card, path: tuple[str, ...]) -> str:
    """The clause of the payment, or of the outcome, that a field stands in."""
    own = [payable for payable in card.payables if payable.path == path[: len(payable.path)]]
    own += [payable for payable in card.payables if payable.path[:2] == path[:2]]
    return own[0].clause if own else ""


# ---------------------------------------------------------------- day by day


def _runs(before: Dated, after: Dated) -> list[_Run]:
    """The days for which two values differ, those that differ in the same way together."""
    days = sorted({*before, *after})
    both = [(day, _said(before, day), _said(after, day)) for day in days]
    changes = [
        now for now, earlier in zip(both, [None, *both], strict=False) if now[1:] != (earlier or ())[1:]
    ]
    ends = [*(later[0] - ONE_DAY for _, later in pairwise(changes)), LATEST]
    return [
        _Run(day, end, first, second)
        for (day, first, second), end in zip(changes, ends, strict=True)
        if first != second and not _unstated(before, after, day)
    ]


def _said(dated: Dated, day: date) -> str:
    return in_force(dated, day) if any(start <= day for start in dated) else ""


def _unstated(before: Dated, after: Dated, day: date) -> bool:
    """Whether one of two dated values has not begun: a card is in force only once all its values are."""
    return bool(before and after) and day < max(min(before), min(after))


# ---------------------------------------------------------------- the fields of a card


def _fields(card: Card) -> Fields:
    return dict(_leaves(card, ()))


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Dated]]:
    """Every value within a part of a card, by the keys that lead to it."""
    for key, part in _parts(value):
        yield from _leaves(part, (*path, key))
    if (said := _leaf(value, money=_is_money(path))) is not None:
        yield path, said


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """What stands below a value, by its keys on the card."""
    if isinstance(value, Terms) and not isinstance(value, Months | AcademicYear | Range):
        for name, field in type(value).model_fields.items():
            yield field.alias or name, getattr(value, name)
    elif isinstance(value, Mapping) and not _is_dated(value):
        yield from ((str(key), part) for key, part in value.items())
    elif isinstance(value, tuple) and value and isinstance(value[0], Terms):
        yield from _named(value)


def _named(parts: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    """The parts of a list by what they are about, so that one that moves is the same."""
    seen: dict[str, int] = {}
    for part in parts:
        name = part.measure if isinstance(part, Single) else str(getattr(part, "area", "part"))
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", part


def _leaf(value: object, *, money: bool) -> Dated | None:
    """What a value says, by the day from which it is in force."""
    if value is None or value == () or next(_parts(value), None) is not None:
        return None
    if isinstance(value, Mapping):
        return {day: _text(part, money=money) for day, part in value.items()} if value else None
    return None if isinstance(value, Terms) and not _is_window(value) else {EVER: _text(value, money=money)}


def _is_window(value: object) -> bool:
    return isinstance(value, Months | AcademicYear | Range)


def _is_dated(value: Mapping[object, object]) -> bool:
    return any(isinstance(key, date) for key in value)


def _is_money(path: tuple[str, ...]) -> bool:
    return path[:1] == ("limits",) or path[-1:] in {("price",), ("commitment",)}


def _text(value: object, *, money: bool) -> str:
    """A value as a card would state it; `0.3` and `0.30` are the same."""
    if isinstance(value, Decimal):
        return f"{value:.2f}" if money else number(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_text(part, money=money) for part in value)}]"
    return f"{value.start} to {value.end}" if isinstance(value, Range) else str(value)
