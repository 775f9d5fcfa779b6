"""Pictures keep within their room: tall trees, short arrows, long numbers, any script."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any

import pytest
from ends import document
from in_node import READ, RENDER, in_node

from svclab.explore.diagrams import (
    Branch,
    CausalLoop,
    ChanceNode,
    Concept,
    ConceptMap,
    DecisionNode,
    DecisionTree,
    EndNode,
    Item,
    Link,
    Matrix,
    Move,
    Plane,
    Relation,
    Scale,
    Spot,
    Variable,
)  # fmt: skip

MEASURED = READ + """
const { measure, wrap } = await import("./drawing.mjs");
console.log(JSON.stringify(given.map((text) => [measure(text), wrap(text.repeat(6), 60)])));
"""  # fmt: skip
PLACED = READ + """
const { passes, place } = await import("./layout.mjs");
console.log(JSON.stringify(given.map(({ n, edges, width }) => {
  const sizes = Array.from({ length: n }, () => ({ w: 90, h: 36 }));
  const boxes = place(sizes, edges, width, { gap: [24, 30] });
  const over = ([a, b]) => boxes.some((box, k) =>
    k !== a && k !== b && passes(boxes[a], boxes[b], box, 2));
  return edges.filter(over).length;
})));
"""  # fmt: skip
MIXED = ["👩‍👩‍👧‍👦 families", "مرحبا بالعالم", "ñandú", "👍🏽🇨🇳", "A<b>&\"c'", "客户体验❤️"]


def shown(part: Any) -> str:
    return str(in_node(RENDER, [part.to_data()])[0])


def pictures(part: Any, sizes: str = "sml") -> list[str]:
    return re.findall(rf'<svg class="svd-[{sizes}]".*?</svg>', shown(part), re.S)


def market(name: str) -> list[Any]:
    """A chance of three ends, each with its chance beside its name."""
    ends = [EndNode(name=f"{name}{k}", payoff=k) for k in range(3)]
    branches = [Branch(to=end.name, label=label, probability=p)
                for end, label, p in zip(ends, ("strong", "fair", "weak"), (0.4, 0.35, 0.25),
                                         strict=True)]  # fmt: skip
    return [ChanceNode(name=name, label="market", branches=branches), *ends]


def large() -> DecisionTree:
    """Twenty-one ends in seven markets, as after a study of a market."""
    studied = [Branch(to=f"m{k}", label="self-run 自营") for k in range(7)]
    root = DecisionNode(name="first", label="buy the study?", branches=studied)
    return DecisionTree(
        alt="A study.", unit="yuan", nodes=[root, *(n for k in range(7) for n in market(f"m{k}"))]
    )


def test_a_tree_of_twenty_one_ends_fits_on_a_laptop_in_letters_of_eleven_pixels() -> None:
    (wide,) = pictures(large(), "l")
    found = re.search(r'max-width:(\d+)px" viewBox="0 0 ([\d.]+) ([\d.]+)"', wide)
    assert found
    most, w, h = map(float, found.groups())
    assert h * most / w <= 650
    assert 12 * most / w >= 11  # the smallest letters have 12 px


def test_every_picture_of_a_tree_says_what_its_nodes_are_called() -> None:
    for picture in pictures(large()):
        assert picture.count(">market<") + picture.count("· market<") == 7
        assert "study?" in picture


def test_names_of_a_tree_keep_apart() -> None:
    (wide,) = pictures(large(), "l")
    ends = [float(y) for y in re.findall(r'data-kind="end" d="M[\d.]+ ([\d.]+)', wide)]
    assert all(low - high >= 17 for high, low in pairwise(sorted(ends)))


def test_the_strokes_of_a_delay_on_a_short_arrow_leave_its_head_free() -> None:
    shown_parts = document("strategy.scale_and_quality")["view"]["parts"]
    (loop,) = [part for part in shown_parts if part["kind"] == "loops"]
    (markup,) = in_node(RENDER, [loop])
    drawn = re.findall(r'<svg class="svd-[sml]".*?</svg>', markup, re.S)
    assert len(drawn) > 1
    delayed = r'<g class="svd-link"(?:(?!</g>).)*svd-delay.*?</g>'
    for group in [group for picture in drawn for group in re.findall(delayed, picture, re.S)]:
        tip = re.search(r'svd-head" d="M([-\d.]+) ([-\d.]+)', group)
        strokes = re.findall(
            r"M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)", group.split("svd-delay")[1]
        )
        assert tip
        assert len(strokes) == 2
        for stroke in strokes:
            x, y, u, v = map(float, stroke)
            away = math.hypot((x + u) / 2 - float(tip[1]), (y + v) / 2 - float(tip[2]))
            assert away > 26


@pytest.mark.parametrize(("low", "high"), [(0, 5_000_000), (-2_000_000, 0), (0, 1e12), (0, 0.0001)])
def test_numbers_under_an_axis_stand_apart_however_long(low: float, high: float) -> None:
    drawn = Plane(
        alt=".", x=Scale(label="Price", low=low, high=high), y=Scale(label="Quality"),
        spots=[Spot(name="KTV", x=low, y=5)],
    )  # fmt: skip
    for picture in re.findall(r'<svg class="svd-plane".*?</svg>', shown(drawn), re.S):
        ticks = re.findall(
            r'class="svd-end" text-anchor="middle" x="([\d.]+)"[^>]*><tspan>([^<]+)', picture
        )
        assert len(ticks) >= 2
        widths = {text: width for (_, text), (width, _) in zip(
            ticks, in_node(MEASURED, [text for _, text in ticks]), strict=True)}  # fmt: skip
        for (x, text), (u, after) in pairwise(ticks):
            assert float(u) - float(x) > (widths[text] + widths[after]) / 2 * 0.93


def test_letters_of_several_signs_are_measured_as_one_and_not_torn_apart() -> None:
    for text, (_, lines) in zip(MIXED, in_node(MEASURED, MIXED), strict=True):
        assert "".join(lines).replace(" ", "") == (text * 6).replace(" ", "")
        for line in lines:
            assert not re.match("[\u200d\ufe0f\u0300-\u036f\U0001f3fb-\U0001f3ff]", line)
            assert not line.endswith("\u200d")
    family, plain = in_node(MEASURED, ["👩‍👩‍👧‍👦", "e\u0301e"])
    assert family[0] == 18
    assert plain[0] == 16


def test_no_script_breaks_any_kind_of_diagram() -> None:
    loop = [Link(start=a, end=b, sign="+") for a, b in pairwise([*MIXED, MIXED[0]])]
    relations = [Relation(start=a, end=b, label=a) for a, b in pairwise([*MIXED, MIXED[0]])]
    parts = [
        CausalLoop(alt=MIXED[4], variables=[Variable(name=name) for name in MIXED], links=loop),
        ConceptMap(alt=MIXED[4], concepts=[Concept(name=n) for n in MIXED], relations=relations),
        Matrix(alt=MIXED[4], rows={"r": MIXED[4]}, columns={"c": MIXED[1]},
               items=[Item(name=n, move=Move(parameter="p", row=0, across="c")) for n in MIXED]),
        Plane(alt=MIXED[4], x=Scale(label=MIXED[0]), y=Scale(label=MIXED[1]),
              spots=[Spot(name=n, x=k, y=k, series=n) for k, n in enumerate(MIXED)]),
    ]  # fmt: skip
    for markup in in_node(RENDER, [part.to_data() for part in parts]):
        assert "<b>" not in markup
        assert "NaN" not in markup


@pytest.mark.parametrize("width", [304, 540, 820])
def test_a_network_that_branches_is_drawn_without_a_line_over_a_box(width: int) -> None:
    cases = [{"n": n, "edges": [[(k - 1) // 2, k] for k in range(1, n)], "width": width}
             for n in (2, 5, 9, 12)]  # fmt: skip
    cases += [{"n": n, "edges": [[k, (k + 1) % n] for k in range(n)], "width": width}
              for n in (3, 6, 10)]  # fmt: skip
    assert sum(in_node(PLACED, cases)) == 0


def test_a_loop_that_is_lit_is_named_though_many_are_shorter() -> None:
    names = [f"v{k}" for k in range(10)]
    links = [Link(start=a, end=b, sign="+") for a, b in pairwise([*names, names[0]])]
    links += [Link(start=b, end=a, sign="+") for a, b in pairwise(names)]
    loop = CausalLoop(
        alt=".", variables=[Variable(name=n) for n in names], links=links, highlight=tuple(names)
    )
    lit = loop.to_data()["lit"]
    assert lit == "R10"
    for picture in pictures(loop):
        assert re.search(rf'data-loop="{lit}"[^>]* data-lit', picture)
    assert 'data-loop="R10" data-kind="R" aria-pressed="true"' in shown(loop)
    assert "2 more loops" in shown(loop)


def test_a_tree_of_twenty_one_ends_has_one_line_for_each_on_a_tablet_too() -> None:
    """The KTV chain with its study: it was 950 px high at widths from 500 to 760."""
    parts = document("strategy.ktv_tree", tree="study", guess=0)["view"]["parts"]
    (tree,) = [part for part in parts if part["kind"] == "tree"]
    (markup,) = in_node(RENDER, [tree])
    (drawn,) = re.findall(r'<svg class="svd-m".*?</svg>', markup, re.S)
    found = re.search(r'max-width:(\d+)px" viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
    assert found
    most, w, h = map(float, found.groups())
    assert h * most / w <= 650
    assert w <= 600  # at 540 px the smallest letters, of 12 px, are 10.8 px high
    ends = [float(y) for y in re.findall(r'data-kind="end" d="M[\d.]+ ([\d.]+)', drawn)]
    assert len(ends) == 21
    assert all(low - high >= 17 for high, low in pairwise(sorted(ends)))
