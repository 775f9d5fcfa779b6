"""The SimPy model against closed forms, the recursion against the SimPy model.

Random tests keep their seed. A closed form is held against a 99.9% interval of 20 independent
replications, so with a new seed each such assertion would fail wrongly once in 1,000 times.
"""

import itertools
import json
import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.intervals import estimate, student_t
from svclab.process.model import HOUR, Activity, Process, Resource, Rework
from svclab.process.recursion import can_replay, replay
from svclab.process.runs import trace
from svclab.process.sampling import SameTries, Workload, draw, sampler
from svclab.process.simulation import replicate, simulate, simulate_in_parts
from svclab.process.tables import table
from svclab.process.visits import expected_visits

# Published two-sided 95% and 99 % points of Student's t (any statistics textbook's table).
T_TABLE = {
    1: (12.706, 63.657),
    2: (4.303, 9.925),
    3: (3.182, 5.841),
    4: (2.776, 4.604),
    5: (2.571, 4.032),
    9: (2.262, 3.250),
    10: (2.228, 3.169),
    19: (2.093, 2.861),
    20: (2.086, 2.845),
    29: (2.045, 2.756),
    30: (2.042, 2.750),
    60: (2.000, 2.660),
    120: (1.980, 2.617),
}


@pytest.mark.parametrize("degrees", T_TABLE)
def test_student_t_matches_the_published_table(degrees):
    ninety_five, ninety_nine = T_TABLE[degrees]
    assert round(student_t(0.95, degrees), 3) == ninety_five
    assert round(student_t(0.99, degrees), 3) == ninety_nine


def test_student_t_closed_forms_and_normal_limit():
    for confidence in (0.5, 0.9, 0.999):
        assert student_t(confidence, 1) == pytest.approx(math.tan(math.pi * confidence / 2))
        p = confidence
        assert student_t(p, 2) == pytest.approx(p * math.sqrt(2 / (1 - p * p)))
    assert student_t(0.95, 100_000) == pytest.approx(1.959964, abs=1e-4)


def test_student_t_and_estimate_refuse_nonsense():
    with pytest.raises(ValueError, match="confidence=1"):
        student_t(1, 5)
    with pytest.raises(ValueError, match="degrees=0"):
        student_t(0.9, 0)
    with pytest.raises(ValueError, match="no replications"):
        estimate([])
    assert estimate([3.0]).half_width == math.inf


def erlang_c_wait(rate, service, servers):
    """Mean wait in M/M/c from the Erlang B recursion (Erlang 1917); any unit of time."""
    load, blocked = rate * service, 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    share = load / servers
    return blocked / (1 - share * (1 - blocked)) * service / (servers - load)


def counter(servers=1, seconds=30.0):
    return Process.line("Counter", {"serve": seconds}, workers={"serve": servers})


@pytest.mark.parametrize(("servers", "per_hour"), [(1, 84), (3, 306)])
def test_mmc_wait_and_utilisation_match_erlang(servers, per_hour):
    found = replicate(
        counter(servers),
        replications=20,
        customers=12_000,
        warm_up=2_000,
        arrivals_per_hour=per_hour,
        seed=f"erlang {servers}",
        confidence=0.999,
    )
    assert found["wait: serve"].holds(erlang_c_wait(per_hour / HOUR, 30, servers))
    assert found["utilisation: serve"].holds(per_hour / HOUR * 30 / servers)


@pytest.mark.parametrize(
    ("spread", "scv"), [("constant", 0), (("gamma", 0.5), 0.5), (("lognormal", 2.0), 2.0)]
)
def test_mg1_wait_matches_pollaczek_khinchine(spread, scv):
    found = replicate(
        counter(),
        replications=20,
        customers=12_000,
        warm_up=2_000,
        arrivals_per_hour=84,
        seed=f"pk {scv}",
        service=spread,
        confidence=0.999,
    )
    load = 84 * 30 / HOUR
    assert found["wait: serve"].holds((1 + scv) / 2 * load / (1 - load) * 30)


