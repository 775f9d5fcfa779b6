"""A chapter of made-up exercises, so that the machinery is tested apart from the course's own."""

from __future__ import annotations

import math
import sys
import types
from statistics import fmean
from typing import Any

import pytest

from svclab.practice import (
    ChoiceField,
    ChoicesField,
    CodeField,
    Draw,
    Exercise,
    IntegerField,
    NumberField,
    OrderField,
    PlanField,
    PlanScore,
    TableField,
    misconception,
)


class Texts(Exercise):
    """What all of them have in common."""

    objective = 1
    level = "easy"

    def question(self, p: Any) -> str:
        return "What is **asked**?"

    def hints(self, p: Any) -> list[str]:
        return ["Look again.", "Look *closely*."]

    def solution(self, p: Any) -> str:
        return "It is worked out here."


class Desk(Texts):
    title = "Two numbers of a desk"
    version = 2

    def deal(self, draw: Draw) -> dict[str, Any]:
        return {"seconds": draw.integers(4, 20, 90, 5, distinct=True)}

    def fields(self, p: Any) -> list[Any]:
        return [
            NumberField("capacity", "Capacity", unit="per hour"),
            NumberField("work", "Work content", unit="min", relative=0, absolute=0.005),
        ]

    def solve(self, p: Any) -> dict[str, Any]:
        return {"capacity": 3600 / max(p.seconds), "work": math.fsum(p.seconds) / 60}

    @misconception("You took the mean of the capacities.")
    def mean(self, p: Any) -> dict[str, Any]:
        return {"capacity": fmean(3600 / s for s in p.seconds)}

    @misconception("You took the fastest place.")
    def fastest(self, p: Any) -> dict[str, Any]:
        return {"capacity": 3600 / min(p.seconds)}

    @misconception("You read the smallest number of the table.")
    def smallest(self, p: Any) -> dict[str, Any]:
        return {"capacity": 3600 / min(p.seconds)}

    @misconception("You left the seconds as they are.")
    def in_seconds(self, p: Any) -> dict[str, Any]:
        return {"capacity": 1.0 / max(p.seconds), "work": math.fsum(p.seconds)}


class Desk1(Desk):
    """The version that was dealt last year."""

    version = 1

    def deal(self, draw: Draw) -> dict[str, Any]:
        return {"seconds": draw.integers(3, 30, 90, 10, distinct=True)}


class Kinds(Texts):
    title = "One of each kind"

    def deal(self, draw: Draw) -> dict[str, Any]:
        return {"people": draw.integer(2, 9), "order": draw.shuffled(["a", "b", "c"])}

    def fields(self, p: Any) -> list[Any]:
        names = {"a": "Ask", "b": "Begin", "c": "Close"}
        morning = {"am": "Morning", "pm": "Evening"}
        return [
            IntegerField("people", "People", unit="people"),
            ChoiceField("first", "First", names),
            ChoicesField("true", "True", names),
            OrderField("order", "Order", names),
            TableField("staff", "Staff", morning, [IntegerField("n", "People")]),
            PlanField("plan", "Plan", morning, [IntegerField("n", "People")], good=0.9),
        ]

    def solve(self, p: Any) -> dict[str, Any]:
        staff = {"am": {"n": p.people}, "pm": {"n": 1}}
        return {
            "people": p.people, "first": p.order[0], "true": p.order[:2], "order": p.order,
            "staff": staff, "plan": {"am": {"n": 5}, "pm": {"n": 5}},
        }  # fmt: skip

    @misconception("You ticked everything that sounds well.")
    def takes_all(self, p: Any) -> dict[str, Any]:
        return {"true": ["a", "b", "c"]}

    def score(self, p: Any, name: str, plan: Any) -> PlanScore:
        total = plan["am"]["n"] + plan["pm"]["n"]
        if total > 10:
            return PlanScore(False, why="there are ten people.")
        return PlanScore(True, value=total, best=10, unit="people")


class Own(Texts):
    title = "A function of one's own"

    def deal(self, draw: Draw) -> dict[str, Any]:
        return {"lists": [draw.integers(4, 1, 60) for _ in range(3)]}

    def fields(self, p: Any) -> list[Any]:
        return [CodeField("slowest", "Your function", signature="def slowest(seconds):")]

    def cases(self, p: Any) -> list[tuple[Any, ...]]:
        return [(one,) for one in p.lists]

    def solve(self, p: Any) -> dict[str, Any]:
        return {"slowest": [max(one) for one in p.lists]}

    @misconception("Your function gives the smallest number.")
    def smallest(self, p: Any) -> dict[str, Any]:
        return {"slowest": [min(one) for one in p.lists]}


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """The package ``svclab.madeup`` with these exercises."""
    package, module = types.ModuleType("svclab.madeup"), types.ModuleType("svclab.madeup.exercises")
    package.__path__ = []
    for kind in (Desk, Desk1, Kinds, Own):
        monkeypatch.setattr(kind, "__module__", "svclab.madeup.exercises")
    module.OBJECTIVES = {1: "find the slowest place"}  # type: ignore[attr-defined]
    module.desk, module.kinds, module.own = Desk(), Kinds(), Own()  # type: ignore[attr-defined]
    module.older = (Desk1(),)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "svclab.madeup", package)
    monkeypatch.setitem(sys.modules, "svclab.madeup.exercises", module)
    return module
