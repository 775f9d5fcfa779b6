"""A positioning map (定位图): firms between plain and special, what they ask and what they earn."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Chart,
    Choice,
    ChoiceGuess,
    Column,
    Figure,
    Number,
    SettingError,
    Table,
    TableView,
    View,
    explorable,
    lines,
)
from svclab.explore.diagrams import Move, Plane, Scale, Spot
from svclab.strategy.explorables.stuck import BENDS, border_chart
from svclab.strategy.positions import (
    Firm,
    Market,
    NoPricesError,
    Segment,
    Tastes,
    along_the_line,
    best_prices,
    market,
    middle,
    temptation,
    unit_cost,
)
from svclab.words import join, number, percent, say, yuan

__all__ = ["positioning_map"]

PEOPLE = 1000.0  # customers a week
PLAIN, SPECIAL = "want plain", "want special"
SELLS = {"all": "all", PLAIN: "plain", SPECIAL: "special", "shut": "shut"}
LOW, HIGH = 20.0, 60.0  # yuan that a customer costs at the two ends
FIXED = 2000.0  # yuan a week
HIGHEST = 120.0  # yuan on the map
STEPS = 41  # places tried along the line
TRIES = 12  # prices tried to see whether a firm would rather jump
WORTH = 20.0  # yuan a week that a jump must bring to be told
AGAINST = 0.5  # polarised, in the question
WORDS = {"least": "least", "between": "something in between", "most": "most"}

Firms = tuple[tuple[str, float, float, str], ...]


def segments(polarised: float) -> list[Segment]:
    """Customers of the two ends, and those of all kinds, as in ``positions.middle``."""
    ends = PEOPLE * polarised / 2
    return [
        Segment(PLAIN, ends, 0.1, 0.1),
        Segment(SPECIAL, ends, 0.9, 0.1),
        Segment("all kinds", PEOPLE - 2 * ends, 0.5, 0.5),
    ]


def cost_at(place: float, bend: float) -> float:
    """Yuan that a customer costs at a place."""
    return unit_cost(place, plain=LOW, special=HIGH, bend=bend)


@lru_cache(maxsize=128)
def sold(firms: Firms, prices: str, polarised: float, bend: float, noise: float) -> Market:
    """The market at the prices set, or at the best ones."""
    offers = [
        Firm(
            name, place, price, cost_at(place, bend), FIXED,
            only=() if segment == "all" else (segment,),
        )
        for name, place, price, segment in firms
    ]  # fmt: skip
    tastes = Tastes(noise=noise, premium=HIGH - LOW)
    if prices == "set":
        return market(offers, segments(polarised), tastes)
    # From the same beginning always: what was set before must not matter.
    fresh = [replace(firm, price=firm.cost + 2 * noise) for firm in offers]
    return best_prices(fresh, segments(polarised), tastes)


@lru_cache(maxsize=128)
def would_jump(firms: Firms, polarised: float, bend: float, noise: float) -> tuple[str, float]:
    """The firm that gains most by a price far from its best one near by, and how much."""
    tastes = Tastes(noise=noise, premium=HIGH - LOW)
    gains = temptation(sold(firms, "best", polarised, bend, noise), tastes, tries=TRIES)
    name = max(gains, key=lambda one: gains[one])
    return name, gains[name]


@lru_cache(maxsize=128)
def elsewhere(
    firms: Firms, name: str, polarised: float, bend: float, noise: float
) -> tuple[tuple[float, float], ...]:
    """The profit of one firm at each place, its margin and all other prices kept."""
    now = sold(firms, "set", polarised, bend, noise)
    tried = along_the_line(
        now.firms, now.segments, name, [k / (STEPS - 1) for k in range(STEPS)],
        Tastes(noise=noise, premium=HIGH - LOW), cost=lambda place: cost_at(place, bend),
    )  # fmt: skip
    return tuple((place, found.profits[name]) for place, found in tried)


@explorable(
    title="Where to stand between plain and special, and who is stuck in the middle?",
    parameters=[
        Choice(
            name="prices", label="Prices",
            options={"best": "each firm's best price", "set": "as I set them"}, default="best",
            help="Best: firms answer each other's prices until nobody would change his own.",
        ),
        Number(
            name="polarised", label="Customers who want one of the ends", unit="%", low=0,
            high=100, step=5, default=90, group="Assumptions",
            help="Half of them want plain, half special. The wishes of all others are spread "
            "evenly over the line.",
        ),
        Choice(
            name="bend", label="Cost from plain to special", default="even",
            options={key: label for key, (label, _) in BENDS.items()}, group="Assumptions",
            help="If the last steps cost most, the middle is cheap to offer.",
        ),
        Number(
            name="noise", label="Differences that the line does not show", unit="yuan", low=4,
            high=16, step=1, default=6, group="Assumptions",
            help="Little: nearly everybody takes the offer that fits best. Much: habit, the way "
            "home or friends decide.",
        ),
        Table(
            name="firms", label="The firms",
            help="Place: 0 is plain, 1 is special. Drag the points on the map, or type. Let a "
            "fourth firm in, for all or for one kind of customers.",
            columns=[
                Column(name="firm", label="Firm", editable=False),
                Column(Number(name="place", label="Place", low=0, high=1, step=0.02,
                              default=0.5)),
                Column(Number(name="price", label="Price", unit="yuan", low=0, high=HIGHEST, step=1,
                              default=50)),
                Column(Choice(name="sells", label="Sells to", options=SELLS, default="all")),
            ],
            default=[
                {"firm": "Moon", "place": 0.1, "price": 41, "sells": "all"},
                {"firm": "Our shop", "place": 0.5, "price": 51, "sells": "all"},
                {"firm": "Star", "place": 0.9, "price": 73, "sells": "all"},
                {"firm": "Comet", "place": 0.8, "price": 65, "sells": "shut"},
            ],
        ),
    ],
    guess=ChoiceGuess(
        question="Of 1,000 customers 900 want a plain or a special evening, and the KTV in the "
        "middle earns least of the three. Now only 500 do; the wishes of all others are spread "
        "over the line. What does the middle earn?",
        options=WORDS,
    ),
)  # fmt: skip
def positioning_map(
    prices: str,
    polarised: float,
    bend: str,
    noise: float,
    firms: list[dict[str, Any]],
    guess: str | None,
) -> View:
    """KTV firms of a town: how special the evening is, and its price for one customer. All numbers
    are invented. Being stuck in the middle (Porter 1980) is a result here, not a law."""
    given = tuple(
        (r["firm"], r["place"], float(r["price"]), r["sells"])
        for r in firms if r["sells"] != "shut"
    )  # fmt: skip
    if len(given) < 2:
        raise SettingError("firms", say("Open at least two firms: one alone has no rival."))
    steps = BENDS[bend][1]
    try:
        found = sold(given, prices, polarised / 100, steps, noise)
    except NoPricesError as problem:
        raise SettingError("firms", _no_prices(given, problem.why)) from None
    seen = _seen(found)
    if prices == "set":
        seen += " " + _better(found, elsewhere(given, mover(found), polarised / 100, steps, noise))
    if guess is not None:
        seen += " " + _answer(guess)
    jumper = would_jump(given, polarised / 100, steps, noise) if prices == "best" else ("", 0.0)
    return View(
        say=seen,
        warning=_warning(*jumper),
        figures=_figures(found),
        parts=[
            _map(found, prices, [r["firm"] for r in firms], alt=seen),
            border_chart(polarised, noise, bend)
            if prices == "best"
            else _valley(found, given, polarised / 100, steps, noise),
            _table(found),
        ],
    )


def in_the_middle(found: Market) -> list[str]:
    """Firms that neither lead in cost, nor are the most special, nor focus."""
    return [name for name, kind in found.strategies.items() if kind == "in the middle"]


def stuck(found: Market) -> list[str]:
    """Those of them that earn less than every firm with a clear strategy."""
    between, profits = in_the_middle(found), found.profits
    clear = [profit for name, profit in profits.items() if name not in between]
    return [name for name in between if clear and profits[name] < min(clear)]


def _no_prices(firms: Firms, why: str) -> str:
    if why == "climb":
        return say(
            "The prices climb on and on, because some customers never think of leaving their "
            "firm: move the firms closer together, let another one in, or set the prices yourself."
        )
    if why == "alone":
        return say(
            "Some customers have one firm only and would pay any price: let a second firm sell to "
            "everybody, or set the prices yourself."
        )
    return say(
        "The prices of these {n} firms do not settle: move them apart, or set the prices yourself.",
        n=len(firms),
    )


def richest(found: Market) -> list[str]:
    """Who earns most, to the yuan."""
    profits = found.profits
    return [name for name, profit in profits.items() if profit > max(profits.values()) - 0.5]


def _warning(name: str, gain: float) -> str:
    if gain < WORTH:
        return ""
    return say(
        "These prices do not hold: each is best among those near by, but {name} would rather jump "
        "to another one and earn {gain} more. Let a third firm in, or set the prices yourself.",
        name=name, gain=yuan(gain),
    )  # fmt: skip


def _seen(found: Market) -> str:
    between, losers, profits = in_the_middle(found), stuck(found), found.profits
    if losers:
        told = say(
            "{who} {earn} least and {be} stuck in the middle: {profits}.",
            who=join(losers), earn="earns" if len(losers) == 1 else "earn",
            be="is" if len(losers) == 1 else "are",
            profits=join([say("{p} a week", p=yuan(profits[name])) for name in losers]),
        )  # fmt: skip
    elif between:
        told = say(
            "In the middle and not stuck: {profits}.",
            profits=join([say("{n} earns {p} a week", n=n, p=yuan(profits[n])) for n in between]),
        )
    else:
        told = say("No firm stands in the middle: each is cheapest, most special or focused.")
    best, shares = richest(found), found.shares
    most = max(shares, key=lambda name: shares[name])
    return say(
        "{told} {best} {earn} most, {profit}{each}; {most} has the largest share, {share}.",
        told=told, earn="earns" if len(best) == 1 else "earn", best=join(best),
        profit=yuan(profits[best[0]]), each="" if len(best) == 1 else " each",
        share=percent(shares[most]), most=most,
    )  # fmt: skip


def _answer(guess: str) -> str:
    here = middle(polarised=AGAINST)
    profits = here.market.profits
    rank = sorted(profits.values()).index(profits["middle"])
    return say(
        "Your guess was {guess}; with 500 the middle earns {real}: {middle}, against {end} at each "
        "end. What counts is what customers want, not the middle itself.",
        guess=WORDS[guess], real=list(WORDS.values())[rank],
        middle=yuan(profits["middle"]), end=yuan(profits["plain"]),
    )  # fmt: skip


def _figures(found: Market) -> list[Figure]:
    profits, shares, losers = found.profits, found.shares, stuck(found)
    best = richest(found)
    figures = [
        Figure("best", say("Most: {who}", who=join(best)), yuan(profits[best[0]]), tone="good",
               help="Profit in a week.")
    ]  # fmt: skip
    for name in in_the_middle(found)[:2]:
        figures.append(
            Figure(
                "middle", say("In the middle: {who}", who=name), yuan(profits[name]),
                tone="bad" if name in losers else "",
                help="Profit in a week of a firm that neither has the lowest cost nor is the "
                "most special.",
            )
        )  # fmt: skip
    most = max(shares, key=lambda name: shares[name])
    return [*figures, Figure("share", say("Largest share: {who}", who=most),
                             percent(shares[most]))]  # fmt: skip


def _map(found: Market, prices: str, rows: list[str], *, alt: str) -> Plane:
    kinds, shares, profits = found.strategies, found.shares, found.profits
    top = max(HIGHEST, 20 * (1 + max(f.price for f in found.firms) // 20))
    return Plane(
        title="The map: drag a firm; its area is its share of the customers",
        alt=alt,
        x=Scale(label="Place", low=0, high=1, words=("plain", "special"), digits=2),
        y=Scale(label="Price, yuan", low=0, high=top),
        spots=[
            Spot(
                name=f.name, x=f.position, y=round(f.price, 2), series=kinds[f.name],
                size=0.4 + 6 * shares[f.name],
                note=say("share {s}, profit {p}", s=percent(shares[f.name]),
                         p=yuan(profits[f.name])),
                move=Move(parameter="firms", row=rows.index(f.name), across="place",
                          down="price" if prices == "set" else ""),
            )
            for f in found.firms
        ],
    )  # fmt: skip


def mover(found: Market) -> str:
    """The firm whose place is tried: the one in the middle, or else the second."""
    return next(iter(in_the_middle(found)), found.firms[1].name)


def _better(found: Market, curve: tuple[tuple[float, float], ...]) -> str:
    """Whether another place would help the firm that is tried."""
    name = mover(found)
    place, profit = max(curve, key=lambda point: point[1])
    if profit <= found.profits[name] + 0.5:
        return say("With its margin, no other place is better for {who}.", who=name)
    return say(
        "With its margin, {who} would earn most at {place}: {profit}.",
        who=name, place=number(place, 2), profit=yuan(profit),
    )  # fmt: skip


def _valley(found: Market, now: Firms, polarised: float, bend: float, noise: float) -> Chart:
    """What that firm would earn elsewhere."""
    name = mover(found)
    here = next(f for f in found.firms if f.name == name)
    curve = elsewhere(now, name, polarised, bend, noise)
    best = max(curve, key=lambda point: point[1])
    there = say("the most, {p}, at {x}", p=yuan(best[1]), x=number(best[0], 2))
    return lines(
        [{"place": round(x, 4), "profit": round(y, 2)} for x, y in curve],
        x=("place", "Place of the firm, plain 0 to special 1"),
        y=("profit", "Profit, yuan a week"),
        marks=[{"x": here.position, "y": round(found.profits[name], 2), "label": name,
                "side": "left" if here.position > 0.7 else "right"}],
        x_domain=(0, 1),
        x_axis={"tickCount": 6},
        title=say("What {who} would earn elsewhere, its margin and all other prices kept",
                  who=name),
        alt=say("The profit of {who} at each place of the line: {there}.", who=name, there=there),
        height=240,
    )  # fmt: skip


def _table(found: Market) -> TableView:
    losers = stuck(found)
    return TableView(
        title="The firms; what a customer costs follows from the place",
        columns=[
            ("Firm", "", "left"), ("Strategy", "", "left"), ("Price", "yuan", "right"),
            ("Cost of a customer", "yuan", "right"), ("Share", "%", "right"),
            ("Profit", "yuan a week", "right"),
        ],
        rows=[
            [r["firm"], r["strategy"], number(r["price"]), number(r["cost"]),
             number(r["share %"]), number(r["profit"], 0)]
            for r in found.table
        ],
        emphasis=[k for k, f in enumerate(found.firms) if f.name in losers],
    )  # fmt: skip
