"""The messy example: examples/hammersmith-fulham again, as three schools and their partners would send it.

Run by hand, where LibreOffice is installed: `python tests/messy.py`. It writes every file of
examples/messy-schools but wlz.yaml, which says how each is read and is written by hand. All that is odd about
a file is put in here, and nothing of what it says is changed. The same files come out on every run of one
version of LibreOffice, openpyxl and Polars: the times at which they were made are taken out of them.
"""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

EXAMPLES: Final = Path(__file__).parents[1] / "examples"
CLEAN: Final = EXAMPLES / "hammersmith-fulham"
MESSY: Final = EXAMPLES / "messy-schools"
SCHOOLS: Final = MESSY / "schools"
UK: Final = "%d/%m/%Y"
MADE: Final = b"2020-03-31T00:00:00Z"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file knows."""

Cell = str | float | date | None
Row = Sequence[Cell]


def main() -> None:
    """Every file of the folder anew."""
    for old in MESSY.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    ours()
    register()
    amber_swift()
    beacon_wren()
    birch_lark()
    engagement()
    survey()


def clean(table: str) -> pl.DataFrame:
    """An extract of the clean folder, every cell as its text but the dates."""
    frame = pl.read_csv(CLEAN / "extracts" / f"{table}.csv", infer_schema=False)
    return frame.with_columns(pl.col(DAYS).str.to_date())


DAYS: Final = "^(date|period_start|period_end|.*_on)$"
"""The columns that hold dates."""


def of_school(school: str, table: str) -> pl.DataFrame:
    """The rows of an extract about the children of a school."""
    return clean(table).join(clean("children").filter(school=school), on="child_id", how="semi")


def whole(*names: str) -> list[pl.Expr]:
    """Columns of numbers, for cells that hold numbers."""
    return [pl.col(name).cast(pl.Int64, strict=False) for name in names]


def cycle(*values: str) -> pl.Expr:
    """For each child one of some values, always the same: what a column of no interest says."""
    place = pl.col("child_id").str.extract(r"(\d+)").cast(pl.Int64) % len(values)
    return place.replace_strict(dict(enumerate(values)), return_dtype=pl.String)


# ---------------------------------------------------------------- what the provider keeps itself


def ours() -> None:
    """What is in our own headings and places, one of it as parquet."""
    extracts = MESSY / "extracts"
    extracts.mkdir()
    shutil.copy(CLEAN / "holds.csv", MESSY)
    shutil.copy(CLEAN / "extracts" / "schools.csv", extracts)
    questionnaires = clean("sdq")
    items = questionnaires.columns[3:]
    questionnaires.with_columns(pl.col(items).cast(pl.Int8)).write_parquet(extracts / "sdq.parquet")


def register() -> None:
    """The register: dates in date cells, years 1 to 13 as numbers, and no word of the contract."""
    book = Workbook()
    children = clean("children").drop("contract").with_columns(tutor=cycle("Red", "Blue"))
    rows = ([number(cell) for cell in row] for row in children.iter_rows())
    fill(shown(book, "Register"), [children.columns, *rows])
    fill(shown(book, "Notes"), [["Kept by the programme office."], ["One row for each child."]])
    save(book, MESSY / "register.xlsx")


def survey() -> None:
    """The export of a survey site: tabs, a byte order mark, and the site's own words for what was asked."""
    asked = pl.col("measure").str.replace("_", " ").str.to_titlecase()
    sent = clean("survey").select(
        pl.col("child_id").alias("Respondent"),
        pl.col("completed_on").dt.strftime("%d.%m.%Y").alias("Completed"),
        asked.alias("Question set"),
        pl.col("score").alias("Result"),
        cycle("tablet", "paper").alias("Given on"),
    )
    text(MESSY / "surveys" / "survey site export.tsv", sent, separator="\t", encoding="utf-8-sig")


# ---------------------------------------------------------------- schools


