"""The numbers in the prose of chapter 2, against the models: goals, ideas, growth and the frame."""

from __future__ import annotations

import re
from itertools import pairwise, product

from asked import ask, figure
from prose import Prose, control, in_words, percent, prose, ran

from svclab.catalogue import CHAPTERS
from svclab.practice.session import HONEST_TRIES
from svclab.strategy import balance, positions
from svclab.words import number

GOALS = "Goals that agree, ideas that fit"
GROWTH = "How fast may it grow?"
TEACHER = "For the instructor"
HOUR = 45  # minutes of a class hour
NUMBER = {one.package: one.number for one in CHAPTERS}
(CHAPTER,) = (one for one in CHAPTERS if one.package == "strategy")


def section(title: str) -> Prose:
    return prose("strategy").section(title)


# The frame


def test_the_class_hours_and_the_tries_are_those_of_the_course() -> None:
    said = f"{CHAPTER.hours} class hours: {CHAPTER.hours * HOUR} minutes in class"
    prose("strategy").says(said)
    section("Your own numbers").says(
        f"after a right answer or after {in_words(HONEST_TRIES)} tries"
    )


def test_other_chapters_are_named_by_their_numbers() -> None:
    section(GOALS).says(f"It is the knapsack of chapter {NUMBER['decisions']}")
    queue = f"you will meet the formula in chapter {NUMBER['capacity']}."
    section("What a kiosk does to the queue").says(queue)


def test_the_instructors_timing_fills_each_hour() -> None:
    section(TEACHER).says(f"{in_words(CHAPTER.hours)} class hours of {HOUR} minutes")
    (timing,) = (
        passage.text
        for passage in section(TEACHER).passages
        if passage.text.startswith(TEACHER) or "Hour 1:" in passage.text
    )
    hours = re.findall(r"Hour \d: (.+?\.)", timing)
    assert len(hours) == CHAPTER.hours
    for hour in hours:
        minutes = re.findall(r"\((?:[^()]*?, )?(\d+)(?: minutes)?(?:, below)?\)", hour)
        assert sum(map(int, minutes)) == HOUR


# Goals that agree, ideas that fit


def test_everything_is_covered_and_some_entries_are_below_zero() -> None:
    found = positions.ktv_case().alignment
    assert found.coverage == 1
    below = in_words(len(found.conflicts))
    section(GOALS).says(f"Everything is covered, and {below} entries are below zero.")
    ready = found.matrix["room ready in 5 minutes"]
    assert ready["return visits"] > 0 > ready["margin"]
    section(GOALS).says('"Room ready in 5 minutes" helps return visits and costs margin.')


def test_the_quick_rule_leaves_money_over() -> None:
    budget = control("strategy.ideas_budget", "budget")["default"]
    rule, best = (
        find(budget=budget) for find in (balance.portfolio_by_ratio, balance.innovation_portfolio)
    )
    assert rule.worth < best.worth
    assert rule.cost < best.cost <= budget
    section(GOALS).says("fills up with good small ideas and leaves money over")
    section(GOALS).says(f"The course names {in_words(len(balance.ROUTES))} routes to new services")
    ideas = in_words(len(balance.EXAMPLE_IDEAS))
    section(GOALS).says(f"of the {ideas} ideas are from the plan")


def test_each_cap_has_its_price() -> None:
    tried = [("none", 0), ("r1", 21), ("r1", 9), ("r2", 19)]
    best = [
        figure(ask("strategy.ideas_budget", show="best", capped=route, cap=cap), "best")
        for route, cap in tried
    ]
    assert best[0] > best[1] > best[2]
    assert best[0] > best[3]
    routes = {
        one["value"]: one["label"] for one in control("strategy.ideas_budget", "capped")["options"]
    }
    section(GOALS).says(
        f"cap *{routes['r1']}* at {tried[1][1]}, then at {tried[2][1]}. Then cap "
        f"{routes['r2']} at {tried[3][1]} instead."
    )


# How fast may it grow?


def test_the_counts_of_ningbo_are_those_of_the_table() -> None:
    found = balance.ningbo_account()
    first, *_, last = found.enrolled.values()
    text = section(GROWTH)
    text.says(
        f"Enrolment grew from {number(first)} to more than {number(last // 1000 * 1000)} a year"
    )
    text.says(f"And {number(found.missing)} people are missing")
    both = f"{percent(found.missing_share, 1)} or {percent(found.missing_of_stock, 1)}"
    text.says(f"Is it {both}? Both are right")


def test_half_a_years_training_helps_more_than_a_full_budget() -> None:
    money, years = (control("strategy.scale_and_quality", name) for name in ("hiring", "delay"))
    text = section(GROWTH)
    full, half = money["high"], years["low"]
    assert half == 0.5
    text.says(
        f"raise *Teachers the budget allows* from {percent(money['default'] / 100)} to "
        f"{percent(full / 100)}. Then set it back, and cut the *Years to find and train a teacher* "
        f"from {number(years['default'])} to half a year. Which helps more? The delay does."
    )
    now, paid, soon = (
        figure(ask("strategy.scale_and_quality", **given), "lost") / 100
        for given in ({}, {"hiring": full}, {"delay": half})
    )
    assert now > paid > soon
    growth = control("strategy.scale_and_quality", "growth")["default"]
    section(TEACHER).says(
        f"Time: with {percent(growth / 100)} growth the share without a degree falls from "
        f"{percent(now)} to {percent(paid)} with all missing teachers paid, and to {percent(soon)} "
        f"with half a year instead of {in_words(round(years['default']))}."
    )


def test_ningbos_intake_fits_only_after_a_change_and_then_in_several_ways() -> None:
    def fits(**given: float) -> bool:
        seen = ask("strategy.scale_and_quality", school="counted", **given)["say"]
        return "comes near in all" in seen

    assert not fits()
    ways = product((50, 80, 100), (1, 2), (20, 30))
    assert sum(fits(hiring=h, delay=d, slope=s) for h, d, s in ways) > 1
    section(GROWTH).says("does not fit what was counted until you change something, and several")


def test_each_ten_points_of_growth_are_counted_over_ten_years() -> None:
    rows = balance.growth_sweep([0.0, 0.1, 0.2, 0.3], years=10)
    steps = {round(100 * (b["growth"] - a["growth"])) for a, b in pairwise(rows)}
    shown = "".join(
        f"{row['growth']:.0%} growth: {row['graduates per further student']:.0%}\n"
        for row in rows[1:]
    )
    assert ran("strategy").printed("balance.growth_sweep(") == shown
    points = in_words(steps.pop())
    section(GROWTH).says(
        f"because growth is {points} points higher, how many graduate within the ten"
    )
