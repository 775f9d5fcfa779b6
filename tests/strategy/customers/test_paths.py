"""Path models and the service profit chain: effects against matrices, lists and simulation."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.strategy.customers import EVIDENCE, STEPS, evidence, path_model, service_profit_chain

names = "abcdefg"
strengths = st.floats(-1, 1)


@st.composite
def models(draw):
    """Arrows from earlier to later letters only, so never a circle; told in any order."""
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    return draw(st.permutations([(a, b, draw(strengths)) for a, b in chosen]))


def by_matrix(links, source):
    """Effects by (I + B + B² + ...): powers of the matrix of strengths."""
    known = sorted({n for a, b, _ in links for n in (a, b)})
    row = {n: float(n == source) for n in known}
    total = dict(row)
    for _ in known:
        row = {n: math.fsum(row[a] * s for a, b, s in links if b == n) for n in known}
        total = {n: total[n] + row[n] for n in known}
    return total


@given(models())
def test_listed_paths_pushes_and_powers_of_the_matrix_agree(links):
    model = path_model(links)
    source = model.order[0]
    expected = by_matrix(links, source)
    pushed = model.push({source: 1})
    for target in model.order[1:]:
        found = model.effect(source, target)
        assert found.total == pytest.approx(expected[target], abs=1e-12)
        assert pushed[target] == pytest.approx(expected[target], abs=1e-12)
        assert all(p[0] == source and p[-1] == target for p in found.paths)


@given(models())
def test_every_quantity_comes_after_its_causes(links):
    order = path_model(links).order
    assert all(order.index(a) < order.index(b) for a, b, _ in links)


@given(models(), st.data())
def test_a_circle_is_refused_and_named(links, data):
    a, b, _ = data.draw(st.sampled_from(links))
    middle = "z"
    with pytest.raises(ValueError, match="circle") as caught:
        path_model([*links, (b, middle, 0.5), (middle, a, 0.5)])
    walk = str(caught.value).split("circle: ")[1].split(";")[0].split(" → ")
    assert walk[0] == walk[-1]
    arrows = {(x, y) for x, y, _ in links} | {(b, middle), (middle, a)}
    assert all(pair in arrows for pair in pairwise(walk))


@pytest.mark.parametrize(
    ("links", "word"),
    [
        ([], "empty"),
        ([("a", "a", 1)], "itself"),
        ([("a", "b", 1), ("a", "b", 2)], "twice"),
        ([("a", "b", math.nan)], "strength"),
        ([("a", "b")], "source, target, strength"),
        (["ab"], "source, target, strength"),
        ([("a", " ", 1)], "no name"),
        ([("a", 3, 1)], "no name"),
        ([("a", "b", 1), ("b", "a", 1)], "circle"),
    ],
)
def test_impossible_models_are_refused_with_what_to_do(links, word):
    with pytest.raises(ValueError, match=word):
        path_model(links)


def test_unknown_names_are_refused():
    model = path_model([("a", "b", 1)])
    for ask in (
        lambda: model.effect("a", "c"),
        lambda: model.effect("a", "a"),
        lambda: model.push({"x": 1}),
        lambda: model.with_strengths({("b", "a"): 1}),
    ):
        with pytest.raises(ValueError, match=r"[acbx]"):
            ask()


def test_no_path_means_no_effect():
    model = path_model([("a", "b", 1), ("c", "b", 1)])
    assert model.effect("a", "c").total == 0
    assert model.effect("a", "c").sentence == "No path leads from a to c."


def slope(xs, ys):
    mx, my = math.fsum(xs) / len(xs), math.fsum(ys) / len(ys)
    return math.fsum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / math.fsum(
        (x - mx) ** 2 for x in xs
    )


def test_a_slope_in_simulated_cases_is_the_total_effect_of_a_first_cause():
    model = path_model([("a", "b", 0.5), ("b", "c", 0.4), ("a", "c", 0.1)])
    cases = model.simulated(cases=20_000, seed=4)
    # The residual of c on a has variance 1 + 0.4² and a has variance 1: the standard error is
    # 0.0076; 4.9 of them, a false alarm in a million.
    assert slope(cases["a"], cases["c"]) == pytest.approx(
        model.effect("a", "c").total, abs=4.9 * math.sqrt(1.16 / 20_000)
    )


def test_a_slope_between_effects_of_a_common_cause_is_not_an_effect():
    model = path_model([("owner's care", "happy staff", 0.8), ("owner's care", "profit", 0.8)])
    cases = model.simulated(cases=20_000, seed=4)
    assert model.effect("happy staff", "profit").total == 0
    # Expected 0.64 / 1.64 = 0.39: far from the true effect of nothing.
    assert slope(cases["happy staff"], cases["profit"]) == pytest.approx(0.64 / 1.64, abs=0.03)


def test_tornado_puts_the_weakest_arrow_of_a_chain_first():
    """Along one path, a step on an arrow changes the product by all the others'."""
    model = path_model([("a", "b", 0.9), ("b", "c", 0.2), ("c", "d", 0.5)])
    rows = model.tornado("a", "d", change=0.1)
    assert [row["arrow"] for row in rows] == ["b → c", "c → d", "a → b"]
    assert rows[0]["swing"] == pytest.approx(2 * 0.1 * 0.9 * 0.5)


