"""From a programme folder to the claim of a quarter: the page that reads like what the product does.

Every step gives its value and its findings. A step that finds an error gives no value, and the page ends.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import polars as pl

from wlz_calc import __version__
from wlz_calc.claim import Claim, Decided, Provenance
from wlz_calc.claims import beside
from wlz_calc.claims.due import is_earlier, said
from wlz_calc.finding import Finding
from wlz_calc.period import Quarter
from wlz_calc.programme import Programme
from wlz_calc.read.cards import named_card, shipped
from wlz_calc.read.folder import read_programme
from wlz_calc.rules.decisions import AWARD, decide
from wlz_calc.rules.funding import fund
from wlz_calc.rules.known import Known, known
from wlz_calc.rules.naming import named, payables_on, phased
from wlz_calc.rules.parties import parties
from wlz_calc.rules.sense import sense
from wlz_calc.steps import step
from wlz_calc.tables import DECISION_ORDER, DECISIONS, conform

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
    folder: Path, quarter: Quarter, *, from_start: bool = False, set_aside: bool = False
) -> tuple[Claim | None, list[Finding]]:
    """What is claimed for a quarter, and all that stands beside it."""
    with _engine(folder):
        programme, found = _checked(folder, set_aside=set_aside)
        if programme is None:
            return None, found
        on_the_day = _known(programme, quarter)
        awards, waiting = _awards(programme, on_the_day)
        register, holds = on_the_day.children, on_the_day.holds
        programme = programme.without_readings()
        del on_the_day  # what was read has been judged, and takes half of the memory
        with step("funding"):
            funded = fund(awards, programme.cards, register)
        names = partial(named, cards=programme.cards, register=register)
        earlier = is_earlier(quarter, from_start=from_start)
        with step("lines") as due:
            lines, opening, cut, unfunded, held = pl.collect_all(
                [
                    said(names(funded.lines).filter(~earlier), quarter, "new"),
                    said(names(funded.lines).filter(earlier), quarter, "opening"),
                    beside.cut(names(funded.awards).filter(~earlier)),
                    beside.unfunded(names(funded.unfunded).filter(~earlier)),
                    beside.held(names(funded.awards), holds),
                ]
            )
            due.rows = lines.height
    return Claim(
        provider=programme.provider,
        quarter=quarter,
        provisional=True,
        cards=programme.cards,
        parties=parties(programme.cards, register, programme.extracts.schools),
        lines=lines,
        opening=opening,
        cut=cut,
        unfunded=unfunded,
        held=held,
        not_yet=beside.not_yet(waiting, payables_on(programme.cards)),
        findings=tuple(finding for finding in found if not finding.is_error),
        provenance=Provenance(__version__, quarter.end, programme.files),
        aside=beside.set_aside(programme.extracts.aside, programme.extracts.frames["children"]),
    ), found


def decisions(folder: Path, quarter: Quarter) -> tuple[Decided | None, list[Finding]]:
    """Every decision behind the claim of a quarter, in the columns of tables.DECISIONS and `evidence`."""
    with _engine(folder):
        programme, found = _checked(folder, evidence=True)
        if programme is None:
            return None, found
        on_the_day = _known(programme, quarter)
        decided = pl.concat(_decided(programme, on_the_day, evidence=True))
        with step("funding"):
            funded = fund(decided.filter(AWARD), programme.cards, on_the_day.children)
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


def _known(programme: Programme, quarter: Quarter) -> Known:
    frames = programme.extracts.frames
    return known(frames["children"], frames, frames["holds"], quarter.end)


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
