"""What a screen reader is told: titles are headings, a point on two axes has two values."""

from __future__ import annotations

from typing import Any

import pytest
from explorable_page import markup, page_of

from svclab.explore import Column, Number, Table, View, explorable
from svclab.explore.diagrams import Move, Plane, Scale, Spot
from svclab.explore.diagrams.common import in_the_picture

FIRM = {"firm": "KTV", "x": 40.0, "y": 8.0}
LEVELS = """async () => {
  const { levelAt } = await import("./heading.mjs");
  const root = document.querySelector("svclab-explorable");
  const found = [levelAt(root)];
  for (const [name, hidden] of [["h2"], ["h3"], ["h6"], ["h1", true]]) {
    const heading = Object.assign(document.createElement(name), { textContent: name, hidden });
    root.before(heading);
    found.push(levelAt(root));
  }
  root.after(document.createElement("h2"));
  return [...found, levelAt(root)];
}"""


@explorable(
    title="Where do you stand?",
    parameters=[
        Table(
            name="firms", label="Firms", shown_if=in_the_picture("firms"), default=[FIRM],
            columns=[
                Column(name="firm", label="Firm", editable=False),
                Column(Number(name="x", label="Price", low=0, high=100, default=0)),
                Column(Number(name="y", label="Quality", low=0, high=10, default=0)),
            ],
        )
    ],
)  # fmt: skip
def market(firms: list[dict[str, Any]]) -> View:
    """One firm that moves on both axes, and one that moves on one."""
    spots = [
        Spot(name="KTV", x=firms[0]["x"], y=firms[0]["y"],
             move=Move(parameter="firms", row=0, across="x", down="y")),
        Spot(name="Lounge", x=firms[0]["x"], y=2,
             move=Move(parameter="firms", row=0, across="x")),
    ]  # fmt: skip
    plane = Plane(alt="Firms.", x=Scale(label="Price, yuan", high=100), y=Scale(label="Quality"),
                  spots=spots)  # fmt: skip
    return View(say="Firms.", parts=[plane])


def test_a_title_is_a_heading_below_its_section() -> None:
    assert '<p class="svx-title" role="heading" aria-level="3"' in markup(market, {})


@pytest.mark.browser
def test_the_level_of_a_title_follows_the_heading_before_it(browser: Any) -> None:
    with page_of(market) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function("window.one")
        assert page.evaluate(LEVELS) == [3, 3, 4, 6, 6, 6]
        page.close()


@pytest.mark.browser
def test_a_point_on_two_axes_tells_both_values_by_name_and_again_after_a_move(
    browser: Any,
) -> None:
    with page_of(market) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function("window.one")
        point, other = (page.locator(".svd-spot:visible").nth(k) for k in (0, 1))
        assert point.get_attribute("role") == "slider"
        assert point.get_attribute("aria-roledescription") == "slider on two axes"
        assert point.get_attribute("aria-valuetext") == "Price, yuan: 40; Quality: 8"
        point.focus()
        for key in ("ArrowUp", "ArrowRight"):
            page.keyboard.press(key)
        page.wait_for_function("window.one.parameters.firms[0].x === 41")
        assert point.get_attribute("aria-valuetext") == "Price, yuan: 41; Quality: 9"
        assert other.get_attribute("aria-roledescription") is None
        page.close()
