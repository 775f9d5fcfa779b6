"""Erlang's B and C against fractions, against Mathematica, and against each other."""

import math
from fractions import Fraction
from itertools import islice

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.capacity import erlang_b, erlang_b_by_servers, erlang_c, mmc, mmcc

quarters = st.integers(1, 120).map(lambda n: Fraction(n, 4))


@settings(max_examples=60)
@given(load=quarters, servers=st.integers(1, 40))
def test_erlang_b_and_c_match_their_sums_in_fractions(load, servers):
    terms = [load**n / math.factorial(n) for n in range(servers + 1)]
    assert erlang_b(float(load), servers) == pytest.approx(float(terms[-1] / sum(terms)), rel=1e-13)
    if load < servers:
        late = terms[-1] * servers / (servers - load)
        share = late / (sum(terms[:-1]) + late)
        assert erlang_c(float(load), servers) == pytest.approx(float(share), rel=1e-13)


def test_erlang_c_matches_fractions_for_thousands_of_servers():
    for load, servers in [(995, 1000), (1990, 2000), (4000, 4200)]:
        term, total = Fraction(1), Fraction(1)
        for n in range(servers, 0, -1):  # states below c, each as a multiple of state c
            term *= Fraction(n, load)
            total += term
            if term < Fraction(1, 10**30) and n < load:
                break
            term = Fraction(round(term * 10**60), 10**60)
        lost = 1 / total
        share = servers * lost / (servers - load + load * lost)
        assert erlang_c(load, servers) == pytest.approx(float(share), rel=1e-12)


def test_erlang_b_step_by_step_is_erlang_b():
    assert list(islice(erlang_b_by_servers(7.5), 30)) == [erlang_b(7.5, n) for n in range(30)]


# Logarithms from Mathematica, in the public tests of the package capacity_planning
# (queueing/erlang_test.py, "values based on mma results").
MATHEMATICA_B = [
    (100, 120, -1.62826407041),
    (10_000, 12_000, -1.78927734649),
    (100, 20, -84.1661482002),
    (100, 10_000, -0.01004931575),
]


MATHEMATICA_C = [
    (100, 90, -1.52813224460),
    (10_000, 9_000, -56.8266885378),
    (100, 10, -143.375505741),
]


@pytest.mark.parametrize(("servers", "load", "logarithm"), MATHEMATICA_B)
def test_erlang_b_matches_mathematica_up_to_10000_servers(servers, load, logarithm):
    assert math.log(erlang_b(load, servers)) == pytest.approx(logarithm, abs=1e-10)


@pytest.mark.parametrize(("servers", "load", "logarithm"), MATHEMATICA_C)
def test_erlang_c_matches_mathematica_up_to_10000_servers(servers, load, logarithm):
    assert math.log(erlang_c(load, servers)) == pytest.approx(logarithm, abs=1e-9)


@settings(max_examples=60)
@given(share=st.floats(0.5, 3), servers=st.integers(1, 500))
def test_more_servers_lose_and_delay_fewer_and_delay_is_likelier_than_loss(share, servers):
    load = share * servers
    assert erlang_b(load, servers + 1) < erlang_b(load, servers) <= erlang_c(load, servers)
    assert erlang_c(load, servers + 1) <= erlang_c(load, servers) <= 1
    assert erlang_b(load * 1.01, servers) > erlang_b(load, servers)


def test_erlang_b_and_c_at_their_ends():
    assert erlang_b(3.0, 0) == 1
    assert erlang_b(0, 4) == erlang_c(0, 4) == 0
    assert erlang_c(4, 4) == erlang_c(400, 4) == 1
    with pytest.raises(ValueError, match=r"load=-1: give an offered load in Erlang"):
        erlang_b(-1, 4)
    with pytest.raises(ValueError, match=r"servers=0: give a whole number, 1 or more"):
        erlang_c(1, 0)


def test_the_queues_use_these_formulas():
    assert mmcc(8.108, 1, servers=15).probability_of_loss == erlang_b(8.108, 15)
    assert mmc(54, 20, servers=3).probability_of_waiting == erlang_c(2.7, 3)
