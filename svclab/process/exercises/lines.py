"""Lines of places that every customer passes: bottleneck, flow time, utilisation."""

from __future__ import annotations

from fractions import Fraction
from statistics import fmean
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
from svclab.process.analysis import FlowAnalysis, analyse
from svclab.process.model import HOUR, Process
from svclab.words import count, number, per_hour, percent, say, seconds

__all__ = ["Bottleneck", "FlowTime"]

# Who comes, where, and which places they pass. All invented.
LINES = {
    "canteen": (
        "guest",
        "In a university canteen",
        ("tray", "hot dish", "rice", "drink", "payment"),
    ),
    "parcels": (
        "customer",
        "At a parcel point",
        ("identity check", "search", "signature", "payment", "hand-out"),
    ),
    "vaccination": (
        "visitor",
        "At a vaccination point",
        ("registration", "questions", "injection", "certificate", "exit desk"),
    ),
    "cards": (
        "student",
        "In an office for student cards",
        ("form check", "photograph", "payment", "printing", "hand-out"),
    ),
}


class Bottleneck(Exercise):
    """Which place limits a line, and to how many customers per hour."""

    title = "Where is the bottleneck?"
    objective = 1
    level = "easy"
    minutes = 4

    def deal(self, draw: Draw) -> Answers:
        slow = draw.choice([36, 40, 45, 48, 50, 60, 72])
        pair = draw.integer(slow + 8, 2 * slow - 8, 2)  # two people, so not the bottleneck
        others = draw.integers(3, 12, slow - 4, 2, distinct=True)
        places = draw.shuffled([[slow, 1], [pair, 2], *([time, 1] for time in others)])
        return {
            "line": draw.choice(list(LINES)),
            "seconds": [time for time, _ in places],
            "people": [people for _, people in places],
        }

    def sound(self, p: Any) -> bool:
        # The first place is what a hasty eye takes: it shall be neither answer nor the pair.
        return p.people[0] == 1 and _analysis(p).bottlenecks != (LINES[p.line][2][0],)

    def question(self, p: Any) -> str:
        who, where, places = LINES[p.line]
        rows = zip(places, map(seconds, p.seconds), p.people, strict=True)
        return page(
            say(
                "{where} (invented), every {who} passes five places, one after the other. "
                "The table says how long one person there needs for one {who}, and how many "
                "people work there. Where two people work, each of them serves one {who} at a "
                "time.",
                where=where,
                who=who,
            ),
            table([say("place"), say("time for one {who}", who=who), say("people")], rows),
            say("Which place is the bottleneck (瓶颈), and what is the capacity of the line?"),
        )

    def fields(self, p: Any) -> list[Field]:
        places = LINES[p.line][2]
        return [
            ChoiceField("bottleneck", say("Bottleneck"), {name: name for name in places}),
            NumberField("capacity", say("Capacity of the line"), unit="per hour"),
        ]

    def solve(self, p: Any) -> Answers:
        found = _analysis(p)
        return {"bottleneck": found.bottlenecks[0], "capacity": found.capacity_per_hour}

    def second(self, p: Any) -> Answers:
        rates = _rates(p)
        slowest = min(rates, key=rates.__getitem__)
        return {"bottleneck": slowest, "capacity": float(rates[slowest])}

    @misconception(
        "You took the place with the longest time. But two people work there: together they let "
        "a customer pass after half of that time."
    )
    def longest_time(self, p: Any) -> Answers:
        place = p.seconds.index(max(p.seconds))
        return {"bottleneck": LINES[p.line][2][place], "capacity": HOUR / max(p.seconds)}

    @misconception(
        "You took the mean of the capacities. Every customer needs every place. What a fast "
        "place could do more does not help at the slow one."
    )
    def mean(self, p: Any) -> Answers:
        return {"capacity": fmean(_rates(p).values())}

    @misconception(
        "You divided the hour by all the time that one customer needs. That would be right if "
        "the next customer could come only when the first has left. In a line, customers are "
        "served at all places at the same time."
    )
    def one_at_a_time(self, p: Any) -> Answers:
        return {"capacity": HOUR / sum(p.seconds)}

    @misconception(
        "You divided the working time of all people by the work for one customer. That is right "
        "if everybody can do everything. Here each person stays at one place."
    )
    def everybody_does_everything(self, p: Any) -> Answers:
        content = sum(p.seconds)
        return {"capacity": HOUR * sum(p.people) / content}

    @misconception(
        "You took the first place, where the customers come in. A line gives no more than its "
        "slowest place lets through."
    )
    def first_place(self, p: Any) -> Answers:
        name = LINES[p.line][2][0]
        return {"bottleneck": name, "capacity": float(_rates(p)[name])}

    @misconception(
        "This is the number of seconds between two customers, the cycle time. The question asks "
        "how many customers that makes in an hour."
    )
    def cycle_time(self, p: Any) -> Answers:
        return {"capacity": _analysis(p).cycle_time_seconds}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Work out for each place how many customers it can finish in one hour."),
            say(
                "An hour has {hour}. Divide it by the time for one customer. Where two people "
                "work, multiply by two.",
                hour=seconds(HOUR),
            ),
            say(
                "Every customer needs every place. So the place with the smallest number per "
                "hour decides for all."
            ),
        ]

    def solution(self, p: Any) -> str:
        rows = [
            (row.name, seconds(row.work_seconds), row.units, per_hour(row.capacity_per_hour))
            for row in _analysis(p).resources
        ]
        return page(
            say("Capacity of a place = people × {hour} ÷ time.", hour=seconds(HOUR)),
            table([say("place"), say("time"), say("people"), say("capacity")], rows),
            say(
                "The smallest capacity is that of **{name}**. So the line serves **{capacity}**, "
                "whatever the other places could do.",
                name=_analysis(p).bottlenecks[0],
                capacity=per_hour(_analysis(p).capacity_per_hour),
            ),
        )


