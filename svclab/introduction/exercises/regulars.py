"""Satisfaction, customers, revenue: a conclusion, and the assumptions that can flip it."""

from __future__ import annotations

from typing import Any

from svclab.introduction.loops import (
    Assumption,
    Conclusion,
    Model,
    Performance,
    customers_after,
    flip_points,
    performance,
)
from svclab.practice import (
    ChoiceField,
    ChoicesField,
    Draw,
    Exercise,
    Field,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, count, join, number, percent, say

__all__ = ["RestsOn"]

#: Who it is, and who comes. All invented.
PLACES = {
    "ktv": ("A KTV house (invented)", "guest"),
    "gym": ("A gym (健身房, invented)", "member"),
    "salon": ("A hairdresser (理发店, invented)", "client"),
    "courses": ("A school of music (音乐学校, invented)", "pupil"),
    "hotel": ("A small hotel (invented)", "guest"),
}
NAMES = ("satisfaction", "high", "recommend", "advertised")


class RestsOn(Exercise):
    """Customers in the long run, the satisfaction at which a plan fails, and who can flip it."""

    title = "On which guess does the plan rest?"
    objective = 6
    level = "demanding"
    core = False
    points = 2
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        guess = draw.integer(60, 80, 2)
        high, words = draw.integer(80, 95), draw.integer(5, 20)
        return {
            "place": draw.choice(list(PLACES)),
            "satisfaction": guess,
            "low": draw.integer(10, 30, 5),
            "high": high,
            "recommend": words,
            "advertised": draw.integer(100, 300, 10),
            "now": draw.integer(300, 900, 50),
            "factor": draw.choice((0.75, 0.85, 0.9, 0.95, 1.05, 1.1, 1.2, 1.3)),
            "widths": [draw.integer(2, 14), draw.integer(1, 5), draw.integer(1, 5),
                       draw.integer(10, 80, 10)],
        }  # fmt: skip

    def sound(self, p: Any) -> bool:
        if not 0.4 <= _growth(p) <= 0.9:
            return False
        near = [abs(_limit(p, one, end) / _goal(p) - 1) for one in NAMES for end in (0, 1)]
        if not 5 < _flip(p) < 98:
            return False
        return 1 <= len(_flips(p)) <= 3 and min(near) > 0.01 and apart(self, p)

    def question(self, p: Any) -> str:
        who, name = PLACES[p.place]
        ranges = _ranges(p)
        facts = [
            say("Satisfaction s is {x} (perhaps {a} to {b}).", x=_pc(p.satisfaction),
                a=_pc(ranges["satisfaction"][0]), b=_pc(ranges["satisfaction"][1])),
            say("From month to month a share p of the {name}s comes back: {low} at satisfaction 0, "
                "{high} at satisfaction 1 (perhaps {a} to {b}), and on a straight line between.",
                name=name, low=_pc(p.low), high=_pc(p.high), a=_pc(ranges["high"][0]),
                b=_pc(ranges["high"][1])),
            say("Each brings w × s new ones by word of mouth (口碑), with w = {x} (perhaps {a} to "
                "{b}).", x=number(p.recommend / 100, 2), a=number(ranges["recommend"][0] / 100, 2),
                b=number(ranges["recommend"][1] / 100, 2)),
            say("Advertising brings {x} in each month (perhaps {a} to {b}).",
                x=count(p.advertised, say("new {name}", name=name)),
                a=ranges["advertised"][0], b=ranges["advertised"][1]),
        ]  # fmt: skip
        return page(
            say(
                "{who} has {now} this month. All numbers are invented, and four of them are "
                "guesses with a range:",
                who=who,
                now=count(p.now, name),
            ),
            bullets(facts),
            say(
                "The plan: in the long run at least {goal} a month.\n\n"
                "1. How many will come after two months, counted from now?\n"
                "2. How many come in the long run, when the number no longer changes?\n"
                "3. Does the plan come true, if the guesses are right?\n"
                "4. At which satisfaction does the answer to question 3 flip, all else as "
                "guessed?\n"
                "5. Which of the four guesses can flip it alone, within its range?",
                goal=count(_goal(p), name),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        name = PLACES[p.place][1]
        guesses = {
            "satisfaction": say("satisfaction"),
            "high": say("return at satisfaction 1"),
            "recommend": say("word of mouth"),
            "advertised": say("advertising"),
        }
        return [
            NumberField("after", say("{name}s after two months", name=name.capitalize()),
                        relative=0.003),
            NumberField("long", say("In the long run"), relative=0.005),
            ChoiceField("holds", say("The plan"),
                        {"yes": say("comes true"), "no": say("does not come true")}),
            NumberField("flip", say("Satisfaction at which it flips"), unit="%", absolute=0.3),
            ChoicesField("movers", say("Can flip it alone"), guesses),
        ]  # fmt: skip

    def solve(self, p: Any) -> Answers:
        chain = _chain(p)
        return {
            "after": performance(chain, periods=3).customers[2],
            "long": chain.limit,
            "holds": "yes" if chain.limit >= _goal(p) else "no",
            "flip": _flip(p),
            "movers": _flips(p),
        }

    def second(self, p: Any) -> Answers:
        # Far ahead in time; and the chapter's search for flips, guess by guess.
        model = _model(p)
        found = flip_points(model, "plan", steps=20)
        flip = flip_points(_model(p, wide=True), "plan", steps=400).rows[0]
        value = flip.below if flip.below is not None else flip.above
        assert value is not None
        chain = _chain(p)
        return {
            "after": customers_after(chain, 2),
            "long": customers_after(chain, 600),
            "holds": "yes" if found.holds else "no",
            "flip": 100 * value,
            "movers": [name for name in NAMES if name in found.movers],
        }

    @misconception("You forgot word of mouth. Each customer of today brings some new ones, too.")
    def nobody_recommends(self, p: Any) -> Answers:
        return self._with(p, _return(p))

    @misconception("You forgot satisfaction in the word of mouth: it is w × s, not w alone.")
    def all_recommend(self, p: Any) -> Answers:
        return self._with(p, _return(p) + p.recommend / 100)

    @misconception(
        "You took the return of fully satisfied customers. At this satisfaction the line is lower."
    )
    def best_return(self, p: Any) -> Answers | None:
        growth = (p.high + p.recommend * p.satisfaction / 100) / 100
        return self._with(p, growth) if growth < 0.99 else None

    def _with(self, p: Any, growth: float) -> Answers:
        after = p.now * growth**2 + p.advertised * (1 + growth)
        found: Answers = {"after": after}
        if growth < 0.995:
            found["long"] = p.advertised / (1 - growth)
        return found

    @misconception("You went one month only. The second month begins with those of the first.")
    def one_month(self, p: Any) -> Answers:
        return {"after": p.now * _growth(p) + p.advertised}

    @misconception(
        "You left out what advertising brings in the first month. It comes back in part in the "
        "second."
    )
    def advertised_once(self, p: Any) -> Answers:
        return {"after": p.now * _growth(p) ** 2 + p.advertised}

    @misconception(
        "You looked at how many are there now. In the long run the start does not count: what "
        "comes in must make up for who stays away."
    )
    def judged_by_now(self, p: Any) -> Answers | None:
        wrong = "yes" if p.now >= _goal(p) else "no"
        return {"holds": wrong} if wrong != self.solve(p)["holds"] else None

    @misconception(
        "You held word of mouth where it is. If satisfaction moves, it moves return and word of "
        "mouth at once."
    )
    def one_effect(self, p: Any) -> Answers | None:
        needed = 1 - p.advertised / _goal(p) - p.recommend * p.satisfaction / 1e4
        wrong = 100 * (100 * needed - p.low) / (p.high - p.low)
        return {"flip": wrong} if abs(wrong - _flip(p)) > 1 else None

    @misconception(
        "You ticked all guesses because all of them move the number. To flip the conclusion it "
        "must cross the goal within the range."
    )
    def all_move(self, p: Any) -> Answers:
        return {"movers": list(NAMES)}

    @misconception(
        "You took the guess with the widest range. What counts is what it does to the number, not "
        "how wide it is in itself."
    )
    def widest(self, p: Any) -> Answers | None:
        sizes = [w / getattr(p, n) for n, w in zip(NAMES, p.widths, strict=True)]
        wrong = [NAMES[sizes.index(max(sizes))]]
        return {"movers": wrong} if wrong != _flips(p) else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("First p at this satisfaction, then p + w s: what becomes of one customer."),
            say(
                "Next month = (p + w s) × this month + advertising. Here p + w s is {x}.",
                x=percent(_growth(p), 2),
            ),
            say("In the long run a month is like the next: N = (p + w s) N + advertising."),
            say(
                "For questions 4 and 5: which p + w s does the goal need? Solve it for "
                "satisfaction, and put the ends of each range in."
            ),
        ]

    def solution(self, p: Any) -> str:
        right, ranges = self.solve(p), _ranges(p)
        words = {"satisfaction": say("satisfaction"), "high": say("return at satisfaction 1"),
                 "recommend": say("word of mouth"), "advertised": say("advertising")}  # fmt: skip
        rows: list[list[Quantity | str | int]] = [
            [words[name], *(_shown(name, x) for x in ranges[name]),
             *(number(_limit(p, name, end), 1) for end in (0, 1)),
             say("yes") if name in right["movers"] else say("no")]
            for name in NAMES
        ]  # fmt: skip
        holds = (
            say("The plan comes true.")
            if right["holds"] == "yes"
            else say("The plan does not come true.")
        )
        return page(
            say(
                "p = {low} + ({high} − {low}) × {s} = {back}; p + w s = {growth}.",
                low=_pc(p.low),
                high=_pc(p.high),
                s=number(p.satisfaction / 100, 2),
                back=percent(_return(p), 2),
                growth=percent(_growth(p), 2),
            ),
            say(
                "After two months: **{after}**. In the long run N = {n} ÷ (1 − {growth}) = "
                "**{long}**; the goal is {goal}. {holds}",
                after=number(right["after"], 1),
                n=p.advertised,
                growth=percent(_growth(p), 2),
                long=number(right["long"], 1),
                goal=_goal(p),
                holds=holds,
            ),
            say(
                "The goal needs p + w s = 1 − {n} ÷ {goal} = {need}. Satisfaction must be "
                "**{flip}** for that.",
                n=p.advertised,
                goal=_goal(p),
                need=percent(1 - p.advertised / _goal(p), 2),
                flip=percent(right["flip"] / 100, 2),
            ),
            say("In the long run, with one guess at an end of its range:"),
            table(
                [say("guess"), say("from"), say("to"), say("with the first"),
                 say("with the second"), say("flips")],
                rows,
            ),
            say(
                "So the plan rests on {names}. Measure that first. The straight line is an "
                "assumption, too: Mittal and Kamakura (2001) found a curve.",
                names=join([words[name] for name in right["movers"]]),
            ),
        )  # fmt: skip


def _ranges(p: Any) -> dict[str, tuple[int, int]]:
    """From and to, in percent, or customers for advertising."""
    return {
        name: (getattr(p, name) - width, getattr(p, name) + width)
        for name, width in zip(NAMES, p.widths, strict=True)
    }


def _shown(name: str, value: int) -> Quantity:
    if name == "advertised":
        return number(value, 0)
    return number(value / 100, 2) if name == "recommend" else _pc(value)


def _chain(p: Any, **other: int) -> Performance:
    use = {name: getattr(p, name) for name in NAMES} | other
    return Performance(
        satisfaction=use["satisfaction"] / 100, low=p.low / 100, high=use["high"] / 100, shape=1.0,
        recommend=use["recommend"] / 100, advertised=use["advertised"], customers=p.now,
    )  # fmt: skip


def _return(p: Any) -> float:
    return _chain(p).repurchase


def _growth(p: Any) -> float:
    return _chain(p).growth


def _limit(p: Any, name: str, end: int) -> float:
    """Customers in the long run with one guess at an end of its range."""
    return _chain(p, **{name: _ranges(p)[name][end]}).limit


def _goal(p: Any) -> int:
    """The plan: a part of what the guesses give, in whole tens."""
    return 10 * round(_chain(p).limit * p.factor / 10)


def _flip(p: Any) -> float:
    """Percent: low + (high − low) s + w s = 1 − advertised / goal."""
    needed = 100 * (1 - p.advertised / _goal(p)) - p.low
    return 100 * needed / (p.high - p.low + p.recommend)


def _flips(p: Any) -> list[str]:
    """More of each guess brings more customers, so the ends of its range decide."""
    holds = _chain(p).limit >= _goal(p)
    return [n for n in NAMES if any((_limit(p, n, end) >= _goal(p)) != holds for end in (0, 1))]


def _model(p: Any, *, wide: bool = False) -> Model:
    """The chain as a model with its four guesses; wide: satisfaction alone, from 0 to 1."""

    def holds(v: Any) -> bool:
        chain = Performance(
            satisfaction=v["satisfaction"], low=p.low / 100, high=v["high"],
            recommend=v["recommend"], advertised=v["advertised"],
        )  # fmt: skip
        return chain.limit >= goal

    goal, rows = _goal(p), []
    for name, (low, high) in _ranges(p).items():
        size = 1 if name == "advertised" else 100
        ends = (0.0, 1.0) if wide and name == "satisfaction" else (low / size, high / size)
        if wide and name != "satisfaction":
            ends = (getattr(p, name) / size, getattr(p, name) / size)
        rows.append(Assumption(name, getattr(p, name) / size, *ends, "", "invented", name))
    return Model("plan", "Plan", (), tuple(rows), (Conclusion("plan", "Goal reached.", holds),))


def _pc(value: float) -> Quantity:
    return percent(value / 100, 0)
