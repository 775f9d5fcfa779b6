"""A student's work in a notebook: what is remembered, shown, recorded; and own functions tried."""

from __future__ import annotations

import contextlib
import json
import time
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import svclab
from svclab.practice import CodeField, deal, jupyter, records
from svclab.practice.code import CodeTrialError, outputs
from svclab.practice.device import Memory, _memories
from svclab.practice.student import Person, current
from svclab.practice.work import Work

STUDENT = "2026-0417"


@pytest.fixture(autouse=True)
def own_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device of its own for each test, with nobody at it."""
    monkeypatch.setenv("SVCLAB_MEMORY", str(tmp_path / "memory"))
    _memories.clear()
    fresh = Person()
    for name, value in vars(fresh).items():
        monkeypatch.setattr(current(), name, value)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What a cell displays; an update takes the place of what it updates."""
    seen: list[dict[str, Any]] = []

    class Handle:
        def __init__(self, place: int) -> None:
            self.place = place

        def update(self, data: dict[str, Any], raw: bool) -> None:
            seen[self.place] = data

    def display(data: dict[str, Any], raw: bool, display_id: bool = False) -> Handle:
        seen.append(data)
        return Handle(len(seen) - 1)

    monkeypatch.setattr(jupyter, "display", display)
    return seen


def right(module: ModuleType) -> dict[str, Any]:
    return dict(deal(module.desk, STUDENT).right)


def restart() -> None:
    """A new kernel: nothing is left in the process."""
    _memories.clear()


def test_running_the_cell_again_in_a_new_kernel_loses_nothing(made_up: ModuleType) -> None:
    me = Person(STUDENT)
    work = Work(made_up.desk, me)
    work.ask({"do": "hint"})
    work.ask({"do": "check", "answers": right(made_up)})
    work.ask({"do": "check", "answers": {"capacity": "1"}})
    before, record = work.shown(), work.record()
    restart()
    again = Work(made_up.desk, Person(STUDENT))
    assert again.shown() == before
    assert again.record() == record
    assert len(before["hints"]) == 1
    assert before["tries"] == 2
    assert [one["score"] for one in record[records.MIME]["records"]] == [100, 0]


def test_another_student_at_the_same_device_begins_anew(made_up: ModuleType) -> None:
    Work(made_up.desk, Person(STUDENT)).ask({"do": "check", "answers": right(made_up)})
    other = Work(made_up.desk, Person("2026-0418"))
    assert other.shown()["tries"] == 0
    assert other.record()[records.MIME]["records"] == []


def test_a_draft_is_kept_and_practice_is_forgotten_with_the_kernel(made_up: ModuleType) -> None:
    Work(made_up.desk, Person(STUDENT)).ask({"do": "draft", "answers": {"work": "1."}})
    Work(made_up.desk, Person()).ask({"do": "draft", "answers": {"work": "2."}})
    restart()
    assert Work(made_up.desk, Person(STUDENT)).shown()["answers"] == {"work": "1."}
    assert Work(made_up.desk, Person()).shown()["answers"] == {}


def test_new_numbers_are_for_practice_only(made_up: ModuleType) -> None:
    practice, mine = Work(made_up.desk, Person()), Work(made_up.desk, Person(STUDENT))
    first = practice.document["variant"]
    assert practice.ask({"do": "redraw"})["variant"] != first
    assert Work(made_up.desk, Person()).document["practice"] == 2
    before = mine.document["variant"]
    assert mine.ask({"do": "redraw"})["variant"] == before


def test_a_memory_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "m" / "exercises-1.json"
    path.parent.mkdir()
    for spoilt in ("{", "[1]", '{"a": 1}', "[" * 100_000):
        path.write_text(spoilt, encoding="utf-8")
        memory = Memory(path)
        assert memory.recall("a") == {}
        memory.keep("a", {"tries": 1})
        assert Memory(path).recall("a") == {"tries": 1}
        assert path.with_suffix(".unreadable").read_text(encoding="utf-8") == spoilt


