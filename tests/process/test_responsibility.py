"""Responsibility tables: every fault is found, a sound table has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.process.responsibility import faults, hand_overs, swimlanes

SOUND = {
    "collect needs": {"service desk": "RA", "department": "C", "leader": ""},
    "plan": {"service desk": "I", "department": "R", "leader": "A"},
    "carry out": {"department": "RA", "leader": "I"},
}


def test_a_sound_table_has_no_faults() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("row", "kinds", "words"),
    [
        ({"a": "R", "b": "C"}, ["no accountable"], 'Nobody answers for "s"'),
        ({"a": "RA", "b": "A"}, ["two accountable"], 'a and b both answer for "s"'),
        ({"a": "RA", "b": "A", "c": "A"}, ["two accountable"], "a, b and c all answer"),
        ({"a": "A", "b": "C"}, ["nobody responsible"], "Nobody does the work"),
        ({"a": "RA", "b": "I"}, ["only informed"], "b is only told"),
        ({"a": "RA", "b": ""}, ["empty role"], "b has no letter"),
        ({"a": "RAX"}, ["unknown letter"], 'a has the unknown letter "X"'),
        (
            {"a": "RA", "b": "C", "c": "C", "d": "C", "e": "R"},
            ["too many hands"],
            "5 roles in it, more than 4",
        ),
    ],
)
def test_each_fault_is_found_alone(row: dict[str, str], kinds: list[str], words: str) -> None:
    found = faults({"s": row})
    assert [f.kind for f in found] == kinds
    assert words in str(found[0])


def test_letters_may_be_written_with_marks_between_and_small() -> None:
    assert faults({"s": {"a": "r / a", "b": "c"}}) == []


def test_hand_overs_are_judged_only_when_a_limit_is_given() -> None:
    assert len(hand_overs(SOUND)) == 1
    assert faults(SOUND, most_hand_overs=1) == []
    found = faults(SOUND, most_hand_overs=0)
    assert [f.kind for f in found] == ["hand-overs"]
    assert "handed over 1 time:" in str(found[0])


def test_swimlanes_of_the_sound_table() -> None:
    picture = swimlanes(SOUND)
    assert picture.lanes == ("service desk", "department")
    assert [(b.lane, b.column) for b in picture.boxes] == [
        ("service desk", 0),
        ("department", 1),
        ("department", 2),
    ]
    assert [a.hand_over for a in picture.arrows] == [True, False]


def test_a_step_that_nobody_does_gets_a_lane_without_a_name() -> None:
    picture = swimlanes({"a": {"x": "RA"}, "b": {"x": "A"}, "c": {"y": "C", "x": "RA"}})
    assert picture.lanes == ("x", "")
    assert [b.lane for b in picture.boxes] == ["x", "", "x"]
    assert not any(a.hand_over for a in picture.arrows)
    part = picture.part("Lanes")
    assert part["alt"] == "3 steps in 2 lanes, with 0 hand-overs."
    assert part["nodes"][1]["lines"] == ["nobody"]


def test_shared_work_stays_in_the_lane_and_is_no_hand_over() -> None:
    picture = swimlanes({"a": {"x": "R", "y": "R"}, "b": {"w": "R", "y": "R", "x": "R"}})
    assert [b.lane for b in picture.boxes] == ["x", "x"]
    assert picture.boxes[1].helpers == ("y", "w")
    assert not picture.arrows[0].hand_over


def test_bad_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="no steps"):
        faults({})
    with pytest.raises(TypeError, match="give a mapping"):
        faults([("s", {})])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="step 's'"):
        faults({"s": {"a": None}})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="most_hands=0"):
        faults(SOUND, most_hands=0)
    with pytest.raises(ValueError, match="most_hand_overs=-1"):
        faults(SOUND, most_hand_overs=-1)
    with pytest.raises(ValueError, match="role without a name"):
        faults({"s": {"": "R"}})


TABLES = st.dictionaries(
    st.sampled_from(["s1", "s2", "s3", "s4", "s5"]),
    st.dictionaries(st.sampled_from("wxyz"), st.text("RACI", max_size=3)),
    min_size=1,
)


@given(TABLES)
def test_a_table_without_step_faults_has_one_A_and_an_R_in_every_step(  # noqa: N802
    table: dict[str, dict[str, str]],
) -> None:
    wrong = {f.step for f in faults(table) if f.step}
    for step, row in table.items():
        sound = sum("A" in v for v in row.values()) == 1 and any("R" in v for v in row.values())
        assert sound == (step not in wrong)


@given(TABLES)
def test_swimlanes_hold_every_step_once_and_as_many_hand_overs_as_counted(
    table: dict[str, dict[str, str]],
) -> None:
    picture = swimlanes(table)
    assert [b.step for b in picture.boxes] == list(table)
    assert {b.lane for b in picture.boxes} == set(picture.lanes)
    assert sum(a.hand_over for a in picture.arrows) == len(hand_overs(table))
