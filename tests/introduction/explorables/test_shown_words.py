"""What the explorables about words and offerings show, against the tables that they rest on."""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import Any

import pytest
from ends import document
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab import data
from svclab.catalogue import CHAPTERS, called
from svclab.introduction.explorables.features import KEYS

WORDS = data.rows("definition-words")
PARTS = {row["concept"]: row["part"] for row in WORDS}
LETTERS = {"functions": "A", "resources": "B", "customer": "C"}
OFFERINGS = data.rows("offerings")


def shown(name: str, **setting: Any) -> dict[str, Any]:
    return document(f"introduction.{name}", **setting)["view"]


def figure(view: dict[str, Any], key: str) -> str:
    return next(one["text"] for one in view["figures"] if one["key"] == key)


def part(view: dict[str, Any], kind: str, title: str = "") -> dict[str, Any]:
    return next(p for p in view["parts"] if p["kind"] == kind and title in p["title"])


def taken(words: set[str]) -> list[dict[str, str]]:
    rows = document("introduction.definition_words")["parameters"]["taken"]
    return [{**row, "use": "in" if row["word"] in words else "out"} for row in rows]


# Definitions


@settings(max_examples=40)
@given(words=st.sets(st.sampled_from(sorted(PARTS)), min_size=1))
def test_likeness_and_missing_parts_are_those_of_the_sets(words: set[str]) -> None:
    view = shown("definition_words", taken=taken(words))
    sets = {key: {row["concept"] for row in WORDS if row["wording"] == key} for key in LETTERS}
    best = max(len(words & own) / len(words | own) for own in sets.values())
    assert float(figure(view, "likeness")) == pytest.approx(100 * best, abs=0.51)
    lacks = [p for p in ("verb", "object", "aim") if p not in {PARTS[word] for word in words}]
    assert [p for p in ("verb", "object", "aim") if p in figure(view, "missing")] == lacks
    assert int(figure(view, "size")) == len(words)
    grid = part(view, "matrix")
    assert {item["name"] for item in grid["items"] if item["column"] == "in"} == words
    assert all(item["row"] == PARTS[item["name"]] for item in grid["items"])


def test_a_definition_without_a_word_asks_for_one() -> None:
    view = shown("definition_words", taken=taken(set()))
    assert "no word yet" in view["warning"]
    assert "service process" in view["say"]


def test_a_new_word_is_taken_and_an_old_one_is_refused_at_its_cell() -> None:
    view = shown("definition_words", new=[{"word": "trust", "part": "aim"}])
    assert "for trust" in view["say"]
    assert "It says what is done, to what, and what for." in view["say"]
    places = part(view, "table", "computable")
    assert places["rows"][-1][0] == "trust"
    refused = document("introduction.definition_words", new=[{"word": "quality", "part": "aim"}])
    assert "among the words" in refused["problems"]["new"]


def test_a_new_row_without_a_word_or_without_its_part_counts_nothing() -> None:
    rows = [{"word": "", "part": "aim"}, {"word": "", "part": ""}, {"word": "trust", "part": ""}]
    found = document("introduction.definition_words", new=rows)
    before = document("introduction.definition_words")
    assert found["parameters"]["new"] == rows
    assert found["view"] == before["view"]


def test_every_word_stands_under_the_letters_of_its_wordings() -> None:
    view = shown("definition_words")
    for row in part(view, "table", "Word by word")["rows"]:
        word = next(one for one in PARTS if row[0].startswith(one + " "))
        assert [letter for letter, cell in zip("ABC", row[2:], strict=True) if cell] == [
            LETTERS[one["wording"]] for one in WORDS if one["concept"] == word
        ]


@pytest.mark.parametrize(("guess", "right"), [("functions", True), ("resources", False),
                                              ("customer", False), ("none", False)])  # fmt: skip
def test_the_wording_without_an_aim_is_the_one_that_has_no_word_for_it(
    guess: str, right: bool
) -> None:
    assert ("is right" in shown("definition_words", guess=guess)["say"]) is right
    without = {k for k in LETTERS if not any(r["wording"] == k and r["part"] == "aim"
                                             for r in WORDS)}  # fmt: skip
    assert without == {"functions"}


# Offerings


def mine(**points: int | str) -> list[dict[str, Any]]:
    [row] = document("introduction.offering_map")["parameters"]["mine"]
    return [{**row, **points}]


