"""Many replications of many settings, drawn and simulated in blocks; only means are kept.

A setting's replications and the settings themselves become columns of the fast recursion. With
the same random numbers for every setting (common random numbers) they are drawn once for all,
in blocks of customers that stay in the processor's cache, so memory does not grow with the
number of customers. (With several kinds of customers a run is kept whole: some hundred bytes a
customer.) That makes a curve over the settings smooth and comparisons sharp; it also moves the
curve up or down as a whole, which no look at the curve alone can show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from svclab.capacity.simulation.engine.blocks import Count, Lists
from svclab.capacity.simulation.engine.checks import check_warm_up
from svclab.capacity.simulation.engine.heart import (
    Floats,
    advance,
    advance_impatient,
    everybody_free,
)
from svclab.capacity.simulation.engine.kinds import serve_kinds
from svclab.capacity.simulation.engine.results import Sweep
from svclab.capacity.simulation.executors import Runner, run_tasks
from svclab.capacity.simulation.sampling import Station
from svclab.checks import a_count

__all__ = ["replicate", "sweep"]

COLUMNS = 6000  # of the recursion, settings x replications
RUNS = 2000  # replications side by side
CELLS = 100_000  # numbers in a block: it stays in the cache
WHOLE = 1_000_000  # numbers in an array where all customers are needed at once


def replicate(
    station: Station,
    *,
    replications: int,
    customers: int,
    seed: int | str,
    warm_up: int = 0,
    within_seconds: float | None = None,
    executor: Runner = "serial",
) -> Sweep:
    """Simulate many independent runs of one station: a sweep over one setting.

    Parameters
    ----------
    station, replications, customers, seed, warm_up, within_seconds, executor
        As for :func:`sweep`.

    Examples
    --------
    >>> three = Station(arrivals_per_hour=108, service_seconds=90, servers=3)
    >>> replicate(three, replications=400, customers=2000, seed=1, warm_up=500).estimates()
    [252.3 ± 14 (95%, 400 replications)]
    """
    return sweep(
        [station],
        replications=replications,
        customers=customers,
        seed=seed,
        warm_up=warm_up,
        within_seconds=within_seconds,
        executor=executor,
    )


def sweep(
    stations: Sequence[Station],
    *,
    replications: int,
    customers: int,
    seed: int | str,
    warm_up: int = 0,
    within_seconds: float | None = None,
    common: bool = True,
    executor: Runner = "serial",
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sweep:
    """Simulate every setting with the same number of independent replications.

    Parameters
    ----------
    stations : sequence of Station
        The settings; each with a fixed number of servers and without a limit on the queue.
        (For plans and waiting rooms use :func:`svclab.capacity.simulation.experiments.experiment`.)
    replications, customers : int
        Runs of each setting, and customers in each; every run begins empty.
    seed : int or str
        The same seed gives the same numbers, whatever the executor.
    warm_up : int, optional
        Customers at the start of each run that are not counted.
    within_seconds : float, optional
        Count who is served within so long, of all who came; 0 counts who need not wait.
    common : bool, optional
        Whether all settings meet the same customers, default yes.
    executor, workers, progress : optional
        As for :func:`svclab.capacity.simulation.executors.run_tasks`. NumPy lets threads run
        side by side, so ``"threads"`` is the one to take for large sweeps.

    Returns
    -------
    Sweep
        Arrays (settings, replications).

    Raises
    ------
    ValueError
        For no settings, a setting that this engine cannot follow, or a warm-up as long as the
        run.

    Examples
    --------
    >>> one = Station(arrivals_per_hour=30, service_seconds=60)
    >>> curve = sweep([one, one.with_(arrivals_per_hour=54)], replications=50, customers=4000,
    ...               seed=1, warm_up=1000)
    >>> [round(mean / 60, 1) for mean in curve.mean_wait.mean(axis=1).tolist()]
    [1.0, 9.2]
    """
    a_count("replications", replications, 1)
    check_warm_up(warm_up, customers)
    if not stations:
        raise ValueError("stations is empty: give at least one setting")
    tasks = list(_tasks(stations, replications, customers, common))
    work = partial(
        _work,
        stations=tuple(stations),
        customers=customers,
        warm_up=warm_up,
        within=within_seconds,
        common=common,
        seed=seed,
    )
    parts = run_tasks(work, tasks, executor=executor, workers=workers, progress=progress)
    found: dict[str, Floats] = {}
    most = max(len(one.shares) for one in stations)
    for task, part in zip(tasks, parts, strict=True):
        runs = slice(task.first, task.first + task.replications)
        for name, values in part.items():
            shape = (len(stations), replications) + (most,) * (values.ndim - 2)
            whole = found.setdefault(name, np.full(shape, np.nan))
            for setting, row in zip(task.settings, values, strict=True):
                whole[setting, runs][..., : row.shape[-1]] = row
    return Sweep(tuple(stations), customers, warm_up, within_seconds, **found)


@dataclass(frozen=True)
class _Task:
    """Some settings that can share arrays, and some of the replications."""

    settings: tuple[int, ...]
    first: int  # replication
    replications: int
    group: int  # names the random streams


def _tasks(
    stations: Sequence[Station], replications: int, customers: int, common: bool
) -> Iterator[_Task]:
    alike: dict[object, list[int]] = {}
    for number, s in enumerate(stations):
        if not isinstance(s.servers, int) or s.room is not None:
            raise ValueError(
                f"stations[{number}] has a staff plan or a waiting room, which the fast engine "
                "cannot follow: use svclab.capacity.simulation.recursion.serve, or experiment()"
            )
        patience = None if s.patience_seconds is None else s.patience
        key = (s.servers, s.interarrival, s.service, patience, len(s.shares))
        alike.setdefault(key, []).append(number)
    # With kinds all customers of a run are needed at once. Replications are grouped alike for
    # all settings: the group names the random numbers, and these shall be common.
    several = any(len(s.shares) > 1 for s in stations)
    columns = max(1, min(COLUMNS, WHOLE // customers)) if several else COLUMNS
    together = min(replications, RUNS, columns)
    size = columns // together
    for settings in alike.values():
        for place in range(0, len(settings), size):
            some = tuple(settings[place : place + size])
            for group, first in enumerate(range(0, replications, together)):
                streams = group if common else (some[0] + 1) * 1_000_000 + group
                yield _Task(some, first, min(together, replications - first), streams)


def _work(
    task: _Task,
    *,
    stations: tuple[Station, ...],
    customers: int,
    warm_up: int,
    within: float | None,
    common: bool,
    seed: int | str,
) -> dict[str, Floats]:
    """Means of each setting and replication: arrays (settings, replications)."""
    chosen = [stations[number] for number in task.settings]
    one, columns = chosen[0], task.replications * len(chosen)
    several = len(one.shares) > 1
    rows = customers if several else min(customers, max(16, CELLS // columns))
    lists = Lists(
        chosen, runs=task.replications, rows=rows, common=common, seed=seed, group=task.group
    )
    count = Count(columns, customers, warm_up, within, len(one.shares))
    assert isinstance(one.servers, int)
    free, left = everybody_free(one.servers, columns), np.zeros((rows, columns), bool)
    for first in range(0, customers, rows):
        times = lists.next(min(rows, customers - first))
        arrivals, services, patience = times["arrivals"], times["service"], times.get("patience")
        gone = left[: len(arrivals)]
        if several:
            kinds = lists.next_kinds(services)
            waits, gone = serve_kinds(
                arrivals, services, kinds, servers=one.servers, patience=patience
            )
            count.add(waits, gone, kinds)
            continue
        if patience is None:
            advance(free, arrivals, services)
        else:
            advance_impatient(free, arrivals, services, patience, gone)
        count.add(arrivals, gone)  # arrivals have become waits
    sizes = (task.replications, len(chosen))
    return {
        name: np.swapaxes(values.reshape(sizes + values.shape[1:]), 0, 1)
        for name, values in count.means().items()
    }
