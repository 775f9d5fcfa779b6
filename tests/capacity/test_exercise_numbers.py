"""Exercises of chapter 8: whether their numbers could be true, and each worked through by hand."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import product
from typing import Any

import pytest

from svclab.capacity import exercises
from svclab.capacity.exercises.counts import HIGH, INTERVALS, LOW
from svclab.capacity.exercises.measures import (
    CAUTIOUS,
    DISTRACTING,
    MEASURES,
    MISLEADING,
    OPEN,
    PROPOSITIONS,
)
from svclab.capacity.exercises.telephone import PLACES as PHONE_PLACES
from svclab.capacity.managing.waiting import MAISTER
from svclab.practice import Exercise, Variant, check, deal
from svclab.practice.definition import Numbers

STUDENTS = [f"2026-{number:04d}" for number in range(100)]


@cache
def dealt(exercise: Exercise) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS]


# Whether the numbers given could be true.


def test_the_erlang_c_table_falls_with_each_clerk_and_holds_the_answer() -> None:
    for variant in dealt(exercises.busy_hour):
        text = exercises.busy_hour.question(variant.p)
        rows = re.findall(r"\| (\d+) \w+ \| ([\d.]+)% \|", text)
        clerks, shares = [int(n) for n, _ in rows], [float(share) for _, share in rows]
        assert clerks == list(range(clerks[0], clerks[0] + 6))
        assert shares == sorted(shares, reverse=True)
        assert clerks[0] < variant.right["clerks"] < clerks[-1]
        assert clerks[0] > variant.right["load"] > clerks[0] - 1


def test_a_place_keeps_its_customers_for_a_time_that_fits_it() -> None:
    for variant in dealt(exercises.phone_lines):
        low, high, _ = PHONE_PLACES[variant.p.place][1]
        assert low <= variant.p.service <= high
        assert variant.right["lost"] < 70


def test_the_third_service_level_lies_between_the_other_two() -> None:
    for variant in dealt(exercises.three_service_levels):
        right = variant.right
        assert right["offered"] < right["rest"]
        assert right["offered"] < right["answered"]
        assert "offered" not in right["rises"]


def test_one_line_never_waits_longer_than_two_at_the_same_speed() -> None:
    for variant in dealt(exercises.pool_or_not):
        p = Numbers({**variant.parameters, "slower": variant.p.service})
        right = exercises.pool_or_not.solve(p)
        assert right["one"] < right["two"] / 2


def test_priority_moves_waits_but_keeps_their_sum_weighed_with_work() -> None:
    for variant in dealt(exercises.priority_desk):
        p, right = variant.p, variant.right
        work = [rate * service / 60 for rate, service in zip(p.rates, p.services, strict=True)]
        rest = math.fsum(w * s for w, s in zip(work, p.services, strict=True))
        in_order = rest / (1 - math.fsum(work))
        assert right["first"] < in_order < right["other"]
        assert work[0] * right["first"] + work[1] * right["other"] == pytest.approx(
            math.fsum(work) * in_order
        )


def test_the_limits_of_the_index_are_those_of_chi_squared() -> None:
    def chi_squared_below(x: float, degrees: int) -> float:
        # The series of the incomplete gamma function: x^a e^-x / Γ(a) · Σ xⁿ / (a (a+1) … (a+n)).
        a, half = degrees / 2, x / 2
        term = total = 1 / a
        for n in range(1, 500):
            term *= half / (a + n)
            total += term
        return total * math.exp(a * math.log(half) - half - math.lgamma(a))

    degrees = INTERVALS - 1
    assert chi_squared_below(3.816, degrees) == pytest.approx(0.025, abs=1e-4)
    assert chi_squared_below(21.920, degrees) == pytest.approx(0.975, abs=1e-4)
    assert round(3.816 / degrees, 2) == LOW
    assert round(21.920 / degrees, 2) == HIGH


# Each worked through by hand.


def test_a_rush_worked_through_by_hand() -> None:
    # 120 an hour too many for 30 min are 60; they go at 120 an hour, and 60 of 600 take 6 min.
    p = {"place": "canteen", "capacity": 600, "quiet": 30, "before": 540, "rush": 720,
         "lasts": 30, "after": 480}  # fmt: skip
    right = exercises.rush_hour.solve(Numbers(p))
    assert right == {"queue": approx(60), "gone": approx(60), "wait": approx(6)}


def test_one_counter_worked_through_by_hand() -> None:
    # u = 0.8; 0.8 × 3 ÷ 0.2 = 12 min; 16 an hour for 0.2 h are 3.2.
    right = exercises.one_counter.solve(Numbers({"rate": 16, "service": 3.0}))
    assert right == {"utilisation": approx(80), "wait": approx(12), "queue": approx(3.2)}


def test_two_counters_worked_through_by_hand() -> None:
    # Begin at 0, 2, 10, 12, 15, 22, 25, 27: the third waits 6, the fourth 7, and so on.
    p = {"arrive": [0, 2, 4, 5, 14, 16, 21, 27], "work": [10, 10, 5, 10, 10, 5, 9, 3]}
    right = exercises.waits_by_hand.solve(Numbers(p))
    assert right == {"mean": approx((6 + 7 + 1 + 6 + 4) / 8), "longest": approx(7), "waiting": 5}


def test_a_busy_hour_worked_through_by_hand() -> None:
    # a = 2: C(3) = 4/9 and C(4) = 4/23; with t = s the exponents are 1 and 2.
    p = Numbers({"rate": 40, "service": 3.0, "within": 3, "target": 90})
    right = exercises.busy_hour.solve(p)
    assert right == {
        "load": approx(2),
        "clerks": 4,
        "level": approx(100 - 400 / 23 * math.exp(-2)),
    }
    assert 100 - 400 / 9 * math.exp(-1) < 90


def test_three_service_levels_worked_through_by_hand() -> None:
    p = {"in_time": 600, "late": 200, "gave_up": 40, "gave_up_late": 160, "moved": 20}
    told = {"late_leave_late": ["answered"], "late_leave_soon": ["answered", "rest"],
            "leave_sooner": ["rest"]}  # fmt: skip
    for event, rises in told.items():
        right = exercises.three_service_levels.solve(Numbers({**p, "event": event}))
        assert right["offered"] == pytest.approx(60)
        assert right["answered"] == pytest.approx(75)
        assert right["rest"] == pytest.approx(62.5)
        assert right["rises"] == rises


def test_pooling_worked_through_by_hand() -> None:
    # u = 0.75 and 12 min; then u = 0.8, C = 1.28 ÷ 1.8 and 12.8/18 × 3.2 × 10/4.
    p = Numbers({"rate": 15, "service": 3.0, "slower": 3.2})
    right = exercises.pool_or_not.solve(p)
    assert right["two"] == pytest.approx(9)
    assert right["one"] == pytest.approx(1.28 / 1.8 * 3.2 / 0.4)
    assert right["shorter"] == "one"


def test_unequal_services_worked_through_by_hand() -> None:
    # Rate 0.2 per min, u = 0.8: 0.2 × (16 + 9) ÷ 0.4 = 12.5 min; then 0.2 × 17 ÷ 0.4 = 8.5 min;
    # plan Q with u = 0.7: 0.2 × (12.25 + 9) ÷ 0.6 = 7.083 min.
    p = {"rate": 12, "mean": 4.0, "sd": 3.0, "sd_after": 1.0, "mean_after": 3.5}
    right = exercises.variable_service.solve(Numbers(p))
    assert right == {"now": approx(12.5), "even": approx(8.5), "plan": "quick"}


def test_telephone_lines_worked_through_by_hand() -> None:
    # a = 2: B is 2/3, 2/5, 4/19, 2/21, 4/109 with 1 to 5 lines.
    p = Numbers({"rate": 20, "service": 6.0, "lines": 3, "most": 5})
    right = exercises.phone_lines.solve(p)
    assert right == {"lost": approx(400 / 19), "busy": approx(2 * 15 / 19), "fewest": 5}


def test_a_desk_with_priority_worked_through_by_hand() -> None:
    # Utilisations 0.2 and 0.6, rest 0.2 × 2 + 0.6 × 4 = 2.8: waits 3.5 and 17.5, in order 14.
    p = {"rates": [6, 9], "services": [2.0, 4.0]}
    right = exercises.priority_desk.solve(Numbers(p))
    assert right == {"first": approx(3.5), "other": approx(17.5), "together": "shorter"}
    assert (6 * 3.5 + 9 * 17.5) / 15 < 14


def test_counts_worked_through_by_hand() -> None:
    # Mean 6; squares 6 × 4 + 6 × 4 = 48; 48 ÷ 11 ÷ 6.
    right = exercises.poisson_or_not.solve(Numbers({"counts": [4, 8] * 6}))
    assert right == {"mean": approx(6), "index": approx(48 / 66), "says": "poisson"}
    regular = exercises.poisson_or_not.solve(Numbers({"counts": [5, 6, 7] * 4}))
    assert regular["says"] == "regular"
    clumped = exercises.poisson_or_not.solve(Numbers({"counts": [2, 2, 14] * 4}))
    assert clumped["says"] == "clumped"


def test_ten_replications_worked_through_by_hand() -> None:
    # Five times 9 and five times 11: mean 10, squares 10, s = √(10/9), so t × s ÷ √10 is t ÷ 3,
    # with t = 2.262157 (tables of Student's t: 2.262). For 0.25: (0.754052 ÷ 0.25)² × 10 = 90.98.
    p = {"place": "bank", "means": [9.0, 11.0] * 5, "formula": 10.7, "wanted": 0.25}
    right = exercises.simulation_error.solve(Numbers(p))
    assert right["mean"] == approx(10)
    assert right["half"] == pytest.approx(2.262 / 3, abs=1e-4)
    assert (right["runs"], right["says"]) == (91, "agrees")
    outside = exercises.simulation_error.solve(Numbers({**p, "formula": 10.8}))
    assert outside["says"] == "differs"


def test_runs_that_follow_from_a_rounded_half_width_are_taken() -> None:
    p = Numbers({"place": "bank", "means": [9.0, 11.0] * 5, "formula": 10.7, "wanted": 0.25})
    # 0.754 gives 90.97 as well; 0.75 gives 90; 0.76 gives 92.4.
    taken = [n for n in range(70, 110) if exercises.simulation_error.accepts(p, "runs", n)]
    assert taken == [91, 92]


def test_the_square_root_rule_worked_through_by_hand() -> None:
    # 600 × 4 ÷ 60 = 40; 40 + 1.2 × 6.325 = 47.59; 160 + 1.2 × 12.649 = 175.18; 48 ÷ 0.7 = 68.57.
    p = {"rate": 600, "service": 4, "beta": 1.2, "places": 4, "shrinkage": 30}
    right = exercises.square_root_rule.solve(Numbers(p))
    assert right == {"load": approx(40), "servers": 48, "joined": 176, "paid": 69}


def test_shifts_worked_through_by_hand() -> None:
    # Two are needed all day, three at noon. Only "early" is there first and only "late" and
    # "evening" at the end; at 12:00 "early" rests, at 15:00 "late" rests.
    p = Numbers({"place": "hall", "need": [2, 2, 2, 3, 2, 2, 2, 2, 2], "starts": [0, 1, 3, 2, 6],
                 "breaks": [3, 3, 3], "wage": 30, "short_wage": 34})  # fmt: skip
    shifts = exercises.shift_cover
    assert shifts.solve(p)["bound"] == 19 * 30

    def said(*people: int) -> Any:
        plan = dict(zip(("early", "middle", "late", "noon", "evening"), people, strict=True))
        return shifts.score(p, "plan", {name: {"people": n} for name, n in plan.items()})

    # At 12:00 those of "early" rest: three others are needed. At 15:00 none of "late" is there.
    assert not said(2, 0, 2, 0, 2).feasible
    assert "from 12:00 to 13:00 it has 2 at work and 2 on a break; 3 are needed" in (
        said(2, 0, 2, 0, 2).sentence()
    )
    cheap = said(2, 0, 2, 1, 2)
    assert (cheap.feasible, cheap.value) == (True, 4 * 150 + 3 * 102)
    assert cheap.share == pytest.approx(cheap.best / cheap.value)
    assert not said(2, -1, 3, 1, 2).feasible
    # Fifty on each shift, in the hours in which each serves.
    works = [[0, 1, 2, 4, 5], [1, 2, 3, 5, 6], [3, 4, 5, 7, 8], [2, 3, 4], [6, 7, 8]]
    there = [50 * sum(t in shift for shift in works) for t in range(9)]
    spare = sum(there) - 19
    assert f"{spare:,} hours of work too many" in said(50, 50, 50, 50, 50).sentence()
    assert "In 9 hours of the day" in said(50, 50, 50, 50, 50).sentence()
    best = shifts.solve(p)["plan"]
    assert "too many" not in shifts.score(p, "plan", best).sentence()


def test_no_cheaper_plan_of_shifts_is_possible() -> None:
    # All plans of up to four people on a full shift and up to six on a short one.
    p = Numbers({"place": "hall", "need": [2, 2, 2, 3, 2, 2, 2, 2, 2], "starts": [0, 1, 3, 2, 6],
                 "breaks": [3, 3, 3], "wage": 30, "short_wage": 34})  # fmt: skip
    shifts = exercises.shift_cover
    scores = []
    for people in product(range(5), range(5), range(5), range(7), range(7)):
        named = zip(("early", "middle", "late", "noon", "evening"), people, strict=True)
        scores.append(shifts.score(p, "plan", {name: {"people": n} for name, n in named}))
    cheapest = min(score.value for score in scores if score.feasible)
    best = shifts.score(p, "plan", shifts.solve(p)["plan"])
    assert (best.feasible, best.value, best.best) == (True, cheapest, cheapest)


def test_smoothing_worked_through_by_hand() -> None:
    # 0.2 × 350 + 0.8 × 300 = 310; 0.2 × 360 + 0.8 × 310 = 320; 360 − 310 = 50.
    # Holt: expected 310, level 0.2 × 350 + 0.8 × 310 = 318, trend 0.1 × 18 + 0.9 × 10 = 10.8.
    p = {"place": "hall", "first": 300, "came": [350, 360], "alpha": 0.2, "trend": 10,
         "beta": 0.1, "ahead": 3}  # fmt: skip
    right = exercises.smoothing_by_hand.solve(Numbers(p))
    assert right == {"next": approx(320), "error": approx(50), "holt": approx(318 + 3 * 10.8)}


def test_a_forecast_and_the_naive_one_worked_through_by_hand() -> None:
    # Errors 4, -2, 2, -4, 3: 15 ÷ 5. Changes of the judged weeks 10, 10, 5, 5, 20: 50 ÷ 5; of the
    # weeks before 10, 20, 10, 20, 10, 20: 90 ÷ 6 = 15.
    came = [100, 110, 90, 100, 80, 90, 110, 120, 110, 115, 120, 100]
    p = {"came": came, "forecast": [116, 112, 113, 124, 97]}
    right = exercises.beat_naive.solve(Numbers(p))
    assert right == {"method": approx(3), "naive": approx(10), "mase": approx(0.2), "worth": "yes"}
    bad = exercises.beat_naive.solve(Numbers({**p, "forecast": [140, 90, 130, 105, 115]}))
    assert (bad["method"], bad["worth"]) == (approx(17), "no")


def test_level_and_chase_worked_through_by_hand() -> None:
    # Ten people do 1,000. Level: 400,000 + (200 + 50) × 120 = 430,000. Chase: 8, 12, 11, 9 people
    # are 40 quarters, 4 hired, 2 + 1 + 2 dismissed: 400,000 + 12,000 + 10,000 = 422,000.
    p = {"each": 100, "staff": 10, "demand": [790, 1200, 1050, 880], "wage": 10_000,
         "outside": 120, "hire": 3000, "dismiss": 2000}  # fmt: skip
    right = exercises.level_or_chase.solve(Numbers(p))
    assert right == {
        "level": approx(430_000),
        "chase": approx(422_000),
        "cheaper": "chase",
        "even": approx(5000),
    }


def test_overbooking_worked_through_by_hand() -> None:
    # Cu = 300, Co = 200: 60%. 20 + 30 % do not reach it, with the next 25 they do: 2.
    # Cost 0.2 × 400 + 0.3 × 200 + 0.15 × 300 + 0.1 × 600; one more: 0.75 × 200 − 0.25 × 300.
    p = {"place": "hotel", "shares": [20, 30, 25, 15, 10], "price": 340, "saved": 40,
         "elsewhere": 150, "gift": 50}  # fmt: skip
    right = exercises.overbook_seats.solve(Numbers(p))
    assert right == {"ratio": approx(60), "extra": 2, "cost": approx(245), "more": approx(75)}


def test_two_appointment_rules_worked_through_by_hand() -> None:
    # Rule A: begins 0, 12, 30, 42, 62, so waits 0, 2, 0, 2, 12 and ends at 70; idle 70 − 62.
    # Rule B: begins 0, 12, 22, 34, 54, so waits 0, 12, 2, 4, 14 and ends at 62.
    p = {"place": "clinic", "gap": 10, "services": [12, 10, 9, 12, 20, 8], "absent": 2,
         "weight": 3}  # fmt: skip
    right = exercises.appointment_rule.solve(Numbers(p))
    assert right == {"wait_a": approx(16), "idle_a": approx(8), "over_a": approx(10),
                     "wait_b": approx(32), "idle_b": approx(0), "better": "b"}  # fmt: skip
    # 16 + 8 against 32 with the weight 1.
    assert exercises.appointment_rule.solve(Numbers({**p, "weight": 1}))["better"] == "a"


def test_the_propositions_are_those_of_the_audit_and_each_measure_stands_once() -> None:
    assert list(PROPOSITIONS) == list(MAISTER.names) == list(MEASURES)
    texts = [text for pool in MEASURES.values() for text in pool]
    texts += [*MISLEADING, *CAUTIOUS, *DISTRACTING, *OPEN]
    assert len(texts) == len(set(texts)) == 8 * 5 + 17
    assert all(text.endswith(".") for text in texts)


def test_one_row_is_enough_to_know_a_confusion_of_propositions() -> None:
    variant = next(v for v in dealt(exercises.waiting_principles)
                   if {"explained", "together"} <= {name for name, _ in v.p.cases})  # fmt: skip
    given = {row: dict(cells) for row, cells in variant.right["follows"].items()}
    names = {cells["proposition"]: row for row, cells in given.items()}
    given[names["explained"]]["proposition"] = "certain"  # a reason taken for a time
    given[names["together"]]["proposition"] = "calm"  # and a mistake that nobody has thought of
    said = check(variant, {"follows": given}).fields["follows"]
    assert said.misconceptions == ("reason_for_time",)
    assert said.share == pytest.approx(3 / 5)


def approx(value: float) -> Any:
    return pytest.approx(value, rel=1e-9)
