"""Exercises on the built page: answered, diagnosed, dealt, and there when Python is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from exercise_page import (
    COUNT,
    LIVE,
    NAMES,
    ONE,
    PAGE,
    STUDENT,
    answer_all,
    asked,
    best_answers,
    check,
    dealt,
    kept,
    own_number,
    place,
    typed,
    wait_for_numbers,
    words,
)

from svclab.practice import deal, find, listed, records

pytestmark = pytest.mark.browser


def test_every_exercise_stands_on_its_page_and_can_be_read_without_scripts(
    browser: Any, site_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + PAGE)
    shown = [one.get_attribute("name") for one in page.locator("svclab-exercise").all()]
    assert sorted(shown) == sorted(NAMES)
    for name in NAMES:
        assert asked(page, name) == words(dealt(name)["question"])
        where = place(page, name)
        assert where.locator(".svq-question").is_visible()
        assert not where.locator("[data-act=check]").is_visible()
        assert where.locator(".svq-noscript, .svq-kernel").is_visible()
    assert page.locator(COUNT).inner_text().startswith(f"0/{len(NAMES)}")
    context.close()


def test_a_right_answer_by_keyboard_is_told_first_and_counted(fresh: Any) -> None:
    page = fresh()
    where = place(page, ONE)
    variant = deal(find(ONE))
    options = list(variant.fields[0].declaration()["options"])
    at = [one["value"] for one in options].index(variant.right["bottleneck"])
    where.locator(".headerlink").focus()
    page.keyboard.press("Tab")  # "New numbers"
    page.keyboard.press("Tab")  # the table of the question, which can be scrolled
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(at):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type(typed(variant.right["capacity"]))
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.className === 'svq-message'", timeout=20_000)
    message = where.locator(".svq-message")
    assert message.get_attribute("role") == "status"
    assert "Right" in message.inner_text()
    top = message.bounding_box()["y"]
    assert 0 <= top < 900
    assert top < where.locator("form").bounding_box()["y"]
    assert where.locator(".svq-tally").inner_text() == "Solved · 1 try"
    assert page.locator(COUNT).inner_text().startswith(f"1/{len(NAMES)}")
    assert f"1 of {len(NAMES)} done" in page.locator(".svq-bar-count").inner_text()


def test_wrong_answers_are_diagnosed_at_their_field_and_never_give_the_value(fresh: Any) -> None:
    page = fresh()
    where = place(page, ONE)
    variant = deal(find(ONE))
    box = where.locator("[data-field=capacity] input")

    def verdict() -> str:
        ids = (box.get_attribute("aria-describedby") or "").split()
        return " ".join(page.locator(f"#{one}").inner_text() for one in ids)

    assert "Not checked" in check(where)  # nothing was answered
    answer_all(where, variant, {**variant.right, "capacity": "a lot"})
    assert "Capacity of the line" in check(where)
    assert box.get_attribute("aria-invalid") == "true"
    assert "Cannot be read" in verdict()
    assert where.locator(".svq-tally").inner_text() == ""  # no try

    one, values = next(
        (one, values) for one, values in variant.wrong
        if "capacity" in values and values.get("bottleneck") is None
    )  # fmt: skip
    box.fill(typed(values["capacity"]))
    assert box.get_attribute("aria-invalid") is None  # not yet checked
    said = check(where)
    assert one.sentence in said
    assert "Partly right" in said
    assert "Not right" in verdict()
    assert where.locator(".svq-tally").inner_text().endswith("1 try")
    box.fill("3.3")
    said = check(where)
    assert typed(variant.right["capacity"]) not in said
    assert box.input_value() == "3.3"


def test_hints_come_one_by_one_and_the_solution_after_an_honest_try(fresh: Any) -> None:
    page = fresh()
    where = place(page, ONE)
    hints = dealt(ONE)["hints"]
    solution = where.get_by_role("button", name="Show the worked solution")
    for number in range(1, hints + 1):
        where.get_by_role("button", name=f"Hint {number} of {hints}").press("Enter")
        where.locator(".svq-hintlist li").nth(number - 1).wait_for(timeout=20_000)
        if number < hints:  # the focus is where the next hint is asked for
            assert page.evaluate("document.activeElement.dataset.act") == "hint"
    assert where.locator("[data-act=hint]").count() == 0
    for text in ("1", "2", "3"):
        assert solution.count() == 0
        where.locator("[data-field=capacity] input").fill(text)
        check(where)
    solution.click()
    opened = where.locator(".svq-solution details[open] .svq-text")
    opened.wait_for(timeout=20_000)
    assert len(opened.inner_text()) > 80
    assert page.evaluate("document.activeElement.localName") == "summary"
    page.wait_for_timeout(500)
    record = kept(page)["people"]["~"]["exercises"][f"{ONE}/1"]["records"][-1]
    assert record["hints"] == hints
    assert record["tries"] == 3


def test_items_are_ordered_by_keyboard_and_the_focus_goes_with_them(fresh: Any) -> None:
    name, field = next(
        (one.name, field) for one in listed() for field in deal(one).fields if field.kind == "order"
    )
    page = fresh()
    list_ = place(page, name).locator(f'[data-field="{field.name}"]')
    values = [li.get_attribute("data-value") for li in list_.locator("li").all()]
    down = list_.locator(f'li[data-value="{values[0]}"] [data-act=down]')
    down.focus()
    for _ in values:  # once more than there are places: nothing happens at the end
        page.keyboard.press("Enter")
    assert down.evaluate("e => e === document.activeElement")
    now = [li.get_attribute("data-value") for li in list_.locator("li").all()]
    assert now == [*values[1:], values[0]]
    spoken = place(page, name).locator(".svx-live").inner_text()
    assert f"place {len(values)} of {len(values)}" in spoken


@pytest.mark.parametrize("name", NAMES)
def test_the_right_answer_of_every_exercise_is_right_on_the_page(shared: Any, name: str) -> None:
    variant = deal(find(name), STUDENT)
    wait_for_numbers(shared, name, STUDENT)
    where = place(shared, name)
    if dealt(name)["kernel"]:
        assert where.locator("a[download]").is_visible()
        return
    answer_all(where, variant, best_answers(variant))
    assert check(where).strip().startswith(("✓", "Right"))
    shared.wait_for_function(
        "name => JSON.parse(localStorage.getItem('svclab-progress')).people['2026-0417']"
        ".exercises[name].records[0].score === 100",
        arg=f"{name}/{variant.exercise.version}",
    )
    entry = kept(shared)["people"][STUDENT]["exercises"][f"{name}/{variant.exercise.version}"]
    read, problems = records.read(records.container(entry["records"]))
    assert problems == []
    assert read[0].variant == variant.key
    assert read[0].of(STUDENT)


@pytest.fixture(scope="module")
def shared(browser: Any, site_url: str) -> Iterator[Any]:
    """One page with a student's number, on which each test answers one exercise."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(site_url + PAGE)
    page.wait_for_selector(LIVE, timeout=90_000)
    own_number(page)
    yield page
    context.close()


