"""A sample is reproducible, has no error that a check could find, and is realistic in shape."""

import copy
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from wlz_calc import sample, tables
from wlz_calc.ratecard.card import Card
from wlz_calc.sample.attendance import attendance
from wlz_calc.sample.dice import Dice
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.register import register, schools
from wlz_calc.sample.school_year import mondays, school_days, terms
from wlz_calc.sample.sessions import engagement
from wlz_calc.sample.surveys import survey
from wlz_calc.standards.assessment import SCALES, STATUS_CODES
from wlz_calc.standards.attendance import CODES
from wlz_calc.standards.sdq import ITEMS, TEACHER_IMPACT_ITEMS

CARDS = Path(__file__).parent.parent / "rate_cards"
NAMES = ("hammersmith-fulham", "kensington-chelsea", "life-chances-fund")
SIX_PAYMENTS = "kensington-chelsea"
UNIQUE = {
    "children": ("child_id",),
    "schools": ("school",),
    "engagement": ("child_id", "date", "kind", "provider", "session", "submitted_at"),
    "attendance": ("child_id", "period_start"),
    "attainment": ("child_id", "subject", "assessed_on"),
    "sdq": ("child_id", "informant", "completed_on"),
    "survey": ("child_id", "measure", "completed_on"),
}
SCHEMAS = {table.name: table for table in (*tables.EXTRACTS, tables.HOLDS)}

Content = dict[str, sample.Content]


Terms = dict[str, Any]


def terms_of(name: str) -> Terms:
    text = (CARDS / f"{name}.yaml").read_text(encoding="utf-8")
    stated: Terms = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it leaves every scalar as text
    return stated


@cache
def card(name: str) -> Card:
    return Card.model_validate(terms_of(name))


@cache
def made(name: str, children: int = 905, seed: int = 1) -> Content:
    return sample.programme(card(name), children, seed, card_name=name)


def extracts(files: Content) -> dict[str, pl.DataFrame]:
    frames = {Path(name).stem: content for name, content in files.items()}
    return {name: frame for name, frame in frames.items() if isinstance(frame, pl.DataFrame)}


def with_register(table: str, name: str = SIX_PAYMENTS) -> pl.DataFrame:
    frames = extracts(made(name))
    return frames[table].join(frames["children"], on="child_id")


def table(
    make: Callable[[pl.DataFrame, Needs, Dice], pl.DataFrame], terms_: Terms, children: int
) -> pl.DataFrame:
    """One table alone, for a card of the test's own."""
    needs, dice = Needs(Card.model_validate(terms_)), Dice(1)
    return make(register(needs, schools(needs.card, children), children, dice), needs, dice)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def written(folder: Path, seed: int) -> dict[str, str]:
    assert sample.write(folder, card(SIX_PAYMENTS), 60, seed, card_name=SIX_PAYMENTS) == []
    return digests(folder)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return written(tmp_path_factory.mktemp("first"), 1)


def test_the_same_seed_gives_the_same_bytes(first: dict[str, str], tmp_path: Path) -> None:
    assert written(tmp_path, 1) == first
    settings = yaml.safe_load((tmp_path / "wlz.yaml").read_text(encoding="utf-8"))
    assert (settings["provider"], settings["rate_cards"]) == ("West London Zone", [SIX_PAYMENTS])
    assert {f"{name}.csv" for name in settings["extracts"]} == {
        path.name for path in (tmp_path / "extracts").iterdir()
    }


def test_another_seed_gives_another_programme_at_the_same_schools(
    first: dict[str, str], tmp_path: Path
) -> None:
    other = written(tmp_path, 2)
    same = {name for name in first if first[name] == other[name]}
    assert same == {"wlz.yaml", "extracts/schools.csv"}


def test_the_number_of_threads_changes_nothing(first: dict[str, str], tmp_path: Path) -> None:
    program = (
        "import sys, yaml; from pathlib import Path; from wlz_calc import sample; "
        "from wlz_calc.ratecard.card import Card; "
        "card = Card.model_validate(yaml.load(Path(sys.argv[1]).read_text(), yaml.BaseLoader)); "
        f"sample.write(Path(sys.argv[2]), card, 60, 1, card_name={SIX_PAYMENTS!r})"
    )
    arguments = [sys.executable, "-c", program, str(CARDS / f"{SIX_PAYMENTS}.yaml"), str(tmp_path)]
    subprocess.run(arguments, check=True, env=os.environ | {"POLARS_MAX_THREADS": "1"})
    assert digests(tmp_path) == first


