"""Options weighed under several criteria (AHP), and why a copy of one can turn the order round.

In the distributive mode the priorities of the options add up to 1 under each criterion; a new
option takes a part from each of the others, but not the same part under each criterion, and so
the order of the old ones can change. In the ideal mode each is measured by the best under the
criterion; a copy then changes nothing, but a new best can still turn the order round.

Contested: Belton and Gear (1983) and Dyer (1990) take reversal by a copy as a fault of the
method; Saaty (1990) and Harker and Vargas (1987) as right where options are scarce or compete.
To divide by the best was Belton and Gear's own remedy; the AHP later took it in as a second mode
(Millet and Saaty 2000).

References
----------
Belton, V. and Gear, T. (1983), On a short-coming of Saaty's method of analytic hierarchies,
Omega 11, 228-230. Dyer, J. S. (1990), Remarks on the analytic hierarchy process, Management
Science 36, 249-258. Saaty, T. L. (1990), An exposition of the AHP in reply to the paper
"Remarks on the analytic hierarchy process", Management Science 36, 259-268. Harker, P. T. and
Vargas, L. G. (1987), The theory of ratio scale estimation, Management Science 33, 1383-1403.
Millet, I. and Saaty, T. L. (2000), On the relativity of relative measures, European Journal of
Operational Research 121, 205-212.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from svclab.checks import names_of, one_of
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.strategy.weighing.checked import shares
from svclab.strategy.weighing.pairwise import Comparison, from_matrix
from svclab.words import join, say

__all__ = ["MODES", "Ranking", "Reversal", "rank", "rank_reversal", "reversals", "with_copy"]

MODES = ("distributive", "ideal")
Weighing = Comparison | Mapping[str, float]
SAME = 1e-9  # totals closer than this are a tie


@dataclass(frozen=True, repr=False)
class Ranking(Answer):
    """Options in order, with what each criterion gives them."""

    parts: Mapping[str, Mapping[str, float]]  # option to criterion to its part of the total
    weights: Mapping[str, float]  # share of each criterion; together 1
    mode: str  # "distributive" or "ideal"

    @property
    def totals(self) -> dict[str, float]:
        """Option to total: together 1 (distributive), or at most 1 each (ideal)."""
        return {option: math.fsum(row.values()) for option, row in self.parts.items()}

    @property
    def order(self) -> tuple[str, ...]:
        """Options, best first; ties in the given order."""
        totals = self.totals
        return tuple(sorted(totals, key=lambda option: -round(totals[option], 9)))

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an option, best first."""
        totals = self.totals
        return [{"option": o, **self.parts[o], "total": totals[o]} for o in self.order]

    @property
    def sentence(self) -> str:
        """The order, with the totals."""
        totals = self.totals
        return say(
            "{options} ({mode} mode).",
            options=join((say("{o} {t}", o=o, t=shown(totals[o])) for o in self.order), most=12),
            mode=self.mode,
        )


