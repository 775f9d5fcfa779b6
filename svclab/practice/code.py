"""A student's own function, tried on the student's own inputs within a time limit.

It runs in the student's own kernel, where the student runs code anyway; grading reads the
outputs from the record and runs nothing.
"""

from __future__ import annotations

import copy
import ctypes
import json
import math
import threading
from collections.abc import Callable, Sequence
from typing import Any

from svclab.words import say, seconds

__all__ = ["LIMIT", "CodeTrialError", "outputs", "plain"]

#: Seconds for all cases together.
LIMIT = 5.0


class CodeTrialError(ValueError):
    """The function could not be tried to its end: one sentence for the student."""


class _RefusedError(CodeTrialError):
    """The function's result cannot be kept."""


class _TooLong(BaseException):
    pass


def outputs(
    function: Callable[..., Any],
    cases: Sequence[tuple[Any, ...]],
    *,
    limit: float = LIMIT,
    outcome: Callable[[Any, int], Any] | None = None,
    meaning: Callable[[BaseException], str] | None = None,
) -> str:
    """The function's outputs for all cases, as JSON.

    Parameters
    ----------
    function : callable
        The student's function.
    cases : sequence of tuple
        The arguments of each call; they are copied, so that the function may change them.
    limit : float, optional
        Seconds for all cases together.
    outcome : callable, optional
        Turns what the function gave and the number of the case, from 0, into what JSON can
        hold; default :func:`plain`. It may raise :class:`CodeTrialError`.
    meaning : callable, optional
        Says what an error that the function raised means to a student, as a sentence; empty if
        the error's own words must do.

    Raises
    ------
    CodeTrialError
        If it fails, takes too long, or gives what cannot be checked.

    Examples
    --------
    >>> outputs(lambda a, b: a + b, [(1, 2), (0.5, 0.25)])
    '[3, 0.75]'
    """
    if not callable(function):
        raise CodeTrialError(
            say("Hand in the function itself: its name, without brackets behind it.")
        )
    results: list[Any] = []
    failed: list[CodeTrialError] = []

    def run() -> None:
        for number, arguments in enumerate(cases, start=1):
            try:
                given = function(*copy.deepcopy(arguments))
                if outcome is None or given is None:
                    results.append(plain(given))
                else:
                    results.append(_kept(outcome, given, number, len(cases)))
            except _TooLong:
                return
            except _RefusedError as error:
                failed.append(error)
                return
            except BaseException as error:
                told = meaning(error) if meaning is not None else ""
                failed.append(_failure(error, number, len(cases), arguments, told))
                return

    thread = threading.Thread(target=run, name="svclab trial", daemon=True)
    thread.start()
    thread.join(limit)
    if thread.is_alive():
        # Raised in the thread at its next step of Python; a call into C ends by itself.
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_TooLong)
        )
        thread.join(1)
        raise CodeTrialError(
            say(
                "Your function was stopped after {limit}: case {number} of {n} did not end. "
                "Is there a loop whose condition never becomes false?",
                limit=seconds(limit),
                number=len(results) + 1,
                n=len(cases),
            )
        )
    if failed:
        raise failed[0]
    return json.dumps(results, allow_nan=False)


def _kept(outcome: Callable[[Any, int], Any], given: Any, number: int, n: int) -> Any:
    """What is kept of a result; what is wrong with a result does not lie in the inputs."""
    try:
        return outcome(given, number - 1)
    except CodeTrialError as problem:
        words = say("Case {number} of {n}: {words}", number=number, n=n, words=str(problem))
        raise _RefusedError(words) from problem


def _failure(
    error: BaseException, number: int, n: int, arguments: tuple[Any, ...], meaning: str
) -> CodeTrialError:
    if isinstance(error, CodeTrialError):
        words = str(error)
    else:
        kind = type(error).__name__
        words = f"{kind}: {error}" if str(error) else kind
    shown = ", ".join(repr(one) for one in arguments)
    if len(shown) > 300:
        shown = shown[:300] + " …"
    return CodeTrialError(
        say(
            "Case {number} of {n} stopped with “{words}”. {meaning}The inputs were {inputs}.",
            number=number,
            n=n,
            words=words[:400].rstrip("."),
            meaning=meaning and meaning + " ",
            inputs=shown,
        )
    )


def plain(value: Any) -> Any:
    """An output as JSON can hold it; numbers of NumPy and Fractions become plain ones.

    Raises
    ------
    CodeTrialError
        If it holds what is no number, text or list of them.

    Examples
    --------
    >>> from fractions import Fraction
    >>> plain((Fraction(1, 4), [2]))
    [0.25, [2]]
    """
    if value is None:
        raise CodeTrialError(say("The function gives nothing back: does it end in return?"))
    if isinstance(value, bool | str | int):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise CodeTrialError(
            say("The function gives a {kind}: give numbers back.", kind=type(value).__name__)
        ) from None
    if not math.isfinite(number):
        raise CodeTrialError(
            say("The function gives {value}, which is no number.", value=str(number))
        )
    return number
