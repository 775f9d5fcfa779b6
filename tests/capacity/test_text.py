"""Numbers that chapter 8 says in words and no cell prints, against models and explorables."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any

import pytest
from asked import ask, figure
from prose import cell, in_words, percent, prose, ran

from svclab import capacity
from svclab.capacity import managing, simulation, staffing
from svclab.capacity.demand import flights

TEXT = prose("capacity")
TEACHER = "For the instructor"


def section(title: str) -> Any:
    return TEXT.section(title).says


# Noon at the bank, and the rush


def test_the_bank_at_noon_has_room_for_more_than_come() -> None:
    says = section("Noon at the bank")
    names = ran("capacity", "half_hours = [40, 50").names
    a_day, clerk = sum(names["half_hours"]) / 2, 60 / 3
    says(f"one clerk can serve {clerk:g} per hour. Five clerks can serve {5 * clerk:g} per hour.")
    says(f"On average {a_day / 8:g} customers come in an hour.")
    says(f"when five clerks could serve {5 * clerk - a_day / 8:g} more per hour than come?")
    says = section("Wrong on purpose: staffed for the average")
    says(f"In a day of eight hours {a_day:g} customers come to the branch: {a_day / 8:g} an hour.")
    section(TEACHER)("Why a queue with capacity for half as many again")
    assert 5 * clerk / (a_day / 8) == pytest.approx(1.5, abs=0.05)


def test_the_water_in_the_basin_is_that_of_the_fluid_model() -> None:
    says = section("The rush: cumulative curves")
    noon = ran("capacity", "noon = capacity.fluid_queue").names["noon"]
    half, full = noon.queue(12.5), noon.queue(13)
    says(f"In the first half-hour {150 / 2:g} come and 50 are served, so {half:g} are waiting at")
    says(f"In the second, {130 / 2:g} come and 50 are served.")
    assert full == 40
    says("At 13:00 forty people stand in the hall.")
    queue = noon.queue(12.8)
    minutes = 60 * noon.wait(12.8)
    says(f"at 12:48 the queue is {queue:.0f}, and whoever comes then waits {minutes:.0f} minutes.")
    assert noon.queue(13 + 50 / 60) > 0
    assert noon.queue(14) == pytest.approx(0)
    says(f"and only {100 - 60} per hour are gained on them")


def test_help_in_time_leaves_five_waiting_and_an_hour_late_forty() -> None:
    hours, rates = [11, 11.5, 12, 12.5, 13, 14, 15], [60, 80, 150, 130, 60, 60]
    early = capacity.fluid_queue(hours, rates, capacity=[100, 100, 140, 140, 100, 100])
    late = capacity.fluid_queue(hours, rates, capacity=[100, 100, 100, 100, 140, 140])
    most = in_words(round(early.queue(12.5)))
    section("The rush: cumulative curves")(f"In time, they leave {most} people waiting at most.")
    section(TEACHER)(f"Two more clerks from 12:00: {most} waiting at most.")
    assert late.queue(13) == 40
    assert late.queue(13.5) == pytest.approx(0, abs=1e-9)
    section(TEACHER)("From 13:00: forty, and it clears at 13:30.")


# One counter, several counters


def test_the_wait_is_so_many_service_times() -> None:
    says = section("One counter without a rush")

    def wait(use: float) -> float:
        return capacity.mm1(20 * use, 20).mean_wait_minutes

    times = {use: round(wait(use) / 3) for use in (0.5, 0.8, 0.9, 0.95)}
    says(f"so a customer waits {times[0.9]} service times, {wait(0.9):.0f} minutes, on average.")
    assert times[0.5] == 1
    says(f"At 50% it is one service time. At 95% it is {times[0.95]}.")
    says(
        f"Between 50% and 80% the wait rises from {wait(0.5):.0f} to {wait(0.8):.0f} minutes, "
        f"between 80% and 95% to {wait(0.95):.0f}."
    )
    says(f"(19 in place of 18) makes {wait(0.95):.0f} minutes out of {wait(0.9):.0f}.")


def test_three_counters_with_one_line_wait_less_than_one() -> None:
    one, three = capacity.mm1(18, 20), capacity.mmc(54, 20, servers=3)
    section("Several counters")(f"the load is {54 / 20:g} Erlang")
    section("Several counters")(
        f"the wait falls from {one.mean_wait_minutes:.0f} to {three.mean_wait_minutes:.0f} minutes"
    )
    levels = [
        capacity.mmc(54, 20, servers=c).service_level(minutes=5).of_all_offered for c in (3, 4, 5)
    ]
    assert levels[2] - levels[1] < 0.05
    section("What did we promise?")(
        f"from {percent(levels[0])} to {percent(levels[1])}, and the fifth"
    )


def test_the_licence_office_needs_more_people_and_then_nearly_nobody_waits() -> None:
    names = ran("capacity", 'seconds = {"application, eye test"').names
    section("The licence office at 120 an hour")(
        f"{in_words(names['people']).capitalize()} people in place of seven, and "
        f"{in_words(round(names['waiting']))} minutes of waiting"
    )


def test_pooling_more_than_halves_the_wait_and_slower_work_takes_it_away() -> None:
    apart = capacity.mm1(24, 30).mean_wait_minutes
    together = capacity.mmc(48, 30, servers=2).mean_wait_minutes
    assert together < apart / 2
    section("One line or two?")("it more than halves the wait")
    slower = 1 + 11 / 100
    assert capacity.mmc(48, 30 / slower, servers=2).mean_wait_minutes >= apart
    assert capacity.mmc(48, 30 / 1.1, servers=2).mean_wait_minutes < apart
    section("One line or two?")("11% more time for each customer takes the whole gain away")


def test_the_approximation_for_the_workshop_is_the_formula_times_its_variability() -> None:
    rough = capacity.allen_cunneen(54, 20, servers=3, arrival_scv=0.5, service_scv=0.3)
    exact = capacity.mmc(54, 20, servers=3)
    factor = rough.mean_wait_seconds / exact.mean_wait_seconds
    section("What makes a queue: variability")(
        f"{rough.mean_wait_seconds:.0f} seconds are {rough.mean_wait_minutes:.1f} minutes, against "
        f"{exact.mean_wait_minutes:.1f} for M/M/3: multiplied by (0.5 + 0.3)/2 = {factor:g}."
    )


def test_shorter_times_help_the_busy_clerk_more_than_even_ones() -> None:
    says = section("What makes a queue: variability")
    even = capacity.mg1(18, 20, service_scv=0).mean_wait_minutes
    one = capacity.mm1(18, 20).mean_wait_minutes
    assert even == pytest.approx(one / 2)
    says("A machine that always takes exactly three minutes halves the wait.")
    assert capacity.mg1(18, 20, service_scv=4).mean_wait_minutes > 2 * one
    shorter = capacity.mm1(18, 20 / 0.9).mean_wait_minutes
    says(f"10% shorter gives {shorter:.1f} minutes")


# Lost calls, priority, machines, networks


def test_ten_lines_for_ten_erlang_lose_and_idle_a_fifth() -> None:
    queue = capacity.mmcc(120, 12, servers=10)
    assert 0.2 < queue.probability_of_loss < 0.22
    assert 1 - queue.occupancy == pytest.approx(0.2, abs=0.02)
    section("Lines, and customers who give up")(
        "ten lines for a load of ten Erlang lose more than a fifth of the calls, and still are "
        "idle a fifth of the time"
    )


def test_patience_changes_the_wait_and_one_caller_in_nine_gives_up() -> None:
    patient = capacity.mmc(120, 12, servers=11).mean_wait_minutes
    found = capacity.erlang_a(120, 12, servers=11, mean_patience=2 / 60)
    says = section("Lines, and customers who give up")
    assert 3 < patient < 4
    says(
        "a caller waits for more than three minutes; if the mean patience is two minutes, "
        f"{found.mean_wait_seconds:.0f} seconds."
    )
    one_in = in_words(round(1 / found.probability_of_abandonment))
    says(f"One caller in {one_in} gives up")


def test_priority_moves_waiting_and_makes_none_smaller_for_all() -> None:
    says = section("Priority, machines that fail, and networks")
    ranked = capacity.priorities_mmc([12, 42], 20, servers=3)
    first, second = (one.mean_wait_minutes for one in ranked.classes)
    plain = capacity.mmc(54, 20, servers=3).mean_wait_minutes
    assert (round(first), round(4 * (second / plain - 1))) == (1, 1)
    says("Premium customers wait one minute, all others a quarter more than before")
    says(f"({second:.1f} in place of {plain:.1f} minutes)")
    assert (12 * first + 42 * second) / 54 == pytest.approx(plain)


def test_the_machines_that_are_broken_are_those_that_wait_or_are_repaired() -> None:
    queue = capacity.finite_population(1 / 4, 3, servers=1, population=8)
    broken = queue.mean_number_in_system
    section("Priority, machines that fail, and networks")(
        f"On average {broken:.1f} of the 8 machines are broken, and a broken one waits "
        f"{queue.mean_wait_minutes:.0f} minutes for the technician."
    )


def test_a_car_waits_at_the_test_once_for_each_visit() -> None:
    """One car in ten comes twice, and so on: the wait of a visit times the visits."""
    network = ran("capacity", "workshop = capacity.jackson").names["workshop"]
    whole = 60 * network.mean_time_in_system
    test = network.visits["test"] * network.queues["test"].mean_wait_minutes
    section("Priority, machines that fail, and networks")(
        f"{test:.0f} of the {whole:.0f} minutes are waits there"
    )


# Simulation


def test_the_warm_up_is_as_long_as_the_text_says() -> None:
    names = ran("capacity", "bank = simulation.Station", "cut = simulation.mser5").names
    said = re.findall(r"drop the first (\d+) of ([\d,]+)", repr(names["cut"]) + str(names["cut"]))
    section("How exact is it?")(f"MSER-5 leaves out {said[0][0]} of {said[0][1]}.")


def test_the_curve_of_rates_simulates_and_misses_what_the_text_says() -> None:
    names = ran(
        "capacity",
        "bank = simulation.Station",
        "from svclab.capacity.simulation import engine",
        "curve = engine.sweep",
    ).names
    last = names["curve"].estimates()[-1].mean / 60
    says = section("How exact is it?")
    says(
        f"Only at the last point, {names['rates'][-1]} per hour, is the simulated mean clearly "
        f"lower ({last:.0f} against {names['formula'][-1] / 60:.0f} minutes)"
    )
    many = len(names["rates"]) * 30 * 2000
    assert len(names["rates"]) == 39
    says(f"Thirty-nine rates, thirty runs each, {many / 1e6:.1f} million customers")


# Staffing


def test_the_small_centre_idles_a_third_and_the_large_one_a_twentieth() -> None:
    rules = {load: staffing.square_root_rule(load * 20, 20, waiting=0.2) for load in (5, 500)}
    idle = {load: 1 - load / rule.servers for load, rule in rules.items()}
    assert idle[5] > 1 / 3
    assert round(100 * idle[500]) == 5
    section("One hour")(
        "must keep more than a third of its people idle, on average, to promise what the large one "
        "promises with five per cent"
    )


def test_the_last_row_of_the_square_root_table_is_the_work_of_each() -> None:
    section("One hour")("Read the last row.")
    table = ran("capacity", "staffing.square_root_rule").gave("staffing.square_root_rule")
    assert table.index[-1] == "each works"
    assert [1 - int(share[:-1]) / 100 > 1 / 3 for share in table.iloc[-1]] == [True, False, False]
    assert table.iloc[-1, -1] == "95%"


def test_at_two_in_the_afternoon_two_of_five_clerks_are_idle() -> None:
    busy = ran("capacity", "half_hours = [40, 50").names["half_hours"][10] / 20
    section("Wrong on purpose: staffed for the average")(
        f"at two in the afternoon {in_words(round(5 - busy))} of the five clerks have nothing to do"
    )


def test_the_need_of_the_week_is_more_than_seven_people_work() -> None:
    need = [5, 4, 4, 4, 6, 8, 7]
    section("Days off")(
        f"The need adds up to {sum(need)} days of work, and seven people work {7 * 5}."
    )
    assert cell("capacity", f"staffing.days_off({need})")


def test_the_hours_by_skill_add_up() -> None:
    names = ran("capacity", "needed = {").names
    paid = sum(one.hours for one in names["people"])
    section("The right people")(
        f"{paid:g} paid, nearly {math.ceil(0.9 * paid)} at work, {sum(names['needed'].values())} "
        "needed."
    )


# Demand


def test_the_departures_of_the_year_are_those_of_the_register() -> None:
    says = section("Forecasting demand")
    total = sum(flights.per_day().values())
    says(f"had {total:,} departures on the timetable")
    says(f"({total:,} flights in 365 days of 19 hours: {total / 365 / 19:.0f} per hour)")
    assert len({row.hour for row in flights.hours()}) == 19
    week = flights.mean_profile(range(5))
    at = dict(week) if not isinstance(week, dict) else week
    assert 28 < at[8] < 30
    assert round(at[11]) == 8
    says("Nearly thirty aircraft are on the timetable between eight and nine, and eight between")


def test_saturday_is_five_percent_below_the_mean() -> None:
    found = ran(
        "capacity", "from svclab.capacity.demand import flights", "week = demand.seasonal_indices"
    ).names
    low = 1 - min(found["week"].indices)
    section("Forecasting demand")(f"Only Saturday stands out, {percent(low)} below the mean.")


# Level or chase, overbooking, waits


def test_chasing_and_the_best_mix_cost_what_the_text_says() -> None:
    says = section("Level or chase")
    level, chase, best = ran("capacity", "cars = [520").names["plans"]
    changes = sum(a != b for a, b in pairwise(chase.workers))
    says(f"it changes the staff in {in_words(changes)} of twelve months")
    says(f"it saves {level.cost - best.cost:,.0f} yuan against level")
    more = chase.workers[-1] - chase.workers[0]
    back = 8000 * more
    says(f"Chase begins with {chase.workers[0]} and ends with {chase.workers[-1]}")
    says(f"{in_words(more)} more dismissals, {back:,} yuan, and it costs {chase.cost + back:,.0f}")
    says(
        f"When two plans differ by {percent(1 - best.cost / level.cost)}, what is not in the model"
    )


def test_three_bookings_more_than_rooms_cost_least() -> None:
    best, _ = managing.best_booking(places=50, show_chance=0.92, empty_cost=300, denied_cost=900)
    more = best.bookings - 50
    section("Overbooking")(f"{in_words(more).capitalize()} bookings more than rooms cost least.")
    full = 1 - managing.binomial(best.bookings, 0.92).at_most(50)
    section("Overbooking")(f"on about one night in {in_words(round(1 / full))}")
    shown = {n: figure(ask("overbooking", bookings=50 + n), "cost") for n in range(7)}
    assert min(shown, key=lambda n: float(shown[n])) == more


def test_the_twelfth_seat_is_worth_less_than_the_cheap_fare() -> None:
    late = managing.poisson(12)
    chance = 1 - late.at_most(11)
    said = f"{chance:.3f} × 1,200 = {1200 * chance:.0f} yuan is less than 700."
    section("Overbooking")(f"the chance that the twelfth of them comes is {chance:.3f}")
    section("Overbooking")(said)


# The case


def test_the_approval_fills_the_supervisor() -> None:
    says = section("The case: how many counters for the branch?")
    before = capacity.mmc(65, 20, servers=5)
    network = simulation.long_run_of(
        {
            "counter": simulation.Place(
                service_seconds=180, servers=5, arrivals_per_hour=65, routes={"supervisor": 0.25}
            ),
            "supervisor": simulation.Place(service_seconds=200),
        }
    )
    boss = network.queues["supervisor"]
    says(f"the supervisor is busy {percent(boss.occupancy)} of the time")
    assert boss.mean_wait_minutes == pytest.approx(30, abs=2)
    stay = before.mean_wait_minutes + 3
    assert stay == pytest.approx(3.5, abs=0.05)
    after = in_words(round(60 * network.mean_time_in_system))
    says(f"the mean stay goes from three and a half minutes to {after}.")


def test_booking_moves_a_fifth_of_the_customers_of_noon() -> None:
    names = ran("capacity", "half_hours = [40, 50").names
    noon = [n for n, rate in enumerate(names["half_hours"]) if rate > 100]
    today, then = (sum(names[name][n] for n in noon) for name in ("half_hours", "booked"))
    assert 1 - then / today == pytest.approx(1 / 5, abs=0.02)
    section("The case: how many counters for the branch?")(
        "if it moves a fifth of the noon customers into other hours"
    )


def test_the_dice_of_the_demonstration_are_as_busy_as_the_text_says() -> None:
    nine = sum(a + b >= 9 for a in range(1, 7) for b in range(1, 7))
    mean = sum(range(1, 7)) / 6
    section(TEACHER)(f"about ({nine}/36) × {mean:g} = {percent(nine / 36 * mean)}")
    section(TEACHER)("a customer comes on a sum of 9 or more")
