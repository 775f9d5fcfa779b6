"""What an explorable shows: data, not pixels.

A :class:`View` is a sentence, key figures and parts (charts, tables, diagrams, animations).
``to_data`` gives the plain data that the renderer of both hosts takes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from svclab.words import Quantity

__all__ = [
    "Chart", "Code", "Figure", "Flow", "Handle", "Part", "TableView", "Trace", "View", "cell",
]  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A key figure: what it is, its value and unit, and whether that is good or bad.

    Examples
    --------
    >>> from svclab.words import per_hour
    >>> Figure("capacity", "Capacity", per_hour(60)).to_data()["text"]
    '60'
    """

    key: str
    label: str
    quantity: Quantity | str
    tone: str = ""
    help: str = ""

    def to_data(self) -> dict[str, Any]:
        """Plain data; an infinite value has its words but no number."""
        q = self.quantity if isinstance(self.quantity, Quantity) else None
        return {
            "key": self.key,
            "label": self.label,
            "text": q.text if q else str(self.quantity),
            "unit": q.shown_unit if q else "",
            "value": q.value if q and math.isfinite(q.value) else None,
            "tone": self.tone,
            "help": self.help,
        }


@dataclass(frozen=True, kw_only=True)
class Part:
    """One picture or table of a view, with its title."""

    title: str = ""

    kind = ""

    def to_data(self) -> dict[str, Any]:
        """Plain data with the part's kind."""
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True, kw_only=True)
class Handle:
    """A point of a chart that the reader drags; it sets a parameter, as its slider does.

    Parameters
    ----------
    parameter : str
        A number or integer; or a table, with ``row`` (from 0) and ``column``.
    x, y : float
        Where the point stands, in the chart's own numbers. One of them is the parameter's value.
    axis : str, optional
        Which one: "x" or "y".
    path : sequence of (x, y), optional
        The curve on which the point runs, as far along its axis as the pointer goes; left out:
        it runs straight.
    label : str, optional
        What a screen reader calls it; left out: the parameter's label.

    Examples
    --------
    >>> Handle(parameter="load", x=80, y=12.0).to_data()
    {'parameter': 'load', 'axis': 'x', 'x': 80, 'y': 12.0}
    """

    parameter: str
    x: float
    y: float
    axis: str = "x"
    path: Sequence[tuple[float, float]] = ()
    row: int | None = None
    column: str | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if self.axis not in ("x", "y"):
            raise ValueError(f"axis={self.axis!r}: a handle sets a number along 'x' or 'y'")
        if (self.row is None) != (self.column is None):
            raise ValueError("a handle of a table needs both row and column")

    def to_data(self) -> dict[str, Any]:
        """Plain data without what is left out."""
        data: dict[str, Any] = {
            "parameter": self.parameter, "axis": self.axis, "x": self.x, "y": self.y,
        }  # fmt: skip
        if self.path:
            data["path"] = [list(point) for point in self.path]
        if self.row is not None:
            data |= {"row": self.row, "column": self.column}
        if self.label:
            data["label"] = self.label
        return data


@dataclass(frozen=True, kw_only=True)
class Chart(Part):
    """A Vega-Lite chart; the rows stand apart from the specification.

    Parameters
    ----------
    alt : str
        What the chart shows, in a sentence.
    spec : dict
        Vega-Lite without values: its data are named, for example ``{"name": "rows"}``.
    data : dict
        Name to rows.
    columns : dict
        Name to ``(field, label)`` pairs: the figures as a table.
    height : int
        Pixels; the width is that of the page.
    handles : sequence of Handle
        Points that the reader drags. The scales of x and y must be shared by all layers.
    """

    alt: str
    spec: dict[str, Any]
    data: dict[str, list[dict[str, Any]]]
    columns: Mapping[str, Sequence[tuple[str, str]]]
    height: int = 280
    handles: Sequence[Handle] = ()

    kind = "chart"

    def to_data(self) -> dict[str, Any]:
        shown = super().to_data()
        del shown["handles"]
        if self.handles:
            shown["handles"] = [handle.to_data() for handle in self.handles]
        shown["columns"] = {
            name: [{"field": f, "label": n} for f, n in pairs]
            for name, pairs in self.columns.items()
        }
        return shown


