"""Goal programming: an office that cannot serve everybody, keep its budget and its staff too."""

from __future__ import annotations

from svclab.decisions.explorables.goal_chart import goal_chart, missed_chart
from svclab.decisions.explorables.goal_plans import (
    MONEY,
    NAMES,
    ORDERS,
    SERVICE,
    STAFF,
    START,
    TEMPS,
    TRAINED,
    Setting,
    missed,
    planned,
)
from svclab.decisions.problems.goals import GoalPlan
from svclab.explore import (
    Choice,
    ChoiceGuess,
    Figure,
    Integer,
    Number,
    TableView,
    View,
    explorable,
)
from svclab.words import Quantity, count, join, money, number, percent, say


@explorable(
    title="Three goals that cannot all be met: which one gives way?",
    parameters=[
        Choice(
            name="method", label="How the goals are weighed up",
            options={"weights": "weights", "order": "one after the other"}, default="weights",
            help="Weights: a missed percent of each goal has a price. One after the other "
            "(preemptive): the first goal first, whatever it costs the others.",
        ),
        *(
            Integer(
                name=f"weight_{name}", label=f"Weight: {NAMES[name]}", unit="a percent missed",
                low=1, high=20, default=5, shown_if=("method", "weights"),
            )
            for name in NAMES
        ),
        Choice(
            name="order", label="Order",
            options={key: ", ".join(order) for key, order in ORDERS.items()},
            default="service-money-staff", shown_if=("method", "order"),
            help="First, second and third: service is the customers served, money the pay, staff "
            "the temporary staff.",
        ),
        Number(
            name="customers", label="Goal: customers served, at least", unit="a week", low=600,
            high=4000, step=50, default=START[0], group="Goals",
        ),
        Number(
            name="budget", label="Goal: pay, at most", unit="yuan a week", low=4000, high=36000,
            step=500, default=START[1], group="Goals",
        ),
        Number(
            name="temps", label="Goal: temporary staff, at most", unit="h a week", low=20, high=500,
            step=10, default=START[2], group="Goals", help="Or drag the point on the left.",
        ),
        Number(
            name="trained", label="Trained staff there are", unit="h a week", low=100, high=400,
            step=10, default=START[3], group="Limit", help="A limit: it cannot be missed. Or drag "
            "the point below.",
        ),
    ],
    guess=ChoiceGuess(
        question="An office wants to serve 2,400 customers a week, spend at most 20,000 yuan and "
        "use at most 200 hours of temporary staff. A trained hour serves 6 customers and costs 60 "
        "yuan, a temporary hour serves 4 and costs 30. Any two of the three can be met, not all. "
        "Each percent missed counts the same: which goal is given up?",
        options=NAMES,
    ),
    engine="highs",
)  # fmt: skip
def goals(
    method: str,
    weight_service: int,
    weight_money: int,
    weight_staff: int,
    order: str,
    customers: float,
    budget: float,
    temps: float,
    trained: float,
    guess: str | None,
) -> View:
    """An office plans hours of trained and of temporary staff for a week by goal programming.
    A goal may be missed, at a price; a limit may not: the trained hours, and 500 temporary ones.
    All numbers are invented."""
    setting = Setting(customers, budget, temps, trained)
    weights = (float(weight_service), float(weight_money), float(weight_staff))
    plan = planned(setting, method, weights, order)
    seen = _seen(setting, plan, method, order)
    if guess is not None:
        seen += " " + _answer(guess)
    return View(
        say=seen,
        figures=_figures(plan),
        parts=[
            goal_chart(setting, plan, seen),
            missed_chart(plan),
            _table(setting, plan, weights, method, order),
        ],
    )


def amount(name: str, value: float) -> Quantity:
    """An amount of what a goal counts, with its unit."""
    if name == SERVICE:
        return count(round(value), "customer")
    return money(value, "yuan", 0) if name == MONEY else Quantity(value, "hour", 1, "hours")


