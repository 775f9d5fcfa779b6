"""Numbers, words and tables that a model is given, checked in one voice.

An error names the parameter, shows its value and says what is allowed. What passes comes back
plain: a number of NumPy or a fraction as a float or an int.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

from svclab.words import join

__all__ = [
    "a_column",
    "a_count",
    "a_grid",
    "a_number",
    "a_share",
    "above_zero",
    "between",
    "known",
    "names_of",
    "one_of",
    "zero_or_more",
]


def _finite(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)


def a_number(name: str, value: Any, what: str = "a number") -> float:
    """A finite number; else an error that names it.

    Examples
    --------
    >>> a_number("load", "ten")
    Traceback (most recent call last):
    ValueError: load='ten': give a number, any finite size
    """
    if _finite(value):
        return float(value)
    raise ValueError(f"{name}={value!r}: give {what}, any finite size")


def zero_or_more(name: str, value: Any, what: str = "a number") -> float:
    """A finite number of zero or more; else an error that names it.

    Examples
    --------
    >>> zero_or_more("wait", -1, "minutes")
    Traceback (most recent call last):
    ValueError: wait=-1: give minutes, zero or more
    """
    return between(name, value, 0, what=what)


def above_zero(name: str, value: Any, what: str = "a number") -> float:
    """A finite number above zero; else an error that names it.

    Examples
    --------
    >>> above_zero("price", 0, "yuan")
    Traceback (most recent call last):
    ValueError: price=0: give yuan, above zero
    """
    if _finite(value) and value > 0:
        return float(value)
    raise ValueError(f"{name}={value!r}: give {what}, above zero")


def between(
    name: str, value: Any, low: float, high: float = math.inf, what: str = "a number"
) -> float:
    """A finite number in a closed range, or from ``low`` on; else an error that names it.

    Examples
    --------
    >>> between("delay", "two", 0, 12)
    Traceback (most recent call last):
    ValueError: delay='two': give a number from 0 to 12
    """
    if _finite(value) and low <= value <= high:
        return float(value)
    span = _or_more(f"{low:g}") if math.isinf(high) else f" from {low:g} to {high:g}"
    raise ValueError(f"{name}={value!r}: give {what}{span}")


def a_share(
    name: str,
    value: Any,
    low: float = 0.0,
    high: float = 1.0,
    *,
    above: bool = False,
    below: bool = False,
) -> float:
    """A share in a range, its ends included; a percentage is refused with a hint.

    With ``above`` the low end does not belong to the range, with ``below`` the high one.

    Examples
    --------
    >>> a_share("retention", 80)
    Traceback (most recent call last):
    ValueError: retention=80: give a share from 0 to 1; 80 percent is 0.8
    >>> a_share("confidence", 95, above=True, below=True)
    Traceback (most recent call last):
    ValueError: confidence=95: give a share above 0 and below 1; 80 percent is 0.8
    """
    inside = _finite(value) and low <= value <= high
    if inside and not (above and value == low) and not (below and value == high):
        return float(value)
    if above:
        span = f"above {low:g} and {'below' if below else 'up to'} {high:g}"
    else:
        span = f"from {low:g} to {'below ' if below else ''}{high:g}"
    raise ValueError(f"{name}={value!r}: give a share {span}; 80 percent is 0.8")


def a_count(name: str, value: Any, low: int, high: int | None = None) -> int:
    """A whole number in a closed range, or from ``low`` on; else an error that names it.

    Examples
    --------
    >>> a_count("cycles", 2.5, 1, 60)
    Traceback (most recent call last):
    ValueError: cycles=2.5: give a whole number from 1 to 60
    >>> a_count("servers", 0, 1)
    Traceback (most recent call last):
    ValueError: servers=0: give a whole number, 1 or more
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if whole and low <= value and (high is None or value <= high):
        return int(value)
    span = _or_more(f"{low}") if high is None else f" from {low} to {high}"
    raise ValueError(f"{name}={value!r}: give a whole number{span}")


