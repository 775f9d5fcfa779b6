"""What needs a human eye: reported with its file and student, and kept from changing a mark."""

from __future__ import annotations

from typing import Any

import pytest

from svclab.practice import records
from svclab.practice.grading import KINDS

CLASS = "id,name\n2026-0417,Ada\n2026-0418,Bob\n"
ADA, BOB = "2026-0417", "2026-0418"


def sealed(made: dict[str, Any]) -> dict[str, Any]:
    """A changed record with a checksum that fits."""
    return {**made, "checksum": records.checksum(made)}


def answered(course: Any, student: str = ADA) -> str:
    rows = course.table("grades.csv")
    return next(row["answered"] for row in rows if row["student id"] == student)


def test_an_honest_class_has_nothing_to_look_at(course: Any) -> None:
    for student in (ADA, BOB):
        salt = records.student_hash(student, "device")[:16]
        course.hand_in(f"{student}.ipynb", course.notebook(course.record(student, salt=salt)))
    assert course.grade(CLASS).findings == ()


@pytest.mark.parametrize("field", ["answers", "score", "student", "variant", "time", "unknown"])
def test_an_altered_record_is_reported_and_not_graded(course: Any, found: Any, field: str) -> None:
    made = course.record(ADA)
    change = {"answers": {"sum": "1"}, "score": 99, "variant": "0" * 12, "unknown": 1}
    made[field] = change.get(field, made.get(field))
    if field == "student":
        made["student"] = {**made["student"], "note": "x"}
    if field == "time":
        made["time"] = "2026-11-20T10:00:01Z"
    course.hand_in("2026-0417.json", course.export(made))
    assert found(course.grade(CLASS), "altered") == ["demo.total: its checksum does not fit."]
    assert answered(course) == "0"


def test_a_record_with_another_students_hash_is_recognised_by_its_numbers(
    course: Any, found: Any
) -> None:
    """Bob puts his own hash into Ada's record and makes the checksum anew."""
    stolen = course.record(ADA)
    mine = course.record(BOB)
    stolen["student"] = mine["student"]
    stolen["checksum"] = records.checksum(stolen)
    course.hand_in("2026-0418.json", course.export(stolen))
    outcome = course.grade(CLASS)
    assert found(outcome, "variant") == [
        "demo.total: the record's numbers are not those of 2026-0418."
    ]
    assert answered(course, BOB) == "0"


def test_a_record_that_claims_a_better_score_gets_the_one_found_anew(
    course: Any, found: Any
) -> None:
    made = course.record(ADA, answers=course.wrong("demo.total", ADA), score=100)
    course.hand_in("2026-0417.json", course.export(made))
    outcome = course.grade(CLASS)
    assert found(outcome, "score") == [
        "demo.total: the record says 100 of 100, checked anew it is 0."
    ]
    assert course.table("items.csv")[0]["share"] == "0"


def test_one_file_of_two_students_is_reported_for_both_and_counts_for_its_hash(
    course: Any, found: Any
) -> None:
    content = course.notebook(course.record(ADA))
    course.hand_in("2026-0417.ipynb", content)
    course.hand_in("2026-0418.ipynb", content)
    outcome = course.grade(CLASS)
    assert found(outcome, "same-file") == [
        "2 equal files: 2026-0417.ipynb and 2026-0418.ipynb."
    ] * 2  # fmt: skip
    assert found(outcome, "owner") == [
        "By its name it is the file of 2026-0418; it holds 1 record of 1 exercise of 2026-0417."
    ]
    assert (answered(course), answered(course, BOB)) == ("1", "0")


def test_records_of_another_are_counted_with_their_exercises(course: Any, found: Any) -> None:
    """Best and last answer of an exercise are two records."""
    wrong = course.record(ADA, answers=course.wrong("demo.total", ADA), tries=2)
    other = course.record(ADA, "demo.larger")
    course.hand_in("2026-0418.ipynb", course.notebook(course.record(ADA), wrong, other))
    assert found(course.grade(CLASS), "owner") == [
        "By its name it is the file of 2026-0418; it holds 3 records of 2 exercises of 2026-0417."
    ]


