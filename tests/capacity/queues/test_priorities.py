"""Priority classes against the chain of both queues, a followed customer and conservation laws."""

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from chains import transient
from hypothesis import given, settings

from svclab.capacity import UnstableError, mg1, mm1, mmc, priorities_mg1, priorities_mmc


def test_two_classes_match_the_two_dimensional_chain():
    """M/M/2 with two classes and room for few: (waiting 1, waiting 2), all balance equations."""
    high, low, rate, servers, room = 1.1, 0.6, 1.5, 2, 45
    states = [("free", n) for n in range(servers)]
    states += [(i, j) for i in range(room) for j in range(room)]
    place = {state: k for k, state in enumerate(states)}
    q = np.zeros((len(states), len(states)))

    def go(source, target, speed):
        if target in place:
            q[place[source], place[target]] += speed

    for n in range(servers):
        go(("free", n), ("free", n + 1) if n + 1 < servers else (0, 0), high + low)
        go(("free", n), ("free", n - 1), n * rate)
    for i in range(room):
        for j in range(room):
            go((i, j), (i + 1, j), high)
            go((i, j), (i, j + 1), low)
            after = (i - 1, j) if i else (0, j - 1) if j else ("free", servers - 1)
            go((i, j), after, servers * rate)
    q -= np.diag(q.sum(axis=1))
    q[:, 0] = 1
    p = np.linalg.solve(q.T, np.eye(len(states))[0])
    waiting = [sum(p[place[i, j]] * (i, j)[k] for i in range(room) for j in range(room))
               for k in (0, 1)]  # fmt: skip
    found = priorities_mmc([high, low], rate, servers=servers)
    assert [q.mean_queue_length for q in found.classes] == pytest.approx(waiting, rel=1e-6)


@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("minutes", [2, 15, 60])
def test_lower_classes_match_a_customer_followed_through_the_queue(level, minutes):
    """Who waits finds a geometric number to be served first; higher classes still come."""
    rates, rate, servers, most = [4, 3, 2], 5.0, 2, 400
    whole, higher = servers * rate, sum(rates[: level - 1])
    use = sum(rates[:level]) / whole
    q = np.zeros((most + 1, most + 1))  # services still to come before the tagged one's turn
    for n in range(1, most + 1):
        q[n, n - 1] = whole
        if n < most:
            q[n, n + 1] = higher
        q[n, n] = -q[n].sum()
    start = [0.0] + [(1 - use) * use**k for k in range(most)]
    late = transient(q, start, minutes / 60)[1:].sum()
    queue = priorities_mmc(rates, rate, servers=servers)[level]
    assert queue.wait_beyond(minutes=minutes) == pytest.approx(
        queue.probability_of_waiting * late, abs=1e-8
    )


classes = st.lists(st.floats(0.1, 3), min_size=1, max_size=4)


@settings(max_examples=40)
@given(arrivals=classes, servers=st.integers(1, 8), share=st.floats(0.1, 0.97))
def test_priority_only_moves_waiting_between_equal_classes(arrivals, servers, share):
    """Kleinrock's conservation law: with one service rate the mean wait of all is that of M/M/c."""
    rate = math.fsum(arrivals) / (servers * share)
    found = priorities_mmc(arrivals, rate, servers=servers)
    plain = mmc(math.fsum(arrivals), rate, servers=servers)
    waiting = math.fsum(queue.mean_queue_length for queue in found)
    assert waiting == pytest.approx(plain.mean_queue_length, rel=1e-10)
    assert found.together.mean_wait == pytest.approx(plain.mean_wait, rel=1e-10)
    waits = [queue.mean_wait for queue in found]
    assert waits == sorted(waits)


