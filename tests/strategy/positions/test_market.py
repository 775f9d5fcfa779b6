"""Shares and prices on the line: Hotelling, logit, grids, and when the middle is stuck."""

import math
from dataclasses import replace
from itertools import product
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.strategy.positions import (
    Firm,
    NoPricesError,
    Segment,
    Tastes,
    along_the_line,
    best_prices,
    market,
    middle,
    temptation,
    unit_cost,
)

EVERYBODY = [Segment("all", 1000, 0.5, 0.5)]
CELL = 1 / 41  # customers are counted at 41 places of a segment


@st.composite
def firms(draw, least=1, most=4):
    n = draw(st.integers(least, most))
    return [
        Firm(f"f{k}", draw(st.floats(0, 1)), draw(st.floats(0, 80)), draw(st.floats(0, 50)))
        for k in range(n)
    ]


@given(firms(), st.sampled_from([0.0, 0.5, 6.0, 50.0]), st.sampled_from([1, 2]))
def test_shares_add_up_to_one_or_less_with_an_outside(offers, noise, power):
    inside = market(offers, EVERYBODY, Tastes(noise=noise, power=power))
    assert math.fsum(inside.shares.values()) == pytest.approx(1)
    away = market(offers, EVERYBODY, Tastes(noise=noise, power=power, worth=40))
    assert math.fsum(away.shares.values()) <= 1 + 1e-12


@given(st.floats(0.05, 0.45), st.floats(0.55, 0.95), st.floats(-8, 8), st.sampled_from([1, 2]))
def test_without_noise_the_boundary_is_hotellings(a, b, dearer, power):
    # Closed form: with distance, x = (a + b)/2 + Δp/2t while it lies between the firms; with its
    # square, x = (a + b)/2 + Δp / 2t(b - a), everywhere.
    travel = 60.0
    width = 1 if power == 1 else b - a
    edge = (a + b) / 2 + dearer / (2 * travel * width)
    if power == 1 and not a < edge < b:
        return
    found = market(
        [Firm("left", a, 30), Firm("right", b, 30 + dearer)],
        EVERYBODY,
        Tastes(travel=travel, power=power, noise=0),
    )
    assert found.shares["left"] == pytest.approx(min(1, max(0, edge)), abs=CELL)


def test_equals_share_without_noise():
    found = market([Firm("a", 0.3, 20), Firm("b", 0.3, 20)], EVERYBODY, Tastes(noise=0))
    assert found.shares == {"a": 0.5, "b": 0.5}


@given(firms(least=2), st.floats(1, 30))
def test_only_differences_of_price_count_when_everybody_buys(offers, extra):
    dearer = [replace(f, price=f.price + extra) for f in offers]
    one, other = market(offers, EVERYBODY), market(dearer, EVERYBODY)
    assert one.shares == pytest.approx(other.shares, abs=1e-9)


def test_logit_shares_are_those_of_simulated_customers():
    # 20,000 people with Gumbel noise: the spread of a share is at most 0.5, its standard error
    # 0.0035; five of them alarm falsely less than once in 100,000 for each of three firms.
    offers = [Firm("a", 0.2, 30), Firm("b", 0.5, 33), Firm("c", 0.9, 35)]
    tastes = Tastes(travel=60, noise=6)
    stream = Random("gumbel")
    wins = dict.fromkeys("abc", 0)
    ideals = EVERYBODY[0].ideals
    for k in range(20_000):
        ideal = ideals[k % len(ideals)]
        best = max(
            offers,
            key=lambda f: (
                tastes.value(f, ideal) - tastes.noise * math.log(-math.log(stream.random()))
            ),
        )
        wins[best.name] += 1
    shares = market(offers, EVERYBODY, tastes).shares
    for name, n in wins.items():
        assert n / 20_000 == pytest.approx(shares[name], abs=5 * 0.0036)


@pytest.mark.parametrize("n", [2, 3, 5])
@pytest.mark.parametrize("noise", [2.0, 6.0, 15.0])
def test_equal_firms_take_cost_plus_noise_times_n_over_n_less_one(n, noise):
    # Anderson, de Palma and Thisse (1992): the symmetric logit price.
    offers = [Firm(f"f{k}", 0.5, 20 + k, cost=20) for k in range(n)]
    found = best_prices(offers, EVERYBODY, Tastes(noise=noise))
    for firm in found.firms:
        assert firm.price == pytest.approx(20 + noise * n / (n - 1), rel=1e-7)


