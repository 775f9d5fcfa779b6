"""The instructor's page: readable without scripts, asking no other host, the same every time."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest


@pytest.fixture
def graded(course: Any) -> Any:
    for number in range(12):
        student = f"S{number:02d}"
        wrong = course.wrong("demo.total", student)
        made = course.record(student, answers=wrong if number % 3 else None, salt=f"{number:016x}")
        course.hand_in(
            f"{student}.json", course.export(made, course.record(student, "demo.larger"))
        )
    course.hand_in("broken.ipynb", b"no")
    course.grade("id,name\n" + "".join(f"S{n:02d},Name {n}\n" for n in range(14)))
    return course


class Page(HTMLParser):
    """Checks that elements are closed in order, and gathers what they ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.asked += [v or "" for k, v in attrs if k in ("src", "href", "srcset", "action")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_asks_for_nothing(graded: Any) -> None:
    page = Page()
    page.feed(graded.report)
    assert page.open == []
    assert page.asked == []
    assert not {"script", "img", "link", "iframe", "object"} & set(page.seen)
    assert "url(" not in graded.report
    assert "@import" not in graded.report


def test_every_section_is_there(graded: Any) -> None:
    headings = re.findall(r"<h2>(.*?)</h2>", graded.report)
    assert headings == [
        "What needs a human eye",
        "Distribution of totals",
        "Exercises",
        "Which misconceptions the class holds",
        "Attainment of the course objectives 课程目标达成度",
        "Not handed in",
        "How this was graded",
    ]


def test_it_names_who_has_not_handed_in(graded: Any) -> None:
    assert "<p>2 of 14 students.</p>" in graded.report
    assert "<li>S12 Name 12</li><li>S13 Name 13</li>" in graded.report


def test_it_can_be_read_by_ear_printed_and_in_the_dark(graded: Any) -> None:
    page = Page()
    page.feed(graded.report)
    tables = graded.report.count("<table>")
    assert graded.report.count("<caption>") == tables
    assert graded.report.count('scope="col"') > tables
    assert "@media print" in graded.report
    assert "prefers-color-scheme: dark" in graded.report
    assert graded.report.count('class="bar" aria-hidden="true"') > 10


def test_grading_again_gives_the_same_bytes(graded: Any) -> None:
    before = {path.name: path.read_bytes() for path in graded.out.iterdir()}
    roster = "id,name\n" + "".join(f"S{n:02d},Name {n}\n" for n in range(14))
    graded.grade(roster)
    assert {path.name: path.read_bytes() for path in graded.out.iterdir()} == before
    assert sorted(before) == [
        "attention.csv", "canvas.csv", "grades.csv", "items.csv", "moodle.csv", "report.html",
    ]  # fmt: skip


def test_an_empty_class_gives_a_report_too(course: Any) -> None:
    course.grade("id\nA1\n")
    assert "0 of 1" in course.report
    assert course.table("grades.csv")[0]["handed in"] == "no"
