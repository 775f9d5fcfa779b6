"""Weights of suppliers, the fit of goals and the spread of an innovation, by second methods."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest
from asked import ask, figure, series, text
from ends import document

from svclab.strategy.explorables.judgements import KEYS, key_of, value_of
from svclab.strategy.explorables.weights import CRITERIA, KEY, PAIRS
from svclab.strategy.growth import Bass
from svclab.strategy.weighing import SCALE, supplier_case

AHP = "strategy.supplier_weights"
FIT = "strategy.goal_alignment"
BASS = "strategy.adoption_curve"
CASE = supplier_case()


def judged(values: dict[tuple[str, str], str]) -> list[dict[str, str]]:
    return [{"pair": f"{a} over {b}", "judged": values[a, b]} for a, b in PAIRS]


def by_iteration(values: dict[tuple[str, str], float]) -> tuple[list[float], float]:
    """Weights and consistency ratio by plain power iteration, with Saaty's index for five."""
    n = len(CRITERIA)
    a = [[1.0] * n for _ in range(n)]
    for (i, one), (j, two) in combinations(enumerate(CRITERIA), 2):
        a[i][j], a[j][i] = values[one, two], 1 / values[one, two]
    w = [1 / n] * n
    for _ in range(5000):
        v = [sum(x * y for x, y in zip(row, w, strict=True)) for row in a]
        w = [x / sum(v) for x in v]
    top = sum(sum(x * y for x, y in zip(row, w, strict=True)) for row in a)
    return w, (top - n) / (n - 1) / 1.11


def share(value: str) -> float:
    return float(value.rstrip("%"))


@pytest.mark.parametrize("seed", range(4))
def test_weights_ratio_and_totals_are_those_of_power_iteration(seed: int) -> None:
    draw = Random(f"ahp/{seed}")
    keys = ["1/5", "1/3", "1/2", "1", "2", "3", "4", "6"]
    chosen = {pair: draw.choice(keys) for pair in PAIRS}
    view = ask(AHP, judgements=judged(chosen))
    weights, ratio = by_iteration({p: value_of(k) for p, k in chosen.items()})
    shown = view["parts"][0]["row_totals"]["values"]
    assert [share(x) for x in shown] == pytest.approx([100 * w for w in weights], abs=0.051)
    assert figure(view, "ratio") == pytest.approx(ratio, abs=1e-6)
    totals = dict.fromkeys(CASE.scores, 0.0)
    for c, w in zip(CRITERIA, weights, strict=True):
        column = sum(row[c] for row in CASE.scores.values())
        for supplier, row in CASE.scores.items():
            totals[supplier] += 100 * w * row[c] / column
    drawn = view["parts"][2]["data"]["rows"]
    for supplier, total in totals.items():
        parts = [r["size"] for r in drawn if r["bar"] == supplier]
        assert sum(parts) == pytest.approx(total, abs=1e-3)
    assert text(view, "first") == max(totals, key=lambda s: totals[s])


def test_the_course_case_hangs_on_one_judgement() -> None:
    view = ask(AHP)
    assert "timeliness over quality: judged 4, the others imply 0.72." in view["say"]
    assert text(view, "first") == "Anhe"
    assert view["say"].endswith("Then Dongsheng is first.")
    chosen = {p: key_of(v) for p, v in CASE.judgements.items()}
    after = ask(AHP, judgements=judged({**chosen, ("timeliness", "quality"): "1"}))
    assert text(after, "first") == "Dongsheng"
    assert figure(after, "ratio") == pytest.approx(0.035, abs=5e-4)


