"""What customers are worth, how long they stay, and what makes them stay."""

from svclab.strategy.customers.lifetime import (
    TIMINGS,
    Lifetime,
    lifetime_value,
    simulated_lifetime,
)
from svclab.strategy.customers.paths import Effect, Link, PathModel, path_model
from svclab.strategy.customers.profit_chain import (
    EVIDENCE,
    STEPS,
    Evidence,
    evidence,
    service_profit_chain,
)
from svclab.strategy.customers.retention import (
    Levers,
    RetentionPoint,
    levers,
    needed_retention,
    retention_point,
)
from svclab.strategy.customers.satisfaction import (
    LoyaltyCurve,
    SatisfactionStep,
    best_step,
    loyalty_curve,
    measured_curve,
)
from svclab.strategy.customers.survival import (
    BetaGeometric,
    Cohort,
    MixedBase,
    cohort,
    fit_beta_geometric,
    mixed_base,
    worth_of_base,
)
from svclab.strategy.customers.tenure import EXAMPLE_GROUPS, Group, LongLife, long_life

__all__ = [
    "EVIDENCE",
    "EXAMPLE_GROUPS",
    "STEPS",
    "TIMINGS",
    "BetaGeometric",
    "Cohort",
    "Effect",
    "Evidence",
    "Group",
    "Levers",
    "Lifetime",
    "Link",
    "LongLife",
    "LoyaltyCurve",
    "MixedBase",
    "PathModel",
    "RetentionPoint",
    "SatisfactionStep",
    "best_step",
    "cohort",
    "evidence",
    "fit_beta_geometric",
    "levers",
    "lifetime_value",
    "long_life",
    "loyalty_curve",
    "measured_curve",
    "mixed_base",
    "needed_retention",
    "path_model",
    "retention_point",
    "service_profit_chain",
    "simulated_lifetime",
    "worth_of_base",
]
