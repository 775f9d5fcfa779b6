"""Service level, which people quote as one number and mean in three ways.

"80% within 20 seconds" counts those who were served after at most 20 seconds. The question is
whom to divide by. With customers who give up or are turned away the three answers differ, and
the kindest is not the most honest. All three are named here, and none is *the* service level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from svclab.capacity.checks import in_hours
from svclab.checks import a_count
from svclab.words import duration, percent, say

__all__ = ["ServiceLevel", "observed_service_level"]

HOUR = 3600.0  # seconds


@dataclass(frozen=True, repr=False)
class ServiceLevel:
    """The share served in time, in its three senses.

    Parameters
    ----------
    within_hours : float
        The longest wait that counts as in time, in hours.
    served_in_time : float
        Share of all who came that were served after at most so long a wait.
    served : float
        Share of all who came that were served at all.
    gave_up_in_time : float
        Share of all who came that gave up after at most so long a wait.

    Examples
    --------
    Of 100 who call, 70 are served in time, 5 hang up before, 10 hang up later:

    >>> level = ServiceLevel(20 / 3600, served_in_time=0.70, served=0.85, gave_up_in_time=0.05)
    >>> level.of_all_offered
    0.7
    >>> round(level.of_those_answered, 4), round(level.leaving_out_those_who_gave_up_in_time, 4)
    (0.8235, 0.7368)
    """

    within_hours: float  # hours
    served_in_time: float  # share of all who came
    served: float  # share of all who came
    gave_up_in_time: float  # share of all who came

    @property
    def of_all_offered(self) -> float:
        """Served in time, of all who came, those turned away and those who gave up included."""
        return self.served_in_time

    @property
    def of_those_answered(self) -> float:
        """Served in time, of those who were served; 1 if nobody was."""
        return self.served_in_time / self.served if self.served > 0 else 1.0

    @property
    def leaving_out_those_who_gave_up_in_time(self) -> float:
        """Served in time, of all who came except those who gave up before the time was over.

        They had not waited long enough for anybody to be late. Those who were turned away stay
        in the count. 1 if nobody is left.
        """
        others = 1 - self.gave_up_in_time
        return min(1.0, self.served_in_time / others) if others > 0 else 1.0

    def rows(self) -> list[dict[str, Any]]:
        """One row a sense, for a table."""
        return [
            {"sense": "of all offered", "share": self.of_all_offered},
            {"sense": "of those answered", "share": self.of_those_answered},
            {
                "sense": "leaving out those who gave up in time",
                "share": self.leaving_out_those_who_gave_up_in_time,
            },
        ]

    def _alike(self) -> bool:
        """Whether everybody is served, so that the three senses are one number."""
        return self.served > 1 - 1e-12 and self.gave_up_in_time == 0

    def __repr__(self) -> str:
        if self._alike():
            return say(
                "within {time}: {share} of all, in every sense: nobody is turned away or gives up",
                time=duration(self.within_hours * HOUR),
                share=shown_share(self.of_all_offered),
            )
        return say(
            "within {time}: {offered} of all offered, {answered} of those answered, "
            "{rest} leaving out those who gave up in time",
            time=duration(self.within_hours * HOUR),
            offered=shown_share(self.of_all_offered),
            answered=shown_share(self.of_those_answered),
            rest=shown_share(self.leaving_out_those_who_gave_up_in_time),
        )

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        return html_table(
            say("Served within {time}", time=duration(self.within_hours * HOUR)),
            [say("sense"), say("share")],
            [(row["sense"], shown_share(row["share"])) for row in self.rows()],
        )


def shown_share(share: float) -> str:
    """A share in percent as a reader shall see it: what is rare is not shown as never.

    Examples
    --------
    >>> [shown_share(share) for share in (0, 0.00002, 0.8171, 0.99999, 1)]
    ['0%', 'under 0.1%', '81.7%', 'over 99.9%', '100%']
    """
    if 0 < share < 0.0005:
        return say("under {share}", share=percent(0.001))
    if 0.9995 <= share < 1:
        return say("over {share}", share=percent(0.999))
    return str(percent(share))


def observed_service_level(
    wait_seconds: Sequence[float],
    gave_up: Sequence[bool] | None = None,
    *,
    turned_away: int = 0,
    hours: float = 0,
    minutes: float = 0,
    seconds: float = 0,
) -> ServiceLevel:
    """The three service levels of customers that were seen, in a simulation or in life.

    Parameters
    ----------
    wait_seconds : sequence of float
        How long each customer who entered waited in the queue, in seconds, until served or
        until he or she gave up.
    gave_up : sequence of bool, optional
        For each of them, whether he or she left unserved. Left out: nobody did.
    turned_away : int, optional
        How many more came and could not enter.
    hours, minutes, seconds : float, optional
        The longest wait that counts as in time; they are added.

    Returns
    -------
    ServiceLevel

    Raises
    ------
    ValueError
        If nobody came, or the two lists differ in length.

    Examples
    --------
    >>> observed_service_level([0, 5, 30, 10], [False, False, False, True], seconds=20)
    within 20 s: 50% of all offered, 66.7% of those answered, 66.7% leaving out those who gave
    up in time
    """
    within = in_hours(hours, minutes, seconds)
    # Seconds given as seconds are compared as such: 20 / 3600 * 3600 need not be 20.
    limit = hours * HOUR + minutes * 60 + seconds
    left = [False] * len(wait_seconds) if gave_up is None else [bool(g) for g in gave_up]
    if len(left) != len(wait_seconds):
        raise ValueError(
            f"gave_up has {len(left)} entries for {len(wait_seconds)} waits: give one a customer"
        )
    came = len(left) + a_count("turned_away", turned_away, 0)
    if came == 0:
        raise ValueError("nobody came: give at least one wait, or turned_away")
    in_time = [wait <= limit for wait in wait_seconds]
    pairs = list(zip(in_time, left, strict=True))
    return ServiceLevel(
        within,
        served_in_time=sum(ok and not gone for ok, gone in pairs) / came,
        served=(len(left) - sum(left)) / came,
        gave_up_in_time=sum(ok and gone for ok, gone in pairs) / came,
    )
