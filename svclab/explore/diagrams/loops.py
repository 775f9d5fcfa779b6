"""Causal loop diagrams: variables, signed links, and the feedback loops among them.

Sterman (2000), Business Dynamics, chapter 5: a loop is reinforcing if an even number of its links
is negative, that is, if the product of the signs is positive; else it is balancing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from svclab.explore.diagrams.common import MARKED, Diagram, known, left_out, one_of, unique
from svclab.explore.views import TableView

__all__ = ["CausalLoop", "Feedback", "Link", "Variable", "simple_cycles"]

MOST_LOOPS = 40
MOST_STEPS = 20_000
SIGNS = {"+": "+", "-": "−"}


@dataclass(frozen=True, kw_only=True)
class Variable:
    """Something that can go up and down; ``label`` left out: the name."""

    name: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Link:
    """One variable acts on another.

    Parameters
    ----------
    start, end : str
        Names of variables.
    sign : str
        ``"+"``: more leads to more than there would have been; ``"-"``: more leads to less.
    delay : bool, optional
        The effect takes time: a double stroke.
    highlight : bool, optional
        Drawn strong.
    note : str, optional
        Why, or who says so; it stands in the table.
    """

    start: str
    end: str
    sign: str
    delay: bool = False
    highlight: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        one_of(self.sign, tuple(SIGNS), f"link {self.start!r} to {self.end!r}: sign")


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """A loop that was found.

    Parameters
    ----------
    name : str
        R1, R2, ... or B1, B2, ..., shortest first.
    members : tuple of str
        The variables in the direction of the links, from the one declared first.
    delay : bool
        Whether one of its links is delayed.
    label : str
        What the author calls it.
    """

    name: str
    members: tuple[str, ...]
    delay: bool = False
    label: str = ""

    @property
    def reinforcing(self) -> bool:
        """Whether it amplifies a change; else it counteracts it."""
        return self.name.startswith("R")


def simple_cycles(
    successors: Mapping[str, Sequence[str]], *, most: int = MOST_LOOPS
) -> tuple[list[tuple[str, ...]], bool]:
    """The simple cycles of a directed graph, shortest first, and whether these are all.

    Parameters
    ----------
    successors : mapping of str to sequence of str
        Each node with those that its links lead to.
    most : int, optional
        At most so many; a dense graph has more than anybody could read.

    Returns
    -------
    list of tuple of str, bool
        Each cycle from the node that stands first in ``successors``; False if some may be missing.

    Examples
    --------
    >>> simple_cycles({"a": ["b"], "b": ["a", "c"], "c": ["a"]})
    ([('a', 'b'), ('a', 'b', 'c')], True)
    """
    order = {name: at for at, name in enumerate(successors)}
    found: list[tuple[str, ...]] = []
    complete = True
    for first in successors:
        inside = {name for name in successors if order[name] >= order[first]}
        home = _leading_to(first, successors, inside)
        mine, whole = _cycles_from(first, successors, home, most)
        found += mine
        complete = complete and whole
    found.sort(key=lambda cycle: (len(cycle), [order[name] for name in cycle]))
    return found[:most], complete and len(found) <= most


def _cycles_from(
    first: str, successors: Mapping[str, Sequence[str]], home: set[str], most: int
) -> tuple[list[tuple[str, ...]], bool]:
    """Cycles through ``first`` among nodes that lead back to it, by breadth, hence short first."""
    found: list[tuple[str, ...]] = []
    paths: deque[tuple[str, ...]] = deque([(first,)])
    steps = 0
    while paths:
        path = paths.popleft()
        for name in successors[path[-1]]:
            if name == first:
                found.append(path)
            elif name in home and name not in path:
                paths.append((*path, name))
        steps += 1
        if len(found) > most or steps > MOST_STEPS:
            return found, False
    return found, True


def _leading_to(target: str, successors: Mapping[str, Sequence[str]], inside: set[str]) -> set[str]:
    """The nodes inside from which ``target`` can be reached."""
    found = {target}
    waiting = [target]
    while waiting:
        reached = waiting.pop()
        for name in inside - found:
            if reached in successors[name]:
                found.add(name)
                waiting.append(name)
    return found


@dataclass(frozen=True, kw_only=True)
class CausalLoop(Diagram):
    """A causal loop diagram; its loops are found and named R1, B1 and so on by themselves.

    Parameters
    ----------
    variables : sequence of Variable
        In an order that suits the main loop.
    links : sequence of Link
        At most one from one variable to another.
    names : mapping of tuple of str to str, optional
        What the author calls a loop: its variables, in the direction of the links from any of
        them, to a label such as "quality spiral".
    highlight : str or tuple of str, optional
        A loop to draw strong: its name (``"R1"``) or its variables.

    Raises
    ------
    ValueError
        For an unknown variable, a name or a link that stands twice, a link from a variable to
        itself, or a highlighted or named loop that is not there.

    Examples
    --------
    >>> drawn = CausalLoop(
    ...     alt="Births and people.", variables=[Variable(name="births"), Variable(name="people")],
    ...     links=[Link(start="births", end="people", sign="+"),
    ...            Link(start="people", end="births", sign="+")])
    >>> drawn.loops
    (Feedback(name='R1', members=('births', 'people'), delay=False, label=''),)
    """

    variables: Sequence[Variable]
    links: Sequence[Link] = ()
    names: Mapping[tuple[str, ...], str] | None = None
    highlight: str | tuple[str, ...] = ""

    kind = "loops"

    def __post_init__(self) -> None:
        super().__post_init__()
        names = unique((variable.name for variable in self.variables), "variable")
        if not names:
            raise ValueError("variables=[]: a causal loop diagram needs at least one variable")
        seen = set()
        for link in self.links:
            where = f"link {link.start!r} to {link.end!r}"
            known(link.start, names, "variable", where)
            known(link.end, names, "variable", where)
            if link.start == link.end:
                raise ValueError(f"{where}: a variable acts on itself by way of others: name them")
            if (link.start, link.end) in seen:
                raise ValueError(f"{where} stands twice: a link has one sign; split the variable")
            seen.add((link.start, link.end))
        loops, complete = self._find()
        object.__setattr__(self, "_loops", loops)
        object.__setattr__(self, "_complete", complete)
        self._lit()

    def _find(self) -> tuple[tuple[Feedback, ...], bool]:
        after = {v.name: [k.end for k in self.links if k.start == v.name] for v in self.variables}
        cycles, complete = simple_cycles(after)
        by_ends = {(link.start, link.end): link for link in self.links}
        labels: dict[tuple[str, ...], str] = {}
        for members, label in (self.names or {}).items():
            turned = self._turned(members, "names")
            if turned in labels:
                raise ValueError(f"names: {label!r} and {labels[turned]!r} name the same loop")
            labels[turned] = label
        count = {"R": 0, "B": 0}
        loops = []
        for cycle in cycles:
            links = [by_ends[pair] for pair in _pairs(cycle)]
            kind = "B" if sum(link.sign == "-" for link in links) % 2 else "R"
            count[kind] += 1
            loops.append(
                Feedback(
                    name=f"{kind}{count[kind]}", members=cycle,
                    delay=any(link.delay for link in links), label=labels.pop(cycle, ""),
                )
            )  # fmt: skip
        for members, label in labels.items():
            among = "" if complete else f", or not among the {MOST_LOOPS} shortest"
            raise ValueError(
                f"names: {label!r} names {_path(members)}, which is no loop here{among}"
            )
        return tuple(loops), complete

    def _turned(self, members: tuple[str, ...], where: str) -> tuple[str, ...]:
        """The same loop, begun at the variable that was declared first."""
        order = [variable.name for variable in self.variables]
        if not members:
            raise ValueError(f"{where}: () names no variables: give those of a loop")
        for name in members:
            known(name, order, "variable", where)
        at = min(range(len(members)), key=lambda k: order.index(members[k]))
        return members[at:] + members[:at]

    def _lit(self) -> Feedback | None:
        if not self.highlight:
            return None
        for loop in self.loops:
            if self.highlight == loop.name or (
                not isinstance(self.highlight, str)
                and self._turned(self.highlight, "highlight") == loop.members
            ):
                return loop
        found = ", ".join(loop.name for loop in self.loops) or "none"
        raise ValueError(f"highlight={self.highlight!r} is no loop here; found are {found}")

    @property
    def loops(self) -> tuple[Feedback, ...]:
        """The loops, shortest first; at most forty."""
        loops: tuple[Feedback, ...] = self._loops  # type: ignore[attr-defined]
        return loops

    @property
    def complete(self) -> bool:
        """Whether all loops were found; a dense diagram has too many."""
        return bool(self._complete)  # type: ignore[attr-defined]

    def drawn(self) -> dict[str, Any]:
        lit = self._lit()
        through = set(_pairs(lit.members)) if lit else set()
        return {
            "variables": [{"name": v.name, "label": v.label or v.name} for v in self.variables],
            "links": [
                left_out({
                    "start": k.start, "end": k.end, "sign": k.sign, "delay": k.delay,
                    "lit": k.highlight or (k.start, k.end) in through,
                    "loops": [o.name for o in self.loops if (k.start, k.end) in _pairs(o.members)],
                })
                for k in self.links
            ],
            "loops": [left_out({**asdict(o), "members": list(o.members)}) for o in self.loops],
            "lit": lit.name if lit else None,
            "complete": self.complete,
        }  # fmt: skip

    def tables(self) -> Sequence[TableView]:
        label = {variable.name: variable.label or variable.name for variable in self.variables}
        links = [
            [
                label[k.start],
                SIGNS[k.sign],
                label[k.end],
                "yes" if k.delay else "",
                "yes" if k.highlight else "",
                k.note,
            ]
            for k in self.links
        ]
        loops = [
            [
                loop.name,
                "reinforcing" if loop.reinforcing else "balancing",
                _path([label[name] for name in (*loop.members, loop.members[0])]),
                "yes" if loop.delay else "",
                loop.label,
            ]
            for loop in self.loops
        ]
        heads = ["Cause", "Sign", "Effect", "Delayed", MARKED, "Note"]
        if not any(k.highlight for k in self.links):
            heads.remove(MARKED)
            links = [[*row[:4], row[5]] for row in links]
        return [
            TableView(title="Links", columns=[(h, "", "left") for h in heads], rows=links),
            TableView(
                title="Loops",
                columns=[(h, "", "left") for h in ("Loop", "Kind", "Round", "Delayed", "Called")],
                rows=loops,
            ),
        ]


def _pairs(members: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, members[(at + 1) % len(members)]) for at, name in enumerate(members)]


def _path(names: Sequence[str] | Iterator[str]) -> str:
    return " → ".join(names)
