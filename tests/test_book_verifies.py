"""The book is proof: whatever is done to a sealed file is found, and it is said in which."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from random import randrange

import pytest

from tests.closing import CLAIMS, approve, book_of, close, files_in, found_in, resum, three_quarters
from tests.sound_folder import wlz_calc
from wlz_calc import pipeline
from wlz_calc.claims import blocks, seal
from wlz_calc.claims.reading import verified
from wlz_calc.claims.sealed import digest
from wlz_calc.cli.ending import Exit
from wlz_calc.finding import Finding, errors
from wlz_calc.period import Quarter

STRIDE = 16
"""Of a large file one byte in so many is changed, and at each run others (pytest-randomly says which)."""
SUMS, LINES, BLOCKS, CLAIM = "SHA256SUMS", "lines.csv", "lines.blocks.csv", "claim.json"
DECISIONS, APPROVAL = "decisions.parquet", "approval/approval.json"
FIRST, SECOND, THIRD = "alpha/2018-Q4", "alpha/2019-Q1", "alpha/2019-Q2"
ANOTHER = "0" * 64


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme with three sealed quarters; no test may change it."""
    return three_quarters(tmp_path_factory.mktemp("sealed"))


@pytest.fixture
def folder(sealed: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(sealed, tmp_path / "programme")


@pytest.fixture
def claims(folder: Path) -> Path:
    """The book in it."""
    return folder / CLAIMS


@pytest.fixture
def withdrawn(claims: Path) -> Path:
    """The claim that was taken back."""
    [place] = (claims / "alpha/withdrawn").iterdir()
    return place


def said(found: Iterable[Finding]) -> list[tuple[str, str]]:
    """The codes of findings, and the files in the book that they name."""
    return [(finding.code, finding.where.file.removeprefix(f"{CLAIMS}/")) for finding in found]


def rewritten(file: Path, *changes: tuple[str, str]) -> None:
    content = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    file.write_text(content, encoding="utf-8")


def test_the_book_is_as_it_was_sealed(sealed: Path) -> None:
    book = book_of(sealed)
    assert [str(claim.quarter) for claim in book.claims] == ["2018-Q4", "2019-Q1", "2019-Q2"]
    assert [str(claim.quarter) for claim in book.withdrawn["alpha"]] == ["2019-Q1"]
    assert verified(book, [claim.digest for claim in book.claims]) == []


# ---------------------------------------------------------------- a byte is changed


def missed(folder: Path, name: str, positions: Iterable[int]) -> list[tuple[int, list[Finding]]]:
    """The bytes of a file in the book whose change is not found in that file, and what is found instead."""
    file = folder / CLAIMS / name
    content = file.read_bytes()
    wrong = []
    with file.open("r+b", buffering=0) as here:
        for place in positions:
            one_byte(here.fileno(), place, content[place] ^ 1 << place % 8)
            found = found_in(folder)
            if not named(found, name, content[:place].count(b"\n") + 1):
                wrong.append((place, found))
            one_byte(here.fileno(), place, content[place])
    assert file.read_bytes() == content
    return wrong


def one_byte(handle: int, place: int, value: int) -> None:
    os.pwrite(handle, bytes([value]), place)


def named(found: list[Finding], name: str, line: int) -> bool:
    """Whether just that file is named, and of the lines of a claim the line too; sums are of other files."""
    if Path(name).name == SUMS:
        return bool(found)
    row = line if Path(name).name == LINES else None
    return [(f.code, f.where.file, f.where.row) for f in found] == [("book-changed", f"{CLAIMS}/{name}", row)]


def test_every_changed_byte_is_found(folder: Path, withdrawn: Path) -> None:
    for claim in (SECOND, THIRD):
        shutil.rmtree(folder / CLAIMS / claim)
    assert found_in(folder) == []
    names = files_in(folder / CLAIMS)
    assert len(names) == 8 + 2 + 8 + 2
    assert {name: wrong for name in names if (wrong := missed(folder, name, some(folder, name)))} == {}


def some(folder: Path, name: str) -> Iterable[int]:
    """The bytes of a file that are changed: all of them, but for a large one."""
    size = (folder / CLAIMS / name).stat().st_size
    return range(randrange(STRIDE), size, STRIDE) if name.endswith(DECISIONS) else range(size)


@pytest.mark.parametrize("claim", [FIRST, SECOND, THIRD])
def test_changed_bytes_are_found_in_every_claim_of_a_chain(folder: Path, claim: str) -> None:
    for name in files_in(folder / CLAIMS / claim):
        size = (folder / CLAIMS / claim / name).stat().st_size
        assert missed(folder, f"{claim}/{name}", range(randrange(STRIDE), size, STRIDE * 4)) == []


def test_in_a_long_claim_the_lines_around_a_changed_byte_are_named(tmp_path: Path) -> None:
    place = tmp_path / CLAIMS / FIRST
    lines = [f"line {number}\n" for number in range(1, 2002)]
    stated = {"contract": "alpha", "quarter": "2018-Q4", "previous": None}
    seal.seal(place, stated, {LINES: "".join(lines).encode()}, lines=len(lines))
    assert found_in(tmp_path) == []
    rewritten(place / LINES, ("line 1500\n", "line 1501\n"))
    [finding] = found_in(tmp_path)
    assert finding.where.row == 1498
    assert finding.found.endswith("in lines 1,498 to 1,500")


@pytest.mark.parametrize("place", [0, 70])
def test_a_byte_of_the_sums_is_found_in_the_sums(folder: Path, claims: Path, place: int) -> None:
    content = (claims / SECOND / SUMS).read_bytes()
    changed = bytes([content[place] ^ 1])
    (claims / SECOND / SUMS).write_bytes(content[:place] + changed + content[place + 1 :])
    assert said(found_in(folder)) == [("book-changed", f"{SECOND}/{SUMS}")]


# ---------------------------------------------------------------- a file is removed, added, cut or swapped


def every_file(folder: Path) -> list[str]:
    return files_in(folder / CLAIMS)


def test_a_file_that_is_removed_is_found(folder: Path, claims: Path) -> None:
    for name in every_file(folder):
        aside = (claims / name).rename(folder / "aside")
        assert ("book-missing", name) in said(found_in(folder))
        aside.rename(claims / name)
    assert found_in(folder) == []


def test_a_file_that_is_added_is_found(folder: Path, claims: Path) -> None:
    folders = [claims, *(path for path in claims.rglob("*") if path.is_dir() and path.name != "withdrawn")]
    assert len(folders) == 1 + 1 + 4 + 2
    for place in folders:
        added = place / "a note.txt"
        added.write_bytes(b"")
        assert said(found_in(folder)) == [("book-stray", added.relative_to(claims).as_posix())]
        added.unlink()


def test_a_file_that_is_added_to_the_withdrawn_claims_is_found(folder: Path, claims: Path) -> None:
    (claims / "alpha/withdrawn/a note.txt").write_bytes(b"")
    assert said(found_in(folder)) == [("book-stray", "alpha/withdrawn/a note.txt")]


@pytest.mark.parametrize(
    "left",
    [lambda size: 0, lambda size: size // 2, lambda size: size - 1],
    ids=["nothing", "half", "all but a byte"],
)
def test_a_file_that_is_cut_short_is_found(folder: Path, claims: Path, left: Callable[[int], int]) -> None:
    for name in every_file(folder):
        content = (claims / name).read_bytes()
        (claims / name).write_bytes(content[: left(len(content))])
        found = said(found_in(folder))
        assert found if name.endswith(SUMS) else [file for _, file in found] == [name]
        (claims / name).write_bytes(content)
    assert found_in(folder) == []


def swap(one: Path, other: Path) -> None:
    aside = one.rename(one.with_name(".aside"))
    other.rename(one)
    aside.rename(other)


def test_two_files_of_a_claim_that_are_swapped_are_found(folder: Path, claims: Path) -> None:
    names = [name for name in files_in(claims / FIRST) if SUMS not in name]
    for one, other in pairwise(names):
        swap(claims / FIRST / one, claims / FIRST / other)
        assert {file for _, file in said(found_in(folder))} == {f"{FIRST}/{one}", f"{FIRST}/{other}"}
        swap(claims / FIRST / one, claims / FIRST / other)


def test_files_that_are_swapped_between_claims_are_found(folder: Path, claims: Path) -> None:
    for name in files_in(claims / SECOND):
        one, other = claims / FIRST / name, claims / SECOND / name
        if one.read_bytes() == other.read_bytes():  # as the rate card is of two claims on the same terms
            continue
        swap(one, other)
        found = {file for _, file in said(found_in(folder))}
        assert found if name == SUMS else found == {f"{FIRST}/{name}", f"{SECOND}/{name}"}
        swap(one, other)


@pytest.mark.parametrize("name", [SUMS, CLAIM, LINES, DECISIONS])
@pytest.mark.parametrize(
    "become", [Path.mkdir, lambda path: path.symlink_to("nowhere")], ids=["a folder", "a link"]
)
def test_a_file_that_has_become_something_else_is_found(
    folder: Path, claims: Path, name: str, become: Callable[[Path], None]
) -> None:
    (claims / SECOND / name).unlink()
    become(claims / SECOND / name)
    assert f"{SECOND}/{name}" in [file for _, file in said(found_in(folder))]


# ---------------------------------------------------------------- a claim is moved, removed or put in


def test_a_quarter_under_the_name_of_another_is_found(folder: Path, claims: Path) -> None:
    (claims / THIRD).rename(claims / "alpha/2019-Q3")
    assert said(found_in(folder)) == [("book-changed", "alpha/2019-Q3/claim.json")]


def test_a_quarter_under_a_name_that_is_no_quarter_is_found(folder: Path, claims: Path) -> None:
    (claims / THIRD).rename(claims / "alpha/2019-Q2 (copy)")
    assert said(found_in(folder)) == [("book-stray", "alpha/2019-Q2 (copy)")]


def test_a_contract_under_another_name_is_found(folder: Path, claims: Path) -> None:
    (claims / "alpha").rename(claims / "beta")
    quarters = ("2018-Q4", "2019-Q1", "2019-Q2")
    assert said(found_in(folder)) == [("book-changed", f"beta/{quarter}/claim.json") for quarter in quarters]


def test_two_quarters_that_are_swapped_are_found(folder: Path, claims: Path) -> None:
    swap(claims / SECOND, claims / THIRD)
    assert said(found_in(folder)) == [("book-changed", f"{place}/{CLAIM}") for place in (SECOND, THIRD)]


@pytest.mark.parametrize(("gone", "after"), [(FIRST, SECOND), (SECOND, THIRD)])
def test_a_quarter_that_is_removed_from_before_another_is_found(
    folder: Path, claims: Path, gone: str, after: str
) -> None:
    shutil.rmtree(claims / gone)
    found = said(found_in(folder))
    assert ("book-unchained", f"{after}/{CLAIM}") in found
    assert {code for code, _ in found} <= {"book-unchained", "book-missing", "book-stray"}


def test_the_newest_quarter_that_is_removed_is_found_by_its_digest_alone(folder: Path, claims: Path) -> None:
    newest = book_of(folder).last[0].digest
    shutil.rmtree(claims / THIRD)
    assert verified(book_of(folder), []) == []
    assert said(verified(book_of(folder), [newest])) == [("book-digest", CLAIMS)]
    assert said(verified(book_of(folder), [newest[:12].upper()])) == [("book-digest", CLAIMS)]


def test_a_whole_contract_that_is_removed_is_found_by_its_digest_alone(folder: Path, claims: Path) -> None:
    newest = book_of(folder).last[0].digest
    shutil.rmtree(claims / "alpha")
    assert said(verified(book_of(folder), [newest])) == [("book-digest", CLAIMS)]


def test_a_digest_may_be_shortened_to_twelve_signs_and_no_further(folder: Path) -> None:
    newest = book_of(folder).last[0].digest
    assert verified(book_of(folder), [newest, newest[:12], newest[:12].upper()]) == []
    assert said(verified(book_of(folder), [newest[:11]])) == [("book-digest", CLAIMS)]
    assert said(verified(book_of(folder), [""])) == [("book-digest", CLAIMS)]


def test_a_book_that_has_become_a_file_is_found(folder: Path, claims: Path) -> None:
    shutil.rmtree(claims)
    claims.write_bytes(b"")
    assert said(found_in(folder)) == [("book-stray", CLAIMS)]


# ---------------------------------------------------------------- records


def test_the_approval_of_another_claim_is_found(folder: Path, claims: Path) -> None:
    shutil.copytree(claims / FIRST / "approval", claims / SECOND / "approval")
    assert said(found_in(folder)) == [("book-changed", f"{SECOND}/{APPROVAL}")]


def test_an_approval_that_was_there_when_the_next_claim_was_sealed_is_missed(
    folder: Path, claims: Path
) -> None:
    shutil.rmtree(claims / FIRST / "approval")
    assert said(found_in(folder)) == [("book-missing", f"{FIRST}/approval")]


def test_an_approval_by_somebody_else_is_found_once_the_next_claim_is_sealed(
    folder: Path, claims: Path
) -> None:
    rewritten(claims / FIRST / APPROVAL, ("B. Second", "A. Closer"))
    resum(claims / FIRST / "approval")
    assert said(found_in(folder)) == [("book-missing", f"{FIRST}/approval")]


def test_a_claim_may_be_approved_after_the_next_is_sealed(folder: Path) -> None:
    approve(folder, "2019-Q1")
    assert found_in(folder) == []


def test_a_withdrawn_claim_is_missed_once_the_next_is_sealed(
    folder: Path, claims: Path, withdrawn: Path
) -> None:
    shutil.rmtree(withdrawn)
    assert said(found_in(folder)) == [("book-missing", "alpha/withdrawn")]


def test_a_withdrawn_claim_that_no_later_one_names_is_found(
    folder: Path, claims: Path, withdrawn: Path
) -> None:
    rewritten(withdrawn / CLAIM, ("A. Closer", "C. Third"))
    resum(withdrawn)
    place = withdrawn.relative_to(claims).as_posix()
    assert said(found_in(folder)) == [("book-missing", "alpha/withdrawn"), ("book-stray", place)]


def test_a_withdrawn_claim_without_the_record_of_who_withdrew_it_is_found(
    folder: Path, claims: Path, withdrawn: Path
) -> None:
    shutil.rmtree(withdrawn / "withdrawal")
    place = withdrawn.relative_to(claims).as_posix()
    assert said(found_in(folder)) == [("book-missing", f"{place}/withdrawal")]


def test_the_withdrawal_of_another_claim_is_found(folder: Path, claims: Path, withdrawn: Path) -> None:
    rewritten(withdrawn / "withdrawal/withdrawal.json", (digest(withdrawn / CLAIM), ANOTHER))
    resum(withdrawn / "withdrawal")
    place = withdrawn.relative_to(claims).as_posix()
    assert said(found_in(folder)) == [("book-changed", f"{place}/withdrawal/withdrawal.json")]


def test_a_withdrawn_claim_under_another_name_is_found(folder: Path, claims: Path, withdrawn: Path) -> None:
    withdrawn.rename(withdrawn.with_name("2019-Q4-another"))
    assert [file for _, file in said(found_in(folder))] == ["alpha/withdrawn/2019-Q4-another"]


# ---------------------------------------------------------------- written anew, with all its sums


def forge(place: Path, *changes: tuple[str, str]) -> str:
    """A claim that says otherwise, and whose own sums agree with it; and its new digest."""
    stated = json.loads((place / CLAIM).read_bytes())
    sums = {name: digest(place / name) for name in stated["sha256"]}
    (place / CLAIM).write_text(json.dumps(stated | {"sha256": sums}, indent=1), encoding="utf-8")
    rewritten(place / CLAIM, *changes)
    resum(place)
    return digest(place / CLAIM)


def chain(claims: Path, place: str, before: str, now: str) -> str:
    """The claim after a forged one, made to name it."""
    return forge(claims / place, (before, now))


def with_lines(place: Path, *changes: tuple[str, str]) -> None:
    """Other lines, and blocks that agree with them."""
    rewritten(place / LINES, *changes)
    count = (place / LINES).read_bytes().count(b"\n")
    (place / BLOCKS).write_bytes(blocks.written(blocks.blocks(place / LINES, count)))


def test_a_newest_claim_that_is_written_anew_is_found_by_its_digest_alone(folder: Path, claims: Path) -> None:
    newest = book_of(folder).last[0].digest
    forge(claims / THIRD, ("A. Closer", "C. Third"))
    assert verified(book_of(folder), []) == []
    assert said(verified(book_of(folder), [newest])) == [("book-digest", CLAIMS)]


def test_a_claim_that_is_written_anew_is_found_by_the_next(folder: Path, claims: Path) -> None:
    forge(claims / SECOND, ("A. Closer", "C. Third"))
    assert said(found_in(folder)) == [("book-unchained", f"{THIRD}/{CLAIM}")]


def test_a_book_that_is_chained_anew_is_found_by_its_digest_alone(folder: Path, claims: Path) -> None:
    _, before, newest = (claim.digest for claim in book_of(folder).claims)
    with_lines(claims / SECOND, (",c001,S1,outcomes", ",c002,S1,outcomes"))
    chain(claims, THIRD, before, forge(claims / SECOND))
    assert verified(book_of(folder), []) == []
    assert said(verified(book_of(folder), [newest])) == [("book-digest", CLAIMS)]


def test_a_book_that_is_chained_anew_and_does_not_add_up_is_found(folder: Path, claims: Path) -> None:
    _, before, _ = (claim.digest for claim in book_of(folder).claims)
    with_lines(claims / SECOND, (",30.00,", ",29.99,"))
    chain(claims, THIRD, before, forge(claims / SECOND))
    assert said(verified(book_of(folder), [])) == [("book-totals", f"{SECOND}/{CLAIM}")]


def other_child(place: Path) -> None:
    with_lines(place, (",c001,S1,outcomes", ",c002,S1,outcomes"))


def other_decisions(place: Path) -> None:
    (place / DECISIONS).write_bytes((place / DECISIONS).read_bytes() + b"!")


@pytest.mark.parametrize("changed", [other_child, other_decisions])
def test_data_and_sums_that_are_written_anew_are_not_what_the_claim_says(
    folder: Path, claims: Path, changed: Callable[[Path], None]
) -> None:
    changed(claims / SECOND)
    resum(claims / SECOND)
    found = found_in(folder)
    assert found
    assert {code for code, _ in said(found)} == {"book-changed"}


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b"\xff", b"", b'{"contract": "alpha", "quarter": "2019-Q1"}']
)
def test_what_agrees_with_its_sums_and_is_no_claim_is_found(
    folder: Path, claims: Path, content: bytes
) -> None:
    (claims / SECOND / CLAIM).write_bytes(content)
    resum(claims / SECOND)
    assert {file for _, file in said(found_in(folder))} & {f"{SECOND}/{CLAIM}", f"{THIRD}/{CLAIM}"}


