"""Meaning, *Status*, steps 1 and 2: the phase may settle it, or the test decides."""

from pathlib import Path

import pytest

from tests.meaning import Programme, table

CONSENT = "{measure: consent, test: happened}"
COUNT = "{measure: link_worker_sessions, test: reaches, at_least: 2}"
RATE = "{measure: partner_attendance_rate, test: reaches, at_least: 0.5}"
GAIN = "{measure: survey.confidence, test: improves, by: 1}"
CROSSING = "{measure: survey.confidence, test: crosses, at_risk: {below: 50}}"

# ---------------------------------------------------------------- step 1

USUAL = "N1 N2 | R 1 2 3 4 5 6 | 7 8 9 10 11 | 12 13"
GROUPED = "N1 | N2 R 1 2 3 4 5 | 6 7 8 9 10 11 12 | 13"
PHASES = ("early_years", "primary", "secondary", "post_16")


@pytest.mark.parametrize(
    ("grouping", "year_groups"),
    [
        ("{}", USUAL),
        ("{primary: [N2, R, 1, 2, 3, 4, 5], secondary: [6, 7, 8, 9, 10, 11, 12]}", GROUPED),
        ("{primary: [N2], secondary: [6, 12]}", GROUPED),
    ],
)
def test_the_phase_follows_from_the_year_group_unless_the_card_groups_otherwise(
    tmp_path: Path, grouping: str, year_groups: str
) -> None:
    outcomes = "\n".join(f"      for_{phase}: {{phases: [{phase}], when: {CONSENT}}}" for phase in PHASES)
    phases = {
        year: phase
        for phase, years in zip(PHASES, year_groups.split(" | "), strict=True)
        for year in years.split()
    }
    Programme(
        tmp_path,
        f"phases: {grouping}\npayments:\n  sign_up:\n    outcomes:\n{outcomes}",
        children=table(
            "child | year_group | consent_on", ((f"year {year}", year, "2017-02-01") for year in phases)
        ),
    ).statuses(
        "2018-Q4",
        table(
            "child | " + " | ".join(f"for_{phase}" for phase in PHASES),
            (
                (f"year {year}", *("met" if own == phase else "not_eligible" for phase in PHASES))
                for year, own in phases.items()
            ),
        ),
    )


def test_the_phases_are_those_of_the_outcome_or_else_of_the_payment_or_else_all(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          for_all:       {{when: {CONSENT}}}
          for_secondary: {{phases: [secondary], when: {CONSENT}}}
          outcomes:
            phases: [primary]
            outcomes:
              as_payment: {{when: {CONSENT}}}
              its_own:    {{phases: [secondary, post_16], when: {CONSENT}}}
        """,
        children="""
        | child       | year_group | consent_on |
        | early years | N1         | 2017-02-01 |
        | primary     | 6          | 2017-02-01 |
        | secondary   | 7          | 2017-02-01 |
        | post 16     | 12         | 2017-02-01 |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child       | for_all | for_secondary | as_payment   | its_own      |
        | early years | met     | not_eligible  | not_eligible | not_eligible |
        | primary     | met     | not_eligible  | met          | not_eligible |
        | secondary   | met     | met           | not_eligible | met          |
        | post 16     | met     | not_eligible  | not_eligible | met          |
        """,
    )


def test_another_phase_settles_it_whatever_the_test_or_leaving_would_say(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        leavers: not_eligible
        payments: {{sign_up: {{phases: [secondary], when: {CONSENT}}}}}
        """,
        children="""
        | child             | consent_on | left_on    |
        | has consented     | 2017-02-01 |            |
        | has not consented |            |            |
        | left              |            | 2017-02-01 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child             | status       | reason      | due_on | number | price |
        | has consented     | not_eligible | other_phase |        |        |       |
        | has not consented | not_eligible | other_phase |        |        |       |
        | left              | not_eligible | other_phase |        |        |       |
        """,
    )


# ---------------------------------------------------------------- step 2


