"""For the same lists all engines give each customer the same wait, to 1e-9, ties included."""

from __future__ import annotations

import math
import random
from collections import deque
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.capacity.simulation import station
from svclab.capacity.simulation.customers import LEFT, SERVED, TURNED, Customers, Served, levels
from svclab.capacity.simulation.engine import serve_line, serve_long, serve_many
from svclab.capacity.simulation.recursion import serve
from svclab.process import Process, Workload, replay
from svclab.process import simulate as simulate_process

# Whole numbers that are small make ties in plenty; the others have none.
WHOLE = st.integers(0, 4).map(float)
ANY = st.floats(0, 1e5, allow_nan=False)
TIMES = st.sampled_from([WHOLE, ANY])
PATIENT = st.just(math.inf)


@st.composite
def some_customers(draw: Any, *, most: int = 15, features: tuple[str, ...] = ()) -> Customers:
    """Up to so many customers, perhaps with each of the features."""
    times = draw(TIMES)
    number = draw(st.integers(1, most))

    def column(values: Any) -> list[Any]:
        found: list[Any] = draw(st.lists(values, min_size=number, max_size=number))
        return found

    given: dict[str, list[Any]] = {}
    if "patience" in features and draw(st.booleans()):
        given["patience"] = column(times | PATIENT)
    if "kinds" in features and draw(st.booleans()):
        given["kinds"] = column(st.integers(0, 2))
    if "balks_at" in features and draw(st.booleans()):
        given["balks_at"] = column(st.integers(0, 3))
    arrivals = np.cumsum(column(times)).tolist()
    return Customers(arrivals, column(times), **given)


@st.composite
def plans(draw: Any) -> list[tuple[float, int]]:
    """A staff plan; nobody may be there at times, but somebody at the end."""
    gaps = draw(st.lists(st.integers(1, 4), max_size=4))
    numbers = draw(st.lists(st.integers(0, 3), min_size=len(gaps), max_size=len(gaps)))
    times = np.cumsum([0, *gaps]).tolist()
    return list(zip(map(float, times), [*numbers, draw(st.integers(1, 3))], strict=True))


def agree(one: Served, other: Served) -> None:
    assert list(one.waits) == pytest.approx(list(other.waits), abs=1e-9, rel=1e-12)
    assert list(one.fates) == list(other.fates)


def rewritten(customers: Customers, servers: Any) -> tuple[list[float], list[str]]:
    """The rule of ties written down once more: at each moment of the calendar, look at all.

    No heap and no events: the moments at which anything can happen are looked at one by one.
    """
    c, plan = customers, deque(levels(servers))
    kinds = c.kinds or [0] * c.customers
    patience = c.patience or [math.inf] * c.customers
    waits, fates = [0.0] * c.customers, [""] * c.customers
    queue: list[int] = []
    busy: list[float] = []
    staff, number = plan.popleft()[1], 0

    def start(n: int, now: float) -> None:
        waits[n], fates[n] = now - c.arrivals[n], SERVED
        busy.append(now + c.services[n])

    def take(now: float) -> None:
        while queue and len(busy) < staff:
            first = min(queue, key=lambda n: (kinds[n], n))
            queue.remove(first)
            start(first, now)

    while number < c.customers or queue or plan:
        moments = [*c.arrivals[number : number + 1], *busy, *(time for time, _ in plan)]
        now = min([*moments, *(c.arrivals[n] + patience[n] for n in queue)])
        while number < c.customers and c.arrivals[number] == now:
            if len(busy) < staff:
                start(number, now)
            elif c.balks_at is not None and len(queue) >= c.balks_at[number]:
                fates[number] = TURNED
            else:
                queue.append(number)
            number += 1
        if plan and plan[0][0] == now:
            staff = plan.popleft()[1]
            take(now)
        while now in busy:
            busy.remove(now)
            take(now)
        for n in [n for n in queue if c.arrivals[n] + patience[n] == now]:
            queue.remove(n)
            waits[n], fates[n] = patience[n], LEFT
    return waits, fates


ALL = ("patience", "kinds", "balks_at")


@settings(max_examples=400)
@given(some_customers(features=ALL), st.integers(1, 4) | plans())
def test_simpy_and_the_recursion_with_everything(customers: Customers, servers: Any) -> None:
    agree(station.simulate(customers, servers=servers), serve(customers, servers=servers))


@settings(max_examples=400)
@given(some_customers(features=ALL), st.integers(1, 4) | plans())
def test_the_recursion_and_the_rule_of_ties_written_once_more(
    customers: Customers, servers: Any
) -> None:
    served = serve(customers, servers=servers)
    waits, fates = rewritten(customers, servers)
    assert list(served.waits) == pytest.approx(waits, abs=1e-9, rel=1e-12)
    assert list(served.fates) == fates


@settings(max_examples=200)
@given(some_customers(features=ALL), st.integers(1, 4), plans())
def test_each_simple_simpy_model_is_the_recursion_for_customers_who_need_no_more(
    customers: Customers, servers: int, plan: list[tuple[float, int]]
) -> None:
    c = customers
    plain = Customers(c.arrivals, c.services)
    agree(station.first_come(plain, servers=servers), serve(plain, servers=servers))
    agree(station.with_shifts(plain, servers=plan), serve(plain, servers=plan))
    by_kind = Customers(c.arrivals, c.services, kinds=c.kinds)
    agree(station.by_kind(by_kind, servers=servers), serve(by_kind, servers=servers))
    impatient = Customers(c.arrivals, c.services, patience=c.patience, balks_at=c.balks_at)
    agree(station.impatient(impatient, servers=servers), serve(impatient, servers=servers))