def test_a_folder_that_holds_anything_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for taken in (tmp_path, tmp_path / "notes.txt"):
        [finding] = sample.write(taken, card(SIX_PAYMENTS), 5, 1, card_name=SIX_PAYMENTS)
        assert (finding.code, finding.where.file) == ("output-exists", str(taken))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_that_the_card_needs_is_there_with_headings_and_choices_of_the_dictionary(
    name: str,
) -> None:
    frames = extracts(made(name))
    assert Needs(card(name)).tables <= frames.keys()
    for table, frame in frames.items():
        known = {column.name: column for column in SCHEMAS[table].columns}
        assert frame.height
        assert set(SCHEMAS[table].required) <= set(frame.columns) <= known.keys()
        assert not any(frame[column].null_count() for column in SCHEMAS[table].required)
        for column in frame.columns:
            if choices := known[column].choices:
                assert set(frame[column].cast(pl.String).drop_nulls()) <= set(choices)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_there_once_and_of_a_child_in_the_register(name: str) -> None:
    frames = extracts(made(name))
    ids = set(frames["children"]["child_id"])
    assert len(ids) == 905
    for table, key in UNIQUE.items():
        assert not frames[table].select(key).is_duplicated().any(), table
        assert "child_id" not in frames[table].columns or set(frames[table]["child_id"]) <= ids


def test_rows_are_sorted_by_child_and_then_by_date() -> None:
    frames = extracts(made(SIX_PAYMENTS))
    for table, key in (("engagement", "date"), ("attendance", "period_start"), ("sdq", "completed_on")):
        assert (
            frames[table].select("child_id", key).equals(frames[table].select("child_id", key).sort(pl.all()))
        )


@pytest.mark.parametrize("name", NAMES)
def test_children_join_while_the_card_is_open_and_the_rest_follows_from_it(name: str) -> None:
    frames, terms_ = extracts(made(name)), card(name)
    children = frames["children"]
    assert children["joined_on"].is_between(terms_.joined.start, terms_.joined.end).all()
    assert (children["left_on"] >= children["joined_on"]).drop_nulls().all()
    assert (children["consent_on"] <= children["left_on"]).drop_nulls().all()
    assert (children["consent_on"] >= terms_.term.start).drop_nulls().all()
    assert set(children["school"]) <= set(frames["schools"]["school"])


def test_a_folder_that_cannot_be_made_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    within = tmp_path / "file" / "folder"
    [finding] = sample.write(within, card(SIX_PAYMENTS), 5, 1, card_name=SIX_PAYMENTS)
    assert (finding.code, finding.found) == ("output-unwritable", "not a directory")


def test_a_first_year_has_one_wave_in_three_schools_and_most_join_in_the_autumn() -> None:
    children = extracts(made("hammersmith-fulham", 132))["children"]
    assert children["joined_on"].max() < date(2017, 9, 1)  # type: ignore[operator]
    assert children["school"].n_unique() == 3
    assert (children["joined_on"] < date(2017, 1, 1)).mean() > 0.6  # type: ignore[operator]


def test_a_programme_of_nine_hundred_has_nine_schools_and_joins_in_every_year() -> None:
    frames = extracts(made(SIX_PAYMENTS))
    assert frames["children"]["school"].n_unique() == 9
    assert set(frames["children"]["joined_on"].dt.year()) == {2016, 2017, 2018, 2019}
    assert 0.85 < 1 - frames["children"]["consent_on"].null_count() / 905 < 0.97
    assert 0.05 < 1 - frames["children"]["left_on"].null_count() / 905 < 0.11


def test_an_authority_is_given_where_the_card_has_one_commissioner_for_each() -> None:
    assert "authority" not in extracts(made(SIX_PAYMENTS))["children"].columns
    authorities = extracts(made("life-chances-fund"))["children"]["authority"]
    assert set(authorities) == {"brent", "westminster", "rbkc", "lbhf"}


def test_nine_hundred_children_have_about_sixty_thousand_sessions() -> None:
    frame = extracts(made(SIX_PAYMENTS))["engagement"]
    assert 50_000 < frame.height < 75_000
    assert 15 <= frame["provider"].drop_nulls().n_unique() <= 25


def test_only_who_attended_is_engaged_and_only_partners_say_so() -> None:
    frame = extracts(made(SIX_PAYMENTS))["engagement"]
    says_so = frame.filter(pl.col("engaged").is_not_null())
    assert set(says_so["status"].cast(pl.String)) == {"attended"}
    assert set(says_so["kind"].cast(pl.String)) == {"partner"}
    assert frame.filter(pl.col("kind") == "partner")["provider"].null_count() == 0


