"""The journal as beancount reads it."""

from collections.abc import Iterator, Mapping, Sequence

from wlz_calc.claim import Claim
from wlz_calc.write.journal import told
from wlz_calc.write.journal.accounts import beancount
from wlz_calc.write.journal.entries import Transaction, transactions
from wlz_calc.write.journal.layout import CURRENCY, aligned, written
from wlz_calc.write.words import visible


def journal(claims: Sequence[Claim], *, opening: bool = False, accounts: bool = True) -> bytes:
    """The transactions of claims. `opening`: with opening balances; `accounts`: with those opened."""
    entries = [entry for claim in claims for entry in transactions(claim, opening=opening)]
    return written(claims, [*([_opened(entries)] if accounts else []), *map(_entry, entries)])


def _opened(entries: Sequence[Transaction]) -> Iterator[str]:
    """Every account, open from the first day on which it is posted to."""
    yield f'option "operating_currency" "{CURRENCY}"'
    posted = sorted((entry.dated, beancount(one.account)) for entry in entries for one in entry.postings)
    first = {name: day for day, name in reversed(posted)}
    yield from (f"{first[name]} open {name} {CURRENCY}" for name in sorted(first))


def _entry(entry: Transaction) -> Iterator[str]:
    yield f"{entry.dated} * {_text(entry.name)} {_text(told.title(entry))}"
    yield from _metadata(told.references(entry), "  ")
    for posting, text in aligned(entry, beancount):
        yield f"  {text}"
        yield from _metadata(told.corrected(posting), "    ")


def _metadata(named: Mapping[str, str], indent: str) -> Iterator[str]:
    return (f"{indent}{name}: {_text(value)}" for name, value in named.items())


def _text(text: str) -> str:
    escaped = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
