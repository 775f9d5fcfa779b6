"""Order winners and qualifiers (订单赢得要素与资格要素): what makes customers choose.

A *qualifier* is a level that an offer must reach to be looked at; more of it wins nothing. An
*order winner* makes an offer better the more there is of it. An attribute that is neither moves
nobody. Improving the wrong kind costs money and gains nothing: this model shows how much each
step gains.

References
----------
Hill, T. (1985), Manufacturing Strategy, Macmillan. The choice model is a logit on the winners
(McFadden 1974) among the offers that qualify; putting the two together is ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_number, names_of, one_of, zero_or_more
from svclab.shown import Answer
from svclab.strategy.weighing.checked import a_table
from svclab.words import join, percent, say

__all__ = ["Buyers", "Choice", "Neither", "Qualifier", "Winner", "along", "choose", "gains"]


@dataclass(frozen=True)
class Winner:
    """More is better: each point adds this weight to the utility."""

    weight: float  # utility for each point; below 0 where less is better, such as a price

    def __post_init__(self) -> None:
        a_number("weight of a winner", self.weight)


@dataclass(frozen=True)
class Qualifier:
    """Below the threshold the offer is not looked at; above it more counts for nothing."""

    threshold: float  # on the scale of the offers
    at_most: bool = False  # True where the level may not be larger, such as a wait

    def __post_init__(self) -> None:
        a_number("threshold of a qualifier", self.threshold)

    def admits(self, level: float) -> bool:
        """Whether this level is enough."""
        return level <= self.threshold if self.at_most else level >= self.threshold


@dataclass(frozen=True)
class Neither:
    """It moves nobody."""


Role = Winner | Qualifier | Neither


@dataclass(frozen=True)
class Buyers:
    """A group of customers who look at the attributes in the same way."""

    roles: Mapping[str, Role]  # attribute to what it is to them
    customers: float = 1.0  # how many, or a share

    def __post_init__(self) -> None:
        zero_or_more("customers", self.customers)
        for name in names_of("roles", self.roles):
            if not isinstance(self.roles[name], Winner | Qualifier | Neither):
                raise ValueError(f"roles[{name!r}]: give Winner(...), Qualifier(...) or Neither()")


@dataclass(frozen=True, repr=False)
class Choice(Answer):
    """Which offers are looked at, and which are taken."""

    offers: Mapping[str, Mapping[str, float]]  # offer to attribute to level
    failed: Mapping[tuple[str, str], tuple[str, ...]]  # (group, offer) to qualifiers missed
    taken: Mapping[tuple[str, str], float]  # (group, offer) to customers
    customers: Mapping[str, float]  # group to customers

    @property
    def shares(self) -> dict[str, float]:
        """Offer to share of all customers, of those too who find nothing good enough."""
        everybody = math.fsum(self.customers.values())
        return {
            offer: math.fsum(self.taken[group, offer] for group in self.customers) / everybody
            for offer in self.offers
        }

    @property
    def lost(self) -> float:
        """Share of customers for whom no offer qualifies."""
        left = 1 - math.fsum(self.shares.values())
        return left if left > 1e-12 else 0.0

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an offer."""
        shares = self.shares
        return [
            {
                "offer": offer,
                **self.offers[offer],
                "fails": join(
                    dict.fromkeys(name for g in self.customers for name in self.failed[g, offer]),
                    most=6,
                ),
                "share %": 100 * shares[offer],
            }
            for offer in self.offers
        ]

    @property
    def sentence(self) -> str:
        """Who wins the most customers, and how many find nothing."""
        shares = self.shares
        best = max(shares, key=lambda offer: shares[offer])
        if shares[best] == 0:
            return say("No offer qualifies: all customers are lost.")
        return say(
            "{best} wins {share} of the customers; {lost} find no offer that qualifies.",
            best=best,
            share=percent(shares[best]),
            lost=percent(self.lost),
        )


Offers = Mapping[str, Mapping[str, float]]


