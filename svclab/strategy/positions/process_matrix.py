"""The service process matrix (服务流程矩阵): labour intensity against interaction.

Two questions about a service: how large is the cost of labour against that of plant and
equipment, and how much does each customer interact with the process and get it to order? Two
times two answers make four kinds, each with its own tasks for managers.

Contested: Verma (2000) found tasks that differ with the two questions, Verma and Boyer (2000)
that the borders between the kinds are fuzzy; Schmenner himself later drew it anew with variation
and throughput time (Schmenner 2004).

References
----------
Schmenner, R. W. (1986), How can service businesses survive and prosper?, Sloan Management Review
27 (3), 21-32. Verma, R. (2000), An empirical analysis of management challenges in service
factories, service shops, mass services and professional services, International Journal of
Service Industry Management 11 (1), 8-25. Verma, R. and Boyer, K. K. (2000), Service classification
and management challenges, Journal of Business Strategies 17 (1), 5-24. Schmenner, R. W. (2004),
Service businesses and productivity, Decision Sciences 35, 333-347.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import above_zero, names_of, zero_or_more
from svclab.shown import Answer
from svclab.strategy.weighing.checked import a_score, a_table
from svclab.words import count, join, say

__all__ = [
    "EXAMPLES",
    "KINDS",
    "Checked",
    "Kind",
    "Miss",
    "Placement",
    "check_kinds",
    "kind_of",
    "labour_intensity",
    "place",
]

AXES = ("labour", "interaction")


@dataclass(frozen=True)
class Kind:
    """One of the four kinds of service."""

    name: str
    chinese: str
    labour_high: bool  # cost of labour large against plant and equipment
    interaction_high: bool  # customers interact much and get the service to order
    tasks: tuple[str, ...]  # what managers of this kind have to look after (Schmenner 1986)


_LOW_LABOUR = ("choose and renew equipment", "level the demand to fill the capacity")
_HIGH_LABOUR = ("hire and train", "schedule the staff", "keep methods and far sites in hand")
_LOW_CONTACT = ("make the service warm", "care for the surroundings", "keep standard procedures")
_HIGH_CONTACT = ("hold the cost down", "keep the quality up", "win the loyalty of experts")

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("service factory", "服务工厂", False, False, _LOW_LABOUR + _LOW_CONTACT),
        Kind("service shop", "服务作坊", False, True, _LOW_LABOUR + _HIGH_CONTACT),
        Kind("mass service", "大众服务", True, False, _HIGH_LABOUR + _LOW_CONTACT),
        Kind("professional service", "专业服务", True, True, _HIGH_LABOUR + _HIGH_CONTACT),
    )
}

# Where Schmenner (1986) puts them (literature).
EXAMPLES: Mapping[str, str] = {
    "airline": "service factory",
    "trucking": "service factory",
    "hotel": "service factory",
    "resort": "service factory",
    "hospital": "service shop",
    "car repair": "service shop",
    "retail shop": "mass service",
    "wholesaler": "mass service",
    "school": "mass service",
    "retail bank": "mass service",
    "doctor": "professional service",
    "lawyer": "professional service",
    "accountant": "professional service",
    "architect": "professional service",
}


@dataclass(frozen=True, repr=False)
class Placement(Answer):
    """Services on the two axes."""

    points: Mapping[str, Mapping[str, float]]  # service to labour and interaction, 0 to 10
    cut: float  # from where on an axis counts as high

    @property
    def kinds(self) -> dict[str, str]:
        """Service to kind."""
        return {
            name: kind_of(p["labour"] >= self.cut, p["interaction"] >= self.cut).name
            for name, p in self.points.items()
        }

    @property
    def near_a_line(self) -> tuple[str, ...]:
        """Services within 1 point of a dividing line: their kind hangs on the judgement."""
        return tuple(
            name
            for name, p in self.points.items()
            if any(abs(p[axis] - self.cut) < 1 for axis in AXES)
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a service."""
        kinds = self.kinds
        return [
            {"service": n, **p, "kind": kinds[n], "中文": KINDS[kinds[n]].chinese}
            for n, p in self.points.items()
        ]

    @property
    def sentence(self) -> str:
        """How many of each kind, and which are near a line."""
        kinds = list(self.kinds.values())
        parts = [
            say("{n} {kind}", n=count(kinds.count(name)), kind=name)
            for name in KINDS
            if name in kinds
        ]
        if self.near_a_line:
            return say(
                "{p}; near a line: {n}.", p=join(parts, most=6), n=join(self.near_a_line, most=6)
            )
        return say("{p}.", p=join(parts, most=6))


