"""All choices of a few ideas at once: the best of each budget, without a solver.

Ten ideas have 1,024 subsets, which are soon looked through; a picture of the best worth at every
budget then costs no more than one budget. :func:`svclab.strategy.balance.innovation_portfolio`
is the reference: a test compares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svclab.strategy.balance import Idea

__all__ = ["Step", "best_at", "frontier"]

CLOSE = 1e-9
MOST = 12  # ideas


@dataclass(frozen=True)
class Step:
    """A budget from which on more can be had."""

    cost: float  # the least budget that allows it
    worth: float  # the best there is for this budget
    taken: frozenset[str]


def frontier(ideas: Sequence[Idea], caps: Mapping[str, float] | None = None) -> list[Step]:
    """The best worth by budget, as steps: each costs more and is worth more than the one before.

    Parameters
    ----------
    ideas : sequence of Idea
        At most twelve.
    caps : mapping, optional
        Route to the most it may cost.

    Returns
    -------
    list of Step
        Beginning with nothing for nothing.

    Raises
    ------
    ValueError
        For more than twelve ideas.

    Examples
    --------
    >>> two = [Idea("kiosk", "technology", 10, 5), Idea("smile", "culture", 3, 1)]
    >>> [(step.cost, step.worth) for step in frontier(two)]
    [(0.0, 0.0), (1.0, 3.0), (5.0, 10.0), (6.0, 13.0)]
    """
    if len(ideas) > MOST:
        raise ValueError(f"ideas has {len(ideas)}: at most {MOST} can be looked through")
    found = [(0.0, 0.0, 0)]
    spent: list[dict[str, float]] = [dict.fromkeys(caps or {}, 0.0)]
    for k, one in enumerate(ideas):
        for at in range(len(found)):
            cost, worth, mask = found[at]
            after = spent[at]
            if one.route in after:
                if after[one.route] + one.cost > (caps or {})[one.route] + CLOSE:
                    continue
                after = {**after, one.route: after[one.route] + one.cost}
            found.append((cost + one.cost, worth + one.worth, mask | 1 << k))
            spent.append(after)
    # Of equal costs the highest worth first, of equal worths the fewer ideas.
    found.sort(key=lambda one: (one[0], -one[1], one[2]))
    steps: list[Step] = []
    for cost, worth, mask in found:
        if not steps or worth > steps[-1].worth + CLOSE:
            taken = frozenset(one.name for k, one in enumerate(ideas) if mask >> k & 1)
            steps.append(Step(cost, worth, taken))
    return steps


def best_at(steps: Sequence[Step], budget: float) -> Step:
    """The best that a budget allows."""
    return steps[bisect_right([step.cost for step in steps], budget + CLOSE) - 1]
