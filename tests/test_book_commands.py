"""The commands of the book as an analyst types them: what they print, and how they end."""

import csv
import json
from collections import Counter
from decimal import Decimal
from io import StringIO
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from tests.meaning import Programme
from tests.sound_folder import Said, text, wlz_calc
from wlz_calc.cli.ending import Exit

CARD = """
limits: {contract: 700.00, financial_year: 330.00}
matching: {commissioner: school, times: 3}
commissioners:
  council: {name: The council, share: 0.75, commitment: 300.00}
  school:  {name: The school, share: 0.25, each: school}
payments:
  sign_up: {price: 100.00, when: {measure: consent, test: happened}}
  outcomes:
    numbers: [2, 3]
    price: 60.00
    window: {months: [0, 36]}
    outcomes:
      mentored:  {when: {measure: link_worker_sessions, test: reaches, at_least: 1}}
      supported: {when: {measure: partner_sessions, test: reaches, at_least: 1}}
"""
CHILDREN = """
| child     | school | consent_on |
| child-ada | ark    | 2018-05-01 |
| child-ben | oak    | 2018-08-01 |
| child-cay | ark    | 2018-11-01 |
| child-dan | oak    | 2019-04-01 |
"""
SESSIONS = """
| child     | date       | kind    | status   |
| child-ada | 2018-07-02 | partner | attended |
| child-cay | 2019-01-10 | partner | attended |
"""
ADA_WAS_ABSENT = SESSIONS.replace("2018-07-02 | partner | attended", "2018-07-02 | partner | absent")
QUARTERS = ("2018-Q3", "2018-Q4", "2019-Q1", "2019-Q2")


class Book:
    """A programme, and the tool run on it."""

    def __init__(self, folder: Path) -> None:
        self.programme = Programme(folder, CARD, children=CHILDREN, engagement=SESSIONS)
        self.folder = str(folder)

    def says(self, *command: str, by: str = "") -> Said:
        return wlz_calc(*command, *(["--by", by] if by else []), self.folder)

    def does(self, *command: str, by: str = "") -> str:
        """What it prints, once it has done it."""
        said = self.says(*command, by=by)
        assert (said.code, said.err) == (Exit.FINE, ""), said
        return said.out

    def closes(self, *quarters: str, by: str = "A. Closer", back: str = "0.00") -> None:
        for quarter in quarters:
            self.does("close", "-q", quarter, "--accept-reversals", back, by=by)

    def refuses(self, code: str, *command: str, by: str = "", exit_code: int = Exit.CLAIMS) -> str:
        """What it says on stderr, when it does nothing."""
        said = self.says(*command, by=by)
        assert (said.code, said.out) == (exit_code, ""), said
        assert f"error {code}:" in said.err
        return said.err

    @property
    def positions(self) -> dict[str, Any]:
        position: dict[str, Any] = json.loads(self.does("claims", "list", "--format", "json"))[0]
        return position

    def digest(self, quarter: str) -> str:
        """Of the claim of a quarter, as the list gives it."""
        digests: dict[str, str] = {claim["quarter"]: claim["digest"] for claim in self.positions["claims"]}
        return digests[quarter]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "programme")


def rows(data: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data)))


# ---------------------------------------------------------------- close and list


def test_close_says_what_was_sealed_and_its_digest(book: Book) -> None:
    said = book.does("close", "-q", "2018-Q3", by="A. Closer")
    digest = book.digest("2018-Q3")
    assert said == f"alpha 2018-Q3: £160.00 sealed, opening balance £100.00\n  {digest}\n"
    assert book.does("close", "-q", "2018/19-Q3", by="A. Closer").startswith("alpha 2018-Q4: £70.00 sealed\n")


def test_an_empty_book_is_listed_and_verified(book: Book) -> None:
    assert book.does("claims") == "Nothing is sealed.\n"
    assert book.does("claims", "verify") == "Nothing is sealed.\n"
    assert book.does("claims", "list", "--format", "json") == "[]\n"
    assert rows(book.does("claims", "list", "--format", "csv")) == []
    assert book.does("claims", "list", "--format", "csv").startswith("contract,quarter,closed_by")


