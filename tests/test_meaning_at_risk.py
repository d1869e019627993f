"""Meaning, *Tests*: who is at risk, by a number or by a published band, and what follows from it."""

from pathlib import Path

import pytest

from tests.meaning import Programme, Table, table

CROSSES = """
payments:
  crosses:
    baseline: {months: [0, 6]}
    endpoint: {months: [12, 18]}
    outcomes:
      below:    {when: {measure: survey.confidence, test: crosses, at_risk: {below: 50}}}
      at_most:  {when: {measure: survey.confidence, test: crosses, at_risk: {at_most: 50}}}
      above:    {when: {measure: survey.confidence, test: crosses, at_risk: {above: 50}}}
      at_least: {when: {measure: survey.confidence, test: crosses, at_risk: {at_least: 50}}}
"""


def test_crosses_is_met_by_a_child_at_risk_at_the_baseline_and_not_at_the_endpoint(tmp_path: Path) -> None:
    changes = [(before, after) for before in (49, 50, 51) for after in (49, 50, 51)]
    Programme(
        tmp_path,
        CROSSES,
        survey=table(
            "child | completed_on | score",
            (
                (f"{before} to {after}", *reading)
                for before, after in changes
                for reading in [("2017-02-01", before), ("2018-02-01", after)]
            ),
        ),
    ).statuses(
        "2018-Q4",
        """
        | child    | below        | at_most      | above        | at_least     |
        | 49 to 49 | not_met      | not_met      | not_eligible | not_eligible |
        | 49 to 50 | met          | not_met      | not_eligible | not_eligible |
        | 49 to 51 | met          | met          | not_eligible | not_eligible |
        | 50 to 49 | not_eligible | not_met      | not_eligible | met          |
        | 50 to 50 | not_eligible | not_met      | not_eligible | not_met      |
        | 50 to 51 | not_eligible | met          | not_eligible | not_met      |
        | 51 to 49 | not_eligible | not_eligible | met          | met          |
        | 51 to 50 | not_eligible | not_eligible | met          | not_met      |
        | 51 to 51 | not_eligible | not_eligible | not_met      | not_met      |
        """,
    )


def test_a_rate_is_at_risk_by_its_fraction(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          attendance:
            baseline: {academic_year: 0}
            endpoint: {academic_year: 1}
            when: {measure: attendance_rate, test: crosses, at_risk: {below: 0.95}}
        """,
        attendance="""
        | child          | period_start | period_end | sessions_possible | sessions_attended |
        | 94.7% to 95%   | 2015-09-01   | 2016-07-20 | 380               | 360               |
        | 94.7% to 95%   | 2016-09-01   | 2017-07-20 | 380               | 361               |
        | 94.7% to 94.7% | 2015-09-01   | 2016-07-20 | 380               | 360               |
        | 94.7% to 94.7% | 2016-09-01   | 2017-07-20 | 380               | 360               |
        | 95% to 100%    | 2015-09-01   | 2016-07-20 | 380               | 361               |
        | 95% to 100%    | 2016-09-01   | 2017-07-20 | 380               | 380               |
        """,
    ).decides(
        "2018-Q4",
        """
        | child          | status       | reason        |
        | 94.7% to 95%   | met          | crossed       |
        | 94.7% to 94.7% | not_met      | still_at_risk |
        | 95% to 100%    | not_eligible | not_at_risk   |
        """,
    )


def test_at_risk_may_stand_on_improves_and_on_progresses_where_only_the_baseline_is_asked(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        """
        payments:
          changes:
            baseline: {months: [0, 6]}
            endpoint: {months: [12, 18]}
            outcomes:
              improves:   {when: {measure: attainment.maths, test: improves, by: 5, at_risk: {below: 90}}}
              progresses: {when: {measure: attainment.maths, test: progresses, by: 5, at_risk: {below: 90}}}
        """,
        attainment="""
        | child        | assessed_on | score |
        | 80 to 85     | 2017-02-01  | 80    |
        | 80 to 85     | 2018-02-01  | 85    |
        | 80 to 84     | 2017-02-01  | 80    |
        | 80 to 84     | 2018-02-01  | 84    |
        | 89 to 95     | 2017-02-01  | 89    |
        | 89 to 95     | 2018-02-01  | 95    |
        | 90 to 96     | 2017-02-01  | 90    |
        | 90 to 96     | 2018-02-01  | 96    |
        | 90 to 80     | 2017-02-01  | 90    |
        | 90 to 80     | 2018-02-01  | 80    |
        | 90 to nobody | 2017-02-01  | 90    |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child        | improves       | progresses     |
        | 80 to 85     | met            | met            |
        | 80 to 84     | not_met        | not_met        |
        | 89 to 95     | met            | met            |
        | 90 to 96     | not_eligible   | not_eligible   |
        | 90 to 80     | not_eligible   | not_eligible   |
        | 90 to nobody | not_assessable | not_assessable |
        """,
    )


def test_not_at_risk_is_said_before_nothing_expected(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          maths:
            baseline: {months: [0, 6]}
            endpoint: {months: [12, 18]}
            when: {measure: attainment.maths, test: progresses, by: 1, at_risk: {below: 100}}
        """,
        attainment="""
        | child       | assessed_on | scale      | score |
        | at risk     | 2017-02-01  | ks2_scaled | 99    |
        | at risk     | 2018-02-01  | ks2_scaled | 120   |
        | not at risk | 2017-02-01  | ks2_scaled | 100   |
        | not at risk | 2018-02-01  | ks2_scaled | 120   |
        """,
    ).statuses("2018-Q4", "| child | maths |\n| at risk | not_assessable |\n| not at risk | not_eligible |")


