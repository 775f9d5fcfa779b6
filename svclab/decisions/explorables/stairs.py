"""The best profit of the five companies for every limit on debt, whole and in parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from svclab.decisions.problems import Choice, NoPlanError, cases, every_choice, selection
from svclab.decisions.problems import selection_problem as program
from svclab.decisions.sensitivity import ValueFunction, value_function

__all__ = [
    "ASSETS", "COMPANIES", "COUNT", "DEBT", "MOST_DEBT", "Stairs", "in_parts", "letters",
    "stairs", "verdict",
]  # fmt: skip

CASE = cases.listing().arguments
COMPANIES: Mapping[str, Mapping[str, float]] = CASE["candidates"]
COUNT, ASSETS, DEBT = CASE["count"], CASE["at_least"]["assets"], CASE["at_most"]["debt"]
MOST_DEBT = 9.0  # 亿 yuan; all five together owe 8.91


@dataclass(frozen=True)
class Stairs:
    """The best profit for every limit on debt, with the other limits as they are."""

    choices: tuple[Choice, ...]  # of that many companies, whether they keep the limits or not
    steps: tuple[Choice, ...]  # those at which the best profit steps up, by their debt
    parts: ValueFunction | None  # the linear program's curve; None: too few assets even in parts

    def whole(self, debt: float) -> Choice | None:
        """The best choice within a limit on debt; None: there is none."""
        return next((c for c in reversed(self.steps) if c.totals["debt"] <= debt + 1e-9), None)

    def next_step(self, debt: float) -> Choice | None:
        """The first choice beyond a limit on debt that earns more; None: there is none."""
        return next((c for c in self.steps if c.totals["debt"] > debt + 1e-9), None)

    def linear(self, debt: float) -> float | None:
        """The linear program's profit within a limit on debt; None: there is no plan."""
        return None if self.parts is None else self.parts.linear(debt)

    def price(self, debt: float) -> float | None:
        """What debt room is worth in the linear program, for a little more of it."""
        if self.parts is None or self.linear(debt) is None:
            return None
        ends = zip(self.parts.corners[1:], self.parts.slopes, strict=False)
        return next((slope for (end, _), slope in ends if debt < end - 1e-9), 0.0)


@lru_cache(maxsize=256)
def stairs(assets: float, many: int) -> Stairs:
    """Every choice of that many companies, and both value functions of the limit on debt."""
    choices = every_choice(COMPANIES, count=many, at_least={"assets": assets})
    steps: list[Choice] = []
    for one in sorted(choices, key=lambda c: (c.totals["debt"], -c.value)):
        if one.fits and (not steps or one.value > steps[-1].value):
            steps.append(one)
    problem = program(COMPANIES, count=many, at_least={"assets": assets},
                      at_most={"debt": DEBT}, relaxed=True)  # fmt: skip
    curve = value_function(problem, "most_debt", lower=0, upper=MOST_DEBT, whole=False)
    return Stairs(tuple(choices), tuple(steps), curve if curve.corners else None)


@lru_cache(maxsize=256)
def in_parts(debt: float, assets: float, many: int) -> Choice | None:
    """The best choice if a company can be taken in part; None: there is none."""
    try:
        return selection(COMPANIES, count=many, at_least={"assets": assets},
                         at_most={"debt": debt}, relaxed=True)  # fmt: skip
    except NoPlanError:
        return None


def letters(choice: Choice) -> str:
    """A choice in short, such as "ABC"."""
    return "".join(choice.taken)


def verdict(choice: Choice, best: Choice | None, debt: float) -> str:
    """Best, within the limits, or which limit is broken."""
    owes = choice.totals["debt"] > debt + 1e-9
    if not choice.fits:
        return "too few assets, too much debt" if owes else "too few assets"
    if owes:
        return "too much debt"
    return "best" if best and choice.taken == best.taken else "fits"
