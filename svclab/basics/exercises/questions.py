"""Two lines of pandas, and what they print."""

from __future__ import annotations

import math
from typing import Any

from svclab.practice import Draw, Exercise, Field, IntegerField, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import number, say

__all__ = ["AskTheTable"]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: Where. All invented.
PLACES = ("a hotpot restaurant", "a repair shop for phones", "a bank", "a hairdresser")


class AskTheTable(Exercise):
    """Rows that fulfil a condition, and the mean of a column over them."""

    title = "Ask a table"
    objective = 3
    level = "easy"
    minutes = 3

    def deal(self, draw: Draw) -> Answers:
        customers = draw.integers(len(DAYS), 40, 160, 10, distinct=True)
        return {
            "place": draw.choice(PLACES),
            "customers": customers,
            "waits": draw.integers(len(DAYS), 2, 19),
            # One of the days stands exactly at the limit.
            "limit": sorted(customers)[draw.integer(2, 4)],
        }

    def sound(self, p: Any) -> bool:
        means = [_mean(p.waits), _mean(_kept(p)), _mean(_others(p)), _mean(_above(p))]
        # A wrong number that looks like the right one, rounded, would not be told as wrong.
        return min(abs(a - b) for n, a in enumerate(means) for b in means[:n]) > 0.3 and apart(
            self, p
        )

    def question(self, p: Any) -> str:
        rows = list(zip(DAYS, p.customers, p.waits, strict=True))
        return page(
            say(
                "Seven days of {place} (invented). The table (数据表) is called `week`; `wait` is "
                "the mean wait of a day in minutes.",
                place=p.place,
            ),
            table(["day", "customers", "wait"], rows),
            "```python\n"
            f'busy = week[week["customers"] >= {p.limit}]\n'
            'print(len(busy))\nprint(busy["wait"].mean())\n```',
            say("1. Which number does the second line print?\n2. Which number does the third?"),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            IntegerField("rows", say("The second line prints")),
            NumberField("mean", say("The third line prints"), unit="min", absolute=0.02),
        ]

    def solve(self, p: Any) -> Answers:
        return {"rows": len(_kept(p)), "mean": _mean(_kept(p))}

    def second(self, p: Any) -> Answers:
        # All days less those that are left out.
        left_out = _others(p)
        rows = len(DAYS) - len(left_out)
        return {"rows": rows, "mean": (sum(p.waits) - sum(left_out)) / rows}

    @misconception(
        "You took all seven days. The first line keeps only the rows for which the condition holds."
    )
    def all_days(self, p: Any) -> Answers:
        return {"rows": len(DAYS), "mean": _mean(p.waits)}

    @misconception(
        "You left out the day that stands exactly at the limit. The condition asks for greater or "
        "equal."
    )
    def greater_only(self, p: Any) -> Answers:
        return {"rows": len(_above(p)), "mean": _mean(_above(p))}

    @misconception(
        "You kept the other rows. The condition in the brackets says which rows stay, not which go."
    )
    def the_others(self, p: Any) -> Answers:
        return {"rows": len(_others(p)), "mean": _mean(_others(p))} if (
            len(_others(p)) != len(_kept(p))
        ) else {"mean": _mean(_others(p))}  # fmt: skip

    @misconception(
        "You took the column of the customers. Behind busy, in the brackets, stands the column "
        "that is asked for."
    )
    def wrong_column(self, p: Any) -> Answers:
        return {"mean": _mean([c for c in p.customers if c >= p.limit])}

    @misconception("You added the values. A mean is their sum divided by how many they are.")
    def summed(self, p: Any) -> Answers:
        return {"mean": float(sum(_kept(p)))}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Go through the rows one by one: does the condition hold for it?"),
            say("Mark the rows that stay. How many are they?"),
            say("Then look only at the column wait, and only at the marked rows."),
        ]

    def solution(self, p: Any) -> str:
        days = [day for day, n in zip(DAYS, p.customers, strict=True) if n >= p.limit]
        kept = _kept(p)
        return page(
            say(
                "The rows that stay: {days}. These are **{rows}** rows.",
                days=", ".join(days),
                rows=len(kept),
            ),
            say(
                "Their waits add up to {sum} min: the mean is {sum} ÷ {n} = **{mean}** min.",
                sum=sum(kept),
                n=len(kept),
                mean=number(_mean(kept), 2),
            ),
        )


def _mean(values: list[int]) -> float:
    return math.fsum(values) / len(values)


def _kept(p: Any) -> list[int]:
    return [w for w, c in zip(p.waits, p.customers, strict=True) if c >= p.limit]


def _others(p: Any) -> list[int]:
    return [w for w, c in zip(p.waits, p.customers, strict=True) if c < p.limit]


def _above(p: Any) -> list[int]:
    return [w for w, c in zip(p.waits, p.customers, strict=True) if c > p.limit]
