"""A queue seen running: what the simulation says, and what the formula says."""

from __future__ import annotations

import math
from itertools import accumulate
from random import Random

from svclab.capacity.explorables.amounts import wait, with_error
from svclab.capacity.queues.erlang import erlang_c
from svclab.capacity.queues.markovian import mmc
from svclab.capacity.queues.results import Queue
from svclab.capacity.simulation.customers import Customers, Served
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Station, draw
from svclab.explore import (
    Chart,
    Figure,
    Integer,
    Number,
    Seed,
    TableView,
    Trace,
    View,
    explorable,
    lines,
)
from svclab.intervals import Estimate, estimate
from svclab.words import Quantity, count, number, per_hour, percent, say

RUNS = 10
PICTURES = 60  # points of the running mean
SHOWN = 40  # customers of the animation
MINUTE = 60.0  # s
LITTLE = 1 / 3600  # hours: a mean wait below a second


@explorable(
    title="A queue running: when can we trust the simulation?",
    parameters=[
        Number(
            name="arrivals", label="Arrivals", unit="per hour", low=6, high=120, step=1,
            default=54, help="Random (Poisson).",
        ),
        Number(
            name="service", label="Mean service", unit="min", low=0.5, high=10, step=0.5,
            default=3, help="Random (exponential).",
        ),
        Integer(name="servers", label="Servers, one line", low=1, high=10, default=3),
        Integer(
            name="customers", label="Customers in each queue", low=100, high=2000, step=100,
            default=2000, help="Ten queues run, so ten times as many are simulated.",
        ),
        Seed(name="seed", label="Which customers come", default=16),
    ],
)  # fmt: skip
def queue_running(arrivals: float, service: float, servers: int, customers: int, seed: int) -> View:
    """Ten independent queues. Each begins as a visitor would find it, so nothing is dropped."""
    desk = Station(arrivals_per_hour=arrivals, service_seconds=service * MINUTE, servers=servers)
    stable = desk.load < servers
    queue = mmc(arrivals, 60 / service, servers=servers) if stable else None
    runs = [one_run(desk, servers, customers, f"{seed}/{run}") for run in range(RUNS)]
    means = running_means(runs)
    last = means[-1][1]
    mean, error = with_error(last)
    seen = _seen(RUNS * customers, last, queue)
    return View(
        say=seen,
        warning="" if stable else _warning(arrivals, service, servers),
        figures=[
            Figure("simulated", "Mean wait, simulated", mean),
            Figure("error", "Plus or minus", error, help=_HELP),
            Figure(
                "theory",
                "Mean wait, formula",
                wait(queue.mean_wait_minutes, 2) if queue else "no long run",
                help="Erlang C: the mean in the long run.",
            ),
            Figure(
                "load",
                "Utilisation",
                percent(desk.load / servers, 1),
                "" if stable else "bad",
            ),
        ],
        parts=[
            _animation(runs[0], servers, seen),
            _band(means, queue, seen),
            _table(runs, queue),
        ],
    )


_HELP = (
    "Half the width of the band: 95% confidence, from the spread between the ten queues "
    "(Student's t). For very busy servers it is a little too small, because few queues have "
    "very long waits."
)


def one_run(desk: Station, servers: int, customers: int, seed: str) -> Served:
    """One queue; those whom the first customer finds there come first and are not counted."""
    found = found_there(desk.load, servers, Random(f"{seed}/found")) if desk.load < servers else 0
    drawn = draw(desk, customers + found, seed=seed)
    arrivals = [0.0] * found + list(drawn.arrivals[:customers])
    return serve(Customers(arrivals, drawn.services), servers=servers).after(found)


def found_there(load: float, servers: int, stream: Random) -> int:
    """How many customers a visitor finds in M/M/c at a random moment.

    With probability C (Erlang C) all servers are busy, and the number that wait is geometric
    with ratio ρ; else the number there follows Poisson's probabilities, cut off below c. Those
    in service have exponential rests of service, so a queue begun like this is steady at once.

    Examples
    --------
    >>> stream = Random(1)
    >>> len({found_there(2.7, 3, stream) for _ in range(100)}) > 8
    True
    """
    if stream.random() < erlang_c(load, servers):
        return servers + int(math.log(1 - stream.random()) / math.log(load / servers))
    weights = list(accumulate(range(1, servers), lambda weight, n: weight * load / n, initial=1.0))
    point = stream.random() * math.fsum(weights)
    for there, weight in enumerate(weights):
        point -= weight
        if point < 0:
            return there
    return servers - 1


