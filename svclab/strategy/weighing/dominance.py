"""Which options can be left out: dominated ones, and those that no weights bring to the front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_number
from svclab.decisions.problems.common import pulp_names, solved
from svclab.shown import Answer
from svclab.strategy.weighing.checked import a_table
from svclab.strategy.weighing.scorecard import tie
from svclab.words import join, say, upper_first

__all__ = ["Contest", "Contestant", "contest", "contest_problem", "dominated"]

Scores = Mapping[str, Mapping[str, float]]
NEAR = 1e-7  # leads smaller than this, as a share of the largest score, are a tie


@dataclass(frozen=True)
class Contestant:
    """One option among the others."""

    name: str
    dominated_by: tuple[str, ...]  # options at least as good everywhere and better somewhere
    best_margin: float | None  # over the best other, with the weights that suit it; None if alone
    weights: Mapping[str, float]  # the weights that suit it best; together 1
    standing: str  # "first" with some weights, only "level" with another, or "never"


@dataclass(frozen=True, repr=False)
class Contest(Answer):
    """Which options some weights could bring to the front."""

    rows: tuple[Contestant, ...]

    def __getitem__(self, name: str) -> Contestant:
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(f"{name!r}: the options are {join((row.name for row in self.rows), most=6)}")

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an option, with the weights (in percent) that suit it best."""
        return [
            {
                "option": row.name,
                "dominated by": join(row.dominated_by, most=6),
                "at best": row.standing,
                "best margin": row.best_margin,
                **{f"{c}%": 100 * w for c, w in row.weights.items()},
            }
            for row in self.rows
        ]

    @property
    def sentence(self) -> str:
        """Who can win, and who cannot."""
        names = {
            word: [row.name for row in self.rows if row.standing == word]
            for word in ("first", "level", "never")
        }
        parts = [say("first with some weights: {o}", o=join(names["first"], most=12) or "none")]
        if names["level"]:
            parts.append(say("at best level with another: {o}", o=join(names["level"], most=12)))
        if names["never"]:
            parts.append(say("never first: {o}", o=join(names["never"], most=12)))
        return say("{parts}.", parts=upper_first("; ".join(parts)))


def dominated(scores: Scores) -> dict[str, tuple[str, ...]]:
    """Options that another beats on some criterion and equals or beats on all others.

    Parameters
    ----------
    scores : mapping of mapping
        Option to criterion to score; more is better.

    Returns
    -------
    dict
        Dominated option to those that dominate it. Two equal options do not dominate each other.

    Examples
    --------
    >>> dominated({"Lake": {"price": 6, "speed": 9}, "Hill": {"price": 6, "speed": 4}})
    {'Hill': ('Lake',)}
    """
    table = a_table("scores", scores, each=a_number)
    found = {}
    for name, row in table.items():
        above = tuple(
            other
            for other, theirs in table.items()
            if all(theirs[c] >= row[c] for c in row) and any(theirs[c] > row[c] for c in row)
        )
        if above:
            found[name] = above
    return found


def contest_problem(scores: Scores, option: str) -> Any:
    """In PuLP: the weights that put one option as far ahead of all others as can be.

    Maximise d subject to Σₖ w[k] (s[i, k] - s[j, k]) ≥ d for every other option j, Σₖ w[k] = 1
    and w ≥ 0.

    Parameters
    ----------
    scores : mapping of mapping
        Option to criterion to score; two options or more.
    option : str
        The option i.

    Returns
    -------
    pulp.LpProblem
        Variables ``lead`` and ``weight_CRITERION``; constraints ``one`` and ``over_OPTION``.

    Raises
    ------
    ValueError
        If the option is not there, or alone.

    Examples
    --------
    >>> contest_problem({"Lake": {"price": 6, "speed": 9}, "Hill": {"price": 8, "speed": 4}},
    ...                 "Hill")
    contest:
    MAXIMIZE
    1*lead + 0
    SUBJECT TO
    one: weight_price + weight_speed = 1
    <BLANKLINE>
    over_Lake: - lead + 2 weight_price - 5 weight_speed >= 0
    <BLANKLINE>
    VARIABLES
    lead free Continuous
    weight_price Continuous
    weight_speed Continuous
    """
    import pulp

    table = a_table("scores", scores, each=a_number)
    if option not in table or len(table) < 2:
        raise ValueError(
            f"option={option!r}: give one of {join(table, most=6)}, and another beside it"
        )
    criteria = list(table[option])
    problem = pulp.LpProblem("contest", pulp.LpMaximize)
    lead = problem.add_variable("lead")
    weight = {
        c: problem.add_variable(f"weight_{short}", 0)
        for c, short in zip(criteria, pulp_names(criteria), strict=True)
    }
    problem += lead
    problem += pulp.lpSum(weight.values()) == 1, "one"
    others = [other for other in table if other != option]
    for other, short in zip(others, pulp_names(others), strict=True):
        ahead = pulp.lpSum((table[option][c] - table[other][c]) * w for c, w in weight.items())
        problem += ahead - lead >= 0, f"over_{short}"
    return problem


def contest(scores: Scores) -> Contest:
    """For each option: is it dominated, and is there any weighting that makes it first?

    An option can lose under all weights without being dominated: a mixture of two others beats
    it everywhere. Whoever cannot be first may be left out before the weights are argued about.

    Parameters
    ----------
    scores : mapping of mapping
        Option to criterion to score; more is better, one scale.

    Returns
    -------
    Contest
        ``result["Lake"]`` finds one row.

    Raises
    ------
    ValueError
        If a score is missing.

    Examples
    --------
    >>> contest({"Lake": {"price": 1, "speed": 9}, "Hill": {"price": 9, "speed": 1},
    ...          "Mill": {"price": 4, "speed": 4}}).sentence
    'First with some weights: Lake and Hill; never first: Mill.'
    """
    table = a_table("scores", scores, each=a_number)
    below = dominated(table)
    largest = tie(table) * 1e9
    rows = []
    for name, row in table.items():
        if len(table) == 1:
            equal = dict.fromkeys(row, 1 / len(row))
            return Contest((Contestant(name, (), None, equal, "first"),))
        scaled = {o: {c: s / largest for c, s in r.items()} for o, r in table.items()}
        best = solved(contest_problem(scaled, name), "no weights add up to 1")
        weights = {
            c: best[f"weight_{short}"] for c, short in zip(row, pulp_names(list(row)), strict=True)
        }
        margin = best["lead"] * largest
        lead = best["lead"]
        standing = "first" if lead > NEAR else "level" if lead >= -NEAR else "never"
        rows.append(Contestant(name, below.get(name, ()), margin, weights, standing))
    return Contest(tuple(rows))
