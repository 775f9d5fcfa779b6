"""What the texts about the ten KTV shops of chapter 2 are held against."""

from __future__ import annotations

from dataclasses import replace

from svclab.strategy import choices
from svclab.strategy.choices import KtvTerms
from svclab.words import number

__all__ = ["MEAN", "OTHER", "SELF", "TABLE", "TERMS", "m", "mean_at", "told"]

TERMS = KtvTerms()
TABLE = choices.ktv_payoffs()
SELF, OTHER = TABLE.payoffs["self-run"], TABLE.payoffs["franchise"]
MEAN = TABLE.expected()


def m(value: float, digits: int = 1) -> str:
    """Million yuan."""
    return str(number(value, digits))


def mean_at(royalty: float) -> float:
    """What franchise brings headquarters on average, million yuan."""
    return choices.ktv_payoffs(replace(TERMS, royalty=royalty)).expected()["franchise"]


def told(signal: str, *, royalty: float = TERMS.royalty) -> KtvTerms:
    """The terms as somebody sees them who has read the study."""
    return replace(TERMS, market=choices.ktv_study().signals[signal].chances, royalty=royalty)
