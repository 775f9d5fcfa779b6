"""The integer programs against enumeration, a dynamic program and published optima."""

from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.process.balancing import layouts
from svclab.process.model import Activity, Process
from svclab.process.programs import fewest_stations, shortest_cycle

# Jackson (1956), 11 tasks, as in Scholl's data set (1993).
JACKSON_TIMES = [6, 2, 5, 7, 1, 2, 3, 6, 5, 5, 4]
JACKSON_AFTER = {2: [1], 3: [1], 4: [1], 5: [1], 6: [2], 7: [3, 4, 5], 8: [6], 9: [7]}
JACKSON_AFTER |= {10: [8], 11: [9, 10]}


def jackson():
    return Process(
        "Jackson",
        tuple(
            Activity(f"{i}", t, after=tuple(f"{j}" for j in JACKSON_AFTER.get(i, [])))
            for i, t in enumerate(JACKSON_TIMES, 1)
        ),
    )


def fewest_by_dynamic_program(process, cycle):
    """Held, Karp, Shareshian (1963): least (stations, filled time) over the feasible subsets."""
    names = list(process.names)
    ancestors = process.ancestors()
    best = {frozenset(): (1, Fraction(0))}
    for _ in names:
        wider = {}
        for done, (stations, filled) in best.items():
            for name in names:
                if name in done or not ancestors[name] <= done:
                    continue
                t = Fraction(repr(process.activity(name).seconds))
                fits = filled + t <= cycle
                value = (stations, filled + t) if fits else (stations + 1, t)
                key = done | {name}
                wider[key] = min(wider.get(key, value), value)
        best = wider
    return best[frozenset(names)][0]


@pytest.mark.parametrize(
    ("cycle", "stations"), [(7, 8), (9, 6), (10, 5), (13, 4), (14, 4), (21, 3)]
)
def test_jackson_1956_needs_as_many_stations_as_a_dynamic_program_finds(cycle, stations):
    assert fewest_by_dynamic_program(jackson(), cycle) == stations
    found = fewest_stations(jackson(), cycle)
    assert len(found.stations) == stations
    assert found.cycle_time <= cycle


def test_jackson_shortest_cycle_is_the_inverse_of_the_fewest_stations():
    for stations in (3, 4, 5):
        cycle = shortest_cycle(jackson(), stations).cycle_time
        assert fewest_by_dynamic_program(jackson(), cycle) <= stations
        assert fewest_by_dynamic_program(jackson(), cycle - 1) > stations


@st.composite
def small_processes(draw):
    n = draw(st.integers(1, 5))
    activities = []
    for i in range(n):
        before = draw(st.sets(st.integers(0, i - 1))) if i else set()
        activities.append(
            Activity(
                f"a{i}",
                draw(st.sampled_from([0, 0.1, 0.2, 0.3, 1, 5, 7.5, 20])),
                after=tuple(f"a{j}" for j in sorted(before)),
                needs=draw(st.sampled_from([(), ("x",), ("y",)])),
            )
        )
    return Process("small", tuple(activities))


def enumerated(process, limits, precedence):
    n = len(process.activities)
    return layouts(
        process, n, limits=limits, precedence=precedence, use_all=False, max_workers_each=1
    )


@settings(max_examples=80)
@given(small_processes(), st.integers(1, 3), st.booleans(), st.sampled_from([0, 0.3, 1.5, 20, 30]))
def test_fewest_stations_agrees_with_enumeration(process, pieces, precedence, extra):
    kinds = {k for a in process.activities for k in a.needs}
    limits = dict.fromkeys(kinds & {"x"}, pieces)
    longest = max(a.seconds for a in process.activities)
    cycle = longest + extra
    fitting = [
        x
        for x in enumerated(process, limits, precedence)
        if x.exact_cycle_time <= Fraction(repr(cycle))
    ]
    if not fitting:
        with pytest.raises(ValueError, match="no layout is possible"):
            fewest_stations(process, cycle, limits=limits, precedence=precedence)
        return
    found = fewest_stations(process, cycle, limits=limits, precedence=precedence)
    assert len(found.stations) == min(len(x.stations) for x in fitting)
    assert repr(found) in {repr(x) for x in fitting}


@settings(max_examples=80)
@given(small_processes(), st.integers(1, 5), st.integers(1, 3), st.booleans())
def test_shortest_cycle_agrees_with_enumeration(process, stations, pieces, precedence):
    kinds = {k for a in process.activities for k in a.needs}
    limits = dict.fromkeys(kinds & {"x"}, pieces)
    fitting = [x for x in enumerated(process, limits, precedence) if len(x.stations) <= stations]
    found = shortest_cycle(process, stations, limits=limits, precedence=precedence)
    assert float(found.cycle_time) == pytest.approx(min(x.cycle_time for x in fitting), abs=1e-6)
    assert len(found.stations) <= stations


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="activity '4' alone takes 7 s"):
        fewest_stations(jackson(), 6)
    with pytest.raises(ValueError, match="stations=0"):
        shortest_cycle(jackson(), 0)
    with pytest.raises(ValueError, match="cycle_time=-1"):
        fewest_stations(jackson(), -1)
    camera = Process("p", (Activity("photo", 1, needs=("camera",)),))
    with pytest.raises(ValueError, match="no layout is possible"):
        shortest_cycle(camera, 1, limits={"camera": 0})
