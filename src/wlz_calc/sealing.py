"""From a claim to the book: the page of what is done to sealed quarters.

As on the page of the pipeline, a step gives its value and its findings, and no value if it finds an error.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

from wlz_calc import pipeline
from wlz_calc.bookkeeping import book, claims
from wlz_calc.claim import Claim, Decided
from wlz_calc.claims import approval, checks, seal, sealed
from wlz_calc.claims.book import Book
from wlz_calc.claims.guards import Guard
from wlz_calc.claims.opening import opening, unknown
from wlz_calc.claims.sealed import Sealed, opened
from wlz_calc.durable import Content
from wlz_calc.finding import Finding, Where
from wlz_calc.frames import LINE_ORDER
from wlz_calc.period import Quarter
from wlz_calc.read.ledgers import claimed
from wlz_calc.steps import step
from wlz_calc.write import data
from wlz_calc.write.statement import Signed, imported, statement

Found = list[Finding]
ALONE: Final = "nobody else at work on the same claim"


# ---------------------------------------------------------------- closing


def close(
    folder: Path,
    quarter: Quarter,
    *,
    by: str,
    on: date,
    contract: str | None = None,
    from_start: bool = False,
    set_aside: bool = False,
    accept_register_changes: bool = False,
    accept_reversals: Decimal | None = None,
) -> tuple[list[Sealed], Found]:
    """Seal the claim of a quarter, that of each contract by itself; those that are closed stay as they are.

    `by`, `on`: who closes it, and the day. `accept_reversals`: the pounds that are meant to go back.
    """
    there, found = book(folder)
    if there is None:
        return [], found
    closed = [claim.contract for claim in there.last if claim.quarter >= quarter]
    due, found = pipeline.claim(
        folder,
        quarter,
        contract=contract,
        but_not=closed,
        from_start=from_start,
        set_aside=set_aside,
        accept_changes=accept_register_changes,
        for_the_book=True,
    )
    if due is None:
        return [], found
    apart = [due.only(each, None) for each in dict.fromkeys(card.contract for card in due.cards)]
    if problems := list(_guarded(apart, there, accept_reversals)):
        return [], problems
    decided, problems = pipeline.decisions(
        folder, quarter, contract=contract, but_not=closed, set_aside=set_aside
    )
    if decided is None or decided.provenance != due.provenance:
        where, expected = Where(folder.as_posix()), "files that nobody writes to while a quarter is closed"
        return [], [*problems, Finding("book-inputs-changed", where, "other files", expected)]
    sign = partial(statement, signed=Signed(by, on), from_start=from_start)
    with step("sealing"):
        return _sealed(there, [(claim, decided.only(_contract(claim), None)) for claim in apart], sign)


def _guarded(claims: Sequence[Claim], there: Book, accepted: Decimal | None) -> Iterator[Finding]:
    """What has to be said to be meant before the claim of each contract is sealed."""
    option = "--accept-reversals" if len(claims) == 1 else "--contract {} --accept-reversals"
    for claim in claims:
        if newest := there.newest(_contract(claim)):
            guard = Guard(claim.lines, accepted, _where(there, claim), option.format(_contract(claim)))
            yield from guard.reversals()
            yield from guard.fewer_rows(claim.provenance.files, newest.stated["provenance"]["files"])


def _sealed(
    there: Book, both: Iterable[tuple[Claim, Decided]], sign: Callable[..., seal.Stated]
) -> tuple[list[Sealed], Found]:
    """Claims and what was decided behind them, put into the book; `sign`: gives what is stated of one."""
    done: list[Sealed] = []
    for claim, decided in both:
        lines = pl.concat([claim.opening, claim.lines]).sort(LINE_ORDER)
        final = decided._replace(provisional=False)
        files = {
            **_files(claim, lines),
            sealed.DECISIONS: data.decisions_parquet(final.decisions, final),
        }
        stated = sign(claim, withdrawn=there.unnamed(_contract(claim)))
        one, found = _put(there, claim, lines, stated, files)
        if one is None:
            return done, found
        done.append(one)
    return done, []


def _put(
    there: Book, claim: Claim, lines: pl.DataFrame, stated: seal.Stated, files: Mapping[str, Content]
) -> tuple[Sealed | None, Found]:
    """A claim in its place in the book."""
    place = there.place(_contract(claim), claim.quarter)
    try:
        seal.seal(place, stated, files, lines=lines.height + 1)
    except OSError as error:
        return None, [_unsealed(place, error, "book-closed")]
    newest = there.newest(_contract(claim))
    if newest and not newest.stands:
        return None, _taken_back(place, "book-withdrawing", f"{newest.quarter} was withdrawn meanwhile")
    return opened(place), []


def _files(claim: Claim, lines: pl.DataFrame) -> dict[str, Content]:
    """What is sealed of every claim, closed or imported."""
    contract = _contract(claim)
    issued = {version: card for (own, version), card in claim.issued.items() if own == contract}
    return {
        sealed.LINES: data.lines_csv(lines),
        sealed.REGISTER: data.register_csv(claim.register),
        sealed.BESIDE: data.beside_json(claim),
        **{f"card-{version}.yaml": card.text for version, card in issued.items()},
    }


def _contract(claim: Claim) -> str:
    return claim.cards[0].contract


def _unsealed(place: Path, error: OSError, there: str) -> Finding:
    """Why something could not be put into the book; `there`: the code of what is wrong if it is already."""
    if isinstance(error, FileExistsError):
        return Finding(there, _place(place), "somebody else was faster", ALONE)
    why = (error.strerror or type(error).__name__).lower()
    return Finding("book-unwritable", _place(place), why, "a folder that can be written to")


def _place(path: Path) -> Where:
    """A place in the book as messages show it: the folder of the book, contract, quarter, and so on."""
    parts = path.parts
    depth = next(n for n in range(1, len(parts)) if checks.quarter_named(parts[-n])) + 2
    return Where(Path(*parts[-depth:]).as_posix())


def _where(there: Book, claim: Claim) -> Where:
    return Where(f"{there.folder.name}/{_contract(claim)}")


# ---------------------------------------------------------------- approving and withdrawing


def approve(
    folder: Path, quarter: Quarter, *, by: str, on: date, contract: str | None = None
) -> tuple[list[Sealed], Found]:
    """Put a second person's word on record, bound to the digest of each claim of the quarter."""
    own, found = claims(folder, quarter, contract)
    if problems := [problem for claim in own for problem in approval.refusals(claim, by)]:
        return [], problems
    return _each(own, partial(_approved, by=by, on=on), found)


