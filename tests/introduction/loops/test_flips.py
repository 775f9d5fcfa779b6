"""What flips a conclusion: against closed forms; and every model's assumptions and conclusions."""

import math

import pytest

from svclab.introduction.loops import (
    Assumption,
    Conclusion,
    Model,
    Spiral,
    change,
    flip_points,
    models,
    revenue_of,
    spiral_push,
    stable_share,
    tornado,
)

ALL = [(name, one.name) for name, model in models().items() for one in model.conclusions]


def row(name, conclusion, assumption):
    found = flip_points(models()[name], conclusion)
    return next(one for one in found.rows if one.assumption == assumption)


def test_the_share_and_the_delay_at_which_rest_ends_are_levin_and_mays():
    assert row("closed loop", "comes to rest", "share").above == pytest.approx(stable_share(1))
    first = next(d for d in range(13) if stable_share(d) <= 0.2)
    assert row("closed loop", "comes to rest", "delay").above == first


def test_the_push_that_ends_the_trap_is_the_closed_forms():
    push = row("spiral", "no trap", "push").above
    assert push == pytest.approx(spiral_push(Spiral()), rel=1e-3)


def test_the_recommendation_at_which_the_base_carries_itself():
    """p + w s = 1 with p = 0.2 + 0.7 · 0.7: w = 0.31 / 0.7."""
    found = row("performance", "carries itself", "recommend").above
    assert found == pytest.approx(0.31 / 0.7)


@pytest.mark.parametrize(("name", "conclusion"), ALL)
def test_at_each_flip_point_the_conclusion_has_flipped_and_just_before_it_has_not(name, conclusion):
    model = models()[name]
    base, judge = model.values(), model.conclusion(conclusion)
    found = flip_points(model, conclusion)
    assert found.holds == judge.holds(base)
    for one in found.rows:
        for value in (one.below, one.above):
            if value is None:
                continue
            assert judge.holds({**base, one.assumption: value}) != found.holds
            back = 1 if one.assumption == "delay" else 1e-3 * max(abs(value - one.value), 1e-9)
            before = value + math.copysign(back, one.value - value)
            before = round(before) if one.assumption == "delay" else before
            assert judge.holds({**base, one.assumption: before}) == found.holds


@pytest.mark.parametrize(("name", "conclusion"), ALL)
def test_every_conclusion_can_be_flipped_by_moving_one_assumption_alone(name, conclusion):
    found = flip_points(models()[name], conclusion)
    assert found.movers
    assert all(mover in found.sentence for mover in found.movers)


@pytest.mark.parametrize("name", list(models()))
def test_every_assumption_says_where_it_comes_from_and_what_it_means(name):
    model = models()[name]
    for one in model.assumptions:
        assert one.origin in ("source", "literature", "invented")
        assert one.meaning
        assert one.low <= one.value <= one.high
    shown = repr(model)
    assert all(text in shown for text in model.equations)
    assert "invented" in model._repr_html_()


def test_a_change_says_which_conclusion_flips_and_no_change_flips_none():
    model = models()["spiral"]
    assert change(model, sharing=0.3).flipped == ("no trap",)
    assert change(model, shock=-0.4).flipped == ("heals",)
    assert change(model).flipped == ()
    assert "no trap" in change(model, sharing=0.3).sentence


def test_cutting_capacity_saves_only_where_mistakes_are_cheap_or_capacity_is_idle():
    model = models()["sub-systems"]
    assert change(model).before["cutting saves"] is False
    for one in ({"failure_cost": 50}, {"capacity": 155}, {"strain": 0.2}, {"demand": 80}):
        assert change(model, **one).flipped == ("cutting saves",), one


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"price": 1}, "assumption='price': give one of 'share'"),
        ({"share": 4}, "share=4: give a number from 0 to 3"),
        ({"delay": 1.5}, "delay=1.5: give a whole number"),
    ],
)
def test_a_change_that_cannot_be_is_told(changes, message):
    with pytest.raises(ValueError, match=message):
        change(models()["closed loop"], **changes)


def line(**slopes: float) -> Model:
    """A model whose conclusion is a straight line above 0."""
    names = tuple(Assumption(name, 1.0, 0.0, 2.0, "", "invented", "a slope") for name in slopes)

    def total(values):
        return math.fsum(slopes[name] * values[name] for name in slopes)

    rises = Conclusion("above", "The sum is above 0.", lambda v: total(v) > 0)
    return Model("line", "A straight line", (), names, (rises,))


def test_flip_points_of_a_straight_line_are_solved_by_hand():
    """3a − 2b + c/2 with all at 1 is 1.5: it reaches 0 at a = 0.5 and b = 1.75, c never alone."""
    rows = {one.assumption: one for one in flip_points(line(a=3, b=-2, c=0.5), "above").rows}
    assert rows["a"].below == pytest.approx(0.5)
    assert rows["b"].above == pytest.approx(1.75)
    assert (rows["a"].above, rows["b"].below) == (None, None)
    assert (rows["c"].above, rows["c"].below) == (None, None)


def test_a_tornado_of_a_straight_line_ranks_the_slopes():
    model = line(a=3, b=-5, c=0.5)
    found = tornado(model, lambda v: 3 * v["a"] - 5 * v["b"] + 0.5 * v["c"], name="sum")
    assert [bar.assumption for bar in found.bars] == ["b", "a", "c"]
    assert [bar.width for bar in found.bars] == [10, 6, 1]
    assert found.base == -1.5


def test_a_tornado_over_some_assumptions_and_over_none():
    model = models()["performance"]
    found = tornado(model, revenue_of, name="revenue", only=["spend", "low"])
    assert [bar.assumption for bar in found.bars] == ["spend", "low"]
    spend = found.bars[0]
    assert spend.at_high / spend.at_low == pytest.approx(2)
    with pytest.raises(ValueError, match="only='price'"):
        tornado(model, revenue_of, name="revenue", only=["price"])
    with pytest.raises(ValueError, match="only is empty"):
        tornado(model, revenue_of, name="revenue", only=[])


def test_an_unknown_conclusion_or_origin_is_told():
    with pytest.raises(ValueError, match="conclusion='wins': give one of 'heals' or 'no trap'"):
        flip_points(models()["spiral"], "wins")
    with pytest.raises(ValueError, match="origin='guess'"):
        Assumption("a", 1, 0, 2, "", "guess", "")
