"""What would give other numbers on another machine is kept out of models and exercises.

CPython 3.11 and the page's 3.14 agree on the generator, on rounding and on ``math.fsum``; they
differ in ``sum`` of floats, in the distributions, in ``hash`` and in the order of sets.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {"course", "web", "grading"}

MODELS = sorted(
    path
    for path in (ROOT / "svclab").rglob("*.py")
    if not ELSEWHERE & set(path.relative_to(ROOT / "svclab").parts)
)
EXERCISES = [path for path in MODELS if "exercises" in path.parts]

# What an exercise may not even import: its numbers come from Draw alone.
OWN_CHANCE = {"random", "secrets", "time", "datetime", "os", "uuid"}
# Inside deal() and sound(): functions on which machines differ.
DIFFER = {"hash", "exp", "log", "log2", "log10", "pow", "sin", "cos", "gamma"}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield function.id, node
            elif isinstance(function, ast.Attribute):
                yield function.attr, node


def adds_floats(call: ast.Call) -> bool:
    """Whether what is added is itself a quotient, a decimal or a call of float()."""
    for argument in call.args:
        element = (
            argument.elt if isinstance(argument, ast.GeneratorExp | ast.ListComp) else argument
        )
        waiting = [element]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.BinOp):
                if isinstance(node.op, ast.Div):
                    return True
                waiting += [node.left, node.right]
            elif isinstance(node, ast.UnaryOp):
                waiting.append(node.operand)
            elif isinstance(node, ast.Constant):
                if isinstance(node.value, float):
                    return True
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float":
                return True
    return False


def found_in(source: str) -> list[str]:
    """What of this stands in an exercise's source."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        found += [f"imports {name}" for name in names if name.split(".")[0] in OWN_CHANCE]
        if isinstance(node, ast.FunctionDef) and node.name in ("deal", "sound"):
            found += [f"{node.name}() uses {name}()" for name, _ in calls(node) if name in DIFFER]
    return found


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_floats_are_added_with_fsum(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lines = [call.lineno for name, call in calls(tree) if name == "sum" and adds_floats(call)]
    assert lines == [], "use math.fsum"


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_exercises_draw_by_what_all_machines_agree_on(path: Path) -> None:
    assert found_in(path.read_text(encoding="utf-8")) == []


def test_the_rules_catch_what_they_are_for() -> None:
    bad = "import random\nclass A:\n def deal(self, draw):\n  return [hash('a')]\n"
    assert found_in(bad) == ["imports random", "deal() uses hash()"]
    (call,) = (c for _, c in calls(ast.parse("sum(3600 / s for s in seconds)")))
    assert adds_floats(call)
