"""Three wordings of service operations management (I-01), taken apart and compared.

A definition says what is done (verbs), to what (objects), and what for (aims). Taken apart, the
three wordings of the course's documents differ: the first names no aim at all, the second no
customer, and each word is made computable by another chapter. Which chapter that is, is the
course's own plan (``data/definition-words.csv`` says so).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from svclab import data
from svclab.checks import one_of
from svclab.introduction.common import chapters_of, listed, share_of, some
from svclab.introduction.sorting import Card, Sorting, sort_cards
from svclab.shown import Answer
from svclab.words import percent, say

__all__ = [
    "LETTERS",
    "PARTS",
    "WORDINGS",
    "Compared",
    "Own",
    "Word",
    "compare",
    "match_words",
    "named",
    "own_definition",
    "words",
]

# The three wordings, in the course's own words (source: the documents; see I-01).
WORDINGS: Mapping[str, str] = {
    "functions": "planning, organising, implementing and controlling the service process and "
    "its result",
    "resources": "organising the service process and its resources for quality and efficiency",
    "customer": "serving the customer around the customer's needs, by integrating resources and "
    "optimising the process, from sale to after-sale",
}

LETTERS: Mapping[str, str] = dict(zip(WORDINGS, "ABC", strict=True))

PARTS: Mapping[str, str] = {
    "verb": "what is done",
    "object": "what it is done to",
    "aim": "what it is done for",
}


def named(wording: str) -> str:
    """A wording as readers know it.

    Parameters
    ----------
    wording : str
        A name in :data:`WORDINGS`.

    Returns
    -------
    str
        Its letter and its name.

    Raises
    ------
    ValueError
        If there is no such wording.

    Examples
    --------
    >>> named("functions")
    'A (functions)'
    """
    letter = LETTERS[one_of("wording", wording, WORDINGS)]
    return say("{letter} ({name})", letter=letter, name=wording)


@dataclass(frozen=True)
class Word:
    """One word of a definition."""

    wording: str  # a name in WORDINGS
    part: str  # verb, object or aim
    concept: str  # the word in English
    chinese: str
    chapters: tuple[int, ...]  # chapters of the course that make it computable
    computable: str  # what is computed there


@cache
def words() -> tuple[Word, ...]:
    """All words of the three wordings.

    Returns
    -------
    tuple of Word
        A word that stands in two wordings is there twice.

    Examples
    --------
    >>> words()[0].concept, words()[0].chapters
    ('plan', (2, 8))
    """
    return tuple(
        Word(
            row["wording"],
            row["part"],
            row["concept"],
            row["chinese"],
            chapters_of(row["chapters"]),
            row["computable"],
        )
        for row in data.rows("definition-words")
    )


def _of(wording: str) -> list[Word]:
    return [word for word in words() if word.wording == wording]


def _concepts(wording: str) -> set[str]:
    return {word.concept for word in _of(wording)}


def _likeness(one: set[str], other: set[str]) -> float:
    """Words in both against words in either (Jaccard), 0 to 1."""
    return share_of(len(one & other), len(one | other))


@dataclass(frozen=True, repr=False)
class Compared(Answer):
    """The three wordings side by side."""

    shared: tuple[str, ...]  # words in all three
    alone: Mapping[str, tuple[str, ...]]  # wording to words that no other has
    missing: Mapping[str, tuple[str, ...]]  # wording to parts of which it has no word
    likeness: Mapping[tuple[str, str], float]  # two wordings: words in both / words in either

    @property
    def sentence(self) -> str:
        """The result in words."""
        gaps = [
            say("{wording} names no {part}", wording=named(wording), part=listed(parts, "or"))
            for wording, parts in self.missing.items()
            if parts
        ]
        return say(
            "Words in all three: {shared}. Missing parts: {gaps}.",
            shared=listed(self.shared),
            gaps=listed(gaps),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a word: which wordings have it, and where it becomes computable."""
        rows: dict[str, dict[str, Any]] = {}
        for word in sorted(words(), key=lambda one: list(PARTS).index(one.part)):
            row = rows.setdefault(
                word.concept,
                {
                    "word": word.concept,
                    "part": word.part,
                    **dict.fromkeys(map(named, WORDINGS), ""),
                    "chapters": listed(map(str, word.chapters)),
                },
            )
            row[named(word.wording)] = "yes"
        return list(rows.values())


