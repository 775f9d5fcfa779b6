"""Linear programs: one function, :func:`solve`, and HiGHS behind it in both hosts.

A model is written in PuLP. :func:`solve` turns it into arrays (:mod:`svclab.linear.arrays`) and
hands the same arrays to HiGHS: to highspy in the kernel (:mod:`svclab.linear.kernel`), to
HiGHS in WebAssembly in the page (:mod:`svclab.linear.page`). :func:`ranging` says how far each
number may move, :func:`conflict` and :func:`ray` why there is no optimum, :func:`exact` reads a
small problem into fractions.
"""

from svclab.linear.arrays import arrays
from svclab.linear.basis import ExactBasis, exact_basis
from svclab.linear.certificates import Conflict, Ray, conflict, ray
from svclab.linear.exact import ExactProblem, exact
from svclab.linear.ranging import Ranging, ranging
from svclab.linear.solving import Solution, solve

__all__ = [
    "Conflict",
    "ExactBasis",
    "ExactProblem",
    "Ranging",
    "Ray",
    "Solution",
    "arrays",
    "conflict",
    "exact",
    "exact_basis",
    "ranging",
    "ray",
    "solve",
]
