"""The five loops as models with printed equations, labelled assumptions and conclusions.

Whoever moves an assumption asks :func:`.change` which conclusion flips; whoever wants to know what
a conclusion rests on asks :func:`.flip_points`. Every number is invented unless it says otherwise:
the documents name the loops and give no figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from svclab.introduction.loops.assumptions import Assumption, Conclusion, Model
from svclab.introduction.loops.closed import ClosedLoop, closed_loop, closed_verdict
from svclab.introduction.loops.effort import EffortLoop, effort_loop, effort_verdict
from svclab.introduction.loops.performance import Performance, point_of_satisfaction, revenue
from svclab.introduction.loops.spiral import Spiral, spiral_rests
from svclab.introduction.loops.steady import steady
from svclab.introduction.loops.subsystems import SubSystems

__all__ = ["models", "revenue_of"]

Values = Mapping[str, float]


def _made(kind: Any, values: Values) -> Any:
    """A loop out of the values that it has a field for."""
    names = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in values.items() if name in names})


def _row(name: str, value: float, low: float, high: float, unit: str, meaning: str) -> Assumption:
    return Assumption(name, value, low, high, unit, "invented", meaning)


def _closed() -> Model:
    def verdict(v: Values) -> str:
        return closed_verdict(_made(ClosedLoop, v)).behaviour

    def near(v: Values) -> bool:
        run = closed_loop(replace(_made(ClosedLoop, v), noise=0.0), cycles=24)
        return all(abs(value - v["target"]) <= 2 for value in run.capability[12:])

    return Model(
        "closed loop",
        "Five-step closed loop: plan, execute, monitor, evaluate, improve",
        (
            "reported_t = capability_(t−delay) + bias + error_t",
            "capability_(t+1) = capability_t + share · (target − reported_t) − wear",
        ),
        (
            _row("share", 0.2, 0, 3, "of the gap", "how much of a gap one cycle closes"),
            Assumption("delay", 1, 0, 12, "cycles", "invented", "age of a report", whole=True),
            _row("target", 90, 50, 100, "points", "what is planned"),
            _row("start", 60, 0, 100, "points", "capability at the start"),
            _row("bias", 0, -10, 10, "points", "by how much reports are too good"),
            _row("wear", 0, 0, 5, "points a cycle", "what is forgotten or worn out"),
        ),
        (
            Conclusion(
                "no overshoot",
                "Capability comes to its rest without overshoot.",
                lambda v: verdict(v) == "smooth",
            ),
            Conclusion(
                "comes to rest",
                "Capability comes to rest.",
                lambda v: verdict(v) in ("smooth", "swings and settles"),
            ),
            Conclusion(
                "on target",
                "From cycle 12 to 24 capability stays within 2 points of the target.",
                near,
            ),
        ),
    )


def _effort() -> Model:
    def settles(v: Values) -> bool:
        return effort_verdict(_made(EffortLoop, v)).comes_to_rest

    def stronger(v: Values) -> bool:
        loop = _made(EffortLoop, v)
        twice = replace(loop, reaction=min(2 * loop.reaction, 20))
        return _missed(twice) < _missed(loop)

    return Model(
        "effort",
        "Satisfaction, effort and delay: attention that comes and goes",
        (
            "effort_(t+1) = effort_t + reaction · (target − satisfaction_(t−delay)), 0 to 100",
            "satisfaction_(t+1) = satisfaction_t + adapting · (base + effect · effort_t − "
            "satisfaction_t), 0 to 100",
        ),
        (
            _row("reaction", 0.15, 0, 3, "points for 1 point", "effort for satisfaction missed"),
            Assumption("delay", 1, 0, 12, "periods", "invented", "age of the survey", whole=True),
            _row("adapting", 0.5, 0.01, 1, "of the way", "how fast opinion follows"),
            _row("target", 80, 50, 100, "points", "satisfaction aimed at"),
            _row("base", 40, 0, 50, "points", "satisfaction without effort"),
            _row("effect", 0.8, 0.1, 3, "points for 1 point", "satisfaction for effort"),
        ),
        (
            Conclusion("comes to rest", "Satisfaction comes to rest on target.", settles),
            Conclusion(
                "stronger is better",
                "To react twice as strongly brings satisfaction nearer to target over 40 periods.",
                stronger,
            ),
        ),
    )


def _missed(loop: EffortLoop) -> float:
    """Mean distance from target over 40 periods, points."""
    levels = effort_loop(loop, periods=40).satisfaction
    return math.fsum(abs(level - loop.target) for level in levels) / len(levels)


def _spiral() -> Model:
    def heals(v: Values) -> bool:
        rests = spiral_rests(_made(Spiral, v))
        return v["shock"] + rests.points[-1].service > max(rests.tipping, default=-math.inf)

    return Model(
        "spiral",
        "Downward and upward spiral: service, customers, profit, staff",
        (
            "customers = f₁(service), profit = f₂(customers), staff = f₃(profit)",
            "service next = f₄(staff) + push, with fᵢ(x) = gᵢ x / (1 + saturation |x|)",
        ),
        (
            _row("reputation", 1.0, 0, 3, "% for 1%", "customers for service"),
            _row("leverage", 2.0, 0, 5, "% for 1%", "profit for customers; fixed costs raise it"),
            _row("sharing", 0.8, 0, 2, "% for 1%", "staff's mood for profit"),
            _row("care", 1.0, 0, 3, "% for 1%", "service for staff's mood"),
            _row("saturation", 0.5, 0.01, 5, "", "how soon each link gives less"),
            _row("push", 0.01, 0, 0.2, "of normal", "standing help for service"),
            _row("shock", -0.2, -0.5, -0.01, "of normal", "what befalls service once"),
        ),
        (
            Conclusion(
                "heals",
                "After the shock, service comes back to where it was.",
                heals,
            ),
            Conclusion(
                "no trap",
                "There is no lower state in which service stays caught.",
                lambda v: len(spiral_rests(_made(Spiral, v)).points) == 1,
            ),
        ),
    )


def _subsystems() -> Model:
    def each(v: Values, times: float) -> float:
        system = _made(SubSystems, v)
        try:
            return steady(replace(system, capacity=times * system.capacity)).cost_each
        except ValueError:
            return float("inf")

    def calm(v: Values) -> bool:
        try:
            return steady(_made(SubSystems, v)).kind != "overloaded"
        except ValueError:
            return False

    return Model(
        "sub-systems",
        "Four sub-systems: demand, process, quality, cost",
        (
            "demand_t = demand · max(0, 1 + pull · (reputation_t − neutral))",
            "work_t = backlog_t + demand_t; done_t = min(work_t, capacity)",
            "load_t = work_t / capacity; quality_t = top − strain · max(0, load_t − calm), 0 to 1",
            "backlog_(t+1) = work_t − done_t + rework · (1 − quality_t) · done_t",
            "reputation_(t+1) = reputation_t + 0.2 · (quality_t − reputation_t)",
            "a good job costs (capacity_cost · capacity + failure_cost · (1 − quality_t) · done_t) "
            "/ (quality_t · done_t)",
        ),
        (
            _row("demand", 100, 60, 140, "jobs a week", "at neutral reputation"),
            _row("capacity", 120, 80, 160, "jobs a week", "what the staff can do"),
            _row("pull", 0.8, 0, 3, "", "how much reputation draws"),
            _row("neutral", 0.9, 0.5, 1, "share", "reputation that draws and loses none"),
            _row("top", 0.96, 0.8, 1, "share", "right the first time without haste"),
            _row("strain", 0.6, 0, 2, "share for 100% of load", "what haste costs in quality"),
            _row("calm", 0.8, 0.5, 1, "load", "from where haste begins"),
            _row("rework", 0.5, 0, 0.9, "share", "mistakes that come back as work"),
            _row("capacity_cost", 100, 20, 200, "yuan a job", "paid, idle or not"),
            _row("failure_cost", 300, 0, 1000, "yuan", "of a mistake"),
        ),
        (
            Conclusion(
                "cutting saves",
                "A tenth less capacity makes a good job cheaper in the long run.",
                lambda v: each(v, 0.9) < each(v, 1.0),
            ),
            Conclusion("keeps up", "The service keeps up with its demand.", calm),
        ),
    )


def _performance() -> Model:
    return Model(
        "performance",
        "Satisfaction, repurchase, revenue",
        (
            "repurchase = low + (high − low) · satisfaction^shape",
            "customers_(t+1) = (repurchase + recommend · satisfaction) · customers_t + advertised",
        ),
        (
            _row("satisfaction", 0.7, 0.3, 0.95, "share", "mean of a survey"),
            _row("low", 0.2, 0, 0.5, "share", "coming back at satisfaction 0"),
            _row("high", 0.9, 0.6, 1, "share", "coming back at satisfaction 1"),
            _row("shape", 1, 0.3, 4, "", "above 1: ever more; below 1: ever less"),
            _row(
                "recommend", 0.1, 0, 0.5, "new customers for one fully satisfied", "word of mouth"
            ),
            _row("advertised", 200, 0, 500, "customers", "new by advertising, a period"),
            _row("customers", 1000, 500, 2000, "customers", "at the start"),
            _row("spend", 150, 100, 200, "yuan", "a customer and period"),
        ),
        (
            Conclusion(
                "carries itself",
                "Without advertising the customers become more.",
                lambda v: _made(Performance, v).growth > 1,
            ),
            Conclusion(
                "five points",
                "Five points of satisfaction bring more than 30 new customers a period.",
                lambda v: point_of_satisfaction(_made(Performance, v), by=5).advertised_for_it > 30,
            ),
        ),
    )


def revenue_of(values: Values) -> float:
    """Revenue of twelve periods for the numbers of the model ``performance``, yuan.

    Parameters
    ----------
    values : mapping of str to float
        Assumption to its value.

    Returns
    -------
    float
        Yuan.

    Examples
    --------
    >>> round(revenue_of(models()["performance"].values()))
    1600299
    """
    return revenue(_made(Performance, values))


@cache
def models() -> Mapping[str, Model]:
    """The five loops by name.

    Returns
    -------
    mapping of str to Model
        closed loop, effort, spiral, sub-systems, performance.

    Examples
    --------
    >>> list(models())
    ['closed loop', 'effort', 'spiral', 'sub-systems', 'performance']
    """
    found = (_closed(), _effort(), _spiral(), _subsystems(), _performance())
    return {model.name: model for model in found}
