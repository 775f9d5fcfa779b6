"""The numbers in the prose of chapter 2, against the models: the ten shops and their two modes.

The instructor's answers stand with the section whose models they use.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from asked import ask, figure
from prose import Prose, about, control, in_words, percent, prose, ran
from ten_shops import MEAN, OTHER, SELF, TABLE, TERMS, m, mean_at

from svclab.strategy import choices
from svclab.strategy.choices import STUDY
from svclab.words import number

SHOPS = "The case: ten shops, two modes"
FUTURES = "Many futures"
FEE = "A fee that both sides sign"
TEACHER = "For the instructor"


def section(title: str) -> Prose:
    return prose("strategy").section(title)


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
    text.says(f"{TERMS.closing} to close a shop that fails; the fittings bring {TERMS.salvage} in")
    text.says(
        f"training {TERMS.setup} at the start, visits {TERMS.supervision} a year; what the brand "
        f"loses: {TERMS.brand_loss} if a shop fails, {TERMS.incident_loss} if a bad one makes the "
        f"news ({percent(TERMS.incident)} a year)"
    )
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
    text.says(f"Up to {most} a franchisee earns the wanted {wanted} a year.")
    text.says(f"Above {most} headquarters would like the fee even better")
    section("The decision").says(f"The range of {number(100 * fees.lowest)} to {most} was right")


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
