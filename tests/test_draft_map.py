"""Drafts: what wlz.yaml would say of a file that nobody has seen before, accepted as it stands."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.sound_folder import Folder, Said, wlz_calc
from wlz_calc.cli.drafts import TableName
from wlz_calc.cli.ending import Exit
from wlz_calc.read import strictyaml
from wlz_calc.read.config import TABLES, Config, StatedPart, stated
from wlz_calc.read.drafting.draft import Draft, draft
from wlz_calc.read.parts import Part, parts
from wlz_calc.standards.sdq import ITEMS
from wlz_calc.write.screen import PIPED

ROOT = Path(__file__).parents[1]
MESSY = ROOT / "examples" / "messy-schools"
Rows = Sequence[Sequence[Any]]
Make = Callable[[Path], Path]
UPN = "B801200005001"
SENTINEL = "Sentinel"


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def book(folder: Path, name: str, **sheets: Rows) -> Path:
    """A workbook with these sheets; one whose name begins with `hidden` is."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title.startswith("hidden") else "visible"
    workbook.active = len(workbook.worksheets) - 1
    workbook.save(folder / name)
    return folder / name


def drafted(path: Path, table: str) -> Draft:
    made, found = draft(path, table, path.parent)
    assert made is not None, found
    return made


def accepted(text: str, before: str = "rate_cards: [brent]\nextracts:\n") -> Config:
    """What a wlz.yaml that ends in a draft says, as the tool reads it."""
    document, found = strictyaml.parse((before + text).encode(), "wlz.yaml", "folder")
    assert document is not None, found
    config, found = stated(document)
    assert config is not None, found
    return config


def part(made: Draft, table: str) -> StatedPart:
    [said] = accepted(made.text).parts(table)
    return said


def says(said: StatedPart) -> dict[str, Any]:
    """What a part says of the table, as far as it says anything."""
    return said.model_dump(exclude_defaults=True, exclude={"path"})


def line(made: Draft, begins: str) -> str:
    """The line of a draft that begins so."""
    [found] = [line.strip() for line in made.text.splitlines() if line.strip().startswith(begins)]
    return found


def drawn(*arguments: object) -> Said:
    """What the command says."""
    return wlz_calc("draft-map", *map(str, arguments))


def codes(made: Draft) -> set[str]:
    return {finding.code for finding in made.preview.findings}


def weeks(count: int, pattern: str = "%d/%m/%Y") -> list[str]:
    return [date(2016, 9, 6 + 7 * week).strftime(pattern) for week in range(count)]


# ---------------------------------------------------------------- a dozen files of different senders


def register(folder: Path) -> Path:
    rows = "c1;5;06/09/2016;Ann Sentinel;B801200005001\nc2;6;13/09/2016;Sam Sentinel;A123456789012\n"
    return put(folder, "file.csv", f"Pupil ID;Year;Date joined;Surname;UPN\n{rows}")


def schools(folder: Path) -> Path:
    return put(folder, "file.csv", "Code\tSchool name\nark\tArk Primary\nphoenix\tPhoenix Primary\n")


def totals(folder: Path) -> Path:
    headings = ("Adno", "Date from", "Date to", "Possible_marks", "Present_plus_aea", "Surname")
    rows = [(f"0{n}", date(2016, 9, 1), date(2016, 12, 16), 130, 120 + n, "Sentinel") for n in range(1, 6)]
    sheets: dict[str, Rows] = {
        "hidden": [("child_id", "Possible_marks"), ("x", 1)],
        "Notes": [("Made by the office", "")],
        "Report": [
            ("Ark Primary",),
            ("Attendance, autumn",),
            (),
            headings,
            *rows,
            ("Total", None, None, 650, 615),
        ],
    }
    return book(folder, "file.xlsx", **sheets)


def marks(folder: Path) -> Path:
    rows = "".join(
        f"{day},{n},{code},{half},9{n}\n" for n, (day, code, half) in enumerate(_marks(), start=100)
    )
    return put(folder, "file.csv", f"Date,ID,Mark,Session Name,Student ID\n{rows}")


def _marks() -> list[tuple[str, str, str]]:
    halves = [("/", "AM"), ("\\", "PM"), ("N", "AM"), ("-", "PM")]
    return [(day, code, half) for day in weeks(3) for code, half in halves]


