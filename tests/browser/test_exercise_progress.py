"""A student's own numbers and progress on the page: kept, exported, graded, erased."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from exercise_page import (
    COUNT,
    KEY,
    NAMES,
    NO_PYTHON,
    ONE,
    PAGE,
    STUDENT,
    answer_all,
    asked,
    best_answers,
    check,
    dealt,
    kept,
    open_bar,
    own_number,
    place,
    typed,
    wait_for_numbers,
    words,
)

from svclab.practice import answer, deal, find, records

pytestmark = pytest.mark.browser


def test_own_numbers_are_remembered_and_come_before_python_does(fresh: Any) -> None:
    page = fresh()
    own_number(page)
    for name in NAMES:
        wait_for_numbers(page, name, STUDENT)
    assert STUDENT in place(page, ONE).locator(".svq-whose").inner_text()
    assert place(page, ONE).locator("[data-act=redraw]").count() == 0
    page.wait_for_timeout(600)
    shift = """window.shift = 0; new PerformanceObserver((list) => {
      for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value;
    }).observe({ type: "layout-shift", buffered: true });"""
    later = fresh(
        f"{PAGE}#exercise-process-bottleneck", context=page.context, live=False,
        script=NO_PYTHON + shift,
    )  # fmt: skip
    assert asked(later, ONE) == words(dealt(ONE, STUDENT)["question"])
    later.wait_for_timeout(500)
    assert later.evaluate("window.shift") < 0.1
    assert f"student {STUDENT}" in later.locator(".svq-bar-who").inner_text()


def test_an_impossible_number_is_refused_in_words(fresh: Any) -> None:
    page = fresh(live=False, script=NO_PYTHON)
    for number, said in (("", "Type the number"), ("a/b", "letters, digits and hyphens")):
        own_number(page, number)
        assert said in page.locator(".svq-bar-said").inner_text()
    assert page.locator("svclab-student input[type=text]").evaluate(
        "e => e === document.activeElement && e.getAttribute('aria-invalid') === 'true'"
    )
    assert asked(page, ONE) == words(dealt(ONE)["question"])


def test_progress_stays_after_a_reload_and_is_shown_on_other_pages(fresh: Any) -> None:
    page = fresh()
    where = place(page, ONE)
    variant = deal(find(ONE))
    answer_all(where, variant, best_answers(variant))
    check(where)
    second = NAMES[1]
    place(page, second).locator(".svq-number").first.fill("12.")
    page.reload()
    page.wait_for_selector("html[data-svclab-ready]")
    assert "Right" in place(page, ONE).locator(".svq-message").inner_text()
    assert where.locator("[data-field=capacity] input").input_value() == typed(
        variant.right["capacity"]
    )
    assert place(page, second).locator(".svq-number").first.input_value() == "12."
    page.locator(".svc-exercises summary").click()
    item = page.locator(".svc-exercises li").first
    assert "done" in item.inner_text()
    page.goto(page.url.replace(PAGE, "glossary.html"))
    assert page.locator(COUNT).inner_text().startswith(f"1/{len(NAMES)}")
    assert (
        f"1 of {len(NAMES)} exercises done" in page.locator(COUNT).locator(".svc-vh").inner_text()
    )
    page.goto(page.url.replace("glossary.html", "progress.html"))
    page.wait_for_selector("html[data-svclab-ready]")
    row = page.locator("tr", has=page.get_by_role("link", name=find(ONE).title))
    assert "done" in row.inner_text()
    assert page.get_attribute("html", "data-svclab") is None  # no Python for a list


def answer_some(page: Any) -> dict[str, int]:
    """Answer three exercises, one of them wrong; gives the scores that the page shows."""
    own_number(page)
    shown = {}
    for number, name in enumerate(NAMES[:3]):
        wait_for_numbers(page, name, STUDENT)
        variant = deal(find(name), STUDENT)
        given = best_answers(variant)
        if number == 2:
            numbers = [f.name for f in variant.fields if f.kind in ("number", "integer")]
            given[numbers[0]] = "987654"
        answer_all(place(page, name), variant, given)
        check(place(page, name))
        entry = kept(page)["people"][STUDENT]["exercises"][f"{name}/{variant.exercise.version}"]
        shown[name] = entry["records"][0]["score"]
    return shown


def export(page: Any, folder: Path) -> Path:
    open_bar(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export to a file").click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_an_export_moves_to_a_fresh_profile_and_is_graded_as_the_page_showed(
    fresh: Any, tmp_path: Path
) -> None:
    page = fresh()
    shown = answer_some(page)
    file = export(page, tmp_path)
    assert file.name == f"svclab-{STUDENT}.json"

    other = fresh()
    own_number(other)
    open_bar(other)
    for _ in range(2):  # the second time nothing is new
        other.locator("svclab-student input[type=file]").set_input_files(file)
        other.wait_for_function(
            "file => document.querySelector('.svq-bar-said').innerText.includes(file) && "
            "!document.querySelector('.svq-bar-said').innerText.includes('Reading')",
            arg=file.name,
            timeout=60_000,
        )
    other.wait_for_function(
        "document.querySelector('.svq-bar-said').innerText"
        ".includes('nothing that is not here already')",
        timeout=60_000,
    )
    assert "Solved" in place(other, NAMES[0]).locator(".svq-tally").inner_text()
    mine = kept(other)["people"][STUDENT]["exercises"]
    assert {key.split("/")[0]: one["records"][0]["score"] for key, one in mine.items()} == shown

    handed = tmp_path / "handed"
    handed.mkdir()
    file.rename(handed / file.name)
    (tmp_path / "roster.csv").write_text(f"student id,name\n{STUDENT},Li Wei\n", encoding="utf-8")
    command = [sys.executable, "-m", "svclab.course", "grade", str(handed), "--jobs", "0"]
    command += ["--roster", str(tmp_path / "roster.csv"), "--out", str(tmp_path / "grades")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    with (tmp_path / "grades" / "items.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["exercise"]: row for row in csv.DictReader(stream)}
    for name, score in shown.items():
        assert float(rows[name]["share"]) * 100 == pytest.approx(score, abs=1), rows[name]


def test_another_students_file_gives_nothing_and_says_so(fresh: Any, tmp_path: Path) -> None:
    page = fresh()
    own_number(page)
    open_bar(page)
    variant = deal(find(ONE), "somebody else")
    record = records.make(
        variant, records.Feedback("unreadable", "", {}), {"capacity": "1"},
        student="somebody else", practice=1, salt="ab" * 8, time="2026-11-21T12:00:00Z",
        began=None, tries=1, hints=0, solution=False, host="page",
    )  # fmt: skip
    path = tmp_path / "other.json"
    path.write_text(json.dumps(records.container([record])), encoding="utf-8")
    said = page.locator(".svq-bar-said")
    page.locator("svclab-student input[type=file]").set_input_files(path)
    said.get_by_text("another student").wait_for(timeout=60_000)
    path.write_text("no JSON", encoding="utf-8")
    page.locator("svclab-student input[type=file]").set_input_files(path)
    said.get_by_text("is no file with exported answers").wait_for()
    assert kept(page)["people"][STUDENT]["exercises"] == {}


def test_a_notebooks_answers_are_counted_on_the_page(fresh: Any, tmp_path: Path) -> None:
    variant = deal(find(ONE), STUDENT)
    said = answer(json.dumps({
        "do": "check", "name": ONE, "student": STUDENT, "salt": "ab" * 8, "host": "jupyter",
        "time": "2026-11-21T12:00:00Z",
        "answers": {name: typed(value) for name, value in variant.right.items()},
    }))  # fmt: skip
    box = records.container(json.loads(said)["records"])
    cell = {"cell_type": "code", "outputs": [{"data": {records.MIME: box}}]}
    path = tmp_path / "05-process.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    page = fresh("progress.html", live=False)
    own_number(page)
    page.locator("svclab-student input[type=file]").set_input_files(path)
    page.locator(".svq-bar-said").get_by_text("answers to 1 exercises").wait_for(timeout=90_000)
    row = page.locator("tr", has=page.get_by_role("link", name=find(ONE).title))
    assert "done" in row.inner_text()


def test_erase_asks_once_says_what_goes_and_leaves_nothing(fresh: Any) -> None:
    page = fresh()
    answer_some(page)
    open_bar(page)
    said = page.locator(".svq-bar-said")
    erase = page.locator("svclab-student [data-act=erase]")
    erase.click()
    assert "checked answers to 3 exercises" in said.inner_text()
    page.get_by_role("button", name="Keep everything").click()
    assert kept(page)["people"][STUDENT]["exercises"]
    erase.click()
    erase.click()
    assert "Erased from this browser: the student number and checked answers" in said.inner_text()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('svclab'))") == []
    wait_for_numbers(page, ONE, None)
    assert place(page, ONE).locator("[data-field=capacity] input").input_value() == ""
    assert place(page, ONE).locator(".svq-message").inner_text() == ""
    page.reload()
    page.wait_for_selector("html[data-svclab-ready]")
    assert page.locator(COUNT).inner_text().startswith(f"0/{len(NAMES)}")


def test_damaged_storage_is_set_aside_and_the_page_works(fresh: Any) -> None:
    page = fresh(script=f"if (!window.name) localStorage.setItem('{KEY}', '{{\"people\": ');"
                 "window.name = 'seen';")  # fmt: skip
    assert "damaged" in page.locator(".svq-bar-said").inner_text()
    assert page.evaluate(f"localStorage.getItem('{KEY}-unreadable')") == '{"people": '
    variant = deal(find(ONE))
    answer_all(place(page, ONE), variant, best_answers(variant))
    assert "Right" in check(place(page, ONE))
    assert kept(page)["people"]["~"]["exercises"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });",
         "keeps nothing"),
        ("const put = Storage.prototype.setItem; Storage.prototype.setItem = function (k, v) {"
         "  if (v.length > 200) throw new DOMException('full', 'QuotaExceededError');"
         "  put.call(this, k, v); };", "no room left"),
    ],
    ids=["no storage", "full storage"],
)  # fmt: skip
def test_without_storage_exercises_work_and_the_page_says_what_is_lost(
    fresh: Any, script: str, said: str, tmp_path: Path
) -> None:
    page = fresh(script=script)
    # What is so from the start stands on the folded line, too.
    assert (said in page.locator(".svq-bar-told").inner_text()) == (said == "keeps nothing")
    own_number(page)
    wait_for_numbers(page, ONE, STUDENT)
    hidden = page.locator(".svq-bar-kept").evaluate("(line) => line.hidden")
    assert hidden == (said == "keeps nothing"), "the line that answers are kept here"
    variant = deal(find(ONE), STUDENT)
    answer_all(place(page, ONE), variant, best_answers(variant))
    assert "Right" in check(place(page, ONE))
    assert page.locator(COUNT).inner_text().startswith("1/")
    page.get_by_text(said).wait_for(timeout=10_000)
    file = json.loads(export(page, tmp_path).read_text(encoding="utf-8"))
    assert [one["exercise"] for one in file["records"]] == [ONE]
    # The theme's own scripts stumble over a storage that is closed; ours do not.
    assert set(page.errors) <= {"no"}
    page.errors.clear()


def test_two_tabs_agree(fresh: Any) -> None:
    one = fresh()
    other = fresh(context=one.context)
    own_number(one)
    wait_for_numbers(other, ONE, STUDENT)
    variant = deal(find(ONE), STUDENT)
    answer_all(place(one, ONE), variant, best_answers(variant))
    check(place(one, ONE))
    place(other, ONE).get_by_text("Solved").wait_for(timeout=10_000)
    assert other.locator(COUNT).inner_text().startswith("1/")
    # What each writes does not undo the other's.
    second = deal(find(NAMES[1]), STUDENT)
    wait_for_numbers(other, NAMES[1], STUDENT)
    answer_all(place(other, NAMES[1]), second, best_answers(second))
    check(place(other, NAMES[1]))
    place(one, NAMES[1]).get_by_text("Solved").wait_for(timeout=10_000)
    assert len(kept(one)["people"][STUDENT]["exercises"]) == 2
    erase = other.locator("svclab-student [data-act=erase]")
    other.locator("svclab-student summary").click()
    erase.click()
    erase.click()
    wait_for_numbers(one, ONE, None)
    one.wait_for_timeout(600)
    assert kept(one) == {}
