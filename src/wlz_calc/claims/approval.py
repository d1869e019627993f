"""Approval: the word of a second person on a sealed claim, and what cannot be done once it is given."""

import unicodedata
from collections.abc import Iterator

from wlz_calc.claims.sealed import Sealed
from wlz_calc.finding import Finding, Where, quote


def refusals(claim: Sealed, by: str) -> Iterator[Finding]:
    """Why somebody cannot approve a claim."""
    if claim.withdrawal:
        yield Finding("book-withdrawing", _where(claim), "being withdrawn", "a claim that stands")
    if claim.approval:
        yield Finding(
            "book-approved", _where(claim), f"approved by {claim.approved_by}", "a claim that is not"
        )
    if is_same(by, str(claim.stated["closed_by"])):
        yield Finding("book-own-approval", _where(claim), f"closed by {quote(by)}", "another person")


def standing(claim: Sealed, newest: Sealed) -> Iterator[Finding]:
    """Why a claim cannot be withdrawn; `newest`: the last of its contract."""
    if claim.approval:
        yield Finding(
            "book-approved", _where(claim), f"approved by {claim.approved_by}", "a claim that is not"
        )
    if claim.digest != newest.digest:
        yield Finding("book-not-newest", _where(claim), f"{newest.quarter} is closed", "the newest claim")


def is_same(one: str, other: str) -> bool:
    """Whether two names are one: however they are spaced, and in capitals or not."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> list[str]:
    return unicodedata.normalize("NFKC", name).casefold().split()


def _where(claim: Sealed) -> Where:
    return Where(claim.folder.relative_to(claim.folder.parents[2]).as_posix())
