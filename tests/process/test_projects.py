"""Critical path against brute force; overlap of phases against a scan and a simulation."""

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.process.cases import archive_project
from svclab.process.longest import longest_path
from svclab.process.projects import (
    Task,
    best_overlap,
    critical_path,
    overlap,
    overlap_for_saving,
)

# P-39 in invented days: the drawings are sorted while the air purifier is built.
MINE_BEFORE = [
    Task("build", 10),
    Task("sort drawings", 4, ("build",)),
    Task("file drawings", 1, ("sort drawings",)),
    Task("hand over", 2, ("build", "file drawings")),
]
MINE_AFTER = [
    Task("build", 10),
    Task("sort drawings", 4),
    Task("file drawings", 1, ("sort drawings",)),
    Task("hand over", 2, ("build", "file drawings")),
]


def test_moving_the_archive_beside_the_construction_takes_it_off_the_critical_path():
    before, after = critical_path(MINE_BEFORE), critical_path(MINE_AFTER)
    assert (before.duration, after.duration) == (17, 12)
    assert "sort drawings" in before.critical_tasks
    assert after.critical_paths == (("build", "hand over"),)
    assert after.task("sort drawings").slack == 5
    assert after.task("sort drawings").free_slack == 0
    assert after.task("file drawings").free_slack == 5
    assert "12 days" in repr(after)
    assert "<table>" in after._repr_html_()


def brute_paths(tasks):
    """All ways from a task without predecessor to one without follower, with their lengths."""
    after = {t.name: [f.name for f in tasks if t.name in f.after] for t in tasks}
    time = {t.name: t.duration for t in tasks}
    open_ones = [(t.name,) for t in tasks if not t.after]
    while open_ones:
        path = open_ones.pop()
        if not after[path[-1]]:
            yield path, sum(time[n] for n in path)
        open_ones += [(*path, n) for n in after[path[-1]]]


@st.composite
def projects(draw):
    size = draw(st.integers(1, 7))
    tasks = []
    for i in range(size):
        before = draw(st.sets(st.integers(0, i - 1))) if i else set()
        tasks.append(Task(f"t{i}", draw(st.integers(0, 4)), tuple(f"t{j}" for j in sorted(before))))
    return draw(st.permutations(tasks))


@given(projects())
def test_critical_path_matches_the_enumeration_of_all_paths(tasks):
    plan = critical_path(tasks)
    paths = dict(brute_paths(tasks))
    longest = max(paths.values())
    assert plan.duration == longest
    assert set(plan.critical_paths) == {p for p, length in paths.items() if length == longest}
    assert plan.number_of_critical_paths == len(plan.critical_paths)
    for row in plan.tasks:
        through = max(length for path, length in paths.items() if row.name in path)
        assert row.slack == pytest.approx(longest - through)
        assert row.critical == (through == longest)
        assert 0 <= row.free_slack <= row.slack + 1e-12


@given(projects(), st.data())
def test_a_delay_within_the_slack_does_not_delay_the_project(tasks, data):
    plan = critical_path(tasks)
    late = data.draw(st.sampled_from([t.name for t in tasks]))
    slack = plan.task(late).slack

    def delayed(extra):
        return [Task(t.name, t.duration + (extra if t.name == late else 0), t.after) for t in tasks]

    assert critical_path(delayed(slack)).duration == plan.duration
    assert critical_path(delayed(slack + 1)).duration == plan.duration + 1


def test_fractions_of_a_day_do_not_hide_a_tie():
    tenth = [Task("a", 0.1), Task("b", 0.2, ("a",)), Task("c", 0.3), Task("d", 1, ("b", "c"))]
    assert critical_path(tenth, unit="h").number_of_critical_paths == 2


def test_many_critical_paths_are_counted_and_a_thousand_shown():
    tasks = []
    for layer in range(12):
        before = tuple(t.name for t in tasks[-2:])
        tasks += [Task(f"{layer}{side}", 1, before) for side in "ab"]
    plan = critical_path(tasks)
    assert plan.number_of_critical_paths == 2**12
    assert len(plan.critical_paths) == 1000


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: critical_path([]), ValueError, "tasks is empty"),
        (lambda: critical_path([Task("a", 1), Task("a", 2)]), ValueError, "given twice"),
        (lambda: critical_path([Task("a", 1, ("b",))]), ValueError, "unknown task 'b'"),
        (
            lambda: critical_path([Task("a", 1, ("b",)), Task("b", 1, ("a",)), Task("c", 1)]),
            ValueError,
            "order of a and b is circular",
        ),
        (lambda: Task("a", -1), ValueError, "duration=-1"),
        (lambda: Task("a", math.nan), ValueError, "duration=nan"),
        (lambda: Task("", 1), ValueError, "task name"),
        (lambda: Task("b", 1, "a"), TypeError, "must be a tuple"),
        (lambda: critical_path([Task("a", 1)]).task("z"), ValueError, "known are a"),
        (lambda: overlap([5], share=0.5), ValueError, "two phases"),
        (lambda: overlap([5, 0], share=0.5), ValueError, "above zero"),
        (lambda: overlap([5, 5], share=1.5), ValueError, "share=1.5"),
        (lambda: overlap([5, 5], share=1, impact=2), ValueError, "impact=2"),
        (lambda: best_overlap([5, 5], changes_per_time=-1), ValueError, "changes_per_time=-1"),
        (lambda: overlap_for_saving([5, 5], 1), ValueError, "saving=1"),
    ],
)
def test_bad_projects_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


