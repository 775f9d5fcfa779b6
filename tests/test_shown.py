"""Results as tables: what stands left and right."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

from svclab.shown import Answer


class Held(Answer):
    """An answer with a column of each kind."""

    sentence = "Three kinds of columns."

    @property
    def table(self) -> list[dict[str, Any]]:
        """Numbers with a gap, words with a gap, and switches."""
        return [
            {"name": "a", "amount": 1.5, "meaning": None, "open": True},
            {"name": "b", "amount": None, "meaning": "long words", "open": False},
        ]


def test_columns_of_words_stand_left_and_columns_of_numbers_and_switches_right() -> None:
    table = BeautifulSoup(Held()._repr_html_(), "html.parser")
    sides = [
        [cell["style"].removeprefix("text-align:") for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]
    assert sides == [["left", "right", "left", "right"]] * 3


def test_an_answer_without_rows_still_shows_its_sentence() -> None:
    class Empty(Answer):
        sentence = "Nothing to do."

        @property
        def table(self) -> list[dict[str, Any]]:
            return []

    assert "Nothing to do." in Empty()._repr_html_()
    assert repr(Empty()).startswith("Nothing to do.")
