"""What the renderer draws of each diagram, in Node as when the book is built."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest
from in_node import READ, RENDER, in_node

from svclab.explore.diagrams import (
    Branch,
    CausalLoop,
    Concept,
    ConceptMap,
    DecisionNode,
    DecisionTree,
    EndNode,
    Entry,
    Item,
    Link,
    Matrix,
    Move,
    Plane,
    Relation,
    Scale,
    Spot,
    Variable,
)

EVIL = '<img src=x onerror="alert(1)"></script>&\'"'
LONG = "满意的顾客会把服务推荐给朋友，" * 2 + "and an English name that goes on and on " * 2
WORDS = [
    "Loyalty",
    "Quality of the service",
    "顾客满意度",
    "Price",
    "Waiting time",
    "员工流失 turnover",
]


PLACE = (
    READ
    + """
const { place } = await import("./layout.mjs");
const done = given.map(({ sizes, edges, width, gap }) => place(sizes, edges, width, { gap }));
console.log(JSON.stringify(done));
"""
)
WRAP = (
    READ
    + """
const { wrap, measure } = await import("./drawing.mjs");
const done = ([text, room]) => wrap(text, room).map((line) => [line, measure(line)]);
console.log(JSON.stringify(given.map(done)));
"""
)


def network(n: int, seed: int) -> tuple[list[str], list[tuple[int, int]]]:
    draw = random.Random(f"network {n} {seed}")
    names = [f"{draw.choice(WORDS)} {k}" for k in range(n)]
    pairs = {(k, (k + 1) % n) for k in range(n) if n > 1}
    pairs |= {(a, b) for a, b in (draw.sample(range(n), 2) for _ in range(n // 2))}
    return names, sorted(pairs)


def loops(n: int, seed: int = 0) -> CausalLoop:
    names, pairs = network(n, seed)
    return CausalLoop(
        alt=EVIL, title=EVIL,
        variables=[Variable(name=name) for name in names],
        links=[Link(start=names[a], end=names[b], sign="+-"[(a + b) % 2], delay=a % 3 == 0)
               for a, b in pairs],
    )  # fmt: skip


def concept_map(n: int) -> ConceptMap:
    names, pairs = network(n, 1)
    return ConceptMap(
        alt="A map.", groups={"g": EVIL, "h": "people"},
        concepts=[Concept(name=name, group="gh"[k % 2], page="05-process" if k == 0 else "")
                  for k, name in enumerate(names)],
        relations=[Relation(start=names[a], end=names[b], label=f"leads {a} to {b}")
                   for a, b in pairs],
    )  # fmt: skip


def tree(label: str = "open the shop") -> DecisionTree:
    return DecisionTree(
        alt="A choice.", unit="yuan",
        nodes=[DecisionNode(name="a", label=label, branches=[
                   Branch(to="b", label=label, amount=-50_000), Branch(to="c", label="leave it")]),
               EndNode(name="b", payoff=80_000, label=label), EndNode(name="c", payoff=0)],
    )  # fmt: skip


def matrix() -> Matrix:
    return Matrix(
        alt="A grid.", rows={"low": EVIL, "high": LONG}, columns={"s": "Standard", "c": LONG},
        items=[Item(name=EVIL, row="low", column="s", verdict="wrong"),
               Item(name="law", move=Move(parameter="p", row=0, across="c", down="r"))],
        entries=[Entry(row="low", column="c", title=LONG, content=EVIL, verdict="right")],
    )  # fmt: skip


def plane(n: int) -> Plane:
    draw = random.Random("spots")
    return Plane(
        alt="Firms.", x=Scale(label="Price", words=("cheap", "dear")), y=Scale(label=LONG),
        quadrants=["Good value", "Premium", "Economy", "Stuck in the middle"],
        spots=[Spot(name=f"{WORDS[k % 6]} {k}", x=round(draw.uniform(0, 10), 1),
                    y=round(draw.uniform(0, 10), 1), series="ab"[k % 2]) for k in range(n)],
    )  # fmt: skip


ALL = {
    "loops 1": loops(1), "loops 3": loops(3), "loops 20": loops(20), "map 1": concept_map(1),
    "map 3": concept_map(3), "map 20": concept_map(20), "tree": tree(), "long tree": tree(LONG),
    "strange tree": tree(EVIL), "matrix": matrix(), "plane 0": plane(0), "plane 3": plane(3),
    "plane 30": plane(30),
}  # fmt: skip


class Reader(HTMLParser):
    """Elements and handlers of a page; every element must be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        if tag not in ("input", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_loop_of_the_list_is_named_in_every_picture() -> None:
    parts = [loops(n, seed).to_data() for n in (3, 6, 9, 12, 20) for seed in range(3)]
    for part, text in zip(parts, in_node(RENDER, parts), strict=True):
        names = [loop["name"] for loop in part["loops"]][:7]
        pictures = re.findall(r"<svg class=\"svd-[sml]\".*?</svg>", text, re.S)
        assert pictures
        for picture in pictures:
            found = re.findall(r'class="svd-loop" data-loop="(\w+)"', picture)
            assert found == names, len(part["variables"])


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return dict(zip(ALL, in_node(RENDER, [part.to_data() for part in ALL.values()]), strict=True))


@pytest.mark.parametrize("name", list(ALL))
def test_every_diagram_is_sound_markup_without_numbers_that_are_none(
    drawn: dict[str, str], name: str
) -> None:
    page = Reader(drawn[name])
    assert "img" not in page.tags
    assert "script" not in page.tags
    assert page.handlers == []
    for nonsense in ("NaN", "undefined", "Infinity", "[object", "null"):
        assert nonsense not in drawn[name]


@pytest.mark.parametrize("name", list(ALL))
def test_every_diagram_has_an_alternative_a_table_and_its_actions(
    drawn: dict[str, str], name: str
) -> None:
    assert re.search(r'aria-label="[^"]+"', drawn[name])
    for act in ("copy-svg", "save-svg", "copy-table", "save-table"):
        assert f'data-act="{act}"' in drawn[name]
    assert "<details" in drawn[name]
    assert drawn[name].count("<table") == len(ALL[name].tables())


def test_the_same_data_gives_the_same_picture() -> None:
    part = loops(7).to_data()
    assert len(set(in_node(RENDER, [part] * 2))) == 1
    assert in_node(RENDER, [part]) == in_node(RENDER, [part])


def test_a_loop_says_its_kind_in_letters_and_a_delay_is_two_strokes(drawn: dict[str, str]) -> None:
    found = [loop.name for loop in ALL["loops 3"].loops]  # type: ignore[attr-defined]
    assert found
    for name in found:
        assert f'data-loop="{name}"' in drawn["loops 3"]
    strokes = re.findall(r'class="svd-delay" d="([^"]*)"', drawn["loops 3"])
    assert strokes
    assert {path.count("M") for path in strokes} == {2}
    assert ">−</text>" in drawn["loops 3"]


def test_a_tree_marks_the_best_branch_and_cuts_the_others_in_words_too(
    drawn: dict[str, str],
) -> None:
    assert drawn["tree"].count('class="svd-branch" data-state="best"') == 3  # one a width
    assert drawn["tree"].count('class="svd-branch" data-state="pruned"') == 3
    assert "✓ best" in drawn["tree"]
    assert "not taken" in drawn["tree"]


def test_a_concept_leads_to_its_page(drawn: dict[str, str]) -> None:
    assert 'href="05-process.html"' in drawn["map 3"]


@pytest.mark.parametrize("width", [304, 540, 820])
@pytest.mark.parametrize("n", [2, 3, 8, 24])
def test_no_box_lies_over_another_or_outside_the_width(n: int, width: int) -> None:
    cases = []
    for seed in range(2):
        names, pairs = network(n, seed)
        sizes = [{"w": 60 + 7 * (len(name) % 7), "h": 24 + 17 * (k % 3)}
                 for k, name in enumerate(names)]  # fmt: skip
        cases.append({"sizes": sizes, "edges": pairs, "width": width, "gap": [12, 12]})
    cases[0]["edges"] = []  # nothing is joined
    for boxes in in_node(PLACE, cases):
        assert len(boxes) == n
        for k, a in enumerate(boxes):
            assert a["x"] - a["w"] / 2 >= 0
            assert a["x"] + a["w"] / 2 <= width
            assert a["y"] - a["h"] / 2 >= 0
            for b in boxes[k + 1 :]:
                aside = abs(a["x"] - b["x"]) - (a["w"] + b["w"]) / 2
                above = abs(a["y"] - b["y"]) - (a["h"] + b["h"]) / 2
                assert max(aside, above) >= 11


@pytest.mark.parametrize("room", [40, 88, 200])
@pytest.mark.parametrize(
    "text", [LONG, "Loyalty", "顾客满意度调查与分析报告", "", "a " * 40, "W" * 90]
)
def test_wrapped_lines_keep_all_letters_and_the_room(text: str, room: int) -> None:
    (lines,) = in_node(WRAP, [[text, room]])
    assert re.sub(r"\s", "", "".join(line for line, _ in lines)) == re.sub(r"\s", "", text)
    for line, width in lines:
        assert width <= room or len(line) == 1
    assert not [line for line, _ in lines[1:] if line[:1] in list("，。、")]
