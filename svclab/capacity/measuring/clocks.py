"""Times as people and spreadsheet programs write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["DAY", "Stamp", "clock_text", "parse_date", "parse_stamp"]

DAY = 86_400  # seconds
LONGEST = 40  # letters of a cell that can still be a time

_TIME = re.compile(
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,6}))?)?", re.ASCII
)
_NO_HOUR = re.compile(r"\d{1,2}:\d{2}[.,]\d+", re.ASCII)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_ZONE = re.compile(r"(?<=\d)\s*(Z|[+-]\d{2}:?\d{2})$", re.ASCII)
_MORNING = ("am", "a.m.", "上午")
_AFTERNOON = ("pm", "p.m.", "下午")


@dataclass(frozen=True)
class Stamp:
    """A time of day, with its date if it has one."""

    seconds: float  # since midnight
    day: date | None
    step: float  # the finest difference that this way of writing can show, in seconds
    zone: str  # as written; empty for none


def clock_text(seconds: float) -> str:
    """A time of day as on a clock; whole seconds, also after midnight.

    Examples
    --------
    >>> clock_text(43_385.4), clock_text(86_400 + 61)
    ('12:03:05', '00:01:01')
    """
    whole = int(seconds) % DAY
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def parse_date(text: str, *, month_first: bool = False) -> date | None:
    """A date, or None if the text is none.

    Parameters
    ----------
    text : str
        With the year first (2026-11-21, 2026/11/21, 2026年11月21日) or last (21.11.2026).
    month_first : bool, optional
        How 03/04/2026 is meant; with points the day always comes first.

    Examples
    --------
    >>> parse_date("2026年11月21日"), parse_date("21.11.2026") == parse_date("2026-11-21")
    (datetime.date(2026, 11, 21), True)
    """
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _YEAR_LAST.fullmatch(text):
            one, other = int(found[1]), int(found[3])
            swapped = (month_first and found[2] != ".") or other > 12
            return date(int(found[4]), *((one, other) if swapped else (other, one)))
    except ValueError:
        pass
    return None


def parse_stamp(text: str, *, month_first: bool = False) -> Stamp | str:
    """A time of day, perhaps with a date; or, as text, what is wrong and what to do.

    Parameters
    ----------
    text : str
        Such as 12:03, 12:03:05, 12:03:05.25, 2026-11-21 12:03:05 or 下午1:03:05.
    month_first : bool, optional
        As for :func:`parse_date`.

    Examples
    --------
    >>> parse_stamp("12:03:05").seconds, parse_stamp("1:03 PM").seconds
    (43385.0, 46980.0)
    >>> parse_stamp("03:05.2")
    'shows minutes and seconds without the hour: give the cells the format hh:mm:ss and save again'
    """
    plain = " ".join(text.replace("：", ":").replace("T", " ").split())
    if len(plain) > LONGEST:
        return "is too long for a time: write 12:03:05"
    zone = ""
    if (zoned := _ZONE.search(plain)) and ":" in plain[: zoned.start()]:
        plain, zone = plain[: zoned.start()], zoned[1]
    half, plain = _half_of_day(plain)
    day = None
    if " " in plain:
        before, plain = plain.rsplit(" ", 1)
        day = parse_date(before, month_first=month_first)
        if day is None:
            return "has a date that cannot be read: write 2026-11-21 12:03:05"
    if _NO_HOUR.fullmatch(plain):
        return (
            "shows minutes and seconds without the hour: give the cells the format hh:mm:ss and "
            "save again"
        )
    if _NUMBER.fullmatch(plain):
        return (
            "is a plain number, not a time: give the cells the format hh:mm:ss and save again, "
            "or say what the numbers count by unit='seconds', 'minutes' or 'days'"
        )
    found = _TIME.fullmatch(plain)
    if found is None:
        return "is not a time: write 12:03:05 or 2026-11-21 12:03:05"
    return _stamp(found, day, half, zone)


def _half_of_day(text: str) -> tuple[str, str]:
    small = text.lower()
    for name, words in (("morning", _MORNING), ("afternoon", _AFTERNOON)):
        for word in words:
            if word in small:
                at = small.index(word)
                rest = f"{text[:at].rstrip()} {text[at + len(word) :].lstrip()}"
                return name, rest.strip()
    return "", text


def _stamp(found: re.Match[str], day: date | None, half: str, zone: str) -> Stamp | str:
    hour, minute, second = int(found["h"]), int(found["m"]), int(found["s"] or 0)
    if half and not 0 <= hour <= 12:
        return "has an hour above 12 and says morning or afternoon too: write one or the other"
    if half == "afternoon" and hour < 12:
        hour += 12
    elif half == "morning" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second > 0):
        return "is no time of a day: hours go to 23, minutes and seconds to 59"
    fraction = found["f"] or ""
    whole = hour * 3600 + minute * 60 + second
    if fraction:
        return Stamp(float(f"{whole}.{fraction}"), day, 10.0 ** -len(fraction), zone)
    return Stamp(float(whole), day, 1.0 if found["s"] else 60.0, zone)
