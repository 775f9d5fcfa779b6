"""Pairs judged one by one, and the weights that follow (analytic hierarchy process, 层次分析法).

A judgement says how many times as important the first is as the second: 1 for equal, 3 for
moderately, 5 for strongly, 7 for very strongly, 9 for extremely more, and the reciprocal for
less. The weights are the principal eigenvector of the matrix of judgements.

References
----------
Saaty, T. L. (1977), A scaling method for priorities in hierarchical structures, Journal of
Mathematical Psychology 15, 234-281. Saaty, T. L. (1980), The Analytic Hierarchy Process,
McGraw-Hill. Saaty, T. L. (2005), Theory and Applications of the Analytic Network Process, RWS.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_number, names_of, one_of
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.words import join, percent, say

__all__ = ["RANDOM_INDEX", "SCALE", "Comparison", "compare", "from_matrix", "geometric_weights"]

SCALE = (*(1 / k for k in range(9, 1, -1)), *map(float, range(1, 10)))  # Saaty's, 1/9 to 9

# Mean consistency index of random judgements on the scale, by the number of things compared
# (literature). "1980": Saaty (1980), what most textbooks print, from few random matrices.
# "2005": Saaty (2005), from many; simulated_random_index() finds these again to 0.02.
RANDOM_INDEX: Mapping[str, tuple[float, ...]] = {
    "1980": (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    "2005": (0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49),
}
LIMIT = 0.1  # Saaty's rule of thumb for the consistency ratio (literature)
MOST = 10  # things compared at a time; the tables above end there

Matrix = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, repr=False)
class Comparison(Answer):
    """Judgements of pairs, and the weights that follow from them."""

    matrix: Matrix  # how many times as important as the column the row is
    weights: Mapping[str, float]  # share of each name; together 1
    eigenvalue: float  # the largest; equal to the number of names if all judgements agree
    source: str = "2005"  # whose random index is used, a key of RANDOM_INDEX

    @property
    def names(self) -> tuple[str, ...]:
        """What is compared."""
        return tuple(self.weights)

    @property
    def index(self) -> float:
        """The consistency index (λ - n) / (n - 1), 0 if all judgements agree."""
        n = len(self.weights)
        return max(0.0, (self.eigenvalue - n) / (n - 1)) if n > 2 else 0.0

    @property
    def random_index(self) -> float:
        """Mean consistency index of random judgements; 0 for two names or fewer."""
        return RANDOM_INDEX[self.source][len(self.weights) - 1]

    @property
    def ratio(self) -> float:
        """The consistency ratio: the index as a share of that of random judgements."""
        return self.index / self.random_index if self.random_index else 0.0

    @property
    def is_consistent(self) -> bool:
        """Whether the ratio is at most 0.1, Saaty's rule of thumb."""
        return self.ratio <= LIMIT + 1e-12

    def judged(self, first: str, second: str) -> float:
        """How many times as important the first is as the second, as judged."""
        for name in (first, second):
            one_of("name", name, self.names)
        return self.matrix[self.names.index(first)][self.names.index(second)]

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a name: its judgements against all others, and its weight."""
        return [
            {"": name, **dict(zip(self.names, row, strict=True)), "weight": self.weights[name]}
            for name, row in zip(self.names, self.matrix, strict=True)
        ]

    @property
    def sentence(self) -> str:
        """The weights and how well the judgements agree."""
        order = sorted(self.weights, key=lambda name: -self.weights[name])
        return say(
            "{weights}; consistency ratio {ratio}: {verdict}.",
            weights=join((say("{n} {w}", n=n, w=percent(self.weights[n])) for n in order), most=10),
            ratio=shown(self.ratio),
            verdict="good enough" if self.is_consistent else "above 0.1, look at the judgements",
        )


def compare(judgements: Mapping[tuple[str, str], float], *, index: str = "2005") -> Comparison:
    """Weights from judged pairs.

    The weights solve A w = λ w with the largest λ, where A holds the judgements, their
    reciprocals, and 1 on the diagonal.

    Parameters
    ----------
    judgements : mapping
        (first, second) to how many times as important the first is as the second, above 0; on
        Saaty's scale 1/9 to 9. One judgement for each pair, in either direction; two to ten
        names.
    index : {"2005", "1980"}, optional
        Whose random index the consistency ratio is measured by; see ``RANDOM_INDEX``.

    Returns
    -------
    Comparison
        Names in the order in which they first stand in the judgements.

    Raises
    ------
    ValueError
        If a pair is missing, judged twice in two ways, or is no pair.

    References
    ----------
    Saaty (1977).

    Examples
    --------
    >>> compare({("quality", "price"): 2, ("quality", "speed"): 4, ("price", "speed"): 2})
    quality 57.1%, price 28.6% and speed 14.3%; consistency ratio 0: good enough.
               quality  price  speed  weight
      quality        1      2      4   0.571
      price        0.5      1      2   0.286
      speed       0.25    0.5      1   0.143
    """
    if not isinstance(judgements, Mapping) or not judgements:
        raise ValueError("judgements: give a dict such as {('price', 'speed'): 3}")
    for pair in judgements:
        if not isinstance(pair, tuple) or len(pair) != 2 or pair[0] == pair[1]:
            raise ValueError(f"judgements has {pair!r}: a pair is two different names")
    names = names_of("judgements", dict.fromkeys(name for pair in judgements for name in pair))
    given = {pair: _judgement(*pair, value) for pair, value in judgements.items()}
    matrix = [[1.0] * len(names) for _ in names]
    missing = []
    for i, first in enumerate(names):
        for j, second in enumerate(names[:i]):
            there, back = given.get((second, first)), given.get((first, second))
            if there is None and back is None:
                missing.append(f"{second} / {first}")
                continue
            matrix[j][i] = there if there is not None else 1 / (back or 1.0)
            matrix[i][j] = back if back is not None else 1 / (there or 1.0)
    if missing:
        pairs = len(names) * (len(names) - 1) // 2
        raise ValueError(
            f"judgements: {len(names)} names make {pairs} pairs; not judged yet: "
            f"{join(missing, most=6)}"
        )
    return from_matrix(names, matrix, index=index)


def from_matrix(
    names: Sequence[str], matrix: Sequence[Sequence[float]], *, index: str = "2005"
) -> Comparison:
    """Weights from a full matrix of judgements.

    Parameters
    ----------
    names : sequence of str
        One to ten names.
    matrix : sequence of sequence of float
        A row and a column for each name; above 0, 1 on the diagonal, and the cell below the
        diagonal the reciprocal of that above (to 1 in 100, so that 0.33 passes for 1/3; then
        the cell above counts).
    index : {"2005", "1980"}, optional
        As for :func:`compare`.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        If the matrix is not square, not positive or not reciprocal.

    Examples
    --------
    >>> from_matrix(["price", "speed"], [[1, 3], [1/3, 1]]).weights["price"]
    0.75
    """
    one_of("index", index, tuple(RANDOM_INDEX))
    names = names_of("names", names)
    if len(names) > MOST:
        raise ValueError(
            f"{len(names)} names: compare at most {MOST} at a time, and group more of them"
        )
    given = matrix if isinstance(matrix, Sequence) else []
    rows = [list(row) if isinstance(row, Sequence) else [] for row in given]
    if len(rows) != len(names) or any(len(row) != len(names) for row in rows):
        raise ValueError(f"matrix: give {len(names)} rows of {len(names)} numbers, as for names")
    exact = _reciprocal(names, rows)
    vector, value = principal(exact)
    weights = dict(zip(names, vector, strict=True))
    return Comparison(exact, weights, value, index)


def geometric_weights(comparison: Comparison) -> dict[str, float]:
    """Weights by the geometric mean of each row: a second method, by hand if need be.

    w[i] is proportional to (Π a[i, j])^(1/n). It is the least-squares fit on the logarithms, and
    the same as the eigenvector if the judgements agree or there are at most three names.

    Parameters
    ----------
    comparison : Comparison
        From :func:`compare`.

    Returns
    -------
    dict
        Name to weight; together 1.

    References
    ----------
    Crawford, G. and Williams, C. (1985), A note on the analysis of subjective judgment
    matrices, Journal of Mathematical Psychology 29, 387-405.

    Examples
    --------
    >>> pairs = {("quality", "price"): 2, ("quality", "speed"): 4, ("price", "speed"): 2}
    >>> {name: round(w, 3) for name, w in geometric_weights(compare(pairs)).items()}
    {'quality': 0.571, 'price': 0.286, 'speed': 0.143}
    """
    n = len(comparison.names)
    means = [math.exp(math.fsum(map(math.log, row)) / n) for row in comparison.matrix]
    whole = math.fsum(means)
    return {name: mean / whole for name, mean in zip(comparison.names, means, strict=True)}


def principal(matrix: Sequence[Sequence[float]]) -> tuple[list[float], float]:
    """The principal eigenvector, adding up to 1, and its eigenvalue, of a primitive matrix.

    The matrix is squared again and again: all columns of A^N turn towards the eigenvector,
    also for judgements in a circle, where plain iteration is slow.
    """
    n = len(matrix)
    power = [list(row) for row in matrix]
    for _ in range(64):
        top = max(max(row) for row in power)
        columns = [[x / top for x in column] for column in zip(*power, strict=True)]
        power = [
            [math.fsum(x / top * y for x, y in zip(row, column, strict=True)) for column in columns]
            for row in power
        ]
        if _alike(power):
            break
    vector = _whole([math.fsum(row) for row in power])
    for _ in range(3):  # the squares' rounding away, with the matrix itself
        vector = _whole(_times(matrix, vector))
    value = math.fsum(_times(matrix, vector))
    return vector, float(n) if abs(value - n) < 1e-12 * n else value


def _alike(power: Sequence[Sequence[float]]) -> bool:
    columns = [_whole(list(column)) for column in zip(*power, strict=True)]
    return all(
        abs(x - y) <= 1e-15 for column in columns for x, y in zip(column, columns[0], strict=True)
    )


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [math.fsum(a * x for a, x in zip(row, vector, strict=True)) for row in matrix]


def _whole(vector: Sequence[float]) -> list[float]:
    whole = math.fsum(vector)
    return [x / whole for x in vector]


def _judgement(first: str, second: str, value: Any) -> float:
    number = a_number(f"judgement of {first!r} over {second!r}", value)
    if not 1e-6 <= number <= 1e6:
        raise ValueError(
            f"judgement of {first!r} over {second!r} is {value!r}: give a ratio above 0, "
            "on Saaty's scale from 1/9 to 9"
        )
    return number


def _reciprocal(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Matrix:
    exact = [[1.0] * len(names) for _ in names]
    for i, first in enumerate(names):
        if rows[i][i] != 1:
            raise ValueError(f"matrix[{first!r}][{first!r}]={rows[i][i]!r}: the diagonal is 1")
        for j in range(i + 1, len(names)):
            there = _judgement(first, names[j], rows[i][j])
            back = _judgement(names[j], first, rows[j][i])
            if abs(there * back - 1) > 0.0101:
                raise ValueError(
                    f"{first!r} over {names[j]!r} is {there:g}, but the other way round {back:g}: "
                    f"give {1 / there:.4g}, the reciprocal"
                )
            exact[i][j], exact[j][i] = there, (back if there * back == 1 else 1 / there)
    return tuple(map(tuple, exact))
