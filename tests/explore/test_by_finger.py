"""A model on a phone, moved by a finger: scrolling must not set what it begins on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from explorable_page import markup, page_of

from svclab.explore import (
    Choice,
    Column,
    Figure,
    Integer,
    Number,
    NumberGuess,
    Table,
    View,
    explorable,
)
from svclab.explore.diagrams import Item, Matrix, Move, in_the_picture
from svclab.words import number

PEOPLE = Integer(name="n", label="People", low=0, high=20, default=5)
GROWTH = Number(name="growth", label="Growth", low=-5, high=5, step=0.5, default=0)
TALL = "<div style='height:900px'></div>"


@explorable(
    title="Guess first",
    parameters=[PEOPLE, GROWTH],
    guess=NumberGuess(question="How many?", low=-10, high=40),
)
def guessed(n: int, growth: float, guess: float | None) -> View:
    """Two sliders behind a question."""
    figure = Figure("all", "All", number(n + growth))
    return View(figures=[figure], say="So many. " * 60)


def places() -> Table:
    return Table(
        name="items", label="Items", shown_if=in_the_picture("items"),
        columns=[
            Column(name="who", label="Who", editable=False),
            Column(Choice(name="c", label="Place", options={"x": "X", "y": "Y"}, default="x")),
        ],
        default=[{"who": "one", "c": "x"}],
    )  # fmt: skip


@explorable(title="Within its row", parameters=[places()])
def rows_only(items: list[dict[str, Any]]) -> View:
    """An item that moves from column to column only."""
    grid = Matrix(
        title="Places", alt="Places.", rows={"up": "Up", "down": "Down"},
        columns={"x": "X", "y": "Y"},
        items=[Item(name="one", row="up", column=items[0]["c"],
                    move=Move(parameter="items", row=0, across="c"))],
    )  # fmt: skip
    return View(parts=[grid], say=items[0]["c"])


@contextmanager
def phone(browser: Any, found: Any) -> Iterator[Any]:
    """A model on a page that has room above and below it to scroll."""
    with page_of(found) as address:
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
        )
        page = context.new_page()
        page.goto(address)
        page.wait_for_function("window.drawn")
        page.evaluate("html => { for (const f of ['afterbegin', 'beforeend', 'beforeend'])"
                      " document.body.insertAdjacentHTML(f, html); }", TALL)  # fmt: skip
        yield page
        context.close()


def swipe(page: Any, start: tuple[float, float], way: tuple[float, float]) -> None:
    """One finger, from a point by so many pixels."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", start)
    for step in range(1, 11):
        touch("touchMove", (start[0] + way[0] * step / 10, start[1] + way[1] * step / 10))
        page.wait_for_timeout(16)
    touch("touchEnd")
    page.wait_for_timeout(200)


def on_track(slider: Any, share: float) -> tuple[float, float]:
    slider.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().y - innerHeight / 2)")
    box = slider.bounding_box()
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


@pytest.mark.browser
def test_a_swipe_that_begins_on_a_slider_scrolls_and_sets_nothing(browser: Any) -> None:
    with phone(browser, guessed) as page:
        guess = page.locator(".svx-guess input[type=range]")
        swipe(page, on_track(guess, 0.2), (0, -200))
        assert page.locator("[data-unset]").count() == 1
        assert page.locator(".svx-guess .svx-box").input_value() == ""
        page.locator("[data-act=just-show]").tap()
        slider = page.locator("[data-param=n] input[type=range]")
        x, y = on_track(slider, 0.9)
        before = page.evaluate("scrollY")
        swipe(page, (x, y), (0, -200))
        assert page.evaluate("scrollY") > before + 100
        assert slider.input_value() == "5"
        assert page.locator("[data-param=n] .svx-box").input_value() == "5"
        assert page.locator("[data-act=undo]").is_disabled()
        x, y = on_track(slider, 0.3)
        swipe(page, (x, y), (120, 4))
        assert int(slider.input_value()) > 8


@pytest.mark.browser
def test_results_are_in_sight_after_the_guess(browser: Any) -> None:
    with phone(browser, guessed) as page:
        button = page.locator("[data-act=just-show]")
        button.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().y - 20)")
        button.tap()
        page.wait_for_timeout(300)
        top = page.locator(".svx-body").bounding_box()["y"]
        assert -1 <= top < 740


@pytest.mark.browser
def test_a_cell_where_an_item_may_not_stand_looks_shut_and_keeps_the_choice(browser: Any) -> None:
    with phone(browser, rows_only) as page:
        page.locator(".svd-moves").tap()
        shut = page.locator("[data-row=down][data-shut]")
        assert shut.count() == 2
        shut.first.tap()
        assert page.locator(".svd-moves[data-picked]").count() == 1
        page.locator("[data-row=up][data-column=y]").tap()
        page.wait_for_function("document.querySelector('.svx-say').textContent.includes('y')")
        assert page.locator("[data-shut]").count() == 0


def test_a_number_below_zero_can_be_typed_on_a_phone_without_minus_among_its_digits() -> None:
    page = BeautifulSoup(markup(guessed, {}), "html.parser")

    def keys(place: str) -> str | None:
        [box] = page.select(f"{place} input[type=number]")
        return box.get("inputmode")

    assert keys("[data-param=n]") == "decimal"
    assert keys("[data-param=growth]") is None
    assert keys(".svx-guess") is None
