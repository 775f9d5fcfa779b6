"""Every figure of E-05 to E-09 in the course inventory, and what the cases make of them."""

from itertools import permutations

import pytest

from svclab.decisions.problems import LEFT, cases, every_choice, knapsack_by_table
from svclab.linear import solve


def test_the_toy_kit_has_the_figures_of_e05():
    kit = cases.toy_kit().arguments
    assert kit["profit"] == {"table": 20, "chair": 15}
    assert kit["uses"] == {"table": {"large": 2, "small": 2}, "chair": {"large": 1, "small": 2}}
    assert kit["available"] == {"large": 6, "small": 8}
    assert kit["whole"] is True


def test_one_more_small_block_is_worth_5_in_the_lp_and_nothing_in_whole_pieces():
    now, more = cases.toy_kit(), cases.toy_kit(small=9)
    assert solve(now.problem(whole=False)).shadow_prices["small"] == pytest.approx(5)
    assert more.solve(whole=False).profit - now.solve(whole=False).profit == pytest.approx(5)
    assert more.solve().profit == now.solve().profit == 70


def test_the_companies_have_the_figures_of_e06():
    case = cases.listing().arguments
    figures = {n: tuple(row.values()) for n, row in case["candidates"].items()}
    assert figures == {
        "A": (3.48, 1.28, 5400),
        "B": (5.62, 2.53, 2300),
        "C": (7.33, 1.02, 4600),
        "D": (6.27, 3.55, 3300),
        "E": (2.14, 0.53, 980),
    }
    assert (case["count"], case["at_least"], case["at_most"]) == (3, {"assets": 10}, {"debt": 5})


def test_the_listing_is_the_best_of_all_ten_choices():
    case = cases.listing()
    choices = every_choice(**case.arguments)
    assert len(choices) == 10
    assert case.solve().taken == choices[0].taken == ("A", "B", "C")
    assert case.solve().value == 12300
    # One more unit of debt lets D in instead of B.
    assert case.solve(at_most={"debt": 6}).taken == ("A", "C", "D")
    relaxed = case.solve(relaxed=True)
    assert 12300 < relaxed.value < 13300
    assert any(0 < share < 1 for share in relaxed.shares.values())


def test_transport_has_the_figures_of_e07():
    case = cases.tianjin().arguments
    assert list(case["supply"].values()) == [400, 600]
    assert case["supply"]["Tianjin"] == 400
    assert list(case["demand"].values()) == [300, 350, 350]
    assert [list(row.values()) for row in case["freight"].values()] == [[4, 6, 7], [8, 9, 6]]


def test_the_transport_plan_is_certified_and_balanced(certify):
    case = cases.tianjin()
    assert case.solve().cost == certify(case.problem()).objective == 6150
    assert LEFT not in case.solve().demand


def test_the_six_types_have_the_names_goals_and_limits_of_e08():
    assert [t.chinese for t in cases.SIX_TYPES] == [
        "生产计划", "配料", "背包", "运输", "公司选择", "指派",
    ]  # fmt: skip
    assert [t.number for t in cases.SIX_TYPES] == [1, 2, 3, 4, 5, 6]
    assert {t.name for t in cases.SIX_TYPES} == set(cases.MODELS)


def test_the_invented_instances_have_the_figures_of_e09():
    feed = cases.feed().arguments
    assert feed["cost"] == {"A": 3, "B": 2, "C": 6}
    rows = [tuple(row.values()) for row in feed["contents"].values()]
    assert rows == [(0.2, 0.05), (0.1, 0.1), (0.4, 0.02)]
    assert (feed["amount"], feed["at_least"], feed["at_most"]) == (
        100, {"protein": 22}, {"fibre": 6},
    )  # fmt: skip
    load = cases.load_of_ten().arguments
    assert list(load["items"].values()) == [(3, 40), (4, 50), (2, 25), (5, 70), (1, 10)]
    assert load["limit"] == 10
    jobs = [list(row.values()) for row in cases.four_jobs().arguments["values"].values()]
    assert jobs == [[9, 2, 7, 8], [6, 4, 3, 7], [5, 8, 1, 8], [7, 6, 9, 4]]


def test_the_invented_instances_agree_with_a_second_method(best_corner):
    assert cases.feed().solve().cost == pytest.approx(best_corner(cases.feed().problem()))
    for copies in (1, None):
        case = cases.load_of_ten(copies=copies)
        assert case.solve().value == knapsack_by_table(**case.arguments).value
    rows = [list(row.values()) for row in cases.four_jobs().arguments["values"].values()]
    sums = [sum(row[j] for row, j in zip(rows, p, strict=True)) for p in permutations(range(4))]
    assert cases.four_jobs().solve().total == min(sums)
    assert cases.four_jobs().solve(best="most").total == max(sums)


@pytest.mark.parametrize(
    "case",
    [cases.toy_kit(), cases.listing(), cases.tianjin(), cases.feed(), cases.load_of_ten(),
     cases.four_jobs()],
    ids=lambda case: case.model,
)  # fmt: skip
def test_every_case_says_where_its_numbers_come_from(case):
    assert case.origins
    for origin in case.origins.values():
        assert origin.split(" ")[0].rstrip(":") in {"source", "inferred", "invented"}
    assert case.section in repr(case)
    assert case.section in case._repr_html_()
    assert case.solve().sentence
