"""Numbers and words that a model is given, checked in one voice: name, value, what is allowed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Real
from typing import Any

from svclab.words import join

__all__ = ["a_count", "a_share", "above_zero", "between", "one_of"]


def _finite(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)


def between(
    name: str, value: Any, low: float, high: float = math.inf, what: str = "a number"
) -> float:
    """A finite number in a closed range; else an error that names it.

    Examples
    --------
    >>> between("delay", "two", 0, 12)
    Traceback (most recent call last):
    ValueError: delay='two': give a number from 0 to 12
    """
    if _finite(value) and low <= value <= high:
        return float(value)
    if math.isinf(high):
        span = ", any size" if math.isinf(low) else f", {low:g} or more"
    else:
        span = f" from {low:g} to {high:g}"
    raise ValueError(f"{name}={value!r}: give {what}{span}")


def a_share(name: str, value: Any) -> float:
    """A share from 0 to 1; a percentage is refused with a hint.

    Examples
    --------
    >>> a_share("retention", 80)
    Traceback (most recent call last):
    ValueError: retention=80: give a share from 0 to 1, such as 0.8 for 80 percent
    """
    if _finite(value) and 0 <= value <= 1:
        return float(value)
    raise ValueError(f"{name}={value!r}: give a share from 0 to 1, such as 0.8 for 80 percent")


def a_count(name: str, value: Any, low: int, high: int) -> int:
    """A whole number in a closed range; else an error that names it.

    Examples
    --------
    >>> a_count("cycles", 2.5, 1, 60)
    Traceback (most recent call last):
    ValueError: cycles=2.5: give a whole number from 1 to 60
    """
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{name}={value!r}: give a whole number from {low} to {high}")
    return value


def above_zero(name: str, value: Any, what: str = "a number") -> float:
    """A finite number above zero; else an error that names it.

    Examples
    --------
    >>> above_zero("price", 0, "yuan")
    Traceback (most recent call last):
    ValueError: price=0: give yuan above zero
    """
    if _finite(value) and value > 0:
        return float(value)
    raise ValueError(f"{name}={value!r}: give {what} above zero")


def one_of(name: str, value: Any, allowed: Iterable[str]) -> str:
    """One of some words; else an error that lists them.

    Examples
    --------
    >>> one_of("frame", "phase", ["phases", "loop"])
    Traceback (most recent call last):
    ValueError: frame='phase': give one of 'phases' or 'loop'
    """
    words = list(allowed)
    if isinstance(value, str) and value in words:
        return value
    raise ValueError(f"{name}={value!r}: give one of {join([repr(w) for w in words], 'or')}")