@pytest.mark.parametrize("mode", ["distributive", "ideal"])
@pytest.mark.parametrize("copied", CASE.scores)
def test_a_copy_turns_an_order_round_in_the_distributive_mode_only(copied: str, mode: str) -> None:
    chosen = {p: key_of(v) for p, v in CASE.judgements.items()}
    flipped = 0
    for key in ("4", "2", "1"):
        rows = judged({**chosen, ("timeliness", "quality"): key})
        view = ask(AHP, judgements=rows, copied=copied, mode=mode)
        table = next(p for p in view["parts"] if p["title"].startswith("Place and total"))
        before = [r[0] for r in sorted(table["rows"], key=lambda r: r[1]) if r[1]]
        after = [r[0] for r in table["rows"] if r[1]]
        assert ("turns round" in view["say"]) == (before != after)
        flipped += before != after
    assert not (mode == "ideal" and flipped)
    assert mode == "ideal" or (flipped > 0) == (copied != "Anhe")


def test_with_a_judgement_of_2_a_copy_of_the_first_makes_another_the_first() -> None:
    chosen = {p: key_of(v) for p, v in CASE.judgements.items()}
    rows = judged({**chosen, ("timeliness", "quality"): "2"})
    view = ask(AHP, judgements=rows, copied="Dongsheng")
    assert text(view, "first") == "Dongsheng"
    assert "Dongsheng was ahead of Anhe, and no longer is." in view["say"]


def test_a_circle_of_judgements_is_warned_of() -> None:
    chosen = dict.fromkeys(PAIRS, "1")
    chosen["stability", "timeliness"] = chosen["timeliness", "quality"] = "3"
    chosen["stability", "quality"] = "1/3"
    view = ask(AHP, judgements=judged(chosen))
    assert "stability above timeliness, timeliness above quality" in view["warning"]


def test_equal_judgements_agree_and_no_change_is_proposed() -> None:
    view = ask(AHP, judgements=judged(dict.fromkeys(PAIRS, "1")))
    assert figure(view, "ratio") == 0
    assert "Look first" not in view["say"]


def test_the_menu_is_saatys_scale() -> None:
    assert sorted(map(value_of, KEYS)) == pytest.approx(sorted(SCALE))
    assert [key_of(v) for v in SCALE] == list(reversed(list(KEYS)))
    assert len(KEY) == len(CRITERIA)


def service(*rows: tuple[str, int, int, int]) -> list[dict[str, Any]]:
    return [dict(zip(("goal", "one", "two", "three"), r, strict=True)) for r in rows]


@pytest.mark.parametrize("seed", range(5))
def test_coverage_conflicts_and_scores_are_counted_by_hand(seed: int) -> None:
    draw = Random(f"fit/{seed}")
    rows = service(*((f"g{k}", *(draw.randint(-3, 3) for _ in "123")) for k in range(1 + seed)))
    weights = [draw.randint(1, 9) for _ in "123"]
    goals = ["return visits", "margin", "ten new shops"]
    needed = draw.randint(1, 6)
    view = ask(
        FIT, needed=needed, service=rows,
        corporate=[{"goal": g, "weight": w} for g, w in zip(goals, weights, strict=True)],
    )  # fmt: skip
    cells = [[r["one"], r["two"], r["three"]] for r in rows]
    covered = sum(
        w for k, w in enumerate(weights) if sum(max(0, c[k]) for c in cells) >= needed
    ) / sum(weights)  # fmt: skip
    assert figure(view, "coverage") == pytest.approx(100 * covered, abs=0.51)
    assert figure(view, "conflicts") == sum(x < 0 for c in cells for x in c)
    assert figure(view, "orphans") == sum(max(c) <= 0 for c in cells)
    both = sum(min(c[k] for c in cells) < 0 < max(c[k] for c in cells) for k in range(3))
    assert figure(view, "tensions") == both
    scores = {r["goal"]: r["score"] for r in view["parts"][1]["data"]["rows"]}
    for r, c in zip(rows, cells, strict=True):
        by_hand = sum(w * x for w, x in zip(weights, c, strict=True)) / sum(weights)
        assert scores[r["goal"]] == pytest.approx(by_hand, abs=1e-3)


def test_the_meeting_is_told_of_each_uncovered_goal_orphan_and_tension() -> None:
    rows = service(("prize", 0, -1, 0), ("phone", 2, 3, 0))
    view = ask(FIT, service=rows)
    table = view["parts"][2]
    assert [r[0] for r in table["rows"]] == ["return visits", "ten new shops", "prize", "margin"]
    assert table["title"] == "For the next meeting: 4 points"
    assert table["rows"][3][1] == "helped by phone; harmed by prize"


