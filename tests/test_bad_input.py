"""Bad input is refused in words that say where, what was found, what was expected and how to mend it.

Each test spoils one thing in a sound folder. Whatever is refused, nothing is written.
"""

import os
import re
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sound_folder import FILES, Folder, Said, text, wlz_calc
from wlz_calc.cli.ending import Exit
from wlz_calc.standards.sdq import ITEMS

SENTINEL = "SENTINEL-CHILD"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "programme")


def refused(folder: Folder, code: Exit = Exit.FINDINGS) -> str:
    """What `pay` says; it says nothing else, and writes nothing."""
    __tracebackhide__ = True
    around = folder.path.parent
    before = folder.files(), sorted(around.rglob("*"))
    said = folder.pay("--output", str(around / "claim.csv"))
    assert (said.code, said.out) == (code, "")
    assert (folder.files(), sorted(around.rglob("*"))) == before
    return said.err.replace(folder.path.as_posix(), "HERE")


def warned(folder: Folder) -> str:
    """What `check` says; it stops nothing."""
    __tracebackhide__ = True
    said = folder.check()
    assert (said.code, said.err) == (Exit.FINE, "")
    return said.out


def misused(said: Said) -> str:
    """The message about wrong usage, without the frame that it stands in."""
    __tracebackhide__ = True
    assert (said.code, said.out) == (Exit.USAGE, "")
    return " ".join(line.strip("│ ") for line in said.err.splitlines() if line.startswith("│"))


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


