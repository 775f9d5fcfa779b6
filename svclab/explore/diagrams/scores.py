"""A matrix of scores with their sums, plain or weighted by criterion."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from svclab.checks import a_number, zero_or_more
from svclab.explore.diagrams.matrix import Entry, Fill, Matrix, Totals
from svclab.words import Quantity, number

__all__ = ["score_matrix"]

WEIGHT = "weight"  # key of the line of weights, and of the column of their table


def score_matrix(
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    scores: Sequence[Mapping[str, float]],
    *,
    alt: str,
    title: str = "",
    rows_name: str = "",
    columns_name: str = "",
    parameter: str = "",
    highest: float = 0,
    digits: int = 0,
    total: str = "",
    weights: Mapping[str, float] | None = None,
    weights_parameter: str = "",
    weights_label: str = "Weight",
    weights_digits: int = 0,
) -> Matrix:
    """A matrix of scores with the sums of its rows and columns.

    With weights it is a scoring model: each sum is the sum of weight times score over the criteria,
    which are the columns or the rows.

    Parameters
    ----------
    rows, columns : mapping of str to str
        Key to label.
    scores : sequence of mappings
        One a row, in the order of ``rows``: column key to score; the rows of a table parameter.
    parameter : str, optional
        Name of that table parameter: then the cells can be filled in the picture.
    highest : float, optional
        The score that is shaded most; left out: no shading.
    digits : int, optional
        Decimals shown.
    total : str, optional
        Heading of the sums; left out: "Total", or "Weighted total".
    weights : mapping of str to float, optional
        A weight of 0 or more for each column, or for each row; they stand in a line of their own,
        before the scores, with their sum.
    weights_parameter : str, optional
        Name of a table parameter with a row for each criterion, in their order, and the number
        column ``weight``: then the weights can be filled in the picture.
    weights_label : str, optional
        Heading of the weights.
    weights_digits : int, optional
        Decimals of the weights.

    Returns
    -------
    Matrix
        With an entry in every cell.

    Raises
    ------
    ValueError
        If a score or a weight is missing or no finite number, or a weight is below zero.

    Examples
    --------
    >>> grid = score_matrix({"a": "Speed"}, {"x": "Growth", "y": "Profit"},
    ...                     [{"x": 2, "y": 1}], alt="One goal.", highest=3)
    >>> [str(value) for value in grid.row_totals.values]
    ['3']
    >>> sites = score_matrix({"rent": "Rent", "way": "Way"}, {"a": "Site A", "b": "Site B"},
    ...                      [{"a": 5, "b": 2}, {"a": 1, "b": 4}], alt="Two sites.",
    ...                      weights={"rent": 3, "way": 2})
    >>> sites.tables()[0].rows[-1]
    ['Weighted total', '5', '17', '14']
    """
    cells = _cells(rows, columns, scores)
    entries = [
        Entry(
            row=row, column=column, content=number(value, digits),
            level=min(1.0, max(0.0, value / highest)) if highest else 0,
            fill=Fill(parameter=parameter, row=at, column=column) if parameter else None,
        )
        for at, (row, cell) in enumerate(zip(rows, cells, strict=True))
        for column, value in cell.items()
    ]  # fmt: skip
    look: dict[str, Any] = {
        "title": title, "alt": alt, "rows_name": rows_name, "columns_name": columns_name,
    }  # fmt: skip
    along = [list(cell.values()) for cell in cells]
    down = [[cell[column] for cell in cells] for column in columns]
    if weights is None:
        return Matrix(
            **look, rows=rows, columns=columns, entries=entries,
            row_totals=_sums(total or "Total", along, digits),
            column_totals=_sums(total or "Total", down, digits),
        )  # fmt: skip
    by_row = _by_row(weights, rows, columns)
    criteria = rows if by_row else columns
    clean = {key: zero_or_more(f"weights[{key!r}]", weights[key]) for key in criteria}
    line = [
        Entry(
            row=key if by_row else WEIGHT, column=WEIGHT if by_row else key,
            content=number(weight, weights_digits),
            fill=Fill(parameter=weights_parameter, row=at, column=WEIGHT)
            if weights_parameter else None,
        )
        for at, (key, weight) in enumerate(clean.items())
    ]  # fmt: skip
    products = [
        [weight * score for weight, score in zip(clean.values(), one, strict=True)]
        for one in (down if by_row else along)
    ]
    sums = _sums(
        total or "Weighted total", [list(clean.values()), *products], digits + weights_digits
    )
    before = {WEIGHT: weights_label}
    return Matrix(
        **look, rows=rows if by_row else {**before, **rows},
        columns={**before, **columns} if by_row else columns, entries=[*line, *entries],
        row_totals=None if by_row else sums, column_totals=sums if by_row else None,
    )  # fmt: skip


def _cells(
    rows: Mapping[str, str], columns: Mapping[str, str], scores: Sequence[Mapping[str, float]]
) -> list[dict[str, float]]:
    """The scores, one row a row, each checked."""
    if len(scores) != len(rows):
        raise ValueError(f"scores has {len(scores)} rows for {len(rows)}: give one for each row")
    for at, given in enumerate(scores):
        for column in columns:
            if column not in given:
                raise ValueError(f"scores[{at}] has no {column!r}: give a score for each column")
    return [
        {column: a_number(f"scores[{at}][{column!r}]", given[column]) for column in columns}
        for at, given in enumerate(scores)
    ]


def _sums(label: str, parts: Sequence[Sequence[float]], digits: int) -> Totals:
    values: list[Quantity | str | int] = [number(math.fsum(one), digits) for one in parts]
    return Totals(label=label, values=values)


def _by_row(
    weights: Mapping[str, float], rows: Mapping[str, str], columns: Mapping[str, str]
) -> bool:
    """Whether the criteria are the rows; else they are the columns."""
    for side, by_row in ((columns, False), (rows, True)):
        if set(weights) == set(side):
            if WEIGHT in {**rows, **columns}:
                raise ValueError(f"{WEIGHT!r} is the key of the weights: take another one")
            return by_row
    raise ValueError(
        f"weights are for {', '.join(map(repr, weights)) or 'nothing'}: give one for each column "
        f"({', '.join(map(repr, columns))}), or one for each row ({', '.join(map(repr, rows))})"
    )
