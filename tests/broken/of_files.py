"""What can be wrong with a file, and with its headings."""

from datetime import date
from pathlib import Path
from typing import Final

from tests.broken.inputs import (
    CHILD,
    CHILDREN,
    HEADINGS,
    IMPORT,
    REGISTER,
    SHIPPED,
    SURVEY,
    VOUCHED,
    Case,
    lines,
    parquet,
    programme,
    vouched,
    workbook,
)

_SCORE: Final = "c1,2017-01-10,confidence,40"
_OLD: Final = Path(__file__).parents[1] / "data" / "schools.xls"


def _register(text: str | bytes) -> Case:
    return Case({"wlz.yaml": SHIPPED, REGISTER: text})


def _part(said: str, name: str, content: str | bytes) -> Case:
    config = f"{SHIPPED}extracts: {{survey: {{path: {name}, {said}}}}}\n"
    return Case({"wlz.yaml": config, REGISTER: CHILDREN, name: content})


FILES: Final = {
    "file-missing": Case({"wlz.yaml": SHIPPED}),
    "file-unreadable": Case(
        {"wlz.yaml": SHIPPED, REGISTER: CHILDREN, "extracts/survey.xlsx": lines("This is no workbook.")}
    ),
    "file-empty": _register(""),
    "file-encoding": _register(CHILDREN.encode("utf-16")),
    "file-cp1252": Case(
        programme(config=vouched("children"))
        | {REGISTER: CHILDREN.replace("ark", "Caf\u00e9").encode("cp1252")}
    ),
    "file-ragged": _register(lines(HEADINGS, CHILD.replace("ark", "Ark, Upper School"))),
    "file-quotes": _register(lines(HEADINGS, CHILD.replace("ark", '"ark'))),
    "claimed-missing": Case({"wlz.yaml": SHIPPED}, IMPORT),
    "file-format": _part("header_row: 1", "survey.docx", lines("This is no table.")),
    "file-old-workbook": Case(
        programme(
            HEADINGS,
            CHILD.replace("ark", "007"),
            config=vouched("children")
            + lines(
                "  schools:",
                "    path: schools.xls",
                "    header_row: 4",
                "    constants: {name: A school}",
                f"    {VOUCHED}",
            ),
        )
        | {"schools.xls": _OLD.read_bytes()}
    ),
    "file-sheets": Case(
        {
            "wlz.yaml": SHIPPED,
            REGISTER: CHILDREN,
            "extracts/survey.xlsx": workbook(
                Autumn=[SURVEY.split(","), _SCORE.split(",")], Spring=[SURVEY.split(","), _SCORE.split(",")]
            ),
        }
    ),
    "file-sheet-missing": _part(
        "sheet: Autumn term", "survey.xlsx", workbook(Autumn=[SURVEY.split(","), _SCORE.split(",")])
    ),
    "file-no-sheets": _part("sheet: Autumn", "survey.csv", lines(SURVEY, _SCORE)),
    "file-header-row": _part("header_row: 2", "survey.csv", lines(SURVEY)),
    "file-nested": Case(
        {
            "wlz.yaml": SHIPPED,
            REGISTER: CHILDREN,
            "extracts/schools.parquet": parquet(school=["ark"], name=[["Ark Primary", "Ark Nursery"]]),
        }
    ),
    "heading-missing": _register(lines("child_id,contract,school,joined_on", "c1,brent,ark,2017-01-09")),
    "heading-twice": _register(lines(f"{HEADINGS},school", f"{CHILD},oak")),
    "heading-row": _register(lines("Register of September 2017", HEADINGS, CHILD)),
    "heading-unmapped": _part(
        "columns: {Result: score}",
        "survey.csv",
        lines("child_id,completed_on,measure", "c1,2017-01-10,confidence"),
    ),
    "heading-constant": _part("constants: {measure: confidence}", "survey.csv", lines(SURVEY, _SCORE)),
    "days-half-swapped": _part(
        'date_format: "%d/%m/%Y"',
        "survey.xlsx",
        workbook(
            November=[
                SURVEY.split(","),
                ["c1", date(2016, 3, 11), "confidence", 40],
                ["c1", date(2016, 9, 11), "confidence", 40],
                ["c1", "14/11/2016", "confidence", 40],
                ["c1", "17/11/2016", "confidence", 40],
                ["c1", "25/11/2016", "confidence", 40],
            ]
        ),
    ),
    "heading-extra": Case(
        programme(
            f"{HEADINGS},house",
            f"{CHILD},red",
            config=vouched("children"),
        )
    ),
    "heading-personal": Case(
        programme(
            f"{HEADINGS},Pupil name",
            f"{CHILD},Example Name",
            config=vouched("children"),
        )
    ),
}
