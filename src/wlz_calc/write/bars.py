"""Bars: how far a claim has come, for a screen: money against limits, and the funnel of payments.

A bar is full only at its limit, and empty only at nothing. Where a stream cannot show blocks it is made of
plain signs; without colour it reads the same.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from rich.console import Console

from wlz_calc.claim import Claim
from wlz_calc.money import sterling
from wlz_calc.position import Room
from wlz_calc.write import words
from wlz_calc.write.progress import Progress, Reached, progress
from wlz_calc.write.screen import MONEY_WIDTH, NARROWEST, QUIET, STRONG, WIDEST, Grid, draw, gap, say

BLOCKS: Final = "█░"
PLAIN: Final = "#."
SHORT, LONG = 12, 24
"""How long a bar is on the narrowest screen, and at most."""
MOST: Final = 12
"""So many commissioners are shown by themselves."""
MONEY: Final = ("", "Claimed", "Of", "Used")
WIDTHS: Final = (0, MONEY_WIDTH, MONEY_WIDTH, 6)
MEANING: Final = (
    "What was claimed so far, the opening balance and this claim included, and for how many children."
)


def show_progress(console: Console, claim: Claim, mark: str = "") -> None:
    """Bars for each contract under which anything was claimed."""
    several = len({card.contract for card in claim.cards}) > 1
    for each in progress(claim):
        if any(room.claimed for room in each.commissioners):
            gap(console)
            say(console, f"To date under {each.contract}" if several else "To date", STRONG, mark=mark)
            say(console, MEANING, QUIET)
            draw(console, _money(each, console))
            gap(console)
            draw(console, _funnel(each.funnel, console))


def _money(each: Progress, console: Console) -> Grid:
    """Every limit, then the commissioners, each against its commitment if it has one."""
    limits = (room._replace(name=words.limit(room.name)) for room in each.limits)
    rooms = [*limits, *_fewer(each.commissioners)]
    many = len(MONEY) if any(room.limit for room in rooms) else 2
    drawn = Grid(["Limit or commissioner"], MONEY[:many], widths=WIDTHS[:many])
    for room in rooms:
        drawn.row(room.name, *_figures(room, console)[:many])
    return drawn


def _figures(room: Room, console: Console) -> tuple[str, str, str, str]:
    claimed = sterling(room.claimed)
    if not room.limit:
        return "", claimed, "", ""
    used = words.rate(max(room.claimed, 0), room.limit)
    return bar(room.claimed, room.limit, console), claimed, sterling(room.limit), used


def _fewer(rooms: Sequence[Room]) -> list[Room]:
    """As many as can be looked at: those with least left of a commitment, then those who were asked most."""
    shown = set(sorted(rooms, key=_matters, reverse=True)[:MOST])
    others = [room for room in rooms if room not in shown]
    rest = Room(f"{len(others):,} others", sum(room.claimed for room in others), None)
    return [*(room for room in rooms if room in shown), *([rest] if others else [])]


def _matters(room: Room) -> tuple[Fraction, int]:
    return Fraction(room.claimed, room.limit) if room.limit else Fraction(0), room.claimed


def _funnel(funnel: Sequence[Reached], console: Console) -> Grid:
    drawn = Grid(["Payment"], ["", "Children"], widths=[0, MONEY_WIDTH])
    most = max((reached.children for reached in funnel), default=0)
    for reached in funnel:
        drawn.row(reached.payment, bar(reached.children, most, console), f"{reached.children:,}")
    return drawn


def bar(value: int, of: int, console: Console) -> str:
    """A bar as long as the screen has room for, filled as far as the value goes."""
    length = _length(console.width)
    full, empty = BLOCKS if _shows(console.encoding, BLOCKS) else PLAIN
    filled = min(max(value * length // of, 1), length) if value > 0 else 0
    return full * filled + empty * (length - filled)


def _length(width: int) -> int:
    return min(SHORT + max(width - NARROWEST, 0) * (LONG - SHORT) // (WIDEST - NARROWEST), LONG)


def _shows(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
