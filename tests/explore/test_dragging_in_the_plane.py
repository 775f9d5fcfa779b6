"""A point with two handles, one along each axis, is dragged anywhere; rows for the table alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from dragging import arrived, centre, on_screen, opened, settled

from svclab.explore import Figure, Handle, Number, View, explorable, points
from svclab.words import number

pytestmark = pytest.mark.browser


@explorable(
    title="A place in town",
    parameters=[
        Number(name="east", label="East", unit="km", low=0, high=10, step=1, default=4),
        Number(name="north", label="North", unit="km", low=0, high=6, step=1, default=1),
    ],
)
def place(east: float, north: float) -> View:
    """The way along the streets from the corner of the town."""
    chart = points(
        [{"x": east, "y": north}],
        x=("x", "East, km"),
        y=("y", "North, km"),
        alt="A point.",
        x_domain=(0, 10),
        y_domain=(0, 6),
    )
    handles = [
        Handle(parameter="east", x=east, y=north),
        Handle(parameter="north", x=east, y=north, axis="y"),
    ]
    # Rows that no layer draws: the table of numbers shows them.
    only_told = {**chart.data, "told": [{"way": east + north}]}
    columns = {"told": [("way", "Way, km")]}
    return View(
        say="Drag.",
        figures=[Figure("way", "Way", number(east + north))],
        parts=[replace(chart, data=only_told, columns=columns, handles=handles)],
    )


@pytest.fixture
def town(browser: Any) -> Iterator[Any]:
    yield from opened(browser, place)


def drag(page: Any, x: float, y: float) -> None:
    page.mouse.move(*centre(page.locator(".svx-handle").last))
    page.mouse.down()
    page.mouse.move(*on_screen(page, x, y), steps=10)
    page.mouse.up()


def test_both_parameters_follow_one_drag(town: Any) -> None:
    drag(town, 8, 5)
    settled(town, "way", "13")
    values = [
        town.locator(f'[data-param="{name}"] input[type=range]').input_value()
        for name in ("east", "north")
    ]
    assert values == ["8", "5"]
    for handle in town.locator(".svx-handle").all():
        arrived(town, handle, 8, 5)


def test_the_picture_follows_although_some_rows_are_not_drawn(town: Any) -> None:
    mark = town.locator(".svx-slot .mark-symbol path").first
    before = mark.bounding_box()
    drag(town, 8, 5)
    settled(town, "way", "13")
    town.wait_for_timeout(300)
    after = mark.bounding_box()
    assert after["x"] > before["x"] + 20
    assert after["y"] < before["y"] - 20


def test_one_drag_in_the_plane_is_one_step_back(town: Any) -> None:
    drag(town, 8, 5)
    settled(town, "way", "13")
    town.locator("[data-act=undo]").click()
    settled(town, "way", "5")
    assert town.locator("[data-act=undo]").is_disabled()


def test_each_axis_has_its_own_slider_for_the_keyboard(town: Any) -> None:
    names = [one.get_attribute("aria-label") for one in town.locator(".svx-handle").all()]
    assert names == ["East", "North"]
    town.locator(".svx-handle").first.focus()
    town.keyboard.press("ArrowRight")
    settled(town, "way", "6")


@pytest.mark.parametrize("focused", [0, 1])
def test_an_arrow_goes_its_own_way_whichever_slider_has_the_focus(town: Any, focused: int) -> None:
    handle = town.locator(".svx-handle").nth(focused)
    handle.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        town.keyboard.press(key)
    # From (4, 1): one to the north, one to the west.
    where = {}
    for name in ("east", "north"):
        where[name] = town.locator(f'[data-param="{name}"] input[type=range]').input_value()
    assert where == {"east": "3", "north": "2"}
    settled(town, "way", "5")
    town.keyboard.press("ArrowUp")
    settled(town, "way", "6")
    for one in town.locator(".svx-handle").all():
        arrived(town, one, 3, 3)
    assert handle.evaluate("e => e === document.activeElement")


def test_each_slider_keeps_its_own_ends_for_the_keyboard(town: Any) -> None:
    town.locator(".svx-handle").last.focus()
    town.keyboard.press("End")
    settled(town, "way", "10")  # 4 to the east, 6 to the north
    town.locator(".svx-handle").first.focus()
    town.keyboard.press("Home")
    settled(town, "way", "6")
