"""What a chapter says: the text of its markdown cells, and its figures' text alternatives.

A test makes a phrase with the number that a model gives, and asks whether the notebook says so:

    prose("strategy").says(f"Only in year {year} has it paid back")
    prose("strategy").section("Many futures").says(f"brings less in {worse} of 100 futures")

Emphasis, links and line breaks do not count. The text is read from the notebook, not from its
outputs; cells for the instructor belong to it. What the code above a sentence gives is had by
running it, all cells in their order, or the first cell with some that a piece of code names:

    ran("strategy").gave("choices.at_stake()")
    ran("capacity", "noon = capacity.fluid_queue").names["noon"]
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat

from svclab.catalogue import CHAPTERS
from svclab.explore import declaration
from svclab.words import number

ROOT = Path(__file__).resolve().parents[2]

_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")
_EMPHASIS = re.compile(r"\*+(?=\S)|(?<=\S)\*+|`")
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.M)
_WORDS = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
]  # fmt: skip
_AROUND = 40  # letters shown before and after the nearest stretch


def plain(text: str) -> str:
    """Text without emphasis, code marks and links' addresses, and with single spaces.

    >>> plain("only **two**\\n of  [*three*](../book/glossary.md), 3 * 4")
    'only two of three, 3 * 4'
    """
    return " ".join(_EMPHASIS.sub("", _LINK.sub(r"\1", text)).split())


@dataclass(frozen=True)
class Passage:
    """What a reader reads under one heading of one cell, or instead of a figure."""

    cell: int  # its place in the notebook, from 0
    headings: tuple[str, ...]  # the section, and the part of it, plain
    text: str  # plain


@dataclass(frozen=True)
class Prose:
    """All that a chapter, or one of its sections, says outside of what its cells give."""

    name: str  # of the notebook
    passages: tuple[Passage, ...] = field(repr=False)

    def section(self, title: str) -> Prose:
        """What stands under one heading, with the parts below it.

        Raises AssertionError if there is no such heading.
        """
        within = tuple(p for p in self.passages if title in p.headings)
        assert within, f"{self.name} has no heading {title!r}"
        return Prose(f"{self.name}, {title}", within)

    def says(self, phrase: str) -> None:
        """Hold that the phrase stands there in one piece, its numbers whole: 6 is not in 16 or 6.5.

        Raises AssertionError, with the stretch of text that is most like it.

        >>> one = Prose("a chapter", (Passage(7, (), "a franchisee bears 16.5% at most"),))
        >>> one.says("bears **16.5%** at")
        >>> one.says("6.5% at most")
        Traceback (most recent call last):
        AssertionError: a chapter does not say
          6.5% at most
        the nearest stands in cell 7:
          … a franchisee bears 16.5% at most …
        """
        __tracebackhide__ = True
        wanted = plain(phrase)
        if not any(_holds(passage.text, wanted) for passage in self.passages):
            near = _nearest(wanted, self.passages)
            raise AssertionError(f"{self.name} does not say\n  {wanted}\n{near}")


def _holds(text: str, phrase: str) -> bool:
    before = r"(?<!\w)(?<!\d[.,])(?<![−-])" if phrase[0].isdigit() else r"(?<!\w)"
    after = r"(?!\w)(?![.,]\d)" if phrase[-1].isalnum() else ""
    start = before if phrase[0].isalnum() else ""
    return re.search(start + re.escape(phrase) + after, text) is not None


def _nearest(phrase: str, passages: tuple[Passage, ...]) -> str:
    best, where = 0.0, "and nothing that is like it"
    for passage in passages:
        whole = SequenceMatcher(None, passage.text, phrase, autojunk=False)
        common = whole.find_longest_match()
        start = max(common.a - common.b, 0)
        stretch = passage.text[start : start + len(phrase)]
        alike = SequenceMatcher(None, stretch, phrase, autojunk=False).ratio()
        if alike > best:
            shown = passage.text[max(start - _AROUND, 0) : start + len(phrase) + _AROUND]
            best, where = alike, f"the nearest stands in cell {passage.cell}:\n  … {shown} …"
    return where


def in_words(value: int) -> str:
    """A small whole number as prose writes it.

    >>> in_words(0), in_words(4), in_words(19)
    ('none', 'four', 'nineteen')
    """
    return _WORDS[value]


def percent(share: float, digits: int = 0) -> str:
    """A share as prose writes it, with a space; in outputs it has none.

    >>> percent(0.0746, 1), percent(0.4)
    ('7.5%', '40%')
    """
    return f"{number(100 * share, digits)}%"


def about(value: float, step: float) -> str:
    """A number rounded to a step, as in "about 4,300".

    >>> about(4309.7, 100), about(-1.47, 0.1)
    ('4,300', '−1.5')
    """
    return str(number(step * round(value / step), 6))


def control(explorable: str, name: str) -> dict[str, Any]:
    """What an explorable says of one of its controls: its `default`, its `step` and so on."""
    found: dict[str, Any] = next(
        one for one in declaration(explorable)["parameters"] if one["name"] == name
    )
    return found


@cache
def prose(package: str) -> Prose:
    """The text of a chapter, named by its package: ``prose("strategy")``."""
    name, cells = _notebook(package)
    return Prose(name, tuple(_passages(cells)))


@dataclass(frozen=True)
class Ran:
    """Code cells of a chapter, run one after the other as a reader runs them."""

    names: dict[str, Any]  # what the cells have left behind
    values: dict[str, Any]  # source of a cell to the value of its last line, None if it has none
    texts: dict[str, str]  # source of a cell to what it printed

    def gave(self, piece: str) -> Any:
        """The value of the one cell that holds this piece of code."""
        return self.values[_holding(self.values, piece)]

    def printed(self, piece: str) -> str:
        """What the one cell that holds this piece of code printed."""
        return self.texts[_holding(self.values, piece)]


def cell(package: str, piece: str) -> str:
    """The source of the one code cell of a chapter that holds this piece of code."""
    return _holding(_codes(package), piece)


@cache
def ran(package: str, *pieces: str) -> Ran:
    """A chapter's code cells, run once in a test session; cells that shall fail are left out.

    With pieces of code only the first cell, which imports, and the cells that hold the pieces.
    """
    codes = _codes(package)
    return run(*([codes[0], *(cell(package, piece) for piece in pieces)] if pieces else codes))


def run(*codes: str) -> Ran:
    """Pieces of code, run one after the other where a reader runs a notebook."""
    names: dict[str, Any] = {"__name__": "__main__"}
    values, texts = {}, {}
    with contextlib.chdir(ROOT / "notebooks"):
        for source in codes:
            code = ast.parse(source)
            last = code.body.pop() if code.body and isinstance(code.body[-1], ast.Expr) else None
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(code, "<cell>", "exec"), names)
                ends = last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
            values[source], texts[source] = ends, out.getvalue()
    plt.close("all")
    return Ran(names, values, texts)


def _holding(codes: Iterable[str], piece: str) -> str:
    found = [code for code in codes if piece in code]
    assert len(found) == 1, f"{len(found)} cells hold {piece!r}"
    return found[0]


@cache
def _codes(package: str) -> tuple[str, ...]:
    """The code cells of a chapter without those that shall fail."""
    _, cells = _notebook(package)
    return tuple(
        one.source
        for one in cells
        if one.cell_type == "code" and "raises-exception" not in one.metadata.get("tags", ())
    )


def _notebook(package: str) -> tuple[str, list[nbformat.NotebookNode]]:
    (chapter,) = (one for one in CHAPTERS if one.package == package)
    return chapter.name, nbformat.read(ROOT / chapter.notebook, as_version=4).cells


def _passages(cells: list[nbformat.NotebookNode]) -> Iterator[Passage]:
    """The text in its order; a heading in the midst of a cell begins a passage."""
    headings: list[tuple[int, str]] = []
    for place, cell in enumerate(cells):
        if cell.cell_type == "code":
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            yield Passage(place, tuple(title for _, title in headings), plain(alt))
            continue
        found = list(_HEADING.finditer(cell.source))
        cuts = [0, *(one.start() for one in found), len(cell.source)]
        for index, (start, end) in enumerate(pairwise(cuts)):
            if index:
                level, title = len(found[index - 1][1]), plain(found[index - 1][2])
                headings = [one for one in headings if one[0] < level] + [(level, title)]
            yield Passage(
                place, tuple(title for _, title in headings), plain(cell.source[start:end])
            )
