"""The first plan of the course: what a bicycle workshop repairs in a day (invented).

Mending brakes and building wheels need minutes; for wheels there are only so many rims. The
model is the one that the notebook writes in PuLP; :func:`program` writes its lines for other
numbers, and a test runs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from svclab.checks import a_number, zero_or_more
from svclab.linear import solve
from svclab.words import count, say, yuan

__all__ = ["BRAKE_MINUTES", "WHEEL_MINUTES", "Plan", "best_plan", "program", "workshop"]

BRAKE_MINUTES, WHEEL_MINUTES = 20, 30  # invented


@dataclass(frozen=True)
class Plan:
    """What is repaired in a day."""

    brakes: int
    wheels: int
    earns: float  # yuan

    def __repr__(self) -> str:
        return say(
            "{brakes} and {wheels} earn {earns}",
            brakes=count(self.brakes, "brake"),
            wheels=count(self.wheels, "wheel"),
            earns=yuan(self.earns, 2),
        )

    @property
    def minutes(self) -> int:
        """Working time of the plan, minutes."""
        return BRAKE_MINUTES * self.brakes + WHEEL_MINUTES * self.wheels


def workshop(
    brake_earns: float = 20,
    wheel_earns: float = 35,
    *,
    minutes: float = 480,
    rims: int = 10,
    promised: int = 0,
) -> Any:
    """The day of the workshop as a PuLP problem, in whole repairs.

    max  e_b b + e_w w  subject to  20 b + 30 w ≤ minutes,  w ≤ rims,  b ≥ promised.

    Parameters
    ----------
    brake_earns, wheel_earns : float
        Yuan for one repair (invented).
    minutes : float
        Working time of the day, zero or more.
    rims : int
        Wheels at most, zero or more.
    promised : int
        Brakes at least, because customers have a date for them; zero or more.

    Returns
    -------
    pulp.LpProblem
        Variables ``brakes`` and ``wheels``; constraints ``minutes``, ``rims`` and, if any are,
        ``promised``.

    Raises
    ------
    ValueError
        If something is no number, or minutes, rims or promises are below zero.

    Examples
    --------
    >>> workshop().numVariables()
    2
    """
    import pulp

    a_number("brake_earns", brake_earns, what="yuan")
    a_number("wheel_earns", wheel_earns, what="yuan")
    for name, value in (("minutes", minutes), ("rims", rims), ("promised", promised)):
        zero_or_more(name, value)
    problem = pulp.LpProblem("workshop", pulp.LpMaximize)
    brakes = problem.add_variable("brakes", lowBound=0, cat="Integer")
    wheels = problem.add_variable("wheels", lowBound=0, cat="Integer")
    problem += brake_earns * brakes + wheel_earns * wheels
    problem += BRAKE_MINUTES * brakes + WHEEL_MINUTES * wheels <= minutes, "minutes"
    problem += wheels <= rims, "rims"
    if promised:
        problem += brakes >= promised, "promised"
    return problem


def best_plan(
    brake_earns: float = 20,
    wheel_earns: float = 35,
    *,
    minutes: float = 480,
    rims: int = 10,
    promised: int = 0,
) -> Plan | None:
    """The best day of the workshop; None if no plan keeps all limits.

    Parameters
    ----------
    brake_earns, wheel_earns, minutes, rims, promised
        As in :func:`workshop`.

    Returns
    -------
    Plan or None
        Whole repairs, and what they earn in yuan.

    Raises
    ------
    ValueError
        As :func:`workshop`.

    Examples
    --------
    >>> best_plan()
    9 brakes and 10 wheels earn 530 yuan
    >>> best_plan(promised=25) is None
    True
    """
    problem = workshop(brake_earns, wheel_earns, minutes=minutes, rims=rims, promised=promised)
    found = solve(problem)
    if found.objective is None:
        return None
    plan = {name: round(value) for name, value in found.values.items()}
    return Plan(plan["brakes"], plan["wheels"], found.objective)


def program(
    brake_earns: float = 20,
    wheel_earns: float = 35,
    *,
    minutes: float = 480,
    rims: int = 10,
    promised: int = 0,
) -> str:
    """The same model as the lines of a cell; running them prints the plan.

    Parameters
    ----------
    brake_earns, wheel_earns, minutes, rims, promised
        As in :func:`workshop`.

    Returns
    -------
    str
        Python; numbers are written with up to twelve digits.

    Examples
    --------
    >>> exec(program())
    optimal 530.0 {'brakes': 9.0, 'wheels': 10.0}
    """
    promise = f'workshop += brakes >= {promised}, "promised"\n' if promised else ""
    return (
        "import pulp\nfrom svclab import linear\n\n"
        'workshop = pulp.LpProblem("workshop", pulp.LpMaximize)\n'
        'brakes = workshop.add_variable("brakes", lowBound=0, cat="Integer")\n'
        'wheels = workshop.add_variable("wheels", lowBound=0, cat="Integer")\n'
        f"workshop += {brake_earns:.12g} * brakes + {wheel_earns:.12g} * wheels\n"
        f"workshop += {BRAKE_MINUTES} * brakes + {WHEEL_MINUTES} * wheels <= {minutes:.12g}, "
        '"minutes"\n'
        f'workshop += wheels <= {rims}, "rims"\n'
        f"{promise}"
        "best = linear.solve(workshop)\n"
        "print(best.status, best.objective, best.values)\n"
    )
