"""What is special to the introduction's exercises; what holds for all: tests/practice."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from dealt import STUDENTS, dealt, rows_of

from svclab.introduction import exercises
from svclab.introduction.definitions import (
    WORDINGS,
    assess,
    checklist,
    coverage,
    file_actions,
    match_words,
    named,
    practice_actions,
    words,
)
from svclab.introduction.exercises.cycle_actions import ACTIONS
from svclab.introduction.exercises.left_outs import MATTERS
from svclab.introduction.exercises.package_items import ITEMS, PLACES
from svclab.introduction.exercises.subsystem_signs import MEASURES
from svclab.introduction.offerings import PACKAGE, known_offerings, practice_items, rubric
from svclab.practice import ChoiceField, ChoicesField, Exercise, check, deal, listed

EXERCISES = listed("introduction")

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.short)


def amount(cell: str) -> float:
    found = re.search(r"-?[\d,]+(?:\.\d+)?", cell)
    assert found, cell
    return float(found.group().replace(",", ""))


def test_each_objective_is_tested_by_a_core_exercise_and_levels_are_mixed() -> None:
    assert {one.objective for one in EXERCISES if one.core} == set(exercises.OBJECTIVES)
    levels = Counter(one.level for one in EXERCISES)
    assert len(EXERCISES) >= 10
    assert levels["easy"] >= 4
    assert levels["medium"] >= 4
    assert levels["demanding"] >= 2


def test_they_stand_in_the_order_of_the_chapter_and_easy_ones_first() -> None:
    order = [one.objective for one in EXERCISES]
    assert order == sorted(order)
    assert EXERCISES[0].level == "easy"
    assert EXERCISES[-1].level == "demanding"


def test_no_exercise_needs_code_so_that_a_phone_is_enough() -> None:
    kinds = {field.kind for one in EXERCISES for field in deal(one, STUDENTS[0]).fields}
    assert "code" not in kinds


@every_exercise
def test_labels_and_sentences_are_plain_text(exercise: Exercise) -> None:
    texts = [one.sentence for one in exercise.misconceptions()]
    for field in deal(exercise, STUDENTS[0]).fields:
        texts += [field.label, *getattr(field, "options", {}).values()]
        texts += getattr(field, "rows", {}).values()
    assert not [text for text in texts if re.search(r"[_`|<]", text)]


@every_exercise
def test_no_choice_is_right_for_nearly_everybody_and_each_option_for_somebody(
    exercise: Exercise,
) -> None:
    right: dict[str, Counter[str]] = {}
    for number in range(150):
        variant = deal(exercise, f"2027-{number:04d}")
        for field in variant.fields:
            # The two characteristics of sets_apart are another pair each time.
            if type(field) is ChoiceField:
                right.setdefault(field.name, Counter())[str(variant.right[field.name])] += 1
                if len(field.options) <= 6:
                    right[field.name].update(dict.fromkeys(field.options, 0))
    for name, counts in right.items():
        assert max(counts.values()) <= 0.7 * 150, (name, counts)
        assert min(counts.values()) > 0, (name, counts)


def test_matters_left_out_are_those_for_which_the_wording_has_no_word() -> None:
    concepts = {word.concept for word in words()}
    assert {matter.concept for matter in MATTERS.values()} <= concepts
    for variant in dealt(exercises.left_out, 40):
        p = variant.p
        for key in p.matters:
            sorted_ = match_words({MATTERS[key].concept: p.wording}).placed
            verdict = next(one.verdict for one in sorted_ if one.name == MATTERS[key].concept)
            assert (verdict == "no") == (key in variant.right["left"])
        assert f"*{named(p.wording)}*" in exercises.left_out.question(p)


def test_the_definition_in_words_holds_the_words_that_are_counted() -> None:
    one = exercises.own_definition
    missing: Counter[str] = Counter()
    for variant in dealt(one, 60):
        p = variant.p
        text = one.question(p)
        printed = re.findall(r"\*([^*]+)\*", text)
        assert printed == [word for own in p.own.values() for word in own]
        head, *rows = rows_of(text)
        named = {
            name: {re.sub(r" \(.*", "", cell) for row in rows for cell in row[k].split(", ")}
            - {"–"}
            for k, name in enumerate(WORDINGS, 1)
        }
        assert len(head) == 4
        shares = {n: len(own & set(printed)) / len(own | set(printed)) for n, own in named.items()}
        assert shares[variant.right["nearest"]] == max(shares.values())
        assert 100 * max(shares.values()) == pytest.approx(variant.right["likeness"])
        missing[variant.right["missing"]] += 1
    assert len(missing) == 4


def test_points_are_those_of_the_rubric_for_the_printed_numbers() -> None:
    one = exercises.measured_offering
    starts = ("nothing", "a little", "about half", "most", "all")
    for variant in dealt(one, 40):
        seen, made, times, lost, owned, work = re.findall(
            r"^- (.*)$", one.question(variant.p), re.M
        )
        price, looked = (float(x) for x in re.findall(r"([\d.]+) yuan", seen.replace(",", "")))
        mean, deviation = (float(x) for x in re.findall(r"([\d.]+) min", times))
        there, whole = (float(x) for x in re.findall(r"([\d.]+) min", work))
        shares = [
            1 - looked / price,
            amount(made) / price,
            deviation / mean,
            amount(re.findall(r"[\d,.]+ yuan", lost)[0]) / price,
            1 - amount(owned) / price,
            there / whole,
        ]
        points = [row["points"] for row in variant.right["points"].values()]
        assert points == [sum(x >= y - 1e-9 for y in (0.1, 0.4, 0.6, 0.9)) for x in shares]
        assert variant.right["clear"] == sum(x >= 3 for x in points)
    # The five levels have an anchor each, from the least to the most.
    assert all(len(own) == 1 + len(starts) for own in rubric().values())


def test_scores_are_the_courses_and_the_chance_counts_pairs() -> None:
    one = exercises.sets_apart
    scores = {offering.name: offering.scores for offering in known_offerings()}
    for variant in dealt(one, 40):
        table = rows_of(one.question(variant.p))[1:]
        for k, key in enumerate(("first", "second")):
            asked = variant.p.asked[k]
            assert all(scores[row[0].split(" (")[0]][asked] == int(row[2 + k]) for row in table)
            services, goods = (
                [int(row[2 + k]) for row in table if row[1] == kind] for kind in ("service", "good")
            )
            hits = [(s > g) + (s == g) / 2 for s in services for g in goods]
            assert variant.right[key] == pytest.approx(100 * sum(hits) / len(hits))


def test_the_pool_of_items_fills_each_part_and_repeats_none_of_the_chapters_cards() -> None:
    shown = {card.name for place in ("KTV", "licence office") for card in practice_items(place)}
    assert set(ITEMS) == set(PLACES)
    for items in ITEMS.values():
        counts = Counter(part for _, part in items)
        assert set(counts) == set(PACKAGE)
        assert min(counts.values()) >= 2
        assert not shown & {name for name, _ in items}


def test_one_wrong_item_is_enough_to_know_a_confusion_again() -> None:
    one = exercises.package_parts
    for variant in dealt(one, 40):
        right = {key: row["part"] for key, row in variant.right["parts"].items()}
        goods = [key for key, part in right.items() if part == "facilitating_goods"]
        if not goods:
            continue
        said = {**right, goods[0]: "supporting_facility"}
        found = check(variant, {"parts": {k: {"part": v} for k, v in said.items()}})
        assert found.misconceptions == ["goods_for_facility"]


def test_contact_is_that_of_the_printed_steps() -> None:
    one = exercises.back_office
    for variant in dealt(one, 40):
        text = one.question(variant.p)
        rows = [(amount(time), there) for _, time, there in rows_of(text)[1:]]
        work = sum(time for time, _ in rows)
        there = sum(time for time, who in rows if who != "no")
        must = sum(time for time, who in rows if who.endswith("must be"))
        spared = [time for time, who in rows if who.endswith("spared")]
        extra = amount(re.findall(r"costs (\d+) min", text)[0])
        assert variant.right["share"] == pytest.approx(100 * there / work)
        assert variant.right["least"] == pytest.approx(100 * must / (work + len(spared) * extra))
        moved = re.findall(r"\*(.*?)\*", text)[0]
        [step] = [row for row in rows_of(text)[1:] if row[0] == moved]
        assert step[2].endswith("spared")


def test_actions_are_new_ones_and_each_item_of_the_cycle_has_two() -> None:
    items = [item for own in checklist().values() for item in own]
    assert list(ACTIONS) == items
    texts = [text for own in ACTIONS.values() for text in own]
    assert len(set(texts)) == len(texts) == 28
    assert not set(texts) & {card.name for card in practice_actions()}
    assert file_actions({}).open  # the chapter's own cards stay for the explorable


def test_coverage_is_that_of_the_actions_shown() -> None:
    one = exercises.filed_actions
    homes = {text: item for item, own in ACTIONS.items() for text in own}
    for variant in dealt(one, 40):
        shown = list(variant.fields[0].rows.values())  # type: ignore[attr-defined]
        found = coverage({text: homes[text] for text in shown})
        assert 100 * found.share == pytest.approx(variant.right["coverage"])
        assert len({homes[text] for text in shown}) < len(shown) == 7
        phases = [row["phase"] for row in variant.right["phases"].values()]
        assert all(homes[t] in checklist()[f] for t, f in zip(shown, phases, strict=True))


def test_measures_have_one_sub_system_each() -> None:
    keys = [(name, key) for name, own in MEASURES.items() for key in own]
    assert len({text for own in MEASURES.values() for text in own.values()}) == len(keys) == 20


def test_a_disturbance_reaches_cost_at_once_and_nothing_goes_backwards_in_time() -> None:
    for variant in dealt(exercises.whose_work, 60):
        felt = {name: row["when"] for name, row in variant.right["felt"].items()}
        assert felt["cost"] == "now"
        if not variant.p.known and variant.p.shock != "demand":
            assert felt["demand"] == "never"
        if variant.p.shock == "failure":
            assert set(felt.values()) == {"now", "never"}


def test_the_first_gap_is_that_of_the_printed_scores() -> None:
    one = exercises.where_to_begin
    for variant in dealt(one, 30):
        rows = [row for row in rows_of(one.question(variant.p)) if row[1].isdigit()]
        names = [row[0].split(" (")[0] for row in rows]
        found = assess(
            dict(zip(names, (float(row[1]) for row in rows), strict=True)),
            weights=dict(zip(names, (float(row[2]) for row in rows), strict=True)),
        )
        assert found.first == (variant.right["first"],)
        assert found.total == pytest.approx(variant.right["mean"])


def test_ticks_are_never_all_or_none() -> None:
    for one in EXERCISES:
        for variant in dealt(one, 30):
            for field in variant.fields:
                if isinstance(field, ChoicesField):
                    assert 0 < len(variant.right[field.name]) < len(field.options)
