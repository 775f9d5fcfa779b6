"""A function of one's own that builds the model of a staff cover from a text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any

from svclab.decisions.exercises.own_models import ModelField, outlined
from svclab.decisions.exercises.small_models import Row, SmallModel
from svclab.practice import Draw, Exercise, Field, misconception
from svclab.practice.wording import Answers, bullets, page
from svclab.words import money, number, say

__all__ = ["BuildCover"]

#: Names of the three shifts and of the times of a day, for the three cases. All invented.
SHIFTS = (("early", "late", "split"), ("red", "blue", "green"), ("Chen_team", "Li_team", "helpers"))
TIMES = (
    ("morning", "noon", "evening"),
    ("opening", "lunch", "dinner"),
    ("visits", "calls", "reports"),
)
#: A time in which only one of the shifts works, or all of them; not in the first case.
MORE = (("", ""), ("cleaning", "one"), ("meeting", "all"))
FACTORS = ((1, 0, 1), (1, 1, 0), (0, 1, 1))  # who works at the first, second, third time

EXAMPLE = """\
need = {"day": 3, "night": 2}
shifts = {"long": ["day", "night"], "short": ["day"]}
pay = {"long": 300, "short": 120}

svclab.linear.solve(cover(need, shifts, pay, 9)).objective   # 720: 2 long, 1 short
svclab.linear.solve(cover(need, shifts, pay, 1)).status      # "infeasible"
"""

ANSWER = """\
import pulp

def cover(need, shifts, pay, most):
    problem = pulp.LpProblem("cover", pulp.LpMinimize)
    people = {s: problem.add_variable(s, 0, most, cat="Integer") for s in shifts}
    problem += pulp.lpSum(pay[s] * people[s] for s in shifts)
    for time in need:
        there = [people[s] for s in shifts if time in shifts[s]]
        problem += pulp.lpSum(there) >= need[time], "need_" + time
    return problem
