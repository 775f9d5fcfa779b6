"""Service characteristics measured by a rubric, and how well they tell services from goods (I-06).

Textbooks name four: intangibility, inseparability, heterogeneity and perishability (Zeithaml,
Parasuraman and Berry 1985, after Shostack 1977 and others). Contact (Chase 1978) matters most to
operations. Each is scored from 0 to 4 by a rubric with a question that can be measured.

Contested: Lovelock and Gummesson (2004) show services that lack each of the four, and propose that
nothing changes its owner as what sets services apart; Vargo and Lusch (2004) hold that the four
do not tell services from goods and have a meaning only as seen from a factory. Here a
reader can look: :func:`separation` counts how often a characteristic puts a service above a good,
and names the exceptions. The scores in ``data/offerings.csv`` are the course's estimates
(invented): what the count says of them is no finding about the world. That no ownership separates
them without fault is built in: software and a suit made to measure stand under mixed.

References
----------
Shostack, G. L. (1977), Breaking free from product marketing, Journal of Marketing 41 (2), 73-80.
Zeithaml, V. A., Parasuraman, A. and Berry, L. L. (1985), Problems and strategies in services
marketing, Journal of Marketing 49 (2), 33-46. Lovelock, C. and Gummesson, E. (2004), Whither
services marketing?, Journal of Service Research 7 (1), 20-41. Vargo, S. L. and Lusch, R. F.
(2004), The four service marketing myths, Journal of Service Research 6 (4), 324-335.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from svclab import data
from svclab.checks import a_count, a_share, known, one_of
from svclab.introduction.common import listed
from svclab.shown import Answer
from svclab.words import number, percent, say

__all__ = [
    "CHARACTERISTICS",
    "KINDS",
    "Offering",
    "Profile",
    "Separation",
    "Separations",
    "known_offerings",
    "level_of",
    "profile",
    "rubric",
    "separation",
]

# Name to Chinese; the first four are the textbook's (IHIP).
CHARACTERISTICS: Mapping[str, str] = {
    "intangibility": "无形性",
    "inseparability": "不可分离性",
    "heterogeneity": "异质性",
    "perishability": "易逝性",
    "non-ownership": "无所有权",
    "contact": "顾客接触",
}
KINDS = ("good", "mixed", "service")
HIGH = 3  # points from which a characteristic counts as clearly there (invented)
LEVELS = (0.1, 0.4, 0.6, 0.9)  # shares at which the next level begins (invented)


@dataclass(frozen=True)
class Offering:
    """An offering with its scores, 0 to 4 on each characteristic."""

    name: str
    kind: str  # what trade calls it: good, mixed or service
    scores: Mapping[str, int]  # points, 0 to 4
    note: str = ""
    origin: str = "yours"

    def __post_init__(self) -> None:
        one_of("kind", self.kind, KINDS)
        given = known("scores", self.scores, CHARACTERISTICS)
        for name, value in given.items():
            a_count(f"scores[{name!r}]", value, 0, 4)


@cache
def rubric() -> Mapping[str, tuple[str, ...]]:
    """What to ask of an offering, and what each of the five levels means.

    Returns
    -------
    mapping of str to tuple of str
        Characteristic to the question and the anchors of the levels 0 to 4.

    Examples
    --------
    >>> rubric()["perishability"][0]
    'What share of its value is lost if it is not sold on its day?'
    >>> len(rubric()["contact"])
    6
    """
    rows = data.rows("offering-rubric")
    return {
        name: (
            next(row["question"] for row in rows if row["characteristic"] == name),
            *(row["anchor"] for row in rows if row["characteristic"] == name),
        )
        for name in CHARACTERISTICS
    }


def level_of(share: float) -> int:
    """The rubric's level for a measured share: 0, 1, 2, 3, 4 from 0, 10, 40, 60, 90 percent on.

    Parameters
    ----------
    share : float
        What was measured, 0 to 1; for heterogeneity the standard deviation against the mean, at
        most 1.

    Returns
    -------
    int
        Points. The limits are the course's (invented).

    Raises
    ------
    ValueError
        If it is no share.

    Examples
    --------
    >>> [level_of(share) for share in (0, 0.1, 0.5, 0.89, 1)]
    [0, 1, 2, 3, 4]
    """
    a_share("share", share)
    return len([limit for limit in LEVELS if share >= limit])


@cache
def known_offerings() -> tuple[Offering, ...]:
    """The course's twenty-seven offerings, with scores to be disputed (invented).

    Returns
    -------
    tuple of Offering
        Goods first.

    Examples
    --------
    >>> known_offerings()[0].name, known_offerings()[0].kind
    ('salt', 'good')
    """
    return tuple(
        Offering(
            row["name"],
            row["kind"],
            {name: row[name] for name in CHARACTERISTICS},
            row["note"],
            row["origin"],
        )
        for row in data.rows("offerings")
    )


def _distance(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    return math.sqrt(math.fsum((one[name] - other[name]) ** 2 for name in CHARACTERISTICS))


@dataclass(frozen=True, repr=False)
class Profile(Answer):
    """One offering beside those of the course."""

    offering: Offering
    mean: float  # points, 0 to 4: how much of a service it is, all characteristics alike
    high: tuple[str, ...]  # characteristics with 3 or 4
    nearest: tuple[str, ...]  # the three most similar offerings of the course

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{name}: {mean} of 4 on average; clearly there: {high}. Most similar: {near}.",
            name=self.offering.name,
            mean=number(self.mean, 2),
            high=listed(self.high),
            near=listed(self.nearest),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a characteristic, with what the level means."""
        return [
            {"characteristic": name, "points": points, "which means": rubric()[name][points + 1]}
            for name, points in ((n, self.offering.scores[n]) for n in CHARACTERISTICS)
        ]


