"""The model of an observed day: a formula, the day's own customers again, and days like it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from random import Random

from svclab.capacity.checks import UnstableError
from svclab.capacity.measuring.arrivals import (
    FEWEST,
    ArrivalRates,
    PoissonTest,
    arrival_rates,
    poisson_test,
)
from svclab.capacity.measuring.comparison import Comparison, middle_of
from svclab.capacity.measuring.losses import LostDemand, lost_demand
from svclab.capacity.measuring.observation import BALKED, GAVE_UP, Observation, Visit
from svclab.capacity.queues.general import allen_cunneen, mg1
from svclab.capacity.queues.markovian import erlang_a
from svclab.capacity.queues.results import Queue
from svclab.capacity.simulation.customers import SERVED as WAS_SERVED
from svclab.capacity.simulation.customers import Customers, Served
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Spread, unit_times
from svclab.checks import a_count
from svclab.words import duration, number, percent, say

__all__ = ["FittedModel", "fit_model"]

HOUR = 3600.0  # seconds


@dataclass(frozen=True, repr=False, kw_only=True)
class FittedModel:
    """A queue with the rates and spreads of an observed day."""

    watch: Observation
    servers: int
    arrivals_per_hour: float  # of those who joined the queue
    service_rate: float  # customers per hour that one server can serve
    service_scv: float
    arrival_scv: float  # of the times between arrivals; 1 where Poisson was not contradicted
    spread: Spread  # of the service times in simulated days
    rates: ArrivalRates  # of all who came, by the time of day
    poisson: PoissonTest | None  # None: too few arrivals for a test
    lost: LostDemand
    theory: Queue | None  # None: no steady state, see ``reason``
    reason: str  # why this formula, or why none

    @property
    def load(self) -> float:
        """Offered load in Erlang, of those who joined."""
        return self.arrivals_per_hour / self.service_rate

    @property
    def utilisation(self) -> float:
        """Offered load over servers; 1 or more has no steady state unless customers give up."""
        return self.load / self.servers

    @cached_property
    def _joined(self) -> tuple[Visit, ...]:
        return tuple(v for v in self.watch.visits if v.outcome != BALKED)

    def _plan(self) -> list[tuple[float, int]]:
        began = self.watch.began
        plan = [(max(0.0, moment - began), n) for moment, n in self.watch.plan]
        if not plan or self.servers != self.watch.servers:
            return [(0.0, self.servers)]
        # Whoever waits at the end is served: a plan must not end with nobody there.
        return plan if plan[-1][1] else [*plan[:-1], (plan[-1][0], 1)]

    def replay(self) -> Served:
        """The day's own arrivals and service times again, with servers who never idle.

        First come, first served, by the servers on duty. Who gave up gives up after the same
        wait if not served by then; whose service was not seen gets the mean.

        Returns
        -------
        Served
            In seconds from the beginning of the watch; compare with ``watch.waits``.
        """
        mean, began = HOUR / self.service_rate, self.watch.began
        joined = self._joined
        return serve(
            Customers(
                [max(0.0, (v.arrived or began) - began) for v in joined],
                [mean if v.service is None else v.service for v in joined],
                patience=[
                    v.wait if v.outcome == GAVE_UP and v.wait is not None else math.inf
                    for v in joined
                ],
            ),
            servers=self._plan(),
        )

    def days(self, number: int = 400, *, seed: int | str = 1, by_time: bool = True) -> list[float]:
        """Mean waits of days that this model might have given, in seconds.

        Arrivals are Poisson, service times as fitted, patience exponential if anybody gave up.
        Those who walk away at once are left out, and those who were in line at the beginning are
        there too. A mean counts who was served of those who came by the end of the watch.

        Parameters
        ----------
        number : int, optional
            How many days, default 400.
        seed : int or str, optional
            The same seed gives the same days.
        by_time : bool, optional
            Whether the rate changes with the time of day as observed (default), or is the same
            throughout, as a formula assumes.
        """
        a_count("number", number, 1)
        return [self._day(f"{seed}/{day}", by_time) for day in range(number)]

    def _day(self, seed: str, by_time: bool) -> float:
        chance = Random(f"{seed}/arrivals")
        waiting = sum(v.arrived is None for v in self._joined)
        arrivals = [0.0] * waiting
        for begin, end, rate in self._rates(by_time):
            now = begin
            while rate > 0:
                now -= math.log(1 - chance.random()) * HOUR / rate
                if now >= end:
                    break
                arrivals.append(now)
        if not arrivals:
            return 0.0
        mean = HOUR / self.service_rate
        services = unit_times(self.spread, len(arrivals), Random(f"{seed}/service"))
        patience = None
        if self.lost.gave_up:
            units = unit_times("exponential", len(arrivals), Random(f"{seed}/patience"))
            patience = [unit * self.lost.patience_seconds for unit in units]
        customers = Customers(arrivals, [unit * mean for unit in services], patience=patience)
        return _mean_of_served(serve(customers, servers=self._plan()))

    def _rates(self, by_time: bool) -> list[tuple[float, float, float]]:
        """(begin, end, rate per hour) of those who join, in seconds from the beginning."""
        watch = self.watch
        if not by_time:
            return [(0.0, watch.ended - watch.began, self.arrivals_per_hour)]
        joined = [v.arrived for v in self._joined if v.arrived is not None]
        found = []
        for one in self.rates:
            n = sum(one.begin <= t < one.end for t in joined)
            begin, end = one.begin - watch.began, one.end - watch.began
            found.append((begin, end, n * HOUR / (end - begin)))
        return found

    def compare(self, days: int = 400, *, seed: int | str = 1) -> Comparison:
        """Formula, replay and simulated days beside the observed mean wait.

        Parameters
        ----------
        days : int, optional
            Simulated days of each kind, default 400.
        seed : int or str, optional
            Of these days.

        Returns
        -------
        Comparison

        Raises
        ------
        ValueError
            If no wait was seen from arrival to service.
        """
        if not len(self.watch.waits):
            raise ValueError("no wait was seen: give arrived and started for some customers")
        return Comparison(
            reason=self.reason,
            theory="" if self.theory is None else self.theory.model,
            observed=self.watch.waits.mean,
            formula=None if self.theory is None else _of_served(self.theory) * HOUR,
            replayed=_mean_of_served(self.replay()),
            steady=middle_of(self.days(days, seed=seed, by_time=False)),
            by_time=middle_of(self.days(days, seed=seed)),
            days=days,
        )

    def __repr__(self) -> str:
        found = say(
            "{load} Erlang for {n} servers, utilisation {share}; service scv {scv}. {reason}",
            load=number(self.load, 2),
            n=str(self.servers),
            share=percent(self.utilisation),
            scv=number(self.service_scv, 2),
            reason=self.reason,
        )
        return found if self.theory is None else f"{found}\n{self.theory!r}"


def fit_model(
    watch: Observation,
    *,
    servers: int | None = None,
    interval_minutes: float = 15.0,
    seed: int | str = 1,
) -> FittedModel:
    """The queue that has the rates and spreads of an observed day.

    Those who walked away at once are left out of its arrivals, as they never waited. The formula
    is Erlang A where customers gave up, Pollaczek-Khinchine for one server with Poisson arrivals,
    Allen-Cunneen elsewhere; none where more came than the servers can serve.

    Parameters
    ----------
    watch : Observation
        With arrivals and at least two service times.
    servers : int, optional
        Servers on duty; left out: as observed.
    interval_minutes : float, optional
        In which the rate of arrival is taken as constant, default 15.
    seed : int or str, optional
        For the Poisson test.

    Returns
    -------
    FittedModel

    Raises
    ------
    ValueError
        If too little was seen to fit anything.

    Examples
    --------
    >>> from svclab.capacity.measuring import example_observation
    >>> fitted = fit_model(example_observation())
    >>> fitted.servers, fitted.theory is None
    (3, False)
    """
    if len(watch.services) < 2:
        raise ValueError(
            f"{len(watch.services)} service times were seen: give starts and ends of two or more"
        )
    on_duty = watch.servers if servers is None else a_count("servers", servers, 1)
    lost = lost_demand(watch)
    joined = watch.came - watch.outcomes[BALKED]
    if joined < 1:
        raise ValueError("nobody joined the queue: there is nothing to fit")
    rate, scv = joined / watch.hours, watch.services.scv
    test = None
    if watch.came >= FEWEST:
        test = poisson_test(watch, interval_minutes=interval_minutes, seed=seed)
    gaps = watch.gaps.scv if test is not None and test.rejected else 1.0
    theory, reason = _theory(rate, watch.service_rate, on_duty, gaps, scv, lost)
    return FittedModel(
        watch=watch,
        servers=on_duty,
        arrivals_per_hour=rate,
        service_rate=watch.service_rate,
        service_scv=scv,
        arrival_scv=gaps,
        spread=("gamma", scv) if scv > 0 else "constant",
        rates=arrival_rates(watch, interval_minutes=interval_minutes),
        poisson=test,
        lost=lost,
        theory=theory,
        reason=reason,
    )


def _theory(
    rate: float, service_rate: float, servers: int, gaps: float, scv: float, lost: LostDemand
) -> tuple[Queue | None, str]:
    """The formula that applies, and why."""
    if lost.gave_up:
        patience = lost.patience_seconds / HOUR
        found = erlang_a(rate, service_rate, servers=servers, mean_patience=patience)
        return found, say(
            "Customers gave up, so Erlang A is set beside the day, with a mean patience of {time}; "
            "it takes service times as exponential (scv 1).",
            time=duration(lost.patience_seconds),
        )
    try:
        if servers == 1 and gaps == 1:
            found = mg1(rate, service_rate, service_scv=scv, shape="gamma")
            return found, "One server and Poisson arrivals: the formula of Pollaczek and Khinchine."
        found = allen_cunneen(
            rate, service_rate, servers=servers, arrival_scv=gaps, service_scv=scv
        )
    except UnstableError:
        return None, say(
            "More joined than {n} can serve ({share} of what they can): in the long run the queue "
            "would grow without bound, so no formula for long-run waits applies. Draw the "
            "cumulative curves.",
            n=f"{servers} server" + ("s" if servers > 1 else ""),
            share=percent(rate / (servers * service_rate)),
        )
    return found, (
        "The formula of Allen and Cunneen is set beside the day; it holds for a service that goes "
        "on with one rate for long."
    )


def _of_served(theory: Queue) -> float:
    """Mean wait in hours of those who are served, where the model tells; else of all who enter."""
    if not theory.probability_of_abandonment:
        return theory.mean_wait
    # Those who give up in Erlang A: their waiting is what is left of everybody's.
    served = 1 - theory.probability_of_abandonment
    step, top = theory.percentile(0.9999) / 400, theory.percentile(0.9999)
    if top == 0:
        return 0.0
    level = theory.service_level
    parts = [1 - level(k * step).of_all_offered / served for k in range(401)]
    inner = math.fsum(parts[1:-1]) + (parts[0] + parts[-1]) / 2
    return inner * step


def _mean_of_served(day: Served) -> float:
    waits = [w for w, fate in zip(day.waits, day.fates, strict=True) if fate == WAS_SERVED]
    return math.fsum(waits) / len(waits) if waits else 0.0
