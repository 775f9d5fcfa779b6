"""Six items of a service, put into the five parts of its package; which part is empty?"""

from __future__ import annotations

from typing import Any

from svclab.introduction.exercises.package_items import ITEMS, PLACES
from svclab.introduction.offerings import PACKAGE, package
from svclab.practice import ChoiceField, Draw, Exercise, Field, Matching, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import say

__all__ = ["PackageParts"]

SHOWN = 6
CHINESE = ("支持性设施", "辅助物品", "信息", "显性服务", "隐性服务")


class PackageParts(Exercise):
    """The part of each of six items, and the part that nobody thought of."""

    title = "Take the service apart"
    objective = 3
    level = "easy"
    minutes = 5

    def deal(self, draw: Draw) -> Answers:
        place = draw.choice(list(PLACES))
        empty = draw.choice([*PACKAGE, "none"])
        present = [part for part in PACKAGE if part != empty]
        items = [draw.choice([n for n, one in enumerate(ITEMS[place]) if one[1] == part])
                 for part in present]  # fmt: skip
        rest = [n for n, one in enumerate(ITEMS[place]) if one[1] in present and n not in items]
        items += draw.sample(rest, SHOWN - len(items))
        return {"place": place, "items": draw.shuffled(items), "empty": empty}

    def sound(self, p: Any) -> bool:
        return apart(self, p)

    def question(self, p: Any) -> str:
        parts = zip(PACKAGE.items(), CHINESE, strict=True)
        rows = [[say("{n} ({zh})", n=n, zh=zh), say(what)] for (n, what), zh in parts]
        return page(
            say("A service package (服务包) has five parts:"),
            table([say("part"), say("what belongs to it")], rows),
            say(
                "In {place} somebody has written down six items of its service.\n\n"
                "1. Into which part does each belong?\n"
                "2. Which part is still empty?",
                place=PLACES[p.place],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        rows = {f"item_{n}": say(_items(p)[n][0]) for n in range(SHOWN)}
        options = {_key(part): say(part) for part in PACKAGE}
        column = ChoiceField("part", say("Part"), options)
        empty = {**options, "none": say("none: each has an item")}
        return [
            Matching("parts", say("The six items"), rows, [column]),
            ChoiceField("empty", say("Empty part"), empty),
        ]

    def solve(self, p: Any) -> Answers:
        filled: dict[str, list[str]] = {}
        for item, part in _items(p):
            filled.setdefault(_key(part), []).append(item)
        found = package(p.place, **filled)
        empty = _key(found.missing[0]) if found.missing else "none"
        return {"parts": _cells([part for _, part in _items(p)]), "empty": empty}

    def second(self, p: Any) -> Answers:
        there = [part for _, part in _items(p)]
        left = [_key(part) for part in PACKAGE if part not in there] or ["none"]
        return {"parts": _cells(there), "empty": left[0]}

    def _confused(self, p: Any, taken: str, *meant: str) -> Answers | None:
        """The table of somebody who takes one part for another."""
        there = [part for _, part in _items(p)]
        if not set(there) & set(meant):
            return None
        return {"parts": _cells([taken if part in meant else part for part in there])}

    @misconception(
        "You took what is used up for a part of the facility. The facility is still there for the "
        "next customer."
    )
    def goods_for_facility(self, p: Any) -> Answers | None:
        return self._confused(p, "supporting facility", "facilitating goods")

    @misconception(
        "You took what stays for facilitating goods. Goods are used up, bought, or taken away; "
        "this serves the next customer, too."
    )
    def facility_for_goods(self, p: Any) -> Answers | None:
        return self._confused(p, "facilitating goods", "supporting facility")

    @misconception(
        "You took information for a thing or for a service of its own. Ask: could it be sent by "
        "e-mail? Then it is something to be known."
    )
    def information_for_goods(self, p: Any) -> Answers | None:
        return self._confused(p, "facilitating goods", "information")

    @misconception(
        "You took a feeling for an explicit service. Could a stopwatch or a checklist test it? If "
        "not, it is felt more than seen."
    )
    def implicit_for_explicit(self, p: Any) -> Answers | None:
        return self._confused(p, "explicit services", "implicit services")

    @misconception(
        "You took something that can be checked for an implicit service. It pleases, but it is "
        "what the customer came for, and anybody can see whether it was done."
    )
    def explicit_for_implicit(self, p: Any) -> Answers | None:
        return self._confused(p, "implicit services", "explicit services")

    @misconception(
        "You said that the implicit services are empty. They are easily overlooked: look for what "
        "is felt."
    )
    def implicit_overlooked(self, p: Any) -> Answers | None:
        return {"empty": _key("implicit services")} if p.empty != "implicit services" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("First the things: is it still there for the next customer, or used up?"),
            say("Then what can be told in a message: that is information."),
            say(
                "What is left is done or felt. What can be checked with eyes, ears or a stopwatch "
                "is explicit; what is only felt is implicit."
            ),
        ]

    def solution(self, p: Any) -> str:
        rows = [[item, part, PACKAGE[part]] for item, part in _items(p)]
        if p.empty == "none":
            verdict = say("Each part has an item.")
        else:
            verdict = say(
                "Nothing is written down for {part}: {what}. Ask for it before somebody else does.",
                part=p.empty,
                what=PACKAGE[p.empty],
            )
        return page(table([say("item"), say("part"), say("because it is")], rows), verdict)


def _items(p: Any) -> list[tuple[str, str]]:
    return [ITEMS[p.place][n] for n in p.items]


def _key(part: str) -> str:
    return part.replace(" ", "_")


def _cells(parts: list[str]) -> Answers:
    return {f"item_{n}": {"part": _key(part)} for n, part in enumerate(parts)}
