"""Auditing a process: marks on a checklist, and how many executions to look at.

A checklist turns "is this process well run?" into marks from 0 (not there) to 4 (works and is
proved by records). The ready lists of the course stand in :mod:`svclab.process.checklists`.
An audit by sample asks another question: how many executions must be checked until an error
that is really there is found? (P-11, P-41)
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from svclab.checks import a_count, a_share, above_zero
from svclab.words import join, percent, say

__all__ = ["BEST_MARK", "Checklist", "Item", "Score", "checks_needed", "detection_chance", "score"]

BEST_MARK = 4

# Above this the exact power has too many digits; logarithms are then good to the last check.
EXACT_UP_TO = 20_000
LEAST_SHARE = Fraction(1, 10**9)


@dataclass(frozen=True)
class Item:
    """One line of a checklist.

    Parameters
    ----------
    name : str
        Short name, by which marks are given.
    text : str
        What must be true for the best mark.
    group : str
        The heading under which the item stands.
    weight : float
        How much it counts; above 0.
    chinese : str
        The Chinese term.
    """

    name: str
    text: str
    group: str = ""
    weight: float = 1.0
    chinese: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("an item of a checklist needs a name")
        above_zero(f"item {self.name!r}: weight", self.weight)


@dataclass(frozen=True)
class Checklist:
    """A list of items to mark from 0 to 4.

    Parameters
    ----------
    title : str
        What is judged.
    items : tuple of Item
        The lines; names must differ.
    chinese : str
        The Chinese title.
    sources : tuple of str
        Numbers of the course inventory, such as ``"P-14"``.
    """

    title: str
    items: tuple[Item, ...]
    chinese: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(self.items))
        if not self.items:
            raise ValueError(f"checklist {self.title!r} has no items; give at least one")
        for name in self.names:
            if self.names.count(name) > 1:
                raise ValueError(f"item {name!r} is given twice: names must be unique")

    @property
    def names(self) -> tuple[str, ...]:
        """Item names, in order."""
        return tuple(item.name for item in self.items)

    @property
    def groups(self) -> tuple[str, ...]:
        """Headings, in order of first use."""
        return tuple(dict.fromkeys(item.group for item in self.items))


@dataclass(frozen=True)
class Score:
    """What a marked checklist says."""

    title: str
    total: float  # share of the weighted marks reached, 0 to 1
    groups: dict[str, float]  # the same share for each group
    weakest: tuple[str, ...]  # names, most weighted marks lost first
    marks: dict[str, int] = field(repr=False)  # 0 to 4, in the order of the list

    def sentence(self) -> str:
        """The result in words."""
        if not self.weakest:
            return say("{title}: every item has the best mark.", title=self.title)
        return say(
            "{title}: {share} of the marks. Most is lost at {items}.",
            title=self.title,
            share=percent(self.total, 0),
            items=join(self.weakest),
        )


def score(checklist: Checklist, marks: Mapping[str, int], *, show: int = 3) -> Score:
    """Add up the marks given on a checklist.

    share = Σ weight × mark / Σ weight × 4, over all items and over each group.

    Parameters
    ----------
    checklist : Checklist
        The items.
    marks : mapping
        Item name to a whole mark from 0 (not there) to 4 (works and is proved).
    show : int
        At most so many weakest items are named; items with the best mark never are.

    Returns
    -------
    Score
        Shares from 0 to 1, and the weakest items by weighted marks lost, ties in list order.

    Raises
    ------
    ValueError
        If an item has no mark, a mark has no item, or a mark is not 0, 1, 2, 3 or 4.

    Examples
    --------
    >>> desk = Checklist("Desk", (Item("owner", "One owner", "people", 2),
    ...                           Item("record", "It is recorded", "files")))
    >>> score(desk, {"owner": 3, "record": 1}).sentence()
    'Desk: 58% of the marks. Most is lost at record and owner.'
    """
    missing = [name for name in checklist.names if name not in marks]
    if missing:
        raise ValueError(
            f"{checklist.title!r} has no mark for {join([repr(n) for n in missing])}; "
            f"give each item a mark from 0 to {BEST_MARK}"
        )
    for name, mark in marks.items():
        if name not in checklist.names:
            raise ValueError(
                f"{checklist.title!r} has no item {name!r}; items are {', '.join(checklist.names)}"
            )
        a_count(f"mark of {name!r}", mark, 0, BEST_MARK)
    a_count("show", show, 0)

    def share(items: list[Item]) -> float:
        reached = math.fsum(item.weight * marks[item.name] for item in items)
        return reached / (BEST_MARK * math.fsum(item.weight for item in items))

    lost = {i.name: i.weight * (BEST_MARK - marks[i.name]) for i in checklist.items}
    ranked = sorted((n for n in lost if lost[n] > 0), key=lambda n: -lost[n])
    return Score(
        title=checklist.title,
        total=share(list(checklist.items)),
        groups={g: share([i for i in checklist.items if i.group == g]) for g in checklist.groups},
        weakest=tuple(ranked[:show]),
        marks={name: marks[name] for name in checklist.names},
    )


def detection_chance(checks: int, error_share: float, *, population: int | None = None) -> float:
    """Probability that checking so many executions shows at least one with an error.

    1 − (1 − p)ⁿ; of a known number N of executions with K = ⌈pN⌉ errors,
    1 − C(N−K, n) / C(N, n).

    Parameters
    ----------
    checks : int
        Executions checked, n, drawn at random; 0 or more, at most `population`.
    error_share : float
        Share of executions with an error, p; above 0, at most 1.
    population : int, optional
        Number of executions to draw from, N; without it the supply is taken as endless.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If a value is outside its range.

    Examples
    --------
    >>> round(detection_chance(59, 0.05), 4), detection_chance(2, 0.25, population=4)
    (0.9515, 0.5)
    """
    share = _share(error_share)
    a_count("checks", checks, 0)
    if population is None:
        if share == 1:
            return 1.0 if checks else 0.0
        return -math.expm1(checks * math.log1p(-float(share)))
    errors = _errors(share, population)
    if checks > population:
        raise ValueError(f"checks={checks} is above population={population}; check at most all")
    clean, all_ways = _clean_draws(checks, errors, population)
    return float(1 - Fraction(clean, all_ways))


def checks_needed(
    error_share: float, detection: float = 0.95, *, population: int | None = None
) -> int:
    """How many executions to check so that an error is found with a wanted probability.

    n = ⌈ln(1 − d) / ln(1 − p)⌉. Of a known number N of executions, the smallest n with
    C(N−K, n) / C(N, n) ≤ 1 − d, where K = ⌈pN⌉ of them have an error. Both are worked out in
    whole numbers, with the shares read as the decimals you write, so no rounding adds a check.

    Parameters
    ----------
    error_share : float
        Share of executions with an error, p; above 0, at most 1.
    detection : float
        Wanted probability d to see at least one error; above 0, below 1 (1 is allowed with
        `population`).
    population : int, optional
        Number of executions to draw from, N.

    Returns
    -------
    int
        Executions to check.

    Raises
    ------
    ValueError
        If a value is outside its range.

    Examples
    --------
    >>> checks_needed(0.05), checks_needed(0.05, population=100)
    (59, 45)

    Notes
    -----
    Course inventory P-11. For the finite form see Cochran (1977), *Sampling Techniques*, ch. 3
    (hypergeometric draws).
    """
    share = _share(error_share)
    wanted = _decimal(a_share("detection", detection, above=True))
    if population is None:
        if wanted == 1 and share < 1:
            raise ValueError(
                "detection=1 needs endless checks; give a share below 1, or the population"
            )
        return _checks_of_endless(share, wanted)
    errors = _errors(share, population)

    def enough(n: int) -> bool:
        clean, all_ways = _clean_draws(n, errors, population)
        return clean <= (1 - wanted) * all_ways

    # Drawing without putting back never needs more checks than the endless supply does.
    low, high = 1, population - errors + 1
    if wanted < 1:
        high = min(high, _checks_of_endless(Fraction(errors, population), wanted) + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def _checks_of_endless(share: Fraction, wanted: Fraction) -> int:
    if share == 1:
        return 1
    left = 1 - wanted
    n = max(1, math.ceil(math.log(left) / math.log1p(-float(share))))
    if n <= EXACT_UP_TO:
        # Logarithms may land a hair beside a whole number; powers of fractions do not.
        while n > 1 and (1 - share) ** (n - 1) <= left:
            n -= 1
        while (1 - share) ** n > left:
            n += 1
    return n


def _clean_draws(checks: int, errors: int, population: int) -> tuple[int, int]:
    # C(N−K, n) / C(N, n) = C(N−n, K) / C(N, K): the form with fewer factors is far faster.
    if checks <= errors:
        return math.comb(population - errors, checks), math.comb(population, checks)
    return math.comb(population - checks, errors), math.comb(population, errors)


def _decimal(value: float) -> Fraction:
    return Fraction(repr(value))


def _share(value: float) -> Fraction:
    return _decimal(a_share("error_share", value, float(LEAST_SHARE)))


def _errors(share: Fraction, population: int) -> int:
    return math.ceil(share * a_count("population", population, 1))
