"""What the wrong models of several exercises need."""

from __future__ import annotations

from typing import Any

from svclab.practice import Exercise
from svclab.practice.wording import Answers

__all__ = ["but_right"]


def but_right(exercise: Exercise, p: Any, values: Answers) -> Answers:
    """The values of a wrong model that are wrong indeed: by chance it may find some.

    Parameters
    ----------
    exercise : Exercise
        With its solver.
    p : Numbers
        The numbers of the variant.
    values : dict
        Field to value, by the wrong model.
    """
    right = exercise.solve(p)
    return {name: value for name, value in values.items() if value != right[name]}
