"""A definition of one's own: which part is missing, and which wording it is nearest to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.introduction.definitions import WORDINGS, Own, named, own_definition, words
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.definition import Numbers
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, join, percent, say

__all__ = ["OwnDefinition"]

PARTS = ("verb", "object", "aim")
#: Words that none of the three wordings has (invented).
NEW = {
    "verb": ("measure", "teach", "automate"),
    "object": ("partners", "waiting lines", "staff"),
    "aim": ("profit", "safety", "good name"),
}
#: Who wrote it. All invented.
PLACES = {
    "hotel": "The manager of a hotel (invented)",
    "clinic": "The head of a health centre (体检中心, invented)",
    "ktv": "The manager of a KTV house (invented)",
    "courier": "The head of a courier service (快递, invented)",
    "school": "The head of a language school (语言学校, invented)",
}


class OwnDefinition(Exercise):
    """The part that a definition lacks, the nearest of the three wordings, and how near it is."""

    title = "A definition of one's own"
    objective = 1
    level = "easy"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        missing = draw.choice([*PARTS, "none"])
        base = draw.choice(list(WORDINGS))
        while True:
            numbers = self._written(draw, base, [part for part in PARTS if part != missing])
            if _nearest(Numbers(numbers)) == base:
                return {"place": draw.choice(list(PLACES)), "missing": missing, **numbers}

    def _written(self, draw: Draw, base: str, present: list[str]) -> Answers:
        """A definition with these parts, most of its words from one wording."""
        own: dict[str, list[str]] = {part: [] for part in PARTS}
        for part in present:
            there = _of(base, part) or _all(part)
            own[part] = draw.sample(there, min(len(there), draw.integer(1, 2)))
        part = draw.choice(present)
        rest = [word for word in _all(part) if word not in own[part]]
        own[part].append(draw.choice(rest))
        new = draw.choice([*present, ""])
        if new:  # this part is filled by a word that is in none of the three
            own[new] = [draw.choice(NEW[new])]
        return {"own": own, "new": new}

    def sound(self, p: Any) -> bool:
        # If only the new word is not in the nearest wording, who leaves it out divides by the
        # words of that wording: two thoughts, one number.
        both, own, _ = _counts(p, _nearest(p))
        return _size(p) >= 3 and not (p.new and own - both == 1) and apart(self, p)

    def question(self, p: Any) -> str:
        chinese = {word.concept: word.chinese for word in reversed(words())}
        rows = [
            [
                part,
                *(
                    ", ".join(say("{w} ({zh})", w=w, zh=chinese[w]) for w in _of(name, part)) or "–"
                    for name in WORDINGS
                ),
            ]
            for part in PARTS
        ]
        return page(
            say(
                "The three wordings of service operations management, taken apart. A verb is what "
                "is done, an object what it is done to, an aim what it is done for. Each entry "
                "between commas is one word."
            ),
            table([say("part"), *(say("wording {n}", n=named(name)) for name in WORDINGS)], rows),
            say("{who} writes: {text}", who=PLACES[p.place], text=_text(p)),
            say(
                "1. For which part does this definition have no word?\n"
                "2. To which wording is it nearest? The likeness of two definitions is the number "
                "of words in both, divided by the number of words in at least one of them.\n"
                "3. How large is the likeness with that wording, in percent?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        parts = {
            "verb": say("the verb: what is done"),
            "object": say("the object: what it is done to"),
            "aim": say("the aim: what it is done for"),
            "none": say("none: all three parts are there"),
        }
        names = {name: say("wording {n}", n=named(name)) for name in WORDINGS}
        return [
            ChoiceField("missing", say("Missing part"), parts),
            ChoiceField("nearest", say("Nearest wording"), names),
            NumberField("likeness", say("Likeness"), unit="%", absolute=0.5),
        ]

    def _found(self, p: Any) -> Own:
        return own_definition(verbs=p.own["verb"], objects=p.own["object"], aims=p.own["aim"])

    def solve(self, p: Any) -> Answers:
        found = self._found(p)
        return {
            "missing": found.missing[0] if found.missing else "none",
            "nearest": found.nearest,
            "likeness": 100 * found.likeness,
        }

    def second(self, p: Any) -> Answers:
        nearest = _nearest(p)
        return {
            "missing": p.missing,
            "nearest": nearest,
            "likeness": float(100 * _shares(p)[nearest]),
        }

    def _by(self, p: Any, bottom: Any) -> Answers:
        """The likeness of somebody who divides the words in both by something else."""
        both, own, theirs = _counts(p, self._found(p).nearest)
        return {"likeness": 100 * both / bottom(both, own, theirs)}

    @misconception(
        "You divided by the words of the own definition alone. Words that only the other wording "
        "has make the two unlike, too."
    )
    def of_the_own(self, p: Any) -> Answers:
        return self._by(p, lambda both, own, theirs: own)

    @misconception(
        "You divided by the words of the printed wording alone. Words that only the own definition "
        "has make the two unlike, too."
    )
    def of_the_printed(self, p: Any) -> Answers:
        return self._by(p, lambda both, own, theirs: theirs)

    @misconception(
        "You added the words of the two definitions. Words in both are then counted twice: below "
        "the line each word stands once."
    )
    def counted_twice(self, p: Any) -> Answers:
        return self._by(p, lambda both, own, theirs: own + theirs)

    @misconception(
        "You left out the word that none of the three wordings has. It belongs to the words of one "
        "of the two all the same."
    )
    def new_left_out(self, p: Any) -> Answers | None:
        return self._by(p, lambda both, own, theirs: own + theirs - both - 1) if p.new else None

    @misconception(
        "You took a part for empty because its word stands in none of the three wordings. A new "
        "word fills a part as well."
    )
    def new_is_nothing(self, p: Any) -> Answers | None:
        return {"missing": p.new} if p.new and p.missing == "none" else None

    @misconception(
        "You took an object for an aim. Ask of each word whether it is what the work is done to, "
        "or what the work is done for."
    )
    def object_for_aim(self, p: Any) -> Answers | None:
        return {"missing": "none"} if p.missing == "aim" else None

    @misconception(
        "You took an aim for an object. Ask of each word whether it is what the work is done to, "
        "or what the work is done for."
    )
    def aim_for_object(self, p: Any) -> Answers | None:
        return {"missing": "none"} if p.missing == "object" else None

    @misconception(
        "You took the words for a thing to be done. A verb says what managers do; here only a "
        "matter and a purpose are named."
    )
    def matter_for_verb(self, p: Any) -> Answers | None:
        return {"missing": "none"} if p.missing == "verb" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Write the words of the definition under three heads: verb, object, aim."),
            say("Mark each of them that stands in the table, wording by wording."),
            say(
                "Words in at least one: the words of the one, and those of the other that are not "
                "counted yet. The definition has {n} words.",
                n=_size(p),
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        rows: list[list[Quantity | str | int]] = []
        for name in WORDINGS:
            both, own, theirs = _counts(p, name)
            share = percent(both / (own + theirs - both), 1)
            rows.append([named(name), both, own + theirs - both, share])
        lacks = (
            say("All three parts are there.")
            if right["missing"] == "none"
            else say("There is no {part}.", part=right["missing"])
        )
        return page(
            table(
                [say("wording"), say("words in both"), say("words in at least one"),
                 say("likeness")],
                rows,
            ),
            say(
                "{lacks} The nearest is the wording {name}, with a likeness of **{share}**.",
                lacks=lacks,
                name=named(right["nearest"]),
                share=percent(right["likeness"] / 100),
            ),
            say(
                "What a definition leaves out is easily forgotten. A definition without an aim "
                "cannot say whether the work was done well."
            ),
        )  # fmt: skip


def _of(wording: str, part: str) -> list[str]:
    return [word.concept for word in words() if word.wording == wording and word.part == part]


def _all(part: str) -> list[str]:
    return list(dict.fromkeys(word.concept for word in words() if word.part == part))


def _size(p: Any) -> int:
    return sum(len(own) for own in p.own.values())


def _counts(p: Any, wording: str) -> tuple[int, int, int]:
    """Words in both, words of the own definition, words of the wording."""
    theirs = [word for part in PARTS for word in _of(wording, part)]
    own = [word for part in PARTS for word in p.own[part]]
    return len([word for word in own if word in theirs]), len(own), len(theirs)


def _shares(p: Any) -> dict[str, Fraction]:
    found = {}
    for name in WORDINGS:
        both, own, theirs = _counts(p, name)
        found[name] = Fraction(both, own + theirs - both)
    return found


def _nearest(p: Any) -> str:
    """The wording with the largest share; "" if there are two."""
    shares = _shares(p)
    best = [name for name, share in shares.items() if share == max(shares.values())]
    return best[0] if len(best) == 1 else ""


def _text(p: Any) -> str:
    """The definition as a sentence, its words in italics."""
    verbs, objects, aims = ([say("*{w}*", w=w) for w in p.own[part]] for part in PARTS)
    if not verbs:
        return say(
            "“Service operations management is about {objects}, for the sake of {aims}.”",
            objects=join(objects),
            aims=join(aims),
        )
    if not objects:
        return say(
            "“Service operations management means to {verbs}, for the sake of {aims}.”",
            verbs=join(verbs),
            aims=join(aims),
        )
    said = say(
        "Service operations management means to {verbs} {objects}",
        verbs=join(verbs),
        objects=join(objects),
    )
    if not aims:
        return say("“{said}.”", said=said)
    return say("“{said}, for the sake of {aims}.”", said=said, aims=join(aims))