def test_ends_of_the_line_with_little_noise_take_the_price_of_hotelling():
    # d'Aspremont and others (1979): at the ends with squared distance, price = cost + travel. The
    # noise is small against travel but wider than a cell of customers.
    offers = [Firm("l", 0, 50, cost=20), Firm("r", 1, 50, cost=20)]
    found = best_prices(offers, EVERYBODY, Tastes(travel=40, noise=1.5))
    assert [f.price for f in found.firms] == pytest.approx([60, 60], rel=0.05)


@settings(max_examples=8)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(10, 40)), min_size=2, max_size=3),
    st.floats(8, 25),
)
def test_at_the_best_prices_no_other_price_earns_more(places, noise):
    offers = [Firm(f"f{k}", x, c + noise, c) for k, (x, c) in enumerate(places)]
    tastes = Tastes(travel=40, noise=noise)
    found = best_prices(offers, EVERYBODY, tastes)
    assert max(temptation(found, tastes, tries=25).values()) == 0


def ends_and_middle(polarised):
    """Customers as in middle(), and in the positioning map."""
    ends = 500 * polarised
    return [
        Segment("want plain", ends, 0.1, 0.1),
        Segment("want special", ends, 0.9, 0.1),
        Segment("all kinds", 1000 - 2 * ends, 0.5, 0.5),
    ]


def slope(found, k, tastes):
    """What firm k gains by one more yuan, over its customers: by a difference of profits."""
    profits = []
    for step in (-1e-4, 1e-4):
        firm = replace(found.firms[k], price=found.firms[k].price + step)
        moved = (*found.firms[:k], firm, *found.firms[k + 1 :])
        profits.append(market(moved, found.segments, tastes).profits[firm.name])
    return (profits[1] - profits[0]) / 2e-4


@pytest.mark.parametrize("seed", range(60))
def test_prices_settle_where_no_small_step_pays_wherever_the_map_can_set_the_firms(seed):
    # Two to four firms on all places, noises, costs and customers of the positioning map; the
    # third and the fourth may focus. Half-way steps swung here for up to 677 rounds.
    draw = Random(f"settling/{seed}")
    noise, bend = draw.choice([4, 6, 10, 16]), draw.choice([0.5, 1, 2])
    offers = []
    for k in range(draw.choice([2, 3, 4])):
        place = draw.randint(0, 50) / 50
        cost = unit_cost(place, plain=20, special=60, bend=bend)
        only = () if k < 2 else draw.choice([(), ("want special",), ("want plain",)])
        offers.append(Firm(f"f{k}", place, cost + 2 * noise, cost, only=only))
    tastes = Tastes(noise=noise, premium=40)
    found = best_prices(offers, ends_and_middle(draw.randint(0, 19) / 20), tastes)
    for k, firm in enumerate(found.firms):
        assert abs(slope(found, k, tastes)) <= 1e-4 * max(1, found.customers[firm.name])


@pytest.mark.parametrize(
    ("places", "segments", "noise"),
    [
        ((0.54, 1.0, 0.22), 1.0, 6),  # 677 rounds by half-way steps
        ((0.1, 0.1, 0.76), 1.0, 4),  # 664: two firms in one place
        ((0.5, 0.5, 0.5, 0.5), 0.9, 4),
    ],
)
def test_prices_that_swing_come_to_rest_in_the_same_place_from_anywhere(places, segments, noise):
    people, tastes = ends_and_middle(segments), Tastes(noise=noise, premium=40)
    results = []
    for first in (0, 40, 150):
        offers = [
            Firm(f"f{k}", x, first + 7 * k, unit_cost(x, plain=20, special=60))
            for k, x in enumerate(places)
        ]
        results.append([f.price for f in best_prices(offers, people, tastes).firms])
    assert results[0] == pytest.approx(results[1], abs=1e-4)
    assert results[0] == pytest.approx(results[2], abs=1e-4)


