"""Scale and quality at the open university of Ningbo: what its own figures say (X-14, E-12).

Source: 004_b4887f99dda37b8c.txt. Its years are overwritten; they are inferred here from the order
of the rows. Enrolment is the table ``ningbo-enrolment``; graduates, stock and drop-out by branch
stand below as printed, but for the graduates of the second year, whose total the document
destroyed (2019 instead of 2,004) and which is the sum of its two levels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from svclab import data
from svclab.checks import a_share
from svclab.shown import Answer
from svclab.strategy.balance.scale import Growth, Run, grow
from svclab.strategy.choices.worth import break_even
from svclab.words import number, percent, say

__all__ = [
    "BRANCHES",
    "GRADUATES",
    "REGISTERED",
    "Account",
    "Branches",
    "ningbo_account",
    "ningbo_branches",
    "ningbo_growth",
]

# Graduates by year (years inferred): junior college and bachelor together. Source.
GRADUATES: Mapping[int, int] = {2002: 557, 2003: 2004, 2004: 3225, 2005: 3864}
# Students registered for courses: recent cohorts 23,193 and earlier ones 1,432. Source.
REGISTERED = 24625
# Enrolled before autumn 2004, and of these not registered for three terms on end. Source.
BRANCHES: Mapping[str, tuple[int, int]] = {
    "city school": (13644, 3923),
    "Yinzhou": (2573, 487),
    "Yuyao": (2139, 471),
    "Cixi": (2411, 483),
    "Ninghai": (1444, 295),
    "Xiangshan": (2259, 476),
    "Fenghua": (2122, 562),
    "Zhenhai": (924, 293),
    "Lianhua": (47, 30),
    "Beilun": (1546, 329),
    "Jiangbei": (298, 119),
}


@dataclass(frozen=True, repr=False)
class Account(Answer):
    """Where all who ever enrolled are now."""

    enrolled: Mapping[int, int]  # year to students
    graduates: Mapping[int, int]  # year to students
    registered: int

    @property
    def should_be_there(self) -> int:
        """Enrolled less graduated."""
        return sum(self.enrolled.values()) - sum(self.graduates.values())

    @property
    def missing(self) -> int:
        """Neither graduated nor registered."""
        return self.should_be_there - self.registered

    @property
    def missing_share(self) -> float:
        """The document's way: by all who ever enrolled."""
        return self.missing / sum(self.enrolled.values())

    @property
    def missing_of_stock(self) -> float:
        """Another way: by those who should be there."""
        return self.missing / self.should_be_there

    def left_over(self, loss: float) -> float:
        """Students there at the end if a constant share of the older ones leaves each year.

        Stock = (stock before - graduates) × (1 - loss) + enrolled, year by year: who enrols in a
        year stays that year. When they left is not in the source, so this is a reading of it.
        """
        a_share("loss", loss)
        stock = 0.0
        for year, new in self.enrolled.items():
            stock = (stock - self.graduates.get(year, 0)) * (1 - loss) + new
        return stock

    @property
    def yearly_loss(self) -> float:
        """The constant yearly loss that leaves as many as are registered."""
        return break_even(lambda x: self.left_over(x) - self.registered, 0.0, 1.0, name="loss")

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a year."""
        stock, rows = 0.0, []
        for year, new in self.enrolled.items():
            out = self.graduates.get(year, 0)
            stock += new - out
            rows.append({"year (inferred)": str(year), "enrolled": new, "graduates": out,
                         "so far less graduates": stock})  # fmt: skip
        return rows

    @property
    def sentence(self) -> str:
        """The account in words."""
        return say(
            "{all} enrolled, {out} graduated, {here} are registered: {missing} are missing, {a} of "
            "all who enrolled or {b} of those who should be there.",
            all=number(sum(self.enrolled.values()), 0),
            out=number(sum(self.graduates.values()), 0),
            here=number(self.registered, 0),
            missing=number(self.missing, 0),
            a=percent(self.missing_share),
            b=percent(self.missing_of_stock),
        )


def ningbo_account() -> Account:
    """All who ever enrolled in Ningbo: graduated, registered or missing.

    Returns
    -------
    Account
        With ``yearly_loss``, a reading of the figures that rests on an assumption.

    Examples
    --------
    >>> ningbo_account().sentence
    '44,242 enrolled, 9,650 graduated, 24,625 are registered: 9,967 are missing, 22.5% of all who
    enrolled or 28.8% of those who should be there.'
    """
    enrolled = {row["year"]: row["total"] for row in data.rows("ningbo-enrolment")}
    return Account(enrolled, dict(GRADUATES), REGISTERED)


@dataclass(frozen=True, repr=False)
class Branches(Answer):
    """Drop-out by branch."""

    branches: Mapping[str, tuple[int, int]]  # branch to enrolled and lost
    confidence: float

    @property
    def overall(self) -> float:
        """Lost by enrolled, all branches together."""
        return sum(b for _, b in self.branches.values()) / sum(a for a, _ in self.branches.values())

    def range(self, name: str) -> tuple[float, float]:
        """Wilson's interval for a branch's rate: a small branch says little."""
        enrolled, lost = self.branches[name]
        z = NormalDist().inv_cdf((1 + self.confidence) / 2)
        p, n = lost / enrolled, enrolled
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return middle - half, middle + half

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a branch, the highest rate first."""
        rows = []
        for name, (enrolled, lost) in self.branches.items():
            low, high = self.range(name)
            rows.append({"branch": name, "enrolled": enrolled, "lost": lost,
                         "percent": 100 * lost / enrolled, "from": 100 * low, "to": 100 * high,
                         "above all": low > self.overall})  # fmt: skip
        return sorted(rows, key=lambda row: -row["percent"])

    @property
    def sentence(self) -> str:
        """The highest rate and the largest number."""
        rate = max(self.branches, key=lambda b: self.branches[b][1] / self.branches[b][0])
        most = max(self.branches, key=lambda b: self.branches[b][1])
        lost = sum(b for _, b in self.branches.values())
        return say(
            "{rate} has the highest rate ({high}), but {most} has {share} of all lost students; "
            "overall {all}.",
            rate=rate,
            high=percent(self.branches[rate][1] / self.branches[rate][0]),
            most=most,
            share=percent(self.branches[most][1] / lost),
            all=percent(self.overall),
        )


