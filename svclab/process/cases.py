"""The processes of the course's documents, ready to analyse, and invented completions of two.

Every number comes from the tables in ``data/`` (see :mod:`svclab.data`), which say for each
whether the document prints it or whether it was inferred or invented. What is inferred about the
*order* and the *workers* is said in each docstring here.

``free_order=True`` gives the orders that are permitted, for the search of better layouts. A
customer is still at one place at a time: the flow time is the sum of the activities, not the
longest path.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from random import Random

from svclab import data
from svclab.checks import a_share, zero_or_more
from svclab.process.dispatch import Ticket
from svclab.process.mix import CustomerKind
from svclab.process.model import DAY, MINUTE, Activity, Process, Resource
from svclab.process.table import ProcessTable, Step

__all__ = [
    "archive_project",
    "clinic",
    "invoice_process",
    "jfk",
    "licence_kinds",
    "licence_office",
    "licence_office_improved",
    "mbl_steps",
    "ticket_rush",
    "vaccination_centre",
]


def licence_office(
    workers: Mapping[str, int] | None = None, *, free_order: bool = False
) -> Process:
    """The driver-licence office as it is: six activities in a line (E-01).

    Parameters
    ----------
    workers : mapping, optional
        Activity name to number of workers; one where left out. One worker for each activity is
        inferred: the document does not count them.
    free_order : bool, optional
        False: the printed order. True: ``application`` first, ``licence`` last, the rest in any
        order. The document does not say so, but its improved layout needs it; Fitzsimmons and
        Fitzsimmons print the rule for the first and the last activity.

    Returns
    -------
    Process
        Times in seconds. ``eye test`` needs an eye tester and ``photograph`` a camera
        (inferred).

    Examples
    --------
    >>> office = licence_office(workers={"violations": 2})
    >>> office.units("violations"), office.activity("violations").seconds
    (2, 60)
    >>> licence_office(free_order=True).activity("photograph").after
    ('application',)
    """
    table = data.rows("licence-office")
    first, last = table[0]["name"], table[-1]["name"]
    middle = tuple(row["name"] for row in table[1:-1])
    after: dict[str, tuple[str, ...]] = {}
    if free_order:
        after = dict.fromkeys(middle, (first,)) | {first: (), last: middle}
    activities = tuple(
        Activity(
            row["name"],
            row["seconds"],
            after=after.get(row["name"]),
            needs=_parts(row["needs"]),
            chinese=row["chinese"],
        )
        for row in table
    )
    return Process("Driver-licence office", activities, _workers(workers))


def licence_office_improved() -> Process:
    """The improved layout with seven workers: four of them on two parallel branches (E-02).

    Returns
    -------
    Process
        The two branches stand as stations with two workers each. Their capacity is the same;
        a simulation with one common queue waits a little less than two separate branches.

    Examples
    --------
    >>> office = licence_office_improved()
    >>> office.names
    ('application + eye test', 'violations', 'payment', 'photograph', 'licence')
    >>> sum(resource.units for resource in office.resources)
    7
    """
    table = data.rows("licence-office-improved")
    activities = tuple(
        Activity(row["name"], row["seconds"], needs=_parts(row["needs"])) for row in table
    )
    workers = tuple(Resource(row["name"], row["workers"]) for row in table)
    return Process("Driver-licence office, improved", activities, workers)


def jfk(workers: Mapping[str, int] | None = None, *, free_order: bool = False) -> Process:
    """Transit at John F. Kennedy airport: six activities from aircraft to aircraft (E-03).

    Parameters
    ----------
    workers : mapping, optional
        Activity name to number of servers; one where left out (inferred).
    free_order : bool, optional
        False: the printed order. True: the document's rule that all activities but the baggage
        claim keep their order. That the baggage claim follows ``deplane`` and precedes
        ``baggage check`` is inferred: no bag can be handed in before it is picked up.

    Returns
    -------
    Process
        Times in seconds.

    Examples
    --------
    >>> jfk(free_order=True).activity("baggage check").after
    ('customs', 'baggage claim')
    """
    table = data.rows("jfk-transit")
    after: dict[str, tuple[str, ...]] = {}
    if free_order:
        fixed = [row["name"] for row in table if not row["free"]]
        free = [row["name"] for row in table if row["free"]]
        after = {name: (before,) for before, name in pairwise(fixed)}
        after[fixed[0]] = ()
        for name in free:
            after[name] = (fixed[0],)
            after["baggage check"] += (name,)
    activities = tuple(
        Activity(row["name"], row["seconds"], after=after.get(row["name"]), chinese=row["chinese"])
        for row in table
    )
    return Process("Transit at John F. Kennedy airport", activities, _workers(workers))


def clinic(
    laboratory_minutes: float = 10.0,
    consultation_minutes: float = 12.0,
    *,
    free_order: bool = False,
    shared_nurses: bool = False,
) -> Process:
    """A physical examination: three nurses, one doctor, five activities (E-04).

    Parameters
    ----------
    laboratory_minutes, consultation_minutes : float, optional
        The two times that are lost in the document, in minutes; the defaults are invented.
    free_order : bool, optional
        False: the printed order. True: the document's rule that any order will do, with the
        consultation last.
    shared_nurses : bool, optional
        False: a nurse of her own for measurements, history and laboratory. True: three nurses
        who each do all three (a redesign).

    Returns
    -------
    Process
        Times in seconds. One doctor for check-up and consultation is inferred, and so is that
        the document means minutes where its heading says seconds.

    Examples
    --------
    >>> clinic(laboratory_minutes=8).activity("laboratory").seconds
    480.0
    >>> [resource.name for resource in clinic().resources]
    ['nurse 1', 'nurse 2', 'doctor', 'nurse 3']
    """
    for name, given in (
        ("laboratory_minutes", laboratory_minutes),
        ("consultation_minutes", consultation_minutes),
    ):
        zero_or_more(name, given, "a number of minutes")
    table = data.rows("clinic")
    lost = {"laboratory": laboratory_minutes, "consultation": consultation_minutes}
    others = tuple(row["name"] for row in table if not row["last"])
    activities = []
    for row in table:
        minutes = lost[row["name"]] if row["name"] in lost else row["minutes"]
        nurse = row["resource"].startswith("nurse")
        after = (others if row["last"] else ()) if free_order else None
        activities.append(
            Activity(
                row["name"],
                minutes * MINUTE,
                resource="nurses" if nurse and shared_nurses else row["resource"],
                after=after,
                chinese=row["chinese"],
            )
        )
    nurses = (Resource("nurses", 3),) if shared_nurses else ()
    return Process("Physical examination", tuple(activities), nurses)


def mbl_steps() -> ProcessTable:
    """Issuing a policy at Mutual Benefit Life, step by step: an invented completion (E-10).

    Returns
    -------
    ProcessTable
        32 steps, 19 owners, 17 minutes of work and 15 days of waiting. Only the totals are
        from the document; every step is invented.

    Examples
    --------
    >>> steps = mbl_steps()
    >>> len(steps.steps), steps.work_seconds / 60, steps.wait_seconds / 86400
    (32, 17.0, 15.0)
    """
    return _process_table("Issuing a policy at Mutual Benefit Life", "mbl-steps")


def invoice_process() -> ProcessTable:
    """Collecting blank invoices at a tax office: an invented completion (X-21).

    Returns
    -------
    ProcessTable
        Twelve steps; eligibility is checked twice, as in the document's example. Every number
        is invented.

    Examples
    --------
    >>> [step.name for step in invoice_process().steps if "eligibility" in step.name]
    ['check eligibility', 'check eligibility again']
    """
    return _process_table("Collecting blank invoices", "invoice-process")


def archive_project(*, parallel: bool = False) -> Process:
    """A mining company files its drawings after, or during, the construction (P-39, X-11).

    Parameters
    ----------
    parallel : bool, optional
        False: the drawings are filed after the installation. True: during it, which is the
        document's idea. Tasks and durations are invented.

    Returns
    -------
    Process
        Durations in seconds (days of 24 hours), one resource for each task; ``after`` holds the
        order, so the longest path is the duration of the project.

    Examples
    --------
    >>> task = "sort and file the old drawings"
    >>> archive_project().activity(task).after
    ('install the purifier',)
    >>> archive_project(parallel=True).activity(task).after
    ('order and deliver the purifier', 'prepare foundation and power')
    """
    table = data.rows("archive-project")
    names = {row["id"]: row["name"] for row in table}
    column = "after_parallel" if parallel else "after"
    activities = tuple(
        Activity(
            row["name"],
            row["days"] * DAY,
            after=tuple(names[letter] for letter in _parts(row[column])),
            chinese=row["chinese"],
        )
        for row in table
    )
    return Process("Filing drawings during construction", activities)


def licence_kinds(*, new_share: float) -> tuple[CustomerKind, CustomerKind]:
    """Two kinds of applicants of the licence office: new drivers and renewals (invented).

    Parameters
    ----------
    new_share : float
        Share of new drivers among all applicants, 0 to 1.

    Returns
    -------
    (CustomerKind, CustomerKind)
        New drivers need every activity; renewals skip the violations and pay longer.

    Examples
    --------
    >>> new, renewal = licence_kinds(new_share=0.7)
    >>> new.seconds["violations"], renewal.seconds["violations"]
    (60, 0)
    """
    a_share("new_share", new_share)
    table = data.rows("licence-kinds")
    new = {row["activity"]: row["new_seconds"] for row in table}
    renewal = {row["activity"]: row["renewal_seconds"] for row in table}
    return (
        CustomerKind("new", new, share=new_share),
        CustomerKind("renewal", renewal, share=1 - new_share),
    )


def ticket_rush(*, seed: int | str) -> list[Ticket]:
    """Sixty tickets in four hours, every fifth an exception with five times the work (invented).

    Parameters
    ----------
    seed : int or str
        Start of the random numbers for the work: 2 to 15 whole minutes for a routine ticket.

    Returns
    -------
    list of Ticket
        For :func:`svclab.process.dispatch.dispatch`; times in seconds, one ticket every 240 s.

    Examples
    --------
    >>> len(ticket_rush(seed=3)), ticket_rush(seed=3)[0].kind
    (60, 'exception')
    """
    stream = Random(seed)
    tickets = []
    for number in range(60):
        exception = number % 5 == 0
        minutes = stream.randint(2, 15) * (5 if exception else 1)
        kind = "exception" if exception else "routine"
        tickets.append(Ticket(number, number * 240.0, minutes * MINUTE, kind=kind))
    return tickets


def vaccination_centre() -> Process:
    """A line too long to list all its layouts: fourteen activities (invented).

    Returns
    -------
    Process
        Times in seconds; the order is only partly fixed.

    Examples
    --------
    >>> len(vaccination_centre().activities)
    14
    """
    table = data.rows("vaccination-centre")
    names = {str(row["number"]): row["name"] for row in table}
    return Process(
        "Vaccination centre",
        tuple(
            Activity(
                row["name"],
                row["seconds"],
                after=tuple(names[n] for n in _parts(row["after"])),
                chinese=row["chinese"],
            )
            for row in table
        ),
    )


def _process_table(title: str, name: str) -> ProcessTable:
    return ProcessTable(
        title,
        tuple(
            Step(
                row["name"],
                row["owner"],
                row["work_minutes"] * MINUTE,
                row["wait_minutes"] * MINUTE,
                row["kind"],
                row["pay_per_hour"],
            )
            for row in data.rows(name)
        ),
    )


def _parts(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, separated by semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _workers(workers: Mapping[str, int] | None) -> tuple[Resource, ...]:
    return tuple(Resource(name, units) for name, units in (workers or {}).items())