@dataclass(frozen=True, repr=False)
class Reversal(Answer):
    """Two rankings, before and after an option was added."""

    before: Ranking
    after: Ranking
    added: tuple[str, ...]  # options that only the second has

    @property
    def flipped(self) -> tuple[tuple[str, str], ...]:
        """Pairs of old options whose order turned round, the one that was ahead first."""
        return reversals(self.before, self.after)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an option."""
        old, new = self.before.totals, self.after.totals
        return [{"option": o, "before": old.get(o), "after": new[o]} for o in new]

    @property
    def sentence(self) -> str:
        """Which pairs turned round."""
        if not self.flipped:
            return say(
                "With {added}, no two of the others change places ({mode} mode).",
                added=join(self.added, most=6),
                mode=self.after.mode,
            )
        return say(
            "With {added}, the order of others turns round: {pairs} ({mode} mode).",
            added=join(self.added, most=6),
            pairs=join((say("{a} was ahead of {b}", a=a, b=b) for a, b in self.flipped), most=6),
            mode=self.after.mode,
        )


def rank(
    criteria: Weighing, options: Mapping[str, Weighing], *, mode: str = "distributive"
) -> Ranking:
    """Options ranked under weighted criteria.

    total[i] = Σₖ w[k] p[i, k], where the priorities p of criterion k add up to 1 over the options
    (distributive mode) or are divided by the largest (ideal mode).

    Parameters
    ----------
    criteria : Comparison or mapping
        The weights: from :func:`compare`, or name to a number of zero or more.
    options : mapping
        Criterion to the options' priorities under it: a Comparison, or a dict of option to
        number (a measurement of which more is better).
    mode : {"distributive", "ideal"}, optional
        What the priorities of a criterion are divided by.

    Returns
    -------
    Ranking

    Raises
    ------
    ValueError
        If a criterion has no options, or the criteria do not all have the same options.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill.

    Examples
    --------
    >>> rank({"taste": 3, "price": 2}, {"taste": {"tea": 2, "cola": 2}, "price": {"tea": 3,
    ...      "cola": 1}})
    tea 0.6 and cola 0.4 (distributive mode).
      option  taste  price  total
      tea       0.3    0.3    0.6
      cola      0.3    0.1    0.4
    """
    one_of("mode", mode, MODES)
    weights = _plain("criteria", criteria)
    if not isinstance(options, Mapping):
        raise ValueError(f"options={options!r}: give a dict with a comparison for each criterion")
    for name in options:
        one_of("criterion of options", name, tuple(weights))
    under: dict[str, dict[str, float]] = {}
    for criterion in weights:
        if criterion not in options:
            raise ValueError(f"options has no {criterion!r}: give the options' priorities under it")
        under[criterion] = _plain(f"options[{criterion!r}]", options[criterion])
    names = list(under[next(iter(weights))])
    for criterion, row in under.items():
        if set(row) != set(names):
            raise ValueError(
                f"options[{criterion!r}] is about {join(row, most=6)}, the first criterion about "
                f"{join(names, most=6)}: give all criteria the same options"
            )
    best = {c: max(row.values()) if mode == "ideal" else 1.0 for c, row in under.items()}
    parts = {o: {c: w * under[c][o] / best[c] for c, w in weights.items()} for o in names}
    return Ranking(parts, weights, mode)


def with_copy(weighing: Weighing, option: str, name: str) -> Weighing:
    """The same judgements with a copy of one option: equal to it, and judged alike to all others.

    Parameters
    ----------
    weighing : Comparison or mapping
        Judgements or measurements of the options under one criterion.
    option, name : str
        Which option is copied, and what the copy is called.

    Returns
    -------
    Comparison or dict
        Of the same kind, with one option more.

    Raises
    ------
    ValueError
        If the option is not there, the name already is, or ten are compared already.

    Examples
    --------
    >>> with_copy({"tea": 3, "cola": 1}, "tea", "green tea")
    {'tea': 3, 'cola': 1, 'green tea': 3}
    """
    names = list(weighing.weights if isinstance(weighing, Comparison) else weighing)
    one_of("option", option, tuple(names))
    if name in names:
        raise ValueError(f"name={name!r} is taken: give the copy a name of its own")
    if not isinstance(weighing, Comparison):
        return {**weighing, name: weighing[option]}
    i = names.index(option)
    rows = [[*row, row[i]] for row in weighing.matrix]
    rows.append([*weighing.matrix[i], 1.0])
    return from_matrix([*names, name], rows, index=weighing.source)


def rank_reversal(
    criteria: Weighing,
    options: Mapping[str, Weighing],
    copied: str,
    *,
    name: str = "",
    mode: str = "distributive",
) -> Reversal:
    """What happens to the order when a copy of one option comes in.

    Parameters
    ----------
    criteria, options, mode
        As for :func:`rank`.
    copied : str
        The option that comes a second time.
    name : str, optional
        What the copy is called; if left out, the option's name with "(copy)".

    Returns
    -------
    Reversal

    Raises
    ------
    ValueError
        As :func:`rank` and :func:`with_copy`.

    References
    ----------
    Belton and Gear (1983).

    Examples
    --------
    >>> under = {"a": {"A": 1, "B": 9, "C": 1}, "b": {"A": 9, "B": 1, "C": 1},
    ...          "c": {"A": 8, "B": 9, "C": 1}}
    >>> rank_reversal({"a": 1, "b": 1, "c": 1}, under, "B", name="D")
    With D, the order of others turns round: B was ahead of A (distributive mode).
      option  before  after
      A        0.451  0.365
      B         0.47  0.289
      C        0.079  0.057
      D               0.289
    """
    before = rank(criteria, options, mode=mode)
    name = name or say("{option} (copy)", option=copied)
    more = {c: with_copy(options[c], copied, name) for c in before.weights}
    return Reversal(before, rank(criteria, more, mode=mode), (name,))


def reversals(before: Ranking, after: Ranking) -> tuple[tuple[str, str], ...]:
    """Pairs of options in both rankings whose order turned round; ties do not count.

    Parameters
    ----------
    before, after : Ranking
        From :func:`rank`; the second may have more options or fewer.

    Returns
    -------
    tuple of (str, str)
        The one that was ahead before stands first.

    Examples
    --------
    >>> first = rank({"taste": 1}, {"taste": {"tea": 2, "cola": 1}})
    >>> reversals(first, rank({"taste": 1}, {"taste": {"tea": 1, "cola": 2}}))
    (('tea', 'cola'),)
    """
    old, new = before.totals, after.totals
    found = []
    for a, b in combinations([option for option in old if option in new], 2):
        was, now = old[a] - old[b], new[a] - new[b]
        if abs(was) > SAME and abs(now) > SAME and (was > 0) != (now > 0):
            found.append((a, b) if was > 0 else (b, a))
    return tuple(found)


def _plain(name: str, weighing: Any) -> dict[str, float]:
    if isinstance(weighing, Comparison):
        return dict(weighing.weights)
    if isinstance(weighing, Mapping):
        names_of(name, weighing)
        return shares(name, weighing)
    raise ValueError(f"{name}={weighing!r}: give a comparison, or a dict of name to number")
