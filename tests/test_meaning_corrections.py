"""Claims after sealed quarters: what is new, corrected or reversed, since when, and why.

Children joined on 10 January 2017 and are in year 5, unless a case says otherwise.
"""

from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from tests.meaning import Programme, table
from wlz_calc import calculation
from wlz_calc.decision import Status
from wlz_calc.frames import STATUS
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.rules.decisions import decide
from wlz_calc.rules.known import Known

CONSENTED = "| child | consent_on |\n| Ada | 2018-11-01 |"
NOT_CONSENTED = "| child | consent_on |\n| Ada | |"
NOTHING = "| child |"
CLAIMED = """
| child | kind | amount | corrects | reason   |
| Ada   | new  | 100.00 |          | happened |
"""
OUTCOME = """
payments:
  outcomes:
    baseline: {months: [-6, 3]}
    endpoint: {months: [9, 12]}
    outcomes:
"""
"""Its endpoint window ends on 9 January 2018."""


# ---------------------------------------------------------------- nothing changed, nothing new


def test_when_nothing_has_changed_there_is_no_line(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=CONSENTED)
    programme.closes("2018-Q4", lines=CLAIMED)
    programme.closes("2019-Q1", lines=NOTHING, opening=NOTHING, causes=NOTHING)
    programme.closes("2019-Q2", lines=NOTHING, opening=NOTHING, causes=NOTHING)


def test_what_is_new_and_fell_due_in_the_quarter_keeps_the_reason_of_its_decision(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children="| child | consent_on |\n| Ada | 2018-11-01 |\n| Ben | |")
    programme.closes("2018-Q4", lines=CLAIMED)
    programme.changes(children="| child | consent_on |\n| Ada | 2018-11-01 |\n| Ben | 2019-01-01 |")
    programme.claims(
        "2019-Q1",
        lines="| child | kind | due_on | reason |\n| Ben | new | 2019-01-01 | happened |",
        causes=NOTHING,
    )


# ---------------------------------------------------------------- readings that are corrected

WELLBEING = OUTCOME + "      wellbeing: {when: {measure: sdq.emotional, test: improves, by: 1}}"
READING = OUTCOME + "      reading: {when: {measure: attainment.reading, test: progresses, by: 1}}"
CONFIDENCE = OUTCOME + "      confidence: {when: {measure: survey.confidence, test: improves, by: 10}}"
ATTENDANCE = """
payments:
  outcomes:
    baseline: {academic_year: 0}
    endpoint: {academic_year: 1}
    outcomes: {attendance: {when: {measure: attendance_rate, test: improves, by: 0.02}}}
"""


class Corrected(NamedTuple):
    """A reading that is put right after the quarter `sealed` was closed, and what is said of it then."""

    card: str
    extract: str
    sent: str
    row: str
    corrected: str
    sealed: str
    due_on: str
    measure: str
    before: str
    after: str


CORRECTED = {
    "sdq": Corrected(
        WELLBEING,
        "sdq",
        "| child | completed_on | emotional |\n| Ada | 2017-01-10 | 6 |\n",
        "| Ada | 2017-12-11 | 5 |",
        "| Ada | 2017-12-11 | 7 |",
        *("2018-Q1", "2018-01-09", "sdq.emotional"),
        "baseline 6 on 2017-01-10, endpoint 5 on 2017-12-11",
        "baseline 6 on 2017-01-10, endpoint 7 on 2017-12-11",
    ),
    "attainment": Corrected(
        READING,
        "attainment",
        "| child | subject | assessed_on | score |\n| Ada | reading | 2017-12-05 | 99.5 |\n",
        "| Ada | reading | 2017-01-05 | 95 |",
        "| Ada | reading | 2017-01-06 | 99 |",
        *("2018-Q1", "2018-01-09", "attainment.reading"),
        "baseline 95 on 2017-01-05, endpoint 99.5 on 2017-12-05",
        "baseline 99 on 2017-01-06, endpoint 99.5 on 2017-12-05",
    ),
    "survey": Corrected(
        CONFIDENCE,
        "survey",
        "| child | completed_on | score |\n| Ada | 2017-01-10 | 40 |\n",
        "| Ada | 2017-12-11 | 52.5 |",
        "| Ada | 2018-01-10 | 52.5 |",
        *("2018-Q1", "2018-01-09", "survey.confidence"),
        "baseline 40 on 2017-01-10, endpoint 52.5 on 2017-12-11",
        "baseline 40 on 2017-01-10, no endpoint",
    ),
    "attendance": Corrected(
        ATTENDANCE,
        "attendance",
        """
        | child | period_start | period_end | sessions_possible | sessions_attended |
        | Ada   | 2015-09-01   | 2016-07-20 | 200               | 180               |
        """,
        "| Ada | 2016-09-01 | 2017-07-20 | 380 | 361 |",
        "| Ada | 2016-09-01 | 2017-07-20 | 380 | 342 |",
        *("2017-Q3", "2017-08-31", "attendance_rate"),
        "baseline 180/200, endpoint 361/380",
        "baseline 180/200, endpoint 342/380",
    ),
}