def test_no_weight_and_two_goals_of_one_name_are_refused() -> None:
    none = [{"goal": g, "weight": 0} for g in "abc"]
    assert "All weights are 0" in document(FIT, corporate=none)["problems"]["corporate"]
    twice = service(("a", 1, 1, 1), ("a", 1, 1, 1))
    assert "stands twice" in document(FIT, service=twice)["problems"]["service"]


def integrated(market: float, p: float, q: float, years: float) -> float:
    """The model's differential equation in small steps (midpoint rule)."""
    share, steps = 0.0, int(400 * years)
    for _ in range(steps):
        half = share + (p + q * share) * (1 - share) / 800
        share += (p + q * half) * (1 - half) / 400
    return market * share


@pytest.mark.parametrize(("p", "q"), [(0.03, 0.38), (0.002, 0.8), (0.1, 0), (0.05, 0.04)])
def test_the_curve_solves_the_models_equation(p: float, q: float) -> None:
    view = ask(BASS, market=700, p=p, q=q)
    rows = {r["year"]: r["shops"] for r in series(view["parts"][0], "line", "the model")}
    for year in (0.5, 3, 10, 20):
        assert rows[year] == pytest.approx(integrated(700, p, q, year), abs=0.01)
    peak = max(r["shops"] for r in view["parts"][1]["data"]["rows"])
    assert figure(view, "rate") == pytest.approx(peak, rel=0.01)
    half = figure(view, "half")
    assert integrated(700, p, q, round(half, 2)) == pytest.approx(350, abs=1.0)


def test_before_four_years_are_known_there_is_no_history_or_forecast() -> None:
    for known in (0, 3):
        view = ask(BASS, known=known)
        assert {r["line"] for r in view["parts"][0]["data"]["rows"]} == {"the model"}
        assert "forecast" not in view["say"]


def test_a_history_is_whole_shops_and_the_forecast_begins_where_it_is_known() -> None:
    view = ask(BASS, known=10, seed=3)
    chart = view["parts"][0]
    history = {r["year"]: r["shops"] for r in series(chart, "line", "one possible history")}
    ahead = series(chart, "line", "forecast from the known years")
    assert list(history) == list(range(21))
    assert sorted(history.values()) == list(history.values())
    assert all(n == int(n) <= 1000 for n in history.values())
    assert (ahead[0]["year"], ahead[0]["shops"]) == (10, history[10])


def test_with_all_years_known_the_forecast_market_is_close() -> None:
    """Twelve histories; the market is found to 10 percent in each: the peak is long past."""
    for seed in range(1, 13):
        assert abs(figure(ask(BASS, known=20, seed=seed), "error")) <= 10


def test_few_years_give_a_forecast_that_is_far_off_or_none_at_all() -> None:
    """Of twelve histories known for five years, most are off by a fifth or have no forecast."""
    bad = 0
    for seed in range(1, 13):
        view = ask(BASS, known=5, seed=seed)
        keys = [f["key"] for f in view["figures"]]
        bad += "error" not in keys or abs(figure(view, "error")) > 20
        if "error" not in keys:
            assert "there is no forecast" in view["say"]
    assert bad >= 8


def test_the_guess_is_answered_by_the_model_and_stays_in_the_picture() -> None:
    view = ask(BASS, guess=300, market=400)
    real = round(Bass(1000, 0.03, 0.38).adopted(6))
    assert f"Your guess was 300 shops; it is {real} shops." in view["say"]
    assert any(m["label"] == "your guess" for m in view["parts"][0]["data"]["marks"])


def test_before_the_peak_the_sentence_says_not_to_trust_the_forecast() -> None:
    for seed in range(1, 13):
        told = ask(BASS, known=5, seed=seed)["say"]
        assert "do not trust it" in told or "there is no forecast" in told
        assert "do not trust it" not in ask(BASS, known=8, seed=seed)["say"]
