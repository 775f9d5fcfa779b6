"""Data envelopment analysis against published tables, its dual, and exact frontiers."""

import math
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import dea, dea_problem, dea_weights_problem
from svclab.linear import solve

# Sherman and Zhu (2006), Service Productivity Management, tables 2-1 to 2-4: five bank branches
# with 1,000 transactions each, (teller hours, supply dollars).
BRANCHES = {"B1": (20, 300), "B2": (30, 200), "B3": (40, 100), "B4": (20, 200), "B5": (10, 400)}
# Khouja (1995), Computers & Industrial Engineering 28, 123-132: 27 robots; cost and
# repeatability are inputs, load and velocity outputs; efficiencies to two digits.
ROBOT_COST = [7.2, 4.8, 5.0, 7.2, 9.6, 1.07, 1.76, 3.2, 6.72, 2.4, 2.88, 6.9, 3.2, 4.0]
ROBOT_COST += [3.68, 6.88, 8.0, 6.3, 0.94, 0.16, 2.81, 3.8, 1.25, 1.37, 3.63, 5.3, 4.0]
ROBOT_LOAD = [60, 6, 45, 1.5, 50, 1, 5, 15, 10, 6, 30, 13.6, 10, 30, 47, 80, 15, 10, 10, 1.5]
ROBOT_LOAD += [27, 0.9, 2.5, 2.5, 10, 70, 205]
ROBOT_SPEED = [1.35, 1.1, 1.27, 0.66, 0.05, 0.3, 1.0, 1.0, 1.1, 1.0, 0.9, 0.15, 1.2, 1.2, 1.0]
ROBOT_SPEED += [1.0, 2.0, 1.0, 0.3, 0.8, 1.7, 1.0, 0.5, 0.5, 1.0, 1.25, 0.75]
ROBOT_REPEAT = [0.15, 0.05, 1.27, 0.025, 0.25, 0.1, 0.1, 0.1, 0.2, 0.05, 0.5, 1.0, 0.05, 0.05]
ROBOT_REPEAT += [1.0, 1.0, 2.0, 0.2, 0.05, 2.0, 2.0, 0.05, 0.1, 0.1, 0.2, 1.27, 2.03]
ROBOT_EFFICIENCY = [1.0, 0.9, 0.53, 1.0, 0.59, 0.48, 1.0, 0.78, 0.38, 1.0, 0.67, 0.1, 1.0, 1.0]
ROBOT_EFFICIENCY += [0.61, 0.61, 0.41, 0.37, 1.0, 1.0, 0.85, 0.83, 0.69, 0.64, 0.55, 0.58, 1.0]
# Cooper, Seiford and Tone (2007), Data Envelopment Analysis, table 1.5: twelve hospitals.
HOSPITALS = {
    "doctors": [20, 19, 25, 27, 22, 55, 33, 31, 30, 50, 53, 38],
    "nurses": [151, 131, 160, 168, 158, 255, 235, 206, 244, 268, 306, 284],
    "outpatients": [100, 150, 160, 180, 94, 230, 220, 152, 190, 250, 260, 250],
    "inpatients": [90, 50, 55, 72, 66, 90, 88, 80, 100, 100, 147, 120],
}


def branches():
    return {b: {"hours": h, "supplies": s, "served": 1000} for b, (h, s) in BRANCHES.items()}


def test_bank_branches_of_sherman_and_zhu_2006():
    result = dea(branches(), ["hours", "supplies"], ["served"])
    assert [u.name for u in result.units if u.is_efficient] == ["B3", "B4", "B5"]
    b1, b2 = result["B1"], result["B2"]
    assert set(b1.peers) == {"B4", "B5"}
    assert round(b2.efficiency, 3) == 0.857
    # "to reduce H by 4.3 units and to reduce S by 29 units"
    assert round(b2.actual["hours"] - b2.targets["hours"], 1) == 4.3
    assert round(b2.actual["supplies"] - b2.targets["supplies"]) == 29


def test_prices_of_branch_b2_of_sherman_and_zhu_2006():
    prices = solve(dea_weights_problem(branches(), ["hours", "supplies"], ["served"], "B2")).values
    assert prices["price_served"] == pytest.approx(0.000857, abs=5e-7)
    assert prices["price_hours"] == pytest.approx(0.01429, abs=5e-6)
    assert prices["price_supplies"] == pytest.approx(0.00286, abs=5e-6)


