"""One desk, two kinds of customers, and one of them goes first."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.capacity.queues.priorities import priorities_mg1
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import minutes, number, per_hour, say

__all__ = ["PriorityDesk"]

#: Where, who goes first, who else comes. All invented.
PLACES = {
    "bank": (
        "A bank (invented) has one counter for its VIP customers (贵宾客户) and all others",
        "VIP customers",
        "other customers",
    ),
    "hospital": (
        "At a hospital (invented) one clerk does the registration (挂号)",
        "patients over 70",
        "other patients",
    ),
    "hall": (
        "A university's service hall (师生服务大厅, invented) has one desk",
        "students who graduate this week",
        "other students",
    ),
    "parcels": (
        "A parcel station (快递驿站, invented) has one desk",
        "customers with an appointment in the app",
        "other customers",
    ),
}


class PriorityDesk(Exercise):
    """Mean waits of those who go first and of the others, and the mean of all."""

    title = "Who goes first?"
    objective = 3
    level = "demanding"
    core = False
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        # With steps of 0.3 min both utilisations have three decimals at most.
        other = draw.number(2.4, 6.6, 0.3)
        step = draw.choice([-1, 0, 1]) * draw.number(0.9, 2.7, 0.3)
        first = round(max(1.5, other + step), 1)
        rate = draw.integer(int(8 / first) + 1, int(26 / first))
        left = 60 - rate * first
        return {
            "place": draw.choice(list(PLACES)),
            "rates": [rate, draw.integer(int(0.5 * left / other) + 1, int(0.85 * left / other))],
            "services": [first, other],
        }

    def sound(self, p: Any) -> bool:
        # Busy but stable; those who go first are not nearly everybody.
        first, other = _uses(p)
        if not 0.65 <= first + other <= 0.9 or self.solve(p)["other"] > 45:
            return False
        return 0.12 <= first <= 0.45 and p.rates[0] != p.rates[1] and apart(self, p)

    def question(self, p: Any) -> str:
        where, first, other = PLACES[p.place]
        rows = [
            (name, per_hour(rate), minutes(service))
            for name, rate, service in zip((first, other), p.rates, p.services, strict=True)
        ]
        return page(
            say("{where}. Two kinds of people come, at random:", where=where),
            table([say("who"), say("come"), say("mean service time")], rows),
            say(
                "The service times of each kind are exponentially distributed. From now on the "
                "{first} are called before the {other} (non-preemptive priority, 非抢占优先权): a "
                "service that has begun is not interrupted. Until now all were served in the "
                "order of arrival.",
                first=first,
                other=other,
            ),
            say(
                "1. How long do the {first} wait on average, from now on?\n"
                "2. How long do the {other} wait on average?\n"
                "3. Take all people together: how does their mean wait change?",
                first=first,
                other=other,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        changes = {
            "shorter": say("it gets shorter"),
            "same": say("it stays the same"),
            "longer": say("it gets longer"),
        }
        return [
            NumberField("first", say("Mean wait of those called first"), unit="min", relative=0.01),
            NumberField("other", say("Mean wait of the others"), unit="min", relative=0.01),
            ChoiceField("together", say("Mean wait of all together"), changes),
        ]

    def solve(self, p: Any) -> Answers:
        desk = priorities_mg1(p.rates, [60 / s for s in p.services], service_scvs=[1.0, 1.0])
        first, other = p.services
        together = "same" if first == other else "shorter" if first < other else "longer"
        return {
            "first": desk[1].mean_wait_minutes,
            "other": desk[2].mean_wait_minutes,
            "together": together,
        }

    def second(self, p: Any) -> Answers:
        # Who comes first waits for the rest of a service and for the first in the queue. The
        # others follow from conservation: the waits, weighed with the work of each kind, add up
        # to the same as in the order of arrival.
        rates = [Fraction(rate, 60) for rate in p.rates]
        services = [Fraction(str(service)) for service in p.services]
        work = [rate * service for rate, service in zip(rates, services, strict=True)]
        rest = sum(w * s for w, s in zip(work, services, strict=True))
        in_order = rest / (1 - sum(work))
        first = rest / (1 - work[0])
        other = (sum(work) * in_order - work[0] * first) / work[1]
        mean = (rates[0] * first + rates[1] * other) / sum(rates)
        together = "same" if mean == in_order else "shorter" if mean < in_order else "longer"
        return {"first": float(first), "other": float(other), "together": together}

    @misconception(
        "You let those who go first wait not at all. A service that has begun is not "
        "interrupted, and others of the same kind may be there already."
    )
    def no_wait(self, p: Any) -> Answers:
        return {"first": 0.0}

    @misconception(
        "You left the others out. They are called later, but one of them may be at the desk "
        "when somebody with priority comes."
    )
    def only_the_own_kind(self, p: Any) -> Answers:
        first, _ = _uses(p)
        return {"first": first * p.services[0] / (1 - first)}

    @misconception(
        "You gave the others the wait that all had in the order of arrival. Now people who come "
        "later than they do are called before them."
    )
    def others_as_before(self, p: Any) -> Answers:
        return {"other": _rest(p) / (1 - sum(_uses(p)))}

    @misconception(
        "You let the others lose as many minutes each as the first gain each. The two kinds are "
        "not equally large: what many gain, few must lose, or the other way round."
    )
    def minute_for_minute(self, p: Any) -> Answers:
        before, first = _rest(p) / (1 - sum(_uses(p))), _rest(p) / (1 - _uses(p)[0])
        return {"other": 2 * before - first}

    @misconception("You included the service. The question asks for the wait before it begins.")
    def with_the_service(self, p: Any) -> Answers:
        first, use = _uses(p)[0], sum(_uses(p))
        wait = _rest(p) / (1 - first)
        return {"first": wait + p.services[0], "other": wait / (1 - use) + p.services[1]}

    @misconception(
        "You halved the rest of the running service. For exponential times the mean of the rest "
        "is a whole mean service time: long services are met more often."
    )
    def rest_halved(self, p: Any) -> Answers:
        first, use = _uses(p)[0], sum(_uses(p))
        wait = _rest(p) / 2 / (1 - first)
        return {"first": wait, "other": wait / (1 - use)}

    @misconception(
        "You expect that the order cannot change the mean of all. That holds if all services "
        "take equally long on average. Here the two kinds differ: compute both means."
    )
    def order_does_not_matter(self, p: Any) -> Answers | None:
        return {"together": "same"} if p.services[0] != p.services[1] else None

    @misconception(
        "You expect that priority helps on the whole. It helps one kind at the cost of the "
        "other: compute the mean of all, before and after."
    )
    def priority_helps(self, p: Any) -> Answers | None:
        return {"together": "shorter"} if p.services[0] >= p.services[1] else None

    @misconception(
        "You expect that priority harms on the whole. The others wait longer, but the first wait "
        "less: compute the mean of all, before and after."
    )
    def priority_harms(self, p: Any) -> Answers | None:
        return {"together": "longer"} if p.services[0] <= p.services[1] else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Find three numbers first: the utilisation by each of the two kinds, and the mean "
                "rest of the service that somebody finds running on arrival."
            ),
            say(
                "With exponential times the mean rest is the sum over both kinds of utilisation "
                "× mean service time. It counts nobody at the desk as zero."
            ),
            say(
                "Those who go first: rest ÷ (1 − u), with the utilisation u by their own kind "
                "alone. The others: the same wait, divided once more by 1 − the whole utilisation."
            ),
            say(
                "For the last question: with one desk, the order matters for the mean only if "
                "services differ in length. Which kind keeps more people waiting while it is "
                "served?"
            ),
        ]

    def solution(self, p: Any) -> str:
        first, other = _uses(p)
        right, rest, use = self.solve(p), _rest(p), first + other
        before = rest / (1 - use)
        mean = (p.rates[0] * right["first"] + p.rates[1] * right["other"]) / sum(p.rates)
        why = {
            "shorter": say("The kind with the shorter services is called first."),
            "same": say("Both kinds take equally long, so what the first gain the others lose."),
            "longer": say("The kind with the longer services is called first."),
        }
        return page(
            say(
                "**Utilisation.** First: {rate_1} × {time_1} ÷ 60 = {use_1}. Others: {rate_2} × "
                "{time_2} ÷ 60 = {use_2}. Together {use}.",
                rate_1=p.rates[0],
                time_1=number(p.services[0]),
                use_1=number(first, 3),
                rate_2=p.rates[1],
                time_2=number(p.services[1]),
                use_2=number(other, 3),
                use=number(use, 3),
            ),
            say(
                "**Rest of a running service.** {use_1} × {time_1} + {use_2} × {time_2} = {rest}.",
                use_1=number(first, 3),
                time_1=number(p.services[0]),
                use_2=number(other, 3),
                time_2=number(p.services[1]),
                rest=minutes(rest, 3),
            ),
            say(
                "**Waits.** First: {rest} ÷ {free_1} = **{first}**. Others: {rest} ÷ ({free_1} × "
                "{free}) = **{other}**. In the order of arrival everybody would wait {rest} ÷ "
                "{free} = {before}.",
                rest=number(rest, 3),
                free_1=number(1 - first, 3),
                free=number(1 - use, 3),
                first=minutes(right["first"], 2),
                other=minutes(right["other"], 2),
                before=minutes(before, 2),
            ),
            say(
                "**All together.** ({rate_1} × {first} + {rate_2} × {other}) ÷ {all} = {mean}, "
                "before {before}. {why} What never changes is the sum of utilisation × wait over "
                "the kinds (conservation law, 守恒定律): {use_1} × {first} + {use_2} × {other} = "
                "{use} × {before}.",
                rate_1=p.rates[0],
                rate_2=p.rates[1],
                all=sum(p.rates),
                first=number(right["first"], 2),
                other=number(right["other"], 2),
                mean=minutes(mean, 2),
                before=number(before, 2),
                why=why[right["together"]],
                use_1=number(first, 3),
                use_2=number(other, 3),
                use=number(use, 3),
            ),
        )


def _uses(p: Any) -> tuple[float, float]:
    """Utilisation by each kind."""
    first, other = (round(r * s / 60, 9) for r, s in zip(p.rates, p.services, strict=True))
    return first, other


def _rest(p: Any) -> float:
    """Mean minutes until the desk is free, as somebody finds it on arrival."""
    first, other = _uses(p)
    return float(first * p.services[0] + other * p.services[1])
