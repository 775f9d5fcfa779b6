"""The first simulation of the course: one line of customers, one or more counters.

The model is the one that the notebook shows in eleven lines. :func:`program` writes those lines
for other numbers, and a test runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import simpy

from svclab.checks import a_count, above_zero, zero_or_more
from svclab.words import minutes, say

__all__ = ["Visit", "program", "visits", "waits"]

MOST = 1000  # customers, or counters


@dataclass(frozen=True)
class Visit:
    """One customer: when he or she came and how long the wait was."""

    came: float  # minutes from the start
    wait: float  # minutes until the service began

    def __repr__(self) -> str:
        return say(
            "came at minute {came}, waited {wait}",
            came=minutes(self.came, 2).text,
            wait=minutes(self.wait, 2),
        )


def visits(
    gap: float,
    service: float,
    *,
    counters: int = 1,
    customers: int = 5,
    seed: int | None = None,
) -> list[Visit]:
    """Let customers come to a counter and write down how long each waits.

    One customer comes every ``gap`` minutes, the first at minute 0, and each is served for
    ``service`` minutes by the counter that is free first. With a seed both times are drawn at
    random (exponential, with these means).

    Parameters
    ----------
    gap, service : float
        Minutes, above zero.
    counters : int, optional
        How many customers are served at the same time, 1 to 1,000.
    customers : int, optional
        How many come, 1 to 1,000.
    seed : int, optional
        The start of the random numbers; None: regular times.

    Returns
    -------
    list of Visit
        In the order of arrival.

    Raises
    ------
    ValueError
        If a time is not above zero, or a number is out of range.

    Examples
    --------
    >>> [visit.wait for visit in visits(3, 4)]
    [0, 1, 2, 3, 4]
    >>> visits(3, 4, counters=2)[4]
    came at minute 12, waited 0 min
    """
    above_zero("gap", gap, "minutes")
    above_zero("service", service, "minutes")
    a_count("counters", counters, 1, MOST)
    a_count("customers", customers, 1, MOST)
    stream = Random(seed) if seed is not None else None
    comes: list[float] = [0]
    for _ in range(customers - 1):
        comes.append(comes[-1] + _time(stream, gap))
    _time(stream, gap)  # the cell draws one more gap, after the last customer
    return _served(comes, lambda: _time(stream, service), counters)


def waits(comes: Sequence[float], service: float, *, counters: int = 1) -> list[float]:
    """How long each customer waits, if all are served for the same time.

    Parameters
    ----------
    comes : sequence of float
        Minutes at which they come, zero or more.
    service : float
        Minutes, above zero.
    counters : int, optional
        How many are served at the same time, 1 to 1,000.

    Returns
    -------
    list of float
        Minutes, in the order of arrival.

    Raises
    ------
    ValueError
        If a time or a number is out of range.

    Examples
    --------
    >>> waits([0, 3, 6], 4)
    [0, 1, 2]
    """
    for n, at in enumerate(comes):
        zero_or_more(f"comes[{n}]", at, what="minutes")
    above_zero("service", service, "minutes")
    a_count("counters", counters, 1, MOST)
    return [visit.wait for visit in _served(comes, lambda: service, counters)]


def _served(comes: Sequence[float], service: Callable[[], float], counters: int) -> list[Visit]:
    env = simpy.Environment()
    counter = simpy.Resource(env, capacity=counters)
    seen: list[Visit] = []

    def customer(at: float) -> Any:
        yield env.timeout(at)
        with counter.request() as turn:
            yield turn
            seen.append(Visit(at, env.now - at))
            yield env.timeout(service())

    for at in comes:
        env.process(customer(at))
    env.run()
    return seen


def _time(stream: Random | None, mean: float) -> float:
    return mean if stream is None else stream.expovariate(1 / mean)


def program(
    gap: float, service: float, *, counters: int = 1, customers: int = 5, seed: int | None = None
) -> str:
    """The same model as the lines of a cell; running them prints each wait.

    Parameters
    ----------
    gap, service, counters, customers, seed
        As in :func:`visits`.

    Returns
    -------
    str
        Python; times are written with up to twelve digits.

    Examples
    --------
    >>> exec(program(3, 4, customers=2))
    came at 0 waits 0
    came at 3 waits 1
    """
    at_random = seed is not None
    head = "import random\n\n" if at_random else ""
    stream = f"stream = random.Random({seed})\n" if at_random else ""
    works = f"stream.expovariate(1 / {service:.12g})" if at_random else f"{service:.12g}"
    next_one = f"stream.expovariate(1 / {gap:.12g})" if at_random else f"{gap:.12g}"
    wait = "round(env.now - comes, 2)" if at_random else "env.now - comes"
    came = "round(comes, 2)" if at_random else "comes"
    return (
        f"{head}import simpy\n\n{stream}env = simpy.Environment()\n"
        f"counter = simpy.Resource(env, capacity={counters})\n\n"
        "def customer(comes):\n"
        "    yield env.timeout(comes)\n"
        "    with counter.request() as turn:\n"
        "        yield turn\n"
        f'        print("came at", {came}, "waits", {wait})\n'
        f"        yield env.timeout({works})\n\n"
        "comes = 0\n"
        f"for n in range({customers}):\n"
        "    env.process(customer(comes))\n"
        f"    comes = comes + {next_one}\n"
        "env.run()\n"
    )