def test_sessions_are_on_school_days_from_joining_to_leaving() -> None:
    rows = with_register("engagement")
    assert (rows["date"] >= rows["joined_on"]).all()
    assert (rows["date"] <= rows["left_on"]).drop_nulls().all()
    assert set(rows["date"].dt.weekday()) == {1, 2, 3, 4, 5}
    assert (rows["submitted_at"].dt.date() >= rows["date"]).all()


def test_about_one_session_in_a_hundred_is_submitted_again_with_another_status() -> None:
    frame = extracts(made(SIX_PAYMENTS))["engagement"]
    key = ["child_id", "date", "kind", "provider", "session"]
    again = frame.group_by(key).agg("submitted_at", "status").filter(pl.col("status").list.len() > 1)
    assert 0.005 < again.height / frame.height < 0.015
    assert again["submitted_at"].list.n_unique().eq(2).all()
    assert again["status"].list.n_unique().eq(2).all()


def test_totals_are_possible_do_not_overlap_and_lie_in_one_academic_year() -> None:
    frame = extracts(made(SIX_PAYMENTS))["attendance"]
    assert frame["sessions_attended"].is_between(0, frame["sessions_possible"]).all()
    assert frame["sessions_possible"].is_between(95, 145).all()
    before = frame.select(pl.col("period_end").shift().over("child_id"))["period_end"]
    assert (before < frame["period_start"]).drop_nulls().all()
    autumn = pl.col("period_start").dt.month() >= 9
    assert frame.filter(autumn & (pl.col("period_end").dt.month() < 9)).is_empty()


def test_a_score_is_on_its_scale_or_a_status_code() -> None:
    frame = extracts(made(SIX_PAYMENTS))["attainment"]
    judged, tested = (
        frame.filter(pl.col("scale") == s) for s in ("termly_judgement", "standardised_age_score")
    )
    assert set(judged["score"]) <= {*SCALES["termly_judgement"].values, *STATUS_CODES}
    numbers = set(tested["score"]) - set(STATUS_CODES)
    assert all(60 <= int(number) <= 140 for number in numbers)
    assert 0.2 < judged.height / frame.height < 0.8
    assert set(frame["score"]) & set(STATUS_CODES)


def test_subjects_and_surveys_are_those_of_the_childs_phase() -> None:
    primary = [str(n) for n in range(1, 7)] + ["R"]
    subjects = with_register("attainment").group_by(pl.col("year_group").is_in(primary)).agg("subject").rows()
    found = {is_primary: set(names) for is_primary, names in subjects}
    assert found == {True: {"reading", "writing", "maths"}, False: {"english", "maths"}}
    older = with_register("survey").filter(~pl.col("year_group").is_in(primary))
    assert "school_engagement" in set(older["measure"])


def test_questionnaires_come_from_the_informant_of_the_phase_and_some_parents() -> None:
    rows = with_register("sdq")
    secondary = rows.filter(pl.col("year_group").str.contains("^(7|8|9|10|11)$"))
    assert set(secondary["informant"]) == {"self", "parent"}
    assert set(rows["informant"]) == {"teacher", "self", "parent"}
    by_teacher = rows.filter(pl.col("informant") == "teacher")
    unasked = {"imphome", "impfrie", "impclas", "impleis", "distres"} - set(TEACHER_IMPACT_ITEMS)
    assert all(by_teacher[item].null_count() == by_teacher.height for item in unasked)
    assert all(rows[item].drop_nulls().is_between(0, 2).all() and rows[item].null_count() for item in ITEMS)


def test_readings_lie_in_the_contracts_term_and_most_children_have_both() -> None:
    frames, term = extracts(made(SIX_PAYMENTS)), card(SIX_PAYMENTS).term
    for table, column in (("attainment", "assessed_on"), ("sdq", "completed_on"), ("survey", "completed_on")):
        assert frames[table][column].is_between(term.start, term.end).all()
    rows = with_register("sdq").with_columns(
        days=(pl.col("completed_on") - pl.col("joined_on")).dt.total_days()
    )
    both = rows.group_by("child_id").agg(before=pl.col("days").min() < 92, after=pl.col("days").max() > 540)
    assert 0.65 < (both["before"] & both["after"]).mean() < 0.9  # type: ignore[operator]


@pytest.mark.parametrize(
    ("low", "high", "better"), [("0", "100", "higher"), ("1", "5", "lower"), ("-0.55", "0.55", "higher")]
)
def test_a_survey_stays_within_its_range_whatever_it_is(low: str, high: str, better: str) -> None:
    terms_ = terms_of(SIX_PAYMENTS)
    terms_["surveys"]["confidence"] = {"range": [low, high], "better": better}
    scores = table(survey, terms_, 30).filter(pl.col("measure") == "confidence")["score"].to_list()
    assert scores
    assert all(float(low) <= float(score) <= float(high) for score in scores)
    assert all(len(score.partition(".")[2]) <= 4 for score in scores)