def test_tandem_of_mm1_matches_burke_in_the_simpy_model():
    line = Process.line("Two", {"one": 30, "two": 36})
    found = replicate(
        line,
        replications=20,
        customers=3_000,
        warm_up=500,
        arrivals_per_hour=70,
        seed="burke",
        confidence=0.999,
        engine=simulate,
    )
    rate = 70 / HOUR
    assert found["flow time"].holds(1 / (1 / 30 - rate) + 1 / (1 / 36 - rate))
    assert found["wait: two"].holds(erlang_c_wait(rate, 36, 1))


def test_rework_visits_match_the_expected_visits_of_the_flow_analysis():
    again = Rework(probability=0.3, back_to="write")
    desk = Process(
        "Desk",
        (
            Activity("write", 10),
            Activity("sign", 5, rework=Rework(probability=0.2, back_to="sign")),
            Activity("check", 5, rework=again),
        ),
        (Resource("write", 5), Resource("sign", 5), Resource("check", 5)),
    )
    counts = {name: [] for name in desk.names}
    for r in range(20):
        run = simulate(desk, draw(desk, 500, arrivals_per_hour=60, seed=f"rework/{r}"))
        for name in desk.names:
            counts[name].append(len(run.logs[name].customer) / 500)
    for name, expected in expected_visits(desk).items():
        found = estimate(counts[name], confidence=0.999)
        assert found.low <= expected <= found.high


def test_rework_on_parallel_branches_repeats_only_the_way_back():
    process = Process(
        "Branches",
        (
            Activity("start", 1, after=()),
            Activity("left", 2, after=("start",)),
            Activity("right", 3, after=("start",)),
            Activity(
                "check",
                1,
                after=("left", "right"),
                rework=Rework(probability=0.5, back_to="left"),
            ),
        ),
    )
    services = {"start": [1.0], "left": [2.0], "right": [3.0], "check": [1.0]}
    work = Workload([0.0], services, tries=SameTries({"check": [2]}, services))
    run = simulate(process, work)
    assert {name: len(log.start) for name, log in run.logs.items()} == {
        "start": 1,
        "left": 3,
        "right": 1,
        "check": 3,
    }
    assert run.flow_times == [1 + 3 + 1 + 2 * (2 + 1)]
    assert [row["attempt"] for row in run.rows() if row["activity"] == "check"] == [1, 2, 3]


def test_shared_worker_serves_first_come_first_served_over_both_activities():
    desk = Process(
        "Desk",
        (Activity("take in", 10, resource="clerk"), Activity("give back", 10, resource="clerk")),
    )
    times = [10.0, 10.0]
    run = simulate(desk, Workload([0.0, 5.0], {"take in": times, "give back": times}))
    # Customer 1 asks at 5, customer 0 again at 10: so 0-10, 10-20 (customer 1), 20-30, 30-40.
    assert run.departures == [30.0, 40.0]
    assert run.utilisation["clerk"] == 1.0


def test_wait_takes_time_but_nobody():
    process = Process("p", (Activity("rest", 60, kind="wait"), Activity("pay", 1)))
    work = Workload([0.0, 0.0], {"rest": [60.0, 60.0], "pay": [1.0, 1.0]})
    assert simulate(process, work).departures == replay(process, work).departures == [61, 62]


@st.composite
def cases(draw):
    """Lines and fork-joins with few distinct times, zero included, so that ties abound."""
    n = draw(st.integers(1, 6))
    activities, staff = [], []
    for i in range(n):
        if draw(st.booleans()):
            after = None
        else:
            after = tuple(f"a{j}" for j in sorted(draw(st.sets(st.integers(0, max(i - 1, 0))))))
            after = after if i else ()
        wait = draw(st.sampled_from([False, False, False, True]))
        activities.append(Activity(f"a{i}", 1, after=after, kind="wait" if wait else "value"))
        if not wait:
            staff.append(Resource(f"a{i}", draw(st.integers(1, 3))))
    process = Process("case", tuple(activities), tuple(staff))
    customers = draw(st.integers(1, 14))
    time = st.sampled_from([0.0, 1.0, 1.0, 2.0, 3.0, 0.1, 0.2, 0.3])
    row = st.lists(time, min_size=customers, max_size=customers)
    arrivals = sorted(draw(row))
    return process, Workload(arrivals, {name: draw(row) for name in process.names})


