"""Several kinds of customers share the same resources: the bottleneck depends on the mix."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from svclab.checks import a_share, above_zero, zero_or_more
from svclab.process.longest import longest_path
from svclab.process.model import HOUR, Process
from svclab.process.workers import TIE, work_by_resource
from svclab.shown import html_table, text_table
from svclab.words import join, number, per_hour, percent, say, seconds

__all__ = [
    "CustomerKind",
    "MixAnalysis",
    "MixLoad",
    "ShareRange",
    "analyse_mix",
    "bottleneck_by_share",
]


@dataclass(frozen=True)
class CustomerKind:
    """One kind of customer and what each activity takes for it.

    Parameters
    ----------
    name : str
        For example ``"new licence"``.
    seconds : mapping
        Activity name to seconds; an activity left out, or with 0, is skipped.
    share : float, optional
        Share of all customers, 0 to 1. Either all kinds have a share, or all a rate.
    per_hour : float, optional
        Customers of this kind per hour.
    """

    name: str
    seconds: Mapping[str, float]
    share: float | None = field(default=None, kw_only=True)
    per_hour: float | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise ValueError(f"customer kind name {self.name!r} is empty: give each kind a name")
        for activity, time in self.seconds.items():
            zero_or_more(f"kind {self.name!r}: seconds[{activity!r}]", time, "a number of seconds")
        if (self.share is None) == (self.per_hour is None):
            raise ValueError(
                f"kind {self.name!r}: give either share or per_hour, not both and not neither"
            )
        if self.share is not None:
            a_share(f"kind {self.name!r}: share", self.share)
        else:
            zero_or_more(f"kind {self.name!r}: per_hour", self.per_hour, "customers per hour")


@dataclass(frozen=True)
class MixLoad:
    """What a mix asks of one resource."""

    name: str
    units: int  # workers
    work_seconds: float  # seconds of work for an average customer of the mix
    capacity_per_hour: float  # customers of this mix per hour
    implied_utilisation: float | None  # demand / capacity, may exceed 1; None without demand
    is_bottleneck: bool


@dataclass(frozen=True, repr=False)
class MixAnalysis:
    """A process under a mix of customers; one :class:`MixLoad` for each resource."""

    process_name: str
    shares: Mapping[str, float]  # kind to share of all customers
    demand_per_hour: float | None  # customers of all kinds per hour
    resources: tuple[MixLoad, ...]
    capacity_per_hour: float  # customers of this mix per hour
    bottlenecks: tuple[str, ...]
    throughput_per_hour: float  # min(demand, capacity)
    served_per_hour: Mapping[str, float]  # kind to customers per hour, in the mix's proportion
    flow_times_seconds: Mapping[str, float]  # kind to longest path, without queues

    @property
    def summary(self) -> str:
        """The analysis in a sentence."""
        parts = [
            say("{share} {kind}", share=percent(share), kind=kind)
            for kind, share in self.shares.items()
        ]
        mix = join(parts)
        if not self.bottlenecks:
            return say("{name} with {mix}: nobody has any work.", name=self.process_name, mix=mix)
        return say(
            "{name} with {mix}: at most {capacity}, limited by {who}.",
            name=self.process_name,
            mix=mix,
            capacity=per_hour(self.capacity_per_hour),
            who=join(self.bottlenecks),
        )

    def _table(self) -> tuple[list[str], list[list[str]]]:
        rows = []
        for row in self.resources:
            implied = row.implied_utilisation
            rows.append(
                [
                    row.name + (" (bottleneck)" if row.is_bottleneck else ""),
                    str(number(row.units, 0)),
                    str(seconds(row.work_seconds)),
                    str(per_hour(row.capacity_per_hour)),
                    "" if implied is None else str(percent(implied)),
                ]
            )
        return ["resource", "workers", "work", "capacity", "implied utilisation"], rows

    def __repr__(self) -> str:
        return text_table(self.summary, *self._table())

    def _repr_html_(self) -> str:
        strong = frozenset(i for i, row in enumerate(self.resources) if row.is_bottleneck)
        head, rows = self._table()
        return html_table(self.summary, head, rows, strong=strong)


def _of_kind(process: Process, kind: CustomerKind) -> Process:
    """The process as this kind sees it: its times, and no rework after what it skips."""
    for name in kind.seconds:
        process.activity(name)
    changed = []
    for activity in process.activities:
        time = kind.seconds.get(activity.name, 0.0)
        rework = activity.rework if time > 0 else None
        changed.append(replace(activity, seconds=time, rework=rework))
    return replace(process, activities=tuple(changed))


def _check_kinds(kinds: Sequence[CustomerKind]) -> None:
    if not kinds:
        raise ValueError("kinds is empty: give at least one CustomerKind")
    names = [kind.name for kind in kinds]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"customer kind {name!r} is given twice: names must be unique")
    by_share = [kind.share is not None for kind in kinds]
    if any(by_share) and not all(by_share):
        raise ValueError("some kinds have a share and some a rate: give the same to all kinds")


def _shares(kinds: Sequence[CustomerKind]) -> tuple[dict[str, float], float | None]:
    """Shares that add to one, and the demand if the kinds have rates."""
    _check_kinds(kinds)
    if kinds[0].share is None:
        rates = {kind.name: kind.per_hour or 0.0 for kind in kinds}
        total = math.fsum(rates.values())
        above_zero("demand_per_hour", total, "customers per hour")
        return {name: rate / total for name, rate in rates.items()}, total
    shares = {kind.name: kind.share or 0.0 for kind in kinds}
    total = math.fsum(shares.values())
    if abs(total - 1) > TIE:
        raise ValueError(f"the shares of {', '.join(shares)} add up to {total:g}: make them 1")
    return shares, None


def _slowest(work: Mapping[str, float], process: Process) -> tuple[float, tuple[str, ...]]:
    """The cycle time of the process in seconds, and all resources that have it."""
    cycles = {r.name: work[r.name] / r.units for r in process.resources}
    longest = max(cycles.values(), default=0.0)
    if longest <= 0:
        return 0.0, ()
    return longest, tuple(n for n, cycle in cycles.items() if cycle >= longest * (1 - TIE))


def analyse_mix(
    process: Process, kinds: Sequence[CustomerKind], *, demand_per_hour: float | None = None
) -> MixAnalysis:
    """Bottleneck, capacity and implied utilisation for a mix of customers.

    With share s(k) and work w(k, r): an average customer brings Σ s(k)·w(k, r) to resource r;
    capacity(r) = 3600·units(r) / that, in customers **of this mix** per hour.

    Parameters
    ----------
    process : Process
        Gives order, resources and workers; its own times are replaced by those of each kind.
    kinds : sequence of CustomerKind
        With shares that add up to 1, or all with rates.
    demand_per_hour : float, optional
        Customers of all kinds per hour; only with shares. With rates it is their sum.

    Returns
    -------
    MixAnalysis
        One row per resource.

    Raises
    ------
    ValueError
        For unknown activities, shares that do not add to 1, or a demand next to rates.

    Examples
    --------
    >>> from svclab.process.model import Process
    >>> desk = Process.line("Desk", {"form": 60, "photo": 20})
    >>> analyse_mix(desk, [CustomerKind("new", {"form": 60, "photo": 20}, per_hour=30),
    ...                    CustomerKind("renewal", {"photo": 60}, per_hour=30)])
    Desk with 50% new and 50% renewal: at most 90 per hour, limited by photo.
      resource            workers  work      capacity  implied utilisation
      form                      1  30 s  120 per hour                  50%
      photo (bottleneck)        1  40 s   90 per hour                66.7%

    Notes
    -----
    Cachon and Terwiesch, *Matching Supply with Demand*, chapter 3, on multiple types of flow
    units and implied utilisation.
    """
    shares, demand = _shares(kinds)
    if demand_per_hour is not None:
        if demand is not None:
            raise ValueError(
                f"demand_per_hour={demand_per_hour!r} is given, but the kinds have rates that add "
                f"up to {demand:g} per hour: leave demand_per_hour out or give shares"
            )
        above_zero("demand_per_hour", demand_per_hour, "customers per hour")
        demand = demand_per_hour
    seen = {kind.name: _of_kind(process, kind) for kind in kinds}
    loads = {name: work_by_resource(one) for name, one in seen.items()}
    work = {
        r.name: math.fsum(shares[k] * load[r.name] for k, load in loads.items())
        for r in process.resources
    }
    cycle, slowest = _slowest(work, process)
    capacity = HOUR / cycle if cycle else math.inf
    throughput = capacity if demand is None else min(demand, capacity)
    return MixAnalysis(
        process_name=process.name,
        shares=shares,
        demand_per_hour=demand,
        resources=tuple(
            MixLoad(
                name=r.name,
                units=r.units,
                work_seconds=work[r.name],
                capacity_per_hour=HOUR * r.units / work[r.name] if work[r.name] else math.inf,
                implied_utilisation=(
                    None if demand is None else demand * work[r.name] / (HOUR * r.units)
                ),
                is_bottleneck=r.name in slowest,
            )
            for r in process.resources
        ),
        capacity_per_hour=capacity,
        bottlenecks=slowest,
        throughput_per_hour=throughput,
        served_per_hour={k: throughput * s if s else 0.0 for k, s in shares.items()},
        flow_times_seconds={name: longest_path(one).seconds for name, one in seen.items()},
    )


@dataclass(frozen=True)
class ShareRange:
    """A range of one kind's share over which the bottleneck stays the same."""

    low: float  # share, 0 to 1
    high: float  # share, 0 to 1
    bottlenecks: tuple[str, ...]  # inside the range; at its ends the neighbours tie
    capacity_low: float  # customers of the mix per hour at the low end
    capacity_high: float  # and at the high end


