"""The exercises on weighing, choosing and balance: their answers by the chapter's other models."""

from __future__ import annotations

import math
from itertools import product

import pytest
from dealt import dealt

from svclab.practice import check
from svclab.strategy import exercises
from svclab.strategy.balance import Growth, Idea, grow, innovation_portfolio, portfolio_by_ratio
from svclab.strategy.choices import (
    STATES,
    KtvTerms,
    break_even_royalty,
    information_tree,
    payoff_table,
    rollback,
    sample_information,
    shop_value,
)
from svclab.strategy.exercises.goals import PLACES as GOALS
from svclab.strategy.exercises.ideas import PLACES as IDEAS
from svclab.strategy.exercises.ideas import TECH
from svclab.strategy.growth import Bass
from svclab.strategy.positions import align
from svclab.strategy.weighing import compare, doubts, geometric_weights, rank_reversal


def test_a_weight_of_three_criteria_is_the_geometric_mean_and_two_judgements_imply_the_third() -> (
    None
):
    for variant in dealt(exercises.pair_weights, 30):
        p = variant.p
        a, b, c = p.names
        found = compare({(a, b): p.ab, (b, c): p.bc, (a, c): p.ac})
        assert 100 * geometric_weights(found)[a] == pytest.approx(variant.right["weight"])
        agreed = compare({(a, b): p.ab, (b, c): p.bc, (a, c): variant.right["implied"]})
        assert agreed.ratio == pytest.approx(0, abs=1e-9)
        assert (doubts(found).ratio <= 0.1) == (variant.right["does"] == "use")


def test_a_copy_turns_what_the_chapters_reversal_says_and_nothing_in_the_ideal_mode() -> None:
    turned = 0
    for variant in dealt(exercises.copy_comes_in, 40):
        p, right = variant.p, variant.right
        names = [str(k) for k in range(3)]
        old = ("Anhe", "Beichen", "Cuiyu")
        weights = dict(zip(names, map(float, p.weights), strict=True))
        under = {
            n: {o: float(row[k]) for o, row in zip(old, p.scores, strict=True)}
            for k, n in enumerate(names)
        }
        found = rank_reversal(weights, under, old[p.copied])
        assert (right["before"], right["after"]) in found.flipped or (
            right["before"] == right["after"]
        )
        turned += right["before"] != right["after"]
        ideal = rank_reversal(weights, under, old[p.copied], mode="ideal")
        assert not ideal.flipped
        assert ideal.before.order[0] == right["ideal"]
    assert 20 <= turned <= 36  # about 70 percent: a copy need not turn anything


def test_the_peak_of_the_spread_is_that_of_small_steps_of_the_chapters_curve() -> None:
    for variant in dealt(exercises.spread_of_service, 20):
        p, right = variant.p, variant.right
        curve = Bass(p.market, p.p, p.q)
        times = [k / 50 for k in range(50 * 40)]
        assert max(times, key=curve.rate) == pytest.approx(right["peak"], abs=0.021)
        assert 100 * curve.share(right["peak"]) == pytest.approx(right["share"])
        years = [curve.within(t) for t in range(1, 30)]
        rising = years[p.seen] > years[p.seen - 1]
        assert right["next"] == ("more" if rising else "fewer")


def test_the_tree_with_the_study_is_worth_what_the_answers_say() -> None:
    kinds = set()
    for variant in dealt(exercises.market_study, 40):
        p, right = variant.p, variant.right
        s = p.strong / 100
        base = payoff_table(
            {m: dict(zip(("strong", "weak"), map(float, row), strict=True))
             for m, row in (("self-run", p.own), ("franchise", p.other))},
            {"strong": s, "weak": 1 - s},
        )  # fmt: skip
        says = {
            state: {"yes": x / 100, "no": 1 - x / 100}
            for state, x in zip(("strong", "weak"), p.says, strict=True)
        }
        study = sample_information(base, says, cost=p.cost)
        tree = rollback(information_tree(study))
        assert tree.options["no study"] == pytest.approx(right["mean"])
        assert tree.options["study"] == pytest.approx(right["mean"] + right["study"] - p.cost)
        assert (tree.first == "study") == (right["buy"] == "buy")
        assert 0 <= right["study"] <= right["perfect"] + 1e-9
        kinds.add(right["buy"])
    assert kinds == {"buy", "costly", "same"}


@pytest.mark.parametrize(
    ("right", "said", "thought"),
    [
        ("same", "buy", "mostly_right"), ("same", "costly", "cost_first"),
        ("costly", "buy", "at_any_price"), ("costly", "same", "nothing_changes"),
        ("buy", "costly", "it_errs"), ("buy", "same", "nothing_changes"),
    ],
)  # fmt: skip
def test_each_wrong_verdict_on_the_study_has_a_thought_of_its_own(
    right: str, said: str, thought: str
) -> None:
    found = [v for v in dealt(exercises.market_study, 40) if v.right["buy"] == right]
    assert found
    for variant in found:
        assert check(variant, {"buy": said}).misconceptions == [thought]


