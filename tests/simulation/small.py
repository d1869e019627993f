"""A programme of a few children, small enough to be worked out in the head.

A consent earns 100.00. Of two outcomes, a session with a Link Worker and one with a partner, one is paid, at
40.00. The contract pays 150.00 for consents and outcomes together, all from the child's school.
"""

from __future__ import annotations

from pathlib import Path

from tests.oracle.dates import Tree
from tests.oracle.folder import Row
from tests.programmes import Programme, session_row

SESSION = {"test": "reaches", "at_least": "1"}
CARD: Tree = {
    "contract": "alpha",
    "version": "1",
    "title": "Invented card",
    "joined": {"from": "2018-01-01", "to": "2018-12-31"},
    "term": {"from": "2018-01-01", "to": "2020-12-31"},
    "currency": "GBP",
    "source": {"document": "Invented", "clause": "1", "dated": "2018-01-01"},
    "commissioners": {"school": {"name": "The child's school", "share": "1", "each": "school"}},
    "limits": {"contract": "150.00"},
    "payments": {
        "sign_up": {
            "number": "1",
            "price": "100.00",
            "clause": "1",
            "when": {"measure": "consent", "test": "happened"},
        },
        "outcomes": {
            "numbers": ["2"],
            "price": "40.00",
            "clause": "2",
            "window": {"months": ["0", "6"]},
            "outcomes": {
                "mentored": {"when": {"measure": "link_worker_sessions"} | SESSION},
                "supported": {"when": {"measure": "partner_sessions"} | SESSION},
            },
        },
    },
}
WLZ: Tree = {"provider": "A provider", "rate_cards": ["alpha.yaml"]}


def child(child_id: str, consent_on: str = "", school: str = "S1") -> Row:
    """A child who joined on 10 September 2018."""
    who = {"child_id": child_id, "contract": "alpha", "school": school, "year_group": "5"}
    return who | {"joined_on": "2018-09-10", "consent_on": consent_on}


def session(child_id: str, day: str, kind: str) -> Row:
    """A session that a child attended."""
    return session_row(child_id, day, kind, "Real Play", "") | {"status": "attended"}


def hold(child_id: str, first: str, last: str) -> Row:
    """A hold on all of a child."""
    asked = {"payment": "", "outcome": "", "from": first, "to": last}
    return {"child_id": child_id} | asked | {"reason": "query", "raised_by": "finance"}


def write(folder: Path, *rows: Row, price: str = "100.00") -> Path:
    """The folder in which these children, sessions and holds are known, and a consent earns that price."""
    children = [row for row in rows if "joined_on" in row]
    holds = [row for row in rows if "raised_by" in row]
    cancelled = session_row(children[0]["child_id"], "2018-09-10", "link_worker", "", "")
    sessions = [cancelled, *(row for row in rows if "kind" in row)]
    (folder / "holds.csv").unlink(missing_ok=True)
    tables = {"children": children, "engagement": sessions}
    payments = CARD["payments"] | {"sign_up": CARD["payments"]["sign_up"] | {"price": price}}
    return Programme(WLZ, {"alpha.yaml": CARD | {"payments": payments}}, tables, holds).write(folder)
