"""Random draws that are the same on every machine.

A variant is dealt from a seed string. CPython 3.11 and later and Pyodide agree on the generator
``random.Random`` for string seeds and on the few methods used here; they do not agree on
``expovariate`` or ``gauss``, on ``hash`` or on the order of sets. So an exercise gets a
:class:`Draw` and nothing else, and every number is an exact decimal before it is used.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

__all__ = ["Draw"]

T = TypeVar("T")


class Draw:
    """The draws of one variant, in the order in which they are asked for.

    Parameters
    ----------
    seed : str
        ``exercise/version/student``; equal seeds give equal draws.

    Examples
    --------
    >>> draw = Draw("process.bottleneck/1/2026-0417")
    >>> draw.integer(20, 80, 5), draw.number(0.5, 2.5, 0.25), draw.choice(["bank", "clinic"])
    (45, 2.25, 'bank')
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def integer(self, low: int, high: int, step: int = 1) -> int:
        """A whole number ``low``, ``low + step``, ... not above ``high``."""
        if step < 1 or high < low:
            raise ValueError(f"integer({low}, {high}, {step}) needs low <= high and a step above 0")
        return low + step * self._random.randrange((high - low) // step + 1)

    def integers(
        self, n: int, low: int, high: int, step: int = 1, *, distinct: bool = False
    ) -> list[int]:
        """``n`` whole numbers, all different if ``distinct``."""
        if not distinct:
            return [self.integer(low, high, step) for _ in range(n)]
        if n > (high - low) // step + 1:
            raise ValueError(f"there are no {n} different numbers from {low} to {high} by {step}")
        return [low + step * k for k in self._random.sample(range((high - low) // step + 1), n)]

    def number(self, low: float, high: float, step: float) -> float:
        """A decimal ``low``, ``low + step``, ... not above ``high``, without a binary remainder.

        Examples
        --------
        >>> all(round(Draw(str(n)).number(0.1, 0.9, 0.1), 1) for n in range(50))
        True
        """
        first, last, by = (Decimal(repr(x)) for x in (low, high, step))
        if by <= 0 or last < first:
            raise ValueError(f"number({low}, {high}, {step}) needs low <= high and a step above 0")
        return float(first + by * self._random.randint(0, int((last - first) / by)))

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random.random() < probability

    def choice(self, items: Sequence[T]) -> T:
        """One of the items."""
        return self._random.choice(items)

    def sample(self, items: Sequence[T], n: int) -> list[T]:
        """``n`` different items, in random order."""
        return self._random.sample(items, n)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All items in random order; the original stays as it is."""
        mixed = list(items)
        self._random.shuffle(mixed)
        return mixed
