"""A service process as data: activities, the resources that do them, and their order.

Everything else in this chapter takes a :class:`Process`. Times are **seconds of work for one
customer**; :data:`MINUTE`, :data:`HOUR` and :data:`DAY` help to write other units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from svclab.checks import a_count, a_share, zero_or_more

__all__ = ["DAY", "HOUR", "MINUTE", "Activity", "Process", "Resource", "Rework"]

MINUTE = 60.0
HOUR = 3600.0
DAY = 86400.0

KINDS = ("value", "support", "transfer", "wait")


@dataclass(frozen=True, kw_only=True)
class Rework:
    """After an activity, a share of the customers goes back to an earlier one.

    Parameters
    ----------
    probability : float
        Share that goes back, each time; 0 <= probability < 1.
    back_to : str
        Name of the activity to go back to (it may be the same activity).
    """

    probability: float
    back_to: str

    def __post_init__(self) -> None:
        a_share("rework probability", self.probability, below=True)


@dataclass(frozen=True)
class Activity:
    """One step of a process.

    Parameters
    ----------
    name : str
        Unique in its process.
    seconds : float
        Mean time for one customer, in seconds; zero or more.
    resource : str, optional
        Who does it. Left out: a resource of its own, named like the activity. An activity of
        kind ``"wait"`` needs nobody and takes ``""``.
    after : tuple of str, optional
        The activities that must be finished before. Left out: the one listed before it, so a
        plain list of activities is a line. ``()`` starts at the customer's arrival.
    kind : str, optional
        ``"value"`` (the customer would pay for it), ``"support"`` (checks, records),
        ``"transfer"`` (hand-overs) or ``"wait"`` (nobody works). Default ``"value"``.
    needs : tuple of str, optional
        Equipment that each workplace doing this activity must have, such as a camera.
    rework : Rework, optional
        Share of customers that go back, and where to.
    chinese : str, optional
        The Chinese name.
    """

    name: str
    seconds: float
    resource: str | None = field(default=None, kw_only=True)
    after: tuple[str, ...] | None = field(default=None, kw_only=True)
    kind: str = field(default="value", kw_only=True)
    needs: tuple[str, ...] = field(default=(), kw_only=True)
    rework: Rework | None = field(default=None, kw_only=True)
    chinese: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise ValueError(f"activity name {self.name!r} is empty: give each activity a name")
        zero_or_more(f"activity {self.name!r}: seconds", self.seconds, "a number of seconds")
        if self.kind not in KINDS:
            raise ValueError(
                f"activity {self.name!r}: kind={self.kind!r} is not one of {', '.join(KINDS)}"
            )
        if self.kind == "wait" and self.resource:
            raise ValueError(
                f"activity {self.name!r} is a wait, so it has no resource: leave "
                f"resource={self.resource!r} out or change its kind"
            )


@dataclass(frozen=True)
class Resource:
    """Who or what does the work: one or more equal workers.

    Parameters
    ----------
    name : str
        Unique in its process.
    units : int, optional
        How many workers; one or more.
    pay_per_hour : float, optional
        What one worker costs for an hour, in the process's currency; left out if unknown.
    """

    name: str
    units: int = 1
    pay_per_hour: float | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise ValueError(f"resource name {self.name!r} is empty: give each resource a name")
        a_count(f"resource {self.name!r}: units", self.units, 1)
        if self.pay_per_hour is not None:
            zero_or_more(f"resource {self.name!r}: pay_per_hour", self.pay_per_hour)


@dataclass(frozen=True)
class Process:
    """Activities, resources and order, checked as a whole when it is made.

    Parameters
    ----------
    name : str
        What the process is called in titles and messages.
    activities : sequence of Activity
        In the order of a normal visit. ``after`` is filled in and kept as names.
    resources : sequence of Resource, optional
        Only those with more than one worker or with pay need to be given.

    Raises
    ------
    ValueError
        For a name used twice, an unknown activity or resource, a circular order, a resource
        that no activity uses, or rework that goes forward.

    Examples
    --------
    >>> counter = Process("Counter", [Activity("check", 15), Activity("pay", 30)])
    >>> counter.names, counter.activity("pay").after
    (('check', 'pay'), ('check',))
    """

    name: str
    activities: tuple[Activity, ...]
    resources: tuple[Resource, ...] = ()

    def __post_init__(self) -> None:
        filled: list[Activity] = []
        for given in self.activities:
            if not isinstance(given, Activity):
                raise TypeError(f"{given!r} is not an Activity: write Activity(name, seconds)")
            after = given.after
            if after is None:
                after = (filled[-1].name,) if filled else ()
            if isinstance(after, str):
                raise TypeError(
                    f"activity {given.name!r}: after={after!r} must be a tuple of names, "
                    f"for example ({after!r},)"
                )
            resource = "" if given.kind == "wait" else (given.resource or given.name)
            filled.append(replace(given, after=tuple(after), resource=resource))
        if not filled:
            raise ValueError(f"process {self.name!r} has no activities: give at least one")
        _refuse_twice([a.name for a in filled], f"process {self.name!r}: activity")
        _refuse_twice([r.name for r in self.resources], f"process {self.name!r}: resource")
        used = list(dict.fromkeys(a.resource for a in filled if a.resource))
        given_resources = {r.name: r for r in self.resources}
        for idle in given_resources.keys() - set(used):
            raise ValueError(
                f"process {self.name!r}: resource {idle!r} does no activity; "
                f"the activities use {', '.join(used)}"
            )
        object.__setattr__(self, "activities", tuple(filled))
        object.__setattr__(
            self, "resources", tuple(given_resources.get(n, Resource(n)) for n in used if n)
        )
        self._check_order()

    def _check_order(self) -> None:
        known = set(self.names)
        for activity in self.activities:
            for before in activity.after or ():
                if before not in known:
                    raise ValueError(
                        f"activity {activity.name!r} comes after unknown activity {before!r}; "
                        f"known are {', '.join(self.names)}"
                    )
        ancestors = self.ancestors()
        for activity in self.activities:
            back = activity.rework
            if back is None:
                continue
            if back.back_to not in known:
                raise ValueError(
                    f"activity {activity.name!r} sends rework to unknown activity "
                    f"{back.back_to!r}; known are {', '.join(self.names)}"
                )
            if back.back_to != activity.name and back.back_to not in ancestors[activity.name]:
                raise ValueError(
                    f"rework after {activity.name!r} must go back: {back.back_to!r} does not "
                    "come before it"
                )

    @classmethod
    def line(
        cls,
        name: str,
        times: Mapping[str, float] | Iterable[tuple[str, float]],
        *,
        workers: Mapping[str, int] | None = None,
    ) -> Process:
        """A line: each activity after the one before, each with workers of its own.

        Parameters
        ----------
        name : str
            The process's name.
        times : mapping or pairs
            Activity name to seconds, in order.
        workers : mapping, optional
            Workers at each activity; one where left out.

        Examples
        --------
        >>> Process.line("Counter", {"check": 15, "pay": 30}, workers={"pay": 2}).units("pay")
        2
        """
        pairs = list(times.items()) if isinstance(times, Mapping) else list(times)
        resources = tuple(Resource(n, units) for n, units in (workers or {}).items())
        return cls(name, tuple(Activity(n, t) for n, t in pairs), resources)

    @property
    def names(self) -> tuple[str, ...]:
        """Activity names, in the order given."""
        return tuple(a.name for a in self.activities)

    def activity(self, name: str) -> Activity:
        """The activity of that name; ValueError lists the known names."""
        for activity in self.activities:
            if activity.name == name:
                return activity
        raise ValueError(f"unknown activity {name!r}; known are {', '.join(self.names)}")

    def resource(self, name: str) -> Resource:
        """The resource of that name; ValueError lists the known names."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        known = ", ".join(r.name for r in self.resources)
        raise ValueError(f"unknown resource {name!r}; known are {known}")

    def units(self, resource: str) -> int:
        """How many workers a resource has."""
        return self.resource(resource).units

    def with_units(self, **units: int) -> Process:
        """The same process with other numbers of workers; names with spaces go in ``**{}``.

        Examples
        --------
        >>> line = Process.line("Counter", {"check": 15, "pay": 30})
        >>> line.with_units(pay=2).units("pay")
        2
        """
        for name in units:
            self.resource(name)
        changed = tuple(
            replace(r, units=units[r.name]) if r.name in units else r for r in self.resources
        )
        return replace(self, resources=changed)

    def with_seconds(self, **seconds: float) -> Process:
        """The same process with other activity times; names with spaces go in ``**{}``."""
        for name in seconds:
            self.activity(name)
        changed = tuple(
            replace(a, seconds=seconds[a.name]) if a.name in seconds else a for a in self.activities
        )
        return replace(self, activities=changed)

    def ancestors(self) -> dict[str, frozenset[str]]:
        """For each activity, all those that must be finished before it.

        Raises
        ------
        ValueError
            If the order is circular; the message names the circle.
        """
        found: dict[str, frozenset[str]] = {}
        after = {a.name: a.after or () for a in self.activities}

        def visit(name: str, path: tuple[str, ...]) -> frozenset[str]:
            if name in path:
                circle = " → ".join((*path[path.index(name) :], name))
                raise ValueError(
                    f"process {self.name!r} has a circular order: {circle}; take one `after` out"
                )
            if name not in found:
                above = [visit(b, (*path, name)) | {b} for b in after[name]]
                found[name] = frozenset().union(*above)
            return found[name]

        for name in self.names:
            visit(name, ())
        return found

    def in_order(self) -> tuple[Activity, ...]:
        """The activities so that each comes after all that must precede it."""
        ancestors = self.ancestors()
        place = {name: i for i, name in enumerate(self.names)}
        ranked = sorted(self.names, key=lambda n: (len(ancestors[n]), place[n]))
        return tuple(self.activity(name) for name in ranked)


def _refuse_twice(names: list[str], what: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{what} {name!r} is given twice: names must be unique")
