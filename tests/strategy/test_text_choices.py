"""The numbers in the prose of chapter 2, against the models: the ten shops and what follows them.

The instructor's answers stand with the section whose models they use.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from asked import ask, figure
from prose import Prose, about, control, in_words, percent, prose, ran

from svclab.strategy import choices
from svclab.strategy.choices import STUDY, KtvTerms
from svclab.words import number

SHOPS = "The case: ten shops, two modes"
FUTURES = "Many futures"
FEE = "A fee that both sides sign"
DECISION = "The decision"
TEACHER = "For the instructor"
TERMS = KtvTerms()
TABLE = choices.ktv_payoffs()
SELF, OTHER = TABLE.payoffs["self-run"], TABLE.payoffs["franchise"]
MEAN = TABLE.expected()


def section(title: str) -> Prose:
    return prose("strategy").section(title)


def m(value: float, digits: int = 1) -> str:
    """Million yuan."""
    return str(number(value, digits))


def mean_at(royalty: float) -> float:
    """What franchise brings headquarters on average, million yuan."""
    return choices.ktv_payoffs(replace(TERMS, royalty=royalty)).expected()["franchise"]


def told(signal: str, *, royalty: float = TERMS.royalty) -> KtvTerms:
    """The terms as somebody sees them who has read the study."""
    return replace(TERMS, market=choices.ktv_study().signals[signal].chances, royalty=royalty)


# The case: ten shops, two modes


def test_the_table_of_the_two_modes_states_the_terms() -> None:
    text, revenue = section(SHOPS), TERMS.revenue
    text.says(f"strong {revenue['strong']}, fair {revenue['fair']}, weak {revenue['weak']} million")
    theirs = number(TERMS.fixed * TERMS.franchisee_fixed, 2)
    share, fee = percent(TERMS.variable), number(TERMS.entry_fee)
    text.says(
        f"{share} of revenue and {TERMS.fixed} million; {TERMS.head_office} more for head office | "
        f"{share} of revenue and {theirs} million"
    )
    invested = number(TERMS.investment)
    text.says(f"{invested} million yuan, by headquarters | {invested} million and a fee of {fee}")
    text.says(f"all that a shop earns | the fee of {fee}, and {percent(TERMS.royalty)} of revenue")
    text.says(f"training {TERMS.setup} at the start, visits {TERMS.supervision} a year; what the")
    first, second, third = TERMS.openings
    years = in_words(len(TERMS.openings))
    text.says(f"{first}, {second} and {third} shops in {years} years | all {in_words(TERMS.shops)}")
    text.says(f"{percent(TERMS.failure)} a year | {percent(TERMS.franchise_failure)} a year")
    section("Ten shops and a blank sheet").says(f"to open {in_words(TERMS.shops)} new shops")


def test_one_strong_shop_is_worked_out_with_the_terms() -> None:
    revenue = TERMS.revenue["strong"]
    year = revenue * (1 - TERMS.variable) - TERMS.fixed - TERMS.head_office
    section(SHOPS).says(
        f"{number(TERMS.investment)} million out today, then {revenue} − {percent(TERMS.variable)} "
        f"− {TERMS.fixed} − {TERMS.head_office} = {m(year)} million in after each of "
        f"{in_words(TERMS.years)} years. At {percent(TERMS.discount)} a year, a yuan after *t* "
        f"years counts 1 ÷ {1 + TERMS.discount}ᵗ"
    )
    flows = [-TERMS.investment] + TERMS.years * [year]
    worth = round(choices.net_present_value(flows, discount=TERMS.discount), 2)
    assert worth == ran("strategy").gave("round(choices.net_present_value(")
    section(SHOPS).says(f"For {in_words(TERMS.shops)} shops, each run for {in_words(TERMS.years)}")


def test_the_chances_of_the_market_and_what_self_run_wins_and_can_lose() -> None:
    chance = TABLE.chances
    section(SHOPS).says(
        f"strong with a chance of {percent(chance['strong'])}, fair with "
        f"{percent(chance['fair'])}, weak with {percent(chance['weak'])}."
    )
    lead, loss = m(MEAN["self-run"] - MEAN["franchise"]), m(-SELF["weak"], 0)
    section(SHOPS).says(f"Self-run is better by {lead} million yuan, and can lose {loss}.")


def test_knowing_the_market_is_worth_what_a_fair_and_a_weak_one_save() -> None:
    worth = m(choices.perfect_information(TABLE).value, 2)
    section(SHOPS).says(f"Knowing would be worth {worth} million yuan")
    section(SHOPS).says(f"not {m(SELF['strong'])}, and not the {m(-SELF['weak'])} that one could")
    fair, weak = OTHER["fair"] - SELF["fair"], OTHER["weak"] - SELF["weak"]
    section(SHOPS).says(
        f"In a fair one it gains {m(OTHER['fair'])} − {m(SELF['fair'])}, in a weak one "
        f"{m(OTHER['weak'])} + {m(-SELF['weak'])}: {TABLE.chances['fair']} × {m(fair, 2)} + "
        f"{TABLE.chances['weak']} × {m(weak, 2)} = {worth}."
    )
    section(TEACHER).says(f"then roll the tree back on the board: {worth}.")
    section(TEACHER).says(f"bids near {m(-SELF['weak'], 0)} (what can be lost)")
    section(TEACHER).says(f"near {m(SELF['strong'], 0)} (what can be won)")


def test_the_study_says_promising_as_often_as_the_text_says() -> None:
    study, says = choices.ktv_study(), {state: row["promising"] for state, row in STUDY.items()}
    section(SHOPS).says(f"offers a study for {study.cost} million yuan. It errs")
    section(SHOPS).says(
        f"it says *promising* in {percent(says['strong'])} of the cases, in a fair one in "
        f"{percent(says['fair'])}, in a weak one still in {percent(says['weak'])}"
    )
    found, chance = study.signals["promising"], TABLE.chances
    parts = " + ".join(f"{chance[s]:.2f} × {says[s]:.2f}" for s in chance)
    section(SHOPS).says(f"One hears *promising* in {parts} = {percent(found.chance)} of all cases.")


def test_after_promising_and_after_doubtful_a_weak_market_is_rarer_and_more_frequent() -> None:
    study, before = choices.ktv_study(), TABLE.chances["weak"]
    good, bad = study.signals["promising"], study.signals["doubtful"]
    both, likely = before * STUDY["weak"]["promising"], f"{STUDY['weak']['promising']:.2f}"
    section(SHOPS).says(f"In {before:.2f} × {likely} = {percent(both)} of all cases one hears it")
    section(SHOPS).says(
        f"So of the {number(100 * good.chance, 0)} cases with *promising*, {number(100 * both, 0)} "
        f"are weak: {number(both, 4)} ÷ {number(good.chance, 4)} = "
        f"{percent(good.chances['weak'])}, no longer {percent(before)} (Bayes' rule), and "
        f"{good.option} is best."
    )
    section(SHOPS).says(
        f"After *doubtful* it rises to {percent(bad.chances['weak'])}, and {bad.option} is best."
    )
    section(SHOPS).says(f"to {percent(good.chances['weak'])} or to {percent(bad.chances['weak'])}.")


def test_the_study_is_worth_more_than_it_costs() -> None:
    study = choices.ktv_study()
    section(SHOPS).says(f"so it is worth something: {m(study.value, 2)} million yuan, the")
    section(SHOPS).says(f"It costs {study.cost}.")
    section(TEACHER).says(f"{m(study.value, 2)} is the most that somebody who decides by the mean")


def test_a_study_that_says_the_same_in_each_market_is_worth_nothing() -> None:
    worse = ask("strategy.ktv_tree", tree="study", says_strong=50, says_weak=50)
    assert figure(worse, "study") == 0
    half = percent(0.5)
    section(SHOPS).says(f'"promising" in {half} of strong and {half} of weak markets. It is then')
    back = [control("strategy.ktv_tree", f"says_{s}")["default"] for s in ("strong", "weak")]
    section(SHOPS).says(f"Set them back to {number(back[0])} and {number(back[1])}")


def test_the_cautious_decider_franchises_and_values_the_study_by_the_tolerance() -> None:
    first = control("strategy.ktv_tree", "tolerance")["default"]
    small, large = (
        ask("strategy.ktv_tree", tree="study", cautious=True, tolerance=x) for x in (first, 20)
    )
    assert figure(small, "study") == 0
    assert "The cautious decider takes franchise" in small["say"]
    coin = choices.certainty_equivalent([(first, 0.5), (-first / 2, 0.5)], risk_tolerance=first)
    assert abs(coin) < 0.02 * first
    section(SHOPS).says("would just toss a coin to win R or lose half of it.")
    section(SHOPS).says(f"At {first} million yuan the choice is franchise, and the study is")
    section(SHOPS).says(f"At 20 million the study is worth {m(figure(large, 'study'))}.")


def test_the_choice_changes_at_a_chance_of_a_weak_market_that_the_picture_shows() -> None:
    low, high = choices.best_by_chance(TABLE, "weak")
    assert (low.option, high.option) == ("self-run", "franchise")
    turn, now = percent(high.low), TABLE.chances["weak"]
    section(SHOPS).says(f"At {turn} (strong and fair keep their proportion). Nobody can tell")
    section(SHOPS).says(f"Nobody can tell {percent(now)} from {turn} by feeling.")
    section(SHOPS).says(f"moves the chance far away from {turn}, to")
    section(SHOPS).says(f"How sure must one be of the {percent(now)}?")
    rest = 1 - now
    strong = {s: TABLE.chances[s] / rest for s in ("strong", "fair")} | {"weak": 0.0}
    start = TABLE.expected(strong)
    section(SHOPS).says(
        f"Self-run falls from {about(start['self-run'], 1)} to minus {m(-SELF['weak'], 0)} million "
        f"yuan, franchise only from {about(start['franchise'], 1)} to {m(OTHER['weak'])}, opening"
    )
    section(SHOPS).says(f"Self-run and franchise cross at {number(100 * high.low, 0)} percent")
    section(SHOPS).says(f"a dotted line marks today's {number(100 * now)} percent")


# Many futures


def test_self_run_is_better_on_average_and_worse_in_many_futures() -> None:
    text = section(FUTURES)
    text.says(f"A mean of {m(MEAN['self-run'])} million is an average over many futures")
    seen = ask("strategy.ktv_simulation")["say"]
    behind = re.search(r"brings less than franchise in (\d+)%", seen)
    assert behind
    text.says(f"Self-run is better on average, and brings less in {behind[1]} of 100 futures.")


def test_a_mix_lies_between_the_two_in_mean_and_in_spread() -> None:
    text = section(FUTURES)
    own = control("strategy.ktv_simulation", "mixed")["default"]
    text.says(f"a mix of {in_words(own)} own shops and {in_words(TERMS.shops - own)} franchised.")
    text.says("Move it to 2 and to 8: its mean lies between the two, and so does its spread.")
    for shops in (2, own, 8):
        view = ask("strategy.ktv_simulation", mixed=shops)
        table = next(part for part in view["parts"] if part["kind"] == "table")
        for column in (1, 3):  # mean, spread
            high, low, mix = (float(row[column]) for row in table["rows"])
            assert low < mix < high


def test_one_of_twenty_intervals_misses_the_mean() -> None:
    names = ran("strategy").names
    found, exact = names["estimates"], names["exact"]
    assert exact == pytest.approx(MEAN["self-run"])
    missed = [seed for seed, one in enumerate(found, start=1) if not one.holds(exact)]
    (seed,) = missed
    text, many = section(FUTURES), in_words(len(found))
    text.says(f"made in this way, {number(100 * found[0].confidence)} of 100 such intervals")
    text.says(f"{many.capitalize()} seeds, {found[0].replications} runs each:")
    text.says(f"{in_words(len(missed)).capitalize()} of these {many} does: 1 in {len(found)}")
    text.says(f"If seed {seed} is the first that you try")
    low, high = min(one.low for one in found), max(one.high for one in found)
    text.says(f"between about {about(low, 1)} and {about(high, 1)} million yuan")
    text.says(f"a vertical line at the exact mean of {m(exact)}.")
    hits = in_words(len(found) - len(missed)).capitalize()
    text.says(f"{hits} contain the line; that of seed {seed}, drawn thick")
    assert exact - 0.5 < found[seed - 1].high < exact, "ends just below it"


def test_four_hundred_runs_are_two_standard_errors_off() -> None:
    few = choices.ktv_simulation(runs=400).results["self-run"]
    off = (few.mean - MEAN["self-run"]) / few.standard_error
    text, mean = section("How sure is the simulation?"), m(MEAN["self-run"])
    text.says(f"first line is {in_words(round(off))} standard errors above the exact {mean}.")
    assert off == pytest.approx(round(off), abs=0.1)
    assert few.values == choices.ktv_simulation(runs=400, seed=1).results["self-run"].values
    text.says("the function took seed 1, and with 400 runs that is one of the unlucky ones")
    text.says(f'"I have made {4000:,} runs, so the risk is small')
    printed = ran("strategy").printed("for n in (400, 4000)")
    assert f"400 runs:  mean {few.mean:.1f}" in printed
    assert "4000 runs" in printed


# A fee that both sides sign


def test_the_royalties_that_both_sides_sign() -> None:
    fees, text = choices.fee_range(), section(FEE)
    text.says(f"The {percent(TERMS.royalty)} royalty is a number that headquarters wrote down.")
    text.says(f"From {percent(fees.lowest, 1)} headquarters prefers franchise.")
    most, wanted = percent(fees.highest, 1), percent(TERMS.franchisee_discount)
    text.says(f"Up to {most} a franchisee earns the {wanted} a year that he wants.")
    text.says(f"Above {most} headquarters would like the fee even better")
    section(DECISION).says(f"The range of {number(100 * fees.lowest)} to {most} was right")


def test_the_picture_of_the_royalties_says_where_its_lines_begin_end_and_cross() -> None:
    fees, text = choices.fee_range(), section(FEE)
    ours = [mean_at(royalty) for royalty in (0.0, 0.12)]
    theirs = [
        TERMS.shops * choices.franchisee_value(replace(TERMS, royalty=royalty))
        for royalty in (0.0, 0.12)
    ]
    text.says("against the royalty from 0 to 12 percent of revenue")
    text.says(f"rises from about minus {m(-ours[0])} to {m(ours[1])} and crosses")
    text.says(
        f"the dashed line of self-run, {m(MEAN['self-run'])}, at "
        f"{number(100 * fees.lowest)} percent"
    )
    text.says(
        f"what {in_words(TERMS.shops)} franchisees have falls from {m(theirs[0])} to minus "
        f"{m(-theirs[1])} and crosses zero at {number(100 * fees.highest)} percent"
    )


# The decision


def plan_at(royalty: float) -> float:
    """What the best plan is worth, with the study where it pays, million yuan."""
    return choices.rollback(choices.ktv_tree(replace(TERMS, royalty=royalty))).value


def stopped_after_a_look() -> float:
    """Million yuan, if no more shops open after the first year's where the market is weak."""
    first = choices.ktv_payoffs(replace(TERMS, openings=TERMS.openings[:1])).payoffs["self-run"]
    look = {**SELF, "weak": first["weak"]}
    return math.fsum(chance * look[state] for state, chance in TABLE.chances.items())


