"""The plane in fractions against enumerated corners, HiGHS, and figures known by hand."""

from fractions import Fraction

import pulp
import pytest
from hypothesis import assume, given, settings
from programs import build, random_problems, toys, vertices, wyndor

from svclab.decisions.plane import plane, whole_plans
from svclab.linear import exact, solve

in_the_plane = random_problems((2, 2))
bounded = random_problems((2, 2), bounded=True)


def test_toy_kit_region():
    """E-05: four corners; the best is where both kinds of blocks run out."""
    shape = plane(toys())
    assert [c.point for c in shape.corners] == [(0, 0), (3, 0), (2, 2), (0, 4)]
    assert shape.corners[2].limits == ("large", "small")
    assert shape.best.points == ((2, 2),)
    assert shape.best.value == 70
    assert shape.bounded
    assert shape.best.unique
    assert shape.redundant == ()


def test_wyndor_region_is_the_figure_of_hillier_and_lieberman():
    shape = plane(wyndor())
    assert [c.point for c in shape.corners] == [(0, 0), (4, 0), (4, 3), (2, 6), (0, 6)]
    assert shape.best.value == 3600


@settings(max_examples=200)
@given(in_the_plane)
def test_corners_are_the_enumerated_ones(problem):
    shape = plane(problem)
    assert {c.point for c in shape.corners} == set(vertices(problem))
    known = exact(problem)
    for corner in shape.corners:
        assert corner.objective == known.objective(corner.point)
        assert len(corner.limits) >= 2 or any(row.relation == "=" for row in known.rows)


@settings(max_examples=200)
@given(in_the_plane)
def test_status_and_optimum_are_those_of_highs(problem):
    shape, theirs = plane(problem), solve(problem)
    assert shape.best.status == theirs.status
    assert shape.empty == (theirs.status == "infeasible")
    if theirs.is_optimal:
        known = exact(problem)
        assert float(shape.best.value) == pytest.approx(theirs.objective, abs=1e-6)
        for point in shape.best.points:
            assert known.feasible(point, whole=False)
            assert known.objective(point) == shape.best.value
            for way in shape.best.ways:
                far = tuple(p + 50 * w for p, w in zip(point, way, strict=True))
                assert known.feasible(far, whole=False)
                assert known.objective(far) == shape.best.value


@settings(max_examples=200)
@given(in_the_plane)
def test_rays_stay_inside_and_a_bounded_region_has_none(problem):
    shape, known = plane(problem), exact(problem)
    assume(not shape.empty)
    start = shape.outline((Fraction(-200), Fraction(200)) * 2)[0]
    for ray in shape.rays:
        far = tuple(p + 10**6 * r for p, r in zip(start, ray, strict=True))
        assert known.feasible(far, whole=False)
    for sign in (1, -1):
        for j in (0, 1):
            cost = [0, 0]
            cost[j] = sign
            rows = [([float(a) for a in r.factors], r.relation, float(r.right)) for r in known.rows]
            ends = [
                [None if e is None else float(e) for e in side]
                for side in (known.lower, known.upper)
            ]
            push = build(pulp.LpMaximize, cost, rows, lower=ends[0], upper=ends[1])
            if solve(push).status == "unbounded":
                assert not shape.bounded


@settings(max_examples=150)
@given(bounded)
def test_whole_plans_are_those_of_trying_every_point(problem):
    found, known = whole_plans(problem), exact(problem)
    grid = [
        (Fraction(x), Fraction(y))
        for x in range(-4, 11)
        for y in range(-4, 11)
        if known.feasible((Fraction(x), Fraction(y)))
    ]
    assert found.all_points
    assert set(found.points) == set(grid)
    assert (found.status == "infeasible") == (not grid)
    if grid:
        pick = max if known.maximise else min
        assert found.value == pick(map(known.objective, grid))
        assert set(found.ties) == {p for p in grid if known.objective(p) == found.value}
        assert found.gap >= 0
    for rounded in found.rounded:
        plan = (rounded.x, rounded.y)
        assert (rounded.broken == ()) == known.feasible(plan)
        if not rounded.broken:
            assert rounded.loss >= 0


