"""Difficulty, discrimination, attainment, misconceptions: against values worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from svclab.practice.grading import statistics as figures
from svclab.practice.grading.rules import Rules

CLASS = [f"S{n:02d}" for n in range(12)]
ROSTER = "id\n" + "\n".join(CLASS) + "\nS99\n"


def hand_in(course: Any) -> None:
    """Total is right for the first 8; Larger wholly for 6, half for 3; Bonus for the last 4."""
    for number, student in enumerate(CLASS):
        salt = f"{number:016x}"
        wrong = course.wrong("demo.total", student)
        made = [course.record(student, answers=None if number < 8 else wrong, salt=salt)]
        right = course.right("demo.larger", student)
        if number < 9:
            answers = right if number < 6 else {**right, "by": "0"}
            made.append(course.record(student, "demo.larger", answers, salt=salt))
        answers = None if number >= 8 else course.wrong("demo.bonus", student)
        made.append(course.record(student, "demo.bonus", answers, salt=salt))
        course.hand_in(f"{student}.json", course.export(*made))


@pytest.fixture
def graded(course: Any) -> Any:
    hand_in(course)
    text = '[exercises]\ncount = ["demo.total", "demo.larger", "demo.bonus"]'
    return course.grade(ROSTER, rules=text)


def test_difficulty_is_the_mean_share_with_missing_answers_as_zero(graded: Any) -> None:
    total, larger, bonus = figures.item_figures(graded.marks)
    assert (total.difficulty, total.answered) == (Fraction(8, 12), 12)
    assert (larger.difficulty, larger.answered) == (Fraction(15, 24), 9)
    assert larger.of_answered == Fraction(15, 18)
    assert bonus.difficulty == Fraction(4, 12)


def test_discrimination_is_the_correlation_with_the_other_items(graded: Any) -> None:
    """Worked out by hand: Pearson's correlation of the item with the sum of the other two."""
    total, larger, bonus = figures.item_figures(graded.marks)
    shares = {
        "total": [1.0] * 8 + [0.0] * 4,
        "larger": [1.0] * 6 + [0.5] * 3 + [0.0] * 3,
        "bonus": [0.0] * 8 + [1.0] * 4,
    }
    rest = [3 * y + 2 * z for y, z in zip(shares["larger"], shares["bonus"], strict=True)]
    mean = sum(rest) / 12
    top = sum((x - 2 / 3) * (r - mean) for x, r in zip(shares["total"], rest, strict=True))
    below = (12 * (2 / 3) * (1 / 3) * sum((r - mean) ** 2 for r in rest)) ** 0.5
    assert total.discrimination == pytest.approx(top / below, abs=1e-12)
    assert bonus.discrimination is not None
    assert bonus.discrimination < 0  # those who fail the rest solve it
    # Total and Bonus together are 2 for everybody.
    assert (larger.discrimination, larger.why) == (None, "no spread")


def test_discrimination_is_not_given_for_few_students_or_no_spread(course: Any) -> None:
    course.hand_in(
        "a.json", course.export(course.record("S00"), course.record("S00", "demo.larger"))
    )
    outcome = course.grade(ROSTER)
    assert [one.why for one in figures.item_figures(outcome.marks)] == [
        "too few: 1 of 10 students"
    ] * 2  # fmt: skip
    assert figures.correlation([1, 1, 1], [1, 2, 3]) is None


def test_attainment_is_the_mean_share_weighted_by_points(course: Any, graded: Any) -> None:
    """Objective 1: Total with 2 points; objective 2: Larger with 3 and Bonus with 2."""
    rules = Rules()
    first, second = figures.attainment(graded.marks, rules, course.catalogue)
    assert first.share == Fraction(8, 12)
    assert second.share == (3 * Fraction(15, 24) + 2 * Fraction(4, 12)) / 5
    assert first.share_of_roster == Fraction(8, 13)
    assert first.below == 4
    course_wide = figures.course_attainment([first, second])
    assert course_wide == (2 * first.share + 5 * second.share) / 7


def test_lateness_does_not_lower_attainment(course: Any) -> None:
    course.hand_in("a.json", course.export(course.record("S00")))
    rules = "[late]\ndeadline = 2026-01-01T00:00:00Z\npercent_per_day = 100\n"
    rules += '[exercises]\ncount = ["demo.total"]'
    outcome = course.grade("id,submitted\nS00,2026-05-05\n", rules=rules)
    assert outcome.marks.marks[0].total == 0
    (one,) = figures.attainment(outcome.marks, Rules(), course.catalogue)
    assert one.share == 1


def test_misconceptions_are_counted_by_students_with_their_sentence(
    course: Any, graded: Any
) -> None:
    bonus, total = figures.misconceptions(graded.marks, course.catalogue)
    assert (bonus.exercise, bonus.students, bonus.share) == ("demo.bonus", 8, Fraction(2, 3))
    assert (total.exercise, total.students, total.share) == ("demo.total", 4, Fraction(1, 3))
    assert total.sentence == "You took the difference <b>of</b> the numbers."
    assert "You took the difference &lt;b&gt;of&lt;/b&gt; the numbers." in course.report


def test_a_misconception_in_several_files_of_a_student_counts_once(course: Any) -> None:
    wrong = course.wrong("demo.total", "S00")
    for name in "ab":
        time = f"2026-11-20T1{ord(name) % 2}:00:00Z"
        made = course.record("S00", answers=wrong, time=time)
        course.hand_in(f"{name}.json", course.export(made))
    outcome = course.grade(ROSTER)
    (one,) = figures.misconceptions(outcome.marks, course.catalogue)
    assert (one.students, one.share) == (1, 1)


def test_the_distribution_puts_each_total_into_its_tenth(graded: Any) -> None:
    who = figures.participants(graded.marks)
    counts = figures.distribution(who, Fraction(100))
    assert sum(counts) == len(who) == 12
    # 6 have 5 of 7 points, 2 have 3.5, one has 3.5, three have 2
    assert counts == [0, 0, 3, 0, 0, 3, 0, 6, 0, 0]
