"""Dispatch rules against permutations by brute force, and what no rule can change."""

import math
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.process.dispatch import RULES, Ticket, compare_rules, dispatch

PLAIN = ["fifo", "shortest", "due"]


@st.composite
def desks(draw: st.DrawFn, most: int = 12, at_start: bool = False) -> list[Ticket]:
    rows = draw(
        st.lists(
            st.tuples(
                st.just(0) if at_start else st.integers(0, 50),
                st.integers(0, 20),
                st.integers(0, 80),
                st.sampled_from(["routine", "exception"]),
            ),
            min_size=1,
            max_size=most,
        )
    )
    return [Ticket(i, *row) for i, row in enumerate(rows, start=1)]


def finishes(order: tuple[Ticket, ...]) -> list[float]:
    """Finish times on one worker, all tickets there at 0."""
    now, found = 0.0, []
    for ticket in order:
        now += ticket.work
        found.append(now)
    return found


@settings(max_examples=40)
@given(desks(most=6, at_start=True))
def test_shortest_first_minimises_mean_flow_against_all_permutations(desk: list[Ticket]) -> None:
    best = min(math.fsum(finishes(order)) / len(desk) for order in permutations(desk))
    assert dispatch(desk, 1, rule="shortest").overall.mean_flow == pytest.approx(best)


@settings(max_examples=40)
@given(desks(most=6, at_start=True))
def test_due_date_first_minimises_max_lateness_as_Jackson_1955(  # noqa: N802
    desk: list[Ticket],
) -> None:
    best = min(
        max(f - t.due for f, t in zip(finishes(order), order, strict=True) if t.due is not None)
        for order in permutations(desk)
    )
    assert dispatch(desk, 1, rule="due").overall.max_lateness == best


@given(desks(), st.integers(2, 4))
def test_no_rule_changes_the_work_done_and_workers_never_do_two_tickets_at_once(
    desk: list[Ticket], workers: int
) -> None:
    for found in compare_rules(desk, workers, reserved=1).values():
        assert found.busy == sum(t.work for t in desk)
        assert [s.ticket for s in found.served] == desk
        for worker in range(workers):
            spans = sorted((s.start, s.finish) for s in found.served if s.worker == worker)
            for (_, end), (start, _) in pairwise(spans):
                assert start >= end
        assert all(s.start >= s.ticket.arrive for s in found.served)


@given(desks())
def test_on_one_worker_every_rule_ends_at_the_time_given_by_the_workload(
    desk: list[Ticket],
) -> None:
    # Lindley: the unfinished work at a desk does not depend on the order.
    end = 0.0
    for ticket in sorted(desk, key=lambda t: t.arrive):
        end = max(end, ticket.arrive) + ticket.work
    assert {dispatch(desk, 1, rule=rule).end for rule in PLAIN} == {end}


@given(desks(), st.integers(1, 3))
def test_nobody_is_idle_while_a_ticket_waits(desk: list[Ticket], workers: int) -> None:
    for rule in PLAIN:
        served = dispatch(desk, workers, rule=rule).served
        for late in served:
            if late.start > late.ticket.arrive:
                for moment in {late.ticket.arrive} | {
                    s.finish for s in served if late.ticket.arrive <= s.finish < late.start
                }:
                    # Just after each change, all workers are at work.
                    at_work = sum(s.start <= moment < s.finish for s in served)
                    assert at_work == workers


@given(desks(), st.integers(2, 4))
def test_fast_lane_workers_take_routine_only(desk: list[Ticket], workers: int) -> None:
    served = dispatch(desk, workers, rule="fast lane", reserved=1).served
    assert all(s.ticket.kind == "routine" for s in served if s.worker == 0)


@given(desks(), st.integers(2, 4))
def test_without_exceptions_the_fast_lane_is_fifo(desk: list[Ticket], workers: int) -> None:
    routine = [Ticket(t.number, t.arrive, t.work, t.due) for t in desk]
    fast = dispatch(routine, workers, rule="fast lane", reserved=1)
    assert fast.served == dispatch(routine, workers).served


