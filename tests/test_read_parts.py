"""Parts: what wlz.yaml may say of the files of a table, and every slip in it found where it stands."""

from pathlib import Path

import pytest

from wlz_calc.finding import Finding
from wlz_calc.read import dateformats, maps, strictyaml
from wlz_calc.read.config import stated
from wlz_calc.read.parts import Part, parts
from wlz_calc.read.translation import problems

SCHOOLS = ("ash/autumn.csv", "ash/spring.csv", "elm/autumn.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with some files, all of them empty: nothing here is read."""
    for name in ("extracts/children.csv", *SCHOOLS, "year.xlsx"):
        put(tmp_path, name)
    return tmp_path


def put(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).touch()


def read(folder: Path, extracts: str = "{}") -> tuple[list[Part] | None, list[Finding]]:
    """The parts of a folder whose wlz.yaml says this of its extracts, from the third line on."""
    content = f"rate_cards: [brent]\nextracts:\n{extracts}".replace("extracts:\n{", "extracts: {")
    document, found = strictyaml.parse(content.encode(), "wlz.yaml", "folder")
    assert document is not None, found
    config, found = stated(document)
    return parts(folder, config, document) if config else (None, found)


def sound(folder: Path, extracts: str = "{}") -> list[Part]:
    """The parts, but for the register."""
    there, found = read(folder, extracts)
    assert there is not None, found
    assert there[0].file == "extracts/children.csv"
    return there[1:]


def refused(folder: Path, extracts: str) -> list[tuple[str, str, str, str]]:
    there, found = read(folder, extracts)
    assert there is None
    return [(f.code, str(f.where).removeprefix("wlz.yaml, "), f.found, f.expected) for f in found]


def files(folder: Path, extracts: str) -> list[str]:
    return [part.file for part in sound(folder, extracts)]


# ---------------------------------------------------------------- which files


def test_a_table_without_an_entry_is_in_one_of_four_formats(folder: Path) -> None:
    for name in ("sdq.csv", "survey.xlsx", "attainment.ods", "engagement.parquet", "schools.txt"):
        put(folder, f"extracts/{name}")
    put(folder, "holds.xlsx")
    assert [(part.table, part.file) for part in sound(folder)] == [
        ("engagement", "extracts/engagement.parquet"),
        ("attainment", "extracts/attainment.ods"),
        ("sdq", "extracts/sdq.csv"),
        ("survey", "extracts/survey.xlsx"),
        ("holds", "holds.xlsx"),
    ]


def test_a_table_in_two_formats_at_once(folder: Path) -> None:
    put(folder, "extracts/sdq.csv")
    put(folder, "extracts/sdq.ods")
    expected = "one file, or its parts listed under `extracts` in wlz.yaml"
    assert refused(folder, "{}") == [
        ("folder-two-files", "extracts/sdq.csv", "`extracts/sdq.ods` too", expected)
    ]
    put(folder, "scores.csv")
    assert files(folder, "  sdq: {path: scores.csv}") == ["scores.csv"]


def test_the_register_is_looked_for_even_where_it_is_not(tmp_path: Path) -> None:
    there, _ = read(tmp_path)
    assert there is not None
    assert [part.path for part in there] == [tmp_path / "extracts/children.csv"]


def test_an_entry_without_a_path_is_about_the_usual_file(folder: Path) -> None:
    put(folder, "extracts/sdq.xlsx")
    [part] = sound(folder, "  sdq: {header_row: 3, validated: {by: The data manager, on: 2017-01-12}}")
    assert (part.file, part.header_row, str(part.validated)) == (
        "extracts/sdq.xlsx",
        3,
        "The data manager, 2017-01-12",
    )
    assert sound(folder, "  survey: {header_row: 3}")[0].table == "sdq"


def test_patterns_fit_files_in_the_order_of_their_names(folder: Path) -> None:
    assert files(folder, "  attendance: {path: '*/*.csv', header_row: 2}") == [
        *SCHOOLS[:2],
        "elm/autumn.csv",
        "extracts/children.csv",
    ]
    assert files(folder, "  attendance:\n    - path: '*/autumn.csv'\n    - path: ash/s*") == [
        "ash/autumn.csv",
        "elm/autumn.csv",
        "ash/spring.csv",
    ]
    assert files(folder, f"  attendance: {{path: '{folder.as_posix()}/a*/*'}}") == list(SCHOOLS[:2])


def test_a_pattern_passes_over_folders_and_workbooks_that_are_open(folder: Path) -> None:
    put(folder, "~$year.xlsx")
    (folder / "old.xlsx").mkdir()
    assert files(folder, "  sdq: {path: '*.xlsx'}") == ["year.xlsx"]


def test_a_name_with_brackets_is_a_name(folder: Path) -> None:
    put(folder, "year [1].csv")
    put(folder, "year 1.csv")
    assert files(folder, "  sdq: {path: 'year [1].csv'}") == ["year [1].csv"]


@pytest.mark.parametrize("path", ["elm/spring.csv", "oak/*.csv", "year.xlsx/*", "year.xlsx/a.csv", "year[1"])
def test_a_path_of_nothing_is_found_where_it_is_named(folder: Path, path: str) -> None:
    expected = "a file with the sdq extract"
    assert refused(folder, f"  sdq:\n    - path: '{path}'\n") == [
        ("file-missing", "line 4, column 7", f"`{path}`", expected)
    ]


@pytest.mark.parametrize("path", ["a\\0*", "x" * 5000, "elm"])
def test_what_can_be_no_file_is_refused_with_the_files(folder: Path, path: str) -> None:
    assert len(sound(folder, f'  sdq: {{path: "{path}"}}')) == 1


def test_each_part_knows_its_place(folder: Path) -> None:
    there = sound(folder, "  sdq:\n    - path: ash/autumn.csv\n    - {path: ash/spring.csv}")
    assert [str(part.where) for part in there] == ["wlz.yaml, line 4, column 7", "wlz.yaml, line 5, column 7"]


# ---------------------------------------------------------------- each once


@pytest.mark.parametrize(
    "second",
    [
        "{path: ash/autumn.csv}",
        "{path: ash/../ash/autumn.csv}",
        "{path: 'ash/a*'}",
        "{path: ash/autumn.csv, columns: {Id: child_id}}",
        "{path: ash/autumn.csv, sheet: A}",
    ],
)
def test_a_file_listed_twice(folder: Path, second: str) -> None:
    [(code, where, _, expected)] = refused(folder, f"  sdq:\n    - path: 'ash/*.csv'\n    - {second}")
    said = (code, where, expected)
    assert said == ("folder-file-twice", "line 5, column 7", "each file once; line 4 names it already")


@pytest.mark.parametrize(
    "extracts",
    [
        "  sdq: [{path: year.xlsx, sheet: A}, {path: year.xlsx, sheet: B}]",
        "  sdq: {path: year.xlsx}\n  survey: {path: year.xlsx}",
        """\
  attainment:
    - {path: year.xlsx, columns: {Reading: score}, constants: {subject: reading}}
    - {path: year.xlsx, columns: {Maths: score}, constants: {subject: maths}}
""",
    ],
    ids=["two sheets", "two tables", "a subject a column"],
)
def test_what_one_file_may_be_listed_twice_for(folder: Path, extracts: str) -> None:
    assert files(folder, extracts) == ["year.xlsx", "year.xlsx"]


# ---------------------------------------------------------------- what is said of a part


def test_all_that_can_be_said_of_a_part(folder: Path) -> None:
    [part] = sound(
        folder,
        """\
  attendance:
    - path: year.xlsx
      sheet: Report 1
      header_row: 4
      columns: {" Pupil ": child_id, Possible_marks: sessions_possible, Present: sessions_attended}
      constants: {period_start: 2016-09-01, period_end: 2016-12-31}
      values: {sessions_attended: {none: 0}}
      missing: {sessions_attended: ["-", N/A]}
      date_format: "%d/%m/%Y"
""",
    )
    assert part._replace(where=None) == Part(  # type: ignore[arg-type]
        table="attendance",
        path=folder / "year.xlsx",
        file="year.xlsx",
        sheet="Report 1",
        header_row=4,
        columns={"Pupil": "child_id", "Possible_marks": "sessions_possible", "Present": "sessions_attended"},
        constants={"period_start": "2016-09-01", "period_end": "2016-12-31"},
        values={"sessions_attended": {"none": "0"}},
        missing={"sessions_attended": ("-", "N/A")},
        date_format="%d/%m/%Y",
        validated=None,
        where=None,  # type: ignore[arg-type]
    )


SURVEY = "a column of the survey extract"
ALL = "child_id, completed_on, measure or score"
DATE = "a date such as 2016-11-03"
KEYS = "columns, constants, values, missing, date_format, path, sheet, header_row, map or validated"
MAPS = "sdq_pmhc, sims_marks or sims_totals"
ALREADY = "`a` is read as it already"
NOT_PERSONAL = "a column that holds no personal data"
FORMAT = "a day (%d), a month (%m, %b or %B) and a year (%Y or %y), such as %d/%m/%Y"


@pytest.mark.parametrize(
    ("said", "code", "found", "expected"),
    [
        ("columns: {Mark: >scor}", "unknown-column", "`scor`", f"{SURVEY} (did you mean score?)"),
        ("columns: {Mark: >grade}", "unknown-column", "`grade`", f"{SURVEY}: {ALL}"),
        ("constants: {>mesure: x}", "unknown-column", "`mesure`", f"{SURVEY} (did you mean measure?)"),
        ("values: {>Score: {a: 1}}", "unknown-column", "`Score`", f"{SURVEY} (did you mean score?)"),
        ("missing: {>scores: [x]}", "unknown-column", "`scores`", f"{SURVEY} (did you mean score?)"),
        ("columns: {a: score, b: >score}", "column-twice", "`score`", f"each column once; {ALREADY}"),
        (
            "columns: {a: score}, constants: {>score: 1}",
            *("column-twice", "`score`", f"a column or a constant, not both; {ALREADY}"),
        ),
        ("columns: {Child UPN: >child_id}", "personal-id", "`Child UPN`", NOT_PERSONAL),
        ("columns: {firstName: >child_id}", "personal-id", "`firstName`", NOT_PERSONAL),
        ("constants: {completed_on: >01/09/2016}", "value", "`01/09/2016`", DATE),
        ("constants: {completed_on: >2017-02-29}", "value", "`2017-02-29`", DATE),
        ("constants: {score: >ten}", "value", "`ten`", "a number such as 12 or 12.5"),
        ("constants: {score: >[]}", "value", "`[]`", "a text"),
        ("values: {completed_on: {Autumn: >2016}}", "value", "`2016`", DATE),
        (
            "values: {score: {-: 0}}, missing: {score: [n, >-]}",
            *("value", "`-`", "a cell that `values` gives no value"),
        ),
        ("missing: {score: >x}", "value", "`x`", "a list, such as [a, b]"),
        ("header_row: >0", "value", "`0`", "the number of a row, from 1"),
        ("header_row: >one", "value", "`one`", "a whole number"),
        ("date_format: >dd/mm/yyyy", "value", "`dd/mm/yyyy`", FORMAT),
        (">colums: {}", "unknown-key", "`colums`", f"{KEYS} (did you mean columns?)"),
        ("validated: >{by: us}", "missing-key", "no on", "on"),
        ("map: >sims_total", "unknown-map", "`sims_total`", f"{MAPS} (did you mean sims_totals?)"),
        (
            "map: >sims_totals",
            *("unknown-map", "`sims_totals`, which is for the attendance extract"),
            "no map; none is shipped for the survey extract",
        ),
    ],
)
def test_a_slip_is_found_where_it_stands(
    folder: Path, said: str, code: str, found: str, expected: str
) -> None:
    """`>` is where it is found."""
    before, after = f"  survey: {{path: a, {said}}}".split(">")
    where = f"line 3, column {len(before) + 1}"
    assert refused(folder, before + after) == [(f"folder-{code}", where, found, expected)]


def test_a_hash_of_what_is_personal_may_be_an_id(folder: Path) -> None:
    assert files(folder, "  sdq: {path: year.xlsx, columns: {UPN hash: child_id}}")
    assert files(folder, "  schools: {path: year.xlsx, columns: {School Name: name}}")


@pytest.mark.parametrize(
    ("table", "said", "found", "expected"),
    [
        (
            "engagement",
            "status: {Y: attend}",
            "`attend`",
            "attended, absent or cancelled (did you mean attended?)",
        ),
        ("engagement", "engaged: {Y: yes}", "`yes`", "true or false"),
        (
            "engagement",
            "submitted_at: {x: 2016-11-03T25:00}",
            "`2016-11-03T25:00`",
            "a date such as 2016-11-03, or with a time, 2016-11-03T14:30",
        ),
        ("sdq", "consid: {Certainly: 3}", "`3`", "a whole number from 0 to 2"),
        ("children", f"child_id: {{x: {'y' * 65}}}", f"`{'y' * 59}…`", "at most 64 characters"),
    ],
)
def test_values_are_those_of_their_column(
    folder: Path, table: str, said: str, found: str, expected: str
) -> None:
    [(code, _, what, wanted)] = refused(folder, f"  {table}: {{values: {{{said}}}}}")
    assert (code, what, wanted) == ("folder-value", found, expected)


def test_marks_become_codes_of_the_department_and_columns_are_those_of_either_shape(folder: Path) -> None:
    [(code, where, found, expected)] = refused(
        folder, "  attendance: {values: {code: {Here: /, None: '-', Away: Q8}, period_end: {x: 2016-12-31}}}"
    )
    assert (code, where, found) == ("folder-value", "line 3, column 58", "`Q8`")
    assert expected.startswith("a code of the Department for Education: / ")


def test_scales_and_scores_are_for_the_cards_to_know(folder: Path) -> None:
    assert files(folder, "  attainment: {path: year.xlsx, constants: {scale: ours, score: good}}")
    assert files(folder, "  engagement: {path: year.xlsx, values: {submitted_at: {then: 2016-11-03 14:30}}}")


def test_an_unknown_table_and_a_table_of_no_parts(folder: Path) -> None:
    [(code, where, found, expected)] = refused(folder, "  atendance: {path: year.xlsx}")
    assert (code, where, found) == ("folder-value", "line 3, column 3", "`atendance`")
    assert expected.endswith("(did you mean attendance?)")
    assert refused(folder, "  sdq: []") == [("folder-value", "line 3, column 8", "none", "at least one")]


def test_slips_of_several_parts_are_said_at_once(folder: Path) -> None:
    extracts = "  sdq:\n    - {columns: {A: x}, header_row: 0}\n    - {map: y, constants: {z: 1}}\n"
    assert [(code, where) for code, where, _, _ in refused(folder, extracts)] == [
        ("folder-unknown-column", "line 4, column 21"),
        ("folder-value", "line 4, column 37"),
        ("folder-unknown-map", "line 5, column 13"),
        ("folder-unknown-column", "line 5, column 28"),
    ]


def test_an_unknown_table_does_not_hide_what_is_wrong_in_others(folder: Path) -> None:
    extracts = "  atendance: {path: a.csv}\n  sdq: {constants: {z: 1}}\n  survey: [x, {headr: 1}]\n"
    assert [(code, where) for code, where, _, _ in refused(folder, extracts)] == [
        ("folder-value", "line 3, column 3"),
        ("folder-unknown-column", "line 4, column 21"),
        ("folder-value", "line 5, column 12"),
        ("folder-unknown-key", "line 5, column 16"),
    ]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("%d/%m", FORMAT),
        ("%d/%m/%Y %d", FORMAT),
        ("%m %b %d %Y", FORMAT),
        ("%d/%m/%Y %Q", f"{FORMAT}; %Q is not known"),
        ("%d/%m/%Y%", f"{FORMAT}; % is not known"),
        ("%d/%m/%Y %S", f"{FORMAT}, and a time with both its hour (%H) and its minute (%M), or none"),
        ("%Y-%d-%m", f"{FORMAT}; a date of this one would look like 2016-11-03 and be another"),
    ],
)
def test_a_pattern_that_settles_no_day_or_could_be_mistaken(pattern: str, expected: str) -> None:
    assert dateformats.fault(pattern) == expected


