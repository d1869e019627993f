"""Stage 6: what is sound in form and odd all the same is said, just beyond its edge, and stops nothing."""

from pathlib import Path

import pytest

from tests.sound_folder import CONFIG, Folder, Said, text
from wlz_calc.standards.sdq import ITEMS


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "programme")


SILENT = Said(0)


def said(folder: Folder) -> str:
    """What `check` says, and stops nothing by."""
    checked = folder.check()
    assert (checked.code, checked.err) == (0, "")
    return checked.out


def test_consent_more_than_a_year_before_joining(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("09,2017-01-09,", "09,2016-01-09,"))
    assert folder.check() == SILENT
    folder.replace("extracts/children.csv", ("09,2016-01-09,", "09,2016-01-08,"))
    assert said(folder) == text("""
        warning consent-early: Consent more than a year before joining
          extracts/children.csv, row 2, column consent_on
          found `2016-01-08`; expected consent within a year of joining
          mend: Check the date of consent.
    """)


def test_consent_a_year_before_the_29th_of_february(folder: Folder) -> None:
    folder.replace(
        "brent.yaml", ("joined: {from: 2016-09-01", "joined: {from: 2016-01-01"), ("2016-09-01", "2016-01-01")
    )
    folder.replace("extracts/children.csv", ("2017-01-16,2017-01-10", "2016-02-29,2015-02-28"))
    assert "consent-early" not in folder.check().out
    folder.replace("extracts/children.csv", ("2015-02-28", "2015-02-27"))
    assert "consent-early" in folder.check().out


