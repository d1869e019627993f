"""Bad input is refused in words that say where, what was found, what was expected and how to mend it.

Each test spoils one thing in a sound folder. Whatever is refused, nothing is written.
"""

import re
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sound_folder import FILES, Folder, Said, wlz_calc
from wlz_calc.cli.ending import Exit

SENTINEL = "SENTINEL-CHILD"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "programme")


def refuses(folder: Folder, message: str, code: Exit = Exit.FINDINGS) -> None:
    """`check` says it on stdout, `pay` on stderr, with the same exit code; nothing is written."""
    __tracebackhide__ = True
    before = folder.files()
    assert folder.check() == Said(code, out=message)
    for name in ("claim.csv", "claim.xlsx"):
        assert folder.pay("--output", str(folder.path / name)) == Said(code, err=message)
    assert folder.files() == before


def warns(folder: Folder, message: str) -> None:
    """`check` says it and all is well; a claim is made, and the warning travels with it."""
    __tracebackhide__ = True
    assert folder.check() == Said(Exit.FINE, out=message)
    paid = folder.pay("--format", "csv")
    assert (paid.code, paid.err) == (Exit.FINE, message)
    assert paid.out.startswith("quarter,contract,card_version,")


def misuses(said: Said, message: str) -> None:
    """Wrong usage: the message in its frame, without the frame."""
    __tracebackhide__ = True
    framed = [line.strip("│ ") for line in said.err.splitlines() if line.startswith("│")]
    assert (said.code, said.out, " ".join(framed)) == (Exit.USAGE, "", message)


def test_the_sound_folder_is_sound(folder: Folder) -> None:
    assert folder.check() == Said(Exit.FINE)
    assert folder.statuses("001") == {
        "sign_up": "met",
        "engagement": "met",
        "reading": "met",
        "wellbeing": "met",
        "confidence": "not_assessable",
        "attendance": "not_yet",
    }


# ---------------------------------------------------------------- the folder, and wlz.yaml


def test_a_folder_that_is_not_there(folder: Folder, tmp_path: Path) -> None:
    folder.path = tmp_path / "nowhere"
    said = folder.check()
    assert said.code == Exit.FINDINGS
    assert said.out.replace(tmp_path.as_posix(), "HERE") == """?"""


def test_a_folder_without_a_wlz_yaml(folder: Folder) -> None:
    folder.remove("wlz.yaml")
    refuses(folder, """?""")


def test_a_wlz_yaml_that_is_not_yaml(folder: Folder) -> None:
    folder.write("wlz.yaml", "rate_cards: [brent.yaml\nprovider: us\n")
    refuses(folder, """?""")


def test_an_unknown_key_in_wlz_yaml(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("rate_cards:", "rate_card:"))
    refuses(folder, """?""")


def test_what_wlz_yaml_may_say_only_in_a_later_version(folder: Folder) -> None:
    folder.write("wlz.yaml", "rate_cards: [brent.yaml]\nextracts:\n  sdq: {path: sdq.xlsx, sheet: Scores}\n")
    refuses(folder, """?""")


def test_no_rate_cards(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("[brent.yaml]", "[]"))
    refuses(folder, """?""")


def test_a_rate_card_that_is_not_there(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("[brent.yaml]", "[brent.yaml, kensington-chelsae]"))
    refuses(folder, """?""", Exit.CARD)


def test_sealed_quarters_are_not_passed_over(folder: Folder) -> None:
    (folder.path / "claims").mkdir()
    folder.write("claims/2017-Q4.csv", "")
    refuses(folder, """?""", Exit.CLAIMS)


# ---------------------------------------------------------------- files


def test_the_register_is_missing(folder: Folder) -> None:
    folder.remove("extracts/children.csv")
    refuses(folder, """?""")


def test_a_file_that_wlz_yaml_names_is_missing(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("sdq: {", "sdq: {path: from-school/sdq.csv, "))
    refuses(folder, """?""")


def test_a_folder_in_the_place_of_a_file(folder: Folder) -> None:
    folder.remove("extracts/sdq.csv")
    (folder.path / "extracts/sdq.csv").mkdir()
    refuses(folder, """?""")


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file(folder: Folder, content: bytes) -> None:
    folder.write("extracts/attendance.csv", content)
    refuses(folder, """?""")


