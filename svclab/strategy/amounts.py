"""Amounts of money, as the rooms of this chapter show them."""

from __future__ import annotations

from svclab.words import Quantity, money

__all__ = ["millions", "yuan"]


def yuan(value: float, digits: int = 0) -> Quantity:
    """An amount in yuan.

    Examples
    --------
    >>> str(yuan(1250.4))
    '1,250 yuan'
    """
    return money(value, "yuan", digits)


def millions(value: float, digits: int = 2) -> Quantity:
    """An amount that is counted in million yuan.

    Examples
    --------
    >>> str(millions(3.25))
    '3.25 million yuan'
    """
    return money(value, "million yuan", digits)
