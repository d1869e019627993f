"""The calculation: from a programme that was read to what is decided, funded and claimed for a quarter.

The pages are made of these steps, so that whoever explains, seals or tries something runs the same engine.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from wlz_calc import __version__
from wlz_calc.claim import Claim, Provenance, Seal
from wlz_calc.claims import beside
from wlz_calc.claims.book import Book
from wlz_calc.claims.due import Due
from wlz_calc.claims.past import Past
from wlz_calc.finding import Finding, Where, errors, quote
from wlz_calc.frames import CAUSES, REGISTER, conform
from wlz_calc.period import Quarter
from wlz_calc.programme import Programme
from wlz_calc.ratecard.base import one_of
from wlz_calc.ratecard.invoicing import Accounts
from wlz_calc.read.folder import read_programme
from wlz_calc.rules import funding
from wlz_calc.rules.decisions import AWARD, decide
from wlz_calc.rules.funding import Funded
from wlz_calc.rules.known import NOTHING_CLAIMED, Known, known
from wlz_calc.rules.limits import NOTHING_KEPT
from wlz_calc.rules.naming import named, payables_on
from wlz_calc.rules.parties import parties
from wlz_calc.rules.sense import sense
from wlz_calc.steps import step

LARGE = 64 * 2**20
"""From so many bytes of files on, frames are streamed: it bounds the memory, and costs small ones time."""
PACKED = 10
"""So many times smaller is Parquet than the same as text."""
AT_ONCE = 500_000
"""So many children are decided at once."""
DEPTHS = ("*.*", "*/*.*", "*/*/*.*")
"""Where a programme folder usually has its files; a guess at the size is all that is wanted."""


@contextmanager
def engine(folder: Path) -> Iterator[None]:
    """Polars' engine for a programme of that size; both give the same."""
    size = 0
    with suppress(OSError):  # what cannot be read is said when it is read
        size = sum(_as_text(path) for depth in DEPTHS for path in folder.glob(depth))
    with pl.Config(engine_affinity="in-memory" if size < LARGE else "streaming"):
        yield


def _as_text(file: Path) -> int:
    """How many bytes a file would have as text, or about."""
    return file.stat().st_size * (PACKED if file.suffix == ".parquet" else 1)


def checked(
    folder: Path, *, set_aside: bool = False, evidence: bool = False, passed_over: bool = False
) -> tuple[Programme | None, list[Finding]]:
    """A programme folder, read and checked in all six stages; see `pipeline.check`.

    `evidence`: every row of an extract by itself; `passed_over`: those too that are not in its frame.
    """
    programme, found = read_programme(
        folder, set_aside=set_aside, each_mark=evidence, passed_over=passed_over
    )
    if programme is None:
        return None, found
    with step("sense"):
        found += sense(programme.extracts, programme.cards)
    missing = _uninvoiceable(programme)
    return (None if errors(missing) else programme), found + missing


def _uninvoiceable(programme: Programme) -> list[Finding]:
    """What is missing to invoice whoever pays or could, where anything is said of invoices."""
    cards, extracts, accounts = programme.cards, programme.extracts, programme.accounts
    if not accounts.anything_is_said(card.invoicing for card in cards):
        return []
    from wlz_calc.rules.invoicing import unsound

    return list(unsound(cards, parties(cards, extracts.frames["children"], extracts.schools), accounts))


def under(
    programme: Programme, contract: str | None, but_not: Collection[str]
) -> tuple[Programme | None, list[Finding]]:
    """The programme with the cards of one contract alone, or of all but some."""
    if contract in {None, *programme.contracts}:
        return programme.only(contract, but_not), []
    expected = f"one of {one_of(str(contract), programme.contracts)}"
    return None, [Finding("contract-unclear", Where("wlz.yaml"), quote(str(contract)), expected)]


class Judged(NamedTuple):
    """What was decided: the awards, and how many children can still earn what; and what it is decided from.

    `unpaid`: what else is decided (child, card, order, status, reason), where that was asked for.
    Without readings, unless something is sealed: then it may be asked why a decision is another.
    """

    programme: Programme
    past: Past
    quarter: Quarter
    known: Known
    awards: pl.DataFrame
    waiting: pl.DataFrame
    unpaid: pl.DataFrame


def judge(programme: Programme, past: Past, quarter: Quarter, *, unpaid: bool = False) -> Judged:
    """Everybody decided on everything, as it is known on the last day of a quarter.

    `unpaid`: what is decided and no award is wanted too.
    """
    known = known_on(programme, quarter.end, past.held)
    judged = Judged(programme, past, quarter, known, *_sorted_out(programme, known, unpaid=unpaid))
    if past.book.sealed:
        return judged
    return judged._replace(programme=programme.without_readings(), known=known.without_readings())