@pytest.mark.parametrize("case", CORRECTED.values(), ids=CORRECTED)
def test_a_corrected_reading_gives_back_what_it_earned_and_is_named_with_both_figures(
    case: Corrected, tmp_path: Path
) -> None:
    programme = Programme(tmp_path, case.card, children="| child |\n| Ada |")
    programme.changes(**{case.extract: case.sent + case.row})
    programme.closes(
        case.sealed, lines=f"| child | kind | amount | due_on |\n| Ada | new | 100.00 | {case.due_on} |"
    )
    programme.changes(**{case.extract: case.sent + case.corrected})
    programme.claims(
        str(Quarter.parse(case.sealed).next),
        lines=f"""
        | child | kind     | amount  | due_on        | corrects      | reason          |
        | Ada   | reversal | -100.00 | {case.due_on} | {case.sealed} | reading_changed |
        """,
        causes=f"""
        | child | number | cause           | changed        | before        | after        | since         |
        | Ada   | 1      | reading_changed | {case.measure} | {case.before} | {case.after} | {case.sealed} |
        """,
    )


def test_a_reading_that_arrives_late_is_claimed_as_new_and_said_to_have_changed(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path, CONFIDENCE, survey="| child | completed_on | score |\n| Ada | 2017-01-10 | 40 |"
    )
    programme.closes("2018-Q1", lines=NOTHING)
    programme.changes(
        survey="""
        | child | completed_on | score |
        | Ada   | 2017-01-10   | 40    |
        | Ada   | 2017-12-11   | 52    |
        """
    )
    programme.claims(
        "2018-Q2",
        lines="""
        | child | kind | due_on     | corrects | reason          |
        | Ada   | new  | 2018-01-09 |          | reading_changed |
        """,
        causes=table(
            "child | changed | before | after | since",
            [
                (
                    *("Ada", "survey.confidence", "baseline 40 on 2017-01-10, no endpoint"),
                    *("baseline 40 on 2017-01-10, endpoint 52 on 2017-12-11", "2018-Q1"),
                )
            ],
        ),
    )


# ---------------------------------------------------------------- sessions

SESSIONS = """
payments:
  sessions:
    window: {months: [0, 24]}
    when: {measure: partner_sessions, test: reaches, at_least: 2}
"""


def sessions(*rows: str) -> str:
    """Sessions at the club, whoever else was there."""
    return "\n".join(["| child | date | kind | session | status | submitted_at |", *rows])


FIRST = "| Ada | 2018-10-05 | partner | A | attended | 2018-10-06 |"
SECOND = "| Ada | 2018-10-12 | partner | A | attended | 2018-10-13 |"
SENT_AGAIN = "| Ada | 2018-10-12 | partner | A | absent | 2019-02-01 |"


def test_a_session_that_is_submitted_again_is_named_with_the_count(tmp_path: Path) -> None:
    programme = Programme(tmp_path, SESSIONS, engagement=sessions(FIRST, SECOND))
    programme.closes(
        "2018-Q4", lines="| child | kind | due_on | reason |\n| Ada | new | 2018-10-12 | reached |"
    )
    programme.changes(engagement=sessions(FIRST, SECOND, SENT_AGAIN))
    programme.claims(
        "2019-Q1",
        lines="""
        | child | kind     | due_on     | amount  | corrects | reason          |
        | Ada   | reversal | 2018-10-12 | -100.00 | 2018-Q4  | session_changed |
        """,
        causes="""
        | child | cause           | changed          | before | after | since   |
        | Ada   | session_changed | partner_sessions | 2      | 1     | 2018-Q4 |
        """,
    )


