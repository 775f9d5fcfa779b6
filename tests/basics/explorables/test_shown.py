"""What the explorables of the first chapter show, against the code that they print."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest
import vl_convert
from ends import document as ask
from ends import ends

from svclab import data
from svclab.basics import explorables
from svclab.basics.messages import LESSONS
from svclab.basics.workshop import best_plan
from svclab.explore import declaration

NAMES = [f"basics.{name}" for name in explorables.__all__]

every_explorable = pytest.mark.parametrize("name", NAMES)


def figures(document: dict[str, Any]) -> dict[str, str]:
    return {one["key"]: one["text"] for one in document["view"]["figures"]}


def parts(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [part for part in document["view"]["parts"] if part["kind"] == kind]


def printed(code: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return out.getvalue()


@every_explorable
def test_every_chart_is_drawn_at_every_end_of_every_control(name: str) -> None:
    for setting in ends(name):
        document = ask(name, **setting)
        assert "problems" not in document, setting
        for chart in parts(document, "chart"):
            spec = {**chart["spec"], "width": 600, "datasets": chart["data"]}
            assert "NaN" not in vl_convert.vegalite_to_svg(spec)


def test_five_of_six_ask_for_a_guess_first() -> None:
    assert sum(bool(declaration(name)["guess"]) for name in NAMES) >= 5


@pytest.mark.parametrize("each", [1, 2.5, 4, 12])
@pytest.mark.parametrize("clerks", [1, 3])
def test_the_first_slider_shows_clerks_times_sixty_over_minutes(each: float, clerks: int) -> None:
    shown = figures(ask("basics.first_slider", each=each, clerks=clerks))
    assert float(shown["served"]) == pytest.approx(60 * clerks / each, abs=0.05)


@pytest.mark.parametrize(
    ("presses", "last"),
    [
        ("ABBC", "20"),
        ("ACB", "10"),
        ("ACBC", "10, 15"),
        ("AB", "nothing"),
        ("ABC", "15"),
        ("C", "error"),
        ("ABRC", "error"),
    ],
)
def test_cells_print_what_their_order_makes_of_them(presses: str, last: str) -> None:
    rows = [{"press": "restart" if one == "R" else one} for one in presses]
    document = ask("basics.cell_order", presses=rows)
    assert figures(document)["printed"] == last
    assert bool(document["view"]["warning"]) == (last == "error")


@pytest.mark.parametrize("column", ["total", "bachelor"])
@pytest.mark.parametrize("question", ["sum", "mean", "max", "count"])
@pytest.mark.parametrize(("since", "order"), [(1999, "year"), (2003, "largest")])
def test_the_lines_of_pandas_print_what_is_shown(
    column: str, question: str, since: int, order: str
) -> None:
    setting = {"column": column, "question": question, "since": since, "order": order}
    document = ask("basics.ask_a_table", **setting)
    lines = printed(parts(document, "code")[0]["text"]).splitlines()
    shown = float(figures(document)["answer"].replace(",", ""))
    assert float(lines[-1]) == pytest.approx(shown, abs=0.05)
    table = [[row[0], row[1].replace(",", "")] for row in parts(document, "table")[0]["rows"]]
    assert [line.split()[1:] for line in lines[1:-1]] == table
    assert len(table) == sum(row["year"] >= since for row in data.rows("ningbo-enrolment"))


@pytest.mark.parametrize(
    "setting",
    [
        {"gap": 3, "service": 4, "times": "regular", "customers": 20},
        {"gap": 4, "service": 3, "times": "chance", "seed": 4},
        {"gap": 2, "service": 5, "times": "chance", "seed": 9, "counters": 3, "customers": 30},
    ],
)
def test_the_lines_of_simpy_print_the_waits_in_the_picture(setting: dict[str, Any]) -> None:
    document = ask("basics.first_simulation", **setting)
    lines = printed(parts(document, "code")[0]["text"]).splitlines()
    found = [float(line.split()[-1]) for line in lines]
    rows = parts(document, "chart")[0]["data"]["rows"]
    assert found == pytest.approx([row["wait"] for row in rows], abs=0.0051)


def test_what_the_guess_about_chance_says_holds_for_the_first_draw_and_for_many_others() -> None:
    said = ask("basics.first_simulation", guess=5)["view"]["say"]
    shown = int(figures(ask("basics.first_simulation"))["waiting"])
    assert f"In the first draw {shown} of 50 wait." in said
    others = [
        int(figures(ask("basics.first_simulation", seed=seed))["waiting"]) for seed in range(60)
    ]
    assert min(others) > 10


def test_a_queue_that_grows_is_warned_of_and_one_in_balance_is_not() -> None:
    grows = ask("basics.first_simulation", gap=3, service=4, times="regular")
    assert "20 per hour come and 15 per hour can be served" in grows["view"]["warning"]
    assert not ask("basics.first_simulation", gap=4, service=4)["view"]["warning"]


@pytest.mark.parametrize(
    ("brake", "wheel", "day", "rims", "promised"),
    [(20, 35, 480, 10, 0), (20, 28, 480, 10, 0), (20, 35, 480, 10, 20), (20, 35, 480, 10, 25)],
)
def test_the_lines_of_pulp_print_the_plan_that_is_shown(
    brake: int, wheel: int, day: int, rims: int, promised: int
) -> None:
    setting = {"brake": brake, "wheel": wheel, "day": day, "rims": rims, "promised": promised}
    document = ask("basics.first_plan", **setting)
    text = printed(parts(document, "code")[0]["text"])
    plan = best_plan(brake, wheel, minutes=day, rims=rims, promised=promised)
    if plan is None:
        assert text.startswith("infeasible")
        assert "Infeasible" in document["view"]["warning"]
    else:
        values = {"brakes": float(plan.brakes), "wheels": float(plan.wheels)}
        assert text == f"optimal {plan.earns} {values}\n"
        assert figures(document)["earns"] == str(round(plan.earns))


def test_the_answer_of_the_first_plans_guess_is_its_default() -> None:
    shown = figures(ask("basics.first_plan"))
    assert (shown["brakes"], shown["wheels"]) == ("9", "10")


@pytest.mark.parametrize("error", LESSONS)
def test_the_message_is_shown_word_for_word_and_the_mended_cell_when_asked_for(error: str) -> None:
    lesson = LESSONS[error]
    document = ask("basics.error_reader", error=error)
    assert lesson.message in document["view"]["say"]
    cell, under = parts(document, "code")
    assert cell["text"] == lesson.code
    assert under["text"].splitlines()[-1] == lesson.message
    mended = parts(ask("basics.error_reader", error=error, mended=True), "code")[0]
    assert mended["text"] == lesson.mended
