"""What it is worth to know more before choosing: perfect and sample information.

A payoff table gives an amount for each option in each state of the world. Without information we
take the option with the best mean. Who knew the state would take the best in each: the difference
is the expected value of perfect information, the most that any study can be worth. A study that
errs gives a signal; Bayes' rule turns it into new chances, and we choose after it. Information
that cannot change the choice is worth nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_grid, a_number, a_share, names_of, one_of, zero_or_more
from svclab.shown import Answer
from svclab.strategy.choices.trees import Decision, Node, chance, decision, plus
from svclab.words import join, number, say

__all__ = [
    "RULES",
    "Information",
    "PayoffTable",
    "Signal",
    "Stretch",
    "best_by_chance",
    "information_tree",
    "payoff_table",
    "perfect_information",
    "sample_information",
]

RULES = ("expected", "maximin", "maximax", "regret")


@dataclass(frozen=True, repr=False)
class PayoffTable(Answer):
    """Amounts by option and state, and the chances of the states."""

    payoffs: Mapping[str, Mapping[str, float]]  # option to state to amount
    chances: Mapping[str, float]  # state to chance
    unit: str = ""

    def expected(self, chances: Mapping[str, float] | None = None) -> dict[str, float]:
        """Option to its mean, under these or other chances."""
        p = self.chances if chances is None else chances
        return {o: math.fsum(p[s] * x for s, x in row.items()) for o, row in self.payoffs.items()}

    def best(self, chances: Mapping[str, float] | None = None) -> str:
        """The option with the best mean; of equals the first."""
        means = self.expected(chances)
        return max(means, key=lambda o: means[o])

    @property
    def regrets(self) -> dict[str, dict[str, float]]:
        """Option to state to what is lost against the best option of that state."""
        top = {s: max(row[s] for row in self.payoffs.values()) for s in self.chances}
        return {o: {s: top[s] - x for s, x in row.items()} for o, row in self.payoffs.items()}

    def lines(self, state: str) -> dict[str, tuple[float, float]]:
        """Option to its mean where one state has no chance, and where it has all.

        The other states keep their proportions; equal ones if they have no chance at all.

        Raises
        ------
        ValueError
            If there is no such state, or no other.
        """
        if state not in self.chances or len(self.chances) < 2:
            raise ValueError(
                f"state={state!r}: give one of two or more, {join(map(repr, self.chances), most=6)}"
            )
        others = {s: p for s, p in self.chances.items() if s != state}
        total = math.fsum(others.values())
        scaled = {s: p / total if total else 1 / len(others) for s, p in others.items()}
        return {
            o: (math.fsum(scaled[s] * row[s] for s in scaled), row[state])
            for o, row in self.payoffs.items()
        }

    def by_rule(self, rule: str) -> str:
        """The option that a rule takes; only "expected" uses the chances.

        maximin: the best of the worst; maximax: the best of the best; regret: the smallest
        largest regret.
        """
        one_of("rule", rule, RULES)
        if rule == "expected":
            return self.best()
        if rule == "regret":
            worst = {o: max(row.values()) for o, row in self.regrets.items()}
            return min(worst, key=lambda o: worst[o])
        pick = min if rule == "maximin" else max
        found = {o: pick(row.values()) for o, row in self.payoffs.items()}
        return max(found, key=lambda o: found[o])

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an option, with its mean."""
        means = self.expected()
        return [{"option": o, **row, "on average": means[o]} for o, row in self.payoffs.items()]

    @property
    def sentence(self) -> str:
        """The best option in words."""
        best = self.best()
        return say(
            "On average {best} is best: {value}{unit}.",
            best=best,
            value=number(self.expected()[best], 3),
            unit=f" {self.unit}" if self.unit else "",
        )


def payoff_table(
    payoffs: Mapping[str, Mapping[str, float]], chances: Mapping[str, float], *, unit: str = ""
) -> PayoffTable:
    """A payoff table, checked.

    Parameters
    ----------
    payoffs : mapping
        Option to state to amount; every option names every state.
    chances : mapping
        State to its chance; they add up to 1.
    unit : str, optional
        Unit of the amounts, for sentences, such as "million yuan".

    Returns
    -------
    PayoffTable
        ``best()``, ``regrets``, ``by_rule``.

    Raises
    ------
    ValueError
        For a missing or foreign state, or chances that do not add up to 1.

    Examples
    --------
    >>> shop = payoff_table({"large": {"good": 20, "bad": -9}, "small": {"good": 8, "bad": 7}},
    ...                     {"good": 0.8, "bad": 0.2}, unit="million yuan")
    >>> shop.sentence, shop.by_rule("maximin")
    ('On average large is best: 14.2 million yuan.', 'small')
    """
    states = names_of("chances", chances)
    known = {s: a_share(f"chance of {s!r}", chances[s]) for s in states}
    _whole(known, "the chances of the states")
    options = names_of("payoffs", payoffs)
    grid = a_grid("payoffs", payoffs, options, states, each=a_number)
    return PayoffTable({o: {s: grid[o, s] for s in states} for o in options}, known, unit)