def test_prices_that_climb_or_swing_for_ever_are_told_apart():
    # Everybody wants one of the ends, and each end has one firm: nobody thinks of leaving.
    far = [Firm("l", 0.04, 30, 20), Firm("r", 0.94, 65, 55)]
    with pytest.raises(NoPricesError, match=r"climb on and on, beyond \d+ yuan.* a rival") as e:
        best_prices(far, ends_and_middle(1), Tastes(noise=4, premium=40))
    assert e.value.why == "climb"
    held = best_prices(far, ends_and_middle(1), Tastes(noise=4, premium=40, worth=80))
    assert all(firm.price < 120 for firm in held.firms)
    with pytest.raises(NoPricesError, match=r"3 firms do not settle with noise=0\.2") as e:
        middle(noise=0.2, polarised=0)
    assert e.value.why == "swing"


@pytest.mark.parametrize("noise", [2, 3, 4, 6, 10, 16])
def test_the_three_firms_of_the_middle_settle_for_all_customers_and_costs(noise):
    for polarised, bend, place in product((0, 0.5, 0.9, 1), (0.5, 1, 2), (0.2, 0.5, 0.9)):
        middle(noise=noise, polarised=polarised, bend=bend, place=place)


@pytest.mark.parametrize(
    ("changed", "stuck"),
    [({}, True), ({"polarised": 0.5}, False), ({"bend": 2}, False), ({"noise": 10.0}, False)],
)
def test_the_middle_is_stuck_only_under_some_assumptions(changed, stuck):
    found = middle(**changed)
    assert found.is_stuck is stuck
    assert ("stuck in the middle" in found.sentence) is stuck
    # No firm would change its price, so that the verdict is not one of a false equilibrium.
    assumptions = {"travel": 60.0, "noise": 6.0, "premium": 40.0}
    assumptions["noise"] = changed.get("noise", 6.0)
    assert max(temptation(found.market, Tastes(**assumptions), tries=20).values()) == 0


def test_the_ends_earn_the_same_where_nothing_favours_one():
    profits = middle(polarised=0.3).market.profits
    assert profits["plain"] == pytest.approx(profits["special"], rel=1e-6)


def test_focus_sells_to_its_segment_only():
    groups = [Segment("young", 600, 0.2, 0.1), Segment("families", 400, 0.8, 0.1)]
    offers = [Firm("all", 0.4, 30, 18), Firm("kids", 0.8, 32, 20, only=("families",))]
    found = market(offers, groups)
    assert found.sold["kids", "young"] == 0
    assert found.sold["kids", "families"] > 200
    assert found.strategies["kids"] == "focus"
    alone = market([offers[1]], groups)
    assert alone.shares["kids"] == pytest.approx(0.4)


def test_strategies_are_named_by_cost_and_place():
    three = [Firm("a", 0.1, 30, 20), Firm("b", 0.5, 40, 30), Firm("c", 0.9, 60, 45)]
    assert list(market(three, EVERYBODY).strategies.values()) == [
        "cost leadership",
        "in the middle",
        "differentiation",
    ]
    assert market([Firm("a", 0.9, 30, 20), Firm("b", 0.5, 40, 30)], EVERYBODY).strategies == {
        "a": "both",
        "b": "in the middle",
    }


def test_a_firm_that_moves_takes_its_cost_along():
    def cost(place):
        return unit_cost(place, plain=20, special=60, bend=2)

    pair = [Firm("we", 0.2, 40, cost(0.2)), Firm("they", 0.7, 50, 30)]
    tried = along_the_line(pair, EVERYBODY, "we", [0.0, 0.5, 1.0], cost=cost)
    ours = [found.firms[0] for _, found in tried]
    assert [f.cost for f in ours] == [20, 30, 60]
    assert [f.price - f.cost for f in ours] == pytest.approx([40 - cost(0.2)] * 3)
    reacted = along_the_line(pair, EVERYBODY, "we", [0.7], react=True)[0][1]
    assert max(temptation(reacted, tries=20).values()) == 0


@given(st.floats(0, 1), st.floats(0.2, 5))
def test_unit_cost_rises_from_end_to_end(position, bend):
    value = unit_cost(position, plain=20, special=60, bend=bend)
    assert 20 <= value <= 60
    assert unit_cost(0, plain=20, special=60, bend=bend) == 20
    assert unit_cost(1, plain=20, special=60, bend=bend) == 60


