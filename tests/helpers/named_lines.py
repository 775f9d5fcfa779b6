"""Names beside the lines of a sketch: what they cover, on a phone and on pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby, pairwise
from typing import Any

from svclab.decisions.explorables.labels import SIZES

__all__ = ["crossed", "overlapping"]

Box = tuple[float, float, float, float]


def _boxes(chart: dict[str, Any], size: tuple[float, float], window: Any) -> dict[str, Box]:
    """Each name's box in pixels, from below; letters of 6 px, a little less than reckoned."""
    (a, b), (c, d) = window
    found = {}
    for row in chart["data"]["names"]:
        x = (row["x"] - a) / (b - a) * size[0] + row["dx"]
        y = (row["y"] - c) / (d - c) * size[1] - row["dy"]
        wide = 6.0 * len(row["text"])
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
        found[row["text"]] = (left, left + wide, y - 5, y + 5)
    return found


def _sizes(chart: dict[str, Any], window: Any) -> Iterator[tuple[Any, dict[str, Box]]]:
    for size in SIZES:
        yield size, _boxes(chart, size, window)


def overlapping(chart: dict[str, Any], window: Any) -> set[tuple[str, str]]:
    """Names that lie on each other at some size."""
    return {
        (one, other)
        for _, boxes in _sizes(chart, window)
        for (one, p), (other, q) in combinations(boxes.items(), 2)
        if p[0] < q[1] and q[0] < p[1] and p[2] < q[3] and q[2] < p[3]
    }


def crossed(chart: dict[str, Any], window: Any) -> set[tuple[str, str]]:
    """Names through which a line runs, at some size: (name, line)."""
    (a, b), (c, d) = window
    found = set()
    strokes = sorted(chart["data"]["strokes"], key=lambda r: (r["line"], r["order"]))
    for size, boxes in _sizes(chart, window):
        for line, rows in groupby(strokes, key=lambda r: r["line"]):
            at = [((r["x"] - a) / (b - a) * size[0], (r["y"] - c) / (d - c) * size[1])
                  for r in rows]  # fmt: skip
            for (x, y), (u, v) in pairwise(at):
                steps = [(x + k / 400 * (u - x), y + k / 400 * (v - y)) for k in range(401)]
                for name, (left, right, low, high) in boxes.items():
                    if any(left < p < right and low < q < high for p, q in steps):
                        found.add((name, line))
    return found
