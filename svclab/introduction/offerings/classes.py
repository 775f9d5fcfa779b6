"""Classification of services by four axes (I-11), and whether an axis fits the services at all.

The axes are the source's: customer, content, channel and value. A good classification is
exhaustive (each case finds a place) and exclusive (no case finds two). :func:`fit` counts both on
the course's cases: of the four axes, content leaves the most cases without a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from svclab import data
from svclab.checks import known, one_of
from svclab.introduction.common import share_of
from svclab.introduction.sorting import Card, Sorting, sort_cards
from svclab.shown import Answer
from svclab.words import count, percent, say

__all__ = [
    "AXES",
    "NONE",
    "Classified",
    "Fit",
    "Pivot",
    "classify",
    "fit",
    "pivot",
    "service_classes",
]

NONE = "none"
# Axis to its classes (source: I-11) and what each is (the course's words).
AXES: Mapping[str, Mapping[str, str]] = {
    "customer": {
        "personal": "for somebody who pays for the own life",
        "enterprise": "for an organisation that pays and whose people use it",
        "government": "for a public body that pays",
    },
    "content": {
        "consulting": "a finding or advice about what to do",
        "training": "something that makes people able to do it themselves",
        "technical support": "work that makes a system run",
        "after-sale": "what follows the sale of a thing",
        NONE: "for services to which none of the source's four applies",
    },
    "channel": {
        "online": "over a network, without a person's voice",
        "offline": "in one place, face to face",
        "phone": "by voice over a distance",
        "mail": "by things or letters that are sent",
    },
    "value": {
        "basic": "what all customers get for the plain price",
        "value-added": "something beyond what is usual, alike for all who take it",
        "personalised": "made for this one customer",
    },
}


@dataclass(frozen=True)
class Classified:
    """A service with its class on each axis."""

    service: str
    case: str  # of the course, such as "X-06"; empty for none
    classes: Mapping[str, str]  # axis to class
    also: Mapping[str, tuple[str, ...]]  # axis to other classes that can be defended
    clue: str


@cache
def service_classes() -> tuple[Classified, ...]:
    """Fourteen services with the course's answers (invented; the axes are the source's).

    Returns
    -------
    tuple of Classified
        In the order of the table.

    Examples
    --------
    >>> service_classes()[0].classes["channel"]
    'offline'
    """
    return tuple(
        Classified(
            row["service"],
            row["case"],
            {axis: row[axis] for axis in AXES},
            {axis: tuple(w for w in row[f"{axis}_also"].split(";") if w) for axis in AXES},
            row["clue"],
        )
        for row in data.rows("service-classes")
    )


def classify(answers: Mapping[str, str], *, axis: str, reveal: bool = False) -> Sorting:
    """Classify the services on one axis, with feedback on each miss.

    Parameters
    ----------
    answers : mapping of str to str
        Service to class; services left out stay open.
    axis : str
        A name in :data:`AXES`.
    reveal : bool
        Whether feedback on a miss names the class.

    Returns
    -------
    Sorting
        Answers that can be defended count as right and say so.

    Raises
    ------
    ValueError
        If there is no such axis, service or class.

    Examples
    --------
    >>> classify({"bank counter": "after-sale"}, axis="content").misses[0].feedback
    'Your choice, after-sale, is what follows the sale of a thing. Somebody pays in or takes out
    money over a counter. It is what any account has.'
    """
    one_of("axis", axis, AXES)
    cards = [Card(o.service, o.classes[axis], o.clue, o.also[axis]) for o in service_classes()]
    return sort_cards(cards, AXES[axis], answers, reveal=reveal)


@dataclass(frozen=True, repr=False)
class Fit(Answer):
    """How well each axis fits the services: exhaustive, and exclusive?"""

    services: int
    without: Mapping[str, tuple[str, ...]]  # axis to services without a place
    with_two: Mapping[str, tuple[str, ...]]  # axis to services with more than one

    @property
    def sentence(self) -> str:
        """The result in words."""
        gap = max(self.without, key=lambda axis: len(self.without[axis]))
        double = max(self.with_two, key=lambda axis: len(self.with_two[axis]))
        return say(
            "Of {all}, {gap} leaves {left} without a place, and {double} gives {two} more than "
            "one.",
            all=count(self.services, "service"),
            gap=gap,
            left=len(self.without[gap]),
            double=double,
            two=len(self.with_two[double]),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an axis."""
        return [
            {
                "axis": axis,
                "without a place": str(percent(share_of(len(self.without[axis]), self.services))),
                "with more than one": str(
                    percent(share_of(len(self.with_two[axis]), self.services))
                ),
            }
            for axis in AXES
        ]


def fit() -> Fit:
    """Whether the four axes are exhaustive and exclusive on the course's services.

    Returns
    -------
    Fit
        Services without a place, and with more than one, axis by axis.

    Examples
    --------
    >>> fit().sentence
    'Of 14 services, content leaves 4 without a place, and channel gives 7 more than one.'
    """
    found = service_classes()
    return Fit(
        len(found),
        {axis: tuple(o.service for o in found if o.classes[axis] == NONE) for axis in AXES},
        {axis: tuple(o.service for o in found if o.also[axis]) for axis in AXES},
    )


@dataclass(frozen=True, repr=False)
class Pivot(Answer):
    """How many services fall into each pair of classes of two axes."""

    rows_axis: str
    columns_axis: str
    counts: Mapping[tuple[str, str], int]

    @property
    def empty(self) -> tuple[tuple[str, str], ...]:
        """Pairs without a service: nobody there, or a chance."""
        return tuple(pair for pair, many in self.counts.items() if not many)

    @property
    def sentence(self) -> str:
        """The result in words."""
        row, column = max(self.counts, key=lambda pair: self.counts[pair])
        return say(
            "Most services are {row} and {column} ({many}); {empty} of {cells} are empty.",
            row=row,
            column=column,
            many=self.counts[row, column],
            empty=len(self.empty),
            cells=count(len(self.counts), "cell"),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a class of the first axis, one column a class of the second."""
        return [
            {self.rows_axis: row, **{c: self.counts[row, c] for c in AXES[self.columns_axis]}}
            for row in AXES[self.rows_axis]
        ]


def pivot(
    rows: str, columns: str, *, services: Mapping[str, Mapping[str, str]] | None = None
) -> Pivot:
    """Count services in the cells of two axes.

    Parameters
    ----------
    rows, columns : str
        Two names in :data:`AXES`.
    services : mapping of str to mapping of str to str, optional
        Service to its class on each of the two axes; left out: the course's fourteen.

    Returns
    -------
    Pivot
        Every cell, the empty ones too.

    Raises
    ------
    ValueError
        If the axes are the same, or a class is unknown.

    Examples
    --------
    >>> pivot("customer", "value").counts["government", "personalised"]
    2
    """
    one_of("rows", rows, AXES)
    one_of("columns", columns, [axis for axis in AXES if axis != rows])
    given = {o.service: o.classes for o in service_classes()} if services is None else services
    pairs: Counter[tuple[str, str]] = Counter()
    for service, classes in given.items():
        known(f"services[{service!r}]", classes, AXES, partly=True)
        pairs[
            one_of(f"services[{service!r}][{rows!r}]", classes.get(rows), AXES[rows]),
            one_of(f"services[{service!r}][{columns!r}]", classes.get(columns), AXES[columns]),
        ] += 1
    return Pivot(rows, columns, {(r, c): pairs[r, c] for r in AXES[rows] for c in AXES[columns]})
