"""Invented services to be put into the service process matrix."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SERVICES", "Service"]


@dataclass(frozen=True)
class Service:
    """A service, and what may mislead about it."""

    text: str
    labour_high: bool
    interaction_high: bool
    many_people: bool = False  # many work there, and plant and equipment cost even more
    long_stay: bool = False  # customers stay long, and all get the same
    pay: tuple[float, float] = (0.6, 4.0)  # what its people cost in a year, million yuan


#: By name; three or more of each kind.
SERVICES = {
    "sorting hall": Service(
        "a parcel sorting hall with belts and scanners; every parcel takes the same way",
        False, False,
    ),
    "cinema": Service(
        "a cinema; everybody in the hall sees the same film for two hours",
        False, False, long_stay=True,
    ),
    "metro": Service(
        "a metro line with 900 people at work; each passenger gets the same ride",
        False, False, many_people=True, pay=(90.0, 140.0),
    ),
    "sleeper train": Service(
        "a sleeper train; the passengers stay for a night, and every bed is the same",
        False, False, long_stay=True,
    ),
    "car wash": Service(
        "an automatic car wash; drivers choose one of two programs",
        False, False,
    ),
    "hospital": Service(
        "a hospital with 400 people at work; the treatment is decided with each patient",
        False, True, many_people=True, pay=(40.0, 70.0),
    ),
    "print shop": Service(
        "a print shop with expensive machines; each customer brings a design and changes it at the "
        "screen",
        False, True,
    ),
    "recording studio": Service(
        "a recording studio; each band tries and changes its sound for days",
        False, True,
    ),
    "car repair": Service(
        "a workshop for electric cars; what is done is agreed with each driver after the test",
        False, True,
    ),
    "call centre": Service(
        "a call centre that reads the same answers to all callers from a list",
        True, False,
    ),
    "lecture course": Service(
        "an evening school; a class of sixty hears the same course for a term",
        True, False, long_stay=True,
    ),
    "cleaning": Service(
        "an office cleaning service that does the same round in all offices",
        True, False,
    ),
    "market stalls": Service(
        "a chain of snack stalls; everybody gets one of three dishes over the counter",
        True, False,
    ),
    "tax adviser": Service(
        "a tax adviser who goes through each client's papers together with the client",
        True, True,
    ),
    "wedding planner": Service(
        "a wedding planner; every wedding is thought out anew with the couple",
        True, True,
    ),
    "home tutor": Service(
        "home tutors; each lesson follows what the pupil did not understand",
        True, True,
    ),
    "architect": Service(
        "an office of architects; plans are drawn and drawn again after talks with the owner",
        True, True,
    ),
}  # fmt: skip
