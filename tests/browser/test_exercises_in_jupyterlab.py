"""Exercises in JupyterLab: answered in the widget, saved with the notebook, graded, not lost."""

from __future__ import annotations

from typing import Any

import pytest
from lab_files import LabFiles

from svclab.practice import check_record, deal, find, records

pytestmark = pytest.mark.browser

STUDENT = "2026-0417"
NAME = "process.bottleneck"
NOTEBOOK = "answers.ipynb"


@pytest.fixture
def contents(empty_lab_page: Any, lab: str) -> LabFiles:
    """A notebook of two cells in the student's folder."""
    files = LabFiles(empty_lab_page.page, lab)
    files.notebook(
        NOTEBOOK,
        [
            f'import svclab\n\nsvclab.student("{STUDENT}")',
            "from svclab.process import exercises\n\nexercises.bottleneck",
        ],
    )
    return files


def saved_records(page: Any, contents: LabFiles) -> list[records.Record]:
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    cells = contents.call("GET", f"contents/{NOTEBOOK}")["content"]["cells"]
    found = []
    for output in (output for cell in cells for output in cell.get("outputs", [])):
        if records.MIME in output.get("data", {}):
            read, problems = records.read(output["data"][records.MIME])
            assert problems == []
            found += read
    return found


def test_an_answer_is_saved_with_the_notebook_and_survives_a_new_kernel(
    empty_lab_page: Any, contents: LabFiles
) -> None:
    page = empty_lab_page.page
    right = deal(find(NAME), STUDENT).right
    empty_lab_page.run_all(NOTEBOOK)
    exercise = empty_lab_page.find(f'svclab-exercise[name="{NAME}"] form')
    # A wrong answer first: the message is the first thing, and no solution is open.
    exercise.locator('[data-field="capacity"] input').fill("1")
    page.keyboard.press("Enter")
    message = page.locator("svclab-exercise .svq-message")
    message.get_by_text("Not right").or_(message.get_by_text("of 2")).first.wait_for()
    assert page.evaluate("document.activeElement.className") == "svq-message"
    place = exercise.locator('[data-field="bottleneck"]')
    if place.locator("select").count():
        place.locator("select").select_option(right["bottleneck"])
    else:
        place.locator(f'input[value="{right["bottleneck"]}"]').check(force=True)
    exercise.locator('[data-field="capacity"] input').fill(f"{right['capacity']:.2f}")
    exercise.locator("[data-act=check]").click()
    page.locator('.svq-said[data-status="right"]').wait_for(timeout=30_000)
    page.get_by_text("best 100%, last 100%").wait_for(timeout=30_000)
    found = saved_records(page, contents)
    assert [(one.exercise, one.score, one.tries) for one in found] == [(NAME, 100, 2)]
    assert check_record(found[0], STUDENT).score == 1
    # A new kernel, and all cells again: what was answered is still there.
    for kernel in contents.call("GET", "kernels"):
        contents.call("POST", f"kernels/{kernel['id']}/restart")
    empty_lab_page.run_all(NOTEBOOK)
    page.locator('.svq-said[data-status="right"]').wait_for(timeout=90_000)
    page.get_by_text("best 100%, last 100%").wait_for(timeout=30_000)
    assert [one.score for one in saved_records(page, contents)] == [100]
