"""The frames of the introduction as data: one map that leads into the chapters.

Four phases (I-02), seven aspects (I-03), five dimensions of which three are printed (I-04), four
sub-systems (I-05), the service operation system (I-07) and the closed loop (I-09) are six ways
to cut the same field. The map shows which chapter each item leads to, so that a reader sees where
the frames agree. The items are the source's, the chapters are the course's plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from svclab import data
from svclab.checks import one_of
from svclab.introduction.common import chapters_of, listed
from svclab.shown import Answer
from svclab.words import count, say

__all__ = ["FRAMES", "ChapterMap", "Item", "chapter_map", "described", "frame", "links"]

FRAMES: Mapping[str, str] = {
    "phases": "four-phase management cycle",
    "aspects": "seven aspects",
    "dimensions": "five dimensions, of which three are printed",
    "sub-systems": "four sub-systems",
    "system": "service operation system",
    "loop": "five-step closed loop",
}
# Frames whose last item leads back to the first.
CIRCLES = ("phases", "loop")


@dataclass(frozen=True)
class Item:
    """One item of a frame."""

    frame: str
    place: int
    name: str
    chinese: str
    chapters: tuple[int, ...]
    origin: str  # source, inferred or invented


@cache
def _items() -> tuple[Item, ...]:
    return tuple(
        Item(
            row["frame"],
            row["place"],
            row["item"],
            row["chinese"],
            chapters_of(row["chapters"]),
            row["origin"],
        )
        for row in data.rows("course-frames")
    )


def frame(name: str) -> tuple[Item, ...]:
    """The items of one frame, in their order.

    Parameters
    ----------
    name : str
        A name in :data:`FRAMES`.

    Returns
    -------
    tuple of Item
        In the source's order.

    Raises
    ------
    ValueError
        If there is no such frame.

    Examples
    --------
    >>> [item.name for item in frame("loop")]
    ['plan', 'execute', 'monitor', 'evaluate', 'improve']
    """
    one_of("name", name, FRAMES)
    return tuple(item for item in _items() if item.frame == name)


@dataclass(frozen=True, repr=False)
class ChapterMap(Answer):
    """Which items of which frames lead to each chapter."""

    chapters: Mapping[int, tuple[Item, ...]]

    @property
    def sentence(self) -> str:
        """The result in words."""
        most = max(map(len, self.chapters.values()))
        first = [str(number) for number, found in self.chapters.items() if len(found) == most]
        return say(
            "{items} of the lists lead to {chapters}; {first}.",
            items=count(len({(i.frame, i.name) for found in self.chapters.values() for i in found}),
                        "item"),
            chapters=count(len(self.chapters), "chapter"),
            first=say("chapter {n} has the most, {most}", n=first[0], most=most)
            if len(first) == 1
            else say("chapters {n} have the most, {most} each", n=listed(first), most=most),
        )  # fmt: skip

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a chapter, one column a frame."""
        return [
            {
                "chapter": str(number),
                **{
                    name: ", ".join(item.name for item in found if item.frame == name)
                    for name in FRAMES
                },
            }
            for number, found in self.chapters.items()
        ]


def chapter_map() -> ChapterMap:
    """The map from frames to chapters.

    Returns
    -------
    ChapterMap
        Chapters in the order of their numbers.

    Examples
    --------
    >>> [item.name for item in chapter_map().chapters[16]]
    ['improve']
    """
    numbers = sorted({number for item in _items() for number in item.chapters})
    return ChapterMap(
        {number: tuple(i for i in _items() if number in i.chapters) for number in numbers}
    )


def links(name: str) -> list[tuple[str, str]]:
    """Arrows of a frame, for a diagram: each item to the next, in a circle where it is one.

    Parameters
    ----------
    name : str
        A name in :data:`FRAMES`.

    Returns
    -------
    list of (str, str)
        From and to. Aspects and dimensions stand side by side: they have no arrows.

    Examples
    --------
    >>> links("phases")[-1]
    ('control', 'plan')
    """
    names = [item.name for item in frame(name)]
    if name in ("aspects", "dimensions"):
        return []
    following = [*names[1:], names[0]] if name in CIRCLES else names[1:]
    return list(zip(names, following, strict=False))


def described(name: str) -> str:
    """A frame in one sentence.

    Parameters
    ----------
    name : str
        A name in :data:`FRAMES`.

    Returns
    -------
    str
        The frame and its items.

    Raises
    ------
    ValueError
        If there is no such frame.

    Examples
    --------
    >>> described("system")
    'service operation system: planning, operations management and performance evaluation'
    """
    return say(
        "{frame}: {items}",
        frame=FRAMES[one_of("name", name, FRAMES)],
        items=listed(item.name for item in frame(name)),
    )
