"""KTV: self-run or franchise (自营模式/加盟模式), as a tree, and what it is worth to know more."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Choice,
    Figure,
    Number,
    NumberGuess,
    SettingError,
    Switch,
    TableView,
    View,
    explorable,
)
from svclab.strategy.amounts import millions
from svclab.strategy.choices import (
    STUDY,
    Information,
    KtvTerms,
    PayoffTable,
    Rolled,
    chance,
    decision,
    franchisee_value,
    information_tree,
    ktv_payoffs,
    ktv_study,
    perfect_information,
    rollback,
)
from svclab.strategy.explorables.grown import drawn_tree
from svclab.strategy.explorables.turns import by_chance
from svclab.words import number, percent, say

__all__ = ["Chosen", "chosen", "ktv_tree"]

CASE = KtvTerms()
UNIT = "million yuan"
MODE, STUDIED = "mode", "study"
COST = 0.5  # of the study, invented
LABELS = {"first": "buy the study?", "signal": "study says", "option": "mode?",
          "state": "market"}  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """The case under a setting: amounts, information and the tree rolled back."""

    terms: KtvTerms
    base: PayoffTable
    study: Information
    known: Rolled  # the tree of who could know the market
    studied: Rolled  # the tree with the study
    rolled: Rolled  # the one that is drawn

    @property
    def unstudied(self) -> tuple[str, ...]:
        """Where in the tree the mode is chosen without a study."""
        return () if self.rolled.first in self.base.payoffs else ("no study",)

    @property
    def mode(self) -> str:
        """The mode to take if nothing more is known, by the decider's own worths."""
        return self.rolled.chosen[self.unstudied]

    @property
    def knowing(self) -> float:
        """What the decider would pay at most to know the market, million yuan."""
        return max(0.0, self.known.options["study"] - self.known.options["no study"])

    @property
    def studying(self) -> float:
        """What the decider would pay at most for the study, million yuan.

        With exponential utility a cost for certain takes as much off the certainty equivalent, so
        this is exact for a cautious decider too (Howard 1966 for the expected value).
        """
        gain = self.studied.options["study"] - self.studied.options["no study"]
        return max(0.0, gain + self.study.cost)

    @property
    def plan(self) -> list[str]:
        """The modes that the best plan can lead to."""
        return [
            what for path, what in self.rolled.chosen.items()
            if what in self.base.payoffs and self.rolled.on_plan(path)
        ]  # fmt: skip


@lru_cache(maxsize=128)
def chosen(
    strong: float, weak: float, royalty: float, entry_fee: float, failure: float, cost: float,
    says_strong: float, says_weak: float, tree: str, tolerance: float | None,
) -> Chosen:  # fmt: skip
    """All that a setting shows; shares from 0 to 1, amounts in million yuan."""
    fair = round(1 - strong - weak, 12)
    terms = KtvTerms(
        market={"strong": strong, "fair": fair, "weak": weak}, royalty=royalty,
        entry_fee=entry_fee, failure=failure,
    )  # fmt: skip
    likelihood = {
        **STUDY,
        "strong": {"promising": says_strong, "doubtful": round(1 - says_strong, 12)},
        "weak": {"promising": says_weak, "doubtful": round(1 - says_weak, 12)},
    }
    base = ktv_payoffs(terms)
    study = ktv_study(terms, likelihood=likelihood, cost=cost)
    known = rollback(information_tree(perfect_information(base)), risk_tolerance=tolerance)
    studied = rollback(information_tree(study), risk_tolerance=tolerance)
    if tree == STUDIED:
        return Chosen(terms, base, study, known, studied, studied)
    alone = decision("option", {
        o: chance("state", {s: (base.chances[s], x) for s, x in row.items()})
        for o, row in base.payoffs.items()
    })  # fmt: skip
    return Chosen(terms, base, study, known, studied, rollback(alone, risk_tolerance=tolerance))