@settings(max_examples=40)
@given(
    arrivals=st.lists(st.floats(0.1, 3), min_size=2, max_size=2),
    speeds=st.lists(st.floats(0.5, 4), min_size=2, max_size=2),
    scvs=st.lists(st.floats(0, 4), min_size=2, max_size=2),
)
def test_priority_keeps_the_work_that_waits_whatever_the_order(arrivals, speeds, scvs):
    """Kleinrock's conservation law for M/G/1: Σ ρₖ Wₖ is the same for both orders."""
    load = math.fsum(a / s for a, s in zip(arrivals, speeds, strict=True))
    rates = [speed * load / 0.8 for speed in speeds]

    def work(order):
        found = priorities_mg1(
            [arrivals[k] for k in order],
            [rates[k] for k in order],
            service_scvs=[scvs[k] for k in order],
        )
        return math.fsum(queue.utilisation * queue.mean_wait for queue in found)

    assert work([0, 1]) == pytest.approx(work([1, 0]), rel=1e-10)


def test_a_single_class_is_the_plain_queue():
    alone, plain = priorities_mmc([54], 20, servers=3), mmc(54, 20, servers=3)
    assert alone[1].mean_wait == pytest.approx(plain.mean_wait)
    assert alone[1].percentile(0.9) == pytest.approx(plain.percentile(0.9))
    assert alone.together.percentile(0.9) == pytest.approx(plain.percentile(0.9))
    one = priorities_mg1([6], [10], service_scvs=[0.3])
    assert one[1].mean_wait == pytest.approx(mg1(6, 10, service_scv=0.3).mean_wait)
    assert one.together.mean_wait == one[1].mean_wait


def test_a_class_with_hardly_anybody_below_it_is_the_plain_queue():
    found = priorities_mmc([4, 1e-9], 5, servers=1)
    assert found[1].mean_wait == pytest.approx(mm1(4, 5).mean_wait, rel=1e-8)
    assert found[2].mean_wait == pytest.approx(mm1(4, 5).mean_wait / 0.2, rel=1e-8)


def test_the_wait_of_all_is_the_mixture_of_the_classes():
    found = priorities_mmc([4, 3, 2], 5, servers=2)
    for minutes in (0, 5, 40):
        mixed = sum(q.arrival_rate * q.wait_beyond(minutes=minutes) for q in found) / 9
        assert found.together.wait_beyond(minutes=minutes) == pytest.approx(mixed, rel=1e-12)
    late = found.together.wait_beyond(found.together.percentile(0.95))
    assert late == pytest.approx(0.05, abs=1e-9)
    with pytest.raises(ValueError, match=r"give at most 0\.999999"):
        found.together.percentile(1 - 1e-9)


def test_classes_are_counted_from_1_and_can_be_gone_through():
    found = priorities_mmc([4, 3, 2], 5, servers=2)
    assert len(found) == 3
    assert list(found) == list(found.classes)
    assert found[1] is found.classes[0]
    with pytest.raises(KeyError, match="give a number from 1 to 3"):
        found[0]


def test_priorities_refuse_what_they_cannot_serve():
    with pytest.raises(UnstableError, match=r"servers=2 cannot carry an offered load of 2\.5"):
        priorities_mmc([30, 20], 20, servers=2)
    with pytest.raises(UnstableError, match=r"the classes ask for 1\.1 Erlang of one server"):
        priorities_mg1([6, 5], [10, 10], service_scvs=[1, 1])
    with pytest.raises(ValueError, match="arrival_rates is empty"):
        priorities_mmc([], 20, servers=2)
    with pytest.raises(ValueError, match=r"have 2, 1 and 2 entries"):
        priorities_mg1([1, 2], [10], service_scvs=[1, 1])
    with pytest.raises(ValueError, match=r"arrival_rates\[1\]=0"):
        priorities_mmc([3, 0], 20, servers=2)


def test_priorities_show_themselves():
    found = priorities_mmc([20, 34], 20, servers=3)
    lines = repr(found).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "M/M/3, class 1 of 2",
        "M/M/3, class 2 of 2",
        "M/M/3, 2 classes",
    ]
    assert "73.5 s" in found._repr_html_()
