"""Where weights come from: swings from worst to best, a bare order, or worth by the unit.

"How important is the price?" has no answer without the range: a criterion on which all options
are nearly alike deserves little weight, however important it is in general. A swing weight asks
instead: all criteria at their worst, which one would you lift to its best first?

References
----------
von Winterfeldt, D. and Edwards, W. (1986), Decision Analysis and Behavioral Research, Cambridge
University Press. Edwards, W. and Barron, F. H. (1994), SMARTS and SMARTER: improved simple
methods for multiattribute utility measurement, Organizational Behavior and Human Decision
Processes 60, 306-325.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from svclab.checks import a_column, names_of
from svclab.strategy.weighing.checked import ends, shares

__all__ = ["range_weights", "rank_weights", "swing_weights"]


def swing_weights(swings: Mapping[str, float]) -> dict[str, float]:
    """Weights from swings: w[k] = swing[k] / Σ swing.

    Parameters
    ----------
    swings : mapping
        Criterion to the worth of its swing from the worst to the best of the range, as points
        from 0 to 100. The largest has 100; all others are compared with it.

    Returns
    -------
    dict
        Criterion to weight; together 1.

    Raises
    ------
    ValueError
        If the largest is not 100, or one is below 0.

    References
    ----------
    von Winterfeldt and Edwards (1986).

    Examples
    --------
    >>> swing_weights({"price": 100, "speed": 60, "stars": 40})
    {'price': 0.5, 'speed': 0.3, 'stars': 0.2}
    """
    known = a_column("swings", swings)
    if max(known.values()) != 100:
        raise ValueError(
            f"swings: the largest is {max(known.values()):g}; give 100 to the swing that is worth "
            "most and compare all others with it"
        )
    return shares("swings", known)


def rank_weights(order: Iterable[str]) -> dict[str, float]:
    """Weights from an order alone: the mean of all weightings that keep it (rank-order centroid).

    w[k] = (1/n) Σ 1/i for i = k, ..., n.

    Parameters
    ----------
    order : iterable of str
        Criteria, the most important first.

    Returns
    -------
    dict
        Criterion to weight; together 1.

    References
    ----------
    Edwards and Barron (1994).

    Examples
    --------
    >>> {name: round(w, 4) for name, w in rank_weights(["price", "speed", "stars"]).items()}
    {'price': 0.6111, 'speed': 0.2778, 'stars': 0.1111}
    """
    names = names_of("order", list(order) if not isinstance(order, str) else order)
    n = len(names)
    return {
        name: math.fsum(1 / i for i in range(k, n + 1)) / n for k, name in enumerate(names, start=1)
    }


def range_weights(
    worth: Mapping[str, float], ranges: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    """Weights from what a unit is worth: w[k] is proportional to worth[k] times the range.

    It shows why a weight belongs to a range: a smaller range of prices means a smaller weight of
    the price, though a yuan is worth as much as before.

    Parameters
    ----------
    worth : mapping
        Criterion to what one unit of its measurement is worth, such as 1 for a yuan and 5 for a
        minute; zero or more, all in one currency.
    ranges : mapping
        Criterion to (worst, best) of its measurement.

    Returns
    -------
    dict
        Criterion to weight; together 1.

    Raises
    ------
    ValueError
        If a range is missing, or nothing is worth anything.

    Examples
    --------
    >>> range_weights({"price": 1, "minutes": 5}, {"price": (60, 40), "minutes": (12, 8)})
    {'price': 0.5, 'minutes': 0.5}
    >>> range_weights({"price": 1, "minutes": 5}, {"price": (50, 45), "minutes": (12, 8)})
    {'price': 0.2, 'minutes': 0.8}
    """
    known = a_column("worth", worth)
    swings = {}
    for name, each in known.items():
        worst, best = ends(ranges, name)
        swings[name] = each * abs(best - worst)
    return shares("worth × range", swings)