def partner(folder: Path) -> Path:
    rows = "".join(f"c{n},{day},{came},{so}\n" for day in weeks(3) for n, (came, so) in enumerate(_came()))
    return put(folder, "file.txt", f"Ref|When|Attended?|Engaged?\n{rows}".replace(",", "|"))


def _came() -> list[tuple[str, str]]:
    return [("Present", "Yes"), ("Absent", "N/A"), ("Session cancelled", "-"), ("Moved", "No")]


def sessions(folder: Path) -> Path:
    rows = "".join(f"c1,{day} 14:30,chess-club,Y,{day}T18:00\n" for day in weeks(3, "%Y-%m-%d"))
    return put(folder, "file.csv", f"Child ref,Date,Organisation,Status,Timestamp\n{rows}")


def judgements(folder: Path) -> Path:
    rows = "c1,Reading,DAY,GDS\nc1,Maths,DAY,EXS\nc2,Reading,DAY,-\nc2,Maths,DAY,M\n".replace(
        "DAY", "03 May 2017"
    )
    return put(folder, "file.csv", f"Student ID,Subject,Assessment date,Grade\n{rows}")


def ages(folder: Path) -> Path:
    rows = "c1,Maths,5/3/17,101\nc2,Maths,6/3/17,95\n"
    return put(folder, "file.csv", f"Adno,Test,Test date,Result\n{rows}")


def published(folder: Path) -> Path:
    answers = [[f"c{n}", "3.5.2017", *([1, 2, 0, 9, 1] * 5)] for n in range(3)]
    headings = ["Participant", "Date completed", *(f"t{item}" for item in ITEMS)]
    rows: Rows = [headings, *answers]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    return put(folder, "file.csv", text)


def numbered(folder: Path) -> Path:
    names = {f"Q{number}": [0, 1, 2] for number in range(1, 26)}
    frame = pl.DataFrame({"child_id": ["c1", "c2", "c3"], "Completed on": [date(2017, 5, 3)] * 3, **names})
    frame.with_columns(Informant=pl.lit("Parent")).write_parquet(folder / "file.parquet")
    return folder / "file.parquet"


def unnamed(folder: Path) -> Path:
    """Headings that say nothing: what is below them does."""
    rows = "".join(f"c0{n},{day},{half},{code}\n" for n, (day, code, half) in enumerate(_marks()))
    return put(folder, "file.csv", f"Whose,Which,Part,What\n{rows}")


def survey(folder: Path) -> Path:
    rows = "".join(f"c{n},03-05-2017,School Engagement,{n}.5\n" for n in range(3))
    return put(
        folder, "file.tsv", f"Respondent,Survey date,Survey,Mean score\n{rows}".replace(",", "\t"), "cp1252"
    )


STATUSES = {"Absent": "absent", "Present": "attended", "Session cancelled": "cancelled"}
FILES: dict[Make, tuple[str, dict[str, Any]]] = {
    register: (
        "children",
        {
            "columns": {"Pupil ID": "child_id", "Year": "year_group", "Date joined": "joined_on"},
            "date_format": "%d/%m/%Y",
        },
    ),
    schools: ("schools", {"columns": {"Code": "school", "School name": "name"}}),
    totals: (
        "attendance",
        {
            "sheet": "Report",
            "header_row": 4,
            "map": "sims_totals",
            "columns": {"Adno": "child_id", "Date from": "period_start", "Date to": "period_end"},
        },
    ),
    marks: ("attendance", {"map": "sims_marks", "date_format": "%d/%m/%Y"}),
    partner: (
        "engagement",
        {
            "columns": {
                "Ref": "child_id", "When": "date", "Attended?": "status", "Engaged?": "engaged",
            },
            "values": {"status": STATUSES, "engaged": {"No": "false", "Yes": "true"}},
            "missing": {"engaged": ("-", "N/A")},
            "date_format": "%d/%m/%Y",
        },
    ),
    sessions: (
        "engagement",
        {
            "columns": {
                "Child ref": "child_id", "Date": "date", "Organisation": "provider", "Status": "status",
                "Timestamp": "submitted_at",
            },
            "constants": {"kind": "partner"},
            "values": {"status": {"Y": "attended"}},
            "date_format": "%Y-%m-%d %H:%M",
        },
    ),
    judgements: (
        "attainment",
        {
            "columns": {
                "Student ID": "child_id", "Subject": "subject", "Assessment date": "assessed_on",
                "Grade": "score",
            },
            "constants": {"scale": "teacher_assessment"},
            "values": {"subject": {"Maths": "maths", "Reading": "reading"}},
            "missing": {"score": ("-",)},
            "date_format": "%d %B %Y",
        },
    ),
    ages: (
        "attainment",
        {
            "columns": {"Adno": "child_id", "Test": "subject", "Test date": "assessed_on", "Result": "score"},
            "values": {"subject": {"Maths": "maths"}},
            "date_format": "%d/%m/%y",
        },
    ),
    published: (
        "sdq",
        {
            "columns": {
                "Participant": "child_id",
                "Date completed": "completed_on",
                **{f"t{item}": item for item in ITEMS},
            },
            "constants": {"informant": "teacher"},
            "missing": dict.fromkeys(ITEMS[3::5], ("9",)),
            "date_format": "%d.%m.%Y",
        },
    ),
    numbered: (
        "sdq",
        {
            "columns": {
                "Completed on": "completed_on",
                "Informant": "informant",
                **{f"Q{number}": item for number, item in enumerate(ITEMS, start=1)},
            },
            "values": {"informant": {"Parent": "parent"}},
        },
    ),
    unnamed: (
        "attendance",
        {"columns": {"Which": "date", "Part": "session", "What": "code"}, "date_format": "%d/%m/%Y"},
    ),
    survey: (
        "survey",
        {
            "columns": {
                "Respondent": "child_id", "Survey date": "completed_on", "Survey": "measure",
                "Mean score": "score",
            },
            "values": {"measure": {"School Engagement": "school_engagement"}},
            "date_format": "%d-%m-%Y",
        },
    ),
}  # fmt: skip
each_file = pytest.mark.parametrize("make", FILES, ids=lambda make: make.__name__)


