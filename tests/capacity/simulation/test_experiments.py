"""Scenarios × replications: one table whatever the executor; errors and interruptions."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from svclab.capacity.simulation.customers import Customers
from svclab.capacity.simulation.executors import print_progress, run_tasks
from svclab.capacity.simulation.experiments import (
    Interrupted,
    RunError,
    compare_scenarios,
    experiment,
    summary,
)
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.runs import StationRun, measures
from svclab.capacity.simulation.sampling import Station, draw
from svclab.capacity.simulation.station import simulate
from svclab.intervals import estimate

ONE = Station(arrivals_per_hour=50, service_seconds=60)
COUNTERS = {
    "one": ONE,
    "two": ONE.with_(servers=2, service_seconds=120),
    "patient": ONE.with_(patience_seconds=200, room=5),
}
RUN = StationRun(customers=200, within_seconds=60)


def table(**changes: Any) -> pd.DataFrame:
    return experiment(RUN, COUNTERS, **{"replications": 4, "seed": 7, **changes})


@pytest.fixture(scope="module")
def serial() -> pd.DataFrame:
    return table()


def test_the_table_is_tidy(serial: pd.DataFrame) -> None:
    assert list(serial.columns[:3]) == ["scenario", "seed", "replication"]
    assert serial["scenario"].tolist() == [name for name in COUNTERS for _ in range(4)]
    assert serial["replication"].tolist() == [0, 1, 2, 3] * 3
    assert serial["seed"].tolist() == ["7/0", "7/1", "7/2", "7/3"] * 3
    assert all(kind.kind == "f" for kind in serial.dtypes[3:])


def test_a_row_can_be_made_again_from_its_scenario_and_seed(serial: pd.DataFrame) -> None:
    row = serial.iloc[6]
    served = serve(draw(COUNTERS[row["scenario"]], 200, seed=row["seed"]), servers=2)
    assert row[3:].to_dict() == measures(served, within_seconds=60)


def test_threads_give_the_numbers_of_the_serial_run(serial: pd.DataFrame) -> None:
    assert_frame_equal(table(executor="threads", workers=3), serial, check_exact=True)
    with ThreadPoolExecutor(2) as pool:
        assert_frame_equal(table(executor=pool), serial, check_exact=True)
        assert pool.submit(int, "3").result() == 3  # a pool that was lent stays open


def test_processes_give_the_numbers_of_the_serial_run_and_name_the_run_that_failed(
    serial: pd.DataFrame,
) -> None:
    assert_frame_equal(table(executor="processes", workers=2), serial, check_exact=True)
    with pytest.raises(RunError, match="scenario 'bad', replication 0") as caught:
        experiment(StationRun(customers=50), {"bad": None}, replications=1, seed=1,
                   executor="processes")  # fmt: skip
    assert isinstance(caught.value.error, AttributeError)


def test_a_dask_client_gives_the_numbers_of_the_serial_run(serial: pd.DataFrame) -> None:
    distributed = pytest.importorskip("distributed")
    seen: list[tuple[int, int]] = []
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        found = table(executor=client, progress=lambda done, all_: seen.append((done, all_)))
        assert_frame_equal(found, serial, check_exact=True)
        assert seen == [(k, 12) for k in range(1, 13)]
        with pytest.raises(RunError, match="scenario 'bad', replication 1 "):
            experiment(fails_at("5/1"), {"good": 1, "bad": 2}, replications=3, seed=5,
                       executor=client)  # fmt: skip
        with pytest.raises(Interrupted) as caught:
            experiment(fails_at("never"), [1], replications=50, seed=5, executor=client,
                       progress=interrupt_at(20))  # fmt: skip
        assert len(caught.value.table) >= 20


def interrupt_at(number: int) -> Callable[[int, int], None]:
    """The interruption comes where the results come in, as Python's own does."""

    def interrupt(done: int, total: int) -> None:
        if done == number:
            raise KeyboardInterrupt

    return interrupt


def test_engines_give_the_same_table(serial: pd.DataFrame) -> None:
    by_simpy = experiment(
        StationRun(customers=200, within_seconds=60, engine=simulate),
        COUNTERS,
        replications=4,
        seed=7,
    )
    assert_frame_equal(by_simpy, serial, rtol=1e-9, atol=1e-9)


