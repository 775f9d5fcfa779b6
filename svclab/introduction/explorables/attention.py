"""Satisfaction, effort and delay: a causal loop beside its run."""

from __future__ import annotations

import math
from dataclasses import replace

from svclab.explore import (
    Chart,
    ChoiceGuess,
    Figure,
    Handle,
    Integer,
    Number,
    View,
    explorable,
    lines,
)
from svclab.explore.diagrams import CausalLoop, Link, Variable
from svclab.introduction.common import points
from svclab.introduction.loops import EffortLoop, EffortRun, EffortVerdict, effort_verdict
from svclab.introduction.loops import effort_loop as simulate
from svclab.words import count, number, say

__all__ = ["effort_loop", "missed"]

PERIODS = 40
ASKED = EffortLoop(reaction=0.3, delay=2)
STRONGEST = 1.5
SWEEP = [STRONGEST * k / 60 for k in range(61)]


def missed(loop: EffortLoop) -> float:
    """Mean distance of satisfaction from its target over 40 periods, points.

    Examples
    --------
    >>> round(missed(EffortLoop(reaction=0.3, delay=2)), 2)
    4.84
    """
    levels = simulate(loop, periods=PERIODS).satisfaction
    return math.fsum(abs(level - loop.target) for level in levels) / len(levels)


@explorable(
    title="Why does attention to service come and go?",
    parameters=[
        Number(
            name="reaction", label="Reaction", unit="points", low=0, high=STRONGEST, step=0.05,
            default=0.3, help="Effort added for each point of satisfaction that is missing.",
        ),
        Integer(
            name="delay", label="Age of the survey", unit="periods", low=0, high=6, default=2,
        ),
        Number(
            name="adapting", label="Customers notice", unit="%", low=5, high=100, step=5,
            default=50, help="Share of the way that their opinion moves in a period.",
        ),
        Number(
            name="target", label="Target", unit="points", low=50, high=95, step=5, default=80,
        ),
        Number(
            name="effect", label="Effect of effort", unit="points", low=0.2, high=2, step=0.1,
            default=0.8, help="Satisfaction that a point of effort adds.",
        ),
    ],
    guess=ChoiceGuess(
        question="A survey shows satisfaction, but it is two periods old. For each point that is "
        "missing, management adds 0.3 points of effort; what is above target takes effort away. "
        "A manager says: react twice as strongly, then we stay nearer to the target. Is that so?",
        options={
            "nearer": "yes, it stays nearer",
            "same": "it makes no difference",
            "further": "no, it strays further away",
        },
    ),
)  # fmt: skip
def effort_loop(
    reaction: float, delay: int, adapting: float, target: float, effect: float, guess: str | None
) -> View:
    """Management reacts to surveys, customers to effort; from 60 points of satisfaction and 25 of
    effort. The manner is Forrester's; all numbers are invented."""
    loop = EffortLoop(
        reaction=reaction, delay=delay, adapting=adapting / 100, target=target, effect=effect
    )
    run, verdict = simulate(loop, periods=PERIODS), effort_verdict(loop)
    away, twice = missed(loop), missed(replace(loop, reaction=2 * reaction))
    seen = _sentence(loop, verdict, away, twice)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    return View(
        say=seen,
        warning=_warning(verdict),
        figures=[
            Figure("missed", "Mean distance from target", points(away)),
            Figure("twice", "If twice as strong", points(twice),
                   "good" if twice < away - 1e-9 else "bad" if twice > away + 1e-9 else ""),
            Figure("swing", "Still swings over", points(run.swing),
                   help="Highest minus lowest satisfaction in the last third."),
            Figure("gain", "Strength of the loop", number(verdict.gain, 2),
                   "good" if verdict.comes_to_rest else "bad",
                   help="Reaction times effect: what comes back of a missing point."),
            Figure("limit", "Rest below a strength of", number(verdict.limit, 2)),
        ],
        parts=[_loop(loop), _course(run, seen), _sweep(loop, away)],
    )  # fmt: skip


