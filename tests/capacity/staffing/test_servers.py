"""The fewest servers and the square-root rule against published tables and other methods."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.capacity import (
    UnstableError,
    allen_cunneen,
    erlang_a,
    erlang_c,
    finite_population,
    mg1,
    mmc,
    mmcc,
    mmck,
)
from svclab.capacity.staffing.servers import fewest_servers, paid_people, total_shrinkage
from svclab.capacity.staffing.square_root import (
    beta_for_waiting,
    garnett,
    halfin_whitt,
    square_root_rule,
)
from svclab.capacity.staffing.targets import (
    abandonment_at_most,
    lost_at_most,
    mean_wait_at_most,
    served_within,
    waiting_at_most,
)

NORMAL = NormalDist()

# Tijms (2003), A First Course in Stochastic Models, table 5.3.2: the exact and the approximate
# number of servers for a probability of waiting of at most 0.5, 0.2 and 0.1.
TIJMS = {
    1: ((2, 2), (3, 3), (3, 3)),
    5: ((7, 7), (8, 8), (9, 9)),
    10: ((12, 12), (14, 14), (16, 15)),
    50: ((54, 54), (58, 58), (61, 61)),
    100: ((106, 106), (111, 111), (115, 115)),
    250: ((259, 259), (268, 267), (274, 273)),
    500: ((512, 512), (525, 524), (533, 532)),
    1000: ((1017, 1017), (1034, 1034), (1046, 1045)),
}


@pytest.mark.parametrize("load", TIJMS)
def test_servers_and_square_root_rule_match_tijms_table_5_3_2(load):
    for share, (exact, rule) in zip((0.5, 0.2, 0.1), TIJMS[load], strict=True):
        found = square_root_rule(load, 1, waiting=share)
        assert (found.exact, found.servers) == (exact, rule)
        assert found.waiting == erlang_c(load, rule)


def test_erlang_b_lines_match_the_manual_of_the_westbay_calculator():
    # erlang.com/calculatormanual: 8.108 Erlang at 1 % blocking take 15 lines.
    assert fewest_servers(8.1, 1, target=lost_at_most(0.01), model=mmcc).servers == 15


@settings(max_examples=60)
@given(
    load=st.floats(0.05, 60),
    share=st.floats(0.05, 0.95),
    patience=st.floats(0.1, 20),
    kind=st.sampled_from(["C", "A", "B", "wait", "give up", "delay"]),
)
def test_fewest_servers_is_what_counting_upwards_finds(load, share, patience, kind):
    model, options, target = {
        "C": (mmc, {}, served_within(share, hours=0.2)),
        "A": (erlang_a, {"mean_patience": patience}, served_within(share, hours=0.2)),
        "B": (mmcc, {}, lost_at_most(share)),
        "wait": (mmc, {}, mean_wait_at_most(hours=share)),
        "give up": (erlang_a, {"mean_patience": patience}, abandonment_at_most(share)),
        "delay": (erlang_a, {"mean_patience": patience}, waiting_at_most(share)),
    }[kind]
    servers = 0
    while True:
        servers += 1
        try:
            if target.met_by(model(load, 1, servers=servers, **options)):
                break
        except UnstableError:
            continue
    found = fewest_servers(load, 1, target=target, model=model, **options)
    assert found.servers == servers
    assert found.one_fewer is None or not target.met_by(found.one_fewer)


def test_of_several_targets_the_hardest_decides():
    targets = [served_within(0.8, seconds=20), mean_wait_at_most(seconds=3), waiting_at_most(0.3)]
    each = [fewest_servers(200, 20, target=target).servers for target in targets]
    assert fewest_servers(200, 20, target=targets).servers == max(each) > min(each)


def test_every_sense_of_service_level_has_its_own_answer():
    senses = ("of_all_offered", "of_those_answered", "leaving_out_those_who_gave_up_in_time")
    for sense in senses:
        target = served_within(0.9, seconds=20, sense=sense)
        found = fewest_servers(200, 20, target=target, model=erlang_a, mean_patience=1 / 60)
        assert target.value(found.queue) == getattr(found.queue.service_level(seconds=20), sense)
        assert target.value(found.queue) >= 0.9 > target.value(found.one_fewer)


def test_other_models_can_be_asked_too():
    spread = {"arrival_scv": 1.0, "service_scv": 0.25, "model": allen_cunneen}
    calm = fewest_servers(54, 20, target=mean_wait_at_most(minutes=5), **spread)
    assert calm.servers <= fewest_servers(54, 20, target=mean_wait_at_most(minutes=5)).servers
    machines = fewest_servers(
        0.05, 0.5, target=mean_wait_at_most(hours=0.5), model=finite_population, population=6
    )
    assert machines.servers == 2
    with pytest.raises(ValueError, match="not known"):
        fewest_servers(54, 20, target=served_within(0.8, minutes=1), **spread)


def test_ten_thousand_servers_are_found():
    found = fewest_servers(200_000, 20, target=waiting_at_most(0.2))
    assert found.servers == square_root_rule(200_000, 20, waiting=0.2).exact
    assert abs(found.servers - (10_000 + beta_for_waiting(0.2) * 100)) < 2


def test_what_cannot_be_reached_is_said_in_words():
    with pytest.raises(ValueError, match=r"2 servers, with which the queue grows without bound"):
        fewest_servers(100, 20, target=waiting_at_most(0.5), most=2)
    with pytest.raises(ValueError, match=r"not reached with 4 servers, with which .* are turned"):
        fewest_servers(100, 20, target=lost_at_most(0.01), model=mmck, room=4)
    with pytest.raises(ValueError, match="give a target"):
        fewest_servers(100, 20, target=[])
    with pytest.raises(ValueError, match=r"share=1: give a share above 0 and below 1"):
        served_within(1, seconds=20)
    with pytest.raises(ValueError, match="nobody ever waits"):
        mean_wait_at_most()
    with pytest.raises(ValueError, match="use 'of_all_offered'"):
        served_within(0.8, sense="all")
    with pytest.raises(TypeError):
        fewest_servers(10, 20, target=waiting_at_most(0.2), model=mg1, service_scv=1)


def test_the_result_reads_aloud():
    found = fewest_servers(200, 20, target=[served_within(0.8, seconds=20), waiting_at_most(0.2)])
    assert "14 servers: 88.8% served within 20 s and 17.4% must wait" in repr(found)
    assert "with 13: 79.6% served" in repr(found)
    assert "<table>" in found._repr_html_()
    assert found.hedge == pytest.approx(4)
    assert "with 10 the queue grows without bound" in repr(
        fewest_servers(200, 20, target=mean_wait_at_most(minutes=30))
    )


@pytest.mark.parametrize("beta", [0.1, 0.5, 1.0, 1.7, 2.5])
def test_halfin_whitt_is_its_formula_and_the_limit_of_erlang_c(beta):
    formula = 1 / (1 + beta * NORMAL.cdf(beta) / NORMAL.pdf(beta))
    assert halfin_whitt(beta) == pytest.approx(formula, rel=1e-12)
    # The error falls as 1/√R: a hundredfold load makes it about ten times smaller.
    errors = []
    for servers in (400, 40_000):
        # The load R with R + β √R servers, so that nothing is rounded.
        load = ((-beta + math.sqrt(beta * beta + 4 * servers)) / 2) ** 2
        errors.append(abs(erlang_c(load, servers) - formula))
    assert errors[1] < errors[0] / 8
    assert errors[1] < 0.004


@pytest.mark.parametrize("beta", [-1.5, -0.3, 0.0, 0.4, 1.2, 2.5])
@pytest.mark.parametrize("ratio", [0.25, 1.0, 4.0])
def test_garnett_is_the_limit_of_erlang_a(beta, ratio):
    errors = []
    for servers in (400, 40_000):
        load = ((-beta + math.sqrt(beta * beta + 4 * servers)) / 2) ** 2
        exact = erlang_a(load, 1, servers=servers, mean_patience=ratio).probability_of_waiting
        errors.append(abs(exact - garnett(beta, ratio)))
    assert errors[1] < max(errors[0] / 8, 1e-6)
    assert errors[1] < 0.004


@given(beta=st.floats(-6, 6))
def test_garnett_with_patience_like_service_is_the_normal_tail(beta):
    # Everybody leaves at the same rate, waiting or served: the number there is Poisson.
    assert garnett(beta, 1) == pytest.approx(NORMAL.cdf(-beta), rel=1e-9)


@given(beta=st.floats(0.05, 5))
def test_garnett_with_endless_patience_is_halfin_whitt(beta):
    assert garnett(beta, 1e12) == pytest.approx(halfin_whitt(beta), rel=1e-5)


@given(share=st.floats(0.001, 0.999), ratio=st.floats(0.05, 50))
def test_beta_is_the_inverse_of_both(share, ratio):
    assert halfin_whitt(beta_for_waiting(share)) == pytest.approx(share, abs=1e-9)
    beta = beta_for_waiting(share, patience_ratio=ratio)
    assert garnett(beta, ratio) == pytest.approx(share, abs=1e-9)


def test_far_tails_do_not_break():
    assert halfin_whitt(0) == 1
    assert halfin_whitt(39) < 1e-300**0.5
    assert 0 <= garnett(38, 50) < 1e-100
    assert garnett(-38, 50) == pytest.approx(1)
    # Laplace's continued fraction takes over at 6 without a jump.
    assert garnett(5.9999999, 1) == pytest.approx(garnett(6.0000001, 1), rel=1e-5)
    with pytest.raises(ValueError, match="below zero the queue grows"):
        halfin_whitt(-0.1)


def test_the_hedge_per_load_falls_with_the_square_root():
    small, large = (square_root_rule(load, 1, waiting=0.2) for load in (25, 2500))
    assert small.hedge_share == pytest.approx(10 * large.hedge_share)


def test_square_root_rule_with_patience_is_within_a_server_of_the_exact_answer():
    for load in (5, 20, 80, 320):
        for share in (0.1, 0.3, 0.6):
            found = square_root_rule(load, 1, waiting=share, mean_patience=0.5)
            assert abs(found.servers - found.exact) <= 1


def test_shrinkage_matches_a_worked_example_of_workforce_planners():
    # turnella.com/contact-centre-net-staffing: 50 on the phone at 27 % shrinkage are 69.
    assert paid_people(50, 0.27).people == 69
    assert paid_people(50, 0.27).exact == pytest.approx(68.49, abs=0.005)
    assert "69 people" in repr(paid_people(50, 0.27))


@given(at_work=st.integers(0, 400), share=st.integers(0, 95))
def test_paid_people_are_the_fewest_that_leave_enough_at_work(at_work, share):
    people = paid_people(at_work, share / 100).people
    assert people * (100 - share) >= at_work * 100
    assert people == 0 or (people - 1) * (100 - share) < at_work * 100


def test_shares_of_shrinkage_add_up_or_follow_each_other():
    parts = {"leave": 0.1, "breaks": 0.1}
    assert total_shrinkage(parts) == 0.2
    assert total_shrinkage(parts, one_after_the_other=True) == 0.19
    assert paid_people(8, parts).people == 10
    with pytest.raises(ValueError, match="nobody would ever be at work"):
        paid_people(8, {"leave": 0.6, "training": 0.4})
    with pytest.raises(ValueError, match="zero or more"):
        paid_people(8, -0.1)
