"""Four services in the service process matrix, from what they cost and what customers decide."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, Matching, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.strategy.amounts import millions
from svclab.strategy.exercises.services import SERVICES
from svclab.strategy.positions.process_matrix import KINDS, kind_of, labour_intensity
from svclab.words import Quantity, number, say

__all__ = ["ProcessKinds"]

ROWS = ("A", "B", "C", "D")


class ProcessKinds(Exercise):
    """The kind of four services, by labour intensity and by interaction."""

    title = "Which kind of service is it?"
    objective = 2
    level = "easy"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        names = draw.sample(list(SERVICES), len(ROWS))
        labour, plant = [], []
        for name in names:
            pay = draw.number(*SERVICES[name].pay, 0.1)
            times = draw.number(1.6, 5.0, 0.1)
            labour.append(pay)
            plant.append(round(pay / times if SERVICES[name].labour_high else pay * times, 1))
        return {"names": names, "labour": labour, "plant": plant, "row": draw.integer(0, 3)}

    def sound(self, p: Any) -> bool:
        here = [SERVICES[name] for name in p.names]
        kinds = {(one.labour_high, one.interaction_high) for one in here}
        misleading = any(one.many_people or one.long_stay for one in here)
        return len(kinds) >= 3 and misleading and apart(self, p)

    def question(self, p: Any) -> str:
        rows: list[list[Quantity | str | int]] = [
            [key, SERVICES[name].text, number(cost), number(value)]
            for key, name, cost, value in zip(ROWS, p.names, p.labour, p.plant, strict=True)
        ]
        head = ["", say("service"), say("labour cost a year"), say("value of plant and equipment")]
        return page(
            say(
                "The service process matrix (服务流程矩阵) asks two things of a service: its "
                "labour intensity, and how much customers interact with the process and get it to "
                "order. Four services (invented), with amounts in million yuan:"
            ),
            table(head, rows),
            say(
                "Count a labour intensity (劳动密集度) above 1 as high. This line is ours; the "
                "literature names none.\n\n"
                "1. What is the labour intensity of service {key}?\n"
                "2. Of which kind is each? A kind may come twice, or not at all.",
                key=ROWS[p.row],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        kinds = {name: say("{n} ({zh})", n=name, zh=kind.chinese) for name, kind in KINDS.items()}
        label = say("Labour intensity of service {key}", key=ROWS[p.row])
        rows = {key: say("service {key}", key=key) for key in ROWS}
        return [
            NumberField("intensity", label, relative=0.01),
            Matching("kinds", say("The four services"), rows, [ChoiceField("kind", "Kind", kinds)]),
        ]

    def solve(self, p: Any) -> Answers:
        ratios = [labour_intensity(c, v) for c, v in zip(p.labour, p.plant, strict=True)]
        kinds = [
            kind_of(ratio > 1, SERVICES[name].interaction_high).name
            for ratio, name in zip(ratios, p.names, strict=True)
        ]
        return {"intensity": ratios[p.row], "kinds": _entries(kinds)}

    def second(self, p: Any) -> Answers:
        # In tenths of a million, and by the pool's own columns.
        ratio = Fraction(round(10 * p.labour[p.row]), round(10 * p.plant[p.row]))
        names = {(k.labour_high, k.interaction_high): name for name, k in KINDS.items()}
        here = [SERVICES[name] for name in p.names]
        kinds = [names[one.labour_high, one.interaction_high] for one in here]
        return {"intensity": float(ratio), "kinds": _entries(kinds)}

    def _other(self, p: Any, labour: list[bool], interaction: list[bool]) -> Answers | None:
        """The table with one of the two answers turned round for some services."""
        kinds = []
        for name, turn, other in zip(p.names, labour, interaction, strict=True):
            one = SERVICES[name]
            kinds.append(kind_of(one.labour_high != turn, one.interaction_high != other).name)
        return {"kinds": _entries(kinds)} if any(labour) or any(interaction) else None

    @misconception(
        "You divided the value of plant and equipment by the cost of labour. Labour intensity is "
        "the other way round: the more of the cost is people, the larger it is."
    )
    def upside_down(self, p: Any) -> Answers:
        kinds = self._other(p, [True] * len(ROWS), [False] * len(ROWS)) or {}
        return {**kinds, "intensity": p.plant[p.row] / p.labour[p.row]}

    @misconception(
        "You took labour as a share of labour and plant together. Here it is divided by plant and "
        "equipment alone."
    )
    def share_of_all(self, p: Any) -> Answers:
        return {"intensity": p.labour[p.row] / (p.labour[p.row] + p.plant[p.row])}

    @misconception(
        "You judged labour by the number of people. Many may work there, and plant and equipment "
        "may still be worth more than their wages of a year: use the two amounts."
    )
    def many_people(self, p: Any) -> Answers | None:
        return self._other(p, [SERVICES[n].many_people for n in p.names], [False] * len(ROWS))

    @misconception(
        "You took a long stay for interaction. Ask who decides what is done: where all get the "
        "same, there is little interaction in this sense, however long they stay."
    )
    def long_stay(self, p: Any) -> Answers | None:
        return self._other(p, [False] * len(ROWS), [SERVICES[n].long_stay for n in p.names])

    @misconception(
        "You mixed up the two mixed kinds. A shop has expensive equipment and works to order; a "
        "mass service has much labour and gives everybody the same."
    )
    def shop_for_mass(self, p: Any) -> Answers | None:
        turn = [SERVICES[n].labour_high != SERVICES[n].interaction_high for n in p.names]
        return self._other(p, turn, turn)

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Labour intensity is the cost of labour in a year, divided by the value of the "
                "plant."
            ),
            say(
                "Interaction: does anybody decide for each customer anew what is done? Then it is "
                "high."
            ),
            say(
                "Little labour: service factory if all get the same, service shop if it is made to "
                "order. Much labour: mass service, or professional service."
            ),
        ]

    def solution(self, p: Any) -> str:
        right, rows = self.solve(p), []
        for key, name, cost, value in zip(ROWS, p.names, p.labour, p.plant, strict=True):
            rows.append(
                [key, number(cost / value, 2),
                 say("to order") if SERVICES[name].interaction_high else say("the same for all"),
                 right["kinds"][key]["kind"]]
            )  # fmt: skip
        return page(
            table(["", say("labour intensity"), say("what customers get"), say("kind")], rows),
            say(
                "Service {key}: {cost} ÷ {value} = **{ratio}**. The kind says what its managers "
                "have to look after: equipment and level demand where there is much plant, hiring "
                "and schedules where there is much labour.",
                key=ROWS[p.row],
                cost=millions(p.labour[p.row], 1),
                value=millions(p.plant[p.row], 1),
                ratio=number(right["intensity"], 3),
            ),
        )


def _entries(kinds: list[str]) -> Answers:
    return {key: {"kind": kind} for key, kind in zip(ROWS, kinds, strict=True)}
