"""Minimum-cost flow: send goods, people or messages through a network at the least cost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_number, zero_or_more
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import count, join, say

__all__ = ["Flow", "flow_problem", "min_cost_flow"]

Arc = tuple[str, str]
Arcs = Mapping[Arc, tuple[float, float | None]]


@dataclass(frozen=True, repr=False)
class Flow(Answer):
    """How much goes along each arc."""

    amounts: Mapping[Arc, float]  # (from, to) to amount
    arcs: Mapping[Arc, tuple[float, float | None]]  # (from, to) to cost and capacity
    net: Mapping[str, float]  # node to supply (above zero) or demand (below zero)
    unit: str = ""  # of the cost

    @property
    def cost(self) -> float:
        """The cost of the whole flow."""
        return math.fsum(self.arcs[arc][0] * a for arc, a in self.amounts.items())

    @property
    def full(self) -> tuple[Arc, ...]:
        """The arcs at their capacity."""
        return tuple(
            arc for arc, a in self.amounts.items()
            if (most := self.arcs[arc][1]) is not None and a >= most - 1e-7 * max(1.0, most)
        )  # fmt: skip

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an arc that is used or full."""
        return [
            {"from": arc[0], "to": arc[1], "amount": a, "capacity": self.arcs[arc][1],
             "cost": self.arcs[arc][0]}
            for arc, a in self.amounts.items()
            if a
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """The cost and the full arcs."""
        used = sum(1 for a in self.amounts.values() if a)
        full = join((f"{i} → {j}" for i, j in self.full), most=6)
        return say(
            "{cost} along {used}. {full}",
            cost=shown(self.cost, self.unit),
            used=count(used, "arc"),
            full=say("Full: {arcs}.", arcs=full) if full else "No arc is full.",
        )


def flow_problem(net: Mapping[str, float], arcs: Arcs) -> Any:
    """The minimum-cost flow in PuLP, to look at or to solve.

    With x[i, j] along the arc from i to j: minimise Σ c[i, j] x[i, j], subject to
    Σⱼ x[i, j] - Σⱼ x[j, i] = net of i for each node, and 0 ≤ x[i, j] ≤ capacity.

    Parameters
    ----------
    net : mapping
        Node to its supply (above zero), its demand (below zero), or 0 for a node on the way.
        The sum must be 0.
    arcs : mapping
        (from, to) to (cost of a unit, capacity); a capacity of None has no limit.

    Returns
    -------
    pulp.LpProblem
        Variables ``FROM_to_TO``, a constraint ``node_NAME`` for each node.

    Raises
    ------
    ValueError
        If supply and demand differ, or an arc has an unknown end or a capacity below zero.

    Examples
    --------
    >>> flow_problem({"A": 4, "B": 0, "C": -4}, {("A", "B"): (2, None), ("B", "C"): (1, 9)})
    flow:
    MINIMIZE
    2.0*A_to_B + 1.0*B_to_C + 0.0
    SUBJECT TO
    node_A: A_to_B = 4
    <BLANKLINE>
    node_B: - A_to_B + B_to_C = 0
    <BLANKLINE>
    node_C: - B_to_C = -4
    <BLANKLINE>
    VARIABLES
    A_to_B Continuous
    B_to_C <= 9 Continuous
    """
    return _model(net, arcs)[0]


def min_cost_flow(net: Mapping[str, float], arcs: Arcs, *, unit: str = "") -> Flow:
    """The cheapest flow that brings all supply to the demand.

    Parameters
    ----------
    net, arcs
        As for :func:`flow_problem`.
    unit : str, optional
        Unit of the cost, to be shown, such as ``"yuan"``.

    Returns
    -------
    Flow
        One of the cheapest, if there are several.

    Raises
    ------
    ValueError
        As :func:`flow_problem`.
    NoPlanError
        If the arcs cannot carry the supply, or a circle of arcs earns money without end.

    References
    ----------
    Ford, L. R. and Fulkerson, D. R. (1962), Flows in Networks, Princeton University Press.

    Examples
    --------
    >>> min_cost_flow({"A": 4, "B": 0, "C": -4},
    ...               {("A", "B"): (2, None), ("B", "C"): (1, 3), ("A", "C"): (5, None)})
    14 along 3 arcs. Full: B → C.
      from  to  amount  capacity  cost
      A      B       3                2
      B      C       3         3     1
      A      C       1                5
    """
    problem, x, known, nodes = _model(net, arcs)
    if not x:  # nothing to send, or no way to send it
        if any(nodes.values()):
            raise NoPlanError("arcs is empty, but there is something to send: give arcs")
        return Flow({}, {}, nodes, unit)
    try:
        found = solved(problem, "the arcs cannot carry it")
    except NoPlanError as refused:
        if "without end" in str(refused):
            raise NoPlanError(
                "a circle of arcs without capacity has a cost below zero, so the cost can fall "
                "without end: give one of its arcs a capacity", problem,
            ) from None  # fmt: skip
        raise NoPlanError(_why_not(nodes, known), problem) from None
    return Flow({arc: found[v.name] for arc, v in x.items()}, known, nodes, unit)


def _model(
    net: Mapping[str, float], arcs: Arcs
) -> tuple[Any, dict[Arc, Any], dict[Arc, tuple[float, float | None]], dict[str, float]]:
    import pulp

    nodes = a_column("net", net, each=a_number)
    off = math.fsum(nodes.values())
    if abs(off) > 1e-9 * max(1.0, max(abs(v) for v in nodes.values())):
        word = "more supply than demand" if off > 0 else "more demand than supply"
        raise ValueError(
            f"net adds up to {off:g}: there is {word}; add a dummy node with {-off:g} and arcs to "
            "or from it"
        )
    known = _arcs(nodes, arcs)
    problem = pulp.LpProblem("flow", pulp.LpMinimize)
    names = pulp_names([f"{i}_to_{j}" for i, j in known])
    x = {
        arc: problem.add_variable(name, 0, known[arc][1])
        for arc, name in zip(known, names, strict=True)
    }
    problem += total((v, known[arc][0]) for arc, v in x.items())
    for node, name in zip(nodes, pulp_names(list(nodes)), strict=True):
        out = pulp.lpSum(v for (i, _), v in x.items() if i == node)
        into = pulp.lpSum(v for (_, j), v in x.items() if j == node)
        if (out - into).keys() or nodes[node]:
            problem += out - into == nodes[node], f"node_{name}"
    return problem, x, known, nodes


def _arcs(nodes: Mapping[str, float], arcs: Arcs) -> dict[Arc, tuple[float, float | None]]:
    if not isinstance(arcs, Mapping):
        raise ValueError(f"arcs={arcs!r}: give a dict of (from, to) to (cost, capacity)")
    known: dict[Arc, tuple[float, float | None]] = {}
    for arc, pair in arcs.items():
        if not isinstance(arc, tuple) or len(arc) != 2:
            raise ValueError(f"arcs has {arc!r}: an arc is a pair (from, to)")
        for end in arc:
            if end not in nodes:
                raise ValueError(f"arc {arc!r}: {end!r} is not a node of net: "
                                 f"{join(map(repr, nodes), most=6)}")  # fmt: skip
        if arc[0] == arc[1]:
            raise ValueError(f"arc {arc!r} ends where it begins: leave it out")
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise ValueError(f"arcs[{arc!r}]={pair!r}: give (cost, capacity), None for no limit")
        cost = a_number(f"cost of arc {arc!r}", pair[0])
        most = None if pair[1] is None else zero_or_more(f"capacity of arc {arc!r}", pair[1])
        known[arc] = (cost, most)
    return known


def _why_not(nodes: Mapping[str, float], known: Mapping[Arc, tuple[float, float | None]]) -> str:
    """How much can be carried at the most, and which demand stays open."""
    import pulp

    problem = pulp.LpProblem("most", pulp.LpMaximize)
    x = {arc: problem.add_variable(f"x_{k}", 0, most) for k, (arc, (_, most)) in
         enumerate(known.items())}  # fmt: skip
    met = {n: problem.add_variable(f"met_{k}", 0, -v) for k, (n, v) in enumerate(nodes.items())
           if v < 0}  # fmt: skip
    problem += pulp.lpSum(met.values())
    for node, value in nodes.items():
        out = pulp.lpSum(v for (i, _), v in x.items() if i == node)
        into = pulp.lpSum(v for (_, j), v in x.items() if j == node)
        if node in met:
            problem += into - out == met[node]
        else:
            problem += out - into <= value
            problem += out - into >= 0
    found = solved(problem, "nothing can be carried")
    short = {n: -nodes[n] - found[v.name] for n, v in met.items()}
    return say(
        "the arcs can carry {most} of {all} at the most; missing: {where}. Add an arc, or give "
        "one more capacity",
        most=shown(math.fsum(found[v.name] for v in met.values())),
        all=shown(math.fsum(-v for v in nodes.values() if v < 0)),
        where=join((f"{shown(a)} at {n}" for n, a in short.items() if a > 1e-6), most=6),
    )
