"""A diagram is a control: stale results, undo, reset, links and guesses hold with it too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from explorable_page import page_of

from svclab.explore import (
    Choice,
    Column,
    Figure,
    Integer,
    NumberGuess,
    SettingError,
    Table,
    View,
    explorable,
)  # fmt: skip
from svclab.explore.diagrams import Item, Matrix, Move, in_the_picture, score_matrix
from svclab.words import number

pytestmark = pytest.mark.browser

ROWS = {"low": "Low", "high": "High"}
COLUMNS = {"s": "Standard", "c": "Customised"}


def option(name: str, options: dict[str, str]) -> Column:
    return Column(Choice(name=name, label=name, options={"": "–", **options}, default=""))


PARAMETERS = [
    Integer(name="n", label="People", low=0, high=9, default=1),
    Table(name="items", label="Items", shown_if=in_the_picture("items"),
          columns=[Column(name="who", label="Who", editable=False),
                   option("r", ROWS), option("c", COLUMNS)],
          default=[{"who": who, "r": "", "c": ""} for who in ("KTV", "Clinic 医院")]),
    Table(name="scores", label="Scores", shown_if=in_the_picture("scores"),
          columns=[Column(name="goal", label="Goal", editable=False),
                   Column(Integer(name="x", label="Share", low=0, high=3, default=0))],
          default=[{"goal": "Speed", "x": 1}]),
]  # fmt: skip


def view(n: int, items: list[dict[str, Any]], scores: list[dict[str, Any]]) -> View:
    if n == 5:
        raise SettingError("n", "Five is refused.")
    placed = [
        Item(name=row["who"], row=row["r"] or None, column=row["c"] or None,
             move=Move(parameter="items", row=k, down="r", across="c"))
        for k, row in enumerate(items)
    ]  # fmt: skip
    stands = sum(bool(row["r"]) for row in items)
    return View(
        say="Move things.",
        figures=[
            Figure("n", "People", number(n)),
            Figure("placed", "Placed", number(stands)),
            Figure("sum", "Sum", number(sum(row["x"] for row in scores))),
        ],
        parts=[
            Matrix(title="Grid", alt="Services.", rows=ROWS, columns=COLUMNS, items=placed),
            score_matrix({"speed": "Speed"}, {"x": "Share"}, scores, alt="Scores.",
                         parameter="scores"),
        ],
    )  # fmt: skip


@explorable(title="Settings", parameters=PARAMETERS)
def placing(n: int, items: list[dict[str, Any]], scores: list[dict[str, Any]]) -> View:
    """A number beside a grid."""
    return view(n, items, scores)


@explorable(
    title="Guess first", parameters=PARAMETERS,
    guess=NumberGuess(question="How many?", low=0, high=10, step=1, unit="people"),
)  # fmt: skip
def guessing(
    n: int, items: list[dict[str, Any]], scores: list[dict[str, Any]], guess: float | None
) -> View:
    """The same behind a guess."""
    return view(n, items, scores)


def opened(browser: Any, found: Any) -> Iterator[Any]:
    with page_of(found) as address:
        page = browser.new_context(viewport={"width": 900, "height": 900}).new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        yield page
        page.context.close()
        assert errors == []


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    yield from opened(browser, placing)


@pytest.fixture
def guessed(browser: Any) -> Iterator[Any]:
    yield from opened(browser, guessing)


def put(page: Any, text: str) -> None:
    box = page.locator("[data-param=n] .svx-box")
    box.fill(text)
    box.press("Tab")


def press(page: Any, name: str, *keys: str) -> None:
    page.locator(f'.svd-moves[data-item="{name}"]').focus()
    for key in keys:
        page.keyboard.press(key)


def home(page: Any, name: str) -> list[str]:
    found: list[str] = page.locator(f'.svd-moves[data-item="{name}"]').evaluate(
        "e => [e.closest('[data-row]').dataset.row, e.closest('[data-row]').dataset.column]"
    )
    return found


def settled(page: Any, **figures: int) -> None:
    page.wait_for_selector(".svx-results:not([data-stale])")
    for key, value in figures.items():
        page.wait_for_function(
            """([key, text]) =>
                 document.querySelector(`[data-key=${key}] .svx-value`).innerText === text""",
            arg=[key, str(value)], timeout=10_000,
        )  # fmt: skip


@pytest.mark.parametrize("wrong", ["", "5"], ids=["no value", "refused by Python"])
def test_an_item_moved_while_a_control_is_wrong_stays_and_counts_when_that_is_mended(
    page: Any, wrong: str
) -> None:
    put(page, wrong)
    page.wait_for_selector(".svx-results[data-stale]")
    press(page, "KTV", "ArrowRight", "ArrowRight")
    page.wait_for_timeout(200)
    assert home(page, "KTV") == ["low", "c"]
    assert page.locator(".svx-results[data-stale]").count() == 1
    assert page.locator("[data-key=placed] .svx-value").inner_text() == "0"
    assert page.locator(".svx-stale").is_visible()
    put(page, "2")
    settled(page, n=2, placed=1)
    assert home(page, "KTV") == ["low", "c"]


def test_undo_takes_back_what_was_moved_thing_by_thing_and_a_reset_can_be_undone(page: Any) -> None:
    press(page, "KTV", "ArrowRight")
    settled(page, placed=1)
    press(page, "Clinic 医院", "ArrowRight", "ArrowDown")
    settled(page, placed=2)
    undo = page.locator("[data-act=undo]")
    undo.click()
    settled(page, placed=1)
    assert [home(page, "KTV"), home(page, "Clinic 医院")] == [["low", "s"], ["", ""]]
    page.locator("[data-act=reset]").click()
    settled(page, placed=0)
    assert [home(page, "KTV"), home(page, "Clinic 医院")] == [["", ""], ["", ""]]
    undo.click()
    settled(page, placed=1)
    assert home(page, "KTV") == ["low", "s"]


@pytest.mark.parametrize("act", ["reset", "undo"])
def test_a_wrong_cell_is_right_again_after_a_reset_or_a_step_back(page: Any, act: str) -> None:
    box = page.locator(".svd-fill")
    box.fill("2")
    box.press("Tab")
    settled(page, sum=2)
    box.fill("7")
    box.press("Tab")
    assert box.get_attribute("aria-invalid") == "true"
    page.locator(f"[data-act={act}]").click()
    settled(page, sum=1)
    assert box.input_value() == "1"
    assert box.get_attribute("aria-invalid") is None
    assert box.evaluate("e => e.validity.valid")


def test_a_link_to_a_setting_brings_the_items_to_their_cells(page: Any) -> None:
    press(page, "Clinic 医院", "ArrowRight", "ArrowDown")
    settled(page, placed=1)
    given = page.evaluate("window.one.parameters")
    page.locator("[data-act=reset]").click()
    settled(page, placed=0)
    messages = page.evaluate(
        """async (given) => {
             const { format, parse, settle } = await import("./link.mjs");
             const { declaration } = window.one;
             const hash = new URL(format(declaration, given), location.href).hash;
             const { parameters, messages } = settle(declaration, parse(hash));
             window.one.set(parameters);
             return messages;
           }""",
        given,
    )
    assert messages == []
    settled(page, placed=1)
    assert home(page, "Clinic 医院") == ["high", "s"]
    assert page.evaluate("window.one.parameters") == given


def test_items_move_after_a_guess_has_uncovered_the_grid(guessed: Any) -> None:
    assert guessed.locator(".svd-moves").first.is_hidden()
    guessed.locator(".svx-guess .svx-box").fill("3")
    guessed.locator(".svx-guess [type=submit]").click()
    guessed.locator(".svd-moves").first.wait_for()
    press(guessed, "KTV", "ArrowRight")
    settled(guessed, placed=1)
    assert guessed.evaluate("window.one.parameters.guess") == 3
    assert home(guessed, "KTV") == ["low", "s"]


def test_a_saved_picture_shows_the_items_where_the_reader_put_them(page: Any) -> None:
    press(page, "KTV", "ArrowRight")
    settled(page, placed=1)
    with page.expect_download() as waiting:
        page.locator("figure.svd-matrix [data-act=save-svg]").first.click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert "• KTV" in text
    assert "Not placed yet: Clinic 医院" in text
