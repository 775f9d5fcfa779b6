"""The service package: what is sold is a bundle of five parts.

Supporting facility, facilitating goods, information, explicit and implicit services (Fitzsimmons
and Fitzsimmons 2011). A package is filled and checked: which part is empty, and what lies in the
wrong part.

References
----------
Fitzsimmons, J. A. and Fitzsimmons, M. J. (2011), Service Management: Operations, Strategy,
Information Technology, McGraw-Hill, chapter 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab import data
from svclab.checks import known, one_of
from svclab.introduction.common import listed, share_of, some
from svclab.introduction.sorting import Card, Sorting, sort_cards
from svclab.shown import Answer
from svclab.words import count, say

__all__ = ["CHINESE", "PACKAGE", "Package", "package", "place_items", "practice_items", "services"]

PACKAGE: Mapping[str, str] = {
    "supporting facility": "what must be there before the service can be sold, and stays there",
    "facilitating goods": "what the customer uses up, buys, or brings along",
    "information": "what the service or the customer has to know so that it can be done",
    "explicit services": "what the senses can check and what the customer came for",
    "implicit services": "what is felt more than seen, and only vaguely noticed",
}
CHINESE: Mapping[str, str] = {
    "supporting facility": "支持性设施",
    "facilitating goods": "辅助物品",
    "information": "信息",
    "explicit services": "显性服务",
    "implicit services": "隐性服务",
}


@dataclass(frozen=True, repr=False)
class Package(Answer):
    """A service package, part by part."""

    service: str
    parts: Mapping[str, tuple[str, ...]]  # part to items

    @property
    def missing(self) -> tuple[str, ...]:
        """Parts without an item."""
        return tuple(part for part, items in self.parts.items() if not items)

    @property
    def coverage(self) -> float:
        """Share of the five parts that have an item, 0 to 1."""
        return share_of(len(self.parts) - len(self.missing), len(self.parts))

    @property
    def sentence(self) -> str:
        """The result in words."""
        size = count(len([item for items in self.parts.values() for item in items]), "item")
        if self.missing:
            return say(
                "{service}: {size}; still empty: {parts}. Ask for {what}.",
                service=self.service,
                size=size,
                parts=listed(self.missing),
                what=PACKAGE[self.missing[0]],
            )
        return say("{service}: {size} in all five parts.", service=self.service, size=size)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a part."""
        return [{"part": part, "items": listed(items)} for part, items in self.parts.items()]


def package(service: str, **parts: Sequence[str]) -> Package:
    """Fill a service package and see which part is empty.

    Parameters
    ----------
    service : str
        Its name.
    **parts : sequence of str
        The items of each part; the names are those of :data:`PACKAGE` with _ for the space.

    Returns
    -------
    Package
        With parts that were left out as empty.

    Raises
    ------
    ValueError
        If there is no such part, or an item stands in two parts.

    Examples
    --------
    >>> package("noodle shop", supporting_facility=["kitchen", "tables"],
    ...         facilitating_goods=["noodles"], explicit_services=["a full stomach"]).sentence
    'noodle shop: 4 items; still empty: information and implicit services. Ask for what the service
    or the customer has to know so that it can be done.'
    """
    if not isinstance(service, str) or not service.strip():
        raise ValueError(f"service={service!r}: give the name of a service")
    given = known(
        "parts", {key.replace("_", " "): own for key, own in parts.items()}, PACKAGE, partly=True
    )
    filled = {part: tuple(some(part, given.get(part, ()))) for part in PACKAGE}
    homes: dict[str, str] = {}
    for part, items in filled.items():
        for item in items:
            if item in homes:
                raise ValueError(
                    f"{item!r} stands in {homes[item]} and in {part}: an item has one place; "
                    "divide it if it is two things"
                )
            homes[item] = part
    return Package(service.strip(), filled)


def services() -> tuple[str, ...]:
    """The services that have items for practice.

    Returns
    -------
    tuple of str
        Names for :func:`practice_items`.

    Examples
    --------
    >>> services()
    ('KTV', 'licence office')
    """
    return tuple(dict.fromkeys(row["service"] for row in data.rows("service-package-items")))


def practice_items(service: str = "KTV") -> tuple[Card, ...]:
    """Items of a known service, to be put into the five parts.

    Parameters
    ----------
    service : str
        One of :func:`services`.

    Returns
    -------
    tuple of Card
        The bin is the part.

    Raises
    ------
    ValueError
        If there is no such service.

    Examples
    --------
    >>> practice_items("licence office")[2].name
    'the licence card'
    """
    one_of("service", service, services())
    rows = data.rows("service-package-items")
    return tuple(
        Card(row["item"], row["part"], row["clue"]) for row in rows if row["service"] == service
    )


def place_items(
    answers: Mapping[str, str], *, service: str = "KTV", reveal: bool = False
) -> Sorting:
    """Put a service's items into the five parts, with feedback on each miss.

    Parameters
    ----------
    answers : mapping of str to str
        Item to part; items left out stay open.
    service : str
        One of :func:`services`.
    reveal : bool
        Whether feedback on a miss names the part.

    Returns
    -------
    Sorting
        With feedback on each miss.

    Raises
    ------
    ValueError
        If there is no such service, item or part.

    Examples
    --------
    >>> place_items({"list of songs": "facilitating goods"}).misses[0].feedback
    'Your choice, facilitating goods, is what the customer uses up, buys, or brings along. It could
    be sent by e-mail.'
    """
    return sort_cards(practice_items(service), PACKAGE, answers, reveal=reveal)
