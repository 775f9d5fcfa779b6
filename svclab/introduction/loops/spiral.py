"""The downward and the upward spiral (I-13), and the gain at which one turns into the other.

Bad service costs reputation and customers; fewer customers cost profit; less profit costs
benefits, and staff grow unhappy; unhappy staff serve badly (source: I-13). A relative, not the
same loop, is the cycle of failure of Schlesinger and Heskett (1991): simple, low-paid jobs with
little training bring turnover and poor service, and so still less reason to invest in staff. The
loop here turns upward as well. Four states, each as a deviation from its normal level (0.1: ten
percent above), one round after another::

    customers = f₁(service)    profit = f₂(customers)    staff = f₃(profit)
    service next round = f₄(staff) + u            fᵢ(x) = gᵢ x / (1 + c |x|)

gᵢ is the gain of a link, c how soon it saturates, u a standing push from outside (training, a new
rival). Four such links are one: service → G x / (1 + C |x|) + u, with G = g₁g₂g₃g₄ and
C = c (1 + g₁ + g₁g₂ + g₁g₂g₃). Hence, in closed form:

- the tipping gain is G = 1: below it every shock heals, above it a small shock grows;
- above it, without a push, service rests at ± (G − 1)/C, and 0 is the tipping point between;
- the standing push that lifts a service out of the lower state is (√G − 1)² / C.

Contested: in one grocery chain Silvestro and Cross (2000) found shops with less happy staff to be
the more profitable; Yee, Yeung and Cheng (2011) found most links in Hong Kong shops. Where one
link has no gain, there is no spiral. Equations and numbers are invented for the course.

References
----------
Schlesinger, L. A. and Heskett, J. L. (1991), Breaking the cycle of failure in services, Sloan
Management Review 32 (3), 17-28. Silvestro, R. and Cross, S. (2000), Applying the service profit
chain in a retail environment, International Journal of Service Industry Management 11 (3),
244-268. Yee, R. W. Y., Yeung, A. C. L. and Cheng, T. C. E. (2011), The service-profit chain,
International Journal of Production Economics 130 (2), 236-245.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_count, between
from svclab.shown import Answer
from svclab.words import count, number, percent, say

__all__ = [
    "LINKS",
    "Point",
    "Rests",
    "Round",
    "Spiral",
    "SpiralRun",
    "spiral",
    "spiral_push",
    "spiral_rests",
]

LINKS = ("reputation", "leverage", "sharing", "care")


@dataclass(frozen=True)
class Spiral:
    """The loop's numbers; all defaults are invented."""

    reputation: float = 1.0  # g₁: customers, in percent for a percent of service, 0 to 10
    leverage: float = 2.0  # g₂: profit for customers; above 1 where costs are fixed, 0 to 10
    sharing: float = 0.8  # g₃: staff's mood for profit, 0 to 10
    care: float = 1.0  # g₄: service for staff's mood, 0 to 10
    saturation: float = 0.5  # c: how soon each link saturates, above 0 to 100
    push: float = 0.0  # u: on service in every round, −1 to 1

    def __post_init__(self) -> None:
        for name in LINKS:
            between(name, getattr(self, name), 0, 10)
        between("saturation", self.saturation, 1e-3, 100)
        between("push", self.push, -1, 1)

    @property
    def gain(self) -> float:
        """G: the product of the four gains."""
        return self.reputation * self.leverage * self.sharing * self.care

    @property
    def curb(self) -> float:
        """C: how soon the whole loop saturates."""
        g1, g2, g3 = self.reputation, self.leverage, self.sharing
        return self.saturation * math.fsum((1.0, g1, g1 * g2, g1 * g2 * g3))

    def after(self, service: float) -> float:
        """Service one round later."""
        return self.gain * service / (1 + self.curb * abs(service)) + self.push


