"""The course's own problems (E-05 to E-09), ready to be looked at, solved and changed.

The numbers come from the tables in ``data/``, which say for each whether the document prints it;
limits that are single numbers stand here, with their origin.

>>> toy_kit().solve()
Make 2 × table and 2 × chair: profit 70. Used up: large and small.
  resource  used  available  spare
  large        6          6      0
  small        8          8      0
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from svclab import data
from svclab.decisions.problems.assignment import assignment, assignment_problem
from svclab.decisions.problems.blending import blending, blending_problem
from svclab.decisions.problems.common import by_name
from svclab.decisions.problems.knapsack import knapsack, knapsack_problem
from svclab.decisions.problems.product_mix import product_mix, product_mix_problem
from svclab.decisions.problems.selection import selection, selection_problem
from svclab.decisions.problems.transport import transport, transport_problem

__all__ = [
    "SIX_TYPES",
    "Case",
    "ProblemType",
    "feed",
    "four_jobs",
    "listing",
    "load_of_ten",
    "tianjin",
    "town",
    "toy_kit",
]

MODELS: dict[str, tuple[Any, Any]] = {
    "product mix": (product_mix, product_mix_problem),
    "blending": (blending, blending_problem),
    "knapsack": (knapsack, knapsack_problem),
    "transport": (transport, transport_problem),
    "company selection": (selection, selection_problem),
    "assignment": (assignment, assignment_problem),
}


@dataclass(frozen=True)
class ProblemType:
    """One of the six types that the course names (E-08)."""

    number: int
    name: str
    chinese: str
    goal: str
    limits: str
    values: str  # what the variables may be


SIX_TYPES = (
    ProblemType(1, "product mix", "生产计划", "most profit", "equipment capacity", "amounts"),
    ProblemType(2, "blending", "配料", "least cost", "material limits and balance", "amounts"),
    ProblemType(3, "knapsack", "背包", "most value", "a load limit", "whole"),
    ProblemType(4, "transport", "运输", "least freight", "supply and demand balance", "whole"),
    ProblemType(5, "company selection", "公司选择", "most profit",
                "assets, debt and number", "0 or 1"),
    ProblemType(6, "assignment", "指派", "most profit or least cost", "one to one", "0 or 1"),
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class Case:
    """A problem of the course with its numbers.

    ``case.arguments`` are the tables as the model's function takes them; ``case.solve()`` and
    ``case.problem()`` call it, and take changes, such as ``case.solve(whole=False)``.
    """

    title: str
    section: str  # of the course inventory, such as "E-05"
    model: str  # a name in SIX_TYPES
    arguments: Mapping[str, Any]
    settings: Mapping[str, Any]  # that only the result needs, such as the unit
    origins: Mapping[str, str]  # part of the problem to where it comes from

    def solve(self, **changes: Any) -> Any:
        """The best plan; keyword arguments replace or add to the case's."""
        return MODELS[self.model][0](**{**self.arguments, **self.settings, **changes})

    def problem(self, **changes: Any) -> Any:
        """The PuLP problem; keyword arguments replace or add to the case's."""
        return MODELS[self.model][1](**{**self.arguments, **changes})

    def __repr__(self) -> str:
        lines = [f"{self.title} ({self.section}, {self.model})"]
        return "\n".join([*lines, *(f"  {part}: {o}" for part, o in self.origins.items())])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(p)}: {escape(o)}</li>" for p, o in self.origins.items())
        return f"<p>{escape(self.title)} ({self.section}, {self.model})</p><ul>{items}</ul>"


def toy_kit(*, large: int | None = None, small: int | None = None) -> Case:
    """Tables and chairs from a kit of toy blocks (E-05, X-04).

    Parameters
    ----------
    large, small : int, optional
        Blocks in the kit; left out: 6 large and 8 small, as the source says.

    Returns
    -------
    Case
        Whole pieces, as in the workshop; ``solve(whole=False)`` is the linear program.

    Examples
    --------
    >>> more = toy_kit(small=9)
    >>> more.solve(whole=False).profit, more.solve().profit
    (75.0, 70.0)
    """
    rows = by_name(data.rows("toy-kit"))
    pieces = {name: row for name, row in rows.items() if row["role"] == "product"}
    stock = next(row for row in rows.values() if row["role"] == "stock")
    return Case(
        "Tables and chairs from a toy kit",
        "E-05",
        "product mix",
        {
            "profit": {name: row["profit"] for name, row in pieces.items()},
            "uses": {n: {"large": r["large"], "small": r["small"]} for n, r in pieces.items()},
            "available": {
                "large": stock["large"] if large is None else large,
                "small": stock["small"] if small is None else small,
            },
            "whole": True,
        },
        {},
        {"profits, blocks, whole pieces": "source (003_ad9bb3a58dd157f5.txt)"},
    )


