"""Sentences of a manager, and the inequalities that say the same."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page
from svclab.words import count, hours, minutes, number, percent, say

__all__ = ["WordsToLimits"]

#: Where, and who x and y are. All invented.
PLACES = {
    "clinic": ("A clinic", "nurses", "doctors"),
    "hotline": ("A hotline", "agents", "supervisors"),
    "museum": ("A museum", "guides", "guards"),
    "hotel": ("A hotel", "cleaners", "porters"),
}
KINDS = ("ratio", "share", "time", "cover", "more")
SENTENCES = 4
LETTERS = "abcd"

#: An inequality: factor of x, factor of y, relation, right-hand side.
Limit = tuple[Fraction, Fraction, str, Fraction]


class WordsToLimits(Exercise):
    """The inequality that says a sentence, four times."""

    title = "From a sentence to a constraint"
    objective = 1
    level = "easy"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        first, other = draw.integers(2, 4, 14, distinct=True)
        one, two = draw.integers(2, 20, 60, 5, distinct=True)
        return {
            "place": draw.choice(list(PLACES)),
            "kinds": draw.sample(KINDS, SENTENCES),
            "orders": [draw.shuffled(range(4)) for _ in range(SENTENCES)],
            "ratio": draw.integer(2, 5),
            "share": draw.choice([10, 20, 25, 30, 40]),
            "time": [one, two, draw.integer(4, 9)],
            "cover": [first, other, draw.integer(60, 150, 10)],
            "more": draw.integer(2, 6),
        }

    def sound(self, p: Any) -> bool:
        # Two options that are true for the same whole numbers of people would both be right.
        found = [_same(p, kind) for kind in p.kinds]
        return all(len(places) == 1 for places in found) and apart(self, p)

    def question(self, p: Any) -> str:
        where, first, other = PLACES[p.place]
        return page(
            say(
                "{where} (invented) plans how many people to employ: x is the number of {first}, "
                "y the number of {other}. Its manager says:",
                where=where,
                first=first,
                other=other,
            ),
            "\n".join(f"{n}. {_sentence(p, kind)}" for n, kind in enumerate(p.kinds, 1)),
            say(
                "Which constraint (约束条件) says the same as each sentence? Find it without "
                "guessing: put numbers for x and y into both."
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        found: list[Field] = []
        for n, kind in enumerate(p.kinds, 1):
            texts = [_text(limit) for limit in _options(p, kind).values()]
            order = p.orders[n - 1]
            options = {letter: texts[k] for letter, k in zip(LETTERS, order, strict=True)}
            found.append(ChoiceField(f"sentence_{n}", say("Sentence {n}", n=n), options))
        return found

    def solve(self, p: Any) -> Answers:
        return {f"sentence_{n}": _letter(p, n, 0) for n in range(1, SENTENCES + 1)}

    def second(self, p: Any) -> Answers:
        # The one option that is true for the same numbers of people as the sentence.
        return {
            f"sentence_{n}": _letter(p, n, _same(p, kind)[0]) for n, kind in enumerate(p.kinds, 1)
        }

    def _by(self, p: Any, thought: str) -> Answers | None:
        """The answers to the sentences on which a thought leads elsewhere."""
        found = {}
        for n, kind in enumerate(p.kinds, 1):
            names = list(_options(p, kind))
            if thought in names:
                found[f"sentence_{n}"] = _letter(p, n, names.index(thought))
        return found or None

    @misconception(
        "You took the two groups for each other. Put numbers in: let one group be large and the "
        "other small, and ask whether the sentence allows it."
    )
    def turned(self, p: Any) -> Answers | None:
        return self._by(p, "turned")

    @misconception(
        "You turned the sign round. Words like at least give ≥, words like at most or has only "
        "give ≤."
    )
    def below(self, p: Any) -> Answers | None:
        return self._by(p, "below")

    @misconception(
        "You gave each group the number of the other. The number of a group belongs to its own "
        "variable."
    )
    def swapped(self, p: Any) -> Answers | None:
        return self._by(p, "swapped")

    @misconception(
        "You compared minutes with hours. Both sides of a constraint have the same unit."
    )
    def units(self, p: Any) -> Answers | None:
        return self._by(p, "units")

    @misconception(
        "You took the share of the other group. The sentence speaks of a share of all: of x and "
        "y together."
    )
    def of_the_other(self, p: Any) -> Answers | None:
        return self._by(p, "of the other")

    @misconception(
        "You counted people. What counts in this sentence is what they do: each group serves "
        "another number of people in an hour."
    )
    def heads(self, p: Any) -> Answers | None:
        return self._by(p, "heads")

    @misconception(
        "You took a factor for a difference. So many times as many multiplies; so many more adds."
    )
    def added(self, p: Any) -> Answers | None:
        return self._by(p, "added")

    @misconception(
        "You took a difference for a factor. So many more adds; so many times as many multiplies."
    )
    def multiplied(self, p: Any) -> Answers | None:
        return self._by(p, "multiplied")

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "For each sentence think of one plan that it allows and one that it forbids, as "
                "numbers of people."
            ),
            say(
                "Put both plans into each of the four inequalities. Only one is true for the first "
                "and false for the second; if two are left, try another plan."
            ),
            say(
                "Look at the units of both sides: people, minutes, customers. And a share of all "
                "is a share of x + y."
            ),
        ]

    def solution(self, p: Any) -> str:
        lines = []
        for kind in p.kinds:
            right = next(iter(_options(p, kind).values()))
            lines.append(
                say("{sentence} → {limit}", sentence=_sentence(p, kind), limit=_text(right))
            )
        why = say(
            "In PuLP all variables may stand on the left, or on both sides: it brings them "
            "together. A share of all is best kept as it is said, with x + y on the right."
        )
        return page(bullets(lines), why)


def _sentence(p: Any, kind: str) -> str:
    """What the manager says."""
    _, first, other = PLACES[p.place]
    if kind == "ratio":
        told = "“There must be at least {k} times as many {first} as {other}.”"
        return say(told, k=p.ratio, first=first, other=other)
    if kind == "share":
        told = "“At most {share} of all {first} and {other} together may be {other}.”"
        return say(told, share=percent(p.share / 100, 0), first=first, other=other)
    if kind == "time":
        told = (
            "“Each of the {first} needs {one} of training, each of the {other} {two}. The trainer "
            "has only {there}.”"
        )
        one, two, there = p.time
        return say(
            told,
            first=first,
            other=other,
            one=minutes(one),
            two=minutes(two),
            there=hours(there),
        )
    if kind == "cover":
        told = (
            "“In an hour each of the {first} helps {one}, each of the {other} {two}. At least "
            "{least} an hour must be helped.”"
        )
        one, two, least = p.cover
        people = [count(n, "person", "people") for n in (one, two, least)]
        return say(told, first=first, other=other, one=people[0], two=people[1], least=people[2])
    told = "“There must be at least {k} more {first} than {other}.”"
    return say(told, k=p.more, first=first, other=other)


def _options(p: Any, kind: str) -> dict[str, Limit]:
    """The inequalities to choose from by the thought that leads there; the right one first."""
    one, zero = Fraction(1), Fraction(0)
    if kind == "ratio":
        k = Fraction(p.ratio)
        return {
            "right": (one, -k, "≥", zero),
            "turned": (-k, one, "≤", zero),
            "below": (one, -k, "≤", zero),
            "added": (one, -one, "≥", k),
        }
    if kind == "share":
        s = Fraction(p.share, 100)
        return {
            "right": (-s, 1 - s, "≤", zero),
            "turned": (1 - s, -s, "≤", zero),
            "below": (-s, 1 - s, "≥", zero),
            "of the other": (-s, one, "≤", zero),
        }
    if kind == "time":
        a, b, there = map(Fraction, p.time)
        return {
            "right": (a, b, "≤", 60 * there),
            "swapped": (b, a, "≤", 60 * there),
            "below": (a, b, "≥", 60 * there),
            "units": (a, b, "≤", there),
        }
    if kind == "cover":
        a, b, least = map(Fraction, p.cover)
        return {
            "right": (a, b, "≥", least),
            "swapped": (b, a, "≥", least),
            "below": (a, b, "≤", least),
            "heads": (one, one, "≥", least),
        }
    k = Fraction(p.more)
    return {
        "right": (one, -one, "≥", k),
        "turned": (one, -one, "≤", -k),
        "below": (one, -one, "≤", k),
        "multiplied": (one, -k, "≥", zero),
    }


def _text(limit: Limit) -> str:
    """An inequality as one writes it: what is taken away stands on the other side."""
    a, b, sign, right = limit
    shares = [part for part in (a, b) if part.denominator > 1]
    if shares:
        return _share_text(limit)
    if b < 0:
        return say("{x} {sign} {y}", x=_times(a, "x"), sign=sign, y=_plus(_times(-b, "y"), right))
    if a < 0:
        flipped = "≥" if sign == "≤" else "≤"
        return say("{x} {sign} {y}", x=_times(-a, "x"), sign=flipped, y=_times(b, "y"))
    left = say("{x} + {y}", x=_times(a, "x"), y=_times(b, "y"))
    return say("{left} {sign} {right}", left=left, sign=sign, right=_number(right))


def _share_text(limit: Limit) -> str:
    """A share: of all, if both factors hold it, else of x alone."""
    a, b, sign, _ = limit
    if b == 1:
        return say("y {sign} {share} x", sign=sign, share=_number(-a))
    name, share = ("y", -a) if a < 0 else ("x", -b)
    return say("{name} {sign} {share} (x + y)", name=name, sign=sign, share=_number(share))


def _times(factor: Fraction, name: str) -> str:
    return name if factor == 1 else say("{k} {name}", k=_number(factor), name=name)


def _plus(text: str, more: Fraction) -> str:
    if not more:
        return text
    template = "{text} + {more}" if more > 0 else "{text} − {more}"
    return say(template, text=text, more=_number(abs(more)))


def _number(value: Fraction) -> str:
    return number(float(value), 2).text


def _letter(p: Any, n: int, k: int) -> str:
    """The letter under which the k-th option of sentence n stands."""
    return LETTERS[p.orders[n - 1].index(k)]


def _test(limit: Limit) -> Callable[[int, int], bool]:
    """Whether an inequality is true."""
    a, b, sign, right = limit
    # All shares are whole percents: a hundred times both sides are whole numbers.
    one, two, there = (int(100 * part) for part in (a, b, right))
    if sign == "≥":
        return lambda x, y: one * x + two * y >= there
    return lambda x, y: one * x + two * y <= there


def _said(p: Any, kind: str) -> Callable[[int, int], bool]:
    """Whether a sentence is true, by its words."""
    if kind == "ratio":
        return lambda x, y: x // p.ratio >= y
    if kind == "share":
        return lambda x, y: 100 * y <= p.share * (x + y)
    if kind == "time":
        one, two, there = p.time
        return lambda x, y: Fraction(x * one + y * two, 60) <= there
    if kind == "cover":
        one, two, least = p.cover
        return lambda x, y: sum([one] * x + [two] * y) >= least
    return lambda x, y: x - p.more >= y


def _same(p: Any, kind: str) -> list[int]:
    """The options that are true for the same numbers of people as the sentence."""
    said = _said(p, kind)
    tests = [_test(limit) for limit in _options(p, kind).values()]
    people = list(product(range(25), repeat=2))
    return [k for k, test in enumerate(tests) if all(test(x, y) == said(x, y) for x, y in people)]
