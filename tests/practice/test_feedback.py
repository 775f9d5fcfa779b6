"""Feedback says what is right, nearly right, or which thought led elsewhere; never the value."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    IntegerField,
    Matching,
    NumberField,
    PlanScore,
    TableField,
    check,
    deal,
    find,
    misconception,
)
from svclab.practice.compound import TELLING
from svclab.practice.session import HONEST_TRIES

STUDENT = "2026-0417"


def said(module: ModuleType, name: str, **answers: Any) -> Any:
    return check(deal(getattr(module, name), STUDENT), answers)


def right(module: ModuleType, name: str) -> dict[str, Any]:
    return dict(deal(getattr(module, name), STUDENT).right)


def test_the_solvers_answers_are_right(made_up: ModuleType) -> None:
    for name in ("desk", "kinds"):
        found = said(made_up, name, **right(made_up, name))
        assert (found.status, found.score) == ("right", 100)


def test_a_number_is_right_within_its_tolerance_and_not_beyond(made_up: ModuleType) -> None:
    value = right(made_up, "desk")["capacity"]
    for factor, status in ((1.0049, "right"), (0.9951, "right"), (1.0052, "wrong")):
        found = said(made_up, "desk", capacity=f"{value * factor:.9f}")
        assert found.fields["capacity"].status == status


def test_a_number_rounded_too_far_is_told_so_and_has_no_points(made_up: ModuleType) -> None:
    work = right(made_up, "desk")["work"]
    typed = f"{work:.1f}" if round(work, 1) != round(work, 2) else f"{work:.0f}"
    found = said(made_up, "desk", work=typed)
    assert (found.fields["work"].status, found.score) == ("rounded", 0)
    assert "rounded too far" in found.message


def test_the_right_number_in_the_wrong_unit_is_told_so(made_up: ModuleType) -> None:
    work = right(made_up, "desk")["work"]
    found = said(made_up, "desk", work=f"{work / 60:.7f}")
    assert found.fields["work"].status == "unit"
    assert "give it in min." in found.fields["work"].message


def test_a_rate_is_asked_for_in_its_own_words(made_up: ModuleType) -> None:
    capacity = right(made_up, "desk")["capacity"]
    found = said(made_up, "desk", capacity=f"{capacity / 60:.7f}")
    assert found.fields["capacity"].message.endswith("another unit: give it per hour.")


def test_a_number_rounded_in_another_unit_is_called_a_unit_if_it_has_two_digits() -> None:
    field = NumberField("stay", "Stay", unit="min")
    status = {t: field.judge(field.read(t), 25).status for t in ("0.42", "0.4", "1500", "0.43")}
    assert status == {"0.42": "unit", "0.4": "wrong", "1500": "unit", "0.43": "wrong"}


def test_a_number_rounded_with_its_own_unit_is_called_rounded() -> None:
    field = NumberField("stay", "Stay", unit="min")
    status = {t: field.judge(field.read(t), 25).status for t in ("0.42 h", "0.4167 h", "0.43 h")}
    assert status == {"0.42 h": "rounded", "0.4167 h": "right", "0.43 h": "wrong"}


def test_a_misconception_that_fits_better_than_the_rounding_is_told(made_up: ModuleType) -> None:
    """72 h of waits of 72.45 h in all: that is no rounding, or not for certain."""

    class Waits(type(made_up.desk)):  # type: ignore[misc]
        version = 3

        def fields(self, p: Any) -> Any:
            return [NumberField("flow", "Flow time", unit="h", relative=0.0001)]

        def solve(self, p: Any) -> dict[str, Any]:
            return {"flow": 72.45}

        mean = fastest = smallest = in_seconds = None

        @misconception("You added the waits only.")
        def waits_only(self, p: Any) -> dict[str, Any]:
            return {"flow": 72.0}

        @misconception("You added something that is near.")
        def near(self, p: Any) -> dict[str, Any]:
            return {"flow": 71.8}

    variant = deal(Waits(), STUDENT)
    assert [one.name for one, _ in variant.wrong] == ["waits_only", "near"]
    found = check(variant, {"flow": "72"})
    assert (found.fields["flow"].status, found.misconceptions) == ("misconception", ["waits_only"])
    assert found.message == "If you have rounded, give more digits. If not: " + (
        "You added the waits only."
    )
    rounded = check(variant, {"flow": "72.4"})
    assert (rounded.fields["flow"].status, rounded.misconceptions) == ("rounded", [])


def test_a_right_number_with_its_own_unit_is_converted(made_up: ModuleType) -> None:
    work = right(made_up, "desk")["work"]
    assert said(made_up, "desk", work=f"{work * 60:.4f} s").fields["work"].status == "right"


def test_a_misconception_is_named_by_its_sentence(made_up: ModuleType) -> None:
    variant = deal(made_up.desk, STUDENT)
    values = {one.name: values for one, values in variant.wrong}
    found = check(variant, {"capacity": f"{values['mean']['capacity']:.1f}"})
    assert found.misconceptions == ["mean"]
    assert "You took the mean of the capacities." in found.message


def test_two_misconceptions_with_one_value_are_both_named(made_up: ModuleType) -> None:
    variant = deal(made_up.desk, STUDENT)
    value = {one.name: values for one, values in variant.wrong}["fastest"]["capacity"]
    found = check(variant, {"capacity": value})
    assert found.misconceptions == ["fastest", "smallest"]
    assert "fastest place" in found.message
    assert "smallest number" in found.message


def test_an_answer_to_one_of_two_questions_counts_half(made_up: ModuleType) -> None:
    found = said(made_up, "desk", capacity=right(made_up, "desk")["capacity"])
    assert (found.status, found.score) == ("part", 50)
    assert found.fields["work"].status == "missing"


@pytest.mark.parametrize(
    ("answers", "words"),
    [({}, "Answer first"), ({"capacity": "about 60"}, "Capacity: "), ({"speed": 1}, "'speed'")],
)
def test_what_cannot_be_read_is_not_checked(
    made_up: ModuleType, answers: dict[str, Any], words: str
) -> None:
    found = said(made_up, "desk", **answers)
    assert (found.status, found.score) == ("unreadable", 0)
    assert words in found.message


def test_choices_count_right_ticks_minus_wrong_ones(made_up: ModuleType) -> None:
    answers = right(made_up, "kinds")
    good = answers["true"]
    bad = next(value for value in "abc" if value not in good)
    for ticks, share in ((good, 1), (good[:1], 0.5), ([good[0], bad], 0), (list("abc"), 0.5)):
        found = said(made_up, "kinds", true=ticks)
        assert found.fields["true"].share == pytest.approx(share), ticks


def test_ticks_are_told_how_many_lines_are_judged_rightly(made_up: ModuleType) -> None:
    good = right(made_up, "kinds")["true"]
    bad = next(value for value in "abc" if value not in good)
    for ticks, words in (
        (good[:1], "2 of 3 lines are judged"),
        ([good[0], bad], "1 of 3 lines is judged"),
        ([bad], "0 of 3 lines are judged"),
    ):
        assert words in said(made_up, "kinds", true=ticks).fields["true"].message, ticks


def test_one_right_answer_is_and_several_are(made_up: ModuleType) -> None:
    value = right(made_up, "desk")["capacity"]
    assert said(made_up, "desk", capacity=value, work="1").message.startswith("1 of 2 answers is")
    assert said(made_up, "desk", capacity="1", work="1").message.startswith("0 of 2 answers are")
    people = right(made_up, "kinds")["people"]
    table = said(made_up, "kinds", staff={"am": {"n": people}, "pm": {"n": 9}})
    assert table.fields["staff"].message == "1 of 2 entries is right."
    empty = said(made_up, "kinds", staff={"am": {"n": "3"}, "pm": {"n": ""}})
    assert "1 of the table's entries is still empty" in empty.message
    cases = right(made_up, "own")["slowest"]
    part = said(made_up, "own", slowest={"outputs": str([cases[0], -1, -1])})
    assert "1 of 3 cases is right" in part.message


def test_where_no_thought_is_recognised_the_next_step_is_said(made_up: ModuleType) -> None:
    good = right(made_up, "desk")
    step = "Try again, or take a hint."
    assert said(made_up, "desk", capacity="1", work="1").message.endswith(f"are right. {step}")
    assert said(made_up, "desk", capacity=good["capacity"], work="1").message.endswith(step)
    unanswered = said(made_up, "desk", capacity=good["capacity"])
    wrong = dict(deal(made_up.desk, STUDENT).wrong[0][1])
    for found in (unanswered, said(made_up, "desk", **{n: str(v) for n, v in wrong.items()})):
        assert step not in found.message


def test_a_part_of_an_answer_is_not_called_none(made_up: ModuleType) -> None:
    people = right(made_up, "kinds")["people"]
    found = said(made_up, "kinds", staff={"am": {"n": people}, "pm": {"n": 9}})
    assert found.status == "part"
    assert found.message.startswith("No answer is complete yet.")
    assert "0 of" not in found.message


def test_of_several_wrong_ticks_one_is_explained(made_up: ModuleType) -> None:
    variant = deal(made_up.kinds, STUDENT)
    good = variant.right["true"]
    bad = next(value for value in "abc" if value not in good)
    for ticks in ([bad], [good[0], bad], list("abc")):
        found = check(variant, {"true": ticks})
        assert found.misconceptions == ["takes_all"], ticks
    assert check(variant, {"true": good[:1]}).misconceptions == []


def test_a_thought_behind_two_answers_is_said_once(made_up: ModuleType) -> None:
    variant = deal(made_up.desk, STUDENT)
    values = {one.name: values for one, values in variant.wrong}["in_seconds"]
    found = check(variant, {name: str(value) for name, value in values.items()})
    assert found.message.count("You left the seconds") == 1
    assert "Capacity and Work content: You left" in found.message


def test_labels_are_taken_for_their_options_and_others_are_refused(made_up: ModuleType) -> None:
    first = right(made_up, "kinds")["first"]
    label = {"a": "ask", "b": "BEGIN", "c": "Close"}[first]
    assert said(made_up, "kinds", first=label).fields["first"].status == "right"
    assert said(made_up, "kinds", first="Dance").status == "unreadable"


def test_an_order_must_hold_each_item_once(made_up: ModuleType) -> None:
    assert said(made_up, "kinds", order=["a", "a", "b"]).status == "unreadable"
    wrong = list(reversed(right(made_up, "kinds")["order"]))
    assert said(made_up, "kinds", order=wrong).fields["order"].status == "wrong"


def test_a_table_counts_its_right_entries_and_names_an_unreadable_cell(
    made_up: ModuleType,
) -> None:
    people = right(made_up, "kinds")["people"]
    found = said(made_up, "kinds", staff={"am": {"n": people}, "pm": {"n": 9}})
    assert found.fields["staff"].share == 0.5
    assert "1 of 2 entries" in found.fields["staff"].message
    bad = said(made_up, "kinds", staff={"am": {"n": "x"}, "pm": {"n": 1}})
    assert "Morning, People" in bad.message
    empty = said(made_up, "kinds", staff={"am": {"n": "3"}, "pm": {"n": ""}})
    assert "still empty" in empty.message


@pytest.mark.parametrize(
    ("am", "status", "share", "words"),
    [(6, "right", 1, "reaches 10"), (5, "right", 1, "11.1% better"),
     (1, "wrong", 0.5, "100% better"), (9, "wrong", 0, "not possible: there are ten people")],
)  # fmt: skip
def test_a_plan_is_scored_by_the_model(
    made_up: ModuleType, am: int, status: str, share: float, words: str
) -> None:
    found = said(made_up, "kinds", plan={"am": {"n": am}, "pm": {"n": 4}}).fields["plan"]
    assert (found.status, found.share) == (status, pytest.approx(share))
    assert words in found.message


def test_a_plan_for_which_little_is_good_is_compared_the_other_way() -> None:
    assert PlanScore(True, value=20, best=10, more_is_better=False).share == 0.5
    assert PlanScore(True, value=10, best=10, more_is_better=False).share == 1


def test_outputs_of_a_function_are_compared_case_by_case(made_up: ModuleType) -> None:
    good = right(made_up, "own")["slowest"]
    assert said(made_up, "own", slowest={"outputs": str(good)}).status == "right"
    part = said(made_up, "own", slowest={"outputs": str([*good[:2], -1])})
    assert part.score == 66
    assert "2 of 3 cases" in part.message
    huge = said(made_up, "own", slowest={"outputs": f"[1{'0' * 400}, 1, 1]"})
    assert huge.status == "wrong"
    for bad in ("NaN", "[NaN]", "{", "1", "[" * 9000):
        assert said(made_up, "own", slowest={"outputs": bad}).status == "unreadable"


def test_every_version_is_found_and_an_unknown_one_names_those_that_are(
    made_up: ModuleType,
) -> None:
    assert find("madeup.desk").version == 2
    assert len(deal(find("madeup.desk", 1), STUDENT).parameters["seconds"]) == 3
    with pytest.raises(ValueError, match="it has 2, 1"):
        find("madeup.desk", 7)
    with pytest.raises(ValueError, match="it has desk, kinds, own"):
        find("madeup.nothing")


ROWS = ("hotel", "school", "garage", "shop")
LETTERS = {"f": "factory", "s": "shop", "m": "mass service"}


def typed(kinds: str, travels: str = "nnnn") -> dict[str, Any]:
    """A table as a student gives it: two letters for each row."""
    pairs = zip(ROWS, kinds, travels, strict=True)
    return {"kinds": {row: {"kind": k, "travels": t} for row, k, t in pairs}}


class Sorting(Exercise):
    """The kinds of four services, and whether they come to the customer."""

    title = "Kinds of services"
    objective = 1
    level = "easy"
    field: type[TableField] = Matching

    def deal(self, draw: Draw) -> dict[str, Any]:
        return {"n": draw.integer(1, 9)}

    def fields(self, p: Any) -> list[Any]:
        columns = [
            ChoiceField("kind", "Kind", LETTERS),
            ChoiceField("travels", "Travels", {"y": "yes", "n": "no"}),
        ]
        return [self.field("kinds", "The services", {row: row for row in ROWS}, columns)]

    def solve(self, p: Any) -> dict[str, Any]:
        return typed("fmsm")

    @misconception("You took a mass service for a factory.")
    def mass_is_factory(self, p: Any) -> dict[str, Any]:
        return typed("ffsf")

    @misconception("You took a shop for a factory.")
    def shop_is_factory(self, p: Any) -> dict[str, Any]:
        return typed("fmfm")

    @misconception("You let a service travel that stays.")
    def all_travel(self, p: Any) -> dict[str, Any]:
        return typed("fmsm", "yyyy")


class Sorting1(Sorting):
    """The same with a plain table."""

    field = TableField


@pytest.mark.parametrize(
    ("kinds", "travels", "known"),
    [
        ("ffsf", "nnnn", ["mass_is_factory"]),  # the mistake everywhere
        ("ffsm", "nnnn", ["mass_is_factory"]),  # once
        ("sfsm", "nnnn", ["mass_is_factory"]),  # once, and another entry wrong by chance
        ("fmfm", "nnnn", ["shop_is_factory"]),
        ("fffm", "nnnn", ["mass_is_factory"]),  # two thoughts: the first one listed
        ("fmsm", "nnny", ["all_travel"]),  # in another column
        ("smsm", "nnnn", []),  # wrong as no known thought is
    ],
)
def test_a_matching_knows_a_confusion_by_one_entry(
    kinds: str, travels: str, known: list[str]
) -> None:
    found = check(deal(Sorting(), STUDENT), typed(kinds, travels))
    assert found.misconceptions == known
    assert found.status == "part"


def test_a_plain_table_knows_a_confusion_by_the_whole_table_only() -> None:
    for kinds, known in (("ffsf", ["mass_is_factory"]), ("ffsm", [])):
        assert check(deal(Sorting1(), STUDENT), typed(kinds)).misconceptions == known


def test_a_matching_is_dealt_marked_read_and_scored_as_a_table() -> None:
    """So that a table may become a Matching, and the other way round, within a version."""
    one, other = deal(Sorting(), STUDENT), deal(Sorting1(), STUDENT)
    (matching,), (table,) = one.fields, other.fields
    assert matching.mark() == table.mark()
    assert matching.declaration() == table.declaration()
    for kinds in ("fmsm", "ffsm", "sfsm"):
        given = typed(kinds)
        assert matching.read(given["kinds"]) == table.read(given["kinds"])
        assert check(one, given).share == check(other, given).share


def table(options: int) -> TableField:
    kinds = {letter: letter.upper() for letter in "abcdef"[:options]}
    columns = [ChoiceField("kind", "Kind", kinds), IntegerField("n", "Number")]
    return TableField("t", "Table", {"x": "First", "y": "Second"}, columns)


def test_a_table_tells_of_each_box_whether_it_is_right() -> None:
    right = {"x": {"kind": "a", "n": 1}, "y": {"kind": "b", "n": 2}}
    given = {"x": {"kind": "a", "n": 7}, "y": {"kind": "a", "n": 2}}
    judged = table(4).judge(given, right)
    assert judged.cells == {
        "x": {"kind": "right", "n": "wrong"},
        "y": {"kind": "wrong", "n": "right"},
    }
    assert judged.message == "2 of 4 entries are right."


def test_of_a_choice_that_trying_would_find_only_the_number_of_hits_is_told() -> None:
    """With fewer options than this, crossing out finds the answer before the solution opens."""
    assert TELLING == HONEST_TRIES + 1
    right = {"x": {"kind": "a", "n": 1}, "y": {"kind": "b", "n": 2}}
    given = {"x": {"kind": "b", "n": 1}, "y": {"kind": "b", "n": 2}}
    for options, told in ((2, {"n"}), (3, {"n"}), (4, {"kind", "n"})):
        judged = table(options).judge(given, right)
        assert {name for row in (judged.cells or {}).values() for name in row} == told, options
        assert judged.message == "3 of 4 entries are right."
    only = TableField("t", "Table", {"x": "First"}, [ChoiceField("k", "K", {"a": "A", "b": "B"})])
    assert only.judge({"x": {"k": "b"}}, {"x": {"k": "a"}}).cells is None


def test_a_sorting_into_three_kinds_tells_no_box() -> None:
    said_of = check(deal(Sorting(), STUDENT), typed("fmfm")).fields["kinds"]
    assert said_of.cells is None  # three kinds, and yes or no


def test_a_plan_has_no_right_and_wrong_boxes(made_up: ModuleType) -> None:
    plan = said(made_up, "kinds", plan={"am": {"n": 1}, "pm": {"n": 4}}).fields["plan"]
    people = right(made_up, "kinds")["people"]
    staff = said(made_up, "kinds", staff={"am": {"n": people}, "pm": {"n": 9}}).fields["staff"]
    assert plan.cells is None
    assert staff.cells == {"am": {"n": "right"}, "pm": {"n": "wrong"}}
