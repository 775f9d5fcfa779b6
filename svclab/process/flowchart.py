"""The flow chart of a process, as data for the renderer.

Each box shows what the course material puts there (P-24): number | seconds | per hour.
"""

from __future__ import annotations

import math
from typing import Any

from svclab.process.analysis import FlowAnalysis, analyse
from svclab.process.longest import depths
from svclab.process.model import Activity, Process
from svclab.words import Quantity, count, duration, join, per_hour, percent, say

__all__ = ["diagram"]


def _rows(process: Process, columns: dict[str, int]) -> dict[str, int]:
    """A row for each activity: that of its predecessor if free, else the next free one."""
    taken: set[tuple[int, int]] = set()
    rows: dict[str, int] = {}
    for activity in process.in_order():
        row = min((rows[b] for b in activity.after or ()), default=0)
        while (columns[activity.name], row) in taken:
            row += 1
        taken.add((columns[activity.name], row))
        rows[activity.name] = row
    return rows


def _lines(number: int, activity: Activity, result: FlowAnalysis) -> list[str]:
    time = duration(activity.seconds)
    if not activity.resource:
        return [say("{n} | {time} | wait", n=number, time=time)]
    row = result.resource(activity.resource)
    lines = [
        say("{n} | {time} | {rate}", n=number, time=time, rate=per_hour(row.capacity_per_hour))
    ]
    if row.units > 1 or activity.resource != activity.name:
        who = "" if activity.resource == activity.name else activity.resource + ", "
        lines.append(say("{who}{workers}", who=who, workers=count(row.units, "worker")))
    visits = result.visits[activity.name]
    if not math.isclose(visits, 1):
        lines.append(say("done {times} per customer", times=Quantity(visits, "time", 2, "times")))
    return lines


def _node(
    number: int, activity: Activity, result: FlowAnalysis, place: tuple[int, int]
) -> dict[str, Any]:
    tone, share = "muted", None
    if activity.resource:
        row = result.resource(activity.resource)
        tone = "bottleneck" if row.is_bottleneck else ""
        share = row.utilisation
    return {
        "id": activity.name,
        "label": activity.name,
        "lines": _lines(number, activity, result),
        "column": place[0],
        "row": place[1],
        "tone": tone,
        "share": share,
    }


def diagram(process: Process, analysis: FlowAnalysis | None = None) -> dict[str, Any]:
    """The flow chart of a process: a plain dict, the ``"flow"`` part of a view.

    Columns are the longest way from the start, so parallel branches stand below each other. In
    each box: number | seconds for one customer | customers per hour that its resource can serve.
    A dependency that another one implies is not drawn.

    Parameters
    ----------
    process : Process
        The process to draw.
    analysis : FlowAnalysis, optional
        Its analysis for some demand; left out: at full load.

    Returns
    -------
    dict
        ``kind``, ``title``, ``alt``, ``nodes`` (id, label, lines, column, row, tone, share)
        and ``edges`` (from, to, label, tone; rework has tone ``"back"``).

    Raises
    ------
    ValueError
        If the analysis is of another process.

    Examples
    --------
    >>> from svclab.process.model import Process
    >>> chart = diagram(Process.line("Counter", {"check": 15, "pay": 30}))
    >>> [(node["lines"], node["tone"]) for node in chart["nodes"]]
    [(['1 | 15 s | 240 per hour'], ''), (['2 | 30 s | 120 per hour'], 'bottleneck')]
    """
    result = analyse(process) if analysis is None else analysis
    if set(result.visits) != set(process.names):
        raise ValueError(
            f"analysis is of {result.process_name!r} with other activities than process "
            f"{process.name!r}: analyse the process that you draw"
        )
    columns = depths(process)
    rows = _rows(process, columns)
    nodes = [
        _node(i, a, result, (columns[a.name], rows[a.name]))
        for i, a in enumerate(process.activities, 1)
    ]
    before = process.ancestors()
    edges: list[dict[str, str]] = []
    for activity in process.activities:
        direct = dict.fromkeys(activity.after or ())
        for one in direct:
            if not any(one in before[other] for other in direct):
                edges.append({"from": one, "to": activity.name, "label": "", "tone": ""})
    for activity in process.activities:
        back = activity.rework
        if back and back.probability > 0:
            label = say("{share} again", share=percent(back.probability))
            edges.append(
                {"from": activity.name, "to": back.back_to, "label": label, "tone": "back"}
            )
    return {
        "kind": "flow",
        "title": say("{name}: number | time | capacity", name=process.name),
        "alt": _alt(process, result),
        "nodes": nodes,
        "edges": edges,
    }


def _alt(process: Process, result: FlowAnalysis) -> str:
    ways = depths(process)
    if len(set(ways.values())) == len(process.activities):
        order = say("{n} in a row", n=count(len(process.activities), "activity", "activities"))
    else:
        order = say(
            "{n}, some side by side", n=count(len(process.activities), "activity", "activities")
        )
    text = say("Flow chart of {name}: {order}. ", name=process.name, order=order)
    if not result.bottlenecks:
        return text + "Nobody has any work."
    return text + say(
        "Bottleneck: {who}, {rate}.",
        who=join(result.bottlenecks),
        rate=per_hour(result.capacity_per_hour),
    )
