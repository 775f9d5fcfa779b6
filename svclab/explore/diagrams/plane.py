"""Points on two continuous axes with named quadrants, such as a positioning map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from svclab.explore.diagrams.common import VERDICTS, Diagram, left_out, one_of, unique
from svclab.explore.diagrams.matrix import Move
from svclab.explore.views import TableView
from svclab.words import number

__all__ = ["Plane", "Scale", "Spot"]

MOST_KINDS = 6  # shapes of web/plane.mjs


@dataclass(frozen=True, kw_only=True)
class Scale:
    """An axis of a :class:`Plane`.

    Parameters
    ----------
    label : str
        What is measured, with its unit.
    low, high : float
        Its ends.
    words : pair of str, optional
        What the ends are called, such as ``("cheap", "dear")``, on a scale whose numbers mean
        little by themselves; left out: the axis has ticks with numbers.
    split : float, optional
        Where the quadrants meet; left out: in the middle.
    digits : int, optional
        Decimals of the axis in the table.
    """

    label: str
    low: float = 0
    high: float = 10
    words: tuple[str, str] = ("", "")
    split: float | None = None
    digits: int = 1

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ValueError(
                f"axis {self.label!r}: low={self.low} must lie below high={self.high}, both finite"
            )
        if self.split is not None and not self.low < self.split < self.high:
            raise ValueError(
                f"axis {self.label!r}: split={self.split} must lie between "
                f"{self.low} and {self.high}"
            )

    @property
    def middle(self) -> float:
        """Where the quadrants meet."""
        return (self.low + self.high) / 2 if self.split is None else self.split


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A named point of a :class:`Plane`.

    Parameters
    ----------
    name : str
        Unique among the spots.
    x, y : float
        Where it stands, in the numbers of the axes.
    label, note : str, optional
        What stands beside it (left out: the name), and what the table says besides.
    size : float, optional
        Area as a multiple of the usual one, from 0.25 to 16, such as a market share.
    series : str, optional
        What kind of point: kinds have a colour and a shape each; at most six.
    verdict : str, optional
        ``"right"``, ``"wrong"`` or ``"missing"``.
    move : Move, optional
        What dragging sets: ``across`` and ``down`` are number columns of a table parameter.
    """

    name: str
    x: float
    y: float
    label: str = ""
    note: str = ""
    size: float = 1
    series: str = ""
    verdict: str = ""
    move: Move | None = None

    def __post_init__(self) -> None:
        one_of(self.verdict, VERDICTS, f"spot {self.name!r}: verdict")
        if not 0.25 <= self.size <= 16:
            raise ValueError(f"spot {self.name!r}: size={self.size}: choose from 0.25 to 16")


@dataclass(frozen=True, kw_only=True)
class Plane(Diagram):
    """Spots on two axes with named quadrants; they can be dragged along the axes.

    Parameters
    ----------
    x, y : Scale
        The axes; y grows upwards.
    spots : sequence of Spot
        Within the axes.
    quadrants : four str, optional
        Names at the top left, top right, bottom left and bottom right.

    Raises
    ------
    ValueError
        For a name that stands twice, a spot outside the axes, more than six series, or not four
        quadrants.

    Examples
    --------
    >>> plane = Plane(x=Scale(label="Price"), y=Scale(label="Quality"), alt="One firm.",
    ...               spots=[Spot(name="KTV", x=3, y=8.5)])
    >>> plane.tables()[0].rows[0]
    ['KTV', '3', '8.5']
    """

    x: Scale
    y: Scale
    spots: Sequence[Spot] = ()
    quadrants: Sequence[str] = ()

    kind = "plane"

    def __post_init__(self) -> None:
        super().__post_init__()
        unique((spot.name for spot in self.spots), "spot")
        if len(self.quadrants) not in (0, 4):
            raise ValueError(
                f"quadrants has {len(self.quadrants)} names: give four (top left, top right, "
                "bottom left, bottom right), or none"
            )
        kinds = {spot.series for spot in self.spots if spot.series}
        if len(kinds) > MOST_KINDS:
            raise ValueError(
                f"spots are of {len(kinds)} series: at most {MOST_KINDS} can be told apart"
            )
        for spot in self.spots:
            for axis, value, name in ((self.x, spot.x, "x"), (self.y, spot.y, "y")):
                if not axis.low <= value <= axis.high:
                    raise ValueError(
                        f"spot {spot.name!r}: {name}={value} lies outside "
                        f"{axis.low} to {axis.high}: move it, or make the axis longer"
                    )

    def quadrant(self, spot: Spot) -> str:
        """The name of the quadrant in which a spot stands, or ``""``."""
        if not self.quadrants:
            return ""
        return self.quadrants[2 * (spot.y < self.y.middle) + (spot.x >= self.x.middle)]

    def drawn(self) -> dict[str, Any]:
        return {
            "x": {**asdict(self.x), "words": list(self.x.words), "split": self.x.middle},
            "y": {**asdict(self.y), "words": list(self.y.words), "split": self.y.middle},
            "quadrants": list(self.quadrants),
            "spots": [
                {"x": s.x, "y": s.y, **left_out({**asdict(s), "label": s.label or s.name})}
                for s in self.spots
            ],
        }

    def tables(self) -> Sequence[TableView]:
        resized = any(s.size != 1 for s in self.spots)
        extra = [
            ("Kind", [s.series for s in self.spots]),
            ("Area", [f"{s.size:g}" if resized else "" for s in self.spots]),
            ("Quadrant", [self.quadrant(s) for s in self.spots]),
            ("Note", [s.note for s in self.spots]),
            ("Verdict", [s.verdict for s in self.spots]),
        ]
        extra = [(head, cells) for head, cells in extra if any(cells)]
        columns = [("Name", "", "left"), (self.x.label, "", "right"), (self.y.label, "", "right")]
        columns += [(head, "", "left") for head, _ in extra]
        rows = [
            [
                s.label or s.name, number(s.x, self.x.digits).text, number(s.y, self.y.digits).text,
                *(cells[at] for _, cells in extra),
            ]
            for at, s in enumerate(self.spots)
        ]  # fmt: skip
        return [TableView(title=self.title, columns=columns, rows=rows)]
