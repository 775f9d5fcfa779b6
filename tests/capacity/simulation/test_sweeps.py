"""The fast engine with random numbers: what it draws, groups, counts and refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from svclab.capacity.simulation.customers import LEFT, Customers
from svclab.capacity.simulation.engine import (
    long_run,
    long_run_mean,
    replicate,
    replicate_line,
    serve_line,
    serve_long,
    serve_many,
    sweep,
    sweeps,
)
from svclab.capacity.simulation.engine.draws import Stream
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import HOUR, Station

DESK = Station(arrivals_per_hour=108, service_seconds=90, servers=3)


def drawn(station: Station, runs: int, customers: int, *, seed: int) -> list[Customers]:
    """The customers of `replicate`, drawn anew as its documentation says: one stream a purpose."""
    shape = (customers, runs)
    gaps = Stream(station.interarrival, seed, "arrivals").fill(np.empty(shape))
    units = Stream(station.service, seed, "service").fill(np.empty(shape))
    arrivals = gaps.cumsum(axis=0) * (HOUR / station.arrivals_per_hour)
    kinds, patience = None, None
    means = np.array(station.means)
    if len(means) > 1:
        points = Stream("constant", seed, "kinds").shares(customers, runs)
        kinds = np.searchsorted(np.cumsum(station.shares)[:-1], points, side="right")
        units = units * means[kinds]
    else:
        units = units * means[0]
    if station.patience_seconds is not None:
        patience = Stream(station.patience, seed, "patience").fill(np.empty(shape))
        patience *= station.patience_seconds
    return [
        Customers(
            arrivals[:, run], units[:, run],
            patience=None if patience is None else patience[:, run],
            kinds=None if kinds is None else kinds[:, run],
        )
        for run in range(runs)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "station",
    [
        DESK,
        DESK.with_(patience_seconds=100, patience=("gamma", 2.0)),
        DESK.with_(shares=(0.3, 0.5, 0.2), service_seconds=(40, 90, 120)),
        DESK.with_(shares=(0.3, 0.7), patience_seconds=100, service=("lognormal", 0.5)),
        DESK.with_(servers=1, service_seconds=30, interarrival="constant"),
    ],
)
def test_replications_are_the_recursions_of_their_customers(station: Station) -> None:
    runs, customers, warm_up = 7, 700, 100
    found = replicate(
        station, replications=runs, customers=customers, seed=3, warm_up=warm_up, within_seconds=60
    )
    assert isinstance(station.servers, int)
    assert found.in_time is not None
    for run, lists in enumerate(drawn(station, runs, customers, seed=3)):
        served = serve(lists, servers=station.servers).after(warm_up)
        assert found.mean_wait[0, run] == pytest.approx(served.mean_wait(), abs=1e-9)
        assert found.left[0, run] == pytest.approx(served.share(LEFT))
        in_time = served.service_level(60).of_all_offered
        assert found.in_time[0, run] == pytest.approx(in_time)
        for kind in range(len(station.shares) if len(station.shares) > 1 else 0):
            assert found.values("mean_wait", kind)[0, run] == pytest.approx(served.mean_wait(kind))


def test_blocks_of_any_size_give_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = [DESK, DESK.with_(arrivals_per_hour=60), DESK.with_(servers=2)]

    def means() -> np.ndarray:
        return sweep(settings, replications=10, customers=500, seed=1).mean_wait

    expected = means()
    for cells, columns in ((1, 6000), (7000, 6000), (10**6, 10), (10**5, 20)):
        monkeypatch.setattr(sweeps, "CELLS", cells)
        monkeypatch.setattr(sweeps, "COLUMNS", columns)
        assert means() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("executor", ["serial", "threads"])
def test_the_executor_changes_no_number(executor: str) -> None:
    settings = [DESK.with_(arrivals_per_hour=rate) for rate in range(40, 100)]
    one, other = (
        sweep(settings, replications=200, customers=50, seed=1, executor=way)
        for way in ("serial", executor)
    )
    assert np.array_equal(one.mean_wait, other.mean_wait)
    assert len(list(sweeps._tasks(settings, 200, 50, True))) > 1


def test_settings_meet_the_same_customers_unless_they_shall_not() -> None:
    twice = [DESK, DESK.with_(arrivals_per_hour=108.0)]
    same = sweep(twice, replications=20, customers=300, seed=1)
    assert np.array_equal(*same.mean_wait)
    assert np.array_equal(same.mean_wait[:1], replicate(
        DESK, replications=20, customers=300, seed=1).mean_wait)  # fmt: skip
    apart = sweep(twice, replications=20, customers=300, seed=1, common=False)
    assert not np.isclose(*apart.mean_wait).any()


def test_one_more_server_never_lengthens_a_wait_of_the_same_customers() -> None:
    found = sweep(
        [DESK.with_(servers=c) for c in (2, 3, 4, 5)], replications=50, customers=500, seed=1
    )
    assert (np.diff(found.mean_wait, axis=0) <= 1e-9).all()


def test_settings_with_and_without_kinds_meet_the_same_customers_and_fit_one_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With kinds replications go in smaller groups, and then they do so for every setting."""
    monkeypatch.setattr(sweeps, "WHOLE", 50_000)
    settings = [DESK, DESK.with_(shares=(0.5, 0.5)), DESK.with_(shares=(0.2, 0.3, 0.5))]
    found = sweep(settings, replications=30, customers=5000, seed=1)
    assert len({task.group for task in sweeps._tasks(settings, 30, 5000, True)}) == 3
    # Services are alike for all kinds, so their order hardly changes the wait of all together:
    # other customers would (by some 40% in a run).
    ratios = found.mean_wait[1] / found.mean_wait[0]
    assert abs(ratios - 1).max() < 0.1
    assert found.mean_wait_of_kind is not None
    assert found.mean_wait_of_kind.shape == (3, 30, 3)
    assert np.isnan(found.mean_wait_of_kind[0]).all()
    assert np.isnan(found.mean_wait_of_kind[1, :, 2]).all()
    first, second, third = found.mean_wait_of_kind[2].mean(axis=0)
    assert first < second < third


