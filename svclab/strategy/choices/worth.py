"""Money over time: net present value, internal rate of return, payback, annuities."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from svclab.checks import a_count, a_number, a_share, between, zero_or_more
from svclab.shown import Answer
from svclab.words import number, percent, say

__all__ = [
    "CashFlow",
    "annuity_factor",
    "break_even",
    "cash_flow",
    "net_present_value",
    "tornado",
]


def net_present_value(flows: Sequence[float], *, discount: float) -> float:
    """What a row of yearly amounts is worth today: Σ xₜ / (1+d)ᵗ, t = 0, 1, 2, ...

    Parameters
    ----------
    flows : sequence of float
        The amount now, after a year, after two years, ...; costs below zero.
    discount : float
        Discount rate a year, above -1.

    Returns
    -------
    float
        In the unit of the amounts.

    Raises
    ------
    ValueError
        For no amounts, a rate out of range, or a worth that no number on a computer can hold.

    Examples
    --------
    >>> round(net_present_value([-100, 60, 60], discount=0.1), 2)
    4.13
    """
    d = between("discount", discount, -0.999, 1e6, "a rate")
    if isinstance(flows, str) or not isinstance(flows, Sequence) or not flows:
        raise ValueError(f"flows={flows!r}: give the amounts of year 0, 1, 2, ...")
    return math.fsum(_worths([a_number(f"flows[{t}]", x) for t, x in enumerate(flows)], d))


def _worths(flows: Sequence[float], discount: float) -> list[float]:
    """What each year's amount is worth today."""
    try:
        worths = [x * (1 + discount) ** -t if x else 0.0 for t, x in enumerate(flows)]
        if math.isfinite(math.fsum(map(abs, worths))):
            return worths
    except OverflowError:
        pass
    raise ValueError(
        f"discount={discount!r} makes amounts of {len(flows)} years too large for a computer: "
        "give fewer years, or a rate that is further above -1"
    )


def annuity_factor(years: int, *, discount: float, stays: float = 1.0) -> float:
    """Worth today of 1 at each year's end, as long as it lasts: Σ s^(t-1) / (1+d)^t, t = 1 to n.

    Parameters
    ----------
    years : int
        Years n, zero or more.
    discount : float
        Discount rate a year, zero or more.
    stays : float, optional
        Chance that it goes on for one more year, 0 to 1; 1 for an amount that is sure.

    Returns
    -------
    float
        In yearly amounts; 0 for no years.

    Examples
    --------
    >>> round(annuity_factor(6, discount=0.12), 4)
    4.1114
    """
    a_count("years", years, 0)
    d = zero_or_more("discount", discount)
    s = a_share("stays", stays)
    return math.fsum(s ** (t - 1) * (1 + d) ** -t for t in range(1, years + 1))


