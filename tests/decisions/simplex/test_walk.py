"""The simplex method against HiGHS, enumerated corners and published tableaux."""

from fractions import Fraction

import pulp
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from programs import build, dakota, random_problems, toyco, toys, vertices, wyndor

from svclab.decisions.simplex import walk
from svclab.linear import exact, solve

RULES = st.sampled_from(["dantzig", "bland", "greatest"])
METHODS = st.sampled_from(["two-phase", "big-M"])


def test_toy_kit_by_hand():
    """E-05: over (3, 0), 60, to (2, 2), 70."""
    steps = walk(toys())
    assert steps.status == "optimal"
    assert [tuple(place.plan.values()) for place in steps.path] == [(0, 0), (3, 0), (2, 2)]
    assert [place.objective for place in steps.path] == [0, 60, 70]
    assert [(t.entering, t.leaving) for t in steps.tableaux] == [
        ("table", "slack large"),
        ("chair", "slack small"),
        (None, None),
    ]
    assert steps.tableaux[0].ratios == (3, 4)
    assert steps.shadow_prices == {"large": 5, "small": 5}
    assert steps.ties == ()


def test_toyco_ends_with_the_tableau_of_taha():
    """Taha, Operations Research: the optimal tableau of the TOYCO model."""
    last = walk(toyco()).last
    rows = dict(zip(last.basis, zip(last.body, last.right, strict=True), strict=True))
    assert last.columns == ("trains", "trucks", "cars", "slack one", "slack two", "slack three")
    assert last.z_row == (4, 0, 0, 1, 2, 0)
    assert last.z == 1350
    assert rows["trucks"] == ((Fraction(-1, 4), 1, 0, Fraction(1, 2), Fraction(-1, 4), 0), 100)
    assert rows["cars"] == ((Fraction(3, 2), 0, 1, 0, Fraction(1, 2), 0), 230)
    assert rows["slack three"] == ((2, 0, 0, -2, 1, 1), 20)


def test_dakota_ends_with_the_tableau_of_winston():
    """Winston, Operations Research, ch. 4: two pivots, by desks and chairs."""
    steps = walk(dakota())
    assert [t.entering for t in steps.tableaux] == ["desks", "chairs", None]
    last = steps.last
    rows = dict(zip(last.basis, zip(last.body, last.right, strict=True), strict=True))
    assert last.z_row == (0, 5, 0, 0, 10, 10, 0)
    assert rows["desks"] == ((1, Fraction(5, 4), 0, 0, Fraction(-1, 2), Fraction(3, 2), 0), 2)
    assert rows["chairs"] == ((0, -2, 1, 0, 2, -4, 0), 8)
    assert rows["slack lumber"] == ((0, -2, 0, 1, 2, -8, 0), 24)


def test_wyndor_walks_over_the_corners_of_hillier_and_lieberman():
    """From (0, 0) over (0, 6) to (2, 6)."""
    path = walk(wyndor()).path
    assert [tuple(p.plan.values()) for p in path] == [(0, 0), (0, 6), (2, 6)]


def beale():
    """The example of Beale (1955), which goes round in a circle of six tableaux."""
    return build(
        pulp.LpMaximize,
        [0.75, -20, 0.5, -6],
        [([0.25, -8, -1, 9], "<=", 0), ([0.5, -12, -0.5, 3], "<=", 0), ([0, 0, 1, 0], "<=", 1)],
    )


def cycling_57():
    """Maximise 10 x1 - 57 x2 - 9 x3 - 24 x4, the example of many lecture notes."""
    return build(
        pulp.LpMaximize,
        [10, -57, -9, -24],
        [
            ([0.5, -5.5, -2.5, 9], "<=", 0),
            ([0.5, -1.5, -0.5, 1], "<=", 0),
            ([1, 0, 0, 0], "<=", 1),
        ],
    )


@pytest.mark.parametrize(("problem", "best"), [(beale(), Fraction(5, 4)), (cycling_57(), 1)])
def test_cycling_is_seen_and_blands_rule_ends_it(problem, best):
    circle = walk(problem)
    assert circle.status == "cycling"
    assert len(circle.tableaux) == 7
    assert circle.tableaux[0].basis == circle.last.basis
    assert circle.tableaux[0].body == circle.last.body
    assert all(t.degenerate for t in circle.tableaux[:-1])
    assert len(circle.path) == 1
    assert "goes round in a circle" in circle.last.sentence
    straight = walk(problem, rule="bland")
    assert straight.status == "optimal"
    assert straight.objective == best
    assert solve(problem).objective == pytest.approx(float(best))


@settings(max_examples=200)
@given(random_problems(), RULES, METHODS)
def test_status_objective_plan_and_prices_are_those_of_highs(problem, rule, method):
    steps = walk(problem, rule=rule, method=method, limit=300)
    theirs = solve(problem)
    if steps.status == "cycling":  # allowed to all but Bland
        assert rule != "bland"
        return
    assert steps.status == theirs.status
    if steps.status != "optimal":
        return
    known = exact(problem)
    assert float(steps.objective) == pytest.approx(theirs.objective, abs=1e-6)
    assert known.feasible(tuple(steps.plan.values()), whole=False)
    assert known.objective(tuple(steps.plan.values())) == steps.objective
    if not steps.ties and not any(r == 0 for r in steps.last.right):
        ours = {name: float(price) for name, price in steps.shadow_prices.items()}
        assert ours == pytest.approx(dict(theirs.shadow_prices), abs=1e-6)


