"""What the notebook of the first chapter says, against the models and exercises that it shows."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from svclab import data
from svclab.basics import workshop
from svclab.basics.counter import visits, waits
from svclab.basics.exercises import OBJECTIVES
from svclab.basics.explorables.rates import served

PATH = Path(__file__).parents[2] / "notebooks" / "00-getting-started.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    return list(nbformat.read(PATH, as_version=4).cells)


@pytest.fixture(scope="module")
def text(cells: list[Any]) -> str:
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def code_with(cells: list[Any], word: str) -> str:
    (found,) = [c.source for c in cells if c.cell_type == "code" and word in c.source]
    return str(found)


def printed(code: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return out.getvalue()


def test_the_first_cell_states_the_objectives_that_exercises_test(cells: list[Any]) -> None:
    stated = re.findall(r"^(\d)\. (.+)[;.]$", cells[0].source, re.M)
    assert {int(number): words for number, words in stated} == OBJECTIVES


def test_the_first_cell_adds_up_to_one_class_hour(cells: list[Any]) -> None:
    total, *parts = (int(n) for n in re.findall(r"\b(\d\d)\b", cells[0].source.split("\n")[2]))
    assert total == sum(parts) == 45


def test_a_guess_is_asked_for_before_the_text_gives_the_answer(text: str, cells: list[Any]) -> None:
    order = [cell.source for cell in cells]
    assert order.index("explorables.error_reader") < next(
        n for n, source in enumerate(order) if "**The last line first.**" in source
    )
    assert order.index("explorables.first_plan") < order.index(code_with(cells, "LpProblem"))


def test_the_simulation_cell_prints_what_the_model_gives(cells: list[Any]) -> None:
    rows = [f"came at {v.came} waits {v.wait}" for v in visits(3, 4)]
    assert printed(code_with(cells, "import simpy")).splitlines() == rows


def test_the_plan_in_the_cell_is_that_of_the_explorable(cells: list[Any]) -> None:
    written = workshop.program().replace("from svclab import linear\n", "")
    assert code_with(cells, "LpProblem") + "\n" == written


def test_the_answers_for_instructors_are_those_of_the_models(text: str) -> None:
    said = text.split("**Answers to the questions in the text.**")[1]
    assert served(5, 1) * 8 == 96
    assert "96 customers in a day, 12 in an hour" in said
    assert waits([0, 3, 6, 9, 12], 4)[-1] == 4
    assert set(waits([0, 3, 6, 9, 12], 2)) == set(waits([0, 3, 6, 9, 12], 4, counters=2)) == {0}
    assert waits([0, 3, 6, 9, 12, 15], 4)[-1] == 5
    plan = workshop.best_plan(wheel_earns=28)
    assert plan is not None
    assert (plan.brakes, plan.wheels, plan.earns) == (24, 0, 480)
    assert "24 brakes and no wheel, 480 yuan" in said
    years = {row["year"]: row for row in data.rows("ningbo-enrolment")}
    assert [year for year, row in years.items() if row["total"] > 5000] == [2002, 2003, 2004, 2005]
    assert (years[2004]["bachelor"], years[2005]["bachelor"]) == (4635, 4070)
    assert "the four years from 2002" in said
    assert "from 4,635 to 4,070" in said


def test_a_reader_on_a_phone_is_told_what_to_do_wherever_code_is_to_be_changed(text: str) -> None:
    sections = {part.split("\n")[0]: part for part in re.split(r"^## ", text, flags=re.M)}
    for heading in ("Your own numbers", "Cells", "A table", "A plot", "A first simulation",
                    "A first plan", "When Python complains", "A function of your own"):  # fmt: skip
        assert "**On the page**" in sections[heading], heading
