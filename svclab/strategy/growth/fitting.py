"""The Bass model fitted to sales by ordinary least squares, as Bass did in 1969.

Known to be rough: the sales of a period stand for a rate at its start (a bias), Y and Y² go
together (large standard errors), and before the peak the market is hardly known. Nonlinear fits
(Srinivasan and Mason 1986) mend the first two, nothing mends the last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from svclab.checks import zero_or_more
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.strategy.growth.bass import Bass
from svclab.words import Quantity, percent, say

__all__ = ["BassFit", "NoFitError", "fit_bass", "least_squares"]


class NoFitError(ValueError):
    """The sales do not let a Bass model be fitted."""


@dataclass(frozen=True, repr=False)
class BassFit(Answer):
    """A fitted model, with the regression behind it."""

    model: Bass
    sales: tuple[float, ...]  # first purchases of each period, as given
    fitted: tuple[float, ...]  # what the regression says for each period
    coefficients: tuple[float, float, float]  # a, b, c of a + b Y + c Y²
    errors: tuple[float, float, float]  # their standard errors
    spread: float  # residual standard error, in sales
    r_squared: float  # share of the variance of the sales that is explained

    @property
    def after_the_peak(self) -> bool:
        """Whether the data reach beyond the fitted peak: only then is the market known."""
        return len(self.sales) > self.model.peak_time

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a period."""
        return [
            {"period": t, "sales": s, "fitted": f}
            for t, (s, f) in enumerate(zip(self.sales, self.fitted, strict=True), start=1)
        ]

    @property
    def sentence(self) -> str:
        """The three numbers, and how far to believe them."""
        return say(
            "m = {m}, p = {p}, q = {q}; peak at {peak}, R² {r}. {warning}",
            m=shown(self.model.market),
            p=shown(self.model.p, digits=4),
            q=shown(self.model.q, digits=4),
            peak=Quantity(self.model.peak_time, "period", 1, "periods"),
            r=percent(self.r_squared),
            warning=say("The data reach beyond the peak.")
            if self.after_the_peak
            else say("The data end before the peak: the market is little more than a guess."),
        )


def fit_bass(sales: Sequence[float]) -> BassFit:
    """A Bass model fitted to the first purchases of each period, from the very first period on.

    Least squares of S[t] = a + b Y[t - 1] + c Y[t - 1]², where Y is the sum of the sales so far;
    then m = (-b - √(b² - 4 a c)) / 2c, p = a / m and q = -m c. Where b < 0 the same root is taken
    as 2a / (√(b² - 4 a c) - b), which loses no digits as q comes near 0.

    Parameters
    ----------
    sales : sequence of float
        First purchases in each period, zero or more; at least four periods.

    Returns
    -------
    BassFit

    Raises
    ------
    NoFitError
        If the curve found has no end (it never comes down to no sales) or no beginning (a not
        above 0), as sales that rise without slowing down, which say nothing about the size of the
        market; or if q would be below 0, as where sales fall steeply at first and then hardly.
    ValueError
        For too few periods, or sales below 0.

    References
    ----------
    Bass (1969). Srinivasan, V. and Mason, C. H. (1986), Nonlinear least
    squares estimation of new product diffusion models, Marketing Science 5, 169-178. Van den
    Bulte, C. and Lilien, G. L. (1997), Bias and systematic change in the parameter estimates of
    macro-level diffusion models, Marketing Science 16, 338-353.

    Examples
    --------
    >>> from svclab.strategy.growth import Bass
    >>> found = fit_bass(Bass(1000, 0.03, 0.38).discrete(12))
    >>> found.sentence
    'm = 1,000, p = 0.03, q = 0.38; peak at 6.2 periods, R² 100%. The data reach beyond the peak.'
    """
    if isinstance(sales, str) or not isinstance(sales, Sequence) or len(sales) < 4:
        raise ValueError(f"sales={sales!r}: give the sales of at least four periods")
    known = [zero_or_more(f"sales[{t}]", s) for t, s in enumerate(sales)]
    before = [math.fsum(known[:t]) for t in range(len(known))]
    try:
        (a, b, c), errors, spread = least_squares([[1.0, y, y * y] for y in before], known)
    except ZeroDivisionError:
        raise NoFitError(
            "the sums of the sales so far take fewer than three values: give periods with sales"
        ) from None
    square = b * b - 4 * a * c
    if c >= 0 and (b >= 0 or square < 0):
        how = "do not slow down yet" if b >= 0 else "fall, but not to an end"
        raise NoFitError(
            f"the sales {how}, so the market has no end: give more periods, or estimate the market "
            "in another way"
        )
    if a <= 0:
        raise NoFitError(
            f"the curve begins at {a:.4g}, which makes p not positive: begin with the first period "
            "in which there were sales, or leave out odd periods"
        )
    root = math.sqrt(square)
    size = 2 * a / (root - b) if b < 0 else (-b - root) / (2 * c)
    q = -size * c
    if q < -1e-9:
        raise NoFitError(
            f"q would be {q:.4g}, below 0: the sales fall faster than innovation alone would let "
            "them, as if nobody followed others; give more periods, or use another model"
        )
    mean = math.fsum(known) / len(known)
    fitted = [a + b * y + c * y * y for y in before]
    left = math.fsum((s - f) ** 2 for s, f in zip(known, fitted, strict=True))
    whole = math.fsum((s - mean) ** 2 for s in known)
    return BassFit(
        Bass(size, a / size, max(0.0, q)),
        tuple(known),
        tuple(fitted),
        (a, b, c),
        (errors[0], errors[1], errors[2]),
        spread,
        1 - left / whole if whole else 1.0,
    )