def amber_swift() -> None:
    """A workbook of attendance for each school year, and one of tests."""
    with TemporaryDirectory() as drafts:
        for year, terms in by_year(of_school("amber-swift", "attendance")).items():
            save(totals_book(terms, year), Path(drafts) / f"attendance {year}.xlsx")
        converted(Path(drafts), SCHOOLS / "amber-swift", "xlsx")
    save(tests_book(), SCHOOLS / "amber-swift" / "standardised tests.xlsx")


def by_year(totals: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The terms of each school year, such as 2015-16."""
    begins = pl.col("period_start").dt.offset_by("-8mo").dt.year()
    named = totals.with_columns(year=pl.concat_str(begins, pl.lit("-"), begins - 1999))
    return {year: terms for (year,), terms in named.partition_by("year", as_dict=True).items()}


SIMS: Final = (
    "Adno", "Reg Group", "Date_from", "Date_to", "Possible_marks", "Present_marks", "Approved_ed_activity",
    "Present_plus_aea", "Missing_marks",
)  # fmt: skip


def totals_book(terms: pl.DataFrame, year: str) -> Workbook:
    """One year: titles over merged cells, headings in row 4, sums as formulas, and more below the table."""
    book = Workbook()
    hidden(book)
    sheet = shown(book, "Report 1")
    fill(sheet, [["Amber Swift Primary School"], [f"Attendance totals {year}, by term"], [], SIMS])
    for title in ("A1:I1", "A2:I2"):
        sheet.merge_cells(title)
    fill(sheet, [[*row, f"=F{place}+G{place}", 0] for place, row in enumerate(marks(terms), start=5)])
    last = sheet.max_row
    fill(sheet, [["Total", "", "", "", *(f"=SUM({column}5:{column}{last})" for column in "EFGHI")]])
    fill(sheet, [[], [terms.select(pl.col("period_end").max().dt.strftime(f"Report run on {UK}")).item()]])
    return book


def marks(terms: pl.DataFrame) -> Sequence[Row]:
    """The rows of a year up to the sum: what was attended, in two parts."""
    elsewhere = (pl.col("sessions_possible") % 4).alias("elsewhere")
    return (
        terms.with_columns(whole("sessions_possible", "sessions_attended"), group=cycle("Oak", "Elm", "Ash"))
        .with_columns(elsewhere)
        .with_columns(here=pl.col("sessions_attended") - pl.col("elsewhere"))
        .select("child_id", "group", "period_start", "period_end", "sessions_possible", "here", "elsewhere")
        .rows()
    )


def tests_book() -> Workbook:
    """Standardised tests, each by its own name, with what the publisher says beside."""
    book = Workbook()
    taken = of_school("amber-swift", "attainment").select(
        "child_id",
        pl.col("subject").replace_strict({"english": "PTE", "maths": "PTM"}),
        "assessed_on",
        "score",
        whole("score")[0].alias("points") // 15,
    )
    rows = ([number(cell) for cell in row] for row in taken.iter_rows())
    fill(shown(book, "Scores"), [("Adno", "Test", "Date taken", "SAS", "Band"), *rows])
    return book


def beacon_wren() -> None:
    """What a system set up for another country saves: semicolons, decimal commas, Windows characters."""
    sent = of_school("beacon-wren", "attendance").with_columns(
        whole("sessions_possible", "sessions_attended")
    )
    sums = sent.select(pl.sum("sessions_possible", "sessions_attended")).row(0)
    european(
        "attendance",
        sent.select(
            pl.col("child_id").alias("Pupil ref"),
            HOUSE,
            pl.col("period_start").dt.strftime(UK).alias("From"),
            pl.col("period_end").dt.strftime(UK).alias("To"),
            pl.col("sessions_possible").alias("Possible"),
            pl.col("sessions_attended").alias("Present"),
            percentage("sessions_attended", "sessions_possible").alias("% present"),
        ),
        title="Attendance by term\n\n",
        foot="Totals;;;;{};{};\n\nBreakfast club is £1 a day.\n".format(*sums),
    )
    european("judgements", judgements())


def european(name: str, frame: pl.DataFrame, *, title: str = "", foot: str = "") -> None:
    """A file of Beacon Wren's."""
    path = SCHOOLS / "beacon-wren" / f"{name}.csv"
    text(path, frame, title=title, foot=foot, separator=";", encoding="cp1252")


def percentage(part: str, of: str) -> pl.Expr:
    """A percentage with a decimal comma."""
    tenths = pl.col(part) * 1000 // pl.col(of)
    return pl.concat_str(tenths // 10, pl.lit(","), tenths % 10)


HOUSE: Final = cycle("Brontë", "Curie").alias("House")
WORDS: Final = {
    "below": "Well below", "towards": "Working towards", "at": "Expected", "above": "Greater depth",
    "A": "Absent", "D": "N/A", "J": "-", "M": "-",
}  # fmt: skip
"""The school's word for each judgement; two of them, why there is none, it does not tell apart."""


def judgements() -> pl.DataFrame:
    """Teachers' judgements in the school's own words."""
    return of_school("beacon-wren", "attainment").select(
        pl.col("child_id").alias("Pupil ref"),
        HOUSE,
        pl.col("subject").str.to_titlecase().alias("Subject"),
        pl.col("assessed_on").dt.strftime(UK).alias("Judged on"),
        pl.col("score").replace_strict(WORDS).alias("Judgement"),
    )


def birch_lark() -> None:
    """OpenDocument workbooks of attendance, the register itself for a term, and a csv file of tests."""
    with TemporaryDirectory() as drafts:
        for name, book in attendance_books().items():
            save(book, Path(drafts) / f"attendance {name}.xlsx")
        converted(Path(drafts), SCHOOLS / "birch-lark", "ods")
    taken = of_school("birch-lark", "attainment").select(
        pl.col("child_id").alias("Student"),
        pl.col("subject").str.slice(0, 2).str.to_titlecase().alias("Paper"),
        pl.col("assessed_on").dt.strftime("%d/%m/%y").alias("Sat"),
        pl.col("score").alias("Standardised score"),
    )
    text(SCHOOLS / "birch-lark" / "tests.csv", taken)
    text(SCHOOLS / "birch-lark" / "register summer 2018.csv", register_marks())


def attendance_books() -> dict[str, Workbook]:
    """Two years in one workbook, then one for each term, whose title alone says which term it is."""
    counts = {"sessions_possible": "Poss.", "sessions_attended": "Att."}
    totals = of_school("birch-lark", "attendance").with_columns(whole(*counts))
    named = totals.rename({"child_id": "Student", **counts})
    places = {"period_start": "First day", "period_end": "Last day"}
    named = named.filter(pl.col("period_start") != MARKED[0])
    earlier = named.filter(pl.col("period_start") < min(TERMS.values())).rename(places)
    terms = {
        term: plain_book(named.filter(period_start=begins).drop(places), f"Attendance, {term}")
        for term, begins in TERMS.items()
    }
    return {"2015 to 2017": plain_book(earlier), **terms}


TERMS: Final = {
    "autumn 2017": date(2017, 9, 5),
    "spring 2018": date(2018, 1, 5),
}
MARKED: Final = (date(2018, 4, 18), date(2018, 7, 20))
"""The term of which the register itself is sent."""


def register_marks() -> pl.DataFrame:
    """A term as marks, morning and afternoon: as many as were possible, the absences spread among them."""
    days = pl.date_range(*MARKED, eager=True)
    days = days.filter(days.dt.weekday() <= len("MTWTF"))
    totals = of_school("birch-lark", "attendance").filter(pl.col("period_start") == MARKED[0])
    of, absent = pl.col("of"), pl.col("of") - pl.col("attended")
    return (
        totals.select(
            "child_id",
            *(pl.col(f"sessions_{side}").cast(pl.Int64).alias(side) for side in ("attended",)),
            of=pl.col("sessions_possible").cast(pl.Int64),
        )
        .with_columns(place=pl.int_ranges(of))
        .explode("place")
        .with_columns(
            away=(pl.col("place") + 1) * absent // of > pl.col("place") * absent // of,
            morning=pl.col("place") % 2 == 0,
        )
        .select(
            (pl.lit(days.implode()).list.get(pl.col("place") // 2)).dt.strftime(UK).alias("Date"),
            pl.int_range(1, pl.len() + 1).alias("ID"),
            pl.when("away")
            .then(pl.lit("I"))
            .when("morning")
            .then(pl.lit("/"))
            .otherwise(pl.lit("\\"))
            .alias("Mark"),
            pl.when("morning").then(pl.lit("AM")).otherwise(pl.lit("PM")).alias("Session Name"),
            pl.col("child_id").alias("Student ID"),
        )
    )


def plain_book(frame: pl.DataFrame, *titles: str) -> Workbook:
    """A table in a workbook, below its titles."""
    book = Workbook()
    fill(shown(book, "Export"), [*([title] for title in titles), frame.columns, *frame.rows()])
    return book


# ---------------------------------------------------------------- sessions

PAPER_BOAT: Final = "paper-boat-arts"
CANAL_SIDE: Final = "canal-side-boxing"
SESSION: Final = ("provider", "date", "session")


def engagement() -> None:
    """Link workers school by school, two partners each in its own way, and the others through one site."""
    sessions = clean("engagement")
    link_workers(sessions.filter(kind="link_worker"))
    submitted = submissions(sessions.filter(kind="partner"))
    paper_boat_arts(submitted.filter(provider=PAPER_BOAT))
    canal_side_boxing(submitted.filter(provider=CANAL_SIDE))
    others = submitted.filter(~pl.col("provider").is_in([PAPER_BOAT, CANAL_SIDE])).drop("kind")
    text(MESSY / "partners" / "partner site.csv", others, separator="|")


def link_workers(sessions: pl.DataFrame) -> None:
    """A file for each school, in our own headings as far as they say anything."""
    of_child = clean("children").select("child_id", at="school")
    for (school,), own in sessions.join(of_child, on="child_id").group_by("at", maintain_order=True):
        columns = own.select("child_id", "date", "status", "submitted_at")
        text(MESSY / "link workers" / f"{school}.csv", columns)


def submissions(rows: pl.DataFrame) -> pl.DataFrame:
    """Whole sessions in the place of single rows: one with a child corrected comes again, with every child.

    A session is stamped when its first row came; the one that replaces it, when the last correction did.
    """
    by_time = rows.sort("submitted_at", maintain_order=True)
    child = [*SESSION, "child_id"]
    first, last = (by_time.unique(child, keep=end, maintain_order=True) for end in ("first", "last"))
    corrected = rows.filter(pl.struct(child).is_duplicated())
    again = last.join(corrected, on=SESSION, how="semi")
    moment = pl.col("submitted_at")
    stamped = [first.with_columns(moment.min().over(SESSION)), again.with_columns(moment.max().over(SESSION))]
    return pl.concat(stamped).sort("submitted_at", "child_id", "date", "session")


def paper_boat_arts(sessions: pl.DataFrame) -> None:
    """Yes and no by a letter, dates as words, and the moment of sending in a date cell."""
    day = pl.col("date").dt.strftime("%-d-%b-%Y")
    came = pl.col("status").replace_strict({"attended": "Y", "absent": "N", "cancelled": "C"})
    joined_in = pl.col("engaged").replace_strict({"true": "Y", "false": "N"}).fill_null("-")
    sent = sessions.select("child_id", day, came, joined_in, pl.col("submitted_at").str.to_datetime())
    book = Workbook()
    fill(shown(book, "Lunch club"), [("Child", "When", "Came?", "Joined in?", "Sent"), *sent.rows()])
    save(book, MESSY / "partners" / f"{PAPER_BOAT}.xlsx")


def canal_side_boxing(sessions: pl.DataFrame) -> None:
    """Each fifth session comes first before anybody was there, with a child too many, and then as it was."""
    came = {"attended": "Attended", "absent": "Did not attend", "cancelled": "Session cancelled"}
    rows = pl.concat([too_early(sessions), sessions]).sort("submitted_at", maintain_order=True)
    sent = rows.select(
        pl.col("child_id").alias("Ref"),
        pl.col("date").dt.strftime(UK).alias("Session date"),
        pl.col("status").replace_strict(came).alias("Register"),
        pl.col("engaged").replace_strict({"true": "Yes", "false": "No"}).alias("Took part"),
        pl.col("submitted_at").alias("Sent"),
    )
    text(MESSY / "partners" / f"{CANAL_SIDE}.csv", sent)


def too_early(sessions: pl.DataFrame) -> pl.DataFrame:
    """Sessions sent early on the day: everybody absent, and among them a child who was due on another."""
    days = sessions.select(pl.col("date").unique().sort()).gather_every(5)
    due = sessions.join(days, on="date", how="semi").unique(["date", "child_id"], maintain_order=True)
    elsewhere = (
        days.join(sessions.select(pl.col("child_id").unique().sort()), how="cross")
        .join(due, on=["date", "child_id"], how="anti")
        .unique("date", keep="first", maintain_order=True)
    )
    stranger = due.unique("date", maintain_order=True).drop("child_id").join(elsewhere, on="date")
    return pl.concat([due, stranger.select(due.columns)]).with_columns(
        status=pl.lit("absent"),
        engaged=pl.lit(None, dtype=pl.String),
        submitted_at=pl.col("date").dt.strftime("%Y-%m-%dT08:00:00"),
    )


# ---------------------------------------------------------------- files


def text(
    path: Path,
    frame: pl.DataFrame,
    *,
    title: str = "",
    foot: str = "",
    separator: str = ",",
    encoding: str = "utf-8",
) -> None:
    """A table as text, between what stands above it and below."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((title + frame.write_csv(separator=separator) + foot).encode(encoding))


def number(cell: Cell) -> Cell:
    """A number, where a text is one, as a spreadsheet would have it."""
    return int(cell) if isinstance(cell, str) and cell.isdecimal() else cell


def shown(book: Workbook, title: str) -> Worksheet:
    """A new sheet; the one that every workbook begins with goes."""
    if "Sheet" in book.sheetnames:
        del book["Sheet"]
    sheet: Worksheet = book.create_sheet(title)
    book.active = sheet
    return sheet


def hidden(book: Workbook) -> None:
    """A first sheet that nobody sees, with remains that are no data."""
    sheet = shown(book, "Lookup")
    fill(sheet, [("child_id", "Possible_marks"), ("old", "#REF!"), (None, 3.14159), ("do not use", None)])
    sheet.sheet_state = "hidden"


def fill(sheet: Worksheet, rows: Iterable[Row]) -> None:
    """Rows below those that are there, dates as the UK writes them; a row of nothing is one too."""
    for place, row in enumerate(rows, start=sheet.max_row + 1 if sheet["A1"].value else 1):
        for column, cell in enumerate(row, start=1):
            if cell not in {None, ""}:
                sheet.cell(place, column, cell).number_format = FORMATS.get(type(cell), "General")


FORMATS: Final[Mapping[type, str]] = {date: "DD/MM/YYYY", datetime: "DD/MM/YYYY HH:MM"}


def save(book: Workbook, path: Path) -> None:
    """A workbook as a file without times."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    undated(path)


def converted(drafts: Path, folder: Path, ending: str) -> None:
    """The drafts as LibreOffice saves them: with the values of formulas, which openpyxl does not work out."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(drafts / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder)]
    subprocess.run([*command, *sorted(map(str, drafts.glob("*.xlsx")))], check=True, capture_output=True)
    for made in folder.iterdir():
        undated(made)


def undated(path: Path) -> None:
    """A workbook without the times at which it was made, in its own records and in those of the archive."""
    packed = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in {"docProps/core.xml", "meta.xml"}:
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", MADE, content)
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH), content, entry.compress_type)
    path.write_bytes(packed.getvalue())


if __name__ == "__main__":
    main()
