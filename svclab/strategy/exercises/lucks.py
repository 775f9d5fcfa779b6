"""A small simulation of two modes under the same luck: the lead, and how well it is known."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.strategy.amounts import millions
from svclab.strategy.choices.monte_carlo import Compared, Simulated
from svclab.words import Quantity, number, say

__all__ = ["SameLuck"]

RUNS = 8
MODES = ("self-run", "franchise")
#: Who simulates. All numbers are invented.
CHAINS = {
    "ktv": "A KTV chain (invented) simulates ten new shops",
    "tea": "A chain of tea shops (茶饮店, invented) simulates twenty new shops",
    "gym": "A chain of gyms (健身房, invented) simulates five new houses",
    "laundry": "A laundry chain (洗衣店, invented) simulates twelve new shops",
}


class SameLuck(Exercise):
    """Mean lead, its standard error run by run, and the runs for a smaller one."""

    title = "How sure is the simulation?"
    objective = 7
    level = "medium"
    core = False
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        market = [draw.integer(-12, 24) for _ in range(RUNS)]
        lead = draw.integer(-6, 6)
        return {
            "chain": draw.choice(list(CHAINS)),
            "own": [x + lead + draw.integer(-3, 5) for x in market],
            "other": [x // 2 + draw.integer(2, 6) for x in market],
            "part": draw.choice([2, 3, 4, 5]),
        }

    def sound(self, p: Any) -> bool:
        gaps = _gaps(p)
        mean = abs(sum(gaps)) / RUNS
        error = _error(gaps)
        return mean >= 0.5 and error >= 0.5 and abs(mean - 2 * error) >= 0.3 and apart(self, p)

    def question(self, p: Any) -> str:
        rows = [[k, own, other] for k, (own, other) in
                enumerate(zip(p.own, p.other, strict=True), 1)]  # fmt: skip
        return page(
            say(
                "{who}, self-run (自营) and by franchise (加盟). In each run both modes meet the "
                "same market, drawn by chance. The table shows what they are worth (净现值) in "
                "million yuan:",
                who=CHAINS[p.chain],
            ),
            table([say("run"), *MODES], [[Quantity(x, "", 0) for x in row] for row in rows]),
            say(
                "1. By how much does self-run lead on average? (Below 0 if franchise leads.)\n"
                "2. What is the standard error (标准误) of this mean lead? Take the lead of each "
                "run, their standard deviation with n − 1, and divide by the root of the number of "
                "runs.\n"
                "3. About how many runs would be needed in all to divide this standard error by "
                "{part}?\n"
                "4. What do these runs say? Take an order for fairly sure if the mean lead is more "
                "than two standard errors away from 0.",
                part=p.part,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        unit = "million yuan"
        says = {
            "own": say("self-run is better on average, fairly surely"),
            "other": say("franchise is better on average, fairly surely"),
            "open": say("these runs do not tell which is better on average"),
        }
        return [
            NumberField("lead", say("Mean lead of self-run"), unit=unit, absolute=0.01),
            NumberField("error", say("Its standard error"), unit=unit, relative=0.01),
            NumberField("runs", say("Runs in all"), relative=0.02),
            ChoiceField("says", say("The runs say"), says),
        ]

    def solve(self, p: Any) -> Answers:
        both = Compared(
            {
                m: Simulated(tuple(map(float, values)), m)
                for m, values in zip(MODES, (p.own, p.other), strict=True)
            }
        )
        found = both.difference(*MODES)
        return {
            "lead": found.mean,
            "error": found.standard_error,
            "runs": float(RUNS * p.part**2),
            "says": _says(found.mean, found.standard_error),
        }  # fmt: skip

    def second(self, p: Any) -> Answers:
        # From sums of squares in whole numbers; the runs one at a time.
        gaps = _gaps(p)
        runs = RUNS
        while runs < RUNS * p.part * p.part:
            runs += 1
        squares = Fraction(sum(g * g for g in gaps)) - Fraction(sum(gaps) ** 2, RUNS)
        square = squares / ((RUNS - 1) * RUNS)
        lead = Fraction(sum(gaps), RUNS)
        sure = "own" if lead > 0 else "other"
        return {
            "lead": float(lead),
            "error": math.sqrt(square),
            "runs": float(runs),
            "says": sure if lead * lead > 4 * square else "open",
        }

    @misconception("You took the lead the other way round. Self-run less franchise is asked for.")
    def other_way(self, p: Any) -> Answers:
        return {"lead": -sum(_gaps(p)) / RUNS}

    @misconception(
        "You gave the standard deviation of the leads: how much one run differs from another. The "
        "mean of several runs is known better than one run."
    )
    def deviation(self, p: Any) -> Answers:
        return {"error": _error(_gaps(p)) * math.sqrt(RUNS)}

    @misconception(
        "You treated the two columns as if they had different luck. In each run both met the same "
        "market: take the lead of each run first, and the market drops out."
    )
    def different_luck(self, p: Any) -> Answers:
        return {"error": math.hypot(_error(p.own), _error(p.other))}

    @misconception(
        "You divided by the number of runs. The error of a mean shrinks with the root of that "
        "number only."
    )
    def by_n(self, p: Any) -> Answers:
        return {
            "error": _error(_gaps(p)) / math.sqrt(RUNS),
            "runs": float(RUNS * p.part),
        }

    @misconception("You gave the further runs. The question is how many there are in all.")
    def further_runs(self, p: Any) -> Answers:
        return {"runs": float(RUNS * (p.part**2 - 1))}

    @misconception(
        "You took the lead of these runs as it is. Eight other runs would give another mean: "
        "compare the lead with its standard error."
    )
    def as_it_is(self, p: Any) -> Answers | None:
        lead = sum(_gaps(p))
        sure = "own" if lead > 0 else "other"
        return {"says": sure} if _says(lead / RUNS, _error(_gaps(p))) == "open" else None

    @misconception(
        "You compared the lead with the standard deviation, or with the spread of the runs. That "
        "is the risk of a single run; the mean is known better."
    )
    def by_deviation(self, p: Any) -> Answers | None:
        right = _says(sum(_gaps(p)) / RUNS, _error(_gaps(p)))
        return {"says": "open"} if right != "open" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Write a third column: self-run less franchise, run by run."),
            say(
                "Its mean is the first answer. For the second take each value less the mean, "
                "square, add up, divide by {n}, take the root.",
                n=RUNS - 1,
            ),
            say(
                "Then divide by the root of {n}. To halve a standard error takes four times as "
                "many runs: the root again.",
                n=RUNS,
            ),
            say("For the last question double the standard error, and compare it with the lead."),
        ]

    def solution(self, p: Any) -> str:
        right, gaps = self.solve(p), _gaps(p)
        squares = math.fsum((g - right["lead"]) ** 2 for g in gaps)
        apart_error = math.hypot(_error(p.own), _error(p.other))
        return page(
            table(
                [say("run"), *(say("{k}", k=k) for k in range(1, RUNS + 1))],
                [[say("lead"), *(Quantity(g, "", 0) for g in gaps)]],
            ),
            say("Mean lead: {sum} ÷ {n} = **{lead}**.", sum=number(sum(gaps), 0), n=RUNS,
                lead=millions(right["lead"], 3)),
            say(
                "The squares around the mean add up to {squares}; the standard deviation is "
                "√({squares} ÷ {less}) = {deviation}, the standard error {deviation} ÷ √{n} = "
                "**{error}**. With separate luck for both modes it would be {apart}.",
                squares=number(squares, 2),
                less=RUNS - 1,
                deviation=number(right["error"] * math.sqrt(RUNS), 3),
                n=RUNS,
                error=millions(right["error"], 3),
                apart=number(apart_error, 2),
            ),
            say(
                "To divide it by {part} takes {part}² = {times} times as many runs: **{runs}**. "
                "More runs make the mean better known. The risk of the shops is the spread of the "
                "runs, and it stays.",
                part=p.part,
                times=p.part**2,
                runs=number(right["runs"], 0),
            ),
            {
                "own": say("Two standard errors are less than the lead: in this model self-run is "
                           "better on average, fairly surely."),
                "other": say("Two standard errors are less than the lead of franchise: in this "
                             "model it is better on average, fairly surely."),
                "open": say("Two standard errors are more than the lead: these runs do not tell "
                            "which mode is better on average."),
            }[right["says"]],
        )  # fmt: skip


def _gaps(p: Any) -> list[int]:
    return [a - b for a, b in zip(p.own, p.other, strict=True)]


def _says(lead: float, error: float) -> str:
    if abs(lead) <= 2 * error:
        return "open"
    return "own" if lead > 0 else "other"


def _error(values: list[int]) -> float:
    """Standard error of the mean."""
    mean = sum(values) / len(values)
    squares = math.fsum((x - mean) ** 2 for x in values)
    return math.sqrt(squares / (len(values) - 1) / len(values))
