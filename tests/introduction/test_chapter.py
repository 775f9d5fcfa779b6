"""The chapter as a whole: what it stands on, what its tables promise, how feedback behaves."""

import ast
import subprocess
import sys
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from svclab import data
from svclab.checks import known
from svclab.introduction.common import some
from svclab.introduction.definitions import checklist, practice_actions
from svclab.introduction.offerings import known_contacts, known_offerings, level_of, measure
from svclab.introduction.sorting import Card, sort_cards

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("definitions", "offerings", "loops")
TABLES = (
    "course-frames",
    "definition-words",
    "offering-rubric",
    "offerings",
    "phase-actions",
    "phase-items",
    "service-classes",
    "service-contact",
    "service-package-items",
)


def test_the_chapter_stands_on_no_other_chapter():
    others = {"capacity", "decisions", "process", "strategy"}
    for path in (ROOT / "svclab" / "introduction").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("svclab."):
                assert not others & set(node.module.split(".")), f"{path.name}: {node.module}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_loads_nothing_that_the_page_has_not_and_reads_no_table(room):
    code = (
        f"import sys, svclab.introduction.{room};"
        "print([m for m in ('numpy', 'pandas', 'scipy', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("name", TABLES)
def test_chapters_in_the_tables_are_chapters_of_the_course(name):
    for row in data.rows(name):
        for number in row.get("chapters", "").split(";"):
            assert not number or 1 <= int(number) <= 17


def test_a_word_in_two_wordings_leads_to_the_same_chapters():
    seen = {}
    for row in data.rows("definition-words"):
        home = (row["chapters"], row["computable"])
        assert seen.setdefault(row["concept"], home) == home


def test_each_item_of_the_cycle_has_one_action_to_practise_on():
    rows = data.rows("phase-actions")
    assert [(r["phase"], r["item"]) for r in rows] == [
        (phase, item) for phase, items in checklist().items() for item in items
    ]
    assert len(practice_actions()) == 14


def test_contact_scores_are_the_levels_of_the_measured_shares():
    scores = {one.name: one.scores["contact"] for one in known_offerings()}
    both = set(scores) & set(known_contacts())
    assert len(both) == 10
    for name in both:
        assert scores[name] == level_of(measure(known_contacts()[name]).contact_share), name


@pytest.mark.parametrize("name", ["service-package-items", "phase-actions", "service-classes"])
def test_a_clue_does_not_name_the_answer(name):
    column = {"service-package-items": "part", "phase-actions": "phase"}.get(name, "value")
    for row in data.rows(name):
        assert row[column] not in row["clue"].lower().split(), row


BINS = {"a": "the first", "b": "the second", "c": "the third"}


@given(
    st.dictionaries(st.sampled_from("klmnop"), st.sampled_from("abc"), min_size=1),
    st.data(),
)
def test_every_sorting_counts_each_card_once(right, more):
    cards = [Card(name, home, "Look.") for name, home in right.items()]
    answers = more.draw(st.dictionaries(st.sampled_from(sorted(right)), st.sampled_from("abc")))
    found = sort_cards(cards, BINS, answers)
    assert found.right + len(found.misses) + len(found.open) == len(cards)
    assert found.right == len([n for n, chosen in answers.items() if right[n] == chosen])
    assert sort_cards(cards, BINS, right).score == 1


def test_feedback_names_the_answer_only_when_asked():
    cards = [Card("salt", "a", "Look.", ("b",))]
    hidden = sort_cards(cards, BINS, {"salt": "c"}).placed[0]
    shown = sort_cards(cards, BINS, {"salt": "c"}, reveal=True).placed[0]
    assert "first" not in hidden.feedback
    assert "the course says a: the first" in shown.feedback.replace("The", "the")
    assert sort_cards(cards, BINS, {"salt": "b"}).placed[0].verdict == "can be defended"


@pytest.mark.parametrize(
    ("answers", "message"),
    [({"sugar": "a"}, "sugar"), ({"salt": "d"}, "give one of a, b or c"), (["a"], "give a dict")],
)
def test_an_answer_that_names_nothing_is_told(answers, message):
    with pytest.raises(ValueError, match=message):
        sort_cards([Card("salt", "a")], BINS, answers)


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: known("x", {}, ["a"]), "x has no 'a'"),
        (lambda: some("x", ["a", " "]), "x holds ' '"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(check, message):
    with pytest.raises(ValueError, match=message):
        check()
