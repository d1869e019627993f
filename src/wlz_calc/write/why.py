"""Why: for people, a tree for each payment of a child: what it rests on, or what it lacks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from wlz_calc.decision import USED, Reason, Status, Use
from wlz_calc.explanation import Explained, Explanation, Facts, Line, Part, Tested
from wlz_calc.money import sterling
from wlz_calc.ratecard import wording
from wlz_calc.ratecard.base import EVER, steps
from wlz_calc.ratecard.conditions import Change, Crosses, Happened, Progresses, Reaches
from wlz_calc.ratecard.measures import Kind, family, kind, member, name, table
from wlz_calc.ratecard.sentence import paid
from wlz_calc.write import beside, words
from wlz_calc.write.console import show_provenance
from wlz_calc.write.evidence import Origins, named_rows, origins, whole
from wlz_calc.write.missing import missing
from wlz_calc.write.screen import MARK, QUIET, STRONG, gap, say
from wlz_calc.write.tested import at_risk, needed, reading, score
from wlz_calc.write.words import visible

WIDEST: Final = 120
"""Sentences make use of a wide screen."""
WINDOWS: Final = {"window": "Window", "baseline": "Baseline window", "endpoint": "Endpoint window"}
CLOSED: Final = "{quarter} is closed: this is what would be claimed for it today."


class Node(NamedTuple):
    """A line of a tree, and what stands below it."""

    text: str
    below: tuple["Node", ...] = ()
    style: str = ""


def show_explained(console: Console, explained: Explained) -> None:
    """Why a child was paid for or not, payment by payment."""
    headline = beside.headline(explained)
    say(console, f"Why, in the {headline[0].lower()}{headline[1:]}", STRONG)
    if explained.closed:
        say(console, CLOSED.format(quarter=explained.quarter), MARK)
    for contract, terms in explained.illustrative.items():
        say(console, f"{words.banner(terms)} ({contract})", MARK)
    come_from = origins(explained.provenance.files)
    gap(console)
    say(console, f"Child {explained.child['child_id']}", STRONG)
    for text in _child(explained, come_from):
        say(console, text, QUIET)
    for one in explained.shown:
        gap(console)
        _draw(console, _decision(explained, one, come_from))
    if explained.off_card and explained.payment is None:
        gap(console)
        _draw(console, Node("What is not on the child's card", tuple(_off_card(explained))))
    show_provenance(console, explained.provenance)


def _draw(console: Console, node: Node) -> None:
    console.print(
        _branch(Tree(_label(node._replace(style=STRONG)), guide_style=QUIET), node), width=_width(console)
    )


def _width(console: Console) -> int:
    return min(console.width, WIDEST)


def _branch(tree: Tree, node: Node) -> Tree:
    for below in node.below:
        _branch(tree.add(_label(below)), below)
    return tree


def _label(node: Node) -> Text:
    return Text(visible(node.text), node.style)


def _child(explained: Explained, come_from: Origins) -> Iterator[str]:
    child, card = explained.child, explained.card
    school = child["school_name"] or child["school"]
    year = f"year {child['year_group']}" if child["year_group"].isdigit() else child["year_group"]
    phase = words.title(child["phase"]).lower()
    yield f"{school}, {phase} ({year}), {card.contract} version {card.version}"
    days = {"joined": child["joined_on"], "consent": child["consent_on"], "left": child["left_on"]}
    said = [f"{what} {words.day(day)}" for what, day in days.items() if day]
    yield f"{', '.join(said)} ({named_rows('children', [child['row']], come_from)})"


def _decision(explained: Explained, one: Explanation, come_from: Origins) -> Node:
    number = f" as number {one.number}" if one.number is not None else ""
    said = f"{words.payable(one.payable.payment, one.payable.outcome)}: {words.status(one.status)}{number}"
    if one.is_award and one.due_on and one.price is not None:
        said += f", due on {words.day(one.due_on)}, {sterling(one.price)}"
    return Node(said, tuple(_parts(explained, one, come_from)))


def _parts(explained: Explained, one: Explanation, come_from: Origins) -> Iterator[Node]:
    """What a decision rests on, in the order in which it is made."""
    yield Node(f"{one.payable.clause}: {paid(explained.card, one.payable)}", style=QUIET)
    if one.reason is not Reason.OTHER_PHASE:
        yield from _windows(explained, one)
        for tested in one.tests:
            yield _test(explained, tested, come_from)
        yield from _gate(explained, one)
    if one.is_award:
        yield from _money(one)
    yield from _claims(explained, one)
    if lacking := missing(explained, one):
        yield Node(lacking, style="yellow")


def _windows(explained: Explained, one: Explanation) -> Iterator[Node]:
    for key, title in WINDOWS.items():
        window = getattr(one.payable, key)
        if window is not None:
            own = window.of(explained.child["joined_on"])
            yield Node(f"{title}: {words.days(own.start, own.end)} ({window})")


# ---------------------------------------------------------------- tests and their rows


def _test(explained: Explained, tested: Tested, come_from: Origins) -> Node:
    measure = tested.test.measure
    said = [_capital(name(measure)), _figures(explained, tested), _asked(explained, tested)]
    verdict = words.status(tested.status)
    if tested.due_on and not isinstance(tested.test, Happened):
        verdict += f" on {words.day(tested.due_on)}"
    file = f" ({whole(table(measure), come_from)})" if tested.uses else ""
    text = f"{said[0]}: {'; '.join(part for part in said[1:] if part)}: {verdict}{file}"
    return Node(text, tuple(_rows(explained, tested, come_from)))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _figures(explained: Explained, tested: Tested) -> str:
    if isinstance(tested.test, Happened):
        child = explained.child
        day = max(child["consent_on"], child["joined_on"]) if child["consent_on"] else None
        return words.day(day) if day else "no date"
    if not isinstance(tested.test, Change):
        return words.figures(tested.evidence) or "no rate"
    said = [
        reading(explained, tested, which) + (f" on {words.day(day)}" if day else "")
        for which in ("baseline", "endpoint")
        if tested.evidence[which] is not None
        for day in [tested.evidence[f"{which}_on"]]
    ]
    return ", then ".join(said) or ("no reading" if _reads(tested) else "no rate")


def _reads(tested: Tested) -> bool:
    return kind(tested.test.measure) is Kind.READINGS


def _asked(explained: Explained, tested: Tested) -> str:
    """What a test asks for."""
    test = tested.test
    if isinstance(test, Happened):
        return ""
    if isinstance(test, Reaches):
        return f"at least {needed(tested)} needed"
    risk = at_risk(explained, tested)
    at = f"at risk is {risk}" if risk else ""
    than = " than expected" if isinstance(test, Progresses) else ""
    by = "" if isinstance(test, Crosses) else f"{needed(tested)} better{than} needed"
    return ", ".join(part for part in (by, at) if part)


def _rows(explained: Explained, tested: Tested, come_from: Origins) -> Iterator[Node]:
    """The rows of the extract that a test rests on, then those that were passed over."""
    by_use: dict[Use, list[int]] = {}
    for row, use in tested.uses.items():
        by_use.setdefault(use, []).append(row)
    used = [use for use in USED if use in by_use]
    for use in used:
        yield from _of_use(explained, tested, use, by_use[use], come_from)
    over = [use for use in by_use if use not in used]
    if over:
        below = [node for use in over for node in _of_use(explained, tested, use, by_use[use], come_from)]
        yield Node("Passed over", tuple(below), QUIET)


def _of_use(
    explained: Explained, tested: Tested, use: Use, rows: Sequence[int], come_from: Origins
) -> Iterator[Node]:
    """Readings one by one; sessions and periods together, as there are many."""
    extract = table(tested.test.measure)
    facts = (
        {**explained.rows.get("marks", {}), **explained.rows[extract]}
        if extract == "attendance"
        else explained.rows[extract]
    )
    style = "" if use in USED else QUIET
    if _reads(tested):
        for row in rows:
            where = named_rows(extract, [row], come_from, short=True)
            yield Node(
                f"{_capital(words.use(use))}: {_reading(explained, tested, facts[row])} ({where})",
                style=style,
            )
        return
    own = [facts[row] for row in rows]
    where = named_rows(extract, rows, come_from, short=True)
    yield Node(f"{_capital(words.use(use))}: {_several(own, extract)} ({where})", style=style)


def _reading(explained: Explained, tested: Tested, facts: Facts) -> str:
    measure = tested.test.measure
    by = f" by {wording.INFORMANTS[facts['informant']]}" if family(measure) == "sdq" else ""
    given = facts.get(member(measure)) if by else facts["score"]
    if given is None:
        said = "no score"
    elif family(measure) == "attainment":
        said = f"{score(explained, facts)} ({wording.phrase(facts['scale'])})"
    else:
        said = str(given) if by else words.score(given)
    return f"{said}{by} on {words.day(facts['date'])}"


def _several(facts: Sequence[Facts], extract: str) -> str:
    one = "session" if extract == "engagement" or "date" in facts[0] else "period"
    days = [day for row in facts for day in (row.get("date") or row["start"], row.get("date") or row["end"])]
    return f"{words.counted(len(facts), one)}, {_span(min(days), max(days))}"


def _span(first: date, last: date) -> str:
    return words.day(first) if first == last else words.days(first, last)


# ---------------------------------------------------------------- gate, number, price, shares, claims


def _gate(explained: Explained, one: Explanation) -> Iterator[Node]:
    requires = one.payable.requires
    if requires is None:
        return
    said = []
    for payment in requires.payments:
        (other,) = explained.of(payment)
        due = f", due on {words.day(other.due_on)}" if other.due_on else ""
        said.append(f"{words.title(payment)} ({words.status(other.status)}{due})")
    yield Node(f"Gate: {wording.together(said, 'or' if requires.any else 'and')}")


def _money(one: Explanation) -> Iterator[Node]:
    several = f", one of {words.numbered(one.payable.numbers)}" if len(one.payable.numbers) > 1 else ""
    kept = ", under which it is claimed already" if one.kept == one.number else ""
    yield Node(f"Number: {one.number}{several}{kept}")
    since = [day for day, _ in steps(one.payable.price or {}) if one.due_on and day <= one.due_on][-1]
    in_force = f", in force since {words.day(since)}" if since != EVER else ""
    yield Node(f"Price: {sterling(one.price or 0)}{in_force}")
    cut = f"{sterling(one.cut)} is cut" if one.cut else "nothing is cut"
    rooms = [
        f"{sterling(room.left)} was left of the {sterling(room.limit)} {_limit(room.name)}"
        for room in one.rooms
    ]
    if rooms:
        yield Node(f"Limits: {'; '.join(rooms)}: {cut}")
    if one.parts:
        yield Node("Shares", tuple(Node(_share(part)) for part in one.parts))


def _limit(name: str) -> str:
    return {"child": "for the child", "financial_year": "for the financial year"}.get(name, "of the contract")


def _share(part: Part) -> str:
    said = f"{part.name} ({part.commissioner}): {wording.percent(part.share)}, {sterling(part.part)}"
    if part.room is not None:
        said += f", of {sterling(part.room)} left of its commitment"
    if part.amount < part.part:
        said += f": {sterling(part.part - part.amount)} is unfunded"
    return said


def _off_card(explained: Explained) -> Iterator[Node]:
    """What was claimed of it, and goes back."""
    key = attrgetter("contract", "payment", "outcome")
    for _, own in groupby(sorted(explained.off_card, key=lambda line: tuple(map(str, key(line)))), key=key):
        lines = list(own)
        said = f"{words.payable(lines[0].payment, lines[0].outcome)} ({lines[0].contract})"
        yield Node(said, tuple(_claimed(explained, lines)))


def _claims(explained: Explained, one: Explanation) -> Iterator[Node]:
    yield from _claimed(explained, one.lines)
    sealed, due = ([line for line in one.lines if line.sealed is part] for part in (True, False))
    if one.status is Status.MET and sealed and not due:
        yield Node(f"{_due(explained)}: nothing more")


def _due(explained: Explained) -> str:
    calculated = "As it would be claimed today" if explained.closed else "In the claim"
    return f"{calculated} for {explained.quarter}"


def _claimed(explained: Explained, lines: Iterable[Line]) -> Iterator[Node]:
    claimed, opening, due = _claimed_or_due(lines)
    for title, own in {
        "Claimed so far": claimed,
        "Opening balance: due before the quarter, and not in this claim": opening,
        _due(explained): due,
    }.items():
        if own:
            yield Node(title, tuple(_lines(own)))


def _claimed_or_due(lines: Iterable[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Lines that were claimed, those that would open the book, and those of the claim."""
    claimed: list[Line] = []
    opening: list[Line] = []
    due: list[Line] = []
    for line in lines:
        (claimed if line.sealed else opening if line.kind == "opening" else due).append(line)
    return claimed, opening, due


def _lines(lines: Sequence[Line]) -> Iterator[Node]:
    """Lines of one quarter and kind together, with what each commissioner is charged."""
    key = lambda line: (line.quarter, line.kind, line.corrects or "", line.reason or "")  # noqa: E731
    for (quarter, kind_, corrects, reason), own in groupby(sorted(lines, key=key), key=key):
        each = list(own)
        charged = ", ".join(f"{line.commissioner} {sterling(line.amount)}" for line in each)
        why = f" ({words.reason(reason)[0].lower()}{words.reason(reason)[1:]})" if corrects else ""
        total = sterling(sum(line.amount for line in each))
        when = f"{quarter}, " if each[0].sealed else ""
        said = _capital(f"{when}{words.kind(kind_, corrects or None)}{why}")
        yield Node(f"{said}: {total} ({charged})")
