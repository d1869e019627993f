"""Drafts: what wlz.yaml would say of a file nobody has seen before, accepted as it stands, and nothing personal in it."""

import shlex
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.sound_folder import Folder, Said, wlz_calc
from wlz_calc.cli.drafts import EXAMPLE, TableName
from wlz_calc.cli.ending import Exit
from wlz_calc.read import strictyaml
from wlz_calc.read.config import TABLES, Config, StatedPart, stated
from wlz_calc.read.drafting.draft import Draft, draft
from wlz_calc.read.parts import Part, parts
from wlz_calc.standards.sdq import ITEMS

ROOT = Path(__file__).parents[1]
MESSY = ROOT / "examples" / "messy-schools"
Rows = Sequence[Sequence[Any]]
UPN = "B801200005001"


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
    """A wlz.yaml that ends in a draft, as the tool reads it."""
    document, found = strictyaml.parse((before + text).encode(), "wlz.yaml", "folder")
    assert document is not None, found
    config, found = stated(document)
    assert config is not None, found
    return config


def part(made: Draft, table: str) -> StatedPart:
    [said] = accepted(made.text).parts(table)
    return said


def says(said: StatedPart) -> dict[str, Any]:
    """What a part says, as far as it says anything."""
    return said.model_dump(exclude_defaults=True, exclude={"path"})


def notes(made: Draft) -> str:
    """The comments of a draft."""
    return "\n".join(line.partition("# ")[2] for line in made.text.splitlines() if "# " in line)


def codes(made: Draft) -> set[str]:
    return {finding.code for finding in made.preview.findings}


def weeks(count: int, pattern: str = "%d/%m/%Y") -> list[str]:
    return [date(2016, 9, 6 + 7 * week).strftime(pattern) for week in range(count)]


# ---------------------------------------------------------------- a dozen files, as different senders make them


def register(folder: Path) -> Path:
    rows = "c1;5;06/09/2016;Ann Other;B801200005001\nc2;6;13/09/2016;Sam Other;A123456789012\n"
    return put(folder, "file.csv", f"Pupil ID;Year;Date joined;Surname;UPN\n{rows}")


def schools(folder: Path) -> Path:
    return put(folder, "file.csv", "Code\tSchool name\nark\tArk Primary\nphoenix\tPhoenix Primary\n")


def totals(folder: Path) -> Path:
    headings = ("Adno", "Date from", "Date to", "Possible_marks", "Present_plus_aea", "Surname")
    rows = [
        (f"0{n}", datetime(2016, 9, 1), datetime(2016, 12, 16), 130, 120 + n, "Other") for n in range(1, 6)
    ]
    sheets = {
        "hidden": [("child_id", "Possible_marks"), ("x", 1)],
        "Notes": [("Made by the office", "")],
        "Report": [("Ark Primary",), ("Attendance, autumn",), (), headings, *rows, ("Total", None, None, 650, 615)],
    }
    return book(folder, "file.xlsx", **sheets)


def marks(folder: Path) -> Path:
    rows = "".join(f"{day},{n},{code},{half},9{n}\n" for n, (day, code, half) in enumerate(_marks(), start=100))
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
    rows = "c1,Reading,03 May 2017,GDS\nc1,Maths,03 May 2017,EXS\nc2,Reading,03 May 2017,-\nc2,Maths,03 May 2017,M\n"
    return put(folder, "file.csv", f"Student ID,Subject,Assessment date,Grade\n{rows}")


def ages(folder: Path) -> Path:
    rows = "c1,Maths,5/3/17,101\nc2,Maths,6/3/17,95\n"
    return put(folder, "file.csv", f"Adno,Test,Test date,Result\n{rows}")


def published(folder: Path) -> Path:
    answers = [[f"c{n}", "3.5.2017", *([1, 2, 0, 9, 1] * 5)] for n in range(3)]
    headings = ["Participant", "Date completed", *(f"t{item}" for item in ITEMS)]
    text = "\n".join(",".join(map(str, row)) for row in [headings, *answers])
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
    return put(folder, "file.tsv", f"Respondent,Survey date,Survey,Mean score\n{rows}".replace(",", "\t"), "cp1252")


