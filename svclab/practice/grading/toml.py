"""A TOML table read key by key: what is unknown or impossible is named, with what is allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, TypeVar

__all__ = ["Table"]

T = TypeVar("T")


class Table:
    """A table of a TOML file, with its name for messages.

    Parameters
    ----------
    given : mapping
        What the file holds.
    name : str
        Where it stands, such as ``late``; ``""`` for the file itself.

    Examples
    --------
    >>> late = Table({"percent_per_day": 120}, "late")
    >>> late.number("percent_per_day", 0, least=0, most=100)
    Traceback (most recent call last):
    ...
    ValueError: late.percent_per_day is 120; it must be a number from 0 to 100
    """

    def __init__(self, given: Mapping[str, Any], name: str) -> None:
        self._given, self._name = given, name
        self._asked: set[str] = set()

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def wrong(self, key: str, allowed: str, value: Any = None) -> ValueError:
        """An error that names the key, its value, and what is allowed."""
        shown = self._given.get(key) if value is None else value
        said = "is missing" if shown is None else f"is {str(shown)[:60]!r}"
        if isinstance(shown, int | float) and not isinstance(shown, bool):
            said = f"is {shown}"
        return ValueError(f"{self._path(key)} {said}; it must be {allowed}")

    def _get(self, key: str) -> Any:
        self._asked.add(key)
        return self._given.get(key)

    def nothing_else(self) -> None:
        """Refuse keys that were not asked for.

        Raises
        ------
        ValueError
            With the key, a likely meaning, and all that are known.
        """
        for key in self._given:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, 1)
                meant = f" Did you mean {near[0]!r}?" if near else ""
                known = ", ".join(sorted(self._asked))
                raise ValueError(f"{self._path(key)!r} is no rule.{meant} Known here: {known}")

    def text(self, key: str, default: str) -> str:
        """A text of one line."""
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, str) or not value.strip() or len(value) > 200:
            raise self.wrong(key, "a text in quotation marks, not empty", value)
        return value.strip()

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of some words; the first is the default."""
        value = self._get(key)
        if value is None:
            return allowed[0]
        if value not in allowed:
            raise self.wrong(key, " or ".join(f'"{word}"' for word in allowed), value)
        return str(value)

    def switch(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false", value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty if it is not there."""
        value = self._get(key)
        if value is None:
            return ()
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(one, str) and one.strip() for one in value)
        ):
            raise self.wrong(key, 'a list such as ["process.*"]', value)
        return tuple(one.strip() for one in value)

    def number(
        self, key: str, default: int | None, *, least: int, most: int, whole: bool = False
    ) -> Fraction:
        """A number between bounds; needed if there is no default."""
        value = self._get(key)
        if value is None and default is not None:
            return Fraction(default)
        kind = "a whole number" if whole else "a number"
        return self._number(key, value, f"{kind} from {least} to {most}", least, most, whole)

    def _number(
        self, key: str, value: Any, allowed: str, least: int, most: int, whole: bool
    ) -> Fraction:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        # A comparison that NaN fails too.
        if not fits or not least <= value <= most or (whole and value != int(value)):
            raise self.wrong(key, allowed, value)
        return Fraction(str(value))

    def numbers(self, *, least: int, most: int) -> dict[str, Fraction]:
        """A table of numbers under names that the course chooses."""
        allowed = f"a number from {least} to {most}"
        self._asked |= set(self._given)
        return {
            key: self._number(key, value, allowed, least, most, False)
            for key, value in self._given.items()
        }

    def moment(self, key: str, zone: dt.tzinfo | None) -> dt.datetime | None:
        """A date with time; in the course's zone if it has none of its own."""
        value = self._get(key)
        return None if value is None else self._moment(key, value, zone)

    def _moment(self, key: str, value: Any, zone: dt.tzinfo | None) -> dt.datetime:
        if not isinstance(value, dt.datetime):
            raise self.wrong(
                key, "a date with time and without quotation marks: 2026-11-30T23:59:00", value
            )
        if value.tzinfo is not None:
            return value
        if zone is None:
            raise ValueError(
                f"{self._path(key)} has no time zone; set late.timezone, for example "
                'timezone = "Asia/Shanghai"'
            )
        return value.replace(tzinfo=zone)

    def moments(self, zone: dt.tzinfo | None) -> dict[str, dt.datetime]:
        """A table of dates under names that the course chooses."""
        self._asked |= set(self._given)
        return {key: self._moment(key, value, zone) for key, value in self._given.items()}

    def made(self, key: str, make: Callable[[str], T], allowed: str) -> T | None:
        """A text from which something is made; None if it is not there."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(key, allowed, value)
        try:
            return make(value)
        except ValueError as problem:
            raise ValueError(f"{self._path(key)}: {problem}") from None

    def table(self, key: str) -> Table:
        """A table inside; empty if it is not there."""
        value = self._get(key)
        if value is None:
            return Table({}, self._path(key))
        if not isinstance(value, dict):
            raise self.wrong(
                key, f"a table: a line [{self._path(key)}] with its rules below", value
            )
        return Table(value, self._path(key))

    def tables(self, key: str) -> list[Table]:
        """A list of tables; empty if it is not there."""
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            line = f"[[{self._path(key)}]]"
            raise self.wrong(key, f"written as {line} above each of them", value)
        return [Table(one, f"{self._path(key)}[{n}]") for n, one in enumerate(value, 1)]
