"""The service profit chain as a path model, and the evidence for and against each link.

Heskett and others (1994): good conditions inside satisfy employees, satisfied employees stay and
work well, so customers get value, are satisfied, become loyal, and bring profit and growth. The
arrows are theirs. The default strengths are invented, to be moved; only the signs and the tests
of :data:`EVIDENCE` come from the literature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import between
from svclab.shown import Answer
from svclab.strategy.customers.paths import PathModel, path_model
from svclab.words import say

__all__ = [
    "EVIDENCE",
    "STEPS",
    "STRENGTHS",
    "Evidence",
    "Verdict",
    "evidence",
    "service_profit_chain",
]

STEPS = (
    "internal service quality",
    "employee satisfaction",
    "employee loyalty and productivity",
    "external service value",
    "customer satisfaction",
    "customer loyalty",
    "profit and growth",
)

# Invented: so that there is something to move.
STRENGTHS: Mapping[tuple[str, str], float] = {
    (STEPS[0], STEPS[1]): 0.5,
    (STEPS[1], STEPS[2]): 0.4,
    (STEPS[2], STEPS[3]): 0.4,
    (STEPS[3], STEPS[4]): 0.6,
    (STEPS[4], STEPS[5]): 0.5,
    (STEPS[5], STEPS[6]): 0.4,
}


@dataclass(frozen=True)
class Evidence:
    """What studies say of one link."""

    source: str
    target: str
    supports: tuple[str, ...]  # findings for it, each with its study
    doubts: tuple[str, ...]  # findings against it or its limits, each with its study

    @property
    def contested(self) -> bool:
        """Whether both sides are cited."""
        return bool(self.supports and self.doubts)


EVIDENCE = (
    Evidence(
        STEPS[0],
        STEPS[1],
        ("Hogreve and others (2017), a meta-analysis: this and all other links of the chain are "
         "significant and substantial.",),
        ("Hogreve and others (2017): sizes vary much, and it reaches performance by other ways "
         "too, so to satisfy employees as much as possible is not always best.",),
    ),
    Evidence(
        STEPS[1],
        STEPS[2],
        ("Loveman (1998), branches of a regional bank: generally as the chain says.",),
        ("Silvestro and Cross (2000), stores of a grocery chain: no support for employee "
         "satisfaction and loyalty as drivers.",),
    ),
    Evidence(
        STEPS[2],
        STEPS[3],
        ("Yee, Yeung and Cheng (2011), 210 high-contact shops in Hong Kong: most links of the "
         "chain hold.",),
        ("Loveman (1998): the results support the model with some exceptions, and several measures "
         "need to be refined.",),
    ),
    Evidence(
        STEPS[3],
        STEPS[4],
        ("Brown and Lam (2008), a meta-analysis: what employees' satisfaction does to customers' "
         "goes through the service quality that customers perceive.",),
        ("Szymanski and Henard (2001), a meta-analysis: what satisfies differs much between "
         "studies, and fairness and met expectations are tied to satisfaction most.",),
    ),
    Evidence(
        STEPS[4],
        STEPS[5],
        ("Mittal and others (2023), a meta-analysis of 245 articles: satisfaction goes with "
         "retention, recommendation and spending.",),
        ("Jones and Sasser (1995): where there is choice, merely satisfied customers leave; the "
         "link is no straight line. Anderson and Mittal (2000): it is non-linear and asymmetric.",),
    ),
    Evidence(
        STEPS[5],
        STEPS[6],
        ("Reichheld and Sasser (1990): customers bring more the longer they stay. Anderson, "
         "Fornell and Lehmann (1994): in Sweden quality and satisfaction, not loyalty itself, "
         "went with profit.",),
        ("Reinartz and Kumar (2000): without contracts, long life and profit go together only in "
         "part.",),
    ),
    Evidence(
        STEPS[1],
        STEPS[6],
        ("Loveman (1998), each link tested alone: generally as the chain says. Yee, Yeung and "
         "Cheng (2011), the links together: most hold.",),
        ("Silvestro and Cross (2000): store profit went with dissatisfied staff (few stores). "
         "Gelade and Young (2005), bank branches: the effect by way of customers is there, and too "
         "small to matter.",),
    ),
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class Verdict(Answer):
    """The evidence on some links."""

    items: tuple[Evidence, ...]

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a link."""
        return [
            {"link": f"{one.source} → {one.target}", "for it": " ".join(one.supports),
             "against it": " ".join(one.doubts)}
            for one in self.items
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """How many are contested."""
        contested = sum(one.contested for one in self.items)
        return say("{c} of {n} links have findings on both sides.", c=contested, n=len(self.items))


def evidence(source: str | None = None, target: str | None = None) -> Verdict:
    """What the literature says for and against the links of the chain.

    Parameters
    ----------
    source, target : str, optional
        Keep the links that start or end there; left out: all.

    Returns
    -------
    Verdict
        A table with both sides.

    Raises
    ------
    ValueError
        If no link fits.

    Examples
    --------
    >>> evidence().sentence
    '7 of 7 links have findings on both sides.'
    >>> len(evidence(source="employee satisfaction").items)
    2
    """
    found = tuple(
        one
        for one in EVIDENCE
        if (source is None or one.source == source) and (target is None or one.target == target)
    )
    if not found:
        raise ValueError(
            f"source={source!r}, target={target!r}: no link of the chain fits; its steps are "
            + ", ".join(map(repr, STEPS))
        )
    return Verdict(found)


def service_profit_chain(
    strengths: Mapping[tuple[str, str], float] | None = None,
    *,
    cost: float = 0.0,
    direct: float = 0.0,
) -> PathModel:
    """The chain of seven steps as a path model.

    Parameters
    ----------
    strengths : mapping, optional
        (source, target) to a strength in standard deviations that replaces an invented default.
    cost : float, optional
        Strength of an arrow from internal service quality straight to profit and growth: what
        good conditions cost, -10 to 0. 0 leaves it out, as the chain does.
    direct : float, optional
        Strength of an arrow from employee satisfaction straight to profit and growth (below zero
        is what Silvestro and Cross saw in stores). 0 leaves it out, as the chain does.

    Returns
    -------
    PathModel
        ``effect(first, last)`` gives what a better workplace does to profit.

    Raises
    ------
    ValueError
        For an arrow that the chain does not have, or a cost above zero.

    References
    ----------
    Heskett, J. L., Jones, T. O., Loveman, G. W., Sasser, W. E. and Schlesinger, L. A. (1994),
    Putting the service-profit chain to work, Harvard Business Review 72(2), 164-174.

    Examples
    --------
    >>> chain = service_profit_chain()
    >>> round(chain.effect(STEPS[0], STEPS[-1]).total, 4)
    0.0096
    >>> round(service_profit_chain(cost=-0.05).effect(STEPS[0], STEPS[-1]).total, 4)
    -0.0404
    """
    between("cost", cost, -10, 0)
    arrows = {**STRENGTHS}
    if cost:
        arrows[STEPS[0], STEPS[-1]] = cost
    if direct:
        arrows[STEPS[1], STEPS[-1]] = direct
    model = path_model([(a, b, s) for (a, b), s in arrows.items()])
    return model.with_strengths(strengths) if strengths else model
