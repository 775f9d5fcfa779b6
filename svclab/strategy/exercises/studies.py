"""A market study before a choice: what it can be worth, and whether to buy it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.strategy.amounts import millions
from svclab.strategy.choices.information import (
    Information,
    payoff_table,
    perfect_information,
    sample_information,
)
from svclab.words import Quantity, number, percent, say

__all__ = ["MarketStudy"]

OPTIONS = ("self-run", "franchise")
#: Who chooses; the two modes are the KTV case's. All numbers are invented.
CHAINS = {
    "ktv": "A KTV chain (invented) will open shops in a new province",
    "tea": "A chain of tea shops (茶饮店, invented) will open shops in a new city",
    "gym": "A chain of gyms (健身房, invented) will open houses in a new province",
    "school": "A language school (语言学校, invented) will open branches in a new city",
    "laundry": "A laundry chain (洗衣店, invented) will open shops in a new district",
}


class MarketStudy(Exercise):
    """The best mode, the value of perfect information, and that of a study that errs."""

    title = "Buy the market study?"
    objective = 7
    level = "demanding"
    points = 2
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        good = draw.integer(14, 40)
        safe = draw.integer(3, 9)
        return {
            "chain": draw.choice(list(CHAINS)),
            "strong": draw.integer(35, 65, 5),
            "own": [good, -draw.integer(6, 24)],
            "other": [safe, draw.integer(0, safe - 1)],
            "says": [draw.integer(65, 90, 5), draw.integer(10, 45, 5)],
            "cost": draw.number(0.4, 4.0, 0.1),
        }

    def sound(self, p: Any) -> bool:
        means = _means(p, Fraction(p.strong, 100))
        study = self.solve(p)
        return (
            abs(means[0] - means[1]) >= 0.5
            and all(abs(a - b) >= 0.1 for _, (a, b) in _parts(p))
            and p.own[0] >= p.other[0] + 6
            and (study["study"] == 0 or study["study"] > 0.5)
            and abs(study["study"] - p.cost) >= 0.2
            and apart(self, p)
        )

    def question(self, p: Any) -> str:
        rows: list[list[Quantity | str | int]] = [
            [mode, millions(good), millions(bad)]
            for mode, (good, bad) in zip(OPTIONS, (p.own, p.other), strict=True)
        ]
        head = [say("mode"), say("strong market"), say("weak market")]
        return page(
            say(
                "{who}: all self-run (自营) or all by franchise (加盟). The market is strong with "
                "a chance of {chance}, else weak. What the shops are worth today:",
                who=CHAINS[p.chain],
                chance=percent(p.strong / 100, 0),
            ),
            table(head, rows),
            say(
                "A market study costs {cost}. In a strong market it says *promising* with a chance "
                "of {hit}, in a weak one with a chance of {wrong}; else it says *doubtful*.",
                cost=millions(p.cost),
                hit=percent(p.says[0] / 100, 0),
                wrong=percent(p.says[1] / 100, 0),
            ),
            say(
                "1. What is the better mode worth on average, without the study?\n"
                "2. What would it be worth at most to know the market for sure before choosing "
                "(expected value of perfect information, 完全信息期望价值)?\n"
                "3. The study says *promising*. What is the chance now that the market is strong?\n"
                "4. What is the study worth, its cost not taken off?\n"
                "5. Buy it?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        says = {
            "buy": say("buy it: it is worth more than it costs"),
            "costly": say(
                "do without: it may change the choice, but it costs more than it is worth"
            ),
            "same": say("do without: whatever it says, the choice stays the same"),
        }
        unit = "million yuan"
        return [
            NumberField("mean", say("Better mode on average"), unit=unit, absolute=0.02),
            NumberField("perfect", say("Perfect information"), unit=unit, absolute=0.02),
            NumberField("after", say("Strong, after promising"), unit="%", absolute=0.15),
            NumberField("study", say("The study"), unit=unit, absolute=0.02),
            ChoiceField("buy", say("Buy it?"), says),
        ]

    def _study(self, p: Any) -> Information:
        rows = dict(zip(OPTIONS, (p.own, p.other), strict=True))
        base = payoff_table(
            {mode: {"strong": row[0], "weak": row[1]} for mode, row in rows.items()},
            {"strong": p.strong / 100, "weak": round(1 - p.strong / 100, 2)},
            unit="million yuan",
        )
        says = {
            state: {"promising": x / 100, "doubtful": round(1 - x / 100, 2)}
            for state, x in zip(("strong", "weak"), p.says, strict=True)
        }
        return sample_information(base, says, cost=p.cost)

    def solve(self, p: Any) -> Answers:
        found = self._study(p)
        same = len({signal.option for signal in found.signals.values()}) == 1
        worth = 0.0 if same else found.value
        return {
            "mean": found.without,
            "perfect": perfect_information(found.base).value,
            "after": 100 * found.signals["promising"].chances["strong"],
            "study": worth,
            "buy": "same" if same else "buy" if worth > p.cost else "costly",
        }

    def second(self, p: Any) -> Answers:
        # By regrets and in fractions: a study is worth what it saves of the regret.
        s = Fraction(p.strong, 100)
        means = _means(p, s)
        best = max(means)
        perfect = s * max(p.own[0], p.other[0]) + (1 - s) * max(p.own[1], p.other[1]) - best
        worth, modes, after = Fraction(0), set(), Fraction(0)
        for joint, parts in _parts(p):
            modes.add(parts.index(max(parts)))
            worth += max(parts)
            after = after or joint[0] / sum(joint)
        study = worth - best
        buy = "same" if len(modes) == 1 else "buy" if study > Fraction(str(p.cost)) else "costly"
        return {
            "mean": float(best),
            "perfect": float(perfect),
            "after": float(100 * after),
            "study": float(study),
            "buy": buy,
        }

    @misconception("You took both markets as equally likely. Weigh each amount with its chance.")
    def equally_likely(self, p: Any) -> Answers | None:
        return {"mean": float(max(_means(p, Fraction(1, 2))))} if p.strong != 50 else None

    @misconception(
        "You took the mode that looks best in a strong market, whatever comes. Compare the means "
        "of both modes."
    )
    def self_run_anyway(self, p: Any) -> Answers | None:
        means = _means(p, Fraction(p.strong, 100))
        return {"mean": float(means[0])} if means[0] < means[1] else None

    @misconception(
        "This is what could be earned with perfect information. Its value is only what that is "
        "more than without it."
    )
    def with_it(self, p: Any) -> Answers:
        right = self.second(p)
        return {"perfect": right["mean"] + right["perfect"]}

    @misconception(
        "You took how often the study is right in a strong market. A weak market may sound "
        "promising, too, and the chance before the study counts: use Bayes' rule."
    )
    def base_rate(self, p: Any) -> Answers:
        return {"after": float(p.says[0])}

    @misconception(
        "You gave the chance that both happen: strong and promising. Divide it by the chance of "
        "hearing promising at all."
    )
    def joint(self, p: Any) -> Answers:
        return {"after": p.strong * p.says[0] / 100}

    @misconception(
        "You gave the study the value of perfect information. A study that errs is worth less."
    )
    def as_perfect(self, p: Any) -> Answers:
        return {"study": self.second(p)["perfect"]}

    @misconception(
        "This is the mean with the study. Its value is what that is more than the best mean "
        "without it."
    )
    def mean_with_study(self, p: Any) -> Answers:
        right = self.second(p)
        return {"study": right["mean"] + right["study"]}

    def _says(self, p: Any, said: str, *right: str) -> Answers | None:
        return {"buy": said} if self.second(p)["buy"] in right else None

    @misconception(
        "You bought it because it is mostly right. What counts is whether the choice changes with "
        "what it says. Work out the better mode after each of the two signals."
    )
    def mostly_right(self, p: Any) -> Answers | None:
        return self._says(p, "buy", "same")

    @misconception("It changes the choice, but saves less than it costs. Compare the two amounts.")
    def at_any_price(self, p: Any) -> Answers | None:
        return self._says(p, "buy", "costly")

    @misconception(
        "You left it because it errs. Compare what it is worth, errors and all, with what it costs."
    )
    def it_errs(self, p: Any) -> Answers | None:
        return self._says(p, "costly", "buy")

    @misconception(
        "You left it for its cost. Look first whether what it says can change the choice: compare "
        "the better mode after promising with the one after doubtful."
    )
    def cost_first(self, p: Any) -> Answers | None:
        return self._says(p, "costly", "same")

    @misconception(
        "You said that the choice stays the same. Work out the means of both modes after promising "
        "and after doubtful: the better mode is not the same one."
    )
    def nothing_changes(self, p: Any) -> Answers | None:
        return self._says(p, "same", "buy", "costly")

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Mean of a mode: chance of strong times the one amount, plus chance of weak times "
                "the other. Who knew the market would take the best of each column."
            ),
            say(
                "Promising comes with strong in {a} of all cases, and with weak in {b}.",
                a=percent(p.strong * p.says[0] / 10000, 2),
                b=percent((100 - p.strong) * p.says[1] / 10000, 2),
            ),
            say(
                "For each signal work out the means of both modes with the new chances, and take "
                "the better one. Weigh the two results with the chances of the signals. The study "
                "is worth what this is more than without it."
            ),
            say("If the same mode is better after both signals, nothing has been gained."),
        ]

    def solution(self, p: Any) -> str:
        right, found = self.solve(p), self._study(p)
        means = found.base.expected()
        rows: list[list[Quantity | str | int]] = [
            [name, percent(s.chance, 2), percent(s.chances["strong"], 1), s.option,
             number(s.worth, 3)]
            for name, s in found.signals.items()
        ]  # fmt: skip
        head = ["the study says", "chance", "strong then", "better mode", "its mean"]
        verdict = {
            "buy": say("That is more than it costs: buy it."),
            "costly": say("That is less than it costs: do without."),
            "same": say("The same mode is better after both signals: do without."),
        }
        return page(
            say(
                "Means: {a} self-run, {b} franchise. The better one is worth **{mean}**.",
                a=number(means["self-run"], 2),
                b=number(means["franchise"], 2),
                mean=millions(right["mean"]),
            ),
            say(
                "With perfect information: {s} × {good} + {w} × {bad} = {with_it}, which is "
                "**{perfect}** more. No study can be worth more than that.",
                s=number(p.strong / 100, 2),
                w=number(1 - p.strong / 100, 2),
                good=max(p.own[0], p.other[0]),
                bad=max(p.own[1], p.other[1]),
                with_it=number(right["mean"] + right["perfect"], 2),
                perfect=millions(right["perfect"]),
            ),
            table([say(word) for word in head], rows),
            say(
                "After *promising* the market is strong with **{after}**. The mean with the study "
                "is {with_it}, so it is worth **{study}**. It costs {cost}. {verdict}",
                after=percent(right["after"] / 100, 1),
                with_it=number(right["mean"] + right["study"], 3),
                study=millions(right["study"], 3),
                cost=millions(p.cost),
                verdict=verdict[right["buy"]],
            ),
        )


def _means(p: Any, strong: Fraction) -> list[Fraction]:
    return [strong * row[0] + (1 - strong) * row[1] for row in (p.own, p.other)]


def _parts(p: Any) -> list[tuple[list[Fraction], list[Fraction]]]:
    """For each signal the chances that it comes with each market, and what the modes bring then."""
    s, found = Fraction(p.strong, 100), []
    for good, bad in ((p.says[0], p.says[1]), (100 - p.says[0], 100 - p.says[1])):
        joint = [s * Fraction(good, 100), (1 - s) * Fraction(bad, 100)]
        modes = [joint[0] * row[0] + joint[1] * row[1] for row in (p.own, p.other)]
        found.append((joint, modes))
    return found
