"""What the fast engine refuses."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from svclab.capacity.simulation.engine.heart import Floats
from svclab.capacity.simulation.sampling import Station
from svclab.checks import a_count, zero_or_more

__all__ = ["check_warm_up", "checked_arrivals", "checked_times", "plain_servers"]


def checked_arrivals(arrivals: ArrayLike) -> Floats:
    """A copy of arrival times that do not fall along the first axis; else an error."""
    come = checked_times("arrivals", arrivals, np.shape(arrivals))
    if come.size == 0:
        raise ValueError("arrivals is empty: give at least one customer")
    if (come[1:] < come[:-1]).any():
        raise ValueError("arrivals fall: sort the customers of each run by their arrival")
    return come


def checked_times(name: str, times: ArrayLike, shape: tuple[int, ...]) -> Floats:
    """A copy of times in seconds, in a given shape; else an error that names them."""
    found = np.array(times, float)
    if found.shape != shape:
        raise ValueError(f"{name} has shape {found.shape}, arrivals {shape}: they must agree")
    wrong = ~(found >= 0)  # NaN too
    if name != "patience":
        wrong |= np.isinf(found)
    if wrong.any():
        place = np.unravel_index(int(wrong.argmax()), shape)
        spot = f"{name}[{', '.join(map(str, place))}]"
        zero_or_more(spot, float(found[place]), "a number of seconds")
    return found


def check_warm_up(warm_up: int, customers: int) -> None:
    """Refuse a run without customers, or with none left after the warm-up."""
    a_count("customers", customers, 1)
    if a_count("warm_up", warm_up, 0) >= customers:
        raise ValueError(f"warm_up={warm_up!r}: leave some of the {customers} customers")


def plain_servers(what: str, station: Station) -> int:
    """The servers of a station at which all join and wait in one line; else an error."""
    plain = len(station.shares) == 1 and station.room is None and station.patience_seconds is None
    if plain and isinstance(station.servers, int):
        return station.servers
    raise ValueError(
        f"{what} has kinds, patience, a waiting room or a staff plan, which this engine cannot "
        "follow: draw the customers and use svclab.capacity.simulation.recursion.serve"
    )