@each_file
def test_a_draft_is_accepted_by_the_reader_of_wlz_yaml_and_says_this(tmp_path: Path, make: Make) -> None:
    table, expected = FILES[make]
    made = drafted(make(tmp_path), table)
    assert says(part(made, table)) == expected
    assert codes(made) <= {"heading-extra", "heading-personal", *KNOWN_TROUBLE.get(make, ())}


KNOWN_TROUBLE: dict[Make, tuple[str, ...]] = {
    totals: ("rows-below-table",),
    partner: ("cell-not-in-list",),  # what `Moved` means, only the partner knows
}


@each_file
def test_a_draft_of_a_file_is_always_the_same(tmp_path: Path, make: Make) -> None:
    table, _ = FILES[make]
    path = make(tmp_path)
    assert drafted(path, table).text == drafted(path, table).text


@each_file
def test_no_draft_says_or_shows_anything_personal_or_the_id_of_a_child(tmp_path: Path, make: Make) -> None:
    table, _ = FILES[make]
    path = make(tmp_path)
    said = drawn(path, "--table", table, "--folder", tmp_path)
    assert said.code == Exit.FINE
    for text in (said.out, said.err):
        assert SENTINEL not in text
        assert UPN not in text
        assert not {"c1", "c2", "901", "900", "c00"} & set(text.replace(",", " ").split())


# ---------------------------------------------------------------- the messy example

TERMS = {"period_start", "period_end"}
BY_HAND: dict[str, dict[str, dict[str, Any]]] = {
    "register.xlsx": {"constants": {"contract": "hammersmith-fulham"}},
    **{
        f"link workers/{school}.csv": {"constants": {"kind": "link_worker"}}
        for school in ("amber-swift", "beacon-wren", "birch-lark")
    },
    "partners/paper-boat-arts.xlsx": {
        "constants": {"kind": "partner", "provider": "paper-boat-arts", "session": "lunch"}
    },
    "partners/canal-side-boxing.csv": {
        "constants": {"kind": "partner", "provider": "canal-side-boxing", "session": "morning"}
    },
    "schools/birch-lark/attendance autumn 2017.ods": {
        "constants": {"period_start": "2017-09-05", "period_end": "2017-12-20"}
    },
    "schools/birch-lark/attendance spring 2018.ods": {
        "constants": {"period_start": "2018-01-05", "period_end": "2018-03-31"}
    },
    "schools/birch-lark/register summer 2018.csv": {"columns": {"Student ID": "child_id"}},
    "schools/amber-swift/standardised tests.xlsx": {
        "values": {"subject": {"PTE": "english", "PTM": "maths"}}
    },
    "schools/birch-lark/tests.csv": {"values": {"subject": {"En": "english", "Ma": "maths"}}},
}
"""All that a person had to add to the drafts: what no file says, and what the letters of a test stand for."""


