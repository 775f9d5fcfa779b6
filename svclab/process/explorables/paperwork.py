"""Files instead of people: what ESIA saves, and what a control costs."""

from __future__ import annotations

import math

from svclab.explore import (
    Chart,
    ChoiceGuess,
    Figure,
    Number,
    Switch,
    TableView,
    View,
    bars,
    explorable,
    lines,
)
from svclab.process.cases import invoice_process
from svclab.process.controls import compare_controls
from svclab.process.model import HOUR, MINUTE
from svclab.process.redesign import Redesign
from svclab.words import (
    count,
    hours,
    join,
    minutes,
    money,
    percent,
    say,
)

MOVES = {
    "eliminate": "Eliminate: the second check and the deputy director's signature",
    "simplify": "Simplify: a shorter form, and the section head signs twice a day",
    "integrate": "Integrate: one clerk receives, checks and records",
    "automate": "Automate: the file travels by network",
}


def redesigned(moves: dict[str, bool]) -> Redesign:
    """The invoice process after the chosen moves, always in the order E, S, I, A."""
    done = Redesign(invoice_process())
    if moves["eliminate"]:
        done = done.eliminate("check eligibility again", "approve as deputy director")
    if moves["simplify"]:
        done = done.simplify("key in the application", work_seconds=2 * MINUTE)
        done = done.simplify("approve as section head", wait_seconds=4 * HOUR)
    if moves["integrate"]:
        done = done.integrate(
            "receive the application",
            "check eligibility",
            "key in the application",
            owner="counter clerk",
            into="receive, check and record",
        )
    if moves["automate"]:
        for name in (
            "send the file to the tax-source section",
            "send the file to the management",
            "send the file back to the hall",
        ):
            done = done.automate(name, work_seconds=1.0, cost_per_case=0.2)
    return done


@explorable(
    title="ESIA: what does each move save?",
    parameters=[Switch(name=name, label=label) for name, label in MOVES.items()],
    guess=ChoiceGuess(
        question="Which move shortens the time that the customer waits most?",
        options={name: label.split(":")[0] for name, label in MOVES.items()},
    ),
)
def esia_steps(
    eliminate: bool, simplify: bool, integrate: bool, automate: bool, guess: str | None
) -> View:
    """A request for invoice forms in a tax office (invented)."""
    moves = {
        "eliminate": eliminate,
        "simplify": simplify,
        "integrate": integrate,
        "automate": automate,
    }
    start, now = redesigned(dict.fromkeys(MOVES, False)).table, redesigned(moves).table
    alone = {
        name: start.flow_time_seconds
        - redesigned({m: m == name for m in MOVES}).table.flow_time_seconds
        for name in MOVES
    }
    chosen = [name for name, on in moves.items() if on]
    seen = say(
        "{flow} from request to invoice forms, {work} of it work; {handoffs}.",
        flow=hours(now.flow_time_seconds / HOUR),
        work=minutes(now.work_seconds / MINUTE),
        handoffs=count(now.handoffs, "hand-over"),
    )
    if guess is not None:
        best = max(alone, key=lambda name: alone[name])
        seen += " " + say(
            "Your guess was {guess}: alone it saves {saved}. The most is saved by {best}: {most}.",
            guess=guess,
            saved=hours(alone[guess] / HOUR),
            best=best,
            most=hours(alone[best] / HOUR),
        )
    return View(
        say=seen,
        figures=[
            Figure("flow", "Flow time", hours(now.flow_time_seconds / HOUR)),
            Figure("work", "Work", minutes(now.work_seconds / MINUTE)),
            Figure("handoffs", "Hand-overs", count(now.handoffs)),
            Figure("cost", "Labour and system cost", money(now.cost or 0.0, "yuan", 1)),
            Figure(
                "efficiency",
                "Process cycle efficiency",
                percent(now.cycle_efficiency, 2),
                help="Value-adding time divided by flow time",
            ),
        ],
        parts=[_saving_bars(start.flow_time_seconds, chosen), _history(moves)],
    )


