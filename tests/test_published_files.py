"""Files that nobody here wrote, read by the tool's own readers: they say of themselves what we say of them.

They are not part of this project, and each test says so where they are not beside this checkout.
"""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from wlz_calc.finding import Finding, Where, errors
from wlz_calc.read import rows
from wlz_calc.read.cells import Typed, typed
from wlz_calc.read.collected import Sent
from wlz_calc.read.config import StatedPart
from wlz_calc.read.files import opened
from wlz_calc.read.headings import headed
from wlz_calc.read.parts import Part
from wlz_calc.read.questionnaires import scored
from wlz_calc.standards import sdq
from wlz_calc.standards.assessment import POINT
from wlz_calc.standards.attendance import CODES
from wlz_calc.standards.upn import is_upn
from wlz_calc.tables import SDQ, Column, Table, Type

PUBLISHED = Path(__file__).parents[2] / "shared" / "data"


def read(name: str, table: Table, **said: Any) -> tuple[Typed, list[Finding]]:  # noqa: ANN401
    """A published file as a part of which wlz.yaml says this, and what is wrong with its cells."""
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"the published file {name} is not beside this checkout")
    part = stated(path, table, said)
    file, found = opened(path, table.name, name)
    assert file is not None, found
    sheet, found = headed(file, table, columns=part.columns, constants=part.constants)
    assert sheet is not None, found
    [whole], found = typed([Sent(sheet, part)], {})
    return whole, found


def stated(path: Path, table: Table, said: dict[str, Any]) -> Part:
    ours = StatedPart.model_validate(said).translation()
    return Part(
        table=table.name,
        path=path,
        file=path.name,
        sheet=None,
        header_row=None,
        columns=ours.columns,
        constants=ours.constants,
        values=ours.values,
        missing=ours.missing,
        date_format=ours.date_format,
        validated=None,
        where=Where("wlz.yaml"),
    )


# ---------------------------------------------------------------- questionnaires

SCORES = (*sdq.SUBSCALES, "total", "impact")
"""The seven that the file publishes beside the answers."""


def questionnaires() -> Typed:
    """The example of the Australian minimum data set, by the map that is shipped for it."""
    keys = {"measure_key": "child_id"}
    sent, found = read(
        "sdq_pmhc_example.csv",
        SDQ,
        map="sdq_pmhc",
        columns=keys,
        constants={"completed_on": "2017-01-09"},
    )
    assert found == []
    return sent


def test_the_answers_of_all_published_questionnaires_give_the_scores_published_beside_them() -> None:
    sent = questionnaires().frame
    by_items = scored(sent.with_columns(pl.lit(None, pl.Int32).alias(score) for score in SCORES))
    assert by_items.height == 21
    assert by_items.select(SCORES).null_count().sum_horizontal().item() == 0
    assert by_items.select(SCORES).equals(sent.select(SCORES))


def test_published_questionnaires_have_nothing_wrong_in_their_rows() -> None:
    sent = questionnaires()
    assert rows.checked(sent.frame, sent.table, sent.origin) == []


def test_the_version_of_a_published_questionnaire_says_who_completed_it() -> None:
    sent = questionnaires().frame
    assert sent.get_column("informant").value_counts(sort=True).rows() == [("parent", 17), ("self", 4)]
    assert sent.get_column("completed_on").unique().to_list() == [date(2017, 1, 9)]


# ---------------------------------------------------------------- attendance

UNPUBLISHED = {"D", "X", "Z", "#", "Q", "Y", *(f"Y{n}" for n in range(1, 8))}
"""In neither side of the rate, and not in the file."""
DROPPED = {"F"}
"""A code of old that the file's totals hold and its columns do not."""
REASONS = {
    "/": "reason_present_am",
    "\\": "reason_present_pm",
    "L": "reason_l_present_late_before_registers_closed",
    "I": "reason_i_authorised_illness",
    "M": "reason_m_authorised_medical_dental",
    "R": "reason_r_authorised_religious_observance",
    "S": "reason_s_authorised_study_leave",
    "T": "reason_t_authorised_mobile_child",
    "H": "reason_h_authorised_holiday",
    "E": "reason_e_authorised_excluded",
    "C": "reason_c_authorised_other",
    "C1": "reason_c1_authorised_regulated_performance",
    "J1": "reason_j1_authorised_interview",
    "C2": "reason_c2_authorised_temp_reduced_timetable",
    "B": "reason_b_aea_education_off_site",
    "J": "reason_j_aea_interview",
    "P": "reason_p_aea_approved_sporting_activity",
    "V": "reason_v_aea_educational_visit_trip",
    "W": "reason_w_aea_work_experience",
    "K": "reason_k_aea_education_arranged_by_la",
    "G": "reason_g_unauthorised_holiday",
    "U": "reason_u_unauthorised_late_after_registers_closed",
    "O": "reason_o_other_unauthorised",
    "N": "reason_n_no_reason_yet",
}
"""The column of the sessions with each code."""
COUNTS = ("overall_attendance", "overall_absence", "possible_sessions", *REASONS.values())
RATE = "attendance_perc"
DEPARTMENT = Table(
    "attendance",
    "an authority and a phase",
    (Column("time_period", required=True), *(Column(name, Type.NUMBER) for name in COUNTS), Column(RATE)),
)
SUPPRESSED_ROWS = [142, 191, 572, 632]


