"""Knapsack (背包): what to take under a load limit; as a program, by table, and greedily."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from svclab.checks import a_count, names_of, zero_or_more
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import join, say

__all__ = ["Load", "knapsack", "knapsack_by_table", "knapsack_greedy", "knapsack_problem"]

Items = Mapping[str, tuple[float, float]] | Mapping[str, Mapping[str, float]]
LARGEST_TABLE = 2_000_000


@dataclass(frozen=True, repr=False)
class Load(Answer):
    """What to take along."""

    taken: Mapping[str, int]  # pieces of each item
    items: Mapping[str, tuple[float, float]]  # item to weight and value of a piece
    limit: float  # the load limit, in the unit of the weights
    stages: tuple[tuple[float, ...], ...] = ()  # by table only: best value for each load, a row
    # for the first item, the first two, ...

    @property
    def weight(self) -> float:
        """Weight of all that is taken."""
        return math.fsum(n * self.items[name][0] for name, n in self.taken.items())

    @property
    def value(self) -> float:
        """Value of all that is taken."""
        return math.fsum(n * self.items[name][1] for name, n in self.taken.items())

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an item."""
        return [
            {"item": name, "weight": w, "value": v, "value per weight": v / w if w else None,
             "taken": self.taken.get(name, 0)}
            for name, (w, v) in self.items.items()
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """What is taken, its value and its weight."""
        names = [f"{n} × {name}" if n > 1 else name for name, n in self.taken.items() if n]
        return say(
            "Take {names}: value {value}, load {weight} of {limit}.",
            names=join(names, most=6) or "nothing",
            value=shown(self.value),
            weight=shown(self.weight),
            limit=shown(self.limit),
        )


def knapsack_problem(items: Items, limit: float, *, copies: int | None = 1) -> Any:
    """The knapsack problem in PuLP, to look at or to solve.

    With x[j] pieces of item j: maximise Σⱼ vⱼ x[j], subject to Σⱼ wⱼ x[j] ≤ limit, x[j] whole
    and 0 ≤ x[j] ≤ copies.

    Parameters
    ----------
    items : mapping
        Item to (weight, value), or to a dict with ``"weight"`` and ``"value"``; both zero or more.
    limit : float
        The load limit, zero or more, in the unit of the weights.
    copies : int or None, optional
        Pieces of each item there are: 1 (the default) for the 0-1 knapsack, None for any number.

    Returns
    -------
    pulp.LpProblem
        A whole variable for each item, and one constraint, ``load``.

    Raises
    ------
    ValueError
        For weights or values that are not numbers of zero or more.
    NoPlanError
        If something of value weighs nothing and may be taken any number of times.

    Examples
    --------
    >>> knapsack_problem({"tent": (3, 40), "stove": (4, 50)}, 5)
    knapsack:
    MAXIMIZE
    50.0*stove + 40.0*tent + 0.0
    SUBJECT TO
    load: 4 stove + 3 tent <= 5
    <BLANKLINE>
    VARIABLES
    0 <= stove <= 1 Integer
    0 <= tent <= 1 Integer
    """
    import pulp

    known, limit = _checked(items, limit, copies)
    problem = pulp.LpProblem("knapsack", pulp.LpMaximize)
    take = [problem.add_variable(short, 0, copies, "Integer") for short in pulp_names(list(known))]
    pairs = list(zip(take, known.values(), strict=True))
    problem += total((x, value) for x, (_, value) in pairs)
    problem += pulp.lpSum(weight * x for x, (weight, _) in pairs) <= limit, "load"
    return problem


def knapsack(items: Items, limit: float, *, copies: int | None = 1) -> Load:
    """The most valuable load, by integer programming.

    Parameters
    ----------
    items, limit, copies
        As for :func:`knapsack_problem`.

    Returns
    -------
    Load
        One of the best, if there are several.

    Raises
    ------
    ValueError, NoPlanError
        As :func:`knapsack_problem`.

    References
    ----------
    Dantzig, G. B. (1957), Discrete-variable extremum problems, Operations Research 5, 266-277.

    Examples
    --------
    >>> knapsack({"tent": (3, 40), "stove": (4, 50), "book": (1, 10)}, 5)
    Take stove and book: value 60, load 5 of 5.
      item   weight  value  value per weight  taken
      tent        3     40            13.333      0
      stove       4     50              12.5      1
      book        1     10                10      1
    """
    known, limit = _checked(items, limit, copies)
    problem = knapsack_problem(items, limit, copies=copies)
    found = solved(problem, "no load fits")
    short = pulp_names(list(known))
    return Load({n: round(found[s]) for n, s in zip(known, short, strict=True)}, known, limit)


def knapsack_by_table(items: Items, limit: float, *, copies: int | None = 1) -> Load:
    """The most valuable load by dynamic programming: a second, independent method.

    With f(j, b) the best value of the first j items under the limit b:
    f(j, b) = maxₙ { n vⱼ + f(j - 1, b - n wⱼ) }, n = 0, 1, ..., copies.

    Parameters
    ----------
    items, limit, copies
        As for :func:`knapsack_problem`. Weights with decimals are counted in their smallest
        common part.

    Returns
    -------
    Load
        With ``stages``, the table of f: row j for the first j + 1 items, column b for b parts
        of load.

    Raises
    ------
    ValueError
        As :func:`knapsack_problem`, or if the table would be too large.

    References
    ----------
    Bellman, R. (1957), Dynamic Programming, Princeton University Press.

    Examples
    --------
    >>> best = knapsack_by_table({"tent": (3, 40), "stove": (4, 50)}, 5)
    >>> best.sentence, best.stages
    ('Take stove: value 50, load 4 of 5.',
     ((0.0, 0.0, 0.0, 40.0, 40.0, 40.0), (0.0, 0.0, 0.0, 40.0, 50.0, 50.0)))
    """
    known, limit = _checked(items, limit, copies)
    weights, room = _in_parts([w for w, _ in known.values()], limit)
    if (room + 1) * len(known) > LARGEST_TABLE:
        raise ValueError(
            f"the table would have {room + 1:,} columns: give weights with fewer digits, or use "
            "knapsack"
        )
    rows: list[list[float]] = [[0.0] * (room + 1)]
    picks: list[list[int]] = []
    for weight, (_, value) in zip(weights, known.values(), strict=True):
        row, pick = _stage(rows[-1], weight, value, copies)
        rows.append(row)
        picks.append(pick)
    taken: dict[str, int] = {}
    for name, weight, pick in reversed(list(zip(known, weights, picks, strict=True))):
        taken[name] = pick[room]
        room -= pick[room] * weight
    return Load({n: taken[n] for n in known}, known, limit, tuple(map(tuple, rows[1:])))


def knapsack_greedy(items: Items, limit: float, *, copies: int | None = 1) -> Load:
    """What a quick thinker takes: the most value per weight first, as much as fits.

    Not always the best: :func:`knapsack` is. The lighter of two equal items comes first.

    Parameters
    ----------
    items, limit, copies
        As for :func:`knapsack_problem`.

    Returns
    -------
    Load
        A load that fits.

    Raises
    ------
    ValueError, NoPlanError
        As :func:`knapsack_problem`.

    Examples
    --------
    >>> knapsack_greedy({"tent": (3, 40), "stove": (4, 50)}, 5).sentence
    'Take tent: value 40, load 3 of 5.'
    """
    known, limit = _checked(items, limit, copies)
    weights, room = _in_parts([w for w, _ in known.values()], limit)
    parts = dict(zip(known, weights, strict=True))
    taken = dict.fromkeys(known, 0)
    order = sorted(known, key=lambda n: (-known[n][1] / parts[n] if parts[n] else -math.inf,
                                         parts[n]))  # fmt: skip
    for name in order:
        if known[name][1] == 0:
            continue
        fit = room // parts[name] if parts[name] else copies or 0
        taken[name] = fit if copies is None else min(fit, copies)
        room -= taken[name] * parts[name]
    return Load(taken, known, limit)


def _checked(
    items: Items, limit: float, copies: int | None
) -> tuple[dict[str, tuple[float, float]], float]:
    known: dict[str, tuple[float, float]] = {}
    if not isinstance(items, Mapping):
        raise ValueError(f"items={items!r}: give a dict of item to (weight, value)")
    for name in names_of("items", items):
        pair: Any = items[name]
        if isinstance(pair, Mapping):
            pair = (pair.get("weight"), pair.get("value"))
        if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
            raise ValueError(f"items[{name!r}]={pair!r}: give (weight, value)")
        known[name] = (
            zero_or_more(f"weight of {name!r}", pair[0]),
            zero_or_more(f"value of {name!r}", pair[1]),
        )
    if copies is not None:
        a_count("copies", copies, 0)
    for name, (weight, value) in known.items():
        if copies is None and value > 0 and weight == 0:
            raise NoPlanError(
                f"{name!r} weighs nothing, so its value can grow without end: give copies"
            )
    return known, zero_or_more("limit", limit)


def _in_parts(weights: list[float], limit: float) -> tuple[list[int], int]:
    """Weights and limit as whole numbers of their smallest common part, exactly."""
    exact = [Fraction(repr(w)) for w in weights]
    unit = math.lcm(*(w.denominator for w in exact))
    whole = [int(w * unit) for w in exact]
    room = math.floor(Fraction(repr(limit)) * unit)
    common = math.gcd(*whole) or 1
    return [w // common for w in whole], room // common


def _stage(
    before: list[float], weight: int, value: float, copies: int | None
) -> tuple[list[float], list[int]]:
    row, pick = [], []
    for room in range(len(before)):
        most = room // weight if weight else (copies or 0)
        if copies is not None:
            most = min(most, copies)
        best, count = before[room], 0
        for n in range(1, most + 1):
            if (now := n * value + before[room - n * weight]) > best:
                best, count = now, n
        row.append(best)
        pick.append(count)
    return row, pick
