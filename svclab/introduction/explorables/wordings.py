"""Three wordings of service operations management, taken apart, and one of the reader's own."""

from __future__ import annotations

from typing import Any

from svclab.catalogue import called
from svclab.explore import (
    Choice,
    ChoiceGuess,
    Column,
    Figure,
    SettingError,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.explore.diagrams import Item, Matrix, Move, in_the_picture
from svclab.introduction.common import listed
from svclab.introduction.definitions import (
    LETTERS,
    WORDINGS,
    Own,
    Word,
    compare,
    named,
    own_definition,
)
from svclab.introduction.definitions import words as all_words
from svclab.introduction.definitions.wordings import PARTS
from svclab.words import count, percent, say

__all__ = ["definition_words"]

TAKEN = ("plan", "control", "service process")
NONE_OF = "none"
OUT, IN = "out", "in"
THE = {"service process", "result", "customer", "customer life cycle"}
PLURALS = {"verb": "verbs", "object": "objects", "aim": "aims"}


def _in_order() -> dict[str, Word]:
    """Each word once, verbs first."""
    order = list(PARTS)
    found: dict[str, Word] = {}
    for word in sorted(all_words(), key=lambda one: order.index(one.part)):
        found.setdefault(word.concept, word)
    return found


@explorable(
    title="What do three definitions of service operations management leave out?",
    parameters=[
        Table(
            name="taken", label="Words for your definition", shown_if=in_the_picture("taken"),
            columns=[
                Column(name="word", label="Word", editable=False),
                Column(Choice(name="use", label="Yours", options={OUT: "left out", IN: "taken"},
                              default=OUT)),
            ],
            default=[
                {"word": word, "use": IN if word in TAKEN else OUT} for word in _in_order()
            ],
        ),
        Table(
            name="new", label="Words that none of the three has", add=True, max_rows=5,
            help="Say whether a word is a verb, an object or an aim; then it is taken.",
            columns=[
                Column(name="word", label="Word", longest=30, unique=True, empty=True),
                Column(Choice(name="part", label="Taken as", default="",
                              options={"": "–", **{part: part for part in PARTS}})),
            ],
            default=[{"word": "artificial intelligence", "part": ""}],
        ),
    ],
    guess=ChoiceGuess(
        question="Three wordings stand in the course's documents. One of them does not say what "
        "the service is run for: it names no aim at all. Which one?",
        options={
            **{key: say("{name}: {text}", name=named(key), text=text)
               for key, text in WORDINGS.items()},
            NONE_OF: "none: each names an aim",
        },
    ),
)  # fmt: skip
def definition_words(
    taken: list[dict[str, Any]], new: list[dict[str, Any]], guess: str | None
) -> View:
    """Three wordings of the course's documents, word by word; choose words for your own."""
    words = _in_order()
    _check(new, words)
    picked = [row["word"] for row in taken if row["use"] == IN]
    parts: dict[str, list[str]] = {part: [] for part in PARTS}
    for word in picked:
        parts[words[word].part].append(word)
    added = [row for row in new if row["word"] and row["part"]]
    for row in added:
        parts[row["part"]].append(row["word"])
    own = _own(parts)
    seen = _sentence(own)
    return View(
        say=seen if guess is None else say("{seen} {answer}", seen=seen, answer=_answer(guess)),
        warning=_warning(own),
        figures=_figures(own, len(picked) + len(added)),
        parts=[
            _matrix(words, taken, added),
            _three(),
            *([_places(own, words)] if own else []),
            _table(words),
        ],
    )


def _check(new: list[dict[str, Any]], words: dict[str, Word]) -> None:
    for at, row in enumerate(new):
        if row["word"] in words:
            raise SettingError(
                "new",
                say("Row {n}: “{word}” is among the words of the three wordings: move it there.",
                    n=at + 1, word=row["word"]),
                row=at,
                column="word",
            )  # fmt: skip


def _own(parts: dict[str, list[str]]) -> Own | None:
    if not any(parts.values()):
        return None
    return own_definition(verbs=parts["verb"], objects=parts["object"], aims=parts["aim"])


def _sentence(own: Own | None) -> str:
    if own is None:
        return "Of all words only “service process” stands in all three wordings."
    gap = (
        say("It names no {parts}.", parts=listed(own.missing, "or"))
        if own.missing
        else "It says what is done, to what, and what for."
    )
    near = (
        say(
            "Nearest is wording {name}, with {like} of the words in common.",
            name=named(own.nearest),
            like=percent(own.likeness, 0),
        )
        if own.nearest
        else "It shares no word with the three."
    )
    return say(
        "Your definition: “{text}”. {gap} {near}",
        text=_told(own),
        gap=gap,
        near=near,
    )


def _told(own: Own) -> str:
    verbs, objects, aims = (own.given[part] for part in PARTS)
    things = [say("the {thing}", thing=one) if one in THE else one for one in objects]
    told = [listed(verbs) if verbs else "…", listed(things) if things else "…"]
    return " ".join(told) + (say(", for {aims}", aims=listed(aims)) if aims else "")


def _warning(own: Own | None) -> str:
    if own is None:
        return "Your definition has no word yet: move some into it."
    return ""


def _answer(guess: str) -> str:
    lacks = compare().missing
    [right] = [key for key in lacks if "aim" in lacks[key]]
    if guess == right:
        return say("Your guess, {name}, is right: it names no aim.", name=named(guess))
    if guess == NONE_OF:
        return say("Your guess was none; look at {right} again.", right=named(right))
    aims = [word.concept for word in all_words() if word.wording == guess and word.part == "aim"]
    return say(
        "Your guess was {name}, but it names {aims}; {right} names no aim.",
        name=named(guess),
        aims=listed(aims),
        right=named(right),
    )


def _figures(own: Own | None, size: int) -> list[Figure]:
    found = [
        Figure("shared", "Words in all three", count(len(compare().shared))),
        Figure("size", "Words in yours", count(size)),
    ]
    if own is None:
        return found
    return [
        *found,
        Figure(
            "missing",
            "Yours lacks",
            listed(PLURALS[part] for part in own.missing),
            "bad" if own.missing else "good",
        ),
        Figure(
            "likeness",
            say("In common with {name}", name=named(own.nearest))
            if own.nearest
            else "In common with any",
            percent(own.likeness, 0),
            help="Words in both against words in either (Jaccard).",
        ),
    ]


def _matrix(
    words: dict[str, Word], taken: list[dict[str, Any]], added: list[dict[str, Any]]
) -> Matrix:
    stands = {word: _where(word) for word in words}
    items = [
        Item(
            name=row["word"],
            label=say("{word} {zh}", word=row["word"], zh=words[row["word"]].chinese),
            note=" ".join(stands[row["word"]]),
            row=words[row["word"]].part,
            column=row["use"],
            move=Move(parameter="taken", row=at, across="use"),
        )
        for at, row in enumerate(taken)
    ]
    items += [Item(name=row["word"], note="new", row=row["part"], column=IN) for row in added]
    return Matrix(
        title="Take words into your definition",
        alt=say(
            "A row each for verbs, objects and aims; {n} are in your definition, {m} are not.",
            n=count(len([item for item in items if item.column == IN]), "word"),
            m=len([item for item in items if item.column == OUT]),
        ),
        rows={
            part: say("{name}: {what}", name=PLURALS[part].capitalize(), what=what)
            for part, what in PARTS.items()
        },
        columns={OUT: "Words of the wordings A, B, C", IN: "Your definition"},
        items=items,
    )


def _where(word: str) -> list[str]:
    """The letters of the wordings in which a word stands."""
    return [LETTERS[one.wording] for one in all_words() if one.concept == word]


def _table(words: dict[str, Word]) -> TableView:
    return TableView(
        title="Word by word",
        columns=[("Word", "", "left"), ("Part", "", "left"),
                 *((named(key), "", "left") for key in LETTERS)],
        rows=[
            [say("{word} {zh}", word=word, zh=one.chinese), one.part,
             *("yes" if letter in _where(word) else "" for letter in LETTERS.values())]
            for word, one in words.items()
        ],
        emphasis=[k for k, word in enumerate(words) if len(_where(word)) == len(LETTERS)],
    )  # fmt: skip


def _three() -> TableView:
    found = compare()
    return TableView(
        title="The three wordings (source: the course's documents)",
        columns=[
            ("", "", "left"),
            ("Service operations management is", "", "left"),
            ("Only here", "", "left"),
            ("Leaves out", "", "left"),
        ],
        rows=[
            [
                named(key),
                text,
                listed(found.alone[key]),
                _left_out(key),
            ]
            for key, text in WORDINGS.items()
        ],
    )


def _left_out(key: str) -> str:
    """The parts that a wording has no word for, and the customer where nobody is served."""
    own = [word.concept for word in all_words() if word.wording == key]
    gaps = [say("an {part}", part=part) for part in compare().missing[key]]
    if not any(word.startswith("customer") for word in own):
        gaps.append("the customer")
    if not {"plan", "control"} & set(own):
        gaps.append("planning and control")
    return listed(gaps)


def _places(own: Own, words: dict[str, Word]) -> TableView:
    rows = []
    for part, mine in own.given.items():
        for word in mine:
            one = words.get(word)
            chapters = [called(n) for n in (one.chapters if one else ())]
            rows.append(
                [word, part, one.computable if one else "not yet: say how you would measure it",
                 listed(chapters) if one else "–"]
            )  # fmt: skip
    return TableView(
        title="Where the words of your definition become computable",
        columns=[(head, "", "left") for head in ("Word", "Part", "Computed there", "Chapter")],
        rows=rows,
    )
