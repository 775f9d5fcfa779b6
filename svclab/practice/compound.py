"""Answers of several parts: a small table, a plan that a model scores, a function of one's own."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.practice.fields import (
    RIGHT,
    WRONG,
    ChoiceField,
    Field,
    Judged,
    MissingAnswerError,
    Status,
)
from svclab.words import Quantity, percent, say

__all__ = ["CodeField", "Matching", "PlanField", "PlanScore", "TableField"]

#: Options from which on a choice may be told right or wrong, box by box: one more than the tries
#: after which the worked solution opens.
TELLING = 4


@dataclass(frozen=True)
class TableField(Field):
    """A small table; every cell of a column is read by the column's field.

    With one :class:`~svclab.practice.ChoiceField` as column it is an assignment; if confusions
    are told of single entries, take a :class:`Matching`.

    A student is told box by box which entries are right, as a teacher marks a table: who has one
    of six wrong looks at that one again. Only the boxes of a choice of two or three are not
    told: once a wrong one is crossed out, what is left is the answer or nearly so, and trying
    would find it before the worked solution opens (after three tries). There it is said how many
    entries are right.

    Parameters
    ----------
    rows : mapping
        ``{value: label}`` in the order shown.
    columns : sequence of Field
        Number, integer or choice fields.

    Examples
    --------
    >>> from svclab.practice import IntegerField
    >>> table = TableField("staff", "Staff", {"am": "Morning", "pm": "Evening"},
    ...                    [IntegerField("people", "People")])
    >>> given = table.read({"am": {"people": "3"}, "pm": {"people": "4"}})
    >>> table.judge(given, {"am": {"people": 3}, "pm": {"people": 5}}).share
    0.5
    """

    rows: Mapping[str, str]
    columns: Sequence[Field]
    help: str = ""

    kind = "table"

    def read(self, typed: Any) -> dict[str, dict[str, Any]]:
        if typed is None or typed == {}:
            raise MissingAnswerError(say("Not answered yet."))
        if not isinstance(typed, Mapping) or len(typed) > len(self.rows):
            raise ValueError(say("Fill in the table."))
        read: dict[str, dict[str, Any]] = {}
        empty = 0
        for row, label in self.rows.items():
            given = typed.get(row)
            if not isinstance(given, Mapping):
                # From code a table of one column may be a plain dict.
                given = {self.columns[0].name: given} if len(self.columns) == 1 else {}
            read[row] = {}
            for column in self.columns:
                try:
                    read[row][column.name] = column.read(given.get(column.name))
                except MissingAnswerError:
                    empty += 1
                except ValueError as problem:
                    raise ValueError(
                        say(
                            "{row}, {column}: {problem}",
                            row=label,
                            column=column.label,
                            problem=str(problem),
                        )
                    ) from None
        if empty == len(self.rows) * len(self.columns):
            raise MissingAnswerError(say("Not answered yet."))
        if empty:
            template = "{n} of the table's entries are still empty."
            if empty == 1:
                template = "{n} of the table's entries is still empty."
            raise ValueError(say(template, n=empty))
        return read

    def _cells(self, given: Any, right: Any) -> dict[str, dict[str, Status]]:
        return {
            row: {
                column.name: column.judge(given[row][column.name], right[row][column.name]).status
                for column in self.columns
            }
            for row in self.rows
        }

    def judge(self, given: Any, right: Any) -> Judged:
        cells = self._cells(given, right)
        statuses = [status for row in cells.values() for status in row.values()]
        hits, n = statuses.count("right"), len(statuses)
        if hits == n:
            return RIGHT
        template = "{hits} of {n} entries are right."
        if hits == 1:
            template = "{hits} of {n} entries is right."
        told = [column.name for column in self.columns if _may_be_told(column)]
        seen = {row: {name: cells[row][name] for name in told} for row in cells} if told else None
        return Judged("wrong", hits / n, say(template, hits=hits, n=n), seen)

    def declaration(self) -> dict[str, Any]:
        rows = [{"value": value, "label": label} for value, label in self.rows.items()]
        columns = [column.declaration() for column in self.columns]
        return {**super().declaration(), "rows": rows, "columns": columns}

    def mark(self) -> dict[str, Any]:
        columns = [column.mark() for column in self.columns]
        return {**super().mark(), "rows": list(self.rows), "columns": columns}


def _may_be_told(column: Field) -> bool:
    return not isinstance(column, ChoiceField) or len(column.options) >= TELLING


@dataclass(frozen=True)
class Matching(TableField):
    """A table whose feedback names the thought behind a single wrong entry.

    A wrong model fills in the whole table: every mass service as a service factory, say. A
    student mostly confuses the two once, and gets another entry wrong by chance. In a plain
    :class:`TableField` only the wrong model's own table is known again; here one entry is enough
    that is the wrong model's and not the right one. If several wrong models lean that way, the
    first is named. Points are given as in any table, entry by entry, and a record looks the
    same, so that a field may become a Matching within a version.

    Parameters
    ----------
    rows, columns
        As of a :class:`TableField`; mostly choices, because a number that is wrong by chance may
        be a wrong model's too.

    Examples
    --------
    >>> from svclab.practice import ChoiceField
    >>> kinds = ChoiceField("kind", "Kind", {"f": "factory", "s": "shop", "m": "mass service"})
    >>> field = Matching("kinds", "Kinds", {"hotel": "Hotel", "school": "School"}, [kinds])
    >>> right = {"hotel": {"kind": "f"}, "school": {"kind": "m"}}
    >>> all_factories = {"hotel": {"kind": "f"}, "school": {"kind": "f"}}
    >>> given = field.read({"hotel": "s", "school": "f"})
    >>> field.leans(given, all_factories, right), field.same(given, all_factories)
    (True, False)
    """

    def leans(self, given: Any, value: Any, right: Any) -> bool:
        """Whether an entry is wrong in the way in which the wrong model's is."""
        return any(
            given[row][one.name] == value[row][one.name] != right[row][one.name]
            for row in self.rows
            for one in self.columns
        )


