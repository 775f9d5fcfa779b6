"""Contact, customisation and labour intensity, measured on a service.

Contact (Chase 1978): time in which the customer is in the system against the time in which the
service is made. Chase (1981) puts it as: potential facility efficiency = f(1 − contact time /
service creation time), where f is not known, only that it rises. Labour intensity (Schmenner
1986): cost of labour against value of plant and equipment. Customisation: share of the jobs that
are changed for the customer. The service process matrix itself belongs to the chapter on strategy.

Contested: presence is not what disturbs. Mersha (1990) tells active from passive contact: a
cinema's guests are all there and ask for nothing.

References
----------
Chase, R. B. (1978), Where does the customer fit in a service operation?, Harvard Business Review
56 (6), 137-142. Chase, R. B. (1981), The customer contact approach to services, Operations
Research 29 (4), 698-706. Schmenner, R. W. (1986), How can service businesses survive and
prosper?, Sloan Management Review 27 (3), 21-32. Mersha, T. (1990), Enhancing the customer contact
model, Journal of Operations Management 9 (3), 391-405.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from svclab import data
from svclab.checks import a_share, above_zero, between, zero_or_more
from svclab.shown import Answer
from svclab.words import minutes, number, percent, say

__all__ = [
    "Contact",
    "Decoupled",
    "Measured",
    "decouple",
    "known_contacts",
    "measure",
    "measure_all",
]

# From which share of contact a service is of high contact, and below which of low (invented).
HIGH_CONTACT, LOW_CONTACT = 0.6, 0.2


@dataclass(frozen=True)
class Contact:
    """What is measured on a service."""

    name: str
    contact: float  # minutes in which the customer is there, for one job
    creation: float  # minutes of all work on one job, with and without the customer
    to_order: float = 0.0  # share of jobs that are changed for the customer, 0 to 1
    labour: float = 0.0  # cost of labour in a year, thousand yuan
    equipment: float = 1.0  # value of plant and equipment, thousand yuan

    def __post_init__(self) -> None:
        above_zero("creation", self.creation, "minutes")
        zero_or_more("contact", self.contact)
        if self.contact > self.creation:
            raise ValueError(
                f"contact={self.contact!r} is more than creation={self.creation!r}: the time with "
                "the customer is a part of all time"
            )
        a_share("to_order", self.to_order)
        zero_or_more("labour", self.labour)
        above_zero("equipment", self.equipment, "thousand yuan")


@dataclass(frozen=True, repr=False)
class Measured(Answer):
    """A service's three measures."""

    service: Contact
    contact_share: float  # 0 to 1
    room_for_efficiency: float  # 1 − contact_share; efficiency rises with it, nobody knows how
    labour_intensity: float  # cost of labour in a year / value of equipment
    degree: str  # "high", "middle" or "low" contact

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{name}: the customer is there for {share} of the time ({degree} contact); {order} of "
            "the jobs are made to order; a year's labour costs {labour} times the equipment.",
            name=self.service.name,
            share=percent(self.contact_share, 0),
            degree=self.degree,
            order=percent(self.service.to_order, 0),
            labour=number(self.labour_intensity, 2),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row."""
        return [
            {
                "service": self.service.name,
                "contact": str(percent(self.contact_share, 0)),
                "degree": self.degree,
                "to order": str(percent(self.service.to_order, 0)),
                "labour intensity": str(number(self.labour_intensity, 2)),
            }
        ]


@cache
def known_contacts() -> Mapping[str, Contact]:
    """Ten services of the course (invented).

    Returns
    -------
    mapping of str to Contact
        By name.

    Examples
    --------
    >>> known_contacts()["car repair"].contact
    20
    """
    return {
        row["service"]: Contact(
            row["service"],
            row["contact"],
            row["creation"],
            row["to_order"],
            row["labour"],
            row["equipment"],
        )
        for row in data.rows("service-contact")
    }


def measure(service: Contact) -> Measured:
    """Contact share, room for efficiency and labour intensity of a service.

    contact share = contact time / creation time; room for efficiency = 1 − contact share; labour
    intensity = cost of labour / value of equipment.

    Parameters
    ----------
    service : Contact
        Times in minutes, money in thousand yuan.

    Returns
    -------
    Measured
        With high contact from 60 percent on and low contact below 20 (limits invented).

    Examples
    --------
    >>> measure(known_contacts()["car repair"]).sentence
    "car repair: the customer is there for 14% of the time (low contact); 60% of the jobs are made
    to order; a year's labour costs 0.83 times the equipment."
    """
    share = service.contact / service.creation
    degree = "high" if share >= HIGH_CONTACT else "low" if share < LOW_CONTACT else "middle"
    return Measured(service, share, 1 - share, service.labour / service.equipment, degree)


def measure_all(services: Mapping[str, Contact] | None = None) -> list[Measured]:
    """All services, the most contact first.

    Parameters
    ----------
    services : mapping of str to Contact, optional
        Left out: :func:`known_contacts`.

    Returns
    -------
    list of Measured
        Sorted by contact share.

    Examples
    --------
    >>> [one.service.name for one in measure_all()][:2]
    ['haircut', 'cash machine']
    """
    given = known_contacts() if services is None else services
    return sorted((measure(one) for one in given.values()), key=lambda one: -one.contact_share)


@dataclass(frozen=True, repr=False)
class Decoupled(Answer):
    """A service before and after work has moved to the back office."""

    before: Measured
    after: Measured
    moved: float  # minutes of work that no longer need the customer
    added: float  # minutes of handing over that the move costs

    @property
    def customer_gain(self) -> float:
        """Minutes that the customer need not be there any more."""
        return self.before.service.contact - self.after.service.contact

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{moved} moved to the back office: contact falls from {old} to {new}; a job takes "
            "{longer} longer.",
            moved=minutes(self.moved),
            old=percent(self.before.contact_share, 0),
            new=percent(self.after.contact_share, 0),
            longer=minutes(self.added),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """Two rows: before and after."""
        return [
            {
                "": name,
                "with the customer": str(minutes(one.service.contact)),
                "in all": str(minutes(one.service.creation)),
                "contact": str(percent(one.contact_share, 0)),
            }
            for name, one in (("before", self.before), ("after", self.after))
        ]


def decouple(service: Contact, *, moved: float, added: float = 0.0) -> Decoupled:
    """Move work to where the customer is not (decoupling), at the price of a handoff.

    contact' = contact − moved; creation' = creation + added.

    Parameters
    ----------
    service : Contact
        As it is.
    moved : float
        Minutes of work that will be done without the customer; at most the contact time.
    added : float
        Minutes that handing over, asking back and filing take.

    Returns
    -------
    Decoupled
        Before and after. Whether it pays is not in it: Chase's f is not known.

    Raises
    ------
    ValueError
        If more is moved than there is.

    Examples
    --------
    >>> decouple(known_contacts()["bank counter"], moved=3, added=1).sentence
    '3 min moved to the back office: contact falls from 55% to 25%; a job takes 1 min longer.'
    """
    between("moved", moved, 0, service.contact)
    zero_or_more("added", added)
    after = replace(service, contact=service.contact - moved, creation=service.creation + added)
    return Decoupled(measure(service), measure(after), moved, added)
