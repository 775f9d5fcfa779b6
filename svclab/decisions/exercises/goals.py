"""Plans judged by two goals: with weights, and one goal before the other."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.decisions.problems.goals import Goal, GoalPlan
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, count, number, say, yuan

__all__ = ["TwoGoals"]

LETTERS = "ABCDE"
#: Whose staff, and whom they serve. All invented.
PLACES = {
    "calls": ("A call centre (呼叫中心, invented)", "call", "calls"),
    "parcels": ("A parcel service (快递站, invented)", "parcel", "parcels"),
    "guests": ("A canteen (食堂, invented)", "guest", "guests"),
    "files": ("A service hall (政务服务大厅, invented)", "file", "files"),
}


class TwoGoals(Exercise):
    """The best plan with weights, with one goal first, and the weight where it changes."""

    title = "Serve all, or keep the budget?"
    objective = 8
    level = "medium"
    points = 2
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        serves = [draw.integer(36, 60, 2), draw.integer(18, 34, 2)]  # a day
        pays = [draw.integer(260, 360, 10), draw.integer(110, 190, 10)]  # yuan a day
        plans = [[draw.integer(4, 9), draw.integer(0, 8)] for _ in range(len(LETTERS))]
        sums = sorted(_sum(serves, plan) for plan in plans)
        costs = sorted(_sum(pays, plan) for plan in plans)
        return {
            "place": draw.choice(list(PLACES)),
            "serves": serves,
            "pays": pays,
            "plans": plans,
            "demand": sums[3] // 10 * 10,
            "budget": (costs[1] + draw.integer(0, 3) * 50) // 50 * 50,
            "weight": draw.integer(2, 14),  # for each one who is not served
            "over": draw.integer(1, 3),  # for each yuan beyond the budget
        }

    def sound(self, p: Any) -> bool:
        # All plans differ, none is the best by each measure, and no two are nearly alike.
        missed, over = _missed(p), _beyond(p)
        penalties = sorted(_penalties(p))
        if len({*map(tuple, p.plans)}) < len(p.plans) or penalties[0] == 0:
            return False
        best, first = self._weighted(p), self._first(p)
        by_count = sorted((m, o) for m, o in zip(missed, over, strict=True))
        if best == first or penalties[1] < 1.05 * penalties[0] or by_count[0] == by_count[1]:
            return False
        return missed[best] > missed[first] and over[best] < over[first] and apart(self, p)

    def _weighted(self, p: Any) -> int:
        penalties = _penalties(p)
        return penalties.index(min(penalties))

    def _first(self, p: Any) -> int:
        missed, over = _missed(p), _beyond(p)
        return min(range(len(LETTERS)), key=lambda k: (missed[k], over[k]))

    def question(self, p: Any) -> str:
        where, one, many = PLACES[p.place]
        rows = [[letter, *plan] for letter, plan in zip(LETTERS, p.plans, strict=True)]
        return page(
            say(
                "{where} plans its people for tomorrow. One of its own people serves {a} and costs "
                "{ca}; one from an agency serves {b} and costs {cb}.",
                where=where,
                a=count(p.serves[0], one, many),
                b=count(p.serves[1], one, many),
                ca=yuan(p.pays[0], 2),
                cb=yuan(p.pays[1], 2),
            ),
            say(
                "There are two goals (goal programming, 目标规划): serve all {demand} that are "
                "expected, and spend no more than {budget}. More than enough of the one, or less "
                "than the budget, is no fault and no merit. Five plans are possible:",
                demand=count(p.demand, one, many),
                budget=yuan(p.budget, 2),
            ),
            table([say("plan"), say("own people"), say("from an agency")], rows),
            say(
                "The manager gives {weight} for each {one} that is not served and {over} for each "
                "yuan beyond the budget.\n\n"
                "1. Which plan has the smallest sum of penalty points?\n"
                "2. How many points has it?\n"
                "3. The director says: first serve as many as possible, and only then look at the "
                "money. Which plan is the best now?\n"
                "4. From how many points for each {one} on would the manager choose the director's "
                "plan rather than the plan of question 1? ({over} for a yuan stay.)",
                weight=_points(p.weight),
                over=_points(p.over),
                one=one,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        one = PLACES[p.place][1]
        plans = {letter: say("plan {letter}", letter=letter) for letter in LETTERS}
        return [
            ChoiceField("weighted", say("Best with the manager's points"), plans),
            NumberField("penalty", say("Its points"), unit="points"),
            ChoiceField("first", say("Best for the director"), plans),
            NumberField(
                "change", say("Points for each {one} at which it changes", one=one), unit="points"
            ),
        ]

    def solve(self, p: Any) -> Answers:
        # The chapter's own goals, with the people of each plan put in.
        goals = [
            Goal("serve", {"own": p.serves[0], "agency": p.serves[1]}, ">=", p.demand,
                 under=p.weight),
            Goal("budget", {"own": p.pays[0], "agency": p.pays[1]}, "<=", p.budget, over=p.over,
                 priority=2),
        ]  # fmt: skip
        judged = {
            letter: GoalPlan({"own": own, "agency": agency}, tuple(goals), "weighted")
            for letter, (own, agency) in zip(LETTERS, p.plans, strict=True)
        }
        best = min(judged, key=lambda k: judged[k].penalty())
        first = min(judged, key=lambda k: (judged[k].penalty(1), judged[k].penalty(2)))
        missed = {k: plan.missed["serve"] for k, plan in judged.items()}
        extra = judged[first].penalty(2) - judged[best].penalty(2)
        return {
            "weighted": best,
            "penalty": judged[best].penalty(),
            "first": first,
            "change": extra / (missed[best] - missed[first]),
        }

    def second(self, p: Any) -> Answers:
        # In whole numbers; the change as the weight at which both sums are the same.
        best, first = self._weighted(p), self._first(p)
        change = _change(p, best, first)
        assert _penalties(p, change)[best] == _penalties(p, change)[first]
        return {
            "weighted": LETTERS[best],
            "penalty": float(_penalties(p)[best]),
            "first": LETTERS[first],
            "change": float(change),
        }

    @misconception(
        "You took the cheapest plan. It keeps the budget best, but each one that is not served has "
        "points, too."
    )
    def cheapest(self, p: Any) -> Answers | None:
        costs = [_sum(p.pays, plan) for plan in p.plans]
        return self._if_wrong(p, "weighted", costs.index(min(costs)))

    @misconception(
        "You took the plan that can serve the most. More than are expected is no merit: among the "
        "plans that serve all, the money decides."
    )
    def serves_most(self, p: Any) -> Answers | None:
        sums = [_sum(p.serves, plan) for plan in p.plans]
        return self._if_wrong(p, "first", sums.index(max(sums)))

    @misconception(
        "You kept the order of the manager's points. For the director no sum of money makes up for "
        "one more that is not served."
    )
    def weights_again(self, p: Any) -> Answers:
        return {"first": LETTERS[self._weighted(p)]}

    @misconception(
        "This is the director's plan. With points, a few that are not served may be better than a "
        "lot of money beyond the budget."
    )
    def director_first(self, p: Any) -> Answers:
        return {"weighted": LETTERS[self._first(p)]}

    def _if_wrong(self, p: Any, field: str, plan: int) -> Answers | None:
        right = self._weighted(p) if field == "weighted" else self._first(p)
        return {field: LETTERS[plan]} if plan != right else None

    @misconception(
        "You subtracted what is better than the goal. Money that is left, or room for more, does "
        "not make up for the other goal here."
    )
    def merit_counted(self, p: Any) -> Answers | None:
        plan = p.plans[self._weighted(p)]
        short = p.demand - _sum(p.serves, plan)
        over = _sum(p.pays, plan) - p.budget
        if short >= 0 and over >= 0:
            return None
        return {"penalty": p.weight * short + p.over * over}

    @misconception(
        "You added people and yuan without their points. Multiply each by its points first."
    )
    def without_weights(self, p: Any) -> Answers:
        best = self._weighted(p)
        return {"penalty": _missed(p)[best] + _beyond(p)[best]}

    @misconception(
        "You counted only those that are not served, or only the money. The sum needs both goals."
    )
    def one_goal(self, p: Any) -> Answers | None:
        best = self._weighted(p)
        missed, over = p.weight * _missed(p)[best], p.over * _beyond(p)[best]
        return {"penalty": max(missed, over)} if missed and over else None

    @misconception(
        "You compared the pay of the two plans. Only what is beyond the budget has points."
    )
    def whole_pay(self, p: Any) -> Answers | None:
        best, first = self._weighted(p), self._first(p)
        pay = [_sum(p.pays, plan) for plan in p.plans]
        extra = p.over * (pay[first] - pay[best])
        right = _change(p, best, first)
        found = Fraction(extra, _missed(p)[best] - _missed(p)[first])
        return {"change": float(found)} if found != right else None

    @misconception(
        "You compared the pay of the two plans, and left it in yuan. Only what is beyond the "
        "budget counts, and each yuan of it has points."
    )
    def pay_in_yuan(self, p: Any) -> Answers | None:
        best, first = self._weighted(p), self._first(p)
        pay = [_sum(p.pays, plan) for plan in p.plans]
        found = Fraction(pay[first] - pay[best], _missed(p)[best] - _missed(p)[first])
        if p.over == 1 or found in (_change(p, best, first), _change(p, best, first) / p.over):
            return None
        return {"change": float(found)}

    @misconception(
        "You left the difference as it is. It is paid for all who are served in addition: divide "
        "it by how many these are."
    )
    def undivided(self, p: Any) -> Answers:
        best, first = self._weighted(p), self._first(p)
        return {"change": float(p.over * (_beyond(p)[first] - _beyond(p)[best]))}

    @misconception("You gave points to the whole pay. Only the yuan beyond the budget have points.")
    def pay_counted(self, p: Any) -> Answers:
        best = self._weighted(p)
        pay = _sum(p.pays, p.plans[best])
        return {"penalty": p.weight * _missed(p)[best] + p.over * pay}

    @misconception(
        "You left out the points for a yuan: they turn the money into points before you divide."
    )
    def yuan_for_points(self, p: Any) -> Answers | None:
        if p.over == 1:
            return None
        return {"change": float(_change(p, self._weighted(p), self._first(p)) / p.over)}

    def hints(self, p: Any) -> list[str]:
        one = PLACES[p.place][1]
        return [
            say(
                "Make a table with a line for each plan: how many it serves, what it costs, how "
                "many are *not* served, and how many yuan are *beyond* the budget. Nothing is "
                "below 0 in the last two columns."
            ),
            say(
                "Question 1: multiply the two last columns by their points and add. Question 3: "
                "look at those not served first; only among equals look at the money."
            ),
            say(
                "Question 4: from the manager's plan to the director's, how many more yuan are "
                "beyond the budget, and how many fewer are not served? Write w for the points of "
                "a {one}, and ask when both plans have the same sum.",
                one=one,
            ),
        ]

    def solution(self, p: Any) -> str:
        _, one, many = PLACES[p.place]
        right = self.solve(p)
        missed, over, sums = _missed(p), _beyond(p), _penalties(p)
        rows: list[list[Quantity | str | int]] = [
            [letter, _sum(p.serves, plan), yuan(_sum(p.pays, plan), 2), missed[k], yuan(over[k], 2),
             int(sums[k])]
            for k, (letter, plan) in enumerate(zip(LETTERS, p.plans, strict=True))
        ]  # fmt: skip
        head = [say("plan"), say("serves"), say("costs"), say("not served"),
                say("beyond the budget"), say("points")]  # fmt: skip
        best, first = LETTERS.index(right["weighted"]), LETTERS.index(right["first"])
        return page(
            table(head, rows),
            say(
                "**Manager.** Plan {best}: {m} × {w} + {o} × {v} = **{sum}**, the fewest.",
                best=right["weighted"],
                m=missed[best],
                w=number(p.weight),
                o=number(over[best]),
                v=number(p.over),
                sum=_points(right["penalty"]),
            ),
            say(
                "**Director.** Plan {first} leaves the fewest not served, and of such plans it is "
                "the one with the least money beyond the budget.",
                first=right["first"],
            ),
            say(
                "**Change.** Plan {first} serves {more} more, and {extra} more are beyond the "
                "budget: {extra_points} ÷ {more_n} = **{change}** for each {one}. From there on "
                "plan {first} has fewer points than plan {best}. So the director's order is like "
                "a very large weight.",
                first=right["first"],
                best=right["weighted"],
                more=count(missed[best] - missed[first], one, many),
                more_n=missed[best] - missed[first],
                extra=yuan(over[first] - over[best], 2),
                extra_points=_points(p.over * (over[first] - over[best])),
                change=Quantity(right["change"], "points", 2),
                one=one,
            ),
        )


def _sum(each: list[int], plan: list[int]) -> int:
    return each[0] * plan[0] + each[1] * plan[1]


def _missed(p: Any) -> list[int]:
    """How many each plan does not serve."""
    return [max(0, p.demand - _sum(p.serves, plan)) for plan in p.plans]


def _beyond(p: Any) -> list[int]:
    """How many yuan of each plan are beyond the budget."""
    return [max(0, _sum(p.pays, plan) - p.budget) for plan in p.plans]


def _penalties(p: Any, weight: Fraction | None = None) -> list[Fraction]:
    w = Fraction(p.weight) if weight is None else weight
    return [w * m + p.over * o for m, o in zip(_missed(p), _beyond(p), strict=True)]


def _change(p: Any, best: int, first: int) -> Fraction:
    """The weight at which both plans have the same sum."""
    missed, over = _missed(p), _beyond(p)
    return Fraction(p.over * (over[first] - over[best]), missed[best] - missed[first])


def _points(value: float) -> Quantity:
    return Quantity(value, "point", 0, "points")
