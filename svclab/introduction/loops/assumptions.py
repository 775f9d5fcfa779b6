"""Models printed with their equations, assumptions by origin, and conclusions resting on them.

A model of a loop is a set of assumptions (each a number with a range and an origin) and some
conclusions (statements that hold or not). What happens when an assumption moves is asked in
:mod:`.flips` and :mod:`.tornado`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from svclab.checks import a_count, between, one_of
from svclab.shown import html_table
from svclab.words import Quantity, number, say

__all__ = ["Assumption", "Conclusion", "Model"]

ORIGINS = ("source", "literature", "invented")


@dataclass(frozen=True)
class Assumption:
    """A number that a model rests on."""

    name: str
    value: float
    low: float  # smallest value worth trying
    high: float  # largest
    unit: str
    origin: str  # source, literature or invented
    meaning: str
    whole: bool = False  # whether it must be a whole number

    def __post_init__(self) -> None:
        one_of("origin", self.origin, ORIGINS)
        between(self.name, self.value, self.low, self.high)

    def told(self, value: float) -> str:
        """A value with the unit, whose first plural falls away where there is one of it.

        Examples
        --------
        >>> one = Assumption("effect", 0.8, 0, 3, "points for 1 point", "invented", "for effort")
        >>> one.told(0.8), one.told(1)
        ('0.8 points for 1 point', '1 point for 1 point')
        """
        if self.unit.startswith("%"):
            return say("{value}{unit}", value=number(value, 3), unit=self.unit)
        return str(Quantity(value, re.sub(r"s\b", "", self.unit, count=1), 3, self.unit))


@dataclass(frozen=True)
class Conclusion:
    """A statement that holds or not, given the assumptions."""

    name: str
    statement: str
    holds: Callable[[Mapping[str, float]], bool]


@dataclass(frozen=True, repr=False)
class Model:
    """A loop with its equations, assumptions and conclusions."""

    name: str
    title: str
    equations: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    conclusions: tuple[Conclusion, ...]

    def values(self, **changes: float) -> dict[str, float]:
        """The numbers, with changes; each must lie in its range.

        Raises
        ------
        ValueError
            If there is no such assumption, or the number is out of its range.
        """
        found = {one.name: one.value for one in self.assumptions}
        for name, value in changes.items():
            one_of("assumption", name, found)
            [one] = [one for one in self.assumptions if one.name == name]
            if one.whole:
                a_count(name, value, round(one.low), round(one.high))
            found[name] = value if one.whole else between(name, value, one.low, one.high)
        return found

    def conclusion(self, name: str) -> Conclusion:
        """One conclusion by its name."""
        one_of("conclusion", name, [one.name for one in self.conclusions])
        return next(one for one in self.conclusions if one.name == name)

    @property
    def table(self) -> list[dict[str, str]]:
        """One row an assumption, with its origin."""
        return [
            {
                "assumption": one.name,
                "value": str(number(one.value, 3)),
                "range": say("{l} to {h}", l=number(one.low, 3), h=number(one.high, 3)),
                "unit": one.unit,
                "origin": one.origin,
                "meaning": one.meaning,
            }
            for one in self.assumptions
        ]

    def __repr__(self) -> str:
        lines = [self.title, *(f"  {equation}" for equation in self.equations)]
        lines += [
            f"  {one.name} = {one.told(one.value)} ({one.origin}): {one.meaning}"
            for one in self.assumptions
        ]
        return "\n".join([*lines, *(f"  {one.name}: {one.statement}" for one in self.conclusions)])

    def _repr_html_(self) -> str:
        def several(texts: Iterable[str]) -> str:
            return "".join(f"<li>{escape(one)}</li>" for one in texts)

        said = [say("{name}: {what}", name=c.name, what=c.statement) for c in self.conclusions]
        head = list(self.table[0])
        return (
            f"<p><strong>{escape(self.title)}</strong></p><ul>{several(self.equations)}</ul>"
            + html_table(
                "Assumptions",
                head,
                [list(row.values()) for row in self.table],
                words=frozenset(range(len(head))) - {head.index("value")},
            )
            + f"<p>Conclusions</p><ul>{several(said)}</ul>"
        )
