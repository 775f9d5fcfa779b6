"""Large and odd input: none, one, forty, names of eighty letters, circles, depth."""

from __future__ import annotations

import base64
import math
import random
import re
from itertools import combinations, pairwise
from typing import Any

import pytest
from explorable_page import page_of
from hypothesis import given, settings
from hypothesis import strategies as st
from in_node import RENDER, in_node, run

from svclab.explore import View, explorable
from svclab.explore.diagrams import (
    Branch,
    CausalLoop,
    ChanceNode,
    Concept,
    ConceptMap,
    DecisionNode,
    DecisionTree,
    Diagram,
    EndNode,
    Item,
    Link,
    Matrix,
    Plane,
    Relation,
    Scale,
    Spot,
    Variable,
)

EIGHTY = "a name of eighty letters that goes on and on until it has all of its 80 letters"
LONG = ["Donaudampfschifffahrtsgesellschaft", "服务利润链中的内部服务质量与满意度", EIGHTY]
LONG += ["short", "顾客忠诚", "KTV 包房 & bar"]
FORTY = [f"concept {k}" for k in range(40)]
SPREAD = """
const { spread } = await import("./spread.mjs");
console.log(JSON.stringify(spread(...given)));
"""
# Texts of a drawing that are cut off, or that lie over another one.
SPOILED = """(svg) => {
  const edge = svg.getBoundingClientRect();
  const lines = [...svg.querySelectorAll("text")].flatMap((text) => {
    const parts = [...text.querySelectorAll("tspan")];
    return (parts.length ? parts : [text]).map((one) => [one.getBoundingClientRect(), text]);
  }).filter(([box]) => box.width > 0);
  const cut = lines.filter(([box]) => box.left < edge.left - 1 || box.right > edge.right + 1
    || box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
  const over = lines.filter(([p, a], i) => lines.slice(0, i).some(([q, b]) => a !== b
    && Math.min(p.right, q.right) - Math.max(p.left, q.left) > 2
    && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 4));
  return [...cut, ...over].map(([, text]) => text.textContent);
}"""


def ring(names: list[str]) -> list[tuple[str, str]]:
    return list(pairwise([*names, names[0]]))


def places(names: list[str]) -> list[Spot]:
    draws = random.Random(6)
    return [Spot(name=n, x=10 * draws.random(), y=10 * draws.random()) for n in names]


def tree_of_depth(depth: int) -> DecisionTree:
    """At each node stop, or go on to the next one."""
    nodes: list[Any] = []
    for d in range(depth):
        after = f"d{d + 1}" if d < depth - 1 else "last"
        ways = [Branch(to=f"e{d}", label="stop here"), Branch(to=after, label="go on")]
        nodes += [DecisionNode(name=f"d{d}", label="next?", branches=ways),
                  EndNode(name=f"e{d}", payoff=d)]  # fmt: skip
    return DecisionTree(alt=".", nodes=[*nodes, EndNode(name="last", payoff=100)])


def loops(names: list[str]) -> CausalLoop:
    links = [Link(start=a, end=b, sign="+-"[k % 2]) for k, (a, b) in enumerate(ring(names))]
    return CausalLoop(alt=".", variables=[Variable(name=n) for n in names], links=links)


def circle(names: list[str], label: str) -> ConceptMap:
    relations = [Relation(start=a, end=b, label=label) for a, b in ring(names)]
    return ConceptMap(alt=".", concepts=[Concept(name=n) for n in names], relations=relations)


ONE: list[Diagram] = [
    Matrix(alt=".", rows={"r": "Row"}, columns={"c": "Column"}),
    Plane(alt=".", x=Scale(label="x"), y=Scale(label="y")),
    Plane(alt=".", x=Scale(label="x"), y=Scale(label="y"), spots=[Spot(name="a", x=0, y=10)]),
    CausalLoop(alt=".", variables=[Variable(name="a")]),
    DecisionTree(alt=".", nodes=[EndNode(name="a", payoff=1)]),
    ConceptMap(alt=".", concepts=[Concept(name="a")]),
]  # fmt: skip
DRAWN: dict[str, Diagram] = {
    "plane of forty": Plane(alt=".", x=Scale(label="x"), y=Scale(label="y"), spots=places(FORTY)),
    "plane of twelve on one spot": Plane(
        alt=".", x=Scale(label="x"), y=Scale(label="y"),
        spots=[Spot(name=n, x=5, y=5) for n in FORTY[:12]]),
    "plane of long names": Plane(
        alt=".", x=Scale(label=EIGHTY), y=Scale(label=LONG[1] * 2, words=("便宜的", "fine")),
        quadrants=[*LONG[:3], "d"], spots=places(LONG)),
    "loops of twenty": loops([f"quantity {k}" for k in range(20)]),
    "loops of long names": loops(LONG),
    "tree of depth eight": tree_of_depth(8),
    "tree of long names": DecisionTree(alt=".", unit="百万元", nodes=[
        DecisionNode(name="r", label=EIGHTY, branches=[
            Branch(to=f"{k}", label=name) for k, name in enumerate(LONG)]),
        *(EndNode(name=f"{k}", payoff=10.0**k, label=n) for k, n in enumerate(LONG[:-1])),
        ChanceNode(name="5", branches=[Branch(to="a", label=EIGHTY, probability=0.5),
                                       Branch(to="b", label=LONG[1], probability=0.5)]),
        EndNode(name="a", payoff=1), EndNode(name="b", payoff=-1)]),
    "chain of forty": ConceptMap(
        alt=".", concepts=[Concept(name=n) for n in FORTY],
        relations=[Relation(start=a, end=b, label="leads to") for a, b in pairwise(FORTY)]),
    "circle of long names": ConceptMap(
        alt=".", groups={"g": EIGHTY, "h": LONG[1]},
        concepts=[Concept(name=n, group="gh"[k % 2]) for k, n in enumerate(LONG)],
        relations=[Relation(start=a, end=b, label=EIGHTY) for a, b in ring(LONG)]),
    "circle of twelve": circle(FORTY[:12], "helps"),
}  # fmt: skip


