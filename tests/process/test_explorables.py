"""Every explorable of the chapter, at every end of every control."""

import math
from itertools import pairwise

import pytest
import vl_convert
from ends import document as ask
from ends import ends

from svclab import process
from svclab.explore import declaration, find
from svclab.process import explorables

NAMES = [f"process.{name}" for name in explorables.__all__]


def figure(document, key):
    return next(f for f in document["view"]["figures"] if f["key"] == key)


@pytest.mark.parametrize("name", NAMES)
def test_the_default_shows_a_view_without_problems(name):
    document = ask(name)
    assert "problems" not in document
    assert document["view"]["say"]
    assert document["view"]["figures"]


@pytest.mark.parametrize("name", NAMES)
def test_every_end_of_every_control_gives_a_view_or_a_sentence(name):
    for setting in ends(name):
        document = ask(name, **setting)
        if "problems" in document:
            assert all(sentence.endswith(".") or ":" in sentence
                       for sentence in document["problems"].values()), setting  # fmt: skip
        else:
            shown = [document["view"]["say"], document["view"]["warning"] or ""]
            shown += [f["text"] for f in document["view"]["figures"]]
            assert not any(w in text for w in ("nan", "inf", "None", "{") for text in shown)


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_drawn_by_vega_with_its_colours_and_alternative(name):
    for part in ask(name)["view"]["parts"]:
        assert part["kind"] == "table" or part["alt"]
        if part["kind"] == "chart":
            svg = vl_convert.vegalite_to_svg(
                {**part["spec"], "width": 600, "datasets": part["data"]}
            )
            assert "NaN" not in svg
            assert part["columns"]["rows"]


@pytest.mark.parametrize("name", [n for n in NAMES if declaration(n)["guess"]])
def test_a_guess_is_answered_in_the_sentence(name):
    guess = declaration(name)["guess"]
    value = guess["options"][0]["value"] if guess["kind"] == "choice" else guess["low"]
    before, after = ask(name), ask(name, **{guess["parameter"]: value})
    assert after["view"]["say"] != before["view"]["say"]
    assert len(after["view"]["say"]) > len(before["view"]["say"])


def test_at_least_two_explorables_ask_for_a_prediction():
    assert sum(declaration(name)["guess"] is not None for name in NAMES) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_the_same_setting_gives_the_same_document(name):
    assert ask(name) == ask(name)


def test_line_pace_agrees_with_the_analysis_of_the_office():
    document = ask("process.line_pace", demand=100)
    assert figure(document, "capacity")["value"] == pytest.approx(60)
    assert figure(document, "flow")["text"] == "195"
    assert "grows by 40 per hour" in document["view"]["warning"]


def test_one_more_worker_gains_only_at_the_violations_desk():
    gains = {
        place: figure(ask("process.one_more_worker", place=place), "capacity")["value"]
        for place in process.licence_office().names
    }
    assert gains.pop("violations") == pytest.approx(90)
    assert set(gains.values()) == {60.0}


def test_people_inside_is_rate_times_stay():
    document = ask("process.people_inside", rate=120, stay=6.5)
    assert figure(document, "inside")["value"] == pytest.approx(120 / 60 * 6.5)


def design(stations, workers):
    declared = declaration("process.line_designer")["parameters"]
    rows = [{**row, "station": s} for row, s in zip(declared[0]["default"], stations, strict=True)]
    staff = [{**row, "workers": w} for row, w in zip(declared[1]["default"], workers, strict=True)]
    return ask("process.line_designer", activities=rows, workers=staff)


def test_the_line_designer_finds_the_sources_layout_at_120():
    document = design((1, 3, 2, 1, 4, 5), (2, 2, 1, 1, 1, 0))
    assert figure(document, "capacity")["value"] == pytest.approx(120)
    assert figure(document, "eye tester")["value"] == 2


@pytest.mark.parametrize(
    ("stations", "workers", "word"),
    [
        ((1, 2, 3, 4, 5, 6), (1, 1, 1, 1, 1, 0), "nobody there"),
        ((1, 1, 1, 1, 1, 1), (3, 1, 0, 0, 0, 0), "no activity"),
        ((1, 2, 2, 2, 2, 1), (3, 4, 0, 0, 0, 0), "circle"),
    ],
    ids=["station without people", "people without work", "station visited twice"],
)
def test_an_impossible_line_is_refused_with_its_reason(stations, workers, word):
    assert word in " ".join(design(stations, workers)["problems"].values())


def test_all_layouts_counts_what_the_model_lists():
    document = ask("process.all_layouts", testers="1")
    found = process.layouts(process.licence_office(free_order=True), 7, limits={"eye tester": 1})
    assert figure(document, "count")["value"] == len(found)
    assert figure(document, "best")["value"] == pytest.approx(found[0].capacity_per_hour)


def test_a_new_order_alone_never_changes_the_airports_capacity():
    orders = [o["value"] for o in declaration("process.jfk_transit")["parameters"][0]["options"]]
    assert len(orders) == 3
    for order in orders:
        assert figure(ask("process.jfk_transit", order=order), "capacity")["value"] == 90


def test_the_clinics_bottleneck_is_the_doctor_with_thirty_minutes_a_patient():
    assert figure(ask("process.clinic_design"), "capacity")["value"] == pytest.approx(2)


def test_the_capacity_curve_of_the_mix_is_continuous():
    rows = ask("process.customer_mix")["view"]["parts"][0]["data"]["rows"]
    assert all(abs(a["rate"] - b["rate"]) < 4 for a, b in pairwise(rows))


def test_fewer_stations_are_needed_the_slower_the_takt_and_never_below_the_bound():
    found = find("process.longer_line")
    numbers = [found(takt=t).figures[0].quantity.value for t in range(75, 301, 25)]
    assert numbers == sorted(numbers, reverse=True)
    assert all(n >= math.ceil(525 / t) for n, t in zip(numbers, range(75, 301, 25), strict=True))


def test_each_move_of_esia_shortens_the_flow_time():
    start = figure(ask("process.esia_steps"), "flow")["value"]
    for move in ("eliminate", "simplify", "integrate", "automate"):
        assert figure(ask("process.esia_steps", **{move: True}), "flow")["value"] < start


def test_filing_is_cheapest_without_errors_and_checking_with_many():
    names = {"prior approval": "approve before", "filing": "file only"}
    assert names["filing"] in ask("process.control_or_file", errors=0)["view"]["say"]
    many = ask("process.control_or_file", errors=30)["view"]["say"]
    assert names["filing"] not in many.split(".")[0]


def test_a_pile_of_ones_own_is_slower_than_one_pile_for_all():
    rows = ask("process.case_manager")["view"]["parts"][1]["rows"]
    times = {row[0]: float(row[1]) for row in rows}
    assert times["one queue for a case"] > times["hand-off line"] > times["one queue for all"]


def test_the_designers_run_agrees_with_the_simpy_model():
    document = ask("process.line_designer", run=True, demand=80)
    built = process.licence_office(free_order=True).with_units(violations=2)
    line = process.arrange(built, [[a] for a in built.names], [1, 1, 2, 1, 1, 1]).as_process(built)
    work = process.draw(line, 60, arrivals_per_hour=80, seed=4, service=("gamma", 0.25))
    seconds = process.simulate(line, work).mean_total_wait
    assert figure(document, "wait")["value"] == pytest.approx(seconds)
    assert document["view"]["parts"][1]["kind"] == "trace"
