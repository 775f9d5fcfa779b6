"""Maister's propositions found in what services do, and the measure that misleads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from svclab.capacity.exercises.measures import (
    CAUTIOUS,
    DISTRACTING,
    MEASURES,
    MISLEADING,
    OPEN,
    PROPOSITIONS,
)
from svclab.practice import ChoiceField, Draw, Exercise, Field, Matching, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import say

__all__ = ["WaitingPrinciples"]

CASES = 5
LETTERS = "abcd"


class WaitingPrinciples(Exercise):
    """The proposition behind each of five measures, and which of four measures misleads."""

    title = "Why does it make a wait shorter?"
    objective = 8
    level = "easy"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        found = draw.sample(list(MEASURES), CASES)
        four = [("misleading", draw.integer(0, len(MISLEADING) - 1)),
                ("cautious", draw.integer(0, len(CAUTIOUS) - 1)),
                ("distracting", draw.integer(0, len(DISTRACTING) - 1)),
                ("open", draw.integer(0, len(OPEN) - 1))]  # fmt: skip
        return {
            "cases": [[name, draw.integer(0, len(MEASURES[name]) - 1)] for name in found],
            "four": [list(one) for one in draw.shuffled(four)],
        }

    def sound(self, p: Any) -> bool:
        # Something about doing, about knowing, and about other people.
        names = {name for name, _ in p.cases}
        kinds = ({"occupied", "started"}, {"certain", "explained", "calm"}, {"fair", "together"})
        return all(names & kind for kind in kinds) and apart(self, p)

    def question(self, p: Any) -> str:
        lines = [say("{key}: {text}", key=key, text=text) for key, text in _four(p).items()]
        return page(
            say(
                "Eight propositions of Maister say what makes a wait feel longer (等待心理, the "
                "psychology of waiting). Below stand five measures of different services "
                "(invented)."
            ),
            say(
                "1. Which proposition does each measure follow? Each follows "
                "a different one.\n"
                "2. Four more measures. Three of them are honest, one makes people believe what is "
                "not so. Which one?"
            ),
            bullets(lines),
        )

    def fields(self, p: Any) -> list[Field]:
        options = {name: say(text) for name, text in PROPOSITIONS.items()}
        rows = {f"measure_{k}": say(text) for k, text in enumerate(_texts(p), 1)}
        column = ChoiceField("proposition", say("It follows"), options)
        letters = {key: say("measure {key}", key=key) for key in LETTERS}
        return [
            Matching("follows", say("The five measures"), rows, [column]),
            ChoiceField("misleads", say("The one that misleads"), letters),
        ]

    def solve(self, p: Any) -> Answers:
        return {
            "follows": _entries([name for name, _ in p.cases]),
            "misleads": _key(p, "misleading"),
        }

    def _confused(self, p: Any, swap: Mapping[str, str]) -> Answers | None:
        """The table of somebody who takes one proposition for another."""
        names = [name for name, _ in p.cases]
        if not swap.keys() & set(names):
            return None
        return {"follows": _entries([swap.get(name, name) for name in names])}

    @misconception(
        "You took a reason for a time. To hear why it takes long does not say how long: these are "
        "two propositions."
    )
    def reason_for_time(self, p: Any) -> Answers | None:
        return self._confused(p, {"explained": "certain"})

    @misconception(
        "You took a time for a reason. To hear how long it takes does not say why: these are two "
        "propositions."
    )
    def time_for_reason(self, p: Any) -> Answers | None:
        return self._confused(p, {"certain": "explained"})

    @misconception(
        "You took a first step of the service for a pastime. What happens here would have to be "
        "done anyway: the service has begun."
    )
    def step_for_pastime(self, p: Any) -> Answers | None:
        return self._confused(p, {"started": "occupied"})

    @misconception(
        "You took a pastime for a first step of the service. It fills the time, but afterwards "
        "there is as much to do as before."
    )
    def pastime_for_step(self, p: Any) -> Answers | None:
        return self._confused(p, {"occupied": "started"})

    @misconception(
        "You took a comforting word for a promise of time. It takes away a fear, and says nothing "
        "about minutes."
    )
    def comfort_for_time(self, p: Any) -> Answers | None:
        return self._confused(p, {"calm": "certain"})

    @misconception(
        "You took a quick way for small wishes as a matter of fairness. Nobody is overtaken here "
        "against the rule. Ask what a short service is worth to people."
    )
    def small_for_fair(self, p: Any) -> Answers | None:
        return self._confused(p, {"worth it": "fair"})

    @misconception(
        "You took company for a pastime. Nothing is given to do here: people are let be with "
        "others."
    )
    def company_for_pastime(self, p: Any) -> Answers | None:
        return self._confused(p, {"together": "occupied"})

    @misconception(
        "You called a careful promise a lie. It says openly what it promises, and most people are "
        "served sooner. What misleads is a number that the service knows to be wrong."
    )
    def careful_is_a_lie(self, p: Any) -> Answers:
        return {"misleads": _key(p, "cautious")}

    @misconception(
        "You called a distraction a lie. It changes how long a wait feels, but nobody is told "
        "anything that is not so."
    )
    def distraction_is_a_lie(self, p: Any) -> Answers:
        return {"misleads": _key(p, "distracting")}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Ask of each measure what changes for those who wait: what they do, what they "
                "know, or how they stand to others."
            ),
            say(
                "If they *do* something: is it a part of the service that must be done anyway, or "
                "does it only fill the time?"
            ),
            say(
                "If they *know* something: does it say how long, or why, or does it take away a "
                "fear? If it is about others: is it about the order, about who needs little, or "
                "about company?"
            ),
            say(
                "For the second question: does anybody, after the measure, believe something that "
                "is not true?"
            ),
        ]

    def solution(self, p: Any) -> str:
        rows = [
            (say(text), say(PROPOSITIONS[name]))
            for text, (name, _) in zip(_texts(p), p.cases, strict=True)
        ]
        key = _key(p, "misleading")
        return page(
            table([say("measure"), say("proposition")], rows),
            say(
                "Measure {key} misleads: whoever finds out will not believe the service any more, "
                "and then an honest word does not help either. The three others change what people "
                "do or know, and say nothing that is not so.",
                key=key,
            ),
        )


def _texts(p: Any) -> list[str]:
    return [MEASURES[name][k] for name, k in p.cases]


def _four(p: Any) -> dict[str, str]:
    """The four measures of the second question, by letter."""
    pools = {
        "misleading": MISLEADING,
        "cautious": CAUTIOUS,
        "distracting": DISTRACTING,
        "open": OPEN,
    }
    return {key: pools[kind][k] for key, (kind, k) in zip(LETTERS, p.four, strict=True)}


def _key(p: Any, kind: str) -> str:
    return LETTERS[[one for one, _ in p.four].index(kind)]


def _entries(names: list[str]) -> Answers:
    return {f"measure_{k}": {"proposition": name} for k, name in enumerate(names, 1)}
