"""What the page makes of room: controls, tools and texts of charts where they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from explorable_page import page_of

from svclab.explore import (
    Choice,
    Column,
    Explorable,
    Figure,
    Integer,
    Number,
    Table,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.explore.diagrams import (
    Branch,
    Concept,
    ConceptMap,
    DecisionNode,
    DecisionTree,
    EndNode,
    Entry,
    Fill,
    Matrix,
    Relation,
    in_the_picture,
)
from svclab.words import number

pytestmark = pytest.mark.browser


def one(name: str, default: float = 5) -> Number:
    return Number(
        name=name, label=name, low=0, high=10, step=1, default=default, group="The market"
    )


@explorable(title="Many", parameters=[one(f"p{k}") for k in range(12)])
def many(**numbers: float) -> View:
    chart = lines(
        [{"x": x, "y": x / 1000} for x in (0, 50, 100)],
        x=("x", "Retention, %"), y=("y", "Worth"), x_domain=(0, 100),
        marks=[guess_mark(x=92, y=0.05), {"x": 97, "label": "a rule with a long name"},
               {"x": 5, "y": 0.08, "label": "early"}],
        alt="A line.", title="A line",
    )  # fmt: skip
    total = number(sum(numbers.values()))
    return View(figures=[Figure("sum", "Sum", total)], say="A sum.", parts=[chart])


@explorable(title="A tree", parameters=[one("a")])
def a_tree(a: float) -> View:
    nodes: list[DecisionNode | EndNode] = [
        DecisionNode(name="d", branches=[Branch(to="x", label="open"), Branch(to="y", label="no")]),
        EndNode(name="x", payoff=a), EndNode(name="y", payoff=1),
    ]  # fmt: skip
    tree = DecisionTree(alt="A choice.", nodes=nodes)
    return View(figures=[Figure("a", "a", number(a))], say="A tree.", parts=[tree])


@explorable(
    title="In the picture",
    parameters=[Table(name="t", label="T", shown_if=in_the_picture("t"),
                      default=[{"w": "x", "n": 1}],
                      columns=[Column(name="w", label="W", editable=False),
                               Column(Integer(name="n", label="N", low=0, high=5, default=1))])],
)  # fmt: skip
def in_picture(t: list[dict[str, Any]]) -> View:
    entry = Entry(row="x", column="n", content=t[0]["n"],
                  fill=Fill(parameter="t", row=0, column="n"))  # fmt: skip
    grid = Matrix(title="Grid", alt="A grid.", rows={"x": "X"}, columns={"n": "N"}, entries=[entry])
    return View(figures=[Figure("n", "n", number(t[0]["n"]))], say="A grid.", parts=[grid])


@explorable(title="A tall map", parameters=[one("a")])
def a_tall_map(a: float) -> View:
    names = [f"step {k}" for k in range(30)]
    chain = ConceptMap(
        alt="A long chain.", concepts=[Concept(name=name) for name in names],
        relations=[Relation(start=x, end=y) for x, y in pairwise(names)],
    )  # fmt: skip
    return View(figures=[Figure("a", "a", number(a))], say="A chain.", parts=[chain])


ROLES = {"w": "wins, weight 0.4", "q": "qualifies from 5"}


@explorable(
    title="Roles",
    parameters=[Table(name="t", label="T", shown_if=in_the_picture("t"),
                      default=[{"x": "w", "y": "q"}],
                      columns=[Column(Choice(name=n, label=n, options=ROLES, default="w"))
                               for n in "xy"])],
)  # fmt: skip
def roles(t: list[dict[str, Any]]) -> View:
    entries = [
        Entry(row="sound", column=n, content=t[0][n], fill=Fill(parameter="t", row=0, column=n))
        for n in "xy"
    ]
    grid = Matrix(title="Roles", alt="Roles.", rows={"sound": "Sound"},
                  columns={"x": "Students", "y": "Colleagues"}, entries=entries)  # fmt: skip
    figures = [Figure("n", "Weighted mean", number(1)), Figure("m", "Begin at", "process design")]
    return View(figures=figures, say="Roles.", parts=[grid])


@contextmanager
def shown(browser: Any, found: Explorable, width: int, height: int = 800) -> Iterator[Any]:
    with page_of(found) as address:
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        page.wait_for_function("window.drawn", timeout=30_000)
        yield page
        context.close()


def box(page: Any, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.bounding_box()
    return found


def test_tools_stand_above_the_parts_where_all_is_set_in_the_picture(browser: Any) -> None:
    for width in (360, 1000):
        with shown(browser, in_picture, width) as page:
            tools, parts = box(page, "[data-act=reset]"), box(page, ".svx-parts")
            assert tools["y"] + tools["height"] <= parts["y"], width


UNDER_THE_FINGER = """e => {
  e.scrollIntoView({ block: "center" });
  const { left, top, width, height } = e.getBoundingClientRect();
  return e.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


@pytest.mark.parametrize("found", [in_picture, many], ids=lambda one: one.title)
def test_no_figure_lies_over_the_tools_on_a_phone(browser: Any, found: Explorable) -> None:
    with shown(browser, found, 360, 740) as page:
        for tool in ("reset", "link"):
            assert page.locator(f"[data-act={tool}]").first.evaluate(UNDER_THE_FINGER), tool


def test_a_tall_form_stays_beside_the_results_and_scrolls_by_itself(browser: Any) -> None:
    with shown(browser, many, 1100) as page:
        form = box(page, ".svx-controls")
        assert form["height"] <= 800 - 5.5 * 16 + 1
        last = page.locator("[data-act=link]")
        last.focus()
        page.wait_for_timeout(200)
        bottom = box(page, ".svx-controls")
        place = last.bounding_box()
        assert place["y"] + place["height"] <= bottom["y"] + bottom["height"] + 1
    with shown(browser, many, 360) as page:
        assert box(page, ".svx-controls")["height"] > 900  # on a phone the page scrolls


def test_on_a_phone_the_first_key_figures_stay_in_sight_beside_the_controls(browser: Any) -> None:
    with shown(browser, many, 360, 740) as page:
        form, figure = box(page, ".svx-controls"), box(page, ".svx-figure")
        assert form["y"] + form["height"] > 800  # the figures' own place is below the screen
        assert figure["y"] + figure["height"] == pytest.approx(740, abs=1)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        form, figure = box(page, ".svx-controls"), box(page, ".svx-figure")
        assert figure["y"] >= form["y"] + form["height"]
    with shown(browser, many, 500, 360) as page:  # there they would cover what is moved
        assert box(page, ".svx-figure")["y"] > 360


def test_heads_of_settings_have_the_whole_width_on_paper(browser: Any) -> None:
    with shown(browser, many, 1000) as page:
        page.emulate_media(media="print")
        head, form = box(page, ".svx-group-name"), box(page, ".svx-controls")
        assert head["width"] > 0.95 * form["width"]
        assert (
            page.locator(".svx-controls").evaluate("e => getComputedStyle(e).maxHeight") == "none"
        )


def test_a_tree_has_the_whole_width_where_it_would_be_a_list_beside_controls(browser: Any) -> None:
    with shown(browser, a_tree, 780) as page:
        tree, form = box(page, ".svd-tree"), box(page, ".svx-controls")
        assert tree["y"] > form["y"] + form["height"]
        assert tree["width"] > 700
    with shown(browser, a_tree, 1200) as page:
        assert box(page, ".svd-tree")["x"] > box(page, ".svx-controls")["x"] + 200


@pytest.mark.parametrize("width", [360, 760, 1400])
def test_no_text_of_a_chart_is_cut_at_the_right(browser: Any, width: int) -> None:
    with shown(browser, many, width) as page:
        cut = page.evaluate(
            """() => { const edge = document.querySelector(".svx-slot").getBoundingClientRect();
                 return [...document.querySelectorAll(".svx-vega text")]
                   .filter((e) => e.textContent
                     && e.getBoundingClientRect().right > edge.right + 1)
                   .map((e) => e.textContent) }"""
        )
        assert cut == []
        texts = page.locator(".svx-vega text").all_text_contents()
        assert "your guess" in texts
        assert [text for text in texts if re.fullmatch(r"0\.\d*0", text)] == []
        early = page.locator(".svx-vega text", has_text="early").get_attribute("text-anchor")
        assert early in (None, "start")


def test_letters_of_a_wide_chart_are_larger(browser: Any) -> None:
    sizes = {}
    for width in (360, 1400):
        with shown(browser, many, width) as page:
            sizes[width] = page.evaluate(
                """[...document.querySelectorAll(".svx-vega text")]
                     .map((e) => parseFloat(getComputedStyle(e).fontSize))"""
            )
    assert min(sizes[360]) == 12
    assert min(sizes[1400]) == 13


def test_a_tall_map_fits_a_sheet_of_paper(browser: Any) -> None:
    with shown(browser, a_tall_map, 680, 1000) as page:
        page.emulate_media(media="print")
        drawn = page.locator(".svd-drawings > svg:visible")
        assert drawn.bounding_box()["height"] <= 22 / 2.54 * 96 + 1  # of 29.7 cm


def test_a_choice_in_a_cell_is_read_whole_on_a_phone(browser: Any) -> None:
    room = """e => {
      const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(e);
      pen.font = style.font;
      const arrow = 1.4 * parseFloat(style.fontSize);
      const inner = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return inner - arrow - pen.measureText(e.selectedOptions[0].text).width;
    }"""
    with shown(browser, roles, 360, 740) as page:
        for one in page.locator(".svd-cell select").all():
            assert one.evaluate(room) >= 0


def test_key_figures_stand_one_below_the_other_where_letters_are_large(browser: Any) -> None:
    with shown(browser, roles, 360, 740) as page:
        figures = page.locator(".svx-figure")
        for size, columns in ((16, 2), (32, 1)):
            page.evaluate(f"document.documentElement.style.fontSize = '{size}px'")
            assert len({one.bounding_box()["x"] for one in figures.all()}) == columns, size
