"""What tests of exercises on a page share: filling them in, and reading what is said."""

from __future__ import annotations

import json
from typing import Any

from bs4 import BeautifulSoup

from svclab.catalogue import CHAPTERS
from svclab.practice import Variant, answer, listed

CHAPTER = next(entry for entry in CHAPTERS if entry.package == "process")
PAGE = f"{CHAPTER.name}.html"
NAMES = [one.name for one in listed() if one.package == CHAPTER.package]
# How many exercises are done, beside the chapter in the contents.
COUNT = f'.svc-count[data-svclab-count="{" ".join(NAMES)}"]'
LIVE = "html[data-svclab=live]"
STUDENT = "2026-0417"
KEY = "svclab-progress"
NO_PYTHON = "window.Worker = class { postMessage() {} terminate() {} };"
ONE = "process.bottleneck"  # a choice and a number


def place(page: Any, name: str) -> Any:
    return page.locator(f'svclab-exercise[name="{name}"]')


def typed(value: Any) -> str:
    return value if isinstance(value, str) else format(value, ".6g")


def fill(where: Any, declaration: dict[str, Any], value: Any) -> None:
    """Answer one field as a person would."""
    field = where.locator(f'[data-field="{declaration["name"]}"]')
    kind = declaration["kind"]
    if kind in ("number", "integer"):
        field.locator("input").fill(typed(value))
    elif kind == "choice" and field.locator("select").count():
        field.locator("select").select_option(value)
    elif kind == "choice":
        field.locator(f'input[value="{value}"]').check(force=True)
    elif kind == "choices":
        for box in field.locator("input").all():
            box.set_checked(box.get_attribute("value") in value)
    elif kind == "order":
        for at, wanted in enumerate(value):
            up = field.locator(f'li[data-value="{wanted}"] [data-act=up]')
            while field.locator("li").nth(at).get_attribute("data-value") != wanted:
                up.click()
    else:
        for row, cells in value.items():
            for column, one in cells.items():
                cell = field.locator(f'[data-row="{row}"][data-col="{column}"]')
                if cell.evaluate("e => e.tagName") == "SELECT":
                    cell.select_option(typed(one))
                else:
                    cell.fill(typed(one))


def answer_all(where: Any, variant: Variant, values: dict[str, Any]) -> None:
    for field in variant.fields:
        if field.name in values:
            fill(where, field.declaration(), values[field.name])


def check(where: Any) -> str:
    """Press Check, and give the message when it has come."""
    tries = where.locator(".svq-foot").inner_text()
    before = where.locator(".svq-message").inner_text()
    where.locator("[data-act=check]").click()
    where.page.wait_for_function(
        """([e, before, tries]) => !e.hasAttribute("aria-busy") &&
             (e.querySelector(".svq-message").innerText !== before ||
              e.querySelector(".svq-foot").innerText !== tries)""",
        arg=[where.element_handle(), before, tries],
        timeout=30_000,
    )
    text: str = where.locator(".svq-message").inner_text()
    return text


def kept(page: Any) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "{}")
    return stored


def open_bar(page: Any) -> Any:
    """The bar of the student's number, open: it folds when a number is taken."""
    bar = page.locator("svclab-student")
    if not bar.locator("input[type=text]").is_visible():
        bar.locator("summary").click()
    return bar


def own_number(page: Any, student: str = STUDENT) -> None:
    bar = open_bar(page)
    bar.locator("input[type=text]").fill(student)
    bar.get_by_role("button", name="Use this number").click()


def words(markup: str) -> list[str]:
    """The words of a question, wherever its lines break."""
    return BeautifulSoup(markup, "html.parser").get_text(" ").split()


def asked(page: Any, name: str) -> list[str]:
    return words(place(page, name).locator(".svq-question").inner_html())


def dealt(name: str, student: str | None = None, practice: int = 1) -> dict[str, Any]:
    request = {"do": "deal", "name": name, "student": student, "practice": practice}
    document: dict[str, Any] = json.loads(answer(json.dumps(request)))
    return document


def wait_for_numbers(page: Any, name: str, student: str | None, practice: int = 1) -> None:
    wanted = words(dealt(name, student, practice)["question"])
    page.wait_for_function(
        """([name, wanted]) => document.querySelector(`svclab-exercise[name="${name}"] ` +
             ".svq-question").textContent.split(/\\s+/).filter(Boolean).join("") === wanted""",
        arg=[name, "".join(wanted)],
        timeout=60_000,
    )


def best_answers(variant: Variant) -> dict[str, Any]:
    """What the solver says, as it would be typed."""
    right = dict(variant.right)
    return {field.name: right[field.name] for field in variant.fields}