@dataclass(frozen=True)
class PlanScore:
    """What a model says of a plan.

    Parameters
    ----------
    feasible : bool
        Whether the plan keeps the rules.
    why : str
        If not: which rule it breaks, as a sentence.
    value, best : float
        What the plan reaches, and what the best plan reaches.
    unit : str
        Their unit.
    more_is_better : bool
        False if a small value is good.
    waste : str
        Of a plan that is possible and not the best: what it has too much of, as a sentence.
    """

    feasible: bool
    why: str = ""
    value: float = math.nan
    best: float = math.nan
    unit: str = ""
    more_is_better: bool = True
    waste: str = ""

    @property
    def share(self) -> float:
        """How near the plan comes to the best one: 0 to 1; 0 for one that is not possible."""
        if not self.feasible:
            return 0.0
        small, large = sorted((self.value, self.best))
        if small == large:
            return 1.0
        return max(0.0, small / large) if large > 0 else 0.0

    def sentence(self) -> str:
        """What the student is told.

        Examples
        --------
        >>> PlanScore(True, value=90, best=120, unit="per hour").sentence()
        'Your plan is possible and reaches 90 per hour. The best plan is 33.3% better.'
        """
        if not self.feasible:
            return say("This plan is not possible: {why}", why=self.why)
        shown = Quantity(self.value, self.unit, 1)
        if self.share > 1 - 1e-9:
            return say("Your plan is possible and reaches {value}.", value=shown)
        gap = abs(self.best - self.value) / abs(self.value) if self.value else math.inf
        said = say(
            "Your plan is possible and reaches {value}. The best plan is {gap} better.",
            value=shown,
            gap=percent(gap),
        )
        return f"{said} {self.waste}" if self.waste else said


