"""A chain of concepts uses the width: rows that turn at the edge, instead of a column."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import Any

import pytest
from ends import document
from in_node import RENDER, in_node, run
from moved_page import moved

from svclab.explore.diagrams import Concept, ConceptMap, Relation
from svclab.strategy.explorables import profit_chain

CHAINED = """
const { chained } = await import("./chains.mjs");
console.log(JSON.stringify(given.map((args) => chained(...args))));
"""
BOX, LABEL, GAP = {"w": 120, "h": 50}, {"w": 30, "h": 18}, [30, 34]


def chain(n: int, width: int, extra: tuple[int, int] | None = None) -> Any:
    """Boxes and labels of a chain, and perhaps of one more link."""
    pairs = [(k, k + 1) for k in range(n - 1)] + ([extra] if extra else [])
    links = [[a, b, n + k] for k, (a, b) in enumerate(pairs)]
    return run(CHAINED, [[[BOX] * n + [LABEL] * len(links), n, links, width, GAP]])[0]


@pytest.mark.parametrize("width", [540, 820])
@pytest.mark.parametrize("n", [5, 7, 8, 12, 40])
def test_a_chain_goes_along_rows_and_back_with_each_label_between_its_concepts(
    n: int, width: int
) -> None:
    boxes = chain(n, width)
    concepts, labels = boxes[:n], boxes[n:]
    assert len({round(box["x"]) for box in concepts}) >= 3
    for a, b in combinations(boxes, 2):
        apart = [abs(a[s] - b[s]) - (a[d] + b[d]) / 2 for s, d in (("x", "w"), ("y", "h"))]
        assert max(apart) >= 15  # an arrow has room
    assert all(b["w"] / 2 <= b["x"] <= width - b["w"] / 2 for b in boxes)
    for a, b, label in zip(concepts, concepts[1:], labels, strict=False):
        assert (a["x"] == b["x"]) != (a["y"] == b["y"])
        for s in "xy":
            assert min(a[s], b[s]) <= label[s] <= max(a[s], b[s])


def test_what_is_no_chain_too_narrow_or_would_be_crossed_is_arranged_in_another_way() -> None:
    assert chain(7, 304) is None
    assert chain(7, 400) is not None
    assert chain(4, 820) is None
    assert chain(7, 820, extra=(0, 2)) is None  # over the second of the same row
    assert chain(7, 820, extra=(0, 6)) is not None
    assert run(CHAINED, [[[BOX] * 5, 5, [[0, 1, None], [0, 2, None], [2, 3, None], [3, 4, None]],
                          820, GAP]]) == [None]  # fmt: skip


@pytest.mark.parametrize("given", [{}, {"cost": -0.1, "direct": 0.1}])
def test_the_service_profit_chain_is_low_where_the_page_is_wide(given: dict[str, float]) -> None:
    """It ran down 850 px of a page on which it had 820 px of width."""
    (part,) = [p for p in document("strategy.profit_chain", **given)["view"]["parts"]
               if p["kind"] == "map"]  # fmt: skip
    (markup,) = in_node(RENDER, [part])
    (height,) = re.findall(r'<svg class="svd-l".*?height="([\d.]+)"', markup)
    assert float(height) < 260


def test_the_service_profit_chain_goes_in_rows_of_two_in_a_column_beside_its_controls() -> None:
    """On a page of 1280 px the column is 450 px wide; it ran down 1050 px of it."""
    (part,) = [p for p in document("strategy.profit_chain")["view"]["parts"] if p["kind"] == "map"]
    (markup,) = in_node(RENDER, [part])
    (height,) = re.findall(r'<svg class="svd-b".*?height="([\d.]+)"', markup)
    assert float(height) < 450


def test_only_a_chain_has_a_drawing_for_a_column_beside_controls() -> None:
    names = [f"step {k}" for k in range(6)]
    star = [Relation(start=names[0], end=name, label="leads to") for name in names[1:]]
    row = [Relation(start=a, end=b) for a, b in pairwise(names)]
    for relations, drawn in ((star, 0), (row, 1)):
        concepts = [Concept(name=name) for name in names]
        part = ConceptMap(alt=".", concepts=concepts, relations=relations)
        (markup,) = in_node(RENDER, [part.to_data()])
        assert markup.count('<svg class="svd-b"') == drawn


def test_a_circle_of_seven_is_closed_by_an_arrow_that_crosses_nothing() -> None:
    names = [f"step {k}" for k in range(7)]
    ring = [Relation(start=a, end=b, label="leads to")
            for a, b in zip(names, [*names[1:], names[0]], strict=True)]  # fmt: skip
    part = ConceptMap(alt=".", concepts=[Concept(name=name) for name in names], relations=ring)
    (markup,) = in_node(RENDER, [part.to_data()])
    (height,) = re.findall(r'<svg class="svd-l".*?height="([\d.]+)"', markup)
    assert float(height) < 320


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "shown"), [(360, "svd-s"), (736, "svd-b"), (820, "svd-m")], ids=str
)
def test_the_drawing_for_a_column_is_seen_there_and_nowhere_else(
    browser: Any, width: int, shown: str
) -> None:
    with moved(browser, profit_chain, width) as page:
        seen = page.locator(".svd-map .svd-drawings > svg:visible")
        assert [one.get_attribute("class") for one in seen.all()] == [shown]
        letters = seen.locator("text").evaluate_all(
            "all => all.map((e) => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a)"
        )
        assert min(letters) >= 10.9
