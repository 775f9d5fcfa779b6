"""Plans put to the test: simulated days, and the service of each period, the worst above all.

A rule for staffing a day rests on formulas for steady queues, and a day is never steady. So each
plan is run on simulated days: arrivals by thinning, the plain-Python engine with a changing
number of servers. All plans of a comparison meet the same customers (common random numbers).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from svclab.capacity.simulation.customers import LEFT, SERVED, Customers, Served
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Station, draw_for, thinned
from svclab.capacity.staffing.days import METHODS, DayPlan, staff_day
from svclab.capacity.staffing.demand import Day
from svclab.capacity.staffing.targets import ABANDONMENT, LOSS, MEAN_WAIT, SERVICE_LEVEL, Target
from svclab.checks import a_count
from svclab.intervals import Estimate, student_t
from svclab.shown import html_table, text_table
from svclab.words import count, number, percent, say

__all__ = [
    "Comparison",
    "DayScore",
    "PeriodScore",
    "SimulatedDays",
    "compare_plans",
    "score",
    "simulated_days",
]

HOUR = 3600.0  # seconds


@dataclass(frozen=True, repr=False)
class SimulatedDays:
    """Customers of several days, drawn once and used for every plan.

    Examples
    --------
    >>> simulated_days(Day([20, 60], service_minutes=6), days=3, seed=1)
    3 days with 247 customers
    """

    day: Day
    customers: tuple[Customers | None, ...]  # one entry a day; None: nobody came

    @property
    def days(self) -> int:
        """How many days."""
        return len(self.customers)

    def __repr__(self) -> str:
        came = sum(one.customers for one in self.customers if one is not None)
        return say("{days} with {came}", days=count(self.days, "day"), came=count(came, "customer"))


def simulated_days(day: Day, *, days: int = 20, seed: int | str = 1) -> SimulatedDays:
    """Draw customers for several days; nothing is simulated yet.

    Parameters
    ----------
    day : Day
        One that goes around the clock is drawn twice in a row, and only the second counts.
    days : int, optional
        How many, default 20.
    seed : int or str, optional
        The same seed gives the same days; each further day leaves the first ones as they are.

    Returns
    -------
    SimulatedDays
    """
    whole = a_count("days", days, 1)
    station = Station(
        arrivals_per_hour=max(day.per_hour),
        service_seconds=day.service_minutes * 60,
        patience_seconds=None if day.patience_minutes is None else day.patience_minutes * 60,
    )
    length = day.hours * HOUR * (2 if day.around_the_clock else 1)
    found: list[Customers | None] = []
    for k in range(whole):
        name = f"{seed}/{k}"
        times = thinned(
            lambda second: day.rate(second / HOUR), length, most=max(day.per_hour), seed=name
        )
        found.append(draw_for(station, times, seed=name) if times else None)
    return SimulatedDays(day, tuple(found))


@dataclass(frozen=True)
class PeriodScore:
    """One period of a plan over all simulated days."""

    label: str  # by the clock, such as "09:00 to 10:00"
    servers: int
    customers: int  # who came in the period, on all days together
    value: Estimate | None  # the target's measure; None: nobody came, or nobody counts
    kept: bool | None  # whether the promise was kept; None: nothing to judge by


@dataclass(frozen=True, repr=False)
class DayScore:
    """What a plan did on simulated days, period by period."""

    plan: DayPlan
    target: Target
    days: int
    periods: tuple[PeriodScore, ...]
    overall: Estimate | None  # the measure over whole days; None: nobody came

    @property
    def worst(self) -> PeriodScore:
        """The period with the worst service.

        The worst of many uncertain figures looks worse than it is: simulate so many days that
        the errors are small against the differences.

        Raises
        ------
        ValueError
            If nobody came in any period.
        """
        judged = [p for p in self.periods if p.value is not None]
        if not judged:
            raise ValueError("nobody came in any period: simulate more days, or more demand")
        sign = 1 if self.target.more_is_better else -1
        return min(judged, key=lambda p: sign * p.value.mean)  # type: ignore[union-attr]

    @property
    def share_kept(self) -> float:
        """Share of the periods with customers in which the promise was kept, 0 to 1."""
        judged = [p.kept for p in self.periods if p.kept is not None]
        return sum(judged) / len(judged) if judged else math.nan

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Period, servers, customers a day, the measure with its error, whether kept."""
        return [
            (
                p.label,
                str(p.servers),
                str(number(p.customers / self.days, 1)),
                "" if p.value is None else _shown(self.target, p.value),
                "" if p.kept is None else ("yes" if p.kept else "no"),
            )
            for p in self.periods
        ]

    def _title(self) -> str:
        worst = self.worst
        assert worst.value is not None
        return say(
            "{method}, {hours} server hours, {days}: worst {value} at {when} ({target})",
            method=self.plan.method,
            hours=number(self.plan.server_hours, 1),
            days=count(self.days, "simulated day"),
            value=_shown(self.target, worst.value),
            when=worst.label,
            target=repr(self.target),
        )

    def __repr__(self) -> str:
        return text_table(self._title(), HEAD, self.rows())

    def _repr_html_(self) -> str:
        missed = frozenset(k for k, p in enumerate(self.periods) if p.kept is False)
        return html_table(self._title(), HEAD, self.rows(), strong=missed)