def test_a_session_on_another_day_at_another_price_is_named_though_the_count_is_the_same(
    tmp_path: Path,
) -> None:
    card = """
    payments:
      sessions:
        price: {2016-09-01: 100.00, 2018-11-01: 120.00}
        window: {months: [0, 24]}
        when: {measure: partner_sessions, test: reaches, at_least: 1}
    """
    programme = Programme(tmp_path, card, engagement=sessions(FIRST))
    programme.closes("2018-Q4", lines="| due_on | amount |\n| 2018-10-05 | 100.00 |")
    programme.changes(engagement=sessions(FIRST.replace("2018-10-05", "2018-11-05")))
    programme.claims(
        "2019-Q1",
        lines="""
        | kind       | due_on     | amount | reason          |
        | correction | 2018-11-05 | 20.00  | session_changed |
        """,
    )


def test_of_several_tests_the_first_whose_figures_have_changed_is_named(tmp_path: Path) -> None:
    card = """
    payments:
      engagement:
        window: {months: [0, 24]}
        when:
          all:
            - {measure: partner_engaged_rate, test: reaches, at_least: 0.50}
            - {measure: partner_attendance_rate, test: reaches, at_least: 0.75}
    """
    sent = """
    | child | date       | kind    | session | status   | engaged | submitted_at |
    | Ada   | 2018-10-05 | partner | A       | attended | true    | 2018-10-06   |
    | Ada   | 2018-10-12 | partner | A       | attended |         | 2018-10-13   |
    """
    programme = Programme(tmp_path, card, engagement=sent)
    programme.closes("2019-Q1", lines="| child | kind |\n| Ada | new |")
    programme.changes(engagement=sent + "| Ada | 2018-10-12 | partner | A | absent | | 2019-02-01 |")
    programme.claims(
        "2019-Q2",
        lines="| child | kind | reason |\n| Ada | reversal | session_changed |",
        causes="""
        | child | changed                 | before | after | since   |
        | Ada   | partner_attendance_rate | 2/2    | 1/2   | 2019-Q1 |
        """,
    )


# ---------------------------------------------------------------- the register

REGISTER = [
    pytest.param(
        *(CONSENTED, NOT_CONSENTED),
        "| Ada | reversal | -100.00 | 2018-Q4 |",
        "| Ada | consent_on | 2018-11-01 | |",
        id="consent taken back",
    ),
    pytest.param(
        *(NOT_CONSENTED, CONSENTED),
        "| Ada | new | 100.00 | |",
        "| Ada | consent_on | | 2018-11-01 |",
        id="consent entered late",
    ),
    pytest.param(
        "| child | consent_on | joined_on |\n| Ada | 2018-11-01 | 2018-10-01 |",
        "| child | consent_on | joined_on |\n| Ada | 2018-11-01 | 2019-02-01 |",
        "| Ada | correction | 20.00 | 2018-Q4 |",
        "| Ada | joined_on | 2018-10-01 | 2019-02-01 |",
        id="joined later",
    ),
    pytest.param(
        *(CONSENTED, "| child | consent_on |\n| Ben | |"),
        "| Ada | reversal | -100.00 | 2018-Q4 |",
        "| Ada | child | Ada | |",
        id="child gone",
    ),
    pytest.param(
        "| child | consent_on |\n| Ben | |",
        "| child | consent_on |\n| Ben | |\n| Ada | 2018-11-01 |",
        "| Ada | new | 100.00 | |",
        "| Ada | child | | Ada |",
        id="child added late",
    ),
]


@pytest.mark.parametrize(("before", "after", "line", "cause"), REGISTER)
def test_a_value_of_the_register_that_has_changed_is_named_as_it_was_and_as_it_is(
    before: str, after: str, line: str, cause: str, tmp_path: Path
) -> None:
    card = """
    payments:
      sign_up:
        price: {2016-09-01: 100.00, 2019-01-01: 120.00}
        when: {measure: consent, test: happened}
    """
    programme = Programme(tmp_path, card, children=before)
    programme.closes("2018-Q4")
    programme.changes(children=after)
    programme.claims(
        "2019-Q1",
        lines=f"| child | kind | amount | corrects |\n{line}",
        causes=f"| child | changed | before | after |\n{cause}",
    )
    claim = programme.claim("2019-Q1")
    assert claim.lines.get_column("reason").to_list() == ["register_changed"]
    assert claim.causes.select("cause", "since").rows() == [("register_changed", "2018-Q4")]


