"""The KTV case: formulas against a year-by-year account, enumeration and simulation."""

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.strategy.choices import (
    MODES,
    ORIGINS,
    STATES,
    KtvTerms,
    at_stake,
    best_by_chance,
    break_even_entry_fee,
    break_even_failure,
    break_even_royalty,
    chain_value,
    fee_range,
    franchisee_value,
    ktv_payoffs,
    ktv_simulation,
    ktv_study,
    ktv_tornado,
    ktv_tree,
    perfect_information,
    rollback,
    shop_value,
)


def lives(years, fails):
    """Every life of a shop: years open, its chance, and whether it failed."""
    for t in range(1, years):
        yield t, (1 - fails) ** (t - 1) * fails, True
    yield years, (1 - fails) ** (years - 1), False


def by_lives(terms, mode, state):
    """Expected worth, life by life: the long way round."""
    v, revenue = 1 / (1 + terms.discount), terms.revenue[state]
    own = mode == "self-run"
    yearly = (
        revenue * (1 - terms.variable) - terms.fixed - terms.head_office
        if own
        else terms.royalty * revenue - terms.supervision - terms.incident * terms.incident_loss
    )
    total = 0.0
    for t, p, failed in lives(terms.years, terms.failure if own else terms.franchise_failure):
        worth = (-terms.investment if own else terms.entry_fee - terms.setup) + yearly * sum(
            v**k for k in range(1, t + 1)
        )
        if failed:
            worth -= (terms.closing if own else terms.brand_loss) * v**t
        elif own:
            worth += terms.salvage * v**t
        total += p * worth
    return total


@settings(max_examples=60)
@given(st.sampled_from(MODES), st.sampled_from(STATES), st.floats(0, 1), st.floats(0, 1),
       st.integers(1, 12))  # fmt: skip
def test_a_shop_is_worth_the_mean_of_all_its_lives(mode, state, own, other, years):
    terms = KtvTerms(failure=own, franchise_failure=other, years=years)
    assert shop_value(terms, mode, state) == pytest.approx(by_lives(terms, mode, state), abs=1e-9)


def test_openings_put_off_what_later_shops_bring():
    terms = KtvTerms()
    one = shop_value(terms, "self-run", "strong")
    v = 1 / 1.12
    assert chain_value(terms, "strong", self_run=10) == pytest.approx(one * (4 + 3 * v + 3 * v**2))
    assert chain_value(terms, "strong", self_run=5) == pytest.approx(
        one * (4 + v) + 5 * shop_value(terms, "franchise", "strong")
    )


def test_simulation_holds_the_closed_form_for_all_options():
    # 1,500 runs; 99.9999 percent intervals: a false alarm in a million for each. Seed fixed.
    terms = KtvTerms()
    found = ktv_simulation(terms, mixed=5, runs=1500, seed=8)
    for option, shops in (("self-run", 10), ("mixed", 5), ("franchise", 0)):
        mean = math.fsum(terms.market[s] * chain_value(terms, s, self_run=shops) for s in STATES)
        estimate = found.results[option].estimate(1 - 1e-6)
        assert estimate.holds(mean)
    assert found.results["franchise"].estimate(1 - 1e-6).half_width < 0.3


def test_self_run_brings_more_on_average_and_loses_more_often():
    """The trade of the source in numbers: control and gain against money and risk."""
    found = ktv_simulation(runs=600, seed=2)
    own, other = found.results["self-run"], found.results["franchise"]
    assert own.deviation > 5 * other.deviation
    assert own.chance_below(0) > 0.2
    assert other.chance_below(0) < 0.02


@settings(max_examples=40)
@given(st.floats(0, 0.15), st.floats(0.02, 0.2), st.floats(0, 0.1))
def test_at_the_break_even_fees_both_modes_are_worth_the_same(failure, other, royalty):
    terms = KtvTerms(failure=failure, franchise_failure=other, royalty=royalty)
    share, fee = break_even_royalty(terms), break_even_entry_fee(terms)
    for new in ({"royalty": share}, {"entry_fee": fee}):
        if 0 <= next(iter(new.values())) <= 1:
            means = ktv_payoffs(replace(terms, **new)).expected()
            assert means["self-run"] == pytest.approx(means["franchise"], abs=1e-8)


