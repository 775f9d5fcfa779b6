"""Which innovations to pay for: chosen by hand, then against the quick rule and the best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Chart,
    Choice,
    Column,
    Figure,
    Handle,
    Number,
    Switch,
    Table,
    TableView,
    View,
    explorable,
    lines,
    stacked,
)
from svclab.explore.diagrams import Item, Matrix, Move, Totals, in_the_picture
from svclab.strategy.balance import EXAMPLE_IDEAS, ROUTES, Idea, Portfolio, portfolio_by_ratio
from svclab.strategy.explorables.subsets import Step, best_at, frontier
from svclab.words import join, number, percent, say

__all__ = ["Plans", "ideas_budget", "plans"]

BUDGET, MOST = 60.0, 160
LATER, NOW = "later", "now"
PLACES = {LATER: "Not now", NOW: "Pay for it"}
STARTED = ("self-checkout", "one call for all complaints")  # paid for at the start
ALL = "none"
CAPPED = {ALL: "no route", **{f"r{k}": route for k, route in enumerate(ROUTES)}}
CHINESE = dict(zip(ROUTES, ("客户需求", "流程优化", "技术", "文化"), strict=True))
UNIT = "ten thousand yuan"
SHORT = dict(zip(ROUTES, ("need", "process", "technology", "culture"), strict=True))


@dataclass(frozen=True)
class Plans:
    """One's own choice, the quick rule's and the best."""

    mine: Portfolio
    rule: Portfolio
    best: Portfolio
    steps: tuple[Step, ...]

    @property
    def over(self) -> list[str]:
        """What one's own choice breaks: the budget or a cap."""
        found = ["the budget"] if self.mine.cost > self.mine.budget + 1e-9 else []
        return found + [
            say("the cap on {route}", route=route)
            for route, cap in self.mine.caps.items()
            if self.mine.spent(route) > cap + 1e-9
        ]

    @property
    def rule_fits(self) -> bool:
        """Whether the quick rule, which knows no cap, keeps it."""
        caps = self.mine.caps.items()
        return all(self.rule.spent(route) <= cap + 1e-9 for route, cap in caps)


@lru_cache(maxsize=64)
def plans(
    ideas: tuple[Idea, ...], taken: frozenset[str], budget: float, capped: str, cap: float
) -> Plans:
    """All that a setting shows."""
    caps = {} if capped == ALL else {CAPPED[capped]: cap}
    steps = frontier(ideas, caps)
    return Plans(
        Portfolio(ideas, taken, budget, caps),
        portfolio_by_ratio(ideas, budget=budget),
        Portfolio(ideas, best_at(steps, budget).taken, budget, caps),
        tuple(steps),
    )


@explorable(
    title="Which ideas would you pay for?",
    parameters=[
        Number(
            name="budget", label="Budget", unit=UNIT, low=0, high=MOST, step=1, default=BUDGET,
        ),
        Choice(
            name="show", label="Show",
            options={"mine": "my choice", "rule": "and the quick rule", "best": "and the best"},
            default="mine",
            help="Choose first. The rule: the most worth per cost first, as long as it fits.",
        ),
        Choice(
            name="capped", label="Cap on", options=CAPPED, default=ALL,
            help="So that one route does not eat the whole budget.",
        ),
        Number(
            name="cap", label="It may cost", unit=UNIT, low=0, high=90, step=1, default=30,
            shown_if=("capped", tuple(key for key in CAPPED if key != ALL)),
        ),
        Switch(name="edit", label="Change what the ideas bring and cost"),
        Table(
            name="ideas", label="The ideas", wide=True, shown_if=("edit", True),
            help="What an idea brings if it works, what it costs, and the chance that it works.",
            columns=[
                Column(name="idea", label="Idea", editable=False),
                Column(Number(name="value", label="Brings", low=0, high=200, step=1, default=20)),
                Column(Number(name="cost", label="Costs", low=1, high=90, step=1, default=10)),
                Column(Number(name="chance", label="Works", unit="%", low=0, high=100, step=5,
                              default=80)),
            ],
            default=[
                {"idea": one.name, "value": one.value, "cost": one.cost,
                 "chance": round(100 * one.chance)}
                for one in EXAMPLE_IDEAS
            ],
        ),
        Table(
            name="places", label="Your choice", shown_if=in_the_picture("places"),
            columns=[
                Column(name="idea", label="Idea", editable=False),
                Column(Choice(name="place", label="Place", options=PLACES, default=LATER)),
            ],
            default=[
                {"idea": one.name, "place": NOW if one.name in STARTED else LATER}
                for one in EXAMPLE_IDEAS
            ],
        ),
    ],
)  # fmt: skip
def ideas_budget(
    budget: float, show: str, capped: str, cap: float, edit: bool, ideas: list[dict[str, Any]],
    places: list[dict[str, Any]],
) -> View:  # fmt: skip
    """Ten ideas of a KTV chain on four routes of innovation. The routes and three of the ideas
    (paperless song choice, self-checkout, personal service) are from the course's documents; the
    others and all numbers are invented. Move an idea to where you pay for it."""
    known = tuple(
        Idea(row["idea"], one.route, row["value"], row["cost"], row["chance"] / 100)
        for row, one in zip(ideas, EXAMPLE_IDEAS, strict=True)
    )
    taken = frozenset(row["idea"] for row in places if row["place"] == NOW)
    found = plans(known, taken, budget, capped, cap)
    seen = " ".join(filter(None, [_mine(found, show), _compared(found, show)]))
    parts: list[Any] = [_board(found, show, seen), _spending(found, show)]
    if show == "best":
        parts.append(_curve(found))
    parts.append(_table(found, show))
    return View(say=seen, warning=_warning(found), figures=_figures(found, show), parts=parts)