def test_practice_numbers_can_be_dealt_anew_and_stay_after_a_reload(fresh: Any) -> None:
    page = fresh()
    where = place(page, ONE)
    variant = deal(find(ONE))
    answer_all(where, variant, best_answers(variant))
    check(where)
    where.get_by_role("button", name="New numbers").click()
    wait_for_numbers(page, ONE, None, 2)
    assert where.locator("[data-field=capacity] input").input_value() == ""
    assert where.locator(".svq-message").inner_text() == ""
    assert page.evaluate("document.activeElement.dataset.act") == "redraw"
    assert page.locator(COUNT).inner_text().startswith("1/")  # was done, stays done
    page.reload()
    page.wait_for_selector("html[data-svclab-ready]")
    assert asked(page, ONE) == words(dealt(ONE, None, 2)["question"])


def test_check_before_python_is_there_waits_and_takes_what_is_typed_then(
    browser: Any, site_url: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    held: list[Any] = []
    page.route("**/memory/start.bin", lambda route: held.append(route))
    page.goto(site_url + PAGE)
    page.wait_for_selector("html[data-svclab-ready]")
    where = place(page, ONE)
    variant = deal(find(ONE))
    answer_all(where, variant, {**variant.right, "capacity": "1"})
    where.locator("[data-act=check]").click()
    assert "Python is starting" in where.locator(".svq-message").inner_text()
    where.locator("[data-field=capacity] input").fill(typed(variant.right["capacity"]))
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    where.get_by_text("Solved").wait_for(timeout=60_000)
    # The reader was typing: the focus is not taken away.
    assert page.evaluate("document.activeElement.className") in ("svq-number", "svq-message")
    context.close()


def test_when_python_cannot_start_the_page_says_so_and_can_try_again(
    browser: Any, site_url: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=503))
    page.goto(site_url + PAGE)
    where = place(page, ONE)
    variant = deal(find(ONE))
    page.wait_for_selector("html[data-svclab-ready]")
    answer_all(where, variant, best_answers(variant))
    where.locator("[data-act=check]").click()
    status = where.locator(".svx-status")
    status.get_by_text("could not start").wait_for(timeout=60_000)
    page.unroute("**/pyodide.asm.wasm")
    status.get_by_role("button", name="Try again").click()
    where.get_by_text("Solved").wait_for(timeout=60_000)
    assert status.inner_text() == ""
    context.close()


