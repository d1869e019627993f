"""From a programme folder to the claim of a quarter: the page that reads like what the product does.

Every step gives its value and its findings. A step that finds an error gives no value, and the page ends.
"""

import os
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from wlz_calc import __version__, calculation
from wlz_calc.claim import Claim, Decided, Provenance
from wlz_calc.claims.past import changes_since, past_of
from wlz_calc.finding import Finding
from wlz_calc.frames import DECISION_ORDER, DECISIONS, conform
from wlz_calc.period import Quarter
from wlz_calc.programme import Programme
from wlz_calc.read.cards import named_card, shipped
from wlz_calc.rules.decisions import AWARD
from wlz_calc.rules.naming import named, phased
from wlz_calc.steps import step

if TYPE_CHECKING:
    from wlz_calc.monitored import By, Results


def check(folder: Path, *, set_aside: bool = False) -> tuple[Programme | None, list[Finding]]:
    """A programme folder, read and checked in all six stages.

    `set_aside`: an error in a single row does not stop it: the row is left out, and its child is held.
    """
    with calculation.engine(folder):
        return calculation.checked(folder, set_aside=set_aside)


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
    unpaid: bool = False,
    documents: bool = True,
) -> tuple[Claim | None, list[Finding]]:
    """What is claimed for a quarter, and all that stands beside it.

    `contract`, `but_not`: which are claimed under. `accept_changes`: what the register says otherwise of
    children who were claimed for is no error. `anew`: as it would be if neither this quarter nor a later one
    were sealed. `holds`: what is on hold is not claimed. `for_the_book`: with the register as it is sealed,
    which nobody else looks at. `unpaid`: with what is decided and no award.
    `documents`: with its invoices, where anything is said of them.
    """
    with calculation.engine(folder):
        programme, found = calculation.checked(folder, set_aside=set_aside)
        if programme is None:
            return None, found
        programme, problems = calculation.under(programme, contract, but_not)
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
        judged = calculation.judge(programme, past, quarter, unpaid=unpaid)
        programme = judged.programme  # whoever holds what was read holds half of the memory
        funded = calculation.fund(programme, past, judged.known, judged.awards)
        claimed = calculation.claim(judged, funded, changes, found, from_start=from_start)
        if for_the_book:
            claimed = claimed._replace(register=calculation.register_of(judged.known.children, programme))
        if not documents:
            return claimed, found
        invoiced, problems = calculation.invoiced(claimed, programme.accounts, past.book)
    return invoiced, found + problems


def decisions(
    folder: Path,
    quarter: Quarter,
    *,
    contract: str | None = None,
    but_not: Collection[str] = (),
    set_aside: bool = False,
) -> tuple[Decided | None, list[Finding]]:
    """Every decision behind the claim of a quarter, in the columns of frames.DECISIONS and `evidence`."""
    with calculation.engine(folder):
        programme, found = calculation.checked(folder, set_aside=set_aside, evidence=True)
        if programme is None:
            return None, found
        programme, problems = calculation.under(programme, contract, but_not)
        if programme is None:
            return None, problems
        past, problems = past_of(programme, quarter)
        if past is None:
            return None, found + problems
        on_the_day = calculation.known_on(programme, quarter.end, past.held)
        decided = pl.concat(calculation.decisions(programme, on_the_day, evidence=True))
        funded = calculation.fund(programme, past, on_the_day, decided.filter(AWARD))
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

    with calculation.engine(folder):
        programme, found = calculation.checked(folder)
        if programme is None:
            return None, found
        programme, problems = calculation.under(programme, contract, ())
        if programme is None:
            return None, problems
        with step("results"):
            counted = count(programme.cards, calculation.known_on(programme, as_of), by)
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
    if least is not None:
        with step("disclosure"):
            results = published(results, least)
    return results, found


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
