"""The KTV chain's ten new shops: self-run or franchise (X-06, ST-07).

The source (000_b093cfd7fea763a0.txt) prints the two modes with their reasons and no number:
self-run gives better control and service but takes more money and people; franchise expands the
brand fast at lower risk, but franchisees must be regulated to protect the brand, and headquarters
gives brand, equipment, service and training. Every amount, rate and chance here is invented, to be
moved, in million yuan. The market (strong, fair, weak) is one for all ten shops; shops fail one by
one.

Worth of a shop at its opening, with v = 1/(1+d) and s the chance to go on for one more year:

    self-run:   -I + M Σ s^(t-1) v^t - C Σ s^(t-1) (1-s) v^t (t < n) + s^(n-1) v^n S
    franchise:  E - U + (royalty × revenue - supervision - expected brand damage) Σ s^(t-1) v^t
                - B Σ s^(t-1) (1-s) v^t (t < n)

What the numbers leave out: what is learnt in one's own shops, prices that franchisees set, and
what happens to the brand after year six. Brickley and Dark (1987) explain who owns which shop by
the cost of watching it; Bradach (1997) finds that chains do well with both at once. That a
franchise is a safe start for the franchisee is contested: Bates (1995) found that young franchises
failed more often and earned less than independent firms.

References
----------
Brickley, J. A. and Dark, F. H. (1987), The choice of organizational form: the case of franchising,
Journal of Financial Economics 18(2), 401-420. Bradach, J. L. (1997), Using the plural form in the
management of restaurant chains, Administrative Science Quarterly 42(2), 276-303. Bates, T. (1995),
A comparison of franchise and independent small business survival rates, Small Business Economics
7(5), 377-388.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from svclab.checks import a_count, a_share, one_of, zero_or_more
from svclab.strategy.choices.worth import annuity_factor

__all__ = [
    "MODES",
    "ORIGINS",
    "STATES",
    "STUDY",
    "KtvTerms",
    "chain_mean",
    "chain_value",
    "franchisee_value",
    "shop_value",
]

MODES = ("self-run", "franchise")
SHARES = ("variable", "failure", "royalty", "franchise_failure", "incident")  # 0 to 1
TABLES = ("revenue", "market", "years", "openings")  # terms that are no plain amount or share
STATES = ("strong", "fair", "weak")
# Invented: what a market study says in each market.
STUDY: Mapping[str, Mapping[str, float]] = {
    "strong": {"promising": 0.8, "doubtful": 0.2},
    "fair": {"promising": 0.5, "doubtful": 0.5},
    "weak": {"promising": 0.15, "doubtful": 0.85},
}
ORIGINS: Mapping[str, str] = {
    "the two modes and their reasons; ten new shops as the question":
        "source (000_b093cfd7fea763a0.txt) and the case list (X-06)",
    "all amounts, rates, chances, openings and the study": "invented",
}  # fmt: skip


def _revenues() -> dict[str, float]:
    return {"strong": 4.4, "fair": 3.4, "weak": 2.4}


def _market() -> dict[str, float]:
    return {"strong": 0.4, "fair": 0.35, "weak": 0.25}


@dataclass(frozen=True)
class KtvTerms:
    """The case's numbers: all invented, in million yuan, years and shares.

    ``KtvTerms(royalty=0.08)`` changes one of them.
    """

    revenue: Mapping[str, float] = field(default_factory=_revenues)  # a shop and year, by market
    market: Mapping[str, float] = field(default_factory=_market)  # chance of each market
    years: int = 6  # of a shop's lease
    discount: float = 0.12  # a year
    investment: float = 3.0  # to open a shop: rooms, sound, licence
    variable: float = 0.33  # share of revenue: drinks, song licences, cards
    fixed: float = 1.2  # a year: rent, staff, energy
    head_office: float = 0.15  # a year for each self-run shop: managers who run it
    failure: float = 0.05  # chance that a self-run shop closes after a year
    closing: float = 0.4  # to close a self-run shop before its lease ends
    salvage: float = 0.3  # for the fittings at the end of the lease
    openings: tuple[int, ...] = (4, 3, 3)  # self-run shops that money and people allow, by year
    entry_fee: float = 0.3  # from the franchisee, when a shop opens
    royalty: float = 0.06  # share of revenue, each year
    setup: float = 0.12  # headquarters' training and start of a franchise shop
    supervision: float = 0.06  # a year for each franchise shop: visits and mystery guests
    franchise_failure: float = 0.08  # chance that a franchise shop closes after a year
    brand_loss: float = 0.2  # to the brand, when a franchise shop fails
    incident: float = 0.02  # chance a year that a badly run franchise shop makes the news
    incident_loss: float = 1.0  # to the brand, then
    franchisee_fixed: float = 0.9  # franchisee's fixed cost by that of a self-run shop
    franchisee_discount: float = 0.13  # what a franchisee wants to earn a year

    def __post_init__(self) -> None:
        for name in ("revenue", "market"):
            table = getattr(self, name)
            if not isinstance(table, Mapping) or set(table) != set(STATES):
                raise ValueError(f"{name}={table!r}: give a number for strong, fair and weak")
            for state in STATES:
                zero_or_more(f"{name}[{state!r}]", table[state])
        if abs(math.fsum(self.market.values()) - 1) > 1e-9:
            raise ValueError(f"market={dict(self.market)!r}: the three chances must add up to 1")
        a_count("years", self.years, 1)
        if not isinstance(self.openings, tuple | list) or not self.openings:
            raise ValueError(f"openings={self.openings!r}: give whole numbers of shops by year")
        for year, n in enumerate(self.openings):
            a_count(f"openings[{year}]", n, 0)
        if not self.shops:
            raise ValueError("openings: at least one shop must open")
        for one in fields(self):
            if one.name not in TABLES:
                value = getattr(self, one.name)
                if one.name in SHARES:
                    a_share(one.name, value)
                else:
                    zero_or_more(one.name, value)

    @property
    def shops(self) -> int:
        """How many shops there are to open."""
        return sum(self.openings)

    def __repr__(self) -> str:
        changed = [
            f"{one.name}={getattr(self, one.name)!r}"
            for one in fields(self)
            if getattr(self, one.name) != getattr(_DEFAULT, one.name, None)
        ]
        return f"KtvTerms({', '.join(changed)})"


_DEFAULT = KtvTerms()


def margin(terms: KtvTerms, mode: str, state: str) -> float:
    """What a shop that is open brings headquarters in a year, in million yuan.

    Self-run: revenue × (1 - variable) - fixed - head office. Franchise: royalty × revenue -
    supervision - incident × incident loss.
    """
    one_of("mode", mode, MODES)
    one_of("state", state, STATES)
    revenue = terms.revenue[state]
    if mode == "self-run":
        return revenue * (1 - terms.variable) - terms.fixed - terms.head_office
    return terms.royalty * revenue - terms.supervision - terms.incident * terms.incident_loss


def shop_value(terms: KtvTerms, mode: str, state: str) -> float:
    """Expected worth of one shop to headquarters, at its opening (see the module's formulas).

    Parameters
    ----------
    terms : KtvTerms
        The case's numbers.
    mode : str
        "self-run" or "franchise".
    state : str
        "strong", "fair" or "weak".

    Returns
    -------
    float
        Million yuan.

    Examples
    --------
    >>> terms = KtvTerms()
    >>> [round(shop_value(terms, "self-run", s), 2) for s in STATES]
    [2.95, 0.48, -2.0]
    >>> [round(shop_value(terms, "franchise", s), 2) for s in STATES]
    [0.77, 0.56, 0.35]
    """
    yearly = margin(terms, mode, state)
    v, n = 1 / (1 + terms.discount), terms.years
    fails = terms.failure if mode == "self-run" else terms.franchise_failure
    stays = 1 - fails
    open_years = annuity_factor(n, discount=terms.discount, stays=stays)
    failing = fails * annuity_factor(n - 1, discount=terms.discount, stays=stays)
    if mode == "self-run":
        end = stays ** (n - 1) * v**n * terms.salvage
        parts = [-terms.investment, yearly * open_years, -terms.closing * failing, end]
    else:
        start = terms.entry_fee - terms.setup
        parts = [start, yearly * open_years, -terms.brand_loss * failing]
    return math.fsum(parts)


def opened(terms: KtvTerms, mode: str, shops: int) -> list[int]:
    """Shops opened in year 0, 1, 2, ...: self-run as the openings allow, franchise all at once."""
    if mode == "franchise":
        return [shops]
    left, found = shops, []
    for most in terms.openings:
        found.append(min(most, left))
        left -= found[-1]
    return found


def chain_value(terms: KtvTerms, state: str, *, self_run: int) -> float:
    """Expected worth of all shops today: some self-run, the others franchised at once.

    Parameters
    ----------
    terms : KtvTerms
        The case's numbers.
    state : str
        The market.
    self_run : int
        Self-run shops, from 0 to all.

    Returns
    -------
    float
        Million yuan.

    Examples
    --------
    >>> terms = KtvTerms()
    >>> [round(chain_value(terms, s, self_run=10), 1) for s in STATES]
    [26.8, 4.3, -18.1]
    >>> [round(chain_value(terms, s, self_run=0), 1) for s in STATES]
    [7.7, 5.6, 3.5]
    """
    a_count("self_run", self_run, 0, terms.shops)
    parts = []
    for mode, shops in zip(MODES, (self_run, terms.shops - self_run), strict=True):
        for year, n in enumerate(opened(terms, mode, shops)):
            parts.append(n * shop_value(terms, mode, state) / (1 + terms.discount) ** year)
    return math.fsum(parts)


def chain_mean(terms: KtvTerms, *, self_run: int) -> float:
    """Expected worth of all shops today, over the three markets.

    Parameters
    ----------
    terms, self_run
        As for :func:`chain_value`.

    Returns
    -------
    float
        Million yuan.

    Examples
    --------
    >>> round(chain_mean(KtvTerms(), self_run=10), 2), round(chain_mean(KtvTerms(), self_run=0), 2)
    (7.7, 5.91)
    """
    return math.fsum(terms.market[s] * chain_value(terms, s, self_run=self_run) for s in STATES)


def franchisee_value(terms: KtvTerms) -> float:
    """Expected worth of a shop to the franchisee, over the three markets, at the opening.

    Below zero nobody signs: the fee that headquarters would like is not the fee it gets.

    Parameters
    ----------
    terms : KtvTerms
        The case's numbers.

    Returns
    -------
    float
        Million yuan for one shop.

    Examples
    --------
    >>> round(franchisee_value(KtvTerms()), 2)
    0.36
    """
    rate, n = terms.franchisee_discount, terms.years
    stays = 1 - terms.franchise_failure
    open_years = annuity_factor(n, discount=rate, stays=stays)
    failing = terms.franchise_failure * annuity_factor(n - 1, discount=rate, stays=stays)
    end = stays ** (n - 1) * (1 + rate) ** -n * terms.salvage
    revenue = math.fsum(terms.market[s] * terms.revenue[s] for s in STATES)
    yearly = revenue * (1 - terms.variable - terms.royalty) - terms.fixed * terms.franchisee_fixed
    start = terms.investment + terms.entry_fee
    return math.fsum([-start, yearly * open_years, -terms.closing * failing, end])
