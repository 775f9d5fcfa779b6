"""What is asked in the chapter on decision models, in the order of the chapter."""

from svclab.decisions.exercises.blocks import OneMoreBlock
from svclab.decisions.exercises.branches import BranchEfficiency
from svclab.decisions.exercises.companies import BestThree
from svclab.decisions.exercises.conflicts import NoPlan
from svclab.decisions.exercises.corners import BestCorner
from svclab.decisions.exercises.covers import BuildCover
from svclab.decisions.exercises.extra_hours import BuyHours
from svclab.decisions.exercises.goals import TwoGoals
from svclab.decisions.exercises.jobs import AssignJobs
from svclab.decisions.exercises.kinds import SixTypes
from svclab.decisions.exercises.loads import Pack
from svclab.decisions.exercises.mixes import BuildMix
from svclab.decisions.exercises.mixtures import Blend
from svclab.decisions.exercises.patterns import CoverDay
from svclab.decisions.exercises.pivots import NextPivot
from svclab.decisions.exercises.read_reports import ReadReport
from svclab.decisions.exercises.roundings import Rounding
from svclab.decisions.exercises.routes import TransportPlan
from svclab.decisions.exercises.sentences import WordsToLimits
from svclab.decisions.exercises.sites import OpenBranches
from svclab.decisions.exercises.statements import WrongPrice

#: The objectives of the chapter, as its first cell states them.
OBJECTIVES = {
    1: "put a service problem into variables, an objective and constraints, and say which of the "
    "six types it is",
    2: "read a problem with two variables from its picture: feasible region, corners, optimum, "
    "and what rounding loses",
    3: "use shadow prices, reduced costs and ranges, and say where they stop",
    4: "say what one unit more is worth in whole pieces, and why this is not the shadow price",
    5: "follow the simplex method and read a tableau",
    6: "write and solve a model in PuLP, and say what is wrong when there is no optimum",
    7: "choose and solve the right model for a service: cover, place, assign, transport, select",
    8: "judge plans with several goals, and branches with several outputs",
}

six_types = SixTypes()
words_to_limits = WordsToLimits()
best_corner = BestCorner()
rounding = Rounding()
read_report = ReadReport()
one_more_block = OneMoreBlock()
buy_hours = BuyHours()
next_pivot = NextPivot()
no_plan = NoPlan()
build_mix = BuildMix()
wrong_price = WrongPrice()
blend = Blend()
transport_plan = TransportPlan()
assign_jobs = AssignJobs()
pack = Pack()
best_three = BestThree()
cover_day = CoverDay()
open_branches = OpenBranches()
build_cover = BuildCover()
two_goals = TwoGoals()
branch_efficiency = BranchEfficiency()

#: Earlier versions that were released: records are graded by the version they were dealt.
older = ()

__all__ = [
    "OBJECTIVES",
    "assign_jobs",
    "best_corner",
    "best_three",
    "blend",
    "branch_efficiency",
    "build_cover",
    "build_mix",
    "buy_hours",
    "cover_day",
    "next_pivot",
    "no_plan",
    "older",
    "one_more_block",
    "open_branches",
    "pack",
    "read_report",
    "rounding",
    "six_types",
    "transport_plan",
    "two_goals",
    "words_to_limits",
    "wrong_price",
]
