"""Which of the KTV case's invented numbers decides between self-run and franchise."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import Any

from svclab.checks import between
from svclab.shown import Answer
from svclab.strategy.choices.ktv import SHARES, STATES, TABLES, KtvTerms, chain_value
from svclab.strategy.choices.worth import tornado
from svclab.words import join, number, percent, say

__all__ = ["KtvTornado", "ktv_tornado"]

OTHERS = ("franchisee_fixed", "franchisee_discount")  # they move the franchisee's side alone
#: What a reader calls each number, with its unit; amounts are in million yuan.
NAMES = {
    "revenue": "revenue, million yuan a shop and year",
    "discount": "rate of discount, a year",
    "investment": "investment, million yuan a self-run shop",
    "variable": "variable cost, share of revenue",
    "fixed": "fixed cost, million yuan a year",
    "head_office": "head office, million yuan a self-run shop and year",
    "failure": "chance that a self-run shop closes, a year",
    "closing": "cost of closing, million yuan a self-run shop",
    "salvage": "worth of fittings at the end, million yuan a shop",
    "entry_fee": "entry fee, million yuan a franchise shop",
    "royalty": "royalty, share of revenue",
    "setup": "training and start, million yuan a franchise shop",
    "supervision": "supervision, million yuan a franchise shop and year",
    "franchise_failure": "chance that a franchise shop closes, a year",
    "brand_loss": "loss to the brand, million yuan a closed franchise shop",
    "incident": "chance of bad news, a franchise shop and year",
    "incident_loss": "loss to the brand, million yuan a piece of bad news",
}


@dataclass(frozen=True, repr=False)
class KtvTornado(Answer):
    """How far each number alone moves the lead of self-run over franchise."""

    lead: float  # self-run less franchise on average, million yuan
    change: float  # relative
    rows: tuple[dict[str, Any], ...]

    @property
    def deciding(self) -> list[str]:
        """Numbers whose change turns the choice round."""
        return [
            r["input"]
            for r in self.rows
            if any(r[end] * self.lead < 0 for end in ("at low", "at high"))
        ]

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a number, the widest swing first."""
        return [
            {"number": NAMES[r["input"]], "lead at low": r["at low"], "lead at high": r["at high"],
             "turns the choice": r["input"] in self.deciding}
            for r in self.rows
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """Lead and what would turn it."""
        short = [NAMES[name].split(",")[0] for name in self.deciding]
        return say(
            "{mode} leads by {lead} million yuan on average; {change} more or less of {which}.",
            mode="Self-run" if self.lead >= 0 else "Franchise",
            lead=number(abs(self.lead), 3),
            change=percent(self.change),
            which=say("{names} would turn it round", names=join(short, "or"))
            if self.deciding
            else "any one number does not turn it round",
        )


def ktv_tornado(terms: KtvTerms | None = None, *, change: float = 0.1) -> KtvTornado:
    """Move each number of the case up and down by the same part, all others as they are.

    Revenue is moved in all three markets together. The chances of the markets are moved by
    :func:`.information.best_by_chance`.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers.
    change : float, optional
        Relative change, above 0 to 0.9.

    Returns
    -------
    KtvTornado
        ``rows`` for a tornado chart and ``deciding``.

    Examples
    --------
    >>> ktv_tornado().sentence
    'Self-run leads by 1.789 million yuan on average; 10% more or less of revenue, fixed cost,
    variable cost or investment would turn it round.'
    """
    known = KtvTerms() if terms is None else terms
    by = between("change", change, 1e-6, 0.9, "a relative change")
    base = {
        one.name: getattr(known, one.name)
        for one in fields(known)
        if one.name not in (*TABLES, *OTHERS)
    }
    base["revenue"] = 1.0
    ranges = {}
    for name, value in base.items():
        top = value * (1 + by)
        ranges[name] = (value * (1 - by), min(1.0, top) if name in SHARES else top)

    def lead(numbers: Any) -> float:
        scale = numbers["revenue"]
        rest = {n: x for n, x in numbers.items() if n != "revenue"}
        new = replace(known, revenue={s: x * scale for s, x in known.revenue.items()}, **rest)
        return math.fsum(
            new.market[s]
            * (chain_value(new, s, self_run=new.shops) - chain_value(new, s, self_run=0))
            for s in STATES
        )

    return KtvTornado(lead(base), by, tuple(tornado(lead, base, ranges)))
