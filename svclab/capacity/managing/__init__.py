"""Demand made to fit capacity, and capacity made to fit demand."""

from svclab.capacity.managing.appointments import compare
from svclab.capacity.managing.diversion import Desk, Diversion, best_share, divert, equal_times
from svclab.capacity.managing.level import Plan, Terms, best_plan, chase, cost_of, level
from svclab.capacity.managing.newsvendor import (
    Discrete,
    Stock,
    binomial,
    critical_ratio,
    littlewood,
    normal_quantity,
    poisson,
    quantity,
)
from svclab.capacity.managing.overbooking import (
    Booking,
    best_booking,
    marginal,
    party_shows,
    simulated,
)
from svclab.capacity.managing.pooling import Kind, Pooling, pool, servers_for_same_wait
from svclab.capacity.managing.schedules import bailey_welch, block, dome, equal
from svclab.capacity.managing.sequence import Moment, Remembered, best_order, remembered
from svclab.capacity.managing.waiting import Stage, overtaken, perceived_wait

__all__ = [
    "Booking",
    "Desk",
    "Discrete",
    "Diversion",
    "Kind",
    "Moment",
    "Plan",
    "Pooling",
    "Remembered",
    "Stage",
    "Stock",
    "Terms",
    "bailey_welch",
    "best_booking",
    "best_order",
    "best_plan",
    "best_share",
    "binomial",
    "block",
    "chase",
    "compare",
    "cost_of",
    "critical_ratio",
    "divert",
    "dome",
    "equal",
    "equal_times",
    "level",
    "littlewood",
    "marginal",
    "normal_quantity",
    "overtaken",
    "party_shows",
    "perceived_wait",
    "poisson",
    "pool",
    "quantity",
    "remembered",
    "servers_for_same_wait",
    "simulated",
]
