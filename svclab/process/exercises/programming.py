"""A Python function of one's own, tried on one's own inputs."""

from __future__ import annotations

import json
from fractions import Fraction
from statistics import fmean
from typing import Any

from svclab.practice import CodeField, Draw, Exercise, Field, misconception
from svclab.practice.wording import Answers, bullets, page
from svclab.process.analysis import analyse
from svclab.process.model import HOUR, Activity, Process, Resource
from svclab.words import number, per_hour, say, seconds

__all__ = ["OwnCapacity"]

ACTIVITIES = ("register", "examine", "take blood", "vaccinate", "file", "explain")
PEOPLE = ("Chen", "Li", "Wang", "Zhao")

EXAMPLE = """\
seconds = {"check": 15, "stamp": 45, "pay": 30}
who = {"check": "Chen", "stamp": "Li", "pay": "Chen"}
workers = {"Chen": 1, "Li": 1}

capacity(seconds, who, workers)   # 80.0
"""


class OwnCapacity(Exercise):
    """A function that gives the capacity of any process with shared people."""

    title = "Your own capacity function"
    objective = 1
    level = "demanding"
    core = False
    points = 2
    minutes = 20

    def deal(self, draw: Draw) -> Answers:
        return {"cases": [self._case(draw, n) for n in range(4)]}

    def _case(self, draw: Draw, number: int) -> list[dict[str, Any]]:
        """A line, a shared person, a group with several people, somebody without work."""
        names = draw.sample(ACTIVITIES, 4)
        people = draw.sample(PEOPLE, 4)
        doing = people if number == 0 else [people[0], people[1], people[0], people[2]]
        workers = dict.fromkeys(doing, 1)
        if number >= 2:
            workers[people[0]] = 2
        if number == 3:
            workers[people[3]] = 1
        times = draw.integers(4, 20, 90, 5, distinct=True)
        return [
            dict(zip(names, times, strict=True)),
            dict(zip(names, doing, strict=True)),
            workers,
        ]

    def sound(self, p: Any) -> bool:
        # Shared people and groups must each matter in two cases at least.
        right = self.solve(p)["capacity"]
        ways = (self._each_activity(p), self._one_each(p))
        return all(sum(a != b for a, b in zip(way, right, strict=True)) >= 2 for way in ways)

    def _each_activity(self, p: Any) -> list[float]:
        return [
            min(workers[who[a]] * HOUR / t for a, t in times.items())
            for times, who, workers in p.cases
        ]

    def _one_each(self, p: Any) -> list[float]:
        return [min(HOUR / load for load in _loads(case)) for case in p.cases]

    def question(self, p: Any) -> str:
        return page(
            say(
                "Write a function that computes the capacity, in customers per hour, of any "
                "process in which people do one or more activities:"
            ),
            "```python\ndef capacity(seconds, who, workers):\n    ...\n```",
            bullets(
                [
                    say("`seconds`: for each activity, the seconds of work for one customer"),
                    say("`who`: for each activity, the name of the person or group who does it"),
                    say(
                        "`workers`: for each name, how many people that is; a name may have no "
                        "activity at all"
                    ),
                ]
            ),
            say("All three are dictionaries (字典). An example with its result:"),
            "```python\n" + EXAMPLE + "```",
            say(
                "Write the function in a cell of your own. Then check it with "
                "`exercises.own_capacity.check(capacity)`. It is tried on four processes with your "
                "own numbers. This is the third of them:"
            ),
            "```python\n" + _written(p.cases[2]) + "```",
        )

    def fields(self, p: Any) -> list[Field]:
        return [CodeField("capacity", say("Your function"), "def capacity(seconds, who, workers):")]

    def cases(self, p: Any) -> list[tuple[Any, ...]]:
        return [tuple(case) for case in p.cases]

    def solve(self, p: Any) -> Answers:
        return {"capacity": [_model(*case) for case in p.cases]}

    def second(self, p: Any) -> Answers:
        found = []
        for times, who, workers in p.cases:
            loads = {name: sum(t for a, t in times.items() if who[a] == name) for name in workers}
            rates = [Fraction(3600 * n, loads[name]) for name, n in workers.items() if loads[name]]
            found.append(float(min(rates)))
        return {"capacity": found}

    @misconception(
        "Your function takes each activity alone. Whoever does two activities needs the sum of "
        "their times for a customer."
    )
    def each_activity(self, p: Any) -> Answers:
        return {"capacity": self._each_activity(p)}

    @misconception("Your function takes no notice of how many people a group has.")
    def workers_ignored(self, p: Any) -> Answers:
        return {"capacity": self._one_each(p)}

    @misconception(
        "Your function gives the mean of the capacities. Each customer needs all of the people, "
        "so the smallest capacity counts."
    )
    def mean(self, p: Any) -> Answers:
        return {"capacity": [fmean(_rates(case)) for case in p.cases]}

    @misconception(
        "Your function counts customers per minute. The result should be per hour, and an hour "
        "has sixty minutes."
    )
    def per_minute(self, p: Any) -> Answers:
        return {"capacity": [min(_rates(case)) / 60 for case in p.cases]}

    @misconception(
        "Your function shares all the work among all people. Here each activity belongs to a "
        "person or group."
    )
    def all_together(self, p: Any) -> Answers:
        return {
            "capacity": [
                HOUR * sum(workers.values()) / sum(times.values()) for times, _, workers in p.cases
            ]
        }

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Two steps: first the seconds that each person or group works for one customer, "
                "then the capacity of each person or group. The result is the smallest."
            ),
            say(
                "The first step is a dictionary from names to sums: begin with 0 for each name "
                "in `workers`, and add `seconds[activity]` at `who[activity]`."
            ),
            say(
                "The second step: {hour} times the number of people, divided by the seconds. "
                "Leave out whoever has no work: a division by zero is an error.",
                hour=seconds(HOUR),
            ),
        ]

    def solution(self, p: Any) -> str:
        code = (
            "```python\n"
            "def capacity(seconds, who, workers):\n"
            "    load = {name: 0 for name in workers}\n"
            "    for activity in seconds:\n"
            "        load[who[activity]] += seconds[activity]\n"
            "    rates = [3600 * workers[name] / load[name] for name in load if load[name] > 0]\n"
            "    return min(rates)\n"
            "```"
        )
        results = [per_hour(value) for value in self.solve(p)["capacity"]]
        lines = [
            say("case {n}: {result}", n=number(n, 0), result=result)
            for n, result in enumerate(results, 1)
        ]
        return page(code, say("For your four processes:"), bullets(lines))


def _written(case: Any) -> str:
    """A case as Python code."""
    names = ("seconds", "who", "workers")
    return "".join(
        name + " = " + json.dumps(value) + "\n" for name, value in zip(names, case, strict=True)
    )


def _model(times: dict[str, int], who: dict[str, str], workers: dict[str, int]) -> float:
    """The course's own answer; its model refuses people without an activity."""
    used = tuple(Resource(name, n) for name, n in workers.items() if name in who.values())
    activities = tuple(Activity(a, t, resource=who[a]) for a, t in times.items())
    return analyse(Process("Yours", activities, used)).capacity_per_hour


def _loads(case: Any) -> list[int]:
    times, who, workers = case
    loads = [sum(t for a, t in times.items() if who[a] == name) for name in workers]
    return [load for load in loads if load]


def _rates(case: Any) -> list[float]:
    times, who, workers = case
    loads = {name: sum(t for a, t in times.items() if who[a] == name) for name in workers}
    return [n * HOUR / loads[name] for name, n in workers.items() if loads[name]]
