"""What keeps a quarter from being closed by accident, just below, at and above its edge."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tests.meaning import Programme, table
from tests.meaning.results import findings
from tests.meaning.tables import compare
from tests.sound_folder import Said, wlz_calc
from wlz_calc import pipeline
from wlz_calc.cli import book as door
from wlz_calc.cli.ending import Exit
from wlz_calc.finding import Finding
from wlz_calc.period import Quarter

Q4 = "2018-11-01"
"""A day in the first quarter that is closed."""
Q1 = "2019-02-01"
"""A day in the one after it."""


def children(*consents: tuple[int, str], **more: str) -> str:
    """So many children who consented on each of some days; `more`: columns that all of them have."""
    days = [day for many, day in consents for _ in range(many)]
    rows = [(f"C{number:02d}", day, *more.values()) for number, day in enumerate(days)]
    return table(" | ".join(["child", "consent_on", *more]), rows)


def refused(found: Iterable[Finding], expected: str) -> None:
    """Nothing is sealed, because of these errors."""
    __tracebackhide__ = True
    compare("Errors", expected, findings(found))


def codes(found: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in found if finding.is_error]


# ---------------------------------------------------------------- money that goes back

PRICES = """
payments:
  sign_up:
    price: {{2016-09-01: 100.00, 2019-03-01: {}}}
    when: {{measure: consent, test: happened}}
