"""The four-phase cycle (I-02) as a checklist: plan, organise, implement, control.

A project's list of actions is filed under the fourteen items of the cycle. What counts is not how
many actions there are but which items have none. Coverage of the cycle is the mean of the four
phases' coverages, so that five items of planning do not outweigh three of control.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from svclab import data
from svclab.checks import one_of
from svclab.introduction.common import listed, share_of
from svclab.introduction.sorting import Card, Sorting, sort_cards
from svclab.shown import Answer
from svclab.words import percent, say

__all__ = [
    "PHASES",
    "Coverage",
    "PhaseCoverage",
    "checklist",
    "coverage",
    "file_actions",
    "practice_actions",
]

PHASES: Mapping[str, str] = {
    "plan": "what is settled on paper before anybody is given a task",
    "organise": "who gets which means, duties and powers",
    "implement": "what is done with or for one customer",
    "control": "what is measured on the service as a whole, and what is changed because of it",
}


@cache
def checklist() -> Mapping[str, tuple[str, ...]]:
    """The items of each phase, as the source names them.

    Returns
    -------
    mapping of str to tuple of str
        Phase to items.

    Examples
    --------
    >>> checklist()["control"]
    ('monitoring', 'collecting and analysing data', 'correction')
    """
    rows = data.rows("phase-items")
    return {p: tuple(r["item"] for r in rows if r["phase"] == p) for p in PHASES}


@dataclass(frozen=True)
class PhaseCoverage:
    """How far one phase is covered."""

    phase: str
    covered: tuple[str, ...]  # items with an action
    missing: tuple[str, ...]  # items without
    actions: int  # actions filed under the phase

    @property
    def share(self) -> float:
        """Items with an action against all items of the phase, 0 to 1."""
        return share_of(len(self.covered), len(self.covered) + len(self.missing))


@dataclass(frozen=True, repr=False)
class Coverage(Answer):
    """How far a list of actions covers the cycle."""

    phases: tuple[PhaseCoverage, ...]

    @property
    def share(self) -> float:
        """Mean of the four phases' shares, 0 to 1."""
        return math.fsum(one.share for one in self.phases) / len(self.phases)

    @property
    def missing_phases(self) -> tuple[str, ...]:
        """Phases without any action."""
        return tuple(one.phase for one in self.phases if not one.actions)

    @property
    def weakest(self) -> str:
        """The phase with the smallest share; the first of equals."""
        return min(self.phases, key=lambda one: one.share).phase

    @property
    def sentence(self) -> str:
        """The result in words."""
        if self.missing_phases:
            verdict = say("No action at all: {phases}.", phases=listed(self.missing_phases))
        elif self.share == 1:
            verdict = "Every item has an action."
        else:
            [one] = [one for one in self.phases if one.phase == self.weakest]
            verdict = say(
                "Weakest is {phase}: nothing about {items}.",
                phase=one.phase,
                items=listed(one.missing, "or"),
            )
        return say(
            "The cycle is covered to {share}. {verdict}",
            share=percent(self.share, 0),
            verdict=verdict,
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a phase."""
        return [
            {
                "phase": one.phase,
                "actions": one.actions,
                "covered": str(percent(one.share, 0)),
                "missing": listed(one.missing),
            }
            for one in self.phases
        ]


def coverage(filed: Mapping[str, str]) -> Coverage:
    """How far actions cover the cycle, and which phase is missing.

    Coverage of a phase is (items with an action) / (items); of the cycle, the mean of the four.

    Parameters
    ----------
    filed : mapping of str to str
        Action to the item of :func:`checklist` that it serves; may be empty.

    Returns
    -------
    Coverage
        Phase by phase.

    Raises
    ------
    ValueError
        If an action is filed under something that is no item.

    Examples
    --------
    >>> coverage({"set a goal": "goals", "open the house": "running the process"}).sentence
    'The cycle is covered to 13%. No action at all: organise and control.'
    """
    if not isinstance(filed, Mapping):
        raise ValueError(f"filed={filed!r}: give a dict of action to item")
    items = [item for own in checklist().values() for item in own]
    for action, item in filed.items():
        one_of(f"filed[{action!r}]", item, items)
    used = list(filed.values())
    return Coverage(
        tuple(
            PhaseCoverage(
                phase,
                tuple(item for item in own if item in used),
                tuple(item for item in own if item not in used),
                len([item for item in used if item in own]),
            )
            for phase, own in checklist().items()
        )
    )


def practice_actions() -> tuple[Card, ...]:
    """Fourteen actions of a KTV opening to be filed (case X-06, actions invented).

    Returns
    -------
    tuple of Card
        One for each item of the cycle; the bin is the phase.

    Examples
    --------
    >>> practice_actions()[-1].name
    'move a waiter to the check-in because the table showed long waits'
    """
    rows = data.rows("phase-actions")
    return tuple(Card(row["action"], row["phase"], row["clue"]) for row in rows)


def file_actions(answers: Mapping[str, str], *, reveal: bool = False) -> Sorting:
    """File the practice actions under the four phases, with feedback on each miss.

    Parameters
    ----------
    answers : mapping of str to str
        Action to phase; actions left out stay open.
    reveal : bool
        Whether feedback on a miss names the phase.

    Returns
    -------
    Sorting
        With feedback on each miss.

    Raises
    ------
    ValueError
        If an answer names no action or no phase.

    Examples
    --------
    >>> found = file_actions({"fix the dates of building, training and opening": "implement"})
    >>> found.misses[0].feedback
    'Your choice, implement, is what is done with or for one customer. It is about when, on paper.'
    """
    return sort_cards(practice_actions(), PHASES, answers, reveal=reveal)
