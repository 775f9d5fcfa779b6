"""Against Ciw, a peer simulator: given the same lists, it gives every customer the same times.

Ciw draws a service when it starts and a patience when a customer comes, so with sequences in
place of distributions it can be given our lists wherever the order of the starts is known: in
one line, and within a kind of customers. Staff plans are not compared: at a change of shift
Ciw's whole new shift begins while the old one still finishes its customers; here whoever stays
goes on. (Palmer and others, 2019, Journal of Simulation 13, 68-82.)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import ciw
import numpy as np
import pytest

from svclab.capacity.simulation.customers import LEFT, SERVED, TURNED
from svclab.capacity.simulation.engine import serve_line, serve_many
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Station, draw
from svclab.capacity.simulation.station import simulate

CUSTOMERS = 1500
LATE = 1e9  # s; nothing happens after it
DESK = Station(arrivals_per_hour=108, service_seconds=90, servers=3)


def coming(arrivals: Sequence[float]) -> Any:
    """Ciw's arrivals: the times between them, and then none for a long time."""
    gaps = [later - earlier for earlier, later in pairwise([0.0, *arrivals])]
    return ciw.dists.Sequential([*gaps, 10 * LATE])


def records(**network: Any) -> list[Any]:
    simulation = ciw.Simulation(ciw.create_network(**network))
    simulation.simulate_until_max_time(LATE)
    found: list[Any] = simulation.get_all_records()
    return found


def waits_by_arrival(found: Sequence[Any]) -> dict[float, float]:
    """Ciw adds up times between arrivals, which costs the last digits: rounded to 1e-6 s."""
    return {round(r.arrival_date, 6): r.waiting_time for r in found}


def test_three_servers_customer_by_customer() -> None:
    c = draw(DESK, CUSTOMERS, seed=1)
    theirs = waits_by_arrival(
        records(
            arrival_distributions=[coming(c.arrivals)],
            service_distributions=[ciw.dists.Sequential(list(c.services))],
            number_of_servers=[3],
        )
    )
    expected = [theirs[round(arrival, 6)] for arrival in c.arrivals]
    assert max(expected) > 60
    for engine in (simulate, serve):
        assert engine(c, servers=3).waits == pytest.approx(expected, abs=1e-6)
    waits, _ = serve_many(np.transpose([c.arrivals]), np.transpose([c.services]), servers=3)
    assert waits[:, 0] == pytest.approx(expected, abs=1e-6)


def test_three_kinds_customer_by_customer() -> None:
    drawn = draw(DESK.with_(service_seconds=(60, 90, 110), shares=(0.2, 0.5, 0.3)), 1500, seed=2)
    assert drawn.kinds is not None
    by_kind = {
        f"Class {kind}": [n for n, own in enumerate(drawn.kinds) if own == kind]
        for kind in range(3)
    }
    theirs = waits_by_arrival(
        records(
            arrival_distributions={
                name: [coming([drawn.arrivals[n] for n in own])] for name, own in by_kind.items()
            },
            service_distributions={
                name: [ciw.dists.Sequential([drawn.services[n] for n in own])]
                for name, own in by_kind.items()
            },
            number_of_servers=[3],
            priority_classes={name: kind for kind, name in enumerate(by_kind)},
        )
    )
    expected = [theirs[round(arrival, 6)] for arrival in drawn.arrivals]
    assert max(expected) > 600
    for engine in (simulate, serve):
        assert engine(drawn, servers=3).waits == pytest.approx(expected, abs=1e-6)
    waits, _ = serve_many(
        np.transpose([drawn.arrivals]), np.transpose([drawn.services]), servers=3,
        kinds=np.transpose([drawn.kinds]),
    )  # fmt: skip
    assert waits[:, 0] == pytest.approx(expected, abs=1e-6)


def test_patience_customer_by_customer() -> None:
    """All services take as long, since Ciw draws none for customers who leave."""
    impatient = DESK.with_(service="constant", patience_seconds=60.0, arrivals_per_hour=130)
    c = draw(impatient, CUSTOMERS, seed=3)
    assert c.patience is not None
    found = records(
        arrival_distributions=[coming(c.arrivals)],
        service_distributions=[ciw.dists.Deterministic(90.0)],
        number_of_servers=[3],
        reneging_time_distributions=[ciw.dists.Sequential(list(c.patience))],
    )
    theirs = waits_by_arrival(found)
    left = {round(r.arrival_date, 6) for r in found if r.record_type == "renege"}
    assert 0.05 < len(left) / CUSTOMERS < 0.5
    arrivals = [round(arrival, 6) for arrival in c.arrivals]
    expected = [theirs[arrival] for arrival in arrivals]
    fates = [LEFT if arrival in left else SERVED for arrival in arrivals]
    for engine in (simulate, serve):
        served = engine(c, servers=3)
        assert served.waits == pytest.approx(expected, abs=1e-6)
        assert served.fates == fates
    waits, gone = serve_many(
        np.transpose([c.arrivals]), np.transpose([c.services]), servers=3,
        patience=np.transpose([c.patience]),
    )  # fmt: skip
    assert waits[:, 0] == pytest.approx(expected, abs=1e-6)
    assert gone[:, 0].tolist() == [fate == LEFT for fate in fates]


def test_a_waiting_room_customer_by_customer() -> None:
    c = draw(DESK.with_(service="constant", room=2), CUSTOMERS, seed=4)
    found = records(
        arrival_distributions=[coming(c.arrivals)],
        service_distributions=[ciw.dists.Deterministic(90.0)],
        number_of_servers=[3],
        queue_capacities=[2],
    )
    theirs = waits_by_arrival([r for r in found if r.record_type == "service"])
    arrivals = [round(arrival, 6) for arrival in c.arrivals]
    for engine in (simulate, serve):
        served = engine(c, servers=3)
        assert served.share(TURNED) > 0.05
        assert served.fates == [SERVED if a in theirs else TURNED for a in arrivals]
        assert served.waits == pytest.approx([theirs.get(a, 0.0) for a in arrivals], abs=1e-6)


def test_a_line_of_three_stations_customer_by_customer() -> None:
    """One server at the later stations, so that each serves in the order of leaving the first."""
    c = draw(DESK, CUSTOMERS, seed=6)
    services = [list(c.services), [28.0] * CUSTOMERS, [32.0] * CUSTOMERS]
    found = records(
        arrival_distributions=[coming(c.arrivals), None, None],
        service_distributions=[ciw.dists.Sequential(times) for times in services],
        number_of_servers=[3, 1, 1],
        routing=[[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]],
    )
    line = serve_line(
        np.transpose([c.arrivals]), [np.transpose([times]) for times in services],
        servers=[3, 1, 1],
    )  # fmt: skip
    for node, waits in enumerate(line.waits, 1):
        # Ciw numbers its customers as they come.
        theirs = {r.id_number: r.waiting_time for r in found if r.node == node}
        expected = [theirs[number + 1] for number in range(CUSTOMERS)]
        assert max(expected) > 30
        assert waits[:, 0] == pytest.approx(expected, abs=1e-6)
