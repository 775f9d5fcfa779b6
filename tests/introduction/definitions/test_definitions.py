"""Wordings, phases, aspects and frames: against counting by hand and against a second way."""

import itertools
import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from svclab.introduction.definitions import (
    FRAMES,
    PHASES,
    PRINTED,
    SEVEN,
    WORDINGS,
    ChapterMap,
    aspects,
    assess,
    chapter_map,
    checklist,
    choices_of_two,
    compare,
    coverage,
    described,
    file_actions,
    five_dimensions,
    frame,
    links,
    match_words,
    named,
    own_definition,
    practice_actions,
    words,
)

SCORES = st.fixed_dictionaries({name: st.integers(0, 5) for name in SEVEN})
WEIGHTS = st.fixed_dictionaries({name: st.integers(1, 9) for name in SEVEN})
CONCEPTS = sorted({word.concept for word in words()})


def test_the_first_wording_names_no_aim_and_only_the_third_has_the_customer():
    found = compare()
    assert found.missing == {"functions": ("aim",), "resources": (), "customer": ()}
    assert found.shared == ("service process",)
    assert {"customer", "customer needs"} <= set(found.alone["customer"])


def test_words_stand_in_the_wordings_that_are_printed():
    """Stems, because a definition says planning where the list says plan."""
    for word in words():
        stem = word.concept.split()[-1][:5].rstrip("e")
        if word.concept != "customer life cycle":  # printed as: from sale to after-sale
            assert stem in WORDINGS[word.wording], word


def test_likeness_is_jaccards_counted_by_hand():
    """functions 6 words, resources 5, customer 8; in common 2, 1 and 2."""
    assert compare().likeness == {
        ("functions", "resources"): pytest.approx(2 / 9),
        ("functions", "customer"): pytest.approx(1 / 13),
        ("resources", "customer"): pytest.approx(2 / 11),
    }


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_wordings_own_words_are_nearest_to_it(wording):
    parts = {"verb": [], "object": [], "aim": []}
    for word in words():
        if word.wording == wording:
            parts[word.part].append(word.concept)
    mine = own_definition(verbs=parts["verb"], objects=parts["object"], aims=parts["aim"])
    assert (mine.nearest, mine.likeness, mine.new) == (wording, 1.0, ())


@given(st.lists(st.sampled_from(CONCEPTS)), st.lists(st.text("xyz", min_size=1), min_size=1))
def test_every_word_of_ones_own_is_known_or_new(old, new):
    mine = own_definition(verbs=old, objects=new)
    assert set(mine.new) == set(new)
    assert "aim" in mine.missing
    assert set(mine.chapters) == {c for w in words() if w.concept in old for c in w.chapters}


def test_an_own_definition_without_words_or_as_one_text_is_told():
    with pytest.raises(ValueError, match="no word"):
        own_definition(verbs=[], objects=[])
    with pytest.raises(ValueError, match="give a list"):
        own_definition(verbs="plan", objects=["result"])


def test_a_word_of_two_wordings_may_go_into_either():
    for wording in ("functions", "resources"):
        assert match_words({"organise": wording}).right == 1
    assert match_words({"organise": "customer"}).right == 0


@given(st.lists(st.sampled_from([i for own in checklist().values() for i in own])))
def test_coverage_is_the_mean_of_the_phases_shares(used):
    found = coverage({f"action {n}": item for n, item in enumerate(used)})
    shares = [len(set(used) & set(own)) / len(own) for own in checklist().values()]
    assert found.share == pytest.approx(sum(shares) / 4)
    assert found.missing_phases == tuple(
        p for p, s in zip(checklist(), shares, strict=True) if s == 0
    )
    assert sum(one.actions for one in found.phases) == len(used)


def test_no_action_at_all_and_every_item_covered_are_said():
    assert "No action at all: plan, organise, implement and control" in coverage({}).sentence
    full = {item: item for own in checklist().values() for item in own}
    assert coverage(full).sentence == "The cycle is covered to 100%. Every item has an action."


def test_five_items_of_planning_do_not_outweigh_the_rest():
    plan = coverage({item: item for item in checklist()["plan"]})
    control = coverage({item: item for item in checklist()["control"]})
    assert plan.share == control.share == 0.25


def test_an_action_filed_under_no_item_is_told():
    with pytest.raises(ValueError, match="give one of 'goals'"):
        coverage({"open": "opening"})
    with pytest.raises(ValueError, match="give one of plan"):
        file_actions({practice_actions()[0].name: "goals"})


def test_all_practice_actions_filed_rightly_score_one():
    assert file_actions({c.name: c.bin for c in practice_actions()}).score == 1
    assert {c.bin for c in practice_actions()} == set(PHASES)


@given(SCORES, WEIGHTS)
def test_total_and_gaps_add_up_to_five(scores, weights):
    found = assess(scores, weights=weights)
    whole = sum(weights.values())
    assert found.total == pytest.approx(sum(weights[n] * scores[n] for n in SEVEN) / whole)
    assert found.total + math.fsum(found.gaps.values()) == pytest.approx(5)


