"""Blending: the cheapest mixture within its limits, what binds, and which limits clash."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from svclab.decisions.explorables.blends import (
    FEED,
    KINDS,
    LUNCH,
    Found,
    asked,
    found,
    problem_of,
)
from svclab.decisions.explorables.regions import cost_chart, mixture_chart
from svclab.decisions.sensitivity import ConstraintLine, Report
from svclab.explore import (
    Choice,
    Column,
    Figure,
    Number,
    NumberGuess,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.words import Quantity, join, money, number, say


def _table(key: str, rows: list[dict[str, Any]], label: str, name: str, columns: list[Column]) -> (
    Table
):  # fmt: skip
    return Table(
        name=key, label=label, columns=[Column(name="name", label=name, editable=False), *columns],
        default=rows, shown_if=("kind", key),
    )  # fmt: skip


@explorable(
    title="The cheapest mixture, and what its limits cost",
    parameters=[
        Choice(
            name="kind", label="What is mixed",
            options={"feed": "100 kg of feed", "lunch": "a lunch of 500 g"}, default="feed",
        ),
        Number(
            name="protein", label="Protein at least", unit="kg", low=0, high=45, step=0.5,
            default=FEED["at_least"]["protein"], shown_if=("kind", "feed"),
            help="In 100 kg. Or drag the point in the second picture.",
        ),
        Number(
            name="fibre", label="Fibre at most", unit="kg", low=1, high=12, step=0.5,
            default=FEED["at_most"]["fibre"], shown_if=("kind", "feed"), help="In 100 kg.",
        ),
        _table(
            "feed",
            [
                {"name": n, "cost": FEED["cost"][n], "protein": 100 * row["protein"],
                 "fibre": 100 * row["fibre"]}
                for n, row in FEED["contents"].items()
            ],
            "Ingredients (invented)", "Ingredient",
            [
                Column(Number(name="cost", label="Cost", unit="yuan/kg", low=0, high=20, step=0.1,
                              default=1)),
                Column(Number(name="protein", label="Protein", unit="%", low=0, high=60,
                              default=1)),
                Column(Number(name="fibre", label="Fibre", unit="%", low=0, high=30, default=1)),
            ],
        ),
        Number(
            name="lunch_protein", label="Protein at least", unit="g", low=0, high=120, step=1,
            default=30, shown_if=("kind", "lunch"),
            help="In a lunch. Or drag the point in the second picture.",
        ),
        Number(
            name="energy", label="Energy at most", unit="kcal", low=200, high=900, step=10,
            default=600, shown_if=("kind", "lunch"), help="In a lunch.",
        ),
        _table(
            "lunch",
            [{"name": n, "cost": c, "protein": g, "energy": b} for n, c, g, b in LUNCH],
            "Ingredients (invented)", "Ingredient",
            [
                Column(Number(name="cost", label="Cost", unit="yuan/kg", low=0, high=100, step=0.5,
                              default=1)),
                Column(Number(name="protein", label="Protein", unit="%", low=0, high=60,
                              default=1)),
                Column(Number(name="energy", label="Energy", unit="kcal/100 g", low=0, high=900,
                              step=5, default=1)),
            ],
        ),
    ],
    guess=NumberGuess(
        question="Feed is mixed from A, B and C (the table shows cost and contents). With at least "
        "22 kg of protein in 100 kg the cheapest mixture costs 330 yuan. What does it cost with "
        "at least 30 kg?",
        low=300,
        high=600,
        step=10,
        unit="yuan",
    ),
    engine="highs",
)  # fmt: skip
def blending(
    kind: str,
    protein: float,
    fibre: float,
    feed: list[dict[str, Any]],
    lunch_protein: float,
    energy: float,
    lunch: list[dict[str, Any]],
    guess: float | None,
) -> View:
    """The cheapest mixture by linear programming, which limits bind, and what one unit more of a
    limit costs. All numbers are invented."""
    if kind == "feed":
        rows = tuple((r["name"], r["cost"], r["protein"], r["fibre"]) for r in feed)
        here, moved = found(kind, rows, protein, fibre, 45.0), "protein"
    else:
        rows = tuple((r["name"], r["cost"], r["protein"], r["energy"]) for r in lunch)
        here, moved = found(kind, rows, lunch_protein, energy, 120.0), "lunch_protein"
    seen = _seen(here)
    if guess is not None:
        seen += " " + _answer(guess)
    guessed = guess if kind == "feed" else None
    return View(
        say=seen,
        warning=_warning(here),
        figures=_figures(here),
        parts=[
            mixture_chart(here, seen),
            cost_chart(here, moved, guessed),
            *([_limits(here, here.report)] if here.report else []),
        ],
    )


def _answer(guess: float) -> str:
    rows = tuple(
        (n, FEED["cost"][n], 100 * r["protein"], 100 * r["fibre"])
        for n, r in FEED["contents"].items()
    )
    curve = found("feed", rows, 22.0, 6.0, 45.0).curve
    assert curve is not None
    right = curve.linear(30.0)
    assert right is not None
    return say(
        "Your guess for 30 kg of protein was {guess}; with the numbers first shown it costs "
        "{cost}, {more} for each kilogram more.",
        guess=money(guess, "yuan", 0),
        cost=money(right, "yuan", 0),
        more=money((right - 330) / 8, "yuan", 1),
    )


def cost(here: Found, value: float) -> Quantity:
    """An amount of money, with the decimals that matter for the mixture."""
    return money(value, "yuan", here.kind.digits)


def _parts(here: Found, plan: Mapping[str, float]) -> str:
    return join(
        [
            say("{name} {n}", n=Quantity(x, here.kind.unit, 1), name=name)
            for name, x in plan.items()
            if x > 1e-9
        ]
    )


def _seen(here: Found) -> str:
    kind, best = here.kind, here.report
    if best is None:
        first, *more = here.clashes
        seen = say("No mixture keeps all limits. These cannot hold together: {clash}.", clash=first)
        return " ".join([seen, *(say("Nor can these: {clash}.", clash=c) for c in more)])
    told = [
        say(
            "The cheapest mixture is {parts}; it costs {cost}.",
            parts=_parts(here, best.plan),
            cost=cost(here, best.objective),
        )
    ]
    names = {f"least_{kind.good}": kind.good, f"most_{kind.bad}": kind.bad}
    told += [
        _worth(here, best.constraint(line), name)
        for line, name in names.items()
        if best.constraint(line).binds
    ]
    if len(told) == 1:
        told.append(say("Neither limit binds: no mixture at all is cheaper."))
    return " ".join(told)


def _worth(here: Found, line: ConstraintLine, name: str) -> str:
    """What one unit more of a limit that binds does to the cost."""
    unit = here.kind.good_unit if name == here.kind.good else here.kind.bad_unit
    first = say("The limit on {name} binds: one {unit} more", name=name, unit=unit)
    if line.more is None:
        return first + " " + say("has no mixture at all.")
    if abs(line.more) < 1e-9:
        return first + " " + say("changes nothing.")
    return say(
        "{first} makes it {way} by {size}{until}.",
        first=first,
        way="dearer" if line.more > 0 else "cheaper",
        size=money(abs(line.more), "yuan", 2 if here.kind.digits < 2 else 3),
        until=say(", up to {end}", end=Quantity(line.high, unit, 2))
        if math.isfinite(line.high) and not line.two_prices
        else "",
    )


def _warning(here: Found) -> str:
    if here.report is None:
        if len(here.clashes) > 1:
            return say("Both limits must be loosened.")
        limits = [name for name in (here.kind.good, here.kind.bad) if name in here.clashes[0]]
        told = say("Loosen the limit on {limits}.", limits=join(limits, "or on"))
        if here.curve is not None:
            told += " " + say(
                "With the other limits, {n} of {what} is the most that can be had.",
                n=Quantity(here.curve.corners[-1][0], here.kind.good_unit, 2),
                what=here.kind.good,
            )
        return told
    if here.report.second is not None:
        return say(
            "There is more than one cheapest mixture: {other} costs the same.",
            other=_parts(here, here.report.second),
        )
    return ""


def _figures(here: Found) -> list[Figure]:
    if here.report is None:
        return [Figure("cost", "Cheapest mixture", "none", "bad")]
    kind, best = here.kind, here.report
    binding = [
        name
        for line, name in ((f"least_{kind.good}", kind.good), (f"most_{kind.bad}", kind.bad))
        if best.constraint(line).binds
    ]
    shares = [
        Figure(f"part_{k}", name.capitalize(), Quantity(best.plan[name], kind.unit, 1))
        for k, (name, *_) in enumerate(here.rows, 1)
    ]
    return [
        Figure("cost", "Cost", cost(here, best.objective)),
        *shares,
        Figure("binds", "Limits that bind", join(binding) or "neither"),
    ]


def _limits(here: Found, best: Report) -> TableView:
    words = asked(here.kind, here.least, here.most)
    units = (here.kind.good_unit, here.kind.bad_unit, here.kind.unit)
    order = (f"least_{here.kind.good}", f"most_{here.kind.bad}", "amount")
    lines = [best.constraint(name) for name in order]
    return TableView(
        title="The limits, and what one unit more of each changes",
        columns=[("Limit", "", "left"), ("In the mixture", "", "right"),
                 ("Shadow price", "yuan", "right"), ("Holds from", "", "right"),
                 ("to", "", "right")],
        rows=[
            [
                words[line.name],
                str(Quantity(line.used, unit, 2)),
                say("{price} per {unit}", price=number(line.price, 3), unit=unit),
                _end(line.low),
                _end(line.high),
            ]
            for line, unit in zip(lines, units, strict=True)
        ],
        emphasis=[k for k, line in enumerate(lines) if line.binds and line.name != "amount"],
    )  # fmt: skip


def _end(value: float) -> Quantity | str:
    return number(value, 2) if math.isfinite(value) else "no limit"


__all__ = ["FEED", "KINDS", "LUNCH", "Found", "blending", "found", "problem_of"]