def test_positions_stand_against_limits_commitments_and_the_match(book: Book) -> None:
    """Of 420.00 that fell due in 2018/19 its limit leaves 330.00, of which the council is charged 247.50.

    Of its part of the 100.00 of April 2019, 75.00, it has 52.50 left to pay.
    """
    book.closes(*QUARTERS)
    position = book.positions
    assert [(each["opening"], each["total"], each["balance"]) for each in position["claims"]] == [
        ("100.00", "160.00", "260.00"),
        ("0.00", "70.00", "330.00"),
        ("0.00", "0.00", "330.00"),
        ("0.00", "77.50", "407.50"),
    ]
    assert position["limits"] == [
        {"name": "contract", "claimed": "407.50", "limit": "700.00", "left": "292.50"},
        {"name": "2018/19", "claimed": "330.00", "limit": "330.00", "left": "0.00"},
        {"name": "2019/20", "claimed": "77.50", "limit": "330.00", "left": "252.50"},
    ]
    assert position["commissioners"] == [
        {"name": "council", "claimed": "300.00", "limit": "300.00", "left": "0.00"},
        {"name": "school:ark", "claimed": "57.50", "limit": None, "left": None},
        {"name": "school:oak", "claimed": "50.00", "limit": None, "left": None},
    ]
    assert position["match"] == {
        "commissioner": "school",
        "times": "3",
        "own": "107.50",
        "others": "300.00",
        "kept": False,
    }


def test_the_list_as_a_table_says_the_same(book: Book) -> None:
    book.closes(*QUARTERS)
    said = book.does("claims")
    assert said == book.does("claims", "list")
    for shown in ("£292.50", "£252.50", "£407.50", "Financial year 2018/19", "not yet", "Match NOT KEPT"):
        assert shown in said
    assert f"Digest of 2019-Q2: {book.digest('2019-Q2')}" in said


def test_the_list_as_csv_has_a_row_for_each_claim(book: Book) -> None:
    book.closes(*QUARTERS)
    listed = rows(book.does("claims", "list", "--format", "csv"))
    assert [row["quarter"] for row in listed] == list(QUARTERS)
    assert [row["balance"] for row in listed] == ["260.00", "330.00", "330.00", "407.50"]
    assert {row["digest"] for row in listed} == {claim["digest"] for claim in book.positions["claims"]}
    assert {row["closed_by"] for row in listed} == {"A. Closer"}


# ---------------------------------------------------------------- show


@pytest.mark.parametrize("quarter", QUARTERS)
def test_sealed_lines_are_byte_for_byte_those_that_were_paid(quarter: str, book: Book) -> None:
    book.closes(*QUARTERS[: QUARTERS.index(quarter)])
    paid = book.does("pay", "-q", quarter, "--format", "csv")
    book.closes(quarter)
    assert book.does("claims", "show", quarter, "--format", "csv") == paid
    book.programme.changes(children=CHILDREN.replace("2018-08-01", ""))
    assert book.does("claims", "show", quarter, "--format", "csv") == paid


def test_a_sealed_claim_as_json_is_what_was_paid_but_final(book: Book) -> None:
    book.closes("2018-Q3")
    book.programme.changes(children=CHILDREN.replace("2018-08-01", ""))
    paid = json.loads(book.does("pay", "-q", "2018-Q4", "--format", "json"))
    book.closes("2018-Q4", back="100.00")
    shown = json.loads(book.does("claims", "show", "2018-Q4", "--format", "json"))
    assert (paid["provisional"], shown["provisional"]) == (True, False)
    same = ("quarter", "as_of", "schedules", "opening_balance", "cut", "unfunded", "held", "not_yet")
    assert {name: shown[name] for name in same} == {name: paid[name] for name in same}
    assert shown["provenance"]["files"] == paid["provenance"]["files"]


