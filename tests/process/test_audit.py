"""Audits: the marks of a checklist, and how many executions to check."""

import math
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.process.audit import (
    BEST_MARK,
    Checklist,
    Item,
    checks_needed,
    detection_chance,
    score,
)
from svclab.process.checklists import (
    DAILY_PROCESS,
    PHASES,
    PRINCIPLES,
    PROCESS_LIFE,
    STEP_LISTS,
    Step,
    step_table,
)

READY = [PROCESS_LIFE, DAILY_PROCESS, PRINCIPLES]
SMALL = Checklist("Small", (Item("a", "A", "x", 3), Item("b", "B", "x", 1), Item("c", "C", "y", 1)))


def test_score_by_hand() -> None:
    result = score(SMALL, {"a": 4, "b": 0, "c": 2})
    assert result.total == pytest.approx((12 + 0 + 2) / 20)
    assert result.groups == pytest.approx({"x": 12 / 16, "y": 2 / 4})
    assert result.weakest == ("b", "c")


def test_weakest_counts_weight_and_keeps_list_order_in_a_tie() -> None:
    assert score(SMALL, {"a": 3, "b": 1, "c": 1}).weakest == ("a", "b", "c")
    assert score(SMALL, {"a": 3, "b": 1, "c": 1}, show=1).weakest == ("a",)


def test_best_marks_leave_no_weak_item() -> None:
    result = score(SMALL, dict.fromkeys("abc", 4))
    assert result.total == 1
    assert result.weakest == ()
    assert result.sentence() == "Small: every item has the best mark."


