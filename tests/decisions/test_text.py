"""Numbers that chapter 6 says in words and no cell prints, against models and explorables."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pytest
from asked import ask, figure
from prose import in_words, prose, ran

from svclab import linear
from svclab.decisions import problems, sensitivity
from svclab.explore import declaration

TEXT = prose("decisions")
KIT = problems.cases.toy_kit
TEACHER = "For the instructor"


def section(title: str) -> Any:
    return TEXT.section(title).says


def earns(**blocks: int) -> float:
    return float(KIT(**blocks).solve().profit)


def price(block: str) -> Any:
    return sensitivity.report(KIT().problem(whole=False)).constraint(block)


# The kit of blocks


def test_two_tables_and_two_chairs_earn_what_the_text_says() -> None:
    solution = linear.solve(KIT().problem())
    table, chair = (in_words(round(solution.values[name])) for name in ("table", "chair"))
    said = f"{table.capitalize()} tables and {chair} chairs earn {solution.objective:g}."
    section("From words to a model")(said)


def test_the_two_plans_on_the_dashed_line_earn_as_much() -> None:
    section("The picture")("All plans on the dashed line earn 40: for example 2 tables, or 1 table")
    assert 20 * 2 == pytest.approx(20 * 1 + 15 * (1 + 1 / 3)) == 40
    section("The picture")("or 1 table and 1⅓ chairs")


def test_nine_small_blocks_have_a_best_corner_that_cannot_be_built() -> None:
    says = section("Whole pieces, and why rounding is not enough")
    corner = linear.solve(KIT(small=9).problem(whole=False))
    table, chair = (corner.values[name] for name in ("table", "chair"))
    says(f"now {table:g} tables and {chair:g} chairs, worth {corner.objective:g}.")
    says(f"Rounded to the nearest, {round(table)} tables and {chair:g} chairs need blocks that are")
    down = 20 * math.floor(table) + 15 * math.floor(chair)
    low = math.floor(table)
    says(f"Rounded down, {low} table and {chair:g} chairs can be built, but earn {down}.")
    says(f"The best whole plan earns {earns(small=9):g}, and it is the old one")


# What is one more worth?


def test_both_kinds_of_blocks_have_the_price_and_small_ones_the_range_of_the_text() -> None:
    says = section("What is one more worth?")
    large, small = price("large"), price("small")
    assert large.price == small.price
    says(f"Both kinds of blocks have a shadow price of {large.price:g}.")
    says(f"For small blocks it holds from {small.low:g} to {small.high:g}.")
    says(f"Beyond {small.high:g} another constraint stops you")


def test_two_changes_at_once_break_the_promise_of_the_prices() -> None:
    p, q = price("large").price, price("small").price
    promise = earns() + 2 * p - 2 * q
    section("What is one more worth?")(
        f"promise {earns():g} + 2 × {p:g} − 2 × {q:g} = {promise:g}. In truth the kit now earns "
        f"{earns(large=8, small=6):g}."
    )


def test_a_stool_costs_what_its_blocks_are_worth_elsewhere() -> None:
    p, q = price("large").price, price("small").price
    section("What is one more worth?")(
        f"its two blocks are worth {p:g} + {q:g} = {p + q:g} in tables and chairs, and the stool "
        "earns 9."
    )
    stools = ran("decisions", "stools = ").names["stools"]
    cost = sensitivity.report(stools).variable("stool").reduced_cost
    section("What is one more worth?")(f"each one that the teacher insists on costs {-cost:g}.")


def test_one_more_block_of_each_kind_in_whole_pieces() -> None:
    says = section("What is one more worth?")
    large = earns(large=7) - earns()
    says(f"The seventh large block is worth {large:g} in both worlds: a chair becomes a table.")
    assert price("large").price == large
    before, after = (linear.solve(KIT(large=n).problem()).values for n in (6, 7))
    assert after["table"] - before["table"] == before["chair"] - after["chair"] == 1
    ninth, tenth = earns(small=9) - earns(), earns(small=10) - earns()
    assert ninth == 0
    says(f"In the linear program the ninth block is worth {price('small').price:g}")
    says(f"The tenth block is worth {tenth:g}.")
    section(TEACHER)(f"nothing in whole pieces, {price('small').price:g} in the linear")
    section(TEACHER)(f"the tenth {tenth:g}. One more large block: {large:g} in the linear program")
    section(TEACHER)(f"bid nothing for one and up to {tenth:g} for two")


def test_the_picture_of_the_small_blocks_says_its_slopes() -> None:
    def best(small: int) -> float:
        return float(linear.solve(KIT(small=small).problem(whole=False)).objective or 0)

    section("What is one more worth?")(
        f"rises with slope {best(6) / 6:g} up to six blocks, with slope "
        f"{(best(12) - best(6)) / 6:g} up to twelve, then stays at {best(14):g}."
    )
    steps = [earns(small=n) for n in range(15)]
    assert all(steps[n] == steps[n - 1] for n in range(1, 15, 2))
    section("What is one more worth?")("a staircase below it that rises at even numbers only")


# The clinic and the second doctor


@cache
def clinic() -> Any:
    names = ran("decisions", "earns = {", "def clinic").names
    return sensitivity.report(names["clinic"](names["earns"], names["minutes"], names["available"]))


def test_an_eye_test_is_worth_less_than_its_minutes() -> None:
    missing = -clinic().variable("eye_test").reduced_cost
    section("Write your own model")(f"would have to earn {missing:.1f} yuan more")
    section("Write your own model")(f"each eye test costs {missing:.1f} yuan")
    doctor, room = (clinic().constraint(name).price for name in ("doctor", "room"))
    earned = ran("decisions", "earns = {").names["earns"]["eye test"]
    section(TEACHER)(
        f"worth 10 × {doctor:.2f} + 15 × {room:.2f} = {10 * doctor + 15 * room:.1f} yuan "
        f"elsewhere, and it earns {earned}."
    )


def test_the_second_doctor_brings_half_of_what_the_consultant_says() -> None:
    says = section("Wrong on purpose: a second doctor")
    each = round(clinic().constraint("doctor").price, 2)
    says(f"a minute of a doctor is worth {each:g} yuan.")
    says(f"has 480 minutes a day, so she brings {round(480 * each, -1):,.0f} yuan a day.")
    names = ran("decisions", "earns = {", "def clinic").names
    one, two = (
        linear.solve(names["clinic"](names["earns"], names["minutes"], {"doctor": d, "room": 720}))
        for d in (480, 960)
    )
    assert one.objective is not None
    assert two.objective is not None
    says(f"She brings {two.objective - one.objective:.0f} yuan.")
    high = clinic().constraint("doctor").high
    says(
        f"holds up to {high:g} minutes of doctors' time, so only {high - 480:g} of her 480 minutes"
    )
    says(f"Hire her for half a day: 400 yuan of cost against {two.objective - one.objective:.0f}.")


# Transport and assignment


def test_the_least_cost_rule_is_right_with_the_courses_freights_and_wrong_with_another() -> None:
    section("Who brings what to whom, and who does what")(
        "Make the way from the second source to customer 1 cheaper, 5 instead of 8"
    )
    (routes,) = (
        one["default"]
        for one in declaration("decisions.transport_map")["parameters"]
        if one["name"] == "routes"
    )
    way = "second source → customer 1"
    assert next(row["freight"] for row in routes if row["route"] == way) == 8
    other = [{**row, "freight": 5} if row["route"] == way else row for row in routes]
    given, cheaper = (ask("decisions.transport_map", routes=rows) for rows in (routes, other))
    assert figure(given, "extra") == 0
    assert figure(cheaper, "extra") > 0


def test_what_suits_person_2_is_not_what_person_2_is_given() -> None:
    costs = problems.cases.four_jobs().arguments["values"]["person 2"]
    section("Who brings what to whom, and who does what")(
        f"Person 2 would do job 3 for {costs['job 3']} or job 2 for {costs['job 2']}, and is given "
        f"job 1 for {costs['job 1']}."
    )
    section("Who brings what to whom, and who does what")(
        f"n! ways: {math.factorial(4)} for four, {math.factorial(10):,} for ten."
    )


# The five companies


def test_the_fifth_row_of_the_list_earns_more_and_does_not_fit() -> None:
    section("The case: three of five companies")("look at the fifth row of the list: A, C and D")
    table = ran("decisions", "every = ").gave("every = ")
    assert table.index[4] == "ACD"
    assert list(table["fits"]) == [True] * 4 + [False] * 2


def test_higher_debt_limits_are_worth_what_the_text_says() -> None:
    says = section("The case: three of five companies")
    listing = problems.cases.listing()
    says(f"There are only {in_words(math.comb(5, 3))} ways to choose three of five.")

    def profit(debt: float) -> float:
        return float(listing.solve(at_most={"debt": debt}).value)

    says(f"A, C and D would earn {profit(5.85) - profit(5):,.0f} more.")
    assert profit(5.8) == profit(5)
    says(f"At 5.85 it is worth {profit(5.85) - profit(5):,.0f} at once")
    says(f"with a limit of 4.8 the plan breaks, and {profit(5) - profit(4.8):,.0f} are lost.")
    assert profit(7) == profit(5.85)
    relaxed = sensitivity.report(listing.problem(relaxed=True))
    d, e = (relaxed.variable(name).value for name in "DE")
    says(f"It takes {d:.2f} of company D and {e:.2f} of E")
    says(f"shadow price for the debt limit: {relaxed.constraint('most_debt').price:.0f} 万")


def test_the_limit_of_the_assets_can_be_raised_until_it_binds() -> None:
    says = section("The case: three of five companies")
    listing = problems.cases.listing()
    best = listing.solve()
    assets = best.totals["assets"]
    says(f"the best three have {assets:g}. Up to {assets:g} it could be raised")
    assert listing.solve(at_least={"assets": assets}).value == best.value
    with pytest.raises(ValueError, match="loosen"):
        listing.solve(at_least={"assets": assets + 0.01})


# Covering


def test_the_bound_and_the_relaxation_of_the_telephone_desk() -> None:
    says = section("Cover the week, cover the town")
    names = ran("decisions", '"Mon": 8').names
    days = sum(names["need"].values())
    says(f"add up to {days} working days, and one person works five: {days}/5 = {days / 5:.1f}, so")
    says(f"so {in_words(days // 5)} people are too few")
    loose = problems.staff_cover(names["need"], names["weeks"], relaxed=True)
    whole = problems.staff_cover(names["need"], names["weeks"])
    says(f"even with parts of people it takes {sum(loose.people.values()):.2f}.")
    many = round(sum(whole.people.values()))
    says(f"{in_words(many).capitalize()} are needed and not {in_words(many - 1)}")
    says = section("Wrong on purpose: rounded to the nearest")
    up = sum(math.ceil(people - 1e-9) for people in loose.people.values())
    says(f"Rounding everything up is safe and employs {up}, {in_words(up - many)} more than are")
    near = sum(round(people) for people in loose.people.values())
    says(f"He employs {in_words(near)} people")


def test_two_more_minutes_save_a_station() -> None:
    drive, _ = problems.cases.town()
    sites = [len(problems.set_cover(problems.within(drive, n)).sites) for n in (8, 10, 12)]
    assert sites == [sites[0], sites[0] - 1, sites[0] - 2]
    section("Places")("Two more minutes save a station.")


def test_the_airport_is_far_from_the_sites_of_all_three_plans() -> None:
    drive, calls = problems.cases.town()
    section("Places")("the Airport, which is far from everything in all three plans")
    for many in (1, 2, 3):
        sites = problems.p_median(drive, many, demand=calls).sites
        ways = {place: min(drive[site][place] for site in sites) for place in calls}
        assert max(ways, key=lambda place: ways[place]) == "Airport"


def test_the_tours_are_too_many_to_list() -> None:
    says = section("Projects, pipes and tours")
    says(f"For six places there are {math.factorial(5) // 2} different tours")
    says(f"for twenty more than {math.factorial(19) // 2 // 10**16 * 10**16:,}.")


# Settings of the explorables that the text asks for


def test_the_plan_changes_only_outside_the_range_of_the_profit() -> None:
    row = sensitivity.report(KIT().problem(whole=False)).variable("table")
    section("What is one more worth?")(
        f"stays optimal as long as a table earns between {row.low:g} and {row.high:g}"
    )
    inside, outside = (
        ask("decisions.two_variables", table=n)["say"] for n in (row.high - 1, row.high + 1)
    )
    assert "2 tables" in inside
    assert "3 tables" in outside
