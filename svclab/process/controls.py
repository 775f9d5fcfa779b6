"""May approval become filing, may a prior approval become a check of results? (P-32)

Three ways to control cases of which a share is wrong:

- **prior approval**: every case is checked before it goes on. It costs the check and the
  applicant's waiting; an error that is found costs little to put right.
- **result check**: cases go on at once; a share *f* of the results is checked (all of them, or
  a sample). An error found late costs more to put right, but nobody waits.
- **filing**: cases are put on file and not checked.

An error that nobody finds costs ``error_cost``. Checking may also deter: if a share *f* is
checked, the error rate is p·(1 − δ·f), with ``deterrence`` δ between 0 and 1. This straight
line is our own simplest assumption; with δ = 0 the rule is Deming's "all or none" (Deming,
1986, *Out of the Crisis*, chapter 15: check all if p > k₁/k₂, else none), and a sample is then
never the cheapest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from svclab.checks import a_share, zero_or_more
from svclab.shown import html_table, text_table
from svclab.words import money, percent, say

__all__ = ["ControlComparison", "ControlOption", "break_even_error_rate", "compare_controls"]


@dataclass(frozen=True)
class ControlOption:
    """One way of control and what it costs for each case."""

    name: str
    checked_share: float  # share of cases that are checked
    error_rate: float  # share of cases that are wrong when they come in
    undetected_share: float  # share of cases that are wrong and stay so
    cost: float  # expected cost per case, in the currency given


@dataclass(frozen=True, repr=False)
class ControlComparison:
    """The ways of control side by side."""

    options: tuple[ControlOption, ...]
    best: str  # the cheapest option
    best_sample: float  # share of results to check that costs least, 0 to 1
    check_above: float  # error rate from which checking some results pays; may exceed 1
    check_all_above: float  # error rate from which checking all results beats filing

    def option(self, name: str) -> ControlOption:
        """The option of that name; ValueError lists the known names."""
        for option in self.options:
            if option.name == name:
                return option
        known = ", ".join(option.name for option in self.options)
        raise ValueError(f"unknown option {name!r}; known are {known}")

    def _table(self) -> tuple[list[str], list[list[str]]]:
        rows = [
            [
                o.name,
                str(percent(o.checked_share)),
                str(percent(o.undetected_share, 2)),
                str(money(o.cost, "")),
            ]
            for o in self.options
        ]
        return ["control", "checked", "errors left", "cost per case"], rows

    @property
    def summary(self) -> str:
        """The comparison in a sentence."""
        return say(
            "Cheapest: {best}. Checking all results beats filing above {rate} errors.",
            best=self.best,
            rate=percent(self.check_all_above, 2),
        )

    def __repr__(self) -> str:
        return text_table(self.summary, *self._table())

    def _repr_html_(self) -> str:
        best = [i for i, option in enumerate(self.options) if option.name == self.best]
        return html_table(self.summary, *self._table(), strong=frozenset(best))


def _check(shares: dict[str, float], amounts: dict[str, float]) -> None:
    for name, value in shares.items():
        a_share(name, value)
    for name, value in amounts.items():
        zero_or_more(name, value)


def break_even_error_rate(
    *,
    check_cost: float,
    error_cost: float,
    correction_cost: float = 0.0,
    detection: float = 1.0,
    deterrence: float = 0.0,
) -> float:
    """The error rate from which checking every case is cheaper than filing all.

    p* = k / [a + δ·(L − a)] with a = d·(L − c): check cost k, cost of an undetected error L,
    correction c, detection probability d, deterrence δ.

    Parameters
    ----------
    check_cost : float
        Cost of one check, waiting of the applicant included if it has to wait.
    error_cost : float
        Cost of an error that nobody finds.
    correction_cost : float, optional
        Cost to put right an error that was found; below ``error_cost``.
    detection : float, optional
        Probability that a check finds the error.
    deterrence : float, optional
        How far checking everything lowers the error rate, 0 to 1.

    Returns
    -------
    float
        A rate; above 1 it means that checking never pays; infinite if a check saves nothing.

    Raises
    ------
    ValueError
        If a share is outside 0 to 1, an amount negative, or correcting dearer than the error.

    Examples
    --------
    A check of 20 against errors of 500, of which it finds 80 % (invented numbers):

    >>> break_even_error_rate(check_cost=20, error_cost=500, detection=.8)
    0.05
    """
    _check(
        {"detection": detection, "deterrence": deterrence},
        {"check_cost": check_cost, "error_cost": error_cost, "correction_cost": correction_cost},
    )
    if correction_cost > error_cost:
        raise ValueError(
            f"correction_cost={correction_cost!r} is more than error_cost={error_cost!r}: then "
            "nobody would put the error right; give a smaller one"
        )
    saved = detection * (error_cost - correction_cost)
    gain = saved + deterrence * (error_cost - saved)
    if check_cost == 0:
        return 0.0
    return check_cost / gain if gain > 0 else math.inf


def _cost(
    share: float, *, rate: float, check: float, loss: float, saved: float, deterrence: float
) -> float:
    return share * check + rate * (1 - deterrence * share) * (loss - share * saved)


def compare_controls(
    *,
    error_rate: float,
    error_cost: float,
    check_cost: float,
    delay_cost: float = 0.0,
    correction_before: float = 0.0,
    correction_after: float = 0.0,
    detection: float = 1.0,
    deterrence: float = 0.0,
    sample_share: float | None = None,
) -> ControlComparison:
    """Expected cost per case of prior approval, result check, sample and filing.

    With f the share checked: cost(f) = f·k + p·(1 − δf)·(L − f·a), a = d·(L − c). It is a
    parabola in f, open upwards; its lowest point f* = [p·(a + δL) − k] / (2·p·δ·a), cut to
    0…1, is the best sample. With δ = 0 it is a straight line: check all or none.

    Parameters
    ----------
    error_rate : float
        Share of cases that are wrong if nothing is checked, 0 to 1.
    error_cost : float
        Cost of an error that nobody finds.
    check_cost : float
        Cost of checking one case, before or after.
    delay_cost : float, optional
        Cost of the wait that prior approval means for **every** case.
    correction_before, correction_after : float, optional
        Cost to put right an error found by prior approval, and by a result check.
    detection : float, optional
        Probability that a check finds an error.
    deterrence : float, optional
        How far checking everything lowers the error rate, 0 to 1.
    sample_share : float, optional
        Share of results in the sample; left out: the best one.

    Returns
    -------
    ControlComparison
        Options "prior approval", "check all results", "sample" and "filing".

    Raises
    ------
    ValueError
        If a share is outside 0 to 1, an amount negative, or correcting dearer than the error.

    Examples
    --------
    >>> result = compare_controls(error_rate=.02, error_cost=500, check_cost=20, delay_cost=5,
    ...                           correction_after=100, detection=.8)
    >>> result
    Cheapest: filing. Checking all results beats filing above 6.25% errors.
      control            checked  errors left  cost per case
      prior approval        100%         0.4%             27
      check all results     100%         0.4%           23.6
      sample                  0%           2%             10
      filing                  0%           2%             10
    """
    shares = {"error_rate": error_rate, "sample_share": sample_share or 0.0}
    _check(shares, {"delay_cost": delay_cost, "correction_before": correction_before})
    for correction in (correction_before, correction_after):
        all_above = break_even_error_rate(
            check_cost=check_cost,
            error_cost=error_cost,
            correction_cost=correction,
            detection=detection,
            deterrence=deterrence,
        )
    saved = detection * (error_cost - correction_after)
    some_gain = saved + deterrence * error_cost
    curve = 2 * error_rate * deterrence * saved
    slope = error_rate * some_gain - check_cost  # what the first checked case saves
    best = 1.0 if slope > 0 else 0.0
    if curve > 0:
        best = min(1.0, max(0.0, slope / curve))
    share = best if sample_share is None else sample_share

    def option(name: str, f: float, check: float, correction: float) -> ControlOption:
        came = error_rate * (1 - deterrence * f)
        cost = _cost(
            f,
            rate=error_rate,
            check=check,
            loss=error_cost,
            saved=detection * (error_cost - correction),
            deterrence=deterrence,
        )
        return ControlOption(name, f, came, came * (1 - f * detection), cost)

    options = (
        option("prior approval", 1.0, check_cost + delay_cost, correction_before),
        option("check all results", 1.0, check_cost, correction_after),
        option("sample", share, check_cost, correction_after),
        option("filing", 0.0, check_cost, correction_after),
    )
    # Of equally cheap ones the simplest, which stands last.
    cheapest = min(reversed(options), key=lambda o: o.cost)
    above = 0.0 if check_cost == 0 else check_cost / some_gain if some_gain > 0 else math.inf
    return ControlComparison(options, cheapest.name, best, above, all_above)
