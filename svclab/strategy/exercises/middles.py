"""A firm between two others on a line: stuck in the middle, or not."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, IntegerField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.strategy.positions.market import Firm, Market, Segment, Tastes, market
from svclab.words import Quantity, count, say, yuan

__all__ = ["MiddleFirm"]

FIRMS = ("Plain", "Middle", "Special")
PLACES = (1, 5, 9)
#: Ideal places of the groups of customers; the third is where the middle firm stands.
IDEALS = (0, 4, 5, 8, 10)
CENTRE = IDEALS.index(PLACES[1])
#: Who competes, and what they sell. All invented.
TOWNS = {
    "barbers": "Three barber shops (理发店, invented) share a quarter",
    "gyms": "Three gyms (健身房, invented) share a town",
    "lunch": "Three lunch rooms (快餐店, invented) share a business park",
    "tutors": "Three tutoring schools (补习班, invented) share a district",
    "ktv": "Three KTV shops (invented) share a university town",
}


class MiddleFirm(Exercise):
    """What the firm in the middle earns, and how many customers it needs not to earn least."""

    title = "Stuck in the middle?"
    objective = 1
    level = "medium"
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        plain = draw.integer(20, 32, 2)
        middle = plain + draw.integer(5, 19)
        margins = [draw.integer(8, 14), draw.integer(8, 16), draw.integer(12, 22)]
        return {
            "town": draw.choice(list(TOWNS)),
            "prices": [plain, middle, middle + draw.integer(6, 24)],
            "margins": margins,
            "step": draw.integer(3, 8),
            "people": [draw.integer(low, high, 10) for low, high in
                       ((80, 200), (30, 120), (20, 160), (30, 120), (60, 160))],
            "fixed": draw.integer(300, 700, 50),
        }  # fmt: skip

    def sound(self, p: Any) -> bool:
        # Nobody is undecided, the middle has its own place's customers, everybody earns something.
        bills = [sorted(_bills(p, ideal)) for ideal in IDEALS]
        earned = _earned(p, _sold(p))
        if any(b[0] == b[1] for b in bills) or _takers(p)[CENTRE] != 1:
            return False
        clear = min(abs(earned[1] - earned[0]), abs(earned[1] - earned[2])) >= 60
        return min(earned) > 0 and clear and self._needed(p) >= 10 and apart(self, p)

    def question(self, p: Any) -> str:
        firms = zip(FIRMS, PLACES, p.prices, p.margins, strict=True)
        return page(
            say(
                "{town}. Their offers lie on a line from 0 (plain and cheap) to 10 (special and "
                "expensive); the positioning map (定位图) has one axis here. Each has {fixed} of "
                "fixed cost a week.",
                town=TOWNS[p.town],
                fixed=yuan(p.fixed),
            ),
            table(
                [
                    say("firm"),
                    say("place"),
                    say("price, yuan"),
                    say("margin for each customer, yuan"),
                ],
                [[name, x, price, m] for name, x, price, m in firms],
            ),
            say(
                "There are five groups of customers. To each of them every step between its ideal "
                "place and an offer is as bad as {step} more on the price, and it takes the offer "
                "that costs it least in this sense.",
                step=yuan(p.step),
            ),
            table(
                [say("ideal place"), say("customers a week")],
                [[x, n] for x, n in zip(IDEALS, p.people, strict=True)],
            ),
            say(
                "1. What does Middle earn in a week, after its fixed cost?\n"
                "2. Porter says that a firm in the middle is stuck and earns little. Where does "
                "Middle stand here?\n"
                "3. How many customers with ideal place 5 must there be at least, all else equal, "
                "so that Middle does not earn less than the poorer of the two others?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        places = {
            "least": say("Middle earns least of the three"),
            "between": say("one of the others earns less than Middle, one more"),
            "most": say("Middle earns most of the three"),
        }
        return [
            IntegerField("profit", say("Middle's profit in a week"), unit="yuan"),
            ChoiceField("rank", say("Porter's claim here"), places),
            IntegerField("needed", say("Customers with ideal place 5, at least")),
        ]

    def solve(self, p: Any) -> Answers:
        found = _market(p)
        earned = [round(found.profits[name]) for name in FIRMS]
        return {"profit": earned[1], "rank": _rank(earned), "needed": self._needed(p)}

    def _needed(self, p: Any) -> int:
        earned = _earned(p, _sold(p))
        short = Fraction(min(earned[0], earned[2]) - earned[1], p.margins[1])
        return math.ceil(p.people[CENTRE] + short)

    def second(self, p: Any) -> Answers:
        # One customer more at a time, counted by the chapter's market with whole groups.
        others = min(_earned(p, _sold(p))[k] for k in (0, 2))
        for n in range(2000):
            people = [*p.people[:CENTRE], n, *p.people[CENTRE + 1 :]]
            sold = sum(k for k, firm in zip(people, _takers(p), strict=True) if firm == 1)
            if sold * p.margins[1] - p.fixed >= others:
                break
        earned = _earned(p, _sold(p))
        return {"profit": earned[1], "rank": _rank(earned), "needed": n}

    def _by(self, p: Any, takers: list[int]) -> Answers:
        """What follows if the groups go elsewhere."""
        sold = [0, 0, 0]
        for people, firm in zip(p.people, takers, strict=True):
            sold[firm] += people
        earned = _earned(p, sold)
        return {"profit": earned[1]}

    @misconception(
        "You sent each group to the nearest place. A cheaper offer a little farther off may still "
        "cost it less, the steps included."
    )
    def nearest(self, p: Any) -> Answers | None:
        takers = [min(range(3), key=lambda k: abs(PLACES[k] - ideal)) for ideal in IDEALS]
        return self._by(p, takers) if takers != _takers(p) else None

    @misconception(
        "You counted only the customers whose ideal is just where Middle stands. Others may find "
        "it the best offer, too."
    )
    def only_its_own(self, p: Any) -> Answers | None:
        own = [0, 0, 1, 2, 2]
        return self._by(p, own) if _takers(p).count(1) > 1 else None

    @misconception("You forgot the fixed cost. It is paid whether customers come or not.")
    def no_fixed_cost(self, p: Any) -> Answers:
        return {"profit": _earned(p, _sold(p))[1] + p.fixed}

    @misconception(
        "You took the whole price of each customer as earned. What serving costs is gone: only the "
        "margin is left."
    )
    def price_for_margin(self, p: Any) -> Answers:
        return {"profit": _sold(p)[1] * p.prices[1] - p.fixed}

    @misconception(
        "You took the claim for a law, it seems. Work out the profits of all three, and compare."
    )
    def a_law(self, p: Any) -> Answers | None:
        return {"rank": "least"} if _rank(_earned(p, _sold(p))) != "least" else None

    @misconception(
        "You judged by the number of customers. A firm with fewer of them may earn more on each."
    )
    def by_customers(self, p: Any) -> Answers | None:
        rank = _rank(_sold(p))
        return {"rank": rank} if rank != _rank(_earned(p, _sold(p))) else None

    @misconception(
        "You gave the customers that Middle needs in all. Some of them come from other groups "
        "already."
    )
    def needed_in_all(self, p: Any) -> Answers | None:
        others = _sold(p)[1] - p.people[CENTRE]
        return {"needed": self._needed(p) + others} if others else None

    @misconception(
        "You gave the change alone: how many more or fewer. The question is how many there must be."
    )
    def the_change(self, p: Any) -> Answers:
        return {"needed": abs(self._needed(p) - p.people[CENTRE])}

    @misconception(
        "You compared with the richer of the two others. To be stuck means to earn less than both."
    )
    def the_richer(self, p: Any) -> Answers:
        earned = _earned(p, _sold(p))
        short = Fraction(max(earned[0], earned[2]) - earned[1], p.margins[1])
        return {"needed": math.ceil(p.people[CENTRE] + short)}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Make a table with a row for each group and a column for each firm: price plus "
                "steps times {step}. Each group takes the smallest of its row.",
                step=yuan(p.step),
            ),
            say(
                "Add up the customers of each firm. Profit is margin times customers, less the "
                "fixed cost."
            ),
            say(
                "For the last question: how much does Middle's profit differ from that of the "
                "poorer one of the others? Each customer with ideal place 5 brings Middle "
                "{margin}.",
                margin=yuan(p.margins[1]),
            ),
        ]

    def solution(self, p: Any) -> str:
        right, takers = self.solve(p), _takers(p)
        rows: list[list[Quantity | str | int]] = [
            [ideal, *_bills(p, ideal), FIRMS[firm], people]
            for ideal, firm, people in zip(IDEALS, takers, p.people, strict=True)
        ]
        sold = _sold(p)
        lines = [
            say(
                "{firm}: {n} × {margin} − {fixed} = {profit}",
                firm=name,
                n=sold[k],
                margin=p.margins[k],
                fixed=p.fixed,
                profit=yuan(_earned(p, sold)[k]),
            )
            for k, name in enumerate(FIRMS)
        ]
        rank = {
            "least": say("So Middle is stuck here: both others earn more."),
            "between": say("So Middle is not stuck here: one of the others earns less."),
            "most": say("So Middle is not stuck here: it earns most."),
        }
        return page(
            table([say("ideal"), *FIRMS, say("takes"), say("customers")], rows),
            "\n".join("- " + line for line in lines),
            say(
                "Middle's profit is **{profit}**. {rank}",
                profit=yuan(right["profit"]),
                rank=rank[right["rank"]],
            ),
            say(
                "The poorer of the two others earns {poorer}. Middle reaches that if **{needed}** "
                "of ideal place 5 come instead of {now}. Whether the middle is stuck depends on "
                "how many want it, and on its margin; it does not follow from the place.",
                poorer=yuan(min(_earned(p, sold)[0], _earned(p, sold)[2])),
                needed=count(right["needed"], "customer"),
                now=p.people[CENTRE],
            ),
        )


def _bills(p: Any, ideal: int) -> list[int]:
    """What each offer costs a customer with this ideal: its price and the steps to it."""
    return [price + p.step * abs(x - ideal) for x, price in zip(PLACES, p.prices, strict=True)]


def _takers(p: Any) -> list[int]:
    """For each group the firm that it takes."""
    return [_bills(p, ideal).index(min(_bills(p, ideal))) for ideal in IDEALS]


def _sold(p: Any) -> list[int]:
    sold = [0, 0, 0]
    for people, firm in zip(p.people, _takers(p), strict=True):
        sold[firm] += people
    return sold


def _earned(p: Any, sold: list[int]) -> list[int]:
    return [n * margin - p.fixed for n, margin in zip(sold, p.margins, strict=True)]


def _rank(values: list[int]) -> str:
    below = sum(values[k] < values[1] for k in (0, 2))
    return ("least", "between", "most")[below]


def _market(p: Any) -> Market:
    """The chapter's model: no noise, and a loss that grows with the distance."""
    rows = zip(FIRMS, PLACES, p.prices, p.margins, strict=True)
    firms = [Firm(name, x / 10, price, price - m, p.fixed) for name, x, price, m in rows]
    groups = zip(IDEALS, p.people, strict=True)
    segments = [Segment(say("ideal {x}", x=x), n, x / 10) for x, n in groups]
    return market(firms, segments, Tastes(travel=10 * p.step, power=1, noise=0))
