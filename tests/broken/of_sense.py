"""What is sound in form and odd all the same."""

from typing import Final

from tests.broken.inputs import (
    ATTENDANCE,
    CHILD,
    CONFIDENCE,
    HEADINGS,
    MARKS,
    SURVEY,
    Case,
    judged,
    lines,
    programme,
    vouched,
)

_LATER: Final = "validated: {by: The school, on: 2020-12-31}"
_SESSION: Final = "child_id,date,kind,status"
_TERM: Final = "c1,2017-01-03,2017-04-07,140,131"
_BASELINE: Final = "c1,2017-01-10,confidence,40"
_BY_YEAR: Final = judged("measure: attendance_rate, test: improves, by: 0.02")
_YEARS: Final = _BY_YEAR.replace("{months: [-6, 3]}", "{academic_year: 1}").replace(
    "{months: [9, 12]}", "{academic_year: 2}"
)


def _child(column: str, day: str) -> Case:
    register = (f"{HEADINGS},{column}", f"{CHILD},{day}")
    return Case(programme(*register, config=vouched("children")))


def _survey(*rows: str) -> Case:
    return Case(
        programme(terms=CONFIDENCE, config=vouched("children", "survey"), survey=lines(SURVEY, *rows))
    )


def _attendance(*rows: str, terms: str = _YEARS) -> Case:
    return Case(
        programme(terms=terms, config=vouched("children", "attendance"), attendance=lines(ATTENDANCE, *rows))
    )


def _parts(**files: tuple[str, ...]) -> Case:
    """The survey in parts, each of its own file."""
    config = vouched("children") + lines(
        "  survey:", *(f"    - {{path: {name}.csv, {_LATER}}}" for name in files)
    )
    return Case(
        programme(terms=CONFIDENCE, config=config)
        | {f"{name}.csv": lines(SURVEY, *rows) for name, rows in files.items()}
    )


SENSE: Final = {
    "rows-below-table": _attendance(_TERM, "Total,,,140,131"),
    "consent-early": _child("consent_on", "2016-01-08"),
    "outside-term": Case(
        programme(
            config=vouched("children", "engagement"),
            engagement=lines(
                _SESSION, "c1,2016-08-31,link_worker,attended", "c1,2017-02-01,link_worker,attended"
            ),
        )
    ),
    "session-after-leaving": Case(
        programme(
            f"{HEADINGS},left_on",
            f"{CHILD},2017-03-31",
            config=vouched("children", "engagement"),
            engagement=lines(_SESSION, "c1,2017-04-03,link_worker,attended"),
        )
    ),
    "period-straddles": _attendance("c1,2017-06-05,2017-10-20,140,131"),
    "rate-extreme": _attendance("c1,2017-01-03,2017-04-07,140,140"),
    "no-baseline": _survey("c1,2017-12-11,confidence,55"),
    "survey-unknown": _survey(_BASELINE, "c1,2017-01-10,hope,40"),
    "marks-missing": Case(
        programme(
            config=vouched("children", "attendance"),
            attendance=lines(MARKS, "c1,2017-02-01,AM,/", "c1,2017-02-01,PM,N", "c1,2017-02-02,AM,"),
        )
    ),
    "score-missing": _survey(_BASELINE, "c1,2017-12-11,confidence,"),
    "part-outside": _parts(autumn=(_BASELINE,), spring=("c1,2012-04-10,confidence,40",)),
    "part-again": Case(
        programme(
            config=lines(
                "rate_cards: [card.yaml]",
                "extracts:",
                "  attendance:",
                *(f"    - {{path: {name}.csv, {_LATER}}}" for name in ("spring", "summer")),
            )
        )
        | {f"{name}.csv": lines(ATTENDANCE, _TERM) for name in ("spring", "summer")}
    ),
    "part-after-validation": _survey(_BASELINE, "c1,2019-11-05,confidence,50"),
    "days-swapped": _parts(
        autumn=(_BASELINE,),
        spring=(
            "c1,2020-05-03,confidence,55",
            "c1,2020-09-03,confidence,55",
            "c1,2020-10-03,confidence,55",
            "c1,2020-11-03,confidence,55",
            "c1,2020-12-03,confidence,55",
        ),
    ),
    "not-validated": Case(programme()),
}
