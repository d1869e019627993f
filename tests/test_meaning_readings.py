"""Meaning, *Readings*: which readings are the baseline and the endpoint, and none other is tried.

The children joined on 10 January 2017. The baseline window runs from 10 July 2016 to 9 April 2017, the
endpoint window from 10 January to 9 July 2018.
"""

from pathlib import Path

import pytest

from tests.meaning import Programme

WINDOWS = "baseline: {months: [-6, 3]}, endpoint: {months: [12, 18]}"
CONFIDENCE = f"""
payments:
  confidence: {{{WINDOWS}, when: {{measure: survey.confidence, test: improves, by: 1}}}}
"""
MATHS = f"""
payments:
  maths: {{{WINDOWS}, when: {{measure: attainment.maths, test: improves, by: 1}}}}
"""


def test_the_baseline_is_the_last_on_or_before_joining_or_if_there_is_none_the_first_after(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        CONFIDENCE,
        survey="""
        | child                      | completed_on | score |
        | two before                 | 2016-08-01   | 40    |
        | two before                 | 2016-11-01   | 41    |
        | on the day, and around it  | 2017-01-09   | 40    |
        | on the day, and around it  | 2017-01-10   | 41    |
        | on the day, and around it  | 2017-01-11   | 42    |
        | long before, or just after | 2016-07-10   | 40    |
        | long before, or just after | 2017-01-11   | 41    |
        | two after                  | 2017-01-11   | 40    |
        | two after                  | 2017-02-01   | 41    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                      | baseline_on | baseline |
        | two before                 | 2016-11-01  | 41       |
        | on the day, and around it  | 2017-01-10  | 41       |
        | long before, or just after | 2016-07-10  | 40       |
        | two after                  | 2017-01-11  | 40       |
        """,
    )


def test_a_baseline_lies_in_its_window(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        CONFIDENCE,
        survey="""
        | child                         | completed_on | score |
        | the day before it opens       | 2016-07-09   | 40    |
        | on its first day              | 2016-07-10   | 40    |
        | on its last day               | 2017-04-09   | 40    |
        | the day after it closes       | 2017-04-10   | 40    |
        | too early, then after joining | 2016-07-09   | 40    |
        | too early, then after joining | 2017-04-09   | 41    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                         | baseline_on | reason      |
        | the day before it opens       |             | no_baseline |
        | on its first day              | 2016-07-10  | no_endpoint |
        | on its last day               | 2017-04-09  | no_endpoint |
        | the day after it closes       |             | no_baseline |
        | too early, then after joining | 2017-04-09  | no_endpoint |
        """,
    )


def test_the_endpoint_is_the_last_in_its_window(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        CONFIDENCE,
        survey="""
        | child                   | completed_on | score |
        | better, then worse      | 2017-01-10   | 40    |
        | better, then worse      | 2018-01-10   | 60    |
        | better, then worse      | 2018-07-09   | 39    |
        | worse, then better      | 2017-01-10   | 40    |
        | worse, then better      | 2018-07-08   | 39    |
        | worse, then better      | 2018-07-09   | 41    |
        | the day before it opens | 2017-01-10   | 40    |
        | the day before it opens | 2018-01-09   | 41    |
        | the day after it closes | 2017-01-10   | 40    |
        | the day after it closes | 2018-07-10   | 41    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                   | endpoint_on | endpoint | status         |
        | better, then worse      | 2018-07-09  | 39       | not_met        |
        | worse, then better      | 2018-07-09  | 41       | met            |
        | the day before it opens |             |          | not_assessable |
        | the day after it closes |             |          | not_assessable |
        """,
    )


def test_the_endpoint_is_dated_after_the_baseline_where_the_windows_share_a_day(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        joined: {from: 2017-08-31, to: 2017-08-31}
        payments:
          confidence:
            baseline: {academic_year: 1}
            endpoint: {months: [0, 12]}
            when: {measure: survey.confidence, test: improves, by: 1}
        """,
        children="""
        | child                 | joined_on  |
        | one on the shared day | 2017-08-31 |
        | another the day after | 2017-08-31 |
        """,
        survey="""
        | child                 | completed_on | score |
        | one on the shared day | 2017-08-31   | 40    |
        | another the day after | 2017-08-31   | 40    |
        | another the day after | 2017-09-01   | 41    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                 | baseline_on | endpoint_on | status         |
        | one on the shared day | 2017-08-31  |             | not_assessable |
        | another the day after | 2017-08-31  | 2017-09-01  | met            |
        """,
    )


def test_the_endpoint_of_attainment_is_the_last_on_the_scale_of_the_baseline(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        MATHS,
        attainment="""
        | child                   | assessed_on | scale                  | score |
        | another scale came last | 2017-01-10  | standardised_age_score | 100   |
        | another scale came last | 2018-02-01  | standardised_age_score | 101   |
        | another scale came last | 2018-03-01  | ks2_scaled             | 90    |
        | two on the scale        | 2017-01-10  | standardised_age_score | 100   |
        | two on the scale        | 2018-02-01  | standardised_age_score | 101   |
        | two on the scale        | 2018-03-01  | standardised_age_score | 99    |
        | none on the scale       | 2017-01-10  | standardised_age_score | 100   |
        | none on the scale       | 2018-03-01  | ks2_scaled             | 110   |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                   | endpoint_on | status         | reason       |
        | another scale came last | 2018-02-01  | met            | improved     |
        | two on the scale        | 2018-03-01  | not_met        | not_improved |
        | none on the scale       |             | not_assessable | no_endpoint  |
        """,
    )


def test_the_baseline_is_chosen_first_and_no_other_is_tried(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          maths:      {{{WINDOWS}, when: {{measure: attainment.maths, test: improves, by: 1}}}}
          confidence: {{{WINDOWS},
                        when: {{measure: survey.confidence, test: crosses, at_risk: {{below: 50}}}}}}
        """,
        children="| child |\n| Ada |",
        attainment="""
        | child | assessed_on | scale                  | score |
        | Ada   | 2016-11-01  | ks2_scaled             | 100   |
        | Ada   | 2017-01-09  | standardised_age_score | 100   |
        | Ada   | 2017-01-11  | ks2_scaled             | 100   |
        | Ada   | 2018-02-01  | ks2_scaled             | 110   |
        """,
        survey="""
        | child | completed_on | score |
        | Ada   | 2016-11-01   | 49    |
        | Ada   | 2017-01-10   | 50    |
        | Ada   | 2017-01-11   | 49    |
        | Ada   | 2018-02-01   | 60    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what       | baseline_on | status         | reason      |
        | Ada   | maths      | 2017-01-09  | not_assessable | no_endpoint |
        | Ada   | confidence | 2017-01-10  | not_eligible   | not_at_risk |
        """,
    )


