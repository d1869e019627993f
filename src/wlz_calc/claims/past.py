"""The past: the sealed claims that a claim comes after, if it can; and who is not who they were then.

What is asked for only once something is sealed is imported only then.
"""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from wlz_calc.claims.book import Book
from wlz_calc.claims.ledger import AWARD
from wlz_calc.claims.sealed import Sealed, UnreadableError
from wlz_calc.finding import Finding, Where, quote
from wlz_calc.frames import CHANGES, CLAIMED, LINES
from wlz_calc.period import Quarter
from wlz_calc.places import is_file, is_folder
from wlz_calc.programme import Programme
from wlz_calc.steps import step


class Past(NamedTuple):
    """The sealed claims of a programme's contracts, and what they hold (frames.CLAIMED).

    `closed`: those of the quarter itself, where it is calculated anew.
    """

    book: Book
    held: pl.DataFrame
    closed: tuple[Sealed, ...] = ()

    def lines(self, children: Sequence[str]) -> pl.DataFrame:
        """What was claimed of some children, up to the quarter itself, in the columns of frames.LINES."""
        own = (claim.lines.filter(pl.col("child_id").is_in(children)) for claim in self._claims)
        return pl.concat([pl.DataFrame(schema=LINES), *own])

    @property
    def _claims(self) -> list[Sealed]:
        return [*self.book.claims, *self.closed]

    def kept(self, children: Sequence[str], awards: pl.LazyFrame) -> pl.DataFrame:
        """What they hold of some children for which there is no award (with its names) today."""
        own = self.held.lazy().filter(pl.col("child_id").is_in(children), pl.col("amount") > 0)
        stays = own.join(awards, on=AWARD, how="anti")
        return stays.select("contract", "commissioner", "due_on", "amount").collect()


def past_of(
    programme: Programme, quarter: Quarter, *, anew: bool = False
) -> tuple[Past | None, list[Finding]]:
    """The past of a claim, if the book verifies and the quarter is the next after those that are sealed.

    `anew`: the past before that quarter, whatever has been sealed since.
    """
    if not is_folder(programme.book) and not is_file(programme.book):
        return Past(Book(programme.book, {}, {}), pl.DataFrame(schema=CLAIMED)), []
    from wlz_calc.claims import reading

    with step("book") as here:
        book, found = reading.read(programme.book)
        if book is None:
            return None, found
        own = book.only(programme.contracts)
        closed = tuple(own.of(quarter, None)) if anew else ()
        own = own.before(quarter) if anew else own
        if found := own.refusals(quarter):
            return None, found
        try:
            past = Past(own, own.held, closed)
        except UnreadableError:
            return None, reading.verified(own, ())
        here.rows = past.held.height
    return past, _left_out(book, programme)


def changes_since(
    past: Past, programme: Programme, *, accepted: bool
) -> tuple[pl.DataFrame | None, list[Finding]]:
    """What the register says otherwise of children who were claimed for, in the columns of frames.CHANGES.

    They are errors, unless they are accepted. A child of whom a row was set aside keeps what was claimed.
    """
    if not past.book.sealed:
        return pl.DataFrame(schema=CHANGES), []
    from wlz_calc.claims import guards

    extracts = programme.extracts
    held = past.held.filter(~pl.col("child_id").is_in(extracts.set_aside))
    changes = guards.register_changes(held, past.book.register, extracts.frames["children"])
    if accepted or changes.is_empty():
        return changes, []
    return None, list(guards.of_register(changes, extracts.frames["children"], extracts.origin("children")))


def _left_out(book: Book, programme: Programme) -> list[Finding]:
    """Contracts of which something is sealed, and which no rate card of the programme is of any more."""
    known = {contract for contract, _ in programme.issued}
    where, expected = Where(book.folder.name), "a rate card for it in wlz.yaml"
    return [
        Finding("book-without-card", where, quote(contract), expected)
        for contract in book.sealed
        if contract not in known
    ]