def test_a_sealed_claim_is_written_as_a_workbook(book: Book, tmp_path: Path) -> None:
    book.closes("2018-Q3")
    file = tmp_path / "claim.xlsx"
    said = book.says("claims", "show", "2018-Q3", "--output", str(file))
    assert (said.code, said.out) == (Exit.FINE, "")
    assert openpyxl.load_workbook(file).sheetnames
    assert book.says("claims", "show", "2018-Q3", "--output", str(tmp_path / "claim.pdf")).code == Exit.USAGE


def test_the_digest_is_printed_on_every_schedule(book: Book) -> None:
    book.closes("2018-Q3")
    shown = book.does("claims", "show", "2018-Q3")
    digest = f"Digest of this claim: {book.digest('2018-Q3')}"
    assert shown.count("Payment schedule for 2018-Q3, contract alpha") == 3
    assert shown.count(digest) == 3
    assert "Sealed by A. Closer" in shown
    assert "PROVISIONAL" not in shown


def test_what_is_not_closed_is_not_shown_approved_withdrawn_or_run_again(book: Book) -> None:
    book.closes("2018-Q3")
    for command in ("show", "rerun"):
        assert "2018-Q3" in book.refuses("book-not-closed", "claims", command, "2018-Q4")
    for command in ("approve", "withdraw"):
        book.refuses("book-not-closed", "claims", command, "2018-Q4", by="B. Director")


def test_a_contract_that_nobody_knows_is_wrong_usage(book: Book) -> None:
    book.closes("2018-Q3")
    for command in (["claims", "show", "2018-Q3"], ["claims", "rerun", "2018-Q3"]):
        book.refuses("contract-unclear", *command, "--contract", "zeta", exit_code=Exit.USAGE)


# ---------------------------------------------------------------- verify and run again


def test_verify_says_how_far_the_book_goes_and_finds_a_digest_by_its_beginning(book: Book) -> None:
    book.closes(*QUARTERS[:2])
    first, second = book.digest("2018-Q3"), book.digest("2018-Q4")
    expected = f"alpha: 2 claims to 2018-Q4, as sealed\n  {second}\n"
    assert book.does("claims", "verify") == expected
    assert book.does("claims", "verify", "--digest", first) == expected
    assert book.does("claims", "verify", "--digest", first[:12].upper(), "--digest", second[:20]) == expected
    book.refuses("book-digest", "claims", "verify", "--digest", "0" * 64)


def test_a_digest_that_is_too_short_is_wrong_usage(book: Book) -> None:
    book.closes("2018-Q3")
    said = book.says("claims", "verify", "--digest", book.digest("2018-Q3")[:11])
    assert said.code == Exit.USAGE


def test_a_book_that_does_not_verify_stops_every_command(book: Book) -> None:
    book.closes("2018-Q3")
    lines = Path(book.folder, "claims", "alpha", "2018-Q3", "lines.csv")
    lines.write_text(lines.read_text(encoding="utf-8").replace("75.00", "76.00", 1), encoding="utf-8")
    by = ["--by", "B. Director"]
    for command in (
        *(["claims"], ["claims", "verify"], ["claims", "show", "2018-Q3"], ["claims", "rerun", "2018-Q3"]),
        *(["pay", "-q", "2018-Q4"], ["close", "-q", "2018-Q4", *by], ["decisions", "-q", "2018-Q4"]),
        *(["claims", "approve", "2018-Q3", *by], ["claims", "withdraw", "2018-Q3", *by]),
        ["bridge", "--from", "2018-Q3", "--to", "2018-Q4"],
    ):
        assert "claims/alpha/2018-Q3/lines.csv" in book.refuses("book-changed", *command)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_quarter_that_is_run_again_from_the_same_files_does_not_drift(quarter: str, book: Book) -> None:
    book.closes(*QUARTERS)
    expected = f"{quarter} comes out from today's files just as it was sealed.\n"
    assert book.does("claims", "rerun", quarter) == expected
    assert rows(book.does("claims", "rerun", quarter, "--format", "csv")) == []
    assert json.loads(book.does("claims", "rerun", quarter, "--format", "json")) == []


