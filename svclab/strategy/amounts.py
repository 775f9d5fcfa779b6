"""Amounts of money, as the rooms of this chapter show them."""

from __future__ import annotations

from svclab.words import Quantity, money

__all__ = ["millions"]


def millions(value: float, digits: int = 2) -> Quantity:
    """An amount that is counted in million yuan.

    Parameters
    ----------
    value : float
        Million yuan.
    digits : int, optional
        Decimals shown.

    Returns
    -------
    Quantity
        As a reader shall see it.

    Examples
    --------
    >>> str(millions(3.25))
    '3.25 million yuan'
    """
    return money(value, "million yuan", digits)
