"""Checks: whether sealed claims are as they were sealed, and follow each other.

Each gives what is wrong as findings, with the file and, where lines were changed, the line.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    UnreadableError,
    digest,
    sums_of,
    withdrawn_name,
)
from wlz_calc.finding import Finding, Where, quote
from wlz_calc.money import pounds
from wlz_calc.period import Quarter

RECORDS: Final = (APPROVAL, WITHDRAWAL)
Digests = Mapping[str, str]
ANOTHER: Final = "another content"
AS_SEALED: Final = "the file as it was sealed"


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
    found = list(_broken(folder, book, CLAIM))
    for record in (folder / name for name in RECORDS if (folder / name).is_dir()):
        found += _broken(record, book, f"{record.name}.json")
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
    there = {claim.digest: claim for claim in withdrawn}
    for claim in claims:
        for named in claim.stated.get("withdrawn", ()):
            if there.pop(named, None) is None:
                place = claim.folder.parent / WITHDRAWN
                yield _wrong("book-missing", place, book, "no such claim", f"the withdrawn claim {named}")
    for claim in there.values():
        if claims and claim.quarter <= claims[-1].quarter:
            yield _wrong("book-stray", claim.folder, book, claim.digest, "a claim that a later one names")


def unrecorded(claim: Sealed, book: Path) -> Iterator[Finding]:
    """What was withdrawn has the name of its quarter and digest, and a record of who did it."""
    if claim.folder.name != withdrawn_name(claim.quarter, claim.digest):
        yield stray(claim.folder, book, "a claim that was withdrawn, by its quarter and digest")
    elif claim.withdrawal is None:
        place = claim.folder / WITHDRAWAL
        yield _wrong("book-missing", place, book, "no such record", "who withdrew the claim")
    elif claim.withdrawal.stated.get("withdraws") != claim.digest:
        place = claim.folder / WITHDRAWAL / f"{WITHDRAWAL}.json"
        yield _wrong("book-changed", place, book, "the withdrawal of another claim", claim.digest)


def wrong_totals(claim: Sealed, book: Path) -> Iterator[Finding]:
    """What a claim says in all, and what its lines add up to."""
    try:
        lines = claim.lines
    except UnreadableError:
        yield unreadable(claim.folder, book)
        return
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


def _broken(folder: Path, book: Path, statement: str) -> Iterator[Finding]:
    """The files are just those that were sealed, and as they were."""
    there = {path.name: path for path in inside(folder) if path.name not in RECORDS or not path.is_dir()}
    files = {name: path for name, path in there.items() if path.is_file()}
    summed = _sums(files.get(SUMS))
    said = _said(files.get(statement), summed)
    own = {SUMS, statement, *said}
    for name in sorted(own - there.keys()):
        yield _wrong("book-missing", folder / name, book, "no such file", AS_SEALED)
    for name in sorted(there.keys() - own):
        yield stray(there[name], book, f"the files that {statement} lists")
    for name in sorted((own & there.keys()) - files.keys()):
        yield _wrong("book-changed", folder / name, book, "no file of that name", AS_SEALED)
    now = {name: digest(path) for name, path in files.items() if name in own}
    differing = _differing(now, said, summed, statement)
    if SUMS in now and not differing and sums_of(summed).encode() != files[SUMS].read_bytes():
        differing = {SUMS}
    for name in sorted(differing & files.keys()):
        yield _changed(folder, name, book, lines=BLOCKS not in differing)


def _differing(now: Digests, said: Digests, summed: Digests, statement: str) -> set[str]:
    """Which files have changed, by the digests that they have, that the statement says, and that have sums.

    Where two of the three agree, the third has changed; sums can be made anew for a file that was changed.
    """
    same = now.get(statement) == summed.get(statement)
    differing = set() if same else {statement if statement in summed else SUMS}
    for name, digest_ in now.items():
        if name in {SUMS, statement} or digest_ == said.get(name) == summed.get(name):
            continue
        differing.add(SUMS if digest_ == said.get(name) else name)
    return differing


def _said(statement: Path | None, summed: Digests) -> Digests:
    """The digests that a statement gives of the data files; where it has changed, those of the sums."""
    try:
        stated = json.loads(statement.read_bytes()) if statement else None
    except ValueError:
        stated = None
    said = stated.get("sha256") if isinstance(stated, Mapping) else None
    if not (statement and isinstance(said, Mapping)) or digest(statement) != summed.get(statement.name):
        return {name: one for name, one in summed.items() if statement is None or name != statement.name}
    return {str(name): str(one) for name, one in said.items()}


def _sums(file: Path | None) -> Digests:
    """The digests that a file of sums states, as far as it can be read."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file else []
    pairs = (line.partition("  ") for line in lines)
    return {name: stated for stated, _, name in pairs}


def _changed(folder: Path, name: str, book: Path, *, lines: bool) -> Finding:
    """A file that has changed, and the line in it where that can be told."""
    finding = _wrong("book-changed", folder / name, book, ANOTHER, AS_SEALED)
    told = name == LINES and lines and (folder / BLOCKS).is_file()
    block = blocks.changed(folder / LINES, folder / BLOCKS) if told else None
    if block is None:
        return finding
    said = ANOTHER if block.first == block.last else f"{ANOTHER} in lines {block.first:,} to {block.last:,}"
    return finding._replace(where=finding.where._replace(row=block.first), found=said)


def _wrong(code: str, path: Path, book: Path, found: str, expected: str) -> Finding:
    return Finding(code, Where(path.relative_to(book.parent).as_posix()), found, expected)
