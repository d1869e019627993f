"""What can be wrong between the rows of a table, and between tables."""

from typing import Final

from tests.broken.inputs import (
    ATTENDANCE,
    CHILD,
    CLAIMED,
    CONFIDENCE,
    CONFIG,
    HEADINGS,
    IMPORT,
    MARKS,
    PAYMENTS,
    RECONCILE,
    SHIPPED,
    SURVEY,
    Case,
    card,
    judged,
    lines,
    programme,
    vouched,
)

_SESSION: Final = "child_id,date,kind,provider,session,status,submitted_at"
_PAID: Final = "kensington-chelsea,council,2017-Q1,2017-05-02,100.00,BACS 1"


def _sessions(*rows: str, config: str = CONFIG) -> Case:
    return Case(programme(config=config, engagement=lines(_SESSION, *rows)))


def _survey(*rows: str, config: str = CONFIG) -> Case:
    return Case(programme(terms=CONFIDENCE, config=config, survey=lines(SURVEY, *rows)))


_WHOLE: Final = "resubmission: sessions\n"
_TWO_CHILDREN: Final = (HEADINGS, CHILD, CHILD.replace("c1", "c2"))

ROWS: Final = {
    "table-missing": Case(programme(terms=CONFIDENCE)),
    "child-twice": Case(programme(HEADINGS, CHILD, CHILD)),
    "child-unknown": _sessions("c2,2017-02-01,link_worker,,,attended,"),
    "school-unknown": Case(programme(schools=lines("school,name", "oak,Oak Primary"))),
    "card-none": Case(programme(HEADINGS, CHILD.replace("brent", "camden"))),
    "card-two": Case(
        programme(config="rate_cards: [card.yaml, card-2.yaml]\n")
        | {"card-2.yaml": card(("version: 1", "version: 2"))}
    ),
    "authority-missing": Case(programme(terms=card(("share: 1", "share: 1, each: authority")))),
    "attendance-shape": Case(
        programme(
            terms=judged("measure: attendance_rate, test: improves, by: 0.02"),
            attendance=lines(ATTENDANCE, "c1,2017-01-03,2017-04-07,140,131"),
        )
    ),
    "period-overlaps": Case(
        programme(
            attendance=lines(
                ATTENDANCE, "c1,2017-01-03,2017-04-07,140,131", "c1,2017-04-07,2017-07-21,120,110"
            )
        )
    ),
    "mark-twice": Case(programme(attendance=lines(MARKS, "c1,2017-02-01,AM,/", "c1,2017-02-01,AM,N"))),
    "submission-unranked": _sessions("c1,2017-02-02,partner,Chess Club,A,attended,", config=CONFIG + _WHOLE),
    "submissions-differ": _sessions(
        "c1,2017-02-01,link_worker,,,attended,", "c1,2017-02-01,link_worker,,,absent,"
    ),
    "submission-repeated": _sessions(
        "c1,2017-02-01,link_worker,,,attended,",
        "c1,2017-02-01,link_worker,,,attended,",
        config=vouched("children", "engagement"),
    ),
    "submission-drops-child": Case(
        programme(
            *_TWO_CHILDREN,
            config=vouched("children", "engagement") + _WHOLE,
            engagement=lines(
                _SESSION,
                "c2,2017-02-02,partner,Chess Club,A,attended,2017-02-03",
                "c1,2017-02-02,partner,Chess Club,A,attended,2017-02-06",
            ),
        )
    ),
    "readings-differ": _survey("c1,2017-01-10,confidence,40", "c1,2017-01-10,confidence,45"),
    "reading-repeated": _survey(
        "c1,2017-01-10,confidence,40", "c1,2017-01-10,confidence,40", config=vouched("children", "survey")
    ),
    "score-out-of-range": _survey("c1,2017-01-10,confidence,101"),
    "hold-unknown": Case(programme() | {"holds.csv": lines("child_id,payment,from", "c1,signup,2017-02-01")}),
    "claimed-twice": Case(
        {
            "wlz.yaml": SHIPPED,
            "claimed.csv": lines(CLAIMED, "c1,council,60.00", "c1,council,40.00"),
        },
        IMPORT,
    ),
    "payment-twice": Case(
        {"wlz.yaml": SHIPPED, "payments.csv": lines(PAYMENTS, _PAID, _PAID)},
        RECONCILE,
    ),
}
