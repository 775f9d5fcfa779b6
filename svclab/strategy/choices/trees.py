"""Decision trees: squares where we choose, circles where chance does, and money at the ends.

A tree is rolled back from its ends: a circle is worth the mean of its branches, a square the best
of its options. With a risk tolerance R a circle is worth its certainty equivalent instead,
-R ln Σ p e^(-x/R): what a cautious decider would take for it (:mod:`.utility`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

from svclab.checks import a_number, a_share, above_zero, names_of
from svclab.shown import Answer
from svclab.strategy.choices.utility import certainty_equivalent
from svclab.words import join, number, percent, say, upper_first

__all__ = [
    "Chance",
    "Decision",
    "End",
    "Node",
    "Profile",
    "Rolled",
    "chance",
    "decision",
    "plus",
    "risk_profile",
    "rollback",
]

MOST_ENDS = 20_000
Path = tuple[str, ...]


@dataclass(frozen=True)
class End:
    """An end of the tree."""

    value: float  # in the tree's unit of money


@dataclass(frozen=True)
class Chance:
    """A circle: chance takes one of the branches."""

    name: str
    branches: Mapping[str, tuple[float, Node]]  # branch to its chance and what follows


@dataclass(frozen=True)
class Decision:
    """A square: we take one of the options."""

    name: str
    options: Mapping[str, Node]


Node = End | Chance | Decision


def _node(what: Any, where: str) -> Node:
    if isinstance(what, End | Chance | Decision):
        return what
    if isinstance(what, Real):
        return End(a_number(where, what))
    raise ValueError(f"{where}={what!r}: give an amount, chance(...) or decision(...)")


def chance(name: str, branches: Mapping[str, tuple[float, Any]]) -> Chance:
    """A circle of a tree.

    Parameters
    ----------
    name : str
        What is uncertain, such as "demand".
    branches : mapping
        Outcome to (its chance, an amount or a node); chances from 0 to 1 that add up to 1.

    Returns
    -------
    Chance
        To be put into :func:`decision` or :func:`rollback`.

    Raises
    ------
    ValueError
        If the chances do not add up to 1: the message says to what they do.

    Examples
    --------
    >>> rollback(chance("coin", {"heads": (0.5, 10), "tails": (0.5, 0)})).value
    5.0
    """
    known: dict[str, tuple[float, Node]] = {}
    for branch in names_of(f"branches of {name!r}", branches):
        pair = branches[branch]
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise ValueError(f"{name!r}, branch {branch!r}: give (chance, amount or node)")
        known[branch] = (a_share(f"chance of {branch!r}", pair[0]), _node(pair[1], branch))
    total = math.fsum(p for p, _ in known.values())
    if abs(total - 1) > 1e-9:
        raise ValueError(
            f"the chances of {name!r} add up to {total:g}: change them so that they add up to 1"
        )
    return Chance(name, known)


def decision(name: str, options: Mapping[str, Any]) -> Decision:
    """A square of a tree: option to an amount or a node; at least one.

    Parameters
    ----------
    name : str
        What is decided, such as "open?".
    options : mapping
        Option to an amount or a node.

    Returns
    -------
    Decision
        To be put into :func:`chance`, :func:`decision` or :func:`rollback`.

    Raises
    ------
    ValueError
        If there is no option, or one leads to something that is no amount and no node.

    Examples
    --------
    >>> risky = chance("demand", {"high": (0.4, 50), "low": (0.6, -20)})
    >>> rollback(decision("open?", {"open": risky, "wait": 0})).sentence
    'At "open?" choose open: worth 8.'
    """
    found = {o: _node(options[o], o) for o in names_of(f"options of {name!r}", options)}
    return Decision(name, found)


def plus(node: Any, amount: float) -> Node:
    """The same tree with an amount added at every end, such as the cost of a study (below 0).

    Parameters
    ----------
    node : Node or float
        A tree, or an amount.
    amount : float
        What is added, in the tree's money.

    Returns
    -------
    Node
        A new tree; the old one stays as it is.

    Examples
    --------
    >>> rollback(plus(chance("coin", {"heads": (0.5, 10), "tails": (0.5, 0)}), -2)).value
    3.0
    """
    node = _node(node, "node")
    if isinstance(node, End):
        return End(node.value + a_number("amount", amount))
    if isinstance(node, Chance):
        below = {b: (p, plus(n, amount)) for b, (p, n) in node.branches.items()}
        return Chance(node.name, below)
    return Decision(node.name, {o: plus(n, amount) for o, n in node.options.items()})


@dataclass(frozen=True, repr=False)
class Rolled(Answer):
    """A tree with its worths and best options."""

    tree: Node
    risk_tolerance: float | None  # in the tree's money; None for the expected value
    worths: Mapping[Path, float]  # path of branches from the root to the worth there
    chosen: Mapping[Path, str]  # path of a square to its best option, the first of equals

    @property
    def value(self) -> float:
        """Worth of the whole tree."""
        return self.worths[()]

    @property
    def first(self) -> str | None:
        """The best option at the root; None if the root is no square."""
        return self.chosen.get(())

    @property
    def options(self) -> dict[str, float]:
        """The root's branches with their worths."""
        return {path[0]: worth for path, worth in self.worths.items() if len(path) == 1}

    def on_plan(self, path: Path) -> bool:
        """Whether the best plan can lead there."""
        return all(self.chosen.get(path[:k], path[k]) == path[k] for k in range(len(path)))

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a branch, in the order of the tree, deeper ones further in."""
        return [
            {"branch": "· " * (len(path) - 1) + path[-1], "of": name, "chance": p,
             "worth": self.worths[path], "on the plan": self.on_plan(path)}
            for path, name, p in _walk(self.tree, ())
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """The plan in words."""
        steps = []
        for path, name in _squares(self.tree, ()):
            if not path:
                steps.append(say('at "{where}" choose {what}', where=name, what=self.chosen[path]))
            elif self.on_plan(path):
                steps.append(say("after {after} choose {what}", after=join(path, "then"),
                                 what=self.chosen[path]))  # fmt: skip
        plan = "; ".join(steps[:4]) + ("; and so on" if len(steps) > 4 else "")
        kind = "worth" if self.risk_tolerance is None else "certainty equivalent"
        return say(
            "{plan}: {kind} {value}.",
            plan=upper_first(plan) or "Nothing to choose",
            kind=kind,
            value=number(self.value, 3),
        )


def _walk(node: Node, path: Path) -> Iterator[tuple[Path, str, float | None]]:
    if isinstance(node, Chance):
        for branch, (p, below) in node.branches.items():
            yield (*path, branch), node.name, p
            yield from _walk(below, (*path, branch))
    elif isinstance(node, Decision):
        for option, below in node.options.items():
            yield (*path, option), node.name, None
            yield from _walk(below, (*path, option))


def _squares(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, Decision):
        yield path, node.name
    below = node.options if isinstance(node, Decision) else {}
    if isinstance(node, Chance):
        below = {b: n for b, (_, n) in node.branches.items()}
    for branch, one in below.items():
        yield from _squares(one, (*path, branch))


def rollback(tree: Any, *, risk_tolerance: float | None = None) -> Rolled:
    """Roll a tree back: the worth of every branch and the best option at every square.

    Parameters
    ----------
    tree : Node
        From :func:`decision` or :func:`chance`; larger amounts are better (costs below 0).
    risk_tolerance : float, optional
        R of exponential utility, above zero, in the tree's money; None for expected values.

    Returns
    -------
    Rolled
        ``value``, ``first``, ``table`` and the worth of every branch.

    Raises
    ------
    ValueError
        For a risk tolerance that is not above zero, or more than 20,000 branches.

    References
    ----------
    Raiffa, H. (1968), Decision Analysis: Introductory Lectures on Choices under Uncertainty,
    Addison-Wesley.

    Examples
    --------
    >>> risky = chance("demand", {"high": (0.4, 50), "low": (0.6, -20)})
    >>> rollback(decision("open?", {"open": risky, "wait": 0}))
    At "open?" choose open: worth 8.
      branch      of  chance  worth  on the plan
      open     open?              8          yes
      · high  demand     0.4     50          yes
      · low   demand     0.6    −20          yes
      wait     open?              0           no
    """
    if risk_tolerance is not None:
        above_zero("risk_tolerance", risk_tolerance, "an amount")
    worths: dict[Path, float] = {}
    chosen: dict[Path, str] = {}

    def at(node: Node, path: Path) -> float:
        if len(worths) > MOST_ENDS:
            raise ValueError(f"the tree has more than {MOST_ENDS:,} branches: join some outcomes")
        if isinstance(node, End):
            worth = node.value
        elif isinstance(node, Chance):
            pairs = [(at(n, (*path, b)), p) for b, (p, n) in node.branches.items()]
            worth = certainty_equivalent(pairs, risk_tolerance=risk_tolerance)
        else:
            found = {o: at(n, (*path, o)) for o, n in node.options.items()}
            chosen[path] = max(found, key=lambda o: found[o])
            worth = found[chosen[path]]
        worths[path] = worth
        return worth

    root = _node(tree, "tree")
    at(root, ())
    return Rolled(root, risk_tolerance, worths, chosen)


@dataclass(frozen=True, repr=False)
class Profile(Answer):
    """What can come of a plan, and how likely: the risk profile."""

    outcomes: tuple[tuple[float, float], ...]  # amount and its chance, amounts rising

    @property
    def mean(self) -> float:
        """Expected amount."""
        return math.fsum(x * p for x, p in self.outcomes)

    @property
    def deviation(self) -> float:
        """Standard deviation."""
        m = self.mean
        return math.sqrt(math.fsum(p * (x - m) ** 2 for x, p in self.outcomes))

    def chance_below(self, amount: float) -> float:
        """Chance of less than an amount."""
        return math.fsum(p for x, p in self.outcomes if x < amount)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an amount, with the chance of it or less."""
        rows, so_far = [], []
        for x, p in self.outcomes:
            so_far.append(p)
            rows.append({"amount": x, "chance": p, "this or less": math.fsum(so_far)})
        return rows

    @property
    def sentence(self) -> str:
        """Mean and risk in words."""
        return say(
            "On average {mean}, from {low} to {high}; a loss with a chance of {loss}.",
            mean=number(self.mean, 3),
            low=number(self.outcomes[0][0], 3),
            high=number(self.outcomes[-1][0], 3),
            loss=percent(self.chance_below(0)),
        )


