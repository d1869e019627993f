"""Meaning, *Measures*: the nine scores of the SDQ from its items, by the publisher's rules.

Each case reads the scores of one questionnaire for each child, which its decisions show as their baselines.
Source: youthinmind's scoring sheet; short names only, the wording of the items is copyright.
"""

from pathlib import Path

import pytest

from tests.meaning import Programme

SCALES = "emotional conduct hyperactivity peer prosocial total internalising externalising impact"
CARD = """
payments:
  scores:
    baseline: {months: [0, 6]}
    endpoint: {months: [12, 18]}
    outcomes:
""" + "\n".join(
    f"      {scale}: {{when: {{measure: sdq.{scale}, test: improves, by: 1}}}}" for scale in SCALES.split()
)


def test_a_subscale_is_five_times_the_mean_of_its_answers_with_halves_rounded_up(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        CARD,
        sdq="""
        | child            | completed_on | somatic | worries | unhappy | clingy | afraid |
        | 5 answers, sum 7 | 2017-02-01   | 2       | 2       | 1       | 1      | 1      |
        | 4 answers, sum 2 | 2017-02-01   | 1       | 1       | 0       | 0      |        |
        | 4 answers, sum 6 | 2017-02-01   |         | 2       | 2       | 1      | 1      |
        | 4 answers, sum 3 | 2017-02-01   | 1       | 1       | 1       | 0      |        |
        | 3 answers, sum 4 | 2017-02-01   | 2       | 1       | 1       |        |        |
        | 3 answers, sum 2 | 2017-02-01   | 2       |         | 0       |        | 0      |
        | 3 answers, sum 0 | 2017-02-01   |         | 0       | 0       |        | 0      |
        | 3 answers, sum 6 | 2017-02-01   | 2       |         | 2       | 2      |        |
        | only 2 answers   | 2017-02-01   | 2       | 2       |         |        |        |
        """,
    ).across(
        "2018-Q4",
        "baseline",
        """
        | child            | emotional |
        | 5 answers, sum 7 | 7         |
        | 4 answers, sum 2 | 3         |
        | 4 answers, sum 6 | 8         |
        | 4 answers, sum 3 | 4         |
        | 3 answers, sum 4 | 7         |
        | 3 answers, sum 2 | 3         |
        | 3 answers, sum 0 | 0         |
        | 3 answers, sum 6 | 10        |
        | only 2 answers   |           |
        """,
    )


@pytest.mark.parametrize(
    ("scale", "items", "all_2", "all_0"),
    [
        ("emotional", "somatic | worries | unhappy | clingy | afraid", 10, 0),
        ("conduct", "tantrum | obeys | fights | lies | steals", 8, 2),
        ("hyperactivity", "restles | fidgety | distrac | reflect | attends", 6, 4),
        ("peer", "loner | friend | popular | bullied | oldbest", 6, 4),
        ("prosocial", "consid | shares | caring | kind | helpout", 10, 0),
    ],
)
def test_five_of_the_items_count_the_other_way_round(
    tmp_path: Path, scale: str, items: str, all_2: int, all_0: int
) -> None:
    Programme(
        tmp_path,
        CARD,
        sdq=f"""
        | child        | completed_on | {items} |
        | 2 throughout | 2017-02-01   | 2 | 2 | 2 | 2 | 2 |
        | 0 throughout | 2017-02-01   | 0 | 0 | 0 | 0 | 0 |
        """,
    ).across(
        "2018-Q4", "baseline", f"| child | {scale} |\n| 2 throughout | {all_2} |\n| 0 throughout | {all_0} |"
    )


def test_a_score_that_adds_up_others_is_missing_if_any_of_them_is(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        CARD,
        sdq="""
        | child             | completed_on | emotional | conduct | hyperactivity | peer | prosocial |
        | all five          | 2017-02-01   | 1         | 2       | 3             | 4    | 10        |
        | all but prosocial | 2017-02-01   | 1         | 2       | 3             | 4    |           |
        | without emotional | 2017-02-01   |           | 2       | 3             | 4    | 10        |
        | without conduct   | 2017-02-01   | 1         |         | 3             | 4    | 10        |
        """,
    ).across(
        "2018-Q4",
        "baseline",
        """
        | child             | total | internalising | externalising |
        | all five          | 10    | 5             | 5             |
        | all but prosocial | 10    | 5             | 5             |
        | without emotional |       |               | 5             |
        | without conduct   |       | 5             |               |
        """,
    )


def test_items_are_added_up_as_rounded_scores(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        CARD,
        sdq="""
        | child | completed_on | somatic | worries | unhappy | clingy | loner | bullied | oldbest | friend |
        | Ada   | 2017-02-01   | 1       | 1       | 0       | 0      | 1     | 1       | 0       | 2      |
        """,
    ).across("2018-Q4", "baseline", "| child | emotional | peer | internalising |\n| Ada | 3 | 3 | 6 |")


IMPACT = """
| child              | completed_on | informant | ebddiff | distres | imphome | impfrie | impclas | impleis |
| each answer once   | 2017-02-01   | self      | 3       | 0       | 1       | 2       | 3       |         |
| everything severe  | 2017-02-01   | self      | 3       | 3       | 3       | 3       | 3       | 3       |
| no difficulty      | 2017-02-01   | self      | 0       | 3       | 3       | 3       | 3       | 3       |
| only distres       | 2017-02-01   | self      |         | 3       |         |         |         |         |
| nothing answered   | 2017-02-01   | self      | 2       |         |         |         |         |         |
| only no difficulty | 2017-02-01   | self      | 0       |         |         |         |         |         |
"""


def test_impact_counts_2_as_1_and_3_as_2_and_is_nought_without_a_difficulty(tmp_path: Path) -> None:
    everyone = "informants: {early_years: self, primary: self, secondary: self, post_16: self}"
    Programme(tmp_path, everyone + CARD, sdq=IMPACT).across(
        "2018-Q4",
        "baseline",
        """
        | child              | impact |
        | each answer once   | 3      |
        | everything severe  | 10     |
        | no difficulty      | 0      |
        | only distres       | 2      |
        | nothing answered   |        |
        | only no difficulty | 0      |
        """,
    )


def test_a_teachers_impact_is_of_three_items_only(tmp_path: Path) -> None:
    Programme(tmp_path, CARD, sdq=IMPACT.replace("self   ", "teacher")).across(
        "2018-Q4",
        "baseline",
        """
        | child              | impact |
        | each answer once   | 3      |
        | everything severe  | 6      |
        | no difficulty      | 0      |
        | only distres       | 2      |
        | nothing answered   |        |
        | only no difficulty | 0      |
        """,
    )


def test_a_questionnaire_without_a_scales_score_is_no_reading_of_that_scale(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          scores:
            baseline: {months: [0, 6]}
            endpoint: {months: [12, 18]}
            outcomes:
              emotional: {when: {measure: sdq.emotional, test: improves, by: 1}}
              conduct:   {when: {measure: sdq.conduct, test: improves, by: 1}}
        """,
        sdq="""
        | child | completed_on | emotional | conduct |
        | Ada   | 2017-02-01   |           | 2       |
        | Ada   | 2017-03-01   | 3         | 4       |
        | Ada   | 2018-02-01   | 1         | 1       |
        | Ada   | 2018-03-01   | 0         |         |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what      | baseline_on | baseline | endpoint_on | endpoint | rows |
        | Ada   | emotional | 2017-03-01  | 3        | 2018-03-01  | 0        | 3, 5 |
        | Ada   | conduct   | 2017-02-01  | 2        | 2018-02-01  | 1        | 2, 4 |
        """,
    )
