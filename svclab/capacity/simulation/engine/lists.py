"""Runs of given customers, all at once: columns are replications."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from svclab.capacity.simulation.engine.checks import checked_arrivals, checked_times
from svclab.capacity.simulation.engine.heart import (
    Floats,
    advance,
    advance_impatient,
    everybody_free,
)
from svclab.capacity.simulation.engine.kinds import serve_kinds
from svclab.checks import a_count

__all__ = ["serve_many"]


def serve_many(
    arrivals: ArrayLike,
    services: ArrayLike,
    *,
    servers: int,
    patience: ArrayLike | None = None,
    kinds: ArrayLike | None = None,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Serve many independent runs at once; each column of the arrays is a run.

    Parameters
    ----------
    arrivals, services : array (customers, replications)
        Times in seconds; arrivals never fall down a column. They are not changed.
    servers : int
        How many, one or more.
    patience : array (customers, replications), optional
        How long each waits before leaving, in seconds; infinite for ever.
    kinds : array (customers, replications), optional
        0 goes first, then 1, and so on.

    Returns
    -------
    waits : array (customers, replications)
        Seconds until service, or until leaving.
    left : array (customers, replications)
        True for who left out of patience.

    Raises
    ------
    ValueError
        If the arrays differ in shape, or hold what is no time or no kind.

    References
    ----------
    Kiefer, J. and Wolfowitz, J. (1955), Trans. Amer. Math. Soc. 78, 1-18.

    Examples
    --------
    >>> waits, left = serve_many([[0.0], [10.0], [20.0]], [[15.0], [30.0], [5.0]], servers=1)
    >>> waits.ravel().tolist()
    [0.0, 5.0, 25.0]
    """
    a_count("servers", servers, 1)
    come = checked_arrivals(arrivals)
    if come.ndim != 2:
        raise ValueError(f"arrivals has shape {come.shape}: give (customers, replications)")
    work = checked_times("services", services, come.shape)
    stay = None if patience is None else checked_times("patience", patience, come.shape)
    if kinds is not None:
        which = np.asarray(kinds)
        whole = np.issubdtype(which.dtype, np.integer)
        if which.shape != come.shape or not whole or which.min() < 0:
            raise ValueError(
                f"kinds has shape {which.shape} and type {which.dtype}: give whole numbers, zero "
                f"or more, in the shape of arrivals, {come.shape}"
            )
        return serve_kinds(come, work, which, servers=servers, patience=stay)
    free, left = everybody_free(servers, come.shape[1]), np.zeros(come.shape, bool)
    if stay is None:
        advance(free, come, work)
    else:
        advance_impatient(free, come, work, stay, left)
    return come, left
