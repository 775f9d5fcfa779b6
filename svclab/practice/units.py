"""Units that an answer may be typed in, and the factors between them.

A factor says how many of the family's first unit one of this unit is. An answer typed with
another unit of the same family is converted; an answer that would be right in another unit is
recognised as that mistake.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType

__all__ = ["factor", "others", "same_unit"]

_HOUR = 3600
_FAMILIES: tuple[dict[str, Fraction], ...] = (
    {"s": Fraction(1), "min": Fraction(60), "h": Fraction(_HOUR), "days": Fraction(24 * _HOUR)},
    {
        "per second": Fraction(_HOUR),
        "per minute": Fraction(60),
        "per hour": Fraction(1),
        "per day": Fraction(1, 24),
    },
    {"%": Fraction(1), "share": Fraction(100)},
)

# What people type for a unit, in English and Chinese.
_WORDS = {
    "s": ("s", "sec", "secs", "second", "seconds", "秒", "秒钟"),
    "min": ("min", "mins", "minute", "minutes", "分", "分钟"),
    "h": ("h", "hr", "hrs", "hour", "hours", "小时", "时"),
    "days": ("d", "day", "days", "天", "日"),
    "per second": ("per second", "/s", "/sec", "/second", "每秒", "/秒"),
    "per minute": ("per minute", "per min", "/min", "/minute", "每分钟", "每分", "/分钟", "/分"),
    "per hour": ("per hour", "/h", "/hr", "/hour", "an hour", "每小时", "/小时", "/时"),
    "per day": ("per day", "/d", "/day", "a day", "每天", "/天", "/日"),
    "%": ("%", "percent", "per cent", "pct"),
    # What is counted: no factors, so these are known only where they are asked for.
    "people": ("人", "个人", "名", "位", "person", "persons"),
    "files": ("份", "个", "份文件"),
    "weeks": ("周", "星期", "wk"),
    "yuan": ("元", "块", "rmb", "cny", "¥"),
}
_KNOWN = {word: unit for unit, words in _WORDS.items() for word in words}


def same_unit(typed: str, unit: str) -> str | None:
    """The unit that was typed, by its standard name; None if it is not known here.

    Parameters
    ----------
    typed : str
        What stands behind the number.
    unit : str
        The field's own unit: it is always known, in the singular and in the plural.

    Examples
    --------
    >>> same_unit("minutes", "h"), same_unit("人/小时", "per hour"), same_unit("kg", "h")
    ('min', 'per hour', None)
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).casefold().split()).rstrip(".")
    own = unit.casefold()
    if text in (own, own + "s", own.removesuffix("s")):
        return unit
    if text in _KNOWN:
        return _KNOWN[text]
    # "applicants per hour", "people/h": what is counted does not matter.
    for word, known in _KNOWN.items():
        if word.startswith(("per ", "/", "每")) and text.endswith(word):
            return known
    return None


def factor(typed: str, unit: str) -> Fraction | None:
    """How many of ``unit`` one of ``typed`` is; None if they do not measure the same thing.

    Examples
    --------
    >>> factor("min", "s"), factor("per minute", "per hour"), factor("min", "%")
    (Fraction(60, 1), Fraction(60, 1), None)
    """
    if typed == unit:
        return Fraction(1)
    for family in _FAMILIES:
        if typed in family and unit in family:
            return family[typed] / family[unit]
    return None


@cache
def others(unit: str) -> Mapping[str, float]:
    """Other units of the same family: name to the number of ``unit`` that one of it is.

    Examples
    --------
    >>> sorted(others("min")), dict(others("applicants"))
    (['days', 'h', 's'], {})
    """
    family = next((one for one in _FAMILIES if unit in one), {})
    return MappingProxyType(
        {name: float(size / family[unit]) for name, size in family.items() if name != unit}
    )
