"""The five-step closed loop: how strongly to correct, on reports that are old or wrong."""

from __future__ import annotations

from typing import Any

from svclab.explore import (
    Chart,
    Figure,
    Handle,
    Integer,
    Number,
    NumberGuess,
    Seed,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.introduction.common import points
from svclab.introduction.loops import (
    ClosedLoop,
    Run,
    Verdict,
    closed_verdict,
    smooth_share,
    stable_share,
)
from svclab.introduction.loops import closed_loop as simulate
from svclab.words import count, percent, say

__all__ = ["closed_loop"]

CYCLES = 24
TARGET, START = 90.0, 60.0
ASKED = ClosedLoop(share=0.5, delay=1)
LOW, HIGH = -20.0, 180.0  # beyond, a swing is cut off in the picture
NEAR = 0.1  # of the picture's height: closer, two labels would touch
MOST_DELAY = 6
AS_TOLD = {
    "smooth": "it comes to rest without overshoot",
    "swings and settles": "it overshoots, swings and comes to rest",
    "swings for ever": "it swings for ever",
    "swings ever wider": "it swings ever wider",
    "does nothing": "nothing is corrected",
}


@explorable(
    title="How much of a gap should one cycle close?",
    parameters=[
        Number(
            name="share", label="Share of the gap that is closed", unit="%", low=0, high=200,
            step=5, default=50, help="Above 100%, each cycle does more than the gap asks for.",
        ),
        Integer(
            name="delay", label="Age of the report", unit="cycles", low=0, high=MOST_DELAY,
            default=1, help="Cycles between what happens and its report.",
        ),
        Number(
            name="noise", label="Error of the report", unit="points", low=0, high=10, step=0.5,
            default=0, help="Standard deviation of what monitoring gets wrong by chance.",
            group="Errors and wear",
        ),
        Number(
            name="bias", label="Reports are too good by", unit="points", low=-10, high=10,
            step=1, default=0, group="Errors and wear",
        ),
        Number(
            name="wear", label="Lost in each cycle", unit="points", low=0, high=5, step=0.5,
            default=0, help="What people forget and machines wear off.", group="Errors and wear",
        ),
        Seed(
            name="seed", label="Which errors", default=1, group="Errors and wear",
            help="Other draws of the error; without an error they are all alike.",
        ),
    ],
    guess=NumberGuess(
        question="Capability stands at 60 points, the target is 90. Each cycle closes half of the "
        "gap, but the report that shows the gap is one cycle old. How high does capability get "
        "on its way?",
        low=60, high=120, step=0.5, unit="points",
    ),
)  # fmt: skip
def closed_loop(
    share: float,
    delay: int,
    noise: float,
    bias: float,
    wear: float,
    seed: int,
    guess: float | None,
) -> View:
    """Plan, execute, monitor, evaluate, improve: 24 cycles from 60 points towards a target of 90.
    All numbers are invented."""
    loop = ClosedLoop(share=share / 100, delay=delay, noise=noise, bias=bias, wear=wear)
    run, verdict = simulate(loop, cycles=CYCLES, seed=seed), closed_verdict(loop)
    seen = _sentence(run, verdict)
    if guess is not None:
        top = max(simulate(ASKED, cycles=CYCLES).capability)
        seen = say(
            "{seen} Your guess was {guess}; with half of the gap and a report one cycle old it "
            "gets to {top}: the cycle after the target is reached still works on the old gap.",
            seen=seen,
            guess=points(guess),
            top=points(top),
        )
    return View(
        say=seen,
        warning=_warning(verdict),
        figures=_figures(run, verdict),
        parts=[_course(run, guess, seen), _plane(loop)],
    )


def _sentence(run: Run, verdict: Verdict) -> str:
    loop = run.loop
    tail = ""
    if verdict.rest is not None and abs(verdict.rest - loop.target) > 1e-9:
        tail = say(
            " It rests {far} {side} target: no cycle makes up for {cause}.",
            far=points(abs(verdict.rest - loop.target)),
            side="below" if verdict.rest < loop.target else "above",
            cause=_cause(loop),
        )
    if verdict.spread:
        tail += say(
            " The errors of the reports keep it swinging by ± {s}.", s=points(verdict.spread, 1)
        )
    return say(
        "Closing {k} of the gap on {age}: {behaviour}.{tail}",
        k=percent(loop.share, 0),
        age="fresh reports"
        if not loop.delay
        else say("reports {d} old", d=count(loop.delay, "cycle")),
        behaviour=AS_TOLD[verdict.behaviour],
        tail=tail,
    )


def _cause(loop: ClosedLoop) -> str:
    if loop.bias and loop.wear:
        return "reports that are wrong and for what wears off"
    return "reports that are wrong" if loop.bias else "what wears off"


def _warning(verdict: Verdict) -> str:
    if verdict.behaviour in ("swings ever wider", "swings for ever"):
        return say(
            "There is no rest: below {limit} of the gap it would settle. Correct less, or get "
            "the report earlier.",
            limit=percent(verdict.stable, 0),
        )
    if verdict.behaviour == "does nothing":
        return "A loop that closes no part of the gap does not improve: choose a share above 0."
    return ""


def _figures(run: Run, verdict: Verdict) -> list[Figure]:
    over, settled = run.overshoot, run.settled()
    rests = verdict.rest is not None
    return [
        Figure(
            "overshoot",
            "Overshoot",
            points(over) if rests else "–",
            "bad" if rests and over > 1 else "good" if rests else "",
            help="How far it goes past where it rests.",
        ),
        Figure(
            "settled",
            "Within 1 point of rest from",
            say("cycle {n} on", n=settled) if settled is not None and rests else "never",
            "" if settled is not None and rests else "bad",
            help=say("In {n} cycles.", n=CYCLES),
        ),
        Figure(
            "rest",
            "Rests at",
            points(verdict.rest) if verdict.rest is not None else "nowhere",
        ),
        Figure("smooth", "No overshoot up to a share of", percent(verdict.smooth)),
        Figure("stable", "Comes to rest below", percent(verdict.stable)),
    ]


def _course(run: Run, guess: float | None, seen: str) -> Chart:
    rows: list[dict[str, Any]] = [
        {"cycle": one.number, "points": value, "line": name}
        for name, values in (
            ("capability", run.capability),
            ("what the report says", [one.reported for one in run.cycles]),
        )
        for one, value in zip(run.cycles, values, strict=True)
    ]
    values = [row["points"] for row in rows]
    wide = min(values) < LOW or max(values) > HIGH
    top = max(100.0, *values) if not wide else HIGH
    low = min(40.0, *values) if not wide else LOW
    top = max(top, guess or 0)
    target = run.loop.target
    marks = [{"y": target, "label": "target", "color": "var(--svc-green)", "at": "end"}]
    if guess is not None:
        marks.append({**guess_mark(y=guess), "at": "end"})
        if abs(guess - target) < NEAR * (top - low):
            # One label for both, above the higher rule.
            higher = int(guess > target)
            marks[higher]["label"] = "target and your guess"
            marks[1 - higher]["label"] = ""
    return lines(
        rows,
        x=("cycle", "Cycle"),
        y=("points", "Capability, points"),
        series="line",
        marks=marks,
        x_axis={"tickMinStep": 1},
        y_domain=(low, top),
        y_zero=False,
        clip=wide,
        title="Capability, cycle by cycle",
        alt=say("Capability and its report over {n} cycles. {seen}", n=CYCLES, seen=seen),
        height=260,
    )


def _plane(loop: ClosedLoop) -> Chart:
    delays = range(MOST_DELAY + 1)
    limits = {"comes to rest below": stable_share, "no overshoot up to": smooth_share}
    rows = [
        {"delay": d, "share": 100 * limit(d), "line": name}
        for name, limit in limits.items()
        for d in delays
    ]
    here = {"x": loop.delay, "y": 100 * loop.share}
    return lines(
        rows,
        x=("delay", "Age of the report, cycles"),
        y=("share", "Share of the gap, %"),
        series="line",
        marks=[here],
        x_domain=(0, MOST_DELAY),
        y_domain=(0, 200),
        x_axis={"tickCount": MOST_DELAY, "format": "d"},
        handles=[
            Handle(parameter="delay", x=here["x"], y=here["y"]),
            Handle(parameter="share", x=here["x"], y=here["y"], axis="y"),
        ],
        title="Which shares come to rest? Drag the point",
        alt=say(
            "The largest share that comes to rest falls from {a} with fresh reports to {b} at "
            "{d}; without overshoot, from {c} to {e}.",
            a=percent(stable_share(0), 0),
            b=percent(stable_share(MOST_DELAY), 0),
            c=percent(smooth_share(0), 0),
            e=percent(smooth_share(MOST_DELAY), 0),
            d=count(MOST_DELAY, "cycle"),
        ),
        height=240,
    )
