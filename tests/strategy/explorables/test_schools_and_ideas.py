"""Scale against quality, and a budget for ideas, against runs and choices written out here."""

from __future__ import annotations

import math
from itertools import combinations
from random import Random
from typing import Any

import pytest
from asked import ask, figure, series, text

from svclab.explore import declaration
from svclab.strategy.balance import (
    EXAMPLE_IDEAS,
    ROUTES,
    Growth,
    Idea,
    best_growth,
    grow,
    innovation_portfolio,
    ningbo_growth,
)
from svclab.strategy.explorables.schools import best_percent
from svclab.strategy.explorables.subsets import best_at, frontier

SCHOOL = "strategy.scale_and_quality"
IDEAS = "strategy.ideas_budget"


def school(seed: int) -> dict[str, Any]:
    draw = Random(f"schools/{seed}")
    return {
        "growth": draw.randint(-10, 40), "hiring": 5 * draw.randint(0, 20),
        "delay": draw.randint(1, 10) / 2, "slope": 5 * draw.randint(0, 12),
        "word": 5 * draw.randint(0, 20), "limit": draw.randint(17, 60),
    }  # fmt: skip


def lost_by_hand(given: dict[str, Any], growth: float) -> tuple[float, float]:
    """Graduates and drop-outs in ten years: the equations once more, fifty steps a year."""
    students, teachers, believed, dt = 9000.0, 300.0, 1.0, 0.02
    out, lost = [], []
    for step in range(500):
        load = students / (30 * teachers)
        planned = 3000 * (1 + growth) ** (step * dt)
        intake = planned * (1 - given["word"] / 100 * (1 - believed))
        drop = min(0.9, 0.05 + given["slope"] / 100 * max(0.0, load - 1))
        out.append(0.25 * students * dt)
        lost.append(drop * students * dt)
        missing = max(0.0, students / 30 - teachers)
        students += (intake - (0.25 + drop) * students) * dt
        teachers += given["hiring"] / 100 * missing / given["delay"] * dt
        believed += (min(1.0, 1 / load) - believed) / 2 * dt
    return math.fsum(out), math.fsum(lost)


@pytest.mark.parametrize("seed", range(8))
def test_graduates_and_loss_are_the_equations_run_once_more(seed: int) -> None:
    given = school(seed)
    view = ask(SCHOOL, **given)
    out, lost = lost_by_hand(given, given["growth"] / 100)
    assert figure(view, "graduates") == pytest.approx(out, rel=1e-6)
    assert figure(view, "lost") == pytest.approx(100 * lost / (out + lost), abs=0.051)
    (handle,) = view["parts"][1]["handles"]
    assert handle["y"] == pytest.approx(100 * lost / (out + lost), abs=1e-3)


@pytest.mark.parametrize("seed", range(6))
def test_the_fastest_growth_is_that_of_all_whole_percents(seed: int) -> None:
    given = school(seed)
    terms = Growth(
        growth=0.0, hiring=given["hiring"] / 100, delay=given["delay"],
        slope=given["slope"] / 100, word_of_mouth=given["word"] / 100,
    )  # fmt: skip
    every = [k / 100 for k in range(41)]
    for limit in (0.17, 0.22, 0.3, 0.45):
        slow = best_growth(every, terms, years=10, most_lost=limit)
        assert best_percent(terms, limit) == slow


def test_the_question_states_what_the_picture_shows() -> None:
    for growth, lost in ((0, 18), (10, 28)):
        assert round(figure(ask(SCHOOL, growth=growth), "lost") - 0.05) == lost
    assert "it is 45%" in ask(SCHOOL, guess=30)["say"]


def test_the_table_says_what_each_further_student_brings() -> None:
    table = ask(SCHOOL)["parts"][4]
    runs = [grow(growth=growth) for growth in (0.05, 0.1)]
    more = (runs[1].graduates - runs[0].graduates) / (runs[1].intake - runs[0].intake)
    assert table["rows"][2][5] == f"{more:.2f}"


