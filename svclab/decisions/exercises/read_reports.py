"""A sensitivity report of three services, and what may be read from it."""

from __future__ import annotations

from typing import Any

from svclab.decisions.exercises.small_models import SmallModel
from svclab.decisions.exercises.small_reports import best_with, report_of
from svclab.decisions.sensitivity import ConstraintLine, Report
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import hours, money, number, say

__all__ = ["ReadReport"]

#: Where, what is offered, and what is scarce. All invented.
PLACES = {
    "cleaning": (
        "A cleaning company",
        ("offices", "windows", "carpets"),
        ("crew", "machine", "driver"),
    ),
    "lab": ("A medical laboratory", ("blood", "tissue", "water"), ("analyst", "device", "clerk")),
    "film": ("A film studio", ("adverts", "portraits", "weddings"), ("camera", "cut", "sound")),
}
CHANGES = {
    "exact": "by exactly hours × shadow price, which is more than 0",
    "less": "by something, but by less than hours × shadow price",
    "nothing": "not at all",
    "more": "by more than hours × shadow price",
}


class ReadReport(Exercise):
    """Three changes that a report answers, and one for which its range is looked at."""

    title = "What the report says"
    objective = 3
    level = "medium"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        return {
            "place": draw.choice(list(PLACES)),
            "profits": [draw.integer(60, 240, 10) for _ in range(3)],
            "rows": [[*draw.integers(3, 1, 6), draw.integer(60, 140, 10)] for _ in range(3)],
            "hours": draw.integer(2, 8),
            "rise": draw.integer(2, 12, 2),
            "kind": draw.choice(["exact", "less", "nothing"]),
            "resource": draw.integer(0, 1),
        }

    def sound(self, p: Any) -> bool:
        # Two services, two resources used up: looked at without a solver, because most are not.
        corners = _model(p).best_corners()[1]
        plan = corners[0]
        left = [row[3] - sum(a * x for a, x in zip(row, plan, strict=False)) for row in p.rows]
        if len(corners) > 1 or sum(not x for x in plan) != 1 or sum(not s for s in left) != 2:
            return False
        made = [x for x in plan if x]
        if min(made) < 1 or max(left) < 3:
            return False
        if _model(p).basis(*PLACES[p.place][1:]) is None:
            return False
        found = _found(p)
        first, other = _binding(p)
        service = found.variable(_kept(p))
        fits = first.high - first.right >= p.hours and service.high - service.coefficient > p.rise
        lines = (first, other)
        wide = all(2 <= line.high - line.right <= 200 and line.price >= 2 for line in lines)
        return fits and wide and self._hours_asked(p) is not None and apart(self, p)

    def _hours_asked(self, p: Any) -> int | None:
        """Hours more in the last question: within, or well beyond the range; None: none fit."""
        line = _asked(p)
        room = line.high - line.right
        if p.kind == "exact":
            return int(room * 0.8) if room * 0.8 >= 1 else None
        if p.kind == "less":
            return int(room * 1.6) + 2
        return 10

    def question(self, p: Any) -> str:
        where, _, _ = PLACES[p.place]
        found = _found(p)
        services = [
            (
                line.name,
                number(line.value, 3),
                money(line.coefficient, "yuan", 0),
                money(line.reduced_cost, "yuan", 3),
                number(line.low, 3) if line.value else "?",
                number(line.high, 3) if line.value else "?",
            )
            for line in found.variables
        ]
        limits = [
            (
                line.name,
                hours(line.used, 2),
                hours(line.right, 2),
                money(line.price, "yuan", 3),
                number(line.low, 2),
                number(line.high, 2),
            )
            for line in found.constraints
        ]
        first, _ = _binding(p)
        return page(
            say(
                "{where} (invented) sells three services; hours of three resources are scarce, and "
                "parts of a service are carried over to the next week. Its best plan earns "
                "{profit} a week. The sensitivity report (灵敏度报告):",
                where=where,
                profit=money(found.objective, "yuan"),
            ),
            table(
                [
                    say("service"),
                    say("number"),
                    say("profit of one"),
                    say("reduced cost"),
                    say("plan stays from"),
                    say("to"),
                ],
                services,
            ),
            table(
                [
                    say("resource"),
                    say("used"),
                    say("there are"),
                    say("shadow price"),
                    say("holds from"),
                    say("to"),
                ],
                limits,
            ),
            say(
                "Each question changes one thing alone. What stands as ? you can find yourself.\n\n"
                "1. There are {more} more of {resource}. What does the best plan earn then?\n"
                "2. From which profit of one on is it worth it to offer {dropped}?\n"
                "3. The profit of one rises by {rise} in the line of {kept}. What does the best "
                "plan earn then?\n"
                "4. There are {far} more of {asked}. By how much does the profit rise?",
                resource=first.name,
                more=hours(p.hours),
                dropped=_dropped(p),
                kept=_kept(p),
                rise=money(p.rise, "yuan", 0),
                asked=_asked(p).name,
                far=hours(self._hours_asked(p) or 0),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        first, _ = _binding(p)
        options = {key: say(text) for key, text in CHANGES.items()}
        more = say("Profit with more of {name}", name=first.name)
        enters = say("Least profit of one of {name}", name=_dropped(p))
        dearer = say("Profit if {name} earn more", name=_kept(p))
        return [
            NumberField("more", more, unit="yuan", relative=0.0005),
            NumberField("enters", enters, unit="yuan", relative=0.002),
            NumberField("dearer", dearer, unit="yuan", relative=0.0005),
            ChoiceField("beyond", say("The last change: the profit rises"), options),
        ]

    def solve(self, p: Any) -> Answers:
        found = _found(p)
        first, _ = _binding(p)
        dropped, kept = found.variable(_dropped(p)), found.variable(_kept(p))
        line = _asked(p)
        far = line.right + (self._hours_asked(p) or 0)
        beyond = "nothing" if not line.price else "exact" if far <= line.high else "less"
        return {
            "more": found.objective + p.hours * first.price,
            "enters": dropped.coefficient - dropped.reduced_cost,
            "dearer": found.objective + p.rise * kept.value,
            "beyond": beyond,
        }

    def second(self, p: Any) -> Answers:
        # Everything is solved anew, by trying all corners.
        names, limits = PLACES[p.place][1:]
        first, _ = _binding(p)
        more = best_with(_model(p), limits.index(first.name), p.hours)
        kept = names.index(_kept(p))
        profits = [c + p.rise * (j == kept) for j, c in enumerate(p.profits)]
        dearer = SmallModel(tuple(profits), _model(p).rows, (0, 0, 0)).best_corners()[0]
        j = names.index(_dropped(p))
        # What is given up if a thousandth of the service is sold all the same.
        rows = tuple((factors, 1000 * right) for factors, right in _model(p).rows)
        forced = SmallModel(tuple(p.profits), rows, tuple(int(k == j) for k in range(3)))
        lost = 1000 * best_with(_model(p), 0, 0) - forced.best_corners()[0]
        line, far = _asked(p), self._hours_asked(p) or 0
        now, asked = best_with(_model(p), 0, 0), limits.index(line.name)
        rise = best_with(_model(p), asked, far) - now
        step = best_with(_model(p), asked, 0.5) - now
        promised = 2 * step * far
        beyond = "nothing" if not rise else "exact" if rise == promised else "less"
        return {
            "more": float(more),
            "enters": float(p.profits[j] + lost),
            "dearer": float(dearer),
            "beyond": beyond,
        }

    @misconception(
        "This is the change only. The question is what the best plan earns: add it to what it "
        "earns now."
    )
    def change_only(self, p: Any) -> Answers:
        right, now = self.solve(p), _found(p).objective
        return {"more": right["more"] - now, "dearer": right["dearer"] - now}

    @misconception(
        "You took the shadow price once. It is the worth of one hour: multiply it by the hours."
    )
    def one_hour(self, p: Any) -> Answers:
        first, _ = _binding(p)
        return {"more": _found(p).objective + first.price}

    @misconception(
        "You took the shadow price of the other resource. Read the line of the resource that "
        "changes."
    )
    def other_line(self, p: Any) -> Answers:
        _, other = _binding(p)
        return {"more": _found(p).objective + p.hours * other.price}

    @misconception(
        "You took the size of the reduced cost alone. It is how much the profit of one falls "
        "short: add it to the profit of one."
    )
    def reduced_cost_alone(self, p: Any) -> Answers:
        return {"enters": -_found(p).variable(_dropped(p)).reduced_cost}

    @misconception(
        "You went the wrong way. A service that is left out earns too little: its profit must "
        "rise by the size of the reduced cost."
    )
    def wrong_way(self, p: Any) -> Answers:
        line = _found(p).variable(_dropped(p))
        return {"enters": line.coefficient + line.reduced_cost}

    @misconception(
        "You added the rise once. Every one of these services earns more: multiply by their "
        "number in the plan."
    )
    def rise_once(self, p: Any) -> Answers:
        return {"dearer": _found(p).objective + p.rise}

    @misconception(
        "You trust the shadow price beyond its range. It holds up to the right-hand side in the "
        "last column; after that another limit stops the plan."
    )
    def beyond_the_range(self, p: Any) -> Answers | None:
        return {"beyond": "exact"} if self.solve(p)["beyond"] == "less" else None

    @misconception(
        "You doubt the shadow price within its range. As long as the right-hand side stays "
        "between the last two columns, each hour is worth exactly this price."
    )
    def doubts_the_range(self, p: Any) -> Answers | None:
        return {"beyond": "less"} if self.solve(p)["beyond"] == "exact" else None

    @misconception(
        "You expect something from more of a resource that is not used up. Compare the columns: "
        "hours used and hours there are."
    )
    def not_scarce(self, p: Any) -> Answers | None:
        return {"beyond": "less"} if self.solve(p)["beyond"] == "nothing" else None

    @misconception(
        "You multiplied by a price without reading it. Look in the line of this resource whether "
        "it is used up, and which shadow price it has."
    )
    def price_unread(self, p: Any) -> Answers | None:
        return {"beyond": "exact"} if self.solve(p)["beyond"] == "nothing" else None

    @misconception(
        "You expect nothing from more of a resource that is used up. Its shadow price is above 0: "
        "at least the first hours more bring something."
    )
    def nothing_at_all(self, p: Any) -> Answers | None:
        return {"beyond": "nothing"} if self.solve(p)["beyond"] != "nothing" else None

    @misconception(
        "You expect an hour to be worth more, the more hours there are. It is the other way: the "
        "shadow price stays for a while and then falls, because other resources become scarce."
    )
    def worth_grows(self, p: Any) -> Answers:
        return {"beyond": "more"}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "A shadow price is the change of the profit for one hour more, in the range given "
                "beside it. Check the range first: hours there are, plus hours more."
            ),
            say(
                "The reduced cost says how much the profit changes if one of this service is made "
                "all the same. It is below zero as long as the service earns too little."
            ),
            say(
                "If the profit of one changes within its range, the plan stays, and only what it "
                "earns changes: number of services times change."
            ),
            say(
                "Beyond the range the worth of an hour falls: other resources become scarce. Of a "
                "resource that is left over, more is worth nothing."
            ),
        ]

    def solution(self, p: Any) -> str:
        found, right = _found(p), self.solve(p)
        first, _ = _binding(p)
        dropped, kept, line = found.variable(_dropped(p)), found.variable(_kept(p)), _asked(p)
        far = self._hours_asked(p) or 0
        why = {
            "exact": say("is within the range, so it rises exactly by hours × shadow price"),
            "less": say("is beyond the range: the last hours are worth less than the price"),
            "nothing": say("is more of what is left over: its price is 0, so nothing is gained"),
        }
        return page(
            say(
                "1. {there} + {more} is at most {high}, in the range. {now} + {more} × {price} = "
                "**{result}**.",
                there=hours(first.right),
                more=hours(p.hours),
                high=hours(first.high, 2),
                now=money(found.objective, "yuan", 3),
                price=money(first.price, "yuan", 3),
                result=money(right["more"], "yuan"),
            ),
            say(
                "2. Each of {name} earns {short} too little: {profit} + {short} = **{result}**.",
                name=dropped.name,
                short=money(-dropped.reduced_cost, "yuan", 3),
                profit=money(dropped.coefficient, "yuan", 0),
                result=money(right["enters"], "yuan", 3),
            ),
            say(
                "3. {profit} + {rise} is at most {high}, so the plan stays. {now} + {n} × {rise} = "
                "**{result}**.",
                profit=money(kept.coefficient, "yuan", 0),
                rise=money(p.rise, "yuan", 0),
                high=number(kept.high, 3),
                now=money(found.objective, "yuan", 3),
                n=number(kept.value, 3),
                result=money(right["dearer"], "yuan"),
            ),
            say(
                "4. {there} + {far} {why}.",
                there=hours(line.right),
                far=hours(far),
                why=why[right["beyond"]],
            ),
        )


def _model(p: Any) -> SmallModel:
    rows = tuple(((a, b, c), right) for a, b, c, right in p.rows)
    return SmallModel(tuple(p.profits), rows, (0, 0, 0))


def _found(p: Any) -> Report:
    _, names, limits = PLACES[p.place]
    return report_of(_model(p), names, limits)


def _binding(p: Any) -> list[ConstraintLine]:
    """The two resources that are used up: first the one of question 1."""
    lines = [line for line in _found(p).constraints if line.binds]
    return lines[::-1] if p.resource else lines


def _dropped(p: Any) -> str:
    """The service that is left out."""
    return next(line.name for line in _found(p).variables if not line.value)


def _kept(p: Any) -> str:
    """The service of question 3."""
    made = [line.name for line in _found(p).variables if line.value]
    return made[p.resource]


def _asked(p: Any) -> ConstraintLine:
    """The resource of question 4."""
    if p.kind == "nothing":
        return next(line for line in _found(p).constraints if not line.binds)
    return _binding(p)[1]
