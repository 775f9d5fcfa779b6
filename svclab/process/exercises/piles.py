"""The same cases from two piles or from one."""

from __future__ import annotations

from itertools import accumulate
from math import fsum
from statistics import fmean
from typing import Any

from svclab.practice import (
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.process.model import Process
from svclab.process.recursion import replay
from svclab.process.sampling import Workload
from svclab.words import minutes, number, say

__all__ = ["Pooling"]

NAMES = ("Ann", "Bo")


class Pooling(Exercise):
    """Two case managers with a pile each, or with one pile for both."""

    title = "Two piles or one?"
    objective = 7
    level = "demanding"
    version = 2
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        # One long case among the first three keeps its pile waiting.
        gaps = [draw.integer(1, 8) for _ in range(5)]
        work = [draw.integer(3, 9) for _ in range(6)]
        work[draw.integer(0, 2)] = draw.integer(12, 22)
        return {"arrive": list(accumulate(gaps, initial=0)), "work": work}

    def sound(self, p: Any) -> bool:
        # One pile helps clearly, and some of each person's idle time is harmless.
        own, idle, wasted = own_piles(p)
        shared = fmean(times_of(p.arrive, p.work, 2))
        return own > 1.08 * shared and 2 <= wasted < idle and apart(self, p)

    def question(self, p: Any) -> str:
        rows = [
            (n, a, w, NAMES[(n - 1) % 2])
            for n, (a, w) in enumerate(zip(p.arrive, p.work, strict=True), 1)
        ]
        return page(
            say(
                "An insurance office (invented) has two case managers (专案经理), {one} and {two}. "
                "Each handles an application from beginning to end, one case after the other, in "
                "the order in which they come. Six applications come one morning:",
                one=NAMES[0],
                two=NAMES[1],
            ),
            table(
                [say("case"), say("comes at minute"), say("work in minutes"), say("pile of")], rows
            ),
            say(
                "**Own piles.** Today the cases are dealt out in turn, as in the last column. Each "
                "case manager takes cases from one pile only. **One pile.** It is proposed that "
                "both take the next case from one common pile (资源池化): whoever is free takes "
                "it. If both are free, {one} takes it. In both ways, who finishes a case can "
                "begin the next one in the same minute.",
                one=NAMES[0],
            ),
            say(
                "1. What is the mean time from arrival to completion with own piles?\n"
                "2. What is it with one pile?\n"
                "3. With own piles there are minutes in which one case manager is idle (空闲) "
                "while a case waits in the pile of the other. How many such minutes are there?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("own", say("Mean time with own piles"), unit="min"),
            NumberField("shared", say("Mean time with one pile"), unit="min"),
            IntegerField("wasted", say("One idle while a case waits for the other"), unit="min"),
        ]

    def solve(self, p: Any) -> Answers:
        office = Process.line("Office", {"case": 1.0})
        piles = [_replayed(office, p.arrive[i::2], p.work[i::2]) for i in (0, 1)]
        both = _replayed(office.with_units(case=2), p.arrive, p.work)
        return {
            "own": fmean(piles[0] + piles[1]),
            "shared": fmean(both),
            "wasted": own_piles(p)[2],
        }

    def second(self, p: Any) -> Answers:
        # Minute by minute, for both ways of working.
        own, wasted = _by_the_minute(p, shared=False)
        shared, _ = _by_the_minute(p, shared=True)
        return {"own": own, "shared": shared, "wasted": wasted}

    @misconception(
        "You counted the waiting only. The time from arrival to completion includes the work, too."
    )
    def waits_only(self, p: Any) -> Answers:
        own = own_piles(p)[0]
        return {
            "own": own - sum(p.work) / 6,
            "shared": fmean(times_of(p.arrive, p.work, 2)) - sum(p.work) / 6,
        }

    @misconception(
        "You counted the work only, as if nobody had to wait. Sometimes a case comes while both "
        "are busy."
    )
    def work_only(self, p: Any) -> Answers:
        return {"own": sum(p.work) / 6, "shared": sum(p.work) / 6}

    @misconception(
        "You let both work on the same case, so that it takes half of the time. In this office "
        "each case is handled by one case manager alone."
    )
    def half_the_work(self, p: Any) -> Answers:
        return {"shared": fmean(times_of(p.arrive, [w / 2 for w in p.work], 1))}

    @misconception("You sent all six cases to one person. There are two people at work.")
    def one_person(self, p: Any) -> Answers:
        mean = fmean(times_of(p.arrive, p.work, 1))
        return {"own": mean, "shared": mean}

    @misconception(
        "You counted all idle minutes of both until each has finished the last case. Count only "
        "those in which a case waits in the pile of the other."
    )
    def all_idle(self, p: Any) -> Answers:
        return {"wasted": own_piles(p)[1]}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Make a table for each way of working: who does the case, when it begins, when "
                "it ends."
            ),
            say(
                "With own piles there are two separate queues of three cases each. With one pile, "
                "write down after every case when each of the two will be free again. The next "
                "case goes to the one who is free first."
            ),
            say(
                "The time of a case is its end minus its arrival. For the third question draw a "
                "line of minutes for each person. Mark on it when the person works and when a "
                "case waits."
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        own = [0] * 6
        for i in (0, 1):
            own[i::2] = times_of(p.arrive[i::2], p.work[i::2], 1)
        shared = times_of(p.arrive, p.work, 2)
        rows = [
            (n, a, w, NAMES[(n - 1) % 2], number(a + o), number(o), number(a + s), number(s))
            for n, (a, w, o, s) in enumerate(zip(p.arrive, p.work, own, shared, strict=True), 1)
        ]
        head = [
            say("case"),
            say("comes"),
            say("work"),
            say("pile of"),
            say("ends (own)"),
            say("time (own)"),
            say("ends (one pile)"),
            say("time (one pile)"),
        ]
        return page(
            table(head, rows),
            say(
                "The mean time is **{own}** with own piles and **{shared}** with one pile. Nobody "
                "works faster. But with own piles there are **{wasted}** in which one is idle and "
                "a case waits for the other. With one pile this cannot happen.",
                own=minutes(right["own"], 2),
                shared=minutes(right["shared"], 2),
                wasted=minutes(right["wasted"]),
            ),
            say(
                "Six cases cannot tell how large the gain is in the long run, or what it costs "
                "that each must be able to handle every case."
            ),
        )


def _replayed(office: Process, arrive: list[int], work: list[int]) -> list[float]:
    return replay(office, Workload(arrive, {"case": work})).flow_times


def times_of(arrive: list[int], work: list[Any], people: int) -> list[Any]:
    """Time from arrival to completion of each case, first come, first served."""
    free, stays = [0] * people, []
    for a, w in zip(arrive, work, strict=True):
        who = free.index(min(free))
        free[who] = max(a, free[who]) + w
        stays.append(free[who] - a)
    return stays


def own_piles(p: Any) -> tuple[float, int, int]:
    """Mean time, all idle minutes, and those with a case waiting for the other."""
    stays: list[int] = []
    busy: list[set[int]] = []
    waiting: list[set[int]] = []
    for i in (0, 1):
        arrive, work = p.arrive[i::2], p.work[i::2]
        times = times_of(arrive, work, 1)
        stays += times
        spans = [(a, a + t - w, a + t) for a, t, w in zip(arrive, times, work, strict=True)]
        busy.append({m for _, start, end in spans for m in range(start, end)})
        waiting.append({m for a, start, _ in spans for m in range(a, start)})
    idle = sum(max(one) + 1 - len(one) for one in busy)
    wasted = sum(len(waiting[1 - i] - busy[i]) for i in (0, 1))
    return fsum(stays) / 6, idle, wasted


def _by_the_minute(p: Any, *, shared: bool) -> tuple[float, int]:
    """Mean time and wasted minutes, with a clock that goes from minute to minute."""
    piles: list[list[int]] = [[], []]
    left, total, wasted, done, minute = [0, 0], 0, 0, 0, 0
    while done < 6:
        for n in range(6):
            if p.arrive[n] == minute:
                piles[0 if shared else n % 2].append(n)
        inside = sum(map(len, piles))
        for i in (0, 1):
            pile = piles[0 if shared else i]
            if not left[i] and pile:
                left[i] = p.work[pile.pop(0)]
        inside = sum(map(len, piles)) + sum(one > 0 for one in left)
        wasted += sum(not left[i] and bool(piles[1 - i]) for i in (0, 1)) if not shared else 0
        total += inside
        for i in (0, 1):
            if left[i]:
                left[i] -= 1
                done += not left[i]
        minute += 1
    return total / 6, wasted