def _or_more(low: str) -> str:
    return f", {'zero' if low == '0' else low} or more"


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
    raise ValueError(f"{name}={value!r}: give one of {join(map(repr, words), 'or')}")


def names_of(name: str, table: Any) -> list[str]:
    """The names of a table or list: texts, none empty, none twice, at least one.

    Examples
    --------
    >>> names_of("items", ["chair", "chair"])
    Traceback (most recent call last):
    ValueError: items: 'chair' comes twice; give each a name of its own
    """
    if isinstance(table, str) or not isinstance(table, Iterable):
        raise ValueError(f"{name}={table!r}: give a dict or a list with a name for each")
    names = list(table)
    if not names:
        raise ValueError(f"{name} is empty: give at least one")
    seen: set[str] = set()
    for one in names:
        if not isinstance(one, str) or not one.strip():
            raise ValueError(f"{name} has the name {one!r}: a name is a text such as 'chair'")
        if one in seen:
            raise ValueError(f"{name}: {one!r} comes twice; give each a name of its own")
        seen.add(one)
    return names


def known(
    name: str,
    table: Any,
    names: Iterable[str],
    *,
    partly: bool = False,
    what: str = "a dict of name to value",
    missing: str = "give a value for it",
) -> dict[str, Any]:
    """A dict with a value for each of some names, or ``partly`` so, and for no other.

    Examples
    --------
    >>> known("scores", {"price": 3}, ["quality", "staff"])
    Traceback (most recent call last):
    ValueError: scores has 'price', which is not one of 'quality' or 'staff'
    """
    if not isinstance(table, Mapping):
        raise ValueError(f"{name}={table!r}: give {what}")
    names = list(names)
    for one in table:
        if one not in names:
            shown = join(map(repr, names), "or", most=6)
            raise ValueError(f"{name} has {one!r}, which is not one of {shown}")
    for one in names:
        if one not in table and not partly:
            raise ValueError(f"{name} has no {one!r}: {missing}")
    return {one: table[one] for one in names if one in table}


def a_column(
    name: str,
    table: Any,
    names: Sequence[str] | None = None,
    *,
    each: Callable[[str, Any], float] = zero_or_more,
    partly: bool = False,
) -> dict[str, float]:
    """A dict of name to number, ``each`` checked; with ``names``, for just these.

    Examples
    --------
    >>> a_column("profit", {"table": 20, "chair": "15"})
    Traceback (most recent call last):
    ValueError: profit['chair']='15': give a number, zero or more
    """
    if table is None and partly:
        return {}
    if names is None and isinstance(table, Mapping):
        names = names_of(name, table)
    found = known(name, table, names or (), partly=partly, what="a dict of name to number")
    return {one: each(f"{name}[{one!r}]", value) for one, value in found.items()}


def a_grid(
    name: str,
    table: Any,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    each: Callable[[str, Any], float] = zero_or_more,
    holes: bool = False,
) -> dict[tuple[str, str], float]:
    """A dict of dicts, ``each`` number checked; with ``holes``, ``None`` is a gap and left out.

    Examples
    --------
    >>> a_grid("freight", {"A": {"P": 3}}, ["A"], ["P", "Q"], holes=True)
    Traceback (most recent call last):
    ValueError: freight['A'] has no 'Q': give a value for it, or None if it is forbidden
    """
    missing = "give a value for it" + (", or None if it is forbidden" if holes else "")
    found: dict[tuple[str, str], float] = {}
    lines = known(name, table, rows, what="a dict of rows, each a dict", missing="give its numbers")
    for row, line in lines.items():
        place = f"{name}[{row!r}]"
        cells = known(place, line, columns, what="a dict of name to number", missing=missing)
        for column, value in cells.items():
            if not (holes and value is None):
                found[row, column] = each(f"{place}[{column!r}]", value)
    return found
