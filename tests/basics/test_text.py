"""Every number that chapter 0 says in words, against the models, the tables and Python itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pulp
import pytest
from asked import ask, figure, text
from IPython.core.interactiveshell import InteractiveShell
from prose import cell, in_words, prose, run

from svclab import data
from svclab.basics.cells import RESTART, run_cells
from svclab.basics.counter import visits, waits
from svclab.basics.explorables.orders import CELLS
from svclab.basics.explorables.questions import program as question
from svclab.basics.explorables.rates import served
from svclab.basics.messages import LESSONS
from svclab.basics.workshop import BRAKE_MINUTES, WHEEL_MINUTES, best_plan, workshop
from svclab.catalogue import CHAPTERS
from svclab.explore import declaration
from svclab.linear import conflict
from svclab.practice import deal, listed
from svclab.practice.reading import read_number
from svclab.practice.session import HONEST_TRIES

TEXT = prose("basics")
says = TEXT.says
CHAPTER = next(one for one in CHAPTERS if one.package == "basics")
YEARS = {row["year"]: row for row in data.rows("ningbo-enrolment")}
EACH = declaration("basics.first_slider")["parameters"][0]["default"]  # minutes


def default(name: str, parameter: str) -> Any:
    among = declaration(f"basics.{name}")["parameters"]
    return next(one["default"] for one in among if one["name"] == parameter)


def pressed(*presses: str) -> dict[str, Any]:
    return ask("basics.cell_order", presses=[{"press": one} for one in presses])


# The head of the chapter, and how long it takes


def test_the_five_exercises_at_the_top_are_the_core_ones_with_their_minutes() -> None:
    core = [one for one in listed("basics") if one.core]
    said = f"{sum(one.minutes for one in core)} for {in_words(len(core))} exercises"
    says(said)


def test_the_parts_at_the_top_are_the_minutes_of_the_core_sections() -> None:
    core = re.findall(r"core, (\d+) minutes", " ".join(p.text for p in TEXT.passages))
    says(f"take about {sum(map(int, core))} minutes together")


def test_all_exercises_but_those_that_ask_for_code_can_be_answered_on_the_page() -> None:
    every = listed("basics")
    kinds = [{field.kind for field in deal(one, "2026-0417").fields} for one in every]
    there = sum("code" not in kind for kind in kinds)
    says(f"{in_words(there)} of the {in_words(len(every))} exercises can be answered there")


def test_the_instructors_timing_ends_with_the_class_hour() -> None:
    timing = next(p.text for p in TEXT.passages if "Timing" in p.text)
    slots = [(int(a), int(b)) for a, b in re.findall(r"(\d+) to (\d+):", timing)]
    assert [a for a, _ in slots] == [0, *(b for _, b in slots[:-1])]
    assert slots[-1][1] == 45 * CHAPTER.hours


def test_the_worked_solution_opens_after_as_many_tries_as_the_text_says() -> None:
    says(f"After {in_words(HONEST_TRIES)} tries, or a right answer, you can open the worked")


def test_an_answer_may_be_typed_in_any_field_as_the_text_says() -> None:
    whole = " ".join(passage.text for passage in TEXT.passages)
    (examples,) = re.findall(r"You may write (\S+), (\S+) or (\d+%)\.", whole)
    for typed in examples:
        read_number(typed, "%" if "%" in typed else "")


# A slider


def test_the_clerk_with_three_minutes_serves_twenty_in_an_hour() -> None:
    says(f"A clerk needs 3 minutes for a customer, so {served(3, 1):g} customers can be served")
    says(f"What if each takes {EACH} minutes?")


def test_the_first_minute_costs_five_customers_and_the_last_not_even_one() -> None:
    def shown(each: float) -> float:
        return float(figure(ask("basics.first_slider", each=each, clerks=1), "served"))

    first = shown(3) - shown(4)
    says(f"The first minute costs {in_words(round(first))} customers per hour")
    assert first == pytest.approx(round(first))
    assert 0 < shown(11) - shown(12) < 1
    says("from 11 to 12, with one clerk")
    says("the second not even one")


# Cells


def test_the_first_cell_computes_the_minutes_and_customers_of_a_day() -> None:
    names = run(cell("basics", "minutes = 8 * 60")).names
    says(f"`minutes = 8 * 60` computes {names['minutes']} and gives it the name")
    assert names["customers"] == names["minutes"] / EACH == 8 * served(EACH, 1)
    says(f"in a day of 8 hours, with {EACH} minutes for each?")


def test_with_five_minutes_the_slider_shows_the_hour_and_the_cell_the_day() -> None:
    names = run(cell("basics", "minutes = 8 * 60").replace("/ 4", "/ 5")).names
    hour = text(ask("basics.first_slider", each=5), "served")
    says("set the slider above to 5 minutes. It shows the customers of one hour, the cell those of")
    says(f"with 5 minutes {names['customers']:g} customers in a day, {hour} in an hour")


def test_the_orders_of_cells_in_the_text_give_what_the_answers_say() -> None:
    says("Try only C. Then A, C, B. Then a restart before C.")
    twice = text(pressed("A", "B", "B", "C"), "printed")
    early = [one.output for one in run_cells(CELLS, ["A", "C", "B"])][1]
    says(f"A, B, B, C prints {twice}; A, C, B prints {early}.")
    assert early in {row[2] for row in pressed("A", "C", "B")["parts"][0]["rows"]}
    for alone in (["C"], ["A", "B", RESTART, "C"]):
        assert text(pressed(*alone), "printed") == "error"


def test_students_who_read_the_equals_sign_add_what_cell_b_adds() -> None:
    runs = run_cells(CELLS, ["A", "B"])
    step = runs[1].memory["customers"] - runs[0].memory["customers"]
    says(f"find `{CELLS['B']}` absurd")
    says(f"take the customers, add {step}, and call the result customers")


# A table and a plot


def test_the_table_counts_the_new_students_of_seven_years() -> None:
    says(f"counted its new students in {in_words(len(YEARS))} years")


def test_the_rows_above_five_thousand_are_those_of_the_years_that_the_answers_name() -> None:
    says("those where the total is above 8,000")
    says("Change 8000 to 5000")
    table = cell("basics", 'data.load("ningbo-enrolment")')
    changed = cell("basics", "len(many)").replace("8000", "5000")
    printed = run("from svclab import data", table, changed).printed("len(many)").splitlines()
    years = [year for year, row in YEARS.items() if row["total"] > 5000]
    assert int(printed[-1]) == len(years)
    says(f"above 5,000 are the {in_words(len(years))} years from {years[0]}")
    assert years == list(range(years[0], max(YEARS) + 1))
    kept = ask("basics.ask_a_table", since=years[0], question="count")
    assert text(kept, "rows") == str(len(years))
    asked = question("total", years[0], False, "count")
    assert int(run(asked).printed(asked).splitlines()[-1]) == len(years)


def test_the_line_of_the_plot_falls_in_the_one_year_that_the_text_names() -> None:
    for column, said in (("total", "it falls in {}."), ("bachelor", "Does `bachelor` fall in {},")):
        falls = [y for y in YEARS if y - 1 in YEARS and YEARS[y][column] < YEARS[y - 1][column]]
        assert len(falls) == 1
        says(said.format(falls[0]))
    before, after = YEARS[falls[0] - 1]["bachelor"], YEARS[falls[0]]["bachelor"]
    says(f"the total falls in {falls[0]}, and `bachelor` too, from {before:,} to {after:,}")


def test_the_picture_of_the_students_says_where_the_line_begins_and_where_it_falls() -> None:
    totals = [row["total"] for row in YEARS.values()]
    most = max(YEARS, key=lambda year: YEARS[year]["total"])
    says(
        f"rises every year to about {round(max(totals), -2):,} in {most}, and falls to about "
        f"{round(totals[-1], -2):,} in {max(YEARS)}."
    )
    assert totals[0] < 1000
    says("below one thousand")


# A first simulation


COMES, TAKES = [0, 3, 6, 9, 12], EACH


def test_the_cell_of_the_simulation_is_the_one_that_the_text_describes() -> None:
    code = cell("basics", "import simpy")
    minutes = ", ".join(map(str, COMES[:-1])) + f" and {COMES[-1]}"
    assert f"for comes in {COMES}:" in code
    assert f"env.timeout({TAKES})" in code
    says(f"{in_words(len(COMES)).capitalize()} customers come, at the minutes {minutes}.")
    says(f"Each service takes {TAKES} minutes.")
    says(f"until the {TAKES} minutes of the service are over")
    says(f"on beats {minutes}")


def test_the_fifth_customer_waits_as_the_answers_say_and_with_help_nobody_waits() -> None:
    says(f"the fifth customer waits {waits(COMES, TAKES)[-1]} minutes")
    assert not any(waits(COMES, 2) + waits(COMES, TAKES, counters=2))
    says("with a service of 2 minutes, or with two counters, nobody waits")
    says(f"on beat 15, would say: {waits([*COMES, 15], TAKES)[-1]}.")


def test_the_model_below_set_as_the_text_says_gives_the_waits_of_the_cell() -> None:
    says("set the model below to always the same, 3 min, 4 min, 1 counter, 5 customers")
    setting = {"times": "regular", "gap": 3, "service": TAKES, "counters": 1, "customers": 5}
    assert figure(ask("basics.first_simulation", **setting), "longest") == waits(COMES, TAKES)[-1]
    for change in ({"service": 2}, {"counters": 2}):
        assert figure(ask("basics.first_simulation", **{**setting, **change}), "waiting") == 0


def test_three_and_four_minutes_bring_the_warning_that_the_text_promises() -> None:
    says(f"With a customer every 3 min and a service of {TAKES} min, more come than can be served.")
    warning = ask("basics.first_simulation", gap=3, service=TAKES)["warning"]
    assert "the queue grows as long as customers come" in warning
    assert not ask("basics.first_simulation")["warning"]


def test_people_wait_although_there_is_time_enough_for_all() -> None:
    gap, service = (default("first_simulation", name) for name in ("gap", "service"))
    assert gap > service
    assert figure(ask("basics.first_simulation"), "waiting") > 0
    says("So people wait although there is time enough for all.")


def test_two_counters_serve_what_the_instructor_is_told() -> None:
    says(f"two counters serve {served(TAKES, 2):g} per hour and {60 / 3:g} come")
    assert [one.wait for one in visits(3, TAKES, counters=2)] == [0] * 5


# A first plan


def test_the_workshop_in_the_text_is_that_of_the_model() -> None:
    brake, wheel = default("first_plan", "brake"), default("first_plan", "wheel")
    says(f"A brake takes {BRAKE_MINUTES} minutes and earns {brake} yuan.")
    says(f"A wheel takes {WHEEL_MINUTES} minutes and earns {wheel} yuan.")
    day, rims = default("first_plan", "day"), default("first_plan", "rims")
    says(f"Today there are {day} minutes of work, and {rims} rims")
    best = best_plan(brake, wheel, minutes=day, rims=rims)
    assert best == best_plan()
    assert best is not None
    says("So all rims are used, and brakes fill the rest of the day.")
    assert best.wheels == rims
    assert best.minutes == day


def test_a_minute_of_a_wheel_and_of_a_brake_earn_what_the_text_says() -> None:
    brake, wheel = default("first_plan", "brake"), default("first_plan", "wheel")
    says(f"on a wheel earns {wheel} ÷ {WHEEL_MINUTES} = {wheel / WHEEL_MINUTES:.2f} yuan")
    says(f"on a brake {brake} ÷ {BRAKE_MINUTES} = {brake / BRAKE_MINUTES:g} yuan")


def test_a_wheel_that_earns_28_yuan_is_built_no_more() -> None:
    says("What if a wheel earns 28 yuan? Say what you expect, change 35 to 28")
    view = ask("basics.first_plan", wheel=28)
    minute = f"{28 / WHEEL_MINUTES:.2f}"
    assert f"a wheel {minute} yuan a minute" in view["say"]
    best = best_plan(wheel_earns=28)
    assert best is not None
    assert (figure(view, "brakes"), figure(view, "wheels")) == (best.brakes, best.wheels) != (0, 0)
    says(f"if a wheel earns 28 yuan, a minute of it earns {minute} yuan, less than that of a brake")
    assert best.wheels == 0
    says(f"the best day is {best.brakes} brakes and no wheel, {best.earns:g} yuan")


def test_the_promised_brakes_need_more_minutes_than_there_are() -> None:
    promised = int(re.findall(r"brakes >= (\d+)", cell("basics", '"promised"'))[0])
    says(f"Let somebody promise {promised} brakes for today.")
    says(f"set Brakes promised for today to {promised} in the model")
    view = ask("basics.first_plan", promised=promised)
    need, day = text(view, "need"), text(view, "day")
    says(f"{promised} brakes need {need} minutes, and there are {day}.")
    assert view["warning"].startswith("Infeasible")
    found = conflict(workshop(promised=promised))
    assert found is not None
    assert len(found.constraints) == 2
    says("Ask which two limits contradict each other.")


def test_the_promise_made_twice_brings_the_message_that_the_instructor_reads() -> None:
    plan = workshop()
    (brakes,) = [one for one in plan.variables() if one.name == "brakes"]
    plan += brakes >= 25, "promised"
    with pytest.raises(pulp.PulpError) as caught:
        plan += brakes >= 25, "promised"
    says(f'PuLP then complains of "{str(caught.value).partition(":")[0]}"')


# When Python complains


def test_the_reader_of_messages_has_as_many_cells_as_the_text_says() -> None:
    says(f"Read two or three of the {in_words(len(LESSONS))}.")


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    before = getattr(sys, "last_value", None)
    yield InteractiveShell()
    sys.last_value = before
    InteractiveShell.clear_instance()


def shown(shell: InteractiveShell, code: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The last line that a notebook writes under a cell: not all messages are those of Python."""
    shell.run_cell(code)
    return re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out).strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("line", "old", "new", "said"),
    [
        (5, "total,", "totl,", "In the last line, write `totl`: `{}`."),
        (4, "[desk]", "[desk", "In line 4, take the last bracket away: `{}`."),
        (5, "print(", "print（", "`{}`. This is not Python. A Chinese bracket （ ） or quote"),
        (5, '"s")', '"s"）', "`{}`. This is not Python. A Chinese bracket （ ） or quote"),
        (1, '"payment"', "“payment”", "`{}`. This is not Python. A Chinese bracket （ ） or quote"),
        (4, "    total", "total", "Take away the blanks before `total = total`: `{}`."),
        (1, "40", '"40"', 'In the first line, write `"40"`: `{}`.'),
        (3, '"eye test"', '"eyetest"', 'In line 3, write `"eyetest"`: `{}`.'),
    ],
)
def test_a_notebook_shows_the_kind_of_error_that_the_text_names(
    shell: InteractiveShell,
    capsys: pytest.CaptureFixture[str],
    line: int,
    old: str,
    new: str,
    said: str,
) -> None:
    lines = cell("basics", '"eye test": 40').splitlines()
    assert lines[line - 1].count(old) == 1
    lines[line - 1] = lines[line - 1].replace(old, new)
    message = shown(shell, "\n".join(lines), capsys)
    # An open end is no SyntaxError by name from Python 3.13 on.
    assert "incomplete input" not in message
    says(said.format(message.partition(":")[0]))


def test_python_notices_the_text_among_the_numbers_only_in_the_line_that_adds_it(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell(cell("basics", '"eye test": 40').replace("40", '"40"'))
    (line,) = re.findall(r"^-+> (\d)", re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out), re.M)
    says(f"Python notices it only in line {line}.")


def test_no_message_of_the_reader_of_messages_depends_on_an_open_end(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    for lesson in LESSONS.values():
        if lesson.named and not lesson.message.startswith("UnstableError"):
            assert shown(shell, lesson.code, capsys) == lesson.message


# A function of one's own


def test_the_function_called_in_the_text_is_the_one_in_the_cell() -> None:
    made = run(cell("basics", "def served")).names
    assert made["served"](EACH, 2) == served(EACH, 2)
    says(f"`served({EACH}, 2)` means: run these lines with `minutes` {EACH} and `clerks` 2.")
    says(f"`min(1, 1.5)` gives the smaller of two numbers, here {min(1, 1.5)}.")