@pytest.mark.parametrize(("x", "y"), list(combinations(KEYS, 2)))
def test_the_share_of_pairs_and_the_overlap_are_those_counted_one_by_one(x: str, y: str) -> None:
    view = shown("offering_map", x=x, y=y)
    goods = [row for row in OFFERINGS if row["kind"] == "good"]
    services = [row for row in OFFERINGS if row["kind"] == "service"]
    for name in (x, y):
        won = [(s[name] > g[name]) + (s[name] == g[name]) / 2 for s, g in product(services, goods)]
        share = 100 * math.fsum(won) / len(won)
        assert float(figure(view, name)) == pytest.approx(share, abs=0.51)
    both = [g["name"] for g in goods
            if any((g[x], g[y]) == (s[x], s[y]) for s in services)]  # fmt: skip
    assert ("cannot be told" in view["say"]) is bool(both)
    for name in both:
        assert name in view["say"]


@settings(max_examples=30)
@given(
    points=st.tuples(*[st.integers(0, 4)] * 6),
    axes=st.tuples(st.sampled_from(list(KEYS)), st.sampled_from(list(KEYS))),
)
def test_all_offerings_stand_apart_and_within_half_a_point_of_their_points(
    points: tuple[int, ...], axes: tuple[str, str]
) -> None:
    x, y = axes
    row = mine(**dict(zip(KEYS.values(), points, strict=True)))
    view = shown("offering_map", x=x, y=y, mine=row)
    spots = part(view, "plane")["spots"]
    assert len(spots) == 28
    for spot in spots:
        known = next((one for one in OFFERINGS if one["name"] == spot["name"]), None)
        at = known or {name: row[0][KEYS[name]] for name in KEYS}
        assert abs(spot["x"] - at[x]) < 0.5
        # With one characteristic on both axes, what is level stands above and below it.
        assert abs(spot["y"] - at[y]) < (0.5 if x != y else 1.4)
    places = [(spot["x"], spot["y"]) for spot in spots]
    assert min(math.dist(a, b) for a, b in combinations(places, 2)) > 0.2


def test_the_nearest_is_the_one_at_the_smallest_distance() -> None:
    own = mine(intangibility=0, inseparability=0, heterogeneity=1, perishability=2,
               non_ownership=0, contact=0)  # fmt: skip
    view = shown("offering_map", mine=own)

    def far(one: dict[str, Any]) -> float:
        return math.dist([one[name] for name in KEYS], [own[0][KEYS[name]] for name in KEYS])

    least = min(map(far, OFFERINGS))
    assert figure(view, "near") in [one["name"] for one in OFFERINGS if far(one) == least]


def test_an_own_offering_may_have_the_name_of_a_known_one() -> None:
    names = [spot["name"] for spot in part(shown("offering_map", mine=mine(name="salt")),
                                           "plane")["spots"]]  # fmt: skip
    assert "salt" in names
    assert len(set(names)) == 28


def test_all_four_characteristics_are_clear_in_three_services() -> None:
    four = ("intangibility", "inseparability", "heterogeneity", "perishability")
    whole = [one["name"] for one in OFFERINGS
             if one["kind"] == "service" and all(one[name] >= 3 for name in four)]  # fmt: skip
    said = shown("offering_map", guess=9)["say"]
    assert f"clearly there in {len(whole)} " in said
    assert all(name in said for name in whole)
    assert figure(shown("offering_map"), "whole") == f"{len(whole)} of 17 services"


# Packages

PACKAGES = {"KTV": "ktv", "licence office": "office"}


@pytest.mark.parametrize("service", PACKAGES)
def test_items_in_their_part_are_right_and_all_others_get_a_clue(service: str) -> None:
    items = [row for row in data.rows("service-package-items") if row["service"] == service]
    bins = sorted({row["part"] for row in data.rows("service-package-items")})
    for shift in range(len(bins)):
        placed = [
            {"item": row["item"], "there": "in",
             "part": bins[(bins.index(row["part"]) + shift) % len(bins)]}
            for row in items
        ]  # fmt: skip
        view = shown("service_package", service=service, **{PACKAGES[service]: placed})
        assert int(figure(view, "right")) == (len(items) if shift == 0 else 0)
        assert int(figure(view, "misses")) == (0 if shift == 0 else len(items))
        verdicts = {item["verdict"] for item in part(view, "matrix")["items"]}
        assert verdicts == ({"right"} if shift == 0 else {"wrong"})
        if shift:
            clues = part(view, "table", "Clues")["rows"]
            assert [row[0] for row in clues] == [row["item"] for row in items]
            assert all(row["clue"] in text for row, (_, text) in zip(items, clues, strict=True))


def test_without_checking_no_verdict_is_shown() -> None:
    view = shown("service_package", clues=False)
    assert not any("verdict" in item for item in part(view, "matrix")["items"])
    assert [one["key"] for one in view["figures"]] == ["open"]
    assert all("Clues" not in p["title"] for p in view["parts"])