def test_a_file_without_records_is_urgent_only_if_its_student_has_handed_in_nothing_else(
    course: Any, found: Any
) -> None:
    course.hand_in("2026-0417 a.ipynb", course.notebook())
    course.hand_in("2026-0418 a.ipynb", course.notebook())
    course.hand_in("2026-0418 b.ipynb", course.notebook(course.record(BOB)))
    course.hand_in("nobody.ipynb", course.notebook())
    outcome = course.grade(CLASS)
    assert [(one.kind, one.where) for one in outcome.findings] == [
        ("nothing", "2026-0417 a.ipynb"),
        ("empty", "2026-0418 a.ipynb"),
        ("empty", "nobody.ipynb"),
    ]
    assert outcome.urgent == 1
    assert [row["look at"] for row in course.table("grades.csv")] == [
        "No records in all that a student handed in",
        "",
    ]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("2026-0418 homework.pdf", "It is a PDF, no notebook."),
        ("2026-0418/Answers.DOCX", "It is a document of a word processor, no notebook."),
        ("2026-0418.html", "It is a web page, no notebook."),
        ("2026-0418.ipynb.txt", "Its name ends in .txt. Take that away and grade again."),
    ],
)
def test_a_document_in_the_place_of_a_notebook_is_urgent_and_named_with_its_student(
    course: Any, name: str, what: str
) -> None:
    course.hand_in("2026-0417.ipynb", course.notebook(course.record(ADA)))
    course.hand_in(name, b"%PDF-1.7")
    outcome = course.grade(CLASS)
    assert [(one.kind, one.student, one.sentence) for one in outcome.findings] == [
        ("document", BOB, what)
    ]
    assert "Ask for the notebook" in course.table("attention.csv")[0]["what to do"]
    rows = course.table("grades.csv")
    assert [(row["handed in"], row["look at"]) for row in rows] == [
        ("yes", ""),
        ("not graded", "Another file in the place of a notebook"),
    ]
    assert f"{BOB} Bob (a file is there, but nothing in it could be graded)" in course.report


def test_a_document_beside_a_notebook_is_not_urgent(course: Any) -> None:
    course.hand_in("2026-0417.ipynb", course.notebook(course.record(ADA)))
    course.hand_in("2026-0417 report.pdf", b"%PDF-1.7")
    outcome = course.grade(CLASS)
    assert [(one.kind, one.student) for one in outcome.findings] == [("empty", ADA)]
    assert outcome.urgent == 0


def test_a_document_without_a_name_is_urgent_while_somebody_has_handed_in_nothing(
    course: Any,
) -> None:
    course.hand_in("2026-0417.ipynb", course.notebook(course.record(ADA)))
    course.hand_in("homework.pdf", b"%PDF-1.7")
    assert [one.kind for one in course.grade(CLASS).findings] == ["document"]
    course.hand_in("2026-0418.json", course.export(course.record(BOB)))
    assert [one.kind for one in course.grade(CLASS).findings] == ["device", "empty"][::-1]


def test_a_packed_file_that_is_no_zip_is_urgent_and_named_with_its_student(course: Any) -> None:
    course.hand_in("2026-0418.rar", b"Rar!")
    outcome = course.grade(CLASS)
    assert [(one.kind, one.student) for one in outcome.findings] == [("archive", BOB)]


def test_an_empty_file_beside_one_that_could_not_be_read_is_not_urgent(
    course: Any, found: Any
) -> None:
    course.hand_in("2026-0417 a.ipynb", course.notebook())
    course.hand_in("2026-0417 b.ipynb", b"{")
    outcome = course.grade(CLASS)
    assert found(outcome, "nothing") == []
    assert outcome.urgent == 1


def test_one_record_in_different_files_of_two_students_is_reported(course: Any, found: Any) -> None:
    one = course.record(ADA)
    course.hand_in("2026-0417.ipynb", course.notebook(one))
    course.hand_in("2026-0418.ipynb", course.notebook(one, course.record(BOB)))
    assert found(course.grade(CLASS), "same-record") == [
        "The same records in 2026-0417.ipynb and 2026-0418.ipynb: 1."
    ]


@pytest.mark.parametrize("keep", ["best", "last"])
def test_a_record_in_a_strangers_file_cannot_spoil_a_mark(course: Any, keep: str) -> None:
    course.hand_in("2026-0417.json", course.export(course.record(ADA)))
    spoiled = course.record(ADA, answers=course.wrong("demo.total", ADA))
    course.hand_in("2026-0418.json", course.export(spoiled))
    course.grade(CLASS, rules=f'[answers]\nkeep = "{keep}"')
    assert course.table("items.csv")[0]["status"] == "right"


def test_a_number_that_is_not_on_the_roster_is_reported(course: Any, found: Any) -> None:
    made = [course.record("X9"), course.record("X9", "demo.larger")]
    course.hand_in("x.json", course.export(*made))
    assert found(course.grade(CLASS), "unknown-id") == [
        "2 records with a student number that is not on the roster."
    ]


