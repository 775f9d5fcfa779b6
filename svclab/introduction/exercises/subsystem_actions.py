"""Measures filed under the four sub-systems, and what reaches whom by the next weeks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from svclab.introduction.exercises.subsystem_signs import MEASURES, PLACES
from svclab.introduction.loops import SubSystems, Week, sub_systems
from svclab.practice import ChoiceField, Draw, Exercise, Field, Matching, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import say

__all__ = ["WhoseWork"]

SHOWN = 5
CHINESE = {
    "demand": "服务需求管理",
    "process": "服务流程管理",
    "quality": "服务质量管理",
    "cost": "服务成本管理",
}
FIGURES = ("demand", "load", "quality", "cost")
#: What happens at the beginning of week 1; what of the model changes, and by which factor.
SHOCKS = {
    "capacity": ("a tenth of the staff leaves", "capacity", 0.9),
    "top": ("new colleagues make more mistakes, even without haste", "top", 0.95),
    "demand": ("a tenth more customers live nearby", "demand", 1.1),
    "failure": ("putting a mistake right becomes more expensive", "failure_cost", 1.5),
    "strain": ("the work becomes harder, so that haste does more harm to quality", "strain", 1.5),
}
WHEN = ("now", "later", "never")


class WhoseWork(Exercise):
    """The sub-system of five measures, and when a disturbance reaches each of four figures."""

    title = "Whose work is it, and who feels it?"
    objective = 4
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        empty = draw.choice([*MEASURES, "none"])
        present = [name for name in MEASURES if name != empty]
        chosen = [[name, draw.choice(list(MEASURES[name]))] for name in present]
        rest = [[n, key] for n in present for key in MEASURES[n] if [n, key] not in chosen]
        chosen += draw.sample(rest, SHOWN - len(chosen))
        return {
            "place": draw.choice(list(PLACES)),
            "measures": draw.shuffled(chosen),
            "empty": empty,
            "shock": draw.choice(list(SHOCKS)),
            "back": draw.chance(0.5),
            "known": draw.chance(0.5),
        }

    def sound(self, p: Any) -> bool:
        return apart(self, p)

    def question(self, p: Any) -> str:
        back = (
            say("A part of the mistakes comes back as work in the next week.")
            if p.back
            else say("Mistakes are paid for, and nothing comes back as work.")
        )
        known = (
            say("Customers hear of quality in the next week, and with a better name more come.")
            if p.known
            else say("Customers do not hear of quality: as many come in any case.")
        )
        return page(
            say(
                "The handbook divides service operations into four sub-systems (子系统): demand, "
                "process, quality and cost. {who} has written down five measures.",
                who=PLACES[p.place],
            ),
            say("Now a small model of the four (invented), week by week:"),
            bullets(
                [
                    say("Load is the work at hand, divided by the capacity of the staff. It is "
                        "high enough for haste, and all work of a week is done in that week."),
                    say("The more load, the smaller the share of jobs that is right the first "
                        "time: quality."),
                    say("Cost of a good job: pay of the staff and cost of mistakes, divided by the "
                        "jobs that are right."),
                    back,
                    known,
                ]
            ),
            say(
                "1. To which sub-system does each measure belong?\n"
                "2. Which sub-system has no measure at all?\n"
                "3. At the beginning of week 1, {shock}. When does each figure change: in week 1, "
                "later, or never?",
                shock=SHOCKS[p.shock][0],
            ),
        )  # fmt: skip

    def fields(self, p: Any) -> list[Field]:
        names = {name: say("{n} ({zh})", n=name, zh=zh) for name, zh in CHINESE.items()}
        rows = {f"m{n}": say(MEASURES[a][b]) for n, (a, b) in enumerate(p.measures)}
        when = {
            "now": say("in week 1"),
            "later": say("in a later week"),
            "never": say("never"),
        }
        figures = {
            "demand": say("demand: customers that come"),
            "load": say("load"),
            "quality": say("quality"),
            "cost": say("cost of a good job"),
        }
        empty = {**names, "none": say("none: each has a measure")}
        return [
            Matching("homes", say("The five measures"), rows,
                     [ChoiceField("home", say("Sub-system"), names)]),
            ChoiceField("empty", say("Without a measure"), empty),
            Matching("felt", say("What changes when"), figures,
                     [ChoiceField("when", say("First change"), when)]),
        ]  # fmt: skip

    def solve(self, p: Any) -> Answers:
        there = [name for name, _ in p.measures]
        return {
            "homes": _homes(there),
            "empty": next((name for name in MEASURES if name not in there), "none"),
            "felt": _felt(_simulated(p)),
        }

    def second(self, p: Any) -> Answers:
        # Along the arrows: what a figure depends on in the same week, and in the next.
        first = {"capacity": "load", "top": "quality", "demand": "demand", "failure": "cost",
                 "strain": "quality"}[p.shock]  # fmt: skip
        same = {"demand": ["load", "cost"], "load": ["quality"], "quality": ["cost"], "cost": []}
        following = {"quality": (["load"] if p.back else []) + (["demand"] if p.known else [])}
        felt = dict.fromkeys(FIGURES, "never")
        reached = [first, "cost"] if p.shock == "capacity" else [first]
        while reached:
            one = reached.pop()
            if felt[one] == "never":
                felt[one] = "now"
                reached += same[one]
        changed = [one for one in FIGURES if felt[one] == "now"]
        reached = [two for one in changed for two in following.get(one, [])]
        while reached:
            one = reached.pop()
            if felt[one] == "never":
                felt[one] = "later"
                reached += [*same[one], *following.get(one, [])]
        return {"homes": _homes([a for a, _ in p.measures]), "empty": p.empty, "felt": _felt(felt)}

    def _confused(self, p: Any, taken: str, meant: str) -> Answers | None:
        there = [name for name, _ in p.measures]
        if meant not in there:
            return None
        return {"homes": _homes([taken if name == meant else name for name in there])}

    def _changed(self, p: Any, wrong: dict[str, str]) -> Answers | None:
        """The second table of somebody who errs in some figures."""
        right = _simulated(p)
        felt = {**right, **wrong}
        return {"felt": _felt(felt)} if felt != right else None

    @misconception(
        "You filed under process what steers who comes and when. The process begins with the work "
        "that has come; demand is managed before."
    )
    def demand_for_process(self, p: Any) -> Answers | None:
        return self._confused(p, "process", "demand")

    @misconception(
        "You filed under quality what concerns the order of the steps. It may help quality, but "
        "what is arranged here is the flow of work."
    )
    def process_for_quality(self, p: Any) -> Answers | None:
        return self._confused(p, "quality", "process")

    @misconception(
        "You filed under process what asks whether the result is right. Ask whether it is about "
        "how the work flows, or about how good it comes out."
    )
    def quality_for_process(self, p: Any) -> Answers | None:
        return self._confused(p, "process", "quality")

    @misconception(
        "You filed under process what puts a sum of money on the work. Work that is measured in "
        "yuan belongs to cost."
    )
    def cost_for_process(self, p: Any) -> Answers | None:
        return self._confused(p, "process", "cost")

    @misconception(
        "You let quality change what customers do, or the work, where nothing leads back. Read the "
        "last two lines of the model: only what they name comes back."
    )
    def always_a_loop(self, p: Any) -> Answers | None:
        right = _simulated(p)
        if right["quality"] == "never":
            return None
        wrong = {"demand": "later"} if right["demand"] == "never" else {}
        return self._changed(
            p, {**wrong, **({"load": "later"} if right["load"] == "never" else {})}
        )

    @misconception(
        "You stopped after the first week. Follow the line that leads back: mistakes that come "
        "back, or customers who hear of quality, change the weeks to come."
    )
    def no_loop(self, p: Any) -> Answers | None:
        later = [name for name, when in _simulated(p).items() if when == "later"]
        return self._changed(p, dict.fromkeys(later, "never"))

    @misconception(
        "You let a figure wait for the next week that changes at once. Within a week the work at "
        "hand makes the load, the load makes the quality, and all of it makes the cost."
    )
    def one_week_each(self, p: Any) -> Answers | None:
        right = _simulated(p)
        now = [name for name in FIGURES if right[name] == "now"]
        return self._changed(p, dict.fromkeys(now[1:], "later")) if len(now) > 1 else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Ask of each measure: who comes and when, how the work flows, how good it comes "
                "out, or what it costs?"
            ),
            say(
                "For question 3 draw four boxes, and an arrow for each line of the model: who acts "
                "on whom, and in the same week or in the next?"
            ),
            say("Begin at the box that is hit, and follow the arrows of the same week."),
            say("Then follow the arrows into the next week, if there are any, once around."),
        ]

    def solution(self, p: Any) -> str:
        felt = _simulated(p)
        words = {"now": say("in week 1"), "later": say("in a later week"), "never": say("never")}
        filed = [[MEASURES[a][b], a] for a, b in p.measures]
        lacks = (
            say("Each sub-system has a measure.")
            if p.empty == "none"
            else say("Nobody looks after {name}.", name=p.empty)
        )
        return page(
            table([say("measure"), say("sub-system")], filed),
            lacks,
            table([say("figure"), say("first change")], [[n, words[felt[n]]] for n in FIGURES]),
            say(
                "The arrows: demand → load → quality → cost, within a week. What leads back makes "
                "it a system: mistakes that come back as work make load, and customers who hear "
                "of quality change demand. Who files a measure under one sub-system only should "
                "still ask which others will feel it."
            ),
        )


def _homes(names: list[str]) -> Answers:
    return {f"m{n}": {"home": name} for n, name in enumerate(names)}


def _felt(when: dict[str, str]) -> Answers:
    return {name: {"when": when[name]} for name in FIGURES}


def _simulated(p: Any) -> dict[str, str]:
    """When each figure first differs from a run without the shock, by the chapter's model."""
    # So much capacity that there is haste, but no work is left over.
    calm = SubSystems(
        demand=100, capacity=140, pull=0.8 if p.known else 0.0, neutral=0.9, top=0.9, strain=0.6,
        calm=0.55, rework=0.4 if p.back else 0.0,
    )  # fmt: skip
    _, name, times = SHOCKS[p.shock]
    hit = replace(calm, **{name: times * getattr(calm, name)})
    runs = [sub_systems(one, weeks=6, reputation=0.8).weeks for one in (calm, hit)]

    def differ(a: Week, b: Week, figure: str) -> bool:
        return abs(_figure(a, figure) - _figure(b, figure)) > 1e-9

    found = {}
    for figure in FIGURES:
        weeks = [a.number for a, b in zip(*runs, strict=True) if differ(a, b, figure)]
        found[figure] = "never" if not weeks else "now" if weeks[0] == 1 else "later"
    return found


def _figure(week: Week, name: str) -> float:
    return week.cost_each if name == "cost" else float(getattr(week, name))
