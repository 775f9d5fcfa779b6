"""The exercises on linear programs: their answers against HiGHS, and what they recognise."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from functools import cache
from typing import Any

import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.decisions import exercises
from svclab.decisions.exercises import extra_hours, read_reports
from svclab.decisions.exercises.small_models import SmallModel
from svclab.decisions.sensitivity import one_more, report, value_function
from svclab.linear import solve
from svclab.practice import ChoiceField, Draw, Exercise, NumberField, Variant, check, deal
from svclab.practice.apart import spellings
from svclab.practice.definition import Numbers

#: In the order of the chapter.
EXERCISES: list[Exercise] = [
    exercises.six_types,
    exercises.words_to_limits,
    exercises.best_corner,
    exercises.rounding,
    exercises.read_report,
    exercises.buy_hours,
    exercises.one_more_block,
    exercises.next_pivot,
    exercises.build_mix,
]
STUDENTS = [f"2026-{number:04d}" for number in range(100)]

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.short)


@cache
def dealt(exercise: Exercise) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS]


def numeric(variant: Variant) -> list[NumberField]:
    return [field for field in variant.fields if isinstance(field, NumberField)]


# What is asked.


@every_exercise
def test_names_are_those_of_the_module_and_all_are_exported(exercise: Exercise) -> None:
    assert getattr(exercises, exercise.short) is exercise
    assert exercise.short in exercises.__all__


@every_exercise
def test_at_least_a_fifth_of_all_draws_is_sound(exercise: Exercise) -> None:
    # Of 200 seeded draws: the same draws in every run, so no false alarm.
    draw = Draw(f"sound/{exercise.name}")
    sound = sum(bool(exercise.sound(Numbers(exercise.deal(draw)))) for _ in range(200))
    assert sound >= 0.2 * 200


@every_exercise
def test_the_question_says_what_is_invented_and_gives_terms_in_chinese(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        text = exercise.question(variant.p)
        assert "invented" in text
        assert re.search(r"[\u4e00-\u9fff]", text)


@every_exercise
def test_labels_and_sentences_are_plain_text(exercise: Exercise) -> None:
    texts = [one.sentence for one in exercise.misconceptions()]
    for field in deal(exercise, "2026-0417").fields:
        texts += [field.label, *getattr(field, "options", {}).values()]
    # Signs of a comparison stand in sentences about code.
    assert not [text for text in texts if re.search(r"[*`_|]|<(?!=)", text)]


@every_exercise
def test_no_choice_is_right_for_nearly_everybody(exercise: Exercise) -> None:
    right: dict[str, Counter[str]] = {}
    for variant in dealt(exercise):
        for field in variant.fields:
            if isinstance(field, ChoiceField):
                right.setdefault(field.name, Counter())[str(variant.right[field.name])] += 1
    for name, found in right.items():
        assert max(found.values()) <= 0.7 * len(STUDENTS), (name, found)


@every_exercise
def test_no_number_asked_for_stands_in_the_question_for_many(exercise: Exercise) -> None:
    seen: Counter[str] = Counter()
    for variant in dealt(exercise):
        text = exercise.question(variant.p).replace(",", "")
        numbers = {float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}
        for field in numeric(variant):
            right = float(variant.right[field.name])
            seen[field.name] += right > 10 and any(abs(n - right) < 1e-9 for n in numbers)
    assert {name: n for name, n in seen.items() if n > 0.12 * len(STUDENTS)} == {}


# What is recognised.


@every_exercise
def test_a_wrong_answer_is_never_called_right_but_rounded(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        named = {field.name: field for field in numeric(variant)}
        for one, values in variant.wrong:
            for name, value in values.items():
                if name not in named:
                    continue
                for text in spellings(value):
                    said = check(variant, {name: text}).fields[name]
                    assert said.status not in ("right", "rounded"), (variant.seed, one.name, text)


@every_exercise
def test_a_rounded_right_answer_is_not_told_a_misconception(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        for field in numeric(variant):
            for text in spellings(variant.right[field.name]):
                said = check(variant, {field.name: text}).fields[field.name]
                assert said.status in ("right", "rounded"), (variant.seed, field.name, text)
                assert said.misconceptions == (), (variant.seed, field.name, text)


@every_exercise
def test_two_misconceptions_are_two_thoughts(exercise: Exercise) -> None:
    together: Counter[tuple[str, str]] = Counter()
    alike: Counter[tuple[str, str]] = Counter()
    for variant in dealt(exercise):
        for i, (one, values) in enumerate(variant.wrong):
            for other, others in variant.wrong[i + 1 :]:
                pair = (one.name, other.name)
                together[pair] += 1
                alike[pair] += dict(values) == dict(others)
    assert [pair for pair, n in together.items() if alike[pair] > 0.4 * n] == []


# Against HiGHS.


def two_services(p: Any, *, whole: bool) -> pulp.LpProblem:
    problem = pulp.LpProblem("two", pulp.LpMaximize)
    kind = "Integer" if whole else "Continuous"
    x, y = (problem.add_variable(name, 0, cat=kind) for name in "xy")
    problem += p.profits[0] * x + p.profits[1] * y
    for k, (a, b, right) in enumerate(p.rows):
        problem += a * x + b * y <= right, f"row_{k}"
    return problem


def test_the_best_corner_is_that_of_highs() -> None:
    for variant in dealt(exercises.best_corner)[:30]:
        found = solve(two_services(variant.p, whole=False))
        assert found.objective == pytest.approx(variant.right["profit"])
        assert found.values == pytest.approx({"x": variant.right["x"], "y": variant.right["y"]})


def test_the_best_whole_plan_is_that_of_highs() -> None:
    for variant in dealt(exercises.rounding)[:15]:
        right = variant.right
        assert solve(two_services(variant.p, whole=False)).objective == pytest.approx(
            right["linear"]
        )
        assert solve(two_services(variant.p, whole=True)).values == {
            "x": right["x"], "y": right["y"],
        }  # fmt: skip


def test_hours_to_buy_are_those_of_a_model_that_buys_them() -> None:
    for variant in dealt(exercises.buy_hours)[:30]:
        p = variant.p
        now = solve(two_services(p, whole=False)).objective
        assert now is not None
        problem = pulp.LpProblem("buying", pulp.LpMaximize)
        x, y, bought = (problem.add_variable(name, 0) for name in ("x", "y", "bought"))
        problem += p.profits[0] * x + p.profits[1] * y - p.price * bought
        for k, (a, b, right) in enumerate(p.rows):
            problem += a * x + b * y <= right + (bought if k == 2 else 0)
        problem += bought <= p.offered
        found = solve(problem)
        assert found.objective == pytest.approx(now + variant.right["gain"])
        assert found.values["bought"] == pytest.approx(variant.right["hours"])


def test_the_worth_of_hours_is_the_value_function() -> None:
    for variant in dealt(exercises.buy_hours)[:10]:
        p, pieces = variant.p, extra_hours._pieces(variant.p)
        there = p.rows[2][2]
        curve = value_function(
            two_services(p, whole=False), "row_2", lower=there, upper=there + p.offered,
            whole=False,
        )  # fmt: skip
        assert curve.slopes == pytest.approx([float(worth) for _, _, worth in pieces])
        ends = [there, *(there + float(end) for _, end, _ in pieces)]
        assert [right for right, _ in curve.corners] == pytest.approx(ends)


def test_the_report_is_that_of_the_chapters_model() -> None:
    for variant in dealt(exercises.read_report)[:25]:
        found = read_reports._found(variant.p)
        _, names, limits = read_reports.PLACES[variant.p.place]
        made = report(read_reports._model(variant.p).problem(names, limits))
        assert repr(made) == repr(found)
        assert made.second is None


def test_dealing_needs_neither_pulp_nor_highs() -> None:
    """A variant is dealt on machines that have neither, such as the one that counts digests."""
    code = (
        "import sys; sys.modules['pulp'] = sys.modules['highspy'] = None\n"
        "from svclab.practice import deal, find\n"
        f"for name in {[one.name for one in EXERCISES]!r}:\n"
        "    one = deal(find(name), '2026-0417')\n"
        "    one.exercise.solution(one.p), one.exercise.question(one.p)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_a_block_is_worth_is_what_one_more_says() -> None:
    for variant in dealt(exercises.one_more_block)[:6]:
        p, right = variant.p, variant.right
        name = f"row_{p.moved}"
        one = one_more(two_services(p, whole=True), name)
        assert one.linear == pytest.approx(right["linear"])
        assert one.whole == pytest.approx(0)
        step = one_more(two_services(p, whole=True), name, by=right["blocks"])
        assert step.whole == pytest.approx(right["gain"])


def test_a_report_is_read_as_highs_solves_the_changed_problem() -> None:
    for variant in dealt(exercises.read_report)[:30]:
        p, right = variant.p, variant.right
        rows = tuple(((a, b, c), there) for a, b, c, there in p.rows)
        model = SmallModel(tuple(p.profits), rows, (0, 0, 0))
        found = solve(model.problem("abc", ("r0", "r1", "r2")))
        assert found.reduced_costs is not None
        out = min(found.reduced_costs.values())
        j = list(found.reduced_costs.values()).index(out)
        assert p.profits[j] - out == pytest.approx(right["enters"])


def test_the_next_tableau_is_a_better_corner() -> None:
    for variant in dealt(exercises.next_pivot)[:30]:
        rows = tuple(((a, b, c), there) for a, b, c, there in variant.p.rows)
        best, _ = SmallModel(tuple(variant.p.cost), rows, (0, 0, 0)).best_corners()
        assert 0 < variant.right["z"] <= best + 1e-9


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(8, 40)), min_size=1,
             max_size=4),
    st.tuples(st.integers(-3, 9), st.integers(-3, 9)),
    st.tuples(st.integers(0, 1), st.integers(0, 1)),
    st.booleans(),
)  # fmt: skip
def test_a_small_model_is_solved_as_highs_does(
    rows: list[tuple[int, int, int]], cost: tuple[int, int], lower: tuple[int, int], most: bool
) -> None:
    small = SmallModel(cost, tuple(((a, b), there) for a, b, there in rows), lower, most)
    names = [f"r{k}" for k in range(len(rows))]
    linear = solve(small.problem("xy", names))
    if linear.objective is None:
        assert small.corners() == []
        assert small.best_whole() is None
        return
    assert float(small.best_corners()[0]) == pytest.approx(linear.objective)
    whole = small.problem("xy", names)
    for variable in whole.variables():
        variable.cat = "Integer"
    found, plans = solve(whole), small.best_whole()
    assert plans is not None
    assert found.objective == pytest.approx(plans[0])
    assert all(small.value(plan) == plans[0] for plan in plans[1])
    assert sorted(small.whole_plans()) == [
        (x, y) for x in range(41) for y in range(41) if small.value((x, y)) is not None
    ]