def test_the_break_even_royalty_is_that_of_the_ktv_case_without_its_risks() -> None:
    for variant in dealt(exercises.franchise_fee, 20):
        p, right = variant.p, variant.right
        terms = KtvTerms(
            revenue=dict.fromkeys(STATES, float(p.revenue)), years=p.years,
            discount=p.discount / 100, investment=float(p.invest),
            variable=1 - p.margin / p.revenue, fixed=0.0, head_office=0.0, failure=0.0,
            closing=0.0, salvage=0.0, openings=(1,), entry_fee=float(p.fee),
            royalty=p.offered / 100, setup=0.0, supervision=float(p.watch),
            franchise_failure=0.0, brand_loss=0.0, incident=0.0,
        )  # fmt: skip
        own = shop_value(terms, "self-run", "fair")
        assert own == pytest.approx(right["own"])
        assert 100 * break_even_royalty(terms) == pytest.approx(right["royalty"])
        better = shop_value(terms, "franchise", "fair") > own
        assert right["mode"] == ("franchise" if better else "own")


def test_runs_under_the_same_luck_tell_more_and_the_verdict_is_that_of_two_errors() -> None:
    smaller = 0
    for variant in dealt(exercises.same_luck, 40):
        p, right = variant.p, variant.right
        gaps = [a - b for a, b in zip(p.own, p.other, strict=True)]
        mean = math.fsum(gaps) / len(gaps)
        variance = math.fsum((g - mean) ** 2 for g in gaps) / (len(gaps) - 1)
        assert right["error"] == pytest.approx(math.sqrt(variance / len(gaps)))
        sure = abs(mean) > 2 * right["error"]
        assert right["says"] == (("own" if mean > 0 else "other") if sure else "open")
        wrong = {one.name: values for one, values in variant.wrong}
        smaller += right["error"] < wrong["different_luck"]["error"]
    assert smaller == 40


def test_goals_are_covered_idle_and_in_conflict_as_the_chapters_matrix_says() -> None:
    for variant in dealt(exercises.goal_matrix, 30):
        _, goals, corporate = GOALS[variant.p.place]
        found = align(
            {g: dict(zip(corporate, map(float, row), strict=True))
             for g, row in zip(goals, variant.p.rows, strict=True)}
        )  # fmt: skip
        assert list(found.uncovered) == variant.right["uncovered"]
        assert found.orphans == (variant.right["idle"],)
        assert len(found.conflicts) == variant.right["conflicts"]


def test_the_portfolio_is_that_of_the_chapters_integer_program() -> None:
    for variant in dealt(exercises.ideas_budget)[:6]:
        p = variant.p
        ideas = [
            Idea(name, route, v, c, chance / 10)
            for (name, route), c, v, chance in zip(
                IDEAS[p.place][1], p.costs, p.values, p.chances, strict=True
            )
        ]
        best = innovation_portfolio(ideas, budget=p.budget, caps={TECH: p.cap})
        taken = [row["take"] == "yes" for row in variant.right["plan"].values()]
        assert {i.name for i, t in zip(ideas, taken, strict=True) if t} == best.taken
        free = innovation_portfolio(ideas, budget=p.budget)
        assert free.worth - best.worth == pytest.approx(variant.right["price"])
        assert portfolio_by_ratio(ideas, budget=p.budget).worth <= free.worth


def test_a_portfolio_that_is_too_expensive_or_too_technical_is_told_so() -> None:
    variant = dealt(exercises.ideas_budget)[0]
    names = [f"i{k}" for k in range(7)]
    words = set()
    for taken in product(("yes", "no"), repeat=7):
        plan = {name: {"take": t} for name, t in zip(names, taken, strict=True)}
        said = check(variant, {"plan": plan}).fields["plan"]
        words.add(said.message.split(":")[1].strip().split(" ")[0] if ":" in said.message else "")
        assert said.share <= 1
    assert {"it", "technology"} <= words
    nothing = check(variant, {"plan": {name: {"take": "no"} for name in names}}).fields["plan"]
    assert nothing.status != "right"


def test_the_load_of_steady_growth_is_where_the_chapters_model_settles() -> None:
    """In small steps a year's growth of g is a pace of ln(1 + g): load 1 + ln(1 + g) / c."""
    for growth, hiring in ((0.06, 0.5), (0.1, 0.4), (0.15, 0.6)):
        terms = Growth(growth=growth, hiring=hiring, delay=1.0, word_of_mouth=0.0, slope=0.2)
        run = grow(terms, years=60, steps=100)
        expected = 1 + math.log(1 + growth) / hiring
        assert run.years[-1].load == pytest.approx(expected, rel=0.01)
        last = run.years[-1]
        drop = terms.base + terms.slope * (expected - 1)
        lost = last.dropouts / (last.dropouts + last.graduates)
        assert lost == pytest.approx(drop / (drop + terms.graduation), rel=0.01)


def test_the_fastest_growth_loses_just_what_the_board_allows() -> None:
    for variant in dealt(exercises.fast_growth, 30):
        p, right = variant.p, variant.right
        drop = p.base + p.slope * right["fastest"] / p.found
        assert 100 * drop / (drop + p.grad) == pytest.approx(p.limit)
        assert (right["lost"] > p.limit) == (p.growth > right["fastest"])