@pytest.mark.parametrize("several", ["all", "any"])
def test_at_risk_does_not_stand_inside_all_or_any(tmp_path: Path, several: str) -> None:
    card = f"""
    payments:
      change:
        baseline: {{months: [0, 6]}}
        endpoint: {{months: [12, 18]}}
        when: {{{several}: [{{measure: survey.confidence, test: crosses, at_risk: {{below: 50}}}}]}}
    """
    Programme(tmp_path, card, children="| child |\n| Ada |").refuses("| code |\n| card-at-risk-inside |")


# ---------------------------------------------------------------- published bands

THREE = """
| scale         | parent               | teacher              | self                 |
| total         | 0-13 / 14-16 / 17-40 | 0-11 / 12-15 / 16-40 | 0-15 / 16-19 / 20-40 |
| emotional     | 0-3 / 4 / 5-10       | 0-4 / 5 / 6-10       | 0-5 / 6 / 7-10       |
| conduct       | 0-2 / 3 / 4-10       | 0-2 / 3 / 4-10       | 0-3 / 4 / 5-10       |
| hyperactivity | 0-5 / 6 / 7-10       | 0-5 / 6 / 7-10       | 0-5 / 6 / 7-10       |
| peer          | 0-2 / 3 / 4-10       | 0-3 / 4 / 5-10       | 0-3 / 4-5 / 6-10     |
| prosocial     | 6-10 / 5 / 0-4       | 6-10 / 5 / 0-4       | 6-10 / 5 / 0-4       |
| impact        | 0 / 1 / 2-10         | 0 / 1 / 2-6          | 0 / 1 / 2-10         |
"""
FOUR = """
| scale         | parent                       | teacher                      | self                         |
| total         | 0-13 / 14-16 / 17-19 / 20-40 | 0-11 / 12-15 / 16-18 / 19-40 | 0-14 / 15-17 / 18-19 / 20-40 |
| emotional     | 0-3 / 4 / 5-6 / 7-10         | 0-3 / 4 / 5 / 6-10           | 0-4 / 5 / 6 / 7-10           |
| conduct       | 0-2 / 3 / 4-5 / 6-10         | 0-2 / 3 / 4 / 5-10           | 0-3 / 4 / 5 / 6-10           |
| hyperactivity | 0-5 / 6-7 / 8 / 9-10         | 0-5 / 6-7 / 8 / 9-10         | 0-5 / 6 / 7 / 8-10           |
| peer          | 0-2 / 3 / 4 / 5-10           | 0-2 / 3-4 / 5 / 6-10         | 0-2 / 3 / 4 / 5-10           |
| prosocial     | 8-10 / 7 / 6 / 0-5           | 6-10 / 5 / 4 / 0-3           | 7-10 / 6 / 5 / 0-4           |
| impact        | 0 / 1 / 2 / 3-10             | 0 / 1 / 2 / 3-6              | 0 / 1 / 2 / 3-10             |
"""
BANDS = {
    "three": ["borderline", "abnormal"],
    "four": ["slightly_raised", "high", "very_high"],
    "four, prosocial": ["slightly_lowered", "low", "very_low"],
}
YEAR = {"parent": "12", "teacher": "5", "self": "8"}
"""A year group of the phase in which each of them completes the questionnaire."""


