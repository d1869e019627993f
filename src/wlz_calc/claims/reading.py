"""Reading the book: whole and verified every time, before anything is claimed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wlz_calc.claims import checks
from wlz_calc.claims.book import Book
from wlz_calc.claims.sealed import WITHDRAWN, Sealed, opened
from wlz_calc.finding import Finding, Where
from wlz_calc.places import is_file, is_folder

LEAST_PREFIX: Final = 12
"""Of a digest that is typed from paper."""


def read(book: Path) -> tuple[Book | None, list[Finding]]:
    """The book in a folder, which need not be there, or everything that is wrong with it."""
    contracts: dict[str, tuple[Sealed, ...]] = {}
    withdrawn: dict[str, tuple[Sealed, ...]] = {}
    found: list[Finding] = []
    if is_file(book):
        return None, [checks.stray(book, book, "a folder")]
    for folder in checks.inside(book) if is_folder(book) else []:
        if not folder.is_dir():
            found.append(checks.stray(folder, book, "a folder for each contract"))
            continue
        standing, problems = _claims(folder, book)
        taken_back, more = _withdrawn(folder / WITHDRAWN, book)
        contracts[folder.name], withdrawn[folder.name] = tuple(standing), tuple(taken_back)
        found += problems + more
        if not found:
            found += checks.unchained(standing, book)
            found += checks.unnamed(taken_back, standing, book)
        if not found:
            found += [finding for claim in taken_back for finding in checks.unrecorded(claim, book)]
    return (None, found) if found else (Book(book, contracts, withdrawn), [])


def verified(book: Book, digests: Iterable[str]) -> list[Finding]:
    """What only a thorough look shows: claims that do not add up, and digests that are not in the book."""
    found = [finding for claim in book.claims for finding in checks.wrong_totals(claim, book.folder)]
    return found + [
        Finding("book-digest", Where(book.folder.name), digest, "the digest of a sealed claim")
        for digest in digests
        if claim_of(book, digest) is None
    ]


def claim_of(book: Book, digest: str) -> Sealed | None:
    """The claim with that digest, or with one that begins so."""
    if len(digest) < LEAST_PREFIX:
        return None
    return next((claim for claim in book.claims if claim.digest.startswith(digest.lower())), None)


def _claims(folder: Path, book: Path) -> tuple[list[Sealed], list[Finding]]:
    """The claims of a contract that stand."""
    expected = "a folder for each quarter"
    there = [path for path in checks.inside(folder) if path.name != WITHDRAWN]
    wrong = [path for path in there if not path.is_dir() or checks.quarter_named(path.name) is None]
    quarters = [path for path in there if path not in wrong]
    claims, found = _opened(sorted(quarters), book)
    found += [checks.stray(path, book, expected) for path in wrong]
    found += [
        checks.unreadable(claim.folder, book)
        for claim in claims
        if (claim.contract, str(claim.quarter)) != (folder.name, claim.folder.name)
    ]
    return claims, found


def _withdrawn(folder: Path, book: Path) -> tuple[list[Sealed], list[Finding]]:
    """The claims of a contract that were taken back."""
    there = checks.inside(folder) if folder.is_dir() else []
    claims, found = _opened([path for path in there if path.is_dir()], book)
    expected = "a folder for each claim that was withdrawn"
    return claims, found + [checks.stray(path, book, expected) for path in there if not path.is_dir()]


def _opened(folders: Iterable[Path], book: Path) -> tuple[list[Sealed], list[Finding]]:
    claims: list[Sealed] = []
    found: list[Finding] = []
    for folder in folders:
        problems = checks.broken(folder, book)
        try:
            claims += [] if problems else [opened(folder)]
        except (ValueError, KeyError, TypeError):
            problems = [checks.unreadable(folder, book)]
        found += problems
    return claims, found
