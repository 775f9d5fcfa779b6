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
