"""Choosing companies for a listing: every choice as a point, and what more debt room is worth."""

from __future__ import annotations

from svclab.decisions.explorables.choice_chart import choice_chart
from svclab.decisions.explorables.stairs import (
    ASSETS,
    COMPANIES,
    COUNT,
    DEBT,
    MOST_DEBT,
    Stairs,
    in_parts,
    letters,
    stairs,
    verdict,
)
from svclab.decisions.problems import Choice
from svclab.explore import (
    Figure,
    Integer,
    Number,
    NumberGuess,
    TableView,
    View,
    explorable,
)
from svclab.words import Quantity, count, join, number, percent, say

ROOM = 0.5  # 亿 yuan more, in the question


@explorable(
    title="Which companies to list, and what is more debt room worth?",
    engine="highs",
    parameters=[
        Number(
            name="debt", label="Debt at most", unit="亿 yuan", low=0, high=MOST_DEBT, step=0.05,
            default=DEBT, help="Drag the large point, or move this.",
        ),
        Number(
            name="assets", label="Assets at least", unit="亿 yuan", low=0, high=25, step=0.5,
            default=ASSETS,
        ),
        Integer(name="many", label="Companies to choose", low=1, high=5, default=COUNT),
    ],
    guess=NumberGuess(
        question="Choose three of five companies: assets at least 10, debt at most 5 (亿 yuan). "
        "If debt of 5.5 is permitted, the linear program earns 384 万 yuan more. How much more "
        "do the best three whole companies earn?",
        low=0,
        high=1000,
        step=10,
        unit="万 yuan",
    ),
)  # fmt: skip
def company_choice(debt: float, assets: float, many: int, guess: float | None) -> View:
    """The course's five companies (E-06). 1 万 is 10,000 and 1 亿 is 100 million; the units are
    inferred. Each point is a choice; a line shows the best profit for every limit on debt."""
    known = stairs(assets, many)
    best, parts = known.whole(debt), in_parts(debt, assets, many)
    seen = _seen(known, best, parts, debt, many)
    if guess is not None:
        seen += " " + _answer(guess)
    return View(
        say=seen,
        warning="" if best else _warning(known, debt, assets, many),
        figures=_figures(known, best, debt),
        parts=[choice_chart(best, debt, assets, many, alt=seen), _company_table(best, parts),
               _choice_table(known, best, debt)],
    )  # fmt: skip


def _profit(value: float) -> Quantity:
    return Quantity(value, "万 yuan", 0)


def _price(value: float) -> Quantity:
    return Quantity(value, "万 yuan per 亿 yuan", 0)


def _debt(value: float) -> Quantity:
    return Quantity(value, "亿 yuan", 2)


def _seen(
    known: Stairs, best: Choice | None, parts: Choice | None, debt: float, many: int
) -> str:  # fmt: skip
    if best is None:
        none = say("No choice of {n} keeps both limits", n=count(many, "company", "companies"))
        if parts is None:
            return say("{none}, not even in parts.", none=none)
        return say("{none}; only in parts is there one: {shares}.", none=none,
                   shares=_shares(parts))  # fmt: skip
    told = [
        say(
            "The best choice is {names}: profit {profit}, debt {debt}.",
            names=join(list(best.taken)),
            profit=_profit(best.value),
            debt=_debt(best.totals["debt"]),
        )
    ]
    if parts is not None and parts.value > best.value + 1e-6:
        told.append(
            say("In parts {shares} would earn {profit}.", shares=_shares(parts),
                profit=_profit(parts.value))
        )  # fmt: skip
    told.append(_room(known, best, debt))
    return " ".join(told)


def _room(known: Stairs, best: Choice, debt: float) -> str:
    """What a bit more debt room is worth, in parts and for whole companies."""
    price, after = known.price(debt) or 0.0, known.next_step(debt)
    if after is None:
        return say(
            "More debt room is worth nothing to whole companies{also}.",
            also=" or in parts" if not price else "",
        )
    return say(
        "In the linear program debt room has a shadow price of {price} of debt. Whole "
        "companies gain nothing below {debt}; there the profit jumps by {gain}.",
        price=_price(price),
        debt=_debt(after.totals["debt"]),
        gain=_profit(after.value - best.value),
    )


