"""The KTV tree and its futures, against trees, sums and draws written out here."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest
from asked import ask, figure, series, text
from ends import document

from svclab.strategy.choices import (
    STATES,
    STUDY,
    KtvTerms,
    break_even_entry_fee,
    break_even_failure,
    break_even_royalty,
    chain_value,
    fee_range,
    franchisee_value,
    ktv_payoffs,
    ktv_simulation,
    ktv_study,
)
from svclab.strategy.explorables.futures import equal_failure
from svclab.strategy.explorables.modes import chosen
from svclab.strategy.explorables.turns import turns

TREE = "strategy.ktv_tree"
RUNS = "strategy.ktv_simulation"


def setting(seed: int) -> dict[str, Any]:
    draw = Random(f"ktv/{seed}")
    strong = 5 * draw.randint(1, 14)
    return {
        "strong": strong, "weak": 5 * draw.randint(0, (100 - strong) // 5),
        "royalty": draw.randint(0, 24) / 2, "entry_fee": draw.randint(0, 20) / 20,
        "failure": draw.randint(0, 20), "cost": draw.randint(0, 20) / 4,
        "says_strong": 5 * draw.randint(0, 20), "says_weak": 5 * draw.randint(0, 20),
    }  # fmt: skip


def amounts(given: dict[str, Any]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Mode to market to its worth, and the chances of the markets."""
    terms = KtvTerms(
        royalty=given["royalty"] / 100, entry_fee=given["entry_fee"],
        failure=given["failure"] / 100,
    )  # fmt: skip
    rows = {
        mode: {s: chain_value(terms, s, self_run=n) for s in STATES}
        for mode, n in (("self-run", 10), ("franchise", 0))
    }
    rows["open none"] = dict.fromkeys(STATES, 0.0)
    strong, weak = given["strong"] / 100, given["weak"] / 100
    return rows, {"strong": strong, "fair": 1 - strong - weak, "weak": weak}


def says(given: dict[str, Any]) -> dict[str, float]:
    """Market to the chance that the study calls it promising."""
    return {"strong": given["says_strong"] / 100, "fair": STUDY["fair"]["promising"],
            "weak": given["says_weak"] / 100}  # fmt: skip


def information_by_hand(given: dict[str, Any]) -> tuple[float, float]:
    """Expected value of perfect information and of the study, from joint chances."""
    rows, chances = amounts(given)
    alone = max(math.fsum(chances[s] * row[s] for s in STATES) for row in rows.values())
    perfect = math.fsum(chances[s] * max(row[s] for row in rows.values()) for s in STATES)
    after = 0.0
    for promising in (True, False):
        joint = {s: chances[s] * (p if promising else 1 - p) for s, p in says(given).items()}
        after += max(math.fsum(joint[s] * row[s] for s in STATES) for row in rows.values())
    return perfect - alone, max(0.0, after - alone)


@pytest.mark.parametrize("seed", range(10))
def test_values_of_information_are_sums_over_joint_chances(seed: int) -> None:
    given = setting(seed)
    view = ask(TREE, tree="study", **given)
    rows, chances = amounts(given)
    perfect, study = information_by_hand(given)
    assert figure(view, "perfect") == pytest.approx(perfect, abs=1e-9)
    assert figure(view, "study") == pytest.approx(study, abs=1e-9)
    for key, mode in (("self_run", "self-run"), ("franchise", "franchise")):
        mean = math.fsum(chances[s] * rows[mode][s] for s in STATES)
        assert figure(view, key) == pytest.approx(mean, abs=1e-9)
    alone = max(math.fsum(chances[s] * row[s] for s in STATES) for row in rows.values())
    assert figure(view, "plan") == pytest.approx(max(alone, alone + study - given["cost"]))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("tree", ["mode", "study"])