def bottleneck_by_share(
    process: Process, kinds: Sequence[CustomerKind], *, kind: str
) -> tuple[ShareRange, ...]:
    """How the bottleneck moves while one kind's share goes from 0 to 1.

    The other kinds keep their proportions to each other. The work of each resource is then a
    straight line in the share, so the bottleneck can only change where two lines cross; these
    points are computed in closed form.

    Parameters
    ----------
    process : Process
        As for :func:`analyse_mix`.
    kinds : sequence of CustomerKind
        Two or more; at least one other kind with a share or rate above zero.
    kind : str
        The kind whose share moves.

    Returns
    -------
    tuple of ShareRange
        In order from share 0 to 1, without gaps.

    Raises
    ------
    ValueError
        If the kind is unknown or no other kind has a share.

    Examples
    --------
    >>> from svclab.process.model import Process
    >>> desk = Process.line("Desk", {"form": 60, "photo": 20})
    >>> kinds = [CustomerKind("new", {"form": 60, "photo": 20}, share=.5),
    ...          CustomerKind("renewal", {"photo": 60}, share=.5)]
    >>> for part in bottleneck_by_share(desk, kinds, kind="new"):
    ...     print(part.low, part.high, part.bottlenecks)
    0.0 0.6 ('photo',)
    0.6 1.0 ('form',)
    """
    shares, _ = _shares(kinds)
    if kind not in shares:
        raise ValueError(f"unknown kind {kind!r}; known are {', '.join(shares)}")
    others = math.fsum(share for name, share in shares.items() if name != kind)
    if others <= 0:
        raise ValueError(f"no other kind than {kind!r} has a share: give another one some")
    loads = {one.name: work_by_resource(_of_kind(process, one)) for one in kinds}
    units = {r.name: r.units for r in process.resources}
    ends = {  # seconds between completions when the share is 0, and when it is 1
        r: (
            math.fsum(shares[n] / others * load[r] for n, load in loads.items() if n != kind) / u,
            loads[kind][r] / u,
        )
        for r, u in units.items()
    }
    cuts = [0.0, *_crossings(list(ends.values())), 1.0]
    found: list[ShareRange] = []
    for low, high in pairwise(cuts):
        middle = (low + high) / 2
        _, slowest = _slowest({r: u * _at(ends[r], middle) for r, u in units.items()}, process)
        tops = [max((_at(line, s) for line in ends.values()), default=0.0) for s in (low, high)]
        capacities = [HOUR / top if top > 0 else math.inf for top in tops]
        if found and found[-1].bottlenecks == slowest:
            found[-1] = replace(found[-1], high=high, capacity_high=capacities[1])
        else:
            found.append(ShareRange(low, high, slowest, capacities[0], capacities[1]))
    return tuple(found)


def _at(line: tuple[float, float], share: float) -> float:
    return line[0] * (1 - share) + line[1] * share


def _crossings(lines: list[tuple[float, float]]) -> list[float]:
    """Shares strictly between 0 and 1 at which two of the lines meet, in order."""
    found: set[float] = set()
    for i, (a, b) in enumerate(lines):
        for c, d in lines[i + 1 :]:
            slope = (b - a) - (d - c)
            if slope != 0 and 0 < (c - a) / slope < 1:
                found.add((c - a) / slope)
    return sorted(found)