def test_a_window_that_ends_on_the_as_of_date_is_over_and_one_that_ends_after_it_is_not_yet(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          count:  {{window: {{months: [0, 12]}}, when: {COUNT}}}
          rate:   {{window: {{months: [0, 12]}}, when: {RATE}}}
          gain:   {{baseline: {{months: [0, 3]}}, endpoint: {{months: [6, 12]}}, when: {GAIN}}}
          consent: {{window: {{months: [0, 12]}}, when: {CONSENT}}}
        """,
        children="""
        | child               | joined_on  |
        | ends on 30 December | 2017-12-31 |
        | ends on 31 December | 2018-01-01 |
        | ends on 1 January   | 2018-01-02 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child               | what    | closes     | status         | reason      |
        | ends on 30 December | count   | 2018-12-30 | not_met        | short       |
        | ends on 30 December | rate    | 2018-12-30 | not_assessable | no_sessions |
        | ends on 30 December | gain    | 2018-12-30 | not_assessable | no_baseline |
        | ends on 30 December | consent | 2018-12-30 | not_met        | no_date     |
        | ends on 31 December | count   | 2018-12-31 | not_met        | short       |
        | ends on 31 December | rate    | 2018-12-31 | not_assessable | no_sessions |
        | ends on 31 December | gain    | 2018-12-31 | not_assessable | no_baseline |
        | ends on 31 December | consent | 2018-12-31 | not_met        | no_date     |
        | ends on 1 January   | count   | 2019-01-01 | not_yet        | window_open |
        | ends on 1 January   | rate    | 2019-01-01 | not_yet        | window_open |
        | ends on 1 January   | gain    | 2019-01-01 | not_yet        | window_open |
        | ends on 1 January   | consent | 2019-01-01 | not_yet        | no_date     |
        """,
    )


def test_a_count_that_has_got_there_and_a_date_that_has_happened_do_not_wait_for_the_window(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          count:   {{window: {{months: [0, 36]}}, when: {COUNT}}}
          consent: {{window: {{months: [0, 36]}}, when: {CONSENT}}}
          late:    {{window: {{months: [30, 36]}}, when: {CONSENT}}}
          rate:    {{window: {{months: [0, 36]}}, when: {RATE}}}
        """,
        children="| child | consent_on |\n| Ada | 2017-02-01 |",
        engagement="""
        | child | date       | kind        |
        | Ada   | 2017-02-01 | link_worker |
        | Ada   | 2017-02-02 | link_worker |
        | Ada   | 2017-02-01 | partner     |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what    | status  | reason         |
        | Ada   | count   | met     | reached        |
        | Ada   | consent | met     | happened       |
        | Ada   | late    | not_met | outside_window |
        | Ada   | rate    | not_yet | window_open    |
        """,
    )


def test_without_a_window_a_date_that_is_not_there_stays_not_yet(tmp_path: Path) -> None:
    Programme(tmp_path, f"payments: {{sign_up: {{when: {CONSENT}}}}}", children="| child |\n| Ada |").decides(
        "2025-Q4", "| child | status | reason |\n| Ada | not_yet | no_date |"
    )


def test_what_is_missing_is_not_assessable_and_who_was_not_at_risk_is_not_eligible(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments: {{change: {{baseline: {{months: [0, 6]}}, endpoint: {{months: [12, 18]}},
                            when: {CROSSING}}}}}
        """,
        children="""
        | child                    | joined_on  |
        | neither reading          | 2017-01-10 |
        | no baseline              | 2017-01-10 |
        | no endpoint, not at risk | 2017-01-10 |
        | both, not at risk        | 2017-01-10 |
        | both, at risk, better    | 2017-01-10 |
        | both, at risk, no better | 2017-01-10 |
        | window open, not at risk | 2018-01-10 |
        """,
        survey="""
        | child                    | completed_on | score |
        | no baseline              | 2018-02-01   | 60    |
        | no endpoint, not at risk | 2017-02-01   | 50    |
        | both, not at risk        | 2017-02-01   | 50    |
        | both, not at risk        | 2018-02-01   | 60    |
        | both, at risk, better    | 2017-02-01   | 49    |
        | both, at risk, better    | 2018-02-01   | 60    |
        | both, at risk, no better | 2017-02-01   | 49    |
        | both, at risk, no better | 2018-02-01   | 40    |
        | window open, not at risk | 2018-02-01   | 60    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                    | status         | reason        |
        | neither reading          | not_assessable | no_baseline   |
        | no baseline              | not_assessable | no_baseline   |
        | no endpoint, not at risk | not_assessable | no_endpoint   |
        | both, not at risk        | not_eligible   | not_at_risk   |
        | both, at risk, better    | met            | crossed       |
        | both, at risk, no better | not_met        | still_at_risk |
        | window open, not at risk | not_yet        | window_open   |
        """,
    )


def test_every_decision_says_which_rows_of_the_extract_it_rests_on(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          count: {{window: {{months: [0, 12]}}, when: {COUNT}}}
          gain:  {{baseline: {{months: [0, 6]}}, endpoint: {{months: [12, 18]}}, when: {GAIN}}}
        """,
        engagement="""
        | child | date       | status   |
        | Ada   | 2017-02-01 | attended |
        | Ada   | 2017-02-02 | absent   |
        | Ben   | 2017-02-01 | attended |
        | Ada   | 2017-02-03 | attended |
        """,
        survey="""
        | child | completed_on | score |
        | Ben   | 2018-02-01   | 60    |
        | Ada   | 2017-02-01   | 49    |
        | Ada   | 2018-02-01   | 60    |
        | Ada   | 2018-03-01   | 60    |
        | Ben   | 2017-02-01   | 50    |
        """,
    ).across("2018-Q4", "rows", "| child | count | gain |\n| Ada | 2, 5 | 3, 5 |\n| Ben | 4 | 2, 6 |")
