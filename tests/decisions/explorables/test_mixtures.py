"""The explorable of mixtures: cost, limits and conflicts against all corners, in fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from named_lines import crossed, overlapping

from svclab.decisions.explorables.mixtures import KINDS, blending, found
from svclab.decisions.explorables.regions import plane_of
from svclab.decisions.problems import cases

FEED = (("A", 3.0, 20.0, 5.0), ("B", 2.0, 10.0, 10.0), ("C", 6.0, 40.0, 2.0))
LUNCH = (("rice", 6.0, 3.0, 130.0), ("vegetables", 8.0, 2.0, 40.0), ("chicken", 30.0, 27.0, 165.0))
Rows = tuple[tuple[str, float, float, float], ...]


def shown(**given: Any) -> dict[str, Any]:
    return blending(**given).to_data()


def figure(view: dict[str, Any], key: str) -> Any:
    return next(f["value"] for f in view["figures"] if f["key"] == key)


def cheapest(kind: str, rows: Rows, least: float, most: float) -> Fraction | None:
    """The least cost over all corners: mixtures of one, two or three, limits as equations."""
    amount, priced = Fraction(int(KINDS[kind].amount)), Fraction(int(KINDS[kind].priced))
    exact = [tuple(Fraction(repr(v)) for v in row[1:]) for row in rows]
    # x and y of the first and third; the second is the rest. a x + b y <= c.
    (_, g2, b2) = exact[1]
    (_, g1, b1), (_, g3, b3) = exact[0], exact[2]
    low, high = 100 * Fraction(repr(least)), 100 * Fraction(repr(most))
    planes = [
        (Fraction(-1), Fraction(0), Fraction(0)),
        (Fraction(0), Fraction(-1), Fraction(0)),
        (Fraction(1), Fraction(1), amount),
        (g2 - g1, g2 - g3, g2 * amount - low),
        (b1 - b2, b3 - b2, high - b2 * amount),
    ]
    best = None
    for (a, b, c), (d, e, f) in combinations(planes, 2):
        det = a * e - b * d
        if not det:
            continue
        x, y = (c * e - b * f) / det, (a * f - c * d) / det
        if all(p * x + q * y <= r for p, q, r in planes):
            cost = (exact[0][0] * x + exact[2][0] * y + exact[1][0] * (amount - x - y)) / priced
            best = cost if best is None else min(best, cost)
    return best


PERCENT = st.integers(0, 40).map(float)
TABLES = st.tuples(*(st.tuples(st.integers(0, 20).map(float), PERCENT, PERCENT) for _ in "ABC"))


@given(TABLES, st.integers(0, 90), st.integers(2, 24))
@settings(max_examples=60)
def test_the_cost_is_the_least_over_all_corners_and_none_where_there_is_none(
    table: tuple[tuple[float, float, float], ...], protein: int, fibre: int
) -> None:
    rows = tuple((name, *row) for name, row in zip("ABC", table, strict=True))
    here = found("feed", rows, protein / 2, fibre / 2, 45.0)
    exact = cheapest("feed", rows, protein / 2, fibre / 2)
    assert (here.report is None) == (exact is None)
    if exact is None:
        assert here.clashes
        return
    assert here.report is not None
    assert here.report.objective == pytest.approx(float(exact), abs=1e-9)
    assert here.curve is not None
    assert here.curve.linear(protein / 2) == pytest.approx(float(exact), abs=1e-7)
    # The picture's own plane, with one ingredient replaced, has the same optimum.
    best = plane_of(here).best
    assert best.value is not None
    assert float(best.value) == pytest.approx(float(exact), abs=1e-9)


@given(st.integers(0, 90), st.integers(2, 24))
@settings(max_examples=40)
def test_a_conflict_names_the_limits_that_must_be_loosened_and_no_other(
    protein: int, fibre: int
) -> None:
    least, most = protein / 2, fibre / 2
    here = found("feed", FEED, least, most, 45.0)
    protein_alone = cheapest("feed", FEED, least, 100.0) is None
    fibre_alone = cheapest("feed", FEED, 0.0, most) is None
    told = [{word for word in ("protein", "fibre") if word in clash} for clash in here.clashes]
    if here.report is not None:
        assert told == []
    elif not (protein_alone or fibre_alone):
        assert told == [{"protein", "fibre"}]
    else:
        assert told == [{"protein"}] * protein_alone + [{"fibre"}] * fibre_alone


def test_the_feed_is_that_of_the_course_and_costs_what_its_case_says() -> None:
    view = shown()
    assert figure(view, "cost") == pytest.approx(cases.feed().solve().cost)
    assert (figure(view, "part_1"), figure(view, "part_2"), figure(view, "part_3")) == (90, 0, 10)
    assert "The limit on protein binds: one kg more makes it dearer by 15 yuan" in view["say"]


def test_the_lunch_is_worked_out_over_all_corners_too() -> None:
    for protein in (10, 30, 60, 90):
        exact = cheapest("lunch", LUNCH, float(protein), 600.0)
        assert exact is not None
        view = shown(kind="lunch", lunch_protein=protein)
        assert figure(view, "cost") == pytest.approx(float(exact))
    assert figure(shown(kind="lunch", lunch_protein=91), "cost") is None


@pytest.mark.parametrize(("protein", "fibre"), [(22, 6), (30, 6), (20.5, 4), (15, 8), (38, 3)])
def test_one_more_costs_what_the_next_setting_costs(protein: float, fibre: float) -> None:
    here = found("feed", FEED, float(protein), float(fibre), 45.0)
    more = found("feed", FEED, protein + 0.25, float(fibre), 45.0)
    loose = found("feed", FEED, float(protein), fibre + 0.25, 45.0)
    assert here.report is not None
    assert more.report is not None
    assert loose.report is not None
    for other, name in ((more, "least_protein"), (loose, "most_fibre")):
        assert other.report is not None
        change = (other.report.objective - here.report.objective) / 0.25
        line = here.report.constraint(name)
        assert (line.more if line.more is not None else line.price) == pytest.approx(
            change, abs=1e-6
        )


def test_the_guess_is_answered_with_the_cost_of_thirty() -> None:
    exact = cheapest("feed", FEED, 30.0, 6.0)
    assert exact == 450
    assert "it costs 450 yuan, 15 yuan for each kilogram more" in shown(guess=400)["say"]
    assert any(
        m.get("label") == "your guess" for m in shown(guess=400)["parts"][1]["data"]["marks"]
    )


def test_what_cannot_be_is_said_with_the_limits_and_the_most_there_can_be() -> None:
    view = shown(protein=44)
    assert "100 kg in all, at least 44 kg of protein" in view["say"]
    assert "40 kg of protein is the most" in view["warning"]
    one = shown(protein=39, fibre=1)
    assert "100 kg in all, at most 1 kg of fibre" in one["say"]
    assert one["warning"] == "Loosen the limit on fibre."
    assert "Both limits" in shown(protein=44, fibre=1)["warning"]
    both = shown(kind="lunch", lunch_protein=80, energy=300)
    assert "at least 80 g of protein, at most 300 kcal of energy" in both["say"]
    assert "on protein or on energy" in both["warning"]
    assert "30 g of protein is the most" in both["warning"]
    assert figure(both, "cost") is None
    assert len(both["parts"]) == 2  # no table of prices where there is no optimum
    assert "areas" not in both["parts"][0]["data"]


def test_the_corners_in_the_picture_keep_the_limits_and_the_cheapest_is_the_plan() -> None:
    view = shown(fibre=4.5)
    rows = view["parts"][0]["data"]["rows"]
    for row in rows:
        x, y, rest = row["x"], row["y"], row["rest"]
        assert min(x, y, rest) >= -1e-6
        assert 0.2 * x + 0.1 * rest + 0.4 * y >= 22 - 1e-3
        assert 0.05 * x + 0.1 * rest + 0.02 * y <= 4.5 + 1e-3
    assert min(row["cost"] for row in rows) == pytest.approx(figure(view, "cost"), abs=1e-3)


def test_the_handle_runs_on_the_curve_of_cost() -> None:
    for given_, value in (({}, 22), ({"kind": "lunch"}, 30)):
        (handle,) = shown(**given_)["parts"][1]["handles"]
        assert handle["x"] == value
        assert [round(x, 6) for x, _ in handle["path"]] == sorted(
            round(x, 6) for x, _ in handle["path"]
        )
    (lost,) = shown(protein=44)["parts"][1]["handles"]
    assert "path" not in lost


def test_two_mixtures_as_cheap_are_told() -> None:
    rows = [dict(row) for row in blending.check({})[0]["feed"]]
    rows[0]["cost"] = 3
    rows[1]["cost"] = 3
    rows[2]["cost"] = 3
    assert "more than one cheapest mixture" in shown(feed=rows)["warning"]


NO_PROTEIN = [{"cost": c, "protein": 0, "fibre": f} for c, f in ((3, 5), (2, 10), (6, 2))]


@pytest.mark.parametrize(
    "given", [{}, {"protein": 30, "fibre": 2}, {"protein": 30}, {"fibre": 9}, {"kind": "lunch"}]
)
def test_names_in_the_picture_have_their_lines_colour_and_lie_on_no_line(given: Any) -> None:
    chart = shown(**given)["parts"][0]
    side = (0, 500 if given.get("kind") == "lunch" else 100)
    assert overlapping(chart, (side, side)) == set()
    assert {name for name, _ in crossed(chart, (side, side))} <= {"cheapest"}
    colors = {row["text"].split()[0]: row["color"] for row in chart["data"]["names"]}
    assert "--svc-green" in colors["protein"]
    assert "--svc-vermilion" in colors[next(n for n in colors if n in ("fibre", "energy"))]


@pytest.mark.parametrize("given", [{}, {"protein": 30, "fibre": 2}, {"feed": NO_PROTEIN}])
def test_the_end_of_the_curve_is_named_above_the_handle(given: Any) -> None:
    chart = shown(**given)["parts"][1]
    marks, (handle,) = chart["data"]["marks"], chart["handles"]
    low, high = next(
        layer["encoding"]["y"]["scale"]["domain"] for layer in chart["spec"]["layer"]
        if "domain" in layer.get("encoding", {}).get("y", {}).get("scale", {})
    )  # fmt: skip
    (name,) = [mark for mark in marks if mark["label"] == "no mixture beyond"]
    # A handle is 13 pixels high above its point; the name stands 9 above its own.
    assert 200 * (name["y"] - handle["y"]) / (high - low) + 9 - 6 > 13
    assert low <= handle["y"] <= high
    assert (name["side"] == "left") == (name["x"] > 22)


def test_an_end_is_told_with_the_digits_it_has() -> None:
    assert "up to 4.25 kg" in shown(protein=25, fibre=3)["say"]
