"""A first function of one's own."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.practice import CodeField, Draw, Exercise, Field, misconception
from svclab.practice.wording import Answers, bullets, page
from svclab.words import number, say

__all__ = ["OwnFunction"]

Case = tuple[int, int, int]  # customers per hour, minutes, clerks


class OwnFunction(Exercise):
    """A function that gives the share of time in which clerks work."""

    title = "A function of your own"
    objective = 2
    level = "demanding"
    core = False
    points = 2
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        # At a quiet desk one clerk would do: there a function that forgets the clerks does not
        # give 1, as one that forgets the 60 does.
        quiet = [draw.integer(5, 10, 5), draw.integer(3, 5), 2]
        others = [
            [draw.integer(5, 90, 5), draw.integer(2, 9), draw.integer(2, 6)] for _ in range(4)
        ]
        return {"cases": draw.shuffled([quiet, *others])}

    def sound(self, p: Any) -> bool:
        shares = [float(_share(*case)) for case in p.cases]
        too_busy = sum(share > 1.02 for share in shares)
        return 1 <= too_busy <= 2 and len(set(shares)) == 5 and all(s > 0.1 for s in shares)

    def question(self, p: Any) -> str:
        return page(
            say(
                "Write a function (函数) that gives the share of time in which the clerks of a "
                "desk (invented) work:"
            ),
            "```python\ndef busy(customers, minutes, clerks):\n    ...\n```",
            bullets(
                [
                    say("`customers`: how many come in an hour"),
                    say("`minutes`: how long one of them takes"),
                    say("`clerks`: how many clerks there are"),
                    say(
                        "the result: a number from 0 to 1. Nobody works more than all the time: "
                        "if more come than can be served, it is 1."
                    ),
                ]
            ),
            say("Two examples: `busy(30, 4, 4)` gives `0.5`, and `busy(90, 4, 4)` gives `1`."),
            say(
                "Write it in a cell of your own and run the cell. Then check it in another cell "
                "with `exercises.own_function.check(busy)`. It is tried on five desks with "
                "numbers of your own. The first is `busy({args})`.",
                args=", ".join(str(one) for one in p.cases[0]),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [CodeField("busy", say("Your function"), "def busy(customers, minutes, clerks):")]

    def cases(self, p: Any) -> list[tuple[Any, ...]]:
        return [tuple(case) for case in p.cases]

    def solve(self, p: Any) -> Answers:
        return {"busy": [min(1.0, c * m / (60 * n)) for c, m, n in p.cases]}

    def second(self, p: Any) -> Answers:
        return {"busy": [float(min(Fraction(1), _share(*case))) for case in p.cases]}

    @misconception(
        "Your function gives more than 1 where more come than can be served. Use min(1, ...)."
    )
    def no_limit(self, p: Any) -> Answers:
        return {"busy": [c * m / (60 * n) for c, m, n in p.cases]}

    @misconception(
        "Your function takes no notice of the clerks. Their time together is clerks × 60 minutes."
    )
    def one_clerk(self, p: Any) -> Answers:
        return {"busy": [min(1.0, c * m / 60) for c, m, n in p.cases]}

    @misconception("Your function gives percent. A share of one half is 0.5, not 50.")
    def in_percent(self, p: Any) -> Answers:
        return {"busy": [min(100.0, 100 * c * m / (60 * n)) for c, m, n in p.cases]}

    @misconception(
        "Your function forgets that an hour has 60 minutes: the clerks have clerks × 60 minutes "
        "together, not as many minutes as there are clerks."
    )
    def without_sixty(self, p: Any) -> Answers:
        return {"busy": [min(1.0, c * m / n) for c, m, n in p.cases]}

    def hints(self, p: Any) -> list[str]:
        return [
            say("The work that comes in an hour: customers × minutes."),
            say("The time that is there in an hour: clerks × 60. Divide one by the other."),
            say(
                "The last line begins with four blanks and with `return`. `min(1, share)` gives "
                "the smaller of the two."
            ),
        ]

    def solution(self, p: Any) -> str:
        code = (
            "```python\ndef busy(customers, minutes, clerks):\n"
            "    work = customers * minutes\n"
            "    time = clerks * 60\n"
            "    return min(1, work / time)\n```"
        )
        rows = [
            say("`busy({args})`: {share}", args=", ".join(map(str, case)), share=number(share, 3))
            for case, share in zip(p.cases, self.solve(p)["busy"], strict=True)
        ]
        return page(code, say("For your five desks:"), bullets(rows))


def _share(customers: int, minutes: int, clerks: int) -> Fraction:
    """Work that comes, as a share of the time that is there; above one if it is too much."""
    return Fraction(customers * minutes, 60 * clerks)
