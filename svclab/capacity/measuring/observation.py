"""A service that was watched: who came, was served or went away, and when.

Times are seconds since midnight of the day on which the watch began, so that 43,200 is noon and
a watch past midnight goes on beyond 86,400.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise

from svclab.capacity.measuring.clocks import clock_text
from svclab.capacity.measuring.summaries import Times
from svclab.words import count, duration, join, number, percent, say

__all__ = ["BALKED", "GAVE_UP", "IN_SERVICE", "SERVED", "WAITING", "Observation", "Visit"]

#: What became of a customer; the last two were still there when the watch ended.
SERVED, BALKED, GAVE_UP, WAITING, IN_SERVICE = (
    "served",
    "balked",
    "gave up",
    "waiting",
    "in service",
)
HOUR = 3600.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One customer, with what was seen of the three moments; None for what was not."""

    arrived: float | None  # s; None: was in the line already when the watch began
    started: float | None = None  # s, when service began
    left: float | None = None  # s
    outcome: str = SERVED
    server: str = ""  # who served
    name: str = ""  # the customer's number in the file
    servers_open: int | None = None  # servers on duty when this customer came
    line: int = 0  # in the file

    @property
    def wait(self) -> float | None:
        """Seconds from arrival to service, or to giving up; None where that was not seen."""
        end = self.left if self.outcome == GAVE_UP else self.started
        return None if self.arrived is None or end is None else end - self.arrived

    @property
    def service(self) -> float | None:
        """Seconds from the start of service to leaving; None where that was not seen."""
        if self.started is None or self.left is None:
            return None
        return self.left - self.started


