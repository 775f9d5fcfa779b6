"""The exercises on loops: their answers by simulation, by the explorable's model, or by hand."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from dealt import dealt

from svclab.introduction import exercises
from svclab.introduction.loops import (
    ClosedLoop,
    EffortLoop,
    Performance,
    Spiral,
    SubSystems,
    closed_loop,
    effort_loop,
    performance,
    spiral,
    sub_systems,
)
from svclab.practice import check


def numbers(text: str) -> list[float]:
    return [float(x.replace(",", "")) for x in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def test_the_way_is_that_of_a_long_run_of_the_printed_loop() -> None:
    one = exercises.closed_cycles
    seen: Counter[str] = Counter()
    for variant in dealt(one, 60):
        facts = re.findall(r"^- (.*)$", one.question(variant.p), re.M)
        start, target = numbers(facts[0])[1:]
        bias = numbers(facts[1])[0]
        share, wear = numbers(facts[2])
        run = closed_loop(ClosedLoop(share / 100, 1, target, start, bias, 0, wear), cycles=300)
        rest, way = variant.right["rest"], variant.right["way"]
        assert run.capability[3] == pytest.approx(variant.right["third"])
        if way == "swings ever wider":
            assert abs(run.capability[-1] - rest) > 1000
        else:
            assert run.capability[-1] == pytest.approx(rest)
            over = max(run.capability) - rest
            assert (over > 1e-6) == (way == "swings and settles")
        seen[way] += 1
    assert min(seen.values()) >= 5
    assert len(seen) == 3


def test_shares_at_the_limits_do_what_the_board_wants_and_a_little_more_does_not() -> None:
    one = exercises.right_share
    for variant in dealt(one, 20):
        p, right = variant.p, variant.right
        least, late = right["least"] / 100, right["exact"] / 100
        for k, short in ((least, p.short), (1.1 * least, p.short / 1.1)):
            rest = closed_loop(
                ClosedLoop(share=k, delay=0, target=90, wear=p.wear), cycles=400
            ).capability[-1]
            assert 90 - rest == pytest.approx(short, abs=0.05)
        over = [
            closed_loop(ClosedLoop(share=k, delay=p.delay, wear=0), cycles=400).overshoot
            for k in (0.99 * late, 1.2 * late)
        ]
        assert over[0] < 1e-9 < over[1]


def test_the_quick_share_passes_on_as_much_error_as_the_board_allows() -> None:
    # 6 runs of 400 cycles with fixed seeds: the ratio of the two deviations stays within a quarter.
    for variant in dealt(exercises.right_share, 6):
        p = variant.p
        k = variant.right["quick"] / 100
        spreads = []
        for seed in range(20):
            loop = ClosedLoop(share=k, delay=0, target=90, start=90, noise=p.sigma)
            run = closed_loop(loop, cycles=400, seed=seed).capability[150:]
            spreads.append(math.fsum((x - 90) ** 2 for x in run) / len(run))
        assert math.sqrt(sum(spreads) / 20) == pytest.approx(p.spread, rel=0.25)


def test_each_report_is_the_right_one_for_somebody() -> None:
    seen = Counter(variant.right["report"] for variant in dealt(exercises.right_share, 60))
    assert set(seen) == {"quick", "exact", "both", "none"}


def test_attention_comes_to_rest_up_to_the_values_of_the_sentences_and_not_beyond() -> None:
    one = exercises.which_flips
    seen: Counter[str] = Counter()
    for variant in dealt(one, 24):
        p, right = variant.p, variant.right
        survey, reacts, works = re.findall(r"^- (.*)$", one.question(p), re.M)
        delay, oldest = map(int, numbers(survey))
        reaction, strongest = numbers(reacts)
        [effect] = numbers(works)[-1:]

        def rests(d: int, r: float, p: Any = p, effect: float = effect) -> bool:
            # A small disturbance, far from the limits of effort, dies away or does not.
            loop = EffortLoop(reaction=r, delay=d, adapting=p.adapting, effect=effect, target=70,
                              satisfaction=70.5, effort=30 / effect)  # fmt: skip
            run = effort_loop(loop, periods=1500)
            return max(abs(x - 70) for x in run.satisfaction[-100:]) < 0.1

        assert reaction * effect == pytest.approx(right["strength"])
        assert rests(delay, 0.97 * right["reaction"])
        assert not rests(delay, 1.03 * right["reaction"])
        assert rests(right["age"], reaction)
        assert not rests(right["age"] + 1, reaction)
        states = (rests(oldest, reaction), rests(delay, strongest))
        assert states == {"age": (False, True), "reaction": (True, False), "both": (False, False),
                          "none": (True, True)}[right["sentence"]]  # fmt: skip
        seen[right["sentence"]] += 1
    assert len(seen) == 4


def test_the_spiral_ends_where_the_printed_gains_lead() -> None:
    one = exercises.turning_point
    for variant in dealt(one, 30):
        text = one.question(variant.p)
        gains = [numbers(line)[1] for line in re.findall(r"^- (.*)$", text, re.M)]
        [curb] = map(float, re.findall(r"C = ([\d.]+) ×", text))
        [push] = map(float, re.findall(r"this adds ([\d.]+)%", text))
        reputation, leverage, sharing, care = gains
        model = Spiral(reputation, leverage, sharing, care, curb)
        assert math.prod(gains) == pytest.approx(variant.right["gain"])
        end = spiral(model, start=-0.03, rounds=900).service[-1]
        assert 100 * (1 + end) == pytest.approx(variant.right["low"])
        pushed = spiral(replace(model, push=push / 100), start=end, rounds=900).service[-1]
        assert (pushed > 0) == (variant.right["back"] == "yes")


def test_just_below_the_turning_point_a_fall_heals_and_just_above_it_grows() -> None:
    for variant in dealt(exercises.turning_point, 20):
        p = variant.p
        for times, heals in ((0.9, True), (1.1, False)):
            sharing = times * variant.right["sharing"]
            model = Spiral(p.reputation, p.leverage, sharing, p.care, p.saturation)
            service = spiral(model, start=-0.001, rounds=300).service[-1]
            assert (abs(service) < 1e-4) == heals


def test_the_plan_holds_or_fails_as_the_simulated_customers_say() -> None:
    one = exercises.rests_on
    names = ("satisfaction", "high", "recommend", "advertised")
    for variant in dealt(one, 30):
        p = variant.p
        found = re.search(r"at least (.*?) a month", one.question(p))
        assert found
        goal = numbers(found[1])[0]

        def reached(p: Any = p, goal: float = goal, **other: float) -> bool:
            use = {**{name: getattr(p, name) for name in names}, **other}
            chain = Performance(
                use["satisfaction"] / 100, p.low / 100, use["high"] / 100, 1,
                use["recommend"] / 100, use["advertised"], p.now,
            )  # fmt: skip
            return performance(chain, periods=900).customers[-1] >= goal

        holds = variant.right["holds"] == "yes"
        assert reached() == holds
        flip = variant.right["flip"]
        assert not reached(satisfaction=flip - 0.3)
        assert reached(satisfaction=flip + 0.3)
        for name, width in zip(names, p.widths, strict=True):
            ends = [reached(**{name: getattr(p, name) + side * width}) for side in (-1, 1)]
            assert (ends != [holds, holds]) == (name in variant.right["movers"])


def test_the_cut_costs_what_a_year_of_the_four_sub_systems_costs() -> None:
    one = exercises.cut_capacity
    for variant in dealt(one, 30):
        p = variant.p
        for key, times in (("now", 1.0), ("cut", 0.9)):
            system = SubSystems(
                demand=p.demand, capacity=times * p.capacity, pull=0, top=p.top / 100,
                strain=p.strain / 100, calm=p.calm / 100, rework=0, capacity_cost=p.pay,
                failure_cost=p.failure,
            )  # fmt: skip
            assert sub_systems(system, weeks=52).cost_each == pytest.approx(variant.right[key])


def test_a_mistake_a_little_cheaper_or_dearer_than_the_flip_turns_the_saving_round() -> None:
    for variant in dealt(exercises.cut_capacity, 30):
        p = variant.p
        for failure, saves in ((0.98, True), (1.02, False)):
            each = [
                sub_systems(
                    SubSystems(
                        demand=p.demand, capacity=times * p.capacity, pull=0, top=p.top / 100,
                        strain=p.strain / 100, calm=p.calm / 100, rework=0, capacity_cost=p.pay,
                        failure_cost=failure * variant.right["flip"],
                    ),
                    weeks=1,
                ).cost_each
                for times in (1.0, 0.9)
            ]  # fmt: skip
            assert (each[1] < each[0]) == saves


def test_a_guess_that_does_not_matter_is_told_from_one_that_does() -> None:
    seen = Counter(variant.right["holds"] for variant in dealt(exercises.cut_capacity, 60))
    assert set(seen) == {"all", "mild", "none"}


@pytest.mark.parametrize(
    ("name", "thought"),
    [("closed_cycles", "no_delay"), ("right_share", "one_error"),
     ("which_flips", "multiplied"), ("turning_point", "added"), ("cut_capacity", "no_mistakes")],
)  # fmt: skip
def test_a_usual_mistake_typed_with_two_decimals_is_named(name: str, thought: str) -> None:
    one = getattr(exercises, name)
    for variant in dealt(one, 20):
        [wrong] = [values for m, values in variant.wrong if m.name == thought]
        typed = {key: f"{value:.2f}" for key, value in wrong.items()}
        assert thought in check(variant, typed).misconceptions, variant.seed


def test_swings_seen_where_there_are_none_get_a_word() -> None:
    one = exercises.closed_cycles
    seen = set()
    for variant in dealt(one, 60):
        right = variant.right["way"]
        for way in {"smooth", "swings and settles", "swings ever wider"} - {right}:
            said = check(variant, {"way": way}).fields["way"]
            if (right, way) != ("swings ever wider", "smooth"):
                assert said.status == "misconception", (right, way)
                seen.add((right, way))
    assert len(seen) == 5
