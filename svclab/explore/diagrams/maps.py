"""Concept maps: concepts joined by labelled links, some of which lead into chapters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from svclab.explore.diagrams.common import MARKED, Diagram, known, left_out, unique
from svclab.explore.views import TableView

__all__ = ["Concept", "ConceptMap", "Relation"]

PAGE = re.compile(r"[\w.-]+(#[\w.-]+)?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Concept:
    """A concept of a :class:`ConceptMap`.

    Parameters
    ----------
    name : str
        Unique in the map.
    label, note : str, optional
        What stands in its box (left out: the name), and what the table says besides.
    group : str, optional
        A key of the map's groups.
    page : str, optional
        The page of the book that it leads to, without its ending, such as ``"05-process"`` or
        ``"05-process#bottleneck"``.
    highlight : bool, optional
        Drawn strong: "you are here".
    """

    name: str
    label: str = ""
    group: str = ""
    page: str = ""
    note: str = ""
    highlight: bool = False

    def __post_init__(self) -> None:
        if self.page and not PAGE.fullmatch(self.page):
            raise ValueError(
                f"concept {self.name!r}: page={self.page!r} must be a page of the book without its "
                "ending, such as '05-process' or '05-process#bottleneck'"
            )


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A directed link between two concepts, read as a sentence: start, label, end."""

    start: str
    end: str
    label: str = ""
    highlight: bool = False


@dataclass(frozen=True, kw_only=True)
class ConceptMap(Diagram):
    """Concepts joined by labelled links, as one map; each concept may lead into a chapter.

    Parameters
    ----------
    concepts : sequence of Concept
        In an order in which they can be read as a list, as on a phone.
    relations : sequence of Relation
        At most one with the same start, end and label.
    groups : mapping of str to str, optional
        Key to label: each has a colour and a mark; at most eight.

    Raises
    ------
    ValueError
        For an unknown concept or group, or one that stands twice.

    Examples
    --------
    >>> drawn = ConceptMap(
    ...     alt="Two concepts.", concepts=[Concept(name="need"), Concept(name="design")],
    ...     relations=[Relation(start="need", end="design", label="leads to")])
    >>> drawn.tables()[0].rows
    [['need', 'leads to', 'design']]
    """

    concepts: Sequence[Concept]
    relations: Sequence[Relation] = ()
    groups: Mapping[str, str] | None = None

    kind = "map"

    def __post_init__(self) -> None:
        super().__post_init__()
        names = unique((concept.name for concept in self.concepts), "concept")
        if not names:
            raise ValueError("concepts=[]: a map needs at least one concept")
        groups = unique(self.groups or {}, "group")
        if len(groups) > 8:
            raise ValueError(f"groups has {len(groups)}: at most 8 can be told apart")
        for concept in self.concepts:
            if concept.group:
                known(concept.group, groups, "group", f"concept {concept.name!r}")
        seen = set()
        for r in self.relations:
            where = f"relation {r.start!r} to {r.end!r}"
            known(r.start, names, "concept", where)
            known(r.end, names, "concept", where)
            if r.start == r.end:
                raise ValueError(f"{where}: a concept cannot be joined to itself")
            if (r.start, r.end, r.label) in seen:
                raise ValueError(f"{where}, {r.label!r}, stands twice: take one out")
            seen.add((r.start, r.end, r.label))

    def drawn(self) -> dict[str, Any]:
        return {
            "concepts": [
                left_out({**asdict(c), "label": c.label or c.name}) for c in self.concepts
            ],
            "relations": [left_out(asdict(r)) for r in self.relations],
            "groups": [{"key": k, "label": text} for k, text in (self.groups or {}).items()],
        }  # fmt: skip

    def tables(self) -> Sequence[TableView]:
        label = {concept.name: concept.label or concept.name for concept in self.concepts}
        groups = self.groups or {}
        relations = [
            [label[r.start], r.label, label[r.end], "yes" if r.highlight else ""]
            for r in self.relations
        ]
        heads = ["From", "Link", "To", MARKED]
        if not any(r.highlight for r in self.relations):
            heads.remove(MARKED)
            relations = [row[:3] for row in relations]
        extra = [
            ("Group", [groups.get(c.group, "") for c in self.concepts]),
            ("Chapter", [c.page for c in self.concepts]),
            (MARKED, ["yes" if c.highlight else "" for c in self.concepts]),
            ("Note", [c.note for c in self.concepts]),
        ]
        extra = [(head, cells) for head, cells in extra if any(cells)]
        found = [
            TableView(
                title="Links",
                columns=[(h, "", "left") for h in heads],
                rows=relations,
            )
        ]
        columns = [(h, "", "left") for h in ("Concept", *(head for head, _ in extra))]
        rows = [
            [label[c.name], *(cells[at] for _, cells in extra)]
            for at, c in enumerate(self.concepts)
        ]
        return [*found, TableView(title="Concepts", columns=columns, rows=rows)]
