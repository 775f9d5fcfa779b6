"""Results as tidy pandas tables. The one module of this chapter that imports pandas."""

from __future__ import annotations

from typing import Any

import pandas as pd

__all__ = ["table"]


def table(result: Any) -> pd.DataFrame:
    """A result as a data frame, one row per thing.

    Parameters
    ----------
    result : object with rows(), or list of such objects or of dicts
        A run's event log, an analysis, a layout, replications. Of a list of results each gets
        a first column ``number`` from 0.

    Returns
    -------
    pandas.DataFrame
        The columns of the rows, in their order.

    Raises
    ------
    TypeError
        If the result has no rows.

    Examples
    --------
    >>> from svclab.process.balancing import layouts
    >>> best = layouts({"check": 15, "pay": 30}, 2)[0]
    >>> table(best)[["station", "workers", "seconds"]]
           station  workers  seconds
    0  check + pay        2     45.0
    """
    if hasattr(result, "rows"):
        return pd.DataFrame(result.rows())
    if isinstance(result, list | tuple) and result:
        if all(isinstance(row, dict) for row in result):
            return pd.DataFrame(list(result))
        if all(hasattr(one, "rows") for one in result):
            return pd.DataFrame(
                [{"number": n, **row} for n, one in enumerate(result) for row in one.rows()]
            )
    raise TypeError(
        f"a {type(result).__name__} cannot be made a table: give a result with rows(), a list of "
        "results, or a list of dicts"
    )
