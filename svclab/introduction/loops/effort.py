"""Satisfaction, effort and delay: why attention to service comes and goes.

Management raises effort while the last survey shows satisfaction below target, and lowers it while
it is above. Customers take time to notice. Two stocks, e for effort and s for satisfaction, in
points of 0 to 100::

    e_(t+1) = e_t + r · (T − s_(t−d))                 cut to 0 … 100
    s_(t+1) = s_t + a · (B + y · e_t − s_t)           cut to 0 … 100

r is how strongly management reacts, d how many periods old the survey is, a the share of the way
that customers' opinion moves in a period, B satisfaction without effort, y what a point of effort
adds. Between the limits, with the loop gain g = r · y:

- it rests at s = T and e = (T − B) / y, whatever r is;
- without delay it comes to rest exactly if g < 1, and without swings exactly if g ≤ a/4;
- with delay d, exactly if g is below a limit that falls with d (:func:`limit_gain`).

So a stronger reaction makes things worse from some point on, and an older survey moves that point
down. The limits 0 and 100 keep a loop that would swing ever wider in a lasting swing.

References
----------
Forrester, J. W. (1961), Industrial Dynamics, MIT Press. Sterman, J. D. (2000), Business Dynamics,
McGraw-Hill, chapter 17, for the manner of the model. Jury, E. I. (1964), Theory and Application
of the z-Transform Method, Wiley, for the condition. Equations and numbers: invented.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from svclab.checks import a_count, between
from svclab.introduction.common import points
from svclab.shown import Answer
from svclab.words import count, number, say

__all__ = [
    "EffortLoop",
    "EffortRun",
    "EffortVerdict",
    "effort_loop",
    "effort_verdict",
    "limit_gain",
    "reaction_sweep",
    "smooth_gain",
]

TOP = 100.0


@dataclass(frozen=True)
class EffortLoop:
    """The loop's numbers; all defaults are invented."""

    reaction: float = 0.3  # r: points of effort for a point below target and period, 0 to 20
    delay: int = 0  # d: age of the survey, periods, 0 to 12
    adapting: float = 0.5  # a: share of the way opinion moves in a period, above 0 to 1
    target: float = 80.0  # T: points
    base: float = 40.0  # B: satisfaction without effort, points
    effect: float = 0.8  # y: points of satisfaction for a point of effort, above 0
    satisfaction: float = 60.0  # s_0: points
    effort: float = 25.0  # e_0: points

    def __post_init__(self) -> None:
        between("reaction", self.reaction, 0, 20)
        a_count("delay", self.delay, 0, 12)
        between("adapting", self.adapting, 1e-3, 1)
        between("effect", self.effect, 1e-3, 100)
        for name in ("target", "base", "satisfaction", "effort"):
            between(name, getattr(self, name), 0, TOP)

    @property
    def gain(self) -> float:
        """g = r · y: what comes back of a point that is missing."""
        return self.reaction * self.effect

    @property
    def needed(self) -> float:
        """Effort at rest, (T − B) / y, points; above 100 it cannot be had."""
        return (self.target - self.base) / self.effect


