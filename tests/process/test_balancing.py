"""Every layout is found, none twice, and the best is the best."""

import math
from fractions import Fraction
from itertools import product

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from svclab.process.assigning import assignments
from svclab.process.balancing import best_layouts, layouts, pareto
from svclab.process.model import Activity, Process, Resource, Rework
from svclab.process.sequencing import orders, resequenced

LICENCE = {"check": 15, "pay": 30, "violations": 60, "eyes": 40, "photo": 20, "issue": 30}
NEEDS = {"eyes": ("eye tester",), "photo": ("camera",)}
MIDDLE = ("pay", "violations", "eyes", "photo")


def licence(*, fixed_ends=True):
    """E-01; the order (first check, last issue) is INFERRED."""
    after = {"check": (), "issue": MIDDLE} if fixed_ends else {}
    free = ("check",) if fixed_ends else ()
    return Process(
        "Licence office",
        tuple(
            Activity(name, t, needs=NEEDS.get(name, ()), after=after.get(name, free))
            for name, t in LICENCE.items()
        ),
    )


def airport():
    times = [20, 16, 40, 24, 18, 15]
    names = ["deplane", "immigration", "claim", "customs", "bag check", "board"]
    return Process.line("JFK", dict(zip(names, times, strict=True)))


def stirling(n, k):
    if n == k:
        return 1
    return 0 if k == 0 or k > n else stirling(n - 1, k - 1) + k * stirling(n - 1, k)


def by_brute_force(process, workers, *, precedence, contiguous, limits):
    """Independent of the module: label every activity with a station, then staff by product.

    Returns {frozenset of (frozenset of activities, workers)}: a layout without its order.
    """
    names = [a.name for a in process.activities]
    ancestors = process.ancestors()
    found = set()
    for labels in product(range(len(names)), repeat=len(names)):
        if any(label > max(labels[:i], default=-1) + 1 for i, label in enumerate(labels)):
            continue  # the same groups with other labels
        groups = {}
        for name, label in zip(names, labels, strict=True):
            groups.setdefault(label, []).append(name)
        blocks = list(groups.values())
        if contiguous and any(names.index(b[-1]) - names.index(b[0]) + 1 != len(b) for b in blocks):
            continue
        if precedence and has_circle(blocks, ancestors):
            continue
        for staff in product(range(1, workers + 1), repeat=len(blocks)):
            if sum(staff) != workers:
                continue
            pieces = {}
            for block, n in zip(blocks, staff, strict=True):
                for kind in {k for a in block for k in process.activity(a).needs}:
                    pieces[kind] = pieces.get(kind, 0) + n
            if any(pieces.get(kind, 0) > most for kind, most in limits.items()):
                continue
            found.add(frozenset((frozenset(b), n) for b, n in zip(blocks, staff, strict=True)))
    return found


def has_circle(blocks, ancestors):
    """Warshall's closure over the groups; a circle is a group that reaches itself."""
    k = len(blocks)
    reach = [
        [i != j and any(x in ancestors[y] for x in blocks[i] for y in blocks[j]) for j in range(k)]
        for i in range(k)
    ]
    for m, i, j in product(range(k), repeat=3):
        reach[i][j] = reach[i][j] or (reach[i][m] and reach[m][j])
    return any(reach[i][i] for i in range(k))


def as_set(found):
    shown = [frozenset((frozenset(s.activities), s.workers) for s in x.stations) for x in found]
    assert len(shown) == len(set(shown)), "a layout is listed twice"
    return set(shown)


def test_licence_office_with_seven_workers_has_as_many_layouts_as_stirling_counts():
    expected = sum(stirling(6, k) * math.comb(6, k - 1) for k in range(1, 7))
    assert expected == 3068
    assert len(layouts(licence(), 7, precedence=False)) == expected
    assert len(as_set(layouts(LICENCE, 7))) == expected


def test_all_203_groupings_of_six_activities_are_there():
    found = layouts(licence(), 6, precedence=False, use_all=False, max_workers_each=1)
    assert len(found) == 203


@pytest.mark.parametrize("precedence", [True, False])
@pytest.mark.parametrize("contiguous", [True, False])
def test_licence_office_layouts_equal_a_brute_force_over_station_labels(precedence, contiguous):
    limits = {"camera": 2}
    rules = {"precedence": precedence, "contiguous": contiguous, "limits": limits}
    expected = by_brute_force(licence(), 5, **rules)
    assert as_set(layouts(licence(), 5, **rules)) == expected