@settings(max_examples=100)
@given(random_problems((1, 3), bounded=True), RULES, METHODS)
def test_the_path_goes_over_enumerated_corners_and_never_down(problem, rule, method):
    steps = walk(problem, rule=rule, method=method)
    corners = vertices(problem)
    places = [place for place in steps.path if place.feasible]
    assert all(tuple(place.plan.values()) in corners for place in places)
    heights = [place.objective for place in places]
    if problem.sense == pulp.LpMinimize:
        heights = [-h for h in heights]
    second = [t for t in steps.tableaux if t.phase == 2]
    first = next(
        (i for i, p in enumerate(places) if second and p.tableaux[-1] >= second[0].number),
        len(places),
    )
    assert heights[first:] == sorted(heights[first:])


@settings(max_examples=100)
@given(random_problems(), RULES, METHODS)
def test_every_tableau_is_a_basis_and_every_ratio_keeps_it_feasible(problem, rule, method):
    steps = walk(problem, rule=rule, method=method)
    for t in steps.tableaux:
        assert all(right >= 0 for right in t.right)
        for i, name in enumerate(t.basis):
            column = t.columns.index(name)
            assert [line[column] for line in t.body] == [int(r == i) for r in range(len(t.basis))]
            assert t.z_row[column] == 0
        if t.leaving is not None and "takes its place" not in t.sentence:
            least = min(r for r in t.ratios if r is not None)
            assert t.ratios[t.basis.index(t.leaving)] == least


@settings(max_examples=60)
@given(random_problems())
def test_blands_rule_never_cycles(problem):
    assert walk(problem, rule="bland", limit=1000).status in ("optimal", "infeasible", "unbounded")


@settings(max_examples=60)
@given(random_problems())
def test_both_methods_agree(problem):
    one, other = (walk(problem, rule="bland", method=m) for m in ("two-phase", "big-M"))
    assert one.status == other.status
    assume(one.status == "optimal")
    assert one.objective == other.objective


def test_two_phases_are_told_and_infeasible_starts_are_marked():
    rows = [([1, 1], ">=", 2), ([1, -1], "=", 0), ([1, 0], "<=", 5)]
    steps = walk(build(pulp.LpMinimize, [2, 3], rows))
    assert steps.objective == 5
    assert not steps.path[0].feasible
    assert steps.tableaux[0].phase == 1
    assert steps.last.phase == 2
    assert any("artificial variable" in note for note in steps.notes)
    assert "artificial" in steps.tableaux[0].sentence
    assert "phase 1" in repr(steps.tableaux[0])
    assert "makes the sum of the artificial variables smaller by 2." in steps.tableaux[0].sentence
    big = walk(build(pulp.LpMinimize, [2, 3], rows), method="big-M")
    assert "M" in repr(big.tableaux[0])
    assert big.objective == 5


@settings(max_examples=100)
@given(random_problems(), RULES, METHODS)
def test_what_is_called_optimal_shows_no_negative_number_in_its_objective_row(
    problem, rule, method
):
    """Artificial variables may not enter in phase 2, so their columns are not shown there."""
    steps = walk(problem, rule=rule, method=method)
    assume(steps.status == "optimal")
    last = steps.last
    if method == "big-M" and last.m_row:
        assert all(pair >= (0, 0) for pair in zip(last.m_row, last.z_row, strict=True))
        return
    assert not any(cell.startswith("−") for cell in last._rows()[-1][1:-1])
    assert {c for c in last.columns if c.startswith("artificial")} <= set(last.basis)
    second = [t.sentence.startswith("Phase 1 is done") for t in steps.tableaux if t.phase == 2]
    assert second == [steps.tableaux[0].phase == 1] + [False] * (len(second) - 1)


def test_bounds_and_free_variables_find_their_way_back():
    rows = [([1, 1, 1], "<=", 4)]
    problem = build(
        pulp.LpMaximize, [1, -1, 2], rows, lower=[-2, None, None], upper=[3, 5, 1], constant=7
    )
    problem += problem.variablesDict()["x1"] >= -4
    steps = walk(problem)
    assert float(steps.objective) == solve(problem).objective
    assert steps.plan == {"x0": 3, "x1": -4, "x2": 1}


def test_a_tie_is_told():
    steps = walk(build(pulp.LpMaximize, [1, 1], [([1, 1], "<=", 4)]))
    assert steps.ties
    assert "may not be the only one" in steps.last.sentence


def test_html_marks_the_leaving_row():
    html = walk(toys()).tableaux[0]._repr_html_()
    assert html.count("font-weight:bold") == 1
    assert "table ↓" in html
    assert "Tableau 2" in walk(toys())._repr_html_()


def test_the_limit_stops_and_says_so():
    steps = walk(toys(), limit=1)
    assert steps.status == "stopped"
    assert "Stopped after 1 step:" in steps.last.sentence


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rule": "best"}, "rule='best': give one of 'dantzig', 'bland' or 'greatest'"),
        ({"method": "dual"}, "method='dual': give one of 'two-phase' or 'big-M'"),
        ({"limit": 0}, "limit=0: give a whole number"),
        ({"limit": 2.5}, "limit=2.5: give a whole number"),
    ],
)
def test_wrong_requests_say_what_is_allowed(change, message):
    with pytest.raises(ValueError, match=message):
        walk(toys(), **change)


def test_large_problems_are_sent_to_the_solver():
    problem = build(pulp.LpMaximize, [1] * 41, [([1] * 41, "<=", 3)])
    with pytest.raises(ValueError, match="41 variables and 1 constraints: tableaux are for at"):
        walk(problem)
