"""Whether a wrong answer can be told from the right one, with the digits that people type."""

from __future__ import annotations

from typing import Any

from svclab.practice.definition import Exercise, applied
from svclab.practice.fields import Field, NumberField

__all__ = ["apart", "spellings"]

#: How many times the tolerance a wrong model must at least be away from the right value.
TIMES = 3.0


def apart(exercise: Exercise, p: Any) -> bool:
    """Whether every misconception of a variant is far enough from the right answer.

    For ``sound()``. A misconception that happens to lie near the right value would be praised
    as right, or told that it is rounded too far.

    Parameters
    ----------
    exercise : Exercise
        With its misconceptions.
    p : Numbers
        The numbers of the variant.
    """
    right = exercise.solve(p)
    fields = {field.name: field for field in exercise.fields(p)}
    return all(
        _apart(fields[name], value, right[name])
        for _, values in applied(exercise, p)
        for name, value in values.items()
    )


def _apart(field: Field, wrong: Any, right: Any) -> bool:
    if not isinstance(field, NumberField):
        return field.judge(field.as_read(wrong), right).status != "right"
    off = abs(wrong - right)
    if off <= TIMES * field.tolerance(right):
        return False
    # Rounding moves a spelling by half of its last digit at most, and so much is taken for rounded
    # as well: of values farther apart no spelling needs to be read.
    grain = max(_grain(right), _grain(wrong))
    if off > max(field.tolerance(right), field.tolerance(wrong)) + 1.001 * grain:
        return True
    return _apart_as_typed(field, wrong, right)


def _grain(value: float) -> float:
    """What the last digit of any spelling of a number is worth at the most."""
    # Of a small number the digit before the point is a spelling only where it is all there is.
    return 1.0 if abs(value) > 9 or round(value, 9) == round(value) else 0.1


def _apart_as_typed(field: NumberField, wrong: float, right: float) -> bool:
    """The long way: whether no spelling of one of the two is taken for the other."""
    taken = any(
        field.judge(field.read(typed), right).status in ("right", "rounded")
        for typed in spellings(wrong)
    )
    return not taken and not any(field.same(field.read(typed), wrong) for typed in spellings(right))


def spellings(value: float) -> list[str]:
    """How a number may be typed: exactly, or rounded to two digits or more.

    Examples
    --------
    >>> spellings(12.375), spellings(8)
    (['12.375', '12', '12.4', '12.38'], ['8', '8.0', '8.00', '8.000'])
    """
    exact = f"{value:.9f}".rstrip("0").rstrip(".")
    rounded = [f"{value:.{decimals}f}" for decimals in range(4)]
    long = [text for text in rounded if len(text.replace(".", "").strip("-").lstrip("0")) > 1]
    return list(dict.fromkeys([exact, *long]))