def test_at_the_break_even_failure_both_modes_are_worth_the_same():
    share = break_even_failure()
    means = ktv_payoffs(KtvTerms(failure=share)).expected()
    assert means["self-run"] == pytest.approx(means["franchise"], abs=1e-8)
    below = ktv_payoffs(KtvTerms(failure=share - 0.01))
    above = ktv_payoffs(KtvTerms(failure=share + 0.01))
    assert (below.best(), above.best()) == ("self-run", "franchise")
    with pytest.raises(ValueError, match="failure"):
        break_even_failure(KtvTerms(investment=30))


def test_at_the_highest_royalty_the_franchisee_earns_just_what_it_wants():
    found = fee_range()
    assert franchisee_value(KtvTerms(royalty=found.highest)) == pytest.approx(0, abs=1e-9)
    assert found.open
    shut = fee_range(KtvTerms(franchisee_discount=0.4))
    assert not shut.open
    assert "no royalty suits both" in shut.sentence


def franchise_is_best(terms, royalty):
    means = ktv_payoffs(replace(terms, royalty=royalty)).expected()
    return means["franchise"] >= max(means["self-run"], means["open none"])


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.6), st.floats(0, 0.3), st.floats(0, 1))
def test_headquarters_signs_from_where_franchise_beats_self_run_and_opening_none(
    strong, other, failure, lost, fee
):
    market = {"strong": strong, "fair": (1 - strong) * other, "weak": (1 - strong) * (1 - other)}
    terms = KtvTerms(market=market, failure=failure, franchise_failure=lost, entry_fee=fee)
    found = fee_range(terms)
    if found.lowest <= 0:
        assert franchise_is_best(terms, 0.0)
        assert found.lowest > 0 or found.sentence.startswith("Headquarters takes any royalty")
    elif found.lowest >= 1:
        assert not franchise_is_best(terms, 1 - 1e-6) or found.lowest < 1 + 1e-5
    else:
        low, high = 0.0, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (low, middle) if franchise_is_best(terms, middle) else (middle, high)
        assert found.lowest == pytest.approx(high, abs=1e-9)


def test_two_who_know_the_doubtful_study_find_no_royalty_and_two_who_know_the_other_do():
    after = {s: KtvTerms(market=a.chances) for s, a in ktv_study().signals.items()}
    doubtful, promising = fee_range(after["doubtful"]), fee_range(after["promising"])
    assert (doubtful.lowest, doubtful.highest) == pytest.approx((0.01364, 0.00946), abs=1e-5)
    assert doubtful.sentence.endswith("no royalty suits both.")
    assert break_even_royalty(after["doubtful"]) < 0  # self-run alone would not ask for any
    assert (promising.lowest, promising.highest) == pytest.approx((0.13003, 0.14624), abs=1e-5)
    assert promising.open
    assert fee_range().lowest == break_even_royalty() == pytest.approx(0.07455, abs=1e-5)


def test_who_would_have_to_be_paid_for_signing_is_said_to_bear_none():
    high = fee_range(KtvTerms(entry_fee=1.5))
    assert high.lowest < 0
    assert high.highest < 0
    assert high.sentence == (
        "Headquarters takes any royalty, a franchisee bears none: no royalty suits both."
    )


def by_years(terms, state):
    """A chain of self-run shops as an account: how many shops of each age are open in a year."""
    yearly = terms.revenue[state] * (1 - terms.variable) - terms.fixed - terms.head_office
    open_of_age = {}
    worth = []
    for year in range(len(terms.openings) + terms.years):
        cash, older = 0.0, {}
        for age, shops in open_of_age.items():
            cash += shops * yearly
            if age + 1 == terms.years:
                cash += shops * terms.salvage
            else:
                cash -= shops * terms.failure * terms.closing
                older[age + 1] = shops * (1 - terms.failure)
        new = terms.openings[year] if year < len(terms.openings) else 0
        cash -= new * terms.investment
        open_of_age = {0: new, **older}
        worth.append(cash / (1 + terms.discount) ** year)
    return math.fsum(worth)


