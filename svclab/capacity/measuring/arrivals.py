"""How many come, when, and whether they come by chance: rates by the time of day, Poisson tests."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from svclab.capacity.measuring.clocks import clock_text
from svclab.capacity.measuring.observation import Observation
from svclab.capacity.measuring.tails import chi_square_tail, kolmogorov_tail, poisson_limits
from svclab.checks import a_share, above_zero
from svclab.words import count, minutes, number, percent, say

__all__ = [
    "ArrivalRates",
    "PoissonTest",
    "RateInInterval",
    "arrival_rates",
    "log_test_values",
    "poisson_test",
]

HOUR = 3600.0  # seconds
FEWEST = 10  # arrivals for a test
FEW = 500  # arrivals up to which not being rejected says little
PER_PART = 5  # arrivals expected in each part of an interval, for the dispersion test
MOST_PARTS = 12


@dataclass(frozen=True, kw_only=True)
class RateInInterval:
    """Arrivals in an interval, with the rates per hour that so many do not contradict."""

    begin: float  # s after midnight
    end: float  # s after midnight
    arrivals: int
    low: float  # per hour, lower end of the interval of confidence
    high: float  # per hour

    @property
    def per_hour(self) -> float:
        """Arrivals per hour."""
        return self.arrivals * HOUR / (self.end - self.begin)


@dataclass(frozen=True, repr=False)
class ArrivalRates:
    """Rates by the time of day."""

    intervals: tuple[RateInInterval, ...]
    confidence: float  # of each interval, such as 0.95

    def __iter__(self) -> Iterator[RateInInterval]:
        return iter(self.intervals)

    @property
    def peak(self) -> RateInInterval:
        """The interval with the highest rate."""
        return max(self.intervals, key=lambda one: one.per_hour)

    @property
    def per_hour(self) -> list[float]:
        """Arrivals per hour in each interval."""
        return [one.per_hour for one in self.intervals]

    def rows(self) -> list[tuple[str, str, str, str]]:
        """From, to, arrivals, and the rate with its interval, as a reader shall see them."""
        return [
            (
                f"{clock_text(one.begin)} to {clock_text(one.end)}",
                str(one.arrivals),
                str(number(one.per_hour, 0)),
                f"{number(one.low, 0)} to {number(one.high, 0)}",
            )
            for one in self.intervals
        ]

    HEAD = ("time of day", "arrivals", "per hour", "may be, per hour")

    def __repr__(self) -> str:
        from svclab.shown import text_table

        return text_table("Arrivals by the time of day", self.HEAD, self.rows())

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        note = say(
            "Rates that the counts do not contradict, each at {share}, if arrivals are Poisson.",
            share=percent(self.confidence),
        )
        return html_table("Arrivals by the time of day", self.HEAD, self.rows(), notes=(note,))


def arrival_rates(
    watch: Observation, *, interval_minutes: float = 15.0, confidence: float = 0.95
) -> ArrivalRates:
    """Arrivals per hour by the time of day, with intervals of confidence.

    Intervals begin on the clock (11:45, 12:00, ...); the first and the last may be shorter, and
    their rates are for their own lengths.

    Parameters
    ----------
    watch : Observation
        Everybody who came counts, those who walked away too: that is the demand.
    interval_minutes : float, optional
        Length of an interval, default 15 minutes.
    confidence : float, optional
        Of each interval of rates, default 0.95.

    Returns
    -------
    ArrivalRates
        The exact Poisson interval of each count (Garwood 1936).

    Examples
    --------
    >>> from svclab.capacity.measuring import example_observation
    >>> rates = arrival_rates(example_observation(), interval_minutes=20)
    >>> clock_text(rates.peak.begin)
    '12:00:00'
    """
    edges = _edges(watch.began, watch.ended, interval_minutes)
    found = []
    for begin, end in pairwise(edges):
        last = end == edges[-1]
        n = sum(begin <= t < end or (last and t == end) for t in watch.arrivals)
        low, high = poisson_limits(n, confidence)
        hours = (end - begin) / HOUR
        found.append(
            RateInInterval(begin=begin, end=end, arrivals=n, low=low / hours, high=high / hours)
        )
    return ArrivalRates(tuple(found), confidence)


def _edges(begin: float, end: float, interval_minutes: float) -> list[float]:
    width = 60 * above_zero("interval_minutes", interval_minutes, "minutes")
    if (end - begin) / width > 2000:
        raise ValueError(
            f"interval_minutes={interval_minutes!r} makes more than 2,000 intervals: give more"
        )
    inner = math.floor(begin / width) + 1
    edges = [begin]
    while inner * width < end:
        edges.append(inner * width)
        inner += 1
    return [*edges, end]


@dataclass(frozen=True, repr=False, kw_only=True)
class PoissonTest:
    """Whether arrivals look as if they came by chance, each for itself.

    Two tests share the rate of false alarms, each taking half: so of all days with truly
    Poisson arrivals at most this share is called not Poisson.
    """

    arrivals: int  # used in the tests
    interval_minutes: float  # in which the rate is taken as constant
    log_distance: float  # largest gap between the distributions in the log test
    log_p: float  # how often chance alone gives so large a gap
    dispersion: float  # variance over mean of the counts; 1 for Poisson arrivals
    dispersion_p: float  # how often chance alone gives so unequal or so equal counts
    false_alarms: float  # share of Poisson days that the two tests together reject at most

    @property
    def rejected(self) -> bool:
        """Whether the arrivals contradict a Poisson process."""
        return min(self.log_p, self.dispersion_p) < self.false_alarms / 2

    def sentences(self) -> list[str]:
        """What was found, and how often such a finding is a false alarm."""
        found = say(
            "{n} in intervals of {width}. Gaps (log test): p = {log}. Counts (dispersion test): "
            "variance {ratio} times the mean, p = {spread}.",
            n=count(self.arrivals, "arrival"),
            width=minutes(self.interval_minutes),
            log=number(self.log_p, 3),
            ratio=number(self.dispersion, 2),
            spread=number(self.dispersion_p, 3),
        )
        few = " That is no proof: few arrivals show only clear deviations."
        if not self.rejected:
            verdict = "Nothing here contradicts Poisson arrivals."
            verdict += few if self.arrivals < FEW else ""
        elif self.dispersion_p >= self.false_alarms / 2:
            verdict = (
                "These are not Poisson arrivals: the gaps are not those of chance. Look for people "
                "who come together or at regular times, and for a rate that changes within an "
                "interval: then take shorter ones."
            )
        elif self.dispersion > 1:
            verdict = (
                "These are not Poisson arrivals: they come more unevenly than by chance. Look for "
                "groups that come together, a bus or a bell; or the rate changes within an "
                "interval: then take shorter ones."
            )
        else:
            verdict = (
                "These are not Poisson arrivals: they come more evenly than by chance. Look for "
                "appointments, or for a door or machine that lets people in one by one."
            )
        promise = say(
            "If arrivals were Poisson, at most {share} of days would be rejected by mistake.",
            share=percent(self.false_alarms),
        )
        return [found, verdict, promise]

    def rows(self) -> list[tuple[str, str, str]]:
        """Each test with what it measured and its p, as a reader shall see them."""
        return [
            (
                say("gaps (log test)"),
                say("largest distance {d}", d=number(self.log_distance, 3)),
                str(number(self.log_p, 3)),
            ),
            (
                say("counts (dispersion test)"),
                say("variance {ratio} times the mean", ratio=number(self.dispersion, 2)),
                str(number(self.dispersion_p, 3)),
            ),
        ]

    def __repr__(self) -> str:
        return " ".join(self.sentences())

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        title = say(
            "{n} in intervals of {width}",
            n=count(self.arrivals, "arrival"),
            width=minutes(self.interval_minutes),
        )
        _, verdict, promise = self.sentences()
        return html_table(title, ["test", "found", "p"], self.rows(), notes=(verdict, promise))


def poisson_test(
    arrivals: Observation | Sequence[float],
    *,
    begin: float | None = None,
    end: float | None = None,
    interval_minutes: float = 15.0,
    false_alarms: float = 0.05,
    resolution: float = 1.0,
    seed: int | str = 1,
) -> PoissonTest:
    """Test whether arrivals are a Poisson process whose rate may change between intervals.

    Within an interval, if arrivals are Poisson with a constant rate, they are like points thrown
    at random. Two consequences are tested, whatever the rates:

    - *gaps*: with J arrivals at T₁ ≤ ... ≤ T_J in an interval of length L, the values
      (J + 1 - j) · ln((L - T_{j-1}) / (L - T_j)) are independent and exponential with mean 1
      (Brown and others 2005); all intervals' values are compared with that distribution by the
      Kolmogorov-Smirnov distance.
    - *counts*: each interval is cut into equal parts with about five arrivals each; the sum of
      (count - mean)² / mean follows chi-square (index of dispersion), and both too uneven and
      too even counts are noticed.

    Parameters
    ----------
    arrivals : Observation or sequence of float
        A watch; or times in seconds.
    begin, end : float, optional
        From when to when was watched, in seconds; for a list. Left out: from 0 to its last time.
    interval_minutes : float, optional
        In which the rate is taken as constant, default 15. Too long, and a changing rate looks
        like something else; too short, and little is left to test.
    false_alarms : float, optional
        Share of Poisson days that may be rejected by mistake, by both tests together; default
        0.05.
    resolution : float, optional
        To how many seconds a list's times were rounded down, 0 for not at all. Rounded times
        fall on each other and look as if they were not Poisson; so each gets a random part of
        the rounding back (Kim and Whitt 2014).
    seed : int or str, optional
        Of that random part.

    Returns
    -------
    PoissonTest

    Raises
    ------
    ValueError
        With fewer than ten arrivals, or times outside the watch.

    References
    ----------
    Brown, L. and others (2005), Journal of the American Statistical Association 100, 36-50,
    section 3; Kim, S.-H. and Whitt, W. (2014), Manufacturing and Service Operations Management
    16, 464-480; Cox, D. R. and Lewis, P. A. W. (1966), The Statistical Analysis of Series of
    Events, chapter 6.

    Examples
    --------
    A customer every minute is no chance:

    >>> clockwork = poisson_test([60.0 * n for n in range(1, 121)], resolution=0)
    >>> clockwork.rejected, clockwork.dispersion < 0.1
    (True, True)
    """
    a_share("false_alarms", false_alarms, above=True, below=True)
    if isinstance(arrivals, Observation):
        times, first, last = arrivals.arrivals, arrivals.began, arrivals.ended
        resolution = arrivals.resolution
    else:
        times = sorted(float(t) for t in arrivals)
        first = 0.0 if begin is None else float(begin)
        last = (times[-1] if times else first) if end is None else float(end)
    if len(times) < FEWEST:
        raise ValueError(f"{len(times)} arrivals are too few for a test: give {FEWEST} or more")
    if times[0] < first or times[-1] > last:
        raise ValueError(
            f"arrivals reach from {times[0]:g} to {times[-1]:g} s, the watch from {first:g} to "
            f"{last:g} s: give begin and end around them"
        )
    pieces = _in_intervals(
        _unrounded(times, resolution, last, seed), _edges(first, last, interval_minutes)
    )
    values = sorted(value for length, inside in pieces for value in log_test_values(inside, length))
    distance = _distance_from_exponential(values)
    squares, degrees = _dispersion(pieces)
    tail = chi_square_tail(squares, degrees) if degrees else 1.0
    return PoissonTest(
        arrivals=len(values),
        interval_minutes=interval_minutes,
        log_distance=distance,
        log_p=kolmogorov_tail(distance, len(values)),
        dispersion=squares / degrees if degrees else 1.0,
        dispersion_p=min(1.0, 2 * min(tail, 1 - tail)) if degrees else 1.0,
        false_alarms=false_alarms,
    )


def log_test_values(arrivals: Sequence[float], length: float) -> list[float]:
    """The values of Brown's test for one interval: exponential with mean 1 for a Poisson process.

    Parameters
    ----------
    arrivals : sequence of float
        Sorted, from 0 to the length.
    length : float
        Of the interval, in the same unit.

    Examples
    --------
    >>> [round(value, 3) for value in log_test_values([2.0, 6.0], 8.0)]
    [0.575, 1.099]
    """
    n, before, values = len(arrivals), 0.0, []
    tiny = 1e-12 * length
    for j, moment in enumerate(arrivals, 1):
        rest = max(length - moment, tiny)  # an arrival at the very end is no division by zero
        values.append((n + 1 - j) * max(0.0, math.log((length - before) / rest)))
        before = min(moment, length - tiny)
    return values


def _unrounded(times: Sequence[float], step: float, end: float, seed: int | str) -> list[float]:
    if step <= 0:
        return list(times)
    draw = Random(f"{seed}/rounding").random
    return sorted(min(t + step * draw(), max(t, end)) for t in times)


def _in_intervals(
    times: Sequence[float], edges: Sequence[float]
) -> list[tuple[float, list[float]]]:
    """(length, arrivals counted from its begin) of each interval."""
    found: list[tuple[float, list[float]]] = [(end - begin, []) for begin, end in pairwise(edges)]
    place = 0
    for t in times:
        while place < len(found) - 1 and t >= edges[place + 1]:
            place += 1
        found[place][1].append(min(t - edges[place], found[place][0]))
    return found


def _distance_from_exponential(values: Sequence[float]) -> float:
    n = len(values)
    gaps = (
        max(place / n + math.expm1(-value), -math.expm1(-value) - (place - 1) / n)
        for place, value in enumerate(values, 1)
    )
    return max(gaps)


def _dispersion(pieces: Sequence[tuple[float, list[float]]]) -> tuple[float, int]:
    """The sum of (count - mean)² / mean over the parts of all intervals, and its degrees."""
    squares, degrees = [], 0
    for length, inside in pieces:
        parts = min(MOST_PARTS, len(inside) // PER_PART)
        if parts < 2:
            continue
        counts = [0] * parts
        for t in inside:
            counts[min(parts - 1, int(t / length * parts))] += 1
        mean = len(inside) / parts
        squares += [(n - mean) ** 2 / mean for n in counts]
        degrees += parts - 1
    return math.fsum(squares), degrees
