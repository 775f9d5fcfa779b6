"""The fees of the KTV franchise: where both modes are alike, and what both sides would sign.

All amounts are invented, see :mod:`.ktv`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from svclab.checks import above_zero
from svclab.shown import Answer
from svclab.strategy.choices.ktv import STATES, KtvTerms, chain_mean, franchisee_value
from svclab.strategy.choices.worth import annuity_factor, break_even
from svclab.words import percent, say

__all__ = [
    "FeeRange",
    "break_even_entry_fee",
    "break_even_failure",
    "break_even_royalty",
    "fee_range",
]


def _short(terms: KtvTerms) -> float:
    """What franchise brings less than self-run, per shop, on average."""
    return (chain_mean(terms, self_run=terms.shops) - chain_mean(terms, self_run=0)) / terms.shops


def _revenue(terms: KtvTerms) -> float:
    return math.fsum(terms.market[s] * terms.revenue[s] for s in STATES)


def _paid(terms: KtvTerms) -> float:
    """What a royalty of the whole revenue of a shop would be worth to headquarters today."""
    above_zero("mean revenue of a shop", _revenue(terms), "million yuan")
    stays = 1 - terms.franchise_failure
    return _revenue(terms) * annuity_factor(terms.years, discount=terms.discount, stays=stays)


def break_even_royalty(terms: KtvTerms | None = None) -> float:
    """The royalty at which franchise and self-run are worth the same on average.

    The worth is a straight line in the royalty: now + (self-run - franchise) / (revenue × Σ
    s^(t-1) v^t) for a shop.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers; left out: the invented ones.

    Returns
    -------
    float
        A share of revenue; below zero, franchise is better without any royalty.

    Raises
    ------
    ValueError
        If no market has a revenue, of which a royalty could be a share.

    Examples
    --------
    >>> round(break_even_royalty(), 4)
    0.0746
    """
    known = KtvTerms() if terms is None else terms
    return known.royalty + _short(known) / _paid(known)


def break_even_entry_fee(terms: KtvTerms | None = None) -> float:
    """The entry fee at which both modes are worth the same on average, in million yuan a shop.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers; left out: the invented ones.

    Returns
    -------
    float
        Million yuan; below zero, headquarters would have to pay for signing.

    Examples
    --------
    >>> round(break_even_entry_fee(), 3)
    0.479
    """
    known = KtvTerms() if terms is None else terms
    return known.entry_fee + _short(known)


def break_even_failure(terms: KtvTerms | None = None) -> float:
    """The yearly chance of failure of a self-run shop at which both modes are worth the same.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers; left out: the invented ones.

    Returns
    -------
    float
        A share; below it self-run is better on average.

    Raises
    ------
    ValueError
        If one mode is better whatever that chance is.

    Examples
    --------
    >>> round(break_even_failure(), 4)
    0.0704
    """
    known = KtvTerms() if terms is None else terms
    return break_even(lambda share: _short(replace(known, failure=share)), 0.0, 1.0, name="failure")


@dataclass(frozen=True, repr=False)
class FeeRange(Answer):
    """Royalties that both sides would sign, if there are any."""

    terms: KtvTerms
    lowest: float  # from here on headquarters prefers franchise to all else, a share of revenue
    highest: float  # the franchisee earns what it wants up to here, a share of revenue

    @property
    def open(self) -> bool:
        """Whether there is a royalty that suits both."""
        return max(0.0, self.lowest) <= self.highest

    @property
    def table(self) -> list[dict[str, Any]]:
        """The two limits and today's royalty."""
        return [
            {"royalty": name, "percent of revenue": 100 * share}
            for name, share in (
                ("headquarters prefers franchise from", self.lowest),
                ("as planned", self.terms.royalty),
                ("a franchisee signs up to", self.highest),
            )
        ]

    @property
    def sentence(self) -> str:
        """The range in words."""
        # Below zero somebody would have to be paid for signing.
        ours = say("Headquarters wants at least {low}", low=percent(self.lowest))
        theirs = say("a franchisee bears at most {high}", high=percent(self.highest))
        return say(
            "{ours}, {theirs}: {verdict}.",
            ours=ours if self.lowest > 0 else say("Headquarters takes any royalty"),
            theirs=theirs if self.highest >= 0 else say("a franchisee bears none"),
            verdict="a deal is possible" if self.open else "no royalty suits both",
        )


def fee_range(terms: KtvTerms | None = None) -> FeeRange:
    """The royalties that both sides accept, judged by the expected worth to each.

    Headquarters compares with running the shops itself and with opening none, whichever is better;
    the franchisee with its own wanted rate. A higher royalty may also make franchisees careless or
    few: that is not in the numbers.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers; their market is what both sides believe.

    Returns
    -------
    FeeRange
        ``lowest`` = now + (max(self-run, 0) - franchise) / (shops × revenue × Σ s^(t-1) v^t), and
        ``highest``, at which the franchisee earns just what it wants.

    Raises
    ------
    ValueError
        As :func:`break_even_royalty`.

    Examples
    --------
    >>> fee_range().sentence
    'Headquarters wants at least 7.5%, a franchisee bears at most 9%: a deal is possible.'

    Where self-run would lose money, opening none is the better of the two:

    >>> from svclab.strategy.choices import ktv_study
    >>> fee_range(KtvTerms(market=ktv_study().signals["doubtful"].chances)).sentence
    'Headquarters wants at least 1.4%, a franchisee bears at most 0.9%: no royalty suits both.'
    """
    known = KtvTerms() if terms is None else terms
    otherwise = max(0.0, chain_mean(known, self_run=known.shops))
    missing = (otherwise - chain_mean(known, self_run=0)) / known.shops
    lowest = known.royalty + missing / _paid(known)
    stays = 1 - known.franchise_failure
    paid = annuity_factor(known.years, discount=known.franchisee_discount, stays=stays)
    highest = known.royalty + franchisee_value(known) / (_revenue(known) * paid)
    return FeeRange(known, lowest, highest)
