"""A model of one's own: which repairs a workshop should take."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from svclab.decisions.exercises.own_models import ModelField, outlined
from svclab.decisions.exercises.small_models import Row, SmallModel
from svclab.practice import Draw, Exercise, Field, misconception
from svclab.practice.wording import Answers, bullets, page
from svclab.words import money, say

__all__ = ["BuildMix"]

JOBS = ("phone", "laptop", "printer", "camera", "tablet", "drone")
PEOPLE = ("Chen", "Li", "Wang", "Zhao", "Sun")
CASES = 3

SIGNATURE = "def mix(price, material, minutes, available, promised):"

CODE = """\
import pulp

def mix(price, material, minutes, available, promised):
    problem = pulp.LpProblem("repairs", pulp.LpMaximize)
    jobs = {{
        name: problem.add_variable(name, promised.get(name, 0), cat="Integer")
        for name in price
    }}
    problem += pulp.lpSum((price[name] - material[name]) * jobs[name] for name in jobs)
    for person in available:
        work = pulp.lpSum(minutes[name][person] * jobs[name] for name in jobs)
        problem += work <= available[person], person
    problem += jobs["{more}"] <= 2 * jobs["{less}"], "ratio"
    return problem
"""


class BuildMix(Exercise):
    """A function that gives the PuLP problem of a repair workshop, for any numbers."""

    title = "Your own model of a workshop"
    objective = 6
    level = "demanding"
    points = 2
    minutes = 30

    def deal(self, draw: Draw) -> Answers:
        jobs, people = draw.sample(JOBS, 3), draw.sample(PEOPLE, 2)
        more, less = draw.sample(jobs, 2)
        cases = [_numbers(draw, jobs, people, more, less) for _ in range(CASES)]
        plans = [_plans(_model(case, more, less), draw) for case in cases]
        return {
            "jobs": jobs,
            "people": people,
            "more": more,
            "less": less,
            "cases": cases,
            "plans": [[list(plan) for plan in some] for some in plans],
        }

    def sound(self, p: Any) -> bool:
        # Enough plans to tell all mistakes; the days are chosen one by one.
        return all(len(some) >= 8 for some in p.plans)

    def _models(self, p: Any) -> list[SmallModel]:
        return [_model(case, p.more, p.less) for case in p.cases]

    def question(self, p: Any) -> str:
        return page(
            say(
                "A repair workshop (invented) chooses how many jobs of three kinds to take "
                "today: {jobs}. Write a function that gives the model of this choice as a PuLP "
                "problem (建模, modelling):",
                jobs=", ".join(p.jobs),
            ),
            "```python\n" + SIGNATURE + "\n    ...\n    return problem\n```",
            bullets(
                [
                    say("A job brings its `price` and uses `material`, both in yuan."),
                    say(
                        "It takes {one} and {other} some `minutes` each: "
                        "`minutes[job][person]`. Today they have so many minutes `available`.",
                        one=p.people[0],
                        other=p.people[1],
                    ),
                    say(
                        "Some jobs are `promised`: `promised[job]` jobs of this kind, or more, "
                        "must be taken. A kind that is not in this dictionary (字典) has no "
                        "promise."
                    ),
                    say(
                        "There may be at most twice as many {more} jobs as {less} jobs.",
                        more=p.more,
                        less=p.less,
                    ),
                    say("Jobs are taken whole, or not at all."),
                ]
            ),
            say(
                "The objective is the price less the material of all jobs together, to be made "
                "as large as possible. Call the variables as the jobs are called: `{a}`, `{b}` "
                "and `{c}`. More variables are allowed, and you need not solve the problem.",
                a=p.jobs[0],
                b=p.jobs[1],
                c=p.jobs[2],
            ),
            say(
                "Write the function in a cell of your own. Then check it with "
                "`exercises.build_mix.check(mix)`. It is tried on three days with your own "
                "numbers, and the model counts, not its text: what it makes largest or smallest, "
                "its optimum, and which plans it allows. This is the first day:"
            ),
            "```python\n" + _written(p.cases[0]) + "```",
        )

    def fields(self, p: Any) -> list[Field]:
        plans = [[dict(zip(p.jobs, plan, strict=True)) for plan in some] for some in p.plans]
        return [ModelField("model", say("Your function"), SIGNATURE, plans=plans)]

    def cases(self, p: Any) -> list[tuple[Any, ...]]:
        return [tuple(case.values()) for case in p.cases]

    def solve(self, p: Any) -> Answers:
        return self._outlines(p, lambda model, case: model)

    def _outlines(self, p: Any, change: Callable[[SmallModel, Any], SmallModel]) -> Answers:
        """The outlines of a model in whole jobs, with a change for each case."""
        found = []
        for case, model, plans in zip(p.cases, self._models(p), p.plans, strict=True):
            changed = change(model, case)
            best = changed.best_whole()
            values = [changed.value(plan) if _whole(plan) else None for plan in plans]
            status = "infeasible" if best is None else "optimal"
            sense = "max" if changed.maximise else "min"
            found.append(outlined(sense, best and best[0], values, status))
        return {"model": found}

    def second(self, p: Any) -> Answers:
        # Every plan that a person could do of one kind after the other is tried.
        found = []
        for case, plans in zip(p.cases, p.plans, strict=True):
            most = [min(case["available"][w] // t[w] for w in t) for t in case["minutes"].values()]
            box = product(*(range(n + 1) for n in most))
            values = [v for v in (_worth(p, case, plan) for plan in box) if v is not None]
            tried = [_worth(p, case, plan) for plan in plans]
            found.append(outlined("max", max(values), tried))
        return {"model": found}

    @misconception(
        "Your model allows parts of jobs. Jobs are taken whole: say so where you declare the "
        "variables."
    )
    def in_parts(self, p: Any) -> Answers:
        found = []
        for model, plans in zip(self._models(p), p.plans, strict=True):
            values = [model.value(plan) for plan in plans]
            found.append(outlined("max", float(model.best_corners()[0]), values))
        return {"model": found}

    @misconception(
        "Your model makes the objective as small as possible: PuLP does so if nobody says "
        "otherwise. Say what is to be made largest where you make the problem."
    )
    def smallest(self, p: Any) -> Answers:
        return self._outlines(
            p, lambda model, case: SmallModel(model.cost, model.rows, model.lower, False)
        )

    @misconception(
        "You turned the sign of the objective and made it smallest. The best plan is the same, "
        "but the objective asked for is the earnings themselves, made largest."
    )
    def negative(self, p: Any) -> Answers:
        return self._outlines(
            p,
            lambda model, case: SmallModel(
                tuple(-c for c in model.cost), model.rows, model.lower, False
            ),
        )

    @misconception(
        "Your objective counts the prices only. What is earned is the price less the material."
    )
    def prices_only(self, p: Any) -> Answers:
        return self._outlines(
            p,
            lambda model, case: SmallModel(tuple(case["price"].values()), model.rows, model.lower),
        )

    @misconception("Your model forgets the promise: it allows fewer jobs than were promised.")
    def no_promise(self, p: Any) -> Answers:
        return self._outlines(
            p, lambda model, case: SmallModel(model.cost, model.rows, (0,) * len(model.cost))
        )

    @misconception(
        "Your model takes exactly what was promised. A promise is a least number: more may be "
        "taken."
    )
    def promise_exact(self, p: Any) -> Answers:
        def exact(model: SmallModel, case: Any) -> SmallModel:
            most = [(_unit(p.jobs.index(name)), least) for name, least in case["promised"].items()]
            return SmallModel(model.cost, (*model.rows, *most), model.lower)

        return self._outlines(p, exact)

    @misconception(
        "You turned the ratio round. Try it with numbers: see how many of the first kind your "
        "model allows with one of the second."
    )
    def ratio_turned(self, p: Any) -> Answers:
        return self._outlines(
            p,
            lambda model, case: SmallModel(
                model.cost, (*model.rows[:-1], _ratio(p.jobs, p.less, p.more)), model.lower
            ),
        )

    @misconception(
        "You put the factor on the wrong side of the ratio: now there may be at most half as many, "
        "not twice as many."
    )
    def factor_misplaced(self, p: Any) -> Answers:
        row = tuple(2 if name == p.more else -1 if name == p.less else 0 for name in p.jobs)
        return self._outlines(
            p,
            lambda model, case: SmallModel(model.cost, (*model.rows[:-1], (row, 0)), model.lower),
        )

    @misconception("Your model forgets the ratio of the two kinds: it allows any numbers of them.")
    def no_ratio(self, p: Any) -> Answers:
        return self._outlines(
            p, lambda model, case: SmallModel(model.cost, model.rows[:-1], model.lower)
        )

    @misconception(
        "Your model gives every kind of job all the minutes of a person. The kinds share these "
        "minutes: add up over the kinds first, then write one limit for each person."
    )
    def each_alone(self, p: Any) -> Answers:
        def alone(model: SmallModel, case: Any) -> SmallModel:
            rows = [
                (tuple(f if k == j else 0 for k, f in enumerate(factors)), right)
                for factors, right in model.rows[:-1]
                for j in range(3)
            ]
            return SmallModel(model.cost, (*rows, model.rows[-1]), model.lower)

        return self._outlines(p, alone)

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Begin with `problem = pulp.LpProblem(...)` and say there that the objective is "
                "made largest. One variable for each kind of job: from zero, and whole."
            ),
            say(
                "The objective is one sum over the kinds, added with `problem += ...` and without "
                "a comparison. `pulp.lpSum` adds up."
            ),
            say(
                "Each person gives one constraint: the sum over the kinds of minutes × number of "
                "jobs is at most what is available. Each promise gives one, or a lower bound."
            ),
            say(
                "For the ratio put numbers in: with one {less} job, two {more} jobs are allowed, "
                "three are not. Which side of the comparison gets the factor?",
                less=p.less,
                more=p.more,
            ),
        ]

    def solution(self, p: Any) -> str:
        code = "```python\n" + CODE.format(more=p.more, less=p.less) + "```"
        lines = []
        for n, model in enumerate(self._models(p), 1):
            best = model.best_whole()
            if best is None:  # sound() refuses it
                continue
            plan = ", ".join(
                say("{n} {job}", n=x, job=job) for x, job in zip(best[1][0], p.jobs, strict=True)
            )
            lines.append(
                say("day {n}: {plan}: {value}", n=n, plan=plan, value=money(best[0], "yuan", 0))
            )
        parts = self._models(p)[0].best_corners()[0]
        return page(
            code,
            say("The best plans of your three days:"),
            bullets(lines),
            say(
                "Without whole jobs the first day would seem to bring {parts}. No workshop can "
                "earn that.",
                parts=money(float(parts), "yuan", 2),
            ),
        )


def _numbers(
    draw: Draw, jobs: Sequence[str], people: Sequence[str], more: str, less: str
) -> dict[str, Any]:
    """The tables of one day on which there is much to choose, and halves would pay."""
    while True:
        material = {name: draw.integer(20, 120, 10) for name in jobs}
        case = {
            "price": {name: material[name] + draw.integer(40, 200, 10) for name in jobs},
            "material": material,
            "minutes": {
                name: {person: draw.integer(20, 70, 5) for person in people} for name in jobs
            },
            "available": {person: draw.integer(210, 330, 10) for person in people},
            "promised": {draw.choice(jobs): draw.integer(1, 2)},
        }
        model = _model(case, more, less)
        whole = model.best_whole() or (0, [])
        wide = len(model.whole_plans()) >= 12
        if wide and model.best_corners()[0] != whole[0]:
            return case


def _model(case: Any, more: str, less: str) -> SmallModel:
    """The right model, but for whole jobs; the ratio is the last row."""
    jobs = list(case["price"])
    cost = tuple(case["price"][name] - case["material"][name] for name in jobs)
    rows = [
        (tuple(case["minutes"][name][person] for name in jobs), there)
        for person, there in case["available"].items()
    ]
    lower = tuple(case["promised"].get(name, 0) for name in jobs)
    return SmallModel(cost, (*rows, _ratio(jobs, more, less)), lower)


def _ratio(jobs: Sequence[str], more: str, less: str) -> Row:
    """At most twice as many of one kind as of another."""
    return tuple(1 if name == more else -2 if name == less else 0 for name in jobs), 0


def _unit(j: int) -> tuple[int, ...]:
    return tuple(int(k == j) for k in range(3))


def _whole(plan: Sequence[float]) -> bool:
    return all(x == int(x) for x in plan)


def _plans(model: SmallModel, draw: Draw) -> list[tuple[float, ...]]:
    """Plans that tell mistakes: allowed ones, and ones that break one limit each."""
    best = model.best_whole()
    if best is None:
        return []
    allowed = model.whole_plans()
    found: list[tuple[float, ...]] = [best[1][0], draw.choice(allowed), draw.choice(allowed)]
    # Each limit is broken by a plan that keeps all others; -1 breaks a bound of zero.
    alone: dict[int, list[tuple[int, ...]]] = {}
    for plan in product(range(-1, 6), repeat=3):
        broken = _broken_alone(model, plan)
        if broken is not None:
            alone.setdefault(broken, []).append(plan)
    found += [draw.choice(alone[limit]) for limit in sorted(alone)]
    between = [(x + 0.5, y, z) for x, y, z in allowed if model.value((x + 0.5, y, z)) is not None]
    if between:
        found.append(draw.choice(between))
    return list(dict.fromkeys(found))


def _broken_alone(model: SmallModel, plan: Sequence[int]) -> int | None:
    """The one limit that a plan breaks; None if it keeps all, or breaks more than one."""
    x, y, z = plan
    found = None
    # Written out: it is done for hundreds of plans of each variant.
    for k, ((a, b, c), right) in enumerate(model.limits):
        if a * x + b * y + c * z > right:
            if found is not None:
                return None
            found = k
    return found


def _worth(p: Any, case: Any, plan: Sequence[float]) -> float | None:
    """What a plan earns by the words of the question; None if it breaks one of them."""
    jobs = dict(zip(p.jobs, plan, strict=True))
    if any(x < 0 or x % 1 for x in plan) or jobs[p.more] > 2 * jobs[p.less]:
        return None
    if any(jobs[name] < least for name, least in case["promised"].items()):
        return None
    for person, there in case["available"].items():
        if sum(case["minutes"][name][person] * n for name, n in jobs.items()) > there:
            return None
    return sum((case["price"][name] - case["material"][name]) * n for name, n in jobs.items())


def _written(case: Any) -> str:
    """A day's tables as Python code."""
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in case.items())
