"""Scores with a weight for each criterion; texts that begin empty: in Python and in the page."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from explorable_page import document, page_of
from hypothesis import given
from hypothesis import strategies as st

from svclab.basics import explorables as basics
from svclab.explore import Column, Number, Table, View, answer, declaration, explorable, jupyter
from svclab.explore.diagrams import Entry, Fill, Matrix, in_the_picture, score_matrix

SITES, CRITERIA = {"a": "Site A", "b": "Site B"}, {"rent": "Rent 租金", "way": "Way"}
SCORES = [{"rent": 5.0, "way": 1.0}, {"rent": 2.0, "way": 4.0}]
CAUSES = [{"step": "greet", "effect": "", "cause": ""}, {"step": "pay", "effect": "", "cause": ""}]


def number_column(name: str) -> Column:
    return Column(Number(name=name, label=name, low=0, high=10, step=0.5, default=0))


@explorable(
    title="Which site?",
    parameters=[
        Table(name="scores", label="Scores", shown_if=in_the_picture("scores"), default=SCORES,
              columns=[number_column("rent"), number_column("way")]),
        Table(name="weights", label="Weights", shown_if=in_the_picture("weights"),
              default=[{"weight": 3.0}, {"weight": 2.0}], columns=[number_column("weight")]),
    ],
)  # fmt: skip
def site_scores(scores: list[dict[str, float]], weights: list[dict[str, float]]) -> View:
    """Two sites."""
    given = dict(zip(CRITERIA, (row["weight"] for row in weights), strict=True))
    grid = score_matrix(
        SITES, CRITERIA, scores, alt="Two sites.", parameter="scores", digits=1, weights=given,
        weights_parameter="weights", weights_digits=1,
    )  # fmt: skip
    return View(say="Two sites.", parts=[grid])


@explorable(
    title="What can fail?",
    parameters=[
        Table(
            name="causes", label="Causes", shown_if=in_the_picture("causes"), default=CAUSES,
            columns=[
                Column(name="step", label="Step", editable=False),
                Column(name="effect", label="Effect", longest=30, empty=True),
                Column(name="cause", label="Cause", longest=200, empty=True),
            ],
        )
    ],
)  # fmt: skip
def failures(causes: list[dict[str, str]]) -> View:
    """A matrix of free texts."""
    entries = [
        Entry(row=row["step"], column=name, content=row[name],
              fill=Fill(parameter="causes", row=k, column=name))
        for k, row in enumerate(causes) for name in ("effect", "cause")
    ]  # fmt: skip
    grid = Matrix(alt="Failures.", rows={row["step"]: row["step"] for row in causes},
                  columns={"effect": "Effect", "cause": "Cause"}, entries=entries)  # fmt: skip
    written = sum(bool(row["cause"]) for row in causes)
    return View(say=f"{written} causes.", parts=[grid])


def weighted(weights: Any, *, down: bool = False) -> Matrix:
    if not down:
        return score_matrix(SITES, CRITERIA, SCORES, alt=".", weights=weights)
    turned = [{site: SCORES[k][c] for k, site in enumerate(SITES)} for c in CRITERIA]
    return score_matrix(CRITERIA, SITES, turned, alt=".", weights=weights)


def test_weights_stand_before_the_scores_and_count_in_the_sums_and_the_table() -> None:
    (table,) = weighted({"rent": 3, "way": 2}).tables()
    assert [head for head, *_ in table.columns] == ["Row", "Rent 租金", "Way", "Weighted total"]
    assert table.rows == [
        ["Weight", "3", "2", "5"], ["Site A", "5", "1", "17"], ["Site B", "2", "4", "14"],
    ]  # fmt: skip
    (table,) = weighted({"rent": 3, "way": 2}, down=True).tables()
    assert [head for head, *_ in table.columns] == ["Row", "Weight", "Site A", "Site B"]
    assert table.rows == [
        ["Rent 租金", "3", "5", "2"], ["Way", "2", "1", "4"], ["Weighted total", "5", "17", "14"],
    ]  # fmt: skip


@given(
    weights=st.lists(st.integers(0, 1000), min_size=1, max_size=40),
    data=st.data(),
)
def test_each_weighted_sum_is_that_of_the_products_for_any_number_of_criteria(
    weights: list[int], data: st.DataObject
) -> None:
    names = {f"c{k}": f"criterion {k}" for k in range(len(weights))}
    row = data.draw(st.lists(st.integers(0, 100), min_size=len(names), max_size=len(names)))
    grid = score_matrix({"a": "A"}, names, [dict(zip(names, row, strict=True))], alt=".",
                        weights=dict(zip(names, weights, strict=True)))  # fmt: skip
    assert grid.row_totals
    total = sum(w * score for w, score in zip(weights, row, strict=True))
    assert str(grid.row_totals.values[1]) == f"{total:,}"


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({}, "weights are for nothing: give one for each column"),
        ({"rent": 1}, "weights are for 'rent': give one for each column"),
        ({"rent": 1, "way": -2}, r"weights\['way'\]=-2: give a number, zero or more"),
        ({"rent": 1, "way": math.nan}, r"weights\['way'\]=nan: give a number, zero or more"),
        ({"rent": math.inf, "way": 1}, r"weights\['rent'\]=inf: give a number, zero or more"),
        ({"rent": "", "way": 1}, r"weights\['rent'\]='': give a number, zero or more"),
        ({"rent": None, "way": 1}, r"weights\['rent'\]=None: give a number, zero or more"),
        ({"rent": True, "way": 1}, r"weights\['rent'\]=True: give a number, zero or more"),
    ],
)
def test_weights_that_are_missing_negative_or_no_numbers_are_refused(
    weights: Any, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        weighted(weights)


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match=r"scores\[0\]\['x'\]=nan: give a number, any finite size"):
        score_matrix({"a": "A"}, {"x": "X"}, [{"x": math.nan}], alt=".")
    with pytest.raises(ValueError, match="'weight' is the key of the weights"):
        score_matrix({"a": "A"}, {"weight": "X"}, [{"weight": 1}], alt=".", weights={"weight": 1})


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def opened(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("svclab-explorable[data-ready]")


def totals(page: Any) -> list[str]:
    return [
        one.strip() for one in page.locator(".svd-row > .svd-total:last-child").all_inner_texts()
    ]


def typed(page: Any, parameter: str, row: int, column: str, value: str) -> Any:
    box = page.locator(f'[data-fill-parameter="{parameter}"][data-fill-row="{row}"]'
                       f'[data-fill-column="{column}"]')  # fmt: skip
    box.fill(value)
    box.blur()
    return box


@pytest.mark.browser
def test_a_weight_typed_in_the_page_moves_the_totals_and_nonsense_is_named(page: Any) -> None:
    with page_of(site_scores) as address:
        opened(page, address)
        assert totals(page) == ["5", "17", "14"]
        box = typed(page, "weights", 1, "weight", "4.5")
        assert box.get_attribute("aria-label") == "Weight, Way"
        page.wait_for_function("document.querySelector('.svd-total').textContent.includes('7.5')")
        assert totals(page) == ["7.5", "19.5", "24"]
        for nonsense in ("-1", ""):
            box = typed(page, "weights", 1, "weight", nonsense)
            assert box.get_attribute("aria-invalid") == "true"
            assert "Weight, Way" in page.locator(".svd-problem").inner_text()
            assert totals(page) == ["7.5", "19.5", "24"]
        with page.expect_download() as waiting:
            page.locator("[data-act=save-svg]").click()
        picture = waiting.value.path().read_text(encoding="utf-8")
        assert all(f">{text}<" in picture for text in ("Weight", "4.5", "24", "total"))
        page.locator("summary").click()
        with page.expect_download() as waiting:
            page.locator("[data-act=save-table]").click()
        text = waiting.value.path().read_text(encoding="utf-8-sig")
        assert ["Weight", "3", "4.5", "7.5"] in list(csv.reader(io.StringIO(text)))


def test_a_text_that_may_be_empty_comes_through_answer_and_jupyter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert document(failures, {})["parameters"]["causes"] == CAUSES
    written = [{**CAUSES[0], "cause": "  no time "}, CAUSES[1]]
    shown = document(failures, {"causes": written})
    assert shown["view"]["say"] == "1 causes."
    assert shown["parameters"]["causes"][0]["cause"] == "no time"
    monkeypatch.setattr(basics, "failures", failures, raising=False)
    name = "basics.failures"  # as if a chapter had it
    request = json.dumps({"name": name, "parameters": {"causes": written}})
    assert json.loads(answer(request))["view"] == shown["view"]
    widget = jupyter.widget(name, causes=written)
    assert json.loads(widget.document)["view"] == shown["view"]
    assert [c.get("empty") for c in declaration(name)["parameters"][0]["columns"]] == [
        None, True, True,
    ]  # fmt: skip


def test_a_text_that_may_not_be_empty_is_still_asked_for() -> None:
    with pytest.raises(ValueError, match="Row 1: Name is empty: write a name"):
        Table(name="t", label="T", columns=[Column(name="n", label="Name")], default=[{"n": ""}])
    blank = Table(
        name="t", label="T", add=True, default=[{"n": ""}, {"n": ""}],
        columns=[Column(name="n", label="Name", empty=True, unique=True)],
    )  # fmt: skip
    assert blank.start == [{"n": ""}, {"n": ""}]  # what is empty names nothing twice
    with pytest.raises(ValueError, match="stands twice"):
        blank.check([{"n": "a"}, {"n": "a"}])
    with pytest.raises(ValueError, match="Name is empty"):
        blank.check([{"n": None}])


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 640, 1280])
def test_empty_cells_are_written_in_and_emptied_again_in_the_page(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    with page_of(failures) as address:
        opened(page, address)
        boxes = page.locator(".svd-fill")
        assert [box.input_value() for box in boxes.all()] == [""] * 4
        assert "undefined" not in page.locator(".svd").inner_html()
        long = "the card reader has no connection, so that the guest waits and leaves"
        box = typed(page, "causes", 1, "cause", long)
        page.wait_for_function(
            "document.querySelector('.svx-say').textContent.startsWith('1 causes')"
        )
        fits = box.evaluate("(e) => e.scrollHeight <= e.clientHeight + 2")
        assert fits  # all that was written can be read
        typed(page, "causes", 1, "cause", " ")
        page.wait_for_function(
            "document.querySelector('.svx-say').textContent.startsWith('0 causes')"
        )
        assert box.get_attribute("aria-invalid") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= width
