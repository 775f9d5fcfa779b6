"""Actions filed under the four phases; how far they cover the cycle, and what is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.introduction.definitions import PHASES, Coverage, checklist, coverage
from svclab.introduction.exercises.cycle_actions import ACTIONS, PLACES
from svclab.practice import ChoiceField, Draw, Exercise, Field, Matching, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, percent, say

__all__ = ["FiledActions"]

SHOWN = 7
CHINESE = ("计划", "组织", "实施", "控制")


class FiledActions(Exercise):
    """The phase of seven actions, the phase without any, and the coverage of the cycle."""

    title = "What has the manager forgotten?"
    objective = 4
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        empty = draw.choice([*PHASES, "none"])
        present = [phase for phase in PHASES if phase != empty]
        items = [draw.choice(checklist()[phase]) for phase in present]
        free = [item for phase in present for item in checklist()[phase] if item not in items]
        # One item or more come twice: two actions that do the same work.
        items += draw.sample(free, draw.integer(max(0, 4 - len(items)), 6 - len(items)))
        items += draw.sample(items, SHOWN - len(items))
        chosen: list[list[Any]] = []
        for item in items:
            free_texts = [n for n in range(len(ACTIONS[item])) if [item, n] not in chosen]
            chosen.append([item, draw.choice(free_texts)])
        return {
            "place": draw.choice(list(PLACES)),
            "actions": draw.shuffled(chosen),
            "empty": empty,
        }

    def sound(self, p: Any) -> bool:
        return apart(self, p)

    def question(self, p: Any) -> str:
        rows = [
            [say("{n} ({zh})", n=phase, zh=zh), what, "; ".join(checklist()[phase])]
            for (phase, what), zh in zip(PHASES.items(), CHINESE, strict=True)
        ]
        return page(
            say("The four-phase management cycle (管理循环), with its fourteen items:"),
            table([say("phase"), say("what it is"), say("items")], rows),
            say(
                "{who} has a list of seven actions. Each serves one item of the cycle; several "
                "may serve the same item.\n\n"
                "1. Into which phase does each belong?\n"
                "2. In which phase is nothing done at all?\n"
                "3. The coverage of a phase is the share of its items that have an action. How "
                "large is the coverage of the cycle, the mean of its four phases?",
                who=PLACES[p.place],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        rows = {f"a{n}": say(text) for n, text in enumerate(_texts(p))}
        options = {phase: say("{n} ({zh})", n=phase, zh=zh)
                   for phase, zh in zip(PHASES, CHINESE, strict=True)}  # fmt: skip
        empty = {**options, "none": say("none: each phase has an action")}
        return [
            Matching("phases", say("The seven actions"), rows,
                     [ChoiceField("phase", say("Phase"), options)]),
            ChoiceField("empty", say("Nothing is done in"), empty),
            NumberField("coverage", say("Coverage of the cycle"), unit="%", absolute=0.3),
        ]  # fmt: skip

    def _found(self, p: Any) -> Coverage:
        return coverage({text: item for text, (item, _) in zip(_texts(p), p.actions, strict=True)})

    def solve(self, p: Any) -> Answers:
        found = self._found(p)
        return {
            "phases": _cells([_phase(item) for item, _ in p.actions]),
            "empty": (found.missing_phases or ("none",))[0],
            "coverage": 100 * found.share,
        }

    def second(self, p: Any) -> Answers:
        served: dict[str, set[str]] = {phase: set() for phase in PHASES}
        homes = {item: phase for phase, own in checklist().items() for item in own}
        for item, _ in p.actions:
            served[homes[item]].add(item)
        shares = [Fraction(len(served[phase]), len(checklist()[phase])) for phase in PHASES]
        return {
            "phases": _cells([homes[item] for item, _ in p.actions]),
            "empty": next((phase for phase in PHASES if not served[phase]), "none"),
            "coverage": float(25 * sum(shares)),
        }

    def _moved(self, p: Any, taken: str, *items: str) -> Answers | None:
        """The table of somebody who files some items under another phase."""
        if not any(item in items for item, _ in p.actions):
            return None
        phases = [taken if item in items else _phase(item) for item, _ in p.actions]
        return {"phases": _cells(phases)}

    @misconception(
        "You filed under organise what is only computed or dated. It is settled on paper; nobody "
        "has been given anything yet."
    )
    def organise_too_early(self, p: Any) -> Answers | None:
        return self._moved(p, "organise", "resource plan", "timetable", "key processes")

    @misconception(
        "You filed under plan what already gives people and means their place. Ask whether "
        "somebody gets a task, a machine or a power by it."
    )
    def plan_too_long(self, p: Any) -> Answers | None:
        return self._moved(p, "plan", "allocation", "duties and authority", "structure")

    @misconception(
        "You filed under control what is done for one customer. Control looks at the service as a "
        "whole, by figures."
    )
    def control_of_one(self, p: Any) -> Answers | None:
        return self._moved(p, "control", "customer care", "confirming needs")

    @misconception(
        "You filed under control what is only settled for the future. A goal is a number, too; "
        "control begins when something has been measured."
    )
    def control_too_early(self, p: Any) -> Answers | None:
        return self._moved(p, "control", "goals", "resource plan")

    @misconception(
        "You filed under implement what is done because of the figures, or to get them. No "
        "customer is served by it today."
    )
    def control_for_implement(self, p: Any) -> Answers | None:
        return self._moved(
            p, "implement", "monitoring", "correction", "collecting and analysing data"
        )

    @misconception(
        "You divided the items served by all fourteen. Then plan counts more than the others; "
        "the mean of the four phases counts all alike."
    )
    def of_fourteen(self, p: Any) -> Answers | None:
        wrong = 100 * len({item for item, _ in p.actions}) / 14
        return {"coverage": wrong} if abs(wrong - self.solve(p)["coverage"]) > 2 else None

    @misconception(
        "You counted an item with two actions twice. A second action for the same item covers "
        "nothing new."
    )
    def counted_twice(self, p: Any) -> Answers:
        return {"coverage": 25 * _sum(p, twice=True)}

    @misconception(
        "You left the empty phase out of the mean. A phase in which nothing is done counts with 0."
    )
    def empty_left_out(self, p: Any) -> Answers | None:
        return {"coverage": 100 * _sum(p, twice=False) / 3} if p.empty != "none" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Ask of each action: on paper (plan), a task for somebody (organise), with a "
                "customer (implement), or by what was measured on the service (control)?"
            ),
            say("Then write beside each action which item of the table it serves."),
            say("Phase by phase: items with an action, divided by the items of the phase."),
            say("Add the four shares and divide by {n}, also if one of them is 0.", n=4),
        ]

    def solution(self, p: Any) -> str:
        found, right = self._found(p), self.solve(p)
        filed = [
            [text, _phase(item), item] for text, (item, _) in zip(_texts(p), p.actions, strict=True)
        ]
        rows: list[list[Quantity | str | int]] = [
            [one.phase, say("{a} of {b}", a=len(one.covered), b=len(checklist()[one.phase])),
             percent(one.share), "; ".join(one.missing) or say("nothing")]
            for one in found.phases
        ]  # fmt: skip
        lacks = (
            say("Each phase has an action.")
            if right["empty"] == "none"
            else say("Nothing is done under {phase}.", phase=right["empty"])
        )
        return page(
            table([say("action"), say("phase"), say("item")], filed),
            table([say("phase"), say("items"), say("coverage"), say("still missing")], rows),
            say("{lacks} Coverage of the cycle: **{share}**.",
                lacks=lacks, share=percent(right["coverage"] / 100)),
            say(
                "The number only says how much of the list is touched. It does not say how well "
                "an item is done, nor which item is the most urgent."
            ),
        )  # fmt: skip


def _phase(item: str) -> str:
    return next(phase for phase, own in checklist().items() if item in own)


def _texts(p: Any) -> list[str]:
    return [ACTIONS[item][n] for item, n in p.actions]


def _cells(phases: list[str]) -> Answers:
    return {f"a{n}": {"phase": phase} for n, phase in enumerate(phases)}


def _sum(p: Any, *, twice: bool) -> float:
    """The shares of the four phases added, where actions or items are counted."""
    items = [item for item, _ in p.actions]
    kept = items if twice else list(dict.fromkeys(items))
    return float(
        sum(Fraction(sum(item in own for item in kept), len(own)) for own in checklist().values())
    )