def test_a_quarter_that_is_run_again_names_the_lines_that_drift(book: Book) -> None:
    book.closes("2018-Q3")
    book.programme.changes(engagement=ADA_WAS_ABSENT)
    drift = rows(book.does("claims", "rerun", "2018-Q3", "--format", "csv"))
    assert [[row[name] for name in ("commissioner", "child_id", "payment", "outcome")] for row in drift] == [
        ["council", "child-ada", "outcomes", "supported"],
        ["school:ark", "child-ada", "outcomes", "supported"],
    ]
    assert [[row[name] for name in ("sealed", "today", "difference")] for row in drift] == [
        ["45.00", "0.00", "-45.00"],
        ["15.00", "0.00", "-15.00"],
    ]
    assert json.loads(book.does("claims", "rerun", "2018-Q3", "--format", "json")) == [
        {name: int(cell) if name == "number" else cell for name, cell in row.items()} for row in drift
    ]
    said = book.does("claims", "rerun", "2018-Q3")
    assert "child-ada" in said
    assert "-£60.00" in said


def test_an_import_that_is_run_again_does_not_drift_by_what_fell_due_in_its_quarter(
    book: Book, tmp_path: Path
) -> None:
    imports(book, tmp_path)
    assert rows(book.does("claims", "rerun", "2018-Q3", "--format", "csv")) == []


# ---------------------------------------------------------------- approve and withdraw


@pytest.mark.parametrize(
    "own", ["A. Closer", "a. closer", "  A.   CLOSER ", "\uff21. Closer", "A.\u00a0Closer"]
)
def test_nobody_approves_what_they_closed_however_they_are_written(own: str, book: Book) -> None:
    book.closes("2018-Q3")
    book.refuses("book-own-approval", "claims", "approve", "2018-Q3", by=own)
    assert book.positions["claims"][0]["approved_by"] is None


def test_an_approval_is_given_once_and_shown(book: Book) -> None:
    book.closes("2018-Q3")
    digest = book.digest("2018-Q3")
    said = book.does("claims", "approve", "2018-Q3", by="B. Director")
    assert said == f"alpha 2018-Q3: approved by B. Director\n  {digest}\n"
    assert book.positions["claims"][0]["approved_by"] == "B. Director"
    assert "approved by B. Director" in book.does("claims", "show", "2018-Q3")
    assert "B. Director" in book.does("claims")
    for again in ("B. Director", "C. Director"):
        book.refuses("book-approved", "claims", "approve", "2018-Q3", by=again)
    book.does("claims", "verify", "--digest", digest)


def test_a_name_is_asked_for(book: Book) -> None:
    for command in (["close", "-q", "2018-Q3"], ["claims", "approve", "2018-Q3"]):
        assert book.says(*command).code == Exit.USAGE
        assert book.says(*command, by="  ").code == Exit.USAGE


def test_pay_and_close_say_whether_earlier_quarters_are_approved(book: Book) -> None:
    book.closes("2018-Q3", "2018-Q4")
    assert "Not approved: 2018-Q3 and 2018-Q4." in book.does("pay", "-q", "2019-Q1")
    book.does("claims", "approve", "2018-Q3", by="B. Director")
    assert "Not approved: 2018-Q4." in book.does("pay", "-q", "2019-Q1")
    assert "not approved so far: 2018-Q4\n" in book.does("close", "-q", "2019-Q1", by="A. Closer")
    for quarter in ("2018-Q4", "2019-Q1"):
        book.does("claims", "approve", quarter, by="B. Director")
    assert "Not approved" not in book.does("pay", "-q", "2019-Q2")
    assert "not approved" not in book.does("close", "-q", "2019-Q2", by="A. Closer")


def test_only_the_newest_claim_is_withdrawn_and_only_while_it_is_not_approved(book: Book) -> None:
    book.closes("2018-Q3", "2018-Q4")
    book.refuses("book-not-newest", "claims", "withdraw", "2018-Q3", by="A. Closer")
    book.does("claims", "approve", "2018-Q4", by="B. Director")
    book.refuses("book-approved", "claims", "withdraw", "2018-Q4", by="A. Closer")
    assert [claim["quarter"] for claim in book.positions["claims"]] == ["2018-Q3", "2018-Q4"]


