"""Keeping a process alive: how much to check, and who is responsible."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    TableField,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.process.audit import checks_needed, detection_chance
from svclab.process.responsibility import faults, hand_overs
from svclab.words import count, join, percent, say

__all__ = ["HowManyChecks", "WhoAnswers"]


class HowManyChecks(Exercise):
    """The chance of finding a fault with some checks, and the checks for a wanted chance."""

    title = "How many files to check?"
    objective = 8
    level = "medium"
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        return {
            "wrong": draw.choice([1, 2, 3, 4, 5, 6, 7, 8, 10]),  # %
            "checks": draw.integer(3, 15),
            "wanted": draw.choice([75, 80, 85, 90, 95, 99]),  # %
        }

    def sound(self, p: Any) -> bool:
        # Adding up the single chances shall lead to clearly more. In whole numbers: exact.
        clean = (100 - p.wrong) ** p.checks
        return p.checks * p.wrong / 100 > 1.02 * (1 - clean / 100**p.checks)

    def question(self, p: Any) -> str:
        return page(
            say(
                "In an office (invented), {wrong} of the files are handled wrongly, without any "
                "pattern. The head of the office checks {checks} each month, chosen at random "
                "(随机抽样) from very many.",
                wrong=percent(p.wrong / 100),
                checks=count(p.checks, "file"),
            ),
            say(
                "1. What is the probability (概率) that the head finds at least one wrong file in "
                "a month?\n"
                "2. What is the smallest number of files to check in a month, so that this "
                "probability is {wanted} or more?",
                wanted=percent(p.wanted / 100),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("chance", say("Probability of finding one or more"), unit="%"),
            IntegerField("needed", say("Files to check"), unit="files"),
        ]

    def solve(self, p: Any) -> Answers:
        return {
            "chance": 100 * detection_chance(p.checks, p.wrong / 100),
            "needed": checks_needed(p.wrong / 100, p.wanted / 100),
        }

    def second(self, p: Any) -> Answers:
        # Whole numbers: of 100 to the power n equally likely outcomes, how many are clean?
        clean = (100 - p.wrong) ** p.checks
        needed = 1
        while 100 * (100 - p.wrong) ** needed > (100 - p.wanted) * 100**needed:
            needed += 1
        return {"chance": 100 - 100 * clean / 100**p.checks, "needed": needed}

    @misconception(
        "You added the probabilities of the single files. With many files the sum would be more "
        "than 100%. In some months there are two wrong files in the sample, in others none."
    )
    def added(self, p: Any) -> Answers:
        found = {"chance": p.checks * p.wrong, "needed": ceil(p.wanted / p.wrong)}
        if found["needed"] == ceil(100 / p.wrong):  # then it says nothing of the thought
            found.pop("needed")
        return found

    @misconception("This is the probability that all checked files are in order: the opposite.")
    def all_clean(self, p: Any) -> Answers:
        return {"chance": 100 - 100 * detection_chance(p.checks, p.wrong / 100)}

    @misconception(
        "This is the share of wrong files. A sample of several files has more chances than one."
    )
    def one_file(self, p: Any) -> Answers:
        return {"chance": p.wrong}

    @misconception(
        "In so many files there is one wrong file on average. With an average of one there are "
        "still many months in which there is none."
    )
    def one_on_average(self, p: Any) -> Answers:
        return {"needed": ceil(100 / p.wrong)}

    @misconception(
        "You rounded down. With this number the probability stays just below the wanted one."
    )
    def rounded_down(self, p: Any) -> Answers:
        return {"needed": checks_needed(p.wrong / 100, p.wanted / 100) - 1}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Begin with the opposite: what is the probability that **all** checked files are "
                "right?"
            ),
            say(
                "One file is right with probability {right}. For several files multiply this "
                "number by itself, once for each file.",
                right=percent(1 - p.wrong / 100),
            ),
            say(
                "For the second question go on multiplying until the probability that all are "
                "right is no more than {rest}. Count the files. A few lines of Python, or "
                "logarithms, save the work.",
                rest=percent(1 - p.wanted / 100),
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        share, wanted = p.wrong / 100, p.wanted / 100
        needed = right["needed"]
        return page(
            say(
                "One file is right with probability {one}. All {checks} are right with "
                "probability {one} to the power of {n}, that is {clean}. So at least one is "
                "wrong with probability 100% − {clean} = **{chance}**.",
                one=percent(1 - share),
                checks=count(p.checks, "file"),
                n=p.checks,
                clean=percent(1 - right["chance"] / 100, 2),
                chance=percent(right["chance"] / 100, 2),
            ),
            say(
                "With {less} the probability is {below}; with {needed} it is {above}. So "
                "**{needed}** are needed for {wanted}.",
                less=count(needed - 1, "file"),
                below=percent(detection_chance(needed - 1, share), 2),
                needed=count(needed, "file"),
                above=percent(detection_chance(needed, share), 2),
                wanted=percent(wanted),
            ),
        )


STEPS = (
    "take the request",
    "look in the catalogue",
    "approve the price",
    "order the book",
    "label the book",
    "tell the reader",
)
ROLES = ("desk", "buyer", "head")
FAULTS = {
    "fine": "in order",
    "no accountable": "nobody answers for it",
    "two accountable": "two roles answer for it",
    "nobody responsible": "nobody does it",
}


class WhoAnswers(Exercise):
    """Faults in a RACI table, and the hand-overs in it."""

    title = "A RACI table with faults"
    objective = 8
    level = "medium"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        rows = [self._row(draw) for _ in STEPS]
        wrong = draw.sample(list(FAULTS)[1:], draw.integer(2, 3))
        for place, fault in zip(draw.sample(range(len(STEPS)), len(wrong)), wrong, strict=True):
            self._spoil(draw, rows[place], fault)
        return {"rows": rows}

    def _row(self, draw: Draw) -> list[str]:
        """One step in order: one role does it, one answers, another may be asked or told."""
        does = draw.integer(0, 2)
        answers = does if draw.chance(0.5) else draw.integer(0, 2)
        row = [draw.choice(["", "C", "I"]) for _ in ROLES]
        row[does] = "R"
        row[answers] = "AR" if answers == does else "A"
        return row

    def _spoil(self, draw: Draw, row: list[str], fault: str) -> None:
        """Put one fault into a step."""
        if fault == "no accountable":
            row[:] = [cell.replace("A", "") or "I" for cell in row]
        elif fault == "two accountable":
            other = draw.choice([i for i, cell in enumerate(row) if "A" not in cell])
            row[other] = "AR" if row[other] == "R" else "A"
        else:
            row[:] = [cell.replace("R", "") or "C" for cell in row]
            if "C" not in row:
                row[draw.choice([i for i, cell in enumerate(row) if "A" not in cell])] = "C"

    def sound(self, p: Any) -> bool:
        found = set(self._right(p).values())
        both = any("AR" in row for row, right in zip(p.rows, self._right(p).values(), strict=True)
                   if right == "fine")  # fmt: skip
        changes = len(hand_overs(self._matrix(p)))
        return len(found) >= 3 and both and 1 <= changes <= 4 and changes != self._by_answer(p)

    def _matrix(self, p: Any) -> dict[str, dict[str, str]]:
        return {
            step: dict(zip(ROLES, row, strict=True))
            for step, row in zip(STEPS, p.rows, strict=True)
        }

    def _right(self, p: Any) -> dict[str, str]:
        found = dict.fromkeys(STEPS, "fine")
        for fault in faults(self._matrix(p)):
            if fault.step:
                found[fault.step] = fault.kind
        return found

    def _by_answer(self, p: Any) -> int:
        """How often the letter A changes its role, from each step to the next that has one."""
        answering = [{i for i, cell in enumerate(row) if "A" in cell} for row in p.rows]
        return sum(not one & two for one, two in pairwise(filter(None, answering)))

    def question(self, p: Any) -> str:
        rows = [(step, *row) for step, row in zip(STEPS, p.rows, strict=True)]
        return page(
            say(
                "A library (invented) buys books that readers ask for. Below is its RACI table "
                "(责任分配矩阵). There are mistakes in it. The letters mean: R (responsible, 执行) "
                "does the work; A (accountable, 负责) answers for the result; C (consulted, 咨询) "
                "is asked before; I (informed, 知会) is told afterwards. *AR* means that the same "
                "role does the work and answers for it."
            ),
            table([say("step"), *ROLES], rows),
            say(
                "1. Which steps are in order, and what is wrong with the others? A step is in "
                "order if it has exactly one A and at least one R.\n"
                "2. How many times is the work handed over (交接) to another role from one step "
                "to the next? Take the table as it is, and skip a step that nobody does."
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        kinds = {kind: say(label) for kind, label in FAULTS.items()}
        column = ChoiceField("fault", say("finding"), kinds)
        return [
            TableField("faults", say("Findings"), {step: step for step in STEPS}, [column]),
            IntegerField("changes", say("Hand-overs")),
        ]

    def solve(self, p: Any) -> Answers:
        return {
            "faults": _findings(self._right(p)),
            "changes": len(hand_overs(self._matrix(p))),
        }

    def second(self, p: Any) -> Answers:
        # Straight from the letters.
        found = {}
        for step, row in zip(STEPS, p.rows, strict=True):
            letters = "".join(row)
            kind = {0: "no accountable", 1: "fine"}.get(letters.count("A"), "two accountable")
            found[step] = kind if "R" in letters else "nobody responsible"
        doing = [next(i for i, c in enumerate(row) if "R" in c) for row in p.rows
                 if any("R" in c for c in row)]  # fmt: skip
        return {"faults": _findings(found), "changes": sum(a != b for a, b in pairwise(doing))}

    @misconception(
        "You took AR for a fault. One role may do the work and answer for it: that is one A "
        "and one R."
    )
    def both_letters(self, p: Any) -> Answers:
        found = self._right(p)
        for step, row in zip(STEPS, p.rows, strict=True):
            if "AR" in row and found[step] == "fine":
                found[step] = "two accountable"
        return {"faults": _findings(found)}

    @misconception(
        "You counted a role that is asked (C) or that answers (A) as one that does the work. Only "
        "R does the work."
    )
    def asked_does(self, p: Any) -> Answers | None:
        found = self._right(p)
        if "nobody responsible" not in found.values():
            return None
        swap = {"nobody responsible": "fine"}
        return {"faults": _findings({step: swap.get(kind, kind) for step, kind in found.items()})}

    @misconception(
        "You took it that the role which does the work also answers for it. A role that has only "
        "an R does not answer for the result: the A stands for that."
    )
    def worker_answers(self, p: Any) -> Answers | None:
        found = self._right(p)
        if "no accountable" not in found.values():
            return None
        swap = {"no accountable": "fine"}
        return {"faults": _findings({step: swap.get(kind, kind) for step, kind in found.items()})}

    @misconception(
        "You followed the letter A. The work is handed over when another role does it: follow the "
        "letter R."
    )
    def followed_the_a(self, p: Any) -> Answers:
        return {"changes": self._by_answer(p)}

    @misconception(
        "You counted every step to the next one. Where the same role does both, nothing is handed "
        "over."
    )
    def every_step(self, p: Any) -> Answers:
        return {"changes": len(STEPS) - 1}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Go through the table line by line. Count the letters A in each line, then look "
                "for an R."
            ),
            say(
                "AR counts as one A and one R. A role with C or I neither does the work nor "
                "answers for it."
            ),
            say(
                "For the hand-overs write down, step by step, which role has the R. Leave out the "
                "steps without an R. How many times does the name change?"
            ),
        ]

    def solution(self, p: Any) -> str:
        rows = []
        for (step, kind), row in zip(self._right(p).items(), p.rows, strict=True):
            does = [role for role, cell in zip(ROLES, row, strict=True) if "R" in cell]
            answers = [role for role, cell in zip(ROLES, row, strict=True) if "A" in cell]
            rows.append((step, join(does), join(answers), say(FAULTS[kind])))
        return page(
            table([say("step"), say("does it"), say("answers"), say("finding")], rows),
            say(
                "Read the second column from top to bottom, without the gaps: the name changes "
                "**{n}**.",
                n=count(len(hand_overs(self._matrix(p))), "time"),
            ),
        )


def _findings(found: dict[str, str]) -> Answers:
    return {step: {"fault": kind} for step, kind in found.items()}
