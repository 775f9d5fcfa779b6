"""Value of information: against published examples, trees, regret and enumeration."""

import math
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.strategy.choices import (
    best_by_chance,
    information_tree,
    payoff_table,
    perfect_information,
    rollback,
    sample_information,
)


@st.composite
def tables(draw):
    options = draw(st.integers(1, 4))
    states = draw(st.integers(1, 4))
    weights = draw(st.lists(st.integers(0, 9), min_size=states, max_size=states).filter(any))
    amounts = st.integers(-40, 40)
    return payoff_table(
        {f"o{k}": {f"s{j}": draw(amounts) for j in range(states)} for k in range(options)},
        {f"s{j}": w / sum(weights) for j, w in enumerate(weights)},
    )


@st.composite
def studied(draw):
    base = draw(tables())
    signals = draw(st.integers(1, 3))
    study = {}
    for s in base.chances:
        weights = draw(st.lists(st.integers(0, 9), min_size=signals, max_size=signals).filter(any))
        study[s] = {f"z{k}": w / sum(weights) for k, w in enumerate(weights)}
    return base, study


# The oil wildcatter of the manual of SAS/OR, drilling at its mean cost of 310: thousand dollars.
WILDCATTER = payoff_table(
    {"drill": {"dry": -310, "wet": 390, "soaking": 890}, "not": dict.fromkeys(
        ("dry", "wet", "soaking"), 0)},
    {"dry": 0.5, "wet": 0.3, "soaking": 0.2},
)  # fmt: skip
SOUNDING = {
    "dry": {"none": 0.6, "open": 0.3, "closed": 0.1},
    "wet": {"none": 0.3, "open": 0.4, "closed": 0.3},
    "soaking": {"none": 0.1, "open": 0.4, "closed": 0.5},
}
# The oil company of Hillier and Lieberman. The numbers are those of LINDO's public model of their
# tree (DECTREE.txt: prior .25, drilling costs 100 and finds 800, selling brings 90, the survey
# costs 30 and is favourable with .3, then oil with .5, else with .143). That the survey finds oil
# with .6 and misses none with .8 follows; both stand in another public copy of the example
# ("Goferbroke"). Values are checked below by enumeration; the book itself was not at hand.
OIL = payoff_table(
    {"drill": {"oil": 700, "dry": -100}, "sell": {"oil": 90, "dry": 90}},
    {"oil": 0.25, "dry": 0.75},
)
SURVEY = {"oil": {"good": 0.6, "bad": 0.4}, "dry": {"good": 0.2, "bad": 0.8}}


def test_perfect_information_on_the_oil_is_worth_155000_as_in_the_manual():
    found = perfect_information(WILDCATTER)
    assert found.without == pytest.approx(140)
    assert found.with_it == pytest.approx(295)
    assert found.value == pytest.approx(155)


def test_perfect_information_on_the_cost_is_worth_10000_as_in_the_manual():
    by_cost = payoff_table(
        {"drill": {"low": 300, "fair": 150, "high": -50}, "not": dict.fromkeys(
            ("low", "fair", "high"), 0)},
        {"low": 0.2, "fair": 0.6, "high": 0.2},
    )  # fmt: skip
    assert perfect_information(by_cost).value == pytest.approx(10)


def test_the_sounding_is_not_worth_its_60000():
    # Table of the manual; worked by hand: nothing after "none" (.41), 71.5 and 108.6 after the
    # others: 180.1 with the sounding, 140 without, so 40.1.
    found = sample_information(WILDCATTER, SOUNDING, cost=60)
    assert found.signals["none"].chance == pytest.approx(0.41)
    assert found.signals["none"].option == "not"
    assert found.value == pytest.approx(40.1)
    assert found.net < 0
    assert "do without" in found.sentence


def test_the_survey_of_the_oil_company_is_worth_53_and_is_bought():
    found = sample_information(OIL, SURVEY, cost=30)
    assert found.signals["good"].chance == pytest.approx(0.3)
    assert found.signals["good"].chances["oil"] == pytest.approx(0.5)
    assert found.signals["bad"].chances["oil"] == pytest.approx(0.143, abs=5e-4)
    assert found.with_it - 30 == pytest.approx(123)
    assert found.net == pytest.approx(23)
    # Every rule (a choice for each signal), written out: 153 less 30 for the survey.
    joint = {(s, y): OIL.chances[s] * p for s, row in SURVEY.items() for y, p in row.items()}
    worth = [
        math.fsum(p * OIL.payoffs[good if y == "good" else bad][s] for (s, y), p in joint.items())
        for good, bad in product(OIL.payoffs, repeat=2)
    ]
    assert max(worth) - 30 == pytest.approx(123)


def test_perfect_information_on_the_oil_companys_land_is_worth_142500():
    # By hand, and in the public copies named above: .25 · 700 + .75 · 90 = 242.5, less 100.
    found = perfect_information(OIL)
    assert (found.without, found.with_it) == (pytest.approx(100), pytest.approx(242.5))
    assert found.value == pytest.approx(142.5)


def test_three_investments_of_public_lecture_notes():
    # Checked in two copies: chances .5, .3, .2; EVPI 1030 - 680 = 350.
    table = payoff_table(
        {"1": {"up": 1500, "same": 300, "down": -800}, "2": {"up": 900, "same": 600, "down": -200},
         "3": {"up": 500, "same": 500, "down": 500}},
        {"up": 0.5, "same": 0.3, "down": 0.2},
    )  # fmt: skip
    assert table.best() == "1"
    found = perfect_information(table)
    assert (found.without, found.with_it, found.value) == pytest.approx((680, 1030, 350))


