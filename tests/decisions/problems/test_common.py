"""What all types share: rows into tables, answers that show themselves, and a light import."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from svclab.decisions.problems import (
    NoPlanError,
    blending,
    by_name,
    p_median,
    product_mix,
    set_cover,
    staff_cover,
    tour,
)
from svclab.decisions.problems.common import pulp_names
from svclab.linear.arrays import named_constraints

ROOT = Path(__file__).resolve().parents[3]


def test_a_name_that_comes_twice_in_a_list_is_told():
    with pytest.raises(ValueError, match="item 'rope' comes twice"):
        by_name([{"item": "rope", "w": 1}, {"item": "rope", "w": 2}], "item")
    with pytest.raises(ValueError, match="key='item': a row has only 'name'"):
        by_name([{"name": "rope"}], "item")


def test_names_for_pulp_are_all_different_and_stay_as_they_are():
    names = pulp_names(["a b", "a-b", "a_b", "a_b_2", "甲"])
    assert len(set(names)) == 5
    assert pulp_names(names) == names


def test_a_refusal_carries_the_problem_for_the_explanation():
    inside = {"A": {"x": 1, "y": 0}, "B": {"x": 0, "y": 1}}
    with pytest.raises(NoPlanError) as refused:
        blending({"A": 1, "B": 1}, inside, 10, at_least={"x": 6, "y": 6})
    assert set(named_constraints(refused.value.problem)) == {"amount", "least_x", "least_y"}


@pytest.mark.parametrize(
    "answer",
    [
        product_mix({"<b>": 1}, {"<b>": {"h": 1}}, {"h": 3}),
        p_median({"<b>": {"s": 1}}, 1),
        set_cover({"<b>": ["P"]}),
        tour({"<b>": {"B": 1}, "B": {"<b>": 1}}),
        staff_cover({"am": 1}, {"<b>": ["am"]}),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_every_answer_shows_itself_as_text_and_as_safe_html(answer):
    assert repr(answer).startswith(answer.sentence)
    assert len(repr(answer).splitlines()) == 2 + len(answer.table)
    page = answer._repr_html_()
    assert page.startswith("<table>")
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_importing_the_problem_types_loads_neither_pulp_nor_numpy():
    code = (
        "import sys, svclab.decisions.problems;"
        "print(sorted({'pulp', 'numpy', 'pandas', 'highspy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
