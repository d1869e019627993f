"""The console: a claim as a finance director would print it, drawn with Rich.

Promises a schedule per commissioner with its lines by payment, then what stands beside it: totals, how far
the claims have come (a sealed claim does not know those before it), opening balance, what was cut, unfunded
or held, what is not yet due, warnings and provenance. Every table made on terms that no public source states
says so. No child is named here.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console

from wlz_calc.claim import Claim, Provenance
from wlz_calc.finding import Finding
from wlz_calc.money import sterling
from wlz_calc.programme import InputFile
from wlz_calc.write import beside, words
from wlz_calc.write.bars import show_progress
from wlz_calc.write.findings import Notice, notices
from wlz_calc.write.grouping import contracts
from wlz_calc.write.schedule import NEW, Contract, Group, Row, Schedule
from wlz_calc.write.screen import MARK, MONEY_WIDTH, QUIET, STRONG, WIDEST, Grid, draw, gap, say

INDENT: Final = 5
BESIDE_A_NAME: Final = 76
"""Room for a number of rows and a digest on one line."""


def show_claim(console: Console, claim: Claim) -> None:
    """The whole claim: title, schedules, summary and all that stands beside them."""
    stated = contracts(claim)
    _title(console, claim, stated)
    for contract in stated:
        for schedule in contract.schedules:
            _schedule(console, claim, contract, schedule)
    _summary(console, claim, stated)
    if claim.seal is None:
        show_progress(console, claim, _marked(claim))
    if line := beside.opening(claim):
        gap(console)
        say(console, line)
    for part in beside.parts(claim):
        _beside(console, claim, part)
    show_provenance(console, claim.provenance)


def _title(console: Console, claim: Claim, stated: Sequence[Contract]) -> None:
    say(console, claim.provider, STRONG)
    say(console, beside.headline(claim), STRONG)
    for line in beside.standing(claim):
        say(console, line, MARK if claim.provisional else "")
    for contract in stated:
        say(console, beside.terms(contract))
        _mark(console, contract.illustrative)
    if claim.illustrative:
        say(console, beside.ILLUSTRATIVE_LINE, QUIET)


def _mark(console: Console, illustrative: Sequence[str]) -> None:
    if illustrative:
        say(console, words.banner(illustrative), MARK)


def _schedule(console: Console, claim: Claim, contract: Contract, schedule: Schedule) -> None:
    gap(console)
    say(console, schedule.name, STRONG)
    say(console, beside.caption(claim, schedule), QUIET)
    if digest := beside.digest(claim, contract.contract):
        say(console, digest, QUIET)
    _mark(console, contract.illustrative)
    drawn = Grid(["Payment"], ["Children", "Lines", "Each", "Amount"], widths=[8, 6, 11, MONEY_WIDTH])
    for group in schedule.groups:
        _group(drawn, group)
    _total(drawn, "Total", schedule.children, schedule.lines, "", sterling(schedule.amount))
    draw(console, drawn)


def _group(drawn: Grid, group: Group) -> None:
    """A payment on one row where one row says it all, or else a heading, its rows and a subtotal."""
    heading = f"{words.numbered(group.numbers):<{INDENT}}{words.title(group.payment)}"
    children = f"{group.children:,}"
    if len(group.rows) == 1 and group.rows[0].outcome is None:
        only = group.rows[0]
        drawn.row(heading + _adjusts(only), children, *_figures(only))
        return
    drawn.row(heading, "", "", "", "")
    for part in group.rows:
        name = words.title(part.outcome or group.payment)
        drawn.row(f"{name}{_adjusts(part)}", "", *_figures(part), indent=INDENT + 2)
    subtotal = sterling(group.amount)
    drawn.row("Subtotal", children, f"{group.lines:,}", "", subtotal, style=QUIET, indent=INDENT)


def _figures(part: Row) -> tuple[str, str, str]:
    return f"{part.lines:,}", sterling(part.unit), sterling(part.amount)


def _adjusts(part: Row) -> str:
    return "" if part.kind == NEW else f", {words.kind(part.kind, part.corrects)}"


def _total(drawn: Grid, name: str, children: int, lines: int, *figures: str) -> None:
    drawn.section()
    drawn.row(name, f"{children:,}", f"{lines:,}", *figures, style=STRONG)


def _summary(console: Console, claim: Claim, stated: Sequence[Contract]) -> None:
    gap(console)
    say(console, f"Summary of the claim for {claim.quarter}", STRONG, mark=_marked(claim))
    drawn = Grid(["Commissioner"], ["Children", "Lines", "Total"], widths=[8, 6, MONEY_WIDTH])
    for contract in stated:
        _summed(drawn, contract, several=len(stated) > 1)
    amount = sterling(sum(part.amount for part in stated))
    _total(drawn, "Grand total", claim.lines["child_id"].n_unique(), claim.lines.height, amount)
    draw(console, drawn)


def _marked(claim: Claim) -> str:
    return words.ILLUSTRATIVE if claim.illustrative else ""


def _summed(drawn: Grid, contract: Contract, *, several: bool) -> None:
    for part in contract.schedules:
        drawn.row(part.name, f"{part.children:,}", f"{part.lines:,}", sterling(part.amount))
    if several:
        total = sterling(contract.amount)
        _total(drawn, f"Total of {contract.contract}", contract.children, contract.lines, total)
        drawn.section()


def _beside(console: Console, claim: Claim, part: beside.Part) -> None:
    gap(console)
    say(console, part.title, STRONG, mark=_marked(claim))
    say(console, part.meaning, QUIET)
    drawn = Grid(part.words, part.figures, widths=_widths(part))
    for cells in part.rows:
        drawn.row(*cells)
    if part.total:
        drawn.section()
        drawn.row(*part.total, style=STRONG)
    draw(console, drawn)


def _widths(part: beside.Part) -> list[int]:
    return [6, *[MONEY_WIDTH] * (len(part.figures) - 1)]


def show_findings(console: Console, findings: Iterable[Finding]) -> None:
    """Findings by cause, each with its place, what was found, what was expected and how to mend it."""
    for notice in notices(findings):
        _notice(console, notice)


def _notice(console: Console, notice: Notice) -> None:
    say(console, notice.heading, STRONG if notice.severity == "error" else "yellow")
    for text in notice.body:
        say(console, text, indent=2)


def show_provenance(console: Console, provenance: Provenance) -> None:
    """What the result was made with and from: the version, the as-of date, and every file with its digest."""
    gap(console)
    say(console, f"Made by wlz-calc {provenance.version}, as of {words.day(provenance.as_of)}, from:", QUIET)
    names = [_named(file) for file in provenance.files]
    whole = max(map(len, names), default=0) <= min(console.width, WIDEST) - BESIDE_A_NAME
    drawn = Grid(["File"], ["Rows", "SHA-256"])
    for name, file in zip(names, provenance.files, strict=True):
        rows = "" if file.rows is None else f"{file.rows:,}"
        drawn.row(name, rows, _digest(file.sha256, whole=whole), style=QUIET)
    draw(console, drawn)


def _named(file: InputFile) -> str:
    return f"{file.file}, sheet {file.sheet}" if file.sheet else file.file


def _digest(digest: str, *, whole: bool) -> str:
    """A digest in full, on two lines where names leave no room for it on one."""
    half = len(digest) // 2
    return digest if whole else f"{digest[:half]}\n{digest[half:]}"
