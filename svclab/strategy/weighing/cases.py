"""The course's own cases of weighing: suppliers (ST-09), and projects by four values (I-08).

The source names what counts; it prints no numbers. All judgements and scores here are invented
and said to be so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from svclab.strategy.weighing.checked import a_score, shares
from svclab.strategy.weighing.consistency import doubts
from svclab.strategy.weighing.pairwise import Comparison, compare
from svclab.strategy.weighing.scorecard import Scorecard, scorecard

__all__ = ["FOUR_VALUES", "SupplierCase", "project_score", "supplier_case"]

# I-08, the four values of service operations (source: deck of the service operations system).
FOUR_VALUES: Mapping[str, str] = {
    "satisfaction": "客户满意度",
    "efficiency": "效率与成本",
    "brand": "品牌价值",
    "growth": "业务增长",
}


@dataclass(frozen=True)
class SupplierCase:
    """A KTV chain chooses who supplies drinks and snacks."""

    criteria: Mapping[str, str]  # name to Chinese
    origin: Mapping[str, str]  # criterion to "source" or "invented"
    judgements: Mapping[tuple[str, str], float]  # invented: how many times as important
    scores: Mapping[str, Mapping[str, float]]  # invented: supplier to criterion to 0 to 10

    @property
    def comparison(self) -> Comparison:
        """The judgements with the weights that follow."""
        return compare(self.judgements)

    @property
    def revised(self) -> Comparison:
        """The same with the one judgement changed that fits the others least."""
        doubt = doubts(self.comparison).rows[0]
        pair, back = (doubt.first, doubt.second), (doubt.second, doubt.first)
        kept = {p: v for p, v in self.judgements.items() if p not in (pair, back)}
        return compare({**kept, pair: doubt.proposed})

    @property
    def under(self) -> dict[str, dict[str, float]]:
        """Criterion to supplier to score, as :func:`rank` takes them."""
        return {c: {s: row[c] for s, row in self.scores.items()} for c in self.criteria}


def supplier_case() -> SupplierCase:
    """Four suppliers of a KTV chain: stable, timely, good, joint development (ST-09), and price.

    The first four criteria are source (course documents, ST-09); the price, all judgements and
    all scores are invented. One judgement is out of line on purpose: the best supplier hangs on
    it.

    Returns
    -------
    SupplierCase
        With ``comparison``, and ``revised`` after one judgement has been changed.

    Examples
    --------
    >>> case = supplier_case()
    >>> round(case.comparison.ratio, 3), scorecard(case.scores, case.comparison.weights).first
    (0.119, 'Anhe')
    >>> doubts(case.comparison).rows[0].proposed
    1.0
    >>> round(case.revised.ratio, 3), scorecard(case.scores, case.revised.weights).first
    (0.035, 'Dongsheng')
    """
    names = ("stability", "timeliness", "quality", "joint development", "price")
    chinese = ("稳定性", "及时性", "质量", "共同发展", "价格")
    pairs = {
        ("stability", "timeliness"): 3.0,
        ("stability", "quality"): 2.0,
        ("stability", "joint development"): 6.0,
        ("stability", "price"): 3.0,
        ("timeliness", "quality"): 4.0,
        ("timeliness", "joint development"): 5.0,
        ("timeliness", "price"): 2.0,
        ("quality", "joint development"): 6.0,
        ("quality", "price"): 3.0,
        ("joint development", "price"): 1 / 4,
    }
    rows = {
        "Anhe": (9, 8, 5, 8, 5),
        "Beichen": (4, 8, 6, 9, 7),
        "Cuiyu": (9, 4, 4, 9, 5),
        "Dongsheng": (9, 5, 7, 9, 7),
    }
    return SupplierCase(
        criteria=dict(zip(names, chinese, strict=True)),
        origin={n: "invented" if n == "price" else "source" for n in names},
        judgements=pairs,
        scores={s: dict(zip(names, map(float, row), strict=True)) for s, row in rows.items()},
    )


def project_score(
    projects: Mapping[str, Mapping[str, float]], weights: Mapping[str, float] | None = None
) -> Scorecard:
    """Project proposals scored by the four values of service operations (I-08).

    Parameters
    ----------
    projects : mapping of mapping
        Project to score on each of ``FOUR_VALUES``, 0 (no help) to 10 (as much as can be).
    weights : mapping, optional
        Value to weight; equal if left out (an assumption, not in the source).

    Returns
    -------
    Scorecard

    Raises
    ------
    ValueError
        If a score is outside 0 to 10, or a value is missing.

    Examples
    --------
    >>> project_score({
    ...     "self-checkout": {"satisfaction": 4, "efficiency": 9, "brand": 3, "growth": 4},
    ...     "song requests by phone": {"satisfaction": 8, "efficiency": 4, "brand": 6, "growth": 5},
    ... }).sentence
    'song requests by phone is first with 5.75, 0.75 ahead of self-checkout.'
    """
    if weights is None:
        weights = dict.fromkeys(FOUR_VALUES, 1.0)
    card = scorecard(projects, shares("weights", weights, list(FOUR_VALUES)))
    for project, row in card.scores.items():
        for value, score in row.items():
            a_score(f"{value} of {project!r}", score)
    return card
