"""Sorting cards into bins, with an answer to each miss: what exercises in classification share.

A miss is answered in two parts: what the chosen bin would mean, and a clue about the card. The
right bin is named only when the reader asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.introduction.common import listed, share_of
from svclab.shown import Answer
from svclab.words import count, say

__all__ = ["Card", "Placed", "Sorting", "sort_cards"]


@dataclass(frozen=True)
class Card:
    """One thing to be sorted."""

    name: str
    bin: str  # where it belongs
    clue: str = ""  # what to look at, without the answer
    also: tuple[str, ...] = ()  # other bins that can be defended


@dataclass(frozen=True)
class Placed:
    """What became of one card."""

    name: str
    chosen: str  # the bin the reader chose; empty for none
    verdict: str  # "right", "can be defended", "no" or "open"
    feedback: str  # in words


@dataclass(frozen=True, repr=False)
class Sorting(Answer):
    """All cards, with feedback on each."""

    placed: tuple[Placed, ...]

    @property
    def right(self) -> int:
        """How many are right or can be defended."""
        return len([one for one in self.placed if one.verdict in ("right", "can be defended")])

    @property
    def misses(self) -> tuple[Placed, ...]:
        """The cards that were put where they do not belong."""
        return tuple(one for one in self.placed if one.verdict == "no")

    @property
    def open(self) -> tuple[str, ...]:
        """Names of the cards that were not sorted."""
        return tuple(one.name for one in self.placed if one.verdict == "open")

    @property
    def score(self) -> float:
        """Share of all cards that are right or can be defended, 0 to 1."""
        return share_of(self.right, len(self.placed))

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{right} of {cards} right, {misses}, {open} open.",
            right=self.right,
            cards=count(len(self.placed), "card"),
            misses=count(len(self.misses), "miss", "misses"),
            open=len(self.open),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a card."""
        return [
            {"card": o.name, "put into": o.chosen, "verdict": o.verdict, "feedback": o.feedback}
            for o in self.placed
        ]


def sort_cards(
    cards: Sequence[Card],
    bins: Mapping[str, str],
    answers: Mapping[str, str],
    *,
    reveal: bool = False,
) -> Sorting:
    """Compare a reader's sorting with the course's.

    Parameters
    ----------
    cards : sequence of Card
        What is sorted.
    bins : mapping of str to str
        Bin to what it is, as the end of "this bin is …".
    answers : mapping of str to str
        Card to the chosen bin; cards left out stay open.
    reveal : bool
        Whether the feedback on a miss names the right bin.

    Returns
    -------
    Sorting
        A row a card, in the order of the cards.

    Raises
    ------
    ValueError
        If an answer names no card or no bin.

    Examples
    --------
    >>> bins = {"good": "something one can own", "service": "something done for somebody"}
    >>> found = sort_cards([Card("salt", "good", "Can it be kept?")], bins, {"salt": "service"})
    >>> found.misses[0].feedback
    'Your choice, service, is something done for somebody. Can it be kept?'
    """
    if not isinstance(answers, Mapping):
        raise ValueError(f"answers={answers!r}: give a dict of card to bin")
    names = [card.name for card in cards]
    for name, chosen in answers.items():
        if name not in names:
            raise ValueError(f"answers has {name!r}, which is not one of {listed(names)}")
        if chosen not in bins:
            raise ValueError(f"answers[{name!r}]={chosen!r}: give one of {listed(bins, 'or')}")
    return Sorting(tuple(_placed(card, bins, answers.get(card.name, ""), reveal) for card in cards))


def _placed(card: Card, bins: Mapping[str, str], chosen: str, reveal: bool) -> Placed:
    if not chosen:
        return Placed(card.name, "", "open", "Not sorted yet.")
    if chosen == card.bin:
        return Placed(card.name, chosen, "right", "Right.")
    if chosen in card.also:
        words = say("Can be defended; the course says {bin}.", bin=card.bin)
        return Placed(card.name, chosen, "can be defended", words)
    words = say("Your choice, {bin}, is {meaning}.", bin=chosen, meaning=bins[chosen])
    if card.clue:
        words += " " + card.clue
    if reveal:
        words += say(" The course says {bin}: {meaning}.", bin=card.bin, meaning=bins[card.bin])
    return Placed(card.name, chosen, "no", words)