@pytest.fixture
def answered(page: Any, site_url: str) -> Any:
    """A page with a message, hints and a solution open, and the student's line open."""
    page.goto(site_url + PAGE)
    page.wait_for_selector(LIVE, timeout=90_000)
    where = place(page, ONE)
    variant = deal(find(ONE))
    for values in ({"capacity": "1"}, {"capacity": "a"}, best_answers(variant)):
        answer_all(where, variant, values)
        check(where)
        if where.locator("[data-act=hint]").count():
            where.locator("[data-act=hint]").click()
            where.locator(".svq-hintlist").wait_for()
    where.locator("[data-act=solution]").click()
    where.locator(".svq-solution .svq-text").wait_for()
    box = place(page, NAMES[1]).locator(".svq-number").first
    box.fill("1")
    check(place(page, NAMES[1]))
    own = page.locator("svclab-student")
    own.locator("summary").click()
    own.locator("[data-act=erase]").click()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_an_answered_page(
    answered: Any, site: Path, places: Any, scheme: str
) -> None:
    answered.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    axe = places.node / "node_modules/axe-core/axe.min.js"
    answered.add_script_tag(content=axe.read_text(encoding="utf-8"))
    found = answered.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert serious == []
    answered.watched.assert_quiet()  # and nothing was asked of another host


@pytest.mark.parametrize("width", [320, 390])
def test_an_answered_page_needs_no_sideways_scrolling(answered: Any, width: int) -> None:
    answered.set_viewport_size({"width": width, "height": 740})
    wide = answered.evaluate(
        """() => [...document.querySelectorAll('svclab-exercise *, svclab-student *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .filter(e => !e.closest('.svx-scroll, table, .svx-vh, pre'))
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert wide == []
    assert answered.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_printing_leaves_out_buttons_and_keeps_question_and_answer(answered: Any) -> None:
    answered.emulate_media(media="print")
    where = place(answered, ONE)
    assert where.locator(".svq-question").is_visible()
    assert where.locator("[data-field=capacity] input").is_visible()
    assert where.locator("button:visible").count() == 0
    # Whoever answers on paper sees what there is to choose from.
    options = where.locator("[data-field=bottleneck] label")
    assert options.count() > 2
    assert all(one.is_visible() for one in options.all())
    assert not answered.locator(".svq-bar").is_visible()
