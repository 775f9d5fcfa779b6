"""The cases against the documents of the course (E-01 to E-04, E-10, P-39, X-21)."""

import inspect
import math

import pytest

from svclab import data
from svclab.process import cases
from svclab.process.longest import longest_path


def test_licence_office_has_the_times_and_the_order_of_the_document():
    office = cases.licence_office()
    assert [a.seconds for a in office.activities] == [15, 30, 60, 40, 20, 30]
    assert math.fsum(a.seconds for a in office.activities) == 195
    for before, activity in zip(office.names, office.activities[1:], strict=False):
        assert activity.after == (before,)
    assert all(resource.units == 1 for resource in office.resources)


def test_licence_office_prints_the_flow_that_follows_from_its_times():
    for row in data.rows("licence-office"):
        assert row["printed_flow_per_hour"] == 3600 / row["seconds"]


def test_licence_office_equipment_is_one_eye_tester_and_one_camera():
    needs = {a.name: a.needs for a in cases.licence_office().activities if a.needs}
    assert needs == {"eye test": ("eye tester",), "photograph": ("camera",)}


def test_licence_office_free_order_keeps_first_and_last_only():
    ancestors = cases.licence_office(free_order=True).ancestors()
    first, *middle, last = cases.licence_office().names
    assert ancestors[first] == frozenset()
    assert all(ancestors[name] == {first} for name in middle)
    assert ancestors[last] == {first, *middle}


def test_licence_office_refuses_workers_at_an_unknown_activity():
    with pytest.raises(ValueError, match="camera"):
        cases.licence_office(workers={"camera": 2})


def test_improved_office_serves_120_an_hour_with_seven_workers_as_the_document_says():
    office = cases.licence_office_improved()
    rates = {a.name: office.units(a.name) * 3600 / a.seconds for a in office.activities}
    assert sum(resource.units for resource in office.resources) == 7
    assert min(rates.values()) == 120
    assert rates["application + eye test"] == pytest.approx(130.909, abs=5e-4)


def test_improved_office_does_the_work_of_the_present_one_and_keeps_its_first_and_last():
    present = {row["number"]: row["seconds"] for row in data.rows("licence-office")}
    stations = data.rows("licence-office-improved")
    done = [int(n) for row in stations for n in row["activities"].split(";")]
    assert sorted(done) == list(present)
    assert (done[0], done[-1]) == (1, 6)
    for row in stations:
        assert row["seconds"] == sum(present[int(n)] for n in row["activities"].split(";"))
        if row["printed_flow_per_hour"]:
            assert row["printed_flow_per_hour"] == int(3600 / row["seconds"])


def test_jfk_has_the_times_of_the_document_and_frees_the_baggage_claim_only():
    line, free = cases.jfk(), cases.jfk(free_order=True)
    assert [a.seconds for a in line.activities] == [20, 16, 40, 24, 18, 15]
    ancestors = free.ancestors()
    kept = [name for name in line.names if name != "baggage claim"]
    for place, name in enumerate(kept):
        assert set(kept[:place]) <= ancestors[name]
    assert ancestors["baggage claim"] == {"deplane"}
    assert "baggage claim" not in ancestors["customs"]
    assert "baggage claim" in ancestors["baggage check"]


def test_clinic_defaults_are_the_invented_cells_of_its_table():
    rows = {row["name"]: row for row in data.rows("clinic")}
    defaults = inspect.signature(cases.clinic).parameters
    for name in ("laboratory", "consultation"):
        assert rows[name]["minutes"] == defaults[f"{name}_minutes"].default
        assert rows[name]["minutes_origin"] == "invented"
    invented = {name for name, row in rows.items() if row["minutes_origin"] == "invented"}
    assert invented == {"laboratory", "consultation"}


def test_clinic_has_three_nurses_and_one_doctor_with_both_doctors_activities():
    clinic = cases.clinic()
    assert [a.name for a in clinic.activities if a.resource == "doctor"] == [
        "check-up",
        "consultation",
    ]
    assert {r.name: r.units for r in clinic.resources if r.name.startswith("nurse")} == {
        "nurse 1": 1,
        "nurse 2": 1,
        "nurse 3": 1,
    }
    assert cases.clinic(shared_nurses=True).units("nurses") == 3


def test_clinic_takes_the_lost_times_and_puts_the_consultation_last():
    clinic = cases.clinic(8, 15.5, free_order=True)
    assert clinic.activity("laboratory").seconds == 480
    assert clinic.activity("consultation").seconds == 930
    ancestors = clinic.ancestors()
    assert len(ancestors["consultation"]) == 4
    assert all(not ancestors[name] for name in clinic.names[:-1])


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "ten", True])
def test_clinic_names_the_parameter_that_is_wrong(wrong):
    with pytest.raises(ValueError, match="consultation_minutes"):
        cases.clinic(consultation_minutes=wrong)


def test_mbl_steps_fit_every_total_of_the_document():
    facts = {row["key"]: row["value"] for row in data.rows("mbl")}
    rows, table = data.rows("mbl-steps"), cases.mbl_steps()
    assert len(rows) > facts["steps_more_than"]
    assert len({row["department"] for row in rows}) == facts["departments"]
    assert len({row["owner"] for row in rows}) == facts["employees"]
    assert table.work_seconds == facts["work_minutes"] * 60
    days = table.flow_time_seconds / 86400
    assert facts["usual_days_low"] <= days <= facts["usual_days_high"]


@pytest.mark.parametrize("name", ["mbl-steps", "invoice-process"])
def test_invented_steps_are_marked_and_repeat_only_earlier_steps(name):
    rows = data.rows(name)
    assert all(row["origin"] == "invented" for row in rows)
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    departments = {}
    for row in rows:
        assert row["repeats"] is None or row["repeats"] < row["number"]
        assert departments.setdefault(row["owner"], row["department"]) == row["department"]
    pay = {(row["owner"], row["pay_per_hour"]) for row in rows}
    assert len(pay) == len({row["owner"] for row in rows})


def test_invoice_process_checks_eligibility_twice_as_in_the_document():
    table = cases.invoice_process()
    assert 10 <= len(table.steps) <= 12
    shorter = table.eliminate("check eligibility again")
    assert table.work_seconds - shorter.work_seconds == 360


def test_filing_during_construction_saves_less_than_the_filing_takes():
    after, during = cases.archive_project(), cases.archive_project(parallel=True)
    days = [longest_path(project).seconds / 86400 for project in (after, during)]
    assert days == [76, 65]
    assert sum(a.seconds for a in after.activities) == sum(a.seconds for a in during.activities)
    assert "sort and file the old drawings" in longest_path(after).activities
    assert "sort and file the old drawings" not in longest_path(during).activities
    assert after.activity("sort and file the old drawings").seconds / 86400 > days[0] - days[1]


def test_the_longest_path_of_the_parallel_plan_runs_through_the_trial_run():
    path = longest_path(cases.archive_project(parallel=True)).activities
    assert "trial run" in path
