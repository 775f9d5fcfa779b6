"""A program to copy, and messages at the cells of a table: Python, renderer and browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from explorable_page import document, markup, page_of

from svclab.explore import (
    Choice,
    Code,
    Column,
    Figure,
    Integer,
    SettingError,
    Table,
    View,
    explorable,
)
from svclab.words import number

PROGRAM = """import pulp  # "not" a text
name = "a # in a text, and a \\" quote"
if 1 < 2 and name:
    print('<b>&amp;</b>', name)
"""
ROWS = [{"name": "one", "sign": "a", "n": 1}, {"name": "two", "sign": "b", "n": 2}]


@explorable(
    title="A table and its program",
    parameters=[
        Table(
            name="rows", label="Rows", default=ROWS, add=True, max_rows=4, wide=True,
            columns=[
                Column(name="name", label="Name", longest=70, unique=True, what="a word"),
                Column(Choice(name="sign", label="Sign", options={"a": "A", "b": "B"},
                              default="a")),
                Column(Integer(name="n", label="Number", low=0, high=9, default=0)),
            ],
        ),
        Integer(name="most", label="Most", low=1, high=9, default=9),
    ],
)  # fmt: skip
def typed(rows: list[dict[str, Any]], most: int) -> View:
    """Each number may be at most so large."""
    for at, row in enumerate(rows):
        if row["n"] > most:
            raise SettingError("rows", "This is too many. Take less.", row=at, column="n")
    return View(
        say=f"{len(rows)} rows.",
        figures=[Figure("n", "Rows", number(len(rows)))],
        parts=[Code(text=PROGRAM + f"# {rows[-1]['name']}\n", caption="The program")],
    )


def test_code_is_data_with_its_caption() -> None:
    part = Code(text="x = 1\n", caption="One").to_data()
    assert part == {
        "kind": "code", "title": "", "text": "x = 1\n", "language": "python", "caption": "One",
    }  # fmt: skip
    for bad in ({"text": " ", "caption": "One"}, {"text": "x = 1", "caption": ""}):
        with pytest.raises(ValueError, match="needs both its text and a caption"):
            Code(**bad)


def test_a_refused_setting_is_a_problem_at_its_cell() -> None:
    shown = document(typed, {"most": 1})
    assert "view" not in shown
    assert shown["problems"] == {"rows": "This is too many. Take less."}
    assert shown["places"] == {"rows": {"row": 1, "column": "n"}}
    with pytest.raises(ValueError, match="This is too many"):
        typed(most=1)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ROWS[0], ROWS[0]], "Row 2: one stands twice: give each row a name of its own."),
        ([{**ROWS[0], "name": ""}], "Row 1: Name is empty: write a word."),
        ([{**ROWS[0], "name": "x" * 71}], "Row 1: Name is too long: 70 letters at most."),
    ],
)
def test_texts_of_a_table_are_checked(rows: list[dict[str, Any]], said: str) -> None:
    assert document(typed, {"rows": rows})["problems"] == {"rows": said}


def test_the_page_holds_the_program_as_text_before_any_script_runs() -> None:
    html = markup(typed, {})
    start = html.index("<code")
    inside = html[html.index(">", start) + 1 : html.index("</code>")]
    bare = inside
    for kind in ("text", "note"):
        bare = bare.replace(f'<span class="svx-code-{kind}">', "")
    assert unescape(bare.replace("</span>", "")) == PROGRAM + "# two\n"
    assert "<b>" not in bare
    assert '<span class="svx-code-note"># &quot;not&quot; a text</span>' in inside
    assert inside.count("svx-code-text") == 2
    assert 'role="region" tabindex="0" aria-label="The program"' in html
    assert 'data-act="copy-code"' in html


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with page_of(typed) as address:
        context = browser.new_context(viewport={"width": 900, "height": 800})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_function("window.drawn")
        yield page
        assert errors == []
        context.close()


def cell(page: Any, row: int, column: str) -> Any:
    return page.locator(f"tbody tr:nth-child({row}) [data-col={column}]")


@pytest.mark.browser
def test_the_whole_program_is_copied_by_keyboard_and_said_so(page: Any) -> None:
    button = page.locator("[data-act=copy-code]")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('[data-act=copy-code]').textContent === 'Copied'"
    )
    assert page.evaluate("navigator.clipboard.readText()") == PROGRAM + "# two\n"
    assert page.evaluate("document.activeElement.dataset.act") == "copy-code"


@pytest.mark.browser
def test_without_a_clipboard_the_program_is_selected(page: Any) -> None:
    page.evaluate(
        """() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
        document.execCommand = () => false;
    }"""
    )
    page.locator("[data-act=copy-code]").click()
    page.wait_for_function("String(getSelection()).length > 20")
    assert "copy it by hand" in page.locator("[data-act=copy-code]").text_content()
    assert page.evaluate("String(getSelection())").strip() == (PROGRAM + "# two").strip()


@pytest.mark.browser
def test_a_long_program_scrolls_by_itself_and_is_reached_by_tab(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.locator("[data-act=copy-code]").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "svx-code-body"
    widths = page.evaluate(
        "[document.querySelector('.svx-code-body').scrollWidth, "
        "document.querySelector('.svx-code-body').clientWidth, document.body.scrollWidth]"
    )
    assert widths[0] > widths[1]
    assert widths[2] <= 320


@pytest.mark.browser
def test_a_message_stands_at_its_cell_and_the_last_view_stays(page: Any) -> None:
    cell(page, 2, "n").fill("5")
    cell(page, 2, "n").press("Tab")
    page.locator("[data-param=most] .svx-box").fill("4")
    page.locator("[data-param=most] .svx-box").press("Tab")
    page.wait_for_selector("[data-param=rows] .svx-problem:not([hidden])")
    assert page.locator("[data-param=rows] .svx-problem").text_content() == (
        "This is too many. Take less. You still see the results from before."
    )
    invalid = page.locator("[data-param=rows] [aria-invalid=true]")
    assert invalid.count() == 1
    assert invalid.get_attribute("data-col") == "n"
    assert page.locator(".svx-say").text_content() == "2 rows."
    cell(page, 2, "n").fill("3")
    cell(page, 2, "n").press("Tab")
    page.wait_for_selector("[data-param=rows] .svx-problem", state="hidden")
    assert page.locator("[aria-invalid=true]").count() == 0


@pytest.mark.browser
def test_a_new_row_has_a_name_of_its_own_and_a_name_twice_is_told_at_once(page: Any) -> None:
    add = page.locator("[data-act=add-row]")
    add.click()
    add.click()
    page.wait_for_function("document.querySelector('.svx-say').textContent === '4 rows.'")
    names = [cell(page, n, "name").input_value() for n in range(1, 5)]
    assert names == ["one", "two", "two 2", "two 3"]
    cell(page, 4, "name").fill("one")
    cell(page, 4, "name").press("Tab")
    said = page.locator("[data-param=rows] .svx-problem").text_content()
    assert said.startswith("Name: one stands twice. Give each row a name of its own.")
    assert page.locator("[aria-invalid=true]").input_value() == "one"


@pytest.mark.browser
def test_on_paper_the_program_breaks_its_lines_and_has_no_button(page: Any) -> None:
    page.set_viewport_size({"width": 400, "height": 700})
    page.emulate_media(media="print")
    assert not page.locator("[data-act=copy-code]").is_visible()
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.svx-code-body code')).whiteSpace"
    ).startswith(("pre-wrap", "preserve"))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_program_is_readable_in_both_schemes(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    colours = page.evaluate(
        """() => ['.svx-code-note', '.svx-code-text', '.svx-code-body'].map((s) => {
        const box = getComputedStyle(document.querySelector('.svx-code-body'));
        return [getComputedStyle(document.querySelector(s)).color, box.backgroundColor];
    })"""
    )
    for front, back in colours:
        assert contrast(front, back) >= 4.5, (scheme, front, back)


def contrast(front: str, back: str) -> float:
    """The contrast of two colours (WCAG 2)."""

    def light(colour: str) -> float:
        parts = [int(x) / 255 for x in colour[colour.index("(") + 1 : -1].split(",")[:3]]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(front), light(back)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_table_tells_its_host_what_a_text_shall_be() -> None:
    (rows, _) = typed.declaration()["parameters"]
    assert rows["wide"] is True
    assert rows["columns"][0] == {
        "kind": "text", "what": "a word", "longest": 70, "unique": True, "name": "name",
        "label": "Name", "editable": True,
    }  # fmt: skip
    json.dumps(rows)
