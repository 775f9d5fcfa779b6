"""Dragging a point of a chart in a real browser, by mouse, finger and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from dragging import arrived, centre, on_screen, opened, settled

from svclab.explore import Column, Figure, Handle, Integer, Number, Table, View, explorable, lines
from svclab.words import number

pytestmark = pytest.mark.browser


@explorable(
    title="A curve",
    parameters=[Number(name="load", label="Load", unit="%", low=0, high=90, step=5, default=50)],
)
def bent(load: float) -> View:
    """y = 10 x / (100 - x)."""
    path = [(float(x), 10 * x / (100 - x)) for x in range(0, 91, 2)]
    y = 10 * load / (100 - load)
    return View(
        say=f"At {load:g} it is {y:.3g}.",
        figures=[Figure("y", "Height", number(y, 3))],
        parts=[
            lines(
                [{"x": a, "y": b} for a, b in path],
                x=("x", "Load, %"),
                y=("y", "Height"),
                alt="It bends upwards.",
                y_domain=(0, 100),
                handles=[Handle(parameter="load", x=load, y=y, path=path)],
            )
        ],
    )


STAFF = [{"hour": f"{h}:00", "n": 3} for h in range(9, 13)]


@explorable(
    title="A staffing line",
    parameters=[
        Table(
            name="staff",
            label="Staff",
            columns=[
                Column(name="hour", label="From", editable=False),
                Column(Integer(name="n", label="Servers", low=0, high=8, default=3)),
            ],
            default=STAFF,
        )
    ],
)
def staffed(staff: list[dict[str, Any]]) -> View:
    """A number for each hour."""
    rows = [{"hour": i + 0.5, "n": row["n"]} for i, row in enumerate(staff)]
    return View(
        say="Drag.",
        figures=[Figure("sum", "Together", number(sum(row["n"] for row in staff)))],
        parts=[
            lines(
                rows,
                x=("hour", "Hour"),
                y=("n", "Servers"),
                alt="A line.",
                x_domain=(0, 4),
                y_domain=(0, 8),
                handles=[
                    Handle(parameter="staff", row=i, column="n", axis="y", x=row["hour"],
                           y=row["n"], label=staff[i]["hour"])
                    for i, row in enumerate(rows)
                ],
            )
        ],
    )  # fmt: skip


@pytest.fixture
def curve(browser: Any) -> Iterator[Any]:
    yield from opened(browser, bent)


@pytest.fixture
def narrow(browser: Any) -> Iterator[Any]:
    yield from opened(browser, bent, has_touch=True, is_mobile=True)


@pytest.fixture
def staff(browser: Any) -> Iterator[Any]:
    yield from opened(browser, staffed)


def test_a_drag_moves_slider_box_figures_and_point_together(curve: Any) -> None:
    point = curve.locator(".svx-handle")
    arrived(curve, point, 50, 10)
    curve.mouse.move(*centre(point))
    curve.mouse.down()
    curve.mouse.move(*on_screen(curve, 80, 40), steps=12)
    curve.mouse.up()
    settled(curve, "y", "40")
    control = curve.locator('[data-param="load"]')
    assert control.locator("input[type=range]").input_value() == "80"
    assert control.locator("input[type=number]").input_value() == "80"
    assert point.get_attribute("aria-valuetext") == "80%"
    arrived(curve, point, 80, 40)


def test_one_drag_is_one_step_back(curve: Any) -> None:
    curve.mouse.move(*centre(curve.locator(".svx-handle")))
    curve.mouse.down()
    for x, y in ((60, 15), (70, 23.3), (85, 56.7)):
        curve.mouse.move(*on_screen(curve, x, y), steps=4)
    curve.mouse.up()
    settled(curve, "y", "56.667")
    curve.locator("[data-act=undo]").click()
    settled(curve, "y", "10")
    assert curve.locator("[data-act=undo]").is_disabled()
    arrived(curve, curve.locator(".svx-handle"), 50, 10)


def test_a_drag_up_the_steep_end_goes_to_the_last_value_and_no_further(curve: Any) -> None:
    curve.mouse.move(*centre(curve.locator(".svx-handle")))
    curve.mouse.down()
    x, y = on_screen(curve, 90, 90)
    curve.mouse.move(x + 300, y - 200, steps=10)
    curve.mouse.up()
    settled(curve, "y", "90")


def test_arrow_keys_move_the_point_and_the_focus_stays(curve: Any) -> None:
    point = curve.locator(".svx-handle")
    point.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        curve.keyboard.press(key)
    settled(curve, "y", "12.222")
    assert point.evaluate("e => e === document.activeElement")
    assert point.get_attribute("aria-valuenow") == "55"
    assert point.get_attribute("role") == "slider"
    assert point.get_attribute("aria-label") == "Load"


def test_the_point_follows_its_slider_and_another_width(curve: Any) -> None:
    box = curve.locator('[data-param="load"] input[type=number]')
    box.fill("75")
    box.press("Tab")
    settled(curve, "y", "30")
    point = curve.locator(".svx-handle")
    arrived(curve, point, 75, 30)
    curve.set_viewport_size({"width": 360, "height": 900})
    curve.wait_for_timeout(800)
    arrived(curve, point, 75, 30)


def test_a_finger_drags_and_the_page_does_not_scroll(narrow: Any) -> None:
    point = narrow.locator(".svx-handle")
    point.scroll_into_view_if_needed()
    before = narrow.evaluate("scrollY")
    (x, y), (to_x, to_y) = centre(point), on_screen(narrow, 80, 40)
    session = narrow.context.new_cdp_session(narrow)
    session.send("Input.dispatchTouchEvent",
                 {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})  # fmt: skip
    for share in (0.25, 0.5, 0.75, 1.0):
        at = {"x": x + share * (to_x - x), "y": y + share * (to_y - y)}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settled(narrow, "y", "40")
    assert narrow.evaluate("scrollY") == before


def test_handles_of_a_table_set_its_cells(staff: Any) -> None:
    points = staff.locator(".svx-handle")
    assert points.count() == 4
    assert points.nth(1).get_attribute("aria-label") == "10:00"
    staff.mouse.move(*centre(points.nth(1)))
    staff.mouse.down()
    staff.mouse.move(*on_screen(staff, 1.5, 6.2), steps=8)
    staff.mouse.up()
    settled(staff, "sum", "15")
    cells = staff.locator('[data-param="staff"] input[type=number]')
    assert [cells.nth(i).input_value() for i in range(4)] == ["3", "6", "3", "3"]
    points.nth(3).focus()
    staff.keyboard.press("ArrowUp")
    settled(staff, "sum", "16")
    assert cells.nth(3).input_value() == "4"
