"""Explained: what stands in each column of an extract, for whoever fills it."""

from collections.abc import Iterator, Mapping
from typing import Final

from wlz_calc.sample.blank import Blank
from wlz_calc.tables import Column, Type

_CHILD: Final = "the child, by the pseudonymous id of the register"
MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "children": {
        "child_id": "a pseudonymous id, each once: never a name, a UPN or an admission number",
        "contract": "the contract that the child is on, as the rate card names it",
        "school": "a code for the school or setting at joining",
        "authority": "a code for the local authority that commissions for the child",
        "year_group": "at joining; the phase follows from it",
        "joined_on": "the first day on the programme; it starts the child's clock and picks the rate card",
        "consent_on": "when the child or the family agreed to take part; empty if they have not",
        "left_on": "the last day on the programme, if the child left early",
        "left_reason": "why, in your own words, without anything personal",
    },
    "schools": {
        "school": "the code that children.csv has",
        "name": "the name to be printed on payment schedules",
    },
    "engagement": {
        "child_id": _CHILD,
        "date": "the day of the session",
        "kind": "with the Link Worker, or at a delivery partner",
        "provider": "the delivery partner; empty for the Link Worker",
        "session": "a label, where there are two of a kind on one day",
        "status": "cancelled counts neither way",
        "engaged": "true only where attended; empty if not recorded",
        "submitted_at": "when the row was sent: of the same session sent twice, the later stands",
    },
    "attendance": {
        "child_id": _CHILD,
        "period_start": "the first day of the period, such as a term; no two periods of a child overlap",
        "period_end": "its last day, in the same academic year",
        "sessions_possible": "half days that the child could have attended",
        "sessions_attended": "half days attended, approved educational activity included",
        "date": "the day of the mark",
        "session": "morning or afternoon",
        "code": "the mark, by the codes of the Department for Education",
    },
    "attainment": {
        "child_id": _CHILD,
        "subject": "what was assessed",
        "assessed_on": "the day of the assessment",
        "scale": "a published scale, or one that the rate card describes",
        "score": "on that scale; empty if there is none",
        "expected": "what was expected on that day, on the same scale, if that is known",
    },
    "sdq": {
        "child_id": _CHILD,
        "completed_on": "the day on which the questionnaire was filled in",
        "informant": "who filled it in; the rate card says whose counts",
        "emotional": "the score of the emotional symptoms scale",
        "conduct": "the score of the conduct problems scale",
        "hyperactivity": "the score of the hyperactivity scale",
        "peer": "the score of the peer relationships scale",
        "prosocial": "the score of the prosocial scale; here higher is better",
        "total": "the sum of the first four",
        "impact": "the impact score, if that part was asked",
    },
    "survey": {
        "child_id": _CHILD,
        "completed_on": "the day on which the survey was filled in",
        "measure": "which survey, as the rate card names it",
        "score": "within the range that the rate card states",
    },
}
"""What stands in each column that a blank table may have, by table and column."""
_TYPES: Final = {
    Type.TEXT: "",
    Type.DATE: "a date such as 2018-10-31",
    Type.MOMENT: "a date, or a date and time such as 2018-10-31T16:30",
    Type.NUMBER: "a number",
    Type.FLAG: "`true` or `false`",
    Type.MARK: "one or two signs",
}
_MOST_CHOICES: Final = 5
_BESIDE: Final = {
    "attendance": "Termly totals and register marks are both read; a file has the headings of one of them.",
    "sdq": "Where you have the 25 items, send them instead, under the publisher's short names.",
}


def explained(blanks: list[Blank]) -> str:
    """A page in Markdown: each table, and what stands in its columns."""
    return "\n".join(line for blank in blanks for line in _table(blank))


def _table(blank: Blank) -> Iterator[str]:
    yield f"\n## {blank.table.name}.csv: a row for {blank.table.row}\n"
    if beside := _BESIDE.get(blank.table.name):
        yield f"{beside}\n"
    yield "| column | needed | what it says | in the example |"
    yield "|---|---|---|---|"
    for name in blank.columns:
        column = blank.table.column(name)
        needed = "yes" if column.required else ""
        shown = f"`{cell}`" if (cell := blank.cell(name)) else "(empty)"
        yield f"| `{name}` | {needed} | {_said(blank.table.name, column)} | {shown} |"


def _said(table: str, column: Column) -> str:
    """What a column means, and what a cell of it may be."""
    return "; ".join(filter(None, (MEANINGS[table][column.name], _may_be(column))))


def _may_be(column: Column) -> str:
    if column.choices:
        shown = [f"`{choice}`" for choice in column.choices]
        if len(shown) <= _MOST_CHOICES:
            return ", ".join(shown)
        return f"{', '.join(shown[:_MOST_CHOICES])} ... {shown[-1]}"
    if column.type is Type.WHOLE:
        return f"a whole number from {column.low} to {column.high}"
    return _TYPES.get(column.type, "")
