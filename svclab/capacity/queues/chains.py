"""Birth and death: a queue as a chain of states, solved for the share of time in each."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["birth_death"]


def birth_death(births: Sequence[float], deaths: Sequence[float]) -> list[float]:
    """Long-run share of time in the states 0, 1, ..., n of a birth and death chain.

    In the long run as many steps go up from a state as come down to it:
    pᵢ · birthᵢ = pᵢ₊₁ · deathᵢ. Products of thousands of ratios would overflow; here each has
    its power of two kept apart.

    Parameters
    ----------
    births : sequence of float
        Rates up, from state 0 to 1, from 1 to 2, ...; zero or more.
    deaths : sequence of float
        Rates down, from state 1 to 0, from 2 to 1, ...; above zero, as many as births.

    Returns
    -------
    list of float
        One share a state, one more than there are births; they add up to 1.

    Raises
    ------
    ValueError
        If the lists differ in length or hold a rate that is not allowed.

    References
    ----------
    Feller, W. (1950), An Introduction to Probability Theory and Its Applications, chapter 17.

    Examples
    --------
    >>> birth_death([2.0, 2.0], [2.0, 4.0])
    [0.4, 0.4, 0.2]
    """
    if len(births) != len(deaths):
        raise ValueError(
            f"births has {len(births)} rates and deaths {len(deaths)}: give one of each a step"
        )
    scaled = [(0.5, 1)]  # weight = mantissa · 2 ** power
    mantissa, power = scaled[0]
    for up, down in zip(births, deaths, strict=True):
        if not (0 <= up < math.inf and 0 < down < math.inf):
            raise ValueError(
                f"birth rate {up!r} with death rate {down!r}: give births of zero or more and "
                "deaths above zero"
            )
        mantissa, shift = math.frexp(mantissa * (up / down))
        power += shift
        scaled.append((mantissa, power))
    top = max(p for m, p in scaled if m > 0)
    weights = [math.ldexp(m, p - top) for m, p in scaled]
    total = math.fsum(weights)
    return [weight / total for weight in weights]
