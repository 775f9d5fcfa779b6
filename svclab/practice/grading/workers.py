"""Files looked at by several processes: one that dies or hangs takes only its own file with it."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any

from svclab.practice.grading.collecting import Task
from svclab.practice.grading.looking import Context, Looker, Seen
from svclab.practice.grading.owners import Owners
from svclab.practice.grading.problems import Finding, GradingError

__all__ = ["look_at_all"]

_MEMORY = 6 * 10**9  # bytes of address space for one worker, where the system can hold it to that
_START = 60.0  # seconds until a worker must have started


def look_at_all(
    tasks: Sequence[Task],
    context: Context,
    *,
    jobs: int,
    progress: Callable[[int], None] = lambda done: None,
    start_method: str = "spawn",
) -> list[Seen]:
    """Look at all files.

    Parameters
    ----------
    tasks : sequence of Task
        What to read.
    context : Context
        The class, the limits and the exercises.
    jobs : int
        Processes at work; 0 looks at all in this process, without protection.
    progress : callable, optional
        Told how many files are done.
    start_method : str, optional
        How processes are started, see :mod:`multiprocessing`.

    Returns
    -------
    list of Seen
        In the order of the tasks, whatever process was first.

    Raises
    ------
    GradingError
        If no worker can be started.
    """
    if jobs == 0:
        looker, found = Looker(context), []
        for number, task in enumerate(tasks, 1):
            found.append(looker(task))
            progress(number)
    else:
        crew = _Crew(context, min(jobs, max(len(tasks), 1)), start_method)
        try:
            found = crew.work(tasks, progress)
        finally:
            crew.stop()
    return [seen for several in found for seen in several]


class _Worker:
    """One process, and the file that it looks at."""

    def __init__(self, start: BaseContext, context: Context) -> None:
        self.pipe, far = multiprocessing.Pipe()
        process = start.Process  # type: ignore[attr-defined]
        self.process = process(target=_serve, args=(far, context), daemon=True)
        self.process.start()
        far.close()
        self.task: int | None = None
        self.until = time.monotonic() + _START
        self.ready = False

    def give(self, number: int, task: Task, seconds: float) -> None:
        self.task, self.until = number, time.monotonic() + seconds
        with contextlib.suppress(OSError):  # it has just died: noticed when waiting
            self.pipe.send(task)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """The workers, replaced when they die."""

    def __init__(self, context: Context, jobs: int, start_method: str) -> None:
        self._context = context
        self._start = multiprocessing.get_context(start_method)
        self._workers = [_Worker(self._start, context) for _ in range(jobs)]

    def stop(self) -> None:
        for worker in self._workers:
            worker.end()

    def work(self, tasks: Sequence[Task], progress: Callable[[int], None]) -> list[list[Seen]]:
        found: dict[int, list[Seen]] = {}
        left = list(enumerate(tasks))[::-1]
        while len(found) < len(tasks):
            pipes = {worker.pipe: worker for worker in self._workers}
            soon = min(worker.until for worker in self._workers) - time.monotonic()
            for pipe in wait(list(pipes), timeout=max(0.0, min(soon, 5.0))):
                worker = pipes[pipe]  # type: ignore[index]
                answer = _received(worker.pipe)
                if answer is None:
                    self._replace(worker, tasks, found, "the program that read it was stopped")
                    continue
                worker.ready = True
                if worker.task is not None:
                    found[worker.task] = answer
                worker.task, worker.until = None, float("inf")
                if left:
                    worker.give(*left.pop(), self._context.limits.seconds)
            self._end_slow(tasks, found)
            progress(len(found))
        return [found[number] for number in range(len(tasks))]

    def _end_slow(self, tasks: Sequence[Task], found: dict[int, list[Seen]]) -> None:
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.until < now]:
            seconds = self._context.limits.seconds
            self._replace(worker, tasks, found, f"it took longer than {seconds:g} seconds")

    def _replace(
        self, worker: _Worker, tasks: Sequence[Task], found: dict[int, list[Seen]], why: str
    ) -> None:
        """Give up the file of a worker that died or hangs, and start another worker."""
        if not worker.ready:
            raise GradingError(
                "The processes that read the files do not start; try again with --jobs 0."
            )
        worker.end()
        if worker.task is not None:
            found[worker.task] = [_given_up(tasks[worker.task], self._context, why)]
        self._workers.remove(worker)
        self._workers.append(_Worker(self._start, self._context))


def _given_up(task: Task, context: Context, why: str) -> Seen:
    owner = Owners(context.students)(task.where)
    finding = Finding("file", task.where, owner.student, f"Not graded: {why}.")
    return Seen(task.where, owner.student, owner.late, task.stamp, task.source, findings=(finding,))


def _received(pipe: Connection) -> Any:
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None


def _serve(pipe: Connection, context: Context) -> None:
    """A worker's life: look at a file, say what was seen, take the next one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's matter
    _hold_memory()
    gc.set_threshold(50_000)  # a look leaves next to no cycles: there is little to look for
    looker = Looker(context)
    pipe.send([])
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        pipe.send(looker(task))


def _hold_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
