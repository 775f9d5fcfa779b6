"""What error messages say, and what to do: for a reader who meets them for the first time.

:data:`LESSONS` holds small cells that fail on purpose, with the message word for word; tests run
each of them. :func:`explain` says of the last error in a notebook what it means.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from types import TracebackType

from svclab.words import say

__all__ = ["LESSONS", "Explained", "Lesson", "explain"]


@dataclass(frozen=True)
class Lesson:
    """A cell that fails on purpose.

    Parameters
    ----------
    title : str
        What is wrong, in a few words.
    code : str
        The cell.
    message : str
        The last line of what appears under it.
    named : int
        The line that the message names, from 1; 0 if it names none.
    mend : int
        The line that must be changed, from 1.
    means, remedy : str
        What the message means, and what to do.
    mended : str
        The cell after it has been mended.
    """

    title: str
    code: str
    message: str
    named: int
    mend: int
    means: str
    remedy: str
    mended: str


# By an error's kind, or by its message up to the name at its end.
_MEANS = {
    "NameError": (
        say("Python does not know this name."),
        say(
            "Compare its letters with the line that made it: Seconds and seconds are two names. "
            "If they agree, the cell that makes it has not been run since the kernel started."
        ),
    ),
    "SyntaxError": (
        say("This is not a line of Python: nothing of the cell was run."),
        say(
            "Look at the sign to which the arrow points, and at the end of the line above. Usually "
            "a bracket, a quote, a comma or a colon is missing, or it is a Chinese one: （ “ ， ："
        ),
    ),
    "IndentationError": (
        say("The blanks at the beginning of a line do not fit."),
        say(
            "Lines that belong to a line with a colon at its end begin with four blanks more. All "
            "others begin at the left edge."
        ),
    ),
    "TypeError": (
        say("Two things do not go together, such as a text and a number."),
        say(
            "Look where the value comes from. A number has no quotes: 60, not “60”. A text is "
            "turned into a number by float(...)."
        ),
    ),
    "KeyError": (
        say("There is no entry, or no column, of this name."),
        say("Print the names that there are, with list(...), and compare the letters."),
    ),
    "ValueError": (
        say("The value is of the right kind, but it is not allowed."),
        say("Read the sentence behind the colon. In this course it says what is allowed."),
    ),
    "ZeroDivisionError": (
        say("Something was divided by zero."),
        say("Find out which number below the line is zero, and why."),
    ),
    "ModuleNotFoundError": (
        say("This library is not installed here, or its name is misspelt."),
        say("Compare the name. If it is right, start the course with svclab start."),
    ),
    "PulpError: overlapping constraint names": (
        say("The plan already has a limit of this name, usually because this cell was run twice."),
        say("Run the cell that makes the plan again, and then this one."),
    ),
}
_ELSE = (
    say("Python stopped at this line."),
    say("Read the last line of the message, then the line of your cell that it names."),
)

LESSONS: dict[str, Lesson] = {
    "name": Lesson(
        title=say("a name that is not known"),
        code="seconds = 60\nper_hour = 3600 / second\nprint(per_hour)\n",
        message="NameError: name 'second' is not defined",
        named=2,
        mend=2,
        means=_MEANS["NameError"][0],
        remedy=_MEANS["NameError"][1],
        mended="seconds = 60\nper_hour = 3600 / seconds\nprint(per_hour)\n",
    ),
    "syntax": Lesson(
        title=say("a bracket that is missing"),
        code="minutes = [4, 6, 5]\nlongest = max(minutes\nprint(longest)\n",
        message="SyntaxError: '(' was never closed",
        named=2,
        mend=2,
        means=_MEANS["SyntaxError"][0],
        remedy=_MEANS["SyntaxError"][1],
        mended="minutes = [4, 6, 5]\nlongest = max(minutes)\nprint(longest)\n",
    ),
    "indent": Lesson(
        title=say("a line that begins at the wrong place"),
        code="total = 0\nfor minutes in [4, 6, 5]:\ntotal = total + minutes\nprint(total)\n",
        message="IndentationError: expected an indented block after 'for' statement on line 2",
        named=3,
        mend=3,
        means=_MEANS["IndentationError"][0],
        remedy=_MEANS["IndentationError"][1],
        mended="total = 0\nfor minutes in [4, 6, 5]:\n    total = total + minutes\nprint(total)\n",
    ),
    "type": Lesson(
        title=say("a text where a number belongs"),
        code='seconds = "60"\nper_hour = 3600 / seconds\nprint(per_hour)\n',
        message="TypeError: unsupported operand type(s) for /: 'int' and 'str'",
        named=2,
        mend=1,
        means=_MEANS["TypeError"][0],
        remedy=_MEANS["TypeError"][1],
        mended="seconds = 60\nper_hour = 3600 / seconds\nprint(per_hour)\n",
    ),
    "key": Lesson(
        title=say("an entry that is not there"),
        code='desk = {"name": "payment", "seconds": 30}\nprint(desk["second"])\n',
        message="KeyError: 'second'",
        named=2,
        mend=2,
        means=_MEANS["KeyError"][0],
        remedy=_MEANS["KeyError"][1],
        mended='desk = {"name": "payment", "seconds": 30}\nprint(desk["seconds"])\n',
    ),
    "infeasible": Lesson(
        title=say("a plan with limits that contradict each other (a message of the course)"),
        code=(
            "import pulp\nfrom svclab import linear\n"
            'shop = pulp.LpProblem("shop", pulp.LpMaximize)\n'
            'brakes = shop.add_variable("brakes", lowBound=0)\n'
            'shop += 20 * brakes <= 480, "minutes"\n'
            'shop += brakes >= 25, "promised"\n'
            "print(linear.solve(shop).status)\n"
        ),
        message="infeasible",
        named=0,
        mend=6,
        means=say(
            "The program is in order. Your limits are not: no plan keeps all of them. 25 brakes "
            "need 500 minutes, and there are 480."
        ),
        remedy=say(
            "Ask linear.conflict which limits contradict each other. Then decide which of them "
            "can be changed: that is a question for the shop, not for Python."
        ),
        mended=(
            "import pulp\nfrom svclab import linear\n"
            'shop = pulp.LpProblem("shop", pulp.LpMaximize)\n'
            'brakes = shop.add_variable("brakes", lowBound=0)\n'
            'shop += 20 * brakes <= 480, "minutes"\n'
            'shop += brakes >= 24, "promised"\n'
            "print(linear.solve(shop).status)\n"
        ),
    ),
    "unstable": Lesson(
        title=say("a queue that grows without end (a message of the course)"),
        code="from svclab import capacity\nqueue = capacity.mmc(20, 15, servers=1)\n",
        message=(
            "UnstableError: servers=1 cannot carry an offered load of 1.3333 Erlang (utilisation "
            "133.33%, must be below 100%): the queue grows without bound; use at least 2 servers, "
            "let fewer than 15 per hour arrive, or use a model in which customers give up "
            "(erlang_a) or are turned away (mmck)"
        ),
        named=2,
        mend=2,
        means=say(
            "20 customers come in an hour, and one server can serve 15. The queue grows as long "
            "as customers come, so it has no mean length."
        ),
        remedy=say("Choose what the message offers: more servers, or fewer customers."),
        mended="from svclab import capacity\nqueue = capacity.mmc(20, 15, servers=2)\n",
    ),
}
"""Cells that fail on purpose, by a short name."""


@dataclass(frozen=True)
class Explained:
    """What an error message means."""

    error: str  # its last line
    line: int | None  # of the reader's own cell, from 1; None: not known
    means: str
    remedy: str

    def __repr__(self) -> str:
        where = "" if self.line is None else say("It stopped at line {n}.", n=self.line)
        return "\n".join(filter(None, (self.error, where, self.means, self.remedy)))


def explain(error: BaseException | None = None) -> Explained | None:
    """Say in plain words what an error means and what to do.

    Parameters
    ----------
    error : exception, optional
        Left out: the last one in this notebook.

    Returns
    -------
    Explained or None
        None, with a printed sentence, if there was no error.

    Examples
    --------
    >>> explain(KeyError("second"))
    KeyError: 'second'
    There is no entry, or no column, of this name.
    Print the names that there are, with list(...), and compare the letters.
    """
    if error is None:
        error = getattr(sys, "last_value", None)
    if error is None:
        print(
            say(
                "No error has happened since the kernel was started. Make one in the cell above, "
                "run it, then run this cell again."
            )
        )
        return None
    kinds = [kind.__name__ for kind in type(error).__mro__]
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    last = f"{kinds[0]}: {text}" if text else kinds[0]
    known = [last.rpartition(": ")[0], *kinds]
    means, remedy = next((_MEANS[one] for one in known if one in _MEANS), _ELSE)
    return Explained(last, _line(error), means, remedy)


def _line(error: BaseException) -> int | None:
    """The line of the reader's cell: of all places that the error passed, the last in a cell."""
    if isinstance(error, SyntaxError):
        return error.lineno
    return _last(error.__traceback__, _in_a_cell)


def _last(trace: TracebackType | None, wanted: Callable[[str], bool]) -> int | None:
    line = None
    while trace is not None:
        if wanted(trace.tb_frame.f_code.co_filename):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _in_a_cell(file: str) -> bool:
    folder = PurePath(file.replace("\\", "/")).parent.name
    return file.startswith("<ipython-input") or folder.startswith("ipykernel_")
