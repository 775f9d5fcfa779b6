"""One session with appointments: who comes when, and what it costs in waiting and idle time.

The rule: the server never stands idle while somebody is there. Among those who are there,
whoever has an appointment goes before whoever walks in; earlier appointments first, and walk-ins
in the order in which they came. A wait counts from the appointment or the arrival, whichever is
later: who comes early has chosen to.

Nothing is drawn here: :func:`session` takes lists, as the SimPy model in :mod:`.clinic` does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush, heapreplace
from operator import itemgetter
from random import Random

from svclab.capacity.managing.schedules import check_schedule
from svclab.capacity.simulation.sampling import Spread, check_spread, unit_times
from svclab.checks import a_count, a_number, a_share, above_zero, zero_or_more
from svclab.words import count, minutes, say

__all__ = [
    "Patients",
    "Session",
    "Visit",
    "check_patients",
    "draw_patients",
    "served",
    "session",
    "summed_up",
]


@dataclass(frozen=True)
class Patients:
    """Who was to come, in the order of the appointments, and who came without one; minutes."""

    services: Sequence[float]  # how long each one's service takes
    comes: Sequence[bool]  # False: a no-show
    late: Sequence[float]  # minutes after the appointment; below 0: early
    walk_ins: Sequence[tuple[float, float]] | None = None  # arrival and service; None: not allowed


@dataclass(frozen=True)
class Visit:
    """Somebody who came; minutes from the start of the session."""

    appointment: float | None  # None: walked in
    arrival: float
    start: float
    service: float

    @property
    def wait(self) -> float:
        """Minutes from appointment or arrival, whichever is later, to the start; 0 if before."""
        due = self.arrival if self.appointment is None else max(self.arrival, self.appointment)
        return max(float(self.start - due), 0.0)


@dataclass(frozen=True, repr=False)
class Session:
    """What happened in one session; minutes."""

    visits: tuple[Visit, ...]  # those with an appointment in its order, then the walk-ins
    idle: float  # time in which servers had nobody, up to the end, all servers together
    overtime: float  # time from the planned end of the session to its real end
    end: float  # when the servers could leave

    @property
    def waits(self) -> tuple[float, ...]:
        """Waits of those who came with an appointment, in its order."""
        return tuple(v.wait for v in self.visits if v.appointment is not None)

    @property
    def walk_in_waits(self) -> tuple[float, ...]:
        """Waits of those who came without, in the order of arrival."""
        return tuple(v.wait for v in self.visits if v.appointment is None)

    @property
    def mean_wait(self) -> float:
        """Mean wait of those who came with an appointment; 0 if nobody came."""
        waits = self.waits
        return math.fsum(waits) / len(waits) if waits else 0.0

    def __repr__(self) -> str:
        return say(
            "{came} came: mean wait {wait}, idle {idle}, overtime {over}",
            came=count(len(self.visits), "patient"),
            wait=minutes(self.mean_wait),
            idle=minutes(self.idle),
            over=minutes(self.overtime),
        )


def session(
    schedule: Sequence[float], patients: Patients, *, length: float, servers: int = 1
) -> Session:
    """One session, by a heap of free servers and a heap of those who are there.

    Parameters
    ----------
    schedule : sequence of float
        Appointed times in minutes, never falling.
    patients : Patients
        One service time, show and lateness an appointment.
    length : float
        When the session should end, minutes. The servers stay until the last appointment even if
        nobody comes, and until `length` if people may walk in.
    servers : int
        Doctors, mechanics.

    Examples
    --------
    >>> three = Patients([12, 8, 10], [True, True, True], [0, 0, 0])
    >>> session([0, 10, 20], three, length=30)
    3 patients came: mean wait 0.7 min, idle 0 min, overtime 0 min
    """
    check_patients(schedule, patients, length=length, servers=servers)
    visits = tuple(Visit(*one) for one in served(schedule, patients, servers=servers))
    return summed_up(visits, schedule, patients, length=length, servers=servers)


def served(
    schedule: Sequence[float], patients: Patients, *, servers: int
) -> list[tuple[float | None, float, float, float]]:
    """Appointment, arrival, start and service of all who came, in the order of a session's visits.

    For lists that have been checked; :func:`session` checks them.
    """
    coming: list[tuple[float, int, float | None, float]] = []
    for place, appointment in enumerate(schedule):
        if patients.comes[place]:
            arrival = max(appointment + patients.late[place], 0.0)
            coming.append((arrival, place, appointment, patients.services[place]))
    for place, (arrival, service) in enumerate(patients.walk_ins or (), start=len(schedule)):
        coming.append((arrival, place, None, service))
    coming.sort(key=itemgetter(0, 1))

    free, now, k, many = [0.0] * servers, 0.0, 0, len(coming)
    there: list[tuple[int, int]] = []
    found: dict[int, tuple[float | None, float, float, float]] = {}
    while k < many or there:
        now = max(now, free[0]) if there else max(now, free[0], coming[k][0])
        while k < many and coming[k][0] <= now:
            heappush(there, (coming[k][1], k))
            k += 1
        place, index = heappop(there)
        arrival, _, due, service = coming[index]
        heapreplace(free, now + service)
        found[place] = (due, arrival, now, service)
    return [found[place] for place in sorted(found)]


def summed_up(
    visits: tuple[Visit, ...],
    schedule: Sequence[float],
    patients: Patients,
    *,
    length: float,
    servers: int,
) -> Session:
    """End, idle time and overtime of the visits; the same for every engine."""
    stays = schedule[-1] if patients.walk_ins is None else max(schedule[-1], length)
    end = max([v.start + v.service for v in visits], default=0.0)
    end = float(max(end, stays))
    idle = max(servers * end - math.fsum(v.service for v in visits), 0.0)
    return Session(visits, idle, max(end - length, 0.0), end)


def check_patients(
    schedule: Sequence[float], patients: Patients, *, length: float, servers: int
) -> None:
    """Refuse lists that do not fit the schedule or are not times; the message says where."""
    check_schedule(schedule)
    zero_or_more("length", length, "minutes")
    a_count("servers", servers, 1)
    for name in ("services", "comes", "late"):
        given = getattr(patients, name)
        if len(given) != len(schedule):
            raise ValueError(
                f"{name} has {len(given)} entries for {len(schedule)} appointments: give one each"
            )
    last = 0.0
    for place, (arrival, service) in enumerate(patients.walk_ins or ()):
        zero_or_more(f"walk_ins[{place}] service", service, "minutes")
        if not last <= arrival < math.inf:
            raise ValueError(
                f"walk_ins[{place}] arrives at {arrival!r}: give times from 0 on, sorted"
            )
        last = arrival
    for place, (service, late) in enumerate(zip(patients.services, patients.late, strict=True)):
        zero_or_more(f"services[{place}]", service, "minutes")
        a_number(f"late[{place}]", late, "minutes, below zero for early")


def draw_patients(
    patients: int,
    *,
    service_minutes: float,
    spread: Spread = ("lognormal", 0.4),
    no_show: float = 0.0,
    late_minutes: float = 0.0,
    late_deviation: float = 0.0,
    walk_ins_per_hour: float = 0.0,
    until: float = 0.0,
    seed: int | str,
) -> Patients:
    """Draw who comes to one session; each purpose has a random stream of its own.

    Parameters
    ----------
    patients : int
        Appointments given.
    service_minutes : float
        Mean service time.
    spread : Spread
        "constant", "exponential", ("gamma", scv) or ("lognormal", scv).
    no_show : float
        Chance that a patient does not come.
    late_minutes, late_deviation : float
        Lateness is normal with this mean (below 0: early) and standard deviation.
    walk_ins_per_hour : float
        People without an appointment, a Poisson stream; 0: nobody may walk in.
    until : float
        Minute at which the door closes for them.
    seed : int or str
        Names the streams; the same seed gives the same patients to every schedule.

    Examples
    --------
    >>> draw_patients(2, service_minutes=10, spread="constant", seed=1).services
    [10.0, 10.0]
    """
    a_count("patients", patients, 1)
    above_zero("service_minutes", service_minutes, "minutes")
    check_spread("spread", spread)
    a_share("no_show", no_show)
    zero_or_more("late_deviation", late_deviation, "minutes")
    zero_or_more("walk_ins_per_hour", walk_ins_per_hour, "people an hour")
    if walk_ins_per_hour:
        above_zero("until", until, "the minute at which the door closes for walk-ins")

    def services(many: int, stream: str) -> list[float]:
        drawn = unit_times(spread, many, Random(f"{seed}/{stream}"))
        return [service_minutes * each for each in drawn]

    shows, lateness = Random(f"{seed}/shows"), Random(f"{seed}/late")
    walk_ins = None
    if walk_ins_per_hour:
        door, times = Random(f"{seed}/door"), []
        now = door.expovariate(walk_ins_per_hour / 60)
        while now < until:
            times.append(now)
            now += door.expovariate(walk_ins_per_hour / 60)
        walk_ins = list(zip(times, services(len(times), "walk-ins"), strict=True))
    return Patients(
        services(patients, "service"),
        [shows.random() >= no_show for _ in range(patients)],
        [lateness.gauss(late_minutes, late_deviation) for _ in range(patients)],
        walk_ins,
    )