@explorable(
    title="Self-run or franchise, and what would it be worth to know the market first?",
    parameters=[
        Choice(
            name="tree", label="Draw", default=MODE,
            options={MODE: "the choice of the mode", STUDIED: "a market study first, if it pays"},
        ),
        Number(
            name="cost", label="Cost of the study", unit="million yuan", low=0, high=5, step=0.25,
            default=COST, shown_if=("tree", STUDIED),
        ),
        Number(
            name="says_strong", label="It says “promising” if strong", unit="%", low=0, high=100,
            step=5, default=100 * STUDY["strong"]["promising"],
            shown_if=("tree", STUDIED),
            help="In a fair market it says so in half of the cases.",
        ),
        Number(
            name="says_weak", label="It says “promising” if weak", unit="%", low=0, high=100,
            step=5, default=100 * STUDY["weak"]["promising"],
            shown_if=("tree", STUDIED),
        ),
        Number(
            name="strong", label="Chance of a strong market", unit="%", low=0, high=100, step=5,
            default=100 * CASE.market["strong"], group="The market",
        ),
        Number(
            name="weak", label="Chance of a weak market", unit="%", low=0, high=100, step=5,
            default=100 * CASE.market["weak"], group="The market",
            help="What is left is the chance of a fair market.",
        ),
        Number(
            name="royalty", label="Royalty", unit="% of revenue", low=0, high=12, step=0.5,
            default=100 * CASE.royalty, group="The modes",
        ),
        Number(
            name="entry_fee", label="Entry fee", unit="million yuan a shop", low=0, high=1,
            step=0.05, default=CASE.entry_fee, group="The modes",
        ),
        Number(
            name="failure", label="Self-run shops that close", unit="% a year", low=0, high=20,
            step=1, default=100 * CASE.failure, group="The modes",
        ),
        Switch(
            name="cautious", label="A cautious decider", default=False, group="The decider",
            help="Takes less than the mean for a gamble: each worth is then a certainty "
            "equivalent.",
        ),
        Number(
            name="tolerance", label="Risk tolerance", unit="million yuan", low=2, high=60, step=1,
            default=8, shown_if=("cautious", True), group="The decider",
            help="About the amount that one would just stake on a coin: win it, or lose half.",
        ),
    ],
    guess=NumberGuess(
        question="Ten shops of one's own bring 26.8, 4.3 or −18.1 million yuan in a strong, fair "
        "or weak market; franchised ones 7.7, 5.6 or 3.5. The chances are 40%, 35% and 25%. What "
        "would you pay at most to know the market before you choose?",
        low=0, high=20, step=0.5, unit="million yuan",
    ),
)  # fmt: skip
def ktv_tree(
    tree: str, strong: float, weak: float, royalty: float, entry_fee: float, failure: float,
    cost: float, says_strong: float, says_weak: float, cautious: bool, tolerance: float,
    guess: float | None,
) -> View:  # fmt: skip
    """Ten new KTV shops. That self-run gives control and takes money and people, and that
    franchise expands fast at less risk, is from the course's KTV plan; all numbers are
    invented."""
    if strong + weak > 100:
        raise SettingError(
            "strong",
            say("Strong and weak take {sum} together: lower one of them, 100% is all there is.",
                sum=percent((strong + weak) / 100)),
        )  # fmt: skip
    found = chosen(
        strong / 100, weak / 100, royalty / 100, entry_fee, failure / 100, cost,
        says_strong / 100, says_weak / 100, tree, tolerance if cautious else None,
    )  # fmt: skip
    seen = _seen(found, tree)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    parts: list[Any] = [
        drawn_tree(found.rolled, title=say("Worth in {unit}; what is struck out is not chosen",
                                           unit=UNIT),
                   alt=seen, unit=UNIT, labels=LABELS),
        by_chance(found.base),
        _options(found),
    ]  # fmt: skip
    if tree == STUDIED:
        parts.insert(2, _signals(found))
    return View(say=seen, warning=_warning(found), figures=_figures(found, tree), parts=parts)


def _seen(found: Chosen, tree: str) -> str:
    means = found.base.expected()
    caution = found.rolled.risk_tolerance is not None
    told = say(
        "On average {best} is best: {worth}.",
        best=found.base.best(), worth=millions(means[found.base.best()]),
    )  # fmt: skip
    if caution:
        told = say(
            "{told} The cautious decider takes {mode}.", told=told, mode=found.mode
        )  # fmt: skip
    know = say("To know the market first would be worth {most}.", most=millions(found.knowing))
    if tree == MODE:
        return say("{told} {know}", told=told, know=know)
    after = {
        path[1]: what for path, what in found.rolled.chosen.items()
        if len(path) == 2 and path[0] == "study"
    }  # fmt: skip
    if set(after.values()) == {found.mode}:
        why = "it never changes the choice"
    elif found.rolled.first != "study":
        why = "it costs more than it brings"
    else:
        plan = [say("if it says {z}, take {o}", z=z, o=o) for z, o in after.items()]
        return say("{told} {know} Buy the study: {plan}.", told=told, know=know,
                   plan="; ".join(plan))  # fmt: skip
    return say("{told} {know} Do without the study: {why}.", told=told, know=know, why=why)