@pytest.mark.parametrize("openings", [(4,), (4, 3, 3), (2, 0, 5)])
def test_a_plan_of_openings_is_worth_what_its_account_of_years_says(openings):
    terms = KtvTerms(openings=openings)
    own = ktv_payoffs(terms).payoffs["self-run"]
    for state in STATES:
        assert own[state] == pytest.approx(by_years(terms, state), abs=1e-9)


def test_to_open_four_shops_and_stop_if_the_market_is_weak_limits_the_loss():
    """The market shows after a year; in a weak one the other six are not opened."""
    whole, four = ktv_payoffs(), ktv_payoffs(KtvTerms(openings=(4,)))
    plan = {**whole.payoffs["self-run"], "weak": four.payoffs["self-run"]["weak"]}
    assert plan["weak"] == pytest.approx(-7.984, abs=5e-4)
    mean = math.fsum(whole.chances[s] * plan[s] for s in STATES)
    assert mean == pytest.approx(10.226, abs=5e-4)
    # To go on pays in the two other markets: that the plan stops only in the weak one is best.
    for s in STATES:
        goes_on = whole.payoffs["self-run"][s] > four.payoffs["self-run"][s]
        assert goes_on == (s != "weak")


def test_without_fees_and_watching_the_franchisee_has_what_a_self_run_shop_has():
    """Same shop, same rate, same chances: both sides' formulas must meet."""
    terms = KtvTerms(royalty=0, entry_fee=0, franchisee_fixed=1, head_office=0,
                     franchisee_discount=0.12, failure=0.08)  # fmt: skip
    own = math.fsum(terms.market[s] * shop_value(terms, "self-run", s) for s in STATES)
    assert franchisee_value(terms) == pytest.approx(own)


def by_every_plan(terms, likelihood, cost):
    """The best plan of all: no study and an option, or an option for each signal."""
    table = ktv_payoffs(terms)
    best = max(table.expected().values())
    for plan in product(table.payoffs, repeat=2):
        chosen = dict(zip(("promising", "doubtful"), plan, strict=True))
        mean = math.fsum(
            terms.market[s] * likelihood[s][z] * table.payoffs[chosen[z]][s]
            for s in STATES
            for z in chosen
        )
        best = max(best, mean - cost)
    return best


