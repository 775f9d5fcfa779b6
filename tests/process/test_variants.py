"""Event logs: variants, loops and conformity, by hand and as properties."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.process.variants import conformity, conforms, deviation, find_variants, paths


def log_of(ways: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"case": c, "activity": a, "time": t}
        for c, way in enumerate(ways)
        for t, a in enumerate(way)
    ]


WAYS = st.lists(st.text("ABCDE", min_size=1, max_size=8), min_size=1, max_size=8)


def test_a_small_log_by_hand() -> None:
    found = find_variants(log_of(["ABC", "ABC", "ABBC", "AC"]))
    assert [(v.path, v.cases, v.share) for v in found.variants] == [
        (("A", "B", "C"), 2, 0.5),
        (("A", "B", "B", "C"), 1, 0.25),
        (("A", "C"), 1, 0.25),
    ]
    assert found.commonest_share == 0.5
    assert found.follows == {("A", "B"): 3, ("B", "C"): 3, ("B", "B"): 1, ("A", "C"): 1}
    assert found.loops == {("B", "B"): 1}
    assert found.repeats == {"B": 1}
    assert found.rework_share == 0.25
    assert found.sentence() == (
        "4 cases took 3 paths; 50% took the commonest one; work came back in 25%."
    )


def test_conformity_by_hand() -> None:
    found = conformity(log_of(["ABC", "ACB", "ABBC", "AC", "ABXC"]), "ABC")
    assert found.share == pytest.approx(0.2)
    assert found.skipped == {"B": 1}
    assert found.repeated == {"B": 1}
    assert found.swapped == {("C", "B"): 1}
    assert found.unknown == {"X": 1}


@given(WAYS, st.integers(0, 99))
def test_the_order_of_the_rows_does_not_matter_when_times_differ(
    ways: list[str], seed: int
) -> None:
    rows = log_of(ways)
    shuffled = rows[:]
    random.Random(seed).shuffle(shuffled)
    assert paths(shuffled) == paths(rows)
    assert find_variants(shuffled).variants == find_variants(rows).variants


@given(WAYS)
def test_counts_add_up(ways: list[str]) -> None:
    found = find_variants(log_of(ways))
    assert sum(v.cases for v in found.variants) == found.cases == len(ways)
    assert sum(v.share for v in found.variants) == pytest.approx(1)
    assert sum(found.follows.values()) == sum(len(w) - 1 for w in ways)
    # Every execution beyond the first is entered by exactly one loop.
    assert sum(found.loops.values()) == sum(found.repeats.values())
    for (_, b), n in found.loops.items():
        assert n <= found.repeats[b]


@given(st.text("ABCDX", max_size=7))
def test_a_path_conforms_only_if_it_is_the_prescribed_one(way: str) -> None:
    assert conforms(way, "ABCD") == (way == "ABCD")


def test_of_all_orders_of_four_steps_only_one_conforms() -> None:
    good = [p for p in permutations("ABCD") if conforms(p, "ABCD")]
    assert good == [tuple("ABCD")]
    assert all(
        deviation(p, "ABCD").swapped and not deviation(p, "ABCD").skipped
        for p in permutations("ABCD")
        if p != tuple("ABCD")
    )


def test_times_may_be_dates_and_columns_may_have_other_names() -> None:
    noon = datetime(2024, 5, 1, 12)
    rows = [
        {"ticket": "t", "step": "close", "when": noon + timedelta(minutes=5)},
        {"ticket": "t", "step": "open", "when": noon},
    ]
    assert paths(rows, case="ticket", activity="step", order="when") == {"t": ("open", "close")}


def test_equal_times_and_no_order_keep_the_rows_as_they_stand() -> None:
    rows = [{"case": 1, "activity": a, "time": 0} for a in "CAB"]
    assert paths(rows) == paths(rows, order=None) == {1: ("C", "A", "B")}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "no rows"),
        ([{"case": 1, "activity": "a"}], "row 1 of the log has no 'time'"),
        ([{"case": 1, "activity": "", "time": 0}], "row 1 of the log has no 'activity'"),
        ([{"case": 1, "activity": "a", "time": float("nan")}], "no 'time'"),
        (
            [{"case": 1, "activity": "a", "time": 0}, {"case": 1, "activity": "b", "time": "9:00"}],
            "cannot be compared",
        ),
    ],
)
def test_bad_logs_are_refused(rows: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        find_variants(rows)


def test_bad_prescribed_orders_are_refused() -> None:
    with pytest.raises(ValueError, match="'A' twice"):
        conforms("AB", "ABA")
    with pytest.raises(ValueError, match="is empty"):
        conforms("AB", "")
