"""Does cutting capacity save? What a good job costs, and where the conclusion flips."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.introduction.loops import Steady, SubSystems, steady
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, number, percent, say, yuan

__all__ = ["CutCapacity"]

#: Who it is, and what a job is. All invented.
PLACES = {
    "hotline": ("A hotline (服务热线, invented)", "call"),
    "laundry": ("A laundry (洗衣店, invented)", "order"),
    "lab": ("A laboratory (化验室, invented)", "test"),
    "repair": ("A repair workshop (维修店, invented)", "repair"),
    "visas": ("A visa centre (签证中心, invented)", "application"),
}


class CutCapacity(Exercise):
    """Cost of a good job before and after a cut, and the assumptions on which the saving rests."""

    title = "Does the cut save money?"
    objective = 6
    level = "demanding"
    points = 2
    minutes = 18
    core = False

    def deal(self, draw: Draw) -> Answers:
        capacity = draw.integer(100, 150, 10)
        strain = draw.integer(20, 70, 5)
        return {
            "place": draw.choice(list(PLACES)),
            "capacity": capacity,
            "demand": round(capacity * draw.integer(76, 88, 2) / 100),
            "top": draw.integer(92, 99),
            "strain": strain,
            "calm": draw.integer(68, 76, 2),
            "pay": draw.integer(60, 140, 10),
            "failure": draw.integer(40, 360, 20),
            "low": strain - draw.integer(5, 15, 5),
            "high": strain + draw.integer(5, 30, 5),
        }

    def sound(self, p: Any) -> bool:
        if p.demand * 10 > p.capacity * 9:
            return False
        now, cut = _quality(p, p.strain, False), _quality(p, p.strain, True)
        if not (0.5 < cut < now < 1) or _quality(p, p.high, True) < 0.4:
            return False
        # Neither the conclusion nor its ends may hang on a rounded digit.
        leads = [float(_lead(p, h)) for h in (p.strain, p.low, p.high)]
        flip = float(_flip(p))
        return min(map(abs, leads)) > 0.4 and 20 < flip < 2000 and apart(self, p)

    def question(self, p: Any) -> str:
        who, job = PLACES[p.place]
        facts = [
            say("{d} {job}s come in a week, and all are done. The staff can do {k} in a week; each "
                "of these costs {p} of pay, used or idle.",
                d=p.demand, job=job, k=p.capacity, p=yuan(p.pay, 0)),
            say("Without haste {top} are right the first time. Haste (忙乱) begins at a load of "
                "{calm}. A load higher by 10 points (such as from 80% to 90%) then takes {fall} "
                "off that share, and so on in proportion.",
                top=percent(p.top / 100, 0), calm=percent(p.calm / 100, 0),
                fall=say("{n} points", n=number(p.strain / 10, 1))),
            say("Each mistake costs {f}, and is settled with the customer: it does not come back "
                "as work.", f=yuan(p.failure, 0)),
        ]  # fmt: skip
        return page(
            say("{who}. All numbers are invented, and some are guesses:", who=who),
            bullets(facts),
            say(
                "Load is what comes, divided by what can be done. A good job is one that is right "
                "the first time; its cost is pay and mistakes of a week, divided by the good jobs "
                "of a week. The manager says: a tenth less staff makes a good {job} cheaper.\n\n"
                "1. What does a good {job} cost today?\n"
                "2. And with a tenth less staff?\n"
                "3. From which cost of a mistake on is the manager wrong, all else as above?\n"
                "4. The harm that haste does is a guess: between {low} and {high} points for 10 "
                "points of load. Is the manager right over this whole range, all else as above?",
                job=job,
                low=number(p.low / 10, 1),
                high=number(p.high / 10, 1),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        holds = {
            "all": say("right over the whole range"),
            "mild": say("right only where haste does little harm"),
            "none": say("wrong over the whole range"),
        }
        return [
            NumberField("now", say("A good job today"), unit="yuan", relative=0.003),
            NumberField("cut", say("A good job after the cut"), unit="yuan", relative=0.003),
            NumberField("flip", say("Cost of a mistake at which it flips"), unit="yuan",
                        relative=0.01),
            ChoiceField("holds", say("Over the range, the manager is"), holds),
        ]  # fmt: skip

    def _state(self, p: Any, strain: float, *, cut: bool) -> Steady:
        return steady(
            SubSystems(
                demand=p.demand, capacity=p.capacity * (0.9 if cut else 1.0), pull=0.0,
                top=p.top / 100, strain=strain / 100, calm=p.calm / 100, rework=0.0,
                capacity_cost=p.pay, failure_cost=p.failure,
            )
        )  # fmt: skip

    def solve(self, p: Any) -> Answers:
        def saves(strain: float) -> bool:
            before, after = (self._state(p, strain, cut=cut).cost_each for cut in (False, True))
            return after < before

        return {
            "now": self._state(p, p.strain, cut=False).cost_each,
            "cut": self._state(p, p.strain, cut=True).cost_each,
            "flip": float(_flip(p)),
            "holds": "all" if saves(p.high) else "mild" if saves(p.low) else "none",
        }

    def second(self, p: Any) -> Answers:
        # In fractions; the flip by halving on the cost of a mistake.
        def each(strain: float, cut: bool, failure: Fraction) -> Fraction:
            right = _quality(p, strain, cut)
            staff = Fraction(p.capacity) * (Fraction(9, 10) if cut else 1)
            return (p.pay * staff + failure * (1 - right) * p.demand) / (right * p.demand)

        def saves(strain: float, failure: Fraction) -> bool:
            return each(strain, True, failure) < each(strain, False, failure)

        low, high = Fraction(0), Fraction(4000)
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if saves(p.strain, middle) else (low, middle)
        given = Fraction(p.failure)
        holds = "all" if saves(p.high, given) else "mild" if saves(p.low, given) else "none"
        now, then = (float(each(p.strain, cut, given)) for cut in (False, True))
        return {"now": now, "cut": then, "flip": float(low), "holds": holds}

    def _pair(self, p: Any, each: Any) -> Answers:
        return {
            key: float(each(_quality(p, p.strain, cut), p.capacity * (0.9 if cut else 1.0)))
            for key, cut in (("now", False), ("cut", True))
        }

    @misconception(
        "You divided by all jobs. Only what is right the first time is a good job, so fewer share "
        "the cost."
    )
    def all_jobs(self, p: Any) -> Answers:
        return self._pair(p, lambda q, k: (p.pay * k + p.failure * (1 - q) * p.demand) / p.demand)

    @misconception(
        "You left out the cost of mistakes. Haste saves pay and makes mistakes, and both are paid."
    )
    def no_mistakes(self, p: Any) -> Answers:
        return self._pair(p, lambda q, k: p.pay * k / (q * p.demand))

    @misconception(
        "You paid for the jobs that are done. Staff are paid whether they are busy or idle: pay "
        "goes by what they can do."
    )
    def paid_by_jobs(self, p: Any) -> Answers:
        return self._pair(
            p,
            lambda q, k: (p.pay * p.demand + p.failure * (1 - q) * p.demand) / (q * p.demand),
        )

    @misconception(
        "You kept the share of good jobs as it was. With a tenth less staff the load is higher, "
        "and haste makes more mistakes."
    )
    def same_quality(self, p: Any) -> Answers:
        q = float(_quality(p, p.strain, False))
        cost = p.pay * 0.9 * p.capacity + p.failure * (1 - q) * p.demand
        return {"cut": cost / (q * p.demand)}

    @misconception(
        "You compared the pay that is saved with the additional mistakes. The good jobs become "
        "fewer as well, so the limit is lower."
    )
    def costs_only(self, p: Any) -> Answers:
        fall = _quality(p, p.strain, False) - _quality(p, p.strain, True)
        return {"flip": float(Fraction(p.pay * p.capacity, 10) / (fall * p.demand))}

    @misconception(
        "You judged the range by the value in its middle. Put in its two ends: the conclusion may "
        "flip between them."
    )
    def middle_only(self, p: Any) -> Answers | None:
        wrong = "all" if _lead(p, p.strain) > 0 else "none"
        return {"holds": wrong} if wrong != self.solve(p)["holds"] else None

    @misconception(
        "You took it that a range always matters. Compute both ends: if the manager is right (or "
        "wrong) at both, the guess does not matter for this conclusion."
    )
    def range_always_matters(self, p: Any) -> Answers | None:
        return {"holds": "mild"} if self.solve(p)["holds"] != "mild" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("First the two loads, then the two shares of jobs that are right the first time."),
            say(
                "Load today: {now}; with a tenth less staff: {cut}. What lies above the beginning "
                "of haste costs quality.",
                now=percent(p.demand / p.capacity),
                cut=percent(p.demand / (0.9 * p.capacity)),
            ),
            say(
                "For question 3 call the cost of a mistake f, write both costs of a good job with "
                "f in them, and set them equal. Both are straight lines in f."
            ),
            say("For question 4 do questions 1 and 2 again at each end of the range."),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        job = PLACES[p.place][1]
        rows: list[list[Quantity | str | int]] = []
        for name, cut in ((say("today"), False), (say("after the cut"), True)):
            q = float(_quality(p, p.strain, cut))
            k = p.capacity * (0.9 if cut else 1.0)
            rows.append(
                [name, percent(p.demand / k), percent(q, 2), yuan(p.pay * k, 0),
                 yuan(p.failure * (1 - q) * p.demand, 0), number(q * p.demand, 2),
                 say("**{x}**", x=yuan(right["cut" if cut else "now"], 2))]
            )  # fmt: skip
        ends: list[list[Quantity | str | int]] = [
            [say("{n} points", n=number(h / 10, 1)),
             *(yuan(self._state(p, h, cut=cut).cost_each, 2) for cut in (False, True))]
            for h in (p.low, p.strain, p.high)
        ]  # fmt: skip
        words = {
            "all": say("The manager is right at both ends: the guess does not matter here."),
            "mild": say("The manager is right at one end only: the conclusion rests on this guess. "
                        "Measure it before you cut."),
            "none": say("The manager is wrong at both ends: the guess does not matter here."),
        }  # fmt: skip
        return page(
            table(
                [say("a week"), say("load"), say("right"), say("pay"), say("mistakes"),
                 say("good jobs"), say("a good {job}", job=job)],
                rows,
            ),
            say(
                "Pay and mistakes for a good job are lines in the cost of a mistake; they meet at "
                "**{flip}**. Above it the cut makes a good {job} more expensive.",
                flip=yuan(right["flip"], 2),
                job=job,
            ),
            say("The range of haste:"),
            table([say("harm"), say("today"), say("after the cut")], ends),
            words[right["holds"]],
        )  # fmt: skip


def _quality(p: Any, strain: float, cut: bool) -> Fraction:
    """Share right the first time."""
    staff = Fraction(p.capacity) * (Fraction(9, 10) if cut else 1)
    haste = max(Fraction(0), Fraction(p.demand) / staff - Fraction(p.calm, 100))
    return Fraction(p.top, 100) - Fraction(strain) / 100 * haste


def _each(p: Any, strain: float, cut: bool) -> Fraction:
    right = _quality(p, strain, cut)
    staff = Fraction(p.capacity) * (Fraction(9, 10) if cut else 1)
    return (p.pay * staff + p.failure * (1 - right) * p.demand) / (right * p.demand)


def _lead(p: Any, strain: float) -> Fraction:
    """What the cut saves on a good job, yuan; below 0: what it costs."""
    return _each(p, strain, False) - _each(p, strain, True)


def _flip(p: Any) -> Fraction:
    """The cost of a mistake at which a good job costs the same with both capacities.

    With q and q' for the shares of good jobs: f (1/q' − 1/q) D = p (K/q − K'/q').
    """
    q, less = _quality(p, p.strain, False), _quality(p, p.strain, True)
    staff, fewer = Fraction(p.capacity), Fraction(9 * p.capacity, 10)
    return p.pay * (staff / q - fewer / less) / ((1 / less - 1 / q) * p.demand)
