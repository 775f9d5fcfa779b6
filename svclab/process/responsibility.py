"""Who does what: a responsibility table (RACI) and the swim lanes drawn from it.

Rows are steps in their order, columns are roles. A letter says what the role does in the step:
R does the work (responsible), A answers for the result (accountable), C is asked before
(consulted), I is told afterwards (informed). A good step has exactly one A and at least one R.
Course inventory P-12 and P-17.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_count
from svclab.words import count, join, say

__all__ = ["LETTERS", "Arrow", "Box", "Fault", "Swimlanes", "faults", "hand_overs", "swimlanes"]

LETTERS = {"R": "does the work", "A": "answers for it", "C": "is asked", "I": "is told"}

Matrix = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Fault:
    """One fault of a responsibility table."""

    kind: str  # such as "no accountable"
    words: str  # the fault as a sentence
    step: str = ""  # empty when the fault belongs to no single step
    role: str = ""  # empty when the fault belongs to no single role

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Box:
    """A step in its lane."""

    step: str
    lane: str  # the role that does the work; "" when nobody does
    column: int  # place in the order, from 0
    helpers: tuple[str, ...] = ()  # other roles that also do the work


@dataclass(frozen=True)
class Arrow:
    """The way from one step to the next."""

    start: str
    end: str
    hand_over: bool  # nobody who did the first step does the second


@dataclass(frozen=True)
class Swimlanes:
    """Data of a swim-lane picture."""

    lanes: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def part(self, title: str) -> dict[str, Any]:
        """The picture as a ``flow`` part of an explorable's view."""
        changes = sum(arrow.hand_over for arrow in self.arrows)
        return {
            "kind": "flow",
            "title": title,
            "alt": say(
                "{steps} in {lanes}, with {changes}.",
                steps=count(len(self.boxes), "step"),
                lanes=count(len(self.lanes), "lane"),
                changes=count(changes, "hand-over"),
            ),
            "nodes": [
                {
                    "id": box.step,
                    "label": box.step,
                    "lines": [join((box.lane, *box.helpers)) or "nobody"],
                    "column": box.column,
                    "row": self.lanes.index(box.lane),
                    "tone": "" if box.lane else "bottleneck",
                    "share": None,
                }
                for box in self.boxes
            ],
            "edges": [
                {
                    "from": arrow.start,
                    "to": arrow.end,
                    "label": "hand-over" if arrow.hand_over else "",
                    "tone": "",
                }
                for arrow in self.arrows
            ],
        }


def faults(
    matrix: Matrix, *, most_hands: int = 4, most_hand_overs: int | None = None
) -> list[Fault]:
    """Find what is wrong in a responsibility table.

    Parameters
    ----------
    matrix : mapping of mappings
        Step to role to letters; ``"RA"`` is both, ``""`` or a role left out is none.
    most_hands : int
        A step in which more roles than this have a letter has too many hands.
    most_hand_overs : int, optional
        More hand-overs than this are a fault; without it, they are not judged (count them with
        :func:`hand_overs`).

    Returns
    -------
    list of Fault
        Step by step, then by role, then for the whole table; empty if nothing is wrong.

    Raises
    ------
    ValueError
        If the table has no steps, or a limit is negative.
    TypeError
        If a row is not a mapping of texts.

    Examples
    --------
    >>> table = {"receive": {"desk": "RA", "head": "I"}, "approve": {"desk": "C", "head": "R"}}
    >>> for fault in faults(table):
    ...     print(fault)
    Nobody answers for "approve": give one role an A.
    """
    roles = _roles(matrix)
    a_count("most_hands", most_hands, 1)
    if most_hand_overs is not None:
        a_count("most_hand_overs", most_hand_overs, 0)
    found: list[Fault] = []
    for step in matrix:
        found += _step_faults(step, _row(matrix, step), most_hands)
    for role in roles:
        found += _role_faults(role, matrix)
    changes = hand_overs(matrix)
    if most_hand_overs is not None and len(changes) > most_hand_overs:
        words = say(
            "The work is handed over {n}: give a chain of steps to one role.",
            n=count(len(changes), "time"),
        )
        found.append(Fault("hand-overs", words))
    return found