def least_squares(
    rows: Sequence[Sequence[float]], values: Sequence[float]
) -> tuple[list[float], list[float], float]:
    """Ordinary least squares, exact: coefficients, standard errors, and the residual spread.

    The normal equations are solved in fractions, so that columns that nearly go together, such
    as Y and Y², cost no digits.

    Parameters
    ----------
    rows : sequence of sequence of float
        One row an observation, with a 1 where a constant is wanted.
    values : sequence of float
        What is explained.

    Returns
    -------
    (list of float, list of float, float)
        The spread is the residual standard error; 0 with as many rows as columns.

    Raises
    ------
    ValueError
        If there is no row, or not one value for each.
    ZeroDivisionError
        If a column follows from the others.

    Examples
    --------
    >>> least_squares([[1, 0], [1, 1], [1, 2]], [1, 3, 5])
    ([1.0, 2.0], [0.0, 0.0], 0.0)
    """
    if not rows or len(rows) != len(values):
        raise ValueError(
            f"{len(rows)} rows and {len(values)} values: give one value for each row, and a row"
        )
    exact = [[Fraction(x) for x in row] for row in rows]
    ys = [Fraction(y) for y in values]
    k = len(exact[0])
    normal = [[sum(r[i] * r[j] for r in exact) for j in range(k)] for i in range(k)]
    right = [sum(r[i] * y for r, y in zip(exact, ys, strict=True)) for i in range(k)]
    inverse = _inverse(normal)
    found = [sum(x * y for x, y in zip(row, right, strict=True)) for row in inverse]
    left = sum(
        (y - sum(x * f for x, f in zip(r, found, strict=True))) ** 2
        for r, y in zip(exact, ys, strict=True)
    )
    free = len(ys) - k
    variance = left / free if free > 0 else Fraction(0)
    errors = [math.sqrt(variance * inverse[i][i]) for i in range(k)]
    return [float(f) for f in found], errors, math.sqrt(variance)


def _inverse(matrix: Sequence[Sequence[Any]]) -> list[list[Fraction]]:
    """The inverse of a square matrix of fractions, by elimination."""
    n = len(matrix)
    rows = [
        [*map(Fraction, row), *(Fraction(int(i == j)) for j in range(n))]
        for i, row in enumerate(matrix)
    ]
    for i in range(n):
        pivot = next((k for k in range(i, n) if rows[k][i]), None)
        if pivot is None:
            raise ZeroDivisionError("a column follows from the others")
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for k in range(n):
            if k != i and rows[k][i]:
                rows[k] = [x - rows[k][i] * y for x, y in zip(rows[k], rows[i], strict=True)]
    return [row[n:] for row in rows]
