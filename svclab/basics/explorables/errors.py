"""Error messages: made on purpose, read, and mended."""

from __future__ import annotations

from svclab.basics.messages import LESSONS, Lesson
from svclab.explore import Choice, ChoiceGuess, Code, Figure, Switch, View, explorable
from svclab.words import say

__all__ = ["error_reader"]

GUESSES = {
    "first": "the first line, with Traceback",
    "arrow": "the line with the arrow",
    "last": "the last line",
}


@explorable(
    title="What does this message say?",
    parameters=[
        Choice(
            name="error", label="What is wrong", default="name",
            options={key: lesson.title for key, lesson in LESSONS.items()},
        ),
        Switch(name="mended", label="Show the cell mended", default=False),
    ],
    guess=ChoiceGuess(
        question="A cell has failed, and a message of six lines stands under it. Which line do you "
        "read first?",
        options=GUESSES,
    ),
)  # fmt: skip
def error_reader(error: str, mended: bool, guess: str | None) -> View:
    """Seven cells that fail, the message word for word, and what to do about it."""
    lesson = LESSONS[error]
    # Once more in the sentence, where it is not cut off on a phone.
    text = say(
        "The last line is “{message}”. {means} {remedy}",
        message=lesson.message,
        means=lesson.means,
        remedy=lesson.remedy,
    )
    if guess is not None:
        text += " " + say(
            "Your guess was: {guess}. Read the last line first: it says what is wrong. Then the "
            "line with the arrow: it says where Python noticed it.",
            guess=GUESSES[guess],
        )
    figures = [
        Figure("line", "Python names line", _line(lesson)),
        Figure("mend", "To be mended", say("line {n}", n=lesson.mend)),
    ]
    first = Code(
        text=lesson.mended if mended else lesson.code,
        caption="The cell, mended" if mended else "The cell",
    )
    shown = _mended(lesson) if mended else _under(lesson)
    return View(say=text, figures=figures, parts=[first, shown])


def _line(lesson: Lesson) -> str:
    return say("line {n}", n=lesson.named) if lesson.named else say("none")


def _mended(lesson: Lesson) -> Code:
    old, new = lesson.code.splitlines(), lesson.mended.splitlines()
    at = lesson.mend - 1
    text = f"# before\n{old[at].strip()}\n# after\n{new[at]}\n"
    return Code(text=text, caption=say("What has changed: line {n}", n=lesson.mend))


def _under(lesson: Lesson) -> Code:
    """What JupyterLab writes under the cell, without the colours."""
    caption = "What appears under it"
    if not lesson.named:
        return Code(text=lesson.message + "\n", language="text", caption=caption)
    kind = lesson.message.partition(":")[0]
    source = lesson.code.splitlines()
    if kind in ("SyntaxError", "IndentationError"):
        head = [f"Cell In[1], line {lesson.named}", f"    {source[lesson.named - 1].strip()}"]
        return Code(text="\n".join([*head, lesson.message, ""]), language="text", caption=caption)
    lines = [
        f"{'---->' if n == lesson.named else '     '} {n} {line}"
        for n, line in enumerate(source, start=1)
    ]
    head = ["Traceback (most recent call last)", f"Cell In[1], line {lesson.named}"]
    text = "\n".join([*head, *lines, "", lesson.message, ""])
    return Code(text=text, language="text", caption=caption)
