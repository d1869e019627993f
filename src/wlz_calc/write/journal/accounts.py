"""Accounts: what each is called, in plain text and as beancount has it.

Two accounts never share a name, whatever the codes of schools look like: what a name cannot hold is written
as its number.
"""

import re
from typing import Final
from urllib.parse import quote

from wlz_calc.write.journal.entries import Account, Role

PLAIN: Final = {
    Role.RECEIVABLE: "assets:receivable",
    Role.INCOME: "income",
    Role.VAT: "liabilities:vat",
    Role.OPENING: "equity:opening balance",
}
BEANCOUNT: Final = {
    Role.RECEIVABLE: "Assets:Receivable",
    Role.INCOME: "Income",
    Role.VAT: "Liabilities:VAT",
    Role.OPENING: "Equity:Opening-Balance",
}
_ODD: Final = re.compile(r"[^A-Za-z0-9-]|(?<![A-Za-z0-9])-|-(?![A-Za-z0-9])")
"""What stands for itself nowhere: only a hyphen between letters and digits does."""


def plain(account: Account) -> str:
    """As hledger and finance systems take it: `assets:receivable:brent:school:ark`."""
    parts = [quote(part, safe="") for part in _parts(account)]
    return ":".join([PLAIN[account.role], *parts])


def beancount(account: Account) -> str:
    """As beancount takes it: `Assets:Receivable:Brent:School:Ark`.

    An id has no underscores and a name no hyphens, so that one can stand for the other; the code of a school
    may have both.
    """
    parts = _parts(account)
    named = [_component(part.replace("_", "-")) for part in parts[:2]]
    return ":".join([BEANCOUNT[account.role], *named, *map(_component, parts[2:])])


def _parts(account: Account) -> list[str]:
    """The contract, then the payment or the commissioner; of one of several schools its name and its code."""
    return [part for part in (account.contract, *account.of.split(":", 1)) if part]


def _component(part: str) -> str:
    """Letters, digits and hyphens that begin with a capital or a digit, and stand for this part alone.

    What began with a capital ends in a hyphen; what began with another sign has an X before it, and ends in
    two.
    """
    signs = _ODD.sub(_numbered, part)
    if re.match("[a-z0-9]", part):
        return signs[0].upper() + signs[1:]
    return f"{signs}-" if re.match("[A-Z]", part) else f"X{signs}--"


def _numbered(sign: re.Match[str]) -> str:
    return f"--{ord(sign[0]):x}-"
