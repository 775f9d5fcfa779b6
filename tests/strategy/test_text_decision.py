"""The numbers in the prose of chapter 2, against the models: the board's decision.

The instructor's answers stand with the section whose models they use.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from asked import ask, figure
from prose import Prose, in_words, percent, prose, ran
from ten_shops import MEAN, SELF, TABLE, TERMS, m, mean_at, told

from svclab.strategy import choices
from svclab.strategy.choices import KtvTerms
from svclab.words import number

DECISION = "The decision"
TEACHER = "For the instructor"


def section(title: str) -> Prose:
    return prose("strategy").section(title)


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


def revenue_where(pays: Callable[[KtvTerms], bool]) -> str:
    """Million yuan a year, the same in every market, from which on it pays; by halving."""
    low, high = TERMS.revenue["weak"], TERMS.revenue["strong"]

    def at(revenue: float) -> bool:
        return pays(replace(TERMS, revenue=dict.fromkeys(TERMS.revenue, revenue)))

    assert at(high)
    assert not at(low)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if at(middle) else (middle, high)
    return m(low)


def test_a_shop_pays_from_a_revenue_that_the_counted_city_does_not_reach() -> None:
    pays = revenue_where(lambda terms: choices.shop_value(terms, "self-run", "fair") > 0)
    counted = m(ran("strategy").gave("growth.segment(").revenue / 1e6, 2)
    text = section(DECISION)
    text.says(f"a self-run shop pays from a revenue of about {pays} million yuan a year on.")
    text.says(f"feeds one shop, a weak one: {counted} million yuan are less than {pays}.")
    text.says(f"six more only if these four take more than {pays} million yuan a year each")


def test_a_franchisee_who_has_seen_the_revenue_does_not_pay_what_we_would_like() -> None:
    pays = revenue_where(lambda terms: choices.shop_value(terms, "self-run", "fair") > 0)
    seen = replace(TERMS, revenue=dict.fromkeys(TERMS.revenue, float(pays)), royalty=0.08)
    own, other = (choices.shop_value(seen, how, "fair") for how in ("self-run", "franchise"))
    assert other > own
    most = choices.fee_range(seen).highest
    assert most < 0.08
    text = section(DECISION)
    text.says(f"At that revenue a franchise at {percent(0.08)} would bring us more.")
    text.says(f"a franchisee who has seen the revenue bears {percent(most, 1)} at most")
    first, *later = TERMS.openings
    text.says(f"{in_words(first).capitalize()} shops of our own; {in_words(sum(later))} more only")


def test_what_of_the_first_paper_rests_on_what_the_franchisees_do_not_know() -> None:
    found = choices.ktv_study()
    signal = found.signals["promising"]
    silent, open_ = plan_at(0.08), signal.chance * signal.worth - found.cost
    most = math.floor(silent - open_)
    section(DECISION).says(f"more than {most} of its {m(silent)} million rest on silence")


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
