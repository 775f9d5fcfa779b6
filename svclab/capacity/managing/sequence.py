"""The order of an encounter: what is remembered is not what was lived, minute by minute.

Chase and Dasu (2001) give five rules: finish strongly; get the bad experiences over early; cut
pleasure into pieces and join the pains; let people choose; keep the rituals. Behind the first
two stands the peak-end rule, behind the third the value function of prospect theory.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from svclab.checks import a_number, above_zero, between
from svclab.process.audit import Checklist, Item
from svclab.words import number, say

__all__ = [
    "CHASE_DASU",
    "Moment",
    "Remembered",
    "best_order",
    "felt",
    "join_or_split",
    "remembered",
]

LONGEST = 8  # moments whose orders are all tried: 40,320

CHASE_DASU = Checklist(
    "Order of the encounter",
    (
        Item("strong end", "The last thing is the best, or nearly.", chinese="强势收尾"),
        Item("bad first", "What is unpleasant comes early.", chinese="不快之事先做"),
        Item(
            "split and join",
            "Pleasures come in several pieces, pains in one.",
            chinese="分散愉快、合并痛苦",
        ),
        Item("choice", "Customers choose where a choice costs nothing.", chinese="让顾客选择"),
        Item("rituals", "What regulars are used to is kept.", chinese="保留仪式"),
    ),
    chinese="服务顺序",
    sources=("K-09",),
)
"""The five principles of Chase and Dasu (2001), Harvard Business Review 79 (6), 78-84."""


@dataclass(frozen=True)
class Moment:
    """One part of an encounter."""

    name: str
    feeling: float  # −10 (awful) to 10 (delightful), a judgement
    minutes: float = 1.0

    def __post_init__(self) -> None:
        between(f"feeling of {self.name!r}", self.feeling, -10, 10)
        above_zero(f"minutes of {self.name!r}", self.minutes, "minutes")


@dataclass(frozen=True, repr=False)
class Remembered:
    """An encounter as lived and as remembered, −10 to 10."""

    lived: float  # mean feeling over all minutes
    peak: float  # the most intense feeling, good or bad
    end: float  # the last feeling
    memory: float  # (peak + end) / 2

    def __repr__(self) -> str:
        return say(
            "lived {lived}, remembered {memory}: the peak was {peak}, the end {end}",
            lived=number(self.lived, 1),
            memory=number(self.memory, 1),
            peak=number(self.peak, 1),
            end=number(self.end, 1),
        )


def remembered(moments: Sequence[Moment]) -> Remembered:
    """The peak-end rule: memory = (most intense feeling + last feeling) / 2, whatever it lasted.

    Of two equally intense feelings the bad one is the peak.

    References
    ----------
    Kahneman, D., Fredrickson, B. L., Schreiber, C. A. and Redelmeier, D. A. (1993), "When more
    pain is preferred to less: adding a better end", Psychological Science 4, 401-405.

    Examples
    --------
    >>> cold = Moment("14 degrees", -8, minutes=1)
    >>> less = Moment("15 degrees", -6, minutes=0.5)
    >>> remembered([cold]).memory, remembered([cold, less]).memory
    (-8.0, -7.0)
    """
    if not moments:
        raise ValueError("moments is empty: give at least one")
    time = math.fsum(m.minutes for m in moments)
    peak = max((m.feeling for m in moments), key=lambda x: (abs(x), -x))
    end = moments[-1].feeling
    lived = math.fsum(m.feeling * m.minutes for m in moments) / time
    return Remembered(lived, float(peak), float(end), (peak + end) / 2)


def best_order(
    moments: Sequence[Moment], *, after: Mapping[str, Sequence[str]] | None = None
) -> list[Moment]:
    """The order that is remembered best; of those, the one in which things get better.

    All orders are tried. Ties of the memory are broken by Σ place × feeling: the bad early, the
    good late.

    Parameters
    ----------
    moments : sequence of Moment
        At most eight; names differ.
    after : mapping, optional
        Name to the names that must come before it.

    Raises
    ------
    ValueError
        For too many moments, unknown names, or an order that is impossible.

    Examples
    --------
    >>> visit = [Moment("treat", 8), Moment("pay", -5), Moment("greet", 3)]
    >>> [m.name for m in best_order(visit)]
    ['pay', 'greet', 'treat']
    >>> [m.name for m in best_order(visit, after={"pay": ["treat"]})]
    ['treat', 'pay', 'greet']
    """
    names = [m.name for m in moments]
    if len(set(names)) < len(names):
        raise ValueError("two moments have the same name: names must be unique")
    if not 1 <= len(moments) <= LONGEST:
        raise ValueError(f"moments has {len(moments)} entries: give 1 to {LONGEST}")
    rules = {later: tuple(first) for later, first in (after or {}).items()}
    for name in [*rules, *(n for first in rules.values() for n in first)]:
        if name not in names:
            raise ValueError(f"after names {name!r}; the moments are {', '.join(names)}")
    best: tuple[float, float] | None = None
    found: list[Moment] = []
    for order in permutations(moments):
        place = {m.name: k for k, m in enumerate(order)}
        if any(place[f] > place[later] for later, first in rules.items() for f in first):
            continue
        rising = math.fsum(k * m.feeling for k, m in enumerate(order))
        worth = (remembered(order).memory, rising)
        if best is None or worth > best:
            best, found = worth, list(order)
    if not found:
        raise ValueError("no order keeps all rules of `after`: they go round in a circle")
    return found


def felt(amount: float) -> float:
    """How a gain or a loss feels: x^0.88 for gains, −2.25 (−x)^0.88 for losses.

    References
    ----------
    Tversky, A. and Kahneman, D. (1992), "Advances in prospect theory", J. Risk and Uncertainty 5,
    297-323 (median estimates).

    Examples
    --------
    >>> felt(1), felt(-1)
    (1.0, -2.25)
    """
    a_number("amount", amount)
    return amount**0.88 if amount >= 0 else -2.25 * (-amount) ** 0.88


def join_or_split(amounts: Sequence[float]) -> str:
    """Whether several gains or losses feel better at once ("join") or one by one ("split").

    Gains: split; losses: join; a small loss with a large gain: join (Thaler's hedonic editing).

    References
    ----------
    Thaler, R. (1985), "Mental accounting and consumer choice", Marketing Science 4, 199-214.

    Examples
    --------
    >>> join_or_split([10, 10]), join_or_split([-10, -10]), join_or_split([30, -5])
    ('split', 'join', 'join')
    """
    if len(amounts) < 2:
        raise ValueError("amounts: give at least two")
    apart = math.fsum(felt(a) for a in amounts)
    return "join" if felt(math.fsum(amounts)) > apart else "split"
