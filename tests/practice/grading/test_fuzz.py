"""Whatever bytes are handed in: records or a sentence, never another error."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.practice import records
from svclab.practice.grading.archives import (
    UnreadableError,
    entries,
    open_archive,
    read_entry,
    refusal,
)
from svclab.practice.grading.contents import records_in
from svclab.practice.grading.limits import Limits
from svclab.practice.grading.owners import Owners
from svclab.practice.grading.roster import Student
from svclab.practice.grading.text import clean, csv_bytes, safe_cell

LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    LEAF, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside)
)
KEYS = ["schema", "exercise", "version", "student", "practice", "variant", "answers", "score",
        "tries", "hints", "solution", "began", "time", "host", "checksum"]  # fmt: skip
RECORD = st.dictionaries(st.sampled_from(KEYS), JSON | st.sampled_from(["a" * 16, 1, {}]))
CONTAINER = st.fixed_dictionaries({"schema": st.just(1) | LEAF, "records": st.lists(RECORD)}) | JSON
OUTPUT = st.fixed_dictionaries({"data": st.fixed_dictionaries({records.MIME: CONTAINER}) | JSON})
NOTEBOOK = st.fixed_dictionaries(
    {"cells": st.lists(st.fixed_dictionaries({"outputs": st.lists(OUTPUT | JSON) | JSON}) | JSON)}
)


@settings(max_examples=150)
@given(NOTEBOOK | CONTAINER)
def test_any_json_gives_records_or_a_sentence(document: Any) -> None:
    with contextlib.suppress(UnreadableError):
        found, problems, _ = records_in(json.dumps(document).encode(), Limits())
        assert all(isinstance(one, records.Record) for one in found)
        assert all(isinstance(one, str) for one in problems)


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_a_sentence(raw: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        records_in(raw, Limits())


def packed() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.json", b'{"schema": 1, "records": []}' * 9)
        archive.writestr("c.ipynb", b"{}")
    return stream.getvalue()


WHOLE = packed()


@settings(max_examples=400)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6)
)
def test_a_zip_with_any_bytes_changed_gives_contents_or_a_sentence(
    changes: list[tuple[int, int]],
) -> None:
    raw = bytearray(WHOLE)
    for at, value in changes:
        raw[at] = value
    with contextlib.suppress(UnreadableError), open_archive(io.BytesIO(bytes(raw)), 10) as archive:
        for entry in entries(archive):
            if not refusal(entry, largest=1000, ratio=200):
                with contextlib.suppress(UnreadableError):
                    assert len(read_entry(archive, entry.info, 1000)) <= 1000


@given(st.text(max_size=40))
def test_any_text_is_fit_for_a_table_and_a_page(text: str) -> None:
    shown = clean(text)
    shown.encode("utf-8")
    assert not any(sign in shown for sign in "\0\r\n\u202e\u200b\u2028")
    assert safe_cell(shown)[:1] not in tuple("=+-@＝＋－＠") or not shown
    csv_bytes([[text]])


@given(st.text(max_size=60))
def test_any_path_names_a_student_or_nobody(path: str) -> None:
    find = Owners([Student("2026-0417", "2026-0417", "Ada Lovelace"), Student("5", "5", "张三")])
    assert find(path).student in ("", "2026-0417", "5")