@settings(max_examples=300)
@given(some_customers(features=("patience", "kinds")), st.integers(1, 5))
def test_numpy_and_the_recursion(customers: Customers, servers: int) -> None:
    c = customers
    served = serve(customers, servers=servers)
    # Two columns: the customers, and others before and after whom they stand.
    beside = Customers(c.arrivals, list(reversed(c.services)), patience=c.patience, kinds=c.kinds)
    waits, left = serve_many(
        np.transpose([c.arrivals, c.arrivals]),
        np.transpose([c.services, beside.services]),
        servers=servers,
        patience=None if c.patience is None else np.transpose([c.patience, c.patience]),
        kinds=None if c.kinds is None else np.transpose([c.kinds, c.kinds]),
    )
    for column, expected in enumerate((served, serve(beside, servers=servers))):
        assert waits[:, column] == pytest.approx(list(expected.waits), abs=1e-9, rel=1e-12)
        assert left[:, column].tolist() == [fate == LEFT for fate in expected.fates]


@settings(max_examples=200)
@given(st.data(), st.integers(1, 3), st.integers(1, 12))
def test_numpy_one_long_run_in_parts_and_the_recursion(
    data: Any, servers: int, columns: int
) -> None:
    customers = data.draw(some_customers(most=60))
    served = serve(customers, servers=servers)
    arrivals, services = np.array(customers.arrivals), np.array(customers.services)
    waits, _ = serve_long(arrivals, services, servers=servers, columns=columns)
    assert waits == pytest.approx(list(served.waits), abs=1e-9, rel=1e-12)
    # And gone on with, from the state in which its first half ends.
    half = len(arrivals) // 2
    if half:
        first, free = serve_long(arrivals[:half], services[:half], servers=servers)
        second, _ = serve_long(arrivals[half:], services[half:], servers=servers, free=free)
        assert np.concatenate([first, second]) == pytest.approx(waits, abs=1e-9, rel=1e-12)


@settings(max_examples=200)
@given(st.data(), st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_a_line_of_stations_in_simpy_in_the_recursion_and_in_numpy(
    data: Any, servers: list[int]
) -> None:
    """SimPy and the recursion are those of the process chapter, which keep the same rule."""
    first = data.draw(some_customers(most=12))
    times = data.draw(TIMES)
    number = first.customers
    services = [data.draw(st.lists(times, min_size=number, max_size=number)) for _ in servers]
    names = [f"step {place}" for place in range(len(servers))]
    process = Process.line(
        "Line", dict.fromkeys(names, 1.0), workers=dict(zip(names, servers, strict=True))
    )
    work = Workload(list(first.arrivals), dict(zip(names, services, strict=True)))
    line = serve_line(
        np.transpose([first.arrivals]), [np.transpose([s]) for s in services], servers=servers
    )
    for run in (replay(process, work), simulate_process(process, work)):
        assert line.departures[:, 0] == pytest.approx(run.departures, abs=1e-9, rel=1e-12)
        for name, waits in zip(names, line.waits, strict=True):
            log = run.logs[name]
            expected = dict(zip(log.customer, zip(log.arrive, log.start, strict=True), strict=True))
            assert waits[:, 0] == pytest.approx(
                [start - arrive for arrive, start in (expected[n] for n in range(number))],
                abs=1e-9,
                rel=1e-12,
            )


def busy_office(seed: int, customers: int, *, load: float) -> Customers:
    """Random customers at three servers; patience and kinds are there to be left out."""
    one = random.Random(seed)
    arrivals = np.cumsum([one.expovariate(load) for _ in range(customers)]).tolist()
    services = [one.expovariate(1.0) for _ in range(customers)]
    patience = [one.expovariate(0.5) for _ in range(customers)]
    kinds = [one.randrange(3) for _ in range(customers)]
    return Customers(arrivals, services, patience=patience, kinds=kinds)


@pytest.mark.parametrize("load", [0.3, 2.7, 3.0, 4.0])
def test_all_three_engines_for_20000_customers(load: float) -> None:
    c = busy_office(1, 20_000, load=load)
    plain = Customers(c.arrivals, c.services)
    recursion = serve(plain, servers=3)
    agree(station.first_come(plain, servers=3), recursion)
    lists = np.transpose([c.arrivals]), np.transpose([c.services])
    assert serve_many(*lists, servers=3)[0][:, 0].tolist() == recursion.waits
    long, _ = serve_long(np.array(c.arrivals), np.array(c.services), servers=3)
    assert long.tolist() == recursion.waits


def test_all_three_engines_for_5000_impatient_customers_of_three_kinds() -> None:
    c = busy_office(2, 5000, load=3.5)
    recursion = serve(c, servers=3)
    assert 0.05 < recursion.share(LEFT) < 0.5
    agree(station.simulate(c, servers=3), recursion)
    waits, left = serve_many(
        np.transpose([c.arrivals]), np.transpose([c.services]), servers=3,
        patience=np.transpose([c.patience]), kinds=np.transpose([c.kinds]),
    )  # fmt: skip
    assert waits[:, 0] == pytest.approx(list(recursion.waits), abs=1e-9)
    assert left[:, 0].tolist() == [fate == LEFT for fate in recursion.fates]
