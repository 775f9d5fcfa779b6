"""Every number a reader sees gets its unit and its digits here, and nowhere else.

A sentence is a template with named values: ``say("{n} serve {rate}", n=count(6, "worker"),
rate=per_hour(120))``. A template can be translated; an f-string cannot. A value carries its
unit as a :class:`Quantity`; :func:`say` refuses a bare float, because nobody could tell what
it measures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter

__all__ = [
    "Quantity",
    "clock",
    "count",
    "days",
    "duration",
    "hours",
    "join",
    "minutes",
    "money",
    "number",
    "per_hour",
    "percent",
    "say",
    "seconds",
    "upper_first",
    "yuan",
]


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, as a reader shall see it.

    Parameters
    ----------
    value : float
        The number, in the unit named; may be infinite, never NaN.
    unit : str
        What stands behind the number, for example ``"per hour"``; ``""`` for none.
    digits : int, optional
        Decimals shown; trailing zeros are dropped, so 60.0 shows as 60.
    plural : str, optional
        The unit for any value other than one.

    Examples
    --------
    >>> str(Quantity(1234.5, "s", 1))
    '1,234.5 s'
    """

    value: float
    unit: str = ""
    digits: int = 1
    plural: str = ""

    def __post_init__(self) -> None:
        if math.isnan(self.value):
            raise ValueError("a quantity shown to a reader must be a number, not NaN")

    @property
    def text(self) -> str:
        """The number alone: thousands separated, trailing zeros dropped.

        Examples
        --------
        >>> Quantity(60.0, "per hour").text, Quantity(-0.04).text
        ('60', '0')
        """
        if math.isinf(self.value):
            return "unlimited" if self.value > 0 else "minus unlimited"
        shown = f"{self.value:,.{self.digits}f}"
        if "." in shown:
            shown = shown.rstrip("0").rstrip(".")
        return "0" if shown == "-0" else shown.replace("-", "−")

    @property
    def shown_unit(self) -> str:
        """The unit that fits the number: ``worker`` for one, ``workers`` for two."""
        return self.plural if self.plural and self.text != "1" else self.unit

    def __str__(self) -> str:
        unit = self.shown_unit
        if not unit:
            return self.text
        return self.text + ("" if unit == "%" else " ") + unit


def number(value: float, digits: int = 1) -> Quantity:
    """A plain number without a unit, such as a ratio."""
    return Quantity(value, "", digits)


def count(value: int, noun: str = "", plural: str = "") -> Quantity:
    """A number of things.

    Examples
    --------
    >>> str(count(1, "worker")), str(count(7, "worker"))
    ('1 worker', '7 workers')
    """
    return Quantity(value, noun, 0, plural or (noun + "s" if noun else ""))


def per_hour(value: float, digits: int = 1) -> Quantity:
    """A rate per hour.

    Examples
    --------
    >>> str(per_hour(65.4545))
    '65.5 per hour'
    """
    return Quantity(value, "per hour", digits)


def seconds(value: float, digits: int = 1) -> Quantity:
    """A time in seconds."""
    return Quantity(value, "s", digits)


def minutes(value: float, digits: int = 1) -> Quantity:
    """A time in minutes."""
    return Quantity(value, "min", digits)


def hours(value: float, digits: int = 1) -> Quantity:
    """A time in hours."""
    return Quantity(value, "h", digits)


def days(value: float, digits: int = 1) -> Quantity:
    """A time in days of 24 hours unless the sentence says otherwise."""
    return Quantity(value, "day", digits, "days")


def percent(share: float, digits: int = 1) -> Quantity:
    """A share between 0 and 1, shown in percent.

    Examples
    --------
    >>> str(percent(0.8125))
    '81.3%'
    """
    # Decimal half-up as people round, on the exact decimal that repr shows.
    from decimal import ROUND_HALF_UP, Decimal

    if math.isinf(share):
        return Quantity(share, "%", digits)
    scaled = Decimal(repr(float(share))) * 100
    rounded = scaled.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return Quantity(float(rounded), "%", digits)


def money(value: float, currency: str = "$", digits: int = 2) -> Quantity:
    """An amount of money; the currency stands behind the number, as units do here."""
    return Quantity(value, currency, digits)


def yuan(value: float, digits: int = 0) -> Quantity:
    """An amount in yuan, the money of the course's own cases; whole ones if nothing is said.

    Examples
    --------
    >>> str(yuan(1250.4)), str(yuan(0.5, 2))
    ('1,250 yuan', '0.5 yuan')
    """
    return money(value, "yuan", digits)


def clock(hours: float) -> str:
    """A time on the clock, to the minute; after midnight the clock begins anew.

    Examples
    --------
    >>> clock(8.5), clock(25)
    ('08:30', '01:00')
    """
    minutes = round(hours * 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def duration(total_seconds: float) -> Quantity:
    """A time in the unit in which it reads best: s, min, h or days.

    Examples
    --------
    >>> [str(duration(t)) for t in (45, 195, 1020, 7200, 432000)]
    ['45 s', '195 s', '17 min', '2 h', '5 days']
    >>> str(duration(math.inf))
    'unlimited'
    """
    size = abs(total_seconds)
    if math.isinf(size):
        return Quantity(total_seconds)
    if size < 300:
        return seconds(total_seconds)
    if size < 7200:
        return minutes(total_seconds / 60)
    if size < 2 * 86400:
        return hours(total_seconds / 3600)
    return days(total_seconds / 86400)


def join(words: Iterable[str], last: str = "and", most: int | None = None) -> str:
    """Words as a list in a sentence; with ``most``, a longer list is cut and says so.

    Examples
    --------
    >>> join(["eye test", "photograph", "payment"])
    'eye test, photograph and payment'
    >>> join(["a", "b", "c", "d"], most=2)
    'a, b and 2 more'
    """
    words = list(words)
    if most is not None and len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + f" {last} " + words[-1]


def upper_first(text: str) -> str:
    """The text with a capital letter in front, all else as it is.

    Examples
    --------
    >>> upper_first("self-run and KTV")
    'Self-run and KTV'
    """
    return text[:1].upper() + text[1:]


def say(template: str, **values: Quantity | str | int) -> str:
    """Fill a sentence template with named values.

    Parameters
    ----------
    template : str
        A sentence with ``{name}`` fields and no format specifications.
    **values : Quantity, str or int
        What stands in each field; an int is shown as a plain count.

    Returns
    -------
    str
        The sentence.

    Raises
    ------
    TypeError
        If a value is a bare float: it needs a unit, for example ``per_hour(x)``.
    KeyError
        If a field has no value.

    Examples
    --------
    >>> say("{n} serve {rate}.", n=count(6, "worker"), rate=per_hour(120))
    '6 workers serve 120 per hour.'
    """
    shown: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, Quantity | str | int):
            raise TypeError(
                f"{name}={value!r} has no unit: wrap it, for example per_hour({value!r})"
            )
        shown[name] = f"{value:,}" if isinstance(value, int) else str(value)
    for _, field, spec, conversion in Formatter().parse(template):
        if field is not None and (spec or conversion or not field.isidentifier()):
            raise ValueError(f"field {{{field}}} in {template!r} must be a bare name")
    return template.format_map(shown)
