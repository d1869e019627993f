"""From a programme folder to the claim of a quarter: the page that reads like what the product does.

Every step gives its value and its findings. A step that finds an error gives no value, and the page ends.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from wlz_calc import __version__
from wlz_calc.claim import Claim, Decided, Provenance
from wlz_calc.claims import beside
from wlz_calc.claims.due import Due
from wlz_calc.claims.past import Past, changes_since, past_of
from wlz_calc.finding import Finding, Where, quote
from wlz_calc.frames import CAUSES, DECISION_ORDER, DECISIONS, REGISTER, conform
from wlz_calc.period import Quarter
from wlz_calc.programme import Programme
from wlz_calc.ratecard.base import one_of
from wlz_calc.read.cards import named_card, shipped
from wlz_calc.read.folder import read_programme
from wlz_calc.rules.decisions import AWARD, decide
from wlz_calc.rules.funding import NOTHING_KEPT, Funded, fund
from wlz_calc.rules.known import NOTHING_CLAIMED, Known, known
from wlz_calc.rules.naming import named, payables_on, phased
from wlz_calc.rules.parties import parties
from wlz_calc.rules.sense import sense
from wlz_calc.steps import step

if TYPE_CHECKING:
    from wlz_calc.monitored import By, Results

LARGE = 64 * 2**20
"""From so many bytes of files on, frames are streamed: it bounds the memory, and costs small ones time."""
PACKED = 10
"""So many times smaller is Parquet than the same as text."""
AT_ONCE = 500_000
"""So many children are decided at once."""
DEPTHS = ("*.*", "*/*.*", "*/*/*.*")
"""Where a programme folder usually has its files; a guess at the size is all that is wanted."""


@contextmanager
def _engine(folder: Path) -> Iterator[None]:
    """Polars' engine for a programme of that size; both give the same."""
    size = 0
    with suppress(OSError):  # what cannot be read is said when it is read
        size = sum(_as_text(path) for depth in DEPTHS for path in folder.glob(depth))
    with pl.Config(engine_affinity="in-memory" if size < LARGE else "streaming"):
        yield


def _as_text(file: Path) -> int:
    """How many bytes a file would have as text, or about."""
    return file.stat().st_size * (PACKED if file.suffix == ".parquet" else 1)


def check(folder: Path, *, set_aside: bool = False) -> tuple[Programme | None, list[Finding]]:
    """A programme folder, read and checked in all six stages.

    `set_aside`: an error in a single row does not stop it: the row is left out, and its child is held.
    """
    with _engine(folder):
        return _checked(folder, set_aside=set_aside)


def _checked(
    folder: Path, *, set_aside: bool = False, evidence: bool = False
) -> tuple[Programme | None, list[Finding]]:
    programme, found = read_programme(folder, set_aside=set_aside, each_mark=evidence)
    if programme is None:
        return None, found
    with step("sense"):
        return programme, found + sense(programme.extracts, programme.cards)


def claim(
    folder: Path,
    quarter: Quarter,
    *,
    contract: str | None = None,
    but_not: Collection[str] = (),
    from_start: bool = False,
    set_aside: bool = False,
    accept_changes: bool = False,
    anew: bool = False,
    holds: bool = True,
    for_the_book: bool = False,
) -> tuple[Claim | None, list[Finding]]:
    """What is claimed for a quarter, and all that stands beside it.

    `contract`, `but_not`: which are claimed under. `accept_changes`: what the register says otherwise of
    children who were claimed for is no error. `anew`: as it would be if neither this quarter nor a later one
    were sealed. `holds`: what is on hold is not claimed. `for_the_book`: with the
    register as it is sealed, which nobody else looks at.
    """
    with _engine(folder):
        programme, found = _checked(folder, set_aside=set_aside)
        if programme is None:
            return None, found
        programme, problems = _only(programme, contract, but_not)
        if programme is None:
            return None, problems
        past, problems = past_of(programme, quarter, anew=anew)
        found += problems
        if past is None:
            return None, found
        changes, problems = changes_since(past, programme, accepted=accept_changes or anew)
        if changes is None:
            return None, found + problems
        programme = programme if holds else programme.without_holds()
        judged = _judged(programme, past, quarter)
        programme = judged.programme  # whoever holds what was read holds half of the memory
        claimed = _claimed(judged, changes, found, from_start=from_start)
        if for_the_book:
            claimed = claimed._replace(register=_registered(judged.known.children, programme))
    return claimed, found


