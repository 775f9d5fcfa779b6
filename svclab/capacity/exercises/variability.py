"""How much of a wait comes from unequal service times: Pollaczek and Khinchine by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.capacity.queues.general import mg1
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import minutes, number, say

__all__ = ["VariableService"]

#: Where, who comes, and what would make the times equal or short. All invented.
PLACES = {
    "pharmacy": (
        "The pharmacy of a hospital (医院药房, invented) has one window",
        "patients",
        "long prescriptions are prepared behind the window",
        "a faster printer for the labels",
    ),
    "visas": (
        "An office for travel papers (出入境大厅, invented) has one desk",
        "applicants",
        "difficult cases get a checklist in advance",
        "a faster scanner",
    ),
    "repair": (
        "A repair service for telephones (手机维修点, invented) has one engineer",
        "customers",
        "the spare parts for long repairs are laid ready",
        "better tools for every repair",
    ),
    "canteen": (
        "A noodle window in a canteen (食堂, invented) has one cook",
        "students",
        "special wishes are ordered in advance",
        "a larger pot",
    ),
}


class VariableService(Exercise):
    """The wait in M/G/1 now, with more equal times, and whether shorter times help more."""

    title = "Equal times or short times?"
    objective = 3
    level = "medium"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        # With steps of 0.3 min the utilisation has three decimals at most.
        mean = draw.number(2.1, 9.0, 0.3)
        spread = draw.choice([5, 6, 7, 8, 12, 13, 14, 15, 16, 18])  # tenths of the mean
        spread_after = draw.choice([3, 4, 5, 6, 7])  # tenths of the standard deviation
        sd = round(mean * spread / 10, 1)
        return {
            "place": draw.choice(list(PLACES)),
            "rate": draw.integer(int(38 / mean) + 1, int(54 / mean)),
            "mean": mean,
            "sd": sd,
            "sd_after": round(sd * spread_after / 10, 1),
            "mean_after": round(mean - draw.number(0.3, 1.5, 0.3), 1),
        }

    def sound(self, p: Any) -> bool:
        # A clear difference between the two plans, and a busy but stable place.
        if not 0.6 <= p.rate * p.mean / 60 <= 0.9 or p.mean_after < 0.75 * p.mean:
            return False
        even, quick = self._plans(p)
        usual = _wait(p.rate, p.mean, p.sd) <= 45
        return usual and abs(even - quick) > 0.06 * min(even, quick) and apart(self, p)

    def _plans(self, p: Any) -> tuple[float, float]:
        """Minutes of waiting with more equal times, and with shorter ones."""
        return _wait(p.rate, p.mean, p.sd_after), _wait(p.rate, p.mean_after, p.sd)

    def question(self, p: Any) -> str:
        where, who, even, quick = PLACES[p.place]
        rows = [
            (say("now"), minutes(p.mean), minutes(p.sd)),
            (say("plan E"), minutes(p.mean), minutes(p.sd_after)),
            (say("plan Q"), minutes(p.mean_after), minutes(p.sd)),
        ]
        return page(
            say(
                "{where}. On average {rate} {who} an hour come, at random (Poisson arrivals, "
                "泊松到达), and wait in one line. There is money for one of two plans. Plan E: "
                "{even}. Plan Q: {quick}.",
                where=where,
                rate=p.rate,
                who=who,
                even=even,
                quick=quick,
            ),
            table(
                [say("service time"), say("mean"), say("standard deviation (标准差)")],
                rows,
            ),
            say(
                "1. How long is the mean wait before the service now?\n"
                "2. How long is it with plan E?\n"
                "3. Which plan makes the mean wait shorter?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        plans = {
            "even": say("plan E, with more equal times"),
            "quick": say("plan Q, with shorter times"),
        }
        return [
            NumberField("now", say("Mean wait now"), unit="min", relative=0.01),
            NumberField("even", say("Mean wait with plan E"), unit="min", relative=0.01),
            ChoiceField("plan", say("Shorter mean wait"), plans),
        ]

    def solve(self, p: Any) -> Answers:
        now = mg1(p.rate, 60 / p.mean, service_scv=(p.sd / p.mean) ** 2)
        even = mg1(p.rate, 60 / p.mean, service_scv=(p.sd_after / p.mean) ** 2)
        quick = mg1(p.rate, 60 / p.mean_after, service_scv=(p.sd / p.mean_after) ** 2)
        return {
            "now": now.mean_wait_minutes,
            "even": even.mean_wait_minutes,
            "plan": "even" if even.mean_wait < quick.mean_wait else "quick",
        }

    def second(self, p: Any) -> Answers:
        # Who comes waits for the rest of a running service and for those in front: with two
        # service times m - d and m + d of equal chance, which have the same mean and deviation.
        waits = []
        for mean, sd in ((p.mean, p.sd), (p.mean, p.sd_after), (p.mean_after, p.sd)):
            m, d = Fraction(str(mean)), Fraction(str(sd))
            rest = Fraction(p.rate, 60) * ((m - d) ** 2 + (m + d) ** 2) / 4
            waits.append(rest / (1 - Fraction(p.rate, 60) * m))
        plan = "even" if waits[1] < waits[2] else "quick"
        return {"now": float(waits[0]), "even": float(waits[1]), "plan": plan}

    @misconception(
        "You used the square of the mean alone, as if every service took exactly the mean time. "
        "The mean of the squares is larger: mean² + standard deviation²."
    )
    def mean_squared(self, p: Any) -> Answers:
        equal = _wait(p.rate, p.mean, 0)
        return {"now": equal, "even": equal}

    @misconception(
        "You used the variance alone. Even if all times were equal, people would wait, because "
        "the arrivals are irregular."
    )
    def variance_alone(self, p: Any) -> Answers:
        equal = _wait(p.rate, p.mean, 0)
        return {
            "now": _wait(p.rate, p.mean, p.sd) - equal,
            "even": _wait(p.rate, p.mean, p.sd_after) - equal,
        }

    @misconception(
        "You used the formula for exponential times. There the standard deviation equals the "
        "mean; here it does not."
    )
    def as_exponential(self, p: Any) -> Answers:
        return {"now": _wait(p.rate, p.mean, p.mean), "even": _wait(p.rate, p.mean, p.mean)}

    @misconception(
        "You forgot to halve. Who comes at a random moment finds the running service half over, "
        "on average."
    )
    def not_halved(self, p: Any) -> Answers:
        return {
            "now": 2 * _wait(p.rate, p.mean, p.sd),
            "even": 2 * _wait(p.rate, p.mean, p.sd_after),
        }

    @misconception("You included the service. The question asks for the time before it begins.")
    def with_the_service(self, p: Any) -> Answers:
        return {
            "now": _wait(p.rate, p.mean, p.sd) + p.mean,
            "even": _wait(p.rate, p.mean, p.sd_after) + p.mean,
        }

    @misconception(
        "You did not square the standard deviation over the mean. The formula needs the square "
        "of this coefficient of variation."
    )
    def ratio_not_squared(self, p: Any) -> Answers:
        equal = _wait(p.rate, p.mean, 0)
        return {"now": equal * (1 + p.sd / p.mean), "even": equal * (1 + p.sd_after / p.mean)}

    @misconception(
        "You expect the same wait as now, because the mean time is the same. But long services "
        "are what holds up many people, and plan E takes them away."
    )
    def same_mean_same_wait(self, p: Any) -> Answers:
        return {"even": _wait(p.rate, p.mean, p.sd)}

    @misconception(
        "You let the wait fall in proportion to the standard deviation. Only a part of the wait "
        "comes from unequal times, and it falls with the square."
    )
    def in_proportion(self, p: Any) -> Answers:
        return {"even": _wait(p.rate, p.mean, p.sd) * p.sd_after / p.sd}

    @misconception(
        "You chose the plan that works faster. It lowers the utilisation, but here the unequal "
        "times cost more: compute both waits."
    )
    def faster_is_better(self, p: Any) -> Answers | None:
        even, quick = self._plans(p)
        return {"plan": "quick"} if even < quick else None

    @misconception(
        "You chose the plan that takes away the irregularity. It helps, but here the lower "
        "utilisation helps more: compute both waits."
    )
    def equal_is_better(self, p: Any) -> Answers | None:
        even, quick = self._plans(p)
        return {"plan": "even"} if quick < even else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Two things make the wait: how busy the place is (utilisation), and how unequal "
                "the service times are."
            ),
            say(
                "The mean of the squared service times is mean² + standard deviation². Write it "
                "down for each row of the table."
            ),
            say(
                "Pollaczek and Khinchine: mean wait = rate × mean of the squares ÷ (2 × (1 − u)), "
                "with the rate per *minute* and the utilisation u = rate × mean."
            ),
            say(
                "Plan Q changes the mean, so it changes the utilisation *and* the mean of the "
                "squares."
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        even, quick = self._plans(p)
        rows = []
        for name, mean, sd, wait in (
            (say("now"), p.mean, p.sd, right["now"]),
            (say("plan E"), p.mean, p.sd_after, even),
            (say("plan Q"), p.mean_after, p.sd, quick),
        ):
            use = p.rate * mean / 60
            rows.append(
                (
                    name,
                    number(use, 3),
                    number(mean * mean + sd * sd, 3),
                    number(2 * (1 - use), 3),
                    minutes(wait, 2),
                )
            )
        head = [
            "",
            say("u = rate × mean"),
            say("mean² + deviation²"),
            say("2 × (1 − u)"),
            say("mean wait"),
        ]
        return page(
            say(
                "Mean wait = rate × (mean² + standard deviation²) ÷ (2 × (1 − u)), with a rate of "
                "{rate} ÷ 60 per minute.",
                rate=p.rate,
            ),
            table(head, rows),
            say(
                "Now **{now}**, with plan E **{even}**, with plan Q {quick}. {verdict}",
                now=minutes(right["now"], 2),
                even=minutes(even, 2),
                quick=minutes(quick, 2),
                verdict=say(
                    "**Plan E** saves more: the long services become rare, and with them the long "
                    "waits of everybody behind them."
                )
                if even < quick
                else say(
                    "**Plan Q** saves more: with less work there are fewer people in front, and "
                    "each of them takes less time."
                ),
            ),
        )


def _wait(rate: int, mean: float, sd: float) -> float:
    """Pollaczek and Khinchine, in minutes."""
    return rate / 60 * (mean * mean + sd * sd) / (2 * (1 - rate * mean / 60))
