"""A cell that fails: which line, and how is it mended?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, misconception
from svclab.practice.wording import Answers, page
from svclab.words import say

__all__ = ["WhichLine"]

NOUNS = {"customers": "custmers", "orders": "oders", "parcels": "parcles", "calls": "cals"}
PLACES = ("bank", "clinic", "canteen", "library", "hotel")
LINES = 5

REMEDIES = {
    "name": say("Write the name exactly as it was made."),
    "bracket": say("Close the bracket."),
    "blanks": say("Begin the line with four blanks."),
    "quotes": say("Take the quotes away: it is a number."),
    "key": say("Ask for an entry that is there."),
    "restart": say("Restart the kernel and run the same cell again."),
}


class WhichLine(Exercise):
    """The line to mend and the way to mend it, from a cell and its message."""

    title = "Which line must be mended?"
    objective = 5
    level = "easy"
    minutes = 2

    def deal(self, draw: Draw) -> Answers:
        return {
            "kind": draw.choice(list(CELLS)),
            "noun": draw.choice(list(NOUNS)),
            "place": draw.choice(PLACES),
            "numbers": [draw.integer(60, 240, 10), draw.integer(6, 12), draw.integer(2, 9)],
            "swap": draw.chance(0.5),
        }

    def question(self, p: Any) -> str:
        made = _made(p)
        numbered = "\n".join(f"{n}  {line}" for n, line in enumerate(made.lines, start=1))
        return page(
            say("A cell (invented) fails. The numbers at the left are those of the lines."),
            "```text\n" + numbered + "\n```",
            say("Under it stands an error message (错误信息). Its last line is:"),
            "```text\n" + made.message + "\n```",
            say("1. Which line must be changed?\n2. What must be done?"),
        )

    def fields(self, p: Any) -> list[Field]:
        lines = {str(n): say("line {n}", n=n) for n in range(1, LINES + 1)}
        return [
            ChoiceField("line", say("Line to be changed"), lines),
            ChoiceField("remedy", say("What must be done"), REMEDIES),
        ]

    def solve(self, p: Any) -> Answers:
        made = _made(p)
        return {"line": str(made.mend), "remedy": made.remedy}

    @misconception(
        "Python stops where it notices that something is wrong. Here the mistake was made before: "
        "look where the value comes from."
    )
    def where_it_stopped(self, p: Any) -> Answers | None:
        made = _made(p)
        return {"line": str(made.named)} if made.named != made.mend else None

    @misconception("The last line of the cell is in order: Python did not come that far.")
    def last_line(self, p: Any) -> Answers | None:
        return {"line": str(LINES)} if _made(p).mend != LINES else None

    @misconception(
        "A text between two quotes is in order, whatever the word. The message speaks of something "
        "else."
    )
    def any_word(self, p: Any) -> Answers | None:
        return _line_with(p, "place = ")

    @misconception(
        "Here a name is made and gets its number; such a line is in order. Look where names are "
        "used, or where a sign is missing."
    )
    def name_is_made(self, p: Any) -> Answers | None:
        return _line_with(p, f"{p.noun} = {p.numbers[0]}")

    @misconception(
        "One name, one sign = and one number: nothing is missing in this line. Compare the others "
        "with it."
    )
    def whole_line(self, p: Any) -> Answers | None:
        return _line_with(p, "total = 0") or _line_with(p, f"hours = {p.numbers[1]}")

    @misconception(
        "The message names the line with for only to say which block it means. Nothing is missing "
        "in that line itself."
    )
    def line_in_the_message(self, p: Any) -> Answers | None:
        return _line_with(p, "for minutes in ")

    @misconception(
        "In this line the entries are made. If you rename one here, the last line no longer finds "
        "it: change the line that asks for a wrong one."
    )
    def other_end(self, p: Any) -> Answers | None:
        return _line_with(p, "day = ")

    @misconception(
        "This line asks for an entry that is there: compare the word in quotes with those of the "
        "first line."
    )
    def entry_is_there(self, p: Any) -> Answers | None:
        return _line_with(p, f"{p.noun} = day[")

    @misconception(
        "This line uses names from lines above it, and Python did not come that far. Look further "
        "up."
    )
    def uses_the_names(self, p: Any) -> Answers | None:
        return _line_with(p, "per_hour = ") if p.kind == "key" else None

    @misconception(
        "A restart makes the kernel forget, and the same cell fails again. The line itself must "
        "be changed."
    )
    def restart(self, p: Any) -> Answers:
        return {"remedy": "restart"}

    @misconception(
        "You look for a misspelt name. The message begins with the kind of error: it is not "
        "NameError."
    )
    def always_names(self, p: Any) -> Answers | None:
        return {"remedy": "name"} if p.kind != "name" else None

    @misconception(
        "The message speaks of str: that is a text. A text cannot be divided by a number, however "
        "its brackets stand."
    )
    def bracket_for_text(self, p: Any) -> Answers | None:
        return {"remedy": "bracket"} if p.kind == "text" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Read the first word of the message: it is the kind of error."),
            say(
                "NameError: a name that was never made. SyntaxError: brackets, quotes, colons. "
                "IndentationError: blanks at the beginning. TypeError: a text where a number "
                "belongs. KeyError: an entry that is not there."
            ),
            say("Go through the lines one by one, and look only for this kind."),
        ]

    def solution(self, p: Any) -> str:
        made = _made(p)
        return page(
            say("Line {n}. {remedy}", n=made.mend, remedy=REMEDIES[made.remedy]),
            "```python\n" + made.mended + "\n```",
        )


def _line_with(p: Any, start: str) -> Answers | None:
    """The line that begins so, if the cell has it and it is in order."""
    made = _made(p)
    found = [n for n, line in enumerate(made.lines, start=1) if line.startswith(start)]
    return {"line": str(found[0])} if found and found[0] != made.mend else None


class Made:
    """A cell that fails, as it was made for a variant."""

    def __init__(
        self, lines: list[str], *, bad: str, good: str, named: str, message: str, remedy: str
    ) -> None:
        self.lines = lines
        self.mend = lines.index(bad) + 1
        self.named = lines.index(named) + 1
        self.message = message.replace("LINE", str(self.named - 1))
        self.remedy = remedy
        self.mended = good


def _first_two(p: Any) -> list[str]:
    """Two lines whose order does not matter."""
    noun, (many, hours, _) = p.noun, p.numbers
    pair = [f"{noun} = {many}", f"hours = {hours}"]
    return pair[::-1] if p.swap else pair


def _name(p: Any) -> Made:
    bad = f"per_hour = {NOUNS[p.noun]} / hours"
    return Made(
        [f'place = "{p.place}"', *_first_two(p), bad, "print(place, per_hour)"],
        bad=bad, good=f"per_hour = {p.noun} / hours", named=bad, remedy="name",
        message=f"NameError: name '{NOUNS[p.noun]}' is not defined",
    )  # fmt: skip


def _bracket(p: Any) -> Made:
    bad = f"per_hour = round({p.noun} / hours"
    place = f'place = "{p.place}"'
    middle = [bad, place] if p.swap else [place, bad]
    return Made(
        [*_first_two(p), *middle, "print(place, per_hour)"],
        bad=bad, good=bad + ")", named=bad, remedy="bracket",
        message="SyntaxError: '(' was never closed",
    )  # fmt: skip


def _blanks(p: Any) -> Made:
    _, hours, more = p.numbers
    bad = "total = total + minutes"
    loop = [f"for minutes in [{hours}, {more}, {hours + more}]:", bad]
    head = [f'place = "{p.place}"', "total = 0"]
    return Made(
        [*(head[::-1] if p.swap else head), *loop, "print(place, total)"],
        bad=bad, good="    " + bad, named=bad, remedy="blanks",
        message="IndentationError: expected an indented block after 'for' statement on line LINE",
    )  # fmt: skip


def _text(p: Any) -> Made:
    many, hours, _ = p.numbers
    bad = f'hours = "{hours}"'
    pair = [f"{p.noun} = {many}", bad]
    fails = f"per_hour = {p.noun} / hours"
    first = [f'place = "{p.place}"', *(pair[::-1] if p.swap else pair)]
    return Made(
        [*first, fails, "print(place, per_hour)"],
        bad=bad, good=f"hours = {hours}", named=fails, remedy="quotes",
        message="TypeError: unsupported operand type(s) for /: 'int' and 'str'",
    )  # fmt: skip


def _key(p: Any) -> Made:
    many, hours, _ = p.numbers
    first = f'day = {{"{p.noun}": {many}, "hours": {hours}}}'
    bad = 'hours = day["hour"]'
    good = f'{p.noun} = day["{p.noun}"]'
    pair = [good, bad]
    return Made(
        [first, *(pair[::-1] if p.swap else pair), f"per_hour = {p.noun} / hours",
         'print(day["hours"], per_hour)'],
        bad=bad, good='hours = day["hours"]', named=bad, remedy="key", message="KeyError: 'hour'",
    )  # fmt: skip


CELLS: dict[str, Callable[[Any], Made]] = {
    "name": _name,
    "bracket": _bracket,
    "blanks": _blanks,
    "text": _text,
    "key": _key,
}


def _made(p: Any) -> Made:
    return CELLS[p.kind](p)
