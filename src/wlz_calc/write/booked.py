"""The book for people and for programs: positions, the bridge between two, and what has drifted since."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import polars as pl
from rich.console import Console

from wlz_calc.money import pence, pounds, sterling
from wlz_calc.position import Bridge, Entry, Match, Position, Room
from wlz_calc.write import words
from wlz_calc.write.data import in_pounds
from wlz_calc.write.screen import MARK, MONEY_WIDTH, QUIET, STRONG, Grid, draw, gap, say

NOTHING: Final = "Nothing is sealed."
Step = Mapping[str, Any]
"""A row of claims.bridge.STEPS."""
DRIFT_SUMS: Final = ("sealed", "today", "difference")


# ---------------------------------------------------------------- one line about a claim


def closed(stated: Mapping[str, Any], digest: str) -> str:
    """That a claim was sealed, with all that has to be written down elsewhere."""
    opening = "" if stated["opening"] == "0.00" else f", opening balance {_sterling(stated['opening'])}"
    earlier = words.listed(stated["not_approved"])
    return (
        f"{stated['contract']} {stated['quarter']}: {_sterling(stated['total'])} sealed{opening}\n"
        f"  {digest}\n"
        f"{f'  not approved so far: {earlier}{chr(10)}' if earlier else ''}"
    )


def done(contract: str, quarter: str, what: str, digest: str) -> str:
    """What was done to a claim, and the digest that it is known by."""
    return f"{contract} {quarter}: {what}\n  {digest}\n"


def brought_in(stated: Mapping[str, Any], digest: str) -> str:
    """That what was claimed before is sealed."""
    what = f"{_sterling(stated['opening'])} brought in"
    return done(stated["contract"], stated["quarter"], what, digest)


def verified(contract: str, claims: int, quarter: str, digest: str) -> str:
    """That the book of a contract is as it was sealed."""
    return f"{contract}: {words.counted(claims, 'claim')} to {quarter}, as sealed\n  {digest}\n"


def _sterling(amount: str) -> str:
    return sterling(pence(Decimal(amount)))


# ---------------------------------------------------------------- positions


def show_positions(console: Console, positions: Sequence[Position]) -> None:
    """Each contract: its sealed quarters, and what they come to against limits, commitments and the match."""
    if not positions:
        say(console, NOTHING)
    for number, position in enumerate(positions):
        if number:
            gap(console)
        say(console, f"Contract {position.contract}", STRONG)
        _quarters(console, position.entries)
        gap(console)
        _rooms(console, [*position.limits, *position.commissioners])
        gap(console)
        if position.match:
            say(console, _match(position.match), "" if position.match.is_kept else MARK)
        if position.withdrawn:
            say(console, f"Withdrawn: {'; '.join(position.withdrawn)}.")
        newest = position.entries[-1]
        say(console, f"Digest of {newest.quarter}: {newest.digest}", QUIET)


def positions_data(positions: Sequence[Position], *, as_csv: bool) -> bytes:
    """As csv the sealed quarters, a row each; as JSON all of it. Amounts are texts in pounds."""
    if as_csv:
        rows = [{"contract": p.contract, **_entry(entry)} for p in positions for entry in p.entries]
        return pl.DataFrame(rows, schema=["contract", *ENTRY]).write_csv().encode()
    return _json([_position(position) for position in positions])


def _quarters(console: Console, entries: Sequence[Entry]) -> None:
    drawn = Grid(
        ["Quarter", "Closed by", "Approved"],
        ["Opening", "Claim", "To date"],
        widths=[MONEY_WIDTH] * 3,
        ratios=[8, 11, 13],
    )
    for entry in entries:
        who = [entry.closed_by, entry.approved_by or "not yet"]
        opening = sterling(entry.opening) if entry.opening else ""
        drawn.row(str(entry.quarter), *who, opening, sterling(entry.total), sterling(entry.balance))
    draw(console, drawn)


def _rooms(console: Console, rooms: Iterable[Room]) -> None:
    drawn = Grid(["To date, against"], ["Claimed", "At most", "Left"], widths=[MONEY_WIDTH] * 3)
    for room in rooms:
        limit, left = ("" if amount is None else sterling(amount) for amount in (room.limit, room.left))
        drawn.row(words.limit(room.name), sterling(room.claimed), limit, left)
    draw(console, drawn)


def _match(match: Match) -> str:
    kept = "kept" if match.is_kept else "NOT KEPT"
    return (
        f"Match {kept}: {match.commissioner} was charged {sterling(match.own)}, "
        f"the others {sterling(match.others)}; at least {match.times} times as much is agreed."
    )


ENTRY: Final = (
    "quarter", "closed_by", "closed_on", "approved_by", "lines", "opening", "total", "balance", "digest",
)  # fmt: skip


def _entry(entry: Entry) -> dict[str, object]:
    return {
        **{name: getattr(entry, name) for name in ("closed_by", "approved_by", "lines", "digest")},
        "quarter": str(entry.quarter),
        "closed_on": entry.closed_on.isoformat(),
        **{name: pounds(getattr(entry, name)) for name in ("opening", "total", "balance")},
    }


def _position(position: Position) -> dict[str, object]:
    match = position.match
    return {
        "contract": position.contract,
        "claims": [{name: _entry(entry)[name] for name in ENTRY} for entry in position.entries],
        "limits": [_room(room) for room in position.limits],
        "commissioners": [_room(room) for room in position.commissioners],
        "withdrawn": list(position.withdrawn),
        "match": match
        and {
            "commissioner": match.commissioner,
            "times": str(match.times),
            "own": pounds(match.own),
            "others": pounds(match.others),
            "kept": match.is_kept,
        },
    }


def _room(room: Room) -> dict[str, object]:
    limit, left = (None if amount is None else pounds(amount) for amount in (room.limit, room.left))
    return {"name": room.name, "claimed": pounds(room.claimed), "limit": limit, "left": left}


# ---------------------------------------------------------------- the bridge


def show_bridge(console: Console, bridge: Bridge) -> None:
    """For each contract where it stood at the start, each step by kind and cause, and where it ends."""
    say(console, f"From {bridge.start} to {bridge.end}", STRONG)
    if bridge.provisional:
        say(console, f"{words.PROVISIONAL}: {bridge.end} is not closed.", MARK)
    before, steps = _by_contract(bridge.before), _by_contract(bridge.between)
    for contract in sorted({*before, *steps}):
        gap(console)
        say(console, f"Contract {contract}", STRONG)
        start, own = _amount(before.get(contract, [])), steps.get(contract, [])
        drawn = Grid(["Step"], ["Lines", "Amount"], widths=[6, MONEY_WIDTH])
        drawn.row(f"Claimed up to {bridge.start}", "", sterling(start), style=STRONG)
        for (kind, cause), same in groupby(own, key=itemgetter("kind", "cause")):
            _step(drawn, words.step(kind, cause), list(same))
        drawn.section()
        drawn.row(f"Claimed up to {bridge.end}", "", sterling(start + _amount(own)), style=STRONG)
        draw(console, drawn)


def _step(drawn: Grid, name: str, steps: Sequence[Step]) -> None:
    drawn.row(name, f"{sum(step['lines'] for step in steps):,}", sterling(_amount(steps)))


def bridge_data(bridge: Bridge, *, as_csv: bool) -> bytes:
    """The steps by contract, commissioner, quarter, kind and cause; as JSON with both positions."""
    rows = bridge.between.with_columns(in_pounds("amount"))
    if as_csv:
        return rows.write_csv().encode()
    before, steps = _by_contract(bridge.before), _by_contract(bridge.between)
    positions = [
        {
            "contract": contract,
            "before": pounds(_amount(before.get(contract, []))),
            "after": pounds(_amount(before.get(contract, [])) + _amount(steps.get(contract, []))),
        }
        for contract in sorted({*before, *steps})
    ]
    return _json(
        {
            "from": str(bridge.start),
            "to": str(bridge.end),
            "provisional": bridge.provisional,
            "contracts": positions,
            "steps": _texts(rows),
        }
    )


def _amount(steps: Iterable[Step]) -> int:
    return sum(step["amount"] for step in steps)


def _by_contract(steps: pl.DataFrame) -> dict[str, list[Step]]:
    """The steps of each contract, by kind and cause."""
    ordered = steps.sort("contract", "kind", "cause").iter_rows(named=True)
    return {contract: list(own) for contract, own in groupby(ordered, key=itemgetter("contract"))}


# ---------------------------------------------------------------- drift


def show_drift(console: Console, quarter: str, drift: pl.DataFrame) -> None:
    """The lines of a sealed claim that would be others today."""
    if drift.is_empty():
        say(console, f"{quarter} comes out from today's files just as it was sealed.")
        return
    say(console, f"{quarter} as it was sealed, and from today's files", STRONG)
    drawn = Grid(
        ["Line", "Commissioner"],
        ["Sealed", "Today", "Difference"],
        widths=[MONEY_WIDTH] * 3,
        ratios=[9, 7],
    )
    for row in drift.iter_rows(named=True):
        what = f"{row['child_id']}, {words.payable(row['payment'], row['outcome'])} ({row['kind']})"
        drawn.row(what, row["commissioner"], *(sterling(row[name]) for name in DRIFT_SUMS))
    drawn.section()
    drawn.row(
        f"Total of {words.counted(drift.height, 'line')}",
        "",
        *(sterling(int(drift[name].sum())) for name in DRIFT_SUMS),
        style=STRONG,
    )
    draw(console, drawn)


def drift_data(drift: pl.DataFrame, *, as_csv: bool) -> bytes:
    """The same lines, with amounts in pounds."""
    rows = drift.with_columns(in_pounds(name) for name in DRIFT_SUMS)
    return rows.write_csv().encode() if as_csv else _json(_texts(rows))


def _texts(rows: pl.DataFrame) -> list[dict[str, Any]]:
    texts = rows.with_columns(pl.col(pl.Decimal, pl.Date, pl.Enum).cast(pl.String))
    return texts.to_dicts()


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
