"""Scale against quality: a school that grows faster than its teachers (ST-11).

Stocks are students, teachers and the quality that people believe in; flows are intake, graduation
and drop-out. With S students, T teachers and a norm of n students a teacher:

    load = S / (n T)                             quality = 1 / load, at most 1
    drop-out share = base + slope × (load - 1) above a load of 1, at most 0.9 a year
    dS/dt = intake - (graduation + drop-out) S
    dT/dt = hiring × (S / n - T) / delay         if teachers are missing; nobody is dismissed
    dP/dt = (quality - P) / perception           P: what people believe
    intake = first intake × (1 + growth)^t × (1 - word of mouth × (1 - P))

More growth brings more students at once and their troubles later: teachers follow with a delay,
so load rises, drop-out rises, and belief follows. Graduates still grow in number, while fewer of
those who leave have a degree: which of the two counts is a choice of goals, scale or quality, that
no model makes. That quality erodes by itself while service capacity lags behind demand is shown
by Oliva and Sterman (2001) in a model fitted to a bank; the form here is simpler, and its numbers
are invented.

References
----------
Oliva, R. and Sterman, J. D. (2001), Cutting corners and working overtime: quality erosion in the
service industry, Management Science 47(7), 894-914. Sterman, J. D. (2000), Business Dynamics,
Irwin/McGraw-Hill.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from svclab.checks import a_count, a_share, above_zero, zero_or_more
from svclab.shown import Answer
from svclab.words import number, percent, say

__all__ = [
    "Growth",
    "Run",
    "Year",
    "best_growth",
    "dropout_share",
    "grow",
    "growth_sweep",
    "two_levers",
]

MOST_DROPOUT = 0.9  # a year


@dataclass(frozen=True)
class Growth:
    """What the model is told: all invented, to be moved."""

    students: float = 9000.0  # at the start
    teachers: float = 300.0  # at the start
    intake: float = 3000.0  # students in the first year
    growth: float = 0.2  # of the planned intake, a share a year; -0.5 to 2
    norm: float = 30.0  # students a teacher can serve well
    hiring: float = 0.5  # share of the missing teachers that the budget allows, 0 to 1
    delay: float = 2.0  # years to find and train a teacher
    graduation: float = 0.25  # share of the students who graduate in a year
    base: float = 0.05  # share that drops out in a year at a load of 1 or less
    slope: float = 0.3  # more drop-out for each whole norm above it
    perception: float = 2.0  # years until people believe what is so
    word_of_mouth: float = 0.5  # share of the intake that a quality of 0 would cost, 0 to 1
    fee: float = 4.0  # thousand yuan a student and year
    wage: float = 100.0  # thousand yuan a teacher and year

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "growth":
                a_share(one.name, value, -0.5, 2)
            elif one.name in ("hiring", "word_of_mouth", "base"):
                a_share(one.name, value)
            elif one.name in ("teachers", "norm", "delay", "perception"):
                above_zero(one.name, value)
            elif one.name == "graduation":
                a_share(one.name, value, 1e-9, 1)
            else:
                zero_or_more(one.name, value)


@dataclass(frozen=True)
class Year:
    """A year of the run: stocks at its end, flows over it."""

    year: int
    students: float
    teachers: float
    load: float  # students by those that the teachers can serve well
    quality: float  # 0 to 1
    believed: float  # 0 to 1
    intake: float  # students in the year
    graduates: float  # students in the year
    dropouts: float  # students in the year
    benefit: float  # thousand yuan in the year: fees less wages


@dataclass(frozen=True, repr=False)
class Run(Answer):
    """Years of growth and what came of them."""

    terms: Growth
    years: tuple[Year, ...]

    @property
    def graduates(self) -> float:
        """Graduates of all years."""
        return math.fsum(y.graduates for y in self.years)

    @property
    def dropouts(self) -> float:
        """Drop-outs of all years."""
        return math.fsum(y.dropouts for y in self.years)

    @property
    def intake(self) -> float:
        """Students who began, the first ones not counted."""
        return math.fsum(y.intake for y in self.years)

    @property
    def lost_share(self) -> float:
        """Drop-outs by all who left, 0 to 1: how many went without a degree; 0 if nobody left."""
        left = self.dropouts + self.graduates
        return self.dropouts / left if left else 0.0

    @property
    def benefit(self) -> float:
        """Fees less wages of all years, thousand yuan."""
        return math.fsum(y.benefit for y in self.years)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a year."""
        return [{one.name: getattr(y, one.name) for one in fields(y)} for y in self.years]

    @property
    def sentence(self) -> str:
        """Scale and quality in words."""
        last = self.years[-1]
        return say(
            "After {n} years: {students} students at a load of {load}; {grads} graduates, and "
            "{lost} of those who left did so without a degree.",
            n=len(self.years),
            students=number(last.students, 0),
            load=number(last.load, 2),
            grads=number(self.graduates, 0),
            lost=percent(self.lost_share),
        )


