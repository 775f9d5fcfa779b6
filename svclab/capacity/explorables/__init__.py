"""What can be moved and seen in the chapter on demand and capacity."""

from svclab.capacity.explorables.bookings import overbooking
from svclab.capacity.explorables.curves import wait_curve
from svclab.capacity.explorables.felt import waiting_audit
from svclab.capacity.explorables.forecasts import smoothing
from svclab.capacity.explorables.levels import level_or_chase
from svclab.capacity.explorables.phones import phone_lines
from svclab.capacity.explorables.pools import pooling
from svclab.capacity.explorables.run_length import how_long_to_run
from svclab.capacity.explorables.running import queue_running
from svclab.capacity.explorables.rush import noon_rush
from svclab.capacity.explorables.schedules import shift_schedule
from svclab.capacity.explorables.staffing import day_staffing
from svclab.capacity.explorables.variation import variability
from svclab.capacity.explorables.visits import appointments

__all__ = [
    "appointments",
    "day_staffing",
    "how_long_to_run",
    "level_or_chase",
    "noon_rush",
    "overbooking",
    "phone_lines",
    "pooling",
    "queue_running",
    "shift_schedule",
    "smoothing",
    "variability",
    "wait_curve",
    "waiting_audit",
]