def _shares(parts: Choice) -> str:
    return join(
        [
            name if share > 1 - 1e-6 else say("{x} of {name}", x=percent(share, 0), name=name)
            for name, share in parts.shares.items()
            if share > 1e-6
        ]
    )


def _answer(guess: float) -> str:
    known = stairs(ASSETS, COUNT)
    before, after = known.whole(DEBT), known.whole(DEBT + ROOM)
    gain = 0.0 if before is None or after is None else after.value - before.value
    return say(
        "Your guess was {guess}; it is {real}. With 5.5 no other three companies come within the "
        "limit.",
        guess=_profit(guess), real=_profit(gain),
    )  # fmt: skip


def _warning(known: Stairs, debt: float, assets: float, many: int) -> str:
    """Which limit leaves no choice, and how far it must move."""
    who = count(many, "company", "companies")
    if not known.steps:
        return say(
            "The most assets of {n} are {most}. Ask for less, or choose more companies.",
            n=who, most=_debt(max(c.totals["assets"] for c in known.choices)),
        )  # fmt: skip
    return say(
        "With assets of at least {assets}, the least debt of {n} is {least}: permit that much, "
        "or ask for less.",
        assets=_debt(assets), n=who, least=_debt(known.steps[0].totals["debt"]),
    )  # fmt: skip


def _figures(known: Stairs, best: Choice | None, debt: float) -> list[Figure]:
    linear, price, after = known.linear(debt), known.price(debt), known.next_step(debt)
    gap = after.totals["debt"] - debt if after else None
    return [
        Figure("whole", "Best profit, whole", _profit(best.value) if best else "no choice"),
        Figure("linear", "Best profit, in parts",
               _profit(linear) if linear is not None else "no choice"),
        Figure("debt", "Debt of the best choice",
               _debt(best.totals["debt"]) if best else "no choice"),
        Figure(
            "price", "Shadow price of debt room",
            _price(price) if price is not None else "none",
            help="Profit in the linear program for a little more debt room, in 万 yuan per 亿 "
            "yuan of debt.",
        ),
        Figure(
            "room", "Room to the next step, whole",
            _debt(gap) if gap is not None else "no further step",
            help="How much more debt must be permitted before whole companies earn more.",
        ),
    ]  # fmt: skip


def _company_table(best: Choice | None, parts: Choice | None) -> TableView:
    def share(choice: Choice | None, name: str) -> Quantity | str:
        return percent(choice.shares[name], 0) if choice else "–"

    return TableView(
        title="The companies, and what is taken of each",
        columns=[
            ("Company", "", "left"),
            ("Assets", "亿 yuan", "right"),
            ("Debt", "亿 yuan", "right"),
            ("Profit", "万 yuan", "right"),
            ("Whole", "%", "right"),
            ("In parts", "%", "right"),
        ],
        rows=[
            [name, number(f["assets"], 2), number(f["debt"], 2), number(f["profit"], 0),
             share(best, name), share(parts, name)]
            for name, f in COMPANIES.items()
        ],
        emphasis=[i for i, name in enumerate(COMPANIES) if best and name in best.taken],
    )  # fmt: skip


def _choice_table(known: Stairs, best: Choice | None, debt: float) -> TableView:
    ranked = sorted(known.choices, key=lambda c: -c.value)
    return TableView(
        title="Every choice, the highest profit first",
        columns=[
            ("Choice", "", "left"),
            ("Profit", "万 yuan", "right"),
            ("Assets", "亿 yuan", "right"),
            ("Debt", "亿 yuan", "right"),
            ("Limits", "", "left"),
        ],
        rows=[
            [letters(c), number(c.value, 0), number(c.totals["assets"], 2),
             number(c.totals["debt"], 2), verdict(c, best, debt)]
            for c in ranked
        ],
        emphasis=[i for i, c in enumerate(ranked) if best and c.taken == best.taken],
    )  # fmt: skip


__all__ = ["company_choice"]