def by_customer(run):
    return {
        name: sorted(zip(log.customer, log.arrive, log.start, log.finish, strict=True))
        for name, log in run.logs.items()
    }


@settings(max_examples=500)
@given(cases())
def test_recursion_gives_each_customer_the_times_of_the_simpy_model_with_ties(case):
    process, work = case
    ours, theirs = by_customer(replay(process, work)), by_customer(simulate(process, work))
    assert ours.keys() == theirs.keys()
    for name, rows in ours.items():
        assert len(rows) == len(theirs[name])
        for one, other in zip(rows, theirs[name], strict=True):
            assert one == pytest.approx(other, abs=1e-9)


def test_recursion_equals_simpy_on_2000_random_customers_of_a_line():
    line = Process.line("L", {"a": 15, "b": 30, "c": 60}, workers={"b": 2, "c": 3})
    work = draw(line, 2000, arrivals_per_hour=170, seed=5)
    assert by_customer(replay(line, work)) == by_customer(simulate(line, work))


@settings(max_examples=150)
@given(cases(), st.integers(0, 5))
def test_littles_law_holds_exactly_on_every_event_log(case, warm_up):
    process, work = case
    run = replay(process, work)
    steps = run.number_in_system()
    assert steps[-1][1] == 0
    area = math.fsum(
        inside * (later - time) for (time, inside), (later, _) in itertools.pairwise(steps)
    )
    first, last = run.window
    if last > first:
        assert area / (last - first) == pytest.approx(run.mean_in_system, abs=1e-9)
    cut = run.after(min(warm_up, work.customers - 1))
    if cut.window[1] > cut.window[0]:
        flow = cut.throughput_per_hour / HOUR * cut.mean_flow_time
        assert flow == pytest.approx(cut.mean_in_system, rel=1e-9)
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in cut.utilisation.values())


def test_a_run_in_parts_is_the_run_in_one_piece():
    line = Process.line("L", {"a": 15, "b": 30})
    work = draw(line, 300, arrivals_per_hour=100, seed=2)
    parts = simulate_in_parts(line, work, parts=7)
    shares = []
    while True:
        try:
            shares.append(next(parts))
        except StopIteration as end:
            run = end.value
            break
    assert shares == sorted(shares)
    assert shares[-1] < 1
    assert by_customer(run) == by_customer(simulate(line, work))


def test_a_change_at_one_activity_leaves_the_other_streams_alone():
    one = Process.line("L", {"a": 15, "b": 30})
    two = one.with_seconds(b=60)
    first = draw(one, 50, arrivals_per_hour=60, seed=3)
    second = draw(two, 50, arrivals_per_hour=60, seed=3)
    assert first.arrivals == second.arrivals
    assert first.services["a"] == second.services["a"]
    assert first.services["b"] != second.services["b"]


@pytest.mark.parametrize("spread", [("gamma", 0.3), ("lognormal", 1.5), "exponential"])
def test_samplers_have_the_mean_and_spread_asked_for(spread):
    # 40 batches of 2,000; the batch means' 99.9% interval, as above.
    from random import Random

    one = sampler(20.0, spread, Random(f"spread {spread}"))
    scv = 1.0 if spread == "exponential" else spread[1]
    batches = [[one() for _ in range(2000)] for _ in range(40)]
    assert estimate([math.fsum(b) / 2000 for b in batches], confidence=0.999).holds(20)
    squares = [math.fsum(x * x for x in b) / 2000 for b in batches]
    assert estimate(squares, confidence=0.999).holds(400 * (1 + scv))


def test_event_log_is_a_tidy_table_and_a_trace_is_plain_json():
    line = Process.line("L", {"a": 15, "b": 30})
    run = replay(line, draw(line, 20, arrivals_per_hour=100, seed=2))
    frame = table(run)
    assert list(frame.columns) == [
        "customer", "activity", "resource", "arrive", "start", "finish", "attempt",
    ]  # fmt: skip
    assert len(frame) == 40
    part = trace(run, title="t", alt="a", customers=5, unit="min")
    assert json.loads(json.dumps(part, allow_nan=False)) == part
    assert part["stations"][1] == {"id": "b", "label": "b", "servers": 1}
    assert len(part["customers"]) == 5
    assert part["end"] == max(v[3] for c in part["customers"] for v in c["visits"])
    with pytest.raises(ValueError, match="unit='h'"):
        trace(run, title="t", alt="a", unit="h")
    with pytest.raises(ValueError, match="show nobody"):
        trace(run, title="t", alt="a", first=20)
    with pytest.raises(TypeError, match="cannot be made a table"):
        table(3)


