"""Every message shown is the one that Python, the solver or the queue gives."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from svclab.basics import explain
from svclab.basics.messages import LESSONS, Lesson

every_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


def failed(code: str) -> tuple[BaseException | None, str]:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "<ipython-input-1>", "exec"), {})
    except Exception as problem:
        return problem, printed.getvalue()
    return None, printed.getvalue()


@every_lesson
def test_the_cell_gives_this_message_at_this_line(lesson: Lesson) -> None:
    problem, printed = failed(lesson.code)
    if not lesson.named:
        assert problem is None
        assert printed == lesson.message + "\n"
        return
    assert problem is not None
    said = explain(problem)
    assert said is not None
    assert said.error == lesson.message
    assert said.line == lesson.named


@every_lesson
def test_the_mended_cell_runs_and_differs_in_the_one_line_that_is_named(lesson: Lesson) -> None:
    problem, printed = failed(lesson.mended)
    assert problem is None
    assert printed != lesson.message + "\n"
    pairs = zip(lesson.code.splitlines(), lesson.mended.splitlines(), strict=True)
    changed = [n for n, (old, new) in enumerate(pairs, start=1) if old != new]
    assert changed == [lesson.mend]


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    before = getattr(sys, "last_value", None)
    yield InteractiveShell()
    sys.last_value = before
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("name", ["name", "syntax", "indent", "type", "key"])
def test_a_notebook_remembers_its_last_error_and_it_is_explained(
    shell: InteractiveShell, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson = LESSONS[name]
    shell.run_cell(lesson.code)
    shown = capsys.readouterr().out
    assert lesson.message.split(": ", 1)[1] in shown
    said = explain()
    assert said is not None
    assert repr(said).splitlines() == [
        lesson.message,
        f"It stopped at line {lesson.named}.",
        lesson.means,
        lesson.remedy,
    ]


def test_an_error_deep_in_a_library_is_traced_to_the_line_of_the_cell() -> None:
    problem, _ = failed('import pandas as pd\ntable = pd.DataFrame({"a": [1]})\ntable["b"]\n')
    said = explain(problem)
    assert said is not None
    assert (said.error, said.line) == ("KeyError: 'b'", 3)


def test_without_an_error_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(sys, "last_value", raising=False)
    assert explain() is None
    assert capsys.readouterr().out == (
        "No error has happened since the kernel was started. Make one in the cell above, run it, "
        "then run this cell again.\n"
    )


def test_a_limit_that_is_added_twice_is_told_from_other_errors_of_the_planner() -> None:
    made = 'import pulp\nshop = pulp.LpProblem("shop")\nbrakes = shop.add_variable("brakes")\n'
    problem, _ = failed(made + 2 * 'shop += 20 * brakes <= 480, "minutes"\n')
    said = explain(problem)
    assert said is not None
    assert (said.error, said.line) == ("PulpError: overlapping constraint names: minutes", 5)
    assert "run twice" in said.means
    assert said.remedy == "Run the cell that makes the plan again, and then this one."
    problem, _ = failed(made + 'shop += float("nan") * brakes <= 480, "minutes"\n')
    said = explain(problem)
    assert said is not None
    assert said.error.startswith("PulpError: ")
    assert "limit of this name" not in said.means


def test_an_error_of_another_kind_is_sent_to_its_last_line() -> None:
    said = explain(RuntimeError("out of paper"))
    assert said is not None
    assert said.error == "RuntimeError: out of paper"
    assert "last line" in said.remedy


CHAPTERS_CELL = """\
seconds = {"payment": 30, "eye test": 40}
total = 0
for desk in ["payment", "eye test"]:
    total = total + seconds[desk]
print("all together:", total, "s")
"""


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ('", total,', '", totl,', "NameError: name 'totl' is not defined", 5),
        ("[desk]", "[desk", "SyntaxError: '[' was never closed", 4),
        ("    total = total", "total = total",
         "IndentationError: expected an indented block after 'for' statement on line 3", 4),
        ("40}", '"40"}', "TypeError: unsupported operand type(s) for +: 'int' and 'str'", 4),
        ('", "eye test"]', '", "eyetest"]', "KeyError: 'eyetest'", 4),
        ("print(", "print（", "SyntaxError: invalid character '（' (U+FF08)", 5),
        ('{"payment"', "{“payment”", "SyntaxError: invalid character '“' (U+201C)", 1),
    ],
)  # fmt: skip
def test_the_errors_that_the_chapter_makes_on_purpose(
    old: str, new: str, message: str, line: int
) -> None:
    """The cell of the section "When Python complains", with one change each."""
    assert failed(CHAPTERS_CELL) == (None, "all together: 70 s\n")
    assert CHAPTERS_CELL.count(old) == 1
    problem, _ = failed(CHAPTERS_CELL.replace(old, new))
    said = explain(problem)
    assert said is not None
    assert (said.error, said.line) == (message, line)


def test_the_cell_for_errors_on_purpose_is_the_chapters() -> None:
    path = Path(__file__).parents[2] / "notebooks" / "00-getting-started.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    start = next(n for n, c in enumerate(cells) if c.source.startswith("## When Python complains"))
    code = [c.source for c in cells[start:] if c.cell_type == "code"]
    assert code[:2] == ["explorables.error_reader", CHAPTERS_CELL.rstrip()]
    told = "\n".join(c.source for c in cells[start:] if c.cell_type == "markdown")
    for change in ("`totl`", "last bracket", "blanks before `total = total`", '`"40"`', "（ ）",
                   '`"eyetest"`'):  # fmt: skip
        assert change in told
