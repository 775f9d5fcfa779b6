"""Demand that was lost: who walked away at the sight of the queue, and who gave up in it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import NormalDist

from svclab.capacity.measuring.observation import BALKED, GAVE_UP, WAITING, Observation
from svclab.checks import a_count, a_share
from svclab.words import duration, number, percent, say

__all__ = ["BalkingAt", "LostDemand", "lost_demand", "share_limits"]


def share_limits(part: int, whole: int, confidence: float = 0.95) -> tuple[float, float]:
    """The shares that a count out of so many does not contradict (Wilson's interval).

    References
    ----------
    Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> low, high = share_limits(5, 50)
    >>> round(low, 3), round(high, 3)
    (0.043, 0.214)
    """
    a_count("part", part, 0, a_count("whole", whole, 1))
    a_share("confidence", confidence, above=True, below=True)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spare = part / whole, z * z / whole
    half = z * math.sqrt(share * (1 - share) / whole + spare / whole / 4)
    middle, size = share + spare / 2, 1 + spare
    return max(0.0, (middle - half) / size), min(1.0, (middle + half) / size)


@dataclass(frozen=True, kw_only=True)
class BalkingAt:
    """What customers did who met a queue of some length."""

    fewest: int  # waiting when they came
    most: int
    came: int
    balked: int
    low: float  # share, lower end of the 95% interval
    high: float  # share

    @property
    def share(self) -> float:
        """Share of them that walked away."""
        return self.balked / self.came


@dataclass(frozen=True, repr=False, kw_only=True)
class LostDemand:
    """Who came and was not served, and by what."""

    came: int
    balked: int  # walked away at once
    gave_up: int  # left the queue
    hours: float  # watched
    waited_seconds: float  # by all who joined, together
    by_queue: tuple[BalkingAt, ...]  # balking by the queue that was met

    @property
    def share(self) -> float:
        """Share of all who came that was lost."""
        return (self.balked + self.gave_up) / self.came

    @property
    def per_hour(self) -> float:
        """Customers lost per hour."""
        return (self.balked + self.gave_up) / self.hours

    @property
    def patience_seconds(self) -> float:
        """Mean patience of those who join, in seconds, if patience is exponential.

        All waiting over the number who gave up: those who were served had patience left, so
        their waits count too. Infinite if nobody gave up.
        """
        return self.waited_seconds / self.gave_up if self.gave_up else math.inf

    def __repr__(self) -> str:
        if not self.balked + self.gave_up:
            return say("All {n} were served or stayed: nobody was seen to leave.", n=self.came)
        low, high = share_limits(self.balked + self.gave_up, self.came)
        lost = say(
            "Of {came}, {balked} walked away and {left} gave up: {share} of the demand was lost "
            "({low} to {high} at 95%), {rate} customers an hour.",
            came=self.came,
            balked=self.balked,
            left=self.gave_up,
            share=percent(self.share),
            low=percent(low),
            high=percent(high),
            rate=number(self.per_hour, 1),
        )
        if not self.gave_up:
            return lost
        return lost + say(
            " Mean patience in the queue: about {time}.", time=duration(self.patience_seconds)
        )

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Balking by the queue that was met, as a reader shall see it."""
        return [
            (
                str(one.fewest) if one.fewest == one.most else f"{one.fewest} to {one.most}",
                str(one.came),
                str(one.balked),
                f"{percent(one.share)} ({percent(one.low)} to {percent(one.high)})",
            )
            for one in self.by_queue
        ]

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        head = ["waiting when they came", "came", "walked away", "share (95%)"]
        return html_table("Demand lost", head, self.rows(), notes=(repr(self),))


def lost_demand(watch: Observation, *, group: int = 10) -> LostDemand:
    """How much demand was lost, and from which length of queue on people walk away.

    Parameters
    ----------
    watch : Observation
        With those who balked and gave up, if the watcher took them down. Whoever turned back
        out of sight is in no file: the loss is at least what is seen.
    group : int, optional
        Queue lengths are put together until so many customers met them, default 10.

    Returns
    -------
    LostDemand

    References
    ----------
    Patience from waits of which most end in service: Brown and others (2005), as for
    :func:`poisson_test`; for exponential patience the estimate is total waiting over losses
    (Mandelbaum, A. and Zeltyn, S. 2013, Data-stories about (im)patient customers in tele-queues,
    Queueing Systems 75).

    Examples
    --------
    >>> from svclab.capacity.measuring import example_observation
    >>> lost = lost_demand(example_observation())
    >>> lost.by_queue[-1].share > lost.by_queue[0].share
    True
    """
    met: Counter[int] = Counter()
    balked: Counter[int] = Counter()
    for visit, waiting in zip(watch.came_visits, watch.met, strict=True):
        met[waiting] += 1
        balked[waiting] += visit.outcome == BALKED
    waits = [*watch.waits, *watch.waits_of_those_who_gave_up]
    waits += [
        watch.ended - v.arrived
        for v in watch.visits
        if v.outcome == WAITING and v.arrived is not None
    ]
    return LostDemand(
        came=watch.came,
        balked=watch.outcomes[BALKED],
        gave_up=watch.outcomes[GAVE_UP],
        hours=watch.hours,
        waited_seconds=math.fsum(waits),
        by_queue=_grouped(met, balked, group),
    )


def _grouped(met: Counter[int], balked: Counter[int], group: int) -> tuple[BalkingAt, ...]:
    """Neighbouring queue lengths together, so that each share rests on enough customers."""
    groups: list[list[int]] = [[]]
    for waiting in sorted(met):
        if sum(met[n] for n in groups[-1]) >= group:
            groups.append([])
        groups[-1].append(waiting)
    if len(groups) > 1 and sum(met[n] for n in groups[-1]) < group:
        groups[-2:] = [groups[-2] + groups[-1]]
    found = []
    for lengths in groups:
        came, lost = sum(met[n] for n in lengths), sum(balked[n] for n in lengths)
        low, high = share_limits(lost, came)
        found.append(
            BalkingAt(
                fewest=lengths[0], most=lengths[-1], came=came, balked=lost, low=low, high=high
            )
        )
    return tuple(found)
