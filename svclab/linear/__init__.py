"""Linear programs: one function, :func:`solve`, and HiGHS behind it in both hosts.

A model is written in PuLP. :func:`solve` turns it into arrays (:mod:`svclab.linear.arrays`) and
hands the same arrays to HiGHS: to highspy in the kernel (:mod:`svclab.linear.kernel`), to
HiGHS in WebAssembly in the page (:mod:`svclab.linear.page`).
"""

from svclab.linear.arrays import arrays
from svclab.linear.solving import Solution, solve

__all__ = ["Solution", "arrays", "solve"]
