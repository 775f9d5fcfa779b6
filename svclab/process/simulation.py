"""The SimPy model of any process: parallel branches, shared workers, rework, waits.

Read :class:`_Office` first: it is the whole model. A customer arrives, does the activities in
order, queues for each resource first come first served, and leaves. Where several customers
become ready at the same moment, :mod:`svclab.process.recursion` says who comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import simpy

from svclab.checks import a_count
from svclab.intervals import Estimate, estimate
from svclab.process.model import Activity, Process
from svclab.process.recursion import can_replay, replay
from svclab.process.runs import Log, Run
from svclab.process.sampling import Spread, Workload, draw
from svclab.process.visits import repeated_activities

__all__ = ["Replications", "replicate", "replicate_in_parts", "simulate", "simulate_in_parts"]

Steps = Generator[Any, Any, None]  # what SimPy calls a process


class _Office:
    """One run: who queues where, and what has been written down."""

    def __init__(self, process: Process, workload: Workload) -> None:
        self.env = simpy.Environment()
        self.process = process
        self.workload = workload
        self.activities = {a.name: a for a in process.in_order()}
        self.staff = {r.name: simpy.Resource(self.env, r.units) for r in process.resources}
        self.logs = {name: Log() for name in process.names}
        self.again = {name: repeated_activities(process, name) for name in process.names}
        self.place = {name: i for i, name in enumerate(self.activities)}
        self.attempts: dict[tuple[str, int], int] = {}
        names = list(self.activities)
        self.straight = {tuple(names): self._is_line(names)}
        for redone in self.again.values():
            self.straight[redone[:-1]] = self._is_line(redone[:-1])
        for number in range(workload.customers):
            self.env.process(self.customer(number))

    def customer(self, number: int) -> Steps:
        """A whole visit, from arrival to departure."""
        yield self.env.timeout(self.workload.arrivals[number])
        yield from self.perform(number, tuple(self.activities))

    def perform(self, number: int, names: tuple[str, ...]) -> Steps:
        """Some activities in order: one after the other, or branches side by side."""
        if self.straight[names]:
            for name in names:
                yield from self.do(number, self.activities[name])
            return
        done: dict[str, simpy.Process] = {}
        for name in names:
            before = [done[b] for b in self.activities[name].after or () if b in done]
            done[name] = self.env.process(self.branch(number, name, before))
        yield self.env.all_of(list(done.values()))

    def branch(self, number: int, name: str, before: Sequence[simpy.Process]) -> Steps:
        """One activity of a branch, as soon as those before it are finished."""
        if len(before) == 1:
            yield before[0]
        elif before:
            yield self.env.all_of(before)
            yield _Settled(self.env, 2 + self.place[name] * self.workload.customers + number)
        yield from self.do(number, self.activities[name])

    def do(self, number: int, activity: Activity) -> Steps:
        """One activity, and again whatever rework asks for."""
        yield from self.once(number, activity)
        if activity.rework is None:
            return
        tries = self.workload.tries
        assert tries is not None
        while tries.goes_back(activity.name, number, self.attempts[activity.name, number]):
            yield from self.perform(number, self.again[activity.name][:-1])
            yield from self.once(number, activity)

    def once(self, number: int, activity: Activity) -> Steps:
        """Queue for somebody, take the time that this attempt takes, write it down."""
        env, arrive = self.env, self.env.now
        turn = self.staff[activity.resource].request() if activity.resource else None
        if turn is not None:
            yield turn
        start, seconds = env.now, self.seconds(number, activity.name)
        yield env.timeout(seconds)
        if turn is not None:
            turn.resource.release(turn)
        log = self.logs[activity.name]
        log.customer.append(number)
        log.arrive.append(arrive)
        log.start.append(start)
        log.finish.append(env.now)
        log.attempt.append(self.attempts[activity.name, number])

    def seconds(self, number: int, name: str) -> float:
        """How long the customer's next attempt at an activity takes."""
        attempt = self.attempts[name, number] = self.attempts.get((name, number), 0) + 1
        if attempt == 1:
            return self.workload.services[name][number]
        assert self.workload.tries is not None
        return self.workload.tries.seconds(name, number, attempt)

    def _is_line(self, names: Sequence[str]) -> bool:
        known = set(names)
        return all(
            [b for b in self.activities[name].after or () if b in known]
            == ([names[i - 1]] if i else [])
            for i, name in enumerate(names)
        )

    def run(self) -> Run:
        """What has happened."""
        return Run(self.process, self.workload.arrivals, self.logs)


class _Settled(simpy.Event):
    """Comes when everything else of this moment has happened, the lowest rank first.

    Branches that join at the same moment would otherwise queue in the accidental order of
    SimPy's events. Rank: activities in their order, then customers by number.
    """

    def __init__(self, env: simpy.Environment, rank: int) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        # SimPy's own priorities are 0 and 1, and it compares whole numbers.
        env.schedule(self, priority=cast(Any, rank))


