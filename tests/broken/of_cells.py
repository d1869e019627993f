"""What can be wrong with a cell, and with the cells of one row."""

from typing import Final

from tests.broken.inputs import (
    ATTENDANCE,
    CHILD,
    CLAIMED,
    HEADINGS,
    IMPORT,
    MARKS,
    PAYMENTS,
    RECONCILE,
    REGISTER,
    SHIPPED,
    SURVEY,
    Case,
    lines,
    unread,
)
from wlz_calc.standards.sdq import ITEMS


def _child(old: str, new: str) -> Case:
    """A register with something wrong in its one row."""
    assert old in CHILD
    return Case({"wlz.yaml": SHIPPED, REGISTER: lines(HEADINGS, CHILD.replace(old, new))})


def _dated(column: str, day: str) -> Case:
    return Case({"wlz.yaml": SHIPPED, REGISTER: lines(f"{HEADINGS},{column}", f"{CHILD},{day}")})


def _payment(quarter: str, amount: str) -> Case:
    row = f"kensington-chelsea,council,{quarter},2017-05-02,{amount},BACS 1"
    return Case({"wlz.yaml": SHIPPED, "payments.csv": lines(PAYMENTS, row)}, RECONCILE)


def _attendance(row: str) -> Case:
    return Case(unread(attendance=lines(ATTENDANCE, row)))


def _mark(row: str) -> Case:
    return Case(unread(attendance=lines(MARKS, row)))


def _session(row: str) -> Case:
    return Case(unread(engagement=lines("child_id,date,kind,provider,status,engaged", row)))


def _sdq(**scores: int) -> Case:
    headings, row = ",".join(scores), ",".join(map(str, scores.values()))
    return Case(
        unread(sdq=lines(f"child_id,completed_on,informant,{headings}", f"c1,2017-01-10,teacher,{row}"))
    )


def _reading(scale: str, score: str) -> Case:
    headings, row = "child_id,subject,assessed_on,scale,score", f"c1,reading,2017-01-05,{scale},{score}"
    return Case(unread(attainment=lines(headings, row)))


CELLS: Final = {
    "id-upn": _child("c1", "B801200005001"),
    "id-name": _child("c1", '"Example, Ada"'),
    "cell-missing": _child("ark", ""),
    "cell-not-in-list": _child(",5,", ",Year 5,"),
    "cell-too-long": _child("ark", "a" * 65),
    "cell-not-a-date": _child("2017-01-09", "9/1/2017"),
    "cell-impossible-date": _child("2017-01-09", "2017-02-29"),
    "cell-date-far-off": _child("2017-01-09", "0217-01-09"),
    "cell-not-a-number": Case(unread(survey=lines(SURVEY, "c1,2017-01-10,confidence,about 40"))),
    "cell-not-money": _payment("2017-Q1", "£1 234"),
    "cell-not-a-quarter": _payment("Spring 2017", "100.00"),
    "cell-not-whole": _attendance("c1,2017-01-03,2017-04-07,140.5,131"),
    "cell-out-of-range": _sdq(emotional=11, conduct=3, hyperactivity=5, peer=2, prosocial=7),
    "attendance-code-unknown": _mark("c1,2017-02-01,AM,?"),
    "attendance-code-not-in-force": _mark("c1,2017-02-01,AM,K"),
    "score-not-on-scale": _reading("standardised_age_score", "141"),
    "left-before-joining": _dated("left_on", "2016-12-16"),
    "engaged-not-attended": _session("c1,2017-02-02,partner,Chess Club,absent,true"),
    "partner-missing": _session("c1,2017-02-02,partner,,attended,"),
    "period-reversed": _attendance("c1,2017-04-07,2017-01-03,140,131"),
    "attended-above-possible": _attendance("c1,2017-01-03,2017-04-07,131,140"),
    "sdq-total-differs": _sdq(emotional=6, conduct=3, hyperactivity=5, peer=2, prosocial=7, total=15),
    "sdq-score-differs": _sdq(**dict.fromkeys(ITEMS, 1), emotional=6),
    "hold-reversed": Case(unread() | {"holds.csv": lines("child_id,from,to", "c1,2017-03-31,2017-02-01")}),
    "claimed-nothing": Case(
        {"wlz.yaml": SHIPPED, "claimed.csv": lines(CLAIMED, "c1,council,0.00")},
        IMPORT,
    ),
}
