"""Scenarios × replications, on whatever computes them; a tidy table comes back.

Every pair of scenario and replication has its own seed, made from names, never from who works
on it or when. So the numbers are the same in series, in threads, in processes or on a cluster,
and a run that failed or looks odd can be made again by itself: ``model(scenario, seed)``.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from svclab.capacity.simulation.comparing import Difference, compare
from svclab.capacity.simulation.executors import Runner, run_tasks
from svclab.checks import a_count
from svclab.words import count, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Interrupted", "RunError", "compare_scenarios", "experiment", "summary"]

Model = Callable[[Any, str], Mapping[str, float]]

KEY = ("scenario", "seed", "replication")  # columns that say which run a row is


class RunError(RuntimeError):
    """A run raised an error. ``error`` is that error, ``table`` has the runs that were done."""

    table: pd.DataFrame | None = None

    def __init__(self, scenario: Any, replication: int, seed: str, error: Exception) -> None:
        super().__init__(scenario, replication, seed, error)  # with these it can be sent
        self.scenario, self.replication, self.seed, self.error = scenario, replication, seed, error

    def __str__(self) -> str:
        return (
            f"scenario {self.scenario!r}, replication {self.replication} (seed {self.seed!r}) "
            f"failed: {type(self.error).__name__}: {self.error}"
        )


class Interrupted(KeyboardInterrupt):
    """Somebody stopped the experiment; ``table`` has the runs that were done."""

    def __init__(self, table: pd.DataFrame, total: int) -> None:
        super().__init__(
            say(
                "stopped with {done} of {total} done. They are kept in this exception: after "
                "import sys take table = sys.last_value.table, and go on by "
                "experiment(..., done=table)",
                done=len(table),
                total=count(total, "run"),
            )
        )
        self.table = table


@dataclass(frozen=True)
class _Run:
    """One run: what is sent to whoever computes."""

    name: Any
    scenario: Any
    replication: int
    seed: str

    @property
    def key(self) -> tuple[Any, int, str]:
        return self.name, self.replication, self.seed


@dataclass(frozen=True)
class _Attempt:
    """Make one run; an error says which run it was."""

    model: Model

    def __call__(self, run: _Run) -> dict[str, float]:
        try:
            return dict(self.model(run.scenario, run.seed))
        except Exception as error:
            raise RunError(run.name, run.replication, run.seed, _sendable(error)) from error


def _sendable(error: Exception) -> Exception:
    """The error itself, or its words where it could not come back from another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def experiment(
    model: Model,
    scenarios: Mapping[str, Any] | Sequence[Any],
    *,
    replications: int,
    seed: int | str,
    common: bool = True,
    executor: Runner = "serial",
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    done: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Run a model for every scenario and replication.

    Parameters
    ----------
    model : callable
        From (scenario, seed) to named figures. For processes it must be importable, as
        :class:`svclab.capacity.simulation.runs.StationRun` is.
    scenarios : mapping or sequence
        By name, or numbered from 0. The numbers and words in a scenario that is a mapping become
        columns.
    replications : int
        Runs of each scenario.
    seed : int or str
        Names the experiment.
    common : bool, optional
        Whether replication r of every scenario has the same seed, ``"{seed}/{r}"``, so that
        scenarios meet the same customers (default); else ``"{seed}/{scenario}/{r}"``.
    executor : str, Executor or Dask client, optional
        ``"serial"`` (default), ``"threads"``, ``"processes"``, an executor of
        ``concurrent.futures``, or a ``dask.distributed.Client``. SimPy and plain Python gain
        from processes, NumPy from threads.
    workers : int, optional
        How many threads or processes; left out: one for each core.
    progress : callable, optional
        Called with (runs done, runs to do) after each run, for example
        :func:`svclab.capacity.simulation.executors.print_progress`.
    done : pandas.DataFrame, optional
        From an earlier call with the same model and scenarios, perhaps with fewer replications
        or interrupted: its runs are taken over, not made again.

    Returns
    -------
    pandas.DataFrame
        One row for each scenario and replication, in this order of columns: scenario, its
        parameters, seed, replication, figures.

    Raises
    ------
    RunError
        If the model raises: says which scenario and replication, and has the table so far.
    Interrupted
        On Ctrl-C or the stop button; has the table so far.
    ValueError
        For no scenarios or replications.

    Examples
    --------
    >>> from svclab.capacity.simulation.runs import StationRun
    >>> from svclab.capacity.simulation.sampling import Station
    >>> one = Station(arrivals_per_hour=50, service_seconds=60)
    >>> table = experiment(StationRun(customers=500), {"one": one, "two": one.with_(servers=2)},
    ...                    replications=3, seed=1, executor="threads")
    >>> table.groupby("scenario")["mean_wait_seconds"].mean().round().to_dict()
    {'one': 277.0, 'two': 14.0}
    """
    a_count("replications", replications, 1)
    named = dict(scenarios) if isinstance(scenarios, Mapping) else dict(enumerate(scenarios))
    if not named:
        raise ValueError("scenarios is empty: give at least one")
    runs = [
        _Run(name, scenario, r, f"{seed}/{r}" if common else f"{seed}/{name}/{r}")
        for name, scenario in named.items()
        for r in range(replications)
    ]
    known = _known(done, runs)
    missing = [run for run in runs if run.key not in known]
    found: dict[int, dict[str, float]] = {}

    def table() -> pd.DataFrame:
        fresh = {missing[place].key: figures for place, figures in found.items()}
        return _table(runs, known | fresh)

    try:
        run_tasks(
            _Attempt(model),
            missing,
            executor=executor,
            workers=workers,
            progress=progress,
            finished=found,
        )
    except RunError as failed:
        failed.table = table()
        raise
    except KeyboardInterrupt:
        raise Interrupted(table(), len(runs)) from None
    return table()


def _known(done: pd.DataFrame | None, runs: list[_Run]) -> dict[tuple[Any, int, str], Any]:
    """The figures of runs that need not be made again."""
    if done is None or not len(done):
        return {}
    if not {*KEY} <= set(done.columns):
        raise ValueError(f"done has no columns {', '.join(KEY)}: give a table from experiment()")
    figures = _figures(done)
    wanted = {run.key for run in runs}
    known = {}
    for row in done.to_dict("records"):
        key = row["scenario"], row["replication"], row["seed"]
        if key in wanted:
            known[key] = {figure: row[figure] for figure in figures}
    if not known:
        raise ValueError(
            "done: none of its runs belongs to this experiment; give the table of a call with the "
            "same scenarios, seed and common"
        )
    return known


def _table(runs: list[_Run], figures: Mapping[tuple[Any, int, str], Any]) -> pd.DataFrame:
    """A row for each run that is done, in the order of the runs."""
    import pandas as pd

    rows = []
    for run in runs:
        if run.key in figures:
            parameters = _parameters(run.scenario)
            own = {"scenario": run.name, **parameters}
            own |= {"seed": run.seed, "replication": run.replication}
            if twice := {*figures[run.key]} & {*own} or {*parameters} & {*KEY}:
                raise ValueError(
                    f"{sorted(twice)}: the name of a figure or parameter is used twice; rename it"
                )
            rows.append({**own, **figures[run.key]})
    return pd.DataFrame(rows, columns=None if rows else list(KEY))


def _parameters(scenario: Any) -> dict[str, Any]:
    """What of a scenario can stand in a table."""
    if not isinstance(scenario, Mapping):
        return {}
    return {name: value for name, value in scenario.items() if isinstance(value, int | float | str)}


def _figures(table: pd.DataFrame) -> list[str]:
    columns = list(table.columns)
    return columns[columns.index("replication") + 1 :]


def summary(table: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Mean and interval of every figure of an experiment, a row for scenario and figure.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`experiment`.
    confidence : float, optional
        Of each interval by itself, default 0.95. Of 20 intervals, one misses on average.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, figure, mean, low, high, replications. A run in which a figure is NaN
        (nobody came) is left out of that figure's mean and of its replications.

    Examples
    --------
    >>> def dice(sides, seed):
    ...     return {"pips": Random(seed).randint(1, sides)}
    >>> from random import Random
    >>> print(summary(experiment(dice, {"cube": 6}, replications=100, seed=2)).round(1))
      scenario figure  mean  low  high  replications
    0     cube   pips   3.5  3.2   3.9           100
    """
    import pandas as pd

    from svclab.intervals import estimate

    rows = []
    for name, runs in table.groupby("scenario", sort=False):
        for figure in _figures(table):
            values = runs[figure].dropna().tolist()
            if values:
                e = estimate(values, confidence=confidence)
                rows.append((name, figure, e.mean, e.low, e.high, e.replications))
    return pd.DataFrame(rows, columns=["scenario", "figure", "mean", "low", "high", "replications"])


def compare_scenarios(
    table: pd.DataFrame, figure: str, *, first: Any, second: Any, confidence: float = 0.95
) -> Difference:
    """Compare two scenarios of an experiment that met the same customers.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`experiment` with ``common=True``.
    figure : str
        A column, such as ``"mean_wait_seconds"``.
    first, second : str or int
        Two scenarios.
    confidence : float, optional
        Default 0.95. For k comparisons out of one experiment give 1 - 0.05 / k, so that all of
        them hold together with 95% confidence (Bonferroni).

    Returns
    -------
    Difference
        Second minus first, with the share of variance that the same customers take away.

    Raises
    ------
    ValueError
        If a scenario or figure is not there, or the two met different customers.

    Examples
    --------
    >>> from svclab.capacity.simulation.runs import StationRun
    >>> from svclab.capacity.simulation.sampling import Station
    >>> two = Station(arrivals_per_hour=50, service_seconds=120, servers=2)
    >>> table = experiment(StationRun(customers=1000), {"now": two, "new": two.with_(servers=3)},
    ...                    replications=20, seed=1)
    >>> compare_scenarios(table, "mean_wait_seconds", first="now", second="new").verdict
    'the second is lower'
    """
    if figure not in _figures(table):
        raise ValueError(f"figure={figure!r}: the table has {', '.join(_figures(table))}")
    sides = {}
    for name in (first, second):
        rows = table[table["scenario"] == name]
        if rows.empty:
            known = ", ".join(map(repr, table["scenario"].unique()))
            raise ValueError(f"scenario {name!r} is not in the table; it has {known}")
        sides[name] = dict(zip(rows["seed"], rows[figure], strict=True))
    if sides[first].keys() != sides[second].keys():
        raise ValueError(
            f"scenarios {first!r} and {second!r} did not meet the same customers: their seeds "
            "differ; run the experiment with common=True, and compare whole tables"
        )
    return compare(
        list(sides[first].values()),
        [sides[second][seed] for seed in sides[first]],
        confidence=confidence,
    )
