"""After a setting that is refused the last good view stays, and looks like an old one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from explorable_page import document, page_of

from svclab.explore import Code, Figure, Integer, SettingError, TableView, View, explorable
from svclab.words import number

pytestmark = pytest.mark.browser
BEFORE = "You still see the results from before."


@explorable(
    title="A setting that can be refused",
    parameters=[
        Integer(name="n", label="People", low=0, high=99, default=1, unit="people"),
        Integer(name="most", label="Most", low=0, high=99, default=50),
    ],
)
def refusing(n: int, most: int) -> View:
    """Some numbers are too many."""
    if n == 13:
        raise ValueError("Nothing fits together.")
    if n > most:
        raise SettingError("n", "This is too many.")
    return View(
        say=f"There are {n}.",
        figures=[
            Figure("n", "People", number(n)),
            Figure("long", "A long number with a long name", number(n + 3666.66667, 4)),
            Figure("huge", "A huge number", number(-(n + 123456789.5), 4)),
            Figure("words", "Words", "3,666.6667 to 12,345.6789"),
        ],
        parts=[
            TableView(title="People", columns=[("n", "", "right")], rows=[[str(n)]]),
            Code(text=f"n = {n}\n", caption="The program"),
        ],
    )


# A kernel beside the page: what JupyterLab gives, answered by the same server.
KERNEL = """async ({ declaration, doc }) => {
  const { mounts } = await import("./jupyter.mjs");
  const [first, second] = [declaration, doc].map((data) => JSON.stringify(data));
  const given = { key: "k", declaration: first, document: second };
  const hear = [];
  const model = {
    get: (name) => given[name],
    set() {},
    save_changes() {},
    off() {},
    on: (what, act) => what === "msg:custom" && hear.push(act),
    async send({ type, call, request }) {
      if (type !== "compute") return;
      const reply = await fetch("compute", { method: "POST", body: request });
      const text = await reply.text();
      for (const data of [{ type: "document", call, text }, { type: "end", call }]) hear[0](data);
    },
  };
  const el = document.createElement("div");
  document.body.replaceChildren(el);
  await mounts.explorable({ model, el, loadVega: () => null, css: "" });
}"""


@pytest.fixture(params=["page", "kernel"])
def page(browser: Any, request: Any) -> Iterator[Any]:
    with page_of(refusing) as address:
        context = browser.new_context(viewport={"width": 900, "height": 800})
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_function("window.drawn")
        if request.param == "kernel":
            first = {"declaration": refusing.declaration(), "doc": document(refusing, {})}
            page.evaluate(KERNEL, first)
            page.wait_for_selector("svclab-explorable[data-ready]")
        page.evaluate(
            """() => {
            window.heard = [];
            new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach((node) =>
                window.heard.push(node.textContent)))).observe(
                document.querySelector(".svx-live"), { childList: true });
        }"""
        )
        yield page
        assert errors == []
        context.close()


def put(page: Any, name: str, text: str) -> None:
    box = page.locator(f"[data-param={name}] .svx-box")
    box.fill(text)
    box.press("Tab")


def look(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        """() => {
        const at = (selector) => document.querySelector(selector);
        const view = getComputedStyle(at(".svx-view"));
        const tools = getComputedStyle(at(".svx-code-tools"), "::after").content;
        return { filter: view.filter, opacity: Number(view.opacity), shown: view.visibility,
                 note: at(".svx-stale").checkVisibility(), tools };
    }"""
    )
    return found


def until_shown(page: Any, n: int) -> None:
    page.wait_for_function(
        "(text) => document.querySelector('.svx-say').textContent === text", arg=f"There are {n}."
    )


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("60", "[data-param=n] .svx-problem", "This is too many."),
        ("13", ".svx-problem-all", "Nothing fits together."),
        ("120", "[data-param=n] .svx-problem", "People: type a whole number from 0 to 99."),
    ],
    ids=["a control", "a combination", "no value at all"],
)
def test_old_results_are_grey_and_say_so_until_the_setting_is_good_again(
    page: Any, text: str, place: str, said: str
) -> None:
    fresh = look(page)
    assert fresh == {
        "filter": "none", "opacity": 1, "shown": "visible", "note": False, "tools": "none",
    }  # fmt: skip
    put(page, "n", text)
    page.wait_for_selector(f"{place}:not([hidden])")
    page.wait_for_selector(".svx-results[data-stale]")
    told = page.locator(place).text_content()
    until = "Until then you see the results for 1 people."
    assert told == f"{said} {until if text == '120' else BEFORE}"
    assert page.locator(".svx-say").text_content() == "There are 1."
    old = look(page)
    assert old["filter"] == "grayscale(1)"
    assert old["shown"] == "visible"
    assert old["note"]
    assert page.locator(".svx-stale").inner_text() == BEFORE
    assert BEFORE in old["tools"]
    # Quiet text, #5a6570 on white, at this opacity: contrast of at least 4.5 to 1 (WCAG 2.2).
    assert 0.82 <= old["opacity"] < 1
    page.wait_for_timeout(1200)
    heard = [text for text in page.evaluate("window.heard") if said in text]
    assert heard == [told]
    put(page, "n", "2")
    until_shown(page, 2)
    assert look(page) == fresh


def test_what_was_moved_while_another_box_was_wrong_is_shown_once_that_is_mended(
    page: Any,
) -> None:
    put(page, "n", "")
    put(page, "most", "0")
    page.wait_for_selector(".svx-results[data-stale]")
    put(page, "n", "1")  # as it was; but more than most now
    page.wait_for_selector("[data-param=n] .svx-problem:not([hidden])")
    assert "This is too many." in page.locator("[data-param=n] .svx-problem").text_content()
    page.locator("[data-act=reset]").click()
    page.wait_for_selector(".svx-results:not([data-stale])")
    assert not look(page)["note"]


def test_no_figure_breaks_inside_a_number_or_leaves_its_place(page: Any) -> None:
    for width in (320, 360, 700, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        figures = page.evaluate(
            """() => [...document.querySelectorAll(".svx-figure")].map((figure) => {
            const text = figure.querySelector(".svx-value").firstChild;
            const range = document.createRange();
            const words = [...text.data.matchAll(/\\S+/g)].map((word) => {
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const box = range.getBoundingClientRect();
                return [word[0], range.getClientRects().length, box.right];
            });
            return { words, right: figure.getBoundingClientRect().right };
        })"""
        )
        for figure in figures:
            for word, lines, right in figure["words"]:
                assert lines == 1, (word, width)
                assert right <= figure["right"] + 1, (word, width)
