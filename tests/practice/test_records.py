"""Records: made once, read for ever, never believed."""

from __future__ import annotations

import copy
import json
from types import ModuleType
from typing import Any

import pytest

from svclab.practice import AnotherVariantError, answer, check_record
from svclab.practice import records as r

STUDENT = "2026-0417"
NOW = {"time": "2026-11-21T12:05:10Z", "salt": "00112233445566aa", "host": "page"}


def ask(**request: Any) -> dict[str, Any]:
    whole = {"name": "madeup.desk", "student": STUDENT, **NOW, **request}
    document: dict[str, Any] = json.loads(answer(json.dumps(whole)))
    return document


def right() -> dict[str, str]:
    from svclab.practice import deal, find

    return {name: str(value) for name, value in deal(find("madeup.desk"), STUDENT).right.items()}


def record(**answers: Any) -> dict[str, Any]:
    made: dict[str, Any] = ask(do="check", answers=answers or right())["records"][-1]
    return made


def only(document: Any) -> r.Record:
    found, problems = r.read(document)
    assert problems == []
    return found[0]


def test_a_record_is_read_back_and_its_answers_are_checked_anew() -> None:
    one = only(r.container([record()]))
    assert one.intact
    assert one.of(" 2026-0417")
    assert not one.of("2026-0418")
    checked = check_record(one, STUDENT)
    assert (checked.score, checked.status) == (1, "right")


def test_what_a_record_says_of_itself_is_not_believed() -> None:
    boast = {**record(capacity="1"), "score": 100, "tries": 1}
    assert check_record(only(r.container([boast])), STUDENT).score == 0
    assert not only(r.container([boast])).intact


def test_a_record_on_another_students_numbers_is_refused() -> None:
    with pytest.raises(AnotherVariantError, match="other numbers"):
        check_record(only(r.container([record()])), "2026-0418")


def test_misconceptions_are_found_in_a_record() -> None:
    from svclab.practice import deal, find

    wrong = {one.name: v for one, v in deal(find("madeup.desk"), STUDENT).wrong}
    made = record(capacity=str(wrong["mean"]["capacity"]))
    assert check_record(only(r.container([made])), STUDENT).misconceptions == ("mean",)


def test_a_record_of_an_earlier_version_is_graded_by_that_version() -> None:
    made = ask(do="check", version=1, answers={"work": "1.5"})["records"][0]
    assert made["version"] == 1
    checked = check_record(only(r.container([made])), STUDENT)
    assert checked.status in ("right", "part", "wrong")
    newer = {**made, "version": 2}
    with pytest.raises(AnotherVariantError):
        check_record(only(r.container([newer])), STUDENT)


def test_the_checksum_comes_through_javascript_unchanged() -> None:
    """JavaScript has one kind of number: 60.0 would come back as 60."""
    made = record(capacity=60.0, work=3)
    through = json.loads(json.dumps(made), parse_float=lambda text: int(float(text)))
    assert r.checksum(through) == made["checksum"]
    assert made["answers"] == {"capacity": "60.0", "work": 3}


def test_best_and_last_are_kept_and_other_numbers_are_not() -> None:
    first = ask(do="check", answers=right())
    second = ask(do="check", answers={"capacity": "1"}, tries=1, kept=first["records"])
    assert [one["score"] for one in second["records"]] == [100, 0]
    assert second["tries"] == 2
    third = ask(do="check", answers=right(), tries=2, kept=second["records"])
    assert [one["tries"] for one in third["records"]] == [1, 3]
    other = ask(do="check", answers=right(), student="9", kept=third["records"])
    assert len(other["records"]) == 1


def test_an_unreadable_answer_is_no_try_and_changes_nothing() -> None:
    kept = ask(do="check", answers=right())["records"]
    found = ask(do="check", answers={"capacity": "sixty"}, tries=1, kept=kept)
    assert (found["status"], found["tries"], found["records"]) == ("unreadable", 1, kept)


def test_the_solution_opens_after_three_tries_or_a_right_answer() -> None:
    assert "3 tries" in ask(do="solution", tries=2)["problem"]
    for way in ({"tries": 3}, {"answered": True}):
        assert ask(do="solution", **way)["text"] == "<p>It is worked out here.</p>\n"
    assert ask(do="check", answers={"work": "9"}, tries=2)["solution"] is True
    assert ask(do="check", answers={"work": "9"}, tries=1)["solution"] is False