@settings(max_examples=60)
@given(random_problems((2, 2), kinds="Integer"))
def test_whole_optimum_is_that_of_highs_also_without_end(problem):
    found = whole_plans(problem)
    theirs = solve(problem, time_limit=5)
    assume(theirs.status != "time limit")
    assert found.status == theirs.status
    if theirs.is_optimal:
        assert float(found.value) == pytest.approx(theirs.objective)
        assert exact(problem).feasible(found.point)


def test_one_whole_and_one_divisible_variable():
    kinds = ["Integer", "Continuous"]
    problem = build(pulp.LpMaximize, [1, 1], [([2, 2], "<=", 5), ([2, 0], "<=", 3)], kinds=kinds)
    found = whole_plans(problem)
    assert found.value == Fraction(5, 2)
    assert (1, Fraction(3, 2)) in found.ties


def test_rounding_the_toy_kit_with_nine_small_blocks():
    """Best in parts (3/2, 3), 75; in whole pieces 70; rounding up breaks limits."""
    found = whole_plans(toys(small=9))
    assert found.plane.best.points == ((Fraction(3, 2), 3),)
    assert (found.plane.best.value, found.value, found.gap) == (75, 70, 5)
    assert found.point == (2, 2)
    by = {r.how: r for r in found.rounded}
    assert by["to the nearest"].broken == ("large", "small")
    assert by["both down"].broken == ()
    assert by["both down"].loss == 5
    assert "Whole numbers cost 5." in found.sentences


def test_rounding_can_be_far_from_the_best_whole_plan():
    """A thin region: both roundings of the optimum are outside it."""
    rows = [([-2, 2], ">=", 1), ([-8, 10], "<=", 13)]
    found = whole_plans(build(pulp.LpMaximize, [1, 1], rows))
    assert found.plane.best.points == ((4, Fraction(9, 2)),)
    assert found.point == (1, 2)
    assert all(r.broken for r in found.rounded)


def test_an_edge_is_best():
    shape = plane(build(pulp.LpMaximize, [1, 1], [([1, 1], "<=", 4), ([1, 0], "<=", 3)]))
    assert shape.best.points == ((0, 4), (3, 1))
    assert not shape.best.unique
    assert shape.sentence == (
        "A whole edge is best, with 4: from x0 = 0 and x1 = 4 to x0 = 3 and x1 = 1."
    )


def test_an_edge_without_end_is_best():
    shape = plane(build(pulp.LpMinimize, [0, 1], [([1, 1], ">=", 2), ([0, 1], ">=", 1)]))
    assert shape.best.points == ((1, 1),)
    assert shape.best.ways == ((1, 0),)
    assert "without end" in shape.sentence


def test_empty_and_unbounded_say_so():
    empty = plane(build(pulp.LpMaximize, [1, 1], [([1, 1], "<=", 1), ([1, 1], ">=", 2)]))
    assert empty.empty
    assert empty.sentence == "No plan keeps all limits: the region is empty."
    assert empty.outline() == ()
    assert len(set(empty.window())) > 1
    endless = plane(build(pulp.LpMaximize, [1, 1], [([1, -1], "<=", 1)]))
    assert endless.best.status == "unbounded"
    assert "gets better with it" in endless.sentence
    assert endless.rays == ((0, 1), (1, 1))


def test_regions_without_corners():
    strip = plane(
        build(pulp.LpMaximize, [1, 0], [([1, 0], "<=", 7), ([1, 0], ">=", 2)], lower=[None, None])
    )
    assert strip.corners == ()
    assert strip.best.value == 7
    assert set(strip.rays) == {(0, 1), (0, -1)}
    half = plane(build(pulp.LpMinimize, [1, 1], [([1, 1], ">=", 3)], lower=[None, None]))
    assert len(half.rays) == 3
    assert half.best.value == 3
    everything = plane(build(pulp.LpMinimize, [1, 1], [], lower=[None, None]))
    assert len(everything.rays) == 4
    assert everything.best.status == "unbounded"


