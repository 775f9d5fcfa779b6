"""Two lines or one, where one line makes the service a little slower."""

from __future__ import annotations

from typing import Any

from svclab.capacity.queues.markovian import mm1, mmc
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page
from svclab.words import minutes, number, say

__all__ = ["PoolOrNot"]

#: Where, who comes, who serves, and why one line is slower. All invented.
PLACES = {
    "bank": (
        "A bank (invented) has one counter for private customers and one for firms",
        "customers",
        "tellers",
        "each teller would have to look up rules for customers of the other kind",
    ),
    "service_hall": (
        "A university's service hall (师生服务大厅, invented) has one desk for study matters and "
        "one for money matters",
        "students",
        "clerks",
        "each clerk would have to look up matters of the other kind",
    ),
    "hospital": (
        "A hospital (invented) has one window for registration (挂号) and one for payments (收费)",
        "patients",
        "clerks",
        "each clerk would have to change between two programs",
    ),
    "parcels": (
        "A parcel station (快递驿站, invented) has one desk for each of its two halls",
        "customers",
        "helpers",
        "each helper would have to walk into both halls",
    ),
}


class PoolOrNot(Exercise):
    """Mean waits of two separate lines and of one line, and the shorter visit."""

    title = "Two lines, or one that is slower?"
    objective = 3
    level = "demanding"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        # With steps of 0.3 min both utilisations have three decimals at most.
        service = draw.number(2.4, 9.0, 0.3)
        slower = round(service + draw.choice([0.3, 0.6, 0.9, 1.2]), 1)
        return {
            "place": draw.choice(list(PLACES)),
            "rate": draw.integer(int(38 / slower) + 1, int(57 / slower)),
            "service": service,
            "slower": slower,
        }

    def sound(self, p: Any) -> bool:
        # Both ways are stable, and one of the two visits is clearly shorter.
        if p.rate * p.service < 0.6 * 60 or p.rate * p.slower > 0.95 * 60:
            return False
        two, one = self._visits(p)
        return abs(two - one) > 0.05 * min(two, one) and max(two, one) < 45 and apart(self, p)

    def _visits(self, p: Any) -> tuple[float, float]:
        """Minutes from arrival to departure, with two lines and with one."""
        return _one_server(_use(p, p.service), p.service) + p.service, _two(p, p.slower) + p.slower

    def question(self, p: Any) -> str:
        where, who, staff, why = PLACES[p.place]
        return page(
            say(
                "{where}. To each of the two come {rate} {who} an hour on average, at random. A "
                "service takes {service} on average, exponentially distributed.",
                where=where,
                rate=p.rate,
                who=who,
                service=minutes(p.service),
            ),
            say(
                "It is proposed that all {who} take numbers from **one** line, and that both "
                "{staff} serve everybody (pooling, 合并排队). But {why}, so that a service would "
                "take {slower} on average.",
                who=who,
                staff=staff,
                why=why,
                slower=minutes(p.slower),
            ),
            say(
                "For two at work with one line and the utilisation u, Erlang C gives the share "
                "that must wait: C = 2u² ÷ (1 + u).\n\n"
                "1. How long is the mean wait before the service with two lines?\n"
                "2. And with one line?\n"
                "3. Which way is the mean time from arrival to the *end* of the service shorter?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        ways = {
            "two": say("two lines"),
            "one": say("one line"),
            "same": say("no difference: as many people come, and as many serve"),
        }
        return [
            NumberField("two", say("Mean wait with two lines"), unit="min", relative=0.01),
            NumberField("one", say("Mean wait with one line"), unit="min", relative=0.01),
            ChoiceField("shorter", say("Shorter from arrival to end"), ways),
        ]

    def solve(self, p: Any) -> Answers:
        own = mm1(p.rate, 60 / p.service)
        pooled = mmc(2 * p.rate, 60 / p.slower, servers=2)
        shorter = pooled.mean_time_in_system < own.mean_time_in_system
        return {
            "two": own.mean_wait_minutes,
            "one": pooled.mean_wait_minutes,
            "shorter": "one" if shorter else "two",
        }

    def second(self, p: Any) -> Answers:
        # Mean numbers from the shares of the states, then Little's law.
        waits = []
        for servers, rate, service in ((1, p.rate, p.service), (2, 2 * p.rate, p.slower)):
            load = rate * service / 60
            weight, total, waiting, n = 1.0, 0.0, 0.0, 0
            while n < 10 or weight > 1e-16 * total:
                total += weight
                waiting += max(0, n - servers) * weight
                n += 1
                weight *= load / min(n, servers)
            waits.append(60 * waiting / total / rate)
        shorter = waits[1] + p.slower < waits[0] + p.service
        return {"two": waits[0], "one": waits[1], "shorter": "one" if shorter else "two"}

    @misconception(
        "You put the arrivals of one kind into the one line. The people of both lines come "
        "there, and two are at work."
    )
    def half_the_arrivals(self, p: Any) -> Answers:
        use = _use(p, p.slower) / 2
        return {"one": 2 * use * use / (1 + use) * p.slower / (2 - 2 * use)}

    @misconception(
        "You replaced the two by one who is twice as fast. But one person is served by one "
        "clerk: while only one is inside, half of the capacity stands idle."
    )
    def twice_as_fast(self, p: Any) -> Answers:
        return {"one": _one_server(_use(p, p.slower), p.slower / 2)}

    @misconception(
        "You left the service as fast as before. In the one line it takes longer, so the "
        "utilisation rises, too."
    )
    def as_fast_as_before(self, p: Any) -> Answers:
        return {"one": _two(p, p.service)}

    @misconception(
        "You used the formula of one counter for the one line. There are two at work: a person "
        "waits only if both are busy."
    )
    def formula_of_one(self, p: Any) -> Answers:
        return {"one": _one_server(_use(p, p.slower), p.slower)}

    @misconception(
        "You took half of the wait of two lines. Pooling helps by another amount, and the "
        "service gets slower here."
    )
    def half_the_wait(self, p: Any) -> Answers:
        return {"one": _one_server(_use(p, p.service), p.service) / 2}

    @misconception(
        "You included the service. The first two questions ask for the wait alone, the third for "
        "both."
    )
    def with_the_service(self, p: Any) -> Answers:
        two, one = self._visits(p)
        return {"two": two, "one": one}

    @misconception(
        "You trust that one line is always better. It saves waiting, but here every service takes "
        "longer and the utilisation rises: compare the numbers."
    )
    def always_pool(self, p: Any) -> Answers | None:
        two, one = self._visits(p)
        return {"shorter": "one"} if two < one else None

    @misconception(
        "You let the slower service decide. Nobody stands idle any more while somebody waits in "
        "the other line, and here this saves more than the service loses."
    )
    def never_slower(self, p: Any) -> Answers | None:
        two, one = self._visits(p)
        return {"shorter": "two"} if one < two else None

    @misconception(
        "You compared only how many come and how many serve. With two lines one clerk may be idle "
        "while people wait in the other line."
    )
    def no_difference(self, p: Any) -> Answers:
        return {"shorter": "same"}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Two lines are two single counters that know nothing of each other. First find "
                "the utilisation of one of them, then its mean wait."
            ),
            say(
                "For the one line the utilisation is all the work that comes in an hour, with the "
                "slower service, divided by 120 minutes of two people."
            ),
            say(
                "With one line: mean wait = C × s ÷ (2 × (1 − u)), with the slower service time "
                "s. For a single counter the share that waits is u itself: mean wait = u × s ÷ "
                "(1 − u)."
            ),
            say("For the third question add the service time of each way to its wait."),
        ]

    def solution(self, p: Any) -> str:
        own, pooled = _use(p, p.service), _use(p, p.slower)
        waiting = 2 * pooled * pooled / (1 + pooled)
        right = self.solve(p)
        two, one = self._visits(p)
        return page(
            say(
                "**Two lines.** Each has u = {rate} × {service} ÷ 60 = {use}. Mean wait = {use} × "
                "{service} ÷ {rest} = **{wait}**.",
                rate=p.rate,
                service=number(p.service),
                use=number(own, 3),
                rest=number(1 - own, 3),
                wait=minutes(right["two"], 2),
            ),
            say(
                "**One line.** {rate} people an hour and two at work: u = {rate} × {service} ÷ "
                "120 = {use}. C = 2 × {use}² ÷ {more} = {share}. Mean wait = {share} × {service} "
                "÷ (2 × {rest}) = **{wait}**.",
                rate=2 * p.rate,
                service=number(p.slower),
                use=number(pooled, 3),
                more=number(1 + pooled, 3),
                share=number(waiting, 3),
                rest=number(1 - pooled, 3),
                wait=minutes(right["one"], 2),
            ),
            say(
                "**To the end of the service.** Two lines: {wait_two} + {service} = {two}. One "
                "line: {wait_one} + {slower} = {one}. {verdict}",
                wait_two=number(right["two"], 2),
                service=number(p.service),
                two=minutes(two, 2),
                wait_one=number(right["one"], 2),
                slower=number(p.slower),
                one=minutes(one, 2),
                verdict=say(
                    "**One line** is shorter: it saves more waiting than the slower service costs."
                )
                if one < two
                else say(
                    "**Two lines** are shorter: the slower service costs more than pooling saves, "
                    "above all because the utilisation rises."
                ),
            ),
        )


def _use(p: Any, service: float) -> float:
    """Utilisation: the same for one counter of two as for both with one line."""
    return round(p.rate * service / 60, 9)


def _one_server(use: float, service: float) -> float:
    return use * service / (1 - use)


def _two(p: Any, service: float) -> float:
    """Mean wait in minutes in one line for two."""
    use = _use(p, service)
    return service * use * use / (1 - use * use)
