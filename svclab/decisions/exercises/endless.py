"""A model without an optimum because its plans get better without end: what grows, what stops it.

The second part of the exercise on models that have no optimum.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.decisions.exercises.halfplanes import Half, corners
from svclab.linear.exact import formula
from svclab.practice import ChoiceField, ChoicesField, Draw, Exercise, Field, misconception
from svclab.practice.wording import Answers, bullets, page
from svclab.words import join, number, say

__all__ = ["Endless", "added", "endless_limits"]

#: What can grow without end while the other stands still.
GROWS = {
    "x": "x can grow alone, y cannot",
    "y": "y can grow alone, x cannot",
    "each": "each of the two can grow alone",
    "both": "neither can grow alone, but both together can",
}
STOPS = ("least", "cap_x", "cap_y", "sum")
#: Far beyond all numbers of the model.
FAR = 10**6


class Endless(Exercise):
    """The part of an exercise whose model is unbounded; the variant has it under ``endless``."""

    def deal_endless(self, draw: Draw) -> Answers:
        """Limits a x + b y <= c that leave x, y, each of them, or only both without an end."""
        kind = draw.choice(list(GROWS))
        small, other, promise = draw.integer(5, 12), draw.integer(2, 9), draw.integer(7, 14)
        limits = {
            "x": [[0, 1, small], [-1, 1, other]],
            "y": [[1, 0, small], [1, -1, other]],
            "each": [[-1, 0, -small], [0, -1, -other]],
            "both": [[-draw.integer(1, 3), 1, small], [1, -draw.integer(1, 3), other]],
        }[kind]
        if kind == "each":
            promise += small + other
        return {
            "limits": draw.shuffled([*limits, [-1, -1, -promise]]),
            "gains": draw.integers(2, 110, 390, 10, distinct=True),
            "added": [draw.integer(20, 40), *draw.integers(3, 50, 120, 5)],
            "least_of": int(kind == "y"),  # one that grows, or the limit would leave no plan
        }

    def endless_question(self, p: Any, first: int) -> str:
        """The model, and two questions that begin with this number."""
        gains = formula(_fractions(p.endless["gains"]), ("x", "y"))
        return page(
            say(
                "A colleague writes another model for x and y: maximise {gains} yuan with these "
                "limits alone, x and y not below 0. Now the solver says *unbounded* (无界): there "
                "are plans, but none is the best, because the profit grows without end.",
                gains=gains,
            ),
            bullets(_said(half) for half in endless_limits(p)),
            say(
                "{n}. What can grow without end, with all limits kept?\n"
                "{m}. The colleague forgot a limit. Which of these, **added alone**, gives the "
                "model a best plan: {limits}? Tick every one that does.",
                limits=join([_said(half) for half in added(p).values()], "or"),
                n=first,
                m=first + 1,
            ),
        )

    def endless_fields(self, p: Any) -> list[Field]:
        """What can grow, and which limits stop it."""
        stops = {key: _said(half) for key, half in added(p).items()}
        return [
            ChoiceField("grows", say("Without end"), {k: say(t) for k, t in GROWS.items()}),
            ChoicesField("stops", say("Limits that give a best plan"), stops),
        ]

    def endless_solution(self, p: Any) -> Answers:
        """By directions: a limit holds one back if its factor is above 0."""
        ways = {"x": (1, 0), "y": (0, 1)}
        free = [k for k, way in ways.items() if _is_free(endless_limits(p), way)]
        grows = ("both", *free, "each")[0 if not free else 1 if len(free) == 1 else 3]
        stops = [key for key, half in added(p).items() if not _is_free_at_all(p, half)]
        return {"grows": grows, "stops": stops}

    def endless_second(self, p: Any) -> Answers:
        """By plans: with an end far away, does the best plan reach that end?"""
        far = {"x": (1, 0, FAR), "y": (0, 1, FAR)}
        near = {"x": (0, 1, 500), "y": (1, 0, 500)}  # the other one stays where it is
        halves = endless_limits(p)
        free = [
            key
            for j, key in enumerate("xy")
            if max(point[j] for point in corners([*halves, far[key], near[key]])) == FAR
        ]
        one, two = p.endless["gains"]
        stops = []
        for key, half in added(p).items():
            found = corners([*halves, half, *far.values()])
            best = max(found, key=lambda point: one * point[0] + two * point[1])
            if max(best) < FAR:
                stops.append(key)
        return {"grows": "each" if len(free) == 2 else free[0] if free else "both", "stops": stops}

    @misconception(
        "You took the one that brings more profit. Profit says how fast a plan gets better; "
        "whether it can grow without end is a question of the limits."
    )
    def larger_profit(self, p: Any) -> Answers | None:
        one, two = p.endless["gains"]
        found = "x" if one > two else "y"
        return {"grows": found} if found != self.endless_solution(p)["grows"] else None

    @misconception(
        "You expect that each can grow because the solver says unbounded. It says only that some "
        "way leads on without end: let x grow alone, then y alone, and look at each limit."
    )
    def all_grow(self, p: Any) -> Answers | None:
        return {"grows": "each"} if self.endless_solution(p)["grows"] != "each" else None

    @misconception(
        "You ticked a limit that says at least. Such a limit keeps plans from being too small; it "
        "never stops one that grows."
    )
    def at_least_stops(self, p: Any) -> Answers:
        return {"stops": ["least", *self.endless_solution(p)["stops"]]}

    @misconception(
        "You ticked a limit for one of the two, and the other one can still grow without end."
    )
    def wrong_one_stopped(self, p: Any) -> Answers | None:
        right = self.endless_solution(p)["stops"]
        more = next((key for key in ("cap_x", "cap_y") if key not in right), None)
        ticked = [key for key in STOPS if key in right or key == more]
        return {"stops": ticked} if more else None

    @misconception(
        "You left out the limit on x and y together. Neither can be below 0, so this limit stops "
        "both of them."
    )
    def sum_left_out(self, p: Any) -> Answers | None:
        left = [key for key in self.endless_solution(p)["stops"] if key != "sum"]
        return {"stops": left} if left else None

    @misconception(
        "You left out a limit for one of the two. Where one cannot grow without the other, to "
        "stop one of them is enough."
    )
    def one_is_enough(self, p: Any) -> Answers | None:
        right = self.endless_solution(p)
        return {"stops": ["cap_x", "sum"]} if right["grows"] == "both" else None

    def endless_hint(self, p: Any) -> str:
        """What to look at."""
        return say(
            "For the unbounded model: in each limit let x grow and leave y as it is. A limit stops "
            "it only if it says ≤ and x has a factor above 0 there (or ≥, and a factor below 0). "
            "Then do the same with y. If neither can grow alone, try both at once."
        )

    def endless_reasons(self, p: Any) -> str:
        """The worked solution of this part."""
        right = self.endless_solution(p)
        limits = {key: _said(half) for key, half in added(p).items()}
        why = {
            "x": "No limit stops x if y stays as it is; y is stopped by a limit.",
            "y": "No limit stops y if x stays as it is; x is stopped by a limit.",
            "each": "All limits say at least: nothing stops x, and nothing stops y.",
            "both": "Each is stopped by a limit with the other one in it, and that limit gives way "
            "when the other one grows too.",
        }
        return page(
            say(
                "**Unbounded:** {grows}. {why}",
                grows=say(GROWS[right["grows"]]),
                why=say(why[right["grows"]]),
            ),
            say(
                "So a best plan is there as soon as what grows is stopped: by {stops}. The others "
                "leave a way without end. In practice an unbounded model lacks a limit of the "
                "real service, such as hours, money or customers.",
                stops=join([limits[key] for key in right["stops"]], "or"),
            ),
        )


def endless_limits(p: Any) -> tuple[Half, ...]:
    """The limits of the unbounded model as a x + b y <= c."""
    return tuple((a, b, c) for a, b, c in p.endless["limits"])


def added(p: Any) -> dict[str, Half]:
    """The limits of which some would give it a best plan."""
    least, x, y, both = p.endless["added"]
    low = (0, -1, -least) if p.endless["least_of"] else (-1, 0, -least)
    return {"least": low, "cap_x": (1, 0, x), "cap_y": (0, 1, y), "sum": (1, 1, both)}


def _is_free(halves: tuple[Half, ...], way: tuple[int, int]) -> bool:
    """Whether plans may go this way for ever."""
    return all(a * way[0] + b * way[1] <= 0 for a, b, _ in halves)


def _is_free_at_all(p: Any, more: Half) -> bool:
    """Whether some way with x and y not below 0 goes on for ever; its ends lie on the limits."""
    halves = (*endless_limits(p), more)
    ways = [(1, 0), (0, 1), *((b, -a) for a, b, _ in halves), *((-b, a) for a, b, _ in halves)]
    return any(min(way) >= 0 and _is_free(halves, way) for way in ways if any(way))


def _said(half: Half) -> str:
    """A limit as it is written: with ≥ where all its signs are turned."""
    a, b, c = half
    if a <= 0 and b <= 0:
        return say("{left} ≥ {c}", left=formula(_fractions([-a, -b]), ("x", "y")), c=number(-c))
    return say("{left} ≤ {c}", left=formula(_fractions([a, b]), ("x", "y")), c=number(c))


def _fractions(pair: list[int]) -> tuple[Fraction, Fraction]:
    return Fraction(pair[0]), Fraction(pair[1])
