"""Questions to a table: each setting is a line of pandas."""

from __future__ import annotations

import math
from typing import Any

from svclab import data
from svclab.explore import Choice, Code, Figure, Integer, TableView, View, explorable
from svclab.words import Quantity, count, number, say

__all__ = ["ask_a_table", "program"]

TABLE = "ningbo-enrolment"
COLUMNS = {
    "total": "total",
    "junior_college": "junior_college",
    "bachelor": "bachelor",
}
STUDENTS = {
    "total": "all new students",
    "junior_college": "new students of the junior college programmes",
    "bachelor": "new students of the bachelor programmes",
}
QUESTIONS = {
    "sum": "sum: all together",
    "mean": "mean: on average per year",
    "max": "max: the largest",
    "count": "count: how many rows",
}
ANSWERS = {
    "sum": "Added up, the column {column} is {answer} students.",
    "mean": "The mean of the column {column} is {answer} students per year.",
    "max": "The largest number in the column {column} is {answer}.",
    "count": "Counted are the rows of the column {column}: {answer}.",
}
FIRST, LAST = 1999, 2005


def program(column: str, since: int, largest_first: bool, question: str) -> str:
    """The lines of pandas for a setting; running them prints the answer.

    Examples
    --------
    >>> print(program("total", 2004, False, "max"))
    from svclab import data
    <BLANKLINE>
    students = data.load("ningbo-enrolment")
    students = students[students["year"] >= 2004]
    print(students[["year", "total"]])
    print(students["total"].max())
    <BLANKLINE>
    """
    keep = f'students = students[students["year"] >= {since}]\n' if since > FIRST else ""
    order = (
        f'students = students.sort_values("{column}", ascending=False)\n' if largest_first else ""
    )
    return (
        f'from svclab import data\n\nstudents = data.load("{TABLE}")\n{keep}{order}'
        f'print(students[["year", "{column}"]])\nprint(students["{column}"].{question}())\n'
    )


@explorable(
    title="Ask a table",
    parameters=[
        Choice(name="column", label="Column", options=COLUMNS, default="total"),
        Integer(
            name="since", label="Keep the rows from", unit="on", low=FIRST, high=LAST,
            default=FIRST, help="A condition keeps some rows and leaves out the others.",
        ),
        Choice(
            name="order", label="Order", default="year",
            options={"year": "by year, as it stands", "largest": "the largest first"},
        ),
        Choice(name="question", label="Compute", options=QUESTIONS, default="sum"),
    ],
)  # fmt: skip
def ask_a_table(column: str, since: int, order: str, question: str) -> View:
    """New students of a distance university (source: 004_b4887f99dda37b8c.txt; years inferred)."""
    rows = [row for row in data.rows(TABLE) if row["year"] >= since]
    if order == "largest":
        rows = sorted(rows, key=lambda row: -row[column])
    values = [row[column] for row in rows]
    answer = _answer(values, question)
    kept = say("{n} kept.", n=count(len(rows), "row is", "rows are"))
    seen = kept + " " + say(ANSWERS[question], column=column, answer=answer)
    asked = say("{question} of {column}", question=question, column=column)
    return View(
        say=seen,
        figures=[
            Figure("answer", asked, answer),
            Figure("rows", "Rows kept", number(len(rows), 0)),
        ],
        parts=[
            TableView(
                title=say("What is left of the table: {what}", what=STUDENTS[column]),
                columns=[("year", "", "right"), (column, "students", "right")],
                rows=[(str(row["year"]), number(row[column], 0)) for row in rows],
            ),
            Code(
                text=program(column, since, order == "largest", question),
                caption="The same in a cell",
            ),
        ],
    )  # fmt: skip


def _answer(values: list[Any], question: str) -> Quantity:
    if question == "count":
        return number(len(values), 0)
    found = {"sum": math.fsum(values), "mean": math.fsum(values) / len(values)}
    return number(found.get(question, max(values)), 1)
