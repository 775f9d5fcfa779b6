"""Diagrams from data: matrices, planes, causal loops, decision trees and concept maps.

They are parts of a :class:`~svclab.explore.View`, drawn by the same renderer in Jupyter, in the
page and when the book is built; each can be read as a table and saved as a picture.
"""

from svclab.explore.diagrams.common import Diagram, in_the_picture
from svclab.explore.diagrams.loops import CausalLoop, Feedback, Link, Variable, simple_cycles
from svclab.explore.diagrams.maps import Concept, ConceptMap, Relation
from svclab.explore.diagrams.matrix import (
    Entry,
    Fill,
    Item,
    Matrix,
    Move,
    Totals,
)
from svclab.explore.diagrams.plane import Plane, Scale, Spot
from svclab.explore.diagrams.scores import score_matrix
from svclab.explore.diagrams.trees import (
    Branch,
    ChanceNode,
    DecisionNode,
    DecisionTree,
    EndNode,
)

__all__ = [
    "Branch",
    "CausalLoop",
    "ChanceNode",
    "Concept",
    "ConceptMap",
    "DecisionNode",
    "DecisionTree",
    "Diagram",
    "EndNode",
    "Entry",
    "Feedback",
    "Fill",
    "Item",
    "Link",
    "Matrix",
    "Move",
    "Plane",
    "Relation",
    "Scale",
    "Spot",
    "Totals",
    "Variable",
    "in_the_picture",
    "score_matrix",
    "simple_cycles",
]