def simulate(process: Process, workload: Workload) -> Run:
    """Run the SimPy model of a process with the workload's customers.

    Parameters
    ----------
    process : Process
        Any process.
    workload : Workload
        Arrivals and service times, from :func:`svclab.process.sampling.draw` or from lists.

    Returns
    -------
    Run
        Event log and means. Everybody who arrives is served to the end.

    Raises
    ------
    ValueError
        If the lists do not fit the process; the message names the entry.

    Examples
    --------
    >>> line = Process.line("Counter", {"check": 15, "pay": 30})
    >>> work = Workload([0.0, 10.0], {"check": [15.0, 15.0], "pay": [30.0, 30.0]})
    >>> simulate(line, work).flow_times
    [45.0, 65.0]
    """
    workload.check(process)
    office = _Office(process, workload)
    office.env.run()
    return office.run()


def simulate_in_parts(
    process: Process, workload: Workload, *, parts: int = 20
) -> Generator[float, None, Run]:
    """The same in parts, for a page that must stay awake.

    Yields
    ------
    float
        Share done, from 0 to 1.

    Returns
    -------
    Run
        The whole run: ``run = yield from simulate_in_parts(...)``.
    """
    workload.check(process)
    office = _Office(process, workload)
    for part in range(1, parts):
        until = workload.arrivals[workload.customers * part // parts]
        if until > office.env.now:
            office.env.run(until=until)
        yield part / parts
    office.env.run()
    return office.run()


@dataclass(frozen=True)
class Replications:
    """Means over independent runs, with confidence intervals."""

    estimates: dict[str, Estimate]  # by the names of Run.measures(); times in seconds
    replications: int
    customers: int  # per replication, warm-up included
    warm_up: int  # customers not counted at the start of each

    def __getitem__(self, measure: str) -> Estimate:
        if measure not in self.estimates:
            raise KeyError(f"unknown measure {measure!r}; known are {', '.join(self.estimates)}")
        return self.estimates[measure]

    def rows(self) -> list[dict[str, Any]]:
        """One row a measure, for a table."""
        return [
            {"measure": name, "mean": e.mean, "low": e.low, "high": e.high}
            for name, e in self.estimates.items()
        ]


def replicate(
    process: Process,
    *,
    replications: int,
    customers: int,
    arrivals_per_hour: float,
    seed: int | str,
    warm_up: int = 0,
    interarrival: Spread = "exponential",
    service: Any = "exponential",
    confidence: float = 0.95,
    engine: Callable[[Process, Workload], Run] | None = None,
) -> Replications:
    """Simulate several independent runs and estimate every mean.

    Parameters
    ----------
    process : Process
        Any process.
    replications, customers : int
        Runs, and customers in each.
    arrivals_per_hour, seed, interarrival, service
        As for :func:`svclab.process.sampling.draw`; run r draws from seed ``"{seed}/{r}"``.
    warm_up : int, optional
        Customers at the start of each run that are not counted.
    confidence : float, optional
        Of each interval by itself, default 0.95.
    engine : callable, optional
        :func:`simulate` or :func:`svclab.process.recursion.replay`; left out: the recursion
        where it fits, as it gives the same.

    Returns
    -------
    Replications
        ``found["flow time"]`` and so on; ``found.rows()`` lists all.

    Examples
    --------
    >>> line = Process.line("Counter", {"check": 15, "pay": 30})
    >>> found = replicate(line, replications=5, customers=2000, arrivals_per_hour=90, seed=1)
    >>> 100 < found["flow time"].mean < 180
    True
    """
    parts = replicate_in_parts(
        process,
        replications=replications,
        customers=customers,
        arrivals_per_hour=arrivals_per_hour,
        seed=seed,
        warm_up=warm_up,
        interarrival=interarrival,
        service=service,
        confidence=confidence,
        engine=engine,
    )
    while True:
        try:
            next(parts)
        except StopIteration as end:
            result: Replications = end.value
            return result


def replicate_in_parts(
    process: Process,
    *,
    replications: int,
    customers: int,
    arrivals_per_hour: float,
    seed: int | str,
    warm_up: int = 0,
    interarrival: Spread = "exponential",
    service: Any = "exponential",
    confidence: float = 0.95,
    engine: Callable[[Process, Workload], Run] | None = None,
) -> Generator[tuple[float, Replications], None, Replications]:
    """The same, run by run: yields (share done, estimates so far), returns the last."""
    a_count("replications", replications, 1)
    chosen = engine or (replay if can_replay(process) else simulate)
    values: dict[str, list[float]] = {}
    for r in range(replications):
        work = draw(
            process,
            customers,
            arrivals_per_hour=arrivals_per_hour,
            seed=f"{seed}/{r}",
            interarrival=interarrival,
            service=service,
        )
        for name, value in chosen(process, work).after(warm_up).measures().items():
            values.setdefault(name, []).append(value)
        estimates = {n: estimate(v, confidence=confidence) for n, v in values.items()}
        so_far = Replications(estimates, r + 1, customers, warm_up)
        yield (r + 1) / replications, so_far
    return so_far
