"""Line balancing as integer programs, for lines too large to list every layout.

The simple assembly line balancing problem: one worker a station, stations passed one after the
other, each activity in exactly one station, none before what must precede it. Type 1 asks for
the fewest stations at a given cycle time, type 2 for the shortest cycle time with a given
number of stations.

References
----------
Salveson, M. E. (1955). The assembly line balancing problem. Journal of Industrial Engineering
6(3), 18-25. Scholl, A. (1999). Balancing and Sequencing of Assembly Lines, 2nd ed., Physica.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pulp

from svclab.checks import a_count, zero_or_more
from svclab.linear import Solution, solve
from svclab.process.balancing import Line, prepare
from svclab.process.layout import Layout, exact, station_order
from svclab.process.model import Process

__all__ = ["fewest_stations", "shortest_cycle"]


def fewest_stations(
    process: Process | Mapping[str, float],
    cycle_time: float,
    *,
    limits: Mapping[str, int] | None = None,
    precedence: bool = True,
    time_limit: float | None = None,
) -> Layout:
    """The fewest one-worker stations that keep a cycle time (problem of type 1).

    With x[i, k] = 1 for activity i in station k and y[k] = 1 for a station that is used:
    minimise Σ y[k], with Σₖ x[i, k] = 1, Σᵢ tᵢ x[i, k] ≤ c y[k], y[k] ≥ y[k + 1], and for
    "i before j" Σₖ k x[i, k] ≤ Σₖ k x[j, k].

    Parameters
    ----------
    process : Process or mapping
        As for :func:`svclab.process.balancing.layouts`.
    cycle_time : float
        Seconds from one completion to the next, at the most; no activity may take longer.
    limits : mapping, optional
        Pieces there are of each kind of equipment.
    precedence : bool, optional
        Whether the order of the process must be kept.
    time_limit : float, optional
        Seconds for the solver.

    Returns
    -------
    Layout
        One of the layouts with the fewest stations.

    Raises
    ------
    ValueError
        If an activity takes longer than the cycle time, or no layout is possible.

    Examples
    --------
    >>> fewest_stations({"check": 15, "pay": 30, "eye test": 40}, 45)
    [check + pay] × 1 → [eye test] × 1: 80 per hour with 2 workers
    """
    zero_or_more("cycle_time", cycle_time, "a number of seconds")
    line = prepare(process, 1, limits or {}, precedence)
    most = exact(float(cycle_time))
    for name, seconds in zip(line.names, line.times, strict=True):
        if seconds > most:
            raise ValueError(
                f"cycle_time={cycle_time:g} is too short: activity {name!r} alone takes "
                f"{float(seconds):g} s; give at least that"
            )
    # Without limits a first-fit line shows that so many stations are enough.
    stations = len(line.names) if line.limited else _first_fit(line, most)
    problem = pulp.LpProblem("fewest_stations", pulp.LpMinimize)
    used = [problem.add_variable(f"y_{k}", cat="Binary") for k in range(stations)]
    problem += pulp.lpSum(used)
    x = _place(problem, line, stations, _windows(line, stations, most))
    scale = _scale(line, most)
    for k in range(stations):
        load = pulp.lpSum(
            float(line.times[i] * scale) * x[i, k] for i in range(len(line.names)) if (i, k) in x
        )
        problem += load <= float(most * scale) * used[k]
        for i in range(len(line.names)):
            if line.times[i] == 0 and (i, k) in x:  # no load, but a station all the same
                problem += x[i, k] <= used[k]
        if k:
            problem += used[k] <= used[k - 1]
    layout = _layout(line, x, stations, _solved(problem, time_limit))
    if layout.exact_cycle_time > most:
        raise RuntimeError(
            f"the solver's rounding broke the cycle time {cycle_time:g}: give times with fewer "
            "digits"
        )
    return layout


def shortest_cycle(
    process: Process | Mapping[str, float],
    stations: int,
    *,
    limits: Mapping[str, int] | None = None,
    precedence: bool = True,
    time_limit: float | None = None,
) -> Layout:
    """The shortest cycle time with at most so many one-worker stations (type 2).

    Minimise c with Σᵢ tᵢ x[i, k] ≤ c for every station k; the rest as in
    :func:`fewest_stations`.

    Parameters
    ----------
    process, limits, precedence, time_limit
        As for :func:`fewest_stations`.
    stations : int
        At most so many stations, one or more.

    Returns
    -------
    Layout
        One of the layouts with the shortest cycle time.

    Raises
    ------
    ValueError
        If there is no station, or no layout is possible.

    Examples
    --------
    >>> shortest_cycle({"check": 15, "pay": 30, "eye test": 40}, 2).cycle_time
    45.0
    """
    line = prepare(process, 1, limits or {}, precedence)
    stations = min(a_count("stations", stations, 1), len(line.names))
    total = sum(line.times, Fraction(0))
    problem = pulp.LpProblem("shortest_cycle", pulp.LpMinimize)
    scale = _scale(line, total)
    least = max(max(line.times), total / stations)
    cycle = problem.add_variable("c", float(least * scale))
    problem += cycle
    everywhere = [range(stations) for _ in line.names]
    x = _place(problem, line, stations, everywhere)
    for k in range(stations):
        loads = [float(t * scale) * x[i, k] for i, t in enumerate(line.times)]
        problem += pulp.lpSum(loads) <= cycle
    return _layout(line, x, stations, _solved(problem, time_limit))


def _scale(line: Line, largest: Fraction) -> Fraction:
    """Whole numbers where they stay small, so that the solver's tolerance cannot matter."""
    unit = math.lcm(largest.denominator, *(t.denominator for t in line.times))
    return Fraction(unit) if unit * largest < 10**6 else Fraction(1)


