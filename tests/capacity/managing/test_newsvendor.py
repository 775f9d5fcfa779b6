"""Newsvendor, Littlewood and overbooking, against textbooks, enumeration and simulation."""

import math
from random import Random
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.capacity.managing.newsvendor import (
    Discrete,
    binomial,
    critical_ratio,
    evaluate,
    littlewood,
    normal_quantity,
    poisson,
    quantity,
)
from svclab.capacity.managing.overbooking import (
    best_booking,
    booking_costs,
    deciding,
    marginal,
    party_shows,
    show_costs,
    simulated,
)

# Fitzsimmons and Fitzsimmons, Service Management, ch. 11: the Surfside Hotel. The probabilities
# of 0 to 9 no-shows were checked in a public lecture sheet that prints the table.
SURFSIDE = Discrete((0.07, 0.19, 0.22, 0.16, 0.12, 0.10, 0.07, 0.04, 0.02, 0.01))
money = st.floats(0.5, 500)


@st.composite
def demands(draw):
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any))
    return Discrete.counted(dict(enumerate(weights)))


def test_park_hyatt_of_cachon_and_terwiesch():
    # Matching Supply with Demand, ch. 16: 118 rooms, fares 225 and 159, high-fare demand Poisson
    # 27.3. The slides print an expected revenue of 20,166 at Q = 24 and 18,762 without keeping
    # rooms; overbooking with Poisson no-shows, 350 for a guest turned away: ratio 0.3124.
    kept = littlewood(poisson(27.3), high_price=225, low_price=159)
    assert kept.quantity == 24
    sold = 27.3 - kept.short
    # They round the rooms sold to 23.2: half of the last digit is 0.05 × 225.
    assert 225 * sold + 159 * (118 - 24) == pytest.approx(20166, abs=0.05 * 225)
    assert 118 * 159 == 18762
    assert critical_ratio(underage=159, overage=350) == pytest.approx(0.3124, abs=5e-5)


def test_a_hotel_near_the_university_by_normal_no_shows():
    # A much-used class example: no-shows with mean 5 and deviation 3, 80 and 200 dollars: ratio
    # 0.2857, z = -0.566, overbook 3.302 rooms (checked on two public pages).
    found = normal_quantity(5, 3, underage=80, overage=200)
    assert found.ratio == pytest.approx(0.2857, abs=5e-5)
    assert found.quantity == pytest.approx(3.302, abs=5e-4)


def test_surfside_hotel_cumulative_table_and_best_overbooking():
    # The sheet's P(d < x) for x = 2 is 0.26, for x = 3 0.48; with Cu = 40 and Co = 100 the ratio
    # 0.286 lies between: overbook 2.
    assert SURFSIDE.at_most(1) == pytest.approx(0.26)
    assert SURFSIDE.at_most(2) == pytest.approx(0.48)
    assert marginal(SURFSIDE, empty_cost=40, denied_cost=100).extra == 2


def test_the_discrete_no_shows_of_jacobs_and_chase_cost_least_with_three_overbooked():
    # The same hotel with a record of no-shows instead of the normal: Jacobs and Chase, Operations
    # and Supply Chain Management, single-period model: 337.6 without overbooking, least 212.4.
    record = Discrete((0.05, 0.08, 0.10, 0.15, 0.20, 0.15, 0.11, 0.06, 0.05, 0.04, 0.01))
    rows = booking_costs(record, empty_cost=80, denied_cost=200)
    assert rows[0].cost == pytest.approx(337.6)
    best = marginal(record, empty_cost=80, denied_cost=200, places=200)
    assert (best.extra, best.bookings) == (3, 203)
    assert best.cost == pytest.approx(212.4)


def test_the_family_inn_of_fitzsimmons_gains_by_one_extra_booking():
    # Four, three, two and one nights with 0 to 3 no-shows, 69 for an empty room, 119 − 69 = 50 for
    # a guest sent to the resort; the data are in a public seminar sheet, the costs by hand.
    inn = Discrete.counted({0: 4, 1: 3, 2: 2, 3: 1})
    best = marginal(inn, empty_cost=69, denied_cost=50)
    assert (best.extra, best.cost) == (1, pytest.approx(0.4 * 50 + 0.2 * 69 + 0.1 * 138))


@given(demands(), money, money)
def test_the_rule_finds_what_trying_every_quantity_finds(demand, under, over):
    best = quantity(demand, underage=under, overage=over)
    costs = []
    for q in range(len(demand.chances) + 2):
        losses = (
            p * (under * max(k - q, 0) + over * max(q - k, 0)) for k, p in enumerate(demand.chances)
        )
        costs.append(math.fsum(losses))
        assert evaluate(demand, q, underage=under, overage=over).cost == pytest.approx(costs[-1])
    assert best.cost == pytest.approx(min(costs))


@given(demands(), money, money)
def test_overbooking_by_the_margin_is_the_cheapest_row_of_the_table(no_shows, empty, denied):
    rows = booking_costs(no_shows, empty_cost=empty, denied_cost=denied)
    best = marginal(no_shows, empty_cost=empty, denied_cost=denied)
    assert best.cost == pytest.approx(min(row.cost for row in rows))


