"""Cohorts, mixed bases and the beta-geometric model, against Fader and Hardie and simulation."""

import math
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from svclab.strategy.customers import (
    BetaGeometric,
    Group,
    cohort,
    fit_beta_geometric,
    long_life,
    mixed_base,
    worth_of_base,
)

# Fader and Hardie (2007), their two segments, share still there after 1 to 7 years; checked in
# two public implementations, which also print the estimates (0.668, 3.806) and (0.704, 1.182).
HIGH_END = [1, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491]
REGULAR = [1, 0.631, 0.468, 0.382, 0.326, 0.289, 0.262, 0.241]

groups = st.dictionaries(
    st.text("abcd", min_size=1, max_size=3),
    st.tuples(st.floats(1, 1000), st.floats(0.05, 0.95)),
    min_size=1,
    max_size=4,
)


def test_estimates_are_those_of_fader_and_hardie_for_both_segments():
    high = fit_beta_geometric(HIGH_END)
    assert (high.alpha, high.beta) == pytest.approx((0.668, 3.806), abs=5e-4)
    regular = fit_beta_geometric(REGULAR)
    assert (regular.alpha, regular.beta) == pytest.approx((0.704, 1.182), abs=5e-4)


def test_forecast_and_residual_life_are_those_of_a_public_implementation():
    # jdmaturen/shifted_beta_geometric_py prints these for the High End segment.
    high = fit_beta_geometric(HIGH_END)
    assert [round(high.survival(t), 3) for t in range(8, 13)] == [0.460, 0.436, 0.414, 0.395, 0.378]
    assert high.discounted_life(0.10, after=7) == pytest.approx(7.530, abs=5e-4)


def test_survival_is_the_ratio_of_beta_functions():
    model = BetaGeometric(0.7, 2.2)

    def log_beta(a, b):
        return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

    for t in (0, 1, 5, 40):
        assert model.survival(t) == pytest.approx(
            math.exp(log_beta(0.7, 2.2 + t) - log_beta(0.7, 2.2)), rel=1e-11
        )


def test_survival_holds_a_simulation_of_customers_with_their_own_churn():
    # 20,000 customers, each with a beta(0.7, 2.2) chance to leave; 4.9 standard errors are a
    # false-alarm rate of one in a million for each of three comparisons. Seed fixed.
    draws, n, model = Random(7), 20_000, BetaGeometric(0.7, 2.2)
    stayed = dict.fromkeys((1, 3, 6), 0)
    for _ in range(n):
        churn, life = draws.betavariate(0.7, 2.2), 0
        while life < 6 and draws.random() >= churn:
            life += 1
        for t in stayed:
            stayed[t] += life >= t
    for t, count in stayed.items():
        share = model.survival(t)
        assert abs(count / n - share) < 4.9 * math.sqrt(share * (1 - share) / n)


def test_fit_is_a_top_of_the_likelihood():
    best = fit_beta_geometric(REGULAR)

    def likelihood(a, b):
        model = BetaGeometric(a, b)
        s = [model.survival(t) for t in range(8)]
        lost = [(x - y) * math.log(p - q) for x, y, p, q in
                zip(REGULAR, REGULAR[1:], s, s[1:], strict=False)]  # fmt: skip
        return math.fsum([*lost, REGULAR[-1] * math.log(s[-1])])

    top = likelihood(best.alpha, best.beta)
    for a in (0.98, 1, 1.02):
        for b in (0.98, 1, 1.02):
            assert likelihood(best.alpha * a, best.beta * b) <= top + 1e-12


@pytest.mark.parametrize("counts", [[100, 90, 81, 72.9], [100, 90, 70, 40]])
def test_a_cohort_whose_retention_does_not_rise_has_no_such_model(counts):
    with pytest.raises(ValueError, match="does not rise"):
        fit_beta_geometric(counts)


@pytest.mark.parametrize(
    "counts", [[], [5], "12", [10, 12], [0, 0], [10, -1], [10, 10, 10], [10, 0, 0], [10, 5]]
)
def test_impossible_cohorts_are_refused(counts):
    with pytest.raises(ValueError, match="counts"):
        fit_beta_geometric(counts)


@given(st.floats(0.05, 0.95), st.integers(2, 12))
def test_constant_retention_is_found_again(rate, periods):
    found = cohort([1000 * rate**t for t in range(periods + 1)])
    assert found.constant == pytest.approx(rate, rel=1e-12)
    assert all(r == pytest.approx(rate, rel=1e-9) for r in found.retention)


