"""In the kernel: the arrays go to highspy. The only module of svclab that imports it."""

from __future__ import annotations

import math
from typing import Any

import highspy

__all__ = ["run"]

STATUS = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible or unbounded",
    highspy.HighsModelStatus.kTimeLimit: "time limit",
}

BASIS = {
    highspy.HighsBasisStatus.kLower: "lower",
    highspy.HighsBasisStatus.kBasic: "basic",
    highspy.HighsBasisStatus.kUpper: "upper",
    highspy.HighsBasisStatus.kZero: "zero",
    highspy.HighsBasisStatus.kNonbasic: "nonbasic",
}

#: HiGHS's numbers for the side of a limit that takes part in a conflict.
SIDES = {1: "free", 2: "lower", 3: "upper", 4: "both"}


def run(request: dict[str, Any]) -> dict[str, Any]:
    """Solve a request of :mod:`svclab.linear.page` with highspy; gives the reply named there."""
    solver = highspy.Highs()
    for name, value in request["options"].items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(request))
    solver.run()
    status = solver.getModelStatus()
    reply: dict[str, Any] = {
        "status": STATUS.get(status, "error"),
        "objective": None,
        "values": None,
        "row_duals": None,
        "reduced_costs": None,
    }
    if reply["status"] == "error":
        reply["message"] = solver.modelStatusToString(status)
    info, solution = solver.getInfo(), solver.getSolution()
    feasible = info.primal_solution_status == highspy.kSolutionStatusFeasible
    if reply["status"] == "optimal" or (reply["status"] == "time limit" and feasible):
        reply["objective"] = info.objective_function_value
        reply["values"] = list(solution.col_value)
        if reply["status"] == "optimal" and not any(request["columns"]["integer"]):
            # HiGHS states both for the problem as given, maximisation included.
            reply["row_duals"] = list(solution.row_dual)
            reply["reduced_costs"] = list(solution.col_dual)
    for wish in request.get("ask", ()):
        reply.update(EXTRAS[wish](solver, reply["status"]))
    return reply


def _ranging(solver: highspy.Highs, status: str) -> dict[str, Any]:
    nothing = {"basis": None, "ranging": None}
    basis = solver.getBasis()
    if status != "optimal" or not basis.valid:
        return nothing
    done, ranging = solver.getRanging()
    if done == highspy.HighsStatus.kError:
        return nothing
    return {
        "basis": {
            "columns": [BASIS[code] for code in basis.col_status],
            "rows": [BASIS[code] for code in basis.row_status],
        },
        "ranging": {
            "cost": _pairs(ranging.col_cost_dn, ranging.col_cost_up, len(basis.col_status)),
            "rows": _pairs(ranging.row_bound_dn, ranging.row_bound_up, len(basis.row_status)),
        },
    }


def _pairs(down: Any, up: Any, size: int) -> list[list[float | None]]:
    ends = zip(list(down.value_)[:size], list(up.value_)[:size], strict=True)
    return [[x if math.isfinite(x) else None for x in pair] for pair in ends]


def _conflict(solver: highspy.Highs, status: str) -> dict[str, Any]:
    if status != "infeasible":
        return {"conflict": None}
    done, found = solver.getIis()
    if done == highspy.HighsStatus.kError or not found.valid_:
        return {"conflict": None}
    columns = zip(found.col_index_, found.col_bound_, strict=True)
    rows = zip(found.row_index_, found.row_bound_, strict=True)
    return {
        "conflict": {
            "columns": [[int(j), SIDES.get(int(side), "both")] for j, side in columns],
            "rows": [[int(i), SIDES.get(int(side), "both")] for i, side in rows],
        }
    }


def _ray(solver: Any, status: str) -> dict[str, Any]:
    if status != "unbounded":
        return {"ray": None}
    done, known, ray = solver.getPrimalRay()
    fine = done != highspy.HighsStatus.kError and known
    return {"ray": [float(x) for x in ray] if fine else None}


EXTRAS = {"ranging": _ranging, "conflict": _conflict, "ray": _ray}


def _model(request: dict[str, Any]) -> highspy.HighsLp:
    columns, rows = request["columns"], request["rows"]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(columns["cost"]), len(rows["lower"])
    maximise = request["sense"] == "max"
    model.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
    model.offset_ = request["offset"]
    model.col_cost_ = columns["cost"]
    model.col_lower_ = _filled(columns["lower"], -highspy.kHighsInf)
    model.col_upper_ = _filled(columns["upper"], highspy.kHighsInf)
    model.row_lower_ = _filled(rows["lower"], -highspy.kHighsInf)
    model.row_upper_ = _filled(rows["upper"], highspy.kHighsInf)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = model.num_col_, model.num_row_
    matrix.start_, matrix.index_, matrix.value_ = rows["start"], rows["index"], rows["value"]
    if any(columns["integer"]):
        kinds = highspy.HighsVarType
        model.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in columns["integer"]
        ]
    return model


def _filled(bounds: list[float | None], infinity: float) -> list[float]:
    return [infinity if bound is None else bound for bound in bounds]
