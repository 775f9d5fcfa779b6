"""Problem types: from plain tables to a PuLP problem, and to a result a manager can read.

Each type is a pair of functions: ``NAME_problem(...)`` gives the PuLP problem, to be printed,
changed and solved with :func:`svclab.linear.solve`; ``NAME(...)`` solves it and gives the result,
with a sentence and a table. The course's own six are product mix, blending, knapsack, transport,
selection and assignment; the others are what services need beyond them. The course's numbers are
in :mod:`svclab.decisions.problems.cases`.
"""

from svclab.decisions.problems import cases
from svclab.decisions.problems.assignment import Assignment, assignment, assignment_problem
from svclab.decisions.problems.blending import Blend, blending, blending_problem
from svclab.decisions.problems.common import Answer, NoPlanError, by_name
from svclab.decisions.problems.covering import (
    StaffCover,
    days_in_a_row,
    staff_cover,
    staff_cover_problem,
    staff_plan,
)
from svclab.decisions.problems.dea import dea, dea_problem, dea_weights_problem
from svclab.decisions.problems.efficiency import Efficiency, UnitEfficiency
from svclab.decisions.problems.flows import Flow, flow_problem, min_cost_flow
from svclab.decisions.problems.goals import (
    Goal,
    GoalPlan,
    goal_problem,
    preemptive_goals,
    weighted_goals,
)
from svclab.decisions.problems.knapsack import (
    Load,
    knapsack,
    knapsack_by_table,
    knapsack_greedy,
    knapsack_problem,
)
from svclab.decisions.problems.location import Medians, p_median, p_median_problem
from svclab.decisions.problems.product_mix import ProductMix, product_mix, product_mix_problem
from svclab.decisions.problems.projects import Programme, project_problem, projects
from svclab.decisions.problems.reaching import SiteCover, set_cover, set_cover_problem, within
from svclab.decisions.problems.selection import (
    Choice,
    every_choice,
    selection,
    selection_problem,
)
from svclab.decisions.problems.tours import Tour, tour, tour_by_table, tour_problem
from svclab.decisions.problems.transport import LEFT, UNMET, Shipping, transport, transport_problem

__all__ = [
    "LEFT",
    "UNMET",
    "Answer",
    "Assignment",
    "Blend",
    "Choice",
    "Efficiency",
    "Flow",
    "Goal",
    "GoalPlan",
    "Load",
    "Medians",
    "NoPlanError",
    "ProductMix",
    "Programme",
    "Shipping",
    "SiteCover",
    "StaffCover",
    "Tour",
    "UnitEfficiency",
    "assignment",
    "assignment_problem",
    "blending",
    "blending_problem",
    "by_name",
    "cases",
    "days_in_a_row",
    "dea",
    "dea_problem",
    "dea_weights_problem",
    "every_choice",
    "flow_problem",
    "goal_problem",
    "knapsack",
    "knapsack_by_table",
    "knapsack_greedy",
    "knapsack_problem",
    "min_cost_flow",
    "p_median",
    "p_median_problem",
    "preemptive_goals",
    "product_mix",
    "product_mix_problem",
    "project_problem",
    "projects",
    "selection",
    "selection_problem",
    "set_cover",
    "set_cover_problem",
    "staff_cover",
    "staff_cover_problem",
    "staff_plan",
    "tour",
    "tour_by_table",
    "tour_problem",
    "transport",
    "transport_problem",
    "weighted_goals",
    "within",
]
