"""Ids: personal ones are refused unseen; one that the register lacks meets the one that may be meant."""

from pathlib import Path

import polars as pl
import pytest

from tests.sound_folder import Folder, Said, text
from wlz_calc.cli.ending import Exit
from wlz_calc.finding import Finding
from wlz_calc.programme import InputFile, Origin
from wlz_calc.read.faults import findings
from wlz_calc.read.ids import is_name, personal_ids, wrong_ids
from wlz_calc.read.relations import registered
from wlz_calc.read.strangers import MOST_COMPARED
from wlz_calc.standards.upn import is_upn

VECTORS = Path(__file__).parents[2] / "shared/data/upn_vectors.csv"
ORIGIN = Origin((InputFile("survey", "survey.csv", "", None),))
UPNS = ["B801200005001", "b801200005001", "X00180001701A", "x00180001701a", "C80120001902Z"]
NO_UPNS = [
    "A801200005001",  # another check letter
    "I801200005001",  # a letter that none has
    "B80120000500",
    "B8012000050011",
    "B80120000500O",
    "B8012O0005001",
    " B801200005001",
    "1801200005001",
    "c00012",
    "",
]
NAMES = [
    "Smith, Jane",
    "Jane Smith",
    "O'Brien Mary",
    "O\u2019Brien, Mary",
    "SMITH, JANE",
    "JANE SMITH",
    "Smith,J.",
    "Jane A. Smith-Jones",
    "Zoë van Åkerman",
]
NO_NAMES = [
    "c00012", "LA-0012", "ark-7", "007", "amber-otter", "Amber-Otter", "amber otter", "Smith", "Smith-Jones",
    "Pupil 7", "Ark A", "LA BX", "Jane Smith 2", "", " ",
]  # fmt: skip


def of(check: pl.Expr, cells: list[str | None]) -> list[str | None]:
    """The cells for which a check holds; it says yes or no of each."""
    said = pl.DataFrame({"cell": cells}, schema={"cell": pl.String}).with_columns(holds=check)
    assert said.get_column("holds").null_count() == 0
    return said.filter("holds").get_column("cell").to_list()


# ---------------------------------------------------------------- ids that are personal


@pytest.mark.skipif(not VECTORS.exists(), reason=f"{VECTORS.name} is not beside the checkout")
def test_the_check_letter_of_published_numbers() -> None:
    vectors = pl.read_csv(VECTORS, infer_schema=False)
    assert vectors.height == 14
    right = vectors.filter(pl.col("valid_check_letter") == "1").get_column("upn").to_list()
    assert of(is_upn(pl.col("cell")), vectors.get_column("upn").to_list()) == right


def test_a_upn_is_known_by_its_check_letter() -> None:
    assert of(is_upn(pl.col("cell")), [*UPNS, *NO_UPNS, None]) == UPNS


def test_each_slip_in_a_upn_is_seen_by_its_check_letter() -> None:
    [upn, *_] = UPNS
    slips = [f"{upn[:place]}{(int(upn[place]) + 1) % 10}{upn[place + 1 :]}" for place in range(1, 13)]
    assert of(is_upn(pl.col("cell")), list(slips)) == []


def test_two_capitalised_words_are_a_name_and_an_id_is_none() -> None:
    assert of(is_name(pl.col("cell")), [*NAMES, *NO_NAMES, *UPNS, None]) == NAMES


def test_the_quick_look_passes_nothing_that_is_personal() -> None:
    cells = [*NAMES, *UPNS, *NO_NAMES, None]
    assert {*NAMES, *UPNS} <= set(of(wrong_ids(pl.col("cell")), cells))


def test_what_is_personal_is_named_and_never_quoted() -> None:
    sent = pl.DataFrame({"row": [2, 3, 4], "child_id": ["c1", "Jane Smith", "B801200005001"]})
    found = findings(sent, ORIGIN, personal_ids("child_id"))
    assert [(f.code, f.where.row, f.found, f.expected) for f in found] == [
        ("id-name", 3, "what looks like a name", "a pseudonymous id"),
        ("id-upn", 4, "a valid UPN", "a pseudonymous id"),
    ]


# ---------------------------------------------------------------- ids that the register lacks


def unknown(ids: list[str], register: list[str]) -> list[Finding]:
    schema = {"row": pl.UInt32, "child_id": pl.String, "child": pl.UInt32}
    rows = [(row, child_id, None) for row, child_id in enumerate(ids, start=2)]
    sent = pl.DataFrame(rows, schema=schema, orient="row")
    return registered(sent, pl.DataFrame({"child_id": register}), ORIGIN)


ASKED = "a child in the register: "