def fails_at(seed: str, scenario: object = 2) -> Any:
    def model(which: object, given: str) -> dict[str, float]:
        if which == scenario and given == seed:
            raise ZeroDivisionError("no servers left")
        return {"figure": Random(f"{which}/{given}").random()}

    return model


@pytest.mark.parametrize("executor", ["serial", "threads"])
def test_an_error_names_scenario_replication_and_seed_and_keeps_what_is_done(executor: str) -> None:
    everything = experiment(fails_at("never"), {"good": 1, "bad": 2}, replications=5, seed=5)
    with pytest.raises(RunError) as caught:
        experiment(fails_at("5/3"), {"good": 1, "bad": 2}, replications=5, seed=5,
                   executor=executor)  # fmt: skip
    failed = caught.value
    assert str(failed) == (
        "scenario 'bad', replication 3 (seed '5/3') failed: ZeroDivisionError: no servers left"
    )
    assert isinstance(failed.error, ZeroDivisionError)
    assert failed.__cause__ is failed.error
    assert failed.table is not None
    kept = failed.table
    if executor == "serial":
        assert len(kept) == 8
    again = everything.merge(kept, on=["scenario", "seed", "replication", "figure"])
    assert len(again) == len(kept)


class Stops:
    """A model that counts its calls and is interrupted at one of them."""

    def __init__(self, at: int) -> None:
        self.at, self.calls, self.lock = at, [], threading.Lock()  # type: ignore[var-annotated]

    def __call__(self, scenario: float, seed: str) -> dict[str, float]:
        with self.lock:
            if len(self.calls) == self.at:
                self.at = -1
                raise KeyboardInterrupt
            self.calls.append((scenario, seed))
        return {"figure": scenario * Random(seed).random()}


@pytest.mark.parametrize("executor", ["serial", "threads"])
def test_an_interruption_loses_nothing_that_is_done_and_nothing_is_made_twice(
    executor: str,
) -> None:
    scenarios = {"low": 1.0, "high": 2.0}
    whole = experiment(Stops(-2), scenarios, replications=10, seed=1)
    model = Stops(at=13)
    with pytest.raises(
        Interrupted, match=r"of 20 runs done.*experiment\(\.\.\., done=table\)"
    ) as c:
        experiment(model, scenarios, replications=10, seed=1, executor=executor)
    kept = c.value.table
    assert len(kept) == len(model.calls) >= 13
    rest = experiment(model, scenarios, replications=10, seed=1, executor=executor, done=kept)
    assert_frame_equal(rest, whole, check_exact=True)
    assert len(model.calls) == len(set(model.calls)) == 20


def test_ctrl_c_while_threads_work_keeps_also_what_they_still_finish() -> None:
    model = Stops(-2)
    with pytest.raises(Interrupted) as caught:
        experiment(model, [1.0], replications=40, seed=1, executor="threads", workers=2,
                   progress=interrupt_at(5))  # fmt: skip
    assert len(caught.value.table) == len(model.calls) >= 5


def test_more_replications_go_on_from_a_table(serial: pd.DataFrame) -> None:
    counted = []
    more = table(replications=6, done=serial, progress=lambda done, total: counted.append(total))
    assert counted == [6] * 6  # two more of three scenarios
    assert_frame_equal(more, table(replications=6), check_exact=True)
    assert_frame_equal(table(replications=2, done=more), table(replications=2), check_exact=True)


def test_runs_of_another_experiment_are_not_taken_over(serial: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="none of its runs belongs to this experiment"):
        table(seed=8, done=serial)
    with pytest.raises(ValueError, match="done has no columns scenario, seed, replication"):
        table(done=pd.DataFrame({"figure": [1.0]}))
    assert len(table(done=serial.iloc[:0])) == 12


