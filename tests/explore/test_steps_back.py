"""Undo: presses of a key within a second are one step back, and a drag is a step of its own.

The page's clock stands still here, so that everything happens within that second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from explorable_page import page_of

from svclab.explore import (
    Choice,
    Column,
    Handle,
    Integer,
    Table,
    View,
    explorable,
    lines,
)
from svclab.explore.diagrams import Item, Matrix, Move, Plane, Scale, Spot, in_the_picture

pytestmark = pytest.mark.browser

CELLS = {k: k.upper() for k in "abcdef"}


def firms() -> Table:
    columns = [
        Column(name="who", label="Who", editable=False),
        Column(Choice(name="c", label="Place", options=CELLS, default="a")),
        Column(Integer(name="x", label="Price", low=0, high=10, default=2)),
    ]
    return Table(
        name="firms", label="Firms", shown_if=in_the_picture("firms"), columns=columns,
        default=[{"who": "KTV", "c": "a", "x": 2}],
    )  # fmt: skip


@explorable(
    title="Things to move",
    parameters=[Integer(name="n", label="People", low=0, high=20, default=5), firms()],
)
def movable(n: int, firms: list[dict[str, Any]]) -> View:
    """A slider, a point of a chart, an item of a matrix and a point of a plane."""
    [row] = firms
    chart = lines(
        [{"x": x, "y": x} for x in range(21)], x=("x", "x"), y=("y", "y"), alt="A line.",
        handles=[Handle(parameter="n", x=n, y=n, path=[(0, 0), (20, 20)])],
    )  # fmt: skip
    grid = Matrix(
        title="Places", alt="Places.", rows={"r": "Row"}, columns=CELLS,
        items=[Item(name="KTV", row="r", column=row["c"],
                    move=Move(parameter="firms", row=0, across="c"))],
    )  # fmt: skip
    plane = Plane(
        title="Prices", alt="Prices.", x=Scale(label="Price", high=10),
        y=Scale(label="Quality", high=10),
        spots=[Spot(name="KTV", x=row["x"], y=5, move=Move(parameter="firms", row=0, across="x"))],
    )  # fmt: skip
    return View(say="Move things.", parts=[chart, grid, plane])


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with page_of(movable) as address:
        context = browser.new_context(viewport={"width": 900, "height": 1600})
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector(".svx-handle", timeout=30_000)
        page.evaluate("performance.now = () => 5000")
        yield page
        context.close()


def state(page: Any) -> tuple[Any, ...]:
    found = page.evaluate("window.one.parameters")
    return found["n"], found["firms"][0]["c"], found["firms"][0]["x"]


def drag(page: Any, thing: Any, dx: float) -> None:
    box = thing.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y, steps=6)
    page.mouse.up()


def slide(page: Any, thing: Any, dx: float) -> None:
    """A slider is taken at its thumb, a quarter of the way along: 5 of 20."""
    box = thing.bounding_box()
    x, y = box["x"] + box["width"] * 0.26, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y, steps=6)
    page.mouse.up()


THINGS: dict[str, tuple[str, Callable[..., None]]] = {
    "slider": ("[data-param=n] input[type=range]", slide),
    "point of a chart": (".svx-handle", drag),
    "item of a matrix": ('.svd-moves[data-item="KTV"]', drag),
    "point of a plane": ('.svd-spot[data-spot="KTV"]:visible', drag),
}


@pytest.mark.parametrize("thing", THINGS)
def test_a_drag_and_the_keys_before_and_after_it_are_three_steps_back(
    page: Any, thing: str
) -> None:
    where, move = THINGS[thing]
    one = page.locator(where).first
    undo = page.locator("[data-act=undo]")
    was = [state(page)]
    one.focus()
    one.press("ArrowRight")
    one.press("ArrowRight")
    was.append(state(page))
    move(page, one, 90)
    was.append(state(page))
    one.focus()
    one.press("ArrowLeft")
    was.append(state(page))
    assert all(a != b for a, b in pairwise(was)), was
    for before in reversed(was[:-1]):
        undo.click()
        assert state(page) == before
    assert undo.is_disabled()
