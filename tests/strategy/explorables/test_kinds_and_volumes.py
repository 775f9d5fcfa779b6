"""The service process matrix and the four Vs, against rules written out here."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from asked import ask, figure, text
from ends import document

from svclab.strategy.explorables.kinds import START
from svclab.strategy.explorables.volumes import BESIDE
from svclab.strategy.positions import EXAMPLES, VS

KINDS = "strategy.process_matrix"
FOUR = "strategy.four_vs"


def services(*rows: tuple[str, float, float]) -> list[dict[str, Any]]:
    """Seven services: those given, and others that are no examples."""
    given = [{"service": n, "labour": y, "interaction": x} for n, y, x in rows]
    spare = [{"service": f"own {k}", "labour": 1, "interaction": 1} for k in range(7)]
    return (given + spare)[:7]


def named(labour: float, interaction: float, cut: float) -> str:
    high, contact = labour >= cut, interaction >= cut
    if high:
        return "professional service" if contact else "mass service"
    return "service shop" if contact else "service factory"


@pytest.mark.parametrize("cut", [3, 5, 6.5])
def test_each_service_is_listed_under_the_kind_of_its_two_scores(cut: float) -> None:
    draw = Random(f"kinds/{cut}")
    rows = [(f"s{k}", draw.randint(0, 100) / 10, draw.randint(0, 100) / 10) for k in range(7)]
    listed = {
        row[0].split(":")[0]: row[0].split(": ")[1]
        for row in ask(KINDS, cut=cut, services=services(*rows))["parts"][1]["rows"]
    }
    for name, labour, interaction in rows:
        (found,) = [kind for kind, who in listed.items() if name in who]
        assert found.startswith(named(labour, interaction, cut))


def test_the_quadrant_that_the_picture_names_is_the_kind() -> None:
    plane = ask(KINDS)["parts"][0]
    quadrant = {row[0]: row[3] for row in plane["tables"][0]["rows"]}
    assert plane["tables"][0]["columns"][3]["label"] == "Quadrant"
    for name, labour, interaction in START:
        assert quadrant[name] == named(labour, interaction, 5)


def test_a_service_that_was_moved_is_named_with_its_kind() -> None:
    assert "Moved:" not in ask(KINDS)["say"]
    rows = [[n, y, x] for n, y, x in START]
    rows[1][1], rows[2][1] = 4, 7.5
    said = ask(KINDS, services=services(*map(tuple, rows)))["say"]
    assert "Moved: hotel, now a service factory; hospital, still a professional service." in said


def test_the_check_marks_those_that_differ_from_schmenner_and_no_others() -> None:
    before, after = ask(KINDS), ask(KINDS, check=True)
    assert not any(s.get("verdict") for s in before["parts"][0]["spots"])
    verdicts = {s["name"]: s.get("verdict", "") for s in after["parts"][0]["spots"]}
    for name, labour, interaction in START:
        expected = EXAMPLES.get(name)
        if expected is None:
            assert verdicts[name] == ""
        else:
            right = expected == named(labour, interaction, 5)
            assert verdicts[name] == ("right" if right else "wrong")
    assert text(after, "right") == "3 of 6"
    assert "hospital: professional service? Think again" in after["say"]


def test_a_map_that_agrees_is_all_right_and_one_without_examples_says_so() -> None:
    good = services(("hotel", 2, 2), ("hospital", 3, 8), ("lawyer", 9, 9))
    assert text(ask(KINDS, check=True, services=good), "right") == "3 of 3"
    assert "None of them is one of Schmenner's examples." in ask(
        KINDS, check=True, services=services()
    )["say"]  # fmt: skip


def test_two_services_of_one_name_are_refused_at_the_table() -> None:
    twice = services(("hotel", 2, 2), ("hotel", 3, 3))
    assert "stands twice" in document(KINDS, services=twice)["problems"]["services"]


def test_the_guess_is_answered_by_schmenners_service_shop() -> None:
    assert EXAMPLES["hospital"] == "service shop"
    say = ask(KINDS, guess="professional service")["say"]
    assert "Schmenner has it as a service shop" in say


def vs(wanted: list[float], built: list[float]) -> list[dict[str, Any]]:
    rows = zip(VS, wanted, built, strict=True)
    return [{"v": v, "wanted": w, "built": b} for v, w, b in rows]


@pytest.mark.parametrize("seed", range(5))
def test_fit_and_pull_are_the_means_written_out(seed: int) -> None:
    draw = Random(f"vs/{seed}")
    wanted, built = ([draw.randint(0, 20) / 2 for _ in VS] for _ in range(2))
    view = ask(FOUR, vs=vs(wanted, built))
    gaps = [w - b for w, b in zip(wanted, built, strict=True)]
    assert figure(view, "fit") == pytest.approx(1 - sum(map(abs, gaps)) / 40)
    pull = (10 - built[0] + built[1] + built[2] + built[3]) / 40  # high volume is the cheap end
    assert figure(view, "pull") == pytest.approx(100 * pull, abs=0.51)
    worst = max(range(4), key=lambda k: abs(gaps[k]))
    assert text(view, "gap").startswith(list(VS)[worst])
    assert view["parts"][1]["emphasis"] == [worst]


def test_an_operation_that_fits_has_no_gap() -> None:
    view = ask(FOUR, vs=vs([1, 2, 3, 4], [1, 2, 3, 4]))
    assert text(view, "gap") == "none"
    assert view["say"] == "The operation is built for what is wanted."


@pytest.mark.parametrize("beside", BESIDE)
def test_what_it_is_compared_with_is_drawn_and_differs_where_the_sentence_says(
    beside: str,
) -> None:
    view = ask(FOUR, beside=beside)
    scores = BESIDE[beside][1]
    assert [row["score"] for row in view["parts"][0]["data"]["beside"]] == list(scores)
    wanted = {"volume": 7, "variety": 4, "variation": 9, "visibility": 6}
    told = view["say"].split("Beside it,")[1]
    for v, score in zip(VS, scores, strict=True):
        assert (v in told) == (abs(score - wanted[v]) >= 3)