@pytest.mark.parametrize("scale", [row["scale"] for row in Table.of(THREE).rows])
@pytest.mark.parametrize(("scheme", "published"), [("three", THREE), ("four", FOUR)])
def test_a_band_is_that_band_or_a_worse_one_by_the_cut_offs_published_for_the_informant(
    tmp_path: Path, scheme: str, published: str, scale: str
) -> None:
    """Every first and last score of every band, against every band that a card may name."""
    cut_offs = next(row for row in Table.of(published).rows if row["scale"] == scale)
    scored = [
        (f"{informant} {score}", informant, score, place)
        for informant in YEAR
        for place, band in enumerate(cut_offs[informant].split(" / "))
        for score in dict.fromkeys((band.split("-")[0], band.split("-")[-1]))
    ]
    bands = BANDS.get(f"{scheme}, {scale}", BANDS[scheme])
    best = "10" if scale == "prosocial" else "0"
    outcomes = "\n".join(
        f"      {band}: {{when: {{measure: sdq.{scale}, test: crosses,"
        f" at_risk: {{band: {band}, scheme: {scheme}}}}}}}"
        for band in bands
    )
    Programme(
        tmp_path,
        f"""
payments:
  bands:
    phases: [primary, secondary, post_16]
    baseline: {{months: [0, 6]}}
    endpoint: {{months: [12, 18]}}
    outcomes:
{outcomes}
""",
        children=table("child | year_group", ((child, YEAR[informant]) for child, informant, _, _ in scored)),
        sdq=table(
            f"child | informant | completed_on | {scale}",
            (
                (child, informant, *reading)
                for child, informant, score, _ in scored
                for reading in [("2017-02-01", score), ("2018-02-01", best)]
            ),
        ),
    ).statuses(
        "2018-Q4",
        table(
            f"child | {' | '.join(bands)}",
            (
                (
                    child,
                    *("met" if place >= at_risk else "not_eligible" for at_risk, _ in enumerate(bands, 1)),
                )
                for child, _, _, place in scored
            ),
        ),
    )


def test_bands_are_for_ages_4_to_17_so_that_one_for_early_years_is_refused(tmp_path: Path) -> None:
    terms = "test: crosses, at_risk: {band: borderline, scheme: three}"
    card = f"""
    payments:
      peers:
        phases: PHASES
        baseline: {{months: [0, 6]}}
        endpoint: {{months: [12, 18]}}
        when: {{measure: sdq.peer, {terms}}}
    """
    children = "| child |\n| Ada |"
    Programme(tmp_path / "with", card.replace("PHASES", "[early_years, primary]"), children=children).refuses(
        "| code | found |\n| card-band | a band for early_years |"
    )
    Programme(tmp_path / "without", card.replace("PHASES", "[primary]"), children=children).statuses(
        "2018-Q4", "| child | peers |\n| Ada | not_assessable |"
    )
