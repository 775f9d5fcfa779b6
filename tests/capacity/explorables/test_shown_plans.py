"""A day, a week of shifts, a year: what is shown against the models and against second ways."""

from __future__ import annotations

import math
from itertools import combinations_with_replacement, pairwise
from typing import Any

import pytest
from asked import ask, figure, series, text

from svclab.capacity.explorables.levels import CARS, MONTHS, PER_WORKER
from svclab.capacity.explorables.schedules import NEED, all_shifts, cheapest, paid_hours
from svclab.capacity.explorables.staffing import branch, by_rule, mean_queue
from svclab.capacity.queues.markovian import mmc
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.staffing.days import plan_by_hand, staff_day
from svclab.capacity.staffing.scoring import score, simulated_days
from svclab.capacity.staffing.targets import served_within

# A day with a rush


def staff(*people: int) -> list[dict[str, Any]]:
    return [{"hour": str(k), "people": n} for k, n in enumerate(people)]


def test_the_rush_hour_of_the_table_is_what_counting_its_customers_gives() -> None:
    drawn = simulated_days(branch(60, 10), days=10, seed=5)
    counted: list[tuple[float, bool]] = []
    for one in drawn.customers:
        assert one is not None
        run = serve(one, servers=7)
        for come, wait in zip(one.arrivals, run.waits, strict=True):
            if 3 * 3600 <= come < 4 * 3600:
                counted.append((wait / 60, wait <= 300))
    view = ask("day_staffing", days=10, seed=5)
    row = view["parts"][2]["rows"][3]
    mean = math.fsum(wait for wait, _ in counted) / len(counted)
    in_time = sum(kept for _, kept in counted) / len(counted)
    assert float(row[3]) == pytest.approx(mean, abs=0.051)
    assert float(row[5]) == pytest.approx(100 * in_time, abs=0.51)


def test_the_queue_shown_is_who_has_come_and_has_not_begun() -> None:
    drawn = simulated_days(branch(60, 10), days=2, seed=3)
    plan = plan_by_hand(drawn.day, [4, 5, 6, 9, 9, 5, 5, 4])
    shown = dict(mean_queue(plan, drawn))
    for minute in (150, 200, 240, 250, 480):
        waiting = 0
        for one in drawn.customers:
            assert one is not None
            waits = serve(one, servers=plan.steps).waits
            pairs = zip(one.arrivals, waits, strict=True)
            waiting += sum(come <= 60 * minute < come + wait for come, wait in pairs)
        assert shown[minute].mean == pytest.approx(waiting / 2)


@pytest.mark.parametrize("service", [5, 10, 15])
def test_sipp_has_the_fewest_people_whom_erlang_c_allows(service: int) -> None:
    shown = ask("day_staffing", plan="sipp", service=service)
    day = branch(60, service)
    for place, rate in enumerate(day.per_hour):
        enough = next(
            n
            for n in range(1, 40)
            if rate * service / 60 < n
            and mmc(rate, 60 / service, servers=n).service_level(minutes=5).of_all_offered >= 0.8
        )
        assert int(shown["parts"][2]["rows"][place][2]) == enough


def test_a_rule_copied_by_hand_shows_what_the_rule_shows() -> None:
    by_formula = ask("day_staffing", plan="load")
    people = [int(row[2]) for row in by_formula["parts"][2]["rows"]]
    by_hand = ask("day_staffing", staff=staff(*people))
    for key in ("hours", "wait", "kept", "worst"):
        assert figure(by_formula, key) == figure(by_hand, key)
    assert by_formula["parts"][2]["rows"] == by_hand["parts"][2]["rows"]


def test_after_the_rush_sipp_is_worst_and_that_is_no_luck_of_the_draw() -> None:
    """On 400 days its 95% interval lies below those of all other hours; so the answer stands."""
    day, promise = branch(60, 10), served_within(0.8, minutes=5)
    found = score(
        staff_day(day, target=promise), simulated_days(day, days=400, seed="far"), target=promise
    )
    values = {p.label: p.value for p in found.periods}
    after = values.pop("13:00 to 14:00")
    assert after is not None
    assert all(other is not None and after.high < other.low for other in values.values())
    assert by_rule(60.0, 10.0, 5.0, 40, 1)["sipp"].worst.label == "13:00 to 14:00"
    assert "It is 13:00 to 14:00" in ask("day_staffing", guess="rush")["say"]


