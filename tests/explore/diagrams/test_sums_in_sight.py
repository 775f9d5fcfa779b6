"""The sums of a matrix stay in sight: columns as narrow as their heads, and the last one stays."""

from __future__ import annotations

from typing import Any

import pytest
from explorable_page import page_of

from svclab.explore import Integer, View, explorable
from svclab.explore.diagrams import score_matrix
from svclab.strategy.explorables import supplier_weights

pytestmark = pytest.mark.browser

MEASURED = """() => {
  const grid = [...document.querySelectorAll(".svd-grid[data-sums]")].at(-1);
  const box = grid.closest(".svd-scroll");
  const edge = (e) => (({ left, right }) => ({ left, right }))(e.getBoundingClientRect());
  const lasts = [...grid.querySelectorAll(".svd-row")].map((row) => edge(row.lastElementChild));
  return { box: edge(box), over: box.scrollWidth - box.clientWidth, lasts };
}"""


@explorable(title="Many", parameters=[Integer(name="n", label="n", low=0, high=1, default=0)])
def many(n: int) -> View:
    """A matrix of more columns than any page has room for."""
    columns = {f"c{at}": f"considerations {at}" for at in range(16)}
    rows = {"a": "Anhe", "b": "Beichen"}
    part = score_matrix(rows, columns, [dict.fromkeys(columns, 5)] * 2, alt="Scores.")
    return View(say="A matrix.", parts=[part])


def measured(browser: Any, found: Any, width: int) -> dict[str, Any]:
    page = browser.new_page(viewport={"width": width, "height": 900})
    with page_of(found) as address:
        page.goto(address)
        page.wait_for_function("window.drawn", timeout=30_000)
        told: dict[str, Any] = page.evaluate(MEASURED)
    page.close()
    return told


def test_the_suppliers_fit_beside_their_controls_with_their_totals(browser: Any) -> None:
    """A window of 1,400 pixels of JupyterLab leaves about 900 for an output."""
    assert measured(browser, supplier_weights, 960)["over"] == 0


@pytest.mark.parametrize("width", [360, 960])
def test_where_a_matrix_scrolls_its_sums_stay_at_the_edge(browser: Any, width: int) -> None:
    told = measured(browser, many, width)
    assert told["over"] > 100
    for last in told["lasts"]:
        assert told["box"]["left"] < last["left"] < last["right"] <= told["box"]["right"] + 1
