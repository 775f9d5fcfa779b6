"""What the numbers of a redesign show, and what they cannot tell."""

from __future__ import annotations

from typing import Any

from svclab.practice import (
    ChoicesField,
    Draw,
    Exercise,
    Field,
    NumberField,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.process.analysis import process_cycle_efficiency
from svclab.process.model import DAY, HOUR, MINUTE
from svclab.words import count, days, hours, minutes, number, percent, say

__all__ = ["ReengineeringClaims"]


class ReengineeringClaims(Exercise):
    """What two firms' numbers show about a redesign, and what they cannot tell."""

    title = "Two insurers and their claims"
    objective = 7
    level = "medium"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        before = draw.integer(8, 24)
        return {
            "work": draw.integer(12, 30),  # min, North
            "north_days": draw.integer(9, 28),
            "before": before,  # days, South
            "after": draw.integer(12, 12 * before // 2, 4),  # h, South
            "people": draw.integer(8, 19),
            "waits_stay": draw.chance(0.6),
            "nines": draw.choice([99.9, 99.99]),
            "shown": draw.shuffled(["waits", "mixed", "cause", "output", "faster_work"]),
        }

    def sound(self, p: Any) -> bool:
        # No firm has the other's days, and the sentence on waiting is clearly true or false.
        fall = 1 - p.after / (24 * p.before)
        waits, clear = 1 - self._share(p), 0.0002
        if abs(waits - p.nines / 100) < clear or p.north_days == p.before:
            return False
        return 0.6 < fall < 0.95 and bool(self._right(p))

    def question(self, p: Any) -> str:
        return page(
            say(
                "An article praises case managers (专案经理). It says of two insurers (both "
                "invented):"
            ),
            say(
                "- **North** has no case managers. An application takes {north}, from arrival "
                "to policy. Somebody works on it for {work} in all; {people} take part.\n"
                "- **South** needed {before} for an application. Nobody has measured the work. "
                "Then case managers took over, and in the same month a new computer system came. "
                "Now an application takes {after}.",
                north=days(p.north_days),
                work=minutes(p.work),
                people=count(p.people, "person", "people"),
                before=days(p.before),
                after=hours(p.after),
            ),
            say(
                "A day has 24 hours here.\n\n"
                "1. At North: during what share of the flow time (流程时间) does somebody work on "
                "the application? The share is small: give three digits after the zeros.\n"
                "2. At South: by what percentage did the flow time fall?\n"
                "3. Which of the sentences do these numbers justify?"
            ),
        )

    def _share(self, p: Any) -> float:
        return process_cycle_efficiency(p.work * MINUTE, flow_time_seconds=p.north_days * DAY)

    def _fall(self, p: Any) -> float:
        return 1 - p.after * HOUR / (p.before * DAY)

    def _statements(self, p: Any) -> dict[str, tuple[bool, str]]:
        mixed = process_cycle_efficiency(p.work * MINUTE, flow_time_seconds=p.before * DAY)
        found = {
            "waits": (
                1 - self._share(p) > p.nines / 100,
                say(
                    "During more than {share} of the flow time at North, nobody works on the "
                    "application.",
                    share=percent(p.nines / 100, 2),
                ),
            ),
            "mixed": (
                False,
                say(
                    "Before the change, somebody at South worked on an application during "
                    "{share} of the {before} that it took.",
                    share=percent(mixed, 3),
                    before=days(p.before),
                ),
            ),
            "cause": (
                False,
                say("The numbers show that the case managers have made South faster."),
            ),
            "output": (
                False,
                say(
                    "The people at South now finish {times} times as many applications in a "
                    "month as before.",
                    times=number(24 * p.before / p.after),
                ),
            ),
            "faster_work": (
                p.waits_stay,
                say(
                    "If everybody at North worked twice as fast and the waits stayed the same, an "
                    "application would take about {north}.",
                    north=days(p.north_days if p.waits_stay else p.north_days / 2),
                ),
            ),
        }
        return {key: found[key] for key in p.shown}

    def fields(self, p: Any) -> list[Field]:
        options = {key: text for key, (_, text) in self._statements(p).items()}
        return [
            NumberField("share", say("Share with work, North"), unit="%", relative=0.01),
            NumberField("fall", say("Fall of the flow time, South"), unit="%"),
            ChoicesField("justified", say("Justified"), options),
        ]

    def _right(self, p: Any) -> list[str]:
        return [key for key, (right, _) in self._statements(p).items() if right]

    def solve(self, p: Any) -> Answers:
        share, fall = self._share(p), self._fall(p)
        return {"share": 100 * share, "fall": 100 * fall, "justified": self._right(p)}

    def second(self, p: Any) -> Answers:
        # In minutes and hours, without the model.
        lost = 24 * p.before - p.after
        return {
            "share": 100 * p.work / (p.north_days * 24 * 60),
            "fall": 100 * lost / (24 * p.before),
        }

    def _and(self, p: Any, key: str) -> Answers:
        right = self._right(p)
        return {"justified": [one for one in self._statements(p) if one in right or one == key]}

    @misconception(
        "You divided the minutes of one firm by the days of the other. A share needs both numbers "
        "from the same place."
    )
    def two_firms(self, p: Any) -> Answers:
        return {"share": 100 * p.work / (p.before * 24 * 60)}

    @misconception(
        "You counted days of eight working hours. The text counts days of 24 hours; an applicant "
        "waits at night, too."
    )
    def working_days(self, p: Any) -> Answers:
        return {"share": 100 * p.work / (p.north_days * 8 * 60)}

    @misconception(
        "You took the days for hours. Bring both numbers to the same unit before you divide."
    )
    def days_for_hours(self, p: Any) -> Answers:
        return {"share": 100 * p.work / (p.north_days * 60)}

    @misconception(
        "This is the share of the old time that is left. The question asks what share has gone."
    )
    def what_is_left(self, p: Any) -> Answers:
        return {"fall": 100 * (1 - self._fall(p))}

    @misconception(
        "You divided by the new time. A fall is a share of the value before, so it can never be "
        "more than 100%."
    )
    def by_the_new(self, p: Any) -> Answers:
        return {"fall": 100 * (24 * p.before - p.after) / p.after}

    @misconception(
        "You expected the flow time to halve when the work halves. Compare the minutes of work "
        "with the days: waiting fills nearly all of them, and it stays."
    )
    def halved(self, p: Any) -> Answers | None:
        return None if p.waits_stay else self._and(p, "faster_work")

    @misconception(
        "You carried the minutes of one insurer over to the other. Nobody has measured the work "
        "at South."
    )
    def borrowed_minutes(self, p: Any) -> Answers:
        return self._and(p, "mixed")

    @misconception(
        "You gave all the credit to one change. Two things changed in the same month, and the "
        "numbers cannot tell them apart."
    )
    def one_cause(self, p: Any) -> Answers:
        return self._and(p, "cause")

    @misconception(
        "You read a shorter flow time as more output. An application that waits less is finished "
        "earlier. How many are finished in a month is another number."
    )
    def time_is_output(self, p: Any) -> Answers:
        return self._and(p, "output")

    def hints(self, p: Any) -> list[str]:
        return [
            say("For each number in a sentence ask: at which firm was it measured?"),
            say(
                "Turn {north} into minutes before you divide. A fall is a share of the time "
                "*before*.",
                north=days(p.north_days),
            ),
            say(
                "Ask about every sentence: are both numbers from the same firm? Was there only "
                "one change? Is it about time or about output? And how much of the flow time is "
                "work?"
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        texts = self._statements(p)
        why = {
            "waits": say("100% minus the share with work, which is worked out above."),
            "mixed": say("The minutes are from North and the days from South."),
            "cause": say("A new computer system came in the same month."),
            "output": say("Nothing is said about how many applications are finished."),
            "faster_work": say("Nearly all of the time is waiting, and the waits stay the same."),
        }
        rows = [
            (text, say("yes") if true else say("no"), why[key])
            for key, (true, text) in texts.items()
        ]
        return page(
            say(
                "**North.** {north} are {total}. {work} ÷ {total} = **{share}**.",
                north=days(p.north_days),
                total=minutes(p.north_days * 1440),
                work=minutes(p.work),
                share=percent(right["share"] / 100, 4 if right["share"] < 0.1 else 3),
            ),
            say(
                "**South.** {before} are {old}. ({old} − {new}) ÷ {old} = **{fall}**.",
                before=days(p.before),
                old=hours(24 * p.before),
                new=hours(p.after),
                fall=percent(right["fall"] / 100),
            ),
            table([say("sentence"), say("justified?"), say("why")], rows),
        )
