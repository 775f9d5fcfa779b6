"""English search that finds Chinese terms: index and query are cut alike."""

from __future__ import annotations

from svclab.course.sphinx_ext.search import split


def test_a_term_inside_a_sentence_is_indexed() -> None:
    assert {"瓶颈", "流程", "服务"} <= set(split("服务流程的瓶颈在哪里"))


def test_english_words_stay_whole_beside_chinese() -> None:
    assert split("Bottleneck瓶颈2") == ["Bottleneck", "2", "瓶", "颈", "瓶颈"]


def test_traditional_and_rare_characters_count_as_chinese() -> None:
    assert "運營" in split("服務運營體系")
