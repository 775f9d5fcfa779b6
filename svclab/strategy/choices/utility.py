"""Caution: what a gamble is worth to somebody who would not repeat it a hundred times.

With exponential utility u(x) = 1 - e^(-x/R) a gamble is worth its certainty equivalent
-R ln Σ p e^(-x/R). R, the risk tolerance, is about the amount that one would just stake on a coin:
win R with one half, lose R/2 with the other. A small R is cautious; as R grows the certainty
equivalent becomes the expected value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from svclab.checks import a_number, a_share, above_zero

__all__ = ["certainty_equivalent", "indifferent_tolerance", "risk_premium"]


def _pairs(outcomes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    known = []
    for k, pair in enumerate(outcomes):
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise ValueError(f"outcomes[{k}]={pair!r}: give (amount, chance)")
        x, p = pair
        known.append((a_number(f"amount of outcomes[{k}]", x),
                      a_share(f"chance of outcomes[{k}]", p)))  # fmt: skip
    total = math.fsum(p for _, p in known)
    if abs(total - 1) > 1e-9:
        raise ValueError(f"outcomes: the chances add up to {total:g}; they must add up to 1")
    return known


def certainty_equivalent(
    outcomes: Sequence[tuple[float, float]], *, risk_tolerance: float | None = None
) -> float:
    """The sure amount that is as good as a gamble.

    Parameters
    ----------
    outcomes : sequence of (float, float)
        Amount and its chance; the chances add up to 1.
    risk_tolerance : float, optional
        R above zero, in the unit of the amounts; None for somebody without caution.

    Returns
    -------
    float
        The expected amount for None, less than it otherwise.

    Raises
    ------
    ValueError
        For chances that do not add up to 1, or a risk tolerance that is not above zero.

    References
    ----------
    Pratt, J. W. (1964), Risk aversion in the small and in the large, Econometrica 32(1/2),
    122-136. Howard, R. A. (1988), Decision analysis: practice and promise, Management Science
    34(6), 679-695.

    Examples
    --------
    >>> coin = [(100, 0.5), (-50, 0.5)]
    >>> certainty_equivalent(coin), round(certainty_equivalent(coin, risk_tolerance=100), 1)
    (25.0, -0.8)
    """
    known = _pairs(outcomes)
    if risk_tolerance is None:
        return math.fsum(x * p for x, p in known)
    r = above_zero("risk_tolerance", risk_tolerance, "an amount")
    worst = min(x for x, p in known if p)
    # From the worst outcome, so that no power overflows; expm1 keeps the digits of a large R, and
    # the plain sum those of a worst outcome that hardly ever comes.
    less = math.fsum(p * math.expm1((worst - x) / r) for x, p in known if p)
    if less > -0.5:
        return worst - r * math.log1p(less)
    return worst - r * math.log(math.fsum(p * math.exp((worst - x) / r) for x, p in known if p))


def risk_premium(outcomes: Sequence[tuple[float, float]], *, risk_tolerance: float) -> float:
    """What caution costs: expected amount less certainty equivalent; about variance / (2R).

    Parameters
    ----------
    outcomes, risk_tolerance
        As for :func:`certainty_equivalent`.

    Returns
    -------
    float
        Zero or more, in the unit of the amounts.

    Examples
    --------
    >>> round(risk_premium([(100, 0.5), (-50, 0.5)], risk_tolerance=1000), 2)
    2.81
    """
    return certainty_equivalent(outcomes) - certainty_equivalent(
        outcomes, risk_tolerance=risk_tolerance
    )


def indifferent_tolerance(outcomes: Sequence[tuple[float, float]], *, sure: float) -> float:
    """The risk tolerance at which a gamble is just as good as a sure amount.

    More cautious people take the sure amount, less cautious ones the gamble.

    Parameters
    ----------
    outcomes : sequence of (float, float)
        Amount and its chance.
    sure : float
        The sure amount, above the worst outcome and below the expected one.

    Returns
    -------
    float
        R, by halving.

    Raises
    ------
    ValueError
        If everybody, or nobody, would take the gamble.

    Examples
    --------
    >>> round(indifferent_tolerance([(100, 0.5), (-50, 0.5)], sure=0), 1)
    103.9
    """
    known = _pairs(outcomes)
    worst, mean = min(x for x, p in known if p), certainty_equivalent(known)
    if not worst < a_number("sure", sure) < mean:
        who = "nobody" if sure >= mean else "everybody"
        raise ValueError(
            f"sure={sure!r}: give an amount above the worst outcome {worst:g} and below the "
            f"expected {mean:g}; for this one {who} would take the gamble"
        )
    low, high = (mean - worst) * 1e-3, (mean - worst) * 1e3
    while certainty_equivalent(known, risk_tolerance=high) < sure:
        high *= 10
    while certainty_equivalent(known, risk_tolerance=low) > sure:
        low /= 10
    for _ in range(200):
        middle = math.sqrt(low * high)
        if certainty_equivalent(known, risk_tolerance=middle) < sure:
            low = middle
        else:
            high = middle
    return math.sqrt(low * high)