"""


class BuildCover(Exercise):
    """A function that gives the PuLP problem of a staff cover."""

    title = "Your own model: shifts for a day"
    objective = 6
    core = False
    level = "demanding"
    points = 3
    minutes = 25

    def deal(self, draw: Draw) -> Answers:
        return {"cases": [self._case(draw, n) for n in range(len(SHIFTS))]}

    def _case(self, draw: Draw, n: int) -> list[Any]:
        """Three times with two shifts each.

        The first: an odd sum of needs, so that parts of people would be cheaper. The second: one
        small need, so that one shift would have many people, and the limit matters. The third:
        an even sum, so that a plan has exactly as many as are needed.
        """
        times, (more, kind) = TIMES[n], MORE[n]
        tight = n == 1
        first, second = draw.integer(5, 9), draw.integer(5, 9)
        most = 3 if tight else 2 * min(first, second) - 3
        third = abs(first - second) + draw.integer(1, most)
        third += int(not tight and (first + second + third + n // 2) % 2 == 0)
        base = draw.integer(150, 210, 10)
        pays = [base, base + draw.integer(5, 30, 5), base + draw.integer(40, 120, 5)]
        needs = dict(zip(times, (first, second, third), strict=True))
        who = {time: [f for f, on in enumerate(FACTORS[k]) if on] for k, time in enumerate(times)}
        if more:
            needs[more] = draw.integer(2, 3) if kind == "one" else (first + second + third) // 2
            who[more] = [1] if kind == "one" else [0, 1, 2]
        names = draw.shuffled(SHIFTS[n])
        order = draw.shuffled(list(needs))
        case = [
            {time: needs[time] for time in order},
            {name: [t for t in order if f in who[t]] for f, name in enumerate(names)},
            dict(zip(names, pays, strict=True)),
            0,
        ]
        free = _best(_model(_key(case), capped=False))
        assert free is not None
        case[3] = max(free[1]) + (-1 if tight else draw.integer(1, 3))
        return case

    def sound(self, p: Any) -> bool:
        # There is a plan; whole people, and the limit, change the smallest pay in some case.
        right = _outlines(p)
        if any(one["optimum"] is None for one in right):
            return False
        wrong = (_outlines(p, whole=False), _outlines(p, capped=False))
        return all(
            any(a["optimum"] != b["optimum"] for a, b in zip(one, right, strict=True))
            for one in wrong
        )

    def question(self, p: Any) -> str:
        return page(
            say(
                "A service (invented) needs people at some times of the day, and its people work "
                "in shifts (covering model, 覆盖模型). Write a function that gives the model as a "
                "PuLP problem, for any such service:"
            ),
            "```python\ndef cover(need, shifts, pay, most):\n    ...\n    return problem\n```",
            bullets(
                [
                    say("`need`: for each time, how many people must be there at the least"),
                    say("`shifts`: for each shift, the list of the times at which its people work"),
                    say("`pay`: for each shift, what one person costs, in yuan"),
                    say("`most`: how many people can work **each** shift at the most"),
                ]
            ),
            say(
                "The pay of all should be as low as possible. People are whole. There is one "
                "variable for each shift: how many people work it. **Name it exactly as the "
                "shift**; other variables are not needed, and not forbidden. An example:"
            ),
            "```python\n" + EXAMPLE + "```",
            say(
                "Write the function in a cell of your own. Then check it with "
                "`exercises.build_cover.check(cover)`. It is tried on three services with your "
                "own numbers. Not its text is compared, but what it says: the smallest pay, and "
                "which plans it allows. This is the second service:"
            ),
            "```python\n" + _written(p.cases[1]) + "```",
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            ModelField(
                "cover",
                say("Your function"),
                "def cover(need, shifts, pay, most):",
                plans=[_plans(key) for key in _keys(p)],
            )
        ]

    def cases(self, p: Any) -> list[tuple[Any, ...]]:
        return [tuple(case) for case in p.cases]

    def solve(self, p: Any) -> Answers:
        return {"cover": _outlines(p)}

    def second(self, p: Any) -> Answers:
        # All plans with so many people, one after the other.
        found = []
        for (need, shifts, pay, most), key in zip(p.cases, _keys(p), strict=True):
            plans = [
                dict(zip(shifts, people, strict=True))
                for people in product(range(most + 1), repeat=len(shifts))
            ]
            best = min(_pay(pay, plan) for plan in plans if _covers(need, shifts, plan))
            tried = [
                float(_pay(pay, plan)) if plan in plans and _covers(need, shifts, plan) else None
                for plan in _plans(key)
            ]
            found.append(outlined("min", float(best), tried))
        return {"cover": found}

    @misconception(
        'Your model allows parts of people. Declare the variables as whole numbers: cat="Integer".'
    )
    def parts_of_people(self, p: Any) -> Answers:
        return {"cover": _outlines(p, whole=False)}

    @misconception(
        "Your model takes no notice of how many people a shift can have. Give each variable an "
        "upper bound, or a constraint of its own."
    )
    def limit_forgotten(self, p: Any) -> Answers:
        return {"cover": _outlines(p, capped=False)}

    @misconception(
        "Your model has room for too few people. The limit is for each shift alone, not for all "
        "together, and a variable counts people: it may be more than 1."
    )
    def too_narrow(self, p: Any) -> Answers:
        return {"cover": _outlines(p, together=True)}

    @misconception(
        "Your model wants exactly as many people as are needed at each time. More than enough is "
        "allowed, and often cannot be avoided."
    )
    def exactly(self, p: Any) -> Answers:
        return {"cover": _outlines(p, exact=True)}

    @misconception(
        "Your model makes the number of people as small as possible. The question asks for the "
        "smallest pay: multiply each variable by its pay."
    )
    def people_counted(self, p: Any) -> Answers:
        return {"cover": _outlines(p, counted=True)}

    @misconception(
        "Your model looks for the largest pay. Choose LpMinimize when you make the problem."
    )
    def largest(self, p: Any) -> Answers:
        return {"cover": _outlines(p, largest=True)}

    @misconception(
        "Your model lets all people count at every time. At a time only those are there whose "
        "shift has this time in its list."
    )
    def always_there(self, p: Any) -> Answers:
        return {"cover": _outlines(p, always=True)}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Four steps: the problem with its sense, a variable for each shift, the objective, "
                "the constraints. Begin with "
                '`problem = pulp.LpProblem("cover", pulp.LpMinimize)`.'
            ),
            say(
                "The variables fit into a dictionary from shift to variable. "
                '`problem.add_variable(name, 0, cat="Integer")` makes a whole one from 0 up.'
            ),
            say(
                "The objective is `pulp.lpSum(...)` over all shifts of pay times variable. For "
                "each time one constraint: the sum of those shifts that have it in their list, "
                "`if time in shifts[s]`, is at least the need."
            ),
            say(
                "One thing is still missing: `most`. It can be the upper bound of each variable. "
                "To look at your model, `print(problem)`; to try it, "
                "`svclab.linear.solve(problem)`."
            ),
        ]

    def solution(self, p: Any) -> str:
        lines = []
        for n, key in enumerate(_keys(p), 1):
            pay, plans = _best(_model(key)) or (0, ())
            plan = ", ".join(
                say("{name} = {k}", name=name, k=number(k))
                for name, k in zip(key[1], plans, strict=True)
            )
            lines.append(
                say("service {n}: {pay} with {plan}", n=n, pay=money(pay, "yuan"), plan=plan)
            )
        return page(
            "```python\n" + ANSWER + "```",
            say("For your three services the smallest pay is:"),
            bullets(lines),
            say(
                "This is the model of set covering (集合覆盖), too: there each “shift” is a site, "
                "and each “time” a place that must be reached."
            ),
        )


#: A case in tuples: needs, names of the shifts, who works at each time (0 or 1), pays, most.
Key = tuple[tuple[int, ...], tuple[str, ...], tuple[tuple[int, ...], ...], tuple[int, ...], int]


def _key(case: Sequence[Any]) -> Key:
    need, shifts, pay, most = case
    return (
        tuple(need.values()),
        tuple(shifts),
        tuple(tuple(int(t in times) for times in shifts.values()) for t in need),
        tuple(pay[name] for name in shifts),
        most,
    )


def _keys(p: Any) -> list[Key]:
    return [_key(case) for case in p.cases]


def _written(case: Any) -> str:
    """A case as Python code."""
    names = ("need", "shifts", "pay", "most")
    return "".join(
        name + " = " + json.dumps(value) + "\n" for name, value in zip(names, case, strict=True)
    )


@lru_cache(maxsize=4096)
def _model(
    key: Key,
    *,
    capped: bool = True,
    together: bool = False,
    exact: bool = False,
    counted: bool = False,
    largest: bool = False,
    always: bool = False,
) -> SmallModel:
    """The model of a case, or a wrong one, as factors · x <= right."""
    needs, _, there, pays, most = key
    rows: list[Row] = []
    for need, marks in zip(needs, there, strict=True):
        row = (1, 1, 1) if always else marks
        rows.append((tuple(-m for m in row), -need))
        if exact:
            rows.append((row, need))
    # Nobody gains by more than the largest need in a shift, and the region must have an end.
    bound = most if capped and not together else max(needs)
    rows += [(tuple(int(j == k) for j in range(3)), bound) for k in range(3)]
    if together:
        rows.append(((1, 1, 1), most))
    return SmallModel((1, 1, 1) if counted else pays, tuple(rows), (0, 0, 0), maximise=largest)


def _best(model: SmallModel) -> tuple[int, tuple[int, ...]] | None:
    """The best value in whole people, and the first plan that has it; None if there is none."""
    found = model.best_whole()
    return found and (found[0], found[1][0])


@lru_cache(maxsize=4096)
def _outline(key: Key, whole: bool, wrong: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    model = _model(key, **dict(wrong))
    values: list[float | None] = []
    for plan in _plans(key):
        people = tuple(plan.values())
        parts = whole and any(n % 1 for n in people)
        value = None if parts else model.value(people)
        values.append(None if value is None else float(value))
    found = _best(model) if whole else model.best_corners()
    sense = "max" if model.maximise else "min"
    if found is None:
        return outlined(sense, None, values, "infeasible")
    return outlined(sense, float(found[0]), values)


def _outlines(p: Any, *, whole: bool = True, **wrong: Any) -> list[dict[str, Any]]:
    """What a model says in each case: the right one, or a wrong one."""
    return [_outline(key, whole, tuple(wrong.items())) for key in _keys(p)]


@lru_cache(maxsize=4096)
def _plans(key: Key) -> tuple[dict[str, float], ...]:
    """Plans that tell the mistakes: allowed, too few, too many in a shift, parts of people."""
    _, names, there, _, most = key
    found = _best(_model(key))
    if found is None:
        return ()
    best = found[1]
    free = (_best(_model(key, capped=False)) or found)[1]
    corner = _model(key).best_corners()[1][0]
    fewer = tuple(n - (k == best.index(max(best))) for k, n in enumerate(best))
    # As many as can be, but nobody at the first of the times.
    idle = tuple(0 if m else most for m in there[0])
    tried = [best, (most,) * 3, fewer, free, idle, corner, (0, 0, 0)]
    once = dict.fromkeys(tuple(float(n) for n in plan) for plan in tried)
    return tuple(dict(zip(names, plan, strict=True)) for plan in once)


def _pay(pay: Mapping[str, int], plan: Mapping[str, float]) -> float:
    return sum(pay[name] * n for name, n in plan.items())


def _covers(
    need: Mapping[str, int], shifts: Mapping[str, Sequence[str]], plan: Mapping[str, float]
) -> bool:
    return all(
        sum(n for name, n in plan.items() if time in shifts[name]) >= least
        for time, least in need.items()
    )
