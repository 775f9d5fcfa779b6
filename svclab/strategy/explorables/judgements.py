"""Saaty's scale as a menu: from 9 to 1/9, as people say it."""

from __future__ import annotations

from svclab.strategy.weighing import SCALE
from svclab.strategy.weighing.consistency import as_ratio, nearest

__all__ = ["KEYS", "key_of", "value_of"]

VALUES = {as_ratio(value): value for value in reversed(SCALE)}
KEYS = {key: key for key in VALUES}


def key_of(value: float) -> str:
    """The key of the nearest value of the scale.

    Examples
    --------
    >>> key_of(0.33), key_of(5)
    ('1/3', '5')
    """
    return as_ratio(nearest(SCALE, value))


def value_of(key: str) -> float:
    """The judgement that a key stands for.

    Examples
    --------
    >>> value_of("1/4")
    0.25
    """
    return VALUES[key]
