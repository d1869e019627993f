"""What was really claimed by other means before, brought into an empty book: it is never paid twice."""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from tests.meaning import Programme, Table
from tests.meaning.results import findings, rows
from tests.meaning.tables import compare
from wlz_calc import bookkeeping, pipeline, sealing
from wlz_calc.claims.sealed import Sealed
from wlz_calc.finding import Finding
from wlz_calc.frames import CLAIMED_KEY
from wlz_calc.period import Quarter

CARD = """
commissioners:
  council: {name: The council, share: 0.75}
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
| child | school | consent_on |
| Ada   | ark    | 2018-05-01 |
| Ben   | oak    | 2018-08-01 |
| Cay   | ark    | 2018-11-01 |
| Dan   | oak    | 2019-02-01 |
"""
SESSIONS = """
| child | date       | kind        |
| Ada   | 2018-07-02 | partner     |
| Ben   | 2018-09-03 | link_worker |
| Ben   | 2018-10-04 | partner     |
| Cay   | 2019-01-10 | partner     |
| Ada   | 2019-04-11 | link_worker |
"""
BEFORE, LATER = "2018-Q3", ("2018-Q4", "2019-Q1", "2019-Q2")
DUE = """
| child | commissioner | payment  | number | outcome   | amount |
| Ada   | council      | sign_up  | 1      |           | 75.00  |
| Ada   | school:ark   | sign_up  | 1      |           | 25.00  |
| Ada   | council      | outcomes | 2      | supported | 45.00  |
| Ada   | school:ark   | outcomes | 2      | supported | 15.00  |
| Ben   | council      | sign_up  | 1      |           | 75.00  |
| Ben   | school:oak   | sign_up  | 1      |           | 25.00  |
| Ben   | council      | outcomes | 2      | mentored  | 45.00  |
| Ben   | school:oak   | outcomes | 2      | mentored  | 15.00  |
"""
"""All that is due up to September 2018."""
TOTALS = """
| child | commissioner | amount |
| Ada   | council      | 120.00 |
| Ada   | school:ark   | 40.00  |
| Ben   | council      | 120.00 |
| Ben   | school:oak   | 40.00  |
"""
"""The same by child and commissioner."""
GIVEN = {"lines": DUE, "totals": TOTALS}
NEW_IN_Q4 = """
| child | commissioner | what      | kind | amount |
| Ben   | council      | supported | new  | 45.00  |
| Ben   | school:oak   | supported | new  | 15.00  |
| Cay   | council      | sign_up   | new  | 75.00  |
| Cay   | school:ark   | sign_up   | new  | 25.00  |
"""
NOTHING = "| child |"


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    return Programme(tmp_path / "programme", CARD, children=CHILDREN, engagement=SESSIONS)


def brought_in(
    programme: Programme, given: str, quarter: str = BEFORE, *, contract: str | None = None
) -> tuple[Sealed | None, list[Finding]]:
    """A table imported as a csv file."""
    file = programme.folder.parent / "claimed before.csv"
    content = io.StringIO()
    headings, *cells = (Table.of(given).headings, *Table.of(given).cells)
    writer = csv.writer(content)
    writer.writerow("child_id" if name == "child" else name for name in headings)
    writer.writerows(cells)
    file.write_text(content.getvalue(), encoding="utf-8")
    return sealing.bring_in(
        programme.folder,
        file,
        Quarter.parse(quarter),
        by="A. Closer",
        on=dt.date(2019, 1, 7),
        contract=contract,
    )


def opens(programme: Programme, given: str, expected: str | None = None) -> None:
    """It is imported, and sealed as the opening lines expected: those given, if it is not said."""
    __tracebackhide__ = True
    sealed, found = brought_in(programme, given)
    assert sealed, f"it cannot be imported: {found}"
    compare("Opening", expected or given, rows(sealed.lines))
    assert set(sealed.lines.get_column("kind")) == {"opening"}


def refuses(programme: Programme, given: str, expected: str) -> None:
    """Nothing is imported, because of these errors."""
    __tracebackhide__ = True
    sealed, found = brought_in(programme, given)
    assert sealed is None
    compare("Errors", expected, findings(found))
    assert bookkeeping.book(programme.folder)[0] is not None
    assert programme.sealed(BEFORE) == []


