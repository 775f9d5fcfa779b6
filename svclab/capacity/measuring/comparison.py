"""Waits set side by side: seen, by formula, with the same customers again, and of days like it."""

from __future__ import annotations

from dataclasses import dataclass

from svclab.words import duration, percent, say

__all__ = ["Comparison", "middle_of"]

INSIDE = 0.95  # share of simulated days within the range that is named
LITTLE = 5.0  # s: a difference that no watch can show


@dataclass(frozen=True, repr=False, kw_only=True)
class Comparison:
    """Mean waits of those served, in seconds: seen, by formula, replayed, and of days like it."""

    reason: str  # why this formula, or why none
    theory: str  # the formula's model, such as M/M/3; empty if none holds
    observed: float  # s
    formula: float | None  # s; None: no formula holds
    replayed: float  # s, the day's own customers with servers who never idle
    steady: tuple[float, float]  # s, middle 95% of days with one rate throughout
    by_time: tuple[float, float]  # s, middle 95% of days with the rates of the time of day
    days: int  # simulated, of each kind

    @property
    def steady_fits(self) -> bool:
        """Whether the observed wait is one that a steady Poisson model gives."""
        return self.steady[0] <= self.observed <= self.steady[1]

    @property
    def by_time_fits(self) -> bool:
        """Whether the observed wait is one that the model with changing rates gives."""
        return self.by_time[0] <= self.observed <= self.by_time[1]

    def rows(self) -> list[tuple[str, str]]:
        """Each mean wait as a reader shall see it."""
        formula = "none holds" if self.formula is None else str(duration(self.formula))
        name = f" ({self.theory})" if self.theory else ""
        return [
            ("observed", str(duration(self.observed))),
            (f"formula{name}", formula),
            ("same customers, servers never idle", str(duration(self.replayed))),
            ("simulated days, one rate", _range(self.steady)),
            ("simulated days, rate by time of day", _range(self.by_time)),
        ]

    def sentences(self) -> list[str]:
        """Whether the model describes the day, and what may be missing in it."""
        return [
            self.reason,
            self._verdict(),
            self._idle(),
            say(
                "Each range holds the mean waits of the middle {share} of {n} simulated days: a "
                "true model is called wrong in {rest} of days.",
                share=percent(INSIDE),
                n=self.days,
                rest=percent(1 - INSIDE),
            ),
        ]

    def _verdict(self) -> str:
        if self.steady_fits and self.by_time_fits:
            return (
                "The observed wait is one that the model gives, with one rate and with the rates "
                "of the time of day: the model may be used for this service. One day is little: "
                "watch another."
            )
        if self.by_time_fits:
            return (
                "With one rate throughout the model does not give the observed wait; with the "
                "rates of the time of day it does. The change of demand matters: use the "
                "cumulative curves or the simulation, not the formula."
            )
        if self.steady_fits:
            return (
                "The model gives the observed wait with one rate, but not with the rates of the "
                "time of day. That is luck, or the intervals are too short: trust neither before "
                "another day is watched."
            )
        if self.observed > self.by_time[1]:
            return (
                "The model does not fit: customers waited longer than it gives. Look for breaks, "
                "for servers who do other work, for customers who are served out of turn, or for "
                "service times that end before the server is free again."
            )
        return (
            "The model does not fit: customers waited less than it gives. Look for servers who "
            "hurry when the queue is long, for help that comes in a rush, or for customers who "
            "walked away unseen."
        )

    def _idle(self) -> str:
        more = self.observed - self.replayed
        if abs(more) <= max(LITTLE, 0.1 * self.observed):
            return (
                "With the day's own arrivals and service times the waits come out as observed: "
                "the servers lost no time between customers."
            )
        if more > 0:
            return say(
                "With the day's own arrivals and service times, and servers who take the next "
                "customer at once, the mean wait is {less} instead of {seen}. The difference was "
                "lost between customers: walking up, clearing up, a break, or taps that came late.",
                less=duration(self.replayed),
                seen=duration(self.observed),
            )
        return say(
            "With the day's own arrivals and service times, first come, first served, the mean "
            "wait is {more} and not {seen}: more servers helped than the file says.",
            more=duration(self.replayed),
            seen=duration(self.observed),
        )

    HEAD = ("mean wait of those served", "time")

    def __repr__(self) -> str:
        from svclab.shown import text_table

        title = "The model beside the day"
        return text_table(title, self.HEAD, self.rows(), self.sentences())

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        title = "The model beside the day"
        return html_table(title, self.HEAD, self.rows(), notes=self.sentences())


def middle_of(values: list[float]) -> tuple[float, float]:
    """The range of the middle 95% of values.

    Examples
    --------
    >>> middle_of([float(n) for n in range(1001)])
    (25.0, 975.0)
    """
    ordered = sorted(values)
    cut = int((1 - INSIDE) / 2 * len(ordered))
    return ordered[cut], ordered[-1 - cut]


def _range(limits: tuple[float, float]) -> str:
    return f"{duration(limits[0])} to {duration(limits[1])}"
