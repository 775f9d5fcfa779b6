"""ESIA and the cost of control, against hand calculations."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.process.controls import break_even_error_rate, compare_controls
from svclab.process.flow import analyse
from svclab.process.redesign import Redesign
from svclab.process.table import ProcessTable, Step

# An invented invoice process (X-21 gives the steps' names in tax work, no times).
INVOICE = ProcessTable(
    "Invoice collection",
    [
        Step("apply", "window", 300, 0, "value", 30),
        Step("check eligibility", "section A", 600, 7200, "support", 40),
        Step("check again", "section B", 500, 86400, "support", 50),
        Step("send to window", "section B", 100, 0, "transfer", 50),
        Step("issue", "window", 200, 3600, "value", 30),
    ],
)


def test_figures_of_the_table_by_hand():
    assert INVOICE.work_seconds == 1700
    assert INVOICE.wait_seconds == 97200
    assert INVOICE.flow_time_seconds == 98900
    assert INVOICE.handoffs == 3
    assert INVOICE.owners == ("window", "section A", "section B")
    assert INVOICE.value_added_ratio == pytest.approx(500 / 1700)
    assert INVOICE.cycle_efficiency == pytest.approx(500 / 98900)
    cost = (300 * 30 + 600 * 40 + 600 * 50 + 200 * 30) / 3600
    assert INVOICE.cost == pytest.approx(cost)
    assert "3 hand-offs" in repr(INVOICE)
    assert "<table>" in INVOICE._repr_html_()


def test_eliminate_takes_the_step_and_its_wait():
    after = INVOICE.eliminate("check again", "send to window")
    assert after.work_seconds == 1100
    assert after.wait_seconds == 10800
    assert after.handoffs == 2


def test_simplify_shortens_work_and_wait_and_keeps_the_value_that_fits():
    after = INVOICE.simplify("apply", work_seconds=120)
    assert after.step("apply").value_seconds == 120
    after = INVOICE.simplify("issue", wait_seconds=0)
    assert after.wait_seconds == INVOICE.wait_seconds - 3600
    assert after.step("issue").value_seconds == 200


def test_integrate_gives_neighbours_to_one_person():
    after = INVOICE.integrate("check again", "check eligibility", owner="window", into="check")
    one = after.step("check")
    assert (one.work_seconds, one.wait_seconds, one.kind) == (1100, 7200, "support")
    assert one.pay_per_hour == 50  # the dearer of the two
    assert after.handoffs == 2
    assert [s.name for s in after.steps] == ["apply", "check", "send to window", "issue"]
    both = INVOICE.integrate("apply", "check eligibility", owner="window", work_seconds=250)
    assert both.step("apply + check eligibility").value_seconds == 250
    mixed = INVOICE.integrate("apply", "check eligibility", owner="window")
    assert mixed.value_seconds == INVOICE.value_seconds


def test_automate_takes_work_and_hand_over_from_people():
    after = INVOICE.automate("check eligibility", work_seconds=2, cost_per_case=0.5)
    assert after.work_seconds == 1100
    assert after.machine_seconds == 2
    assert after.wait_seconds == INVOICE.wait_seconds - 7200
    assert after.owners == ("window", "section B")
    assert after.handoffs == 2
    assert after.cost == pytest.approx(INVOICE.cost - 600 * 40 / 3600 + 0.5)


def test_history_shows_every_operation_and_its_change():
    done = (
        Redesign(INVOICE)
        .eliminate("check again")
        .automate("send to window", work_seconds=0)
        .integrate("apply", "check eligibility", owner="window", work_seconds=700)
        .simplify("issue", wait_seconds=600)
    )
    rows = done.rows()
    assert [r["operation"] for r in rows] == [
        "start",
        "eliminate",
        "automate",
        "integrate",
        "simplify",
    ]
    assert rows[1]["change"]["flow_time_seconds"] == -86900
    assert rows[3]["handoffs"] == 0
    assert rows[4]["total_change"]["wait_seconds"] == 600 - 97200
    for measure in ("work_seconds", "flow_time_seconds", "cost", "steps"):
        total = math.fsum(r["change"][measure] for r in rows)
        assert total == pytest.approx(rows[-1]["total_change"][measure])
    assert "eliminate check again" in repr(done)
    assert "<table>" in done._repr_html_()
    assert done.undo().table == done.stages[-2].table
    assert Redesign(INVOICE).undo().table == INVOICE


def test_unknown_pay_makes_the_cost_unknown_but_nothing_else():
    unpaid = ProcessTable("x", [Step("a", "me", 60), Step("b", "you", 60, pay_per_hour=10)])
    assert unpaid.cost is None
    rows = Redesign(unpaid).eliminate("a").rows()
    assert rows[1]["change"]["cost"] is None
    assert rows[1]["cost"] == pytest.approx(1 / 6)
    assert "unknown" in repr(Redesign(unpaid).eliminate("a"))


steps = st.builds(
    Step,
    st.text("abcdefgh", min_size=1, max_size=3),
    st.sampled_from(["P", "Q", "R"]),
    st.integers(0, 1000),
    st.integers(0, 1000),
    st.sampled_from(["value", "support", "transfer"]),
    st.integers(0, 50),
)
tables = st.lists(steps, min_size=3, max_size=6, unique_by=lambda s: s.name).map(
    lambda found: ProcessTable("random", found)
)


@given(tables, st.data())
def test_esia_never_changes_the_old_table_and_never_adds_flow_time(table, data):
    before = repr(table), table.steps, [replace(s) for s in table.steps]
    i = data.draw(st.integers(0, len(table.steps) - 2))
    step, follower = table.steps[i], table.steps[i + 1]
    results = [
        table.eliminate(step.name),
        table.simplify(step.name, work_seconds=step.work_seconds // 2, wait_seconds=0),
        table.integrate(step.name, follower.name, owner="one", into="both"),
        table.automate(step.name, work_seconds=0),
    ]
    assert (repr(table), table.steps, list(table.steps)) == before
    for result in results:
        assert result is not table
        assert result.flow_time_seconds <= table.flow_time_seconds
        assert result.handoffs <= len(result.steps) - 1
    together = results[2]
    assert together.work_seconds == table.work_seconds
    assert together.value_seconds == table.value_seconds
    assert together.wait_seconds == table.wait_seconds - follower.wait_seconds


@given(tables)
def test_the_table_as_a_process_has_the_same_times(table):
    result = analyse(table.to_process())
    assert result.flow_time_seconds == pytest.approx(table.flow_time_seconds)
    assert result.work_content_seconds == pytest.approx(table.work_seconds)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: INVOICE.eliminate("lunch"), "unknown step 'lunch'"),
        (lambda: INVOICE.eliminate(), "at least one step"),
        (lambda: INVOICE.eliminate(*(s.name for s in INVOICE.steps)), "must stay"),
        (lambda: INVOICE.simplify("apply"), "work_seconds, wait_seconds or both"),
        (lambda: INVOICE.simplify("apply", work_seconds=400), "cannot take longer"),
        (lambda: INVOICE.simplify("apply", wait_seconds=-1), "step 'apply': wait_seconds=-1"),
        (lambda: INVOICE.integrate("apply", owner="me"), "two or more"),
        (lambda: INVOICE.integrate("apply", "issue", owner="me"), "not neighbours"),
        (
            lambda: INVOICE.automate("apply", work_seconds=math.nan),
            "step 'apply': work_seconds=nan",
        ),
        (lambda: ProcessTable("none", []), "no steps"),
        (lambda: ProcessTable("twice", [INVOICE.steps[0]] * 2), "given twice"),
        (lambda: Step("a", "", 1), "owner"),
        (lambda: Step("a", "me", 1, kind="wait"), "a wait belongs"),
        (lambda: Step("a", "me", -1), "work_seconds"),
        (lambda: Step("a", "me", 1, pay_per_hour=-1), "pay_per_hour=-1"),
        (lambda: Step("a", "me", 1, value_seconds=2), "value_seconds=2"),
    ],
)
def test_bad_tables_and_operations_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# --- the cost of control


def test_break_even_without_deterrence_is_demings_ratio_k1_over_k2():
    assert break_even_error_rate(check_cost=2, error_cost=100) == pytest.approx(0.02)
    for rate, best in ((0.019, "filing"), (0.021, "check all results")):
        result = compare_controls(
            error_rate=rate, error_cost=100, check_cost=2, delay_cost=1, sample_share=0.3
        )
        assert result.best == best
        assert result.check_all_above == result.check_above == pytest.approx(0.02)


def test_costs_of_control_by_hand():
    result = compare_controls(
        error_rate=0.1,
        error_cost=200,
        check_cost=5,
        delay_cost=4,
        correction_before=10,
        correction_after=30,
        detection=0.9,
        sample_share=0.2,
    )
    costs = {o.name: o.cost for o in result.options}
    assert costs["filing"] == pytest.approx(0.1 * 200)
    assert costs["check all results"] == pytest.approx(5 + 0.1 * (0.9 * 30 + 0.1 * 200))
    assert costs["prior approval"] == pytest.approx(9 + 0.1 * (0.9 * 10 + 0.1 * 200))
    sample = 0.2 * 5 + 0.1 * (0.2 * 0.9 * 30 + (1 - 0.2 * 0.9) * 200)
    assert costs["sample"] == pytest.approx(sample)
    assert result.option("sample").undetected_share == pytest.approx(0.1 * (1 - 0.2 * 0.9))
    assert "prior approval" in repr(result)
    assert "<table>" in result._repr_html_()


shares = st.floats(0, 1)


@given(shares, st.floats(0, 500), st.floats(0, 50), shares, shares, shares)
def test_the_best_sample_is_the_lowest_of_a_scan(rate, loss, check, part, detection, deterrence):
    arguments = {
        "error_rate": rate,
        "error_cost": loss,
        "check_cost": check,
        "correction_after": loss * part,
        "detection": detection,
        "deterrence": deterrence,
    }
    result = compare_controls(**arguments)
    best = result.option("sample").cost
    for i in range(21):
        other = compare_controls(**arguments, sample_share=i / 20).option("sample").cost
        assert best <= other + 1e-9 * max(1, loss)
    assert min(o.cost for o in result.options) == result.option(result.best).cost


@given(st.floats(1, 500), st.floats(0.1, 50), shares, st.floats(0.05, 1), shares)
def test_at_the_break_even_rate_checking_all_costs_as_much_as_filing(
    loss, check, part, detection, deterrence
):
    arguments = {
        "error_cost": loss,
        "check_cost": check,
        "detection": detection,
        "deterrence": deterrence,
    }
    rate = break_even_error_rate(correction_cost=loss * part, **arguments)
    if rate <= 1:
        result = compare_controls(error_rate=rate, correction_after=loss * part, **arguments)
        assert result.check_all_above == pytest.approx(rate)
        filing = result.option("filing").cost
        assert result.option("check all results").cost == pytest.approx(filing)
        assert result.check_above <= rate * (1 + 1e-12)


def test_deterrence_can_make_a_sample_the_cheapest():
    result = compare_controls(error_rate=0.1, error_cost=100, check_cost=8, deterrence=0.9)
    # slope at 0: .1·(100 + 90) − 8 = 11, curve 2·.1·.9·100 = 18
    assert result.best_sample == pytest.approx(11 / 18)
    assert result.best == "sample"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"error_rate": 1.2}, "error_rate=1.2"),
        ({"detection": -0.1}, "detection=-0.1"),
        ({"check_cost": -1}, "check_cost=-1"),
        ({"delay_cost": math.inf}, "delay_cost=inf"),
        ({"correction_after": 101}, "correction_cost=101"),
        ({"sample_share": 2}, "sample_share=2"),
        ({"deterrence": math.nan}, "deterrence=nan"),
    ],
)
def test_bad_costs_of_control_are_refused(change, message):
    good = {"error_rate": 0.1, "error_cost": 100, "check_cost": 2}
    with pytest.raises(ValueError, match=message):
        compare_controls(**(good | change))


def test_a_check_that_saves_nothing_never_pays_and_a_free_one_always():
    assert break_even_error_rate(check_cost=1, error_cost=10, detection=0) == math.inf
    assert break_even_error_rate(check_cost=0, error_cost=10, detection=0.5) == 0
    with pytest.raises(ValueError, match="unknown option"):
        compare_controls(error_rate=0, error_cost=1, check_cost=1).option("hope")
