"""VAT: worked out once on the net amount of a document, and split over its items to the penny.

Source: HMRC, VAT Notice 700, paragraph 17.5. It would let the fraction of a penny on a whole invoice be left
out; here it is rounded to the nearest penny, half a penny up, which is never less.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def vat(net: int, rate: Decimal | None) -> int:
    """The VAT on a net amount, both in pence; what goes back has the VAT that was charged on as much."""
    whole, rest = divmod(abs(net) * Fraction(rate or 0), 1)
    pence = int(whole) + (rest >= Fraction(1, 2))
    return -pence if net < 0 else pence


def split(nets: Sequence[int], rate: Decimal | None) -> list[int]:
    """The VAT on a document's net amount, split over its items: by largest remainder, ties in their order.

    Of what goes back it is split as it was where the same was charged.
    """
    net = sum(nets)
    sign = -1 if net < 0 else 1
    exact = [sign * item * Fraction(rate or 0) for item in nets]
    parts = [part.numerator // part.denominator for part in exact]
    pennies = sign * vat(net, rate) - sum(parts)
    by_remainder = sorted(range(len(nets)), key=lambda item: parts[item] - exact[item])
    for item in by_remainder[:pennies]:
        parts[item] += 1
    return [sign * part for part in parts]
