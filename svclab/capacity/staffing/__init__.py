"""How many people, when: one period, a day, shifts and weeks."""

from svclab.capacity.staffing.capability import CapabilityGap, Person, capability_gap
from svclab.capacity.staffing.covering import cover
from svclab.capacity.staffing.days import METHODS, DayPlan, plan_by_hand, staff_day
from svclab.capacity.staffing.days_off import DaysOffPlan, days_off, days_off_by_hand, people_bound
from svclab.capacity.staffing.demand import Day, OfferedLoad, offered_load, slots_of
from svclab.capacity.staffing.frontier import day_frontier, hour_frontier
from svclab.capacity.staffing.scoring import Comparison, DayScore, compare_plans, score
from svclab.capacity.staffing.servers import (
    PaidPeople,
    ServersNeeded,
    fewest_servers,
    paid_people,
    total_shrinkage,
)
from svclab.capacity.staffing.shifts import InfeasibleError, Shift, ShiftPlan, every_shift
from svclab.capacity.staffing.square_root import (
    SquareRootStaffing,
    beta_for_waiting,
    garnett,
    halfin_whitt,
    square_root_rule,
)
from svclab.capacity.staffing.targets import (
    Target,
    abandonment_at_most,
    lost_at_most,
    mean_wait_at_most,
    served_within,
    waiting_at_most,
)
from svclab.capacity.staffing.tours import WeekPlan, weekly_tours

__all__ = [
    "METHODS",
    "CapabilityGap",
    "Comparison",
    "Day",
    "DayPlan",
    "DayScore",
    "DaysOffPlan",
    "InfeasibleError",
    "OfferedLoad",
    "PaidPeople",
    "Person",
    "ServersNeeded",
    "Shift",
    "ShiftPlan",
    "SquareRootStaffing",
    "Target",
    "WeekPlan",
    "abandonment_at_most",
    "beta_for_waiting",
    "capability_gap",
    "compare_plans",
    "cover",
    "day_frontier",
    "days_off",
    "days_off_by_hand",
    "every_shift",
    "fewest_servers",
    "garnett",
    "halfin_whitt",
    "hour_frontier",
    "lost_at_most",
    "mean_wait_at_most",
    "offered_load",
    "paid_people",
    "people_bound",
    "plan_by_hand",
    "score",
    "served_within",
    "slots_of",
    "square_root_rule",
    "staff_day",
    "total_shrinkage",
    "waiting_at_most",
    "weekly_tours",
]