@given(desks(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_the_order_in_which_tickets_are_listed_does_not_matter(
    desk: list[Ticket], workers: int, shuffler: object
) -> None:
    mixed = desk[:]
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    for rule in PLAIN:
        assert dispatch(mixed, workers, rule=rule) == dispatch(desk, workers, rule=rule)


def test_two_workers_by_hand() -> None:
    desk = [Ticket(1, 0, 10), Ticket(2, 0, 4), Ticket(3, 1, 8), Ticket(4, 2, 1)]
    fifo = dispatch(desk, 2)
    assert [(s.start, s.finish) for s in fifo.served] == [(0, 10), (0, 4), (4, 12), (10, 11)]
    short = dispatch(desk, 2, rule="shortest")
    assert [(s.start, s.finish) for s in short.served] == [(0, 10), (0, 4), (5, 13), (4, 5)]


def test_ties_go_to_the_lower_ticket_number() -> None:
    desk = [Ticket(n, 0, 5, 9) for n in (3, 1, 2)]
    for rule in PLAIN:
        assert [s.start for s in dispatch(desk, 1, rule=rule).served] == [0, 5, 10]


def test_p95_is_the_smallest_time_that_covers_95_percent() -> None:
    desk = [Ticket(n, 0, 1) for n in range(1, 41)]
    assert dispatch(desk, 1).overall.p95_flow == 38
    assert dispatch(desk[:1], 1).overall.p95_flow == 1


def test_figures_by_class_and_lateness_only_with_due_times() -> None:
    desk = [Ticket(1, 0, 4, 3), Ticket(2, 0, 4, 10), Ticket(3, 0, 4, kind="exception")]
    found = dispatch(desk, 1)
    assert found.overall.mean_lateness == pytest.approx((1 - 2) / 2)
    assert found.overall.max_lateness == 1
    assert found.overall.late_share == 0.5
    assert found.classes["exception"].max_lateness is None
    assert found.classes["exception"].late_share is None
    assert found.classes["exception"].mean_flow == 12
    assert found.classes["routine"].tickets == 2


def test_tickets_without_due_time_come_last_under_due() -> None:
    desk = [Ticket(1, 0, 4), Ticket(2, 0, 4, 100)]
    assert dispatch(desk, 1, rule="due").served[1].start == 0


def test_comparison_leaves_the_fast_lane_out_without_reserved_workers() -> None:
    desk = [Ticket(1, 0, 1)]
    assert list(compare_rules(desk, 2)) == PLAIN
    assert list(compare_rules(desk, 2, reserved=1)) == list(RULES)


@pytest.mark.parametrize(
    ("workers", "rule", "reserved", "words"),
    [
        (0, "fifo", 0, "workers=0"),
        (1.5, "fifo", 0, "workers=1.5"),
        (1, "lifo", 0, "rule='lifo' is unknown; rules are fifo"),
        (2, "fifo", 1, "only fits rule='fast lane'"),
        (2, "fast lane", 0, "reserved=0 of 2"),
        (2, "fast lane", 2, "reserved=2 of 2"),
    ],
)
def test_bad_desks_are_refused(workers: int, rule: str, reserved: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        dispatch([Ticket(1, 0, 1)], workers, rule=rule, reserved=reserved)


def test_bad_tickets_are_refused() -> None:
    with pytest.raises(ValueError, match="no tickets"):
        dispatch([], 1)
    with pytest.raises(ValueError, match="number 1 is used twice"):
        dispatch([Ticket(1, 0, 1), Ticket(1, 0, 2)], 1)
    with pytest.raises(ValueError, match="ticket 4: work=-1"):
        Ticket(4, 0, -1)
    with pytest.raises(ValueError, match="ticket 4: arrive=nan"):
        Ticket(4, math.nan, 1)
    with pytest.raises(ValueError, match="ticket 4: due=inf"):
        Ticket(4, 0, 1, math.inf)
