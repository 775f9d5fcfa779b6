"""What is asked in the chapter on service strategy, in the order of the chapter."""

from svclab.strategy.exercises.copies import CopyComesIn
from svclab.strategy.exercises.fees import FranchiseFee
from svclab.strategy.exercises.first_gaps import FirstGap
from svclab.strategy.exercises.four_vs_gaps import WantedAndBuilt
from svclab.strategy.exercises.goals import GoalMatrix
from svclab.strategy.exercises.growths import FastGrowth
from svclab.strategy.exercises.ideas import IdeasBudget
from svclab.strategy.exercises.informations import OwnInformation
from svclab.strategy.exercises.kinds import ProcessKinds
from svclab.strategy.exercises.lifetimes import CustomerWorth
from svclab.strategy.exercises.lucks import SameLuck
from svclab.strategy.exercises.middles import MiddleFirm
from svclab.strategy.exercises.pairs import PairWeights
from svclab.strategy.exercises.points_won import WinningSteps
from svclab.strategy.exercises.spreads import SpreadOfService
from svclab.strategy.exercises.studies import MarketStudy

#: The objectives of the chapter, as its first cell states them.
OBJECTIVES = {
    1: 'place competitors on a map, and say what "stuck in the middle" depends on',
    2: "describe a service by its process type and the four Vs",
    3: "tell order winners from qualifiers, and set priorities by importance and gap",
    4: "weigh criteria in pairs, test the judgements, and test whether a ranking holds",
    5: "say what a customer and a point of retention are worth",
    6: "forecast how an innovation spreads",
    7: "decide under uncertainty: tree, value of information, simulation, break-even",
    8: "choose a portfolio, align goals, and balance scale with quality",
}

middle_firm = MiddleFirm()
process_kinds = ProcessKinds()
wanted_and_built = WantedAndBuilt()
first_gap = FirstGap()
winning_steps = WinningSteps()
pair_weights = PairWeights()
copy_comes_in = CopyComesIn()
customer_worth = CustomerWorth()
spread_of_service = SpreadOfService()
market_study = MarketStudy()
same_luck = SameLuck()
franchise_fee = FranchiseFee()
own_information = OwnInformation()
goal_matrix = GoalMatrix()
ideas_budget = IdeasBudget()
fast_growth = FastGrowth()

#: Earlier versions that were released: records are graded by the version they were dealt.
older = ()

__all__ = [
    "OBJECTIVES",
    "copy_comes_in",
    "customer_worth",
    "fast_growth",
    "first_gap",
    "franchise_fee",
    "goal_matrix",
    "ideas_budget",
    "market_study",
    "middle_firm",
    "older",
    "own_information",
    "pair_weights",
    "process_kinds",
    "same_luck",
    "spread_of_service",
    "wanted_and_built",
    "winning_steps",
]
