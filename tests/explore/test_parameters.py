"""What a reader can set is checked once, here, for every host."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.explore import Choice, Column, Integer, Number, Seed, Switch, Table

DEMAND = Number(
    name="demand", label="Demand", unit="per hour", low=10, high=240, step=5, default=120
)
STATIONS = Table(
    name="stations",
    label="Stations",
    columns=[
        Column(name="activity", label="Activity", editable=False),
        Column(Integer(name="station", label="Station", low=1, high=6, default=1)),
    ],
    default=[{"activity": "check", "station": 1}, {"activity": "pay", "station": 2}],
)


@pytest.mark.parametrize("value", ["", None, "fast", float("nan"), float("inf"), True, [], {}])
def test_a_number_that_is_none_is_refused_with_the_allowed_range(value):
    with pytest.raises(ValueError, match="Demand needs a number from 10 to 240"):
        DEMAND.check(value)


@given(st.floats(min_value=10, max_value=240))
def test_every_number_in_range_is_kept_as_it_is(value):
    assert DEMAND.check(value) == value


@given(st.one_of(st.floats(max_value=9.99), st.floats(min_value=240.01)))
def test_no_number_outside_the_range_is_taken(value):
    with pytest.raises(ValueError, match="Demand"):
        DEMAND.check(value)


def test_an_integer_refuses_a_fraction_and_takes_text():
    workers = Integer(name="workers", label="Workers", low=1, high=9, default=6)
    assert workers.check("7") == 7
    with pytest.raises(ValueError, match="whole number"):
        workers.check(6.5)


def test_a_choice_names_its_options_when_refusing():
    order = Choice(name="order", label="Order", options={"a": "as it is", "b": "new"}, default="a")
    with pytest.raises(ValueError, match="“as it is”, “new”"):
        order.check("c")


def test_a_switch_takes_what_a_link_holds():
    switch = Switch(name="random", label="Random")
    assert switch.check("true") is True
    assert switch.check(False) is False
    with pytest.raises(ValueError, match="on or off"):
        switch.check("perhaps")


@pytest.mark.parametrize("value", [-1, "x", None, True, 2**31])
def test_a_seed_refuses_what_is_no_whole_number(value):
    with pytest.raises(ValueError, match="whole number"):
        Seed(name="seed", label="Customers").check(value)


def test_a_table_names_row_and_column_of_a_bad_cell():
    rows = STATIONS.start
    rows[1]["station"] = 9
    with pytest.raises(ValueError, match="Row 2: Station is 9"):
        STATIONS.check(rows)


def test_a_fixed_table_keeps_its_names_whatever_is_sent():
    rows = [{"activity": "<script>", "station": 1}, {"activity": "", "station": 1}]
    assert [row["activity"] for row in STATIONS.check(rows)] == ["check", "pay"]


def test_a_fixed_table_refuses_more_rows():
    with pytest.raises(ValueError, match="3 rows"):
        STATIONS.check([*STATIONS.start, STATIONS.start[0]])


def test_the_default_of_a_table_cannot_be_changed_by_its_user():
    STATIONS.start[0]["station"] = 6
    assert STATIONS.start[0]["station"] == 1


def test_declarations_are_plain_json():
    for parameter in (DEMAND, STATIONS, Seed(name="s", label="S"), Switch(name="w", label="W")):
        assert json.loads(json.dumps(parameter.declaration()))["name"] == parameter.name


def test_a_default_outside_its_range_is_a_mistake_of_the_author():
    with pytest.raises(ValueError, match="default"):
        Number(name="x", label="X", low=0, high=1, default=2)