# ---------------------------------------------------------------- never twice


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_after_the_import_of_what_was_due_only_what_is_new_is_claimed(
    given: str, programme: Programme
) -> None:
    opens(programme, given, DUE)
    programme.closes("2018-Q4", lines=NEW_IN_Q4, opening=NOTHING, causes=NOTHING)


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_an_import_says_all_that_was_due_of_each_line(given: str, programme: Programme) -> None:
    sealed, _ = brought_in(programme, given)
    assert sealed
    compare(
        "Opening",
        """
        | quarter | contract | card_version | child | school | what      | due_on     | corrects |
        | 2018-Q3 | alpha    | 1            | Ada   | ark    | sign_up   | 2018-05-01 |          |
        | 2018-Q3 | alpha    | 1            | Ada   | ark    | supported | 2018-07-02 |          |
        | 2018-Q3 | alpha    | 1            | Ben   | oak    | sign_up   | 2018-08-01 |          |
        | 2018-Q3 | alpha    | 1            | Ben   | oak    | mentored  | 2018-09-03 |          |
        """,
        rows(sealed.lines.filter(pl.col("commissioner").cast(pl.String) == "council")),
    )


def test_what_it_says_of_itself_is_that_it_was_brought_in(programme: Programme) -> None:
    sealed, _ = brought_in(programme, DUE)
    assert sealed
    said = {name: sealed.stated[name] for name in ("imported", "opening", "total", "previous", "closed_by")}
    assert said == {
        "imported": "claimed before.csv",
        "opening": "320.00",
        "total": "0.00",
        "previous": None,
        "closed_by": "A. Closer",
    }
    assert sealed.is_import
    assert (sealed.folder / "imported.csv").read_bytes().startswith(b"child_id,commissioner,payment")


def test_what_a_line_says_of_its_school_and_its_due_date_stands(programme: Programme) -> None:
    opens(
        programme,
        """
        | child | commissioner | payment | number | school | due_on     | amount |
        | Ada   | school:ark   | sign_up | 1      | elm    | 2018-05-02 | 25.00  |
        """,
    )


def with_amount(given: str, child: str, who: str, was: str, now: str) -> str:
    """The first line of a child and a commissioner with another amount."""
    lines = given.strip().splitlines()
    place = next(
        n for n, line in enumerate(lines) if {child, who, was} <= {c.strip() for c in line.split("|")}
    )
    lines[place] = lines[place].replace(was, now)
    return "\n".join(lines)


TOO_MUCH = with_amount(DUE, "Ada", "council", "75.00", "80.00")
TOO_LITTLE = with_amount(DUE, "Ada", "council", "75.00", "60.00")
FORGOTTEN = "\n".join(line for line in DUE.strip().splitlines() if "mentored" not in line)


@pytest.mark.parametrize(
    ("given", "kind", "amount"),
    [(TOO_MUCH, "correction", "-5.00"), (TOO_LITTLE, "correction", "15.00")],
    ids=["too much", "too little"],
)
def test_a_line_that_was_claimed_at_another_amount_is_corrected(
    given: str, kind: str, amount: str, programme: Programme
) -> None:
    opens(programme, given)
    programme.closes(
        "2018-Q4",
        lines=f"""
        {NEW_IN_Q4.strip()}
        | Ada | council | sign_up | {kind} | {amount} |
        """,
        causes="""
        | child | what    | cause           | changed | before | after | since   |
        | Ada   | sign_up | opening_differs |         |        |       | 2018-Q3 |
        """,
    )
    programme.closes("2019-Q1")
    programme.closes("2019-Q2")


def test_what_was_due_and_not_claimed_is_claimed(programme: Programme) -> None:
    opens(programme, FORGOTTEN)
    programme.claims(
        "2018-Q4",
        lines=f"""
        {NEW_IN_Q4.strip()}
        | Ben | council    | mentored | new | 45.00 |
        | Ben | school:oak | mentored | new | 15.00 |
        """,
        causes="| child | what | cause |\n| Ben | mentored | opening_differs |",
    )


# ---------------------------------------------------------------- totals


def test_a_total_is_taken_to_be_what_fell_due_first(programme: Programme) -> None:
    opens(
        programme,
        "| child | commissioner | amount |\n| Ada | council | 100.00 |",
        """
        | child | commissioner | payment  | number | outcome   | due_on     | amount |
        | Ada   | council      | sign_up  | 1      |           | 2018-05-01 | 75.00  |
        | Ada   | council      | outcomes | 2      | supported | 2018-07-02 | 25.00  |
        """,
    )


def test_what_a_total_has_over_goes_back_with_the_next_claim(programme: Programme) -> None:
    opens(
        programme,
        TOTALS.replace("120.00", "150.00", 1),
        f"""
        {DUE.strip()}
        | Ada | council | unallocated | 0 | | 30.00 |
        """,
    )
    programme.closes(
        "2018-Q4",
        lines=f"""
        {NEW_IN_Q4.strip()}
        | Ada | council | unallocated | reversal | -30.00 |
        """,
        causes="| child | what | cause |\n| Ada | unallocated | opening_differs |",
    )
    programme.closes("2019-Q1")
    programme.claims("2019-Q2", lines="| child | what |\n| Ada | mentored |\n| Ada | mentored |")


