"""Mixes of customers against hand calculations and a scan."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.process.mix import CustomerKind, analyse_mix, bottleneck_by_share
from svclab.process.model import Activity, Process, Resource, Rework

DESK = Process(
    "Desk",
    (
        Activity("form", 1, resource="clerk"),
        Activity("photo", 1),
        Activity("stamp", 1, resource="clerk"),
    ),
    (Resource("clerk", 2),),
)
NEW = {"form": 120, "photo": 40, "stamp": 20}
RENEWAL = {"photo": 60, "stamp": 20}


def test_mix_by_hand():
    kinds = [CustomerKind("new", NEW, share=0.25), CustomerKind("renewal", RENEWAL, share=0.75)]
    result = analyse_mix(DESK, kinds, demand_per_hour=72)
    # clerk: .25·140 + .75·20 = 50 s for two; photo: .25·40 + .75·60 = 55 s
    assert [row.work_seconds for row in result.resources] == [pytest.approx(50), pytest.approx(55)]
    assert result.bottlenecks == ("photo",)
    assert result.capacity_per_hour == pytest.approx(3600 / 55)
    assert result.resources[1].implied_utilisation == pytest.approx(72 * 55 / 3600)
    assert result.throughput_per_hour == pytest.approx(3600 / 55)
    assert result.served_per_hour["new"] == pytest.approx(3600 / 55 / 4)
    assert result.flow_times_seconds == {"new": 180, "renewal": 80}
    assert "photo (bottleneck)" in repr(result)
    assert "<table>" in result._repr_html_()


def test_rates_and_shares_give_the_same():
    rates = [CustomerKind("new", NEW, per_hour=10), CustomerKind("renewal", RENEWAL, per_hour=30)]
    shares = [CustomerKind("new", NEW, share=0.25), CustomerKind("renewal", RENEWAL, share=0.75)]
    assert analyse_mix(DESK, rates) == analyse_mix(DESK, shares, demand_per_hour=40)


def test_a_kind_that_skips_an_activity_skips_its_rework():
    desk = Process(
        "Desk",
        (
            Activity("write", 10),
            Activity("check", 10, rework=Rework(probability=0.5, back_to="write")),
        ),
    )
    kinds = [
        CustomerKind("checked", {"write": 10, "check": 10}, share=0.5),
        CustomerKind("trusted", {"write": 10, "check": 0}, share=0.5),
    ]
    work = {row.name: row.work_seconds for row in analyse_mix(desk, kinds).resources}
    assert work == {"write": pytest.approx(0.5 * 20 + 0.5 * 10), "check": pytest.approx(10)}


def test_switching_point_by_hand():
    kinds = [CustomerKind("new", NEW, share=0.5), CustomerKind("renewal", RENEWAL, share=0.5)]
    parts = bottleneck_by_share(DESK, kinds, kind="new")
    # clerk (20 + 120 s)/2 = 10 + 60 s; photo 60 − 20 s: equal at share 50/80
    assert [p.bottlenecks for p in parts] == [("photo",), ("clerk",)]
    assert parts[0].high == parts[1].low == pytest.approx(50 / 80)
    assert parts[0].capacity_low == pytest.approx(60)
    assert parts[1].capacity_high == pytest.approx(3600 / 70)
    assert parts[0].capacity_high == pytest.approx(parts[1].capacity_low)


times = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(1, 200), min_size=1)


@given(
    times, times, times, st.floats(0.05, 0.9), st.lists(st.integers(1, 3), min_size=4, max_size=4)
)
def test_switching_points_match_a_scan(one, two, three, share, units):
    process = Process.line(
        "P", dict.fromkeys("abcd", 1), workers=dict(zip("abcd", units, strict=True))
    )
    kinds = [
        CustomerKind("one", one, share=share),
        CustomerKind("two", two, share=(1 - share) * 0.6),
        CustomerKind("three", three, share=1 - share - (1 - share) * 0.6),
    ]
    parts = bottleneck_by_share(process, kinds, kind="one")
    assert parts[0].low == 0
    assert parts[-1].high == 1
    for before, after in pairwise(parts):
        assert before.high == after.low
        assert before.bottlenecks != after.bottlenecks
    for i in range(41):
        s = i / 40
        moved = [
            CustomerKind("one", one, per_hour=s),
            CustomerKind("two", two, per_hour=(1 - s) * 0.6),
            CustomerKind("three", three, per_hour=(1 - s) * 0.4),
        ]
        scan = analyse_mix(process, moved)
        part = next(p for p in parts if p.low <= s <= p.high)
        assert set(scan.bottlenecks) & set(part.bottlenecks)
        if part.low + 1e-6 < s < part.high - 1e-6:
            low, high = sorted([part.capacity_low, part.capacity_high])
            assert low * (1 - 1e-9) <= scan.capacity_per_hour <= high * (1 + 1e-9)
            assert scan.bottlenecks == part.bottlenecks or len(scan.bottlenecks) > 1


@given(times, st.integers(1, 3))
def test_a_single_kind_is_the_plain_process(seconds, factor):
    process = Process.line("P", dict.fromkeys("abcd", 1))
    one = analyse_mix(process, [CustomerKind("only", seconds, share=1)])
    assert one.capacity_per_hour == pytest.approx(3600 / max(seconds.values()))
    slower = {n: t * factor for n, t in seconds.items()}
    two = analyse_mix(process, [CustomerKind("only", slower, share=1)])
    assert two.capacity_per_hour * factor == pytest.approx(one.capacity_per_hour)


def test_ties_for_all_shares_are_one_range():
    process = Process.line("P", {"a": 1, "b": 1})
    kinds = [
        CustomerKind("x", {"a": 5, "b": 5}, share=0.5),
        CustomerKind("y", {"a": 9, "b": 9}, share=0.5),
    ]
    assert [p.bottlenecks for p in bottleneck_by_share(process, kinds, kind="x")] == [("a", "b")]


def test_customers_who_do_nothing_have_no_bottleneck():
    result = analyse_mix(DESK, [CustomerKind("none", {}, share=1)])
    assert result.bottlenecks == ()
    assert math.isinf(result.capacity_per_hour)
    assert "nobody has any work" in repr(result)


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ([], "empty"),
        ([CustomerKind("a", {}, share=0.5)], "add up to 0.5"),
        ([CustomerKind("a", {}, share=0.5), CustomerKind("a", {}, share=0.5)], "given twice"),
        ([CustomerKind("a", {}, share=0.5), CustomerKind("b", {}, per_hour=5)], "some a rate"),
        ([CustomerKind("a", {"nap": 5}, share=1)], "unknown activity 'nap'"),
        ([CustomerKind("a", {}, per_hour=0)], "demand_per_hour"),
    ],
)
def test_bad_mixes_are_refused(kinds, message):
    with pytest.raises(ValueError, match=message):
        analyse_mix(DESK, kinds)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": " ", "seconds": {}, "share": 1}, "name"),
        ({"name": "a", "seconds": {"x": -1}, "share": 1}, "kind 'a': seconds\\['x'\\]=-1"),
        ({"name": "a", "seconds": {}}, "either share or per_hour"),
        ({"name": "a", "seconds": {}, "share": 1, "per_hour": 1}, "either share or per_hour"),
        ({"name": "a", "seconds": {}, "share": 1.5}, "share=1.5"),
        ({"name": "a", "seconds": {}, "per_hour": math.nan}, "per_hour=nan"),
    ],
)
def test_bad_kinds_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        CustomerKind(**arguments)


def test_a_demand_beside_rates_and_a_lonely_kind_are_refused():
    rates = [CustomerKind("new", NEW, per_hour=10)]
    with pytest.raises(ValueError, match="leave demand_per_hour out"):
        analyse_mix(DESK, rates, demand_per_hour=20)
    with pytest.raises(ValueError, match="no other kind"):
        bottleneck_by_share(DESK, rates, kind="new")
    with pytest.raises(ValueError, match="unknown kind"):
        bottleneck_by_share(DESK, rates, kind="old")