def test_hints_come_one_by_one() -> None:
    assert ask(do="hint", number=2) == {
        "do": "hint", "number": 2, "of": 2, "text": "<p>Look <em>closely</em>.</p>\n",
    }  # fmt: skip
    assert "2 hints" in ask(do="hint", number=3)["problem"]


def test_an_export_that_comes_back_is_sorted_into_ones_own_and_others(
    made_up: ModuleType,
) -> None:
    own, other = record(), ask(do="check", student="9", answers={"work": "1"})["records"][0]
    practice = ask(do="check", student=None, practice=4, answers={"work": "1"})["records"][0]
    altered = {**own, "answers": {"work": "2"}}
    found = ask(do="read", document=r.container([own, other, practice, altered]))
    assert found["whose"] == ["student", "practice"]
    assert found["records"] == [own, practice]
    assert [words.split(": ")[1] for words in found["problems"]] == [
        "the record is another student's.", "the record was changed by hand.",
    ]  # fmt: skip
    assert ask(do="read", document="[]")["problems"] == ["This is no file of exercise records."]


SPOILT: dict[str, Any] = {
    "version": 1.5, "student": "me", "variant": "<script>", "answers": [], "score": "100",
    "tries": -1, "time": "yesterday", "exercise": 7, "host": "", "hints": None, "began": 3,
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_record_is_named_and_the_next_one_is_read(name: str) -> None:
    found, problems = r.read(r.container([{**record(), name: SPOILT[name]}, record()]))
    assert len(found) == 1
    assert len(problems) == 1
    assert problems[0].startswith("Record 1: it")


def test_infinity_and_nan_are_refused_in_answers() -> None:
    for bad in (float("inf"), float("nan")):
        _, problems = r.read(r.container([{**record(), "answers": {"work": bad}}]))
        assert len(problems) == 1


def test_unknown_fields_are_kept_and_unknown_schemas_refused() -> None:
    more = {**record(), "colour": "green"}
    assert only(r.container([more])).data["colour"] == "green"
    for schema in (0, 2, True, "1", None):
        found, problems = r.read({"schema": schema, "records": [record()]})
        assert found == []
        assert len(problems) == 1


def test_reading_is_bounded() -> None:
    many = r.container([record()] * (r.MOST + 1))
    found, problems = r.read(many)
    assert len(found) == r.MOST
    assert "only the first" in problems[0]
    bad, problems = r.read({"schema": 1, "records": [None] * 400})
    assert bad == []
    assert len(problems) < 30
    long = {**record(), "answers": {"work": "1" * r.LONGEST}}
    assert "too long" in r.read(r.container([long]))[1][0]


def test_no_request_of_a_reader_raises() -> None:
    for request in (
        {"do": "dance"}, {"do": "deal", "name": "madeup.nothing"}, {"do": "deal", "version": 9},
        {"do": "deal", "student": "~1"}, {"do": "deal", "student": None, "practice": -1},
        {"do": "hint", "number": "two"}, {"do": "read"},
    ):  # fmt: skip
        found = ask(**request)
        assert "problem" in found or found["problems"], request


def test_a_deal_holds_what_a_host_needs_and_no_answer(made_up: ModuleType) -> None:
    found = ask(do="deal")
    assert found["question"] == "<p>What is <strong>asked</strong>?</p>\n"
    assert found["objective"] == {"number": 1, "text": "find the slowest place"}
    assert (found["student"], found["practice"], found["hints"]) == (True, None, 2)
    assert [one["kind"] for one in found["fields"]] == ["number", "number"]
    from svclab.practice import deal

    for value in deal(made_up.desk, STUDENT).right.values():
        assert f"{value:.3g}" not in json.dumps(copy.deepcopy(found))
    assert ask(do="deal", name="madeup.own")["kernel"] is True


def test_a_host_is_told_which_boxes_of_a_table_are_right_and_what_is_right_in_part(
    made_up: ModuleType,
) -> None:
    from svclab.practice import deal

    people = deal(made_up.kinds, STUDENT).right["staff"]["am"]["n"]
    answers = {"staff": {"am": {"n": str(people)}, "pm": {"n": "9"}}}
    fields = ask(name="madeup.kinds", do="check", answers=answers)["fields"]
    assert fields["staff"] == {
        "status": "wrong", "message": "1 of 2 entries is right.", "part": True,
        "cells": {"am": {"n": "right"}, "pm": {"n": "wrong"}},
    }  # fmt: skip
    assert "cells" not in fields["plan"]
    assert not fields["plan"]["part"]
