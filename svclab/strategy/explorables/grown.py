"""A tree of the models as the picture that the reader sees, with its rolled-back worths."""

from __future__ import annotations

import math
from collections.abc import Mapping

from svclab.explore.diagrams import Branch, ChanceNode, DecisionNode, DecisionTree, EndNode
from svclab.strategy.choices import Chance, Decision, End, Rolled

__all__ = ["drawn_tree"]

Path = tuple[str, ...]
Node = End | Chance | Decision
SAME = 1e-9


def drawn_tree(
    rolled: Rolled,
    *,
    title: str,
    alt: str,
    unit: str = "",
    digits: int = 1,
    labels: Mapping[str, str] | None = None,
) -> DecisionTree:
    """The picture of a rolled-back tree; a chance whose ends are all the same is drawn as an end.

    Parameters
    ----------
    rolled : Rolled
        From :func:`svclab.strategy.choices.rollback`, for expected values or for a cautious
        decider: then the worths in the picture are certainty equivalents.
    title, alt, unit, digits
        As for :class:`svclab.explore.diagrams.DecisionTree`.
    labels : mapping, optional
        Name of a node to what stands at it.

    Examples
    --------
    >>> from svclab.strategy.choices import chance, decision, rollback
    >>> open_it = chance("demand", {"high": (0.5, 8), "low": (0.5, -2)})
    >>> drawn = drawn_tree(rollback(decision("open?", {"open": open_it, "wait": 0})),
    ...                    title="", alt="To open or to wait.")
    >>> drawn.rolled_back["open?"], len(drawn.nodes)
    (3.0, 5)
    """
    nodes: list[DecisionNode | ChanceNode | EndNode] = []
    values: dict[str, float] = {}
    texts = labels or {}

    def name(node: Node, path: Path) -> str:
        return " › ".join(path) or getattr(node, "name", "end")

    def add(node: Node, path: Path) -> None:
        here = name(node, path)
        values[here] = rolled.worths[path]
        if isinstance(node, End) or _sure(node):
            nodes.append(EndNode(name=here, payoff=rolled.worths[path]))
            return
        label = texts.get(node.name, node.name)
        if isinstance(node, Chance):
            nodes.append(
                ChanceNode(
                    name=here, label=label,
                    branches=[
                        Branch(to=name(below, (*path, b)), label=b, probability=p)
                        for b, (p, below) in node.branches.items()
                    ],
                )
            )  # fmt: skip
            after = {b: below for b, (_, below) in node.branches.items()}
        else:
            nodes.append(
                DecisionNode(
                    name=here, label=label,
                    branches=[
                        Branch(to=name(below, (*path, o)), label=o)
                        for o, below in node.options.items()
                    ],
                )
            )  # fmt: skip
            after = dict(node.options)
        for branch, below in after.items():
            add(below, (*path, branch))

    add(rolled.tree, ())
    return DecisionTree(
        title=title, alt=alt, nodes=nodes, unit=unit, digits=digits,
        values=None if rolled.risk_tolerance is None else values,
    )  # fmt: skip


def _sure(node: Node) -> bool:
    """Whether nothing that chance does changes the amount."""
    if not isinstance(node, Chance):
        return False
    ends = [below for _, below in node.branches.values()]
    amounts = [below.value for below in ends if isinstance(below, End)]
    return len(amounts) == len(ends) and math.isclose(
        min(amounts), max(amounts), rel_tol=0, abs_tol=SAME
    )
