"""How fast queues are simulated and computed: side by side, in interleaved rounds, as ratios.

Random numbers are included everywhere. A ratio is the median over the rounds, each of which
compares neighbours in time, so that a machine that is busy with other things matters little.
(The C program takes exponential numbers as logarithms, NumPy by a ziggurat, which is faster.)
What is timed is also checked, with tolerances of seven standard errors or more.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import ciw
import numpy as np
import pytest
import simpy

from svclab.capacity import mmc
from svclab.capacity.queues import arrays
from svclab.capacity.queues.erlang import erlang_c
from svclab.capacity.simulation.engine import long_run_mean, replicate, replicate_line, sweep
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Station, draw

ROUNDS = 7
CUSTOMERS = 2000  # in a run
SERVICE = 90.0  # s, mean
DESK = Station(arrivals_per_hour=108, service_seconds=SERVICE, servers=3)  # utilisation 90%
GAP = 3600 / 108  # s, mean

Steps = Generator[Any, Any, None]


def rounds(acts: Mapping[str, tuple[int, Callable[[int], Any]]]) -> dict[str, list[float]]:
    """Nanoseconds a customer of each act, round by round; an act gets the round as its seed.

    An act is (customers, what to do); one that gives a number of seconds has timed itself.
    """
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(ROUNDS):
        for name, (customers, act) in acts.items():
            began = time.perf_counter()
            own = act(number + 1)
            seconds = own if isinstance(own, float) else time.perf_counter() - began
            taken[name].append(1e9 * seconds / customers)
    return taken


def times(slow: list[float], fast: list[float]) -> float:
    """How many times faster, in the median of the rounds."""
    return statistics.median(s / f for s, f in zip(slow, fast, strict=True))


def rate(taken: list[float]) -> str:
    return f"{1000 / statistics.median(taken):.2f} million/s"


def visit_all(
    one: Random, visit: Callable[[], Steps], env: simpy.Environment, customers: int
) -> None:
    """The arrivals of a SimPy model as one writes it."""

    def source() -> Steps:
        for _ in range(customers):
            yield env.timeout(one.expovariate(1 / GAP))
            env.process(visit())

    env.process(source())
    env.run()


def simpy_station(seed: int, customers: int = CUSTOMERS) -> list[float]:
    one, env, waits = Random(seed), simpy.Environment(), list[float]()
    desk = simpy.Resource(env, 3)

    def visit() -> Steps:
        arrival = env.now
        with desk.request() as turn:
            yield turn
            waits.append(env.now - arrival)
            yield env.timeout(one.expovariate(1 / SERVICE))

    visit_all(one, visit, env, customers)
    return waits


def simpy_patience(seed: int) -> list[bool]:
    one, env, left = Random(seed), simpy.Environment(), list[bool]()
    desk = simpy.Resource(env, 3)

    def visit() -> Steps:
        with desk.request() as turn:
            yield turn | env.timeout(one.expovariate(1 / 60))
            left.append(not turn.triggered)
            if turn.triggered:
                yield env.timeout(one.expovariate(1 / SERVICE))

    visit_all(one, visit, env, CUSTOMERS)
    return left


def simpy_kinds(seed: int) -> list[tuple[int, float]]:
    one, env, waits = Random(seed), simpy.Environment(), list[tuple[int, float]]()
    desk = simpy.PriorityResource(env, 3)

    def visit() -> Steps:
        arrival, kind = env.now, int(one.random() >= 0.3)
        with desk.request(priority=kind) as turn:
            yield turn
            waits.append((kind, env.now - arrival))
            yield env.timeout(one.expovariate(1 / SERVICE))

    visit_all(one, visit, env, CUSTOMERS)
    return waits


def simpy_line(seed: int) -> list[float]:
    one, env, stays = Random(seed), simpy.Environment(), list[float]()
    desks = [simpy.Resource(env, 1) for _ in range(5)]

    def visit() -> Steps:
        arrival = env.now
        for desk in desks:
            with desk.request() as turn:
                yield turn
                yield env.timeout(one.expovariate(1 / 25))
        stays.append(env.now - arrival)

    visit_all(one, visit, env, CUSTOMERS)
    return stays


def ciw_station(seed: int) -> list[float]:
    ciw.seed(seed)
    simulation = ciw.Simulation(
        ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(1 / GAP)],
            service_distributions=[ciw.dists.Exponential(1 / SERVICE)],
            number_of_servers=[3],
        )
    )
    simulation.simulate_until_max_customers(CUSTOMERS, method="Finish")
    return [record.waiting_time for record in simulation.get_all_records()]


@pytest.fixture(scope="module")
def in_c(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The program of queue.c, compiled; none where there is no C compiler."""
    asked = [os.environ.get("CC", ""), "cc", "gcc", "clang"]
    compiler = next((found for name in asked if name and (found := shutil.which(name))), None)
    program = tmp_path_factory.mktemp("c") / "queue"
    source = Path(__file__).with_name("queue.c")
    for machine in (["-march=native"], []):
        if compiler is None:
            break
        command = [compiler, "-O3", *machine, "-o", str(program), str(source), "-lm"]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            break
    return program if program.is_file() else None