def test_one_of_the_holds_is_still_open() -> None:
    held = extracts(made(SIX_PAYMENTS))["holds"]
    assert held.height == 3
    assert held["to"].null_count() == 1
    assert set(held["payment"].drop_nulls()) <= set(card(SIX_PAYMENTS).payments)


def test_a_card_that_judges_attendance_by_months_gets_register_marks() -> None:
    terms_ = terms_of(SIX_PAYMENTS)
    outcome = terms_["payments"]["outcomes"]["outcomes"]["attendance"]
    outcome |= {"baseline": {"months": ["-2", "0"]}, "endpoint": {"months": ["1", "3"]}}
    marks = table(attendance, terms_, 20)
    assert marks.columns[1:] == [column.name for column in tables.ATTENDANCE_MARKS.columns][1:]
    assert not marks.select("child", "date", "session").is_duplicated().any()
    assert set(marks["code"]) <= CODES.keys()
    attended = marks["code"].replace_strict({code: CODES[code].attended for code in set(marks["code"])})
    assert 0.85 < attended.mean() < 0.99  # type: ignore[operator]
    assert {(r["session"], r["code"]) for r in marks.to_dicts()}.isdisjoint({("AM", "\\"), ("PM", "/")})


def test_a_card_of_one_payment_gets_the_one_table_it_needs() -> None:
    terms_ = copy.deepcopy(terms_of("hammersmith-fulham"))
    terms_["payments"] = {"sign_up": terms_["payments"]["sign_up"]}
    del terms_["framework"], terms_["surveys"]
    files = sample.programme(Card.model_validate(terms_), 1, 1, card_name="own")
    assert set(files) == {"wlz.yaml", "holds.csv", "extracts/children.csv", "extracts/schools.csv"}


def test_sessions_are_as_frequent_as_the_card_asks() -> None:
    terms_ = terms_of(SIX_PAYMENTS)
    terms_["payments"]["engagement"]["when"]["all"][0]["at_least"] = "60"
    met = table(engagement, terms_, 30).filter(pl.col("kind") == "link_worker")
    assert not met.select("child", "date", "submitted_at").is_duplicated().any()
    assert met.height / 30 > 100


def test_a_card_open_only_in_the_holidays_still_has_children() -> None:
    terms_ = terms_of(SIX_PAYMENTS)
    terms_["joined"] = {"from": "2017-08-02", "to": "2017-08-09"}
    joined = table(lambda children, *_: children, terms_, 4)["joined_on"]
    assert set(joined) == {date(2017, 8, 2)}


def throws(dice: Dice) -> Iterator[pl.Series]:
    frame = pl.DataFrame({"child": range(20_000)})
    yield frame.select(dice.chance("a")).to_series()
    yield frame.select(dice.chance("b")).to_series()
    yield frame.select(dice.bell("a")).to_series()


def test_dice_are_even_unrelated_and_depend_on_the_child_alone() -> None:
    first, second, bell = throws(Dice(1))
    assert first.is_between(0, 1, closed="left").all()
    assert abs(float(first.mean() or 0) - 0.5) < 0.01  # type: ignore[arg-type]
    assert abs(float(pl.DataFrame([first, second.alias("b")]).select(pl.corr(first.name, "b")).item())) < 0.03
    assert abs(float(bell.mean() or 1)) < 0.03  # type: ignore[arg-type]
    assert 0.97 < float(bell.std() or 0) < 1.03  # type: ignore[arg-type]
    backwards = pl.DataFrame({"child": range(19_999, -1, -1)}).select(Dice(1).chance("a")).to_series()
    assert backwards.reverse().equals(first)


def test_the_dice_do_not_change_with_a_new_version() -> None:
    thrown = pl.DataFrame({"child": [0, 1]}).select(Dice(1).chance("a"), Dice(1).bell("b").alias("bell"))
    assert thrown.rows() == [
        (0.9675736033812443, 0.5213119816589356),
        (0.5709427804532312, 0.5984846552429199),
    ]


@pytest.mark.parametrize("year", range(2015, 2025))
def test_a_school_year_is_of_a_usual_length(year: int) -> None:
    autumn, spring, summer = terms(year)
    days = [len(school_days(term)) for term in (autumn, spring, summer)]
    assert 170 < sum(days) < 200
    first = mondays(autumn)
    assert 12 <= len(first) <= 15
    assert set(first.dt.weekday()) == {1}


def test_attendance_of_a_child_who_left_ends_with_the_term_of_leaving() -> None:
    rows = with_register("attendance").filter(pl.col("left_on").is_not_null())
    assert (rows["period_start"] <= rows["left_on"]).all()
