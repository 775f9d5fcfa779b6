"""Options weighed against each other: pairs, scorecards, swings, and how firm a ranking is."""

from svclab.strategy.weighing.cases import (
    FOUR_VALUES,
    SupplierCase,
    project_score,
    supplier_case,
)
from svclab.strategy.weighing.consistency import (
    Doubt,
    Doubts,
    circles,
    doubts,
    simulated_random_index,
)
from svclab.strategy.weighing.dominance import (
    Contest,
    Contestant,
    contest,
    contest_problem,
    dominated,
)
from svclab.strategy.weighing.hierarchy import (
    MODES,
    Ranking,
    Reversal,
    rank,
    rank_reversal,
    reversals,
    with_copy,
)
from svclab.strategy.weighing.pairwise import (
    RANDOM_INDEX,
    SCALE,
    Comparison,
    compare,
    from_matrix,
    geometric_weights,
)
from svclab.strategy.weighing.scorecard import (
    Scorecard,
    Sensitivity,
    WeightRange,
    rescaled,
    scorecard,
    sensitivity,
)
from svclab.strategy.weighing.swings import range_weights, rank_weights, swing_weights

__all__ = [
    "FOUR_VALUES",
    "MODES",
    "RANDOM_INDEX",
    "SCALE",
    "Comparison",
    "Contest",
    "Contestant",
    "Doubt",
    "Doubts",
    "Ranking",
    "Reversal",
    "Scorecard",
    "Sensitivity",
    "SupplierCase",
    "WeightRange",
    "circles",
    "compare",
    "contest",
    "contest_problem",
    "dominated",
    "doubts",
    "from_matrix",
    "geometric_weights",
    "project_score",
    "range_weights",
    "rank",
    "rank_reversal",
    "rank_weights",
    "rescaled",
    "reversals",
    "scorecard",
    "sensitivity",
    "simulated_random_index",
    "supplier_case",
    "swing_weights",
    "with_copy",
]