def _answer(guess: float) -> str:
    real = perfect_information(ktv_payoffs()).value
    return say(
        "Your guess was {guess}; it is {real}: in a fair or weak market you would change to "
        "franchise and save the difference, in a strong one you gain nothing.",
        guess=millions(guess), real=millions(real),
    )  # fmt: skip


def _warning(found: Chosen) -> str:
    if "franchise" not in found.plan:
        return ""
    worth = franchisee_value(found.terms)
    if worth < 0:
        return say(
            "No franchisee would sign: a shop would cost it {loss}. Lower the fees.",
            loss=millions(-worth),
        )
    for signal, after in found.study.signals.items():
        path = ("study", signal)
        if found.rolled.chosen.get(path) != "franchise" or not found.rolled.on_plan(path):
            continue
        told = franchisee_value(replace(found.terms, market=after.chances))
        if told < 0:
            return say(
                "The plan offers a franchise after “{signal}”. A franchisee who has read the study "
                "too would lose {loss} with a shop: the plan rests on what he does not know.",
                signal=signal, loss=millions(-told),
            )  # fmt: skip
    return ""


def _figures(found: Chosen, tree: str) -> list[Figure]:
    means = found.base.expected()
    caution = found.rolled.risk_tolerance is not None
    figures = [
        Figure("self_run", "Self-run on average", millions(means["self-run"])),
        Figure("franchise", "Franchise on average", millions(means["franchise"])),
        Figure("perfect", "To know the market", millions(found.knowing),
               help="Expected value of perfect information, the most that a study can be worth."),
    ]  # fmt: skip
    if tree == STUDIED:
        figures.append(
            Figure("study", "The study", millions(found.studying),
                   "good" if found.studying > found.study.cost else "bad",
                   help="Expected value of sample information, its cost not taken off.")
        )  # fmt: skip
    figures.append(
        Figure("plan", "Certainty equivalent" if caution else "The best plan",
               millions(found.rolled.value))
    )  # fmt: skip
    return figures


def _signals(found: Chosen) -> TableView:
    """What follows from each signal, by the decider's own worths."""
    study, rolled = found.study, found.studied
    return TableView(
        title=say("What the study may say; worths before its cost, {unit}", unit=UNIT),
        columns=[
            ("It says", "", "left"), ("Chance", "%", "right"),
            *((say("Then {s}", s=s), "%", "right") for s in study.base.chances),
            ("Then take", "", "left"), ("Worth", "", "right"),
        ],
        rows=[
            [name, number(100 * s.chance), *(number(100 * p) for p in s.chances.values()),
             rolled.chosen["study", name], number(rolled.worths["study", name] + study.cost, 2)]
            for name, s in study.signals.items()
        ],
    )  # fmt: skip


def _options(found: Chosen) -> TableView:
    means, regrets = found.base.expected(), found.base.regrets
    states = list(found.base.chances)
    tolerance = found.rolled.risk_tolerance
    columns = [
        ("Mode", "", "left"), *((s.capitalize(), "", "right") for s in states),
        ("On average", "", "right"), ("Chance of a loss", "%", "right"),
        ("Largest regret", "", "right"),
    ]  # fmt: skip
    if tolerance is not None:
        columns.append(("Certainty equivalent", "", "right"))
    rows = []
    for option, row in found.base.payoffs.items():
        loss = math.fsum(p for s, p in found.base.chances.items() if row[s] < 0)
        cells: list[Any] = [
            option, *(number(row[s], 2) for s in states), number(means[option], 2),
            number(100 * loss), number(max(regrets[option].values()), 2),
        ]  # fmt: skip
        if tolerance is not None:
            cells.append(number(found.rolled.worths[(*found.unstudied, option)], 2))
        rows.append(cells)
    return TableView(
        title=say("The modes compared, {unit}", unit=UNIT), columns=columns, rows=rows,
        emphasis=[list(found.base.payoffs).index(found.mode)],
    )  # fmt: skip
