"""Project selection against every subset."""

from itertools import combinations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import NoPlanError, project_problem, projects

VALUE = {"desk": 9, "app": 5, "van": 4}
COST = {"desk": {"y1": 6, "y2": 0}, "app": {"y1": 3, "y2": 2}, "van": {"y1": 2, "y2": 3}}
BUDGET = {"y1": 8, "y2": 4}


@st.composite
def plans(draw):
    names = [f"p{k}" for k in range(draw(st.integers(1, 6)))]
    some = st.lists(st.sampled_from(names), max_size=3, unique=True)
    return {
        "value": {n: draw(st.integers(-3, 12)) for n in names},
        "cost": {n: {"y1": draw(st.integers(0, 6)), "y2": draw(st.integers(0, 6))} for n in names},
        "budget": {"y1": draw(st.integers(0, 14)), "y2": draw(st.integers(0, 14))},
        "exclusions": draw(st.lists(some, max_size=2)),
        "prerequisites": {draw(st.sampled_from(names)): draw(some)},
        "required": draw(st.lists(st.sampled_from(names), max_size=1)),
    }


def best_by_listing(plan):
    names = list(plan["value"])
    sums = []
    for size in range(len(names) + 1):
        for some in map(set, combinations(names, size)):
            if all(sum(plan["cost"][n][y] for n in some) <= b for y, b in plan["budget"].items()):
                kept = all(len(some & set(group)) <= 1 for group in plan["exclusions"])
                kept &= all(
                    n not in some or set(k) <= some for n, k in plan["prerequisites"].items()
                )
                if kept and set(plan["required"]) <= some:
                    sums.append(sum(plan["value"][n] for n in some))
    return max(sums) if sums else None


@settings(max_examples=250)
@given(plans())
def test_the_projects_are_the_best_of_all_subsets(plan):
    best = best_by_listing(plan)
    if best is None:
        with pytest.raises(NoPlanError, match="required projects do not fit"):
            projects(**plan)
    else:
        found = projects(**plan)
        assert found.total == best
        assert all(found.spent[y] <= plan["budget"][y] for y in plan["budget"])


def test_cbc_agrees_and_the_result_can_be_read(by_cbc):
    found = projects(VALUE, COST, BUDGET, unit="yuan")
    assert found.sentence == "Do desk and van: value 13 yuan. Left: 0 of y1 and 1 of y2."
    assert by_cbc(project_problem(VALUE, COST, BUDGET)) == 13
    assert found.table[-1] == {"project": "budget", "value": None, "y1": 8, "y2": 4, "done": None}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"exclusions": [("desk", "shop")]}, "group 1 has 'shop'"),
        ({"prerequisites": {"shop": ["desk"]}}, "prerequisites has 'shop'"),
        ({"prerequisites": {"desk": ["shop"]}}, r"prerequisites\['desk'\] has 'shop'"),
        ({"required": ["shop"]}, "required has 'shop'"),
        ({"exclusions": [("desk", "desk")]}, "'desk' comes twice"),
        ({"cost": COST | {"van": {"y1": 2}}}, r"cost\['van'\] has no 'y2'"),
        ({"budget": {}}, "budget is empty"),
        ({"value": VALUE | {"app": None}}, r"value\['app'\]=None"),
    ],
)
def test_wrong_tables_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        projects(**({"value": VALUE, "cost": COST, "budget": BUDGET} | change))