def _amount(value: float) -> Any:
    return number(value, 2)


def _room(found: Plans) -> list[str]:
    """Ideas that still fit beside those chosen."""
    mine = found.mine
    return [
        one.name for one in mine.ideas
        if one.name not in mine.taken and mine.cost + one.cost <= mine.budget + 1e-9
        and mine.spent(one.route) + one.cost <= mine.caps.get(one.route, MOST * 10) + 1e-9
    ]  # fmt: skip


def _mine(found: Plans, show: str) -> str:
    mine = found.mine
    told = say(
        "You pay {cost} of {budget} for what is worth {worth}.",
        cost=_amount(mine.cost), budget=_amount(mine.budget), worth=_amount(mine.worth),
    )  # fmt: skip
    if found.over or show == "best":
        return told
    room = _room(found)
    if len(room) > 3:
        return say("{told} There is room for more.", told=told)
    if room:
        return say("{told} There is still room for {ideas}.", told=told, ideas=join(room, "or"))
    return say("{told} Nothing more fits. Would an exchange be better?", told=told)


def _compared(found: Plans, show: str) -> str:
    if show == "mine":
        return ""
    rule = say("The quick rule reaches {worth}.", worth=_amount(found.rule.worth))
    if not found.rule_fits:
        rule = say("{rule} It breaks the cap.", rule=rule)
    if show == "rule":
        return rule
    gap = found.best.worth - found.mine.worth
    if found.over:
        own = say("The best is worth {worth}.", worth=_amount(found.best.worth))
    elif gap < 1e-9:
        own = say("Nothing is worth more than your choice.")
    else:
        own = say(
            "The best is worth {worth}, {gap} more than yours ({share}).",
            worth=_amount(found.best.worth), gap=_amount(gap),
            share=percent(gap / found.best.worth),
        )  # fmt: skip
    return say("{own} {rule}", own=own, rule=rule)


def _warning(found: Plans) -> str:
    if not found.over:
        return ""
    return say("Your choice breaks {what}: take something out.", what=join(found.over))


def _figures(found: Plans, show: str) -> list[Figure]:
    mine = found.mine
    figures = [
        Figure("cost", "Your ideas cost", _amount(mine.cost), "bad" if found.over else "",
               help=say("In {unit}, as all amounts here.", unit=UNIT)),
        Figure("left", "Left of the budget", _amount(max(0.0, mine.budget - mine.cost))),
        Figure("worth", "They are worth", _amount(mine.worth),
               help="What each brings if it works, times the chance that it does."),
    ]  # fmt: skip
    if show != "mine":
        figures.append(
            Figure("rule", "Quick rule", _amount(found.rule.worth),
                   "" if found.rule_fits else "bad")
        )  # fmt: skip
    if show == "best":
        figures.append(Figure("best", "Best", _amount(found.best.worth), "good"))
        figures.append(
            Figure("next", "A little more budget", _next(found),
                   help="The least further budget that buys more worth, and how much more.")
        )  # fmt: skip
    return figures


