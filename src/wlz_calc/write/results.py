"""Results of the outcomes framework, for people: the tables, the sentences and what they mean.

A zero is shown as 0; what does not apply is left empty.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Final, NamedTuple

from rich.console import Console

from wlz_calc.money import sterling
from wlz_calc.monitored import By, Results, State
from wlz_calc.ratecard import measures
from wlz_calc.write import words
from wlz_calc.write.console import show_provenance
from wlz_calc.write.figures import SUPPRESSED, Figure, Numbered, Row, measured, paid, rows_of
from wlz_calc.write.screen import MARK, QUIET, STRONG, Grid, draw, gap, say

HEADINGS: Final = {
    "both_readings": "Both\nreadings",
    "at_risk": "At risk\nat start",
    "no_longer_at_risk": "No longer\nat risk",
    "improved": "Improved",
    "not_improved": "Did not\nimprove",
    "percent_improved": "%",
}
WHY: Final = {
    "children": "Children",
    State.OPEN: "Still\nopen",
    State.NO_WINDOW: "No\nwindow",
    State.NO_BASELINE: "No\nbaseline",
    State.NO_ENDPOINT: "No\nendpoint",
    State.OTHER_SCALE: "Other\nscale",
    State.NO_EXPECTED: "Nothing\nexpected",
    "both_readings": "Both\nreadings",
}
AT: Final = {
    "early_years": "in the early years",
    "primary": "at primary school",
    "secondary": "at secondary school",
    "post_16": "after 16",
}
IMPROVED: Final = {
    "sdq.conduct": "their behaviour",
    "sdq.emotional": "their emotional wellbeing",
    "sdq.peer": "their relationships",
    "attendance_rate": "their school attendance",
}
MEANING: Final = """\
Both readings: a baseline and an endpoint that can be set against each other, as the card chooses them.
No longer at risk: at risk at the baseline, and not at the endpoint.
Improved: without crossing the threshold, by as much as the card pays for. Where it pays for no gain, by \
any; in attainment, by more than was expected.
%: those no longer at risk and those who improved, of those at risk at the start. Where no threshold is \
stated, of all with both readings. Whole numbers, halves rounded up.
Still open: the endpoint window ends after this day. Nothing expected: both readings are there, but not the \
progress that was expected.
Payments: children for whom one is met or held, of outcomes at least one. The value is at the prices of the \
card, before any limit."""
PARTNERS: Final = "A child counts at every delivery partner where it attended a session."
NARROW: Final = 90
STEP: Final = 2
"""How far the rows of a block are set in."""


# ---------------------------------------------------------------- for people


def show_results(console: Console, results: Results) -> None:
    """Card by card: the payments, the measures, why there are no two readings, and what it all means."""
    by = "" if results.by is By.ALL else f", by {_SPLIT[results.by]}"
    say(console, results.provider, STRONG)
    say(console, f"Results as of {words.day(results.as_of)}{by}", STRONG)
    for contract, terms in results.illustrative.items():
        say(console, f"{words.banner(terms)} ({contract})", MARK)
    if results.least is not None:
        say(console, _control(results.least))
    for card in results.cards:
        own = (card.contract, card.version)
        gap(console)
        say(console, f"{card.title} ({card.contract}, rate card version {card.version})", STRONG)
        _payments(console, results, _of(results, "funnel", own))
        rows = _of(results, "measures", own)
        _measures(console, results, rows)
        _reasons(console, results, rows)
        _sentences(console, results, rows)
    _meaning(console, results)
    show_provenance(console, results.provenance)


_SPLIT: Final = {
    By.PHASE: "phase",
    By.SCHOOL: "school",
    By.PARTNER: "delivery partner",
    By.COHORT: "academic year of joining",
}


def _control(least: int) -> str:
    return (
        f"For publication: counts from 1 to {least - 1} are not shown ({SUPPRESSED}), nor those that leave "
        "as few of another, nor what would tell either. That holds for this split alone: several of one day "
        "can be set against each other."
    )


def _of(results: Results, table: str, card: tuple[str, int]) -> list[Numbered]:
    return [
        each for each in rows_of(results, table) if (each[1]["contract"], each[1]["card_version"]) == card
    ]


class _Table(NamedTuple):
    """A table whose rows come in blocks: all groups together behind a title, and then each group.

    Partners do not add up, and have no row of all together.
    """

    drawn: Grid
    results: Results
    cells: Callable[[Numbered], list[str]]
    indent: int = 0

    def block(self, title: str, rows: Sequence[Numbered]) -> None:
        """A block; in `rows` that of all together comes first."""
        whole, *own = rows if rows[0][1]["group"] is None else [None, *rows]
        blank = [""] * len(self.cells(rows[0]))
        self.drawn.row(title, *(self.cells(whole) if whole else blank), indent=self.indent)
        for numbered in filter(None, own):
            name = _group(self.results, numbered[1]["group"])
            self.drawn.row(name, *self.cells(numbered), indent=self.indent + STEP)


def _payments(console: Console, results: Results, rows: list[Numbered]) -> None:
    gap(console)
    table = _Table(Grid(["Payments"], ["Children", "Met", "%", "Value"]), results, partial(_payment, results))
    for payment, own in groupby(rows, key=lambda numbered: numbered[1]["payment"]):
        table.block(words.title(payment), list(own))
    draw(console, table.drawn, NARROW)


def _payment(results: Results, numbered: Numbered) -> list[str]:
    figures = paid(results, numbered)
    value = figures["value"] if figures["value"] == SUPPRESSED else sterling(numbered[1]["value"])
    return [*(_shown(figures[name]) for name in ("children", "met", "percent")), str(value)]


def _measures(console: Console, results: Results, rows: list[Numbered]) -> None:
    _areas(console, results, rows, "Measures", HEADINGS)


def _reasons(console: Console, results: Results, rows: list[Numbered]) -> None:
    """Of whom there are no two readings, and why; without the reasons that there were none of."""
    wanted = {name: heading for name, heading in WHY.items() if any(row[name] for _, row in rows)}
    _areas(console, results, rows, "Who has both readings, and who has not", wanted)


def _areas(
    console: Console, results: Results, rows: list[Numbered], title: str, columns: Mapping[str, str]
) -> None:
    """Area by area the measures, each with its groups."""

    def cells(numbered: Numbered) -> list[str]:
        figures = measured(results, numbered)
        return [_shown(figures[name]) for name in columns]

    gap(console)
    table = _Table(Grid([title], list(columns.values())), results, cells, STEP)
    for (domain, area), own in groupby(rows, key=lambda numbered: _area(numbered[1])):
        table.drawn.row(f"{words.title(domain)}: {area}", *[""] * len(columns), style=QUIET)
        for _, each in groupby(own, key=lambda numbered: _question(numbered[1])):
            block = list(each)
            table.block(_named(block[0][1]), block)
    draw(console, table.drawn)


def _area(row: Row) -> tuple[str, str]:
    return (row["domain"], row["area"]) if row["domain"] else ("paid only", words.title(row["area"]))


def _question(row: Row) -> tuple[Any, ...]:
    return row["measure"], row["phases"]


def _named(row: Row) -> str:
    """A measure, whether it is paid, and where it is asked about in one phase only that."""
    said = measures.name(row["measure"])
    paid = "paid" if row["paid"] else "monitored"
    where = f", {words.title(row['phases'][0]).lower()}" if len(row["phases"]) == 1 else ""
    return f"{said[:1].upper()}{said[1:]} ({paid}{where})"


def _group(results: Results, group: str) -> str:
    if results.by is By.PHASE:
        return words.title(group)
    return results.schools.get(group, group) if results.by is By.SCHOOL else group


def _shown(figure: Figure) -> str:
    return f"{figure:,}" if isinstance(figure, int) else figure or ""


def _sentences(console: Console, results: Results, rows: list[Numbered]) -> None:
    """By phase also as one reads it in a report."""
    if results.by is By.PHASE:
        gap(console)
        for _, own in groupby(rows, key=lambda numbered: _question(numbered[1])):
            said = "; ".join(sentences(results, own))
            if said:
                say(console, f"{said}.")


def sentences(results: Results, rows: Iterable[Numbered]) -> Iterator[str]:
    """Such as `87% of those at secondary school improved in English`, as far as it can be said."""
    for numbered in rows:
        row, share = numbered[1], measured(results, numbered)["percent_improved"]
        if row["group"] is not None and isinstance(share, int):
            risk = "" if row["at_risk"] is None else " at risk"
            yield f"{share}% of those{risk} {AT[row['group']]} improved {_improved(row['measure'])}"


def _improved(measure: str) -> str:
    """What improved, as a sentence says it: `in English`, `their behaviour`."""
    if measures.family(measure) == "attainment":
        return measures.name(measure).removeprefix("attainment ")
    return IMPROVED.get(measure) or f"their {measures.name(measure)}"


def _meaning(console: Console, results: Results) -> None:
    gap(console)
    for line in (*MEANING.splitlines(), *([PARTNERS] if results.by is By.PARTNER else [])):
        say(console, line, QUIET)
