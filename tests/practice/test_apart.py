"""Which wrong answers can be told from the right one, and that the short way says the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.practice import NumberField
from svclab.practice.apart import TIMES, _apart, _apart_as_typed

FIELDS = [
    NumberField("x", "X", unit=unit, relative=relative, absolute=absolute)
    for unit in ("", "min", "%")
    for relative, absolute in ((0.005, 0.0), (0.0, 0.005), (0.02, 0.5), (0.0, 3.0))
]


@settings(max_examples=1000, derandomize=True)
@given(
    field=st.sampled_from(FIELDS),
    right=st.floats(-12, 12)
    | st.floats(-2000, 2000)
    | st.integers(-2000, 2000)
    | st.decimals(-99, 99, places=1),
    # Most of them about the difference from which on no spelling is read.
    off=st.floats(-0.4, 0.4)
    | st.floats(-3, 3)
    | st.sampled_from((0.5, 1.0, 1.001, 1.002, 1.5))
    | st.floats(-500, 500),
)
def test_numbers_are_told_apart_as_they_are_when_every_spelling_is_read(
    field: NumberField, right: float, off: float
) -> None:
    right = float(right)
    for wrong in (right + off, float(round(right + off)), right + off + 3 * field.tolerance(right)):
        near = abs(wrong - right) <= TIMES * field.tolerance(right)
        long_way = not near and _apart_as_typed(field, wrong, right)
        assert _apart(field, wrong, right) == long_way
