"""What really happened: paths of cases counted from an event log (small process mining).

An event log has one row per event: which case, which activity, when. From it come the paths that
cases took (*variants*), which activity followed which, where work came back, and how many cases
kept to the prescribed order. Course inventory P-42; van der Aalst (2016), *Process Mining*,
2nd ed., ch. 5 and 6 (direct-follows relation, conformance).
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from svclab.words import count, percent, say

__all__ = [
    "Conformity",
    "Deviation",
    "Variant",
    "Variants",
    "conformity",
    "conforms",
    "deviation",
    "find_variants",
    "paths",
]

Path = tuple[str, ...]


@dataclass(frozen=True)
class Variant:
    """A path that one or more cases took."""

    path: Path
    cases: int  # number of cases
    share: float  # of all cases, 0 to 1


@dataclass(frozen=True)
class Variants:
    """The paths of a log, counted."""

    cases: int  # number of cases
    variants: tuple[Variant, ...]  # commonest first, ties in alphabetical order of the path
    follows: dict[tuple[str, str], int] = field(repr=False)  # how often b came directly after a
    loops: dict[tuple[str, str], int] = field(repr=False)  # of these: b had been done before
    repeats: dict[str, int] = field(repr=False)  # executions beyond the first in a case
    rework_share: float  # share of cases in which any activity was done more than once

    @property
    def commonest_share(self) -> float:
        """Share of cases on the commonest path, 0 to 1."""
        return self.variants[0].share

    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{cases} took {paths}; {share} took the commonest one; work came back in {rework}.",
            cases=count(self.cases, "case"),
            paths=count(len(self.variants), "path"),
            share=percent(self.commonest_share, 0),
            rework=percent(self.rework_share, 0),
        )


@dataclass(frozen=True)
class Deviation:
    """How one path differs from the prescribed order; empty tuples where it does not."""

    skipped: tuple[str, ...]  # prescribed, but not done
    repeated: tuple[str, ...]  # done more than once
    swapped: tuple[tuple[str, str], ...]  # (a, b): a was first done before b, against the order
    unknown: tuple[str, ...]  # done, but not prescribed

    @property
    def none(self) -> bool:
        """Whether the path is as prescribed."""
        return not (self.skipped or self.repeated or self.swapped or self.unknown)


@dataclass(frozen=True)
class Conformity:
    """How well the cases of a log keep to the prescribed order; counts are cases."""

    cases: int
    share: float  # share of cases exactly as prescribed, 0 to 1
    skipped: dict[str, int]
    repeated: dict[str, int]
    swapped: dict[tuple[str, str], int]
    unknown: dict[str, int]


def paths(
    log: Iterable[Mapping[str, Any]],
    *,
    case: str = "case",
    activity: str = "activity",
    order: str | None = "time",
) -> dict[Any, Path]:
    """The path of each case.

    Parameters
    ----------
    log : iterable of dict
        One row per event.
    case, activity, order : str
        Names of the columns. Events of a case are sorted by `order` (a time or a number; ties
        keep the order of the rows); ``None`` takes the rows as they stand.

    Returns
    -------
    dict
        Case to its activities, cases in order of first row.

    Raises
    ------
    ValueError
        If the log is empty, a column or a value is missing, or times cannot be compared.

    Examples
    --------
    >>> paths([{"case": 1, "activity": "pay", "time": 9},
    ...        {"case": 1, "activity": "ask", "time": 4}])
    {1: ('ask', 'pay')}
    """
    events: dict[Any, list[tuple[Any, str]]] = {}
    needed = [case, activity] + ([] if order is None else [order])
    for number, row in enumerate(log, start=1):
        for column in needed:
            value = row.get(column)
            if value is None or value == "" or value != value:
                raise ValueError(
                    f"row {number} of the log has no {column!r}; give every row "
                    f"{', '.join(map(repr, needed))}"
                )
        events.setdefault(row[case], []).append(
            (number if order is None else row[order], str(row[activity]))
        )
    if not events:
        raise ValueError("the log has no rows; give at least one event")
    found: dict[Any, Path] = {}
    for name, happened in events.items():
        try:
            happened.sort(key=lambda event: event[0])
        except TypeError:
            raise ValueError(
                f"case {name!r}: values of {order!r} cannot be compared with each other; "
                "give only numbers, or only times of one kind"
            ) from None
        found[name] = tuple(what for _, what in happened)
    return found


def find_variants(
    log: Iterable[Mapping[str, Any]],
    *,
    case: str = "case",
    activity: str = "activity",
    order: str | None = "time",
) -> Variants:
    """Count the paths of a log, what follows what, and where work comes back.

    Parameters
    ----------
    log : iterable of dict
        One row per event; columns as in :func:`paths`.
    case, activity, order : str
        Names of the columns.

    Returns
    -------
    Variants
        Counts and shares. A *loop* a → b is a step from a to an activity b that the case had
        already been through (a itself included).

    Examples
    --------
    >>> log = [{"case": c, "activity": a, "time": i} for c, way in
    ...        {"x": "ABC", "y": "ABC", "z": "ABABC"}.items() for i, a in enumerate(way)]
    >>> find_variants(log).sentence()
    '3 cases took 2 paths; 67% took the commonest one; work came back in 33%.'
    >>> find_variants(log).loops
    {('B', 'A'): 1, ('A', 'B'): 1}
    """
    ways = paths(log, case=case, activity=activity, order=order)
    tally = Counter(ways.values())
    follows: Counter[tuple[str, str]] = Counter()
    loops: Counter[tuple[str, str]] = Counter()
    repeats: Counter[str] = Counter()
    for way in ways.values():
        for i, pair in enumerate(itertools.pairwise(way), start=1):
            follows[pair] += 1
            if pair[1] in way[:i]:
                loops[pair] += 1
        repeats.update({name: n - 1 for name, n in Counter(way).items() if n > 1})
    total = len(ways)
    again = sum(1 for way in ways.values() if len(set(way)) < len(way))
    return Variants(
        cases=total,
        variants=tuple(
            Variant(path, n, n / total)
            for path, n in sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        follows=dict(follows),
        loops=dict(loops),
        repeats=dict(repeats),
        rework_share=again / total,
    )


def deviation(path: Sequence[str], prescribed: Sequence[str]) -> Deviation:
    """How a path differs from the prescribed order.

    Parameters
    ----------
    path : sequence of str
        Activities as they were done.
    prescribed : sequence of str
        Each activity once, in the order in which it should be done.

    Returns
    -------
    Deviation
        What was skipped, repeated, swapped or unknown. `swapped` names neighbours only: of the
        activities done, in the order of their first execution, each pair that stands directly
        together and runs against the order.

    Raises
    ------
    ValueError
        If the prescribed order is empty or names an activity twice.

    Examples
    --------
    >>> deviation("ACBB", "ABCD")
    Deviation(skipped=('D',), repeated=('B',), swapped=(('C', 'B'),), unknown=())
    """
    rank = {name: i for i, name in enumerate(prescribed)}
    if not rank:
        raise ValueError("prescribed order is empty; name at least one activity")
    if len(rank) < len(prescribed):
        twice = next(n for n, k in Counter(prescribed).items() if k > 1)
        raise ValueError(f"prescribed order names {twice!r} twice; name each activity once")
    done = Counter(path)
    firsts = [name for name in dict.fromkeys(path) if name in rank]
    return Deviation(
        skipped=tuple(name for name in prescribed if name not in done),
        repeated=tuple(name for name, n in done.items() if n > 1),
        swapped=tuple((a, b) for a, b in itertools.pairwise(firsts) if rank[a] > rank[b]),
        unknown=tuple(name for name in done if name not in rank),
    )


def conforms(path: Sequence[str], prescribed: Sequence[str]) -> bool:
    """Whether a path is exactly the prescribed order.

    Examples
    --------
    >>> conforms(["ask", "pay"], ["ask", "pay"]), conforms(["ask"], ["ask", "pay"])
    (True, False)
    """
    return deviation(path, prescribed).none


def conformity(
    log: Iterable[Mapping[str, Any]],
    prescribed: Sequence[str],
    *,
    case: str = "case",
    activity: str = "activity",
    order: str | None = "time",
) -> Conformity:
    """Compare all cases of a log with the prescribed order.

    Parameters
    ----------
    log : iterable of dict
        One row per event; columns as in :func:`paths`.
    prescribed : sequence of str
        Each activity once, in order.
    case, activity, order : str
        Names of the columns.

    Returns
    -------
    Conformity
        The share of cases as prescribed and, for each kind of deviation, in how many cases.

    Examples
    --------
    >>> log = [{"case": c, "activity": a} for c, way in {1: "ABC", 2: "AC"}.items() for a in way]
    >>> conformity(log, "ABC", order=None)
    Conformity(cases=2, share=0.5, skipped={'B': 1}, repeated={}, swapped={}, unknown={})
    """
    ways = paths(log, case=case, activity=activity, order=order)
    found = [deviation(way, prescribed) for way in ways.values()]
    return Conformity(
        cases=len(found),
        share=sum(d.none for d in found) / len(found),
        skipped=dict(Counter(name for d in found for name in d.skipped)),
        repeated=dict(Counter(name for d in found for name in d.repeated)),
        swapped=dict(Counter(pair for d in found for pair in d.swapped)),
        unknown=dict(Counter(name for d in found for name in d.unknown)),
    )