def test_the_paper_that_writes_itself_is_worth_what_the_tree_says() -> None:
    text, study = section(DECISION), choices.ktv_study(replace(TERMS, royalty=0.08))
    assert study.signals["promising"].option == "self-run"
    assert study.signals["doubtful"].option == "franchise"
    text.says(f"if doubtful, franchise, at {percent(0.08)}.* Worth {m(plan_at(0.08))}.")
    text.says(f"A good part of the {m(plan_at(0.08))} million rests on what they do not know")
    seen = ask("strategy.ktv_tree", tree="study", royalty=8)
    assert figure(seen, "plan") == pytest.approx(plan_at(0.08))
    assert "the plan rests on what he does not know" in seen["warning"]
    text.says(f"draw the study, set the royalty to {percent(0.08)}, and read the warning")
    assert plan_at(0.06) < plan_at(0.08)


def test_the_options_of_the_board_are_those_of_the_cell() -> None:
    mixed = in_words(TERMS.shops // 2)
    section(DECISION).says(f"in million yuan; *mixed* is {mixed} and {mixed}:")
    printed = ran("strategy").printed("for royalty in (0.06, 0.08)").splitlines()
    for royalty, line in zip((0.06, 0.08), printed, strict=True):
        terms = replace(TERMS, royalty=royalty)
        means = choices.ktv_payoffs(terms, mixed=TERMS.shops // 2).expected()
        assert f"'mixed': {means['mixed']:.1f}" in line
        assert line.endswith(f"study first: {plan_at(royalty):.1f}")


def test_franchisees_who_have_read_the_study_would_lose_with_a_shop() -> None:
    text, fees = section(DECISION), choices.fee_range(told("doubtful"))
    text.says(f"bear {percent(fees.highest, 1)} of royalty at most. With {percent(0.06)} they")
    six, eight = (choices.franchisee_value(told("doubtful", royalty=r)) for r in (0.06, 0.08))
    assert round(six, 1) == -0.5
    assert round(4 * eight) == -3
    wanted = percent(TERMS.franchisee_discount)
    text.says(
        "would have half a million yuan a shop less than with their money elsewhere at "
        f"{wanted} a year, with {percent(0.08)} three quarters of a million less."
    )
    assert fees.lowest > fees.highest
    text.says(f"At {percent(fees.highest, 1)} headquarters would lose money itself")


def test_with_the_study_told_the_plan_is_a_little_more_than_self_run() -> None:
    found = choices.ktv_study().signals["promising"]
    plan = found.chance * found.worth - choices.ktv_study().cost
    assert ran("strategy").printed("promising.chance") == f"{m(plan)} million yuan\n"
    assert 0 < plan - MEAN["self-run"] < 0.5
    section(DECISION).says("That is still a little more than self-run without a study.")
    offer = m(mean_at(0.08))
    section(DECISION).says(f"less than the {offer} of a plain offer: franchise at {percent(0.08)}")
    assert plan < mean_at(0.08)
    assert choices.fee_range().lowest < 0.08 < choices.fee_range().highest


def test_a_chain_that_stops_after_a_year_loses_less() -> None:
    text = section(DECISION)
    first, second, third = TERMS.openings
    assert second == third
    text.says(f"{in_words(first).capitalize()} open in the first year, {in_words(second)} in each")
    four = choices.ktv_payoffs(replace(TERMS, openings=(first,))).payoffs["self-run"]
    worth = m(stopped_after_a_look())
    assert ran("strategy").printed("look = {") == f"{worth} million yuan\n"
    text.says(f"loses {m(-four['weak'], 0)} million, not {m(-SELF['weak'], 0)}, and the plan is")
    text.says(f"and the plan is worth {worth}.")


def test_the_board_has_three_papers() -> None:
    worths = [m(plan_at(0.08)), m(stopped_after_a_look()), m(mean_at(0.08))]
    papers = f"{worths[0]}, {worths[1]} and {worths[2]}"
    section(DECISION).says(f"So the board has {in_words(len(worths))} papers: {papers}.")
    section("Discussion").says(f"*The decision* has papers worth {papers} million.")


def test_the_fourth_paper_is_one_that_both_have_read() -> None:
    study, fees = choices.ktv_study(), choices.fee_range(told("promising"))
    assert fees.open
    found, text, most = study.signals["promising"], section(TEACHER), percent(fees.highest, 1)
    text.says(f"After *promising* a franchisee bears up to {most}; at {percent(0.14)}")
    both = choices.ktv_payoffs(told("promising", royalty=0.14)).expected()
    text.says(
        f"at {percent(0.14)} headquarters has {m(both['franchise'])} instead of "
        f"{m(both['self-run'])} from its own shops, and the whole is worth "
        f"{m(found.chance * both['franchise'] - study.cost)}."
    )
    at_most = choices.ktv_payoffs(told("promising", royalty=fees.highest)).expected()["franchise"]
    plain = choices.fee_range().highest
    known, unknown = found.chance * at_most - study.cost, mean_at(plain)
    text.says(
        f"At the franchisee's limits ({most} with the study, {percent(plain, 1)} without) it is "
        f"{m(known)} against {m(unknown)}: to know together does not pay."
    )
    assert known < unknown


def test_the_numbers_that_turn_the_choice_are_named() -> None:
    found = choices.ktv_tornado()
    assert found.deciding == ["revenue", "fixed", "variable", "investment"]
    text = section(DECISION)
    text.says(f"Move each number alone by {percent(found.change)}:")
    text.says("fixed cost, the share of variable cost and the investment each turn the lead")
    text.says(f"the risk that a shop closes does not, within {percent(found.change)}.")
    assert found.change * TERMS.failure == pytest.approx(0.005), "half a point"
    text.says(f"But {percent(found.change)} of {percent(TERMS.failure)} is half a point")


def test_franchise_leads_from_a_chance_of_closing_that_the_text_rounds_down() -> None:
    turn = choices.break_even_failure()
    whole = math.floor(100 * turn) / 100
    assert turn - whole < 0.001
    section(DECISION).says(
        f"if more than {percent(whole)} close instead of {percent(TERMS.failure)}, franchise leads"
    )


def test_what_the_numbers_cannot_tell_cites_the_terms() -> None:
    text = section(DECISION)
    text.says(f"a franchisee's service is a {percent(TERMS.incident)} chance of bad news a year")
    text.says(f"{number(TERMS.shops * TERMS.investment)} million yuan that the chain must find")


def test_a_mix_is_worth_its_shops_added_up_and_not_the_mean_of_the_two_modes() -> None:
    mixed = choices.ktv_payoffs(mixed=5).expected()["mixed"]
    own = choices.ktv_payoffs(replace(TERMS, openings=(4, 1))).expected()["self-run"]
    assert mixed == pytest.approx(own + MEAN["franchise"] / 2)
    assert mixed > (MEAN["self-run"] + MEAN["franchise"]) / 2 + 0.1, "own shops open sooner"
    section(DECISION).says("The model only adds the shops up.")
