"""Meaning, *Measures*: consent and readings, and which way is better. Others have a file of their own."""

from pathlib import Path

from tests.meaning import Programme

BEFORE_AND_AFTER = "baseline: {months: [0, 6]}, endpoint: {months: [12, 18]}"


def test_consent_is_dated_by_the_later_of_consent_and_joining(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        children="""
        | child                 | joined_on  | consent_on |
        | before joining        | 2017-01-10 | 2017-01-09 |
        | on the day of joining | 2017-01-10 | 2017-01-10 |
        | after joining         | 2017-01-10 | 2017-01-11 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                 | status | due_on     |
        | before joining        | met    | 2017-01-10 |
        | on the day of joining | met    | 2017-01-10 |
        | after joining         | met    | 2017-01-11 |
        """,
    )


def test_attainment_is_the_score_and_on_a_scale_of_ordered_values_its_place(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        scales: {{steps: {{values: [seed, shoot, leaf], age_relative: true}}}}
        payments:
          maths: {{{BEFORE_AND_AFTER}, when: {{measure: attainment.maths, test: improves, by: 2}}}}
        """,
        attainment="""
        | child         | assessed_on | scale                  | score |
        | two points    | 2017-02-01  | standardised_age_score | 98.5  |
        | two points    | 2018-02-01  | standardised_age_score | 100.5 |
        | less than two | 2017-02-01  | ks2_scaled             | 98.5  |
        | less than two | 2018-02-01  | ks2_scaled             | 100.4 |
        | PK6 to EXS    | 2017-02-01  | teacher_assessment     | PK6   |
        | PK6 to EXS    | 2018-02-01  | teacher_assessment     | EXS   |
        | WTS to EXS    | 2017-02-01  | teacher_assessment     | WTS   |
        | WTS to EXS    | 2018-02-01  | teacher_assessment     | EXS   |
        | below to at   | 2017-02-01  | termly_judgement       | below |
        | below to at   | 2018-02-01  | termly_judgement       | at    |
        | U to grade 2  | 2017-02-01  | gcse                   | U     |
        | U to grade 2  | 2018-02-01  | gcse                   | 2     |
        | seed to leaf  | 2017-02-01  | steps                  | seed  |
        | seed to leaf  | 2018-02-01  | steps                  | leaf  |
        """,
    ).decides(
        "2018-Q4",
        """
        | child         | baseline | endpoint | status  |
        | two points    | 98.5     | 100.5    | met     |
        | less than two | 98.5     | 100.4    | not_met |
        | PK6 to EXS    | 6        | 8        | met     |
        | WTS to EXS    | 7        | 8        | not_met |
        | below to at   | 0        | 2        | met     |
        | U to grade 2  | 0        | 2        | met     |
        | seed to leaf  | 0        | 2        | met     |
        """,
    )


def test_a_status_code_for_a_score_is_no_reading_and_never_zero(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          maths: {{{BEFORE_AND_AFTER}, when: {{measure: attainment.maths, test: improves, by: 1}}}}
        """,
        attainment="""
        | child              | assessed_on | scale      | score |
        | absent then tested | 2017-02-01  | ks2_scaled | A     |
        | absent then tested | 2017-03-01  | ks2_scaled | 100   |
        | absent then tested | 2018-02-01  | ks2_scaled | 101   |
        | tested then absent | 2017-02-01  | ks2_scaled | 100   |
        | tested then absent | 2018-02-01  | ks2_scaled |       |
        | never tested       | 2017-02-01  | ks2_scaled | NS    |
        | U is a grade       | 2017-02-01  | gcse       | U     |
        | U is a grade       | 2018-02-01  | gcse       | 1     |
        """,
    ).decides(
        "2018-Q4",
        """
        | child              | baseline_on | baseline | status         | reason      |
        | absent then tested | 2017-03-01  | 100      | met            | improved    |
        | tested then absent | 2017-02-01  | 100      | not_assessable | no_endpoint |
        | never tested       |             |          | not_assessable | no_baseline |
        | U is a grade       | 2017-02-01  | 0        | met            | improved    |
        """,
    )