def _analysis(p: Any) -> FlowAnalysis:
    places = LINES[p.line][2]
    people = dict(zip(places, p.people, strict=True))
    return analyse(Process.line("Line", list(zip(places, p.seconds, strict=True)), workers=people))


def _rates(p: Any) -> dict[str, Fraction]:
    places = LINES[p.line][2]
    return {
        name: Fraction(3600 * people, time)
        for name, time, people in zip(places, p.seconds, p.people, strict=True)
    }


DESKS = ("documents", "photograph", "fingerprints", "payment")


class FlowTime(Exercise):
    """Flow time, utilisation of one place, balance delay."""

    title = "How long, and how busy?"
    objective = 1
    level = "easy"
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        slow = draw.choice([40, 45, 48, 50, 60, 72, 75, 80, 90])
        times = draw.shuffled([slow, *draw.integers(3, 14, slow - 6, distinct=True)])
        demand = draw.integer(1800 // slow, 3060 // slow)  # half to 85% of the capacity
        asked = draw.choice([i for i in range(4) if times[i] != slow])
        return {"seconds": times, "demand": demand, "asked": asked}

    def question(self, p: Any) -> str:
        rows = zip(DESKS, map(seconds, p.seconds), strict=True)
        return page(
            say(
                "At a visa counter (invented), every applicant passes four desks, one after the "
                "other. One person works at each. {demand} come in an hour, evenly spread.",
                demand=count(p.demand, "applicant"),
            ),
            table([say("desk"), say("time for one applicant")], rows),
            say(
                "1. How long does an applicant need for all four desks if there is no waiting "
                "(flow time, 流程时间)?\n"
                "2. What share of the time does the person at **{asked}** work (utilisation, "
                "利用率) when {demand} come in an hour?\n"
                "3. Suppose now that so many applicants come that the line runs at full load. What "
                "share of the paid time of the four people is not used for work (balance delay, "
                "平衡损失率)?",
                asked=DESKS[p.asked],
                demand=count(p.demand, "applicant"),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        asked = say("Utilisation of {desk}", desk=DESKS[p.asked])
        return [
            NumberField("flow_time", say("Flow time"), unit="s"),
            NumberField("utilisation", asked, unit="%"),
            NumberField("balance_delay", say("Balance delay at full load"), unit="%"),
        ]

    def solve(self, p: Any) -> Answers:
        line = Process.line("Visa counter", list(zip(DESKS, p.seconds, strict=True)))
        found = analyse(line, p.demand)
        return {
            "flow_time": found.flow_time_seconds,
            "utilisation": 100 * found.resources[p.asked].utilisation,
            "balance_delay": 100 * found.balance_delay,
        }

    def second(self, p: Any) -> Answers:
        # Follow one hour of customers, evenly spread, and one cycle at full load.
        busy = sum(p.seconds[p.asked] for _ in range(p.demand))
        idle = [max(p.seconds) - time for time in p.seconds]
        return {
            "flow_time": sum(p.seconds),
            "utilisation": 100 * busy / 3600,
            "balance_delay": 100 * sum(idle) / (4 * max(p.seconds)),
        }

    @misconception(
        "You took the time of the slowest desk. That is the time between two applicants who "
        "leave, the cycle time. One applicant needs all four desks."
    )
    def cycle_for_flow(self, p: Any) -> Answers:
        return {"flow_time": max(p.seconds)}

    @misconception(
        "You multiplied the time of the slowest desk by the number of desks. That is the time "
        "for which the people are paid. The applicant does not stay so long at the fast desks."
    )
    def paid_for_flow(self, p: Any) -> Answers:
        return {"flow_time": 4 * max(p.seconds)}

    @misconception(
        "You computed the utilisation at full load. Fewer applicants come than the line could "
        "serve, so everybody works less than that."
    )
    def full_load(self, p: Any) -> Answers:
        return {"utilisation": 100 * p.seconds[p.asked] / max(p.seconds)}

    @misconception(
        "You compared the applicants who come with the capacity of the whole line. That is the "
        "utilisation of the slowest desk. The desk in the question needs less time for each one."
    )
    def of_the_line(self, p: Any) -> Answers:
        return {"utilisation": p.demand * max(p.seconds) / 36}

    @misconception(
        "This is the share of time in which the person has nothing to do. Utilisation is the "
        "other part."
    )
    def idle_share(self, p: Any) -> Answers:
        return {"utilisation": 100 - p.demand * p.seconds[p.asked] / 36}

    @misconception(
        "This is the share of paid time in which the people work. Balance delay is the part "
        "that is lost."
    )
    def worked_share(self, p: Any) -> Answers:
        return {"balance_delay": 100 * sum(p.seconds) / (4 * max(p.seconds))}

    @misconception(
        "You computed the idle time for the applicants who come today. The question asks for "
        "full load: how much is lost only because the desks take unequal times."
    )
    def delay_today(self, p: Any) -> Answers:
        return {"balance_delay": 100 - 100 * p.demand * sum(p.seconds) / (4 * 3600)}

    @misconception(
        "You divided the idle time by the working time. Balance delay is a share of the paid "
        "time, which holds both."
    )
    def per_work(self, p: Any) -> Answers:
        work = sum(p.seconds)
        return {"balance_delay": 100 * (4 * max(p.seconds) - work) / work}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Three different times: how long *one* applicant needs for all desks, how much "
                "work comes to *one* desk in an hour, and how many seconds pass between two "
                "applicants who leave at full load."
            ),
            say(
                "Utilisation: work that comes to the desk in an hour (applicants × time), "
                "divided by the {hour} of the hour.",
                hour=seconds(HOUR),
            ),
            say(
                "Balance delay: at full load one applicant leaves each time the slowest desk has "
                "finished one. During this time four people are paid. Compare that with the work "
                "in one applicant."
            ),
        ]

    def solution(self, p: Any) -> str:
        right, slow, work = self.solve(p), max(p.seconds), sum(p.seconds)
        return page(
            say(
                "**Flow time.** {sum} = **{flow}**.",
                sum=" + ".join(str(number(time)) for time in p.seconds),
                flow=seconds(right["flow_time"]),
            ),
            say(
                "**Utilisation.** {demand} × {time} = {busy} of work in an hour of {hour}: "
                "**{share}**.",
                demand=number(p.demand),
                time=seconds(p.seconds[p.asked]),
                busy=seconds(p.demand * p.seconds[p.asked]),
                hour=seconds(HOUR),
                share=percent(right["utilisation"] / 100),
            ),
            say(
                "**Balance delay.** At full load an applicant leaves every {slow}. Four people "
                "are then paid for 4 × {slow} = {paid}, in which they do {work} of work. {idle} "
                "of the {paid} are not used: **{share}**.",
                slow=seconds(slow),
                paid=seconds(4 * slow),
                work=seconds(work),
                idle=seconds(4 * slow - work),
                share=percent(right["balance_delay"] / 100),
            ),
        )
