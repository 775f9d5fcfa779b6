"""Where names can stand in a picture of two variables: beside what they name, over nothing else.

Places are tried one after the other and the least bad one is taken, for a phone's picture and a
page's at once, since the same document is drawn in both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["Label", "Place", "place"]

Spot = tuple[float, float]
Way = tuple[float, float, str]  # dx, dy, align
Choice = tuple[float, Spot, Way]  # how bad, where
LETTER, HEIGHT = 6.5, 14.0  # pixels of a letter at 12 px, and of a line
SIZES = ((265.0, 270.0), (560.0, 270.0), (900.0, 270.0))  # of the plot: on a phone, on pages
WIDE = 0x2E7F  # letters beyond are as wide as they are high


@dataclass(frozen=True)
class Label:
    """A name, and the points beside which it may stand, the best first."""

    text: str
    spots: tuple[Spot, ...]
    color: str = "currentColor"


@dataclass(frozen=True)
class Place:
    """A name with its place: a point, and how far from it and to which side."""

    label: Label
    x: float
    y: float
    dx: float
    dy: float
    align: str
    staff: float = 0.0  # of a flag: how high, as a share of the picture's height

    def row(self) -> dict[str, float | str]:
        """What the chart draws."""
        return {
            "x": self.x, "y": self.y, "dx": self.dx, "dy": self.dy, "align": self.align,
            "text": self.label.text, "color": self.label.color,
        }  # fmt: skip


@dataclass
class _Page:
    """One size of the picture: what stands in it already, in pixels from its upper left."""

    window: tuple[float, float, float, float]
    size: tuple[float, float]
    lines: list[tuple[Spot, Spot]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def pixel(self, spot: Spot) -> Spot:
        a, b, c, d = self.window
        w, h = self.size
        return (spot[0] - a) / (b - a) * w, h - (spot[1] - c) / (d - c) * h

    def box(self, spot: Spot, way: Way, text: str) -> tuple[float, ...]:
        dx, dy, align = way
        x, y = self.pixel(spot)
        width = math.fsum(2 * LETTER if ord(c) > WIDE else LETTER for c in text)
        left = x + dx - {"left": 0, "center": width / 2, "right": width}[align]
        return left, y + dy - HEIGHT / 2, left + width, y + dy + HEIGHT / 2

    def cost(self, box: tuple[float, ...]) -> float:
        """How bad it is to write there: over an edge, over a name, over a line."""
        a, b, c, d = box
        w, h = self.size
        over = max(0.0, -a) + max(0.0, c - w) + max(0.0, -b) + max(0.0, d - h)
        bad = 8 * over
        for left, top, right, bottom in self.boxes:
            wide, high = min(c, right) - max(a, left), min(d, bottom) - max(b, top)
            if wide > 0 and high > 0:
                bad += 60 + wide
        for line in self.lines:
            bad += 0.8 * _inside(line, box)
        return bad


def _inside(line: tuple[Spot, Spot], box: tuple[float, ...]) -> float:
    """How many pixels of a line run through a box (Liang and Barsky)."""
    (x, y), (u, v) = line
    dx, dy = u - x, v - y
    low, high = 0.0, 1.0
    for step, start, end in ((dx, box[0] - x, box[2] - x), (dy, box[1] - y, box[3] - y)):
        if not step:
            if start > 0 or end < 0:
                return 0.0
            continue
        one, two = start / step, end / step
        low, high = max(low, min(one, two)), min(high, max(one, two))
        if low >= high:
            return 0.0
    return (high - low) * math.hypot(dx, dy)


WAYS = (
    (7.0, -9.0, "left"), (-7.0, -9.0, "right"), (7.0, 10.0, "left"), (-7.0, 10.0, "right"),
    (10.0, 0.0, "left"), (-10.0, 0.0, "right"), (0.0, -15.0, "center"), (0.0, 16.0, "center"),
)  # fmt: skip
# Where much lies on one spot a name stands as a flag on a thin line above it.
FLAGS = tuple(
    (dx, -float(rise), align)
    for rise in range(24, 140, 15)
    for dx, align in ((7.0, "left"), (-7.0, "right"))
)
CROWDED = 60.0  # how bad a place is that lies over a name


def place(
    labels: Iterable[Label],
    *,
    window: tuple[float, float, float, float],
    lines: Sequence[tuple[Spot, Spot]] = (),
    points: Sequence[Spot] = (),
    handles: Sequence[Spot] = (),
    flags: bool = False,
) -> list[Place]:
    """A place for each label, the first ones choosing first.

    Parameters
    ----------
    labels : iterable of Label
        What is to be written.
    window : tuple
        x from, x to, y from, y to: what the picture shows.
    lines, points, handles : sequence, optional
        What is drawn and should stay free; handles are as large as a finger.
    flags : bool, optional
        Whether a name that has no room may stand farther above, as a flag; :attr:`Place.staff`
        says how high, and the caller draws the thin line.

    Examples
    --------
    >>> (one,) = place([Label("best", ((4.0, 4.0),))], window=(0, 4, 0, 4))
    >>> one.align, one.dy > 0
    ('right', True)
    """
    pages = [_Page(window, size) for size in SIZES]
    for page in pages:
        page.lines = [(page.pixel(a), page.pixel(b)) for a, b in lines]
        for x, y in map(page.pixel, points):
            page.boxes.append((x - 5, y - 5, x + 5, y + 5))
        for x, y in map(page.pixel, handles):
            page.boxes.append((x - 13, y - 13, x + 13, y + 13))
    found = []
    for label in labels:
        best = _best(pages, label, WAYS)
        if flags and (best is None or best[0] >= CROWDED):
            best = min(filter(None, (best, _best(pages, label, FLAGS))), default=None)
        if best is None:
            continue
        _, spot, way = best
        dx, dy, align = way
        staff = -dy if way in FLAGS else 0.0
        for page in pages:
            a, b, c, d = page.box(spot, way, label.text)
            page.boxes.append((a - 2, b, c + 2, d))
            if staff:
                x, y = page.pixel(spot)
                page.lines.append(((x, y), (x, y - staff)))
        found.append(Place(label, *spot, dx, dy, align, staff / SIZES[0][1]))
    return found


def _best(pages: Sequence[_Page], label: Label, ways: Sequence[Way]) -> Choice | None:
    """The least bad place among these ways to stand beside a label's spots."""
    best: Choice | None = None
    for order, spot in enumerate(label.spots):
        for late, way in enumerate(ways):
            bad = math.fsum(page.cost(page.box(spot, way, label.text)) for page in pages)
            bad += 3 * order + late
            if best is None or bad < best[0]:
                best = bad, spot, way
    return best