def test_a_number_whose_zeros_the_roster_has_lost_is_guessed_in_the_report(
    course: Any, found: Any
) -> None:
    course.hand_in("x.json", course.export(course.record("00417")))
    outcome = course.grade("id\n417\n10418\n10419\n10420\n")
    (sentence,) = found(outcome, "unknown-id")
    assert "With zeros in front, 00417, it is 417 of the roster" in sentence


def test_practice_records_are_counted_and_never_graded(course: Any, found: Any) -> None:
    course.hand_in("2026-0417.json", course.export(course.record(None), course.record(ADA)))
    course.hand_in("2026-0418.json", course.export(course.record(None)))
    outcome = course.grade(CLASS)
    assert found(outcome, "practice") == [
        "It holds 1 record made for practice, and none with a student number."
    ]
    assert (answered(course), answered(course, BOB)) == ("1", "0")
    assert "Records made for practice, never graded: 2." in course.report


def test_an_earlier_version_is_graded_by_what_was_dealt(course: Any, found: Any) -> None:
    course.hand_in("2026-0417.json", course.export(course.record(ADA, version=1)))
    outcome = course.grade(CLASS)
    assert found(outcome, "older") == [
        "demo.total, version 1 (the newest is 2); students: 1, 2026-0417."
    ]
    first = course.table("items.csv")[0]
    assert (first["version"], first["status"], first["points"]) == ("1", "right", "2")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"exercise": "demo.unknown"},
            "demo.unknown, version 2: there is no such exercise or version here.",
        ),
        (
            {"exercise": "os.system"},
            "os.system, version 2: there is no such exercise or version here.",
        ),
        ({"version": 9}, "demo.total, version 9: there is no such exercise or version here."),
    ],
)
def test_an_unknown_exercise_or_version_is_reported(
    course: Any, found: Any, changes: dict[str, Any], said: str
) -> None:
    course.hand_in("2026-0417.json", course.export(sealed({**course.record(ADA), **changes})))
    assert found(course.grade(CLASS), "exercise") == [said]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"began": "2026-11-20T10:00:01Z"}, "answered before it was begun"),
        ({"time": "2019-01-01T00:00:00Z", "began": None}, "answered before this course existed"),
        ({"time": "2031-01-01T00:00:00Z"}, "answered after it was handed in"),
        ({"time": "2026-02-30T00:00:00Z", "began": None}, "a time that does not exist"),
    ],
)
def test_impossible_times_are_reported_and_change_no_mark(
    course: Any, found: Any, changes: dict[str, Any], said: str
) -> None:
    course.hand_in("2026-0417.json", course.export(course.record(ADA, **changes)))
    roster = "id,submitted\n2026-0417,2026-12-01 12:00\n"
    outcome = course.grade(roster)
    assert found(outcome, "time") == [f"demo.total: {said}."]
    assert course.table("items.csv")[0]["status"] == "right"


def test_many_exercises_in_one_second_are_reported(course: Any, found: Any) -> None:
    names = ("demo.total", "demo.larger", "demo.bonus", "demo.broken")
    course.hand_in("2026-0417.json", course.export(*(course.record(ADA, name) for name in names)))
    (sentence,) = found(course.grade(CLASS), "time")
    assert "answered in one and the same second, 2026-11-20T10:00:00Z" in sentence


def test_one_device_of_two_students_is_noted_as_no_reason_to_worry(course: Any, found: Any) -> None:
    for student in (ADA, BOB):
        course.hand_in(f"{student}.json", course.export(course.record(student)))
    outcome = course.grade(CLASS)
    assert found(outcome, "device") == [
        "Their records come from one device: 2026-0417 and 2026-0418."
    ]
    assert outcome.urgent == 0


def test_what_is_urgent_stands_beside_the_mark(course: Any) -> None:
    made = course.record(ADA)
    made["score"] = 7
    course.hand_in("2026-0417.json", course.export(made))
    course.grade(CLASS)
    assert [row["look at"] for row in course.table("grades.csv")] == ["Altered record", ""]
    row = course.table("attention.csv")[0]
    assert (row["urgent"], row["student id"], row["file"]) == ("yes", ADA, "2026-0417.json")


def test_every_kind_says_what_to_do() -> None:
    for kind in KINDS.values():
        assert kind.advice.endswith(".")
        assert len(kind.title) > 5
