"""Overbooking by the newsvendor's rule, from two costs and a record of who did not come."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from typing import Any

from svclab.capacity.exercises.wrong import but_right
from svclab.capacity.managing.newsvendor import Discrete
from svclab.capacity.managing.overbooking import booking_costs, marginal
from svclab.practice import Draw, Exercise, Field, IntegerField, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import number, percent, say, yuan

__all__ = ["OverbookSeats"]

MOST = 6  # who do not come

#: Where, a place, a customer, what is saved when a place stays empty, and the two parts of what
#: turning somebody away costs. All invented.
PLACES = {
    "hotel": ("A small hotel (invented)", "room", "guest", "for cleaning and breakfast",
              "for a room elsewhere", "as a gift"),
    "bus": ("A line of long-distance buses (长途客车, invented)", "seat", "passenger",
            "for water and insurance", "for a train ticket", "as a voucher"),
    "clinic": ("A private clinic (invented) for scans (影像检查)", "appointment", "patient",
               "for material", "for a scan elsewhere", "for the taxi"),
    "course": ("A school of driving (驾校, invented)", "lesson", "learner", "for fuel",
               "for a lesson at another school", "as a gift"),
}  # fmt: skip


class OverbookSeats(Exercise):
    """Critical ratio, how many to overbook, what it costs, and what one more would cost."""

    title = "How many to overbook?"
    objective = 7
    level = "demanding"
    minutes = 11

    def deal(self, draw: Draw) -> Answers:
        cuts = sorted(draw.integers(MOST, 3, 97, distinct=True))
        parts = sorted(b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True))
        # The largest part in the middle: 0, 1, 2, ... rise and then fall.
        shares = [parts[k] for k in draw.choice([(2, 4, 6, 5, 3, 1, 0), (3, 5, 6, 4, 2, 1, 0),
                                                 (1, 3, 5, 6, 4, 2, 0)])]  # fmt: skip
        return {
            "place": draw.choice(list(PLACES)),
            "shares": shares,  # %, for 0, 1, 2, ... who do not come
            "price": draw.integer(180, 600, 10),
            "saved": draw.integer(20, 90, 5),
            "elsewhere": draw.integer(100, 600, 10),
            "gift": draw.integer(20, 120, 10),
        }

    def sound(self, p: Any) -> bool:
        # The ratio is no border case, and no rule of thumb finds the same number.
        ratio = 100 * _under(p) / (_under(p) + _over(p))
        reached = list(accumulate(p.shares))
        if min(p.shares) < 2 or min(abs(share - ratio) for share in reached) < 1.5:
            return False
        return 1 <= self.solve(p)["extra"] <= 4 and apart(self, p)

    def question(self, p: Any) -> str:
        where, place, who, saved, elsewhere, gift = PLACES[p.place]
        rows = [(k, percent(share / 100, 0)) for k, share in enumerate(p.shares)]
        return page(
            say(
                "{where} takes {price} for a {place}, on arrival. If a {place} stays empty, this "
                "is lost, but {less} {saved} are saved. If a {who} with a booking finds no free "
                "{place}, {more} {elsewhere} and {extra} {gift} must be paid. On days when "
                "everything was booked, so many did not come (no-shows, 爽约):",
                where=where,
                place=place,
                who=who,
                price=yuan(p.price, 2),
                less=yuan(p.saved, 2),
                saved=saved,
                more=yuan(p.elsewhere, 2),
                elsewhere=elsewhere,
                extra=yuan(p.gift, 2),
                gift=gift,
            ),
            table([say("did not come"), say("share of the days")], rows),
            say(
                "Assume that this does not change with overbooking (超额预订).\n\n"
                "1. What is the critical ratio (临界比率), Cu ÷ (Cu + Co)? Cu is what an extra "
                "booking too few costs, Co what one too many costs.\n"
                "2. How many more bookings than {place}s should be taken?\n"
                "3. What do empty {place}s and {who}s turned away then cost, on average in a day?\n"
                "4. By how much would this cost rise with one booking more?",
                place=place,
                who=who,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("ratio", say("Critical ratio"), unit="%"),
            IntegerField("extra", say("Bookings beyond the {place}s", place=PLACES[p.place][1])),
            NumberField("cost", say("Expected cost of a day"), unit="yuan"),
            NumberField("more", say("Rise with one more"), unit="yuan", relative=0.01),
        ]

    def _costs(self, p: Any) -> list[float]:
        """Expected cost of 0, 1, 2, ... extra bookings."""
        rows = booking_costs(_record(p), empty_cost=_under(p), denied_cost=_over(p))
        return [row.cost for row in rows]

    def solve(self, p: Any) -> Answers:
        best = marginal(_record(p), empty_cost=_under(p), denied_cost=_over(p))
        costs = self._costs(p)
        return {
            "ratio": 100 * _under(p) / (_under(p) + _over(p)),
            "extra": best.extra,
            "cost": best.cost,
            "more": costs[best.extra + 1] - costs[best.extra],
        }

    def second(self, p: Any) -> Answers:
        # A hundred days, one by one, with each number of extra bookings.
        totals = [
            sum(
                days * (_under(p) * max(n - extra, 0) + _over(p) * max(extra - n, 0))
                for n, days in enumerate(p.shares)
            )
            for extra in range(MOST + 2)
        ]
        best = min(range(MOST + 1), key=lambda extra: totals[extra])
        return {
            "ratio": float(100 / (1 + Fraction(_over(p), _under(p)))),
            "extra": best,
            "cost": totals[best] / 100,
            "more": (totals[best + 1] - totals[best]) / 100,
        }

    @misconception(
        "You changed the two costs round. What stays empty is what an extra booking too few costs, "
        "Cu: it stands above the line."
    )
    def costs_swapped(self, p: Any) -> Answers:
        ratio = 100 * _over(p) / (_under(p) + _over(p))
        return but_right(self, p, {"ratio": ratio, "extra": _first_at(p.shares, ratio)})

    @misconception(
        "You took the whole price for Cu. Something is saved when nobody comes: only the rest is "
        "lost."
    )
    def whole_price(self, p: Any) -> Answers:
        ratio = 100 * p.price / (p.price + _over(p))
        return but_right(self, p, {"ratio": ratio, "extra": _first_at(p.shares, ratio)})

    @misconception("You divided Cu by Co. The ratio is Cu over the sum of both.")
    def one_over_other(self, p: Any) -> Answers:
        return {"ratio": 100 * _under(p) / _over(p)}

    @misconception(
        "You overbooked by the mean number of those who do not come. It pays no heed to the "
        "costs: one too many and one too few do not cost the same."
    )
    def mean_no_shows(self, p: Any) -> Answers | None:
        mean = sum(k * share for k, share in enumerate(p.shares))
        return but_right(self, p, {"extra": (mean + 50) // 100}) or None

    @misconception(
        "You stopped one step too early: the shares must add up to the ratio or more, and the row "
        "that first does so counts."
    )
    def one_too_few(self, p: Any) -> Answers:
        return {"extra": self.solve(p)["extra"] - 1}

    @misconception(
        "You counted only what stays empty. On days when more come than there is room for, "
        "somebody is turned away."
    )
    def empty_only(self, p: Any) -> Answers:
        extra = self.solve(p)["extra"]
        lost = sum(max(n - extra, 0) * days for n, days in enumerate(p.shares))
        return {"cost": _under(p) * lost / 100}

    @misconception(
        "You counted those who are turned away only. When fewer come, something stays empty, and "
        "that costs Cu."
    )
    def denied_only(self, p: Any) -> Answers:
        extra = self.solve(p)["extra"]
        away = sum(max(extra - n, 0) * days for n, days in enumerate(p.shares))
        return {"cost": _over(p) * away / 100}

    @misconception("This is the cost with one booking more. The question asks for the difference.")
    def whole_cost(self, p: Any) -> Answers:
        return {"more": self._costs(p)[self.solve(p)["extra"] + 1]}

    @misconception(
        "You counted only the days when one more is turned away. On the other days one more fills "
        "what would stay empty, which saves Cu."
    )
    def no_saving(self, p: Any) -> Answers:
        extra = self.solve(p)["extra"]
        return {"more": _over(p) * sum(p.shares[: extra + 1]) / 100}

    def hints(self, p: Any) -> list[str]:
        _, place, _, _, _, _ = PLACES[p.place]
        return [
            say(
                "Cu: what is lost with an empty {place}, after what is saved. Co: all that is "
                "paid for one who is turned away.",
                place=place,
            ),
            say(
                "Add the shares from the top, row by row: the share of days on which so many or "
                "fewer do not come. Stop at the first row that reaches the ratio."
            ),
            say(
                "For the cost go through the rows with your number x of extra bookings. If fewer "
                "than x do not come, the others are turned away; if more, some {place}s stay "
                "empty.",
                place=place,
            ),
            say(
                "One more booking is one too many on the days when x or fewer do not come; it "
                "then costs Co. On all other days it fills an empty {place} and saves Cu.",
                place=place,
            ),
        ]

    def solution(self, p: Any) -> str:
        right, under, over = self.solve(p), _under(p), _over(p)
        extra, reached = right["extra"], list(accumulate(p.shares))
        rows = []
        for n, share in enumerate(p.shares):
            gap = n - extra
            loss = under * gap if gap > 0 else -over * gap
            rows.append((n, percent(share / 100, 0), percent(reached[n] / 100, 0), yuan(loss, 2)))
        head = ["did not come", "share", "so many or fewer", "cost with the best number"]
        return page(
            say(
                "**Ratio.** Cu = {price} − {saved} = {under}. Co = {elsewhere} + {gift} = {over}. "
                "{under} ÷ ({under} + {over}) = **{ratio}**.",
                price=p.price,
                saved=p.saved,
                under=under,
                elsewhere=p.elsewhere,
                gift=p.gift,
                over=over,
                ratio=percent(right["ratio"] / 100, 2),
            ),
            table([say(word) for word in head], rows),
            say(
                "**Number.** The third column first reaches the ratio at **{extra}**.",
                extra=extra,
            ),
            say(
                "**Cost.** Each share times the last column, added up: **{cost}**. Without "
                "overbooking it would be {none}.",
                cost=yuan(right["cost"], 2),
                none=yuan(self._costs(p)[0], 2),
            ),
            say(
                "**One more.** In {many} of the days it turns somebody away, in {few} it fills a "
                "{place}: {a} × {over} − {b} × {under} = **{more}**.",
                place=PLACES[p.place][1],
                many=percent(reached[extra] / 100, 0),
                few=percent(1 - reached[extra] / 100, 0),
                a=number(reached[extra] / 100, 2),
                b=number(1 - reached[extra] / 100, 2),
                over=over,
                under=under,
                more=yuan(right["more"], 2),
            ),
        )


def _under(p: Any) -> int:
    """Yuan lost with an empty place."""
    return int(p.price - p.saved)


def _over(p: Any) -> int:
    """Yuan paid for somebody who is turned away."""
    return int(p.elsewhere + p.gift)


def _record(p: Any) -> Discrete:
    return Discrete.counted(dict(enumerate(p.shares)))


def _first_at(shares: list[int], ratio: float) -> int:
    """The first number whose share of days, with all below it, reaches a ratio in percent."""
    return next(n for n, share in enumerate(accumulate(shares)) if share >= ratio)
