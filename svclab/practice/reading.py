"""Numbers as people type them: ``1,234.5``, ``1234,5``, ``3/4``, ``45 %``, ``１２０``, ``2 h``.

What could be read in two ways is refused with a sentence, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from svclab.practice.units import factor, same_unit
from svclab.words import say

__all__ = ["LONGEST", "Typed", "read_number"]

#: Characters of a typed number at most.
LONGEST = 60

#: What one of the last digit is worth, by how many digits stand behind the point.
_LAST = [Fraction(1, 10**digits) for digits in range(LONGEST)]
_SIMPLE = re.compile(r"([+-]?\d+)(?:\.(\d+))?\Z", re.ASCII)
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?\Z")
_PARTED = re.compile(r"[+-]?(?:\d[\d.,' ]*|[.,]\d+)(?:e[+-]?\d{1,2})?\Z")
_FRACTION = re.compile(r"([+-]?)(?:(\d{1,9})\s+)?(\d{1,12})\s*/\s*(\d{1,12})\Z")
_NUMBER_THEN_UNIT = re.compile(
    r"([+-]?\s*[\d.,](?:[\d.,' ]|/(?=\s*\d))*(?:e[+-]?\d{1,2}(?!\w))?)\s*(.*)\Z", re.S
)


@dataclass(frozen=True)
class Typed:
    """A number that was typed, in the unit of its field.

    Parameters
    ----------
    value : Fraction
        The number, exact, in the field's unit.
    grain : Fraction or None
        What one of the last digit typed is worth, in the field's unit: 0.1 for ``12.5``; None
        for a fraction such as ``2/3``, which is exact.
    digits : int
        Significant digits typed.
    """

    value: Fraction
    grain: Fraction | None
    digits: int


def read_number(text: object, unit: str = "", *, whole: bool = False) -> Typed:
    """Read one typed number.

    Parameters
    ----------
    text : str, int or float
        What was typed; a number from code is taken as it is.
    unit : str, optional
        The field's unit. A known unit behind the number is converted to it.
    whole : bool, optional
        Whether only a whole number can be meant: then ``2,810`` can mean no other than 2810.

    Raises
    ------
    ValueError
        With a sentence for the reader, if it is no number, or could mean two.

    Examples
    --------
    >>> [float(read_number(t).value) for t in ("1,234.5", "1234,5", "3/4", "1 1/2", "１２０")]
    [1234.5, 1234.5, 0.75, 1.5, 120.0]
    >>> float(read_number("1.5 h", "min").value), float(read_number("45 %", "%").value)
    (90.0, 45.0)
    >>> read_number("1,234")
    Traceback (most recent call last):
    ValueError: “1,234” can mean two numbers: type 1234 or 1.234.
    >>> float(read_number("1,234", whole=True).value), float(read_number("¥1234", "yuan").value)
    (1234.0, 1234.0)
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise ValueError(say("Type one number."))
    if isinstance(text, int | float):
        text = repr(text)
    if len(text) > LONGEST:
        raise ValueError(say("This is too long for a number: {n} characters at most.", n=LONGEST))
    shown = text.strip()
    if simple := _SIMPLE.match(shown):  # what nearly everybody types
        before, after = simple.groups(default="")
        last = _LAST[len(after)]
        known = len((before.lstrip("+-") + after).lstrip("0"))
        return Typed(Fraction(int(before + after), last.denominator), last, known)
    clean = unicodedata.normalize("NFKC", shown).casefold()
    clean = clean.replace("−", "-").replace("–", "-").replace("\u00a0", " ").replace("’", "'")
    clean = clean.replace("，", ",").replace("。", ".").replace("٫", ".").replace("⁄", "/").strip()
    if not clean:
        raise ValueError(say("Nothing is typed here yet: type a number."))
    # The sign of money stands before its number, and may stand behind it in words as well.
    before, clean = ("¥", clean[1:].strip()) if clean.startswith("¥") else ("", clean)
    found = _NUMBER_THEN_UNIT.match(clean)
    if not found:
        raise ValueError(say("“{text}” is no number: type digits, such as 12.5.", text=shown))
    digits, behind = found.group(1).strip(), found.group(2).strip() or before
    scale = _scale(behind, unit, shown) if behind else Fraction(1)
    value, grain, significant = _value(digits, shown, whole)
    return Typed(value * scale, None if grain is None else grain * scale, significant)