def test_a_point_and_a_segment_are_regions_too():
    rows = [([1, 1], "=", 4), ([1, -1], "=", 0)]
    point = plane(build(pulp.LpMaximize, [1, 2], rows))
    assert [c.point for c in point.corners] == [(2, 2)]
    segment = plane(build(pulp.LpMaximize, [1, 2], rows[:1]))
    assert {c.point for c in segment.corners} == {(4, 0), (0, 4)}
    assert segment.best.points == ((0, 4),)


def test_a_limit_that_never_binds_is_redundant():
    shape = plane(build(pulp.LpMaximize, [1, 1], [([1, 1], "<=", 4), ([1, 0], "<=", 9)]))
    assert shape.redundant == ("r1",)


def test_a_degenerate_corner_names_all_limits_that_meet():
    rows = [([2, 1], "<=", 6), ([1, 1], "<=", 4), ([1, 2], "<=", 6)]
    shape = plane(build(pulp.LpMaximize, [1, 1], rows))
    (corner,) = [c for c in shape.corners if c.point == (2, 2)]
    assert corner.limits == ("r0", "r1", "r2")


def test_objective_line_moves_with_the_point():
    shape = plane(toys())
    line = shape.through(1, 1)
    assert line.value == 35
    for x, y in (*line.ends, *line.inside):
        assert 20 * x + 15 * y == 35
    assert shape.line(70).inside == ((2, 2), (2, 2))
    assert shape.line(1000).inside is None
    assert shape.line(10**6).ends is None


def test_a_broken_limit_is_named_at_a_dragged_point():
    shape = plane(toys())
    assert shape.broken(3, 1) == ("large",)
    assert shape.broken(3, 2) == ("large", "small")
    assert shape.broken(-0.5, 1) == ("table ≥ 0",)
    assert shape.broken(0.1 + 0.2, 0) == ()


@settings(max_examples=80)
@given(in_the_plane)
def test_the_outline_is_a_polygon_inside_region_and_window(problem):
    shape, known = plane(problem), exact(problem)
    window = shape.window()
    assert window[0] < window[1]
    assert window[2] < window[3]
    outline = shape.outline(window)
    for x, y in outline:
        assert known.feasible((x, y), whole=False)
        assert window[0] <= x <= window[1]
        assert window[2] <= y <= window[3]
    for corner in shape.corners:
        assert corner.point in outline
    area = sum(
        p[0] * q[1] - p[1] * q[0] for p, q in zip(outline, outline[1:] + outline[:1], strict=True)
    )
    assert area >= 0  # counter-clockwise


def test_every_limit_has_its_line_in_the_window():
    shape = plane(toys())
    for limit in shape.limits:
        for x, y in shape.edge(limit):
            assert limit.slack((x, y)) == 0


def test_many_points_are_cut_short_and_it_says_so():
    problem = build(pulp.LpMaximize, [1, 1], [([1, 1], "<=", 300)])
    found = whole_plans(problem, most=100)
    assert len(found.points) == 100
    assert not found.all_points
    assert found.value == 300


def test_three_variables_are_refused():
    with pytest.raises(ValueError, match="has 3 variables"):
        plane(build(pulp.LpMaximize, [1, 1, 1], [([1, 1, 1], "<=", 3)]))
    with pytest.raises(ValueError, match="most=0"):
        whole_plans(toys(), most=0)


def test_a_whole_optimum_needs_no_rounding():
    found = whole_plans(toys())
    assert found.gap == 0
    assert found.sentences[-1].endswith("there is nothing to round.")


def test_it_shows_itself():
    assert plane(toys())._repr_html_().count("font-weight:bold") == 1
    assert "to the nearest" in whole_plans(toys())._repr_html_()
