"""Meaning, *Tests*: happened, reaches, improves, progresses, crosses; each below, at and above its edge."""

from pathlib import Path

from tests.meaning import Programme

TWO_WINDOWS = "baseline: {months: [0, 6]}, endpoint: {months: [12, 18]}"


def test_happened_is_met_on_a_date_inside_the_window_if_there_is_one(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          any_time: {when: {measure: consent, test: happened}}
          in_time:  {window: {months: [1, 2]}, when: {measure: consent, test: happened}}
        """,
        children="""
        | child                   | consent_on |
        | the day before it opens | 2017-02-09 |
        | on its first day        | 2017-02-10 |
        | on its last day         | 2017-03-09 |
        | the day after it closes | 2017-03-10 |
        | before joining          | 2016-12-01 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                   | what     | status  | due_on     | reason         |
        | the day before it opens | any_time | met     | 2017-02-09 | happened       |
        | the day before it opens | in_time  | not_met |            | outside_window |
        | on its first day        | any_time | met     | 2017-02-10 | happened       |
        | on its first day        | in_time  | met     | 2017-02-10 | happened       |
        | on its last day         | any_time | met     | 2017-03-09 | happened       |
        | on its last day         | in_time  | met     | 2017-03-09 | happened       |
        | the day after it closes | any_time | met     | 2017-03-10 | happened       |
        | the day after it closes | in_time  | not_met |            | outside_window |
        | before joining          | any_time | met     | 2017-01-10 | happened       |
        | before joining          | in_time  | not_met |            | outside_window |
        """,
    )


def test_a_count_falls_due_on_the_day_it_gets_there(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          sessions: {window: {months: [0, 12]},
                     when: {measure: link_worker_sessions, test: reaches, at_least: 2}}
        """,
        engagement="""
        | child          | date       | session | status   |
        | one            | 2017-02-01 |         | attended |
        | two            | 2017-04-01 |         | attended |
        | two            | 2017-02-01 |         | attended |
        | three          | 2017-02-01 |         | attended |
        | three          | 2017-03-01 |         | attended |
        | three          | 2017-04-01 |         | attended |
        | two on one day | 2017-05-01 | first   | attended |
        | two on one day | 2017-05-01 | second  | attended |
        | absent once    | 2017-02-01 |         | attended |
        | absent once    | 2017-03-01 |         | absent   |
        | absent once    | 2017-04-01 |         | attended |
        """,
    ).decides(
        "2018-Q4",
        """
        | child          | value | status  | due_on     | reason  |
        | one            | 1     | not_met |            | short   |
        | two            | 2     | met     | 2017-04-01 | reached |
        | three          | 3     | met     | 2017-03-01 | reached |
        | two on one day | 2     | met     | 2017-05-01 | reached |
        | absent once    | 2     | met     | 2017-04-01 | reached |
        """,
    )


def test_a_rate_falls_due_on_the_last_day_of_its_window(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          year: {window: {academic_year: 1}, when: {measure: attendance_rate, test: reaches, at_least: 0.95}}
        """,
        attendance="""
        | child     | period_start | period_end | sessions_possible | sessions_attended |
        | below 95% | 2016-09-01   | 2017-07-20 | 380               | 360               |
        | 95%       | 2016-09-01   | 2017-07-20 | 380               | 361               |
        | above 95% | 2016-09-01   | 2017-07-20 | 380               | 362               |
        """,
    ).decides(
        "2018-Q4",
        """
        | child     | status  | due_on     | reason  |
        | below 95% | not_met |            | short   |
        | 95%       | met     | 2017-08-31 | reached |
        | above 95% | met     | 2017-08-31 | reached |
        """,
    )


def test_rates_are_compared_as_fractions_never_rounded(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          two_thirds:
            window: {academic_year: 1}
            when: {measure: attendance_rate, test: reaches, at_least: 0.666666666}
          a_little_more:
            window: {academic_year: 1}
            when: {measure: attendance_rate, test: reaches, at_least: 0.666666667}
          changes:
            baseline: {academic_year: 0}
            endpoint: {academic_year: 1}
            outcomes:
              by_2:         {when: {measure: attendance_rate, test: improves, by: 0.02}}
              by_more:      {when: {measure: attendance_rate, test: improves, by: 0.020000001}}
              strictly:     {when: {measure: attendance_rate, test: improves, by: 0.02, strictly: true}}
              not_strictly: {when: {measure: attendance_rate, test: improves, by: 0.02, strictly: false}}
        """,
        attendance="""
        | child              | period_start | period_end | sessions_possible | sessions_attended |
        | two thirds         | 2015-09-01   | 2016-07-20 | 300               | 200               |
        | two thirds         | 2016-09-01   | 2017-07-20 | 300               | 200               |
        | 28/50 to 29/50     | 2015-09-01   | 2016-07-20 | 50                | 28                |
        | 28/50 to 29/50     | 2016-09-01   | 2017-07-20 | 50                | 29                |
        | 140/250 to 174/300 | 2015-09-01   | 2016-07-20 | 250               | 140               |
        | 140/250 to 174/300 | 2016-09-01   | 2017-07-20 | 300               | 174               |
        | 140/250 to 175/300 | 2015-09-01   | 2016-07-20 | 250               | 140               |
        | 140/250 to 175/300 | 2016-09-01   | 2017-07-20 | 300               | 175               |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child              | two_thirds | a_little_more | by_2    | by_more | strictly | not_strictly |
        | two thirds         | met        | not_met       | not_met | not_met | not_met  | not_met      |
        | 28/50 to 29/50     | not_met    | not_met       | met     | not_met | not_met  | met          |
        | 140/250 to 174/300 | not_met    | not_met       | met     | not_met | not_met  | met          |
        | 140/250 to 175/300 | not_met    | not_met       | met     | met     | met      | met          |
        """,
    )