def test_two_readings_of_a_day_that_agree_are_a_warning_and_count_once(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        f"""
        payments:
          maths:      {{{WINDOWS}, when: {{measure: attainment.maths, test: improves, by: 1}}}}
          peers:      {{{WINDOWS}, when: {{measure: sdq.peer, test: improves, by: 1}}}}
          confidence: {{{WINDOWS}, when: {{measure: survey.confidence, test: improves, by: 1}}}}
        """,
        attainment="| child | assessed_on | score |" + 2 * "\n| Ada | 2017-01-10 | 100 |",
        sdq="| child | completed_on | peer |" + 2 * "\n| Ada | 2017-01-10 | 4 |",
        survey="| child | completed_on | score |" + 2 * "\n| Ada | 2017-01-10 | 50 |",
    )
    programme.across("2018-Q4", "baseline", "| child | maths | peers | confidence |\n| Ada | 100 | 4 | 50 |")
    programme.across("2018-Q4", "rows", "| child | maths | peers | confidence |\n| Ada | 2 | 2 | 2 |")
    programme.warns(
        """
        | code             | file       | row |
        | reading-repeated | attainment | 3   |
        | reading-repeated | sdq        | 3   |
        | reading-repeated | survey     | 3   |
        """
    )


def test_two_readings_of_a_day_that_differ_are_an_error(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        MATHS,
        attainment="""
        | child | subject | assessed_on | scale                  | score | expected |
        | Ada   | maths   | 2017-01-10  | standardised_age_score | 100   |          |
        | Ada   | maths   | 2017-01-10  | standardised_age_score | 101   |          |
        | Ada   | reading | 2017-01-10  | standardised_age_score | 101   |          |
        | Ada   | maths   | 2017-01-11  | standardised_age_score | 101   |          |
        | Ben   | maths   | 2017-01-10  | standardised_age_score | 101   |          |
        | Cay   | maths   | 2017-01-10  | standardised_age_score | 100   | 100      |
        | Cay   | maths   | 2017-01-10  | standardised_age_score | 100   | 101      |
        | Dan   | maths   | 2017-01-10  | ks1_scaled             | 100   |          |
        | Dan   | maths   | 2017-01-10  | ks2_scaled             | 100   |          |
        """,
        sdq="""
        | child | completed_on | informant | peer | prosocial |
        | Ada   | 2017-01-10   | teacher   | 4    | 5         |
        | Ada   | 2017-01-10   | parent    | 5    | 5         |
        | Ada   | 2017-01-10   | teacher   | 4    | 6         |
        """,
        survey="""
        | child | measure    | completed_on | score |
        | Ada   | confidence | 2017-01-10   | 50    |
        | Ada   | worries    | 2017-01-10   | 51    |
        | Ada   | confidence | 2017-01-10   | 51    |
        """,
    ).refuses(
        """
        | code            | file       | row |
        | readings-differ | attainment | 3   |
        | readings-differ | attainment | 8   |
        | readings-differ | attainment | 10  |
        | readings-differ | sdq        | 4   |
        | readings-differ | survey     | 4   |
        """
    )


@pytest.mark.parametrize(
    ("baseline", "endpoint", "too_early"),
    [
        ("{months: [-6, 3]}", "{months: [3, 12]}", "{months: [2, 12]}"),
        ("{academic_year: 1}", "{academic_year: 2}", "{academic_year: 1}"),
        ("{academic_year: 1}", "{months: [12, 18]}", "{months: [11, 18]}"),
        ("{months: [-6, 0]}", "{academic_year: 2}", "{academic_year: 1}"),
    ],
)
def test_a_card_whose_endpoint_window_begins_before_its_baseline_window_ends_is_refused(
    tmp_path: Path, baseline: str, endpoint: str, too_early: str
) -> None:
    when = "{measure: survey.confidence, test: improves, by: 1}"
    card = f"payments: {{first: {{baseline: {baseline}, endpoint: ENDPOINT, when: {when}}}}}"
    reading = "| child | completed_on | score |\n| Ada | 2017-01-09 | 50 |"
    Programme(tmp_path / "after", card.replace("ENDPOINT", endpoint), survey=reading).statuses(
        "2016-Q4", "| child | first |"
    )
    Programme(tmp_path / "before", card.replace("ENDPOINT", too_early), survey=reading).refuses(
        "| code |\n| card-window |"
    )
