"""Exercises: every student's own numbers, answers that are diagnosed, records that are graded.

Write a class with the numbers, the question, the solver and the usual mistakes; the notebook, the
page and the grading do the rest. See :class:`Exercise`.
"""

from svclab.practice.checking import AnotherVariantError, Checked, check_record
from svclab.practice.compound import CodeField, Matching, PlanField, PlanScore, TableField
from svclab.practice.definition import LEVELS, Exercise, Misconception, misconception
from svclab.practice.drawing import Draw
from svclab.practice.feedback import Feedback, FieldFeedback, check
from svclab.practice.fields import (
    ChoiceField,
    ChoicesField,
    Field,
    IntegerField,
    NumberField,
    OrderField,
)
from svclab.practice.registry import find, listed, objectives
from svclab.practice.session import answer, start
from svclab.practice.variants import Variant, class_of, deal, digest, normal_id

__all__ = [
    "LEVELS",
    "AnotherVariantError",
    "Checked",
    "ChoiceField",
    "ChoicesField",
    "CodeField",
    "Draw",
    "Exercise",
    "Feedback",
    "Field",
    "FieldFeedback",
    "IntegerField",
    "Matching",
    "Misconception",
    "NumberField",
    "OrderField",
    "PlanField",
    "PlanScore",
    "TableField",
    "Variant",
    "answer",
    "check",
    "check_record",
    "class_of",
    "deal",
    "digest",
    "find",
    "listed",
    "misconception",
    "normal_id",
    "objectives",
    "start",
]
