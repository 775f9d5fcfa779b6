"""One request to HiGHS, whichever host answers it."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["OPTIONS", "ask", "request_of"]

#: The same in both hosts. A gap of zero: the best plan, not one within 0.01% of it.
OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "mip_rel_gap": 0.0,
}


def ask(request: dict[str, Any]) -> dict[str, Any]:
    """Give a request to this host's HiGHS; :mod:`svclab.linear.page` describes both formats.

    Parameters
    ----------
    request : dict
        Arrays as :func:`svclab.linear.arrays` gives them, with ``options`` and, if more than
        the plan is wanted, ``ask``.

    Returns
    -------
    dict
        The reply, the same in both hosts.

    Examples
    --------
    >>> import pulp
    >>> from svclab.linear import arrays
    >>> one = pulp.LpProblem("one", pulp.LpMaximize)
    >>> one += one.add_variable("x", 0, 4)
    >>> ask(request_of(arrays(one)))["objective"]
    4.0
    """
    if sys.platform == "emscripten":
        from svclab.linear import page as host
    else:
        from svclab.linear import kernel as host
    return host.run(request)


def request_of(
    model: dict[str, Any], *, relaxed: bool = False, wanted: tuple[str, ...] = (), **options: Any
) -> dict[str, Any]:
    """Arrays with the course's options, ready to be asked.

    Parameters
    ----------
    model : dict
        What :func:`svclab.linear.arrays` gives.
    relaxed : bool
        Whether to drop the condition that some variables are whole.
    wanted : tuple of str
        What is asked for besides the plan: ``"ranging"``, ``"conflict"``, ``"ray"``.
    **options
        HiGHS options beside the usual ones.

    Returns
    -------
    dict
        The request.
    """
    columns = model["columns"]
    if relaxed:
        columns = {**columns, "integer": [False] * len(columns["integer"])}
    request = {**model, "columns": columns, "options": {**OPTIONS, **options}}
    if wanted:
        request["ask"] = list(wanted)
    return request