def test_a_value_that_was_not_there_before_is_empty_whatever_else_has_changed_with_it(tmp_path: Path) -> None:
    children = "| child | left_on |\n| Ada | {} |"
    programme = Programme(
        tmp_path, SESSIONS, children=children.format(""), engagement=sessions(FIRST, SECOND)
    )
    programme.closes("2018-Q4", lines="| child | kind |\n| Ada | new |")
    programme.changes(children=children.format("2018-10-08"))
    programme.claims(
        "2019-Q1",
        lines="| child | kind | reason |\n| Ada | reversal | register_changed |",
        causes="""
        | child | changed | before | after      |
        | Ada   | left_on |        | 2018-10-08 |
        """,
    )


def test_a_consent_that_is_dated_otherwise_at_the_same_price_makes_no_line(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=CONSENTED)
    programme.closes("2018-Q4", lines=CLAIMED)
    programme.changes(children="| child | consent_on |\n| Ada | 2018-10-15 |")
    programme.claims("2019-Q1", lines=NOTHING, causes=NOTHING)


def test_a_child_who_changes_school_is_given_back_by_the_one_and_charged_to_the_other(tmp_path: Path) -> None:
    card = """
    commissioners:
      council: {name: The council, share: 0.75}
      school:  {name: The school, share: 0.25, each: school}
    """
    register = "| child | school | consent_on |\n| Ada | {} | 2018-11-01 |"
    programme = Programme(tmp_path, card, children=register.format("ark"))
    programme.closes(
        "2018-Q4", lines="| commissioner | amount |\n| council | 75.00 |\n| school:ark | 25.00 |"
    )
    programme.changes(children=register.format("oak"))
    programme.closes(
        "2019-Q1",
        lines="""
        | commissioner | school | kind       | amount | corrects | reason           |
        | school:ark   | ark    | correction | -25.00 | 2018-Q4  | register_changed |
        | school:oak   | oak    | new        | 25.00  |          | register_changed |
        """,
        causes="""
        | child | what    | number | cause            | changed | before | after | since   |
        | Ada   | sign_up | 1      | register_changed | school  | ark    | oak   | 2018-Q4 |
        """,
    )
    programme.closes("2019-Q2", lines=NOTHING)
    programme.changes(children=register.format("ark"))
    programme.claims(
        "2019-Q3",
        lines="""
        | commissioner | kind       | amount | corrects |
        | school:ark   | new        | 25.00  |          |
        | school:oak   | correction | -25.00 | 2019-Q1  |
        """,
    )


# ---------------------------------------------------------------- holds

HOLD = "| child | from | to |\n| Ada | 2018-12-01 | {} |"


def test_a_hold_that_ends_lets_go_what_was_due(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=CONSENTED, holds=HOLD.format("2019-01-31"))
    programme.closes("2018-Q4", lines=NOTHING, held="| child | what |\n| Ada | sign_up |")
    programme.claims(
        "2019-Q1",
        lines="""
        | child | kind | due_on     | amount | corrects | reason     |
        | Ada   | new  | 2018-11-01 | 100.00 |          | hold_ended |
        """,
        causes="""
        | child | cause      | changed | before | after | since   |
        | Ada   | hold_ended |         |        |       | 2018-Q4 |
        """,
    )


def test_a_hold_keeps_what_was_claimed_and_adds_and_takes_nothing_until_it_ends(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=CONSENTED)
    programme.closes("2018-Q4", lines=CLAIMED)
    dearer = "payments: {sign_up: {price: 120.00, when: {measure: consent, test: happened}}}"
    programme.changes(dearer, holds=HOLD.format("2019-05-31"))
    programme.closes("2019-Q1", lines=NOTHING, held="| child | price |\n| Ada | 120.00 |")
    programme.closes(
        "2019-Q2",
        lines="""
        | child | kind       | amount | corrects | reason     |
        | Ada   | correction | 20.00  | 2018-Q4  | hold_ended |
        """,
    )
    programme.closes("2019-Q3", lines=NOTHING, held=NOTHING)


