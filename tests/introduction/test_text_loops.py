"""The numbers of chapter 1 from "The closed loop" to its end, against the models of the loops."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import pytest
from asked import ask, figure, text
from prose import cell, in_words, percent, prose, ran

from svclab.explore import declaration
from svclab.introduction import loops

TEXT = prose("introduction")


def section(title: str) -> Any:
    return TEXT.section(title).says


def asked(name: str, **setting: Any) -> dict[str, Any]:
    return ask(f"introduction.{name}", **setting)


def default(name: str, parameter: str) -> Any:
    among = declaration(f"introduction.{name}")["parameters"]
    return next(one["default"] for one in among if one["name"] == parameter)


# The closed loop


def test_the_gap_is_halved_as_the_text_counts_it() -> None:
    loop = ran("introduction", "easy = ").names["easy"]
    now, after = loops.closed_loop(loop, cycles=2).capability[:2]
    gaps = [loop.target - one for one in loops.closed_loop(loop, cycles=2).capability]
    says = section("The closed loop")
    says(f"The gap is {gaps[0]:g} points, then {gaps[1]:g}, then {gaps[2]:g}.")
    says(f"{now:g} + {loop.share:g} × ({loop.target:g} − {now:g}) = {after:g}.")


@pytest.mark.parametrize("delay", [2, 3])
def test_the_largest_share_that_rests_can_be_read_but_not_seen(delay: int) -> None:
    says = section("The closed loop")
    says("make the report two cycles old, then three, and look for the largest share that still")
    says("Read the sentence, not the picture: 24 cycles are too short to see the rest.")
    rest = [
        closed
        for closed in range(5, 201, 5)
        if "comes to rest" in asked("closed_loop", delay=delay, share=closed)["say"]
    ]
    assert rest == list(range(5, rest[-1] + 1, 5))
    assert rest[-1] < 100 * loops.stable_share(delay) <= rest[-1] + 5
    largest = loops.ClosedLoop(share=rest[-1] / 100, delay=delay)
    assert loops.closed_loop(largest, cycles=24).settled() is None


def test_with_an_error_the_loop_never_stands_still() -> None:
    section("The closed loop")("go back to one cycle, and add an error of 3 points")
    section("The closed loop")("With the error the loop never stands still.")
    assert "keep it swinging" in asked("closed_loop", delay=1, noise=3)["say"]
    assert "keep it swinging" not in asked("closed_loop", delay=1)["say"]


def test_the_picture_of_the_three_shares_says_where_each_loop_goes() -> None:
    says = section("The closed loop")
    slow, half, whole = ran("introduction", "shares = ").names["courses"].values()
    target = loops.ClosedLoop().target
    assert list(slow) == sorted(slow)
    assert max(slow) < target
    says(f"With a share of 20 percent it rises smoothly to the target of {target:g}.")
    says(f"With 50 percent it goes up to {max(half):g}, falls below {target:g} and settles.")
    assert half.index(max(half)) < half.index(min(half[4:]))
    assert min(half[4:]) < target
    says(f"it swings between {min(whole):g} and {max(whole):g} for ever")
    assert {min(whole[-6:]), max(whole[-6:])} == {min(whole), max(whole)}
    says(f"over {len(slow) - 1} cycles")


def test_the_half_is_first_to_stay_near_the_target_and_the_whole_never_is() -> None:
    settled = {
        closed: loops.closed_loop(loops.ClosedLoop(share=closed, delay=1)).settled()
        for closed in ran("introduction", "shares = ").names["shares"].values()
    }
    section("The closed loop")(
        f"The 50% loop, at cycle {settled[0.5]}; the careful one needs until cycle {settled[0.2]}."
    )
    assert settled[1.0] is None


def test_ningbo_may_close_a_tenth_of_the_gap_or_a_quarter() -> None:
    assert loops.smooth_share(3) == pytest.approx(1 / 10, rel=0.06)
    assert loops.smooth_share(1) == 1 / 4
    says = section("The closed loop")
    says("a report that is three terms old, and in this model may close a tenth of the gap in a")
    says("If the university counted after one term, it might close a quarter.")


def test_bias_and_wear_keep_the_rest_below_the_target() -> None:
    base = loops.ClosedLoop(share=0.4, bias=5)
    assert base.rest is not None
    section("The closed loop")(
        f"if reports are 5 points too good, the loop rests {base.target - base.rest:g} points below"
    )
    run = loops.closed_loop(base, cycles=100)
    assert run.cycles[-1].reported == pytest.approx(base.target)
    section("The closed loop")("every report says on target")
    worn = loops.ClosedLoop(share=0.4, wear=2)
    assert worn.rest == worn.target - 2 / 0.4
    section("The closed loop")("The loop rests below the target by wear ÷ k.")


def test_the_eager_manager_swings_by_the_whole_error_and_the_calm_one_by_a_third() -> None:
    eager, calm = (
        loops.closed_verdict(loops.ClosedLoop(share=k, delay=0, noise=3)).spread for k in (1, 0.2)
    )
    section("The closed loop")(
        f"reports that err by 3 points, the eager manager makes capability itself swing by "
        f"{eager:g} points; the calm one only by {calm:g}."
    )


def test_the_loop_played_on_the_floor_turns_where_the_model_turns() -> None:
    says = section("For the instructor")
    half = loops.closed_loop(loops.ClosedLoop(share=0.5, delay=1)).capability
    target = loops.ClosedLoop().target
    says(
        f"stands at {half[0]:g} on a number line on the floor; the target is a chair at {target:g}"
    )
    passed = next(n for n, one in enumerate(half) if one > target)
    turn = max(half)
    says(f"it passes the chair at the {['', 'first', 'second', 'third'][passed]} clap and turns at")
    says(f"clap and turns at {turn:g}.")
    whole = loops.closed_loop(loops.ClosedLoop(share=1.0, delay=1)).capability
    says(f"Repeat with the whole gap: it runs from {min(whole):g} to {max(whole):g} and back.")
    fresh = loops.closed_loop(loops.ClosedLoop(share=0.5, delay=0)).capability
    assert max(fresh) <= target
    says("the same manager walks straight to the chair")


# Wrong on purpose: the pass rate


def test_the_students_who_passed_are_those_of_the_cell() -> None:
    says = section("Wrong on purpose: the pass rate")
    made = ran("introduction", "came = {").names
    here, there = (made["came"][one] * made["passed"][one] / 100 for one in made["came"])
    sat = [round(one) for one in made["came"].values()]
    says(
        f"Of 100 students in Ningbo {sat[0]} came and {here:.1f} passed; in the nation {sat[1]} "
        f"came and {there:.1f} passed, a gap of {there - here:.1f}"
    )
    as_many = made["came"]["nation"] * made["passed"]["Ningbo"] / 100
    says(
        f"{made['came']['nation']:g} × {made['passed']['Ningbo']:g}% = {as_many:.1f}. So "
        f"{as_many - here:.1f} of the {there - here:.1f} points come from those who stayed away"
    )
    says(f"87.2 is more than the {made['passed']['Ningbo']:g}% who passed the final")
    section("For the instructor")(f"{here:.1f} against {there:.1f} of 100 sat and passed")


# Satisfaction, effort and delay


def test_the_effort_loop_has_one_minus_and_balances() -> None:
    (loop,) = (part for part in asked("effort_loop")["parts"] if "links" in part)
    minuses = [link["sign"] for link in loop["links"]].count("-")
    assert minuses % 2
    section("For the instructor")(f"The effort loop has {in_words(minuses)} minus, so it balances.")


def test_a_stronger_reaction_helps_on_fresh_news_and_harms_on_old() -> None:
    says = section("Satisfaction, effort and delay")
    says("set the age of the survey to 0 and the reaction to 0.15; then raise it to 0.30.")
    says("Then set the age to 3, and do it again. See: the same step helps in one case and harms")

    def away(delay: int, reaction: float) -> float:
        return float(figure(asked("effort_loop", delay=delay, reaction=reaction), "missed"))

    assert away(0, 0.30) < away(0, 0.15)
    assert away(3, 0.30) > away(3, 0.15)


def test_one_of_two_conclusions_flips_with_an_older_survey() -> None:
    found = loops.change(loops.models()["effort"], delay=3)
    stands = len(found.before) - len(found.flipped)
    assert len(found.flipped) == 1
    section("Satisfaction, effort and delay")(
        f"{in_words(stands).capitalize()} conclusion stands, the other has flipped."
    )
    section("Satisfaction, effort and delay")(f"for all {in_words(len(loops.models()))} loops")


# Wrong on purpose: the campaign that always works


def test_the_campaigns_stand_at_the_lows_of_the_wave() -> None:
    says = section("Wrong on purpose: the campaign that always works")
    made = ran("introduction", "lows = [").names
    level, lows = made["level"], made["lows"]
    (low,) = {round(level[t]) for t in lows}
    after = [level[t + 4] for t in lows]
    about = round(math.fsum(after) / len(after), -1)
    assert all(abs(one - about) <= 3.5 for one in after)
    times = in_words(len(lows))
    says(f"From {low} to about {about:g}, {times} times out of {times}.")
    says(
        f"Satisfaction over {len(level) - 1} months swings between {min(level):.0f} and "
        f"{max(level):.0f} points around a target of {made['run'].loop.target:g}. The {times} "
        "campaigns"
    )


# The spiral


def test_the_four_gains_of_the_text_are_those_of_the_model() -> None:
    model = loops.Spiral()
    section("The spiral")(
        f"1% of service brings {model.reputation:g}% of customers, 1% of customers "
        f"{model.leverage:g}% of profit (rent and equipment are fixed, so profit falls faster), "
        f"1% of profit {model.sharing:g}% of the staff's mood, and 1% of mood {model.care:g}% "
        "of service"
    )


def test_the_first_round_of_the_fall_is_that_of_the_cell() -> None:
    one = ran("introduction", "one = loops.spiral").names["one"]
    first = one.rounds[0]
    section("The spiral")(
        f"In the first round {-100 * first.service:.0f}% of service has become "
        f"{-100 * first.staff:.0f}% of mood, and service falls by a little less than that"
    )
    assert 0.9 * first.staff > one.rounds[1].service > first.staff
    falls = [turn.service for turn in one.rounds]
    assert falls == sorted(falls, reverse=True)
    section("The spiral")("Round by round it gets worse.")


def test_the_sentence_says_that_it_heals_from_a_loop_gain_of_one_down() -> None:
    says = section("The spiral")
    says("lower Staff's mood for profit until the sentence says Wherever it starts, it heals.")
    heals = [
        k / 20
        for k in range(17)
        if "Wherever it starts, it heals." in asked("spiral", sharing=k / 20)["say"]
    ]
    gain = loops.Spiral(sharing=max(heals)).gain
    assert heals == [k / 20 for k in range(len(heals))]
    says(f"At a gain of {gain:g} the spiral turns. Below it every fall heals.")
    section("Summary")(f"A spiral turns where the product of its gains is {gain:g}.")


def test_above_the_gain_of_one_service_can_stay_at_three_levels() -> None:
    says = section("The spiral")
    rests = loops.spiral_rests(loops.Spiral())
    low, tip, high = (point.service for point in rests.points)
    says(f"Then there are {in_words(len(rests.points))} levels at which service can stay, one low")
    assert (tip, rests.tipping) == (0, (0,))
    assert low < 0 < high
    says("Without help the tipping point is the normal state itself")
    says(f"a service that stays at {percent(1 + low)} of normal")
    assert text(asked("spiral"), "end") == f"{100 * (1 + low):.1f}"
    says("(A fall far below the low level comes back up to it, and no further.)")
    assert text(asked("spiral", start=50), "end") == text(asked("spiral"), "end")


def test_from_some_standing_push_on_service_no_longer_stays_low() -> None:
    says = section("The spiral")
    says(f"Then go back to {default('spiral', 'sharing'):g}, and look for the help in every round")
    ends = {push / 2: figure(asked("spiral", push=push / 2), "end") for push in range(21)}
    free = [push for push, end in ends.items() if end > 100]
    assert free
    assert free == [push for push in ends if push >= free[0]]
    assert free[0] - 0.5 <= 100 * loops.spiral_push(loops.Spiral()) <= free[0]
    says("A little help for ever is not enough.")
    section("For the instructor")(f"Show a push of 1% at a gain of {loops.Spiral().gain:g}.")
    assert ends[1] < 100


# Does satisfaction pay?


def test_five_points_are_worth_what_the_new_customers_cost() -> None:
    says = section("Does satisfaction pay?")
    chain = ran("introduction", "chain = loops.Performance").names["chain"]
    found = loops.point_of_satisfaction(chain, by=5)
    new, cost = round(found.advertised_for_it), 300
    says(f"One more new customer by advertising costs {cost} yuan (invented).")
    says(f"Five points of satisfaction do as much as {new} new customers in each period.")
    says(f"So they are worth up to {new} × {cost} = {new * cost:,} yuan a period, and not more.")
    training = 9000
    says(
        f"If better training costs {training:,} a period and brings the five points, it is cheaper"
    )
    assert training < found.advertised_for_it * cost


def test_the_long_run_and_the_stay_are_those_of_the_chain() -> None:
    says = section("Does satisfaction pay?")
    chain = loops.Performance()
    grows, new, back = f"{chain.growth:.2f}", f"{chain.advertised:g}", chain.repurchase
    says(f"If each customer of today makes {grows} of the next period, and {new} come by")
    says(f"{grows} × customers + {new} = customers. So customers = {new} ÷ (1 − {grows}) = ")
    says(f"÷ (1 − {grows}) = {chain.limit:.0f}.")
    better = replace(chain, satisfaction=chain.satisfaction + 0.05).repurchase
    says(
        f"If {percent(back)} come back each time, a customer stays 1 ÷ (1 − {back:.2f}) = "
        f"{1 / (1 - back):.1f} periods on average; with five points more satisfaction "
        f"{percent(better, 1)} come back, and it would be {1 / (1 - better):.1f}."
    )


def test_the_bars_of_the_tornado_are_as_its_text_says() -> None:
    says = section("Does satisfaction pay?")
    found = loops.tornado(loops.models()["performance"], loops.revenue_of, name="revenue")
    top, *rest = found.bars
    says(
        f"{in_words(len(found.bars)).capitalize()} bars, the widest on top: recommendation moves "
        f"the revenue of twelve periods from {top.at_low / 1e6:.1f} to {top.at_high / 1e6:.1f} "
        "million yuan"
    )
    assert top.assumption == "recommend"
    assert {one.assumption for one in rest[:2]} == {"advertised", "satisfaction"}
    assert all(one.at_low < 1e6 and round(one.at_high / 1e6) == 3 for one in rest[:2])
    says("advertising and satisfaction from less than 1 to about 3 million")
    assert {one.assumption for one in rest[-3:]} == {"low", "high", "customers"}
    says("The lowest and the highest share that comes back and the customers at the start move it")


# Does cutting save?


def test_the_controller_has_counted_new_jobs_only() -> None:
    says = section("Does cutting save?")
    system = loops.SubSystems()
    jobs, staff, pay = system.demand, system.capacity, system.capacity_cost
    says(f"gets {jobs:g} jobs a week and has staff for {staff:g}.")
    says(f"work at hand by work that can be done, is {percent(jobs / staff)}.")
    assert 1 - jobs / staff == pytest.approx(1 / 6)
    says('"A sixth of the pay is for waiting,"')
    says(f'"A tenth less staff saves {0.1 * staff * pay:,.0f} yuan a week."')
    says(f"with them the load is {percent(loops.steady(system).load)} in the long run.")


def test_haste_begins_and_mistakes_come_back_as_the_text_says() -> None:
    says = section("Does cutting save?")
    system = loops.SubSystems()
    says(f"Above a load of {percent(system.calm)}, haste makes mistakes. Half of the mistakes come")
    assert system.rework == 0.5


def test_the_cost_of_a_good_job_falls_only_where_haste_costs_little() -> None:
    says = section("Does cutting save?")
    says(f"Cut the capacity from {default('sub_systems', 'capacity')} to 108.")
    says("With 108, set Savings to 20%, and see where a year of saving ends; a real owner would")
    says("Set Savings to 0 and Haste costs quality to 10, and compare 120 with 108 again.")
    says("The cost of a good job falls only in the last case.")
    full, cut = asked("sub_systems"), asked("sub_systems", capacity=108)
    assert figure(cut, "right") < figure(full, "right")
    each = float(text(full, "each").split()[0]), float(text(cut, "each").split()[0])
    assert each[0] < each[1]
    saving = asked("sub_systems", capacity=108, saving=20)
    assert "A real owner would stop earlier" in saving["warning"]
    assert text(saving, "each") == "no job is good"
    calm = [text(asked("sub_systems", capacity=k, strain=10), "each") for k in (120, 108)]
    assert float(calm[0].split()[0]) > float(calm[1].split()[0])


def test_the_share_right_the_first_time_is_lower_at_the_end_of_the_year_than_at_its_beginning() -> (
    None
):
    section("Does cutting save?")("Look at right the first time in the first weeks and the last")
    weeks = loops.sub_systems(loops.SubSystems(capacity=108)).weeks
    assert weeks[-1].quality < weeks[0].quality


def test_five_of_ten_assumptions_flip_the_answer_alone() -> None:
    says = section("Does cutting save?")
    model = loops.models()["sub-systems"]
    found = loops.flip_points(model, "cutting saves")
    movers, every = len(found.movers), len(found.rows)
    says(f"{in_words(movers).capitalize()} of {in_words(every)} can flip it alone")
    says(f"The other {in_words(every - movers)} cannot, as long as the rest stays as assumed.")
    says(f"So settle the {in_words(movers)} first")


def test_the_answer_hangs_on_rework_if_haste_costs_less() -> None:
    model = loops.models()["sub-systems"]
    strain = next(one.value for one in model.assumptions if one.name == "strain")
    section("Does cutting save?")(
        f"if haste costs only 0.2 instead of {strain:g}, the answer hangs on the share of rework"
    )
    less = tuple(replace(one, value=0.2) if one.name == "strain" else one
                 for one in model.assumptions)  # fmt: skip
    assert "rework" not in loops.flip_points(model, "cutting saves").movers
    assert "rework" in loops.flip_points(replace(model, assumptions=less), "cutting saves").movers


# Outlook


def test_a_program_that_says_what_it_is_sells_a_little_less_than_a_beginner() -> None:
    made = ran("introduction", "honest_program = ").names
    (loss,) = re.findall(r"1 - (0\.\d+)", cell("introduction", "honest_program = "))
    section("Outlook")(f"sales fell by more than {percent(float(loss), 1)}.")
    assert 0.8 * made["beginner"] < made["honest_program"] < made["beginner"]
    section("Outlook")("sells at best a little less than a beginner")
    times = in_words(round(made["skilled"] / made["beginner"]))
    section("Outlook")(f"as much as skilled people and {times} times as much as beginners")