def _scale(behind: str, unit: str, shown: str) -> Fraction:
    """What the typed unit is worth in the field's unit."""
    typed = same_unit(behind, unit)
    size = factor(typed, unit) if typed else None
    if typed == "%" and size is None and unit in ("", "share"):
        size = Fraction(1, 100)
    if size is None:
        if unit:
            template = "“{text}”: type the number alone. The unit here is {unit}."
        else:
            template = "“{text}”: type the number alone, without a unit."
        raise ValueError(say(template, text=shown, unit=unit))
    return size


def _value(text: str, shown: str, whole: bool) -> tuple[Fraction, Fraction | None, int]:
    """The number, what its last digit is worth, and its significant digits."""
    if "/" in text:
        return _fraction(text, shown), None, LONGEST
    plain = _one_point(text.replace("+ ", "+").replace("- ", "-"), shown, whole)
    if not _PLAIN.match(plain):
        raise ValueError(say("“{text}” is no number: type digits, such as 12.5.", text=shown))
    mantissa, _, exponent = plain.partition("e")
    _, _, after = mantissa.partition(".")
    power = int(exponent or 0)
    significant = len(mantissa.lstrip("+-").replace(".", "").lstrip("0"))
    return Fraction(plain), Fraction(1, 10 ** max(0, len(after) - power)), significant


def _fraction(text: str, shown: str) -> Fraction:
    found = _FRACTION.match(text)
    if not found:
        raise ValueError(say("“{text}” is no fraction: type one such as 3/4.", text=shown))
    sign, whole, above, below = found.groups()
    if int(below) == 0:
        raise ValueError(say("“{text}” divides by zero.", text=shown))
    value = int(whole or 0) + Fraction(int(above), int(below))
    return -value if sign == "-" else value


def _one_point(text: str, shown: str, only_whole: bool) -> str:
    """The number with a point for decimals and nothing between thousands."""
    if not _PARTED.match(text):
        return text
    exponent = ""
    if "e" in text:
        text, _, power = text.partition("e")
        exponent = "e" + power
    text = text.strip()
    sign = text[0] if text[0] in "+-" else ""
    body = text[len(sign) :]
    for blank in (" ", "'"):
        if blank in body:
            body = _without_thousands(body, blank, shown)
    commas, points = body.count(","), body.count(".")
    if commas and points:
        last = max(",", ".", key=body.rfind)
        other = "." if last == "," else ","
        if body.count(last) > 1:
            raise _no_number(shown)
        whole, _, after = body.rpartition(last)
        body = _without_thousands(whole, other, shown) + "." + after
    elif commas > 1 or points > 1:
        body = _without_thousands(body, "," if commas else ".", shown)
    elif commas:
        whole, _, after = body.partition(",")
        # 0,125 has no thousands; 1,234 may have, and then it is another number.
        if len(after) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
            if only_whole:
                return sign + whole + after + exponent
            raise ValueError(
                say(
                    "“{text}” can mean two numbers: type {one} or {other}.",
                    text=shown,
                    one=sign + whole + after,
                    other=sign + whole + "." + after,
                )
            )
        body = whole + "." + after
    return sign + body + exponent


def _without_thousands(text: str, mark: str, shown: str) -> str:
    """Groups of three, joined; anything else is no number."""
    whole, point, after = text, "", ""
    for sign in ",.":
        if mark in " '" and sign in text:
            whole, point, after = text.rpartition(sign)
            break
    first, *rest = whole.split(mark)
    if not 1 <= len(first) <= 3 or any(len(part) != 3 or not part.isdigit() for part in rest):
        raise _no_number(shown)
    return first + "".join(rest) + point + after


def _no_number(shown: str) -> ValueError:
    return ValueError(say("“{text}” is no number: type digits, such as 12.5.", text=shown))