@dataclass(frozen=True, repr=False)
class EffortRun(Answer):
    """A simulated loop; points."""

    loop: EffortLoop
    satisfaction: tuple[float, ...]
    effort: tuple[float, ...]

    @property
    def swing(self) -> float:
        """Highest minus lowest satisfaction in the last third of the run, points."""
        last = self.satisfaction[-max(len(self.satisfaction) // 3, 1) :]
        return max(last) - min(last)

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "After {periods} satisfaction is {s} at {e} of effort; in the last third it still "
            "swings over {swing}.",
            periods=count(len(self.satisfaction) - 1, "period"),
            s=points(self.satisfaction[-1]),
            e=points(self.effort[-1]),
            swing=points(self.swing),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a period."""
        pairs = zip(self.satisfaction, self.effort, strict=True)
        return [
            {"period": str(t), "satisfaction": s, "effort": e} for t, (s, e) in enumerate(pairs)
        ]


def effort_loop(loop: EffortLoop, *, periods: int = 40) -> EffortRun:
    """Simulate the loop by its equations (see the module).

    Parameters
    ----------
    loop : EffortLoop
        Its numbers.
    periods : int
        How many, 1 to 2,000.

    Returns
    -------
    EffortRun
        The periods 0 to ``periods``. Before the start, surveys show the starting satisfaction.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> effort_loop(EffortLoop(), periods=60).sentence
    'After 60 periods satisfaction is 80 points at 50 points of effort; in the last third it still
    swings over 0 points.'
    >>> effort_loop(EffortLoop(delay=4), periods=60).swing > 20
    True
    """
    a_count("periods", periods, 1, 2000)
    levels, efforts = [loop.satisfaction], [loop.effort]
    for t in range(periods):
        s, e = levels[-1], efforts[-1]
        seen = levels[max(t - loop.delay, 0)]
        efforts.append(_cut(e + loop.reaction * (loop.target - seen)))
        levels.append(_cut(s + loop.adapting * (loop.base + loop.effect * e - s)))
    return EffortRun(loop, tuple(levels), tuple(efforts))


def _cut(value: float) -> float:
    return min(max(value, 0.0), TOP)


def limit_gain(adapting: float, delay: int) -> float:
    """The loop gain below which satisfaction comes to rest.

    Small swings follow (z − 1)(z − 1 + a) zᵈ + a g = 0. The limit is where a root sits on the unit
    circle: z = e^(iθ) with (θ + π)/2 + arg(e^(iθ) − 1 + a) + dθ = π. That θ is found by halving;
    then g = |z − 1| |z − 1 + a| / a. Without delay this is 1 for every a.

    Parameters
    ----------
    adapting : float
        a, above 0 to 1.
    delay : int
        d, periods, 0 to 1,000.

    Returns
    -------
    float
        The limit of g = r · y.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> [round(limit_gain(0.5, d), 3) for d in range(4)]
    [1.0, 0.562, 0.399, 0.312]
    """
    a = between("adapting", adapting, 1e-3, 1)
    a_count("delay", delay, 0, 1000)

    def excess(theta: float) -> float:
        turn = math.atan2(math.sin(theta), math.cos(theta) - 1 + a)
        return (theta + math.pi) / 2 + turn + delay * theta - math.pi

    low, high = 0.0, math.pi
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) < 0 else (low, middle)
    x, y = math.cos(high), math.sin(high)
    return math.hypot(x - 1, y) * math.hypot(x - 1 + a, y) / a


def smooth_gain(adapting: float) -> float:
    """The loop gain up to which satisfaction does not swing at all, without delay: a/4.

    Parameters
    ----------
    adapting : float
        a, above 0 to 1.

    Returns
    -------
    float
        Where z² − (2 − a) z + 1 − a + a g = 0 has its double root.

    Raises
    ------
    ValueError
        If it is no such share.

    Examples
    --------
    >>> smooth_gain(0.5)
    0.125
    """
    return between("adapting", adapting, 1e-3, 1) / 4


@dataclass(frozen=True, repr=False)
class EffortVerdict(Answer):
    """What the condition says of a loop."""

    gain: float
    limit: float  # gain below which it comes to rest
    comes_to_rest: bool  # on target; without any reaction it does not look for it
    reachable: bool  # whether the effort that the target needs can be had
    needed: float  # points of effort

    @property
    def sentence(self) -> str:
        """The result in words."""
        if not self.reachable:
            tail = say("The target needs {e} of effort, out of reach.", e=points(self.needed))
        elif not self.gain:
            tail = "It never reacts: effort stays as it is, whatever satisfaction does."
        elif self.comes_to_rest:
            tail = say("It rests on target with {e} of effort.", e=points(self.needed))
        else:
            tail = "It keeps swinging: react less, or ask earlier."
        return say(
            "Strength of the loop {g}, limit {limit}. {tail}",
            g=number(self.gain, 3),
            limit=number(self.limit, 3),
            tail=tail,
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row."""
        return [
            {
                "strength of the loop": self.gain,
                "limit": self.limit,
                "comes to rest": self.comes_to_rest,
                "effort needed": self.needed,
            }
        ]


def effort_verdict(loop: EffortLoop) -> EffortVerdict:
    """Whether the loop comes to rest, without simulating it.

    Parameters
    ----------
    loop : EffortLoop
        Its numbers.

    Returns
    -------
    EffortVerdict
        For swings that stay between the limits of 0 and 100.

    Examples
    --------
    >>> effort_verdict(EffortLoop(reaction=0.6, delay=2)).sentence
    'Strength of the loop 0.48, limit 0.399. It keeps swinging: react less, or ask earlier.'
    """
    limit = limit_gain(loop.adapting, loop.delay)
    reachable = 0 <= loop.needed <= TOP
    return EffortVerdict(
        loop.gain, limit, reachable and 0 < loop.gain < limit, reachable, loop.needed
    )


def reaction_sweep(loop: EffortLoop, reactions: Sequence[float]) -> list[EffortVerdict]:
    """The verdict for several strengths of reaction, all else alike.

    Parameters
    ----------
    loop : EffortLoop
        All else.
    reactions : sequence of float
        What is tried, points of effort for a point below target.

    Returns
    -------
    list of EffortVerdict
        In the order given.

    Examples
    --------
    >>> [one.comes_to_rest for one in reaction_sweep(EffortLoop(delay=1), [0.1, 0.6, 0.8])]
    [True, True, False]
    """
    return [effort_verdict(replace(loop, reaction=one)) for one in reactions]
