"""How often each activity is done for one customer when some work has to be redone.

The rule. Write a ≤ b when a must be finished before b, or is b. After activity *a* with
``Rework(p, back_to=b)`` the customer is sent back with probability *p*, each time anew and
independently of everything else. Then **every activity x with b ≤ x ≤ a** is done again, in
order; each of them can send the customer back again by its own rework; activities on other
branches are not repeated. Returns are worked off one after another: if two parallel branches
both send the customer back to the same activity, it is repeated twice.

On a line this is the Markov chain "after *a* go back to *b* with probability *p*, else go on".
"""

from __future__ import annotations

import math

from svclab.process.model import Process

__all__ = ["expected_visits", "repeated_activities"]


def repeated_activities(process: Process, name: str) -> tuple[str, ...]:
    """The activities that are done again when this one sends a customer back.

    Parameters
    ----------
    process : Process
        The process.
    name : str
        The activity with rework.

    Returns
    -------
    tuple of str
        In working order, ending with the activity itself; empty without rework.

    Examples
    --------
    >>> from svclab.process.model import Activity, Process, Rework
    >>> desk = Process("Desk", [Activity("write", 60), Activity("sign", 10),
    ...                         Activity("check", 20, rework=Rework(probability=.2,
    ...                                                             back_to="write"))])
    >>> repeated_activities(desk, "check")
    ('write', 'sign', 'check')
    """
    back = process.activity(name).rework
    if back is None:
        return ()
    before = process.ancestors()
    return tuple(
        x.name
        for x in process.in_order()
        if (x.name == back.back_to or back.back_to in before[x.name])
        and (x.name == name or x.name in before[name])
    )


def expected_visits(process: Process) -> dict[str, float]:
    """Expected number of times each activity is done for one customer, rework included.

    With ``v(a)`` the vector of visits that it takes to get past activity *a* once (its
    predecessors being done), and R(a) the activities repeated when *a* sends back,

        v(a) = [e(a) + p(a) · Σ v(x) over x in R(a), x ≠ a] / (1 − p(a)),

    and the visits are the sum of v(a) over all activities.

    Parameters
    ----------
    process : Process
        The process. Rework by the rule at the top of this module.

    Returns
    -------
    dict
        Activity name to expected visits; 1 for every activity without rework in reach.

    Examples
    --------
    >>> from svclab.process.model import Activity, Process, Rework
    >>> desk = Process("Desk", [Activity("write", 60),
    ...                         Activity("check", 20, rework=Rework(probability=.2,
    ...                                                             back_to="write"))])
    >>> expected_visits(desk)
    {'write': 1.25, 'check': 1.25}
    """
    past: dict[str, dict[str, float]] = {}
    for activity in process.in_order():
        own = {activity.name: 1.0}
        share = activity.rework.probability if activity.rework else 0.0
        again = [past[x] for x in repeated_activities(process, activity.name) if x in past]
        for name in {n: None for vector in again for n in vector}:
            own[name] = own.get(name, 0.0) + share * math.fsum(v.get(name, 0.0) for v in again)
        past[activity.name] = {name: times / (1 - share) for name, times in own.items()}
    return {
        name: math.fsum(vector.get(name, 0.0) for vector in past.values()) for name in process.names
    }
