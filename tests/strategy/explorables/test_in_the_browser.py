"""The pictures moved and filled in a browser: a firm by keys, a judgement, a goal, a score."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from moved_page import moved, wait_for

from svclab.strategy import explorables

pytestmark = pytest.mark.browser
Open = Callable[[str, int], Any]


@pytest.fixture
def opened(browser: Any) -> Iterator[Open]:
    with ExitStack() as stack:

        def open_page(name: str, width: int) -> Any:
            return stack.enter_context(moved(browser, getattr(explorables, name), width))

        yield open_page


def test_a_firm_is_moved_by_the_keyboard_and_its_row_follows(opened: Open) -> None:
    page = opened("positioning_map", 1280)
    page.locator("[data-spot='Our shop']").filter(visible=True).focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    place = page.locator("[data-param=firms] tbody tr:nth-child(2) [data-col=place]")
    assert float(place.input_value()) == pytest.approx(0.6)
    page.wait_for_function(
        "() => !document.querySelector('.svx-say').textContent.includes('2,133 yuan')"
    )


def test_a_judgement_chosen_in_the_matrix_makes_another_supplier_the_first(opened: Open) -> None:
    page = opened("supplier_weights", 360)
    page.locator("[data-fill-parameter=judgements][data-fill-row='4']").select_option("1")
    wait_for(page, "Dongsheng is first.")


def test_a_role_chosen_in_the_matrix_changes_what_a_point_more_wins(opened: Open) -> None:
    page = opened("order_winners", 360)
    page.locator("[data-fill-row='0'][data-fill-column=students]").select_option("w9")
    wait_for(page, "One point more of comfort or hygiene wins nobody.")


def test_a_number_typed_into_the_matrix_of_goals_stands_in_the_table_too(opened: Open) -> None:
    page = opened("goal_alignment", 1280)
    cell = page.locator("[data-fill-row='3'][data-fill-column=one]")
    cell.fill("2")
    cell.press("Tab")
    page.wait_for_function(
        "() => !document.querySelector('.svx-say').textContent.includes('Helping no goal')"
    )
    table = page.locator("[data-param=service] tbody tr:nth-child(4) [data-col=one]")
    assert table.input_value() == "2"


@pytest.mark.parametrize("name", ["four_vs", "gap_analysis", "process_matrix", "adoption_curve"])
def test_on_a_narrow_phone_nothing_reaches_beyond_the_page(opened: Open, name: str) -> None:
    opened(name, 320)
