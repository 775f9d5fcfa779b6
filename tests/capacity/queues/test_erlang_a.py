"""Erlang A against long chains, a customer followed through the queue, theorems and limits."""

import math
from fractions import Fraction
from statistics import NormalDist

import hypothesis.strategies as st
import numpy as np
import pytest
from chains import exact_chain, transient
from hypothesis import given, settings

from svclab.capacity import erlang_a, erlang_b, mmc, mmcc
from svclab.capacity.queues.chains import birth_death
from svclab.capacity.queues.numerics import harmonic, queue_harmonic, queue_sum


@settings(max_examples=40)
@given(
    arrivals=st.integers(1, 60),
    rate=st.integers(1, 12),
    servers=st.integers(1, 8),
    impatience=st.integers(1, 20),
)
def test_erlang_a_matches_a_long_chain(arrivals, rate, servers, impatience):
    most = servers + 2 * arrivals // impatience + 120
    deaths = [min(n, servers) * rate + max(n - servers, 0) * impatience for n in range(1, most + 1)]
    p = exact_chain([arrivals] * most, deaths)
    queue = erlang_a(arrivals, rate, servers=servers, mean_patience=1 / impatience)
    waiting = sum(n * share for n, share in enumerate(p[servers:]))
    assert queue.probability_of_waiting == pytest.approx(float(sum(p[servers:])), rel=1e-11)
    assert queue.mean_queue_length == pytest.approx(float(waiting), rel=1e-10)
    given_up = impatience * waiting / arrivals
    assert queue.probability_of_abandonment == pytest.approx(float(given_up), rel=1e-10)
    inside = sum(n * share for n, share in enumerate(p))
    assert queue.mean_number_in_system == pytest.approx(float(inside), rel=1e-10)


@pytest.mark.parametrize(("servers", "load"), [(100, 90), (100, 140), (3000, 3010)])
@pytest.mark.parametrize("patience", [0.2, 1.0, 20.0])
def test_erlang_a_matches_a_large_chain(servers, load, patience):
    most = servers + int(load * patience + 40 * math.sqrt(load * (1 + patience)))
    deaths = [min(n, servers) + max(n - servers, 0) / patience for n in range(1, most + 1)]
    p = birth_death([load] * most, deaths)
    queue = erlang_a(load, 1, servers=servers, mean_patience=patience)
    assert queue.probability_of_waiting == pytest.approx(math.fsum(p[servers:]), rel=1e-10)
    waiting = math.fsum(n * share for n, share in enumerate(p[servers:]))
    assert queue.mean_queue_length == pytest.approx(waiting, rel=1e-9)


def followed(arrivals, rate, servers, patience, most):
    """A tagged customer: where it starts, and the generator of its way through the queue.

    States: customers ahead of it in the queue; then served; then given up.
    """
    deaths = [
        min(n, servers) * rate + max(n - servers, 0) / patience
        for n in range(1, servers + most + 1)
    ]
    p = birth_death([arrivals] * (servers + most), deaths)
    q = np.zeros((most + 2, most + 2))
    served, gone = most, most + 1
    for ahead in range(most):
        q[ahead, ahead - 1 if ahead else served] += servers * rate + ahead / patience
        q[ahead, gone] += 1 / patience
        q[ahead, ahead] = -q[ahead].sum()
    return [*p[servers : servers + most], math.fsum(p[:servers]), 0.0], q


@pytest.mark.parametrize("minutes", [0.5, 3, 10, 30])
@pytest.mark.parametrize(("arrivals", "patience"), [(30, 0.3), (18, 2.0), (20, 0.05)])
def test_erlang_a_matches_a_customer_followed_through_the_queue(arrivals, patience, minutes):
    most = 150
    queue = erlang_a(arrivals, 5, servers=5, mean_patience=patience)
    start, q = followed(arrivals, 5.0, 5, patience, most)
    now = transient(q, start, minutes / 60)
    level = queue.service_level(minutes=minutes)
    assert queue.wait_beyond(minutes=minutes) == pytest.approx(now[:most].sum(), abs=1e-11)
    assert level.served_in_time == pytest.approx(now[most], abs=1e-11)
    assert level.gave_up_in_time == pytest.approx(now[most + 1], abs=1e-11)


@pytest.mark.parametrize(
    ("arrivals", "patience"), [(30, 0.3), (18, 2.0), (20, 0.05), (60, 0.5), (25, 1.0)]
)
def test_mean_wait_of_the_served_matches_a_customer_followed_through_the_queue(arrivals, patience):
    """First-step equations: the mean wait on the ways that end in service."""
    most = 200
    queue = erlang_a(arrivals, 5, servers=5, mean_patience=patience)
    start, q = followed(arrivals, 5.0, 5, patience, most)
    inside = -q[:most, :most]
    served = np.linalg.solve(inside, q[:most, most])
    waited = np.linalg.solve(inside, served)
    share = start[most] + np.dot(start[:most], served)
    assert 1 - queue.probability_of_abandonment == pytest.approx(share, rel=1e-10)
    mean = np.dot(start[:most], waited) / share
    assert queue.mean_wait_of_the_served == pytest.approx(mean, rel=1e-9)