def _approved(claim: Sealed, *, by: str, on: date) -> Found:
    stated = {"approves": claim.digest, "by": by, "on": on.isoformat()}
    found = _recorded(claim, sealed.APPROVAL, stated, "book-approved")
    if (claim.folder / sealed.WITHDRAWAL).exists():
        found += _taken_back(claim.folder / sealed.APPROVAL, "book-withdrawing", "withdrawn meanwhile")
    return found


def withdraw(
    folder: Path, quarter: Quarter, *, by: str, on: date, contract: str | None = None
) -> tuple[list[Sealed], Found]:
    """Take back the claim of a quarter, if it is the newest of its contract and nobody has approved it.

    One that was begun and did not come to its end is brought to it.
    """
    own, found = claims(folder, quarter, contract)
    there, _ = book(folder)
    newest = {claim.contract: claim for claim in there.last} if there else {}
    if problems := [problem for c in own for problem in approval.standing(c, newest[c.contract])]:
        return [], problems
    return _each(own, partial(_withdrawn, by=by, on=on), found)


def _withdrawn(claim: Sealed, *, by: str, on: date) -> Found:
    found: Found = []
    if claim.withdrawal is None:
        stated = {"withdraws": claim.digest, "by": by, "on": on.isoformat()}
        found = _recorded(claim, sealed.WITHDRAWAL, stated, "book-withdrawing")
    return found or _overtaken(claim) or _moved(claim)