# ---------------------------------------------------------------- cards


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_card_with_another_price_is_a_correction_whether_it_was_edited_or_has_a_new_version(
    version: str, tmp_path: Path
) -> None:
    programme = Programme(tmp_path, children=CONSENTED)
    programme.closes("2018-Q4", lines=CLAIMED)
    terms = "payments: {sign_up: {price: 80.00, when: {measure: consent, test: happened}}}"
    programme.changes(f"version: {version}\n{terms}")
    programme.closes(
        "2019-Q1",
        lines=f"""
        | child | card_version | kind       | amount | corrects | reason       |
        | Ada   | {version}    | correction | -20.00 | 2018-Q4  | card_changed |
        """,
        causes="""
        | child | what    | cause        | changed | before | after | since   |
        | Ada   | sign_up | card_changed |         |        |       | 2018-Q4 |
        """,
    )
    programme.closes("2019-Q2", lines=NOTHING)


def test_a_card_that_asks_for_more_gives_back_what_does_not_reach_it(tmp_path: Path) -> None:
    programme = Programme(tmp_path, SESSIONS, engagement=sessions(FIRST, SECOND))
    programme.closes("2018-Q4", lines="| child | kind |\n| Ada | new |")
    programme.changes(SESSIONS.replace("at_least: 2", "at_least: 3"))
    programme.claims(
        "2019-Q1",
        lines="| child | card_version | kind | reason |\n| Ada | 1 | reversal | card_changed |",
    )


def test_a_payment_that_is_no_longer_on_the_card_goes_back_because_of_the_card(tmp_path: Path) -> None:
    consent = "{when: {measure: consent, test: happened}}"
    programme = Programme(
        tmp_path, f"payments: {{sign_up: {consent}, welcome: {consent}}}", children=CONSENTED
    )
    programme.closes("2018-Q4", lines="| what | kind |\n| sign_up | new |\n| welcome | new |")
    programme.changes(f"version: 2\npayments: {{sign_up: {consent}}}")
    programme.claims(
        "2019-Q1",
        lines="| what | kind | amount | reason |\n| welcome | reversal | -100.00 | card_changed |",
    )


def test_another_split_moves_money_between_commissioners(tmp_path: Path) -> None:
    card = """
    commissioners:
      council: {{name: The council, share: {}}}
      donor:   {{name: A donor, share: {}}}
    """
    programme = Programme(tmp_path, card.format("0.50", "0.50"), children=CONSENTED)
    programme.closes("2018-Q4", lines="| commissioner | amount |\n| council | 50.00 |\n| donor | 50.00 |")
    programme.changes(card.format("0.60", "0.40"))
    programme.claims(
        "2019-Q1",
        lines="""
        | commissioner | kind       | amount | reason       |
        | council      | correction | 10.00  | card_changed |
        | donor        | correction | -10.00 | card_changed |
        """,
    )


# ---------------------------------------------------------------- what follows from other awards

TWO = "| child | consent_on |\n| Ada | {} |\n| Ben | 2018-11-02 |"
LIMITED = {
    "limit": "limits: {contract: 150.00}",
    "commitment": "commissioners: {council: {name: The council, share: 1, commitment: 150.00}}",
}


@pytest.mark.parametrize("card", LIMITED.values(), ids=LIMITED)
def test_what_goes_back_of_one_child_leaves_room_for_what_was_cut_of_another(
    card: str, tmp_path: Path
) -> None:
    programme = Programme(tmp_path, card, children=TWO.format("2018-11-01"))
    programme.closes("2018-Q4", lines="| child | amount |\n| Ada | 100.00 |\n| Ben | 50.00 |")
    programme.changes(children=TWO.format(""))
    programme.claims(
        "2019-Q1",
        lines="""
        | child | kind       | amount  | corrects | reason           |
        | Ada   | reversal   | -100.00 | 2018-Q4  | register_changed |
        | Ben   | correction | 50.00   | 2018-Q4  | limit_changed    |
        """,
        causes="""
        | child | cause            | changed    | before     | after |
        | Ada   | register_changed | consent_on | 2018-11-01 |       |
        | Ben   | limit_changed    |            |            |       |
        """,
    )


def test_what_was_cut_to_nothing_is_new_when_there_is_room(tmp_path: Path) -> None:
    programme = Programme(tmp_path, "limits: {contract: 100.00}", children=TWO.format("2018-11-01"))
    programme.closes("2018-Q4", lines="| child | amount |\n| Ada | 100.00 |")
    programme.changes(children=TWO.format(""))
    programme.claims(
        "2019-Q1",
        lines="""
        | child | kind     | due_on     | amount  | reason           |
        | Ada   | reversal | 2018-11-01 | -100.00 | register_changed |
        | Ben   | new      | 2018-11-02 | 100.00  | limit_changed    |
        """,
    )


