"""Three cycles of a closed loop by hand, where it rests, and whether it overshoots."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.introduction.common import points
from svclab.introduction.loops import (
    ClosedLoop,
    closed_loop,
    closed_verdict,
    smooth_share,
    stable_share,
)
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, number, percent, say

__all__ = ["ClosedCycles"]

#: Who it is, and what the points are of. All invented.
PLACES = {
    "hotline": ("A hotline (服务热线, invented)", "calls solved at once"),
    "hotel": ("A hotel (invented)", "rooms ready in time"),
    "courier": ("A courier service (快递, invented)", "parcels in time"),
    "canteen": ("A canteen (食堂, invented)", "guests who would come again"),
    "hall": ("A service hall (政务服务大厅, invented)", "forms right the first time"),
}
DELAY = 1


class ClosedCycles(Exercise):
    """Capability in the fourth cycle, the level of rest, and the way to it."""

    title = "Three cycles of improvement"
    objective = 5
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        kind = draw.choice(("smooth", "swings", "wider"))
        share = {
            "smooth": draw.choice((0.1, 0.2)),
            "swings": draw.choice((0.3, 0.4, 0.5, 0.6, 0.7)),
            "wider": draw.choice((1.1, 1.2, 1.3)),
        }[kind]
        return {
            "place": draw.choice(list(PLACES)),
            "share": share,
            "start": draw.integer(50, 66, 2),
            "target": draw.integer(84, 96, 2),
            "bias": draw.choice((2, 3, 4, 5, 6)),
            "wear": draw.number(1.0, 3.0, 0.2),
        }

    def sound(self, p: Any) -> bool:
        return 0 < self.solve(p)["rest"] < 100 and apart(self, p)

    def question(self, p: Any) -> str:
        who, what = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [d, percent(smooth_share(d)), percent(stable_share(d))] for d in (0, DELAY, 2)
        ]
        facts = [
            say("In cycle 0 capability is {start}, as in the cycle before. The target is "
                "{target}.", start=points(p.start), target=points(p.target)),
            say("A report shows the capability of the cycle before (a delay of one cycle), and "
                "{bias} too much.", bias=points(p.bias)),
            say("The gap is the target less what is reported. From one cycle to the next, "
                "capability rises by {share} of the gap and loses {wear} by wear.",
                share=percent(p.share, 0), wear=points(p.wear)),
        ]  # fmt: skip
        return page(
            say(
                "{who} improves in a closed loop (闭环): plan, execute, monitor, evaluate, "
                "improve. Its capability is an index in points, made from the number of {what}.",
                who=who,
                what=what,
            ),
            bullets(facts),
            say("By the share of the gap, with the delay in cycles:"),
            table(
                [say("delay"), say("no overshoot (超调) up to"), say("comes to rest below")], rows
            ),
            say(
                "1. What is capability in cycle 3?\n"
                "2. At which level would it stay as it is?\n"
                "3. How does it move in the long run?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        ways = {
            "smooth": say("it comes to rest without overshoot"),
            "swings and settles": say("it overshoots, swings, and comes to rest"),
            "swings ever wider": say("it swings ever wider"),
        }
        return [
            NumberField("third", say("Capability in cycle 3"), unit="points", absolute=0.1),
            NumberField("rest", say("Level at which it stays"), unit="points", absolute=0.1),
            ChoiceField("way", say("In the long run"), ways),
        ]

    def _loop(self, p: Any) -> ClosedLoop:
        return ClosedLoop(p.share, DELAY, p.target, p.start, p.bias, 0.0, p.wear)

    def solve(self, p: Any) -> Answers:
        loop = self._loop(p)
        return {
            "third": closed_loop(loop, cycles=3).capability[3],
            "rest": loop.rest,
            "way": closed_verdict(loop).behaviour,
        }

    def second(self, p: Any) -> Answers:
        # In fractions; the level of rest by halving, and the way by the roots of z² − z + k.
        k, w = Fraction(round(10 * p.share), 10), Fraction(round(10 * p.wear), 10)
        found = [Fraction(p.start)]
        for t in range(3):
            seen = found[max(t - DELAY, 0)] + p.bias
            found.append(found[-1] + k * (p.target - seen) - w)
        low, high = Fraction(-200), Fraction(200)
        for _ in range(60):
            middle = (low + high) / 2
            rises = k * (p.target - middle - p.bias) > w
            low, high = (middle, high) if rises else (low, middle)
        # Two real roots: smooth. Else both have the size √k.
        way = "smooth" if 1 - 4 * k >= 0 else "swings and settles" if k < 1 else "swings ever wider"
        return {"third": float(found[3]), "rest": float(low), "way": way}

    def _third(self, p: Any, *, delay: int = DELAY, bias: float | None = None,
               wear: float | None = None) -> float:  # fmt: skip
        """Capability in cycle 3 by other rules."""
        loop = ClosedLoop(
            p.share, delay, p.target, p.start,
            p.bias if bias is None else bias, 0.0, p.wear if wear is None else wear,
        )  # fmt: skip
        return closed_loop(loop, cycles=3).capability[3]

    @misconception(
        "You corrected by the capability of the same cycle. The report is one cycle old: in cycle "
        "1 it still shows cycle 0."
    )
    def no_delay(self, p: Any) -> Answers:
        return {"third": self._third(p, delay=0)}

    @misconception(
        "You computed the gap from the true capability. The manager sees only the report, which "
        "shows too much: so the gap looks smaller than it is."
    )
    def bias_forgotten(self, p: Any) -> Answers:
        return {"third": self._third(p, bias=0.0), "rest": p.target - p.wear / p.share}

    @misconception(
        "You took the bias off. The report shows more than is there: add it before you compare "
        "with the target."
    )
    def bias_turned(self, p: Any) -> Answers:
        rest = p.target + p.bias - p.wear / p.share
        return {"third": self._third(p, bias=-p.bias), "rest": rest}

    @misconception("You forgot the wear. It takes its part in each cycle.")
    def wear_forgotten(self, p: Any) -> Answers:
        return {"third": self._third(p, wear=0.0), "rest": p.target - p.bias}

    @misconception(
        "You went to cycle 2. Cycle 0 is the start; three steps lead from it to cycle 3."
    )
    def one_step_short(self, p: Any) -> Answers:
        return {"third": closed_loop(self._loop(p), cycles=2).capability[2]}

    @misconception(
        "You took the target for the level of rest. At rest what a cycle adds is what it loses; "
        "that leaves a gap."
    )
    def rests_on_target(self, p: Any) -> Answers:
        return {"rest": float(p.target)}

    @misconception(
        "You took off the wear of one cycle only. At rest the share of the remaining gap must make "
        "up for the wear; so the gap is larger than the wear."
    )
    def wear_once(self, p: Any) -> Answers | None:
        return {"rest": p.target - p.bias - p.wear} if p.share < 1 else None

    @misconception(
        "You judged as if the report were of the same cycle. With a report that is one cycle old "
        "the limits are lower."
    )
    def limits_without_delay(self, p: Any) -> Answers | None:
        right = self.solve(p)["way"]
        wrong = closed_verdict(ClosedLoop(p.share, 0)).behaviour
        return {"way": wrong} if wrong != right else None

    @misconception(
        "You expect swings because the report is old. In the line of the delay there is a share up "
        "to which it does not overshoot: this one is not above it."
    )
    def old_means_swings(self, p: Any) -> Answers | None:
        return {"way": "swings and settles"} if self.solve(p)["way"] == "smooth" else None

    @misconception(
        "You took it that an old report lets it swing ever wider. In the line of the delay there "
        "is a share below which it comes to rest: this one is below."
    )
    def old_means_wider(self, p: Any) -> Answers | None:
        return {"way": "swings ever wider"} if p.share < 1 else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Write a line for each cycle: what is reported, the gap, and what it adds."),
            say(
                "In cycles 0 and 1 the report shows the start with its error: {seen}.",
                seen=points(p.start + p.bias),
            ),
            say(
                "It stays as it is when what the gap adds is what wear takes: share × gap = wear. "
                "The gap is then known; go back from the target to the report, and from the "
                "report to capability."
            ),
            say("For question 3 compare the share with the two limits in the line of the delay."),
        ]

    def solution(self, p: Any) -> str:
        right, run = self.solve(p), closed_loop(self._loop(p), cycles=3)
        rows: list[list[Quantity | str | int]] = [
            [c.number, number(c.capability, 2), number(c.reported, 2), number(c.gap, 2),
             number(c.improved, 2) if c.number < 3 else ""]
            for c in run.cycles
        ]  # fmt: skip
        says = {
            "smooth": say("is not above {n}, so it does not overshoot",
                          n=percent(smooth_share(DELAY), 0)),
            "swings and settles": say("lies between the two limits, so it overshoots and settles"),
            "swings ever wider": say("is above {n}: each correction comes too late and too "
                                     "strong", n=percent(stable_share(DELAY), 0)),
        }  # fmt: skip
        gap = p.wear / p.share
        return page(
            table(
                [say("cycle"), say("capability"), say("reported"), say("gap"), say("change")], rows
            ),
            say("Cycle 3: **{third}**.", third=points(right["third"], 2)),
            say(
                "At rest {share} of the gap is {wear}: a gap of {gap}. So what is reported is "
                "{target} − {gap} = {seen}, and capability is {bias} less, **{rest}**. "
                "A report that is too good is never found out by the loop.",
                share=percent(p.share, 0),
                wear=points(p.wear),
                gap=points(gap, 2),
                target=points(p.target),
                seen=points(p.target - gap, 2),
                bias=points(p.bias),
                rest=points(right["rest"], 2),
            ),
            say("The share of {share} {says}.", share=percent(p.share, 0), says=says[right["way"]]),
        )
