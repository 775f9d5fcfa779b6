"""Decision trees, drawn with their rolled-back values; the best way marked, the others pruned.

Rolling back is the rule of Raiffa (1968), Decision Analysis: average at a chance node, choose the
best branch at a decision node, from the ends to the root.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.explore.diagrams.common import Diagram, known, left_out, one_of, unique
from svclab.explore.views import TableView
from svclab.words import Quantity, percent

__all__ = ["Branch", "ChanceNode", "DecisionNode", "DecisionTree", "EndNode"]

CLOSE = 1e-9
#: Ends of a tree: each has a line of its own, and more lines than two screens hold nobody compares.
MOST_ENDS = 64


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A way on from a node.

    Parameters
    ----------
    to : str
        Name of the node that it leads to.
    label : str
        What is chosen or what happens.
    probability : float, optional
        From 0 to 1; at a chance node only.
    amount : float, optional
        What is received (positive) or paid (negative) on the way, in the tree's unit.
    """

    to: str
    label: str
    probability: float | None = None
    amount: float = 0


@dataclass(frozen=True, kw_only=True)
class DecisionNode:
    """A choice: one of its branches is taken."""

    name: str
    branches: Sequence[Branch]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class ChanceNode:
    """An event: each branch has its probability; together they make 1."""

    name: str
    branches: Sequence[Branch]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class EndNode:
    """An end with its payoff, in the tree's unit."""

    name: str
    payoff: float
    label: str = ""


Node = DecisionNode | ChanceNode | EndNode
KINDS = {DecisionNode: "decision", ChanceNode: "chance", EndNode: "end"}


@dataclass(frozen=True, kw_only=True)
class DecisionTree(Diagram):
    """A decision tree from its first node.

    Parameters
    ----------
    nodes : sequence of DecisionNode, ChanceNode and EndNode
        The first is the root; each other one is reached from exactly one branch. At most 64 are
        ends.
    unit : str, optional
        Of payoffs and amounts, such as ``"yuan"``.
    digits : int, optional
        Decimals of the values shown.
    best : str, optional
        ``"max"`` for profits, ``"min"`` for costs.
    values : mapping of str to float, optional
        A value for each node that is not its expected one, such as a certainty equivalent; then
        all nodes must be given, and the best branch is the one with the best of these.

    Raises
    ------
    ValueError
        For an unknown node, a name that stands twice, a circle, a node reached twice or never, a
        node without branches, more ends than can be read, or probabilities that do not add up to 1.

    Examples
    --------
    >>> tree = DecisionTree(alt="To open or not.", unit="yuan", digits=0, nodes=[
    ...     DecisionNode(name="open?", branches=[Branch(to="demand", label="open", amount=-50),
    ...                                          Branch(to="nothing", label="leave it")]),
    ...     ChanceNode(name="demand", branches=[
    ...         Branch(to="high", label="high", probability=0.6),
    ...         Branch(to="low", label="low", probability=0.4)]),
    ...     EndNode(name="high", payoff=200), EndNode(name="low", payoff=-100),
    ...     EndNode(name="nothing", payoff=0)])
    >>> tree.rolled_back["open?"], tree.chosen["open?"]
    (30.0, (0,))
    """

    nodes: Sequence[Node]
    unit: str = ""
    digits: int = 0
    best: str = "max"
    values: Mapping[str, float] | None = None

    kind = "tree"

    def __post_init__(self) -> None:
        super().__post_init__()
        one_of(self.best, ("max", "min"), "best")
        names = unique((node.name for node in self.nodes), "node")
        if not names:
            raise ValueError("nodes=[]: a decision tree needs at least a root")
        ends = sum(isinstance(node, EndNode) for node in self.nodes)
        if ends > MOST_ENDS:
            raise ValueError(
                f"the tree has {ends} ends: at most {MOST_ENDS} can be read; put an end with its "
                "expected value in the place of a part that need not be seen"
            )
        parent: dict[str, str] = {}
        for node in self.nodes:
            for branch in _branches(node):
                where = f"branch {branch.label!r} of {node.name!r}"
                known(branch.to, names, "node", where)
                if branch.to in parent:
                    raise ValueError(
                        f"{where}: {branch.to!r} is reached from {parent[branch.to]!r} already; "
                        "in a tree each node has one way to it: give this branch a node of its own"
                    )
                parent[branch.to] = node.name
            _check_branches(node)
        self._check_reached(names, parent)
        if self.values is not None and set(self.values) != set(names):
            raise ValueError("values: give one for each node, or leave them out")
        for name, value in (self.values or {}).items():
            if not math.isfinite(value):
                raise ValueError(f"values[{name!r}]={value} must be finite")
        object.__setattr__(self, "_values", self._roll_back())

    def _check_reached(self, names: Sequence[str], parent: Mapping[str, str]) -> None:
        for name in names:
            way = [name]
            while way[-1] in parent:
                way.append(parent[way[-1]])
                if way[-1] == name:
                    raise ValueError(f"the tree is circular: {' ← '.join(way)}")
                if len(way) > len(names):
                    break  # it hangs on a circle, which is named at its own nodes
            if way[-1] != names[0] and way[-1] not in parent:
                raise ValueError(
                    f"node {way[-1]!r} is never reached from the root {names[0]!r}: "
                    "let a branch lead to it, or take it out"
                )

    def _roll_back(self) -> dict[str, float]:
        by_name = {node.name: node for node in self.nodes}
        order = [self.nodes[0]]
        for node in order:
            order += [by_name[branch.to] for branch in _branches(node)]
        value: dict[str, float] = {}
        for node in reversed(order):
            if isinstance(node, EndNode):
                value[node.name] = float(node.payoff)
            elif isinstance(node, ChanceNode):
                value[node.name] = math.fsum(
                    (b.probability or 0) * (b.amount + value[b.to]) for b in node.branches
                )
            else:
                pick = max if self.best == "max" else min
                value[node.name] = pick(b.amount + value[b.to] for b in node.branches)
        return value if self.values is None else dict(self.values)

    @property
    def rolled_back(self) -> dict[str, float]:
        """The value of each node, by name."""
        return dict(self._values)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, tuple[int, ...]]:
        """For each decision node the branches that are best, from 0; several if they are equal."""
        value = self.rolled_back
        found = {}
        for node in self.nodes:
            if isinstance(node, DecisionNode):
                worths = [branch.amount + value[branch.to] for branch in node.branches]
                top = max(worths) if self.best == "max" else min(worths)
                near = CLOSE * max(1.0, abs(top))
                found[node.name] = tuple(k for k, w in enumerate(worths) if abs(w - top) <= near)
        return found

    def _shown(self, value: float) -> str:
        return Quantity(value, "", self.digits).text

    def drawn(self) -> dict[str, Any]:
        value, chosen = self.rolled_back, self.chosen
        nodes = []
        for node in self.nodes:
            good = chosen.get(node.name)
            nodes.append(
                left_out({
                    "name": node.name, "kind": KINDS[type(node)], "label": node.label,
                    "value": self._shown(value[node.name]),
                    "branches": [
                        left_out({
                            "to": b.to, "label": b.label,
                            "chance": _chance(b.probability),
                            "amount": _signed(b.amount, self._shown(b.amount)),
                            "best": good is not None and k in good,
                            "pruned": good is not None and k not in good,
                        })
                        for k, b in enumerate(_branches(node))
                    ],
                })
            )  # fmt: skip
        return {"nodes": nodes, "unit": self.unit}

    def tables(self) -> Sequence[TableView]:
        by_name = {node.name: node for node in self.nodes}
        value, chosen = self.rolled_back, self.chosen
        root = self.nodes[0]
        rows: list[list[str]] = []

        def walk(node: Node, way: str, branch: Branch | None, mark: str) -> None:
            chance = branch.probability if branch else None
            amount = branch.amount if branch else 0
            rows.append([
                way, _sort(node) if branch else KINDS[type(node)], _chance(chance),
                _signed(amount, self._shown(amount)), self._shown(value[node.name]), mark,
            ])  # fmt: skip
            good = chosen.get(node.name)
            for k, b in enumerate(_branches(node)):
                mark = "" if good is None else "best" if k in good else "pruned"
                walk(by_name[b.to], f"{way} › {b.label}" if branch else b.label, b, mark)

        walk(root, root.label or root.name, None, "")
        columns = [
            ("Way", "", "left"), ("Node", "", "left"), ("Probability", "", "right"),
            ("Amount", self.unit, "right"), ("Value", self.unit, "right"), ("Choice", "", "left"),
        ]  # fmt: skip
        return [TableView(title=self.title, columns=columns, rows=rows)]


