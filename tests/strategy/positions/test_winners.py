"""Order winners and qualifiers: enumeration of who qualifies, logit shares, steps and ties."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from svclab.strategy.positions import (
    Buyers,
    Neither,
    Qualifier,
    Winner,
    along,
    choose,
    gains,
    ktv_case,
)

levels = st.integers(0, 10)


@st.composite
def cases(draw):
    names = [f"a{k}" for k in range(draw(st.integers(1, 4)))]
    roles = {}
    for name in names:
        kind = draw(st.sampled_from("wqn"))
        if kind == "w":
            roles[name] = Winner(draw(st.integers(-3, 3)) / 2)
        elif kind == "q":
            roles[name] = Qualifier(draw(levels), at_most=draw(st.booleans()))
        else:
            roles[name] = Neither()
    offers = {
        f"o{k}": {name: draw(levels) for name in names} for k in range(draw(st.integers(1, 4)))
    }
    return offers, Buyers(roles)


@given(cases(), st.sampled_from([0.0, 1.0, 4.0]))
def test_shares_are_the_logit_of_winners_over_those_who_qualify(case, noise):
    offers, buyers = case
    found = choose(offers, buyers, noise=noise)
    utility = {}
    for offer, row in offers.items():
        ok = True
        for name, role in buyers.roles.items():
            if isinstance(role, Qualifier):
                level = row[name]
                ok = ok and (level <= role.threshold if role.at_most else level >= role.threshold)
        if ok:
            utility[offer] = sum(
                role.weight * row[name]
                for name, role in buyers.roles.items()
                if isinstance(role, Winner)
            )
    if not utility:
        assert found.lost == 1
        assert "lost" in found.sentence
        return
    assert found.lost == pytest.approx(0, abs=1e-12)
    for offer, share in found.shares.items():
        if offer not in utility:
            expected = 0.0
        elif noise:
            # By differences of utility, which never overflow downwards.
            expected = 1 / math.fsum(
                math.exp((u - utility[offer]) / noise) for u in utility.values()
            )
        else:
            best = [o for o, u in utility.items() if u == max(utility.values())]
            expected = (offer in best) / len(best)
        assert share == pytest.approx(expected)


@given(cases(), st.data())
def test_above_its_threshold_more_of_a_qualifier_wins_nothing(case, data):
    offers, buyers = case
    offer = data.draw(st.sampled_from(sorted(offers)))
    found = gains(offers, buyers, offer)
    for name, role in buyers.roles.items():
        if isinstance(role, Neither):
            assert found[name] == 0
        if isinstance(role, Qualifier) and role.admits(offers[offer][name]):
            assert found[name] == 0 or role.at_most
        if isinstance(role, Winner) and role.weight >= 0:
            assert found[name] >= -1e-12


@given(cases(), st.data())
def test_along_a_qualifier_the_share_takes_at_most_two_values(case, data):
    offers, buyers = case
    offer = data.draw(st.sampled_from(sorted(offers)))
    for name, role in buyers.roles.items():
        curve = along(offers, buyers, offer, name, range(11))
        values = {round(share, 12) for _, share in curve}
        if isinstance(role, Qualifier):
            assert len(values) <= 2
        if isinstance(role, Winner) and role.weight > 0:
            shares = [share for _, share in curve]
            assert shares == sorted(shares)


def test_groups_with_different_roles_are_added_up():
    # One attribute wins the one group and merely qualifies with the other.
    careful = Buyers({"hygiene": Winner(1), "price": Winner(-0.1)}, customers=30)
    thrifty = Buyers({"hygiene": Qualifier(5), "price": Winner(-0.5)}, customers=70)
    offers = {"clean": {"hygiene": 9, "price": 10}, "cheap": {"hygiene": 6, "price": 6}}
    both = choose(offers, {"careful": careful, "thrifty": thrifty})
    one, other = choose(offers, careful), choose(offers, thrifty)
    for offer in offers:
        expected = 0.3 * one.shares[offer] + 0.7 * other.shares[offer]
        assert both.shares[offer] == pytest.approx(expected)
    step = gains(offers, {"careful": careful, "thrifty": thrifty}, "clean")
    assert step["hygiene"] > 0


def test_who_misses_a_qualifier_is_told_which():
    found = choose(
        {"a": {"x": 1, "y": 9}, "b": {"x": 9, "y": 9}},
        Buyers({"x": Qualifier(5), "y": Qualifier(5, at_most=True)}),
    )
    assert found.failed["all", "a"] == ("x", "y")
    assert found.failed["all", "b"] == ("y",)
    assert found.lost == 1


def test_ktv_case_the_largest_weighted_gap_is_not_what_wins_customers():
    case = ktv_case()
    assert set(case.origin.values()) == {"source", "invented"}
    assert {n for n, o in case.origin.items() if o == "source"} == {"sound", "comfort", "service"}
    assert set(case.chinese) == set(case.own) == set(case.importance)
    step = gains(case.offers, case.buyers, "our shop")
    assert step[case.gaps.rows[0].attribute] == 0
    assert max(step, key=step.get) == "service"
    assert case.choice.lost == 0
    assert case.alignment.orphans == ("yearly singing prize",)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: choose({}, Buyers({"x": Winner(1)})), "offers is empty"),
        (lambda: choose({"a": {"x": 1}}, {}), "buyers is empty"),
        (lambda: choose({"a": {"x": 1}}, {"g": 3}), "give Buyers"),
        (lambda: choose({"a": {"x": 1}}, Buyers({"y": Winner(1)})), "the offers about x"),
        (lambda: choose({"a": {"x": 1}}, Buyers({"x": Winner(1)}, customers=0)), "no customers"),
        (lambda: choose({"a": {"x": 1}}, Buyers({"x": Winner(1)}), noise=-1), "noise=-1"),
        (lambda: Buyers({}), "roles is empty"),
        (lambda: Buyers({"x": "winner"}), "give Winner"),
        (lambda: Winner(math.inf), "weight of a winner"),
        (lambda: gains({"a": {"x": 1}}, Buyers({"x": Winner(1)}), "b"), "offer='b'"),
        (
            lambda: along({"a": {"x": 1}}, Buyers({"x": Winner(1)}), "a", "y", [1]),
            "attribute='y'",
        ),
    ],
)
def test_what_cannot_be_used_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_a_step_that_is_no_number_is_named():
    with pytest.raises(ValueError, match="step='x'"):
        gains({"a": {"x": 1}}, Buyers({"x": Winner(1)}), "a", step="x")