def test_each_subject_and_each_survey_is_a_measure_of_its_own(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          changes:
            baseline: {months: [0, 6]}
            endpoint: {months: [12, 18]}
            outcomes:
              maths:      {when: {measure: attainment.maths, test: improves, by: 1}}
              reading:    {when: {measure: attainment.reading, test: improves, by: 1}}
              english:    {when: {measure: attainment.english, test: improves, by: 1}}
              writing:    {when: {measure: attainment.writing, test: improves, by: 1}}
              confidence: {when: {measure: survey.confidence, test: improves, by: 1}}
              worries:    {when: {measure: survey.worries, test: improves, by: 1}}
        """,
        attainment="""
        | child | subject | assessed_on | score |
        | Ada   | maths   | 2017-02-01  | 101   |
        | Ada   | reading | 2017-02-01  | 102   |
        | Ada   | english | 2017-02-01  | 103   |
        | Ada   | writing | 2017-02-01  | 104   |
        """,
        survey="""
        | child | measure    | completed_on | score |
        | Ada   | confidence | 2017-02-01   | 50    |
        | Ada   | worries    | 2017-02-01   | 60.25 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what       | baseline | status         | reason      |
        | Ada   | maths      | 101      | not_assessable | no_endpoint |
        | Ada   | reading    | 102      | not_assessable | no_endpoint |
        | Ada   | english    | 103      | not_assessable | no_endpoint |
        | Ada   | writing    | 104      | not_assessable | no_endpoint |
        | Ada   | confidence | 50       | not_assessable | no_endpoint |
        | Ada   | worries    | 60.25    | not_assessable | no_endpoint |
        """,
    )


def test_higher_is_better_in_attainment_lower_in_the_sdq_but_for_prosocial(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          changes:
            baseline: {months: [0, 6]}
            endpoint: {months: [12, 18]}
            outcomes:
              maths:     {when: {measure: attainment.maths, test: improves, by: 1}}
              emotional: {when: {measure: sdq.emotional, test: improves, by: 1}}
              total:     {when: {measure: sdq.total, test: improves, by: 1}}
              impact:    {when: {measure: sdq.impact, test: improves, by: 1}}
              prosocial: {when: {measure: sdq.prosocial, test: improves, by: 1}}
        """,
        attainment="""
        | child | assessed_on | score |
        | up    | 2017-02-01  | 100   |
        | up    | 2018-02-01  | 101   |
        | down  | 2017-02-01  | 100   |
        | down  | 2018-02-01  | 99    |
        """,
        sdq="""
        | child | completed_on | emotional | conduct | hyperactivity | peer | prosocial | impact |
        | up    | 2017-02-01   | 5         | 3       | 3             | 3    | 5         | 2      |
        | up    | 2018-02-01   | 6         | 3       | 3             | 3    | 6         | 3      |
        | down  | 2017-02-01   | 5         | 3       | 3             | 3    | 5         | 2      |
        | down  | 2018-02-01   | 4         | 3       | 3             | 3    | 4         | 1      |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child | maths   | emotional | total   | impact  | prosocial |
        | up    | met     | not_met   | not_met | not_met | met       |
        | down  | not_met | met       | met     | met     | not_met   |
        """,
    )


def test_the_card_says_which_way_is_better_in_a_survey(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          changes:
            baseline: {months: [0, 6]}
            endpoint: {months: [12, 18]}
            outcomes:
              confidence: {when: {measure: survey.confidence, test: improves, by: 1}}
              worries:    {when: {measure: survey.worries, test: improves, by: 1}}
        """,
        survey="""
        | child | completed_on | measure    | score |
        | up    | 2017-02-01   | confidence | 50    |
        | up    | 2018-02-01   | confidence | 51    |
        | up    | 2017-02-01   | worries    | 50    |
        | up    | 2018-02-01   | worries    | 51    |
        | down  | 2017-02-01   | confidence | 50    |
        | down  | 2018-02-01   | confidence | 49    |
        | down  | 2017-02-01   | worries    | 50    |
        | down  | 2018-02-01   | worries    | 49    |
        """,
    ).statuses(
        "2018-Q4",
        "| child | confidence | worries |\n| up | met | not_met |\n| down | not_met | met |",
    )


def test_the_sdq_that_counts_is_that_of_the_informant_of_the_childs_phase(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        informants: {{early_years: parent, primary: teacher, secondary: self, post_16: parent}}
        payments: {{peers: {{{BEFORE_AND_AFTER}, when: {{measure: sdq.peer, test: improves, by: 1}}}}}}
        """,
        children="""
        | child         | year_group |
        | early years   | N2         |
        | primary       | 6          |
        | secondary     | 7          |
        | only a parent | 6          |
        """,
        sdq="""
        | child         | completed_on | informant | peer |
        | early years   | 2017-02-01   | parent    | 1    |
        | early years   | 2017-02-01   | teacher   | 2    |
        | primary       | 2017-02-01   | parent    | 1    |
        | primary       | 2017-02-01   | teacher   | 2    |
        | primary       | 2017-02-01   | self      | 3    |
        | secondary     | 2017-02-01   | teacher   | 2    |
        | secondary     | 2017-02-01   | self      | 3    |
        | only a parent | 2017-02-01   | parent    | 1    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child         | baseline | reason      |
        | early years   | 1        | no_endpoint |
        | primary       | 2        | no_endpoint |
        | secondary     | 3        | no_endpoint |
        | only a parent |          | no_baseline |
        """,
    )


def test_a_phase_by_the_cards_own_grouping_has_the_informant_of_that_phase(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        phases: {{secondary: [6, 7, 8, 9, 10, 11]}}
        payments: {{peers: {{{BEFORE_AND_AFTER}, when: {{measure: sdq.peer, test: improves, by: 1}}}}}}
        """,
        children="""
        | child  | year_group |
        | year 5 | 5          |
        | year 6 | 6          |
        """,
        sdq="""
        | child  | completed_on | informant | peer |
        | year 5 | 2017-02-01   | teacher   | 2    |
        | year 5 | 2017-02-01   | self      | 3    |
        | year 6 | 2017-02-01   | teacher   | 2    |
        | year 6 | 2017-02-01   | self      | 3    |
        """,
    ).across("2018-Q4", "baseline", "| child | peers |\n| year 5 | 2 |\n| year 6 | 3 |")


def test_readings_and_school_attendance_after_leaving_count(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          confidence: {{{BEFORE_AND_AFTER}, when: {{measure: survey.confidence, test: improves, by: 1}}}}
          attendance: {{window: {{academic_year: 2}},
                        when: {{measure: attendance_rate, test: reaches, at_least: 0.9}}}}
        """,
        children="| child | left_on |\n| Ada | 2017-03-01 |",
        survey="| child | completed_on | score |\n| Ada | 2017-04-01 | 50 |\n| Ada | 2018-02-01 | 51 |",
        attendance="""
        | child | period_start | period_end | sessions_possible | sessions_attended |
        | Ada   | 2017-09-01   | 2018-07-20 | 380               | 350               |
        """,
    ).statuses("2018-Q4", "| child | confidence | attendance |\n| Ada | met | met |")