def running_means(runs: list[Served]) -> list[tuple[int, Estimate]]:
    """(customers passed, mean wait in minutes with its interval), early ones closer together."""
    sums = [list(accumulate(run.waits[run.warm_up :])) for run in runs]
    length = len(sums[0])
    places = sorted({max(5, round(length * (i / PICTURES) ** 2)) for i in range(1, PICTURES + 1)})
    return [(RUNS * n, estimate([waited[n - 1] / n / MINUTE for waited in sums])) for n in places]


def _seen(customers: int, last: Estimate, queue: Queue | None) -> str:
    if queue is not None and queue.mean_wait < LITTLE:
        return say(
            "Of {n} practically nobody waits: by the formula {share} of them, and {wait} on "
            "average. Let more come, or have fewer servers.",
            n=count(customers, "customer"),
            share=percent(queue.probability_of_waiting, 2),
            wait=wait(queue.mean_wait_minutes),
        )
    mean, error = with_error(last)
    first = say(
        "After {n} the simulation says {mean}, give or take {error}.",
        n=count(customers, "customer"),
        mean=mean,
        error=error,
    )
    if queue is None:
        return first + " " + say("This is about these customers only: more of them wait longer.")
    inside = last.holds(queue.mean_wait_minutes)
    return (
        first
        + " "
        + say(
            "The formula says {theory}, which lies inside the band."
            if inside
            else "The formula says {theory}, which lies outside the band: that happens to one "
            "draw in twenty, and somewhat more often with busy servers and few customers.",
            theory=wait(queue.mean_wait_minutes, 2),
        )
    )


def _warning(arrivals: float, service: float, servers: int) -> str:
    return say(
        "{come} come and {n} can serve {most}: the queue grows as long as it runs, and its mean "
        "wait says how long you watched. Have at least {enough}.",
        come=per_hour(arrivals),
        n=count(servers, "server"),
        most=per_hour(60 / service * servers),
        enough=count(math.floor(arrivals * service / 60 + 1e-9) + 1, "server"),
    )


def _animation(run: Served, servers: int, alt: str) -> Trace:
    """The first customers of the first queue, and those whom they found there."""
    visits = run.visits[: run.warm_up + SHOWN]
    end = visits[-1][1] / MINUTE
    return Trace(
        title=say("The first {n} of the first queue", n=count(SHOWN, "customer")),
        alt=alt,
        stations=[{"id": "desk", "label": "counter", "servers": servers}],
        customers=[
            {
                "id": number + 1,
                "class": 0,
                "visits": [[0, *(round(time / MINUTE, 4) for time in times)]],
            }
            for number, *times in visits
        ],
        end=round(end, 4),
        unit="min",
        speed=max(0.2, round(end / 30, 2)),
    )


def _band(means: list[tuple[int, Estimate]], queue: Queue | None, alt: str) -> Chart:
    marks = []
    top = None
    if queue is not None:
        theory = queue.mean_wait_minutes
        top = (0.0, max(2 * theory, 1.2 * means[-1][1].high, 0.1))
        shown = say("formula: {t}", t=wait(theory, 2))
        marks = [{"y": theory, "label": shown, "at": "end"}]
    return lines(
        [{"customers": n, "wait": e.mean} for n, e in means],
        x=("customers", "Customers that have passed, ten queues together"),
        y=("wait", "Mean wait so far, minutes"),
        band=[{"x": n, "low": max(0.0, e.low), "high": e.high} for n, e in means],
        marks=marks,
        y_domain=top,
        clip=True,
        title="The mean so far, with its 95% confidence band",
        alt=say("A line that settles inside a band that narrows. {seen}", seen=alt),
    )


def _table(runs: list[Served], queue: Queue | None) -> TableView:
    found: list[tuple[str, Quantity | str, Estimate, float]] = [
        (
            "Mean wait, min",
            number(queue.mean_wait_minutes, 2) if queue else "no long run",
            estimate([run.mean_wait() / MINUTE for run in runs]),
            1.0,
        ),
        (
            "Customers who wait, %",
            number(100 * queue.probability_of_waiting, 1) if queue else "no long run",
            estimate([run.probability_of_waiting() for run in runs]),
            100.0,
        ),
    ]
    return TableView(
        title="Formula and simulation",
        columns=[
            ("Measure", "", "left"),
            ("Formula", "", "right"),
            ("Simulated", "", "right"),
            ("Plus or minus", "", "right"),
        ],
        rows=[
            [name, theory, number(by * e.mean, 2), number(by * e.half_width, 2)]
            for name, theory, e, by in found
        ],
    )


__all__ = ["found_there", "one_run", "queue_running", "running_means"]