SIGN_UP_AND_SESSIONS = """
payments:
  sign_up: {{price: {}, when: {{measure: consent, test: happened}}}}
  sessions:
    price: 50.00
    window: {{months: [0, 24]}}
    when: {{measure: partner_sessions, test: reaches, at_least: 1}}
"""


@pytest.mark.parametrize("card", LIMITED.values(), ids=LIMITED)
def test_what_is_dearer_takes_the_room_of_what_was_claimed_after_it(card: str, tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        f"{card}\n{SIGN_UP_AND_SESSIONS.format('100.00')}",
        children=CONSENTED,
        engagement="| child | date | kind |\n| Ada | 2018-12-01 | partner |",
    )
    programme.closes("2018-Q4", lines="| what | amount |\n| sign_up | 100.00 |\n| sessions | 50.00 |")
    programme.changes(f"{card}\n{SIGN_UP_AND_SESSIONS.format('120.00')}")
    programme.claims(
        "2019-Q1",
        lines="""
        | what     | kind       | amount | reason        |
        | sign_up  | correction | 20.00  | card_changed  |
        | sessions | correction | -20.00 | limit_changed |
        """,
    )


def test_what_is_behind_a_gate_that_is_no_longer_met_goes_back_with_it(tmp_path: Path) -> None:
    card = """
    payments:
      first:
        window: {months: [0, 24]}
        when: {measure: partner_sessions, test: reaches, at_least: 2}
      second:
        requires: {all: [first]}
        when: {measure: consent, test: happened}
    """
    programme = Programme(tmp_path, card, children=CONSENTED, engagement=sessions(FIRST, SECOND))
    programme.closes("2018-Q4", lines="| what | kind |\n| first | new |\n| second | new |")
    programme.changes(engagement=sessions(FIRST, SECOND, SENT_AGAIN))
    programme.claims(
        "2019-Q1",
        lines="""
        | what   | kind     | due_on     | reason          |
        | first  | reversal | 2018-10-12 | session_changed |
        | second | reversal | 2018-11-01 | gate_changed    |
        """,
        causes="""
        | what   | cause           | changed          | before | after | since   |
        | first  | session_changed | partner_sessions | 2      | 1     | 2018-Q4 |
        | second | gate_changed    |                  |        |       | 2018-Q4 |
        """,
    )


NUMBERS = """
payments:
  sign_up: {when: {measure: consent, test: happened}}
  outcomes:
    numbers: [2]
    window: {months: [0, 24]}
    outcomes:
      mentored:  {price: 60.00, when: {measure: link_worker_sessions, test: reaches, at_least: 1}}
      supported: {price: 100.00, when: {measure: partner_sessions, test: reaches, at_least: 1}}
"""
MENTORED = "| Ada | 2018-12-03 | link_worker | A | attended | 2018-12-04 |"


def test_an_outcome_takes_the_number_that_another_had_as_a_correction_of_its_line(tmp_path: Path) -> None:
    programme = Programme(tmp_path, NUMBERS, engagement=sessions(FIRST, MENTORED))
    programme.closes(
        "2018-Q4",
        lines="| what | number | due_on | amount |\n| supported | 2 | 2018-10-05 | 100.00 |",
    )
    programme.changes(engagement=sessions(FIRST.replace("attended", "absent"), MENTORED))
    programme.claims(
        "2019-Q1",
        lines="""
        | what     | number | due_on     | kind       | amount | corrects | reason         |
        | mentored | 2      | 2018-12-03 | correction | -40.00 | 2018-Q4  | number_changed |
        """,
        causes="""
        | what     | number | cause          | changed | before | after | since   |
        | mentored | 2      | number_changed |         |        |       | 2018-Q4 |
        """,
    )


