"""Tails of the distributions that the tests need, in plain Python: they run in the page too."""

from __future__ import annotations

import math
from collections.abc import Callable

from svclab.checks import a_count, a_share

__all__ = ["chi_square_tail", "kolmogorov_tail", "normal_tail", "poisson_limits"]


def normal_tail(z: float) -> float:
    """P(|Z| > |z|) of the standard normal distribution, both sides.

    Examples
    --------
    >>> round(normal_tail(1.96), 4)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2))


def chi_square_tail(value: float, degrees: int) -> float:
    """P(X > value) of the chi-square distribution.

    A sum of Poisson terms for an even number of degrees; for an odd one the recursion begins at
    the normal distribution's tail instead (Abramowitz and Stegun 1964, 26.4.4 and 26.4.5).

    Parameters
    ----------
    value : float
        Zero or more.
    degrees : int
        Degrees of freedom, one or more.

    Examples
    --------
    >>> round(chi_square_tail(18.307, 10), 4)
    0.05
    """
    a_count("degrees", degrees, 1)
    if value <= 0:
        return 1.0
    half = value / 2
    odd = degrees % 2
    # ln of half**k e^-half / Γ(k + 1), for k = 0, 1, ... or k = 1/2, 3/2, ...
    terms = [math.erfc(math.sqrt(half))] if odd else []
    for step in range(degrees // 2):
        k = step + 0.5 * odd
        terms.append(math.exp(k * math.log(half) - half - math.lgamma(k + 1)))
    return min(1.0, math.fsum(terms))


def kolmogorov_tail(distance: float, n: int) -> float:
    """P(D > distance) for the Kolmogorov-Smirnov distance of n values from a known distribution.

    Kolmogorov's limit, 2 Σ (-1)^(j-1) e^(-2 j² x²), taken at x = (√n + 0.12 + 0.11 / √n) D:
    Stephens' correction makes it good to 0.015 from ten values on.

    Parameters
    ----------
    distance : float
        The largest gap between the two distribution functions, 0 to 1.
    n : int
        Number of values, one or more.

    References
    ----------
    Stephens, M. A. (1970), Journal of the Royal Statistical Society B 32, 115-122.

    Examples
    --------
    >>> round(kolmogorov_tail(0.134, 100), 3)
    0.05
    """
    root = math.sqrt(n)
    x = (root + 0.12 + 0.11 / root) * distance
    if x < 0.2:
        return 1.0  # the series does not converge there, and the answer is 1 to twelve digits
    terms = [(-1) ** (j - 1) * math.exp(-2 * (j * x) ** 2) for j in range(1, 40)]
    return min(1.0, max(0.0, 2 * math.fsum(terms)))


def poisson_limits(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """The means of a Poisson distribution that a count does not contradict (exact interval).

    Parameters
    ----------
    count : int
        What was counted, zero or more.
    confidence : float, optional
        Default 0.95.

    Returns
    -------
    tuple of float
        The lower and the upper limit.

    References
    ----------
    Garwood, F. (1936), Fiducial limits for the Poisson distribution, Biometrika 28, 437-442.

    Examples
    --------
    >>> low, high = poisson_limits(10)
    >>> round(low, 2), round(high, 2)
    (4.8, 18.39)
    """
    a_share("confidence", confidence, above=True, below=True)
    outside = (1 - confidence) / 2
    # P(N ≤ n | mean) is the tail of chi-square with 2n + 2 degrees at twice the mean.
    low = 0.0 if count == 0 else _mean_where(lambda m: 1 - _up_to(count - 1, m), outside, count)
    high = _mean_where(lambda m: 1 - _up_to(count, m), 1 - outside, count)
    return low, high


def _up_to(count: int, mean: float) -> float:
    return chi_square_tail(2 * mean, 2 * count + 2)


def _mean_where(rising: Callable[[float], float], wanted: float, near: int) -> float:
    low, high = 0.0, near + 10 * math.sqrt(near + 1) + 20
    for _ in range(80):
        middle = (low + high) / 2
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
