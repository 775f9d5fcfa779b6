"""Which conclusion flips when one assumption moves, and where.

:func:`change` moves assumptions and compares the conclusions before and after; :func:`flip_points`
moves each assumption alone through its range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_count
from svclab.introduction.common import listed
from svclab.introduction.loops.assumptions import Assumption, Model
from svclab.shown import Answer
from svclab.words import count, number, say

__all__ = ["Changed", "Flip", "Flips", "change", "flip_points"]


@dataclass(frozen=True, repr=False)
class Changed(Answer):
    """Conclusions before and after a change of assumptions."""

    model: str
    changes: Mapping[str, float]
    before: Mapping[str, bool]
    after: Mapping[str, bool]
    statements: Mapping[str, str]

    @property
    def flipped(self) -> tuple[str, ...]:
        """Names of the conclusions that flip."""
        return tuple(name for name in self.before if self.before[name] != self.after[name])

    @property
    def sentence(self) -> str:
        """The result in words."""
        moved = [
            say("{n} = {v}", n=name, v=number(value, 3)) for name, value in self.changes.items()
        ]
        return say(
            "{model}, with {moved}: {flips} of {all} ({names}).",
            model=self.model,
            moved=listed(moved) if moved else "nothing changed",
            flips=count(len(self.flipped), "flip"),
            all=count(len(self.before), "conclusion"),
            names=listed(self.flipped),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a conclusion."""
        return [
            {
                "conclusion": self.statements[name],
                "before": self.before[name],
                "after": self.after[name],
                "flips": self.before[name] != self.after[name],
            }
            for name in self.before
        ]


def change(model: Model, **changes: float) -> Changed:
    """Move some assumptions and see which conclusions flip.

    Parameters
    ----------
    model : Model
        Such as those of :func:`svclab.introduction.loops.models`.
    **changes : float
        Assumption to its new value, within its range.

    Returns
    -------
    Changed
        Each conclusion before and after.

    Raises
    ------
    ValueError
        If there is no such assumption, or the value is out of its range.

    Examples
    --------
    >>> from svclab.introduction.loops import models
    >>> change(models()["closed loop"], delay=3).flipped
    ('no overshoot', 'on target')
    """
    old, new = model.values(), model.values(**changes)
    return Changed(
        model.name,
        dict(changes),
        {one.name: one.holds(old) for one in model.conclusions},
        {one.name: one.holds(new) for one in model.conclusions},
        {one.name: one.statement for one in model.conclusions},
    )


@dataclass(frozen=True)
class Flip:
    """Where one assumption, moved alone, flips a conclusion."""

    assumption: str
    value: float  # as assumed
    below: float | None  # nearest flip at a smaller value; None: none in the range
    above: float | None  # nearest flip at a larger value; None: none in the range
    origin: str  # of the assumption
    unit: str


@dataclass(frozen=True, repr=False)
class Flips(Answer):
    """What it takes to flip one conclusion."""

    statement: str
    holds: bool  # as assumed
    rows: tuple[Flip, ...]

    @property
    def movers(self) -> tuple[str, ...]:
        """Assumptions that can flip it alone, within their ranges."""
        return tuple(
            one.assumption for one in self.rows if not (one.below is None and one.above is None)
        )

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{statement} {verdict} as assumed. Alone, within its range, it is flipped by: {names}.",
            statement=self.statement,
            verdict="This holds" if self.holds else "This does not hold",
            names=listed(self.movers),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an assumption."""
        return [
            {
                "assumption": one.assumption,
                "assumed": one.value,
                "flips below": one.below,
                "flips above": one.above,
                "unit": one.unit,
                "origin": one.origin,
            }
            for one in self.rows
        ]


def flip_points(model: Model, conclusion: str, *, steps: int = 60) -> Flips:
    """Move each assumption alone through its range and find where a conclusion flips.

    From the assumed value outwards in ``steps`` equal steps to each end; between the last step
    that does not flip and the first that does, the range is halved 40 times. A flip that lasts
    for less than a step can be missed.

    Parameters
    ----------
    model : Model
        Its assumptions and conclusions.
    conclusion : str
        The name of one of its conclusions.
    steps : int
        Looks on each side, 1 to 1,000.

    Returns
    -------
    Flips
        A row an assumption; for a whole number, the first value at which it has flipped.

    Raises
    ------
    ValueError
        If there is no such conclusion.

    Examples
    --------
    >>> from svclab.introduction.loops import models
    >>> found = flip_points(models()["closed loop"], "comes to rest")
    >>> [(row.assumption, round(row.above, 3)) for row in found.rows if row.above is not None]
    [('share', 1.0), ('delay', 8)]
    """
    a_count("steps", steps, 1, 1000)
    judge = model.conclusion(conclusion)
    base = model.values()
    holds = judge.holds(base)

    def flips(name: str, value: float) -> bool:
        return judge.holds({**base, name: value}) != holds

    rows = [
        Flip(
            one.name,
            one.value,
            _nearest(one, one.low, flips, steps),
            _nearest(one, one.high, flips, steps),
            one.origin,
            one.unit,
        )
        for one in model.assumptions
    ]
    return Flips(judge.statement, holds, tuple(rows))


def _nearest(
    one: Assumption, end: float, flips: Callable[[str, float], bool], steps: int
) -> float | None:
    """The flip nearest to the assumed value on the way to one end of the range."""
    if end == one.value:
        return None
    if one.whole:
        way = 1 if end > one.value else -1
        tries = range(round(one.value) + way, round(end) + way, way)
        return next((value for value in tries if flips(one.name, value)), None)
    near = one.value
    for step in range(1, steps + 1):
        far = end if step == steps else one.value + (end - one.value) * step / steps
        if flips(one.name, far):
            for _ in range(40):
                middle = (near + far) / 2
                near, far = (near, middle) if flips(one.name, middle) else (middle, far)
            return far
        near = far
    return None
