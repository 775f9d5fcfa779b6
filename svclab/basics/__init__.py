"""Getting started (chapter 0): a first simulation, a first plan, and what error messages say.

The models are short on purpose: a reader who has never programmed sees the same lines in a cell
of the notebook (:mod:`svclab.basics.counter`, :mod:`svclab.basics.workshop`).
"""

from svclab.basics.messages import Explained, explain

__all__ = ["Explained", "explain"]
