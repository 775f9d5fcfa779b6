"""The five-step closed loop (I-09): plan, execute, monitor, evaluate, improve.

Plan sets a target T. Execute works with the capability c. Monitor reports what was so d cycles
ago, with a bias b and an error ε. Evaluate finds the gap between target and report. Improve
raises capability by a share k of that gap, and some of it wears off (w)::

    reported_t   = c_(t−d) + b + ε_t        ε_t normal, mean 0, standard deviation σ
    gap_t        = T − reported_t
    c_(t+1)      = c_t + k · gap_t − w      c_t = c_0 before the start

All in points. What follows from it, in closed form:

- it rests at c* = T − b − w/k: a bias is never found out, wear is never made up;
- it comes to rest exactly if 0 < k < 2 cos(πd / (2d + 1)) (Levin and May 1976): 2 without delay,
  1 with a delay of one cycle, 0.618 with two;
- it does so without overshoot exactly if k ≤ dᵈ / (d + 1)ᵈ⁺¹: 1, 1/4, 4/27, …;
- the error in monitoring becomes a swing of capability: without delay its standard deviation is
  σ √(k / (2 − k)); who corrects every gap in full (k = 1) passes all of the error on. This is
  Deming's warning of tampering.

References
----------
Levin, S. A. and May, R. M. (1976), A note on difference-delay equations, Theoretical Population
Biology 9, 178-187. Deming, W. E. (1986), Out of the Crisis, MIT, chapter 11. The loop itself:
source (I-09); its equations and numbers are invented for the course.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_count, between
from svclab.introduction.common import points
from svclab.shown import Answer
from svclab.words import count, percent, say

__all__ = [
    "ClosedLoop",
    "Cycle",
    "Run",
    "Verdict",
    "closed_loop",
    "closed_verdict",
    "smooth_share",
    "stable_share",
]

LONGEST = 400  # cycles that are simulated at most


@dataclass(frozen=True)
class ClosedLoop:
    """The loop's numbers; all defaults are invented."""

    share: float = 0.4  # k: share of the gap that a cycle of improvement closes, 0 to 3
    delay: int = 1  # d: cycles between what happens and its report, 0 to 12
    target: float = 90.0  # T: points
    start: float = 60.0  # c_0: points
    bias: float = 0.0  # b: points by which reports are too good
    noise: float = 0.0  # σ: standard deviation of a report, points
    wear: float = 0.0  # w: points that are lost in a cycle

    def __post_init__(self) -> None:
        between("share", self.share, 0, 3)
        a_count("delay", self.delay, 0, 12)
        for name in ("target", "start", "bias"):
            between(name, getattr(self, name), -1e6, 1e6)
        between("noise", self.noise, 0, 1e6)
        between("wear", self.wear, 0, 1e6)

    @property
    def rest(self) -> float | None:
        """c* = T − b − w/k, points; None for a share of 0."""
        return self.target - self.bias - self.wear / self.share if self.share else None


@dataclass(frozen=True)
class Cycle:
    """One cycle of the loop; points."""

    number: int
    capability: float  # at the start of the cycle
    reported: float
    gap: float  # target minus reported
    improved: float  # what the cycle adds to capability, wear taken off


