"""The draw: sizes worked out by hand, the same by the same seed, and a worksheet that names the evidence."""

import errno
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from tests.test_write_claim import CARD, lines
from wlz_calc import bookkeeping, pipeline
from wlz_calc.claims.draw import Draw, chosen, draw
from wlz_calc.claims.sealed import Sealed
from wlz_calc.cli import draw as command
from wlz_calc.finding import Finding, Where
from wlz_calc.frames import EVIDENCE
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.write import output
from wlz_calc.write.data import decisions_parquet, lines_csv, provenance
from wlz_calc.write.drawn import show_worksheet, worksheet_csv, worksheet_files
from wlz_calc.write.evidence import origins, rests_on
from wlz_calc.write.screen import screen
from wlz_calc.write.workbook import worksheet_workbook
from wlz_calc.write.worksheet import Worksheet

QUARTER = Quarter(2018, 4)
DAY = date(2018, 12, 31)
RATE = Decimal("0.10")
FILES = [
    ("card", "alpha.yaml", None, 0),
    ("children", "children.csv", None, 0),
    ("engagement", "north.xlsx", "Term 1", 0),
    ("engagement", "south.csv", None, 100),
    ("attainment", "attainment.csv", None, 0),
]
STATED = {
    "provider": "West London Zone",
    "provenance": {
        "tool": "wlz-calc",
        "version": "0.1.0",
        "as_of": "2018-12-31",
        "files": [
            {
                "role": role,
                "file": file,
                "sheet": sheet,
                "sha256": "ab" * 32,
                "rows": 9,
                "after": after,
                "validated": None,
            }
            for role, file, sheet, after in FILES
        ],
    },
}
DECISIONS = pl.Schema(
    {
        "card_version": pl.Int32(),
        "child_id": pl.String(),
        "school": pl.String(),
        "payment": pl.String(),
        "outcome": pl.String(),
        "number": pl.UInt16(),
        "status": pl.String(),
        "reason": pl.String(),
        "due_on": pl.Date(),
        "price": pl.Decimal(18, 2),
        "evidence": pl.List(EVIDENCE),
    }
)

Line = tuple[object, ...]
Decision = dict[str, object]


def line(child: str, /, **other: object) -> Line:
    """A line of a sign-up claimed from the council, but for what is said otherwise."""
    usual = {"who": "council", "school": "ark", "payment": "sign_up", "outcome": None, "number": 1}
    said = usual | {"kind": "new", "amount": 18000, "corrects": None} | other
    what = (said[name] for name in ("school", "payment", "outcome", "number", "kind"))
    return said["who"], child, *what, DAY, said["amount"], said["corrects"], "happened"


def decision(child: str, status: str, reason: str, /, **other: object) -> Decision:
    """A decision on a sign-up, but for what is said otherwise."""
    usual = {"school": "ark", "card_version": 1, "payment": "sign_up", "evidence": [evidence()]}
    said = {"child_id": child, "status": status, "reason": reason}
    return {**dict.fromkeys(DECISIONS), **usual, **said, **other}


def evidence(**figures: object) -> dict[str, object]:
    return dict.fromkeys(EVIDENCE.to_schema()) | figures


