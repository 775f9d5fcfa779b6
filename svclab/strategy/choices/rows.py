"""A decision tree as a table that a reader can fill, and back: one row a branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from svclab.checks import a_number, one_of
from svclab.strategy.choices.trees import (
    MOST_ENDS,
    Chance,
    Decision,
    End,
    Node,
    chance,
    decision,
    plus,
)
from svclab.words import join

__all__ = ["tree_from_rows", "tree_rows"]

KINDS = ("decision", "chance")


def tree_from_rows(rows: Iterable[Mapping[str, Any]]) -> Node:
    """A decision tree from a table: what an editable table in a page holds.

    Parameters
    ----------
    rows : iterable of mapping
        One mapping a branch: ``node`` (the square or circle it leaves), ``kind`` ("decision" or
        "chance"), ``branch`` (its name), ``chance`` (a share, for circles alone), ``value`` (money
        on this branch, left out for 0) and ``next`` (the node it leads to, empty for an end).

    Returns
    -------
    Node
        The tree; its root is the one node that no branch leads to. A node to which several
        branches lead stands in the tree several times.

    Raises
    ------
    ValueError
        For an empty table, a missing or doubled name, branches that go in a circle, a node that
        cannot be reached, two roots, or chances that do not add up to 1.

    Examples
    --------
    >>> from svclab.strategy.choices import rollback
    >>> rows = [
    ...     {"node": "open?", "kind": "decision", "branch": "open", "value": -30, "next": "demand"},
    ...     {"node": "open?", "kind": "decision", "branch": "wait"},
    ...     {"node": "demand", "kind": "chance", "branch": "high", "chance": 0.4, "value": 80},
    ...     {"node": "demand", "kind": "chance", "branch": "low", "chance": 0.6, "value": 10},
    ... ]
    >>> rollback(tree_from_rows(rows)).sentence
    'At "open?" choose open: worth 8.'
    """
    nodes = _grouped(rows)
    following = {
        name: [t for t in (_next(row) for row in known.values()) if t]
        for name, (_, known) in nodes.items()
    }
    for name, targets in following.items():
        for target in targets:
            if target not in nodes:
                raise ValueError(
                    f"node {name!r} leads to {target!r}, which has no rows: give its branches, or "
                    "leave next empty"
                )
    order = _after_what_follows(following)
    roots = set(nodes) - {t for targets in following.values() for t in targets}
    if len(roots) != 1:
        raise ValueError(
            f"the tree has {len(roots)} roots, {join(map(repr, sorted(roots)), most=6)}: exactly "
            "one node must have no branch that leads to it"
        )
    built: dict[str, tuple[Node, int]] = {}
    for name in order:
        built[name] = _built(name, nodes[name], built)
    return built[roots.pop()][0]


def _next(row: Mapping[str, Any]) -> str:
    return str(row.get("next") or "").strip()


def _grouped(
    rows: Iterable[Mapping[str, Any]],
) -> dict[str, tuple[str, dict[str, Mapping[str, Any]]]]:
    """Node to its kind and its branches."""
    nodes: dict[str, tuple[str, dict[str, Mapping[str, Any]]]] = {}
    for k, row in enumerate(rows, start=1):
        name, branch = (str(row.get(c) or "").strip() for c in ("node", "branch"))
        if not name or not branch:
            raise ValueError(f"row {k} has no {'node' if not name else 'branch'}: give its name")
        kind = one_of(f"kind of {name!r}", row.get("kind"), KINDS)
        known = nodes.setdefault(name, (kind, {}))
        if known[0] != kind:
            raise ValueError(f"node {name!r} is a {known[0]} and a {kind}: give it one kind")
        if branch in known[1]:
            raise ValueError(f"node {name!r} has branch {branch!r} twice: rename one of them")
        if kind == "decision" and row.get("chance") is not None:
            raise ValueError(
                f"node {name!r} is a decision, so branch {branch!r} has no chance: leave it empty"
            )
        known[1][branch] = row
    if not nodes:
        raise ValueError("the table is empty: give a row for each branch of the tree")
    return nodes


def _after_what_follows(following: Mapping[str, list[str]]) -> list[str]:
    """Nodes, each after those it leads to; an error that names a circle."""
    order: list[str] = []
    done: set[str] = set()
    while len(order) < len(following):
        free = [n for n, t in following.items() if n not in done and done.issuperset(t)]
        if not free:
            left = [n for n in following if n not in done]
            walk = [left[0]]
            while True:
                step = next(t for t in following[walk[-1]] if t in left)
                if step in walk:
                    circle = [*walk[walk.index(step) :], step]
                    raise ValueError(
                        f"the branches go in a circle: {' → '.join(circle)}; a tree must come to "
                        "ends"
                    )
                walk.append(step)
        order += free
        done.update(free)
    return order


def _built(
    name: str,
    node: tuple[str, dict[str, Mapping[str, Any]]],
    built: Mapping[str, tuple[Node, int]],
) -> tuple[Node, int]:
    kind, branches = node
    parts: dict[str, Node] = {}
    ends = 0
    for branch, row in branches.items():
        amount = row.get("value")
        money = 0.0 if amount is None else a_number(f"value of {branch!r}", amount)
        below, count = built[_next(row)] if _next(row) else (End(0.0), 1)
        ends += count
        if ends > MOST_ENDS:
            raise ValueError(f"the tree has more than {MOST_ENDS:,} ends: join some outcomes")
        parts[branch] = plus(below, money)
    if kind == "decision":
        return decision(name, parts), ends
    pairs: dict[str, Any] = {b: (branches[b].get("chance"), n) for b, n in parts.items()}
    return chance(name, pairs), ends


def tree_rows(tree: Node) -> list[dict[str, Any]]:
    """The table of a tree, such that :func:`tree_from_rows` gives the same tree again.

    Amounts stand on the branches that end. A name that stands in the tree more than once gets a
    number.

    Parameters
    ----------
    tree : Node
        A decision or a chance.

    Returns
    -------
    list of dict
        One row a branch: ``node``, ``kind``, ``branch``, ``chance``, ``value`` and ``next``.

    Raises
    ------
    ValueError
        For a tree that is a single end.

    Examples
    --------
    >>> from svclab.strategy.choices import chance
    >>> for row in tree_rows(chance("coin", {"heads": (0.5, 10), "tails": (0.5, 0)})):
    ...     print(row)
    {'node': 'coin', 'kind': 'chance', 'branch': 'heads', 'chance': 0.5, 'value': 10.0, 'next': ''}
    {'node': 'coin', 'kind': 'chance', 'branch': 'tails', 'chance': 0.5, 'value': 0.0, 'next': ''}
    """
    if isinstance(tree, End):
        raise ValueError("tree is a single end: a table needs a decision or a chance")
    rows: list[dict[str, Any]] = []
    used: set[str] = set()

    def named(node: Chance | Decision) -> str:
        name, k = node.name, 2
        while name in used:
            name, k = f"{node.name} ({k})", k + 1
        used.add(name)
        return name

    def down(node: Chance | Decision, name: str) -> None:
        kind = "chance" if isinstance(node, Chance) else "decision"
        branches: list[tuple[str, float | None, Node]] = (
            [(b, p, n) for b, (p, n) in node.branches.items()]
            if isinstance(node, Chance)
            else [(o, None, n) for o, n in node.options.items()]
        )
        later = []
        for branch, p, below in branches:
            row = {"node": name, "kind": kind, "branch": branch, "chance": p, "value": None,
                   "next": ""}  # fmt: skip
            if isinstance(below, End):
                row["value"] = below.value
            else:
                row["next"] = named(below)
                later.append((below, row["next"]))
            rows.append(row)
        for below, next_name in later:
            down(below, str(next_name))

    down(tree, named(tree))
    return rows
