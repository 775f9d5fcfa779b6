"""Goods from two depots to four places: a plan of one's own, scored against the cheapest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from svclab.decisions.exercises.plan_scores import Saving
from svclab.decisions.problems.transport import transport
from svclab.practice import (
    Draw,
    Exercise,
    Field,
    IntegerField,
    PlanField,
    PlanScore,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, count, join, say, yuan

__all__ = ["TransportPlan"]

#: What is sent, from where, to where; noun and plural. All invented.
PLACES = {
    "linen": (
        "A laundry for hotels (酒店洗涤服务, invented) washes in two plants",
        ("plant East", "plant West"),
        ("Garden Hotel", "Lake Hotel", "Park Hotel", "Tower Hotel"),
        ("bag", "bags"),
    ),
    "meals": (
        "A caterer (配餐公司, invented) cooks in two kitchens for four schools",
        ("kitchen North", "kitchen South"),
        ("school 1", "school 2", "school 3", "school 4"),
        ("box", "boxes"),
    ),
    "parcels": (
        "A parcel service (快递公司, invented) has parcels in two depots",
        ("depot Airport", "depot Harbour"),
        ("Haishu", "Jiangbei", "Yinzhou", "Zhenhai"),
        ("cart", "carts"),
    ),
    "bikes": (
        "A bicycle rental (共享单车, invented) has bicycles in two stores",
        ("store East", "store West"),
        ("campus", "market", "museum", "station"),
        ("bicycle", "bicycles"),
    ),
}
FROM, TO = ("first", "second"), ("a", "b", "c", "d")
Plan = list[list[int]]  # a row for each source, a column for each place


class TransportPlan(Exercise):
    """The cost of filling the cheapest route first, and a plan that is cheaper."""

    title = "From two depots to four places"
    objective = 7
    level = "medium"
    points = 2
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        demand = draw.integers(4, 20, 80, 10)
        spare = draw.integer(10, 30, 10)
        all_of_it = sum(demand) + spare
        one = all_of_it * draw.integer(35, 65) // 1000 * 10
        rates = draw.integers(8, 3, 24, distinct=True)
        return {
            "place": draw.choice(list(PLACES)),
            "supply": [one, all_of_it - one],
            "demand": demand,
            "freight": [rates[:4], rates[4:]],
        }

    def sound(self, p: Any) -> bool:
        # The rule of the cheapest route first and the nearest depot must both fail.
        best, _ = _best(p)
        nearest = self._nearest(p)
        fits = all(sum(row) <= there for row, there in zip(nearest, p.supply, strict=True))
        return not fits and _cost(p, self._cheapest_first(p)) > 1.01 * best and apart(self, p)

    def question(self, p: Any) -> str:
        where, sources, places, (one, many) = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [source, *(yuan(x, 2) for x in row), there]
            for source, row, there in zip(sources, p.freight, p.supply, strict=True)
        ]
        rows.append([say("needed"), *p.demand, ""])
        return page(
            say(
                "{where}. The table says what the way costs for one {one}, how many {many} each "
                "of the two has, and how many each of the four places needs (transport problem, "
                "运输问题). There are more than are needed: the rest stays where it is.",
                where=where,
                one=one,
                many=many,
            ),
            table([say("from"), *places, say("there are")], rows),
            say(
                "1. Somebody fills the cheapest route of the table first, as much as possible, "
                "then the cheapest of the others, and so on. What does this plan cost?\n"
                "2. Make a plan that is as cheap as you can. It has points for what it saves "
                "compared with the plan of question 1. You may improve it and check again."
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        _, sources, places, (_, many) = PLACES[p.place]
        return [
            IntegerField("rule", say("Cost with the cheapest route first"), unit="yuan"),
            PlanField(
                "plan",
                say("Your plan"),
                dict(zip(FROM, sources, strict=True)),
                [IntegerField(key, name) for key, name in zip(TO, places, strict=True)],
                help=say("How many {many} go on each way; 0 for none.", many=many),
            ),
        ]

    def solve(self, p: Any) -> Answers:
        return {"rule": _cost(p, self._cheapest_first(p)), "plan": _entries(_best(p)[1])}

    def second(self, p: Any) -> Answers:
        # The rule as a list of all routes; the plan by the chapter's own linear program.
        left, need, cost = list(p.supply), list(p.demand), 0
        routes = {p.freight[i][j]: (i, j) for i in range(2) for j in range(4)}
        for rate in sorted(routes):
            i, j = routes[rate]
            sent = min(left[i], need[j])
            left[i], need[j], cost = left[i] - sent, need[j] - sent, cost + rate * sent
        found = transport(
            dict(zip(FROM, p.supply, strict=True)),
            dict(zip(TO, p.demand, strict=True)),
            {s: dict(zip(TO, row, strict=True)) for s, row in zip(FROM, p.freight, strict=True)},
        ).amounts
        plan = [[round(found.get((s, d), 0)) for d in TO] for s in FROM]
        return {"rule": cost, "plan": _entries(plan)}

    def score(self, p: Any, name: str, plan: Any) -> PlanScore:
        sent = [[plan[s][d] for d in TO] for s in FROM]
        why = _why_not(p, sent)
        if why:
            return PlanScore(False, why)
        rule = _cost(p, self._cheapest_first(p))
        return Saving(
            True, "", _cost(p, sent), _best(p)[0], "yuan", waste=_gain(p, sent), obvious=rule,
            than=say("the plan of question 1"),
        )  # fmt: skip

    @misconception(
        "You filled the cheapest route first. That uses up a depot for places that could have had "
        "the other depot for a little more, and a place for which the other depot is very dear "
        "comes too late."
    )
    def cheapest_first(self, p: Any) -> Answers:
        return {"plan": _entries(self._cheapest_first(p))}

    @misconception(
        "You served every place from where it is cheapest. One of the two does not have so much."
    )
    def nearest(self, p: Any) -> Answers:
        plan = self._nearest(p)
        return {"plan": _entries(plan), "rule": _cost(p, plan)}

    @misconception(
        "You filled the table from its upper left corner. This keeps all the amounts, but it never "
        "looks at the freight."
    )
    def corner(self, p: Any) -> Answers | None:
        plan = self._corner(p)
        found = {"plan": _entries(plan), "rule": _cost(p, plan)}
        if _cost(p, plan) == _best(p)[0]:
            found.pop("plan")
        return found if found["rule"] != self.solve(p)["rule"] else None

    @misconception(
        "This is the cost of a cheapest plan. The question is what the rule costs, which does not "
        "look ahead."
    )
    def cheapest(self, p: Any) -> Answers:
        return {"rule": _best(p)[0]}

    @misconception(
        "You added the freights of the routes in use. Each must be multiplied by how many go there."
    )
    def without_amounts(self, p: Any) -> Answers:
        plan = self._cheapest_first(p)
        return {"rule": sum(p.freight[i][j] for i in range(2) for j in range(4) if plan[i][j])}

    def _cheapest_first(self, p: Any) -> Plan:
        order = sorted((p.freight[i][j], i, j) for i in range(2) for j in range(4))
        return _filled(p, [(i, j) for _, i, j in order])

    def _nearest(self, p: Any) -> Plan:
        plan = [[0] * 4, [0] * 4]
        for j, need in enumerate(p.demand):
            plan[int(p.freight[1][j] < p.freight[0][j])][j] = need
        return plan

    def _short(self, p: Any) -> int:
        """The source that has too little if every place has its cheaper way."""
        return int(sum(self._nearest(p)[1]) > p.supply[1])

    def _corner(self, p: Any) -> Plan:
        return _filled(p, [(i, j) for i in range(2) for j in range(4)])

    def hints(self, p: Any) -> list[str]:
        _, sources, places, _ = PLACES[p.place]
        gaps = [abs(a - b) for a, b in zip(*p.freight, strict=True)]
        most = places[gaps.index(max(gaps))]
        return [
            say(
                "The rule: send on the cheapest route as much as there is or as much as is needed, "
                "whichever is less. Subtract it on both sides, and go on with the next route."
            ),
            say(
                "For a cheaper plan look at the columns, not at single numbers: for each place, "
                "how much more does the dearer of the two ways cost? Places with a large "
                "difference should have the cheaper one."
            ),
            say(
                "Give every place the cheaper of its two ways, as if there were enough. Then "
                "{source} would have to send more than it has. The places that lose least by "
                "changing must change, as far as is needed.",
                source=sources[self._short(p)],
            ),
            say(
                "The difference is largest at {place}: keep its cheaper way whatever happens.",
                place=most,
            ),
        ]

    def solution(self, p: Any) -> str:
        _, sources, places, (one, many) = PLACES[p.place]
        best, plan = _best(p)
        rule = self._cheapest_first(p)
        over = self._short(p)
        terms = [
            say("{n} × {rate}", n=rule[i][j], rate=yuan(p.freight[i][j], 2))
            for i in range(2)
            for j in range(4)
            if rule[i][j]
        ]
        steps = [
            [place, yuan(a, 2), yuan(b, 2), yuan(abs(a - b), 2), sources[int(b < a)]]
            for place, a, b in zip(places, *p.freight, strict=True)
        ]
        head = [say("place"), *sources, say("difference"), say("cheaper from")]
        rows = [
            [source, *row, there - sum(row)]
            for source, row, there in zip(sources, plan, p.supply, strict=True)
        ]
        return page(
            say("**Cheapest route first:** {terms} = **{cost}**.", terms=" + ".join(terms),
                cost=yuan(_cost(p, rule), 2)),
            say("**Cheaper.** What counts is the difference between the two ways:"),
            table(head, steps),
            say(
                "If every place had the cheaper way, {source} would send {needs} and has {there}. "
                "The places with the smallest differences there give way:",
                source=sources[over],
                needs=sum(self._nearest(p)[over]),
                there=p.supply[over],
            ),
            table([say("from"), *places, say("stays")], rows),
            say(
                "It costs {best}, {less} less than the rule, and the linear program finds the same "
                "cost: no plan for {n} is cheaper.",
                best=yuan(best, 2),
                less=yuan(_cost(p, rule) - best, 2),
                n=count(sum(p.demand), one, many),
            ),
        )  # fmt: skip


def _entries(plan: Plan) -> Answers:
    return {s: dict(zip(TO, row, strict=True)) for s, row in zip(FROM, plan, strict=True)}


def _cost(p: Any, plan: Plan) -> int:
    return sum(p.freight[i][j] * plan[i][j] for i in range(2) for j in range(4))


def _filled(p: Any, order: Sequence[tuple[int, int]]) -> Plan:
    """The plan of somebody who fills the routes in this order, each as far as it goes."""
    left, need, plan = list(p.supply), list(p.demand), [[0] * 4, [0] * 4]
    for i, j in order:
        plan[i][j] = min(left[i], need[j])
        left[i] -= plan[i][j]
        need[j] -= plan[i][j]
    return plan


def _best(p: Any) -> tuple[int, Plan]:
    """The lowest cost, and a plan that has it.

    With two sources a plan is fixed by what the first one sends: its cost changes by the
    difference of the two freights. So the first source serves the smallest differences, the rest
    that stays (difference 0) among them.
    """
    gaps = [a - b for a, b in zip(*p.freight, strict=True)]
    wanted = [*p.demand, sum(p.supply) - sum(p.demand)]
    left, first = p.supply[0], [0] * 5
    for j in sorted(range(5), key=[*gaps, 0].__getitem__):
        first[j] = min(left, wanted[j])
        left -= first[j]
    plan = [first[:4], [need - sent for need, sent in zip(p.demand, first[:4], strict=True)]]
    return _cost(p, plan), plan


def _why_not(p: Any, plan: Plan) -> str:
    """Which amount a plan does not keep, as a sentence; empty if it keeps all."""
    _, sources, places, (one, many) = PLACES[p.place]
    if any(sent < 0 for row in plan for sent in row):
        return say("nothing can be sent backwards: there is a number below 0.")
    for source, row, there in zip(sources, plan, p.supply, strict=True):
        if sum(row) > there:
            return say("{source} has {there} and would send {sent}.", source=source,
                       there=count(there, one, many), sent=sum(row))  # fmt: skip
    for place, need, *sent in zip(places, p.demand, *plan, strict=True):
        if sum(sent) != need:
            return say("{place} needs {need} and would get {sent}.", place=place,
                       need=count(need, one, many), sent=sum(sent))  # fmt: skip
    return ""


def _gain(p: Any, plan: Plan) -> str:
    """Where a plan that is not the cheapest can be improved, as a sentence."""
    _, sources, places, _ = PLACES[p.place]
    gaps = [a - b for a, b in zip(*p.freight, strict=True)]
    for i, sign in ((0, 1), (1, -1)):  # from source i to the other one, which has some left
        if sum(plan[1 - i]) < p.supply[1 - i]:
            for j, place in enumerate(places):
                if plan[i][j] and sign * gaps[j] > 0:
                    return say("Look at {place}: {source} still has some.", place=place,
                               source=sources[1 - i])  # fmt: skip
    for j in range(4):
        for k in range(4):
            if plan[0][j] and plan[1][k] and gaps[j] > gaps[k]:
                return say(
                    "Look at {pair}: what if they exchanged where a part of it comes from?",
                    pair=join([places[j], places[k]]),
                )
    return ""
