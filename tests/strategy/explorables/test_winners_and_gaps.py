"""Order winners and the gap analysis, against sums and choices written out here."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest
from asked import ask, figure, text
from ends import document

from svclab.strategy.explorables.winners import NAMES, ROLES, role_key
from svclab.strategy.positions import Neither, Qualifier, Winner, ktv_case

WIN = "strategy.order_winners"
GAP = "strategy.gap_analysis"
CASE = ktv_case()


def share_by_hand(own: dict[str, float], roles: list[dict[str, str]], students: float) -> float:
    """Our share: who qualifies, then the logit, for each group."""
    offers = {"ours": own, **CASE.rivals}
    share = 0.0
    for group, size in (("students", students / 100), ("colleagues", 1 - students / 100)):
        terms = {}
        for offer, levels in offers.items():
            utility, inside = 0.0, True
            for row in roles:
                role, level = ROLES[row[group]][1], levels[row["attribute"]]
                if isinstance(role, Qualifier):
                    inside &= level >= role.threshold
                elif isinstance(role, Winner):
                    utility += role.weight * level
            if inside:
                terms[offer] = math.exp(utility)
        share += size * terms.get("ours", 0.0) / sum(terms.values()) if terms else 0.0
    return share


@pytest.mark.parametrize("seed", range(6))
def test_share_and_gains_are_the_choice_by_hand(seed: int) -> None:
    draw = Random(f"winners/{seed}")
    own = {name: draw.randint(6, 18) / 2 for name in NAMES}
    keys = list(ROLES)
    roles = [
        {"attribute": n, "students": draw.choice(keys), "colleagues": draw.choice(keys)}
        for n in NAMES
    ]
    students = draw.choice([0, 35, 60, 100])
    view = ask(WIN, roles=roles, students=students, **own)
    now = share_by_hand(own, roles, students)
    assert figure(view, "share") == pytest.approx(100 * now, abs=0.051)
    bars = {row["attribute"]: row["gain"] for row in view["parts"][1]["data"]["rows"]}
    for name in NAMES:
        after = share_by_hand({**own, name: own[name] + 1}, roles, students)
        assert bars[name] == pytest.approx(100 * (after - now), abs=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_the_curve_is_the_share_at_each_level_and_jumps_at_a_qualifier(name: str) -> None:
    chart = ask(WIN, curve=name)["parts"][2]
    roles = [
        {"attribute": n, **{g: role_key(b.roles[n]) for g, b in CASE.buyers.items()}} for n in NAMES
    ]
    for row in chart["data"]["rows"]:
        by_hand = share_by_hand({**CASE.own, name: row["level"]}, roles, 60)
        assert row["share"] == pytest.approx(100 * by_hand, abs=1e-3)
    handle = chart["handles"][0]
    assert (handle["parameter"], handle["x"]) == (name, CASE.own[name])
    assert [handle["x"], handle["y"]] in handle["path"]


def test_sound_is_the_largest_gap_and_wins_nobody() -> None:
    assert text(ask(GAP), "top") == "sound"
    view = ask(WIN)
    assert "One point more of sound, comfort or hygiene wins nobody." in view["say"]
    assert "One point more of service wins most: +13.7 points." in view["say"]


def test_below_a_qualifier_the_sentence_says_who_is_lost() -> None:
    view = ask(WIN, comfort=5)
    assert "To colleagues it does not qualify: too little comfort." in view["say"]
    assert "students and colleagues" in ask(WIN, hygiene=2)["say"]


def test_where_no_offer_qualifies_all_are_lost() -> None:
    roles = [{"attribute": n, "students": "q8", "colleagues": "q8"} for n in NAMES]
    view = ask(WIN, roles=roles)
    assert text(view, "lost") == "100"
    assert figure(view, "share") == 0


def test_every_role_of_the_case_is_in_the_menu() -> None:
    for group in CASE.buyers.values():
        for role in group.roles.values():
            assert ROLES[role_key(role)][1] == role
    assert isinstance(ROLES["n"][1], Neither)


def rows(draw: Random, n: int) -> list[dict[str, Any]]:
    return [
        {
            "attribute": f"a{k}", "importance": draw.randint(10, 50) / 10,
            **{who: draw.randint(0, 20) / 2 for who in ("own", "star", "moon")},
        }
        for k in range(n)
    ]  # fmt: skip


def plain(value: str) -> float:
    return float(value.replace("−", "-").replace(",", ""))


@pytest.mark.parametrize("against", ["best", "mean", "Star", "Moon"])
@pytest.mark.parametrize("seed", range(3))
def test_priorities_are_importance_times_gap_largest_first(seed: int, against: str) -> None:
    given = rows(Random(f"gaps/{seed}"), 2 + 2 * seed)
    view = ask(GAP, against=against, attributes=given)
    table = {r[0]: r[1:] for r in view["parts"][2]["rows"]}
    bars = {r["attribute"]: r["weighted"] for r in view["parts"][0]["data"]["rows"]}
    lag = lead = 0.0
    for row in given:
        rival = {"best": max(row["star"], row["moon"]), "mean": (row["star"] + row["moon"]) / 2,
                 "Star": row["star"], "Moon": row["moon"]}[against]  # fmt: skip
        gap = rival - row["own"]
        assert bars[row["attribute"]] == pytest.approx(row["importance"] * gap, abs=1e-3)
        shown = table[row["attribute"]]
        assert plain(shown[4]) == pytest.approx(gap, abs=0.051)
        assert plain(shown[5]) == pytest.approx(row["importance"] * max(0, gap), abs=0.051)
        lag += row["importance"] * max(0, gap)
        lead += row["importance"] * max(0, -gap)
    assert figure(view, "lag") == pytest.approx(lag)
    assert figure(view, "lead") == pytest.approx(lead)
    order = [plain(r[6]) for r in view["parts"][2]["rows"]]
    assert order == sorted(order, reverse=True)


@pytest.mark.parametrize("seed", range(3))
def test_the_tables_quadrant_is_the_one_in_which_the_point_is_drawn(seed: int) -> None:
    """Points on a dividing line count as above it, in the picture too."""
    given = rows(Random(f"quadrants/{seed}"), 5)
    view = ask(GAP, attributes=given)
    drawn = {r[0]: r[4] for r in view["parts"][1]["tables"][0]["rows"]}
    assert view["parts"][1]["tables"][0]["columns"][4]["label"] == "Quadrant"
    assert drawn == {r[0]: r[7] for r in view["parts"][2]["rows"]}


def test_all_scores_at_an_end_still_make_a_map() -> None:
    for score in (0, 10):
        given = [{"attribute": a, "importance": 1, "own": score, "star": 5, "moon": 5}
                 for a in ("x", "y")]  # fmt: skip
        assert "problems" not in document(GAP, attributes=given)
