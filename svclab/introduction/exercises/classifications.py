"""Four services of the course on two of the four axes, and the cells that stay empty."""

from __future__ import annotations

from typing import Any

from svclab.introduction.offerings import AXES, Classified, pivot, service_classes
from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    Matching,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import say

__all__ = ["TwoAxes"]

SHOWN = 4
CHINESE = {"customer": "客户", "content": "内容", "channel": "渠道", "value": "价值"}
#: What the axis asks.
ASKS = {
    "customer": "who pays",
    "content": "what is given",
    "channel": "by which way it reaches the customer",
    "value": "how far it goes beyond the usual",
}


class TwoAxes(Exercise):
    """The classes of four services on two axes, and how many pairs of classes have none."""

    title = "Where does it stand on two axes?"
    objective = 3
    level = "easy"
    core = False
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        axes = ["content", draw.choice(("customer", "channel", "value"))]
        # Only services with one class on both axes: what can be disputed is for the class room.
        clear = [
            one.service for one in service_classes() if not any(one.also[axis] for axis in axes)
        ]
        return {"axes": axes, "services": draw.sample(clear, SHOWN)}

    def sound(self, p: Any) -> bool:
        return apart(self, p)

    def question(self, p: Any) -> str:
        axes = [
            page(
                say("{axis} ({zh}): {asks}.", axis=axis.capitalize(), zh=CHINESE[axis],
                    asks=ASKS[axis]),
                table([say("class"), say("what it is")],
                      [[name, what] for name, what in AXES[axis].items()]),
            )
            for axis in p.axes
        ]  # fmt: skip
        return page(
            say(
                "The course documents classify services (服务类型划分) by four axes. Here are two "
                "of them. The axes are theirs; the services and the explanations are ours "
                "(invented)."
            ),
            *axes,
            say("Four services:"),
            bullets(say("*{name}*: {clue}", name=s.service, clue=s.clue) for s in _services(p)),
            say(
                "1. Into which class does each belong, on both axes?\n"
                "2. Draw a table with a row for each class of {a} and a column for each class of "
                "{b}, all classes printed above. Put the four services in. How many cells stay "
                "empty?",
                a=p.axes[0],
                b=p.axes[1],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        rows = {f"s{n}": say(one.service) for n, one in enumerate(_services(p))}
        columns = [
            ChoiceField(axis, say(axis), {_key(name): name for name in AXES[axis]})
            for axis in p.axes
        ]
        return [
            Matching("classes", say("The four services"), rows, columns),
            IntegerField("empty", say("Empty cells")),
        ]

    def solve(self, p: Any) -> Answers:
        here = {one.service: dict(one.classes) for one in _services(p)}
        found = pivot(*p.axes, services=here)
        return {"classes": _cells(p, {}), "empty": len(found.empty)}

    def second(self, p: Any) -> Answers:
        a, b = p.axes
        pairs = {(one.classes[a], one.classes[b]) for one in _services(p)}
        return {"classes": _cells(p, {}), "empty": len(AXES[a]) * len(AXES[b]) - len(pairs)}

    def _taken(self, p: Any, axis: str, taken: str, *meant: str) -> Answers | None:
        """The table of somebody who takes one class of an axis for another."""
        if axis not in p.axes or not any(o.classes[axis] in meant for o in _services(p)):
            return None
        return {"classes": _cells(p, {(axis, one): taken for one in meant})}

    @misconception(
        "You forced a service into a class of content. If nobody is advised, taught or repaired, "
        "and nothing was sold before, none of the four applies."
    )
    def forced(self, p: Any) -> Answers | None:
        return self._taken(p, "content", "consulting", "none")

    @misconception(
        "You took what follows the sale of a thing for technical support. Ask why the customer is "
        "entitled to it: because something was bought."
    )
    def support_for_after_sale(self, p: Any) -> Answers | None:
        return self._taken(p, "content", "technical support", "after-sale")

    @misconception(
        "You took training for consulting. Training makes people able to do it themselves; a "
        "finding or advice does not."
    )
    def advice_for_training(self, p: Any) -> Answers | None:
        return self._taken(p, "content", "consulting", "training")

    @misconception(
        "You looked at who stands at the counter or holds the telephone. The axis asks who pays."
    )
    def user_for_payer(self, p: Any) -> Answers | None:
        return self._taken(p, "customer", "personal", "enterprise", "government")

    @misconception(
        "You took what all customers get for something beyond the usual. Whoever pays the plain "
        "price gets it."
    )
    def value_of_the_usual(self, p: Any) -> Answers | None:
        return self._taken(p, "value", "value-added", "basic")

    @misconception(
        "You took a service that was made for this one customer for one that all may take. "
        "Somebody else would need another."
    )
    def personal_is_added(self, p: Any) -> Answers | None:
        return self._taken(p, "value", "value-added", "personalised")

    @misconception(
        "You took offline for the way of all services with people. Ask whether the customer must "
        "be in the place itself."
    )
    def people_are_offline(self, p: Any) -> Answers | None:
        return self._taken(p, "channel", "offline", "phone", "mail", "online")

    @misconception("You took one cell off for each service. Two services may share a cell.")
    def one_cell_each(self, p: Any) -> Answers | None:
        a, b = p.axes
        wrong = len(AXES[a]) * len(AXES[b]) - SHOWN
        return {"empty": wrong} if wrong != self.solve(p)["empty"] else None

    @misconception("You gave the cells that are full. Take them off all cells.")
    def full_cells(self, p: Any) -> Answers:
        a, b = p.axes
        return {"empty": len(AXES[a]) * len(AXES[b]) - self.solve(p)["empty"]}

    @misconception(
        "You left out the row of those to which none of the four classes applies. It is printed "
        "among the classes."
    )
    def no_row_for_none(self, p: Any) -> Answers:
        a, b = p.axes
        full = {(o.classes[a], o.classes[b]) for o in _services(p) if o.classes[a] != "none"}
        return {"empty": (len(AXES[a]) - 1) * len(AXES[b]) - len(full)}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Take one axis at a time, and ask its question of each service."),
            say(
                "On content: was something bought before (after-sale), does a system have to run "
                "(technical support), does somebody learn (training), is something found out or "
                "advised (consulting)? If nothing fits: none."
            ),
            say("The number of cells is the number of rows times the number of columns."),
        ]

    def solution(self, p: Any) -> str:
        a, b = p.axes
        right = self.solve(p)
        rows = [[one.service, one.classes[a], one.classes[b]] for one in _services(p)]
        return page(
            table([say("service"), a, b], rows),
            say(
                "{rows} × {columns} cells, and {full} of them are taken: **{empty}** stay empty.",
                rows=len(AXES[a]),
                columns=len(AXES[b]),
                full=len(AXES[a]) * len(AXES[b]) - right["empty"],
                empty=right["empty"],
            ),
            say(
                "An empty cell is a question: is nothing wanted there, or has nobody offered it "
                "yet? And a service that fits no class says something about the axis."
            ),
        )


def _services(p: Any) -> list[Classified]:
    known = {one.service: one for one in service_classes()}
    return [known[name] for name in p.services]


def _key(name: str) -> str:
    return name.replace(" ", "_").replace("-", "_")


def _cells(p: Any, wrong: dict[tuple[str, str], str]) -> Answers:
    """The table, with some classes of an axis taken for others."""
    return {
        f"s{n}": {
            axis: _key(wrong.get((axis, one.classes[axis]), one.classes[axis])) for axis in p.axes
        }
        for n, one in enumerate(_services(p))
    }