def test_robots_of_khouja_1995():
    columns = zip(ROBOT_COST, ROBOT_REPEAT, ROBOT_LOAD, ROBOT_SPEED, strict=True)
    names = ("cost", "repeat", "load", "speed")
    units = {f"r{k}": dict(zip(names, row, strict=True)) for k, row in enumerate(columns, 1)}
    result = dea(units, ["cost", "repeat"], ["load", "speed"])
    for unit, printed in zip(result.units, ROBOT_EFFICIENCY, strict=True):
        assert unit.efficiency == pytest.approx(printed, abs=0.0101), unit.name
        assert unit.is_efficient == (printed == 1)


def hospitals():
    rows = zip(*HOSPITALS.values(), strict=True)
    return {
        n: dict(zip(HOSPITALS, row, strict=True))
        for n, row in zip("ABCDEFGHIJKL", rows, strict=True)
    }


IN, OUT = ["doctors", "nurses"], ["outpatients", "inpatients"]


@pytest.mark.parametrize("returns", ["constant", "variable"])
def test_hospitals_of_cooper_seiford_and_tone_have_the_same_efficiency_in_both_forms(
    certify, returns
):
    for unit in dea(hospitals(), IN, OUT, returns=returns).units:
        dual = certify(dea_weights_problem(hospitals(), IN, OUT, unit.name, returns=returns))
        primal = certify(dea_problem(hospitals(), IN, OUT, unit.name, returns=returns))
        assert dual.objective == pytest.approx(unit.efficiency, abs=1e-7)
        assert primal.objective == pytest.approx(unit.efficiency, abs=1e-7)


def test_hospitals_a_b_and_d_are_efficient_and_variable_returns_are_never_stricter():
    constant, variable = (dea(hospitals(), IN, OUT, returns=r) for r in ("constant", "variable"))
    assert [u.name for u in constant.units if u.is_efficient] == ["A", "B", "D"]
    for c, v in zip(constant.units, variable.units, strict=True):
        assert c.efficiency <= v.efficiency + 1e-9


@st.composite
def chains(draw):
    figure = st.integers(1, 12)
    names = [f"u{k}" for k in range(draw(st.integers(1, 6)))]
    return {n: {f: draw(figure) for f in ("a", "b", "y", "z")} for n in names}


@settings(max_examples=30)
@given(chains(), st.sampled_from(["constant", "variable"]), st.sampled_from(["input", "output"]))
def test_targets_can_be_reached_and_not_be_improved(units, returns, way):
    result = dea(units, ["a", "b"], ["y", "z"], returns=returns, orientation=way)
    assert any(u.is_efficient for u in result.units)
    for unit in result.units:
        for f in ("a", "b"):
            mixed = math.fsum(w * units[p][f] for p, w in unit.peers.items())
            assert mixed <= unit.targets[f] + 1e-4
            assert unit.targets[f] <= unit.actual[f] + 1e-6
        for f in ("y", "z"):
            mixed = math.fsum(w * units[p][f] for p, w in unit.peers.items())
            assert mixed >= unit.targets[f] - 1e-4
            assert unit.targets[f] >= unit.actual[f] - 1e-6
        if returns == "variable":
            assert math.fsum(unit.peers.values()) == pytest.approx(1, abs=1e-5)
        moved = units | {unit.name: unit.targets}
        again = dea(moved, ["a", "b"], ["y", "z"], returns=returns, orientation=way)
        assert again[unit.name].efficiency == pytest.approx(1, abs=1e-5)


@settings(max_examples=60)
@given(chains())
def test_with_constant_returns_both_orientations_give_one_efficiency(units):
    there = dea(units, ["a", "b"], ["y", "z"])
    back = dea(units, ["a", "b"], ["y", "z"], orientation="output")
    for u, v in zip(there.units, back.units, strict=True):
        assert u.efficiency == pytest.approx(v.efficiency, abs=1e-7)
        assert v.factor == pytest.approx(1 / u.efficiency, rel=1e-6)