def messy_parts() -> list[Part]:
    document, found = strictyaml.parse((MESSY / "wlz.yaml").read_bytes(), "wlz.yaml", "folder")
    assert document is not None, found
    config, found = stated(document)
    assert config is not None, found
    there, found = parts(MESSY, config, document)
    assert there is not None, found
    return [each for each in there if each.table in TABLES]


@pytest.mark.parametrize("there", messy_parts(), ids=lambda part: part.file)
def test_of_every_part_of_the_messy_example_a_draft_says_all_but_this(there: Part) -> None:
    made, found = draft(there.path, there.table, MESSY)
    assert made is not None, found
    said = part(made, there.table)
    ours = said.translation()
    assert (said.path, said.sheet, said.header_row) == (there.file, there.sheet, there.header_row)
    assert ours.date_format == there.date_format
    added = {}
    for key in ("columns", "constants", "values", "missing"):
        guessed, stated_there = getattr(ours, key), getattr(there, key)
        assert guessed.items() <= stated_there.items(), "nothing has to be taken out again"
        if more := {name: value for name, value in stated_there.items() if name not in guessed}:
            added[key] = more
    assert added == BY_HAND.get(there.file, {})


# ---------------------------------------------------------------- what is left open, and said so


def test_every_guess_has_a_comment_with_how_many_cells_fit(tmp_path: Path) -> None:
    made = drafted(partner(tmp_path), "engagement")
    assert line(made, "When:") == "When: date # guessed: 12 of 12 cells fit"
    assert line(made, "status:") == "status: # guessed: 9 of 12 cells fit"
    assert line(made, "# Moved") == '# Moved: "?" # 3 cells: attended, absent or cancelled'
    assert line(made, "date_format:") == 'date_format: "%d/%m/%Y" # guessed: 12 of 12 dates fit'
    assert line(made, "Ref:") == "Ref: child_id # guessed: is it the pseudonymous id that the register has?"


def test_dates_that_may_be_read_in_two_ways_say_so(tmp_path: Path) -> None:
    made = drafted(ages(tmp_path), "attainment")
    assert line(made, "date_format:").endswith("# guessed: 2 of 2 dates fit; %m/%d/%y would fit too")


def test_what_no_file_says_is_left_open_as_a_constant(tmp_path: Path) -> None:
    made = drafted(put(tmp_path, "file.csv", "child_id,status\nc1,attended\n"), "engagement")
    assert line(made, "#   kind:") == '#   kind: "?" # required, and not in the file: link_worker or partner'
    assert line(made, "#   provider:") == '#   provider: "?" # required of a partner, and not in the file'
    assert made.preview.wanted == ("date", "kind", "provider")
    assert line(made, '#   "?": date') == '#   "?": date # required: no column is left'


def test_the_scale_of_a_score_is_left_open_where_several_fit(tmp_path: Path) -> None:
    made = drafted(ages(tmp_path), "attainment")
    scales = "standardised_age_score, ks1_scaled or ks2_scaled"
    assert line(made, "#   scale:") == f'#   scale: "?" # required, and not in the file: {scales}'


def test_scores_under_a_heading_that_names_their_scale_are_on_it(tmp_path: Path) -> None:
    rows = "child_id,subject,assessed_on,SAS\nc1,maths,2017-05-03,101\nc2,maths,2017-05-03,A\n"
    made = drafted(put(tmp_path, "file.csv", rows), "attainment")
    assert part(made, "attainment").constants == {"scale": "standardised_age_score"}
    assert codes(made) == set()


def test_which_of_two_columns_is_the_id_is_for_a_person_to_say(tmp_path: Path) -> None:
    made = drafted(marks(tmp_path), "attendance")
    assert (
        line(made, '#   "?"') == '#   "?": child_id # which column is the pseudonymous id? ID or Student ID'
    )
    assert made.preview.wanted == ("child_id",)
    assert made.preview.height == 12


def test_a_column_called_an_id_that_holds_upns_or_names_is_none(tmp_path: Path) -> None:
    for cell in (UPN, "Jane Sentinel"):
        made = drafted(put(tmp_path, "file.csv", f"Pupil,Date,Came\n{cell},2017-05-03,Y\n"), "engagement")
        assert "child_id" not in part(made, "engagement").columns.values()
        assert line(made, "# names or UPNs") == "# names or UPNs are in it, so never an id: Pupil"
        assert cell not in made.text