def test_two_notebooks_of_one_student_keep_each_others_answers(tmp_path: Path) -> None:
    one, two = Memory(tmp_path / "x.json"), Memory(tmp_path / "x.json")
    one.keep("a", {"tries": 1})
    two.keep("b", {"tries": 2})
    assert one.recall("b") == {"tries": 2}
    one.keep("c", {"tries": 3})
    assert two.recall("a") == {"tries": 1}


def test_a_folder_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    memory = Memory(tmp_path / "file" / "below" / "x.json")
    memory.keep("a", {"tries": 1})
    assert memory.recall("a") == {"tries": 1}


def test_the_widget_answers_and_leaves_its_record(
    made_up: ModuleType, shown: list[dict[str, Any]]
) -> None:
    svclab.student(STUDENT)
    made_up.desk._ipython_display_()
    widget_output, record = shown
    assert widget_output[jupyter.MIME] == {"name": "madeup.desk", "version": 2}
    assert "What is **asked**?" in widget_output["text/plain"]
    assert record[records.MIME]["records"] == []
    (widget,) = current().watchers
    sent: list[dict[str, Any]] = []
    widget.send = lambda content, buffers=None: sent.append(content)
    widget.heard(
        {"type": "ask", "call": "1", "request": {"do": "check", "answers": right(made_up)}}
    )
    reply = json.loads(sent[-1]["text"])
    assert (reply["status"], sent[-1]["call"]) == ("right", "1")
    found, problems = records.read(shown[1][records.MIME])
    assert problems == []
    assert found[0].of(STUDENT)
    assert STUDENT not in json.dumps(shown[1])
    assert "best 100%" in shown[1]["text/plain"]
    assert json.loads(widget.state)["check"]["status"] == "right"


def test_in_practice_no_record_is_left_and_a_late_number_says_run_again(
    made_up: ModuleType, shown: list[dict[str, Any]]
) -> None:
    made_up.desk._ipython_display_()
    assert len(shown) == 1
    (widget,) = current().watchers
    assert json.loads(widget.state)["unsaved"] is False
    practice = widget.document
    svclab.student(STUDENT)
    assert widget.document != practice
    assert json.loads(widget.state)["unsaved"] is True


def test_with_a_number_nothing_asks_to_run_the_cell_again_from_the_first_drawing_on(
    made_up: ModuleType, shown: list[dict[str, Any]]
) -> None:
    """A browser may draw the widget before the place for the record is made."""
    born = jupyter.ExerciseWidget(made_up.desk, Person(STUDENT))
    assert json.loads(born.state)["unsaved"] is False
    svclab.student(STUDENT)
    made_up.desk._ipython_display_()
    (widget,) = current().watchers
    svclab.student("2026-0418")
    assert json.loads(widget.state)["unsaved"] is False


def test_what_is_checked_in_a_cell_is_shown_by_the_widgets_of_this_exercise(
    made_up: ModuleType, shown: list[dict[str, Any]]
) -> None:
    svclab.student(STUDENT)
    for exercise in (made_up.own, made_up.desk):
        exercise._ipython_display_()
    own, desk = sorted(current().watchers, key=lambda one: one.work.exercise.name, reverse=True)
    records_before, drawn_before = shown[3], desk.drawings
    made_up.own.check(min)
    made_up.own.check(max)
    state = json.loads(own.state)
    assert (state["check"]["status"], state["tries"]) == ("right", 2)
    assert state["solution"] is True
    assert "best 100%, last 100%, 2 tries" in shown[1]["text/plain"]
    assert own.drawings == 2
    assert (shown[3], desk.drawings) == (records_before, drawn_before)


def test_a_practice_answer_checked_in_a_cell_is_shown_too(
    made_up: ModuleType, shown: list[dict[str, Any]]
) -> None:
    made_up.own._ipython_display_()
    (widget,) = current().watchers
    made_up.own.check(max)
    assert json.loads(widget.state)["check"]["status"] == "right"


def test_a_hint_in_one_place_does_not_forget_what_was_answered_in_another(
    made_up: ModuleType,
) -> None:
    here, there = Work(made_up.desk, Person(STUDENT)), Work(made_up.desk, Person(STUDENT))
    there.ask({"do": "check", "answers": right(made_up)})
    here.ask({"do": "hint"})
    again = Work(made_up.desk, Person(STUDENT))
    assert (again.shown()["tries"], len(again.shown()["hints"])) == (1, 1)
    assert len(again.record()[records.MIME]["records"]) == 1