def test_a_market_shows_itself():
    found = market([Firm("a", 0.1, 30, 20)], EVERYBODY)
    assert "a has the largest share, 100%" in repr(found)
    assert "<table>" in middle()._repr_html_()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: market([], EVERYBODY), "firms is empty"),
        (lambda: market([Firm("a", 0, 1)], []), "segments is empty"),
        (lambda: market([Firm("a", 0, 1), Firm("a", 1, 1)], EVERYBODY), "comes twice"),
        (lambda: market([Firm("a", 0, 1, only=("old",))], EVERYBODY), "sells only to 'old'"),
        (lambda: Firm("a", 1.5, 1), "position of 'a'=1.5"),
        (lambda: Firm("a", 0.5, -1), "price of 'a'=-1"),
        (lambda: Segment("s", 10, 0.9, 0.2), "keep it within 0 to 1"),
        (lambda: Segment("s", -1, 0.5), "customers of 's'"),
        (lambda: Tastes(power=3), "power=3"),
        (lambda: Tastes(noise=-1), "noise=-1"),
        (lambda: unit_cost(0.5, plain=1, special=2, bend=0), "bend=0"),
        (lambda: middle(polarised=90), "polarised=90"),
        (lambda: middle(place=0.05), "place=0.05"),
        (
            lambda: best_prices([Firm("a", 0, 1), Firm("b", 1, 1)], EVERYBODY, Tastes(noise=0)),
            "noise=0",
        ),
        (lambda: along_the_line([Firm("a", 0, 1)], EVERYBODY, "b", [0.5]), "name='b'"),
    ],
)
def test_what_cannot_be_used_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_a_firm_alone_could_ask_any_price_unless_people_can_stay_away():
    with pytest.raises(NoPricesError, match="could ask any price") as e:
        best_prices([Firm("a", 0.5, 30, 20)], EVERYBODY)
    assert e.value.why == "alone"
    found = best_prices([Firm("a", 0.5, 30, 20)], EVERYBODY, Tastes(worth=60))
    assert max(temptation(found, Tastes(worth=60)).values()) == 0
    assert found.shares["a"] < 1


def test_a_firm_that_sells_below_cost_is_tempted_by_a_price_with_a_margin():
    # Both at one place, noise 6: at the rival's 30 the share at price x is logistic in (30 - x)/6.
    pair = [Firm("cheap", 0.5, 10, cost=20), Firm("other", 0.5, 30, cost=20)]
    found = market(pair, EVERYBODY)
    people = sum(segment.customers for segment in found.segments)
    tried = [30 * k / 60 for k in range(61)]  # margins up to five times the noise
    best = max(m * people / (1 + math.exp((20 + m - 30) / 6)) for m in tried)
    assert temptation(found)["cheap"] == pytest.approx(best - found.profits["cheap"])


def test_a_middle_that_earns_as_much_as_the_better_end_earns_most():
    found = middle()
    firms = tuple(replace(f, price=30.0, cost=20.0, fixed=0.0) for f in found.market.firms)
    sold = {(f.name, s.name): 1.0 for f in firms for s in found.market.segments}
    level = replace(found, market=replace(found.market, firms=firms, sold=sold))
    assert not level.is_stuck
    assert level.sentence.startswith("The middle earns most:")


def test_numbers_that_are_none_are_named_by_the_middle():
    with pytest.raises(ValueError, match="noise='x'"):
        middle(noise="x")
    with pytest.raises(ValueError, match="name='we': give one of 'plain', 'middle' or 'special'"):
        along_the_line(middle().market.firms, EVERYBODY, "we", [0.5])


def test_a_firm_that_sells_far_below_cost_gives_its_offer_away_in_a_cheaper_place():
    firms = [Firm("we", 0.9, 5, cost=56), Firm("they", 0.1, 40, cost=24)]
    tried = along_the_line(firms, EVERYBODY, "we", [0.0, 0.9], cost=lambda x: 20 + 40 * x)
    assert [found.firms[0].price for _, found in tried] == [0, 5]
