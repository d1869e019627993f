"""The workbook as Excel and LibreOffice take it: its package, tables and charts, and the sums it checks."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import fastexcel
import polars as pl
import pytest
from openpyxl import Workbook, load_workbook

from tests.sound_folder import wlz_calc
from tests.test_write_claim import example, lines, nothing
from tests.test_write_workbook import table, texts
from wlz_calc.catalogue import CODES
from wlz_calc.claim import Claim, Seal
from wlz_calc.claims.reopened import unpaid
from wlz_calc.claims.sealed import Sealed
from wlz_calc.cli.ending import Exit
from wlz_calc.finding import Finding, Meaning, Severity, Stage, Where
from wlz_calc.frames import ASIDE, CAUSES, CHANGES, CLAIMED, SHARED, UNPAID
from wlz_calc.programme import InputFile
from wlz_calc.write.sheets import sheets
from wlz_calc.write.sheets.names import table_names
from wlz_calc.write.workbook import claim_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STARTS = ("=", "+", "-", "@", "\t", "\r")
DAY = date(2018, 12, 31)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def full() -> Claim:
    """The example with something in everything that can stand beside a claim."""
    claim = example()
    row = ("council", "007", "ark", "sign_up", None, 1, "correction", DAY, 900, "2018-Q3", "reading_changed")
    sealed = [("alpha", "council", "007", "sign_up", 1, None, "ark", 1, DAY, 500, "2018-Q3", 0, DAY)]
    return claim._replace(
        lines=pl.concat([claim.lines, lines([row])]),
        cut=claim.cut.with_columns(cut=pl.lit(27999, dtype=pl.Int64)),
        before=pl.DataFrame(sealed, schema=CLAIMED, orient="row"),
        causes=pl.DataFrame(
            [("alpha", "007", "sign_up", None, 1, "reading_changed", "measure", "3", "4", "2018-Q3")],
            schema=CAUSES,
            orient="row",
        ),
        changes=pl.DataFrame([("alpha", "007", "school", "ark", "burr")], schema=CHANGES, orient="row"),
        unpaid=pl.DataFrame(
            [
                ("alpha", "007", "ark", "outcomes", "reading", "not_met", "not_improved"),
                ("alpha", "008", "ark", "outcomes", "reading", "not_met", "not_improved"),
            ],
            schema=UNPAID,
            orient="row",
        ),
        aside=pl.DataFrame(
            [("alpha", "007", "a-code", "An error", "sdq.csv", "One", 7, "total", "41", "at most 40")],
            schema=ASIDE,
            orient="row",
        ),
        findings=(Finding("no-baseline", Where("sdq.csv", 7, "total", "One"), "41", "at most 40"),),
    )


@cache
def made() -> bytes:
    return claim_workbook(full())


def opened(claim: Claim | None = None) -> Workbook:
    return load_workbook(io.BytesIO(claim_workbook(claim) if claim else made()))


def part(name: str, content: bytes | None = None) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content or made())) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314 - our own


def names(pattern: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        return [name for name in archive.namelist() if re.fullmatch(pattern, name)]


# ---------------------------------------------------------------- sheets


def test_everything_beside_a_claim_has_its_sheet() -> None:
    assert opened().sheetnames[4:] == [
        *("By payment", "To date", "Adjustments", "Cut", "Unfunded", "Held", "Set aside", "Not paid"),
        *("Changes of the register", "Not yet due", "Warnings", "Provenance", "Reconciliation"),
    ]


def test_an_adjustment_says_what_it_was_before_and_is_now() -> None:
    reversed_one, row = table(opened()["Adjustments"])
    assert (reversed_one["Kind"], reversed_one["Amount"]) == ("reversal of 2018-Q2", -1234.56)
    assert (row["Kind"], row["Because"]) == ("correction of 2018-Q3", "A reading has changed")
    assert (row["What"], row["Before"], row["After"], row["Amount"]) == ("Measure", "3", "4", 9)


def test_what_is_not_paid_says_why_in_words() -> None:
    row, _ = table(opened()["Not paid"])
    assert (row["Child"], row["Decision"], row["Reason"]) == (
        "007",
        "not met",
        "Did not improve by what is required",
    )


def test_more_than_a_sheet_holds_is_counted_by_payment_and_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("wlz_calc.write.sheets.beside"), "MOST_LINES", 1)
    page = opened(full())["Not paid"]
    (row,) = table(page)
    assert row["Decisions"] == 2
    assert "Child" not in row
    assert any("They are counted: there are 2" in text for text in texts(page))


def test_nobody_who_sees_totals_alone_is_shown_a_child_beside_them() -> None:
    claim = full()
    book = opened(claim._replace(parties=claim.parties.with_columns(detail=pl.lit("totals"))))
    (held,) = table(book["Held"])
    assert (held["Awards"], held["Price"]) == (1, 300)
    assert not {"Child", "School", "Due on"} & {*held, *table(book["Cut"])[0], *table(book["Adjustments"])[0]}


def test_the_cover_has_room_to_sign_and_what_is_on_record() -> None:
    seal = Seal("ab" * 32, "A. Analyst", date(2019, 1, 4), "=B", approved_on=date(2019, 1, 7))
    cells = [list(row) for row in opened(full()._replace(seal=seal))["Cover"].iter_rows(values_only=True)]
    (heading,) = (number for number, row in enumerate(cells) if row[0] == "Approval")
    prepared, checked, approved = cells[heading + 1 : heading + 4]
    assert prepared[:2] == ["Prepared by", "A. Analyst"]
    assert str(prepared[2]) == "2019-01-04 00:00:00"
    assert checked[:4] == ["Checked by", None, None, None]
    assert (approved[1], str(approved[2])) == ("=B", "2019-01-07 00:00:00")
    assert any(str(row[0]).startswith("Digest of this claim: abab") for row in cells)


def test_the_part_of_one_commissioner_does_not_say_what_others_paid_of_what_was_cut() -> None:
    book = opened(full().only("alpha", "council"))
    assert {"Claimed", "Unfunded"} <= {*table(opened()["Cut"])[0]}
    assert not {"Claimed", "Unfunded"} & {*table(book["Cut"])[0]}
    assert not [row for row in table(book["Reconciliation"]) if "cut" in str(row["What is compared"])]


def test_to_date_is_opening_earlier_and_this_claim_against_what_was_committed() -> None:
    rows = {row["Name"]: row for row in table(opened()["To date"])}
    council = rows["Council of the Borough"]
    assert [council[name] for name in ("Opening balance", "Earlier claims", "This claim", "To date")] == [
        *(180, 5, -25.55, 159.45)
    ]
    assert rows["A donor"]["At most"] is None


def test_the_funnel_counts_children_for_whom_a_payment_stays_claimed() -> None:
    rows = {row["Payment"]: row for row in table(opened()["By payment"])}
    assert (rows["Sign-up"]["Children to date"], rows["Outcomes"]["Children to date"]) == (3, 1)
    assert sum(Decimal(str(row["Amount"])) for row in rows.values()) == Decimal("94.50")


def test_two_contracts_have_sums_and_charts_of_their_own() -> None:
    claim = full()
    card = claim.cards[0].model_copy(update={"contract": "beta"})
    other = claim.lines.with_columns(contract=pl.lit("beta", dtype=SHARED))
    both = claim._replace(cards=(*claim.cards, card), lines=pl.concat([claim.lines, other]))
    book = opened(both)
    assert [row["What is compared"] for row in table(book["Reconciliation"])][6:8] == [
        "The commissioners of alpha",
        "The commissioners of beta",
    ]
    with zipfile.ZipFile(io.BytesIO(claim_workbook(both))) as archive:
        assert len([name for name in archive.namelist() if "charts/" in name]) == 4
    assert "T_alpha_council" in book["Council of the Borough"].tables


def test_an_import_has_no_decisions_and_so_nothing_that_is_not_paid(tmp_path: Path) -> None:
    assert unpaid(Sealed("alpha", example().quarter, tmp_path, "", {}, None)).is_empty()


FROZEN = Path(__file__).parent / "frozen" / "book"


def test_a_sealed_claim_shows_what_was_claimed_before_it_and_what_was_not_paid(tmp_path: Path) -> None:
    file, folder = tmp_path / "claim.xlsx", shutil.copytree(FROZEN, tmp_path / "book")
    assert wlz_calc("claims", "show", "2019-Q1", str(folder), "--output", str(file)).code == Exit.FINE
    book = load_workbook(file)
    rows = table(book["To date"])
    assert sum(Decimal(str(row["Earlier claims"] or 0)) for row in rows) == Decimal("2800.01")
    assert {row["Decision"] for row in table(book["Not paid"])} == {"not assessable"}


def test_a_workbook_of_a_claim_to_be_closed_shows_what_is_not_paid(tmp_path: Path) -> None:
    file, folder = tmp_path / "claim.xlsx", shutil.copytree(FROZEN, tmp_path / "book")
    assert wlz_calc("pay", "-q", "2019-Q2", str(folder), "--output", str(file)).code == Exit.FINE
    assert "Not paid" in load_workbook(file).sheetnames


# ---------------------------------------------------------------- text stays text


def poisoned(start: str) -> Claim:
    """A claim whose texts all begin with a sign that a spreadsheet may take for the start of a formula."""
    bad = f"{start}1+1"

    def texts_of(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        return frame.with_columns(pl.lit(bad).cast(frame.schema[name]).alias(name) for name in columns)

    claim = full()
    card = claim.cards[0].model_copy(update={"title": bad})
    return claim._replace(
        provider=bad,
        cards=(card,),
        parties=texts_of(claim.parties, "name"),
        lines=texts_of(claim.lines, "child_id", "school", "outcome"),
        cut=texts_of(claim.cut, "child_id", "school", "outcome"),
        unfunded=texts_of(claim.unfunded, "commissioner", "child_id", "school"),
        held=texts_of(claim.held, "child_id", "school", "reason", "raised_by"),
        aside=texts_of(claim.aside, "contract", "child_id", "title", "file", "sheet", "column", "found"),
        causes=texts_of(claim.causes, "child_id", "what", "before", "after"),
        changes=texts_of(claim.changes, "contract", "child_id", "what", "before", "after"),
        unpaid=texts_of(claim.unpaid, "child_id", "school"),
        findings=tuple(
            Finding(found.code, Where(bad, 7, bad, bad), bad, bad) for found in claim.findings
        ),
        provenance=claim.provenance._replace(files=(InputFile(bad, bad, bad, 1, bad, bad),)),
        seal=Seal("ab", bad, DAY, bad, bad),
    )  # fmt: skip


@pytest.mark.parametrize("start", STARTS, ids=repr)
def test_text_of_every_column_of_every_sheet_stays_text(start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CODES, "no-baseline", Meaning(Stage.SENSE, Severity.WARNING, "T", "W", "F"))
    book = opened(poisoned(start))
    shown = f"{start if start.isprintable() else '�'}1+1"
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert len([cell for cell in cells if cell.value == shown]) > 40
    formulas = [cell for cell in cells if cell.data_type == "f"]
    assert {cell.parent.title for cell in formulas} == {"Reconciliation"}
    assert not [cell.value for cell in formulas if "1+1" in str(cell.value)]


def test_formulas_are_made_of_our_tables_and_the_cover_alone() -> None:
    page = opened(poisoned("'!A1)"))["Reconciliation"]
    formulas = [str(cell.value) for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    known = {"T_council", "T_donor", "T_school_ark", "By_payment", "To_date", "Cut", "Checks"}
    assert formulas
    for formula in formulas:
        assert set(re.findall(r"(\w+)\[", formula)) <= known
        assert set(re.findall(r"([^\s(,:+=-]+)!", formula)) <= {"Cover"}


def test_names_of_tables_are_such_as_a_formula_takes() -> None:
    given = ["school:ark", "school_ark", "SCHOOL:ARK", "R1C1", "é'[x]", "x" * 300]
    found = list(table_names(given))
    assert found[:4] == ["T_school_ark", "T_school_ark__2", "T_SCHOOL_ARK__3", "T_R1C1"]
    assert len({name.casefold() for name in found}) == len(given)
    assert all(re.fullmatch(r"T_\w{1,250}", name, re.ASCII) for name in found)


# ---------------------------------------------------------------- the package


def test_the_same_claim_is_the_same_bytes_with_its_tables_and_charts() -> None:
    assert made() == claim_workbook(full())


def test_every_table_covers_its_heading_and_rows_and_names_its_columns_as_the_cells_do() -> None:
    tables = [part(name) for name in names(r"xl/tables/.*\.xml")]
    assert [int(own.attrib["id"]) for own in tables] == list(range(1, len(tables) + 1))
    assert len({own.attrib["displayName"].casefold() for own in tables}) == len(tables)
    drawn = [sheet for sheet in sheets(full()) if sheet.table and sheet.rows.height]
    book = opened()
    for own, sheet in zip(tables, drawn, strict=True):
        cells = book[sheet.name][own.attrib["ref"]]
        named = [column.attrib["name"] for column in own.iter(f"{MAIN}tableColumn")]
        assert own.attrib["displayName"] == sheet.table
        assert named == [cell.value for cell in cells[0]] == [column.title for column in sheet.columns]
        assert len(set(named)) == len(named)
        assert len(cells) == sheet.rows.height + 1
        filtered = own.find(f"{MAIN}autoFilter")
        assert filtered is not None
        assert filtered.attrib["ref"] == own.attrib["ref"]
        assert book[sheet.name].auto_filter.ref is None


def test_what_has_no_rows_is_no_table() -> None:
    book = opened(nothing())
    assert not book["Council of the Borough"].tables
    assert book["Reconciliation"].tables
    assert "SUM(T_" not in str(list(book["Reconciliation"].iter_rows(values_only=True)))


def test_every_part_of_the_package_has_a_type_and_every_relationship_a_target() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        there = set(archive.namelist())
        types = {own.attrib.get("PartName", "")[1:] for own in part("[Content_Types].xml")}
        assert {name for name in there if name.endswith(".xml")} - types == {"[Content_Types].xml"}
        for name in filter(lambda name: name.endswith(".rels"), there):
            for own in part(name):
                target = own.attrib["Target"]
                base = "" if target.startswith("/") or name == "_rels/.rels" else "xl/"
                assert base + target.removeprefix("/") in there


def test_charts_are_drawn_from_cells_of_visible_sheets() -> None:
    book = opened()
    money, children = (part(name) for name in names(r"xl/charts/.*\.xml"))
    refs = [own.text or "" for own in money.iter(f"{CHART}f")]
    assert refs[:3] == ["'To date'!$G$7", "'To date'!$C$8:$C$10", "'To date'!$G$8:$G$10"]
    assert book["To date"]["G7"].value == "To date"
    labels, counts = [own.text or "" for own in children.iter(f"{CHART}f")][1:]
    assert [cell[0].value for cell in book["By payment"][labels.partition("!")[2]]] == ["Sign-up", "Outcomes"]
    assert [cell[0].value for cell in book["By payment"][counts.partition("!")[2]]] == [3, 1]
    assert {page.sheet_state for page in book.worksheets} == {"visible"}


def test_sheets_are_printed_whole_and_their_names_quoted() -> None:
    book = opened(full()._replace(parties=full().parties.with_columns(name=pl.lit("St Anne's, A&B"))))
    for page in book.worksheets:
        area = str(page.print_area).rpartition("!")[2].replace("$", "").partition(":")[2]
        letters, row = re.fullmatch(r"([A-Z])(\d+)", area).groups()  # type: ignore[union-attr]
        assert LETTERS.index(letters) + 1 >= page.max_column
        assert int(row) >= page.max_row
    assert str(book["St Anne's, A&B"].print_area).startswith("'St Anne''s, A&B'!")


def test_amounts_are_exact_decimals_in_the_file() -> None:
    cells = part("xl/worksheets/sheet2.xml").iter(f"{MAIN}v")
    amounts = {cell.text for cell in cells}
    assert {"420.01", "-1234.56", "180"} <= amounts
    assert not [text for text in amounts if text and ("e" in text.lower() or re.search(r"\.\d{3}", text))]


def test_other_readers_find_the_same_rows() -> None:
    book = fastexcel.read_excel(made())
    read = book.load_table("T_council").to_polars()
    assert read["Child"].to_list() == [row["Child"] for row in table(opened()["Council of the Borough"])]
    assert book.sheet_names == opened().sheetnames


# ---------------------------------------------------------------- worked out again


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    """The workbook, and one that somebody has changed, after LibreOffice has worked out the formulas."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: what the check formulas come to is not worked out")
    folder = tmp_path_factory.mktemp("office")
    (folder / "claim.xlsx").write_bytes(made())
    _changed().save(folder / "changed.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    files = [str(folder / f"{name}.xlsx") for name in ("claim", "changed")]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    return {
        name: load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in ("claim", "changed")
    }


