"""Orders in which the activities of a process can be done, one after the other.

Order alone does not change what a line can serve: each activity keeps its time and its
workers, and the slowest sets the capacity. Order decides which activities become neighbours,
and neighbours can be merged (:func:`svclab.process.balancing.layouts` with
``contiguous=True``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from svclab.process.model import Process

__all__ = ["orders", "resequenced"]


def orders(
    process: Process,
    *,
    movable: Iterable[str] = (),
    keep: Iterable[tuple[str, str]] = (),
) -> Iterator[tuple[str, ...]]:
    """Every order that keeps what must come before what.

    Parameters
    ----------
    process : Process
        Its ``after`` says what must come first; a plain line has only its own order.
    movable : iterable of str, optional
        Activities that may stand anywhere: all their ``after`` are dropped, both ways, while
        the others keep their order among themselves.
    keep : iterable of (str, str), optional
        Pairs (before, after) that hold even so, such as ``("deplane", "baggage claim")``.

    Yields
    ------
    tuple of str
        Activity names; first the orders nearest to the one listed.

    Raises
    ------
    ValueError
        For an unknown activity, or pairs that form a circle.

    Examples
    --------
    >>> line = Process.line("Airport", {"immigration": 16, "baggage claim": 40, "customs": 24})
    >>> for order in orders(line, movable=["baggage claim"]):
    ...     print(" → ".join(order))
    immigration → baggage claim → customs
    immigration → customs → baggage claim
    baggage claim → immigration → customs
    """
    free = {process.activity(name).name for name in movable}
    before = {
        name: set() if name in free else {x for x in above if x not in free}
        for name, above in process.ancestors().items()
    }
    for first, then in keep:
        before[process.activity(then).name].add(process.activity(first).name)
    found = _extend((), process.names, before)
    first_order = next(found, None)
    if first_order is None:
        raise ValueError(
            f"process {process.name!r}: the pairs in keep form a circle, so no order is possible"
        )
    yield first_order
    yield from found


def _extend(
    done: tuple[str, ...], names: tuple[str, ...], before: dict[str, set[str]]
) -> Iterator[tuple[str, ...]]:
    if len(done) == len(names):
        yield done
        return
    for name in names:
        if name not in done and before[name] <= set(done):
            yield from _extend((*done, name), names, before)


def resequenced(process: Process, order: Iterable[str]) -> Process:
    """The same activities and resources as a line in another order.

    Whether the order is allowed is for :func:`orders` to say; only rework is checked.

    Parameters
    ----------
    process : Process
        The process.
    order : iterable of str
        Every activity's name once.

    Raises
    ------
    ValueError
        If a name is missing, unknown or twice, or rework would go forward.

    Examples
    --------
    >>> line = Process.line("Airport", {"immigration": 16, "customs": 24})
    >>> resequenced(line, ["customs", "immigration"]).names
    ('customs', 'immigration')
    """
    names = tuple(order)
    if sorted(names) != sorted(process.names):
        raise ValueError(
            f"order={names!r} must hold every activity once: {', '.join(process.names)}"
        )
    moved = tuple(
        replace(
            process.activity(name),
            after=(names[i - 1],) if i else (),
            # A wait takes no resource; "" is how a Process marks it.
            resource=process.activity(name).resource or None,
        )
        for i, name in enumerate(names)
    )
    return replace(process, activities=moved)