def sealed(folder: Path, claimed: list[Line], decided: list[Decision]) -> Sealed:
    """A sealed claim as the book gives it, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    pounds = lines(claimed).with_columns((pl.col("amount").cast(pl.Decimal(38, 2)) / 100).cast(pl.String))
    pounds.write_csv(folder / "lines.csv")
    pl.DataFrame(decided, schema=DECISIONS).write_parquet(folder / "decisions.parquet")
    return Sealed("alpha", QUARTER, folder, "cd" * 32, STATED, None)


@cache
def cards() -> tuple[Card, ...]:
    return (Card.model_validate(CARD),)


def drawn(claim: Sealed, rate: Decimal = RATE, seed: int = 7) -> Draw:
    return draw(claim, cards(), rate, seed)


def named(prefix: str, number: int) -> list[str]:
    return [f"{prefix}{n:03}" for n in range(number)]


def school(name: str, claimed: int, others: int) -> tuple[list[Line], list[Decision]]:
    """So many sign-ups claimed at a school, and so many that were not."""
    paid = named(f"{name}-c", claimed)
    met = [decision(child, "met", "happened", school=name, number=1, due_on=DAY) for child in paid]
    not_met = [decision(child, "not_met", "no_date", school=name) for child in named(f"{name}-n", others)]
    return [line(child, school=name) for child in paid], met + not_met


def schools(folder: Path, **sizes: tuple[int, int]) -> Sealed:
    made = [school(name, *counts) for name, counts in sizes.items()]
    return sealed(
        folder, [row for part, _ in made for row in part], [row for _, part in made for row in part]
    )


def strata(found: Draw) -> list[tuple[Any, ...]]:
    return found.strata.select("claimed", "payment", "school", "size", "drawn").rows()


def children(found: Draw, where: str, *, claimed: bool) -> list[str]:
    own = found.items.filter(pl.col("school") == where, pl.col("claimed") == claimed)
    return own.get_column("child_id").to_list()


def rows(found: Draw) -> Iterator[dict[str, Any]]:
    return found.items.iter_rows(named=True)


# ---------------------------------------------------------------- how many


@pytest.mark.parametrize(
    ("rate", "size", "expected"),
    [
        ("0.10", 1, 1),  # a tenth of one child is one child
        ("0.10", 9, 1),
        ("0.10", 10, 1),  # exactly one
        ("0.10", 11, 2),
        ("0.10", 20, 2),
        ("0.10", 30, 3),
        ("0.07", 100, 7),  # in binary a little more than 7, which would be 8
        ("0.000001", 50, 1),
        ("1", 50, 50),
    ],
)
def test_a_share_of_a_stratum_is_rounded_up(tmp_path: Path, rate: str, size: int, expected: int) -> None:
    found = drawn(schools(tmp_path, ark=(size, 0)), Decimal(rate))
    assert strata(found) == [(True, "sign_up", "ark", size, expected)]
    assert found.items.get_column("child_id").n_unique() == expected


def test_what_was_claimed_and_what_was_not_are_drawn_alike_at_every_school(tmp_path: Path) -> None:
    found = drawn(schools(tmp_path, ark=(25, 4), elm=(10, 21)))
    assert strata(found) == [
        (True, "sign_up", "ark", 25, 3),
        (True, "sign_up", "elm", 10, 1),
        (False, "sign_up", "ark", 4, 1),
        (False, "sign_up", "elm", 21, 3),
    ]
    assert found.items.get_column("no").to_list() == list(range(1, 9))
    assert found.items.get_column("stratum").to_list() == [1, 1, 1, 2, 3, 4, 4, 4]


def test_payments_are_in_the_order_of_the_card(tmp_path: Path) -> None:
    outcome = {"payment": "outcomes", "outcome": "reading", "number": 4}
    claim = sealed(tmp_path, [line("a", **outcome), line("b")], [])
    assert [row[1] for row in strata(drawn(claim))] == ["sign_up", "outcomes"]


def test_a_claim_of_nothing_has_nothing_to_draw(tmp_path: Path) -> None:
    opening = [line("a", kind="opening")]
    claim = sealed(tmp_path, opening, [decision("a", "met", "happened", number=1)])
    assert drawn(claim).items.is_empty()
    (tmp_path / "decisions.parquet").unlink()  # as in an import
    assert drawn(claim).strata.is_empty()


# ---------------------------------------------------------------- which


def test_the_same_seed_draws_the_same_and_another_draws_others(tmp_path: Path) -> None:
    claim = schools(tmp_path, ark=(200, 100))
    assert drawn(claim).items.equals(drawn(claim).items)
    assert drawn(claim).items.get_column("child_id").to_list() != (
        drawn(claim, seed=8).items.get_column("child_id").to_list()
    )


def test_what_a_seed_draws_never_changes() -> None:
    assert chosen(100, 5, "frozen") == [40, 42, 53, 69, 91]


def test_the_quarter_is_part_of_what_is_drawn_by(tmp_path: Path) -> None:
    claim = schools(tmp_path, ark=(200, 0))
    later = claim._replace(quarter=Quarter(2019, 1))
    assert children(drawn(claim), "ark", claimed=True) != children(drawn(later), "ark", claimed=True)


def test_a_larger_claim_at_one_school_leaves_the_draw_at_another_as_it_was(tmp_path: Path) -> None:
    small = drawn(schools(tmp_path / "small", ark=(30, 20), elm=(5, 5)))
    large = drawn(schools(tmp_path / "large", abbey=(7, 9), ark=(30, 20), elm=(300, 50)))
    for claimed in (True, False):
        assert children(small, "ark", claimed=claimed) == children(large, "ark", claimed=claimed)


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    claimed, decided = school("ark", 40, 40)
    forwards = drawn(sealed(tmp_path / "one", claimed, decided))
    backwards = drawn(sealed(tmp_path / "two", claimed[::-1], decided[::-1]))
    assert forwards.items.equals(backwards.items)


def test_a_higher_rate_draws_the_same_and_others(tmp_path: Path) -> None:
    claim = schools(tmp_path, ark=(90, 90))
    few, many = drawn(claim), drawn(claim, Decimal("0.30"))
    for claimed in (True, False):
        assert set(children(few, "ark", claimed=claimed)) < set(children(many, "ark", claimed=claimed))


def test_every_place_is_as_likely_as_the_others() -> None:
    counts = [0] * 10
    for seed in range(4000):
        places = chosen(10, 3, str(seed))
        assert places == sorted(set(places))
        for place in places:
            counts[place] += 1
    assert all(1100 < count < 1300 for count in counts)


# ---------------------------------------------------------------- from what


def test_an_award_is_one_unit_with_the_amounts_of_all_commissioners(tmp_path: Path) -> None:
    claimed = [line("a"), line("a", who="donor", amount=6000), line("a", who="school:ark", amount=6000)]
    claim = sealed(tmp_path, claimed, [decision("a", "met", "happened", number=1, price=Decimal("300.00"))])
    found = drawn(claim)
    assert strata(found) == [(True, "sign_up", "ark", 1, 1)]
    (item,) = rows(found)
    assert (item["amount"], item["price"], item["kind"]) == (30000, 30000, "new")


def test_a_reversal_is_told_with_the_decision_that_now_stands_and_drawn_once(tmp_path: Path) -> None:
    award = {"payment": "outcomes", "outcome": "reading", "number": 4, "corrects": "2018-Q2"}
    claimed = [line("a", kind="reversal", amount=-70000, **award)]
    reading = decision("a", "not_met", "not_improved", payment="outcomes", outcome="reading")
    (item,) = rows(drawn(sealed(tmp_path, claimed, [reading])))
    assert (item["kind"], item["corrects"], item["amount"]) == ("reversal", "2018-Q2", -70000)
    assert (item["status"], item["reason"], item["number"]) == ("not_met", "not_improved", 4)


def test_a_corrected_award_is_told_with_what_has_its_number_now(tmp_path: Path) -> None:
    award = {"payment": "outcomes", "number": 4}
    claimed = [line("a", kind="correction", amount=-1, outcome="sessions", corrects="2018-Q3", **award)]
    decided = [
        decision("a", "met", "reached", outcome="sessions", price=Decimal("699.99"), **award),
        decision("a", "not_met", "not_improved", payment="outcomes", outcome="reading"),
    ]
    first, second = rows(drawn(sealed(tmp_path, claimed, decided)))
    assert (first["status"], first["price"], first["outcome"]) == ("met", 69999, "sessions")
    assert (second["claimed"], second["outcome"]) == (False, "reading")


def test_a_child_who_is_gone_from_the_register_is_drawn_without_a_decision(tmp_path: Path) -> None:
    found = drawn(sealed(tmp_path, [line("a", kind="reversal", corrects="2018-Q3", amount=-5)], []))
    assert [item["status"] for item in rows(found)] == [None]
    shown = Worksheet(found, cards()).items.row(0, named=True)
    assert shown["decision"] == "none: no longer on the register"


@pytest.mark.parametrize(
    ("status", "reason", "counts"),
    [
        ("not_met", "short", True),
        ("not_assessable", "no_baseline", True),
        ("not_eligible", "not_at_risk", True),
        ("not_eligible", "left", True),
        ("not_eligible", "outside_term", True),
        ("gated", "gate_not_met", True),
        ("beyond_limit", "numbers_used", True),
        ("not_yet", "no_date", True),  # it may have happened, and not been recorded
        ("not_yet", "window_open", False),
        ("not_eligible", "other_phase", False),
        ("met", "happened", False),  # claimed before
        ("held", "on_hold", False),
    ],
)
def test_decisions_are_drawn_from_that_evidence_could_change(
    tmp_path: Path, status: str, reason: str, counts: bool
) -> None:
    found = drawn(sealed(tmp_path, [], [decision("a", status, reason)]))
    assert found.items.height == counts


# ---------------------------------------------------------------- the worksheet


def worked(folder: Path) -> Worksheet:
    """An award on sessions in two files, one on a date, and a decision with no reading; odd ids and notes."""
    sessions = evidence(opens=DAY, closes=DAY, value=5, of=1, rows=[2, 3, 4, 9, 105, 107])
    reading = evidence(opens=DAY, closes=DAY, rows=[])
    award = {"payment": "outcomes", "outcome": "sessions", "number": 4}
    claimed = [line("=1+1", amount=70000, **award), line("-5\tx", school="@elm")]
    decided = [
        decision("=1+1", "met", "reached", price=Decimal("700.00"), due_on=DAY, evidence=[sessions], **award),
        decision("-5\tx", "met", "happened", school="@elm", number=1, price=Decimal("300.00"), due_on=DAY),
        decision(
            "c",
            "not_assessable",
            "no_baseline",
            payment="outcomes",
            outcome="reading",
            evidence=[reading],
        ),
        decision("d", "not_eligible", "left", payment="outcomes", outcome="reading", evidence=[reading]),
    ]
    return Worksheet(drawn(sealed(folder, claimed, decided), Decimal(1)), cards())


def test_evidence_is_named_by_file_sheet_and_row_as_the_file_numbers_it(tmp_path: Path) -> None:
    assert worked(tmp_path).items.get_column("evidence").to_list() == [
        "children.csv, the child's row",
        "north.xlsx, sheet Term 1, rows 2-4 and 9; south.csv, rows 5 and 7",
        "attainment.csv, no row",
        "children.csv, the child's row; attainment.csv, no row",
    ]


def test_a_table_without_rows_for_a_child_is_named_whole(tmp_path: Path) -> None:
    come_from = origins(worked(tmp_path).provenance.files)
    none = [evidence(rows=[])]
    assert rests_on(none, ["partner_sessions"], come_from) == "engagement (2 files), no row"
    assert rests_on(none, ["sdq.total"], come_from) == "sdq (0 files), no row"


def test_the_rows_named_are_those_of_the_child(tmp_path: Path) -> None:
    assert not pipeline.sample(tmp_path, "hammersmith-fulham", children=30, seed=1)
    due, _ = pipeline.claim(tmp_path, QUARTER)
    decided, _ = pipeline.decisions(tmp_path, QUARTER)
    assert due is not None
    assert decided is not None
    for name, write in (
        ("lines.csv", lines_csv(due.lines)),
        ("decisions.parquet", decisions_parquet(decided.decisions, decided)),
    ):
        with (tmp_path / name).open("wb") as file:
            write(file)
    stated = {"provider": due.provider, "provenance": provenance(due.provenance)}
    claim = Sealed("hammersmith-fulham", QUARTER, tmp_path, "cd" * 32, stated, None)
    found = draw(claim, due.cards, Decimal("0.50"), 1)
    named = 0
    for item in Worksheet(found, due.cards).items.iter_rows(named=True):
        for extract, row in rows_named(item["evidence"]):
            said = (tmp_path / extract).read_text().splitlines()[row - 1]
            assert said.startswith(f"{item['child_id']},")
            named += 1
    assert named > 100


def rows_named(evidence: str) -> Iterator[tuple[str, int]]:
    for part in evidence.split("; "):
        file, _, places = part.partition(", row")
        for first, last in re.findall(r"([0-9]+)(?:-([0-9]+))?", places):
            yield from ((file, row) for row in range(int(first), int(last or first) + 1))


def test_the_reason_is_in_words_with_its_figures(tmp_path: Path) -> None:
    assert worked(tmp_path).items.row(1, named=True)["reason"] == (
        "Reached what is required: delivery-partner sessions attended 5 (31 December to 31 December 2018)"
    )


def test_the_head_says_how_it_is_drawn_again(tmp_path: Path) -> None:
    assert worked(tmp_path).head[2:] == (
        f"Digest of the claim: {'cd' * 32}",
        "Drawn: 4 of 4, at a rate of 1 with the seed 7",
        "Drawn again by: wlz-calc claims draw 2018-Q4 FOLDER --contract alpha --rate 1 --seed 7",
    )


def test_no_cell_of_the_csv_is_a_formula_and_the_verifier_has_room(tmp_path: Path) -> None:
    read = pl.read_csv(io.BytesIO(worksheet_csv(worked(tmp_path))), infer_schema=False)
    assert read.get_column("child_id").to_list() == ["'-5�x", "'=1+1", "c", "d"]
    assert read.get_column("school").to_list() == ["'@elm", "ark", "ark", "ark"]
    assert read.get_column("amount").to_list() == ["180.00", "700.00", None, None]
    assert read.columns[-4:] == ["seen", "agrees", "note", "initials"]


def test_the_csv_has_its_head_and_strata_beside_it(tmp_path: Path) -> None:
    worksheet = worked(tmp_path)
    content = worksheet_files(worksheet, Path("w.csv"))[Path("w.csv-metadata.json")]
    assert isinstance(content, bytes)
    beside = json.loads(content)
    assert "CONFIDENTIAL" in beside["dc:description"]
    assert worksheet.command in beside["dc:description"]
    assert [row["size"] for row in beside["notes"][0]["strata"]] == [1, 1, 2]


def test_the_workbook_keeps_text_as_text_and_has_boxes_to_fill_in(tmp_path: Path) -> None:
    worksheet = worked(tmp_path)
    content = worksheet_files(worksheet, tmp_path / "w.xlsx")[tmp_path / "w.xlsx"]
    assert content == worksheet_workbook(worksheet)
    assert isinstance(content, bytes)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Worksheet", "Strata", "Provenance"]
    assert not [c for page in book.worksheets for row in page.iter_rows() for c in row if c.data_type == "f"]
    page = book["Worksheet"]
    top = int(str(page.freeze_panes).removeprefix("A"))
    cells = {str(cell.value): page.cell(top + 1, cell.column or 0) for cell in page[top - 1]}
    assert (cells["Child"].value, cells["Child"].number_format) == ("=1+1", "@")
    assert (cells["Due on"].value, cells["Amount"].value) == (datetime(2018, 12, 31), 700)  # noqa: DTZ001
    assert cells["Amount"].number_format == "£#,##0.00"
    assert (cells["Note"].value, cells["Note"].border.left.style) == (None, "thin")
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.print_title_rows == f"${top - 1}:${top - 1}"
    assert page.oddHeader is not None
    assert page.oddHeader.center.text == "&BCONFIDENTIAL, ILLUSTRATIVE TERMS"


def test_the_screen_names_the_strata_and_the_items_in_80_columns(tmp_path: Path) -> None:
    stream = io.StringIO()
    show_worksheet(screen(stream, width=80), worked(tmp_path))
    said = stream.getvalue()
    assert max(map(len, said.splitlines())) <= 80
    assert "3 Outcomes ark not claimed 2 2" in " ".join(said.split())
    assert "CONFIDENTIAL: it names children, and is for the verifier alone." in said
    assert "2    Child =1+1, Outcomes: Sessions as 4\n     ark, stratum 2, new, met, due on 31" in said
    assert "claimed £700.00" in " ".join(said.split())


# ---------------------------------------------------------------- the command


def asked(
    monkeypatch: pytest.MonkeyPatch, *words: str, claims: list[Sealed], found: Sequence[Finding] = ()
) -> Result:
    """What the command answers where these claims are sealed, and this is found."""

    def given(folder: Path, quarter: Quarter, contract: str | None) -> tuple[list[Any], list[Finding]]:
        own = [claim for claim in claims if claim.quarter == quarter and contract in {None, claim.contract}]
        return [(claim, cards()) for claim in own], list(found)

    monkeypatch.setattr(bookkeeping, "with_cards", given)
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command(epilog=command.EXAMPLE)(command.draw)
    return CliRunner().invoke(app, list(words))


def test_the_command_prints_the_same_worksheet_every_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = schools(tmp_path, ark=(30, 30))
    words = ("2018-Q4", "--rate", "0.10", "--seed", "7", "--format", "csv")
    first, second = (asked(monkeypatch, *words, claims=[claim]) for _ in range(2))
    assert first.exit_code == 0
    assert first.stdout_bytes == second.stdout_bytes == worksheet_csv(Worksheet(drawn(claim), cards()))
    assert first.stderr.startswith("CONFIDENTIAL")
    shown = asked(monkeypatch, *words[:-2], claims=[claim])
    assert "Drawn: 6 of 60" in shown.stdout


def test_the_command_writes_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = schools(tmp_path / "sealed", ark=(3, 3))
    words = ("2018-Q4", "--rate", "1", "--seed", "0", "--output")
    for name in ("w.csv", "w.xlsx"):
        said = asked(monkeypatch, *words, str(tmp_path / name), claims=[claim])
        assert (said.exit_code, said.stdout) == (0, "")
        assert f"written: {(tmp_path / name).as_posix()}" in said.stderr
    assert {path.name for path in tmp_path.glob("w.*")} == {"w.csv", "w.csv-metadata.json", "w.xlsx"}
    assert asked(monkeypatch, *words, "w.json", claims=[claim]).exit_code == 2
    assert asked(monkeypatch, *words, str(tmp_path / "no" / "w.csv"), claims=[claim]).exit_code == 2


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(output, "write_together", full)
    words = ("2018-Q4", "--rate", "1", "--seed", "0", "--output", str(tmp_path / "w.csv"))
    said = asked(monkeypatch, *words, claims=[schools(tmp_path / "sealed", ark=(3, 3))])
    assert said.exit_code == 2
    assert "no space left on device" in said.stderr


@pytest.mark.parametrize(
    "rate", ["0", "0.0", "1.01", "2", "-0.1", "10%", "1e-1", "0,1", "nan", "", ".", "1/10", "\u0661"]
)
def test_a_rate_that_is_no_share_is_refused(monkeypatch: pytest.MonkeyPatch, rate: str) -> None:
    said = asked(monkeypatch, "2018-Q4", f"--rate={rate}", "--seed", "7", claims=[])
    assert said.exit_code == 2
    assert "above 0" in said.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("2018-Q5", "--rate", "0.1", "--seed", "7"),
        ("2018-Q4", "--rate", "0.1", "--seed", "1.5"),
        ("2018-Q4", "--rate", "0.1", "--seed", "-1"),
        ("2018-Q4", "--rate", "0.1"),
        ("2018-Q4", "--seed", "7"),
    ],
)
def test_other_wrong_usage_is_refused(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    assert asked(monkeypatch, *words, claims=[]).exit_code == 2


def test_a_quarter_that_is_not_sealed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = asked(monkeypatch, "2019-Q1", "--rate", "0.1", "--seed", "7", claims=[])
    assert said.exit_code == 2
    assert "nothing is sealed for 2019-Q1" in " ".join(said.stderr.split())


def test_a_book_that_will_not_do_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Finding("output-unwritable", Where("claims/alpha"), "no such file", "a sealed claim")
    said = asked(monkeypatch, "2018-Q4", "--rate", "0.1", "--seed", "7", claims=[], found=[wrong])
    assert said.exit_code == 2
    assert "claims/alpha" in said.stderr


def test_a_file_is_of_one_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alpha = schools(tmp_path, ark=(3, 3))
    claims = [alpha, alpha._replace(contract="beta")]
    words = ("2018-Q4", "--rate", "0.1", "--seed", "7")
    assert asked(monkeypatch, *words, claims=claims).stdout.count("Worksheet for") == 2
    refused = asked(monkeypatch, *words, "--format", "csv", claims=claims)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "alpha, beta" in " ".join(refused.stderr.split())
    one = asked(monkeypatch, *words, "--format", "csv", "--contract", "beta", claims=claims)
    assert one.exit_code == 0
