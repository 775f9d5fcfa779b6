"""Customers, what became of them, and the lists that are refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from svclab.capacity.simulation import station
from svclab.capacity.simulation.customers import LEFT, SERVED, TURNED, Customers, Served, levels
from svclab.capacity.simulation.recursion import serve


def example() -> Served:
    """One server; followed by hand.

    0 is served from 0 to 10. 1 waits from 2 and leaves at 5. 2 waits from 4, finds one waiting
    and joins. 3 comes at 6, finds one waiting (1 has left) and joins. 4 comes at 7, finds two and
    turns away. At 10 the server takes 3, who is more urgent, to 12, and then 2 to 16. 5 comes
    at 20 and is served at once.
    """
    return serve(
        Customers(
            [0.0, 2.0, 4.0, 6.0, 7.0, 20.0], [10.0, 9.0, 4.0, 2.0, 9.0, 5.0],
            patience=[math.inf, 3.0, 20.0, 20.0, 9.0, 0.0],
            kinds=[1, 1, 1, 0, 0, 1], balks_at=[2] * 6,
        ),
        servers=1,
    )  # fmt: skip


def test_a_day_followed_by_hand() -> None:
    served = example()
    assert served.waits == [0, 3, 8, 4, 0, 0]
    assert served.fates == [SERVED, LEFT, SERVED, SERVED, TURNED, SERVED]
    assert served.visits == [(0, 0, 0, 10), (2, 4, 12, 16), (3, 6, 10, 12), (5, 20, 20, 25)]
    assert served.mean_wait() == (0 + 3 + 8 + 4 + 0) / 5
    assert served.mean_wait_of_the_served() == (0 + 8 + 4 + 0) / 4
    assert served.mean_wait(0) == 4
    assert served.probability_of_waiting() == 3 / 6
    assert [served.share(fate) for fate in (SERVED, LEFT, TURNED)] == [4 / 6, 1 / 6, 1 / 6]
    assert served.share(TURNED, 0) == 1 / 2
    assert served.percentile(0.5) == 3
    assert served.percentile(1) == 8
    assert served.end == 25
    # From 0 to 20: busy to 16; asked of the server, without the last: 10 + 9 + 4 + 2 + 9.
    assert served.occupancy == 16 / 20
    assert served.utilisation == 34 / 20
    assert served.queue_length() == [(0, 0), (2, 1), (4, 2), (5, 1), (6, 2), (10, 1), (12, 0)]
    assert "6 customers" in repr(served)


def test_the_three_service_levels_of_that_day() -> None:
    level = example().service_level(4)
    assert level.of_all_offered == 3 / 6
    assert level.of_those_answered == 3 / 4
    assert level.leaving_out_those_who_gave_up_in_time == pytest.approx(3 / 5)


def test_a_warm_up_is_left_out_of_every_figure() -> None:
    served = example().after(2)
    assert served.mean_wait() == (8 + 4 + 0) / 3
    assert served.share(TURNED) == 1 / 4
    assert served.probability_of_waiting() == 2 / 4
    assert served.occupancy == 12 / 16
    assert served.utilisation == 15 / 16
    assert served.waits == example().waits


def test_the_mean_of_nobody_is_no_number() -> None:
    served = serve(Customers([0.0], [1.0], patience=[0.0], kinds=[0]), servers=1)
    for figure in (
        served.mean_wait(7), served.mean_wait_of_the_served(7), served.share(SERVED, 7),
        served.percentile(0.5, 7), served.occupancy, served.utilisation,
    ):  # fmt: skip
        assert math.isnan(figure)


def test_the_staff_of_a_plan_counts_for_the_occupancy() -> None:
    plan = [(0, 1), (10, 0), (20, 2)]
    served = serve(Customers([0.0, 5.0, 30.0], [6.0, 8.0, 1.0]), servers=plan)
    assert served.visits == [(0, 0, 0, 6), (1, 5, 6, 14), (2, 30, 30, 31)]
    assert served.occupancy == 14 / (10 + 2 * 10)


def test_ties_as_documented() -> None:
    """Arrivals first, then the plan, then ends of service, then ends of patience."""
    # Who comes when a server becomes free joins before it chooses: the urgent one goes first.
    assert serve(Customers([0.0, 1.0, 9.0], [9.0] * 3, kinds=[1, 1, 0]), servers=1).waits == [
        0, 17, 0,
    ]  # fmt: skip
    # ... and finds it busy: with no room to wait it turns away.
    assert serve(Customers([0.0, 9.0], [9.0, 9.0], balks_at=[0, 0]), servers=1).fates[1] == TURNED
    # Who would leave just when a server becomes free is served.
    assert serve(Customers([0.0, 1.0], [9.0, 9.0], patience=[0.0, 8.0]), servers=1).waits == [0, 8]
    # Who leaves just now still counts in the queue that an arrival of that moment finds.
    third = Customers([0.0, 1.0, 3.0], [9.0] * 3, patience=[0.0, 2.0, 9.0], balks_at=[1, 1, 1])
    assert serve(third, servers=1).fates == [SERVED, LEFT, TURNED]
    # A server who comes just then takes a customer before another's service ends.
    new = Customers([0.0, 1.0, 2.0], [5.0, 7.0, 7.0])
    assert serve(new, servers=[(0, 1), (5, 2)]).waits == [0, 4, 3]


@pytest.mark.parametrize("column", [np.array, pd.Series, tuple])
def test_columns_of_numpy_and_pandas_are_customers_too(column: Any) -> None:
    given = Customers(
        column([0.0, 1.0, 2.0]), column([9.0, 9.0, 9.0]), patience=column([1.0, 99.0, 99.0]),
        kinds=column([1, 1, 0]), balks_at=column([5, 5, 5]),
    )  # fmt: skip
    for engine in (serve, station.simulate):
        assert engine(given, servers=1).waits == [0, 17, 7]


def test_plans() -> None:
    assert levels([(0, 2), (3600, 4)]) == [(0.0, 2), (3600.0, 4)]
    assert station.absences([(0, 1), (5, 3), (7, 0), (9, 2)]) == [
        (7.0, 9.0), (0, 5.0), (7.0, 9.0), (0, 5.0), (7.0, math.inf),
    ]  # fmt: skip


GOOD = [0.0, 1.0], [1.0, 1.0]


@pytest.mark.parametrize(
    ("customers", "message"),
    [
        (Customers([], []), "arrivals is empty"),
        (Customers([0.0], [1.0, 2.0]), "services has 2 entries for 1 customers"),
        (Customers([1.0, 0.5], [1.0, 1.0]), r"arrivals\[1\]=0.5 is before arrivals\[0\]=1.0"),
        (Customers([-1.0, 0.5], [1.0, 1.0]), r"arrivals\[0\]=-1.0"),
        (Customers([0.0, 1.0], [1.0, math.nan]), r"services\[1\]=nan"),
        (Customers([0.0, 1.0], [1.0, math.inf]), r"services\[1\]=inf"),
        (Customers([0.0, 1.0], [1.0, "2"]), r"services\[1\]='2'"),  # type: ignore[list-item]
        (Customers(*GOOD, patience=[1.0]), "patience has 1 entries"),
        (Customers(*GOOD, patience=[1.0, math.nan]), r"patience\[1\]=nan"),
        (Customers(*GOOD, patience=[1.0, -math.inf]), r"patience\[1\]=-inf"),
        (Customers(*GOOD, kinds=[0, -1]), r"kinds\[1\]=-1"),
        (Customers(*GOOD, kinds=[0, 1.0]), r"kinds\[1\]=1.0"),  # type: ignore[list-item]
        (Customers(*GOOD, balks_at=[True, 1]), r"balks_at\[0\]=True"),
    ],
)
def test_lists_that_are_wrong_are_refused_with_the_place(
    customers: Customers, message: str
) -> None:
    for engine in (serve, station.simulate):
        with pytest.raises(ValueError, match=message):
            engine(customers, servers=1)


@pytest.mark.parametrize(
    ("servers", "message"),
    [
        (0, "servers=0"),
        (True, "servers=True"),
        (1.5, "servers=1.5"),
        ([], r"servers=\[\]"),
        ([(1, 2)], "begin at 0"),
        ([(0, 2), (5, 1), (5, 2)], "must rise"),
        ([(0, 2), (5, -1)], r"servers from 5\.0 s on=-1"),
        ([(0, 2), (5, 0)], "nobody is there at the end"),
    ],
)
def test_servers_that_are_wrong_are_refused(servers: Any, message: str) -> None:
    for engine in (serve, station.simulate, station.with_shifts):
        with pytest.raises(ValueError, match=message):
            engine(Customers(*GOOD), servers=servers)


def test_figures_that_cannot_be_asked_for_are_refused() -> None:
    served = serve(Customers(*GOOD), servers=1)
    for act, message in (
        (lambda: served.after(2), "warm_up=2"),
        (lambda: served.share("gone"), "fate='gone'"),
        (lambda: served.percentile(0), "share=0"),
    ):
        with pytest.raises(ValueError, match=message):
            act()