def dropout_share(terms: Growth, load: float) -> float:
    """Share of the students that drops out in a year, by the load of their teachers.

    Parameters
    ----------
    terms : Growth
        The model's numbers.
    load : float
        Students by those that the teachers can serve well, zero or more.

    Returns
    -------
    float
        A share a year, at most 0.9.

    Examples
    --------
    >>> [round(dropout_share(Growth(), load), 2) for load in (0.8, 1, 1.5, 9)]
    [0.05, 0.05, 0.2, 0.9]
    """
    return min(MOST_DROPOUT, terms.base + terms.slope * max(0.0, load - 1))


def grow(
    terms: Growth | None = None,
    *,
    years: int = 10,
    intakes: Sequence[float] | None = None,
    steps: int = 50,
    **changes: float,
) -> Run:
    """Run the model year by year.

    Parameters
    ----------
    terms : Growth, optional
        The numbers; left out: the invented ones.
    years : int, optional
        How long, one or more; not used if ``intakes`` is given.
    intakes : sequence of float, optional
        Students who begin in each year, as they were counted: then growth and word of mouth play
        no part.
    steps : int, optional
        Steps a year (Euler's method), 5 or more.
    **changes : float
        Numbers of :class:`Growth` to change, such as ``growth=0.4``.

    Returns
    -------
    Run
        Stocks and flows a year. Students at the start and intake are graduates, drop-outs and
        students at the end: none is lost.

    Raises
    ------
    ValueError
        For numbers out of range.

    Examples
    --------
    >>> grow(growth=0.0).sentence
    'After 10 years: 9,669 students at a load of 1.02; 23,685 graduates, and 18.5% of those who
    left did so without a degree.'
    """
    known = replace(terms or Growth(), **changes)
    a_count("steps", steps, 5)
    given = None
    if intakes is not None:
        given = [zero_or_more(f"intakes[{k}]", x) for k, x in enumerate(intakes)]
        if not given:
            raise ValueError("intakes is empty: give the students who began in each year")
    dt, found = 1 / steps, []
    students, teachers, believed = known.students, known.teachers, 1.0
    for year in range(len(given) if given else a_count("years", years, 1)):
        flows: list[tuple[float, float, float, float]] = []
        for step in range(steps):
            load = students / (known.norm * teachers)
            quality = 1 / max(1.0, load)
            if given:
                intake = given[year]
            else:
                planned = known.intake * (1 + known.growth) ** (year + step * dt)
                intake = planned * (1 - known.word_of_mouth * (1 - believed))
            drop = dropout_share(known, load)
            leave = known.graduation + drop
            # Of those who leave in a step, each kind has its part: no more leave than there are.
            gone = students * min(1.0, leave * dt)
            out, lost = gone * known.graduation / leave, gone * drop / leave
            flows.append((intake * dt, out, lost,
                          (known.fee * students - known.wage * teachers) * dt))  # fmt: skip
            missing = max(0.0, students / known.norm - teachers)
            students += intake * dt - gone
            teachers += known.hiring * missing / known.delay * min(dt, known.delay)
            believed += (quality - believed) / known.perception * min(dt, known.perception)
        sums = [math.fsum(column) for column in zip(*flows, strict=True)]
        load = students / (known.norm * teachers)
        found.append(Year(year + 1, students, teachers, load, 1 / max(1.0, load), believed, *sums))
    return Run(known, tuple(found))