# --- concurrent engineering


def test_overlap_by_hand():
    result = overlap([12, 8, 10], share=0.5, changes_per_time=0.3, impact=0.2)
    assert result.overlaps == (4, 4)
    assert result.rework == pytest.approx(0.06 * (16 + 16) / 2)
    assert result.total == pytest.approx(30 - 8 + 0.96)
    assert result.saving == pytest.approx(7.04 / 30)


def test_two_phases_overlap_best_by_one_over_rate_times_impact():
    assert best_overlap([20, 30], changes_per_time=0.5, impact=0.25).overlaps == (8.0,)
    assert best_overlap([20, 30], changes_per_time=0.1, impact=0.25).share == 1  # 40 > 20


phases = st.lists(st.floats(1, 50), min_size=2, max_size=5)
rates = st.floats(0, 2)


@given(phases, rates, st.floats(0, 1))
def test_best_overlap_is_the_lowest_of_a_scan(durations, rate, impact):
    how = {"changes_per_time": rate, "impact": impact}
    best = best_overlap(durations, **how)
    for i in range(51):
        assert best.total <= overlap(durations, share=i / 50, **how).total + 1e-9
    assert best.saving >= -1e-12


@given(phases, rates, st.floats(0, 1), st.floats(0, 0.95))
def test_overlap_for_a_saving_gives_that_saving_and_none_only_if_the_best_is_less(
    durations, rate, impact, saving
):
    how = {"changes_per_time": rate, "impact": impact}
    share = overlap_for_saving(durations, saving, **how)
    best = best_overlap(durations, **how)
    if share is None:
        assert best.saving < saving + 1e-9
    else:
        assert overlap(durations, share=min(share, 1), **how).saving == pytest.approx(
            saving, abs=1e-9
        )
        assert share <= best.share + 1e-6  # the smaller of the two that give it


def test_forty_to_sixty_percent_of_the_course_material():
    """E-11: cycle down by 40 to 60%. Equal phases, no rework: share = s·n/(n − 1)."""
    assert overlap_for_saving([1, 1], 0.4) == pytest.approx(0.8)
    assert overlap_for_saving([1, 1], 0.6) is None
    for n in (3, 4, 6):
        for s in (0.4, 0.5, 0.6):
            assert overlap_for_saving([1] * n, s) == pytest.approx(s * n / (n - 1))
    # with rework the same saving needs more overlap, or is out of reach
    with_rework = overlap_for_saving([10] * 4, 0.4, changes_per_time=0.1, impact=0.3)
    assert with_rework > overlap_for_saving([10] * 4, 0.4)
    assert overlap_for_saving([10] * 4, 0.6, changes_per_time=0.2, impact=0.5) is None


def test_expected_rework_matches_simulated_changes():
    """20,000 overlaps of 6 months with changes as a Poisson process, 5 standard errors: a
    false alarm in 6 of ten million seeds."""
    rng = random.Random(11)
    rate, impact, together = 0.5, 0.2, 6.0
    seen = []
    for _ in range(20_000):
        lost, clock = 0.0, rng.expovariate(rate)
        while clock < together:
            lost += impact * clock
            clock += rng.expovariate(rate)
        seen.append(lost)
    expected = overlap([6, 6], share=1, changes_per_time=rate, impact=impact).rework
    error = statistics.stdev(seen) / math.sqrt(len(seen))
    assert abs(statistics.fmean(seen) - expected) < 5 * error


def test_a_process_is_taken_as_a_project_in_the_unit_named():
    for parallel in (False, True):
        project = archive_project(parallel=parallel)
        plan = critical_path(project, unit="h")
        assert plan.duration == pytest.approx(longest_path(project).seconds / 3600)
    with pytest.raises(ValueError, match="unit='weeks'"):
        critical_path(project, unit="weeks")
