"""No optimum: limits that contradict each other, and a model that lacks a limit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from svclab.decisions.exercises.endless import Endless
from svclab.decisions.exercises.halfplanes import Half, can_be_kept, corners
from svclab.linear.exact import formula
from svclab.practice import ChoicesField, Draw, Field, IntegerField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page
from svclab.words import number, say

if TYPE_CHECKING:
    import pulp

__all__ = ["NoPlan"]

#: Who plans what: situation, the two things (x and y), and who works for them. All invented.
PLACES = {
    "clinic": (
        "A check-up centre (体检中心, invented) plans a week of basic and of full check-ups",
        ("basic check-ups", "full check-ups"),
        ("nurses", "doctors"),
    ),
    "school": (
        "A driving school (驾校, invented) plans a week of theory lessons and driving lessons",
        ("theory lessons", "driving lessons"),
        ("teachers", "instructors"),
    ),
    "repair": (
        "A repair service (维修服务, invented) plans a week of jobs in its shop and of visits",
        ("shop jobs", "visits"),
        ("mechanics", "drivers"),
    ),
    "events": (
        "A catering service (餐饮服务, invented) plans a month of small and of large parties",
        ("small parties", "large parties"),
        ("cooks", "waiters"),
    ),
}
KEYS = ("one", "two", "money", "few", "cap", "contract")


@dataclass(frozen=True)
class ConflictField(ChoicesField):
    """Ticks that should be a smallest conflict; a wrong set is known by what is true of it.

    A wrong set can be kept together, or it is a conflict and not a smallest one: two sets of the
    same kind come from the same thought.
    """

    halves: Mapping[str, Half] = field(default_factory=dict)

    def can_be_kept(self, ticked: Iterable[str]) -> bool:
        """Whether a plan keeps all these limits."""
        return can_be_kept(self.halves[name] for name in ticked)

    def same(self, given: list[str], value: list[str]) -> bool:
        return self.can_be_kept(given) == self.can_be_kept(value)

    def leans(self, given: list[str], value: list[str], right: Any) -> bool:
        return False  # each wrong set is known already


class NoPlan(Endless):
    """A smallest conflict, the contract that could be kept, and what an unbounded model lacks."""

    title = "Why is there no best plan?"
    objective = 6
    level = "medium"
    points = 2
    minutes = 18

    def deal(self, draw: Draw) -> Answers:
        one = [draw.integer(3, 6), draw.integer(1, 3)]
        two = [draw.integer(1, 3), draw.integer(3, 7)]
        price = [draw.integer(2, 5) * 10, draw.integer(3, 8) * 10]
        x, y = draw.integer(14, 30), draw.integer(14, 30)

        def near(row: list[int], low: int, high: int) -> int:
            return (row[0] * x + row[1] * y) * draw.integer(low, high) // 100

        return {
            "place": draw.choice(list(PLACES)),
            "one": [*one, near(one, 95, 135)],  # hours for each x and y, hours there
            "two": [*two, near(two, 95, 135)],
            "money": [*price, near(price, 95, 140) // 10 * 10],
            "few": y * draw.integer(40, 130) // 100,  # y at least
            "cap": x * draw.integer(80, 180) // 100,  # x at most
            "gap": draw.integer(2, 6),  # what the contract asks for too much
            "endless": self.deal_endless(draw),
        }

    def sound(self, p: Any) -> bool:
        # One conflict of three limits, and whole plans reach what the linear program says.
        most = _most(p)
        if most is None or most < 15 or _whole_most(p) != math.floor(most):
            return False
        sizes = [len(one) for one in _conflicts(_halves(p, _contract(p)))]
        return sizes == [3] and apart(self, p)

    def question(self, p: Any) -> str:
        where, names, _ = PLACES[p.place]
        return page(
            say(
                "{where}: x {a} and y {b}. The solver says *infeasible* (不可行): no plan keeps "
                "all of these limits.",
                where=where,
                a=names[0],
                b=names[1],
            ),
            bullets(
                say("*{key}*: {text}", key=_names(p)[key], text=text)
                for key, text in _texts(p).items()
            ),
            say(
                "Neither x nor y can be below 0.\n\n"
                "1. Which limits contradict each other? Tick a **smallest** set: together they "
                "cannot be kept, and as soon as any one of them is left out, the others can.\n"
                "2. All other limits stay. For how many {a} and {b} together could the contract "
                "ask at most, so that there is a plan in whole numbers?",
                a=names[0],
                b=names[1],
            ),
            self.endless_question(p, 3),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            ConflictField(
                "conflict", say("Limits in conflict"), _names(p), halves=_halves(p, _contract(p))
            ),
            IntegerField("most", say("The contract can ask for at most")),
            *self.endless_fields(p),
        ]

    def solve(self, p: Any) -> Answers:
        conflict = _conflicts(_halves(p, _contract(p)))[0]
        most = math.floor(_most(p) or 0)
        return {"conflict": list(conflict), "most": most, **self.endless_solution(p)}

    def second(self, p: Any) -> Answers:
        # The chapter's own search for a smallest conflict; the contract by trying all whole plans.
        from svclab.linear import conflict

        found = conflict(no_plan_problem(p))
        assert found is not None
        return {
            "conflict": [key for key in KEYS if key in found.constraints],
            "most": _whole_most(p),
            **self.endless_second(p),
        }

    @misconception(
        "What you ticked is in conflict, but it is not a smallest set: one of the limits can be "
        "left out, and the others still cannot be kept together. Leave out one after the other, "
        "and see whether there is a plan then. If not, it is not needed."
    )
    def not_smallest(self, p: Any) -> Answers:
        return {"conflict": list(KEYS)}

    @misconception(
        "What you ticked can be kept together: there is a plan that keeps all of it. So there is "
        "no conflict yet; a limit that you left out takes part in it."
    )
    def kept_together(self, p: Any) -> Answers:
        conflict = self.solve(p)["conflict"]
        tight = min((key for key in conflict if key != "contract"), key=lambda k: _alone(p, k))
        return {"conflict": [key for key in KEYS if key in (tight, "contract")]}

    @misconception(
        "You let one limit alone decide, with only the kind that needs less of it. The other "
        "limits do not allow this plan."
    )
    def one_limit(self, p: Any) -> Answers | None:
        most = min(_alone(p, key) for key in ("one", "two", "money"))
        found = math.floor(most)
        return {"most": found} if found != self.solve(p)["most"] else None

    @misconception(
        "You rounded up. A part more than the whole plan allows breaks a limit: round down."
    )
    def rounded_up(self, p: Any) -> Answers | None:
        most = _most(p) or Fraction(0)
        return {"most": math.ceil(most)} if most.denominator > 1 else None

    @misconception("This is what the contract asks for now. With this number there is no plan.")
    def as_it_is(self, p: Any) -> Answers:
        return {"most": _contract(p)}

    @misconception(
        "This is the number by which the contract asks too much. The question is for how many it "
        "could ask."
    )
    def difference(self, p: Any) -> Answers:
        return {"most": p.gap}

    def hints(self, p: Any) -> list[str]:
        conflict = self.solve(p)["conflict"]
        other = next(key for key in KEYS if key not in conflict)
        return [
            say(
                "Draw the lines of the limits with x to the right and y upwards, and look on which "
                "side of each the plans lie. Or leave out one limit after the other in the model, "
                "and solve: what still gives *infeasible* was not needed."
            ),
            say(
                "The limit *{name}* is not in the conflict: without it there is no plan either. "
                "And if the contract is left out, there are plans.",
                name=_names(p)[other],
            ),
            say(
                "For the second question make x + y as large as possible under the other five "
                "limits. The best corner is where two lines meet: those of the conflict, without "
                "the contract."
            ),
            say(
                "One of the two lines is that of *{name}*. Solve the two equations, and round "
                "x + y down to a whole number.",
                name=_names(p)[next(key for key in conflict if key != "contract")],
            ),
            self.endless_hint(p),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        most = _most(p) or Fraction(0)
        x, y = max(corners(_halves(p).values()), key=lambda point: point[0] + point[1])
        pair = [key for key in right["conflict"] if key != "contract"]
        names, texts = _names(p), _texts(p)
        return page(
            say("**Conflict:** these three."),
            bullets(
                say("*{name}*: {text}", name=names[key], text=texts[key])
                for key in right["conflict"]
            ),
            say(
                "Where the first two hold exactly, x = {x} and y = {y}. That is x + y = {most}, "
                "and nowhere is it more. The contract asks for {contract}. Without any one of the "
                "three there is a plan.",
                x=number(float(x), 2),
                y=number(float(y), 2),
                most=number(float(most), 2),
                contract=_contract(p),
            ),
            say(
                "**Contract.** In whole numbers at most **{most}**. It is also possible to change "
                "*{one}* or *{two}*. To change any other limit does not help: it is not in the "
                "conflict.",
                most=right["most"],
                one=names[pair[0]],
                two=names[pair[1]],
            ),
            self.endless_reasons(p),
        )


def no_plan_problem(
    p: Any, *, contract: int | None = None, without: str = "", whole: bool = False
) -> pulp.LpProblem:
    """The model of the question in PuLP.

    Parameters
    ----------
    p : Numbers
        The numbers of a variant.
    contract : int, optional
        What the contract asks for; left out: as in the question.
    without : str, optional
        A limit that is left out.
    whole : bool, optional
        Whether plans must be whole.
    """
    import pulp

    problem = pulp.LpProblem("no_plan", pulp.LpMaximize)
    kind = "Integer" if whole else "Continuous"
    x, y = (problem.add_variable(name, 0, None, kind) for name in "xy")
    problem += x + y
    halves = _halves(p, _contract(p) if contract is None else contract)
    for name, (a, b, c) in halves.items():
        if name != without:
            problem += a * x + b * y <= c, name
    return problem


def _contract(p: Any) -> int:
    most = _most(p)
    assert most is not None
    return math.floor(most) + int(p.gap)


def _halves(p: Any, contract: int | None = None) -> dict[str, Half]:
    """The limits as a x + b y <= c; with the contract if it is given."""
    found = {key: tuple(getattr(p, key)) for key in ("one", "two", "money")}
    found |= {"few": (0, -1, -p.few), "cap": (1, 0, p.cap)}
    if contract is not None:
        found["contract"] = (-1, -1, -contract)
    return found


def _conflicts(halves: dict[str, Half]) -> list[tuple[str, ...]]:
    """All smallest conflicts. In the plane none has more than three members (Helly)."""
    found: list[tuple[str, ...]] = []
    for size in (1, 2, 3):
        for names in combinations(halves, size):
            if any(set(one) <= set(names) for one in found):
                continue
            if not can_be_kept(halves[name] for name in names):
                found.append(names)
    return found


def _most(p: Any) -> Fraction | None:
    """The largest x + y without the contract."""
    return max((x + y for x, y in corners(_halves(p).values())), default=None)


def _whole_most(p: Any) -> int:
    """The same in whole numbers: for each x the largest y."""
    best = 0
    for x in range(p.cap + 1):
        y = min((c - a * x) // b for a, b, c in (p.one, p.two, p.money))
        best = max(best, x + y) if y >= p.few else best
    return best


def _alone(p: Any, key: str) -> Fraction:
    """The largest x + y that one limit allows alone."""
    a, b, c = _halves(p)[key]
    return Fraction(c, min(a, b)) if a > 0 and b > 0 else Fraction(10**6)


def _names(p: Any) -> dict[str, str]:
    first, second = PLACES[p.place][2]
    names = (first, second, say("money"), say("promise"), say("room"), say("contract"))
    return dict(zip(KEYS, names, strict=True))


def _texts(p: Any) -> dict[str, str]:
    """What each limit says, with its numbers."""

    def uses(row: list[int], unit: str) -> str:
        left = formula((Fraction(row[0]), Fraction(row[1])), ("x", "y"))
        return say("{left} ≤ {c} {unit}", left=left, c=number(row[2]), unit=unit)

    return {
        "one": uses(p.one, say("hours")),
        "two": uses(p.two, say("hours")),
        "money": uses(p.money, say("yuan")),
        "few": say("y ≥ {n}", n=p.few),
        "cap": say("x ≤ {n}", n=p.cap),
        "contract": say("x + y ≥ {n}", n=_contract(p)),
    }
