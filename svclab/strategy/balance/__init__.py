"""Balancing scale with quality, and money with ideas."""

from svclab.strategy.balance.ningbo import (
    BRANCHES,
    GRADUATES,
    REGISTERED,
    Account,
    Branches,
    ningbo_account,
    ningbo_branches,
    ningbo_growth,
)
from svclab.strategy.balance.portfolio import (
    EXAMPLE_IDEAS,
    ROUTES,
    Idea,
    Portfolio,
    budget_curve,
    innovation_portfolio,
    portfolio_by_ratio,
    portfolio_problem,
)
from svclab.strategy.balance.scale import (
    Growth,
    Run,
    Year,
    best_growth,
    dropout_share,
    grow,
    growth_sweep,
    two_levers,
)

__all__ = [
    "BRANCHES",
    "EXAMPLE_IDEAS",
    "GRADUATES",
    "REGISTERED",
    "ROUTES",
    "Account",
    "Branches",
    "Growth",
    "Idea",
    "Portfolio",
    "Run",
    "Year",
    "best_growth",
    "budget_curve",
    "dropout_share",
    "grow",
    "growth_sweep",
    "innovation_portfolio",
    "ningbo_account",
    "ningbo_branches",
    "ningbo_growth",
    "portfolio_by_ratio",
    "portfolio_problem",
    "two_levers",
]
