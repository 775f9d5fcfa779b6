"""What is asked in the chapter on demand and capacity, in the order of the chapter."""

from svclab.capacity.exercises.busy import BusyHour
from svclab.capacity.exercises.calls import ThreeServiceLevels
from svclab.capacity.exercises.counters import OneCounter
from svclab.capacity.exercises.counts import PoissonOrNot
from svclab.capacity.exercises.first import PriorityDesk
from svclab.capacity.exercises.hand import WaitsByHand
from svclab.capacity.exercises.hedges import SquareRootRule
from svclab.capacity.exercises.naive import BeatNaive
from svclab.capacity.exercises.pools import PoolOrNot
from svclab.capacity.exercises.principles import WaitingPrinciples
from svclab.capacity.exercises.replications import SimulationError
from svclab.capacity.exercises.rushes import RushHour
from svclab.capacity.exercises.seats import OverbookSeats
from svclab.capacity.exercises.sessions import AppointmentRule
from svclab.capacity.exercises.shift_plans import ShiftCover
from svclab.capacity.exercises.smoothing import SmoothingByHand
from svclab.capacity.exercises.staff_plans import LevelOrChase
from svclab.capacity.exercises.telephone import PhoneLines
from svclab.capacity.exercises.variability import VariableService

#: The objectives of the chapter, as its first cell states them.
OBJECTIVES = {
    1: "draw a rush as cumulative curves and read queue, wait and the time it takes to clear",
    2: "predict wait and service level of a counter from arrival rate, service time and number "
    "of servers, and say what the formula assumes",
    3: "explain what variability, pooling, priority, limited room and impatience do to a queue",
    4: "simulate a service and say how exact the result is",
    5: "staff a service: one hour, a day with a rush, a week of shifts",
    6: "forecast demand and show that the forecast beats the naive one",
    7: "fit demand to capacity and capacity to demand: level or chase, appointments, overbooking",
    8: "measure a service of one's own and judge which model describes it; make a wait feel "
    "shorter without lying",
}

rush_hour = RushHour()
one_counter = OneCounter()
waits_by_hand = WaitsByHand()
busy_hour = BusyHour()
three_service_levels = ThreeServiceLevels()
pool_or_not = PoolOrNot()
variable_service = VariableService()
phone_lines = PhoneLines()
priority_desk = PriorityDesk()
simulation_error = SimulationError()
square_root_rule = SquareRootRule()
shift_cover = ShiftCover()
smoothing_by_hand = SmoothingByHand()
beat_naive = BeatNaive()
level_or_chase = LevelOrChase()
appointment_rule = AppointmentRule()
overbook_seats = OverbookSeats()
waiting_principles = WaitingPrinciples()
poisson_or_not = PoissonOrNot()

#: Earlier versions that were released: records are graded by the version they were dealt.
older = ()

__all__ = [
    "OBJECTIVES",
    "appointment_rule",
    "beat_naive",
    "busy_hour",
    "level_or_chase",
    "older",
    "one_counter",
    "overbook_seats",
    "phone_lines",
    "poisson_or_not",
    "pool_or_not",
    "priority_desk",
    "rush_hour",
    "shift_cover",
    "simulation_error",
    "smoothing_by_hand",
    "square_root_rule",
    "three_service_levels",
    "variable_service",
    "waiting_principles",
    "waits_by_hand",
]