HEAD = ["period", "servers", "customers a day", "measure", "kept"]


def _shown(target: Target, value: Estimate) -> str:
    """A simulated figure and its error, in %, or in minutes for a mean wait."""
    wait = target.measure == MEAN_WAIT
    half = value.half_width
    shown = number(value.mean * 60, 2) if wait else percent(value.mean)
    if math.isinf(half):
        return say("{value} min" if wait else "{value}", value=shown)
    error = number(half * 60, 2) if wait else number(half * 100, 1)
    return say("{value} ± {error} min" if wait else "{value} ± {error}", value=shown, error=error)


def score(
    plan: DayPlan, days: SimulatedDays, *, target: Target, confidence: float = 0.95
) -> DayScore:
    """Run a plan on simulated days and judge every period.

    A customer counts in the period of arrival. A period's figure is the total over all days
    divided by the total of customers, r = Σ x / Σ n, with the interval of a ratio:
    r ± t √(Σ (x - r n)² / (K (K - 1))) / (Σ n / K) for K days. A share of 0 or 1, where that is
    zero, has the bound of the rule of three instead, -ln(1 - confidence) / Σ n.

    Parameters
    ----------
    plan : DayPlan
        For the same day.
    days : SimulatedDays
        From :func:`simulated_days`; give the same to all plans that are compared.
    target : Target
        What is promised. Turning away does not happen here, so that no target can be about it.
    confidence : float, optional
        Default 0.95, for each period by itself.

    Returns
    -------
    DayScore

    Raises
    ------
    ValueError
        If plan and simulated days are of different days, or the target is about turning away.

    References
    ----------
    Green, Kolesar and Soares (2001), as for :func:`svclab.capacity.staffing.days.staff_day`, who
    judge a plan period by period too.

    Examples
    --------
    >>> from svclab.capacity.staffing.targets import served_within
    >>> day = Day([20, 60, 40], service_minutes=6, opens=9)
    >>> promise = served_within(0.8, minutes=5)
    >>> result = score(staff_day(day, target=promise), simulated_days(day), target=promise)
    >>> result.worst.label, result.worst.servers, result.share_kept
    ('09:00 to 10:00', 3, 1.0)
    """
    if plan.day != days.day:
        raise ValueError("plan and days are of different days: simulate the day of the plan")
    if target.measure == LOSS:
        raise ValueError(
            "target is about being turned away, which these days do not know: choose a service "
            "level, mean wait, abandonment or probability of waiting"
        )
    offset = plan.day.hours * HOUR if plan.day.around_the_clock else 0.0
    staff = plan.steps
    if offset:  # the day before has the same plan
        staff = staff + [(second + offset, n) for second, n in staff]
    runs = [None if one is None else serve(one, servers=staff) for one in days.customers]
    totals = [_totals(run, plan, target, offset) for run in runs]
    share = target.measure != MEAN_WAIT
    periods = []
    for k, period in enumerate(plan.periods):
        value = _ratio([day[k][:2] for day in totals], confidence, share)
        came = sum(day[k][2] for day in totals)
        kept = None if value is None else target.holds(value.mean)
        periods.append(PeriodScore(plan.label(k), period.servers, came, value, kept))
    whole = [(math.fsum(c[0] for c in day), math.fsum(c[1] for c in day)) for day in totals]
    return DayScore(plan, target, days.days, tuple(periods), _ratio(whole, confidence, share))


def _totals(
    run: Served | None, plan: DayPlan, target: Target, offset: float
) -> list[tuple[float, float, int]]:
    """For each period of one day: what counts, out of how much, and how many came."""
    ends = [offset + period.end * HOUR for period in plan.periods]
    counted, out_of, came = [0.0] * len(ends), [0.0] * len(ends), [0] * len(ends)
    if run is not None:
        limit = target.within_hours * HOUR
        k = 0
        for arrival, wait, fate in zip(run.customers.arrivals, run.waits, run.fates, strict=True):
            if arrival < offset:
                continue
            while k + 1 < len(ends) and arrival >= ends[k]:
                k += 1
            came[k] += 1
            x, n = _counts(target, wait, fate, limit)
            counted[k] += x
            out_of[k] += n
    return list(zip(counted, out_of, came, strict=True))