def profile(offering: Offering) -> Profile:
    """What an offering's scores say, and which known offerings are most like it.

    Similar is what lies near: d = √Σ(aᵢ − bᵢ)² over the six characteristics.

    Parameters
    ----------
    offering : Offering
        One's own, or one of :func:`known_offerings`.

    Returns
    -------
    Profile
        The nearest leave out the offering's own name; of equals, the first in the list.

    Examples
    --------
    >>> profile(known_offerings()[10]).nearest
    ('KTV room', 'medical examination', 'bank counter')
    """
    others = [one for one in known_offerings() if one.name != offering.name]
    nearest = sorted(others, key=lambda one: _distance(one.scores, offering.scores))[:3]
    return Profile(
        offering,
        math.fsum(offering.scores.values()) / len(CHARACTERISTICS),
        tuple(name for name in CHARACTERISTICS if offering.scores[name] >= HIGH),
        tuple(one.name for one in nearest),
    )


@dataclass(frozen=True)
class Separation:
    """How well one characteristic tells services from goods."""

    characteristic: str
    chance: float  # that a service scores above a good, ties counted half; 0 to 1
    low_services: tuple[str, ...]  # services with at most 1 point
    high_goods: tuple[str, ...]  # goods with 3 or 4 points


@dataclass(frozen=True, repr=False)
class Separations(Answer):
    """All six characteristics, the best separator first."""

    rows: tuple[Separation, ...]
    goods: int
    services: int
    all_four: tuple[str, ...]  # services with 3 or more on each of the textbook's four

    @property
    def sentence(self) -> str:
        """The result in words."""
        best, worst = self.rows[0], self.rows[-1]
        return say(
            "Best separator: {best} ({high}); worst: {worst} ({low}). All four textbook "
            "characteristics are clearly there in {share} services ({names}).",
            best=best.characteristic,
            high=percent(best.chance, 0),
            worst=worst.characteristic,
            low=percent(worst.chance, 0),
            share=say("{part} of {all}", part=len(self.all_four), all=self.services),
            names=listed(self.all_four),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a characteristic."""
        return [
            {
                "characteristic": row.characteristic,
                "service above good": str(percent(row.chance, 0)),
                "services without it": listed(row.low_services),
                "goods with it": listed(row.high_goods),
            }
            for row in self.rows
        ]


def separation(offerings: Sequence[Offering] | None = None) -> Separations:
    """How often each characteristic puts a service above a good, and where it fails.

    Over all pairs of a service and a good: (pairs with the service above + ½ pairs alike) / pairs.
    1 separates without fault, ½ is a coin. It is the area under the curve of a classifier (Mann
    and Whitney's statistic). Mixed offerings are left out.

    Parameters
    ----------
    offerings : sequence of Offering, optional
        At least one good and one service; left out: :func:`known_offerings`.

    Returns
    -------
    Separations
        The best separator first, equals in the order of :data:`CHARACTERISTICS`.

    Raises
    ------
    ValueError
        If there is no good or no service.

    References
    ----------
    Mann, H. B. and Whitney, D. R. (1947), On a test of whether one of two random variables is
    stochastically larger than the other, Annals of Mathematical Statistics 18, 50-60.

    Examples
    --------
    >>> found = separation()
    >>> found.rows[0].characteristic, found.rows[-1].high_goods
    ('non-ownership', ('packed milk', 'daily newspaper'))
    """
    among = known_offerings() if offerings is None else tuple(offerings)
    goods = [one for one in among if one.kind == "good"]
    services = [one for one in among if one.kind == "service"]
    if not goods or not services:
        raise ValueError(
            f"offerings has {len(goods)} goods and {len(services)} services: give at least one of "
            "each"
        )
    rows = [_separated(name, goods, services) for name in CHARACTERISTICS]
    textbook = list(CHARACTERISTICS)[:4]
    return Separations(
        tuple(sorted(rows, key=lambda row: -row.chance)),
        len(goods),
        len(services),
        tuple(o.name for o in services if all(o.scores[n] >= HIGH for n in textbook)),
    )


def _separated(name: str, goods: Sequence[Offering], services: Sequence[Offering]) -> Separation:
    twice = 0
    for service in services:
        for good in goods:
            difference = service.scores[name] - good.scores[name]
            twice += 2 if difference > 0 else 1 if difference == 0 else 0
    return Separation(
        name,
        twice / (2 * len(goods) * len(services)),
        tuple(one.name for one in services if one.scores[name] <= 1),
        tuple(one.name for one in goods if one.scores[name] >= HIGH),
    )