@dataclass(frozen=True, repr=False)
class CashFlow(Answer):
    """Yearly amounts and what they are worth."""

    flows: tuple[float, ...]
    discount: float  # a year

    @property
    def net_present_value(self) -> float:
        """Worth today."""
        return net_present_value(self.flows, discount=self.discount)

    @property
    def internal_rate(self) -> float | None:
        """The one rate at which the worth is zero; None if there is none or might be several.

        Only rows of amounts that change their sign exactly once are sure to have one.
        """
        signs = [x > 0 for x in self.flows if x]
        if len([1 for a, b in pairwise(signs) if a != b]) != 1:
            return None

        begin = next(t for t, x in enumerate(self.flows) if x)
        kept = self.flows[begin:]

        def is_gain(log_rate: float) -> bool:
            """The sign of the worth, seen from the year in which it is largest: no overflow."""
            seen = len(kept) - 1 if log_rate < 0 else 0
            return math.fsum(x * math.exp(log_rate * (seen - t)) for t, x in enumerate(kept)) > 0

        low, high = -6.0, 6.0
        at_low = is_gain(low)
        if at_low == is_gain(high):
            return None
        for _ in range(200):
            middle = (low + high) / 2
            if is_gain(middle) == at_low:
                low = middle
            else:
                high = middle
        return math.expm1((low + high) / 2)

    @property
    def payback(self) -> int | None:
        """The first year by whose end the undiscounted amounts are not below zero, for good."""
        so_far = [math.fsum(self.flows[: t + 1]) for t in range(len(self.flows))]
        near = -1e-12 * max(map(abs, self.flows))  # 3 × 0.3 pays 0.9 back
        for t in range(len(so_far)):
            if all(x >= near for x in so_far[t:]):
                return t
        return None

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a year."""
        worths = _worths(self.flows, self.discount)
        return [
            {"year": t, "amount": x, "worth today": worths[t], "so far": math.fsum(worths[: t + 1])}
            for t, x in enumerate(self.flows)
        ]

    @property
    def sentence(self) -> str:
        """Worth and internal rate in words."""
        rate = self.internal_rate
        back = self.payback
        return say(
            "Worth today {value} at {d} a year; {rate}; {back}.",
            value=number(self.net_present_value, 3),
            d=percent(self.discount),
            rate="no single internal rate" if rate is None else say("internal rate {r}",
                                                                    r=percent(rate)),
            back="never paid back" if back is None else say("paid back by year {y}", y=back),
        )  # fmt: skip


def cash_flow(flows: Sequence[float], *, discount: float) -> CashFlow:
    """Yearly amounts with their net present value, internal rate and payback.

    Parameters
    ----------
    flows, discount
        As for :func:`net_present_value`.

    Returns
    -------
    CashFlow
        ``net_present_value``, ``internal_rate`` (a year) and ``payback`` (a year).

    Raises
    ------
    ValueError
        As :func:`net_present_value`.

    Examples
    --------
    >>> cash_flow([-100, 60, 60], discount=0.1).sentence
    'Worth today 4.132 at 10% a year; internal rate 13.1%; paid back by year 2.'
    """
    net_present_value(flows, discount=discount)
    return CashFlow(tuple(float(x) for x in flows), float(discount))


def break_even(
    gain: Callable[[float], float], low: float, high: float, *, name: str = "value"
) -> float:
    """Where a gain crosses zero between two ends, by halving.

    Parameters
    ----------
    gain : callable
        From a number to a gain, continuous.
    low, high : float
        The ends; the gain has different signs there.
    name : str, optional
        What is varied, for the error.

    Returns
    -------
    float
        To about 1e-12 of the range.

    Raises
    ------
    ValueError
        If the gain has the same sign at both ends: there is no such point, or two.

    Examples
    --------
    >>> round(break_even(lambda fee: 4 * fee - 10, 0, 5, name="fee"), 9)
    2.5
    """
    at_low, at_high = gain(low), gain(high)
    if at_low == 0:
        return low
    if at_high == 0:
        return high
    if (at_low > 0) == (at_high > 0):
        sign = "gain" if at_low > 0 else "loss"
        raise ValueError(
            f"{name}: a {sign} at both {low:g} and {high:g}, so no break-even point is sure to lie "
            "between; widen the range or look at the curve"
        )
    for _ in range(80):
        middle = (low + high) / 2
        if (gain(middle) > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def tornado(
    model: Callable[[Mapping[str, float]], float],
    base: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
) -> list[dict[str, Any]]:
    """How far each input alone moves a result: the bars of a tornado chart.

    Parameters
    ----------
    model : callable
        From a dict of inputs to the result.
    base : mapping
        Input to its likely value.
    ranges : mapping
        Input to (low, high).

    Returns
    -------
    list of dict
        One row an input, the widest swing first: ``input``, ``at low``, ``at high``, ``swing``.

    Raises
    ------
    ValueError
        For an input that the base does not have.

    Examples
    --------
    >>> rows = tornado(lambda x: x["a"] * x["b"], {"a": 2, "b": 3}, {"a": (1, 3), "b": (2, 5)})
    >>> [(row["input"], row["swing"]) for row in rows]
    [('a', 6.0), ('b', 6.0)]
    """
    rows = []
    for name, (low, high) in ranges.items():
        if name not in base:
            raise ValueError(f"ranges has {name!r}, which base has not: give its likely value")
        at_low, at_high = (float(model({**base, name: x})) for x in (low, high))
        rows.append({"input": name, "low": low, "high": high, "at low": at_low,
                     "at high": at_high, "swing": abs(at_high - at_low)})  # fmt: skip
    return sorted(rows, key=lambda row: -row["swing"])
