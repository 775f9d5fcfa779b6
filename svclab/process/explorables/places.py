"""Order, shared people, several kinds of customers."""

from __future__ import annotations

from dataclasses import replace

from svclab.explore import (
    Choice,
    Figure,
    Number,
    NumberGuess,
    PointGuess,
    TableView,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.process.analysis import analyse
from svclab.process.arranging import arrange
from svclab.process.cases import clinic, jfk, licence_kinds, licence_office
from svclab.process.explorables.lines import capacity_bars, flow
from svclab.process.layout import Layout
from svclab.process.mix import CustomerKind, analyse_mix, bottleneck_by_share
from svclab.process.model import Process, Resource
from svclab.process.sequencing import orders, resequenced
from svclab.words import Quantity, count, join, per_hour, percent, say, seconds

AIRPORT = jfk()
ORDERS = {str(i): order for i, order in enumerate(orders(jfk(free_order=True)))}
AS_PRINTED = next(key for key, order in ORDERS.items() if order == AIRPORT.names)


def _order_label(order: tuple[str, ...]) -> str:
    before = order[order.index("baggage claim") - 1]
    label = say("after {before}", before=before)
    return label + (" (as it is)" if order == AIRPORT.names else "")


@explorable(
    title="Another order, a merger, or one more counter?",
    parameters=[
        Choice(
            name="order",
            label="Baggage claim comes",
            options={key: _order_label(order) for key, order in ORDERS.items()},
            default=AS_PRINTED,
            help="The other activities must keep their order.",
        ),
        Choice(
            name="merge",
            label="Merge two neighbours",
            options={
                "0": "none",
                "1": "1st and 2nd",
                "2": "2nd and 3rd",
                "3": "3rd and 4th",
                "4": "4th and 5th",
                "5": "5th and 6th",
            },
            default="0",
            help="Two servers then each do both activities.",
        ),
        Choice(
            name="extra",
            label="One more server at",
            options={"": "nowhere"} | {name: name for name in AIRPORT.names},
            default="",
        ),
    ],
    guess=NumberGuess(
        question="Without any new server: what is the most that one merger of neighbours reaches?",
        low=60,
        high=240,
        step=5,
        unit="per hour",
    ),
)
def jfk_transit(order: str, merge: str, extra: str, guess: float | None) -> View:
    """From an aircraft from abroad to a domestic flight, one server for each activity."""
    layout = _airport(order, int(merge), extra)
    built = layout.as_process(AIRPORT)
    result = analyse(built)
    now = analyse(AIRPORT).capacity_per_hour
    seen = say(
        "{rate} at most; {who} is the bottleneck. {verdict}",
        rate=per_hour(layout.capacity_per_hour),
        who=join(result.bottlenecks),
        verdict="The order alone changes nothing."
        if merge == "0" and not extra and order != AS_PRINTED
        else "",
    ).strip()
    if guess is not None:
        best = max(_airport(o, m, "").capacity_per_hour for o in ORDERS for m in range(6))
        seen += " " + say(
            "Your guess was {guess}; the best merger reaches {best}.",
            guess=per_hour(guess),
            best=per_hour(best),
        )
    return View(
        say=seen,
        figures=[
            Figure(
                "capacity",
                "Capacity",
                per_hour(layout.capacity_per_hour),
                "good" if layout.capacity_per_hour > now else "",
            ),
            Figure("gain", "More than today", per_hour(layout.capacity_per_hour - now)),
            Figure("flow", "Flow time, no queue", seconds(result.flow_time_seconds)),
            Figure("servers", "Servers", count(layout.workers)),
        ],
        parts=[flow(built, result), capacity_bars(result, None)],
    )


def _airport(order: str, merge: int, extra: str) -> Layout:
    names = ORDERS[order]
    line = resequenced(AIRPORT, names)
    groups = [[name] for name in names]
    workers = [1 + (name == extra) for name in names]
    if merge:
        groups[merge - 1 : merge + 1] = [[*groups[merge - 1], *groups[merge]]]
        workers[merge - 1 : merge + 1] = [workers[merge - 1] + workers[merge]]
    return arrange(line, groups, workers)


# Short names for the lines of the chart.
LINES = {
    "today": "today",
    "shared": "shared",
    "check": "nurses' check-up",
    "doctors": "two doctors",
}
DESIGNS = {
    "today": "a nurse for each, one doctor",
    "shared": "nurses share their work",
    "check": "nurses also do the check-up",
    "doctors": "nurses share, two doctors",
}


def clinic_with(design: str, laboratory: float, consultation: float) -> Process:
    """The clinic in one of the designs; times in minutes."""
    process = clinic(laboratory, consultation, shared_nurses=design != "today")
    if design == "check":
        nurses = process.activity("measurements").resource
        moved = tuple(
            replace(a, resource=nurses) if a.name == "check-up" else a for a in process.activities
        )
        process = replace(process, activities=moved)
    if design == "doctors":
        staff = tuple(Resource(r.name, 2) if r.name == "doctor" else r for r in process.resources)
        process = replace(process, resources=staff)
    return process


@explorable(
    title="Who limits the clinic?",
    parameters=[
        Choice(
            name="design",
            label="Who does what",
            options=DESIGNS,
            default="today",
            help="Three nurses and one doctor; the last design has a second doctor.",
        ),
        Number(
            name="laboratory", label="Laboratory test (time lost in the source)", unit="min",
            low=1, high=40, default=10, help="10 min is invented.",
        ),
        Number(
            name="consultation", label="Consultation (time lost in the source)", unit="min",
            low=1, high=40, default=12, help="12 min is invented.",
        ),
    ],
)  # fmt: skip
def clinic_design(design: str, laboratory: float, consultation: float) -> View:
    """A physical examination: five activities, shared people, two unknown times."""
    process = clinic_with(design, laboratory, consultation)
    result = analyse(process)
    rows = [
        {
            "minutes": t,
            "rate": analyse(clinic_with(key, laboratory, float(t))).capacity_per_hour,
            "design": label,
        }
        for key, label in LINES.items()
        for t in range(1, 41, 3)
    ]
    seen = say(
        "{design}: at most {rate}; the limit is {who}.",
        design=DESIGNS[design].capitalize(),
        rate=Quantity(result.capacity_per_hour, "examination per hour", 2, "examinations per hour"),
        who=join(result.bottlenecks),
    )
    return View(
        say=seen,
        figures=[
            Figure("capacity", "Examinations", per_hour(result.capacity_per_hour, 2)),
            Figure("limit", "Limit", join(result.bottlenecks)),
            *(
                Figure(
                    row.name,
                    say("{who} busy", who=row.name.capitalize()),
                    percent(row.utilisation, 0),
                    "bad" if row.is_bottleneck else "",
                    "Share of the time at full load",
                )
                for row in result.resources
            ),
        ],
        parts=[
            flow(process, result),
            lines(
                rows,
                x=("minutes", "Consultation, minutes"),
                y=("rate", "Examinations per hour"),
                series="design",
                marks=[{"x": consultation, "y": result.capacity_per_hour, "label": "now"}],
                alt=say(
                    "Capacity against the time of the consultation for four designs; here {rate}.",
                    rate=per_hour(result.capacity_per_hour, 2),
                ),
            ),
        ],
    )


OFFICE = licence_office()


def _kinds(payment: float, share: float = 0.5) -> list[CustomerKind]:
    new, renewal = licence_kinds(new_share=share)
    return [new, replace(renewal, seconds={**renewal.seconds, "payment": payment})]


@explorable(
    title="How does the bottleneck move with the mix?",
    parameters=[
        Number(
            name="share", label="New drivers", unit="%", low=0, high=100, step=5, default=70,
            help="The others renew their licence.",
        ),
        Number(
            name="demand", label="All applicants", unit="per hour", low=10, high=120, step=5,
            default=60,
        ),
        Number(
            name="payment", label="Payment of a renewal", unit="s", low=10, high=120, step=5,
            default=45, help="New drivers need 30 s.",
        ),
    ],
    guess=PointGuess(
        question="Half new drivers, half renewals: what is the capacity of the office?",
        x=50,
        y_label="Applicants per hour",
        low=40,
        high=140,
        step=1,
        unit="per hour",
    ),
)  # fmt: skip
def customer_mix(share: float, demand: float, payment: float, guess: float | None) -> View:
    """New drivers need a check of violations; renewals do not, but pay longer (invented)."""
    kinds = _kinds(payment, share / 100)
    result = analyse_mix(OFFICE, kinds, demand_per_hour=demand)
    ranges = bottleneck_by_share(OFFICE, kinds if 0 < share < 100 else _kinds(payment), kind="new")
    rows = [
        {
            "share": s,
            "rate": analyse_mix(OFFICE, _kinds(payment, s / 100)).capacity_per_hour,
        }
        for s in range(0, 101, 2)
    ]
    marks = [{"x": share, "y": result.capacity_per_hour, "label": "now"}]
    if guess is not None:
        marks.append(guess_mark(x=50, y=guess))
    busiest = max(r.implied_utilisation or 0.0 for r in result.resources)
    seen = say(
        "With {share} new drivers the office serves {rate}, limited by {who}.",
        share=percent(share / 100, 0),
        rate=per_hour(result.capacity_per_hour),
        who=join(result.bottlenecks),
    )
    if guess is not None:
        seen += " " + say(
            "Your guess for half and half was {guess}; it is {real}.",
            guess=per_hour(guess),
            real=per_hour(analyse_mix(OFFICE, _kinds(payment)).capacity_per_hour),
        )
    return View(
        say=seen,
        warning=""
        if busiest <= 1 + 1e-9
        else say(
            "{who} would have to work {use} of the time: the demand is above the capacity.",
            who=join(result.bottlenecks),
            use=percent(busiest, 0),
        ),
        figures=[
            Figure("capacity", "Capacity at this mix", per_hour(result.capacity_per_hour)),
            Figure("who", "Bottleneck", join(result.bottlenecks)),
            Figure(
                "implied",
                "Implied utilisation there",
                percent(busiest, 0),
                "bad" if busiest > 1 else "good",
                "Work that the demand brings, divided by the time there is",
            ),
        ],
        parts=[
            lines(
                rows,
                x=("share", "New drivers, % of all applicants"),
                y=("rate", "Capacity, applicants per hour"),
                marks=marks,
                x_domain=(0, 108),
                alt=seen,
            ),
            TableView(
                title="Which place limits the office",
                columns=[
                    ("New drivers", "%", "left"),
                    ("Bottleneck", "", "left"),
                    ("Capacity at both ends", "per hour", "right"),
                ],
                rows=[
                    [
                        say("{a} to {b}", a=percent(r.low).text, b=percent(r.high).text),
                        join(r.bottlenecks),
                        say(
                            "{a} and {b}",
                            a=per_hour(r.capacity_low).text,
                            b=per_hour(r.capacity_high).text,
                        ),
                    ]
                    for r in ranges
                ],
            ),
        ],
    )


__all__ = ["clinic_design", "customer_mix", "jfk_transit"]
