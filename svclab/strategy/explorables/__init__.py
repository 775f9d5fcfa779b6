"""What can be moved and seen in the chapter on strategy."""

from svclab.strategy.explorables.chains import profit_chain
from svclab.strategy.explorables.fits import goal_alignment
from svclab.strategy.explorables.futures import ktv_simulation
from svclab.strategy.explorables.gaps import gap_analysis
from svclab.strategy.explorables.ideas import ideas_budget
from svclab.strategy.explorables.kinds import process_matrix
from svclab.strategy.explorables.lives import lifetime_value
from svclab.strategy.explorables.modes import ktv_tree
from svclab.strategy.explorables.places import positioning_map
from svclab.strategy.explorables.schools import scale_and_quality
from svclab.strategy.explorables.spreads import adoption_curve
from svclab.strategy.explorables.volumes import four_vs
from svclab.strategy.explorables.weights import supplier_weights
from svclab.strategy.explorables.winners import order_winners

__all__ = [
    "adoption_curve",
    "four_vs",
    "gap_analysis",
    "goal_alignment",
    "ideas_budget",
    "ktv_simulation",
    "ktv_tree",
    "lifetime_value",
    "order_winners",
    "positioning_map",
    "process_matrix",
    "profit_chain",
    "scale_and_quality",
    "supplier_weights",
]
