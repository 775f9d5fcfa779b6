"""The critical path of a project: which activities must not be late.

Concurrent engineering, the overlap of phases, is in :mod:`svclab.process.concurrent`; its
functions can be had from here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from svclab.checks import zero_or_more
from svclab.process.concurrent import (
    OverlapResult,
    best_overlap,
    most_overlap,
    overlap,
    overlap_for_saving,
)
from svclab.process.model import DAY, HOUR, MINUTE, Process
from svclab.shown import html_table, text_table
from svclab.words import Quantity, count, join, say

__all__ = [
    "OverlapResult",
    "ProjectPlan",
    "Task",
    "TaskTimes",
    "best_overlap",
    "critical_path",
    "most_overlap",
    "overlap",
    "overlap_for_saving",
]

TIE = 1e-9  # relative to the project's duration
MOST_PATHS = 1000


@dataclass(frozen=True)
class Task:
    """One activity of a project.

    Parameters
    ----------
    name : str
        Unique in its project.
    duration : float
        How long it takes, zero or more, in the project's unit of time.
    after : tuple of str, optional
        The activities that must be finished before; none for a start.
    """

    name: str
    duration: float
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise ValueError(f"task name {self.name!r} is empty: give each task a name")
        zero_or_more(f"task {self.name!r}: duration", self.duration)
        if isinstance(self.after, str):
            raise TypeError(
                f"task {self.name!r}: after={self.after!r} must be a tuple of names, "
                f"for example ({self.after!r},)"
            )
        object.__setattr__(self, "after", tuple(self.after))


@dataclass(frozen=True)
class TaskTimes:
    """When a task can and must run, in the project's unit of time from its start."""

    name: str
    duration: float
    earliest_start: float
    earliest_finish: float
    latest_start: float  # latest without delaying the project
    latest_finish: float
    slack: float  # total slack: latest start − earliest start
    free_slack: float  # delay that no other task notices
    critical: bool  # no slack


@dataclass(frozen=True, repr=False)
class ProjectPlan:
    """All times of a project; one :class:`TaskTimes` for each task."""

    unit: str  # the unit of time, as the caller named it
    duration: float  # of the whole project
    tasks: tuple[TaskTimes, ...]
    critical_paths: tuple[tuple[str, ...], ...]  # at most 1,000 of them
    number_of_critical_paths: int  # all of them

    def task(self, name: str) -> TaskTimes:
        """The times of one task; ValueError lists the known names."""
        for task in self.tasks:
            if task.name == name:
                return task
        known = ", ".join(task.name for task in self.tasks)
        raise ValueError(f"unknown task {name!r}; known are {known}")

    @property
    def critical_tasks(self) -> tuple[str, ...]:
        """The tasks without slack."""
        return tuple(task.name for task in self.tasks if task.critical)

    @property
    def summary(self) -> str:
        """The plan in a sentence."""
        return say(
            "The project takes {time}; {paths}: {first}.",
            time=Quantity(self.duration, self.unit, 2),
            paths=count(self.number_of_critical_paths, "critical path"),
            first=" → ".join(self.critical_paths[0]),
        )

    def _table(self) -> tuple[list[str], list[list[str]]]:
        rows = []
        for t in self.tasks:
            times = (t.duration, t.earliest_start, t.earliest_finish, t.latest_start)
            more = (t.latest_finish, t.slack)
            rows.append([t.name, *(Quantity(x, digits=2).text for x in (*times, *more))])
        head = ["task", "time", "earliest start", "earliest finish"]
        return [*head, "latest start", "latest finish", "slack"], rows

    def __repr__(self) -> str:
        return text_table(self.summary, *self._table())

    def _repr_html_(self) -> str:
        strong = frozenset(i for i, task in enumerate(self.tasks) if task.critical)
        return html_table(self.summary, *self._table(), strong=strong)


def _checked(tasks: Iterable[Task]) -> list[Task]:
    """The tasks so that each stands after those it waits for."""
    given = list(tasks)
    if not given:
        raise ValueError("tasks is empty: give at least one Task")
    names = [task.name for task in given]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"task {name!r} is given twice: names must be unique")
    for task in given:
        for before in task.after:
            if before not in names:
                raise ValueError(
                    f"task {task.name!r} comes after unknown task {before!r}; "
                    f"known are {', '.join(names)}"
                )
    ordered: list[Task] = []
    done: set[str] = set()
    while len(ordered) < len(given):
        ready = [t for t in given if t.name not in done and done.issuperset(t.after)]
        if not ready:
            left = [t.name for t in given if t.name not in done]
            raise ValueError(
                f"the order of {join(left)} is circular: take one of their `after` out"
            )
        ordered += ready
        done.update(t.name for t in ready)
    return ordered