@pytest.mark.parametrize("tolerance", [None, 8])
def test_the_picture_has_the_models_worth_at_its_root_and_chances_that_make_one(
    seed: int, tree: str, tolerance: float | None
) -> None:
    given = setting(seed)
    cautious = {"cautious": True, "tolerance": tolerance} if tolerance else {}
    view = ask(TREE, tree=tree, **given, **cautious)
    picture = view["parts"][0]
    root = picture["nodes"][0]
    assert float(root["value"].replace("−", "-")) == pytest.approx(figure(view, "plan"), abs=0.051)
    for node in picture["nodes"]:
        chances = [b["chance"] for b in node.get("branches", []) if "chance" in b]
        if node["kind"] == "chance":
            total = math.fsum(float(chance.removesuffix("%")) for chance in chances)
            assert total == pytest.approx(100, abs=0.16)
    for branch in root["branches"]:
        assert branch.get("best", False) != branch.get("pruned", False)


@pytest.mark.parametrize("tolerance", [4, 8, 30])
def test_a_cautious_deciders_worths_are_certainty_equivalents_by_hand(tolerance: float) -> None:
    view = ask(TREE, cautious=True, tolerance=tolerance)
    rows = ktv_payoffs().payoffs
    chances = ktv_payoffs().chances
    by_hand = {
        mode: -tolerance
        * math.log(math.fsum(chances[s] * math.exp(-row[s] / tolerance) for s in STATES))
        for mode, row in rows.items()
    }
    table = {row[0]: row[-1] for row in view["parts"][-1]["rows"]}
    for mode, worth in by_hand.items():
        assert float(table[mode].replace("−", "-")) == pytest.approx(worth, abs=0.0051)
    assert f"takes {max(by_hand, key=lambda m: by_hand[m])}." in view["say"]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("tolerance", [6, 25])
def test_a_cautious_decider_would_just_pay_what_information_is_said_to_be_worth(
    seed: int, tolerance: float
) -> None:
    """At that price the mean utility with the information is that without it."""
    given = setting(seed)
    rows, chances = amounts(given)
    view = ask(TREE, tree="study", cautious=True, tolerance=tolerance, **given)

    def best(joint: dict[str, float], paid: float) -> float:
        return max(
            math.fsum(-p * math.exp(-(row[s] - paid) / tolerance) for s, p in joint.items())
            for row in rows.values()
        )

    without = best(chances, 0.0)
    known = math.fsum(best({s: p}, figure(view, "perfect")) for s, p in chances.items())
    assert known == pytest.approx(without)
    studied = math.fsum(
        best(
            {s: chances[s] * (p if yes else 1 - p) for s, p in says(given).items()},
            figure(view, "study"),
        )
        for yes in (True, False)
    )
    assert studied == pytest.approx(without)


def test_the_table_of_signals_is_that_of_the_decider_in_the_picture() -> None:
    for cautious, modes in ((False, ["self-run", "franchise"]), (True, ["franchise"] * 2)):
        view = ask(TREE, tree="study", cautious=cautious)
        table = next(p for p in view["parts"] if p["title"].startswith("What the study may say"))
        assert [row[-2] for row in table["rows"]] == modes


def test_caution_turns_self_run_into_franchise_and_takes_the_study_away() -> None:
    view = ask(TREE, tree="study", cautious=True, tolerance=8)
    assert "On average self-run is best" in view["say"]
    assert "The cautious decider takes franchise." in view["say"]
    assert "Do without the study" in view["say"]
    assert "it never changes the choice" in ask(TREE, tree="study", says_weak=80, cost=0)["say"]
    assert "Buy the study: if it says promising, take self-run" in ask(TREE, tree="study")["say"]