def _gap(name: str, plan: GoalPlan) -> str:
    """How far a goal is missed, in words."""
    template = {
        SERVICE: "{gap} are not served ({share})",
        MONEY: "{gap} are spent beyond the budget ({share})",
        STAFF: "{gap} of temporary staff are too many ({share})",
    }[name]
    return say(template, gap=amount(name, plan.missed[name]), share=percent(missed(plan)[name]))


def _seen(setting: Setting, plan: GoalPlan, method: str, order: str) -> str:
    first = say(
        "{trained} of trained and {temps} of temporary staff serve {n} for {pay}.",
        trained=Quantity(plan.amounts[TRAINED], "hour", 1, "hours"),
        temps=Quantity(plan.amounts[TEMPS], "hour", 1, "hours"),
        n=amount(SERVICE, plan.reached[SERVICE]),
        pay=amount(MONEY, plan.reached[MONEY]),
    )
    gaps = [name for name in NAMES if plan.missed[name]]
    if not gaps:
        return (
            first
            + " "
            + say(
                "All three goals are met, so weights and order change nothing, and this is one of "
                "many plans."
            )
        )
    met = [name for name in NAMES if not plan.missed[name]]
    told = say(
        "By these weights, {gaps}." if method == "weights" else "In this order, {gaps}.",
        gaps=join([_gap(name, plan) for name in gaps]),
    )
    if not met:
        return " ".join([first, told])
    rest = say(
        "The other goal is met: {met}." if len(met) == 1 else "The other goals are met: {met}.",
        met=join([NAMES[name] for name in met]),
    )
    return " ".join([first, told, rest])


def _answer(guess: str) -> str:
    plan = planned(Setting(*START), "weights", (5.0, 5.0, 5.0), "service-money-staff")
    given = [NAMES[name] for name in NAMES if plan.missed[name]]
    return say(
        "Your guess was: {guess}. With the numbers first shown it is: {real}, for that goal is "
        "missed by the smallest percentage, {share}.",
        guess=NAMES[guess],
        real=join(given),
        share=percent(max(missed(plan).values())),
    )


def _figures(plan: GoalPlan) -> list[Figure]:
    shares = missed(plan)
    labels = {SERVICE: "Customers", MONEY: "Budget", STAFF: "Temporary staff"}
    return [
        Figure("trained", "Trained staff", Quantity(plan.amounts[TRAINED], "h", 1)),
        Figure("temps", "Temporary staff", Quantity(plan.amounts[TEMPS], "h", 1)),
        *(
            Figure(
                name,
                say("{what}: missed by", what=labels[name]),
                percent(shares[name]),
                "bad" if shares[name] else "good",
                help=say("Reached: {n}.", n=amount(name, plan.reached[name])),
            )
            for name in NAMES
        ),
    ]


def _table(
    setting: Setting, plan: GoalPlan, weights: tuple[float, ...], method: str, order: str
) -> TableView:
    """The plan by weights, and that of each order."""
    one = (weights[0], weights[1], weights[2])
    plans = {"weights": planned(setting, "weights", one, order)}
    plans |= {key: planned(setting, "order", (1.0, 1.0, 1.0), key) for key in ORDERS}
    keys = list(plans)
    return TableView(
        title="By weights, and in each order: how far the goals are missed",
        columns=[("First, second, third", "", "left"), ("Service", "%", "right"),
                 ("Money", "%", "right"), ("Staff", "%", "right"), ("Trained", "h", "right"),
                 ("Temporary", "h", "right")],
        rows=[
            [
                say("weights {w}", w=", ".join(number(w, 0).text for w in weights))
                if key == "weights"
                else ", ".join(ORDERS[key]),
                *(number(100 * share) for share in missed(found).values()),
                number(found.amounts[TRAINED]),
                number(found.amounts[TEMPS]),
            ]
            for key, found in plans.items()
        ],
        emphasis=[0 if method == "weights" else keys.index(order)],
    )  # fmt: skip


__all__ = ["ORDERS", "START", "Setting", "goals", "missed", "planned"]
