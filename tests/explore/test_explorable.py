"""The contract between an explorable and its hosts."""

import json
import math

import pytest
import vl_convert

from svclab.explore import (
    ChoiceGuess,
    Explorable,
    Figure,
    Number,
    NumberGuess,
    View,
    bars,
    explorable,
    lines,
    points,
)
from svclab.explore.session import Session
from svclab.words import per_hour, seconds

SPEED = Number(name="rate", label="Rate", unit="per hour", low=1, high=100, default=60)


def build(compute, **more) -> Explorable:
    return explorable(title="Test", parameters=[SPEED], **more)(compute)


def documents(found: Explorable, monkeypatch, **given) -> list[dict]:
    monkeypatch.setattr("svclab.explore.session.find", lambda name: found)
    session = Session(json.dumps({"name": found.name, "version": 1, "parameters": given}))
    got = []
    while (document := session.step()) is not None:
        got.append(json.loads(document))
    return got


def plain(rate):
    return View(say="Seen.", figures=[Figure("t", "Time", seconds(3600 / rate))])


def test_a_request_without_parameters_gives_the_default_view(monkeypatch):
    (document,) = documents(build(plain), monkeypatch)
    assert document["parameters"] == {"rate": 60}
    assert document["view"]["figures"][0]["value"] == 60


def test_bad_input_gives_a_problem_at_its_control_and_no_view(monkeypatch):
    (document,) = documents(build(plain), monkeypatch, rate=0)
    assert document["problems"].keys() == {"rate"}
    assert document["parameters"] == {"rate": 0}
    assert "view" not in document


def test_an_unknown_parameter_is_named(monkeypatch):
    (document,) = documents(build(plain), monkeypatch, speed=3)
    assert "'speed'" in document["problems"]["speed"]


def test_a_model_that_refuses_the_combination_is_quoted(monkeypatch):
    def refuses(rate):
        raise ValueError("too many customers for one server")

    (document,) = documents(build(refuses), monkeypatch)
    assert document["problems"] == {"": "too many customers for one server"}


def test_a_long_run_shows_its_progress_and_ends_without(monkeypatch):
    def long(rate):
        for done in (0.25, 0.75):
            yield View(say="Running.", progress=done)
        yield View(say="Done.")

    shown = documents(build(long), monkeypatch)
    assert [d.get("progress") for d in shown] == [0.25, 0.75, None]
    assert build(long)(rate=5).say == "Done."


def test_infinity_leaves_as_words_in_figures_and_as_gaps_in_charts(monkeypatch):
    def endless(rate):
        chart = lines(
            [{"x": 1.0, "y": math.inf}], x=("x", "x"), y=("y", "y"), alt="A line without end."
        )
        return View(say="s", figures=[Figure("w", "Wait", seconds(math.inf))], parts=[chart])

    (document,) = documents(build(endless), monkeypatch)
    assert document["view"]["figures"][0]["text"] == "unlimited"
    assert document["view"]["figures"][0]["value"] is None
    assert document["view"]["parts"][0]["data"]["rows"] == [{"x": 1.0, "y": None}]


@pytest.mark.parametrize("sent", [None, 40])
def test_the_guess_reaches_the_function_and_is_none_before(monkeypatch, sent):
    def guessed(rate, guess):
        return View(say="none" if guess is None else "some")

    ask = NumberGuess(question="How many?", low=0, high=100, unit="per hour")
    given = {} if sent is None else {"guess": sent}
    (document,) = documents(build(guessed, guess=ask), monkeypatch, **given)
    assert document["view"]["say"] == ("none" if sent is None else "some")


def test_a_guess_out_of_its_options_is_a_problem(monkeypatch):
    ask = ChoiceGuess(question="Which?", options={"a": "A", "b": "B"})
    found = build(lambda rate, guess: View(say=str(guess)), guess=ask)
    (document,) = documents(found, monkeypatch, guess="c")
    assert document["problems"].keys() == {"guess"}


def test_calling_an_explorable_in_code_refuses_with_the_readers_sentence():
    with pytest.raises(ValueError, match="choose a number from 1 to 100"):
        build(plain)(rate=1000)


def test_the_name_is_that_of_package_and_function():
    assert build(plain).name.endswith(".plain")


def test_a_view_in_a_notebook_escapes_what_it_shows():
    view = View(say="<b>", figures=[Figure("x", "<i>", per_hour(3))])
    assert "<b>" not in view._repr_html_()
    assert "<i>" not in view._repr_html_()


@pytest.mark.parametrize(
    "chart",
    [
        lines(
            [{"x": x, "y": x * x, "who": w} for x in range(3) for w in "ab"],
            x=("x", "Time (s)"),
            y=("y", "Queue"),
            series="who",
            marks=[{"x": 1, "y": 2, "label": "guess"}, {"y": 3, "label": "limit"}, {"x": 2}],
            alt="Two lines.",
        ),
        bars(
            [{"n": "check", "v": 3, "c": "var(--svc-blue)", "t": "3"}],
            category=("n", "Activity"),
            value=("v", "Seconds"),
            color="c",
            text="t",
            marks=[{"x": 2, "label": "takt"}],
            alt="One bar.",
        ),
        points(
            [{"x": 1, "y": 2, "s": 3, "t": "a"}],
            x=("x", "Equipment"),
            y=("y", "Capacity"),
            size="s",
            text="t",
            marks=[{"x": 1, "y": 2, "label": "you"}],
            alt="One point.",
        ),
    ],
    ids=["lines", "bars", "points"],
)
def test_charts_are_valid_vega_lite_and_draw_all_their_data(chart):
    spec = dict(chart.spec, width=400, datasets=chart.data)
    svg = vl_convert.vegalite_to_svg(spec)
    for row in chart.data.get("marks", []):
        assert row["label"] in svg
    assert "var(--svc-" in svg
    assert "NaN" not in svg


def test_every_chart_offers_its_figures_as_a_table():
    chart = bars(
        [{"n": "check", "v": 3}], category=("n", "Activity"), value=("v", "Seconds"), alt="Bar."
    )
    assert chart.to_data()["columns"]["rows"] == [
        {"field": "n", "label": "Activity"},
        {"field": "v", "label": "Seconds"},
    ]
