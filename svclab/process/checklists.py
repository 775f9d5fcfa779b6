"""The course's checklists and its competing lists of steps, as data.

The course material gives several lists of "the steps of process management". Here each step
stands under the phase of the life cycle (P-01) that it belongs to, so that the lists can be laid
side by side. Which phase a step belongs to is a reading of this book, not of the material; a
step of improvement stands under *monitor*, because it uses what monitoring has found. A Chinese
term is the printed one where the course inventory has it, otherwise a plain translation.
"""

from __future__ import annotations

from dataclasses import dataclass

from svclab.process.audit import Checklist, Item

__all__ = [
    "DAILY_PROCESS",
    "PHASES",
    "PRINCIPLES",
    "PROCESS_LIFE",
    "STEP_LISTS",
    "Step",
    "StepList",
    "step_table",
]

PHASES = {"plan": "规划", "design": "设计", "implement": "实施", "monitor": "监控"}


@dataclass(frozen=True)
class Step:
    """One step of a list, and the phase of the life cycle where it belongs."""

    name: str
    phase: str  # plan, design, implement or monitor
    chinese: str = ""

    def __post_init__(self) -> None:
        if self.phase not in PHASES:
            raise ValueError(
                f"step {self.name!r}: unknown phase {self.phase!r}; phases are {', '.join(PHASES)}"
            )