def _each(own: Iterable[Sealed], deed: Callable[[Sealed], Found], found: Found) -> tuple[list[Sealed], Found]:
    """A deed done to each claim by itself: those that it was done to, and what stood against others."""
    done: list[Sealed] = []
    for claim in own:
        problems = deed(claim)
        found += problems
        done += [] if problems else [claim]
    return done, found


def _recorded(claim: Sealed, name: str, stated: seal.Stated, there: str) -> Found:
    """Something on record beside a claim; `there`: the code of what is wrong if it is already."""
    try:
        seal.record(claim.folder / name, f"{name}.json", stated)
    except OSError as error:
        return [_unsealed(claim.folder / name, error, there)]
    return []


def _overtaken(claim: Sealed) -> Found:
    """Somebody else has approved a claim, or closed the quarter after it, while it was to be withdrawn."""
    record = claim.folder / sealed.WITHDRAWAL
    if (claim.folder / sealed.APPROVAL).exists():
        return _taken_back(record, "book-approved", "approved meanwhile")
    if claim.folder.with_name(str(claim.quarter.next)).exists():
        return _taken_back(record, "book-not-newest", f"{claim.quarter.next} was closed meanwhile")
    return []


def _taken_back(place: Path, code: str, why: str) -> Found:
    """What was put there is not to stand: who does what excludes another deed looks whether that was done."""
    seal.take_back(place)
    return [Finding(code, _place(place), why, ALONE)]


def _moved(claim: Sealed) -> Found:
    """Out of the line of its contract, to those that were taken back."""
    place = claim.folder.parent / sealed.WITHDRAWN / sealed.withdrawn_name(claim.quarter, claim.digest)
    try:
        place.parent.mkdir(exist_ok=True)
        seal.move(claim.folder, place)
    except OSError as error:
        return [_unsealed(claim.folder, error, "book-withdrawing")]
    return []


# ---------------------------------------------------------------- what was claimed by other means


def bring_in(
    folder: Path, file: Path, quarter: Quarter, *, by: str, on: date, contract: str | None = None
) -> tuple[Sealed | None, Found]:
    """Seal what was claimed by other means up to the end of a quarter, as the opening of an empty book."""
    there, found = book(folder)
    if there is None:
        return None, found
    given, found = claimed(file, file.name)
    if given is None:
        return None, found
    due, found = pipeline.claim(
        folder,
        quarter,
        contract=contract,
        from_start=True,
        anew=True,
        holds=False,
        for_the_book=True,
        documents=False,
    )
    if due is None:
        return None, found
    if problems := _unimportable(due, there, given, file):
        return None, problems
    lines = opening(given, due.lines, due.register, quarter)
    due = due.without_awards()
    stated = imported(due, lines, file.name, Signed(by, on), there.unnamed(_contract(due)))
    files = {f"imported{file.suffix}": file.read_bytes(), **_files(due, lines)}
    return _put(there, due, lines, stated, files)


def _unimportable(due: Claim, there: Book, given: pl.DataFrame, file: Path) -> Found:
    """Why what is given cannot be the opening of the book of a contract."""
    contracts = list(dict.fromkeys(card.contract for card in due.cards))
    if len(contracts) > 1:
        expected = f"--contract with one of {', '.join(contracts)}"
        return [Finding("contract-unclear", Where(file.name), f"{len(contracts)} contracts", expected)]
    if newest := there.newest(_contract(due)):
        return [Finding("book-begun", _where(there, due), f"{newest.quarter} is sealed", "none")]
    return list(unknown(given, due.register, due.parties, due.cards, file.name))
