"""Dice: every chance in a sample is a pure function of the seed, of what is decided, and of whom.

Promises the same throw whatever the order of rows, the number of threads or the other tables made: nothing is
drawn from a stream. The function is splitmix64, in whole 64-bit numbers as Polars expressions. Nothing here
uses a logarithm or a root, which machines may round differently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import polars as pl

_STRIDES: Final = (
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
)
"""Odd constants that set the keys of a throw far apart, one for each key."""
_ROUNDS: Final = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
_FRACTION_BITS: Final = 53
_FIELD: Final = 1 << 16
_FIELDS: Final = 4


@dataclass(frozen=True, slots=True)
class Dice:
    """The dice of one sample. `who` names the whole-number columns that tell one throw from another."""

    seed: int

    def chance(self, what: str, *who: str) -> pl.Expr:
        """A number from 0 up to but not including 1, all equally likely."""
        top = self._throw(what, who) // _whole(1 << (64 - _FRACTION_BITS))
        return top.cast(pl.Float64) * 2.0**-_FRACTION_BITS

    def bell(self, what: str, *who: str) -> pl.Expr:
        """A number around 0 with a standard deviation of 1, bell-shaped, and never beyond 3.5."""
        throw = self._throw(what, who)
        fields = [(throw // _whole(_FIELD**place)) % _whole(_FIELD) for place in range(_FIELDS)]
        total = pl.sum_horizontal(fields).cast(pl.Float64) / _FIELD
        return (total - _FIELDS / 2) * 1.7320508

    def pick(self, what: str, choices: Sequence[str], *who: str) -> pl.Expr:
        """One of the choices; one that is listed twice is twice as likely."""
        return chosen(choices, (self.chance(what, *who) * len(choices)).cast(pl.UInt32))

    def _throw(self, what: str, who: tuple[str, ...]) -> pl.Expr:
        salt = blake2b(f"{self.seed} {what}".encode(), digest_size=8).digest()
        mixed: pl.Expr = _whole(int.from_bytes(salt, "big"))
        for key, stride in zip(who or ("child",), _STRIDES, strict=False):
            mixed = mixed + pl.col(key).cast(pl.UInt64) * _whole(stride)
        for bits, factor in _ROUNDS:
            mixed = (mixed ^ (mixed // _whole(1 << bits))) * _whole(factor)
        return mixed


def chosen(choices: Sequence[str], place: pl.Expr) -> pl.Expr:
    """The choice at each place."""
    kinds = pl.Enum(list(dict.fromkeys(choices)))
    return pl.lit(pl.Series(choices, dtype=kinds)).gather(place)


def _whole(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt64)