HELD_LINES = """
| child | commissioner | payment | number | amount |
| Ada   | council      | sign_up | 1      | 75.00  |
"""
HELD = {"lines": HELD_LINES, "totals": "| child | commissioner | amount |\n| Ada | council | 75.00 |"}


@pytest.mark.parametrize("given", HELD.values(), ids=HELD)
def test_what_was_claimed_for_an_award_that_is_on_hold_stays(given: str, programme: Programme) -> None:
    programme.changes(holds="| child | payment | from |\n| Ada | sign_up | 2018-09-01 |")
    opens(programme, given, "| child | what | amount |\n| Ada | sign_up | 75.00 |")
    claim = programme.claim("2018-Q4")
    assert claim.lines.filter(payment="sign_up", child_id="Ada").is_empty()


# ---------------------------------------------------------------- all claims together

BROUGHT = {
    "lines": DUE,
    "totals": TOTALS,
    "too much": TOO_MUCH,
    "too little": TOO_LITTLE,
    "a line forgotten": FORGOTTEN,
    "a total too high": TOTALS.replace("120.00", "500.00", 1),
    "a total too low": TOTALS.replace("40.00", "0.01"),
    "another school": DUE.replace("school:oak", "school:ark"),
    "what is not yet due": f"{DUE.strip()}\n| Dan | council | sign_up | 1 | | 75.00 |",
    "another number": DUE.replace("| outcomes | 2      | mentored ", "| outcomes | 3      | mentored "),
    "totals of a child of whom nothing is due": f"{TOTALS.strip()}\n| Dan | council | 12.34 |",
}


def due(programme: Programme, quarter: str, folder: Path) -> Mapping[tuple[object, ...], int]:
    """What is due at the end of a quarter by key, in pence: from a folder without a book."""
    without = Programme(folder, *programme.cards, children=CHILDREN)
    without.changes(**programme.extracts)
    return sums(without.claim(quarter, from_start=True).lines)


def sums(lines: pl.DataFrame) -> Mapping[tuple[object, ...], int]:
    """Amounts by key, those that are not nought."""
    texts = lines.with_columns(pl.col(pl.Categorical).cast(pl.String))
    added = texts.group_by(CLAIMED_KEY).agg(pl.col("amount").sum()).filter(pl.col("amount") != 0)
    return {tuple(key): amount for *key, amount in added.iter_rows()}


@pytest.mark.parametrize("given", BROUGHT.values(), ids=BROUGHT)
def test_the_opening_and_all_later_claims_together_are_what_is_due(
    given: str, programme: Programme, tmp_path: Path
) -> None:
    sealed, found = brought_in(programme, given)
    assert sealed, found
    for quarter in LATER:
        programme.closes(quarter)
        book, _ = bookkeeping.book(programme.folder)
        assert book
        assert sums(book.held) == due(programme, quarter, tmp_path / quarter)
        assert all(amount > 0 for amount in sums(book.held).values())


# ---------------------------------------------------------------- what cannot be imported

HEAD = "| child | commissioner | payment | number | outcome | amount |\n"
WRONG = {
    "child": ("| Zed | council | sign_up | 1 | | 75.00 |", "book-unknown-child", "Zed"),
    "commissioner": ("| Ada | donor | sign_up | 1 | | 75.00 |", "book-unknown-award", "donor"),
    "school": ("| Ada | school:elm | sign_up | 1 | | 75.00 |", "book-unknown-award", "school:elm"),
    "payment": ("| Ada | council | signing | 1 | | 75.00 |", "book-unknown-award", "signing 1"),
    "number": ("| Ada | council | sign_up | 2 | | 75.00 |", "book-unknown-award", "sign_up 2"),
    "outcome": (
        "| Ada | council | outcomes | 2 | reading | 75.00 |",
        "book-unknown-award",
        "outcomes reading 2",
    ),
    "nothing": ("| Ada | council | sign_up | 1 | | 0.00 |", "claimed-nothing", "0.00"),
    "less than nothing": ("| Ada | council | sign_up | 1 | | -5.00 |", "claimed-nothing", "-5.00"),
}


@pytest.mark.parametrize(("line", "code", "found"), WRONG.values(), ids=WRONG)
def test_what_nobody_knows_is_refused_at_its_row(
    line: str, code: str, found: str, programme: Programme
) -> None:
    refuses(
        programme,
        f"{HEAD}| Ben | council | sign_up | 1 | | 75.00 |\n{line}",
        f"| code | file | row | found |\n| {code} | claimed before | 3 | {found} |",
    )