def test_what_a_later_version_decides_otherwise_of_the_same_data_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = Programme(tmp_path, children=CONSENTED)
    programme.closes("2018-Q4", lines=CLAIMED)

    def otherwise(card: Card, known: Known, *, evidence: bool) -> pl.DataFrame:
        return decide(card, known, evidence=evidence).with_columns(status=pl.lit(Status.NOT_MET, STATUS))

    monkeypatch.setattr(calculation, "decide", otherwise)
    programme.claims(
        "2019-Q1",
        lines="| child | kind | reason |\n| Ada | reversal | calculated_otherwise |",
        causes="| child | changed | before | after | since |\n| Ada | | | | 2018-Q4 |",
    )


# ---------------------------------------------------------------- kinds of line


def test_a_reversal_says_the_outcome_the_number_and_the_due_date_of_the_line_it_reverses(
    tmp_path: Path,
) -> None:
    programme = Programme(tmp_path, NUMBERS, engagement=sessions(FIRST, SECOND))
    programme.closes("2018-Q4", lines="| what | due_on |\n| supported | 2018-10-05 |")
    absent = sessions(FIRST.replace("attended", "absent"), SECOND.replace("attended", "absent"))
    programme.changes(engagement=absent)
    programme.claims(
        "2019-Q1",
        lines="""
        | child | card_version | school | payment  | outcome   | number | kind     | due_on     | amount  |
        | Ada   | 1            | ark    | outcomes | supported | 2      | reversal | 2018-10-05 | -100.00 |
        """,
    )


def test_a_correction_names_the_newest_line_of_its_key(tmp_path: Path) -> None:
    terms = "payments: {{sign_up: {{price: {}, when: {{measure: consent, test: happened}}}}}}"
    programme = Programme(tmp_path, terms.format("100.00"), children=CONSENTED)
    heads = "| kind | amount | corrects |\n"
    programme.closes("2018-Q4", lines=heads + "| new | 100.00 | |")
    programme.changes(terms.format("110.00"))
    programme.closes("2019-Q1", lines=heads + "| correction | 10.00 | 2018-Q4 |")
    programme.closes("2019-Q2", lines=NOTHING)
    programme.changes(terms.format("90.00"))
    programme.closes("2019-Q3", lines=heads + "| correction | -20.00 | 2019-Q1 |")
    programme.changes(children=NOT_CONSENTED)
    programme.closes("2019-Q4", lines=heads + "| reversal | -90.00 | 2019-Q3 |")
    programme.changes(children=CONSENTED)
    programme.closes("2020-Q1", lines=heads + "| new | 90.00 | |")
    programme.changes(terms.format("95.00"))
    programme.closes("2020-Q2", lines=heads + "| correction | 5.00 | 2020-Q1 |")


# ---------------------------------------------------------------- the opening balance

AROUND = """
| child        | consent_on |
| on 30 Sept   | 2018-09-30 |
| on 1 October | 2018-10-01 |
"""


def test_the_opening_balance_is_sealed_by_the_first_close_and_never_claimed(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=AROUND)
    programme.closes(
        "2018-Q4",
        lines="| child | kind |\n| on 1 October | new |",
        opening="| child | kind | amount |\n| on 30 Sept | opening | 100.00 |",
    )
    [sealed] = programme.sealed("2018-Q4")
    assert (sealed.stated["total"], sealed.stated["opening"]) == ("100.00", "100.00")
    assert sorted(sealed.lines.get_column("kind")) == ["new", "opening"]
    programme.closes("2019-Q1", lines=NOTHING, opening=NOTHING)


def test_what_the_opening_balance_held_goes_back_if_it_is_no_longer_due(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=AROUND)
    programme.closes("2018-Q4")
    programme.changes(children=AROUND.replace("2018-09-30", "          "))
    programme.claims(
        "2019-Q1",
        lines="""
        | child      | kind     | amount  | due_on     | corrects | reason           |
        | on 30 Sept | reversal | -100.00 | 2018-09-30 | 2018-Q4  | register_changed |
        """,
    )


def test_from_start_the_first_close_claims_it_all(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=AROUND)
    programme.closes(
        "2018-Q4",
        from_start=True,
        lines="| child | kind |\n| on 30 Sept | new |\n| on 1 October | new |",
        opening=NOTHING,
    )
    programme.closes("2019-Q1", lines=NOTHING, opening=NOTHING)


def test_after_the_first_close_from_start_changes_nothing(tmp_path: Path) -> None:
    programme = Programme(tmp_path, children=AROUND)
    programme.closes("2018-Q4")
    programme.closes("2019-Q1", from_start=True, lines=NOTHING, opening=NOTHING)
