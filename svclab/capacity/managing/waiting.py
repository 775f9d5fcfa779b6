"""The psychology of waiting: Maister's propositions as an audit, and the wait as it is felt.

Maister (1985): satisfaction = perception − expectation. A wait has two sides, how long it is and
how long it feels; the queue models measure the first, this module asks about the second.

The propositions are observations, and later studies agree with them only in part. Pruyn and
Smidts (1993) find fairness weighing most. Durrande-Moreau (1999) reviews 18 studies: the real
wait and what people expect have effects, the surroundings disappoint. So an audit finds where to
look; it does not forecast satisfaction.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from svclab.checks import above_zero, zero_or_more
from svclab.process.audit import Checklist, Item, Score, score
from svclab.shown import html_table
from svclab.words import minutes, percent, say

__all__ = [
    "FACTORS",
    "MAISTER",
    "REMEDIES",
    "Felt",
    "Overtaken",
    "Stage",
    "WaitAudit",
    "audit",
    "overtaken",
    "perceived_wait",
]

MAISTER = Checklist(
    "Psychology of waiting",
    (
        Item(
            "occupied",
            "Who waits has something useful or pleasant to do.",
            "what one does",
            chinese="有事可做",
        ),
        Item(
            "started",
            "Something of the service begins at once, such as a greeting or a form.",
            "what one does",
            chinese="及早开始服务",
        ),
        Item(
            "calm",
            "Nobody must fear to be forgotten or to stand in the wrong line.",
            "what one knows",
            chinese="消除焦虑",
        ),
        Item(
            "certain",
            "Everybody is told how long it will take, and it does not take longer.",
            "what one knows",
            chinese="告知等待时间",
        ),
        Item(
            "explained",
            "The reason for the wait is given.",
            "what one knows",
            chinese="说明等待原因",
        ),
        Item(
            "fair",
            "Whoever comes first is served first, or the rule is seen and accepted.",
            "with whom",
            chinese="公平排队",
        ),
        Item(
            "worth it",
            "The more the service is worth, the longer one waits; who wants little waits little.",
            "with whom",
            chinese="等待与服务价值相称",
        ),
        Item(
            "together",
            "People wait where they see and can talk to each other.",
            "with whom",
            chinese="结伴等待",
        ),
    ),
    chinese="等待心理",
    sources=("K-09",),
)
"""Maister's eight propositions (1985), turned from "feels longer" into what must be true."""

REMEDIES: dict[str, str] = {
    "occupied": "Give something to do that is of use: a menu to read, a form to fill in.",
    "started": "Greet at once and do a first step of the service, such as taking the name.",
    "calm": "Give a number or a place in the line, and say that nobody is forgotten.",
    "certain": "Tell the expected wait, rather too long than too short, and keep to it.",
    "explained": "Say why people wait, above all when they can see idle staff.",
    "fair": "Make one line, or show the rule by which somebody goes first.",
    "worth it": "Open a quick line for short services, and let people see what takes time.",
    "together": "Let groups wait together; use screens or notices that start a talk.",
}
"""One honest remedy for each proposition: none of them says what is not so."""

FACTORS: dict[str, float] = {
    "unoccupied": 1.36,
    "before the service": 1.2,
    "anxious": 1.3,
    "uncertain": 1.3,
    "unexplained": 1.2,
    "unfair": 1.4,
    "alone": 1.1,
}
"""By how much a wait feels longer. That people overestimate a wait in line by about 36 percent is
reported by Stone (2012), without a study named; it stands here for an unoccupied wait. All others
are invented. Replace them by a survey of your own: ask how long people think they have waited.
"""


@dataclass(frozen=True, repr=False)
class WaitAudit:
    """What an audit of a wait says."""

    score: Score  # shares and weakest items
    advice: dict[str, str]  # weakest item to what to do about it

    def __repr__(self) -> str:
        return self.score.sentence()

    def _repr_html_(self) -> str:
        texts = {item.name: item.text for item in MAISTER.items}
        rows = [[name, texts[name], remedy] for name, remedy in self.advice.items()]
        return html_table(
            self.score.sentence(), ["weakest", "what should be true", "what to do"], rows
        )


def audit(marks: Mapping[str, int], *, show: int = 3) -> WaitAudit:
    """Mark a wait by Maister's propositions, and see what to do first.

    Parameters
    ----------
    marks : mapping
        For each item of :data:`MAISTER` a whole mark, 0 (not there) to 4 (works, and is proved).
    show : int
        How many of the weakest items get advice.

    Returns
    -------
    WaitAudit

    References
    ----------
    Maister, D. H. (1985), "The psychology of waiting lines", in Czepiel, J. A., Solomon, M. R.
    and Surprenant, C. F. (eds), *The Service Encounter*, Lexington Books.

    Examples
    --------
    >>> marks = dict.fromkeys(MAISTER.names, 4) | {"explained": 1, "certain": 0}
    >>> audit(marks)
    Psychology of waiting: 78% of the marks. Most is lost at certain and explained.
    >>> audit(marks).advice["explained"]
    'Say why people wait, above all when they can see idle staff.'
    """
    found = score(MAISTER, marks, show=show)
    return WaitAudit(found, {name: REMEDIES[name] for name in found.weakest})


