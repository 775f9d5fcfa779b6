"""A model typed as three small tables: read, solved, explained, and written as PuLP code."""

from svclab.decisions.builder.code import pulp_code
from svclab.decisions.builder.formula import FormulaError, read_sum
from svclab.decisions.builder.model import KINDS, Limit, Model, Unknown
from svclab.decisions.builder.outcome import Outcome, outcome
from svclab.decisions.builder.reading import read_model

__all__ = [
    "KINDS",
    "FormulaError",
    "Limit",
    "Model",
    "Outcome",
    "Unknown",
    "outcome",
    "pulp_code",
    "read_model",
    "read_sum",
]
