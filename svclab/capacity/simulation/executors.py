"""Work on many tasks: one after the other, in threads, in processes, or on a Dask cluster.

Results come back in the order of the tasks, whoever was first, so what is computed does not
depend on who computed it.
"""

from __future__ import annotations

import os
import pickle
import pickletools
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
    wait,
)
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

__all__ = ["Runner", "print_progress", "run_tasks"]

Task = TypeVar("Task")
Result = TypeVar("Result")

#: "serial", "threads", "processes", an executor of concurrent.futures, or a Dask client.
Runner = str | Executor | Any


def run_tasks(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    executor: Runner = "serial",
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    finished: dict[int, Result] | None = None,
) -> list[Result]:
    """Apply a function to each task.

    If a task fails, or somebody interrupts, no further task is begun. Threads and processes finish
    what they are working on; a Dask cluster drops it.

    Parameters
    ----------
    function : callable
        From a task to a result.
    tasks : sequence
        What to work on.
    executor : str, Executor or Dask client, optional
        ``"serial"`` (default), ``"threads"``, ``"processes"``, any executor of
        ``concurrent.futures``, or a ``dask.distributed.Client``.
    workers : int, optional
        How many threads or processes; left out: one for each core.
    progress : callable, optional
        Called with (tasks done, tasks in all) after each task, for example
        :func:`print_progress`.
    finished : dict, optional
        Gets each result under its task's place as soon as it is there, so that it is not lost
        when something is raised.

    Returns
    -------
    list
        A result for each task, in the order of the tasks.

    Raises
    ------
    ValueError
        For an unknown executor, or what other processes cannot be sent.

    Examples
    --------
    >>> run_tasks(abs, [-1, 2], executor="threads")
    [1, 2]
    """
    found: dict[int, Result] = {} if finished is None else finished
    if isinstance(executor, str) and executor == "serial":
        for place, task in enumerate(tasks):
            found[place] = function(task)
            if progress is not None:
                progress(place + 1, len(tasks))
    elif tasks:
        with _pool(executor, function, tasks, workers) as pool:
            _hand_out(pool, function, tasks, found, progress)
    return [found[place] for place in range(len(tasks))]


def _hand_out(
    pool: Executor,
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    found: dict[int, Result],
    progress: Callable[[int, int], None] | None,
) -> None:
    places: dict[Future[Result], int] = {}
    try:
        for place, task in enumerate(tasks):
            places[pool.submit(function, task)] = place
        for done, future in enumerate(as_completed(places), 1):
            found[places[future]] = future.result()  # an error is raised as soon as it is known
            if progress is not None:
                progress(done, len(places))
    except BaseException:
        for future in places:
            future.cancel()
        begun = [future for future in places if not future.cancelled()]
        try:
            wait(begun)
        finally:
            for future in begun:
                if future.done() and future.exception() is None:
                    found[places[future]] = future.result()
        raise


@contextmanager
def _pool(
    executor: Runner, function: Callable[..., Any], tasks: Sequence[Any], workers: int | None
) -> Iterator[Any]:
    if not isinstance(executor, str):
        # A Dask client gives an executor of the standard kind; it shall not remember results.
        lent: Any = executor
        yield lent.get_executor(pure=False) if hasattr(lent, "get_executor") else lent
        return
    number = max(1, min(workers or os.cpu_count() or 1, len(tasks)))
    if executor == "threads":
        with ThreadPoolExecutor(number) as threads:
            yield threads
    elif executor == "processes":
        _check_sendable(function, tasks)
        # Started afresh: a fork of a process with threads may hang. An interruption is for this
        # process; the others finish what they have.
        with ProcessPoolExecutor(
            number, mp_context=get_context("spawn"), initializer=_not_interrupted
        ) as processes:
            yield processes
    else:
        raise ValueError(
            f"executor={executor!r}: use 'serial', 'threads', 'processes', an executor of "
            "concurrent.futures or a Dask client"
        )


def _not_interrupted() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _check_sendable(function: Callable[..., Any], tasks: Sequence[Any]) -> None:
    """Refuse what a new process could not be sent, before it is started."""
    notebook = not hasattr(sys.modules["__main__"], "__file__")
    for what, thing in [(repr(function), function), *((f"task {t!r}", t) for t in tasks)]:
        try:
            sent = pickle.dumps(thing)
        except Exception as error:
            raise ValueError(
                f"executor='processes' cannot send {what} to another process ({error}): define "
                "functions in a module that can be imported, or use executor='threads'"
            ) from error
        if notebook and any(part == "__main__" for _, part, _ in pickletools.genops(sent)):
            raise ValueError(
                f"executor='processes' cannot send {what}: it is defined in this notebook, which "
                "other processes cannot import; move it to a module, or use executor='threads'"
            )


def print_progress(done: int, total: int) -> None:
    """Say how many tasks are done, in one line that is written over.

    Examples
    --------
    >>> print_progress(3, 3)
    3 of 3 done
    """
    sys.stdout.write(f"\r{done} of {total} done" if done < total else f"\r{done} of {total} done\n")
    sys.stdout.flush()