@dataclass(frozen=True)
class StepList:
    """A list of steps as one part of the course material gives it."""

    title: str
    source: str  # number of the course inventory
    steps: tuple[Step, ...]
    note: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Phases that the list leaves out."""
        return tuple(phase for phase in PHASES if all(s.phase != phase for s in self.steps))


def step_table(lists: tuple[StepList, ...] | None = None) -> list[dict[str, str]]:
    """The lists side by side: one row a list, one column a phase.

    Parameters
    ----------
    lists : tuple of StepList, optional
        Which lists; all of :data:`STEP_LISTS` if left out.

    Returns
    -------
    list of dict
        Keys ``list``, ``source`` and the four phases; a phase without a step shows "–".

    Examples
    --------
    >>> row = step_table()[3]
    >>> row["source"], row["design"], row["monitor"]
    ('P-04', 'optimise', '–')
    """
    rows = []
    for each in STEP_LISTS if lists is None else lists:
        row = {"list": each.title, "source": each.source}
        for phase in PHASES:
            row[phase] = ", ".join(s.name for s in each.steps if s.phase == phase) or "–"
        rows.append(row)
    return rows


STEP_LISTS: tuple[StepList, ...] = (
    StepList(
        "Life cycle",
        "P-01",
        (
            Step("plan", "plan", "规划"),
            Step("design", "design", "设计"),
            Step("implement", "implement", "实施"),
            Step("monitor", "monitor", "监控"),
        ),
    ),
    StepList(
        "Five-step project",
        "P-02",
        (
            Step("goal and scope", "plan", "目标范围"),
            Step("analyse", "plan", "分析"),
            Step("design", "design", "设计"),
            Step("implement", "implement", "实施"),
            Step("evaluate", "monitor", "评估"),
        ),
    ),
    StepList(
        "Six-step management",
        "P-03",
        (
            Step("set the process", "plan", "流程设定"),
            Step("optimise", "design", "优化"),
            Step("set standards", "design", "服务标准"),
            Step("train", "implement", "培训"),
            Step("monitor and evaluate", "monitor", "监控评估"),
            Step("improve", "monitor", "改进"),
        ),
    ),
    StepList(
        "Three-step design",
        "P-04",
        (
            Step("identify and draw", "plan", "识别规划"),
            Step("optimise", "design", "优化"),
            Step("standardise and train", "implement", "标准化"),
        ),
    ),
    StepList(
        "Five-step design",
        "P-05",
        (
            Step("analyse", "plan", "流程分析"),
            Step("design", "design", "设计"),
            Step("standardise", "design", "标准化"),
            Step("train and implement", "implement", "实施"),
            Step("evaluate", "monitor", "评估"),
        ),
    ),
    StepList(
        "Performance evaluation",
        "P-06",
        (
            Step("set indicators", "plan", "设定指标"),
            Step("collect and analyse", "monitor", "收集分析"),
            Step("compare with goals", "monitor", "评估"),
        ),
    ),
    StepList(
        "Five contents",
        "P-10",
        (
            Step("comb and design", "design", "梳理"),
            Step("write rules", "design", "规定"),
            Step("execute", "implement", "执行"),
            Step("monitor", "monitor", "监控"),
            Step("train", "implement", "培训"),
        ),
    ),
    StepList(
        "Standardised management",
        "P-40",
        (
            Step("job duties", "plan", "岗位职责"),
            Step("work process", "design", "工作流程"),
            Step("work inspection", "monitor", "工作检查"),
            Step("continuous improvement", "monitor", "持续改进"),
        ),
        note="The title promises five steps; only four are shown. Which one would you add?",
    ),
    StepList(
        "Roll-out",
        "P-43",
        (
            Step("review", "design", "评审"),
            Step("publicity and training", "implement", "宣传培训"),
            Step("trial run", "implement", "试运行"),
            Step("formal run", "implement", "正式实施"),
        ),
    ),
)

PROCESS_LIFE = Checklist(
    "Life of a process",
    (
        Item("goal", "The goal is written as a number and a date.", "plan", 1, "目标"),
        Item("scope", "It is clear where the process starts and ends.", "plan", 1, "范围"),
        Item("key nodes", "Key steps have an owner and a time.", "plan", 1, "关键节点"),
        Item("flow chart", "The flow is drawn, and it is the real one.", "design", 1, "流程图"),
        Item("standards", "Each key step has a service standard.", "design", 1, "服务标准"),
        Item("review", "Experts have reviewed the plan.", "design", 1, "评审"),
        Item("training", "Everyone in the process is trained in it.", "implement", 1, "培训"),
        Item("trial run", "A trial came first, and changed the plan.", "implement", 1, "试运行"),
        Item("indicators", "Time, cost and quality are measured.", "monitor", 1, "指标"),
        Item("evaluation", "Results are compared with the goal.", "monitor", 1, "评估"),
        Item("improvement", "Findings lead to changes in the process.", "monitor", 1, "改进"),
    ),
    "流程生命周期",
    ("P-01", "P-02", "P-03", "P-06", "P-43"),
)

DAILY_PROCESS = Checklist(
    "Daily service process",
    (
        Item("dispatch", "A ticket system assigns requests by rule.", "improve", 1, "自动派发"),
        Item("merging", "Like requests of departments are merged.", "improve", 1, "需求整合"),
        Item("cooperation", "Departments work together on a request.", "improve", 1, "协作"),
        Item("feedback", "Feedback is used to change the process.", "improve", 1, "反馈"),
        Item("owner", "Each step has one fixed owner.", "execute", 1, "专人负责"),
        Item("training", "Staff are trained for their step.", "execute", 1, "培训"),
        Item("channels", "Staff know how to reach each other.", "execute", 1, "沟通渠道"),
        Item("watching", "Key indicators are watched.", "execute", 1, "关键指标"),
        Item("index system", "A set of indicators is agreed.", "evaluate", 1, "指标体系"),
        Item("regular evaluation", "Results are judged regularly.", "evaluate", 1, "定期评估"),
        Item("staff suggestions", "Staff ideas are asked and answered.", "evaluate", 1, "员工建议"),
        Item("customer talks", "Customers are asked in person.", "evaluate", 1, "客户沟通"),
    ),
    "日常服务流程",
    ("P-14",),
)

PRINCIPLES = Checklist(
    "Principles of a service process",
    (
        Item(
            "customer first", "Steps exist because a customer needs them.", "rules", 1, "客户至上"
        ),
        Item("standard", "The normal case always runs the same way.", "rules", 1, "标准化"),
        Item("flexibility", "Someone may decide on an unusual case.", "rules", 1, "灵活性"),
        Item("monitoring", "Somebody watches the process.", "rules", 1, "监控"),
        Item("cooperation", "Each knows the step before and after.", "rules", 1, "协作"),
        Item("improvement", "The process changed in the last year.", "rules", 1, "持续改进"),
        Item("safety", "Staff and customers are safe in each step.", "rules", 1, "安全"),
        Item("satisfaction", "Customers are more satisfied, and return.", "benefits", 1, "满意度"),
        Item("cost and risk", "Cost and risk have gone down.", "benefits", 1, "成本与风险"),
        Item("staff", "Staff work with less effort and like it.", "benefits", 1, "员工效率与士气"),
        Item("image", "The public thinks well of the service.", "benefits", 1, "形象"),
        Item("consistency", "Every visit goes equally well.", "benefits", 1, "一致性"),
    ),
    "流程管理原则",
    ("P-08", "P-09", "P-44"),
)
