"""What can be moved and seen in the chapter on decision models."""

from svclab.decisions.explorables.aims import goals
from svclab.decisions.explorables.branches import sites
from svclab.decisions.explorables.companies import company_choice
from svclab.decisions.explorables.frontiers import dea_frontier
from svclab.decisions.explorables.jobs import assignment_board
from svclab.decisions.explorables.loads import knapsack_by_hand
from svclab.decisions.explorables.mixtures import blending
from svclab.decisions.explorables.models import model_builder
from svclab.decisions.explorables.right_sides import right_side
from svclab.decisions.explorables.routes import transport_map
from svclab.decisions.explorables.toy_plane import two_variables
from svclab.decisions.explorables.walks import simplex_walk

__all__ = [
    "assignment_board",
    "blending",
    "company_choice",
    "dea_frontier",
    "goals",
    "knapsack_by_hand",
    "model_builder",
    "right_side",
    "simplex_walk",
    "sites",
    "transport_map",
    "two_variables",
]