@pytest.mark.parametrize(
    ("sent", "meant", "question"),
    [
        ("7", "007", "were leading zeros lost or added?"),
        ("000c1", "c1", "were leading zeros lost or added?"),
        ("7.0", "007", "did a spreadsheet put decimals behind it?"),
        ("12.00", "12", "did a spreadsheet put decimals behind it?"),
        ("C00012", "c00012", "are its capitals others?"),
        ("la 0012", "LA-0012", "were spaces or hyphens put in or left out?"),
        ("LA0012", "LA-0012", "were spaces or hyphens put in or left out?"),
        ("cOOO12", "c00012", "is there a letter in the place of a digit?"),
        ("c000l2", "c00012", "is there a letter in the place of a digit?"),
        ("c00021", "c00012", "is it a slip of the keyboard?"),
        ("c0012", "c00012", "is it a slip of the keyboard?"),
        ("c000122", "c00012", "is it a slip of the keyboard?"),
        ("c00Q12", "c00012", "is it a slip of the keyboard?"),
        ("amber-oter", "amber-otter", "is it a slip of the keyboard?"),
    ],
)
def test_an_unknown_id_meets_the_one_that_may_be_meant(sent: str, meant: str, question: str) -> None:
    [found] = unknown([sent], [meant, "zzz"])
    assert (found.code, found.found, found.expected) == (
        "child-unknown",
        f"`{sent}` (it has `{meant}`)",
        f"{ASKED}{question}",
    )


@pytest.mark.parametrize(
    ("sent", "register"),
    [
        ("7", ["07", "007"]),  # two may be meant
        ("c00012", ["c00011", "c00013"]),
        ("101", ["001"]),  # too short to be a slip
        ("c00012", ["c00345"]),
    ],
)
def test_an_unknown_id_that_may_be_any_is_just_unknown(sent: str, register: list[str]) -> None:
    [found] = unknown([sent], register)
    assert (found.found, found.expected) == (f"`{sent}`", "a child in the register")


def test_a_child_twice_in_the_register_is_still_met() -> None:
    [found] = unknown(["7"], ["007", "007"])
    assert found.found == "`7` (it has `007`)"


def test_unknown_ids_are_told_by_cause_in_the_order_of_their_rows() -> None:
    found = unknown(["7", "C1", "9", "8"], ["007", "008", "c1"])
    assert [(f.where.row, f.expected.removeprefix(ASKED)) for f in found] == [
        (2, "were leading zeros lost or added?"),
        (3, "are its capitals others?"),
        (4, "a child in the register"),
        (5, "were leading zeros lost or added?"),
    ]


def test_slips_are_looked_for_among_a_few_ids_only() -> None:
    few = [f"c{number:04}x" for number in range(MOST_COMPARED)]
    assert unknown(few, ["c0000"])[0].found == "`c0000x` (it has `c0000`)"
    assert unknown([*few, "another"], ["c0000"])[0].found == "`c0000x`"


def test_no_stranger_is_called_by_name() -> None:
    found = unknown(["Jane Smith", "B801200005001", "c2"], ["c1", "Jane Smyth"])
    assert [(f.code, f.found) for f in found] == [
        ("id-name", "what looks like a name"),
        ("id-upn", "a valid UPN"),
        ("child-unknown", "`c2`"),
    ]
    assert not any("Jane" in f"{f}" for f in found)


def test_children_who_are_in_the_register_are_not_looked_at() -> None:
    known = pl.DataFrame({"row": [2], "child_id": ["c1"], "child": [0]})
    assert registered(known, pl.DataFrame({"child_id": ["c1"]}), ORIGIN) == []


# ---------------------------------------------------------------- as it is said


def test_ids_that_are_personal_are_refused_without_being_shown(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "programme")
    folder.replace("extracts/survey.csv", ("001", "B801200005001"), ("002", '"Smith, Jane"'))
    assert folder.check() == Said(
        Exit.FINDINGS,
        text("""
            error id-upn: An id is the pupil number (UPN) of a child
              extracts/survey.csv, row 2, column child_id
              found a valid UPN; expected a pseudonymous id
              mend: Ask for a pseudonymous id, such as a keyed hash of the UPN, made elsewhere;
                  delete this copy.
            error id-name: An id looks like the name of a child
              extracts/survey.csv, row 3, column child_id
              found what looks like a name; expected a pseudonymous id
              mend: Ask for a pseudonymous id, such as a keyed hash of the UPN, made elsewhere;
                  delete this copy.
        """),
    )


def test_unknown_ids_are_grouped_by_what_may_have_happened_to_them(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "programme")
    folder.replace("extracts/attainment.csv", ("001,", "1,"), ("002,", "OO2,"))
    assert folder.check() == Said(
        Exit.FINDINGS,
        text("""
            error child-unknown: A child is not in the register
              extracts/attainment.csv, row 2, column child_id (and 1 more row: 3)
              found `1` (it has `001`); expected a child in the register: were leading zeros lost or added?
              mend: Correct the id, or add the child to the register.
            error child-unknown: A child is not in the register
              extracts/attainment.csv, row 4, column child_id
              found `OO2` (it has `002`); expected a child in the register: is there a letter in the place
                  of a digit?
              mend: Correct the id, or add the child to the register.
        """),
    )