def growth_sweep(
    growths: Sequence[float], terms: Growth | None = None, *, years: int = 10, **changes: float
) -> list[dict[str, Any]]:
    """What each growth of the planned intake comes to.

    Parameters
    ----------
    growths : sequence of float
        Growths to try, shares a year.
    terms, years
        As for :func:`grow`; other keyword arguments change terms.

    Returns
    -------
    list of dict
        One row a growth: ``growth``, ``intake``, ``graduates``, ``lost share``, ``load at the
        end``, ``benefit`` (thousand yuan), and ``graduates per further student`` against the row
        before (None in the first).

    Examples
    --------
    >>> rows = growth_sweep([0.0, 0.3], years=8)
    >>> rows[0]["lost share"] < rows[1]["lost share"]
    True
    """
    known = replace(terms or Growth(), **changes)
    rows: list[dict[str, Any]] = []
    for growth in growths:
        run = grow(replace(known, growth=growth), years=years)
        more = run.intake - rows[-1]["intake"] if rows else 0.0
        rows.append({"growth": growth, "intake": run.intake, "graduates": run.graduates,
                     "lost share": run.lost_share, "load at the end": run.years[-1].load,
                     "benefit": run.benefit, "graduates per further student":
                     (run.graduates - rows[-1]["graduates"]) / more if more else None})  # fmt: skip
    return rows


def best_growth(
    growths: Sequence[float],
    terms: Growth | None = None,
    *,
    years: int = 10,
    most_lost: float = 0.25,
    **changes: float,
) -> float | None:
    """The fastest of some growths that keeps quality: drop-outs at most a share of who leaves.

    Parameters
    ----------
    growths : sequence of float
        Growths to try.
    terms, years
        As for :func:`grow`; other keyword arguments change terms.
    most_lost : float, optional
        Largest share of drop-outs among those who leave that is accepted.

    Returns
    -------
    float or None
        None if even the slowest loses more.

    Examples
    --------
    >>> best_growth([0.0, 0.05, 0.1, 0.15, 0.2], hiring=0.5)
    0.05
    >>> best_growth([0.0, 0.05, 0.1, 0.15, 0.2], hiring=1.0)
    0.1
    """
    limit = a_share("most_lost", most_lost)
    rows = growth_sweep(growths, terms, years=years, **changes)
    fit = [row["growth"] for row in rows if row["lost share"] <= limit]
    return max(fit) if fit else None


def two_levers(
    growths: Sequence[float],
    hirings: Sequence[float],
    terms: Growth | None = None,
    *,
    years: int = 10,
    figure: str = "graduates",
) -> dict[float, dict[float, float]]:
    """One figure for each pair of growth and hiring: what the two levers do together.

    Parameters
    ----------
    growths, hirings : sequence of float
        Values of the two levers.
    terms : Growth, optional
        The other numbers.
    years : int, optional
        How long.
    figure : str, optional
        A column of :func:`growth_sweep`.

    Returns
    -------
    dict of dict
        Growth to hiring to the figure.

    Raises
    ------
    ValueError
        For an unknown figure.

    Examples
    --------
    >>> found = two_levers([0.0, 0.4], [0.0, 1.0], figure="lost share")
    >>> found[0.4][0.0] > found[0.4][1.0] > found[0.0][1.0]
    True
    """
    found: dict[float, dict[float, float]] = {}
    for growth in growths:
        found[growth] = {}
        for hiring in hirings:
            row = growth_sweep([growth], terms, years=years, hiring=hiring)[0]
            if figure not in row:
                raise ValueError(f"figure={figure!r}: give one of {', '.join(map(repr, row))}")
            found[growth][hiring] = row[figure]
    return found
