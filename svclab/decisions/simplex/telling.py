"""What a step of the simplex method does, and how a walk ends, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from svclab.decisions.simplex.tableau import fraction
from svclab.words import count, join, say

__all__ = ["end_sentence", "step_sentence"]


def step_sentence(
    entering: str, leaving: str, less: Fraction, gain: Fraction, ratio: Fraction
) -> str:
    """Say what one step does.

    Parameters
    ----------
    entering, leaving : str
        Names of two columns.
    less : Fraction
        By how much a unit makes the sum of the artificial variables smaller; 0 in phase 2.
    gain : Fraction
        What a unit adds to the objective.
    ratio : Fraction
        The smallest one of the ratio test.

    Examples
    --------
    >>> step_sentence("chair", "slack small", Fraction(0), Fraction(15), Fraction(4))
    'chair enters: each unit adds 15. slack small reaches zero first, at a ratio of 4, and leaves.'
    """
    if less:
        start = say(
            "{name} enters: each unit makes the sum of the artificial variables smaller by {x}.",
            name=entering,
            x=fraction(less),
        )
    else:
        start = say("{name} enters: each unit adds {x}.", name=entering, x=fraction(gain))
    end = (
        say("{out} reaches zero first, at a ratio of {x}, and leaves.", out=leaving,
            x=fraction(ratio))
        if ratio
        else say(
            "{out} is zero already and leaves: a degenerate step, the basis changes but nothing "
            "moves.",
            out=leaving,
        )
    )  # fmt: skip
    return start + " " + end


def end_sentence(status: str, entering: str, steps: int, ties: Sequence[str]) -> str:
    """Say how a walk ends.

    Parameters
    ----------
    status : {"optimal", "infeasible", "unbounded", "cycling", "stopped"}
        Of the walk.
    entering : str
        The column that would enter; "" for none.
    steps : int
        How many there were.
    ties : sequence of str
        Columns that could enter an optimal tableau without loss.
    """
    told = {
        "optimal": "No number of the objective row is negative: this plan is optimal.",
        "infeasible": "The artificial variables cannot vanish: no plan keeps all constraints.",
        "unbounded": say(
            "{name} would enter, but nothing stops it: no number in its column is positive. "
            "The objective grows without end.",
            name=entering,
        ),
        "cycling": "This basis was here before: the method goes round in a circle.",
        "stopped": say("Stopped after {n}: raise limit to see more.", n=count(steps, "step")),
    }[status]
    if ties:
        told += say(
            " {names} could enter without loss: the optimum may not be the only one.",
            names=join(list(ties)),
        )
    return told
