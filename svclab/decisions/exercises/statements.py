"""What a manager says about a sensitivity report: which of it is wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.decisions.exercises.managers import PLACES, reasons, said, yuan
from svclab.decisions.exercises.readings import (
    KEYS,
    best,
    changes,
    ends,
    gained,
    limits,
    profit_range,
    reach,
    total,
    wrong_ones,
)
from svclab.practice import ChoicesField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, hours, join, number, say

__all__ = ["WrongPrice"]


class WrongPrice(Exercise):
    """The wrong ones of six statements, and the true rise beyond the range."""

    title = "What the manager reads into the report"
    objective = 3
    level = "demanding"
    points = 2
    minutes = 25

    def deal(self, draw: Draw) -> Answers:
        first = [draw.integer(2, 5), draw.integer(1, 3)]
        second = [draw.integer(1, 3), draw.integer(2, 5)]
        third = [draw.integer(1, 4), draw.integer(1, 4)]
        plan = [draw.integer(12, 30), draw.integer(12, 30)]
        prices = draw.integers(2, 6, 30, distinct=True)
        # Hours that are just enough in the first two, and some to spare in the third.
        there = [total(first, plan), total(second, plan), total(third, plan) + draw.integer(5, 24)]
        model: Answers = {
            "place": draw.choice(list(PLACES)),
            "uses": [first, second, third],
            "there": there,
            "plan": plan,
            "gains": [prices[0] * first[j] + prices[1] * second[j] for j in (0, 1)],
            "prices": prices,
        }
        if first[0] * second[1] - first[1] * second[0] < 2:
            return {**model, "changes": None}
        return {**model, "changes": changes(draw, model)}

    def sound(self, p: Any) -> bool:
        # Some are wrong and some are right, and what lies beyond a range lies clearly beyond it.
        c = p.changes
        if c is None or max(c["more"], c["both"][0]) > p.there[0] or c["spare"] >= p.there[2]:
            return False
        if max(c["less"], c["both"][1], c["beyond"]) >= p.there[1]:
            return False
        wrong = wrong_ones(p)
        if not (2 <= len(wrong) <= 4 and {"more", "less"} & set(wrong)):
            return False
        rise = gained(p, 1, p.changes["beyond"])
        return rise < Fraction(97, 100) * p.prices[1] * p.changes["beyond"] and apart(self, p)

    def question(self, p: Any) -> str:
        where, services, kinds = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [say("one of the {name} takes", name=name), *(hours(row[j]) for row in p.uses),
             yuan(p.gains[j])]
            for j, name in enumerate(services)
        ]  # fmt: skip
        rows.append([say("there are in a week"), *map(hours, p.there), ""])
        return page(
            say("{where}:", where=where),
            table(["", *kinds, say("profit")], rows),
            say(
                "Parts of a service may be planned. The linear program for the most profit has "
                "this report (sensitivity report, 灵敏度报告):"
            ),
            self._report(p),
            say(
                "The manager reads the report and makes six statements. Each is about a change "
                "from today's numbers; all else stays."
            ),
            bullets(
                say("Statement {n}: {text}", n=n, text=text)
                for n, text in enumerate(said(p).values(), 1)
            ),
            say(
                "1. Which statements are wrong?\n"
                "2. {beyond} more of the {kind} are to be had. By how much would the largest "
                "possible profit really rise?",
                beyond=hours(p.changes["beyond"]),
                kind=kinds[1],
            ),
        )

    def _report(self, p: Any) -> str:
        _, services, kinds = PLACES[p.place]
        plan: list[list[Quantity | str | int]] = [
            [name, p.plan[j], yuan(p.gains[j]), *(number(float(x), 2) for x in profit_range(p, j))]
            for j, name in enumerate(services)
        ]
        hours_rows: list[list[Quantity | str | int]] = [
            [
                name,
                hours(total(p.uses[i], p.plan)),
                hours(p.there[i]),
                yuan(p.prices[i] if i < 2 else 0),
                *ends(p, i),
            ]
            for i, name in enumerate(kinds)
        ]
        head = [say("service"), say("plan"), say("profit of one"),
                say("plan stays from"), say("to")]  # fmt: skip
        return page(
            table(head, plan),
            table(
                [say("limit"), say("used"), say("there are"), say("shadow price (影子价格)"),
                 say("price holds from"), say("to")],
                hours_rows,
            ),
        )  # fmt: skip

    def fields(self, p: Any) -> list[Field]:
        options = {key: say("statement {n}", n=n) for n, key in enumerate(KEYS, 1)}
        return [
            ChoicesField("wrong", say("Wrong statements"), options),
            NumberField("rise", say("Real rise of the profit"), unit="yuan"),
        ]

    def solve(self, p: Any) -> Answers:
        return {"wrong": wrong_ones(p), "rise": float(gained(p, 1, p.changes["beyond"]))}

    def second(self, p: Any) -> Answers:
        # Every statement put into the model, and the model solved again.
        from svclab.decisions.problems.product_mix import product_mix

        def most(there: list[int], gains: list[int]) -> float:
            uses = {s: dict(zip("abc", (u[j] for u in p.uses), strict=True))
                    for j, s in enumerate("xy")}  # fmt: skip
            return product_mix(
                dict(zip("xy", gains, strict=True)), uses, dict(zip("abc", there, strict=True))
            ).profit

        c, today = p.changes, most(p.there, p.gains)
        a, b, rest = p.there
        found = {
            "more": most([a + c["more"], b, rest], p.gains) - today - p.prices[0] * c["more"],
            "less": most([a, b - c["less"], rest], p.gains) - today + p.prices[1] * c["less"],
            "both": most([a + c["both"][0], b + c["both"][1], rest], p.gains) - today
            - p.prices[0] * c["both"][0] - p.prices[1] * c["both"][1],
            "spare": most([a, b, rest - c["spare"]], p.gains) - today,
            "profit": most(p.there, [p.gains[0] + c["profit"], p.gains[1]]) - today
            - c["profit"] * p.plan[0],
            "whole": max(
                (p.gains[0] * x + p.gains[1] * y)
                for y in range(200)
                for x in [min((n - u[1] * y) // u[0] for u, n in
                              zip(p.uses, [a + c["whole"], b, rest], strict=True))]
                if x >= 0
            ) - today - p.prices[0] * c["whole"],
        }  # fmt: skip
        rise = most([a, b + c["beyond"], rest], p.gains) - today
        return {"wrong": [key for key in KEYS if abs(found[key]) > 1e-3], "rise": rise}

    def _without(self, p: Any, *keys: str) -> Answers | None:
        """The ticks of somebody who believes these statements; None if they are right anyway."""
        wrong = self.solve(p)["wrong"]
        left = [key for key in wrong if key not in keys]
        return {"wrong": left} if left and left != wrong else None

    def _doubting(self, p: Any, key: str) -> Answers | None:
        """The ticks of somebody who doubts this statement; None if it is wrong indeed."""
        wrong = self.solve(p)["wrong"]
        if key in wrong:
            return None
        return {"wrong": [one for one in KEYS if one in wrong or one == key]}

    @misconception(
        "You took a shadow price as if it held for any number of hours more. It holds in its range "
        "only: look how far the change goes."
    )
    def price_everywhere(self, p: Any) -> Answers | None:
        return self._without(p, "more")

    @misconception(
        "You took a shadow price as if it held for any number of hours less. Its range has a lower "
        "end, too: below it an hour is worth more."
    )
    def price_downwards(self, p: Any) -> Answers | None:
        return self._without(p, "less")

    @misconception(
        "Each of the two changes stays in its own range, but the ranges are for one change at a "
        "time. Solve the model with both changes and compare."
    )
    def both_at_once(self, p: Any) -> Answers | None:
        return self._without(p, "both")

    @misconception(
        "You took the shadow price for whole services, too. It pays for parts of a service; in "
        "whole ones an hour may bring nothing, and several hours together may bring a jump."
    )
    def whole_services(self, p: Any) -> Answers | None:
        return self._without(p, "whole")

    @misconception(
        "The plan stays the same only while the profit of a service is in its range. Beyond it "
        "another plan is better, and the profit rises by more."
    )
    def plan_stays(self, p: Any) -> Answers | None:
        return self._without(p, "profit")

    @misconception(
        "A limit with hours to spare has the shadow price 0, but only as long as some are spare. "
        "Compare with how many are left over."
    )
    def spare_for_ever(self, p: Any) -> Answers | None:
        return self._without(p, "spare")

    @misconception(
        "You doubt a shadow price for more hours although they stay in its range. Compare the new "
        "hours with the columns of the report: up to the end each hour is worth the price."
    )
    def more_doubted(self, p: Any) -> Answers | None:
        return self._doubting(p, "more")

    @misconception(
        "You doubt a shadow price for fewer hours although they stay in its range. A price holds "
        "in both directions: each hour less costs it."
    )
    def less_doubted(self, p: Any) -> Answers | None:
        return self._doubting(p, "less")

    @misconception(
        "You doubt every statement with two changes at once. The report does not promise it, but "
        "it may be true all the same: put both changes into the model."
    )
    def both_doubted(self, p: Any) -> Answers | None:
        return self._doubting(p, "both")

    @misconception(
        "You doubt that hours can be given away for nothing. What a plan does not use brings no "
        "profit: compare the change with what is spare."
    )
    def spare_doubted(self, p: Any) -> Answers | None:
        return self._doubting(p, "spare")

    @misconception(
        "You doubt a statement about the profit of one service. While this profit stays in its "
        "range, the plan stays, too: multiply the change by the number in the plan."
    )
    def profit_doubted(self, p: Any) -> Answers | None:
        return self._doubting(p, "profit")

    @misconception(
        "You doubt every statement on whole services. The report does not speak of them, but the "
        "numbers may fit by chance: find the best whole plan."
    )
    def whole_doubted(self, p: Any) -> Answers | None:
        return self._doubting(p, "whole")

    @misconception(
        "You multiplied by the shadow price all the way. Beyond the end of its range an hour is "
        "worth less."
    )
    def price_times_all(self, p: Any) -> Answers:
        return {"rise": p.prices[1] * p.changes["beyond"]}

    @misconception(
        "You stopped at the end of the range. Beyond it the price is lower, but not 0: find the "
        "plan that is the best there."
    )
    def stopped_at_the_end(self, p: Any) -> Answers | None:
        rise = p.prices[1] * reach(p, 1)[1]
        return {"rise": float(rise)} if rise != gained(p, 1, p.changes["beyond"]) else None

    @misconception(
        "You answered that nothing is gained beyond the range. The hours up to its end are worth "
        "their price in any case."
    )
    def nothing_gained(self, p: Any) -> Answers:
        return {"rise": 0.0}

    @misconception(
        "This is the whole profit after the change. The question is by how much it rises."
    )
    def whole_profit(self, p: Any) -> Answers:
        return {"rise": float(total(p.gains, p.plan) + gained(p, 1, p.changes["beyond"]))}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "For each statement with one limit: today's hours and the change give new hours. "
                "Do they lie between *price holds from* and *to*?"
            ),
            say(
                "For a limit with hours to spare compare the change with what is spare. For a "
                "profit compare the new profit with *plan stays from* and *to*; then the rise is "
                "the change times the plan."
            ),
            say(
                "For two changes at once, and for whole services, the report has no line. Put the "
                "changes into the model (`svclab.linear.solve`, or the model builder of this "
                "chapter), or draw the lines and find the new corner."
            ),
            say(
                "Question 2: up to the end of the range each hour brings its price. At the end the "
                "corner meets a third limit. From there on another pair of limits decides: find "
                "their corner with the new hours."
            ),
        ]

    def solution(self, p: Any) -> str:
        c, wrong = p.changes, wrong_ones(p)
        _, _, kinds = PLACES[p.place]
        rows = [
            [say("statement {n}", n=n), say("wrong") if key in wrong else say("right"), why]
            for n, (key, why) in enumerate(reasons(p).items(), 1)
        ]
        end = reach(p, 1)[1]
        x, y = best(tuple(p.gains), limits(p, (0, c["beyond"], 0)))[1]
        return page(
            table([say("statement"), "", say("why")], rows),
            say(
                "**Beyond the range.** With {more} more of the {kind} the best plan is {x} and "
                "{y}. Profit rises by **{rise}**. The price would promise {promise}, but it holds "
                "only for the first {first}.",
                more=hours(c["beyond"]),
                kind=kinds[1],
                x=number(float(x), 2),
                y=number(float(y), 2),
                rise=yuan(float(gained(p, 1, c["beyond"]))),
                promise=yuan(p.prices[1] * c["beyond"]),
                first=hours(float(end), 2),
            ),
            say("Wrong: {names}.", names=join([r[0] for r in rows if r[1] == say("wrong")])),
        )
