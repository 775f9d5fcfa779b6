"""The browser's side of exercises, run in Node: what is drawn, what is kept, what is exchanged."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from in_node import run

import svclab
from svclab.practice import answer, listed
from svclab.practice.session import HONEST_TRIES

WEB = Path(svclab.__file__).parent / "web"
EVIL = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>&\'"'

FIELDS: list[dict[str, Any]] = [
    {"kind": "number", "name": "rate", "label": EVIL, "help": EVIL, "unit": "per hour"},
    {"kind": "integer", "name": "n", "label": "Workers", "help": "", "unit": ""},
    {"kind": "choice", "name": "short", "label": "Where", "help": "",
     "options": [{"value": v, "label": v.upper()} for v in "abc"]},
    {"kind": "choice", "name": "long", "label": "Why", "help": "Choose one.",
     "options": [{"value": v, "label": EVIL} for v in "ab"]},
    {"kind": "choice", "name": "many", "label": "Which", "help": "",
     "options": [{"value": str(v), "label": f"place {v}"} for v in range(12)]},
    {"kind": "choices", "name": "ticks", "label": "True?", "help": "",
     "options": [{"value": v, "label": f"statement {v}"} for v in "abc"]},
    {"kind": "order", "name": "order", "label": "First first", "help": "",
     "items": [{"value": "x", "label": EVIL}, {"value": "y", "label": "second"}]},
    {"kind": "table", "name": "staff", "label": "Staff", "help": "",
     "rows": [{"value": "am", "label": "Morning"}, {"value": "pm", "label": EVIL}],
     "columns": [
         {"kind": "integer", "name": "people", "label": "People", "help": "", "unit": ""},
         {"kind": "choice", "name": "who", "label": "Who", "help": "",
          "options": [{"value": "a", "label": "Ann"}]}]},
    {"kind": "plan", "name": "plan", "label": "Plan", "help": "",
     "rows": [{"value": "1", "label": "Station 1"}],
     "columns": [{"kind": "number", "name": "w", "label": "Work", "help": "", "unit": "s"}]},
]  # fmt: skip

DOCUMENT: dict[str, Any] = {
    "do": "deal", "name": "test.all", "version": 2, "title": EVIL, "level": "medium",
    "core": True, "points": 2, "minutes": 6, "engine": "python",
    "objective": {"number": 3, "text": EVIL}, "student": False, "practice": 1,
    "variant": "0123456789ab", "question": "<p>How <strong>many</strong>?</p>",
    "fields": FIELDS, "hints": 3, "kernel": False,
}  # fmt: skip

ANSWERS: dict[str, Any] = {
    "rate": "1,234.5", "n": "7", "short": "b", "long": "a", "many": "5", "ticks": ["a", "c"],
    "order": ["y", "x"], "staff": {"am": {"people": "3", "who": "a"}}, "plan": {"1": {"w": "60"}},
}  # fmt: skip


INSIDE = """
const { renderExerciseInside } = await import("./exercise-view.mjs");
console.log(JSON.stringify(given.map(({ doc, state = null, options = {} }) =>
  String(renderExerciseInside(doc, state, { uid: "q", ...options })))));
"""


def drawn(
    doc: dict[str, Any], state: dict[str, Any] | None = None, **options: Any
) -> BeautifulSoup:
    (text,) = run(INSIDE, [{"doc": doc, "state": state, "options": options}])
    Balanced(text)
    return BeautifulSoup(text, "html.parser")


class Balanced(HTMLParser):
    """Checks that every element that is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    return drawn(DOCUMENT, {"answers": ANSWERS}, anchor="exercise-test-all")


def test_strangers_text_never_becomes_markup(page: BeautifulSoup) -> None:
    assert not page.find_all(["img", "script"])
    assert not [tag for tag in page.find_all(True) if any(n.startswith("on") for n in tag.attrs)]
    assert EVIL in page.get_text()


def test_a_table_in_a_text_scrolls_by_itself_and_takes_the_keyboard() -> None:
    table = "<table>\n<thead><tr><th>a</th></tr></thead></table>\n"
    doc = {**DOCUMENT, "question": f"<p>One.</p>\n{table}<p>Two.</p>{table}"}
    state = {"hints": [table], "solution_text": f"<p>So:</p>{table}"}
    page = drawn(doc, state)
    for place, n in ((".svq-question", 2), (".svq-hintlist", 1), (".svq-solution", 1)):
        tables = page.select(f"{place} table")
        assert len(tables) == n
        for one in tables:
            around = one.parent
            assert around["class"] == ["svx-scroll"]
            assert (around["role"], around["tabindex"], around["aria-label"]) == (
                "region", "0", "Table",
            )  # fmt: skip