# ---------------------------------------------------------------- maps


@pytest.mark.parametrize("name", maps.shipped())
def test_a_map_that_is_shipped_fits_its_extract(name: str) -> None:
    shipped = maps.shipped_map(name)
    assert list(problems(shipped, shipped.table)) == []
    assert "child_id" not in shipped.columns.values()
    assert not {"UPN", "Adno", "ID", "Student ID"}.intersection(shipped.columns)


def test_a_map_is_used_but_for_what_the_folder_says(folder: Path) -> None:
    [part] = sound(
        folder,
        """\
  sdq:
    - path: year.xlsx
      map: sdq_pmhc
      columns: {measure_key: child_id, mine: total, sdq_item2: consid}
      constants: {completed_on: 2017-01-09, impact: 0}
      values: {informant: {PC101: teacher, TC101: teacher}}
      missing: {consid: ["-"]}
      date_format: "%d/%m/%Y"
""",
    )
    columns = {ours: theirs for theirs, ours in part.columns.items()}
    assert len(columns) == len(part.columns)
    assert [columns[name] for name in ("child_id", "total", "consid", "somatic")] == [
        "measure_key",
        "mine",
        "sdq_item2",
        "sdq_item3",
    ]
    assert "restles" not in columns
    assert "impact" not in columns
    assert part.constants == {"completed_on": "2017-01-09", "impact": "0"}
    informants = part.values["informant"]
    assert [informants[version] for version in ("PC101", "TC101", "YR201")] == ["teacher", "teacher", "self"]
    assert (part.missing["consid"], part.missing["restles"]) == (("-",), ("7", "8", "9"))
    assert part.date_format == "%d/%m/%Y"


def test_what_a_map_says_and_the_folder_does_not_stands(folder: Path) -> None:
    [part] = sound(folder, "  attendance: {path: year.xlsx, map: sims_totals, columns: {Ref: child_id}}")
    assert part.columns == {
        "Possible_marks": "sessions_possible",
        "Present_plus_aea": "sessions_attended",
        "Ref": "child_id",
    }