@dataclass(frozen=True)
class Miss:
    """One service that was put into another kind than expected."""

    service: str
    said: str
    expected: str

    @property
    def axes(self) -> tuple[str, ...]:
        """Which of the two questions was answered differently."""
        one, other = KINDS[self.said], KINDS[self.expected]
        wrong = (
            one.labour_high != other.labour_high,
            one.interaction_high != other.interaction_high,
        )
        return tuple(axis for axis, off in zip(AXES, wrong, strict=True) if off)

    @property
    def sentence(self) -> str:
        """What to think over again."""
        kind = KINDS[self.expected]
        hints = {
            "labour": "much of its cost is plant and equipment"
            if not kind.labour_high
            else "its cost is people's work more than plant and equipment",
            "interaction": "customers have a say in what is done for each of them"
            if kind.interaction_high
            else "every customer gets much the same",
        }
        return say(
            "{service}: {said}? Think again: {hints}.",
            service=self.service,
            said=self.said,
            hints=" and ".join(hints[axis] for axis in self.axes),
        )


@dataclass(frozen=True, repr=False)
class Checked(Answer):
    """A classification, checked service by service."""

    right: tuple[str, ...]
    misses: tuple[Miss, ...]

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a miss; the kind expected is not given away."""
        return [
            {"service": m.service, "said": m.said, "look at": join(m.axes, most=6)}
            for m in self.misses
        ]

    @property
    def sentence(self) -> str:
        """How many are right, and a hint for each miss."""
        total = len(self.right) + len(self.misses)
        first = say("{n} of {all} as expected.", n=len(self.right), all=total)
        return say("{all}", all=" ".join([first, *(m.sentence for m in self.misses)]))


def labour_intensity(labour_cost: float, plant_and_equipment: float) -> float:
    """Schmenner's degree of labour intensity: labour cost over value of plant and equipment.

    Parameters
    ----------
    labour_cost : float
        Yuan a year.
    plant_and_equipment : float
        Yuan, the value; above 0.

    Returns
    -------
    float
        A ratio. The literature gives no number from which it is "high"; compare services.

    Examples
    --------
    >>> labour_intensity(3_000_000, 12_000_000)
    0.25
    """
    return zero_or_more("labour_cost", labour_cost) / above_zero(
        "plant_and_equipment", plant_and_equipment
    )


def kind_of(labour_high: bool, interaction_high: bool) -> Kind:
    """The kind of service that two answers make.

    Parameters
    ----------
    labour_high : bool
        Whether labour costs much against plant and equipment.
    interaction_high : bool
        Whether customers interact much and get the service to order.

    Returns
    -------
    Kind
        One of ``KINDS``.

    Examples
    --------
    >>> kind_of(False, True).name
    'service shop'
    """
    return next(
        kind
        for kind in KINDS.values()
        if kind.labour_high == bool(labour_high) and kind.interaction_high == bool(interaction_high)
    )


def place(services: Mapping[str, Mapping[str, float]], *, cut: float = 5.0) -> Placement:
    """Services placed on the matrix by two scores.

    Parameters
    ----------
    services : mapping of mapping
        Service to ``{"labour": score, "interaction": score}``, each 0 to 10.
    cut : float, optional
        From where a score counts as high; 5 is our convention, the literature names none.

    Returns
    -------
    Placement

    Raises
    ------
    ValueError
        For a score outside 0 to 10.

    Examples
    --------
    >>> place({"self-service KTV": {"labour": 2, "interaction": 3},
    ...        "wedding planner": {"labour": 9, "interaction": 9}})
    1 service factory and 1 professional service.
      service           labour  interaction                  kind    中文
      self-service KTV       2            3       service factory  服务工厂
      wedding planner        9            9  professional service  专业服务
    """
    points = a_table("services", services, AXES, each=a_score)
    if not 0 < zero_or_more("cut", cut) < 10:
        raise ValueError(f"cut={cut!r}: give a number between 0 and 10")
    return Placement(points, float(cut))


def check_kinds(said: Mapping[str, str], expected: Mapping[str, str] | None = None) -> Checked:
    """A classification exercise: which services were put elsewhere, and which axis to look at.

    Parameters
    ----------
    said : mapping
        Service to the kind that was chosen, a name in ``KINDS``.
    expected : mapping, optional
        Service to kind; ``EXAMPLES`` after Schmenner (1986) if left out.

    Returns
    -------
    Checked

    Raises
    ------
    ValueError
        For an unknown service or kind.

    Examples
    --------
    >>> check_kinds({"hotel": "service factory", "hospital": "professional service"}).sentence
    '1 of 2 as expected. hospital: professional service? Think again: much of its cost is plant and
     equipment.'
    """
    expected = EXAMPLES if expected is None else expected
    right, misses = [], []
    for service in names_of("said", said):
        if service not in expected:
            raise ValueError(f"{service!r} is not one of {join(map(repr, expected), most=20)}")
        for word in (said[service], expected[service]):
            if word not in KINDS:
                raise ValueError(f"{service!r}: {word!r} is not one of {join(KINDS, most=6)}")
        if said[service] == expected[service]:
            right.append(service)
        else:
            misses.append(Miss(service, said[service], expected[service]))
    return Checked(tuple(right), tuple(misses))
