"""Customer lifetime value (客户终身价值), and what a point of retention is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Chart,
    Choice,
    Figure,
    Handle,
    Integer,
    Number,
    PointGuess,
    SettingError,
    TableView,
    View,
    bars,
    explorable,
    guess_mark,
    lines,
)
from svclab.strategy.choices.worth import break_even
from svclab.strategy.customers import (
    TIMINGS,
    Lifetime,
    RetentionPoint,
    levers,
    retention_point,
)
from svclab.strategy.customers import lifetime_value as valued
from svclab.words import Quantity, number, percent, say, yuan

__all__ = ["Member", "lifetime_value", "member"]

YEARS = 20  # of the second picture
MOST = 95  # percent of retention on the slider
NEAR = 0.97  # q up to which the curve is drawn
MARGIN, DISCOUNT, COST = 300, 0.1, 200  # in the question
ASKED = 0.9
CHANGE = 0.01  # of each lever


@dataclass(frozen=True)
class Member:
    """A customer, the same with a point more of retention, and the retention that pays back."""

    point: RetentionPoint
    needed: float | None  # retention at which the value is zero; None if none is enough

    @property
    def now(self) -> Lifetime:
        """The customer as it is."""
        return self.point.before


@lru_cache(maxsize=128)
def member(
    margin: float, retention: float, discount: float, acquisition: float, growth: float,
    timing: str, points: int,
) -> Member:  # fmt: skip
    """All that a setting shows.

    Raises
    ------
    ValueError
        If the value would have no limit.

    Examples
    --------
    >>> found = member(300, 0.8, 0.1, 200, 0.0, "after renewal", 1)
    >>> round(found.now.value, 2), round(found.point.gain, 2), round(found.needed, 2)
    (600.0, 37.93, 0.44)
    """
    point = retention_point(
        margin, retention=retention, discount=discount, points=points, growth=growth,
        acquisition=acquisition, timing=timing,
    )  # fmt: skip
    return Member(point, _needed(point.before))


def _needed(one: Lifetime) -> float | None:
    """Where the value crosses zero as retention goes up; it only ever goes up."""
    top = min(1.0, (1 + one.discount) / (1 + one.growth) - 1e-9)

    def value(retention: float) -> float:
        return replace(one, retention=retention).value

    if value(0.0) >= 0:
        return 0.0
    return break_even(value, 0.0, top, name="retention") if value(top) > 0 else None


@explorable(
    title="What is a customer worth, and what is one point more of retention?",
    parameters=[
        Number(
            name="retention", label="Retention", unit="%", low=0, high=MOST, step=1, default=80,
            help="Chance that a customer stays for one more year.",
        ),
        Number(
            name="margin", label="Margin", unit="yuan a year", low=50, high=1000, step=50,
            default=MARGIN, help="What a customer leaves after all that serving costs.",
        ),
        Number(
            name="acquisition", label="Cost to win a customer", unit="yuan", low=0, high=2000,
            step=50, default=COST,
        ),
        Number(
            name="discount", label="Discount rate", unit="% a year", low=0, high=30, step=1,
            default=100 * DISCOUNT,
        ),
        Number(
            name="growth", label="Growth of the margin", unit="% a year", low=-10, high=10, step=1,
            default=0,
            help="Of those who stay. Reichheld and Sasser (1990) say it is above zero; Reinartz "
            "and Kumar (2000) found that it need not be.",
        ),
        Choice(
            name="timing", label="The first margin comes", default="after renewal",
            options={
                "at once": "at once",
                "at the end": "at the end of the first year",
                "after renewal": "then, from those who stay",
            },
            help="Books differ in this: say it with every number.",
        ),
        Integer(
            name="points", label="More retention", unit="points", low=1, high=4, default=1,
        ),
    ],
    guess=PointGuess(
        question="A KTV member brings 300 yuan a year and cost 200 yuan to win. At a retention of "
        "40% a member is worth −29 yuan, at 60% 160 yuan, at 80% 600 yuan. And at 90%?",
        low=0, high=1700, step=50, unit="yuan", x=100 * ASKED, y_label="Worth of a member, yuan",
    ),
)  # fmt: skip
def lifetime_value(
    retention: float, margin: float, acquisition: float, discount: float, growth: float,
    timing: str, points: int, guess: float | None,
) -> View:  # fmt: skip
    """A member of a KTV chain; all numbers are invented. The value is the sum of all margins to
    come, each times the chance that the member is still there, in money of today."""
    try:
        found = member(
            margin, retention / 100, discount / 100, acquisition, growth / 100, timing, points
        )
    except ValueError:
        raise SettingError(
            "growth",
            say("The margins grow faster than they shrink, so the value has no limit: lower growth "
                "or retention, or raise the discount rate."),
        ) from None  # fmt: skip
    seen = say("{now} {point}", now=found.now.sentence, point=_more(found.point))
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    return View(
        say=seen,
        warning=_warning(found),
        figures=_figures(found),
        parts=[
            _curve(found, guess, alt=seen),
            _years(found.now),
            *_levers(found.now),
            _conventions(found),
        ],
    )


def _more(point: RetentionPoint) -> str:
    """What more retention adds; by how much percent only where there is a worth to add to."""
    told = say(
        "Retention of {high} instead of {low} adds {gain}",
        high=percent(point.after.retention), low=percent(point.before.retention),
        gain=yuan(point.gain, 2),
    )  # fmt: skip
    if point.before.value <= 0:
        return say("{told}.", told=told)
    return say("{told}, or {share}.", told=told, share=percent(point.share))


def _answer(guess: float) -> str:
    real = valued(MARGIN, retention=ASKED, discount=DISCOUNT, acquisition=COST).value
    return say(
        "Your guess was {guess}; it is {real}. The curve grows steeper: a point is worth the more, "
        "the more customers stay already.",
        guess=yuan(guess), real=yuan(real),
    )  # fmt: skip


def _warning(found: Member) -> str:
    if found.now.value >= 0:
        return ""
    if found.needed is None:
        return say("Even a customer who never leaves does not bring back the cost to win: spend "
                   "less, or raise the margin.")  # fmt: skip
    return say(
        "A customer costs more to win than it ever brings: reach a retention of {need}, or spend "
        "less.",
        need=percent(found.needed),
    )


def _figures(found: Member) -> list[Figure]:
    now = found.now
    life = Quantity(now.expected_periods, "year", 1, "years")
    need = "none is enough" if found.needed is None else percent(found.needed)
    return [
        Figure("value", "Worth of a customer", yuan(now.value), "bad" if now.value < 0 else "",
               help="In money of today, less the cost to win."),
        Figure("multiple", "All margins", number(now.multiple, 2),
               help="Worth of all margins, counted in first margins."),
        Figure("life", "Years as a customer", life,
               help="On average, the first one counted: 1 / (1 − retention)."),
        Figure("point", "More retention is worth", yuan(found.point.gain, 2), "good",
               help="For each customer, today: the most to spend on it."),
        Figure("needed", "Retention needed", need,
               help="Where a customer just brings back the cost to win."),
    ]  # fmt: skip


def _curve(found: Member, guess: float | None, *, alt: str) -> Chart:
    now = found.now
    steepness = (1 + now.growth) / (1 + now.discount)
    drawn = [
        k / 100 for k in range(MOST + 1)
        if k / 100 * steepness <= max(NEAR, now.ratio)
    ]  # fmt: skip
    path = [
        (round(100 * r, 6), round(replace(now, retention=r).value, 3))
        for r in sorted({*drawn, now.retention})
    ]
    here = (round(100 * now.retention, 6), round(now.value, 3))
    top, low = max(y for _, y in path), min(0.0, path[0][1])
    marks: list[dict[str, Any]] = [{"y": 0.0, "label": "", "color": "var(--svc-grey)"}]
    if found.needed and found.needed <= MOST / 100:
        marks.append({"x": round(100 * found.needed, 2), "label": "pays back from here",
                      "color": "var(--svc-green)", "at": "end"})  # fmt: skip
    if guess is not None:
        marks.append(guess_mark(x=100 * ASKED, y=guess))
    return lines(
        [{"retention": x, "value": y} for x, y in path],
        x=("retention", "Retention, %"),
        y=("value", "Worth of a customer, yuan"),
        marks=marks,
        x_domain=(0, 100),
        y_domain=(low, 1.1 * max(top, guess or 0, 1)),
        handles=[Handle(parameter="retention", x=here[0], y=here[1], path=path)],
        title="Worth by retention. Drag the point",
        alt=alt,
        height=300,
    )


def _years(now: Lifetime) -> Chart:
    """What a customer has brought so far, on average, year by year."""
    rows: list[dict[str, Any]] = [{"year": 0, "so_far": round(-now.acquisition, 3)}]
    if now.timing == "at once":
        rows = []
    rows += [
        {"year": row["period"], "so_far": round(row["so far"], 3)}
        for row in replace(now, periods=YEARS).table
    ]
    back = next((row["year"] for row in rows if row["so_far"] >= 0), None)
    told = (
        say("not paid back within {n} years", n=YEARS) if back is None
        else say("paid back at once") if back == 0
        else say("paid back after {y}", y=Quantity(back, "year", 0, "years"))
    )  # fmt: skip
    return lines(
        rows,
        x=("year", "Year"),
        y=("so_far", "So far, yuan of today"),
        marks=[
            {"y": 0.0, "label": "", "color": "var(--svc-grey)"},
            {"y": round(now.value, 3), "label": say("in the end {v}", v=yuan(now.value)),
             "color": "var(--svc-green)", "at": "end"},
        ],
        step=True,
        x_axis={"tickMinStep": 1},
        x_domain=(0, YEARS),
        title=say("What a customer has brought so far, on average: {told}", told=told),
        alt=say("The sum of the margins over {n} years, {told}.", n=YEARS, told=told),
        height=220,
    )  # fmt: skip


def _levers(now: Lifetime) -> list[Chart]:
    """What one percent better of each does; nothing where it cannot be computed."""
    try:
        effects = levers(now, change=CHANGE).effects
    except ValueError:
        return []
    rows: list[dict[str, Any]] = [
        {"lever": name, "gain": round(100 * gain, 4), "text": str(percent(gain, 2)),
         "color": "var(--svc-blue)"}
        for name, gain in effects.items()
    ]  # fmt: skip
    return [
        bars(
            rows,
            category=("lever", "Lever"),
            value=("gain", "Gain in worth, %"),
            color="color",
            text="text",
            title="What 1% better of each adds: it says nothing of what that costs",
            alt=say(
                "Gain in worth by each lever: {rows}.",
                rows=", ".join(say("{n} {g}", n=r["lever"], g=r["text"]) for r in rows),
            ),
            domain=(0, 1.3 * max(row["gain"] for row in rows)),
        )
    ]


def _conventions(found: Member) -> TableView:
    rows: list[list[Any]] = []
    for timing in TIMINGS:
        before, after = (
            replace(one, timing=timing) for one in (found.point.before, found.point.after)
        )
        rows.append([timing, yuan(before.value), yuan(after.value),
                     yuan(after.value - before.value, 2)])  # fmt: skip
    return TableView(
        title="The same customer in three conventions",
        columns=[("First margin", "", "left"), ("Worth", "yuan", "right"),
                 ("With more retention", "yuan", "right"), ("Gain", "yuan", "right")],
        rows=rows,
        emphasis=[TIMINGS.index(found.now.timing)],
    )  # fmt: skip
