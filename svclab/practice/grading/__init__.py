"""Grading of exercises: reads records, checks every answer anew, runs no student's code.

:func:`grade` does all of it; the modules follow its steps. *collecting* lists the files,
*contents* reads records from their bytes, *looking* finds whose they are and checks them, in the
processes of *workers*; *scoring* applies the *rules*, *handing_in* knows what is late;
*attention* gathers what needs a human eye; *outputs* and *report* write it all down.
"""

from svclab.practice.grading.limits import Limits
from svclab.practice.grading.problems import KINDS, Finding, GradingError
from svclab.practice.grading.rules import Rules, read_rules, rules_from, template
from svclab.practice.grading.run import Outcome, grade

__all__ = [
    "KINDS",
    "Finding",
    "GradingError",
    "Limits",
    "Outcome",
    "Rules",
    "grade",
    "read_rules",
    "rules_from",
    "template",
]
