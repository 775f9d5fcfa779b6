"""What a check costs, and what an error: approve before, check after, or file."""

from __future__ import annotations

from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    NumberField,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.process.controls import break_even_error_rate, compare_controls
from svclab.words import money, percent, say

__all__ = ["BreakEven"]

CURRENCY = "yuan"


class BreakEven(Exercise):
    """Approve before, check after, or only file: two break-even error rates and a choice."""

    title = "Approve, check, or file?"
    objective = 6
    level = "demanding"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        check, saved = draw.integer(4, 20, 2), draw.integer(80, 300, 20)
        delay, correction = draw.integer(6, 36, 2), draw.choice([40, 50, 60, 80, 90, 110, 120])
        first, then = 100 * check // saved, 100 * delay // correction
        zones = [
            (1, max(1, first - 2)),
            (first + 3, max(first + 3, then - 3)),
            (then + 4, then + 12),
        ]
        return {
            "check": check,
            "delay": delay,
            "correction": correction,
            "error": correction + saved,
            "rate": draw.integer(*draw.choice(zones)),
        }

    def sound(self, p: Any) -> bool:
        # Both points are of everyday size and apart, and the error rate is near neither.
        first, then = (100 * point for point in self._points(p))
        near = min(abs(p.rate - first), abs(p.rate - then)) < 1.5
        shown = (p.check, p.delay, p.correction, p.error)
        apart = 3.5 < first < 12 and first + 6 < then < 45
        return apart and not near and p.delay != p.check and then not in shown

    def _points(self, p: Any) -> tuple[float, float]:
        """The two break-even error rates, as shares."""
        return p.check / (p.error - p.correction), p.delay / p.correction

    def question(self, p: Any) -> str:
        rows = [
            (say("check one case, whether before or afterwards"), _yuan(p.check)),
            (say("the wait for an approval, in **every** case"), _yuan(p.delay)),
            (say("put right an error that is found before"), _yuan(0)),
            (say("put right an error that is found afterwards"), _yuan(p.correction)),
            (say("an error that nobody finds"), _yuan(p.error)),
        ]
        return page(
            say(
                "A housing office (invented) can **approve** every application before it goes "
                "on, **check** every result afterwards, or only **file** it (存档) without any "
                "check. To approve includes the same check, only earlier: the application waits "
                "for it. A check finds every error."
            ),
            table([say("what it costs"), say("amount")], rows),
            say(
                "1. At what error rate do *file* and *check afterwards* cost the same "
                "(break-even error rate, 盈亏平衡错误率)?\n"
                "2. At what error rate do *check afterwards* and *approve before* cost the "
                "same?\n"
                "3. In fact {rate} of the applications have an error. Which way is the cheapest, "
                "and what does it cost per case on average?",
                rate=percent(p.rate / 100),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        ways = {
            "before": say("approve before"),
            "after": say("check afterwards"),
            "file": say("file"),
        }
        return [
            NumberField("file_or_check", say("File or check: break-even"), unit="%"),
            NumberField("check_or_approve", say("Check or approve: break-even"), unit="%"),
            ChoiceField("cheapest", say("Cheapest now"), ways),
            NumberField("cost", say("Cost per case, cheapest way"), unit=CURRENCY),
        ]

    def solve(self, p: Any) -> Answers:
        first = break_even_error_rate(
            check_cost=p.check, error_cost=p.error, correction_cost=p.correction
        )
        # Approving before saves the correction after, and costs the wait: a "check" of its own.
        second = break_even_error_rate(check_cost=p.delay, error_cost=p.correction)
        found = compare_controls(
            error_rate=p.rate / 100, error_cost=p.error, check_cost=p.check,
            delay_cost=p.delay, correction_after=p.correction,
        )  # fmt: skip
        short = {"filing": "file", "prior approval": "before", "check all results": "after"}
        ways = {short[o.name]: o.cost for o in found.options if o.name in short}
        cheapest = min(ways, key=ways.__getitem__)
        return {
            "file_or_check": 100 * first,
            "check_or_approve": 100 * second,
            "cheapest": cheapest,
            "cost": ways[cheapest],
        }

    def _costs(self, p: Any) -> dict[str, float]:
        """Cost per case of each way, counted over a hundred cases."""
        totals = {
            "before": 100 * (p.check + p.delay),
            "after": 100 * p.check + p.rate * p.correction,
            "file": p.rate * p.error,
        }
        return {way: total / 100 for way, total in totals.items()}

    def second(self, p: Any) -> Answers:
        costs = self._costs(p)
        cheapest = min(costs, key=costs.__getitem__)
        first, then = self._points(p)
        return {
            "file_or_check": 100 * first,
            "check_or_approve": 100 * then,
            "cheapest": cheapest,
            "cost": costs[cheapest],
        }

    @misconception(
        "You compared the check with the whole damage of an error. An error that is found "
        "afterwards still costs something to put right. Only the difference is saved."
    )
    def correction_forgotten(self, p: Any) -> Answers:
        return {"file_or_check": 100 * p.check / p.error}

    @misconception(
        "You compared filing with the approval before. The question is about the check "
        "afterwards, for which nobody waits."
    )
    def file_against_approval(self, p: Any) -> Answers:
        return {"file_or_check": 100 * (p.check + p.delay) / p.error}

    @misconception(
        "You put the check and the wait against the correction. The check costs the same before "
        "and after, so only the wait makes the difference."
    )
    def check_counted_twice(self, p: Any) -> Answers:
        return {"check_or_approve": 100 * (p.check + p.delay) / p.correction}

    @misconception(
        "You put the wait against the whole damage. Both ways find the error; what differs is "
        "only what it costs to put it right."
    )
    def wait_against_damage(self, p: Any) -> Answers:
        return {"check_or_approve": 100 * p.delay / p.error}

    @misconception(
        "You chose the way in which errors do the least harm. It also costs the most for all the "
        "cases without an error: compare the cost of an average case."
    )
    def safest(self, p: Any) -> Answers | None:
        costs = self._costs(p)
        best = min(costs, key=costs.__getitem__)
        return None if best == "before" else {"cheapest": "before", "cost": costs["before"]}

    @misconception(
        "You chose the way without any check because a check costs money. So do errors that "
        "nobody finds: count both."
    )
    def no_check(self, p: Any) -> Answers | None:
        costs = self._costs(p)
        best = min(costs, key=costs.__getitem__)
        return None if best == "file" else {"cheapest": "file", "cost": costs["file"]}

    @misconception(
        "You added the cost of an error to every case. It arises only in the cases with an "
        "error: multiply it by the error rate."
    )
    def every_case_wrong(self, p: Any) -> Answers | None:
        costs = self._costs(p)
        best = min(costs, key=costs.__getitem__)
        each = {"after": p.check + p.correction, "file": p.error}
        return {"cost": each[best]} if best in each else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Write down for each of the three ways what a hundred cases cost if {rate} of "
                "them have an error.",
                rate=p.rate,
            ),
            say(
                "File or check: each case that is checked costs {check}. Each error that is found "
                "saves the damage, less what it costs to put it right. How many errors in a "
                "hundred cases pay for a hundred checks?",
                check=_yuan(p.check),
            ),
            say(
                "Check or approve: both check every case. Approving costs the wait in every case, "
                "and saves the correction in the cases with an error."
            ),
        ]

    def solution(self, p: Any) -> str:
        first, then = self._points(p)
        costs = self._costs(p)
        right = self.solve(p)
        names = {
            "before": say("approve before"),
            "after": say("check afterwards"),
            "file": say("file"),
        }
        rows = [(names[way], _yuan(cost)) for way, cost in costs.items()]
        return page(
            say(
                "**File or check.** A check costs {check} and saves {error} − {correction} = "
                "{saved} for each error. {check} ÷ {saved} = **{rate}**.",
                check=_yuan(p.check),
                error=_yuan(p.error),
                correction=_yuan(p.correction),
                saved=_yuan(p.error - p.correction),
                rate=percent(first, 2),
            ),
            say(
                "**Check or approve.** The check costs the same in both. The wait costs {delay} "
                "in every case and saves {correction} for each error. {delay} ÷ {correction} = "
                "**{rate}**.",
                delay=_yuan(p.delay),
                correction=_yuan(p.correction),
                rate=percent(then, 2),
            ),
            say("**Now**, with {rate} errors, per case:", rate=percent(p.rate / 100)),
            table([say("way"), say("cost per case")], rows),
            say(
                "The cheapest way is **{way}**, with **{cost}** per case. The amounts leave out "
                "one thing: an error that no money can repair.",
                way=names[right["cheapest"]],
                cost=_yuan(right["cost"]),
            ),
        )


def _yuan(amount: float) -> Any:
    return money(amount, CURRENCY)