def test_a_hash_of_what_is_personal_is_no_guess_but_a_heading_like_others(tmp_path: Path) -> None:
    made = drafted(put(tmp_path, "file.csv", "UPN hash,Date,Came\nab12,2017-05-03,Y\n"), "engagement")
    assert line(made, "# personal") == "# personal, never read: UPN hash"


def test_personal_columns_are_named_as_such(tmp_path: Path) -> None:
    made = drafted(register(tmp_path), "children")
    assert line(made, "# personal") == "# personal, never read: Surname, UPN"
    assert "heading-personal" in codes(made)


def test_a_date_in_a_register_is_not_guessed_by_its_cells_as_it_may_be_one_of_birth(tmp_path: Path) -> None:
    rows = "child_id,contract,school,Year,B\nc1,brent,ark,5,06/09/2009\n"
    made = drafted(put(tmp_path, "file.csv", rows), "children")
    assert "joined_on" not in part(made, "children").columns.values()
    assert line(made, '# "?": joined_on') == '# "?": joined_on # required: B'


def test_a_cell_that_is_there_once_may_be_a_remark_and_is_not_shown(tmp_path: Path) -> None:
    rows = "".join(f"c{n},2017-05-0{n},Y\n" for n in range(1, 9))
    text = f"child_id,date,Came\n{rows}c9,2017-05-09,went to Sentinel\nc9,2017-05-10,Jane Sentinel\n"
    made = drafted(put(tmp_path, "file.csv", f"{text}c9,2017-05-11,Jane Sentinel\n"), "engagement")
    assert SENTINEL not in made.text
    assert line(made, "status:") == "status: # guessed: 8 of 11 cells fit, 3 do not"


def test_a_heading_that_stands_twice_is_not_read(tmp_path: Path) -> None:
    text = "child_id,date,status,Session,Session\nc1,2017-05-03,attended,a,b\n"
    made = drafted(put(tmp_path, "file.csv", text), "engagement")
    assert line(made, "# not read") == "# not read, as it stands there twice: Session"


def test_headings_that_yaml_would_read_otherwise_are_in_quotes(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        "it: is #1, [odd].xlsx",
        Sheet=[("child_id", "Date: of\nsession", "came"), ("c1", "2017-05-03", "Y")],
    )
    made = drafted(path, "engagement")
    said = part(made, "engagement")
    assert said.path == path.name
    assert said.columns == {"Date: of session": "date", "came": "status"}


def test_a_questionnaire_without_items_or_scores_says_what_it_lacks(tmp_path: Path) -> None:
    rows = "child_id,completed_on,informant,emotional\nc1,2017-05-03,parent,4\n"
    made = drafted(put(tmp_path, "file.csv", rows), "sdq")
    lost = "conduct, hyperactivity, peer, prosocial"
    assert line(made, "# required") == f"# required, and not found: {lost}"


def test_a_file_without_an_answer_is_drafted_as_far_as_it_goes(tmp_path: Path) -> None:
    made = drafted(put(tmp_path, "file.csv", "child_id,completed_on\nc1,2017-05-03\n"), "sdq")
    assert (made.preview.height, made.preview.lines) == (0, ())
    assert line(made, "#   informant").endswith("not in the file: parent, teacher or self")


def test_answers_under_headings_that_say_nothing_are_taken_in_the_order_of_the_publisher(
    tmp_path: Path,
) -> None:
    headings = [chr(ord("a") + n) * 3 for n in range(25)]
    rows = "\n".join(",".join(["c1", "2017-05-03", "self", *"0120120120120120120120120"]) for _ in range(3))
    text = ",".join(["child_id", "completed_on", "informant", *headings])
    made = drafted(put(tmp_path, "file.csv", f"{text}\n{rows}\n"), "sdq")
    assert part(made, "sdq").columns == dict(zip(headings, ITEMS, strict=True))


# ---------------------------------------------------------------- where the table is


def test_a_hidden_sheet_is_never_taken_and_the_others_are_named(tmp_path: Path) -> None:
    made = drafted(totals(tmp_path), "attendance")
    assert line(made, "sheet:") == "sheet: Report # guessed: 6 of its headings are known"
    assert line(made, "# sheets") == "# sheets that are not read: Notes"