def test_three_servers_at_90_percent(measured: Any, in_c: Path | None) -> None:
    means: dict[str, list[float]] = {"numpy": [], "simpy": [], "ciw": [], "c": []}

    def numpy_runs(runs: int) -> Callable[[int], None]:
        def act(seed: int) -> None:
            found = replicate(DESK, replications=runs, customers=CUSTOMERS, seed=seed)
            means["numpy"].append(found.mean_wait.mean())

        return act

    def c_runs(seed: int) -> float:
        command = [str(in_c), "1000", str(CUSTOMERS), "3", "0.9", str(seed)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        mean, seconds = map(float, done.stdout.split())
        means["c"].append(SERVICE * mean)
        return seconds

    acts: dict[str, tuple[int, Callable[[int], Any]]] = {
        "1,000": (1000 * CUSTOMERS, numpy_runs(1000)),
        "2,000": (2000 * CUSTOMERS, numpy_runs(2000)),
        "simpy": (CUSTOMERS, lambda s: means["simpy"].append(statistics.fmean(simpy_station(s)))),
        "ciw": (CUSTOMERS, lambda s: means["ciw"].append(statistics.fmean(ciw_station(s)))),
    }
    if in_c is not None:
        acts["c"] = (1000 * CUSTOMERS, c_runs)
    taken = rounds(acts)
    ours = statistics.fmean(means["numpy"])
    assert 0.8 * mmc(108, 40, servers=3).mean_wait_seconds < ours
    assert statistics.fmean(means["simpy"]) == pytest.approx(ours, rel=2)
    assert statistics.fmean(means["ciw"]) == pytest.approx(ours, rel=2)
    measured("M/M/3 at 90%: SimPy as one writes it", rate(taken["simpy"]))
    measured("M/M/3 at 90%: Ciw", rate(taken["ciw"]))
    for runs in ("1,000", "2,000"):
        what = f"M/M/3 at 90%, {runs} x 2,000: NumPy"
        measured(what, rate(taken[runs]))
        measured(
            f"{what} / SimPy",
            f"{times(taken['simpy'], taken[runs]):.0f} times",
            "aim 600, least 300",
        )
        measured(f"{what} / Ciw", f"{times(taken['ciw'], taken[runs]):.0f} times", "least 500")
        if in_c is None:
            measured(f"{what} / C", "no C compiler here")
        else:
            assert statistics.fmean(means["c"]) == pytest.approx(ours, rel=0.1)
            speed = times(taken["c"], taken[runs])
            measured(f"{what} / C with a heap", f"{speed:.2f} times", "aim 1, least 0.5")


def test_patience_kinds_a_line_and_one_long_run(measured: Any) -> None:
    impatient, kinds = DESK.with_(patience_seconds=60), DESK.with_(shares=(0.3, 0.7))
    line = [Station(arrivals_per_hour=108, service_seconds=25)] * 5
    kept: dict[str, list[Any]] = {"left": [], "waits": [], "stays": []}
    cases: list[tuple[str, str, Callable[[int], Any], int, Callable[[int], Any]]] = [
        (
            "patience", "least 400", lambda s: kept["left"].append(simpy_patience(s)), 2000,
            lambda s: replicate(impatient, replications=2000, customers=CUSTOMERS, seed=s),
        ),
        (
            "two priority classes", "least 40",
            lambda s: kept["waits"].append(simpy_kinds(s)), 500,
            lambda s: replicate(kinds, replications=500, customers=CUSTOMERS, seed=s),
        ),
        (
            "a line of five stations", "least 200",
            lambda s: kept["stays"].append(simpy_line(s)), 500,
            lambda s: replicate_line(line, replications=500, customers=CUSTOMERS, seed=s),
        ),
        (
            "one run of a million customers", "least 40", simpy_station, 500,
            lambda s: long_run_mean(DESK, customers=500 * CUSTOMERS, seed=s),
        ),
    ]  # fmt: skip
    for what, aim, slow, runs, fast in cases:
        taken = rounds({"simpy": (CUSTOMERS, slow), "numpy": (runs * CUSTOMERS, fast)})
        measured(f"{what}: NumPy", rate(taken["numpy"]))
        ratio = times(taken["simpy"], taken["numpy"])
        measured(f"{what}: NumPy / SimPy", f"{ratio:.0f} times", aim)
    left = statistics.fmean(statistics.fmean(run) for run in kept["left"])
    ours = replicate(impatient, replications=100, customers=CUSTOMERS, seed=1).left.mean()
    assert left == pytest.approx(ours, rel=0.5)
    urgent = statistics.fmean(w for run in kept["waits"] for kind, w in run if kind == 0)
    found = replicate(kinds, replications=100, customers=CUSTOMERS, seed=1)
    assert urgent == pytest.approx(found.values("mean_wait", 0).mean(), rel=0.5)
    stay = statistics.fmean(statistics.fmean(run) for run in kept["stays"])
    runs_of_line = replicate_line(line, replications=100, customers=CUSTOMERS, seed=1)
    assert stay == pytest.approx(runs_of_line.mean_time.mean(), rel=0.5)


def best(act: Callable[[], Any]) -> tuple[Any, str]:
    """The result, and how long it took: the median and the best of some times."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        result = act()
        taken.append(1000 * (time.perf_counter() - began))
    return result, f"{statistics.median(taken):.0f} ms, best {min(taken):.0f} ms"


def test_sweeps(measured: Any) -> None:
    settings = [DESK.with_(arrivals_per_hour=r) for r in np.linspace(60, 114, 1000).tolist()]

    def many(executor: str) -> Any:
        return sweep(
            settings, replications=30, customers=CUSTOMERS, seed=1, executor=executor, workers=2
        )

    found, took = best(lambda: many("threads"))
    assert (np.diff(found.mean_wait.mean(axis=1)) > 0).all()  # the same customers: no noise
    measured("sweep of 1,000 settings x 30 x 2,000, two threads", took, "aim 1,000 ms")
    _, took = best(lambda: many("serial"))
    measured("the same in series", took)
    curve, took = best(lambda: sweep(settings[::25], replications=30, customers=CUSTOMERS, seed=1))
    assert curve.mean_wait.shape == (40, 30)
    measured("curve of 40 settings x 30 x 2,000", took, "aim 40 ms")


def test_plain_python_and_formulas(measured: Any) -> None:
    def twenty_thousand() -> Any:
        return serve(draw(DESK, 20_000, seed=1), servers=3)

    served, took = best(twenty_thousand)
    assert served.mean_wait() > 0
    measured("plain Python: 20,000 customers drawn and served", took, "aim 100 ms")
    one = Random(1)
    loads = np.array([one.uniform(0.1, 100) for _ in range(1_000_000)])
    servers = np.floor(loads) + 1 + np.arange(1_000_000) % 20
    shares, took = best(lambda: arrays.erlang_c(loads, servers))
    for place in range(0, 1_000_000, 100_003):
        expected = erlang_c(float(loads[place]), int(servers[place]))
        assert math.isclose(shares[place], expected, rel_tol=1e-9)
    measured("Erlang C for a million settings, 1 to 120 servers", took, "aim 400 ms")