@st.composite
def small_processes(draw, most=4):
    n = draw(st.integers(1, most))
    activities = []
    for i in range(n):
        before = draw(st.sets(st.integers(0, i - 1))) if i else set()
        activities.append(
            Activity(
                f"a{i}",
                draw(st.sampled_from([0, 0.1, 0.2, 0.3, 1, 5, 7.5, 20])),
                after=tuple(f"a{j}" for j in sorted(before)),
                needs=draw(st.sampled_from([(), ("x",), ("x", "y")])),
            )
        )
    return Process("small", tuple(activities))


@settings(max_examples=60)
@given(small_processes(), st.integers(1, 5), st.booleans(), st.booleans(), st.integers(0, 3))
def test_layouts_of_any_small_process_equal_brute_force(process, workers, before, near, pieces):
    kinds = {k for a in process.activities for k in a.needs}
    limits = {"x": pieces} if "x" in kinds else {}
    rules = {"precedence": before, "contiguous": near, "limits": limits}
    found = layouts(process, workers, **rules)
    assert as_set(found) == by_brute_force(process, workers, **rules)
    for layout in found:
        slowest = max(Fraction(repr(s.seconds)) / s.workers for s in layout.stations)
        assert float(slowest) == pytest.approx(layout.cycle_time)
        assert 0 <= layout.idle_share < 1 or layout.cycle_time == 0
        if before:
            done = set()
            for station in layout.stations:
                done |= set(station.activities)
                assert all(process.ancestors()[a] <= done for a in station.activities)
    capacities = [x.capacity_per_hour for x in found]
    assert capacities == sorted(capacities, reverse=True)


def test_source_layout_of_e02_reaches_120_with_65_per_hour_and_worker_at_1_plus_4():
    # E-02: two workers at 1+4 (3600 / 55 = 65 per hour each, as printed), two at 3.
    found = layouts(licence(), 7, precedence=False)
    wanted = {("check", "eyes"): 2, ("violations",): 2, ("pay",): 1, ("photo",): 1, ("issue",): 1}
    (drawn,) = [x for x in found if {s.activities: s.workers for s in x.stations} == wanted]
    assert drawn.capacity_per_hour == pytest.approx(120)
    assert {s.name for s in drawn.bottlenecks} == {"violations", "pay", "issue"}
    assert drawn.idle_share == pytest.approx(1 - 195 / (7 * 30))
    joined = next(s for s in drawn.stations if s.activities == ("check", "eyes"))
    assert joined.capacity_per_hour / joined.workers == pytest.approx(3600 / 55)


def test_everybody_doing_everything_is_the_best_capacity_and_the_most_equipment():
    best = best_layouts(licence(), 7)[0]
    assert len(best.stations) == 1
    assert best.capacity_per_hour == pytest.approx(7 * 3600 / 195)
    assert best.equipment == {"eye tester": 7, "camera": 7}


def test_pareto_front_is_beaten_by_nobody_and_complete():
    found = layouts(licence(), 7)
    front = pareto(found)
    points = {(x.exact_cycle_time, x.equipment_total) for x in found}
    efficient = {
        p for p in points if not any(q != p and q[0] <= p[0] and q[1] <= p[1] for q in points)
    }
    assert {(x.exact_cycle_time, x.equipment_total) for x in front} == efficient
    cameras = pareto(found, kinds=["camera"])
    assert cameras[-1].equipment["camera"] == 1


def test_ties_are_compared_as_typed_decimals():
    best = best_layouts({"a": 0.1, "b": 0.2, "c": 0.3}, 2, max_workers_each=1)
    assert [s.activities for s in best[0].stations] == [("a", "b"), ("c",)]
    assert len(best[0].bottlenecks) == 2


