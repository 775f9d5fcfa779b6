"""The rules of a course: each one has an effect, a default, and a clear refusal."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from svclab.practice.grading import GradingError, Rules, read_rules, rules_from, template

ROOT = Path(__file__).resolve().parents[3]


def rules(text: str) -> Rules:
    return rules_from(tomllib.loads(text))


def uncommented(text: str) -> str:
    """The template with its examples switched on; prose stays a comment."""
    code = re.compile(r'# (\w+ = .*|\[\[.*|"[\w.*]+" = .*)')
    return "\n".join(code.sub(r"\1", line) for line in text.splitlines())


def test_without_a_file_and_with_an_untouched_template_the_same_rules_hold() -> None:
    assert rules_from({}) == Rules()
    assert rules(template()) == Rules()


def test_every_example_of_the_template_is_a_rule() -> None:
    made = rules(uncommented(template()))
    assert made.count == ("process.*",)
    assert made.points["process.bottleneck"] == 2
    assert [part.name for part in made.parts] == ["exercises", "project", "discussion", "exam"]
    assert [one.name_zh for one in made.objectives] == ["识别服务流程的瓶颈", "重新设计服务流程"]
    assert made.objectives[1].parts == {"project": 10}
    assert [one.student for one in made.extensions] == ["2026-0417", "2026-0418"]
    assert made.percent_per_day == 10


def test_every_example_of_the_book_is_a_rule_and_every_rule_has_one() -> None:
    page = (ROOT / "book" / "grading.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 8
    for example in examples:
        rules(example)
    written = "\n".join(examples)
    known = re.findall(r"^#? ?(\w+) = ", template(), re.MULTILINE)
    assert [key for key in known if not re.search(rf"\b{key} = ", written)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[answers]\nkeep = "first"', 'answers.keep is \'first\'; it must be "best" or "last"'),
        (
            "[late]\npercent_per_day = 120",
            "late.percent_per_day is 120; it must be a number from 0",
        ),
        ("[late]\npercent_per_day = nan", "late.percent_per_day is nan"),
        ("[late]\npercent_per_day = true", "late.percent_per_day is 'True'"),
        ("[late]\npercent = 5", "'late.percent' is no rule"),
        ("[lat]\ngrace_minutes = 5", "'lat' is no rule. Did you mean 'late'?"),
        (
            '[late]\ndeadline = "2026-11-30"',
            "late.deadline is '2026-11-30'; it must be a date with",
        ),
        ("[late]\ndeadline = 2026-11-30", "it must be a date with time"),
        (
            "[late]\ndeadline = 2026-11-30T23:59:00",
            "late.deadline has no time zone; set late.timez",
        ),
        ('[late]\ntimezone = "China"', "late.timezone: 'China' is no time zone"),
        ("[late]\nextensions = 3", "written as [[late.extensions]]"),
        ("[[late.extensions]]\ndays = 3", "late.extensions[1].student is missing"),
        (
            '[[late.extensions]]\nstudent = "A"',
            "late.extensions[1].days is missing; it must be eith",
        ),
        ("late = 3", "late is 3; it must be a table: a line [late]"),
        ('[exercises]\ncount = "process.*"', "exercises.count is 'process.*'; it must be a list"),
        ("[exercises]\nextra = 1", "exercises.extra is 1; it must be true or false"),
        (
            '[exercises.points]\n"a.b" = -1',
            "exercises.points.a.b is -1; it must be a number from 0",
        ),
        ("[total]\ndecimals = 1.5", "total.decimals is 1.5; it must be a whole number from 0 to 4"),
        ("[total]\nout_of = 0", "total.out_of is 0"),
        ('[[parts]]\nname = "exam"', "parts[1].weight is missing"),
        ("[[parts]]\nweight = 3", "parts[1].name is missing"),
        ('[[parts]]\nname = "a"\nweight = 0', "parts: at least one weight must be above 0"),
        ('[[parts]]\nname = "Final Grade"\nweight = 1', "one that Canvas keeps for itself"),
        ('[[parts]]\nname="a"\nweight=1\n[[parts]]\nname="a"\nweight=1', "'a' stands there twice"),
        (
            '[[objectives]]\nname="a"\nweight=1\nfrom=["one"]',
            "it must be chapter objectives such as",
        ),
        ('[[objectives]]\nname="a"\nweight=1', "objectives[1].from is missing"),
        (
            '[[objectives]]\nname="a"\nweight=1\nfrom=["process.1"]\nparts={exam=3}',
            "'exam' is no part entered by hand; there is none",
        ),
    ],
)
def test_what_is_impossible_is_named_with_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        rules(text)


def test_a_file_that_is_no_rules_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    for content, said in [
        (b"a = ", "course.toml is not TOML"),
        (b"\xff\xfe", "course.toml is not UTF-8"),
        (b"nothing = 1", "course.toml: 'nothing' is no rule"),
    ]:
        path.write_bytes(content)
        with pytest.raises(GradingError, match=re.escape(said)):
            read_rules(path)
    with pytest.raises(GradingError, match="There is no rules file"):
        read_rules(tmp_path / "none.toml")


# What each rule does to a mark.

ANSWERS = [("demo.total", None), ("demo.larger", {"which": "a", "by": "1"})]


def total(course: Any, text: str = "", **options: Any) -> str:
    course.grade(rules=text, **options)
    row = course.table("grades.csv")[0]
    return next(value for key, value in row.items() if key.startswith("total"))


def half_right(course: Any) -> None:
    """Full marks for the 2 points of Total, half of the 3 points of Larger."""
    right = course.right("demo.larger", "2026-0417")
    course.hand_in(
        "2026-0417.json",
        course.export(
            course.record("2026-0417"),
            course.record("2026-0417", "demo.larger", {**right, "by": "0"}),
            course.record("2026-0417", "demo.bonus"),
        ),
    )


def test_by_default_core_exercises_of_chapters_handed_in_count_with_their_own_points(
    course: Any,
) -> None:
    half_right(course)
    assert total(course) == "70"  # (2 + 1.5) of 5


def test_points_change_the_weight_of_an_exercise(course: Any) -> None:
    half_right(course)
    assert total(course, '[exercises.points]\n"demo.lar*" = 8') == "60"  # (2 + 4) of 10


def test_count_and_leave_out_choose_exercises(course: Any) -> None:
    half_right(course)
    assert total(course, '[exercises]\ncount = ["demo.l*"]') == "50"
    assert total(course, '[exercises]\nleave_out = ["demo.larger"]') == "100"


def test_extra_exercises_count_if_wanted_or_named(course: Any) -> None:
    half_right(course)
    # Bonus has 2 points and is right; Broken has 2 and is missing.
    assert total(course, "[exercises]\nextra = true") == "61.1"  # 5.5 of 9
    assert total(course, '[exercises]\ncount = ["demo.larger", "demo.bonus"]') == "70"


def test_best_and_last(course: Any) -> None:
    wrong = course.wrong("demo.total", "2026-0417")
    course.hand_in(
        "2026-0417.json",
        course.export(
            course.record("2026-0417", time="2026-11-20T11:00:00Z"),
            # It says of itself that it is older: that changes nothing.
            course.record("2026-0417", answers=wrong, time="2026-11-20T08:00:00Z", began=None),
        ),
    )
    only = '[exercises]\ncount = ["demo.total"]\n'
    assert total(course, only + '[answers]\nkeep = "best"') == "100"
    assert total(course, only + '[answers]\nkeep = "last"') == "0"


LATE = """
[exercises]
count = ["demo.total"]
[late]
timezone = "Asia/Shanghai"
deadline = 2026-11-30T23:59:00
percent_per_day = 10
"""


def late(course: Any, submitted: str, more: str = "", base: str = LATE) -> str:
    course.hand_in("2026-0417.json", course.export(course.record("2026-0417")))
    return total(course, base + more, roster=f"id,submitted\n2026-0417,{submitted}\n")


@pytest.mark.parametrize(
    ("submitted", "mark"),
    [
        ("2026-11-30 23:59", "100"),
        ("2026-11-30T15:59:00Z", "100"),
        ("2026-12-01 00:00", "90"),
        ("2026年12月1日 23:59", "90"),
        ("2026-12-02 00:00", "80"),
        ("2027-06-01 00:00", "0"),
    ],
)
def test_each_started_day_after_the_deadline_costs(course: Any, submitted: str, mark: str) -> None:
    assert late(course, submitted) == mark


def test_grace_and_maximum(course: Any) -> None:
    assert late(course, "2026-12-01 00:29", "grace_minutes = 30") == "100"
    assert late(course, "2026-12-01 00:30", "grace_minutes = 30") == "90"
    assert late(course, "2027-06-01 00:00", "maximum_percent = 40") == "60"


def test_other_deadlines_for_some_exercises_by_the_first_pattern_that_fits(course: Any) -> None:
    more = '[late.deadlines]\n"demo.*" = 2026-12-10T00:00:00\n"demo.total" = 2026-10-01T00:00:00'
    assert late(course, "2026-12-05 00:00", more) == "100"


@pytest.mark.parametrize(
    ("more", "mark"),
    [
        ('student = "2026-0417"\ndays = 3', "100"),
        ('student = "2026-0417"\ndays = 1', "80"),
        ('student = "2026-0417"\ndeadline = 2026-12-05T00:00:00', "100"),
        ('student = "2026-0417"\ndays = 3\nexercises = ["demo.larger"]', "70"),
        ('student = "2026-0418"\ndays = 3', "70"),
    ],
)
def test_an_extension_moves_one_students_deadline(course: Any, more: str, mark: str) -> None:
    assert late(course, "2026-12-03 12:00", f"[[late.extensions]]\n{more}") == mark


def test_an_extension_for_somebody_who_is_not_on_the_roster_is_reported(
    course: Any, found: Any
) -> None:
    course.hand_in("2026-0417.json", course.export(course.record("2026-0417")))
    outcome = course.grade(rules='[[late.extensions]]\nstudent = "X9"\ndays = 3')
    assert "X9".casefold() in found(outcome, "roster")[0]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            '[late]\ntimezone = "+08:00"\n[late.deadlines]\ndemo = 2026-11-30T23:59:00',
            "late.deadlines: “demo” fits no exercise. For a whole chapter write demo.*",
        ),
        (
            '[exercises]\nleave_out = ["demo.totl"]',
            "exercises.leave_out: “demo.totl” fits no exercise.",
        ),
        (
            '[exercises.points]\n"Demo.*" = 3',
            "exercises.points: “Demo.*” fits no exercise.",
        ),
    ],
)
def test_a_rule_that_fits_no_exercise_is_reported(
    course: Any, found: Any, rules: str, said: str
) -> None:
    course.hand_in("2026-0417.json", course.export(course.record("2026-0417")))
    outcome = course.grade(rules=rules)
    assert found(outcome, "rules") == [said]
    assert outcome.urgent == 1


PARTS = """
[[parts]]
name = "exercises"
weight = 3
exercises = ["*"]
[[parts]]
name = "exam"
name_zh = "考试"
weight = 1
out_of = 80
"""


@pytest.mark.parametrize("column", ["exam", "考试", "Exam"])
def test_parts_are_weighted_and_those_by_hand_come_from_a_file(course: Any, column: str) -> None:
    half_right(course)
    text = f"学号,{column}\n2026-0417,40\n"
    assert total(course, PARTS, parts=text) == "65"  # (3 * 70 + 1 * 50) / 4
    assert course.table("grades.csv")[0]["exam (of 80)"] == "40"


def test_a_part_that_is_not_entered_yet_is_left_out_and_the_report_says_so(course: Any) -> None:
    half_right(course)
    assert total(course, PARTS) == "70"
    assert "Without exam: nothing is known of it yet" in course.report


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", "There is no number for exam; it counts as 0."),
        ("81", "exam is 81; it must be a number from 0 to 80"),
        ("-1", "exam is -1; it must be a number from 0 to 80"),
        ("good", "exam is good; it must be a number"),
    ],
)
def test_what_is_no_mark_by_hand_is_reported_and_counts_0(
    course: Any, found: Any, cell: str, said: str
) -> None:
    half_right(course)
    outcome = course.grade(rules=PARTS, parts=f"id,exam\n2026-0417,{cell}\nX1,3\n")
    assert any(said in one for one in found(outcome, "parts"))
    assert any("X1 is not on the roster" in one for one in found(outcome, "parts"))
    assert course.table("grades.csv")[0]["total (of 100)"] == "52.5"


@pytest.mark.parametrize(
    ("text", "rules_text", "said"),
    [
        ("id,exam\n2026-0417,3\n", "", "the rules name no part that is entered by hand"),
        ("name,exam\nAda,3\n", PARTS, "no column “student id”"),
        ("id,test\n2026-0417,3\n", PARTS, "no column of a part; the rules name exam"),
    ],
)
def test_a_file_of_parts_that_does_not_fit_the_rules_is_refused(
    course: Any, text: str, rules_text: str, said: str
) -> None:
    with pytest.raises(GradingError, match=said):
        course.grade(rules=rules_text, parts=text)


def test_the_totals_scale_and_decimals(course: Any) -> None:
    half_right(course)
    assert total(course, "[total]\nout_of = 30\ndecimals = 0") == "21"
    assert total(course, "[total]\nout_of = 7\ndecimals = 3") == "4.9"


def test_objectives_weigh_the_chapter_objectives_that_serve_them(course: Any) -> None:
    half_right(course)
    text = (
        '[[objectives]]\nname = "Adding"\nname_zh = "加"\nweight = 1\nfrom = ["demo.1"]\n'
        '[[objectives]]\nname = "Comparing"\nweight = 3\nfrom = ["demo.2"]\n'
        '[[objectives]]\nname = "Later"\nweight = 9\nfrom = ["other.1"]\n'
    )
    course.grade(rules=text)
    assert "Adding 加" in course.report
    assert "not tested yet" in course.report
    assert "Attainment of the course: 62.5%." in course.report  # (1 * 100 + 3 * 50) / 4


def test_an_objective_may_be_served_by_a_part_entered_by_hand(course: Any) -> None:
    half_right(course)
    text = '[[objectives]]\nname = "A"\nweight = 1\nfrom = ["demo.2"]\nparts = { exam = 1 }\n'
    course.grade(rules=PARTS + text, parts="id,exam\n2026-0417,20\n")
    assert "Attainment of the course: 43.8%." in course.report  # (1.5 + 0.25) of 4 points


def test_a_rule_of_time_without_a_zone_takes_that_of_the_deadline() -> None:
    made = rules("[late]\ndeadline = 2026-11-30T23:59:00+08:00")
    assert made.time_zone.utcoffset(dt.datetime(2026, 1, 1)) == dt.timedelta(hours=8)
    assert made.lost(3) == Fraction(0)
