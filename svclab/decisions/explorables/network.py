"""A map of sources and customers in which a line is as wide as what goes along it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from svclab.explore import Chart, axis
from svclab.explore.charts import CONFIG
from svclab.words import Quantity, money, say

__all__ = ["network"]

Route = tuple[str, str]
LEFT_SIDE, RIGHT_SIDE = 5.0, 73.0
EDGE = 10.0  # above the highest place and below the lowest
LABEL_AT = 0.3  # of the way: near the source the lines lie apart
WIDEST, HEIGHT = 20.0, 330  # pixels
SENT, IDLE = "var(--svc-blue)", "var(--svc-grey)"


def network(
    amounts: Mapping[str, float],
    freight: Mapping[Route, float | None],
    sent: Mapping[Route, float],
    sources: Sequence[str],
    *,
    title: str,
    alt: str,
) -> Chart:
    """Places with what they have or need, and the routes between them.

    Parameters
    ----------
    amounts : mapping
        Place to what it has or needs.
    freight : mapping
        Route to yuan for one unit; None: closed.
    sent : mapping
        Route to amount.
    sources : sequence of str
        Which places are sources; the others are customers.
    """
    others = [place for place in amounts if place not in sources]
    where = {**_spread(sources, LEFT_SIDE), **_spread(others, RIGHT_SIDE)}
    widest = max([*amounts.values(), 1.0])
    rows = [
        _row(route, cost, sent.get(route, 0.0), where, widest) for route, cost in freight.items()
    ]
    places = [
        {
            "place": place,
            "x": x,
            "y": y,
            "role": "has" if place in sources else "needs",
            "amount": amounts[place],
            **_name(place, place in sources, amounts[place], y),
        }
        for place, (x, y) in where.items()
    ]
    return Chart(
        title=title,
        alt=alt,
        spec=_spec(),
        data={"rows": rows, "places": places},
        columns={
            "rows": [("route", "Route"), ("amount", "Sent, units"), ("freight", "Freight, yuan")],
            "places": [("place", "Place"), ("role", "Has or needs"), ("amount", "Units")],
        },
        height=HEIGHT,
    )


def _spread(places: Sequence[str], x: float) -> dict[str, tuple[float, float]]:
    gap = (100 - 2 * EDGE) / (len(places) - 1)
    return {place: (x, 100 - EDGE - k * gap) for k, place in enumerate(places)}


def _name(place: str, source: bool, amount: float, y: float) -> dict[str, str]:
    """A source's name stands above or below it, off its lines; a customer's to the right."""
    word = say("has {n}" if source else "needs {n}", n=round(amount))
    side = "right" if not source else "above" if y > 50 else "below"
    return {"side": side, "label": place, "more": word, "both": say("{a} {b}", a=place, b=word)}


def _row(
    route: Route, cost: float | None, amount: float, where: Mapping[str, tuple[float, float]],
    widest: float,
) -> dict[str, Any]:  # fmt: skip
    (x, y), (x2, y2) = where[route[0]], where[route[1]]
    price: Quantity | str = "closed" if cost is None else money(cost, "yuan")
    label = price if not amount else say("{n} at {price}", n=round(amount), price=price)
    return {
        "route": say("{a} → {b}", a=route[0], b=route[1]),
        "x": x, "y": y, "x2": x2, "y2": y2,
        "at_x": x + LABEL_AT * (x2 - x), "at_y": y + LABEL_AT * (y2 - y),
        "amount": amount,
        "freight": "closed" if cost is None else cost,
        "width": max(2.0, WIDEST * amount / widest) if amount else 1.0,
        "color": SENT if amount else IDLE,
        "dash": "closed" if cost is None else "open",
        "label": str(label),
        "ground": _ground(str(label)),
        "order": int(amount > 0),
    }  # fmt: skip


def _ground(label: str) -> str:
    """The outline of a box around a word, as a symbol's path in pixels."""
    half = 3.3 * len(label) + 5
    return f"M{-half:.1f},-9H{half:.1f}V9H{-half:.1f}Z"


def _at(x: str, y: str) -> dict[str, Any]:
    return {
        "x": axis(x, "", domain=(0, 100), axis=None),
        "y": axis(y, "", domain=(0, 100), axis=None),
    }


def _text(
    name: str, x: str, y: str, field: str, mark: Mapping[str, Any], when: str = "true"
) -> dict[str, Any]:
    return {
        "data": {"name": name},
        "transform": [{"filter": when}],
        "mark": {"type": "text", **mark},
        "encoding": {**_at(x, y), "text": {"field": field}},
    }


def _names() -> list[dict[str, Any]]:
    """The places' names, each on its side."""
    right: dict[str, Any] = {"align": "left", "dx": 13}
    beside = "datum.side == 'right'"
    return [
        _text("places", "x", "y", "label", {**right, "dy": -7, "fontWeight": "bold"}, beside),
        _text("places", "x", "y", "more", {**right, "dy": 8}, beside),
        *(
            _text(
                "places", "x", "y", "both",
                {"align": "left", "dx": -8, "dy": dy, "fontWeight": "bold"},
                f"datum.side == '{side}'",
            )
            for side, dy in (("above", -20), ("below", 21))
        ),
    ]  # fmt: skip


def _spec() -> dict[str, Any]:
    shade = {"field": "color", "type": "nominal", "scale": None}
    lines = {
        "data": {"name": "rows"},
        "mark": {"type": "rule", "strokeCap": "butt", "opacity": 0.55},
        "encoding": {
            **_at("x", "y"),
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "color": shade,
            "strokeWidth": {"field": "width", "type": "quantitative", "scale": None},
            "strokeDash": {
                "field": "dash",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": ["open", "closed"], "range": [[1, 0], [2, 6]]},
            },
        },
    }
    dots = {
        "data": {"name": "places"},
        "mark": {"type": "point", "filled": True, "size": 160, "opacity": 1,
                 "color": "var(--svc-orange)"},
        "encoding": {
            **_at("x", "y"),
            "shape": {
                "field": "role",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": ["has", "needs"], "range": ["square", "circle"]},
            },
        },
    }  # fmt: skip
    # Solid: a halo around the letters alone leaves stripes of a thick line between them.
    grounds = {
        "data": {"name": "rows"},
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 4,
                 "color": "var(--svc-paper)"},
        "encoding": {
            **_at("at_x", "at_y"),
            "shape": {"field": "ground", "type": "nominal", "scale": None},
        },
    }  # fmt: skip
    return {
        "width": "container",
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG,
        "layer": [
            lines,
            dots,
            grounds,
            _text("rows", "at_x", "at_y", "label", {}),
            *_names(),
        ],
    }
