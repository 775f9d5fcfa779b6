"""In the page: the arrays go as JSON to HiGHS in WebAssembly.

The worker registers a JavaScript module ``svclab_page`` whose ``solve(text)`` takes and gives
back JSON text. It blocks until the solver is done (the worker has no other duty meanwhile).

The request
-----------
::

    {"sense": "max" | "min",
     "offset": 0.0,                       constant of the objective
     "columns": {"cost":    [number, ...],        one entry a variable
                 "lower":   [number | null, ...], null: minus infinity
                 "upper":   [number | null, ...], null: plus infinity
                 "integer": [bool, ...]},
     "rows":    {"lower":   [number | null, ...], one entry a constraint
                 "upper":   [number | null, ...],
                 "start":   [0, ...],             one entry more than rows: row r has the
                 "index":   [column, ...],        entries start[r] <= e < start[r + 1]
                 "value":   [number, ...]},       (compressed sparse rows)
     "options": {name: bool | number | string},   HiGHS options, to be set one by one
     "ask": ["ranging" | "conflict" | "ray", ...]}   may be missing: nothing but the plan

There may be no rows at all, and rows without entries. ``options`` always has ``output_flag``
false, ``threads`` 1, ``parallel`` "off", ``mip_rel_gap`` 0; it may have ``time_limit`` (s).

The reply
---------
::

    {"status": "optimal" | "infeasible" | "unbounded" | "infeasible or unbounded"
               | "time limit" | "error",
     "objective": number | null,          of the stated problem, offset included
     "values": [number, ...] | null,      one a variable, in the order of the columns
     "row_duals": [number, ...] | null,   one a constraint; null where there are integers
     "reduced_costs": [number, ...] | null,
     "message": string,                   only with "error": what HiGHS said

     "basis": {"columns": [code, ...],    with "ranging" asked; null where there is no basis
               "rows": [code, ...]}       "lower" | "basic" | "upper" | "zero" | "nonbasic"
              | null,
     "ranging": {"cost": [[number | null, number | null], ...],   of each variable's cost
                 "rows": [[number | null, number | null], ...]}   of each constraint
                | null,                   lowest and highest, as HiGHS gives them; null: no end
     "conflict": {"columns": [[index, side], ...],   with "conflict" asked
                  "rows": [[index, side], ...]}      side: "lower" | "upper" | "both" | "free"
                 | null,                  null unless infeasible
     "ray": [number, ...] | null}         with "ray" asked: a direction; null unless unbounded

For a row that is not basic, "ranging" is the range of its right-hand side; for a basic one it is
HiGHS's range of the row's activity, which :mod:`svclab.linear.ranging` replaces.
Signs: a row dual is the change of the stated objective per unit of the row's right-hand side,
and a reduced cost the change of the stated objective per unit of the variable, for "max" as
for "min". HiGHS's own ``row_dual`` and ``col_dual`` are that already, unchanged.

What the JavaScript function does
---------------------------------
1. ``JSON.parse``; replace null by -Infinity (lower) and Infinity (upper).
2. Make a HiGHS model with the sense, the offset, the columns, the rows (row-wise matrix) and,
   where any ``integer`` is true, the integrality; set each of ``options``.
3. Run. Map the model status: kOptimal → "optimal", kModelEmpty → "optimal",
   kInfeasible → "infeasible", kUnbounded → "unbounded", kUnboundedOrInfeasible →
   "infeasible or unbounded", kTimeLimit → "time limit", anything else → "error" with HiGHS's
   name of the status as message. A thrown error becomes "error" too, never an exception.
4. ``values`` and ``objective`` with "optimal" (and with "time limit" where a feasible point is
   known), otherwise null; ``row_duals`` and ``reduced_costs`` only with "optimal" and no
   integers. No NaN and no infinity in the reply.
5. Whatever ``ask`` names: ``getBasis`` and ``getRanging`` if the basis is valid, ``getIis``,
   ``getPrimalRay``.
6. Free the model, ``JSON.stringify``.
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["run"]


def run(request: dict[str, Any]) -> dict[str, Any]:
    """Give the request to the page's HiGHS; see the module's text for both formats."""
    import svclab_page  # type: ignore[import-not-found]

    reply: dict[str, Any] = json.loads(svclab_page.solve(json.dumps(request, allow_nan=False)))
    return reply
