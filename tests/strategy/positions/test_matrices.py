"""Gaps, kinds of process, four Vs, alignment and SWOT: properties, enumeration, graphs of goals."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from svclab.strategy.positions import (
    CELLS,
    EXAMPLES,
    KINDS,
    QUADRANTS,
    VS,
    Factor,
    Miss,
    align,
    board,
    check_kinds,
    gap_analysis,
    kind_of,
    labour_intensity,
    ningbo_board,
    place,
    profile,
    tows,
)

scores = st.integers(0, 10)


@st.composite
def surveys(draw):
    names = [f"a{k}" for k in range(draw(st.integers(1, 6)))]
    column = st.fixed_dictionaries(dict.fromkeys(names, scores))
    rivals = {f"r{k}": draw(column) for k in range(draw(st.integers(1, 4)))}
    return draw(column), draw(column), rivals


@given(surveys(), st.sampled_from(["best", "mean", "r0"]))
def test_gaps_are_in_order_of_priority_and_add_up(survey, against):
    importance, own, rivals = survey
    found = gap_analysis(importance, own, rivals, against=against)
    assert sorted(g.attribute for g in found.rows) == sorted(importance)
    priorities = [g.priority for g in found.rows]
    assert priorities == sorted(priorities, reverse=True)
    net = math.fsum(importance[g.attribute] * g.gap for g in found.rows)
    assert found.lag - found.lead == pytest.approx(net)


@given(surveys())
def test_no_rival_is_ahead_of_the_best_and_the_mean_lies_below(survey):
    importance, own, rivals = survey
    best = {g.attribute: g for g in gap_analysis(importance, own, rivals).rows}
    mean = {g.attribute: g for g in gap_analysis(importance, own, rivals, against="mean").rows}
    for name, gap in best.items():
        assert gap.rival == max(row[name] for row in rivals.values())
        assert rivals[gap.who][name] == gap.rival
        assert mean[name].rival <= gap.rival + 1e-9


def test_quadrants_by_enumeration():
    importance = {"hh": 5, "hl": 5, "lh": 1, "ll": 1}
    own = {"hh": 9, "hl": 2, "lh": 9, "ll": 2}
    rows = gap_analysis(importance, own, {"r": own}).rows
    assert {g.attribute: g.quadrant for g in rows} == {
        "hh": QUADRANTS[True, True],
        "hl": QUADRANTS[True, False],
        "lh": QUADRANTS[False, True],
        "ll": QUADRANTS[False, False],
    }
    assert "No rival is ahead" in gap_analysis(importance, own, {"r": own}).sentence


def test_four_answers_make_the_four_kinds_of_schmenner_1986():
    found = {(a, b): kind_of(a, b).name for a in (False, True) for b in (False, True)}
    assert found == {
        (False, False): "service factory",
        (False, True): "service shop",
        (True, False): "mass service",
        (True, True): "professional service",
    }
    assert set(EXAMPLES.values()) == set(KINDS)
    # Kinds that share an answer share its tasks.
    for kind in KINDS.values():
        for other in KINDS.values():
            if kind.labour_high == other.labour_high:
                assert set(kind.tasks) & set(other.tasks)


@given(st.dictionaries(st.sampled_from(list(EXAMPLES)), st.sampled_from(list(KINDS)), min_size=1))
def test_every_miss_names_the_axes_that_differ_and_not_the_answer(said):
    found = check_kinds(said)
    assert len(found.right) + len(found.misses) == len(said)
    for miss in found.misses:
        one, other = KINDS[miss.said], KINDS[miss.expected]
        assert ("labour" in miss.axes) == (one.labour_high != other.labour_high)
        assert ("interaction" in miss.axes) == (one.interaction_high != other.interaction_high)
        assert miss.expected not in miss.sentence
    assert not check_kinds({s: EXAMPLES[s] for s in said}).misses


def test_all_twelve_ways_to_miss_have_a_hint():
    for said in KINDS:
        for expected in KINDS:
            if said != expected:
                assert Miss("x", said, expected).axes
                assert "Think again" in Miss("x", said, expected).sentence


@given(scores, scores)
def test_a_place_is_on_the_side_of_the_cut_that_its_scores_are(labour, interaction):
    found = place({"s": {"labour": labour, "interaction": interaction}})
    kind = KINDS[found.kinds["s"]]
    assert (kind.labour_high, kind.interaction_high) == (labour >= 5, interaction >= 5)
    near = any(4 < score < 6 for score in (labour, interaction))
    assert bool(found.near_a_line) == near


def test_labour_intensity_is_labour_over_plant():
    assert labour_intensity(2, 8) == 0.25
    with pytest.raises(ValueError, match="plant_and_equipment=0"):
        labour_intensity(2, 0)


vs = st.fixed_dictionaries(dict.fromkeys(VS, scores))


@given(vs, vs)
def test_fit_is_one_only_without_gaps_and_cost_pull_stays_within_bounds(wanted, built):
    found = profile(wanted, built)
    assert (found.fit == 1) == (wanted == built)
    assert 0 <= found.fit <= 1
    assert 0 <= found.cost_pull <= 1
    if found.largest:
        assert abs(found.gaps[found.largest]) == max(abs(g) for g in found.gaps.values())
    assert found.sentence


def test_cost_pull_at_the_two_corners():
    cheap = {"volume": 10, "variety": 0, "variation": 0, "visibility": 0}
    costly = {"volume": 0, "variety": 10, "variation": 10, "visibility": 10}
    assert (profile(cheap).cost_pull, profile(costly).cost_pull) == (0, 1)
    assert profile(cheap, costly).fit == 0


@st.composite
def goal_matrices(draw):
    rows = [f"s{k}" for k in range(draw(st.integers(1, 5)))]
    columns = [f"c{k}" for k in range(draw(st.integers(1, 4)))]
    return {r: {c: draw(st.integers(-3, 3)) for c in columns} for r in rows}


@given(goal_matrices())
def test_alignment_is_what_reading_the_matrix_cell_by_cell_gives(matrix):
    found = align(matrix)
    columns = next(iter(matrix.values()))
    for goal in columns:
        cells = [row[goal] for row in matrix.values()]
        assert found.support[goal] == sum(x for x in cells if x > 0)
        assert found.harm[goal] == -sum(x for x in cells if x < 0)
        assert (goal in found.uncovered) == (found.support[goal] < 3)
    for service, row in matrix.items():
        assert (service in found.orphans) == (not any(x > 0 for x in row.values()))
        assert found.scores[service] == pytest.approx(sum(row.values()) / len(row))
    assert set(found.conflicts) == {
        (s, g) for s, row in matrix.items() for g, x in row.items() if x < 0
    }
    covered = len(columns) - len(found.uncovered)
    assert found.coverage == pytest.approx(covered / len(columns))


@given(goal_matrices())
def test_tensions_are_pairs_that_pull_both_ways(matrix):
    found = set(align(matrix).tensions)
    expected = {
        (a, b, goal)
        for a, row in matrix.items()
        for b, other in matrix.items()
        for goal in row
        if row[goal] > 0 > other[goal]
    }
    assert found == expected


def test_goals_that_undo_each_other_in_a_circle_are_all_named():
    # a helps x and harms y, b helps y and harms z, c helps z and harms x.
    matrix = {
        "a": {"x": 3, "y": -3, "z": 0},
        "b": {"x": 0, "y": 3, "z": -3},
        "c": {"x": -3, "y": 0, "z": 3},
    }
    found = align(matrix)
    assert set(found.tensions) == {("a", "c", "x"), ("b", "a", "y"), ("c", "b", "z")}
    assert all(score == 0 for score in found.scores.values())
    assert found.coverage == 1


def test_a_matrix_of_other_things_than_goals_is_told_in_their_names():
    found = align({"lamps": {"on time": 0}}, names=("thing", "promise"))
    assert found.sentence.startswith("0% of the weight of the promises is covered")
    assert "helping no promise: lamps" in found.sentence
    assert [row["thing"] for row in found.table] == ["lamps", "support"]


def test_an_all_zero_matrix_covers_nothing():
    found = align({"s": {"c": 0}})
    assert (found.coverage, found.orphans, found.uncovered) == (0, ("s",), ("c",))


FACTORS = [
    Factor("s", "strength", 3),
    Factor("w", "weakness", 2),
    Factor("o", "opportunity", 1),
    Factor("t", "threat", 4),
]


@given(st.dictionaries(st.sampled_from(["m1", "m2", "m3"]),
                       st.lists(st.sampled_from("swot"), min_size=1, unique=True)))  # fmt: skip
def test_moves_stand_where_their_factors_meet(moves):
    valid = {m: u for m, u in moves.items() if set(u) & set("sw") and set(u) & set("ot")}
    found = tows(board(FACTORS), valid)
    for move in found.moves:
        expected = {a + b for a in "sw" for b in "ot" if a in move.uses and b in move.uses}
        assert {c.lower() for c in found.cells_of(move)} == expected
    used = {factor for uses in valid.values() for factor in uses}
    assert set(found.unused) == set("swot") - used
    weights = {f.name: f.weight for f in FACTORS}
    assert found.used_weight == pytest.approx(sum(weights[u] for u in used) / 10)
    for move in set(moves) - set(valid):
        with pytest.raises(ValueError, match="joins nothing"):
            tows(board(FACTORS), {move: moves[move]})


def test_the_four_cells_and_the_board_of_ningbo():
    assert [name for name, _ in CELLS.values()] == ["SO", "WO", "ST", "WT"]
    found = ningbo_board()
    assert {f.origin for f in found.factors} == {"source"}
    assert found.of("opportunity") == ()
    moved = tows(found, {"one support centre for all branches":
                         ["the system is fragile", "learners have more choice"]})  # fmt: skip
    assert moved.cells["WT"] == ("one support centre for all branches",)
    assert moved.sentence.endswith("no move in SO, WO and ST; the list names no opportunity.")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: gap_analysis({}, {}, {}), "importance is empty"),
        (lambda: gap_analysis({"a": 1}, {"a": 1}, {}), "rivals is empty"),
        (lambda: gap_analysis({"a": 1}, {}, {"r": {"a": 1}}), "own has no 'a'"),
        (lambda: gap_analysis({"a": 1}, {"a": 1}, {"r": {"a": 1}}, against="x"), "against='x'"),
        (lambda: place({}), "services is empty"),
        (lambda: place({"s": {"labour": 11, "interaction": 1}}), "from 0 to 10"),
        (lambda: place({"s": {"labour": 1}}), "'interaction'"),
        (lambda: place({"s": {"labour": 1, "interaction": 1}}, cut=0), "cut=0"),
        (lambda: check_kinds({"moon base": "mass service"}), "'moon base'"),
        (lambda: check_kinds({"hotel": "palace"}), "'palace'"),
        (lambda: profile({"volume": 1}), "no 'variety'"),
        (lambda: profile(dict.fromkeys(VS, 11)), "from 0 to 10"),
        (lambda: align({}), "matrix is empty"),
        (lambda: align({"s": {}}), "is empty"),
        (lambda: align({"s": {"c": 4}}), "from -3 to 3"),
        (lambda: align({"s": {"c": 1}}, {"c": 0}), "all weights are zero"),
        (lambda: board([]), "factors is empty"),
        (lambda: board([FACTORS[0], FACTORS[0]]), "comes twice"),
        (lambda: Factor("x", "hope"), "kind of 'x'"),
        (lambda: Factor("x", "threat", -1), "weight of 'x'"),
        (lambda: tows(board(FACTORS), {"m": ["s", "moon"]}), "not on the board"),
        (lambda: tows(board(FACTORS), {"m": ["s", "w"]}), "outside"),
        (lambda: tows(board(FACTORS), {"m": ["o"]}), "inside"),
    ],
)
def test_what_cannot_be_used_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_results_show_themselves():
    for found in (
        gap_analysis({"a": 1}, {"a": 1}, {"r": {"a": 2}}),
        place({"s": {"labour": 1, "interaction": 1}}),
        check_kinds({"hotel": "mass service"}),
        profile(dict.fromkeys(VS, 4)),
        align({"s": {"c": 1}}),
        board(FACTORS),
    ):
        assert found.sentence in repr(found)
        assert "<table>" in found._repr_html_()


@pytest.mark.parametrize("attributes", [2, 3, 6, 7])
def test_attributes_that_are_all_alike_are_at_their_mean_and_not_below(attributes):
    # 0.1 three times over three is more than 0.1 in floats.
    alike = dict.fromkeys(map(str, range(attributes)), 0.1)
    found = gap_analysis(alike, alike, {"rival": alike})
    assert {row.quadrant for row in found.rows} == {"keep up the good work"}
    assert found.sentence.endswith("we are ahead in nothing.")


def test_moves_that_are_no_dict_are_told():
    with pytest.raises(ValueError, match="give a dict of move to the factors"):
        tows(board(FACTORS), ["sing-off nights"])