def test_check_says_on_stdout_what_pay_says_on_stderr(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2016-08-31,link_worker,,,attended,,")
    checked, paid = folder.check(), folder.pay("--format", "csv")
    assert (checked.code, checked.out) == (paid.code, paid.err) == (Exit.FINE, warned(folder))
    for name, code in (("extracts/engagement.csv", Exit.FINDINGS), ("brent.yaml", Exit.CARD)):
        folder.add(name, "&")
        message = refused(folder, code)
        assert folder.check() == Said(code, out=message)
        assert folder.decisions("--output", str(folder.path / "decisions.csv")) == Said(code, err=message)
        assert folder.pay("--output", str(folder.path / "claim.xlsx")) == Said(code, err=message)


# ---------------------------------------------------------------- the folder, and wlz.yaml


def test_a_folder_that_is_not_there(folder: Folder) -> None:
    folder.path /= "nowhere"
    assert refused(folder) == text("""
        error folder-missing: The programme folder is not there
          HERE
          found no such folder; expected a programme folder
          mend: Give the path of the folder that holds wlz.yaml.
    """)


def test_a_folder_without_a_wlz_yaml(folder: Folder) -> None:
    folder.remove("wlz.yaml")
    assert refused(folder) == text("""
        error folder-no-config: The folder has no wlz.yaml
          HERE/wlz.yaml
          found no such file; expected a wlz.yaml in the folder
          mend: Add one; `rate_cards: [NAME]` is enough.
    """)


def test_a_wlz_yaml_that_is_not_yaml(folder: Folder) -> None:
    folder.write("wlz.yaml", "rate_cards: [brent.yaml\nprovider: us\n")
    assert refused(folder) == text("""
        error folder-syntax: wlz.yaml is not valid YAML
          wlz.yaml, line 2, column 9
          found `provider: us`; expected a comma, or the closing bracket
          mend: Mend the line that is named, or the one above it.
    """)


def test_an_unknown_key_in_wlz_yaml(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("rate_cards:", "rate_card:"))
    assert refused(folder) == text("""
        error folder-unknown-key: wlz.yaml has a key that means nothing
          wlz.yaml, line 1, column 1
          found `rate_card`; expected provider, rate_cards, extracts, resubmission, claims, supplier or
              invoicing (did you mean rate_cards?)
          mend: Use one of the keys listed, or delete it.
        error folder-missing-key: wlz.yaml lacks a key
          wlz.yaml, line 1, column 1
          found no rate_cards; expected rate_cards
          mend: Add the key that is named.
    """)


def test_no_rate_cards(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("[brent.yaml]", "[]"))
    assert refused(folder) == text("""
        error folder-value: A value in wlz.yaml cannot be used
          wlz.yaml, line 1, column 13
          found none; expected the name of at least one rate card
          mend: Write what is expected.
    """)


def test_a_rate_card_that_is_not_there(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("[brent.yaml]", "[brent.yaml, kensington-chelsae]"))
    assert refused(folder, Exit.CARD) == text("""
        error card-not-found: A rate card is not there
          wlz.yaml, line 1, column 26
          found `kensington-chelsae`; expected hammersmith-fulham, kensington-chelsea or life-chances-fund
              (did you mean kensington-chelsea?), or the path of a .yaml file
          mend: Name a card that is shipped (`wlz-calc cards list`), or give a path; in wlz.yaml, from its
              folder.
    """)


def test_sealed_quarters_are_not_passed_over(folder: Folder) -> None:
    (folder.path / "claims").mkdir()
    folder.write("claims/2017-Q4.csv", "")
    said = folder.pay()
    assert (said.code, said.out) == (Exit.CLAIMS, "")
    assert (
        text("""
        error book-stray: Something stands among the sealed claims that was not sealed
          claims/2017-Q4.csv
          found a file; expected a folder for each contract
          mend: Move it elsewhere; only `close` and `claims` write to the folder of claims.
    """)
        in said.err
    )


# ---------------------------------------------------------------- files


def test_the_register_is_missing(folder: Folder) -> None:
    folder.remove("extracts/children.csv")
    assert refused(folder) == text("""
        error file-missing: A file is not there
          extracts/children.csv
          expected a file with the children extract
          mend: Put the file there, or name where it is under `extracts` in wlz.yaml.
    """)


def test_a_file_that_wlz_yaml_names_is_missing(folder: Folder) -> None:
    folder.replace("wlz.yaml", ("sdq: {", "sdq: {path: from-school/sdq.csv, "))
    assert refused(folder) == text("""
        error file-missing: A file is not there
          wlz.yaml, line 8, column 8
          found `from-school/sdq.csv`; expected a file with the sdq extract
          mend: Put the file there, or name where it is under `extracts` in wlz.yaml.
    """)


def test_a_folder_in_the_place_of_a_file(folder: Folder) -> None:
    folder.remove("extracts/sdq.csv")
    (folder.path / "extracts/sdq.csv").mkdir()
    assert refused(folder) == text("""
        error file-unreadable: A file cannot be read
          extracts/sdq.csv
          found a folder; expected a file that can be read
          mend: Close it in other programs, check who may read it, and save it again as csv.
    """)


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file(folder: Folder, content: bytes) -> None:
    folder.write("extracts/attendance.csv", content)
    assert refused(folder) == text("""
        error file-empty: A file has no rows
          extracts/attendance.csv
          found nothing; expected a row of headings, and rows below it
          mend: Export it again; an extract that you do not have may simply be absent.
    """)


def test_a_register_with_headings_only(folder: Folder) -> None:
    folder.write("extracts/children.csv", FILES["extracts/children.csv"].splitlines()[0])
    assert refused(folder) == text("""
        error file-empty: A file has no rows
          extracts/children.csv
          found headings only; expected a row for each child on the programme
          mend: Export it again; an extract that you do not have may simply be absent.
    """)


def test_any_other_extract_may_have_headings_only(folder: Folder) -> None:
    for name in ("extracts/engagement.csv", "extracts/attendance.csv", "holds.csv"):
        folder.write(name, FILES[name].splitlines()[0])
    assert folder.check() == Said(Exit.FINE)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16(folder: Folder, encoding: str) -> None:
    marks = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    folder.write("extracts/schools.csv", marks[encoding] + FILES["extracts/schools.csv"].encode(encoding))
    assert refused(folder) == text("""
        error file-encoding: A file is not UTF-8 text
          extracts/schools.csv
          found UTF-16 (Unicode text); expected UTF-8 text
          mend: In a spreadsheet, save it as CSV UTF-8.
    """)


def test_bytes_that_are_no_text(folder: Folder) -> None:
    folder.write("extracts/schools.csv", b"school,name\nark,Ark\nphoenix,\x81\x8d\n")
    assert refused(folder) == text("""
        error file-encoding: A file is not UTF-8 text
          extracts/schools.csv, row 3
          found bytes that are not text; expected UTF-8 text
          mend: In a spreadsheet, save it as CSV UTF-8.
    """)


def test_a_file_in_windows_characters_is_read_with_a_warning(folder: Folder) -> None:
    folder.write("extracts/schools.csv", "school,name\nphoenix,Phoenix\nark,École\n".encode("cp1252"))
    assert warned(folder) == text("""
        warning file-cp1252: A file is in Windows characters, not UTF-8
          extracts/schools.csv, row 3
          found Windows characters (cp1252); expected UTF-8 text
          mend: In a spreadsheet, save it as CSV UTF-8, so that no character has to be guessed.
    """)
    assert "École" in folder.pay().out


def test_the_character_nul(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("Phoenix", "Pho\0enix"))
    assert refused(folder) == text("""
        error file-encoding: A file is not UTF-8 text
          extracts/schools.csv, row 3
          found the character NUL; expected UTF-8 text
          mend: In a spreadsheet, save it as CSV UTF-8.
    """)


def test_a_workbook_under_the_name_of_a_csv_file(folder: Folder) -> None:
    folder.write("extracts/schools.csv", b"PK\x03\x04\x14\x00\x06\x00")
    assert refused(folder) == text("""
        error file-encoding: A file is not UTF-8 text
          extracts/schools.csv
          found a workbook, under a name that ends as csv does; expected UTF-8 text
          mend: In a spreadsheet, save it as CSV UTF-8.
    """)


def test_rows_with_more_cells_than_headings(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("Ark Primary", "Ark, Primary"), ("Phoenix P", "Phoenix, The, P"))
    assert refused(folder) == text("""
        error file-ragged: A row has more cells than there are headings
          extracts/schools.csv, row 2 (and 1 more row: 3)
          found 3 cells, 4 cells; expected 2, one for each heading
          mend: Put the cell that holds a comma in quotation marks, or save the sheet again as csv.
    """)


def test_a_row_too_long_in_a_file_with_a_column_that_is_not_used(folder: Folder) -> None:
    folder.write("extracts/schools.csv", "school,name,town\nark,Ark,London\nphoenix,Phoenix, The,London\n")
    assert refused(folder) == text("""
        error file-ragged: A row has more cells than there are headings
          extracts/schools.csv, row 3
          found 4 cells; expected 3, one for each heading
          mend: Put the cell that holds a comma in quotation marks, or save the sheet again as csv.
        warning heading-extra: Columns that are not used
          extracts/schools.csv, row 1
          found `town`; expected only columns of the schools extract
          mend: Nothing needs to be done, unless one is needed: then `columns` in wlz.yaml says what it is.
    """)


def test_a_quotation_mark_that_is_left_open(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("Ark Primary", '"Ark Primary'))
    assert refused(folder) == text("""
        error file-quotes: A quotation mark is out of place
          extracts/schools.csv, row 2
          found a quotation mark that is left open, or inside a cell; expected quotation marks around whole
              cells
          mend: Put the whole cell in quotation marks, and write "" for one inside it; or save it again as
              csv.
    """)


def test_a_quotation_mark_left_open_in_the_headings(folder: Folder) -> None:
    folder.write("extracts/schools.csv", 'school,"name\nark,Ark\n')
    assert refused(folder) == text("""
        error file-quotes: A quotation mark is out of place
          extracts/schools.csv, row 1
          found a quotation mark that is left open, or inside a cell; expected quotation marks around whole
              cells
          mend: Put the whole cell in quotation marks, and write "" for one inside it; or save it again as
              csv.
    """)


def test_a_quotation_mark_inside_a_cell(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("Phoenix Primary", 'The "Phoenix'))
    assert refused(folder) == text("""
        error file-quotes: A quotation mark is out of place
          extracts/schools.csv, row 3
          found a quotation mark that is left open, or inside a cell; expected quotation marks around whole
              cells
          mend: Put the whole cell in quotation marks, and write "" for one inside it; or save it again as
              csv.
    """)


# ---------------------------------------------------------------- headings


def test_a_heading_is_missing(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("contract,", "on,"))
    assert refused(folder) == text("""
        error heading-missing: A heading is missing
          extracts/children.csv, row 1, column contract
          expected a column contract
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
        warning heading-extra: Columns that are not used
          extracts/children.csv, row 1
          found `on`; expected only columns of the children extract
          mend: Nothing needs to be done, unless one is needed: then `columns` in wlz.yaml says what it is.
    """)


def test_misspelt_headings_are_named_and_the_right_ones_too(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("child_id", "Child ID"), ("joined_on", "joinedOn"))
    assert refused(folder) == text("""
        error heading-missing: A heading is missing
          extracts/children.csv, row 1, column child_id
          found `Child ID`, which may be meant; expected a column child_id
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
        error heading-missing: A heading is missing
          extracts/children.csv, row 1, column joined_on
          found `joinedOn`, which may be meant; expected a column joined_on
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
        warning heading-extra: Columns that are not used
          extracts/children.csv, row 1
          found `Child ID`, `joinedOn`; expected only columns of the children extract
          mend: Nothing needs to be done, unless one is needed: then `columns` in wlz.yaml says what it is.
    """)


def test_a_heading_twice(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("school,name", "school,name,name"))
    assert refused(folder) == text("""
        error heading-twice: A heading stands twice
          extracts/schools.csv, row 1, column name
          found `name`; expected each heading once
          mend: Take one of them out, or rename it.
    """)


def test_the_headings_of_a_questionnaire_by_item_are_all_wanted(folder: Folder) -> None:
    folder.write("extracts/sdq.csv", "child_id,completed_on,informant,consid\n")
    said = folder.check().out
    assert said.count("error heading-missing") == 24
    assert "\n  extracts/sdq.csv, row 1, column restles\n  expected a column restles\n" in said


def test_a_file_without_headings_does_not_give_away_its_first_child(folder: Folder) -> None:
    folder.write("extracts/survey.csv", f"001,{SENTINEL},confidence,40\n")
    assert refused(folder) == text("""
        error heading-missing: A heading is missing
          extracts/survey.csv, row 1, column child_id
          found no heading of this extract; expected a column child_id
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
        error heading-missing: A heading is missing
          extracts/survey.csv, row 1, column completed_on
          found no heading of this extract; expected a column completed_on
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
        error heading-missing: A heading is missing
          extracts/survey.csv, row 1, column measure
          found no heading of this extract; expected a column measure
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
        error heading-missing: A heading is missing
          extracts/survey.csv, row 1, column score
          found no heading of this extract; expected a column score
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
    """)


def test_columns_that_are_not_used_are_named_once_for_a_file(folder: Folder) -> None:
    folder.replace(
        "extracts/schools.csv", ("name\n", "name,town,row,\n"), ("Primary\n", "Primary,London,1,\n")
    )
    assert warned(folder) == text("""
        warning heading-extra: Columns that are not used
          extracts/schools.csv, row 1
          found `town`, `row`; expected only columns of the schools extract
          mend: Nothing needs to be done, unless one is needed: then `columns` in wlz.yaml says what it is.
    """)


def test_columns_of_personal_data_are_not_read_and_never_printed(folder: Folder) -> None:
    headings, *rows = FILES["extracts/children.csv"].splitlines()
    content = [
        f"{headings},First name,DateOfBirth,UPN",
        *(f"{row},{SENTINEL},{SENTINEL},{SENTINEL}" for row in rows),
    ]
    folder.write("extracts/children.csv", "\n".join([*content, ""]))
    assert warned(folder) == text("""
        warning heading-personal: Columns that look like personal data
          extracts/children.csv, row 1
          found `First name`, `DateOfBirth`, `UPN`; expected no personal data
          mend: Ask the sender to leave them out, and delete this copy.
    """)
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
    assert refused(folder) == text("""
        error cell-not-whole: A cell is not a whole number
          extracts/attendance.csv, row 2, column sessions_possible
          found `two hundred`; expected a whole number
          mend: Write digits only.
    """)


def test_a_decimal_where_a_whole_number_belongs(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", (",230,210", ",230,210.5"))
    assert refused(folder) == text("""
        error cell-not-whole: A cell is not a whole number
          extracts/attendance.csv, row 2, column sessions_attended
          found `210.5`; expected a whole number
          mend: Write digits only.
    """)


def test_a_number_out_of_its_range(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", (",230,210", ",230,-1"))
    folder.replace("extracts/sdq.csv", ("001,2017-01-10,teacher,6,", "001,2017-01-10,teacher,11,"))
    assert refused(folder) == text("""
        error cell-out-of-range: A number is out of its range
          extracts/attendance.csv, row 2, column sessions_attended
          found `-1`; expected 0 to 9999
          mend: Correct it; a question that was not answered is an empty cell.
        error cell-out-of-range: A number is out of its range
          extracts/sdq.csv, row 2, column emotional
          found `11`; expected 0 to 10
          mend: Correct it; a question that was not answered is an empty cell.
    """)


def test_a_score_that_is_not_a_number(folder: Folder) -> None:
    folder.replace("extracts/survey.csv", ("52.5", "52·5"), (",40", ",0.00001"))
    assert refused(folder) == text("""
        error cell-not-a-number: A cell is not a number
          extracts/survey.csv, row 2, column score (and 1 more row: 3)
          found `0.00001`, `52·5`; expected a number such as 12 or 12.5
          mend: Write digits, with a point before at most four decimals.
    """)


def test_an_impossible_date(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-16", "2017-02-29"))
    assert refused(folder) == text("""
        error cell-impossible-date: A date does not exist
          extracts/children.csv, row 3, column joined_on
          found `2017-02-29`; expected a day that the calendar has
          mend: Correct the day or the month.
    """)


def test_what_is_not_a_date(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-16", "16/01/2017"))
    assert refused(folder) == text("""
        error cell-not-a-date: A cell is not a date
          extracts/children.csv, row 3, column joined_on
          found `16/01/2017`; expected a date such as 2016-11-03; or `date_format: "%d/%m/%Y"` in wlz.yaml,
              under the extract
          mend: Write year-month-day, such as 2018-04-03, and a day that the calendar has.
    """)


def test_a_date_that_is_centuries_off(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-16", "0217-01-16"))
    assert refused(folder) == text("""
        error cell-date-far-off: A date is far off
          extracts/children.csv, row 3, column joined_on
          found `0217-01-16`; expected a date from 1990-01-01 to 2099-12-31
          mend: Correct the year.
    """)


def test_a_moment_that_is_none(folder: Folder) -> None:
    folder.replace("extracts/engagement.csv", ("true,2017-02-03", "true,2017-02-03 25:00"))
    assert refused(folder) == text("""
        error cell-not-a-date: A cell is not a date
          extracts/engagement.csv, row 3, column submitted_at
          found `2017-02-03 25:00`; expected a date such as 2016-11-03, or with a time, 2016-11-03T14:30
          mend: Write year-month-day, such as 2018-04-03, and a day that the calendar has.
    """)


def test_a_moment_on_an_impossible_day_and_one_that_is_centuries_off(folder: Folder) -> None:
    folder.replace(
        "extracts/engagement.csv",
        ("true,2017-02-03", "true,2017-02-30T10:00"),
        (",,2017-02-03", ",,2117-02-03"),
    )
    assert refused(folder) == text("""
        error cell-impossible-date: A date does not exist
          extracts/engagement.csv, row 3, column submitted_at
          found `2017-02-30T10:00`; expected a day that the calendar has
          mend: Correct the day or the month.
        error cell-date-far-off: A date is far off
          extracts/engagement.csv, row 4, column submitted_at
          found `2117-02-03`; expected a date from 1990-01-01 to 2099-12-31
          mend: Correct the year.
    """)


def test_a_word_that_is_none_of_those_allowed(folder: Folder) -> None:
    folder.replace("extracts/engagement.csv", ("A,absent,", "A,Absent,"), ("attended,true", "attended,yes"))
    assert refused(folder) == text("""
        error cell-not-in-list: A cell holds none of the values allowed
          extracts/engagement.csv, row 3, column engaged
          found `yes` (true?); expected true or false; or `values: {engaged: {'yes': 'true'}}` in wlz.yaml,
              under the extract
          mend: Use one of the values expected, spelt just so, or translate it: `values` in wlz.yaml.
        error cell-not-in-list: A cell holds none of the values allowed
          extracts/engagement.csv, row 4, column status
          found `Absent` (absent?); expected attended, absent or cancelled; or `values: {status: {Absent:
              absent}}` in wlz.yaml, under the extract
          mend: Use one of the values expected, spelt just so, or translate it: `values` in wlz.yaml.
    """)


def test_a_text_that_is_too_long(folder: Folder) -> None:
    longest = "x" * 64
    folder.replace("extracts/engagement.csv", ("Chess Club", longest))
    assert folder.check() == Said(Exit.FINE)
    folder.replace("extracts/engagement.csv", (longest, f"{longest}x"))
    assert refused(folder) == text("""
        error cell-too-long: A text is too long
          extracts/engagement.csv, row 3, column provider (and 1 more row: 4)
          found `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…`; expected at most 64
              characters
          mend: Check that every cell of the row stands in its own column.
    """)


def test_cells_that_may_not_be_empty(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("001,brent,ark,brent,5,2017-01-09", ",brent,ark,brent,,"))
    assert refused(folder) == text("""
        error cell-missing: A cell is empty that must be filled in
          extracts/children.csv, row 2, column child_id
          expected a text
          mend: Fill it in, or take the row out.
        error cell-missing: A cell is empty that must be filled in
          extracts/children.csv, row 2, column year_group
          expected N1, N2, R, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 or 13
          mend: Fill it in, or take the row out.
        error cell-missing: A cell is empty that must be filled in
          extracts/children.csv, row 2, column joined_on
          expected a date
          mend: Fill it in, or take the row out.
    """)


def test_an_unknown_attendance_code(folder: Folder) -> None:
    folder.marks("001,2017-02-02,AM,l", "001,2017-02-02,PM,present")
    assert refused(folder) == text("""
        error attendance-code-unknown: An attendance code is not known
          extracts/attendance.csv, row 6, column code (and 1 more row: 7)
          found `l` (L?), `present` (/?); expected a code of the Department for Education: / \\ L V P W B K
              J M S C T R I E G N O U C1 C2 J1 H F D X Z # Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 Y; or `values: {code: {l:
              L, present: /}}` in wlz.yaml, under the extract
          mend: Use the codes of the Department for Education; leave the cell empty where no mark was made.
    """)


@pytest.mark.parametrize("row", ["001,2024-08-18,AM,J", "001,2024-08-19,AM,K", "001,2024-08-19,AM,Y1"])
def test_a_code_on_the_last_day_of_the_old_ones_and_on_the_first_of_the_new(folder: Folder, row: str) -> None:
    folder.marks(row)
    assert folder.check() == Said(Exit.FINE)


def test_a_code_before_its_time(folder: Folder) -> None:
    folder.marks("001,2024-08-18,AM,K", "001,2017-02-02,PM,K", "001,2024-08-18,PM,Y1")
    assert refused(folder) == text("""
        error attendance-code-not-in-force: An attendance code was not in force on that day
          extracts/attendance.csv, row 6, column code (and 2 more rows: 7, 8)
          found `K` on 2024-08-18, `K` on 2017-02-02, `Y1` on 2024-08-18; expected this code only from
              2024-08-19
          mend: Check the date and the code with the school.
    """)


def test_a_code_after_its_time(folder: Folder) -> None:
    folder.marks("001,2024-08-19,AM,J", "001,2024-08-19,PM,H")
    assert refused(folder) == text("""
        error attendance-code-not-in-force: An attendance code was not in force on that day
          extracts/attendance.csv, row 6, column code (and 1 more row: 7)
          found `J` on 2024-08-19, `H` on 2024-08-19; expected this code only until 2024-08-18
          mend: Check the date and the code with the school.
    """)


def test_a_code_on_a_day_that_is_none_is_not_blamed(folder: Folder) -> None:
    folder.marks("001,19/08/2024,AM,K")
    assert refused(folder) == text("""
        error cell-not-a-date: A cell is not a date
          extracts/attendance.csv, row 6, column date
          found `19/08/2024`; expected a date such as 2016-11-03; or `date_format: "%d/%m/%Y"` in wlz.yaml,
              under the extract
          mend: Write year-month-day, such as 2018-04-03, and a day that the calendar has.
    """)


def test_scores_that_are_not_on_their_scales(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", ("score,99", "score,141"), ("towards", "Towards"))
    assert refused(folder) == text("""
        error score-not-on-scale: A score is not on its scale
          extracts/attainment.csv, row 3, column score
          found `141`; expected 60 to 140, on standardised_age_score
          mend: Correct the score or the scale; a status code such as A (absent) may stand for a score.
        error score-not-on-scale: A score is not on its scale
          extracts/attainment.csv, row 4, column score
          found `Towards`; expected below < towards < at < above, on termly_judgement
          mend: Correct the score or the scale; a status code such as A (absent) may stand for a score.
    """)


def test_a_status_code_is_not_a_score_to_expect(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", ("score,99,", "score,99,A"))
    assert refused(folder) == text("""
        error score-not-on-scale: A score is not on its scale
          extracts/attainment.csv, row 3, column expected
          found `A`; expected 60 to 140, on standardised_age_score
          mend: Correct the score or the scale; a status code such as A (absent) may stand for a score.
    """)


def test_an_unknown_scale(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", ("termly_judgement", "termly_judgment"))
    assert refused(folder) == text("""
        error cell-not-in-list: A cell holds none of the values allowed
          extracts/attainment.csv, row 4, column scale
          found `termly_judgment`; expected standardised_age_score, termly_judgement, teacher_assessment,
              ks1_scaled, ks2_scaled or gcse
          mend: Use one of the values expected, spelt just so, or translate it: `values` in wlz.yaml.
    """)


def test_status_codes_are_no_readings(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", (",99,", ",A,"), (",95,", ",X,"))
    assert "found `001`; expected a baseline of attainment.reading (brent)" in folder.check().out
    assert folder.statuses("001")["reading"] == "not_assessable"


# ---------------------------------------------------------------- rows


def test_attended_above_possible(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", (",230,210", ",230,231"))
    assert refused(folder) == text("""
        error attended-above-possible: More sessions attended than were possible
          extracts/attendance.csv, row 2, column sessions_attended
          found `231` of 230; expected at most as many as were possible
          mend: Check both numbers with the school.
    """)


def test_engaged_without_attending(folder: Folder) -> None:
    folder.replace("extracts/engagement.csv", ("absent,,", "absent,true,"))
    assert refused(folder) == text("""
        error engaged-not-attended: Engaged in a session that was not attended
          extracts/engagement.csv, row 4, column engaged
          found `true` (the status is absent); expected false or empty, if not attended
          mend: Correct the status, or leave engaged empty.
    """)


def test_a_partner_session_without_its_partner(folder: Folder) -> None:
    folder.replace("extracts/engagement.csv", ("Chess Club", ""))
    assert refused(folder) == text("""
        error partner-missing: A partner session without its delivery partner
          extracts/engagement.csv, row 3, column provider (and 1 more row: 4)
          expected the delivery partner of a partner session
          mend: Fill in provider, the name of the delivery partner.
    """)


def test_left_before_joining(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-10,,", "2017-01-10,2017-01-15,moved"))
    assert refused(folder) == text("""
        error left-before-joining: A child left before it joined
          extracts/children.csv, row 3, column left_on
          found `2017-01-15` (joined_on is 2017-01-16); expected joined_on or a later day
          mend: Correct joined_on or left_on.
    """)


def test_leaving_on_the_day_of_joining_is_possible(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("2017-01-09,,", "2017-01-09,2017-01-09,"))
    assert "left-before-joining" not in folder.check().out


def test_a_period_that_ends_before_it_starts(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", ("001,2017-01-03,2017-07-21", "001,2017-01-03,2017-01-02"))
    assert refused(folder) == text("""
        error period-reversed: A period ends before it starts
          extracts/attendance.csv, row 2, column period_end
          found `2017-01-02` (period_start is 2017-01-03); expected period_start or a later day
          mend: Correct the two dates.
    """)


def test_a_total_that_is_not_the_sum_of_its_scales(folder: Folder) -> None:
    folder.replace("extracts/sdq.csv", ("7,16,2", "7,17,2"))
    assert refused(folder) == text("""
        error sdq-total-differs: A total difficulties score is not the sum of its scales
          extracts/sdq.csv, row 2, column total
          found `17` (not 16); expected the sum of the four scales
          mend: Score the questionnaire again, or leave total empty.
    """)


def test_a_score_that_is_not_what_its_items_give(folder: Folder) -> None:
    answers = ",".join("1" * len(ITEMS))
    lines = [
        f"child_id,completed_on,informant,{','.join(ITEMS)},emotional,peer",
        f"001,2017-01-10,teacher,{answers},5,5",
        f"001,2017-12-11,teacher,{answers},5,6",
        f"002,2017-01-20,teacher,{answers},,",
    ]
    folder.write("extracts/sdq.csv", "\n".join([*lines, ""]))
    assert refused(folder) == text("""
        error sdq-score-differs: A scale score is not what its items give
          extracts/sdq.csv, row 3, column peer
          found `6` (not 5); expected the score that its items give
          mend: Send the items alone, and the tool scores them.
    """)


def test_a_hold_that_ends_before_it_begins(folder: Folder) -> None:
    folder.replace("holds.csv", ("2017-02-01,2017-03-31", "2017-02-01,2017-01-31"))
    assert refused(folder) == text("""
        error hold-reversed: A hold ends before it begins
          holds.csv, row 2, column to
          found `2017-01-31` (from is 2017-02-01); expected from or a later day
          mend: Correct from or to.
    """)


# ---------------------------------------------------------------- tables


def test_children_who_are_not_in_the_register(folder: Folder) -> None:
    folder.replace("extracts/survey.csv", ("001", "003"), ("002", "4"))
    assert refused(folder) == text("""
        error child-unknown: A child is not in the register
          extracts/survey.csv, row 2, column child_id (and 1 more row: 3)
          found `003`, `4`; expected a child in the register
          mend: Correct the id, or add the child to the register.
    """)


def test_children_whose_leading_zeros_were_lost(folder: Folder) -> None:
    folder.replace("extracts/attainment.csv", ("001,", "1,"), ("002,", "2,"))
    assert refused(folder) == text("""
        error child-unknown: A child is not in the register
          extracts/attainment.csv, row 2, column child_id (and 2 more rows: 3, 4)
          found `1` (it has `001`), `2` (it has `002`); expected a child in the register: were leading
              zeros lost or added?
          mend: Correct the id, or add the child to the register.
    """)


def test_a_child_in_the_register_twice(folder: Folder) -> None:
    folder.add("extracts/children.csv", "001,brent,phoenix,brent,6,2017-02-01,,,")
    assert refused(folder) == text("""
        error child-twice: A child is in the register twice
          extracts/children.csv, row 4, column child_id
          found `001` (as in row 2); expected each child once
          mend: Keep the row that is right.
    """)


def test_two_marks_for_one_session(folder: Folder) -> None:
    folder.marks("001,2017-02-01,AM,N", "002,2017-02-01,PM,U")
    assert refused(folder) == text("""
        error mark-twice: Two marks for one session
          extracts/attendance.csv, row 6, column code (and 1 more row: 7)
          found `N` (row 2 has `/`), `U` (as in row 5); expected one mark for a session
          mend: Keep the mark that stands in the school's register.
    """)


def test_overlapping_periods(folder: Folder) -> None:
    folder.add("extracts/attendance.csv", "001,2017-07-21,2017-08-31,2,1", "002,2017-07-22,2017-08-31,2,1")
    assert refused(folder) == text("""
        error period-overlaps: Two attendance periods of a child overlap
          extracts/attendance.csv, row 5, column period_start
          found `2017-07-21` (row 2 lasts until 2017-07-21); expected a day after the child's other
              periods
          mend: Correct the periods, or keep one of them.
    """)


def test_two_different_readings_on_one_day(folder: Folder) -> None:
    folder.add("extracts/attainment.csv", "001,reading,2017-01-05,standardised_age_score,96,")
    folder.add("extracts/attainment.csv", "002,reading,2017-01-05,termly_judgement,at,above")
    folder.add("extracts/sdq.csv", "001,2017-01-10,teacher,6,4,5,2,7,,2")
    folder.add("extracts/survey.csv", "002,2017-01-20,confidence,52.4")
    assert refused(folder) == text("""
        error readings-differ: Two different readings on one day
          extracts/attainment.csv, row 5, column score (and 1 more row: 6)
          found `standardised_age_score 96` (row 2 has `standardised_age_score 95`), `termly_judgement at
              (expected above)` (row 4 has `termly_judgement towards`); expected one reading a day
          mend: Keep the one that is right.
        error readings-differ: Two different readings on one day
          extracts/sdq.csv, row 5, column conduct
          found `4` (row 2 has `3`); expected one reading a day
          mend: Keep the one that is right.
        error readings-differ: Two different readings on one day
          extracts/survey.csv, row 4, column score
          found `52.4` (row 3 has `52.5`); expected one reading a day
          mend: Keep the one that is right.
    """)


def test_of_three_readings_on_one_day_only_those_that_differ_from_the_first_are_named(folder: Folder) -> None:
    folder.add("extracts/survey.csv", "001,2017-01-10,confidence,40.0", "001,2017-01-10,confidence,41")
    folder.add("extracts/sdq.csv", "002,2017-01-20,teacher,4,1,5,2,9,,", "002,2017-01-20,teacher,4,2,5,2,9,,")
    assert refused(folder) == text("""
        error readings-differ: Two different readings on one day
          extracts/sdq.csv, row 6, column conduct
          found `2` (row 5 has `1`); expected one reading a day
          mend: Keep the one that is right.
        error readings-differ: Two different readings on one day
          extracts/survey.csv, row 5, column score
          found `41` (row 2 has `40`); expected one reading a day
          mend: Keep the one that is right.
        warning reading-repeated: A reading was sent twice, saying the same
          extracts/sdq.csv, row 5, column completed_on
          found `2017-01-20` (as in row 4); expected one reading a day
          mend: Nothing needs to be done; ask the sender to send each reading once.
        warning reading-repeated: A reading was sent twice, saying the same
          extracts/survey.csv, row 4, column completed_on
          found `2017-01-10` (as in row 2); expected one reading a day
          mend: Nothing needs to be done; ask the sender to send each reading once.
    """)


def test_two_readings_on_one_day_that_agree_are_a_warning(folder: Folder) -> None:
    folder.add("extracts/attainment.csv", "001,reading,2017-01-05,standardised_age_score,95.0,")
    folder.add("extracts/sdq.csv", "001,2017-01-10,teacher,6,3,5,2,7,16,")
    folder.add("extracts/survey.csv", "001,2017-01-10,confidence,40.00")
    assert warned(folder) == text("""
        warning reading-repeated: A reading was sent twice, saying the same
          extracts/attainment.csv, row 5, column assessed_on
          found `2017-01-05` (as in row 2); expected one reading a day
          mend: Nothing needs to be done; ask the sender to send each reading once.
        warning reading-repeated: A reading was sent twice, saying the same
          extracts/sdq.csv, row 5, column completed_on
          found `2017-01-10` (as in row 2); expected one reading a day
          mend: Nothing needs to be done; ask the sender to send each reading once.
        warning reading-repeated: A reading was sent twice, saying the same
          extracts/survey.csv, row 4, column completed_on
          found `2017-01-10` (as in row 2); expected one reading a day
          mend: Nothing needs to be done; ask the sender to send each reading once.
    """)


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
    assert refused(folder) == text("""
        error card-none: No rate card governs a child
          extracts/children.csv, row 4, column joined_on (and 1 more row: 5)
          found `2016-08-31` (contract brent), `2018-09-15` (contract brent); expected a card for that
              date; the nearest is brent version 1 (2016-09-01 to 2018-08-31)
          mend: Correct the contract or joined_on, or name the card in wlz.yaml.
        error card-none: No rate card governs a child
          extracts/children.csv, row 6, column joined_on (and 1 more row: 7)
          found `2018-09-16` (contract brent), `2018-09-17` (contract brent); expected a card for that
              date; the nearest is brent version 2 (2018-10-01 to 2019-08-31)
          mend: Correct the contract or joined_on, or name the card in wlz.yaml.
    """)


def test_two_cards_for_a_joining_date(folder: Folder) -> None:
    folder.write("later.yaml", FILES["brent.yaml"].replace("version: 1", "version: 2"))
    folder.replace("later.yaml", ("joined: {from: 2016-09-01", "joined: {from: 2017-01-16"))
    folder.replace("wlz.yaml", ("[brent.yaml]", "[brent.yaml, later.yaml]"))
    assert refused(folder) == text("""
        error card-two: Two rate cards govern a child
          extracts/children.csv, row 3, column joined_on
          found `2017-01-16` (contract brent); expected one card for that date, not brent version 1
              (2016-09-01 to 2018-08-31) and brent version 2 (2017-01-16 to 2018-08-31)
          mend: Let wlz.yaml name only the version in force, or mend the joined ranges of the cards.
    """)


def test_an_unknown_contract(folder: Folder) -> None:
    folder.replace("extracts/children.csv", ("002,brent,", "002,Brent,"))
    assert refused(folder) == text("""
        error card-none: No rate card governs a child
          extracts/children.csv, row 3, column contract
          found `Brent`; expected a contract with a card: brent
          mend: Correct the contract or joined_on, or name the card in wlz.yaml.
    """)


def test_an_authority_is_missing_where_authorities_pay(folder: Folder) -> None:
    folder.replace(
        "brent.yaml", ("{name: Brent Council, share: 0.80}", "{name: LA, share: 0.80, each: authority}")
    )
    folder.replace("extracts/children.csv", ("phoenix,brent,", "phoenix,,"))
    assert refused(folder) == text("""
        error authority-missing: A child has no authority
          extracts/children.csv, row 3, column authority
          expected the commissioning authority
          mend: Fill in authority: the local authority that pays for the child.
    """)


def test_a_school_is_not_in_the_list(folder: Folder) -> None:
    folder.replace("extracts/schools.csv", ("phoenix,", "phenix,"))
    assert refused(folder) == text("""
        error school-unknown: A school is not in the list of schools
          extracts/children.csv, row 3, column school
          found `phoenix`; expected a school of the schools extract
          mend: Correct the code, or add the school to the schools extract.
    """)


def test_a_table_that_a_payment_needs_is_missing(folder: Folder) -> None:
    folder.write("wlz.yaml", "rate_cards: [brent.yaml]\n")
    folder.remove("extracts/sdq.csv")
    folder.remove("extracts/attendance.csv")
    assert refused(folder) == text("""
        error table-missing: An extract that a payment needs is not there
          extracts/sdq.csv
          found no such file; expected the extract that wellbeing of brent (sdq.emotional) needs
          mend: Add the extract to the folder.
        error table-missing: An extract that a payment needs is not there
          extracts/attendance.csv
          found no such file; expected the extract that attendance of brent (attendance_rate) needs
          mend: Add the extract to the folder.
    """)


def test_attendance_in_totals_where_months_need_marks(folder: Folder) -> None:
    folder.replace(
        "brent.yaml",
        ("        baseline: {academic_year: 1}\n        endpoint: {academic_year: 2}\n", ""),
    )
    assert refused(folder) == text("""
        error attendance-shape: Attendance in totals where register marks are needed
          extracts/attendance.csv
          found totals by period; expected register marks, as attendance of brent looks at months
          mend: Send register marks: child_id, date, session, code.
    """)
    folder.marks()
    assert folder.check() == Said(Exit.FINE)


def test_a_survey_score_out_of_its_range(folder: Folder) -> None:
    folder.replace("extracts/survey.csv", (",40", ",-0.5"), ("52.5", "100.0001"))
    assert refused(folder) == text("""
        error score-out-of-range: A survey score is outside its range
          extracts/survey.csv, row 2, column score (and 1 more row: 3)
          found `-0.5`, `100.0001`; expected 0 to 100, the range of confidence
          mend: Correct the score.
    """)


def test_a_hold_on_an_unknown_payment(folder: Folder) -> None:
    folder.replace("holds.csv", ("sign_up", "signup"))
    assert refused(folder) == text("""
        error hold-unknown: A hold on something that is not on the card
          holds.csv, row 2, column payment
          found `signup`; expected empty, or sign_up, engagement or outcomes
          mend: Name a payment or an outcome as the card does, or leave the cell empty to hold all.
    """)


def test_a_hold_on_an_outcome_that_its_payment_does_not_have(folder: Folder) -> None:
    folder.add("holds.csv", "001,sign_up,reading,2017-02-01,,,", "001,outcomes,maths,2017-02-01,,,")
    folder.add("holds.csv", "001,,writing,2017-02-01,,,", "001,,reading,2017-02-01,,,")
    assert refused(folder) == text("""
        error hold-unknown: A hold on something that is not on the card
          holds.csv, row 3, column outcome
          found `reading`; expected empty; no outcome is on the card (sign_up)
          mend: Name a payment or an outcome as the card does, or leave the cell empty to hold all.
        error hold-unknown: A hold on something that is not on the card
          holds.csv, row 4, column outcome
          found `maths`; expected empty, or reading, wellbeing, confidence or attendance (outcomes)
          mend: Name a payment or an outcome as the card does, or leave the cell empty to hold all.
        error hold-unknown: A hold on something that is not on the card
          holds.csv, row 5, column outcome
          found `writing`; expected empty, or reading, wellbeing, confidence or attendance
          mend: Name a payment or an outcome as the card does, or leave the cell empty to hold all.
    """)


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
    assert refused(folder) == text("""
        error submissions-differ: Two submissions of a session say different things
          extracts/engagement.csv, row 5, column status
          found `absent` (row 3 has `attended, engaged`); expected a later submitted_at on the one that is
              right
          mend: Give the right one a later submitted_at, or take the other out.
    """)


def test_two_submissions_that_differ_only_in_whether_engaged(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,attended,false,2017-02-03")
    folder.add("extracts/engagement.csv", "001,2017-02-01,link_worker,,,attended,true,")
    assert refused(folder) == text("""
        error submissions-differ: Two submissions of a session say different things
          extracts/engagement.csv, row 5, column status (and 1 more row: 6)
          found `attended, not engaged` (row 3 has `attended, engaged`), `attended, engaged` (row 2 has
              `attended`); expected a later submitted_at on the one that is right
          mend: Give the right one a later submitted_at, or take the other out.
    """)


def test_two_submissions_of_the_same_moment_that_agree(folder: Folder) -> None:
    folder.add(
        "extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,attended,true,2017-02-03T00:00Z"
    )
    assert warned(folder) == text("""
        warning submission-repeated: A session was sent twice, saying the same
          extracts/engagement.csv, row 5, column status
          found `attended, engaged` (as in row 3); expected each session once
          mend: Nothing needs to be done; ask the partner to send each session once.
    """)


def test_a_submission_without_a_moment_cannot_be_ranked(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,absent,,")
    assert refused(folder) == text("""
        error submissions-differ: Two submissions of a session say different things
          extracts/engagement.csv, row 5, column status
          found `absent` (row 3 has `attended, engaged`); expected a later submitted_at on the one that is
              right
          mend: Give the right one a later submitted_at, or take the other out.
    """)


def test_a_submission_without_a_moment_that_agrees(folder: Folder) -> None:
    folder.add("extracts/engagement.csv", "001,2017-02-02,partner,Chess Club,A,attended,true,")
    assert warned(folder) == text("""
        warning submission-repeated: A session was sent twice, saying the same
          extracts/engagement.csv, row 5, column status
          found `attended, engaged` (as in row 3); expected each session once
          mend: Nothing needs to be done; ask the partner to send each session once.
    """)


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
    assert warned(folder) == text("""
        warning submission-drops-child: A session submitted again leaves out a child
          extracts/engagement.csv, row 3, column child_id
          found `001`; expected every child of the earlier submission
          mend: Ask the partner whether the child was taken out on purpose.
    """)
    assert folder.statuses("001")["engagement"] == "not_assessable"


def test_a_link_workers_session_beside_it_does_not_replace_a_partners(folder: Folder) -> None:
    whole_sessions(folder)
    folder.add("extracts/engagement.csv", "001,2017-02-02,link_worker,Chess Club,A,attended,,2017-02-05")
    assert folder.check() == Said(Exit.FINE)
    assert folder.statuses("001")["engagement"] == "met"


def test_whole_sessions_need_a_label_and_a_moment(folder: Folder) -> None:
    whole_sessions(folder)
    folder.replace("extracts/engagement.csv", ("Club,A,absent,,2017-02-03", "Club,,absent,,"))
    assert refused(folder) == text("""
        error submission-unranked: A partner session that does not say which submission is the latest
          extracts/engagement.csv, row 4, column session
          expected a session, as whole sessions are submitted again
          mend: Fill in session and submitted_at; or set `resubmission: rows` in wlz.yaml.
        error submission-unranked: A partner session that does not say which submission is the latest
          extracts/engagement.csv, row 4, column submitted_at
          expected a submitted_at, as whole sessions are submitted again
          mend: Fill in session and submitted_at; or set `resubmission: rows` in wlz.yaml.
    """)


def test_a_whole_session_submitted_twice_at_the_same_moment(folder: Folder) -> None:
    whole_sessions(folder)
    folder.add(
        "extracts/engagement.csv",
        "001,2017-02-02,partner,Chess Club,A,attended,true,2017-02-03",
        "002,2017-02-02,partner,Chess Club,A,attended,,2017-02-03",
    )
    assert refused(folder) == text("""
        error submissions-differ: Two submissions of a session say different things
          extracts/engagement.csv, row 6, column status
          found `attended` (row 4 has `absent`); expected a later submitted_at on the one that is right
          mend: Give the right one a later submitted_at, or take the other out.
        warning submission-repeated: A session was sent twice, saying the same
          extracts/engagement.csv, row 5, column status
          found `attended, engaged` (as in row 3); expected each session once
          mend: Nothing needs to be done; ask the partner to send each session once.
    """)


# ---------------------------------------------------------------- rate cards


def test_an_unknown_key_in_a_card(folder: Folder) -> None:
    folder.replace("brent.yaml", ("informants:", "informant:"))
    assert refused(folder, Exit.CARD) == text("""
        error card-informant: The card does not say who completes the SDQ
          brent.yaml, line 1, column 1
          found nobody for primary; expected primary: parent, teacher or self, for wellbeing
          mend: Add the phase under `informants`, with parent, teacher or self.
        error card-informant: The card does not say who completes the SDQ
          brent.yaml, line 1, column 1
          found nobody for secondary; expected secondary: parent, teacher or self, for wellbeing
          mend: Add the phase under `informants`, with parent, teacher or self.
        error card-unknown-key: A rate card has a key that means nothing
          brent.yaml, line 12, column 1
          found `informant`; expected contract, version, title, joined, term, currency, source,
              illustrative, commissioners, invoicing, matching, limits, informants, surveys, scales,
              phases, leavers, payments or framework (did you mean informants?)
          mend: Use one of the keys listed, or delete it.
    """)


def test_an_unknown_measure_in_a_card(folder: Folder) -> None:
    folder.replace("brent.yaml", ("link_worker_sessions", "link_workers_sessions"))
    assert refused(folder, Exit.CARD) == text("""
        error card-unknown-measure: A rate card uses a measure that is not known
          brent.yaml, line 28, column 21
          found `link_workers_sessions`; expected consent, link_worker_sessions, partner_sessions,
              partner_attendance_rate, partner_engaged_rate, attendance_rate, attainment.reading,
              attainment.english, attainment.writing, attainment.maths, sdq.emotional, sdq.conduct,
              sdq.hyperactivity, sdq.peer, sdq.prosocial, sdq.total, sdq.internalising, sdq.externalising,
              sdq.impact or survey.NAME (did you mean link_worker_sessions?)
          mend: Use one of the measures listed; a new one is made in the program, with cases to prove it.
    """)


def test_an_unknown_test_in_a_card(folder: Folder) -> None:
    folder.replace("brent.yaml", ("test: progresses", "test: progressed"))
    assert refused(folder, Exit.CARD) == text("""
        error card-unknown-test: A rate card uses a test that is not known
          brent.yaml, line 38, column 59
          found `progressed`; expected happened, reaches, improves, progresses or crosses (did you mean
              progresses?)
          mend: Use one of the tests listed; what they cannot say becomes a measure of its own.
    """)


def test_shares_that_do_not_add_up_to_1(folder: Folder) -> None:
    folder.replace("brent.yaml", ("share: 0.80", "share: 0.79"))
    assert refused(folder, Exit.CARD) == text("""
        error card-shares: The shares do not add up to 1
          brent.yaml, line 8, column 1
          found 0.99; expected shares that add up to exactly 1
          mend: Correct the shares, on every date on which one of them changes.
    """)


def test_a_school_share_above_what_matching_allows(folder: Folder) -> None:
    folder.replace("brent.yaml", ("share: 0.80", "share: 0.74"), ("share: 0.20", "share: 0.26"))
    assert refused(folder, Exit.CARD) == text("""
        error card-matching: A share is larger than its matching allows
          brent.yaml, line 10, column 45
          found `0.26`; expected at most 0.25, so that the others pay at least 3 times as much
          mend: Lower the share, or correct `matching`.
    """)


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
    assert refused(folder, Exit.CARD) == text("""
        error card-at-risk-inside: at_risk stands inside all or any, or by itself
          brent.yaml, line 39, column 77
          found a bare at_risk; expected a measure and a test beside it; at_risk is no condition by itself
          mend: Make it an outcome of its own, with a measure and a test beside at_risk.
    """)


def test_an_at_risk_beside_a_test_inside_all(folder: Folder) -> None:
    folder.replace(
        "brent.yaml",
        (
            "{when: {measure: sdq.emotional, test: improves, by: 1}}",
            "{when: {any: [{measure: sdq.peer, test: improves, by: 1, at_risk: {above: 5}}]}}",
        ),
    )
    assert refused(folder, Exit.CARD) == text("""
        error card-at-risk-inside: at_risk stands inside all or any, or by itself
          brent.yaml, line 39, column 84
          found at_risk on sdq.peer; expected no at_risk inside all or any; make it an outcome of its own
          mend: Make it an outcome of its own, with a measure and a test beside at_risk.
    """)


def test_a_key_twice_in_a_card(folder: Folder) -> None:
    folder.replace("brent.yaml", ("    price: 450.00\n", "    price: 450.00\n    price: 540.00\n"))
    assert refused(folder, Exit.CARD) == text("""
        error card-duplicate-key: A key of a rate card stands there twice
          brent.yaml, line 24, column 5
          found `price`; expected each key once; it is already on line 23, column 5
          mend: Delete one of them.
    """)


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
    assert refused(folder) == text("""
        error cell-impossible-date: A date does not exist
          extracts/engagement.csv, row 5, column date
          found `2017-02-30`; expected a day that the calendar has
          mend: Correct the day or the month.
        error cell-not-in-list: A cell holds none of the values allowed
          extracts/engagement.csv, row 6, column kind
          found `Link worker` (link_worker?); expected link_worker or partner; or `values: {kind: {Link
              worker: link_worker}}` in wlz.yaml, under the extract
          mend: Use one of the values expected, spelt just so, or translate it: `values` in wlz.yaml.
        error cell-missing: A cell is empty that must be filled in
          extracts/engagement.csv, row 7, column status
          expected attended, absent or cancelled
          mend: Fill it in, or take the row out.
        error cell-not-in-list: A cell holds none of the values allowed
          extracts/engagement.csv, row 8, column engaged
          found `TRUE` (true?); expected true or false; or `values: {engaged: {'TRUE': 'true'}}` in
              wlz.yaml, under the extract
          mend: Use one of the values expected, spelt just so, or translate it: `values` in wlz.yaml.
        error cell-not-a-date: A cell is not a date
          extracts/engagement.csv, row 9, column submitted_at
          found `tomorrow`; expected a date such as 2016-11-03, or with a time, 2016-11-03T14:30
          mend: Write year-month-day, such as 2018-04-03, and a day that the calendar has.
    """)


def test_faults_of_two_files_and_of_one_stage_are_said_together(folder: Folder) -> None:
    folder.replace("extracts/attendance.csv", ("sessions_possible", "possible"))
    folder.replace("extracts/survey.csv", ("score", "points"), ("52.5", "lots"))
    assert refused(folder) == text("""
        error heading-missing: A heading is missing
          extracts/attendance.csv, row 1, column sessions_possible
          found `possible`, which may be meant; expected a column sessions_possible
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
        error heading-missing: A heading is missing
          extracts/survey.csv, row 1, column score
          expected a column score
          mend: Name one so; of an extract, `columns` in wlz.yaml may say which (see `wlz-calc draft-map`).
        warning heading-extra: Columns that are not used
          extracts/attendance.csv, row 1
          found `possible`; expected only columns of the attendance extract
          mend: Nothing needs to be done, unless one is needed: then `columns` in wlz.yaml says what it is.
        warning heading-extra: Columns that are not used
          extracts/survey.csv, row 1
          found `points`; expected only columns of the survey extract
          mend: Nothing needs to be done, unless one is needed: then `columns` in wlz.yaml says what it is.
    """)


def test_the_same_fault_in_many_rows_is_one_message_with_its_rows(folder: Folder) -> None:
    folder.add(
        "extracts/engagement.csv", *(f"{n},2017-03-01,link_worker,,,attended,," for n in range(100, 113))
    )
    assert refused(folder) == text("""
        error child-unknown: A child is not in the register
          extracts/engagement.csv, row 5, column child_id (and 12 more rows: 6, 7, 8, 9, 10, 11, 12, 13,
              14, 15 and 2 more; check --all)
          found `100`, `101`, `102` and 10 more; expected a child in the register
          mend: Correct the id, or add the child to the register.
    """)


# ---------------------------------------------------------------- usage


BY_QUARTER = "Invalid value for '--quarter' / '-q': cannot read the quarter"


@pytest.mark.parametrize("text", ["", "2018", "2018-Q5", "2018-Q4-1", "18/19-Q3"])
def test_a_quarter_that_cannot_be_read(text: str) -> None:
    expected = "expected 2018-Q4, or 2018/19-Q3 by UK financial year"
    assert misused(wlz_calc("pay", "--quarter", text)) == f"{BY_QUARTER} '{text}': {expected}"


def test_a_quarter_of_a_financial_year_that_is_none() -> None:
    said = wlz_calc("decisions", "--quarter", "2018/20-Q1")
    assert misused(said) == f"{BY_QUARTER} '2018/20-Q1': 2018 is followed by 19"


@pytest.mark.parametrize("text", ["9999-Q4", "0000-Q1", "1899-Q4", "2200/01-Q1"])
def test_a_quarter_that_is_centuries_off(text: str) -> None:
    said = wlz_calc("pay", "--quarter", text)
    assert misused(said) == f"{BY_QUARTER} '{text}': expected a year from 1900 to 2199"


def test_no_quarter() -> None:
    assert misused(wlz_calc("pay")) == "Missing option '--quarter' / '-q'."


def unwritable(folder: Folder, output: Path) -> str:
    """What `pay` and `decisions` say alike; nothing is written."""
    __tracebackhide__ = True
    before = folder.files()
    paid, decided = (command("--output", output.as_posix()) for command in (folder.pay, folder.decisions))
    assert (paid.code, paid.out, paid) == (Exit.USAGE, "", decided)
    assert folder.files() == before
    return paid.err.replace(folder.path.as_posix(), "HERE")


def test_an_output_that_is_a_folder(folder: Folder) -> None:
    (folder.path / "claim.csv").mkdir()
    assert unwritable(folder, folder.path / "claim.csv") == text("""
        error output-unwritable: The output cannot be written
          HERE/claim.csv
          found a folder; expected a file in a folder that can be written to
          mend: Name a place that can be written to.
    """)


def test_an_output_in_a_folder_that_is_not_there(folder: Folder) -> None:
    assert unwritable(folder, folder.path / "out/claim.csv") == text("""
        error output-unwritable: The output cannot be written
          HERE/out/claim.csv
          found no such folder; expected a file in a folder that can be written to
          mend: Name a place that can be written to.
    """)


def test_an_output_that_is_read_only(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("claim.csv", "kept")
    monkeypatch.setattr("wlz_calc.write.output.os.access", lambda _, mode: mode != os.W_OK)
    assert unwritable(folder, folder.path / "claim.csv") == text("""
        error output-unwritable: The output cannot be written
          HERE/claim.csv
          found permission denied; expected a file in a folder that can be written to
          mend: Name a place that can be written to.
    """)


@pytest.mark.parametrize("name", ["claim", "claim.xls", "xlsx", "claim.txt", ".csv"])
def test_an_output_of_no_format_of_ours(folder: Folder, name: str) -> None:
    before = folder.files()
    paid, decided = (
        misused(command("--output", str(folder.path / name))) for command in (folder.pay, folder.decisions)
    )
    ours = f"Invalid value: cannot write '{name}': expected a name that ends in"
    assert paid == f"{ours} .csv, .json, .parquet or .xlsx"
    assert decided == f"{ours} .csv, .json or .parquet"
    assert folder.files() == before


def test_decisions_are_too_many_for_a_workbook(folder: Folder) -> None:
    said = folder.decisions("--output", str(folder.path / "decisions.xlsx"))
    assert misused(said) == (
        "Invalid value: cannot write 'decisions.xlsx': expected a name that ends in .csv, .json or .parquet"
    )


def test_a_claim_that_is_too_long_for_a_workbook(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wlz_calc.write.sheets.MOST_LINES", 2)
    before = folder.files()
    assert misused(folder.pay("--output", str(folder.path / "claim.xlsx"))) == (
        "Invalid value: Brent Council has 3 lines; a sheet holds 2: write .csv or .parquet instead"
    )
    assert folder.files() == before
    assert folder.pay("--output", str(folder.path / "claim.csv")).code == Exit.FINE


def test_an_unknown_contract_commissioner_or_child(folder: Folder) -> None:
    no_contract = text("""
        error contract-unclear: It is not clear which contract is meant
          wlz.yaml
          found `Brent`; expected one of brent (did you mean brent?)
          mend: Name one of the contracts of the programme's rate cards with --contract.
    """)
    assert folder.pay("--contract", "Brent") == Said(Exit.USAGE, err=no_contract)
    assert folder.decisions("--contract", "Brent") == Said(Exit.USAGE, err=no_contract)
    assert misused(folder.pay("--commissioner", "school")) == (
        "Invalid value: no commissioner 'school' (did you mean school:ark or school:phoenix?); "
        "there are council, school:ark, school:phoenix"
    )
    assert misused(folder.decisions("--child", "3")) == "Invalid value: no child '3' in 2018-Q1"


def test_names_that_can_be_none(folder: Folder) -> None:
    """A name that is too long, or holds NUL, is a name of nothing."""
    far = "x" * 5000
    assert "error folder-missing" in wlz_calc("check", far).out
    assert "error card-not-found" in wlz_calc("cards", "check", f"{far}.yaml").err
    assert "found no such folder" in folder.pay("--output", f"{far}/claim.csv").err
    assert "found file name too long" in folder.pay("--output", str(folder.path / f"{far}.csv")).err
    assert "error output-unwritable" in wlz_calc("sample", far, "--card", "life-chances-fund").err
    folder.add("wlz.yaml", f"claims: {far}")
    assert folder.check() == Said(Exit.FINE)
    for name, why in ((far, "file name too long"), ("a\\0b", "embedded null byte")):
        folder.write("wlz.yaml", f'rate_cards: [brent.yaml]\nextracts: {{sdq: {{path: "{name}"}}}}\n')
        assert f"found {why}; expected a file that can be read" in folder.check().out


# ---------------------------------------------------------------- whatever a file says


@settings(max_examples=40)
@given(st.sampled_from(sorted(FILES)), st.randoms(use_true_random=False))
def test_no_traceback_reaches_a_user_for_a_bad_input(name: str, random: Random) -> None:
    with TemporaryDirectory() as place:
        folder = Folder(Path(place) / "programme")
        folder.write(name, spoilt(FILES[name], random))
        said = folder.pay("--format", "csv")
        assert said.code in {Exit.FINE, Exit.FINDINGS, Exit.CARD}
        assert bool(re.search(r"^error ", said.err, re.MULTILINE)) == (said.code != Exit.FINE)
        assert bool(said.out) == (said.code == Exit.FINE)


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
    *("", " ", "\n", "\r", "\t", "\0", "\x85", "\u2028", "\ufeff", "a: b", "9" * 400, "x" * 70),
    *(",", '"', "'", "\\", "[]", "*a", "&a", "#", "---", "=1+1", "-1", "0.1", "1e309", "NaN", "١٢", "é"),
    *("2017-02-30", "0000-00-00", "9999-12-31", "2024-08-19", "001", "score", "brent", "all", "at_risk"),
]