def test_a_register_with_headings_only(folder: Folder) -> None:
    folder.write("extracts/children.csv", FILES["extracts/children.csv"].splitlines()[0])
    refuses(folder, """?""")


def test_any_other_extract_may_have_headings_only(folder: Folder) -> None:
    for name in ("extracts/engagement.csv", "extracts/attendance.csv", "holds.csv"):
        folder.write(name, FILES[name].splitlines()[0])
    assert folder.check() == Said(Exit.FINE)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16(folder: Folder, encoding: str) -> None:
    marks = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    folder.write("extracts/schools.csv", marks[encoding] + FILES["extracts/schools.csv"].encode(encoding))
    refuses(folder, """?""")


def test_bytes_that_are_no_text(folder: Folder) -> None:
    folder.write("extracts/schools.csv", b"school,name\nark,Ark\nphoenix,\x81\x8d\n")
    refuses(folder, """?""")


def test_a_file_in_windows_characters_is_read_with_a_warning(folder: Folder) -> None:
    folder.write("extracts/schools.csv", "school,name\nark,Ark\nphoenix,École Phénix\n".encode("cp1252"))
    warns(folder, """?""")
    assert "École Phénix" in folder.pay().out


def test_the_character_nul(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("Phoenix", "Pho\0enix"))
    refuses(folder, """?""")


def test_a_workbook_under_the_name_of_a_csv_file(folder: Folder) -> None:
    folder.write("extracts/schools.csv", b"PK\x03\x04\x14\x00\x06\x00")
    refuses(folder, """?""")


def test_rows_with_more_cells_than_headings(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("Ark Primary", "Ark, Primary"), ("Phoenix P", "Phoenix, The, P"))
    refuses(folder, """?""")


def test_a_row_too_long_in_a_file_with_a_column_that_is_not_used(folder: Folder) -> None:
    folder.write("extracts/schools.csv", "school,name,town\nark,Ark,London\nphoenix,Phoenix, The,London\n")
    refuses(folder, """?""")


def test_a_quotation_mark_that_is_left_open(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("Ark Primary", '"Ark Primary'))
    refuses(folder, """?""")


def test_a_quotation_mark_left_open_in_the_headings(folder: Folder) -> None:
    folder.write("extracts/schools.csv", 'school,"name\nark,Ark\n')
    refuses(folder, """?""")


def test_a_quotation_mark_inside_a_cell(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("Phoenix Primary", 'The "Phoenix'))
    refuses(folder, """?""")


# ---------------------------------------------------------------- headings


def test_a_heading_is_missing(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("contract,", "on,"))
    refuses(folder, """?""")


def test_misspelt_headings_are_named_and_the_right_ones_too(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("child_id", "Child ID"), ("joined_on", "joinedOn"))
    refuses(folder, """?""")


def test_a_heading_twice(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("school,name", "school,name,name"))
    refuses(folder, """?""")


def test_the_headings_of_a_questionnaire_by_item_are_all_wanted(folder: Folder) -> None:
    folder.write("extracts/sdq.csv", "child_id,completed_on,informant,consid\n")
    said = folder.check().out
    assert said.count("error heading-missing") == 24
    assert "\n  extracts/sdq.csv, row 1, column restles\n  expected a column restles\n" in said


def test_a_file_without_headings_does_not_give_away_its_first_child(folder: Folder) -> None:
    folder.write("extracts/survey.csv", f"001,{SENTINEL},confidence,40\n")
    refuses(folder, """?""")


def test_columns_that_are_not_used_are_named_once_for_a_file(folder: Folder) -> None:
    folder.replace(
        "extracts/schools.csv", ("name\n", "name,town,row,\n"), ("Primary\n", "Primary,London,1,\n")
    )
    warns(folder, """?""")