def risk_profile(
    tree: Any, *, first: str | None = None, risk_tolerance: float | None = None
) -> Profile:
    """All amounts that the best plan can bring, with their chances.

    Parameters
    ----------
    tree : Node
        A tree.
    first : str, optional
        Take this option at the root, whether it is best or not; below it the best plan.
    risk_tolerance : float, optional
        As for :func:`rollback`.

    Returns
    -------
    Profile
        Amounts that differ by less than 1e-9 are one.

    Raises
    ------
    ValueError
        If the root has no such option.

    Examples
    --------
    >>> risky = chance("demand", {"high": (0.4, 50), "low": (0.6, -20)})
    >>> risk_profile(decision("open?", {"open": risky, "wait": 0})).sentence
    'On average 8, from −20 to 50; a loss with a chance of 60%.'
    """
    root = _node(tree, "tree")
    if first is not None:
        if not isinstance(root, Decision) or first not in root.options:
            known = list(root.options) if isinstance(root, Decision) else []
            raise ValueError(
                f"first={first!r}: the root's options are {join(known, most=6) or 'none'}"
            )
        root = root.options[first]
    rolled = rollback(root, risk_tolerance=risk_tolerance)
    found: dict[float, list[float]] = {}

    def down(node: Node, path: Path, p: float) -> None:
        if isinstance(node, End):
            found.setdefault(round(node.value, 9), []).append(p)
        elif isinstance(node, Chance):
            for branch, (q, below) in node.branches.items():
                if q:
                    down(below, (*path, branch), p * q)
        else:
            option = rolled.chosen[path]
            down(node.options[option], (*path, option), p)

    down(root, (), 1.0)
    return Profile(tuple((x, math.fsum(ps)) for x, ps in sorted(found.items())))