def test_the_chain_is_the_product_of_its_six_links():
    chain = service_profit_chain()
    found = chain.effect(STEPS[0], STEPS[-1])
    assert found.total == pytest.approx(0.5 * 0.4 * 0.4 * 0.6 * 0.5 * 0.4)
    assert len(found.paths) == 1
    strong = service_profit_chain({(STEPS[4], STEPS[5]): 1.0})
    assert strong.effect(STEPS[0], STEPS[-1]).total == pytest.approx(2 * found.total)


def test_a_cost_of_good_conditions_turns_the_conclusion_round():
    ends = (STEPS[0], STEPS[-1])
    assert service_profit_chain().effect(*ends).total > 0
    assert service_profit_chain(cost=-0.02).effect(*ends).total < 0
    assert service_profit_chain(direct=-0.2).effect(*ends).direct == 0


def test_every_link_of_the_chain_has_both_sides_cited():
    chain = {(k.source, k.target) for k in service_profit_chain().links}
    assert chain <= {(e.source, e.target) for e in EVIDENCE}
    for one in EVIDENCE:
        assert one.contested
        for finding in (*one.supports, *one.doubts):
            assert "(19" in finding or "(20" in finding
    with pytest.raises(ValueError, match="no link"):
        evidence(source="luck")


@settings(max_examples=30)
@given(models())
def test_models_show_themselves(links):
    model = path_model(links)
    assert "arrows" in model.sentence
    assert model._repr_html_().count("<tr>") == len(links) + 1


def test_paths_that_never_reach_the_target_are_not_followed():
    # 30 layers of two lead away from the target by 2**30 paths; one arrow leads to it.
    layers = [("start", f"{side}0", 1.0) for side in "ab"]
    for k in range(30):
        layers += [(f"{a}{k}", f"{b}{k + 1}", 1.0) for a in "ab" for b in "ab"]
    model = path_model([*layers, ("start", "target", 0.4)])
    assert model.effect("start", "target").paths == {("start", "target"): 0.4}
    with pytest.raises(ValueError, match="too many paths"):
        model.effect("start", "a30")


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: service_profit_chain(cost=0.5), "cost=0.5: give a number from -10 to 0"),
        (lambda: service_profit_chain().tornado(STEPS[0], "luck"), "target='luck'"),
        (lambda: service_profit_chain().tornado(STEPS[0], STEPS[6], change=-1), "change=-1"),
        (lambda: path_model([("a", "b", 1)]).with_strengths({("a", "b"): "x"}),
         "strength of a → b='x'"),
    ],
)  # fmt: skip
def test_what_a_chain_cannot_be_asked_is_named(ask, says):
    with pytest.raises(ValueError, match=says):
        ask()