def test_a_sheet_that_is_asked_for_is_taken(tmp_path: Path) -> None:
    rows = [("child_id", "date", "status"), ("c1", "2017-05-03", "attended")]
    path = book(tmp_path, "file.xlsx", Autumn=rows, Spring=rows)
    assert part(drafted(path, "engagement"), "engagement").sheet == "Autumn"
    said = drawn(path, "-t", "engagement", "--sheet", "Spring", "--folder", tmp_path)
    assert accepted(said.out).parts("engagement")[0].sheet == "Spring"
    assert drawn(path, "-t", "engagement", "--sheet", "Summer").code == Exit.FINDINGS


@pytest.mark.parametrize(
    "row", ["Sentinel,03/05/2009,Y", "Sentinel-1,2017-05-03,partner,Chess,attended,true", "Sentinel,Jane Doe"]
)
def test_a_first_row_that_is_a_childs_is_not_taken_for_headings_or_shown(tmp_path: Path, row: str) -> None:
    said = drawn(put(tmp_path, "file.csv", f"{row}\n{row}\n"), "--table", "engagement")
    assert (said.code, said.out) == (Exit.FINDINGS, "")
    assert "heading-missing" in said.err
    assert SENTINEL not in said.err


@pytest.mark.parametrize("name", ["none.csv", "file.pdf"])
def test_a_file_that_cannot_be_read_is_refused_in_the_words_of_any_other(tmp_path: Path, name: str) -> None:
    put(tmp_path, "file.pdf", "")
    said = drawn(tmp_path / name, "--table", "sdq")
    assert (said.code, said.out) == (Exit.FINDINGS, "")
    assert said.err.startswith("error file-")


def test_rows_with_too_many_cells_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "file.csv", "child_id,date,status\nc1,2017-05-03,attended,x\n")
    assert "error file-ragged" in drawn(path, "--table", "engagement").err


# ---------------------------------------------------------------- the command


def test_the_draft_alone_is_on_stdout_and_the_first_rows_are_on_stderr(tmp_path: Path) -> None:
    path = totals(tmp_path)
    said = drawn(path, "--table", "attendance", "--folder", tmp_path)
    assert said.out == drafted(path, "attendance").text
    assert part(drafted(path, "attendance"), "attendance").path == "file.xlsx"
    shown = [" ".join(line.split()) for line in said.err.splitlines()]
    assert "column from row 5 row 6 row 7" in shown
    assert "child_id Adno 0… 0… 0…" in shown
    assert "sessions_attended Present_plus_aea 121 122 123" in shown
    assert "5 rows read, 2 findings" in shown
    assert "warning rows-below-table: Rows below the table that are no data (1)" in shown


def test_a_cell_that_cannot_be_read_is_marked(tmp_path: Path) -> None:
    path = put(tmp_path, "file.csv", "child_id,date,status\nc1,2017-05-03,moved\nc1,2017-05-04,absent\n")
    cells = {line.column: line.cells for line in drafted(path, "engagement").preview.lines}
    assert cells["status"] == ("moved (!)", "absent")


def test_what_people_wrote_is_not_shown(tmp_path: Path) -> None:
    text = "child_id,contract,school,year_group,joined_on,left_reason\nc1,b,ark,5,2017-05-03,Sentinel\n"
    said = drawn(put(tmp_path, "file.csv", text), "--table", "children")
    assert SENTINEL not in said.out + said.err


def test_a_questionnaire_fits_a_screen_of_eighty_columns(tmp_path: Path) -> None:
    said = drawn(MESSY / "extracts" / "sdq.parquet", "--table", "sdq", "--folder", MESSY)
    assert max(map(len, said.err.splitlines())) <= PIPED
    assert accepted(said.out).parts("sdq")[0].path == "extracts/sdq.parquet"


def test_a_drafted_part_is_read_as_it_was_shown(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "programme")
    put(folder.path, "site.csv", "Ref,When,Came?\n001,02/02/2017,Y\n002,02/02/2017,N\n")
    made, _ = draft(folder.path / "site.csv", "engagement", folder.path)
    assert made is not None
    text = made.text.replace("# constants", "constants").replace('#   kind: "?"', "  kind: link_worker")
    put(folder.path, "wlz.yaml", f"rate_cards: [brent.yaml]\nextracts:\n{text}")
    assert folder.check().code == Exit.FINE


def test_a_table_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    assert drawn(schools(tmp_path), "--table", "pupils").code == Exit.USAGE
    assert tuple(TableName) == TABLES
