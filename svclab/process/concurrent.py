"""Concurrent engineering: how much overlap of phases saves time (E-11, X-13).

The gain of starting the next phase early is weighed against the rework that comes of working
from preliminary information. The idea is that of Loch and Terwiesch (1998), "Communication and
uncertainty in concurrent engineering", *Management Science* 44(8): *uncertainty* is the rate of
engineering changes of the earlier phase, *dependence* is how hard a change hits the later one.
Simplified here: the rate of changes is constant, a change undoes a fixed share of the later
phase's progress so far, there are no meetings, only neighbouring phases overlap, and every pair
overlaps by the same share.

Two phases that overlap for a time *a*, with changes at rate μ, each undoing a share *k* of what
the later phase has done by then: expected rework = ∫₀ᵃ μ·k·x dx = μ·k·a²/2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from svclab.checks import a_share, above_zero, zero_or_more
from svclab.words import Quantity, percent, say

__all__ = ["OverlapResult", "best_overlap", "most_overlap", "overlap", "overlap_for_saving"]


@dataclass(frozen=True, repr=False)
class OverlapResult:
    """The duration of overlapped phases; times in the unit of the durations given."""

    share: float  # overlap as a share of the most that is possible, 0 to 1
    sequential: float  # duration one after the other
    overlaps: tuple[float, ...]  # time that each pair of phases runs together
    rework: float  # expected extra time for rework
    total: float  # expected duration: sequential − Σ overlaps + rework
    unit: str

    @property
    def saving(self) -> float:
        """Share of the sequential duration that is saved; negative if overlap costs time."""
        return 1 - self.total / self.sequential

    def __repr__(self) -> str:
        return say(
            "{share} overlap: {total} instead of {before}, of which {rework} rework; "
            "{saving} saved",
            share=percent(self.share),
            total=Quantity(self.total, self.unit, 2),
            before=Quantity(self.sequential, self.unit, 2),
            rework=Quantity(self.rework, self.unit, 2),
            saving=percent(self.saving),
        )


def _check(durations: Sequence[float], changes: float, impact: float) -> None:
    if len(durations) < 2:
        raise ValueError(f"durations={list(durations)!r}: give two phases or more")
    for phase, duration in enumerate(durations):
        above_zero(f"durations[{phase}]", duration)
    zero_or_more("changes_per_time", changes)
    a_share("impact", impact)


def most_overlap(durations: Sequence[float]) -> tuple[float, ...]:
    """The longest time each pair of neighbouring phases can run together: the shorter of both.

    Examples
    --------
    >>> most_overlap([10, 8, 12])
    (8, 8)
    """
    return tuple(min(pair) for pair in pairwise(durations))


def overlap(
    durations: Sequence[float],
    *,
    share: float,
    changes_per_time: float = 0.0,
    impact: float = 0.0,
    unit: str = "",
) -> OverlapResult:
    """How long phases take when each starts before the one before it has ended.

    With mᵢ the most overlap of pair i: aᵢ = share·mᵢ and
    total = Σ durations − Σ aᵢ + μ·k·Σ aᵢ²/2.

    Parameters
    ----------
    durations : sequence of float
        The phases, two or more, in one unit of time.
    share : float
        How much of the possible overlap is used, 0 to 1.
    changes_per_time : float, optional
        Rate μ at which the earlier phase changes something that matters to the later one.
    impact : float, optional
        Share k of the later phase's progress that one change undoes, 0 to 1.
    unit : str, optional
        The unit of time, for the words of the result.

    Returns
    -------
    OverlapResult

    Raises
    ------
    ValueError
        For fewer than two phases, or a value outside its range.

    Examples
    --------
    >>> overlap([10, 10], share=.5, changes_per_time=.5, impact=.2, unit="months")
    50% overlap: 16.25 months instead of 20 months, of which 1.25 months rework; 18.8% saved
    """
    _check(durations, changes_per_time, impact)
    a_share("share", share)
    together = tuple(share * most for most in most_overlap(durations))
    rework = changes_per_time * impact * math.fsum(a * a for a in together) / 2
    sequential = math.fsum(durations)
    total = math.fsum([*durations, *(-a for a in together), rework])
    return OverlapResult(share, sequential, together, rework, total, unit)


def best_overlap(
    durations: Sequence[float],
    *,
    changes_per_time: float = 0.0,
    impact: float = 0.0,
    unit: str = "",
) -> OverlapResult:
    """The overlap with the shortest expected duration.

    The total is a parabola in the share: share* = min(1, Σmᵢ / (μ·k·Σmᵢ²)). For two phases
    that is an overlap of 1/(μ·k): the more uncertain and the more dependent, the shorter.

    Parameters
    ----------
    durations, changes_per_time, impact, unit
        As for :func:`overlap`.

    Returns
    -------
    OverlapResult

    Raises
    ------
    ValueError
        As for :func:`overlap`.

    Examples
    --------
    >>> best_overlap([10, 10], changes_per_time=1, impact=.25).overlaps
    (4.0,)
    """
    _check(durations, changes_per_time, impact)
    share = _best_share(durations, changes_per_time * impact)
    return overlap(
        durations, share=share, changes_per_time=changes_per_time, impact=impact, unit=unit
    )


def _best_share(durations: Sequence[float], hardness: float) -> float:
    most = most_overlap(durations)
    curve = hardness * math.fsum(m * m for m in most)
    return min(1.0, math.fsum(most) / curve) if curve > 0 else 1.0


def overlap_for_saving(
    durations: Sequence[float],
    saving: float,
    *,
    changes_per_time: float = 0.0,
    impact: float = 0.0,
) -> float | None:
    """The smallest overlap that saves a given share of the time; None if no overlap does.

    Parameters
    ----------
    durations, changes_per_time, impact
        As for :func:`overlap`.
    saving : float
        Share of the sequential duration to be saved, 0 to below 1.

    Returns
    -------
    float or None
        A share of the possible overlap, 0 to 1.

    Raises
    ------
    ValueError
        As for :func:`overlap`, or if ``saving`` is not from 0 to below 1.

    Examples
    --------
    The 40 to 60% of the course material (E-11), for equal phases and no rework: two phases
    can save 50% at the very most, so 60% takes three phases or something besides overlap.

    >>> round(overlap_for_saving([10, 10], .4), 9), overlap_for_saving([10, 10], .6)
    (0.8, None)
    >>> round(overlap_for_saving([10, 10, 10], .6), 9)
    0.9
    """
    _check(durations, changes_per_time, impact)
    a_share("saving", saving, below=True)
    most = most_overlap(durations)
    linear = math.fsum(most)
    half_curve = changes_per_time * impact * math.fsum(m * m for m in most) / 2
    wanted = saving * math.fsum(durations)
    # linear·s − half_curve·s² = wanted; the smaller root, in the form that keeps its digits
    under_root = linear * linear - 4 * half_curve * wanted
    if under_root < 0:
        return None
    share = 2 * wanted / (linear + math.sqrt(under_root))
    return share if share <= 1 + 1e-12 else None
