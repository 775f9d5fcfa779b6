"""Characteristics, packages, classes and contact: against ranks, counting and definitions."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from svclab.introduction.offerings import (
    AXES,
    CHARACTERISTICS,
    PACKAGE,
    Contact,
    Offering,
    classify,
    decouple,
    fit,
    known_contacts,
    known_offerings,
    level_of,
    measure,
    measure_all,
    package,
    pivot,
    place_items,
    practice_items,
    profile,
    rubric,
    separation,
    service_classes,
)

SCORES = st.fixed_dictionaries({name: st.integers(0, 4) for name in CHARACTERISTICS})
KINDS = st.sampled_from(["good", "mixed", "service"])


def made(pairs):
    return [Offering(f"offering {n}", kind, scores) for n, (kind, scores) in enumerate(pairs)]


@given(st.lists(st.tuples(KINDS, SCORES), min_size=1, max_size=12), SCORES, SCORES)
def test_separation_equals_mann_and_whitneys_statistic_by_ranks(pairs, one, other):
    offerings = made([*pairs, ("good", one), ("service", other)])
    found = separation(offerings)
    for row in found.rows:
        values = sorted(
            o.scores[row.characteristic] for o in offerings if o.kind in ("good", "service")
        )
        rank = {v: (2 * values.index(v) + values.count(v) + 1) / 2 for v in values}
        services = [o.scores[row.characteristic] for o in offerings if o.kind == "service"]
        n, m = len(services), len(values) - len(services)
        statistic = sum(rank[v] for v in services) - n * (n + 1) / 2
        assert row.chance == pytest.approx(statistic / (n * m))
    assert [row.chance for row in found.rows] == sorted(r.chance for r in found.rows)[::-1]


def test_services_lack_each_of_the_textbooks_four_as_lovelock_and_gummesson_hold():
    """Their claim (2004) about services in general; here only that the list can show it."""
    rows = {row.characteristic: row for row in separation().rows}
    for name in ("inseparability", "heterogeneity", "perishability"):
        assert rows[name].low_services, name
    assert rows["intangibility"].low_services == ("car hire",)
    assert rows["perishability"].high_goods == ("packed milk", "daily newspaper")
    assert len(separation().all_four) < separation().services / 2


def test_a_list_without_a_good_or_a_service_is_told():
    with pytest.raises(ValueError, match="0 goods and 1 services"):
        separation([one for one in known_offerings() if one.name == "haircut"])
    with pytest.raises(ValueError, match="0 goods and 0 services"):
        separation([])


def test_levels_rise_with_the_share_and_reach_all_five():
    levels = [level_of(n / 1000) for n in range(1001)]
    assert levels == sorted(levels)
    assert set(levels) == {0, 1, 2, 3, 4}
    assert all(len(texts) == 6 for texts in rubric().values())
    with pytest.raises(ValueError, match="share=40"):
        level_of(40)


@pytest.mark.parametrize("one", known_offerings(), ids=lambda one: one.name)
def test_the_nearest_offerings_are_the_nearest_by_enumeration(one):
    def distance(other):
        return sum((one.scores[n] - other.scores[n]) ** 2 for n in CHARACTERISTICS)

    others = [other for other in known_offerings() if other.name != one.name]
    third = sorted(map(distance, others))[2]
    found = profile(one)
    assert all(distance(o) <= third for o in others if o.name in found.nearest)
    assert one.name not in found.nearest
    assert found.table[0]["which means"] in rubric()["intangibility"]


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        ("thing", {}, "kind='thing'"),
        ("good", {"contact": 5}, r"scores\['contact'\]=5: give a whole number from 0 to 4"),
        ("good", {"price": 1}, "'price', which is not one of"),
    ],
)
def test_a_wrong_offering_is_told(kind, change, message):
    with pytest.raises(ValueError, match=message):
        Offering("mine", kind, {**dict.fromkeys(CHARACTERISTICS, 2), **change})


@given(st.dictionaries(st.sampled_from(sorted(PACKAGE)), st.sets(st.integers(0, 99), min_size=1)))
def test_a_package_is_covered_by_the_parts_that_have_items(parts):
    filled = {
        part.replace(" ", "_"): [f"{part} {n}" for n in items] for part, items in parts.items()
    }
    found = package("mine", **filled)
    assert found.coverage == pytest.approx(len(parts) / 5)
    assert set(found.missing) == set(PACKAGE) - set(parts)


def test_an_item_in_two_parts_or_a_part_unknown_is_told():
    with pytest.raises(ValueError, match="divide it"):
        package("mine", information=["menu"], explicit_services=["menu"])
    with pytest.raises(ValueError, match="'goods', which is not one of"):
        package("mine", goods=["noodles"])


@pytest.mark.parametrize("service", ["KTV", "licence office"])
def test_every_part_of_a_practice_package_has_an_item_and_right_answers_score_one(service):
    cards = practice_items(service)
    assert {card.bin for card in cards} == set(PACKAGE)
    assert place_items({card.name: card.bin for card in cards}, service=service).score == 1


@pytest.mark.parametrize("axis", AXES)
def test_right_answers_score_one_and_defended_answers_count(axis):
    right = {one.service: one.classes[axis] for one in service_classes()}
    assert classify(right, axis=axis).score == 1
    for one in service_classes():
        for other in one.also[axis]:
            assert classify({one.service: other}, axis=axis).right == 1
            assert other != one.classes[axis]


def test_fit_counts_what_a_count_by_hand_counts():
    found = fit()
    assert set(found.without["content"]) == {
        "KTV evening",
        "bank counter",
        "transfer by bank app",
        "driver-licence office",
    }
    assert not any(found.without[axis] for axis in ("customer", "channel", "value"))
    assert len(found.with_two["channel"]) == 7
    assert set(found.with_two["customer"]) == {
        "bank counter",
        "car dealer's workshop",
        "service training for a park's staff",
    }


@pytest.mark.parametrize(
    ("rows", "columns"), [(a, b) for a in AXES for b in AXES if a != b], ids=str
)
def test_a_pivot_holds_every_service_once_and_turns_with_its_axes(rows, columns):
    found, turned = pivot(rows, columns), pivot(columns, rows)
    assert sum(found.counts.values()) == len(service_classes())
    assert all(turned.counts[c, r] == many for (r, c), many in found.counts.items())
    assert len(found.table) == len(AXES[rows])


def test_a_pivot_of_ones_own_services_and_wrong_ones():
    mine = {"gym": {"customer": "personal", "channel": "offline"}}
    assert pivot("customer", "channel", services=mine).counts["personal", "offline"] == 1
    assert len(pivot("customer", "channel", services={}).empty) == 12
    with pytest.raises(ValueError, match="give one of"):
        pivot("customer", "channel", services={"gym": {"customer": "personal"}})
    with pytest.raises(ValueError, match="columns='customer'"):
        pivot("customer", "customer")


@given(st.floats(0, 1), st.floats(1, 1e4), st.floats(0, 1), st.floats(0, 100))
def test_decoupling_lowers_contact_and_keeps_chases_room_between_0_and_1(part, time, way, added):
    service = Contact("mine", contact=part * time, creation=time, labour=3, equipment=2)
    found = decouple(service, moved=way * service.contact, added=added)
    assert found.after.contact_share <= found.before.contact_share + 1e-12
    assert 0 <= found.after.room_for_efficiency <= 1
    assert found.before.labour_intensity == 1.5
    assert found.customer_gain == pytest.approx(way * service.contact)


def test_all_services_are_measured_and_the_most_contact_comes_first():
    shares = [one.contact_share for one in measure_all()]
    assert shares == sorted(shares, reverse=True)
    assert {one.service.name for one in measure_all()} == set(known_contacts())
    assert {measure(one).degree for one in known_contacts().values()} == {"high", "middle", "low"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"contact": 5, "creation": 4}, "is more than creation"),
        ({"contact": -1, "creation": 4}, "contact=-1"),
        ({"contact": 1, "creation": 4, "to_order": 40}, "to_order=40"),
        ({"contact": 1, "creation": 4, "equipment": 0}, "equipment=0"),
    ],
)
def test_a_wrong_service_is_told(values, message):
    with pytest.raises(ValueError, match=message):
        Contact("mine", **values)


def test_more_cannot_be_moved_than_there_is():
    with pytest.raises(ValueError, match="moved=7: give a number from 0 to 6"):
        decouple(known_contacts()["bank counter"], moved=7)


def test_times_and_values_of_zero_are_told_in_words():
    for values, says in (
        ({"creation": 0}, "creation=0: give minutes, above zero"),
        ({"equipment": 0}, "equipment=0: give thousand yuan, above zero"),
    ):
        with pytest.raises(ValueError, match=says):
            Contact(**{"name": "x", "contact": 0, "creation": 5, **values})
