"""The KTV decision worked to the end: tree, study and risk; its fees are in :mod:`.ktv_fees`.

All amounts are invented, see :mod:`.ktv`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random
from typing import Any

from svclab.checks import a_count, a_share
from svclab.strategy.amounts import millions
from svclab.strategy.choices.information import (
    Information,
    PayoffTable,
    information_tree,
    payoff_table,
    sample_information,
)
from svclab.strategy.choices.ktv import (
    STATES,
    STUDY,
    KtvTerms,
    chain_value,
    opened,
)
from svclab.strategy.choices.monte_carlo import Compared, Triangular, Uniform, compare
from svclab.strategy.choices.trees import Decision
from svclab.words import count, say

__all__ = [
    "at_stake",
    "ktv_payoffs",
    "ktv_simulation",
    "ktv_study",
    "ktv_tree",
]


def ktv_payoffs(terms: KtvTerms | None = None, *, mixed: int | None = None) -> PayoffTable:
    """Worth of each mode in each market, in million yuan.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers; left out: the invented ones.
    mixed : int, optional
        Add an option with so many self-run shops, the others franchised.

    Returns
    -------
    PayoffTable
        Options "self-run", "franchise", perhaps "mixed", and "open none".

    Examples
    --------
    >>> ktv_payoffs()
    On average self-run is best: 7.696 million yuan.
      option     strong   fair     weak  on average
      self-run   26.765  4.331  −18.103       7.696
      franchise   7.673  5.595    3.516       5.906
      open none       0      0        0           0
    """
    known = KtvTerms() if terms is None else terms
    counts = {"self-run": known.shops, "franchise": 0}
    if mixed is not None:
        counts["mixed"] = a_count("mixed", mixed, 0, known.shops)
    rows = {
        option: {s: chain_value(known, s, self_run=n) for s in STATES}
        for option, n in counts.items()
    }
    rows["open none"] = dict.fromkeys(STATES, 0.0)
    return payoff_table(rows, known.market, unit="million yuan")


def ktv_study(
    terms: KtvTerms | None = None,
    *,
    likelihood: Mapping[str, Mapping[str, float]] = STUDY,
    cost: float = 0.5,
) -> Information:
    """What a market study is worth before the mode is chosen.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers.
    likelihood : mapping, optional
        Market to signal to its chance; left out: an invented study.
    cost : float, optional
        Of the study, million yuan; invented.

    Returns
    -------
    Information
        ``value``, ``net``, and what to do after each signal.

    Examples
    --------
    >>> ktv_study().sentence
    'The information is worth 3.288 million yuan: it costs 0.5 million yuan, so buy it.'
    """
    return sample_information(ktv_payoffs(terms), likelihood, cost=cost)


def ktv_tree(
    terms: KtvTerms | None = None,
    *,
    likelihood: Mapping[str, Mapping[str, float]] = STUDY,
    cost: float = 0.5,
) -> Decision:
    """The whole decision as a tree: study or not, then the mode, then the market.

    Parameters
    ----------
    terms, likelihood, cost
        As for :func:`ktv_study`.

    Returns
    -------
    Decision
        In million yuan.

    Examples
    --------
    >>> from svclab.strategy.choices import rollback
    >>> rollback(ktv_tree()).sentence
    'At "first" choose study; after study then promising choose self-run; after study then doubtful
    choose franchise: worth 10.484.'
    >>> rollback(ktv_tree(), risk_tolerance=8).sentence
    'At "first" choose no study; after no study choose franchise: certainty equivalent 5.735.'
    """
    return information_tree(ktv_study(terms, likelihood=likelihood, cost=cost))


def ktv_simulation(
    terms: KtvTerms | None = None,
    *,
    mixed: int | None = None,
    runs: int = 1000,
    seed: int = 1,
    spread: float = 0.15,
) -> Compared:
    """Both modes by Monte Carlo: market, revenue, fixed cost and each shop's failure are drawn.

    Each run has one market for all shops, a revenue and a fixed cost that differ from plan by up
    to ``spread`` (triangular, so their means are the plan), and fails shops one by one. The means
    are therefore those of :func:`.ktv.chain_value`; the spread is what it adds.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers.
    mixed : int, optional
        Add an option with so many self-run shops.
    runs : int, optional
        Two or more.
    seed : int, optional
        Equal seeds give equal runs; both modes have the same market in a run.
    spread : float, optional
        Largest deviation of revenue and fixed cost, 0 to 1; invented.

    Returns
    -------
    Compared
        In million yuan.

    Raises
    ------
    ValueError
        For more mixed shops than there are, or a spread that is no share.

    Examples
    --------
    >>> found = ktv_simulation(runs=400)
    >>> found.results["self-run"].chance_below(0) > found.results["franchise"].chance_below(0)
    True
    """
    known = KtvTerms() if terms is None else terms
    counts = {"self-run": known.shops, "franchise": 0}
    if mixed is not None:
        counts["mixed"] = a_count("mixed", mixed, 0, known.shops)
    a_share("spread", spread)
    inputs: dict[str, Triangular | Uniform | float] = {
        "market": Uniform(0, 1),
        "revenue": Triangular(1 - spread, 1, 1 + spread),
        "fixed": Triangular(1 - spread, 1, 1 + spread),
    }

    def model(shops: int) -> Any:
        return lambda x, draws: _one_run(known, shops, x, draws)

    return compare(
        {name: model(n) for name, n in counts.items()},
        inputs,
        runs=runs,
        seed=seed,
        unit="million yuan",
    )


def _state(terms: KtvTerms, share: float) -> str:
    so_far = 0.0
    for state in STATES[:-1]:
        so_far += terms.market[state]
        if share < so_far:
            return state
    return STATES[-1]


def _one_run(terms: KtvTerms, self_run: int, x: Mapping[str, float], draws: Random) -> float:
    revenue = terms.revenue[_state(terms, x["market"])] * x["revenue"]
    own = revenue * (1 - terms.variable) - terms.fixed * x["fixed"] - terms.head_office
    v = 1 / (1 + terms.discount)
    worth = []
    for year, shops in enumerate(opened(terms, "self-run", self_run)):
        for _ in range(shops):
            worth.append(v**year * _own_shop(terms, own, v, draws))
    for _ in range(terms.shops - self_run):
        worth.append(_franchise_shop(terms, terms.royalty * revenue, v, draws))
    return math.fsum(worth)


def _own_shop(terms: KtvTerms, yearly: float, v: float, draws: Random) -> float:
    worth = [-terms.investment]
    for t in range(1, terms.years + 1):
        worth.append(yearly * v**t)
        if t == terms.years:
            worth.append(terms.salvage * v**t)
        elif draws.random() < terms.failure:
            worth.append(-terms.closing * v**t)
            break
    return math.fsum(worth)


def _franchise_shop(terms: KtvTerms, royalty: float, v: float, draws: Random) -> float:
    worth = [terms.entry_fee - terms.setup]
    for t in range(1, terms.years + 1):
        worth.append((royalty - terms.supervision) * v**t)
        if draws.random() < terms.incident:
            worth.append(-terms.incident_loss * v**t)
        if t < terms.years and draws.random() < terms.franchise_failure:
            worth.append(-terms.brand_loss * v**t)
            break
    return math.fsum(worth)


def at_stake(terms: KtvTerms | None = None) -> str:
    """What each mode asks of headquarters at the start, in a sentence.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers; left out: the invented ones.

    Returns
    -------
    str
        In million yuan.

    Examples
    --------
    >>> at_stake()
    'Self-run shops need 30 million yuan from headquarters over 3 years; franchised ones bring 1.8
    million yuan at once.'
    """
    known = KtvTerms() if terms is None else terms
    return say(
        "Self-run shops need {own} from headquarters over {years}; franchised ones bring "
        "{fee} at once.",
        own=millions(known.shops * known.investment),
        years=count(len(known.openings), "year"),
        fee=millions(known.shops * (known.entry_fee - known.setup)),
    )
