"""What can be moved and seen in the first chapter."""

from svclab.basics.explorables.counters import first_simulation
from svclab.basics.explorables.errors import error_reader
from svclab.basics.explorables.orders import cell_order
from svclab.basics.explorables.plans import first_plan
from svclab.basics.explorables.questions import ask_a_table
from svclab.basics.explorables.rates import first_slider

__all__ = [
    "ask_a_table",
    "cell_order",
    "error_reader",
    "first_plan",
    "first_simulation",
    "first_slider",
]