def _whole(chances: Mapping[str, float], what: str) -> None:
    total = math.fsum(chances.values())
    if abs(total - 1) > 1e-9:
        raise ValueError(f"{what} add up to {total:g}: change them so that they add up to 1")


@dataclass(frozen=True)
class Signal:
    """What a study may say, and what follows from it."""

    chance: float  # of this signal
    chances: Mapping[str, float]  # state to its chance after the signal
    option: str  # the best after it
    worth: float  # mean of that option after it


@dataclass(frozen=True, repr=False)
class Information(Answer):
    """What knowing more is worth."""

    base: PayoffTable
    signals: Mapping[str, Signal]  # signals with no chance are left out
    cost: float  # of the information, in the table's unit

    @property
    def without(self) -> float:
        """Best mean without information."""
        return self.base.expected()[self.base.best()]

    @property
    def with_it(self) -> float:
        """Mean if we choose after the signal, its cost not taken off."""
        return math.fsum(s.chance * s.worth for s in self.signals.values())

    @property
    def value(self) -> float:
        """Expected value of the information, never below zero: what is only rounding is 0."""
        most = max(abs(x) for row in self.base.payoffs.values() for x in row.values())
        gain = self.with_it - self.without
        return gain if gain > 1e-14 * most else 0.0

    @property
    def net(self) -> float:
        """Value less cost: buy it if this is above zero."""
        return self.value - self.cost

    @property
    def efficiency(self) -> float:
        """Value by that of perfect information; NaN if that is nothing."""
        most = perfect_information(self.base).value if self.signals else 0.0
        return self.value / most if most > 0 else math.nan

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a signal."""
        return [
            {"signal": name, "chance": s.chance,
             **{f"{state} after it": p for state, p in s.chances.items()},
             "best then": s.option, "worth": s.worth}
            for name, s in self.signals.items()
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """The value in words."""
        unit = f" {self.base.unit}" if self.base.unit else ""
        if len({s.option for s in self.signals.values()}) == 1:
            verdict = "it never changes the choice"
        elif self.cost:
            verdict = say(
                "it costs {cost}{unit}, so {what}",
                cost=number(self.cost, 3),
                unit=unit,
                what="buy it" if self.net > 0 else "do without",
            )
        else:
            verdict = "pay no more for it"
        return say(
            "The information is worth {value}{unit}: {verdict}.",
            value=number(self.value, 3),
            unit=unit,
            verdict=verdict,
        )


def perfect_information(base: PayoffTable) -> Information:
    """The expected value of perfect information (EVPI): to know the state before choosing.

    EVPI = Σ pₛ maxₒ x(o, s) - maxₒ Σ pₛ x(o, s). It is also the mean regret of the best option.

    Parameters
    ----------
    base : PayoffTable
        The choice.

    Returns
    -------
    Information
        With a signal for each state; it costs nothing.

    Examples
    --------
    >>> shop = payoff_table({"large": {"good": 20, "bad": -9}, "small": {"good": 8, "bad": 7}},
    ...                     {"good": 0.8, "bad": 0.2})
    >>> perfect_information(shop).sentence
    'The information is worth 3.2: pay no more for it.'
    """
    return sample_information(base, {s: {s: 1.0} for s in base.chances})


def sample_information(
    base: PayoffTable, likelihood: Mapping[str, Mapping[str, float]], *, cost: float = 0.0
) -> Information:
    """The expected value of a study that may err (EVSI).

    Signal z has the chance P(z) = Σ pₛ P(z|s); after it state s has the chance pₛ P(z|s) / P(z);
    EVSI = Σ P(z) maxₒ Σ P(s|z) x(o, s) - maxₒ Σ pₛ x(o, s).

    Parameters
    ----------
    base : PayoffTable
        The choice.
    likelihood : mapping
        State to signal to the chance of that signal in that state; a signal left out has none.
        For each state they add up to 1.
    cost : float, optional
        Of the study, in the table's unit, zero or more.

    Returns
    -------
    Information
        ``value``, ``net``, ``efficiency`` and the best option after each signal.

    Raises
    ------
    ValueError
        For missing states, or chances that do not add up to 1.

    References
    ----------
    Raiffa, H. and Schlaifer, R. (1961), Applied Statistical Decision Theory, Harvard University.
    Howard, R. A. (1966), Information value theory, IEEE Transactions on Systems Science and
    Cybernetics 2(1), 22-26.

    Examples
    --------
    >>> shop = payoff_table({"large": {"good": 20, "bad": -9}, "small": {"good": 8, "bad": 7}},
    ...                     {"good": 0.8, "bad": 0.2})
    >>> study = {"good": {"yes": 0.9, "no": 0.1}, "bad": {"yes": 0.25, "no": 0.75}}
    >>> found = sample_information(shop, study, cost=1)
    >>> found.sentence, round(found.efficiency, 2)
    ('The information is worth 1.44: it costs 1, so buy it.', 0.45)
    """
    states = list(base.chances)
    if not isinstance(likelihood, Mapping) or set(likelihood) != set(states):
        raise ValueError(f"likelihood: give signal chances for each of {join(states, most=6)}")
    signals = list(dict.fromkeys(z for s in states for z in names_of(s, likelihood[s])))
    known = {
        s: {z: a_share(f"chance of {z!r} in {s!r}", likelihood[s].get(z, 0)) for z in signals}
        for s in states
    }
    for s in states:
        _whole(known[s], f"the chances of the signals in state {s!r}")
    found = {}
    for z in signals:
        joint = {s: base.chances[s] * known[s][z] for s in states}
        total = math.fsum(joint.values())
        if total > 0:
            after = {s: p / total for s, p in joint.items()}
            option = base.best(after)
            found[z] = Signal(total, after, option, base.expected(after)[option])
    return Information(base, found, zero_or_more("cost", cost))


def information_tree(
    found: Information, *, study: str = "study", do_without: str = "no study"
) -> Decision:
    """The whole choice as a tree: first whether to buy the information, then what to do.

    Parameters
    ----------
    found : Information
        From :func:`sample_information` or :func:`perfect_information`.
    study, do_without : str, optional
        Names of the two first options.

    Returns
    -------
    Decision
        For :func:`svclab.strategy.choices.rollback`; the cost is taken off at the ends.

    Examples
    --------
    >>> from svclab.strategy.choices import rollback
    >>> shop = payoff_table({"large": {"good": 20, "bad": -9}, "small": {"good": 8, "bad": 7}},
    ...                     {"good": 0.8, "bad": 0.2})
    >>> tree = information_tree(perfect_information(shop))
    >>> rollback(tree).options
    {'study': 17.4, 'no study': 14.2}
    """

    def choose(chances: Mapping[str, float]) -> Node:
        return decision(
            "option",
            {
                o: chance("state", {s: (chances[s], x) for s, x in row.items()})
                for o, row in found.base.payoffs.items()
            },
        )

    after = chance("signal", {z: (s.chance, choose(s.chances)) for z, s in found.signals.items()})
    return decision(
        "first", {study: plus(after, -found.cost), do_without: choose(found.base.chances)}
    )


@dataclass(frozen=True)
class Stretch:
    """A range of a state's chance in which one option is best."""

    low: float
    high: float
    option: str


