"""How far it has come: what was claimed to date against limits and commitments, and of each payment.

The charts of the cover are drawn from these two sheets, and the sums are checked on their columns.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.position import Room, commitments
from wlz_calc.ratecard.card import Card
from wlz_calc.write import words
from wlz_calc.write.progress import Progress
from wlz_calc.write.schedule import Contract
from wlz_calc.write.sheets.model import Chart, Column, Kind, Line, Sheet, Style, mark, marks, schema, title

HIGH, LOW = 17, 12
"""In rows of a sheet; both together fill a page."""
MOST_BARS: Final = 8
"""So many rows of a chart can be read; there may be hundreds of schools."""
LIMIT, COMMISSIONER = "Limit", "Commissioner"
_TO_DATE: Final = (
    Column("Contract", "contract"),
    Column("Measured", "measured"),
    Column("Name", "name", widest=36),
    Column("Opening balance", "opening", Kind.MONEY),
    Column("Earlier claims", "earlier", Kind.MONEY),
    Column("This claim", "claim", Kind.MONEY),
    Column("To date", "to_date", Kind.MONEY),
    Column("At most", "limit", Kind.MONEY),
    Column("Left", "left", Kind.MONEY),
)
_PAYMENTS: Final = (
    Column("Contract", "contract"),
    Column("Payment", "payment"),
    Column("Children to date", "children", Kind.WHOLE),
    Column("Lines", "lines", Kind.WHOLE),
    Column("Amount", "amount", Kind.MONEY),
)
AGAINST: Final = (
    "All that was claimed, with the opening balance, against the limits of the contract and against what "
    "each commissioner has committed."
)
CLAIMED_FOR: Final = (
    "Children for whom a payment stays claimed to date, and the lines of this claim, of all commissioners."
)
Rows = Iterator[dict[str, Any]]


def to_date(claim: Claim, stated: Sequence[Contract], reached: Sequence[Progress]) -> Sheet:
    """Of every limit and commissioner: the opening balance, earlier claims and this one, against the most."""
    rows = [row for contract in stated for row in _measured(claim, contract.contract, reached)]
    own = [row for row in rows if row["measured"] == COMMISSIONER]
    sums = {name: sum(row[name] for row in own) for name in ("opening", "earlier", "claim", "to_date")}
    frame = pl.DataFrame(rows, schema=schema(_TO_DATE))
    total = {"contract": "All commissioners", **sums}
    return Sheet(
        "To date",
        _heading(claim, "To date", AGAINST),
        _TO_DATE,
        frame,
        (total,),
        mark=mark(claim),
        table="To_date",
    )


def by_payment(claim: Claim, stated: Sequence[Contract], reached: Sequence[Progress]) -> Sheet:
    """Of every payment: for how many children it stays claimed to date, and what this claim has of it."""
    rows = [row for contract in stated for row in _paid(claim, contract.contract, reached)]
    sums = {name: sum(row[name] for row in rows) for name in ("lines", "amount")}
    frame, total = pl.DataFrame(rows, schema=schema(_PAYMENTS)), {"contract": "Total", **sums}
    heading = _heading(claim, "By payment", CLAIMED_FOR)
    return Sheet("By payment", heading, _PAYMENTS, frame, (total,), mark=mark(claim), table="By_payment")


def charts(measured: Sheet, paid: Sheet) -> Iterator[Chart]:
    """Two for each contract, which fill a page: the money, and the children."""
    contracts = measured.rows["contract"].unique(maintain_order=True)
    for contract in contracts:
        of = f" ({contract})" if len(contracts) > 1 else ""
        yield _money(measured, contract, of)
        if contract in paid.rows["contract"]:
            yield _children(paid, contract, of)


def _money(measured: Sheet, contract: str, of: str) -> Chart:
    start, end = _part(measured, contract)
    more = f", the first {MOST_BARS} of {end - start}" if end - start > MOST_BARS else ""
    most = min(end, start + MOST_BARS)
    return Chart(f"Claimed to date{of}{more}", measured, "name", ("to_date", "limit"), start, most, HIGH)


def _children(paid: Sheet, contract: str, of: str) -> Chart:
    start, end = _part(paid, contract)
    return Chart(f"Children by payment{of}", paid, "payment", ("children",), start, end, LOW, whole=True)


def _part(sheet: Sheet, contract: str) -> tuple[int, int]:
    """The rows of a contract, which stand together."""
    own = sheet.rows["contract"].eq(contract).arg_true()
    return own[0], own[-1] + 1


def _heading(claim: Claim, name: str, meaning: str) -> tuple[Line, ...]:
    return ((name, Style.TITLE), *title(claim), *marks(claim), (meaning, Style.PLAIN))


# ------------------------------------------------------------------------------------ to date


def _measured(claim: Claim, contract: str, reached: Sequence[Progress]) -> Rows:
    """The limits of a contract, then its commissioners: schools and authorities, one by one, come last."""
    for one in reached:
        if one.contract == contract:
            yield from (_row(contract, LIMIT, words.limit(room.name), room) for room in one.limits)
    cards = [card for card in claim.cards if card.contract == contract]
    parts, names = _parts(claim, contract), _names(claim, contract)
    for room in sorted(_rooms(claim, contract, cards), key=lambda room: ":" in room.name):
        name = names.get(room.name) or room.name
        yield {**_row(contract, COMMISSIONER, name, room), **parts[room.name]}


def _row(contract: str, measured: str, name: str, room: Room) -> dict[str, Any]:
    nothing = dict.fromkeys(("opening", "earlier", "claim"))
    said = {"contract": contract, "measured": measured, "name": name, **nothing}
    return {**said, "to_date": room.claimed, "limit": room.limit, "left": room.left}


def _rooms(claim: Claim, contract: str, cards: Sequence[Card]) -> tuple[Room, ...]:
    return commitments(_every(claim).filter(pl.col("contract") == contract), cards)


def _parts(claim: Claim, contract: str) -> dict[str, dict[str, int]]:
    """Of each commissioner, what it was charged in the opening balance, in earlier claims and in this one."""
    every = _every(claim).filter(pl.col("contract") == contract)
    sums = every.group_by("commissioner").agg(
        pl.col("amount").filter(pl.col("part") == part).sum().alias(part)
        for part in ("opening", "earlier", "claim")
    )
    return {row.pop("commissioner"): row for row in sums.to_dicts()}


def _every(claim: Claim) -> pl.DataFrame:
    """All that was claimed to date: contract, commissioner, amount, and the part of it that it stands in."""
    frames = {"opening": claim.opening, "earlier": claim.before, "claim": claim.lines}
    who = pl.col("contract", "commissioner").cast(pl.String)
    return pl.concat(
        frame.select(who, "amount", pl.lit(part).alias("part")) for part, frame in frames.items()
    )


def _names(claim: Claim, contract: str) -> dict[str, str]:
    own = claim.parties.filter(pl.col("contract") == contract)
    return dict(own.select("commissioner", "name").iter_rows())


# ------------------------------------------------------------------------------------ payments


def _paid(claim: Claim, contract: str, reached: Sequence[Progress]) -> Rows:
    """The payments of a contract in the order of the card, then what is on no card."""
    children = {to.payment: to.children for one in reached if one.contract == contract for to in one.funnel}
    own = claim.lines.filter(pl.col("contract").cast(pl.String) == contract)
    counted = own.group_by(pl.col("payment").cast(pl.String)).agg(pl.len(), pl.col("amount").sum())
    sums = {words.title(payment): (lines, amount) for payment, lines, amount in counted.iter_rows()}
    for payment in [*children, *sorted(sums.keys() - children.keys())]:
        lines, amount = sums.get(payment, (0, 0))
        yield {
            "contract": contract,
            "payment": payment,
            "children": children.get(payment),
            "lines": lines,
            "amount": amount,
        }
