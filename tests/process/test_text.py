"""Numbers that chapter 5 says in words and no cell prints, against models and explorables."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import Any

from asked import ask, figure, text
from prose import in_words, percent, prose, ran

from svclab import process
from svclab.explore import declaration

TEXT = prose("process")
TODAY = process.analyse(process.licence_office())
TEACHER = "For the instructor"


def section(title: str) -> Any:
    return TEXT.section(title).says


def asked(name: str, **setting: Any) -> dict[str, Any]:
    return ask(f"process.{name}", **setting)


def minutes(seconds: float) -> float:
    return seconds / process.MINUTE


# The licence office


def line_with(**seconds: float) -> dict[str, Any]:
    (rows,) = (
        one["default"]
        for one in declaration("process.line_pace")["parameters"]
        if one["name"] == "activities"
    )
    every = seconds.get("every")
    changed = [
        {**row, "seconds": every or seconds.get(row["name"], row["seconds"])} for row in rows
    ]
    return asked("line_pace", activities=changed)


def test_what_the_first_line_does_with_other_times_is_as_the_answers_say() -> None:
    section("Drawing and measuring a line")("Set the time of violations to 30 s.")
    one = line_with(violations=30)
    section(TEACHER)(f"Violations at 30 s: the eye test, {text(one, 'capacity')} per hour.")
    assert "bottleneck is eye test" in one["say"]
    alike = line_with(every=30)
    section(TEACHER)(
        f"All activities at 30 s: balance delay {text(alike, 'delay')}%, "
        f"{text(alike, 'capacity')} per hour."
    )


def test_the_six_workers_are_paid_for_more_than_the_work() -> None:
    cycle = 3600 / TODAY.capacity_per_hour
    section("Drawing and measuring a line")(
        f"Six workers on a cycle of {cycle:g} s are paid for {TODAY.paid_seconds:g} s to do the "
        f"{TODAY.work_content_seconds:g} s of work"
    )
    section("Drawing and measuring a line")(f"3,600 ÷ 15 = {3600 / 15:g} per hour")


def test_the_boxes_of_the_figure_are_those_of_the_line() -> None:
    said = [
        f"{row.name} {3600 / row.capacity_per_hour:g} s and {row.capacity_per_hour:g}"
        for row in TODAY.resources
    ]
    said[0] += " per hour"
    section("Drawing and measuring a line")(", ".join(said) + ". The box of violations")


def test_the_consultant_averages_what_cannot_be_averaged() -> None:
    rates = [row.capacity_per_hour for row in TODAY.resources]
    *first, last = (f"{one:g}" for one in rates)
    section("Wrong on purpose: the average capacity")(
        f"can serve {', '.join(first)} and {last} per hour. The average is "
        f"{math.fsum(rates) / len(rates):g}, above the target"
    )


def test_the_managers_three_numbers_do_not_fit() -> None:
    found = process.littles_law(throughput_per_hour=60, flow_time_seconds=10 * process.MINUTE)
    section("Three numbers that cannot disagree: Little's law")(
        f"60 per hour for ten minutes each is {in_words(round(found.inventory))} people"
    )


def test_the_seventh_worker_moves_the_bottleneck() -> None:
    view = asked("one_more_worker", place="violations")
    section("One more worker")(f"even there the office reaches {text(view, 'capacity')} per hour")
    assert text(view, "bottleneck") == "eye test"
    need = TODAY.work_content_seconds / process.takt_time(120)
    section("One more worker")(f"then they must work {percent(need / math.ceil(need))} of the time")


def test_the_designs_with_and_without_the_textbooks_rule_are_counted() -> None:
    says = section("Line balancing: who does what")
    says(f"There are {text(asked('all_layouts', order=False), 'count')}.")
    says(f"Then {text(asked('all_layouts'), 'count')} remain.")


@cache
def found_layouts() -> list[process.Layout]:
    return process.layouts(process.licence_office(free_order=True), workers=7)


def test_the_edge_of_the_layouts_has_the_dots_that_the_text_counts() -> None:
    says = section("Line balancing: who does what")
    found = found_layouts()
    edge = {(round(one.capacity_per_hour, 6), one.equipment_total) for one in process.pareto(found)}
    on = [one for one in found if (round(one.capacity_per_hour, 6), one.equipment_total) in edge]
    says(
        f"The edge has {in_words(len(edge))} dots, and {len(on)} of the {len(found):,} layouts lie "
        "on them."
    )
    source = [
        one
        for one in found
        if one.equipment == {"camera": 1, "eye tester": 2} and round(one.capacity_per_hour) >= 120
    ]
    says(f"one of {in_words(len(source))} that reach 120 per hour with one camera and two eye")
    few, more = (text(asked("all_layouts", testers=n, cameras="1"), "best") for n in "12")
    says(f"{few} per hour is the most that any layout of seven people reaches; the second eye")
    says(f"the second eye tester brings {more}")
    assert int(more) - int(few) == 30
    says("Thirty licences an hour")
    says(f"each doing everything for one applicant, {found[0].capacity_per_hour:.0f} per hour")


def test_activities_with_one_number_share_a_station_in_the_table_of_layouts() -> None:
    section("Line balancing: who does what")(
        "Activities with the same number are done at one station."
    )
    table = ran("process", "found = process.layouts(").gave("found = process.layouts(")
    for column, layout in zip(table, found_layouts(), strict=False):
        people = [one.workers for one in layout.stations]
        assert len(set(people)) == len(people)
        for one in layout.stations:
            assert {table[column][name] for name in one.activities} == {one.workers}
        assert {name: table[column][name] for name in layout.equipment} == layout.equipment


def test_twenty_activities_cannot_be_listed() -> None:
    bell = [1]
    for _ in range(20):
        row = [bell[-1]]
        for above in bell:
            row.append(row[-1] + above)
        bell = row
    section("Longer lines")(f"the 20th Bell number is about {bell[0] / 1e13:.1f} × 10¹³")
    assert bell[0] > 50e12


# The airport and the clinic


def test_the_best_merger_and_the_second_server_reach_what_the_text_says() -> None:
    says = section("Order and merging: a passenger's way through an airport")
    merged = {n: asked("jfk_transit", merge=str(n)) for n in range(1, 6)}
    best = max(merged.values(), key=lambda view: float(figure(view, "capacity")))
    assert "immigration + baggage claim" in best["say"]
    says(f"Merging baggage claim and immigration is best: {text(best, 'capacity')} per hour")
    second = asked("jfk_transit", extra="baggage claim")
    says(f"A second server at baggage claim brings {text(second, 'capacity')}; then customs is")
    assert "customs is the bottleneck" in second["say"]
    orders = {text(asked("jfk_transit", order=n), "capacity") for n in "012"}
    assert len(orders) == 1
    says("Moving baggage claim to another place changes nothing in the capacity")


def test_the_places_of_the_airport_and_of_the_clinic_take_what_the_models_take() -> None:
    times = [f"{one.seconds:g} s" for one in process.jfk().activities]
    places = ("leave the aircraft", "immigration", "baggage claim", "customs", "baggage check",
              "board")  # fmt: skip
    section("Order and merging: a passenger's way through an airport")(
        ", ".join(f"{place} {time}" for place, time in zip(places, times, strict=True))
    )
    own = {one.name: minutes(one.seconds) for one in process.clinic().activities}
    says = section("Shared people: the clinic")
    says(f"the measurements ({own['measurements']:g} min), the medical history ({own['history']:g}")
    says(f"the check-up ({own['check-up']:g} min)")
    says(f"our {own['laboratory']:g} and {own['consultation']:g} minutes are invented")


def test_the_nurses_limit_the_redesigned_clinic_until_the_consultation_is_long() -> None:
    says = section("Shared people: the clinic")
    new, old = asked("clinic_design", design="check"), asked("clinic_design")
    says(f"{text(new, 'capacity')} patients per hour in place of {text(old, 'capacity')}")
    assert (text(new, "limit"), text(old, "limit")) == ("nurses", "doctor")
    known = (6 + 20 + 18, 10)
    edge = sum(known) / 3
    section(TEACHER)(
        f"takes more than a third of {known[0]} minutes plus the laboratory test, {edge:g} minutes "
        f"for a test of {known[1]}."
    )
    at = [text(asked("clinic_design", design="check", consultation=edge + d), "limit")
          for d in (-1, 0, 1)]  # fmt: skip
    assert at == ["nurses", "nurses and doctor", "doctor"]


def test_a_patient_every_35_minutes_waits_less() -> None:
    tight, loose = asked("clinic_morning"), asked("clinic_morning", gap=35)
    section(TEACHER)(
        f"A patient every 35 minutes: the wait falls from about {figure(tight, 'wait'):.0f} to "
        f"about {figure(loose, 'wait'):.0f} minutes, and the doctor sees {60 / 35:.1f} in place of "
        f"{60 / 30:g} patients per hour."
    )


def test_the_bottleneck_of_the_mix_moves_at_a_third_and_at_two_thirds() -> None:
    section("Several kinds of customers")(
        "Payment limits the office up to a third of new drivers, the eye test from there to two "
        "thirds, the check of violations above."
    )
    limits = [
        asked("customer_mix", share=n)["say"].split("limited by ")[1]
        for n in (0, 33, 34, 66, 67, 100)
    ]
    assert limits == [
        "payment.",
        "payment.",
        "eye test.",
        "eye test.",
        "violations.",
        "violations.",
    ]


# Queues


def test_the_wait_at_95_percent_is_about_four_times_that_at_80() -> None:
    says = section("Why there is a queue although nobody is late")
    view = asked("waiting_near_capacity")
    at80, at95 = (float(figure(view, key)) for key in ("at80", "at95"))
    says(f"At 80% of the capacity an applicant waits about {in_words(round(at80))} minutes")
    says(f"at 95% about {in_words(round(at95 / at80))} times as long")


# ESIA and controls


def test_each_move_saves_the_work_and_the_hours_that_the_text_says() -> None:
    says = section("Redesigning an office process: ESIA")
    start = asked("esia_steps")

    def saved(move: str) -> tuple[str, str]:
        view = asked("esia_steps", **{move: True})
        work, hours = (float(figure(start, k)) - float(figure(view, k)) for k in ("work", "flow"))
        return in_words(round(work)), f"{hours:.0f}"

    (work, hours), (less, more) = saved("automate"), saved("eliminate")
    says(f"Automating saves {work} minutes of work and {in_words(int(hours))} hours")
    assert more == "17"
    says(f"eliminating saves {less} minutes of work and seventeen hours")
    signature = process.invoice_process().step("approve as deputy director")
    assert signature.wait_seconds == 16 * process.HOUR == 2 * 8 * process.HOUR
    says("Sixteen of these are the deputy director's signature")
    says(f"{in_words(round(minutes(signature.work_seconds)))} minutes of work, for which the file")


def test_value_is_added_in_few_of_the_hours() -> None:
    start = process.invoice_process()
    section("Redesigning an office process: ESIA")(
        f"Here it is {in_words(round(minutes(start.value_seconds)))} minutes in "
        f"{start.flow_time_seconds / process.HOUR:.0f} hours, {percent(start.cycle_efficiency, 2)}."
    )


def test_integrating_costs_a_little_and_saves_waiting() -> None:
    redesign = ran("process", "invoice = ", "process.Redesign(invoice)").names["redesign"]
    before, after = (one.table for one in redesign.stages[-2:])
    waiting = minutes(before.wait_seconds - after.wait_seconds)
    section("Redesigning an office process: ESIA")(
        f"Integrating costs {after.cost - before.cost:.2f} yuan more here, because the counter "
        f"clerk is paid more than the data clerk, and saves {waiting:.0f} minutes of waiting."
    )


def test_two_ways_of_control_cost_the_same_at_8_and_at_20_percent() -> None:
    costs = {
        e: {key: figure(view, key) for key in ("filing", "check all results", "prior approval")}
        for e in range(1, 31)
        for view in [asked("control_or_file", errors=e)]
    }
    (low,) = (e for e in costs if costs[e]["filing"] == costs[e]["check all results"])
    (high,) = (e for e in costs if costs[e]["prior approval"] == costs[e]["check all results"])
    section("Must it be approved before, or checked after?")(
        f"filing is cheapest below {low}% errors, checking afterwards from {low}% to {high}%, "
        f"approval before above {high}%."
    )


# Reengineering


def test_whole_cases_alone_make_it_worse_and_queues_make_half_an_hour() -> None:
    says = section("Reengineering: the insurance policy that took 25 days")
    says("At 24 applications an hour the first change alone makes it worse.")
    view = asked("case_manager")
    (table,) = (part for part in view["parts"] if part["kind"] == "table")
    assert float(table["rows"][1][2]) > 0
    assert 25 < figure(view, "before") < 35
    says("queues make half an hour, not days")


def test_the_case_manager_loses_the_advantage_where_the_answers_say() -> None:
    nothing = asked("case_manager", setup=0)
    assert figure(nothing, "before") < figure(nothing, "after")
    section(TEACHER)("Case manager with a reading time of zero: the departments are faster")
    slower = next(one["high"] for one in declaration("process.case_manager")["parameters"]
                  if one["name"] == "slower")  # fmt: skip
    gains = {}
    for s in range(0, int(slower) + 1, 5):
        view = asked("case_manager", slower=s)
        after = figure(view, "after")  # None where the case managers are overloaded
        gains[s] = -math.inf if after is None else figure(view, "before") - after
    last = max(s for s in gains if gains[s] > 0)
    near = min((last, last + 5), key=lambda s: abs(gains[s]))
    section(TEACHER)(f"the advantage is gone at about {near}% slower.")


def test_moving_a_task_off_the_path_saves_less_than_the_task() -> None:
    serial, parallel = (
        process.longest_path(process.archive_project(parallel=one)).seconds / process.DAY
        for one in (False, True)
    )
    section("Overlapping work: concurrent engineering and the critical path")(
        f"Moving a task of 14 days off the path saves only {serial - parallel:.0f}."
    )


def test_overlapping_saves_less_with_every_change() -> None:
    says = section("Overlapping work: concurrent engineering and the critical path")
    view = asked("overlap_phases", share=80, changes=0)
    says(f"Without changes, 80% overlap saves {text(view, 'saved')}%.")
    best = process.best_overlap([10, 10], changes_per_time=1, impact=0.2)
    weeks = asked("overlap_phases", share=int(text(asked("overlap_phases"), "best")))
    assert text(weeks, "saved") == "12.5"
    says(f"the best overlap saves {text(weeks, 'saved')}%, and 40% is out of reach")
    assert best.overlaps[0] == 10 * float(text(asked("overlap_phases"), "best")) / 100
    most = asked("overlap_phases", share=100, changes=0)
    assert float(figure(most, "saved")) == 50
    says("Two equal phases can never save more than half of the time")


# Keeping a process alive


def test_the_lists_with_a_step_in_every_phase_and_those_that_name_training_are_counted() -> None:
    says = section("Keeping a process alive")
    rows = [dict(row) for row in process.checklists.step_table()]
    phases = ("plan", "design", "implement", "monitor")
    full = sum(all(row[phase] != "–" for phase in phases) for row in rows)
    says(f"Only {in_words(full)} of the {in_words(len(rows))} lists have a step in every phase.")
    train = sum("train" in " ".join(row[phase] for phase in phases) for row in rows)
    says(f"{in_words(train).capitalize()} name training.")


def test_the_text_of_the_chart_is_that_of_the_thirty_tickets() -> None:
    says = section("Watching a process")
    run = ran("process", "again = process.Rework(probability=0.15").names["run"]
    times = [minutes(seconds) for seconds in run.flow_times[:30]]
    limits = process.watching.individuals(times)
    says(f"between about {round(min(times), -1):.0f} and {round(max(times), -1):.0f} minutes")
    says(f"with their mean near {round(math.fsum(times) / 30, -1):.0f}")
    says(f"even the ticket of {max(times):.0f} minutes is inside the limits")
    assert "0 outside" in repr(limits)


def test_five_files_a_month_seldom_find_a_rare_fault() -> None:
    section("How much to check")(
        f"Five files a month find a fault of 1% with a probability of {percent(1 - 0.99**5)}."
    )


def test_the_rush_of_tickets_brings_more_work_than_there_is_time() -> None:
    rush = process.ticket_rush(seed=3)
    hours = rush[-1].arrive / process.HOUR
    work = minutes(math.fsum(one.work for one in rush))
    section("Which ticket first?")(
        f"The sixty tickets bring {work:.0f} minutes of work to three people who have "
        f"{3 * math.ceil(hours) * 60}"
    )
    assert len(rush) == 60
    assert Counter(one.kind for one in rush)["exception"] == 60 / 5


# The case


def test_the_three_plans_of_the_case_cost_and_bring_what_the_text_says() -> None:
    says = section("The case: a decision for the licence office")
    best = found_layouts()[0]
    more = {in_words(many - 1) for many in best.equipment.values()}
    assert more == {"six"}
    says(f"brings {best.capacity_per_hour:.0f}, and costs six more cameras, six more eye testers")
    says(f"The second has no slack at 120, the third {percent(1 - 120 / best.capacity_per_hour)}.")
    licence = next(row for row in TODAY.resources if row.name == "licence")
    says(f"activity 6 alone sets a limit of {licence.capacity_per_hour:g} per hour")


def test_the_room_is_asked_about_a_line_without_loss() -> None:
    each = TODAY.work_content_seconds / 6
    section(TEACHER)(f"If all desks took {each:g} seconds, what would be lost?")
