"""The same numbers for the same student, everywhere; other numbers for others."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from svclab.practice import Draw, Exercise, class_of, deal, digest, normal_id
from svclab.practice.apart import apart
from svclab.practice.variants import who


def test_equal_ids_give_equal_numbers_however_they_are_typed(made_up: ModuleType) -> None:
    one = deal(made_up.desk, "s2026-0417")
    for typed in (" S2026-0417 ", "ｓ２０２６－０４１７", "s2026 -0417"):
        assert deal(made_up.desk, typed).parameters == one.parameters


def test_other_students_versions_and_draws_have_other_numbers(made_up: ModuleType) -> None:
    keys = {deal(made_up.desk, f"{n}").key for n in range(50)}
    keys |= {deal(made_up.desk, None, n).key for n in range(1, 51)}
    # 93,024 variants are possible; 100 of them differ all with a probability of 95%, and
    # this seed is fixed.
    assert len(keys) >= 98
    assert deal(made_up.older[0], "1").parameters != deal(made_up.desk, "1").parameters


@pytest.mark.parametrize("bad", ["", "  ", "~3", "a/b", "x" * 41, "a\x00b"])
def test_what_cannot_be_a_student_number_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="student number"):
        normal_id(bad)


@pytest.mark.parametrize("bad", [0, -1, True, 2**31])
def test_practice_draws_are_numbered_from_one(bad: Any) -> None:
    with pytest.raises(ValueError, match="numbered from 1"):
        who(None, bad)


def test_a_variant_in_which_a_wrong_thought_is_right_is_never_dealt(
    made_up: ModuleType,
) -> None:
    """The mean of two capacities is the smallest one only where both are equal."""

    class Pair(type(made_up.desk)):  # type: ignore[misc]
        def deal(self, draw: Draw) -> dict[str, Any]:
            return {"seconds": draw.integers(2, 20, 40, 20)}

    assert all(len(set(deal(Pair(), f"{n}").p.seconds)) == 2 for n in range(40))


def test_an_earlier_version_can_leave_out_a_mistake_that_was_not_known_then(
    made_up: ModuleType,
) -> None:
    class Earlier(type(made_up.desk)):  # type: ignore[misc]
        mean = None

    known = [one.name for one in made_up.desk.misconceptions()]
    assert [one.name for one in Earlier().misconceptions()] == [n for n in known if n != "mean"]


def test_a_variant_says_how_often_was_dealt(made_up: ModuleType) -> None:
    class Even(type(made_up.desk)):  # type: ignore[misc]
        def sound(self, p: Any) -> bool:
            return p.seconds[0] % 10 == 0

    draws = [deal(Even(), f"{n}").draws for n in range(400)]
    # 8 of 15 times are multiples of ten: 1.9 draws each on average, with a deviation of 0.06.
    assert min(draws) == 1
    assert sum(draws) / 400 == pytest.approx(15 / 8, abs=0.35)


def test_the_right_values_are_worked_out_once_for_each_draw(made_up: ModuleType) -> None:
    class Counted(type(made_up.desk)):  # type: ignore[misc]
        asked = 0

        def sound(self, p: Any) -> bool:
            return apart(self, p)

        def solve(self, p: Any) -> Any:
            Counted.asked += 1
            return super().solve(p)

    variant = deal(Counted(), "1")
    assert Counted.asked == variant.draws


def test_who_changes_the_values_of_a_solver_changes_a_copy(made_up: ModuleType) -> None:
    variant = deal(made_up.desk, "1")
    p = variant.p
    made_up.desk.solve(p)["capacity"] = 0
    assert made_up.desk.solve(p) == variant.right


def test_an_exercise_that_cannot_be_dealt_says_so(made_up: ModuleType) -> None:
    class Never(type(made_up.desk)):  # type: ignore[misc]
        def sound(self, p: Any) -> bool:
            return False

    with pytest.raises(ValueError, match="widen the ranges"):
        deal(Never(), "1")


def test_a_digest_changes_with_tolerance_solver_and_dealing(made_up: ModuleType) -> None:
    kind: type[Exercise] = type(made_up.desk)

    class Tolerance(kind):  # type: ignore[misc, valid-type]
        def fields(self, p: Any) -> Any:
            first, second = super().fields(p)
            return [first, type(second)("work", "Other words", unit="min", absolute=0.1)]

    class Words(kind):  # type: ignore[misc, valid-type]
        def question(self, p: Any) -> str:
            return "Asked in other words."

    class Solver(kind):  # type: ignore[misc, valid-type]
        def solve(self, p: Any) -> dict[str, Any]:
            return {**super().solve(p), "work": 1.0}

    class Dealing(kind):  # type: ignore[misc, valid-type]
        def deal(self, draw: Draw) -> dict[str, Any]:
            return {"seconds": draw.integers(4, 20, 95, 5, distinct=True)}

    before = digest(class_of(made_up.desk, 20))
    for other in (Tolerance, Words, Solver, Dealing):
        other.__name__, other.__module__ = "Desk", "svclab.madeup.exercises"
        assert (digest(class_of(other(), 20)) == before) == (other is Words), other


def test_draws_are_exact_decimals_inside_their_range() -> None:
    draw = Draw("a")
    for _ in range(300):
        assert draw.number(0.1, 2.3, 0.1) in [round(0.1 * k, 1) for k in range(1, 24)]
        assert draw.integer(10, 34, 5) in (10, 15, 20, 25, 30)
    assert len(set(draw.integers(5, 1, 5, distinct=True))) == 5
    with pytest.raises(ValueError, match="no 6 different"):
        draw.integers(6, 1, 5, distinct=True)
    with pytest.raises(ValueError, match="low <= high"):
        draw.number(3, 1, 0.5)
