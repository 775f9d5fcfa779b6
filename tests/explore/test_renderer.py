"""The browser's renderer, run in Node through prerender.mjs: what it writes for each document."""

from __future__ import annotations

import json
import os
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import svclab
from svclab.course.node import find_node
from svclab.course.places import CourseError

WEB = Path(svclab.__file__).parent / "web"


def _node() -> str:
    try:
        return find_node().program
    except CourseError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("Node is missing: install the site's dependencies")


def render(*requests: dict[str, Any]) -> list[dict[str, Any]]:
    lines = "\n".join(json.dumps({"id": i, **request}) for i, request in enumerate(requests))
    done = subprocess.run(
        [_node(), str(WEB / "prerender.mjs")],
        input=lines + "\n",
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def run_script(script: str, argument: Any) -> Any:
    """A few lines of JavaScript on the renderer's own modules; gives what they return."""
    program = f"const given = {json.dumps(argument)};\n{script}"
    done = subprocess.run(
        [_node(), "--input-type=module", "--eval", program],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=WEB,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


EVIL = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>&\'"'

PARAMETERS: list[dict[str, Any]] = [
    {"kind": "number", "name": "rate", "label": "Rate", "unit": "per hour", "low": 0, "high": 240,
     "step": 0.5, "default": 60, "help": "How many come."},
    {"kind": "integer", "name": "n", "label": "Workers", "unit": "", "low": 1, "high": 9,
     "step": 1, "default": 6, "help": ""},
    {"kind": "choice", "name": "few", "label": "Few", "default": "a", "help": "",
     "options": [{"value": v, "label": v.upper()} for v in "abc"]},
    {"kind": "choice", "name": "many", "label": "Many", "default": "a", "help": "",
     "options": [{"value": v, "label": v.upper()} for v in "abcdef"]},
    {"kind": "switch", "name": "on", "label": "On", "default": True, "help": ""},
    {"kind": "seed", "name": "seed", "label": "Customers", "default": 3, "help": ""},
    {"kind": "table", "name": "rows", "label": "Rows", "help": "", "min_rows": 1, "max_rows": 4,
     "add": True, "columns": [
         {"name": "who", "label": "Who", "kind": "text", "editable": True},
         {"name": "t", "label": "Time", "unit": "s", "kind": "number", "low": 0, "high": 99,
          "step": 1, "editable": True}],
     "default": [{"who": EVIL, "t": 5}]},
    {"kind": "number", "name": "hidden", "label": "Hidden", "unit": "", "low": 0, "high": 1,
     "step": 0.1, "default": 0.5, "help": "", "shown_if": {"parameter": "on", "equals": False}},
]  # fmt: skip

FLOW: dict[str, Any] = {
    "kind": "flow", "title": "Flow", "alt": EVIL,
    "nodes": [
        {"id": "a", "label": "check", "lines": ["15 s"], "column": 0, "row": 0, "tone": "",
         "share": 0.25},
        {"id": "b", "label": "eye test and photograph of the applicant", "lines": ["60 s", EVIL],
         "column": 1, "row": 0, "tone": "bottleneck", "share": 1.0},
        {"id": "c", "label": "缴费", "lines": [], "column": 1, "row": 1, "tone": "muted",
         "share": None}],
    "edges": [
        {"from": "a", "to": "b", "label": "", "tone": ""},
        {"from": "a", "to": "c", "label": "30%", "tone": ""},
        {"from": "b", "to": "a", "label": "5%", "tone": "back"}],
}  # fmt: skip

PARTS: list[dict[str, Any]] = [
    {"kind": "chart", "title": "Curve", "alt": "It rises.", "height": 200, "spec": {},
     "data": {"rows": [{"x": 1, "y": 1234.5}, {"x": 2, "y": None}]},
     "columns": {"rows": [{"field": "x", "label": "Workers"}, {"field": "y", "label": EVIL}]}},
    {"kind": "table", "title": "Steps", "rows": [["a", "1"], [EVIL, "2"]], "emphasis": [1],
     "columns": [{"label": "Step", "unit": "", "align": "left"},
                 {"label": "Time", "unit": "s", "align": "right"}]},
    FLOW,
    {"kind": "trace", "title": "Play", "alt": "Two customers.", "unit": "s", "end": 20,
     "speed": 5, "classes": ["walk-in", "booked"],
     "stations": [{"id": "s", "label": EVIL, "servers": 1}],
     "customers": [{"id": 1, "class": 0, "visits": [[0, 0, 0, 10]]},
                   {"id": 2, "class": 1, "visits": [[0, 4, 10, 15]]}]},
    {"kind": "code", "title": "", "text": f"# {EVIL}\nprint('{EVIL}')\n", "language": "python",
     "caption": EVIL},
]  # fmt: skip

DOCUMENT: dict[str, Any] = {
    "name": "test.all", "version": 2,
    "parameters": {p["name"]: p["default"] for p in PARAMETERS} | {"guess": None},
    "view": {
        "say": EVIL, "warning": EVIL, "parts": PARTS,
        "figures": [
            {"key": "c", "label": "Capacity", "text": "65.5", "unit": "per hour", "value": 65.4545,
             "tone": "bad", "help": EVIL}]},
}  # fmt: skip

DECLARATION: dict[str, Any] = {
    "name": "test.all", "version": 2, "title": EVIL, "help": EVIL, "engine": "python",
    "parameters": PARAMETERS,
    "guess": {"kind": "point", "question": EVIL, "part": 0, "x": 2, "y_label": "Wait",
              "unit": "min", "low": 0, "high": 10, "step": 0.5, "parameter": "guess"},
}  # fmt: skip

SVGS = ["<svg><path d='M0 0'/></svg>", None, None, None]
REQUEST = {"declaration": DECLARATION, "document": DOCUMENT, "svgs": SVGS}


class Reader(HTMLParser):
    """Collects elements, checks that each is closed, and keeps ids and references."""

    VOID = frozenset({"input", "br", "img", "link", "meta", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.handlers: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == [], f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("for", "aria-labelledby", "aria-describedby"):
                self.references += (value or "").split()
            if name.startswith("on"):
                self.handlers.append(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def drawn() -> str:
    (reply,) = render(REQUEST)
    assert "html" in reply, reply
    return str(reply["html"])


def test_strangers_text_never_becomes_markup(drawn: str) -> None:
    page = Reader(drawn)
    assert "img" not in page.tags
    assert page.handlers == []
    # The two scripts are the embedded declaration and document; neither is ended by a text.
    assert page.tags.count("script") == 2


def test_embedded_documents_are_the_given_ones(drawn: str) -> None:
    found = re.findall(
        r'<script type="application/json" data-svclab="(\w+)">(.*?)</script>', drawn, re.S
    )
    assert {name: json.loads(text) for name, text in found} == {
        "declaration": DECLARATION,
        "document": DOCUMENT,
    }


def test_every_label_and_description_points_to_an_element(drawn: str) -> None:
    page = Reader(drawn)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)


def test_every_control_and_every_part_is_drawn(drawn: str) -> None:
    for parameter in PARAMETERS:
        assert f'data-param="{parameter["name"]}"' in drawn
    for part in PARTS:
        assert f'data-kind="{part["kind"]}"' in drawn
    assert drawn.count('type="radio"') == 3  # up to four options are chips, more a list
    assert "<path d='M0 0'/>" in drawn  # the drawing made at build time
    assert 'aria-valuetext="60 per hour"' in drawn
    assert re.search(r'data-param="hidden" hidden', drawn)


def test_a_question_covers_the_results_until_it_is_answered(drawn: str) -> None:
    assert 'class="svx-results" data-covered' in drawn
    answered = {**DOCUMENT, "parameters": {**DOCUMENT["parameters"], "guess": 4}}
    (reply,) = render({**REQUEST, "document": answered})
    assert "data-covered" not in reply["html"]
    assert "Your guess: 4 min" in reply["html"]


def test_flow_is_drawn_along_and_down_with_the_bottleneck_named(drawn: str) -> None:
    for way in ("across", "down"):
        (svg,) = re.findall(rf'<svg class="svx-flow-{way}".*?</svg>', drawn, re.S)
        assert svg.count('class="svx-flow-node"') == 3
        assert svg.count('class="svx-flow-edge"') == 3
        assert svg.count("▲ bottleneck") == 1  # in words, not only by colour
        assert "↩ 5%" in svg
        boxes = re.findall(r'class="svx-flow-box" x="([\d.]+)" y="([\d.]+)"', svg)
        (x1, y1), (x2, y2) = [(float(x), float(y)) for x, y in boxes[:2]]
        assert (x2 > x1, y2 > y1) == ((True, False) if way == "across" else (False, True))


def test_the_same_request_gives_the_same_text() -> None:
    first, second = render({**REQUEST, "uid": "x"}, {**REQUEST, "uid": "x"})
    assert first["html"] == second["html"]


def test_an_explorable_twice_in_a_book_has_ids_of_its_own() -> None:
    first, second = (Reader(reply["html"]) for reply in render(REQUEST, REQUEST))
    assert set(first.ids).isdisjoint(second.ids)


def test_a_bad_request_is_named_and_the_next_one_is_answered() -> None:
    bad, good = render({"declaration": {}}, REQUEST)
    assert "error" in bad
    assert "html" in good


def test_numbers_table_shows_what_the_chart_shows(drawn: str) -> None:
    numbers = re.findall(r'<details class="svx-numbers">.*?</details>', drawn, re.S)[0]
    assert "1,234.5" in numbers
    assert "null" not in numbers


LEGEND_SCRIPT = """
const { legendColumns } = await import("./chart.mjs");
console.log(JSON.stringify(given.map(([part, width]) => legendColumns(part, width))));
"""


@pytest.mark.parametrize(("longest", "columns"), [(8, 3), (24, 1)])
def test_a_legend_has_as_many_columns_as_its_longest_name_leaves(
    longest: int, columns: int
) -> None:
    color = {"field": "who", "legend": {"orient": "top"}}
    part = {
        "spec": {"layer": [{"encoding": {"color": color}}]},
        "data": {"rows": [{"who": "a" * longest}, {"who": "b"}]},
    }
    assert run_script(LEGEND_SCRIPT, [[part, 340]]) == [columns]


def test_names_of_a_legend_stand_side_by_side_only_where_the_plot_is_wide_enough() -> None:
    color = {"field": "who", "legend": {"orient": "top"}}
    rows = [{"who": "comes to rest below"}, {"who": "no overshoot up to"}]
    part = {"spec": {"layer": [{"encoding": {"color": color}}]}, "data": {"rows": rows}}
    assert run_script(LEGEND_SCRIPT, [[part, 328], [part, 480]]) == [1, 2]


def test_a_warning_stands_below_the_figures_and_the_sentence(drawn: str) -> None:
    places = [drawn.index(f'class="{c}"') for c in ("svx-figures", "svx-say", "svx-warning")]
    assert places == sorted(places)


def test_a_control_is_shown_for_each_of_several_values() -> None:
    script = """
const { isShown } = await import("./controls.mjs");
const p = { shown_if: { parameter: "n", equals: [1, 2] } };
console.log(JSON.stringify(given.map((n) => isShown(p, { n }))));
"""
    assert run_script(script, [0, 1, 2]) == [False, True, True]


TRACE_SCRIPT = """
const { timeline, stateAt, sentence } = await import("./trace-model.mjs");
const line = timeline(given);
const brief = (t) => {
  const { lanes, inside, done } = stateAt(given, line, t);
  return { queue: lanes[0].queue, served: lanes[0].served.map((s) => s.c), inside, done };
};
console.log(JSON.stringify({
  events: line.events.map((e) => `${e.t} ${e.kind} ${e.c}`),
  states: [0, 5, 10, 15].map(brief),
  first: sentence(given, line.events[0]),
}));
"""


def test_trace_shows_each_customer_where_the_log_says() -> None:
    trace = {**PARTS[3], "stations": [{"id": "s", "label": "desk", "servers": 1}]}
    found = run_script(TRACE_SCRIPT, trace)
    assert found["events"] == [
        "0 arrive 0", "0 start 0", "4 arrive 1", "10 finish 0", "10 leave 0", "10 start 1",
        "15 finish 1", "15 leave 1",
    ]  # fmt: skip
    assert found["states"] == [
        {"queue": [], "served": [0], "inside": 1, "done": 0},
        {"queue": [1], "served": [0], "inside": 2, "done": 0},
        {"queue": [], "served": [1], "inside": 1, "done": 1},
        {"queue": [], "served": [], "inside": 0, "done": 2},
    ]
    assert found["first"] == "0 s  customer 1 (walk-in) comes to desk"


LINK_SCRIPT = """
const { format, parse, settle } = await import("./link.mjs");
const { declaration, parameters, hashes } = given;
const round = settle(declaration, parse(format(declaration, parameters)));
const others = hashes.map((h) => parse(h) && settle(declaration, parse(h)));
console.log(JSON.stringify({ round, others }));
"""


def test_a_link_brings_its_setting_back_and_names_what_it_does_not_know() -> None:
    parameters = {
        **{p["name"]: p["default"] for p in PARAMETERS},
        "rate": 12.5, "on": False, "few": "c", "rows": [{"who": "a&b=ä", "t": 7}],
    }  # fmt: skip
    hashes = [
        "#section-2",
        "#test.all:2:",
        "#test.all:1:rate=20",
        "#test.all:2:nonsense=1&rate=9999&rows=[1&%E0%A4%A=1",
    ]
    found = run_script(
        LINK_SCRIPT, {"declaration": DECLARATION, "parameters": parameters, "hashes": hashes}
    )
    assert found["round"] == {"parameters": parameters, "messages": []}
    heading, plain, older, strange = found["others"]
    assert heading is None
    assert plain["messages"] == []
    assert "version 1" in older["messages"][0]
    assert older["parameters"]["rate"] == 20
    assert len(strange["messages"]) == 4
    assert strange["parameters"]["rate"] == 60


def test_nearby_keys_are_the_same_in_python_and_in_the_page() -> None:
    from svclab.course.nearby import key

    values = [{"b": 7.0, "a": 0.30000000000000004, "t": [{"z": "缴费", "y": None}], "s": True}, {}]
    script = """
const { canonical } = await import("./text.mjs");
console.log(JSON.stringify(given.map(canonical)));
"""
    assert run_script(script, values) == [key(value) for value in values]
