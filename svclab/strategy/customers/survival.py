"""How long customers stay: cohorts, a mixed base, and a forecast that allows for differences.

A base is mixed: some customers leave soon, others hardly ever. Those who leave are mostly of the
first kind, so those who remain are, year by year, more often of the second: observed retention
rises although nobody has become more loyal. Who reads it as growing loyalty is mistaken, and who
values the base by its average retention values it too low (Fader and Hardie 2010).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from svclab.checks import a_count, a_share, above_zero, between, names_of, zero_or_more
from svclab.shown import Answer
from svclab.words import count, number, percent, say, yuan

__all__ = [
    "BetaGeometric",
    "Cohort",
    "MixedBase",
    "cohort",
    "fit_beta_geometric",
    "mixed_base",
    "worth_of_base",
]


@dataclass(frozen=True, repr=False)
class Cohort(Answer):
    """Customers who came together, counted each period since."""

    counts: tuple[float, ...]  # customers at the start, after one period, after two, ...

    @property
    def survival(self) -> tuple[float, ...]:
        """Share of the cohort still there, beginning with 1."""
        return tuple(c / self.counts[0] for c in self.counts)

    @property
    def retention(self) -> tuple[float, ...]:
        """Share of those there at a period's start who are there at its end."""
        return tuple(b / a if a else 0.0 for a, b in pairwise(self.counts))

    @property
    def constant(self) -> float:
        """The one retention rate that fits best: all who stayed by all who could have left."""
        return math.fsum(self.counts[1:]) / math.fsum(self.counts[:-1])

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a period."""
        return [
            {"period": k, "customers": c, "still there": s, "retention": r}
            for k, (c, s, r) in enumerate(
                zip(self.counts, self.survival, (None, *self.retention), strict=True)
            )
        ]

    @property
    def sentence(self) -> str:
        """How retention moved, in words."""
        return say(
            "Of {n} customers {left} are left after {t}; retention went from {first} to {last}.",
            n=number(self.counts[0], 0),
            left=percent(self.survival[-1]),
            t=count(len(self.counts) - 1, "period"),
            first=percent(self.retention[0]),
            last=percent(self.retention[-1]),
        )


def cohort(counts: Sequence[float]) -> Cohort:
    """A cohort from its counts.

    Parameters
    ----------
    counts : sequence of float
        Customers (or shares) at the start, after one period, after two, ...; two or more, above
        zero at the start, never rising.

    Returns
    -------
    Cohort
        ``survival``, ``retention`` and the constant retention that fits best (its likelihood is
        highest: each customer-period is one trial).

    Raises
    ------
    ValueError
        If counts rise, or there are fewer than two.

    Examples
    --------
    >>> cohort([1000, 800, 680, 610]).sentence
    'Of 1,000 customers 61% are left after 3 periods; retention went from 80% to 89.7%.'
    """
    if isinstance(counts, str) or not isinstance(counts, Sequence) or len(counts) < 2:
        raise ValueError(
            f"counts={counts!r}: give the customers at the start and after each period"
        )
    known = tuple(zero_or_more(f"counts[{k}]", c) for k, c in enumerate(counts))
    above_zero("counts[0]", known[0], "customers at the start")
    for k, (a, b) in enumerate(pairwise(known)):
        if b > a:
            raise ValueError(
                f"counts[{k + 1}]={b:g} is above counts[{k}]={a:g}: a cohort only loses customers; "
                "count newcomers in their own cohort"
            )
    return Cohort(known)


@dataclass(frozen=True, repr=False)
class MixedBase(Answer):
    """Groups with retention of their own, seen as one base."""

    groups: Mapping[str, tuple[float, float]]  # group to its customers and their retention
    periods: int

    def customers(self, period: int) -> dict[str, float]:
        """Customers of each group that are left after so many periods, zero or more."""
        a_count("period", period, 0)
        return {name: n * r**period for name, (n, r) in self.groups.items()}

    @property
    def observed(self) -> Cohort:
        """The base as it looks to someone who cannot tell the groups apart."""
        return Cohort(tuple(math.fsum(self.customers(t).values()) for t in range(self.periods + 1)))

    def value(self, margin: float, discount: float) -> float:
        """Worth of the base today: each group's margins after renewal, in yuan."""
        return math.fsum(n * _worth(margin, r, discount) for n, r in self.groups.values())

    def value_by_average(self, margin: float, discount: float) -> float:
        """The same if everybody had the base's first retention rate: never more than the truth."""
        total = math.fsum(n for n, _ in self.groups.values())
        return total * _worth(margin, self.observed.retention[0], discount)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a period, a column a group."""
        seen = (None, *self.observed.retention)
        return [
            {"period": t, **self.customers(t), "all": self.observed.counts[t], "retention": seen[t]}
            for t in range(self.periods + 1)
        ]

    @property
    def sentence(self) -> str:
        """What the observer sees, and what is true."""
        seen = self.observed.retention
        return say(
            "Observed retention goes from {first} to {last} in {t}, although no customer has "
            "changed.",
            first=percent(seen[0]),
            last=percent(seen[-1]),
            t=count(self.periods, "period"),
        )


def _worth(margin: float, retention: float, discount: float) -> float:
    zero_or_more("margin", margin)
    zero_or_more("discount", discount)
    return margin * retention / (1 + discount - retention)


def mixed_base(groups: Mapping[str, tuple[float, float]], *, periods: int = 5) -> MixedBase:
    """A base of groups, each with its own constant retention.

    After t periods nₖ rₖᵗ customers of group k are left; observed retention is
    Σ nₖ rₖᵗ⁺¹ / Σ nₖ rₖᵗ, which rises towards the largest rₖ.

    Parameters
    ----------
    groups : mapping
        Group to (customers, retention): customers above zero, retention a share below 1.
    periods : int, optional
        How far to look, one or more.

    Returns
    -------
    MixedBase
        ``observed`` as a :class:`Cohort`, ``value`` against ``value_by_average``.

    Raises
    ------
    ValueError
        For no groups, or numbers out of range.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2010), Customer-base valuation in a contractual setting:
    the perils of ignoring heterogeneity, Marketing Science 29(1), 85-93.

    Examples
    --------
    >>> base = mixed_base({"regulars": (500, 0.95), "passers-by": (500, 0.55)})
    >>> base.sentence
    'Observed retention goes from 75% to 91% in 5 periods, although no customer has changed.'
    >>> round(base.value(100, 0.1)), round(base.value_by_average(100, 0.1))
    (366667, 214286)
    """
    if not isinstance(groups, Mapping):
        raise ValueError(f"groups={groups!r}: give a dict of group to (customers, retention)")
    known: dict[str, tuple[float, float]] = {}
    for name in names_of("groups", groups):
        pair = groups[name]
        if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
            raise ValueError(f"groups[{name!r}]={pair!r}: give (customers, retention)")
        rate = a_share(f"retention of {name!r}", pair[1])
        if rate == 1:
            raise ValueError(f"retention of {name!r} is 1: customers who never leave; give less")
        known[name] = (above_zero(f"customers of {name!r}", pair[0]), rate)
    return MixedBase(known, a_count("periods", periods, 1))


@dataclass(frozen=True, repr=False)
class BetaGeometric(Answer):
    """Customers whose chance to leave differs, by a beta distribution (alpha, beta).

    Survival S(t) = B(α, β+t) / B(α, β); observed retention (β+t-1) / (α+β+t-1).
    """

    alpha: float  # above zero; small against beta where few leave
    beta: float  # above zero; both small where customers differ much

    def __post_init__(self) -> None:
        above_zero("alpha", self.alpha)
        above_zero("beta", self.beta)

    def retention(self, period: int) -> float:
        """Observed retention in period 1, 2, ...: it rises."""
        a_count("period", period, 1)
        return (self.beta + period - 1) / (self.alpha + self.beta + period - 1)

    def survival(self, periods: int) -> float:
        """Share still there after so many periods, zero or more."""
        a_count("periods", periods, 0)
        return math.prod(self.retention(t) for t in range(1, periods + 1))

    @property
    def mean_churn(self) -> float:
        """Mean chance to leave in a period among newcomers: α / (α+β)."""
        return self.alpha / (self.alpha + self.beta)

    def discounted_life(self, discount: float, *, after: int = 0) -> float:
        """Expected discounted margins of 1 yuan to come, for a customer who stayed so long.

        Σ over t ≥ 1 of S(after+t) / S(after) / (1+d)ᵗ⁻¹: the next margin comes at the next
        renewal, from those who renew, and is counted in full.

        Parameters
        ----------
        discount : float
            Discount rate of a period, 0.0001 or more: below, the sum has too many terms.
        after : int, optional
            Periods survived already, zero or more.
        """
        d = between("discount", discount, 1e-4, what="a rate")
        a_count("after", after, 0)
        total, term, t = [], 1.0, after
        while term > 1e-13 * d:
            t += 1
            term *= self.retention(t)
            total.append(term)
            term /= 1 + d
        return math.fsum(total)

    @property
    def table(self) -> list[dict[str, Any]]:
        """Ten periods."""
        return [
            {"period": t, "still there": self.survival(t),
             "retention": self.retention(t) if t else None}
            for t in range(11)
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """The model in words."""
        return say(
            "Newcomers leave with a chance of {churn} on average (alpha {a}, beta {b}); retention "
            "rises from {first} to {tenth} in the tenth period.",
            churn=percent(self.mean_churn),
            a=number(self.alpha, 3),
            b=number(self.beta, 3),
            first=percent(self.retention(1)),
            tenth=percent(self.retention(10)),
        )


def fit_beta_geometric(counts: Sequence[float]) -> BetaGeometric:
    """Alpha and beta from a cohort, by maximum likelihood.

    With nₜ the customers lost in period t: ln L = Σ nₜ ln(S(t-1) - S(t)) + n_left ln S(last).

    Parameters
    ----------
    counts : sequence of float
        As for :func:`cohort`; at least three, and some customers must leave and some stay.

    Returns
    -------
    BetaGeometric
        For forecasts beyond the data.

    Raises
    ------
    ValueError
        If the counts cannot tell two parameters apart: nobody leaves, nobody stays, or retention
        does not rise (a constant retention, :attr:`Cohort.constant`, fits as well).

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2007), How to project customer retention, Journal of
    Interactive Marketing 21(1), 76-90.

    Examples
    --------
    >>> high_end = fit_beta_geometric([1, .869, .743, .653, .593, .551, .517, .491])
    >>> [round(high_end.survival(t), 3) for t in (8, 10, 12)]
    [0.46, 0.414, 0.378]
    """
    known = cohort(counts)
    if len(known.counts) < 3:
        raise ValueError("counts: give the start and at least two periods")
    if known.counts[-1] == known.counts[0] or known.counts[1] == 0:
        raise ValueError("counts: some customers must leave and some stay to fit a model")

    def at(spread: float) -> tuple[float, float]:
        """Best mean churn (log odds) for a log precision, and its likelihood."""
        return _highest(lambda odds: _likelihood(known.counts, odds, spread), -9.0, 9.0)

    spread, best = _highest(lambda s: at(s)[1], -6.0, 9.0)
    flat = _likelihood(known.counts, math.log(1 / known.constant - 1), 30.0)
    if best <= flat + 1e-9 * abs(flat) or spread > 8.9:
        raise ValueError(
            "counts: retention does not rise, so the customers need not differ; use the constant "
            "retention of cohort(counts)"
        )
    mean = 1 / (1 + math.exp(-at(spread)[0]))
    return BetaGeometric(mean * math.exp(spread), (1 - mean) * math.exp(spread))


def _likelihood(counts: tuple[float, ...], odds: float, spread: float) -> float:
    mean, size = 1 / (1 + math.exp(-odds)), math.exp(spread)
    model = BetaGeometric(mean * size, (1 - mean) * size)
    parts, log_stay = [], 0.0
    for t, (a, b) in enumerate(pairwise(counts), start=1):
        rate = model.retention(t)
        leave = model.alpha / (model.alpha + model.beta + t - 1)
        parts.append((a - b) * (log_stay + math.log(leave)))
        log_stay += math.log(rate)
    return math.fsum([*parts, counts[-1] * log_stay])


def _highest(function: Callable[[float], float], low: float, high: float) -> tuple[float, float]:
    """Where a function with one top is highest, by golden section, and how high."""
    golden = (math.sqrt(5) - 1) / 2
    a, b = high - golden * (high - low), low + golden * (high - low)
    at_a, at_b = function(a), function(b)
    for _ in range(60):
        if at_a >= at_b:
            high, b, at_b = b, a, at_a
            a = high - golden * (high - low)
            at_a = function(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + golden * (high - low)
            at_b = function(b)
    return (a, at_a) if at_a >= at_b else (b, at_b)


def worth_of_base(base: MixedBase, *, margin: float, discount: float) -> str:
    """The base's worth and what the average would say, in a sentence.

    Parameters
    ----------
    base : MixedBase
        From :func:`mixed_base`.
    margin : float
        Yuan a period from each customer, zero or more.
    discount : float
        Discount rate of a period, zero or more.

    Returns
    -------
    str
        Both amounts in yuan.

    Raises
    ------
    ValueError
        For a margin or a rate below zero.

    Examples
    --------
    >>> base = mixed_base({"regulars": (500, 0.95), "passers-by": (500, 0.55)})
    >>> worth_of_base(base, margin=100, discount=0.1)
    'The base is worth 366,667 yuan; by its average retention it would seem to be 214,286 yuan.'
    """
    return say(
        "The base is worth {true}; by its average retention it would seem to be {seen}.",
        true=yuan(base.value(margin, discount)),
        seen=yuan(base.value_by_average(margin, discount)),
    )
