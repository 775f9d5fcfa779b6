"""The offered load and the rules for a day, against integration and published findings."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.capacity import erlang_a
from svclab.capacity.staffing.days import METHODS, plan_by_hand, staff_day
from svclab.capacity.staffing.demand import Day, offered_load, slots_of
from svclab.capacity.staffing.scoring import compare_plans
from svclab.capacity.staffing.servers import fewest_servers
from svclab.capacity.staffing.targets import served_within, waiting_at_most

RATES = st.lists(st.floats(0, 200), min_size=2, max_size=8).filter(lambda r: max(r) > 1)


def integrated(day, hour):
    """m' = λ - μ m from empty, by Runge and Kutta, in steps of a thousandth of an hour."""
    load, width = 0.0, 0.001
    for k in range(round(hour / width)):
        rate = day.rate((k + 0.5) * width)
        one = rate - day.service_rate * load
        two = rate - day.service_rate * (load + width / 2 * one)
        three = rate - day.service_rate * (load + width / 2 * two)
        four = rate - day.service_rate * (load + width * three)
        load += width / 6 * (one + 2 * two + 2 * three + four)
    return load


def test_offered_load_matches_runge_kutta():
    day = Day([20, 90, 40, 0, 70], service_minutes=25)
    for hour in (0.5, 1.0, 1.75, 3.0, 4.5, 5.0):
        assert offered_load(day).at(hour) == pytest.approx(integrated(day, hour), rel=1e-9)


@pytest.mark.parametrize("service_minutes", [6, 60, 360])
def test_offered_load_matches_the_closed_form_of_eick_massey_whitt_for_a_sine(service_minutes):
    # λ(t) = a + b sin γt gives m(t) = a/μ + b (μ sin γt - γ cos γt) / (μ² + γ²); it is checked
    # here by m' = λ - μ m itself. Slots of a minute leave an error of the order of their square.
    a, b, gamma = 30.0, 20.0, 2 * math.pi / 24
    rates = slots_of(lambda t: a + b * math.sin(gamma * t), hours=24, slot_minutes=1)
    day = Day(rates, service_minutes, slot_minutes=1, around_the_clock=True)
    mu = day.service_rate

    def closed(t):
        wave = mu * math.sin(gamma * t) - gamma * math.cos(gamma * t)
        return a / mu + b * wave / (mu * mu + gamma * gamma)

    t, h = 7.3, 1e-5
    slope = (closed(t + h) - closed(t - h)) / (2 * h)
    assert slope == pytest.approx(a + b * math.sin(gamma * t) - mu * closed(t), abs=1e-6)
    for hour in (0, 3, 6.5, 12, 18.25, 24):
        assert day.load.at(hour) == pytest.approx(closed(hour), rel=1e-4)


@settings(max_examples=40)
@given(rates=RATES, service=st.floats(2, 200), begin=st.floats(0, 0.9), length=st.floats(0.05, 1))
def test_mean_and_largest_load_match_fine_sampling(rates, service, begin, length):
    day = Day(rates, service)
    end = min(begin + length, day.hours)
    n = 4000
    points = [day.load.at(begin + (k + 0.5) * (end - begin) / n) for k in range(n)]
    assert day.load.mean(begin, end) == pytest.approx(math.fsum(points) / n, rel=1e-3, abs=1e-3)
    assert day.load.largest(begin, end) >= max(points) - 1e-9
    assert day.load.largest(begin, end) == pytest.approx(max(points), rel=0.02, abs=0.2)


@given(rates=RATES, service=st.floats(2, 500))
def test_a_day_around_the_clock_begins_with_the_load_it_ends_with(rates, service):
    load = Day(rates, service, around_the_clock=True).load
    assert load.ends[-1] == pytest.approx(load.at(0), rel=1e-9)


def test_the_peak_of_the_load_comes_later_and_lower_than_that_of_the_rate():
    rates = slots_of(lambda t: 50 + 40 * math.sin(2 * math.pi * t / 12), hours=12, slot_minutes=1)
    day = Day(rates, 30, slot_minutes=1, around_the_clock=True)
    times = [k / 60 for k in range(720)]
    peak = max(times, key=day.load.at)
    # The lag is about one mean service time (Eick, Massey and Whitt 1993), here half an hour.
    assert peak - 3 == pytest.approx(0.5, abs=0.06)
    assert day.load.at(peak) < max(rates) / day.service_rate


def test_rates_over_stretches_of_time():
    day = Day([20, 60, 40], service_minutes=6)
    assert day.mean_rate(0.5, 2.25) == pytest.approx((0.5 * 20 + 60 + 0.25 * 40) / 1.75)
    assert day.mean_rate(-0.5, 0.5) == 10
    assert day.largest_rate(1.9, 3) == 60
    assert day.largest_rate(2, 3) == 40
    assert Day([20, 60], 6, around_the_clock=True).mean_rate(-1, 0) == 60
    assert math.fsum(slots_of(lambda t: t**3, hours=2, slot_minutes=30)) / 2 == pytest.approx(4)


