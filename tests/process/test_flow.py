"""Process analysis against the course material, hand calculations, and brute force."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.process.flow import (
    analyse,
    diagram,
    fewest_workers,
    littles_law,
    longest_path,
    process_cycle_efficiency,
    repeated_activities,
    takt_time,
    work_by_resource,
)
from svclab.process.model import DAY, MINUTE, Activity, Process, Resource, Rework

# E-01, 003_ad9bb3a58dd157f5.txt: seconds and the flow per hour that the source prints.
LICENCE = {
    "application": (15, 240),
    "payment": (30, 120),
    "violations": (60, 60),
    "eye test": (40, 90),
    "photograph": (20, 180),
    "licence": (30, 120),
}


def office(**workers):
    return Process.line("Licence office", {n: s for n, (s, _) in LICENCE.items()}, workers=workers)


# --- the licence office


def test_licence_office_flows_per_hour_are_those_that_the_source_prints():
    rows = {row.name: row.capacity_per_hour for row in analyse(office()).resources}
    assert rows == {name: pytest.approx(flow) for name, (_, flow) in LICENCE.items()}


def test_licence_office_present_line_by_hand():
    result = analyse(office(), 120)
    assert result.bottlenecks == ("violations",)
    assert result.capacity_per_hour == pytest.approx(60)
    assert result.cycle_time_seconds == pytest.approx(60)
    assert result.takt_time_seconds == pytest.approx(30)
    assert result.throughput_per_hour == pytest.approx(60)  # demand 120, capacity 60
    assert result.flow_time_seconds == pytest.approx(15 + 30 + 60 + 40 + 20 + 30)
    assert result.work_content_seconds == pytest.approx(195)
    assert result.paid_seconds == pytest.approx(6 * 60)
    assert result.balance_delay == pytest.approx(1 - 195 / 360)
    assert result.labour_utilisation == pytest.approx(195 / 360)
    for row in result.resources:
        assert row.utilisation == pytest.approx(LICENCE[row.name][0] / 60)
        assert row.implied_utilisation == pytest.approx(LICENCE[row.name][0] / 30)
    assert result.cycle_efficiency == 1  # no step is marked as support, no wait
    assert "60 per hour" in repr(result)
    assert "<table>" in result._repr_html_()


def test_with_little_demand_the_pay_for_idle_time_rises_but_the_balance_stays():
    slack, full = analyse(office(), 30), analyse(office())
    assert slack.throughput_per_hour == 30
    assert slack.paid_seconds == pytest.approx(6 * 120)  # a customer every 120 s, six workers
    assert slack.labour_utilisation == pytest.approx(195 / 720)
    assert slack.balance_delay == full.balance_delay == pytest.approx(1 - 195 / 360)


def test_licence_office_needs_seven_workers_at_the_least_and_eight_as_divided():
    need = fewest_workers(office(), 120)
    assert need.lower_bound == math.ceil(195 / 30) == 7
    assert need.total == 1 + 1 + 2 + 2 + 1 + 1
    assert need.by_resource["eye test"] == 2


def test_one_more_worker_at_violations_moves_the_bottleneck_to_the_eye_test():
    result = analyse(office(violations=2))
    assert result.bottlenecks == ("eye test",)
    assert result.capacity_per_hour == pytest.approx(90)


def test_improved_layout_of_the_source_reaches_120_per_hour():
    # E-02: two branches, each activities 1+4 (55 s, 65 per hour) and activity 3 (60 s).
    improved = Process(
        "Improved",
        (
            Activity("application", 15, resource="desk"),
            Activity("eye test", 40, resource="desk"),
            Activity("violations", 60),
            *(Activity(n, LICENCE[n][0]) for n in ("payment", "photograph", "licence")),
        ),
        (Resource("desk", 2), Resource("violations", 2)),
    )
    result = analyse(improved, 120)
    assert result.resource("desk").cycle_time_seconds == pytest.approx(55 / 2)
    assert result.capacity_per_hour == pytest.approx(120)
    assert set(result.bottlenecks) == {"violations", "payment", "licence"}
    assert result.workers == 7
    assert result.balance_delay == pytest.approx(1 - 195 / (7 * 30))


def test_jfk_transit_by_hand():
    # E-03: baggage claim is slowest, 3600 / 40.
    times = {"deplane": 20, "immigration": 16, "claim": 40, "customs": 24, "check": 18, "board": 15}
    result = analyse(Process.line("JFK", times))
    assert (result.bottlenecks, result.capacity_per_hour) == (("claim",), pytest.approx(90))
    assert result.flow_time_seconds == 133


def test_clinic_with_shared_nurses_and_doctor():
    # E-04 with the invented 10 and 12 minutes for the two lost times.
    clinic = Process(
        "Clinic",
        (
            Activity("pressure", 6 * MINUTE, resource="nurses"),
            Activity("history", 20 * MINUTE, resource="nurses"),
            Activity("check-up", 18 * MINUTE, resource="doctor"),
            Activity("laboratory", 10 * MINUTE, resource="nurses"),
            Activity("consultation", 12 * MINUTE, resource="doctor"),
        ),
        (Resource("nurses", 3), Resource("doctor")),
    )
    result = analyse(clinic)
    assert result.resource("nurses").capacity_per_hour == pytest.approx(3 * 60 / 36)
    assert result.bottlenecks == ("doctor",)
    assert result.capacity_per_hour == pytest.approx(60 / 30)


# --- labour, value, Little


def test_labour_cost_counts_idle_time_and_is_unknown_without_all_pays():
    paid = Process(
        "Paid",
        (Activity("a", 60), Activity("b", 30)),
        (Resource("a", 2, pay_per_hour=20), Resource("b", pay_per_hour=30)),
    )
    assert analyse(paid).labour_cost == pytest.approx(70 / 120)
    assert analyse(paid, 60).labour_cost == pytest.approx(70 / 60)  # slack is paid, too
    assert analyse(office()).labour_cost is None


def test_value_ratio_is_by_work_and_cycle_efficiency_by_flow_time():
    process = Process(
        "Permit",
        (
            Activity("write", 100),
            Activity("post", 800, kind="wait"),
            Activity("check", 100, kind="support"),
        ),
    )
    result = analyse(process)
    assert result.value_added_ratio == pytest.approx(0.5)  # 100 of 200 s of work
    assert result.cycle_efficiency == pytest.approx(0.1)  # 100 of 1000 s of flow time
    assert [row.name for row in result.resources] == ["write", "check"]


def test_rework_adds_work_but_no_value():
    again = Rework(probability=0.5, back_to="write")
    process = Process("Letter", (Activity("write", 100, rework=again),))
    result = analyse(process)
    assert result.work_content_seconds == pytest.approx(200)
    assert result.value_added_ratio == pytest.approx(0.5)


def test_mbl_works_17_minutes_in_5_to_25_days():
    for days, efficiency in ((1, 17 / 1440), (5, 17 / 7200), (25, 17 / 36000)):
        found = process_cycle_efficiency(17 * MINUTE, flow_time_seconds=days * DAY)
        assert found == pytest.approx(efficiency)


positive = st.floats(1e-3, 1e6)


@given(positive, positive)
def test_littles_law_round_trips(rate, time):
    inventory = littles_law(throughput_per_hour=rate, flow_time_seconds=time).inventory
    back = littles_law(inventory=inventory, throughput_per_hour=rate)
    assert back.flow_time_seconds == pytest.approx(time)
    back = littles_law(inventory=inventory, flow_time_seconds=time)
    assert back.throughput_per_hour == pytest.approx(rate)
    assert back.found == "throughput_per_hour"


def test_licence_office_holds_three_and_a_quarter_customers_at_capacity():
    assert littles_law(throughput_per_hour=60, flow_time_seconds=195).inventory == 3.25


# --- random processes


@st.composite
def processes(draw, rework=True):
    size = draw(st.integers(1, 6))
    names = [f"a{i}" for i in range(size)]
    activities, above = [], {}
    for i, name in enumerate(names):
        after = tuple(draw(st.sets(st.sampled_from(names[:i]))) if i else ())
        after = tuple(sorted(after))
        above[name] = {name}.union(*(above[b] for b in after))
        back = None
        if rework and draw(st.booleans()):
            to = draw(st.sampled_from(sorted(above[name])))
            back = Rework(probability=draw(st.floats(0, 0.6)), back_to=to)
        resource = draw(st.sampled_from(["", "x", "y"])) or None
        seconds = draw(st.integers(1, 300))
        activities.append(Activity(name, seconds, after=after, resource=resource, rework=back))
    bare = Process("random", tuple(activities))
    units = {r.name: draw(st.integers(1, 4)) for r in bare.resources}
    return bare.with_units(**units)


def all_paths(process):
    """Every way from a start to an end, by brute force."""
    after = {
        a.name: [b.name for b in process.activities if a.name in b.after]
        for a in process.activities
    }
    open_ones = [(a.name,) for a in process.activities if not a.after]
    while open_ones:
        path = open_ones.pop()
        if not after[path[-1]]:
            yield path
        open_ones += [(*path, n) for n in after[path[-1]]]


@given(processes(rework=False))
def test_flow_time_is_the_longest_of_all_paths(process):
    seconds = {a.name: a.seconds for a in process.activities}
    longest = max(sum(seconds[n] for n in path) for path in all_paths(process))
    found = longest_path(process)
    assert found.seconds == pytest.approx(longest)
    assert found.activities in set(all_paths(process))
    assert found.value_seconds == pytest.approx(longest)


@given(processes())
def test_invariants_of_every_analysis(process):
    result = analyse(process)
    assert result.flow_time_seconds >= max(a.seconds for a in process.activities) * (1 - 1e-12)
    assert result.flow_time_seconds <= result.work_content_seconds * (1 + 1e-12)
    assert max(row.utilisation for row in result.resources) == pytest.approx(1)
    assert 0 <= result.balance_delay + 1e-12 < 1
    assert 0 < result.cycle_efficiency <= 1 + 1e-12
    assert 0 < result.value_added_ratio <= 1 + 1e-12
    assert min(result.visits.values()) >= 1
    for name in result.bottlenecks:
        assert result.resource(name).capacity_per_hour == pytest.approx(result.capacity_per_hour)


@given(processes(), st.integers(1, 7))
def test_scaling_all_times_scales_capacity_the_other_way(process, factor):
    slower = process.with_seconds(**{a.name: a.seconds * factor for a in process.activities})
    one, other = analyse(process), analyse(slower)
    assert other.capacity_per_hour * factor == pytest.approx(one.capacity_per_hour)
    assert other.flow_time_seconds == pytest.approx(one.flow_time_seconds * factor)
    assert other.balance_delay == pytest.approx(one.balance_delay, abs=1e-9)
    assert other.bottlenecks == one.bottlenecks


@given(processes(), st.data())
def test_one_more_worker_never_lowers_capacity(process, data):
    name = data.draw(st.sampled_from([r.name for r in process.resources]))
    more = process.with_units(**{name: process.units(name) + 1})
    assert analyse(more).capacity_per_hour >= analyse(process).capacity_per_hour * (1 - 1e-12)


@given(processes(), st.floats(1, 500))
def test_the_fewest_workers_reach_the_demand_and_one_fewer_would_not(process, demand):
    need = fewest_workers(process, demand)
    enough = analyse(process.with_units(**need.by_resource), demand)
    assert enough.throughput_per_hour == pytest.approx(demand)
    assert need.lower_bound <= need.total
    for name, units in need.by_resource.items():
        if units > 1:
            fewer = process.with_units(**{**need.by_resource, name: units - 1})
            assert analyse(fewer, demand).throughput_per_hour < demand


@given(processes(), st.floats(1, 500))
def test_utilisation_is_throughput_times_work_over_workers(process, demand):
    result = analyse(process, demand)
    work = work_by_resource(process)
    for row in result.resources:
        busy = result.throughput_per_hour / 3600 * work[row.name] / row.units
        assert row.utilisation == pytest.approx(busy)
        assert row.utilisation == pytest.approx(min(row.implied_utilisation, busy))


# --- rework


def between(process, back, name):
    """Activities on any way from ``back`` to ``name``, by enumerating the ways."""
    after = {
        a.name: [b.name for b in process.activities if a.name in b.after]
        for a in process.activities
    }
    found, open_ones = set(), [(back,)]
    while open_ones:
        path = open_ones.pop()
        if path[-1] == name:
            found |= set(path)
        open_ones += [(*path, n) for n in after[path[-1]]]
    return found


@given(processes())
def test_repeated_activities_are_those_on_any_way_back(process):
    for activity in process.activities:
        if activity.rework:
            expected = between(process, activity.rework.back_to, activity.name)
            assert set(repeated_activities(process, activity.name)) == expected
        else:
            assert repeated_activities(process, activity.name) == ()


# --- the diagram


def test_diagram_of_the_licence_office_shows_what_the_source_draws():
    chart = diagram(office())
    boxes = [node["lines"][0] for node in chart["nodes"]]
    assert boxes[2] == "3 | 60 s | 60 per hour"
    assert [node["tone"] for node in chart["nodes"]] == ["", "", "bottleneck", "", "", ""]
    assert chart["nodes"][2]["share"] == pytest.approx(1)
    assert len(chart["edges"]) == 5
    assert chart["kind"] == "flow"
    assert "violations" in chart["alt"]


def test_diagram_places_branches_below_each_other_and_drops_implied_edges():
    process = Process(
        "Visit",
        (
            Activity("in", 10, after=()),
            Activity("left", 20, after=("in",)),
            Activity("right", 30, after=("in",), rework=Rework(probability=0.1, back_to="in")),
            Activity("out", 5, after=("in", "left", "right")),
            Activity("home", 900, kind="wait"),
        ),
    )
    chart = diagram(process)
    places = {node["id"]: (node["column"], node["row"]) for node in chart["nodes"]}
    assert places == {"in": (0, 0), "left": (1, 0), "right": (1, 1), "out": (2, 0), "home": (3, 0)}
    forward = [(e["from"], e["to"]) for e in chart["edges"] if not e["tone"]]
    assert ("in", "out") not in forward
    assert {"from": "right", "to": "in", "label": "10% again", "tone": "back"} in chart["edges"]
    home = chart["nodes"][4]
    assert (home["tone"], home["share"], home["lines"]) == ("muted", None, ["5 | 15 min | wait"])


@given(processes())
def test_no_two_boxes_of_a_diagram_stand_on_the_same_place(process):
    chart = diagram(process)
    places = [(node["column"], node["row"]) for node in chart["nodes"]]
    for one, other in combinations(places, 2):
        assert one != other
    column = {node["id"]: node["column"] for node in chart["nodes"]}
    for edge in chart["edges"]:
        if edge["tone"] != "back":
            assert column[edge["from"]] < column[edge["to"]]


# --- bad input and borders


@pytest.mark.parametrize("demand", [0, -1, math.nan, math.inf, True, "120"])
def test_a_demand_that_is_no_positive_number_is_refused(demand):
    for call in (lambda: analyse(office(), demand), lambda: takt_time(demand)):
        with pytest.raises(ValueError, match="demand_per_hour"):
            call()
    with pytest.raises(ValueError, match="demand_per_hour"):
        fewest_workers(office(), demand)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"inventory": 1}, "exactly two"),
        ({"inventory": 1, "throughput_per_hour": 1, "flow_time_seconds": 1}, "exactly two"),
        ({"inventory": -1, "throughput_per_hour": 1}, "inventory=-1"),
        ({"inventory": 1, "throughput_per_hour": 0}, "throughput_per_hour=0"),
        ({"inventory": 1, "flow_time_seconds": math.inf}, "flow_time_seconds=inf"),
    ],
)
def test_littles_law_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        littles_law(**arguments)


def test_efficiency_refuses_a_flow_time_shorter_than_its_value_time():
    with pytest.raises(ValueError, match="flow_time_seconds"):
        process_cycle_efficiency(10, flow_time_seconds=5)
    with pytest.raises(ValueError, match="above zero"):
        process_cycle_efficiency(0, flow_time_seconds=0)


def test_unknown_resource_and_foreign_analysis_are_refused():
    with pytest.raises(ValueError, match="known are application"):
        analyse(office()).resource("cashier")
    with pytest.raises(ValueError, match="analyse the process that you draw"):
        diagram(Process.line("Other", {"x": 1}), analyse(office()))


def test_a_process_without_work_has_no_bottleneck():
    nothing = Process("Nothing", (Activity("wait", 60, kind="wait"), Activity("wave", 0)))
    result = analyse(nothing, 10)
    assert result.bottlenecks == ()
    assert math.isinf(result.capacity_per_hour)
    assert result.throughput_per_hour == 10
    assert result.flow_time_seconds == 60
    assert "nobody has any work" in repr(result)
    assert diagram(nothing)["nodes"][1]["tone"] == ""
    assert analyse(nothing).paid_seconds == 0