@dataclass(frozen=True)
class Stage:
    """One part of a wait."""

    name: str
    minutes: float  # by the clock
    burdens: tuple[str, ...] = ()  # which of the factors apply


@dataclass(frozen=True, repr=False)
class Felt:
    """A wait by the clock and as it is felt; minutes."""

    actual: float
    perceived: float
    by_stage: dict[str, float]  # perceived minutes of each stage
    gap: float | None  # expected − perceived minutes: above 0, better than expected

    def sentence(self) -> str:
        """The result in words."""
        text = say(
            "{actual} of waiting feel like {felt}",
            actual=minutes(self.actual),
            felt=minutes(self.perceived),
        )
        if self.gap is None:
            return text + "."
        word = "less" if self.gap >= 0 else "more"
        return text + say(
            ", {gap} {word} than was expected.", gap=minutes(abs(self.gap)), word=word
        )

    def __repr__(self) -> str:
        return self.sentence()


def perceived_wait(
    stages: Sequence[Stage],
    *,
    expected: float | None = None,
    factors: Mapping[str, float] | None = None,
) -> Felt:
    """How long a wait feels: the minutes of each stage times the factors of its burdens.

    That burdens multiply is an assumption. The model shows where a minute saved, or made to feel
    shorter, does most; it does not measure anybody's feelings.

    Parameters
    ----------
    stages : sequence of Stage
        The parts of the wait; names differ.
    expected : float, optional
        The wait that people expect, minutes.
        Satisfaction, said Maister, is perception less expectation: an honest promise that is kept
        is worth as much as a faster line.
    factors : mapping, optional
        Burden to factor; :data:`FACTORS` if left out.

    Examples
    --------
    >>> hall = [Stage("in line", 10, ("unoccupied",)), Stage("at the form", 5)]
    >>> perceived_wait(hall, expected=15).sentence()
    '15 min of waiting feel like 18.6 min, 3.6 min more than was expected.'
    """
    known = FACTORS if factors is None else factors
    for name, factor in known.items():
        above_zero(f"factors[{name!r}]", factor)
    felt: dict[str, float] = {}
    for stage in stages:
        if stage.name in felt:
            raise ValueError(f"stage {stage.name!r} is given twice: names must be unique")
        zero_or_more(f"minutes of {stage.name!r}", stage.minutes, "minutes")
        for burden in stage.burdens:
            if burden not in known:
                raise ValueError(
                    f"stage {stage.name!r} has burden {burden!r}: use {', '.join(known)}"
                )
        felt[stage.name] = stage.minutes * math.prod(known[b] for b in stage.burdens)
    if expected is not None:
        zero_or_more("expected", expected, "minutes")
    perceived = math.fsum(felt.values())
    return Felt(
        math.fsum(stage.minutes for stage in stages),
        perceived,
        felt,
        None if expected is None else expected - perceived,
    )


@dataclass(frozen=True, repr=False)
class Overtaken:
    """How often customers were overtaken: later to come, earlier to be served."""

    slips: tuple[int, ...]  # for each customer, in order of arrival: how many overtook

    @property
    def share(self) -> float:
        """Share of customers who were overtaken at least once."""
        return sum(n > 0 for n in self.slips) / len(self.slips)

    def sentence(self) -> str:
        """The result in words."""
        return say("{share} of customers were overtaken.", share=percent(self.share))

    def __repr__(self) -> str:
        return self.sentence()


def overtaken(arrivals: Sequence[float], starts: Sequence[float]) -> Overtaken:
    """Count the slips: for each customer, those who came later and were served before.

    One line for several counters has none; a line at each counter has many, which is why it
    feels unfair even where it is as quick.

    Parameters
    ----------
    arrivals, starts : sequence of float
        When each customer came, never falling, and when the service began; same unit.

    References
    ----------
    Larson, R. C. (1987), "Perspectives on queues: social justice and the psychology of queueing",
    Oper. Res. 35, 895-905 (slips and skips).

    Examples
    --------
    >>> overtaken([0, 1, 2], [0, 9, 3]).slips
    (0, 1, 0)
    """
    if not arrivals or len(arrivals) != len(starts):
        raise ValueError(
            f"arrivals has {len(arrivals)} entries and starts {len(starts)}: give one each, one "
            "or more"
        )
    if any(b < a for a, b in pairwise(arrivals)):
        raise ValueError("arrivals must never fall: sort the customers by arrival")
    # From the last customer back: who came later is already in the list, sorted by start. Those
    # who came at the same moment overtake nobody.
    slips = [0] * len(starts)
    later: list[float] = []
    group: list[int] = []
    for place in range(len(starts) - 1, -1, -1):
        if group and arrivals[group[-1]] != arrivals[place]:
            for member in group:
                insort(later, starts[member])
            group = []
        group.append(place)
        slips[place] = bisect_left(later, starts[place])
    return Overtaken(tuple(slips))
