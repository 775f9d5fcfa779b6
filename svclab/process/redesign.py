"""The history of a redesign: what each ESIA operation changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from svclab.process.table import ProcessTable
from svclab.shown import html_table, text_table
from svclab.words import Quantity, duration, money, number, percent

__all__ = ["Redesign", "Stage"]

# What is followed: name, column head, how a value is shown.
MEASURES = (
    ("steps", "steps", lambda value: number(value, 0)),
    ("owners", "owners", lambda value: number(value, 0)),
    ("handoffs", "hand-offs", lambda value: number(value, 0)),
    ("work_seconds", "work", duration),
    ("wait_seconds", "waiting", duration),
    ("flow_time_seconds", "flow time", duration),
    ("cost", "cost", lambda value: money(value, "")),
    ("value_added_ratio", "value-added ratio", percent),
    ("cycle_efficiency", "cycle efficiency", lambda value: percent(value, 2)),
)


@dataclass(frozen=True)
class Stage:
    """One operation and the table after it."""

    operation: str  # "start", "eliminate", "simplify", "integrate" or "automate"
    steps: tuple[str, ...]  # the steps it touched
    table: ProcessTable

    @property
    def measures(self) -> dict[str, float | None]:
        """The followed figures of this table; cost is None while some pay is unknown."""
        table = self.table
        return {
            "steps": len(table.steps),
            "owners": len(table.owners),
            "handoffs": table.handoffs,
            "work_seconds": table.work_seconds,
            "wait_seconds": table.wait_seconds,
            "flow_time_seconds": table.flow_time_seconds,
            "cost": table.cost,
            "value_added_ratio": table.value_added_ratio,
            "cycle_efficiency": table.cycle_efficiency,
        }


@dataclass(frozen=True, repr=False, init=False)
class Redesign:
    """A process table with the history of what was done to it.

    It has the operations of :class:`ProcessTable`; each gives back a new Redesign.

    Parameters
    ----------
    table : ProcessTable
        Where it starts.

    Examples
    --------
    >>> from svclab.process.table import Step
    >>> permit = ProcessTable("Permit", [Step("apply", "window", 300),
    ...     Step("check", "A", 600, 86400, "support"), Step("issue", "window", 300, 3600)])
    >>> done = Redesign(permit).eliminate("check").simplify("issue", wait_seconds=0)
    >>> [(row["operation"], row["flow_time_seconds"], row["change"]["flow_time_seconds"])
    ...  for row in done.rows()]
    [('start', 91200.0, 0.0), ('eliminate', 4200.0, -87000.0), ('simplify', 600.0, -3600.0)]
    """

    stages: tuple[Stage, ...]

    def __init__(self, table: ProcessTable, stages: tuple[Stage, ...] = ()) -> None:
        object.__setattr__(self, "stages", stages or (Stage("start", (), table),))

    @property
    def table(self) -> ProcessTable:
        """The table as it stands now."""
        return self.stages[-1].table

    def _then(self, operation: str, steps: tuple[str, ...], table: ProcessTable) -> Redesign:
        return Redesign(table, (*self.stages, Stage(operation, steps, table)))

    def eliminate(self, *names: str) -> Redesign:
        """See :meth:`ProcessTable.eliminate`."""
        return self._then("eliminate", names, self.table.eliminate(*names))

    def simplify(self, name: str, **changes: Any) -> Redesign:
        """See :meth:`ProcessTable.simplify`."""
        return self._then("simplify", (name,), self.table.simplify(name, **changes))

    def integrate(self, *names: str, **how: Any) -> Redesign:
        """See :meth:`ProcessTable.integrate`."""
        return self._then("integrate", names, self.table.integrate(*names, **how))

    def automate(self, name: str, **how: Any) -> Redesign:
        """See :meth:`ProcessTable.automate`."""
        return self._then("automate", (name,), self.table.automate(name, **how))

    def undo(self) -> Redesign:
        """Without the last operation; the start cannot be undone."""
        kept = self.stages[:-1] or self.stages
        return Redesign(kept[-1].table, kept)

    def rows(self) -> list[dict[str, Any]]:
        """One dict for each stage: operation, steps, every measure, and the change of each.

        ``change`` is against the stage before, ``total_change`` against the start.
        """
        found = []
        first = before = self.stages[0].measures
        for stage in self.stages:
            now = stage.measures
            found.append(
                {
                    "operation": stage.operation,
                    "touched": stage.steps,
                    **now,
                    "change": _difference(now, before),
                    "total_change": _difference(now, first),
                }
            )
            before = now
        return found

    def _table(self) -> tuple[list[str], list[list[str]]]:
        shown = [m for m in MEASURES if any(s.measures[m[0]] is not None for s in self.stages)]
        rows = []
        for stage in self.stages:
            label = " ".join([stage.operation, ", ".join(stage.steps)]).strip()
            values = stage.measures
            rows.append([label, *(_cell(values[name], how) for name, _, how in shown)])
        return ["operation", *(head for _, head, _ in shown)], rows

    def __repr__(self) -> str:
        return text_table(self.table.name, *self._table())

    def _repr_html_(self) -> str:
        return html_table(self.table.name, *self._table())


def _cell(value: float | None, how: Any) -> str:
    if value is None:
        return "unknown"
    shown: Quantity = how(value)
    return str(shown)


def _difference(
    now: dict[str, float | None], before: dict[str, float | None]
) -> dict[str, float | None]:
    result: dict[str, float | None] = {}
    for name, new in now.items():
        old = before[name]
        result[name] = None if new is None or old is None else new - old
    return result