@dataclass(frozen=True)
class Round:
    """One round; deviations from normal (0.1: ten percent above)."""

    number: int
    service: float
    customers: float
    profit: float
    staff: float


@dataclass(frozen=True, repr=False)
class SpiralRun(Answer):
    """A simulated spiral."""

    spiral: Spiral
    rounds: tuple[Round, ...]

    @property
    def service(self) -> tuple[float, ...]:
        """Service in each round."""
        return tuple(one.service for one in self.rounds)

    @property
    def direction(self) -> str:
        """Up, down, or level: the last round against the first."""
        change = self.rounds[-1].service - self.rounds[0].service
        return "level" if abs(change) < 1e-9 else "up" if change > 0 else "down"

    @property
    def sentence(self) -> str:
        """The result in words."""
        first, last = self.rounds[0], self.rounds[-1]
        return say(
            "Loop gain {gain}: service goes from {start} to {end} of normal in {rounds} "
            "({direction}), profit to {profit}.",
            gain=number(self.spiral.gain, 3),
            start=percent(1 + first.service),
            end=percent(1 + last.service),
            rounds=count(last.number, "round"),
            direction=self.direction,
            profit=percent(1 + last.profit),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a round."""
        return [
            {
                "round": str(one.number),
                "service": one.service,
                "customers": one.customers,
                "profit": one.profit,
                "staff": one.staff,
            }
            for one in self.rounds
        ]


def spiral(model: Spiral, *, start: float = -0.1, rounds: int = 20) -> SpiralRun:
    """Let the spiral turn, link by link.

    Parameters
    ----------
    model : Spiral
        Gains, saturation and push.
    start : float
        Service in round 0 against normal, −1 to 1.
    rounds : int
        How many, 1 to 1,000.

    Returns
    -------
    SpiralRun
        The rounds 0 to ``rounds``.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> spiral(Spiral(), start=-0.05).sentence
    'Loop gain 1.6: service goes from 95% to 78.6% of normal in 20 rounds (down), profit to 64.7%.'
    >>> spiral(Spiral(sharing=0.3), start=-0.05).direction
    'up'
    """
    between("start", start, -1, 1)
    a_count("rounds", rounds, 1, 1000)

    def link(gain: float, value: float) -> float:
        return gain * value / (1 + model.saturation * abs(value))

    service, rows = float(start), []
    for n in range(rounds + 1):
        customers = link(model.reputation, service)
        profit = link(model.leverage, customers)
        staff = link(model.sharing, profit)
        rows.append(Round(n, service, customers, profit, staff))
        service = link(model.care, staff) + model.push
    return SpiralRun(model, tuple(rows))


@dataclass(frozen=True)
class Point:
    """A level of service that stays as it is."""

    service: float  # against normal
    kind: str  # "attracts", "tips", "holds from below" or "holds from above"
    low: float  # from where service comes here; −∞ for all below; equal to high where it does not
    high: float  # to where; ∞ for all above


@dataclass(frozen=True, repr=False)
class Rests(Answer):
    """All levels at which service can stay, and which starts lead to which."""

    spiral: Spiral
    points: tuple[Point, ...]  # from low to high

    @property
    def tipping(self) -> tuple[float, ...]:
        """Levels between two basins."""
        return tuple(one.service for one in self.points if one.kind != "attracts")

    @property
    def sentence(self) -> str:
        """The result in words."""
        ends = [str(percent(1 + p.service)) for p in self.points if p.kind != "tips"]
        if not self.tipping:
            return say(
                "Loop gain {gain}: wherever it starts, service comes to {end} of normal.",
                gain=number(self.spiral.gain, 3),
                end=ends[0],
            )
        return say(
            "Loop gain {gain}: from below {tip} of normal service comes to {low}, from above it to "
            "{high}.",
            gain=number(self.spiral.gain, 3),
            tip=percent(1 + self.tipping[0]),
            low=ends[0],
            high=ends[-1],
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a level."""
        return [
            {
                "service": str(percent(1 + one.service)),
                "kind": one.kind,
                "from": _level(one.low),
                "to": _level(one.high),
            }
            for one in self.points
        ]


def _level(value: float) -> str:
    return "all" if math.isinf(value) else str(percent(1 + value))


def spiral_rests(model: Spiral) -> Rests:
    """The levels at which service stays, in closed form, and their basins.

    For x ≥ 0: C x² + (1 − C u − G) x − u = 0; for x = −y < 0: C y² + (1 + C u − G) y + u = 0.
    The round is a rising function of service, so service moves one way only, and the basins end at
    the tipping points.

    Parameters
    ----------
    model : Spiral
        Gains, saturation and push.

    Returns
    -------
    Rests
        One, two or three levels, from low to high.

    Examples
    --------
    >>> spiral_rests(Spiral()).sentence
    'Loop gain 1.6: from below 100% of normal service comes to 78.6%, from above it to
    121.4%.'
    >>> spiral_rests(Spiral(sharing=0.3)).sentence
    'Loop gain 0.6: wherever it starts, service comes to 100% of normal.'
    """
    gain, curb, push = model.gain, model.curb, model.push
    above = _roots(curb, 1 - curb * push - gain, -push)
    below = [-y for y in _roots(curb, 1 + curb * push - gain, push)]
    levels = sorted({x for x in above if x >= 0} | {x for x in below if x <= 0})
    merged: list[float] = []
    for level in levels:
        if not merged or level - merged[-1] > 1e-9:
            merged.append(level + 0.0)
    kinds = [_kind(model, merged, place) for place in range(len(merged))]
    walls = [x for x, kind in zip(merged, kinds, strict=True) if kind != "attracts"]
    pairs = zip(merged, kinds, strict=True)
    return Rests(model, tuple(Point(x, kind, *_basin(x, kind, walls)) for x, kind in pairs))


def _roots(a: float, b: float, c: float) -> list[float]:
    """Real roots of a x² + b x + c = 0, a > 0, without loss of digits; a near miss is a double."""
    square = b * b - 4 * a * c
    if square < -1e-12 * max(b * b, abs(4 * a * c), 1e-12):
        return []
    half = -(b + math.copysign(math.sqrt(max(square, 0.0)), b)) / 2
    return [half / a, c / half] if half else [0.0]


def _kind(model: Spiral, levels: Sequence[float], place: int) -> str:
    """By which way service moves on either side, halfway to the next level."""
    x = levels[place]
    left = (levels[place - 1] + x) / 2 if place else x - 1.0
    right = (levels[place + 1] + x) / 2 if place + 1 < len(levels) else x + 1.0
    rises_left, rises_right = model.after(left) > left, model.after(right) > right
    if rises_left:
        return "holds from below" if rises_right else "attracts"
    return "tips" if rises_right else "holds from above"


def _basin(x: float, kind: str, walls: Sequence[float]) -> tuple[float, float]:
    """From where service comes to a level, up to the next walls on either side."""
    low = max((wall for wall in walls if wall < x), default=-math.inf)
    high = min((wall for wall in walls if wall > x), default=math.inf)
    return (
        low if kind in ("attracts", "holds from below") else x,
        high if kind in ("attracts", "holds from above") else x,
    )


def spiral_push(model: Spiral) -> float:
    """The standing push from which there is no lower state any more: (√G − 1)² / C.

    Below it, a service that is down stays down, however long it waits; a single effort must then
    lift it above the tipping point in one go.

    Parameters
    ----------
    model : Spiral
        Its push is not looked at.

    Returns
    -------
    float
        0 where the gain is at most 1: there is nothing to escape from.

    Examples
    --------
    >>> round(spiral_push(Spiral()), 4)
    0.0251
    """
    return (math.sqrt(model.gain) - 1) ** 2 / model.curb if model.gain > 1 else 0.0
