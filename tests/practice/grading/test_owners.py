"""Whose file it is by its name, in the layouts of Moodle and Canvas and in none."""

from __future__ import annotations

import pytest

from svclab.practice.grading.owners import Owner, Owners
from svclab.practice.grading.roster import Student

CLASS = [
    Student("2026-0417", "2026-0417", "Ada Lovelace", moodle="4711", canvas="7001"),
    Student("2026-0418", "2026-0418", "张三", email="zhang.san@x.cn"),
    Student("2026-0419", "2026-0419", "Wei Li"),
    Student("2026-0420", "2026-0420", "Li Wei"),
]
FIND = Owners(CLASS)
ADA, ZHANG = "2026-0417", "2026-0418"


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("Ada Lovelace_4711_assignsubmission_file_/05-process.ipynb", ADA),
        ("Ada Lovelace_4711_assignsubmission_file/sub/05-process.ipynb", ADA),
        ("Ada Lovelace_99_assignsubmission_file_05-process.ipynb", ADA),
        ("Participant_4711_assignsubmission_file_/05-process.ipynb", ADA),
        ("张三_4712_assignsubmission_file_/作业.zip/05-process.ipynb", ZHANG),
        ("all.zip/Ada Lovelace_4711_assignsubmission_file_/work.zip/x.ipynb", ADA),
        ("lovelaceada_7001_55555_05-process.ipynb", ADA),
        ("lovelaceada_1_55555_05-process.ipynb", ADA),
        ("somebody_7001_55555_05-process-1.ipynb", ADA),
        ("2026-0417.ipynb", ADA),
        ("group 1/2026-0417/05-process.ipynb", ADA),
        ("20260418张三.ipynb", ZHANG),
        ("05-process (2026-0417).ipynb", ADA),
        ("２０２６-0417 homework.json", ADA),
        ("zhang.san.ipynb", ZHANG),
        ("05-process.ipynb", ""),
        ("weili_1_2_05-process.ipynb", ""),  # two students are called so
        ("2026-0417_2026-0418.ipynb", ""),
        ("homework_2026_1_final.ipynb", ""),
    ],
)  # fmt: skip
def test_the_student_of_a_path(path: str, student: str) -> None:
    assert FIND(path).student == student


def test_canvas_marks_what_is_late() -> None:
    assert FIND("lovelaceada_LATE_7001_55555_a.ipynb") == Owner(ADA, True)
    assert FIND("lovelaceada_7001_55555_a.ipynb") == Owner(ADA, False)
    assert FIND("Ada Lovelace_4711_assignsubmission_file_/a.ipynb") == Owner(ADA, None)


def test_short_numbers_are_not_found_inside_names() -> None:
    find = Owners([Student("5", "5", "A"), Student("6", "6", "B")])
    assert find("05-process.ipynb").student == ""
    assert find("homework 5.ipynb").student == ""
    assert find("5.ipynb").student == "5"
    assert find("6/05-process.ipynb").student == "6"
