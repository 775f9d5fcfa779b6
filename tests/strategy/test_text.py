"""The numbers in the prose of chapter 2, against the models: from the market to the suppliers.

Each test makes a phrase with what the model gives, and looks for it in the notebook. The sections
after these are held by test_text_worth.py and test_text_choices.py.
"""

from __future__ import annotations

import inspect
import math
import re
from statistics import fmean
from typing import Any

import pytest
from asked import ask, figure, text
from prose import Prose, about, control, in_words, percent, prose, ran

from svclab.explore import declaration
from svclab.strategy import choices, growth, positions, weighing
from svclab.words import number

MARKET = "Whom to serve, and where to stand"
WINNERS = "What makes customers choose us?"
LARGEST = "Wrong on purpose: the largest gap"
SUPPLIERS = "Whom to work with?"
CASE = positions.ktv_case()
OURS = "our shop"


def section(title: str) -> Prose:
    return prose("strategy").section(title)


def gave(piece: str) -> Any:
    return ran("strategy").gave(piece)


# Whom to serve, and where to stand


def test_the_segments_revenue_is_that_of_about_one_shop() -> None:
    found = gave("growth.segment(")
    section(MARKET).says(f"Keep the number {number(found.revenue / 1e6, 2)} million")
    section(MARKET).says(f'"{number(found.ages[0])} to {number(found.ages[1])}" is one')
    terms = choices.KtvTerms()
    shop = 1e6 * fmean(terms.revenue.values())
    assert round(found.revenue / shop) == 1
    assert 10 * found.revenue >= terms.shops * 1e6 * min(terms.revenue.values())
    section(MARKET).says("it is the revenue of about one shop. Ten shops need ten such cities")
    assert terms.shops == 10
    section("The decision").says("one city of the size that we counted feeds one shop")


def test_a_mistake_in_one_link_is_a_mistake_in_the_result() -> None:
    found = gave("growth.segment(")
    for step in found.shares:
        shares = {**found.shares, step: 1.1 * found.shares[step]}
        other = growth.segment(
            growth.invented_city(), shares=shares, visits=found.visits, spending=found.spending
        )
        off = percent(other.revenue / found.revenue - 1)
        section(MARKET).says(f"A mistake of {percent(0.1)} in any link is a mistake of {off}")


def test_the_window_of_five_years_is_the_one_that_the_cell_moves() -> None:
    city = growth.invented_city()
    (years,) = (n for n in range(1, 11) if growth.window(city, years=n) == gave("growth.window("))
    section(MARKET).says(f"{in_words(years).capitalize()} years more at either end")
    inside = gave("growth.segment(").people
    assert 0.5 < sum(gave("growth.window(").values()) / inside < 0.6, "more than half"
    section(MARKET).says("more than half of those inside")


def test_the_map_of_three_firms_has_the_cost_and_the_customers_named() -> None:
    known = inspect.signature(positions.middle).parameters
    fixed = number(known["fixed"].default, 0)
    section(MARKET).says(f"Each firm has {fixed} yuan of fixed cost a week")
    section(MARKET).says(f"{percent(known['polarised'].default)} of these customers want one of")
    assert known["premium"].default == known["special"].default - known["plain"].default
    found = gave("positions.middle()").market
    assert max(found.shares, key=lambda one: found.shares[one]) == "middle"
    assert min(found.profits, key=lambda one: found.profits[one]) == "middle"


def test_from_a_little_above_sixty_percent_on_the_middle_is_stuck() -> None:
    low, high = 0.0, 1.0
    for _ in range(10):
        share = (low + high) / 2
        low, high = (low, share) if positions.middle(polarised=share).is_stuck else (share, high)
    tens = math.floor(10 * high) / 10
    assert tens < low < high < tens + 0.03, "a little above"
    section(MARKET).says(f"With these numbers from a little above {percent(tens)}.")
    section(MARKET).says(f"They cross a little above {number(100 * tens)} percent")
    section("For the instructor").says(
        f"fewer than a little above {percent(tens)} of the customers"
    )


