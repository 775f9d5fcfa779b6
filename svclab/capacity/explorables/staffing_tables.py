"""The tables of a day with a rush: hour by hour, and one plan beside the other."""

from __future__ import annotations

from svclab.capacity.staffing.scoring import DayScore
from svclab.explore import TableView
from svclab.words import Quantity, minutes, number, say

__all__ = ["hours_table", "plans_table"]


def hours_table(shown: DayScore, waits: DayScore, within: float) -> TableView:
    """Mean wait and share in time for those who come in each hour."""
    rows: list[list[Quantity | str | int]] = []
    for place, (level, wait) in enumerate(zip(shown.periods, waits.periods, strict=True)):
        rate = shown.plan.day.per_hour[place]
        mean = "–" if wait.value is None else number(60 * wait.value.mean, 1)
        error = "–" if wait.value is None else number(60 * wait.value.half_width, 1)
        share = "–" if level.value is None else number(100 * level.value.mean, 0)
        wide = "–" if level.value is None else number(100 * level.value.half_width, 0)
        from_ = shown.plan.label(place).split()[0]
        rows.append([from_, number(rate, 0), level.servers, mean, error, share, wide])
    return TableView(
        title="Hour by hour",
        columns=[
            ("From", "", "left"),
            ("Come", "per hour", "right"),
            ("Staff", "", "right"),
            ("Mean wait", "min", "right"),
            ("±", "min", "right"),
            (say("Within {t}", t=minutes(within)), "%", "right"),
            ("±", "%", "right"),
        ],
        rows=rows,
        emphasis=[k for k, p in enumerate(shown.periods) if p.kept is False],
    )


def plans_table(scores: dict[str, DayScore], plan: str) -> TableView:
    """Each plan with its staff hours and its worst hour; the one shown stands out."""
    return TableView(
        title="Your own plan and three rules, on the same simulated days",
        columns=[
            ("Plan", "", "left"),
            ("Staff hours", "", "right"),
            ("Worst hour from", "", "right"),
            ("In time then", "%", "right"),
            ("±", "%", "right"),
            ("Hours that keep 80%", "", "right"),
        ],
        rows=[
            [
                one.plan.method,
                number(one.plan.server_hours, 0),
                one.worst.label.split()[0],
                *_worst(one),
                say(
                    "{n} of {all}", n=sum(p.kept is True for p in one.periods), all=len(one.periods)
                ),
            ]
            for one in scores.values()
        ],
        emphasis=[list(scores).index(plan)],
    )


def _worst(one: DayScore) -> tuple[Quantity, Quantity]:
    value = one.worst.value
    assert value is not None
    return number(100 * value.mean, 0), number(100 * value.half_width, 0)