def test_improves_is_met_by_a_change_for_the_better_of_at_least_by_or_strictly_more(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          changes:
            baseline: {months: [0, 6]}
            endpoint: {months: [12, 18]}
            outcomes:
              up:            {when: {measure: survey.confidence, test: improves, by: 10}}
              strictly_up:   {when: {measure: survey.confidence, test: improves, by: 10, strictly: true}}
              down:          {when: {measure: survey.worries, test: improves, by: 10}}
              strictly_down: {when: {measure: survey.worries, test: improves, by: 10, strictly: true}}
              at_all:        {when: {measure: survey.confidence, test: improves, by: 0}}
              really:        {when: {measure: survey.confidence, test: improves, by: 0, strictly: true}}
        """,
        survey="""
        | child        | completed_on | measure    | score |
        | 9.99 better  | 2017-02-01   | confidence | 50    |
        | 9.99 better  | 2018-02-01   | confidence | 59.99 |
        | 9.99 better  | 2017-02-01   | worries    | 50    |
        | 9.99 better  | 2018-02-01   | worries    | 40.01 |
        | 10 better    | 2017-02-01   | confidence | 50    |
        | 10 better    | 2018-02-01   | confidence | 60    |
        | 10 better    | 2017-02-01   | worries    | 50    |
        | 10 better    | 2018-02-01   | worries    | 40    |
        | 10.01 better | 2017-02-01   | confidence | 50    |
        | 10.01 better | 2018-02-01   | confidence | 60.01 |
        | 10.01 better | 2017-02-01   | worries    | 50    |
        | 10.01 better | 2018-02-01   | worries    | 39.99 |
        | as before    | 2017-02-01   | confidence | 50    |
        | as before    | 2018-02-01   | confidence | 50    |
        | worse        | 2017-02-01   | confidence | 50    |
        | worse        | 2018-02-01   | confidence | 40    |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child        | up      | strictly_up | down           | strictly_down  | at_all  | really  |
        | 9.99 better  | not_met | not_met     | not_met        | not_met        | met     | met     |
        | 10 better    | met     | not_met     | met            | not_met        | met     | met     |
        | 10.01 better | met     | met         | met            | met            | met     | met     |
        | as before    | not_met | not_met     | not_assessable | not_assessable | met     | not_met |
        | worse        | not_met | not_met     | not_assessable | not_assessable | not_met | not_met |
        """,
    )


def test_a_change_falls_due_on_the_last_day_of_its_endpoint_window(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          improves:   {{{TWO_WINDOWS}, when: {{measure: attainment.maths, test: improves, by: 1}}}}
          progresses: {{{TWO_WINDOWS}, when: {{measure: attainment.maths, test: progresses, by: 1}}}}
          crosses:    {{{TWO_WINDOWS},
                       when: {{measure: attainment.maths, test: crosses, at_risk: {{below: 101}}}}}}
        """,
        attainment="""
        | child | assessed_on | score |
        | Ada   | 2017-02-01  | 100   |
        | Ada   | 2018-01-10  | 101   |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what       | endpoint_on | due_on     | reason     |
        | Ada   | improves   | 2018-01-10  | 2018-07-09 | improved   |
        | Ada   | progresses | 2018-01-10  | 2018-07-09 | progressed |
        | Ada   | crosses    | 2018-01-10  | 2018-07-09 | crossed    |
        """,
    )


