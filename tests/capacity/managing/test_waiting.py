"""Waits as they are felt and encounters as they are remembered, against the papers."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.capacity.managing.sequence import (
    CHASE_DASU,
    Moment,
    best_order,
    felt,
    join_or_split,
    remembered,
)
from svclab.capacity.managing.waiting import (
    FACTORS,
    MAISTER,
    REMEDIES,
    Stage,
    audit,
    overtaken,
    perceived_wait,
)


def test_the_audit_has_maister_s_eight_propositions_in_his_order():
    # Maister (1985): unoccupied; get started; anxiety; uncertain; unexplained; unfair; the more
    # valuable the service the longer one waits; alone. The list is public on his own pages.
    assert MAISTER.names == (
        "occupied", "started", "calm", "certain", "explained", "fair", "worth it", "together",
    )  # fmt: skip
    assert set(REMEDIES) == set(MAISTER.names)
    assert MAISTER.sources == ("K-09",)


def test_an_audit_adds_its_marks_and_advises_on_the_weakest():
    marks = dict.fromkeys(MAISTER.names, 3) | {"fair": 0, "certain": 1}
    found = audit(marks, show=2)
    assert found.score.total == pytest.approx((6 * 3 + 0 + 1) / 32)
    assert list(found.advice) == ["fair", "certain"]
    assert REMEDIES["fair"] in found._repr_html_()
    assert audit(dict.fromkeys(MAISTER.names, 4)).advice == {}
    with pytest.raises(ValueError, match="fair"):
        audit({name: 3 for name in MAISTER.names if name != "fair"})


def test_a_felt_wait_by_hand():
    stages = [Stage("line", 10, ("unoccupied", "unfair")), Stage("form", 5)]
    found = perceived_wait(stages, expected=20)
    assert found.perceived == pytest.approx(10 * 1.36 * 1.4 + 5)
    assert found.actual == 15
    assert found.gap == pytest.approx(20 - found.perceived)
    assert "more than was expected" in found.sentence()
    assert "less than was expected" in perceived_wait([Stage("a", 1)], expected=2).sentence()


@given(st.lists(st.floats(0, 60), min_size=1, max_size=5))
def test_without_burdens_a_wait_feels_as_long_as_it_is(lengths):
    stages = [Stage(f"s{k}", m) for k, m in enumerate(lengths)]
    found = perceived_wait(stages)
    assert found.perceived == pytest.approx(found.actual)
    assert found.gap is None
    burdened = [Stage(s.name, s.minutes, tuple(FACTORS)) for s in stages]
    assert perceived_wait(burdened).perceived >= found.perceived


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 20)), min_size=1, max_size=25))
def test_slips_are_counted_as_the_definition_says(customers):
    # Larson (1987): a slip is a later customer who is served before.
    customers.sort(key=lambda one: one[0])
    arrivals, starts = zip(*customers, strict=True)
    direct = [
        sum(a > arrivals[k] and s < starts[k] for a, s in customers) for k in range(len(customers))
    ]
    assert list(overtaken(arrivals, starts).slips) == direct


def test_one_line_has_no_slips_and_lines_of_their_own_have_some():
    stream, now, one, two = Random(3), 0.0, [0.0, 0.0], [0.0, 0.0]
    arrivals, single, own = [], [], []
    for _ in range(300):
        now += stream.expovariate(1.8)
        service, side = stream.expovariate(1), stream.randrange(2)
        k = one.index(min(one))
        single.append(max(now, one[k]))
        one[k] = single[-1] + service
        own.append(max(now, two[side]))
        two[side] = own[-1] + service
        arrivals.append(now)
    assert overtaken(arrivals, single).share == 0
    assert overtaken(arrivals, own).share > 0.2


def test_the_cold_hand_of_kahneman_and_others_is_remembered_as_they_report():
    # 60 s at 14 °C, or the same and 30 s more at up to 15 °C: most chose to repeat the longer
    # (Psychological Science 4, 1993). The feelings are ours; the times are the paper's.
    short = [Moment("14 degrees", -8, minutes=1)]
    longer = [*short, Moment("15 degrees", -6, minutes=0.5)]
    assert remembered(longer).memory > remembered(short).memory
    suffered = [sum(m.feeling * m.minutes for m in moments) for moments in (short, longer)]
    assert suffered[1] < suffered[0]


@given(st.lists(st.integers(-10, 10), min_size=1, max_size=5))
def test_the_best_order_is_remembered_no_worse_than_any_other(feelings):
    moments = [Moment(f"m{k}", feeling) for k, feeling in enumerate(feelings)]
    best = remembered(best_order(moments)).memory
    assert best == max(remembered(order).memory for order in permutations(moments))


@given(st.integers(-10, 10))
def test_how_long_it_lasted_does_not_change_the_memory(feeling):
    short, endless = [Moment("a", feeling)], [Moment("a", feeling, minutes=600)]
    assert remembered(short).memory == remembered(endless).memory


def test_felt_amounts_have_the_constants_of_tversky_and_kahneman():
    # Median estimates of Tversky and Kahneman (1992): exponent 0.88, losses count 2.25 times.
    assert felt(100) == pytest.approx(100**0.88)
    assert felt(-100) / felt(100) == pytest.approx(-2.25)
    with pytest.raises(ValueError, match="amount=inf"):
        felt(float("inf"))


def test_thaler_s_four_principles_of_joining_and_splitting():
    # Thaler (1985): split gains, join losses, join a small loss with a larger gain, split a small
    # gain from a much larger loss (the silver lining).
    assert join_or_split([50, 25]) == "split"
    assert join_or_split([-50, -25]) == "join"
    assert join_or_split([100, -20]) == "join"
    assert join_or_split([-6000, 1]) == "split"


def test_chase_and_dasu_have_five_principles():
    # Finish strong; bad experiences early; segment pleasure, combine pain; choice; rituals.
    assert CHASE_DASU.names == ("strong end", "bad first", "split and join", "choice", "rituals")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: perceived_wait([Stage("a", -1)]), "minutes of 'a'=-1"),
        (lambda: perceived_wait([Stage("a", 1), Stage("a", 1)]), "given twice"),
        (lambda: perceived_wait([Stage("a", 1, ("dull",))]), "burden 'dull'"),
        (lambda: overtaken([1, 0], [1, 1]), "sort the customers"),
        (lambda: overtaken([0], []), "starts 0"),
        (lambda: Moment("a", 11), "feeling of 'a'=11"),
        (lambda: remembered([]), "moments is empty"),
        (lambda: best_order([Moment("a", 1), Moment("a", 2)]), "same name"),
        (
            lambda: best_order([Moment("a", 1), Moment("b", 2)], after={"a": ["b"], "b": ["a"]}),
            "circle",
        ),
        (lambda: best_order([Moment("a", 1)], after={"a": ["c"]}), "names 'c'"),
        (lambda: join_or_split([1]), "at least two"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()
