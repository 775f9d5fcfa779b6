"""What a reader has begun in a diagram outlives an answer, and what is wrong stays named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from moved_page import moved, wait_for

from svclab.explore import Choice, Column, Integer, SettingError, Table, View, explorable
from svclab.explore.diagrams import (
    CausalLoop,
    Entry,
    Item,
    Link,
    Matrix,
    Move,
    Totals,
    Variable,
    in_the_picture,
    score_matrix,
)

pytestmark = pytest.mark.browser

KINDS = {"prevention": "Prevention", "appraisal": "Appraisal", "failure": "Failure"}
COSTS = ["training 培训", "inspection"]
LONG = "Sum of all the weighted scores"


def option(name: str, options: dict[str, str]) -> Column:
    return Column(Choice(name=name, label=name, options={"": "–", **options}, default=""))


@explorable(
    title="Kept",
    parameters=[
        Integer(name="n", label="Number", low=0, high=9, default=1),
        Table(name="costs", label="Costs", shown_if=in_the_picture("costs"),
              columns=[Column(name="what", label="What", editable=False), option("kind", KINDS)],
              default=[{"what": what, "kind": ""} for what in COSTS]),
        Table(name="scores", label="Scores", shown_if=in_the_picture("scores"),
              columns=[Column(Integer(name=key, label=key, low=0, high=5, default=0))
                       for key in "xyz"],
              default=[{"x": 1, "y": 1, "z": 1}]),
    ],
)  # fmt: skip
def kept(n: int, costs: list[dict[str, str]], scores: list[dict[str, Any]]) -> View:
    """One row of kinds, scores of which the first is at most the last, and three loops."""
    if scores[0]["x"] > scores[0]["z"]:
        raise SettingError("scores", "x must not exceed z.", row=0, column="x")
    items = [
        Item(name=row["what"], note="a year", row="all" if row["kind"] else None,
             column=row["kind"] or None, move=Move(parameter="costs", row=k, across="kind"))
        for k, row in enumerate(costs)
    ]  # fmt: skip
    cause = [("a", "b", "+"), ("b", "a", "-"), ("b", "c", "+"), ("c", "b", "+"), ("c", "d", "-")]
    return View(
        say=f"Number {n}, sum {sum(scores[0].values())}.",
        parts=[
            Matrix(title="Kinds", alt="Costs by kind.", rows={"all": "Cost of quality"},
                   columns=KINDS, items=items, tray="To be placed"),
            score_matrix({"r": "Row"}, {key: key for key in "xyz"}, scores, alt="Scores.",
                         parameter="scores"),
            CausalLoop(
                alt="Loops.", highlight="B1",
                variables=[Variable(name=name) for name in "abcd"],
                links=[Link(start=a, end=b, sign=sign, highlight=b == "d") for a, b, sign in cause],
            ),
            Matrix(alt="Long totals.", rows={"a": "A"}, columns={"x": "X"},
                   entries=[Entry(row="a", column="x", content=3)],
                   row_totals=Totals(label=LONG, values=["12,345,678"]),
                   column_totals=Totals(label=LONG, values=["87,654,321"])),
        ],
    )  # fmt: skip


@contextmanager
def opened(browser: Any) -> Iterator[Any]:
    with moved(browser, kept, 900) as page:
        yield page


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with opened(browser) as found:
        yield found


def box(page: Any, column: str) -> Any:
    return page.locator(f'.svd-fill[data-fill-column="{column}"]')


def chip(page: Any, name: str) -> Any:
    return page.locator(f'.svd-moves[data-item="{name}"]')


def place(page: Any, name: str) -> str:
    return str(chip(page, name).evaluate("e => e.closest('[data-row]').dataset.column"))


def fill(page: Any, column: str, text: str) -> None:
    box(page, column).fill(text)
    box(page, column).press("Tab")


def other(page: Any, n: int) -> None:
    """Another setting, whose answer draws the diagrams anew."""
    control = page.locator("[data-param=n] .svx-box")
    control.fill(str(n))
    control.press("Tab")
    wait_for(page, f"Number {n},")


def said(page: Any) -> str:
    place = page.locator(".svd-problem:visible")
    return str(place.first.inner_text()) if place.count() else ""


def test_an_item_with_one_way_to_go_comes_from_the_tray_into_the_only_row_and_back(
    page: Any,
) -> None:
    chip(page, COSTS[0]).focus()
    for key, there in (("ArrowRight", "prevention"), ("ArrowRight", "appraisal"), ("Delete", ""),
                       ("ArrowDown", "prevention")):  # fmt: skip
        page.keyboard.press(key)
        assert place(page, COSTS[0]) == there
        page.wait_for_function("(k) => window.one.shown.parameters.costs[0].kind === k", arg=there)
        assert place(page, COSTS[0]) == there
    # A finger has no key for it, so it is told the way.
    hint = page.locator(".svd-matrix:has(.svd-tray) .svx-drag").first.inner_text()
    assert "To take it out, tap it, then “To be placed”" in hint
    chip(page, COSTS[0]).click()
    page.locator(".svd-tray").first.click(position={"x": 5, "y": 5})
    assert place(page, COSTS[0]) == ""


def test_an_item_says_its_second_line_to_whoever_hears_it(page: Any) -> None:
    assert chip(page, COSTS[0]).get_attribute("aria-label") == "training 培训, a year"


def test_a_chosen_item_stays_chosen_and_shown_when_an_answer_comes(page: Any) -> None:
    chip(page, COSTS[1]).click()
    page.evaluate("window.one.set({ ...window.one.parameters, n: 4 })")
    wait_for(page, "Number 4,")
    assert chip(page, COSTS[1]).get_attribute("data-picked") == ""
    assert "chosen" in chip(page, COSTS[1]).get_attribute("aria-valuetext")
    page.keyboard.press("Escape")
    assert page.locator("[data-picked], [data-picking]").count() == 0
    chip(page, COSTS[1]).click()
    page.locator('[data-column="failure"]').first.click(position={"x": 5, "y": 5})
    assert place(page, COSTS[1]) == "failure"
    assert page.locator("[data-picked], [data-picking]").count() == 0


def test_two_wrong_cells_stay_wrong_and_named_until_each_is_mended(page: Any) -> None:
    fill(page, "x", "7")
    fill(page, "y", "8")
    other(page, 3)
    for column, typed in (("x", "7"), ("y", "8")):
        assert box(page, column).input_value() == typed
        assert box(page, column).get_attribute("aria-invalid") == "true"
    assert "Row, x" in said(page)
    assert "Row, y" in said(page)
    fill(page, "x", "0")
    wait_for(page, "sum 2.")
    assert box(page, "x").get_attribute("aria-invalid") is None
    assert "Row, x" not in said(page)
    assert box(page, "y").input_value() == "8"
    fill(page, "y", "2")
    wait_for(page, "sum 3.")
    assert said(page) == ""


def test_what_python_refuses_is_said_at_the_cell_since_its_table_is_hidden(page: Any) -> None:
    fill(page, "x", "4")
    page.wait_for_selector(".svx-results[data-stale]")
    assert said(page) == "x must not exceed z."
    assert box(page, "x").get_attribute("aria-invalid") == "true"
    assert box(page, "z").get_attribute("aria-invalid") is None
    fill(page, "z", "5")
    wait_for(page, "sum 10.")
    assert said(page) == ""
    assert box(page, "x").get_attribute("aria-invalid") is None


def test_what_is_being_typed_is_not_overwritten_by_an_answer(page: Any) -> None:
    box(page, "y").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.evaluate("window.one.drag({ parameter: 'scores', row: 0, column: 'z' }, 2, true)")
    wait_for(page, "sum 4.")
    assert box(page, "y").input_value() == "3"
    page.keyboard.press("Tab")
    wait_for(page, "sum 6.")


def test_a_click_after_a_drag_that_ended_outside_counts(page: Any) -> None:
    item = chip(page, COSTS[0])
    item.dispatch_event("pointerdown", {"pointerId": 1, "pointerType": "touch"})
    page.evaluate(
        """() => {
             const { players } = window.one;
             players[0].dragged = true; // as a drag leaves it whose click went elsewhere
           }"""
    )
    item.dispatch_event("pointerdown", {"pointerId": 1, "pointerType": "touch"})
    item.dispatch_event("click")
    assert item.get_attribute("data-picked") == ""


def test_pressing_a_loop_again_shows_what_the_author_had_lit(page: Any) -> None:
    lit = """() => [...document.querySelectorAll(".svd-m [data-lit]")]
        .map((one) => one.dataset.loop ?? one.dataset.loops).sort()"""
    authored = page.evaluate(lit)
    assert "B1" in authored
    assert "" in authored  # a link in no loop that the author has lit
    button = page.locator("[data-act=light][data-loop=R1]")
    button.click()
    assert set(page.evaluate(lit)) == {"R1"}
    button.click()
    assert page.evaluate(lit) == authored
    page.locator("[data-act=light][data-loop=B1]").click()
    assert page.evaluate(lit) == []


def test_long_totals_lie_over_nothing_in_the_file(page: Any) -> None:
    with page.expect_download() as waiting:
        page.locator(".svd-matrix [data-act=save-svg]").nth(2).click()
    text = waiting.value.path().read_text(encoding="utf-8").split("?>", 1)[1]
    page.evaluate("(svg) => { document.body.innerHTML = svg; }", text)
    over = page.evaluate(
        """() => {
             const edge = document.querySelector("svg").getBoundingClientRect();
             const all = [...document.querySelectorAll("svg text"), { textContent: "right edge",
               getBoundingClientRect: () => new DOMRect(edge.right, edge.top, 99, edge.height) }]
               .map((one) => [one.textContent, one.getBoundingClientRect()]);
             return all.flatMap(([t, a], i) => all.slice(i + 1)
               .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
               .map(([u]) => `${t} / ${u}`));
           }"""
    )
    assert over == []
