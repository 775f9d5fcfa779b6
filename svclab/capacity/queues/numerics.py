"""The arithmetic below the formulas, kept stable for ten thousand servers.

Textbooks write aᶜ / c!, which overflows at a few hundred servers. Here every sum is a sum of
ratios near its largest term, and a single term comes from Stirling's formula with its exact
remainder, so nothing overflows and hardly a digit is lost.
"""

from __future__ import annotations

import math

__all__ = ["log_poisson", "queue_harmonic", "queue_sum"]

NEGLIGIBLE = 1e-18  # a term that cannot change a sum near 1
LONGEST_SUM = 3_000_000  # terms; about a second


def deviance(ratio: float) -> float:
    """x - 1 - ln x, also for x near 1, where the three terms all but cancel.

    Examples
    --------
    >>> deviance(1.0), round(deviance(1.001) * 1e7, 6)
    (0.0, 4.996669)
    """
    d = ratio - 1
    if abs(d) > 0.1:
        return d - math.log(ratio)
    # x - 1 - ln x = d²/2 - d³/3 + d⁴/4 - ...
    power, terms = d * d, []
    for k in range(2, 20):
        terms.append(power / k if k % 2 == 0 else -power / k)
        power *= d
    return math.fsum(terms)


def stirling_remainder(n: float) -> float:
    """ln n! minus Stirling's formula ln(√(2πn) (n/e)ⁿ), for real n above zero.

    Source: Abramowitz and Stegun (1964), 6.1.41.
    """
    if n < 15:
        return math.lgamma(n + 1) - (0.5 * math.log(2 * math.pi * n) + n * math.log(n) - n)
    square = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / n


def log_poisson(n: float, mean: float) -> float:
    """ln of the Poisson probability meanⁿ e⁻ᵐᵉᵃⁿ / n!, for real n of zero or more.

    As in Loader's saddle-point form, ln p = -n d(mean/n) - ln √(2πn) - remainder, where
    d(x) = x - 1 - ln x: no large numbers are subtracted from each other.

    Source: Loader, C. (2000), Fast and accurate computation of binomial probabilities.

    Examples
    --------
    >>> round(math.exp(log_poisson(3, 2.0)), 12) == round(8 / 6 * math.exp(-2), 12)
    True
    """
    if n == 0:
        return -mean
    if mean == 0:
        return -math.inf
    spread = 0.5 * math.log(2 * math.pi * n)
    return -n * deviance(mean / n) - spread - stirling_remainder(n)


def queue_sum(capacity: float, load: float) -> tuple[float, float]:
    """The queue of an Erlang A station, seen while all servers are busy.

    With s = capacity and y = load, both measured in customers' patience (cμ/θ and λ/θ), the
    states with k = 0, 1, 2, ... waiting have the weights

        w₀ = 1,   wₖ = y / (s + 1) · y / (s + 2) ... y / (s + k).

    Parameters
    ----------
    capacity, load : float
        s and y, above zero.

    Returns
    -------
    tuple of float
        ln Σ wₖ, and the mean number waiting Σ k wₖ / Σ wₖ.

    Notes
    -----
    Σ wₖ = s γ(s, y) eʸ y⁻ˢ with the lower incomplete gamma function (Abramowitz and Stegun
    1964, 6.5.29). Where y is so much larger than s that γ(s, y) = Γ(s) to all digits, the sum is
    1 / (Poisson probability of s at mean y). From Σ (s + k) wₖ = y Σ wₖ + s the mean is
    y - s + s / Σ wₖ; that form is used only where y > s, as it would cancel below.
    """
    if load > capacity and capacity * deviance(load / capacity) > 45:
        log_sum = -log_poisson(capacity, load)
        return log_sum, load - capacity + capacity * math.exp(-log_sum)
    if _terms(capacity, load) > LONGEST_SUM:
        raise ValueError(
            f"patience is {capacity:.3g} times as long as the time between two services: customers "
            "hardly ever give up; give a shorter mean_patience, or, if the servers can carry the "
            "load, use the model without abandonment (mmc)"
        )
    terms, term, k = [1.0], 1.0, 0
    while True:
        k += 1
        term *= load / (capacity + k)
        terms.append(term)
        # What is left is less than term · ratio / (1 - ratio), once the ratio is below 1.
        excess = capacity + k - load
        if excess > 0 and term * load * (k + 1) < NEGLIGIBLE * excess:
            break
    total = math.fsum(terms)
    if load > capacity:
        return math.log(total), load - capacity + capacity / total
    return math.log(total), math.fsum(k * term for k, term in enumerate(terms)) / total


def queue_harmonic(capacity: float, load: float) -> float:
    """Σ wₖ (1/(s+1) + ... + 1/(s+k)) / Σ wₖ, with the weights of :func:`queue_sum`.

    Summed from the largest weight in both directions, each weight as a multiple of it.

    Parameters
    ----------
    capacity, load : float
        s and y, above zero.

    Examples
    --------
    >>> round(queue_harmonic(3.0, 2.0), 6)
    0.154109
    """
    peak = max(0, math.floor(load - capacity))
    at_peak = harmonic(capacity, peak)
    weights, parts = [1.0], [at_peak]
    weight, total, k = 1.0, at_peak, peak
    while True:
        k += 1
        ratio = load / (capacity + k)
        weight *= ratio
        total += 1 / (capacity + k)
        weights.append(weight)
        parts.append(weight * total)
        if ratio < 1 and weight * (k - peak + 1) < NEGLIGIBLE * (1 - ratio):
            break
    weight, total = 1.0, at_peak
    for k in range(peak, 0, -1):
        weight *= (capacity + k) / load
        total -= 1 / (capacity + k)
        if weight < NEGLIGIBLE / peak:
            break
        weights.append(weight)
        parts.append(weight * total)
    return math.fsum(parts) / math.fsum(weights)


def harmonic(start: float, count: int) -> float:
    """1/(s+1) + 1/(s+2) + ... + 1/(s+n), the later terms by the midpoint rule.

    Examples
    --------
    >>> round(harmonic(0, 4), 12) == round(25 / 12, 12)
    True
    """
    direct = min(count, 100)
    parts = [1 / (start + k) for k in range(1, direct + 1)]
    if count > direct:
        # The sum is the integral from half a step before to half a step after, less a little.
        low, high = start + direct + 0.5, start + count + 0.5
        parts.append(math.log1p((high - low) / low))
        parts.append((1 / high**2 - 1 / low**2) / 24)
        parts.append(-7 * (1 / high**4 - 1 / low**4) / 960)
    return math.fsum(parts)


def _terms(capacity: float, load: float) -> float:
    """About how many terms the sum needs."""
    gaussian = 10 * math.sqrt(capacity)
    return min(gaussian, 45 / (1 - load / capacity)) if load < capacity else 2 * gaussian