def department() -> tuple[pl.DataFrame, list[Finding]]:
    """The department's file, year to date: counts in ten-thousandths, the rate as it is written."""
    sent, found = read("dfe_attendance_ytd_2025_26.csv", DEPARTMENT)
    assert sent.frame.height == 647
    return sent.frame, found


def unsuppressed() -> pl.DataFrame:
    frame, _ = department()
    whole = frame.filter(~pl.col("row").is_in(SUPPRESSED_ROWS))
    assert whole.height == 643
    assert whole.null_count().sum_horizontal().item() == 0
    return whole


def sessions(codes: set[str]) -> pl.Expr:
    """The sessions that have one of these codes."""
    return pl.sum_horizontal(REASONS[code] for code in codes)


ATTENDED = {code for code, mark in CODES.items() if mark.attended}
ABSENT = {code for code, mark in CODES.items() if mark.possible and not mark.attended} - DROPPED


def test_the_published_columns_are_the_codes_that_are_possible_sessions_by_our_classes() -> None:
    assert REASONS.keys() == ATTENDED | ABSENT
    assert CODES.keys() - REASONS.keys() == UNPUBLISHED | DROPPED


def test_published_attendance_is_the_sum_of_the_codes_that_we_class_as_attended() -> None:
    assert unsuppressed().select((sessions(ATTENDED) == pl.col("overall_attendance")).all()).item()


def test_the_published_rate_is_ours() -> None:
    ours = 100 * sessions(ATTENDED) / pl.col("possible_sessions")
    apart = (ours - pl.col(RATE).cast(pl.Float64)).abs()
    assert unsuppressed().select(apart.max()).item() < 1e-9


def test_published_possible_sessions_are_the_sum_of_our_classes_and_of_a_code_that_the_file_drops() -> None:
    left = pl.col("possible_sessions") - sessions(ATTENDED | ABSENT)
    beyond = unsuppressed().select(left=left).to_series()
    assert ((beyond == 0).sum(), (beyond > 0).sum()) == (592, 51)


def test_published_possible_sessions_are_attendance_and_absence() -> None:
    whole = pl.col("overall_attendance") + pl.col("overall_absence")
    assert unsuppressed().select((whole == pl.col("possible_sessions")).all()).item()


def test_published_counts_are_read_whole() -> None:
    frame, _ = department()
    assert frame.get_column("overall_attendance").item(0) == 6_039_959 * POINT
    assert (frame.get_column("possible_sessions") > 1_000_000_000 * POINT).any()


def test_suppressed_counts_are_findings_with_their_row_and_never_noughts() -> None:
    frame, found = department()
    assert found == errors(found)
    assert {(f.code, f.found) for f in found} == {("cell-not-a-number", "`c`")}
    places = [(f.where.row, f.where.column) for f in found]
    assert sorted(places) == sorted((row, name) for row in SUPPRESSED_ROWS for name in COUNTS)
    suppressed = frame.filter(pl.col("row").is_in(SUPPRESSED_ROWS)).select(COUNTS)
    assert suppressed.null_count().row(0) == (4,) * len(COUNTS)


# ---------------------------------------------------------------- pupil numbers

NUMBERS = Table(
    "numbers", "a pupil number", (Column("upn"), Column("valid_check_letter", Type.WHOLE, high=1))
)


def test_pupil_numbers_are_classed_as_published() -> None:
    sent, found = read("upn_vectors.csv", NUMBERS)
    assert found == []
    classed = sent.frame.select(ours=is_upn(pl.col("upn")), published=pl.col("valid_check_letter") == 1)
    assert classed.height == 14
    assert classed.get_column("ours").equals(classed.get_column("published"))
