"""The programme folder as read, and one child with the card that governs the child."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.oracle.dates import Tree, Window, day_or_none, instant, window_of
from tests.oracle.published import YEAR_GROUPS

Row = dict[str, str]


DATE_COLUMN = {
    "engagement": "date",
    "attainment": "assessed_on",
    "sdq": "completed_on",
    "survey": "completed_on",
}


def read_table(path: Path) -> list[Row]:
    """The rows of a csv file, none where there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def read_yaml(path: Path) -> Tree:
    """A YAML file in which every scalar stays text."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    tree = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (only text)
    assert isinstance(tree, dict)
    return tree


def dated_on(table: str, row: Row) -> dt.date:
    """The day from which a row is known: an attendance period by its end."""
    column = DATE_COLUMN.get(table) or ("date" if "code" in row else "period_end")
    return dt.date.fromisoformat(row[column])


def standing_sessions(rows: list[Row], whole_sessions: bool) -> list[Row]:
    """The engagement rows that stand, once what was submitted again has replaced what it corrects."""
    if whole_sessions:
        latest: dict[tuple[str, ...], dt.datetime] = {}
        for row in rows:
            if row["kind"] == "partner":
                key = (row["provider"], row["date"], row["session"])
                sent = instant(row["submitted_at"])
                latest[key] = max(sent, latest.get(key, sent))
        rows = [
            row
            for row in rows
            if row["kind"] != "partner"
            or instant(row["submitted_at"]) == latest[row["provider"], row["date"], row["session"]]
        ]
    same: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        keys = ("child_id", "date", "kind", "provider", "session")
        same[tuple(row.get(key, "") for key in keys)].append(row)
    return [latest_of(group) for group in same.values()]


def latest_of(group: list[Row]) -> Row:
    """The latest of several submissions of one child's session; those without a time all agree."""
    if any(not row.get("submitted_at") for row in group):
        assert len({(row["status"], row.get("engaged", "")) for row in group}) == 1
        return group[0]
    return max(group, key=lambda row: instant(row["submitted_at"]))


@dataclass(frozen=True)
class Item:
    """One payment without outcomes, or one outcome, with the terms it inherits from its payment."""

    order: int
    payment: str
    outcome: str
    terms: Tree


@dataclass(frozen=True)
class Case:
    """One child as known on the as-of date, and the card that governs the child."""

    child: Row
    card: Tree
    phase: str
    joined_on: dt.date
    left_on: dt.date | None
    consent_on: dt.date | None
    as_of: dt.date
    rows: dict[str, list[Row]]
    holds: list[Row]

    def window(self, spec: Tree) -> Window:
        """A window of the card, for this child."""
        return window_of(spec, self.joined_on)


def items_of(card: Tree) -> list[Item]:
    """Everything payable on a card, in its order."""
    items: list[Item] = []
    for payment, terms in card["payments"].items():
        shared = {key: value for key, value in terms.items() if key != "outcomes"}
        for outcome, own in terms.get("outcomes", {"": {}}).items():
            items.append(Item(len(items), payment, outcome, {**shared, **own}))
    return items


def phase_of(card: Tree, year_group: str) -> str:
    """The phase of a year group, as the card groups it or else as everybody does."""
    for phase, groups in [*card.get("phases", {}).items(), *YEAR_GROUPS.items()]:
        if year_group in groups:
            return str(phase)
    raise AssertionError(year_group)


def cases_of(folder: Path, as_of: dt.date) -> list[Case]:
    """The children who have joined by the as-of date, with what is known of them then."""
    config = read_yaml(folder / "wlz.yaml")
    cards = [read_yaml(folder / path) for path in config["rate_cards"]]
    tables = {
        name: [row for row in read_table(folder / "extracts" / f"{name}.csv") if dated_on(name, row) <= as_of]
        for name in ("engagement", "attendance", "attainment", "sdq", "survey")
    }
    by_session = config.get("resubmission", "rows") == "sessions"
    tables["engagement"] = standing_sessions(tables["engagement"], by_session)
    holds = read_table(folder / "holds.csv")
    cases: list[Case] = []
    for child in read_table(folder / "extracts" / "children.csv"):
        joined_on = dt.date.fromisoformat(child["joined_on"])
        if joined_on > as_of:
            continue
        left_on, consent_on = (day_or_none(child.get(key)) for key in ("left_on", "consent_on"))
        card = card_of(cards, child["contract"], joined_on)
        case = Case(
            child=child,
            card=card,
            phase=phase_of(card, child["year_group"]),
            joined_on=joined_on,
            left_on=left_on if left_on and left_on <= as_of else None,
            consent_on=consent_on if consent_on and consent_on <= as_of else None,
            as_of=as_of,
            rows={name: rows_of(child, rows) for name, rows in tables.items()},
            holds=rows_of(child, holds),
        )
        cases.append(case)
    return cases


def rows_of(child: Row, rows: list[Row]) -> list[Row]:
    """The rows of a table that are about a child."""
    return [row for row in rows if row["child_id"] == child["child_id"]]


def card_of(cards: list[Tree], contract: str, joined_on: dt.date) -> Tree:
    """The one card of a contract whose joining dates hold a day."""
    [card] = [
        card
        for card in cards
        if card["contract"] == contract
        and card["joined"]["from"] <= joined_on.isoformat() <= card["joined"]["to"]
    ]
    return card