def test_a_factor_that_looks_round_keeps_its_last_digits_for_the_second_phase():
    """0.3948220064... rounded to six digits left the second phase without a mixture."""
    units = {
        "u0": {"a": 11, "b": 5, "y": 12, "z": 4},
        "u1": {"a": 9, "b": 5, "y": 4, "z": 1},
        "u2": {"a": 2, "b": 12, "y": 6, "z": 1},
        "u3": {"a": 1, "b": 4, "y": 2, "z": 1},
    }
    assert dea(units, ["a", "b"], ["y", "z"])["u1"].efficiency < 1


@settings(max_examples=60)
@given(chains())
def test_one_input_and_one_output_is_the_best_ratio_exactly(units):
    best = max(Fraction(row["y"], row["a"]) for row in units.values())
    for unit in dea(units, ["a"], ["y"]).units:
        ratio = Fraction(units[unit.name]["y"], units[unit.name]["a"]) / best
        assert unit.efficiency == pytest.approx(float(ratio), abs=1e-7)


@settings(max_examples=60)
@given(chains())
def test_one_input_and_one_output_with_variable_returns_is_the_least_input_on_the_hull(units):
    """The least input for an output lies on a unit or on a line between two, exactly."""
    points = [(Fraction(r["a"]), Fraction(r["y"])) for r in units.values()]
    for unit in dea(units, ["a"], ["y"], returns="variable").units:
        x, y = units[unit.name]["a"], units[unit.name]["y"]
        reach = [a for a, b in points if b >= y]
        for a, b in points:
            for c, d in points:
                if b < y < d:
                    reach.append(a + (c - a) * (y - b) / (d - b))
        assert unit.efficiency == pytest.approx(float(min(reach) / x), abs=1e-6)


def test_efficiencies_do_not_depend_on_the_units_of_measurement():
    plain = dea(hospitals(), IN, OUT, returns="variable")
    scaled = {n: row | {"nurses": row["nurses"] * 1e5} for n, row in hospitals().items()}
    for u, v in zip(plain.units, dea(scaled, IN, OUT, returns="variable").units, strict=True):
        assert u.efficiency == pytest.approx(v.efficiency, abs=1e-7)
        assert u.slacks["doctors"] == pytest.approx(v.slacks["doctors"], abs=1e-4)


def test_a_unit_on_the_edge_with_slack_is_not_efficient():
    units = {"A": {"h": 2, "s": 4, "y": 1}, "B": {"h": 2, "s": 8, "y": 1}}
    b = dea(units, ["h", "s"], ["y"])["B"]
    assert b.efficiency == 1
    assert not b.is_efficient
    assert b.slacks == {"h": 0, "s": 4, "y": 0}
    assert b.targets == {"h": 2, "s": 4, "y": 1}
    assert b.sentence == "B is on the edge, but has slack in s; it can learn from A (1)."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"returns": "CCR"}, "returns='CCR': give 'constant'"),
        ({"orientation": "in"}, "orientation='in': give one of 'input'"),
        ({"outputs": ["hours"]}, "'hours' is an input and an output"),
        ({"inputs": ["rooms"]}, r"units\['A'\] has no 'rooms'"),
        ({"units": {"A": {"hours": 0, "served": 3}}}, r"units\['A'\]: all inputs are zero"),
        ({"units": {"A": {"hours": 3, "served": 0}}}, r"units\['A'\]: all outputs are zero"),
        ({"units": {"A": {"hours": -3, "served": 3}}}, "zero or more"),
        ({"units": {"A": 3}}, "give a dict of figures"),
        ({"inputs": []}, "inputs is empty"),
    ],
)
def test_wrong_tables_are_named(change, message):
    tables = {"units": {"A": {"hours": 3, "served": 5}}, "inputs": ["hours"], "outputs": ["served"]}
    with pytest.raises(ValueError, match=message):
        dea(**(tables | change))


def test_an_unknown_unit_is_named():
    with pytest.raises(ValueError, match="unit='Z' is not one of"):
        dea_problem(branches(), ["hours"], ["served"], "Z")
    with pytest.raises(KeyError, match="there is no unit 'Z'"):
        dea(branches(), ["hours"], ["served"])["Z"]