def test_a_program_in_a_text_or_an_answer_takes_the_keyboard() -> None:
    program = '<pre><code class="language-python">print(1)\n</code></pre>\n'
    doc = {**DOCUMENT, "question": f"<p>One.</p>\n{program}"}
    page = drawn(doc, {"hints": [program], "solution_text": program})
    for place in (".svq-question", ".svq-hintlist", ".svq-solution"):
        assert len(page.select(f"{place} pre")) == 1, place
    for one in page.select("pre"):
        assert (one["role"], one["tabindex"]) == ("region", "0")
        assert one["aria-label"]


def test_every_label_and_description_points_to_an_element(page: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    named = ("for", "aria-labelledby", "aria-describedby")
    asked = {one for tag in page.find_all(True) for n in named for one in tag.get(n, "").split()}
    assert asked <= set(ids)


def test_every_control_has_a_name_and_a_place_for_its_verdict(page: BeautifulSoup) -> None:
    labelled = {tag["for"] for tag in page.find_all("label", attrs={"for": True})}
    for control in page.select("form input, form select"):
        name = control.get("aria-label") or control.get("aria-labelledby")
        assert name or control.get("id") in labelled or control.find_parent("label"), control
    for field in FIELDS:
        place = page.select_one(f'[data-field="{field["name"]}"]')
        verdict = place.select_one(".svq-verdict")["id"]
        assert place.select(f'[aria-describedby~="{verdict}"]'), field["name"]


def test_answers_stand_in_their_fields_again(page: BeautifulSoup) -> None:
    def at(name: str, selector: str) -> Any:
        return page.select_one(f'[data-field="{name}"] {selector}')

    assert at("rate", "input")["value"] == "1,234.5"
    assert at("short", "input[checked]")["value"] == "b"
    assert at("many", "option[selected]")["value"] == "5"
    assert [one["value"] for one in page.select('[data-field="ticks"] [checked]')] == ["a", "c"]
    assert [one["data-value"] for one in page.select('[data-field="order"] li')] == ["y", "x"]
    assert at("staff", '[data-row="am"][data-col="people"]')["value"] == "3"
    assert at("staff", '[data-row="am"] [selected]')["value"] == "a"


def test_an_order_that_is_no_order_of_the_items_is_not_shown() -> None:
    for order in (["x"], ["x", "x"], ["x", "z"], "xy", None):
        page = drawn(DOCUMENT, {"answers": {"order": order}})
        shown = [one["data-value"] for one in page.select('[data-field="order"] li')]
        assert shown == ["x", "y"]


def checked(status: str, message: str, **fields: tuple[str, str]) -> dict[str, Any]:
    said = {n: {"status": one, "message": text} for n, (one, text) in fields.items()}
    return {"check": {"status": status, "message": message, "fields": said}, "tries": 1}


@pytest.mark.parametrize("status", ["right", "part", "wrong", "unreadable"])
def test_the_message_comes_before_the_fields_and_says_its_status_in_words(status: str) -> None:
    words = {"right": "Right", "part": "Partly right", "wrong": "Not right yet",
             "unreadable": "Not checked"}  # fmt: skip
    page = drawn(DOCUMENT, checked(status, "You divided by the wrong number."))
    place = page.select_one(".svq-message[role=status][tabindex='-1']")
    assert place.select_one("strong").get_text().startswith(words[status])
    assert "You divided by the wrong number." in place.get_text()
    everything = list(page.find_all(True))
    assert everything.index(place) < everything.index(page.find("form"))


def test_a_message_that_is_the_status_itself_is_said_once() -> None:
    page = drawn(DOCUMENT, checked("right", "Right."))
    assert page.select_one(".svq-message").get_text(" ", strip=True) == "✓ Right"


def test_a_field_has_its_own_sentence_unless_the_message_holds_it() -> None:
    mean = "You took the mean."
    page = drawn(DOCUMENT, checked("part", f"1 of 2 answers are right. Workers: {mean}",
                                   n=("misconception", mean), rate=("unit", "Another unit?"),
                                   short=("right", "Right.")))  # fmt: skip
    at = {name: page.select_one(f"#q-{name}-verdict").get_text(strip=True)
          for name in ("n", "rate", "short", "long")}  # fmt: skip
    assert at == {"n": "✗Not right.", "rate": "≈Another unit?", "short": "✓Right.", "long": ""}


def test_each_box_of_a_table_has_its_mark_as_a_sign_and_as_a_word() -> None:
    cells = {"am": {"people": "right", "who": "wrong"}, "pm": {"people": "rounded", "who": "right"}}
    state = checked("part", "2 of 4 entries are right.")
    state["check"]["fields"]["staff"] = {
        "status": "wrong", "part": True, "message": "2 of 4 entries are right.", "cells": cells,
    }  # fmt: skip
    place = drawn(DOCUMENT, state).select_one('[data-field="staff"]')
    marks = [one.get_text(" ") for one in place.select(".svq-cell-sign")]
    assert marks == ["✓ Right.", "✗ Not right.", "≈ Rounded too far.", "✓ Right."]
    for box, mark in zip(place.select("[data-col]"), place.select(".svq-cell-sign"), strict=True):
        assert mark["id"] in box["aria-describedby"].split()
        assert mark.select_one(".svq-sign")["aria-hidden"] == "true"
    assert place.select_one(".svq-verdict").get_text(" ", strip=True) == "◐ Partly right."


def test_boxes_of_which_nothing_is_told_have_no_mark() -> None:
    state = checked("wrong", "No.", staff=("wrong", "1 of 4 entries is right."), plan=("wrong", ""))
    page = drawn(DOCUMENT, state)
    assert [one.get_text() for one in page.select(".svq-cell-sign")] == [""] * 5
    assert not page.select("td[data-status]")


def test_buttons_offer_what_can_be_done_now() -> None:
    def buttons(state: dict[str, Any]) -> list[str]:
        return [one.get_text() for one in drawn(DOCUMENT, state).select(".svq-buttons button")]

    assert buttons({}) == ["Check", "Hint 1 of 3"]
    assert buttons({"hints": ["a", "b", "c"]}) == ["Check"]
    after = checked("wrong", "No.")
    after["check"]["solution"] = True
    assert buttons(after) == ["Check", "Hint 1 of 3", "Show the worked solution"]
    assert buttons({**after, "solution_text": "<p>So.</p>"}) == ["Check", "Hint 1 of 3"]
    solved = checked("right", "Right.")
    assert buttons(solved) == ["Check"]


def test_new_numbers_are_for_practice_only() -> None:
    assert drawn(DOCUMENT).select("[data-act=redraw]")
    own = drawn({**DOCUMENT, "student": True, "practice": None}, student=EVIL)
    assert not own.select("[data-act=redraw]")
    assert EVIL in own.select_one(".svq-whose").get_text()


CODE: dict[str, Any] = {
    **DOCUMENT, "kernel": True,
    "fields": [{"kind": "code", "name": "f", "label": "Function", "help": "",
                "signature": "def f(a):"}],
}  # fmt: skip


def test_an_exercise_in_code_is_shown_with_the_way_to_its_notebook() -> None:
    page = drawn(CODE, notebook="notebooks/05.ipynb")
    assert not page.select("form, [data-act=check], [data-act=redraw]")
    assert page.find("a", href="notebooks/05.ipynb", download=True)
    assert "def f(a):" in page.get_text()
    assert "You answer it in the notebook." in page.select_one(".svq-kernel").get_text()


def test_an_exercise_in_code_has_hints_on_the_page_and_speaks_of_no_solution_there() -> None:
    def buttons(state: dict[str, Any]) -> list[str]:
        page = drawn(CODE, state, notebook="notebooks/05.ipynb")
        return [one.get_text() for one in page.select(".svq-buttons button")]

    assert buttons({}) == ["Hint 1 of 3"]
    told = {"hints": ["<p>h</p>"] * 3}
    assert buttons(told) == []
    assert drawn(CODE, told).select_one(".svq-tally").get_text() == "3 hints"


def test_an_exercise_in_code_has_hints_and_after_honest_tries_its_solution_in_a_cell() -> None:
    def buttons(state: dict[str, Any]) -> list[str]:
        page = drawn(CODE, state, cell=True)
        return [one.get_text() for one in page.select(".svq-buttons button")]

    page = drawn(CODE, cell=True)
    said = page.select_one(".svq-kernel").get_text()
    assert "Write it in a cell of the notebook, and check it there" in said
    assert "You answer it in the notebook" not in said
    assert not page.select("form, [data-act=check]")
    assert buttons({}) == ["Hint 1 of 3"]
    assert buttons({"hints": ["<p>h</p>"]}) == ["Hint 2 of 3"]
    assert buttons({"tries": 3, "solution": True}) == ["Hint 1 of 3", "Show the worked solution"]
    stuck = drawn(CODE, {"tries": 1, "hints": ["<p>h</p>"] * 3}, cell=True)
    line = "1 try · 3 hints · the solution opens after 2 more tries."
    assert stuck.select_one(".svq-tally").get_text() == line
    wrong = drawn(CODE, checked("wrong", "No.", f=("wrong", "No.")), cell=True)
    assert "Not right yet" in wrong.select_one(".svq-message").get_text()


def test_best_points_tries_and_hints_are_said() -> None:
    state = {"records": [{"score": 60}, {"score": 0}], "tries": 2, "hints": ["<p>h</p>"]}
    line = drawn(DOCUMENT, state).select_one(".svq-tally").get_text()
    assert line == "Best answer so far: 1.2 of 2 points · 2 tries · 1 hint"


@pytest.mark.parametrize(
    ("tries", "hints", "words"),
    [
        (0, 3, "3 hints · the solution opens after 3 tries."),
        (1, 3, "1 try · 3 hints · the solution opens after 2 more tries."),
        (2, 3, "2 tries · 3 hints · the solution opens after one more try."),
        (2, 2, "2 tries · 2 hints"),
        (3, 3, "3 tries · 3 hints"),
    ],
)
def test_after_the_last_hint_it_is_said_when_the_solution_opens(
    tries: int, hints: int, words: str
) -> None:
    assert HONEST_TRIES == 3  # exercise-view.mjs has it too
    state = {"tries": tries, "hints": ["<p>h</p>"] * hints}
    assert drawn(DOCUMENT, state).select_one(".svq-tally").get_text() == words


def test_who_has_solved_it_is_not_told_of_the_solution() -> None:
    state = {"tries": 1, "hints": ["<p>h</p>"] * 3, "records": [{"score": 100}]}
    assert drawn(DOCUMENT, state).select_one(".svq-tally").get_text() == "Solved · 1 try · 3 hints"


BAR = """
const { StudentBar } = await import("./student-bar.mjs");
const made = {};
const one = (selector) => (made[selector] ??= {
  selector, value: "", textContent: "", open: selector === "details", hidden: false,
  addEventListener() {}, setAttribute() {}, removeAttribute() {},
  focus() { document.activeElement = this; },
  replaceChildren(...lines) { this.textContent = lines.map((line) => line.textContent).join(" "); },
});
globalThis.document = { activeElement: null, createElement: () => ({}) };
const heard = {};
const root = {
  dataset: { names: "a", scope: given.scope ?? "chapter" },
  querySelector: one,
  addEventListener: (name, act) => (heard[name] = act),
};
const store = {
  student: "", data: { people: {} }, trouble: given.trouble,
  setStudent(number) { this.student = number; },
};
new StudentBar(root, store, null);
one("details").open = true;
one("input[type=text]").value = given.typed;
heard.submit({ preventDefault() {} });
console.log(JSON.stringify([one("details").open, document.activeElement?.selector ?? "",
  one(".svq-bar-told").textContent, store.student]));
"""


def test_the_bar_folds_when_a_number_is_taken_and_says_so_in_sight() -> None:
    open_, focus, told, student = run(BAR, {"typed": " 2026-0417 ", "trouble": ""})
    assert (open_, focus, student) == (False, "summary", "2026-0417")
    assert told.startswith("Your number is 2026-0417.")


@pytest.mark.parametrize(("typed", "trouble"), [("", ""), ("a/b", ""), ("2026-0417", "notKept")])
def test_the_bar_stays_open_where_there_is_something_to_read_or_mend(
    typed: str, trouble: str
) -> None:
    assert run(BAR, {"typed": typed, "trouble": trouble})[0]


def test_the_bar_stays_open_on_the_page_of_all_exercises() -> None:
    assert run(BAR, {"typed": "2026-0417", "trouble": "", "scope": "all"})[0]


def test_every_exercise_of_the_course_is_drawn_with_all_its_fields() -> None:
    dealt = [
        json.loads(answer(json.dumps({"do": "deal", "name": one.name, "student": "2026-0417"})))
        for one in listed()
    ]
    for document, text in zip(dealt, run(INSIDE, [{"doc": doc} for doc in dealt]), strict=True):
        Balanced(text)
        shown = [tag["data-field"] for tag in BeautifulSoup(text, "html.parser").select(
            "[data-field]")]  # fmt: skip
        assert shown == [field["name"] for field in document["fields"]], document["name"]