def test_an_error_inside_reaches_the_reader(
    made_up: ModuleType, shown: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up.desk._ipython_display_()
    (widget,) = current().watchers
    sent: list[dict[str, Any]] = []
    widget.send = lambda content, buffers=None: sent.append(content)
    monkeypatch.setattr(Work, "ask", lambda self, request: 1 / 0)
    widget.heard({"type": "ask", "call": "1", "request": {"do": "hint"}})
    assert "division" in json.loads(sent[-1]["text"])["problem"]


def test_answers_from_code_are_checked_and_recorded(made_up: ModuleType) -> None:
    svclab.student(STUDENT)
    reply = made_up.desk.check(**right(made_up))
    assert reply.status == "right"
    bundle = reply._repr_mimebundle_()
    assert bundle[records.MIME]["records"][0]["score"] == 100
    assert str(reply) in bundle["text/plain"]
    part = made_up.desk.check(capacity="60 per hour")
    assert "work: Not answered yet." in str(part)
    assert part.bundle[records.MIME]["records"][0]["score"] == 100
    with pytest.raises(TypeError, match="asks for capacity and work, not for 'speed'"):
        made_up.desk.check(speed=1)
    svclab.student("")
    assert made_up.desk.check(capacity=1).bundle == {}


def test_the_instructor_opens_solutions_without_a_try(made_up: ModuleType) -> None:
    work = Work(made_up.desk, current())
    assert "problem" in work.ask({"do": "solution"})
    svclab.open_solutions()
    assert work.ask({"do": "solution"})["text"] == "<p>It is worked out here.</p>\n"
    assert work.shown()["solution"] is True


def test_a_number_without_quotes_is_refused_because_zeros_would_be_lost() -> None:
    with pytest.raises(ValueError, match=r'student\("417"\)'):
        svclab.student(417)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "asks"),
    [("your student number", True), ("张三", True), ("2026-0417", False), ("２０２６", False)],
)
def test_a_number_without_a_digit_is_taken_and_asked_about(
    number: str, asks: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    svclab.student(number)
    assert current().number is not None
    assert ("There is no digit in it" in capsys.readouterr().out) is asks


def test_an_own_function_is_tried_on_the_students_inputs(made_up: ModuleType) -> None:
    svclab.student(STUDENT)
    assert made_up.own.check(max).status == "right"
    assert made_up.own.check(slowest=max).status == "right"
    wrong = made_up.own.check(min)
    assert "smallest number" in wrong.message
    kept = wrong.bundle[records.MIME]["records"]
    assert json.loads(kept[-1]["answers"]["slowest"]["outputs"]) == [
        min(one) for one in deal(made_up.own, STUDENT).p.lists
    ]
    with pytest.raises(TypeError, match="not for a function"):
        made_up.desk.check(max)


def test_a_function_cannot_change_the_inputs_of_the_next_case() -> None:
    shared = [3, 1, 2]
    assert outputs(lambda a: a.sort() or a[0], [(shared,), (shared,)]) == "[1, 1]"
    assert shared == [3, 1, 2]


def test_a_function_that_never_ends_is_stopped() -> None:
    def endless() -> None:
        while True:
            pass

    began = time.perf_counter()
    with pytest.raises(CodeTrialError, match="case 1 of 1 did not end"):
        outputs(endless, [()], limit=0.2)
    assert time.perf_counter() - began < 60  # it ended at all; no speed is tested


def test_an_endless_function_cannot_catch_its_end() -> None:
    ended: list[bool] = []

    def stubborn() -> None:
        try:
            while True:
                with contextlib.suppress(Exception):
                    time.sleep(0.01)
        finally:
            ended.append(True)

    with pytest.raises(CodeTrialError):
        outputs(stubborn, [()], limit=0.2)
    assert ended == [True]


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda a: a / 0, "Case 1 of 1 stopped with “ZeroDivisionError: division by zero”"),
        (lambda a: None, "does it end in return"),
        (lambda a: float("nan"), "gives nan"),
        (lambda a: object(), "gives a object"),
        (lambda a, b: a, "TypeError"),
        (lambda a: print, "gives a builtin"),
        ("max", "without brackets"),
    ],
)
def test_what_goes_wrong_in_a_function_is_said_with_its_inputs(function: Any, words: str) -> None:
    with pytest.raises(CodeTrialError, match=words):
        outputs(function, [(4,)])