def test_mean_wait_of_the_served_holds_for_10000_servers():
    """Against the same mean, summed over a chain of 14,000 states."""
    servers, load, patience = 10_000, 10_200, 0.4
    queue = erlang_a(load, 1, servers=servers, mean_patience=patience)
    most = 4_000
    deaths = [min(n, servers) + max(n - servers, 0) / patience for n in range(1, servers + most)]
    seen = birth_death([load] * len(deaths), deaths)[servers:]
    # Who finds k ahead is served with s / (s + k + 1), after a mean of Σ 1 / (c + j / patience).
    steps = np.cumsum([1 / (servers + j / patience) for j in range(1, len(seen) + 1)])
    serve = [servers / (servers + (k + 1) / patience) for k in range(len(seen))]
    mean = math.fsum(p * s * t for p, s, t in zip(seen, serve, steps, strict=True))
    served = 1 - queue.probability_of_abandonment
    assert queue.mean_wait_of_the_served == pytest.approx(mean / served, rel=1e-9)


def test_those_who_wait_patiently_are_all_served():
    patient = mmc(54, 20, servers=3)
    assert patient.mean_wait_of_the_served == patient.mean_wait
    nearly = erlang_a(54, 20, servers=3, mean_patience=1e5)
    assert nearly.mean_wait_of_the_served == pytest.approx(patient.mean_wait, rel=1e-4)


rates = st.integers(1, 4000).map(lambda n: n / 20)


@settings(max_examples=80)
@given(arrivals=rates, rate=rates, servers=st.integers(1, 60), patience=st.floats(0.001, 50))
def test_garnett_mandelbaum_reiman_bounds_of_the_proof_of_theorem_1(
    arrivals, rate, servers, patience
):
    """P{Ab} ≤ P{Bl} and λ (1 - P{Ab}) < Nμ: Garnett, Mandelbaum and Reiman (2002), page 223."""
    queue = erlang_a(arrivals, rate, servers=servers, mean_patience=patience)
    lost = erlang_b(arrivals / rate, servers)
    assert queue.probability_of_abandonment <= lost * (1 + 1e-12)
    assert queue.served_rate <= servers * rate * (1 + 1e-12)
    # Equation (2), page 217: θ · mean queue = λ P{Ab}.
    assert queue.mean_queue_length / patience == pytest.approx(
        arrivals * queue.probability_of_abandonment, rel=1e-12
    )


@settings(max_examples=80)
@given(arrivals=rates, rate=rates, servers=st.integers(1, 60), patience=st.floats(0.01, 50))
def test_garnett_mandelbaum_reiman_identity_of_the_proof_of_lemma_2(
    arrivals, rate, servers, patience
):
    """Exact for every N (page 226, last display), after Palm and Riordan:

    P{Ab} = (1 - 1/ρ + (P{Bl}/ρ) / ((1 - P{Bl}) / (1 - P{W > 0}) - 1 + P{Bl})) · P{W > 0}.
    """
    queue = erlang_a(arrivals, rate, servers=servers, mean_patience=patience)
    use, lost = queue.utilisation, erlang_b(arrivals / rate, servers)
    waits = queue.probability_of_waiting
    below = (1 - lost) / (1 - waits) - 1 + lost if waits < 1 else math.inf
    found = (1 - 1 / use + lost / use / below) * waits
    # Subtracting 1/ρ, and 1 - P{W > 0}, costs digits where either is large or small.
    digits = 1e-13 * (1 + 1 / use) / (1 - waits) if waits < 1 else math.inf
    assert queue.probability_of_abandonment == pytest.approx(found, abs=1e-12 + digits)


@pytest.mark.parametrize("theta", [0.25, 1.0, 4.0])
@pytest.mark.parametrize("overload", [0.8, 1.0, 1.25, 2.0])
def test_garnett_mandelbaum_reiman_theorem_1_limit_of_abandonment(overload, theta):
    """P{Ab} → 0 below ρ = 1 and → 1 - 1/ρ above it, whatever the patience (page 215)."""
    far = [
        erlang_a(overload * n, 1, servers=n, mean_patience=1 / theta).probability_of_abandonment
        for n in (100, 1_000, 10_000)
    ]
    limit = max(0.0, 1 - 1 / overload)
    gaps = [abs(share - limit) for share in far]
    assert gaps[2] <= 0.5 * gaps[1] + 1e-13
    assert gaps[1] <= 0.5 * gaps[0] + 1e-13
    assert gaps[2] < 0.02


