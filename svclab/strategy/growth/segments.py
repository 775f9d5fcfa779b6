"""Segment sizing (目标市场规模, ST-06): how many people of an age window come, and how often.

The source says that KTV customers are mainly 18 to 35 years old; it prints no population. The
table of a city here is invented.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_share, zero_or_more
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.words import count, say, yuan

__all__ = ["AgeBand", "Segmentation", "invented_city", "people_between", "segment", "window"]


@dataclass(frozen=True)
class AgeBand:
    """People from one age to just before another."""

    start: float  # years, included
    end: float  # years, not included
    people: float

    def __post_init__(self) -> None:
        zero_or_more("start of an age band", self.start)
        zero_or_more("people of an age band", self.people)
        if not zero_or_more("end of an age band", self.end) > self.start:
            raise ValueError(
                f"age band {self.start:g} to {self.end:g}: give an end above the start"
            )


@dataclass(frozen=True, repr=False)
class Segmentation(Answer):
    """A chain of shares from people to yuan a year."""

    ages: tuple[float, float]  # years: from, to and including the last year of age
    people: float  # in the window
    shares: Mapping[str, float]  # step to share of those before who go on
    visits: float  # a year for each who is left
    spending: float  # yuan a visit

    @property
    def customers(self) -> float:
        """People left after all steps."""
        return self.people * math.prod(self.shares.values())

    @property
    def revenue(self) -> float:
        """Yuan a year."""
        return self.customers * self.visits * self.spending

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a step of the chain."""
        first = say("aged {a} to {b}", a=shown(self.ages[0]), b=shown(self.ages[1]))
        rows: list[dict[str, Any]] = [{"step": first, "share %": None, "left": self.people}]
        left = self.people
        for name, share in self.shares.items():
            left *= share
            rows.append({"step": name, "share %": 100 * share, "left": left})
        rows.append({"step": "visits a year", "share %": None, "left": left * self.visits})
        rows.append({"step": "yuan a year", "share %": None, "left": self.revenue})
        return rows

    @property
    def sentence(self) -> str:
        """Customers and revenue."""
        return say(
            "Of {people} aged {a} to {b}, {customers} come, {visits} times a year: {revenue} a "
            "year.",
            people=count(round(self.people)),
            a=shown(self.ages[0]),
            b=shown(self.ages[1]),
            customers=count(round(self.customers)),
            visits=shown(self.visits, digits=1),
            revenue=yuan(self.revenue),
        )


def people_between(bands: Iterable[AgeBand], first: float, last: float) -> float:
    """People aged from ``first`` to ``last``, the whole last year of age included.

    Within a band they are taken as evenly spread over its years.

    Parameters
    ----------
    bands : iterable of AgeBand
        Bands that do not overlap.
    first, last : float
        Years of age; 18 and 35 mean from the 18th birthday to the day before the 36th.

    Returns
    -------
    float
        People; ages outside all bands count none.

    Raises
    ------
    ValueError
        If bands overlap, there are none, or last is below first.

    Examples
    --------
    >>> people_between([AgeBand(0, 20, 2000), AgeBand(20, 40, 4000)], 18, 24)
    1200.0
    """
    known = sorted(bands, key=lambda band: band.start)
    if not known:
        raise ValueError("bands is empty: give at least one AgeBand")
    for one, other in itertools.pairwise(known):
        if other.start < one.end:
            raise ValueError(
                f"the bands {one.start:g} to {one.end:g} and {other.start:g} to {other.end:g} "
                "overlap: give each age once"
            )
    if zero_or_more("last", last) < zero_or_more("first", first):
        raise ValueError(f"last={last:g} is below first={first:g}: give an age window")
    return math.fsum(
        band.people
        * max(0.0, min(band.end, last + 1) - max(band.start, first))
        / (band.end - band.start)
        for band in known
    )


def segment(
    bands: Iterable[AgeBand],
    *,
    first: float = 18,
    last: float = 35,
    shares: Mapping[str, float],
    visits: float,
    spending: float,
) -> Segmentation:
    """The size of a segment: people × shares × visits × spending.

    Parameters
    ----------
    bands : iterable of AgeBand
        The population, such as :func:`invented_city`.
    first, last : float, optional
        The age window in years; 18 to 35 is source (KTV operation plan).
    shares : mapping
        Step to share of those before who go on, 0 to 1, such as
        ``{"sing at all": 0.4, "choose us": 0.1}``.
    visits : float
        A year, for each customer who is left.
    spending : float
        Yuan a visit.

    Returns
    -------
    Segmentation

    Raises
    ------
    ValueError
        For values out of range.

    Examples
    --------
    >>> segment(invented_city(), shares={"sing at all": 0.4, "choose us": 0.1}, visits=5,
    ...         spending=80)
    Of 154,400 aged 18 to 35, 6,176 come, 5 times a year: 2,470,400 yuan a year.
      step           share %       left
      aged 18 to 35             154,400
      sing at all         40     61,760
      choose us           10      6,176
      visits a year              30,880
      yuan a year             2,470,400
    """
    people = people_between(bands, first, last)
    if not isinstance(shares, Mapping):
        raise ValueError(f"shares={shares!r}: give a dict of step to share")
    known = {name: a_share(f"shares[{name!r}]", share) for name, share in shares.items()}
    return Segmentation(
        (float(first), float(last)),
        people,
        known,
        zero_or_more("visits", visits),
        zero_or_more("spending", spending),
    )


def window(
    bands: Iterable[AgeBand], *, first: float = 18, last: float = 35, years: float = 1
) -> dict[str, float]:
    """How many people more each end of the age window brings if it moves out.

    Parameters
    ----------
    bands, first, last
        As for :func:`people_between`.
    years : float, optional
        How far an end moves.

    Returns
    -------
    dict
        "younger" and "older": people who come in.

    Examples
    --------
    >>> window(invented_city(), years=5)
    {'younger': 36000.0, 'older': 46400.0}
    """
    known = list(bands)
    now = people_between(known, first, last)
    zero_or_more("years", years)
    return {
        "younger": people_between(known, max(0.0, first - years), last) - now,
        "older": people_between(known, first, last + years) - now,
    }


def invented_city() -> tuple[AgeBand, ...]:
    """A city of 650,000 people by age; all numbers invented.

    Returns
    -------
    tuple of AgeBand
        Eight bands from birth to 100 years.

    Examples
    --------
    >>> sum(band.people for band in invented_city())
    650000
    """
    rows = ((0, 10, 60_000), (10, 20, 72_000), (20, 30, 86_000), (30, 40, 90_000),
            (40, 50, 104_000), (50, 60, 98_000), (60, 70, 80_000), (70, 100, 60_000))  # fmt: skip
    return tuple(AgeBand(*row) for row in rows)