def claim(
    judged: Judged, funded: Funded, changes: pl.DataFrame, found: list[Finding], *, from_start: bool
) -> Claim:
    """What is claimed of what was decided and funded, less what is sealed; `found`: what is said of it."""
    programme, past, quarter, known, _, waiting, unpaid = judged
    names = partial(named, cards=programme.cards, register=known.children)
    due = Due(
        names(funded.lines),
        names(funded.awards),
        past.held.filter(~pl.col("child_id").is_in(programme.extracts.set_aside)),
        past.book.sealed,
        quarter,
        from_start=from_start,
    )
    with step("lines") as here:
        lines, opening, cut, unfunded, held, unpaid = pl.collect_all(
            [
                due.claimed,
                due.opening,
                beside.cut(names(funded.awards).filter(~due.earlier)),
                beside.unfunded(names(funded.unfunded).filter(~due.earlier)),
                beside.held(names(funded.awards), known.holds),
                beside.unpaid(names(unpaid)),
            ]
        )
        here.rows = lines.height
    lines, why = _caused(judged, lines)
    return Claim(
        provider=programme.provider,
        quarter=quarter,
        provisional=True,
        cards=programme.cards,
        parties=parties(programme.cards, known.children, programme.extracts.schools),
        lines=lines,
        opening=opening,
        cut=cut,
        unfunded=unfunded,
        held=held,
        not_yet=beside.not_yet(waiting, payables_on(programme.cards)),
        findings=tuple(finding for finding in found if not finding.is_error),
        provenance=Provenance(__version__, known.as_of, programme.files),
        aside=beside.set_aside(programme.extracts.aside, programme.extracts.frames["children"]),
        follows=past.book.follows,
        causes=why,
        changes=changes,
        issued=programme.issued,
        before=past.held,
        unpaid=unpaid,
    )


def invoiced(claim: Claim, accounts: Accounts, book: Book) -> tuple[Claim | None, list[Finding]]:
    """The claim with its invoices, and what is odd on them among its warnings."""
    if not accounts.anything_is_said(card.invoicing for card in claim.cards):
        return claim, []
    from wlz_calc.rules.invoices import invoices

    made, found = invoices(claim, accounts, seals(book))
    if made is None:
        return None, found
    return claim._replace(invoices=made, findings=(*claim.findings, *found)), []


def seals(book: Book) -> Mapping[tuple[str, str], Seal]:
    """The seals of the claims that a claim may correct, by contract and quarter."""
    from wlz_calc.claims.reopened import seal_of

    return {(claim.contract, str(claim.quarter)): seal_of(claim) for claim in book.claims}


def fund(
    programme: Programme, past: Past, known: Known, awards: pl.DataFrame, of: pl.Series | None = None
) -> Funded:
    """The money of awards; what stays claimed of children who are set aside leaves less to all.

    `of`: the children whose workings are wanted.
    """
    aside, kept = programme.extracts.set_aside, NOTHING_KEPT
    if aside:
        kept = past.kept(aside, named(awards, programme.cards, known.children))
    with step("funding"):
        return funding.fund(awards, programme.cards, known, kept, of)


def _caused(judged: Judged, lines: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Lines that are not what was claimed or decided before with the cause as their reason, and the causes.

    Who they are of is decided again, with evidence.
    """
    programme, book = judged.programme, judged.past.book
    if not book.sealed:
        return lines, pl.DataFrame(schema=CAUSES)
    from wlz_calc.claims import causes

    own = lines.filter(pl.col("contract").cast(pl.String).is_in(book.sealed))
    awards = causes.otherwise(own, judged.quarter.start)
    if awards.is_empty():
        return lines, pl.DataFrame(schema=CAUSES)
    some = judged.known.of(awards.get_column("child_id").unique())
    decided = pl.concat(decisions(programme, some, evidence=True))
    sides = causes.Sides(
        causes.sealed_decisions(book.last),
        causes.today(named(decided, programme.cards, some.children)),
        book.register.lazy(),
        register_of(some.children, programme).lazy(),
        causes.measures(programme.cards),
        [newest.contract for newest in book.last if newest.edited(programme.issued)],
        causes.since(book.last),
    )
    why = causes.causes(awards, sides)
    return causes.beside(lines, why), why


def register_of(children: pl.DataFrame, programme: Programme) -> pl.DataFrame:
    """The children of the contracts that are claimed under, as they are sealed."""
    own = pl.col("contract").cast(pl.String).is_in(programme.contracts)
    return conform(children.filter(own).sort("child_id"), REGISTER)


def known_on(programme: Programme, as_of: date, held: pl.DataFrame = NOTHING_CLAIMED) -> Known:
    """What of a programme is known on a day; `held`: what sealed claims hold."""
    frames = programme.extracts.frames
    return known(frames["children"], frames, frames["holds"], as_of, held)


def decisions(programme: Programme, on_the_day: Known, *, evidence: bool = False) -> Iterator[pl.DataFrame]:
    """Every decision, those of so many children at once: there are a dozen for each."""
    for part in on_the_day.in_parts(AT_ONCE):
        for place, card in enumerate(programme.cards):
            with step("decisions") as here:
                decided = decide(card, part, evidence=evidence)
                here.rows = decided.height
            yield decided.with_columns(card=pl.lit(place, dtype=pl.UInt16))


def _sorted_out(
    programme: Programme, on_the_day: Known, *, unpaid: bool
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The decisions that are awards, how many children can still earn what, and what else is decided."""
    parts = [
        (each.filter(AWARD), beside.waiting(each), beside.decided_against(each if unpaid else each.clear()))
        for each in decisions(programme, on_the_day)
    ]
    awards, waiting, others = zip(*parts, strict=True)
    return pl.concat(awards), pl.concat(waiting), pl.concat(others)
