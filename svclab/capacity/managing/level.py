"""Level or chase: keep the staff and let demand queue, idle or go elsewhere, or follow demand.

A service cannot be made ahead and put in store. So what a level staff cannot do in a busy period
is done in overtime, by outside help, or lost, and what it could do in a quiet one is lost too.
Periods are months, days of the week, or hours; demand is in customers a period.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from svclab.checks import a_count, above_zero, zero_or_more
from svclab.shown import html_table
from svclab.words import money, number, percent, say

__all__ = ["Period", "Plan", "Terms", "best_plan", "chase", "cost_of", "level"]


@dataclass(frozen=True)
class Terms:
    """What people cost and can do."""

    per_worker: float  # customers that one worker serves in a period
    wage: float  # money a worker and period
    hire: float = 0.0  # money for each worker taken on
    dismiss: float = 0.0  # money for each worker let go
    overtime: float | None = None  # money for a customer served in overtime; None: none is worked
    overtime_share: float = 0.0  # most overtime, as a share of the regular capacity
    outside: float | None = None  # money for a customer served by outside help; None: there is none
    lost: float = field(kw_only=True)  # money for a customer who is not served; above 0

    def __post_init__(self) -> None:
        above_zero("per_worker", self.per_worker, "customers a worker and period")
        # Without a price for the customers who are sent away, sending all away would be best.
        above_zero("lost", self.lost, "money for a customer who is not served")
        for name in ("wage", "hire", "dismiss", "overtime_share"):
            zero_or_more(name, getattr(self, name))
        for name in ("overtime", "outside"):
            if getattr(self, name) is not None:
                zero_or_more(name, getattr(self, name), "money a customer")


@dataclass(frozen=True)
class Period:
    """One period of a plan; customers, workers."""

    demand: float
    workers: int
    hired: int
    dismissed: int
    overtime: float  # customers served in overtime
    outside: float  # customers served by outside help
    lost: float  # customers not served
    idle: float  # customers that could have been served and did not come


@dataclass(frozen=True, repr=False)
class Plan:
    """Workers for all periods, and what they cost."""

    name: str
    periods: tuple[Period, ...]
    cost: float  # money, all periods
    parts: dict[str, float]  # money: wages, hiring, dismissing, overtime, outside, lost

    @property
    def workers(self) -> tuple[int, ...]:
        """Workers in each period."""
        return tuple(p.workers for p in self.periods)

    @property
    def utilisation(self) -> float:
        """Share of the regular capacity that is used."""
        idle = math.fsum(p.idle for p in self.periods)
        used = math.fsum(p.demand - p.overtime - p.outside - p.lost for p in self.periods)
        return used / (used + idle) if used + idle else 0.0

    @property
    def served(self) -> float:
        """Share of the demand that is served."""
        demand = math.fsum(p.demand for p in self.periods)
        return 1 - math.fsum(p.lost for p in self.periods) / demand if demand else 1.0

    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{name}: {cost}, {used} of the capacity used, {served} of the demand served.",
            name=self.name,
            cost=money(self.cost, "", digits=0),
            used=percent(self.utilisation, 0),
            served=percent(self.served, 0),
        )

    def __repr__(self) -> str:
        return self.sentence()

    def _repr_html_(self) -> str:
        names = ("demand", "workers", "hired", "dismissed", "overtime", "outside", "lost", "idle")
        rows = [
            [str(t), *(str(number(getattr(period, name), 1)) for name in names)]
            for t, period in enumerate(self.periods, start=1)
        ]
        return html_table(self.name.capitalize(), ["period", *names], rows, notes=[self.sentence()])


def cost_of(
    demand: Sequence[float],
    workers: Sequence[int],
    terms: Terms,
    *,
    before: int | None = None,
    name: str = "plan",
) -> Plan:
    """Follow a plan of workers through the periods.

    What the workers cannot do is done in the cheapest way there is: overtime as far as it goes,
    outside help, or not at all.

    Parameters
    ----------
    demand : sequence of float
        Customers in each period.
    workers : sequence of int
        Workers in each period.
    terms : Terms
        Costs and speeds.
    before : int, optional
        Workers before the first period; as many as in it if left out.
    name : str
        What the plan is called.

    Examples
    --------
    >>> terms = Terms(per_worker=100, wage=2000, hire=500, dismiss=800, lost=40)
    >>> cost_of([300, 500], [4, 4], terms).parts["lost"]
    4000.0
    """
    _check_demand(demand)
    if len(workers) != len(demand):
        raise ValueError(
            f"workers has {len(workers)} entries for {len(demand)} periods: give one each"
        )
    for place, staff in enumerate(workers):
        a_count(f"workers[{place}]", staff, 0)
    last = workers[0] if before is None else a_count("before", before, 0)
    periods = []
    for asked, staff in zip(demand, workers, strict=True):
        capacity = staff * terms.per_worker
        periods.append(
            Period(
                asked,
                staff,
                max(staff - last, 0),
                max(last - staff, 0),
                *_shared_out(max(asked - capacity, 0), capacity, terms),
                max(capacity - asked, 0),
            )
        )
        last = staff
    parts = {
        "wages": terms.wage * sum(p.workers for p in periods),
        "hiring": terms.hire * sum(p.hired for p in periods),
        "dismissing": terms.dismiss * sum(p.dismissed for p in periods),
        "overtime": (terms.overtime or 0) * math.fsum(p.overtime for p in periods),
        "outside": (terms.outside or 0) * math.fsum(p.outside for p in periods),
        "lost": terms.lost * math.fsum(p.lost for p in periods),
    }
    return Plan(name, tuple(periods), math.fsum(parts.values()), parts)


def _shared_out(missing: float, capacity: float, terms: Terms) -> tuple[float, float, float]:
    """Customers beyond the capacity: in overtime, outside, lost; the cheapest first."""
    rest = missing
    done = {"overtime": 0.0, "outside": 0.0, "lost": 0.0}
    ways = [("lost", terms.lost, math.inf)]
    if terms.outside is not None:
        ways.insert(0, ("outside", terms.outside, math.inf))
    if terms.overtime is not None:
        ways.insert(0, ("overtime", terms.overtime, terms.overtime_share * capacity))
    for way, _, most in sorted(ways, key=lambda each: each[1]):
        done[way] = min(rest, most)
        rest -= done[way]
    return done["overtime"], done["outside"], done["lost"]


def chase(demand: Sequence[float], terms: Terms, *, before: int | None = None) -> Plan:
    """As many workers in each period as its demand needs, and no more.

    Examples
    --------
    >>> chase([250, 500, 400], Terms(per_worker=100, wage=2000, lost=50)).workers
    (3, 5, 4)
    """
    _check_demand(demand)
    workers = [_enough(asked, terms) for asked in demand]
    return cost_of(demand, workers, terms, before=before, name="chase")


def level(
    demand: Sequence[float],
    terms: Terms,
    *,
    workers: int | None = None,
    before: int | None = None,
) -> Plan:
    """The same workers in every period: those given, or the cheapest number.

    Examples
    --------
    >>> level([250, 500, 400], Terms(per_worker=100, wage=2000, lost=50)).workers
    (4, 4, 4)
    """
    _check_demand(demand)
    most = max(_enough(asked, terms) for asked in demand)
    numbers = range(most + 1) if workers is None else [workers]
    plans = [
        cost_of(demand, [staff] * len(demand), terms, before=before, name="level")
        for staff in numbers
    ]
    return min(plans, key=lambda plan: plan.cost)


def best_plan(demand: Sequence[float], terms: Terms, *, before: int | None = None) -> Plan:
    """The cheapest plan of all, between level and chase, as a PuLP model with whole workers.

    minimise wages + hiring + dismissing + overtime + outside + lost, with
    wₜ = wₜ₋₁ + hireₜ − dismissₜ and wₜ × speed + overtimeₜ + outsideₜ + lostₜ ≥ demandₜ.

    Parameters
    ----------
    demand, terms, before
        As for :func:`cost_of`.

    References
    ----------
    Holt, C. C., Modigliani, F., Muth, J. F. and Simon, H. A. (1960), *Planning Production,
    Inventories, and Work Force*, for the question; the linear form is Hanssmann, F. and Hess,
    S. W. (1960), Management Technology 1, 46-51, without a store.

    Examples
    --------
    >>> terms = Terms(per_worker=100, wage=2000, hire=900, dismiss=900, lost=50)
    >>> best_plan([250, 500, 400], terms).workers
    (3, 5, 4)
    """
    import pulp

    from svclab.linear import solve

    _check_demand(demand)
    n = range(len(demand))
    model = pulp.LpProblem("workers", pulp.LpMinimize)
    people = [model.add_variable(f"workers_{t}", 0, cat="Integer") for t in n]
    ways = ("hired", "dismissed", "overtime", "outside", "lost")
    more = {w: [model.add_variable(f"{w}_{t}", 0) for t in n] for w in ways}
    prices = {
        "hired": terms.hire,
        "dismissed": terms.dismiss,
        "overtime": terms.overtime or 0.0,
        "outside": terms.outside or 0.0,
        "lost": terms.lost,
    }
    model += pulp.lpSum(
        [terms.wage * w for w in people] + [prices[w] * v for w in ways for v in more[w]]
    )
    share = terms.overtime_share if terms.overtime is not None else 0.0
    for t in n:
        last = people[t - 1] if t else (people[0] if before is None else before)
        if t or before is not None:
            model += people[t] - last == more["hired"][t] - more["dismissed"][t], f"staff_{t}"
        done = terms.per_worker * people[t] + pulp.lpSum(more[w][t] for w in ways[2:])
        model += done >= demand[t], f"demand_{t}"
        model += more["overtime"][t] <= share * terms.per_worker * people[t], f"overtime_{t}"
        if terms.outside is None:
            model += more["outside"][t] <= 0, f"outside_{t}"
    found = solve(model)
    if not found.is_optimal:  # pragma: no cover - enough workers can always be hired
        raise RuntimeError(f"no plan was found: the solver says {found.status!r}")
    workers = [round(found.values[f"workers_{t}"]) for t in n]
    return cost_of(demand, workers, terms, before=before, name="best")


def _enough(asked: float, terms: Terms) -> int:
    return math.ceil(asked / terms.per_worker - 1e-9)


def _check_demand(demand: Sequence[float]) -> None:
    if not demand:
        raise ValueError("demand is empty: give customers for at least one period")
    for place, asked in enumerate(demand):
        zero_or_more(f"demand[{place}]", asked, "customers")