def cell(value: Quantity | str | int) -> str:
    """A table cell as text: the number alone, since its unit stands over the column."""
    return (
        value.text
        if isinstance(value, Quantity)
        else f"{value:,}"
        if isinstance(value, int)
        else value
    )


@dataclass(frozen=True, kw_only=True)
class TableView(Part):
    """A table to read.

    Parameters
    ----------
    columns : sequence of (label, unit, align)
        ``align`` is ``"left"`` or ``"right"``.
    rows : sequence of rows of texts
        Quantities are shown without their unit, which stands over the column.
    emphasis : sequence of int
        Rows that stand out.
    """

    columns: Sequence[tuple[str, str, str]]
    rows: Sequence[Sequence[Quantity | str | int]]
    emphasis: Sequence[int] = ()

    kind = "table"

    def to_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "title": self.title,
            "columns": [{"label": n, "unit": u, "align": a} for n, u, a in self.columns],
            "rows": [[cell(value) for value in row] for row in self.rows],
            "emphasis": list(self.emphasis),
        }


@dataclass(frozen=True, kw_only=True)
class Flow(Part):
    """A process-flow diagram: boxes in columns and rows, joined by arrows."""

    alt: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]

    kind = "flow"


@dataclass(frozen=True, kw_only=True)
class Trace(Part):
    """Customers moving through stations, to be played.

    Parameters
    ----------
    stations : list of dict
        ``id``, ``label``, ``servers``.
    customers : list of dict
        ``id``, ``class`` and ``visits``: ``[station index, arrive, start, finish]`` each.
    end : float
        When the play ends, in ``unit``.
    speed : float
        Units of time per second of play.
    """

    alt: str
    stations: list[dict[str, Any]]
    customers: list[dict[str, Any]]
    end: float
    unit: str = "s"
    classes: Sequence[str] = ("customer",)
    speed: float = 30.0

    kind = "trace"


@dataclass(frozen=True, kw_only=True)
class Code(Part):
    """A program to read and to copy, with a button that copies it whole.

    Parameters
    ----------
    text : str
        The program; lines end with a line feed.
    language : str, optional
        Such as ``"python"``, whose comments and texts are then set apart.
    caption : str
        What the program does; it stands above it and is its name for a screen reader.

    Examples
    --------
    >>> Code(text="print(70)\\n", caption="Prints 70").to_data()["kind"]
    'code'
    """

    text: str
    language: str = "python"
    caption: str

    kind = "code"

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.caption.strip():
            raise ValueError("code to show needs both its text and a caption")


@dataclass(frozen=True, kw_only=True)
class View:
    """What a setting of the parameters shows.

    Parameters
    ----------
    say : str
        What is to be seen, in a sentence; also the text alternative of the pictures.
    figures : sequence of Figure
        Above the pictures.
    parts : sequence of Part
        Below them.
    warning : str, optional
        What is wrong with this setting and what to do.
    progress : float, optional
        From 0 to 1 while a long run is under way.
    """

    say: str
    figures: Sequence[Figure] = ()
    parts: Sequence[Part] = ()
    warning: str = ""
    progress: float | None = None

    def to_data(self) -> dict[str, Any]:
        """The plain data that the renderer takes."""
        return {
            "say": self.say,
            "warning": self.warning or None,
            "figures": [figure.to_data() for figure in self.figures],
            "parts": [part.to_data() for part in self.parts],
        }

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(f['label'])}</th>"
            f"<td>{escape(' '.join(filter(None, (f['text'], f['unit']))))}</td></tr>"
            for f in (figure.to_data() for figure in self.figures)
        )
        warning = f"<p><strong>{escape(self.warning)}</strong></p>" if self.warning else ""
        return f"<p>{escape(self.say)}</p>{warning}<table><tbody>{rows}</tbody></table>"
