"""M/G/1 and the approximations for G/G/c: where they are exact, bounded or off."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.capacity import (
    UnstableError,
    allen_cunneen,
    kingman,
    kingman_bound,
    mg1,
    mm1,
    mmc,
    textbook_ggc,
)


def test_general_multi_server_forms_agree_where_books_say_so():
    # Both forms are Kingman's for one server; Allen-Cunneen is Erlang C for exponential times.
    one = {"servers": 1, "arrival_scv": 0.7, "service_scv": 1.9}
    same = kingman(4, 5, arrival_scv=0.7, service_scv=1.9).mean_wait
    assert allen_cunneen(4, 5, **one).mean_wait == pytest.approx(same)
    assert textbook_ggc(4, 5, **one).mean_wait == pytest.approx(same)
    exact = mmc(54, 20, servers=3).mean_wait
    plain = {"servers": 3, "arrival_scv": 1, "service_scv": 1}
    assert allen_cunneen(54, 20, **plain).mean_wait == pytest.approx(exact, rel=1e-12)
    assert textbook_ggc(54, 20, **plain).mean_wait == pytest.approx(exact, rel=0.02)


def test_mg1_is_mm1_for_exponential_services_and_half_of_it_for_constant_ones():
    plain = mm1(4, 5)
    assert mg1(4, 5, service_scv=1).mean_wait == pytest.approx(plain.mean_wait, rel=1e-15)
    assert mg1(4, 5, service_scv=0).mean_wait == pytest.approx(plain.mean_wait / 2, rel=1e-15)
    exponential = mg1(4, 5, service_scv=1, shape="gamma")
    assert exponential.percentile(0.9) == plain.percentile(0.9)


def test_mg1_matches_the_mean_work_by_numerical_integration():
    """W = λ E[S²] / (2 (1 - ρ)): E[S²] of a service of 3 or 9 minutes, worked out by hand."""
    slow, fast, share = 9 / 60, 3 / 60, 0.25
    mean = share * slow + (1 - share) * fast
    second = share * slow**2 + (1 - share) * fast**2
    queue = mg1(10, 1 / mean, service_scv=second / mean**2 - 1)
    assert queue.mean_wait == pytest.approx(10 * second / (2 * (1 - 10 * mean)), rel=1e-13)


def gi_m_1(transform, rate):
    """Mean wait in GI/M/1, exact: σ / (μ (1 - σ)), σ = E e^(-μ (1 - σ) gap) (Kleinrock 1975)."""
    low, high = 0.0, 1 - 1e-9
    for _ in range(200):
        middle = (low + high) / 2
        if transform(rate * (1 - middle)) > middle:
            low = middle
        else:
            high = middle
    return low / (rate * (1 - low))


@pytest.mark.parametrize("use", [0.3, 0.6, 0.9, 0.98])
@pytest.mark.parametrize("phases", [1, 2, 5, 1000])
def test_kingman_and_its_bound_against_exact_waits_with_regular_arrivals(use, phases):
    """E_k/M/1 has an exact solution; gaps become constant as k grows."""
    exact = gi_m_1(lambda s: (1 + s / (phases * use)) ** -phases, 1.0)
    about = kingman(use, 1, arrival_scv=1 / phases, service_scv=1)
    assert exact <= kingman_bound(use, 1, arrival_scv=1 / phases, service_scv=1) * (1 + 1e-12)
    # Too long for regular arrivals, by tens of percent at low use, hardly at high use.
    assert exact * (1 - 1e-9) <= about.mean_wait
    if use >= 0.9:
        assert about.mean_wait <= exact * 1.15
    if phases == 1:
        assert about.mean_wait == pytest.approx(exact, rel=1e-9)


@settings(max_examples=60)
@given(
    use=st.floats(0.01, 0.99),
    arrival_scv=st.floats(0, 5),
    service_scv=st.floats(0, 5),
)
def test_kingmans_form_is_within_his_bound_for_gaps_at_least_as_regular_as_poisson(
    use, arrival_scv, service_scv
):
    """ρ (cₐ² + cₛ²) / 2 ≤ (cₐ² + ρ² cₛ²) / (2 ρ) where cₐ² ≥ 0: the bound is never below."""
    bound = kingman_bound(use, 1, arrival_scv=arrival_scv, service_scv=service_scv)
    about = kingman(use, 1, arrival_scv=arrival_scv, service_scv=service_scv)
    assert about.mean_wait <= bound * (1 + 1e-12) + 1e-15


def test_kingmans_bound_is_his_formula():
    """λ (σₐ² + σₛ²) / (2 (1 - ρ)) = 4 (1/16 + 0.5/25) / 0.4, for 4 and 5 an hour."""
    assert kingman_bound(4, 5, arrival_scv=1, service_scv=0.5) == pytest.approx(0.825)


def test_the_textbook_form_is_as_far_off_as_its_page_says():
    def off(use, servers):
        scvs = {"arrival_scv": 1, "service_scv": 1}
        about = textbook_ggc(use * servers, 1, servers=servers, **scvs).mean_wait
        return about / mmc(use * servers, 1, servers=servers).mean_wait

    assert all(abs(off(0.9, servers) - 1) < 0.02 for servers in range(1, 11))
    assert off(0.5, 5) == pytest.approx(1.39, abs=0.005)
    assert off(0.5, 50) > 100
    plain = {"arrival_scv": 1, "service_scv": 1}
    assert "139" in textbook_ggc(2.5, 1, servers=5, **plain).error
    assert "more than ten times" in textbook_ggc(25, 1, servers=50, **plain).error


def test_approximations_say_that_they_are():
    scvs = {"arrival_scv": 1, "service_scv": 0.5}
    for queue in (
        kingman(12, 15, **scvs),
        allen_cunneen(54, 20, servers=3, **scvs),
        textbook_ggc(54, 20, servers=3, **scvs),
    ):
        assert queue.approximate
        assert "mean wait about" in repr(queue)
        assert "An approximation" in queue.error
        assert "An approximation" in queue._repr_html_()
        with pytest.raises(ValueError, match="the distribution of the wait is not known"):
            queue.service_level(minutes=5)
        with pytest.raises(ValueError, match="the probability of waiting is not known"):
            _ = queue.probability_of_waiting
    assert not mg1(6, 10, service_scv=0.5).approximate


def test_a_wait_known_only_on_average_says_what_would_make_it_known():
    with pytest.raises(ValueError, match="give mg1 shape='gamma', or simulate it"):
        mg1(6, 10, service_scv=0.5).percentile(0.9)
    with pytest.raises(ValueError, match=r"shape='normal' is unknown"):
        mg1(6, 10, service_scv=0.5, shape="normal")


@pytest.mark.parametrize("model", [kingman, kingman_bound])
def test_general_queues_refuse_loads_they_cannot_carry(model):
    with pytest.raises(UnstableError, match="let fewer than 15 per hour arrive"):
        model(15, 15, arrival_scv=1, service_scv=1)
    with pytest.raises(ValueError, match="arrival_scv=-1"):
        model(12, 15, arrival_scv=-1, service_scv=1)
    assert math.isfinite(kingman_bound(14.999, 15, arrival_scv=1, service_scv=1))