@dataclass(frozen=True, repr=False)
class Run(Answer):
    """A simulated loop."""

    loop: ClosedLoop
    cycles: tuple[Cycle, ...]

    @property
    def capability(self) -> tuple[float, ...]:
        """Capability at the start of each cycle, points."""
        return tuple(one.capability for one in self.cycles)

    @property
    def overshoot(self) -> float:
        """How far capability goes past its point of rest, points; 0 if it never does."""
        rest = self.loop.rest
        if rest is None:
            return 0.0
        side = 1.0 if self.loop.start <= rest else -1.0
        return max(0.0, *(side * (value - rest) for value in self.capability))

    def settled(self, within: float = 1.0) -> int | None:
        """The cycle from which capability stays near its rest, to the end; None if it does not."""
        rest = self.loop.rest
        if rest is None:
            return None
        away = [one.number for one in self.cycles if abs(one.capability - rest) > within]
        first = away[-1] + 1 if away else self.cycles[0].number
        return first if first <= self.cycles[-1].number else None

    @property
    def sentence(self) -> str:
        """The result in words."""
        settled = self.settled()
        return say(
            "After {cycles} capability is {end}; it {settled} and overshoots by {over}.",
            cycles=count(self.cycles[-1].number, "cycle"),
            end=points(self.capability[-1]),
            settled="does not settle"
            if settled is None
            else say("settles from cycle {n} on", n=settled),
            over=points(self.overshoot),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a cycle."""
        return [
            {
                "cycle": str(one.number),
                "capability": one.capability,
                "reported": one.reported,
                "gap": one.gap,
                "improved": one.improved,
            }
            for one in self.cycles
        ]


def closed_loop(loop: ClosedLoop, *, cycles: int = 24, seed: int | str = 1) -> Run:
    """Simulate the loop by its equations (see the module).

    Parameters
    ----------
    loop : ClosedLoop
        Share, delay, target, start, bias, noise and wear.
    cycles : int
        How many, 1 to 400.
    seed : int or str
        For the error in monitoring; without noise it does nothing.

    Returns
    -------
    Run
        The cycles 0 to ``cycles``.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> run = closed_loop(ClosedLoop(share=0.5, delay=0), cycles=3)
    >>> [round(value, 2) for value in run.capability]
    [60.0, 75.0, 82.5, 86.25]
    >>> closed_loop(ClosedLoop(share=0.5, delay=1), cycles=24).sentence
    'After 24 cycles capability is 90 points; it settles from cycle 9 on and overshoots by
    7.5 points.'
    """
    a_count("cycles", cycles, 1, LONGEST)
    draw = random.Random(f"closed loop/{seed}")
    history, rows = [loop.start], []
    for t in range(cycles + 1):
        now = history[-1]
        error = loop.noise * draw.gauss(0.0, 1.0) if loop.noise else 0.0
        seen = history[max(t - loop.delay, 0)] + loop.bias + error
        gap = loop.target - seen
        step = loop.share * gap - loop.wear
        rows.append(Cycle(t, now, seen, gap, step))
        history.append(now + step)
    return Run(loop, tuple(rows))


def stable_share(delay: int) -> float:
    """The share below which the loop comes to rest: 2 cos(πd / (2d + 1)).

    Parameters
    ----------
    delay : int
        d, cycles, 0 to 1,000.

    Returns
    -------
    float
        The limit; at the limit itself the loop swings for ever.

    Raises
    ------
    ValueError
        If the delay is no whole number of cycles.

    References
    ----------
    Levin and May (1976), for x_(n+1) = x_n − k x_(n−d).

    Examples
    --------
    >>> [round(stable_share(d), 3) for d in range(4)]
    [2.0, 1.0, 0.618, 0.445]
    """
    a_count("delay", delay, 0, 1000)
    return 2 * math.cos(math.pi * delay / (2 * delay + 1))


def smooth_share(delay: int) -> float:
    """The share up to which the loop does not overshoot: dᵈ / (d + 1)ᵈ⁺¹.

    Up to it, zᵈ⁺¹ − zᵈ + k = 0 has a root between 0 and 1 that rules the way to rest.

    Parameters
    ----------
    delay : int
        d, cycles, 0 to 1,000.

    Returns
    -------
    float
        1 without delay, then 1/4, 4/27, …

    Raises
    ------
    ValueError
        If the delay is no whole number of cycles.

    Examples
    --------
    >>> smooth_share(0), smooth_share(1), round(27 * smooth_share(2), 9)
    (1.0, 0.25, 4.0)
    """
    a_count("delay", delay, 0, 1000)
    return (delay / (delay + 1)) ** delay / (delay + 1)


@dataclass(frozen=True, repr=False)
class Verdict(Answer):
    """What the closed form says of a loop."""

    share: float
    smooth: float  # largest share without overshoot
    stable: float  # share below which it comes to rest
    behaviour: str  # does nothing, smooth, swings and settles, swings for ever, swings ever wider
    rest: float | None  # points; None where it does not come to rest
    spread: float | None  # standard deviation of capability from monitoring error, points

    @property
    def sentence(self) -> str:
        """The result in words."""
        if self.rest is None or self.spread is None:
            tail = "There is no rest."
        else:
            tail = say("It rests at {rest}", rest=points(self.rest))
            tail += say(", ± {s}.", s=points(self.spread, 2)) if self.spread else "."
        return say(
            "A share of {k}: {behaviour} (no overshoot up to {smooth}, rest below {stable}). "
            "{tail}",
            k=percent(self.share),
            behaviour=self.behaviour,
            smooth=percent(self.smooth),
            stable=percent(self.stable),
            tail=tail,
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row."""
        return [
            {
                "share": self.share,
                "no overshoot up to": self.smooth,
                "rest below": self.stable,
                "behaviour": self.behaviour,
                "rests at": self.rest,
                "spread": self.spread,
            }
        ]


def closed_verdict(loop: ClosedLoop) -> Verdict:
    """What the loop does, without simulating it.

    Parameters
    ----------
    loop : ClosedLoop
        Its numbers.

    Returns
    -------
    Verdict
        Behaviour, rest, and spread σ k √(Σ hⱼ²), where h is the answer of the loop to one error;
        the sum ends after 200,000 cycles, so a share within a millionth of the limit gets too
        little.

    Examples
    --------
    >>> closed_verdict(ClosedLoop(share=0.7, delay=1, wear=1.4)).sentence
    'A share of 70%: swings and settles (no overshoot up to 25%, rest below 100%). It rests at 88
    points.'
    >>> closed_verdict(ClosedLoop(share=1, delay=0, noise=3)).spread
    3.0
    """
    smooth, stable = smooth_share(loop.delay), stable_share(loop.delay)
    k = loop.share
    at_edge = abs(k - stable) <= 1e-9 * stable
    if k == 0:
        behaviour = "does nothing"
    elif at_edge:
        behaviour = "swings for ever"
    elif k > stable:
        behaviour = "swings ever wider"
    else:
        behaviour = "smooth" if k <= smooth else "swings and settles"
    rests = 0 < k < stable and not at_edge
    return Verdict(
        k,
        smooth,
        stable,
        behaviour,
        loop.rest if rests else None,
        _spread(loop) if rests else None,
    )


def _spread(loop: ClosedLoop) -> float:
    """Standard deviation of capability in the long run, from independent errors."""
    if not loop.noise:
        return 0.0
    k, d = loop.share, loop.delay
    if d == 0:
        return loop.noise * math.sqrt(k / (2 - k))
    answer, total, size = [0.0] * d + [1.0], [1.0], 1.0
    quiet = 0
    while quiet <= 4 * (d + 1) and len(total) < 200_000:
        answer.append(answer[-1] - k * answer[-1 - d])
        size = answer[-1] ** 2
        total.append(size)
        quiet = quiet + 1 if size < 1e-18 else 0
    return loop.noise * k * math.sqrt(math.fsum(total))