@given(groups, st.integers(1, 12), st.floats(0, 0.5))
def test_observed_retention_never_falls_and_the_average_never_overrates(some, periods, discount):
    base = mixed_base(some, periods=periods)
    seen = base.observed.retention
    assert all(b >= a - 1e-12 for a, b in pairwise(seen))
    assert base.value_by_average(100, discount) <= base.value(100, discount) * (1 + 1e-12)
    lowest, highest = min(r for _, r in some.values()), max(r for _, r in some.values())
    assert lowest - 1e-12 <= seen[0]
    assert seen[-1] <= highest + 1e-12
    assert "%" in base.sentence
    assert repr(base)


def test_a_base_of_one_kind_is_worth_what_its_average_says():
    base = mixed_base({"all": (100, 0.8)})
    assert base.value(10, 0.1) == pytest.approx(base.value_by_average(10, 0.1))
    assert base.value(10, 0.1) == pytest.approx(100 * 10 * 0.8 / 0.3)
    assert "yuan" in worth_of_base(base, margin=10, discount=0.1)


@pytest.mark.parametrize(
    "some", [{}, {"a": 5}, {"a": (0, 0.5)}, {"a": (5, 1)}, {"a": (5, 1.2)}, [("a", 1, 2)]]
)
def test_impossible_bases_are_refused(some):
    with pytest.raises(ValueError):  # noqa: PT011
        mixed_base(some)


def test_profit_a_period_holds_a_simulation():
    # Profit by length of life over 30,000 customers; 4.9 standard errors of the ratio's
    # numerator, a false alarm in a million. Seed fixed.
    one = Group(100, 0.8, 100, growth=0.05)
    expected = long_life({"a": one}).profit_a_period("a")
    draws, totals, periods, n = Random(5), [], 0, 30_000
    for _ in range(n):
        total, margin = 0.0, 100.0
        while True:
            total, margin, periods = total + margin, margin * 1.05, periods + 1
            if draws.random() >= 0.8:
                break
        totals.append(total)
    mean = math.fsum(totals) / n
    spread = math.sqrt(math.fsum((t - mean) ** 2 for t in totals) / n)
    assert abs(mean - expected * 5) < 4.9 * spread / math.sqrt(n)
    assert periods / n == pytest.approx(5, rel=0.03)


def test_the_claim_turns_round_when_the_loyal_are_the_costly():
    rising = {"short": Group(50, 0.5, 100), "long": Group(50, 0.9, 100, growth=0.03)}
    costly = {"short": Group(50, 0.5, 100), "long": Group(50, 0.9, 80)}
    same = {"short": Group(50, 0.5, 100), "long": Group(50, 0.9, 100)}
    assert long_life(rising).correlation == pytest.approx(1)
    assert long_life(costly).correlation == pytest.approx(-1)
    assert math.isnan(long_life(same).correlation)
    assert "hardly" in long_life(same).sentence
    assert "less" in long_life(costly).sentence


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(1, 100), st.floats(0, 0.9), st.floats(1, 500)), min_size=1,
                max_size=5))  # fmt: skip
def test_shares_of_worth_add_up_to_one(rows):
    found = long_life({f"g{k}": Group(*row) for k, row in enumerate(rows)})
    assert found.share(list(found.groups)) == pytest.approx(1)
    assume(not math.isnan(found.correlation))
    assert -1 - 1e-9 <= found.correlation <= 1 + 1e-9


def test_margins_that_outgrow_churn_are_refused():
    with pytest.raises(ValueError, match="must stay below 1"):
        long_life({"a": Group(10, 0.9, 100, growth=0.2)})


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: long_life({"a": 3}), r"groups\['a'\]=3: give Group"),
        (lambda: long_life({"a": Group(3, 0.5, 10, "x")}), "growth of 'a'='x'"),
        (lambda: long_life({"a": Group(3, 0.5, 0)}), "worth of all groups together=0.0"),
        (lambda: BetaGeometric(-1, 1), "alpha=-1: give a number, above zero"),
        (lambda: BetaGeometric(1, 1).retention(0), "period=0"),
        (lambda: BetaGeometric(1, 1).survival(-1), "periods=-1"),
        (lambda: BetaGeometric(1, 1).discounted_life(1e-9), "discount=1e-09.*0.0001 or more"),
        (lambda: BetaGeometric(1, 1).discounted_life(0.1, after=-1), "after=-1"),
        (lambda: mixed_base({"a": (10, 0.5)}).customers(-1), "period=-1"),
        (lambda: mixed_base({"a": (10, 0.5)}).value(100, -0.9), "discount=-0.9"),
    ],
)
def test_what_no_base_of_customers_can_be_is_named(ask, says):
    with pytest.raises(ValueError, match=says):
        ask()