@pytest.mark.parametrize("seed", range(10))
def test_at_a_turn_two_modes_are_worth_the_same_and_no_other_is_worth_more(seed: int) -> None:
    given = setting(seed)
    rows, chances = amounts(given)
    base = chosen(
        given["strong"] / 100, given["weak"] / 100, given["royalty"] / 100, given["entry_fee"],
        given["failure"] / 100, 0.5, 0.8, 0.15, "mode", None,
    ).base  # fmt: skip
    found = turns(base)
    for strong, before, after in found:
        at = {**chances, "strong": strong, "fair": 1 - chances["weak"] - strong}
        means = {o: math.fsum(at[s] * row[s] for s in STATES) for o, row in rows.items()}
        assert means[before] == pytest.approx(means[after], abs=1e-9)
        assert means[before] == pytest.approx(max(means.values()), abs=1e-9)
    top = 1 - chances["weak"]
    bests = []
    for k in range(401):
        strong = top * k / 400
        at = {**chances, "strong": strong, "fair": top - strong}
        bests.append(base.best(at))
    assert list(dict.fromkeys(bests)) == list(
        dict.fromkeys([*(a for _, a, _ in found), *(b for _, _, b in found)] or bests[:1])
    )


def test_chances_above_one_are_refused_at_their_control() -> None:
    assert "110%" in document(TREE, strong=60, weak=50)["problems"]["strong"]


def test_the_questions_state_the_cases_numbers() -> None:
    rows = ktv_payoffs().payoffs
    assert [round(x, 1) for x in rows["self-run"].values()] == [26.8, 4.3, -18.1]
    assert [round(x, 1) for x in rows["franchise"].values()] == [7.7, 5.6, 3.5]
    assert "it is 5.85 million yuan" in ask(TREE, guess=10)["say"]
    means = ktv_payoffs().expected()
    assert (round(means["self-run"], 1), round(means["franchise"], 1)) == (7.7, 5.9)


def test_a_plan_that_no_franchisee_would_sign_has_a_warning() -> None:
    given = {"royalty": 12, "strong": 20, "weak": 40}
    terms = KtvTerms(royalty=0.12, market={"strong": 0.2, "fair": 0.4, "weak": 0.4})
    assert franchisee_value(terms) < 0
    assert "No franchisee would sign" in ask(TREE, **given)["warning"]
    assert "No franchisee would sign" in ask(RUNS, royalty=12)["warning"]


def test_a_plan_that_rests_on_what_the_franchisee_does_not_know_has_a_warning() -> None:
    after = ktv_study().signals["doubtful"]
    assert franchisee_value(KtvTerms()) > 0 > franchisee_value(KtvTerms(market=after.chances))
    warned = ask(TREE, tree="study")
    assert "A franchisee who has read the study too would lose" in warned["warning"]
    assert warned["say"].endswith("if it says doubtful, take franchise.")
    # Told nothing, nobody loses: without the study the offer is the same for both.
    assert not ask(TREE).get("warning")
    # With nothing to pay he signs whatever he knows; and a study that is not bought tells nothing.
    assert not ask(TREE, tree="study", royalty=0).get("warning")
    assert not ask(TREE, tree="study", cost=5).get("warning")


@pytest.mark.parametrize("seed", range(3))
def test_the_runs_are_the_models_and_their_errors_those_of_a_mean(seed: int) -> None:
    view = ask(RUNS, seed=seed, runs=100, spread=20, mixed=3)
    found = ktv_simulation(runs=100, seed=seed, spread=0.2, mixed=3)
    values = found.results["self-run"].values
    mean = math.fsum(values) / 100
    deviation = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / 99)
    assert figure(view, "self_run") == pytest.approx(mean)
    assert figure(view, "error") == pytest.approx(deviation / 10)
    other = found.results["franchise"].values
    behind = sum(a < b for a, b in zip(values, other, strict=True))
    assert f"less than franchise in {behind}%" in view["say"]
    for row in series(view["parts"][0], "mode", "mixed"):
        less = sum(v < row["amount"] for v in found.results["mixed"].values)
        assert row["share"] == pytest.approx(less, abs=1.01)  # an amount is rounded