def test_layout_becomes_a_process_and_utilisation_follows_demand():
    source = licence()
    layout = best_layouts(source, 7, limits={"camera": 1})[0]
    line = layout.as_process(source)
    assert [line.units(r.name) for r in line.resources] == [s.workers for s in layout.stations]
    assert max(layout.utilisation(60).values()) == pytest.approx(60 / layout.capacity_per_hour)
    assert "per hour" in layout._repr_html_()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"workers": 0}, "workers=0"),
        ({"workers": 2.5}, "workers=2.5"),
        ({"workers": 2, "limits": {"crane": 1}}, "no activity needs 'crane'"),
        ({"workers": 2, "limits": {"camera": -1}}, "'camera'.=-1"),
        ({"workers": 2, "max_stations": 0}, "max_stations=0"),
        ({"workers": 60}, "more than 150,000 layouts"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        layouts(licence(), **arguments)


def test_numbers_of_numpy_are_laid_out_like_plain_ones():
    times = {"check": np.int64(15), "pay": np.float64(30.1), "eyes": np.float32(40.5)}
    plain = {name: float(time) for name, time in times.items()}
    found = layouts(times, np.int64(3))
    assert list(map(repr, found)) == list(map(repr, layouts(plain, 3)))


def test_rework_and_waits_are_not_laid_out_silently():
    again = Rework(probability=0.1, back_to="b")
    with pytest.raises(ValueError, match="'b' has rework"):
        layouts(Process("p", (Activity("a", 1), Activity("b", 2, rework=again))), 2)
    rest = Process("p", (Activity("a", 1), Activity("rest", 9, kind="wait"), Activity("b", 2)))
    assert len(layouts(rest, 2)) == 2
    with pytest.raises(ValueError, match="only waits"):
        layouts(Process("p", (Activity("rest", 9, kind="wait"),)), 2)


def test_jfk_baggage_claim_moves_and_the_others_keep_their_order():
    found = list(orders(airport(), movable=["claim"]))
    assert len(found) == len(set(found)) == 6
    assert found[0] == airport().names
    for order in found:
        assert [x for x in order if x != "claim"] == [x for x in airport().names if x != "claim"]
    kept = [("deplane", "claim"), ("claim", "board")]
    assert len(list(orders(airport(), movable=["claim"], keep=kept))) == 4


def test_order_alone_never_changes_capacity_but_merging_neighbours_depends_on_it():
    best = set()
    for order in orders(airport(), movable=["claim"]):
        line = resequenced(airport(), order)
        alone = [
            x for x in layouts(line, 6, contiguous=True, max_workers_each=1) if len(x.stations) == 6
        ]
        assert [x.capacity_per_hour for x in alone] == [90]
        best.add(best_layouts(line, 3, contiguous=True, max_workers_each=1)[0].cycle_time)
    assert len(best) > 1


def test_orders_of_a_free_middle_are_its_permutations():
    assert len(list(orders(licence()))) == math.factorial(4)


def test_orders_refuse_circles_and_unknown_names():
    with pytest.raises(ValueError, match="circle"):
        list(orders(airport(), keep=[("board", "deplane")]))
    with pytest.raises(ValueError, match="unknown activity 'lunch'"):
        list(orders(airport(), movable=["lunch"]))
    with pytest.raises(ValueError, match="every activity once"):
        resequenced(airport(), ["deplane"])


def clinic():
    """E-04 in minutes as seconds; the last two times are INVENTED."""
    return Process(
        "Clinic",
        (
            Activity("pressure", 360, resource="nurse", after=()),
            Activity("history", 1200, resource="nurse", after=()),
            Activity("check-up", 1080, resource="doctor", after=()),
            Activity("laboratory", 600, resource="nurse", after=()),
            Activity(
                "consultation",
                720,
                resource="doctor",
                after=("pressure", "history", "check-up", "laboratory"),
            ),
        ),
        (Resource("nurse", 3), Resource("doctor")),
    )


def test_clinic_pooled_nurses_take_what_the_doctor_can_give_away():
    both = ("nurse", "doctor")
    found = assignments(clinic(), allowed={"pressure": both, "history": both, "check-up": both})
    assert len(found) == 8
    assert found[0].activities_of["doctor"] == ("consultation",)
    # Nurses then carry 6 + 20 + 18 + 10 = 54 min by three: 18 min; the doctor 12 min.
    assert found[0].cycle_time == pytest.approx(18 * 60)
    assert found[0].bottlenecks == ("nurse",)
    assert found[0].as_process(clinic()).activity("check-up").resource == "nurse"


def test_clinic_single_nurses_are_not_counted_twice_by_swapped_names():
    nurses = ("nurse 1", "nurse 2", "nurse 3")
    staff = {**dict.fromkeys(nurses, 1), "doctor": 1}
    allowed = dict.fromkeys(("pressure", "history", "laboratory"), nurses)
    found = assignments(clinic(), staff=staff, allowed=allowed)
    assert len(found) == 5  # the groupings of three activities
    assert found[0].cycle_time == pytest.approx(30 * 60)  # doctor: 18 + 12


def test_assignments_refuse_what_nobody_can_do():
    with pytest.raises(ValueError, match="unknown resource 'robot'"):
        assignments(clinic(), allowed={"history": ("robot",)})
    with pytest.raises(ValueError, match="nobody may do"):
        assignments(clinic(), allowed={"history": ()})
    with pytest.raises(ValueError, match="unknown activity"):
        assignments(clinic(), allowed={"surgery": ("doctor",)})
    with pytest.raises(ValueError, match="units=0"):
        assignments(clinic(), staff={"nurse": 0, "doctor": 1})