def test_scenarios_meet_the_same_customers_unless_told_otherwise(serial: pd.DataFrame) -> None:
    found = compare_scenarios(serial, "mean_wait_seconds", first="one", second="two")
    waits = serial.pivot(index="replication", columns="scenario", values="mean_wait_seconds")
    assert found.estimate == estimate((waits["two"] - waits["one"]).tolist())
    apart = table(common=False)
    assert apart["seed"].is_unique
    with pytest.raises(ValueError, match="did not meet the same customers"):
        compare_scenarios(apart, "mean_wait_seconds", first="one", second="two")
    with pytest.raises(ValueError, match="figure='joy': the table has mean_wait_seconds"):
        compare_scenarios(serial, "joy", first="one", second="two")
    with pytest.raises(ValueError, match="scenario 'ten' is not in the table; it has 'one'"):
        compare_scenarios(serial, "left", first="one", second="ten")


def test_the_summary_has_an_interval_for_each_figure_and_tells_what_it_left_out() -> None:
    def model(scenario: float, seed: str) -> dict[str, float]:
        figure = Random(seed).random()
        return {"figure": figure, "sometimes": figure if figure > 0.3 else float("nan")}

    found = experiment(model, [0], replications=30, seed=3)
    short = summary(found, confidence=0.9).set_index("figure")
    e = estimate(found["figure"].tolist(), confidence=0.9)
    assert short.loc["figure", ["mean", "low", "high"]].tolist() == [e.mean, e.low, e.high]
    assert short.loc["sometimes", "replications"] == (found["figure"] > 0.3).sum() < 30


def test_parameters_of_a_scenario_become_columns() -> None:
    found = experiment(
        lambda scenario, seed: {"figure": scenario["load"] + scenario["servers"]},
        [{"load": 0.5, "servers": 2, "desk": ONE}, {"load": 0.9, "servers": 1, "desk": ONE}],
        replications=2,
        seed=1,
    )
    assert list(found.columns) == ["scenario", "load", "servers", "seed", "replication", "figure"]
    assert found["figure"].tolist() == [2.5, 2.5, 1.9, 1.9]
    with pytest.raises(ValueError, match=r"'load'.*used twice"):
        experiment(lambda s, seed: {"load": 1.0}, [{"load": 0.5}], replications=1, seed=1)


def test_what_is_no_experiment_is_refused() -> None:
    with pytest.raises(ValueError, match="scenarios is empty"):
        experiment(RUN, {}, replications=1, seed=1)
    with pytest.raises(ValueError, match="replications=0"):
        table(replications=0)
    with pytest.raises(ValueError, match="executor='rockets': use 'serial'"):
        table(executor="rockets")


def test_what_processes_cannot_be_sent_is_refused_before_one_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ValueError, match="module that can be imported, or use executor='threads'"):
        run_tasks(lambda task: task, [1], executor="processes")
    with pytest.raises(ValueError, match="cannot send task <function"):
        run_tasks(str, [lambda: 1], executor="processes")

    # In a notebook, __main__ is no file that another process could import.
    notebook = ModuleType("__main__")

    def model(task: int) -> int:
        return task

    model.__module__, model.__qualname__ = "__main__", "model"
    notebook.model = model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "__main__", notebook)
    with pytest.raises(ValueError, match="defined in this notebook"):
        run_tasks(model, [1], executor="processes")


def test_tasks_come_back_in_their_order_whoever_is_first() -> None:
    gate = threading.Event()

    def work(task: int) -> int:
        if task == 0:
            assert gate.wait(30)
        else:
            gate.set()
        return 10 * task

    assert run_tasks(work, [0, 1, 2], executor="threads", workers=2) == [0, 10, 20]
    assert run_tasks(work, [], executor="threads") == []


def test_progress_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    run_tasks(abs, [1, 2], progress=print_progress)
    assert capsys.readouterr().out == "\r1 of 2 done\r2 of 2 done\n"


def test_measures_of_a_run_by_hand() -> None:
    """A is served 0-10; B waits 1-10; C's patience ends; D finds no room."""
    served = simulate(
        Customers(
            [0.0, 1.0, 2.0, 3.0],
            [10.0, 5.0, 5.0, 5.0],
            patience=[99.0, 99.0, 4.0, 99.0],
            balks_at=[2, 2, 2, 2],
        ),
        servers=1,
    )
    found = measures(served, within_seconds=5)
    assert found["mean_wait_seconds"] == pytest.approx((0 + 9 + 4) / 3)
    assert (found["left"], found["turned_away"], found["in_time"]) == (0.25, 0.25, 0.25)
    assert found["waited"] == 0.5