def test_an_own_package_says_which_parts_are_empty() -> None:
    view = shown("service_package", service="own")
    assert "still empty: information and implicit services" in view["say"]
    assert figure(view, "filled") == "3 of 5"
    own = [{"item": "a bus", "part": "supporting facility"}, {"item": "a song", "part": ""}]
    view = shown("service_package", service="own", own=own)
    assert "Without a part: a song." in view["say"]
    assert figure(view, "items") == "1"


# Seven aspects

ASPECTS = [row["item"] for row in data.rows("course-frames") if row["frame"] == "aspects"]


@settings(max_examples=40)
@given(
    scores=st.lists(st.integers(0, 5), min_size=7, max_size=7),
    weights=st.lists(st.integers(0, 5), min_size=7, max_size=7),
)
def test_the_weighted_mean_and_the_largest_gap_are_those_of_the_sums(
    scores: list[int], weights: list[int]
) -> None:
    rows = [{"aspect": a, "score": s, "weight": w}
            for a, s, w in zip(ASPECTS, scores, weights, strict=True)]  # fmt: skip
    view = shown("seven_aspects", aspects=rows)
    assert bool(view["warning"]) is not any(weights)
    use = weights if any(weights) else [1] * 7
    total = sum(s * w for s, w in zip(scores, use, strict=True)) / sum(use)
    assert figure(view, "total") == f"{total:.2f}".rstrip("0").rstrip(".") + " of 5"
    lost = {a: w * (5 - s) for a, s, w in zip(ASPECTS, scores, use, strict=True)}
    first = [a for a in lost if lost[a] == max(lost.values()) > 0]
    named = figure(view, "first")
    assert [a for a in ASPECTS if a in named] == [a for a in ASPECTS if a in first]
    cells = {(e["row"], e["column"]): e["content"] for e in part(view, "matrix")["entries"]}
    for a in ASPECTS:
        assert float(cells[a, "gap"]) == pytest.approx(lost[a] / sum(use), abs=0.0051)


def test_neither_the_lowest_score_nor_the_largest_weight_is_where_the_default_loses_most() -> None:
    rows = document("introduction.seven_aspects")["parameters"]["aspects"]
    lost = {row["aspect"]: row["weight"] * (5 - row["score"]) for row in rows}
    lowest = min(rows, key=lambda row: row["score"])["aspect"]
    heaviest = max(rows, key=lambda row: row["weight"])["aspect"]
    assert (lost[lowest], lost[heaviest], max(lost.values())) == (4, 4, 9)
    said = {name: shown("seven_aspects", guess=name)["say"] for name in (lowest, heaviest)}
    assert all("was wrong" in text for text in said.values())
    right = max(lost, key=lambda name: lost[name])
    assert "was right" in shown("seven_aspects", guess=right)["say"]


def test_the_five_dimensions_are_completed_in_all_six_ways() -> None:
    rows = part(shown("seven_aspects"), "table", "Five dimensions")["rows"]
    assert [tuple(row[:2]) for row in rows] == list(combinations(ASPECTS[3:], 2))


# The map


def test_chapters_that_are_written_lead_to_their_pages_and_planned_ones_do_not() -> None:
    drawn = part(shown("course_map"), "map")
    pages = {one["name"]: one.get("page", "") for one in drawn["concepts"] if one["name"].isdigit()}
    written = {str(entry.number): entry.name for entry in CHAPTERS}
    assert len(pages) >= 10
    assert pages == {n: written.get(n, "") for n in pages}


@pytest.mark.parametrize("view", ["all", "phases", "aspects", "sub-systems", "loop", "dimensions",
                                  "system"])  # fmt: skip
def test_the_map_joins_each_item_to_the_chapters_of_the_table(view: str) -> None:
    frames = ("phases", "aspects", "sub-systems", "loop") if view == "all" else (view,)
    rows = [row for row in data.rows("course-frames") if row["frame"] in frames]
    wanted = {
        (f"{row['item']} ({row['frame']})", number)
        for row in rows
        for number in str(row["chapters"]).split(";")
    }
    drawn = part(shown("course_map", view=view, chapter="any"), "map")
    found = {(r["start"], r["end"]) for r in drawn["relations"] if r["end"].isdigit()}
    assert found == wanted
    assert figure(shown("course_map", view=view), "items") == str(len(rows))


@pytest.mark.parametrize("chapter", ["2", "5", "16"])
def test_what_leads_to_a_chapter_is_lit_and_nothing_else(chapter: str) -> None:
    drawn = part(shown("course_map", view="loop", chapter=chapter), "map")
    rows = [row for row in data.rows("course-frames") if row["frame"] == "loop"]
    leads = {f"{r['item']} (loop)" for r in rows if chapter in str(r["chapters"]).split(";")}
    lit = {one["name"] for one in drawn["concepts"] if one.get("highlight")}
    assert lit == leads | ({chapter} if leads else set())
    assert called(int(chapter)) in shown("course_map", view="loop", chapter=chapter)["say"]