def two():
    return Process.line("L", {"a": 15, "b": 30})


@pytest.mark.parametrize(
    ("arrivals", "services", "message"),
    [
        ([], {"a": [], "b": []}, "arrivals is empty"),
        ([0, -1], {"a": [1, 1], "b": [1, 1]}, r"arrivals\[1\]=-1"),
        ([3, 1], {"a": [1, 1], "b": [1, 1]}, r"arrivals\[1\]=1 is before"),
        ([0, 1], {"a": [1, 1], "b": [1, math.nan]}, r"services\['b'\]\[1\]=nan"),
        ([0, 1], {"a": [1, math.inf], "b": [1, 1]}, r"services\['a'\]\[1\]=inf"),
        ([0, 1], {"a": [1, -2], "b": [1, 1]}, r"services\['a'\]\[1\]=-2"),
        ([0, 1], {"a": [1, None], "b": [1, 1]}, r"services\['a'\]\[1\]=None"),
        ([0, 1], {"a": [1], "b": [1, 1]}, "has 1 times for 2 customers"),
        ([0, 1], {"a": [1, 1]}, "no times for activity 'b'"),
        ([0, 1], {"a": [1, 1], "b": [1, 1], "c": [1, 1]}, "unknown activity 'c'"),
    ],
)
@pytest.mark.parametrize("engine", [simulate, replay])
def test_bad_lists_are_named(engine, arrivals, services, message):
    with pytest.raises(ValueError, match=message):
        engine(two(), Workload(arrivals, services))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"arrivals_per_hour": 0}, "arrivals_per_hour=0"),
        ({"arrivals_per_hour": math.nan}, "arrivals_per_hour=nan"),
        ({}, "either arrivals_per_hour or arrivals"),
        ({"arrivals_per_hour": 6, "service": "normal"}, "spread 'normal' is unknown"),
        ({"arrivals_per_hour": 6, "service": ("gamma", -1)}, "squared coefficient of variation=-1"),
        ({"arrivals_per_hour": 6, "service": {"z": "constant"}}, "unknown activity 'z'"),
        ({"arrivals": [1.0]}, "has 5 times for 1 customers"),
    ],
)
def test_bad_draws_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        draw(two(), 5, seed=1, **arguments)
    with pytest.raises(ValueError, match="customers=0"):
        draw(two(), 0, seed=1, arrivals_per_hour=1)


def test_recursion_refuses_what_needs_simpy_and_rework_needs_tries():
    back = Rework(probability=0.5, back_to="a")
    redo = Process("p", (Activity("a", 1, rework=back),))
    shared = Process("p", (Activity("a", 1, resource="x"), Activity("b", 1, resource="x")))
    assert not can_replay(redo)
    assert not can_replay(shared)
    with pytest.raises(ValueError, match="'a' has rework: the recursion"):
        replay(redo, Workload([0], {"a": [1]}))
    with pytest.raises(ValueError, match="'x' does both 'a' and 'b'"):
        replay(shared, Workload([0], {"a": [1], "b": [1]}))
    with pytest.raises(ValueError, match="give tries="):
        simulate(redo, Workload([0], {"a": [1]}))


def test_warm_up_and_replications_are_checked():
    run = replay(two(), Workload([0, 1], {"a": [1, 1], "b": [1, 1]}))
    with pytest.raises(ValueError, match="warm_up=2"):
        run.after(2)
    with pytest.raises(ValueError, match="replications=0"):
        replicate(two(), replications=0, customers=5, arrivals_per_hour=5, seed=1)
    found = replicate(two(), replications=2, customers=5, arrivals_per_hour=5, seed=1)
    with pytest.raises(KeyError, match="unknown measure 'x'"):
        found["x"]
    assert "flow time" in {row["measure"] for row in found.rows()}
    assert "mean flow time" in repr(run)
    assert "<table>" in run._repr_html_()