@given(demands(), st.floats(1, 400), st.floats(1.01, 5))
def test_littlewood_earns_what_the_best_of_all_protection_levels_earns(demand, low, times):
    high, rooms = low * times, len(demand.chances) + 3
    kept = littlewood(demand, high_price=high, low_price=low).quantity

    def earned(y):
        late = math.fsum(min(k, y) * p for k, p in enumerate(demand.chances))
        return high * late + low * (rooms - y)

    assert earned(kept) == pytest.approx(max(earned(y) for y in range(rooms + 1)))


@given(st.floats(20, 400), st.floats(0.5, 50), money, money)
def test_the_normal_quantity_is_where_the_cost_is_flat(mean, deviation, under, over):
    found = normal_quantity(mean, deviation, underage=under, overage=over)
    inside = NormalDist(mean, deviation).cdf(found.quantity)
    assert under * (1 - inside) == pytest.approx(over * inside, rel=1e-6)


def test_the_normal_shortage_is_the_integral():
    found = normal_quantity(100, 15, underage=3, overage=1)
    law, step = NormalDist(100, 15), 0.01
    steps = range(int((220 - found.quantity) / step))
    area = math.fsum(1 - law.cdf(found.quantity + (k + 0.5) * step) for k in steps) * step
    assert found.short == pytest.approx(area, rel=1e-5)


@given(st.integers(0, 60), st.floats(0.01, 0.99))
def test_binomial_and_poisson_have_their_mean_and_variance(n, p):
    law = binomial(n, p)
    assert law.mean == pytest.approx(n * p, abs=1e-9)
    spread = math.fsum((k - n * p) ** 2 * c for k, c in enumerate(law.chances))
    assert spread == pytest.approx(n * p * (1 - p), abs=1e-9)
    m = n * p
    assert poisson(m).mean == pytest.approx(m, abs=1e-9)


def test_large_binomials_agree_with_exact_fractions():
    n = 600
    exact = [math.comb(n, k) * 9**k / 10**n for k in range(n + 1)]
    assert binomial(n, 0.9).chances == pytest.approx(exact, rel=1e-9, abs=1e-300)


def test_bookings_by_binomial_shows_are_the_last_worth_its_margin():
    # An extra booking is worth it while Cu P(S_n < C) > Co P(S_n ≥ C) of those already booked.
    best, _ = best_booking(places=100, show_chance=0.9, empty_cost=100, denied_cost=300)
    n = 100
    while 100 * binomial(n, 0.9).at_most(99) > 300 * (1 - binomial(n, 0.9).at_most(99)):
        n += 1
    assert best.bookings == n


def test_parties_have_the_same_mean_and_more_variance():
    single, pairs = binomial(20, 0.8), party_shows(20, 0.8, party=2)
    assert pairs.mean == pytest.approx(single.mean)

    def variance(law):
        return math.fsum((k - law.mean) ** 2 * p for k, p in enumerate(law.chances))

    assert variance(pairs) == pytest.approx(2 * variance(single))
    assert party_shows(21, 0.8, party=2).mean == pytest.approx(21 * 0.8)


def test_simulated_nights_agree_with_the_binomial_cost():
    # Five rows of 4,000 nights, each by a 99.99998% interval: false-alarm rate 1e-6 in all.
    rows = simulated(
        deciding(0.85), [20, 22, 23, 24, 26], places=20, empty_cost=60, denied_cost=150,
        nights=4000, seed=8, confidence=1 - 2e-7,
    )  # fmt: skip
    for n, cost in rows:
        law = binomial(n, 0.85)
        exact = show_costs(law, places=20, bookings=n, empty_cost=60, denied_cost=150).cost
        assert cost.holds(exact), n


def test_more_bookings_meet_the_same_nights():
    seen = [deciding(0.85)(n, Random("1/night/0")) for n in (20, 21, 22)]
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Discrete((0.5, 0.4)), "add up to 0.9"),
        (lambda: Discrete.counted({-1: 2}), "recorded value=-1"),
        (lambda: critical_ratio(underage=0, overage=1), "underage=0"),
        (lambda: littlewood(poisson(5), high_price=10, low_price=10), "not above low_price=10"),
        (lambda: normal_quantity(5, 0, underage=1, overage=1), "deviation=0"),
        (lambda: party_shows(5, 1.2), "show_chance=1.2"),
        (
            lambda: best_booking(places=0, show_chance=0.9, empty_cost=1, denied_cost=1),
            "places=0",
        ),
        (
            lambda: simulated(
                lambda n, s: n, [1], places=1, empty_cost=1, denied_cost=1, nights=1, seed=1
            ),
            "nights=1",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_parties_that_are_drawn_have_the_cost_of_parties_that_are_counted():
    # 4,000 nights by an interval that misses in 1e-6 of cases; 21 bookings in parties of two.
    seen = simulated(
        deciding(0.8, party=2), [21], places=18, empty_cost=60, denied_cost=150, nights=4000,
        seed=3, confidence=1 - 1e-6,
    )  # fmt: skip
    law = party_shows(21, 0.8, party=2)
    exact = show_costs(law, places=18, bookings=21, empty_cost=60, denied_cost=150)
    assert seen[0][1].holds(exact.cost)


def test_littlewood_s_rule_is_the_newsvendor_and_overbooking_is_too():
    demand = poisson(20)
    kept = littlewood(demand, high_price=500, low_price=100)
    assert kept == quantity(demand, underage=400, overage=100)
    over = marginal(demand, empty_cost=100, denied_cost=300)
    assert over.extra == quantity(demand, underage=100, overage=300).quantity