@settings(max_examples=40)
@given(st.floats(0, 8), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_tree_is_the_best_of_all_plans(cost, a, b, c):
    study = {s: {"promising": p, "doubtful": 1 - p}
             for s, p in zip(STATES, (a, b, c), strict=True)}  # fmt: skip
    terms = KtvTerms()
    found = rollback(ktv_tree(terms, likelihood=study, cost=cost)).value
    assert found == pytest.approx(by_every_plan(terms, study, cost), abs=1e-9)


def test_the_study_is_bought_at_the_default_and_not_by_the_cautious():
    study = ktv_study()
    assert 0 < study.value < perfect_information(study.base).value
    assert study.net > 0
    assert rollback(ktv_tree()).first == "study"
    assert rollback(ktv_tree(), risk_tolerance=8).first == "no study"


def test_a_mixture_is_never_best_and_never_worst_in_any_market_but_least_regretted():
    table = ktv_payoffs(mixed=5)
    for s in STATES:
        values = sorted((table.payoffs[o][s], o) for o in ("self-run", "mixed", "franchise"))
        assert values[1][1] == "mixed"
    assert table.by_rule("regret") == "mixed"
    assert {x.option for x in best_by_chance(table, "weak")} >= {"self-run", "franchise"}


def test_every_number_of_the_case_is_said_to_be_invented():
    assert "invented" in ORIGINS.values()
    assert any("source" in origin for origin in ORIGINS.values())
    assert repr(KtvTerms()) == "KtvTerms()"
    assert repr(KtvTerms(royalty=0.08)) == "KtvTerms(royalty=0.08)"


@pytest.mark.parametrize(
    "changes",
    [
        {"market": {"strong": 1, "fair": 1, "weak": 1}},
        {"market": {"strong": 1}},
        {"revenue": {"strong": 1, "fair": -1, "weak": 1}},
        {"failure": 5},
        {"royalty": -0.1},
        {"years": 0},
        {"openings": ()},
        {"openings": (0, 0)},
        {"investment": math.inf},
    ],
)
def test_impossible_terms_are_refused(changes):
    name = next(iter(changes))
    with pytest.raises(ValueError, match=name):
        KtvTerms(**changes)


def test_impossible_asks_are_refused():
    for ask in (
        lambda: shop_value(KtvTerms(), "lease", "strong"),
        lambda: shop_value(KtvTerms(), "self-run", "mad"),
        lambda: chain_value(KtvTerms(), "strong", self_run=11),
    ):
        with pytest.raises(ValueError, match="="):
            ask()


def test_the_tornado_is_the_payoff_table_asked_again():
    found = ktv_tornado(change=0.1)
    rows = {row["input"]: row for row in found.rows}
    for name, at, factor in (("fixed", "at low", 0.9), ("royalty", "at high", 1.1)):
        terms = replace(KtvTerms(), **{name: getattr(KtvTerms(), name) * factor})
        means = ktv_payoffs(terms).expected()
        assert rows[name][at] == pytest.approx(means["self-run"] - means["franchise"])
    more = {s: 1.1 * x for s, x in KtvTerms().revenue.items()}
    means = ktv_payoffs(KtvTerms(revenue=more)).expected()
    assert rows["revenue"]["at high"] == pytest.approx(means["self-run"] - means["franchise"])
    swings = [row["swing"] for row in found.rows]
    assert swings == sorted(swings, reverse=True)
    for name in found.deciding:
        assert min(rows[name]["at low"], rows[name]["at high"]) < 0 < found.lead


NO_REVENUE = KtvTerms(revenue=dict.fromkeys(STATES, 0.0))


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: ktv_simulation(mixed=11, runs=2), "mixed=11: give a whole number from 0 to 10"),
        (lambda: ktv_payoffs(mixed=11), "mixed=11: give a whole number from 0 to 10"),
        (lambda: ktv_simulation(spread=1.5, runs=2), "spread=1.5: give a share"),
        (lambda: chain_value(KtvTerms(), "fair", self_run=11), "self_run=11: give a whole number"),
        (lambda: KtvTerms(openings=4), "openings=4: give whole numbers"),
        (lambda: KtvTerms(openings=(4, -1)), r"openings\[1\]=-1: give a whole number"),
        (lambda: break_even_royalty(NO_REVENUE), "mean revenue of a shop=0"),
        (lambda: fee_range(NO_REVENUE), "mean revenue of a shop=0"),
    ],
)
def test_a_chain_that_cannot_be_is_named(ask, says):
    with pytest.raises(ValueError, match=says):
        ask()


def test_what_is_at_stake_says_one_year_and_three_years():
    assert "over 1 year;" in at_stake(KtvTerms(openings=(10,)))
    assert "over 3 years;" in at_stake()


def test_the_tornado_names_the_mode_that_leads():
    assert ktv_tornado().sentence.startswith("Self-run leads by 1.789 million yuan")
    poor = ktv_tornado(replace(KtvTerms(), investment=4.0))
    assert poor.lead < 0
    assert poor.sentence.startswith(f"Franchise leads by {-poor.lead:.3f}".rstrip("0"))


def test_the_tornado_names_its_numbers_in_words_with_their_units():
    found = ktv_tornado()
    names = [row["number"] for row in found.table]
    assert len(set(names)) == len(names) == len(found.rows)
    assert all("," in name and "_" not in name for name in names)