@pytest.mark.parametrize(("hiring", "delay"), [(80, 1), (50, 2), (0, 5)])
def test_with_ningbos_intake_the_run_stands_beside_what_was_counted(
    hiring: float, delay: float
) -> None:
    view = ask(SCHOOL, school="counted", hiring=hiring, delay=delay)
    run = ningbo_growth(hiring=hiring / 100, delay=delay)
    by_hand = {
        "graduates": (9650, run.graduates),
        "left without a degree": (44242 - 9650 - 24625, run.dropouts),
        "students at the end": (24625, run.years[-1].students),
    }
    for row in view["parts"][2]["rows"]:
        count, model = by_hand[row[0]]
        assert (row[1], row[2]) == (f"{count:,}", f"{model:,.0f}")
        off = figure(view, row[0].replace(" ", "_"))
        assert off == pytest.approx(100 * (model / count - 1), abs=0.051)
    near = all(abs(model / count - 1) <= 0.05 for count, model in by_hand.values())
    assert ("That is no proof" in view["say"]) == near == (hiring == 80)
    (handle,) = view["parts"][1]["handles"]
    assert (handle["parameter"], handle["x"]) == ("hiring", hiring)
    intake = series(view["parts"][0], "line", "intake")
    assert math.fsum(row["people"] for row in intake) == 44242


def test_the_loops_are_a_balancing_and_two_that_the_reader_lights_up() -> None:
    for lit, members in (
        ("teachers", ["missing", "teachers"]),
        ("relief", ["students", "load", "lost"]),
        ("name", ["intake", "students", "load", "quality", "belief"]),
    ):
        picture = ask(SCHOOL, lit=lit)["parts"][2]
        (loop,) = [o for o in picture["loops"] if o["name"] == picture["lit"]]
        assert loop["members"] == members
        assert loop["name"].startswith("B")
    assert ask(SCHOOL, lit="none")["parts"][2]["lit"] is None
    counted = ask(SCHOOL, lit="name", school="counted")["parts"][3]
    assert counted["lit"] is None
    assert all(link["end"] != "intake" for link in counted["links"])


def test_stocks_begin_where_the_school_begins() -> None:
    chart = ask(SCHOOL)["parts"][0]
    for name in ("students", "places with a teacher"):
        assert series(chart, "stock", name)[0]["people"] == 9000


def ideas(seed: int) -> list[Idea]:
    draw = Random(f"ideas/{seed}")
    return [
        Idea(one.name, one.route, draw.randint(0, 100), draw.randint(1, 40),
             draw.randint(0, 20) / 20)
        for one in EXAMPLE_IDEAS
    ]  # fmt: skip


def best_by_hand(known: list[Idea], budget: float, caps: dict[str, float]) -> float:
    """The best of all subsets, one by one."""
    best = 0.0
    for size in range(len(known) + 1):
        for some in combinations(known, size):
            routes = {r: math.fsum(i.cost for i in some if i.route == r) for r in caps}
            if math.fsum(i.cost for i in some) <= budget + 1e-9 and all(
                routes[r] <= caps[r] + 1e-9 for r in caps
            ):
                best = max(best, math.fsum(i.worth for i in some))
    return best


@pytest.mark.parametrize("seed", range(4))
def test_the_frontier_has_the_best_of_all_subsets(seed: int) -> None:
    known = ideas(seed)
    for caps in ({}, {ROUTES[seed]: 25.0}):
        steps = frontier(known, caps)
        for budget in (0, 13, 40, 77, 160):
            found = best_at(steps, budget)
            assert found.worth == pytest.approx(best_by_hand(known, budget, caps))
            taken = [one for one in known if one.name in found.taken]
            assert math.fsum(one.worth for one in taken) == pytest.approx(found.worth)
            assert math.fsum(one.cost for one in taken) == pytest.approx(found.cost)


