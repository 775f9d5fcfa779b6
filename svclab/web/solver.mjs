// HiGHS for svclab.linear.page: JSON in, JSON out, never an exception. The formats, and why the
// arrays rather than LP text, are described in svclab/linear/page.py.

const STATUS = {
  optimal: "optimal",
  empty: "optimal",
  infeasible: "infeasible",
  unbounded: "unbounded",
  unboundedOrInfeasible: "infeasible or unbounded",
  timeLimit: "time limit",
};

// The page's HiGHS has one thread and refuses to be told so.
const ONE_THREAD = new Set(["threads", "parallel"]);

const EMPTY = { objective: null, values: null, row_duals: null, reduced_costs: null };

function modelOf(highs, { sense, offset, columns, rows }) {
  const { constants } = highs;
  const bound = (list, infinity) => Float64Array.from(list, (x) => x ?? infinity);
  const data = {
    numCols: columns.cost.length,
    numRows: rows.lower.length,
    sense: sense === "max" ? constants.objectiveSense.maximize : constants.objectiveSense.minimize,
    offset,
    colCost: Float64Array.from(columns.cost),
    colLower: bound(columns.lower, -Infinity),
    colUpper: bound(columns.upper, Infinity),
    rowLower: bound(rows.lower, -Infinity),
    rowUpper: bound(rows.upper, Infinity),
    matrix: {
      format: "csr",
      numRows: rows.lower.length,
      numCols: columns.cost.length,
      starts: Int32Array.from(rows.start),
      indices: Int32Array.from(rows.index),
      values: Float64Array.from(rows.value),
    },
  };
  if (columns.integer.some(Boolean)) {
    const { integer, continuous } = constants.variableType;
    data.integrality = columns.integer.map((whole) => (whole ? integer : continuous));
  }
  return data;
}

const BASIS = ["lower", "basic", "upper", "zero", "nonbasic"];
const SIDES = { 1: "free", 2: "lower", 3: "upper", 4: "both" };

const pairs = (down, up, size) =>
  Array.from({ length: size }, (_, i) => [down.value[i], up.value[i]].map((x) => (Number.isFinite(x) ? x : null)));

const members = (indices, sides) => Array.from(indices, (index, k) => [index, SIDES[sides[k]] ?? "both"]);

// What may be asked for besides the plan; a method that throws has nothing to give.
const EXTRAS = {
  ranging(model, status, { columns, rows }) {
    const nothing = { basis: null, ranging: null };
    if (status !== "optimal") return nothing;
    try {
      const basis = model.getBasis();
      const ranging = model.getRanging();
      return {
        basis: {
          columns: Array.from(basis.colStatus, (code) => BASIS[code]),
          rows: Array.from(basis.rowStatus, (code) => BASIS[code]),
        },
        ranging: {
          cost: pairs(ranging.colCostDown, ranging.colCostUp, columns.cost.length),
          rows: pairs(ranging.rowBoundDown, ranging.rowBoundUp, rows.lower.length),
        },
      };
    } catch {
      return nothing;
    }
  },
  conflict(model, status) {
    if (status !== "infeasible") return { conflict: null };
    try {
      const found = model.getIis();
      return {
        conflict: {
          columns: members(found.colIndex, found.colBound),
          rows: members(found.rowIndex, found.rowBound),
        },
      };
    } catch {
      return { conflict: null };
    }
  },
  ray(model, status) {
    if (status !== "unbounded") return { ray: null };
    try {
      const ray = model.getPrimalRay();
      return { ray: ray ? numbers(ray.values ?? ray) : null };
    } catch {
      return { ray: null };
    }
  },
};

const numbers = (list) => {
  const plain = [...list];
  return plain.every(Number.isFinite) ? plain : null;
};

function run(highs, request) {
  const model = highs.createModel(modelOf(highs, request));
  try {
    for (const [name, value] of Object.entries(request.options ?? {})) {
      if (!ONE_THREAD.has(name)) model.options.set(name, value);
    }
    model.run();
    const code = model.getModelStatus();
    const name = Object.entries(highs.constants.modelStatus).find(([, c]) => c === code)?.[0] ?? String(code);
    const status = STATUS[name] ?? "error";
    const reply = { status, ...EMPTY };
    if (status === "error") reply.message = name;
    const feasible = model.info.get("primal_solution_status") === highs.constants.solutionStatus.feasible;
    if (status === "optimal" || (status === "time limit" && feasible)) {
      const solution = model.getSolution();
      reply.objective = model.getObjectiveValue();
      reply.values = numbers(solution.colValue);
      if (status === "optimal" && !request.columns.integer.some(Boolean)) {
        reply.row_duals = numbers(solution.rowDual);
        reply.reduced_costs = numbers(solution.colDual);
      }
    }
    for (const wish of request.ask ?? []) Object.assign(reply, EXTRAS[wish](model, status, request));
    return reply;
  } finally {
    model.dispose();
  }
}

/** `solve(text)` for a loaded HiGHS. */
export const solver = (highs) => (text) => {
  try {
    return JSON.stringify(run(highs, JSON.parse(text)));
  } catch (error) {
    return JSON.stringify({ status: "error", ...EMPTY, message: String(error?.message ?? error) });
  }
};