def test_the_points_to_drag_are_the_readers_own_numbers_and_go_with_a_rule() -> None:
    own = ask("day_staffing", staff=staff(4, 5, 6, 11, 8, 5, 5, 4))["parts"][0]
    assert [h["y"] for h in own["handles"]] == [4, 5, 6, 11, 8, 5, 5, 4]
    assert [h["row"] for h in own["handles"]] == list(range(8))
    assert "handles" not in ask("day_staffing", plan="sipp")["parts"][0]


def test_rules_that_give_one_plan_are_said_to_and_the_axis_has_no_empty_half() -> None:
    lag, load = ask("day_staffing", plan="lag"), ask("day_staffing", plan="load")
    assert lag["parts"][2]["rows"] == load["parts"][2]["rows"]
    assert "the plan of modified offered load is the same" in lag["say"]
    assert "is the same" not in ask("day_staffing", plan="sipp")["say"]
    for people, top in ((7, 16), (24, 24)):
        chart = ask("day_staffing", staff=staff(*[people] * 8))["parts"][0]
        scale = chart["spec"]["layer"][0]["encoding"]["y"]["scale"]
        assert scale["domain"] == [0, top]
        assert all(handle["y"] <= top for handle in chart["handles"])


def test_too_few_people_at_the_end_still_have_a_queue_when_the_door_closes() -> None:
    view = ask("day_staffing", staff=staff(7, 7, 7, 7, 7, 7, 4, 2))
    assert "still wait" in view["warning"]
    assert not ask("day_staffing", plan="lag")["warning"]


# Shifts


def covered(people: dict[int, int], shifts: list[Any]) -> list[float]:
    return [math.fsum(shifts[s].works[t] * n for s, n in people.items()) for t in range(len(NEED))]


def test_no_ten_full_timers_cover_the_day_and_eleven_do() -> None:
    """All 19,448 plans of ten people on the eight shifts, one by one."""
    works = [shift.works for shift in all_shifts("any", False, 44)]
    assert len(works) == 8
    for plan in combinations_with_replacement(works, 10):
        assert any(sum(hour) < n for hour, n in zip(zip(*plan, strict=True), NEED, strict=True))
    view = ask("shift_schedule")
    assert figure(view, "full") == 11
    assert figure(view, "pay") == 11 * 8 * 40
    assert figure(view, "spare") == 88 - sum(NEED)


def test_the_guess_is_answered_by_the_plan_of_the_question() -> None:
    said = ask("shift_schedule", part_time=True, guess=9)["say"]
    assert "guess for full-timers alone was 9" in said
    assert "the work of 9, and the shifts need 11" in said


@pytest.mark.parametrize("share", [0, 10, 30, 100])
def test_part_timers_cover_the_need_keep_their_limit_and_never_cost_more(share: int) -> None:
    plan, enough = cheapest(NEED, "any", True, 44.0, share, 25)
    alone, _ = cheapest(NEED, "any", False, 44.0, share, 25)
    assert enough
    assert all(there >= n for there, n in zip(plan.at_work, NEED, strict=True))
    part = math.fsum(s.periods * n for s, n in plan.people if s.kind == "part-time")
    assert part <= share / 100 * sum(NEED) + 1e-9
    assert plan.pay <= alone.pay


def test_the_bars_of_the_shifts_are_the_hours_that_are_paid() -> None:
    plan, _ = cheapest(NEED, "any", True, 44.0, 30.0, 25)
    rows = ask("shift_schedule", part_time=True)["parts"][1]["data"]["rows"]
    hours = math.fsum(row["people"] * (row["to"] - row["from"]) / 60 for row in rows)
    assert hours == paid_hours(plan)


def test_where_the_need_cannot_be_covered_the_fewest_hours_stay_open_and_it_says_so() -> None:
    works = [shift.works for shift in all_shifts("any", False, 44)]
    least = min(
        math.fsum(max(0.0, n - sum(hour)) for hour, n in zip(zip(*two, strict=True), NEED,
                                                             strict=True))
        for two in combinations_with_replacement(works, 2)
    )  # fmt: skip
    view = ask("shift_schedule", full=2)
    assert figure(view, "missing") == least
    assert "cannot be covered with at most 2 full-timers" in view["warning"]
    assert "30% part-time work" in ask("shift_schedule", full=2, part_time=True)["warning"]


def test_a_limit_that_cannot_be_raised_is_not_advised() -> None:
    busy = [{"hour": "x", "people": 20}] * 12
    alone = ask("shift_schedule", need=busy, full=25)["warning"]
    assert "full-timers, or" not in alone
    assert "Allow part-timers" in alone
    both = ask("shift_schedule", need=busy, full=20, part_time=True, share=0)["warning"]
    assert "Allow more full-timers or more part-time work" in both