def compare() -> Compared:
    """Take the three wordings apart and lay them side by side.

    The likeness of two wordings is Jaccard's: |A ∩ B| / |A ∪ B| over their words.

    Returns
    -------
    Compared
        What they share, what each has alone, which part is missing where.

    Examples
    --------
    >>> found = compare()
    >>> found.shared, found.missing["functions"]
    (('service process',), ('aim',))

    References
    ----------
    Jaccard, P. (1912), The distribution of the flora in the alpine zone, New Phytologist 11,
    37-50.
    """
    sets = {wording: _concepts(wording) for wording in WORDINGS}
    in_order = dict.fromkeys(word.concept for word in words())
    alone, missing = {}, {}
    for wording, own in sets.items():
        others = set().union(*(other for name, other in sets.items() if name != wording))
        alone[wording] = tuple(c for c in in_order if c in own - others)
        parts = {word.part for word in _of(wording)}
        missing[wording] = tuple(part for part in PARTS if part not in parts)
    names = list(WORDINGS)
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    return Compared(
        tuple(c for c in in_order if all(c in own for own in sets.values())),
        alone,
        missing,
        {(a, b): _likeness(sets[a], sets[b]) for a, b in pairs},
    )


@dataclass(frozen=True, repr=False)
class Own(Answer):
    """A reader's own definition beside the three."""

    given: Mapping[str, tuple[str, ...]]  # verb, object, aim to the reader's words
    new: tuple[str, ...]  # words that none of the three has
    missing: tuple[str, ...]  # parts without a word
    nearest: str  # the wording with the most in common
    likeness: float  # with the nearest, 0 to 1
    chapters: tuple[int, ...]  # chapters that make the reader's words computable

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "Nearest to the wording {nearest} ({like} of the words in common); missing: "
            "{missing}; new: {new}.",
            nearest=named(self.nearest) if self.nearest else "none",
            like=percent(self.likeness, 0),
            missing=listed(self.missing),
            new=listed(self.new),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a word of the reader."""
        places = {word.concept: word for word in words()}
        return [
            {
                "word": one,
                "part": part,
                "made computable by": places[one].computable if one in places else "not yet",
            }
            for part, own in self.given.items()
            for one in own
        ]


def own_definition(
    *, verbs: Iterable[str], objects: Iterable[str], aims: Iterable[str] = ()
) -> Own:
    """Check a definition of one's own against the three.

    Parameters
    ----------
    verbs, objects, aims : iterable of str
        What is done, to what, what for; best in the words of :func:`words`, others are new.

    Returns
    -------
    Own
        What is missing, what is new, which wording is nearest, where it becomes computable.

    Raises
    ------
    ValueError
        If a single text is given in place of a list, or there is no word at all.

    Examples
    --------
    >>> mine = own_definition(verbs=["plan", "control"], objects=["service process"])
    >>> mine.sentence
    'Nearest to the wording A (functions) (50% of the words in common); missing: aim; new: none.'
    """
    lists = {"verb": some("verbs", verbs), "object": some("objects", objects)}
    lists["aim"] = some("aims", aims)
    given = {part: tuple(dict.fromkeys(own)) for part, own in lists.items()}
    mine = {one for own in given.values() for one in own}
    if not mine:
        raise ValueError("the definition has no word: give verbs, objects and aims")
    likeness = {name: _likeness(mine, _concepts(name)) for name in WORDINGS}
    nearest = max(likeness, key=lambda name: likeness[name])
    places = {word.concept: word for word in words()}
    return Own(
        given,
        tuple(one for own in given.values() for one in own if one not in places),
        tuple(part for part, own in given.items() if not own),
        nearest if likeness[nearest] else "",
        likeness[nearest],
        tuple(sorted({c for one in mine if one in places for c in places[one].chapters})),
    )


def match_words(answers: Mapping[str, str], *, reveal: bool = False) -> Sorting:
    """Say of words which wording they stand in; a word of two wordings may go into either.

    Parameters
    ----------
    answers : mapping of str to str
        Word to wording.
    reveal : bool
        Whether feedback on a miss names the wording.

    Returns
    -------
    Sorting
        With feedback on each miss.

    Examples
    --------
    >>> match_words({"efficiency": "functions"}).misses[0].feedback
    'Your choice, functions, is A, the wording that names no aim. It is an aim: what it is done
    for.'
    """
    bins = {
        "functions": "A, the wording that names no aim",
        "resources": "B, the wording that names no customer and has one verb",
        "customer": "C, the wording that neither plans nor controls",
    }
    homes: dict[str, list[Word]] = {}
    for word in words():
        homes.setdefault(word.concept, []).append(word)
    cards = [
        Card(
            concept,
            found[0].wording,
            say(
                "It is {article} {part}: {meaning}.",
                article="a" if found[0].part == "verb" else "an",
                part=found[0].part,
                meaning=PARTS[found[0].part],
            ),
            tuple(word.wording for word in found[1:]),
        )
        for concept, found in homes.items()
    ]
    return sort_cards(cards, bins, answers, reveal=reveal)