def listing() -> Case:
    """Three of five companies for a listing (E-06, X-05).

    Returns
    -------
    Case
        ``solve(relaxed=True)`` is the linear program; ``solve(at_most={"debt": 6})`` another
        limit.

    Examples
    --------
    >>> listing().solve().sentence
    'Take A, B and C: profit 12,300 万 yuan; assets 16.43 (at least 10) and debt 4.83
    (at most 5).'
    """
    rows = by_name(data.rows("listing-companies"))
    return Case(
        "Three of five companies for a listing",
        "E-06",
        "company selection",
        {
            "candidates": {
                name: {figure: row[figure] for figure in ("assets", "debt", "profit")}
                for name, row in rows.items()
            },
            "count": 3,
            "at_least": {"assets": 10},
            "at_most": {"debt": 5},
        },
        {"unit": "万 yuan"},
        {
            "figures and limits": "source (003_ad9bb3a58dd157f5.txt)",
            "units (assets and debt in 亿 yuan, profit in 万 yuan)": "inferred",
        },
    )


def tianjin() -> Case:
    """The transport fragment with Tianjin, completed (E-07).

    Returns
    -------
    Case
        Balanced: supply and demand are 1,000.

    Examples
    --------
    >>> tianjin().solve().cost
    6150.0
    """
    places = by_name(data.rows("transport-places"))
    freight: dict[str, dict[str, float]] = {}
    for row in data.rows("transport-freights"):
        freight.setdefault(row["source"], {})[row["destination"]] = row["freight"]
    return Case(
        "Transport from Tianjin",
        "E-07",
        "transport",
        {
            "supply": {n: r["amount"] for n, r in places.items() if r["role"] == "source"},
            "demand": {n: r["amount"] for n, r in places.items() if r["role"] == "destination"},
            "freight": freight,
        },
        {},
        {
            "Tianjin and its 400; the rates 4 6 7 8 9 6": "source (003_ad9bb3a58dd157f5.txt)",
            "the second source, all demands, which rate belongs to which route": "invented",
        },
    )


def feed() -> Case:
    """A blend of 100 kg from three ingredients (E-09, invented).

    Returns
    -------
    Case
        At least 22 kg of protein, at most 6 kg of fibre.

    Examples
    --------
    >>> round(feed().solve().cost, 2)
    330.0
    """
    rows = by_name(data.rows("blending-feed"))
    return Case(
        "A blend with enough protein",
        "E-09",
        "blending",
        {
            "cost": {name: row["cost"] for name, row in rows.items()},
            "contents": {n: {s: r[s] for s in ("protein", "fibre")} for n, r in rows.items()},
            "amount": 100,
            "at_least": {"protein": 22},
            "at_most": {"fibre": 6},
        },
        {},
        {"all numbers": "invented: the source names the type only"},
    )


def load_of_ten(*, copies: int | None = 1) -> Case:
    """Five items and a load limit of 10 (E-09, invented).

    Parameters
    ----------
    copies : int or None, optional
        1: each item once (0-1); None: any number.

    Returns
    -------
    Case
        The knapsack.

    Examples
    --------
    >>> load_of_ten().solve().value, load_of_ten(copies=None).solve().value
    (135.0, 140.0)
    """
    rows = by_name(data.rows("knapsack-items"))
    return Case(
        "What to take along",
        "E-09",
        "knapsack",
        {
            "items": {name: (row["weight"], row["value"]) for name, row in rows.items()},
            "limit": 10,
            "copies": copies,
        },
        {},
        {"all numbers": "invented: the source names the type only"},
    )


def four_jobs() -> Case:
    """Four people and four jobs (E-09, invented).

    Returns
    -------
    Case
        Costs; ``solve(best="most")`` reads the same table as profits.

    Examples
    --------
    >>> four_jobs().solve().total
    13.0
    """
    rows = by_name(data.rows("assignment-costs"), "person")
    jobs = [f"job {k}" for k in range(1, 5)]
    return Case(
        "Four people and four jobs",
        "E-09",
        "assignment",
        {"values": {name: {job: row[job] for job in jobs} for name, row in rows.items()}},
        {},
        {"all numbers": "invented: the source names the type only"},
    )


def town() -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Six districts of a town: minutes of driving, and calls a day (invented).

    Returns
    -------
    tuple
        Minutes from each district to each, and the calls of each district.

    Examples
    --------
    >>> drive, calls = town()
    >>> drive["Harbour"]["Airport"], calls["Harbour"]
    (12, 20)
    """
    rows = by_name(data.rows("town-minutes"), "district")
    drive = {place: {other: row[other] for other in rows} for place, row in rows.items()}
    return drive, {place: row["calls"] for place, row in rows.items()}
