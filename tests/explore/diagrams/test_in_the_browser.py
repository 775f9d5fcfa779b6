"""Diagrams in a real browser: what is moved, filled and lit, how it looks narrow, what is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from explorable_page import page_of

from svclab.explore import Choice, Column, Figure, Integer, Number, Table, View, explorable
from svclab.explore.diagrams import (
    Branch,
    CausalLoop,
    ChanceNode,
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
    in_the_picture,
    score_matrix,
)
from svclab.words import number

pytestmark = pytest.mark.browser

ROWS = {"low": "Low labour intensity", "high": "High labour intensity 劳动密集"}
COLUMNS = {"s": "Standard", "c": "Customised service"}
OFFERS = ["Airline", "Hospital 医院", "Law firm"]
GOALS = {"fast": "Answer within a day", "kind": "Staff are kind"}
AIMS = {"share": "Market share", "profit": "Profit per seat"}
NAMES = ["Customer satisfaction 顾客满意度", "Loyalty", "Workload per person", "Staff turnover"]
RING = [f"{name} {k}" for k in range(5) for name in NAMES]
CROSS = [(0, 7), (3, 12), (5, 1), (9, 4), (14, 2), (18, 8), (11, 16)]


def option(name: str, label: str, options: dict[str, str]) -> Column:
    return Column(Choice(name=name, label=label, options={"": "–", **options}, default=""))


@explorable(
    title="Diagrams",
    parameters=[
        Table(
            name="items", label="Items", shown_if=in_the_picture("items"),
            columns=[Column(name="who", label="Who", editable=False), option("r", "Labour", ROWS),
                     option("c", "Contact", COLUMNS)],
            default=[{"who": who, "r": "low" if k == 0 else "", "c": "s" if k == 0 else ""}
                     for k, who in enumerate(OFFERS)],
        ),
        Table(
            name="scores", label="Scores", shown_if=in_the_picture("scores"),
            columns=[Column(name="goal", label="Goal", editable=False),
                     *(Column(Integer(name=key, label=label, low=0, high=3, default=0))
                       for key, label in AIMS.items())],
            default=[{"goal": label, "share": 1, "profit": 2} for label in GOALS.values()],
        ),
        Table(
            name="firms", label="Firms",
            columns=[Column(name="firm", label="Firm", editable=False),
                     *(Column(Number(name=key, label=label, low=0, high=10, step=0.5, default=5))
                       for key, label in (("x", "Price"), ("y", "Quality")))],
            default=[{"firm": "KTV", "x": 5, "y": 5}, {"firm": "Lounge", "x": 8, "y": 2}],
        ),
    ],
)  # fmt: skip
def everything(
    items: list[dict[str, Any]], scores: list[dict[str, Any]], firms: list[dict[str, Any]]
) -> View:
    """Every kind of diagram."""
    placed = [
        Item(name=row["who"], row=row["r"] or None, column=row["c"] or None,
             move=Move(parameter="items", row=k, down="r", across="c"))
        for k, row in enumerate(items) if bool(row["r"]) == bool(row["c"])
    ]  # fmt: skip
    right = sum(row["r"] == "high" and row["c"] == "c" for row in items)
    variables = [Variable(name=name) for name in RING]
    links = [Link(start=name, end=RING[(k + 1) % 20], sign="+-"[k % 4 == 0], delay=k % 5 == 0)
             for k, name in enumerate(RING)]  # fmt: skip
    links += [Link(start=RING[a], end=RING[b], sign="-") for a, b in CROSS]
    total = sum(row["share"] + row["profit"] for row in scores)
    return View(
        say="Move things.",
        figures=[
            Figure("right", "High and customised", number(right)),
            Figure("total", "Sum of scores", number(total)),
            Figure("price", "Sum of prices", number(sum(row["x"] for row in firms))),
        ],
        parts=[
            Matrix(title="Grid", alt="Where services stand.", rows=ROWS, columns=COLUMNS,
                   rows_name="Labour", items=placed,
                   entries=[Entry(row="high", column="c", title="Professional service")]),
            Matrix(title="Texts", alt="Three columns of texts.", rows=ROWS,
                   columns={**COLUMNS, "n": "New"},
                   entries=[Entry(row=r, column=c, content="Train 以老带新", verdict="wrong")
                            for r in ROWS for c in "scn"]),
            score_matrix(GOALS, AIMS, scores, alt="Scores.", title="Scores", highest=3,
                         parameter="scores"),
            Plane(title="Plane", alt="Firms.", x=Scale(label="Price"), y=Scale(label="Quality"),
                  spots=[Spot(name=row["firm"], x=row["x"], y=row["y"],
                              move=Move(parameter="firms", row=k, across="x", down="y"))
                         for k, row in enumerate(firms)]),
            CausalLoop(title="Loops", alt="Twenty variables.", variables=variables, links=links),
            DecisionTree(
                title="Tree", alt="Open or not.", unit="yuan",
                nodes=[DecisionNode(name="open?", label="Open a shop?", branches=[
                           Branch(to="demand", label="open it ourselves 自营", amount=-50_000),
                           Branch(to="none", label="leave it")]),
                       ChanceNode(name="demand", branches=[
                           Branch(to="h", label="high demand", probability=0.6),
                           Branch(to="l", label="low demand", probability=0.4)]),
                       EndNode(name="h", payoff=200_000), EndNode(name="l", payoff=-100_000),
                       EndNode(name="none", payoff=0)]),
            ConceptMap(title="Map", alt="Concepts.", groups={"a": "aspects"},
                       concepts=[Concept(name=name, group="a", page="05-process" if k else "")
                                 for k, name in enumerate(RING[:12])],
                       relations=[Relation(start=RING[k], end=RING[k + 1], label="leads on to")
                                  for k in range(11)]),
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with page_of(everything) as found:
        yield found


def opened(browser: Any, address: str, **options: Any) -> Iterator[Any]:
    context = browser.new_context(**{"viewport": {"width": 1000, "height": 900}, **options})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.wait_for_selector("svclab-explorable[data-ready]")
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    yield from opened(browser, address)


@pytest.fixture
def phone(browser: Any, address: str) -> Iterator[Any]:
    small = {"width": 320, "height": 700}
    yield from opened(browser, address, viewport=small, has_touch=True, is_mobile=True)


@pytest.fixture
def dark(browser: Any, address: str) -> Iterator[Any]:
    yield from opened(browser, address, color_scheme="dark")


def settled(page: Any, key: str, text: str) -> None:
    page.wait_for_function(
        """([key, text]) =>
             document.querySelector(`[data-key=${key}] .svx-value`).innerText === text""",
        arg=[key, text],
        timeout=10_000,
    )


def centre(place: Any) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def chip(page: Any, name: str) -> Any:
    return page.locator(f'.svd-moves[data-item="{name}"]')


def cell(page: Any, row: str, column: str) -> Any:
    return page.locator(f'[data-row="{row}"][data-column="{column}"]').first


def home(page: Any, name: str) -> list[str]:
    found: list[str] = chip(page, name).evaluate(
        "e => [e.closest('[data-row]').dataset.row, e.closest('[data-row]').dataset.column]"
    )
    return found


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.dataset.item ?? ''"))


def test_an_item_dragged_into_a_cell_sets_both_columns_in_one_step_back(page: Any) -> None:
    x, y = centre(chip(page, "Law firm"))
    page.mouse.move(x, y)
    page.mouse.down()
    to = cell(page, "high", "c").bounding_box()
    page.mouse.move(to["x"] + 20, to["y"] + 20, steps=6)
    assert cell(page, "high", "c").get_attribute("data-aim") == ""
    page.mouse.up()
    settled(page, "right", "1")
    assert home(page, "Law firm") == ["high", "c"]
    assert page.evaluate("window.one.parameters.items[2]") == {
        "who": "Law firm", "r": "high", "c": "c",
    }  # fmt: skip
    page.locator("[data-act=undo]").click()
    settled(page, "right", "0")
    assert home(page, "Law firm") == ["", ""]
    assert page.locator("[data-act=undo]").is_disabled()


def test_arrow_keys_move_an_item_and_the_focus_goes_with_it(page: Any) -> None:
    airline = chip(page, "Airline")
    airline.focus()
    for key, place, text in (
        ("ArrowRight", ["low", "c"], "Low labour intensity, Customised service"),
        ("ArrowDown", ["high", "c"], "High labour intensity 劳动密集, Customised service"),
        ("ArrowDown", ["high", "c"], "High labour intensity 劳动密集, Customised service"),
        ("Delete", ["", ""], "Not placed yet"),
        ("ArrowLeft", ["low", "s"], "Low labour intensity, Standard"),
    ):
        page.keyboard.press(key)
        assert home(page, "Airline") == place
        assert chip(page, "Airline").get_attribute("aria-valuetext") == text
        page.wait_for_timeout(150)  # the answer comes, and must not take the focus
        assert focused(page) == "Airline"
        assert home(page, "Airline") == place
    assert chip(page, "Airline").get_attribute("role") == "slider"


def test_pressing_an_item_and_then_a_cell_moves_it_without_dragging(phone: Any) -> None:
    chip(phone, "Hospital 医院").tap()
    assert chip(phone, "Hospital 医院").get_attribute("data-picked") == ""
    cell(phone, "high", "c").tap(position={"x": 10, "y": 10})
    settled(phone, "right", "1")
    assert home(phone, "Hospital 医院") == ["high", "c"]


def test_a_filled_cell_moves_the_totals_and_nonsense_is_named_and_not_taken(page: Any) -> None:
    box = page.locator('[data-fill-row="1"][data-fill-column="share"]')
    assert box.get_attribute("aria-label") == "Staff are kind, Market share"
    box.fill("3")
    box.press("Tab")
    settled(page, "total", "8")
    assert page.locator(".svd-total").nth(1).inner_text() == "5"
    box.fill("7")
    box.press("Tab")
    assert box.get_attribute("aria-invalid") == "true"
    assert "from 0 to 3" in box.evaluate("e => e.validationMessage")
    assert page.locator("[data-key=total] .svx-value").inner_text() == "8"
    box.fill("0")
    box.press("Tab")
    settled(page, "total", "5")
    assert box.get_attribute("aria-invalid") is None
    page.locator("[data-act=reset]").click()
    settled(page, "total", "6")
    assert box.input_value() == "1"


def test_a_point_is_dragged_along_both_axes_on_the_steps_of_its_table(page: Any) -> None:
    point = page.locator(".svd-spot:visible").first
    x, y = centre(point)
    stage = page.locator(".svd-stage:visible").bounding_box()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - stage["width"] / 4, y - 60, steps=6)
    page.mouse.up()
    moved = page.evaluate("window.one.parameters.firms[0]")
    assert 0 < moved["x"] < 5
    assert 5 < moved["y"] < 10
    assert float(moved["x"] * 2).is_integer()
    settled(page, "price", f"{moved['x'] + 8:g}")
    control = page.locator('[data-param="firms"] input').first
    assert float(control.input_value()) == moved["x"]
    page.locator("[data-act=undo]").click()
    settled(page, "price", "13")


def test_arrow_keys_move_a_point_along_both_axes(page: Any) -> None:
    point = page.locator(".svd-spot:visible").nth(1)
    point.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "PageUp"):
        page.keyboard.press(key)
    settled(page, "price", "13.5")
    assert page.evaluate("window.one.parameters.firms[1]") == {"firm": "Lounge", "x": 8.5, "y": 8}
    assert point.get_attribute("aria-valuetext") == "Price: 8.5; Quality: 8"
    assert point.evaluate("e => e === document.activeElement")


def test_pressing_a_loop_lights_its_links_and_an_update_keeps_them_lit(page: Any) -> None:
    button = page.locator("[data-act=light]").first
    name = button.get_attribute("data-loop")
    button.click()
    lit = ".svd-drawings > :is(.svd-m, .svd-l) .svd-link[data-lit]"
    loops = page.locator(lit).evaluate_all("all => all.map((one) => one.dataset.loops.split(' '))")
    assert loops
    assert all(name in each for each in loops)
    before = page.locator(lit).count()
    chip(page, "Airline").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert page.locator(lit).count() == before
    button.click()
    assert page.locator(lit).count() == 0


def test_a_notebook_has_no_pages_to_lead_to(page: Any) -> None:
    selector = ".svd-map a.svd-go[href]"
    assert page.locator(selector).count() > 0
    page.evaluate(
        """async () => {
             const { MOVES } = await import("./moving.mjs");
             MOVES.map(document.querySelector(".svd-map"), { link: false }, {}, {});
           }"""
    )
    assert page.locator(selector).count() == 0


def test_a_chosen_item_says_so_until_it_is_put_or_let_go(page: Any) -> None:
    chip(page, "Law firm").click()
    assert chip(page, "Law firm").get_attribute("aria-valuetext") == (
        "Not placed yet; chosen, press a place for it"
    )
    chip(page, "Law firm").click()
    assert chip(page, "Law firm").get_attribute("aria-valuetext") == "Not placed yet"
    chip(page, "Law firm").click()
    cell(page, "high", "c").click(position={"x": 10, "y": 10})
    page.wait_for_timeout(200)
    assert "chosen" not in chip(page, "Law firm").get_attribute("aria-valuetext")


def test_how_to_move_stands_above_what_is_moved(page: Any) -> None:
    figure = page.locator(".svd-matrix:has(.svd-tray)").first
    hint = figure.locator(".svx-drag").bounding_box()
    assert hint["y"] + hint["height"] <= figure.locator(".svd-tray").bounding_box()["y"] + 1


def test_a_label_on_an_arrow_has_paper_under_it_in_the_file_too(page: Any) -> None:
    papers = page.locator(".svd-map .svd-m .svd-link-paper, .svd-map .svd-l .svd-link-paper")
    assert papers.count() > 0
    with page.expect_download() as waiting:
        page.locator(".svd-map [data-act=save-svg]").first.click()
    root = ElementTree.fromstring(waiting.value.path().read_text(encoding="utf-8"))
    white = [e for e in root.iter() if e.tag.endswith("}rect") and e.get("fill") in
             ("#fff", "rgb(255, 255, 255)")]  # fmt: skip
    assert len(white) > 1  # the paper of the whole, and those of the labels


OVERLAPS = """(selector) => [...document.querySelectorAll(selector)]
  .filter((svg) => svg.getBoundingClientRect().width > 20)
  .flatMap((svg) => {
    const boxed = (one) => [one.textContent, one.getBoundingClientRect()];
    const texts = [...svg.querySelectorAll("text")].map(boxed);
    const edge = svg.getBoundingClientRect();
    const out = texts.filter(([, b]) => b.left < edge.left - 8 || b.right > edge.right + 8)
      .map(([t]) => `outside: ${t}`);
    return texts.flatMap(([t, a], i) => texts.slice(i + 1)
      .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
      .map(([u]) => `${t} / ${u}`)).concat(out);
  })"""


def test_no_text_of_a_drawing_lies_over_another_and_the_page_does_not_scroll(page: Any) -> None:
    for width in (320, 360, 700, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        for kind in ("loops", "tree", "map", "plane"):
            found = page.evaluate(OVERLAPS, f".svd-{kind} .svd-drawings svg")
            # A sign may touch what it belongs to; names may touch nothing.
            names = [one for one in found if not re.search(r"(^|/ )[+−]( /|$)", one)]
            assert names == [], (kind, width)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        wide = "all => all.filter((e) => e.scrollWidth > e.clientWidth + 1).length"
        assert page.locator(".svd-scroll").evaluate_all(wide) == 0, width


def test_a_map_of_many_concepts_is_a_list_on_a_phone(phone: Any) -> None:
    assert phone.locator(".svd-outline").is_visible()
    assert phone.locator(".svd-map .svd-drawings").is_hidden()
    phone.set_viewport_size({"width": 900, "height": 700})
    assert phone.locator(".svd-outline").is_hidden()


def test_a_saved_picture_is_a_file_of_its_own_in_the_colours_of_paper(dark: Any) -> None:
    for kind in ("matrix", "plane", "loops", "tree", "map"):
        with dark.expect_download() as waiting:
            dark.locator(f".svd-{kind} [data-act=save-svg]").first.click()
        assert waiting.value.suggested_filename.endswith(".svg")
        text = waiting.value.path().read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        names = [element.tag.rsplit("}", 1)[-1] for element in root.iter()]
        assert names[:3] == ["svg", "title", "desc"], kind
        assert "text" in names
        for left in ("var(", "class=", "href", "<style", "url(", "data-"):
            assert left not in text, kind
        fills = {each.get("fill") for each in root.iter() if each.tag.endswith("}text")}
        assert "rgb(29, 35, 41)" in fills, kind  # ink on paper, though the page is dark
    assert dark.locator(".svd-paper").count() == 0


def test_a_copied_picture_is_the_same_text_and_the_button_says_so(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".svd-tree [data-act=copy-svg]").click()
    page.wait_for_function(
        "document.querySelector('.svd-tree [data-act=copy-svg]').textContent === 'Copied'"
    )
    text = page.evaluate("navigator.clipboard.readText()")
    assert ElementTree.fromstring(text).tag.endswith("svg")


def test_a_diagram_is_saved_as_a_table(page: Any) -> None:
    figure = page.locator(".svd-tree")
    figure.locator("summary").click()
    with page.expect_download() as waiting:
        figure.locator("[data-act=save-table]").click()
    rows = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("Way,Node,Probability")
    assert len(rows) == 6


def test_on_paper_the_picture_stands_and_in_forced_colours_it_is_still_drawn(page: Any) -> None:
    page.emulate_media(media="print")
    assert page.locator(".svd-tools:visible").count() == 0
    assert page.locator(".svd-spot:visible").count() == 0
    assert page.locator(".svd-key:visible").count() == 3  # loops, tree, map: what the marks mean
    assert page.locator(".svd-drawings svg:visible").count() >= 4
    page.emulate_media(media="screen", forced_colors="active")
    inks = page.evaluate(
        """() => ["text", ".svd-line", ".svd-box"].map((name) => {
             const look = getComputedStyle(document.querySelector(`.svd-drawings ${name}`));
             return name === "text" ? look.fill : look.stroke;
           })"""
    )
    assert all(ink not in ("none", "rgba(0, 0, 0, 0)") for ink in inks)