def _only(
    programme: Programme, contract: str | None, but_not: Collection[str]
) -> tuple[Programme | None, list[Finding]]:
    """The programme with the cards of one contract alone, or of all but some."""
    if contract in {None, *programme.contracts}:
        return programme.only(contract, but_not), []
    expected = f"one of {one_of(str(contract), programme.contracts)}"
    return None, [Finding("contract-unclear", Where("wlz.yaml"), quote(str(contract)), expected)]


class _Judged(NamedTuple):
    """What was decided: the awards, and how many children can still earn what; and what it is decided from.

    Without readings, unless something is sealed: then it may be asked why a decision is another.
    """

    programme: Programme
    past: Past
    quarter: Quarter
    known: Known
    awards: pl.DataFrame
    waiting: pl.DataFrame


def _judged(programme: Programme, past: Past, quarter: Quarter) -> _Judged:
    known = _known(programme, quarter.end, past.held)
    awards, waiting = _awards(programme, known)
    judged = _Judged(programme, past, quarter, known, awards, waiting)
    if past.book.sealed:
        return judged
    return judged._replace(programme=programme.without_readings(), known=known.without_readings())


def _claimed(judged: _Judged, changes: pl.DataFrame, found: list[Finding], *, from_start: bool) -> Claim:
    programme, past, quarter, known, awards, waiting = judged
    names = partial(named, cards=programme.cards, register=known.children)
    funded = _funded(programme, past, known, awards)
    due = Due(
        names(funded.lines),
        names(funded.awards),
        past.held.filter(~pl.col("child_id").is_in(programme.extracts.set_aside)),
        past.book.sealed,
        quarter,
        from_start=from_start,
    )
    with step("lines") as here:
        lines, opening, cut, unfunded, held = pl.collect_all(
            [
                due.claimed,
                due.opening,
                beside.cut(names(funded.awards).filter(~due.earlier)),
                beside.unfunded(names(funded.unfunded).filter(~due.earlier)),
                beside.held(names(funded.awards), known.holds),
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
    )


def _funded(programme: Programme, past: Past, known: Known, awards: pl.DataFrame) -> Funded:
    """The money of awards; what stays claimed of children who are set aside leaves less to all."""
    aside, kept = programme.extracts.set_aside, NOTHING_KEPT
    if aside:
        kept = past.kept(aside, named(awards, programme.cards, known.children))
    with step("funding"):
        return fund(awards, programme.cards, known.children, known.claimed, kept)


def _caused(judged: _Judged, lines: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
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
    decided = pl.concat(_decided(programme, some, evidence=True))
    sides = causes.Sides(
        causes.sealed_decisions(book.last),
        causes.today(named(decided, programme.cards, some.children)),
        book.register.lazy(),
        _registered(some.children, programme).lazy(),
        causes.measures(programme.cards),
        [newest.contract for newest in book.last if newest.edited(programme.issued)],
        causes.since(book.last),
    )
    why = causes.causes(awards, sides)
    return causes.beside(lines, why), why


def _registered(children: pl.DataFrame, programme: Programme) -> pl.DataFrame:
    """The children of the contracts that are claimed under, as they are sealed."""
    own = pl.col("contract").cast(pl.String).is_in(programme.contracts)
    return conform(children.filter(own).sort("child_id"), REGISTER)


def decisions(
    folder: Path,
    quarter: Quarter,
    *,
    contract: str | None = None,
    but_not: Collection[str] = (),
    set_aside: bool = False,
) -> tuple[Decided | None, list[Finding]]:
    """Every decision behind the claim of a quarter, in the columns of frames.DECISIONS and `evidence`."""
    with _engine(folder):
        programme, found = _checked(folder, set_aside=set_aside, evidence=True)
        if programme is None:
            return None, found
        programme, problems = _only(programme, contract, but_not)
        if programme is None:
            return None, problems
        past, problems = past_of(programme, quarter)
        if past is None:
            return None, found + problems
        on_the_day = _known(programme, quarter.end, past.held)
        decided = pl.concat(_decided(programme, on_the_day, evidence=True))
        funded = _funded(programme, past, on_the_day, decided.filter(AWARD))
    whole = pl.concat([decided.filter(~AWARD), funded.awards], how="diagonal")
    said_of = phased(named(whole, programme.cards, on_the_day.children), programme.cards)
    ordered = said_of.sort(DECISION_ORDER).collect()
    schools = programme.extracts.schools
    return Decided(
        provider=programme.provider,
        quarter=quarter,
        provisional=True,
        cards=programme.cards,
        decisions=conform(ordered, DECISIONS).with_columns(ordered.get_column("evidence")),
        schools={} if schools is None else dict(schools.iter_rows()),
        findings=tuple(found),
        provenance=Provenance(__version__, quarter.end, programme.files),
    ), found


def results(
    folder: Path, as_of: date, by: "By", *, contract: str | None = None, least: int | None = None
) -> tuple["Results | None", list[Finding]]:
    """What became of the children on the measures of the outcomes framework by a day, and the payments met.

    `least`: for publication, without what would tell a smaller count.
    """
    from wlz_calc.monitored import Results  # nobody else needs these
    from wlz_calc.rules.published import published
    from wlz_calc.rules.results import results as count

    with _engine(folder):
        programme, found = _checked(folder)
        if programme is None:
            return None, found
        programme, problems = _only(programme, contract, ())
        if programme is None:
            return None, problems
        with step("results"):
            counted = count(programme.cards, _known(programme, as_of), by)
    schools = programme.extracts.schools
    results = Results(
        provider=programme.provider,
        as_of=as_of,
        by=by,
        cards=programme.cards,
        measures=counted.measures,
        funnel=counted.funnel,
        sizes=counted.sizes,
        schools={} if schools is None else dict(schools.iter_rows()),
        provenance=Provenance(__version__, as_of, programme.files),
    )
    return (results if least is None else published(results, least)), found


def _known(programme: Programme, as_of: date, held: pl.DataFrame = NOTHING_CLAIMED) -> Known:
    frames = programme.extracts.frames
    return known(frames["children"], frames, frames["holds"], as_of, held)


def _decided(programme: Programme, on_the_day: Known, *, evidence: bool = False) -> Iterator[pl.DataFrame]:
    """Every decision, those of so many children at once: there are a dozen for each."""
    for part in on_the_day.in_parts(AT_ONCE):
        for place, card in enumerate(programme.cards):
            with step("decisions") as here:
                decided = decide(card, part, evidence=evidence)
                here.rows = decided.height
            yield decided.with_columns(card=pl.lit(place, dtype=pl.UInt16))


def _awards(programme: Programme, on_the_day: Known) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The decisions that are awards, and how many children can still earn what."""
    parts = [(each.filter(AWARD), beside.waiting(each)) for each in _decided(programme, on_the_day)]
    awards, waiting = zip(*parts, strict=True)
    return pl.concat(awards), pl.concat(waiting)


def sample(folder: Path, card: str, *, children: int, seed: int) -> list[Finding]:
    """A synthetic programme folder on a card, by the name of one that is shipped or by its path."""
    from wlz_calc.sample import write  # nobody else needs it

    read, found = named_card(card)
    if read is None:
        return found
    return write(folder, read.card, children, seed, card_name=_named_from(folder, card))


def _named_from(folder: Path, card: str) -> str:
    """The card as wlz.yaml in that folder names it."""
    return card if card in shipped() else os.path.relpath(card, folder)
