"""ESIA on a process table: eliminate, simplify, integrate, automate (P-30).

A :class:`ProcessTable` is a list of steps, who does each, how long it takes and how long it
waits before. Every operation gives back a **new** table; the old one stays as it is. A
:class:`Redesign` applies the same operations and keeps the history.

The course material describes E, S and I; the A slide is missing there and the name ESIA is not
printed, so "automate" is course text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise

from svclab.checks import zero_or_more
from svclab.process.model import HOUR, Activity, Process
from svclab.shown import html_table, text_table
from svclab.words import count, duration, money, percent, say

__all__ = ["ProcessTable", "Step"]

KINDS = ("value", "support", "transfer")


@dataclass(frozen=True)
class Step:
    """One row of a process table.

    Parameters
    ----------
    name : str
        Unique in its table.
    owner : str
        Who does it: a person, post or department.
    work_seconds : float
        Seconds of work for one case.
    wait_seconds : float, optional
        Seconds that the case waits **before** this step.
    kind : str, optional
        ``"value"``, ``"support"`` (checks, records) or ``"transfer"`` (hand-overs).
    pay_per_hour : float, optional
        Pay of the owner; left out if unknown.
    cost_per_case : float, optional
        Other cost of doing it once, such as a licence fee for a system.
    automated : bool, optional
        Done by a system: takes time, but nobody's work, and passes nothing from hand to hand.
    value_seconds : float, optional
        How much of the work is value; left out: all of it for kind ``"value"``, else none.
    """

    name: str
    owner: str
    work_seconds: float
    wait_seconds: float = 0.0
    kind: str = "value"
    pay_per_hour: float | None = None
    cost_per_case: float = field(default=0.0, kw_only=True)
    automated: bool = field(default=False, kw_only=True)
    value_seconds: float | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        for what, text in (("name", self.name), ("owner", self.owner)):
            if not isinstance(text, str) or not text.strip():
                raise ValueError(f"step {self.name!r}: {what}={text!r} is empty: write who or what")
        zero_or_more(f"step {self.name!r}: work_seconds", self.work_seconds, "a number of seconds")
        zero_or_more(f"step {self.name!r}: wait_seconds", self.wait_seconds, "a number of seconds")
        if self.kind not in KINDS:
            raise ValueError(
                f"step {self.name!r}: kind={self.kind!r} is not one of {', '.join(KINDS)}; "
                "a wait belongs in wait_seconds of the step after it"
            )
        for what, amount in (("pay_per_hour", self.pay_per_hour), ("cost", self.cost_per_case)):
            if amount is not None:
                zero_or_more(f"step {self.name!r}: {what}", amount)
        if self.value_seconds is None:
            value = self.work_seconds if self.kind == "value" else 0.0
            object.__setattr__(self, "value_seconds", value)
        elif not 0 <= self.value_seconds <= self.work_seconds:
            raise ValueError(
                f"step {self.name!r}: value_seconds={self.value_seconds!r} must be between 0 and "
                f"its work of {self.work_seconds!r} s"
            )

    @property
    def cost(self) -> float | None:
        """Pay for the work plus other cost, for one case; None if the pay is unknown."""
        if self.automated or self.work_seconds == 0:
            return self.cost_per_case
        if self.pay_per_hour is None:
            return None
        return self.work_seconds / HOUR * self.pay_per_hour + self.cost_per_case


@dataclass(frozen=True, repr=False)
class ProcessTable:
    """Steps one after another; the unit of ESIA.

    Parameters
    ----------
    name : str
        What the process is called.
    steps : sequence of Step
        In working order; at least one.

    Examples
    --------
    An invented permit: the check is done twice, in two departments.

    >>> permit = ProcessTable("Permit", [Step("apply", "window", 300),
    ...     Step("check", "section A", 600, 86400, "support"),
    ...     Step("check again", "section B", 600, 86400, "support"),
    ...     Step("issue", "window", 240, 3600)])
    >>> shorter = permit.eliminate("check again").integrate("apply", "check", owner="window")
    >>> shorter.handoffs, shorter.wait_seconds, permit.handoffs
    (0, 3600.0, 3)
    """

    name: str
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))
        if not self.steps:
            raise ValueError(f"process table {self.name!r} has no steps: give at least one")
        names = [step.name for step in self.steps]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"process table {self.name!r}: step {name!r} is given twice")

    # What the table says about the process

    @property
    def work_seconds(self) -> float:
        """Seconds that people work on one case."""
        return math.fsum(s.work_seconds for s in self.steps if not s.automated)

    @property
    def machine_seconds(self) -> float:
        """Seconds that systems work on one case."""
        return math.fsum(s.work_seconds for s in self.steps if s.automated)

    @property
    def wait_seconds(self) -> float:
        """Seconds that a case lies waiting."""
        return math.fsum(s.wait_seconds for s in self.steps)

    @property
    def flow_time_seconds(self) -> float:
        """Seconds from beginning to end: work of people and systems, and waiting."""
        return math.fsum(s.work_seconds + s.wait_seconds for s in self.steps)

    @property
    def value_seconds(self) -> float:
        """Seconds of work that the customer would pay for."""
        return math.fsum(s.value_seconds or 0.0 for s in self.steps)

    @property
    def value_added_ratio(self) -> float:
        """Value time / working time of people and systems."""
        working = math.fsum(s.work_seconds for s in self.steps)
        return self.value_seconds / working if working else 0.0

    @property
    def cycle_efficiency(self) -> float:
        """Process cycle efficiency: value time / flow time."""
        flow = self.flow_time_seconds
        return self.value_seconds / flow if flow else 0.0

    @property
    def handoffs(self) -> int:
        """How often a case passes from one person to another; systems in between do not count."""
        owners = [s.owner for s in self.steps if not s.automated]
        return sum(one != other for one, other in pairwise(owners))

    @property
    def owners(self) -> tuple[str, ...]:
        """The people, posts or departments that work on it, in order of appearance."""
        return tuple(dict.fromkeys(s.owner for s in self.steps if not s.automated))

    @property
    def cost(self) -> float | None:
        """Cost of one case; None as long as the pay of some working step is unknown."""
        costs = [step.cost for step in self.steps]
        if any(cost is None for cost in costs):
            return None
        return math.fsum(cost for cost in costs if cost is not None)

    def step(self, name: str) -> Step:
        """The step of that name; ValueError lists the known names."""
        for step in self.steps:
            if step.name == name:
                return step
        known = ", ".join(step.name for step in self.steps)
        raise ValueError(f"unknown step {name!r}; known are {known}")

    # The four operations; each gives back a new table

    def eliminate(self, *names: str) -> ProcessTable:
        """Leave steps out, together with the waits before them.

        For repeated checks, needless transport, records that nobody reads.
        """
        if not names:
            raise ValueError("eliminate() needs the name of at least one step")
        for name in names:
            self.step(name)
        kept = tuple(step for step in self.steps if step.name not in names)
        if not kept:
            raise ValueError(f"process table {self.name!r}: at least one step must stay")
        return replace(self, steps=kept)

    def simplify(
        self,
        name: str,
        *,
        work_seconds: float | None = None,
        wait_seconds: float | None = None,
    ) -> ProcessTable:
        """Do a step in less time: a shorter form, fewer people, a clearer message.

        Give the new work, the new wait before it, or both; neither may grow. The value in the
        step stays, as far as the work that is left can hold it.
        """
        step = self.step(name)
        if work_seconds is None and wait_seconds is None:
            raise ValueError(f"simplify({name!r}): give work_seconds, wait_seconds or both")
        work = step.work_seconds if work_seconds is None else work_seconds
        wait = step.wait_seconds if wait_seconds is None else wait_seconds
        for what, new, old in (
            ("work_seconds", work, step.work_seconds),
            ("wait_seconds", wait, step.wait_seconds),
        ):
            zero_or_more(f"step {name!r}: {what}", new, "a number of seconds")
            if new > old:
                raise ValueError(
                    f"simplify({name!r}): {what}={new!r} is more than the {old!r} of today; "
                    "a simpler step cannot take longer"
                )
        return self._with(name, replace(_with_work(step, work), wait_seconds=wait))

    def integrate(
        self,
        *names: str,
        owner: str,
        into: str | None = None,
        work_seconds: float | None = None,
        pay_per_hour: float | None = None,
    ) -> ProcessTable:
        """Give a chain of neighbouring steps to one person: the waits between them go.

        The work is added up unless ``work_seconds`` says what it takes one person. The wait
        before the first step stays. The pay is ``pay_per_hour``, else the highest of the steps
        (who can do all of them is paid for the hardest). The new step is called ``into``, else
        the old names joined by "+".
        """
        if len(set(names)) < 2 or len(set(names)) != len(names):
            raise ValueError("integrate() needs the names of two or more different steps")
        old = [self.step(name) for name in names]
        places = sorted(self.steps.index(step) for step in old)
        if places[-1] - places[0] != len(places) - 1:
            raise ValueError(
                f"integrate({', '.join(names)}): the steps are not neighbours; "
                "eliminate or move what stands between them first"
            )
        old = [self.steps[i] for i in places]
        work = math.fsum(s.work_seconds for s in old) if work_seconds is None else work_seconds
        zero_or_more("work_seconds of the integrated step", work, "a number of seconds")
        value = math.fsum(s.value_seconds or 0.0 for s in old)
        pays = [s.pay_per_hour for s in old if s.work_seconds > 0 and not s.automated]
        known = [pay for pay in pays if pay is not None]
        if pay_per_hour is None and known and len(known) == len(pays):
            pay_per_hour = max(known)
        longest = max(old, key=lambda s: s.work_seconds)
        one = Step(
            into or " + ".join(s.name for s in old),
            owner,
            work,
            old[0].wait_seconds,
            "value" if value else longest.kind if longest.kind != "value" else "support",
            pay_per_hour,
            cost_per_case=math.fsum(s.cost_per_case for s in old),
            value_seconds=min(value, work),
        )
        steps = (*self.steps[: places[0]], one, *self.steps[places[-1] + 1 :])
        return replace(self, steps=steps)

    def automate(
        self,
        name: str,
        *,
        work_seconds: float,
        wait_seconds: float = 0.0,
        cost_per_case: float = 0.0,
        owner: str = "system",
    ) -> ProcessTable:
        """Let a system do a step: no person's work, no hand-over, its own cost per case.

        ``work_seconds`` is the system's time; it does not wait unless ``wait_seconds`` says so.
        """
        step = self.step(name)
        zero_or_more(f"step {name!r}: work_seconds", work_seconds, "a number of seconds")
        new = replace(
            _with_work(step, work_seconds),
            owner=owner,
            wait_seconds=wait_seconds,
            cost_per_case=cost_per_case,
            pay_per_hour=None,
            automated=True,
        )
        return self._with(name, new)

    def _with(self, name: str, new: Step) -> ProcessTable:
        return replace(self, steps=tuple(new if s.name == name else s for s in self.steps))

    # Other forms of the same table

    def to_process(self) -> Process:
        """The table as a :class:`~svclab.process.model.Process`; each wait is an activity."""
        activities: list[Activity] = []
        for step in self.steps:
            if step.wait_seconds > 0:
                activities.append(Activity(f"wait for {step.name}", step.wait_seconds, kind="wait"))
            activities.append(
                Activity(step.name, step.work_seconds, resource=step.owner, kind=step.kind)
            )
        return Process(self.name, tuple(activities))

    def _rows(self) -> tuple[list[str], list[list[str]]]:
        rows = [
            [s.name, s.owner, str(duration(s.wait_seconds)), str(duration(s.work_seconds)), s.kind]
            for s in self.steps
        ]
        return ["step", "owner", "wait before", "work", "kind"], rows

    def _notes(self) -> list[str]:
        notes = [
            say(
                "flow time {flow}, work {work}, {handoffs}, value-added ratio {ratio}",
                flow=duration(self.flow_time_seconds),
                work=duration(self.work_seconds),
                handoffs=count(self.handoffs, "hand-off"),
                ratio=percent(self.value_added_ratio),
            )
        ]
        if self.cost is not None:
            notes.append(say("cost {cost} a case", cost=money(self.cost, "")))
        return notes

    def __repr__(self) -> str:
        return text_table(self.name, *self._rows(), self._notes())

    def _repr_html_(self) -> str:
        return html_table(self.name, *self._rows(), notes=self._notes())


def _with_work(step: Step, work: float) -> Step:
    """New work of a step; its value stays as far as the work can hold it."""
    return replace(step, work_seconds=work, value_seconds=min(step.value_seconds or 0.0, work))