def best_by_chance(base: PayoffTable, state: str) -> tuple[Stretch, ...]:
    """Which option is best as the chance of one state goes from 0 to 1.

    The other states keep their proportions (equal ones if they have no chance at all). Each
    option's mean is a straight line in the chance, so the best are stretches with a switch
    between.

    Parameters
    ----------
    base : PayoffTable
        The choice.
    state : str
        The state whose chance is moved.

    Returns
    -------
    tuple of Stretch
        In order, from 0 to 1.

    Raises
    ------
    ValueError
        If there is no such state, or no other.

    Examples
    --------
    >>> shop = payoff_table({"large": {"good": 20, "bad": -9}, "small": {"good": 8, "bad": 7}},
    ...                     {"good": 0.8, "bad": 0.2})
    >>> [(s.option, round(s.low, 3), round(s.high, 3)) for s in best_by_chance(shop, "good")]
    [('small', 0.0, 0.571), ('large', 0.571, 1.0)]
    """
    lines = base.lines(state)
    here = 0.0
    found: list[Stretch] = []
    option = max(lines, key=lambda o: lines[o])
    while True:
        at_zero, at_one = lines[option]
        # No crossing lies before here but by rounding: then it counts as here.
        crossings = [
            (max(here, (at_zero - a) / ((at_zero - a) + (b - at_one))), a - b, o)
            for o, (a, b) in lines.items()
            if b > at_one and a <= at_zero
        ]
        point = min(crossings)[0] if crossings else 1.0
        if point > here or not crossings:
            found.append(Stretch(here, point, option))
        if not crossings:
            return tuple(found)
        here, _, option = min(crossings)