def test_sessions_outside_the_term_of_the_contract(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2016-09-01,link_worker,,,attended,,")
    folder.add("extracts/engagement.csv", "001,2020-08-31,link_worker,,,attended,,")
    assert folder.check() == SILENT
    folder.add("extracts/engagement.csv", "001,2016-08-31,link_worker,,,attended,,")
    folder.add("extracts/engagement.csv", "001,2020-09-01,link_worker,,,attended,,")
    assert said(folder) == text("""
        warning outside-term: Sessions outside the term of the contract
          extracts/engagement.csv, row 7, column date (and 1 more row: 8)
          found `2016-08-31`, `2020-09-01`; expected 2016-09-01 to 2020-08-31, the term of brent
          mend: Check the date, and the contract of the child.
    """)


def test_sessions_after_a_child_has_left(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-10,,", "2017-01-10,2017-02-02,moved"))
    assert folder.check() == SILENT
    folder.replace("extracts/children.csv", ("2017-02-02,moved", "2017-02-01,moved"))
    assert said(folder) == text("""
        warning session-after-leaving: Sessions after a child has left
          extracts/engagement.csv, row 4, column date
          found `2017-02-02`; expected sessions up to left_on; later ones do not count
          mend: Check left_on, or the date of the session.
    """)


def test_a_period_that_straddles_two_academic_years(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", ("002,2017-01-03,2017-07-21", "002,2017-01-03,2017-08-31"))
    folder.add("extracts/attendance.csv", "002,2017-09-01,2018-08-31,380,350")
    assert folder.check() == SILENT
    folder.replace("extracts/attendance.csv", ("2017-09-01,2018-08-31", "2017-09-01,2018-09-01"))
    assert said(folder) == text("""
        warning period-straddles: An attendance period lies in two academic years
          extracts/attendance.csv, row 5, column period_end
          found `2017-09-01 to 2018-09-01`; expected a period within one academic year; this one counts in
              neither
          mend: Ask the school for totals by term.
    """)


@pytest.mark.parametrize(("attended", "odd"), [(230, True), (229, False), (1, False), (0, True)])
def test_a_school_of_which_every_session_or_none_was_attended(
    folder: Folder, attended: int, odd: bool
) -> None:
    folder.replace("extracts/attendance.csv", (",230,222", f",230,{attended}"))
    expected = text(f"""
        warning rate-extreme: A school's attendance is exactly nought or a hundred per cent
          extracts/attendance.csv, row 4
          found {attended} of 230 sessions attended at `phoenix`; expected some absence and some attendance at
              every school
          mend: Check the export with the school.
    """)
    assert said(folder) == (expected if odd else "")


def test_a_school_at_which_no_session_was_possible(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", (",230,222", ",0,0"))
    assert folder.check() == SILENT


def test_children_without_a_baseline(folder: Folder) -> None:
    """The window of a child who joined on 16 January opens on 16 July and closes on 15 April."""
    for day in ("2016-07-16", "2017-04-15"):
        folder.write("extracts/survey.csv", f"child_id,completed_on,measure,score\n002,{day},confidence,1\n")
        folder.add("extracts/survey.csv", "001,2017-01-10,confidence,40")
        assert folder.check() == SILENT
    for day in ("2016-07-15", "2017-04-16"):
        folder.write("extracts/survey.csv", f"child_id,completed_on,measure,score\n002,{day},confidence,1\n")
        assert said(folder) == text("""
            warning no-baseline: Children without a baseline
              extracts/children.csv, row 2, column child_id (and 1 more row: 3)
              found `001`, `002`; expected a baseline of survey.confidence (brent)
              mend: Ask for the reading while the baseline window is open.
        """)


def test_a_questionnaire_of_another_informant_is_no_baseline(folder: Folder) -> None:
    folder.replace("extracts/sdq.csv", ("002,2017-01-20,teacher", "002,2017-01-20,parent"))
    assert said(folder) == text("""
        warning no-baseline: Children without a baseline
          extracts/children.csv, row 3, column child_id
          found `002`; expected a baseline of sdq.emotional (brent)
          mend: Ask for the reading while the baseline window is open.
    """)


def test_a_baseline_that_two_outcomes_want_is_missed_once(folder: Folder) -> None:
    calm = "calm: {when: {measure: sdq.emotional, test: crosses, at_risk: {above: 5}}}"
    folder.replace("brent.yaml", ("      wellbeing:", f"      {calm}\n      wellbeing:"))
    folder.replace("extracts/sdq.csv", ("002,2017-01-20", "002,2017-05-20"))
    assert said(folder).count("expected a baseline of sdq.emotional (brent)") == 1
    assert len(folder.check("--format", "csv").out.splitlines()) == 2


def test_a_survey_that_no_card_describes(folder: Folder) -> None:
    folder.add("extracts/survey.csv", "001,2017-01-10,happiness,4", "002,2017-01-10,happiness,4")
    assert said(folder) == text("""
        warning survey-unknown: A survey that no card describes
          extracts/survey.csv, row 4, column measure
          found `happiness`; expected a survey that a card describes; this one is not used
          mend: Check the name, or describe the survey on the card.
    """)


def test_extracts_that_nobody_validated_until_somebody_does(folder: Folder) -> None:
    folder.write("wlz.yaml", "rate_cards: [brent.yaml]\n")
    assert said(folder) == text("""
        warning not-validated: Extracts that nobody has validated
          wlz.yaml
          found extracts/children.csv, extracts/schools.csv, extracts/engagement.csv,
              extracts/attendance.csv, extracts/attainment.csv, extracts/sdq.csv, extracts/survey.csv;
              expected validated: {by: NAME, on: DATE} for each extract
          mend: Say in wlz.yaml, under the extract, who validated it and when.
    """)
    folder.write("wlz.yaml", "\n".join(line for line in CONFIG.splitlines() if "  sdq:" not in line))
    assert "\n  found extracts/sdq.csv; expected" in said(folder)
    folder.write("wlz.yaml", CONFIG)
    assert folder.check() == SILENT


def test_marks_that_were_never_made_are_counted(folder: Folder) -> None:
    folder.marks("001,2017-02-02,AM,", "001,2017-02-02,PM,-", "002,2017-02-02,AM,*", "002,2017-02-02,PM,/")
    assert said(folder) == text("""
        warning marks-missing: Register marks that were never made
          extracts/attendance.csv, row 6, column code
          found none in 3 of 8 rows, this one first; expected a mark for every session
          mend: Ask the school to complete its register.
    """)


def test_scores_that_are_missing_are_counted_and_status_codes_are_not(folder: Folder) -> None:
    folder.add("extracts/attainment.csv", "001,maths,2017-01-05,gcse,A,", "002,maths,2017-01-05,gcse,,")
    folder.add("extracts/survey.csv", "001,2018-01-10,confidence,", "002,2018-01-10,confidence,")
    folder.add("extracts/sdq.csv", "001,2018-06-01,teacher,,,,,,,", "002,2018-06-01,teacher,,,,,,12,")
    assert said(folder) == text("""
        warning score-missing: Rows without a score
          extracts/attainment.csv, row 6, column score
          found none in 1 of 5 rows, this one first; expected a score in every row
          mend: Ask for the score, or take the row out.
        warning score-missing: Rows without a score
          extracts/sdq.csv, row 5, column emotional
          found none in 1 of 5 rows, this one first; expected answers or scores in every row
          mend: Ask for the score, or take the row out.
        warning score-missing: Rows without a score
          extracts/survey.csv, row 4, column score
          found none in 2 of 4 rows, this one first; expected a score in every row
          mend: Ask for the score, or take the row out.
    """)


def test_a_questionnaire_by_item_without_an_answer_is_counted(folder: Folder) -> None:
    answers = ",".join("1" * len(ITEMS))
    folder.write("extracts/sdq.csv", f"child_id,completed_on,informant,{','.join(ITEMS)}\n")
    folder.add("extracts/sdq.csv", *(f"{child},2017-01-20,teacher,{answers}" for child in ("001", "002")))
    assert folder.check() == SILENT
    folder.add("extracts/sdq.csv", f"001,2017-12-20,teacher{',' * len(ITEMS)}")
    assert said(folder) == text("""
        warning score-missing: Rows without a score
          extracts/sdq.csv, row 4, column consid
          found none in 1 of 3 rows, this one first; expected answers or scores in every row
          mend: Ask for the score, or take the row out.
    """)


def test_warnings_are_tallied_on_the_schedule(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", *["001,2016-08-31,link_worker,,,attended,,"] * 2)
    table = folder.pay().out
    assert "\nSessions outside the term of the contract" in table
    assert "\nA session was sent twice, saying the same" in table