def test_nobody_is_needed_or_nobody_can_be_called() -> None:
    nothing = [{"hour": "x", "people": 0}] * 12
    assert ask("shift_schedule", need=nothing)["say"] == "Nobody is needed."
    view = ask("shift_schedule", full=0)
    assert figure(view, "missing") == sum(NEED)
    assert len(view["parts"]) == 1


# Level or chase


def cheapest_year(cars: tuple[int, ...], wage: float, hire: float, dismiss: float, outside: float):
    """The least cost of a year by dynamic programming over the staff of each month."""
    sizes = range(math.ceil(max(cars) / PER_WORKER) + 1)

    def month(n: int, asked: int) -> float:
        return wage * n + outside * max(0.0, asked - PER_WORKER * n)

    cost = {n: month(n, cars[0]) for n in sizes}
    for asked in cars[1:]:
        cost = {
            n: month(n, asked)
            + min(c + hire * max(0, n - m) + dismiss * max(0, m - n) for m, c in cost.items())
            for n in sizes
        }
    return min(cost.values())


@pytest.mark.parametrize(
    ("hire", "dismiss", "outside", "wage"),
    [(6000, 8000, 400, 9000), (0, 0, 400, 9000), (20000, 30000, 300, 9000), (500, 0, 1000, 15000)],
)
def test_the_best_mix_costs_what_dynamic_programming_finds(
    hire: float, dismiss: float, outside: float, wage: float
) -> None:
    view = ask("level_or_chase", hire=hire, dismiss=dismiss, outside=outside, wage=wage)
    best = cheapest_year(CARS, wage, hire, dismiss, outside)
    assert figure(view, "best") == pytest.approx(best / 1000)
    assert figure(view, "best") <= min(figure(view, "level"), figure(view, "chase"))


def test_level_and_chase_by_hand() -> None:
    view = ask("level_or_chase")
    level = min(
        12 * 9000 * n + 400 * math.fsum(max(0, c - 40 * n) for c in CARS) for n in range(18)
    )
    people = [math.ceil(c / 40) for c in CARS]
    up = sum(max(0, b - a) for a, b in pairwise(people))
    down = sum(max(0, a - b) for a, b in pairwise(people))
    assert figure(view, "level") == level / 1000
    assert figure(view, "chase") == (9000 * sum(people) + 6000 * up + 8000 * down) / 1000
    assert view["parts"][2]["rows"][1][2:4] == [str(up), str(down)]


def test_at_the_price_of_changes_that_is_named_level_and_chase_cost_the_same() -> None:
    """The figure is shown in whole percent: twice as dear changes halve it."""
    now = figure(ask("level_or_chase"), "even")
    twice = figure(ask("level_or_chase", hire=12000, dismiss=16000), "even")
    assert twice == pytest.approx(now / 2)
    people = [math.ceil(c / 40) for c in CARS]
    changes = figure(ask("level_or_chase"), "chase") - 9 * sum(people)
    equal = 9 * sum(people) + changes * now / 100
    assert equal == pytest.approx(figure(ask("level_or_chase"), "level"))
    assert text(ask("level_or_chase", hire=0, dismiss=0), "even") == "changes are free"


def test_the_parts_of_each_bar_add_up_to_the_cost_of_its_plan() -> None:
    view = ask("level_or_chase")
    for name, key in (("level", "level"), ("chase", "chase"), ("best mix", "best")):
        parts = series(view["parts"][1], "bar", name)
        assert math.fsum(row["size"] for row in parts) == pytest.approx(figure(view, key))


def test_where_no_staff_pays_it_says_so_and_keeps_nobody() -> None:
    view = ask("level_or_chase", wage=20000)
    assert "no staff pays" in view["warning"]
    assert view["parts"][2]["rows"][2][1] == "0"


def test_a_year_without_demand_needs_nobody() -> None:
    nothing = [{"month": month, "cars": 0} for month in MONTHS]
    view = ask("level_or_chase", demand=nothing)
    assert "nobody is needed" in view["say"]
    assert text(view, "even") == "any cost: the staff stays"
    assert [part["kind"] for part in view["parts"]] == ["chart", "table"]  # no bars of nothing


def test_where_nobody_changes_level_and_chase_are_said_to_cost_the_same() -> None:
    view = ask("level_or_chase", demand=[{"month": month, "cars": 400} for month in MONTHS])
    assert "both cost the same" in view["say"]


def test_a_level_of_nobody_is_said_in_words() -> None:
    assert "Level keeps nobody" in ask("level_or_chase", outside=100)["say"]
