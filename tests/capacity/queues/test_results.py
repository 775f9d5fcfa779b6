"""What students see of a queue: its numbers, sentences, tables and refusals."""

import math
import pickle
from dataclasses import FrozenInstanceError

import pytest

from svclab import capacity
from svclab.capacity import (
    Queue,
    UnstableError,
    erlang_a,
    finite_population,
    mg1,
    mm1,
    mmc,
    mmcc,
    mmck,
)

COUNTER = mmc(54, 20, servers=3)


def test_the_public_face_reads_as_a_student_types_it():
    """By hand: a = 2.7, 1 + a + a²/2 = 7.345, 10 · a³/6 = 32.805, so C = 32.805 / 40.15."""
    counter, waits = capacity.mmc(54, 20, servers=3), 32.805 / 40.15
    assert counter.probability_of_waiting == pytest.approx(waits)
    assert counter.mean_wait_minutes == pytest.approx(10 * waits)
    in_time = 1 - waits * math.exp(-0.5)
    assert counter.service_level(minutes=5).of_all_offered == pytest.approx(in_time)
    assert counter.percentile_minutes(0.9) == pytest.approx(10 * math.log(10 * waits))
    assert counter.mean_wait_seconds == pytest.approx(counter.mean_wait * 3600)
    assert counter.wait_beyond(minutes=5) == counter.wait_beyond(seconds=300)
    assert counter.wait_beyond(1, minutes=30) == counter.wait_beyond(1.5)
    assert counter.mean_wait_of_the_delayed == pytest.approx(1 / 6)


@pytest.mark.parametrize(
    ("queue", "sentence"),
    [
        (
            COUNTER,
            "M/M/3: 54 customers per hour, 3 servers of 20 per hour each. Utilisation 90%, "
            "81.7% must wait, mean wait 8.2 min, 7.4 waiting on average",
        ),
        (
            mm1(15, 17.5),
            "M/M/1: 15 customers per hour, 1 server of 17.5 per hour. Utilisation 85.7%, "
            "85.7% must wait, mean wait 20.6 min, 5.1 waiting on average",
        ),
        (
            mmck(3, 2, servers=2, room=5),
            "M/M/2/5: 3 customers per hour, 2 servers of 2 per hour each. Utilisation 75%, "
            "occupancy 68.6%, 46.7% must wait, 8.5% are turned away, mean wait 13.9 min, "
            "0.634 waiting on average",
        ),
        (
            erlang_a(200, 20, servers=14, mean_patience=5 / 60),
            "M/M/14+M: 200 customers per hour, 14 servers of 20 per hour each. "
            "Utilisation 71.4%, occupancy 70.4%, 14.5% must wait, 1.4% give up, mean wait 4.2 s, "
            "0.233 waiting on average",
        ),
    ],
)
def test_queues_show_themselves_in_a_sentence(queue, sentence):
    assert repr(queue) == sentence


def test_what_is_rare_is_not_shown_as_never():
    quiet = mmck(10, 20, servers=3, room=12)
    assert 0 < quiet.probability_of_loss < 1e-6
    assert "under 0.1% are turned away" in repr(quiet)


def test_a_table_has_what_the_model_knows_and_no_row_that_is_always_zero():
    names = [name for name, _ in COUNTER.rows()]
    assert "are turned away" not in names
    assert "give up waiting" not in names
    assert dict(COUNTER.rows())["until the queue grows without bound"] == "6 per hour more"
    lines = dict(mmcc(30, 2, servers=10).rows())
    assert lines["are turned away"] == "41%"
    assert "until the queue grows without bound" not in lines
    assert dict(mg1(6, 10, service_scv=0.5).rows())["nine in ten wait at most"].startswith("not")
    html = COUNTER._repr_html_()
    assert "<caption>M/M/3</caption>" in html
    assert '<tr style="font-weight:bold"><td style="text-align:left">mean wait in the queue' in html


def test_the_distance_to_instability_is_what_is_left_of_capacity():
    assert COUNTER.spare_rate == pytest.approx(6)
    assert COUNTER.distance_to_instability == pytest.approx(1 - COUNTER.utilisation)
    for never in (
        mmck(90, 20, servers=3, room=9),
        erlang_a(90, 20, servers=3, mean_patience=0.1),
        finite_population(30, 20, servers=3, population=9),
    ):
        assert math.isinf(never.spare_rate)
        assert math.isinf(never.distance_to_instability)


def test_utilisation_and_occupancy_part_where_customers_are_lost():
    full = mmcc(90, 20, servers=3)
    assert full.utilisation == pytest.approx(1.5)
    assert full.occupancy == pytest.approx(1.5 * (1 - full.probability_of_loss))
    assert COUNTER.utilisation == COUNTER.occupancy == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("arrivals", "service", "servers", "enough"),
    [(60, 20, 3, 4), (61, 20, 3, 4), (200, 20, 3, 11), (20, 20, 1, 2), (1e6, 20, 3, "50,001")],
)
def test_an_unstable_queue_says_how_many_servers_it_needs(arrivals, service, servers, enough):
    with pytest.raises(UnstableError, match=f"use at least {enough} servers") as refused:
        mmc(arrivals, service, servers=servers)
    assert f"servers={servers} cannot carry" in str(refused.value)
    assert isinstance(refused.value, ValueError)
    number = int(str(enough).replace(",", ""))
    assert mmc(arrivals, service, servers=number).utilisation < 1


def test_a_load_that_rounding_hides_is_refused_too():
    """0.7 · 3 is 2.0999999999999996 in binary, and 2.0999999999999996 / 0.7 is below 3."""
    arrivals = 3 * 0.7
    assert arrivals / 0.7 < 3
    assert 3 * 0.7 - arrivals == 0
    with pytest.raises(UnstableError):
        mmc(arrivals, 0.7, servers=3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mm1(0, 20), r"arrival_rate=0: give customers per hour, above zero"),
        (lambda: mm1("many", 20), r"arrival_rate='many'"),
        (lambda: mm1(True, 20), r"arrival_rate=True"),
        (lambda: mm1(math.nan, 20), r"arrival_rate=nan"),
        (lambda: mm1(10, math.inf), r"service_rate=inf"),
        (lambda: mmc(10, 20, servers=1.5), r"servers=1\.5: give a whole number, 1 or more"),
        (lambda: mmck(10, 20, servers=3, room=2), r"room=2 is less than servers=3"),
        (lambda: erlang_a(10, 20, servers=1, mean_patience=0), r"mean_patience=0: give hours"),
        (lambda: finite_population(1, 2, servers=1, population=0), r"population=0"),
        (lambda: COUNTER.percentile(90), r"share=90: give a share from 0 to 1; 80 percent"),
        (lambda: COUNTER.percentile(1), r"share=1: the longest wait has no bound"),
        (lambda: COUNTER.service_level(minutes=-5), r"minutes=-5.*zero or more"),
        (lambda: COUNTER.service_level(minutes="5"), r"minutes='5'.*zero or more"),
        (lambda: COUNTER.wait_beyond(math.nan), r"hours=nan"),
    ],
)
def test_queues_refuse_what_makes_no_sense_and_say_what_would(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_result_cannot_be_changed_and_can_be_sent_to_another_process():
    with pytest.raises(FrozenInstanceError):
        COUNTER.mean_wait = 0.0
    for queue in (
        COUNTER,
        erlang_a(60, 20, servers=3, mean_patience=0.1),
        mg1(4, 5, service_scv=0),
    ):
        again = pickle.loads(pickle.dumps(queue))
        assert isinstance(again, Queue)
        assert again == queue
        assert again.percentile(0.9) == queue.percentile(0.9)