@pytest.mark.parametrize("mixed", [0, 2, 8])
def test_the_mix_is_told_with_its_mean_and_its_spread(mixed: int) -> None:
    view = ask(RUNS, mixed=mixed)
    mix = ktv_simulation(mixed=mixed, runs=400, seed=9, spread=0.15).results["mixed"]
    assert f"The mix of {mixed} self-run and {10 - mixed} franchised shops brings" in view["say"]
    assert f"brings {mix.mean:.2f}".rstrip("0") in view["say"]
    assert f"{mix.deviation:.2f}".rstrip("0") in view["say"]
    row = view["parts"][3]["rows"][2]
    assert row[0] == f"mixed, {mixed} own"
    assert len(row) == len(view["parts"][3]["columns"]) == 6


def test_the_exact_means_are_those_of_the_tree_and_the_default_runs_hold_them() -> None:
    rows = {r["option"]: r for r in ask(RUNS)["parts"][1]["data"]["rows"]}
    means = ktv_payoffs(mixed=5).expected()
    for mode, row in rows.items():
        assert row["exact"] == pytest.approx(means[mode], abs=1e-4)
        assert row["low"] < row["exact"] < row["high"]


@pytest.mark.parametrize("royalty", [0, 4.5, 6, 8, 12])
@pytest.mark.parametrize("entry_fee", [0, 0.3, 0.8])
@pytest.mark.parametrize("failure", [5, 20])
def test_wanted_and_bearable_royalty_are_where_the_lines_cross_zero(
    royalty: float, entry_fee: float, failure: float
) -> None:
    view = ask(RUNS, royalty=royalty, entry_fee=entry_fee, failure=failure, runs=50)
    chart = view["parts"][2]
    crossings = []
    for side in dict.fromkeys(row["side"] for row in chart["data"]["rows"]):
        line = series(chart, "side", side)
        (x0, y0), (x1, y1) = ((r["royalty"], r["worth"]) for r in (line[0], line[-1]))
        crossings.append(x0 - y0 * (x1 - x0) / (y1 - y0))
    terms = KtvTerms(royalty=royalty / 100, entry_fee=entry_fee, failure=failure / 100)
    fees = fee_range(terms)
    assert crossings == pytest.approx([100 * fees.lowest, 100 * fees.highest], abs=0.01)
    wanted = f"{fees.lowest:.1%}".removesuffix("%").removesuffix(".0")
    assert text(view, "royalty") == (wanted if fees.lowest > 0 else "any royalty")
    assert ("no shop" in chart["title"]) == (failure == 20)  # self-run would lose money then
    table = {row[0]: row[2] for row in view["parts"][4]["rows"]}
    assert float(table["royalty"].rstrip("%").replace("−", "-")) == pytest.approx(
        100 * break_even_royalty(terms), abs=0.0051
    )
    assert float(table["entry fee a shop"].split()[0].replace("−", "-")) == pytest.approx(
        break_even_entry_fee(terms), abs=0.0051
    )


@pytest.mark.parametrize("royalty", [0.0, 0.05, 0.08])
@pytest.mark.parametrize("entry_fee", [0.0, 0.4])
def test_the_failure_at_break_even_is_the_models(royalty: float, entry_fee: float) -> None:
    terms = KtvTerms(royalty=royalty, entry_fee=entry_fee)
    assert equal_failure(terms) == pytest.approx(break_even_failure(terms), abs=1e-7)


def test_where_one_mode_is_always_better_no_failure_breaks_even() -> None:
    terms = KtvTerms(royalty=0.12, entry_fee=1.0)
    assert equal_failure(terms) is None
    with pytest.raises(ValueError, match="failure"):
        break_even_failure(terms)
    view = ask(RUNS, royalty=12, entry_fee=1, runs=50)
    assert view["parts"][4]["rows"][2][2] == "nowhere"


def test_a_guess_is_answered_with_its_own_error() -> None:
    assert "400 runs say 45 ± 2" in ask(RUNS, guess=10)["say"]
    assert "400 runs say 45 ± 2" in ask(RUNS, guess=10, royalty=0, seed=3)["say"]
