"""Points in time as learning platforms and people write them, and the time zone they mean."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo

__all__ = ["iso", "parse_time", "time_zone"]

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?\Z")
_CHINESE = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日.*?(上午|下午|晚上|中午|凌晨)?\s*"
    r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*\Z"
)
_FORMATS = (
    "%A, %d %B %Y, %I:%M %p",  # Moodle in British and in American English
    "%A, %B %d, %Y, %I:%M %p",
    "%A, %d %B %Y, %H:%M",
    "%d %B %Y, %I:%M %p",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d %H:%M",
    "%b %d, %Y %I:%M %p",
)


def time_zone(name: str) -> dt.tzinfo:
    """A time zone by its name, or by its distance from UTC.

    Raises
    ------
    ValueError
        If there is no such zone.

    Examples
    --------
    >>> str(time_zone("Asia/Shanghai")), str(time_zone("+08:00"))
    ('Asia/Shanghai', 'UTC+08:00')
    """
    if found := _OFFSET.match(name.strip()):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes < 24 * 60:
            sign = -1 if found[1] == "-" else 1
            return dt.timezone(dt.timedelta(minutes=sign * minutes))
    try:
        return zoneinfo.ZoneInfo(name.strip())
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"{name!r} is no time zone; write a name such as 'Asia/Shanghai', or '+08:00'"
        ) from None


def parse_time(text: str, zone: dt.tzinfo) -> dt.datetime:
    """Read a point in time; one without a zone is meant in ``zone``.

    Parameters
    ----------
    text : str
        ISO 8601, ``2026/11/30 23:10``, or as Moodle writes it in English or Chinese.
    zone : tzinfo
        The course's time zone.

    Raises
    ------
    ValueError
        If it cannot be read.

    Examples
    --------
    >>> zone = time_zone("+08:00")
    >>> parse_time("2026-11-30T16:00:00Z", zone).isoformat()
    '2026-12-01T00:00:00+08:00'
    >>> parse_time("Wednesday, 10 June 2026, 2:14 PM", zone).isoformat()
    '2026-06-10T14:14:00+08:00'
    >>> parse_time("2026年6月10日 星期三 下午2:14", zone).isoformat()
    '2026-06-10T14:14:00+08:00'
    """
    plain = " ".join(text.split())
    found = _iso(plain) or _chinese(plain) or _listed(plain)
    if found is None:
        raise ValueError(f"{text!r} is no time; write it as 2026-11-30 23:10")
    try:
        return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
    except (OverflowError, ValueError):
        raise ValueError(f"{text!r} is no time that a course could have") from None


def _iso(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _chinese(text: str) -> dt.datetime | None:
    found = _CHINESE.match(text)
    if found is None:
        return None
    hour = int(found[5])
    if found[4] in ("下午", "晚上", "中午") and hour < 12:
        hour += 12 if found[4] != "中午" or hour < 11 else 0
    elif found[4] in ("上午", "凌晨") and hour == 12:
        hour = 0
    try:
        year, month, day = (int(found[k]) for k in (1, 2, 3))
        return dt.datetime(year, month, day, hour, int(found[6]), int(found[7] or 0))
    except ValueError:
        return None


def _listed(text: str) -> dt.datetime | None:
    for form in _FORMATS:
        try:
            return dt.datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def iso(moment: dt.datetime) -> str:
    """A point in time for a table, to the second.

    Examples
    --------
    >>> iso(dt.datetime(2026, 11, 30, 23, 10, tzinfo=dt.timezone.utc))
    '2026-11-30 23:10:00+00:00'
    """
    return moment.replace(microsecond=0).isoformat(sep=" ")
