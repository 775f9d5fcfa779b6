"""Explorables: what a reader can move and see, alike in Jupyter and on the page.

Write a function from named parameters to a :class:`View`, declare the parameters, and both
hosts show it::

    @explorable(title="How long is the queue?", parameters=[Number(name="rate", ...)])
    def queue(rate): ...
        return View(say="...", figures=[...], parts=[...])
"""

from svclab.explore.charts import PALETTE, axis, bars, lines, points
from svclab.explore.definition import Explorable, explorable
from svclab.explore.editing import Column, Table
from svclab.explore.guess import ChoiceGuess, NumberGuess, PointGuess
from svclab.explore.marks import guess_mark
from svclab.explore.parameters import (
    Choice,
    Integer,
    Number,
    Parameter,
    Seed,
    SettingError,
    Switch,
)
from svclab.explore.session import Session, answer, declaration, find, start
from svclab.explore.stacks import columns, lying, signed_bars, stacked
from svclab.explore.views import (
    Chart,
    Code,
    Figure,
    Flow,
    Handle,
    Part,
    TableView,
    Trace,
    View,
)

__all__ = [
    "PALETTE",
    "Chart",
    "Choice",
    "ChoiceGuess",
    "Code",
    "Column",
    "Explorable",
    "Figure",
    "Flow",
    "Handle",
    "Integer",
    "Number",
    "NumberGuess",
    "Parameter",
    "Part",
    "PointGuess",
    "Seed",
    "Session",
    "SettingError",
    "Switch",
    "Table",
    "TableView",
    "Trace",
    "View",
    "answer",
    "axis",
    "bars",
    "columns",
    "declaration",
    "explorable",
    "find",
    "guess_mark",
    "lines",
    "lying",
    "points",
    "signed_bars",
    "stacked",
    "start",
]