def test_lines_that_agree_with_all_sums_and_are_no_lines_are_found_before_they_are_claimed_on(
    folder: Path, claims: Path
) -> None:
    before = digest(claims / SECOND / CLAIM)
    with_lines(claims / SECOND, (",2019-01-10,", ",in January,"))
    now = forge(claims / SECOND)
    chain(claims, THIRD, before, now)
    assert found_in(folder) == []
    assert said(verified(book_of(folder), [])) == [("book-changed", f"{SECOND}/{CLAIM}")]
    claim, found = pipeline.claim(folder, Quarter.parse("2019-Q3"))
    assert (claim, [finding.code for finding in errors(found)]) == (None, ["book-changed"])


# ---------------------------------------------------------------- without this tool


def test_sha256sum_accepts_every_folder(sealed: Path) -> None:
    folders = [sums.parent for sums in (sealed / CLAIMS).rglob(SUMS)]
    assert len(folders) == 4 + 2
    for place in folders:
        checked = subprocess.run(
            ["sha256sum", "-c", SUMS], cwd=place, capture_output=True, text=True, check=True
        )
        files = [path.name for path in place.iterdir() if path.is_file() and path.name != SUMS]
        assert checked.stdout.splitlines() == [f"{name}: OK" for name in sorted(files)]