@dataclass(frozen=True)
class PlanField(TableField):
    """A table that is a plan: the exercise's ``score`` says what it is worth.

    Parameters
    ----------
    good : float, optional
        Share of the best value from which on the plan has all points.
    """

    good: float = 1.0

    kind = "plan"

    def judge_score(self, score: PlanScore) -> Judged:
        """Judge a plan by its score."""
        if score.feasible and score.share >= self.good - 1e-9:
            return Judged("right", 1.0, score.sentence())
        return Judged("wrong", score.share, score.sentence())

    def mark(self) -> dict[str, Any]:
        return {**super().mark(), "good": self.good}


@dataclass(frozen=True)
class CodeField(Field):
    """A Python function, tried on the student's own inputs; in a notebook only.

    Its answer is the list of the function's outputs, one for each case.

    Parameters
    ----------
    signature : str
        The first line of the function, such as ``"def capacity(seconds, workers):"``.
    relative : float, optional
        Tolerance of each number in the outputs.
    """

    signature: str
    relative: float = 1e-6
    help: str = ""

    kind = "code"

    def read(self, typed: Any) -> list[Any]:
        if typed is None or typed == {}:
            raise MissingAnswerError(say("Not answered yet."))
        if isinstance(typed, Mapping):
            typed = typed.get("outputs")
        if isinstance(typed, str):
            typed = _outputs(typed)
        if not isinstance(typed, list):
            raise ValueError(say("Hand in a function, in a notebook: exercise.check(function)."))
        return typed

    def outcome(self, result: Any, case: int) -> Any:
        """What of a function's result is recorded: JSON, because grading runs nobody's code.

        A field whose functions give something else than numbers, such as a model, says here
        what of it is kept. It is called in the student's kernel only.

        Parameters
        ----------
        result : object
            What the function gave; never None.
        case : int
            For which case, from 0.

        Raises
        ------
        svclab.practice.code.CodeTrialError
            With a sentence for the student, if nothing can be kept of it.
        """
        from svclab.practice.code import plain  # needs threads, which the page has not

        return plain(result)

    def meaning(self, error: BaseException) -> str:
        """What an error of the student's function means, as a sentence; empty if it says it.

        A field whose functions call a library says here what the library's errors mean to a
        student. It is called in the student's kernel only.

        Parameters
        ----------
        error : BaseException
            What the function raised.
        """
        return ""

    def judge(self, given: list[Any], right: Sequence[Any]) -> Judged:
        hits = sum(_alike(a, b, self.relative) for a, b in zip(given, right, strict=False))
        if hits == len(right) == len(given):
            return RIGHT
        if not right or len(given) != len(right):
            return WRONG
        template = "{hits} of {n} cases are right."
        if hits == 1:
            template = "{hits} of {n} cases is right."
        return Judged("wrong", hits / len(right), say(template, hits=hits, n=len(right)))

    def declaration(self) -> dict[str, Any]:
        return {**super().declaration(), "signature": self.signature}

    def mark(self) -> dict[str, Any]:
        return {**super().mark(), "relative": self.relative}


def _refuse(name: str) -> Any:
    raise ValueError(say("{name} is no number that can be checked.", name=name))


def _outputs(text: str) -> Any:
    if len(text) > 20_000:
        raise ValueError(say("The outputs are too long to be checked."))
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ValueError(say("The outputs cannot be read.")) from None


def _alike(given: Any, right: Any, relative: float) -> bool:
    """Equal outputs: numbers within a tolerance, lists and dictionaries by their items."""
    if isinstance(right, bool) or isinstance(given, bool):
        return given is right
    if isinstance(right, int | float) and isinstance(given, int | float):
        try:
            return math.isclose(given, right, rel_tol=relative, abs_tol=1e-9)
        except OverflowError:  # a whole number beyond all floats
            return given == right
    if isinstance(right, list | tuple) and isinstance(given, list | tuple):
        pairs = zip(given, right, strict=False)
        return len(given) == len(right) and all(_alike(a, b, relative) for a, b in pairs)
    if isinstance(right, Mapping) and isinstance(given, Mapping):
        same = given.keys() == right.keys()
        return same and all(_alike(given[key], right[key], relative) for key in right)
    return type(given) is type(right) and bool(given == right)