STATUSES = {"Absent": "absent", "Present": "attended", "Session cancelled": "cancelled"}
FILES = {
    register: ("children", {"columns": {"Pupil ID": "child_id", "Year": "year_group", "Date joined": "joined_on"}, "date_format": "%d/%m/%Y"}),
    schools: ("schools", {"columns": {"Code": "school", "School name": "name"}}),
    totals: ("attendance", {"sheet": "Report", "header_row": 4, "map": "sims_totals", "columns": {"Adno": "child_id", "Date from": "period_start", "Date to": "period_end"}}),
    marks: ("attendance", {"map": "sims_marks", "date_format": "%d/%m/%Y"}),
    partner: ("engagement", {"columns": {"Ref": "child_id", "When": "date", "Attended?": "status", "Engaged?": "engaged"}, "values": {"status": STATUSES, "engaged": {"No": "false", "Yes": "true"}}, "missing": {"engaged": ("-", "N/A")}, "date_format": "%d/%m/%Y"}),
    sessions: ("engagement", {"columns": {"Child ref": "child_id", "Date": "date", "Organisation": "provider", "Status": "status", "Timestamp": "submitted_at"}, "constants": {"kind": "partner"}, "values": {"status": {"Y": "attended"}}, "date_format": "%Y-%m-%d %H:%M"}),
    judgements: ("attainment", {"columns": {"Student ID": "child_id", "Subject": "subject", "Assessment date": "assessed_on", "Grade": "score"}, "constants": {"scale": "teacher_assessment"}, "values": {"subject": {"Maths": "maths", "Reading": "reading"}}, "missing": {"score": ("-",)}, "date_format": "%d %B %Y"}),
    ages: ("attainment", {"columns": {"Adno": "child_id", "Test": "subject", "Test date": "assessed_on", "Result": "score"}, "values": {"subject": {"Maths": "maths"}}, "date_format": "%d/%m/%y"}),
    published: ("sdq", {"columns": {"Participant": "child_id", "Date completed": "completed_on", **{f"t{item}": item for item in ITEMS}}, "constants": {"informant": "teacher"}, "missing": dict.fromkeys(ITEMS[3::5], ("9",)), "date_format": "%d.%m.%Y"}),
    numbered: ("sdq", {"columns": {"Completed on": "completed_on", "Informant": "informant", **{f"Q{n}": item for n, item in enumerate(ITEMS, start=1)}}, "values": {"informant": {"Parent": "parent"}}}),
    unnamed: ("attendance", {"columns": {"Which": "date", "Part": "session", "What": "code"}, "date_format": "%d/%m/%Y"}),
    survey: ("survey", {"columns": {"Respondent": "child_id", "Survey date": "completed_on", "Survey": "measure", "Mean score": "score"}, "values": {"measure": {"School Engagement": "school_engagement"}}, "date_format": "%d-%m-%Y"}),
}  # fmt: skip


@pytest.mark.parametrize("make", FILES, ids=lambda make: make.__name__)
def test_a_draft_of_each_says_this_and_is_accepted_by_the_reader_of_wlz_yaml(tmp_path: Path, make: Make) -> None:
    table, expected = FILES[make]
    made = drafted(make(tmp_path), table)
    assert says(part(made, table)) == expected
    assert made == drafted(make(tmp_path), table)


@pytest.mark.parametrize("make", FILES, ids=lambda make: make.__name__)
def test_a_draft_can_be_added_to_the_end_of_wlz_yaml(tmp_path: Path, make: Make) -> None:
    table, _ = FILES[make]
    before = "rate_cards: [brent]\nextracts:\n  sdq:\n    - path: other.csv\n".replace("sdq" if table == "sdq" else "", "" if False else ("survey" if table == "sdq" else ""))
    assert accepted(drafted(make(tmp_path), table).text, before).parts(table)[0].path is not None
