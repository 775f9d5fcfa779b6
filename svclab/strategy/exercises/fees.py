"""Self-run or franchise: what a shop is worth, and the royalty at which both are alike."""

from __future__ import annotations

import math
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page
from svclab.strategy.choices.worth import annuity_factor, break_even, net_present_value
from svclab.words import Quantity, count, money, number, percent, say

__all__ = ["FranchiseFee"]

#: Who decides. The two modes are the KTV case's; all numbers are invented.
CHAINS = {
    "ktv": "A KTV chain (invented) opens a shop in another city",
    "noodles": "A noodle chain (面馆, invented) opens a shop at a station",
    "courier": "A courier (快递, invented) opens a parcel shop in a village",
    "dental": "A chain of dental clinics (牙科, invented) opens a clinic in another city",
    "tutor": "A tutoring chain (培训学校, invented) opens a school in a new district",
}


class FranchiseFee(Exercise):
    """Net present value of a self-run shop, and the break-even royalty of a franchise."""

    title = "At which royalty are both the same?"
    objective = 7
    level = "medium"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        years = draw.integer(3, 6)
        revenue = draw.integer(1200, 4000, 100)
        return {
            "chain": draw.choice(list(CHAINS)),
            "years": years,
            "discount": draw.integer(8, 15),
            "revenue": revenue,
            "margin": revenue * draw.integer(20, 40) // 1000 * 10,
            "invest": draw.integer(400, 2000, 50),
            "fee": draw.integer(60, 240, 20),
            "watch": draw.integer(10, 60, 5),
            "offered": draw.number(3, 14, 0.5),
        }

    def sound(self, p: Any) -> bool:
        royalty = self._by(p, _factor(p))
        return (
            p.margin * _factor(p) - p.invest >= 50
            and 1.5 <= royalty <= 18
            and abs(royalty - p.offered) >= 0.4
            and apart(self, p)
        )

    def question(self, p: Any) -> str:
        facts = [
            say(
                "Self-run (自营): {invest} today, and then a margin of {margin} at the end of each "
                "year, all costs taken off.",
                invest=_thousand(p.invest),
                margin=_thousand(p.margin),
            ),
            say(
                "Franchise (加盟): the franchisee pays the investment. Headquarters gets {fee} "
                "today and a royalty, a share of the revenue of {revenue}, at the end of each "
                "year; it spends {watch} a year on visits.",
                fee=_thousand(p.fee),
                revenue=_thousand(p.revenue),
                watch=_thousand(p.watch),
            ),
        ]
        return page(
            say(
                "{who}; the lease runs for {years}. The discount rate (折现率) is {rate} a year.",
                who=CHAINS[p.chain],
                years=count(p.years, "year"),
                rate=percent(p.discount / 100, 0),
            ),
            bullets(facts),
            say(
                "1. What is the self-run shop worth today (net present value, 净现值)?\n"
                "2. At which royalty is the franchise worth just as much to headquarters?\n"
                "3. A franchisee offers {offered}. Which mode is worth more to headquarters?",
                offered=percent(p.offered / 100, 1),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        modes = {
            "own": say("self-run"),
            "franchise": say("franchise"),
            "either": say("both are worth the same"),
        }
        return [
            NumberField("own", say("Self-run, today"), unit="thousand yuan", absolute=1.0),
            NumberField("royalty", say("Break-even royalty"), unit="%", absolute=0.06),
            ChoiceField("mode", say("At the offer"), modes),
        ]

    def solve(self, p: Any) -> Answers:
        flows = [-p.invest, *[p.margin] * p.years]
        own = net_present_value(flows, discount=p.discount / 100)

        def lead(royalty: float) -> float:
            paid = royalty * p.revenue - p.watch
            return net_present_value([p.fee, *[paid] * p.years], discount=p.discount / 100) - own

        royalty = 100 * break_even(lead, 0.0, 1.0, name="royalty")
        mode = "franchise" if p.offered > royalty else "own"
        return {"own": own, "royalty": royalty, "mode": mode}

    def second(self, p: Any) -> Answers:
        # What is missing today, spread over the years as an annuity.
        factor = annuity_factor(p.years, discount=p.discount / 100)
        own = p.margin * factor - p.invest
        yearly = (own - p.fee) / factor
        royalty = 100 * (yearly + p.watch) / p.revenue
        return {
            "own": own,
            "royalty": royalty,
            "mode": "own" if p.offered < royalty else "franchise",
        }

    def _by(self, p: Any, factor: float, *, fee: int = -1, watch: int = -1) -> float:
        """The break-even royalty of somebody who discounts by this factor."""
        entry = p.fee if fee < 0 else fee
        visits = p.watch if watch < 0 else watch
        own = p.margin * factor - p.invest
        return 100 * ((own - entry) / factor + visits) / p.revenue

    @misconception(
        "You added up the years without discounting. A yuan of the last year is worth less today."
    )
    def no_discount(self, p: Any) -> Answers:
        return {"own": p.margin * p.years - p.invest, "royalty": self._by(p, p.years)}

    @misconception(
        "You counted the first year's margin as if it came today. It comes at the end of the year."
    )
    def paid_at_once(self, p: Any) -> Answers:
        factor = (1 + p.discount / 100) * _factor(p)
        return {"own": p.margin * factor - p.invest, "royalty": self._by(p, factor)}

    @misconception(
        "You discounted the sum of all margins as if it came in the last year. Each year's margin "
        "is discounted by its own number of years."
    )
    def all_at_the_end(self, p: Any) -> Answers:
        factor = p.years * (1 + p.discount / 100) ** -p.years
        return {"own": p.margin * factor - p.invest}

    @misconception("You left out the investment. Headquarters pays it if the shop is its own.")
    def no_investment(self, p: Any) -> Answers:
        return {"own": p.margin * _factor(p)}

    @misconception(
        "You left out the entry fee. It is there today, whatever the royalty, so a smaller royalty "
        "is enough."
    )
    def no_fee(self, p: Any) -> Answers:
        return {"royalty": self._by(p, _factor(p), fee=0)}

    @misconception("You left out the visits. The royalty has to pay for them, too.")
    def no_visits(self, p: Any) -> Answers:
        return {"royalty": self._by(p, _factor(p), watch=0)}

    @misconception(
        "You compared yearly amounts: royalty and visits against the margin. Then the investment "
        "and the entry fee are forgotten."
    )
    def yearly_only(self, p: Any) -> Answers:
        return {"royalty": 100 * (p.margin + p.watch) / p.revenue}

    @misconception(
        "This does not follow from the royalty here. Headquarters is paid it: above the break-even "
        "point the franchise is worth more to it. Check your break-even royalty, too."
    )
    def turned_round(self, p: Any) -> Answers:
        return {"mode": "own" if self.second(p)["mode"] == "franchise" else "franchise"}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Divide the margin of year t by {d} t times, and add up the years. Then take off "
                "the investment.", d=number(1 + p.discount / 100, 2)),
            say(
                "One yuan at the end of each of {years} is worth {factor} yuan today; keep three "
                "decimals or more.",
                years=count(p.years, "year"),
                factor=number(_factor(p), 3),
            ),
            say(
                "Break-even: entry fee + (royalty × revenue − visits) × that factor = the worth of "
                "the self-run shop. Solve for the royalty."
            ),
        ]  # fmt: skip

    def solution(self, p: Any) -> str:
        right, factor = self.solve(p), _factor(p)
        yearly = (right["own"] - p.fee) / factor
        better = {
            "own": say("The offer is lower: self-run is worth more to headquarters."),
            "franchise": say("The offer is higher: the franchise is worth more to headquarters."),
        }
        return page(
            say(
                "One yuan at the end of each year is worth {factor} yuan today. Self-run: "
                "{margin} × {factor} − {invest} = **{own}**.",
                factor=number(factor, 3),
                margin=p.margin,
                invest=p.invest,
                own=_thousand(right["own"]),
            ),
            say(
                "The franchise must bring {own} − {fee} = {rest} by its royalties: {yearly} a "
                "year, and {watch} more for the visits. That is {sum} of a revenue of {revenue}: "
                "**{royalty}**.",
                own=_thousand(right["own"]),
                fee=_thousand(p.fee),
                rest=_thousand(right["own"] - p.fee),
                yearly=_thousand(yearly),
                watch=_thousand(p.watch),
                sum=_thousand(yearly + p.watch),
                revenue=_thousand(p.revenue),
                royalty=percent(right["royalty"] / 100, 2),
            ),
            say(
                "{better} What the numbers leave out: control of the service, risk, and how fast "
                "the chain can grow. The franchisee, too, must find it worth while.",
                better=better[right["mode"]],
            ),
        )


def _factor(p: Any) -> float:
    return math.fsum((1 + p.discount / 100) ** -t for t in range(1, p.years + 1))


def _thousand(value: float) -> Quantity:
    return money(value, "thousand yuan", 1)