def _step_faults(step: str, row: dict[str, str], most_hands: int) -> list[Fault]:
    found = []
    for role, letters in row.items():
        for letter in dict.fromkeys(c for c in letters if c not in LETTERS):
            template = 'In "{step}", {role} has the unknown letter "{letter}": use R, A, C or I.'
            words = say(template, step=step, role=role, letter=letter)
            found.append(Fault("unknown letter", words, step, role))
    answering = _with(row, "A")
    if not answering:
        words = say('Nobody answers for "{step}": give one role an A.', step=step)
        found.append(Fault("no accountable", words, step))
    if len(answering) > 1:
        template = '{roles} all answer for "{step}": leave one A.'
        if len(answering) == 2:
            template = '{roles} both answer for "{step}": leave one A.'
        words = say(template, step=step, roles=join(answering))
        found.append(Fault("two accountable", words, step))
    if not _with(row, "R"):
        words = say('Nobody does the work of "{step}": give a role an R.', step=step)
        found.append(Fault("nobody responsible", words, step))
    hands = sum(1 for letters in row.values() if letters)
    if hands > most_hands:
        template = '"{step}" has {n} in it, more than {most}: take some out.'
        words = say(template, step=step, n=count(hands, "role"), most=most_hands)
        found.append(Fault("too many hands", words, step))
    return found


def _role_faults(role: str, matrix: Matrix) -> list[Fault]:
    used = {c for step in matrix for c in _row(matrix, step).get(role, "")}
    if used == {"I"}:
        words = say("{role} is only told: does this role belong in the table?", role=role)
        return [Fault("only informed", words, role=role)]
    if not used:
        words = say("{role} has no letter at all: take the role out.", role=role)
        return [Fault("empty role", words, role=role)]
    return []


def hand_overs(matrix: Matrix) -> tuple[tuple[str, str], ...]:
    """Pairs of steps between which the work changes hands.

    A hand-over is a change from a step to the next where no role does the work of both. A step
    that nobody does is passed over: the fault there is another one.

    Parameters
    ----------
    matrix : mapping of mappings
        Step to role to letters.

    Returns
    -------
    tuple of (str, str)
        The step before and the step after each hand-over.

    Examples
    --------
    >>> hand_overs({"receive": {"desk": "RA"}, "file": {"desk": "RA"}, "sign": {"head": "RA"}})
    (('file', 'sign'),)
    """
    _roles(matrix)
    doing = [(step, set(_with(_row(matrix, step), "R"))) for step in matrix]
    doing = [(step, roles) for step, roles in doing if roles]
    return tuple(
        (first, second)
        for (first, before), (second, after) in itertools.pairwise(doing)
        if not before & after
    )


def swimlanes(matrix: Matrix) -> Swimlanes:
    """Where each step stands in a swim-lane picture.

    A step stands in the lane of a role that does its work: the one that had the work before, if
    it still has a part in it, otherwise the first in column order. A step that nobody does
    stands in a lane without a name.

    Parameters
    ----------
    matrix : mapping of mappings
        Step to role to letters.

    Returns
    -------
    Swimlanes
        Lanes in column order (only those with a step), boxes and arrows in step order.

    Examples
    --------
    >>> picture = swimlanes({"receive": {"desk": "RA"}, "sign": {"desk": "I", "head": "RA"}})
    >>> picture.lanes, picture.arrows[0].hand_over
    (('desk', 'head'), True)
    """
    roles = _roles(matrix)
    boxes: list[Box] = []
    last = ""
    for column, step in enumerate(matrix):
        doing = [role for role in roles if "R" in _row(matrix, step).get(role, "")]
        lane = last if last in doing else (doing[0] if doing else "")
        last = lane or last
        boxes.append(Box(step, lane, column, tuple(role for role in doing if role != lane)))
    changes = {end for _, end in hand_overs(matrix)}
    used = {box.lane for box in boxes}
    steps = list(matrix)
    return Swimlanes(
        lanes=tuple(lane for lane in (*roles, "") if lane in used),
        boxes=tuple(boxes),
        arrows=tuple(Arrow(a, b, b in changes) for a, b in itertools.pairwise(steps)),
    )


def _roles(matrix: Matrix) -> tuple[str, ...]:
    if not isinstance(matrix, Mapping):
        raise TypeError(
            f"matrix is {type(matrix).__name__}; give a mapping step -> role -> letters"
        )
    if not matrix:
        raise ValueError("matrix has no steps; give at least one row")
    for step, row in matrix.items():
        if not isinstance(row, Mapping) or not all(isinstance(v, str) for v in row.values()):
            raise TypeError(f"step {step!r}: give a mapping from role to letters, such as 'RA'")
        if "" in row:
            raise ValueError(f"step {step!r} has a role without a name; give every role a name")
    return tuple(dict.fromkeys(role for row in matrix.values() for role in row))


def _row(matrix: Matrix, step: str) -> dict[str, str]:
    # People write "R/A", "r, a" or "RA"; all mean the same.
    return {
        role: "".join(c for c in letters.upper() if c not in " /,;&+-–")
        for role, letters in matrix[step].items()
    }


def _with(row: dict[str, str], letter: str) -> list[str]:
    return [role for role, letters in row.items() if letter in letters]
