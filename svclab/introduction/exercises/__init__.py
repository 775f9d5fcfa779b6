"""What is asked in the introduction, in the order of the chapter."""

from svclab.introduction.exercises.aspect_gaps import WhereToBegin
from svclab.introduction.exercises.back_offices import BackOffice
from svclab.introduction.exercises.capacity_cuts import CutCapacity
from svclab.introduction.exercises.classifications import TwoAxes
from svclab.introduction.exercises.cycles import ClosedCycles
from svclab.introduction.exercises.filings import FiledActions
from svclab.introduction.exercises.flip_values import WhichFlips
from svclab.introduction.exercises.left_outs import LeftOut
from svclab.introduction.exercises.measured_offerings import MeasuredOffering
from svclab.introduction.exercises.own_definitions import OwnDefinition
from svclab.introduction.exercises.packages import PackageParts
from svclab.introduction.exercises.regulars import RestsOn
from svclab.introduction.exercises.right_shares import RightShare
from svclab.introduction.exercises.separations import SetsApart
from svclab.introduction.exercises.subsystem_actions import WhoseWork
from svclab.introduction.exercises.turning_points import TurningPoint

#: The objectives of the chapter, as its first cell states them.
OBJECTIVES = {
    1: "say what service operations management is, and what each definition leaves out",
    2: "describe an offering by the characteristics of services, and say where they fail",
    3: "take a service apart into its package, and classify it by what matters for running it",
    4: "file what a manager does under phases and sub-systems, and find what is missing",
    5: "simulate a closed loop, and say when it overshoots",
    6: "find the point at which a spiral turns, and which assumption a conclusion rests on",
}

left_out = LeftOut()
own_definition = OwnDefinition()
measured_offering = MeasuredOffering()
sets_apart = SetsApart()
package_parts = PackageParts()
two_axes = TwoAxes()
back_office = BackOffice()
filed_actions = FiledActions()
whose_work = WhoseWork()
where_to_begin = WhereToBegin()
closed_cycles = ClosedCycles()
right_share = RightShare()
which_flips = WhichFlips()
turning_point = TurningPoint()
rests_on = RestsOn()
cut_capacity = CutCapacity()

#: Earlier versions that were released: records are graded by the version they were dealt.
older = ()

__all__ = [
    "OBJECTIVES",
    "back_office",
    "closed_cycles",
    "cut_capacity",
    "filed_actions",
    "left_out",
    "measured_offering",
    "older",
    "own_definition",
    "package_parts",
    "rests_on",
    "right_share",
    "sets_apart",
    "turning_point",
    "two_axes",
    "where_to_begin",
    "which_flips",
    "whose_work",
]