@dataclass(frozen=True, repr=False, kw_only=True)
class Observation:
    """What was seen of a service between two moments.

    Examples
    --------
    >>> from svclab.capacity.measuring import example_observation
    >>> canteen = example_observation()
    >>> canteen.came, canteen.outcomes["balked"] > 0
    (154, True)
    """

    visits: tuple[Visit, ...]  # in order of arrival; those already in line first
    began: float  # s, when the watch began
    ended: float  # s
    place: str = ""
    date: str = ""  # as year-month-day; empty if the file has none
    resolution: float = 1.0  # s, how finely the times were written down
    notes: tuple[str, ...] = ()  # what a reader of the figures must know
    plan: tuple[tuple[float, int], ...] = field(default=())  # (second from which, servers)

    # Who came.

    @cached_property
    def came_visits(self) -> tuple[Visit, ...]:
        """Those who came during the watch, whatever became of them."""
        return tuple(v for v in self.visits if v.arrived is not None)

    @property
    def came(self) -> int:
        """How many came during the watch: served, balked, gave up or still there."""
        return len(self.came_visits)

    @cached_property
    def outcomes(self) -> dict[str, int]:
        """How many of those who came had each outcome."""
        counted = Counter(v.outcome for v in self.came_visits)
        return {name: counted[name] for name in (SERVED, BALKED, GAVE_UP, WAITING, IN_SERVICE)}

    @property
    def hours(self) -> float:
        """How long was watched, in hours."""
        return (self.ended - self.began) / HOUR

    @property
    def arrivals(self) -> list[float]:
        """When each customer came, in seconds since midnight, those who balked included."""
        return [v.arrived for v in self.came_visits if v.arrived is not None]

    @property
    def arrivals_per_hour(self) -> float:
        """The demand: all who came, over the hours watched."""
        return self.came / self.hours

    # What they met.

    @property
    def gaps(self) -> Times:
        """Times between one arrival and the next."""
        come = self.arrivals
        return Times("between arrivals", tuple(b - a for a, b in pairwise(come)))

    @property
    def waits(self) -> Times:
        """Waits of those who were served, from arrival to the start of service."""
        served = (v for v in self.visits if v.outcome in (SERVED, IN_SERVICE))
        return Times("waits of those served", tuple(v.wait for v in served if v.wait is not None))

    @property
    def waits_of_those_who_gave_up(self) -> Times:
        """How long those who gave up had waited."""
        left = (v for v in self.visits if v.outcome == GAVE_UP)
        return Times("waits before giving up", tuple(v.wait for v in left if v.wait is not None))

    @property
    def services(self) -> Times:
        """Service times, from start to leaving, in order of their starts."""
        done = sorted(
            (v.started, v.service)
            for v in self.visits
            if v.service is not None and v.started is not None
        )
        return Times("service times", tuple(service for _, service in done))

    @property
    def service_rate(self) -> float:
        """Customers per hour that one server can serve: 1 over the mean service time."""
        mean = self.services.mean
        if not mean > 0:
            raise ValueError("no service time was seen: give started and left for some customers")
        return HOUR / mean

    # How many there were.

    @property
    def servers(self) -> int:
        """The servers on duty for most of the watch.

        Where the file does not say how many were open, the most that were busy at once: there
        were at least so many.
        """
        if not self.plan:
            return self.most_busy
        times = [*(max(time, self.began) for time, _ in self.plan), self.ended]
        held: Counter[int] = Counter()
        for (_, servers), begin, end in zip(self.plan, times, times[1:], strict=False):
            held[servers] += round(1000 * max(0.0, end - begin))
        return held.most_common(1)[0][0]

    @cached_property
    def most_busy(self) -> int:
        """The most customers who were in service at once."""
        steps = _steps(_spans((v.started, v.left or self.ended) for v in self.visits))
        return max((busy for _, busy in steps), default=0)

    @property
    def server_hours(self) -> float:
        """Hours that servers were on duty during the watch, added over all servers."""
        if not self.plan:
            return self.servers * self.hours
        times = [*(max(time, self.began) for time, _ in self.plan), self.ended]
        return math.fsum(
            servers * max(0.0, end - begin) / HOUR
            for (_, servers), begin, end in zip(self.plan, times, times[1:], strict=False)
        )

    @property
    def busy_hours(self) -> float:
        """Hours of service during the watch, added over all servers."""
        return math.fsum(self.busy_seconds_by_server().values()) / HOUR

    @property
    def occupancy(self) -> float:
        """Share of their time on duty in which servers served."""
        return self.busy_hours / self.server_hours if self.server_hours else 0.0

    def busy_seconds_by_server(self) -> dict[str, float]:
        """Seconds of service of each server within the watch, by the server's name."""
        parts: dict[str, list[float]] = {}
        for v in self.visits:
            if v.started is not None:
                end = self.ended if v.left is None else v.left
                inside = min(end, self.ended) - max(v.started, self.began)
                parts.setdefault(v.server, []).append(max(0.0, inside))
        return {name: math.fsum(parts[name]) for name in sorted(parts)}

    def queue_length(self) -> list[tuple[float, int]]:
        """(second, customers waiting from then on), a step for each change."""
        steps = _steps(self._waits())
        return steps if steps and steps[0][0] <= self.began else [(self.began, 0), *steps]

    def _waits(self) -> list[tuple[float, float]]:
        spans = []
        for v in self.visits:
            if v.outcome != BALKED:
                end = v.started if v.started is not None else v.left
                begin = self.began if v.arrived is None else v.arrived
                spans.append((begin, self.ended if end is None else end))
        return _spans(spans)

    @cached_property
    def met(self) -> tuple[int, ...]:
        """How many were waiting when each customer came, in the order of ``came_visits``."""
        ends: list[float] = []  # a heap: when those who wait will stop waiting
        found = []
        for v in self.visits:
            now = self.began if v.arrived is None else v.arrived
            while ends and ends[0] <= now:
                heappop(ends)
            if v.arrived is not None:
                found.append(len(ends))
            if v.outcome != BALKED:
                end = v.started if v.started is not None else v.left
                heappush(ends, math.inf if end is None else end)
        return tuple(found)

    def curves(self) -> dict[str, list[tuple[float, int]]]:
        """The cumulative curves of the watch: (second, how many so far).

        ``came`` counts those who joined, ``started`` those whose service began, ``left`` those
        who went, served or not. The gap between ``came`` and ``left`` is who was there.
        """
        stayed = [v for v in self.visits if v.outcome != BALKED]
        return {
            "came": _rising(self.began if v.arrived is None else v.arrived for v in stayed),
            "started": _rising(v.started for v in stayed),
            "left": _rising(v.left for v in stayed),
        }

    # Parts of a day.

    def between(self, begin: float, end: float) -> Observation:
        """Only those who came in a part of the watch, in seconds since midnight.

        Waits and services of these customers may end later; they are kept whole.
        """
        if not self.began <= begin < end <= self.ended:
            raise ValueError(
                f"begin={begin!r}, end={end!r}: give two moments within the watch, from "
                f"{self.began:.0f} to {self.ended:.0f} s after midnight"
            )
        inside = tuple(v for v in self.came_visits if v.arrived is not None)
        kept = tuple(v for v in inside if begin <= (v.arrived or 0.0) < end)
        before = [step for step in self.plan if step[0] <= begin]
        plan = (*before[-1:], *(step for step in self.plan if begin < step[0] < end))
        return replace(self, visits=kept, began=begin, ended=end, plan=plan)

    def __repr__(self) -> str:
        return "\n".join([self.sentence(), *self.notes])

    def sentence(self) -> str:
        """What was seen, in one sentence."""
        losses = [
            say("{n} {what}", n=self.outcomes[name], what=what)
            for name, what in (
                (BALKED, "walked away"),
                (GAVE_UP, "gave up"),
                (WAITING, "still waiting"),
                (IN_SERVICE, "still in service"),
            )
            if self.outcomes[name]
        ]
        return say(
            "{place}{date}{begin} to {end}: {came} came, {parts}; {servers} on duty, "
            "{busy} busy; mean wait of those served {wait}, mean service {service}.",
            place=f"{self.place}, " if self.place else "",
            date=f"{self.date}, " if self.date else "",
            begin=clock_text(self.began),
            end=clock_text(self.ended),
            came=count(self.came, "customer"),
            parts=join([say("{n} served", n=self.outcomes[SERVED]), *losses]),
            servers=count(self.servers, "server"),
            busy=percent(self.occupancy),
            wait=_time(self.waits.mean),
            service=_time(self.services.mean),
        )

    def rows(self) -> list[tuple[str, str]]:
        """Every figure with its value as a reader shall see it."""
        services, gaps, waits = self.services, self.gaps, self.waits
        rows = [
            ("watched", f"{clock_text(self.began)} to {clock_text(self.ended)}"),
            ("came", str(count(self.came, "customer"))),
            ("arrivals per hour", str(number(self.arrivals_per_hour, 1))),
            *((what, str(n)) for what, n in self.outcomes.items() if n),
            ("servers on duty", str(self.servers)),
            ("occupancy", str(percent(self.occupancy))),
            ("mean wait of those served", _time(waits.mean)),
            ("90% of those served waited at most", _time(waits.percentile(0.9))),
            ("mean service time", _time(services.mean)),
            ("scv of the service times", _ratio(services.scv)),
            ("scv of the times between arrivals", _ratio(gaps.scv)),
        ]
        return rows

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        title = ", ".join(part for part in (self.place, self.date) if part) or "A watched service"
        return html_table(title, ["measure", "value"], self.rows(), notes=self.notes)


def _time(seconds: float) -> str:
    return "not seen" if math.isnan(seconds) else str(duration(seconds))


def _ratio(value: float) -> str:
    return "not known" if math.isnan(value) else str(number(value, 2))


def _spans(pairs: Iterable[tuple[float | None, float]]) -> list[tuple[float, float]]:
    return [(begin, end) for begin, end in pairs if begin is not None and end > begin]


def _steps(spans: Sequence[tuple[float, float]]) -> list[tuple[float, int]]:
    """(moment, how many spans hold from then on); what ends at a moment is over then."""
    changes: Counter[float] = Counter()
    for begin, end in spans:
        changes[begin] += 1
        changes[end] -= 1
    steps, now = [], 0
    for moment in sorted(changes):
        now += changes[moment]
        steps.append((moment, now))
    return steps


def _rising(moments: Iterable[float | None]) -> list[tuple[float, int]]:
    """(moment, how many until then, this one included), each moment once."""
    seen = sorted(moment for moment in moments if moment is not None)
    return sorted(dict(zip(seen, range(1, len(seen) + 1), strict=True)).items())