@explorable(title="All", parameters=[])
def drawn() -> View:
    """All of them."""
    return View(say="All.", parts=[*DRAWN.values(), *ONE])


@explorable(title="Saved", parameters=[])
def long_names() -> View:
    """One of each kind with long names."""
    names = ("plane", "loops", "tree")
    kinds = [DRAWN[f"{name} of long names"] for name in names] + [DRAWN["circle of long names"]]
    grid = Matrix(
        alt=".", rows={str(k): n for k, n in enumerate(LONG)}, rows_name="行", columns_name=EIGHTY,
        columns={"a": LONG[0], "b": LONG[1]}, items=[Item(name=EIGHTY), Item(name="x", row="0",
                                                                            column="b")],
    )  # fmt: skip
    return View(say="Save them.", parts=[*kinds, grid])


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 640, 1280, 1920])
def test_no_text_is_cut_off_or_lies_over_another_in_any_large_or_odd_diagram(
    browser: Any, width: int
) -> None:
    with page_of(drawn) as address:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        figures = page.locator("figure.svd").all()
        assert len(figures) == len(DRAWN) + len(ONE)
        for name, figure in zip(DRAWN, figures, strict=False):
            for picture in figure.locator(".svd-drawings svg").all():
                if picture.is_visible():
                    assert picture.evaluate(SPOILED) == [], name
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_saved_pictures_of_long_names_are_whole_and_name_a_font_for_chinese(
    browser: Any, width: int
) -> None:
    with page_of(long_names) as address:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        viewer = browser.new_page(viewport={"width": 1200, "height": 900})
        for kind in ("matrix", "plane", "loops", "tree", "map"):
            with page.expect_download() as waiting:
                page.locator(f"figure.svd-{kind} [data-act=save-svg]").click()
            text = waiting.value.path().read_text(encoding="utf-8")
            (fonts,) = re.findall(r'<svg [^>]*font-family="([^"]+)"', text)
            assert "Noto Sans CJK SC" in fonts
            assert fonts.endswith("sans-serif")
            data = base64.b64encode(text.encode()).decode()
            viewer.set_content(f'<img src="data:image/svg+xml;base64,{data}">')
            assert viewer.evaluate("document.images[0].decode().then(() => 1)") == 1
            viewer.set_content(text.split("?>", 1)[1])
            assert viewer.evaluate(f"({SPOILED})(document.querySelector('svg'))") == [], kind
        viewer.close()
        page.close()


def test_one_thing_or_none_is_drawn_without_a_number_that_is_none() -> None:
    for markup in in_node(RENDER, [part.to_data() for part in ONE]):
        assert "NaN" not in markup
        assert "Infinity" not in markup
        assert "undefined" not in markup


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=1, max_size=12))
def test_points_anywhere_are_moved_apart_within_the_plot(points: list[tuple[float, float]]) -> None:
    field = {"left": 0, "top": 0, "w": 300, "h": 300}
    given_points = [{"x": x, "y": y} for x, y in points]
    stood = run(SPREAD, [given_points, [False] * len(points), 8, field])
    at = [(one["x"], one["y"]) for one in stood]
    assert all(math.dist(p, q) >= 15 for p, q in combinations(at, 2))
    assert all(0 <= v <= 300 for p in at for v in p)
    # A point that the reader moves stays where it is put.
    still = run(SPREAD, [given_points, [True] * len(points), 8, field])
    assert [(one["x"], one["y"]) for one in still] == points


def test_a_tree_of_depth_eight_is_drawn_along_the_page_where_there_is_room() -> None:
    (markup,) = in_node(RENDER, [DRAWN["tree of depth eight"].to_data()])
    (wide,) = re.findall(r'<svg class="svd-l".*?</svg>', markup, re.S)
    assert wide.count('data-kind="end"') == 9
    assert float(re.findall(r'height="([\d.]+)"', wide)[0]) < 500


def test_a_diagram_with_more_loops_than_are_named_says_how_many_there_are() -> None:
    names = [f"v{k}" for k in range(9)]
    links = [Link(start=a, end=b, sign="+") for a in names for b in names if a != b]
    dense = CausalLoop(alt=".", variables=[Variable(name=n) for n in names], links=links)
    (markup,) = in_node(RENDER, [dense.to_data()])
    assert not dense.complete
    assert "33 more loops stand in the table" in markup
