"""Path models: arrows between quantities, each with a strength, and what a push does at the end.

Each arrow has a path coefficient: if its start moves by one standard deviation, its end moves by
so many, all else equal. A push travels along every path; along one path the strengths multiply,
over several paths they add up (Wright 1934). So long chains carry little: four arrows of 0.5 in a
row leave 0.06. Coefficients from a survey are correlations that a theory calls causes; the model
computes what follows if the theory is right, it does not show that it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from svclab.checks import a_count, a_number, zero_or_more
from svclab.shown import Answer
from svclab.words import join, number, say

__all__ = ["Effect", "Link", "PathModel", "path_model"]

MOST_PATHS = 20_000


@dataclass(frozen=True)
class Link:
    """An arrow from a cause to an effect.

    Parameters
    ----------
    source, target : str
        Names of the quantities.
    strength : float
        Path coefficient, in standard deviations; mostly between -1 and 1.
    """

    source: str
    target: str
    strength: float


@dataclass(frozen=True, repr=False)
class Effect(Answer):
    """What a push at one quantity does to another."""

    source: str
    target: str
    paths: Mapping[tuple[str, ...], float]  # path to the product of its strengths

    @property
    def total(self) -> float:
        """Standard deviations that the target moves for one of the source."""
        return math.fsum(self.paths.values())

    @property
    def direct(self) -> float:
        """The part of the arrow that joins the two, 0 without one."""
        return self.paths.get((self.source, self.target), 0.0)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a path, the strongest first."""
        ordered = sorted(self.paths.items(), key=lambda pair: -abs(pair[1]))
        return [{"path": " → ".join(p), "arrows": len(p) - 1, "effect": e} for p, e in ordered]

    @property
    def sentence(self) -> str:
        """The effect in words."""
        if not self.paths:
            return say("No path leads from {a} to {b}.", a=self.source, b=self.target)
        ways = "path" if len(self.paths) == 1 else "paths"
        return say(
            "One standard deviation more of {a} moves {b} by {e}, along {n} {ways}.",
            a=self.source,
            b=self.target,
            e=number(self.total, 3),
            n=len(self.paths),
            ways=ways,
        )


