"""Results: what became of the children on each measure, counted by the one engine's readings."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from tests.meaning import Programme
from tests.meaning.tables import Row, compare
from tests.sound_folder import Folder, wlz_calc, written
from wlz_calc import pipeline
from wlz_calc.cli.ending import Exit
from wlz_calc.cli.outcomes import Split
from wlz_calc.monitored import AT_RISK, UNREAD, By, Results
from wlz_calc.write.figures import CSV_COLUMNS, percent, results_csv, results_json
from wlz_calc.write.results import sentences

AFTER = date(2018, 2, 1)
"""The endpoint window of a child that joined on 10 January 2017 is over."""
CARD = """
framework:
  - {domain: wellbeing, area: Emotional health, measures: [sdq.emotional], phases: [primary, early_years]}
  - {domain: learning, area: Attendance, measures: [attendance_rate, partner_sessions]}
payments:
  sign_up: {when: {measure: consent, test: happened}}
  outcomes:
    baseline: {months: [-6, 3]}
    endpoint: {months: [9, 12]}
    phases: [primary]
    outcomes:
      maths: {when: {measure: attainment.maths, test: progresses, by: 1}}
"""
SDQ = """
| child | completed_on | emotional |
| 1     | 2017-01-10   | 6         |
| 1     | 2017-12-01   | 3         |
| 2     | 2017-01-10   | 6         |
| 2     | 2017-12-01   | 5         |
| 3     | 2017-01-10   | 4         |
| 3     | 2017-12-01   | 4         |
| 4     | 2017-01-10   | 3         |
| 4     | 2017-12-01   | 2         |
| 5     | 2017-01-10   | 6         |
| 6     | 2017-12-01   | 6         |
"""


def made(folder: Path, as_of: date = AFTER, by: By = By.ALL, least: int | None = None) -> Results:
    found, problems = pipeline.results(folder, as_of, by, least=least)
    assert found is not None, problems
    return found


def rows(results: Results) -> list[Row]:
    """The measures, with the group `all` for all together and nothing for what does not apply."""
    return [
        {name: _text(value) for name, value in row.items()} | {"group": row["group"] or "all"}
        for row in results.measures.iter_rows(named=True)
    ]


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def of(results: Results, measure: str) -> list[Row]:
    return [row for row in rows(results) if row["measure"] == measure]


# ---------------------------------------------------------------- what becomes of a child


def test_a_child_at_risk_crosses_improves_or_does_not(tmp_path: Path) -> None:
    results = made(Programme(tmp_path, CARD, sdq=SDQ).folder)
    compare(
        "Results",
        """
        | paid | children | both_readings | at_risk | not_at_risk | no_longer_at_risk | improved |
        |      | 6        | 4             | 3       | 1           | 1                 | 1        |
        """,
        of(results, "sdq.emotional"),
    )
    (row,) = of(results, "sdq.emotional")
    assert (row["no_baseline"], row["no_endpoint"], row["open"]) == ("1", "1", "0")


def test_on_the_last_day_of_the_endpoint_window_it_is_over(tmp_path: Path) -> None:
    folder = Programme(tmp_path, CARD, sdq=SDQ).folder
    before, after = (of(made(folder, date(2018, 1, day)), "sdq.emotional")[0] for day in (8, 9))
    assert (before["open"], before["both_readings"]) == ("6", "0")
    assert (after["open"], after["both_readings"]) == ("0", "4")


def test_the_youngest_have_no_published_threshold(tmp_path: Path) -> None:
    sdq = """
    | child | completed_on | emotional | informant |
    | 1     | 2017-01-10   | 6         | parent    |
    | 1     | 2017-12-01   | 3         | parent    |
    """
    children = "| child | year_group |\n| 1 | N2 |"
    (row,) = of(made(Programme(tmp_path, CARD, sdq=sdq, children=children).folder), "sdq.emotional")
    assert (row["phases"], row["at_risk"], row["improved"]) == ("early_years", "", "1")


def test_a_paid_measure_in_no_area_stands_under_its_outcome(tmp_path: Path) -> None:
    attainment = """
    | child | assessed_on | scale                  | score |
    | 1     | 2017-01-10  | standardised_age_score | 90    |
    | 1     | 2017-12-01  | standardised_age_score | 91    |
    | 2     | 2017-01-10  | standardised_age_score | 90    |
    | 2     | 2017-12-01  | termly_judgement       | at    |
    | 3     | 2017-01-10  | ks2_scaled             | 100   |
    | 3     | 2017-12-01  | ks2_scaled             | 110   |
    | 4     | 2017-01-10  | standardised_age_score | 90    |
    """
    results = made(Programme(tmp_path, CARD, attainment=attainment).folder)
    compare(
        "Results",
        """
        | domain | area  | paid  | phases  | other_scale | no_expected | no_endpoint | at_risk | improved |
        |        | maths | maths | primary | 1           | 1           | 1           |         | 1        |
        """,
        of(results, "attainment.maths"),
    )


def test_an_improvement_is_as_much_as_the_card_pays_for(tmp_path: Path) -> None:
    card = CARD.replace("by: 1}", "by: 5, at_risk: {below: 95}}")
    attainment = """
    | child | assessed_on | scale                  | score |
    | 1     | 2017-01-10  | standardised_age_score | 80    |
    | 1     | 2017-12-01  | standardised_age_score | 84    |
    | 2     | 2017-01-10  | standardised_age_score | 80    |
    | 2     | 2017-12-01  | standardised_age_score | 85    |
    | 3     | 2017-01-10  | standardised_age_score | 94    |
    | 3     | 2017-12-01  | standardised_age_score | 95    |
    """
    (row,) = of(made(Programme(tmp_path, card, attainment=attainment).folder), "attainment.maths")
    ends = (row["at_risk"], row["no_longer_at_risk"], row["improved"], row["not_improved"])
    assert ends == ("3", "1", "1", "1")


def test_attainment_that_nothing_pays_improves_by_more_than_was_expected(tmp_path: Path) -> None:
    card = CARD.replace("[sdq.emotional]", "[attainment.reading]")
    attainment = """
    | child | subject | assessed_on | scale                  | score | expected |
    | 1     | reading | 2017-01-10  | standardised_age_score | 90    | 90       |
    | 1     | reading | 2017-12-01  | standardised_age_score | 92    | 92       |
    | 2     | reading | 2017-01-10  | standardised_age_score | 90    | 90       |
    | 2     | reading | 2017-12-01  | standardised_age_score | 93    | 92       |
    """
    (row,) = of(made(Programme(tmp_path, card, attainment=attainment).folder), "attainment.reading")
    assert (row["paid"], row["improved"], row["not_improved"]) == ("", "1", "1")


def test_attendance_that_nothing_pays_is_read_in_the_years_before_and_after(tmp_path: Path) -> None:
    attendance = """
    | child | period_start | period_end | sessions_possible | sessions_attended |
    | 1     | 2015-09-01   | 2016-07-20 | 380               | 300               |
    | 1     | 2017-09-01   | 2018-07-20 | 380               | 301               |
    """
    results = made(Programme(tmp_path, CARD, attendance=attendance).folder, date(2018, 8, 31))
    (row,) = of(results, "attendance_rate")
    assert (row["paid"], row["at_risk"], row["improved"]) == ("", "", "1")


PAID_ATTENDANCE = """
      attendance:
        baseline: {academic_year: 0}
        endpoint: {academic_year: 1}
        when: {measure: attendance_rate, test: crosses, at_risk: {below: 0.9}, possible_at_least: 381}
