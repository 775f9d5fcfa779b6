"""What a point of retention is worth, which lever adds most, and how much retention is needed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from svclab.checks import a_number, a_share, above_zero, between, one_of, zero_or_more
from svclab.shown import Answer
from svclab.strategy.customers.lifetime import TIMINGS, Lifetime, lifetime_value
from svclab.words import percent, say, yuan

__all__ = ["Levers", "RetentionPoint", "levers", "needed_retention", "retention_point"]


@dataclass(frozen=True, repr=False)
class RetentionPoint(Answer):
    """What some more retention is worth."""

    before: Lifetime
    after: Lifetime

    @property
    def gain(self) -> float:
        """Yuan for each customer, today: what may at most be spent on it."""
        return self.after.value - self.before.value

    @property
    def share(self) -> float:
        """Gain by the value before; NaN if that is zero."""
        return self.gain / self.before.value if self.before.value else math.nan

    @property
    def table(self) -> list[dict[str, Any]]:
        """Before and after."""
        return [
            {"": name, "retention": one.retention, "periods as a customer": one.expected_periods,
             "value": one.value}
            for name, one in (("before", self.before), ("after", self.after))
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """The gain in words."""
        return say(
            "Retention of {high} instead of {low} is worth {gain} for each customer, today{share}.",
            high=percent(self.after.retention, 2),
            low=percent(self.before.retention, 2),
            gain=yuan(self.gain, 2),
            share="" if math.isnan(self.share) else say(" ({by})", by=percent(self.share)),
        )


def retention_point(
    margin: float, *, retention: float, discount: float, points: float = 1.0, **more: Any
) -> RetentionPoint:
    """What a point of retention is worth: the value with it, less the value without.

    For a small step dr the value after renewal grows by m (1+d) / (1+d-r)² dr: a point is worth
    the more, the more customers stay already. This is arithmetic, not evidence: it holds the
    margin fixed. That long customers bring more margin (Reichheld and Sasser 1990) was found by
    some and not by others (Reinartz and Kumar 2000): see :mod:`.tenure`.

    Parameters
    ----------
    margin, retention, discount
        As for :func:`lifetime_value`; other keyword arguments go there too.
    points : float, optional
        Percentage points of retention, such as 1 (80 to 81 percent); may be negative.

    Returns
    -------
    RetentionPoint
        ``gain`` in yuan for each customer.

    Raises
    ------
    ValueError
        As :func:`lifetime_value`, also if the new retention is not a share.

    References
    ----------
    Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004), Valuing customers, Journal of Marketing
    Research 41(1), 7-18.

    Examples
    --------
    >>> retention_point(300, retention=0.8, discount=0.1).sentence
    'Retention of 81% instead of 80% is worth 37.93 yuan for each customer, today (4.7%).'
    """
    step = a_number("points", points) / 100
    before = lifetime_value(margin, retention=retention, discount=discount, **more)
    after = lifetime_value(margin, retention=round(retention + step, 12), discount=discount, **more)
    return RetentionPoint(before, after)


@dataclass(frozen=True, repr=False)
class Levers(Answer):
    """What the same relative improvement of each figure does to the value."""

    base: Lifetime
    change: float  # relative, such as 0.01
    values: Mapping[str, float]  # lever to the value with it, yuan

    @property
    def effects(self) -> dict[str, float]:
        """Lever to the relative gain in value, the largest first."""
        gains = {name: v / self.base.value - 1 for name, v in self.values.items()}
        return dict(sorted(gains.items(), key=lambda pair: -pair[1]))

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a lever."""
        return [
            {"improved": name, "value": self.values[name], "gain in percent": 100 * gain}
            for name, gain in self.effects.items()
        ]

    @property
    def sentence(self) -> str:
        """The strongest lever in words."""
        best, gain = next(iter(self.effects.items()))
        return say(
            "Improved by {change} each, {best} adds most: {gain} of value.",
            change=percent(self.change),
            best=best,
            gain=percent(gain, 2),
        )


def levers(base: Lifetime, *, change: float = 0.01) -> Levers:
    """Which lever adds most: retention, margin, discount rate or cost to win, each by 1 percent.

    Says nothing of what the percent costs: one percent of retention may cost far more than one
    percent of the cost to win. Gupta, Lehmann and Stuart (2004) found for five firms that 1
    percent more retention, margin or cheaper acquisition raised the firm's value by about 5, 1
    and 0.1 percent.

    Parameters
    ----------
    base : Lifetime
        The customer as it is; its value above zero.
    change : float, optional
        Relative improvement, such as 0.01; above 0 and below 1.

    Returns
    -------
    Levers
        ``effects``: lever to relative gain.

    Raises
    ------
    ValueError
        If the value is not above zero, or retention would pass 1.

    Examples
    --------
    >>> base = lifetime_value(300, retention=0.8, discount=0.1, acquisition=100)
    >>> {name: round(gain, 4) for name, gain in levers(base).effects.items()}
    {'retention': 0.0431, 'margin': 0.0114, 'discount rate': 0.0038, 'cost to win': 0.0014}
    """
    step = between("change", change, 1e-9, 0.999, "a relative change")
    above_zero("the value before", base.value, "a customer whose value is")
    better: dict[str, dict[str, Any]] = {
        "retention": {"retention": a_share("improved retention", base.retention * (1 + step))},
        "margin": {"margin": base.margin * (1 + step)},
        "discount rate": {"discount": base.discount * (1 - step)},
        "cost to win": {"acquisition": base.acquisition * (1 - step)},
    }
    changed = {name: replace(base, **new) for name, new in better.items()}
    for name, one in changed.items():
        if one.periods is None and one.ratio >= 1:
            raise ValueError(f"change={change!r}: with better {name} the value has no limit")
    return Levers(base, step, {name: one.value for name, one in changed.items()})


def needed_retention(
    margin: float, *, acquisition: float, discount: float, timing: str = "after renewal"
) -> float:
    """The retention at which a customer just brings back what it cost to win.

    With k = acquisition / margin: r = k (1+d) / (1+k) after renewal, r = (1+d)(1 - 1/k) at once,
    r = 1 + d - 1/k at the end.

    Parameters
    ----------
    margin : float
        Yuan a period, above zero.
    acquisition : float
        Yuan to win a customer, zero or more.
    discount : float
        Discount rate of a period, zero or more.
    timing : str, optional
        As for :func:`lifetime_value`.

    Returns
    -------
    float
        A share, 0 if the first margin is enough.

    Raises
    ------
    ValueError
        If no retention is enough.

    Examples
    --------
    >>> round(needed_retention(300, acquisition=600, discount=0.1), 4)
    0.7333
    """
    one_of("timing", timing, TIMINGS)
    k = zero_or_more("acquisition", acquisition) / above_zero("margin", margin, "yuan a period")
    d = zero_or_more("discount", discount)
    if k == 0:
        return 0.0
    if timing == "after renewal":
        found = k * (1 + d) / (1 + k)
    else:
        found = (1 + d) * (1 - 1 / k) if timing == "at once" else 1 + d - 1 / k
    if found > 1:
        raise ValueError(
            f"acquisition={acquisition!r}: even customers who never leave do not bring it back; "
            "spend less or raise the margin"
        )
    return max(0.0, found)
