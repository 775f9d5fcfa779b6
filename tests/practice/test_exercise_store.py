"""What the page keeps of exercises, run in Node: what is stored, counted, exchanged."""

from __future__ import annotations

import json
import random
from typing import Any

from in_node import run

from svclab.practice import Feedback, deal, listed, normal_id, records

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
