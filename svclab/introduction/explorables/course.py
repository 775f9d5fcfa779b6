"""One map of the course: the frames of the introduction, and the chapters they lead into."""

from __future__ import annotations

from svclab.catalogue import CHAPTERS, called, numbered
from svclab.explore import Choice, Figure, TableView, View, explorable
from svclab.explore.diagrams import Concept, ConceptMap, Relation
from svclab.introduction.common import listed
from svclab.introduction.definitions import FRAMES, Item, chapter_map, frame, links
from svclab.words import count, number, say

__all__ = ["course_map"]

ALL, ANY = "all", "any"
NAMED = {
    "phases": "the four-phase cycle",
    "aspects": "the seven aspects",
    "sub-systems": "the four sub-systems",
    "loop": "the closed loop",
    "dimensions": "the three printed dimensions",
    "system": "the service operation system",
}
FOUR = ("phases", "aspects", "sub-systems", "loop")
SHORT = {
    "phases": "four phases",
    "aspects": "seven aspects",
    "sub-systems": "four sub-systems",
    "loop": "closed loop",
    "dimensions": "dimensions",
    "system": "system",
}
# Getting started and the introduction: the frames stand in the latter.
BEFORE = {0, 1}
WRITTEN = {entry.number: entry.name for entry in CHAPTERS}
NEXT = {"phases": "then", "loop": "then", "sub-systems": "drives", "system": "then"}


@explorable(
    title="Which chapter does each part of the lists lead to?",
    parameters=[
        Choice(
            name="view", label="Show", default=ALL,
            options={ALL: "four lists in one map", **NAMED},
        ),
        Choice(
            name="chapter", label="Light up what leads to", default="5",
            options={ANY: "no chapter", **{str(n): called(n) for n in chapter_map().chapters}},
        ),
    ],
)  # fmt: skip
def course_map(view: str, chapter: str) -> View:
    """The lists are the source's; the chapters they lead to are the plan of this course."""
    shown = FOUR if view == ALL else (view,)
    items = [item for name in shown for item in frame(name)]
    lit = 0 if chapter == ANY else int(chapter)
    numbers = sorted({n for item in items for n in item.chapters})
    seen = _sentence(view, items, numbers, lit)
    leading = chapter_map().chapters
    lighting = {item.frame for item in leading.get(lit, ())}
    return View(
        say=seen,
        figures=[
            Figure("items", "Items shown", number(len(items), 0)),
            Figure("chapters", "Chapters they lead to", number(len(numbers), 0)),
            Figure(
                "written",
                "Of these written",
                number(len(WRITTEN.keys() & set(numbers)), 0),
                help="The others are planned.",
            ),
            *(
                [Figure("left", "No list leads to",
                        listed(str(n) for n in sorted(numbered().keys() - leading.keys() - BEFORE)),
                        help="Chapters that none of the six lists names.")]
                if view == ALL
                else []
            ),
            *(
                [Figure("frames", say("Lists that lead to chapter {n}", n=lit),
                        say("{a} of {all}", a=len(lighting), all=len(FRAMES)))]
                if lit
                else []
            ),
        ],
        parts=[_map(shown, items, numbers, lit, seen), _table()],
    )  # fmt: skip


def _sentence(view: str, items: list[Item], numbers: list[int], lit: int) -> str:
    lists = "four lists" if view == ALL else NAMED[view]
    head = say(
        "From {lists}, {items} lead to {chapters}.",
        lists=lists,
        items=count(len(items), "item"),
        chapters=count(len(numbers), "chapter"),
    )
    if not lit:
        return head
    here = [item.name for item in items if lit in item.chapters]
    if not here:
        tail = say("None of them leads to chapter {chapter}.", chapter=called(lit))
    else:
        names = list(dict.fromkeys(here))
        tail = say(
            "Lit up: {items} {lead} to chapter {chapter}.",
            items=listed(names),
            lead="leads" if len(names) == 1 else "lead",
            chapter=called(lit),
        )
    return say("{head} {tail}", head=head, tail=tail)


def _map(
    shown: tuple[str, ...], items: list[Item], numbers: list[int], lit: int, seen: str
) -> ConceptMap:
    many = len(shown) > 1  # then Chinese names stand in the single maps
    concepts = [
        Concept(
            name=_key(item.frame, item.name),
            label=item.name if many else say("{name} {zh}", name=item.name, zh=item.chinese),
            group=item.frame,
            highlight=lit in item.chapters,
        )
        for item in items
    ]
    concepts += [
        Concept(
            name=str(n),
            label=say(
                "{n} {title} {zh}", n=n, title=numbered()[n].short, zh=numbered()[n].title_zh
            ),
            group="written" if n in WRITTEN else "planned",
            page=WRITTEN.get(n, ""),
            note="" if n in WRITTEN else "planned",
            highlight=n == lit,
        )
        for n in numbers
    ]
    relations = [
        Relation(start=_key(name, a), end=_key(name, b), label="" if many else NEXT[name])
        for name in shown
        for a, b in links(name)
    ]
    relations += [
        Relation(start=_key(item.frame, item.name), end=str(n), highlight=n == lit)
        for item in items
        for n in item.chapters
    ]
    groups = {name: SHORT[name] for name in shown}
    if any(n in WRITTEN for n in numbers):
        groups["written"] = "chapter to read"
    if any(n not in WRITTEN for n in numbers):
        groups["planned"] = "planned chapter"
    return ConceptMap(
        title="Map of the course",
        alt=say("Items of the lists, each joined to its chapters. {seen}", seen=seen),
        concepts=concepts,
        relations=relations,
        groups=groups,
    )


def _key(frame_name: str, item: str) -> str:
    """Plan stands in two frames: each is a concept of its own."""
    return say("{item} ({frame})", item=item, frame=frame_name)


def _table() -> TableView:
    return TableView(
        title="All lists by chapter",
        columns=[
            (head, "", "left")
            for head in ("Chapter", *(SHORT[name].capitalize() for name in FRAMES))
        ],
        rows=[
            [
                called(n),
                *(", ".join(i.name for i in found if i.frame == name) for name in FRAMES),
            ]
            for n, found in chapter_map().chapters.items()
        ],
    )  # fmt: skip
