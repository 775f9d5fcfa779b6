"""ESIA on the refund of travel costs: which move for which step, and what it brings."""

from __future__ import annotations

from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    NumberField,
    TableField,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.process.model import HOUR, MINUTE
from svclab.process.redesign import Redesign
from svclab.process.table import ProcessTable, Step
from svclab.words import hours, minutes, say

__all__ = ["Esia"]

MOVES = {
    "eliminate": "eliminate 清除",
    "simplify": "simplify 简化",
    "integrate": "integrate 整合",
    "automate": "automate 自动化",
}
FIRST, LAST = "receive the claim", "pay the money"
REGISTER = "enter it in the register"

# In order. Step: who does it, the move that fits, what people say about it. All invented.
STEPS = {
    FIRST: ("counter clerk", "", ""),
    REGISTER: (
        "second clerk",
        "integrate",
        "The counter clerk could do this, too, with the claim in hand. It takes as long as now.",
    ),
    "fill in the cost sheet": (
        "secretary",
        "simplify",
        "The sheet has sixty boxes, and few are read. With these alone it takes {new}.",
    ),
    "write the report": (
        "secretary",
        "simplify",
        "Two pages are written. Three lines would be enough, and take {new}.",
    ),
    "check the receipts again": (
        "accounts office",
        "eliminate",
        "The counter clerk has checked the same receipts. This check has never found anything.",
    ),
    "work out the allowance": (
        "accountant",
        "automate",
        "It follows from a table by fixed rules. A program would do it in {new}, without a wait.",
    ),
    "sign as vice-dean": (
        "vice-dean",
        "eliminate",
        "The journey was approved before it began. This signature has never been refused.",
    ),
    "type the amounts for the bank": (
        "accountant",
        "automate",
        "They are in the accounts system already. A program would send them in {new}, without a "
        "wait.",
    ),
    LAST: ("cashier", "", ""),
}
PAIRS = {
    "eliminate": ("check the receipts again", "sign as vice-dean"),
    "simplify": ("fill in the cost sheet", "write the report"),
    "automate": ("work out the allowance", "type the amounts for the bank"),
}


