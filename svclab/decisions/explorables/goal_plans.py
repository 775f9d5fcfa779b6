"""An office's three goals for a week, and the plan by weights or one after the other. Invented."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Any

from svclab.decisions.problems.goals import Goal, GoalPlan, preemptive_goals, weighted_goals

__all__ = [
    "MONEY", "MOST_TEMPS", "NAMES", "ORDERS", "PAY", "SERVICE", "SPEED", "STAFF", "START", "TEMPS",
    "TRAINED", "Setting", "missed", "planned",
]  # fmt: skip

SERVICE, MONEY, STAFF = "service", "money", "staff"
NAMES = {
    SERVICE: "serve the customers",
    MONEY: "keep the budget",
    STAFF: "limit the temporary staff",
}
TRAINED, TEMPS = "trained", "temporary"
SPEED = {TRAINED: 6.0, TEMPS: 4.0}  # customers an hour
PAY = {TRAINED: 60.0, TEMPS: 30.0}  # yuan an hour
MOST_TEMPS = 500.0  # hours of temporary staff that can be had
ORDERS = {"-".join(order): order for order in permutations(NAMES)}
START = (2400.0, 20000.0, 200.0, 320.0)


@dataclass(frozen=True)
class Setting:
    """What is aimed at, and the hours of trained staff that there are."""

    customers: float
    budget: float
    temps: float
    trained: float

    def goals(self, weights: dict[str, float], order: tuple[str, ...]) -> list[Goal]:
        """The three goals; a penalty is the weight for each percent that is missed."""
        place = {name: order.index(name) + 1 for name in NAMES}
        return [
            Goal(SERVICE, SPEED, ">=", self.customers, priority=place[SERVICE],
                 under=100 * weights[SERVICE] / self.customers),
            Goal(MONEY, PAY, "<=", self.budget, priority=place[MONEY],
                 over=100 * weights[MONEY] / self.budget),
            Goal(STAFF, {TEMPS: 1.0}, "<=", self.temps, priority=place[STAFF],
                 over=100 * weights[STAFF] / self.temps),
        ]  # fmt: skip

    @property
    def limits(self) -> dict[str, Any]:
        """What cannot be exceeded: the hours that there are."""
        return {
            "trained hours": ({TRAINED: 1.0}, "<=", self.trained),
            "temporary hours": ({TEMPS: 1.0}, "<=", MOST_TEMPS),
        }


@lru_cache(maxsize=128)
def planned(
    setting: Setting, method: str, weights: tuple[float, float, float], order: str
) -> GoalPlan:
    """The plan by weights or by priorities."""
    goals = setting.goals(dict(zip(NAMES, weights, strict=True)), ORDERS[order])
    if method == "weights":
        return weighted_goals(goals, limits=setting.limits)
    return preemptive_goals(goals, limits=setting.limits)


def missed(plan: GoalPlan) -> dict[str, float]:
    """How far each goal is missed, as a share of what was aimed at."""
    return {goal.name: plan.missed[goal.name] / goal.value for goal in plan.goals}