PROGRESS = f"""
payments:
  progress: {{{TWO_WINDOWS}, when: {{measure: attainment.maths, test: progresses, by: 2}}}}
  strictly: {{{TWO_WINDOWS}, when: {{measure: attainment.maths, test: progresses, by: 2, strictly: true}}}}
scales:
  months_of_age: {{range: [0, 200], age_relative: false}}
  place_in_year: {{range: [0, 200], age_relative: true}}
"""


def test_progress_is_the_gain_less_the_expected_gain_where_both_readings_have_one(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        PROGRESS,
        attainment="""
        | child              | assessed_on | scale                  | score | expected |
        | gains 1.9 more     | 2017-02-01  | ks2_scaled             | 95    | 96       |
        | gains 1.9 more     | 2018-02-01  | ks2_scaled             | 99.9  | 99       |
        | gains 2 more       | 2017-02-01  | ks2_scaled             | 95    | 96       |
        | gains 2 more       | 2018-02-01  | ks2_scaled             | 100   | 99       |
        | gains 2.1 more     | 2017-02-01  | ks2_scaled             | 95    | 96       |
        | gains 2.1 more     | 2018-02-01  | ks2_scaled             | 100.1 | 99       |
        | on an age-relative | 2017-02-01  | standardised_age_score | 100   | 100      |
        | on an age-relative | 2018-02-01  | standardised_age_score | 102   | 101      |
        | expected to fall   | 2017-02-01  | standardised_age_score | 100   | 100      |
        | expected to fall   | 2018-02-01  | standardised_age_score | 100   | 97       |
        | in places          | 2017-02-01  | gcse                   | 3     | 3        |
        | in places          | 2018-02-01  | gcse                   | 7     | 5        |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child              | progress | strictly |
        | gains 1.9 more     | not_met  | not_met  |
        | gains 2 more       | met      | not_met  |
        | gains 2.1 more     | met      | met      |
        | on an age-relative | not_met  | not_met  |
        | expected to fall   | met      | met      |
        | in places          | met      | not_met  |
        """,
    )


def test_without_expected_on_both_nothing_is_expected_on_an_age_relative_scale_only(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        PROGRESS,
        attainment="""
        | child             | assessed_on | scale                  | score | expected |
        | 2 on neither      | 2017-02-01  | standardised_age_score | 100   |          |
        | 2 on neither      | 2018-02-01  | standardised_age_score | 102   |          |
        | 1.9 on neither    | 2017-02-01  | standardised_age_score | 100   |          |
        | 1.9 on neither    | 2018-02-01  | standardised_age_score | 101.9 |          |
        | 2, the first only | 2017-02-01  | standardised_age_score | 100   | 100      |
        | 2, the first only | 2018-02-01  | standardised_age_score | 102   |          |
        | 2, the last only  | 2017-02-01  | termly_judgement       | below |          |
        | 2, the last only  | 2018-02-01  | termly_judgement       | at    | at       |
        | an own scale      | 2017-02-01  | place_in_year          | 100   |          |
        | an own scale      | 2018-02-01  | place_in_year          | 102   |          |
        | not age-relative  | 2017-02-01  | ks2_scaled             | 100   |          |
        | not age-relative  | 2018-02-01  | ks2_scaled             | 120   |          |
        | the first only    | 2017-02-01  | ks1_scaled             | 100   | 100      |
        | the first only    | 2018-02-01  | ks1_scaled             | 110   |          |
        | the last only     | 2017-02-01  | gcse                   | 1     |          |
        | the last only     | 2018-02-01  | gcse                   | 9     | 1        |
        | another own scale | 2017-02-01  | months_of_age          | 100   |          |
        | another own scale | 2018-02-01  | months_of_age          | 150   |          |
        """,
    ).decides(
        "2018-Q4",
        """
        | child             | status         | reason         |
        | 2 on neither      | met            | progressed     |
        | 1.9 on neither    | not_met        | not_progressed |
        | 2, the first only | met            | progressed     |
        | 2, the last only  | met            | progressed     |
        | an own scale      | met            | progressed     |
        | not age-relative  | not_assessable | no_expected    |
        | the first only    | not_assessable | no_expected    |
        | the last only     | not_assessable | no_expected    |
        | another own scale | not_assessable | no_expected    |
        """,
        only="progress",
    )