@given(SCORES, WEIGHTS, st.integers(2, 50))
def test_weights_count_only_against_each_other(scores, weights, times):
    more = {name: times * weight for name, weight in weights.items()}
    one, other = assess(scores, weights=weights), assess(scores, weights=more)
    assert one.total == pytest.approx(other.total)


def test_where_to_begin_is_the_weighted_gap_not_the_lowest_score():
    scores = {**dict.fromkeys(SEVEN, 5), "quality": 3, "staff training": 1}
    weights = {**dict.fromkeys(SEVEN, 1), "quality": 4}
    found = assess(scores, weights=weights)
    assert (found.first, found.lowest) == (("quality",), ("staff training",))
    assert assess(dict.fromkeys(SEVEN, 5)).first == ()


@pytest.mark.parametrize(
    ("scores", "weights", "message"),
    [
        (dict.fromkeys(SEVEN[1:], 3), None, "scores has no 'strategy'"),
        (dict.fromkeys(SEVEN, 6), None, r"scores\['strategy'\]=6: give a number from 0 to 5"),
        ({**dict.fromkeys(SEVEN, 3), "price": 1}, None, "'price', which is not one of"),
        (dict.fromkeys(SEVEN, 3), dict.fromkeys(SEVEN, 0), "weights are all 0"),
    ],
)
def test_a_wrong_assessment_is_told(scores, weights, message):
    with pytest.raises(ValueError, match=message):
        assess(scores, weights=weights)


@given(SCORES, WEIGHTS)
def test_the_six_choices_are_the_six_assessments_done_one_by_one(scores, weights):
    found = choices_of_two(scores, weights=weights)
    for pair in itertools.combinations(SEVEN[3:], 2):
        five = five_dimensions(*pair, why=["one", "two"])
        names = [one.name for one in five]
        alone = assess(
            {n: scores[n] for n in names}, weights={n: weights[n] for n in names}, among=five
        )
        assert found.totals[pair] == pytest.approx(alone.total)
        assert found.firsts[pair] == alone.first
    assert len(found.totals) == 6


def test_three_dimensions_are_the_sources_and_two_the_readers():
    five = five_dimensions("staff training", "my own", why=["people", "because"])
    assert [one.origin for one in five] == ["source"] * 3 + ["reader's choice"] * 2
    assert tuple(one.name for one in five[:3]) == PRINTED
    assert {one.origin for one in aspects()} == {"source"}
    assert assess({one.name: 3 for one in five}, among=five).origins["my own"] == "reader's choice"


@pytest.mark.parametrize(
    ("pair", "why", "message"),
    [
        (("quality", "staff training"), ["a", "b"], "printed already"),
        (("cost", "cost"), ["a", "b"], "the fourth too"),
        (("cost", "risk"), ["a"], "give two reasons"),
        (("cost", "risk"), "ab", "give two reasons"),
        (("", "risk"), ["a", "b"], "give the name of a dimension"),
    ],
)
def test_a_dimension_needs_a_name_and_a_reason(pair, why, message):
    with pytest.raises(ValueError, match=message):
        five_dimensions(*pair, why=why)


def test_frames_have_the_numbers_of_items_that_their_names_say():
    sizes = {name: len(frame(name)) for name in FRAMES}
    assert sizes == {
        "phases": 4,
        "aspects": 7,
        "dimensions": 3,
        "sub-systems": 4,
        "system": 3,
        "loop": 5,
    }
    assert tuple(item.name for item in frame("aspects")) == SEVEN
    assert tuple(item.name for item in frame("phases")) == tuple(PHASES)


def test_the_map_has_each_item_at_each_of_its_chapters_and_nowhere_else():
    found = chapter_map().chapters
    for name in FRAMES:
        for item in frame(name):
            assert {n for n, items in found.items() if item in items} == set(item.chapters)
    assert len(chapter_map().table) == len(found)


def test_circles_close_and_lists_have_no_arrows():
    assert links("loop")[-1] == ("improve", "plan")
    assert links("system") == [
        ("planning", "operations management"),
        ("operations management", "performance evaluation"),
    ]
    assert links("aspects") == []
    assert described("dimensions").endswith("process design and quality management")
    with pytest.raises(ValueError, match="give one of 'phases'"):
        frame("phase")


def test_all_chapters_with_the_most_items_are_named():
    found = chapter_map()
    most = max(len(items) for items in found.chapters.values())
    first = [number for number, items in found.chapters.items() if len(items) == most]
    assert first == [5, 8]
    assert found.sentence.endswith("chapters 5 and 8 have the most, 7 each.")
    alone = ChapterMap({5: found.chapters[5], 16: found.chapters[16]})
    assert alone.sentence.endswith("chapter 5 has the most, 7.")


def test_a_reader_sees_letter_and_name_of_a_wording():
    assert [named(wording) for wording in WORDINGS] == [
        "A (functions)", "B (resources)", "C (customer)",
    ]  # fmt: skip
    assert "A (functions) names no aim" in compare().sentence
    assert list(compare().table[0])[2:5] == [named(wording) for wording in WORDINGS]


def test_a_wording_that_is_none_of_the_three_is_told():
    with pytest.raises(ValueError, match="wording='D': give one of 'functions'"):
        named("D")
