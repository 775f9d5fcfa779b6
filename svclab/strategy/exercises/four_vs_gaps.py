"""The four Vs of a service: what is wanted, what it is built for, and what makes it costly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.definition import Numbers
from svclab.practice.wording import Answers, page, table
from svclab.strategy.positions.four_vs import VS, Profile, profile
from svclab.words import Quantity, percent, say

__all__ = ["WantedAndBuilt"]

#: Who it is. All invented.
PLACES = {
    "canteen": "A canteen (食堂, invented) of a new campus",
    "clinic": "A health centre (体检中心, invented) near a factory",
    "courier": "A courier service (快递, invented) in a small town",
    "hotline": "A hotline (服务热线, invented) of a water supplier",
    "hall": "A government service hall (政务服务大厅, invented)",
    "ktv": "A KTV chain (invented) with paperless song choice (无纸化点歌)",
}


class WantedAndBuilt(Exercise):
    """The V with the largest gap, what follows from it, and how costly the operation is built."""

    title = "Four Vs: wanted and built"
    objective = 2
    level = "easy"
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        follows = draw.choice(["disappoints", "disappoints", "costs", "costs", "idle"])
        while True:
            numbers: Answers = {
                "wanted": draw.integers(4, 1, 10),
                "built": draw.integers(4, 1, 10),
            }
            if _follows(Numbers(numbers)) == follows:
                return {"place": draw.choice(list(PLACES)), **numbers}

    def sound(self, p: Any) -> bool:
        return apart(self, p)

    def question(self, p: Any) -> str:
        rows = [
            [say("{v} ({zh})", v=v, zh=VS[v].chinese), a, b]
            for v, a, b in zip(VS, p.wanted, p.built, strict=True)
        ]
        return page(
            say(
                "{place} scores its four Vs (四V) from 0 (low) to 10 (high): what its customers "
                "want, and what it is built for. The scores are invented.",
                place=PLACES[p.place],
            ),
            table([say("V"), say("wanted"), say("built for")], rows),
            say(
                "1. In which V is the gap largest?\n"
                "2. What follows from that gap?\n"
                "3. The cost pull is the mean distance of the four, *as built*, from the end where "
                "a unit is cheapest, in percent of the scale. It is 0% if all four stand at the "
                "cheap end and 100% if all stand at the costly end. How large is it?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        vs = {v: say("{v} ({zh})", v=v, zh=one.chinese) for v, one in VS.items()}
        follows = {
            "disappoints": say("it is built for less than is wanted, and disappoints"),
            "costs": say("it is built for more than is wanted, and costs without need"),
            "idle": say("it is built for more than comes, and stands idle"),
        }
        return [
            ChoiceField("worst", say("Largest gap"), vs),
            ChoiceField("follows", say("What follows"), follows),
            NumberField("pull", say("Cost pull"), unit="%", absolute=0.3),
        ]

    def _profile(self, p: Any) -> Profile:
        return profile(dict(zip(VS, p.wanted, strict=True)), dict(zip(VS, p.built, strict=True)))

    def solve(self, p: Any) -> Answers:
        found = self._profile(p)
        assert found.largest  # sound() asks for a gap
        gap = found.gaps[found.largest]
        follows = "disappoints" if gap > 0 else "idle" if found.largest == "volume" else "costs"
        return {"worst": found.largest, "follows": follows, "pull": 100 * found.cost_pull}

    def second(self, p: Any) -> Answers:
        sizes = [abs(a - b) for a, b in zip(p.wanted, p.built, strict=True)]
        k = sizes.index(max(sizes))
        points = 10 - p.built[0] + sum(p.built[1:])
        return {
            "worst": list(VS)[k],
            "follows": _follows(p),
            "pull": float(Fraction(100 * points, 40)),
        }

    @misconception(
        "You took the V that is wanted most. A high score is no trouble if the operation is built "
        "for it: look at the difference."
    )
    def wanted_most(self, p: Any) -> Answers | None:
        return self._wrong_worst(p, _most_wanted(p))

    @misconception(
        "You looked only where it is built for too little. A gap the other way round is a gap, too."
    )
    def too_little_only(self, p: Any) -> Answers | None:
        return self._wrong_worst(p, _most_lacking(p))

    def _wrong_worst(self, p: Any, k: int) -> Answers | None:
        v = list(VS)[k]
        return {"worst": v} if v != self._profile(p).largest else None

    @misconception(
        "You read the gap the other way round. Look which of the two is larger, wanted or built "
        "for."
    )
    def other_way(self, p: Any) -> Answers:
        right = self.solve(p)
        too_much = "idle" if right["worst"] == "volume" else "costs"
        return {"follows": too_much if right["follows"] == "disappoints" else "disappoints"}

    @misconception(
        "You took one kind of too much for the other. Too much volume stands idle; too much of the "
        "others costs."
    )
    def idle_or_costly(self, p: Any) -> Answers | None:
        other = {"costs": "idle", "idle": "costs"}.get(self.solve(p)["follows"])
        return {"follows": other} if other else None

    @misconception(
        "You took high volume for costly. It is the other way round: with high volume the fixed "
        "cost is shared by many, and work repeats itself."
    )
    def volume_is_costly(self, p: Any) -> Answers | None:
        wrong = 100 * sum(p.built) / 40
        return {"pull": wrong} if p.built[0] != 5 else None

    @misconception(
        "You took what is wanted. The cost pull asks what the operation is built for: that is paid."
    )
    def of_the_wanted(self, p: Any) -> Answers | None:
        wrong = 100 * (10 - p.wanted[0] + sum(p.wanted[1:])) / 40
        return {"pull": wrong} if abs(wrong - self.solve(p)["pull"]) > 2 else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Write a third column: wanted less built for. Its sign does not matter at first."),
            say(
                "Now the sign: is it built for less than is wanted, or for more? Too much volume "
                "is idle capacity; too much of the other three is cost."
            ),
            say(
                "For the cost pull, volume is the odd one: a unit is cheap where volume is high "
                "and the three others are low. Volume is {v} from its cheap end.",
                v=10 - p.built[0],
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        rows: list[list[Quantity | str | int]] = []
        for v, a, b in zip(VS, p.wanted, p.built, strict=True):
            far = b if VS[v].cheap_end == "low" else 10 - b
            rows.append([v, a, b, Quantity(a - b, "", 0), far])
        head = ["V", "wanted", "built for", "gap", "from the cheap end"]
        words = {
            "disappoints": say("It is built for less than is wanted: customers are disappointed."),
            "costs": say("It is built for more than is wanted: that costs without need."),
            "idle": say("It is built for more than comes: it stands idle."),
        }
        far = [10 - p.built[0], *p.built[1:]]
        return page(
            table([say(word) for word in head], rows),
            say(
                "The largest gap is in {worst}. {words}",
                worst=right["worst"],
                words=words[right["follows"]],
            ),
            say(
                "Cost pull: {points} of 40 points, **{pull}**.",
                points=sum(far),
                pull=percent(right["pull"] / 100),
            ),
        )


def _most_wanted(p: Any) -> int:
    return int(p.wanted.index(max(p.wanted)))


def _most_lacking(p: Any) -> int:
    """Where it is built for too little by most."""
    gaps = _gaps(p)
    return gaps.index(max(gaps))


def _gaps(p: Any) -> list[int]:
    return [a - b for a, b in zip(p.wanted, p.built, strict=True)]


def _follows(p: Any) -> str:
    """What follows from the largest gap; "" if none stands out, or a wrong V has two reasons."""
    sizes = [abs(gap) for gap in _gaps(p)]
    if max(sizes) < 3 or sizes.count(max(sizes)) > 1:
        return ""
    worst = sizes.index(max(sizes))
    if _most_wanted(p) == _most_lacking(p) != worst:
        return ""
    if _gaps(p)[worst] > 0:
        return "disappoints"
    return "idle" if worst == 0 else "costs"