def test_a_field_says_what_of_a_result_is_kept() -> None:
    kept = outputs(set, [([1, 2],), ([3],)], outcome=lambda result, case: [case, len(result)])
    assert kept == "[[0, 2], [1, 1]]"


def test_what_cannot_be_kept_is_said_without_the_inputs() -> None:
    def refuse(result: Any, case: int) -> Any:
        raise CodeTrialError("This is no plan.")

    with pytest.raises(CodeTrialError, match=r"^Case 1 of 2: This is no plan\.$"):
        outputs(set, [([1],), ([2],)], outcome=refuse)
    with pytest.raises(CodeTrialError, match="does it end in return"):
        outputs(lambda a: None, [(1,)], outcome=refuse)


def test_a_notebook_records_what_the_field_keeps(
    made_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Length(CodeField):
        def outcome(self, result: Any, case: int) -> Any:
            return {"case": case, "length": len(result), "none": None}

    def fields(self: Any, p: Any) -> list[Any]:
        return [Length("slowest", "Your function", signature="def slowest(seconds):")]

    monkeypatch.setattr(type(made_up.own), "fields", fields)
    svclab.student("2026-0999")
    reply = made_up.own.check(sorted)
    answers = reply.bundle[records.MIME]["records"][-1]["answers"]
    right = [{"case": case, "length": 4, "none": None} for case in range(3)]
    assert json.loads(answers["slowest"]["outputs"]) == right


def test_outputs_that_are_dictionaries_are_compared_by_their_items() -> None:
    field = CodeField("own", "Your function", signature="def own():")
    right = [{"value": 1 / 3, "none": None}]
    assert field.judge([{"value": 0.3333333333, "none": None}], right).status == "right"
    for wrong in ({"value": 0.34, "none": None}, {"value": 1 / 3}, {"value": 1 / 3, "none": 0}):
        assert field.judge([wrong], right).status == "wrong"


def test_a_field_says_what_an_error_means() -> None:
    def longest(names: list[Any]) -> Any:
        return names[0] + 1

    def meaning(error: BaseException) -> str:
        return "A text is added to a number." if "concatenate" in str(error) else ""

    with pytest.raises(CodeTrialError, match=r"”\. A text is added to a number\. The inputs were"):
        outputs(longest, [(["Mo"],)], meaning=meaning)
    with pytest.raises(CodeTrialError, match=r"out of range”\. The inputs were \[\]"):
        outputs(longest, [([],)], meaning=meaning)


def test_a_notebook_says_what_the_field_says_of_an_error(
    made_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Careful(CodeField):
        def meaning(self, error: BaseException) -> str:
            return f"A {type(error).__name__} is a slip."

    def fields(self: Any, p: Any) -> list[Any]:
        return [Careful("slowest", "Your function", signature="def slowest(seconds):")]

    monkeypatch.setattr(type(made_up.own), "fields", fields)
    svclab.student("2026-0999")
    assert "A ZeroDivisionError is a slip." in made_up.own.check(lambda seconds: 1 / 0).message


def test_a_function_of_lists_is_told_nothing_of_models() -> None:
    """A list divided by a number fails with words that a variable of PuLP fails with too."""
    field = CodeField("own", "Your function", signature="def own(a):")
    with pytest.raises(CodeTrialError, match="unsupported operand") as told:
        outputs(lambda a: a / 2, [([1, 2],)], meaning=field.meaning)
    assert "linear" not in str(told.value)


def test_numbers_of_other_libraries_become_plain_ones() -> None:
    give = {1: np.float64(0.5), 2: np.array([1, 2]), 3: Fraction(1, 4), 4: (1, [2])}
    assert outputs(give.get, [(n,) for n in give]) == "[0.5, [1, 2], 0.25, [1, [2]]]"
