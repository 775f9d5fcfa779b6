"""Simulations that take a while: one desk with two programs, a morning in the clinic."""

from __future__ import annotations

import math
from collections.abc import Iterator

from svclab.explore import (
    Choice,
    Figure,
    Integer,
    Number,
    Seed,
    View,
    bars,
    explorable,
)
from svclab.intervals import Estimate
from svclab.process.analysis import analyse
from svclab.process.explorables.places import DESIGNS, clinic_with
from svclab.process.explorables.queues import animation, total_waits
from svclab.process.model import HOUR, MINUTE, Process
from svclab.process.recursion import replay
from svclab.process.runs import Run
from svclab.process.sampling import draw
from svclab.process.simulation import replicate_in_parts, simulate, simulate_in_parts
from svclab.words import Quantity, count, duration, minutes, percent, say


@explorable(
    title="One desk: two programs, one answer",
    parameters=[
        Number(
            name="arrivals", label="Arrivals", unit="per hour", low=10, high=200, step=2,
            default=100,
        ),
        Integer(name="workers", label="Workers", low=1, high=6, default=2),
        Number(
            name="seconds", label="Mean service time", unit="s", low=10, high=200, step=5,
            default=60,
        ),
        Integer(
            name="customers", label="Customers", low=500, high=10000, step=500, default=5000,
        ),
        Choice(
            name="engine",
            label="Program",
            options={"recursion": "a short recursion", "simpy": "the SimPy model"},
            default="recursion",
            help="Both get the same lists of times.",
        ),
        Seed(name="seed", label="Which customers come", default=7),
    ],
)  # fmt: skip
def one_desk(
    arrivals: float, workers: int, seconds: float, customers: int, engine: str, seed: int
) -> Iterator[View]:
    """The check of violations with its own queue: random arrivals, random service."""
    desk = Process.line("Desk", {"desk": seconds}, workers={"desk": workers})
    work = draw(desk, customers, arrivals_per_hour=arrivals, seed=seed)
    if engine == "simpy":
        parts = simulate_in_parts(desk, work, parts=4)
        while True:
            try:
                done = next(parts)
            except StopIteration as end:
                run: Run = end.value
                break
            yield View(say=say("SimPy is running."), progress=done)
    else:
        run = replay(desk, work)
    yield _desk_view(run, arrivals * seconds / HOUR / workers, customers)


def _desk_view(run: Run, load: float, customers: int) -> View:
    warm = run.after(customers // 10)
    waits = sorted(total_waits(run)[customers // 10 :])
    waited = sum(w > 1e-9 for w in waits) / len(waits)
    p90 = waits[math.ceil(0.9 * len(waits)) - 1]
    top = max(10.0, waits[-1])
    width = top / 12
    counts = [0] * 12
    for w in waits:
        counts[min(11, int(w / width))] += 1
    rows = [
        {
            "wait": say(
                "{a} to {b} s",
                a=Quantity(i * width, "", 0).text,
                b=Quantity((i + 1) * width, "", 0).text,
            ),
            "share": 100 * n / len(waits),
        }
        for i, n in enumerate(counts)
    ]
    seen = say(
        "{share} of the customers wait; the mean wait is {mean}, and nine of ten wait at most "
        "{p90}.",
        share=percent(waited, 0),
        mean=duration(warm.mean_total_wait),
        p90=duration(p90),
    )
    return View(
        say=seen,
        warning=""
        if load < 1
        else say(
            "Demand is {load} of capacity: the queue grows without bound, and no long-run mean "
            "exists. Add a worker.",
            load=percent(load, 0),
        ),
        figures=[
            Figure("wait", "Mean wait", duration(warm.mean_total_wait)),
            Figure("p90", "Nine of ten wait at most", duration(p90)),
            Figure("waited", "Customers who wait", percent(waited, 0)),
            Figure("load", "Demand / capacity", percent(load, 0), "" if load < 1 else "bad"),
        ],
        parts=[
            bars(
                rows,
                category=("wait", "Wait"),
                value=("share", "Share of the customers, %"),
                height=330,
                alt=seen,
            )
        ],
    )


@explorable(
    title="A morning in the clinic",
    parameters=[
        Choice(name="design", label="Who does what", options=DESIGNS, default="today"),
        Number(
            name="gap", label="A patient every", unit="min", low=10, high=60, default=30,
            help="Appointments; everybody comes on time.",
        ),
        Integer(name="patients", label="Patients", low=4, high=20, default=8),
        Number(
            name="consultation", label="Consultation (time lost in the source)", unit="min",
            low=1, high=40, default=12,
        ),
        Integer(
            name="mornings", label="Mornings simulated", low=5, high=60, step=5, default=20,
            help="More mornings, less error.",
        ),
        Seed(name="seed", label="Which patients come", default=2),
    ],
)  # fmt: skip
def clinic_morning(
    design: str, gap: float, patients: int, consultation: float, mornings: int, seed: int
) -> Iterator[View]:
    """A SimPy simulation: five activities, shared people, times that vary a little."""
    process = clinic_with(design, 10.0, consultation)
    times = [i * gap * MINUTE for i in range(patients)]
    parts = replicate_in_parts(
        process,
        replications=mornings,
        customers=patients,
        arrivals_per_hour=HOUR / (gap * MINUTE),
        interarrival="constant",
        service=("gamma", 0.25),
        seed=seed,
        engine=simulate,
    )
    work = draw(process, patients, arrivals=times, seed=f"{seed}/0", service=("gamma", 0.25))
    first = simulate(process, work)
    load = max(row.work_seconds / row.units for row in analyse(process).resources) / MINUTE / gap
    for done, so_far in parts:
        if done < 1 and so_far.replications % 5:
            continue
        stay, wait = so_far["flow time"], so_far["total wait"]
        doctor = so_far["utilisation: doctor"]
        seen = say(
            "A patient spends {stay} in the clinic, {wait} of it waiting, over {n}.",
            stay=minutes(stay.mean / MINUTE),
            wait=minutes(wait.mean / MINUTE),
            n=count(so_far.replications, "morning"),
        )
        yield View(
            say=seen,
            warning=""
            if load <= 1
            else say(
                "Somebody has work for {load} of the time between patients: the waiting room "
                "fills until the last appointment.",
                load=percent(load, 0),
            ),
            progress=None if done >= 1 else done,
            figures=[
                _with_error("stay", "In the clinic", stay),
                _with_error("wait", "Waiting", wait),
                Figure("doctor", "Doctor busy", percent(doctor.mean, 0)),
                Figure("load", "Work at the bottleneck / time", percent(load, 0)),
            ],
            parts=[animation(first, "The first morning", seen, customers=patients, unit="min")],
        )


def _with_error(key: str, label: str, e: Estimate) -> Figure:
    return Figure(
        key,
        label,
        minutes(e.mean / MINUTE),
        help=say("plus or minus {e} (95% confidence)", e=minutes(e.half_width / MINUTE)),
    )


__all__ = ["clinic_morning", "one_desk"]