"""
TWENTY = [
    pytest.param("100.01", True, id="a little less than a twentieth"),
    pytest.param("100.00", True, id="just a twentieth"),
    pytest.param("99.99", False, id="a little more than a twentieth"),
]


@pytest.mark.parametrize(("last", "closes"), TWENTY)
def test_a_twentieth_of_what_is_claimed_may_go_back_unsaid(last: str, closes: bool, tmp_path: Path) -> None:
    """100.00 goes back; nineteen children are claimed at 100.00, and one at the price of March."""
    programme = Programme(tmp_path, PRICES.format(last), children=children((1, Q4), (20, "")))
    programme.closes("2018-Q4")
    programme.changes(children=children((1, ""), (19, Q1), (1, "2019-03-01")))
    sealed, found = programme.close("2019-Q1")
    assert (bool(sealed), codes(found)) == ((True, []) if closes else (False, ["book-reversals"]))


def test_where_nothing_is_claimed_nothing_goes_back_unsaid(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=children((2, Q4)))
    programme.closes("2018-Q4")
    programme.changes(children=children((1, Q4), (1, "")))
    sealed, found = programme.close("2019-Q1")
    assert (sealed, codes(found)) == ([], ["book-reversals"])
    assert found[0].found == "£100.00 goes back, £0.00 is claimed"
    assert found[0].expected == "at most 5 in 100, or --accept-reversals 100.00"
    assert found[0].where.file == "claims/alpha"


@pytest.mark.parametrize(
    ("accepted", "closes"),
    [("100.00", True), ("100", True), ("100.01", False), ("99.99", False), ("0", False), ("-100", False)],
)
def test_just_the_amount_that_goes_back_is_accepted(accepted: str, closes: bool, tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=children((2, Q4)))
    programme.closes("2018-Q4")
    programme.changes(children=children((1, Q4), (1, "")))
    sealed, found = programme.close("2019-Q1", accept_reversals=Decimal(accepted))
    assert (bool(sealed), codes(found)) == ((True, []) if closes else (False, ["book-reversals"]))


@pytest.mark.parametrize("amount", ["NaN", "inf", "100.001", "a hundred", "1,000", ""])
def test_what_is_no_amount_of_money_is_wrong_usage(amount: str, tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=children((1, Q4)))
    programme.closes("2018-Q4")
    programme.changes(children=children((1, "")))
    assert close(programme, "--accept-reversals", amount).code == Exit.USAGE


def test_a_correction_that_takes_something_back_counts_as_going_back(tmp_path: Path) -> None:
    dated = "payments: {{sign_up: {{price: {}, when: {{measure: consent, test: happened}}}}}}"
    programme = Programme(tmp_path, dated.format("100.00"), children=children((2, Q4)))
    programme.closes("2018-Q4")
    programme.changes(dated.format("99.50"))
    _, found = programme.close("2019-Q1")
    assert [finding.found for finding in found] == ["£1.00 goes back, £0.00 is claimed"]


def test_before_anything_is_sealed_nothing_is_guarded(tmp_path: Path) -> None:
    sealed, found = Programme(tmp_path, children=children((1, Q4))).close("2018-Q4")
    assert (len(sealed), found) == (1, [])


# ---------------------------------------------------------------- rows that are gone


def sessions(rows: int, *, child: str = "C00") -> str:
    """So many sessions of a child, one a day."""
    first = dt.date(2018, 1, 1)
    return table("child | date | kind", [(child, first + dt.timedelta(n), "partner") for n in range(rows)])


@pytest.mark.parametrize(
    ("before", "after", "closes"),
    [
        *[(100, 101, True), (100, 100, True), (100, 91, True), (100, 90, False), (100, 89, False)],
        *[(25, 23, True), (25, 22, False), (1, 1, True), (1, 0, False), (0, 0, True)],
    ],
)
def test_with_a_tenth_of_its_rows_fewer_a_table_is_asked_for_again(
    before: int, after: int, closes: bool, tmp_path: Path
) -> None:
    register = children((1, Q4))
    programme = Programme(tmp_path, children=register, engagement=sessions(before))
    programme.closes("2018-Q4")
    programme.changes(engagement=sessions(after))
    sealed, found = programme.close("2019-Q1")
    assert (bool(sealed), codes(found)) == ((True, []) if closes else (False, ["book-fewer-rows"]))


def test_what_is_expected_of_a_table_says_how_many_rows_are_enough(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=children((1, Q4)), engagement=sessions(25))
    programme.closes("2018-Q4")
    programme.changes(engagement=sessions(22))
    _, [finding] = programme.close("2019-Q1")
    assert (finding.found, finding.expected) == (
        "engagement: 22 rows",
        "more than 22 of 25, or --accept-reversals 0.00",
    )
    assert programme.close("2019-Q1", accept_reversals=Decimal("0.01"))[0] == []
    assert programme.close("2019-Q1", accept_reversals=Decimal(0))[1] == []


def test_a_table_that_is_gone_has_lost_all_its_rows(tmp_path: Path) -> None:
    schools = "| school | name |\n| ark | Ark Primary |"
    programme = Programme(tmp_path, children=children((1, Q4)), schools=schools)
    programme.closes("2018-Q4")
    programme.changes(schools="")
    _, [finding] = programme.close("2019-Q1")
    assert (finding.code, finding.found) == ("book-fewer-rows", "schools: 0 rows")


def test_holds_that_have_done_their_work_may_go(tmp_path: Path) -> None:
    held = "| child | from | to |\n| C00 | 2018-01-01 | 2018-02-01 |"
    programme = Programme(tmp_path, children=children((1, Q4)), holds=held)
    programme.closes("2018-Q4")
    programme.changes(holds="")
    assert programme.close("2019-Q1")[1] == []


# ---------------------------------------------------------------- the register

CHILD = "| child | contract | school | authority | joined_on | consent_on |\n"
AS_IT_WAS = f"| Ada | alpha | ark | brent | 2017-01-10 | {Q4} |"
BESIDE = f"| Ben | alpha | ark | brent | 2017-01-10 | {Q4} |"
TWO_CONTRACTS = ("", "contract: beta")
CHANGED = {
    "gone": ("| Ben2 | alpha | ark | brent | 2017-01-10 | |", "", "no child Ada"),
    "school": (f"| Ada | alpha | oak | brent | 2017-01-10 | {Q4} |", "3", "Ada: oak"),
    "authority": (f"| Ada | alpha | ark | camden | 2017-01-10 | {Q4} |", "3", "Ada: camden"),
    "joined_on": (f"| Ada | alpha | ark | brent | 2017-01-11 | {Q4} |", "3", "Ada: 2017-01-11"),
    "contract": (f"| Ada | beta | ark | brent | 2017-01-10 | {Q4} |", "3", "Ada: beta"),
}
"""The row of Ada (the second of the register), where it is, and what is found."""


def registered(row: str) -> str:
    return f"{CHILD}{BESIDE}\n{row}"


@pytest.mark.parametrize(("after", "row", "found"), CHANGED.values(), ids=CHANGED)
def test_what_has_changed_of_a_child_who_was_claimed_for_is_refused_at_its_row(
    after: str, row: str, found: str, tmp_path: Path
) -> None:
    programme = Programme(tmp_path, *TWO_CONTRACTS, children=registered(AS_IT_WAS))
    programme.closes("2018-Q4")
    programme.changes(children=registered(after))
    expected = f"| code | file | row | found |\n| book-register | children | {row} | {found} |"
    claim, problems = pipeline.claim(programme.folder, Quarter.parse("2019-Q1"))
    assert claim is None
    refused(problems, expected)
    sealed, problems = programme.close("2019-Q1")
    assert sealed == []
    refused(problems, expected)


ACCEPTED: dict[str, dict[str, str | None]] = {
    "gone": {"what": "child", "before": "Ada", "after": None},
    "school": {"what": "school", "before": "ark", "after": "oak"},
    "authority": {"what": "authority", "before": "brent", "after": "camden"},
    "joined_on": {"what": "joined_on", "before": "2017-01-10", "after": "2017-01-11"},
    "contract": {"what": "contract", "before": "alpha", "after": "beta"},
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_is_accepted_is_named_in_the_claim(what: str, tmp_path: Path) -> None:
    programme = Programme(tmp_path, *TWO_CONTRACTS, children=registered(AS_IT_WAS))
    programme.closes("2018-Q4")
    programme.changes(children=registered(CHANGED[what][0]))
    gone = Decimal("100.00") if what in {"gone", "contract"} else None
    sealed, found = programme.close(
        "2019-Q1", contract="alpha", accept_register_changes=True, accept_reversals=gone
    )
    assert codes(found) == []
    [claim] = sealed
    assert claim.stated["accepted_register_changes"] == [{"child_id": "Ada", **ACCEPTED[what]}]


@pytest.mark.parametrize("unclaimed", ["", "2019-02-01"], ids=["never", "not yet"])
def test_of_a_child_for_whom_nothing_is_claimed_anything_may_change(unclaimed: str, tmp_path: Path) -> None:
    before = AS_IT_WAS.replace(Q4, unclaimed)
    programme = Programme(tmp_path, children=registered(before))
    programme.closes("2018-Q4")
    programme.changes(children=registered(before.replace("ark", "oak")))
    assert programme.close("2019-Q1")[1] == []


def test_of_a_child_for_whom_nothing_is_claimed_any_more_anything_may_change(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=registered(AS_IT_WAS))
    programme.closes("2018-Q4")
    programme.changes(children=registered(AS_IT_WAS.replace(Q4, "")))
    programme.closes("2019-Q1", lines="| child | kind |\n| Ada | reversal |")
    programme.changes(children=registered(AS_IT_WAS.replace(Q4, "").replace("ark", "oak")))
    assert programme.close("2019-Q2")[1] == []


def test_a_child_who_is_only_in_the_opening_balance_was_claimed_for(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=registered(AS_IT_WAS))
    programme.closes("2019-Q1", lines="| child |")
    programme.changes(children=registered(AS_IT_WAS.replace("ark", "oak")))
    assert codes(programme.close("2019-Q2")[1]) == ["book-register"]


# ---------------------------------------------------------------- rows that are set aside

SURVEY = """
payments:
  outcomes:
    baseline: {months: [-6, 3]}
    endpoint: {months: [9, 12]}
    outcomes: {confidence: {when: {measure: survey.confidence, test: improves, by: 10}}}
