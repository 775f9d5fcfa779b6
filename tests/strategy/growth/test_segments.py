"""Segment sizing against counting year by year."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from svclab.strategy.growth import AgeBand, invented_city, people_between, segment, window


@given(st.integers(0, 90), st.integers(0, 40))
def test_people_are_those_counted_year_by_year(first, width):
    years = {}
    for band in invented_city():
        for age in range(int(band.start), int(band.end)):
            years[age] = band.people / (band.end - band.start)
    expected = math.fsum(years.get(age, 0) for age in range(first, first + width + 1))
    assert people_between(invented_city(), first, first + width) == pytest.approx(expected)


@given(st.integers(1, 90), st.integers(0, 30))
def test_an_end_that_moves_brings_one_year_of_age(first, width):
    last = first + width
    found = window(invented_city(), first=first, last=last)
    assert found["younger"] == pytest.approx(people_between(invented_city(), first - 1, first - 1))
    assert found["older"] == pytest.approx(people_between(invented_city(), last + 1, last + 1))


def test_revenue_is_the_product_of_the_chain():
    found = segment(
        [AgeBand(0, 100, 1000)], first=20, last=29, shares={"a": 0.5, "b": 0.2}, visits=4,
        spending=50,
    )  # fmt: skip
    assert found.people == 100
    assert found.customers == pytest.approx(10)
    assert found.revenue == pytest.approx(2000)
    assert found.table[-1]["left"] == pytest.approx(2000)


def test_bands_in_any_order_and_with_holes():
    bands = [AgeBand(40, 50, 100), AgeBand(0, 10, 50)]
    assert people_between(bands, 5, 44) == pytest.approx(25 + 50)
    assert people_between(bands, 20, 30) == 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: people_between([], 1, 2), "bands is empty"),
        (lambda: people_between([AgeBand(0, 10, 1), AgeBand(9, 20, 1)], 1, 2), "overlap"),
        (lambda: people_between([AgeBand(0, 10, 1)], 5, 4), "last=4 is below first=5"),
        (lambda: AgeBand(10, 10, 1), "give an end above the start"),
        (lambda: AgeBand(0, 10, -1), "zero or more"),
        (
            lambda: segment(invented_city(), shares={"a": 40}, visits=1, spending=1),
            r"shares\['a'\]=40",
        ),
        (lambda: segment(invented_city(), shares={}, visits=-1, spending=1), "visits=-1"),
    ],
)
def test_what_cannot_be_used_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_shares_that_are_no_dict_are_told():
    with pytest.raises(ValueError, match=r"shares=0\.4: give a dict"):
        segment(invented_city(), shares=0.4, visits=1, spending=1)