@pytest.mark.parametrize("budget", [25, 60, 100])
def test_the_best_is_that_of_the_integer_program(budget: float) -> None:
    for capped, cap in (("none", 30), ("r2", 20)):
        view = ask(IDEAS, budget=budget, show="best", capped=capped, cap=cap)
        caps = {} if capped == "none" else {"technology": cap}
        solved = innovation_portfolio(budget=budget, caps=caps)
        assert figure(view, "best") == pytest.approx(solved.worth)


def placed(*now: str) -> list[dict[str, Any]]:
    (table,) = [p for p in declaration(IDEAS)["parameters"] if p["name"] == "places"]
    return [{**row, "place": "now" if row["idea"] in now else "later"} for row in table["default"]]


def test_ones_own_choice_is_added_up_and_what_still_fits_is_named() -> None:
    view = ask(IDEAS, places=placed("playlists by taste", "room ready in five minutes"), budget=58)
    assert (text(view, "cost"), text(view, "left"), text(view, "worth")) == ("50", "8", "77")
    view = ask(IDEAS, places=placed("playlists by taste", "room ready in five minutes"), budget=54)
    assert "room for prize for the idea of the month." in view["say"]
    assert "the best" not in view["say"].lower()


def test_a_choice_over_its_budget_or_cap_has_a_warning_that_names_both() -> None:
    given = placed("playlists by taste", "self-checkout")
    view = ask(IDEAS, places=given, budget=60, capped="r2", cap=30)
    assert "breaks the budget and the cap on technology" in view["warning"]
    assert "Spent" in view["parts"][0]["row_totals"]["label"]
    assert view["parts"][0]["row_totals"]["values"][2] == "65 of 30"


def test_the_quick_rule_loses_at_some_budget_and_the_sentence_says_how_much_is_missing() -> None:
    view = ask(IDEAS, budget=40, show="best")
    rule, best = figure(view, "rule"), figure(view, "best")
    assert best > rule
    gap = best - figure(view, "worth")
    assert f"{gap:g} more than yours" in view["say"]


def test_the_next_step_of_the_budget_is_worth_what_it_says() -> None:
    view = ask(IDEAS, budget=60, show="best")
    more, _, worth = text(view, "next").split()
    after = ask(IDEAS, budget=60 + float(more), show="best")
    assert figure(after, "best") - figure(view, "best") == pytest.approx(float(worth), abs=0.006)
    less = ask(IDEAS, budget=60 + float(more) - 1, show="best")
    assert figure(less, "best") == pytest.approx(figure(view, "best"))


def test_the_bars_add_up_to_what_each_choice_costs() -> None:
    view = ask(IDEAS, show="best", budget=60)
    best = innovation_portfolio(budget=60)
    for bar, cost in (("yours", 33), ("best", best.cost)):
        parts = series(view["parts"][1], "bar", bar)
        assert math.fsum(row["size"] for row in parts) == pytest.approx(cost)


@pytest.mark.parametrize("seed", range(3))
def test_numbers_that_are_changed_are_those_of_the_choice(seed: int) -> None:
    known = ideas(seed)
    rows = [
        {"idea": i.name, "value": i.value, "cost": i.cost, "chance": round(100 * i.chance)}
        for i in known
    ]
    now = [one for one in known if one.route == "technology"]
    view = ask(IDEAS, ideas=rows, places=placed(*(one.name for one in now)), show="best")
    assert figure(view, "cost") == pytest.approx(math.fsum(one.cost for one in now))
    assert figure(view, "worth") == pytest.approx(math.fsum(one.worth for one in now))
    assert figure(view, "best") == pytest.approx(best_by_hand(known, 60, {}))


def test_every_idea_can_be_moved_along_its_route_only() -> None:
    board = ask(IDEAS)["parts"][0]
    assert len(board["items"]) == len(EXAMPLE_IDEAS)
    for k, (item, one) in enumerate(zip(board["items"], EXAMPLE_IDEAS, strict=True)):
        assert item["row"] == one.route
        assert item["move"] == {"parameter": "places", "row": k, "across": "place", "down": ""}