@given(tables())
def test_perfect_information_is_the_mean_regret_of_the_best_option(base):
    regret = base.regrets[base.best()]
    mean = math.fsum(p * regret[s] for s, p in base.chances.items())
    assert perfect_information(base).value == pytest.approx(mean, abs=1e-9)


@given(studied())
def test_no_study_beats_perfect_information_and_none_is_below_nothing(pair):
    base, study = pair
    found = sample_information(base, study)
    assert found.with_it >= found.without - 1e-9
    assert 0 <= found.value <= perfect_information(base).value + 1e-9
    assert math.fsum(s.chance for s in found.signals.values()) == pytest.approx(1)
    if len({s.option for s in found.signals.values()}) == 1:
        assert found.value == pytest.approx(0, abs=1e-9)
    assert repr(found)


@settings(max_examples=60)
@given(studied(), st.integers(0, 5))
def test_the_tree_rolled_back_says_the_same(pair, cost):
    base, study = pair
    found = sample_information(base, study, cost=cost)
    rolled = rollback(information_tree(found))
    assert rolled.options["no study"] == pytest.approx(found.without, abs=1e-9)
    assert rolled.options["study"] == pytest.approx(found.with_it - cost, abs=1e-9)


@given(studied())
def test_bayes_gives_back_the_prior_on_average(pair):
    base, study = pair
    found = sample_information(base, study)
    for state, prior in base.chances.items():
        after = math.fsum(z.chance * z.chances[state] for z in found.signals.values())
        assert after == pytest.approx(prior, abs=1e-12)


def test_a_study_that_says_the_same_in_every_state_is_worth_nothing():
    blind = {s: {"yes": 0.7, "no": 0.3} for s in WILDCATTER.chances}
    found = sample_information(WILDCATTER, blind)
    assert found.value == pytest.approx(0, abs=1e-12)
    assert "never changes the choice" in found.sentence


@settings(max_examples=150)
@given(tables(), st.data())
def test_stretches_name_the_best_option_everywhere(base, data):
    states = list(base.chances)
    if len(states) < 2:
        with pytest.raises(ValueError, match="two or more"):
            best_by_chance(base, states[0])
        return
    state = data.draw(st.sampled_from(states))
    found = best_by_chance(base, state)
    assert found[0].low == 0
    assert found[-1].high == 1
    rest = 1 - base.chances[state]
    for a, b in pairwise(found):
        assert a.high == b.low
        assert a.option != b.option
    for k in range(41):
        p = k / 40
        moved = {
            s: p if s == state else (1 - p) * (q / rest if rest else 1 / (len(states) - 1))
            for s, q in base.chances.items()
        }
        means = base.expected(moved)
        here = next(s for s in found if s.low - 1e-12 <= p <= s.high + 1e-12)
        assert means[here.option] == pytest.approx(max(means.values()), abs=1e-9)


def test_rules_without_chances_on_a_table_that_they_part():
    table = payoff_table(
        {"bold": {"good": 100, "bad": -60}, "middle": {"good": 70, "bad": -20},
         "safe": {"good": 10, "bad": 10}},
        {"good": 0.6, "bad": 0.4},
    )  # fmt: skip
    assert {r: table.by_rule(r) for r in ("expected", "maximin", "maximax", "regret")} == {
        "expected": "bold", "maximin": "safe", "maximax": "bold", "regret": "middle"
    }  # fmt: skip


def test_impossible_tables_are_refused():
    good = {"a": {"x": 1, "y": 2}}
    for ask, word in (
        (lambda: payoff_table(good, {"x": 0.5, "y": 0.6}), "add up to 1.1"),
        (lambda: payoff_table({"a": {"x": 1}}, {"x": 0.5, "y": 0.5}), "no 'y'"),
        (lambda: payoff_table({"a": {"x": 1, "z": 2}}, {"x": 1}), "'z'"),
        (lambda: payoff_table({}, {"x": 1}), "empty"),
        (lambda: sample_information(payoff_table(good, {"x": 0.5, "y": 0.5}), {"x": {"z": 1}}),
         "each of x and y"),
        (lambda: sample_information(OIL, {"oil": {"g": 0.5}, "dry": {"g": 1}}), "add up to 0.5"),
        (lambda: OIL.by_rule("luck"), "one of"),
        (lambda: best_by_chance(OIL, "gas"), "'oil'"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=word):
            ask()


def test_information_about_options_that_are_all_alike_is_worth_nothing_and_not_its_rounding():
    chances = {"g": 0.1, "h": 0.2, "i": 0.7}
    same = dict(zip(chances, (0.1, 0.3, 0.7), strict=True))
    base = payoff_table({"a": same, "b": dict(same)}, chances)
    for study in (
        {s: {"yes": p, "no": 1 - p} for s, p in zip(chances, (0.9, 0.35, 0.15), strict=True)},
        {s: {s: 1.0} for s in chances},
    ):
        found = sample_information(base, study)
        assert found.value == 0
        assert math.isnan(found.efficiency)


def test_the_lines_of_a_certain_state_start_from_the_others_in_equal_parts():
    base = payoff_table({"a": {"x": 6, "y": 2, "z": 4}}, {"x": 1, "y": 0, "z": 0})
    assert base.lines("x") == {"a": (3.0, 6.0)}
    with pytest.raises(ValueError, match="state='w'"):
        base.lines("w")
