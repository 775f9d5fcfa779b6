"""What is asked in the chapter on service processes, in the order of the chapter."""

from svclab.process.exercises.claims import ReengineeringClaims
from svclab.process.exercises.controls import BreakEven
from svclab.process.exercises.earlier import OLDER
from svclab.process.exercises.layouts import LineLayout
from svclab.process.exercises.lines import Bottleneck, FlowTime
from svclab.process.exercises.mixes import CustomerMix
from svclab.process.exercises.paperwork import CycleEfficiency
from svclab.process.exercises.people import PeopleInside
from svclab.process.exercises.piles import Pooling
from svclab.process.exercises.programming import OwnCapacity
from svclab.process.exercises.projects import Overlap
from svclab.process.exercises.proposals import RankProposals
from svclab.process.exercises.queues import FullDesk
from svclab.process.exercises.refunds import Esia
from svclab.process.exercises.reports import SimulationReport
from svclab.process.exercises.staffing import FewestWorkers, TwoMoreWorkers
from svclab.process.exercises.teams import ClinicTeam
from svclab.process.exercises.transfer import PassengerTransfer
from svclab.process.exercises.upkeep import HowManyChecks, WhoAnswers

#: The objectives of the chapter, as its first cell states them.
OBJECTIVES = {
    1: "draw a process and find its bottleneck, capacity, utilisation and flow time",
    2: "use Little's law to get the third of number, rate and time from the other two",
    3: "decide where one more worker helps, and lay out a line for a given staff and given "
    "equipment",
    4: "find the capacity of a process that serves several kinds of customers",
    5: "explain why a queue grows when capacity equals demand, and simulate it",
    6: "redesign an office process by eliminating, simplifying, integrating and automating, and "
    "show what each step gains",
    7: "judge a reengineering claim: what the numbers show, and what they cannot tell",
    8: "keep a process alive: who is responsible, what is checked, how a change is rolled out",
}

bottleneck = Bottleneck()
flow_time = FlowTime()
people_inside = PeopleInside()
two_more_workers = TwoMoreWorkers()
fewest_workers = FewestWorkers()
rank_proposals = RankProposals()
line_layout = LineLayout()
passenger_transfer = PassengerTransfer()
clinic_team = ClinicTeam()
own_capacity = OwnCapacity()
customer_mix = CustomerMix()
full_desk = FullDesk()
simulation_report = SimulationReport()
cycle_efficiency = CycleEfficiency()
esia = Esia()
break_even = BreakEven()
pooling = Pooling()
reengineering_claims = ReengineeringClaims()
overlap = Overlap()
who_answers = WhoAnswers()
how_many_checks = HowManyChecks()

#: Earlier versions that were released: records are graded by the version they were dealt.
older = OLDER

__all__ = [
    "OBJECTIVES",
    "bottleneck",
    "break_even",
    "clinic_team",
    "customer_mix",
    "cycle_efficiency",
    "esia",
    "fewest_workers",
    "flow_time",
    "full_desk",
    "how_many_checks",
    "line_layout",
    "older",
    "overlap",
    "own_capacity",
    "passenger_transfer",
    "people_inside",
    "pooling",
    "rank_proposals",
    "reengineering_claims",
    "simulation_report",
    "two_more_workers",
    "who_answers",
]
