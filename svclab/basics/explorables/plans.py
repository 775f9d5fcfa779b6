"""The first plan: what a bicycle workshop repairs in a day."""

from __future__ import annotations

from svclab.basics.workshop import BRAKE_MINUTES, WHEEL_MINUTES, Plan, best_plan, program
from svclab.explore import (
    Chart,
    ChoiceGuess,
    Code,
    Figure,
    Integer,
    Number,
    View,
    explorable,
    stacked,
)
from svclab.words import Quantity, count, minutes, number, say, yuan

__all__ = ["first_plan"]

GUESSES = {
    "brakes": "24 brakes and no wheel",
    "mixed": "9 brakes and 10 wheels",
    "wheels": "no brake and 10 wheels",
}


@explorable(
    title="What shall the workshop repair today?",
    parameters=[
        Number(
            name="brake", label="A brake earns", unit="yuan", low=5, high=60, default=20,
            help="It takes 20 min.",
        ),
        Number(
            name="wheel", label="A wheel earns", unit="yuan", low=5, high=60, default=35,
            help="It takes 30 min.",
        ),
        Number(
            name="day", label="Working time", unit="min", low=60, high=600, step=30, default=480
        ),
        Integer(name="rims", label="Rims, one for each wheel", low=0, high=20, default=10),
        Integer(
            name="promised", label="Brakes promised for today", low=0, high=30, default=0,
            help="At least so many must be repaired.",
        ),
    ],
    guess=ChoiceGuess(
        question="A brake earns 20 yuan and takes 20 min. A wheel earns 35 yuan and takes 30 min. "
        "There are 480 min and 10 rims. Which day earns most?",
        options=GUESSES,
    ),
    engine="highs",
)  # fmt: skip
def first_plan(
    brake: float, wheel: float, day: float, rims: int, promised: int, guess: str | None
) -> View:
    """The lines of the notebook, with your numbers in them. All numbers are invented."""
    plan = best_plan(brake, wheel, minutes=day, rims=rims, promised=promised)
    text = _infeasible(day, promised) if plan is None else _seen(plan, brake, wheel, day)
    if guess is not None:
        text += " " + say(
            "Your guess was: {guess}. With the numbers of the question the best day is 9 brakes "
            "and 10 wheels: a minute of a wheel earns more than a minute of a brake, so all rims "
            "are used first.",
            guess=GUESSES[guess],
        )
    code = Code(
        text=program(brake, wheel, minutes=day, rims=rims, promised=promised),
        caption="The same in a cell",
    )
    if plan is None:
        need = minutes(BRAKE_MINUTES * promised)
        return View(
            say=text,
            warning=say(
                "Infeasible: the limits contradict each other. Promise fewer brakes, or work "
                "longer."
            ),
            figures=[
                Figure("need", "Time for the promised brakes", need, "bad"),
                Figure("day", "Working time", minutes(day)),
            ],
            parts=[code],
        )  # fmt: skip
    return View(
        say=text,
        figures=[
            Figure("brakes", "Brakes", number(plan.brakes, 0)),
            Figure("wheels", "Wheels", number(plan.wheels, 0)),
            Figure("earns", "Earned", yuan(plan.earns, 2)),
        ],
        parts=[_chart(plan, day, text), code],
    )


def _seen(plan: Plan, brake: float, wheel: float, day: float) -> str:
    per_brake, per_wheel = (
        Quantity(value, "yuan a minute", 2)
        for value in (brake / BRAKE_MINUTES, wheel / WHEEL_MINUTES)
    )
    left = day - plan.minutes
    return say(
        "The best day is {brakes} and {wheels}: {earns}. A brake earns {per_brake}, a wheel "
        "{per_wheel}; {left} left over.",
        brakes=count(plan.brakes, "brake"),
        wheels=count(plan.wheels, "wheel"),
        earns=yuan(plan.earns, 2),
        per_brake=per_brake,
        per_wheel=per_wheel,
        left=say("{n} are", n=minutes(left)) if left else say("nothing is"),
    )


def _infeasible(day: float, promised: int) -> str:
    return say(
        "No plan keeps all limits: {n} need {need}, and there are {day}.",
        n=count(promised, "brake"),
        need=minutes(BRAKE_MINUTES * promised),
        day=minutes(day),
    )


def _chart(plan: Plan, day: float, text: str) -> Chart:
    return stacked(
        {
            "the day": {
                "brakes": BRAKE_MINUTES * plan.brakes,
                "wheels": WHEEL_MINUTES * plan.wheels,
                "left over": day - plan.minutes,
            }
        },
        what="Day",
        value="Time, min",
        part="For",
        title="Where the minutes go",
        alt=say("A bar in parts. {seen}", seen=text),
    )
