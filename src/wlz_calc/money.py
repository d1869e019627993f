"""Money: whole pence inside, pounds with two decimals at the edges, never binary floating point.

Promises that an amount is exact. Knows nothing of cards, children or frames.
"""

from decimal import Decimal

PENCE_IN_A_POUND = 100


def pence(pounds: Decimal) -> int:
    """Pounds as whole pence.

    Raises:
        ValueError: the amount has a fraction of a penny.
    """
    amount = pounds * PENCE_IN_A_POUND
    if amount != amount.to_integral_value():
        msg = f"{pounds} has a fraction of a penny"
        raise ValueError(msg)
    return int(amount)


def pounds(amount: int) -> str:
    """Pence as pounds with two decimals and no separators, as data files want it: `-1234.50`."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), PENCE_IN_A_POUND)
    return f"{sign}{whole}.{rest:02d}"


def sterling(amount: int) -> str:
    """Pence as people read them: `£1,234.50`, a negative amount as `-£1,234.50`."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), PENCE_IN_A_POUND)
    return f"{sign}£{whole:,}.{rest:02d}"