def _changed() -> Workbook:
    """The same with a penny more in one cell of a schedule."""
    book = opened()
    page = book["Council of the Borough"]
    cell = page[next(iter(page.tables.values())).ref][1][6]
    cell.value = float(cell.value) + 0.01
    return book


def checks(book: Workbook) -> Iterator[tuple[object, ...]]:
    page = book["Reconciliation"]
    for row in page.iter_rows(values_only=True):
        if row[5] in {"OK", "DIFFERS"}:
            yield row


def test_every_check_comes_to_nothing(recalculated: dict[str, Workbook]) -> None:
    rows = list(checks(recalculated["claim"]))
    assert len(rows) == len(table(opened()["Reconciliation"])) + 1
    assert {row[4] for row in rows} == {0}
    assert rows[-1][0] == "All of them"


def test_a_penny_that_was_changed_is_found(recalculated: dict[str, Workbook]) -> None:
    differing = [(row[0], row[4]) for row in checks(recalculated["changed"]) if row[5] == "DIFFERS"]
    assert differing == [("The lines of Council of the Borough", 0.01), ("All of them", 0.01)]


def test_what_is_added_up_is_what_is_stated(recalculated: dict[str, Workbook]) -> None:
    *rows, _ = checks(recalculated["claim"])
    said = {str(row[0]): [Decimal(str(cell)) for cell in row[1:4]] for row in rows}
    assert said["The lines of Council of the Borough"] == [Decimal("-25.55")] * 3
    assert said["All payments, and the grand total"] == [Decimal("94.5")] * 3
    for amounts in said.values():
        assert len(set(amounts)) == 1