def test_the_digest_of_a_claim_is_the_sum_of_its_statement(sealed: Path) -> None:
    said = wlz_calc("claims", "verify", str(sealed))
    summed = hashlib.sha256((sealed / CLAIMS / THIRD / CLAIM).read_bytes()).hexdigest()
    assert said.out == f"alpha: 3 claims to 2019-Q2, as sealed\n  {summed}\n"


def test_the_statement_of_a_claim_has_the_digests_of_its_files(sealed: Path) -> None:
    for claim in book_of(sealed).claims:
        own = {path.name for path in claim.folder.iterdir() if path.is_file()} - {SUMS, CLAIM}
        assert claim.stated["sha256"] == {
            name: hashlib.sha256((claim.folder / name).read_bytes()).hexdigest() for name in sorted(own)
        }


@pytest.mark.parametrize(
    ("lines", "size", "count"),
    [(1, 1, 1), (999, 1, 999), (1000, 1, 1000), (1001, 2, 501), (2000, 2, 1000), (2001, 3, 667)],
)
def test_blocks_are_the_sums_of_runs_of_lines(tmp_path: Path, lines: int, size: int, count: int) -> None:
    file = tmp_path / LINES
    file.write_text("".join(f"{number},é\n" for number in range(lines)), encoding="utf-8")
    found = list(blocks.blocks(file, lines))
    assert len(found) == count <= blocks.MOST
    assert [block.first for block in found] == list(range(1, lines + 1, size))
    assert [block.last for block in found] == [*range(size, lines, size), lines]
    for block in {found[0], found[count // 2], found[-1]}:
        run = ["sed", "-n", f"{block.first},{block.last}p", LINES]
        shown = subprocess.run(run, cwd=tmp_path, capture_output=True, check=True).stdout
        assert hashlib.sha256(shown).hexdigest() == block.sha256


@pytest.mark.parametrize("lines", [1, 999, 1000, 1001, 2001])
def test_the_block_of_a_changed_line_is_found(tmp_path: Path, lines: int) -> None:
    file, stated = tmp_path / LINES, tmp_path / BLOCKS
    content = [f"{number}\n" for number in range(lines)]
    file.write_text("".join(content), encoding="ascii")
    sealed = list(blocks.blocks(file, lines))
    stated.write_bytes(blocks.written(iter(sealed)))
    assert blocks.changed(file, stated) is None
    for line in {0, lines // 2, lines - 1}:
        file.write_text("".join([*content[:line], "x\n", *content[line + 1 :]]), encoding="ascii")
        assert blocks.changed(file, stated) == next(block for block in sealed if line < block.last)
    file.write_text("".join(content[:-1]), encoding="ascii")
    assert blocks.changed(file, stated) == sealed[-1]
    file.write_text("".join([*content, "x\n"]), encoding="ascii")
    more = blocks.changed(file, stated)
    assert more is not None
    assert lines + 1 in {more.first, more.last + 1}


# ---------------------------------------------------------------- a book from before

FROZEN = Path(__file__).parent / "frozen/book"
FROZEN_DIGESTS = {
    "2018-Q3": "d621ecb18f06fd473bc455452dfae566b9a726725ef5fa2fc0206556fe25e741",
    "2018-Q4": "f5cb92ec9f38ff91c8a36a7e3242fa75980f6192fce806f8403296698e4eeea4",
    "2019-Q1": "0345d1d2f0e7b75cae1fa05e9513e212e91598b95ea459f3a8eaa4e1061e0811",
}
FROZEN_CLAIMS = [
    "alpha,2018-Q3,A. Closer,2018-10-20,B. Second,8,750.00,600.00,1350.00,",
    "alpha,2018-Q4,A. Closer,2019-01-20,,6,0.00,1450.01,2800.01,",
    "alpha,2019-Q1,A. Closer,2019-04-20,,8,0.00,474.00,3274.01,",
]
FROZEN_TOTALS = {
    "2018-Q3": {"council": "480.00", "school:ark": "60.00", "school:phoenix": "60.00"},
    "2018-Q4": {"council": "1160.01", "school:ark": "230.00", "school:phoenix": "60.00"},
    "2019-Q1": {"council": "379.20", "school:ark": "152.40", "school:phoenix": "-57.60"},
}


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A book that an earlier version sealed, in a place where it may be worked with."""
    return shutil.copytree(FROZEN, tmp_path / "book")


def test_a_book_from_before_verifies_with_the_digests_that_were_written_down(frozen: Path) -> None:
    options = [option for digest in FROZEN_DIGESTS.values() for option in ("--digest", digest)]
    ended = wlz_calc("claims", "verify", *options, str(frozen))
    assert (ended.code, ended.err) == (Exit.FINE, "")
    assert ended.out == f"alpha: 3 claims to 2019-Q1, as sealed\n  {FROZEN_DIGESTS['2019-Q1']}\n"
    book = book_of(frozen)
    assert {str(claim.quarter): claim.digest for claim in book.claims} == FROZEN_DIGESTS
    assert [str(claim.quarter) for claim in book.withdrawn["alpha"]] == ["2018-Q4"]


def test_a_book_from_before_holds_every_kind_of_line_with_its_decisions(frozen: Path) -> None:
    claims = list(book_of(frozen).claims)
    kinds = {kind for claim in claims for kind in claim.lines.get_column("kind")}
    assert kinds == {"opening", "new", "correction", "reversal"}
    for claim in claims:
        assert claim.decisions is not None
        assert claim.decisions.collect().height > 0


def test_a_book_from_before_is_listed_as_it_was_sealed(frozen: Path) -> None:
    listed = wlz_calc("claims", "list", "--format", "csv", str(frozen)).out.splitlines()[1:]
    rows = zip(FROZEN_CLAIMS, FROZEN_DIGESTS.values(), strict=True)
    assert listed == [row + digest for row, digest in rows]


@pytest.mark.parametrize("quarter", FROZEN_TOTALS)
def test_a_claim_from_before_is_shown_as_it_was_sealed(frozen: Path, quarter: str) -> None:
    shown = json.loads(wlz_calc("claims", "show", quarter, "--format", "json", str(frozen)).out)
    totals = {schedule["commissioner"]: schedule["total"] for schedule in shown["schedules"]}
    assert totals == FROZEN_TOTALS[quarter]
    assert shown["sealed"]["digest"] == FROZEN_DIGESTS[quarter]


def test_the_newest_claim_from_before_comes_out_today_just_as_it_was_sealed(frozen: Path) -> None:
    again = wlz_calc("claims", "rerun", "2019-Q1", str(frozen))
    assert again.code == Exit.FINE
    assert again.out == "2019-Q1 comes out from today's files just as it was sealed.\n"


def test_the_next_quarter_is_closed_after_those_from_before(frozen: Path) -> None:
    assert close(frozen, "2019-Q2").stated["previous"] == FROZEN_DIGESTS["2019-Q1"]
    assert found_in(frozen) == []


# ---------------------------------------------------------------- how it is said


def test_a_book_that_verifies_ends_with_0(sealed: Path) -> None:
    digests = [option for claim in book_of(sealed).claims for option in ("--digest", claim.digest)]
    assert wlz_calc("claims", "verify", *digests, str(sealed)).code == Exit.FINE


@pytest.mark.parametrize(
    "command",
    [
        ("claims", "verify"),
        ("claims", "list"),
        ("claims", "show", "2019-Q1"),
        ("claims", "approve", "2019-Q2", "--by", "B. Second"),
        ("claims", "withdraw", "2019-Q2", "--by", "A. Closer"),
        ("pay", "--quarter", "2019-Q3"),
        ("close", "--quarter", "2019-Q3", "--by", "A. Closer"),
    ],
)
def test_a_broken_book_stops_every_command_with_4(
    folder: Path, claims: Path, command: tuple[str, ...]
) -> None:
    rewritten(claims / FIRST / LINES, (",50.00,", ",60.00,"))
    ended = wlz_calc(*command, str(folder))
    assert (ended.code, ended.out) == (Exit.CLAIMS, "")
    assert "claims/alpha/2018-Q4/lines.csv, row 3" in ended.err
    assert "book-changed" in ended.err


def test_a_digest_that_is_not_in_the_book_ends_with_4(sealed: Path) -> None:
    ended = wlz_calc("claims", "verify", "--digest", ANOTHER, str(sealed))
    assert (ended.code, ended.out) == (Exit.CLAIMS, "")
    assert ANOTHER[:50] in ended.err