def choose(offers: Offers, buyers: Buyers | Mapping[str, Buyers], *, noise: float = 1.0) -> Choice:
    """Which offer customers take: first who qualifies, then the winners decide.

    Among the offers that pass all qualifiers of a group, offer i is taken with chance
    exp(U[i] / noise) / Σⱼ exp(U[j] / noise), U = Σ weight × level over the order winners.

    Parameters
    ----------
    offers : mapping of mapping
        Offer to attribute to level.
    buyers : Buyers or mapping
        One group of customers, or group to Buyers; their roles name all attributes.
    noise : float, optional
        In units of utility; 0: the best offer takes all, equals share. 1 by convention: only
        weight / noise counts.

    Returns
    -------
    Choice

    Raises
    ------
    ValueError
        If a level or a role is missing, or there are no customers.

    References
    ----------
    Hill (1985); McFadden, D. (1974), Conditional logit analysis of qualitative choice behavior,
    in P. Zarembka (ed.), Frontiers in Econometrics, Academic Press.

    Examples
    --------
    >>> crowd = Buyers({"hygiene": Qualifier(7), "service": Winner(0.5), "logo": Neither()})
    >>> choose({"Star": {"hygiene": 9, "service": 6, "logo": 2},
    ...         "Moon": {"hygiene": 7, "service": 8, "logo": 1},
    ...         "Sun": {"hygiene": 6, "service": 10, "logo": 9}}, crowd)
    Moon wins 73.1% of the customers; 0% find no offer that qualifies.
      offer  hygiene  service  logo    fails  share %
      Star         9        6     2            26.894
      Moon         7        8     1            73.106
      Sun          6       10     9  hygiene        0
    """
    groups = {"all": buyers} if isinstance(buyers, Buyers) else buyers
    zero_or_more("noise", noise)
    failed, taken = {}, {}
    known: dict[str, dict[str, float]] = {}
    for group in names_of("buyers", groups):
        if not isinstance(groups[group], Buyers):
            raise ValueError(f"buyers[{group!r}]={groups[group]!r}: give Buyers(...)")
        roles = groups[group].roles
        known = a_table("offers", offers, list(known[next(iter(known))]) if known else None,
                        each=a_number)  # fmt: skip
        attributes = list(next(iter(known.values())))
        if set(roles) != set(attributes):
            raise ValueError(
                f"buyers[{group!r}] are about {join(roles, most=6)}, the offers about "
                f"{join(attributes, most=6)}: give every attribute a role, if need be Neither()"
            )
        for offer, levels in known.items():
            failed[group, offer] = tuple(
                name
                for name, role in roles.items()
                if isinstance(role, Qualifier) and not role.admits(levels[name])
            )
        chances = _chances(known, roles, {o: failed[group, o] for o in known}, noise)
        for offer, chance in chances.items():
            taken[group, offer] = groups[group].customers * chance
    customers = {group: groups[group].customers for group in groups}
    if math.fsum(customers.values()) <= 0:
        raise ValueError("buyers: there are no customers; give at least one group some")
    return Choice(known, failed, taken, customers)


def gains(
    offers: Offers,
    buyers: Buyers | Mapping[str, Buyers],
    offer: str,
    *,
    step: float = 1.0,
    noise: float = 1.0,
) -> dict[str, float]:
    """What one step in each attribute would gain an offer, in share of all customers.

    Parameters
    ----------
    offers, buyers, noise
        As for :func:`choose`.
    offer : str
        Whose attributes are moved, one at a time.
    step : float, optional
        How far, in points; below 0 for less.

    Returns
    -------
    dict
        Attribute to change of share: 0 for a qualifier that is passed already or still not.

    Examples
    --------
    >>> crowd = Buyers({"hygiene": Qualifier(7), "service": Winner(0.5)})
    >>> pair = {"Star": {"hygiene": 9, "service": 6}, "Sun": {"hygiene": 6, "service": 8}}
    >>> {name: round(gain, 3) for name, gain in gains(pair, crowd, "Sun").items()}
    {'hygiene': 0.731, 'service': 0.0}
    >>> gains(pair, crowd, "Star")
    {'hygiene': 0.0, 'service': 0.0}
    """
    now = choose(offers, buyers, noise=noise)
    one_of("offer", offer, tuple(now.offers))
    a_number("step", step)
    found = {}
    for name, level in now.offers[offer].items():
        moved = {**now.offers, offer: {**now.offers[offer], name: level + step}}
        after = choose(moved, buyers, noise=noise)
        found[name] = after.shares[offer] - now.shares[offer]
    return found


def along(
    offers: Offers,
    buyers: Buyers | Mapping[str, Buyers],
    offer: str,
    attribute: str,
    levels: Sequence[float],
    *,
    noise: float = 1.0,
) -> list[tuple[float, float]]:
    """The share of one offer as one of its attributes moves: a step for a qualifier.

    Parameters
    ----------
    offers, buyers, noise
        As for :func:`choose`.
    offer, attribute : str
        Whose attribute moves, and which.
    levels : sequence of float
        The levels to try.

    Returns
    -------
    list of (float, float)
        Level and share of all customers.

    Examples
    --------
    >>> crowd = Buyers({"hygiene": Qualifier(7), "service": Winner(0.5)})
    >>> pair = {"Star": {"hygiene": 9, "service": 6}, "Sun": {"hygiene": 6, "service": 6}}
    >>> along(pair, crowd, "Sun", "hygiene", [5, 6, 7, 8])
    [(5, 0.0), (6, 0.0), (7, 0.5), (8, 0.5)]
    """
    now = choose(offers, buyers, noise=noise)
    one_of("offer", offer, tuple(now.offers))
    one_of("attribute", attribute, tuple(now.offers[offer]))
    found = []
    for level in levels:
        moved = {**now.offers, offer: {**now.offers[offer], attribute: level}}
        found.append((level, choose(moved, buyers, noise=noise).shares[offer]))
    return found


def _chances(
    offers: Offers, roles: Mapping[str, Role], failed: Mapping[str, tuple[str, ...]], noise: float
) -> dict[str, float]:
    utility = {
        offer: math.fsum(
            role.weight * levels[name] for name, role in roles.items() if isinstance(role, Winner)
        )
        for offer, levels in offers.items()
        if not failed[offer]
    }
    if not utility:
        return dict.fromkeys(offers, 0.0)
    best = max(utility.values())
    if noise:
        terms = {o: math.exp((u - best) / noise) for o, u in utility.items()}
    else:
        near = 1e-9 * max(1.0, abs(best))
        terms = {o: float(u >= best - near) for o, u in utility.items()}
    whole = math.fsum(terms.values())
    return {offer: terms.get(offer, 0.0) / whole for offer in offers}