def _sentence(loop: EffortLoop, verdict: EffortVerdict, away: float, twice: float) -> str:
    if not verdict.reachable:
        state = "the target is out of reach"
    elif not loop.reaction:
        state = "nobody reacts"
    elif verdict.comes_to_rest:
        state = "satisfaction comes to rest on target"
    else:
        state = "satisfaction and effort keep swinging"
    change = (
        "brings it nearer"
        if twice < away - 1e-9
        else "takes it further away"
        if twice > away + 1e-9
        else "changes nothing"
    )
    return say(
        "With a reaction of {r} and {survey}, {state}; on average it is {away} away. To react "
        "twice as strongly {change}: {twice}.",
        r=number(loop.reaction, 2),
        survey="a fresh survey"
        if not loop.delay
        else say("a survey {d} old", d=count(loop.delay, "period")),
        state=state,
        away=points(away),
        change=change,
        twice=points(twice),
    )


def _warning(verdict: EffortVerdict) -> str:
    if verdict.reachable:
        return ""
    return say(
        "The target needs {e} of effort, and there are 100: lower the target, or make effort "
        "work better.",
        e=points(verdict.needed),
    )


def _answer(guess: str) -> str:
    once, twice = missed(ASKED), missed(replace(ASKED, reaction=2 * ASKED.reaction))
    right = "further" if twice > once else "nearer"
    return say(
        "Your guess was {verdict}: a reaction of {r} misses the target by {once} on average, twice "
        "as strong by {twice}.",
        verdict="right" if guess == right else "wrong",
        r=number(ASKED.reaction, 2),
        once=points(once),
        twice=points(twice),
    )


def _loop(loop: EffortLoop) -> CausalLoop:
    return CausalLoop(
        title="Who acts on whom",
        alt="Satisfaction lowers what is missing, what is missing raises effort, and effort "
        "raises satisfaction: one balancing loop.",
        variables=[
            Variable(name="satisfaction", label="satisfaction 满意度"),
            Variable(name="missing", label="missing to target"),
            Variable(name="effort", label="effort 投入"),
        ],
        links=[
            Link(start="satisfaction", end="missing", sign="-", delay=loop.delay > 0,
                 note=say("known after {d}", d=count(loop.delay, "period"))),
            Link(start="missing", end="effort", sign="+",
                 note=say("{r} for a point and period", r=points(loop.reaction, 2))),
            Link(start="effort", end="satisfaction", sign="+", delay=loop.adapting < 1,
                 note=say("{y} for a point", y=points(loop.effect, 2))),
        ],
        names={("satisfaction", "missing", "effort"): "management reacts"},
    )  # fmt: skip


def _course(run: EffortRun, seen: str) -> Chart:
    rows = [
        {"period": t, "points": value, "line": name}
        for name, values in (("satisfaction", run.satisfaction), ("effort", run.effort))
        for t, value in enumerate(values)
    ]
    return lines(
        rows,
        x=("period", "Period"),
        y=("points", "Points"),
        series="line",
        marks=[{"y": run.loop.target, "label": "target", "color": "var(--svc-green)", "at": "end"}],
        x_axis={"tickMinStep": 1},
        y_domain=(0, 100),
        title="Satisfaction and effort",
        alt=say("Satisfaction and effort over {n} periods. {seen}", n=PERIODS, seen=seen),
        height=250,
    )


def _sweep(loop: EffortLoop, away: float) -> Chart:
    path = [(r, missed(replace(loop, reaction=r))) for r in SWEEP]
    best = min(path, key=lambda pair: pair[1])
    limit = effort_verdict(loop).limit / loop.effect
    marks = (
        [{"x": limit, "label": "keeps swinging from here", "at": "end"}]
        if 0 < limit < 0.7 * STRONGEST
        else []
    )
    return lines(
        [{"reaction": r, "away": m} for r, m in path],
        x=("reaction", "Reaction, points of effort for a point"),
        y=("away", "Mean distance from target, points"),
        marks=marks,
        x_domain=(0, STRONGEST),
        handles=[Handle(parameter="reaction", x=loop.reaction, y=away, path=path)],
        title="How strongly to react? Drag the point",
        alt=say(
            "The mean distance from target against the strength of the reaction: smallest, "
            "{m}, at a reaction of {r}.",
            m=points(best[1]),
            r=number(best[0], 2),
        ),
        height=240,
    )
