"""What is saved of a diagram holds all that it shows: a picture and tables, each by itself."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from explorable_page import page_of

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
    Entry,
    Item,
    Link,
    Matrix,
    Plane,
    Relation,
    Scale,
    Spot,
    Totals,
    Variable,
)  # fmt: skip
from svclab.words import number

pytestmark = pytest.mark.browser

DIAGRAMS: dict[str, Diagram] = {
    "matrix": Matrix(
        title="Grid & more", alt="Two services <placed>.", rows={"l": "Low 低", "h": "High"},
        columns={"s": "Standard", "c": "Customised"}, rows_name="Labour", columns_name="Contact",
        entries=[Entry(row="l", column="s", title="Factory", content=number(3.5, 1)),
                 Entry(row="h", column="c", content="none, \"so far\"", verdict="missing")],
        items=[Item(name="KTV", note="at night", row="h", column="s", verdict="wrong"),
               Item(name="Clinic 医院")],
        row_totals=Totals(label="Sum", values=[4, 5]),
        column_totals=Totals(label="All", values=[6, 7]),
    ),
    "plane": Plane(
        title="Firms", alt="Two firms.", x=Scale(label="Price, yuan", high=100),
        y=Scale(label="Quality", words=("plain", "fine")),
        quadrants=["Bargain", "Premium", "Economy", "Trap"],
        spots=[Spot(name="KTV", x=30, y=8, size=4, series="chain", note="invented"),
               Spot(name="Lounge 酒廊", x=80, y=2, series="single", verdict="right")],
    ),
    "loops": CausalLoop(
        title="Loops", alt="A loop.", variables=[Variable(name="births"), Variable(name="people")],
        links=[Link(start="births", end="people", sign="+", note="by definition"),
               Link(start="people", end="births", sign="-", delay=True)],
        names={("births", "people"): "crowding"},
    ),
    "tree": DecisionTree(
        title="Tree", alt="A choice.", unit="yuan", nodes=[
            DecisionNode(name="open?", branches=[Branch(to="m", label="open", amount=-50),
                                                 Branch(to="n", label="leave it")]),
            ChanceNode(name="m", label="market", branches=[
                Branch(to="h", label="strong", probability=0.25),
                Branch(to="l", label="weak", probability=0.75)]),
            EndNode(name="h", payoff=2000, label="full house"), EndNode(name="l", payoff=-100),
            EndNode(name="n", payoff=0)],
    ),
    "map": ConceptMap(
        title="Map", alt="A map.", groups={"g": "service"},
        concepts=[Concept(name="need", group="g", note="what for"),
                  Concept(name="design", page="05-process", highlight=True)],
        relations=[Relation(start="need", end="design", label="shapes")],
    ),
}  # fmt: skip
# What each file must say, in the picture and in the tables.
SAID = {
    "matrix": ["Low 低", "Customised", "Labour", "Contact", "Factory", "3.5", "KTV", "at night",
               "Clinic 医院", "none, \"so far\"", "Sum", "All", "4", "5", "6",
               "7", "Not placed yet"],
    "plane": ["Price, yuan", "Quality", "KTV", "Lounge 酒廊", "chain", "single", "Trap"],
    "loops": ["births", "people"],
    "tree": ["open", "leave it", "strong", "25%", "−50", "375", "2,000", "full house"],
    "map": ["need", "design", "shapes", "service"],
}  # fmt: skip
ONLY_TOLD = {
    "matrix": ["(wrong)", "(missing)"],
    "plane": ["30", "8", "invented", "right", "4"],
    "loops": ["+", "−", "yes", "by definition", "B1", "balancing", "crowding"],
    "tree": ["decision", "market (chance)", "best", "pruned"],
    "map": ["05-process", "what for"],
}
ONLY_SHOWN = {"plane": ["plain", "fine"], "loops": ["B1"], "map": ["start"]}


@explorable(title="Files", parameters=[])
def files() -> View:
    """One of each."""
    return View(say="Save them.", parts=list(DIAGRAMS.values()))


@pytest.fixture(scope="module", params=[1000, 360])
def page(browser: Any, request: Any) -> Iterator[Any]:
    with page_of(files) as address:
        context = browser.new_context(
            viewport={"width": request.param, "height": 900}, color_scheme="dark"
        )
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        yield page
        context.close()


def saved(page: Any, kind: str) -> str:
    with page.expect_download() as waiting:
        page.locator(f"figure.svd-{kind} [data-act=save-svg]").click()
    return str(waiting.value.path().read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """As a spreadsheet reads numbers: with the plain minus, without commas between thousands."""
    return re.sub(r"(\d),(?=\d{3})", r"\1", text.replace("−", "-"))


@pytest.mark.parametrize("kind", list(DIAGRAMS))
def test_a_saved_picture_says_all_and_needs_nothing_beside_it(page: Any, kind: str) -> None:
    text = saved(page, kind)
    root = ElementTree.fromstring(text)
    told = {each.tag.rsplit("}", 1)[-1]: each.text for each in root if each.text}
    assert told["title"] == DIAGRAMS[kind].title
    assert told["desc"] == DIAGRAMS[kind].alt
    assert "sans-serif" in root.attrib["font-family"]
    texts = ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("}text")]
    seen = " ".join(" ".join(part.split()) for part in texts).replace(" ", "")
    for word in [*SAID[kind], *ONLY_SHOWN.get(kind, [])]:
        assert word.replace(" ", "") in seen, word
    outside = [value for each in root.iter() for value in each.attrib.values()
               if "http" in value or "url(" in value or "var(" in value]  # fmt: skip
    assert outside == []
    for each in root.iter():
        if each.tag.endswith("}text"):
            assert each.get("fill") or each.get("style") is None
            assert each.get("role") is None


@pytest.mark.parametrize("kind", list(DIAGRAMS))
def test_a_saved_picture_is_drawn_where_nothing_else_is_known_and_nothing_is_cut_off(
    page: Any, kind: str
) -> None:
    data = base64.b64encode(saved(page, kind).encode()).decode()
    viewer = page.context.new_page()
    viewer.goto("about:blank")
    width, height = viewer.evaluate(
        """async (data) => {
             const image = new Image();
             image.src = `data:image/svg+xml;base64,${data}`;
             await image.decode();
             return [image.naturalWidth, image.naturalHeight];
           }""",
        data,
    )
    assert width > 100
    assert height > 50
    viewer.set_content(base64.b64decode(data).decode().split("?>", 1)[1])
    cut = viewer.evaluate(
        """() => {
             const edge = document.querySelector("svg").getBoundingClientRect();
             return [...document.querySelectorAll("svg text")].filter((text) => {
               const box = text.getBoundingClientRect();
               return box.left < edge.left - 1 || box.right > edge.right + 1
                 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1;
             }).map((text) => text.textContent);
           }"""
    )
    viewer.close()
    assert cut == []


@pytest.mark.parametrize("kind", list(DIAGRAMS))
def test_its_tables_as_csv_hold_all_data(page: Any, kind: str) -> None:
    figure = page.locator(f"figure.svd-{kind}")
    if not figure.locator("details").evaluate("e => e.open"):
        figure.locator("summary").click()
    cells: list[str] = []
    for at, table in enumerate(DIAGRAMS[kind].tables()):
        with page.expect_download() as waiting:
            figure.locator("[data-act=save-table]").nth(at).click()
        text = waiting.value.path().read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert rows[1:] == [[plain(str(cell)) for cell in row] for row in table.rows]
        cells += [cell for row in rows for cell in row]
    told = " | ".join(cells)
    for word in [*SAID[kind], *ONLY_TOLD[kind]]:
        assert plain(word) in told, word
