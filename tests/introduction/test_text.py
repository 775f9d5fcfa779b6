"""The numbers of chapter 1 up to "Where is the customer?", against models and tables.

Its lists: test_text_lists.py; its loops, and what follows: test_text_loops.py.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from statistics import NormalDist, correlation
from typing import Any

from asked import ask, text
from prose import cell, in_words, percent, prose, ran, run

from svclab import data
from svclab.explore import declaration
from svclab.introduction import definitions, offerings
from svclab.introduction.offerings.characteristics import HIGH, LEVELS
from svclab.strategy.balance.ningbo import GRADUATES, REGISTERED

TEXT = prose("introduction")
YEARS = {row["year"]: row["total"] for row in data.rows("ningbo-enrolment")}


def section(title: str) -> Any:
    return TEXT.section(title).says


# A university that grew


def test_the_students_of_ningbo_are_those_of_the_table() -> None:
    last = max(YEARS)
    section("A university that grew")(
        f"{YEARS[min(YEARS)]:,} in the first of {in_words(len(YEARS))} years, {YEARS[last - 1]:,} "
        f"in the sixth, {YEARS[last]:,} in the seventh"
    )
    assert list(YEARS)[5] == last - 1
    section("The four sub-systems")(
        f"{YEARS[last - 1]:,} began in the sixth year, {YEARS[last]:,} in the seventh"
    )


def test_the_two_shares_of_students_who_are_gone_are_those_of_the_cell() -> None:
    made = ran("introduction", "begun = ").names
    assert (made["begun"], made["graduated"]) == (sum(YEARS.values()), sum(GRADUATES.values()))
    assert made["registered"] == REGISTERED
    of_all, of_due = (percent(made["gone"] / made[name], 1) for name in ("begun", "due"))
    section("A university that grew")(f"The document prints the first share, {of_all}.")
    section("A university that grew")(
        f"Of those who should be studying now, {of_due} are not there."
    )
    section("The four sub-systems")(f"{made['gone']:,} not registered")
    section("Where to begin?")(f"By chance it is the same {of_due} as in the first section")


# Three definitions


def test_the_documents_answer_as_often_as_there_are_wordings_and_lists() -> None:
    section("Three definitions")("The documents answer three times.")
    assert len(definitions.WORDINGS) == 3
    lists = in_words(len(definitions.FRAMES))
    section("One map")(f"The documents answer {lists} times, with {lists} lists")
    section("One map")(f"{lists.capitalize()} lists are five too many")


def test_the_managers_sentence_has_all_parts_and_one_new_word() -> None:
    found = definitions.own_definition(verbs=["serve"], objects=["customer"], aims=["profit"])
    assert not found.missing
    (new,) = found.new
    section("Three definitions")(f"All three parts are there. One word, {new}, stands in none of")


def test_one_word_stands_in_all_three_wordings() -> None:
    (word,) = definitions.compare().shared
    section("Three definitions")(f"only {word} stands in all three wordings")
    assert text(ask("introduction.definition_words"), "shared") == "1"


def test_artificial_intelligence_waits_for_its_part_among_the_readers_own_words() -> None:
    section("Three definitions")("whether artificial intelligence is a verb, an object or an aim")
    parameters = declaration("introduction.definition_words")["parameters"]
    (new,) = (one["default"] for one in parameters if one["name"] == "new")
    assert {"word": "artificial intelligence", "part": ""} in new


def test_two_documents_share_as_many_words_as_the_text_counts() -> None:
    likeness = definitions.compare().likeness
    by_name = {(a, b): Fraction(like).limit_denominator(20) for (a, b), like in likeness.items()}
    ab, ac, bc = by_name.values()
    both = [f"{in_words(like.numerator)}" for like in (ab, bc, ac)]
    among = [f"{in_words(like.denominator)}" for like in (ab, bc, ac)]
    section("Three definitions")(
        f"two documents share {both[0]} words of {among[0]}, {both[1]} of {among[1]}, or "
        f"{both[2]} of {among[2]}"
    )


# What is different about a service?


def test_the_factory_sells_the_whole_week_and_the_office_less() -> None:
    says = section("What is different about a service?")
    made = ran("introduction", "stock, factory, office = 0, 0, 0").names
    week = [10, 15, 20, 25, 30]
    says(f"Begin with a week in which {sum(week)} customers come, more each day.")
    says(f"The factory serves all {made['factory']}: what is made early in the week")
    empty, away = (in_words(abs(20 - week[day])) for day in (0, -1))
    says(f"The office serves {made['office']}: on Monday {empty} places stay empty")
    says(f"on Friday {away} people are sent away")
    code = cell("introduction", "stock, factory, office = 0, 0, 0")
    back = run(code.replace(str(week), str(week[::-1]))).names
    says(f"turn the week round, {week[-1]} on Monday and {week[0]} on Friday")
    says(f"(The factory in the week turned round: {back['factory']}, as the office.")
    assert back["factory"] == back["office"]


def test_the_limits_of_the_rubric_are_those_of_the_text() -> None:
    *first, last = (f"{100 * one:.0f}" for one in LEVELS)
    said = f"0 to {len(LEVELS)} points, with limits at {', '.join(first)} and {last}%."
    section("What is different about a service?")(said)
    assert [offerings.level_of(one) for one in LEVELS] == [1, 2, 3, 4]
    assert offerings.level_of(0) == 0


def test_the_spread_of_ten_values_is_about_three_standard_deviations() -> None:
    """The expected range of ten normal values (Tippett 1925), by the trapezoidal rule."""
    below = NormalDist().cdf
    grid = [k / 100 for k in range(-800, 801)]
    spread = math.fsum(1 - below(x) ** 10 - (1 - below(x)) ** 10 for x in grid) / 100
    said = f"For ten values, the largest less the smallest, divided by {spread:.0f}, comes near."
    section("What is different about a service?")(said)


def test_the_lunch_is_like_a_suit_but_partly_a_good() -> None:
    made = ran("introduction", 'lunch = offerings.Offering("canteen lunch"').names
    found = offerings.profile(made["lunch"])
    known = len(offerings.known_offerings())
    section("What is different about a service?")(f"the most similar of {known} offerings")
    section("What is different about a service?")(f"Now the map of all {known}")
    assert "suit made to measure" in found.nearest


def test_few_services_are_high_in_all_four_and_milk_is_a_good_that_perishes() -> None:
    section("What is different about a service?")("by our points, few services are high in all")
    found = offerings.separation()
    assert 0 < len(found.all_four) < found.services / 4
    view = ask("introduction.offering_map", x="perishability", show="apart")
    goods = re.findall(r"goods \((.+?)\)", view["say"])[0]
    assert "packed milk" in goods


def test_the_example_of_pairs_is_what_the_measure_gives() -> None:
    def made(kind: str, points: int) -> offerings.Offering:
        scores = dict.fromkeys(offerings.CHARACTERISTICS, points)
        return offerings.Offering(f"{kind} {points}", kind, scores)

    says = section("What is different about a service?")
    says("two services with 4 and 1 points, two goods with 0 and 1. There are four pairs")
    few = [made("service", 4), made("service", 1), made("good", 0), made("good", 1)]
    chance = offerings.separation(few).rows[0].chance
    says(f"That is {4 * chance:g} of 4, or {100 * chance + 1e-9:.0f}%.")
    same = offerings.separation([made("service", 2), made("good", 2)]).rows[0].chance
    says(f"A characteristic that knows nothing gets {percent(same)}")


def test_the_picture_of_the_characteristics_says_what_the_points_are() -> None:
    says = section("What is different about a service?")
    known = offerings.known_offerings()
    at = {
        (kind, name): [one.scores[name] for one in known if one.kind == kind]
        for kind in ("good", "service")
        for name in offerings.CHARACTERISTICS
    }
    own = "non-ownership"
    goods, least = len(at["good", own]), min(at["service", own])
    assert set(at["good", own]) == {0}
    says(
        f"In the row of {own} all {in_words(goods)} goods stand at 0 and all services at {least} "
        "or more."
    )
    mixed = ("perishability", "heterogeneity", "intangibility")
    says(
        f"In the rows of {mixed[0]}, {mixed[1]} and {mixed[2]} goods stand at {HIGH} or "
        f"{HIGH + 1} among the services, and services at 0 or 1 among the goods."
    )
    for name in offerings.CHARACTERISTICS:
        high, low = max(at["good", name]) >= HIGH, min(at["service", name]) <= 1
        assert (high and low) == (name in mixed), name


def test_only_non_ownership_tells_services_from_goods_without_a_fault() -> None:
    (best,) = [row.characteristic for row in offerings.separation().rows if row.chance == 1]
    section("What is different about a service?")(f"Only {best} does it without a fault")
    kinds = {one.name: one.kind for one in offerings.known_offerings()}
    assert kinds["suit made to measure"] == kinds["software by download"] == "mixed"


# What is in the package?


def test_a_package_has_five_parts_and_the_course_leaves_one_empty() -> None:
    parts = in_words(len(offerings.PACKAGE))
    section("What is in the package?")(f"a service package (服务包, fúwùbāo) of {parts} parts")
    section("Summary")(f"A service is a package of {parts} parts")
    section("Project: your own service")(f"Package: ten items in {parts} parts")
    empty = ran("introduction", '"distance course"').gave('"distance course"').missing
    assert len(empty) == 1
    section("What is in the package?")("One part is empty.")


# Four axes of the source


def test_the_axes_fail_for_as_many_services_as_the_text_counts() -> None:
    says = section("Four axes of the source")
    found = offerings.fit()
    axes = in_words(len(offerings.AXES))
    says(f"The slides classify services by {axes} axes")
    says(f"Here is the count for {in_words(found.services)} services")
    more = {len(found.with_two[axis]) for axis in ("customer", "value")}
    assert len(more) == 1
    says(f"So do customer and value, for {more.pop()} of {found.services} each.")
    assert [axis for axis in offerings.AXES if found.without[axis]] == ["content"]
    assert max(found.with_two, key=lambda axis: len(found.with_two[axis])) == "channel"


def test_the_services_without_a_content_are_those_that_the_text_names() -> None:
    section("Four axes of the source")("singing, cash and a driver's licence are neither advice")
    without = " ".join(offerings.fit().without["content"])
    assert all(word in without for word in ("KTV", "bank", "licence"))


def test_personal_and_personalised_is_one_of_four_empty_cells() -> None:
    empty = offerings.pivot("customer", "value").empty
    assert ("personal", "personalised") in empty
    section("Four axes of the source")(f"Now look at the other {in_words(len(empty) - 1)}.")


# Where is the customer?


def test_the_picture_of_the_ten_services_says_what_was_measured() -> None:
    says = section("Where is the customer?")
    found = offerings.measure_all()
    names = [one.service.name for one in found]
    contact = [round(100 * one.contact_share) for one in found]
    made = {one.service.name: round(100 * one.service.to_order) for one in found}
    labour = {one.service.name: one.labour_intensity for one in found}
    assert contact == sorted(contact, reverse=True)
    says(
        f"{in_words(len(found)).capitalize()} services in three bar charts. Contact falls from "
        f"{contact[0]} percent for a {names[0]} to {contact[-1]} percent for {names[-1]}."
    )
    there = contact[names.index("consulting")]
    says(
        f"Jobs made to order: {made['haircut']} percent for a haircut, {made['cash machine']} for "
        f"a cash machine just below it, {made['consulting']} for consulting, which has {there} "
        "percent of contact."
    )
    assert names[1] == "cash machine"
    first, second, third = sorted(labour.values(), reverse=True)[:3]
    says(
        f"Labour by equipment is {labour['consulting']:g} for consulting, {labour['seminar']:g} "
        f"for a seminar, and below {math.ceil(third)} for all others."
    )
    assert (first, second) == (labour["consulting"], labour["seminar"])


def test_what_the_text_reads_off_the_ten_services_holds() -> None:
    says = section("Where is the customer?")
    found = {one.service.name: one for one in offerings.measure_all()}
    says("The haircut and the cash machine both have high contact.")
    assert {found[name].degree for name in ("haircut", "cash machine")} == {"high"}
    says(f"made to order in {in_words(round(10 * found['haircut'].service.to_order))} of ten jobs")
    away = 1 - found["consulting"].contact_share
    says(f"{in_words(round(4 * away))} quarters of it happen without the customer")
    assert away == 0.75
    order = {name: one.service.to_order for name, one in found.items()}
    assert max(order, key=lambda name: order[name]) == "consulting"
    contact = [one.contact_share for one in found.values()]
    labour = [one.labour_intensity for one in found.values()]
    says("contact and customisation do not go together")
    assert abs(correlation(contact, list(order.values()))) < 0.1
    says("Customisation and labour go together a little: consulting leads in both.")
    assert correlation(labour, list(order.values())) > 0.3


def test_the_counter_of_the_bank_is_decoupled_as_the_text_says() -> None:
    says = section("Where is the customer?")
    counter = offerings.known_contacts()["bank counter"]
    after = offerings.decouple(counter, moved=3, added=1)
    says(f"let 3 of the {counter.contact:g} minutes with the customer move, at 1 minute for the")
    before, then = (offerings.measure(one).contact_share for one in (counter, after.after.service))
    says(
        f"The customer saves {after.customer_gain:g} minutes, the bank works 1 minute longer, and "
        f"contact falls from {percent(before)} to {percent(then)}."
    )
