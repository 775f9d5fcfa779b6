"""SWOT and TOWS (态势分析, ST-12): factors inside and outside, and moves that join them.

A SWOT list by itself decides nothing: Hill and Westbrook (1997) followed the lists of twenty
companies and found that none was used in the later steps of planning. The TOWS matrix asks for
the next step: each move uses a factor inside on a factor outside. Factors that no move uses, and
cells without a move, show.

References
----------
Weihrich, H. (1982), The TOWS matrix: a tool for situational analysis, Long Range Planning 15 (2),
54-66. Hill, T. and Westbrook, R. (1997), SWOT analysis: it's time for a product recall, Long Range
Planning 30, 46-52.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import names_of, one_of, zero_or_more
from svclab.shown import Answer
from svclab.words import count, join, say

__all__ = ["CELLS", "KINDS", "Board", "Factor", "Move", "board", "ningbo_board", "tows"]

KINDS: Mapping[str, str] = {
    "strength": "优势",
    "weakness": "劣势",
    "opportunity": "机会",
    "threat": "威胁",
}
INSIDE = ("strength", "weakness")
# What a cell of the TOWS matrix asks (Weihrich 1982), by factor inside and factor outside.
CELLS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("strength", "opportunity"): ("SO", "use a strength to take an opportunity"),
    ("weakness", "opportunity"): ("WO", "mend a weakness by means of an opportunity"),
    ("strength", "threat"): ("ST", "use a strength against a threat"),
    ("weakness", "threat"): ("WT", "mend or leave what a threat would hit"),
}


@dataclass(frozen=True)
class Factor:
    """One entry of the board."""

    name: str
    kind: str  # a key of KINDS
    weight: float = 1.0  # how much it matters, zero or more
    origin: str = ""  # "source", "invented", or whose judgement it is

    def __post_init__(self) -> None:
        names_of("name of a factor", [self.name])
        one_of(f"kind of {self.name!r}", self.kind, tuple(KINDS))
        zero_or_more(f"weight of {self.name!r}", self.weight)


@dataclass(frozen=True)
class Move:
    """Something to do, with the factors that it joins."""

    name: str
    uses: tuple[str, ...]  # names of factors, at least one inside and one outside


@dataclass(frozen=True, repr=False)
class Board(Answer):
    """Factors, and the moves that use them."""

    factors: tuple[Factor, ...]
    moves: tuple[Move, ...] = ()

    def of(self, kind: str) -> tuple[Factor, ...]:
        """The factors of one kind."""
        one_of("kind", kind, tuple(KINDS))
        return tuple(f for f in self.factors if f.kind == kind)

    def cells_of(self, move: Move) -> tuple[str, ...]:
        """The cells of the TOWS matrix that a move stands in."""
        kinds = {f.kind for f in self.factors if f.name in move.uses}
        return tuple(
            name
            for (inside, outside), (name, _) in CELLS.items()
            if inside in kinds and outside in kinds
        )

    @property
    def cells(self) -> dict[str, tuple[str, ...]]:
        """Cell, SO, WO, ST and WT, to the moves in it."""
        return {
            name: tuple(m.name for m in self.moves if name in self.cells_of(m))
            for name, _ in CELLS.values()
        }

    @property
    def unused(self) -> tuple[str, ...]:
        """Factors that no move uses, the heaviest first."""
        used = {name for move in self.moves for name in move.uses}
        left = [f for f in self.factors if f.name not in used]
        return tuple(f.name for f in sorted(left, key=lambda f: -f.weight))

    @property
    def used_weight(self) -> float:
        """Share of the weight of all factors that some move uses, 0 to 1."""
        whole = math.fsum(f.weight for f in self.factors)
        left = set(self.unused)
        used = math.fsum(f.weight for f in self.factors if f.name not in left)
        return used / whole if whole else 0.0

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a factor, with the moves that use it."""
        return [
            {
                "factor": f.name,
                "kind": f.kind,
                "中文": KINDS[f.kind],
                "weight": f.weight,
                "moves": join((m.name for m in self.moves if f.name in m.uses), most=6),
            }
            for f in self.factors
        ]

    @property
    def sentence(self) -> str:
        """How far the board has led to moves."""
        factors = count(len(self.factors), "factor")
        if not self.moves:
            return say("{n}, and no move yet: a list decides nothing.", n=factors)
        empty = [name for name, moves in self.cells.items() if not moves]
        missing = [kind for kind in KINDS if not self.of(kind)]
        parts = [say("{n}, {m}", n=factors, m=count(len(self.moves), "move"))]
        if self.unused:
            parts.append(say("not used: {names}", names=join(self.unused, most=6)))
        if empty:
            parts.append(say("no move in {cells}", cells=join(empty, most=6)))
        if missing:
            parts.append(say("the list names no {kinds}", kinds=join(missing, "or")))
        return say("{parts}.", parts="; ".join(parts))