def test_a_long_run_is_one_run_whatever_its_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    one = DESK.with_(service=("gamma", 0.5))
    whole = np.concatenate(list(long_run(one, customers=5000, seed=1)))
    gaps = Stream("exponential", 1, "arrivals").fill(np.empty((5000, 1)))[:, 0]
    units = Stream(one.service, 1, "service").fill(np.empty((5000, 1)))[:, 0]
    arrivals = gaps.cumsum() * (HOUR / 108)
    served = serve(Customers(arrivals.tolist(), (90 * units).tolist()), servers=3)
    assert whole == pytest.approx(list(served.waits), abs=1e-8)
    monkeypatch.setattr("svclab.capacity.simulation.engine.parts.SEGMENT", 700)
    cut = np.concatenate(list(long_run(one, customers=5000, seed=1)))
    assert cut == pytest.approx(whole, abs=1e-8)


def test_batches_of_a_long_run_are_means_of_its_waits() -> None:
    waits = np.concatenate(list(long_run(DESK, customers=1_000_300, seed=2)))
    found = long_run_mean(DESK, customers=1_000_300, seed=2, warm_up=250, batches=4)
    parts = waits[-4 * 250_012 :].reshape(4, -1).mean(axis=1)
    assert found.mean == pytest.approx(parts.mean())
    assert found.replications == 4


def test_groups_of_a_line_are_independent_and_as_many_as_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("svclab.capacity.simulation.engine.line.WHOLE", 1000)
    two = [DESK, Station(arrivals_per_hour=1, service_seconds=25)]
    runs = replicate_line(two, replications=25, customers=100, seed=1)
    assert runs.mean_wait.shape == (2, 25)
    assert len(np.unique(runs.mean_time)) == 25
    assert (runs.mean_time > runs.mean_wait.sum(axis=0)).all()


