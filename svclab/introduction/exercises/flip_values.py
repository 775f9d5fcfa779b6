"""Attention to service: from which value of an assumption a conclusion is no longer true."""

from __future__ import annotations

from typing import Any

from svclab.introduction.common import points
from svclab.introduction.loops import (
    Assumption,
    Conclusion,
    EffortLoop,
    Model,
    change,
    flip_points,
    limit_gain,
)
from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, count, number, say

__all__ = ["WhichFlips"]

#: Who it is. All invented.
PLACES = {
    "bank": "A bank branch (银行网点, invented)",
    "bus": "A bus company (公交公司, invented)",
    "library": "A library (图书馆, invented)",
    "parcels": "A parcel station (快递驿站, invented)",
    "ktv": "A KTV house (invented)",
}
OLDEST = 7  # ages of the survey in the table, periods
#: Oldest survey and strongest reaction in their ranges: which of the two flips the conclusion.
KINDS = {"age": (True, False), "reaction": (False, True), "both": (True, True),
         "none": (False, False)}  # fmt: skip


class WhichFlips(Exercise):
    """The strength of a loop, the values at which its conclusion flips, and the true sentence."""

    title = "From which value on is it no longer true?"
    objective = 5
    level = "medium"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        older, stronger = KINDS[draw.choice(list(KINDS))]
        adapting, effect = draw.choice((0.4, 0.5, 0.6, 0.8)), draw.number(0.5, 0.9, 0.1)
        delay = draw.integer(1, 3)
        # Where the oldest survey shall not flip it, there is room for an older one.
        last = delay + draw.integer(0 if older else 1, 2)
        oldest = last + draw.integer(1, 2) if older else draw.integer(delay + 1, last)
        low, high, top = (_limit(adapting, d) for d in (last + 1, last, delay))
        reaction = round((low + draw.choice((0.4, 0.5, 0.6)) * (high - low)) / effect, 2)
        room = top / effect
        times = draw.choice((1.2, 1.3, 1.4)) * room
        between = reaction + draw.choice((0.4, 0.5, 0.6)) * (room - reaction)
        return {
            "place": draw.choice(list(PLACES)),
            "adapting": adapting,
            "effect": effect,
            "delay": delay,
            "reaction": reaction,
            "oldest": oldest,
            "strongest": round(times if stronger else between, 2),
        }

    def sound(self, p: Any) -> bool:
        strength = p.reaction * p.effect
        edges = [_limit(p.adapting, d) / strength for d in range(OLDEST + 1)]
        edges.append(_limit(p.adapting, p.delay) / (p.strongest * p.effect))
        clear = min(abs(one - 1) for one in edges) > 0.02
        return clear and p.strongest > p.reaction + 0.015 and apart(self, p)

    def question(self, p: Any) -> str:
        rows: list[list[Quantity | str | int]] = [
            [d, number(_limit(p.adapting, d), 3)] for d in range(OLDEST + 1)
        ]
        facts = [
            say("The survey is {d} old (perhaps up to {most}).",
                d=count(p.delay, "period"), most=count(p.oldest, "period")),
            say("Reaction: for each point of satisfaction that is missing, {r} of effort are added "
                "in each period (perhaps up to {most}).",
                r=points(p.reaction, 2), most=number(p.strongest, 2)),
            say("Effect: a point of effort makes {y} of satisfaction, once all customers have "
                "noticed.", y=points(p.effect)),
        ]  # fmt: skip
        return page(
            say(
                "{who} adds effort when satisfaction (满意度) in the last survey is below the "
                "target, and takes effort away when it is above:",
                who=PLACES[p.place],
            ),
            bullets(facts),
            say(
                "Conclusion of the model: *satisfaction comes to rest on target*. It is true as "
                "long as the strength of the loop, reaction × effect, is below a limit. For these "
                "customers:"
            ),
            table([say("age of the survey, periods"), say("limit of the strength")], rows),
            say(
                "1. How large is the strength of the loop today?\n"
                "2. From which reaction on is the conclusion no longer true, all else as today?\n"
                "3. Complete the sentence, all else as today: if the survey were older than … "
                "periods, then it would no longer be true that satisfaction comes to rest.\n"
                "4. Now move one of the two guesses to the end of its range, and leave the other "
                "as it is today. Which sentence is true?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        sentences = {
            "age": say("If the survey were as old as it may be, the conclusion would no longer be "
                       "true. The strongest reaction alone changes nothing."),
            "reaction": say("If the reaction were as strong as it may be, the conclusion would no "
                            "longer be true. The oldest survey alone changes nothing."),
            "both": say("Each of the two alone would make the conclusion untrue."),
            "none": say("Neither of the two alone makes the conclusion untrue."),
        }  # fmt: skip
        return [
            NumberField("strength", say("Strength of the loop"), relative=0.005),
            NumberField("reaction", say("No longer true from a reaction of"), unit="points",
                        relative=0.01),
            IntegerField("age", say("If the survey were older than"), unit="periods"),
            ChoiceField("sentence", say("The true sentence"), sentences),
        ]  # fmt: skip

    def solve(self, p: Any) -> Answers:
        return {
            "strength": p.reaction * p.effect,
            "reaction": _limit(p.adapting, p.delay) / p.effect,
            "age": _last(p, p.reaction * p.effect),
            "sentence": _sentence(older=not _holds(p, delay=p.oldest),
                                  stronger=not _holds(p, reaction=p.strongest)),
        }  # fmt: skip

    def second(self, p: Any) -> Answers:
        # By the chapter's search for flips, on the limits of the table.
        model = _model(p)
        age, reaction = (
            next(row for row in flip_points(model, "rest", steps=200).rows if row.assumption == one)
            for one in ("delay", "reaction")
        )
        assert age.above is not None
        assert reaction.above is not None
        moved = (change(model, delay=p.oldest), change(model, reaction=p.strongest))
        return {
            "strength": EffortLoop(reaction=p.reaction, effect=p.effect).gain,
            "reaction": reaction.above,
            "age": round(age.above) - 1,
            "sentence": _sentence(older=bool(moved[0].flipped), stronger=bool(moved[1].flipped)),
        }

    @misconception(
        "You added reaction and effect. What comes out of the one goes into the other: they "
        "multiply."
    )
    def added(self, p: Any) -> Answers:
        return {"strength": p.reaction + p.effect}

    @misconception(
        "You divided by the effect. The effort that the reaction adds works with this effect: "
        "multiply."
    )
    def divided(self, p: Any) -> Answers:
        return {"strength": p.reaction / p.effect}

    @misconception(
        "You gave the limit of the strength. Asked is the reaction: the one that, times the "
        "effect, reaches this limit."
    )
    def limit_for_reaction(self, p: Any) -> Answers:
        return {"reaction": _limit(p.adapting, p.delay)}

    @misconception(
        "You multiplied the limit by the effect. Reaction × effect is the limit; so divide."
    )
    def multiplied(self, p: Any) -> Answers:
        return {"reaction": _limit(p.adapting, p.delay) * p.effect}

    @misconception(
        "You took the limit for a fresh survey. This survey is older, so go down to its line."
    )
    def fresh_survey(self, p: Any) -> Answers:
        return {"reaction": _limit(p.adapting, 0) / p.effect}

    @misconception(
        "You gave the first age at which the conclusion is no longer true. “Older than” asks for "
        "the last age at which it still is."
    )
    def first_untrue(self, p: Any) -> Answers:
        return {"age": self.solve(p)["age"] + 1}

    @misconception(
        "You compared the reaction itself with the limits. Compare the strength: reaction × effect."
    )
    def reaction_alone(self, p: Any) -> Answers | None:
        wrong = _last(p, p.reaction)
        return {"age": wrong} if 0 <= wrong < self.solve(p)["age"] else None

    @misconception(
        "You judged by the values of today. Put in the end of each range, one after the other."
    )
    def only_today(self, p: Any) -> Answers | None:
        return {"sentence": "none"} if self.solve(p)["sentence"] != "none" else None

    @misconception(
        "You took it that any older survey and any stronger reaction would do. It must go beyond "
        "the limit within its range."
    )
    def every_move(self, p: Any) -> Answers | None:
        return {"sentence": "both"} if self.solve(p)["sentence"] != "both" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Strength of the loop = reaction × effect. Compare it with the limits."),
            say(
                "Question 2: the line of {d} says how strong the loop may be. Which reaction "
                "makes it just as strong?",
                d=count(p.delay, "period"),
            ),
            say("Question 3: go down the table until the limit is no longer above the strength."),
            say(
                "Question 4: the oldest survey has its own line. The strongest reaction makes a "
                "new strength, and stays in the line of today."
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        rows: list[list[Quantity | str | int]] = [
            [name, d, number(r * p.effect, 3), number(_limit(p.adapting, d), 3),
             say("true") if _holds(p, delay=d, reaction=r) else say("no longer true")]
            for name, d, r in (
                (say("today"), p.delay, p.reaction),
                (say("oldest survey"), p.oldest, p.reaction),
                (say("strongest reaction"), p.delay, p.strongest),
                (say("both together"), p.oldest, p.strongest),
            )
        ]  # fmt: skip
        together = _holds(p, delay=p.oldest, reaction=p.strongest)
        warning = (
            say("Neither alone does it, but both together do: look at pairs, too, before you trust "
                "a conclusion.")
            if right["sentence"] == "none" and not together
            else say("Measure first what can make the conclusion untrue.")
            if right["sentence"] != "none"
            else say("The conclusion stands within both ranges.")
        )  # fmt: skip
        return page(
            say(
                "Strength: {r} × {y} = **{g}**.",
                r=number(p.reaction, 2),
                y=number(p.effect, 1),
                g=number(right["strength"], 3),
            ),
            say(
                "Reaction: {limit} ÷ {y} = **{flip}**. If the reaction were {flip} or more instead "
                "of {r}, then it would no longer be true that satisfaction comes to rest.",
                limit=number(_limit(p.adapting, p.delay), 3),
                y=number(p.effect, 1),
                flip=number(right["reaction"], 3),
                r=number(p.reaction, 2),
            ),
            say(
                "Survey: the limit is above {g} down to the line of {age}, and {next} in the line "
                "below. If the survey were older than **{age}** instead of {d}, then it would no "
                "longer be true.",
                g=number(right["strength"], 3),
                age=count(right["age"], "period"),
                next=number(_limit(p.adapting, right["age"] + 1), 3),
                d=p.delay,
            ),
            table(
                [say("moved"), say("age"), say("strength"), say("limit"), say("conclusion")], rows
            ),
            warning,
        )


def _limit(adapting: float, delay: int) -> float:
    """The limit of the strength as the table prints it."""
    return round(limit_gain(adapting, delay), 3)


def _last(p: Any, strength: float) -> int:
    """The oldest survey of the table with which this strength is below the limit; -1: none."""
    return max((d for d in range(OLDEST + 1) if strength < _limit(p.adapting, d)), default=-1)


def _holds(p: Any, *, delay: int | None = None, reaction: float | None = None) -> bool:
    """The conclusion with one or both of the guesses moved."""
    age = p.delay if delay is None else delay
    strength = (p.reaction if reaction is None else reaction) * p.effect
    return strength < _limit(p.adapting, age)


def _sentence(*, older: bool, stronger: bool) -> str:
    return next(name for name, kind in KINDS.items() if kind == (older, stronger))


def _model(p: Any) -> Model:
    """The loop with its two guesses, moved as far as any question goes."""

    def rests(v: Any) -> bool:
        loop = EffortLoop(
            reaction=v["reaction"], delay=round(v["delay"]), adapting=p.adapting, effect=p.effect
        )
        return loop.gain < _limit(loop.adapting, loop.delay)

    return Model(
        "attention",
        "Attention",
        (),
        (
            Assumption("delay", p.delay, 0, OLDEST, "periods", "invented", "age", whole=True),
            Assumption("reaction", p.reaction, 0, 4, "points", "invented", "reaction"),
        ),
        (Conclusion("rest", "Satisfaction comes to rest on target.", rests),),
    )
