"""One counter with random arrivals: M/M/1 by hand."""

from __future__ import annotations

from typing import Any

from svclab.capacity.queues.markovian import mm1
from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page
from svclab.words import minutes, number, percent, say

__all__ = ["OneCounter"]

#: Where, and who comes. All invented.
PLACES = {
    "bank": ("A small branch of a bank (invented) has one counter (柜台)", "customers"),
    "hospital": ("A hospital (invented) has one window for payments (收费窗口)", "patients"),
    "tea": ("A shop for milk tea (奶茶店, invented) has one person at work", "customers"),
    "parcels": ("A parcel station (快递驿站, invented) has one desk for sending", "customers"),
}


class OneCounter(Exercise):
    """Utilisation, mean wait and mean queue of M/M/1."""

    title = "One counter"
    objective = 2
    level = "easy"
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        # With steps of 0.3 min the utilisation has three decimals at most.
        service = draw.number(1.2, 7.5, 0.3)
        return {
            "place": draw.choice(list(PLACES)),
            "rate": draw.integer(int(36 / service) + 1, int(55 / service)),
            "service": service,
        }

    def sound(self, p: Any) -> bool:
        return 0.6 <= _use(p) <= 0.93 and _wait(p) <= 45 and apart(self, p)

    def question(self, p: Any) -> str:
        where, who = PLACES[p.place]
        return page(
            say(
                "{where}. On average {rate} {who} an hour come, at random and independently of "
                "each other (Poisson arrivals, 泊松到达). Serving one of them takes {service} on "
                "average; the times vary like an exponential distribution (指数分布). Everybody "
                "waits in one queue and nobody gives up.",
                where=where,
                who=who,
                rate=p.rate,
                service=minutes(p.service),
            ),
            say(
                "1. What is the utilisation (利用率)?\n"
                "2. How long is the mean wait in the long run, until the service *begins*?\n"
                "3. How many {who} are waiting in the queue, on average?",
                who=who,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("utilisation", say("Utilisation"), unit="%", relative=0.002),
            NumberField("wait", say("Mean wait before the service"), unit="min", relative=0.01),
            NumberField("queue", say("Waiting in the queue, mean"), unit="people", relative=0.01),
        ]

    def solve(self, p: Any) -> Answers:
        counter = mm1(p.rate, 60 / p.service)
        return {
            "utilisation": 100 * counter.utilisation,
            "wait": counter.mean_wait_minutes,
            "queue": counter.mean_queue_length,
        }

    def second(self, p: Any) -> Answers:
        # n people inside have the probability (1 - u) uⁿ; all but one of them wait.
        use = _use(p)
        queue, share, n = 0.0, (1 - use) * use, 1
        while share > 1e-15:
            queue += (n - 1) * share
            share, n = share * use, n + 1
        return {"utilisation": 100 * use, "wait": 60 * queue / p.rate, "queue": queue}

    @misconception(
        "You divided the capacity by the demand. Utilisation is the other way round: the work "
        "that comes, divided by the time there is for it."
    )
    def upside_down(self, p: Any) -> Answers:
        return {"utilisation": 100 / _use(p)}

    @misconception(
        "This is the share of the time in which the counter has nothing to do. Utilisation is "
        "the other part."
    )
    def idle_share(self, p: Any) -> Answers:
        return {"utilisation": 100 * (1 - _use(p))}

    @misconception(
        "You expect no wait, because the counter is fast enough on average. But arrivals and "
        "services are irregular: sometimes several people come while one is being served."
    )
    def no_wait(self, p: Any) -> Answers:
        return {"wait": 0.0, "queue": 0.0}

    @misconception(
        "You included the service: this is the whole visit, or everybody inside. The question "
        "asks for the waiting alone."
    )
    def with_the_service(self, p: Any) -> Answers:
        use = _use(p)
        return {"wait": p.service / (1 - use), "queue": use / (1 - use)}

    @misconception(
        "You let people wait only for the one who is being served. There is often a queue in "
        "front as well, and its services must be waited for, too."
    )
    def only_who_is_served(self, p: Any) -> Answers:
        use = _use(p)
        return {"wait": use * p.service, "queue": use * use}

    @misconception(
        "You took the formula for services that all take the same time. Here the times vary, "
        "and long services hold up many people."
    )
    def constant_service(self, p: Any) -> Answers:
        use = _use(p)
        return {"wait": p.service * use / (2 - 2 * use), "queue": use * use / (2 - 2 * use)}

    @misconception(
        "You multiplied people per hour by minutes. Bring both to the same unit before you "
        "use Little's law."
    )
    def hours_by_minutes(self, p: Any) -> Answers:
        return {"queue": p.rate * _wait(p)}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "How many minutes of work come in an hour? Compare them with the 60 minutes that "
                "the counter has."
            ),
            say(
                "In M/M/1 the mean number of people inside is u ÷ (1 − u), with the utilisation u "
                "as a share. Somebody who comes must wait for all of their services."
            ),
            say(
                "Mean wait = mean service time × u ÷ (1 − u). Keep three decimals of u: near full "
                "load a small change of u changes the wait a lot."
            ),
            say(
                "Little's law (利特尔法则) for the queue alone: number = rate × wait, in one unit."
            ),
        ]

    def solution(self, p: Any) -> str:
        use = _use(p)
        right = self.solve(p)
        return page(
            say(
                "**Utilisation.** {rate} × {service} = {work} of work come in an hour of 60 min: "
                "u = {work_only} ÷ 60 = {use}, that is **{share}**.",
                rate=p.rate,
                service=minutes(p.service),
                work=minutes(p.rate * p.service),
                work_only=number(p.rate * p.service),
                use=number(use, 3),
                share=percent(use),
            ),
            say(
                "**Wait.** {service} × u ÷ (1 − u) = {service} × {use} ÷ {rest} = **{wait}**.",
                service=minutes(p.service),
                use=number(use, 3),
                rest=number(1 - use, 3),
                wait=minutes(right["wait"], 2),
            ),
            say(
                "**Queue.** {rate} people an hour for {wait}: {rate} × {wait_only} ÷ 60 = "
                "**{queue} people**.",
                rate=p.rate,
                wait=minutes(right["wait"], 2),
                wait_only=number(right["wait"], 2),
                queue=number(right["queue"], 2),
            ),
            say(
                "The counter is idle for {idle} of the time, and still there is a queue: arrivals "
                "and services are irregular, and idle time cannot be kept for later.",
                idle=percent(1 - use),
            ),
        )


def _use(p: Any) -> float:
    return round(p.rate * p.service / 60, 9)


def _wait(p: Any) -> float:
    use = _use(p)
    return float(p.service * use / (1 - use))