def _as_tasks(process: Process, unit: str) -> list[Task]:
    sizes = {"s": 1.0, "min": MINUTE, "h": HOUR, "days": DAY}
    if unit not in sizes:
        raise ValueError(f"unit={unit!r}: for a process use {', '.join(sizes)}")
    return [Task(a.name, a.seconds / sizes[unit], a.after or ()) for a in process.activities]


def critical_path(tasks: Process | Iterable[Task], *, unit: str = "days") -> ProjectPlan:
    """Earliest and latest times, slack, and all critical paths of a project.

    Forward: earliest start = the latest earliest finish of those before. Backward: latest
    finish = the earliest latest start of those after. Slack = latest − earliest start.

    Parameters
    ----------
    tasks : Process or iterable of Task
        In any order; ``after`` says what must be finished before. The activities of a process
        are taken as tasks, as if nobody were needed twice at once.
    unit : str, optional
        The unit of the durations, for the words of the result. For a process: s, min, h or
        days.

    Returns
    -------
    ProjectPlan
        Tasks in the order given.

    Raises
    ------
    ValueError
        For a name used twice, an unknown or circular order, or no tasks.

    Examples
    --------
    >>> plan = critical_path([Task("plan", 2), Task("build", 5, ("plan",)),
    ...                       Task("train", 3, ("plan",)), Task("open", 1, ("build", "train"))])
    >>> plan
    The project takes 8 days; 1 critical path: plan → build → open.
      task   time  earliest start  earliest finish  latest start  latest finish  slack
      plan      2               0                2             0              2      0
      build     5               2                7             2              7      0
      train     3               2                5             4              7      2
      open      1               7                8             7              8      0

    Notes
    -----
    Kelley and Walker (1959), "Critical-path planning and scheduling".
    """
    given = _as_tasks(tasks, unit) if isinstance(tasks, Process) else list(tasks)
    order = _checked(given)
    followers: dict[str, list[Task]] = {task.name: [] for task in order}
    starts: dict[str, float] = {}
    ends: dict[str, float] = {}
    for task in order:
        starts[task.name] = max((ends[b] for b in task.after), default=0.0)
        ends[task.name] = starts[task.name] + task.duration
        for before in dict.fromkeys(task.after):
            followers[before].append(task)
    total = max(ends.values())
    latest: dict[str, float] = {}  # latest start
    for task in reversed(order):
        finish = min((latest[f.name] for f in followers[task.name]), default=total)
        latest[task.name] = finish - task.duration
    tie = TIE * max(total, 1.0)
    rows = {}
    for task in order:
        slack = latest[task.name] - starts[task.name]
        free = min((starts[f.name] for f in followers[task.name]), default=total)
        critical = slack <= tie
        rows[task.name] = TaskTimes(
            name=task.name,
            duration=task.duration,
            earliest_start=starts[task.name],
            earliest_finish=ends[task.name],
            latest_start=latest[task.name],
            latest_finish=latest[task.name] + task.duration,
            slack=0.0 if critical else slack,
            free_slack=max(0.0, free - ends[task.name]) if not critical else 0.0,
            critical=critical,
        )
    next_ones = {
        name: [
            f.name for f in after if rows[f.name].critical and starts[f.name] - ends[name] <= tie
        ]
        for name, after in followers.items()
    }
    firsts = [t.name for t in order if not t.after and rows[t.name].critical]
    lasts = {t.name for t in order if not followers[t.name]}
    paths, number = _paths(order, firsts, next_ones, lasts)
    return ProjectPlan(unit, total, tuple(rows[t.name] for t in given), paths, number)


def _paths(
    order: list[Task], firsts: list[str], next_ones: dict[str, list[str]], lasts: set[str]
) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The critical paths, at most :data:`MOST_PATHS` of them, and how many there are."""
    ways: dict[str, int] = {}
    for task in reversed(order):
        onward = sum(ways[f] for f in next_ones[task.name])
        ways[task.name] = 1 if task.name in lasts else onward
    found: list[tuple[str, ...]] = []
    open_ones: list[tuple[str, ...]] = [(name,) for name in reversed(firsts)]
    while open_ones and len(found) < MOST_PATHS:
        path = open_ones.pop()
        if path[-1] in lasts:
            found.append(path)
        open_ones += [(*path, f) for f in reversed(next_ones[path[-1]]) if ways[f]]
    return tuple(found), sum(ways[name] for name in firsts)