def test_the_picture_of_the_middle_says_where_its_curves_begin_and_end() -> None:
    ends = [positions.middle(polarised=share).market.profits for share in (0, 1)]
    middle = [about(one["middle"], 100) for one in ends]
    poorer = [about(min(one["plain"], one["special"]), 50) for one in ends]
    section(MARKET).says(f"The middle falls from about {middle[0]} to {middle[1]} yuan")
    section(MARKET).says(f"the poorer of the two ends rises from about {poorer[0]} to {poorer[1]}")


def test_what_to_try_on_the_map_frees_the_middle() -> None:
    noise = control("strategy.positioning_map", "noise")["default"]
    section(MARKET).says(f"does not show from {noise} to 10 yuan")
    stuck = "stuck in the middle"
    assert stuck in ask("strategy.positioning_map")["say"]
    for change in ({"noise": 10}, {"bend": "last"}, {"polarised": 50}):
        assert stuck not in ask("strategy.positioning_map", **change)["say"]
    section(MARKET).says("*the last steps cost most*")


def test_the_guess_is_about_a_market_in_which_half_want_an_end() -> None:
    question = declaration("strategy.positioning_map")["guess"]["question"]
    asked = re.search(r"Of ([\d,]+) customers (\d+) want .* Now only (\d+) do", question)
    assert asked
    everybody, now, then = (int(text.replace(",", "")) for text in asked.groups())
    section(MARKET).says(f"{percent(now / everybody)} of these customers want one of the two ends")
    assert then / everybody == 0.5
    section(MARKET).says("a market in which only half of the customers want an end. Guess first:")


def test_a_fourth_firm_in_focus_serves_a_fifth_and_hardly_pays_its_fixed_cost() -> None:
    firms = [dict(row) for row in control("strategy.positioning_map", "firms")["default"]]
    three = firms_of(ask("strategy.positioning_map"))
    firms[3]["sells"] = "want special"
    four = firms_of(ask("strategy.positioning_map", firms=firms))
    (focus,) = (name for name, row in four.items() if row["Strategy"] == "focus")
    profit = {name: float(row["Profit"].replace(",", "")) for name, row in four.items()}
    assert profit["Star"] < 0.2 * float(three["Star"]["Profit"].replace(",", "")), "great harm"
    assert min(profit, key=lambda name: profit[name]) == focus
    assert round(100 / float(four[focus]["Share"])) == 5, "a fifth"
    fixed = inspect.signature(positions.middle).parameters["fixed"].default
    assert 0 < profit[focus] < 0.1 * fixed, "hardly"
    said = f"a fifth of this market hardly pays {number(fixed, 0)} yuan of fixed cost"
    section(MARKET).says(f"earns least of the four: {said}")