def test_a_sweep_tells_itself() -> None:
    found = sweep(
        [DESK, DESK.with_(servers=4)], replications=3, customers=100, seed=1, within_seconds=30
    )
    assert repr(found).startswith("2 settings x 3 replications of 100 customers: mean wait from")
    table = found.table()
    assert len(table) == 6
    assert table["servers"].tolist() == [3, 3, 3, 4, 4, 4]
    assert table["replication"].tolist() == [0, 1, 2] * 2
    assert table["mean_wait_seconds"].tolist() == found.mean_wait.ravel().tolist()
    assert [e.replications for e in found.estimates("in_time")] == [3, 3]


PLAN = DESK.with_(servers=[(0, 1), (60, 2)])
ONE, TWO = np.zeros((1, 1)), np.zeros((2, 1))


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: replicate(DESK, replications=0, customers=9, seed=1), "replications=0"),
        (lambda: replicate(DESK, replications=9, customers=9, seed=1, warm_up=9), "warm_up=9"),
        (lambda: replicate(PLAN, replications=9, customers=9, seed=1), "staff plan"),
        (lambda: replicate(DESK.with_(room=1), replications=9, customers=9, seed=1), "room"),
        (lambda: sweep([], replications=9, customers=9, seed=1), "stations is empty"),
        (lambda: replicate_line([PLAN], replications=9, customers=9, seed=1), "staff plan"),
        (lambda: replicate_line([], replications=9, customers=9, seed=1), "stations is empty"),
        (
            lambda: replicate_line([DESK], replications=9, customers=9, seed=1, warm_up=10),
            "warm_up=10",
        ),
        (lambda: list(long_run(DESK.with_(room=1), customers=9, seed=1)), "waiting room"),
        (lambda: long_run_mean(DESK, customers=9, seed=1, batches=10), "customers=9"),
        (lambda: serve_many(ONE, TWO, servers=1), r"services has shape \(2, 1\)"),
        (lambda: serve_many(ONE, ONE, servers=0), "servers=0"),
        (lambda: serve_many([0.0], [0.0], servers=1), "customers, replications"),
        (lambda: serve_many([[1.0], [0.0]], TWO, servers=1), "arrivals fall"),
        (lambda: serve_many(ONE, ONE - 1, servers=1), r"services\[0, 0\]=-1.0"),
        (lambda: serve_many(ONE, ONE, servers=1, patience=ONE * math.nan), r"patience\[0, 0\]"),
        (lambda: serve_many(ONE + math.inf, ONE, servers=1), r"arrivals\[0, 0\]=inf"),
        (lambda: serve_many(ONE, ONE, servers=1, kinds=ONE), "kinds"),
        (lambda: serve_many(ONE, ONE, servers=1, kinds=[[-1]]), "kinds"),
        (lambda: serve_many(np.zeros((0, 1)), np.zeros((0, 1)), servers=1), "is empty"),
        (lambda: serve_line(ONE, [ONE], servers=[1, 1]), "one number for each of the 1 stations"),
        (lambda: serve_line(ONE, [TWO], servers=[1]), r"services\[0\] has shape"),
        (lambda: serve_long(ONE, ONE, servers=1), "one run"),
        (lambda: serve_long(ONE[0], ONE[0], servers=1, free=np.zeros(2)), "free has shape"),
        (
            lambda: replicate(DESK, replications=2, customers=9, seed=1).values("in_time"),
            "within_seconds",
        ),
        (
            lambda: replicate(DESK, replications=2, customers=9, seed=1).values(kind=0),
            "kind=0",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused_by_name(act: object, message: str) -> None:
    assert callable(act)
    with pytest.raises(ValueError, match=message):
        act()
