"""How long something takes, for the table of measurements."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

__all__ = ["timed"]


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """The result, and the best of five times in milliseconds."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        result = act()
        best = min(best, time.perf_counter() - start)
    return result, 1000 * best