def board(factors: Iterable[Factor]) -> Board:
    """A SWOT board.

    Parameters
    ----------
    factors : iterable of Factor
        One at least; each name once.

    Returns
    -------
    Board

    Raises
    ------
    ValueError
        If there is none, or a name comes twice.

    Examples
    --------
    >>> board([Factor("good sound", "strength"), Factor("new rival", "threat", 2)])
    2 factors, and no move yet: a list decides nothing.
      factor          kind  中文  weight  moves
      good sound  strength  优势       1
      new rival     threat  威胁       2
    """
    known = tuple(factors)
    names_of("factors", [f.name for f in known])
    return Board(known)


def tows(found: Board, moves: Mapping[str, Sequence[str]]) -> Board:
    """Moves put on the board, each with the factors it joins.

    Parameters
    ----------
    found : Board
        From :func:`board`.
    moves : mapping
        Move to the names of factors it uses: at least one inside (strength or weakness) and one
        outside (opportunity or threat).

    Returns
    -------
    Board

    Raises
    ------
    ValueError
        For an unknown factor, or a move that joins nothing inside with anything outside.

    Examples
    --------
    >>> start = board([Factor("good sound", "strength"), Factor("new rival", "threat", 2)])
    >>> tows(start, {"sing-off nights": ["good sound", "new rival"]}).sentence
    '2 factors, 1 move; no move in SO, WO and WT; the list names no weakness or opportunity.'
    """
    if not isinstance(moves, Mapping):
        raise ValueError(f"moves={moves!r}: give a dict of move to the factors that it uses")
    kinds = {f.name: f.kind for f in found.factors}
    made = []
    for name in names_of("moves", moves) if moves else []:
        uses = tuple(names_of(f"moves[{name!r}]", moves[name]))
        for factor in uses:
            if factor not in kinds:
                raise ValueError(
                    f"{name!r} uses {factor!r}, which is not on the board: {join(kinds, most=12)}"
                )
        inside = [u for u in uses if kinds[u] in INSIDE]
        if not inside or len(inside) == len(uses):
            missing = "outside: an opportunity or a threat" if inside else (
                "inside: a strength or a weakness")  # fmt: skip
            raise ValueError(f"{name!r} joins nothing; add a factor {missing}")
        made.append(Move(name, uses))
    return Board(found.factors, tuple(made))


def ningbo_board() -> Board:
    """The environment of Ningbo open university (宁波电大, ST-12), to be completed.

    The factors are source (report of the university), which names no opportunity; which kind
    each is, we judged. The weights are equal: the source says nothing about them.

    Returns
    -------
    Board
        Six factors and no move.

    Examples
    --------
    >>> [factor.name for factor in ningbo_board().of("threat")]
    ['fierce competition in adult education', 'learners have more choice']
    """
    rows = (
        ("fierce competition in adult education", "threat"),
        ("learners have more choice", "threat"),
        ("system of branches", "strength"),
        ("the system is fragile", "weakness"),
        ("opening downward is hard to manage", "weakness"),
        ("many mismatches in management", "weakness"),
    )
    return board(Factor(name, kind, origin="source") for name, kind in rows)