def _next(found: Plans) -> str:
    """The next step of the curve."""
    later = [s for s in found.steps if s.cost > found.best.budget + 1e-9]
    if not later:
        return say("brings nothing")
    return say(
        "{more} buys {worth}",
        more=_amount(later[0].cost - found.best.budget),
        worth=_amount(later[0].worth - found.best.worth),
    )


def _board(found: Plans, show: str, seen: str) -> Matrix:
    mine = found.mine
    items = [
        Item(
            name=one.name, row=one.route, column=NOW if one.name in mine.taken else LATER,
            note=say("{cost} for {worth}{best}", cost=_amount(one.cost), worth=_amount(one.worth),
                     best=", in the best" if show == "best" and one.name in found.best.taken
                     else ""),
            move=Move(parameter="places", row=k, across="place"),
        )
        for k, one in enumerate(mine.ideas)
    ]  # fmt: skip
    spent = [
        say("{x} of {cap}", x=_amount(mine.spent(route)), cap=_amount(mine.caps[route]))
        if route in mine.caps else _amount(mine.spent(route))
        for route in ROUTES
    ]  # fmt: skip
    return Matrix(
        title="Move an idea to the right to pay for it: its cost, for what it is worth",
        alt=say("The ideas by route, not now or paid for. {seen}", seen=seen),
        rows={route: say("{route} {zh}", route=route, zh=CHINESE[route]) for route in ROUTES},
        columns=PLACES,
        rows_name="Route",
        items=items,
        row_totals=Totals(label="Spent", values=spent),
    )


def _shown(found: Plans, show: str) -> dict[str, Portfolio]:
    shown = {"yours": found.mine}
    if show != "mine":
        shown["quick rule"] = found.rule
    if show == "best":
        shown["best"] = found.best
    return shown


def _spending(found: Plans, show: str) -> Chart:
    shown = _shown(found, show)
    return stacked(
        {n: {SHORT[r]: round(p.spent(r), 6) for r in ROUTES} for n, p in shown.items()},
        what="Choice",
        value=say("Cost, {unit}", unit=UNIT),
        part="Route",
        title="Where the money goes",
        alt=say(
            "Spending by route: {rows}.",
            rows="; ".join(
                say("{name}: {parts}", name=name,
                    parts=join([say("{r} {x}", r=r, x=_amount(p.spent(r))) for r in ROUTES]))
                for name, p in shown.items()
            ),
        ),
    )  # fmt: skip


def _curve(found: Plans) -> Chart:
    """The best worth at every budget, in steps."""
    rows = [{"budget": s.cost, "worth": round(s.worth, 4)} for s in found.steps if s.cost <= MOST]
    rows.append({"budget": float(MOST), "worth": rows[-1]["worth"]})
    here, best = found.best.budget, round(found.best.worth, 4)
    path: list[tuple[float, float]] = []
    for row in rows:
        if path:
            path.append((row["budget"], path[-1][1]))
        path.append((row["budget"], row["worth"]))
    marks: list[dict[str, Any]] = []
    if not found.over and found.mine.worth < best - 1e-9:
        marks.append({"x": here, "y": round(found.mine.worth, 4), "label": "yours",
                      "side": "left", "color": "var(--svc-vermilion)"})  # fmt: skip
    return lines(
        rows,
        x=("budget", say("Budget, {unit}", unit=UNIT)),
        y=("worth", say("Best worth, {unit}", unit=UNIT)),
        marks=marks,
        step=True,
        x_domain=(0, MOST),
        handles=[Handle(parameter="budget", x=here, y=best, path=path)],
        title="The best worth by budget: it goes in steps. Drag the point",
        alt=say("The best worth rises in {n} steps, fast at first and slowly later.",
                n=len(found.steps) - 1),
        height=260,
    )  # fmt: skip


def _table(found: Plans, show: str) -> TableView:
    shown = _shown(found, show)
    rows = []
    for one in found.mine.ideas:
        rows.append([
            one.name, one.route, _amount(one.cost), _amount(one.worth),
            number(one.worth / one.cost, 2),
            *("yes" if one.name in p.taken else "" for p in shown.values()),
        ])  # fmt: skip
    return TableView(
        title="Idea by idea",
        columns=[
            ("Idea", "", "left"), ("Route", "", "left"), ("Cost", "", "right"),
            ("Worth", "", "right"), ("Worth per cost", "", "right"),
            *((name.capitalize(), "", "left") for name in shown),
        ],
        rows=rows,
        emphasis=[k for k, one in enumerate(found.mine.ideas) if one.name in found.mine.taken],
    )  # fmt: skip
