"""A guess is the reader's own: nothing counts before a value is set, wherever the slider stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from explorable_page import page_of

from svclab.explore import Figure, Number, NumberGuess, PointGuess, View, explorable
from svclab.words import number

pytestmark = pytest.mark.browser


def _seen(load: float, guess: float | None) -> View:
    told = "Look." if guess is None else f"Your guess was {guess:g}."
    return View(say=told, figures=[Figure("load", "Load", number(load))])


@explorable(
    title="How many?",
    parameters=[Number(name="load", label="Load", low=0, high=10, step=1, default=4)],
    guess=NumberGuess(question="How many?", low=0, high=10, step=1, unit="people"),
)
def counted(load: float, guess: float | None) -> View:
    """The middle of the scale, 5, is the answer."""
    return _seen(load, guess)


@explorable(
    title="How high?",
    parameters=[Number(name="load", label="Load", low=0, high=10, step=1, default=4)],
    guess=PointGuess(question="How high?", low=0, high=10, step=1, x=3, y_label="Height"),
)
def drawn(load: float, guess: float | None) -> View:
    """A height above a place."""
    return _seen(load, guess)


@contextmanager
def opened(browser: Any, found: Any) -> Iterator[Any]:
    with page_of(found) as address:
        context = browser.new_context(viewport={"width": 640, "height": 700})
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready] .svx-guess")
        yield page
        context.close()
        assert errors == []


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with opened(browser, counted) as page:
        yield page


def answered(page: Any, text: str) -> None:
    page.locator(".svx-guess [type=submit]").click()
    page.wait_for_function(
        "(text) => document.querySelector('.svx-say')?.innerText === text", arg=text, timeout=10_000
    )


def test_checking_without_a_guess_asks_for_one(page: Any) -> None:
    slider = page.locator(".svx-guess input[type=range]")
    assert page.locator(".svx-guess .svx-box").input_value() == ""
    assert slider.get_attribute("aria-valuetext") == "not set yet"
    page.locator(".svx-guess [type=submit]").click()
    problem = page.locator(".svx-guess .svx-problem")
    assert "Move the slider or type a number first" in problem.inner_text()
    assert not page.locator(".svx-say").is_visible()
    page.locator(".svx-guess .svx-box").fill("40")
    page.locator(".svx-guess [type=submit]").click()
    assert "from 0 to 10" in problem.inner_text()


def test_a_press_on_the_slider_where_it_stands_is_a_guess(page: Any) -> None:
    page.locator(".svx-guess input[type=range]").click()
    assert page.locator(".svx-guess .svx-box").input_value() == "5"
    assert page.locator(".svx-guess [data-unset]").count() == 0
    answered(page, "Your guess was 5.")


def test_a_guess_by_the_keyboard_begins_at_the_slider(page: Any) -> None:
    slider = page.locator(".svx-guess input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "6 people"
    answered(page, "Your guess was 6.")


def test_a_point_is_set_by_a_press_in_the_picture(browser: Any) -> None:
    with opened(browser, drawn) as page:
        page.locator(".svx-guess [type=submit]").click()
        assert "first" in page.locator(".svx-guess .svx-problem").inner_text()
        box = page.locator("[data-pad]").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 0.1 * box["height"])
        value = page.locator(".svx-guess .svx-box").input_value()
        assert int(value) > 6
        answered(page, f"Your guess was {value}.")


def test_the_question_says_that_a_link_has_brought_a_setting(page: Any) -> None:
    note = page.locator(".svx-guess .svx-linked")
    assert not note.is_visible()
    page.evaluate(
        """async () => {
             const { sayLinked } = await import("./guess.mjs");
             window.one.set({ load: 7 });
             sayLinked(window.one.root);
           }"""
    )
    assert note.inner_text() == "The link’s setting is shown after your guess."
    page.locator("[data-act=just-show]").click()
    assert not note.is_visible()
    assert page.locator("[data-key=load] .svx-value").inner_text() == "7"