def test_all_rules_agree_when_nothing_changes():
    day = Day([45] * 6, service_minutes=20, around_the_clock=True)
    promise = served_within(0.8, minutes=2)
    servers = fewest_servers(45, 3, target=promise).servers
    for method in METHODS:
        for peak in (False, True):
            assert (
                staff_day(day, target=promise, method=method, peak=peak).servers == (servers,) * 6
            )


def test_rules_agree_for_services_that_are_short_against_the_periods():
    # Green, Kolesar and Whitt (2007): stationary analysis needs little change then.
    day = Day([40, 90, 140, 90, 60], service_minutes=0.05)
    plans = {staff_day(day, target=waiting_at_most(0.2), method=m).servers for m in METHODS}
    assert len(plans) == 1


def test_lag_sipp_is_sipp_a_service_time_later():
    day = Day([10, 40, 20, 30], service_minutes=60, around_the_clock=True)
    sipp = staff_day(day, target=waiting_at_most(0.2)).servers
    lagged = staff_day(day, target=waiting_at_most(0.2), method="lag SIPP").servers
    assert lagged == sipp[-1:] + sipp[:-1]


def test_peak_staffs_for_the_largest_rate_of_a_period():
    day = Day([10, 40, 20, 30], service_minutes=10, slot_minutes=30)
    mean = staff_day(day, target=waiting_at_most(0.2), period_minutes=60)
    peak = staff_day(day, target=waiting_at_most(0.2), period_minutes=60, peak=True)
    assert [p.rate for p in mean.periods] == [25, 25]
    assert [p.rate for p in peak.periods] == [40, 30]
    assert peak.servers > mean.servers


def test_impatient_customers_are_staffed_for_by_erlang_a():
    day = Day([60, 120], service_minutes=5, patience_minutes=2)
    promise = served_within(0.8, seconds=30)
    options = {"model": erlang_a, "mean_patience": 2 / 60}
    want = tuple(fewest_servers(r, 12, target=promise, **options).servers for r in (60, 120))
    assert staff_day(day, target=promise).servers == want
    assert want < staff_day(Day([60, 120], 5), target=promise).servers


def test_an_hour_without_customers_keeps_the_least_staff():
    day = Day([30, 0, 30], service_minutes=1)
    assert staff_day(day, target=waiting_at_most(0.2), least=2).servers[1] == 2


def test_the_finding_of_green_kolesar_and_soares_that_sipp_misses_and_lags_help():
    # With services as long as the periods SIPP keeps its promise far less well than the others
    # on the same days; seed fixed, 300 days, so that the errors are far below the difference.
    day = Day([4, 10, 24, 24, 10, 4], service_minutes=30, opens=8)
    found = compare_plans(day, target=waiting_at_most(0.3), days=300, seed="gks")
    worst = {s.plan.method: s.worst.value for s in found.scores}
    assert worst["SIPP"].low > 0.45
    assert worst["lag SIPP"].high < 0.4
    assert worst["modified offered load"].high < 0.4
    hours = [s.plan.server_hours for s in found.scores]
    assert max(hours) - min(hours) <= 4
    assert "periods kept" in repr(found)
    assert "<table>" in found._repr_html_()


def test_plans_say_what_they_are():
    day = Day([20, 60, 40], service_minutes=6, opens=23)
    plan = plan_by_hand(day, [3, 3, 5])
    assert plan.steps == [(0.0, 3), (7200.0, 5)]
    assert plan.server_hours == 11
    assert plan.label(2) == "01:00 to 02:00"
    assert plan.paid(0.3) == (5, 5, 8)
    assert "by hand: 11 server hours" in repr(plan)
    assert "<table>" in plan._repr_html_()
    assert len(plan_by_hand(day, [3, 4], period_minutes=100).periods) == 2


def test_what_is_no_day_or_plan_is_refused():
    day = Day([20, 60], service_minutes=6)
    with pytest.raises(ValueError, match="2 periods of the day"):
        plan_by_hand(day, [3])
    with pytest.raises(ValueError, match="let at least one server stay"):
        plan_by_hand(day, [3, 0])
    with pytest.raises(ValueError, match="use 'SIPP', 'lag SIPP' or 'modified offered load'"):
        staff_day(day, target=waiting_at_most(0.2), method="guess")
    with pytest.raises(ValueError, match="at least one rate above zero"):
        Day([0, 0], service_minutes=6)
    with pytest.raises(ValueError, match=r"per_hour\[1\]=-1"):
        Day([5, -1], service_minutes=6)
    with pytest.raises(ValueError, match="no whole number of slots"):
        slots_of(lambda t: t, hours=1, slot_minutes=7)
    with pytest.raises(ValueError, match="within the day"):
        day.load.at(3)
