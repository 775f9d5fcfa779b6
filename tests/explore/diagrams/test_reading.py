"""How a diagram is read: numbers along axes, and concept maps from a start in one direction."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from in_node import READ, RENDER, in_node

from svclab.explore.diagrams import (
    CausalLoop,
    Concept,
    ConceptMap,
    Link,
    Plane,
    Relation,
    Scale,
    Spot,
    Variable,
)  # fmt: skip

PLACED = READ + """
const { layers, sided } = await import("./layers.mjs");
const { place } = await import("./layout.mjs");
const does = { layers, sided, place };
console.log(JSON.stringify(given.map(([name, args]) => does[name](...args))));
"""  # fmt: skip
BOX = {"w": 100, "h": 40}


def shown(part: Any) -> str:
    return str(in_node(RENDER, [part.to_data()])[0])


def numbers(markup: str) -> list[list[str]]:
    """The numbers at the ticks of each of the drawings, x first."""
    drawings = re.findall(r'<svg class="svd-plane".*?</svg>', markup, re.S)
    return [re.findall(r'class="svd-end"[^>]*><tspan>([^<]*)', one) for one in drawings]


def plane(x: Scale, y: Scale) -> Plane:
    return Plane(alt="A plane.", x=x, y=y, spots=[Spot(name="KTV", x=x.low, y=y.high)])


def test_an_axis_of_numbers_has_ticks_at_round_numbers_and_a_scale_has_words() -> None:
    price = Scale(label="Price, yuan", low=0, high=100)
    place = Scale(label="Place", low=0, high=1, words=("plain", "special"))
    ticks = ["0", "20", "40", "60", "80", "100"]
    assert numbers(shown(plane(place, price))) == [[*ticks, "plain", "special"]] * 3
    assert numbers(shown(plane(price, place)))[0] == ticks  # words beside y stand upright


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (1, 5, ["1", "2", "3", "4", "5"]),
        (-0.5, 4.5, ["0", "1", "2", "3", "4"]),
        (0, 0.3, ["0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3"]),
        (-30, 30, ["−30", "−20", "−10", "0", "10", "20", "30"]),
        (2000, 14000, ["2,000", "4,000", "6,000", "8,000", "10,000", "12,000", "14,000"]),
    ],
)
def test_ticks_are_few_round_and_within_the_axis(low: float, high: float, ticks: list[str]) -> None:
    words = Scale(label="Quality", words=("low", "high"))
    found = numbers(shown(plane(words, Scale(label="Number", low=low, high=high))))
    assert found == [[*ticks, "low", "high"]] * 3


def test_boxes_stand_in_layers_from_the_first_whatever_circles_there_are() -> None:
    chain = [[0, 1], [1, 2], [2, 3]]
    circle = [*chain, [3, 0], [4, 2]]
    assert in_node(PLACED, [["layers", [4, chain]], ["layers", [5, circle]]]) == [
        [[0], [1], [2], [3]],
        [[0], [1, 4], [2], [3]],
    ]


@pytest.mark.parametrize("width", [304, 540, 820])
@pytest.mark.parametrize("n", [3, 7, 9])
def test_a_chain_is_read_down_the_page_or_from_left_to_right(n: int, width: int) -> None:
    edges = [[k, k + 1] for k in range(n - 1)]
    (boxes,) = in_node(
        PLACED, [["place", [[BOX] * n, edges, width, {"gap": [30, 34], "read": True}]]]
    )
    for a, b in pairwise(boxes):
        beside = abs(a["y"] - b["y"]) < BOX["h"]
        assert b["x"] > a["x"] if beside else b["y"] > a["y"]


def test_items_and_the_chapters_they_lead_to_stand_in_columns_without_touching() -> None:
    groups = ["a"] * 5 + ["b"] * 6 + ["c"] * 5
    edges = [[k, 11 + k % 5] for k in range(11)] + [[k, k + 1] for k in range(4)]
    (boxes,) = in_node(PLACED, [["sided", [[BOX] * 16, edges, groups, 540, [30, 34]]]])
    columns = [{box["x"] for box in boxes[a:b]} for a, b in ((0, 5), (5, 11), (11, 16))]
    assert all(len(column) == 1 for column in columns)
    (left, right, middle) = (column.pop() for column in columns)
    assert left < middle < right
    for column in (boxes[:5], boxes[5:11], boxes[11:]):
        for a, b in pairwise(column):
            assert b["y"] - a["y"] >= BOX["h"] + 12
    # Too narrow for three columns, or too few to need them: another arrangement.
    narrow = ["sided", [[BOX] * 16, edges, groups, 304, [18, 26]]]
    few = ["sided", [[BOX] * 3, [[0, 1], [1, 2]], ["a"] * 3, 540, [30, 34]]]
    assert in_node(PLACED, [narrow, few]) == [None, None]


def test_a_map_is_heard_in_its_order_each_concept_with_what_it_leads_to() -> None:
    markup = shown(
        ConceptMap(
            alt="A chain.",
            concepts=[Concept(name="need"), Concept(name="design", page="05-process"),
                      Concept(name="cost", label="Cost 成本")],
            relations=[Relation(start="need", end="design", label="shapes"),
                       Relation(start="need", end="cost"), Relation(start="design", end="cost")],
        )
    )  # fmt: skip
    drawings = re.findall(r'<svg class="svd-[sml]".*?</svg>', markup, re.S)
    assert drawings
    for one in drawings:
        heard = re.findall(r'<g role="listitem">.*?aria-label="([^"]*)"', one)
        assert heard == [
            "1. need; to design: shapes; leads to Cost 成本",
            "2. design; leads to Cost 成本",
            "3. Cost 成本",
        ]
        assert one.count('class="svd-start"') == 1
        # Lines and their labels are told with the concepts, not once more.
        assert one.index('aria-hidden="true"') < one.index('class="svd-link-name"')
        assert one.index('class="svd-link-name"') < one.index('role="list"')


GUARDED = READ + """
const { csv } = await import("./figures.mjs");
const cell = (textContent) => ({ textContent, innerText: textContent, querySelector: () => null });
console.log(JSON.stringify(given.map((text) => csv({ rows: [{ cells: [cell(text)] }] }))));
"""  # fmt: skip


def test_signs_and_signed_numbers_come_into_a_spreadsheet_and_formulas_do_not_run() -> None:
    good = ["+", "-", "+50", "-50", "+13.7 points", "-3.5%", "+1e-05", "4"]
    assert in_node(GUARDED, good) == good
    bad = ["=1+1", "@SUM(A1)", "+1+cmd|x", "-2+3+cmd|x", "+A1", "-A1"]
    assert in_node(GUARDED, bad) == [f"'{text}" for text in bad]
    assert in_node(GUARDED, ["−2,000"]) == ["-2000"]


def test_two_links_between_the_same_variables_bow_apart_and_each_sign_is_on_its_own() -> None:
    markup = shown(
        CausalLoop(
            alt="Teachers.", variables=[Variable(name="teachers"), Variable(name="missing")],
            links=[Link(start="teachers", end="missing", sign="-"),
                   Link(start="missing", end="teachers", sign="+", delay=True)],
        )
    )  # fmt: skip
    for one in re.findall(r'<svg class="svd-[sm]".*?</svg>', markup, re.S):
        paths = re.findall(r'class="svd-line" d="M([\d.-]+) ([\d.-]+)Q([\d.-]+) ([\d.-]+) ', one)
        (a, b), (c, d) = ([(float(p[0]), float(p[1])), (float(p[2]), float(p[3]))] for p in paths)
        apart = abs(b[0] - d[0]) + abs(b[1] - d[1])
        assert apart > 24, (a, b, c, d)
        signs = re.findall(r'class="svd-sign"[^>]* x="([\d.-]+)" y="([\d.-]+)"', one)
        (x, y), (u, v) = ((float(p), float(q)) for p, q in signs)
        assert abs(x - u) + abs(y - v) > 16