def test_columns_of_personal_data_are_not_read_and_never_printed(folder: Folder) -> None:
    headings, *rows = FILES["extracts/children.csv"].splitlines()
    content = [
        f"{headings},First name,DateOfBirth,UPN",
        *(f"{row},{SENTINEL},{SENTINEL},{SENTINEL}" for row in rows),
    ]
    folder.write("extracts/children.csv", "\n".join([*content, ""]))
    warns(folder, """?""")
    commands = [folder.check, folder.pay, folder.decisions]
    for command in commands:
        for options in ((), ("--format", "csv"), ("--format", "json")):
            said = command(*options)
            assert SENTINEL not in said.out + said.err
    folder.replace("extracts/children.csv", ("2017-01-09", "9 January"))
    assert SENTINEL not in folder.check().out
    for name in ("claim.csv", "claim.json", "claim.parquet", "claim.xlsx"):
        folder.pay("--output", str(folder.path / name))
    assert not any(
        SENTINEL.encode() in content for name, content in folder.files().items() if "claim" in name
    )


# ---------------------------------------------------------------- cells


def test_a_text_in_a_number(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", (",230,210", ",two hundred,210"))
    refuses(folder, """?""")


def test_a_decimal_where_a_whole_number_belongs(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", (",230,210", ",230,210.5"))
    refuses(folder, """?""")


def test_a_number_out_of_its_range(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", (",230,210", ",230,-1"))
    folder.replace("extracts/sdq.csv", ("001,2017-01-10,teacher,6,", "001,2017-01-10,teacher,11,"))
    refuses(folder, """?""")


def test_a_score_that_is_not_a_number(folder: Folder) -> None:
    folder.replace("extracts/survey.csv", ("52.5", "52·5"), (",40", ",0.00001"))
    refuses(folder, """?""")


def test_an_impossible_date(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-16", "2017-02-29"))
    refuses(folder, """?""")


def test_what_is_not_a_date(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-16", "16/01/2017"))
    refuses(folder, """?""")


def test_a_date_that_is_centuries_off(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-16", "0217-01-16"))
    refuses(folder, """?""")


def test_a_moment_that_is_none(folder: Folder) -> None:
    folder.replace("extracts/engagement.csv", ("true,2017-02-03", "true,2017-02-03 25:00"))
    refuses(folder, """?""")


def test_a_moment_on_an_impossible_day_and_one_that_is_centuries_off(folder: Folder) -> None:
    folder.replace(
        "extracts/engagement.csv",
        ("true,2017-02-03", "true,2017-02-30T10:00"),
        (",,2017-02-03", ",,2117-02-03"),
    )
    refuses(folder, """?""")


def test_a_word_that_is_none_of_those_allowed(folder: Folder) -> None:
    folder.replace("extracts/engagement.csv", ("A,absent,", "A,Absent,"), ("attended,true", "attended,yes"))
    refuses(folder, """?""")


def test_a_text_that_is_too_long(folder: Folder) -> None:
    longest = "x" * 64
    folder.replace("extracts/engagement.csv", ("Chess Club", longest))
    assert folder.check() == Said(Exit.FINE)
    folder.replace("extracts/engagement.csv", (longest, f"{longest}x"))
    refuses(folder, """?""")


def test_cells_that_may_not_be_empty(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("001,brent,ark,brent,5,2017-01-09", ",brent,ark,brent,,"))
    refuses(folder, """?""")


def test_an_unknown_attendance_code(folder: Folder) -> None:
    folder.marks("001,2017-02-02,AM,l", "001,2017-02-02,PM,present")
    refuses(folder, """?""")


@pytest.mark.parametrize("row", ["001,2024-08-18,AM,J", "001,2024-08-19,AM,K", "001,2024-08-19,AM,Y1"])
def test_a_code_on_the_last_day_of_the_old_ones_and_on_the_first_of_the_new(folder: Folder, row: str) -> None:
    folder.marks(row)
    assert folder.check() == Said(Exit.FINE)


def test_a_code_before_its_time(folder: Folder) -> None:
    folder.marks("001,2024-08-18,AM,K", "001,2017-02-02,PM,K", "001,2024-08-18,PM,Y1")
    refuses(folder, """?""")


def test_a_code_after_its_time(folder: Folder) -> None:
    folder.marks("001,2024-08-19,AM,J", "001,2024-08-19,PM,H")
    refuses(folder, """?""")


def test_a_code_on_a_day_that_is_none_is_not_blamed(folder: Folder) -> None:
    folder.marks("001,19/08/2024,AM,K")
    refuses(folder, """?""")


def test_scores_that_are_not_on_their_scales(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", ("score,99", "score,141"), ("towards", "Towards"))
    refuses(folder, """?""")


def test_a_status_code_is_not_a_score_to_expect(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", ("score,99,", "score,99,A"))
    refuses(folder, """?""")


def test_an_unknown_scale(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", ("termly_judgement", "termly_judgment"))
    refuses(folder, """?""")


def test_status_codes_are_no_readings(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", (",99,", ",A,"), (",95,", ",X,"))
    assert "found `001`; expected a baseline of attainment.reading (brent)" in folder.check().out
    assert folder.statuses("001")["reading"] == "not_assessable"


# ---------------------------------------------------------------- rows


def test_attended_above_possible(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", (",230,210", ",230,231"))
    refuses(folder, """?""")


def test_engaged_without_attending(folder: Folder) -> None:
    folder.replace("extracts/engagement.csv", ("absent,,", "absent,true,"))
    refuses(folder, """?""")


def test_a_partner_session_without_its_partner(folder: Folder) -> None:
    folder.replace("extracts/engagement.csv", ("Chess Club", ""))
    refuses(folder, """?""")


def test_left_before_joining(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-10,,", "2017-01-10,2017-01-15,moved"))
    refuses(folder, """?""")


def test_leaving_on_the_day_of_joining_is_possible(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-09,,", "2017-01-09,2017-01-09,"))
    assert "left-before-joining" not in folder.check().out


def test_a_period_that_ends_before_it_starts(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", ("001,2017-01-03,2017-07-21", "001,2017-01-03,2017-01-02"))
    refuses(folder, """?""")


def test_a_total_that_is_not_the_sum_of_its_scales(folder: Folder) -> None:
    folder.replace("extracts/sdq.csv", ("7,16,2", "7,17,2"))
    refuses(folder, """?""")


def test_a_score_that_is_not_what_its_items_give(folder: Folder) -> None:
    from wlz_calc.standards.sdq import ITEMS

    ones, rows = (
        ",".join("1" * 25),
        ["001,2017-01-10,teacher", "001,2017-12-11,teacher", "002,2017-01-20,teacher"],
    )
    scores = ["5,5", "5,6", ","]
    lines = [f"{row},{ones},{score}" for row, score in zip(rows, scores, strict=True)]
    heading = f"child_id,completed_on,informant,{','.join(ITEMS)},emotional,peer"
    folder.write("extracts/sdq.csv", "\n".join([heading, *lines, ""]))
    refuses(folder, """?""")


def test_a_hold_that_ends_before_it_begins(folder: Folder) -> None:
    folder.replace("holds.csv", ("2017-02-01,2017-03-31", "2017-02-01,2017-01-31"))
    refuses(folder, """?""")


# ---------------------------------------------------------------- tables


def test_children_who_are_not_in_the_register(folder: Folder) -> None:
    folder.replace("extracts/survey.csv", ("001", "003"), ("002", "4"))
    refuses(folder, """?""")


def test_children_whose_leading_zeros_were_lost(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", ("001,", "1,"), ("002,", "2,"))
    refuses(folder, """?""")


def test_a_child_in_the_register_twice(folder: Folder) -> None:
    folder.add("extracts/children.csv", "001,brent,phoenix,brent,6,2017-02-01,,,")
    refuses(folder, """?""")


def test_two_marks_for_one_session(folder: Folder) -> None:
    folder.marks("001,2017-02-01,AM,N", "002,2017-02-01,PM,U")
    refuses(folder, """?""")


def test_overlapping_periods(folder: Folder) -> None:
    folder.add("extracts/attendance.csv", "001,2017-07-21,2017-08-31,2,1", "002,2017-07-22,2017-08-31,2,1")
    refuses(folder, """?""")


def test_two_different_readings_on_one_day(folder: Folder) -> None:
    folder.add("extracts/attainment.csv", "001,reading,2017-01-05,standardised_age_score,96,")
    folder.add("extracts/attainment.csv", "002,reading,2017-01-05,termly_judgement,at,above")
    folder.add("extracts/sdq.csv", "001,2017-01-10,teacher,6,4,5,2,7,,2")
    folder.add("extracts/survey.csv", "002,2017-01-20,confidence,52.4")
    refuses(folder, """?""")


def test_of_three_readings_on_one_day_only_those_that_differ_from_the_first_are_named(folder: Folder) -> None:
    folder.add("extracts/survey.csv", "001,2017-01-10,confidence,40.0", "001,2017-01-10,confidence,41")
    folder.add("extracts/sdq.csv", "002,2017-01-20,teacher,4,1,5,2,9,,", "002,2017-01-20,teacher,4,2,5,2,9,,")
    refuses(folder, """?""")


def test_two_readings_on_one_day_that_agree_are_a_warning(folder: Folder) -> None:
    folder.add("extracts/attainment.csv", "001,reading,2017-01-05,standardised_age_score,95.0,")
    folder.add("extracts/sdq.csv", "001,2017-01-10,teacher,6,3,5,2,7,16,")
    folder.add("extracts/survey.csv", "001,2017-01-10,confidence,40.00")
    warns(folder, """?""")


def test_readings_of_two_informants_and_of_two_subjects_stand_beside_each_other(folder: Folder) -> None:
    folder.add("extracts/sdq.csv", "001,2017-01-10,parent,1,1,1,1,1,,")
    folder.add("extracts/attainment.csv", "001,maths,2017-01-05,standardised_age_score,96,")
    assert folder.check() == Said(Exit.FINE)


def test_no_card_for_a_joining_date(folder: Folder) -> None:
    folder.write(
        "later.yaml",
        FILES["brent.yaml"].replace("version: 1", "version: 2").replace("2016-09-01", "2018-10-01"),
    )
    folder.replace("later.yaml", ("2018-08-31", "2019-08-31"))
    folder.replace("wlz.yaml", ("[brent.yaml]", "[brent.yaml, later.yaml]"))
    folder.add(
        "extracts/children.csv",
        "003,brent,ark,brent,5,2016-08-31,,,",
        "004,brent,ark,brent,5,2018-09-15,,,",
        "005,brent,ark,brent,5,2018-09-16,,,",
        "006,brent,ark,brent,5,2018-09-17,,,",
    )
    refuses(folder, """?""")


def test_two_cards_for_a_joining_date(folder: Folder) -> None:
    folder.write("later.yaml", FILES["brent.yaml"].replace("version: 1", "version: 2"))
    folder.replace("later.yaml", ("joined: {from: 2016-09-01", "joined: {from: 2017-01-16"))
    folder.replace("wlz.yaml", ("[brent.yaml]", "[brent.yaml, later.yaml]"))
    refuses(folder, """?""")


def test_an_unknown_contract(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("002,brent,", "002,Brent,"))
    refuses(folder, """?""")


def test_an_authority_is_missing_where_authorities_pay(folder: Folder) -> None:
    folder.replace(
        "brent.yaml", ("{name: Brent Council, share: 0.80}", "{name: LA, share: 0.80, each: authority}")
    )
    folder.replace("extracts/children.csv", ("phoenix,brent,", "phoenix,,"))
    refuses(folder, """?""")


def test_a_school_is_not_in_the_list(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("phoenix,", "phenix,"))
    refuses(folder, """?""")


def test_a_table_that_a_payment_needs_is_missing(folder: Folder) -> None:
    folder.write("wlz.yaml", "rate_cards: [brent.yaml]\n")
    folder.remove("extracts/sdq.csv")
    folder.remove("extracts/attendance.csv")
    refuses(folder, """?""")


def test_attendance_in_totals_where_months_need_marks(folder: Folder) -> None:
    folder.replace(
        "brent.yaml",
        ("        baseline: {academic_year: 1}\n        endpoint: {academic_year: 2}\n", ""),
    )
    refuses(folder, """?""")
    folder.marks()
    assert folder.check() == Said(Exit.FINE)


def test_a_survey_score_out_of_its_range(folder: Folder) -> None:
    folder.replace("extracts/survey.csv", (",40", ",-0.5"), ("52.5", "100.0001"))
    refuses(folder, """?""")


def test_a_hold_on_an_unknown_payment(folder: Folder) -> None:
    folder.replace("holds.csv", ("sign_up", "signup"))
    refuses(folder, """?""")


def test_a_hold_on_an_outcome_that_its_payment_does_not_have(folder: Folder) -> None:
    folder.add("holds.csv", "001,sign_up,reading,2017-02-01,,,", "001,outcomes,maths,2017-02-01,,,")
    folder.add("holds.csv", "001,,writing,2017-02-01,,,", "001,,reading,2017-02-01,,,")
    refuses(folder, """?""")


# ---------------------------------------------------------------- sessions that are submitted again


def test_the_latest_submission_stands(folder: Folder) -> None:
    assert folder.statuses("001")["engagement"] == "met"
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,absent,,2017-02-03T00:01")
    assert folder.check() == Said(Exit.FINE)
    assert folder.statuses("001")["engagement"] == "not_met"
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,attended,,2017-02-03T00:02Z")
    assert folder.statuses("001")["engagement"] == "met"


def test_two_submissions_of_the_same_moment_that_differ(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,absent,,2017-02-03T00:00")
    refuses(folder, """?""")


def test_two_submissions_that_differ_only_in_whether_engaged(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,attended,false,2017-02-03")
    folder.add("extracts/engagement.csv", "001,2017-02-01,link_worker,,,attended,true,")
    refuses(folder, """?""")


def test_two_submissions_of_the_same_moment_that_agree(folder: Folder) -> None:
    folder.add(
        "extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,attended,true,2017-02-03T00:00Z"
    )
    warns(folder, """?""")


def test_a_submission_without_a_moment_cannot_be_ranked(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,absent,,")
    refuses(folder, """?""")


def test_a_submission_without_a_moment_that_agrees(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,attended,true,")
    warns(folder, """?""")


def whole_sessions(folder: Folder) -> None:
    folder.add("wlz.yaml", "resubmission: sessions")


def test_a_whole_session_submitted_again_replaces_all_its_rows(folder: Folder) -> None:
    whole_sessions(folder)
    folder.add(
        "extracts/engagement.csv",
        "001,2017-02-02,partner,Chess Club,A,absent,,2017-02-04",
        "002,2017-02-02,partner,Chess Club,A,attended,,2017-02-04",
    )
    assert folder.check() == Said(Exit.FINE)
    assert folder.statuses("001")["engagement"] == "not_met"


def test_a_whole_session_submitted_again_may_leave_out_a_child_with_a_warning(folder: Folder) -> None:
    whole_sessions(folder)
    folder.add("extracts/engagement.csv", "002,2017-02-02,partner,Chess Club,A,attended,,2017-02-04")
    warns(folder, """?""")
    assert folder.statuses("001")["engagement"] == "not_assessable"


def test_a_link_workers_session_beside_it_does_not_replace_a_partners(folder: Folder) -> None:
    whole_sessions(folder)
    folder.add("extracts/engagement.csv", "001,2017-02-02,link_worker,Chess Club,A,attended,,2017-02-05")
    assert folder.check() == Said(Exit.FINE)
    assert folder.statuses("001")["engagement"] == "met"


def test_whole_sessions_need_a_label_and_a_moment(folder: Folder) -> None:
    whole_sessions(folder)
    folder.replace("extracts/engagement.csv", ("Club,A,absent,,2017-02-03", "Club,,absent,,"))
    refuses(folder, """?""")


def test_a_whole_session_submitted_twice_at_the_same_moment(folder: Folder) -> None:
    whole_sessions(folder)
    folder.add(
        "extracts/engagement.csv",
        "001,2017-02-02,partner,Chess Club,A,attended,true,2017-02-03",
        "002,2017-02-02,partner,Chess Club,A,attended,,2017-02-03",
    )
    refuses(folder, """?""")


# ---------------------------------------------------------------- rate cards


def test_an_unknown_key_in_a_card(folder: Folder) -> None:
    folder.replace("brent.yaml", ("informants:", "informant:"))
    refuses(folder, """?""", Exit.CARD)


def test_an_unknown_measure_in_a_card(folder: Folder) -> None:
    folder.replace("brent.yaml", ("link_worker_sessions", "link_workers_sessions"))
    refuses(folder, """?""", Exit.CARD)


def test_an_unknown_test_in_a_card(folder: Folder) -> None:
    folder.replace("brent.yaml", ("test: progresses", "test: progressed"))
    refuses(folder, """?""", Exit.CARD)


def test_shares_that_do_not_add_up_to_1(folder: Folder) -> None:
    folder.replace("brent.yaml", ("share: 0.80", "share: 0.79"))
    refuses(folder, """?""", Exit.CARD)


def test_a_school_share_above_what_matching_allows(folder: Folder) -> None:
    folder.replace("brent.yaml", ("share: 0.80", "share: 0.74"), ("share: 0.20", "share: 0.26"))
    refuses(folder, """?""", Exit.CARD)


def test_a_school_share_at_what_matching_allows(folder: Folder) -> None:
    folder.replace("brent.yaml", ("share: 0.80", "share: 0.75"), ("share: 0.20", "share: 0.25"))
    assert folder.check() == Said(Exit.FINE)


def test_a_bare_at_risk_inside_all(folder: Folder) -> None:
    folder.replace(
        "brent.yaml",
        (
            "{when: {measure: sdq.emotional, test: improves, by: 1}}",
            "{when: {all: [{measure: sdq.peer, test: improves, by: 1}, {at_risk: {above: 5}}]}}",
        ),
    )
    refuses(folder, """?""", Exit.CARD)


def test_a_key_twice_in_a_card(folder: Folder) -> None:
    folder.replace("brent.yaml", ("    price: 450.00\n", "    price: 450.00\n    price: 540.00\n"))
    refuses(folder, """?""", Exit.CARD)


def test_a_faulty_card_is_refused_by_itself_too(folder: Folder) -> None:
    folder.replace("brent.yaml", ("share: 0.80", "share: 0.79"))
    said = wlz_calc("cards", "check", str(folder.path / "brent.yaml"))
    message = folder.check().out.replace("brent.yaml", (folder.path / "brent.yaml").as_posix())
    assert said == Said(Exit.CARD, err=message)


# ---------------------------------------------------------------- everything of a stage at once


def test_everything_of_a_stage_is_said_at_once_and_the_next_stage_is_silent(folder: Folder) -> None:
    folder.add(
        "extracts/engagement.csv",
        "001,2017-02-30,link_worker,,,attended,,",
        "001,2017-03-01,Link worker,,,attended,,",
        "001,2017-03-02,link_worker,,,,,",
        "001,2017-03-03,link_worker,,,attended,TRUE,",
        "001,2017-03-04,link_worker,,,attended,,tomorrow",
        "009,2017-03-05,link_worker,,,absent,true,",
    )
    refuses(folder, """?""")


def test_faults_of_two_files_and_of_one_stage_are_said_together(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", ("sessions_possible", "possible"))
    folder.replace("extracts/survey.csv", ("score", "result"), ("52.5", "lots"))
    refuses(folder, """?""")


def test_the_same_fault_in_many_rows_is_one_message_with_its_rows(folder: Folder) -> None:
    folder.add(
        "extracts/engagement.csv", *(f"{n},2017-03-01,link_worker,,,attended,," for n in range(100, 113))
    )
    refuses(folder, """?""")


# ---------------------------------------------------------------- usage


@pytest.mark.parametrize("text", ["", "2018", "2018-Q5", "Q4 2018", "2018Q4", "2018-Q4-1", "18/19-Q3"])
def test_a_quarter_that_cannot_be_read(folder: Folder, text: str) -> None:
    expected = f"cannot read the quarter '{text}': expected 2018-Q4, or 2018/19-Q3 by UK financial year"
    misuses(
        wlz_calc("pay", "--quarter", text, str(folder.path)),
        f"Invalid value for '--quarter' / '-q': {expected}",
    )


def test_a_quarter_of_a_financial_year_that_is_none(folder: Folder) -> None:
    said = wlz_calc("decisions", "--quarter", "2018/20-Q1", str(folder.path))
    misuses(
        said,
        "Invalid value for '--quarter' / '-q': cannot read the quarter '2018/20-Q1': 2018 is followed by 19",
    )


@pytest.mark.parametrize("text", ["9999-Q4", "0000-Q1", "1899-Q4", "2200/01-Q1"])
def test_a_quarter_that_is_centuries_off(folder: Folder, text: str) -> None:
    said = wlz_calc("pay", "--quarter", text, str(folder.path))
    expected = f"cannot read the quarter '{text}': expected a year from 1900 to 2199"
    misuses(said, f"Invalid value for '--quarter' / '-q': {expected}")


def test_no_quarter(folder: Folder) -> None:
    misuses(wlz_calc("pay", str(folder.path)), "Missing option '--quarter' / '-q'.")


def cannot_write(folder: Folder, output: Path, message: str) -> None:
    __tracebackhide__ = True
    before = folder.files()
    for command in (folder.pay, folder.decisions):
        said = command("--output", output.as_posix())
        assert (said.code, said.out) == (Exit.USAGE, "")
        assert said.err.replace(folder.path.as_posix(), "HERE") == message
    assert folder.files() == before


def test_an_output_that_is_a_folder(folder: Folder) -> None:
    (folder.path / "claim.csv").mkdir()
    cannot_write(folder, folder.path / "claim.csv", """?""")


def test_an_output_in_a_folder_that_is_not_there(folder: Folder) -> None:
    cannot_write(folder, folder.path / "out/claim.csv", """?""")


def test_an_output_that_is_read_only(folder: Folder) -> None:
    folder.write("claim.csv", "kept")
    (folder.path / "claim.csv").chmod(0o444)
    cannot_write(folder, folder.path / "claim.csv", """?""")


@pytest.mark.parametrize("name", ["claim", "claim.xls", "claim.txt", ".csv"])
def test_an_output_of_no_format_of_ours(folder: Folder, name: str) -> None:
    before = folder.files()
    misuses(
        folder.pay("--output", str(folder.path / name)),
        f"Invalid value: cannot tell the format of '{name}': expected .xlsx, .csv, .json or .parquet",
    )
    misuses(
        folder.decisions("--output", str(folder.path / name)),
        f"Invalid value: cannot tell the format of '{name}': expected .csv, .json or .parquet",
    )
    assert folder.files() == before


def test_an_unknown_contract_commissioner_or_child(folder: Folder) -> None:
    misuses(folder.pay("--contract", "Brent"), "Invalid value: no contract 'Brent'; there are brent")
    misuses(
        folder.pay("--commissioner", "school"),
        "Invalid value: no commissioner 'school'; there are council, school:ark, school:phoenix",
    )
    misuses(folder.decisions("--contract", "Brent"), "Invalid value: no contract 'Brent'; there are brent")
    misuses(folder.decisions("--child", "1"), "Invalid value: no child '1' in 2018-Q1")


# ---------------------------------------------------------------- whatever a file says


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.randoms(use_true_random=False))
def test_no_traceback_reaches_a_user_for_a_bad_input(name: str, random: Random) -> None:
    with TemporaryDirectory() as place:
        folder = Folder(Path(place) / "programme")
        folder.write(name, spoilt(FILES[name], random))
        said = folder.check()
        assert said.code in {Exit.FINE, Exit.FINDINGS, Exit.CARD}
        assert said.err == ""
        assert bool(re.search(r"^error ", said.out, re.MULTILINE)) == (said.code != Exit.FINE)
        assert folder.pay("--format", "csv").code == said.code


def spoilt(content: str, random: Random) -> bytes:
    """A file with a few of its words replaced, or lines moved, doubled or lost."""
    for _ in range(random.randint(1, 3)):
        words = re.split(r"(\W)", content)
        lines = content.splitlines(keepends=True)
        spot, line = random.randrange(len(words)), random.randrange(len(lines))
        match random.randrange(4):
            case 0:
                words[spot] = random.choice(ODD)
                content = "".join(words)
            case 1:
                content = "".join([*lines[:line], *lines[line + 1 :]]) or "\n"
            case 2:
                content = "".join([*lines, lines[line]])
            case _:
                content = content.replace(words[spot] or ",", random.choice(words))
    return content.encode(errors="surrogatepass")


ODD = [
    *("", " ", ",", '"', "\n", "\r", "\t", "\0", "'", "=1+1", "-1", "1e309", "9" * 400, "0.1", "null", "NaN"),
    *(
        "2017-02-30",
        "0000-00-00",
        "9999-12-31",
        "2024-08-19",
        "[]",
        "{}",
        "*a",
        "&a",
        "a: b",
        "#",
        "---",
        "\x85",
    ),
    *(
        "001",
        "child_id",
        "score",
        "brent",
        "all",
        "any",
        "at_risk",
        "١٢",
        "é",
        "\u2028",
        "\ufeff",
        "x" * 70,
        "\\",
    ),
]
