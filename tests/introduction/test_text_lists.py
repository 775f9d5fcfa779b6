"""The numbers of chapter 1 about its lists (one map, where to begin, values) and the class hours,
against tables and models."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from asked import ask, text
from prose import in_words, percent, prose, ran

from svclab.catalogue import numbered
from svclab.introduction import definitions, offerings
from svclab.strategy.balance.ningbo import BRANCHES, ningbo_branches

TEXT = prose("introduction")


def section(title: str) -> Any:
    return TEXT.section(title).says


# One map


def test_the_chapters_with_most_roads_are_those_that_the_text_names() -> None:
    says = section("One map")
    chapters = definitions.chapter_map().chapters
    most = max(len(items) for items in chapters.values())
    first, second = (n for n, items in chapters.items() if len(items) == most)
    frames = {n: {item.frame for item in items} for n, items in chapters.items()}
    whole = [n for n in frames if len(frames[n]) == len(definitions.FRAMES)]
    says(
        f"chapters {first} and {second} have the most roads, {in_words(most)} items each; only "
        f"{whole[0]} and {whole[1]} have one from all {in_words(len(definitions.FRAMES))} lists."
    )
    assert len(whole) == 2
    says("Then choose the service operation system and see how much of the course hangs on three")
    assert text(ask("introduction.course_map", view="system", chapter="8"), "items") == "3"
    says("The map begins with four of the six; choose the others at Show.")
    assert "four lists" in ask("introduction.course_map")["say"]


def listed(values: list[int]) -> str:
    return ", ".join(map(str, values[:-1])) + f" and {values[-1]}"


def test_the_picture_of_the_lists_says_which_columns_are_full_and_empty() -> None:
    says = section("One map")
    chapters = definitions.chapter_map().chapters
    rows = {
        n: len({item.frame for item in chapters.get(n, ())}) for n in range(2, max(numbered()) + 1)
    }
    says(f"with {in_words(len(definitions.FRAMES))} rows, one for each list")
    says(f"and the chapters 2 to {max(rows)} as columns")
    says(f"Chapters {listed([n for n in rows if rows[n] >= 4])} have dots in four or more rows.")
    alone = [n for n in rows if rows[n] == 1]
    says(f"Chapters {listed(alone)} have a dot in one row only.")
    empty = [n for n in rows if not rows[n]]
    says(f"The columns {listed(empty)} are empty and grey.")
    named = ["Location and promotion", "risk", "case studies"]
    told = [f"{name} ({n})" for name, n in zip(named, empty, strict=True)]
    says(f"{told[0]}, {told[1]} and {told[2]} are empty.")
    one = ["Decision models", "pricing", "information technology", "cost", "improvement"]
    hang = [f"{name} ({n})" for name, n in zip(one, alone, strict=True)]
    says(f"{', '.join(hang[:-1])} and {hang[-1]} hang on one list each.")


def test_larger_dots_stand_for_two_items_of_a_list() -> None:
    section("One map")("Larger dots are chapters to which two items of a list lead.")
    chapters = definitions.chapter_map().chapters.values()
    most = {max(Counter(item.frame for item in items).values()) for items in chapters}
    assert max(most) == 2


def test_the_cycle_has_fourteen_items_under_four_phases() -> None:
    items = definitions.checklist()
    section("The cycle as a checklist")(
        f"The source lists {in_words(sum(map(len, items.values())))} items under the "
        f"{in_words(len(items))}"
    )


def test_the_project_files_its_actions_under_all_items_and_measures_all_characteristics() -> None:
    items = sum(map(len, definitions.checklist().values()))
    six = in_words(len(offerings.CHARACTERISTICS))
    section("Project: your own service")(f"filed under the {in_words(items)} items")
    section("Project: your own service")(f"points on the {six} characteristics")
    section("Summary")(f"Few services have all four; measure {six}, and go where")


def test_nobody_has_been_given_the_task() -> None:
    piece = "call a student who misses"
    assert ran("introduction", piece).gave(piece).missing_phases == ("organise",)
    section("The cycle as a checklist")("Nobody has been given the task")


# Where to begin?


def test_neither_rule_finds_where_the_house_should_begin() -> None:
    section("Where to begin?")("neither rule finds it; what counts is the product")
    view = ask("introduction.seven_aspects")
    assert text(view, "first") not in text(view, "lowest")
    section("Where to begin?")(f"Score the {in_words(len(definitions.SEVEN))} aspects")


def test_the_branches_in_the_text_are_those_of_the_document() -> None:
    says = section("Where to begin?")
    made = ran("introduction", "branches = {").names
    assert made["branches"].items() <= BRANCHES.items()
    says(f"Here are {in_words(len(made['branches']))} of the {in_words(len(BRANCHES))} branches.")
    rate = {name: lost / began for name, (began, lost) in BRANCHES.items()}
    says(f"{min(rate, key=lambda name: rate[name])} has the lowest rate of all.")
    worst = max(rate, key=lambda name: rate[name])
    fewer = {name: round(lost - made["best"] * n) for name, (n, lost) in BRANCHES.items()}
    says(
        f"{worst} is by far the worst: it lost {percent(rate[worst], 1)}. If it became as good as "
        f"Yinzhou, {fewer[worst]} students more would be there."
    )
    school, overall = rate["city school"], ningbo_branches().overall
    part = BRANCHES["city school"][0] / sum(began for began, _ in BRANCHES.values())
    says(
        f"{100 * school:.1f} against {percent(overall, 1)}, but it has {percent(part)} of the "
        f"students: {fewer['city school']:,} could be kept."
    )
    says(f"goes to {worst} and its {BRANCHES[worst][0]} students")
    section("For the instructor")(
        f"that of Yinzhou, {percent(rate['Yinzhou'], 1)}; the worst is {worst} with "
        f"{BRANCHES[worst][0]} students."
    )


def test_the_missing_dimensions_can_be_chosen_in_six_ways() -> None:
    says = section("Two dimensions that nobody knows")
    printed, seven = len(definitions.PRINTED), len(definitions.SEVEN)
    says(f"speaks of five dimensions of service operations management. {in_words(printed).title()}")
    says(f"take two of the {in_words(seven - printed)} aspects that are left")
    ways = definitions.choices_of_two(dict.fromkeys(definitions.SEVEN, 3)).totals
    says(f"There are {in_words(len(ways))} such choices.")


def test_the_weight_at_which_the_order_of_the_proposals_changes() -> None:
    says = section("Four values, and a weight that decides")
    proposals = ran("introduction", "proposals = {").names["proposals"]
    calls, check_in, film = proposals.values()
    # Totals are equal where weight · (difference of the first score) makes up for the others.
    weight = (sum(check_in[1:]) - sum(calls[1:])) / (calls[0] - check_in[0])
    assert sum(check_in) > max(sum(calls), sum(film))
    says("With equal weights the check-in is first.")
    says(f"If satisfaction counts {['', 'once', 'twice'][round(weight)]}, two proposals are equal")
    says("above that the calls are first")
    assert weight == 2


# For the instructor


@pytest.mark.parametrize("hour", [1, 2])
def test_the_timing_of_each_hour_adds_up_to_a_class_hour(hour: int) -> None:
    timing = next(p.text for p in TEXT.passages if "Timing" in p.text)
    said = re.findall(rf"Hour {hour}: (.+?)\. ", timing)[0]
    assert sum(int(n) for n in re.findall(r"\((\d+)\)", said)) == 45