def test_what_is_withdrawn_leaves_a_record_that_the_next_claim_names(book: Book) -> None:
    book.closes("2018-Q3", "2018-Q4")
    digest, before = book.digest("2018-Q4"), book.does("claims", "show", "2018-Q4", "--format", "csv")
    said = book.does("claims", "withdraw", "2018-Q4", by="C. Analyst")
    assert said == f"alpha 2018-Q4: withdrawn by C. Analyst\n  {digest}\n"
    [record] = Path(book.folder, "claims", "alpha", "withdrawn").iterdir()
    assert record.name == f"2018-Q4-{digest[:12]}"
    stated = json.loads((record / "withdrawal" / "withdrawal.json").read_text(encoding="utf-8"))
    assert (stated["withdraws"], stated["by"]) == (digest, "C. Analyst")

    assert book.does("claims", "verify").startswith("alpha: 1 claim to 2018-Q3, as sealed")
    book.refuses("book-digest", "claims", "verify", "--digest", digest)
    book.closes("2018-Q4")
    assert book.does("claims", "show", "2018-Q4", "--format", "csv") == before
    claim = json.loads(Path(book.folder, "claims", "alpha", "2018-Q4", "claim.json").read_bytes())
    assert claim["withdrawn"] == [digest]
    assert book.does("claims", "verify").startswith("alpha: 2 claims to 2018-Q4, as sealed")


# ---------------------------------------------------------------- the bridge


@pytest.fixture
def changed(book: Book) -> Book:
    """Three quarters closed, each after something has changed; 2019-Q2 is not."""
    book.closes("2018-Q3")
    book.programme.changes(engagement=ADA_WAS_ABSENT)
    book.closes("2018-Q4", back="60.00")
    book.programme.changes(CARD.replace("price: 100.00", "price: 90.00"))
    back = sum(
        -Decimal(row["amount"])
        for row in rows(book.does("pay", "-q", "2019-Q1", "--format", "csv"))
        if row["amount"].startswith("-")
    )
    book.closes("2019-Q1", back=str(back))
    return book


def test_the_steps_of_a_bridge_add_up_to_the_penny(changed: Book) -> None:
    balances = {claim["quarter"]: Decimal(claim["balance"]) for claim in changed.positions["claims"]}
    due = rows(changed.does("pay", "-q", "2019-Q2", "--format", "csv"))
    balances["2019-Q2"] = balances["2019-Q1"] + sum(Decimal(row["amount"]) for row in due)
    pairs = list(combinations(["2018-Q2", *QUARTERS], 2))
    for start, end in Random(5).sample(pairs, 6):
        options = ("--from", start, "--to", end)
        bridge = json.loads(changed.does("bridge", *options, "--format", "json"))
        [contract] = bridge["contracts"]
        before = balances.get(start, Decimal(0))
        assert (Decimal(contract["before"]), Decimal(contract["after"])) == (before, balances[end])
        steps = rows(changed.does("bridge", *options, "--format", "csv"))
        assert sum(Decimal(step["amount"]) for step in steps) == balances[end] - before
        assert [step["amount"] for step in steps] == [step["amount"] for step in bridge["steps"]]
        assert bridge["provisional"] is (end == "2019-Q2")


def test_the_steps_of_a_bridge_are_named_by_kind_and_cause(changed: Book) -> None:
    steps = rows(changed.does("bridge", "--from", "2018-Q3", "--to", "2019-Q1", "--format", "csv"))
    sums: Counter[tuple[str, str, str]] = Counter()
    for step in steps:
        sums[step["quarter"], step["kind"], step["cause"]] += int(Decimal(step["amount"]) * 100)
    assert sums == {
        ("2018-Q4", "new", ""): 100_00,
        ("2018-Q4", "reversal", "session_changed"): -60_00,
        ("2019-Q1", "new", ""): 60_00,
        ("2019-Q1", "correction", "card_changed"): -30_00,
    }