def ningbo_branches(*, confidence: float = 0.95) -> Branches:
    """Drop-out of Ningbo's branches, each with its interval.

    Size and loss: whether the larger branches lose more is a question about eleven points, one of
    them half of all students.

    Parameters
    ----------
    confidence : float, optional
        Of the intervals, 0.5 to 0.9999.

    Returns
    -------
    Branches
        Eleven branches, with enrolled and lost students.

    Examples
    --------
    >>> ningbo_branches().sentence
    'Lianhua has the highest rate (63.8%), but city school has 52.5% of all lost students; overall
    25.4%.'
    """
    return Branches(dict(BRANCHES), a_share("confidence", confidence, 0.5, 0.9999))


def ningbo_growth(
    *,
    hiring: float = 0.8,
    norm: float = 60.0,
    teachers: float = 100.0,
    delay: float = 1.0,
    graduation: float = 0.145,
    slope: float = 0.3,
) -> Run:
    """The model of :mod:`.scale` with Ningbo's enrolment as its intake.

    Enrolment is source, its years inferred. All else is invented (the document gives no teachers),
    chosen so that graduates, missing students and stock come near the printed 9,650, 9,967 and
    24,625. Other numbers would come near too: that the run fits is no proof that growth caused the
    loss. The model also lets some graduate in the first year; in the source nobody does before
    the fourth.

    Parameters
    ----------
    hiring, norm, teachers, delay, graduation, slope : float, optional
        As in :class:`.scale.Growth`.

    Returns
    -------
    Run
        Seven years.

    Examples
    --------
    >>> run = ningbo_growth()
    >>> round(run.graduates), round(run.dropouts), round(run.years[-1].students)
    (10015, 10215, 24012)
    >>> ningbo_growth(hiring=0.3).lost_share > run.lost_share > ningbo_growth(hiring=1).lost_share
    True
    """
    intakes = [row["total"] for row in data.rows("ningbo-enrolment")]
    terms = Growth(
        students=0.0,
        teachers=teachers,
        norm=norm,
        hiring=hiring,
        delay=delay,
        graduation=graduation,
        slope=slope,
    )
    return grow(terms, intakes=intakes)
