"""Data envelopment analysis: six branches, their frontier, and whom each could learn from."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from svclab.decisions.explorables.envelopes import drawn
from svclab.decisions.problems.dea import dea
from svclab.decisions.problems.efficiency import Efficiency, UnitEfficiency
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
from svclab.words import Quantity, count, join, number, percent, say

HOURS, CUSTOMERS, CONTRACTS = "hours", "customers", "contracts"
BRANCHES = (
    ("Harbour", 80, 480, 24),
    ("Station", 120, 960, 24),
    ("North", 160, 1120, 64),
    ("West", 200, 1000, 60),
    ("South", 240, 960, 120),
    ("East", 320, 1600, 112),
)
MODELS = {"constant": "constant returns (CCR)", "variable": "variable returns (BCC)"}
DOES = {CUSTOMERS: "serves {n}", CONTRACTS: "signs {n}"}
Rows = tuple[tuple[str, float, float, float], ...]


@lru_cache(maxsize=64)
def compared(rows: Rows, made: tuple[str, ...], orientation: str) -> dict[str, Efficiency]:
    """All branches with constant and with variable returns to scale."""
    units = {
        name: {HOURS: hours, CUSTOMERS: customers, CONTRACTS: contracts}
        for name, hours, customers, contracts in rows
    }
    return {
        returns: dea(units, [HOURS], made, returns=returns, orientation=orientation)
        for returns in MODELS
    }


@explorable(
    title="Which branches do well, and whom could the others learn from?",
    parameters=[
        Choice(
            name="branch", label="Branch looked at",
            options={name: name for name, *_ in BRANCHES}, default="East",
        ),
        Choice(
            name="outputs", label="What counts",
            options={"two": "customers and contracts", "one": "customers only"}, default="two",
        ),
        Choice(
            name="returns", label="Compared with", options=MODELS, default="constant",
            help="CCR: with mixtures of any size, made larger or smaller. BCC: with mixtures of "
            "the branch's own size.",
        ),
        Choice(
            name="orientation", label="What should change",
            options={"input": "fewer hours", "output": "more customers and contracts"},
            default="input", help="Input orientation, or output orientation.",
        ),
        Table(
            name="branches", label="The branches in a week (invented)",
            columns=[
                Column(name="name", label="Branch", editable=False),
                Column(Number(name=HOURS, label="Staff hours", unit="h", low=10, high=1000,
                              default=100)),
                Column(Number(name=CUSTOMERS, label="Customers served", low=1, high=5000, step=10,
                              default=100)),
                Column(Number(name=CONTRACTS, label="Contracts signed", low=0, high=1000,
                              default=10)),
            ],
            default=[
                {"name": name, HOURS: h, CUSTOMERS: c, CONTRACTS: k} for name, h, c, k in BRANCHES
            ],
        ),
    ],
    guess=NumberGuess(
        question="Six branches use staff hours to serve customers and to sign contracts (the table "
        "shows a week). A branch is efficient if no mixture of branches, made larger or smaller, "
        "does as much with fewer hours. How many of the six are efficient?",
        low=0,
        high=6,
        unit="branches",
    ),
    engine="highs",
)  # fmt: skip
def dea_frontier(
    branch: str,
    outputs: str,
    returns: str,
    orientation: str,
    branches: list[dict[str, Any]],
    guess: float | None,
) -> View:
    """Each branch against the best mixture of all. Efficiency: the share of its hours that such a
    mixture would need (or the share of the mixture's output that the branch makes). Invented."""
    made = (CUSTOMERS,) if outputs == "one" else (CUSTOMERS, CONTRACTS)
    rows = tuple((r["name"], r[HOURS], r[CUSTOMERS], r[CONTRACTS]) for r in branches)
    both = compared(rows, made, orientation)
    unit = both[returns][branch]
    seen = " ".join([_seen(unit, orientation), _size(unit, both, returns, orientation)])
    if guess is not None:
        asked = compared(BRANCHES, (CUSTOMERS, CONTRACTS), "input")["constant"]
        good = [one.name for one in asked.units if one.is_efficient]
        seen += " " + say(
            "Your guess was {guess}; with the numbers first shown {n} are efficient: {names}.",
            guess=count(int(guess), "branch", "branches"),
            n=len(good),
            names=join(good),
        )
    return View(
        say=seen,
        figures=_figures(unit, both, returns, orientation),
        parts=[
            drawn(rows, both[returns], branch, returns, seen),
            _targets(unit),
            _table(both, returns, branch),
        ],
    )


def amount(figure: str, value: float) -> Quantity:
    """A number of hours, customers or contracts, with its unit."""
    if figure == HOURS:
        return Quantity(value, "h", 1)
    return Quantity(value, figure.removesuffix("s"), 1, figure)


def _mixture(unit: UnitEfficiency) -> str:
    parts = [(name, number(weight, 2)) for name, weight in unit.peers.items()]
    return join([n if w.text == "1" else say("{w} × {name}", w=w, name=n) for n, w in parts])


def _seen(unit: UnitEfficiency, orientation: str) -> str:
    if unit.is_efficient:
        return say(
            "{name} is efficient: no mixture of branches does as much in fewer hours."
            if orientation == "input"
            else "{name} is efficient: no mixture of branches does more in its hours.",
            name=unit.name,
        )
    results = [f for f in unit.actual if f != HOURS]
    if math.isclose(unit.efficiency, 1.0, abs_tol=1e-6):
        first = say(
            "{name} is on the edge of what is possible, but the mixture {mix} is still better:",
            name=unit.name,
            mix=_mixture(unit),
        )
        return first + " " + say("{slack}.", slack=_slack(unit))
    if orientation == "input":
        first = say(
            "{name} is {share} efficient: the mixture {mix} does as much in {target} instead of "
            "{now}",
            name=unit.name,
            share=percent(unit.efficiency),
            mix=_mixture(unit),
            target=amount(HOURS, unit.targets[HOURS]),
            now=amount(HOURS, unit.actual[HOURS]),
        )
    else:
        first = say(
            "{name} is {share} efficient: the mixture {mix} {does} in its hours. "
            "{what} grows by {more}",
            name=unit.name,
            share=percent(unit.efficiency),
            mix=_mixture(unit),
            does=join([say(DOES[f], n=amount(f, unit.targets[f])) for f in results]),
            what=say("Everything") if len(results) > 1 else say("The number"),
            more=percent(unit.factor - 1),
        )
    slack = _slack(unit)
    return say("{first}, and beyond that {slack}.", first=first, slack=slack) if slack else (
        say("{first}.", first=first)
    )  # fmt: skip


def _slack(unit: UnitEfficiency) -> str:
    """What the mixture does better still, after the factor."""
    return join(
        [
            say(
                "{gap} fewer" if figure == HOURS else "{gap} more",
                gap=amount(figure, slack),
            )
            for figure, slack in unit.slacks.items()
            if slack
        ]
    )


def scale_share(both: dict[str, Efficiency], branch: str) -> float:
    """Scale efficiency: the efficiency with constant returns over that with variable returns."""
    return both["constant"][branch].efficiency / both["variable"][branch].efficiency


def scale_of(unit: UnitEfficiency) -> float:
    """The sum of the weights in a branch's mixture with constant returns.

    Above 1 the mixture is its peers made larger: the branch is beyond the most productive size
    (returns to scale decrease). Below 1 it is short of it. Where CCR and BCC differ, every
    best mixture lies on the same side.

    References
    ----------
    Banker, R. D. and Thrall, R. M. (1992), Estimation of returns to scale using data envelopment
    analysis, European Journal of Operational Research 62, 74-84.
    """
    return math.fsum(unit.peers.values())


def _wrong_size(unit: UnitEfficiency, both: dict[str, Efficiency], orientation: str) -> str:
    """Whether the branch is larger or smaller than the most productive size of its kind.

    A branch that even mixtures of its own size beat is judged where it would then be: with fewer
    hours, or with more output.
    """
    way = (
        say("larger than the most productive size")
        if scale_of(both["constant"][unit.name]) > 1
        else say("smaller than the most productive size")
    )
    if both["variable"][unit.name].efficiency > 1 - 1e-6:
        return say("it is {way}", way=way)
    if orientation == "input":
        return say("with fewer hours it would be {way}", way=way)
    return say("with more output it would be {way}", way=way)


def _size(
    unit: UnitEfficiency, both: dict[str, Efficiency], returns: str, orientation: str
) -> str:  # fmt: skip
    """What the size of the branch has to do with it."""
    constant, variable = (both[key][unit.name].efficiency for key in ("constant", "variable"))
    if math.isclose(constant, variable, abs_tol=5e-4):
        return say("Its size makes no difference: CCR and BCC give the same share.")
    why, alone = _wrong_size(unit, both, orientation), variable > 1 - 1e-6
    if returns == "constant":
        return say(
            "Compared with mixtures of its own size only (BCC), it would be {share} efficient: "
            "{part} it loses is due to its size, for {why}.",
            share=percent(variable),
            part=say("all that") if alone else say("a part of what"),
            why=why,
        )
    return say(
        "With mixtures of any size (CCR) it would be {share} efficient: {why}.",
        share=percent(constant),
        why=say("among branches of its size nobody does better, but {why}", why=why)
        if alone
        else why,
    )


def _figures(
    unit: UnitEfficiency, both: dict[str, Efficiency], returns: str, orientation: str
) -> list[Figure]:
    tone = "good" if unit.is_efficient else ""
    good = [one for one in both[returns].units if one.is_efficient]
    way = (
        Figure(
            "target",
            say("Hours that a mixture needs"),
            amount(HOURS, unit.targets[HOURS]),
            help="For at least the same customers and contracts.",
        )
        if orientation == "input"
        else Figure(
            "target",
            say("Customers that a mixture serves"),
            number(unit.targets[CUSTOMERS]),
            help="In no more than the same hours.",
        )
    )
    return [
        Figure("efficiency", say("Efficiency of {n}", n=unit.name), percent(unit.efficiency), tone),
        way,
        Figure("peers", "Peers", "none needed" if unit.is_efficient else join(list(unit.peers))),
        Figure(
            "scale",
            "Scale efficiency",
            percent(scale_share(both, unit.name)),
            help="CCR efficiency over BCC efficiency: what the size of the branch costs.",
        ),
        Figure("good", "Branches that are efficient", say("{n} of {all}", n=len(good),
                                                          all=len(both[returns].units))),
    ]  # fmt: skip


def _targets(unit: UnitEfficiency) -> TableView:
    names = {HOURS: "Staff hours", CUSTOMERS: "Customers", CONTRACTS: "Contracts"}
    return TableView(
        title=say("What {name} could be: the mixture of its peers", name=unit.name),
        columns=[("In a week", "", "left"), ("Now", "", "right"), ("Target", "", "right"),
                 ("Change", "%", "right"), ("Of it slack", "", "right")],
        rows=[
            [
                names[f],
                number(now),
                number(unit.targets[f]),
                number(100 * (unit.targets[f] / now - 1)) if now else "–",
                number(unit.slacks[f]),
            ]
            for f, now in unit.actual.items()
        ],
    )  # fmt: skip


def _table(both: dict[str, Efficiency], returns: str, branch: str) -> TableView:
    names = [unit.name for unit in both[returns].units]
    return TableView(
        title="All branches",
        columns=[("Branch", "", "left"), ("CCR", "%", "right"), ("BCC", "%", "right"),
                 ("Scale", "%", "right"), ("Peers", "", "left")],
        rows=[
            [
                name,
                *(number(100 * both[key][name].efficiency) for key in MODELS),
                number(100 * scale_share(both, name)),
                "none needed" if both[returns][name].is_efficient
                else _mixture(both[returns][name]),
            ]
            for name in names
        ],
        emphasis=[names.index(branch)],
    )  # fmt: skip


__all__ = ["BRANCHES", "amount", "compared", "dea_frontier", "scale_of", "scale_share"]