"""


def test_attendance_that_is_paid_in_another_phase_is_read_in_the_same_years(tmp_path: Path) -> None:
    attendance = """
    | child | period_start | period_end | sessions_possible | sessions_attended |
    | 1     | 2015-09-01   | 2016-07-20 | 380               | 300               |
    | 1     | 2016-09-01   | 2017-07-20 | 400               | 380               |
    | 2     | 2015-09-01   | 2016-07-20 | 390               | 300               |
    | 2     | 2016-09-01   | 2017-07-20 | 400               | 380               |
    """
    children = "| child | year_group |\n| 1 | 8 |\n| 2 | 5 |"
    folder = Programme(tmp_path, CARD + PAID_ATTENDANCE, attendance=attendance, children=children).folder
    compare(
        "Results",
        """
        | phases  | paid       | no_baseline | at_risk | no_longer_at_risk |
        | post_16 |            | 1           |         |                   |
        | primary | attendance | 0           | 1       | 1                 |
        """,
        [{**row, "phases": row["phases"].split()[-1]} for row in of(made(folder), "attendance_rate")],
    )


def test_without_windows_on_the_card_nothing_can_be_told(tmp_path: Path) -> None:
    card = "framework: [{domain: character, area: Confidence, measures: [survey.confidence]}]"
    children = "| child |\n| 1 |"
    (row,) = rows(made(Programme(tmp_path, card, children=children).folder))
    assert (row["children"], row["no_window"], row["both_readings"]) == ("1", "1", "0")


def test_a_card_that_monitors_nothing_has_its_payments_alone(tmp_path: Path) -> None:
    results = made(Programme(tmp_path, "title: Nothing", children="| child |\n| 1 |").folder)
    assert results.measures.is_empty()
    assert results.funnel.get_column("children").to_list() == [1]


# ---------------------------------------------------------------- payments and groups

CHILDREN = """
| child | school  | joined_on  | consent_on | left_on    | year_group |
| 1     | ark     | 2016-09-01 | 2016-09-01 |            | 5          |
| 2     | ark     | 2017-08-31 | 2017-08-31 | 2017-10-01 | 6          |
| 3     | phoenix | 2017-09-01 |            |            | 8          |
"""


def test_payments_are_met_as_of_any_day(tmp_path: Path) -> None:
    folder = Programme(tmp_path, CARD, children=CHILDREN).folder
    found = {
        day: made(folder, date.fromisoformat(day)).funnel.row(0, named=True)
        for day in ("2016-09-01", "2017-08-30", "2017-08-31", "2017-09-01")
    }
    counted = {day: (row["children"], row["met"], row["value"]) for day, row in found.items()}
    assert counted == {
        "2016-09-01": (1, 1, 100_00),
        "2017-08-30": (1, 1, 100_00),
        "2017-08-31": (2, 2, 200_00),
        "2017-09-01": (3, 2, 200_00),
    }


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (By.ALL, {None: 3}),
        (By.PHASE, {None: 3, "primary": 2, "secondary": 1}),
        (By.SCHOOL, {None: 3, "ark": 2, "phoenix": 1}),
        (By.COHORT, {None: 3, "2016/17": 2, "2017/18": 1}),
        (By.PARTNER, {"chess": 2, "drama": 1}),
    ],
)
def test_children_are_split_by_one_thing(tmp_path: Path, by: By, groups: dict[str | None, int]) -> None:
    engagement = """
    | child | date       | kind    | provider | status   |
    | 1     | 2017-10-01 | partner | chess    | attended |
    | 1     | 2017-10-02 | partner | chess    | attended |
    | 1     | 2017-10-02 | partner | drama    | attended |
    | 2     | 2017-10-01 | partner | chess    | attended |
    | 2     | 2017-10-02 | partner | drama    | attended |
    | 3     | 2017-10-02 | partner | drama    | absent   |
    """
    results = made(Programme(tmp_path, CARD, children=CHILDREN, engagement=engagement).folder, by=by)
    signed_up = results.funnel.filter(results.funnel["payment"] == "sign_up")
    assert dict(signed_up.select("group", "children").iter_rows()) == groups


# ---------------------------------------------------------------- what is shown


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results") / "sample"
    asked = ("--card", "kensington-chelsea", "--children", "150", "--seed", "4")
    assert wlz_calc("sample", str(folder), *asked).code == Exit.FINE
    return folder


def test_percentages_are_whole_and_halves_are_rounded_up() -> None:
    assert [percent(1, 8), percent(1, 200), percent(1, 201), percent(0, 3), percent(3, 3)] == [
        13,
        1,
        0,
        0,
        100,
    ]


def test_results_are_said_in_the_form_in_which_the_pilot_was_published(tmp_path: Path) -> None:
    """Source: the article of 2017, which has other figures."""
    card = """
    informants: {primary: teacher, secondary: self}
    framework:
      - {domain: learning, area: English, measures: [attainment.english], phases: [secondary]}
      - {domain: character, area: Behaviour, measures: [sdq.conduct], phases: [primary]}
    payments: {outcomes: {baseline: {months: [-6, 3]}, endpoint: {months: [9, 12]}, phases: [secondary],
      outcomes: {english: {when: {measure: attainment.english, test: progresses, by: 1}}}}}
    """
    folder = Programme(
        tmp_path,
        card,
        children="| child | year_group |\n| 1 | 8 |\n| 2 | 5 |\n| 3 | 5 |",
        attainment="""
        | child | subject | assessed_on | scale                  | score |
        | 1     | english | 2017-01-10  | standardised_age_score | 90    |
        | 1     | english | 2017-12-01  | standardised_age_score | 95    |
        """,
        sdq="""
        | child | completed_on | conduct |
        | 2     | 2017-01-10   | 6       |
        | 2     | 2017-12-01   | 5       |
        | 3     | 2017-01-10   | 6       |
        | 3     | 2017-12-01   | 6       |
        """,
    ).folder
    results = made(folder, by=By.PHASE)
    assert "; ".join(sentences(results, list(enumerate(results.measures.iter_rows(named=True))))) == (
        "100% of those at secondary school improved in English; "
        "50% of those at risk at primary school improved their behaviour"
    )


@pytest.mark.parametrize("split", list(Split))
def test_every_split_is_shown_in_three_forms(sample: Path, split: Split) -> None:
    asked = ("results", "--as-of", "2019-11-30", "--by", split.value, str(sample))
    shown, as_csv, as_json = (wlz_calc(*asked, "--format", form) for form in ("table", "csv", "json"))
    assert {shown.code, as_csv.code, as_json.code} == {Exit.FINE}
    assert "Results as of 30 November 2019" in shown.out
    figures = [figure for row in json.loads(as_json.out)["results"] for figure in row["figures"].values()]
    texts = [line["value"] for line in csv.DictReader(StringIO(as_csv.out))]
    assert texts == ["z" if figure is None else str(figure) for figure in figures]


EXAMPLES = Path(__file__).parents[1] / "examples"


def test_the_analysts_own_screen_is_not_suppressed(sample: Path) -> None:
    results = made(sample, date(2019, 11, 30), By.SCHOOL)
    assert not results.suppressed
    assert any(0 < row["improved"] < 5 for row in results.measures.iter_rows(named=True))


def test_suppress_is_for_publish(sample: Path) -> None:
    said = wlz_calc("results", "--as-of", "2019-11-30", "--suppress", "5", str(sample))
    assert said.code == Exit.USAGE
    assert "--suppress is for --publish" in said.err


def test_a_day_that_cannot_be_read_and_a_contract_that_is_not_there(sample: Path) -> None:
    assert wlz_calc("results", "--as-of", "2019-02-30", str(sample)).code == Exit.USAGE
    asked = ("results", "--as-of", "2019-11-30", "--contract", "nowhere", str(sample))
    assert "contract-unclear" in wlz_calc(*asked).err


def test_what_is_wrong_with_the_folder_is_said_and_nothing_shown(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "programme")
    folder.write("extracts/sdq.csv", b"nothing")
    said = wlz_calc("results", "--as-of", "2018-01-31", str(folder.path))
    assert (said.code, said.out) == (Exit.FINDINGS, "")


# ---------------------------------------------------------------- files

ASKED = ("results", "--as-of", "2019-11-30", "--by", "school")


@pytest.mark.parametrize("publish", [(), ("--publish",)])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_holds_what_is_printed(
    sample: Path, tmp_path: Path, form: str, publish: tuple[str, ...]
) -> None:
    file = tmp_path / f"results.{form}"
    printed = wlz_calc(*ASKED, *publish, "--format", form, str(sample))
    said = wlz_calc(*ASKED, *publish, "--output", str(file), str(sample))
    assert (said.code, said.out) == (Exit.FINE, "")
    assert file.read_text(encoding="utf-8") == printed.out
    assert said.err.splitlines()[-1].startswith(f"written: {file.as_posix()}")
    assert ("warning" in said.err) is not bool(publish)


def test_a_csv_has_its_metadata_beside_it(sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "results.csv"
    assert wlz_calc(*ASKED, "--publish", "-o", str(file), str(sample)).code == Exit.FINE
    described = json.loads((tmp_path / "results.csv-metadata.json").read_text(encoding="utf-8"))
    columns = [column["name"] for column in described["tableSchema"]["columns"]]
    with file.open(encoding="utf-8") as lines:
        assert columns == list(CSV_COLUMNS) == next(csv.reader(lines))
    [note] = described["notes"]
    assert (described["url"], note["suppressed_below"], note["by"]) == ("results.csv", 5, "school")
    assert described["dc:description"].startswith("ILLUSTRATIVE TERMS")
    assert {made["rows"] for made in note["provenance"]["files"]} == {None}


def test_a_file_of_another_kind_or_in_no_folder_is_refused_before_the_work(sample: Path) -> None:
    refused = [wlz_calc(*ASKED, "-o", name, str(sample)) for name in ("results.xlsx", "nowhere/results.csv")]
    assert {said.code for said in refused} == {Exit.USAGE}
    assert "expected a name that ends in .csv or .json" in refused[0].err.replace("\n", " ")
    assert "output-unwritable" in refused[1].err


# ---------------------------------------------------------------- published

Figures = dict[str, dict[str, str]]
"""The figures of a row by their names, by group."""


def published(folder: Path, by: By, least: int) -> list[Figures]:
    """Each measure as it is published, read back from the csv."""
    results = made(folder, date(2019, 11, 30), by, least)
    found: dict[tuple[str, ...], Figures] = defaultdict(lambda: defaultdict(dict))
    for line in csv.DictReader(StringIO(written(results_csv(results)).decode())):
        key = (line["domain"], line["area"], line["measure"], line["phases"], line["payment"])
        found[key][line["group"]][line["figure"]] = line["value"]
    return list(found.values())


def subtracted(table: Figures, *, adds_up: bool) -> dict[tuple[str, str], int]:
    """What an attacker works out of one table, going on until nothing new comes of it."""
    cells = {(group, name): value for group, own in table.items() for name, value in own.items()}
    known = {cell: int(value) for cell, value in cells.items() if value.isdigit()}
    sums = [
        [(group, whole), *((group, part) for part in parts)] for group in table for whole, parts in ROW_SUMS
    ]
    if adds_up and len(table) > 1:
        names = next(iter(table.values()))
        sums += [[("all", name), *((group, name) for group in table if group != "all")] for name in names]
    if any("at_risk" in own and own["at_risk"] == "z" for own in table.values()):
        sums += [[(group, "both_readings"), (group, "improved"), (group, "not_improved")] for group in table]
    there = [each for each in sums if all(cells.get(cell, "z") != "z" for cell in each)]
    recovered: dict[tuple[str, str], int] = {}
    while new := dict(_alone(there, known)):
        recovered |= new
        known |= new
    return recovered


def _alone(
    sums: list[list[tuple[str, str]]], known: dict[tuple[str, str], int]
) -> Iterable[tuple[tuple[str, str], int]]:
    for whole, *parts in (each for each in sums if len(each) > 1):
        unknown = [cell for cell in (whole, *parts) if cell not in known]
        if len(unknown) == 1:
            rest = sum(known[part] for part in parts if part in known)
            yield unknown[0], rest if unknown[0] == whole else known[whole] - rest


ROW_SUMS: list[tuple[str, list[str]]] = [
    ("children", [*UNREAD, "both_readings"]),
    ("both_readings", ["at_risk", "not_at_risk"]),
    ("at_risk", list(AT_RISK)),
]
READ = ("at_risk", "not_at_risk", *AT_RISK)
WITHIN: dict[str, tuple[str, ...]] = {
    "children": (*UNREAD, "both_readings", *READ, "met"),
    "both_readings": READ,
    "at_risk": AT_RISK,
}
"""By sum all that is in it, at any depth."""


def left(own: dict[str, str]) -> Iterable[tuple[str, str, int]]:
    """What an attacker has left who takes one number of a row from another."""
    for whole, parts in WITHIN.items():
        for part in parts:
            if own.get(whole, "c").isdigit() and own.get(part, "c").isdigit():
                yield whole, part, int(own[whole]) - int(own[part])


PERCENTAGES = ("percent", "percent_improved", "percent_no_longer_at_risk", "value")


@pytest.mark.parametrize("least", [5, 10])
@pytest.mark.parametrize("by", list(By))
def test_nothing_that_is_published_is_small_or_can_be_subtracted(sample: Path, by: By, least: int) -> None:
    tables = published(sample, by, least)
    for table in tables:
        figures = [(n, v) for own in table.values() for n, v in own.items() if n not in PERCENTAGES]
        assert not [(n, v) for n, v in figures if v.isdigit() and 0 < int(v) < least]
        plain = {g: {n: v for n, v in own.items() if n not in PERCENTAGES} for g, own in table.items()}
        assert not subtracted(plain, adds_up=by.adds_up)
        assert not [each for own in table.values() for each in left(own) if 0 < each[2] < least]
    assert by is By.ALL or any("c" in own.values() for table in tables for own in table.values())


@pytest.mark.parametrize(
    ("example", "as_of"),
    [
        ("hammersmith-fulham", date(2019, 12, 31)),
        ("kensington-chelsea", date(2019, 12, 31)),
        ("life-chances-fund", date(2022, 12, 31)),
    ],
)
def test_few_counts_are_suppressed_for_others(example: str, as_of: date) -> None:
    """Each that is small needs at least one more in its row and in its column, if it is alone there."""
    results = made(EXAMPLES / example, as_of, By.SCHOOL, 5)
    hidden = [(table, n, name) for table, n, name in results.suppressed if name != "value"]
    small = [(table, n, name) for table, n, name in hidden if getattr(results, table)[name][n] < 5]
    assert 0 < len(small) < len(hidden) <= 3 * len(small)


def test_the_attacker_is_left_with_whom_nothing_is_shown_of() -> None:
    own = {"children": "42", "met": "41", "both_readings": "40", "at_risk": "c", "improved": "39"}
    assert sorted(each[2] for each in left(own)) == [1, 1, 2, 3]


def test_the_attacker_subtracts_what_is_suppressed_alone() -> None:
    table = {"all": {"children": "20"}, "ark": {"children": "c"}, "phoenix": {"children": "17"}}
    assert subtracted(table, adds_up=True) == {("ark", "children"): 3}


def test_percentages_and_money_go_with_the_counts_they_are_made_of(sample: Path) -> None:
    for table in published(sample, By.SCHOOL, 10):
        for group, own in table.items():
            if "c" in {own.get("no_longer_at_risk"), own.get("improved")}:
                assert own["percent_improved"] == "c"
            if group != "all" and "value" in own:
                assert own["value"] in {"c", "0.00"}


def test_what_is_published_names_no_child_and_no_number_of_rows(sample: Path) -> None:
    asked = (
        "results",
        "--as-of",
        "2019-11-30",
        "--by",
        "school",
        "--publish",
        "--format",
        "json",
        str(sample),
    )
    said = wlz_calc(*asked)
    assert said.err.startswith("ILLUSTRATIVE TERMS")
    assert said.err.count("\n") == 1
    stated = json.loads(said.out)
    assert stated["suppressed_below"] == 5
    assert {file["rows"] for file in stated["provenance"]["files"]} == {None}
    assert "suppressed" in written(results_json(made(sample, date(2019, 11, 30)))).decode()
