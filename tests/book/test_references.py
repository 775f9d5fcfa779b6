"""The bibliography: readable, complete, in order, and without web addresses."""

import re
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "book" / "references.bib"
NEEDED = {
    "article": {"title", "journal", "year"},
    "book": {"title", "publisher", "year"},
    "incollection": {"title", "booktitle", "publisher", "year"},
    "inproceedings": {"title", "booktitle", "year"},
    "techreport": {"title", "institution", "year"},
    "misc": {"title", "note"},
}


@pytest.fixture(scope="module")
def entries():
    return pytest.importorskip("pybtex.database").parse_file(str(FILE)).entries


def test_every_entry_has_what_its_kind_needs(entries):
    for key, entry in entries.items():
        missing = NEEDED[entry.type] - set(entry.fields)
        assert not missing, f"{key} lacks {missing}"
        assert entry.persons.get("author"), key


def test_keys_are_first_author_and_year_in_order(entries):
    keys = list(entries)
    assert keys == sorted(keys)
    for key, entry in entries.items():
        year = entry.fields.get("year", "")
        assert re.fullmatch(rf"[a-z]+{year}[a-z]*", key)


def test_no_entry_holds_a_web_address():
    assert "http" not in FILE.read_text(encoding="utf-8")