"""
ANSWERS = """
| child | completed_on | score |
| Ada   | 2017-01-10   | 40    |
| Ada   | 2017-12-11   | {}    |
"""


def test_a_child_with_a_wrong_row_in_the_register_keeps_what_was_claimed(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=registered(AS_IT_WAS))
    programme.closes("2018-Q4")
    programme.changes(children=registered(AS_IT_WAS.replace(Q4, "20x8-11-01")))
    assert codes(programme.close("2019-Q1")[1]) == ["cell-not-a-date"]
    [claim], found = programme.close("2019-Q1", set_aside=True)
    assert codes(found) == []
    assert claim.lines.is_empty()
    assert claim.stated["set_aside"] == 1


ROOM = {
    "limit": "limits: {contract: 100.00}",
    "commitment": "commissioners: {council: {name: The council, share: 1, commitment: 100.00}}",
}


@pytest.mark.parametrize("card", ROOM.values(), ids=ROOM)
def test_what_a_child_keeps_whose_row_is_set_aside_leaves_no_room_to_another(
    card: str, tmp_path: Path
) -> None:
    register = "| child | consent_on |\n| Ada | {} |\n| Ben | 2018-11-02 |"
    programme = Programme(tmp_path, card, children=register.format(Q4))
    programme.closes("2018-Q4", lines="| child | amount |\n| Ada | 100.00 |")
    programme.changes(children=register.format("20x8-11-01"))
    [claim], found = programme.close("2019-Q1", set_aside=True)
    assert codes(found) == []
    assert claim.lines.is_empty()


def test_the_decisions_that_are_sealed_say_of_that_room_what_the_lines_do(tmp_path: Path) -> None:
    register = "| child | consent_on |\n| Ada | {} |\n| Ben | 2018-11-02 |"
    programme = Programme(tmp_path, ROOM["limit"], children=register.format(Q4))
    programme.closes("2018-Q4", lines="| child | amount |\n| Ada | 100.00 |")
    programme.changes(children=register.format("20x8-11-01"))
    [claim], _ = programme.close("2019-Q1", set_aside=True)
    assert claim.decisions is not None
    decided = claim.decisions.select("child_id", "status", pl.col("cut").cast(pl.String)).collect()
    assert decided.rows() == [("Ben", "met", "100.00")]


def test_a_child_with_a_wrong_reading_keeps_what_the_reading_earned(tmp_path: Path) -> None:
    programme = Programme(tmp_path, SURVEY, survey=ANSWERS.format(52))
    programme.closes("2018-Q1", lines="| child | kind |\n| Ada | new |")
    programme.changes(survey=ANSWERS.format(520))
    sealed, found = programme.close("2018-Q2", set_aside=True)
    assert codes(found) == []
    assert [claim.lines.height for claim in sealed] == [0]


# ---------------------------------------------------------------- quarters and contracts


@pytest.fixture
def closed(tmp_path: Path) -> Programme:
    """A programme that is closed to the end of 2018."""
    programme = Programme(tmp_path, children=children((1, Q4)))
    programme.closes("2018-Q4")
    return programme


@pytest.mark.parametrize(
    ("quarter", "code"),
    [
        ("2018-Q3", "book-closed"),
        ("2018-Q4", "book-closed"),
        ("2019-Q1", None),
        ("2019-Q2", "book-gap"),
        ("2021-Q4", "book-gap"),
    ],
)
def test_quarters_close_in_order_and_once(quarter: str, code: str | None, closed: Programme) -> None:
    expected = [code] if code else []
    assert codes(pipeline.claim(closed.folder, Quarter.parse(quarter))[1]) == expected
    said = wlz_calc("pay", "--quarter", quarter, str(closed.folder))
    assert said.code == (Exit.CLAIMS if code else Exit.FINE)
    sealed, found = closed.close(quarter)
    assert (bool(sealed), codes(found)) == (not code, expected)


Today = Callable[[dt.date], None]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    """The day that the door reads from the clock."""

    def set_to(day: dt.date) -> None:
        class Clock(dt.date):
            @classmethod
            def today(cls) -> "Clock":
                return cls(day.year, day.month, day.day)

        monkeypatch.setattr(door, "date", Clock)

    return set_to


def close(programme: Programme, *options: str, quarter: str = "2019-Q1") -> Said:
    return wlz_calc("close", "--quarter", quarter, "--by", "A. Closer", str(programme.folder), *options)


@pytest.mark.parametrize(
    ("day", "over"), [("2019-03-30", False), ("2019-03-31", False), ("2019-04-01", True)]
)
def test_a_quarter_closes_when_it_is_over(day: str, over: bool, closed: Programme, today: Today) -> None:
    today(dt.date.fromisoformat(day))
    said = close(closed)
    assert said.code == (Exit.FINE if over else Exit.CLAIMS)
    assert ("book-open" in said.err) is not over
    assert len(closed.sealed("2019-Q1")) == over


def test_the_day_on_which_it_was_closed_is_in_the_claim(closed: Programme, today: Today) -> None:
    today(dt.date(2019, 4, 9))
    assert close(closed).code == Exit.FINE
    assert closed.sealed("2019-Q1")[0].stated["closed_on"] == "2019-04-09"


def test_a_contract_that_no_card_is_of_is_wrong_usage(closed: Programme) -> None:
    for command in ("close", "pay"):
        by = ["--by", "A. Closer"] if command == "close" else []
        said = wlz_calc(command, "--quarter", "2019-Q1", *by, "--contract", "gamma", str(closed.folder))
        assert (said.code, said.out) == (Exit.USAGE, "")
        assert "alpha" in said.err


def test_contracts_close_apart(tmp_path: Path) -> None:
    register = CHILD + AS_IT_WAS + "\n" + BESIDE.replace("alpha", "beta")
    programme = Programme(tmp_path, *TWO_CONTRACTS, children=register)
    assert [claim.contract for claim in programme.close("2018-Q4", contract="beta")[0]] == ["beta"]
    assert codes(programme.close("2018-Q4", contract="beta")[1]) == ["book-closed"]
    assert [claim.contract for claim in programme.close("2018-Q4")[0]] == ["alpha"]
    assert set(codes(programme.close("2018-Q4")[1])) == {"book-closed"}
    assert [claim.contract for claim in programme.close("2019-Q1")[0]] == ["alpha", "beta"]


def test_contracts_that_are_closed_to_different_quarters_are_told_apart(tmp_path: Path) -> None:
    register = CHILD + AS_IT_WAS + "\n" + BESIDE.replace("alpha", "beta")
    programme = Programme(tmp_path, *TWO_CONTRACTS, children=register)
    programme.close("2018-Q4", contract="alpha")
    programme.close("2019-Q1", contract="alpha")
    programme.close("2018-Q4", contract="beta")
    assert [claim.contract for claim in programme.close("2019-Q1")[0]] == ["beta"]


def test_each_contract_answers_for_what_goes_back_of_it(tmp_path: Path) -> None:
    register = CHILD + AS_IT_WAS + "\n" + BESIDE.replace("alpha", "beta")
    programme = Programme(tmp_path, *TWO_CONTRACTS, children=register)
    programme.close("2018-Q4")
    programme.changes(children=register.replace(AS_IT_WAS, AS_IT_WAS.replace(Q4, "")))
    sealed, found = programme.close("2019-Q1")
    assert (sealed, [finding.where.file for finding in found]) == ([], ["claims/alpha"])
    sealed, found = programme.close("2019-Q1", accept_reversals=Decimal(100))
    assert ([claim.contract for claim in sealed], found) == (["alpha", "beta"], [])


def test_files_that_change_between_the_readings_of_close_are_told(
    closed: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions = pipeline.decisions

    def later(*arguments: object, **options: object) -> object:
        closed.changes(children=children((1, Q4), (1, Q1)))
        return decisions(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "decisions", later)
    sealed, found = closed.close("2019-Q1")
    assert (sealed, codes(found)) == ([], ["book-inputs-changed"])
    assert closed.sealed("2019-Q1") == []