def test_a_bridge_as_a_table_says_what_is_not_closed(changed: Book) -> None:
    said = changed.does("bridge", "--from", "2018-Q4", "--to", "2019-Q2")
    assert "PROVISIONAL: 2019-Q2 is not closed." in said
    assert "PROVISIONAL" not in changed.does("bridge", "--from", "2018-Q4", "--to", "2019-Q1")


def test_a_bridge_goes_forwards_and_leaves_no_quarter_out(changed: Book) -> None:
    for start, end in (("2018-Q4", "2018-Q4"), ("2018-Q4", "2018-Q3")):
        assert changed.says("bridge", "--from", start, "--to", end).code == Exit.USAGE
    changed.refuses("book-gap", "bridge", "--from", "2018-Q4", "--to", "2019-Q3")


# ---------------------------------------------------------------- import

CLAIMED = """\
child_id,commissioner,amount
child-ada,council,120.00
child-ada,school:ark,40.00
child-ben,council,75.00
child-ben,school:oak,25.00
"""


def imports(book: Book, folder: Path) -> str:
    """Just what was due up to September 2018."""
    file = folder / "before.csv"
    file.write_text(CLAIMED, encoding="utf-8")
    return book.does("claims", "import", str(file), "--quarter", "2018-Q3", by="A. Closer")


def test_an_import_says_what_was_brought_in(book: Book, tmp_path: Path) -> None:
    said = imports(book, tmp_path)
    assert said == f"alpha 2018-Q3: £260.00 brought in\n  {book.digest('2018-Q3')}\n"
    [claim] = book.positions["claims"]
    assert (claim["opening"], claim["total"], claim["balance"]) == ("260.00", "0.00", "260.00")
    assert rows(book.does("pay", "-q", "2018-Q4", "--format", "csv"))[0]["child_id"] == "child-cay"


def test_a_file_to_import_that_is_not_there_is_not_to_be_named_in_the_configuration(
    book: Book, tmp_path: Path
) -> None:
    command = ["claims", "import", str(tmp_path / "before.csv"), "--quarter", "2018-Q3"]
    said = book.refuses("claimed-missing", *command, by="A. Closer", exit_code=Exit.FINDINGS)
    assert "wlz.yaml" not in said


def test_into_a_book_that_is_begun_nothing_is_imported(book: Book, tmp_path: Path) -> None:
    command = ["claims", "import", str(tmp_path / "before.csv"), "--quarter", "2018-Q3"]
    imports(book, tmp_path)
    book.refuses("book-begun", *command, by="A. Closer")


# ---------------------------------------------------------------- nobody is named


def test_no_child_is_named_where_nobody_asks_line_by_line(changed: Book, tmp_path: Path) -> None:
    said = [
        changed.says(*command)
        for command in (
            ["claims"],
            ["claims", "list", "--format", "json"],
            ["claims", "list", "--format", "csv"],
            ["claims", "verify"],
            ["claims", "approve", "2018-Q3", "--by", "B. Director"],
            ["close", "-q", "2019-Q2", "--by", "A. Closer"],
            ["claims", "withdraw", "2019-Q2", "--by", "A. Closer"],
            ["bridge", "--from", "2018-Q3", "--to", "2019-Q2"],
            ["bridge", "--from", "2018-Q3", "--to", "2019-Q2", "--format", "csv"],
            ["bridge", "--from", "2018-Q3", "--to", "2019-Q2", "--format", "json"],
        )
    ]
    assert {each.code for each in said} == {Exit.FINE}
    assert "child-" not in "".join(each.out + each.err for each in said)


def test_a_refusal_names_no_more_than_it_must(changed: Book) -> None:
    changed.programme.changes(children=CHILDREN.replace("2018-08-01", ""))
    said = changed.says("close", "-q", "2019-Q2", by="A. Closer")
    assert (said.code, said.out) == (Exit.CLAIMS, "")
    assert said.err == text("""
        error book-reversals: More money would go back than is usual
          claims/alpha
          found £90.00 goes back, £90.00 is claimed; expected at most 5 in 100, or --accept-reversals 90.00
          mend: See `pay` for what would go back. If it is right, say so with --accept-reversals and the
                amount.
    """)
