"""Nothing lies over a name or a number: points of a map on a phone, a name beside a curve."""

from __future__ import annotations

import math
import re
from itertools import combinations, product
from typing import Any

import pytest
from explorable_page import document, page_of
from in_node import RENDER, in_node

from svclab.introduction.explorables import offering_map, sub_systems
from svclab.introduction.offerings import CHARACTERISTICS

MARK = r'<g class="svd-spot-mark"([^>]*) transform="translate\(([\d.]+) ([\d.]+)\)">(.*?)</g>'


def planes() -> list[dict[str, Any]]:
    """The map for every pair of characteristics, all offerings and services alone."""
    given = [
        {"x": x, "y": y, "show": show, "guess": 0}
        for x, y in product(CHARACTERISTICS, repeat=2)
        for show in ("all", "service")
    ]
    return [document(offering_map, one)["view"]["parts"][0] for one in given]


def test_no_offering_covers_another_in_any_map_on_a_phone() -> None:
    for markup in in_node(RENDER, planes()):
        phone = markup.split('<div class="svd-stage svd-m"')[0]
        marks = [(float(x), float(y)) for more, x, y, _ in re.findall(MARK, phone)
                 if "data-moves" not in more]  # fmt: skip
        (size,) = {float(r) for r in re.findall(r'<circle r="([\d.]+)"/><text', phone)}
        assert len(marks) >= 17
        assert size >= 7.5  # a number of two digits has room in it
        assert min(math.dist(p, q) for p, q in combinations(marks, 2)) >= 2.1 * size


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 640, 1280, 1920])
@pytest.mark.parametrize("given", [{}, {"demand": 60.0}, {"demand": 140.0, "failure": 0.0}])
def test_no_curve_crosses_the_word_cheapest(
    browser: Any, width: int, given: dict[str, float]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    with page_of(sub_systems, guess=100.0, **given) as address:
        page.goto(address)
        page.wait_for_function("window.drawn", timeout=30_000)
        crossed, cut = page.evaluate(
            """() => {
                 const chart = [...document.querySelectorAll("figure[data-kind=chart]")].at(-1);
                 const word = [...chart.querySelectorAll("text")]
                   .find((text) => text.textContent === "cheapest").getBoundingClientRect();
                 const line = chart.querySelector(".mark-line path");
                 const at = line.getScreenCTM();
                 const steps = Array.from({ length: 2001 }, (_, i) =>
                   line.getPointAtLength((line.getTotalLength() * i) / 2000).matrixTransform(at));
                 const edge = chart.querySelector(".svx-chart svg, svg").getBoundingClientRect();
                 return [steps.some(({ x, y }) => x > word.left && x < word.right
                     && y > word.top && y < word.bottom),
                   word.left < edge.left - 1 || word.right > edge.right + 1
                     || word.bottom > edge.bottom + 1];
               }"""
        )
    page.close()
    assert not crossed
    assert not cut
