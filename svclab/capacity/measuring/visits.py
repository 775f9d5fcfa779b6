"""From the rows of a file to visits: midnights, the order of a customer's times, outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from svclab.capacity.measuring.clocks import DAY, Stamp, clock_text
from svclab.capacity.measuring.columns import Parser, Row
from svclab.capacity.measuring.observation import (
    BALKED,
    GAVE_UP,
    IN_SERVICE,
    SERVED,
    WAITING,
    Visit,
)

__all__ = ["Calendar", "first_day", "visits_of"]

HALF_A_DAY = DAY / 2


def first_day(rows: Sequence[Row], parser: Parser) -> date | None:
    """The day from which seconds are counted; a file that holds several watches is a mistake."""
    days = sorted({row.day for row in rows if row.day is not None})
    if not days:
        return None
    if len(days) > 2 or (days[-1] - days[0]).days > 1:
        parser.mistakes.append(
            f"the file holds {len(days)} days, from {days[0]} to {days[-1]}: choose one by "
            f"date='{days[0]}'"
        )
    for row in rows:
        if row.day is None:
            parser.mistakes.append(
                f"{parser.line} {row.line} has no date, other rows have one: fill it in"
            )
            break
    return days[0]


@dataclass
class Calendar:
    """Turns stamps into seconds since midnight of the first day."""

    first: date | None
    midnights: int = 0  # passed so far, where the rows have no dates
    before: float | None = None  # the last row's first time

    def pass_to(self, row: Row) -> None:
        """Without dates, a jump back by half a day from row to row is midnight."""
        if row.day is None and row.first is not None:
            if self.before is not None and row.first.seconds < self.before - HALF_A_DAY:
                self.midnights += 1
            self.before = row.first.seconds

    def seconds(self, stamp: Stamp, day: date | None) -> float:
        """The moment of a stamp in a row of this day."""
        on = stamp.day or day
        if on is None or self.first is None:
            return stamp.seconds + DAY * self.midnights
        return stamp.seconds + DAY * (on - self.first).days


def visits_of(rows: Sequence[Row], calendar: Calendar, parser: Parser) -> list[Visit]:
    """The customers of a file; what contradicts itself is noted as a mistake and left out."""
    found = []
    starts = any(row.started is not None for row in rows)
    for row in rows:
        if row.first is None:
            parser.mistakes.append(
                f"{parser.line} {row.line} has no time at all: fill it in or take it out"
            )
            continue
        if parser.unit is None:
            calendar.pass_to(row)
        moments = _moments(row, calendar, parser)
        outcome = _outcome(row, parser, starts)
        if moments is not None and outcome:
            arrived, started, left = moments
            found.append(
                Visit(
                    arrived=arrived,
                    started=started,
                    left=left,
                    outcome=outcome,
                    server=row.server,
                    name=row.customer,
                    servers_open=row.servers_open,
                    line=row.line,
                )
            )
    return found


def _moments(
    row: Row, calendar: Calendar, parser: Parser
) -> tuple[float | None, float | None, float | None] | None:
    """Arrival, start and leaving in seconds, in this order; None if they are not in order."""
    found: list[float | None] = []
    early, named = 0.0, ""
    for name, stamp in (("arrived", row.arrived), ("started", row.started), ("left", row.left)):
        if stamp is None:
            found.append(None)
            continue
        moment = calendar.seconds(stamp, row.day)
        if named and stamp.day is None and moment < early - HALF_A_DAY:
            moment += DAY  # midnight came while the customer was there
        if named and moment < early:
            what = (
                f"is before {clock_text(early)} in column {named}: a customer arrives, starts "
                "and leaves in this order"
            )
            parser.wrong(row.line, name, clock_text(moment), what)
            return None
        found.append(moment)
        early, named = moment, name
    arrived, started, left = found
    return arrived, started, left


def _outcome(row: Row, parser: Parser, starts: bool) -> str:
    """What became of the customer, as the file says or as its times say; empty for a mistake.

    In a file without any start of service, whoever left is taken to have been served.
    """
    started, left = row.started is not None, row.left is not None
    if not row.outcome:
        if started:
            return SERVED if left else IN_SERVICE
        if left:
            return GAVE_UP if starts else SERVED
        return WAITING
    problem = ""
    if started and row.outcome in (BALKED, GAVE_UP, WAITING):
        problem = "does not fit a row with a time in column started: clear one of them"
    elif row.outcome == GAVE_UP and not left:
        problem = "needs a time in column left: fill it in"
    elif row.outcome in (SERVED, IN_SERVICE) and not (started or left):
        problem = "needs a time in column started: fill it in"
    if problem:
        parser.wrong(row.line, "outcome", row.outcome, problem)
        return ""
    return row.outcome
