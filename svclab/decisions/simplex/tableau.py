"""One tableau: what is basic, what it costs, what enters and what leaves; and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from svclab.shown import html_table, text_table
from svclab.words import say

__all__ = ["Place", "Tableau", "fraction"]


def fraction(value: Fraction) -> str:
    """A fraction as one writes it.

    Examples
    --------
    >>> fraction(Fraction(-3, 2)), fraction(Fraction(4))
    ('−3/2', '4')
    """
    return str(value).replace("-", "−")


@dataclass(frozen=True)
class Place:
    """A point at which the method stands, for one or more tableaux."""

    plan: Mapping[str, Fraction]
    objective: Fraction  # of the stated problem
    feasible: bool
    tableaux: tuple[int, ...]  # numbers; more than one: degenerate steps that move nothing


@dataclass(frozen=True)
class Tableau:
    """A step of the simplex method.

    In the z row stands what z lacks: a negative number means that one unit of that column's
    variable would still add so much to the objective.
    """

    number: int  # 0 for the first
    phase: int  # 1: towards a feasible plan; 2: towards the best
    columns: tuple[str, ...]
    basis: tuple[str, ...]  # the basic variable of each row
    body: tuple[tuple[Fraction, ...], ...]
    right: tuple[Fraction, ...]
    z_row: tuple[Fraction, ...]
    z: Fraction  # the objective that is made largest
    # The part of the objective row that is multiplied by M (big M), or the row of phase 1;
    # empty where there are no artificial variables.
    m_row: tuple[Fraction, ...]
    m: Fraction
    method: str  # "two-phase" or "big-M"
    entering: str | None  # None: the last tableau
    leaving: str | None
    ratios: tuple[Fraction | None, ...]  # of the ratio test; None: the row sets no limit
    plan: Mapping[str, Fraction]  # of the problem's own variables
    objective: Fraction  # of the stated problem
    feasible: bool  # whether all artificial variables have vanished
    degenerate: bool  # whether the step from here moves nothing
    sentence: str  # what happens here, in words

    def __repr__(self) -> str:
        return text_table(self._title(), self._head(), self._rows(), [self.sentence])

    def _repr_html_(self) -> str:
        strong = frozenset(
            i for i, name in enumerate(self.basis) if name == self.leaving and self.entering
        )
        return html_table(
            self._title(), self._head(), self._rows(), notes=[self.sentence], strong=strong
        )

    def _title(self) -> str:
        return say("Tableau {n}", n=str(self.number))

    def _head(self) -> list[str]:
        marked = [f"{name} ↓" if name == self.entering else name for name in self.columns]
        return ["basis", *marked, "right side", *(["ratio"] if self.entering else [])]

    def _rows(self) -> list[list[str]]:
        rows = []
        for name, line, right, ratio in zip(
            self.basis, self.body, self.right, self.ratios, strict=True
        ):
            cells = [f"{name} →" if name == self.leaving else name]
            cells += [fraction(a) for a in line] + [fraction(right)]
            if self.entering:
                cells.append("" if ratio is None else fraction(ratio))
            rows.append(cells)
        return rows + self._objective_rows()

    def _objective_rows(self) -> list[list[str]]:
        tail = [""] if self.entering else []
        if self.m_row and self.method == "big-M":
            numbers = zip((*self.m_row, self.m), (*self.z_row, self.z), strict=True)
            return [["z", *(_with_m(m, z) for m, z in numbers), *tail]]
        rows = []
        if self.m_row and self.phase == 1:
            rows.append(["phase 1", *map(fraction, self.m_row), fraction(self.m), *tail])
        rows.append(["z", *map(fraction, self.z_row), fraction(self.z), *tail])
        return rows


def _with_m(m: Fraction, z: Fraction) -> str:
    """A number with a multiple of M: ``3 − 2M``."""
    if not m:
        return fraction(z)
    size = "" if abs(m) == 1 else fraction(abs(m))
    if not z:
        return ("−" if m < 0 else "") + size + "M"
    return f"{fraction(z)} {'−' if m < 0 else '+'} {size}M"
