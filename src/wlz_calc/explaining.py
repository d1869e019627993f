"""Explaining: the page that tells why a child was paid for, or not.

The one engine decides everybody, as limits are everybody's; of the children asked for it also says what
became of every row, and how the money came about.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import polars as pl

from wlz_calc import calculation
from wlz_calc.claim import Claim
from wlz_calc.claims.past import Past, past_of
from wlz_calc.explanation import Explained
from wlz_calc.finding import Finding
from wlz_calc.frames import CHANGES
from wlz_calc.period import Quarter
from wlz_calc.programme import Programme
from wlz_calc.rules.funding import Workings
from wlz_calc.rules.known import Known
from wlz_calc.rules.lineage import Extracts, uses
from wlz_calc.rules.prospects import with_prospects
from wlz_calc.rules.telling import Traces


class Explanations(NamedTuple):
    """What was asked for, and who is in the register: child_id, joined_on."""

    explained: tuple[Explained, ...]
    register: pl.DataFrame


def explain(
    folder: Path,
    quarter: Quarter,
    children: Sequence[str],
    *,
    from_start: bool = False,
    set_aside: bool = False,
) -> tuple[Explanations | None, list[Finding]]:
    """Why each payment of some children is due or not as of the last day of a quarter, closed or not.

    Nothing is explained of those who are not in the register on that day.
    """
    with calculation.engine(folder):
        programme, found = calculation.checked(folder, set_aside=set_aside, evidence=True, passed_over=True)
        if programme is None:
            return None, found
        past, problems = past_of(programme, quarter, anew=True)
        found += problems
        if past is None:
            return None, found
        register = programme.extracts.frames["children"].select("child_id", "joined_on")
        asked = _Asked.of(programme, calculation.known_on(programme, quarter.end, past.held), children)
        judged = calculation.judge(programme, past, quarter)
        funded = calculation.fund(programme, past, judged.known, judged.awards, asked.numbers)
        no_changes = pl.DataFrame(schema=CHANGES)
        claim = calculation.claim(judged, funded, no_changes, found, from_start=from_start)
    traces = asked.traces(funded.workings, claim, past.lines(children))
    return Explanations(tuple(asked.explained(traces, claim, past, from_start=from_start)), register), found


class _Asked(NamedTuple):
    """What there is of the children who are asked about: what is known, and every row, known or not.

    `decided`: every decision, with evidence and `card`; `uses`: see lineage.USES.
    """

    programme: Programme
    known: Known
    extracts: Extracts
    decided: pl.DataFrame
    uses: pl.DataFrame

    @classmethod
    def of(cls, programme: Programme, on_the_day: Known, children: Sequence[str]) -> Self:
        """Those of the children who are in the register on that day."""
        known = on_the_day.of(pl.Series(children, dtype=pl.String))
        there = Extracts(programme.extracts.frames, programme.extracts.passed_over)
        extracts = there.of(known.children.get_column("child"))
        decided = pl.concat(calculation.decisions(programme, known, evidence=True))
        became = [
            uses(card, known.children_on(card), extracts, known.as_of, own)
            for card, own in zip(programme.cards, _by_card(decided, programme), strict=True)
        ]
        return cls(programme, known, extracts, decided, pl.concat(became))

    @property
    def numbers(self) -> pl.Series:
        """The children."""
        return self.known.children.get_column("child")

    def traces(self, workings: Workings, claim: Claim, sealed: pl.DataFrame) -> Traces:
        """What the engine left of them. `sealed`: the lines that were claimed of them."""
        due = pl.concat([claim.opening, claim.lines]).filter(pl.col("child_id").is_in(self._ids))
        lines = pl.concat([sealed.with_columns(sealed=True), due.with_columns(sealed=False)])
        names = claim.parties.select("contract", "commissioner", "name").iter_rows()
        return Traces(
            self.known,
            self.extracts,
            self.decided,
            self.uses,
            workings,
            lines,
            {(contract, commissioner): name for contract, commissioner, name in names},
        )

    def explained(self, traces: Traces, claim: Claim, past: Past, *, from_start: bool) -> Iterator[Explained]:
        """Each child with everything that was decided of it, in the order of the cards and the ids."""
        closed = {one.contract for one in past.closed}
        for card in self.programme.cards:
            for kid in self.known.children_on(card).sort("child").iter_rows(named=True):
                yield with_prospects(
                    Explained(
                        provider=claim.provider,
                        quarter=claim.quarter,
                        card=card,
                        child=kid | {"school_name": self._schools.get(kid["school"])},
                        rows=traces.rows_of(kid["child"]),
                        told=tuple(traces.told(card, kid)),
                        off_card=tuple(traces.off_card(card, kid["child_id"])),
                        opens=not from_start and card.contract not in past.book.sealed,
                        closed=card.contract in closed,
                        provenance=claim.provenance,
                    )
                )

    @property
    def _ids(self) -> list[str]:
        return self.known.children.get_column("child_id").to_list()

    @property
    def _schools(self) -> Mapping[str, str]:
        schools = self.programme.extracts.schools
        return {} if schools is None else dict(schools.iter_rows())


def _by_card(decided: pl.DataFrame, programme: Programme) -> Iterator[pl.DataFrame]:
    for place in range(len(programme.cards)):
        yield decided.filter(pl.col("card") == place)
