"""What each of the three wordings leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from svclab.introduction.definitions import WORDINGS, named, words
from svclab.practice import ChoiceField, ChoicesField, Draw, Exercise, Field, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import say

__all__ = ["MATTERS", "LeftOut", "Matter"]

SHOWN = 6
TITLES = {
    "functions": "A (functions): planning, organising, implementing and controlling the service "
    "process (服务流程) and its result",
    "resources": "B (resources): organising the service process and its resources (资源) for "
    "quality and efficiency",
    "customer": "C (customer): serving the customer (客户) around the customer's needs, by "
    "integrating resources and optimising the process, from sale to after-sale",
}


@dataclass(frozen=True)
class Matter:
    """A matter of the day, and the word of a definition that speaks of it."""

    text: str
    concept: str  # a word of definition-words
    topic: str = ""  # aim, customer or control: what people read into a wording


#: All invented.
MATTERS = {
    "dates": Matter("what shall be reached next year, and by when", "plan"),
    "deviation": Matter("what is done when the figures leave their limits", "control", "control"),
    "result": Matter("what comes out in the end", "result"),
    "steps": Matter("through which steps the work goes", "service process"),
    "means": Matter("which people, rooms and machines are there", "resources"),
    "duties": Matter("who is in charge of what", "organise"),
    "good": Matter("that the work is to be good", "quality", "aim"),
    "waste": Matter("that no time and no money is to be wasted", "efficiency", "aim"),
    "wishes": Matter("that people are to get what they need", "customer needs", "aim"),
    "who": Matter("for whom all this is done", "customer", "customer"),
    "after": Matter("what happens to a buyer in the years after the sale", "customer life cycle",
                    "customer"),
    "together": Matter("how means of several departments are put together", "integrate"),
    "better": Matter("how what runs already is made as good as it can be", "optimise", "control"),
}  # fmt: skip


class LeftOut(Exercise):
    """Matters for which a wording has no word, and the wording that speaks of most of them."""

    title = "What does this wording leave out?"
    objective = 1
    level = "easy"
    minutes = 5

    def deal(self, draw: Draw) -> Answers:
        # As often one wording as another speaks of most of them.
        there = _of(draw.choice(list(WORDINGS)))
        others = [key for key in MATTERS if key not in there]
        some = [*draw.sample(there, 4), *draw.sample(others, SHOWN - 4)]
        return {"wording": draw.choice(list(WORDINGS)), "matters": draw.shuffled(some)}

    def sound(self, p: Any) -> bool:
        named = sorted(len(_named(p, name)) for name in WORDINGS)
        left = SHOWN - len(_named(p, p.wording))
        return named[-1] > named[-2] and 2 <= left <= SHOWN - 1 and apart(self, p)

    def question(self, p: Any) -> str:
        return page(
            say("Three wordings of service operations management (服务运营管理):"),
            bullets(TITLES.values()),
            say(
                "A manager (invented) takes one of them literally and looks only at what it has a "
                "word for: *{name}*. Do not ask what a good manager would do, but what the words "
                "say.\n\n"
                "1. Which of the matters below are left out then?\n"
                "2. Which of the three wordings has a word for most of these matters?",
                name=named(p.wording),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        matters = {key: say(MATTERS[key].text) for key in p.matters}
        names = {name: say("the wording {n}", n=named(name)) for name in WORDINGS}
        return [
            ChoicesField("left", say("Left out by the wording {n}", n=named(p.wording)), matters),
            ChoiceField("most", say("Speaks of most of them"), names),
        ]

    def solve(self, p: Any) -> Answers:
        most = max(WORDINGS, key=lambda name: len(_named(p, name)))
        return {"left": [k for k in p.matters if k not in _named(p, p.wording)], "most": most}

    def second(self, p: Any) -> Answers:
        # Word by word: which wordings have it.
        homes: dict[str, set[str]] = {}
        for word in words():
            homes.setdefault(word.concept, set()).add(word.wording)
        votes = dict.fromkeys(WORDINGS, 0)
        left = []
        for key in p.matters:
            there = homes[MATTERS[key].concept]
            for name in there:
                votes[name] += 1
            if p.wording not in there:
                left.append(key)
        return {"left": left, "most": max(votes, key=lambda name: votes[name])}

    def _without(self, p: Any, topic: str, wordings: tuple[str, ...]) -> Answers | None:
        """The ticks of somebody who reads a topic into the wording."""
        right = self.solve(p)["left"]
        ticks = [key for key in right if MATTERS[key].topic != topic]
        fits = p.wording in wordings and ticks and ticks != right
        return {"left": ticks} if fits else None

    @misconception(
        "You read an aim into the wording. It may be meant, but look for a word that says what the "
        "work is done for."
    )
    def aim_read_in(self, p: Any) -> Answers | None:
        return self._without(p, "aim", tuple(WORDINGS))

    @misconception(
        "You read the customer into the wording. Everybody knows that a service has customers; "
        "this wording has no word for them."
    )
    def customer_read_in(self, p: Any) -> Answers | None:
        return self._without(p, "customer", ("functions", "resources"))

    @misconception(
        "You took one kind of care for another. To organise or to serve is not yet to look at the "
        "figures, and to control is not yet to make better."
    )
    def control_read_in(self, p: Any) -> Answers | None:
        return self._without(p, "control", tuple(WORDINGS))

    @misconception("You ticked what the wording does speak of. Asked is what it leaves out.")
    def turned_round(self, p: Any) -> Answers | None:
        named = [key for key in p.matters if key in _named(p, p.wording)]
        return {"left": named} if named else None

    @misconception(
        "Count matter by matter. The wording C (customer) is the longest, but it speaks of fewer "
        "of these."
    )
    def longest(self, p: Any) -> Answers | None:
        return {"most": "customer"} if self.solve(p)["most"] != "customer" else None

    @misconception(
        "Count matter by matter. The wording A (functions) has the most verbs, but it speaks of "
        "fewer of these."
    )
    def most_verbs(self, p: Any) -> Answers | None:
        return {"most": "functions"} if self.solve(p)["most"] != "functions" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Take the wording apart: what is done, to what, and what for."),
            say("For each matter look for the one word of the wording that would cover it."),
            say(
                "Of these matters, {n} have a word in the wording {name}.",
                n=len(_named(p, p.wording)),
                name=named(p.wording),
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        rows = [
            [
                MATTERS[key].text,
                MATTERS[key].concept,
                *(say("yes") if key in _named(p, name) else say("no") for name in WORDINGS),
            ]
            for key in p.matters
        ]
        return page(
            table([say("matter"), say("word"), *map(named, WORDINGS)], rows),
            say("Left out by the wording {name}:", name=named(p.wording)),
            bullets(MATTERS[key].text for key in right["left"]),
            say("Most of the six are spoken of by the wording {most}.", most=named(right["most"])),
            say(
                "No wording is wrong. Each serves a purpose: the first a division of work, the "
                "second a budget, the third a promise to customers."
            ),
        )


def _of(wording: str) -> list[str]:
    """The matters for which a wording has a word."""
    there = {word.concept for word in words() if word.wording == wording}
    return [key for key, matter in MATTERS.items() if matter.concept in there]


def _named(p: Any, wording: str) -> list[str]:
    there = _of(wording)
    return [key for key in p.matters if key in there]