@pytest.mark.parametrize("theta", [0.25, 1.0, 4.0])
@pytest.mark.parametrize("beta", [-1.0, 0.0, 0.5, 1.5])
def test_garnett_mandelbaum_reiman_theorem_4_square_root_staffing(beta, theta):
    """With √N (1 - ρ) → β, P{W > 0} → α and √N P{Ab} → Δ (Theorem 4, page 219; μ = 1).

    α = w(-β, 1/√θ), w(x, y) = 1 / (1 + h(-xy) / (y h(x))), Δ = (√θ h(β/√θ) - β) α, with the
    hazard rate h of the normal distribution.
    """
    normal = NormalDist()

    def hazard(x):
        return normal.pdf(x) / normal.cdf(-x)

    y = 1 / math.sqrt(theta)
    alpha = 1 / (1 + hazard(beta * y) / (y * hazard(-beta)))
    delta = (hazard(beta * y) / y - beta) * alpha
    gaps = []
    for n in (400, 10_000):
        arrivals = n - beta * math.sqrt(n)
        queue = erlang_a(arrivals, 1, servers=n, mean_patience=1 / theta)
        shares = queue.probability_of_waiting, math.sqrt(n) * queue.probability_of_abandonment
        gaps.append((abs(shares[0] - alpha), abs(shares[1] - delta)))
    # The error falls as 1/√N: to a fifth from 400 to 10,000 servers.
    assert all(late < 0.3 * early for early, late in zip(*gaps, strict=True))
    assert max(gaps[1]) < 0.02


@settings(max_examples=30)
@given(arrivals=rates, rate=rates, servers=st.integers(1, 40))
def test_patience_as_long_as_a_service_makes_infinitely_many_servers(arrivals, rate, servers):
    """θ = μ: customers leave the system at rate μ wherever they are, so their number is Poisson."""
    queue = erlang_a(arrivals, rate, servers=servers, mean_patience=1 / rate)
    load = arrivals / rate
    assert queue.mean_number_in_system == pytest.approx(load, rel=1e-9)
    below = math.fsum(
        math.exp(n * math.log(load) - load - math.lgamma(n + 1)) for n in range(servers)
    )
    assert queue.probability_of_waiting == pytest.approx(1 - below, abs=1e-10)


def test_without_patience_it_is_erlang_b_and_with_endless_patience_erlang_c():
    """The first limit is in Garnett, Mandelbaum and Reiman (2002), page 223."""
    lost = mmcc(54, 20, servers=3).probability_of_loss
    hasty = erlang_a(54, 20, servers=3, mean_patience=1e-9)
    assert hasty.probability_of_abandonment == pytest.approx(lost, rel=1e-6)
    endless, exact = erlang_a(54, 20, servers=3, mean_patience=1e7), mmc(54, 20, servers=3)
    assert endless.mean_wait == pytest.approx(exact.mean_wait, rel=1e-5)
    assert endless.wait_beyond(minutes=10) == pytest.approx(exact.wait_beyond(minutes=10), rel=1e-5)
    with pytest.raises(ValueError, match="use the model without abandonment"):
        erlang_a(60, 20, servers=3, mean_patience=1e10)


def test_queue_sum_is_the_same_on_both_sides_of_its_switch():
    """The sum term by term against the closed form through the gamma function."""
    for capacity in (3.0, 50.0, 4000.0):
        load = capacity + 12 * math.sqrt(capacity)
        log_sum, waiting = queue_sum(capacity, load)
        terms, term = [1.0], 1.0
        for k in range(1, 20_000):
            term *= load / (capacity + k)
            terms.append(term)
        assert math.exp(log_sum) == pytest.approx(math.fsum(terms), rel=1e-11)
        mean = math.fsum(k * t for k, t in enumerate(terms)) / math.fsum(terms)
        assert waiting == pytest.approx(mean, rel=1e-11)


@settings(max_examples=60)
@given(capacity=st.integers(1, 40), load=st.integers(1, 60))
def test_queue_harmonic_matches_fractions(capacity, load):
    weight, reached, weights, parts = Fraction(1), Fraction(0), [Fraction(1)], [Fraction(0)]
    for k in range(1, 2 * load + 160):
        weight *= Fraction(load, capacity + k)
        reached += Fraction(1, capacity + k)
        weight = Fraction(round(weight * 10**40), 10**40)
        reached = Fraction(round(reached * 10**40), 10**40)
        weights.append(weight)
        parts.append(weight * reached)
    exact = float(sum(parts) / sum(weights))
    assert queue_harmonic(float(capacity), float(load)) == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("start", [0.001, 1.0, 77.7, 5000.0])
@pytest.mark.parametrize("terms", [0, 1, 99, 100, 101, 5000])
def test_harmonic_matches_the_sum_term_by_term(start, terms):
    exact = math.fsum(1 / (start + k) for k in range(1, terms + 1))
    assert harmonic(start, terms) == pytest.approx(exact, rel=1e-14)
