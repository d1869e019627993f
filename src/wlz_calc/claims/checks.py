"""Checks: whether sealed claims are as they were sealed, and follow each other.

Each gives what is wrong as findings, with the file and, where lines were changed, the line.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from wlz_calc.claims import blocks
from wlz_calc.claims.seal import ASIDE
from wlz_calc.claims.sealed import (
    APPROVAL,
    BLOCKS,
    CLAIM,
    LINES,
    SUMS,
    WITHDRAWAL,
    WITHDRAWN,
    Sealed,
    digest,
    sums_of,
)
from wlz_calc.finding import Finding, Where, quote
from wlz_calc.money import pounds
from wlz_calc.period import Quarter

RECORDS: Final = (APPROVAL, WITHDRAWAL)


def inside(folder: Path) -> list[Path]:
    """What is in a folder, but for what was left aside."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith(ASIDE))


def stray(path: Path, book: Path, expected: str) -> Finding:
    """Something that does not belong into the book."""
    return _wrong("book-stray", path, book, "a folder" if path.is_dir() else "a file", expected)


def quarter_named(name: str) -> Quarter | None:
    """The quarter that a folder is named after."""
    try:
        quarter = Quarter.parse(name)
    except ValueError:
        return None
    return quarter if str(quarter) == name else None


def broken(folder: Path, book: Path) -> list[Finding]:
    """What is wrong with the files of a claim, and with what is on record beside it."""
    records = [folder / name for name in RECORDS if (folder / name).is_dir()]
    found = list(_broken(folder, book, inside(folder), CLAIM))
    for record in records:
        found += _broken(record, book, list(record.iterdir()), f"{record.name}.json")
    return found


def unreadable(folder: Path, book: Path) -> Finding:
    """Files that agree with their sums, and yet are no claim of that contract and quarter."""
    expected = f"the claim of {folder.parent.name} for {folder.name}"
    return _wrong("book-changed", folder / CLAIM, book, "another statement", expected)


def unchained(claims: Sequence[Sealed], book: Path) -> Iterator[Finding]:
    """Each claim names the one before it, and quarters follow each other."""
    before: Sealed | None = None
    for claim in claims:
        previous = before.digest if before else None
        if claim.stated.get("previous") != previous:
            found = quote(str(claim.stated.get("previous")))
            expected = f"{previous or 'nothing'}, the digest of the claim before"
            yield _wrong("book-unchained", claim.folder / CLAIM, book, found, expected)
        if before and claim.quarter != before.quarter.next:
            expected = f"{before.quarter.next}, the quarter after the claim before"
            yield _wrong("book-unchained", claim.folder / CLAIM, book, str(claim.quarter), expected)
        yield from _approval(claim, before, book)
        before = claim


def unnamed(withdrawn: Iterable[Sealed], claims: Sequence[Sealed], book: Path) -> Iterator[Finding]:
    """What was withdrawn is named by the claim that was sealed next."""
    there = {claim.digest: claim.folder for claim in withdrawn}
    for claim in claims:
        for named in claim.stated.get("withdrawn", ()):
            if there.pop(named, None) is None:
                place = claim.folder.parent / WITHDRAWN
                yield _wrong("book-missing", place, book, "no such claim", f"the withdrawn claim {named}")
    newest = claims[-1].quarter if claims else None
    for digest_, folder in there.items():
        quarter = quarter_named(folder.name.rpartition("-")[0])
        if newest and quarter and quarter <= newest:
            yield _wrong("book-stray", folder, book, digest_, "a claim that a later one names")


def wrong_totals(claim: Sealed, book: Path) -> Iterator[Finding]:
    """What a claim says in all, and what its lines add up to."""
    lines = claim.lines
    opening = lines.get_column("kind") == "opening"
    for name, own in (("opening", lines.filter(opening)), ("total", lines.filter(~opening))):
        amount = pounds(int(own.get_column("amount").sum()))
        if claim.stated.get(name) != amount:
            found = f"{name}: {claim.stated.get(name)}"
            yield _wrong("book-totals", claim.folder / CLAIM, book, found, f"{amount}, as its lines add up")


def _approval(claim: Sealed, before: Sealed | None, book: Path) -> Iterator[Finding]:
    """An approval is of this very claim; one that was there when the next was sealed is there still."""
    if claim.approval and claim.approval.stated.get("approves") != claim.digest:
        place = claim.folder / APPROVAL / f"{APPROVAL}.json"
        yield _wrong("book-changed", place, book, "the approval of another claim", claim.digest)
    named = claim.stated.get("previous_approval")
    there = before.approval.digest if before and before.approval else None
    if before and named and named != there:
        place = before.folder / APPROVAL
        yield _wrong("book-missing", place, book, "no such approval", f"the approval {named}")


def _broken(folder: Path, book: Path, there: Iterable[Path], statement: str) -> Iterator[Finding]:
    """The files are those that have sums, and as their sums say."""
    files = {path.name: path for path in there if path.name not in RECORDS or not path.is_dir()}
    sums = folder / SUMS
    stated = _sums(sums)
    for name in sorted({SUMS, statement, *stated} - files.keys()):
        yield _wrong("book-missing", folder / name, book, "no such file", "the file as it was sealed")
    for name in sorted(files.keys() - {SUMS, *stated}):
        yield stray(files[name], book, f"the files that {SUMS} lists")
    same = {name: digest(files[name]) for name in stated if name in files}
    changed = [name for name, now in same.items() if now != stated[name]]
    for name in sorted(changed):
        yield _changed(folder, name, book, lines=BLOCKS not in changed)
    if SUMS in files and sums_of(stated).encode() != sums.read_bytes():
        yield _wrong("book-changed", sums, book, "another content", "the file as it was sealed")


def _sums(file: Path) -> dict[str, str]:
    """The digests that a file of sums states, as far as it can be read."""
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    pairs = (line.partition("  ") for line in lines)
    return {name: stated for stated, _, name in pairs if name and "/" not in name}


def _changed(folder: Path, name: str, book: Path, *, lines: bool) -> Finding:
    """A file that has changed, and the line in it where that can be told."""
    found, expected = "another content", "the file as it was sealed"
    finding = _wrong("book-changed", folder / name, book, found, expected)
    if name != LINES or not lines or not (folder / BLOCKS).is_file():
        return finding
    block = blocks.changed(folder / LINES, folder / BLOCKS)
    if block is None:
        return finding
    said = found if block.first == block.last else f"{found} in lines {block.first:,} to {block.last:,}"
    return finding._replace(where=finding.where._replace(row=block.first), found=said)


def _wrong(code: str, path: Path, book: Path, found: str, expected: str) -> Finding:
    return Finding(code, Where(path.relative_to(book.parent).as_posix()), found, expected)