def firms_of(view: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The table of the firms: name to its row."""
    (table,) = (part for part in view["parts"] if part["kind"] == "table")
    heads = [column["label"] for column in table["columns"]]
    return {row[0]: dict(zip(heads, row, strict=True)) for row in table["rows"]}


# What kind of service is it?


def test_the_shops_wages_and_equipment_are_those_of_the_cell() -> None:
    wages, plant = 0.5, 2.4
    said = (
        f"pays {wages} million yuan of wages a year and has rooms and sound worth {plant} million"
    )
    section("What kind of service is it?").says(said)
    shown = ran("strategy").printed("positions.labour_intensity(").splitlines()[0]
    assert float(shown) == positions.labour_intensity(wages, plant)


# What makes customers choose us?


def test_the_consultant_has_copied_every_number_correctly() -> None:
    rows = {row.attribute: row for row in CASE.gaps.rows}
    sound, service = rows["sound"], rows["service"]
    section(WINNERS).says(f"largest weighted gap, {number(sound.priority)} points; service has")
    section(WINNERS).says(f"service has only {number(service.priority)}.")
    highest = max(row.importance for row in CASE.gaps.rows)
    section(WINNERS).says(f"{number(sound.importance)} of {number(highest)}. Buy the sound of")
    assert max(row.priority for row in CASE.gaps.rows) == sound.priority


def test_comfort_is_overkill_without_rivals_and_behind_star_with_them() -> None:
    (comfort,) = (row for row in CASE.gaps.table if row["attribute"] == "comfort")
    section(WINNERS).says(f'comfort is "{comfort["quadrant"]}" on the one and behind Star')
    assert comfort["gap"] > 0
    assert comfort["who"] == "Star"


def test_each_comparison_gives_another_list_of_priorities() -> None:
    lists = set()
    for against in ("best", "mean", "Moon"):
        parts = ask("strategy.gap_analysis", against=against)["parts"]
        table = next(part for part in parts if part["kind"] == "table")
        lists.add(tuple(row[0] for row in table["rows"]))
    assert len(lists) == 3
    section(WINNERS).says("The list of priorities changes each time")


def test_hygiene_does_nothing_and_then_everything_half_a_point_at_a_time() -> None:
    slider = control("strategy.order_winners", "hygiene")
    assert slider["step"] == 0.5
    section(WINNERS).says("Move *Hygiene* down, half a point at a time.")
    downward = [slider["default"] - slider["step"] * k for k in range(6)]
    shares = [figure(ask("strategy.order_winners", hygiene=x), "share") for x in downward]
    assert len(set(shares)) == 2
    assert shares[0] == shares[2] > shares[-1] == 0


def test_service_wins_at_each_step_and_the_best_point_more_changes_with_the_group() -> None:
    up = [figure(ask("strategy.order_winners", service=6 + k / 2), "share") for k in range(5)]
    assert up == sorted(set(up))
    best = [text(ask("strategy.order_winners", students=share), "best") for share in (0, 100)]
    assert best[0] != best[1]
    section(WINNERS).says(f"set the students to {percent(0)} and to {percent(1)}. The best point")


def test_moon_takes_the_students_and_star_the_colleagues() -> None:
    taken = {g: positions.choose(CASE.offers, who).shares for g, who in CASE.buyers.items()}
    assert round(3 * taken["students"]["Moon"]) == 2
    section(WINNERS).says("Moon takes two thirds of the students")
    tenths = in_words(round(10 * taken["colleagues"]["Star"]))
    section(WINNERS).says(f"Star {tenths} of ten colleagues")
    for shares in taken.values():
        assert sorted(shares, key=lambda one: -shares[one])[1] == OURS
    section(WINNERS).says("We are second in both groups and first in none")
    section(WINNERS).says(f"is to {in_words(len(taken))} groups of customers")


def test_three_points_more_of_sound_win_nobody_and_two_less_lose_everybody() -> None:
    asked = {
        role.threshold
        for group in CASE.buyers.values()
        if isinstance(role := group.roles["sound"], positions.Qualifier)
    }
    assert len(asked) == 1
    own, star = CASE.own["sound"], CASE.rivals["Star"]["sound"]
    said = f"Both groups ask for a sound of {number(asked.pop())}, and we have {number(own)}."
    section(LARGEST).says(f"{said} {in_words(round(star - own)).capitalize()} points more win")

    def share(sound: float) -> float:
        offers = {**CASE.offers, OURS: {**CASE.own, "sound": sound}}
        return positions.choose(offers, CASE.buyers).shares[OURS]

    assert share(star) == share(own) > 0
    assert share(4) == 0
    section(LARGEST).says("If our sound fell to 4, we would lose everybody")


def test_the_picture_of_gaps_and_gains_says_each_bar() -> None:
    gaps = ", ".join(f"{row.attribute} {number(row.priority)}" for row in CASE.gaps.rows)
    section(LARGEST).says(f"over the same {in_words(len(CASE.importance))} attributes.")
    section(LARGEST).says(f"Left, the weighted gap: {gaps}.")
    won = positions.gains(CASE.offers, CASE.buyers, OURS)
    some = sorted((one for one in won if won[one] > 1e-9), key=lambda one: -won[one])
    rest = [one for one in won if won[one] <= 1e-9]
    bars = ", ".join(f"{one} {number(100 * won[one])} percent" for one in some)
    last = f"0 for {', '.join(rest[:-1])} and {rest[-1]}"
    section(LARGEST).says(f"customers that a point more wins: {bars}, and {last}")


# The vision on one page


def test_a_promise_is_covered_from_the_convention_that_the_model_has() -> None:
    needed = inspect.signature(positions.align).parameters["needed"].default
    found = gave('names=("thing", "promise")')
    said = f"a promise for which too little is built (less than {number(needed)} in all"
    section("The vision on one page").says(said)
    assert found.uncovered == ("no surprise",)
    assert found.orphans == ("gold lamps in the hall",)
    section("The vision on one page").says("Here the bill is promised and hardly built for")


def test_the_two_moves_leave_the_opportunities_out() -> None:
    moves = gave("positions.tows(").moves
    section("From a list to a move").says(f"The {in_words(len(moves))} moves are ours.")
    assert not any(
        cell.endswith("O") for one in moves for cell in gave("positions.tows(").cells_of(one)
    )


# Whom to work with?


def test_the_weight_of_stability_and_the_judgement_behind_it() -> None:
    found = weighing.supplier_case().comparison
    section(SUPPLIERS).says(f'to say "stability has {percent(found.weights["stability"])}"')
    times = number(found.judged("stability", "timeliness"))
    section(SUPPLIERS).says(
        f"stability was judged {times} times as important as timeliness, so timeliness is 1/{times}"
    )
    one = weighing.compare({("a", "b"): 4, ("b", "c"): 3, ("a", "c"): 2})
    assert weighing.geometric_weights(one) == pytest.approx(one.weights), "exact for three"


def test_the_consistency_ratio_and_the_judgement_that_the_others_do_not_imply() -> None:
    found = weighing.supplier_case().comparison
    section(SUPPLIERS).says(f"Here it is {number(found.ratio, 3)}. Which judgement is the odd one?")
    assert not found.is_consistent
    now, then = (weighing.RANDOM_INDEX[year] for year in ("2005", "1980"))
    assert found.random_index == now[len(found.names) - 1] == now[4]
    means = (
        f"{now[4]} for five criteria, {now[2]} for three (in Saaty (1980) {then[4]} and {then[2]})"
    )
    section(SUPPLIERS).says(f"the mean index of random tables: {means}.")
    limit = re.search(r"above ([\d.]+), look", found.sentence)
    assert limit
    section(SUPPLIERS).says(f"Saaty (1980) takes up to {limit[1]} as good enough.")
    odd = weighing.doubts(found).rows[0]
    assert (odd.first, odd.second) == ("timeliness", "quality")
    section(SUPPLIERS).says(f"Timeliness was judged {number(odd.judged)} times as important as")
    section(SUPPLIERS).says(f"All the other judgements together say {number(odd.implied, 2)} times")
    assert odd.proposed == 1
    section(SUPPLIERS).says("with timeliness as important as quality (which is about what the")


def test_that_judgement_decides_between_the_suppliers() -> None:
    case = weighing.supplier_case()
    first = [
        max(totals, key=lambda one: totals[one])
        for weights in (case.comparison.weights, case.revised.weights)
        for totals in [weighing.scorecard(case.scores, weights).totals]
    ]
    said = f"{first[0]} gets the contract; with that one judgement changed, {first[1]} does"
    section(SUPPLIERS).says(said)
    section(SUPPLIERS).says(f"The scores of the {in_words(len(case.scores))} suppliers are these")


def test_a_copy_turns_an_order_round_in_one_mode_only() -> None:
    turned = {
        (copied, mode): "turns round"
        in ask("strategy.supplier_weights", copied=copied, mode=mode)["say"]
        for copied in ("Beichen", "Cuiyu")
        for mode in ("distributive", "ideal")
    }
    assert [pair for pair, yes in turned.items() if yes] == [("Beichen", "distributive")]
    section(SUPPLIERS).says("Beichen: two change places. Choose Cuiyu: none do.")
    seen = ask("strategy.supplier_weights", copied="Beichen")["say"]
    assert "Beichen was ahead of Cuiyu, and no longer is" in seen
    section("For the instructor").says(
        "A copy of Beichen puts Cuiyu ahead of Beichen; a copy of Cuiyu, or the ideal mode, changes"
    )
