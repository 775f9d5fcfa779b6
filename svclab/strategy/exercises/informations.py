"""A Python function of one's own: the value of perfect information of any payoff table."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from statistics import fmean
from typing import Any

from svclab.practice import CodeField, Draw, Exercise, Field, misconception
from svclab.practice.wording import Answers, bullets, page
from svclab.strategy.choices.information import payoff_table, perfect_information
from svclab.words import number, say

__all__ = ["OwnInformation"]

OPTIONS = ("large", "small", "franchise", "wait", "rent")
STATES = ("strong", "fair", "weak", "rainy", "closed")
#: Options and states of each case: (2, 2), (3, 2), (3, 3) and (4, 4).
SIZES = ((2, 2), (3, 2), (3, 3), (4, 4))

EXAMPLE = """\
payoffs = {"large": {"strong": 20, "weak": -9},
           "small": {"strong": 8, "weak": 7}}
chances = {"strong": 0.8, "weak": 0.2}

information(payoffs, chances)   # 3.2
"""


class OwnInformation(Exercise):
    """A function that gives the expected value of perfect information."""

    title = "Your own value of information"
    objective = 7
    level = "demanding"
    core = False
    points = 2
    minutes = 20

    def deal(self, draw: Draw) -> Answers:
        return {"cases": [self._case(draw, *size) for size in SIZES]}

    def _case(self, draw: Draw, options: int, states: int) -> list[dict[str, Any]]:
        """A payoff table and chances in twentieths, none of them zero."""
        names = draw.sample(STATES, states)
        parts = [draw.integer(1, 4) for _ in names[1:]]
        shares = [20 - sum(parts), *parts]
        payoffs = {
            option: {state: draw.integer(-15, 40) for state in names}
            for option in draw.sample(OPTIONS, options)
        }
        return [payoffs, dict(zip(names, [n / 20 for n in draw.shuffled(shares)], strict=True))]

    def sound(self, p: Any) -> bool:
        # Information is worth something in three cases at least, and no wrong way is right often.
        right = self.solve(p)["information"]
        ways = (self._equal(p), self._best_cell(p), self._wrong_regret(p))
        return sum(x > 0.2 for x in right) >= 3 and all(
            sum(abs(a - b) > 0.05 for a, b in zip(way, right, strict=True)) >= 2 for way in ways
        )

    def question(self, p: Any) -> str:
        return page(
            say(
                "Write a function that gives the expected value of perfect information "
                "(完全信息期望价值) of any payoff table (those below are invented):"
            ),
            "```python\ndef information(payoffs, chances):\n    ...\n```",
            bullets(
                [
                    say(
                        "`payoffs`: for each option a dictionary with the amount in each state; "
                        "larger is better"
                    ),
                    say("`chances`: for each state its chance; they add up to 1"),
                ]
            ),
            say(
                "The result is the mean that somebody reaches who knows the state before choosing, "
                "less the mean of the best option without knowing it. An example:"
            ),
            "```python\n" + EXAMPLE + "```",
            say(
                "Write the function in a cell of your own, for any number of options and states. "
                "Then check it with `exercises.own_information.check(information)`. It is tried on "
                "four tables with your own numbers. This is the third of them:"
            ),
            "```python\n" + _written(p.cases[2]) + "```",
        )

    def fields(self, p: Any) -> list[Field]:
        signature = "def information(payoffs, chances):"
        return [CodeField("information", say("Your function"), signature)]

    def cases(self, p: Any) -> list[tuple[Any, ...]]:
        return [tuple(case) for case in p.cases]

    def solve(self, p: Any) -> Answers:
        found = [perfect_information(payoff_table(*case)).value for case in p.cases]
        return {"information": found}

    def second(self, p: Any) -> Answers:
        # In fractions: the smallest mean regret.
        found = []
        for payoffs, chances in p.cases:
            shares = {state: Fraction(round(20 * c), 20) for state, c in chances.items()}
            best = {s: max(row[s] for row in payoffs.values()) for s in chances}
            regrets = [
                sum(shares[s] * (best[s] - row[s]) for s in chances) for row in payoffs.values()
            ]
            found.append(float(min(regrets)))
        return {"information": found}

    def _equal(self, p: Any) -> list[float]:
        even = [(rows, dict.fromkeys(chances, 1 / len(chances))) for rows, chances in p.cases]
        return [_knowing(*case) - _without(*case) for case in even]

    def _best_cell(self, p: Any) -> list[float]:
        cells = [max(max(row.values()) for row in rows.values()) for rows, _ in p.cases]
        return [cell - _without(*case) for cell, case in zip(cells, p.cases, strict=True)]

    def _wrong_regret(self, p: Any) -> list[float]:
        """Against the option that comes first in the table."""
        return [
            _knowing(rows, chances) - _mean(next(iter(rows.values())), chances)
            for rows, chances in p.cases
        ]

    @misconception(
        "Your function takes all states as equally likely. Weigh each state with its chance."
    )
    def equally_likely(self, p: Any) -> Answers:
        return {"information": self._equal(p)}

    @misconception(
        "Your function gives what can be earned with the information. Its value is what that is "
        "more than the best option without it."
    )
    def with_it(self, p: Any) -> Answers:
        return {"information": [_knowing(*case) for case in p.cases]}

    @misconception(
        "Your function gives the best mean without information. That is the half that has to be "
        "subtracted."
    )
    def without_it(self, p: Any) -> Answers:
        return {"information": [_without(*case) for case in p.cases]}

    @misconception(
        "Your function lets information choose the state. It only tells the state: each comes with "
        "its own chance, and then the best option of that state is taken."
    )
    def best_cell(self, p: Any) -> Answers:
        return {"information": self._best_cell(p)}

    @misconception(
        "Your function compares with the first option of the table. Without information one takes "
        "the option with the largest mean, wherever it stands."
    )
    def first_option(self, p: Any) -> Answers:
        return {"information": self._wrong_regret(p)}

    @misconception(
        "Your function compares with the mean over all options. Nobody who does not know the state "
        "has to choose by chance: take the option with the largest mean."
    )
    def mean_option(self, p: Any) -> Answers:
        return {
            "information": [
                _knowing(rows, chances) - fmean([_mean(row, chances) for row in rows.values()])
                for rows, chances in p.cases
            ]
        }

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Two numbers are needed: the best mean without knowing the state, and the mean if "
                "the best option is taken in each state. The result is their difference."
            ),
            say(
                "Without: for each option add up chance times amount over the states, and keep the "
                "largest sum. A loop over `payoffs.values()` with a loop over `chances` in it."
            ),
            say(
                "With: for each state look for the largest amount over the options, multiply by "
                "its chance, and add up. Here the loop over `chances` is the outer one."
            ),
        ]

    def solution(self, p: Any) -> str:
        code = (
            "```python\n"
            "def information(payoffs, chances):\n"
            "    means = []\n"
            "    for row in payoffs.values():\n"
            "        means.append(sum(chances[state] * row[state] for state in chances))\n"
            "    knowing = 0\n"
            "    for state in chances:\n"
            "        best = max(row[state] for row in payoffs.values())\n"
            "        knowing += chances[state] * best\n"
            "    return knowing - max(means)\n"
            "```"
        )
        lines = [
            say("case {n}: {with_it} with it, {without} without, so {result}", n=n,
                with_it=number(_knowing(*case), 2), without=number(_without(*case), 2),
                result=number(value, 2))
            for n, (case, value) in enumerate(
                zip(p.cases, self.solve(p)["information"], strict=True), 1)
        ]  # fmt: skip
        return page(code, say("For your four tables:"), bullets(lines))


def _written(case: Any) -> str:
    """A case as Python code, one option a line."""
    payoffs, chances = case
    rows = ",\n           ".join(
        json.dumps(name) + ": " + json.dumps(row) for name, row in payoffs.items()
    )
    return "payoffs = {" + rows + "}\nchances = " + json.dumps(chances) + "\n"


def _mean(row: dict[str, int], chances: dict[str, float]) -> float:
    return math.fsum(chances[state] * row[state] for state in chances)


def _without(payoffs: dict[str, dict[str, int]], chances: dict[str, float]) -> float:
    return max(_mean(row, chances) for row in payoffs.values())


def _knowing(payoffs: dict[str, dict[str, int]], chances: dict[str, float]) -> float:
    return math.fsum(c * max(row[s] for row in payoffs.values()) for s, c in chances.items())
