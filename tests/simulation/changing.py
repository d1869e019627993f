"""A synthetic programme that changes from quarter to quarter, as programmes do.

Rows arrive late, readings are corrected, sessions are submitted again, holds come and go, children change
school or are found not to have consented, and a contract gets a new version of its cards. Everything follows
from a seed, and the folder is without errors at the end of every quarter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random

from tests.oracle.dates import Tree, add_months, quarter_window
from tests.oracle.folder import Row, card_of, items_of
from tests.oracle.published import NEW_CODES_FROM
from tests.programmes import (
    CHOICES,
    DAY,
    MOST_CHILDREN,
    Knobs,
    Programme,
    money,
    programme_of,
    quarter_holding,
    without_empty_columns,
)

CLOSED = 10
"""So many quarters are closed one after the other."""
CHANGES = 5
"""So many things change in a quarter, beside what arrives late."""
QUIET = 0.35
"""In this part of the quarters nothing else changes."""
LATE = 0.3
"""This part of the rows arrives late."""
SCHOOLS = ["S1", "s1", "ark-3"]
AUTHORITIES = ["rbkc", "brent"]
READINGS = {
    "attainment": (["scale"], ["score", "expected"]),
    "survey": (["measure"], ["score"]),
}
"""Which columns two readings must share, for one to have been entered as the other; and what was entered."""


def structure(rng: Random) -> Knobs:
    """What a programme is made of: limits and commitments more often than not."""
    often: Tree = {name: rng.random() < 0.75 for name in ("limits", "commitments", "holds")}
    choices: Tree = {name: rng.choice(values) for name, values in CHOICES.items()} | often
    choices |= {"contracts": rng.choice([1, 1, 2])}
    return Knobs(tuple(sorted(rng.sample(range(MOST_CHILDREN), rng.randint(4, 7)))), **choices)


class Changing:
    """A programme as it is now, and the rows that are still to arrive."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(f"changing {seed}")
        programme = programme_of(seed, structure(self.rng))
        self.wlz, self.cards, self.holds = programme.wlz, dict(programme.cards), list(programme.holds)
        self.tables = {name: rows for name, rows in programme.tables.items() if name != "schools"}
        self.late = {name: self.withheld(self.tables[name]) for name in self.tables if name != "children"}
        joined = sorted(row["joined_on"] for row in self.tables["children"])
        first = quarter_window(quarter_holding(dt.date.fromisoformat(joined[len(joined) // 2]))).first
        self.quarters = [quarter_holding(add_months(first, 3 * i)) for i in range(CLOSED)]

    def withheld(self, rows: list[Row]) -> list[Row]:
        """Take the rows out that arrive late; the first is always there, for a table may not be empty."""
        late = [row for row in rows[1:] if self.rng.random() < LATE]
        rows[:] = [row for row in rows if not any(row is other for other in late)]
        return late

    def write(self, folder: Path) -> Path:
        """The folder as it is now."""
        (folder / "holds.csv").unlink(missing_ok=True)
        tables = {name: without_empty_columns(rows) for name, rows in self.tables.items()}
        return Programme(self.wlz, self.cards, tables, self.holds).write(folder)

    def change(self, quarter: str) -> None:
        """Some of what may happen in a quarter."""
        changes: list[Callable[[dt.date], None]] = [
            *(self.reading_is_corrected, self.reading_is_corrected, self.attendance_is_corrected),
            *(self.session_is_sent_again, self.session_is_sent_again, self.hold_begins, self.hold_ends),
            *(self.child_changes_school, self.consent_changes, self.leaver_is_found),
            *(self.price_changes, self.shares_change, self.limits_change),
        ]
        self.rows_arrive()
        if self.rng.random() < QUIET:
            return
        for happens in self.rng.sample(changes, CHANGES):
            happens(quarter_window(quarter).last)

    # ------------------------------------------------------------ rows

    def rows_arrive(self) -> None:
        """Half of what is late in a table comes in."""
        table = self.rng.choice(list(self.late))
        self.rng.shuffle(self.late[table])
        half = len(self.late[table]) // 2 + 1
        self.tables[table] += self.late[table][:half]
        self.late[table] = self.late[table][half:]

    def reading_is_corrected(self, _: dt.date) -> None:
        """A reading gets the values of another of its kind."""
        table = self.rng.choice(["attainment", "survey", "sdq"])
        row = self.rng.choice(self.tables[table])
        same, entered = READINGS.get(table, (["informant"], []))
        entered = entered or [name for name in row if name not in ("child_id", "completed_on", "informant")]
        other = self.rng.choice([o for o in self.tables[table] if all(o[c] == row[c] for c in same)])
        row |= {name: other[name] for name in entered if name in row}

    def attendance_is_corrected(self, _: dt.date) -> None:
        """More or fewer sessions were attended, or a mark was another."""
        row = self.rng.choice(self.tables["attendance"])
        if "code" not in row:
            row["sessions_attended"] = str(self.rng.randint(0, int(row["sessions_possible"])))
            return
        row["code"] = self.rng.choice([o["code"] for o in self.tables["attendance"] if alike(row, o)])

    def session_is_sent_again(self, _: dt.date) -> None:
        """A session is sent again, with another status or, where sessions are sent whole, without a child."""
        rows = self.tables["engagement"]
        row = self.rng.choice(rows)
        if row["kind"] == "partner" and self.wlz["resubmission"] == "sessions":
            where = ("provider", "date", "session")
            group = {o["child_id"]: o for o in rows if all(o[name] == row[name] for name in where)}
            left_out = self.rng.choice([None, row["child_id"]])
            sent = [o for child, o in group.items() if child != left_out] or [row]
        else:
            sent = [row]
        status = self.rng.choice(["attended", "attended", "absent", "cancelled"])
        said = {"status": status} | ({"engaged": ""} if "engaged" in row else {})
        if row["submitted_at"]:
            moment = {"submitted_at": self.later_than_all()}
            rows += [each | said | moment if each is row else each | moment for each in sent]
            return
        for other in rows + self.late["engagement"]:  # without times nothing ranks them: all are put right
            if all(other[c] == row[c] for c in ("child_id", "date", "kind", "provider", "session")):
                other.update(said)

    def later_than_all(self) -> str:
        """A time of submission after every other."""
        sent = [o["submitted_at"][:10] for o in (*self.tables["engagement"], *self.late["engagement"])]
        return (dt.date.fromisoformat(max(sent)) + 2 * DAY).isoformat()

    # ------------------------------------------------------------ children

    def child(self) -> Row:
        return self.rng.choice(self.tables["children"])

    def child_changes_school(self, _: dt.date) -> None:
        child = self.child()
        child["school"] = self.rng.choice([code for code in SCHOOLS if code != child["school"]])
        child["authority"] = self.rng.choice(AUTHORITIES)

    def consent_changes(self, as_of: dt.date) -> None:
        """A consent is entered, dated otherwise, or found not to be there."""
        child = self.child()
        days = [child["joined_on"], (as_of - self.rng.randrange(80) * DAY).isoformat(), ""]
        if child.get("consent_on") is not None:
            child["consent_on"] = self.rng.choice(days)

    def leaver_is_found(self, as_of: dt.date) -> None:
        """A child is found to have left, or not to have."""
        child = self.child()
        last = max(child["joined_on"], (as_of - self.rng.randrange(200) * DAY).isoformat())
        if child.get("left_on") is not None:
            child |= {"left_on": "" if child["left_on"] else last} | dict.fromkeys(
                [name for name in child if name == "left_reason"], ""
            )

    def hold_begins(self, as_of: dt.date) -> None:
        """A hold on all of a child, on a payment or on an outcome."""
        child = self.child()
        joined_on = dt.date.fromisoformat(child["joined_on"])
        item = self.rng.choice(items_of(card_of(list(self.cards.values()), child["contract"], joined_on)))
        to = self.rng.choice(["", (as_of + self.rng.choice([0, 100]) * DAY).isoformat()])
        payment = self.rng.choice(["", item.payment])
        outcome = self.rng.choice(["", item.outcome]) if payment else ""
        said = {"payment": payment, "outcome": outcome, "from": as_of.isoformat(), "to": to}
        self.holds.append({"child_id": child["child_id"], **said, "reason": "query", "raised_by": "finance"})

    def hold_ends(self, _: dt.date) -> None:
        if self.holds:
            self.holds.remove(self.rng.choice(self.holds))

    # ------------------------------------------------------------ cards

    def new_versions(self) -> list[Tree]:
        """The cards of a contract, each as a new version in the place of the old."""
        contract = self.rng.choice(sorted({card["contract"] for card in self.cards.values()}))
        old = {name: card for name, card in self.cards.items() if card["contract"] == contract}
        newest = max(int(card["version"]) for card in old.values())
        renewed: dict[str, str] = {}
        for version, (name, card) in enumerate(old.items(), start=newest + 1):
            renewed[name] = f"cards/{contract}-{version}.yaml"
            self.cards[renewed[name]] = deepcopy(card) | {"version": str(version)}
            del self.cards[name]
        self.wlz["rate_cards"] = [renewed.get(name, name) for name in self.wlz["rate_cards"]]
        return [self.cards[name] for name in renewed.values()]

    def price_changes(self, as_of: dt.date) -> None:
        """A payment costs something else, from the beginning or from a day."""
        for card in self.new_versions():
            payment = self.rng.choice(list(card["payments"].values()))
            for terms in (payment, *payment.get("outcomes", {}).values()):
                if "price" in terms:
                    terms["price"] = self.otherwise(terms["price"], as_of)

    def otherwise(self, price: str | dict[str, str], as_of: dt.date) -> str | dict[str, str]:
        new = money(self.rng, 1, 700_00)
        if isinstance(price, str):
            return new
        day = (as_of - self.rng.randrange(400) * DAY).isoformat()
        return dict(sorted((price | {day: new}).items()))

    def shares_change(self, _: dt.date) -> None:
        """The commissioners take over each other's shares; a match that held does not any more."""
        for card in self.new_versions():
            card.pop("matching", None)
            shares = [terms["share"] for terms in card["commissioners"].values()]
            for terms, share in zip(card["commissioners"].values(), shares[1:] + shares[:1], strict=True):
                terms["share"] = share

    def limits_change(self, _: dt.date) -> None:
        """Limits and commitments rise or fall, alike on every card of the contract."""
        times = self.rng.choice([50, 80, 150, 300])
        for card in self.new_versions():
            stated = [(card.get("limits", {}), name) for name in card.get("limits", {})]
            stated += [(t, "commitment") for t in card["commissioners"].values() if "commitment" in t]
            for terms, name in stated:
                pence = int(terms[name].replace(".", "")) * times // 100
                terms[name] = f"{pence // 100}.{pence % 100:02d}"


def alike(row: Row, other: Row) -> bool:
    """Whether two marks could have had each other's code."""
    new = NEW_CODES_FROM.isoformat()
    return row["session"] == other["session"] and (row["date"] < new) == (other["date"] < new)