def _sort(node: Node) -> str:
    kind = KINDS[type(node)]
    return f"{node.label} ({kind})" if node.label else kind


def _branches(node: Node) -> Sequence[Branch]:
    return () if isinstance(node, EndNode) else node.branches


def _check_branches(node: Node) -> None:
    if isinstance(node, EndNode):
        if not math.isfinite(node.payoff):
            raise ValueError(f"end {node.name!r}: payoff={node.payoff} must be finite")
        return
    for branch in node.branches:
        if not math.isfinite(branch.amount):
            raise ValueError(
                f"branch {branch.label!r} of {node.name!r}: amount={branch.amount} must be finite"
            )
    if not node.branches:
        raise ValueError(f"node {node.name!r} has no branches: give it some, or make it an end")
    chances = [branch.probability for branch in node.branches]
    if isinstance(node, DecisionNode):
        if any(chance is not None for chance in chances):
            raise ValueError(
                f"decision {node.name!r}: its branches have probabilities; "
                "leave them out, or make it a chance node"
            )
        return
    for branch in node.branches:
        if branch.probability is None or not 0 <= branch.probability <= 1:
            raise ValueError(
                f"chance node {node.name!r}: branch {branch.label!r} has probability "
                f"{branch.probability}; give a number from 0 to 1"
            )
    total = math.fsum(chance for chance in chances if chance is not None)
    if abs(total - 1) > CLOSE:
        raise ValueError(
            f"chance node {node.name!r}: its probabilities add up to {total:g}; they must make 1"
        )


def _chance(probability: float | None) -> str:
    return "" if probability is None else str(percent(probability))


def _signed(amount: float, text: str) -> str:
    """An amount on the way with its sign; nothing for none, or for what is shown as 0."""
    return "" if text == "0" else f"+{text}" if amount > 0 else text
