"""Lying bars to both sides of zero: room for their texts, and on which side these stand."""

from __future__ import annotations

from typing import Any

import pytest

from svclab.explore import signed_bars


def drawn(*values: float, ends: tuple[float, float] = (0.0, 1.0)) -> Any:
    rows = [
        {"goal": f"g{k}", "score": value, "color": "red", "text": f"{value:g}"}
        for k, value in enumerate(values)
    ]
    return signed_bars(
        rows, category=("goal", "Goal"), value=("score", "Score"), title="", alt="Bars.", ends=ends
    )


@pytest.mark.parametrize(
    ("values", "ends", "domain"),
    [
        ((2.0, 10.0), (0.0, 1.0), (0.0, 13.0)),  # all to the right: no room on the left
        ((-2.0, 8.0), (0.0, 1.0), (-5.0, 11.0)),
        ((-4.0,), (-10.0, 10.0), (-16.0, 10.0)),  # the ends are kept, with room for the text
        ((0.0,), (0.0, 1.0), (0.0, 1.0)),
    ],
)
def test_the_axis_has_room_for_a_text_on_each_side_that_has_bars(
    values: tuple[float, ...], ends: tuple[float, float], domain: tuple[float, float]
) -> None:
    scale = drawn(*values, ends=ends).spec["layer"][0]["encoding"]["x"]["scale"]
    assert scale["domain"] == pytest.approx(domain)


def test_texts_stand_outside_their_bars() -> None:
    _, right, left = drawn(3.0, -1.0).spec["layer"]
    assert (right["mark"]["align"], left["mark"]["align"]) == ("left", "right")
    assert right["transform"] == [{"filter": "datum['score'] >= 0"}]
    assert left["transform"] == [{"filter": "datum['score'] < 0"}]
