"""From typed tables to a PuLP problem, its outcome and its code, against hand-built problems."""

from __future__ import annotations

import contextlib
import io
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import toys

from svclab.decisions.builder import KINDS, Model, outcome, pulp_code, read_model
from svclab.explore import SettingError
from svclab.linear import exact, solve

TABLES: dict[str, list[dict[str, Any]]] = {
    "variables": [{"name": "table", "kind": "amount"}, {"name": "chair", "kind": "amount"}],
    "objective": [{"goal": "max", "name": "profit", "sum": "20 table + 15 chair"}],
    "limits": [
        {"name": "large", "sum": "2 table + chair", "relation": "<=", "right": 6},
        {"name": "small", "sum": "2 table + 2 chair", "relation": "<=", "right": 8},
    ],
}


def ran(code: str) -> dict[str, Any]:
    """The names that a program leaves."""
    left: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "code", "exec"), left)
    return left


def changed(table: str, row: int, **cells: Any) -> dict[str, list[dict[str, Any]]]:
    rows = [dict(r) for r in TABLES[table]]
    rows[row:] = [{**(rows[row] if row < len(rows) else rows[-1]), **cells}, *rows[row + 1 :]]
    return {**TABLES, table: rows}


def test_the_toy_kit_typed_is_the_toy_kit_built_by_hand() -> None:
    mine, theirs = exact(read_model(**TABLES).problem), exact(toys())
    assert (mine.names, mine.cost, mine.maximise) == (theirs.names, theirs.cost, theirs.maximise)
    assert mine.rows == theirs.rows
    assert (mine.lower, mine.upper, mine.integer) == (theirs.lower, theirs.upper, theirs.integer)


@pytest.mark.parametrize(
    ("table", "row", "cells", "column", "said"),
    [
        ("variables", 0, {"name": "x + y"}, "name", "“x + y” cannot be the name of a variable"),
        ("variables", 0, {"name": "2x"}, "name", "begin with a letter"),
        ("variables", 1, {"name": " TABLE "}, "name", "TABLE stands twice"),
        ("variables", 2, {"name": "bench"}, "name", "bench stands neither in the objective"),
        ("objective", 0, {"sum": "20 tabel"}, "sum", "Do you mean table?"),
        ("objective", 0, {"name": "…"}, "name", "Write a name with letters or digits"),
        ("limits", 1, {"sum": "2 table + 2 stool"}, "sum", "small: “stool” is not one of"),
        ("limits", 1, {"name": "Large"}, "name", "Large stands twice"),
        ("limits", 0, {"sum": "table - table"}, "sum", "large: all variables cancel out"),
        ("limits", 0, {"name": "a\u202eb"}, "name", "can be printed"),
    ],
)
def test_each_mistake_is_told_at_its_own_cell(
    table: str, row: int, cells: dict[str, Any], column: str, said: str
) -> None:
    with pytest.raises(SettingError) as told:
        read_model(**changed(table, row, **cells))
    assert said in str(told.value)
    assert (told.value.parameter, told.value.row, told.value.column) == (table, row, column)


names = st.lists(
    st.sampled_from(["a", "night nurse", "lambda", "model", "桌子", "x_1", "X 2"]),
    min_size=2, max_size=4, unique=True,
)  # fmt: skip
whole_numbers = st.integers(-6, 9)


@st.composite
def models(draw: Any) -> Model:
    """Small models, typed."""
    own = draw(names)

    def text(least: int) -> str:
        factors = [draw(st.integers(least, 9)) for _ in own]
        if not any(factors):
            factors[0] = 1
        return " ".join(f"{'-' if f < 0 else '+'} {abs(f)} {n}" for f, n in zip(factors, own))  # noqa: B905

    return read_model(
        [{"name": name, "kind": draw(st.sampled_from(list(KINDS)))} for name in own],
        [{"goal": draw(st.sampled_from(["max", "min"])), "name": "gain: all", "sum": text(-3)}],
        [
            {
                "name": f"{name} no-{i}",
                "sum": text(-2),
                "relation": draw(st.sampled_from(["<=", "<=", ">=", "="])),
                "right": draw(st.integers(-5, 40)) / 2,
            }
            for i, name in enumerate(draw(st.lists(st.sampled_from(["a", "b/c"]), max_size=4)))
        ]
        + [{"name": "box", "sum": " + ".join(own), "relation": "<=", "right": 12}],
    )


@settings(max_examples=120)
@given(models())
def test_the_code_gives_the_same_status_and_optimum_as_the_model(model: Model) -> None:
    best = ran(pulp_code(model))["best"]
    found = outcome(model)
    assert best.status == found.status
    if found.value is not None:
        assert best.objective == pytest.approx(found.value, abs=1e-6)


@settings(max_examples=120)
@given(models())
def test_the_outcome_keeps_every_limit_and_is_as_good_as_highs_says(model: Model) -> None:
    found, theirs = outcome(model), solve(model.problem)
    assert found.status == theirs.status
    if found.value is None:
        assert found.explanation is not None
        assert found.explanation.sentences
        return
    assert found.value == pytest.approx(theirs.objective, abs=1e-6)
    for limit in model.limits:
        left = sum(float(a) * found.plan[n] for n, a in limit.factors.items())
        assert limit.relation == ">=" or left <= limit.right + 1e-6
        assert limit.relation == "<=" or left >= limit.right - 1e-6
    for v in model.variables:
        low, high, whole = KINDS[v.kind]
        assert low is None or found.plan[v.name] >= low - 1e-9
        assert high is None or found.plan[v.name] <= high + 1e-9
        assert not whole or found.plan[v.name] == round(found.plan[v.name])
    if found.linear is not None:
        better = found.linear - found.value if model.maximise else found.value - found.linear
        assert better >= -1e-6


@pytest.mark.parametrize(
    "name",
    ['"); import os; os.abort() #', "a\\", "a'b", "a`b", "{x}", "%s", "close 'quote\""],
)
def test_nothing_that_is_typed_runs_in_the_code(name: str) -> None:
    tables = changed("limits", 0, name=name)
    tables = {**tables, "objective": [{**TABLES["objective"][0], "name": name + " z"}]}
    code = pulp_code(read_model(**tables))
    assert ran(code)["best"].objective == pytest.approx(70)
    assert code.count("\n") == pulp_code(read_model(**TABLES)).count("\n")


def test_variables_keep_their_names_where_python_can_and_clash_nowhere() -> None:
    tables = {
        "variables": [{"name": n, "kind": "whole"} for n in ("class", "print", "a b", "a_b")],
        "objective": [{"goal": "max", "name": "n", "sum": "class + print + a b + a_b"}],
        "limits": [{"name": "r", "sum": "class + print + a b + a_b", "relation": "<=", "right": 3}],
    }
    left = ran(pulp_code(read_model(**tables)))
    assert {"class_", "print_", "a_b", "a_b_2"} <= left.keys()
    assert left["best"].objective == 3


def test_numbers_stand_in_the_code_as_they_were_typed() -> None:
    tables = changed("objective", 0, sum="0.1 table + 2/3 chair")
    code = pulp_code(read_model(**tables))
    assert "model += 0.1 * table + 0.6666666666666666 * chair" in code
    assert json.dumps("large") in code
    assert read_model(**tables).factors["chair"] == Fraction(2, 3)
