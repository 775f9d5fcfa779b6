"""Staffing one hour with a table of Erlang C."""

from __future__ import annotations

import math
from typing import Any

from svclab.capacity.queues.erlang import erlang_c
from svclab.capacity.queues.markovian import mmc
from svclab.practice import Draw, Exercise, Field, IntegerField, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import count, minutes, number, percent, say

__all__ = ["BusyHour"]

#: Where, who comes and who serves. All invented.
PLACES = {
    "registration": ("the registration of a hospital (挂号处, invented)", "patients", "clerk"),
    "telecom": ("the hall of a telecom operator (营业厅, invented)", "customers", "clerk"),
    "government": ("a government service hall (政务服务大厅, invented)", "citizens", "clerk"),
    "bank": ("a large branch of a bank (invented)", "customers", "teller"),
}

#: Lines of the table that is given.
LINES = 6


class BusyHour(Exercise):
    """Offered load, the fewest clerks for a service level, and the level they reach."""

    title = "Clerks for the busy hour"
    objective = 5
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        # With steps of 0.6 min the offered load has two decimals at most.
        return {
            "place": draw.choice(list(PLACES)),
            "rate": draw.integer(20, 120),
            "service": draw.number(2.4, 9.0, 0.6),
            "target": draw.choice([80, 85, 90]),
            "within": draw.integer(1, 5),
        }

    def sound(self, p: Any) -> bool:
        # The service level asks for more than a bare majority of work, and is not just missed.
        load = _load(p)
        if not 2.2 <= load <= 8.5 or not 0.1 <= load % 1 <= 0.9 or p.within >= p.service:
            return False
        first, fewest = _first(p), _fewest(p, lambda c: _level(p, c))
        if not first < fewest <= first + LINES - 3:
            return False
        reached, missed = _level(p, fewest), _level(p, fewest - 1)
        return reached > p.target + 0.7 and missed < p.target - 0.7 and apart(self, p)

    def question(self, p: Any) -> str:
        where, who, clerk = PLACES[p.place]
        first = _first(p)
        lines = range(first, first + LINES)
        rows = [(count(c, clerk), percent(erlang_c(_load(p), c), 2)) for c in lines]
        return page(
            say(
                "In the busiest hour {rate} {who} come to {where}, at random (Poisson arrivals, "
                "泊松到达). Serving one takes {service} on average, exponentially distributed. "
                "There is one line for all counters. For this load, Erlang C says which share of "
                "the {who} has to wait at all:",
                rate=p.rate,
                who=who,
                where=where,
                service=minutes(p.service),
            ),
            table([say("at work"), say("share that must wait")], rows),
            say(
                "The management promises: at least {target} of the {who} wait for {within} at "
                "most (service level, 服务水平).\n\n"
                "1. What is the offered load (话务量), in Erlang?\n"
                "2. With how many {clerks} at least is the promise kept?\n"
                "3. What share of the {who} then waits for {within} at most?",
                target=percent(p.target / 100, 0),
                who=who,
                within=minutes(p.within),
                clerks=clerk + "s",
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        within = minutes(p.within)
        return [
            NumberField("load", say("Offered load"), unit="Erlang"),
            IntegerField("clerks", say("Fewest at work")),
            NumberField(
                "level",
                say("Share within {time}, with so many", time=within),
                unit="%",
                absolute=0.3,
                relative=0.0,
            ),
        ]

    def solve(self, p: Any) -> Answers:
        first, load = _first(p), _load(p)
        for clerks in range(first, first + 50):
            queue = mmc(p.rate, 60 / p.service, servers=clerks)
            level = 100 * queue.service_level(minutes=p.within).of_all_offered
            if level >= p.target:
                return {"load": load, "clerks": clerks, "level": level}
        raise AssertionError("fifty more than are needed for the load are always enough")

    def second(self, p: Any) -> Answers:
        # The states one by one: n inside has the weight aⁿ/n!, and beyond c it falls by a/c.
        load = p.rate * p.service / 60
        clerks = _first(p)
        while True:
            weights = [1.0]
            for n in range(1, clerks + 1):
                weights.append(weights[-1] * load / n)
            full = weights.pop() / (1 - load / clerks)
            wait = full / (math.fsum(weights) + full)
            level = 100 - 100 * wait * math.exp(-(clerks - load) * p.within / p.service)
            if level >= p.target:
                return {"load": load, "clerks": clerks, "level": level}
            clerks += 1

    @misconception(
        "You multiplied people per hour by minutes. The offered load compares work with time in "
        "one unit: hours of work that come in an hour."
    )
    def minutes_for_hours(self, p: Any) -> Answers:
        return {"load": p.rate * p.service}

    @misconception(
        "You divided the arrivals by the service time. More minutes for each person are more "
        "work, so the time multiplies."
    )
    def divided(self, p: Any) -> Answers:
        return {"load": p.rate / p.service}

    @misconception(
        "You took the fewest who can do the work at all. They keep the queue from growing "
        "without bound, but it is long: the promise is about the wait."
    )
    def just_stable(self, p: Any) -> Answers:
        return {"clerks": _first(p), "level": _level(p, _first(p))}

    @misconception(
        "You counted as in time only those who need not wait at all. Many of those who wait are "
        "still served within the time promised."
    )
    def no_wait_at_all(self, p: Any) -> Answers | None:
        right = _fewest(p, lambda c: _level(p, c))
        clerks = _fewest(p, lambda c: 100 - 100 * erlang_c(_load(p), c))
        found: Answers = {"level": 100 - 100 * erlang_c(_load(p), right)}
        return found | ({"clerks": clerks} if clerks != right else {})

    @misconception(
        "You took the share of those who must wait: they are only a part of all. Whoever is "
        "served at once is in time as well."
    )
    def only_those_who_wait(self, p: Any) -> Answers:
        clerks = _fewest(p, lambda c: _level(p, c))
        return {"level": 100 - 100 * math.exp(-(clerks - _load(p)) * p.within / p.service)}

    @misconception(
        "You put the utilisation where the probability of waiting belongs. With several at work "
        "one is often free although the utilisation is high: take the share from the table."
    )
    def utilisation_for_waiting(self, p: Any) -> Answers:
        clerks = _fewest(p, lambda c: _level(p, c))
        return {"level": 100 - 100 * (_load(p) / clerks) * self._late(p, clerks)}

    @misconception(
        "You let the queue shrink with all the capacity. New people come meanwhile, so only the "
        "capacity that they leave over shortens it."
    )
    def whole_capacity(self, p: Any) -> Answers:
        clerks = _fewest(p, lambda c: _level(p, c))
        wait = erlang_c(_load(p), clerks)
        return {"level": 100 - 100 * wait * math.exp(-clerks * p.within / p.service)}

    @misconception(
        "This is the share that waits longer than promised. The service level is the other part."
    )
    def share_too_late(self, p: Any) -> Answers:
        return {"level": 100 - _level(p, _fewest(p, lambda c: _level(p, c)))}

    def _late(self, p: Any, clerks: int) -> float:
        """Share of those who must wait that wait for longer than promised."""
        return math.exp(-(clerks - _load(p)) * p.within / p.service)

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "The offered load is the work that comes in an hour, in hours. So many would be "
                "busy on average if nobody ever had to wait."
            ),
            say(
                "Two groups are in time: those who need not wait, and a part of those who wait. "
                "The table gives the first group."
            ),
            say(
                "The share that waits longer than a time t is C × e^(−(c − a) × t ÷ s), with C "
                "from the table, c at work, the load a, and the service time s in the same unit "
                "as t."
            ),
            say(
                "Try the lines of the table from the top. The first at which 1 − C × "
                "e^(−(c − a) × t ÷ s) is high enough is the answer."
            ),
        ]

    def solution(self, p: Any) -> str:
        load, first = _load(p), _first(p)
        right = self.solve(p)
        lines = range(first, right["clerks"] + 1)
        clerk = PLACES[p.place][2]
        rows = [
            (
                count(c, clerk),
                percent(erlang_c(load, c), 2),
                number((c - load) * p.within / p.service, 3),
                percent(self._late(p, c), 2),
                percent(_level(p, c) / 100, 2),
            )
            for c in lines
        ]
        head = [
            say("at work"),
            say("C"),
            say("x = (c − a) × t ÷ s"),
            say("e^(−x)"),
            say("in time: 1 − C × e^(−x)"),
        ]
        return page(
            say(
                "**Load.** {rate} × {service} ÷ 60 = **{load}**. With {few} the queue "
                "would grow without bound.",
                rate=p.rate,
                service=minutes(p.service),
                load=str(number(load, 2)) + " Erlang",
                few=count(first - 1, clerk),
            ),
            say(
                "**The promise.** With a = {load}, t = {within} and s = {service}:",
                load=number(load, 2),
                within=minutes(p.within),
                service=minutes(p.service),
            ),
            table(head, rows),
            say(
                "The first line with at least {target} is that of **{clerks}**: **{level}** are "
                "served in time.",
                target=percent(p.target / 100, 0),
                clerks=count(right["clerks"], clerk),
                level=percent(right["level"] / 100, 2),
            ),
        )


def _load(p: Any) -> float:
    return round(p.rate * p.service / 60, 9)


def _first(p: Any) -> int:
    """The fewest who can do the work at all."""
    return math.floor(_load(p)) + 1


def _level(p: Any, clerks: int) -> float:
    """Percent of all who wait for as long as promised at most."""
    load = _load(p)
    late = math.exp(-(clerks - load) * p.within / p.service)
    return 100 - 100 * erlang_c(load, clerks) * late


def _fewest(p: Any, level: Any) -> int:
    """The fewest at work for which a level in percent reaches the promise."""
    return next(c for c in range(_first(p), 60) if level(c) >= p.target)
