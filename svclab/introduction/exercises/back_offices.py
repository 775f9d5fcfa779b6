"""Contact of a service, before and after a step has moved to the back office."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from svclab.introduction.offerings import Contact, Measured, decouple, measure
from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, minutes, percent, say

__all__ = ["BackOffice"]

MUST, CAN, NOT = "must", "can", "not"
#: Who it is, and its steps: where the customer must be there, can be spared, or is not there.
#: All invented.
PLACES = {
    "bank": (
        "A bank (银行, invented) opens an account",
        (("greet and listen", MUST), ("fill in the form", CAN), ("check the papers", CAN),
         ("enter the data", CAN), ("print the contract", NOT), ("explain and sign", MUST)),
    ),
    "licence": (
        "A government service hall (政务服务大厅, invented) gives a licence",
        (("take the application", MUST), ("check the papers", CAN), ("type the data", CAN),
         ("ask the register", CAN), ("print the licence", NOT), ("explain the conditions", MUST)),
    ),
    "repair": (
        "A phone repair shop (手机维修店, invented) changes a screen",
        (("talk about the fault", MUST), ("save the data", CAN), ("order the part", NOT),
         ("change the screen", CAN), ("test the phone", CAN), ("explain and take the money", MUST)),
    ),
    "tax": (
        "A tax adviser (税务顾问, invented) makes a tax return",
        (("talk about the year", MUST), ("sort the receipts", CAN), ("look up the rules", NOT),
         ("compute the tax", CAN), ("write the form", CAN), ("explain and sign", MUST)),
    ),
    "school": (
        "A language school (语言学校, invented) takes in a pupil",
        (("talk about aims", MUST), ("correct the written test", CAN), ("choose the class", CAN),
         ("enter the data", CAN), ("order the books", NOT), ("test the spoken word", MUST)),
    ),
}  # fmt: skip
STEPS = 6
HIGH, LOW = 60, 20


class BackOffice(Exercise):
    """The share of contact, its degree, and what moving steps away from the customer does."""

    title = "What needs the customer?"
    objective = 3
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        place = draw.choice(list(PLACES))
        kinds = [kind for _, kind in PLACES[place][1]]
        movable = draw.sample([n for n in range(STEPS) if kinds[n] == CAN], draw.integer(2, 3))
        # Minutes of a step at which the customer must be there, and of any other.
        talk, other = draw.choice((((2, 5), (7, 20)), ((6, 14), (6, 14)), ((14, 24), (2, 6))))
        return {
            "place": place,
            "times": [draw.integer(*(talk if one == MUST else other)) for one in kinds],
            "there": [kind == MUST or n in movable for n, kind in enumerate(kinds)],
            "handoff": draw.integer(1, 4),
            "moved": movable[0],
        }

    def sound(self, p: Any) -> bool:
        shares = [self._before(p).contact_share, self._after(p).contact_share]
        shares.append(self._floor(p).contact_share)
        clear = all(abs(100 * x - line) > 1 for x in shares for line in (HIGH, LOW))
        return clear and apart(self, p)

    def question(self, p: Any) -> str:
        where, steps = PLACES[p.place]
        words = {MUST: say("yes, and must be"), CAN: say("yes, but can be spared")}
        rows: list[list[Quantity | str | int]] = [
            [name, minutes(time), words[kind] if there else say("no")]
            for (name, kind), time, there in zip(steps, p.times, p.there, strict=True)
        ]
        return page(
            say("{where}. One job, step by step:", where=where),
            table([say("step"), say("work"), say("is the customer there?")], rows),
            say(
                "The contact share (顾客接触度) is the time with the customer, divided by the time "
                "of all work on the job. From {high} on we call contact high, below {low} low, and "
                "between them middle (limits invented).\n\n"
                "1. How large is the contact share?\n"
                "2. *{moved}* is moved to the back office: the same work, without the customer. "
                "Handing the job over costs {more} of additional work, without the customer too. "
                "How large is the contact share then?\n"
                "3. What is the smallest contact share that can be reached, if each step at which "
                "the customer can be spared is moved, and each move costs such a handoff?\n"
                "4. Is contact then high, middle or low?",
                high=percent(HIGH / 100, 0),
                low=percent(LOW / 100, 0),
                moved=steps[p.moved][0],
                more=minutes(p.handoff),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        degrees = {"high": say("high"), "middle": say("middle"), "low": say("low")}
        return [
            NumberField("share", say("Contact share today"), unit="%", absolute=0.3),
            NumberField("after", say("Contact share after the move"), unit="%", absolute=0.3),
            NumberField("least", say("Smallest contact share"), unit="%", absolute=0.3),
            ChoiceField("degree", say("Contact is then"), degrees),
        ]

    def _service(self, p: Any) -> Contact:
        return Contact(p.place, math.fsum(_with(p)), math.fsum(p.times))

    def _before(self, p: Any) -> Measured:
        return measure(self._service(p))

    def _after(self, p: Any) -> Measured:
        return decouple(self._service(p), moved=p.times[p.moved], added=p.handoff).after

    def _floor(self, p: Any) -> Measured:
        """With all moved that can be moved."""
        spared = _spared(p)
        return decouple(self._service(p), moved=sum(spared), added=len(spared) * p.handoff).after

    def solve(self, p: Any) -> Answers:
        least = self._floor(p)
        return {
            "share": 100 * self._before(p).contact_share,
            "after": 100 * self._after(p).contact_share,
            "least": 100 * least.contact_share,
            "degree": least.degree,
        }

    def second(self, p: Any) -> Answers:
        # In fractions, step by step.
        contact, work = sum(_with(p)), sum(p.times)
        share = Fraction(100 * contact, work)
        after = Fraction(100 * (contact - p.times[p.moved]), work + p.handoff)
        for time in _spared(p):
            contact, work = contact - time, work + p.handoff
        least = float(Fraction(100 * contact, work))
        degree = "high" if least >= HIGH else "middle" if least >= LOW else "low"
        return {"share": float(share), "after": float(after), "least": least, "degree": degree}

    @misconception(
        "You divided by the time without the customer. The time with the customer is a part of all "
        "work: divide by the whole."
    )
    def by_the_rest(self, p: Any) -> Answers:
        rest = sum(p.times) - sum(_with(p))
        return {"share": 100 * sum(_with(p)) / rest}

    @misconception("You counted the steps. They are not equally long: use the minutes.")
    def steps_counted(self, p: Any) -> Answers:
        return {"share": 100 * sum(p.there) / STEPS}

    @misconception(
        "You judged the service as it is today. Asked is the degree after all the moves."
    )
    def judged_today(self, p: Any) -> Answers | None:
        today = self._before(p).degree
        return {"degree": today} if today != self._floor(p).degree else None

    @misconception(
        "You took it that moving work away always makes contact low. What counts is where the "
        "share lies against the two limits."
    )
    def always_low(self, p: Any) -> Answers | None:
        return {"degree": "low"} if self._floor(p).degree != "low" else None

    @misconception(
        "You took the moved step off the work, too. It is still done, only without the customer."
    )
    def work_gone(self, p: Any) -> Answers:
        moved = p.times[p.moved]
        work = sum(p.times) - moved + p.handoff
        return {"after": 100 * (sum(_with(p)) - moved) / work}

    @misconception("You forgot that handing over is work as well. It makes the job longer.")
    def handoff_forgotten(self, p: Any) -> Answers | None:
        wrong = 100 * (sum(_with(p)) - p.times[p.moved]) / sum(p.times)
        return {"after": wrong} if abs(wrong - self.solve(p)["after"]) > 1 else None

    @misconception(
        "You counted the handoff as time with the customer. It happens behind the counter."
    )
    def handoff_with_customer(self, p: Any) -> Answers:
        contact = sum(_with(p)) - p.times[p.moved] + p.handoff
        return {"after": 100 * contact / (sum(p.times) + p.handoff)}

    @misconception("You paid for one handoff only. Each step that is moved is handed over.")
    def one_handoff(self, p: Any) -> Answers:
        left = sum(_with(p)) - sum(_spared(p))
        return {"least": 100 * left / (sum(p.times) + p.handoff)}

    @misconception(
        "You moved only the step of question 2. All steps at which the customer can be spared are "
        "to be moved."
    )
    def one_step(self, p: Any) -> Answers:
        return {"least": self.solve(p)["after"]}

    @misconception("You moved all steps. At some of them the customer must be there.")
    def all_moved(self, p: Any) -> Answers:
        return {"least": 0.0}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Add up the minutes with the customer, and then all minutes."),
            say(
                "Moving a step takes its minutes off the time with the customer. All work becomes "
                "longer by the handoff."
            ),
            say(
                "For question 3 mark the steps at which the customer can be spared, and count "
                "them: {n}. All work today: {work}.",
                n=len(_spared(p)),
                work=minutes(sum(p.times)),
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        contact, work, moved = sum(_with(p)), sum(p.times), p.times[p.moved]
        spared = _spared(p)
        return page(
            say(
                "Today: {contact} ÷ {work} = **{share}**.",
                contact=minutes(contact),
                work=minutes(work),
                share=percent(right["share"] / 100),
            ),
            say(
                "After the move: ({contact} − {moved}) ÷ ({work} + {more}) = **{after}**.",
                contact=minutes(contact),
                moved=minutes(moved),
                work=minutes(work),
                more=minutes(p.handoff),
                after=percent(right["after"] / 100),
            ),
            say(
                "All {n} steps moved: ({contact} − {all}) ÷ ({work} + {n} × {more}) = **{least}**, "
                "which is {degree}.",
                n=len(spared),
                contact=minutes(contact),
                all=minutes(sum(spared)),
                work=minutes(work),
                more=minutes(p.handoff),
                least=percent(right["least"] / 100),
                degree=right["degree"],
            ),
            say(
                "Less contact makes the work easier to plan and to batch (Chase 1978). Whether "
                "customers like it is another question: what is moved out of sight cannot be "
                "explained while it is done."
            ),
        )


def _with(p: Any) -> list[int]:
    """Minutes of the steps with the customer."""
    return [time for time, there in zip(p.times, p.there, strict=True) if there]


def _spared(p: Any) -> list[int]:
    """Minutes of the steps at which the customer is there and can be spared."""
    kinds = [kind for _, kind in PLACES[p.place][1]]
    return [t for t, there, kind in zip(p.times, p.there, kinds, strict=True)
            if there and kind == CAN]  # fmt: skip
