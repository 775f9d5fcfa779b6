"""What the explorables about loops show, against recursions written out here and long runs."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from ends import document
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.explore import declaration
from svclab.introduction.explorables.what_flips import KEYS, moved_to
from svclab.introduction.loops import Spiral, SubSystems, change, models, spiral, steady


def shown(name: str, **setting: Any) -> dict[str, Any]:
    return document(f"introduction.{name}", **setting)["view"]


def figure(view: dict[str, Any], key: str) -> float:
    one = next(one for one in view["figures"] if one["key"] == key)
    return float(one["value"]) if one["value"] is not None else math.nan


def text(view: dict[str, Any], key: str) -> str:
    return next(str(one["text"]) for one in view["figures"] if one["key"] == key)


def charts(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in view["parts"] if part["kind"] == "chart"]


def line(chart: dict[str, Any], name: str, value: str) -> list[float]:
    return [row[value] for row in chart["data"]["rows"] if row.get("line", name) == name]


# The closed loop


@settings(max_examples=25)
@given(
    share=st.integers(0, 40).map(lambda k: 5.0 * k),
    delay=st.integers(0, 6),
    bias=st.integers(-10, 10),
    wear=st.integers(0, 10).map(lambda k: k / 2),
)
def test_the_run_is_that_of_the_equations(share: float, delay: int, bias: int, wear: float) -> None:
    view = shown("closed_loop", share=share, delay=delay, bias=bias, wear=wear)
    c = [60.0]
    for t in range(24):
        c.append(c[t] + share / 100 * (90 - c[max(t - delay, 0)] - bias) - wear)
    assert line(charts(view)[0], "capability", "points") == pytest.approx(c)
    rests = "nowhere" not in text(view, "rest")
    if rests:
        rest = 90 - bias - wear / (share / 100)
        assert figure(view, "rest") == pytest.approx(rest)
        side = 1 if rest >= 60 else -1
        over = max(0.0, *(side * (value - rest) for value in c))
        assert figure(view, "overshoot") == pytest.approx(over, abs=1e-9)
    else:
        assert view["warning"]


def levels(share: float, delay: int) -> list[float]:
    c = [60.0]
    for t in range(900):
        c.append(c[t] + share * (90 - c[max(t - delay, 0)]))
    return c


@pytest.mark.parametrize("delay", range(7))
def test_limits_split_shares_that_come_to_rest_or_overshoot_from_those_that_do_not(
    delay: int,
) -> None:
    view = shown("closed_loop", delay=delay)
    stable, smooth = figure(view, "stable") / 100, figure(view, "smooth") / 100
    # The figures are rounded to a tenth of a percent; five percent on either side must show.
    assert abs(levels(0.95 * stable, delay)[-1] - 90) < 1
    assert abs(levels(1.05 * stable, delay)[-1] - 90) > 30
    assert max(levels(0.95 * smooth, delay)) <= 90
    assert max(levels(1.05 * smooth, delay)) > 90


def test_the_guess_is_answered_by_the_highest_point_of_the_first_loop() -> None:
    top = max(line(charts(shown("closed_loop"))[0], "capability", "points"))
    assert f"it gets to {top} points" in shown("closed_loop", guess=75)["say"]
    marks = charts(shown("closed_loop", guess=110))[0]["data"]["marks"]
    assert any(mark["label"] == "your guess" and mark["y"] == 110 for mark in marks)


def test_other_errors_give_another_run_and_none_without_an_error() -> None:
    one, other = (shown("closed_loop", noise=3, seed=seed) for seed in (1, 2))
    assert charts(one)[0]["data"] != charts(other)[0]["data"]
    assert "swinging by" in one["say"]
    assert shown("closed_loop", seed=1) == shown("closed_loop", seed=2)


# Effort


def course(r: float, d: int, a: float, target: float, y: float) -> tuple[list[float], list[float]]:
    s, e = [60.0], [25.0]
    for t in range(40):
        e.append(min(max(e[t] + r * (target - s[max(t - d, 0)]), 0), 100))
        s.append(min(max(s[t] + a * (40 + y * e[t] - s[t]), 0), 100))
    return s, e


@pytest.mark.parametrize("reaction", [0.05, 0.3, 0.6, 1.5])
@pytest.mark.parametrize("delay", [0, 2, 6])
@pytest.mark.parametrize(("adapting", "effect"), [(50, 0.8), (100, 2), (5, 0.2)])
def test_effort_and_satisfaction_follow_their_equations(
    reaction: float, delay: int, adapting: float, effect: float
) -> None:
    view = shown("effort_loop", reaction=reaction, delay=delay, adapting=adapting, effect=effect)
    s, e = course(reaction, delay, adapting / 100, 80, effect)
    first, sweep = charts(view)
    assert line(first, "satisfaction", "points") == pytest.approx(s)
    assert line(first, "effort", "points") == pytest.approx(e)
    away = math.fsum(abs(x - 80) for x in s) / len(s)
    assert figure(view, "missed") == pytest.approx(away)
    twice = course(2 * reaction, delay, adapting / 100, 80, effect)[0]
    worse = math.fsum(abs(x - 80) for x in twice) / len(twice) > away
    assert ("further away" in view["say"]) is worse
    assert sweep["handles"][0]["y"] == pytest.approx(away)


def test_the_answer_about_reacting_twice_is_that_of_the_two_runs() -> None:
    once, twice = (math.fsum(abs(x - 80) for x in course(r, 2, 0.5, 80, 0.8)[0]) / 41
                   for r in (0.3, 0.6))  # fmt: skip
    assert twice > once
    assert "was right" in shown("effort_loop", guess="further")["say"]
    assert "was wrong" in shown("effort_loop", guess="nearer")["say"]


def test_a_target_out_of_reach_is_warned_of() -> None:
    assert "needs" in shown("effort_loop", target=95, effect=0.2)["warning"]


def test_links_are_delayed_where_the_setting_delays_them() -> None:
    for delay in (0, 3):
        [loop] = [p for p in shown("effort_loop", delay=delay)["parts"] if p["kind"] == "loops"]
        late = {(k["start"], k["end"]) for k in loop["links"] if k.get("delay")}
        assert (("satisfaction", "missing") in late) is bool(delay)
        assert [one["name"] for one in loop["loops"]] == ["B1"]


def test_the_guess_and_the_target_have_their_labels_at_the_right_end() -> None:
    for guess in (60, 86, 90, 94, 105):
        marks = charts(shown("closed_loop", guess=guess))[0]["data"]["marks"]
        assert {mark["at"] for mark in marks} == {"end"}
        labels = sorted(mark["label"] for mark in marks)
        near = abs(guess - 90) < 6
        assert labels == (["", "target and your guess"] if near else ["target", "your guess"])
        if near:
            assert max(marks, key=lambda mark: mark["y"])["label"] or guess == 90


def test_an_assumption_has_a_short_name_to_choose_and_its_meaning_in_the_sentence() -> None:
    for name, model in models().items():
        options = next(
            p for p in declaration("introduction.flips")["parameters"] if p["name"] == KEYS[name]
        )["options"]
        assert all(len(option["label"]) <= 14 for option in options)
        one = model.assumptions[-1]
        assert f"({one.meaning})" in shown("flips", model=name, **{KEYS[name]: one.name})["say"]


# The four sub-systems


def year(
    capacity: float,
    demand: float = 100,
    strain: float = 0.6,
    failure: float = 300,
    pull: float = 0.8,
    saving: float = 0,
    *,
    weeks: int = 52,
) -> list[tuple[float, float, float, float]]:
    """Load, quality, capacity and cost of a good job, week by week."""
    b, q_name, k, rows = 0.0, 0.9, capacity, []
    for _ in range(weeks):
        w = b + demand * max(0, 1 + pull * (q_name - 0.9))
        s, rho = min(w, k), w / k
        q = min(max(0.96 - strain * max(0, rho - 0.8), 0), 1)
        cost = 100 * k + failure * (1 - q) * s
        each = cost / (q * s) if q * s else math.inf
        rows.append((rho, q, k, each))
        b = w - s + 0.5 * (1 - q) * s
        q_name += 0.2 * (q - q_name)
        k = max(k * (1 - saving * min(max(0, each / 160 - 1), 1)), demand * 0.01)
    return rows


@pytest.mark.parametrize("capacity", [90, 104, 120, 150])
@pytest.mark.parametrize("more", [{}, {"strain": 20, "failure": 800}, {"pull": 3}, {"saving": 50}])
def test_the_year_is_that_of_the_equations(capacity: int, more: dict[str, float]) -> None:
    view = shown("sub_systems", capacity=capacity, **more)
    plain = {k: v / 100 if k in ("strain", "saving") else v for k, v in more.items()}
    rows = year(capacity, **plain)
    first = charts(view)[0]
    for name, at in (("load", 0), ("right the first time", 1)):
        assert line(first, name, "level") == pytest.approx([100 * row[at] for row in rows])
    assert line(first, "capacity left", "level") == pytest.approx(
        [100 * row[2] / capacity for row in rows]
    )
    assert figure(view, "right") == pytest.approx(100 * rows[-1][1], abs=0.06)


@pytest.mark.parametrize("more", [{}, {"failure": 800}, {"strain": 20}, {"demand": 80}])
def test_the_cheapest_capacity_is_that_of_long_runs(more: dict[str, float]) -> None:
    plain = {k: v / 100 if k == "strain" else v for k, v in more.items()}
    costs = {k: year(k, weeks=600, **plain)[-1][3] for k in range(80, 161, 2)}
    best = min(costs, key=lambda k: costs[k])
    assert text(shown("sub_systems", **more), "best") == f"{best} jobs"


def test_savings_add_a_reinforcing_loop_and_take_capacity() -> None:
    view = shown("sub_systems", capacity=110, saving=60, lit="saving")
    [loop] = [p for p in view["parts"] if p["kind"] == "loops"]
    assert {"haste makes work", "reputation", "savings"} <= {
        one.get("label") for one in loop["loops"]
    }
    lit = next(one for one in loop["loops"] if one["name"] == loop["lit"])
    assert lit["label"] == "savings"
    assert lit["name"].startswith("R")
    assert "savings have taken" in view["say"]
    light = shown("sub_systems", capacity=140, saving=10, strain=5, failure=800)
    assert "Savings have taken 8% of the capacity." in light["say"]
    plain = shown("sub_systems", lit="saving")
    assert next(p for p in plain["parts"] if p["kind"] == "loops")["lit"] is None


def test_where_savings_end_without_a_service_the_week_is_told() -> None:
    view = shown("sub_systems", capacity=108, saving=20)
    rows = year(108, saving=0.2)
    first = next(k for k, row in enumerate(rows) if all(q <= 0 for _, q, _, _ in rows[k:]))
    cut = round(100 * (1 - rows[first][2] / 108))
    assert f"From week {first + 1} on there is no service any more" in view["say"]
    assert f"savings have taken {cut}% of the capacity by then" in view["say"]
    assert text(view, "load") == "beyond all measure"
    assert text(view, "left") == "hardly any"
    assert "stop earlier" in view["warning"]
    # Without savings the same words would be wrong.
    assert "no service" not in shown("sub_systems", capacity=80, pull=0)["say"]


def test_a_growing_backlog_is_warned_of() -> None:
    assert "backlog grows" in shown("sub_systems", capacity=80, pull=0)["warning"]
    assert not shown("sub_systems", capacity=130)["warning"]


# The spiral


@settings(max_examples=40)
@given(
    start=st.integers(50, 150),
    sharing=st.integers(0, 40).map(lambda k: k / 20),
    push=st.integers(-20, 20).map(lambda k: k / 2),
    saturation=st.integers(1, 20).map(lambda k: k / 10),
)
def test_service_ends_where_a_long_run_ends(
    start: int, sharing: float, push: float, saturation: float
) -> None:
    setting = {"start": start, "sharing": sharing, "push": push, "saturation": saturation}
    view = shown("spiral", **setting)
    assert figure(view, "gain") == pytest.approx(2 * sharing, abs=0.005)
    model = Spiral(sharing=sharing, push=push / 100, saturation=saturation)
    x = (start - 100) / 100
    for _ in range(20_000):
        x = model.gain * x / (1 + model.curb * abs(x)) + model.push
    # At the tipping gain itself a shock heals as slowly as 1/n.
    close = 0.15 if abs(model.gain - 1) < 0.03 else 0.06
    assert figure(view, "end") == pytest.approx(100 * (1 + x), abs=close)


def test_the_four_levels_are_those_of_the_run_and_the_curve_is_its_next_round() -> None:
    run = spiral(Spiral(), start=-0.1, rounds=20)
    view = shown("spiral")
    first, second = charts(view)
    assert line(second, "profit", "level") == pytest.approx(
        [100 * (1 + one.profit) for one in run.rounds]
    )
    [handle] = first["handles"]
    assert handle["y"] == pytest.approx(100 * (1 + run.service[1]))


def test_the_spiral_tips_at_the_sharing_that_the_guess_asks_for() -> None:
    assert "that is at 0.5." in shown("spiral", guess=0.3)["say"]
    # A hair below it heals, a hair above it does not.
    assert "it heals" in shown("spiral", sharing=0.45)["say"]
    assert (
        "moves down to 96.1%, a little above it up to 103.9%"
        in shown("spiral", sharing=0.55)["say"]
    )


@pytest.mark.parametrize(
    ("sharing", "push"), [(0.55, 0), (0.6, 0), (0.8, 0), (0.8, 0.5), (0.8, -0.5), (1.5, 1)]
)
def test_service_goes_where_the_sentence_says_from_either_side(sharing: float, push: float) -> None:
    said = shown("spiral", sharing=sharing, push=push, start=60)["say"]
    tip, low, high = (float(x) for x in re.findall(r"([\d.]+)%", said.split("A little below")[1]))
    model = Spiral(sharing=sharing, push=push / 100)
    for start, end in ((tip - 0.5, low), (tip + 0.5, high), (low - 20, low), (high + 20, high)):
        level = spiral(model, start=start / 100 - 1, rounds=1000).service[-1]
        assert 100 * (1 + level) == pytest.approx(end, abs=0.06)


@pytest.mark.parametrize("push", [2.5, 3.0])
def test_a_push_above_the_limit_lifts_a_service_that_is_down(push: float) -> None:
    limit = figure(shown("spiral"), "push")
    assert limit == pytest.approx(2.51)
    assert (figure(shown("spiral", push=push, start=60), "end") > 100) is (push > limit)


# Assumptions


@pytest.mark.parametrize("model", KEYS)
@pytest.mark.parametrize("place", [0, 37, 100])
def test_flips_are_those_of_the_model_at_the_value_shown(model: str, place: int) -> None:
    for one in models()[model].assumptions:
        view = shown("flips", model=model, place=place, **{KEYS[model]: one.name})
        found = change(models()[model], **{one.name: moved_to(one, place)})
        verdicts = next(p for p in view["parts"] if "before and after" in p["title"])
        assert [row[2] == "holds" for row in verdicts["rows"]] == list(found.after.values())
        assert text(view, "flips") == f"{len(found.flipped)} of {len(found.before)}"
        assert all(f"“{name}”" in view["say"] for name in found.flipped)
        # The strip under the moved point says the same.
        at = 100 * (moved_to(one, place) - one.low) / (one.high - one.low)
        for row in charts(view)[0]["data"]["rows"]:
            if row["from"] <= at <= row["to"] and at not in (row["from"], row["to"]):
                assert (row["state"] == "holds") is found.after[row["conclusion"]]


@pytest.mark.parametrize("model", ["closed loop", "spiral", "performance"])
def test_a_conclusion_has_flipped_just_beyond_the_value_of_the_table(model: str) -> None:
    whole = models()[model]
    table = next(p for p in shown("flips", model=model)["parts"] if "How far" in p["title"])
    checked = 0
    for one, row in zip(whole.assumptions, table["rows"], strict=True):
        for conclusion, cell in zip(whole.conclusions, row[2:], strict=True):
            holds = conclusion.holds(whole.values())
            for way in cell.split(" or ") if cell != "–" else []:
                value = float(way.split()[-1].replace("−", "-").replace(",", ""))
                step = 0 if one.whole else 0.002 * max(1, abs(value))
                outward = value + step if way.startswith("up") else value - step
                outward = min(max(outward, one.low), one.high)
                moved = whole.values(**{one.name: round(outward) if one.whole else outward})
                assert conclusion.holds(moved) is not holds, (one.name, conclusion.name, way)
                checked += 1
    assert checked > 3


def test_only_the_target_never_flips_the_conclusion_asked_for() -> None:
    guess = declaration("introduction.flips")["guess"]
    right = [o["value"] for o in guess["options"]
             if "is right" in shown("flips", guess=o["value"])["say"]]  # fmt: skip
    assert right == ["target"]


def test_the_printed_equations_of_the_sub_systems_lead_to_the_cost_that_is_judged() -> None:
    model = models()["sub-systems"]
    lines = [one for line in model.equations for one in line.split("; ")]
    for capacity in (108.0, 120.0, 150.0):
        names = {**model.values(capacity=capacity), "min": min, "max": max,
                 "backlog_t": 0.0, "reputation_t": 0.9}  # fmt: skip
        for _ in range(2000):
            for text in lines:
                plain = text.replace("·", "*").replace("−", "-").removesuffix(", 0 to 1")
                plain = plain.replace("_(t+1)", "_next").replace("a good job costs", "each =")
                exec(plain, {}, names)
            names["backlog_t"] = names["backlog_next"]
            names["reputation_t"] = names["reputation_next"]
        found = steady(SubSystems(**model.values(capacity=capacity)))
        assert names["each"] == pytest.approx(found.cost_each)


def test_equations_are_printed_for_each_model() -> None:
    for name, model in models().items():
        [code] = [p for p in shown("flips", model=name)["parts"] if p["kind"] == "code"]
        assert code["text"].splitlines() == list(model.equations)
        assert "invented" in json.dumps(shown("flips", model=name))
