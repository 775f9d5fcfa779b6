"""Which of the six types a service problem is, and what its variables are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from svclab.decisions.exercises.situations import SITUATIONS
from svclab.decisions.problems.cases import SIX_TYPES
from svclab.practice import ChoiceField, Draw, Exercise, Field, Matching, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import say

__all__ = ["SixTypes"]

TYPES = tuple(one.name for one in SIX_TYPES)
#: Types in which something is decided for each pair.
PAIRS = ("transport", "assignment")
VARIABLES = {
    "thing": "one for each thing that is made, mixed, packed or chosen",
    "pair": "one for each pair: from where to where, or who does what",
    "limit": "one for each limit: what is scarce, or what is required",
    "total": "a single one: the profit, the value or the cost",
}


class SixTypes(Exercise):
    """The type of each of five situations, and the variables of one of them."""

    title = "Which of the six types is it?"
    objective = 1
    level = "easy"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        found = draw.sample(TYPES, 4)
        found = draw.shuffled([*found, draw.choice(TYPES)])
        texts: list[list[Any]] = []
        for name in found:
            free = [k for k in range(len(SITUATIONS[name])) if [name, k] not in texts]
            texts.append([name, draw.choice(free)])
        # As often a type with pairs as one without, where there are both.
        pairs = draw.chance(0.5)
        fit = [n for n, name in enumerate(found, 1) if (name in PAIRS) == pairs]
        return {"cases": texts, "asked": draw.choice(fit or [1])}

    def sound(self, p: Any) -> bool:
        return apart(self, p)

    def question(self, p: Any) -> str:
        rows = [(one.name, one.chinese, say(one.goal), say(one.limits)) for one in SIX_TYPES]
        return page(
            say("The course names six types of problems:"),
            table([say("type"), "中文", say("objective"), say("constraints")], rows),
            say(
                "1. Of which type is each of the five situations below (all invented)? A type "
                "may occur twice, or not at all.\n"
                "2. Now the variables (决策变量, decision variables) of situation {n}: for what "
                "do you need one?",
                n=p.asked,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        options = {_key(one.name): say(one.name) for one in SIX_TYPES}
        rows = {f"case_{n}": text for n, text in enumerate(_texts(p), 1)}
        column = ChoiceField("type", say("Type"), options)
        variables = {key: say(text) for key, text in VARIABLES.items()}
        return [
            Matching("types", say("The five situations"), rows, [column]),
            ChoiceField("variables", say("Variables of situation {n}", n=p.asked), variables),
        ]

    def solve(self, p: Any) -> Answers:
        return {
            "types": _entries([name for name, _ in p.cases]),
            "variables": "pair" if _asked(p) in PAIRS else "thing",
        }

    def _confused(self, p: Any, taken: str, meant: str) -> Answers | None:
        """The table of somebody who takes one type for another."""
        names = [name for name, _ in p.cases]
        if meant not in names:
            return None
        return {"types": _entries([taken if name == meant else name for name in names])}

    @misconception(
        "You took a mixture for a product mix. Here the amounts are parts of one thing, whose "
        "content is prescribed; nothing is sold piece by piece."
    )
    def mixture_for_products(self, p: Any) -> Answers | None:
        return self._confused(p, "product mix", "blending")

    @misconception(
        "You took a product mix for a mixture. Here several things are made side by side and "
        "compete for the same hours or machines; they do not become one."
    )
    def products_for_mixture(self, p: Any) -> Answers | None:
        return self._confused(p, "blending", "product mix")

    @misconception(
        "You took a packing problem for a selection. Count the limits: here there is one, the "
        "load, and nobody prescribes how many are taken."
    )
    def packing_for_selection(self, p: Any) -> Answers | None:
        return self._confused(p, "company selection", "knapsack")

    @misconception(
        "You took a selection for a packing problem. Count the limits: here a number of "
        "candidates is prescribed, and there are two more limits."
    )
    def selection_for_packing(self, p: Any) -> Answers | None:
        return self._confused(p, "knapsack", "company selection")

    @misconception(
        "You took a transport for an assignment. Here amounts go from place to place, and a "
        "place may be joined to several others."
    )
    def transport_for_assignment(self, p: Any) -> Answers | None:
        return self._confused(p, "assignment", "transport")

    @misconception(
        "You took an assignment for a transport. Here each joins exactly one other: one to one, "
        "yes or no, and no amounts."
    )
    def assignment_for_transport(self, p: Any) -> Answers | None:
        return self._confused(p, "transport", "assignment")

    @misconception(
        "You gave a variable to each limit. Limits become constraints; variables stand for what "
        "somebody can decide."
    )
    def limits_decided(self, p: Any) -> Answers:
        return {"variables": "limit"}

    @misconception(
        "You made the objective a variable. It follows from the decisions; nobody can decide it "
        "alone."
    )
    def objective_decided(self, p: Any) -> Answers:
        return {"variables": "total"}

    @misconception(
        "You took a variable for each place or person. That says how much or who, but not where "
        "it goes: each pair is decided on its own."
    )
    def places_alone(self, p: Any) -> Answers | None:
        return {"variables": "thing"} if _asked(p) in PAIRS else None

    @misconception(
        "You took a variable for each pair. Here nothing is joined to anything: one number for "
        "each thing says it all."
    )
    def pairs_everywhere(self, p: Any) -> Answers | None:
        return None if _asked(p) in PAIRS else {"variables": "pair"}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Ask first what is decided: an amount, yes or no, or who belongs to whom. Then "
                "what is scarce or prescribed."
            ),
            say(
                "Do the things decided stay apart, or do they go into one mixture? Is there one "
                "limit on the load, or a number to choose and more limits?"
            ),
            say(
                "From places to places: do amounts flow (transport), or is each joined to exactly "
                "one (assignment)?"
            ),
            say(
                "For the variables: write down one possible decision of situation {n} as a list "
                "of numbers. What does each number belong to?",
                n=p.asked,
            ),
        ]

    def solution(self, p: Any) -> str:
        rows = [(text, say(name)) for text, (name, _) in zip(_texts(p), p.cases, strict=True)]
        return page(
            table([say("situation"), say("type")], rows),
            say(
                "Situation {n} is of the type {name}: it needs variables, {variables}. What is "
                "scarce or required becomes a constraint for each, and the objective is one sum "
                "over the variables.",
                n=p.asked,
                name=_asked(p),
                variables=say(VARIABLES[self.solve(p)["variables"]]),
            ),
        )


def _texts(p: Any) -> list[str]:
    return [say(SITUATIONS[name][k]) for name, k in p.cases]


def _asked(p: Any) -> str:
    return str(p.cases[p.asked - 1][0])


def _key(name: str) -> str:
    return name.replace(" ", "_")


def _entries(names: list[str]) -> Mapping[str, Any]:
    return {f"case_{n}": {"type": _key(name)} for n, name in enumerate(names, 1)}