def _counts(target: Target, wait: float, fate: str, limit: float) -> tuple[float, float]:
    """What one customer adds to the measure's numerator and denominator."""
    if target.measure == SERVICE_LEVEL:
        in_time = wait <= limit
        served = fate == SERVED
        if target.sense == "of_those_answered":
            return float(served and in_time), float(served)
        if target.sense == "of_all_offered":
            return float(served and in_time), 1.0
        return float(served and in_time), float(served or not in_time)
    if target.measure == MEAN_WAIT:
        return wait / HOUR, 1.0
    if target.measure == ABANDONMENT:
        return float(fate == LEFT), 1.0
    return float(wait > 0), 1.0


def _ratio(pairs: Iterable[tuple[float, float]], confidence: float, share: bool) -> Estimate | None:
    values = list(pairs)
    total = math.fsum(n for _, n in values)
    if total == 0:
        return None
    ratio, days = math.fsum(x for x, _ in values) / total, len(values)
    if days == 1:
        return Estimate(ratio, math.inf, confidence, 1)
    spread = math.fsum((x - ratio * n) ** 2 for x, n in values)
    half = student_t(confidence, days - 1) * math.sqrt(spread * days / (days - 1)) / total
    if share and ratio in (0.0, 1.0):
        half = min(1.0, -math.log1p(-confidence) / total)
    return Estimate(ratio, half, confidence, days)


@dataclass(frozen=True, repr=False)
class Comparison:
    """Several plans for one day on the same simulated days."""

    target: Target
    scores: tuple[DayScore, ...]

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Plan, server hours, worst period, when, share of periods in which it was kept."""
        found = []
        for one in self.scores:
            worst = one.worst
            assert worst.value is not None
            found.append(
                (
                    one.plan.method,
                    str(number(one.plan.server_hours, 1)),
                    _shown(self.target, worst.value),
                    worst.label,
                    str(percent(one.share_kept, 0)),
                )
            )
        return found

    def _title(self) -> str:
        days = count(self.scores[0].days, "simulated day")
        return say("{target}, {days}", target=repr(self.target), days=days)

    def __repr__(self) -> str:
        return text_table(self._title(), COMPARED, self.rows())

    def _repr_html_(self) -> str:
        return html_table(self._title(), COMPARED, self.rows())


COMPARED = ["plan", "server hours", "worst period", "when", "periods kept"]


def compare_plans(
    day: Day,
    *,
    target: Target,
    plans: Sequence[DayPlan] | None = None,
    period_minutes: float = 60.0,
    days: int = 20,
    seed: int | str = 1,
) -> Comparison:
    """The three rules for staffing a day, or plans of one's own, on the same simulated days.

    Parameters
    ----------
    day : Day
    target : Target
        What is promised in every period.
    plans : sequence of DayPlan, optional
        Left out: one by each of the rules in METHODS.
    period_minutes : float, optional
        Length of a planning period for the rules, default 60.
    days : int, optional
        Simulated days, default 20.
    seed : int or str, optional
        The same seed gives the same days.

    Returns
    -------
    Comparison

    Examples
    --------
    Visits of half an hour at an emergency clinic whose demand rises and falls (invented):

    >>> from svclab.capacity.staffing.targets import waiting_at_most
    >>> day = Day([4, 10, 24, 24, 10, 4], service_minutes=30, opens=8)
    >>> compare_plans(day, target=waiting_at_most(0.3), days=200)
    at most 30% must wait, 200 simulated days
      plan                   server hours  worst period            when  periods kept
      SIPP                             56   59.6% ± 5.1  12:00 to 13:00           67%
      lag SIPP                         55   24.8% ± 3.6  10:00 to 11:00          100%
      modified offered load            53   30.5% ± 5.1  12:00 to 13:00           83%
    """
    if plans is None:
        plans = [
            staff_day(day, target=target, method=method, period_minutes=period_minutes)
            for method in METHODS
        ]
    if not plans:
        raise ValueError("plans is empty: give at least one plan, or leave it out")
    drawn = simulated_days(day, days=days, seed=seed)
    return Comparison(target, tuple(score(plan, drawn, target=target) for plan in plans))