def test_a_line_that_comes_twice_is_refused(programme: Programme) -> None:
    twice = "| Ada | council | sign_up | 1 | | 75.00 |"
    refuses(programme, f"{HEAD}{twice}\n{twice}", "| code | row |\n| claimed-twice | 3 |")


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_into_a_book_that_is_begun_nothing_is_imported(given: str, programme: Programme) -> None:
    programme.closes("2018-Q3")
    for quarter in ("2018-Q2", "2018-Q3", "2018-Q4"):
        sealed, [finding] = brought_in(programme, given, quarter)
        assert (sealed, finding.code) == (None, "book-begun")


def test_an_import_is_not_followed_by_another(programme: Programme) -> None:
    opens(programme, DUE)
    sealed, [finding] = brought_in(programme, DUE, "2018-Q4")
    assert (sealed, finding.code) == (None, "book-begun")


def test_the_next_claim_is_of_the_quarter_after_the_import(programme: Programme) -> None:
    opens(programme, DUE)
    for quarter, code in (("2018-Q3", "book-closed"), ("2019-Q1", "book-gap")):
        claim, [finding] = pipeline.claim(programme.folder, Quarter.parse(quarter))
        assert (claim, finding.code) == (None, code)


# ---------------------------------------------------------------- several contracts

OF_TWO = "| child | contract | consent_on |\n| Ada | alpha | 2018-05-01 |\n| Ben | beta | 2018-06-01 |"


@pytest.fixture
def two(tmp_path: Path) -> Programme:
    """A programme of two contracts, with a child each."""
    return Programme(tmp_path / "programme", "", "contract: beta", children=OF_TWO)


def test_of_several_contracts_one_is_named(two: Programme) -> None:
    line = "| child | commissioner | amount |\n| Ada | council | 100.00 |"
    sealed, [finding] = brought_in(two, line)
    assert (sealed, finding.code, finding.expected) == (
        None,
        "contract-unclear",
        "--contract with one of alpha, beta",
    )
    sealed, found = brought_in(two, line, contract="alpha")
    assert (sealed is not None, found) == (True, [])
    assert [claim.contract for claim in two.sealed(BEFORE)] == ["alpha"]


def test_a_child_of_another_contract_is_refused(two: Programme) -> None:
    sealed, found = brought_in(
        two, "| child | commissioner | amount |\n| Ben | council | 100.00 |", contract="alpha"
    )
    assert (sealed, [finding.code for finding in found]) == (None, ["book-unknown-child"])


def test_a_row_that_names_another_contract_is_not_brought_into_this_one(two: Programme) -> None:
    given = """
    | contract | child | commissioner | amount |
    | alpha    | Ada   | council      | 100.00 |
    | beta     | Ada   | council      | 55.00  |
    """
    sealed, found = brought_in(two, given, contract="alpha")
    assert (sealed, [(finding.where.row, finding.where.column) for finding in found]) == (
        None,
        [(3, "contract")],
    )


def test_an_import_seals_the_children_of_its_own_contract_alone(two: Programme) -> None:
    sealed, _ = brought_in(
        two, "| child | commissioner | amount |\n| Ada | council | 100.00 |", contract="alpha"
    )
    assert sealed
    assert sealed.register is not None
    assert sealed.register.get_column("child_id").to_list() == ["Ada"]


def test_beside_a_contract_that_was_imported_each_line_of_another_is_claimed_once(two: Programme) -> None:
    brought_in(two, "| child | commissioner | amount |\n| Ada | council | 100.00 |", contract="alpha")
    two.close(BEFORE, contract="beta")
    two.changes(children=OF_TWO.replace("2018-06-01", ""))
    two.claims("2018-Q4", lines="| child | kind | amount |\n| Ben | reversal | -100.00 |")


# ---------------------------------------------------------------- taken back


def test_an_import_that_was_withdrawn_can_be_made_again(programme: Programme) -> None:
    opens(programme, TOO_MUCH)
    [first] = programme.sealed(BEFORE)
    taken, found = sealing.withdraw(
        programme.folder, Quarter.parse(BEFORE), by="A. Closer", on=dt.date(2019, 1, 8)
    )
    assert ([claim.digest for claim in taken], found) == ([first.digest], [])
    opens(programme, DUE)
    [again] = programme.sealed(BEFORE)
    assert again.stated["withdrawn"] == [first.digest]
    programme.closes("2018-Q4", lines=NEW_IN_Q4, causes=NOTHING)
    assert bookkeeping.verify(programme.folder, [])[1] == []
