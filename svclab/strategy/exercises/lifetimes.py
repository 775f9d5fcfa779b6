"""What a customer is worth today, and what a point of retention adds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page
from svclab.strategy.customers.lifetime import TIMINGS, lifetime_value
from svclab.strategy.customers.retention import retention_point
from svclab.words import number, percent, say, yuan

__all__ = ["CustomerWorth"]

#: Who sells what, and what a customer renews each year. All invented.
SERVICES = {
    "gym": "A gym (健身房, invented) sells memberships for a year",
    "box": "A fruit shop (水果店, invented) sells a fruit box by yearly subscription",
    "ktv": "A KTV chain (invented) sells a yearly card for its rooms",
    "app": "A language app (语言应用, invented) sells licences for a year",
    "cleaning": "A cleaning service (保洁公司, invented) signs contracts for a year",
    "insurer": "An insurer (保险公司, invented) insures bicycles year by year",
}
WHEN = {
    "at once": "The first margin comes today, when the customer signs; each further one a year "
    "later, from those who are still there.",
    "at the end": "The first margin comes after a year, from every customer won; each further one "
    "a year later, from those who are still there.",
    "after renewal": "The first margin comes after a year, and only from those who renew then; "
    "what the customer pays in the first year just covers the service.",
}


class CustomerWorth(Exercise):
    """The lifetime value by a stated convention, and the worth of one point of retention."""

    title = "What is a customer worth?"
    objective = 5
    level = "medium"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        return {
            "service": draw.choice(list(SERVICES)),
            "timing": draw.choice(TIMINGS),
            "margin": draw.integer(120, 900, 20),
            "retention": draw.integer(60, 92),
            "discount": draw.integer(5, 15),
            "cost": draw.integer(40, 400, 20),
        }

    def sound(self, p: Any) -> bool:
        return float(_value(p)) >= 100 and apart(self, p)

    def question(self, p: Any) -> str:
        return page(
            say(
                "{who}. A customer leaves a margin of {margin} a year. At the end of each year "
                "{retention} of the customers renew (retention, 客户保留率), whatever their age. "
                "To win a customer costs {cost}, paid today. The discount rate (折现率) is "
                "{discount} a year: a yuan in a year is worth 1 ÷ {factor} yuan today.",
                who=SERVICES[p.service],
                margin=yuan(p.margin),
                retention=percent(p.retention / 100, 0),
                cost=yuan(p.cost),
                discount=percent(p.discount / 100, 0),
                factor=number(1 + p.discount / 100, 2),
            ),
            say(WHEN[p.timing]),
            say(
                "1. What is a customer worth today, without an end and after the cost of winning "
                "(customer lifetime value, 客户终身价值)?\n"
                "2. What may be spent today on each customer, at most, to raise retention by one "
                "percentage point for good? (Do not round before the end.)"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("value", say("Lifetime value"), unit="yuan"),
            NumberField("point", say("One point more is worth"), unit="yuan", relative=0.01),
        ]

    def solve(self, p: Any) -> Answers:
        found = retention_point(
            p.margin,
            retention=p.retention / 100,
            discount=p.discount / 100,
            acquisition=p.cost,
            timing=p.timing,
        )
        return {"value": found.before.value, "point": found.gain}

    def second(self, p: Any) -> Answers:
        # Year by year, until nothing is left that counts.
        def years(retention: float) -> float:
            here, now, total = 1.0, 1.0, -float(p.cost)
            for year in range(600):
                if p.timing == "after renewal" and year > 0:
                    here *= retention
                if p.timing == "at once" or year > 0:
                    total += p.margin * here * now
                if p.timing != "after renewal" and (p.timing == "at once" or year > 0):
                    here *= retention
                now /= 1 + p.discount / 100
            return total

        low = years(p.retention / 100)
        return {"value": low, "point": years((p.retention + 1) / 100) - low}

    def _model(self, p: Any, *, timing: str = "", discount: int = -1) -> Answers:
        rate = p.discount if discount < 0 else discount
        low, high = (
            lifetime_value(
                p.margin,
                retention=(p.retention + more) / 100,
                discount=rate / 100,
                acquisition=p.cost,
                timing=timing or p.timing,
            ).value
            for more in (0, 1)
        )
        return {"value": low, "point": high - low}

    def _used(self, p: Any, timing: str, asked: str) -> Answers | None:
        """What another convention gives where this one is asked."""
        if p.timing != asked:
            return None
        found = self._model(p, timing=timing)
        # These two differ by one margin, whatever the retention: a point is worth the same.
        alike = "at the end" not in (timing, asked)
        return {"value": found["value"]} if alike else found

    @misconception(
        "You used m × r ÷ (1 + d − r), the formula of the text: there the first margin comes after "
        "a year, from those who renew. Here it comes today, when the customer signs."
    )
    def renewal_for_today(self, p: Any) -> Answers | None:
        return self._used(p, "after renewal", "at once")

    @misconception(
        "You used m ÷ (1 + d − r): there the first margin comes after a year, from every customer "
        "won. Here it comes today, when the customer signs."
    )
    def end_for_today(self, p: Any) -> Answers | None:
        return self._used(p, "at the end", "at once")

    @misconception(
        "You used m × r ÷ (1 + d − r), the formula of the text: there the first margin comes after "
        "a year from those who renew. Here it comes after a year from every customer won."
    )
    def renewal_for_end(self, p: Any) -> Answers | None:
        return self._used(p, "after renewal", "at the end")

    @misconception(
        "You used m × (1 + d) ÷ (1 + d − r): there the first margin comes today. Here it comes "
        "after a year, from every customer won."
    )
    def today_for_end(self, p: Any) -> Answers | None:
        return self._used(p, "at once", "at the end")

    @misconception(
        "You used m × (1 + d) ÷ (1 + d − r): there the first margin comes today. Here it comes "
        "after a year, and only from those who renew."
    )
    def today_for_renewal(self, p: Any) -> Answers | None:
        return self._used(p, "at once", "after renewal")

    @misconception(
        "You used m ÷ (1 + d − r): there every customer won brings the first margin after a year. "
        "Here only those who renew bring it."
    )
    def end_for_renewal(self, p: Any) -> Answers | None:
        return self._used(p, "at the end", "after renewal")

    @misconception(
        "You counted a yuan of later years as a yuan of today. Divide each year once more by one "
        "plus the discount rate."
    )
    def no_discount(self, p: Any) -> Answers:
        return self._model(p, discount=0)

    @misconception("You left out what it costs to win the customer.")
    def won_for_nothing(self, p: Any) -> Answers:
        return {"value": float(_value(p)) + p.cost}

    @misconception(
        "You raised retention by one percent of itself. A point is added: from 80% it leads to 81%."
    )
    def percent_for_point(self, p: Any) -> Answers:
        more = Fraction(p.retention * 101, 100)
        return {"point": float(_value(p, more) - _value(p))}

    @misconception(
        "You took one percent of the value. The value does not rise in proportion to retention: "
        "work it out anew with one point more."
    )
    def one_percent(self, p: Any) -> Answers:
        return {"point": float(_value(p)) / 100}

    @misconception(
        "You took one percent of the value in round figures. A point is not worth a share of the "
        "value: work it out anew with one point more."
    )
    def one_percent_rounded(self, p: Any) -> Answers | None:
        # One digit, as it is typed, is too few for a field to know the exact value again.
        wrong = round(float(_value(p)) / 100)
        return {"point": float(wrong)} if wrong < 10 else None

    @misconception(
        "You took one percent of what all margins are worth. They do not rise in proportion to "
        "retention: work them out anew with one point more."
    )
    def one_percent_of_margins(self, p: Any) -> Answers:
        return {"point": float(_value(p) + p.cost) / 100}

    @misconception(
        "You gave the value with the higher retention. What may be spent is only what it adds."
    )
    def value_after(self, p: Any) -> Answers:
        return {"point": float(_value(p, Fraction(p.retention + 1)))}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Each margin is worth q times the one before, q = retention ÷ (1 + discount rate). "
                "The sum 1 + q + q² + ... without an end is 1 ÷ (1 − q)."
            ),
            say(
                "Here q = {r} ÷ {d}. What is the first margin worth today, and how many of those "
                "won pay it?",
                r=number(p.retention / 100, 2),
                d=number(1 + p.discount / 100, 2),
            ),
            say(
                "Value = first margin today × 1 ÷ (1 − q) − cost. For the second question do the "
                "same with {r}, and subtract.",
                r=number((p.retention + 1) / 100, 2),
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        r, d = p.retention / 100, 1 + p.discount / 100
        first = {
            "at once": say("{m}", m=yuan(p.margin)),
            "at the end": say("{m} ÷ {d}", m=yuan(p.margin), d=number(d, 2)),
            "after renewal": say("{m} × {r} ÷ {d}", m=yuan(p.margin), r=number(r, 2),
                                 d=number(d, 2)),
        }[p.timing]  # fmt: skip
        return page(
            say(
                "q = {r} ÷ {d} = {q}, so all margins together are {times} times the first one. "
                "The first one is worth {first} today.",
                r=number(r, 2),
                d=number(d, 2),
                q=number(r / d, 3),
                times=number(1 / (1 - r / d), 3),
                first=first,
            ),
            say(
                "All margins are worth {gross}. Less {cost} to win the customer: **{value}**.",
                gross=yuan(right["value"] + p.cost, 2),
                cost=yuan(p.cost),
                value=yuan(right["value"], 2),
            ),
            say(
                "With a retention of {high} the value is {after}. One point is worth **{point}** "
                "for each customer: that may be spent on it at most. The other conventions give "
                "other values, so the convention must be said with the number.",
                high=percent((p.retention + 1) / 100, 0),
                after=yuan(right["value"] + right["point"], 2),
                point=yuan(right["point"], 2),
            ),
        )


def _value(p: Any, retention: Fraction | None = None) -> Fraction:
    """Exact value; retention in percent."""
    r = (Fraction(p.retention) if retention is None else retention) / 100
    d = 1 + Fraction(p.discount, 100)
    first = {"at once": Fraction(1), "at the end": 1 / d, "after renewal": r / d}[p.timing]
    return p.margin * first / (1 - r / d) - p.cost