class Esia(Exercise):
    """Eliminate, simplify, integrate, automate: the move for each step, and the result."""

    title = "ESIA on a travel refund"
    objective = 6
    level = "medium"
    points = 2
    version = 2
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        twice = draw.choice(list(PAIRS))
        middle = []
        for move, pair in PAIRS.items():
            middle += draw.sample(pair, 2 if move == twice else 1)
        names = [name for name in STEPS if name in (FIRST, REGISTER, LAST, *middle)]
        work, new = [], []
        for name in names:
            move = STEPS[name][1]
            work.append(
                draw.integer(*{"simplify": (10, 20), "automate": (8, 18)}.get(move, (3, 9)))
            )
            new.append(
                {"simplify": draw.integer(3, 7), "automate": draw.integer(1, 2)}.get(move, 0)
            )
        return {
            "names": names,
            "waits": [0, *(draw.integer(3, 24) for _ in names[1:])],
            "work": work,
            "new": new,
        }

    def sound(self, p: Any) -> bool:
        # No time is halved, so that saved and left are two numbers; the result is not in sight.
        halved = any(work == 2 * new for work, new in zip(p.work, p.new, strict=True) if new)
        return not halved and self._left(p)[1] not in (*p.waits, *p.work)

    def question(self, p: Any) -> str:
        rows = []
        for name, wait, work, new in self._rows(p):
            owner, _, fact = STEPS[name]
            told = say(fact, new=minutes(new)) if "{" in fact else say(fact)
            rows.append((name, owner, hours(wait), minutes(work), told))
        head = [say("step"), say("who"), say("wait before"), say("work")]
        return page(
            say(
                "A university (invented) refunds the travel costs of its students. A claim takes "
                "these steps, one after the other:"
            ),
            table([*head, say("what people say")], rows),
            say(
                "1. Which move fits each of the five steps in the middle: eliminate (清除), "
                "simplify (简化), integrate (整合) or automate (自动化)? A move may fit more than "
                "one step.\n"
                "2. All five moves are made. How long does a claim take then, from beginning to "
                "end?\n"
                "3. How many minutes of **people's** work are left in a claim?"
            ),
            say(
                "When a step is eliminated, the wait before it goes, too. A simplified step keeps "
                "its wait. An integrated step is done together with the step before it, by the "
                "same person, without a wait in between. A program takes time, but nobody's work."
            ),
        )

    def _rows(self, p: Any) -> list[tuple[str, int, int, int]]:
        return list(zip(p.names, p.waits, p.work, p.new, strict=True))

    def fields(self, p: Any) -> list[Field]:
        moves = {move: say(name) for move, name in MOVES.items()}
        middle = {name: name for name in p.names[1:-1]}
        return [
            TableField("moves", say("Moves"), middle, [ChoiceField("move", say("move"), moves)]),
            NumberField(
                "flow", say("Flow time after all moves"), unit="min", relative=0, absolute=1,
                help=say("In minutes: waits, people's work and programs together."),
            ),
            NumberField("work", say("People's work after all moves"), unit="min"),
        ]  # fmt: skip

    def _flow(self, hours: float, minutes: float) -> float:
        """A flow time of so many hours of waiting and minutes of doing, as the field asks it."""
        return 60 * hours + minutes

    def _redesign(self, p: Any) -> Redesign:
        steps = [
            Step(name, STEPS[name][0], work * MINUTE, wait * HOUR, "support")
            for name, wait, work, _ in self._rows(p)
        ]
        done = Redesign(ProcessTable("Refund", tuple(steps)))
        for name, _, _, new in self._rows(p):
            move = STEPS[name][1]
            if move == "eliminate":
                done = done.eliminate(name)
            elif move == "simplify":
                done = done.simplify(name, work_seconds=new * MINUTE)
            elif move == "integrate":
                done = done.integrate(FIRST, name, owner=STEPS[FIRST][0])
            elif move == "automate":
                done = done.automate(name, work_seconds=new * MINUTE)
        return done

    def solve(self, p: Any) -> Answers:
        after = self._redesign(p).table
        return {
            "moves": {name: {"move": STEPS[name][1]} for name in p.names[1:-1]},
            "flow": self._flow(0, after.flow_time_seconds / MINUTE),
            "work": after.work_seconds / MINUTE,
        }

    def _left(self, p: Any) -> tuple[int, int, int]:
        """Hours of waiting, minutes of people and minutes of programs that are left."""
        wait = people = programs = 0
        for name, before, work, new in self._rows(p):
            move = STEPS[name][1]
            wait += before if move in ("", "simplify") else 0
            people += {"": work, "integrate": work, "simplify": new}.get(move, 0)
            programs += new if move == "automate" else 0
        return wait, people, programs

    def second(self, p: Any) -> Answers:
        wait, people, programs = self._left(p)
        return {"flow": self._flow(wait, people + programs), "work": people}

    def _waits_of(self, p: Any, move: str) -> int:
        return sum(wait for name, wait, _, _ in self._rows(p) if STEPS[name][1] == move)

    @misconception(
        "You kept the waits before the eliminated steps. Nobody waits for a step that is gone."
    )
    def waits_stay(self, p: Any) -> Answers:
        wait, people, programs = self._left(p)
        return {"flow": self._flow(wait + self._waits_of(p, "eliminate"), people + programs)}

    @misconception(
        "You added only the waits that are left. The flow time includes the minutes in which "
        "people and programs do something, too."
    )
    def waits_only(self, p: Any) -> Answers:
        return {"flow": self._flow(self._left(p)[0], 0)}

    @misconception(
        "You took away work and kept all the waits. In an office nearly all of the time is "
        "waiting: find out which waits each move takes away."
    )
    def only_work(self, p: Any) -> Answers:
        _, people, programs = self._left(p)
        return {"flow": self._flow(sum(p.waits), people + programs)}

    @misconception(
        "You kept the wait before the step that was integrated. The same person goes on at once."
    )
    def still_handed_over(self, p: Any) -> Answers:
        wait, people, programs = self._left(p)
        return {"flow": self._flow(wait + self._waits_of(p, "integrate"), people + programs)}

    @misconception(
        "You kept the waits before the automated steps. The programs begin at once, so a claim "
        "does not wait for them."
    )
    def program_waits(self, p: Any) -> Answers:
        wait, people, programs = self._left(p)
        return {"flow": self._flow(wait + self._waits_of(p, "automate"), people + programs)}

    @misconception(
        "You automated what nobody needs. A program that repeats a useless check is still a "
        "useless check: eliminate first, automate last."
    )
    def automated_waste(self, p: Any) -> Answers:
        swap = {"eliminate": "automate"}
        moves = {name: STEPS[name][1] for name in p.names[1:-1]}
        return {"moves": {name: {"move": swap.get(move, move)} for name, move in moves.items()}}

    @misconception(
        "You let the work of the integrated step disappear. Integrating changes who does it and "
        "saves the wait; the work is still done."
    )
    def integrated_away(self, p: Any) -> Answers:
        _, people, _ = self._left(p)
        return {"work": people - p.work[p.names.index(REGISTER)]}

    @misconception(
        "You counted the minutes of the programs as work. The question asks only for the minutes "
        "of people."
    )
    def programs_work(self, p: Any) -> Answers:
        _, people, programs = self._left(p)
        return {"work": people + programs}

    @misconception(
        "You took away the new time of a simplified step. The new time is what is left, not what "
        "is saved."
    )
    def new_for_saved(self, p: Any) -> Answers:
        _, people, _ = self._left(p)
        simplified = [row for row in self._rows(p) if STEPS[row[0]][1] == "simplify"]
        return {"work": people + sum(work - 2 * new for _, _, work, new in simplified)}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Ask about each step, in this order: does anybody need it? Could it be shorter? "
                "Could one person do it together with the step before? Could a program do it?"
            ),
            say(
                "Cross out in the table what each move takes away: the whole line, a part of the "
                "work, or the wait."
            ),
            say(
                "Add up what is left: the waits, which are in hours, and the work, which is in "
                "minutes. An hour has 60 minutes. The minutes of the programs belong to the flow "
                "time only."
            ),
        ]

    def solution(self, p: Any) -> str:
        rows = []
        for name, wait, work, new in self._rows(p):
            move = STEPS[name][1]
            left = {"": work, "integrate": work}.get(move, new)
            stays = wait if move in ("", "simplify") else 0
            person = minutes(0 if move == "automate" else left)
            program = minutes(new if move == "automate" else 0)
            shown = say(MOVES[move]) if move else ""
            rows.append((name, shown, hours(stays), person, program))
        wait, people, programs = self._left(p)
        head = [say("step"), say("move"), say("wait left"), say("people"), say("program")]
        return page(
            table(head, rows),
            say(
                "Flow time: the waits of {wait} are {waited}. With **{people}** of people's work "
                "and {programs} of programs that makes **{flow}**, or {long}. Before it was "
                "{before}.",
                wait=hours(wait),
                waited=minutes(60 * wait),
                people=minutes(people),
                programs=minutes(programs),
                flow=minutes(60 * wait + people + programs),
                long=hours(wait + (people + programs) / 60, 2),
                before=hours(sum(p.waits) + sum(p.work) / 60, 2),
            ),
        )
