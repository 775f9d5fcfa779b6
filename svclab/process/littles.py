"""Little's law: customers in the process = throughput × flow time."""

from __future__ import annotations

from dataclasses import dataclass

from svclab.checks import zero_or_more
from svclab.process.model import HOUR
from svclab.words import duration, number, per_hour, say

__all__ = ["LittlesLaw", "littles_law"]


@dataclass(frozen=True)
class LittlesLaw:
    """Three averages that belong together; ``found`` names the one that was computed."""

    inventory: float  # customers in the process, on average
    throughput_per_hour: float  # customers per hour
    flow_time_seconds: float  # seconds from arrival to completion, waits included
    found: str  # "inventory", "throughput_per_hour" or "flow_time_seconds"

    def __repr__(self) -> str:
        return say(
            "Little's law: {inventory} customers = {throughput} × {time} ({found} computed)",
            inventory=number(self.inventory, 2),
            throughput=per_hour(self.throughput_per_hour, 2),
            time=duration(self.flow_time_seconds),
            found=self.found,
        )


def littles_law(
    *,
    inventory: float | None = None,
    throughput_per_hour: float | None = None,
    flow_time_seconds: float | None = None,
) -> LittlesLaw:
    """Any two of the three averages give the third: L = λ · W.

    Parameters
    ----------
    inventory : float, optional
        Average number of customers in the process, L.
    throughput_per_hour : float, optional
        Customers per hour that pass through, λ.
    flow_time_seconds : float, optional
        Average seconds that a customer spends in the process, W.

    Returns
    -------
    LittlesLaw
        All three, and which one was computed.

    Raises
    ------
    ValueError
        If not exactly two are given, or one is negative, infinite, or zero as a divisor.

    Examples
    --------
    >>> littles_law(throughput_per_hour=60, flow_time_seconds=195).inventory
    3.25
    >>> littles_law(inventory=3.25, throughput_per_hour=60).flow_time_seconds
    195.0

    Notes
    -----
    Little (1961), "A proof for the queuing formula: L = λW", Operations Research 9. It holds
    for long-run averages of any stable process, whatever the distributions.
    """
    given = {
        "inventory": inventory,
        "throughput_per_hour": throughput_per_hour,
        "flow_time_seconds": flow_time_seconds,
    }
    known = {name: value for name, value in given.items() if value is not None}
    if len(known) != 2:
        raise ValueError(
            f"Little's law needs exactly two of {', '.join(given)}; "
            f"given: {', '.join(known) or 'none'}"
        )
    for name, value in known.items():
        zero_or_more(name, value)
    if inventory is None:
        rate, time = known["throughput_per_hour"], known["flow_time_seconds"]
        return LittlesLaw(rate * time / HOUR, rate, time, "inventory")
    divisor = "throughput_per_hour" if flow_time_seconds is None else "flow_time_seconds"
    if known[divisor] == 0:
        raise ValueError(f"{divisor}=0 leaves the rest open: give a number, above zero")
    found = inventory * HOUR / known[divisor]
    if flow_time_seconds is None:
        return LittlesLaw(inventory, known[divisor], found, "flow_time_seconds")
    return LittlesLaw(inventory, found, flow_time_seconds, "throughput_per_hour")
