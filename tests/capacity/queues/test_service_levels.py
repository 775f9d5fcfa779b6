"""The three senses of service level: by counting heads, by their order, and in words."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.capacity import ServiceLevel, erlang_a, mmc, mmcc, mmck, observed_service_level


def test_the_three_senses_counted_by_hand():
    """Ten call: 6 are served in 20 s, 1 later; 1 hangs up in 20 s, 1 later; 1 gets no line."""
    waits = [0, 0, 0, 5, 10, 20, 25, 8, 60]
    gone = [False] * 7 + [True] * 2
    level = observed_service_level(waits, gone, turned_away=1, seconds=20)
    assert level.of_all_offered == pytest.approx(6 / 10)
    assert level.of_those_answered == pytest.approx(6 / 7)
    assert level.leaving_out_those_who_gave_up_in_time == pytest.approx(6 / 9)


customers = st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=60)


@settings(max_examples=80)
@given(customers=customers, away=st.integers(0, 5), limit=st.integers(0, 100))
def test_observed_levels_count_the_customers(customers, away, limit):
    waits, gone = [w for w, _ in customers], [g for _, g in customers]
    level = observed_service_level(waits, gone, turned_away=away, seconds=limit)
    good = sum(w <= limit and not g for w, g in customers)
    answered = sum(not g for g in gone)
    left = len(customers) + away - sum(w <= limit and g for w, g in customers)
    assert level.of_all_offered == pytest.approx(good / (len(customers) + away))
    assert level.of_those_answered == pytest.approx(good / answered if answered else 1)
    assert level.leaving_out_those_who_gave_up_in_time == pytest.approx(good / left if left else 1)
    assert level.of_all_offered <= level.leaving_out_those_who_gave_up_in_time


def test_where_everybody_is_served_the_senses_are_one():
    level = mmc(54, 20, servers=3).service_level(minutes=5)
    assert (
        level.of_all_offered
        == level.of_those_answered
        == level.leaving_out_those_who_gave_up_in_time
    )
    assert repr(level) == (
        "within 5 min: 50.4% of all, in every sense: nobody is turned away or gives up"
    )


def test_where_customers_are_lost_the_senses_part():
    away = mmck(60, 20, servers=3, room=8).service_level(minutes=5)
    assert away.of_all_offered < away.of_those_answered
    assert away.of_all_offered == away.leaving_out_those_who_gave_up_in_time
    impatient = erlang_a(80, 20, servers=3, mean_patience=0.1).service_level(minutes=5)
    assert impatient.of_all_offered < impatient.leaving_out_those_who_gave_up_in_time
    assert impatient.of_all_offered < impatient.of_those_answered
    lines = mmcc(30, 2, servers=10).service_level()
    assert lines.of_those_answered == pytest.approx(1)


def test_levels_rise_with_the_time_allowed():
    queue = erlang_a(80, 20, servers=3, mean_patience=0.1)
    levels = [queue.service_level(minutes=m).of_all_offered for m in range(0, 90, 3)]
    assert levels == sorted(levels)
    assert levels[0] == pytest.approx(1 - queue.probability_of_waiting)
    assert levels[-1] == pytest.approx(1 - queue.probability_of_abandonment, abs=1e-6)


def test_levels_show_themselves():
    level = ServiceLevel(20 / 3600, served_in_time=0.70, served=0.85, gave_up_in_time=0.05)
    assert repr(level) == (
        "within 20 s: 70% of all offered, 82.4% of those answered, 73.7% leaving out those who "
        "gave up in time"
    )
    assert level.rows()[0]["share"] == 0.7
    assert "Served within 20 s" in level._repr_html_()


@pytest.mark.parametrize(
    ("waits", "gone", "away", "message"),
    [
        ([], None, 0, "nobody came"),
        ([1, 2], [True], 0, "gave_up has 1 entries for 2 waits"),
        ([1], None, -1, "turned_away=-1"),
        ([1], None, 0.5, r"turned_away=0\.5"),
    ],
)
def test_observed_levels_refuse_what_nobody_saw(waits, gone, away, message):
    with pytest.raises(ValueError, match=message):
        observed_service_level(waits, gone, turned_away=away, seconds=20)
