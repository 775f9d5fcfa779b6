"""Data envelopment analysis: which branches do well with what they have, and whom to learn from.

A branch (a *unit*) turns inputs, such as staff hours, into outputs, such as served customers.
Its efficiency is found by comparing it with the best mixture of all branches. Constant returns
to scale give the CCR model, variable returns the BCC model; the input orientation asks how far
all inputs could shrink, the output orientation how far all outputs could grow.

References
----------
Charnes, A., Cooper, W. W. and Rhodes, E. (1978), Measuring the efficiency of decision making
units, European Journal of Operational Research 2, 429-444 (CCR). Banker, R. D., Charnes, A. and
Cooper, W. W. (1984), Some models for estimating technical and scale inefficiencies in data
envelopment analysis, Management Science 30, 1078-1092 (BCC). Sherman, H. D. and Zhu, J. (2006),
Service Productivity Management, Springer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from svclab.checks import a_column, names_of, one_of
from svclab.decisions.problems.common import pulp_names, tidy
from svclab.decisions.problems.efficiency import NEAR, Efficiency, UnitEfficiency
from svclab.words import join

__all__ = ["dea", "dea_problem", "dea_weights_problem"]

Units = Mapping[str, Mapping[str, float]]


def dea_problem(
    units: Units,
    inputs: Sequence[str],
    outputs: Sequence[str],
    unit: str,
    *,
    returns: str = "constant",
    orientation: str = "input",
) -> Any:
    """The envelopment form for one unit in PuLP: is there a mixture that does better?

    With weights λⱼ ≥ 0 of the units: minimise θ subject to Σⱼ λⱼ x[i, j] ≤ θ x[i, o] for each
    input and Σⱼ λⱼ y[r, j] ≥ y[r, o] for each output; or, output oriented, maximise φ subject
    to Σⱼ λⱼ x[i, j] ≤ x[i, o] and Σⱼ λⱼ y[r, j] ≥ φ y[r, o]. Variable returns add Σⱼ λⱼ = 1.
    Each figure is divided by its largest value, so that no unit of measurement weighs more.

    Parameters
    ----------
    units : mapping of mapping
        Unit to its figures, zero or more.
    inputs, outputs : sequence of str
        Which figures are used, and which are made. A unit needs one of each above zero.
    unit : str
        The unit that is looked at.
    returns : {"constant", "variable"}, optional
        CCR, or BCC.
    orientation : {"input", "output"}, optional
        Whether inputs shall shrink or outputs grow.

    Returns
    -------
    pulp.LpProblem
        Variables ``factor`` and ``weight_UNIT``; a constraint for each figure, under its name.

    Raises
    ------
    ValueError
        If a figure is missing or negative, or a unit uses nothing or makes nothing.

    Examples
    --------
    >>> shops = {"A": {"hours": 20, "customers": 100}, "B": {"hours": 10, "customers": 80}}
    >>> dea_problem(shops, ["hours"], ["customers"], "A")
    dea:
    MINIMIZE
    1*factor + 0
    SUBJECT TO
    hours: - factor + weight_A + 0.5 weight_B <= 0
    <BLANKLINE>
    customers: weight_A + 0.8 weight_B >= 1
    <BLANKLINE>
    VARIABLES
    factor Continuous
    weight_A Continuous
    weight_B Continuous
    """
    known, used, made = _checked(units, inputs, outputs)
    _check_words(known, unit, returns, orientation)
    return _envelope(_scaled(known, used, made), used, made, unit, returns, orientation)[0]


def dea_weights_problem(
    units: Units,
    inputs: Sequence[str],
    outputs: Sequence[str],
    unit: str,
    *,
    returns: str = "constant",
) -> Any:
    """The multiplier form for one unit in PuLP: prices that show it in its best light.

    The dual of :func:`dea_problem`, input oriented: with prices v[i] and u[r] of zero or more,
    maximise Σᵣ u[r] y[r, o] + u₀ subject to Σᵢ v[i] x[i, o] = 1 and, for every unit j,
    Σᵣ u[r] y[r, j] + u₀ ≤ Σᵢ v[i] x[i, j]. Constant returns: u₀ = 0. The figures stand as they
    are given.

    Parameters
    ----------
    units, inputs, outputs, unit, returns
        As for :func:`dea_problem`.

    Returns
    -------
    pulp.LpProblem
        Variables ``price_FIGURE``, and ``scale`` with variable returns; constraints ``inputs``
        and ``fair_UNIT``.

    Raises
    ------
    ValueError
        As :func:`dea_problem`.

    Examples
    --------
    >>> shops = {"A": {"hours": 20, "customers": 100}, "B": {"hours": 10, "customers": 80}}
    >>> dea_weights_problem(shops, ["hours"], ["customers"], "A")
    dea_weights:
    MAXIMIZE
    100.0*price_customers + 0.0
    SUBJECT TO
    inputs: 20 price_hours = 1
    <BLANKLINE>
    fair_A: 100 price_customers - 20 price_hours <= 0
    <BLANKLINE>
    fair_B: 80 price_customers - 10 price_hours <= 0
    <BLANKLINE>
    VARIABLES
    price_customers Continuous
    price_hours Continuous
    """
    import pulp

    known, used, made = _checked(units, inputs, outputs)
    _check_words(known, unit, returns, "input")
    problem = pulp.LpProblem("dea_weights", pulp.LpMaximize)
    figures = [*used, *made]
    price = {
        f: problem.add_variable(f"price_{short}", 0)
        for f, short in zip(figures, pulp_names(figures), strict=True)
    }
    scale = problem.add_variable("scale") if returns == "variable" else 0
    problem += pulp.lpSum(known[unit][r] * price[r] for r in made) + scale
    problem += pulp.lpSum(known[unit][i] * price[i] for i in used) == 1, "inputs"
    for name, short in zip(known, pulp_names(list(known)), strict=True):
        gain = pulp.lpSum(known[name][r] * price[r] for r in made) + scale
        problem += gain - pulp.lpSum(known[name][i] * price[i] for i in used) <= 0, f"fair_{short}"
    return problem


def dea(
    units: Units,
    inputs: Sequence[str],
    outputs: Sequence[str],
    *,
    returns: str = "constant",
    orientation: str = "input",
) -> Efficiency:
    """The efficiency of every unit, with peers, targets and slacks.

    Two phases: first the factor, then, with the factor kept, the largest sum of slacks (each as
    a share of the largest value of its figure), so that a target can never be improved again.

    Parameters
    ----------
    units, inputs, outputs, returns, orientation
        As for :func:`dea_problem`.

    Returns
    -------
    Efficiency
        One :class:`UnitEfficiency` for each unit, in the given order; ``result["A"]`` finds one.

    Raises
    ------
    ValueError
        As :func:`dea_problem`, or if figures differ so much (by millions) that the solver cannot
        compare them.

    Examples
    --------
    >>> shops = {"A": {"hours": 20, "customers": 100}, "B": {"hours": 10, "customers": 80}}
    >>> result = dea(shops, ["hours"], ["customers"])
    >>> result
    1 of 2 units are efficient: B (constant returns to scale, input orientation).
      unit  efficiency  efficient     peers
      A          62.5%         no  B (1.25)
      B           100%        yes
    >>> result["A"]
    A is 62.5% efficient; it can learn from B (1.25).
      figure     now  target  of it slack
      hours       20    12.5            0
      customers  100     100            0
    """
    known, used, made = _checked(units, inputs, outputs)
    _check_words(known, next(iter(known)), returns, orientation)
    scaled = _scaled(known, used, made)
    found = [_one(known, scaled, used, made, name, returns, orientation) for name in known]
    return Efficiency(tuple(found), returns, orientation)


Figures = Mapping[str, Mapping[str, float]]


def _one(
    known: Figures, scaled: Figures, used: list[str], made: list[str], unit: str,
    returns: str, orientation: str,
) -> UnitEfficiency:  # fmt: skip
    from svclab.linear import solve

    problem, factor, weight = _envelope(scaled, used, made, unit, returns, orientation)
    size = solve(problem).values[factor.name]  # never without a plan: the unit alone is one
    best = _second_phase(scaled, used, made, unit, returns, orientation, size)
    size = tidy(size)
    peers = {n: best[w.name] for n, w in weight.items() if best[w.name] > NEAR}
    shrink, grow = (size, 1.0) if orientation == "input" else (1.0, size)
    targets, slacks = {}, {}
    for figure in [*used, *made]:
        mixed = math.fsum(w * known[n][figure] for n, w in peers.items())
        plain = known[unit][figure] * (shrink if figure in used else grow)
        largest = max(row[figure] for row in known.values())
        slack = abs(plain - mixed)
        slacks[figure] = slack if slack > NEAR * largest else 0.0
        targets[figure] = mixed if slacks[figure] else plain
    efficiency = size if orientation == "input" else 1 / size
    return UnitEfficiency(unit, efficiency, size, peers, known[unit], targets, slacks)


def _envelope(
    scaled: Figures, used: list[str], made: list[str], unit: str, returns: str, orientation: str
) -> tuple[Any, Any, dict[str, Any]]:
    import pulp

    shrink = orientation == "input"
    problem = pulp.LpProblem("dea", pulp.LpMinimize if shrink else pulp.LpMaximize)
    factor = problem.add_variable("factor", 0)
    weight = {
        name: problem.add_variable(f"weight_{short}", 0)
        for name, short in zip(scaled, pulp_names(list(scaled)), strict=True)
    }
    problem += factor
    figures = [*used, *made]
    for figure, short in zip(figures, pulp_names(figures), strict=True):
        mixed = pulp.lpSum(row[figure] * weight[name] for name, row in scaled.items())
        own = scaled[unit][figure] * (factor if (figure in used) == shrink else 1)
        if not mixed.keys():
            continue
        problem += (mixed <= own if figure in used else mixed >= own), short
    if returns == "variable":
        problem += pulp.lpSum(weight.values()) == 1, "one_mixture"
    return problem, factor, weight


def _second_phase(
    scaled: Figures, used: list[str], made: list[str], unit: str, returns: str,
    orientation: str, size: float,
) -> dict[str, float]:  # fmt: skip
    """The mixture with the largest slacks, the factor kept."""
    import pulp

    from svclab.linear import solve

    problem, factor, weight = _envelope(scaled, used, made, unit, returns, orientation)
    parts = []
    for figures, sign in ((used, -1), (made, 1)):
        for figure in figures:
            parts += [sign * row[figure] * weight[name] for name, row in scaled.items()]
    problem.sense = pulp.LpMaximize
    problem.setObjective(pulp.lpSum(parts))
    # A hair of room, so that rounding cannot make it impossible; more for figures that differ
    # by millions.
    for room in (1e-8, 1e-6):
        if orientation == "input":
            factor.upBound = size * (1 + room)
        else:
            factor.lowBound = size * (1 - room)
        found = solve(problem)
        if found.is_optimal:
            return {name: tidy(value) for name, value in found.values.items()}
    raise ValueError(
        f"the figures of {unit!r} differ too much from the others for the solver: give them in "
        "other units, or leave out what is tiny"
    )


def _checked(
    units: Units, inputs: Sequence[str], outputs: Sequence[str]
) -> tuple[dict[str, dict[str, float]], list[str], list[str]]:
    used, made = names_of("inputs", inputs), names_of("outputs", outputs)
    for both in set(used) & set(made):
        raise ValueError(f"{both!r} is an input and an output: give it one role")
    names = names_of("units", units)
    known: dict[str, dict[str, float]] = {}
    for name in names:
        row = units[name] if isinstance(units, Mapping) else None
        if not isinstance(row, Mapping):
            raise ValueError("units: give a dict of figures for each unit")
        picked = {f: row[f] for f in [*used, *made] if f in row}
        known[name] = a_column(f"units[{name!r}]", picked, [*used, *made])
        for word, figures in (("inputs", used), ("outputs", made)):
            if not any(known[name][f] for f in figures):
                raise ValueError(f"units[{name!r}]: all {word} are zero; leave this unit out")
    return known, used, made


def _check_words(known: Figures, unit: str, returns: str, orientation: str) -> None:
    if unit not in known:
        raise ValueError(f"unit={unit!r} is not one of {join(map(repr, known), most=6)}")
    if returns not in ("constant", "variable"):
        raise ValueError(f"returns={returns!r}: give 'constant' (CCR) or 'variable' (BCC)")
    one_of("orientation", orientation, ("input", "output"))


def _scaled(known: Figures, used: list[str], made: list[str]) -> dict[str, dict[str, float]]:
    largest = {f: max(row[f] for row in known.values()) or 1.0 for f in [*used, *made]}
    return {name: {f: row[f] / largest[f] for f in largest} for name, row in known.items()}