@pytest.mark.parametrize("checklist", READY, ids=lambda c: c.title)
@given(data=st.data())
def test_total_is_the_weighted_mean_of_the_groups(
    checklist: Checklist, data: st.DataObject
) -> None:
    marks = {n: data.draw(st.integers(0, BEST_MARK)) for n in checklist.names}
    result = score(checklist, marks)
    weight = {g: sum(i.weight for i in checklist.items if i.group == g) for g in checklist.groups}
    mean = sum(result.groups[g] * weight[g] for g in weight) / sum(weight.values())
    assert result.total == pytest.approx(mean)
    assert 0 <= result.total <= 1


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({"a": 1}, "no mark for 'b' and 'c'"),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, "no item 'd'"),
        ({"a": 5, "b": 1, "c": 1}, "mark of 'a'=5"),
        ({"a": 1.5, "b": 1, "c": 1}, "mark of 'a'=1.5"),
        ({"a": True, "b": 1, "c": 1}, "mark of 'a'=True"),
    ],
)
def test_bad_marks_are_refused_by_name(marks: dict[str, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        score(SMALL, marks)


def test_bad_checklists_are_refused() -> None:
    with pytest.raises(ValueError, match="'a' is given twice"):
        Checklist("T", (Item("a", "A"), Item("a", "B")))
    with pytest.raises(ValueError, match="no items"):
        Checklist("T", ())
    with pytest.raises(ValueError, match="weight=0"):
        Item("a", "A", weight=0)
    with pytest.raises(ValueError, match="needs a name"):
        Item("", "A")
    with pytest.raises(ValueError, match="show=-1"):
        score(SMALL, dict.fromkeys("abc", 1), show=-1)


@pytest.mark.parametrize("checklist", READY, ids=lambda c: c.title)
def test_ready_checklists_have_chinese_terms_and_sources(checklist: Checklist) -> None:
    assert checklist.sources
    assert checklist.chinese
    assert all(item.chinese and item.text.endswith(".") for item in checklist.items)


def test_daily_process_has_the_twelve_items_of_P_14_in_three_groups_of_four() -> None:  # noqa: N802
    groups = [item.group for item in DAILY_PROCESS.items]
    assert {g: groups.count(g) for g in groups} == {"improve": 4, "execute": 4, "evaluate": 4}


def test_life_cycle_groups_are_the_phases_of_P_01() -> None:  # noqa: N802
    assert PROCESS_LIFE.groups == tuple(PHASES)


def test_step_lists_have_the_number_of_steps_the_inventory_gives() -> None:
    steps = {each.source: len(each.steps) for each in STEP_LISTS}
    # P-40 announces five steps and shows four.
    assert steps == {
        "P-01": 4, "P-02": 5, "P-03": 6, "P-04": 3, "P-05": 5, "P-06": 3, "P-10": 5, "P-40": 4,
        "P-43": 4,
    }  # fmt: skip


def test_step_table_shows_each_step_once_and_a_dash_where_a_phase_is_missing() -> None:
    for each, row in zip(STEP_LISTS, step_table(), strict=True):
        shown = [s for p in PHASES if row[p] != "–" for s in row[p].split(", ")]
        assert sorted(shown) == sorted(s.name for s in each.steps)
        assert each.missing == tuple(p for p in PHASES if row[p] == "–")


def test_a_step_in_an_unknown_phase_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown phase 'dream'"):
        Step("sleep", "dream")


@given(st.integers(1, 99), st.integers(1, 99))
def test_endless_checks_are_the_smallest_number_that_is_enough(p: int, d: int) -> None:
    n = checks_needed(p / 100, d / 100)
    miss, allowed = 1 - Fraction(p, 100), 1 - Fraction(d, 100)
    assert miss**n <= allowed
    assert n == 1 or miss ** (n - 1) > allowed


def test_exact_powers_need_no_extra_check() -> None:
    assert checks_needed(0.5, 0.875) == 3
    assert checks_needed(0.1, 0.19) == 2
    assert checks_needed(0.9, 0.999) == 3


@settings(max_examples=60)
@given(st.integers(1, 9), st.data())
def test_finite_checks_agree_with_enumeration_of_all_samples(
    size: int, data: st.DataObject
) -> None:
    errors = data.draw(st.integers(1, size))
    wanted = data.draw(st.integers(1, 99))
    share = errors / size
    if math.ceil(Fraction(repr(share)) * size) != errors:  # 1/3 is no decimal
        share = math.floor(share * 1000) / 1000
    if share == 0 or math.ceil(Fraction(repr(share)) * size) != errors:
        return
    for n in range(1, size + 1):
        samples = list(combinations(range(size), n))
        seen = Fraction(sum(any(i < errors for i in s) for s in samples), len(samples))
        assert detection_chance(n, share, population=size) == pytest.approx(float(seen))
        if seen >= Fraction(wanted, 100):
            break
    assert checks_needed(share, wanted / 100, population=size) == n


@given(st.integers(1, 60), st.integers(1, 99), st.integers(1, 5000))
def test_a_known_population_never_needs_more_checks(p: int, d: int, population: int) -> None:
    n = checks_needed(p / 100, d / 100, population=population)
    assert n <= min(population, checks_needed(p / 100, d / 100))
    assert detection_chance(n, p / 100, population=population) >= d / 100 - 1e-12


def test_large_populations_come_near_to_the_endless_supply() -> None:
    assert checks_needed(0.05, population=1_000_000) == checks_needed(0.05) == 59


def test_certainty_needs_all_but_the_last_clean_ones() -> None:
    assert checks_needed(0.1, 1, population=50) == 46
    assert checks_needed(1, 0.5) == 1
    assert detection_chance(0, 1) == 0
    assert detection_chance(1, 1) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0, 0.9, None), "error_share=0"),
        ((1.2, 0.9, None), "error_share=1.2"),
        ((math.nan, 0.9, None), "error_share=nan"),
        ((0.1, 0, None), "detection=0"),
        ((0.1, 1.1, None), "detection=1.1"),
        ((0.1, 1, None), "endless"),
        ((0.1, 0.9, 0), "population=0"),
        ((0.1, 0.9, 2.5), "population=2.5"),
    ],
)
def test_impossible_samples_are_refused(
    arguments: tuple[float, float, int | None], words: str
) -> None:
    share, detection, population = arguments
    with pytest.raises(ValueError, match=words):
        checks_needed(share, detection, population=population)


def test_impossible_numbers_of_checks_are_refused() -> None:
    with pytest.raises(ValueError, match="checks=-1"):
        detection_chance(-1, 0.1)
    with pytest.raises(ValueError, match="checks=11 is above population=10"):
        detection_chance(11, 0.1, population=10)
