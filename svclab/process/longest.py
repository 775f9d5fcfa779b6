"""The longest path through a process: its flow time when nobody has to queue."""

from __future__ import annotations

import math
from dataclasses import dataclass

from svclab.process.model import Activity, Process
from svclab.process.visits import repeated_activities

__all__ = ["LongestPath", "depths", "longest_path"]

_Length = tuple[float, float, tuple[str, ...]]  # seconds, value seconds, activities


@dataclass(frozen=True)
class LongestPath:
    """The flow time without queues and what it is made of."""

    seconds: float  # seconds from arrival to completion, without queues
    value_seconds: float  # seconds of value work on it, first pass only
    activities: tuple[str, ...]  # in working order


def _longer(one: _Length, other: _Length) -> bool:
    """Whether one path is longer; of equally long ones the one with more value time."""
    if math.isclose(one[0], other[0], rel_tol=1e-12, abs_tol=1e-12):
        return one[1] > other[1]
    return one[0] > other[0]


def _walk(activities: list[Activity], lasts: dict[str, float]) -> dict[str, _Length]:
    """For each activity the longest way to its end, through the activities given only."""
    ends: dict[str, _Length] = {}
    for activity in activities:
        best: _Length = (0.0, 0.0, ())
        for before in activity.after or ():
            if before in ends and (not best[2] or _longer(ends[before], best)):
                best = ends[before]
        value = activity.seconds if activity.kind == "value" else 0.0
        end = best[0] + lasts[activity.name]
        ends[activity.name] = (end, best[1] + value, (*best[2], activity.name))
    return ends


def longest_path(process: Process) -> LongestPath:
    """The longest way from arrival to completion, waits included, queues left out.

    Each activity counts with the expected time to get past it. With rework probability p and
    M the longest way through the activities repeated before it, that is (seconds + p·M)/(1 − p).

    Parameters
    ----------
    process : Process
        The process.

    Returns
    -------
    LongestPath
        Of equally long paths the one with most value time.

    Examples
    --------
    >>> from svclab.process.model import Activity, Process
    >>> visit = Process("Visit", [Activity("check in", 30, after=()),
    ...     Activity("blood", 200, after=("check in",)),
    ...     Activity("eyes", 90, after=("check in",)),
    ...     Activity("doctor", 100, after=("blood", "eyes"))])
    >>> path = longest_path(visit)
    >>> path.seconds, path.activities
    (330.0, ('check in', 'blood', 'doctor'))
    """
    order = list(process.in_order())
    lasts: dict[str, float] = {}
    for activity in order:
        lasts[activity.name] = activity.seconds
        if activity.rework is None:
            continue
        inside = set(repeated_activities(process, activity.name)) - {activity.name}
        ends = _walk([a for a in order if a.name in inside], lasts)
        again = max((end[0] for end in ends.values()), default=0.0)
        share = activity.rework.probability
        lasts[activity.name] = (activity.seconds + share * again) / (1 - share)
    followed = {before for activity in order for before in activity.after or ()}
    best: _Length = (0.0, 0.0, ())
    for name, end in _walk(order, lasts).items():
        if name not in followed and (not best[2] or _longer(end, best)):
            best = end
    return LongestPath(best[0], best[1], best[2])


def depths(process: Process) -> dict[str, int]:
    """How many activities at most stand before each one, in a row."""
    found: dict[str, int] = {}
    for activity in process.in_order():
        found[activity.name] = max((found[b] + 1 for b in activity.after or ()), default=0)
    return found