def _place(problem: pulp.LpProblem, line: Line, stations: int, windows: list[range]) -> Any:
    """One 0-1 variable for each activity and station it may stand in, and the common rules."""
    n = len(line.names)
    x = {
        (i, k): problem.add_variable(f"x_{i}_{k}", cat="Binary")
        for i in range(n)
        for k in windows[i]
    }
    for i in range(n):
        problem += pulp.lpSum(x[i, k] for k in windows[i]) == 1
        for j in range(n):
            if line.before[i] >> j & 1:
                earlier = pulp.lpSum(k * x[j, k] for k in windows[j])
                problem += earlier <= pulp.lpSum(k * x[i, k] for k in windows[i])
    for e, (needing, pieces) in enumerate(zip(line.needing, line.limits, strict=True)):
        if pieces == math.inf:
            continue
        owned = [problem.add_variable(f"e_{e}_{k}", cat="Binary") for k in range(stations)]
        problem += pulp.lpSum(owned) <= pieces
        for (i, k), variable in x.items():
            if needing >> i & 1:
                problem += variable <= owned[k]
    return x


def _windows(line: Line, stations: int, most: Fraction) -> list[range]:
    """The stations an activity can stand in, given what must come before and after it."""
    n = len(line.names)
    if most == 0:
        return [range(stations) for _ in range(n)]
    windows = []
    for i in range(n):
        head = sum((line.times[j] for j in range(n) if line.before[i] >> j & 1), line.times[i])
        tail = sum((line.times[j] for j in range(n) if line.before[j] >> i & 1), line.times[i])
        first = max(math.ceil(head / most) - 1, 0)
        windows.append(range(first, stations - max(math.ceil(tail / most) - 1, 0)))
    return windows


def _first_fit(line: Line, most: Fraction) -> int:
    """Stations of a simple line: fill each with whatever may come next and still fits."""
    done, stations, room = 0, 1, most
    while done != (1 << len(line.names)) - 1:
        ready = [
            i
            for i in range(len(line.names))
            if not done >> i & 1 and not line.before[i] & ~done and line.times[i] <= room
        ]
        if ready:
            longest = max(ready, key=lambda i: line.times[i])
            done |= 1 << longest
            room -= line.times[longest]
        else:
            stations, room = stations + 1, most
    return stations


def _solved(problem: pulp.LpProblem, time_limit: float | None) -> Solution:
    best = solve(problem, time_limit=time_limit)
    if best.status == "infeasible":
        raise ValueError("no layout is possible: allow more stations or more equipment")
    if not best.is_optimal:
        raise TimeoutError(f"no best layout within time_limit={time_limit} s: give more time")
    return best


def _layout(line: Line, x: Any, stations: int, best: Solution) -> Layout:
    blocks = []
    for k in range(stations):
        members = [i for i in range(len(line.names)) if _is_one(best, x.get((i, k)))]
        if members:
            blocks.append(sum(1 << i for i in members))
    # The solver may number free stations in any order; list them as the enumeration does.
    order = station_order(blocks, line.before) or range(len(blocks))
    placed = tuple(line.station(blocks[b], 1) for b in order)
    return Layout(placed, max(s.exact_cycle_time for s in placed))


def _is_one(best: Solution, variable: Any) -> bool:
    return variable is not None and best.values.get(variable.name, 0.0) > 0.5