def _saving_bars(start: float, chosen: list[str]) -> Chart:
    rows = []
    on = dict.fromkeys(MOVES, False)
    stages: list[tuple[str, float]] = [("today", start)]
    for name in chosen:
        on[name] = True
        stages.append((f"+ {name}", redesigned(on).table.flow_time_seconds))
    for label, flow in stages:
        rows.append({"stage": label, "hours": flow / HOUR, "text": hours(flow / HOUR).text})
    return bars(
        rows,
        category=("stage", "After"),
        value=("hours", "Flow time, hours"),
        text="text",
        height=230,
        domain=(0, math.ceil(start / HOUR / 10) * 10),
        alt=say(
            "Flow time falls from {first} to {last}.",
            first=hours(stages[0][1] / HOUR),
            last=hours(stages[-1][1] / HOUR),
        ),
    )


def _history(moves: dict[str, bool]) -> TableView:
    rows = redesigned(moves).rows()
    return TableView(
        title="After each operation",
        columns=[
            ("Operation", "", "left"),
            ("Steps", "", "right"),
            ("Hand-overs", "", "right"),
            ("Work", "min", "right"),
            ("Waiting", "h", "right"),
            ("Flow time", "h", "right"),
            ("Cost", "yuan", "right"),
        ],
        rows=[
            [
                " ".join([row["operation"], join(list(row["touched"]))]).strip(),
                row["steps"],
                row["handoffs"],
                minutes(row["work_seconds"] / MINUTE),
                hours(row["wait_seconds"] / HOUR),
                hours(row["flow_time_seconds"] / HOUR),
                money(row["cost"], "yuan", 1),
            ]
            for row in rows
        ],
    )


@explorable(
    title="Approve before, check after, or only file?",
    parameters=[
        Number(
            name="errors", label="Cases with an error", unit="%", low=0, high=30, step=0.5,
            default=4, help="Share of all cases that are wrong when they come in.",
        ),
        Number(
            name="check", label="Cost of one check", unit="yuan", low=0, high=100, default=20,
            help="Work of the person who checks.",
        ),
        Number(
            name="delay", label="Cost of the wait for approval", unit="yuan", low=0, high=100,
            default=10, help="Only approval before makes every case wait.",
        ),
        Number(
            name="loss", label="Cost of an error nobody finds", unit="yuan", low=50, high=2000,
            step=10, default=300, help="If it is left as it is.",
        ),
        Number(
            name="late", label="Cost to repair an error found afterwards", unit="yuan", low=0,
            high=2000, step=10, default=50, help="Found before, it costs nothing here.",
        ),
    ],
)  # fmt: skip
def control_or_file(errors: float, check: float, delay: float, loss: float, late: float) -> View:
    """Expected cost of a case under three ways of control."""
    if late > loss:
        raise ValueError(
            say("Repairing afterwards costs more than the error: then nobody would repair it.")
        )

    def at(rate: float) -> dict[str, float]:
        result = compare_controls(
            error_rate=rate / 100,
            error_cost=loss,
            check_cost=check,
            delay_cost=delay,
            correction_after=late,
        )
        return {o.name: o.cost for o in result.options if o.name != "sample"} | {
            "above": result.check_all_above
        }

    here = at(errors)
    above = here.pop("above")
    best = min(reversed(list(here)), key=lambda name: here[name])
    names = {
        "prior approval": "approve before",
        "check all results": "check after",
        "filing": "file only",
    }
    rows = [
        {"errors": e / 2, "cost": cost, "way": names[name]}
        for e in range(0, 61, 2)
        for name, cost in at(e / 2).items()
        if name in names
    ]
    seen = say(
        "At {errors} errors the cheapest is to {best}: {cost} a case. ",
        errors=percent(errors / 100),
        best=names[best],
        cost=money(here[best], "yuan", 1),
    ) + (
        say("Checking all results beats filing above {rate}.", rate=percent(above))
        if above <= 1
        else say("Checking all results never pays.")
    )
    return View(
        say=seen,
        figures=[
            Figure(name, names[name].capitalize(), money(cost, "yuan a case", 1),
                   "good" if name == best else "")
            for name, cost in here.items()
        ] + [Figure("even", "Break-even error rate", percent(above) if above <= 1 else "none")],
        parts=[
            lines(
                rows,
                x=("errors", "Cases with an error, %"),
                y=("cost", "Expected cost of a case, yuan"),
                series="way",
                marks=[{"x": errors, "label": "now"}],
                alt=seen,
            )
        ],
    )  # fmt: skip


__all__ = ["control_or_file", "esia_steps"]