@dataclass(frozen=True, repr=False)
class PathModel(Answer):
    """Quantities and the arrows between them, without a circle."""

    links: tuple[Link, ...]
    order: tuple[str, ...]  # quantities, each after all that it depends on

    def _strengths(self) -> dict[str, list[tuple[str, float]]]:
        leaving: dict[str, list[tuple[str, float]]] = {name: [] for name in self.order}
        for link in self.links:
            leaving[link.source].append((link.target, link.strength))
        return leaving

    def _known(self, name: str, what: str) -> str:
        if name not in self.order:
            raise ValueError(f"{what}={name!r}: not one of {join(map(repr, self.order), most=12)}")
        return name

    def push(self, pushes: Mapping[str, float]) -> dict[str, float]:
        """Where every quantity goes if some are pushed from outside.

        Parameters
        ----------
        pushes : mapping
            Quantity to its push, in standard deviations.

        Returns
        -------
        dict
            Quantity to its move: its own push and all that arrives.
        """
        moved = dict.fromkeys(self.order, 0.0)
        for name, push in pushes.items():
            moved[self._known(name, "pushes")] = a_number(f"push of {name!r}", push)
        leaving = self._strengths()
        for name in self.order:
            for target, strength in leaving[name]:
                moved[target] += moved[name] * strength
        return moved

    def effect(self, source: str, target: str) -> Effect:
        """All paths from one quantity to another, with their products.

        Raises
        ------
        ValueError
            For an unknown name, the same name twice, or more than 20,000 paths.
        """
        self._known(source, "source")
        self._known(target, "target")
        if source == target:
            raise ValueError(f"source and target are both {source!r}: give two quantities")
        leaving = self._strengths()
        # From what cannot reach the target no path is followed: there may be millions.
        leads = {target}
        for name in reversed(self.order):
            if any(t in leads for t, _ in leaving[name]):
                leads.add(name)
        found: dict[tuple[str, ...], float] = {}
        waiting: list[tuple[tuple[str, ...], float]] = [((source,), 1.0)]
        while waiting:
            path, product = waiting.pop()
            if path[-1] == target:
                found[path] = product
                if len(found) > MOST_PATHS:
                    raise ValueError("too many paths to list: use push(), which needs no list")
                continue
            waiting += [((*path, t), product * s) for t, s in leaving[path[-1]] if t in leads]
        return Effect(source, target, found)

    def with_strengths(self, changes: Mapping[tuple[str, str], float]) -> PathModel:
        """The same arrows with some strengths changed: (source, target) to the new one."""
        known = {(link.source, link.target) for link in self.links}
        for pair in changes:
            if pair not in known:
                raise ValueError(f"changes has {pair!r}: there is no such arrow")
        return replace(
            self,
            links=tuple(
                replace(k, strength=_strength(k, changes[k.source, k.target]))
                if (k.source, k.target) in changes
                else k
                for k in self.links
            ),
        )

    def tornado(self, source: str, target: str, *, change: float = 0.1) -> list[dict[str, Any]]:
        """How the total effect moves if one arrow's strength is lower or higher by so much.

        Parameters
        ----------
        source, target : str
            Where the push is, and where its effect is looked at.
        change : float, optional
            How much lower and higher, in units of strength, zero or more.

        Returns
        -------
        list of dict
            One row an arrow, the widest swing first: ``arrow``, ``low``, ``high``, ``swing``.

        Raises
        ------
        ValueError
            For an unknown quantity, or a change below zero.
        """
        self._known(source, "source")
        self._known(target, "target")
        zero_or_more("change", change)
        rows = []
        for link in self.links:
            pair = (link.source, link.target)
            ends = [
                self.with_strengths({pair: link.strength + by}).push({source: 1.0})[target]
                for by in (-change, change)
            ]
            rows.append({"arrow": f"{pair[0]} → {pair[1]}", "low": min(ends), "high": max(ends),
                         "swing": max(ends) - min(ends)})  # fmt: skip
        return sorted(rows, key=lambda row: -row["swing"])

    def simulated(self, *, cases: int, seed: int) -> dict[str, list[float]]:
        """Cases drawn from the model: each quantity is its causes' sum and noise of its own.

        Uniform noise of standard deviation 1; regress one column on another to see that a slope
        mixes cause and common cause.
        """
        a_count("cases", cases, 1)
        draws = Random(seed)
        columns: dict[str, list[float]] = {name: [] for name in self.order}
        arriving: dict[str, list[tuple[str, float]]] = {name: [] for name in self.order}
        for link in self.links:
            arriving[link.target].append((link.source, link.strength))
        width = math.sqrt(12)
        for k in range(cases):
            for name in self.order:
                noise = (draws.random() - 0.5) * width
                parts = [s * columns[source][k] for source, s in arriving[name]]
                columns[name].append(math.fsum([noise, *parts]))
        return columns

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an arrow."""
        return [{"from": k.source, "to": k.target, "strength": k.strength} for k in self.links]

    @property
    def sentence(self) -> str:
        """Size and ends in words."""
        starts = [n for n in self.order if n not in {k.target for k in self.links}]
        ends = [n for n in self.order if n not in {k.source for k in self.links}]
        return say(
            "{q} quantities and {n} arrows, from {starts} to {ends}.",
            q=len(self.order),
            n=len(self.links),
            starts=join(starts),
            ends=join(ends),
        )


def path_model(links: Iterable[Link | Sequence[Any]]) -> PathModel:
    """A path model from its arrows, checked: no arrow twice, none to itself, no circle.

    Parameters
    ----------
    links : iterable
        :class:`Link` objects or (source, target, strength).

    Returns
    -------
    PathModel
        With the quantities in an order in which each comes after its causes.

    Raises
    ------
    ValueError
        If there is no arrow, an arrow comes twice, or arrows go in a circle: the message names it.
        A circle needs a model with time in it (see chapter 1's loop).

    References
    ----------
    Wright, S. (1934), The method of path coefficients, Annals of Mathematical Statistics 5(3),
    161-215.

    Examples
    --------
    >>> model = path_model([("care", "quality", 0.5), ("quality", "loyalty", 0.4),
    ...                     ("care", "loyalty", 0.1)])
    >>> model.effect("care", "loyalty")
    One standard deviation more of care moves loyalty by 0.3, along 2 paths.
      path                      arrows  effect
      care → quality → loyalty       2     0.2
      care → loyalty                 1     0.1
    """
    known: list[Link] = []
    seen: set[tuple[str, str]] = set()
    for one in links:
        link = one if isinstance(one, Link) else _link(one)
        for end in (link.source, link.target):
            if not isinstance(end, str) or not end.strip():
                raise ValueError(f"{end!r} is no name: an arrow goes from one text to another")
        _strength(link, link.strength)
        if link.source == link.target:
            raise ValueError(f"{link.source!r} has an arrow to itself: leave it out")
        if (link.source, link.target) in seen:
            raise ValueError(f"{link.source} → {link.target} comes twice: give one strength")
        seen.add((link.source, link.target))
        known.append(link)
    if not known:
        raise ValueError("links is empty: give at least one arrow (source, target, strength)")
    return PathModel(tuple(known), _ordered(known))


def _link(one: Sequence[Any]) -> Link:
    if isinstance(one, str) or not isinstance(one, Sequence) or len(one) != 3:
        raise ValueError(f"{one!r}: give an arrow as (source, target, strength)")
    return Link(*one)


def _strength(link: Link, strength: Any) -> float:
    return a_number(f"strength of {link.source} → {link.target}", strength)


def _ordered(links: Sequence[Link]) -> tuple[str, ...]:
    """Each quantity after its causes; an error that names a circle."""
    names = list(dict.fromkeys(end for link in links for end in (link.source, link.target)))
    causes = {name: {k.source for k in links if k.target == name} for name in names}
    order: list[str] = []
    while len(order) < len(names):
        free = [n for n in names if n not in order and causes[n] <= set(order)]
        if not free:
            circle = _circle(causes, [n for n in names if n not in order])
            raise ValueError(
                f"the arrows go in a circle: {' → '.join(circle)}; take one of them out, or use a "
                "model with time in it"
            )
        order += free
    return tuple(order)


def _circle(causes: Mapping[str, set[str]], left: Sequence[str]) -> list[str]:
    walk = [left[0]]
    while True:
        before = next(n for n in left if n in causes[walk[-1]])
        if before in walk:
            return [before, *reversed(walk[walk.index(before) :])]
        walk.append(before)
