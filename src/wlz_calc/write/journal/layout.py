"""The layout that journals as text have in common: comments, accounts, and a block for each transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from wlz_calc.claim import Claim
from wlz_calc.money import pounds
from wlz_calc.write.journal import told
from wlz_calc.write.journal.entries import Account, Posting, Transaction
from wlz_calc.write.words import visible

Lines = Iterable[str]
CURRENCY: Final = "GBP"


def written(claims: Sequence[Claim], blocks: Iterable[Lines]) -> bytes:
    """What every journal begins with, and the blocks below it."""
    headings = ([f"; {visible(line)}" for line in told.heading(claim)] for claim in claims)
    return "\n".join(map(_lines, (*headings, *blocks))).encode()


def _lines(block: Lines) -> str:
    return "".join(f"{line}\n" for line in block)


def aligned(entry: Transaction, named: Callable[[Account], str]) -> Iterator[tuple[Posting, str]]:
    """Each posting with its text, amounts one below the other."""
    names = [named(posting.account) for posting in entry.postings]
    amounts = [pounds(posting.amount) for posting in entry.postings]
    widest, longest = max(map(len, names)), max(map(len, amounts))
    for posting, name, amount in zip(entry.postings, names, amounts, strict=True):
        yield posting, f"{name:<{widest}}  {amount:>{longest}} {CURRENCY}"
