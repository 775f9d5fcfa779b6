"""The browser's side of exercises, run in Node: what is drawn, what is kept, what is exchanged."""

from __future__ import annotations

import json
import os
import random
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import svclab
from svclab.course.node import find_node
from svclab.course.places import CourseError
from svclab.practice import Feedback, answer, deal, listed, normal_id, records
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


def node() -> str:
    try:
        return find_node().program
    except CourseError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("Node is missing: install the site's dependencies")


def run(script: str, given: Any) -> Any:
    """A few lines of JavaScript on the page's own modules; gives what they print."""
    read = 'const given = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));'
    done = subprocess.run(
        [node(), "--input-type=module", "--eval", f"{read}\n{script}"],
        input=json.dumps(given), capture_output=True, encoding="utf-8", timeout=60, check=False,
        cwd=WEB,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


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


def test_an_exercise_in_code_is_shown_with_the_way_to_its_notebook() -> None:
    code = {"kind": "code", "name": "f", "label": "Function", "help": "", "signature": "def f(a):"}
    page = drawn({**DOCUMENT, "fields": [code], "kernel": True}, notebook="notebooks/05.ipynb")
    assert not page.select("form, [data-act=check], [data-act=redraw]")
    assert page.find("a", href="notebooks/05.ipynb", download=True)
    assert "def f(a):" in page.get_text()


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


READ = """
const { read, doneOf, owner, standing, exercisesOf } = await import("./progress.mjs");
console.log(JSON.stringify(given.map((text) => {
  const { data, spoilt } = read(text);
  const [done, one] = [doneOf(data, ["a.b"]), standing(data, "a.b")];
  return { spoilt, who: owner(data), done, data, one };
})));
"""


def stored(*, entry: Any, student: Any = "") -> str:
    people = {(student or "~").lower(): {"salt": "0" * 16, "exercises": {"a.b/1": entry}}}
    return json.dumps({"schema": 1, "student": student, "people": people})


RECORD = {"exercise": "a.b", "answers": {}, "score": 100, "time": "2026-11-21T12:00:00Z"}

SPOILT = ["{", "null", "7", '"text"', "[]", '{"people": 3', "\x00"]
STRANGE = [
    '{"people": [1, 2]}',
    '{"people": {"~": null, "__proto__": {"exercises": []}}}',
    '{"student": {"a": 1}, "people": {"~": {"exercises": {"a.b/1": {"records": "many"}}}}}',
    stored(entry=None),
    stored(entry={"records": [None, 7, {"score": "100"}, {**RECORD, "score": 40404}]}).replace(
        "40404", "1e400"
    ),
    stored(entry={"tries": -3, "hints": {}, "check": "yes", "answers": [1]}),
    stored(entry={"records": [RECORD]}, student="~"),
    stored(entry={"records": [RECORD]}, student="x" * 500),
]


def test_spoilt_storage_is_noticed_and_strange_entries_are_left_out() -> None:
    found = run(READ, SPOILT + STRANGE)
    assert [one["spoilt"] for one in found] == [True] * len(SPOILT) + [False] * len(STRANGE)
    for one in found[: len(SPOILT) + 6]:
        assert one["done"] == 0
        assert one["who"] == "~"
    assert {one["data"]["student"] for one in found} == {""}


def test_what_is_done_is_counted_for_whoever_is_named_whatever_the_version() -> None:
    done, part = {"records": [RECORD]}, {"records": [{**RECORD, "score": 60}], "tries": 2}
    older = json.loads(stored(entry=part))
    older["people"]["~"]["exercises"]["a.b/2"] = {"done": True}
    mine = json.loads(stored(entry=done, student="2026-A"))
    other = {**mine, "student": "2026-B"}
    found = run(READ, [stored(entry=done), stored(entry=part), "", json.dumps(older),
                       json.dumps(mine), json.dumps(other)])  # fmt: skip
    assert [one["done"] for one in found] == [1, 0, 0, 1, 1, 0]
    assert [one["one"]["best"] for one in found] == [100, 60, -1, 60, 100, -1]


def test_student_numbers_are_compared_as_in_python() -> None:
    script = """
const { normal, isNumber } = await import("./progress.mjs");
console.log(JSON.stringify(given.map((text) => (isNumber(text) ? normal(text) : null))));
"""
    typed = ["2026-0417", " 2026 0417 ", "２０２６-0417a", "2026-ABC", "学号７", "", "  ", "~1",
             "a/b", "x" * 40, "x" * 41, "a\x00b", "É"]  # fmt: skip

    def here(text: str) -> str | None:
        try:
            return normal_id(text)
        except ValueError:
            return None

    assert run(script, typed) == [here(text) for text in typed]


def made(name: str, student: str | None, score: int, minute: int, practice: int = 1) -> Any:
    """A record as Python writes it, with a score of our choice."""
    exercise = next(one for one in listed() if one.name == name)
    variant = deal(exercise, student, practice)
    said = Feedback("unreadable", "", {})
    record = records.make(
        variant, said, {"typed": str(score)}, student=student, practice=practice, salt="ab" * 8,
        time=f"2026-11-21T12:{minute:02d}:00Z", began=None, tries=minute + 1, hints=0,
        solution=False, host="page",
    )  # fmt: skip
    record["score"] = score
    record["checksum"] = records.checksum(record)
    return record


KEPT = """
const { kept } = await import("./exchange.mjs");
console.log(JSON.stringify(given.map(kept)));
"""


def test_best_and_last_are_kept_as_python_keeps_them() -> None:
    """300 random histories, seed 3; equality, so no false alarm."""
    draw = random.Random(3)
    name = listed()[0].name
    one = made(name, "s1", 0, 0)
    histories = []
    for _ in range(300):
        minutes = sorted(draw.sample(range(60), draw.randint(1, 6)))
        histories.append([
            {**one, "score": draw.choice([0, 50, 50, 100]), "time": f"2026-11-21T12:{m:02d}:00Z"}
            for m in minutes
        ])  # fmt: skip
    expected = []
    for history in histories:
        kept: list[dict[str, Any]] = []
        for record in history:
            kept = records.kept(kept, record)
        expected.append(kept)
    assert run(KEPT, [draw.sample(h, len(h)) for h in histories]) == expected


MERGE = """
const { merge, exported, inventory } = await import("./exchange.mjs");
const { read, doneOf } = await import("./progress.mjs");
const { data } = read(given.stored);
const gained = given.imports.map((records) => [...merge(data, records)].sort());
const file = exported(data, "2026-11-21T13:00:00Z");
console.log(JSON.stringify({ data, gained, file, left: inventory(data) }));
"""


def test_an_import_keeps_what_is_better_on_either_side() -> None:
    first, second, third = [one.name for one in listed()[:3]]
    here = {"student": "S1", "people": {"s1": {"salt": "cd" * 8, "exercises": {
        f"{first}/1": {"variant": deal_key(first), "records": [made(first, "s1", 100, 5)],
                       "tries": 6, "answers": {"typed": "draft"}},
        f"{second}/1": {"variant": deal_key(second), "records": [made(second, "s1", 20, 5)]},
    }}}}  # fmt: skip
    coming = [made(first, "s1", 40, 9), made(second, "s1", 80, 1), made(third, "s1", 50, 2)]
    found = run(MERGE, {"stored": json.dumps(here), "imports": [coming, coming]})
    mine = found["data"]["people"]["s1"]["exercises"]
    scores = {key: [one["score"] for one in entry["records"]] for key, entry in mine.items()}
    assert scores == {f"{first}/1": [100, 40], f"{second}/1": [80, 20], f"{third}/1": [50]}
    assert mine[f"{first}/1"]["answers"] == {"typed": "draft"}
    assert mine[f"{first}/1"]["tries"] == 10
    assert found["gained"] == [sorted([first, second, third]), []]
    assert found["left"] == {"number": True, "answered": 3, "typed": 0}


def deal_key(name: str) -> str:
    return deal(next(one for one in listed() if one.name == name), "s1").key


def test_practice_solved_with_other_numbers_stays_done_and_the_present_answer_stays() -> None:
    name = listed()[0].name
    now = made(name, None, 30, 4, practice=7)
    entry = {"variant": now["variant"], "practice": 7, "records": [now], "answers": {"a": "1"}}
    here = {"people": {"~": {"salt": "", "exercises": {f"{name}/1": entry}}}}
    coming = [made(name, None, 100, 1, practice=2)]
    found = run(MERGE, {"stored": json.dumps(here), "imports": [coming]})
    after = found["data"]["people"]["~"]["exercises"][f"{name}/1"]
    assert after["done"] is True
    assert after["records"] == [now]
    assert after["practice"] == 7


def test_an_exported_file_is_read_by_python_without_a_complaint() -> None:
    names = [one.name for one in listed()[:4]]
    coming = [made(name, "2026-ab", 70, 3) for name in names]
    stored_text = json.dumps({"student": "２０２６-AB", "people": {}})
    found = run(MERGE, {"stored": stored_text, "imports": [coming]})
    assert found["file"]["name"] == "svclab-2026-ab.json"
    document = json.loads(found["file"]["text"])
    read, problems = records.read(document)
    assert problems == []
    assert [one.exercise for one in read] == names
    assert all(one.intact and one.of("2026-AB") for one in read)
    assert {"schema", "course", "made", "records"} == set(document)


def test_records_are_found_in_an_export_and_in_a_notebook_and_nowhere_else() -> None:
    script = """
const { found } = await import("./exchange.mjs");
console.log(JSON.stringify(given.map(found)));
"""
    record = made(listed()[0].name, "s1", 10, 1)
    box = records.container([record])
    cells: list[Any] = [
        {"cell_type": "markdown"},
        None,
        {"outputs": [{"data": {records.MIME: box, "text/plain": "Record"}}, {"data": None}, 3]},
        {"outputs": "none"},
    ]
    texts = [json.dumps(box), json.dumps({"cells": cells}), '{"cells": []}', "{}", "[1]", "no"]
    assert run(script, texts) == [box, box, {"schema": 1, "records": []}, None, None, None]
